/**
 * What a member's device does once the opening is signed (protocol, section 10): its shares of the sums, the result that
 * follows from everybody's, the comments. The device itself (`device.ts`) sees to it that this happens for one closing.
 */

import type { Rng } from './bytes.ts'
import type { Closing } from './closing.ts'
import { type Delivered, type Opened, openComments, sealCommentShares } from './comment.ts'
import { type Fault, faultOf } from './fault.ts'
import type { Manifest } from './manifest.ts'
import { isShare, makeShare, type Share } from './share.ts'
import { stop } from './stop.ts'
import {
  type AllowedSum,
  isOpeningSignature,
  openingOfSum,
  openSum,
  opensByItself,
  signResult,
  writeResult,
} from './tally.ts'
import { type Member, publicShare } from './trustees.ts'
import type { Allowed } from './verify/opening.ts'

/** A board that the device verified. */
export interface Verified {
  readonly manifest: Manifest
  readonly closing: Closing
  readonly allowed: Allowed
}

/** Signatures of the opening, by member. */
export type Openings = ReadonlyMap<number, Uint8Array>

/** Nothing is answered on fewer than `t` signatures of this opening. */
export function checkQuorum({ manifest, closing }: Verified, openings: Openings): void {
  const signed = manifest.trustees.filter(trustee => {
    const signature = openings.get(trustee.index)
    return signature !== undefined && isOpeningSignature(trustee, closing.hash, signature)
  })
  if (signed.length < manifest.threshold) stop('too few signatures of the opening')
}

/** A share of every sum that hides something, by label in the result's order. */
export function sharesOf(member: Member, { manifest, closing, allowed }: Verified, rng: Rng) {
  const hidden = allowed.sums.filter(sum => !opensByItself(sum))
  const share = (sum: AllowedSum) =>
    makeShare(member, manifest.trustees, openingOfSum(manifest, closing.hash, sum), rng)
  return new Map(hidden.map(sum => [sum.label, share(sum)]))
}

/**
 * Checks every share and opens the sums, then signs the result that follows. A false share is left out and named; any
 * `t` good ones open.
 */
export function resultOf(
  member: Member,
  { manifest, closing, allowed }: Verified,
  shares: readonly ReadonlyMap<string, Share>[],
  report: (fault: Fault) => void,
  rng: Rng,
): { readonly text: string; readonly signature: Uint8Array } {
  const Y = manifest.trustees.map(({ index }) => publicShare(manifest.trustees, index))
  const counts = allowed.sums.map(sum => {
    if (opensByItself(sum)) return openSum(sum, [])
    const opening = openingOfSum(manifest, closing.hash, sum)
    // By member: whoever sends a share twice has sent one.
    const good = new Map<number, Share>()
    for (const byLabel of shares) {
      const share = byLabel.get(sum.label)
      if (share === undefined) continue
      const own = Y[share.trustee - 1]
      if (own && isShare(share, own, opening)) good.set(share.trustee, share)
      else report(faultOf('bad-proof', `trustee ${share.trustee}, ${sum.label}`))
    }
    if (good.size < manifest.threshold) return stop(`too few shares of ${sum.label}`)
    return openSum(sum, [...good.values()].slice(0, manifest.threshold))
  })
  const text = writeResult(manifest, closing.hash, allowed.unions, counts)
  return { text, signature: signResult(member.signing, closing.hash, text, rng) }
}

function checkEnough({ manifest, closing }: Verified): void {
  if (closing.ballots.count < manifest.publication.minimumBallots) stop('too few ballots to open comments')
}

/** In a box to the one who combines. */
export function commentSharesOf(
  member: Member,
  board: Verified,
  combiner: number,
  delivered: readonly Delivered[],
  rng: Rng,
) {
  checkEnough(board)
  return sealCommentShares(member, combiner, board.manifest, board.closing.hash, delivered, rng)
}

/**
 * By prompt, its envelopes ascending by leaf; null for a prompt of which too few envelopes hold text for them to be
 * shown.
 */
export function commentsOf(
  member: Member,
  board: Verified,
  delivered: readonly Delivered[],
  boxes: ReadonlyMap<number, Uint8Array>,
  report: (fault: Fault) => void,
  rng: Rng,
): readonly (readonly Opened[] | null)[] {
  checkEnough(board)
  const { manifest, closing } = board
  const opened = openComments(member, manifest, closing.hash, delivered, boxes, rng, report)
  return manifest.comments.map((_, i) => {
    const ofPrompt = opened.filter(({ kind }) => kind === i + 1)
    const holdText = ofPrompt.filter(one => one.status === 'text' && one.text !== '').length
    return holdText < manifest.publication.minimumBallots ? null : ofPrompt
  })
}
