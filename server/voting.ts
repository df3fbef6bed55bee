/**
 * Steps 2 and 5 of a ballot's way, with memory: a card is spent once, a ballot is laid into the box once, and the same
 * request again gets the same answer, also when the box is closed. What decides is in `box.ts`; what guards is a
 * constraint in the database, so that two requests at the same moment cannot both win.
 *
 * Nothing here tells the two steps' callers apart or remembers when they came.
 */
import { BALLOT_KIND } from '../crypto/ballot.ts'
import { equal } from '../crypto/bytes.ts'
import { attempt } from '../crypto/fault.ts'
import { readPoint } from '../crypto/group.ts'
import { isSignature } from '../crypto/signature.ts'
import { voidMessage } from '../crypto/token.ts'
import { Conflict } from './db.ts'
import type { KnownPoll } from './polls.ts'
import { no } from './refusals.ts'
import { findGate } from './store/polls.ts'
import { append, findCast, findSpent, findToken, spend } from './store/voting.ts'
import type { Sent, Work } from './work.ts'

const TOKEN_BYTES = 32
const KEY_BYTES = 32

/** Refuses `not-open`, `closed`. */
async function checkOpen({ db, id, manifest }: KnownPoll): Promise<void> {
  const found = (await findGate(db, id, manifest.hash)) ?? no('wrong-manifest')
  if (found.gate === 'open') return
  no(found.state === 'pinning' || found.state === 'sealed' || found.state === 'printed' ? 'not-open' : 'closed')
}

/**
 * Refuses: `unknown-card`, `already-redeemed` (by another request), `voided-card`, `not-open`, `closed`, `bad-proof`.
 */
export async function redeem(work: Work, poll: KnownPoll, request: Uint8Array): Promise<Uint8Array> {
  const token = request.subarray(0, TOKEN_BYTES)
  if (token.length < TOKEN_BYTES) return no('bad-proof')
  const listed = (await findToken(poll.db, poll.id, token)) ?? no('unknown-card')
  const before = await redeemedBefore(poll, token, request)
  if (before) return before
  await checkOpen(poll)
  const answer = (await work.redeem(poll, listed.group, request)) ?? no('bad-proof')
  try {
    await spend(poll.db, poll, token, request, answer)
    return answer
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    // Somebody was first, perhaps this very request sent twice; or the box was closed meanwhile.
    const first = await redeemedBefore(poll, token, request)
    if (first) return first
    await checkOpen(poll)
    throw error
  }
}

async function redeemedBefore(poll: KnownPoll, token: Uint8Array, request: Uint8Array) {
  const spent = await findSpent(poll.db, poll.id, token)
  if (spent === null) return null
  if (spent.answer === null) return no('voided-card')
  return equal(spent.request, request) ? spent.answer : no('already-redeemed')
}

/** A card handed back: `32 token ‖ 64 signature`. Refuses as `redeem` does. */
export async function voidCard(poll: KnownPoll, request: Uint8Array): Promise<void> {
  const token = request.subarray(0, TOKEN_BYTES)
  if (token.length < TOKEN_BYTES || (await findToken(poll.db, poll.id, token)) === null) return no('unknown-card')
  const key = attempt(() => readPoint(token, 'token')) ?? no('bad-proof')
  if (!isSignature(request.subarray(TOKEN_BYTES), key, voidMessage(poll.manifest.hash))) return no('bad-proof')
  if (await isVoided(poll, token)) return
  try {
    await spend(poll.db, poll, token, request, null)
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    if (await isVoided(poll, token)) return
    await checkOpen(poll)
    throw error
  }
}

async function isVoided(poll: KnownPoll, token: Uint8Array): Promise<boolean> {
  const spent = await findSpent(poll.db, poll.id, token)
  if (spent === null) return false
  return spent.answer === null ? true : no('already-redeemed')
}

/** Answers the receipt. Refuses: `already-cast` (other bytes under this key), `not-open`, `closed`, `bad-proof`. */
export async function cast(work: Work, poll: KnownPoll, sent: Sent): Promise<Uint8Array> {
  // Both begin alike: a ballot with its group, an envelope with its kind, then the key. Whether the rest is anything is
  // for the work that follows.
  if (sent.bytes.length < 1 + KEY_BYTES) return no('bad-proof')
  const kind = sent.sealed === null ? BALLOT_KIND : sent.bytes[0]!
  const key = sent.bytes.subarray(1, 1 + KEY_BYTES)
  const before = await castBefore(poll, kind, key, sent)
  if (before) return before
  await checkOpen(poll)
  const accepted = (await work.accept(poll, sent)) ?? no('bad-proof')
  try {
    await append(poll.db, poll, sent, accepted)
    return accepted.receipt
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    const first = await castBefore(poll, kind, key, sent)
    if (first) return first
    await checkOpen(poll)
    throw error
  }
}

async function castBefore(poll: KnownPoll, kind: number, key: Uint8Array, sent: Sent) {
  const found = await findCast(poll.db, poll.id, kind, key)
  if (found === null) return null
  const same =
    equal(found.bytes, sent.bytes) &&
    (found.sealed === null) === (sent.sealed === null) &&
    (found.sealed === null || equal(found.sealed, sent.sealed!))
  return same ? found.receipt : no('already-cast')
}
