/**
 * One poll as this page sees it: what the server last showed, what is typed and not saved yet, the cards' secrets, the
 * one thing that is being asked of the server. Pure: what is begun for a state stands in `work.ts`.
 */

import type { BallotForm } from '../../server/rules/forms.ts'
import type { FormText } from '../../server/wire/forms.ts'
import type { PackText, StatementWire } from '../../server/wire/packs.ts'
import type { Action, Draft, PollView, State as ServerState } from '../../server/wire.ts'
import type { Answer } from '../api.ts'
import { type Judged, judgedOf } from '../judged.ts'
import type { Language } from '../words/language.ts'
import { WORDS } from '../words/organiser.ts'
import { type Edit, editAfter, saved, typed, type Why } from './edit.ts'
import { type Facts, factsOf, NO_FACTS } from './facts.ts'
import { formsOf } from './forms.ts'
import { found, isOfAttempt, type Secrets, secretsAfter, taken, tryAgain } from './holding.ts'
import { type Frozen, frozenOf } from './rules.ts'
import type { Kept } from './secrets.ts'
import type { Stating } from './statement.ts'

const STEPS = ['draft', 'seal', 'print', 'vote', 'open', 'result'] as const
export type Step = (typeof STEPS)[number]

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
  | { readonly what: 'state'; readonly statement: StatementWire }
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
  /** Every frozen rule pack; null until they came. */
  readonly packs: readonly Frozen[] | null
  /** Every form that a draft may be filled from; null until they came. */
  readonly forms: readonly BallotForm[] | null
  /** `2026-12-05`, as of the last look. */
  readonly today: string
  /** What is typed for the rules; null: as it was stated, or as it follows from the draft. */
  readonly stating: Stating | null
  readonly facts: Facts
  /** The outcome, read; null before there is one. */
  readonly judged: Judged | null
  readonly secrets: Secrets
  readonly printing: { readonly sheets: 'cards' | 'chair'; readonly ready: boolean } | null
  readonly form: Form
  readonly act: Act | null
  readonly why: { readonly what: Act['what']; readonly why: Why | 'bad-code' } | null
  readonly voided: number
}

export type PollEvent =
  | { readonly type: 'look' }
  | { readonly type: 'viewed'; readonly id: string; readonly answer: Answer<PollView>; readonly today: string }
  | { readonly type: 'packs'; readonly answer: Answer<readonly PackText[]> }
  | { readonly type: 'forms'; readonly answer: Answer<readonly FormText[]> }
  | { readonly type: 'stating'; readonly stating: Stating | null }
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
  | { readonly type: 'take'; readonly group: number }
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
  packs: null,
  forms: null,
  today: '',
  stating: null,
  facts: NO_FACTS,
  judged: null,
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

/** Nothing of a round on paper is sealed. */
export const stepsOf = ({ draft }: PollView): readonly Step[] =>
  draft.medium === 'paper' ? STEPS.filter(step => step !== 'seal') : STEPS

/** At which the poll is. On paper it is printed until it opens, and still open while it is counted. */
export function stepOf({ state, draft, team }: PollView): Step {
  if (draft.medium === 'paper' && state === 'printed') return 'print'
  return team?.paper?.counting ? 'open' : STEP_OF[state]
}

export function stepPoll(state: PollState, event: PollEvent): PollState {
  switch (event.type) {
    case 'look':
      return { ...state, look: state.look + 1 }
    case 'viewed':
      return event.id === state.id ? viewed(state, event.answer, event.today) : state
    case 'packs':
      return 'ok' in event.answer ? { ...state, packs: frozenOf(event.answer.ok) } : state
    case 'forms':
      return 'ok' in event.answer ? { ...state, forms: formsOf(event.answer.ok) } : state
    case 'stating':
      return { ...state, stating: event.stating, why: null }
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
      return { ...state, secrets: taken(state.secrets, event.group) }
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

function viewed(state: PollState, answer: Answer<PollView>, today: string): PollState {
  const seen = state.seen + 1
  if ('refused' in answer) return { ...state, seen, lost: true }
  const view = answer.ok
  const moved = state.view !== null && (state.view.state !== view.state || stepOf(state.view) !== stepOf(view))
  return {
    ...state,
    seen,
    view,
    today,
    lost: false,
    shown: moved ? null : state.shown,
    form: moved ? NO_FORM : state.form,
    edit: editAfter(state.edit, view, state.packs ?? [], today, WORDS[state.language].fresh),
    facts: factsOf(view.team, state.facts),
    judged: judgedAfter(state, view),
    secrets: secretsAfter(state, view),
  }
}

function judgedAfter({ view: before, judged, packs }: PollState, { outcome }: PollView): Judged | null {
  if (outcome === null) return null
  const same = judged !== null && before?.outcome === outcome
  const texts = (packs ?? []).map(({ text }) => text)
  return same ? judged : judgedOf(outcome, texts)
}

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
  if (what === 'state') return { ...now, stating: null }
  return { ...now, form: NO_FORM, voided: state.voided + (what === 'void-card' ? 1 : 0) }
}
