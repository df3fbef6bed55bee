/** Step 5: the closing code, who has signed the opening, whose part of the key is there. */
import { parseClosing } from '../../../crypto/closing.ts'
import { attempt } from '../../../crypto/fault.ts'
import type { Manifest } from '../../../crypto/manifest.ts'
import type { MemberView } from '../../../server/wire.ts'
import { Code } from '../../parts.tsx'
import type { OrganiserWords } from '../../words/organiser.ts'
import { Refused, type Shown, Title } from './parts.tsx'
import { Statement } from './statement.tsx'
import { VoidPoll } from './void.tsx'
import { MemberPages, Waiting } from './vote.tsx'

export function OpenScreen(shown: Shown) {
  const { state, words } = shown
  const { view, facts } = state
  const { team } = view
  const { open } = words.count
  if (team === null || facts.closing === null)
    return (
      <Title title={open.title}>
        <p class="soft">{words.count.notReached}</p>
      </Title>
    )
  return (
    <>
      <Title title={open.title}>{view.state === 'closed' ? <p>{open.intro}</p> : null}</Title>
      <section class="big-code">
        <h2>{open.code}</h2>
        <Code code={facts.closing.code} big />
        <p>{open.codeNote}</p>
        <p class="soft">
          {open.handedOut}: {facts.closing.handedOut}
        </p>
        <ByGroup manifest={facts.manifest} text={team.closing?.text ?? ''} words={words.vote.byGroup} />
      </section>
      <p role="status">
        {open.needed(team.threshold, team.names.length)} {view.state === 'closed' ? waitingFor(team, open) : null}
      </p>
      <Signed team={team} open={open} />
      {view.state === 'closed' ? <MemberPages {...shown} /> : null}
      <p class="soft small">{open.lostPhone}</p>
      {/* Sums come to light with the first signature: nothing is fitted to them. */}
      <Statement {...shown} fixed={there(team.openings) > 0 || view.state !== 'closed'} />
      {team.asked ? <Waiting {...shown} team={team} /> : null}
      <Refused {...shown} of={['ask', 'withdraw']} />
      {view.state === 'closed' && !team.asked ? <VoidPoll {...shown} /> : null}
    </>
  )
}

interface ByGroupProps {
  readonly manifest: Manifest | null
  /** Of the closing statement. */
  readonly text: string
  readonly words: OrganiserWords['vote']['byGroup']
}

/** What the closing statement says of each group; nothing where there is one. */
function ByGroup({ manifest, text, words }: ByGroupProps) {
  if (manifest === null || manifest.groups.length < 2) return null
  const closing = attempt(() => parseClosing(manifest, text))
  if (closing === null) return null
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{words.group}</th>
          <th scope="col" class="figure">
            {words.handedOut}
          </th>
          <th scope="col" class="figure">
            {words.ballots}
          </th>
        </tr>
      </thead>
      <tbody>
        {manifest.groups.map(({ id, label }, g) => (
          <tr key={id}>
            <th scope="row">{label}</th>
            <td class="figure">{closing.handedOut[g]}</td>
            <td class="figure">{closing.ballots.byGroup[g]}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">{words.sum}</th>
          <td class="figure">{closing.handedOut.reduce((sum, n) => sum + n, 0)}</td>
          <td class="figure">{closing.ballots.count}</td>
        </tr>
      </tbody>
    </table>
  )
}

type OpenWords = OrganiserWords['count']['open']

const there = (list: readonly unknown[]): number => list.filter(one => one !== null).length

function waitingFor({ threshold, openings, shares, results }: MemberView, open: OpenWords): string {
  if (there(openings) < threshold) return open.waiting(threshold - there(openings))
  if (there(shares) < threshold) return open.waitingShares(threshold - there(shares))
  return there(results) < threshold ? open.waitingResult(threshold - there(results)) : ''
}

function Signed({ team, open }: { team: MemberView; open: OpenWords }) {
  const cell = (one: unknown) => (
    <td class={one === null ? 'soft' : 'mark holds'}>{one === null ? open.no : open.yes}</td>
  )
  return (
    <table class="signed">
      <thead>
        <tr>
          <th scope="col">{open.name}</th>
          <th scope="col">{open.signed}</th>
          <th scope="col">{open.shared}</th>
          <th scope="col">{open.result}</th>
        </tr>
      </thead>
      <tbody>
        {team.names.map((name, i) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            {cell(team.openings[i] ?? null)}
            {cell(team.shares[i] ?? null)}
            {cell(team.results[i] ?? null)}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
