/**
 * Lines of one scale below each other, or one line for several groups or rounds: small bars in one table, exact counts
 * beside, the mean where grades are scored. Each row names what it is; numbers stand in columns under their pattern.
 */
import type { ComponentChildren } from 'preact'
import { ratioText } from '../server/rules/ratio.ts'
import { type Line, pointsOf, type Score } from '../server/rules/scores.ts'
import { Bar, type Fill, fillOf, Swatch } from './bar.tsx'
import { percentage, pointsText } from './figures.ts'
import type { Language } from './words/language.ts'
import { RESULTS } from './words/results.ts'

interface Row {
  readonly key: string
  /** Null: the title of its rows says it. */
  readonly label: ComponentChildren
  readonly score: Score
  /** Beside other rows it stands out. */
  readonly strong?: boolean
}

/** Rows under one title. */
export interface Rows {
  readonly key: string
  readonly title: ComponentChildren
  readonly rows: readonly Row[]
}

interface ScaleProps {
  /** What the table is of. */
  readonly caption: string
  /** Which options all of its rows have. */
  readonly scale: Pick<Line, 'options' | 'max' | 'kind'>
  readonly of: readonly Rows[]
  /** What a line without a mark is called. */
  readonly rest?: string
  readonly language: Language
}

export function ScaleTable({ caption, scale, of, language, rest = RESULTS[language].rest }: ScaleProps) {
  const words = RESULTS[language]
  const { options } = scale
  const scored = pointsOf(scale) !== null
  const columns = options.length + (scored ? 3 : 2)
  return (
    <div class="scale">
      <Legend scale={scale} rest={rest} language={language} />
      <table class="scales" aria-label={caption}>
        <thead>
          <tr>
            <td />
            {options.map(({ id, label }, o) => (
              <PatternHead key={id} fill={fillOf(o)} label={label} />
            ))}
            <PatternHead fill="empty" label={rest} />
            {scored ? (
              <th scope="col" class="figure">
                <abbr title={words.mean}>{words.meanShort}</abbr>
              </th>
            ) : null}
          </tr>
        </thead>
        {of.map(({ key, title, rows }) => (
          <Bodies key={key} title={title} rows={rows} columns={columns}>
            {score => <Numbers score={score} scored={scored} mark={words.mark} />}
          </Bodies>
        ))}
      </table>
    </div>
  )
}

const PatternHead = ({ fill, label }: { readonly fill: Fill; readonly label: string }) => (
  <th scope="col" class="figure">
    <Swatch fill={fill} />
    <span class="hidden">{label}</span>
  </th>
)

function Numbers({
  score,
  scored,
  mark,
}: {
  readonly score: Score
  readonly scored: boolean
  readonly mark: ',' | '.'
}) {
  const { counts, ballots, unmarked, mean } = score
  return (
    <>
      <td class="drawn">
        <Bar counts={counts} of={ballots} />
      </td>
      {counts.map((n, o) => (
        <td key={`${o}`} class="figure">
          {n}
        </td>
      ))}
      <td class="figure soft">{unmarked ?? '–'}</td>
      {scored ? <td class="figure mean">{mean === null ? '–' : ratioText(mean, mark)}</td> : null}
    </>
  )
}

interface BodiesProps extends Pick<Rows, 'title' | 'rows'> {
  readonly columns: number
  readonly children: (score: Score) => ComponentChildren
}

/** The title, and below it each row under its label: both stand over the numbers, so that phones have room for bars. */
function Bodies({ title, rows, columns, children }: BodiesProps) {
  const over = (text: ComponentChildren, name: string) => (
    <tr class={name}>
      <th scope="rowgroup" colSpan={columns}>
        {text}
      </th>
    </tr>
  )
  const [only] = rows
  if (only?.label === null)
    return (
      <tbody>
        {over(title, 'over')}
        <tr>{children(only.score)}</tr>
      </tbody>
    )
  return (
    <>
      <tbody class="titled">{over(title, 'over')}</tbody>
      {rows.map(({ key, label, score, strong }) => (
        <tbody key={key} class={strong ? 'strong' : ''}>
          {over(label, 'label')}
          <tr>{children(score)}</tr>
        </tbody>
      ))}
    </>
  )
}

/** What the patterns stand for, in the ballot's order, and what each is worth. */
function Legend({ scale, rest, language }: Required<Pick<ScaleProps, 'scale' | 'rest' | 'language'>>) {
  const words = RESULTS[language]
  const points = pointsOf(scale)
  return (
    <ul class="legend small">
      {scale.options.map(({ id, label }, o) => (
        <li key={id}>
          <Swatch fill={fillOf(o)} /> {label}
          {points === null ? null : <span class="soft"> ({words.points(pointsText(points[o]!, words.mark))})</span>}
        </li>
      ))}
      <li>
        <Swatch fill="empty" /> {rest}
      </li>
      {points === null ? null : (
        <li>
          <strong>{words.meanShort}</strong> {words.mean}
        </li>
      )}
    </ul>
  )
}

// ── several marks to a ballot ───────────────────────────────────────────────────────────────────────────────────

interface ChoiceProps {
  readonly caption: string
  readonly options: Line['options']
  readonly rows: readonly Row[]
  readonly language: Language
}

/** They make no whole: each option has its own bars of all ballots, one for each group or round. */
export function ChoiceTable({ caption, options, rows, language }: ChoiceProps) {
  const words = RESULTS[language]
  return (
    <table class="scales">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <td />
          <th scope="col" class="figure">
            {words.count}
          </th>
          <th scope="col" class="figure">
            {words.share}
          </th>
        </tr>
      </thead>
      {options.map(({ id, label }, o) => (
        <Bodies key={id} title={label} rows={rows} columns={3}>
          {({ counts, ballots }) => (
            <>
              <td class="drawn">
                <Bar counts={[counts[o]!, 0]} of={ballots} />
              </td>
              <td class="figure">{counts[o]}</td>
              <td class="figure">{percentage(counts[o]!, ballots, words.mark)}</td>
            </>
          )}
        </Bodies>
      ))}
    </table>
  )
}
