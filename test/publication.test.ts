/**
 * The published sums never let anybody compute what is hidden: exact linear algebra over every small case, and the same
 * said beforehand of a draft's numbers.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { publicationUnions, type Union } from '../crypto/tally.ts'
import { differencesFrom, type EarlierUnion, foresee } from '../server/rules/publication.ts'
import { choicesOf, exposedBy, rankOf } from './span.ts'

const total = (counts: readonly number[]) => counts.reduce((sum, n) => sum + n, 0)
/** All lists of so many numbers from 0 up to the limit of each place. */
const upTo = (limits: readonly number[]): readonly (readonly number[])[] =>
  limits.reduce<readonly (readonly number[])[]>(
    (lists, limit) => lists.flatMap(list => Array.from({ length: limit + 1 }, (_, n) => [...list, n])),
    [[]],
  )
const rowOf = (groups: readonly number[], n: number) =>
  Array.from({ length: n }, (_, g) => (groups.includes(g) ? 1 : 0))
const rowsOf = (unions: readonly Union[], n: number) => unions.map(({ groups }) => rowOf(groups, n))
const single = (ballots: readonly number[]) => ({ ballots, columns: ballots.map((_, g) => [g]) })

// ── exact arithmetic ────────────────────────────────────────────────────────────────────────────────────────────

describe('the arithmetic of the tests', () => {
  it('finds ranks over the rationals', () => {
    expect(rankOf([])).toBe(0)
    expect(rankOf([[0, 0]])).toBe(0)
    const rows = [
      [1, 1, 0],
      [0, 1, 1],
      [1, 0, -1],
    ]
    expect(rankOf(rows)).toBe(2)
    // Over the rationals these are independent, over two elements they would not be.
    expect(rankOf(rows.with(2, [1, 0, 1]))).toBe(3)
  })

  it('goes through all choices', () => {
    expect(choicesOf(2)).toEqual([[], [0], [1], [0, 1]])
    expect(choicesOf(4)).toHaveLength(16)
  })

  it('finds a group that follows by subtraction, and none where none does', () => {
    const rows = [rowOf([0, 1, 2], 3), rowOf([0, 1], 3)]
    expect(exposedBy(rows, [], single([9, 9, 2]), 5)).toEqual([[2]])
    expect(exposedBy(rows, [], single([9, 9, 5]), 5)).toEqual([])
    expect(exposedBy(rows, [], single([9, 9, 0]), 5)).toEqual([])
  })
})

// ── one round ───────────────────────────────────────────────────────────────────────────────────────────────────

/** Below the minimum in all, three ballots and more are opened as one union: that is the rule itself. */
const enough = (ballots: readonly number[], minimum: number) => total(ballots) >= minimum

describe('what one round publishes', () => {
  it.each([3, 4, 5])('tells nothing of fewer ballots than %i: up to 4 groups of 0 to 7 ballots, every one', minimum => {
    let cases = 0
    for (const groups of [1, 2, 3, 4])
      for (const ballots of upTo(Array(groups).fill(7))) {
        if (!enough(ballots, minimum)) continue
        const rows = rowsOf(publicationUnions(ballots, minimum), groups)
        const exposed = exposedBy(rows, [], single(ballots), minimum)
        if (exposed.length > 0) expect.fail(`${ballots}: ${JSON.stringify(exposed)}`)
        cases++
      }
    expect(cases).toBeGreaterThan(4500)
  })

  it('opens everything as one, or nothing, where there are fewer ballots than the minimum in all', () => {
    for (const ballots of upTo([4, 4, 4])) {
      if (enough(ballots, 5)) continue
      const unions = publicationUnions(ballots, 5)
      expect(unions).toEqual(total(ballots) < 3 ? [] : [{ groups: [0, 1, 2], ballots: total(ballots) }])
    }
  })

  /**
   * Everything at once: a column for each group, line and option, one more for marks that were not made; the sums of
   * every line over every union; and what the closing statement says, ballots by group, of which each line's marks and
   * blanks are a split.
   */
  function published(ballots: readonly number[], minimum: number, lines: readonly number[]) {
    const unions = publicationUnions(ballots, minimum)
    const places = lines.flatMap((options, line) =>
      Array.from({ length: options + 1 }, (_, o) => ({ line, o, options })),
    )
    const columns = ballots.map((_, g) => places.map((_, p) => g * places.length + p))
    const row = (holds: (group: number, place: (typeof places)[number]) => boolean) =>
      ballots.flatMap((_, g) => places.map(place => (holds(g, place) ? 1 : 0)))
    const sums = unions.flatMap(({ groups }) =>
      places
        .filter(({ o, options }) => o < options)
        .map(at => row((g, { line, o }) => groups.includes(g) && line === at.line && o === at.o)),
    )
    const closing = ballots.flatMap((_, group) =>
      lines.map((_, at) => row((g, { line }) => g === group && line === at)),
    )
    return { unions, sums, closing, unknowns: { ballots, columns }, row }
  }

  const turnout = fc.array(fc.oneof(fc.nat({ max: 7 }), fc.nat({ max: 40 })), { minLength: 1, maxLength: 5 })
  const lines = fc.array(fc.integer({ min: 2, max: 3 }), { minLength: 1, maxLength: 3 })

  it('tells nothing either by all subjects and questions together with the closing statement', () => {
    let hidden = 0
    fc.assert(
      fc.property(turnout, lines, fc.integer({ min: 3, max: 6 }), (ballots, asked, minimum) => {
        fc.pre(enough(ballots, minimum))
        const { sums, closing, unknowns, unions } = published(ballots, minimum, asked)
        hidden += unions.some(({ groups }) => groups.length > 1) ? 1 : 0
        expect(exposedBy(sums, closing, unknowns, minimum)).toEqual([])
      }),
      { seed: 5, numRuns: 60 },
    )
    expect(hidden).toBeGreaterThan(10)
  })

  it('would be caught telling: one group’s sum of one option beside its union, or two unions that overlap', () => {
    const { sums, closing, unknowns, row } = published([8, 2, 9, 3], 5, [3, 2])
    expect(exposedBy(sums, closing, unknowns, 5)).toEqual([])
    const alone = row((g, { line, o }) => g === 1 && line === 1 && o === 0)
    // The two groups of the union {1, 3}: the one that was opened, and the other by subtraction.
    expect(exposedBy([...sums, alone], closing, unknowns, 5)).toEqual([[1], [3]])
    const overlapping = row((g, { line, o }) => g !== 1 && line === 0 && o === 0)
    expect(exposedBy([...sums, overlapping], closing, unknowns, 5)).toEqual([[1], [3]])
    const disjoint = row((g, { line, o }) => (g === 0 || g === 2) && line === 0 && o === 0)
    expect(exposedBy([...sums, disjoint], closing, unknowns, 5)).toEqual([])
  })
})

