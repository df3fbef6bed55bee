/**
 * The comments' way to the competent authority: one file, encrypted on the phone of the member who put the texts together,
 * under a code that travels on paper alone. Not part of the protocol between strangers; our own phones write it and our own
 * page reads it.
 *
 *     u8 version (1)   32 manifestHash   32 closingHash   32 random   ciphertext
 *
 * ChaCha20-Poly1305 (RFC 8439), zero nonce, no associated data, key = first 32 bytes of `SHA-512(L("comment-file") ‖ all
 * bytes before the ciphertext ‖ 17 code)`, of `u32 length ‖ JSON ‖ zeros` up to a multiple of 64 KiB: its length tells little
 * of how much was written. No envelope is named in it and the texts stand in random order: a receipt, whose leaf has its rank
 * among those of the record, leads to no text.
 *
 * The code: 130 random bits, as 17 bytes of which the last six bits are zero; typed as seven groups (`typed.ts`) that carry
 * 26 characters and two of check, the first ten bits of `SHA-256(L("comment-code") ‖ 17 code)`.
 */
import { chacha20poly1305 } from '@noble/ciphers/chacha.js'
import { NONCE } from './box.ts'
import { concat, fromBase32, type Rng, readUtf8, toBase32, u8, u32, utf8 } from './bytes.ts'
import { refuse } from './fault.ts'
import { exactly, integer, listOf, nullOr, parseJson, text, writeJson } from './json.ts'
import { HASH_BYTES } from './merkle.ts'
import { Reader } from './reader.ts'
import { message, sha256, sha512 } from './transcript.ts'
import { carriedBy, groupsOf, isGroup, typedGroups } from './typed.ts'

/** What the authority reads. */
export interface Comments {
  readonly title: string
  readonly unit: string
  readonly minimum: number
  readonly prompts: readonly CommentsOfPrompt[]
}

export interface CommentsOfPrompt {
  readonly title: string
  /** In a file in random order; null where too few hold text for them to be shown. */
  readonly texts: readonly string[] | null
  /** Envelopes of which the server held something back, for which too few shares were good, that hold no text. */
  readonly withheld: number
  readonly unopened: number
  readonly unreadable: number
}

/** Whose file it is; in the clear. */
export interface FileHead {
  readonly manifestHash: Uint8Array
  readonly closingHash: Uint8Array
}

declare const fileCode: unique symbol
/** Secret: whoever has it and the file reads the comments. */
export type FileCode = Uint8Array & { readonly [fileCode]: true }

const VERSION = 1
const HEAD_BYTES = 1 + 3 * HASH_BYTES
const STEP_BYTES = 65_536
const TAG_BYTES = 16

// ── the code ────────────────────────────────────────────────────────────────────────────────────────────────────

const CODE_BYTES = 17
const CODE_CHARS = 26
const CHECK_BITS = 10
/** How many groups the typed code has. */
export const CODE_GROUPS = 7

export function newFileCode(rng: Rng): FileCode {
  const code = rng(CODE_BYTES).slice()
  code[CODE_BYTES - 1]! &= 0xc0
  return code as FileCode
}

const checkOf = (code: Uint8Array): string => toBase32(sha256(message('comment-code', code)), CHECK_BITS)

/** As it is written down. */
export const fileCodeGroups = (code: FileCode): readonly string[] =>
  groupsOf(toBase32(code, CODE_CHARS * 5) + checkOf(code))

/** Refuses: `wrong-length`, `wrong-value` (`where` names the group, from 1, that cannot stand in its place). */
export function readFileCode(typed: string): FileCode {
  const groups = typedGroups(typed)
  const wrong = groups.slice(0, CODE_GROUPS).findIndex((group, place) => !isGroup(group, place))
  if (wrong >= 0 && groups[wrong]!.length === 5) refuse('wrong-value', `group ${wrong + 1}`)
  if (groups.length !== CODE_GROUPS || wrong >= 0) refuse('wrong-length', 'code', CODE_GROUPS, groups.length)
  const carried = carriedBy(groups)
  const code = fromBase32(carried.slice(0, CODE_CHARS))!
  if (carried.slice(CODE_CHARS) !== checkOf(code)) refuse('wrong-value', 'code')
  return code as FileCode
}

