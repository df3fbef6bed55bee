/** What every number of a round stands on: under which rules, when, with how many people. */
import type { ComponentChildren } from 'preact'
import type { BallotSubject } from '../../../server/rules/contests.ts'
import { Blocked } from '../../findings.tsx'
import { Note } from '../../parts.tsx'
import { dayIn } from '../days.ts'
import type { Shown } from './parts.tsx'

/** What is true of every subject alike: no rules, or that nothing follows from this round. */
export function WholeRound({ state, facts, words }: Shown) {
  if (facts.judged !== null) return <Blocked judged={facts.judged} language={state.language} />
  const { noRules, outcomeUnread } = words.result
  return <Note tone="attention">{state.view.outcome === null ? noRules : outcomeUnread}</Note>
}

export function AboutPoll({ state, facts, words }: Shown) {
  const { view, language } = state
  const { facts: names } = words.result
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
          <Fact
            name={names.ballots}
            text={[
              names.counted(counted.issued, counted.collected),
              ...(counted.invalid === 0 ? [] : [names.invalid(counted.invalid)]),
            ].join(', ')}
          />
        )}
        {counted === null || counted.code === '' ? null : (
          <Fact name={names.codes}>
            {names.manifest} <span class="code-small">{manifestCode}</span>, {names.closing}{' '}
            <span class="code-small">{counted.code}</span>
          </Fact>
        )}
      </dl>
      {view.paper === null ? null : <p class="soft small">{names.paper}</p>}
      <p class="soft small">{disclosureOf(view, words)}</p>
    </>
  )
}

/** Where the result goes, and whether it is there. Nothing of a round on paper is published here. */
function disclosureOf(
  { disclosure, published, paper }: Shown['state']['view'],
  { result: { disclosures, publicLater, publicOnPaper } }: Shown['words'],
): string {
  if (disclosure !== 'public') return disclosures[disclosure]
  if (paper !== null) return publicOnPaper
  return published ? disclosures.public : publicLater
}

const Fact = ({ name, text, children }: { name: string; text?: string; children?: ComponentChildren }) =>
  text === '' ? null : (
    <div>
      <dt>{name}</dt>
      <dd>{text ?? children}</dd>
    </div>
  )

/** What the subject said of itself, where the regulations' form has these columns: no part of the result. */
export function Reference({ subject, words: { results } }: Pick<Shown, 'words'> & { readonly subject: BallotSubject }) {
  const { selfScore = '', selfLevel = '' } = subject
  const said = [
    ...(selfScore === '' ? [] : [results.selfScore(selfScore)]),
    ...(selfLevel === '' ? [] : [results.selfLevel(selfLevel)]),
  ]
  return said.length === 0 ? null : (
    <p>
      {results.reference}: {said.join(', ')}. <span class="soft small">{results.referenceNote}</span>
    </p>
  )
}
