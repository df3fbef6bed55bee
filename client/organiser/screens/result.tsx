/** Step 6: what was counted, as an official paper would show it; the record; a poll that is void and its next run. */
import type { Contest } from '../../../crypto/manifest.ts'
import { percentage, unmarkedOf } from '../../figures.ts'
import { Note } from '../../parts.tsx'
import type { OrganiserWords } from '../../words/organiser.ts'
import { Bar, fillOf, type Part, Patterns, Swatch } from './bar.tsx'
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
  const { view, facts, act } = state
  const { manifest, result, closing } = facts
  const { count } = words
  if (manifest === null || result === null || closing === null)
    return (
      <Title title={count.title}>
        <p class="soft">{count.notYet}</p>
      </Title>
    )
  return (
    <>
      <article class="result">
        <Title title={count.title}>
          <p>{manifest.poll.title}</p>
          <p class="soft">{facts.paper?.unit}</p>
        </Title>
        <Patterns />
        {result.unions.length === 0 ? <Note tone="attention">{count.nothingOpened}</Note> : null}
        {result.unions.map(({ groups, ballots, counts }) => (
          <section key={groups.join('+')} class="stack">
            <p>
              {count.ballotsOf(ballots, closing.handedOut)} {count.base}
            </p>
            {manifest.contests.map((contest, c) => (
              <OneContest key={contest.id} contest={contest} counts={counts[c]!} ballots={ballots} shown={shown} />
            ))}
          </section>
        ))}
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

interface OneContestProps {
  readonly contest: Contest
  readonly counts: readonly number[]
  readonly ballots: number
  readonly shown: Shown
}

function OneContest({ contest, counts, ballots, shown }: OneContestProps) {
  const { count } = shown.words
  const unmarked = unmarkedOf(counts, ballots, contest.max)
  const rows: readonly (Part & { readonly label: string })[] = [
    ...contest.options.map(({ label }, i) => ({ label, fill: fillOf(i), count: counts[i]! })),
    ...(unmarked === null ? [] : [{ label: count.unmarked, fill: 'empty' as const, count: unmarked }]),
  ]
  return (
    <section class="contest">
      <h2>{contest.title}</h2>
      {unmarked === null ? (
        <p class="soft small">{count.marks}</p>
      ) : (
        <Bar parts={rows} label={said(rows, contest, count)} />
      )}
      <table>
        <thead>
          <tr>
            <th scope="col">{count.option}</th>
            <th scope="col" class="figure">
              {count.count}
            </th>
            <th scope="col" class="figure">
              {count.share}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, fill, count: n }) => (
            <tr key={label}>
              <th scope="row">
                <Swatch fill={fill} /> {label}
              </th>
              <td class="figure">{n}</td>
              <td class="figure">{percentage(n, ballots, shown.state.language === 'vi' ? ',' : '.')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const said = (
  rows: readonly { readonly label: string; readonly count: number }[],
  { title }: Contest,
  words: OrganiserWords['count'],
): string => `${words.bar(title)}. ${rows.map(({ label, count }) => `${label}: ${count}`).join('; ')}`

function Void(shown: Shown) {
  const { state, words, send } = shown
  const { view, act } = state
  const { count } = words
  return (
    <>
      <Title title={count.void.title}>
        <p>{view.draft.title}</p>
      </Title>
      <Note tone="attention" title={`${count.void.reason}: ${view.voidReason ?? ''}`}>
        {count.void.text}
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
        <p class="soft small">{count.void.againNote}</p>
      </div>
      {view.rehearsal ? <Delete {...shown} /> : null}
    </>
  )
}
