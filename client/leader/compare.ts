/**
 * Rounds that the reader may see beside this one: the same subject at other times, and equivalent positions. Never a
 * ranking: the order is by date and by the unit's name, whatever was counted.
 */
import { plainSpelling } from '../../server/rules/spelling.ts'
import type { OtherRound } from '../../server/wire/leader.ts'
import type { BallotLine, Subject } from './dossier.ts'

/** One line of another round's ballot. */
export interface Beside {
  readonly poll: string
  readonly unit: string
  readonly period: string
  readonly date: string
  readonly name: string
  readonly position: string
  readonly criterion: string | null
  readonly options: readonly { readonly id: string; readonly label: string }[]
  readonly max: number
  readonly counts: readonly number[]
  readonly ballots: number
}

interface ManifestWords {
  readonly contests: readonly {
    readonly title: string
    readonly max: number
    readonly options: readonly { readonly id: string; readonly label: string }[]
    readonly subject?: { readonly name: string; readonly position: string }
    readonly criterion?: string | null
  }[]
}
interface ResultNumbers {
  readonly unions: readonly { readonly ballots: number; readonly counts: readonly (readonly number[])[] }[]
}

/**
 * Every line of the other rounds. Only read, not verified: the server checked these texts when they were counted, and
 * each has a page of its own where they are read strictly.
 */
export function linesOf(others: readonly OtherRound[]): readonly Beside[] {
  return others.flatMap(({ poll, unit, period, date, manifest, result }) => {
    const { contests } = JSON.parse(manifest) as ManifestWords
    const { unions } = JSON.parse(result) as ResultNumbers
    const ballots = unions.reduce((all, one) => all + one.ballots, 0)
    return contests.map(({ title, max, options, subject, criterion }, at) => {
      const counts = options.map((_, i) => unions.reduce((all, one) => all + (one.counts[at]?.[i] ?? 0), 0))
      const { name, position } = subject ?? { name: '', position: title }
      return { poll, unit, period, date, name, position, criterion: criterion ?? null, options, max, counts, ballots }
    })
  })
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

/** The same person, or where no name is given the same position in the same unit, in other rounds; oldest first. */
export function otherTimes(all: readonly Beside[], subject: Subject, unit: string, line: BallotLine) {
  return all
    .filter(one => isAbout(one, subject, unit) && sameLine(one, line))
    .sort((a, b) => compare(a.date, b.date) || compare(a.period, b.period))
}

const isAbout = (one: Beside, { name, position }: Subject, unit: string): boolean =>
  name === '' ? one.name === '' && same(one.position, position) && same(one.unit, unit) : same(one.name, name)

const sameLine = (one: Beside, { criterion }: BallotLine): boolean =>
  criterion === null ? one.criterion === null : one.criterion !== null && same(one.criterion, criterion)

/** Positions that begin with the same words, held by others; by period, then by the unit's name. */
export function equivalents(
  all: readonly Beside[],
  subject: Subject,
  unit: string,
  line: BallotLine,
  words: string,
): readonly Beside[] {
  if (plainSpelling(words) === '') return []
  return all
    .filter(one => begins(one.position, words) && !isAbout(one, subject, unit) && sameLine(one, line))
    .sort((a, b) => compare(b.date, a.date) || compareNames(a.unit, b.unit) || compareNames(a.position, b.position))
}

const compareNames = (a: string, b: string): number => a.localeCompare(b, 'vi')
