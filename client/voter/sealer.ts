/**
 * Sealing off the main thread. The page's one script is the worker's as well: it looks where it runs (`main.tsx`), so
 * that nothing is downloaded twice. Where workers fail, or say nothing for a while, the page seals by itself.
 */
import type { Rng } from '../../crypto/bytes.ts'
import { sealKept } from './seal.ts'

type Said = { readonly done: number } | { readonly sealed: string }

const SILENCE_MS = 3000

/** The worker's side. */
export function serve(rng: Rng): void {
  const tell = (said: Said): void => self.postMessage(said)
  self.onmessage = ({ data }: MessageEvent<string>) => {
    tell({ done: 0 })
    tell({ sealed: sealKept(data, rng, done => tell({ done })) })
  }
}

/** The page's side; `script` is the address of the page's own script. */
export async function seal(script: string, kept: string, rng: Rng, progress: (done: number) => void): Promise<string> {
  return (await sealedByWorker(script, kept, progress)) ?? sealKept(kept, rng, () => {})
}

function sealedByWorker(script: string, kept: string, progress: (done: number) => void): Promise<string | null> {
  return new Promise(resolve => {
    let worker: Worker | null = null
    let patience: ReturnType<typeof setTimeout> | undefined
    const end = (sealed: string | null): void => {
      clearTimeout(patience)
      worker?.terminate()
      resolve(sealed)
    }
    const wait = (): void => {
      clearTimeout(patience)
      patience = setTimeout(() => end(null), SILENCE_MS)
    }
    try {
      worker = new Worker(script, { type: 'module' })
      worker.onerror = () => end(null)
      worker.onmessage = ({ data }: MessageEvent<Said>) => {
        if ('sealed' in data) return end(data.sealed)
        wait()
        progress(data.done)
      }
      wait()
      worker.postMessage(kept)
    } catch {
      end(null)
    }
  })
}
