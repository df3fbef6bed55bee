/**
 * What was counted about one subject, or in a survey, line by line: bars with exact numbers beside, criteria of one scale
 * in one table. Every page that shows a result shows it with these; groups beside the whole are in `groups.tsx`, what
 * follows from it in `findings.tsx`.
 */
import type { ComponentChildren } from 'preact'
import { ratioText } from '../server/rules/ratio.ts'
import { type Line, pointsOf, totalsOf } from '../server/rules/scores.ts'
import { Bar, type Fill, fillOf, Swatch } from './bar.tsx'
import { percentage, pointsText } from './figures.ts'
import type { Chart } from './judged.ts'
import { piecesOf } from './lines.ts'
import { ScaleTable } from './scales.tsx'
import { RuledBar } from './thresholds.tsx'
import type { Language } from './words/language.ts'
import { RESULTS, type ResultWords } from './words/results.ts'
import { RULES } from './words/rules.ts'

type Heading = 'h2' | 'h3' | 'h4'

interface LinesProps {
  readonly lines: readonly Line[]
  /** The bars of a line with their thresholds; without: one bar of all ballots. */
  readonly chartsOf?: ((line: Line) => readonly Chart[]) | undefined
  /** What stands below a line: what the rules say of it. */
  readonly below?: ((line: Line) => ComponentChildren) | undefined
  /** What stands beside a question's title. */
  readonly mark?: ((line: Line) => ComponentChildren) | undefined
  /** Of a round on paper, whose lines may be spoilt and sheets invalid. */
  readonly onPaper?: boolean
  /** Of a question's title. */
  readonly level: Heading
  readonly language: Language
}

/** Every line about one subject, or of a survey; nothing of lines that were not opened. */
export function SubjectResult({ lines, chartsOf, below, mark, onPaper = false, level, language }: LinesProps) {
  const Title = level
  const words = RESULTS[language]
  const pieces = piecesOf(lines.filter(({ score }) => score !== null))
  const scored = pieces.filter(piece => ('table' in piece ? piece.table : [piece.line]).some(one => pointsOf(one)))
  const lastScored = scored[scored.length - 1]
  return (
    <>
      {pieces.map(piece => {
        const total = piece === lastScored ? <Totals lines={lines} language={language} /> : null
        if ('table' in piece) {
          const [first] = piece.table
          return (
            <section key={first!.at} class="judged">
              <Title>{words.tables[first!.kind]}</Title>
              <Table lines={piece.table} mark={mark} onPaper={onPaper} language={language} />
              {total}
            </section>
          )
        }
        const { line } = piece
        return (
          <section key={line.at} class="judged">
            {line.criterion === null ? null : (
              <Title>
                {line.kind === 'graded' ? words.criterion(line.criterion) : line.criterion}
                {mark?.(line)}
              </Title>
            )}
            <LineResult line={line} onPaper={onPaper} language={language} charts={chartsOf?.(line)} />
            {below?.(line)}
            {total}
          </section>
        )
      })}
    </>
  )
}

/** Criteria, or questions, of one scale. */
function Table({ lines, mark, onPaper, language }: Pick<LinesProps, 'lines' | 'mark' | 'onPaper' | 'language'>) {
  const words = RESULTS[language]
  const [first] = lines
  const ballots = first!.score?.ballots
  if (ballots === undefined) return null
  return (
    <div class="chart">
      <p class="soft small">{words.scaleNote(ballots)}</p>
      <ScaleTable
        caption={words.tables[first!.kind]}
        scale={first!}
        rest={onPaper ? words.onPaper.rest : words.rest}
        of={lines.map(line => ({
          key: String(line.at),
          title: (
            <>
              {line.criterion}
              {mark?.(line)}
            </>
          ),
          rows: line.score === null ? [] : [{ key: 'all', label: null, score: line.score }],
        }))}
        language={language}
      />
      {pointsOf(first!) === null ? null : <p class="soft small">{words.meanNote}</p>}
    </div>
  )
}

export function Totals({ lines, language }: Pick<LinesProps, 'lines' | 'language'>) {
  const words = RESULTS[language]
  return (
    <>
      {totalsOf(lines).map(({ at, sum, most }) => (
        <p key={at[0]}>
          {words.total}: <strong>{ratioText(sum, words.mark)}</strong> ({words.most(ratioText(most, words.mark))})
        </p>
      ))}
    </>
  )
}

// ── one line by itself ──────────────────────────────────────────────────────────────────────────────────────────

