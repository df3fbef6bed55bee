import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contestsOf, GRADES, type PaperContest } from '../server/rules/contests.ts'
import { asksTheSame, changeOf, comesBack, isWeak } from '../server/rules/earlier.ts'
import { compareRatios, type Ratio, ratioOf, ratioPercent, ratioText } from '../server/rules/ratio.ts'
import { type Line, linesOf, paperLinesOf, totalsOf, unionsOf } from '../server/rules/scores.ts'
import type { Draft } from '../server/wire.ts'
import { criteriaOf } from './office.ts'

type Asked = Parameters<typeof contestsOf>[0]

const head = { name: '', position: 'Giám đốc Sở A' }
const asking = (change: Partial<Asked>): readonly PaperContest[] =>
  contestsOf({ template: 'criteria', subjects: [head], options: [], max: 1, questions: [], ...change }, null)

const gradedWith = (title: string, points: readonly (number | null)[]): Draft['questions'][number] => ({
  kind: 'graded',
  title,
  options: points.map((worth, i) => ({ label: GRADES[i]?.label ?? `Mức ${i + 1}`, standard: '', points: worth })),
  max: 1,
})

interface Opened {
  readonly groups: readonly string[]
  readonly ballots: number
  readonly counts: readonly (readonly number[])[]
}
interface Grouped {
  readonly id: string
  readonly label: string
  readonly weight?: number
}

/** A poll that asks this, of these groups, and in which so much was opened. */
const polled = (contests: readonly PaperContest[], groups: readonly Grouped[], unions: readonly Opened[]) => ({
  manifest: { text: JSON.stringify({ contests, groups }), contests, groups },
  result: { unions },
})

const lines = (contests: readonly PaperContest[], groups: readonly Grouped[], unions: readonly Opened[]) => {
  const { manifest, result } = polled(contests, groups, unions)
  return linesOf(manifest, result)
}

const EVERYBODY: readonly Grouped[] = [{ id: 'tham-du', label: 'Người tham dự' }]
const together = (contests: readonly PaperContest[], ballots: number, ...counts: readonly (readonly number[])[]) =>
  lines(contests, EVERYBODY, [{ groups: ['tham-du'], ballots, counts }])

const pair = (ratio: Ratio | null): readonly [bigint, bigint] | null => ratio && [ratio.num, ratio.den]
const ratio = (num: number, den: number): readonly [bigint, bigint] => pair(ratioOf(num, den))!

describe('ratios', () => {
  const whole = fc.bigInt({ min: 0n, max: 10n ** 24n })
  const natural = fc.bigInt({ min: 1n, max: 10n ** 12n })

  it('stand in lowest terms, and are compared as they are', () => {
    fc.assert(
      fc.property(whole, natural, natural, (num, den, k) => {
        const one = ratioOf(num, den)!
        expect(pair(ratioOf(num * k, den * k))).toEqual(pair(one))
        expect(one.num * den).toBe(num * one.den)
        expect(compareRatios(one, ratioOf(num * k + 1n, den * k)!)).toBe(-1)
        expect(compareRatios(one, one)).toBe(0)
      }),
    )
    expect(ratioOf(1, 0)).toBeNull()
  })

  it('are written with two decimals, half up', () => {
    expect(['1/8', '1/200', '1/201', '25/47', '999/1000', '7/1'].map(written)).toEqual([
      '0,13',
      '0,01',
      '0,00',
      '0,53',
      '1,00',
      '7,00',
    ])
    expect(ratioPercent(ratioOf(25, 47)!, ',')).toBe('53,19')
    expect(ratioPercent(ratioOf(25, 47)!, '.')).toBe('53.19')
    fc.assert(
      fc.property(whole, natural, (num, den) => {
        const [units, hundredths] = ratioText(ratioOf(num, den)!, '.').split('.')
        const found = BigInt(units!) * 100n + BigInt(hundredths!)
        // |found/100 − num/den| ≤ 1/200, and never below by as much.
        const off = 2n * (100n * num - found * den)
        expect(off >= -den && off < den).toBe(true)
      }),
    )
  })

  const written = (text: string): string => {
    const [num, den] = text.split('/')
    return ratioText(ratioOf(BigInt(num!), BigInt(den!))!, ',')
  }
})

