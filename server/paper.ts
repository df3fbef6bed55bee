/**
 * A round on paper (`wire/paper.ts`): sheets instead of cards, and two people who key what they counted instead of a box
 * that opens as a sum. No ceremony, no manifest, no record; rules, minutes and papers are those of any round.
 *
 * Trust: what is counted is as true as the two who counted it; the server sees that neither is shown the other's
 * numbers, that the numbers can be, that the two say the same, and that each speaks from the phone that has the place.
 */
import { refuse } from '../crypto/fault.ts'
import { exactly, integer, listOf, parseJson, type Shape, text, writeJson } from '../crypto/json.ts'
import { claimedIn, holdsPlace } from './claims.ts'
import { expected } from './draft.ts'
import { change, draftOf } from './organising.ts'
import { type Desk, textsFor } from './packs.ts'
import { no } from './refusals.ts'
import { contestsOf, type PaperContest } from './rules/contests.ts'
import { badCounts, differencesOf, type Keying, whereOf } from './rules/keying.ts'
import { readStatement, writeOutcomeOf } from './rules/outcome.ts'
import type { Pack } from './rules/pack.ts'
import { paperRoundOf } from './rules/paper-round.ts'
import { readPack } from './rules/read.ts'
import { plainSpelling } from './rules/spelling.ts'
import { statedOf } from './stating.ts'
import { countPaper, keepKeying, whileStated } from './store/paper.ts'
import {
  insertMessage,
  type Message,
  type PollRow,
  readMessages,
  replaceMessage,
  type Step,
  updatePoll,
} from './store/polls.ts'
import type { PaperCount, PaperView } from './wire/paper.ts'
import type { Action } from './wire.ts'

const FORMAT = 'phieukin/paper/v1'
const MOST_SHEETS = 100_000
const MOST_REASONS = 40
const MOST_REASON_CHARS = 500
/** As many as an outcome speaks of. */
const MOST_LINES = 255

export const isPaper = (row: Pick<PollRow, 'draft'>): boolean => draftOf(row).medium === 'paper'

/** The box was closed by a member, and is being counted. */
const isCounting = ({ state, gate }: Pick<PollRow, 'state' | 'gate'>): boolean => state === 'open' && gate === 'shut'

/** That the draft names; null: none. Refuses `wrong-rules` where it is not at hand. */
export async function paperPack(desk: Desk, row: Pick<PollRow, 'draft'>): Promise<Pack | null> {
  const { pack } = draftOf(row)
  return pack === null ? null : readPack((await textsFor(desk, pack))[0]!)
}

/** The ballot's lines. Refuses `wrong-rules`. */
export const paperContests = async (desk: Desk, row: Pick<PollRow, 'draft'>): Promise<readonly PaperContest[]> =>
  contestsOf(draftOf(row), await paperPack(desk, row))

/** The count that stands; null before, once it is void, and of a round by phones. */
export const paperCountOf = (row: Pick<PollRow, 'draft' | 'state' | 'closing'>): PaperCount | null =>
  row.state === 'counted' && isPaper(row) ? (JSON.parse(row.closing!) as PaperCount) : null

// ── opening and closing ─────────────────────────────────────────────────────────────────────────────────────────────

/** A member confirms what was asked for; the phone that has the place stands for the signature. Refuses `bad-request`, `other-device`. */
export async function actOnPaper(
  { db }: Desk,
  row: PollRow,
  index: number,
  { action, handedOut, signature }: { readonly action: Action } & Confirmed,
  device: string | null,
): Promise<void> {
  if (!holdsPlace(await readMessages(db, row.id), index, device)) no('other-device')
  if (signature !== '') no('bad-request', 'signature')
  if (handedOut.length > 0) no('bad-request', 'handedOut')
  const body = JSON.stringify({ handedOut, signature } satisfies Confirmed)
  await change(db, replaceMessage(db, row.id, { step: `act-${action}`, sender: index, recipient: 0, body }))
}

/** As members' confirmations lie among the messages of any round. */
interface Confirmed {
  readonly handedOut: readonly number[]
  readonly signature: string
}

// ── keying ──────────────────────────────────────────────────────────────────────────────────────────────────────

const sheets = integer(0, MOST_SHEETS)
const reason: Shape<string> = (value, where) => {
  const found = text(value, where).trim()
  return found === '' || found.length > MOST_REASON_CHARS ? refuse('wrong-value', where) : found
}

export const readKeying: Shape<Keying> = exactly({
  printed: sheets,
  issued: sheets,
  exchanged: sheets,
  collected: sheets,
  invalid: listOf(exactly({ reason, count: sheets }), 0, MOST_REASONS),
  lines: listOf(exactly({ counts: listOf(sheets, 0, 60), empty: sheets }), 0, MOST_LINES),
})

/**
 * What this member counted is kept; the last keying counts. The same again is harmless, after the count too.
 *
 * Refuses `other-device` from any but the phone that has the place, `wrong-state` unless sheets are being counted,
 * `bad-request` for another ballot's lines, `bad-count` for numbers that cannot be, naming the line.
 */
