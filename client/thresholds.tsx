/** The bar of a whole line, with the thresholds at which regulations look, and which texts draw them. */
import type { Line } from '../server/rules/scores.ts'
import { Bar } from './bar.tsx'
import type { Chart, Threshold } from './judged.ts'
import { titleOf } from './lines.ts'
import type { Language } from './words/language.ts'
import { RESULTS } from './words/results.ts'
import { RULES } from './words/rules.ts'

interface RuledBarProps {
  readonly chart: Chart
  readonly line: Line & { readonly score: NonNullable<Line['score']> }
  readonly language: Language
  /** The only bar of its line: without thresholds nothing needs to be said of its base. */
  readonly alone: boolean
}

export function RuledBar({ chart, line, language, alone }: RuledBarProps) {
  const words = RULES[language]
  const { options, score } = line
  const labelOf = (id: string) => options.find(one => one.id === id)?.label ?? id
  const said = options.map(({ label }, i) => `${label}: ${score.counts[i]!}`).join('; ')
  const bases = chart.bases.map(base => words.bases[base]).join(', ')
  return (
    <>
      <Bar
        counts={score.counts}
        of={chart.of}
        lines={placesOf(chart, line)}
        label={`${RESULTS[language].bar(titleOf(line))}. ${said}`}
      />
      {alone && chart.lines.length === 0 ? null : <p class="soft small">{words.chart.base(bases, chart.of)}</p>}
      {chart.lines.length === 0 ? null : (
        <ul class="thresholds">
          {chart.lines.map(({ option, fraction, named }) => (
            <li key={`${option} ${fraction}`}>
              <strong>{fraction}</strong>
              {(['>=', '>'] as const).map(operator => (
                <NamedBy
                  key={operator}
                  named={named.filter(one => one.operator === operator)}
                  said={words.chart.threshold(labelOf(option), words.reach(operator, fraction))}
                  language={language}
                />
              ))}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

/** Where a chart's thresholds stand among the options of its line. */
export const placesOf = ({ lines }: Chart, { options }: Pick<Line, 'options'>) =>
  lines.flatMap(({ option, fraction }) => {
    const place = options.findIndex(({ id }) => id === option)
    return place === -1 ? [] : [{ option: place, fraction }]
  })

interface NamedByProps {
  readonly named: Threshold['named']
  readonly said: string
  readonly language: Language
}

/** Which texts draw the line in this way, and in which article. */
const NamedBy = ({ named, said, language }: NamedByProps) =>
  named.length === 0 ? null : (
    <span>
      {said}:{' '}
      {named.map(({ number, article, unsourced }, i) => (
        <span key={number} lang="vi">
          {i === 0 ? '' : '; '}
          {number}
          {article === null ? '' : ` (${article})`}
          {unsourced ? <Unsourced language={language} /> : null}
        </span>
      ))}
    </span>
  )

export const Unsourced = ({ language }: { readonly language: Language }) => (
  <>
    {' '}
    <span class="unsourced">{RULES[language].unsourced}</span>
  </>
)
