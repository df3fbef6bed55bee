/** Before a dossier: waiting, the welcome after an invitation, the list of polls. */
import { plainSpelling } from '../../../server/rules/spelling.ts'
import type { LeaderPoll, Role } from '../../../server/wire/leader.ts'
import { Main, Note } from '../../parts.tsx'
import type { Language } from '../../words/language.ts'
import type { LeaderWords } from '../../words/leader.ts'
import { dayIn } from '../days.ts'
import { may } from '../may.ts'
import { linkTo } from '../route.ts'
import type { Event, State } from '../state.ts'

type At<A extends State['at']> = Extract<State, { at: A }>
type Send = (event: Event) => void

export function Insecure({ words }: { readonly words: LeaderWords }) {
  const { title, why, here, elsewhere } = words.insecure
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
    </main>
  )
}

export const Arriving = ({ lost, words }: { readonly lost: boolean; readonly words: LeaderWords }) => (
  <main class="screen" aria-live="polite">
    <p class="soft">{words.wait}</p>
    {lost ? (
      <Note tone="attention" title={words.noLine}>
        {words.noLineText}
      </Note>
    ) : null}
  </main>
)

export const Unset = ({ words }: { readonly words: LeaderWords }) => (
  <main class="screen">
    <h1>{words.unset.title}</h1>
    <p>{words.unset.text}</p>
  </main>
)

/** Which role the invitation gave, and what it sees. */
export function Welcome({ state, words, send }: { state: At<'welcome'>; words: LeaderWords; send: Send }) {
  if (state.me === null) return <Arriving lost={false} words={words} />
  const role = words.login.roles[state.me.role]
  return (
    <main class="screen">
      <h1>{words.welcome.title}</h1>
      <p>
        {state.me.name} · {state.me.login}
      </p>
      <section class="stack">
        <h2>{words.welcome.youAre}</h2>
        <p>
          <strong>{role.name}</strong>
        </p>
        <p>{role.sees}</p>
        <p>{role.does}</p>
        <p class="soft">{words.login.nobody}</p>
      </section>
      <div class="acts">
        <Main act={() => send({ type: 'enter' })}>{words.welcome.enter}</Main>
      </div>
    </main>
  )
}

/** Words typed in any spelling, all of them somewhere in title, unit or period. */
export function matching(polls: readonly LeaderPoll[], search: string): readonly LeaderPoll[] {
  const wanted = plainSpelling(search).split(' ')
  return polls.filter(({ title, unit, period }) => {
    const text = plainSpelling(`${title} ${unit} ${period}`)
    return wanted.every(word => text.includes(word))
  })
}

/** By day, newest first; then by the unit's name. Never by result. */
const inOrder = (polls: readonly LeaderPoll[]): readonly LeaderPoll[] =>
  [...polls].sort((a, b) => (a.date === b.date ? a.unit.localeCompare(b.unit, 'vi') : a.date < b.date ? 1 : -1))

export function List({ state, words, send }: { state: At<'list'>; words: LeaderWords; send: Send }) {
  if (state.polls === null) return <Arriving lost={state.lost} words={words} />
  const { list } = words
  const found = inOrder(matching(state.polls, state.search))
  return (
    <main class="screen wide">
      <h1>{list.title}</h1>
      <Elsewhere role={state.me.role} words={words} />
      {state.polls.length === 0 ? (
        <p class="soft">{list.none}</p>
      ) : (
        <>
          <div class="field">
            <label for="search">{list.search}</label>
            <input
              id="search"
              type="search"
              value={state.search}
              autocomplete="off"
              onInput={event => send({ type: 'search', search: event.currentTarget.value })}
            />
          </div>
          <p class="soft small">
            <span role="status">
              {found.length === 0 ? list.noneFound : list.found(found.length, state.polls.length)}
            </span>{' '}
            {list.order}
          </p>
        </>
      )}
      <ul class="polls">
        {found.map(poll => (
          <li key={poll.poll}>
            <OnePoll poll={poll} words={words} language={state.language} organises={state.me.role === 'organiser'} />
          </li>
        ))}
      </ul>
    </main>
  )
}

/** Pages of their own that the role has business with. */
const Elsewhere = ({ role, words: { list } }: { readonly role: Role; readonly words: LeaderWords }) =>
  may(role, 'write') ? (
    <nav class="elsewhere small" aria-label={list.elsewhere}>
      {role === 'organiser' ? <a href="/to-chuc">{list.organise}</a> : null}
      <a href="/quy-tac">{list.rules}</a>
    </nav>
  ) : null

interface OnePollProps {
  readonly poll: LeaderPoll
  readonly words: LeaderWords
  readonly language: Language
  readonly organises: boolean
}

function OnePoll({ poll, words, language, organises }: OnePollProps) {
  const { list } = words
  const states = poll.medium === 'paper' ? { ...words.states, ...words.statesOnPaper } : words.states
  const title = poll.title === '' ? list.untitled : poll.title
  const about = [poll.unit, poll.period, dayIn(poll.date, language)].filter(text => text !== '').join(' · ')
  return (
    <>
      {poll.state === 'counted' ? (
        <a class="title" href={linkTo(poll.poll, { at: 'poll' })}>
          {title}
        </a>
      ) : (
        <strong class="title">{title}</strong>
      )}
      <p class="soft small">{about}</p>
      <p class="small">
        {poll.rehearsal ? `${list.rehearsal} · ` : ''}
        {states[poll.state]}
        {poll.overdue === 0 ? null : (
          <>
            {' · '}
            <strong class="overdue">{list.overdue(poll.overdue)}</strong>
          </>
        )}
      </p>
      {poll.state === 'counted' ? null : (
        <p class="soft small">
          {poll.state === 'void' ? list.void : list.notYet}{' '}
          {organises ? <a href={`/to-chuc#${poll.poll}`}>{list.organise}</a> : null}
        </p>
      )}
    </>
  )
}
