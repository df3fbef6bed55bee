/** Lists in the draft: one line each, lines come and go. */
import type { Draft } from '../../../server/wire.ts'
import { Field, type Shown } from './parts.tsx'

/** What every part of the form is given. */
export interface Part {
  readonly draft: Draft
  readonly shown: Shown
  readonly set: (change: Partial<Draft>) => void
}

/** The list with one item replaced, or without it. */
export const withItem = <T,>(list: readonly T[], at: number, item: T): readonly T[] =>
  list.map((old, i) => (i === at ? item : old))
export const without = <T,>(list: readonly T[], at: number): readonly T[] => list.filter((_, i) => i !== at)

/** A list of texts, one a line. */
export function Lines({
  shown,
  title,
  label,
  add,
  id,
  list,
  set,
  least,
  most,
}: {
  readonly shown: Shown
  readonly title: string
  readonly label: (n: number) => string
  readonly add: string
  readonly id: string
  readonly list: readonly string[]
  readonly set: (list: readonly string[]) => void
  readonly least: number
  readonly most: number
}) {
  return (
    <>
      <h2 class="minor">{title}</h2>
      {list.map((text, i) => (
        <div class="line" key={i}>
          <Field
            id={`f-${id}-${i + 1}`}
            label={label(i + 1)}
            value={text}
            set={value => set(withItem(list, i, value))}
          />
          <Remove n={i + 1} shown={shown} only={list.length <= least} act={() => set(without(list, i))} />
        </div>
      ))}
      {list.length < most ? <Add label={add} act={() => set([...list, ''])} /> : null}
    </>
  )
}

/** Words that may run over several lines; they are one line all the same. */
export const Area = ({ id, label, name, value, set }: AreaProps) => (
  <div class="field">
    <label for={id}>{label}</label>
    <textarea
      id={id}
      rows={2}
      maxLength={MAX_CHARS}
      aria-label={name}
      value={value}
      onInput={event => set(event.currentTarget.value.replace(/\s*\n\s*/g, ' '))}
    />
  </div>
)

interface AreaProps {
  readonly id: string
  readonly label: string
  /** As it is read aloud, where the label alone would not tell it from its neighbours. */
  readonly name?: string
  readonly value: string
  readonly set: (value: string) => void
}

/** As many as the server takes of a line. */
const MAX_CHARS = 500

export const Add = ({ label, act }: { label: string; act: () => void }) => (
  <button type="button" class="small-button" onClick={act}>
    + {label}
  </button>
)

/** Not there while a line is the only one. */
export const Remove = ({ n, shown, only, act }: { n: number; shown: Shown; only: boolean; act: () => void }) =>
  only ? null : (
    <button type="button" class="small-button remove" aria-label={shown.words.draft.removeOf(n)} onClick={act}>
      {shown.words.draft.remove}
    </button>
  )
