/** The browser's source of randomness; there on plain http too. */
import type { Rng } from '../crypto/bytes.ts'

const MAX_AT_ONCE = 65_536

export const rng: Rng = n => {
  const bytes = new Uint8Array(n)
  for (let at = 0; at < n; at += MAX_AT_ONCE) crypto.getRandomValues(bytes.subarray(at, at + MAX_AT_ONCE))
  return bytes
}
