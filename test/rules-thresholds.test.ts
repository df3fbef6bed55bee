/**
 * Shares and thresholds as the law reads (regulations, section 2.5): the boundary table for every N from 1 to 200
 * against rationals reckoned here, in another way; published results to the last printed digit; fractions that are none.
 */
import { describe, expect, it } from 'vitest'
import { emptyBands, evaluate } from '../server/rules/evaluate.ts'
import { compareShare, leastReaching, mostWithin, parseFraction, percentText } from '../server/rules/fraction.ts'
import { packOf, refusalOf, roundOfAll, subjectWith, TEXTS } from './rounds.ts'

// ── an independent reckoning: reduced rationals of big integers, and the smallest number by trying each ──────────

interface Rational {
  readonly n: bigint
  readonly d: bigint
}
const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b))
function rational(n: bigint, d: bigint): Rational {
  const common = gcd(n, d)
  return { n: n / common, d: d / common }
}
const minus = (a: Rational, b: Rational): Rational => rational(a.n * b.d - b.n * a.d, a.d * b.d)
const share = (k: number, N: number): Rational => rational(BigInt(k), BigInt(N))
const HALF = rational(1n, 2n)
const TWO_THIRDS = rational(2n, 3n)
const isOver = (a: Rational, b: Rational): boolean => minus(a, b).n > 0n
const isAtLeast = (a: Rational, b: Rational): boolean => minus(a, b).n >= 0n
const upTo = (N: number): readonly number[] => Array.from({ length: N + 1 }, (_, k) => k)
const smallest = (N: number, reaches: (k: number) => boolean): number => upTo(N).find(reaches)!

const EVERY_N = Array.from({ length: 200 }, (_, i) => i + 1)

describe('the boundary table', () => {
  /** As printed in the regulations file: N, quorum, > 50 %, ≥ 2/3, > 2/3. */
  const PRINTED = [
    [3, 2, 2, 2, 3],
    [5, 4, 3, 4, 4],
    [7, 5, 4, 5, 5],
    [9, 6, 5, 6, 7],
    [15, 10, 8, 10, 11],
    [30, 20, 16, 20, 21],
    [47, 32, 24, 32, 32],
    [48, 32, 25, 32, 33],
    [60, 40, 31, 40, 41],
  ] as const

  for (const [N, quorum, half, from, over] of PRINTED)
    it(`of ${N}: quorum ${quorum}, over half ${half}, from two thirds ${from}, over two thirds ${over}`, () => {
      expect(leastReaching(N, '>=', '2/3')).toBe(quorum)
      expect(leastReaching(N, '>', '1/2')).toBe(half)
      expect(leastReaching(N, '>=', '2/3')).toBe(from)
      expect(leastReaching(N, '>', '2/3')).toBe(over)
    })

  it('is the one that rationals give, for every N from 1 to 200', () => {
    const ours = EVERY_N.map(N => [
      leastReaching(N, '>', '1/2'),
      leastReaching(N, '>=', '2/3'),
      leastReaching(N, '>', '2/3'),
    ])
    const theirs = EVERY_N.map(N => [
      smallest(N, k => isOver(share(k, N), HALF)),
      smallest(N, k => isAtLeast(share(k, N), TWO_THIRDS)),
      smallest(N, k => isOver(share(k, N), TWO_THIRDS)),
    ])
    expect(ours).toEqual(theirs)
  })

  it('puts every count of every N from 1 to 200 in the band where it belongs, in each of three texts', () => {
    const packs = ['tin-nhiem-96-QD-TW', 'mien-nhiem-41-QD-TW', 'mien-nhiem-ND170-2025']
    const texts = packs.map(id => ({ text: TEXTS.get(id)! }))
    const wrong: string[] = []
    for (const N of EVERY_N) {
      const round = roundOfAll(
        N,
        upTo(N).map(k => subjectWith({ thap: k })),
      )
      const outcome = evaluate(round, texts)
      for (const k of upTo(N)) {
        const [half, from, over] = [
          isOver(share(k, N), HALF),
          isAtLeast(share(k, N), TWO_THIRDS),
          isOver(share(k, N), TWO_THIRDS),
        ]
        const expected = [
          from ? 'tu-2-3' : half ? 'tren-1-2' : null,
          over ? 'tren-2-3' : half ? 'tren-1-2' : null,
          over ? 'tren-2-3' : half && !from ? 'tren-1-2' : null,
        ]
        const found = outcome.packs.map(({ subjects }) => subjects[k]!.findings[0]!.band)
        if (found.join() !== expected.join()) wrong.push(`${k} of ${N}: ${found.join()}`)
        if (outcome.differ.includes(k) !== (from && !over)) wrong.push(`${k} of ${N}: differ`)
      }
    }
    expect(wrong).toEqual([])
  })

  it('has no whole number in the middle band of 96-QĐ/TW for N = 1, 2, 3, 4 and 6 alone', () => {
    const pack = packOf('tin-nhiem-96-QD-TW')
    const empty = EVERY_N.filter(N => emptyBands(pack, N).length > 0)
    expect(empty).toEqual([1, 2, 3, 4, 6])
    for (const N of empty) expect(emptyBands(pack, N).map(({ id }) => id)).toEqual(['tren-1-2'])
  })

  it('warns of no range about which the text is silent', () => {
    const empty = EVERY_N.filter(N => emptyBands(packOf('mien-nhiem-ND170-2025'), N).length > 0)
    expect(empty).toEqual([1, 2, 3, 4, 6])
  })
})

