/**
 * A member's part in opening one ciphertext: `D_j = y_j·α`, with a proof that it is the same `y_j` as in `Y_j = y_j·G`
 * (protocol, section 10). The label says which sum of which poll and closing, or which comment, so that a share fits
 * nowhere else.
 */
import { type Rng, utf8 } from './bytes.ts'
import { attempt } from './fault.ts'
import {
  type Element,
  elementOf,
  IDENTITY,
  inverse,
  minus,
  multiplyPublic,
  multiplySplit,
  ONE,
  type Point,
  scalarOf,
  times,
} from './group.ts'
import { isEqual, proveEquality } from './proof.ts'
import { Reader } from './reader.ts'
import { type Member, type Package, publicShare } from './trustees.ts'

/** What is being opened, and under which poll and closing. */
export interface Opening {
  readonly manifestHash: Uint8Array
  readonly closingHash: Uint8Array
  readonly label: string
  readonly alpha: Element
}

export interface Share {
  readonly trustee: number
  readonly D: Element
  /** `c ‖ z`. */
  readonly proof: Uint8Array
}

const statement = (opening: Opening, trustee: number, Y: Element, D: Element) => ({
  manifestHash: opening.manifestHash,
  closingHash: opening.closingHash,
  label: utf8(opening.label),
  alpha: opening.alpha,
  trustee,
  Y,
  D,
})

/** Only the member's device calls this, and only for what section 10 allows. The secret share is split at random. */
export function makeShare(member: Member, team: readonly Package[], opening: Opening, rng: Rng): Share {
  const D = elementOf(multiplySplit(opening.alpha.point, member.share, rng))
  const Y = publicShare(team, member.index)
  return { trustee: member.index, D, proof: proveEquality(statement(opening, member.index, Y, D), member.share, rng) }
}

/** True exactly if the share's proof holds. `Y` is `publicShare(team, share.trustee)`. */
export function isShare(share: Share, Y: Element, opening: Opening): boolean {
  const where = `share of trustee ${share.trustee}`
  const proven = attempt(() => isEqual(statement(opening, share.trustee, Y, share.D), new Reader(share.proof, where)))
  return proven === true
}

/** `Σ λ_j·D_j`: what all shares together would be, from `t` of them. Shape: different indices. */
export function interpolate(shares: readonly { readonly index: number; readonly D: Point }[]): Point {
  return shares.reduce((sum, { index, D }) => {
    const others = shares.filter(s => s.index !== index)
    const lambda = others.reduce(
      (product, s) => times(product, times(scalarOf(s.index), inverse(minus(scalarOf(s.index), scalarOf(index))))),
      ONE,
    )
    return sum.add(multiplyPublic(D, lambda))
  }, IDENTITY)
}
