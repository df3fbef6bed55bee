/**
 * The arithmetic that takes a while, as jobs: done here or, on Node, by worker threads (`workers.ts`), so that pages stay
 * quick while a hall votes. A job is bytes in, bytes out; ballots are checked in small batches, in one sum.
 */

import { readBallot } from '../crypto/ballot.ts'
import type { Rng } from '../crypto/bytes.ts'
import { fromBase64url } from '../crypto/bytes.ts'
import { parseClosing } from '../crypto/closing.ts'
import { attempt } from '../crypto/fault.ts'
import { readPoint, readScalar, writeScalar } from '../crypto/group.ts'
import { type Manifest, parseManifest } from '../crypto/manifest.ts'
import { isShare, type Share } from '../crypto/share.ts'
import { keyPairOf } from '../crypto/signature.ts'
import { allowedSums, openingOfSum, opensByItself, publicationUnions, Sums } from '../crypto/tally.ts'
import { publicShare } from '../crypto/trustees.ts'
import { verify } from '../crypto/verify.ts'
import { type Accepted, acceptBallots, acceptComment, answerRedemption, type BoxKeys } from './box.ts'
import type { ShareWire } from './wire.ts'

/** A poll as workers hold it: public text and the box's secrets. */
export interface Poll {
  readonly manifest: Manifest
  readonly keys: BoxKeys
}

/** The same in a form that crosses threads. */
export interface PollText {
  readonly manifest: string
  readonly receiptKey: Uint8Array
  readonly issuers: readonly Uint8Array[]
  readonly commentIssuers: readonly Uint8Array[]
}

export const writePoll = ({ manifest, keys }: Poll): PollText => ({
  manifest: manifest.text,
  receiptKey: writeScalar(keys.receiptKey.secret),
  issuers: keys.issuers.map(pair => writeScalar(pair.secret)),
  commentIssuers: keys.commentIssuers.map(pair => writeScalar(pair.secret)),
})

export function readPoll({ manifest, receiptKey, issuers, commentIssuers }: PollText): Poll {
  const pair = (secret: Uint8Array) => keyPairOf(readScalar(secret, 'secret'))
  return {
    manifest: parseManifest(manifest),
    keys: { receiptKey: pair(receiptKey), issuers: issuers.map(pair), commentIssuers: commentIssuers.map(pair) },
  }
}

/** One cast: a ballot, or an envelope with its sealed part. */
export interface Sent {
  readonly bytes: Uint8Array
  readonly sealed: Uint8Array | null
}

export interface Work {
  /** The answer to a listed, unspent token's request; null where it proves nothing. Refuses `too-many`. */
  redeem(poll: Poll, group: number, request: Uint8Array): Promise<Uint8Array | null>
  /** Refuses `too-many`. */
  accept(poll: Poll, sent: Sent): Promise<Accepted | null>
  /** True if every one of these shares is proven, and there is one for each hidden sum, in order. */
  checkShares(poll: Poll, board: Board, trustee: number, shares: readonly ShareWire[]): Promise<boolean>
  /** True if the record verifies to its end. */
  checkRecord(record: readonly string[]): Promise<boolean>
  close(): Promise<void>
}

interface Board {
  readonly closing: string
  readonly ballots: readonly Uint8Array[]
}

/** What workers are sent; answers are in the shape of the same field of `Done`. */
export type Job =
  | { readonly type: 'redeem'; readonly group: number; readonly request: Uint8Array }
  | { readonly type: 'accept'; readonly list: readonly Sent[] }
  | { readonly type: 'shares'; readonly board: Board; readonly trustee: number; readonly shares: readonly ShareWire[] }
  | { readonly type: 'record'; readonly lines: readonly string[] }

export interface Done {
  readonly redeem: Uint8Array | null
  readonly accept: readonly (Accepted | null)[]
  readonly shares: boolean
  readonly record: boolean
}

/** Does one job. `poll` is null for those that need none. */
export async function doJob<J extends Job>(job: J, poll: Poll | null, rng: Rng): Promise<Done[J['type']]>
export async function doJob(job: Job, poll: Poll | null, rng: Rng): Promise<Done[Job['type']]> {
  switch (job.type) {
    case 'redeem':
      return answerRedemption(poll!.manifest, poll!.keys, job.group, job.request, rng)
    case 'accept':
      return acceptAll(poll!, job.list, rng)
    case 'shares':
      return sharesHold(poll!.manifest, job.board, job.trustee, job.shares)
    case 'record':
      return recordHolds(job.lines, rng)
  }
}

function acceptAll({ manifest, keys }: Poll, list: readonly Sent[], rng: Rng): readonly (Accepted | null)[] {
  const ballots = list.filter(({ sealed }) => sealed === null)
  const done = acceptBallots(
    manifest,
    keys,
    ballots.map(({ bytes }) => bytes),
    rng,
  )
  return list.map(one =>
    one.sealed === null ? done[ballots.indexOf(one)]! : acceptComment(manifest, keys, one.bytes, one.sealed, rng),
  )
}

function sharesHold(manifest: Manifest, board: Board, trustee: number, shares: readonly ShareWire[]): boolean {
  const closing = parseClosing(manifest, board.closing)
  const sums = new Sums()
  for (const bytes of board.ballots) sums.add(readBallot(manifest, bytes, 'ballot'))
  const unions = publicationUnions(closing.ballots.byGroup, manifest.publication.minimumBallots)
  const hidden = allowedSums(manifest, unions, sums).filter(sum => !opensByItself(sum))
  if (hidden.length !== shares.length) return false
  const Y = publicShare(manifest.trustees, trustee)
  return hidden.every((sum, i) => {
    const share = readShare(trustee, shares[i]!)
    return (
      shares[i]!.sum === sum.label && share !== null && isShare(share, Y, openingOfSum(manifest, closing.hash, sum))
    )
  })
}

function readShare(trustee: number, { share, proof }: ShareWire): Share | null {
  const [D, bytes] = [fromBase64url(share), fromBase64url(proof)]
  if (D === null || bytes?.length !== 64) return null
  const element = attempt(() => readPoint(D, 'share'))
  return element === null ? null : { trustee, D: element, proof: bytes }
}

async function recordHolds(lines: readonly string[], rng: Rng): Promise<boolean> {
  const encoder = new TextEncoder()
  const { ok, complete } = await verify(
    (function* () {
      for (const line of lines) yield encoder.encode(line)
    })(),
    { rng },
  )
  return ok && complete
}

/** In this very thread: for tests, and where there are no others. */
export function workHere(rng: Rng): Work {
  return {
    redeem: (poll, group, request) => doJob({ type: 'redeem', group, request }, poll, rng),
    accept: async (poll, sent) => (await doJob({ type: 'accept', list: [sent] }, poll, rng))[0]!,
    checkShares: (poll, board, trustee, shares) => doJob({ type: 'shares', board, trustee, shares }, poll, rng),
    checkRecord: lines => doJob({ type: 'record', lines }, null, rng),
    close: async () => {},
  }
}
