/** Before the pages of several subjects: all of them in the ballot's order, with a search, never in another order. */
import { plainSpelling } from '../../../server/rules/spelling.ts'
import { Bar } from '../../bar.tsx'
import { CollectiveFindings } from '../../findings.tsx'
import { chartsOf } from '../../judged.ts'
import { calledOf, titleOf } from '../../lines.ts'
import { Totals } from '../../results.tsx'
import { placesOf } from '../../thresholds.tsx'
import { countsIn, type Subject } from '../dossier.ts'
import { fileOf } from '../follow.ts'
import { linkTo } from '../route.ts'
import { AboutPoll, WholeRound } from './about.tsx'
import type { Shown } from './parts.tsx'
import { StageOf } from './stage.tsx'

/** From so many on they are searched. */
const MANY = 8

export function Overview(shown: Shown) {
  const { state, facts, words, send } = shown
  const { overview } = words.result
  const found = subjectsMatching(facts.subjects, state.search)
  return (
    <>
      <header class="part-title">
        <p class="overline">{facts.title}</p>
        <h1>{overview.title}</h1>
        <AboutPoll {...shown} />
      </header>
      <WholeRound {...shown} />
      {facts.subjects.length < MANY ? null : (
        <div class="field not-printed">
          <label for="subject-search">{overview.search}</label>
          <input
            id="subject-search"
            type="search"
            value={state.search}
            autocomplete="off"
            onInput={event => send({ type: 'search', search: event.currentTarget.value })}
          />
        </div>
      )}
      <p class="soft small">
        <span role="status">
          {state.search === ''
            ? ''
            : found.length === 0
              ? overview.noneFound
              : overview.found(found.length, facts.subjects.length)}
        </span>{' '}
        {overview.order}
      </p>
      <ol class="subjects">
        {found.map(subject => (
          <OneSubject key={subject.index} shown={shown} subject={subject} />
        ))}
      </ol>
      {facts.judged === null ? null : <CollectiveFindings judged={facts.judged} language={state.language} level="h2" />}
    </>
  )
}

/** Those whose name or position holds every word, however it is spelt; in the ballot's order. */
export function subjectsMatching(subjects: readonly Subject[], search: string): readonly Subject[] {
  const wanted = plainSpelling(search)
    .split(' ')
    .filter(word => word !== '')
  return subjects.filter(({ name, position }) => {
    const said = plainSpelling(`${name} ${position}`)
    return wanted.every(word => said.includes(word))
  })
}

/** The question about the subject as a whole, or what the criteria come to. */
function OneSubject({ shown, subject }: { readonly shown: Shown; readonly subject: Subject }) {
  const { state, facts, words } = shown
  const { view, poll, today, language } = state
  const [only, ...others] = subject.lines
  const line = subject.lines.find(({ kind }) => kind === 'main') ?? (others.length === 0 ? only : undefined)
  const [chart] = line?.score ? chartsOf(facts.judged, line.at, facts.counted?.collected ?? 0) : []
  return (
    <li value={subject.index + 1}>
      <a class="title" href={linkTo(poll, { at: 'subject', subject: subject.index })}>
        {calledOf(subject)}
      </a>
      {line?.score && chart ? (
        <>
          {line.max > 1 ? null : (
            <Bar
              counts={line.score.counts}
              of={chart.of}
              lines={placesOf(chart, line)}
              label={words.results.bar(titleOf(line))}
            />
          )}
          <p class="small">{countsIn(line)}</p>
        </>
      ) : null}
      <div class="small">
        <Totals lines={subject.lines} language={language} />
      </div>
      <p class="small">
        <StageOf file={fileOf(view.entries, subject.index, today)} shown={shown} />
      </p>
    </li>
  )
}
