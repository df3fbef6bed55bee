/** What is begun for the states before a poll: who comes in by which door. */
import * as api from '../api.ts'
import type { Event, State } from './state.ts'
import { beginPoll, leavePoll } from './work.ts'

const TRY_AGAIN_MS = 3000

type Send = (event: Event) => void

export function begin(state: State, before: State | null, send: Send): void {
  if (state.at === 'poll') {
    beginPoll(state, before?.at === 'poll' ? before : null, send)
    return
  }
  if (before?.at === 'poll') leavePoll()
  switch (state.at) {
    case 'arriving':
      if (state.lost) window.setTimeout(() => send({ type: 'again' }), TRY_AGAIN_MS)
      else arrive(send)
      return
    case 'welcome':
      if (before?.at !== 'welcome') arrive(send)
      return
    case 'invited':
    case 'logging-in':
      if (state.typed !== null && (before?.at !== state.at || before.typed !== state.typed)) pass(state, send)
      return
    case 'list':
      if (state.lost && !(before?.at === 'list' && before.lost))
        window.setTimeout(() => send({ type: 'again' }), TRY_AGAIN_MS)
      else if (!state.lost && (before?.at !== 'list' || before.lost)) list(send)
      return
    case 'leaving':
      leave(send)
      return
    default:
      return
  }
}

/** Whether or not the server heard of it: this page shows nothing any more. */
async function leave(send: Send): Promise<void> {
  await api.endSession()
  send({ type: 'left' })
}

async function arrive(send: Send): Promise<void> {
  send({ type: 'arrived', answer: await api.getMe() })
}

async function list(send: Send): Promise<void> {
  send({ type: 'listed', answer: await api.getDossiers() })
}

async function pass(state: Extract<State, { at: 'invited' | 'logging-in' }>, send: Send): Promise<void> {
  const { login, password } = state.typed!
  const answer = await (state.at === 'invited'
    ? api.acceptInvitation(state.invitation, login, password)
    : api.logInAs(login, password))
  // The link is spent: it need not stay in the address.
  if ('ok' in answer && state.at === 'invited') window.history.replaceState(null, '', window.location.pathname)
  send({ type: 'passed', answer })
}
