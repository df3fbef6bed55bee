/** Step 2: the counting team seals the box, each on their own phone; this page checks, draws the cards, watches pins. */
import type { Fault } from '../../../crypto/fault.ts'
import type { Manifest } from '../../../crypto/manifest.ts'
import { redeemAtOf } from '../../../server/rules/redeem-at.ts'
import type { MemberView, PollView } from '../../../server/wire.ts'
import { paperOf } from '../../paper.ts'
import { Code, Note } from '../../parts.tsx'
import { Qr } from '../../qr.tsx'
import type { OrganiserWords } from '../../words/organiser.ts'
import { namedIn, reasonOf } from '../ceremony.ts'
import { type Facts, mayPrint } from '../facts.ts'
import { Asked, namesOf, Refused, type Shown, Title } from './parts.tsx'

export function SealScreen(shown: Shown) {
  const { state, words } = shown
  const { view, facts } = state
  const { team } = view
  if (team === null) return null
  return (
    <>
      <Title title={words.seal.title}>
        {view.state === 'sealing' || view.state === 'pinning' ? <p>{words.seal.intro}</p> : null}
      </Title>
      <Trouble {...shown} team={team} />
      {facts.manifest === null ? <Progress {...shown} team={team} /> : <Pins {...shown} team={team} />}
      <Refused {...shown} of={['restart', 'seal']} />
      <Members {...shown} team={team} />
      {view.rehearsal ? <p class="soft small">{words.seal.rehearsalWindows}</p> : null}
      <Restart {...shown} />
    </>
  )
}

type OfTeam = Shown & { readonly team: MemberView }

// ── what went wrong ─────────────────────────────────────────────────────────────────────────────────────────────

function Trouble(shown: OfTeam) {
  const { state, words, team } = shown
  const { secrets } = state
  if (team.stopped !== null) {
    const { by, where } = team.stopped
    const others = namedIn(where).filter(index => index !== by)
    return (
      <Note tone="fails" title={words.seal.stopped(namesOf(team.names, [by]))}>
        <p>{words.seal.stoppedBecause(namesOf(team.names, others), saidOf(team.stopped, words))}</p>
        <Again {...shown} />
      </Note>
    )
  }
  if (secrets.at === 'broken') {
    const { fault } = secrets
    return (
      <Note tone="fails" title={words.seal.broken(namesOf(team.names, namedIn(fault.where)))}>
        <p>{words.seal.stoppedBecause('', saidOf(fault, words))}</p>
        <p>{words.seal.brokenNext}</p>
        <Again {...shown} />
      </Note>
    )
  }
  if (secrets.at === 'refused' && secrets.why !== 'offline') {
    const { title, text } = words.refusals[secrets.why]
    return (
      <Note tone="fails" title={`${words.seal.refusedTitle} ${title}`}>
        <p>{text}</p>
        <div class="acts row">
          <button type="button" onClick={() => shown.send({ type: 'try-again' })}>
            {words.seal.tryAgain}
          </button>
        </div>
        <Again {...shown} />
      </Note>
    )
  }
  return null
}

function saidOf(fault: Pick<Fault, 'code' | 'where'>, words: OrganiserWords): string {
  const reason = reasonOf(fault)
  return reason === null ? words.faults[fault.code] : words.seal.reasons[reason]
}

const Again = ({ state, words, send }: Shown) => (
  <div class="acts row">
    <button
      type="button"
      class="main"
      disabled={state.act !== null}
      onClick={() => send({ type: 'act', act: { what: 'restart', sealAgain: true } })}
    >
      {words.seal.again}
    </button>
  </div>
)

// ── how far it is ───────────────────────────────────────────────────────────────────────────────────────────────

function Progress({ state, words, team }: OfTeam) {
  const { secrets } = state
  switch (secrets.at) {
    case 'checking':
      return <Bar label={words.seal.checking} />
    case 'drawing':
      return <Bar label={words.seal.drawing(secrets.done, secrets.of)} done={secrets.done} of={secrets.of} />
    case 'sending':
    case 'there':
      return <Bar label={words.seal.sending} />
    default: {
      const missing = team.confirmations.flatMap((one, i) => (one === null ? [i + 1] : []))
      if (missing.length === 0 || team.stopped !== null) return null
      return <p role="status">{words.seal.waiting(namesOf(team.names, missing))}</p>
    }
  }
}

const Bar = ({ label, done, of }: { label: string; done?: number; of?: number }) => (
  <div class="stack" role="status">
    <p>{label}</p>
    {of ? <progress value={done} max={of} aria-label={label} /> : <progress aria-label={label} />}
  </div>
)

