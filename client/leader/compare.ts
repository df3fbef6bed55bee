/**
 * Rounds that the reader may see beside this one: the same subject or survey at other times, and equivalent positions.
 * Never a ranking: the order is by date and by the unit's name, whatever was counted.
 */
import type { BallotSubject } from '../../server/rules/contests.ts'
import { asksTheSame, comesBack } from '../../server/rules/earlier.ts'
import { type Line, linesOf, paperLinesOf } from '../../server/rules/scores.ts'
import { plainSpelling } from '../../server/rules/spelling.ts'
import type { OtherRound } from '../../server/wire/leader.ts'

/** One line of another round's ballot. */
export interface Beside {
  readonly poll: string
  readonly unit: string
  readonly period: string
  readonly date: string
  readonly line: Line
}

/** What other rounds' texts are read for: nothing is verified again. */
type ManifestWords = Parameters<typeof linesOf>[0]
type ResultNumbers = NonNullable<Parameters<typeof linesOf>[1]>

/**
 * Every line of the other rounds. Only read, not verified: the server checked these texts when they were counted, and
 * each has a page of its own where they are read strictly.
 */
export const linesBeside = (others: readonly OtherRound[]): readonly Beside[] =>
  others.flatMap(({ poll, unit, period, date, ...texts }) =>
    linesIn(texts).map(line => ({ poll, unit, period, date, line })),
  )

function linesIn({ manifest, result, paper }: Pick<OtherRound, 'manifest' | 'result' | 'paper'>): readonly Line[] {
  if (paper !== null) return paperLinesOf(paper.contests, paper.count)
  return linesOf({ ...(JSON.parse(manifest) as ManifestWords), text: manifest }, JSON.parse(result) as ResultNumbers)
}

const same = (a: string, b: string): boolean => plainSpelling(a) === plainSpelling(b)
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The position without its unit's name: `Giám đốc Sở A` of `Sở A` is `Giám đốc`. */
export function wordsOfPosition(position: string, unit: string): string {
  const plain = plainSpelling(position)
  const place = unit === '' ? -1 : plain.indexOf(plainSpelling(unit))
  // As it is spelt in the manifest, cut after as many words.
  return place === -1
    ? position
    : position
        .split(/\s+/)
        .slice(0, wordsIn(plain.slice(0, place)))
        .join(' ')
}

const wordsIn = (text: string): number => text.split(/\s+/).filter(word => word !== '').length

/** True if the position begins with these words, however they are spelt. */
const begins = (position: string, words: string): boolean =>
  `${plainSpelling(position)} `.startsWith(`${plainSpelling(words)} `)

/** The person, the position, or where it is null the unit's staff. */
type Whom = Pick<BallotSubject, 'name' | 'position'> | null

/** The same person, or where no name is given the same position in the same unit, in other rounds; oldest first. */
export const otherTimes = (all: readonly Beside[], whom: Whom, unit: string, line: Line): readonly Beside[] =>
  all
    .filter(one => isAbout(one, whom, unit) && sameQuestion(one.line, line))
    .sort((a, b) => compare(a.date, b.date) || compare(a.period, b.period))

function isAbout({ line: { subject }, unit: where }: Beside, whom: Whom, unit: string): boolean {
  if (subject === null || whom === null) return subject === whom && same(where, unit)
  const { name, position } = whom
  return name === ''
    ? subject.name === '' && same(subject.position, position) && same(where, unit)
    : same(subject.name, name)
}

/** Lines that ask the same in other words, or with other options, stand on their own round's page. */
const sameQuestion = (a: Line, b: Line): boolean =>
  asksTheSame(a, b) && a.options.every(({ label }, o) => same(label, b.options[o]!.label))

/** Positions that begin with the same words, held by others; by period, then by the unit's name. */
export function equivalents(
  all: readonly Beside[],
  whom: NonNullable<Whom>,
  unit: string,
  line: Line,
  words: string,
): readonly Beside[] {
  if (plainSpelling(words) === '') return []
  const positionOf = ({ line: { subject } }: Beside) => subject?.position ?? ''
  return all
    .filter(one => begins(positionOf(one), words) && !isAbout(one, whom, unit) && sameQuestion(one.line, line))
    .sort(
      (a, b) => compare(b.date, a.date) || compareNames(a.unit, b.unit) || compareNames(positionOf(a), positionOf(b)),
    )
}

const compareNames = (a: string, b: string): number => a.localeCompare(b, 'vi')

/** A line that is weak now, with the earlier rounds in which it was weak too. */
export interface ComingBack {
  readonly line: Line
  readonly earlier: readonly Beside[]
}

/** Rounds on this day or later are no earlier ones; where nobody said which day this is, all are. */
const earlierThan = (rounds: readonly Beside[], date: string): readonly Beside[] =>
  date === '' ? rounds : rounds.filter(one => one.date < date)

/** In the ballot's order; only of rounds held before `date`. */
export function comingBack(
  all: readonly Beside[],
  { lines, whom, unit, date }: { lines: readonly Line[]; whom: Whom; unit: string; date: string },
): readonly ComingBack[] {
  return lines.flatMap(line => {
    const times = earlierThan(otherTimes(all, whom, unit, line), date)
    const weak = new Set(
      comesBack(
        line,
        times.map(one => one.line),
      ),
    )
    const earlier = times.filter(one => weak.has(one.line))
    return earlier.length === 0 ? [] : [{ line, earlier }]
  })
}