describe('lines of the ballot', () => {
  const contests = asking({
    template: 'quality',
    questions: [
      gradedWith('Năng lực', [1000, 800, 500, 0]),
      { kind: 'yes-no', title: 'Nên tiếp tục?', options: [], max: 1 },
      { kind: 'choice', title: 'Việc cần thay đổi', options: gradedWith('', [null, null, null]).options, max: 2 },
    ],
  })

  it('say what they ask, and whose marks they hold', () => {
    const all = together(contests, 10, [4, 3, 2, 0], [2, 4, 1, 1], [6, 4], [7, 8, 2])
    expect(all.map(({ kind, criterion, subject, max }) => [kind, criterion, subject?.position, max])).toEqual([
      ['main', null, 'Giám đốc Sở A', 1],
      ['graded', 'Năng lực', 'Giám đốc Sở A', 1],
      ['yes-no', 'Nên tiếp tục?', 'Giám đốc Sở A', 1],
      ['choice', 'Việc cần thay đổi', 'Giám đốc Sở A', 2],
    ])
    // Of several marks a line nobody can tell how many ballots are empty; marks may exceed ballots.
    expect(all.map(({ score }) => [score!.marks, score!.unmarked])).toEqual([
      [9, 1],
      [8, 2],
      [10, 0],
      [17, null],
    ])
    expect(all.map(({ score }) => pair(score!.mean))).toEqual([null, ratio(5700, 800), null, null])
    expect(all.flatMap(({ unions }) => unions)).toEqual([])
  })

  it('are there before the count, without scores', () => {
    const { manifest } = polled(contests, EVERYBODY, [])
    expect(linesOf(manifest, null).map(({ score, weighted }) => [score, weighted])).toEqual(
      contests.map(() => [null, null]),
    )
    // Nothing was opened: too few ballots.
    expect(linesOf(manifest, { unions: [] }).every(({ score }) => score === null)).toBe(true)
    expect(unionsOf(manifest, { unions: [] })).toEqual([])
  })

  it('are about nobody in a survey, and about the title where another maker says nothing else', () => {
    const [line] = together(
      asking({ template: 'survey', subjects: [], questions: criteriaOf('Nơi làm việc') }),
      3,
      [1, 1, 1, 0],
    )
    expect(line).toMatchObject({ subject: null, criterion: 'Nơi làm việc', kind: 'graded' })
    const bare = { title: 'Giám đốc Sở A', options: [{ id: 'a', label: 'A' }], max: 1 }
    const [other] = linesOf(
      { text: JSON.stringify({ contests: [bare], groups: [] }), contests: [bare], groups: [] },
      null,
    )
    expect(other).toMatchObject({ subject: { name: '', position: 'Giám đốc Sở A' }, criterion: null, kind: 'main' })
  })

  it('have no mean where nobody marked, and none where a grade has no points', () => {
    const scored = asking({ questions: [gradedWith('Năng lực', [1000, 800, 500, 0])] })
    expect(together(scored, 5, [0, 0, 0, 0])[0]!.score!.mean).toBeNull()
    expect(pair(together(scored, 5, [0, 0, 0, 1])[0]!.score!.mean)).toEqual(ratio(0, 1))
    const half = asking({ questions: [gradedWith('Năng lực', [1000, null, 500, 0])] })
    expect(together(half, 5, [1, 1, 1, 1])[0]!.score!.mean).toBeNull()
  })

  it('of a round on paper take empty lines from those who counted, and valid sheets for ballots', () => {
    const sheets = {
      collected: 12,
      invalid: [{ count: 2 }, { count: 1 }],
      lines: [
        { counts: [4, 3, 1, 0], empty: 1 },
        { counts: [2, 4, 1, 1], empty: 1 },
        { counts: [5, 4], empty: 0 },
        { counts: [7, 8, 0], empty: 1 },
      ],
    }
    const found = paperLinesOf(contests, sheets)
    expect(found.map(({ score }) => [score!.ballots, score!.unmarked])).toEqual([
      [9, 1],
      [9, 1],
      [9, 0],
      [9, 1],
    ])
    expect(pair(found[1]!.score!.mean)).toEqual(ratio(5700, 800))
    expect(paperLinesOf(contests, null).every(({ score }) => score === null)).toBe(true)
  })
})

