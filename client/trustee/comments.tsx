/** Comments on a member's phone: the way in below the result, and one screen for each thing that is to be done. */
import { Main, Note, Other, Quiet } from '../parts.tsx'
import { FINDINGS } from '../words/findings.ts'
import { type CommentsAt, type CommentsStep, commentsTurn, READY, typedComments } from './comments.ts'
import { type At, leave, press, type Result, turnTo } from './comments-parts.ts'
import { CodeSheet, Handed, Opened, ReadingBack } from './comments-texts.tsx'
import { Act, Acts, Field, namesOf, type On, Points, ReadAloud, Steps, Title } from './screens/parts.tsx'

const turnOf = ({ screen }: Pick<Result, 'screen'>) => {
  const { comments, index, threshold } = screen.view
  return comments && commentsTurn(comments, index, threshold)
}

/** Below the result, where voters were asked for comments. */
export function CommentsDoor(on: On<'result'>) {
  const { screen, words, show, send } = on
  const { view } = screen
  const turn = turnOf(on)
  if (turn === null) return null
  const { door, title } = words.comments
  const least = show.manifest.publication.minimumBallots
  return (
    <section class="stack comments-door">
      <h2>{title}</h2>
      <p>{door.what}</p>
      {show.closing.ballots.count < least ? (
        <Note>{door.tooFew(least)}</Note>
      ) : (
        <>
          <div aria-live="polite">{state()}</div>
          <Other act={() => turnTo(send, READY)}>{door.open}</Other>
        </>
      )}
    </section>
  )

  function state() {
    if (turn === null || turn.who === 'nobody') return view.comments?.file ? <p>{door.filed}</p> : null
    if (turn.who === 'self') {
      if (view.comments?.file) return <p>{door.filed}</p>
      return turn.missing > 0 ? <p>{door.waiting(turn.missing)}</p> : <Note tone="attention">{door.ready}</Note>
    }
    const name = namesOf(view, [turn.combiner])
    return turn.sent ? <p>{door.sent(name)}</p> : <Note tone="attention">{door.asked(name)}</Note>
  }
}

/** The screen of one state. */
export function Comments({ at, ...on }: Result & { readonly at: CommentsAt }) {
  switch (at.at) {
    case 'ready':
      return <Ready {...on} at={at} />
    case 'busy':
      return <Busy {...on} at={at} />
    case 'stopped':
      return <StoppedAt {...on} at={at} />
    case 'opened':
      return <Opened {...on} at={at} />
    case 'code':
      return <CodeSheet {...on} at={at} />
    case 'reading-back':
      return <ReadingBack {...on} at={at} />
    case 'handed':
      return <Handed {...on} at={at} />
  }
}

// ── before ──────────────────────────────────────────────────────────────────────────────────────────────────────

function Ready(on: At<'ready'>) {
  const turn = turnOf(on)
  if (turn === null || turn.who === 'nobody') return <Begin {...on} />
  return turn.who === 'self' ? <Combine {...on} missing={turn.missing} /> : <Help {...on} turn={turn} />
}

const Back = ({ words, send }: Pick<Result, 'words' | 'send'>) => (
  <Quiet act={() => leave(send)}>{words.comments.toResult}</Quiet>
)

function Begin(on: At<'ready'>) {
  const { begin } = on.words.comments
  return (
    <>
      <Title>{begin.title}</Title>
      <p>{begin.what}</p>
      <Points of={begin.points} />
      <Acts {...on}>
        <Act {...on} press={press({ do: 'combine' })}>
          {begin.combine}
        </Act>
        <Back {...on} />
      </Acts>
    </>
  )
}

/** A device that has not signed the opening of this box does so now: its code is compared, or typed where it was restored. */
function Compare({ words, show, at, send }: At<'ready'>) {
  if (show.ask === null) return null
  const { compare, type, typed, wrongCode } = words.comments
  const typing = (text: string) => turnTo(send, typedComments(at, 0, text))
  return (
    <section class="stack">
      {show.ask === 'type' ? <p>{type}</p> : <ReadAloud name={words.closingCode} hash={show.closing.hash} />}
      {show.ask === 'type' ? (
        <Field
          id="closing-code"
          label={typed}
          value={at.said}
          wrong={at.wrong ? wrongCode : null}
          place={0}
          send={event => event.type === 'typed' && typing(event.text)}
        />
      ) : (
        <p>{compare}</p>
      )}
    </section>
  )
}

