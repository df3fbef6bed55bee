/** What the verifier's page can be at, and what follows from what. */
import type { Refusal } from '../../server/wire.ts'
import type { Language } from '../words/language.ts'
import { type Asked, readAsked } from './asked.ts'
import type { ReportView } from './report.ts'
import type { SealedView } from './sealed.ts'

/** Why there is nothing to check yet. */
export type Trouble =
  | 'no-code' // a poll of this server is named by its code
  | 'bad-code'
  | 'unknown-poll'
  | 'not-closed' // the record becomes public when the box is closed
  | 'offline'
  | 'busy'
  | 'no-record'
  | 'failed'

export type Screen =
  | { readonly at: 'asking'; readonly trouble: Trouble | null }
  | { readonly at: 'fetching'; readonly asked: Asked }
  | {
      readonly at: 'checking'
      readonly record: Blob
      readonly name: string
      readonly asked: Asked | null
      readonly done: number
      /** Lines in all; null until they are counted. */
      readonly all: number | null
    }
  | { readonly at: 'checked'; readonly name: string; readonly asked: Asked | null; readonly report: ReportView }
  | { readonly at: 'pasting'; readonly trouble: Trouble | null }
  | { readonly at: 'opening-sealed' }
  | { readonly at: 'sealed'; readonly sealed: SealedView }

export interface State {
  readonly language: Language
  /** Whether everything is loaded that checking takes: then no network is needed any more. */
  readonly worker: 'loading' | 'ready'
  /** As typed; it stays while one record after the other is checked. */
  readonly code: string
  /** As pasted. */
  readonly pasted: string
  readonly screen: Screen
}

export type Event =
  | { readonly type: 'language'; readonly language: Language }
  | { readonly type: 'ready' }
  | { readonly type: 'code'; readonly code: string }
  | { readonly type: 'pasted'; readonly text: string }
  | { readonly type: 'file'; readonly file: Blob; readonly name: string }
  | { readonly type: 'fetch' }
  | { readonly type: 'fetched'; readonly record: Blob; readonly name: string; readonly asked: Asked }
  | { readonly type: 'refused'; readonly trouble: Trouble }
  | { readonly type: 'lines'; readonly done: number; readonly all: number }
  | { readonly type: 'report'; readonly report: ReportView }
  | { readonly type: 'sealed'; readonly sealed: SealedView }
  | { readonly type: 'go'; readonly to: 'asking' | 'pasting' | 'opening-sealed' }

/** `#poll=<43 characters>` begins at once. */
export function initialState(language: Language, fragment: string): State {
  const poll = /^#?poll=([A-Za-z0-9_-]{43})$/.exec(fragment)?.[1]
  const asked = poll === undefined ? null : readAsked(poll)
  const screen: Screen = asked === null ? { at: 'asking', trouble: null } : { at: 'fetching', asked }
  return { language, worker: 'loading', code: '', pasted: '', screen }
}

export function step(state: State, event: Event): State {
  const { screen } = state
  const to = (next: Screen): State => ({ ...state, screen: next })
  switch (event.type) {
    case 'language':
      return { ...state, language: event.language }
    case 'ready':
      return { ...state, worker: 'ready' }
    case 'code':
      return { ...state, code: event.code, screen: quiet(screen) }
    case 'pasted':
      return { ...state, pasted: event.text, screen: quiet(screen) }
    case 'file':
      return screen.at === 'asking' || screen.at === 'checked' ? to(checking(state.code, event)) : state
    case 'fetch':
      return screen.at === 'asking' ? to(fetching(state.code)) : state
    case 'fetched':
      if (screen.at !== 'fetching') return state
      return to({ at: 'checking', record: event.record, name: event.name, asked: event.asked, done: 0, all: null })
    case 'refused':
      if (screen.at === 'fetching' || screen.at === 'checking') return to({ at: 'asking', trouble: event.trouble })
      return screen.at === 'opening-sealed' ? to({ at: 'pasting', trouble: event.trouble }) : state
    case 'lines':
      return screen.at === 'checking' ? to({ ...screen, done: event.done, all: event.all }) : state
    case 'report':
      if (screen.at !== 'checking') return state
      return to({ at: 'checked', name: screen.name, asked: screen.asked, report: event.report })
    case 'sealed':
      return screen.at === 'opening-sealed' ? to({ at: 'sealed', sealed: event.sealed }) : state
    case 'go':
      return to(event.to === 'opening-sealed' ? { at: event.to } : { at: event.to, trouble: null })
  }
}

/** Typing takes a complaint back. */
const quiet = (screen: Screen): Screen =>
  'trouble' in screen && screen.trouble ? { ...screen, trouble: null } : screen

/** The code is optional with a file, but what stands there must be one. */
function checking(code: string, { file, name }: { readonly file: Blob; readonly name: string }): Screen {
  const asked = readAsked(code)
  if (asked === null && code.trim() !== '') return { at: 'asking', trouble: 'bad-code' }
  return { at: 'checking', record: file, name, asked, done: 0, all: null }
}

function fetching(code: string): Screen {
  const asked = readAsked(code)
  if (asked === null) return { at: 'asking', trouble: code.trim() === '' ? 'no-code' : 'bad-code' }
  return { at: 'fetching', asked }
}

/** What a refusal means to somebody who only wants to read a record. */
export function troubleOf(refused: Refusal | 'offline'): Trouble {
  switch (refused) {
    case 'offline':
      return 'offline'
    case 'wrong-manifest':
    case 'not-found':
    case 'bad-request':
      return 'unknown-poll'
    case 'wrong-state':
    case 'not-open':
      return 'not-closed'
    default:
      return 'busy'
  }
}