describe('published results, to the last digit', () => {
  const table = [
    ['Chủ tịch UBND tỉnh Vĩnh Phúc, 2023', 47, { 19: '40.43', 2: '4.26', 25: '53.19' }],
    ['Quốc hội, 2023', 481, { 187: '38.88', 219: '45.53', 229: '47.61' }],
    ['HĐND Hà Nội, 2023', 88, { 48: '54.55' }],
    ['HĐND Tây Ninh, 2023', 49, { 21: '42.86', 27: '55.10', 1: '2.04' }],
  ] as const
  for (const [name, base, printed] of table)
    it(`${name}: over ${base}`, () => {
      for (const [count, percent] of Object.entries(printed)) expect(percentText(Number(count), base)).toBe(percent)
    })

  it('and not over the marks of one person, which the printed sums would suggest', () => {
    expect(percentText(25, 46)).toBe('54.35')
    expect(percentText(187, 480)).toBe('38.96')
  })

  it('Vĩnh Phúc falls into the band over one half, of ballots collected', () => {
    const round = roundOfAll(47, [subjectWith({ cao: 19, 'tin-nhiem': 2, thap: 25 })])
    const outcome = evaluate(round, [{ text: TEXTS.get('tin-nhiem-96-QD-TW')! }])
    expect(outcome.packs[0]!.subjects[0]!.findings[0]).toMatchObject({
      band: 'tren-1-2',
      numerator: 25,
      denominator: 47,
      base: 'collected',
      operator: '>',
      threshold: '1/2',
      percent: '53.19',
    })
  })
})

describe('percentages are for reading', () => {
  it('rounded half up at the third decimal, and 0 of nothing', () => {
    expect(percentText(1, 800)).toBe('0.13') // 0,125 %
    expect(percentText(1, 801)).toBe('0.12')
    expect(percentText(47, 47)).toBe('100.00')
    expect(percentText(0, 0)).toBe('0.00')
  })

  it('and decide nothing: 49,995 % reads as one half and is below it', () => {
    expect(percentText(9999, 20_000)).toBe('50.00')
    expect(compareShare(9999, 20_000, '1/2')).toBe(-1)
    expect(compareShare(10_000, 20_000, '1/2')).toBe(0)
    expect(compareShare(10_001, 20_000, '1/2')).toBe(1)
  })

  it('nor does the size of numbers: two thirds of the largest count are told from one less', () => {
    const N = 3 * 715_827_882
    expect(compareShare(2 * 715_827_882, N, '2/3')).toBe(0)
    expect(compareShare(2 * 715_827_882 - 1, N, '2/3')).toBe(-1)
    expect(leastReaching(N, '>', '2/3')).toBe(2 * 715_827_882 + 1)
  })
})

describe('a cap', () => {
  it('allows whole people: a fifth of 24 are 4, of 25 are 5', () => {
    expect([20, 24, 25, 40].map(N => mostWithin(N, '1/5'))).toEqual([4, 4, 5, 8])
  })
})

describe('fractions', () => {
  const refused = [
    ['3/2', 'out-of-range'],
    ['0/1', 'out-of-range'],
    ['1/0', 'out-of-range'],
    ['0/0', 'out-of-range'],
    ['1/1001', 'out-of-range'],
    ['2/4', 'wrong-value'],
    ['3/3', 'wrong-value'],
    ['0.5', 'wrong-value'],
    ['50%', 'wrong-value'],
    ['01/2', 'wrong-value'],
    ['-1/2', 'wrong-value'],
    ['1/2 ', 'wrong-value'],
    ['', 'wrong-value'],
  ] as const
  for (const [text, code] of refused)
    it(`“${text}” is refused`, () => expect(refusalOf(() => parseFraction(text))?.split(' ')[0]).toBe(code))

  it('say in their refusal what they should be', () => {
    expect(refusalOf(() => parseFraction('2/4', 'bands[0]'))).toBe('wrong-value at bands[0]: 1/2, not 2/4')
  })

  for (const text of ['1/2', '2/3', '1/1', '1/1000', '999/1000'])
    it(`${text} is one`, () => expect(refusalOf(() => parseFraction(text))).toBe(null))
})
