/** What several of the organiser's screens are made of. */
import type { ComponentChildren } from 'preact'
import { longDay } from '../../figures.ts'
import { Note } from '../../parts.tsx'
import type { Language } from '../../words/language.ts'
import type { OrganiserWords } from '../../words/organiser.ts'
import type { Form, PollEvent, PollState, Question } from '../poll.ts'

/** What every screen of a poll is given. */
export interface Shown {
  readonly state: PollState & { readonly view: NonNullable<PollState['view']> }
  readonly words: OrganiserWords
  readonly send: (event: PollEvent) => void
}

export const Title = ({ title, children }: { title: string; children?: ComponentChildren }) => (
  <header class="step-title">
    <h1>{title}</h1>
    {children}
  </header>
)

/** Names as people read them out. */
export const namesOf = (names: readonly string[], indices: readonly number[]): string =>
  indices.map(index => names[index - 1] ?? String(index)).join(', ')

/** What was asked and refused, where it was pressed. */
export function Refused({ state, words, of }: Shown & { of: readonly string[] }) {
  if (state.why === null || !of.includes(state.why.what)) return null
  const { title, text } = words.refusals[state.why.why]
  return (
    <Note tone="fails" title={title}>
      {text}
    </Note>
  )
}

/** As many as the server takes of a line. */
const MAX_CHARS = 500

interface FieldProps {
  readonly id: string
  readonly label: string
  readonly note?: string
  readonly value: string
  readonly set: (value: string) => void
  readonly numeric?: 'numeric'
}

export const Field = ({ id, label, note, value, set, numeric }: FieldProps) => (
  <div class={numeric ? 'field narrow' : 'field'}>
    <label for={id}>{label}</label>
    <input
      id={id}
      value={value}
      autocomplete="off"
      inputMode={numeric}
      maxLength={MAX_CHARS}
      aria-describedby={note === undefined ? undefined : `${id}-note`}
      onInput={event => set(event.currentTarget.value)}
    />
    {note === undefined ? null : (
      <p class="soft small" id={`${id}-note`}>
        {note}
      </p>
    )}
  </div>
)

/** Whole numbers; an empty field is 0. */
export const NumberField = ({
  value,
  set,
  ...rest
}: Omit<FieldProps, 'value' | 'set' | 'numeric'> & { value: number; set: (value: number) => void }) => (
  <Field
    {...rest}
    numeric="numeric"
    value={value === 0 ? '' : String(value)}
    set={typed => set(Number(typed.replace(/\D/g, '').slice(0, 6)))}
  />
)

/**
 * A day as the browser's own calendar takes it, empty while it is open. Browsers write it in the order of their own
 * language; below it stands the day as it was understood.
 */
export const DayField = ({
  id,
  label,
  value,
  set,
  language,
}: Omit<FieldProps, 'note' | 'numeric'> & { readonly language: Language }) => (
  <div class="field day">
    <label for={id}>{label}</label>
    <input
      id={id}
      type="date"
      value={value}
      aria-describedby={`${id}-note`}
      onInput={event => set(event.currentTarget.value)}
    />
    <p class="soft small" id={`${id}-note`}>
      {value === '' ? ' ' : longDay(value, language)}
    </p>
  </div>
)

export const Tick = ({
  id,
  label,
  on,
  set,
}: {
  id: string
  label: string
  on: boolean
  set: (on: boolean) => void
}) => (
  <label class="tick" for={id}>
    <input id={id} type="checkbox" checked={on} onChange={event => set(event.currentTarget.checked)} />
    <span>{label}</span>
  </label>
)

/** Typed alike, however the keyboard composes its diacritics. */
const isTitle = (typed: string, title: string): boolean =>
  typed.normalize('NFC').replace(/\s+/g, ' ').trim() === title.normalize('NFC').replace(/\s+/g, ' ').trim()

/**
 * A question that opens below its button and takes effect by a second press, which what is destructive allows only once
 * the poll's title is typed.
 */
export function Asked({
  shown: { state, words, send },
  question,
  opener,
  title,
  text,
  act,
  typed,
  ready,
  press,
  children,
}: {
  readonly shown: Shown
  readonly question: Question
  readonly opener: string
  readonly title: string
  readonly text: string
  readonly act: string
  readonly typed: 'title' | 'nothing'
  readonly ready?: (form: Form) => boolean
  readonly press: (form: Form) => void
  readonly children?: ComponentChildren
}) {
  const { form, view } = state
  if (form.question !== question)
    return (
      <button
        type="button"
        class="quiet"
        onClick={() => send({ type: 'form', form: { question, title: '', reason: '', code: '', read: false } })}
      >
        {opener}
      </button>
    )
  const allowed = (typed === 'nothing' || isTitle(form.title, view.draft.title)) && (ready?.(form) ?? true)
  return (
    <section class="question" aria-label={title}>
      <h2>{title}</h2>
      <p>{text}</p>
      {children}
      {typed === 'title' ? (
        <Field
          id={`${question}-title`}
          label={words.seal.typeTitle(view.draft.title)}
          value={form.title}
          set={value => send({ type: 'form', form: { title: value } })}
        />
      ) : null}
      <div class="acts row">
        <button type="button" class="main" disabled={!allowed || state.act !== null} onClick={() => press(form)}>
          {act}
        </button>
        <button type="button" onClick={() => send({ type: 'form', form: { question: null } })}>
          {words.seal.cancel}
        </button>
      </div>
    </section>
  )
}
