/**
 * The page of rule packs: reading for anybody; writing, trying, comparing and freezing for whoever has an account. Pure:
 * what is begun for a state stands in `begin.ts`.
 */
import type { Me } from '../../server/wire/leader.ts'
import type { PackDraftView, PackText } from '../../server/wire/packs.ts'
import type { Answer } from '../api.ts'
import type { Login, Trying } from '../login.tsx'
import type { Language } from '../words/language.ts'
import { type Blind, cleared, type Difference, freshBlind } from './blind.ts'
import { type Edit, editAfter, inOrder, resolved, saved, typed, type Why } from './edit.ts'
import type { Route } from './route.ts'
import type { Path, Tree } from './tree.ts'
import type { Beginning } from './writing.ts'

/** Parts of a draft, shown one at a time. */
export const SECTIONS = ['text', 'scope', 'options', 'count', 'bands', 'more', 'try', 'freeze'] as const
export type Section = (typeof SECTIONS)[number]

/** What a press asks of the server; one at a time. */
export type Act =
  | { readonly what: 'begin'; readonly from: string; readonly how: Beginning }
  | { readonly what: 'confirm'; readonly sha256: string }
  | { readonly what: 'propose' | 'delete' | 'leave' }

/** Numbers to try a pack on, as typed. */
export interface Trial {
  readonly numbers: string
  readonly rows: readonly { readonly of: string; readonly marks: Readonly<Record<string, string>> }[]
}

export interface State {
  readonly language: Language
  readonly route: Route
  readonly packs: readonly PackText[] | null
  /** Null: nobody is logged in. */
  readonly me: Me | null
  /** Null: not seen, or not for this account. */
  readonly drafts: readonly PackDraftView[] | null
  /** The last look brought nothing. */
  readonly lost: boolean
  /** Counts looks asked for, and looks that were answered. */
  readonly look: number
  readonly seen: number
  /** The login stands before everything else. */
  readonly login: Trying<Login> | null
  /** The draft that was begun here, and how its text is to change before anybody types. */
  readonly began: { readonly draft: string; readonly how: Beginning } | null
  readonly edit: Edit | null
  readonly section: Section
  /** Where the eye is led next; counts, so that the same place can be led to again. */
  readonly led: { readonly path: Path; readonly n: number }
  /** A proposed draft is written on all the same. */
  readonly reopened: boolean
  readonly blind: Blind | null
  readonly trial: Trial
  readonly act: Act | null
  readonly why: { readonly what: Act['what']; readonly why: Why; readonly where: string | null } | null
  /** Hash of what was frozen here just now. */
  readonly frozen: string | null
}

/** What a look brought. Null: not asked. */
export interface Looked {
  readonly packs: Answer<readonly PackText[]> | null
  readonly me: Answer<Me>
  readonly drafts: Answer<readonly PackDraftView[]> | null
}

export type Event =
  | { readonly type: 'route'; readonly route: Route }
  | { readonly type: 'language'; readonly language: Language }
  | { readonly type: 'look' }
  | { readonly type: 'looked'; readonly looked: Looked }
  | { readonly type: 'enter' }
  | { readonly type: 'password'; readonly login: string; readonly password: string }
  | { readonly type: 'passed'; readonly answer: Answer<null> }
  | { readonly type: 'write'; readonly path: Path; readonly value: Tree }
  | { readonly type: 'order' }
  | { readonly type: 'save' }
  | { readonly type: 'saved'; readonly draft: string; readonly answer: Answer<{ readonly version: number }> }
  | { readonly type: 'resolve'; readonly take: 'newer' | 'own' }
  | { readonly type: 'show'; readonly section: Section; readonly path: Path }
  | { readonly type: 'reopen' }
  | { readonly type: 'blind'; readonly change: Partial<Blind> }
  | { readonly type: 'compared'; readonly differences: readonly Difference[] }
  | { readonly type: 'try'; readonly change: Partial<Trial> }
  | { readonly type: 'act'; readonly act: Act }
  | { readonly type: 'acted'; readonly act: Act; readonly answer: Answer<string | null> }

/** The units of the regulations' own boundary table. */
const NUMBERS = '3, 5, 7, 9, 15, 30, 47, 48, 60'
const FRESH_TRIAL: Trial = { numbers: NUMBERS, rows: [{ of: '', marks: {} }] }

export const enter = (route: Route, language: Language): State => ({
  language,
  route,
  packs: null,
  me: null,
  drafts: null,
  lost: false,
  look: 1,
  seen: 0,
  login: null,
  began: null,
  edit: null,
  section: 'text',
  led: { path: [], n: 0 },
  reopened: false,
  blind: null,
  trial: FRESH_TRIAL,
  act: null,
  why: null,
  frozen: null,
})

/** The draft that is shown; null while it was not seen. */
export const draftOf = ({ route, drafts }: State): PackDraftView | null =>
  route.to === 'draft' ? (drafts?.find(({ draft }) => draft === route.draft) ?? null) : null

