/** What the screens of comments have in common. */
import type { Language } from '../words/language.ts'
import type { CommentsAt, CommentsPress } from './comments.ts'
import type { On } from './screens/parts.tsx'
import type { Event, Press } from './state.ts'

export type Result = On<'result'> & { readonly language: Language }
/** The screen of one of their states. */
export type At<K extends CommentsAt['at']> = Result & { readonly at: Extract<CommentsAt, { at: K }> }

type Send = (event: Event) => void

export const press = (what: CommentsPress): Press => ({ press: 'comments', what })
export const turnTo = (send: Send, at: CommentsAt): void => send({ type: 'desk', desk: { on: 'comments', at } })
/** Back to the result; what was opened is gone. */
export const leave = (send: Send): void => send({ type: 'desk', desk: { on: 'nothing' } })
