/** The verifier's page, `/verify`: for anybody, and for nothing but reading. As one file: `alone.tsx`. */
import '../older.ts'
import '../findings.css'
import '../style.css'
import type { Hear } from './begin.ts'
import { network } from './network.ts'
import { show } from './show.tsx'
import './verifier.css'
import type { Said, Work } from './work.ts'

/** Started with the page, so that it is there when the network is not. */
function inWorker(hear: Hear): (work: Work) => void {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  worker.onmessage = ({ data }: MessageEvent<Said>) => hear(data)
  worker.onerror = () => hear({ said: 'failed' })
  return work => worker.postMessage(work)
}

show(inWorker, network)
