/**
 * A sealed message from one counting-team member to another (protocol, section 8), carried by a server that must not
 * read it: `32 random ‖ ciphertext`, ChaCha20-Poly1305 (RFC 8439) under a key that both derive from `x_i·X_j`.
 *
 * The nonce is zero because every box has its own key: 32 fresh random bytes go into it.
 */
import { chacha20poly1305 } from '@noble/ciphers/chacha.js'
import { concat, frame, type Rng, u8, utf8 } from './bytes.ts'
import { refuse } from './fault.ts'
import { type Element, multiplySplit, type Scalar, writePoint } from './group.ts'
import { message, sha512 } from './transcript.ts'

const RANDOM_BYTES = 32
export const NONCE = new Uint8Array(12)

/** Who writes to whom, about what, in which ceremony. A box opens under exactly the address it was sealed for. */
export interface Address {
  readonly label: string
  readonly ceremonyHash: Uint8Array
  readonly from: number
  readonly to: number
}

export function sealBox(address: Address, own: Scalar, theirs: Element, content: Uint8Array, rng: Rng): Uint8Array {
  const random = rng(RANDOM_BYTES)
  return concat(random, chacha20poly1305(boxKey(address, random, own, theirs, rng), NONCE).encrypt(content))
}

/** Refuses: `wrong-length`, `bad-proof` (not sealed for this address, or changed since). */
export function openBox(
  address: Address,
  own: Scalar,
  theirs: Element,
  box: Uint8Array,
  rng: Rng,
  where: string,
): Uint8Array {
  if (box.length < RANDOM_BYTES + 16) refuse('wrong-length', where, `≥ ${RANDOM_BYTES + 16}`, box.length)
  const key = boxKey(address, box.subarray(0, RANDOM_BYTES), own, theirs, rng)
  try {
    return chacha20poly1305(key, NONCE).decrypt(box.subarray(RANDOM_BYTES))
  } catch {
    return refuse('bad-proof', where)
  }
}

function boxKey(a: Address, random: Uint8Array, own: Scalar, theirs: Element, rng: Rng): Uint8Array {
  const shared = writePoint(multiplySplit(theirs.point, own, rng))
  return sha512(message('box', frame(utf8(a.label)), a.ceremonyHash, u8(a.from), u8(a.to), random, shared)).subarray(
    0,
    32,
  )
}
