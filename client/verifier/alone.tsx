/**
 * The verifier as one file that opens from disk: no server, no network, nothing beside it. The page's only script is the
 * worker's program too, since a page from disk may start a worker from its own text but from no other file.
 */
import '../older.ts'
import '../findings.css'
import '../style.css'
import type { Hear } from './begin.ts'
import { show } from './show.tsx'
import './verifier.css'
import { answer, type Said, serve, type Work } from './work.ts'

const breath = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 0))

const workerOfThisFile = (): Worker => {
  const program = document.querySelector('script')!.textContent ?? ''
  return new Worker(URL.createObjectURL(new Blob([program], { type: 'text/javascript' })))
}

/** Where the browser refuses a worker, or fails to start it, the page works itself, a slice of the record at a time. */
function workerOrPage(hear: Hear): (work: Work) => void {
  const waiting: Work[] = []
  let post = (work: Work): void => void waiting.push(work)
  const settleOn = (who: (work: Work) => void): void => {
    post = who
    waiting.splice(0).forEach(who)
  }
  const here = (): void => {
    settleOn(work => void answer(work, hear, breath))
    hear({ said: 'ready' })
  }
  try {
    const worker = workerOfThisFile()
    let began = false
    worker.onmessage = ({ data }: MessageEvent<Said>) => {
      if (!began) settleOn(work => worker.postMessage(work))
      began = true
      hear(data)
    }
    worker.onerror = () => (began ? hear({ said: 'failed' }) : here())
  } catch {
    // Not before the page has begun to listen.
    setTimeout(here, 0)
  }
  return work => post(work)
}

if (typeof document === 'undefined') serve()
else show(workerOrPage, null)
