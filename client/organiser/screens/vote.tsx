/** Step 4: the voting is opened, watched from afar, closed. */
import { type Card, cardLink } from '../../../crypto/token.ts'
import type { MemberView } from '../../../server/wire.ts'
import { Note } from '../../parts.tsx'
import { Qr } from '../../qr.tsx'
import { keptIn } from '../holding.ts'
import { left } from '../secrets.ts'
import { LastCall } from './last-call.tsx'
import { Asked, Refused, type Shown, Tick, Title } from './parts.tsx'
import { inOwnWindow, memberLink, Restart } from './seal.tsx'
import { isMissing, Statement } from './statement.tsx'
import { VoidCard, VoidPoll } from './void.tsx'

export function VoteScreen(shown: Shown) {
  const { view } = shown.state
  return view.state === 'printed' ? <Printed {...shown} /> : <Open {...shown} />
}

// ── before ──────────────────────────────────────────────────────────────────────────────────────────────────────

function Printed(shown: Shown) {
  const { state, words, send } = shown
  const { view, form, act } = state
  const { plainHttp } = words.vote
  const { address } = view.draft
  const plain = address.startsWith('http:') && !view.rehearsal
  const ask = () =>
    send({
      type: 'act',
      act: { what: 'ask', action: 'open', reason: '', title: '', plainHttpRead: plain && form.read },
    })
  return (
    <>
      <Title title={words.vote.title}>
        <p>{words.vote.printedIntro}</p>
      </Title>
      {view.addresses.includes(address) ? null : <Note tone="attention">{words.vote.elsewhere(address)}</Note>}
      <Refused {...shown} of={['ask', 'withdraw', 'restart']} />
      {view.team?.asked ? (
        <Waiting {...shown} team={view.team} />
      ) : (
        <>
          {plain ? (
            <section class="question">
              <h2>{plainHttp.title}</h2>
              <ul class="rules">
                {plainHttp.lost.map(line => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
              <p>{plainHttp.kept}</p>
              <Tick
                id="plain-http"
                label={plainHttp.read}
                on={form.question === 'open' && form.read}
                set={read => send({ type: 'form', form: { question: 'open', read } })}
              />
            </section>
          ) : null}
          <div class="acts">
            <button
              type="button"
              class="main"
              disabled={act !== null || (plain && !(form.question === 'open' && form.read))}
              onClick={ask}
            >
              {words.vote.openAct}
            </button>
          </div>
        </>
      )}
      <Statement {...shown} />
      <Hall {...shown} />
      <VoidCard {...shown} />
      <VoidPoll {...shown} />
      <Restart {...shown} />
    </>
  )
}

/** What members still have to sign, and the way to their pages. */
export function Waiting(shown: Shown & { readonly team: MemberView }) {
  const { state, words, send, team } = shown
  if (team.asked === null) return null
  const { asked } = state.view.draft.medium === 'paper' ? words.paper : words.vote
  return (
    <Note tone="attention" title={asked[team.asked.action]}>
      <MemberPages {...shown} />
      <button
        type="button"
        class="quiet"
        disabled={state.act !== null}
        onClick={() => send({ type: 'act', act: { what: 'withdraw' } })}
      >
        {words.vote.withdraw}
      </button>
    </Note>
  )
}

/** In a rehearsal the members' pages are opened from here. */
export const MemberPages = ({ state: { view } }: Shown) =>
  view.rehearsal ? (
    <div class="acts row">
      {view.draft.members.map((name, i) => (
        <a
          class="button compact"
          key={name}
          href={memberLink(view, i)}
          target="_blank"
          rel="noopener noreferrer"
          onClick={inOwnWindow}
        >
          {name}
        </a>
      ))}
    </div>
  ) : null

// ── while it is open ────────────────────────────────────────────────────────────────────────────────────────────

function Open(shown: Shown) {
  const { state, words, send } = shown
  const { view } = state
  const { team, draft } = view
  if (view.state !== 'open' || team === null)
    return <Title title={words.vote.title}>{<p class="soft">{words.states[view.state]}</p>}</Title>
  const { close } = words.vote
  const closing = team.asked?.action === 'close'
  return (
    <>
      <Title title={words.vote.openNow}>{closing ? null : <p>{words.vote.openText}</p>}</Title>
      <Refused {...shown} of={['ask', 'withdraw']} />
      {closing ? <LastCall {...shown} team={team} /> : null}
      {team.asked ? <Waiting {...shown} team={team} /> : null}
      {closing ? null : <Hall {...shown} />}
      {view.rehearsal ? <Draw {...shown} /> : null}
      <Statement {...shown} />
      {team.asked ? null : isMissing(state) ? (
        <Note tone="attention" title={words.statement.missing.title}>
          {words.statement.missing.text}
        </Note>
      ) : (
        <Asked
          shown={shown}
          question="close"
          opener={close.open}
          title={close.title}
          text={close.text}
          act={close.act}
          typed="title"
          press={() =>
            send({
              type: 'act',
              act: { what: 'ask', action: 'close', reason: '', title: draft.title, plainHttpRead: false },
            })
          }
        />
      )}
      <VoidCard {...shown} />
      {team.asked ? null : <VoidPoll {...shown} />}
    </>
  )
}

function Hall({ state: { view }, words }: Shown) {
  const path = `/man-hinh#${view.manifestHash ?? ''}`
  return (
    <div class="qr-line">
      <Qr text={view.draft.address + path} label={words.vote.hall} />
      <div class="stack">
        <h2>{words.vote.hall}</h2>
        <p class="soft small">{words.vote.hallScan}</p>
        <a class="button compact" href={path} target="_blank" rel="noopener noreferrer">
          {words.vote.hallOpen}
        </a>
      </div>
    </div>
  )
}

/** A rehearsal's voters: a random card, of the group that is asked for, that nobody took yet. */
function Draw(shown: Shown) {
  const { state, words } = shown
  const kept = keptIn(state.secrets)
  const { manifest } = state.facts
  if (kept === null || manifest === null) return <p class="soft">{words.vote.drawLost}</p>
  const { groups } = manifest
  return (
    <div class="acts">
      {groups.length > 1 ? <p class="soft small">{words.vote.drawHow}</p> : null}
      {groups.map(({ id, label }, group) => (
        <DrawOne key={id} shown={shown} cards={left(kept, group)} label={groups.length > 1 ? label : null} />
      ))}
    </div>
  )
}

interface DrawOneProps {
  readonly shown: Shown
  /** That are left of the group. */
  readonly cards: readonly Card[]
  /** Null: there is one group. */
  readonly label: string | null
}

function DrawOne({ shown: { state, words, send }, cards, label }: DrawOneProps) {
  const [card] = cards
  const { vote } = words
  if (card === undefined) return <p class="soft">{label === null ? vote.drawNone : vote.drawNoneOf(label)}</p>
  return (
    <>
      <a
        class="button"
        href={cardLink('', card, state.facts.manifest!.hash)}
        target="_blank"
        rel="noopener noreferrer"
        onClick={event => {
          inOwnWindow(event)
          send({ type: 'take', group: card.group })
        }}
      >
        {label === null ? vote.draw : vote.drawOf(label)}
      </a>
      <p class="soft small">{label === null ? vote.drawNote(cards.length) : vote.drawLeft(cards.length)}</p>
    </>
  )
}
