/**
 * What members' phones say: carried, kept once, and acted upon when enough have said the same. The server carries the
 * ceremony and knows none of its secrets; what members sign it checks before it stores it.
 * What follows from it stands in `settling.ts`.
 */
import { isActSignature } from '../crypto/act.ts'
import { fromBase64url, type Rng } from '../crypto/bytes.ts'
import { parseClosing } from '../crypto/closing.ts'
import type { Manifest, Trustee } from '../crypto/manifest.ts'
import { isOpeningSignature, isResultSignature } from '../crypto/tally.ts'
import { isPin } from '../crypto/trustees.ts'
import { askedOf } from './asking.ts'
import { sameSecret } from './claims.ts'
import { checkHandedOut } from './counting.ts'
import { Conflict, type Db } from './db.ts'
import { type Split, spentOf } from './elsewhere.ts'
import { type Clock, lastCallLeft } from './last-call.ts'
import { change, draftOf, pollOf } from './organising.ts'
import type { Desk } from './packs.ts'
import { actOnPaper, isPaper } from './paper.ts'
import { mayLeave } from './papers.ts'
import type { Polls } from './polls.ts'
import { no } from './refusals.ts'
import { settle } from './settling.ts'
import { statedOf } from './stating.ts'
import {
  insertMessage,
  type Message,
  type PollRow,
  readMembers,
  readMessages,
  replaceMessage,
  type Step,
} from './store/polls.ts'
import { readCasts } from './store/voting.ts'
import type { ActWire, PackageWire, ShareWire } from './wire.ts'
import type { Work } from './work.ts'

/** A poll at hand, and what its team's messages may set off. */
export interface Team extends Desk, Clock, Split {
  readonly polls: Polls
  readonly work: Work
  readonly rng: Rng
}

/** The poll that a personal link leads to, for the member whom it names. Refuses `bad-link`. */
export async function memberOf<Known extends { readonly polls: Polls }>(
  known: Known,
  poll: Uint8Array,
  index: number,
  secret: string,
): Promise<{ readonly at: Known & { readonly db: Db }; readonly row: PollRow }> {
  const db = (await known.polls.find(poll)) ?? no('bad-link')
  const members = await readMembers(db, poll)
  const own = members.find(({ idx }) => idx === index)
  const [given, kept] = [fromBase64url(secret), own && fromBase64url(own.secret)]
  if (!given || !kept || !sameSecret(given, kept)) return no('bad-link')
  return { at: { ...known, db }, row: await pollOf(db, poll) }
}

/** Stores what is said once; the same again is harmless. Refuses `other-device`. */
async function say(db: Db, poll: Uint8Array, messages: readonly Message[]): Promise<void> {
  try {
    await db.write(messages.map(message => insertMessage(db, poll, message)))
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    const there = await readMessages(db, poll)
    const same = (m: Message) =>
      there.some(
        one => one.step === m.step && one.sender === m.sender && one.recipient === m.recipient && one.body === m.body,
      )
    if (!messages.every(same)) no('other-device')
  }
}

// ── the ceremony ────────────────────────────────────────────────────────────────────────────────────────────────

export type CeremonyMessage =
  | { readonly step: 'commit'; readonly commitment: string }
  | { readonly step: 'reveal'; readonly package: PackageWire }
  | { readonly step: 'boxes'; readonly boxes: readonly (readonly [recipient: number, box: string])[] }
  | { readonly step: 'confirm'; readonly confirmation: string; readonly rehearsal: string }
  | { readonly step: 'stop'; readonly code: string; readonly where: string }

export async function holdCeremony(
  db: Db,
  row: PollRow,
  index: number,
  attemptNumber: number,
  message: CeremonyMessage,
): Promise<void> {
  if (row.state !== 'sealing' || row.attempt !== attemptNumber) no('wrong-state')
  const { members } = draftOf(row)
  const n = members.length
  const there = await readMessages(db, row.id)
  const count = (step: Step) => there.filter(m => m.step === step).length
  const one = (step: Step, body: string, recipient = 0): Message => ({ step, sender: index, recipient, body })
  switch (message.step) {
    case 'commit':
      return say(db, row.id, [one('commit', message.commitment)])
    case 'reveal': {
      // Nobody reveals before everybody has committed: otherwise the last one could choose.
      if (count('commit') < n) no('wrong-state')
      if (message.package.index !== index || message.package.name !== members[index - 1]) no('bad-request', 'package')
      return say(db, row.id, [one('reveal', JSON.stringify(message.package))])
    }
    case 'boxes': {
      if (count('reveal') < n) no('wrong-state')
      const recipients = message.boxes.map(([recipient]) => recipient).sort((a, b) => a - b)
      const others = members.map((_, i) => i + 1).filter(i => i !== index)
      if (recipients.join() !== others.join()) no('bad-request', 'boxes')
      return say(
        db,
        row.id,
        message.boxes.map(([recipient, box]) => one('box', box, recipient)),
      )
    }
    case 'confirm': {
      if (count('box') < n * (n - 1)) no('wrong-state')
      const { confirmation, rehearsal } = message
      return say(db, row.id, [one('confirm', JSON.stringify({ confirmation, rehearsal }))])
    }
    case 'stop':
      return say(db, row.id, [one('stop', JSON.stringify({ code: message.code, where: message.where }))])
  }
}

