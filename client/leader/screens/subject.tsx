/** What a leader reads: one page per subject, and before it, where there are several, a list in the ballot's order. */
import type { ComponentChildren } from 'preact'
import { Bar } from '../../bar.tsx'
import { Blocked, CollectiveFindings, HowToRead, SubjectChart, SubjectFindings } from '../../findings.tsx'
import { chartsOf, isBlocked, type Judged } from '../../judged.ts'
import { Note } from '../../parts.tsx'
import { dayIn } from '../days.ts'
import { type BallotLine, calledOf, countsIn, type Subject } from '../dossier.ts'
import { type File, fileOf } from '../follow.ts'
import { linkTo } from '../route.ts'
import { Comparison } from './compare.tsx'
import type { Shown } from './parts.tsx'

export function ResultScreen(shown: Shown) {
  const { state, facts, words } = shown
  if (facts.counted === null) return <p>{words.result.notCounted}</p>
  const [only] = facts.subjects
  const chosen = state.part.at === 'subject' ? facts.subjects[state.part.subject] : undefined
  const subject = chosen ?? (facts.subjects.length === 1 ? only : undefined)
  return subject === undefined ? <Overview {...shown} /> : <SubjectPage shown={shown} subject={subject} />
}

// ── several subjects ────────────────────────────────────────────────────────────────────────────────────────────

function Overview(shown: Shown) {
  const { state, facts, words } = shown
  const { view, poll, language, today } = state
  const { result } = words
  return (
    <>
      <header class="part-title">
        <p class="overline">{facts.title}</p>
        <h1>{result.overview.title}</h1>
        <AboutPoll {...shown} />
      </header>
      <WholeRound {...shown} />
      <p class="soft small">{result.overview.order}</p>
      <ol class="subjects">
        {facts.subjects.map(subject => {
          const file = fileOf(view.entries, subject.index, today)
          return (
            <li key={subject.index}>
              <a class="title" href={linkTo(poll, { at: 'subject', subject: subject.index })}>
                {calledOf(subject)}
              </a>
              {subject.lines.length > 1
                ? null
                : subject.lines.map(line => (
                    <SmallResult key={line.at} line={line} judged={facts.judged} shown={shown} />
                  ))}
              <p class="small">
                <StageOf file={file} shown={shown} />
              </p>
            </li>
          )
        })}
      </ol>
      {facts.judged === null ? null : <CollectiveFindings judged={facts.judged} language={language} level="h2" />}
    </>
  )
}

interface SmallProps {
  readonly line: BallotLine
  readonly judged: Judged | null
  readonly shown: Shown
}

/** Counts in words below a small bar with the main pack's thresholds. */
function SmallResult({ line, judged, shown: { words } }: SmallProps) {
  const [chart] = chartsOf(judged, line.at, line.ballots)
  const lines = chart!.lines.flatMap(({ option, fraction }) => {
    const place = line.options.findIndex(({ id }) => id === option)
    return place === -1 ? [] : [{ option: place, fraction }]
  })
  return (
    <>
      {line.max > 1 ? null : (
        <Bar counts={line.counts} of={chart!.of} lines={lines} label={words.rules.chart.bar(line.title)} />
      )}
      <p class="small">{countsIn(line)}</p>
    </>
  )
}

export function StageOf({ file, shown: { words } }: { readonly file: File; readonly shown: Shown }) {
  return (
    <>
      {words.result.stages[file.stage]}
      {file.overdue === 0 ? null : (
        <>
          {' · '}
          <strong class="overdue">{words.result.overdue(file.overdue)}</strong>
        </>
      )}
    </>
  )
}

// ── one subject ─────────────────────────────────────────────────────────────────────────────────────────────────

interface OneProps {
  readonly shown: Shown
  readonly subject: Subject
}

function SubjectPage({ shown, subject }: OneProps) {
  const { state, facts, words } = shown
  const { view, language } = state
  const { result } = words
  const { judged } = facts
  return (
    <>
      <Tabs shown={shown} subject={subject} />
      {view.stamp === '' ? null : <p class="secret-note">{result.secretPrint}</p>}
      <article class="sheet">
        <header class="part-title">
          <p class="overline">{facts.title}</p>
          <h1>{calledOf(subject)}</h1>
          <AboutPoll {...shown} />
        </header>
        <WholeRound {...shown} />
        {subject.lines.map(line => (
          <section key={line.at} class="judged">
            {line.criterion === null ? null : <h2>{result.criterion(line.criterion)}</h2>}
            <SubjectChart judged={judged} at={line.at} line={line} language={language} />
            <BaseOf line={line} judged={judged} shown={shown} />
            {judged === null ? null : (
              <SubjectFindings
                judged={judged}
                at={line.at}
                language={language}
                level={line.criterion === null ? 'h2' : 'h3'}
              />
            )}
          </section>
        ))}
        {judged === null ? null : <CollectiveFindings judged={judged} language={language} level="h2" />}
        {judged === null ? null : <HowToRead judged={judged} language={language} />}
        <Next shown={shown} subject={subject} />
        <Comparison shown={shown} subject={subject} />
      </article>
      {view.stamp === '' ? (
        <div class="acts row not-printed">
          <button type="button" onClick={() => window.print()}>
            {result.print}
          </button>
        </div>
      ) : null}
    </>
  )
}