describe('groups', () => {
  const [superiors, peers, staff] = [
    { id: 'nhom-1', label: 'Cấp trên', weight: 3 },
    { id: 'nhom-2', label: 'Cùng cấp', weight: 2 },
    { id: 'nhom-3', label: 'Cấp dưới', weight: 5 },
  ]
  const groups = [superiors!, peers!, staff!]
  const contests = asking({ questions: [gradedWith('Năng lực', [1000, 800, 500, 0])] })
  const merged: readonly Opened[] = [
    { groups: ['nhom-1', 'nhom-2'], ballots: 8, counts: [[4, 2, 1, 0]] },
    { groups: ['nhom-3'], ballots: 10, counts: [[1, 2, 3, 4]] },
  ]

  it('are named by their labels, and a union weighs what its groups weigh together', () => {
    const { manifest, result } = polled(contests, groups, merged)
    expect(unionsOf(manifest, result)).toEqual([
      { groups: ['Cấp trên', 'Cùng cấp'], ballots: 8, weight: 5 },
      { groups: ['Cấp dưới'], ballots: 10, weight: 5 },
    ])
  })

  it('add up to the whole, and stand apart only where there are several unions', () => {
    const [line] = lines(contests, groups, merged)
    expect(line!.score).toMatchObject({ ballots: 18, counts: [5, 4, 4, 4], marks: 17, unmarked: 1 })
    expect(line!.unions.map(({ counts }) => counts)).toEqual([
      [4, 2, 1, 0],
      [1, 2, 3, 4],
    ])
    const one = lines(contests, groups, [{ groups: groups.map(({ id }) => id), ballots: 18, counts: [[5, 4, 4, 4]] }])
    expect(one[0]).toMatchObject({ unions: [], weighted: null, score: { counts: [5, 4, 4, 4] } })
  })

  it('weigh by a second figure: of shares of ballots and of means', () => {
    const { weighted, score } = lines(contests, groups, merged)[0]!
    // (5 · 4/8 + 5 · 1/10) ÷ 10
    expect(pair(weighted!.shares[0]!)).toEqual(ratio(3, 10))
    // (5 · 61/7 + 5 · 4.1) ÷ 10 points
    expect(pair(weighted!.mean)).toEqual(ratio(897, 140))
    expect(pair(score!.mean)).not.toEqual(pair(weighted!.mean))
  })

  it.each([
    ['a group has no weight', [superiors!, { id: 'nhom-2', label: 'Cùng cấp' }, staff!], merged],
    ['all weigh nothing', groups.map(group => ({ ...group, weight: 0 })), merged],
    ['a union did not mark the line', groups, [merged[0]!, { ...merged[1]!, counts: [[0, 0, 0, 0]] }]],
    ['there is one union', groups, [{ ...merged[0]!, groups: groups.map(({ id }) => id) }]],
  ] as const)('have no second figure where %s', (_, of, unions) => {
    expect(lines(contests, of, unions)[0]!.weighted).toBeNull()
    expect(lines(contests, groups, merged)[0]!.weighted).not.toBeNull()
  })

  it('need no points for weighted shares', () => {
    const { weighted } = lines(asking({ questions: criteriaOf('Năng lực') }), groups, merged)[0]!
    expect(weighted).toMatchObject({ mean: null })
    expect(weighted!.shares.length).toBe(4)
  })
})

describe('every figure', () => {
  const unionCounts = fc.record({
    marks: fc.array(fc.nat(60_000), { minLength: 4, maxLength: 4 }),
    empty: fc.nat(1000),
    weight: fc.nat(1000),
  })
  const points = fc.array(fc.nat(100_000), { minLength: 4, maxLength: 4 })

  it('is exactly what naive fractions say', () => {
    fc.assert(
      fc.property(fc.array(unionCounts, { minLength: 1, maxLength: 8 }), points, (all, worth) => {
        const groups = all.map(({ weight }, g) => ({ id: `g${g}`, label: `Nhóm ${g}`, weight }))
        const sizes = all.map(({ marks, empty }) => marks.reduce((sum, n) => sum + n, empty))
        const unions = all.map(({ marks }, g) => ({ groups: [`g${g}`], ballots: sizes[g]!, counts: [marks] }))
        const [line] = lines(asking({ questions: [gradedWith('Năng lực', worth)] }), groups, unions)

        const whole = worth.map((_, o) => all.reduce((sum, { marks }) => sum + marks[o]!, 0))
        expect(line!.score!.counts).toEqual(whole)
        expect(pair(line!.score!.mean)).toEqual(naiveMean(whole, worth))
        if (all.length > 1)
          expect(line!.unions.map(({ mean }) => pair(mean))).toEqual(all.map(({ marks }) => naiveMean(marks, worth)))

        const weights = all.map(({ weight }) => BigInt(weight))
        const sum = weights.reduce((a, b) => a + b, 0n)
        const unmarked = all.some(({ marks }) => marks.every(n => n === 0))
        if (all.length < 2 || sum === 0n || unmarked) {
          expect(line!.weighted).toBeNull()
          return
        }
        const naive = worth.map((_, o) =>
          over(weights.map((w, u) => [w * BigInt(all[u]!.marks[o]!), sum * BigInt(sizes[u]!)] as const)),
        )
        expect(line!.weighted!.shares.map(pair)).toEqual(naive)
        const means = all.map(({ marks }) => naiveMean(marks, worth)!)
        expect(pair(line!.weighted!.mean)).toEqual(
          over(means.map(([num, den], u) => [weights[u]! * num, sum * den] as const)),
        )
        // A mean of shares is a share, and lies between the least and the most.
        for (const [o, share] of line!.weighted!.shares.entries()) {
          const shares = all.map(({ marks }, u) => ratioOf(marks[o]!, sizes[u]!)!)
          expect(shares.some(one => compareRatios(one, share) <= 0)).toBe(true)
          expect(shares.some(one => compareRatios(one, share) >= 0)).toBe(true)
        }
      }),
      { numRuns: 200 },
    )
  })

  /** In points, by long multiplication. */
  function naiveMean(marks: readonly number[], worth: readonly number[]): readonly [bigint, bigint] | null {
    const num = marks.reduce((sum, n, o) => sum + BigInt(n) * BigInt(worth[o]!), 0n)
    const den = marks.reduce((sum, n) => sum + 100n * BigInt(n), 0n)
    return den === 0n ? null : lowest(num, den)
  }

  /** A sum over one common denominator. */
  function over(parts: readonly (readonly [bigint, bigint])[]): readonly [bigint, bigint] {
    const den = parts.reduce((all, [, d]) => all * d, 1n)
    return lowest(
      parts.reduce((sum, [n, d]) => sum + (n * den) / d, 0n),
      den,
    )
  }

  function lowest(num: bigint, den: bigint): readonly [bigint, bigint] {
    let [a, b] = [num, den]
    while (b !== 0n) [a, b] = [b, a % b]
    return [num / a, den / a]
  }
})

