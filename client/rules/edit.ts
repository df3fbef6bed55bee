/**
 * What is typed into a draft and how far it is saved. The server counts versions; a text that stands on an older one is
 * never sent over a newer one without asking.
 */
import type { PackDraftView } from '../../server/wire/packs.ts'
import type { Answer, No } from '../api.ts'
import { type Path, put, readTree, type Tree, writeTree } from './tree.ts'
import { type Beginning, begun, formed, settled, sorted } from './writing.ts'

/** Why a request came to nothing. */
export type Why = No['refused']

/** `typed-on`: typed again while the text before was on its way. */
type Phase = 'saved' | 'typed' | 'saving' | 'typed-on' | 'stale' | 'failed'

export interface Edit {
  readonly draft: string
  readonly tree: Tree
  /** The server's version on which this text stands. */
  readonly version: number
  readonly phase: Phase
  readonly why: Why | null
}

/** The server's draft, unless something of our own is being typed or is on its way. `how`: it was just begun here. */
export function editAfter(edit: Edit | null, view: PackDraftView, how: Beginning | null): Edit {
  const theirs = editOf(view)
  if (edit === null || edit.draft !== view.draft) {
    const tree = how === null ? formed(theirs.tree) : begun(theirs.tree, how)
    return tree === theirs.tree ? theirs : { ...theirs, tree, phase: 'typed' }
  }
  if (edit.phase === 'failed' && edit.why === 'offline') return { ...edit, phase: 'typed', why: null }
  if (view.version <= edit.version || edit.phase === 'saving' || edit.phase === 'typed-on') return edit
  return edit.phase === 'saved' ? theirs : { ...edit, phase: 'stale' }
}

const editOf = ({ draft, text, version }: PackDraftView): Edit => ({
  draft,
  tree: readTree(text),
  version,
  phase: 'saved',
  why: null,
})

const TYPED: Readonly<Record<Phase, Phase>> = {
  saved: 'typed',
  typed: 'typed',
  saving: 'typed-on',
  'typed-on': 'typed-on',
  stale: 'stale',
  failed: 'typed',
}

const withTree = (edit: Edit, tree: Tree): Edit => ({ ...edit, tree, phase: TYPED[edit.phase], why: null })

export const typed = (edit: Edit, path: Path, value: Tree): Edit =>
  withTree(edit, settled(put(edit.tree, path, value), edit.tree))

export const inOrder = (edit: Edit): Edit => withTree(edit, sorted(edit.tree))

export function saved(edit: Edit, answer: Answer<{ readonly version: number }>): Edit {
  if ('ok' in answer)
    return { ...edit, version: answer.ok.version, phase: edit.phase === 'typed-on' ? 'typed' : 'saved', why: null }
  return answer.refused === 'stale-draft'
    ? { ...edit, phase: 'stale', why: null }
    : { ...edit, phase: 'failed', why: answer.refused }
}

/** Two versions: the newer one, or this window's over it. */
export const resolved = (edit: Edit, view: PackDraftView, take: 'newer' | 'own'): Edit =>
  take === 'newer' ? editOf(view) : { ...edit, version: view.version, phase: 'typed', why: null }

/** As it is sent: without white space at the ends of its texts. */
export const sentText = ({ tree }: Edit): string => writeTree(tidied(tree))

function tidied(tree: Tree): Tree {
  if (typeof tree === 'string') return tree.trim()
  if (Array.isArray(tree)) return tree.map(tidied)
  if (typeof tree !== 'object' || tree === null) return tree
  return Object.fromEntries(Object.entries(tree).map(([name, value]) => [name, tidied(value)]))
}
