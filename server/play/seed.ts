/** Where randomness comes from: the platform's own, or, for tests, a stream that a number fixes. */
import { randomFillSync } from 'node:crypto'
import { concat, type Rng, u32, utf8 } from '../../crypto/bytes.ts'
import { sha512 } from '../../crypto/transcript.ts'

export const secureRng: Rng = n => randomFillSync(new Uint8Array(n))

/** Repeatable, and therefore worth nothing as a secret: SHA-512 of a seed and a counter, block after block. */
export function seededRng(seed: number): Rng {
  const start = concat(utf8('phieukin test seed '), u32(seed))
  let block = 0
  let left = new Uint8Array() as Uint8Array
  return n => {
    while (left.length < n) left = concat(left, sha512(concat(start, u32(block++))))
    const taken = left.slice(0, n)
    left = left.slice(n)
    return taken
  }
}

/** The same items in random order (Fisher–Yates; each draw has 48 random bits, so that no order is noticeably likelier). */
export function shuffled<T>(items: readonly T[], rng: Rng): T[] {
  const mixed = [...items]
  for (let i = mixed.length - 1; i > 0; i--) {
    const j = rng(6).reduce((value, byte) => value * 256 + byte, 0) % (i + 1)
    const held = mixed[i]!
    mixed[i] = mixed[j]!
    mixed[j] = held
  }
  return mixed
}