describe('totals', () => {
  const two = asking({
    subjects: [head, { name: '', position: 'Phó Giám đốc Sở A' }],
    questions: [
      gradedWith('Năng lực', [1000, 800, 500, 0]),
      gradedWith('Kết quả', [2000, 1500, 1000, 500]),
      ...criteriaOf('Không tính điểm'),
    ],
  })

  it('add up the means of a subject’s scored criteria, whoever marked each', () => {
    const marked = [
      [1, 1, 0, 0],
      [0, 0, 3, 0],
      [1, 0, 0, 0],
    ]
    const found = totalsOf(together(two, 3, ...marked, ...marked))
    expect(found.map(({ subject, at }) => [subject.position, at])).toEqual([
      ['Giám đốc Sở A', [0, 1]],
      ['Phó Giám đốc Sở A', [3, 4]],
    ])
    expect(pair(found[0]!.sum)).toEqual(ratio(19, 1))
    expect(pair(found[0]!.most)).toEqual(ratio(30, 1))
    expect(found[0]).toMatchObject({ unions: [], weighted: null })
  })

  it('are there only where each criterion was marked by somebody, and there are several', () => {
    const marked = [
      [1, 1, 0, 0],
      [0, 0, 3, 0],
      [1, 0, 0, 0],
    ]
    const unmarked = [[0, 0, 0, 0], ...marked.slice(1)]
    expect(totalsOf(together(two, 3, ...marked, ...unmarked)).map(({ subject }) => subject.position)).toEqual([
      'Giám đốc Sở A',
    ])
    expect(totalsOf(together(asking({ questions: [gradedWith('Năng lực', [2, 1])] }), 3, [1, 2]))).toEqual([])
    const nobody = asking({
      template: 'survey',
      subjects: [],
      questions: [gradedWith('Năng lực', [2, 1]), gradedWith('Kết quả', [2, 1])],
    })
    expect(totalsOf(together(nobody, 3, [1, 2], [1, 2]))).toEqual([])
  })

  it('stand by union and weighted too, as far as every criterion has the figure', () => {
    const groups = [
      { id: 'a', label: 'A', weight: 1 },
      { id: 'b', label: 'B', weight: 3 },
    ]
    const contests = asking({ questions: [gradedWith('Năng lực', [1000, 0]), gradedWith('Kết quả', [1000, 0])] })
    const open = (second: readonly number[]) => [
      {
        groups: ['a'],
        ballots: 4,
        counts: [
          [4, 0],
          [2, 2],
        ],
      },
      { groups: ['b'], ballots: 4, counts: [[0, 4], second] },
    ]
    const [total] = totalsOf(lines(contests, groups, open([4, 0])))
    expect(total!.unions.map(pair)).toEqual([ratio(15, 1), ratio(10, 1)])
    // (10 · 1 + 0 · 3) ÷ 4 + (5 · 1 + 10 · 3) ÷ 4
    expect(pair(total!.weighted)).toEqual(ratio(45, 4))
    const [partly] = totalsOf(lines(contests, groups, open([0, 0])))
    expect(partly!.unions.map(pair)).toEqual([ratio(15, 1), null])
    expect(partly!.weighted).toBeNull()
  })
})

