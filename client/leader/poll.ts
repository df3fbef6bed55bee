/**
 * One poll's dossier as this page sees it: what the server last showed, what is being typed, the one thing that is being
 * asked of the server. Pure: what is begun for a state stands in `work.ts`.
 */
import type { DossierView, EntryBody, Me, MinutesFacts, Profile, Stamp } from '../../server/wire/leader.ts'
import type { Answer, No } from '../api.ts'
import type { Language } from '../words/language.ts'
import { type CommentsEvent, type CommentsState, NO_COMMENTS, passedOn, stepComments } from './comments/state.ts'
import { type Facts, factsOf } from './dossier.ts'
import type { EntryForm } from './entry.ts'
import { formOf, type MinutesForm, type TypedMinutes } from './minutes.ts'
import type { Part } from './route.ts'

type Why = No['refused']

/** What a press asks for; one at a time. */
export type Act =
  | { readonly what: 'entry'; readonly body: EntryBody }
  | { readonly what: 'confirm'; readonly n: number }
  | { readonly what: 'minutes'; readonly version: number; readonly facts: MinutesFacts }
  | { readonly what: 'seal-minutes'; readonly version: number }
  | { readonly what: 'scan'; readonly file: Blob; readonly name: string }
  | { readonly what: 'stamp'; readonly stamp: Stamp }
  | { readonly what: 'copy'; readonly form: string; readonly recipient: string }
export type What = Act['what']

/** What opens below its button and takes effect by a second press. */
export type Question =
  | { readonly about: 'confirm'; readonly n: number }
  | { readonly about: 'seal-minutes' }
  | { readonly about: 'stamp'; readonly stamp: Stamp }

export interface PollState {
  readonly at: 'poll'
  readonly language: Language
  readonly me: Me
  readonly poll: string
  readonly part: Part
  readonly view: DossierView | null
  /** Texts of every frozen pack; null until they are there. */
  readonly packs: readonly string[] | null
  readonly facts: Facts | null
  /** `2026-12-05`, of this machine. */
  readonly today: string
  /** Counts looks asked for, and looks that were answered. */
  readonly look: number
  readonly seen: number
  /** The last look brought nothing. */
  readonly lost: boolean
  readonly entry: EntryForm | null
  readonly minutes: MinutesForm | null
  readonly profile: Profile
  readonly copy: { readonly form: string; readonly recipient: string }
  /** Words of positions to compare with; null: those of the subject's own. */
  readonly words: string | null
  /** What is looked for among many subjects. */
  readonly search: string
  /** What was written, while the competent authority reads it here. */
  readonly comments: CommentsState
  readonly question: Question | null
  readonly act: Act | null
  readonly why: { readonly what: What; readonly why: Why; readonly where: string } | null
  /** Done last; said once. */
  readonly done: What | null
}

export type PollEvent =
  | { readonly type: 'look' }
  | {
      readonly type: 'viewed'
      readonly poll: string
      readonly today: string
      readonly answer: Answer<DossierView>
    }
  | { readonly type: 'packs'; readonly packs: readonly string[] }
  | { readonly type: 'comments'; readonly poll: string; readonly event: CommentsEvent }
  | { readonly type: 'entry'; readonly entry: EntryForm | null }
  | { readonly type: 'minutes'; readonly change: Partial<TypedMinutes> }
  | { readonly type: 'forget-minutes' }
  | { readonly type: 'profile'; readonly profile: Profile }
  | { readonly type: 'copy'; readonly change: Partial<PollState['copy']> }
  | { readonly type: 'words'; readonly words: string }
  | { readonly type: 'search'; readonly search: string }
  | { readonly type: 'question'; readonly question: Question | null }
  | { readonly type: 'act'; readonly act: Act }
  | { readonly type: 'acted'; readonly poll: string; readonly what: What; readonly no: No | null }

export const enterPoll = (poll: string, part: Part, me: Me, language: Language): PollState => ({
  at: 'poll',
  language,
  me,
  poll,
  part,
  view: null,
  packs: null,
  facts: null,
  today: '',
  look: 1,
  seen: 0,
  lost: false,
  entry: null,
  minutes: null,
  profile: 'state',
  copy: { form: 'minutes', recipient: '' },
  words: null,
  search: '',
  comments: NO_COMMENTS,
  question: null,
  act: null,
  why: null,
  done: null,
})

