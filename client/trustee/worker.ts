/** Checks the board beside the page, so that the page stays quick. */
import '../older.ts'
import { rng } from '../rng.ts'
import { checkBoard, type Order, type Said } from './board.ts'

const say = (said: Said): void => postMessage(said)

addEventListener('message', ({ data }: MessageEvent<Order>) => {
  checkBoard(data, rng, (lines, of) => say({ lines, of })).then(
    done => say({ done }),
    (error: unknown) => say({ broken: String(error) }),
  )
})
