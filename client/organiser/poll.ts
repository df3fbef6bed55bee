/**
 * One poll as this page sees it: what the server last showed, what is typed and not saved yet, the cards' secrets, the
 * one thing that is being asked of the server. Pure: what is begun for a state stands in `work.ts`.
 */
import type { Fault } from '../../crypto/fault.ts'
import type { Trustee } from '../../crypto/manifest.ts'
import type { Action, Draft, PollView, State as ServerState } from '../../server/wire.ts'
import type { Answer } from '../api.ts'
import type { Language } from '../words/language.ts'
import { WORDS } from '../words/organiser.ts'
import { isComplete } from './ceremony.ts'
import { type Edit, editAfter, saved, typed, type Why } from './edit.ts'
import { type Facts, factsOf, NO_FACTS } from './facts.ts'
import type { Kept } from './secrets.ts'

export const STEPS = ['draft', 'seal', 'print', 'vote', 'open', 'result'] as const
export type Step = (typeof STEPS)[number]

/** The cards' secrets, and the way to them. */
export type Secrets =
  | { readonly at: 'unread' } // this tab's storage was not looked into yet
  | { readonly at: 'none' } // nothing was drawn yet
  | { readonly at: 'checking' } // the ceremony, before anything is drawn
  | { readonly at: 'broken'; readonly fault: Fault }
  | { readonly at: 'drawing'; readonly trustees: readonly Trustee[]; readonly done: number; readonly of: number }
  | { readonly at: 'sending'; readonly kept: Kept; readonly safe: boolean }
  | { readonly at: 'refused'; readonly why: Why; readonly kept: Kept | null; readonly safe: boolean }
  | { readonly at: 'there'; readonly kept: Kept; readonly safe: boolean } // `safe`: a reload does not lose them
  | { readonly at: 'lost' } // in another tab, or gone with it
  | { readonly at: 'wiped' }

/** What a press asks for; one at a time. */
export type Act =
  | { readonly what: 'seal' | 'printed' | 'withdraw' | 'download' | 'again' }
  | { readonly what: 'restart'; readonly sealAgain: boolean }
  | {
      readonly what: 'ask'
      readonly action: Action
      readonly reason: string
      readonly title: string
      readonly plainHttpRead: boolean
    }
  | { readonly what: 'delete'; readonly title: string }
  | { readonly what: 'void-card'; readonly code: string }

/** A question that stands open before a press takes effect. */
export type Question =
  | 'all-needed'
  | 'restart'
  | 'printed'
  | 'open'
  | 'close'
  | 'void'
  | 'void-card'
  | 'camera'
  | 'delete'

export interface Form {
  readonly question: Question | null
  readonly title: string
  readonly reason: string
  readonly code: string
  readonly read: boolean
}
const NO_FORM: Form = { question: null, title: '', reason: '', code: '', read: false }

export interface PollState {
  readonly at: 'poll'
  readonly language: Language
  readonly id: string
  readonly view: PollView | null
  /** The last look brought nothing. */
  readonly lost: boolean
  /** Counts looks asked for, and looks that were answered. */
  readonly look: number
  readonly seen: number
  /** Null: the step that the poll is at. */
  readonly shown: Step | null
  readonly edit: Edit | null
  readonly facts: Facts
  readonly secrets: Secrets
  readonly printing: { readonly sheets: 'cards' | 'chair'; readonly ready: boolean } | null
  readonly form: Form
  readonly act: Act | null
  readonly why: { readonly what: Act['what']; readonly why: Why | 'bad-code' } | null
  readonly voided: number
}

