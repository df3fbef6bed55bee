/** What is begun for the states before a poll: who comes in by which door. */
import * as api from '../api.ts'
import type { PeopleAct, PeopleState } from './people.ts'
import type { Event, State } from './state.ts'
import { beginPoll, leavePoll } from './work.ts'

const TRY_AGAIN_MS = 3000

export function begin(state: State, before: State | null, send: (event: Event) => void): void {
  if (state.at === 'poll') {
    beginPoll(state, before?.at === 'poll' ? before : null, send)
    return
  }
  if (before?.at === 'poll') leavePoll()
  if (state.at === 'people') {
    beginPeople(state, before?.at === 'people' ? before : null, send)
    return
  }
  switch (state.at) {
    case 'arriving':
      if (state.lost) window.setTimeout(() => send({ type: 'again' }), TRY_AGAIN_MS)
      else arrive(send)
      return
    case 'setting-up':
    case 'logging-in':
      if (state.password !== null && (before?.at !== state.at || before.password !== state.password)) pass(state, send)
      return
    case 'list':
      if (before?.at !== 'list') return
      if (state.making !== null && before.making === null) make(state.making.rehearsal, send)
      if (state.leaving && !before.leaving) api.endSession().then(() => send({ type: 'left' }))
      return
    default:
      return
  }
}

async function arrive(send: (event: Event) => void): Promise<void> {
  send({ type: 'arrived', answer: await api.getOrganiser() })
}

async function pass(
  state: Extract<State, { at: 'setting-up' | 'logging-in' }>,
  send: (event: Event) => void,
): Promise<void> {
  const password = state.password ?? ''
  const answer = await (state.at === 'setting-up'
    ? api.setUp(state.link, password)
    : api.logInAs(state.login, password))
  // The link is spent: it need not stay in the address.
  if ('ok' in answer && state.at === 'setting-up') window.history.replaceState(null, '', window.location.pathname)
  send({ type: 'passed', answer })
}

async function make(rehearsal: boolean, send: (event: Event) => void): Promise<void> {
  const answer = await api.makePoll(rehearsal, null)
  if ('ok' in answer) window.location.hash = answer.ok.poll
  else send({ type: 'not-made', why: answer.refused })
}

function beginPeople(state: PeopleState, before: PeopleState | null, send: (event: Event) => void): void {
  if (before === null || before.look !== state.look) lookAtPeople(send)
  if (state.lost && before?.lost !== true) window.setTimeout(() => send({ type: 'people-again' }), TRY_AGAIN_MS)
  const { act } = state
  if (act !== null && before?.act !== act) perform(act).then(answer => send({ type: 'people-acted', answer }))
}

async function lookAtPeople(send: (event: Event) => void): Promise<void> {
  const [people, organiser] = await Promise.all([api.getPeople(), api.getOrganiser()])
  send({ type: 'people', people, organiser })
}

function perform(act: PeopleAct): Promise<api.Answer<{ readonly invitation: string } | null>> {
  switch (act.what) {
    case 'invite':
      return api.invite(act.name, act.role, act.polls)
    case 'again':
      return api.inviteAgain(act.person)
    case 'remove':
      return api.removePerson(act.person)
    case 'polls':
      return api.givePolls(act.person, act.polls)
  }
}
