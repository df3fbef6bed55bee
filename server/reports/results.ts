/** What was counted, as tables: the same in minutes, announcement and report. Every percentage names what it is taken of. */
import { PAPER } from '../../client/words/reports/paper.ts'
import { RULES } from '../../client/words/rules.ts'
import { percentText } from '../rules/fraction.ts'
import type { Base } from '../rules/pack.ts'
import type { Profile } from '../wire/leader.ts'
import type { Count, FormFacts, Line } from './facts.ts'
import type { Block, Column, Text } from './form.ts'
import { LAYOUTS, textWidth, voiceOf } from './layout.ts'
import { bold, caption, paragraph, plain } from './text.ts'

const { table } = PAPER
/** More lines than this share one table, if their options fit beside each other. */
const MOST_TALL = 2
const MOST_WIDE_OPTIONS = 4

/** What the tables of one paper have in common. */
interface Setting {
  readonly count: Count
  /** What shares are taken of. */
  readonly base: { readonly of: Base; readonly n: number }
  /** In millimetres. */
  readonly width: number
}

/** One table for every line, or for every subject, or for all of them: whichever can be read. */
export function resultBlocks(facts: FormFacts, count: Count, profile: Profile): readonly Block[] {
  const { lines } = facts
  if (lines.every(({ counts }) => counts === null)) return [paragraph(PAPER.minutes.nothingOpened)]
  const setting = { count, base: denominatorOf(facts, count), width: textWidth(LAYOUTS[profile]) }
  return [
    ...tables(lines, setting, profile),
    ...(lines.some(({ max }) => max > 1) ? [paragraph(PAPER.minutes.several)] : []),
    ...(count.hidden > 0 ? [paragraph(PAPER.minutes.sealedCounts(count.hidden))] : []),
  ]
}

/** What shares are taken of: as the rules say, else the ballots collected. */
export function denominatorOf({ pack, attendance, members }: FormFacts, count: Count): Setting['base'] {
  const of = pack?.denominator.of ?? 'collected'
  const numbers = { ...count, convened: attendance.convened, members: members ?? 0 }
  return { of, n: numbers[of] }
}

/** `53,19`; a dash where there is nothing to divide by. */
export const share = (n: number, of: number): string => (of === 0 ? '–' : percentText(n, of).replace('.', ','))

/** Whom a line is about. */
export const nameOf = ({ name, position }: Pick<Line, 'name' | 'position'>): string =>
  [name, position].filter(word => word !== '').join(', ')

export const whoOf = (line: Pick<Line, 'name' | 'position'>, profile: Profile): string =>
  voiceOf(profile).person(nameOf(line))

/** Ballots on which a line was left empty; null where several marks are allowed and nobody can tell. */
export const unmarkedOf = ({ counts, max }: Line, { collected, hidden }: Count): number | null =>
  max > 1 || counts === null ? null : collected - hidden - counts.reduce((sum, n) => sum + n, 0)

/** Lines of the ballot that are about the same person, in the ballot's order. */
export function bySubject(lines: readonly Line[]): readonly (readonly Line[])[] {
  const found = new Map<string, Line[]>()
  for (const line of lines) {
    const key = JSON.stringify([line.name, line.position])
    found.set(key, [...(found.get(key) ?? []), line])
  }
  return [...found.values()]
}

function tables(lines: readonly Line[], setting: Setting, profile: Profile): readonly Block[] {
  const subjects = bySubject(lines)
  const fits = lines.every(({ options }) => options.length <= MOST_WIDE_OPTIONS)
  if (fits && subjects.length > MOST_TALL && subjects.every(one => one.length === 1))
    return [wide(lines, nameOf, table.nameAndPosition, setting)]
  return subjects.flatMap(one => [
    caption(`${PAPER.report.for(whoOf(one[0]!, profile))}:`),
    ...(fits && one.length > MOST_TALL
      ? [wide(one, ({ criterion }) => criterion ?? '', table.criterion, setting)]
      : one.flatMap(line => tall(line, setting))),
  ])
}

/** One line of the ballot: its options below each other. */
function tall(line: Line, { count, base: { of, n }, width }: Setting): readonly Block[] {
  const counts = line.counts ?? []
  const unmarked = unmarkedOf(line, count)
  const row = (label: string, ballots: number): readonly Text[] => [
    plain(label),
    plain(String(ballots)),
    plain(share(ballots, n)),
  ]
  const rows = [
    ...line.options.map(({ label }, o) => row(label, counts[o]!)),
    ...(unmarked === null
      ? []
      : [
          row(table.unmarked, unmarked),
          row(table.overmarked, 0),
          [bold(table.sum), bold(String(count.collected - count.hidden)), plain('')],
        ]),
  ]
  const columns: readonly Column[] = [
    { head: table.option, width: width - 80, align: 'left' },
    { head: table.ballots, width: 30, align: 'centre' },
    { head: table.share(RULES.vi.bases[of], n), width: 50, align: 'centre' },
  ]
  return [
    ...(line.criterion === null ? [] : [caption(`${table.criterion}: ${line.criterion}`)]),
    { kind: 'table', over: null, columns, rows, rowHeight: null },
  ]
}

const ORDER = 10
const UNMARKED = 15
/** Of one option, by how many there are. */
const widthsOf = (options: number) => (options > 3 ? { ballots: 11, share: 14 } : { ballots: 13, share: 17 })

/** Many lines: a row each, options side by side. */
function wide(
  lines: readonly Line[],
  nameOf: (line: Line) => string,
  head: string,
  { count, base: { of, n }, width }: Setting,
): Block {
  const options = lines[0]!.options
  const each = widthsOf(options.length)
  const names = width - ORDER - UNMARKED - options.length * (each.ballots + each.share)
  const columns: readonly Column[] = [
    { head: table.order, width: ORDER, align: 'centre' },
    { head, width: names, align: 'left' },
    ...options.flatMap((): readonly Column[] => [
      { head: table.ballots, width: each.ballots, align: 'centre', small: true },
      { head: table.shareShort(RULES.vi.bases[of]), width: each.share, align: 'centre', small: true },
    ]),
    { head: table.unmarked, width: UNMARKED, align: 'centre', small: true },
  ]
  const alone = { head: '', columns: 1 }
  const over = [alone, alone, ...options.map(({ label }) => ({ head: label, columns: 2 })), alone]
  const rows = lines.map((line, i): readonly Text[] => [
    plain(String(i + 1)),
    plain(nameOf(line)),
    ...(line.counts ?? []).flatMap(marks => [plain(String(marks)), plain(share(marks, n))]),
    plain(String(unmarkedOf(line, count) ?? '–')),
  ])
  return { kind: 'table', over, columns, rows, rowHeight: null }
}
