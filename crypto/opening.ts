/**
 * What a member's device does once the opening is signed (protocol, section 10): its shares of the sums, the result that
 * follows from everybody's, the comments. The device itself (`device.ts`) sees to it that this happens for one closing.
 */

import type { Rng } from './bytes.ts'
import type { Closing } from './closing.ts'
import type { Delivered } from './comment.ts'
import { checkDelivered, type Opened, openComments, sealCommentShares, type Watch } from './comment-opening.ts'
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

/** As many ballots as comments need, and exactly the envelopes that the box was closed with. */
function checkComments({ manifest, closing }: Verified, delivered: readonly Delivered[], rng: Rng): void {
  if (closing.ballots.count < manifest.publication.minimumBallots) stop('too few ballots to open comments')
  const fault = checkDelivered(manifest, closing, delivered, rng)
  if (fault) stop('other envelopes than the box was closed with', fault)
}

/** In a box to the one who combines. */
export function commentSharesOf(
  member: Member,
  board: Verified,
  combiner: number,
  delivered: readonly Delivered[],
  watch: Watch,
  rng: Rng,
) {
  checkComments(board, delivered, rng)
  return sealCommentShares(member, combiner, board.manifest, board.closing.hash, delivered, rng, watch)
}

/** What one prompt's envelopes came to. */
export interface OpenedPrompt {
  /** How many hold text; for the team alone. */
  readonly written: number
  readonly withheld: number
  readonly unopened: number
  readonly unreadable: number
  /** Ascending by leaf; null where too few hold text for them to be shown. */
  readonly texts: readonly string[] | null
}

/** White space alone is no text that could hide another. */
const holdsText = (one: Opened): one is Extract<Opened, { status: 'text' }> =>
  one.status === 'text' && one.text.trim() !== ''

/** By prompt. */
export function commentsOf(
  member: Member,
  board: Verified,
  delivered: readonly Delivered[],
  boxes: ReadonlyMap<number, Uint8Array>,
  watch: Watch,
  rng: Rng,
): readonly OpenedPrompt[] {
  checkComments(board, delivered, rng)
  const { manifest, closing } = board
  const opened = openComments(member, manifest, closing.hash, delivered, boxes, rng, watch)
  return manifest.comments.map((_, i): OpenedPrompt => {
    const ofPrompt = opened.filter(({ kind }) => kind === i + 1)
    const count = (status: Opened['status']) => ofPrompt.filter(one => one.status === status).length
    const texts = ofPrompt.filter(holdsText).map(({ text }) => text)
    return {
      written: texts.length,
      withheld: count('withheld'),
      unopened: count('unopened'),
      unreadable: count('unreadable'),
      texts: texts.length < manifest.publication.minimumBallots ? null : texts,
    }
  })
}
