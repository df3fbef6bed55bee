/** Every state that the voter's page can be in, and what can happen. What follows from what is `state.ts`. */
import type { Choices } from '../../crypto/ballot.ts'
import type { Manifest } from '../../crypto/manifest.ts'
import type { Card } from '../../crypto/token.ts'
import type { Paper } from '../paper.ts'
import type { Language } from '../words/language.ts'
import type { Receipt } from './kept.ts'
import type { Line } from './lines.ts'
import type { Place, Typed } from './place.ts'
import type { Tries, Trouble, Why } from './refusals.ts'

export interface Poll {
  readonly manifest: Manifest
  readonly paper: Paper
  /** Names what this phone keeps of it. */
  readonly start: string
  /** Of a ballot about many, which has a list; null where it goes page by page. */
  readonly lines: readonly Line[] | null
}

/** A ballot while it can be changed. */
export interface Vote {
  readonly poll: Poll
  readonly group: number
  readonly choices: Choices
  /** By prompt, as they stand in the field. */
  readonly texts: readonly string[]
  /** The token's public key, which tells this ballot from another one. Of no meaning in a practice. */
  readonly card: Uint8Array
  /** Where a practice leads back to; null for the real thing. Nothing that is shown depends on it. */
  readonly practice: Screen | null
}

/** `shown`: the clipboard refused, the text stands there to be selected. */
export type Saved = 'asking' | 'copied' | 'shown' | null

/** What a phone holds in the end. */
export interface Own {
  readonly poll: Poll
  /** The ballot's; where one of its envelopes is missing on the board, that one's. */
  readonly receipt: Receipt
  readonly saved: Saved
}

/** A ballot under a throw-away key, to look into. */
export interface Checked {
  /** SHA-256 of what was sealed, in hex. */
  readonly hash: string
  /** What the ciphertexts hold, read back by the randomness. */
  readonly inside: Choices
  readonly randomness: readonly string[]
  /** For a second device. */
  readonly text: string
}

/** What stands wrong in what was typed: a group, the whole card code, or the manifest's short code. */
export type Wrong =
  | { readonly where: number }
  | { readonly where: 'code' }
  | { readonly where: 'short'; readonly unknown: boolean }

/** A receipt to look for: typed by its short code, or saved whole. */
export interface Sought {
  /** As the server is asked: the start of the hash, or the short code. */
  readonly manifest: string
  readonly leaf: { readonly short: string } | Receipt
}

export interface TypedReceipt {
  readonly leaf: string
  readonly short: string
}

export type Found =
  | { readonly as: 'counted'; readonly closingCode: string; readonly poll: Poll; readonly published: boolean }
  | { readonly as: 'missing' | 'absent'; readonly closingCode: string; readonly poll: Poll }
  | { readonly as: 'not-closed' | 'void' | 'bad-receipt' | 'bad-board'; readonly poll: Poll }
  | { readonly as: 'unknown' }

type Arrived = {
  readonly at: 'arrived'
  readonly poll: Poll
  readonly card: Card
  /** False where a reload would lose everything. */
  readonly durable: boolean
}
export type Typing = {
  readonly at: 'typing'
  readonly typed: Typed
  readonly wrong: Wrong | null
  /** A poll of which this phone holds a receipt. */
  readonly held: string | null
}
type Redeeming = { readonly poll: Poll; readonly card: Card | null; readonly tries: Tries }
export type Cast = {
  readonly at: 'cast'
  readonly own: Own
  readonly practice: Screen | null
  readonly annulled: boolean
}
type Checking = {
  readonly at: 'checking'
  readonly vote: Vote
  readonly checked: Checked | null
  readonly opened: boolean
  readonly copied: Saved
}
type Asking = { readonly at: 'asking'; readonly typed: TypedReceipt; readonly wrong: 'leaf' | 'short' | null }

