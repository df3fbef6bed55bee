/** What every screen is given. */
import type { Language } from '../../words/language.ts'
import type { VoterWords } from '../../words/voter.ts'
import type { At, Event, Poll, Screen } from '../screen.ts'

export interface Common {
  readonly words: VoterWords
  readonly language: Language
  readonly send: (event: Event) => void
  /** A camera can be asked for in this page. */
  readonly camera: boolean
  /** The device is the voter's own: what it copies stays with that person. */
  readonly own: boolean
}

export interface Props<T extends Screen['at']> extends Common {
  readonly screen: At<T>
}

/** Whom or what a contest is about, in one or two lines. */
export function subjectOf(poll: Poll, contest: number): { readonly main: string; readonly beside: string } {
  const { subject, criterion } = poll.paper.contests[contest]!
  const person = subject.name === '' ? subject.position : subject.name
  if (criterion !== null)
    return { main: criterion, beside: [subject.name, subject.position].filter(Boolean).join(', ') }
  return { main: person, beside: subject.name === '' ? '' : subject.position }
}

/** Of a field that no keyboard learns from. `autocorrect` is a property that is true or false, and an empty text is false. */
export const UNLEARNED = { autocomplete: 'off', autocorrect: '', spellcheck: false } as const
