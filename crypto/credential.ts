/**
 * The credential `N = k·HashToGroup(x)`: what a redeemed token buys, and all that a cast shows (protocol, section 5).
 * `x` names the manifest, the kind and the ballot's fresh public key; `k` is the issuer's secret until closing.
 *
 * As a point, before RFC 9497's last hash, it can be checked in batches once `k` is disclosed.
 */
import type { Equation } from './batch.ts'
import { concat, u8, u16, utf8 } from './bytes.ts'
import { type Element, hashToGroup, multiply, negative, ONE, type Scalar } from './group.ts'
import type { KeyPair } from './signature.ts'
import { message, sha512 } from './transcript.ts'

/** Kept by the phone from redemption to cast. */
export interface Credential {
  /** 0 for the ballot, i for the i-th comment prompt. */
  readonly kind: number
  readonly key: KeyPair
  readonly N: Element
}

/** `x`, what is blinded: `L("credential") ‖ manifestHash ‖ u8 kind ‖ pk`. */
export const credentialInput = (manifestHash: Uint8Array, kind: number, key: Uint8Array): Uint8Array =>
  message('credential', manifestHash, u8(kind), key)

/** For the server while voting goes on, when `k` is still its secret. */
export const isCredential = (N: Element, x: Uint8Array, k: Scalar): boolean =>
  multiply(hashToGroup(x), k).equals(N.point)

/** For everybody once `k` is disclosed: `N − k·HashToGroup(x) = 0`. */
export const credentialEquation = (N: Element, x: Uint8Array, k: Scalar): Equation => [
  [N.point, ONE],
  [hashToGroup(x), negative(k)],
]

/** RFC 9497's output for `x`, so that its vectors pin the credential: the hash over input and `N` (section 3.3.1). */
export const voprfOutput = (x: Uint8Array, N: Uint8Array): Uint8Array =>
  sha512(concat(u16(x.length), x, u16(N.length), N, utf8('Finalize')))
