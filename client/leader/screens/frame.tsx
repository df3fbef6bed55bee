/** What surrounds every screen: who is here, the mark of a rehearsal, the language, the parts of a dossier. */
import type { VNode } from 'preact'
import type { DossierView, Me } from '../../../server/wire/leader.ts'
import { Patterns } from '../../bar.tsx'
import { Invited, LoggingIn } from '../../login.tsx'
import { Note } from '../../parts.tsx'
import { LANGUAGES } from '../../words/language.ts'
import { WORDS } from '../../words/leader.ts'
import { CommentsScreen } from '../comments/screens.tsx'
import { asksForComments } from '../comments/state.ts'
import { may } from '../may.ts'
import { linkTo, type Part } from '../route.ts'
import type { Event, State } from '../state.ts'
import { Arriving, Insecure, List, Unset, Welcome } from './doors.tsx'
import { FollowScreen, WholeScreen } from './follow.tsx'
import { PapersScreen } from './papers.tsx'
import type { Shown } from './parts.tsx'
import { ResultScreen } from './subject.tsx'

interface ViewProps {
  readonly state: State
  readonly send: (event: Event) => void
}

const meOf = (state: State): Me | null => ('me' in state ? state.me : null)

export function Page({ state, send }: ViewProps) {
  const words = WORDS[state.language]
  const rehearsal = state.at === 'poll' && state.view?.poll.rehearsal === true
  const secret = state.at === 'poll' && state.view !== null && state.view.stamp !== ''
  const other = LANGUAGES.find(one => one !== state.language)!
  const me = meOf(state)
  return (
    <div
      class={['leader', rehearsal ? 'rehearsal' : '', secret ? 'secret' : ''].filter(name => name !== '').join(' ')}
      data-mark={words.rehearsalMark}
    >
      <header class="top">
        <p>
          <strong>{words.product}</strong> <span class="soft">· {words.page}</span>
        </p>
        <div class="me">
          {me === null ? null : (
            <>
              <span>
                {me.name} <span class="soft">({words.login.roles[me.role].name})</span>
              </span>
              <button type="button" class="quiet" onClick={() => send({ type: 'leave' })}>
                {words.login.leave}
              </button>
            </>
          )}
          <button type="button" class="quiet" lang={other} onClick={() => send({ type: 'language', language: other })}>
            {words.otherLanguage}
          </button>
        </div>
      </header>
      <Inside state={state} send={send} />
    </div>
  )
}

function Inside({ state, send }: ViewProps) {
  const words = WORDS[state.language]
  switch (state.at) {
    case 'insecure':
      return <Insecure words={words} />
    case 'arriving':
      return <Arriving lost={state.lost} words={words} />
    case 'leaving':
      return <Arriving lost={false} words={words} />
    case 'unset':
      return <Unset words={words} />
    case 'invited':
      return (
        <Invited
          language={state.language}
          trying={state}
          submit={(login, password, again) => send({ type: 'accept', login, password, again })}
        />
      )
    case 'logging-in':
      return (
        <LoggingIn
          language={state.language}
          trying={state}
          submit={(login, password) => send({ type: 'log-in', login, password })}
        />
      )
    case 'welcome':
      return <Welcome state={state} words={words} send={send} />
    case 'list':
      return <List state={state} words={words} send={send} />
    case 'poll':
      if (state.view === null || state.packs === null) return <Arriving lost={state.lost} words={words} />
      if (state.facts === null) return <Unreadable text={words.result.unreadable} back={words.parts.back} />
      return <Dossier state={{ ...state, view: state.view }} facts={state.facts} words={words} send={send} />
  }
}

const Unreadable = ({ text, back }: { readonly text: string; readonly back: string }) => (
  <main class="screen">
    <p>{text}</p>
    <a href="#polls">← {back}</a>
  </main>
)

const SCREENS: Readonly<Record<Part['at'], (shown: Shown) => VNode | null>> = {
  poll: ResultScreen,
  subject: ResultScreen,
  follow: FollowScreen,
  file: WholeScreen,
  papers: PapersScreen,
  comments: CommentsScreen,
}

/** Which of the links at the side the part belongs to. */
const placeOf = ({ at }: Part): Place => (at === 'file' || at === 'papers' || at === 'comments' ? at : 'poll')
type Place = 'poll' | 'file' | 'papers' | 'comments'

/** What was written stands there for the competent authority alone. */
const placesOf = ({ role, manifest }: DossierView): readonly Place[] =>
  may(role, 'comments') && asksForComments(manifest)
    ? ['poll', 'comments', 'file', 'papers']
    : ['poll', 'file', 'papers']

function Dossier(shown: Shown) {
  const { state, words } = shown
  const { poll, part } = state
  const Screen = SCREENS[part.at]
  return (
    <div class="columns">
      <Patterns />
      <nav class="parts" aria-label={words.parts.label}>
        <a href="#polls" class="back">
          ← {words.parts.back}
        </a>
        <ul>
          {placesOf(state.view).map(at => (
            <li key={at}>
              <a href={linkTo(poll, { at })} aria-current={placeOf(part) === at ? 'page' : undefined}>
                {at === 'comments' ? words.comments.part : words.parts[at]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main class="part" tabIndex={-1} key={JSON.stringify(part)}>
        {state.lost ? <Note tone="attention">{words.lineLost}</Note> : null}
        <Screen {...shown} />
      </main>
    </div>
  )
}
