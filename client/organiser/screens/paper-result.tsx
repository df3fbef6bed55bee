/** The last step of a round on paper: what two people counted alike, and what the rules say; or that it is void. */
import { invalidIn, validIn } from '../../../server/rules/keying.ts'
import { paperLinesOf } from '../../../server/rules/scores.ts'
import type { PaperCount } from '../../../server/wire/paper.ts'
import { BallotResult } from '../../ballot.tsx'
import { Patterns } from '../../bar.tsx'
import { Blocked, SubjectFindings } from '../../findings.tsx'
import { chartsOf } from '../../judged.ts'
import { Note } from '../../parts.tsx'
import { Delete } from './finish.tsx'
import { type OnPaper, VoidPaper } from './paper-parts.tsx'
import { namesOf, Refused, type Shown, Title } from './parts.tsx'
import { Following, Next, Void } from './result.tsx'
import { Waiting } from './vote.tsx'

export function Result(shown: OnPaper) {
  const { state, words, team } = shown
  if (state.view.state === 'void') return <Void {...shown} />
  const { paper } = team
  if (paper === null || paper.count === null) return <Title title={words.paper.result.title} />
  const { count, contests } = paper
  const { judged, language, view } = state
  return (
    <>
      <article class="result">
        <Title title={words.paper.result.title}>
          <p>{view.draft.title}</p>
          <p class="soft">{view.draft.unit}</p>
        </Title>
        <Patterns />
        {judged === null && view.outcome !== null ? <Note tone="fails">{words.count.unreadable}</Note> : null}
        {judged === null ? null : <Blocked judged={judged} language={language} />}
        <Sheets {...shown} count={count} names={team.names} />
        <BallotResult
          opened={{ lines: paperLinesOf(contests, count), unions: [], minimum: 0 }}
          chartsOf={line => chartsOf(judged, line.at, count.collected)}
          below={line =>
            judged === null || !line.ruled ? null : (
              <SubjectFindings judged={judged} at={line.at} language={language} level="h3" />
            )
          }
          onPaper
          level="h2"
          language={language}
        />
        {judged === null ? null : <Following judged={judged} shown={shown} />}
      </article>
      <div class="acts row not-printed">
        <button type="button" onClick={() => window.print()}>
          {words.count.printResult}
        </button>
      </div>
      <Next {...shown} />
      <p class="soft small not-printed">{words.paper.result.note}</p>
      <Refused {...shown} of={['ask', 'withdraw', 'delete']} />
      <div class="stack not-printed">
        {team.asked ? <Waiting {...shown} /> : <VoidPaper {...shown} />}
        {view.rehearsal ? <Delete {...shown} /> : null}
      </div>
    </>
  )
}

function Sheets({ words, count, names }: Shown & { readonly count: PaperCount; readonly names: readonly string[] }) {
  const { result } = words.paper
  const { printed, issued, exchanged, collected, invalid } = count
  const rows = [
    [result.printed, printed],
    [result.issued, issued],
    [result.exchanged, exchanged],
    [result.unused, printed - issued - exchanged],
    [result.collected, collected],
    [result.valid, validIn(count)],
    [result.invalid, invalidIn(count)],
    ...invalid.map(one => [result.because(one.reason), one.count] as const),
  ] as const
  return (
    <section class="stack">
      <Note tone="holds">{result.agreed(namesOf(names, count.keyedBy), count.keyings)}</Note>
      <table class="counts">
        <caption class="hidden">{result.sheets}</caption>
        <tbody>
          {rows.map(([label, n]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td class="figure">{n}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
