/**
 * What members' phones say: carried, kept once, and acted upon when enough have said the same. The server carries the
 * ceremony and knows none of its secrets; what members sign it checks before it stores it.
 *
 * `settle` draws the consequence of everything that is stored. It runs after every message and at every start, so that
 * a crash between a message and its consequence loses nothing.
 */
import { isActSignature } from '../crypto/act.ts'
import { fromBase64url, type Rng, toBase64url } from '../crypto/bytes.ts'
import { parseClosing } from '../crypto/closing.ts'
import type { Manifest, Trustee } from '../crypto/manifest.ts'
import { isOpeningSignature, isResultSignature } from '../crypto/tally.ts'
import { isPin } from '../crypto/trustees.ts'
import { sameSecret } from './claims.ts'
import { outcomeFrom } from './counted.ts'
import { agreedResult, boardLines, checkHandedOut, closeBox, openingLines } from './counting.ts'
import { Conflict, type Db, DiskFull } from './db.ts'
import { type Clock, lastCallLeft } from './last-call.ts'
import { change, draftOf, pollOf } from './organising.ts'
import type { Rulebook } from './packs.ts'
import { actOnPaper, isPaper, settlePaper } from './paper.ts'
import { mayLeave } from './papers.ts'
import type { KnownPoll, Polls } from './polls.ts'
import { No, no } from './refusals.ts'
import { statedOf } from './stating.ts'
import { forgetComments } from './store/comments.ts'
import { whileStamp } from './store/dossier.ts'
import {
  insertMessage,
  type Message,
  type PollRow,
  readMembers,
  readMessages,
  replaceMessage,
  type Step,
  updatePoll,
} from './store/polls.ts'
import { readCasts } from './store/voting.ts'
import type { Action, ActWire, PackageWire, ShareWire } from './wire.ts'
import type { Work } from './work.ts'

export interface Team extends Clock {
  readonly db: Db
  readonly rulebook: Rulebook
  readonly polls: Polls
  readonly work: Work
  readonly rng: Rng
}

