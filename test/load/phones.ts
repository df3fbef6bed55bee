/** Simulated phones, spread over threads of their own: sealing a ballot costs more than checking it. */
import { Worker } from 'node:worker_threads'
import type { PublicBoard } from '../../crypto/counted.ts'
import type { Manifest } from '../../crypto/manifest.ts'
import type { Card } from '../../crypto/token.ts'
import type { Letter, Reply, Task } from './phones-thread.ts'

export interface SimulatedPhone {
  /** What it sends to redeem its card. */
  readonly request: Uint8Array
  /** The answer's credential, spent on a ballot with these marks. Throws for an answer that proves nothing. */
  seal(answer: Uint8Array, choices: readonly (readonly number[])[]): Promise<Uint8Array>
  /** Throws for a receipt of anything but its own ballot. */
  keep(receipt: Uint8Array): Promise<void>
  /** Throws where its ballot is not on the board, or the board does not hold. */
  find(closing: { readonly text: string; readonly signature: Uint8Array }, board: PublicBoard): Promise<void>
}

export interface Phones {
  take(manifest: Manifest, card: Card): Promise<SimulatedPhone>
  close(): Promise<void>
}

export function newPhones(threads: number): Phones {
  let letters = 0
  let phones = 0
  /** Of a thread that is gone: whoever asked it would wait for ever. */
  let broken: Error | null = null
  const waiting = new Map<number, { resolve: (bytes: Uint8Array) => void; reject: (error: Error) => void }>()
  const workers = Array.from({ length: threads }, () => {
    const worker = new Worker(new URL('./phones-thread.ts', import.meta.url))
    worker.on('message', (reply: Reply) => {
      const { resolve, reject } = waiting.get(reply.n)!
      waiting.delete(reply.n)
      if ('failed' in reply) reject(new Error(reply.failed))
      else resolve(reply.bytes)
    })
    worker.on('error', error => {
      broken = error as Error
      for (const { reject } of waiting.values()) reject(broken)
    })
    return worker
  })
  const perform = (phone: number, task: Task): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      if (broken) return reject(broken)
      const n = letters++
      waiting.set(n, { resolve, reject })
      workers[phone % threads]!.postMessage({ n, phone, task } satisfies Letter)
    })
  return {
    take: async ({ text }, card) => {
      const phone = phones++
      const request = await perform(phone, { type: 'take', manifest: text, card })
      return {
        request,
        seal: (answer, choices) => perform(phone, { type: 'seal', answer, choices }),
        keep: async receipt => void (await perform(phone, { type: 'keep', receipt })),
        find: async (closing, board) => void (await perform(phone, { type: 'find', closing, board })),
      }
    },
    close: async () => {
      await Promise.all(workers.map(worker => worker.terminate()))
    },
  }
}
