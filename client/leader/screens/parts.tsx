/** What several of the leader's screens are made of. */
import type { ComponentChildren } from 'preact'
import { Note } from '../../parts.tsx'
import type { LeaderWords } from '../../words/leader.ts'
import type { Facts } from '../dossier.ts'
import type { PollEvent, PollState, Question, What } from '../poll.ts'

/** What every screen of a dossier is given. */
export interface Shown {
  readonly state: PollState & { readonly view: NonNullable<PollState['view']> }
  readonly facts: Facts
  readonly words: LeaderWords
  readonly send: (event: PollEvent) => void
}

/** What was asked and refused, where it was pressed. */
export function Refused({ state, words, of }: Pick<Shown, 'state' | 'words'> & { readonly of: What }) {
  if (state.why === null || state.why.what !== of) return null
  const { title, text } = words.refusals[state.why.why]
  return (
    <Note tone="fails" title={title}>
      {text}
    </Note>
  )
}

/** What was done just now, said to whoever does not see the page change. */
export const Done = ({ state, of, children }: Pick<Shown, 'state'> & { of: What; children: ComponentChildren }) => (
  <p class="done" role="status">
    {state.done === of ? children : null}
  </p>
)

interface FieldProps {
  readonly id: string
  readonly label: string
  readonly note?: string
  readonly value: string
  readonly set: (value: string) => void
  readonly type?: 'date' | 'number'
  /** Id of a list to choose from. */
  readonly list?: string
}

export const Field = ({ id, label, note, value, set, type, list }: FieldProps) => (
  <div class={type === undefined ? 'field' : 'field narrow'}>
    <label for={id}>{label}</label>
    <input
      id={id}
      value={value}
      autocomplete="off"
      type={type === 'date' ? 'date' : 'text'}
      inputMode={type === 'number' ? 'numeric' : undefined}
      list={list}
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

/** Whole numbers. */
export const NumberField = ({
  value,
  set,
  ...rest
}: Omit<FieldProps, 'value' | 'set' | 'type' | 'list'> & { value: number; set: (value: number) => void }) => (
  <Field
    {...rest}
    type="number"
    value={String(value)}
    set={typed => set(Number(typed.replace(/\D/g, '').slice(0, 6)))}
  />
)

export const Area = ({ id, label, note, value, set }: Omit<FieldProps, 'type' | 'list'>) => (
  <div class="field">
    <label for={id}>{label}</label>
    <textarea
      id={id}
      rows={3}
      value={value}
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

interface AskedProps {
  readonly shown: Shown
  readonly question: Question
  readonly opener: string
  readonly title: string
  readonly act: string
  readonly press: () => void
  readonly children: ComponentChildren
}

const sameQuestion = (a: Question | null, b: Question): boolean => JSON.stringify(a) === JSON.stringify(b)

/** A question that opens below its button and takes effect by a second press. */
export function Asked({ shown: { state, words, send }, question, opener, title, act, press, children }: AskedProps) {
  if (!sameQuestion(state.question, question))
    return (
      <button type="button" class="small-button" onClick={() => send({ type: 'question', question })}>
        {opener}
      </button>
    )
  return (
    <section class="question" aria-label={title}>
      <p>
        <strong>{title}</strong>
      </p>
      <p>{children}</p>
      <div class="acts row">
        <button type="button" class="main" disabled={state.act !== null} onClick={press}>
          {act}
        </button>
        <button type="button" onClick={() => send({ type: 'question', question: null })}>
          {words.follow.cancel}
        </button>
      </div>
    </section>
  )
}
