/**
 * The closing statement (protocol, section 9): one per poll, ever, stored in the same write that ends the voting. It
 * fixes every list by its root and discloses the issuer keys, now that nothing can be added: from here on anybody
 * recomputes every credential.
 */
import { type Rng, shortCode, toBase64url, utf8 } from './bytes.ts'
import { type Fault, faultOf, refuse } from './fault.ts'
import { G, multiplyPublic, type Scalar, scalarShape, writeScalar } from './group.ts'
import { byGroup, bytes, exactly, integer, listOf, parseJson, type Shape, writeJson } from './json.ts'
import type { Manifest } from './manifest.ts'
import { HASH_BYTES } from './merkle.ts'
import { isSignature, type KeyPair, sign } from './signature.ts'
import { message, sha256 } from './transcript.ts'

/** Lists by group stand in the manifest's order. */
export interface Closing {
  readonly text: string
  /** SHA-256 of the text; its short code is read aloud and written into the minutes. */
  readonly hash: Uint8Array
  /** Cards given out less those handed back and voided, as two members entered it. */
  readonly handedOut: readonly number[]
  readonly redemptions: Commitment
  readonly voided: Commitment
  readonly ballots: Commitment & { readonly byGroup: readonly number[] }
  /** First entry: kind 1. */
  readonly comments: { readonly byKind: readonly number[]; readonly root: Uint8Array }
  readonly issuerKeys: readonly Scalar[]
  readonly commentIssuerKeys: readonly Scalar[]
}

/** How many entries a list has, and the root of the tree over them. */
interface Commitment {
  readonly count: number
  readonly root: Uint8Array
}

export function writeClosing(manifest: Manifest, closing: Omit<Closing, 'text' | 'hash'>): string {
  const keyed = <T>(list: readonly T[]) => Object.fromEntries(manifest.groups.map(({ id }, i) => [id, list[i]]))
  const { ballots, issuerKeys, commentIssuerKeys } = closing
  return writeJson({
    manifestHash: manifest.hash,
    handedOut: keyed(closing.handedOut),
    redemptions: closing.redemptions,
    voided: closing.voided,
    ballots: { count: ballots.count, byGroup: keyed(ballots.byGroup), root: ballots.root },
    comments: closing.comments,
    issuerKeys: keyed(issuerKeys.map(writeScalar)),
    commentIssuerKeys: commentIssuerKeys.map(writeScalar),
  })
}

const closingMessage = (text: string): Uint8Array => message('closing', utf8(text))

export const signClosing = (text: string, receiptKey: KeyPair, rng: Rng): Uint8Array =>
  sign(receiptKey, closingMessage(text), rng)

export const isClosingSignature = (manifest: Manifest, text: string, signature: Uint8Array): boolean =>
  isSignature(signature, manifest.receiptKey, closingMessage(text))

/** Reads a closing statement of this manifest. Refuses what its shape does not allow, and `wrong-manifest`. */
export function parseClosing(manifest: Manifest, text: string): Closing {
  const { groups, comments } = manifest
  const root = bytes(HASH_BYTES)
  const commitment = exactly({ count: integer(0), root })
  const perKind = <T>(shape: Shape<T>) => listOf(shape, comments.length, comments.length)
  const { manifestHash, ...found } = exactly({
    manifestHash: bytes(HASH_BYTES),
    handedOut: byGroup(groups, integer(0)),
    redemptions: commitment,
    voided: commitment,
    ballots: exactly({ count: integer(0), byGroup: byGroup(groups, integer(0)), root }),
    comments: exactly({ byKind: perKind(integer(0)), root }),
    issuerKeys: byGroup(groups, scalarShape),
    commentIssuerKeys: perKind(scalarShape),
  })(parseJson(text, 'closing'), 'closing')
  if (toBase64url(manifestHash) !== toBase64url(manifest.hash))
    refuse('wrong-manifest', 'closing', shortCode(manifest.hash), shortCode(manifestHash))
  return { text, hash: sha256(utf8(text)), ...found }
}

/**
 * The arithmetic of check 5, which the server holds to before it stores a closing: by group `ballots ≤ redemptions ≤
 * handed out ≤ tokens − voided`, by kind `comments ≤ redemptions`. Where numbers truly do not fit the poll is void.
 */
export function checkNumbers(
  manifest: Manifest,
  closing: Closing,
  lists: { readonly redeemed: readonly number[]; readonly voided: readonly number[] },
): readonly Fault[] {
  const faults: Fault[] = []
  const atMost = (where: string, lower: number, upper: number) => {
    if (lower > upper) faults.push(faultOf('wrong-count', where, `≤ ${upper}`, lower))
  }
  manifest.groups.forEach(({ id, tokens }, g) => {
    atMost(`group ${id}, ballots`, closing.ballots.byGroup[g]!, lists.redeemed[g]!)
    atMost(`group ${id}, redemptions`, lists.redeemed[g]!, closing.handedOut[g]!)
    atMost(`group ${id}, handed out`, closing.handedOut[g]!, tokens - lists.voided[g]!)
  })
  const total = lists.redeemed.reduce((sum, n) => sum + n, 0)
  for (const [i, count] of closing.comments.byKind.entries()) atMost(`comments of kind ${i + 1}`, count, total)
  return faults
}

/** The first part of check 6: `k·G` is the manifest's issuer, for every group and prompt. */
export function checkIssuerKeys(manifest: Manifest, closing: Closing): Fault | null {
  const pairs = [
    ...manifest.groups.map(({ id, issuer }, i) => ({ where: `group ${id}`, issuer, k: closing.issuerKeys[i]! })),
    ...manifest.comments.map(({ id, issuer }, i) => ({
      where: `comment ${id}`,
      issuer,
      k: closing.commentIssuerKeys[i]!,
    })),
  ]
  const wrong = pairs.find(({ issuer, k }) => !multiplyPublic(G, k).equals(issuer.point))
  return wrong ? faultOf('wrong-key', `${wrong.where}, issuer`) : null
}
