/**
 * The rehearsal at the end of the key ceremony (protocol, section 8): before anything is pinned, every subset of `t`
 * devices opens a test ciphertext, so that no team finds out on the evening of the count that it cannot open.
 *
 *     r = Hq("rehearsal", ceremonyHash)     α = r·G     β = r·K + G     D_j = y_j·α     β − Σ λ_j·D_j = G
 *
 * The ciphertext follows from the ceremony, so that nobody can pass a ballot off as a rehearsal.
 */
import { equal } from './bytes.ts'
import { attempt, type Fault, faultOf } from './fault.ts'
import { type Element, elementOf, G, multiplyPublic, type Point, readPoint, type Scalar } from './group.ts'
import { interpolate } from './share.ts'
import { isSignature } from './signature.ts'
import { Hq, message } from './transcript.ts'
import { electionKeyOf, type Package, publicShare } from './trustees.ts'

export function rehearsalOf(ceremonyHash: Uint8Array): { readonly alpha: Element; readonly r: Scalar } {
  const r = Hq('rehearsal', ceremonyHash)
  return { alpha: elementOf(multiplyPublic(G, r)), r }
}

/** What each member sent at the end of the ceremony, by index. */
export interface Answers {
  readonly confirmations: readonly Uint8Array[]
  readonly rehearsals: readonly Uint8Array[]
}

/**
 * Every member confirmed this ceremony, every device's part of the rehearsal is right by itself, and every subset of `t`
 * opens. The fault names the member.
 */
export function checkAnswers(
  packages: readonly Package[],
  t: number,
  hash: Uint8Array,
  { confirmations, rehearsals }: Answers,
): Fault | null {
  const confirmed = message('ceremony', hash)
  const doubtful = packages.find(({ index, signingKey }) => {
    const confirmation = confirmations[index - 1]
    return confirmation === undefined || !isSignature(confirmation, signingKey, confirmed)
  })
  if (doubtful) return faultOf('bad-signature', `trustee ${doubtful.index}, confirmation`)
  const { r } = rehearsalOf(hash)
  const parts: { readonly index: number; readonly D: Point }[] = []
  for (const { index } of packages) {
    const where = `trustee ${index}, rehearsal`
    const D = attempt(() => readPoint(rehearsals[index - 1] ?? new Uint8Array(), where))
    // Since r is known to all, D_j = y_j·α = r·Y_j can be checked one by one, and who is wrong has a name.
    const expected = multiplyPublic(publicShare(packages, index).point, r)
    if (D === null || !equal(D.bytes, elementOf(expected).bytes)) return faultOf('wrong-value', where)
    parts.push({ index, D: D.point })
  }
  const beta = multiplyPublic(electionKeyOf(packages).point, r).add(G)
  const shut = subsetsOf(parts, t).find(subset => !beta.subtract(interpolate(subset)).equals(G))
  return shut ? faultOf('wrong-sum', `rehearsal of ${shut.map(({ index }) => `trustee ${index}`).join(', ')}`) : null
}

export function subsetsOf<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  if (size === 0) return [[]]
  return items.flatMap((item, i) => subsetsOf(items.slice(i + 1), size - 1).map(rest => [item, ...rest]))
}