/** Another part of the same poll: what was being typed there is left behind only where it was not the minutes. */
export const turnTo = (state: PollState, part: Part): PollState => ({
  ...state,
  part,
  entry: null,
  words: null,
  question: null,
  why: null,
  done: null,
})

export function stepPoll(state: PollState, event: PollEvent): PollState {
  switch (event.type) {
    case 'look':
      return { ...state, look: state.look + 1 }
    case 'viewed':
      return event.poll === state.poll ? viewed(state, event.answer, event.today) : state
    case 'packs':
      return withFacts({ ...state, packs: event.packs })
    case 'comments':
      return event.poll === state.poll
        ? { ...state, comments: stepComments(state.comments, event.event), ...quiet(state, 'entry') }
        : state
    case 'entry':
      return { ...state, entry: event.entry, question: null, ...quiet(state, 'entry') }
    case 'minutes':
      return state.minutes === null ? state : typedMinutes(state, state.minutes, event.change)
    case 'forget-minutes':
      return withMinutes({ ...state, minutes: null, ...quiet(state, 'minutes') })
    case 'profile':
      return { ...state, profile: event.profile }
    case 'copy':
      return { ...state, copy: { ...state.copy, ...event.change }, ...quiet(state, 'copy') }
    case 'words':
      return { ...state, words: event.words }
    case 'search':
      return { ...state, search: event.search }
    case 'question':
      return { ...state, question: event.question, why: null, done: null }
    case 'act':
      return state.act === null ? { ...state, act: event.act, why: null, done: null } : state
    case 'acted':
      return event.poll === state.poll && state.act?.what === event.what ? acted(state, event.what, event.no) : state
  }
}

/** A refusal goes when what it was about is typed anew. */
const quiet = ({ why }: PollState, what: What): Pick<PollState, 'why' | 'done'> => ({
  why: why?.what === what ? null : why,
  done: null,
})

function viewed(state: PollState, answer: Answer<DossierView>, today: string): PollState {
  if ('refused' in answer) return { ...state, seen: state.seen + 1, lost: true }
  const fresh = { ...state, view: answer.ok, today, seen: state.seen + 1, lost: false }
  return withMinutes(sameTexts(state.view, answer.ok) ? fresh : withFacts(fresh))
}

/** What was worked out of these texts stays good. */
const sameTexts = (a: DossierView | null, b: DossierView): boolean =>
  a !== null &&
  a.manifest === b.manifest &&
  a.closing === b.closing &&
  a.result === b.result &&
  a.outcome === b.outcome &&
  JSON.stringify(a.paper) === JSON.stringify(b.paper)

const withFacts = (state: PollState): PollState => ({
  ...state,
  facts: state.view === null || state.packs === null ? null : factsOf(state.view, state.packs),
})

/** The server's minutes, unless something of our own is being typed. */
function withMinutes(state: PollState): PollState {
  if (state.view === null || state.facts === null || state.minutes?.changed) return state
  return { ...state, minutes: formOf(state.view.minutes, state.facts.team) }
}

const typedMinutes = (state: PollState, minutes: MinutesForm, change: Partial<TypedMinutes>): PollState => ({
  ...state,
  minutes: { ...minutes, typed: { ...minutes.typed, ...change }, changed: true },
  ...quiet(state, 'minutes'),
})

function acted(state: PollState, what: What, no: No | null): PollState {
  if (no !== null) return { ...state, act: null, why: { what, why: no.refused, where: no.where ?? '' } }
  const after = { ...state, act: null, why: null, done: what, question: null, look: state.look + 1 }
  switch (what) {
    case 'entry': {
      const passed = state.act?.what === 'entry' && state.act.body.kind === 'themes'
      return passed ? { ...after, comments: passedOn(state.comments) } : { ...after, entry: null }
    }
    case 'minutes':
      return { ...after, minutes: state.minutes && { ...state.minutes, changed: false } }
    case 'copy':
      return { ...after, copy: { ...state.copy, recipient: '' } }
    default:
      return after
  }
}