export type PollEvent =
  | { readonly type: 'look' }
  | { readonly type: 'viewed'; readonly id: string; readonly answer: Answer<PollView>; readonly year: number }
  | { readonly type: 'show'; readonly step: Step }
  | { readonly type: 'edit'; readonly change: Partial<Draft> }
  | { readonly type: 'save' }
  | { readonly type: 'saved'; readonly id: string; readonly answer: Answer<{ readonly version: number }> }
  | { readonly type: 'resolve'; readonly take: 'newer' | 'own' }
  | { readonly type: 'form'; readonly form: Partial<Form> }
  | { readonly type: 'act'; readonly act: Act }
  | { readonly type: 'acted'; readonly id: string; readonly what: Act['what']; readonly why: Why | 'bad-code' | null }
  | { readonly type: 'found'; readonly pollId: string; readonly kept: Kept | null }
  | { readonly type: 'secrets'; readonly pollId: string; readonly secrets: Secrets }
  | { readonly type: 'try-again' }
  | { readonly type: 'take' }
  | { readonly type: 'print'; readonly sheets: 'cards' | 'chair' }
  | { readonly type: 'shuffled'; readonly kept: Kept | null }
  | { readonly type: 'print-over' }

export const enterPoll = (id: string, language: Language): PollState => ({
  at: 'poll',
  language,
  id,
  view: null,
  lost: false,
  look: 1,
  seen: 0,
  shown: null,
  edit: null,
  facts: NO_FACTS,
  secrets: { at: 'unread' },
  printing: null,
  form: NO_FORM,
  act: null,
  why: null,
  voided: 0,
})

const STEP_OF: Readonly<Record<ServerState, Step>> = {
  draft: 'draft',
  sealing: 'seal',
  pinning: 'seal',
  sealed: 'print',
  printed: 'vote',
  open: 'vote',
  closed: 'open',
  counted: 'result',
  void: 'result',
}
export const stepOf = (state: ServerState): Step => STEP_OF[state]

/** Cards are on paper: only a rehearsal still has a use for their secrets, as long as somebody may vote. */
const isPrinted = (state: ServerState): boolean => ['printed', 'open', 'closed', 'counted', 'void'].includes(state)
export const needsSecrets = ({ state, rehearsal }: PollView): boolean =>
  !isPrinted(state) || (rehearsal && (state === 'printed' || state === 'open'))

export const keptIn = (secrets: Secrets): Kept | null => ('kept' in secrets ? secrets.kept : null)

export function stepPoll(state: PollState, event: PollEvent): PollState {
  switch (event.type) {
    case 'look':
      return { ...state, look: state.look + 1 }
    case 'viewed':
      return event.id === state.id ? viewed(state, event.answer, event.year) : state
    case 'show':
      return { ...state, shown: event.step, form: NO_FORM, why: null }
    case 'edit':
      return state.edit ? { ...state, edit: typed(state.edit, event.change, WORDS[state.language].fresh) } : state
    case 'save':
      return state.edit?.phase === 'typed' ? { ...state, edit: { ...state.edit, phase: 'saving' } } : state
    case 'saved':
      return event.id === state.id ? wasSaved(state, event.answer) : state
    case 'resolve':
      return resolved(state, event.take)
    case 'form':
      return { ...state, form: { ...state.form, ...event.form }, why: null }
    case 'act':
      return state.act === null ? { ...state, act: event.act, why: null } : state
    case 'acted':
      return event.id === state.id ? acted(state, event.what, event.why) : state
    case 'found':
      return isOfAttempt(state, event.pollId) ? { ...state, secrets: found(state, event.kept) } : state
    case 'secrets':
      return isOfAttempt(state, event.pollId) ? { ...state, secrets: event.secrets } : state
    case 'try-again':
      return { ...state, secrets: tryAgain(state.secrets) }
    case 'take':
      return { ...state, secrets: taken(state.secrets) }
    case 'print':
      return { ...state, printing: { sheets: event.sheets, ready: false } }
    case 'shuffled':
      return {
        ...state,
        printing: state.printing && { ...state.printing, ready: true },
        secrets:
          state.secrets.at === 'there' && event.kept !== null ? { ...state.secrets, kept: event.kept } : state.secrets,
      }
    case 'print-over':
      return { ...state, printing: null }
  }
}

