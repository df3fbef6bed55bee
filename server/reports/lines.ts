/** Lines of the ballot, as papers name them and put them together. */
import { PAPER } from '../../client/words/reports/paper.ts'
import { percentText } from '../rules/fraction.ts'
import type { Line } from '../rules/scores.ts'
import type { Profile } from '../wire/leader.ts'
import type { Column } from './form.ts'
import { voiceOf } from './layout.ts'

const MOST_WIDE_OPTIONS = 4
/** More subjects, or criteria of one, than this share a table. */
export const MOST_APART = 2

/** Whom a line is about; empty where it is about nobody. */
export const nameOf = ({ subject }: Pick<Line, 'subject'>): string =>
  subject === null ? '' : [subject.name, subject.position].filter(word => word !== '').join(', ')

/** The same as a paper addresses people. */
export const whoOf = (line: Pick<Line, 'subject'>, profile: Profile): string => voiceOf(profile).person(nameOf(line))

/** Whom and what: `Giám đốc Sở A – Kết quả công tác`. */
export const titleOf = (line: Pick<Line, 'subject' | 'criterion'>): string =>
  [nameOf(line), line.criterion ?? ''].filter(word => word !== '').join(' – ')

/** `53,19`; a dash where there is nothing to divide by. */
export const share = (n: number, of: number): string => (of === 0 ? '–' : percentText(n, of).replace('.', ','))

/** Their options have room beside each other. */
export const fits = ([line]: readonly Line[]): boolean => line!.options.length <= MOST_WIDE_OPTIONS

/** How many ballots, and their share: side by side so often, narrower where means need room too. "Phiếu" fits. */
export function optionColumns(sideBySide: number, scored: boolean, shareHead: string): readonly Column[] {
  const [ballots, share] = sideBySide > 3 ? ([11, scored ? 13 : 14] as const) : ([13, 17] as const)
  return [
    { head: PAPER.table.ballots, width: ballots, align: 'centre', small: true },
    { head: shareHead, width: share, align: 'centre', small: true },
  ]
}

export const widthOf = (columns: readonly Column[]): number => columns.reduce((sum, { width }) => sum + width, 0)

/** Lines that are about the same person, in the ballot's order; those about nobody together. */
export const bySubject = (lines: readonly Line[]): readonly (readonly Line[])[] =>
  together(lines, ({ subject }) => JSON.stringify(subject && [subject.name, subject.position]))

/** Lines one after the other with the same options, of which as many may be marked, and of which the rules speak or not. */
export function runsOf(lines: readonly Line[]): readonly (readonly Line[])[] {
  const runs: Line[][] = []
  for (const line of lines) {
    const last = runs.at(-1)
    if (last !== undefined && scaleOf(last[0]!) === scaleOf(line)) last.push(line)
    else runs.push([line])
  }
  return runs
}

/** Where many subjects are asked the same: question by question, all subjects. Null where they are not. */
export function byQuestion(subjects: readonly (readonly Line[])[]): readonly (readonly Line[])[] | null {
  const [first] = subjects
  if (first === undefined) return null
  const alike = subjects.every(
    own => own.length === first.length && own.every((line, q) => questionOf(line) === questionOf(first[q]!)),
  )
  return alike ? first.map((_, q) => subjects.map(own => own[q]!)) : null
}

/** Lines that stand together, what they are about, and how each is called there. */
interface Arranged {
  /** Null: what they are called says it. */
  readonly about: string | null
  readonly lines: readonly Line[]
  readonly called: (line: Line) => string
}

/** Of many subjects who are asked the same by question, else by subject and scale. */
export function arranged(lines: readonly Line[]): readonly Arranged[] {
  const subjects = bySubject(lines)
  const questions = subjects.length > MOST_APART ? byQuestion(subjects) : null
  if (questions !== null)
    return questions.map(all => ({ about: all[0]!.criterion ?? PAPER.results.whole, lines: all, called: nameOf }))
  const called = subjects.length === 1 ? (line: Line) => line.criterion ?? PAPER.results.whole : titleOf
  return subjects.flatMap(runsOf).map(run => ({ about: null, lines: run, called }))
}

const scaleOf = ({ options, max, ruled }: Line): string =>
  JSON.stringify([options.map(({ label }) => label), max, ruled])

const questionOf = (line: Line): string => JSON.stringify([line.criterion, scaleOf(line)])

function together(lines: readonly Line[], keyOf: (line: Line) => string): readonly (readonly Line[])[] {
  const found = new Map<string, Line[]>()
  for (const line of lines) found.set(keyOf(line), [...(found.get(keyOf(line)) ?? []), line])
  return [...found.values()]
}
