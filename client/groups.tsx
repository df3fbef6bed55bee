/**
 * What groups of respondents said, beside the whole: only what the publication rule lets be opened, under the names of
 * the groups that were merged. Thresholds speak of all ballots and stand on the whole's bar alone. The weighted figure
 * comes last, as a second one.
 */
import { ratioPercent, ratioText } from '../server/rules/ratio.ts'
import { type Line, type Score, totalsOf, type Union } from '../server/rules/scores.ts'
import { runsOf, sameScale, titleOf } from './lines.ts'
import { ChoiceTable, ScaleTable } from './scales.tsx'
import type { Language } from './words/language.ts'
import { RESULTS, type ResultWords } from './words/results.ts'

interface GroupsProps {
  readonly unions: readonly Union[]
  /** A group with fewer ballots is never opened by itself. */
  readonly minimum: number
  readonly language: Language
}

const labelOf = ({ groups }: Union, words: ResultWords): string =>
  groups.length === 1 ? groups[0]! : words.groups.merged(groups.join(' + '))

/** Which groups were opened together, and why; nothing where the ballot has one group. */
export function Unions({ unions, minimum, language }: GroupsProps) {
  const words = RESULTS[language].groups
  const [first, ...others] = unions
  if (first === undefined) return null
  if (others.length === 0)
    return first.groups.length === 1 ? null : <p class="small">{words.together(first.groups.join(', '), minimum)}</p>
  const list = unions.map(union => words.of(labelOf(union, RESULTS[language]), union.ballots)).join('; ')
  const merged = unions.some(({ groups }) => groups.length > 1)
  return (
    <p class="small">
      {words.opened(list)} {merged ? words.whyMerged(minimum) : ''}
    </p>
  )
}

interface ByGroupProps extends Omit<GroupsProps, 'minimum'> {
  readonly lines: readonly Line[]
  readonly level: 'h2' | 'h3' | 'h4'
  /** Thresholds stand on the bars of the whole. */
  readonly ruled: boolean
}

/** Nothing where everybody was opened together. */
export function ByGroup({ lines, unions, language, level, ruled }: ByGroupProps) {
  const words = RESULTS[language]
  const Title = level
  if (unions.length < 2) return null
  return (
    <section class="by-group stack">
      <Title>{words.groups.title}</Title>
      {ruled ? <p class="soft small">{words.groups.noThresholds}</p> : null}
      {runsOf(lines, (a, b) => a.max === 1 && b.max === 1 && a.kind === b.kind && sameScale(a, b)).map(run => {
        const [first] = run
        const rowsOf = ({ score, unions: scores }: Line) => [
          ...(score === null ? [] : [rowOf('all', words.groups.all, score, true)]),
          ...scores.map((one, u) => rowOf(String(u), labelOf(unions[u]!, words), one, false)),
        ]
        const rowOf = (key: string, label: string, score: Score, strong: boolean) => ({
          ...{ key, score, strong },
          label: `${label} · ${words.ballots(score.ballots)}`,
        })
        return first!.max > 1 ? (
          <ChoiceTable
            key={first!.at}
            caption={titleOf(first!)}
            options={first!.options}
            rows={rowsOf(first!)}
            language={language}
          />
        ) : (
          <ScaleTable
            key={first!.at}
            caption={words.groups.title}
            scale={first!}
            of={run.map(line => ({
              key: String(line.at),
              title: line.criterion ?? words.whole,
              rows: rowsOf(line),
            }))}
            language={language}
          />
        )
      })}
      <TotalByGroup lines={lines} unions={unions} language={language} />
      <WeightedFigure lines={lines} unions={unions} language={language} level={level} />
    </section>
  )
}

type OfLines = Pick<GroupsProps, 'unions' | 'language'> & { readonly lines: readonly Line[] }

/** Means added up, by group. */
function TotalByGroup({ lines, unions, language }: OfLines) {
  const words = RESULTS[language]
  const { mark } = words
  return (
    <>
      {totalsOf(lines).map(({ at, most, unions: sums }) => (
        <p key={at[0]} class="small">
          {words.total} ({words.most(ratioText(most, mark))}):{' '}
          {sums
            .map((sum, u) => `${labelOf(unions[u]!, words)} ${sum === null ? '–' : ratioText(sum, mark)}`)
            .join(' · ')}
        </p>
      ))}
    </>
  )
}

// ── the second figure ───────────────────────────────────────────────────────────────────────────────────────────

/** Nothing where the groups have no weights. */
function WeightedFigure({ lines, unions, language, level }: OfLines & Pick<ByGroupProps, 'level'>) {
  const words = RESULTS[language]
  const { weighted: said, mark } = words
  const Title = level === 'h2' ? 'h3' : 'h4'
  const found = lines.flatMap(line => (line.weighted === null ? [] : [{ line, weighted: line.weighted }]))
  if (found.length === 0) return null
  const weights = unions.map(union => said.weight(labelOf(union, words), union.weight ?? 0)).join(', ')
  const merged = unions.some(({ groups }) => groups.length > 1)
  return (
    <section class="second">
      <Title>{said.title}</Title>
      <p class="small">
        {said.note(weights)} {merged ? said.merged : ''}
      </p>
      <dl class="small">
        {found.map(({ line, weighted: { shares, mean } }) => (
          <div key={line.at}>
            <dt>{line.criterion ?? words.whole}</dt>
            <dd>
              {shares.map((share, o) => said.share(line.options[o]!.label, ratioPercent(share, mark))).join(' · ')}
              {mean === null ? null : (
                <>
                  {' · '}
                  <strong>{said.mean(ratioText(mean, mark))}</strong>
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
