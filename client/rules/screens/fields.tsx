/** Fields of a draft. Each is known by the path of what it writes, so that a problem finds it. */
import type { ComponentChildren } from 'preact'
import type { PackWords } from '../../words/packs.ts'
import { at, dayIn, fieldId, listAt, type Path, raised, removed, type Tree, textAt } from '../tree.ts'
import { type Kind, withMore } from '../writing.ts'

/** What every part of the form is given. */
export interface Writing {
  readonly tree: Tree
  readonly words: PackWords
  readonly write: (path: Path, value: Tree) => void
  /** Paths at which something is wrong or missing. */
  readonly wrong: ReadonlySet<string>
  /** Of the guided form: what is missing says that it must be copied. */
  readonly guided: boolean
}

type Labels = Readonly<Record<string, string>>

/** What a field is called, whichever item of a list it belongs to. */
export const labelOf = ({ fields }: PackWords, path: Path): string =>
  (fields as Labels)[path.filter(name => typeof name === 'string').join('.')] ?? ''

export const isWrong = ({ wrong }: Writing, path: Path): boolean => wrong.has(path.join('.'))

interface FieldProps {
  readonly w: Writing
  readonly path: Path
  readonly note?: string
}

/** The note below a field, and of the guided form what is still to be copied. */
function Below({ w, path, note }: FieldProps) {
  const toCopy = w.guided && isWrong(w, path)
  if (note === undefined && !toCopy) return null
  return (
    <p class="soft small" id={`${fieldId(path)}-note`}>
      {toCopy ? <span class="to-copy">{w.words.guide.toCopy} </span> : null}
      {note}
    </p>
  )
}

const describedBy = ({ w, path, note }: FieldProps): string | undefined =>
  note === undefined && !(w.guided && isWrong(w, path)) ? undefined : `${fieldId(path)}-note`

export function TextField({
  type = 'text',
  narrow,
  ...props
}: FieldProps & { readonly type?: 'text' | 'long' | 'number'; readonly narrow?: boolean }) {
  const { w, path } = props
  const common = {
    id: fieldId(path),
    value: textAt(w.tree, path),
    autocomplete: 'off',
    'aria-describedby': describedBy(props),
    'aria-invalid': isWrong(w, path) ? ('true' as const) : undefined,
  }
  const writeText = (text: string) => w.write(path, type === 'number' ? numberIn(text) : inOneLine(text))
  return (
    <div class={narrow ? 'field narrow' : 'field'}>
      <label for={common.id}>{labelOf(w.words, path)}</label>
      {type === 'long' ? (
        <textarea {...common} rows={3} onInput={event => writeText(event.currentTarget.value)} />
      ) : (
        <input
          {...common}
          inputMode={type === 'number' ? 'numeric' : undefined}
          onInput={event => writeText(event.currentTarget.value)}
        />
      )}
      <Below {...props} />
    </div>
  )
}

/** Texts of packs are single lines, however they come from the clipboard. */
export const inOneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ')

const numberIn = (text: string): Tree => {
  const digits = text.replace(/\D/g, '').slice(0, 4)
  return digits === '' ? null : Number(digits)
}

/** A day as it is written in papers, `11/05/2022`; nothing is an answer where `note` says so. */
export function DayField(props: FieldProps) {
  const { w, path } = props
  const id = fieldId(path)
  return (
    <div class="field narrow">
      <label for={id}>{labelOf(w.words, path)}</label>
      <input
        id={id}
        value={w.words.day(textAt(w.tree, path))}
        inputMode="numeric"
        autocomplete="off"
        aria-describedby={describedBy(props)}
        aria-invalid={isWrong(w, path) ? 'true' : undefined}
        onInput={event => w.write(path, event.currentTarget.value === '' ? null : event.currentTarget.value)}
        onBlur={event => w.write(path, dayIn(event.currentTarget.value))}
      />
      <Below {...props} />
    </div>
  )
}

