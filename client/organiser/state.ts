/** The organiser's page: doors first (set-up, login, list), then one poll, or who may get in. Pure. */
import type { OrganiserView } from '../../server/wire.ts'
import type { Answer } from '../api.ts'
import type { Language } from '../words/language.ts'
import type { Why } from './edit.ts'
import { enterPeople, type PeopleEvent, type PeopleState, stepPeople } from './people.ts'
import { enterPoll, type PollEvent, type PollState, stepPoll } from './poll.ts'

/** Where the address's fragment leads. */
type Route =
  | { readonly to: 'list' | 'people' }
  | { readonly to: 'setup'; readonly link: string }
  | { readonly to: 'poll'; readonly id: string }

/** What is being tried with the password typed, and what came of it. */
interface Trying {
  readonly login: string
  readonly password: string | null
  readonly why: Why | 'not-same' | null
}

export type State =
  | { readonly at: 'insecure'; readonly language: Language }
  | { readonly at: 'arriving'; readonly language: Language; readonly lost: boolean }
  | { readonly at: 'unset'; readonly language: Language }
  | ({ readonly at: 'setting-up'; readonly language: Language; readonly link: string } & Trying)
  | ({ readonly at: 'logging-in'; readonly language: Language; readonly route: Route } & Trying)
  | {
      readonly at: 'list'
      readonly language: Language
      readonly view: OrganiserView
      readonly making: { readonly rehearsal: boolean } | null
      readonly leaving: boolean
      readonly why: Why | null
    }
  | PeopleState
  | PollState

export type Event =
  | { readonly type: 'route'; readonly route: Route }
  | { readonly type: 'language'; readonly language: Language }
  | { readonly type: 'again' }
  | { readonly type: 'arrived'; readonly answer: Answer<OrganiserView> }
  | { readonly type: 'password'; readonly login: string; readonly password: string; readonly again: string }
  | { readonly type: 'passed'; readonly answer: Answer<null> }
  | { readonly type: 'make'; readonly rehearsal: boolean }
  | { readonly type: 'not-made'; readonly why: Why }
  | { readonly type: 'leave' }
  | { readonly type: 'left' }
  | PeopleEvent
  | PollEvent

const SETUP_LINK = /^setup\.([A-Za-z0-9_-]{22})$/
const POLL = /^[A-Za-z0-9_-]{22}$/
export const PEOPLE = 'nguoi'

export function routeOf(hash: string): Route {
  const fragment = hash.replace(/^#/, '')
  const link = SETUP_LINK.exec(fragment)?.[1]
  if (link !== undefined) return { to: 'setup', link }
  if (fragment === PEOPLE) return { to: 'people' }
  return POLL.test(fragment) ? { to: 'poll', id: fragment } : { to: 'list' }
}

/** The login that the set-up link gives. */
const FIRST_LOGIN = 'to-chuc'
const NOT_TRIED: Trying = { login: FIRST_LOGIN, password: null, why: null }

export function enter(route: Route, language: Language): State {
  if (route.to === 'setup') return { at: 'setting-up', language, link: route.link, ...NOT_TRIED }
  if (route.to === 'people') return enterPeople(language)
  return route.to === 'poll' ? enterPoll(route.id, language) : { at: 'arriving', language, lost: false }
}

export function step(state: State, event: Event): State {
  const { language } = state
  switch (event.type) {
    case 'route':
      if (state.at === 'insecure') return state
      return state.at === 'poll' && event.route.to === 'poll' && event.route.id === state.id
        ? state
        : enter(event.route, language)
    case 'language':
      return { ...state, language: event.language }
    case 'again':
      return state.at === 'arriving' ? { ...state, lost: false } : state
    case 'arrived':
      return state.at === 'arriving' ? arrived(language, event.answer) : state
    case 'password':
      return password(state, event)
    case 'passed':
      return passed(state, event.answer)
    case 'make':
      return state.at === 'list' ? { ...state, making: { rehearsal: event.rehearsal }, why: null } : state
    case 'not-made':
      if (event.why === 'needs-login') return { at: 'logging-in', language, route: { to: 'list' }, ...NOT_TRIED }
      return state.at === 'list' ? { ...state, making: null, why: event.why } : state
    case 'leave':
      return state.at === 'list' ? { ...state, leaving: true } : state
    case 'left':
      return { at: 'logging-in', language, route: { to: 'list' }, ...NOT_TRIED }
    case 'people':
    case 'people-again':
    case 'guest':
    case 'people-ask':
    case 'people-act':
    case 'people-acted':
      return state.at === 'people' ? amongPeople(state, event) : state
    default:
      return state.at === 'poll' ? inPoll(state, event) : state
  }
}

function amongPeople(state: PeopleState, event: PeopleEvent): State {
  const answer = event.type === 'people' ? event.people : event.type === 'people-acted' ? event.answer : null
  if (answer !== null && 'refused' in answer && answer.refused === 'needs-login')
    return { at: 'logging-in', language: state.language, route: { to: 'people' }, ...NOT_TRIED }
  return stepPeople(state, event)
}

/** Whatever is asked of a poll may find the session over, or the poll gone. */
function inPoll(state: PollState, event: PollEvent): State {
  const why = event.type === 'viewed' && 'refused' in event.answer ? event.answer.refused : null
  const refused = event.type === 'acted' ? event.why : why
  if (refused === 'needs-login')
    return { at: 'logging-in', language: state.language, route: { to: 'poll', id: state.id }, ...NOT_TRIED }
  if (refused === 'needs-setup') return { at: 'unset', language: state.language }
  if (why === 'not-found' || why === 'not-yours') return { at: 'arriving', language: state.language, lost: false }
  return stepPoll(state, event)
}

function arrived(language: Language, answer: Answer<OrganiserView>): State {
  if ('ok' in answer) return { at: 'list', language, view: answer.ok, making: null, leaving: false, why: null }
  if (answer.refused === 'needs-setup') return { at: 'unset', language }
  if (answer.refused === 'needs-login') return { at: 'logging-in', language, route: { to: 'list' }, ...NOT_TRIED }
  // An account, and not an organiser's: another one may come.
  if (answer.refused === 'not-yours')
    return { at: 'logging-in', language, route: { to: 'list' }, ...NOT_TRIED, why: answer.refused }
  return { at: 'arriving', language, lost: true }
}

function password(state: State, { login, password: typed, again }: Extract<Event, { type: 'password' }>): State {
  if (state.at === 'logging-in') return { ...state, login, password: typed, why: null }
  if (state.at !== 'setting-up') return state
  if (typed.length < 10) return { ...state, password: null, why: 'weak-password' }
  return typed === again ? { ...state, password: typed, why: null } : { ...state, password: null, why: 'not-same' }
}

function passed(state: State, answer: Answer<null>): State {
  if (state.at !== 'setting-up' && state.at !== 'logging-in') return state
  if ('refused' in answer) return { ...state, password: null, why: answer.refused }
  return enter(state.at === 'logging-in' ? state.route : { to: 'list' }, state.language)
}