// ── what a draft is told ────────────────────────────────────────────────────────────────────────────────────────

const isAlone = (unions: readonly Union[], group: number) =>
  unions.some(({ groups }) => groups.length === 1 && groups[0] === group)

describe('what a draft is told beforehand', () => {
  it('is what happens when everybody votes', () => {
    expect(foresee([20, 8, 3, 3], 5).full).toEqual(publicationUnions([20, 8, 3, 3], 5))
  })

  it('names the groups that can never be opened by themselves: true of every turnout, and of no other group', () => {
    for (const minimum of [3, 5])
      for (const convened of [...upTo([6, 6, 6]), ...upTo([7, 7])].filter(list => !list.includes(0))) {
        const turnouts = upTo(convened).map(ballots => publicationUnions(ballots, minimum))
        const found = convened.map((_, g) =>
          isAlone(publicationUnions(convened, minimum), g)
            ? 'full'
            : turnouts.some(unions => isAlone(unions, g))
              ? 'sometimes'
              : 'never',
        )
        const told = foresee(convened, minimum).groups.map(({ alone }) => alone)
        if (String(told) !== String(found)) expect.fail(`${convened}, ${minimum}: ${told}, but ${found}`)
      }
  })

  it('says why: too few people, or too few besides', () => {
    expect(foresee([20, 3], 5).groups.map(({ because }) => because)).toEqual(['others', 'few'])
    expect(foresee([20, 5], 5).groups.map(({ because }) => because)).toEqual([null, null])
    expect(foresee([3], 5).groups).toEqual([{ alone: 'full', because: null, below: [] }])
  })

  it('says with whom a group is merged, at every number of its ballots below the minimum', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 2, maxLength: 8 }),
        fc.integer({ min: 3, max: 12 }),
        (convened, minimum) => {
          for (const [group, { below, because }] of foresee(convened, minimum).groups.entries()) {
            if (because === 'few') continue
            const told = below.flatMap(({ from, to, beside }) => Array.from({ length: to - from + 1 }, () => beside))
            const found = Array.from({ length: minimum }, (_, ballots) => {
              const unions = publicationUnions(convened.with(group, ballots), minimum)
              return unions.find(({ groups }) => groups.includes(group))?.groups.filter(g => g !== group) ?? null
            })
            expect(told).toEqual(found)
          }
        },
      ),
      { seed: 6, numRuns: 300 },
    )
  })

  it('is told of 60 groups and 50,000 people too, and of a minimum of thousands', () => {
    const convened = Array.from({ length: 60 }, (_, g) => 100 + 24 * g)
    expect(total(convened)).toBeLessThan(50_000)
    const { groups, full } = foresee(convened, 700)
    expect(groups).toHaveLength(60)
    expect(full.every(({ ballots }) => ballots >= 700)).toBe(true)
    expect(groups.at(-1)!.below.at(-1)!.to).toBe(699)
  })
})