/** The member whom a personal link names. Refuses `bad-link`. */
export async function memberOf(db: Db, poll: Uint8Array, index: number, secret: string): Promise<PollRow> {
  const members = await readMembers(db, poll)
  const own = members.find(({ idx }) => idx === index)
  const [given, kept] = [fromBase64url(secret), own && fromBase64url(own.secret)]
  if (!given || !kept || !sameSecret(given, kept)) return no('bad-link')
  return pollOf(db, poll)
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

async function known(polls: Polls, row: PollRow): Promise<KnownPoll> {
  return polls.byHash(toBase64url(row.manifest_hash ?? no('wrong-state')))
}

const trusteeOf = (manifest: Manifest, index: number): Trustee => manifest.trustees[index - 1] ?? no('bad-link')

export async function pin(team: Team, row: PollRow, index: number, signature: string): Promise<void> {
  if (row.state !== 'pinning' && row.state !== 'sealed') no('wrong-state')
  const { manifest } = await known(team.polls, row)
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

export const askedOf = (row: PollRow): { readonly action: Action; readonly reason: string } | null =>
  row.asked === null ? null : (JSON.parse(row.asked) as { readonly action: Action; readonly reason: string })

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
  const poll = await known(team.polls, row)
  const { signingKey } = trusteeOf(poll.manifest, index)
  if (!isActSignature(signingKey, poll.manifest.hash, { action, handedOut }, bytesOf(said.signature)))
    no('bad-signature')
  if (action === 'close') {
    if (lastCallLeft(team, row) !== 0) no('too-early')
    await checkHandedOut(team.db, poll, handedOut, statedOf(row)?.attendance.present ?? null)
  } else if (handedOut.length > 0) no('bad-request', 'handedOut')
  const body = JSON.stringify({ handedOut, signature: said.signature })
  await change(team.db, replaceMessage(team.db, row.id, { step: `act-${action}`, sender: index, recipient: 0, body }))
  await settle(team, row.id)
}

export async function open(team: Team, row: PollRow, index: number, signature: string): Promise<void> {
  if (row.state !== 'closed' && row.state !== 'counted') no('wrong-state')
  const { manifest } = await known(team.polls, row)
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
  const poll = await known(team.polls, row)
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
  const { manifest } = await known(team.polls, row)
  const { hash } = parseClosing(manifest, row.closing!)
  if (!isResultSignature(trusteeOf(manifest, index), hash, text, bytesOf(signature))) no('bad-signature')
  const shared = (await readMessages(team.db, row.id)).filter(m => m.step === 'shares').length
  if (shared < manifest.threshold) no('too-early')
  await sayBeforeCounted(team.db, row, [
    { step: 'result', sender: index, recipient: 0, body: JSON.stringify({ text, signature }) },
  ])
  await settle(team, row.id)
}

// ── consequences ────────────────────────────────────────────────────────────────────────────────────────────────

/** Two members who signed the same numbers; null before. */
function agreedNumbers(messages: readonly Message[]): readonly number[] | null {
  const said = messages
    .filter(m => m.step === 'act-close')
    .map(({ body }) => (JSON.parse(body) as { readonly handedOut: readonly number[] }).handedOut)
  return said.find((numbers, i) => said.some((other, j) => j > i && other.join() === numbers.join())) ?? null
}

export async function settle(team: Team, id: Uint8Array): Promise<void> {
  const { db, polls, rng } = team
  const row = await pollOf(db, id)
  const messages = await readMessages(db, id)
  const asked = askedOf(row)
  const has = (step: Step) => messages.some(m => m.step === step)
  try {
    if (isPaper(row) && !(asked?.action === 'void' && has('act-void'))) await settlePaper(team, row, asked, messages)
    else if (row.state === 'pinning' && messages.filter(m => m.step === 'pin').length === draftOf(row).members.length)
      await db.write([updatePoll(db, id, ['pinning'], { state: 'sealed' })])
    else if (asked?.action === 'open' && has('act-open') && row.state === 'printed')
      await db.write([updatePoll(db, id, ['printed'], { state: 'open', gate: 'open', asked: null })])
    else if (asked?.action === 'close' && row.state === 'open') {
      const numbers = agreedNumbers(messages)
      if (numbers) await closeBox(db, rng, await known(polls, row), numbers)
    } else if (asked?.action === 'void' && has('act-void')) {
      await db.write([
        updatePoll(db, id, ['pinning', 'sealed', 'printed', 'open', 'closed', 'counted'], {
          state: 'void',
          gate: 'shut',
          void_reason: asked.reason,
          asked: null,
        }),
        ...forgetComments(db, id),
      ])
      // What is on file of a poll that is void keeps no order either.
      await db.rewrite()
    } else if (asked?.action === 'publish' && has('act-publish') && row.state === 'counted')
      await db.write([updatePoll(db, id, ['counted'], { published: 1, asked: null }), whileStamp(db, id, [''])])
    else if (row.state === 'closed') await settleResult(team, row, messages)
  } catch (error) {
    // Somebody else settled it at the same moment.
    if (!(error instanceof Conflict)) throw error
  }
}

/**
 * Enough members signed the same result: it stands, with what follows from it, if the whole record verifies. Refuses
 * `bad-share`; `wrong-rules` where the pack is not at hand any more.
 */
async function settleResult(team: Team, row: PollRow, messages: readonly Message[]): Promise<void> {
  const { db, work } = team
  const agreed = agreedResult(messages, draftOf(row).threshold)
  if (agreed === null) return
  const outcome = await outcomeFrom(team, row, agreed.text)
  const record = [...(await boardLines(db, row)), ...(await openingLines(db, row, outcome))]
  if (!(await work.checkRecord(record))) no('bad-share')
  await db.write([
    updatePoll(db, row.id, ['closed'], { state: 'counted', asked: null }),
    ...(outcome === null
      ? []
      : [insertMessage(db, row.id, { step: 'outcome', sender: 0, recipient: 0, body: outcome })]),
  ])
}

/**
 * At start: what a crash left half way is taken to its end, the rewriting after a closing too. Where the disk is full
 * that waits for the next message or the next start; what is there can be read meanwhile.
 */
export async function resume(team: Team, ids: readonly Uint8Array[]): Promise<void> {
  const later = (error: unknown) => {
    if (!(error instanceof No) && !(error instanceof DiskFull)) throw error
  }
  for (const id of ids) await settle(team, id).catch(later)
  await team.db.rewrite().catch(later)
}
