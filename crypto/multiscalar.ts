/**
 * `Σ sᵢ·Pᵢ` over many public points at once. Never for secrets: which additions happen depends on the scalars.
 *
 * Pippenger's buckets over signed digits. Two things that @noble/curves' `pippenger` does not do make it worth having
 * here: digits that are zero cost nothing, so that the 128-bit weights of a batch cost half of a full scalar, and a
 * scalar above q/2 is taken as a small negative one.
 * Source: Bernstein, Doumen, Lange, Oosterwijk, "Faster batch forgery identification", section 4.
 */
import { IDENTITY, ORDER, type Point, type Scalar } from './group.ts'

const HALF = ORDER >> 1n

/** The sum; the identity for no points at all. Shape: as many scalars as points. */
export function sumOfMultiples(points: readonly Point[], scalars: readonly Scalar[]): Point {
  const magnitudes = scalars.map(s => (s > HALF ? ORDER - s : (s as bigint)))
  const lengths = magnitudes.map(bitLength)
  const width = bestWidth(lengths)
  const windows = Math.ceil((Math.max(0, ...lengths) + 1) / width)
  const digits = magnitudes.map(m => signedDigits(m, width))

  let sum = IDENTITY
  for (let w = windows - 1; w >= 0; w--) {
    for (let d = 0; d < width && sum !== IDENTITY; d++) sum = sum.double()
    const buckets: (Point | undefined)[] = new Array(2 ** (width - 1) + 1)
    for (let i = 0; i < points.length; i++) {
      const digit = digits[i]![w]
      if (!digit) continue
      const minus = digit < 0 !== scalars[i]! > HALF
      const p = minus ? points[i]!.negate() : points[i]!
      const bucket = buckets[Math.abs(digit)]
      buckets[Math.abs(digit)] = bucket ? bucket.add(p) : p
    }
    sum = add(sum, sumOfBuckets(buckets))
  }
  return sum
}

const add = (a: Point, b: Point): Point => (a === IDENTITY ? b : b === IDENTITY ? a : a.add(b))

/** `Σ j·bucketⱼ` with two additions a bucket: running sums from the top. */
function sumOfBuckets(buckets: readonly (Point | undefined)[]): Point {
  let running = IDENTITY
  let total = IDENTITY
  for (let j = buckets.length - 1; j > 0; j--) {
    const bucket = buckets[j]
    if (bucket) running = add(running, bucket)
    total = add(total, running)
  }
  return total
}

/** Digits dⱼ with |dⱼ| ≤ 2^(width−1) and Σ dⱼ·2^(width·j) = n, lowest first; shorter for shorter numbers. */
function signedDigits(n: bigint, width: number): number[] {
  const size = 2 ** width
  const mask = BigInt(size - 1)
  const shift = BigInt(width)
  const digits: number[] = []
  let carry = 0
  for (let rest = n; rest > 0n || carry > 0; rest >>= shift) {
    const d = Number(rest & mask) + carry
    carry = d > size / 2 ? 1 : 0
    digits.push(d - carry * size)
  }
  return digits
}

const bitLength = (n: bigint): number => (n === 0n ? 0 : n.toString(2).length)

/** The window with the fewest additions: one a digit and point, two a bucket and window. */
function bestWidth(lengths: readonly number[]): number {
  const total = lengths.reduce((sum, n) => sum + n, 0)
  const longest = Math.max(1, ...lengths)
  const cost = (width: number) => total / width + (longest / width) * 2 ** width
  let best = 2
  while (best < 15 && cost(best + 1) < cost(best)) best++
  return best
}
