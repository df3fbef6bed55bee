/** Who gets in: the list, an invitation, its link shown once. */
import type { PersonView } from '../../../server/wire/leader.ts'
import { Main, Note } from '../../parts.tsx'
import { Qr } from '../../qr.tsx'
import { LOGIN } from '../../words/login.ts'
import type { OrganiserWords } from '../../words/organiser.ts'
import { actOf, type Guest, isWhole, NEW_GUEST, type PeopleEvent, type PeopleState, ROLES } from '../people.ts'
import { Field, Tick } from './parts.tsx'

interface Shown {
  readonly state: PeopleState
  readonly words: OrganiserWords
  readonly send: (event: PeopleEvent) => void
}

export function AccessScreen(shown: Shown) {
  const { state, words, send } = shown
  const { seen, guest, why, lost } = state
  const { nobody } = LOGIN[state.language]
  return (
    <main class="screen wide">
      <p>
        <a href="#polls">← {words.list.back}</a>
      </p>
      <h1>{words.people.title}</h1>
      <p>{words.people.intro}</p>
      <p class="soft small">{nobody}</p>
      {lost ? <Note tone="attention">{words.lineLost}</Note> : null}
      {why === null ? null : <Why why={why} words={words} />}
      <Link {...shown} />
      {seen === null ? (
        <p class="soft">{words.wait}</p>
      ) : (
        <>
          <ul class="polls people">
            {seen.people.map(person => (
              <Person key={person.person} person={person} shown={shown} />
            ))}
          </ul>
          {guest !== null && guest.person === null ? <Inviting {...shown} guest={guest} /> : null}
          {guest === null && state.asking === null ? (
            <div class="acts">
              <Main act={() => send({ type: 'guest', guest: NEW_GUEST })}>{words.people.inviteOpen}</Main>
            </div>
          ) : null}
        </>
      )}
    </main>
  )
}

function Why({ why, words }: { readonly why: NonNullable<PeopleState['why']>; readonly words: OrganiserWords }) {
  const { title, text } = why === 'wrong-state' ? words.people.last : words.refusals[why]
  return (
    <Note tone="fails" title={title}>
      {text}
    </Note>
  )
}

/** Shown once: it is stored nowhere. */
function Link({ state, words, send }: Shown) {
  const { link, seen } = state
  if (link === null) return null
  const address = `${seen?.organiser.addresses[0] ?? window.location.origin}/lanh-dao#moi.${link.invitation}`
  return (
    <section class="question" aria-labelledby="invitation">
      <h2 id="invitation">{words.people.link(link.name)}</h2>
      <p>{words.people.linkNote}</p>
      <div class="qr-line">
        <Qr text={address} label={words.people.link(link.name)} />
        <p class="address">{address}</p>
      </div>
      <div class="acts row">
        <button type="button" onClick={() => send({ type: 'guest', guest: null })}>
          {words.people.linkDone}
        </button>
      </div>
    </section>
  )
}

function Person({ person, shown }: { readonly person: PersonView; readonly shown: Shown }) {
  const { state, send } = shown
  const words = shown.words.people
  const { name, login, role, polls, arrived } = person
  const { guest, asking } = state
  const where = polls === null ? words.everything : polls.length === 0 ? words.none : words.count(polls.length)
  const change: Guest = { person: person.person, name, role, all: polls === null, polls: polls ?? [] }
  const isAsked = asking?.person === person.person
  return (
    <li class="stack">
      <p>
        <strong>{name}</strong>
        <br />
        <span class="soft small">
          {LOGIN[state.language].roles[role].name} · {where} · {arrived ? words.login(login) : words.waiting}
        </span>
      </p>
      {guest?.person === person.person ? (
        <Choosing {...shown} guest={guest} act={words.savePolls} />
      ) : isAsked ? (
        <Asking {...shown} asking={asking} name={name} />
      ) : (
        <div class="row-of-links">
          {(
            [
              [words.pollsOpen, { type: 'guest', guest: change }],
              [words.againOpen, { type: 'people-ask', asking: { what: 'again', person: person.person } }],
              [words.removeOpen, { type: 'people-ask', asking: { what: 'remove', person: person.person } }],
            ] as const
          ).map(([label, event]) => (
            <button
              key={label}
              type="button"
              class="link"
              aria-label={words.forWhom(label, name)}
              onClick={() => send(event)}
            >
              {label}
            </button>
          ))}
        </div>
      )}
    </li>
  )
}

function Asking({
  state,
  words,
  send,
  asking,
  name,
}: Shown & { readonly asking: NonNullable<PeopleState['asking']>; readonly name: string }) {
  const { title, text, act } = words.people[asking.what]
  return (
    <section class="question" aria-label={title(name)}>
      <h2>{title(name)}</h2>
      <p>{text}</p>
      <div class="acts row">
        <button
          type="button"
          class="main"
          disabled={state.act !== null}
          onClick={() => send({ type: 'people-act', act: asking })}
        >
          {act}
        </button>
        <button type="button" onClick={() => send({ type: 'people-ask', asking: null })}>
          {words.seal.cancel}
        </button>
      </div>
    </section>
  )
}

// ── an invitation ───────────────────────────────────────────────────────────────────────────────────────────────

function Inviting(shown: Shown & { readonly guest: Guest }) {
  const { state, words, send, guest } = shown
  const { roles } = LOGIN[state.language]
  return (
    <section class="question" aria-labelledby="inviting">
      <h2 id="inviting">{words.people.inviteOpen.replace('…', '')}</h2>
      <fieldset>
        <legend class="minor">{words.people.role}</legend>
        {ROLES.map(role => (
          <label class="tick" key={role} for={`role-${role}`}>
            <input
              type="radio"
              name="role"
              id={`role-${role}`}
              checked={guest.role === role}
              onChange={() => send({ type: 'guest', guest: { ...guest, role } })}
            />
            <span>
              <strong>{roles[role].name}</strong>
              <br />
              <span class="small">
                {roles[role].sees} {roles[role].does}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      <Field
        id="guest-name"
        label={words.people.name}
        value={guest.name}
        set={name => send({ type: 'guest', guest: { ...guest, name } })}
      />
      <Choosing {...shown} act={words.people.invite} />
    </section>
  )
}

function Choosing({ state, words, send, guest, act }: Shown & { readonly guest: Guest; readonly act: string }) {
  const polls = state.seen?.organiser.polls ?? []
  const set = (change: Partial<Guest>) => send({ type: 'guest', guest: { ...guest, ...change } })
  return (
    <>
      <fieldset>
        <legend class="minor">{words.people.polls}</legend>
        <Tick id="guest-all" label={words.people.all} on={guest.all} set={all => set({ all })} />
        {guest.all
          ? null
          : polls.map(({ poll, title }) => (
              <Tick
                key={poll}
                id={`guest-${poll}`}
                label={title === '' ? words.list.untitled : title}
                on={guest.polls.includes(poll)}
                set={on => set({ polls: on ? [...guest.polls, poll] : guest.polls.filter(one => one !== poll) })}
              />
            ))}
        {guest.all || polls.length > 0 ? null : <p class="soft small">{words.people.noPolls}</p>}
      </fieldset>
      <div class="acts row">
        <button
          type="button"
          class="main"
          disabled={!isWhole(guest) || state.act !== null}
          onClick={() => send({ type: 'people-act', act: actOf(guest) })}
        >
          {act}
        </button>
        <button type="button" onClick={() => send({ type: 'guest', guest: null })}>
          {words.seal.cancel}
        </button>
      </div>
    </>
  )
}