// ── several rounds ──────────────────────────────────────────────────────────────────────────────────────────────

const named = (convened: readonly number[]) => convened.map((n, g) => ({ label: `Nhóm ${g + 1}`, convened: n }))
const earlierOf = (unions: readonly Union[]): readonly EarlierUnion[] =>
  unions.map(({ groups, ballots }) => ({ labels: groups.map(g => `Nhóm ${g + 1}`), ballots }))

describe('two rounds of the same people', () => {
  it('tell nothing more than one where the same groups cast as many ballots, under a minimum of any size', () => {
    for (const ballots of upTo([7, 7, 7, 5])) {
      if (!enough(ballots, 5)) continue
      const rows = rowsOf(publicationUnions(ballots, 5), 4)
      const exposed = exposedBy([...rows, ...rows], [], single(ballots), 5)
      if (exposed.length > 0) expect.fail(`${ballots}: ${JSON.stringify(exposed)}`)
    }
  })

  it('are told apart by subtraction in no way that the draft was not warned of, and it is warned of none else', () => {
    let exposing = 0
    const people = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(people, fc.array(fc.nat({ max: 9 }), { minLength: 6, maxLength: 6 }), (convened, others) => {
        const minimum = 5
        fc.pre(enough(convened, minimum))
        const before = publicationUnions(
          convened.map((_, g) => others[g]!),
          minimum,
        )
        fc.pre(before.length > 0)
        const now = publicationUnions(convened, minimum)
        const [n, groups] = [convened.length, named(convened)]
        const exposed = exposedBy([...rowsOf(before, n), ...rowsOf(now, n)], [], single(convened), minimum)
        const told = differencesFrom(earlierOf(before), groups, minimum).filter(({ kind }) => kind === 'regrouped')
        const placesOf = (labels: readonly string[]) => labels.map(label => groups.findIndex(g => g.label === label))
        for (const { labels, people: few } of told) {
          expect(exposed).toContainEqual(placesOf(labels))
          expect(few).toBe(total(placesOf(labels).map(g => convened[g]!)))
        }
        const least = exposed.filter(one => !exposed.some(other => other !== one && other.every(g => one.includes(g))))
        const warned = new Set(told.flatMap(({ labels }) => placesOf(labels)))
        expect(least.flat().filter(g => !warned.has(g))).toEqual([])
        exposing += exposed.length > 0 ? 1 : 0
      }),
      { seed: 7, numRuns: 400 },
    )
    expect(exposing).toBeGreaterThan(20)
  })

  const rows: Readonly<Record<string, readonly [EarlierUnion[], number[], ReturnType<typeof differencesFrom>]>> = {
    'nothing earlier': [[], [20, 9], []],
    'the same numbers': [earlierOf(publicationUnions([20, 9], 5)) as EarlierUnion[], [20, 9], []],
    'two more in one group': [
      earlierOf(publicationUnions([20, 9], 5)) as EarlierUnion[],
      [20, 11],
      [{ kind: 'turnover', labels: ['Nhóm 2'], people: 2 }],
    ],
    'five more': [earlierOf(publicationUnions([20, 9], 5)) as EarlierUnion[], [20, 14], []],
    'no groups then, two now': [
      [{ labels: ['Người tham dự'], ballots: 30 }],
      [20, 9],
      [{ kind: 'turnover', labels: [], people: 1 }],
    ],
    'no groups then, many more now': [[{ labels: ['Người tham dự'], ballots: 30 }], [20, 16], []],
    'one group opened with another one now': [
      [
        { labels: ['Nhóm 1', 'Nhóm 3'], ballots: 12 },
        { labels: ['Nhóm 2'], ballots: 8 },
      ],
      [9, 8, 3],
      [{ kind: 'regrouped', labels: ['Nhóm 3'], people: 3 }],
    ],
    'labels in other letters': [
      [
        { labels: ['NHÓM  1'], ballots: 19 },
        { labels: ['nhóm 2'], ballots: 9 },
      ],
      [20, 9],
      [{ kind: 'turnover', labels: ['Nhóm 1'], people: 1 }],
    ],
  }
  it.each(Object.entries(rows))('%s', (_, [earlier, convened, told]) => {
    expect(differencesFrom(earlier, named(convened), 5)).toEqual(told)
  })

  it('are compared for 60 groups too', () => {
    const convened = Array.from({ length: 60 }, (_, g) => 2 + (g % 7))
    const before = publicationUnions(
      convened.map((n, g) => (g % 3 === 0 ? 0 : n)),
      5,
    )
    expect(differencesFrom(earlierOf(before), named(convened), 5).length).toBeGreaterThan(0)
  })
})
