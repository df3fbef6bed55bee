/** The chart of one line of a ballot and what every pack says of it: for the organiser's and the leaders' pages. */
import type { Finding, PackOutcome } from '../server/rules/finding.ts'
import { Bar, fillOf, Swatch } from './bar.tsx'
import { percentage, unmarkedOf } from './figures.ts'
import { type Chart, chartsOf, differs, hasUnsourced, isBlocked, type Judged, type Line } from './judged.ts'
import { Note } from './parts.tsx'
import type { Language } from './words/language.ts'
import { type Named, RULES, sentenceOf } from './words/rules.ts'

/** One line of the ballot: a subject, or a subject and a criterion. */
interface LineOfBallot {
  readonly title: string
  readonly options: readonly { readonly id: string; readonly label: string }[]
  /** How many options may be marked. */
  readonly max: number
  readonly counts: readonly number[]
  readonly ballots: number
}

interface Of {
  /** Null before there is an outcome, or without rules: then only what was counted is shown. */
  readonly judged: Judged | null
  readonly language: Language
}

// ── what was counted ────────────────────────────────────────────────────────────────────────────────────────────

/** Bars with thresholds, exact counts beside. `at`: which line of the ballot, in the manifest's order. */
export function SubjectChart({ judged, at, line, language }: Of & { at: number; line: LineOfBallot }) {
  const charts = chartsOf(judged, at, line.ballots)
  const { chart } = RULES[language]
  return (
    <div class="chart">
      {line.max > 1 ? <p class="soft small">{chart.several}</p> : null}
      {charts.map(one => (
        <OneBar key={one.of} chart={one} line={line} language={language} alone={charts.length === 1} />
      ))}
      <Counts line={line} of={charts[0]!.of} language={language} />
    </div>
  )
}

interface OneBarProps {
  readonly chart: Chart
  readonly line: LineOfBallot
  readonly language: Language
  readonly alone: boolean
}

