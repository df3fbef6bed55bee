/**
 * How people with an account get into a page: login and password, or a one-time invitation link, with which they choose
 * both. What is typed stays in its fields until it is sent; only a press reads it.
 */
import type { No } from './api.ts'
import { Note } from './parts.tsx'
import type { Language } from './words/language.ts'
import { LOGIN, type LoginWords } from './words/login.ts'
import { REFUSALS } from './words/organiser/refusals.ts'

/** Why somebody did not get in. */
export type NotIn = No['refused'] | 'not-same'

/** What is being tried, null when nothing is on its way, and why the last try failed. */
export interface Trying<T> {
  readonly typed: T | null
  readonly why: NotIn | null
}

export interface Login {
  readonly login: string
  readonly password: string
}

const INVITATION = /^#?moi\.([A-Za-z0-9_-]{22})$/

/** The secret of an invitation link, `<address>/lanh-dao#moi.<22 characters>`; null: the fragment is none. */
export const invitationIn = (fragment: string): string | null => INVITATION.exec(fragment)?.[1] ?? null

/** What is sent, or why it is not worth sending. */
export function newLogin(login: string, password: string, again: string): Login | NotIn {
  if (password.length < 10) return 'weak-password'
  return password === again ? { login: login.trim(), password } : 'not-same'
}

function saying(why: NotIn, language: Language, words: LoginWords): { readonly title: string; readonly text: string } {
  switch (why) {
    case 'not-same':
      return words.notSame
    case 'used-link':
    case 'not-found':
      return words.usedInvitation
    case 'wrong-password':
      return words.wrongPassword
    case 'bad-request':
      return words.badName
    default:
      return REFUSALS[language][why]
  }
}

function Why({ why, language }: { readonly why: NotIn | null; readonly language: Language }) {
  if (why === null) return null
  const { title, text } = saying(why, language, LOGIN[language])
  return (
    <Note tone="fails" title={title}>
      {text}
    </Note>
  )
}

const fieldsOf = (form: HTMLFormElement) => {
  const typed = new FormData(form)
  return (name: string): string => String(typed.get(name) ?? '')
}

interface Entering {
  readonly language: Language
  readonly trying: Trying<Login>
}

export function LoggingIn({
  language,
  trying,
  submit,
}: Entering & { readonly submit: (login: string, password: string) => void }) {
  const words = LOGIN[language]
  const { title, name, password, act, lost, lostText } = words.login
  return (
    <main class="screen">
      <h1>{title}</h1>
      <form
        class="stack"
        onSubmit={event => {
          event.preventDefault()
          const typed = fieldsOf(event.currentTarget)
          submit(typed('login').trim(), typed('password'))
        }}
      >
        <div class="field">
          <label for="login">{name}</label>
          <input id="login" name="login" autocomplete="username" autocapitalize="none" spellcheck={false} required />
        </div>
        <div class="field">
          <label for="password">{password}</label>
          <input id="password" name="password" type="password" autocomplete="current-password" required />
        </div>
        <Why why={trying.why} language={language} />
        <button type="submit" class="main" disabled={trying.typed !== null}>
          {act}
        </button>
      </form>
      <details>
        <summary>{lost}</summary>
        <p>{lostText}</p>
      </details>
    </main>
  )
}

export function Invited({
  language,
  trying,
  submit,
}: Entering & { readonly submit: (login: string, password: string, again: string) => void }) {
  const words = LOGIN[language]
  const { title, why, name, nameNote, password, again, act } = words.invited
  return (
    <main class="screen">
      <h1>{title}</h1>
      <p>{why}</p>
      <form
        class="stack"
        onSubmit={event => {
          event.preventDefault()
          const typed = fieldsOf(event.currentTarget)
          submit(typed('login'), typed('password'), typed('again'))
        }}
      >
        <div class="field">
          <label for="login">{name}</label>
          <input
            id="login"
            name="login"
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            aria-describedby="login-note"
            required
          />
          <p class="soft small" id="login-note">
            {nameNote}
          </p>
        </div>
        <div class="field">
          <label for="password">{password}</label>
          <input id="password" name="password" type="password" autocomplete="new-password" required />
        </div>
        <div class="field">
          <label for="again">{again}</label>
          <input id="again" name="again" type="password" autocomplete="new-password" required />
        </div>
        <Why why={trying.why} language={language} />
        <button type="submit" class="main" disabled={trying.typed !== null}>
          {act}
        </button>
      </form>
    </main>
  )
}
