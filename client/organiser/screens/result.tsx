/** Step 6: what was counted, as an official paper would show it; the record; a poll that is void and its next run. */
import { linesOf, unionsOf } from '../../../server/rules/scores.ts'
import { BallotResult } from '../../ballot.tsx'
import { Patterns } from '../../bar.tsx'
import { dayIn } from '../../figures.ts'
import { Blocked, CollectiveFindings, HowToRead, SubjectFindings } from '../../findings.tsx'
import { chartsOf, type Judged } from '../../judged.ts'
import { Note } from '../../parts.tsx'
import { Delete } from './finish.tsx'
import { Refused, type Shown, Title } from './parts.tsx'
import { VoidPoll } from './void.tsx'
import { Waiting } from './vote.tsx'

export function ResultScreen(shown: Shown) {
  const { view } = shown.state
  return view.state === 'void' ? <Void {...shown} /> : <Counted {...shown} />
}

function Counted(shown: Shown) {
  const { state, words, send } = shown
  const { view, facts, act, judged, language } = state
  const { manifest, result, closing } = facts
  const { count } = words
  if (manifest === null || result === null || closing === null)
    return (
      <Title title={count.title}>
        <p class="soft">{count.notYet}</p>
      </Title>
    )
  const opened = {
    lines: linesOf(manifest, result),
    unions: unionsOf(manifest, result),
    minimum: manifest.publication.minimumBallots,
  }
  const ballots = result.unions.reduce((sum, union) => sum + union.ballots, 0)
  return (
    <>
      <article class="result">
        <Title title={count.title}>
          <p>{manifest.poll.title}</p>
          <p class="soft">{facts.paper?.unit}</p>
        </Title>
        <Patterns />
        {judged === null && view.outcome !== null ? <Note tone="fails">{count.unreadable}</Note> : null}
        {judged === null ? null : <Blocked judged={judged} language={language} />}
        {ballots === 0 ? null : (
          <p>
            {count.ballotsOf(ballots, closing.handedOut)}
            {judged === null ? ` ${count.base}` : ''}
          </p>
        )}
        <BallotResult
          opened={opened}
          chartsOf={line => chartsOf(judged, line.at, line.score?.ballots ?? 0)}
          below={line =>
            judged === null || !line.ruled ? null : (
              <SubjectFindings judged={judged} at={line.at} language={language} level="h3" />
            )
          }
          level="h2"
          language={language}
        />
        {judged === null ? null : <Following judged={judged} shown={shown} />}
        <p class="soft small">{count.signedBy(manifest.threshold)}</p>
        <p class="small">
          {words.seal.code}: <span class="code-small">{facts.manifestCode}</span> · {count.open.code}:{' '}
          <span class="code-small">{closing.code}</span>
        </p>
      </article>
      <Refused {...shown} of={['download', 'ask', 'withdraw']} />
      <div class="acts row not-printed">
        <button type="button" onClick={() => window.print()}>
          {count.printResult}
        </button>
        <button type="button" disabled={act !== null} onClick={() => send({ type: 'act', act: { what: 'download' } })}>
          {count.download}
        </button>
        <a
          class="button"
          href={view.published ? `/verify#poll=${view.manifestHash}` : '/verify'}
          target="_blank"
          rel="noopener noreferrer"
        >
          {count.verify}
        </a>
      </div>
      <Next {...shown} />
      <div class="stack not-printed">
        <p class="soft small">
          {count.downloadNote} {view.published ? '' : count.verifyFile}
        </p>
        <Publish {...shown} />
        {view.team?.asked ? null : <VoidPoll {...shown} />}
        {view.rehearsal ? <Delete {...shown} /> : null}
      </div>
    </>
  )
}

/** The way on: minutes, papers, and what follows from the findings. */
export function Next({ state: { view }, words }: Shown) {
  const { count } = words
  return (
    <section class="stack not-printed">
      <h2>{count.next}</h2>
      <p>{count.nextText}</p>
      <p>
        <a class="button compact" href={`/lanh-dao#${view.poll}`}>
          {count.dossier}
        </a>
      </p>
    </section>
  )
}

export function Following({ judged, shown: { state, words } }: { readonly judged: Judged; readonly shown: Shown }) {
  const { language } = state
  const { present, convened } = judged.statement.attendance
  return (
    <>
      <CollectiveFindings judged={judged} language={language} level="h2" />
      <p class="small">{words.statement.summary(present, convened, dayIn(judged.statement.date, language))}</p>
      <HowToRead judged={judged} language={language} />
    </>
  )
}

function Publish(shown: Shown) {
  const { state, words, send } = shown
  const { view, act } = state
  const { count } = words
  if (view.published) return <Note tone="holds">{count.published}</Note>
  if (view.team?.asked) return <Waiting {...shown} team={view.team} />
  return (
    <>
      <p class="soft small">{count.disclosures[view.draft.disclosure]}</p>
      {view.draft.disclosure === 'public' ? (
        <div class="acts">
          <button
            type="button"
            class="main"
            disabled={act !== null}
            onClick={() =>
              send({
                type: 'act',
                act: { what: 'ask', action: 'publish', reason: '', title: '', plainHttpRead: false },
              })
            }
          >
            {count.publish}
          </button>
        </div>
      ) : null}
    </>
  )
}

/** Of either medium. */
export function Void(shown: Shown) {
  const { state, words, send } = shown
  const { view, act } = state
  const { count, paper } = words
  const said = view.draft.medium === 'paper' ? { text: paper.void.done, againNote: paper.void.againNote } : count.void
  return (
    <>
      <Title title={count.void.title}>
        <p>{view.draft.title}</p>
      </Title>
      <Note tone="attention" title={`${count.void.reason}: ${view.voidReason ?? ''}`}>
        {said.text}
      </Note>
      <Refused {...shown} of={['again', 'delete']} />
      <div class="acts">
        <button
          type="button"
          class="main"
          disabled={act !== null}
          onClick={() => send({ type: 'act', act: { what: 'again' } })}
        >
          {count.void.again}
        </button>
        <p class="soft small">{said.againNote}</p>
      </div>
      {view.rehearsal ? <Delete {...shown} /> : null}
    </>
  )
}
