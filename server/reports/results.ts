/**
 * What was counted, as tables: the same in minutes, announcement and report. Every percentage names what it is taken of.
 * Groups stand in `groups.ts`, means in `points.ts`.
 */
import { PAPER } from '../../client/words/reports/paper.ts'
import { RULES } from '../../client/words/rules.ts'
import type { Base } from '../rules/pack.ts'
import { type Line, pointsOf } from '../rules/scores.ts'
import type { Profile } from '../wire/leader.ts'
import type { Count, FormFacts } from './facts.ts'
import type { Block, Column, Text } from './form.ts'
import { groupBlocks } from './groups.ts'
import { LAYOUTS, textWidth } from './layout.ts'
import {
  byQuestion,
  bySubject,
  fits,
  MOST_APART,
  nameOf,
  optionColumns,
  runsOf,
  share,
  whoOf,
  widthOf,
} from './lines.ts'
import { meanNotes, meanOf, totalBlocks } from './points.ts'
import { bold, caption, paragraph, plain } from './text.ts'

const { table } = PAPER

/** What the tables of one paper have in common. */
interface Setting {
  readonly facts: FormFacts
  readonly count: Count
  readonly profile: Profile
  /** In millimetres. */
  readonly width: number
}

/** One table for every line, or for every subject, or for all of them: whichever can be read. */
export function resultBlocks(facts: FormFacts, count: Count, profile: Profile): readonly Block[] {
  const { lines } = facts
  if (lines.every(({ score }) => score === null)) return [paragraph(PAPER.minutes.nothingOpened)]
  const setting = { facts, count, profile, width: textWidth(LAYOUTS[profile]) }
  return [
    ...tables(lines, setting),
    ...totalBlocks(lines, profile),
    ...(lines.some(({ max }) => max > 1) ? [paragraph(PAPER.minutes.several)] : []),
    ...(count.hidden > 0 ? [paragraph(PAPER.minutes.sealedCounts(count.hidden))] : []),
    ...groupBlocks(facts, profile),
  ]
}

interface Denominator {
  readonly of: Base
  readonly n: number
}

/** What shares are taken of: as the rules say of what they speak of, else the ballots collected. */
export function denominatorOf({ pack, attendance, members }: FormFacts, count: Count, line: Line): Denominator {
  const of = (line.ruled ? pack?.denominator.of : null) ?? 'collected'
  const numbers = { ...count, convened: attendance.convened, members: members ?? 0 }
  return { of, n: numbers[of] }
}

function tables(lines: readonly Line[], setting: Setting): readonly Block[] {
  const subjects = bySubject(lines)
  const questions = subjects.length > MOST_APART ? byQuestion(subjects) : null
  if (questions !== null) return questions.flatMap(all => ofAll(all, setting))
  return subjects.flatMap(own => [
    ...(own[0]!.subject === null ? [] : [aboutWhom(own[0]!, setting)]),
    ...runsOf(own).flatMap(run =>
      fits(run) && run.length > MOST_APART
        ? wide(run, ({ criterion }) => criterion ?? PAPER.results.whole, asked(run), setting)
        : run.flatMap(line => tall(line, setting)),
    ),
  ])
}

const aboutWhom = (line: Line, { profile }: Setting): Block => caption(`${PAPER.report.for(whoOf(line, profile))}:`)

/** One question, about every subject. */
function ofAll(lines: readonly Line[], setting: Setting): readonly Block[] {
  if (!fits(lines)) return lines.flatMap(line => [aboutWhom(line, setting), ...tall(line, setting)])
  return [...captionOf(lines[0]!), ...wide(lines, nameOf, table.nameAndPosition, setting)]
}

/** What the lines of a table are called: criteria, or questions. */
export const asked = (lines: readonly Line[]): string =>
  lines.every(({ kind, subject }) => subject !== null && (kind === 'graded' || kind === 'main'))
    ? table.criterion
    : table.question

const captionOf = (line: Line): readonly Block[] => {
  const { criterion, max } = line
  if (criterion === null) return []
  const most = max > 1 ? ` (${PAPER.results.atMost(max)})` : ''
  return [caption(`${asked([line])}: ${criterion}${most}`)]
}

/** One line of the ballot: its options below each other. */
function tall(line: Line, { facts, count, width }: Setting): readonly Block[] {
  const { of, n } = denominatorOf(facts, count, line)
  const { score } = line
  if (score === null) return []
  const row = (label: string, ballots: number): readonly Text[] => [
    plain(label),
    plain(String(ballots)),
    plain(share(ballots, n)),
  ]
  const { unmarked } = score
  const onPaper = facts.medium === 'paper'
  const rows = [
    ...line.options.map(({ label }, o) => row(label, score.counts[o]!)),
    ...(unmarked === null ? [] : [row(onPaper ? table.emptyOrSpoilt : table.unmarked, unmarked)]),
    ...(line.max > 1
      ? []
      : [...(onPaper ? [] : [row(table.overmarked, 0)]), [bold(table.sum), bold(String(score.ballots)), plain('')]]),
  ]
  const columns: readonly Column[] = [
    {
      head: line.kind === 'choice' || line.kind === 'yes-no' ? table.choice : table.option,
      width: width - 80,
      align: 'left',
    },
    { head: table.ballots, width: 30, align: 'centre' },
    { head: table.share(RULES.vi.bases[of], n), width: 50, align: 'centre' },
  ]
  return [
    ...captionOf(line),
    { kind: 'table', over: null, columns, rows, rowHeight: null },
    ...meanNotes([line], 'tall'),
  ]
}

const ORDER = 10
const UNMARKED = 15
const MEAN = 13

/** Many lines: a row each, options side by side. */
function wide(
  lines: readonly Line[],
  nameOf: (line: Line) => string,
  head: string,
  { facts, count, width }: Setting,
): readonly Block[] {
  const { options } = lines[0]!
  const { of, n } = denominatorOf(facts, count, lines[0]!)
  const scored = lines.some(line => pointsOf(line) !== null)
  const each = optionColumns(options.length, scored, table.shareShort(RULES.vi.bases[of]))
  const names = width - ORDER - UNMARKED - (scored ? MEAN : 0) - options.length * widthOf(each)
  const unmarked = facts.medium === 'paper' ? table.emptyOrSpoilt : table.unmarked
  const columns: readonly Column[] = [
    { head: table.order, width: ORDER, align: 'centre' },
    { head, width: names, align: 'left' },
    ...options.flatMap(() => each),
    { head: unmarked, width: UNMARKED, align: 'centre', small: true },
    ...(scored ? [{ head: table.mean, width: MEAN, align: 'centre', small: true } as const] : []),
  ]
  const alone = { head: '', columns: 1 }
  const over = [
    alone,
    alone,
    ...options.map(({ label }) => ({ head: label, columns: 2 })),
    alone,
    ...(scored ? [alone] : []),
  ]
  const rows = lines.map((line, i): readonly Text[] => [
    plain(String(i + 1)),
    plain(nameOf(line)),
    ...(line.score?.counts ?? []).flatMap(marks => [plain(String(marks)), plain(share(marks, n))]),
    plain(String(line.score?.unmarked ?? '–')),
    ...(scored ? [plain(meanOf(line.score))] : []),
  ])
  return [{ kind: 'table', over, columns, rows, rowHeight: null }, ...meanNotes(lines, 'wide')]
}
