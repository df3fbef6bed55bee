/** What the verifier's page can be at, and what follows from what. */
import type { Refusal } from '../../server/wire.ts'
import type { Language } from '../words/language.ts'
import { type Asked, readAsked } from './asked.ts'
import type { Given } from './packs.ts'
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

/** A file as it was given: a record, a rule pack, or something else. */
export interface Dropped {
  readonly file: Blob
  readonly name: string
}

/** The record that is being checked. */
export interface Chosen {
  readonly record: Blob
  readonly name: string
  readonly asked: Asked | null
}

export type Screen =
  | { readonly at: 'asking'; readonly trouble: Trouble | null }
  | { readonly at: 'fetching'; readonly asked: Asked }
  /** What is a record, and what a pack? `chosen`: the record that was checked before, for which packs may come. */
  | { readonly at: 'sorting'; readonly files: readonly Dropped[]; readonly chosen: Chosen | null }
  | {
      readonly at: 'fetching-packs'
      readonly chosen: Chosen
      readonly hashes: readonly string[]
      readonly sought: Sought
    }
  | {
      readonly at: 'checking'
      readonly chosen: Chosen
      readonly sought: Sought
      readonly done: number
      /** Lines in all; null until they are counted. */
      readonly all: number | null
    }
  | { readonly at: 'checked'; readonly chosen: Chosen; readonly report: ReportView }
  | { readonly at: 'pasting'; readonly trouble: Trouble | null }
  | { readonly at: 'opening-sealed' }
  | { readonly at: 'sealed'; readonly sealed: SealedView }

/** Hashes of packs that the server was asked for. */
type Sought = readonly string[]

export interface State {
  readonly language: Language
  /** A server is there to be asked; not for the single file. */
  readonly online: boolean
  /** Whether everything is loaded that checking takes: then no network is needed any more. */
  readonly worker: 'loading' | 'ready'
  /** As typed; it stays while one record after the other is checked. */
  readonly code: string
  /** As pasted. */
  readonly pasted: string
  /** Rule packs that were given or fetched, besides those built in. */
  readonly packs: readonly Given[]
  readonly screen: Screen
}

export type Event =
  | { readonly type: 'language'; readonly language: Language }
  | { readonly type: 'ready' }
  | { readonly type: 'code'; readonly code: string }
  | { readonly type: 'pasted'; readonly text: string }
  | { readonly type: 'files'; readonly files: readonly Dropped[] }
  /** Null: packs alone. */
  | { readonly type: 'sorted'; readonly record: Dropped | null; readonly packs: readonly Given[] }
  | { readonly type: 'fetch' }
  | { readonly type: 'fetched'; readonly chosen: Chosen }
  | { readonly type: 'lacks-packs'; readonly hashes: readonly string[] }
  | { readonly type: 'packs'; readonly packs: readonly Given[] }
  | { readonly type: 'refused'; readonly trouble: Trouble }
  | { readonly type: 'lines'; readonly done: number; readonly all: number }
  | { readonly type: 'report'; readonly report: ReportView }
  | { readonly type: 'sealed'; readonly sealed: SealedView }
  | { readonly type: 'go'; readonly to: 'asking' | 'pasting' | 'opening-sealed' }

/** `#poll=<43 characters>` begins at once, where there is a server. */
export function initialState(language: Language, fragment: string, online: boolean): State {
  const poll = /^#?poll=([A-Za-z0-9_-]{43})$/.exec(fragment)?.[1]
  const asked = poll === undefined ? null : readAsked(poll)
  const screen: Screen = asked === null || !online ? { at: 'asking', trouble: null } : { at: 'fetching', asked }
  return { language, online, worker: 'loading', code: '', pasted: '', packs: [], screen }
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
    case 'files':
      if (screen.at === 'asking') return to({ at: 'sorting', files: event.files, chosen: null })
      return screen.at === 'checked' ? to({ at: 'sorting', files: event.files, chosen: screen.chosen }) : state
    case 'sorted':
      return screen.at === 'sorting' ? sorted(withPacks(state, event.packs), screen.chosen, event.record) : state
    case 'fetch':
      return screen.at === 'asking' ? to(fetching(state.code)) : state
    case 'fetched':
      return screen.at === 'fetching' ? to(checking(event.chosen)) : state
    case 'lacks-packs':
      if (screen.at !== 'checking') return state
      return to({ at: 'fetching-packs', chosen: screen.chosen, hashes: event.hashes, sought: screen.sought })
    case 'packs': {
      if (screen.at !== 'fetching-packs') return state
      const { chosen, sought, hashes } = screen
      return { ...withPacks(state, event.packs), screen: checking(chosen, [...sought, ...hashes]) }
    }
    case 'refused':
      if (screen.at === 'fetching' || screen.at === 'sorting' || screen.at === 'checking')
        return to({ at: 'asking', trouble: event.trouble })
      return screen.at === 'opening-sealed' ? to({ at: 'pasting', trouble: event.trouble }) : state
    case 'lines':
      return screen.at === 'checking' ? to({ ...screen, done: event.done, all: event.all }) : state
    case 'report':
      if (screen.at !== 'checking') return state
      return to({ at: 'checked', chosen: screen.chosen, report: event.report })
    case 'sealed':
      return screen.at === 'opening-sealed' ? to({ at: 'sealed', sealed: event.sealed }) : state
    case 'go': {
      const next: Screen = event.to === 'opening-sealed' ? { at: event.to } : { at: event.to, trouble: null }
      // Packs belong to the record that they came with.
      return { ...state, packs: screen.at === 'checked' ? [] : state.packs, screen: next }
    }
  }
}

/** Typing takes a complaint back. */
const quiet = (screen: Screen): Screen =>
  'trouble' in screen && screen.trouble ? { ...screen, trouble: null } : screen

const checking = ({ record, name, asked }: Chosen, sought: Sought = []): Screen => ({
  at: 'checking',
  chosen: { record, name, asked },
  sought,
  done: 0,
  all: null,
})

/** A pack given twice is one; what came last under a name stands. */
const withPacks = (state: State, packs: readonly Given[]): State => ({
  ...state,
  packs: [...state.packs.filter(({ name }) => !packs.some(pack => pack.name === name)), ...packs],
})

/** A new record; or packs alone, for the record that is there already or one that is still to come. */
function sorted(state: State, before: Chosen | null, record: Dropped | null): State {
  const { code } = state
  const asked = readAsked(code)
  const to = (screen: Screen): State => ({ ...state, screen })
  if (record === null) return to(before ? checking(before) : { at: 'asking', trouble: null })
  // The code is optional with a file, but what stands there must be one.
  if (asked === null && code.trim() !== '') return to({ at: 'asking', trouble: 'bad-code' })
  return to(checking({ record: record.file, name: record.name, asked }))
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
