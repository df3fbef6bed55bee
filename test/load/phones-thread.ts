/** Some of the simulated phones: what a phone computes for itself, in the repository's own code, off the thread that measures. */
import { parentPort } from 'node:worker_threads'
import type { PublicBoard } from '../../crypto/counted.ts'
import { withTable } from '../../crypto/group.ts'
import { type Manifest, parseManifest } from '../../crypto/manifest.ts'
import type { Card } from '../../crypto/token.ts'
import type { Phone, Sealed } from '../../server/play/phone.ts'
import { phoneWith } from '../office.ts'

export type Task =
  | { readonly type: 'take'; readonly manifest: string; readonly card: Card }
  | { readonly type: 'seal'; readonly answer: Uint8Array; readonly choices: readonly (readonly number[])[] }
  | { readonly type: 'keep'; readonly receipt: Uint8Array }
  | {
      readonly type: 'find'
      readonly closing: { readonly text: string; readonly signature: Uint8Array }
      readonly board: PublicBoard
    }

/** `phone` names whose task it is. */
export interface Letter {
  readonly n: number
  readonly phone: number
  readonly task: Task
}
export type Reply = { readonly n: number } & ({ readonly bytes: Uint8Array } | { readonly failed: string })

interface Held {
  readonly phone: Phone
  readonly manifest: Manifest
  ballot: Sealed | null
}

const manifests = new Map<string, Manifest>()
const phones = new Map<number, Held>()
const NOTHING = new Uint8Array()

function perform(id: number, task: Task): Uint8Array {
  if (task.type === 'take') {
    const manifest = manifests.get(task.manifest) ?? parseManifest(task.manifest)
    if (!manifests.has(task.manifest)) withTable(manifest.electionKey.point)
    manifests.set(task.manifest, manifest)
    const phone = phoneWith(manifest, task.card)
    phones.set(id, { phone, manifest, ballot: null })
    return phone.request
  }
  const held = phones.get(id)!
  switch (task.type) {
    case 'seal':
      held.phone.receive(task.answer)
      held.ballot = held.phone.seal(task.choices, [], held.manifest.electionKey.point)[0]!
      return held.ballot.publicPart
    case 'keep':
      held.phone.keepReceipt(held.ballot!, task.receipt)
      return NOTHING
    case 'find':
      held.phone.findOnBoard(task.closing, task.board)
      return NOTHING
  }
}

parentPort!.on('message', ({ n, phone, task }: Letter) => {
  let reply: Reply
  try {
    reply = { n, bytes: perform(phone, task) }
  } catch (error) {
    reply = { n, failed: String(error) }
  }
  parentPort!.postMessage(reply)
})
