/**
 * Draws the consequence of everything that members have said and signed. It runs after every message, at every start, and
 * when a page of organiser or team is shown, so that a crash between a message and its consequence loses nothing. What is
 * due twice happens once: each consequence is one write that breaks a constraint the second time.
 */
import { agreedNumbers, askedOf } from './asking.ts'
import { outcomeFrom } from './counted.ts'
import { agreedResult, boardLines, closeBox, openingLines } from './counting.ts'
import { Away, Conflict, DiskFull } from './db.ts'
import type { Deps } from './deps.ts'
import { forgetAt, ifThere, peerOf } from './elsewhere.ts'
import { draftOf, pollOf } from './organising.ts'
import { isPaper, settlePaper } from './paper.ts'
import { No, no } from './refusals.ts'
import { redeemAtOf } from './rules/redeem-at.ts'
import { forgetComments } from './store/comments.ts'
import { whileStamp } from './store/dossier.ts'
import { insertMessage, type Message, type PollRow, readMessages, type Step, updatePoll } from './store/polls.ts'
import type { Team } from './team.ts'

type Logging = Pick<Deps, 'log'>

const VOIDABLE = ['pinning', 'sealed', 'printed', 'open', 'closed', 'counted'] as const

/** One after the other in this process; what other processes do at the same moment breaks a constraint. */
export const settle = (team: Team, id: Uint8Array): Promise<void> => team.polls.inTurn(id, () => settleNow(team, id))

async function settleNow(team: Team, id: Uint8Array): Promise<void> {
  const { db, polls, rng } = team
  const row = await pollOf(db, id)
  const messages = await readMessages(db, id)
  const asked = askedOf(row)
  const has = (step: Step) => messages.some(m => m.step === step)
  try {
    if (isPaper(row) && !(asked?.action === 'void' && has('act-void'))) await settlePaper(team, row, asked, messages)
    else if (row.state === 'pinning' && messages.filter(m => m.step === 'pin').length === draftOf(row).members.length)
      await db.write([updatePoll(db, id, ['pinning'], { state: 'sealed' })])
    else if (asked?.action === 'open' && has('act-open') && row.state === 'printed') {
      // There first: whoever redeemed early waits a moment with the ballot; here first, cards would be refused.
      const poll = await polls.of(row)
      await peerOf(team, poll)?.gate(poll.manifest.hash, 'open')
      await db.write([updatePoll(db, id, ['printed'], { state: 'open', gate: 'open', asked: null })])
    } else if (asked?.action === 'close' && row.state === 'open') {
      const numbers = agreedNumbers(messages)
      if (numbers) {
        const poll = await polls.of(row)
        await closeBox(rng, poll, numbers, peerOf(team, poll))
      }
    } else if (asked?.action === 'void' && has('act-void')) await voidPoll(team, row, asked.reason)
    else if (asked?.action === 'publish' && has('act-publish') && row.state === 'counted')
      await db.write([updatePoll(db, id, ['counted'], { published: 1, asked: null }), whileStamp(db, id, [''])])
    else if (row.state === 'closed') await settleResult(team, row, messages)
  } catch (error) {
    // Somebody else settled it at the same moment.
    if (!(error instanceof Conflict)) throw error
  }
}

/**
 * What stays on file of a poll that is void keeps no order either: first nothing more comes, then it is rewritten. The
 * deployment that redeems its cards may be away: the poll is void all the same, and what was asked stands until it has
 * forgotten it too.
 */
async function voidPoll(team: Team, row: PollRow, reason: string): Promise<void> {
  const { db, polls } = team
  const { id, state } = row
  const elsewhere = row.manifest !== null && redeemAtOf(row.manifest) !== null
  if (state !== 'void') {
    if (row.gate !== 'shut' && !isPaper(row)) await db.write([updatePoll(db, id, VOIDABLE, { gate: 'shut' })])
    await db.rewrite(id)
    await db.write([
      updatePoll(db, id, VOIDABLE, {
        state: 'void',
        gate: 'shut',
        void_reason: reason,
        ...(elsewhere ? {} : { asked: null }),
      }),
      ...forgetComments(db, id),
    ])
  }
  if (!elsewhere) return
  const poll = await polls.of(row)
  const forgotten = await ifThere(async () => {
    const peer = peerOf(team, poll)
    if (peer) await forgetAt(peer, poll.manifest.hash)
  })
  if (forgotten) await db.write([updatePoll(db, id, ['void'], { asked: null })])
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

/** Who looks waits no longer for another deployment. */
const LOOK_MS = 3_000

/**
 * What a process that died left half way is taken to its end by whoever looks next: at a start, and whenever a page of
 * organiser or team is shown. Where it cannot be (the disk is full, the database is away) the next look tries again; what
 * is there can be read meanwhile. For a deployment that is slow to answer nobody waits long: it goes on by itself.
 */
export async function resume(team: Team & Logging, row: PollRow): Promise<PollRow> {
  // On paper nobody asks for the count: members key while the box is shut.
  const isBeingCounted = row.state === 'open' && row.gate === 'shut'
  const mayBeDue = row.asked !== null || row.state === 'pinning' || row.state === 'closed' || isBeingCounted
  if (!mayBeDue || team.polls.isBusy(row.id)) return row
  const settling = settle(team, row.id).catch(error => {
    if (!(error instanceof No) && !(error instanceof DiskFull) && !(error instanceof Away)) throw error
  })
  const isElsewhere = row.manifest !== null && redeemAtOf(row.manifest) !== null
  await (isElsewhere ? forAWhile(team, settling) : settling)
  return pollOf(team.db, row.id)
}

/** Of a bug that shows after it the log says what nobody is told. */
async function forAWhile({ log }: Logging, work: Promise<void>): Promise<void> {
  let isWaiting = true
  let timer: ReturnType<typeof setTimeout> | undefined
  const enough = new Promise<void>(resolve => {
    timer = setTimeout(resolve, LOOK_MS)
  })
  work.catch(error => {
    if (!isWaiting) log(`bug: ${error instanceof Error ? error.stack : error}`)
  })
  try {
    await Promise.race([work, enough])
  } finally {
    isWaiting = false
    clearTimeout(timer)
  }
}
