/**
 * Comments on a member's phone, after the result: what is on the screen and what follows from what. Pure; what is done stands
 * in `comments-desk.ts`, the arithmetic in `comments-work.ts`. Texts that were opened are in this page's memory alone and go
 * with it.
 */
import type { CommentsOfPrompt } from '../../crypto/comment-file.ts'
import type { Fault } from '../../crypto/fault.ts'
import type { OpenedPrompt } from '../../crypto/opening.ts'
import { isSameGroup } from '../../crypto/typed.ts'
import type { CommentsView } from '../../server/wire/comments.ts'

/** What takes a while, in order: the board, the envelopes, each of them, this member's part or the texts, sending. */
export type CommentsStep = 'board' | 'envelopes' | 'check' | 'share' | 'read' | 'send'

export type CommentsAt =
  /** `said`: the closing's code, which a restored device has typed. */
  | { readonly at: 'ready'; readonly said: string; readonly wrong: boolean }
  | {
      readonly at: 'busy'
      readonly doing: 'send' | 'open'
      readonly step: CommentsStep
      readonly done: number
      readonly of: number
    }
  /** The server hands out other envelopes than the box was closed with. */
  | { readonly at: 'stopped'; readonly fault: Pick<Fault, 'code' | 'where'> }
  | ({ readonly at: 'opened' } & Found)
  /** The file is made; its code stands on the screen to be written down. */
  | ({ readonly at: 'code' } & Made)
  | ({
      readonly at: 'reading-back'
      readonly places: readonly number[]
      readonly typed: readonly string[]
      readonly wrong: readonly number[]
    } & Made)
  | { readonly at: 'handed'; readonly file: Uint8Array }

export interface Found {
  readonly prompts: readonly OpenedPrompt[]
  readonly faults: readonly Fault[]
}

interface Made extends Found {
  readonly file: Uint8Array
  readonly groups: readonly string[]
}

export type CommentsPress =
  | { readonly do: 'combine' }
  | { readonly do: 'send' | 'open'; readonly said: string }
  | { readonly do: 'seal' | 'ask-back' }
  | { readonly do: 'put'; readonly file: Uint8Array }

export const READY: CommentsAt = { at: 'ready', said: '', wrong: false }

/** Whose turn it is, as this member sees it. */
export type Turn =
  | { readonly who: 'nobody' }
  /** This member combines; `missing`: how many parts it still waits for. */
  | { readonly who: 'self'; readonly missing: number }
  | { readonly who: 'other'; readonly combiner: number; readonly sent: boolean }

export function commentsTurn({ combiner, sent }: CommentsView, index: number, threshold: number): Turn {
  if (combiner === null) return { who: 'nobody' }
  if (combiner !== index) return { who: 'other', combiner, sent: sent[index - 1] === true }
  return { who: 'self', missing: Math.max(0, threshold - 1 - sent.filter(one => one).length) }
}

/** Something is on the screen that another look at it would cost. */
export const isOpen = ({ at }: CommentsAt): boolean => !['ready', 'stopped', 'handed'].includes(at)

/** Some prompt's texts may be shown, so that there is something to hand over. */
export const hasTexts = ({ prompts }: Found): boolean => prompts.some(({ texts }) => texts !== null)

/** What the competent authority gets: how many wrote of a prompt that too few wrote of is for the team alone. */
export const forAuthority = ({ prompts }: Found, titles: readonly string[]): readonly CommentsOfPrompt[] =>
  prompts.map(({ texts, withheld, unopened, unreadable }, i) => ({
    title: titles[i]!,
    texts,
    withheld,
    unopened,
    unreadable,
  }))

export function typedComments(at: CommentsAt, place: number, text: string): CommentsAt {
  if (at.at === 'ready') return { at: 'ready', said: text, wrong: false }
  if (at.at !== 'reading-back') return at
  const typed = at.typed.map((one, i) => (i === place ? text : one))
  return { ...at, typed, wrong: at.wrong.filter(one => one !== place) }
}

/** What was typed of the code is handed in: what is to be done, or which of the groups are wrong. */
export function handedBack(at: CommentsAt): CommentsPress | CommentsAt {
  if (at.at !== 'reading-back') return at
  const wrong = at.places.flatMap((place, i) => (isSameGroup(at.typed[i]!, at.groups[place]!) ? [] : [i]))
  return wrong.length > 0 ? { ...at, wrong } : { do: 'put', file: at.file }
}

/** The code is read back by these groups, from 0. */
export const askedBack = (at: CommentsAt, places: readonly number[]): CommentsAt =>
  at.at === 'code' ? { ...at, at: 'reading-back', places, typed: places.map(() => ''), wrong: [] } : at