function OneBar({ chart, line, language, alone }: OneBarProps) {
  const words = RULES[language]
  const { title, options, counts, max } = line
  const labelOf = (id: string) => options.find(one => one.id === id)?.label ?? id
  const lines = chart.lines.flatMap(({ option, fraction }) => {
    const place = options.findIndex(({ id }) => id === option)
    return place === -1 ? [] : [{ option: place, fraction }]
  })
  const said = options.map(({ label }, i) => `${label}: ${counts[i] ?? 0}`).join('; ')
  const bases = chart.bases.map(base => words.bases[base]).join(', ')
  return (
    <>
      {max > 1 ? null : (
        <Bar counts={counts} of={chart.of} lines={lines} label={`${words.chart.bar(title)}. ${said}`} />
      )}
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

interface NamedByProps {
  readonly named: Line['named']
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

function Counts({ line, of, language }: { line: LineOfBallot; of: number; language: Language }) {
  const { chart } = RULES[language]
  const { options, counts, ballots, max } = line
  const rest = unmarkedOf(counts, of, max)
  const rows = [
    ...options.map(({ label }, i) => ({ label, fill: fillOf(i), n: counts[i] ?? 0 })),
    ...(rest === null
      ? []
      : [{ label: of === ballots ? chart.rest : chart.restOfAll, fill: 'empty' as const, n: rest }]),
  ]
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{chart.option}</th>
          <th scope="col" class="figure">
            {chart.count}
          </th>
          <th scope="col" class="figure">
            {chart.share}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, fill, n }) => (
          <tr key={label}>
            <th scope="row">
              <Swatch fill={fill} /> {label}
            </th>
            <td class="figure">{n}</td>
            <td class="figure">{percentage(n, of, language === 'vi' ? ',' : '.')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

// ── what follows ────────────────────────────────────────────────────────────────────────────────────────────────

const Unsourced = ({ language }: { language: Language }) => (
  <>
    {' '}
    <span class="unsourced">{RULES[language].unsourced}</span>
  </>
)

type Heading = 'h2' | 'h3' | 'h4'
const BELOW = { h2: 'h3', h3: 'h4', h4: 'h5' } as const

interface FindingsProps {
  readonly judged: Judged
  readonly language: Language
  /** The level at which this stands on its page. */
  readonly level: Heading
}

/** What every pack says of one line of the ballot; nothing where the whole round is blocked (`Blocked` says that once). */
export function SubjectFindings({ judged, at, language, level }: FindingsProps & { at: number }) {
  const words = RULES[language]
  const Title = level
  const packs = judged.outcome.packs.filter(({ blocked }) => blocked === null)
  if (packs.length === 0) return null
  return (
    <section class="findings">
      <Title>{words.title}</Title>
      {differs(judged, at) ? <Note tone="attention">{words.differ}</Note> : null}
      <div class="beside">
        {packs.map(said => (
          <SaidBy
            key={said.sha256}
            said={said}
            findings={said.subjects[at]?.findings ?? []}
            {...{ judged, language, level }}
          />
        ))}
      </div>
    </section>
  )
}

/** What packs say of all subjects together: caps. */
export function CollectiveFindings({ judged, language, level }: FindingsProps) {
  const words = RULES[language]
  const Title = level
  const packs = judged.outcome.packs.filter(({ blocked, findings }) => blocked === null && findings.length > 0)
  if (packs.length === 0) return null
  return (
    <section class="findings">
      <Title>{words.collective}</Title>
      <div class="beside">
        {packs.map(said => (
          <SaidBy key={said.sha256} said={said} findings={said.findings} {...{ judged, language, level }} />
        ))}
      </div>
    </section>
  )
}

interface SaidByProps extends FindingsProps {
  readonly said: PackOutcome
  readonly findings: readonly Finding[]
}

function SaidBy({ said, findings, judged, language, level }: SaidByProps) {
  const words = RULES[language]
  const Title = BELOW[level]
  const named = namesIn(judged, said)
  return (
    <article class="said-by">
      <Title lang="vi">{judged.packs.get(said.sha256)?.citation.number ?? said.title}</Title>
      {said.sample ? <p class="small soft">{words.sample}</p> : null}
      {said.inForce ? null : <p class="small soft">{words.notInForce}</p>}
      {findings.length === 0 ? <p>{words.noThreshold}</p> : null}
      {findings.map(finding => (
        <div key={`${finding.kind} ${finding.label} ${finding.option}`}>
          <p>
            {sentenceOf(finding, named, language)}
            {finding.unsourced ? <Unsourced language={language} /> : null}
          </p>
          {finding.allowed.length === 0 ? null : (
            <ul class="small">
              {finding.allowed.map(({ base, of, allowed }) => (
                <li key={base}>{words.capBase(named.capBase(base), of, allowed)}</li>
              ))}
            </ul>
          )}
        </div>
      ))}
    </article>
  )
}

/** How all of this is to be read. */
export function HowToRead({ judged, language }: Of & { readonly judged: Judged }) {
  const words = RULES[language]
  return (
    <p class="soft small">
      {words.note} {hasUnsourced(judged) ? words.unsourcedNote : null}
    </p>
  )
}

/** Labels as the pack writes them, ids where its text is not at hand. */
export function namesIn({ packs }: Judged, { sha256, citation }: PackOutcome): Named {
  const pack = packs.get(sha256)
  return {
    citation,
    option: id => pack?.options.find(one => one.id === id)?.label ?? id,
    capBase: id => pack?.cap?.bases.find(one => one.id === id)?.label ?? id,
  }
}

/** Why a round has no consequence: each reason once, with the texts that give it where not all of them do. */
export function Blocked({ judged, language }: Of & { readonly judged: Judged }) {
  const words = RULES[language]
  const { packs } = judged.outcome
  const reasons = [...new Set(packs.flatMap(({ blocked }) => blocked ?? []))]
  if (reasons.length === 0) return null
  const numberOf = ({ sha256, title }: PackOutcome) => judged.packs.get(sha256)?.citation.number ?? title
  return (
    <Note tone="attention" {...(isBlocked(judged) ? { title: words.blockedTitle } : {})}>
      {reasons.map(why => {
        const by = packs.filter(({ blocked }) => blocked === why)
        return (
          <p key={why}>
            {by.length === packs.length ? null : <span lang="vi">{by.map(numberOf).join(', ')}: </span>}
            {words.blocked[why]}
          </p>
        )
      })}
    </Note>
  )
}
