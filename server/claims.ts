/**
 * Who has taken up a place on the counting team of a round on paper. A personal link goes through the organiser's hands;
 * what a phone drew for itself does not. The first phone to take the place has it, and whoever comes after is told.
 */
import { fromBase64url } from '../crypto/bytes.ts'
import { sha256 } from '../crypto/transcript.ts'
import { Conflict, type Db } from './db.ts'
import { draftOf } from './organising.ts'
import { no } from './refusals.ts'
import { insertMessage, type Message, type PollRow, readMessages, updatePoll } from './store/polls.ts'

/** Fewer could not agree on a count. */
export const LEAST_CLAIMS = 2
const SECRET_BYTES = 32

/** In a time that does not depend on where they differ. */
export function sameSecret(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  return a.reduce((difference, byte, i) => difference | (byte ^ b[i]!), 0) === 0
}

const claimIn = (messages: readonly Message[], index: number): string | null =>
  messages.find(({ step, sender }) => step === 'claim' && sender === index)?.body ?? null

export const claimedIn = (messages: readonly Message[], members: readonly string[]): readonly boolean[] =>
  members.map((_, i) => claimIn(messages, i + 1) !== null)

/**
 * The place is this phone's, by the hash of its secret; the same again is harmless. Refuses `other-device` where another
 * phone has it, `wrong-state` where there is none to take.
 */
export async function claim(db: Db, row: PollRow, index: number, hash: string): Promise<void> {
  if (fromBase64url(hash)?.length !== SECRET_BYTES) no('bad-request', 'device')
  if (draftOf(row).medium !== 'paper' || row.state === 'draft' || row.state === 'void') no('wrong-state')
  try {
    await db.write([
      updatePoll(db, row.id, [row.state], {}),
      insertMessage(db, row.id, { step: 'claim', sender: index, recipient: 0, body: hash }),
    ])
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    const there = claimIn(await readMessages(db, row.id), index)
    if (there !== hash) no(there === null ? 'wrong-state' : 'other-device')
  }
}

/** This secret is of the phone that has the place; `device` null: none was sent. */
export function holdsPlace(messages: readonly Message[], index: number, device: string | null): boolean {
  const [secret, kept] = [fromBase64url(device ?? ''), fromBase64url(claimIn(messages, index) ?? '')]
  return secret?.length === SECRET_BYTES && kept !== null && sameSecret(sha256(secret), kept)
}
