/** Exact quotients, for means and weighted figures: they are compared as they are, and rounded for reading alone. */

/** Lowest terms, `den` > 0. */
export interface Ratio {
  readonly num: bigint
  readonly den: bigint
}

/** Of integers; null where there is nothing to divide by. */
export function ratioOf(num: bigint | number, den: bigint | number): Ratio | null {
  const [n, d] = [BigInt(num), BigInt(den)]
  if (d === 0n) return null
  const common = greatestCommonDivisor(n < 0n ? -n : n, d < 0n ? -d : d) * (d < 0n ? -1n : 1n)
  return { num: n / common, den: d / common }
}

const greatestCommonDivisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : greatestCommonDivisor(b, a % b))

const lowest = (num: bigint, den: bigint): Ratio => ratioOf(num, den)!

const NOUGHT: Ratio = { num: 0n, den: 1n }

export const sumOf = (ratios: readonly Ratio[]): Ratio =>
  ratios.reduce((all, one) => lowest(all.num * one.den + one.num * all.den, all.den * one.den), NOUGHT)

export const times = ({ num, den }: Ratio, n: number): Ratio => lowest(num * BigInt(n), den)

export const compareRatios = (a: Ratio, b: Ratio): -1 | 0 | 1 => {
  const [left, right] = [a.num * b.den, b.num * a.den]
  return left < right ? -1 : left > right ? 1 : 0
}

/** `3,14` or `3.14`: two decimals, half up. For reading only. Of a ratio that is not negative. */
export function ratioText({ num, den }: Ratio, mark: ',' | '.'): string {
  const found = (num * 200n + den) / (2n * den)
  return `${found / 100n}${mark}${String(found % 100n).padStart(2, '0')}`
}

/** A share as a percentage: `53,19`. */
export const ratioPercent = (share: Ratio, mark: ',' | '.'): string => ratioText(times(share, 100), mark)