// ── what members sign ───────────────────────────────────────────────────────────────────────────────────────────

const bytesOf = (text: string): Uint8Array => fromBase64url(text) ?? no('bad-signature')

const trusteeOf = (manifest: Manifest, index: number): Trustee => manifest.trustees[index - 1] ?? no('bad-link')

export async function pin(team: Team, row: PollRow, index: number, signature: string): Promise<void> {
  if (row.state !== 'pinning' && row.state !== 'sealed') no('wrong-state')
  const { manifest } = await team.polls.of(row)
  if (!isPin(bytesOf(signature), manifest, trusteeOf(manifest, index))) no('bad-signature')
  await say(team.db, row.id, [{ step: 'pin', sender: index, recipient: 0, body: signature }])
  await settle(team, row.id)
}

/** The recovery sheet was written and read back. */
export async function keepSheet(db: Db, row: PollRow, index: number): Promise<void> {
  const pinned = (await readMessages(db, row.id)).some(m => m.step === 'pin' && m.sender === index)
  if (!pinned) no('wrong-state')
  await say(db, row.id, [{ step: 'sheet', sender: index, recipient: 0, body: '' }])
}

/** `device`: of a round on paper the secret of the phone that has the place. */
export async function act(
  team: Team,
  row: PollRow,
  index: number,
  said: ActWire,
  device: string | null,
): Promise<void> {
  const { action, handedOut } = said
  if (askedOf(row)?.action !== action) no('not-asked')
  if (action === 'publish') mayLeave(row)
  if (isPaper(row)) return actOnPaper(team, row, index, said, device).then(() => settle(team, row.id))
  const poll = await team.polls.of(row)
  const { signingKey } = trusteeOf(poll.manifest, index)
  if (!isActSignature(signingKey, poll.manifest.hash, { action, handedOut }, bytesOf(said.signature)))
    no('bad-signature')
  if (action === 'close') {
    if (lastCallLeft(team, row) !== 0) no('too-early')
    checkHandedOut(poll, await spentOf(team, poll), handedOut, statedOf(row)?.attendance.present ?? null)
  } else if (handedOut.length > 0) no('bad-request', 'handedOut')
  const body = JSON.stringify({ handedOut, signature: said.signature })
  await change(team.db, replaceMessage(team.db, row.id, { step: `act-${action}`, sender: index, recipient: 0, body }))
  await settle(team, row.id)
}

export async function open(team: Team, row: PollRow, index: number, signature: string): Promise<void> {
  if (row.state !== 'closed' && row.state !== 'counted') no('wrong-state')
  const { manifest } = await team.polls.of(row)
  const closing = parseClosing(manifest, row.closing!)
  if (!isOpeningSignature(trusteeOf(manifest, index), closing.hash, bytesOf(signature))) no('bad-signature')
  await sayBeforeCounted(team.db, row, [{ step: 'open', sender: index, recipient: 0, body: signature }])
}

/** What comes after the result is fixed is not stored any more; what was stored may be said again. */
async function sayBeforeCounted(db: Db, row: PollRow, messages: readonly Message[]): Promise<void> {
  if (row.state !== 'counted') return say(db, row.id, messages)
  const there = await readMessages(db, row.id)
  if (!messages.every(m => there.some(one => one.step === m.step && one.sender === m.sender && one.body === m.body)))
    no('wrong-state')
}

export async function share(team: Team, row: PollRow, index: number, shares: readonly ShareWire[]): Promise<void> {
  if (row.state !== 'closed' && row.state !== 'counted') no('wrong-state')
  const poll = await team.polls.of(row)
  const body = JSON.stringify(shares)
  const message: Message = { step: 'shares', sender: index, recipient: 0, body }
  const there = await readMessages(team.db, row.id)
  if (there.filter(m => m.step === 'open').length < poll.manifest.threshold) no('too-early')
  if (!there.some(m => m.step === 'shares' && m.sender === index && m.body === body)) {
    const ballots = (await readCasts(team.db, row.id)).filter(({ kind }) => kind === 0).map(({ bytes }) => bytes)
    if (!(await team.work.checkShares(poll, { closing: row.closing!, ballots }, index, shares))) no('bad-share')
  }
  await sayBeforeCounted(team.db, row, [message])
}

export async function result(team: Team, row: PollRow, index: number, text: string, signature: string): Promise<void> {
  if (row.state !== 'closed' && row.state !== 'counted') no('wrong-state')
  const { manifest } = await team.polls.of(row)
  const { hash } = parseClosing(manifest, row.closing!)
  if (!isResultSignature(trusteeOf(manifest, index), hash, text, bytesOf(signature))) no('bad-signature')
  const shared = (await readMessages(team.db, row.id)).filter(m => m.step === 'shares').length
  if (shared < manifest.threshold) no('too-early')
  await sayBeforeCounted(team.db, row, [
    { step: 'result', sender: index, recipient: 0, body: JSON.stringify({ text, signature }) },
  ])
  await settle(team, row.id)
}