export async function keyCount(
  desk: Desk,
  row: PollRow,
  index: number,
  said: Keying,
  device: string | null,
): Promise<void> {
  const { db } = desk
  if (!isPaper(row)) no('wrong-state')
  const messages = await readMessages(db, row.id)
  if (!holdsPlace(messages, index, device)) no('other-device')
  const keying: Keying = { ...said, invalid: said.invalid.filter(({ count }) => count > 0) }
  const body = writeJson(keying)
  if (!isCounting(row)) {
    const there = row.state === 'counted' ? messages : []
    return there.some(one => one.step === 'keying' && one.sender === index && one.body === body)
      ? undefined
      : no('wrong-state')
  }
  const contests = await paperContests(desk, row)
  const fits =
    keying.lines.length === contests.length &&
    keying.lines.every(({ counts }, c) => counts.length === contests[c]!.options.length)
  if (!fits) no('bad-request', 'lines')
  const reasons = keying.invalid.map(one => plainSpelling(one.reason))
  if (new Set(reasons).size < reasons.length) no('bad-request', 'invalid')
  const [bad] = badCounts(keying, contests, presentOf(row))
  if (bad) no('bad-count', whereOf(bad))
  await change(db, [whileStated(db, row), ...keepKeying(db, row.id, index, body)])
}

/** As it was stated; before that as the draft has it, and so the minutes. */
const presentOf = (row: PollRow): number => statedOf(row)?.attendance.present ?? expected(draftOf(row))

interface Keyed {
  readonly sender: number
  readonly keying: Keying
  readonly first: Keying
  readonly times: number
  /** Where that stands. */
  readonly said: readonly Message[]
}

const keyedIn = (messages: readonly Message[]): readonly Keyed[] =>
  messages
    .filter(({ step }) => step === 'keying')
    .sort((a, b) => a.sender - b.sender)
    .map(last => {
      const { sender } = last
      const of = (step: Step) => messages.find(one => one.step === step && one.sender === sender)!
      const [first, times] = [of('keying-1'), of('keyings')]
      const [keying, before] = [JSON.parse(last.body) as Keying, JSON.parse(first.body) as Keying]
      return { sender, keying, first: before, times: Number(times.body), said: [last, times] }
    })

/** The first two who say the same; null before. */
function agreedIn(keyed: readonly Keyed[]): readonly [Keyed, Keyed] | null {
  for (const [i, one] of keyed.entries()) {
    const other = keyed.slice(i + 1).find(({ keying }) => differencesOf(one.keying, keying).length === 0)
    if (other) return [one, other]
  }
  return null
}

// ── consequences ────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * What follows from what was said, if anything does: each in one write, so that it is there wholly or not at all. May be
 * done again at any time. Refuses `wrong-rules` where the pack is not at hand any more.
 */
export async function settlePaper(
  desk: Desk,
  row: PollRow,
  asked: { readonly action: Action } | null,
  messages: readonly Message[],
): Promise<void> {
  const { db } = desk
  const said = (action: Action) => asked?.action === action && messages.some(({ step }) => step === `act-${action}`)
  if (said('open') && row.state === 'printed')
    return db.write([updatePoll(db, row.id, ['printed'], { state: 'open', gate: 'open', asked: null })])
  if (said('close') && row.state === 'open' && row.gate === 'open')
    // The member's word stays: while it is there nothing can be stated anew (`updateStated`).
    return db.write([updatePoll(db, row.id, ['open'], { gate: 'shut', asked: null })])
  if (isCounting(row)) await settleCount(desk, row, keyedIn(messages))
}

/** Two members keyed the same: it is the count, with what follows from it. */
async function settleCount(desk: Desk, row: PollRow, keyed: readonly Keyed[]): Promise<void> {
  const { db } = desk
  const agreed = agreedIn(keyed)
  if (agreed === null) return
  const [one, other] = agreed
  const count: PaperCount = {
    format: FORMAT,
    keyedBy: [one.sender, other.sender],
    keyings: [one.times, other.times],
    firstAgreed: differencesOf(one.first, other.first).length === 0,
    ...one.keying,
  }
  const outcome = await outcomeOnPaper(desk, row, count)
  await db.write([
    countPaper(db, row.id, [...one.said, ...other.said], writeJson(count)),
    ...(outcome === null
      ? []
      : [insertMessage(db, row.id, { step: 'outcome', sender: 0, recipient: 0, body: outcome })]),
  ])
}

/** What the rules make of it; null without rules. */
async function outcomeOnPaper(desk: Desk, row: PollRow, count: PaperCount): Promise<string | null> {
  const { pack, members } = draftOf(row)
  if (pack === null) return null
  // Nobody was let close the box before it was stated.
  const statement = readStatement(parseJson(row.stated!, 'stated'), 'stated')
  const round = paperRoundOf(await paperContests(desk, row), count, members, statement)
  return writeOutcomeOf(round, statement, await textsFor(desk, pack))
}

// ── what members see ────────────────────────────────────────────────────────────────────────────────────────────

/**
 * `index` 0 is the organiser, who sees who has keyed and nobody's numbers; so does whoever comes with a member's link and
 * not with the phone that has the place. Null of a round by phones.
 */
export async function paperView(
  desk: Desk,
  row: PollRow,
  messages: readonly Message[],
  index: number,
  device: string | null,
): Promise<PaperView | null> {
  if (!isPaper(row)) return null
  const pack = await paperPack(desk, row)
  const keyed = keyedIn(messages)
  const own = holdsPlace(messages, index, device)
  const mine = own ? (keyed.find(({ sender }) => sender === index)?.keying ?? null) : null
  const others = mine === null || row.state === 'counted' ? [] : keyed.filter(({ sender }) => sender !== index)
  return {
    contests: contestsOf(draftOf(row), pack),
    validity: (pack?.validity ?? []).map(({ layer, text: said }) => ({ layer, text: said })),
    present: presentOf(row),
    counting: isCounting(row),
    claimed: claimedIn(messages, draftOf(row).members),
    own,
    keyed: draftOf(row).members.map((_, i) => keyed.some(({ sender }) => sender === i + 1)),
    mine,
    differences: others.map(({ sender, keying }) => ({
      with: sender,
      differences: differencesOf(mine!, keying),
    })),
    count: paperCountOf(row),
  }
}
