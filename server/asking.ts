/**
 * What the organiser asks for and a member must sign: to open, close, void and publish. Asking is one write and changes
 * nothing else; a state that does not allow it is `wrong-state`.
 */
import { equal } from '../crypto/bytes.ts'
import { parseManifest } from '../crypto/manifest.ts'
import { claimedIn, LEAST_CLAIMS } from './claims.ts'
import type { Db } from './db.ts'
import { change, draftOf, pollOf } from './organising.ts'
import { mayLeave } from './papers.ts'
import { no } from './refusals.ts'
import { redeemAtOf } from './rules/redeem-at.ts'
import { whileStamp } from './store/dossier.ts'
import { deleteMessages, type Message, type PollRow, readMessages, updatePoll } from './store/polls.ts'
import type { Action } from './wire.ts'

export interface Ask {
  readonly action: Action
  readonly reason: string
  readonly plainHttpRead: boolean
  /** The poll's title, typed by the organiser, for what cannot be undone. */
  readonly title: string
}

/** What this server serves now, against which a poll's manifest is held before it opens. */
export interface Here {
  readonly addresses: readonly string[]
  /** Where cards are redeemed; null: here. */
  readonly redeemAt: string | null
  readonly bundle: Uint8Array
  readonly now: number
}

const FROM: { readonly [A in Action]: readonly PollRow['state'][] } = {
  open: ['printed'],
  close: ['open'],
  void: ['pinning', 'sealed', 'printed', 'open', 'closed', 'counted'],
  publish: ['counted'],
}

export async function ask(db: Db, id: Uint8Array, request: Ask, here: Here): Promise<void> {
  const row = await pollOf(db, id)
  const { action, reason, title } = request
  if (!FROM[action].includes(row.state)) no('wrong-state')
  const draft = draftOf(row)
  const paper = draft.medium === 'paper'
  // Of a round on paper there is no record to publish, and a box that is being counted is closed.
  if (paper && (action === 'publish' || (action === 'close' && row.gate === 'shut'))) no('wrong-state')
  if ((action === 'close' || action === 'void') && title.trim() !== draft.title.trim()) no('bad-request', 'title')
  if (action === 'void' && reason.trim() === '') no('bad-request', 'reason')
  // Members may open the box right afterwards, and then nothing can be stated any more.
  if (action === 'close' && (paper || draft.pack !== null) && row.stated === null) no('needs-statement')
  // Whoever is to count has a place that nobody else can take; the room sees who took it.
  if (action === 'open' && paper) {
    const claimed = claimedIn(await readMessages(db, id), draft.members)
    if (claimed.filter(one => one).length < LEAST_CLAIMS) no('wrong-state')
  }
  if (action === 'publish' && draft.disclosure !== 'public') no('wrong-state')
  if (action === 'publish') mayLeave(row)
  if (action === 'open' && !paper) {
    if (!here.addresses.includes(draft.address)) no('wrong-address')
    if (redeemAtOf(row.manifest!) !== here.redeemAt) no('wrong-address', 'redeemAt')
    if (!equal(parseManifest(row.manifest!).bundle!, here.bundle)) no('wrong-bundle')
    if (draft.address.startsWith('http:') && row.rehearsal === 0 && !request.plainHttpRead) no('plain-http')
  }
  await change(db, [
    updatePoll(db, id, FROM[action], {
      asked: JSON.stringify({ action, reason }),
      ...(action === 'close' && !paper ? { last_call_ms: here.now } : {}),
    }),
    ...(action === 'publish' ? [whileStamp(db, id, [''])] : []),
    deleteMessages(db, id, `act-${action}`),
  ])
}

/**
 * The organiser takes the request back. Once the box refuses ballots there is no way back from closing; nor from anything
 * that members have signed where cards are redeemed elsewhere: that deployment may be open, or shut for good, already.
 */
export async function withdraw(db: Db, id: Uint8Array): Promise<void> {
  const row = await pollOf(db, id)
  if (row.state === 'open' && row.gate === 'shut' && draftOf(row).medium === 'phones') no('wrong-state')
  if (row.manifest !== null && redeemAtOf(row.manifest) !== null) {
    const messages = await readMessages(db, id)
    const opens = row.state === 'printed' && messages.some(({ step }) => step === 'act-open')
    const closes = row.state === 'open' && agreedNumbers(messages) !== null
    if (opens || closes || row.state === 'void') no('wrong-state')
  }
  await change(db, [
    updatePoll(db, id, [row.state], { asked: null, ...(row.state === 'open' ? { last_call_ms: null } : {}) }),
  ])
}

/** Two members who signed the same numbers; null before. */
export function agreedNumbers(messages: readonly Message[]): readonly number[] | null {
  const said = messages
    .filter(m => m.step === 'act-close')
    .map(({ body }) => (JSON.parse(body) as { readonly handedOut: readonly number[] }).handedOut)
  return said.find((numbers, i) => said.some((other, j) => j > i && other.join() === numbers.join())) ?? null
}

export const askedOf = (row: PollRow): { readonly action: Action; readonly reason: string } | null =>
  row.asked === null ? null : (JSON.parse(row.asked) as { readonly action: Action; readonly reason: string })