export function step(state: State, event: Event): State {
  switch (event.type) {
    case 'route':
      return routed(state, event.route)
    case 'language':
      return { ...state, language: event.language }
    case 'look':
      return { ...state, look: state.look + 1 }
    case 'looked':
      return looked(state, event.looked)
    case 'enter':
      return { ...state, login: { typed: null, why: null } }
    case 'password':
      return state.login === null
        ? state
        : { ...state, login: { typed: { login: event.login, password: event.password }, why: null } }
    case 'passed':
      return passed(state, event.answer)
    case 'write':
      return state.edit === null ? state : { ...state, edit: typed(state.edit, event.path, event.value), why: null }
    case 'order':
      return state.edit === null ? state : { ...state, edit: inOrder(state.edit), why: null }
    case 'save':
      return state.edit?.phase === 'typed' ? { ...state, edit: { ...state.edit, phase: 'saving' } } : state
    case 'saved':
      return wasSaved(state, event.draft, event.answer)
    case 'resolve':
      return decided(state, event.take)
    case 'show':
      return { ...state, section: event.section, led: { path: event.path, n: state.led.n + 1 } }
    case 'reopen':
      return { ...state, reopened: true, blind: null, section: 'text' }
    case 'blind':
      return state.blind === null
        ? state
        : { ...state, blind: { ...state.blind, ...event.change, differences: null }, why: null }
    case 'compared':
      return state.blind === null
        ? state
        : { ...state, blind: { ...cleared(state.blind, event.differences), differences: event.differences } }
    case 'try':
      return { ...state, trial: { ...state.trial, ...event.change } }
    case 'act':
      return state.act === null ? { ...state, act: event.act, why: null } : state
    case 'acted':
      return state.act === event.act ? acted(state, event.act, event.answer) : state
  }
}

// ── where one is ────────────────────────────────────────────────────────────────────────────────────────────────

function routed(state: State, route: Route): State {
  const { edit } = state
  // What was typed last is sent before anything else is looked at.
  const kept = edit?.phase === 'typed' ? { ...edit, phase: 'saving' as const } : edit
  const same = route.to === 'draft' && edit?.draft === route.draft
  return {
    ...state,
    route,
    edit: kept,
    section: same ? state.section : 'text',
    reopened: false,
    blind: null,
    why: null,
    frozen: route.to === 'pack' && route.sha256 === state.frozen ? state.frozen : null,
    login: route.to === 'draft' && state.me === null && state.seen > 0 ? { typed: null, why: null } : null,
    look: state.look + 1,
  }
}

// ── what the server shows ───────────────────────────────────────────────────────────────────────────────────────

function looked(before: State, { packs, me, drafts }: Looked): State {
  const lost = [packs, me, drafts].some(
    answer => answer !== null && 'refused' in answer && answer.refused === 'offline',
  )
  const seen = before.seen + 1
  if (lost) return { ...before, seen, lost }
  const state: State = {
    ...before,
    seen,
    lost,
    packs: packs !== null && 'ok' in packs ? packs.ok : before.packs,
    me: 'ok' in me ? me.ok : null,
    drafts: drafts !== null && 'ok' in drafts ? drafts.ok : null,
  }
  if (state.me === null && state.route.to === 'draft')
    return { ...state, login: state.login ?? { typed: null, why: null } }
  const view = draftOf(state)
  if (view === null) return state
  const busy = state.edit !== null && state.edit.draft !== view.draft && state.edit.phase !== 'saved'
  const edit = busy ? state.edit : editAfter(state.edit, view, howBegun(state, view))
  const blind = view.yours && view.proposed !== null && !state.reopened ? (state.blind ?? freshBlind(view.draft)) : null
  return { ...state, edit, blind, began: edit?.draft === view.draft ? null : state.began }
}

const howBegun = ({ began }: State, { draft }: PackDraftView): Beginning | null =>
  began?.draft === draft ? began.how : null

function passed(state: State, answer: Answer<null>): State {
  if (state.login === null) return state
  if ('refused' in answer) return { ...state, login: { typed: null, why: answer.refused } }
  const { edit } = state
  const again = edit?.phase === 'failed' ? { ...edit, phase: 'typed' as const, why: null } : edit
  return { ...state, login: null, edit: again, look: state.look + 1 }
}

// ── what was decided ────────────────────────────────────────────────────────────────────────────────────────────

/** After a save that came too late the newer text is looked at before anything is decided. */
function wasSaved(state: State, draft: string, answer: Answer<{ readonly version: number }>): State {
  if (state.edit === null || state.edit.draft !== draft) return state
  const edit = saved(state.edit, answer)
  const over = edit.why === 'needs-login'
  return {
    ...state,
    edit,
    me: over ? null : state.me,
    login: over ? { typed: null, why: null } : state.login,
    look: edit.phase === 'saved' || edit.phase === 'stale' ? state.look + 1 : state.look,
  }
}

function decided(state: State, take: 'newer' | 'own'): State {
  const view = draftOf(state)
  return state.edit === null || view === null
    ? state
    : { ...state, edit: resolved(state.edit, view, take), look: state.look + 1 }
}

function acted(state: State, act: Act, answer: Answer<string | null>): State {
  const now = { ...state, act: null, look: state.look + 1 }
  if ('refused' in answer) {
    const why = { what: act.what, why: answer.refused, where: answer.where ?? null }
    return answer.refused === 'needs-login' ? { ...now, me: null, login: { typed: null, why: null } } : { ...now, why }
  }
  switch (act.what) {
    case 'begin':
      return { ...now, began: { draft: answer.ok ?? '', how: act.how } }
    case 'propose':
      return { ...now, reopened: false, section: 'freeze' }
    case 'confirm':
      // The list is asked for anew: there is one more.
      return { ...now, packs: null, edit: null, blind: null, frozen: act.sha256 }
    case 'delete':
      return { ...now, edit: null, blind: null }
    case 'leave':
      return { ...now, me: null, drafts: null, edit: null, blind: null }
  }
}
