/**
 * What one person counted of a box of paper sheets, held to arithmetic and to what another person counted. Pure: the
 * page that is keyed into and the server ask the same questions, and the sentences are the page's.
 */
import type { PaperContest } from './contests.ts'
import { plainSpelling } from './spelling.ts'

/** One line of the ballot: marks by option, and valid sheets on which it is empty or spoilt. */
export interface KeyedLine {
  readonly counts: readonly number[]
  readonly empty: number
}

/** What one member counted. Sheets: printed = issued + exchanged + unused; collected = valid + invalid. */
export interface Keying {
  readonly printed: number
  readonly issued: number
  readonly exchanged: number
  readonly collected: number
  /** By reason; the reasons are the rules' or free words. */
  readonly invalid: readonly { readonly reason: string; readonly count: number }[]
  /** In the ballot's order. */
  readonly lines: readonly KeyedLine[]
}

/** Numbers of sheets, in the order in which they are keyed. */
export const SHEETS = ['printed', 'issued', 'exchanged', 'collected'] as const
export type SheetField = (typeof SHEETS)[number]

/** Where two keyings say different things, and never what. `line`: index into the ballot; null: numbers of sheets. */
export interface Difference {
  readonly line: number | null
  /** Option index, `empty`, or a field of `Keying` (`invalid/<reason>`). */
  readonly what: number | string
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, n) => all + n, 0)

export const invalidIn = ({ invalid }: Pick<Keying, 'invalid'>): number => sum(invalid.map(({ count }) => count))

/** Below zero where more sheets are called invalid than were collected. */
export const validIn = (keying: Pick<Keying, 'collected' | 'invalid'>): number => keying.collected - invalidIn(keying)

// ── what cannot be ──────────────────────────────────────────────────────────────────────────────────────────────

/** Named for what is compared; `numbers` in the order in which the sentence names them. */
export type BadCountRule =
  | 'printed' // issued + exchanged ≤ printed
  | 'issued' // issued ≤ present
  | 'collected' // collected ≤ issued
  | 'invalid' // invalid ≤ collected
  | 'sum' // of a line with one mark: marks + empty = valid
  | 'mark' // of a line with several: no option has more marks than there are sheets with the line filled
  | 'marks' // and all of them together no more than the sheets allow, nor fewer than there are sheets

export interface BadCount {
  readonly rule: BadCountRule
  /** Index into the ballot; null: numbers of sheets. */
  readonly line: number | null
  readonly numbers: readonly number[]
}

type Marked = Pick<PaperContest, 'max'>

/**
 * Everything about these numbers that cannot be true of any box; none: they may stand. `present`: who came to the
 * meeting, null where nobody said.
 *
 * Shape: as many lines as `contests`, each with a count for every option.
 */
export const badCounts = (keying: Keying, contests: readonly Marked[], present: number | null): readonly BadCount[] => [
  ...badSheets(keying, present),
  ...keying.lines.flatMap((line, at) => badLine(line, contests[at]!, Math.max(validIn(keying), 0), at)),
]

const unless = (holds: boolean, bad: BadCount): readonly BadCount[] => (holds ? [] : [bad])

export function badSheets(keying: Omit<Keying, 'lines'>, present: number | null): readonly BadCount[] {
  const { printed, issued, exchanged, collected } = keying
  const invalid = invalidIn(keying)
  const bad = (rule: BadCountRule, ...numbers: readonly number[]): BadCount => ({ rule, line: null, numbers })
  return [
    ...unless(issued + exchanged <= printed, bad('printed', issued, exchanged, printed)),
    ...unless(present === null || issued <= present, bad('issued', issued, present ?? 0)),
    ...unless(collected <= issued, bad('collected', collected, issued)),
    ...unless(invalid <= collected, bad('invalid', invalid, collected)),
  ]
}

export function badLine(
  { counts, empty }: KeyedLine,
  { max }: Marked,
  valid: number,
  line: number,
): readonly BadCount[] {
  const marks = sum(counts)
  const bad = (rule: BadCountRule, ...numbers: readonly number[]): BadCount => ({ rule, line, numbers })
  if (max === 1) return unless(marks + empty === valid, bad('sum', marks, empty, valid))
  const filled = valid - empty
  const most = Math.max(...counts)
  return [
    ...unless(most <= filled, bad('mark', most, filled)),
    // A sheet on which the line is not empty bears one mark at least.
    ...unless(marks >= filled && marks <= max * filled, bad('marks', marks, filled, max * filled)),
  ]
}

/** For whoever programs against us: which line, or which rule about sheets. */
export const whereOf = ({ rule, line }: BadCount): string => (line === null ? rule : `lines[${line}]`)

// ── two people ──────────────────────────────────────────────────────────────────────────────────────────────────

/** In the order in which they are keyed; none: the two agree entirely. Shape: both of the same ballot. */
export const differencesOf = (one: Keying, other: Keying): readonly Difference[] =>
  placesOf(one, other).filter(place => numberAt(one, place) !== numberAt(other, place))

/** What this keying says there. Shape: a place of its ballot. */
export function numberAt({ lines, ...sheets }: Keying, { line, what }: Difference): number {
  if (line !== null) return what === 'empty' ? lines[line]!.empty : lines[line]!.counts[Number(what)]!
  const field = SHEETS.find(one => one === what)
  if (field !== undefined) return sheets[field]
  // Reasons are the same however they are spelt.
  const reason = plainSpelling(String(what).slice(INVALID.length))
  return sum(sheets.invalid.filter(one => plainSpelling(one.reason) === reason).map(({ count }) => count))
}

const INVALID = 'invalid/'

function placesOf(one: Keying, other: Keying): readonly Difference[] {
  const reasons = new Map([...other.invalid, ...one.invalid].map(({ reason }) => [plainSpelling(reason), reason]))
  return [
    ...SHEETS.map(what => ({ line: null, what })),
    ...[...reasons.values()].map(reason => ({ line: null, what: `${INVALID}${reason}` })),
    ...one.lines.flatMap(({ counts }, line): readonly Difference[] => [
      ...counts.map((_, what) => ({ line, what })),
      { line, what: 'empty' },
    ]),
  ]
}
