/**
 * What a box does of its polls whose cards are redeemed elsewhere, by another deployment under another hand (`peer.ts`).
 * The manifest says where, and it alone: a poll that was sealed before or after goes by its own. Of every other poll
 * nothing here does anything.
 */

import { type Equation, hold } from '../crypto/batch.ts'
import { readRequest, requestEquation } from '../crypto/blind.ts'
import { equal, type Rng, toBase64url } from '../crypto/bytes.ts'
import { attempt } from '../crypto/fault.ts'
import { readPoint } from '../crypto/group.ts'
import { isSignature } from '../crypto/signature.ts'
import { voidMessage } from '../crypto/token.ts'
import type { Directory } from './db.ts'
import type { Peer, SpentCount } from './peer.ts'
import type { KnownPoll } from './polls.ts'
import { No, no } from './refusals.ts'
import { readManifestsOf } from './store/listing.ts'
import { countSpent, readTokens, readTurnout, type Spent, takeSpent } from './store/voting.ts'

/** Of a deployment. */
export interface Split {
  /** Who redeems the cards of polls that are sealed now; without it this deployment does (`ROLE=all`). */
  readonly peer?: Peer | undefined
}

/** Who redeems this poll's cards; null: this deployment. Refuses `peer-away` where it is nobody whom it knows. */
export function peerOf({ peer }: Split, { redeemAt }: Pick<KnownPoll, 'redeemAt'>): Peer | null {
  if (redeemAt === null) return null
  return peer?.origin === redeemAt ? peer : no('peer-away', 'redeemAt')
}

const OF_PEERS: readonly string[] = ['peer-away', 'peer-refuses']

/** What is done as soon as it can be. False: the other deployment was away, or did not want to. */
export async function ifThere(work: () => Promise<void>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    if (error instanceof No && OF_PEERS.includes(error.refusal)) return false
    throw error
  }
}

/** Cards spent so far, by group. Refuses `peer-away`, `peer-refuses`. */
export async function spentOf(split: Split, poll: KnownPoll): Promise<readonly SpentCount[]> {
  const { db, id, manifest } = poll
  const peer = peerOf(split, poll)
  if (peer === null) return countSpent(db, id, manifest.groups.length)
  const counts = await peer.counts(manifest.hash)
  return counts.length === manifest.groups.length ? counts : no('peer-away', 'counts')
}

/** `redeemed` is null where the other deployment does not say. */
export async function turnoutOf(
  split: Split,
  poll: KnownPoll,
): Promise<{ readonly redeemed: number | null; readonly cast: number }> {
  const { redeemed, cast } = await readTurnout(poll.db, poll.id)
  if (poll.redeemAt === null) return { redeemed, cast }
  let elsewhere: number | null = null
  await ifThere(async () => {
    elsewhere = (await spentOf(split, poll)).reduce((sum, one) => sum + one.redeemed, 0)
  })
  return { redeemed: elsewhere, cast }
}

/**
 * What was spent there becomes this poll's, in one write, if it is what checks 3 and 4 will accept: a closing statement
 * over anything else could never be mended. Shape: a poll that is shut, there and here. Refuses `peer-away`, `peer-refuses`.
 */
export async function bringSpent(rng: Rng, poll: KnownPoll, peer: Peer): Promise<void> {
  const { db, id, manifest } = poll
  const spent = await peer.spent(manifest.hash)
  const listed = new Set((await readTokens(db, id)).map(({ token }) => toBase64url(token)))
  const named = spent.map(({ request }) => toBase64url(request.subarray(0, 32)))
  const sound = new Set(named).size === named.length && named.every(token => listed.has(token))
  const equations = spent.map(one => equationOf(poll, one))
  const signed = equations.filter(equation => equation !== null)
  if (!sound || signed.length < spent.length || !hold(signed.flat(), rng)) no('peer-away', 'spent')
  await db.write(takeSpent(db, id, spent))
}

/** What its signature comes to; none of a voided card, whose signature is checked at once; null where it is none. */
function equationOf({ manifest }: KnownPoll, { request, voided }: Spent): readonly Equation[] | null {
  if (!voided) return attempt(() => [requestEquation(manifest, readRequest(manifest, request, 'request'), 'request')])
  const key = attempt(() => readPoint(request.subarray(0, 32), 'token'))
  return key && isSignature(request.subarray(32), key, voidMessage(manifest.hash)) ? [] : null
}

/** Nothing of it is left there. One that is open is shut first: it is not forgotten while cards are redeemed. */
export async function forgetAt(peer: Peer, manifestHash: Uint8Array): Promise<void> {
  try {
    await peer.forget(manifestHash)
  } catch (error) {
    if (!(error instanceof No) || error.refusal !== 'peer-refuses' || error.where !== 'wrong-state') throw error
    await peer.shut(manifestHash)
    await peer.forget(manifestHash)
  }
}

/** Cards of every manifest that this poll had, but of `kept`, are worth nothing there. Refuses `peer-away`, `peer-refuses`. */
export async function forgetOthers(
  { peer, directory }: Split & { readonly directory: Directory },
  id: Uint8Array,
  kept: Uint8Array | null = null,
): Promise<void> {
  if (!peer) return
  for (const hash of await readManifestsOf(directory, id)) if (!kept || !equal(hash, kept)) await forgetAt(peer, hash)
}
