/**
 * Exponential ElGamal: `m` is sealed as `(α, β) = (r·G, r·K + m·G)`. Ciphertexts add up; opening a sum gives `m·G`,
 * and `m` by looking through the few values that it can have.
 */
import type { Rng } from './bytes.ts'
import {
  type Element,
  elementOf,
  G,
  IDENTITY,
  multiply,
  onceTimesG,
  type Point,
  randomScalar,
  type Scalar,
} from './group.ts'
import type { Reader } from './reader.ts'

export interface Ciphertext {
  readonly alpha: Element
  readonly beta: Element
}

/** Seals 0 or 1. The randomness `r` comes back for the proofs; who keeps it can prove the choice. */
export function encrypt(m: 0 | 1, K: Point, rng: Rng): { readonly ciphertext: Ciphertext; readonly r: Scalar } {
  const r = randomScalar(rng)
  const shifted = multiply(K, r).add([IDENTITY, G][m]!)
  return { ciphertext: { alpha: elementOf(onceTimesG(r)), beta: elementOf(shifted) }, r }
}

export function readCiphertext(from: Reader, name: string): Ciphertext {
  return { alpha: from.point(`${name}, alpha`), beta: from.point(`${name}, beta`) }
}

/** The ciphertext of the sum; of nothing, the identity twice. */
export function addUp(ciphertexts: readonly Ciphertext[]): Ciphertext {
  return {
    alpha: elementOf(ciphertexts.reduce((sum, { alpha }) => sum.add(alpha.point), IDENTITY)),
    beta: elementOf(ciphertexts.reduce((sum, { beta }) => sum.add(beta.point), IDENTITY)),
  }
}

/** The `m` in `0 … max` with `m·G = point`, or null. Takes about 2·√max additions (baby steps, giant steps). */
export function logarithm(point: Point, max: number): number | null {
  const width = Math.ceil(Math.sqrt(max + 1))
  const table = new Map<string, number>()
  for (let i = 0, p = IDENTITY; i < width; i++, p = p.add(G)) table.set(p.toHex(), i)
  const giant = multipleOfBase(width).negate()
  for (let j = 0, p = point; j * width <= max; j++, p = p.add(giant)) {
    const i = table.get(p.toHex())
    if (i !== undefined) return i + j * width <= max ? i + j * width : null
  }
  return null
}

/** `n·G` for a small public `n`. */
export const multipleOfBase = (n: number): Point => G.multiplyUnsafe(BigInt(n))
