/**
 * The real server as a process of its own, which a test can kill. It loads first and starts when it is told to, so that
 * the next one stands ready while this one is being killed.
 */
import { type Running, startServer } from '../server/node.ts'
import { secureRng } from '../server/play/seed.ts'
import { workHere } from '../server/work.ts'
import { startWorkers } from '../server/workers.ts'
import type { PlaceOptions } from './listening.ts'

/** What the process is told. `threads`: as many as it finds right, so many, or (false) none. */
export type Order = { readonly start: PlaceOptions; readonly threads: boolean | number } | { readonly tell: 'memory' }

/** What it tells. */
export type Told =
  | { readonly loaded: true }
  | { readonly port: number; readonly setupLink: string | null }
  | { readonly memory: number }
  | { readonly logged: string }

const tell = (told: Told) => process.send!(told)
let running: Running | null = null

process.on('message', async (order: Order) => {
  if ('start' in order) {
    const { threads } = order
    const work = threads === false ? workHere(secureRng) : threads === true ? startWorkers() : startWorkers(threads)
    running = await startServer({ ...order.start, work, log: logged => tell({ logged }) })
    tell({ port: running.port, setupLink: running.setupLink })
  } else tell({ memory: process.memoryUsage().rss })
})
// Whoever started this process has let it go, or is gone.
process.on('disconnect', async () => {
  await running?.close()
  process.exit()
})
tell({ loaded: true })
