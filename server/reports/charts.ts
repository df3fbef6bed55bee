/** How marks are distributed, as bars: a row for each line and below it its groups; of several choices a row for each. */
import { PAPER } from '../../client/words/reports/paper.ts'
import type { Line } from '../rules/scores.ts'
import type { FormFacts } from './facts.ts'
import type { Block } from './form.ts'
import { rowOf } from './groups.ts'
import { arranged } from './lines.ts'
import { caption, paragraph } from './text.ts'

const { results: words } = PAPER
/** More parts of one bar nobody tells apart. */
const MOST_PARTS = 6

type Bars = Extract<Block, { readonly kind: 'bars' }>

/** None where one question alone is asked of everybody together: its table says as much. */
export function chartBlocks({ lines, unions }: FormFacts): readonly Block[] {
  if (unions.length < 2 && lines.every(({ kind }) => kind === 'main')) return []
  const sets = arranged(lines)
  const isStacked = ({ lines: [line] }: Set) => line!.max === 1 && line!.options.length <= MOST_PARTS
  const bars = [
    ...sets.filter(isStacked).map(set => stacked(set, unions)),
    ...sets.filter(set => !isStacked(set)).flatMap(set => set.lines.map(line => choices(line, set))),
  ].flatMap(({ about, bars }) => drawn(about, bars))
  return bars.length === 0 ? [] : [caption(`${words.chart}:`), paragraph(words.chartNote), ...bars]
}

type Set = ReturnType<typeof arranged>[number]

interface Titled {
  readonly about: string | null
  readonly bars: Bars
}

/** Of no ballots nothing is drawn. */
function drawn(about: string | null, bars: Bars): readonly Block[] {
  const rows = bars.rows.filter(({ of }) => of > 0)
  if (rows.length === 0) return []
  return [...(about === null ? [] : [caption(`${about}:`)]), { ...bars, rows }]
}

const stacked = ({ about, lines, called }: Set, unions: FormFacts['unions']): Titled => ({
  about,
  bars: {
    kind: 'bars',
    legend: lines[0]!.options.map(({ label }) => label),
    rows: lines.flatMap(line => {
      if (line.score === null) return []
      const { counts, ballots } = line.score
      return [
        { label: called(line), strong: true, counts, of: ballots },
        ...line.unions.map((score, u) => ({
          label: rowOf(unions[u]!),
          strong: false,
          counts: score.counts,
          of: score.ballots,
        })),
      ]
    }),
  },
})

const choices = (line: Line, { about, called }: Set): Titled => ({
  about,
  bars: {
    kind: 'bars',
    legend: [words.chosen(called(line))],
    rows:
      line.score === null
        ? []
        : line.options.map(({ label }, o) => ({
            label,
            strong: false,
            counts: [line.score!.counts[o]!],
            of: line.score!.ballots,
          })),
  },
})
