/** What the chapters of a file are made of: a heading, and the buttons by which something is added to it. */
import type { ComponentChildren } from 'preact'
import { type EntryKind, newEntry } from '../entry.ts'
import type { File } from '../follow.ts'
import { may } from '../may.ts'
import { EntryEditor } from './entry.tsx'
import type { Shown } from './parts.tsx'

export interface FileProps {
  readonly shown: Shown
  readonly file: File
  /** Null: the whole poll. */
  readonly subject: number | null
}

export const Section = ({ title, children }: { readonly title: string; readonly children: ComponentChildren }) => (
  <section class="chapter">
    <h2>{title}</h2>
    {children}
  </section>
)

/** A button that opens the form for an entry, in its place the form itself, nothing for who may not write it. */
export function Add({ shown, subject, kinds }: Omit<FileProps, 'file'> & { readonly kinds: readonly EntryKind[] }) {
  const { state, words, send } = shown
  const open = state.entry !== null && kinds.includes(state.entry.kind) ? state.entry : null
  const allowed = kinds.filter(kind => may(state.view.role, kind === 'decision' ? 'decide' : 'write'))
  if (open !== null) return <EntryEditor shown={shown} form={open} />
  if (allowed.length === 0) return null
  return (
    <div class="small-acts">
      {allowed.map(kind => (
        <button
          key={kind}
          type="button"
          class="small-button"
          onClick={() => send({ type: 'entry', entry: newEntry(kind, subject, state.today) })}
        >
          {words.follow.add[kind]}
        </button>
      ))}
    </div>
  )
}
