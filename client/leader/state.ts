/** The leader's page: doors first (invitation, login, list), then one poll's dossier. Pure. */
import type { LeaderPoll, Me } from '../../server/wire/leader.ts'
import type { Answer } from '../api.ts'
import { type Login, newLogin, type Trying } from '../login.tsx'
import type { Language } from '../words/language.ts'
import { enterPoll, type PollEvent, type PollState, stepPoll, turnTo } from './poll.ts'
import type { Route } from './route.ts'

/** Where to go once it is known who came. */
type Aim = Exclude<Route, { readonly to: 'invited' }>

export type State =
  /** Plain http, where no session would be kept: nothing is asked of the server. */
  | { readonly at: 'insecure'; readonly language: Language }
  | { readonly at: 'arriving'; readonly language: Language; readonly aim: Aim; readonly lost: boolean }
  | { readonly at: 'unset'; readonly language: Language }
  | { readonly at: 'leaving'; readonly language: Language }
  | ({ readonly at: 'logging-in'; readonly language: Language; readonly aim: Aim } & Trying<Login>)
  | ({ readonly at: 'invited'; readonly language: Language; readonly invitation: string } & Trying<Login>)
  /** `me` null until it is known. */
  | { readonly at: 'welcome'; readonly language: Language; readonly me: Me | null }
  | {
      readonly at: 'list'
      readonly language: Language
      readonly me: Me
      /** Null until they are there. */
      readonly polls: readonly LeaderPoll[] | null
      readonly lost: boolean
      readonly search: string
    }
  | PollState

export type Event =
  | { readonly type: 'route'; readonly route: Route }
  | { readonly type: 'language'; readonly language: Language }
  | { readonly type: 'again' }
  | { readonly type: 'arrived'; readonly answer: Answer<Me> }
  | { readonly type: 'log-in'; readonly login: string; readonly password: string }
  | { readonly type: 'accept'; readonly login: string; readonly password: string; readonly again: string }
  | { readonly type: 'passed'; readonly answer: Answer<null> }
  | { readonly type: 'enter' }
  | { readonly type: 'listed'; readonly answer: Answer<readonly LeaderPoll[]> }
  | { readonly type: 'leave' }
  | { readonly type: 'left' }
  | PollEvent

const NOT_TRIED: Trying<Login> = { typed: null, why: null }
const LIST: Aim = { to: 'list' }

export const enter = (route: Route, language: Language): State =>
  route.to === 'invited'
    ? { at: 'invited', language, invitation: route.invitation, ...NOT_TRIED }
    : { at: 'arriving', language, aim: route, lost: false }

/** Of somebody whom the server knows. */
const goTo = (aim: Aim, me: Me, language: Language): State =>
  aim.to === 'poll'
    ? enterPoll(aim.poll, aim.part, me, language)
    : { at: 'list', language, me, polls: null, lost: false, search: '' }

export function step(state: State, event: Event): State {
  const { language } = state
  switch (event.type) {
    case 'route':
      return routed(state, event.route)
    case 'language':
      return { ...state, language: event.language }
    case 'again':
      return state.at === 'arriving' || state.at === 'list' ? { ...state, lost: false } : state
    case 'arrived':
      return arrived(state, event.answer)
    case 'log-in':
      if (state.at !== 'logging-in') return state
      return { ...state, typed: { login: event.login, password: event.password }, why: null }
    case 'accept': {
      if (state.at !== 'invited') return state
      const made = newLogin(event.login, event.password, event.again)
      return typeof made === 'string' ? { ...state, typed: null, why: made } : { ...state, typed: made, why: null }
    }
    case 'passed':
      return passed(state, event.answer)
    case 'enter':
      return state.at === 'welcome' && state.me !== null ? goTo(LIST, state.me, language) : state
    case 'listed':
      return state.at === 'list' ? listed(state, event.answer) : state
    case 'search':
      if (state.at === 'poll') return stepPoll(state, event)
      return state.at === 'list' ? { ...state, search: event.search } : state
    case 'leave':
      return { at: 'leaving', language }
    case 'left':
      return { at: 'logging-in', language, aim: LIST, ...NOT_TRIED }
    default:
      return state.at === 'poll' ? inPoll(state, event) : state
  }
}

function routed(state: State, route: Route): State {
  const { language } = state
  if (state.at === 'insecure') return state
  if (route.to === 'invited') return enter(route, language)
  if (state.at === 'poll' && route.to === 'poll' && route.poll === state.poll) return turnTo(state, route.part)
  if (state.at === 'list' || state.at === 'poll') return goTo(route, state.me, language)
  return enter(route, language)
}

function arrived(state: State, answer: Answer<Me>): State {
  const { language } = state
  if (state.at !== 'arriving' && state.at !== 'welcome') return state
  const aim = state.at === 'arriving' ? state.aim : LIST
  if ('ok' in answer) return state.at === 'arriving' ? goTo(aim, answer.ok, language) : { ...state, me: answer.ok }
  if (answer.refused === 'needs-setup') return { at: 'unset', language }
  if (answer.refused === 'needs-login') return { at: 'logging-in', language, aim, ...NOT_TRIED }
  return { at: 'arriving', language, aim, lost: true }
}

function passed(state: State, answer: Answer<null>): State {
  if (state.at !== 'invited' && state.at !== 'logging-in') return state
  const { language } = state
  if ('refused' in answer) return { ...state, typed: null, why: answer.refused }
  return state.at === 'invited' ? { at: 'welcome', language, me: null } : enter(state.aim, language)
}

function listed(state: Extract<State, { at: 'list' }>, answer: Answer<readonly LeaderPoll[]>): State {
  if ('ok' in answer) return { ...state, polls: answer.ok, lost: false }
  return answer.refused === 'needs-login'
    ? { at: 'logging-in', language: state.language, aim: LIST, ...NOT_TRIED }
    : { ...state, lost: true }
}

/** Whatever is asked of a poll may find the session over, or the poll withdrawn from this account. */
function inPoll(state: PollState, event: PollEvent): State {
  const viewed = event.type === 'viewed' && 'refused' in event.answer ? event.answer.refused : null
  const refused = event.type === 'acted' ? (event.no?.refused ?? null) : viewed
  const { language, me, poll, part } = state
  if (refused === 'needs-login') return { at: 'logging-in', language, aim: { to: 'poll', poll, part }, ...NOT_TRIED }
  if (viewed !== null && viewed !== 'offline') return goTo(LIST, me, language)
  return stepPoll(state, event)
}