/** Of what the percentages are, where no threshold says it. */
function BaseOf({ line, judged, shown: { words } }: SmallProps) {
  const [first] = chartsOf(judged, line.at, line.ballots)
  if (first!.lines.length > 0) return null
  const bases = first!.bases.map(base => words.rules.bases[base]).join(', ')
  return <p class="soft small">{words.result.base(bases, first!.of)}</p>
}

/** The two sides of a subject's file. */
export function Tabs({ shown: { state, words }, subject }: OneProps) {
  const { poll, part } = state
  const { tabs } = words.result
  const at = { subject: subject.index }
  return (
    <nav class="tabs not-printed" aria-label={tabs.label}>
      <a
        href={linkTo(poll, { at: 'subject', ...at })}
        aria-current={part.at === 'subject' || part.at === 'poll' ? 'page' : undefined}
      >
        {tabs.page}
      </a>
      <a href={linkTo(poll, { at: 'follow', ...at })} aria-current={part.at === 'follow' ? 'page' : undefined}>
        {tabs.follow}
      </a>
    </nav>
  )
}

/** What is true of every subject alike: no rules, or that nothing follows from this round. */
function WholeRound({ state, facts, words }: Shown) {
  if (facts.judged !== null) return <Blocked judged={facts.judged} language={state.language} />
  const { noRules, outcomeUnread } = words.result
  return <Note tone="attention">{state.view.outcome === null ? noRules : outcomeUnread}</Note>
}

/** Under which rules, when, with how many people: what every number below stands on. */
function AboutPoll({ state, facts, words }: Shown) {
  const { view, language } = state
  const { facts: names, disclosures, notPublished } = words.result
  const { stated } = view
  const { counted, manifestCode } = facts
  const date = stated?.date ?? view.poll.date
  return (
    <>
      <p class="soft">{[view.unit, view.poll.period].filter(text => text !== '').join(' · ')}</p>
      <dl class="about">
        <Fact name={names.basis} text={view.basis} />
        <Fact name={names.date} text={dayIn(date, language)} />
        <Fact
          name={names.meeting}
          text={
            stated === null
              ? ''
              : [
                  names.attendance(stated.attendance.convened, stated.attendance.present),
                  ...(stated.members === null ? [] : [names.members(stated.members)]),
                ].join(', ')
          }
        />
        {counted === null ? null : (
          <>
            <Fact name={names.ballots} text={names.counted(counted.issued, counted.collected)} />
            <Fact name={names.codes}>
              {names.manifest} <span class="code-small">{manifestCode}</span>, {names.closing}{' '}
              <span class="code-small">{counted.code}</span>
            </Fact>
          </>
        )}
      </dl>
      <p class="soft small">
        {disclosures[view.disclosure]} {view.disclosure === 'public' && !view.published ? notPublished : ''}
      </p>
    </>
  )
}

const Fact = ({ name, text, children }: { name: string; text?: string; children?: ComponentChildren }) =>
  text === '' ? null : (
    <div>
      <dt>{name}</dt>
      <dd>{text ?? children}</dd>
    </div>
  )

const findingsOf = (judged: Judged | null, subject: Subject) =>
  (judged?.outcome.packs ?? []).flatMap(({ blocked, subjects }) =>
    blocked === null ? subject.lines.flatMap(({ at }) => subjects[at]?.findings ?? []) : [],
  )

/** Whom the findings ask, each once. */
const actorsOf = (judged: Judged | null, subject: Subject): readonly string[] => [
  ...new Set(
    findingsOf(judged, subject).flatMap(({ band, consequence, actor }) =>
      band === null || consequence === null || actor === null ? [] : [actor],
    ),
  ),
]

/** Who decides, and how far it is. */
function Next({ shown, subject }: OneProps) {
  const { state, facts, words } = shown
  const { next } = words.result
  const actors = actorsOf(facts.judged, subject)
  const nothing = facts.judged === null || isBlocked(facts.judged) || actors.length === 0
  return (
    <section class="next stack">
      <h2>{next.title}</h2>
      <p>{nothing ? next.nobody : next.actors(actors.join(', '))}</p>
      <p>
        {next.stage}: <StageOf file={fileOf(state.view.entries, subject.index, state.today)} shown={shown} />.
      </p>
    </section>
  )
}