// ── the file ────────────────────────────────────────────────────────────────────────────────────────────────────

/** Whatever order the texts of a prompt come in, the file has them in another, drawn from `rng`. */
export function sealFile({ manifestHash, closingHash }: FileHead, comments: Comments, code: FileCode, rng: Rng) {
  const head = concat(u8(VERSION), manifestHash, closingHash, rng(HASH_BYTES))
  const prompts = comments.prompts.map(one => ({ ...one, texts: one.texts && shuffled(one.texts, rng) }))
  const written = utf8(writeJson({ ...comments, prompts }))
  const length = Math.ceil((4 + written.length) / STEP_BYTES) * STEP_BYTES
  const padded = concat(u32(written.length), written, new Uint8Array(length - 4 - written.length))
  return concat(head, chacha20poly1305(keyOf(head, code), NONCE).encrypt(padded))
}

/** Each order as likely as any other (Fisher and Yates). */
function shuffled(texts: readonly string[], rng: Rng): readonly string[] {
  const order = [...texts]
  for (let i = order.length - 1; i > 0; i--) {
    const j = below(i + 1, rng)
    ;[order[i], order[j]] = [order[j]!, order[i]!]
  }
  return order
}

/** A uniform whole number in 0 … n − 1: draws that would favour small ones are thrown away. */
function below(n: number, rng: Rng): number {
  const most = 2 ** 32 - (2 ** 32 % n)
  for (;;) {
    const drawn = rng(4).reduce((sum, byte) => sum * 256 + byte, 0)
    if (drawn < most) return drawn % n
  }
}

const keyOf = (head: Uint8Array, code: FileCode): Uint8Array =>
  sha512(message('comment-file', head, code)).subarray(0, 32)

/** What anybody may read of it. Refuses: `wrong-length`, `wrong-value` for what is no such file. */
export function readFileHead(file: Uint8Array): FileHead {
  const from = new Reader(file, 'comment file')
  if (from.u8() !== VERSION) refuse('wrong-value', 'comment file')
  const head = { manifestHash: from.bytes(HASH_BYTES), closingHash: from.bytes(HASH_BYTES) }
  const sealed = file.length - HEAD_BYTES - TAG_BYTES
  if (sealed < STEP_BYTES || sealed % STEP_BYTES !== 0) refuse('wrong-length', 'comment file', undefined, file.length)
  return head
}

/** A manifest allows no more. */
const [MOST_PROMPTS, MOST_TEXTS] = [15, 255 * 65_535]
const count = integer(0)
const shape = exactly({
  title: text,
  unit: text,
  minimum: count,
  prompts: listOf(
    exactly({
      title: text,
      texts: nullOr(listOf(text, 0, MOST_TEXTS)),
      withheld: count,
      unopened: count,
      unreadable: count,
    }),
    0,
    MOST_PROMPTS,
  ),
})

/** Refuses: `bad-proof` (another code, or the file was changed), and what `readFileHead` refuses. */
export function openFile(file: Uint8Array, code: FileCode): Comments {
  readFileHead(file)
  const head = file.subarray(0, HEAD_BYTES)
  const padded = decrypted(file.subarray(HEAD_BYTES), keyOf(head, code)) ?? refuse('bad-proof', 'comment file')
  const from = new Reader(padded, 'comment file')
  const length = from.bytes(4).reduce((so, byte) => so * 256 + byte, 0)
  const written = readUtf8(from.bytes(length)) ?? refuse('not-utf8', 'comment file')
  return shape(parseJson(written, 'comment file'), '')
}

function decrypted(ciphertext: Uint8Array, key: Uint8Array): Uint8Array | null {
  try {
    return chacha20poly1305(key, NONCE).decrypt(ciphertext)
  } catch {
    return null
  }
}
