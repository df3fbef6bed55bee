/** The sheets of counts: one for each kind of question, and where groups were opened apart one with a row for each mark. */
import type { Row, Sheet } from 'write-excel-file/node'
import { SHEETS } from '../../client/words/reports/sheets.ts'
import { RULES } from '../../client/words/rules.ts'
import { type Ratio, ratioPercent, ratioText } from '../rules/ratio.ts'
import { type Line, pointsOf, totalsOf, type Union } from '../rules/scores.ts'
import type { Count, FormFacts } from './facts.ts'
import { labelsOf } from './groups.ts'
import { nameOf, share } from './lines.ts'
import { denominatorOf } from './results.ts'

export type Cells = readonly (string | number | null)[]

/** Heads stay in view; `widths` in letters. */
export const sheetOf = (
  sheet: string,
  heads: readonly string[],
  rows: readonly Cells[],
  widths: readonly number[],
): Sheet<never> => ({
  sheet,
  columns: widths.map(width => ({ width })),
  stickyRowsCount: 1,
  data: [
    heads.map(value => ({ value, fontWeight: 'bold' as const, wrap: true, align: 'center' as const })),
    ...rows.map((row): Row => row.map(value => (value === null ? null : { value, wrap: typeof value === 'string' }))),
  ],
})

const KINDS = ['main', 'graded', 'choice', 'yes-no'] as const satisfies readonly Line['kind'][]

export function countSheets(facts: FormFacts, count: Count): readonly Sheet<never>[] {
  const { lines, unions } = facts
  const byKind = KINDS.flatMap(kind => {
    const own = lines.filter(line => line.kind === kind)
    return own.length === 0 ? [] : [kindSheet(kind, own, facts, count)]
  })
  const totals = totalsOf(lines)
  return [
    ...byKind,
    ...(totals.length === 0 ? [] : [totalSheet(totals, unions)]),
    ...(unions.length < 2 ? [] : [groupSheet(lines, unions)]),
    ...(lines.every(({ weighted }) => weighted === null) ? [] : [weightedSheet(lines, unions)]),
  ]
}

const figure = (ratio: Ratio | null | undefined): string | null => (ratio ? ratioText(ratio, ',') : null)

/** A row for every line of the kind, in the ballot's order. */
function kindSheet(kind: Line['kind'], lines: readonly Line[], facts: FormFacts, count: Count): Sheet<never> {
  const labels = [...new Set(lines.flatMap(({ options }) => options.map(({ label }) => label)))]
  const marksOf = ({ options, score }: Line, label: string): number | null => {
    const option = options.findIndex(one => one.label === label)
    return option < 0 || score === null ? null : score.counts[option]!
  }
  const scored = lines.some(line => pointsOf(line) !== null)
  const heads = [
    SHEETS.order,
    SHEETS.name,
    SHEETS.position,
    SHEETS.asked[kind],
    ...labels.flatMap(label => [SHEETS.ballots(label), SHEETS.share(label)]),
    SHEETS.unmarked,
    SHEETS.base,
    SHEETS.baseName,
    ...(kind === 'choice' ? [SHEETS.atMost] : []),
    ...(scored ? [SHEETS.mean, SHEETS.marks, SHEETS.points] : []),
  ]
  const rows = lines.map((line, i): Cells => {
    const { of, n } = denominatorOf(facts, count, line)
    const { subject, criterion, score, max, options } = line
    return [
      i + 1,
      subject?.name ?? '',
      subject?.position ?? '',
      criterion ?? '',
      ...labels.flatMap(label => {
        const marks = marksOf(line, label)
        return [marks, marks === null ? null : share(marks, n)]
      }),
      score?.unmarked ?? null,
      n,
      RULES.vi.bases[of],
      ...(kind === 'choice' ? [max] : []),
      ...(scored ? [figure(score?.mean), score?.marks ?? null, pointsIn(options)] : []),
    ]
  })
  const widths = [6, 28, 28, 28, ...labels.flatMap(() => [14, 14]), 16, 10, 22, ...(kind === 'choice' ? [12] : [])]
  return sheetOf(SHEETS.kinds[kind], heads, rows, [...widths, ...(scored ? [14, 14, 40] : [])])
}

const pointsIn = (options: Line['options']): string =>
  options.flatMap(({ label, points }) => (points === null ? [] : [`${label}: ${points / 100}`])).join('; ')

type Totals = ReturnType<typeof totalsOf>

/** Means added up, by subject. */
const totalSheet = (totals: Totals, unions: readonly Union[]): Sheet<never> =>
  sheetOf(
    SHEETS.totals,
    [
      SHEETS.order,
      SHEETS.name,
      SHEETS.criteria,
      SHEETS.total,
      SHEETS.most,
      ...(unions.length < 2 ? [] : unions.map(union => SHEETS.totalOf(labelsOf(union)))),
      SHEETS.weightedTotal,
    ],
    totals.map((total, i) => [
      i + 1,
      nameOf(total),
      total.at.length,
      figure(total.sum),
      figure(total.most),
      ...total.unions.map(figure),
      figure(total.weighted),
    ]),
    [6, 40, 12, 18, 12, ...unions.map(() => 18), 22],
  )

/** What a line asks, as the first cells of a row. */
const aboutLine = (line: Line, i: number): Cells => [i + 1, nameOf(line), line.criterion ?? '']

/** Long: a row for every option of every line in every union, to be sorted and pivoted; empty lines have a row too. */
function groupSheet(lines: readonly Line[], unions: readonly Union[]): Sheet<never> {
  const heads = [
    SHEETS.order,
    SHEETS.name,
    SHEETS.question,
    SHEETS.group,
    SHEETS.groupBallots,
    SHEETS.marked,
    SHEETS.count,
    SHEETS.shareOfGroup,
    SHEETS.mean,
  ]
  const rows = lines.flatMap((line, i) =>
    line.unions.flatMap(({ ballots, counts, unmarked, mean }, u): readonly Cells[] => {
      const row = (label: string, marks: number): Cells => [
        ...aboutLine(line, i),
        labelsOf(unions[u]!),
        ballots,
        label,
        marks,
        share(marks, ballots),
        figure(mean),
      ]
      return [
        ...line.options.map(({ label }, o) => row(label, counts[o]!)),
        ...(unmarked === null ? [] : [row(SHEETS.unmarkedOption, unmarked)]),
      ]
    }),
  )
  return sheetOf(SHEETS.groups, heads, rows, [6, 36, 36, 28, 14, 28, 12, 14, 14])
}

/** The second figure, with the weights that it comes from. */
function weightedSheet(lines: readonly Line[], unions: readonly Union[]): Sheet<never> {
  const heads = [SHEETS.order, SHEETS.name, SHEETS.question, SHEETS.marked, SHEETS.weightedShare, SHEETS.weightedMean]
  const weights = unions.map((union): Cells => [null, null, SHEETS.weightOf(labelsOf(union)), null, null, union.weight])
  const rows = lines.flatMap((line, i) =>
    (line.weighted?.shares ?? []).map(
      (ratio, o): Cells => [
        ...aboutLine(line, i),
        line.options[o]!.label,
        ratioPercent(ratio, ','),
        figure(line.weighted!.mean),
      ],
    ),
  )
  return sheetOf(SHEETS.weighted, heads, [...rows, ...weights], [6, 36, 36, 28, 24, 24])
}
