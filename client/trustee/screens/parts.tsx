/** What several of a member's screens are made of. */
import type { ComponentChildren, VNode } from 'preact'
import { shortCode } from '../../../crypto/bytes.ts'
import type { MemberView } from '../../../server/wire.ts'
import { Code, Main, Note } from '../../parts.tsx'
import type { TrusteeWords } from '../../words/trustee.ts'
import type { Event, Here, Press, Trouble } from '../state.ts'
import type { Show } from '../turn.ts'

export interface Common {
  readonly screen: Here
  readonly words: TrusteeWords
  readonly send: (event: Event) => void
}

/** The screen of one state: `show` is what that state shows. */
export type On<K extends Show['on']> = Common & { readonly show: Extract<Show, { on: K }> }

export const namesOf = ({ names }: MemberView, indices: readonly number[]): string =>
  indices.map(index => names[index - 1] ?? String(index)).join(', ')

/** Members of whom a fault's place speaks: `… trustee 2 …`. */
export const namedIn = (where: string): readonly number[] =>
  [...where.matchAll(/trustee (\d)/g)].map(([, index]) => Number(index))

export const Title = ({ children }: { readonly children: string }) => <h1 tabIndex={-1}>{children}</h1>

export const Facts = ({ of }: { readonly of: readonly (readonly [term: string, value: string | number])[] }) => (
  <dl class="facts">
    {of.map(([term, value]) => (
      <div key={term}>
        <dt>{term}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)

/** A code that the whole team reads aloud. */
export const ReadAloud = ({ name, hash }: { readonly name: string; readonly hash: Uint8Array }) => (
  <figure class="aloud">
    <figcaption>{name}</figcaption>
    <Code code={shortCode(hash)} big />
  </figure>
)

export const Points = ({ of }: { readonly of: readonly string[] }) => (
  <ul class="points">
    {of.map(point => (
      <li key={point}>{point}</li>
    ))}
  </ul>
)

export const troubleText = (words: TrusteeWords, trouble: Trouble): string =>
  words.trouble[trouble] ?? words.trouble.failed

/** What is pressed at thumb's reach, with what went wrong just above it. */
export function Acts({ screen, words, children }: Omit<Common, 'send'> & { readonly children?: ComponentChildren }) {
  const trouble = screen.refused ?? screen.trouble
  return (
    <div class="acts">
      <div aria-live="polite">{trouble ? <Note tone="attention">{troubleText(words, trouble)}</Note> : null}</div>
      {children}
    </div>
  )
}

/** The one main action; it says so while it is being done. */
export function Act({
  screen,
  words,
  send,
  press,
  children,
}: Common & { readonly press: Press; readonly children: string }) {
  const busy = screen.doing !== null
  return (
    <Main act={() => send({ type: 'press', press })} disabled={busy}>
      {busy ? words.busy : children}
    </Main>
  )
}

/** The same for what was typed or compared. */
export function HandIn({
  screen,
  words,
  send,
  children,
  disabled,
}: Common & { readonly children: string; readonly disabled?: boolean }) {
  const busy = screen.doing !== null
  return (
    <Main act={() => send({ type: 'hand-in' })} disabled={busy || disabled === true}>
      {busy ? words.busy : children}
    </Main>
  )
}

/** One line to type, with what is wrong about it. Enter hands in. */
export function Field({
  id,
  label,
  value,
  wrong,
  numeric,
  place,
  send,
}: {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly wrong: string | null
  readonly numeric?: boolean
  readonly place: number
  readonly send: (event: Event) => void
}): VNode {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class={numeric ? 'number' : 'code'}
        type="text"
        inputMode={numeric ? 'numeric' : 'text'}
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        value={value}
        aria-invalid={wrong !== null}
        aria-describedby={wrong === null ? undefined : `${id}-wrong`}
        onInput={event => send({ type: 'typed', place, text: event.currentTarget.value })}
        onKeyDown={event => event.key === 'Enter' && send({ type: 'hand-in' })}
      />
      {wrong === null ? null : (
        <p class="wrong" id={`${id}-wrong`} role="alert">
          {wrong}
        </p>
      )}
    </div>
  )
}

/** Who has done it and who has not, by name. */
export function Roster({ view, words, missing }: Omit<Common, 'screen' | 'send'> & Pick<Here, 'view'> & Missing) {
  return (
    <ul class="roster" aria-label={words.ceremony.team}>
      {view.names.map((name, i) => {
        const done = !missing.includes(i + 1)
        const here = view.present[i] === true || i + 1 === view.index
        const { done: ready, waited, absent } = words.ceremony
        return (
          <li key={name} class={done ? 'done' : 'waited'}>
            <span>{name}</span>
            <span>{done ? ready : here ? waited : absent}</span>
          </li>
        )
      })}
    </ul>
  )
}
type Missing = { readonly missing: readonly number[] }

/** What is going on, step by step; the one under way stands out in words and weight. */
export function Steps({ of, at }: { readonly of: readonly string[]; readonly at: number }) {
  return (
    <ol class="steps">
      {of.map((step, i) => (
        <li
          key={step}
          class={i < at ? 'done' : i === at ? 'now' : 'later'}
          aria-current={i === at ? 'step' : undefined}
        >
          {step}
        </li>
      ))}
    </ol>
  )
}
