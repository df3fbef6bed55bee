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
}: {
  readonly shown: Shown
  readonly title: string
  readonly label: (n: number) => string
  readonly add: string
  readonly id: string
  readonly list: readonly string[]
  readonly set: (list: readonly string[]) => void
  readonly least: number
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
      <Add label={add} act={() => set([...list, ''])} />
    </>
  )
}

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