/** The code that everybody compares, and who has signed it. */
function Pins({ state, words, team }: OfTeam) {
  const { facts, secrets } = state
  const false_ = facts.pins.flatMap((pin, i) => (pin === false ? [i + 1] : []))
  const signed = facts.pins.filter(pin => pin === true).length
  return (
    <section class="big-code">
      <h2>{words.seal.code}</h2>
      <Code code={facts.manifestCode} big />
      <p>{words.seal.codeNote}</p>
      {facts.manifest && <Places manifest={facts.manifest} words={words} />}
      {false_.length > 0 || !facts.ceremonyHolds ? (
        <Note tone="fails">{words.seal.falsePins(namesOf(team.names, false_))}</Note>
      ) : mayPrint(facts) ? (
        <Note tone="holds">{words.seal.sealed}</Note>
      ) : (
        <p role="status">
          {words.seal.pinning} {words.seal.pinned(signed, team.names.length)}
        </p>
      )}
      {secrets.at === 'there' && !secrets.safe ? <Note tone="attention">{words.seal.unsafe}</Note> : null}
      {secrets.at === 'lost' && state.view.state !== 'printed' ? (
        <Note tone="attention" title={words.seal.print.lost.title}>
          {words.seal.print.lost.text}
        </Note>
      ) : null}
    </section>
  )
}

/** Cards and ballots go to two places, under two hands: the team compares both before it signs. */
function Places({ manifest, words }: Pick<Shown, 'words'> & { readonly manifest: Manifest }) {
  const redeemAt = redeemAtOf(manifest.text)
  if (redeemAt === null) return null
  return <p>{words.seal.places(paperOf(manifest).address, redeemAt)}</p>
}

// ── the members ─────────────────────────────────────────────────────────────────────────────────────────────────

type Stage = keyof OrganiserWords['seal']['stages']

function stageOf(team: MemberView, facts: Facts, i: number): Stage {
  if (facts.pins[i] === false) return 'falsePin'
  if (facts.pins[i] === true) return team.sheets[i] ? 'sheet' : 'pin'
  if (team.confirmations[i] !== null) return 'confirm'
  if (team.packages[i] !== null) return 'reveal'
  return team.commitments[i] === null ? 'none' : 'commit'
}

export const memberLink = ({ poll, links }: PollView, i: number): string =>
  `/kiem-phieu#${poll}.${i + 1}.${links[i] ?? ''}`

function Members({ state, words, team }: OfTeam) {
  const { view, facts } = state
  return (
    <ol class="members">
      {team.names.map((name, i) => {
        const stage = stageOf(team, facts, i)
        const here = team.present[i] === true
        return (
          <li key={`${team.attempt} ${i}`}>
            <div class="member">
              <strong>{name}</strong>
              <span class={here ? 'mark holds' : 'mark'}>{here ? words.seal.here : words.seal.away}</span>
              <span class={stage === 'falsePin' ? 'fails' : 'soft'}>{words.seal.stages[stage]}</span>
            </div>
            <MemberLink
              view={view}
              i={i}
              name={name}
              words={words}
              open={stage === 'none' && !here && !view.rehearsal}
            />
          </li>
        )
      })}
    </ol>
  )
}

/** A rehearsal's pages open here, each in a window of its own; real members scan. */
export function MemberLink({
  view,
  i,
  name,
  words,
  open,
}: {
  readonly view: PollView
  readonly i: number
  readonly name: string
  readonly words: OrganiserWords
  readonly open: boolean
}) {
  const path = memberLink(view, i)
  const link = view.draft.address + path
  if (view.rehearsal)
    return (
      <a class="button compact" href={path} target="_blank" rel="noopener noreferrer" onClick={inOwnWindow}>
        {words.seal.openLink}
      </a>
    )
  return (
    <details open={open}>
      <summary>{words.seal.showLink}</summary>
      <div class="qr-line">
        <Qr text={link} label={words.seal.link(name)} />
        <p class="small address">{link}</p>
      </div>
    </details>
  )
}

/** Side by side, so that no page of a rehearsal sleeps behind another one. */
export function inOwnWindow(event: MouseEvent & { readonly currentTarget: HTMLAnchorElement }): void {
  event.preventDefault()
  window.open(event.currentTarget.href, '_blank', 'popup,noopener,noreferrer,width=420,height=820')
}

/** Anything before opening may be sealed all over again. */
export function Restart(shown: Shown) {
  const { state, words, send } = shown
  if (!['sealing', 'pinning', 'sealed', 'printed'].includes(state.view.state)) return null
  const { restart } = words.seal
  return (
    <Asked
      shown={shown}
      question="restart"
      opener={restart.open}
      title={restart.title}
      text={restart.text}
      act={restart.act}
      typed="title"
      press={() => send({ type: 'act', act: { what: 'restart', sealAgain: false } })}
    />
  )
}