export type Screen =
  // the way in
  | { readonly at: 'opening'; readonly place: Place; readonly tries: Tries }
  | Typing
  | { readonly at: 'camera'; readonly back: Typing; readonly blocked: boolean }
  | Arrived
  | { readonly at: 'once-more'; readonly arrived: Arrived; readonly cast: Cast }
  | { readonly at: 'other-card'; readonly poll: Poll; readonly on: Screen }
  // the card buys a ballot
  | ({ readonly at: 'redeeming' } & Redeeming)
  | ({ readonly at: 'not-open'; readonly hurry: boolean } & Redeeming)
  // the ballot
  | {
      readonly at: 'choosing'
      readonly vote: Vote
      readonly contest: number
      /** Came from the review and goes back there. */
      readonly editing: boolean
      /** One mark more than allowed was tried. */
      readonly full: boolean
    }
  | {
      readonly at: 'listing'
      readonly vote: Vote
      readonly query: string
      /** Shows those alone that are not marked. */
      readonly unmarked: boolean
      /** The line that was open last. */
      readonly left: number | null
    }
  | {
      readonly at: 'writing'
      readonly vote: Vote
      readonly prompt: number
      /** Came from the review and goes back there. */
      readonly editing: boolean
    }
  | { readonly at: 'reviewing'; readonly vote: Vote }
  | Checking
  | {
      readonly at: 'casting'
      readonly poll: Poll
      readonly practice: Screen | null
      /** Null once it is sealed: the choices are gone. */
      readonly sealing: Vote | null
      /** Of the sealing, 0 to 1; null while it is quick. */
      readonly done: number | null
      readonly sent: number
      readonly tries: Tries
    }
  // afterwards
  | Cast
  | { readonly at: 'practised'; readonly back: Screen }
  | { readonly at: 'left'; readonly cast: Cast }
  | { readonly at: 'counted'; readonly own: Own; readonly closingCode: string; readonly published: boolean }
  | { readonly at: 'missing'; readonly own: Own; readonly what: 'missing' | 'bad-board' }
  // beside the way
  | { readonly at: 'why'; readonly back: Screen }
  | { readonly at: 'refused'; readonly why: Why; readonly poll: Poll | null; readonly on: Screen }
  // other addresses
  | { readonly at: 'trying'; readonly nonce: string; readonly tries: Tries }
  | { readonly at: 'tried' }
  | Asking
  | { readonly at: 'looking'; readonly typed: TypedReceipt; readonly sought: Sought; readonly tries: Tries }
  | { readonly at: 'looked'; readonly typed: TypedReceipt; readonly sought: Sought; readonly found: Found }

/** The screen of this name. */
export type At<T extends Screen['at']> = Screen & { readonly at: T }

/** What the phone holds of a poll that was asked for. */
export interface Holding {
  readonly poll: Poll
  /** That led here, if any. */
  readonly card: Card | null
  readonly durable: boolean
  /** `own`: of the card that led here, or no card did. */
  readonly going:
    | { readonly stage: 'asked'; readonly own: boolean }
    | { readonly stage: 'redeemed'; readonly own: boolean; readonly vote: Vote }
    | { readonly stage: 'sealed' }
    | null
  /** The last one cast. */
  readonly cast: Own['receipt'] | null
}

/** What a press is by itself. */
export type Press =
  | 'submit'
  | 'camera'
  | 'receive'
  | 'another'
  | 'practise'
  | 'why'
  | 'back'
  | 'next'
  | 'list'
  | 'unmarked'
  | 'review'
  | 'check'
  | 'open-checked'
  | 'cast'
  | 'save'
  | 'close'
  | 'go-on'
  | 'retry'

export type Event =
  // what the person does
  | { readonly type: 'language'; readonly language: Language }
  | { readonly type: 'type'; readonly typed: Typed }
  | { readonly type: 'type-receipt'; readonly typed: TypedReceipt }
  | { readonly type: 'choose'; readonly option: number }
  | { readonly type: 'edit'; readonly contest: number }
  | { readonly type: 'search'; readonly query: string }
  | { readonly type: 'write'; readonly text: string }
  | { readonly type: 'edit-text'; readonly prompt: number }
  | { readonly type: Press }
  // what comes of it
  | { readonly type: 'placed'; readonly place: Place }
  | { readonly type: 'holding'; readonly holding: Holding }
  | { readonly type: 'nothing-held'; readonly start: string | null }
  | { readonly type: 'wrong-typed'; readonly typed: Typed; readonly wrong: Wrong }
  | { readonly type: 'trouble'; readonly trouble: Trouble; readonly afterSeconds: number }
  | { readonly type: 'refused'; readonly why: Why; readonly poll: Poll | null }
  | { readonly type: 'scanned'; readonly fragment: string }
  | { readonly type: 'no-camera' | 'not-open' | 'sealed' | 'sent' | 'annulled' | 'tried' }
  | { readonly type: 'redeemed'; readonly vote: Vote }
  | { readonly type: 'checked'; readonly checked: Checked }
  | { readonly type: 'progress'; readonly done: number }
  | { readonly type: 'was-cast'; readonly receipt: Own['receipt'] }
  | { readonly type: 'counted'; readonly closingCode: string; readonly published: boolean }
  | { readonly type: 'missing'; readonly what: 'missing' | 'bad-board'; readonly lost: Receipt | null }
  | { readonly type: 'saved'; readonly as: 'copied' | 'shown' }
  | { readonly type: 'looked'; readonly found: Found }

export interface Page {
  readonly language: Language
  readonly screen: Screen
}
