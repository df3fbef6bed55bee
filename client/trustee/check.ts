/** Has the board checked by a worker; where the browser gives none, by the page itself. */
import { rng } from '../rng.ts'
import { type CheckedBoard, checkBoard, type Order, type Said } from './board.ts'

type Tell = (lines: number, of: number) => void

export function check(order: Order, tell: Tell): Promise<CheckedBoard> {
  const here = () => checkBoard(order, rng, tell)
  return new Promise((resolve, reject) => {
    let worker: Worker
    try {
      worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
    } catch {
      here().then(resolve, reject)
      return
    }
    worker.addEventListener('message', ({ data }: MessageEvent<Said>) => {
      if ('lines' in data) return tell(data.lines, data.of)
      worker.terminate()
      if ('done' in data) resolve(data.done)
      else reject(new Error(data.broken))
    })
    worker.addEventListener('error', () => {
      worker.terminate()
      here().then(resolve, reject)
    })
    worker.postMessage(order)
  })
}
