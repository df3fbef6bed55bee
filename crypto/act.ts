/**
 * What a member of the counting team signs besides ceremony and count: that the box is opened, closed or voided, or its
 * result published, as the organiser asked. Nobody does these alone.
 *
 * Not part of the record; the server keeps the signatures and the minutes quote them.
 */
import { concat, frame, type Rng, u32, utf8 } from './bytes.ts'
import type { Element } from './group.ts'
import { isSignature, type KeyPair, sign } from './signature.ts'
import { message } from './transcript.ts'

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