/** One of a few; nothing is chosen beforehand. */
export function Choice({
  choices,
  ...props
}: FieldProps & { readonly choices: readonly (readonly [string, string])[] }) {
  const { w, path } = props
  const id = fieldId(path)
  return (
    <div class="field">
      <label for={id}>{labelOf(w.words, path)}</label>
      <select
        id={id}
        value={textAt(w.tree, path)}
        aria-describedby={describedBy(props)}
        aria-invalid={isWrong(w, path) ? 'true' : undefined}
        onChange={event => w.write(path, event.currentTarget.value === '' ? null : event.currentTarget.value)}
      >
        <option value="">{w.words.choose}</option>
        {choices.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <Below {...props} />
    </div>
  )
}

/** `2/3` as two numbers. */
export function FractionField(props: FieldProps) {
  const { w, path } = props
  const label = labelOf(w.words, path)
  const id = fieldId(path)
  return (
    <div class="field">
      <Fraction
        id={id}
        label={label}
        n={textAt(w.tree, path).split('/')[0] ?? ''}
        d={textAt(w.tree, path).split('/')[1] ?? ''}
        wrong={isWrong(w, path)}
        words={w.words}
        set={(n, d) => w.write(path, n === '' && d === '' ? '' : `${n}/${d}`)}
      />
      <Below {...props} />
    </div>
  )
}

export function Fraction({
  id,
  label,
  n,
  d,
  wrong,
  words,
  set,
}: {
  readonly id: string
  readonly label: string
  readonly n: string
  readonly d: string
  readonly wrong?: boolean
  readonly words: PackWords
  readonly set: (n: string, d: string) => void
}) {
  const digits = (text: string) => text.replace(/\D/g, '').slice(0, 4)
  const common = {
    inputMode: 'numeric' as const,
    autocomplete: 'off',
    'aria-invalid': wrong ? ('true' as const) : undefined,
  }
  return (
    <>
      <label for={id}>{label}</label>
      <span class="fraction">
        <input
          {...common}
          id={id}
          value={n}
          aria-label={`${label}: ${words.of}`}
          onInput={event => set(digits(event.currentTarget.value), d)}
        />
        <span aria-hidden="true">/</span>
        <input
          {...common}
          id={`${id}-d`}
          value={d}
          aria-label={`${label}: ${words.outOf}`}
          onInput={event => set(n, digits(event.currentTarget.value))}
        />
      </span>
    </>
  )
}

/** A list whose items come, go and move up. */
export function Items({
  w,
  path,
  kind,
  name,
  add,
  sortable,
  children,
}: {
  readonly w: Writing
  readonly path: Path
  readonly kind: Kind
  readonly name: (n: number) => string
  readonly add: string
  readonly sortable?: boolean
  readonly children: (item: Path, n: number) => ComponentChildren
}) {
  const { words } = w
  const list = listAt(w.tree, path)
  return (
    <>
      {list.map((_, i) => (
        <fieldset class="item" key={i}>
          <legend>{name(i + 1)}</legend>
          {children([...path, i], i)}
          <div class="item-acts">
            {sortable && i > 0 ? (
              <button
                type="button"
                class="small-button"
                aria-label={words.raiseOf(name(i + 1))}
                onClick={() => w.write(path, at(raised(w.tree, path, i), path))}
              >
                {words.raise}
              </button>
            ) : null}
            <button
              type="button"
              class="small-button"
              aria-label={words.removeOf(name(i + 1))}
              onClick={() => w.write(path, at(removed(w.tree, path, i), path))}
            >
              {words.remove}
            </button>
          </div>
        </fieldset>
      ))}
      <Add label={add} act={() => w.write(path, at(withMore(w.tree, path, kind), path))} id={fieldId(path)} />
    </>
  )
}

export const Add = ({ label, act, id }: { label: string; act: () => void; id?: string }) => (
  <button type="button" class="small-button" id={id} onClick={act}>
    + {label}
  </button>
)

export const Tick = ({
  id,
  label,
  on,
  set,
}: {
  readonly id: string
  readonly label: string
  readonly on: boolean
  readonly set: (on: boolean) => void
}) => (
  <label class="tick" for={id}>
    <input id={id} type="checkbox" checked={on} onChange={event => set(event.currentTarget.checked)} />
    <span>{label}</span>
  </label>
)