// ── what the server shows ───────────────────────────────────────────────────────────────────────────────────────

function viewed(state: PollState, answer: Answer<PollView>, year: number): PollState {
  const seen = state.seen + 1
  if ('refused' in answer) return { ...state, seen, lost: true }
  const view = answer.ok
  const moved = state.view !== null && state.view.state !== view.state
  return {
    ...state,
    seen,
    view,
    lost: false,
    shown: moved ? null : state.shown,
    form: moved ? NO_FORM : state.form,
    edit: editAfter(state.edit, view, year, WORDS[state.language].fresh),
    facts: factsOf(view.team, state.facts),
    secrets: secretsAfter(state, view),
  }
}

function secretsAfter({ view: before, secrets }: PollState, view: PollView): Secrets {
  if (before?.team?.pollId !== view.team?.pollId) return { at: 'unread' }
  if (!needsSecrets(view)) return secrets.at === 'unread' ? secrets : { at: 'wiped' }
  const { manifestHash, team } = view
  const kept = keptIn(secrets)
  if (manifestHash !== null && secrets.at !== 'unread') {
    if (secrets.at === 'there' || secrets.at === 'wiped' || secrets.at === 'lost') return secrets
    return kept?.manifestHash === manifestHash
      ? { at: 'there', kept, safe: 'safe' in secrets && secrets.safe }
      : { at: 'lost' }
  }
  if (secrets.at === 'none' && team && view.state === 'sealing' && team.stopped === null && isComplete(team))
    return { at: 'checking' }
  return secrets.at === 'refused' && secrets.why === 'offline' ? tryAgain(secrets) : secrets
}

/** What was begun for an older attempt, or another poll, comes too late. */
const isOfAttempt = ({ view }: PollState, pollId: string): boolean => (view?.team?.pollId ?? '') === pollId

/** What this tab's storage held of the attempt that is shown. */
function found({ view, secrets }: PollState, kept: Kept | null): Secrets {
  if (view === null || secrets.at !== 'unread') return secrets
  if (!needsSecrets(view)) return { at: 'wiped' }
  if (kept !== null) return { at: view.manifestHash === null ? 'sending' : 'there', kept, safe: true }
  return { at: view.manifestHash === null ? 'none' : 'lost' }
}

function tryAgain(secrets: Secrets): Secrets {
  if (secrets.at !== 'refused') return secrets
  return secrets.kept === null ? { at: 'checking' } : { at: 'sending', kept: secrets.kept, safe: secrets.safe }
}

const taken = (secrets: Secrets): Secrets =>
  secrets.at === 'there' ? { ...secrets, kept: { ...secrets.kept, taken: secrets.kept.taken + 1 } } : secrets

// ── what was decided ────────────────────────────────────────────────────────────────────────────────────────────

/** After a save that came too late the newer draft is looked at before anything is decided. */
function wasSaved(state: PollState, answer: Answer<{ readonly version: number }>): PollState {
  if (state.edit === null) return state
  const edit = saved(state.edit, answer)
  return { ...state, edit, look: edit.phase === 'stale' ? state.look + 1 : state.look }
}

function resolved(state: PollState, take: 'newer' | 'own'): PollState {
  const { edit, view } = state
  if (edit === null || view === null) return state
  const { draft, version } = view
  return {
    ...state,
    look: state.look + 1,
    edit:
      take === 'newer'
        ? { draft, version, phase: 'saved', why: null }
        : { ...edit, version, phase: 'typed', why: null },
  }
}

function acted(state: PollState, what: Act['what'], why: Why | 'bad-code' | null): PollState {
  const now = { ...state, act: null, look: state.look + 1 }
  if (why !== null) return { ...now, why: { what, why } }
  return { ...now, form: NO_FORM, voided: state.voided + (what === 'void-card' ? 1 : 0) }
}
