/**
 * What a member of the counting team signs besides ceremony and count: that the box is opened, closed or voided, or its
 * result published, as the organiser asked, which nobody does alone; and what it does with comments.
 *
 * Not part of the record; the server keeps the signatures and the minutes quote them.
 */
import { concat, frame, type Rng, u8, u32, utf8 } from './bytes.ts'
import type { Element } from './group.ts'
import { isSignature, type KeyPair, sign } from './signature.ts'
import { message, sha256 } from './transcript.ts'

export interface Act {
  readonly action: string
  /** For closing: cards handed out by group, in the manifest's order, those handed back and voided deducted. */
  readonly handedOut: readonly number[]
}

const actMessage = (manifestHash: Uint8Array, { action, handedOut }: Act): Uint8Array =>
  message('act', manifestHash, frame(utf8(action)), concat(...handedOut.map(u32)))

export const signAct = (key: KeyPair, manifestHash: Uint8Array, act: Act, rng: Rng): Uint8Array =>
  sign(key, actMessage(manifestHash, act), rng)

export const isActSignature = (key: Element, manifestHash: Uint8Array, act: Act, signature: Uint8Array): boolean =>
  isSignature(signature, key, actMessage(manifestHash, act))

/** What a member does with the comments of one closing; each is signed under its own name, so that none passes for another. */
export type CommentsAct =
  /** It puts the texts together from now on. */
  | { readonly is: 'combine' }
  /** It asks for the envelopes. */
  | { readonly is: 'envelopes' }
  | { readonly is: 'shares'; readonly combiner: number; readonly box: Uint8Array }
  | { readonly is: 'file'; readonly file: Uint8Array }

/** Whose comments: the poll and its closing. */
export interface CommentsOf {
  readonly manifestHash: Uint8Array
  readonly closingHash: Uint8Array
}

function commentsMessage({ manifestHash, closingHash }: CommentsOf, act: CommentsAct): Uint8Array {
  switch (act.is) {
    case 'combine':
      return message('comment-combine', manifestHash, closingHash)
    case 'envelopes':
      return message('comment-envelopes', manifestHash, closingHash)
    case 'shares':
      return message('comment-shares', manifestHash, closingHash, u8(act.combiner), sha256(act.box))
    case 'file':
      return message('comment-handing', manifestHash, closingHash, sha256(act.file))
  }
}

export const signCommentsAct = (key: KeyPair, of: CommentsOf, act: CommentsAct, rng: Rng): Uint8Array =>
  sign(key, commentsMessage(of, act), rng)

export const isCommentsSignature = (key: Element, of: CommentsOf, act: CommentsAct, signature: Uint8Array): boolean =>
  isSignature(signature, key, commentsMessage(of, act))