interface LineProps {
  readonly line: Line
  readonly charts?: readonly Chart[] | undefined
  readonly onPaper: boolean
  readonly language: Language
}

/** Bars, with thresholds where there are charts, and a table of exact counts. */
function LineResult({ line, charts, onPaper, language }: LineProps) {
  const { score } = line
  if (score === null) return null
  const counted = { ...line, score }
  if (line.max > 1) return <Choice line={counted} language={language} />
  const shown = charts ?? [{ bases: ['collected' as const], of: score.ballots, lines: [] }]
  return (
    <div class="chart">
      {shown.map(chart => (
        <RuledBar key={chart.of} chart={chart} line={counted} language={language} alone={shown.length === 1} />
      ))}
      <Counts line={counted} chart={shown[0]!} onPaper={onPaper} language={language} />
      <Mean line={counted} language={language} />
    </div>
  )
}

interface CountedProps {
  readonly line: Line & { readonly score: NonNullable<Line['score']> }
  readonly language: Language
}

/** What is left of a bar without a mark. */
function restIn({ bases, of }: Chart, ballots: number, onPaper: boolean, words: ResultWords): string {
  if (!onPaper) return of === ballots ? words.rest : words.restOfAll
  const { rest, restOfCollected, restOfAll } = words.onPaper
  return of === ballots ? rest : bases.includes('collected') ? restOfCollected : restOfAll
}

interface CountsProps extends CountedProps {
  readonly chart: Chart
  readonly onPaper: boolean
}

function Counts({ line, chart, onPaper, language }: CountsProps) {
  const words = RESULTS[language]
  const { of } = chart
  const { options, score, kind } = line
  // Of paper ballots somebody counted the empty lines; of others they are what is left.
  const rest = score.unmarked === null ? null : score.unmarked + of - score.ballots
  const points = pointsOf(line)
  const rows: readonly { label: string; note: string; fill: Fill; n: number }[] = [
    ...options.map(({ label, standard }, o) => ({
      label,
      note: [points === null ? '' : words.points(pointsText(points[o]!, words.mark)), standard]
        .filter(text => text !== '')
        .join(' · '),
      fill: fillOf(o),
      n: score.counts[o]!,
    })),
    ...(rest === null
      ? []
      : [{ label: restIn(chart, score.ballots, onPaper, words), note: '', fill: 'empty' as const, n: rest }]),
  ]
  return (
    <table class="counts">
      <Head first={words.option[kind]} language={language} />
      <tbody>
        {rows.map(({ label, note, fill, n }) => (
          <tr key={label}>
            <th scope="row">
              <Swatch fill={fill} /> {label}
              {note === '' ? null : <span class="grade soft small">{note}</span>}
            </th>
            <td class="figure">{n}</td>
            <td class="figure">{percentage(n, of, words.mark)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const Head = ({ first, language }: { readonly first: string; readonly language: Language }) => (
  <thead>
    <tr>
      <th scope="col">{first}</th>
      <th scope="col" class="figure">
        {RESULTS[language].count}
      </th>
      <th scope="col" class="figure">
        {RESULTS[language].share}
      </th>
    </tr>
  </thead>
)

/** Several marks to a ballot: a bar for each option, of all ballots. */
function Choice({ line, language }: CountedProps) {
  const words = RESULTS[language]
  const { options, score, kind, max } = line
  return (
    <div class="chart">
      <p class="soft small">{words.several(max)}</p>
      <table class="counts">
        <Head first={words.option[kind]} language={language} />
        <tbody>
          {options.map(({ id, label }, o) => (
            <tr key={id}>
              <th scope="row">
                {label}
                <Bar counts={[score.counts[o]!, 0]} of={score.ballots} />
              </th>
              <td class="figure">{score.counts[o]}</td>
              <td class="figure">{percentage(score.counts[o]!, score.ballots, words.mark)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Mean({ line, language }: CountedProps) {
  const words = RESULTS[language]
  const { mean, marks } = line.score
  if (pointsOf(line) === null) return null
  return <p>{mean === null ? words.noMean : words.meanIs(ratioText(mean, words.mark), marks)}</p>
}

/** Of what the percentages are, where no threshold says it. */
export function BaseOf({ chart, language }: { readonly chart: Chart; readonly language: Language }) {
  if (chart.lines.length > 0) return null
  const bases = chart.bases.map(base => RULES[language].bases[base]).join(', ')
  return <p class="soft small">{RESULTS[language].base(bases, chart.of)}</p>
}
