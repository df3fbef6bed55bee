/** What every pack says of a counted ballot; what was counted is in `results.tsx`. */
import type { Finding, PackOutcome } from '../server/rules/finding.ts'
import { differs, hasUnsourced, isBlocked, type Judged } from './judged.ts'
import { Note } from './parts.tsx'
import { Unsourced } from './thresholds.tsx'
import type { Language } from './words/language.ts'
import { type Named, RULES, sentenceOf } from './words/rules.ts'

interface Of {
  readonly judged: Judged
  readonly language: Language
}

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
export function HowToRead({ judged, language }: Of) {
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
export function Blocked({ judged, language }: Of) {
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
