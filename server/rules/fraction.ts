/**
 * Shares and thresholds, exactly: `num/den` is compared with `n/d` as `num·d` with `n·den`, both integers. Counts are
 * below 2³¹ and `d` at most 1000, so that every product is far below 2⁵³ and no rounding ever decides.
 */
import { refuse } from '../../crypto/fault.ts'
import { type Shape, text } from '../../crypto/json.ts'
import type { Fraction } from './pack.ts'

export type Operator = '>' | '>=' | '<' | '<='

const MAX_DENOMINATOR = 1000

/** `n/d` in lowest terms, 0 < n/d ≤ 1, d ≤ 1000. Refuses: `wrong-value`, `out-of-range`. */
export function parseFraction(fraction: string, where = 'fraction'): { readonly n: number; readonly d: number } {
  const found = /^(0|[1-9]\d{0,3})\/(0|[1-9]\d{0,3})$/.exec(fraction)
  if (!found) refuse('wrong-value', where, 'n/d', fraction.slice(0, 60))
  const [n, d] = [Number(found[1]), Number(found[2])]
  if (n === 0 || n > d || d > MAX_DENOMINATOR)
    refuse('out-of-range', where, `0 < n/d ≤ 1, d ≤ ${MAX_DENOMINATOR}`, fraction)
  const common = greatestCommonDivisor(n, d)
  if (common > 1) refuse('wrong-value', where, `${n / common}/${d / common}`, fraction)
  return { n, d }
}

const greatestCommonDivisor = (a: number, b: number): number => (b === 0 ? a : greatestCommonDivisor(b, a % b))

export const fractionShape: Shape<Fraction> = (value, where) => {
  const found = text(value, where)
  parseFraction(found, where)
  return found
}

/** Where the share `num/den` lies: below the fraction, at it, or above. `den` > 0. */
export function compareShare(num: number, den: number, fraction: Fraction): -1 | 0 | 1 {
  const { n, d } = parseFraction(fraction)
  return Math.sign(num * d - n * den) as -1 | 0 | 1
}

/** True if `num/den operator fraction`. `den` > 0. */
export function holds(num: number, den: number, operator: Operator, fraction: Fraction): boolean {
  const order = compareShare(num, den, fraction)
  switch (operator) {
    case '>':
      return order > 0
    case '>=':
      return order >= 0
    case '<':
      return order < 0
    case '<=':
      return order <= 0
  }
}

/** The smallest whole number of `N` that reaches the threshold: `⌈N·n/d⌉`, or for `>` `⌊N·n/d⌋ + 1`. */
export function leastReaching(N: number, operator: '>' | '>=', fraction: Fraction): number {
  const { n, d } = parseFraction(fraction)
  const whole = quotient(N * n, d)
  return operator === '>=' && whole * d === N * n ? whole : whole + 1
}

/** `⌊fraction × N⌋`: how many a cap allows. */
export function mostWithin(N: number, fraction: Fraction): number {
  const { n, d } = parseFraction(fraction)
  return quotient(N * n, d)
}

/** `⌊a/b⌋` of exact integers. */
const quotient = (a: number, b: number): number => (a - (a % b)) / b

/** The share in hundredths of a percent, half up: 5319 of 25/47. Of nothing it is 0. */
const hundredths = (num: number, den: number): number => (den === 0 ? 0 : quotient(num * 20_000 + den, 2 * den))

/** For reading only: `53.19`. Never compared with anything. */
export function percentText(num: number, den: number): string {
  const found = hundredths(num, den)
  return `${quotient(found, 100)}.${String(found % 100).padStart(2, '0')}`
}
