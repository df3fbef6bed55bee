/** How the lines of a counted ballot stand on a page: whom they are about, and which of them share one table. Pure. */
import type { BallotSubject } from '../server/rules/contests.ts'
import type { Line } from '../server/rules/scores.ts'

/** As people are called on pages: by name and position where both are known. */
export const calledOf = ({ name, position }: Pick<BallotSubject, 'name' | 'position'>): string =>
  [name, position].filter(text => text !== '').join(' – ')

/** What a chart of the line is called: the question, or whom it is about. */
export const titleOf = ({ criterion, subject }: Pick<Line, 'criterion' | 'subject'>): string =>
  criterion ?? (subject === null ? '' : calledOf(subject))

/** Whom the line is about and what is asked. */
export const wholeTitleOf = ({ criterion, subject }: Pick<Line, 'criterion' | 'subject'>): string =>
  [subject === null ? '' : calledOf(subject), criterion ?? ''].filter(text => text !== '').join(' – ')

/** Lines about one person or position; `subject` null: about nobody. */
export interface About {
  readonly subject: BallotSubject | null
  readonly lines: readonly Line[]
}

/** By subject, in the order in which the ballot first names them. */
export function bySubject(lines: readonly Line[]): readonly About[] {
  const found = new Map<string, About>()
  for (const line of lines) {
    const { subject } = line
    const key = JSON.stringify(subject && [subject.name, subject.position])
    const { lines: before = [] } = found.get(key) ?? {}
    found.set(key, { subject, lines: [...before, line] })
  }
  return [...found.values()]
}

/** More options than this have a chart of their own: their counts would not stand beside each other on a phone. */
const MOST_COLUMNS = 5

const inTable = ({ kind, ruled, max, options }: Line): boolean =>
  kind !== 'main' && !ruled && max === 1 && options.length <= MOST_COLUMNS

/** Same options, worth the same. */
export const sameScale = (a: Pick<Line, 'options'>, b: Pick<Line, 'options'>): boolean =>
  a.options.length === b.options.length &&
  a.options.every(({ label, points }, o) => label === b.options[o]!.label && points === b.options[o]!.points)

/** What follows each other on a page: a line by itself, or lines of one scale together. */
export type Piece = { readonly line: Line } | { readonly table: readonly Line[] }

/** In the ballot's order. A table has at least two lines. */
export const piecesOf = (lines: readonly Line[]): readonly Piece[] =>
  runsOf(lines, (a, b) => inTable(a) && inTable(b) && a.kind === b.kind && sameScale(a, b)).map(run =>
    run.length === 1 ? { line: run[0]! } : { table: run },
  )

/** Parts of a list in which each item goes together with the one before it. */
export function runsOf(lines: readonly Line[], together: (a: Line, b: Line) => boolean): readonly (readonly Line[])[] {
  const starts = lines.flatMap((line, i) => (i > 0 && together(lines[i - 1]!, line) ? [] : [i]))
  return starts.map((start, s) => lines.slice(start, starts[s + 1]))
}
