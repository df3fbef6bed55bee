/**
 * Results by group, as far as the record opens them: what was added up together and why, then line by line each union of
 * groups beside the others. Shares are of a union's own ballots. Weights make a second figure below the counts.
 */
import { PAPER } from '../../client/words/reports/paper.ts'
import { type Ratio, ratioPercent } from '../rules/ratio.ts'
import { type Line, pointsOf, type Score, totalsOf, type Union } from '../rules/scores.ts'
import type { Profile } from '../wire/leader.ts'
import type { FormFacts } from './facts.ts'
import type { Block, Column, Text } from './form.ts'
import { LAYOUTS, textWidth } from './layout.ts'
import { arranged, fits, optionColumns, share, whoOf, widthOf } from './lines.ts'
import { figureOf, meanOf } from './points.ts'
import { bold, caption, italic, paragraph, plain } from './text.ts'

const { results: words, table } = PAPER
/** Columns of unions that one table holds. */
const MOST_BESIDE = 4

/** None where everybody votes under one label, and where nothing was opened. */
export function groupBlocks(facts: FormFacts, profile: Profile): readonly Block[] {
  const { unions, minimumBallots, lines } = facts
  if (minimumBallots === null || unions.length === 0) return []
  const [first] = unions
  if (unions.length === 1) return [paragraph(words.allMerged(labelsOf(first!), minimumBallots))]
  const merged = unions.filter(({ groups }) => groups.length > 1)
  const setting = { unions, width: textWidth(LAYOUTS[profile]) }
  return [
    caption(`${words.byGroup}:`),
    {
      kind: 'figures',
      rows: unions.map(union => ({ label: words.group(labelsOf(union)), value: plain(sizeOf(union)) })),
    },
    ...merged.map(union => paragraph(words.merged(words.union(labelsOf(union)), minimumBallots))),
    ...arranged(lines).flatMap(set => tables(set, setting)),
    ...totals(facts, profile),
    ...(lines.some(({ weighted }) => weighted !== null) ? [paragraph(words.weightedNote)] : []),
  ]
}

/** `Cấp trên, Cùng cấp và Đoàn thể`. */
export const labelsOf = ({ groups }: Union): string =>
  groups.length < 2 ? (groups[0] ?? '') : `${groups.slice(0, -1).join(', ')} ${words.and} ${groups.at(-1)}`

const sizeOf = ({ ballots, weight }: Union): string =>
  weight === null ? words.groupBallots(ballots) : words.groupWeighs(ballots, weight)

export const rowOf = (union: Union): string => words.groupRow(labelsOf(union), union.ballots)

interface Setting {
  readonly unions: readonly Union[]
  /** In millimetres. */
  readonly width: number
}

type Set = ReturnType<typeof arranged>[number]

const tables = (set: Set, setting: Setting): readonly Block[] => [
  ...(set.about === null ? [] : [caption(`${set.about}:`)]),
  ...(fits(set.lines) ? [below(set, setting)] : set.lines.flatMap(line => beside(line, set, setting))),
]

const UNMARKED = 13
const MEAN = 13
const WEIGHTED = 18

/** Unions below each line, options side by side. */
function below({ lines, called }: Set, { unions, width }: Setting): Block {
  const { options } = lines[0]!
  const scored = lines.some(line => pointsOf(line) !== null)
  const each = optionColumns(options.length, scored, words.shareOfGroup)
  const names = width - UNMARKED - (scored ? MEAN : 0) - options.length * widthOf(each)
  const columns: readonly Column[] = [
    { head: words.lineAndGroup, width: names, align: 'left' },
    ...options.flatMap(() => each),
    { head: table.unmarked, width: UNMARKED, align: 'centre', small: true },
    ...(scored ? [{ head: table.mean, width: MEAN, align: 'centre', small: true } as const] : []),
  ]
  const alone = { head: '', columns: 1 }
  const over = [alone, ...options.map(({ label }) => ({ head: label, columns: 2 })), alone, ...(scored ? [alone] : [])]
  const blank: readonly Text[] = columns.slice(1).map(() => plain(''))
  const rows = lines.flatMap((line): readonly (readonly Text[])[] => [
    [bold(called(line)), ...blank],
    ...line.unions.map((score, u) => unionRow(unions[u]!, score, scored)),
    ...(line.weighted === null
      ? []
      : [
          [
            italic(words.weighted),
            ...line.weighted.shares.flatMap(figure => [plain(''), italic(ratioPercent(figure, ','))]),
            plain(''),
            ...(scored ? [italic(figureOf(line.weighted.mean))] : []),
          ],
        ]),
  ])
  return { kind: 'table', over, columns, rows, rowHeight: null }
}

const unionRow = (union: Union, score: Score, scored: boolean): readonly Text[] => [
  plain(rowOf(union)),
  ...score.counts.flatMap(marks => [plain(String(marks)), plain(share(marks, score.ballots))]),
  plain(String(score.unmarked ?? '–')),
  ...(scored ? [plain(meanOf(score))] : []),
]

/** Unions side by side, options below each other; as many tables as the paper's width asks for. */
function beside(line: Line, { called }: Set, { unions, width }: Setting): readonly Block[] {
  const { options, weighted } = line
  const sets = Array.from({ length: Math.ceil(unions.length / MOST_BESIDE) }, (_, i) =>
    unions.map((union, u) => ({ union, score: line.unions[u]! })).slice(i * MOST_BESIDE, (i + 1) * MOST_BESIDE),
  )
  return [
    caption(`${called(line)}:`),
    ...sets.map((set): Block => {
      const weighs = weighted !== null && set === sets.at(-1)
      const each = optionColumns(set.length, false, words.shareOfGroup)
      const figures = set.length * widthOf(each) + (weighs ? WEIGHTED : 0)
      const columns: readonly Column[] = [
        { head: table.choice, width: width - figures, align: 'left' },
        ...set.flatMap(() => each),
        ...(weighs ? [{ head: words.weightedShare, width: WEIGHTED, align: 'centre', small: true } as const] : []),
      ]
      const alone = { head: '', columns: 1 }
      const over = [
        alone,
        ...set.map(({ union }) => ({ head: `${labelsOf(union)} (${union.ballots})`, columns: 2 })),
        ...(weighs ? [alone] : []),
      ]
      const rows = options.map(({ label }, o): readonly Text[] => [
        plain(label),
        ...set.flatMap(({ score: { counts, ballots } }) => [
          plain(String(counts[o]!)),
          plain(share(counts[o]!, ballots)),
        ]),
        ...(weighs ? [italic(ratioPercent(weighted.shares[o]!, ','))] : []),
      ])
      return { kind: 'table', over, columns, rows, rowHeight: null }
    }),
  ]
}

function totals({ lines, unions }: FormFacts, profile: Profile): readonly Block[] {
  const all = totalsOf(lines)
  return all.flatMap((total): readonly Block[] => {
    const named = (label: string, figure: Ratio | null) => words.groupTotal(label, figureOf(figure))
    const list = [
      ...total.unions.map((figure, u) => named(labelsOf(unions[u]!), figure)),
      ...(total.weighted === null ? [] : [named(words.weighted.toLocaleLowerCase('vi'), total.weighted)]),
    ].join('; ')
    return [paragraph(words.totalByGroup(all.length > 1 ? whoOf(total, profile) : null, list))]
  })
}
