/**
 * What is typed into a draft and how far it is saved. The server counts versions; a text that stands on an older one is
 * never sent over a newer one without asking.
 */
import type { Draft, PollView } from '../../server/wire.ts'
import type { Answer, No } from '../api.ts'
import type { FreshWords } from './draft.ts'
import { changed, freshDraft, isBlank } from './draft.ts'
import { beginRules, type Frozen } from './rules.ts'

/** Why a request came to nothing. */
export type Why = No['refused']

/** `typed-on`: typed again while the text before was on its way. */
type Phase = 'saved' | 'typed' | 'saving' | 'typed-on' | 'stale' | 'failed'

export interface Edit {
  readonly draft: Draft
  /** The server's version on which this text stands. */
  readonly version: number
  readonly phase: Phase
  readonly why: Why | null
}

/** The server's draft, unless something of our own is being typed or is on its way. */
export function editAfter(
  edit: Edit | null,
  view: PollView,
  packs: readonly Frozen[],
  today: string,
  words: FreshWords,
): Edit {
  const theirs: Edit = { draft: view.draft, version: view.version, phase: 'saved', why: null }
  if (edit === null) {
    if (view.state !== 'draft' || !isBlank(view.draft)) return theirs
    const year = Number(today.slice(0, 4))
    const empty = beginRules(view.draft, packs, today)
    return { ...theirs, draft: freshDraft(empty, view.rehearsal, year, words), phase: 'typed' }
  }
  if (view.state !== 'draft') return theirs
  if (edit.phase === 'failed' && edit.why === 'offline') return { ...edit, phase: 'typed', why: null }
  if (view.version <= edit.version || edit.phase === 'saving' || edit.phase === 'typed-on') return edit
  return edit.phase === 'saved' ? theirs : { ...edit, phase: 'stale' }
}

export function typed(edit: Edit, change: Partial<Draft>, words: FreshWords): Edit {
  const draft = changed(edit.draft, change, words)
  const phase = {
    saved: 'typed',
    typed: 'typed',
    saving: 'typed-on',
    'typed-on': 'typed-on',
    stale: 'stale',
    failed: 'typed',
  }
  return { ...edit, draft, phase: phase[edit.phase] as Phase, why: null }
}

export function saved(edit: Edit, answer: Answer<{ readonly version: number }>): Edit {
  if ('ok' in answer)
    return { ...edit, version: answer.ok.version, phase: edit.phase === 'typed-on' ? 'typed' : 'saved', why: null }
  return answer.refused === 'stale-draft'
    ? { ...edit, phase: 'stale', why: null }
    : { ...edit, phase: 'failed', why: answer.refused }
}
