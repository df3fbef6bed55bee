/**
 * What a member's device does with comments, in a form that crosses to a worker: the device wakes up there from what it
 * keeps, with the closing that it has opened. The page has verified the board before.
 */

import type { Rng } from '../../crypto/bytes.ts'
import { parseClosing } from '../../crypto/closing.ts'
import { readDelivered } from '../../crypto/comment.ts'
import type { Watch } from '../../crypto/comment-opening.ts'
import { MemberDevice } from '../../crypto/device.ts'
import { attempt, type Fault } from '../../crypto/fault.ts'
import { parseManifest } from '../../crypto/manifest.ts'
import type { OpenedPrompt } from '../../crypto/opening.ts'
import { tried } from '../../crypto/stop.ts'

/** Secret: `memory` is the device. It goes no further than to this page's own worker. */
export interface CommentsOrder {
  readonly memory: string
  readonly manifest: string
  readonly closing: string
  readonly openings: ReadonlyMap<number, Uint8Array>
  /** As the server hands them out. */
  readonly envelopes: Uint8Array
  /** Of which envelopes the server held something back when this device last answered for them; null: it never did. */
  readonly before: readonly string[] | null
  /** This member's part for the one who combines; or, here, the texts from the parts that came. */
  readonly task:
    | { readonly do: 'share'; readonly combiner: number }
    | { readonly do: 'read'; readonly boxes: ReadonlyMap<number, Uint8Array> }
}

export type CommentsDone =
  | { readonly box: Uint8Array; readonly held: readonly string[] }
  | { readonly prompts: readonly OpenedPrompt[]; readonly faults: readonly Fault[]; readonly held: readonly string[] }
  /** `fault` null: the device was asked for what it never does. */
  | { readonly stopped: Fault | null }

export type CommentsSaid =
  | { readonly step: 'check' | 'share' | 'read'; readonly done: number; readonly of: number }
  | { readonly end: CommentsDone }
  | { readonly broken: string }

/** Progress is told so many envelopes apart. */
const APART = 10

export function workComments(order: CommentsOrder, rng: Rng, tell: Watch['progress']): CommentsDone {
  const manifest = parseManifest(order.manifest)
  const faults: Fault[] = []
  const watch: Watch = {
    report: fault => faults.push(fault),
    progress: (step, done, of) => done % APART === 0 && tell(step, done, of),
  }
  const heldBack = () => faults.map(({ where }) => where).filter(where => where.startsWith('comment '))
  const device = MemberDevice.resume(order.memory, rng, () => {})
  let fault: Fault | null = null
  const delivered = attempt(
    () => readDelivered(manifest, order.envelopes),
    found => {
      fault = found
    },
  )
  if (delivered === null) return { stopped: fault }
  const worked = tried((): CommentsDone => {
    // No sum is asked for here.
    const closing = parseClosing(manifest, order.closing)
    device.open({ ok: true, manifest, closing, allowed: { unions: [], sums: [] } })
    const { task, openings } = order
    if (task.do === 'share') {
      const box = device.commentShares(openings, task.combiner, delivered, watch)
      return { box, held: heldBack() }
    }
    return { prompts: device.comments(openings, delivered, task.boxes, watch), faults, held: heldBack() }
  })
  if ('stopped' in worked) return { stopped: worked.stopped.fault }
  // Whoever has the texts of two openings of which one lacks an envelope knows what that envelope says.
  const missed = faults.find(({ where }) => heldBack().includes(where) && order.before?.includes(where) === false)
  return missed ? { stopped: missed } : worked.done
}

/** Has it done by a worker; where the browser gives none, by the page itself. */
export function inWorker(order: CommentsOrder, rng: Rng, tell: Watch['progress']): Promise<CommentsDone> {
  const here = async () => workComments(order, rng, tell)
  return new Promise((resolve, reject) => {
    let worker: Worker
    try {
      worker = new Worker(new URL('./comments-worker.ts', import.meta.url), { type: 'module' })
    } catch {
      here().then(resolve, reject)
      return
    }
    worker.addEventListener('message', ({ data }: MessageEvent<CommentsSaid>) => {
      if ('step' in data) return tell(data.step, data.done, data.of)
      worker.terminate()
      if ('end' in data) resolve(data.end)
      else reject(new Error(data.broken))
    })
    worker.addEventListener('error', () => {
      worker.terminate()
      here().then(resolve, reject)
    })
    worker.postMessage(order)
  })
}