function Help(on: At<'ready'> & { readonly turn: { readonly combiner: number; readonly sent: boolean } }) {
  const { screen, words, turn, at } = on
  const { help } = words.comments
  const name = namesOf(screen.view, [turn.combiner])
  return (
    <>
      <Title>{turn.sent ? help.sentTitle(name) : help.title(name)}</Title>
      {turn.sent ? <Note tone="holds">{help.sent}</Note> : <p>{help.what(name)}</p>}
      {turn.sent ? null : <Compare {...on} />}
      <Acts {...on}>
        {turn.sent ? null : (
          <Act {...on} press={press({ do: 'send', said: at.said })}>
            {help.send(name)}
          </Act>
        )}
        <Back {...on} />
        <details class="instead">
          <summary>{help.instead}</summary>
          <p>{help.insteadWhat(name)}</p>
          <Other act={() => on.send({ type: 'press', press: press({ do: 'combine' }) })}>
            {words.comments.begin.combine}
          </Other>
          {turn.sent ? (
            <Other act={() => on.send({ type: 'press', press: press({ do: 'send', said: at.said }) })}>
              {help.again}
            </Other>
          ) : null}
        </details>
      </Acts>
    </>
  )
}

function Combine(on: At<'ready'> & { readonly missing: number }) {
  const { screen, words, missing, at } = on
  const { combine } = words.comments
  const { view } = screen
  const stateOf = (index: number) =>
    index === view.index ? combine.own : view.comments?.sent[index - 1] ? combine.sent : combine.missing
  return (
    <>
      <Title>{combine.title}</Title>
      <div aria-live="polite">
        {missing > 0 ? <p>{combine.waits(missing)}</p> : <Note tone="holds">{combine.enough}</Note>}
      </div>
      <ul class="roster" aria-label={combine.team}>
        {view.names.map((name, i) => (
          <li key={name}>
            <span>{name}</span>
            <span>{stateOf(i + 1)}</span>
          </li>
        ))}
      </ul>
      <Compare {...on} />
      {view.comments?.file ? <p class="soft small">{combine.filed}</p> : null}
      <Acts {...on}>
        {missing > 0 ? null : (
          <Act {...on} press={press({ do: 'open', said: at.said })}>
            {combine.open}
          </Act>
        )}
        <Back {...on} />
      </Acts>
    </>
  )
}

const STEPS: Readonly<Record<'send' | 'open', readonly CommentsStep[]>> = {
  send: ['board', 'envelopes', 'check', 'share', 'send'],
  open: ['board', 'envelopes', 'check', 'read'],
}

function Busy(on: At<'busy'>) {
  const { words, at } = on
  const { busy } = words.comments
  const steps = STEPS[at.doing]
  return (
    <>
      <Title>{busy[at.doing]}</Title>
      <progress value={at.done} max={at.of} aria-label={busy.steps[at.step]} />
      <p class="small">{at.of > 1 ? busy.of(at.done, at.of) : ''}</p>
      <div aria-live="polite">
        <Steps of={steps.map(step => busy.steps[step])} at={steps.indexOf(at.step)} />
      </div>
      <p class="soft small">{busy.keep}</p>
      <Acts {...on} />
    </>
  )
}

function StoppedAt(on: At<'stopped'>) {
  const { words, at, send, language } = on
  const { stopped } = words.comments
  return (
    <>
      <Title>{stopped.title}</Title>
      <Note tone="fails">{stopped.what}</Note>
      <p>{stopped.now}</p>
      <p class="small">
        {FINDINGS[language].faults[at.fault.code]} ({at.fault.code}, {at.fault.where})
      </p>
      <Acts {...on}>
        <Main act={() => turnTo(send, READY)}>{stopped.again}</Main>
        <Back {...on} />
      </Acts>
    </>
  )
}
