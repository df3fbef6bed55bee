/** Before a poll: what this page needs, set-up, login, the list. */
import type { Draft } from '../../../server/wire.ts'
import { Main, Note, Quiet } from '../../parts.tsx'
import type { OrganiserWords } from '../../words/organiser.ts'
import { type Event, PEOPLE, type State } from '../state.ts'

type At<A extends State['at']> = Extract<State, { at: A }>
type Send = (event: Event) => void

export function Insecure({ words }: { words: OrganiserWords }) {
  const { title, why, here, elsewhere, phones } = words.insecure
  const { port, pathname, hash } = window.location
  const local = `http://localhost${port === '' ? '' : `:${port}`}${pathname}`
  return (
    <main class="screen">
      <h1>{title}</h1>
      <p>{why}</p>
      <p>
        {here} <a href={local + hash}>{local}</a>
      </p>
      <p>{elsewhere}</p>
      <p class="soft">{phones}</p>
    </main>
  )
}

export function Arriving({ state, words }: { state: At<'arriving'>; words: OrganiserWords }) {
  return (
    <main class="screen" aria-live="polite">
      <p class="soft">{words.wait}</p>
      {state.lost ? (
        <Note tone="attention" title={words.noLine}>
          {words.noLineText}
        </Note>
      ) : null}
    </main>
  )
}

export function Unset({ words }: { words: OrganiserWords }) {
  return (
    <main class="screen">
      <h1>{words.unset.title}</h1>
      <p>{words.unset.text}</p>
    </main>
  )
}

/** Passwords stay in their fields until they are sent; only a press reads them. */
function passwordsOf(form: HTMLFormElement, send: Send): void {
  const typed = new FormData(form)
  const text = (name: string) => String(typed.get(name) ?? '')
  send({ type: 'password', login: text('login').trim(), password: text('password'), again: text('again') })
}

const Why = ({ why, words }: { why: At<'logging-in'>['why']; words: OrganiserWords }) => {
  if (why === null) return null
  const { title, text } = why === 'not-same' ? words.notSame : words.refusals[why]
  return (
    <Note tone="fails" title={title}>
      {text}
    </Note>
  )
}

export function SettingUp({ state, words, send }: { state: At<'setting-up'>; words: OrganiserWords; send: Send }) {
  const { title, why, password, again, act } = words.setup
  return (
    <main class="screen">
      <h1>{title}</h1>
      <p>{why}</p>
      <form
        class="stack"
        onSubmit={event => {
          event.preventDefault()
          passwordsOf(event.currentTarget, send)
        }}
      >
        <div class="field">
          <label for="password">{password}</label>
          <input id="password" name="password" type="password" autocomplete="new-password" minLength={10} required />
        </div>
        <div class="field">
          <label for="again">{again}</label>
          <input id="again" name="again" type="password" autocomplete="new-password" required />
        </div>
        <Why why={state.why} words={words} />
        <button type="submit" class="main" disabled={state.password !== null}>
          {act}
        </button>
      </form>
      {state.why === 'used-link' ? (
        <a class="button" href="#polls">
          {words.login.title}
        </a>
      ) : null}
    </main>
  )
}

export function LoggingIn({ state, words, send }: { state: At<'logging-in'>; words: OrganiserWords; send: Send }) {
  const { title, name, password, act } = words.login
  return (
    <main class="screen">
      <h1>{title}</h1>
      <form
        class="stack"
        onSubmit={event => {
          event.preventDefault()
          passwordsOf(event.currentTarget, send)
        }}
      >
        <div class="field">
          <label for="login">{name}</label>
          <input
            id="login"
            name="login"
            defaultValue={state.login}
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            required
          />
        </div>
        <div class="field">
          <label for="password">{password}</label>
          <input id="password" name="password" type="password" autocomplete="current-password" required />
        </div>
        <Why why={state.why} words={words} />
        <button type="submit" class="main" disabled={state.password !== null}>
          {act}
        </button>
      </form>
    </main>
  )
}

const statesOf = (medium: Draft['medium'], { states, statesOnPaper }: OrganiserWords) =>
  medium === 'paper' ? { ...states, ...statesOnPaper } : states

export function List({ state, words, send }: { state: At<'list'>; words: OrganiserWords; send: Send }) {
  const { list } = words
  return (
    <main class="screen wide">
      <h1>{list.title}</h1>
      {state.view.polls.length === 0 ? <p class="soft">{list.none}</p> : null}
      <ul class="polls">
        {state.view.polls.map(({ poll, title, state: at, medium, rehearsal }) => (
          <li key={poll}>
            <a href={`#${poll}`}>
              <strong>{title === '' ? list.untitled : title}</strong>
              <span class="soft small">
                {rehearsal ? `${list.rehearsal} · ` : ''}
                {statesOf(medium, words)[at]}
              </span>
            </a>
          </li>
        ))}
      </ul>
      {state.why === null ? null : <Why why={state.why} words={words} />}
      <div class="acts row">
        <Main act={() => send({ type: 'make', rehearsal: false })} disabled={state.making !== null}>
          {list.make}
        </Main>
        <button type="button" disabled={state.making !== null} onClick={() => send({ type: 'make', rehearsal: true })}>
          {list.rehearse}
        </button>
      </div>
      <p class="soft small">{list.rehearseNote}</p>
      <nav class="row-of-links" aria-label={list.elsewhere}>
        <a href={`#${PEOPLE}`}>{words.people.open}</a>
        <a href="/quy-tac">{list.rules}</a>
        <a href="/lanh-dao">{list.dossiers}</a>
      </nav>
      <Quiet act={() => send({ type: 'leave' })}>{list.leave}</Quiet>
    </main>
  )
}
