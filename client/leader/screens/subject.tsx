/** What a leader reads: one page for each subject, or for a survey: result, groups, weaknesses, what follows, comparison. */
import type { ComponentChildren } from 'preact'
import { useMemo } from 'preact/hooks'
import type { Line } from '../../../server/rules/scores.ts'
import { HowOpened, hasThresholds } from '../../ballot.tsx'
import { CollectiveFindings, HowToRead, SubjectFindings } from '../../findings.tsx'
import { ByGroup } from '../../groups.tsx'
import { chartsOf, isBlocked, type Judged } from '../../judged.ts'
import { calledOf } from '../../lines.ts'
import { BaseOf, SubjectResult } from '../../results.tsx'
import { type Beside, type ComingBack, comingBack, linesBeside } from '../compare.ts'
import type { Subject } from '../dossier.ts'
import { fileOf } from '../follow.ts'
import { linkTo } from '../route.ts'
import { AboutPoll, Reference, WholeRound } from './about.tsx'
import { Again, AgainMark } from './again.tsx'
import { Equivalents, OtherTimes, Stated } from './compare.tsx'
import { Overview } from './overview.tsx'
import type { Shown } from './parts.tsx'
import { StageOf, Tabs } from './stage.tsx'

export function ResultScreen(shown: Shown) {
  const { state, facts, words } = shown
  const others = useMemo(() => linesBeside(state.view.others), [state.view.others])
  if (facts.counted === null) return <p>{words.result.notCounted}</p>
  const { subjects, questions } = facts
  const chosen = state.part.at === 'subject' ? subjects[state.part.subject] : undefined
  const subject = chosen ?? (subjects.length === 1 ? subjects[0] : undefined)
  if (subject !== undefined) return <SubjectPage shown={shown} subject={subject} others={others} />
  return questions.length > 0 && subjects.length === 0 ? (
    <SurveyPage shown={shown} others={others} />
  ) : (
    <Overview {...shown} />
  )
}

/** What is weak again, of these lines. */
function againIn({ state: { view } }: Shown, lines: readonly Line[], whom: Subject | null, others: readonly Beside[]) {
  const date = view.stated?.date ?? view.poll.date
  return comingBack(others, { lines, whom, unit: view.unit, date })
}

// ── one subject ─────────────────────────────────────────────────────────────────────────────────────────────────

interface SubjectProps {
  readonly shown: Shown
  readonly subject: Subject
  readonly others: readonly Beside[]
}

function SubjectPage({ shown, subject, others }: SubjectProps) {
  const { state, facts, words } = shown
  const { language } = state
  const { judged } = facts
  const again = againIn(shown, subject.lines, subject, others)
  const props = { shown, lines: subject.lines, whom: subject, others }
  return (
    <>
      <Tabs shown={shown} subject={subject} />
      <Sheet shown={shown} title={calledOf(subject)}>
        <Reference subject={subject} words={words} />
        <WholeRound {...shown} />
        <Whole shown={shown} lines={subject.lines} again={again} />
        {judged === null ? null : <CollectiveFindings judged={judged} language={language} level="h2" />}
        {judged === null ? null : <HowToRead judged={judged} language={language} />}
        <Again shown={shown} found={again} subject={subject.index} />
        <Next shown={shown} subject={subject} />
        <Groups shown={shown} lines={subject.lines} />
        <section class="comparison stack">
          <h2>{words.result.compare.title}</h2>
          <p class="soft small">{words.result.compare.note}</p>
          <OtherTimes {...props} again={again}>
            <Stated shown={shown} subject={subject} />
          </OtherTimes>
          <Equivalents {...props} whom={subject} />
        </section>
      </Sheet>
    </>
  )
}

// ── a survey ────────────────────────────────────────────────────────────────────────────────────────────────────

function SurveyPage({ shown, others }: Omit<SubjectProps, 'subject'>) {
  const { state, facts, words } = shown
  const { questions } = facts
  const again = againIn(shown, questions, null, others)
  return (
    <Sheet shown={shown} title={words.result.overview.title}>
      {state.view.outcome === null ? null : <WholeRound {...shown} />}
      <Whole shown={shown} lines={questions} again={again} />
      <Again shown={shown} found={again} subject={null} />
      <p class="not-printed">
        <a href={linkTo(state.poll, { at: 'file' })}>{words.follow.whole}</a>
      </p>
      <Groups shown={shown} lines={questions} />
      <section class="comparison stack">
        <h2>{words.result.compare.title}</h2>
        <p class="soft small">{words.result.compare.note}</p>
        <OtherTimes shown={shown} lines={questions} whom={null} others={others} again={again} />
      </section>
    </Sheet>
  )
}

// ── what both have ──────────────────────────────────────────────────────────────────────────────────────────────

interface SheetProps {
  readonly shown: Shown
  readonly title: string
  readonly children: ComponentChildren
}

/** What is printed. */
function Sheet({ shown, title, children }: SheetProps) {
  const { state, facts, words } = shown
  const { result } = words
  const secret = state.view.stamp !== ''
  return (
    <>
      {secret ? <p class="secret-note">{result.secretPrint}</p> : null}
      <article class="sheet">
        <header class="part-title">
          <p class="overline">{facts.title}</p>
          <h1>{title}</h1>
          <AboutPoll {...shown} />
        </header>
        {children}
      </article>
      {secret ? null : (
        <div class="acts row not-printed">
          <button type="button" onClick={() => window.print()}>
            {result.print}
          </button>
        </div>
      )}
    </>
  )
}

interface LinesProps {
  readonly shown: Shown
  readonly lines: readonly Line[]
}

const chartsIn = ({ facts }: Shown, line: Line) => chartsOf(facts.judged, line.at, facts.counted?.collected ?? 0)

/** What was counted, and below each line what the rules say of it. */
function Whole({ shown, lines, again }: LinesProps & { readonly again: readonly ComingBack[] }) {
  const { state, facts, words } = shown
  const { language } = state
  const { judged, unions, minimum } = facts
  const below = (line: Line) => (
    <>
      <BaseOf chart={chartsIn(shown, line)[0]!} language={language} />
      {judged === null || !line.ruled ? null : (
        <SubjectFindings
          judged={judged}
          at={line.at}
          language={language}
          level={line.criterion === null ? 'h2' : 'h3'}
        />
      )}
    </>
  )
  return (
    <>
      <HowOpened opened={{ lines, unions, minimum }} language={language} />
      <SubjectResult
        lines={lines}
        chartsOf={line => chartsIn(shown, line)}
        below={below}
        mark={line => (again.some(one => one.line === line) ? <AgainMark words={words} /> : null)}
        onPaper={state.view.paper !== null}
        level="h2"
        language={language}
      />
    </>
  )
}

const Groups = ({ shown, lines }: LinesProps) => (
  <ByGroup
    lines={lines}
    unions={shown.facts.unions}
    ruled={hasThresholds(lines, line => chartsIn(shown, line))}
    level="h2"
    language={shown.state.language}
  />
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
function Next({ shown, subject }: Omit<SubjectProps, 'others'>) {
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