describe('earlier rounds', () => {
  const criterion = (counts: readonly number[], title = 'Năng lực', points?: readonly number[]): Line =>
    together(
      asking({ questions: points ? [gradedWith(title, points)] : criteriaOf(title) }),
      counts.reduce((sum, n) => sum + n, 1),
      counts,
    )[0]!

  it('are compared by the share of the lowest grade, and by the mean where points are the same', () => {
    const points = [1000, 800, 500, 0]
    const [now, before] = [criterion([1, 1, 1, 1], 'Năng lực', points), criterion([1, 1, 1, 2], 'năng  lực', points)]
    const change = changeOf(now, before)!
    expect([pair(change.lowest.now), pair(change.lowest.before), change.lowest.order]).toEqual([
      ratio(1, 5),
      ratio(2, 6),
      -1,
    ])
    expect(change.mean).toMatchObject({ order: 1 })
    expect(changeOf(before, now)).toMatchObject({ lowest: { order: 1 }, mean: { order: -1 } })
    expect(changeOf(now, now)).toMatchObject({ lowest: { order: 0 }, mean: { order: 0 } })
    expect(changeOf(now, criterion([1, 1, 1, 2], 'Năng lực', [900, 800, 500, 0]))!.mean).toBeNull()
    expect(changeOf(criterion([1, 1, 1, 1]), criterion([1, 1, 1, 2]))).toMatchObject({
      lowest: { order: -1 },
      mean: null,
    })
  })

  it('are not compared where something else was asked, or nothing counted', () => {
    const now = criterion([1, 1, 1, 1])
    expect(changeOf(now, criterion([1, 1, 1, 1], 'Kết quả'))).toBeNull()
    expect(changeOf(now, criterion([1, 1, 1], 'Năng lực', [3, 2, 1]))).toBeNull()
    expect(changeOf(now, { ...now, score: null })).toBeNull()
    const yesNo = together(
      asking({ questions: [{ kind: 'yes-no', title: 'Năng lực', options: [], max: 1 }] }),
      3,
      [1, 2],
    )
    expect(changeOf(yesNo[0]!, yesNo[0]!)).toBeNull()
    expect(asksTheSame(now, yesNo[0]!)).toBe(false)
    expect(asksTheSame(now, criterion([4, 0, 0, 0], 'NĂNG LỰC'))).toBe(true)
  })

  it.each([
    [[4, 3, 4, 3], true], // exactly half of the marks
    [[4, 4, 4, 3], false],
    [[0, 0, 0, 1], true],
    [[0, 0, 0, 0], false],
    [[9, 0, 0, 0], false],
  ])('call %j of four grades weak: %s', (counts, weak) => {
    expect(isWeak(criterion(counts))).toBe(weak)
  })

  it('take the lower half without the middle grade: of five the last two, of three the last', () => {
    const five = (counts: readonly number[]) => criterion(counts, 'Năng lực', [4, 3, 2, 1, 0])
    expect([isWeak(five([0, 0, 2, 1, 1])), isWeak(five([0, 0, 3, 1, 1]))]).toEqual([true, false])
    const three = (counts: readonly number[]) => criterion(counts, 'Năng lực', [2, 1, 0])
    expect([isWeak(three([1, 1, 2])), isWeak(three([0, 2, 1]))]).toEqual([true, false])
  })

  it('call only criteria weak: no subject as a whole, no yes or no, no choice', () => {
    const all = together(
      asking({
        template: 'quality',
        questions: [
          { kind: 'yes-no', title: 'Nên tiếp tục?', options: [], max: 1 },
          { kind: 'choice', title: 'Việc', options: gradedWith('', [null, null]).options, max: 1 },
        ],
      }),
      4,
      [0, 0, 0, 4],
      [0, 4],
      [0, 4],
    )
    expect(all.map(isWeak)).toEqual([false, false, false])
  })

  it('show a weakness that comes back: weak now and weak then, on the same criterion', () => {
    const [weak, strong] = [criterion([1, 1, 1, 1]), criterion([4, 1, 1, 1])]
    const other = criterion([1, 1, 1, 1], 'Kết quả')
    expect(comesBack(weak, [strong, weak, other])).toEqual([weak])
    expect(comesBack(weak, [strong, other])).toEqual([])
    expect(comesBack(strong, [weak])).toEqual([])
  })
})
