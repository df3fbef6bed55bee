/**
 * Signatures: Schnorr over ristretto255 as RFC 9591 verifies them, FROST(ristretto255, SHA-512). `R ‖ z`, 64 bytes,
 * with `z·G = R + c·PK` and `c = SHA-512("FROST-RISTRETTO255-SHA512-v1chal" ‖ R ‖ PK ‖ M)` mod q.
 *
 * Signing is our own in one thing (protocol, section 2): the nonce is a wide hash of secret key, 32 random bytes and
 * message, so that a bad random source does not give the key away. Source: RFC 9591, sections 4.1 and 6.2.
 */
import { type Equation, holdsPlainly } from './batch.ts'
import { concat, type Rng, utf8 } from './bytes.ts'
import { attempt } from './fault.ts'
import {
  type Element,
  elementOf,
  G,
  multiply,
  negative,
  ONE,
  plus,
  randomScalar,
  readPoint,
  readScalar,
  type Scalar,
  times,
  wideScalar,
  writePoint,
  writeScalar,
} from './group.ts'
import { sha512 } from './transcript.ts'

export const SIGNATURE_BYTES = 64

/** A secret key and its public element; the secret stays with whoever made it. */
export interface KeyPair {
  readonly secret: Scalar
  readonly public: Element
}

export function newKeyPair(rng: Rng): KeyPair {
  return keyPairOf(randomScalar(rng))
}

export const keyPairOf = (secret: Scalar): KeyPair => ({ secret, public: elementOf(multiply(G, secret)) })

const CONTEXT = 'FROST-RISTRETTO255-SHA512-v1'
const NONCE = utf8(`${CONTEXT}nonce`)
const CHALLENGE = utf8(`${CONTEXT}chal`)

export function sign(key: KeyPair, message: Uint8Array, rng: Rng): Uint8Array {
  const r = wideScalar(sha512(concat(NONCE, rng(32), writeScalar(key.secret), message)))
  const R = writePoint(multiply(G, r))
  return concat(R, writeScalar(plus(r, times(challenge(R, key.public, message), key.secret))))
}

/** True exactly if these 64 bytes sign `message` under `key`. */
export function isSignature(signature: Uint8Array, key: Element, message: Uint8Array): boolean {
  const equation = attempt(() => signatureEquation(signature, key, message, 'signature'))
  return equation !== null && holdsPlainly(equation)
}

/** `z·G − c·PK − R = 0`. Refuses: `wrong-length`, `bad-point`, `identity-point`, `bad-scalar`. */
export function signatureEquation(signature: Uint8Array, key: Element, message: Uint8Array, where: string): Equation {
  const R = readPoint(signature.subarray(0, 32), where)
  const z = readScalar(signature.subarray(32), where)
  const c = challenge(R.bytes, key, message)
  return [
    [G, z],
    [key.point, negative(c)],
    [R.point, negative(ONE)],
  ]
}

const challenge = (R: Uint8Array, key: Element, message: Uint8Array): Scalar =>
  wideScalar(sha512(concat(CHALLENGE, R, key.bytes, message)))
