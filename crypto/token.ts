/**
 * The token on a card (protocol, section 4): 16 random bytes `s`, made in the organiser's browser, printed, never sent
 * anywhere. Its key pair signs the one redemption; the server knows public keys only.
 *
 * Trust: who printed the cards knows every `s` and can spend a card before its holder does; the holder then meets
 * *already redeemed*.
 */
import { concat, equal, fromBase32, fromBase64url, type Rng, shortCode, toBase32, toBase64url, u8 } from './bytes.ts'
import { refuse } from './fault.ts'
import { type KeyPair, keyPairOf } from './signature.ts'
import { Hq, message, sha256 } from './transcript.ts'

declare const tokenSecret: unique symbol
/** 16 bytes. On the card, and on the phone until the credentials verify. */
export type TokenSecret = Uint8Array & { readonly [tokenSecret]: true }

const TOKEN_SECRET_BYTES = 16
/** How much of the manifest's hash a scanned card carries. */
const CARD_HASH_BYTES = 20

/** What a card says: a group's index in the manifest, and the secret. */
export interface Card {
  readonly group: number
  readonly s: TokenSecret
}

export const newCard = (group: number, rng: Rng): Card => ({ group, s: rng(TOKEN_SECRET_BYTES) as TokenSecret })

/** The token's key pair, `Hq("token", poll id, u8 g, s)` and its multiple of `G`. */
export const tokenKeyPair = (pollId: Uint8Array, { group, s }: Card): KeyPair =>
  keyPairOf(Hq('token', pollId, u8(group), s))

const CODE_CHARS = 28
const CHECK_BITS = 10

const checkOf = (payload: Uint8Array): string => toBase32(sha256(message('code', payload)), CHECK_BITS)

/** 30 characters of Crockford base32 for typing: 28 for `u8 g ‖ s` and four zero bits, two to check. */
export function cardCode({ group, s }: Card): string {
  const payload = concat(u8(group), s)
  return toBase32(payload, CODE_CHARS * 5) + checkOf(payload)
}

/** In six groups of five, as printed. */
export const printedCode = (card: Card): string => cardCode(card).match(/.{5}/g)!.join(' ')

/**
 * Reads a code as people type it: lower case, O for 0, I and L for 1, spaces and hyphens anywhere.
 *
 * Refuses: `wrong-length`, `wrong-value` (a character, the four zero bits or the check characters).
 */
export function readCardCode(typed: string): Card {
  const code = typed.replace(/[\s-]/g, '')
  if (code.length !== CODE_CHARS + 2) refuse('wrong-length', 'card code', CODE_CHARS + 2, code.length)
  const found = fromBase32(code.slice(0, CODE_CHARS))
  const check = fromBase32(code.slice(CODE_CHARS))
  if (found === null || check === null) return refuse('wrong-value', 'card code')
  const payload = found.subarray(0, 1 + TOKEN_SECRET_BYTES)
  if (found[1 + TOKEN_SECRET_BYTES] !== 0) refuse('wrong-value', 'card code')
  if (toBase32(check, CHECK_BITS) !== checkOf(payload)) refuse('wrong-value', 'card code')
  return { group: payload[0]!, s: payload.slice(1) as TokenSecret }
}

/** What the card's QR holds. Everything secret stands behind `#`, which no browser sends. */
export const cardLink = (address: string, card: Card, manifestHash: Uint8Array): string =>
  `${address}/b#${cardCode(card)}.${toBase64url(manifestHash.subarray(0, CARD_HASH_BYTES))}`

/** The card and the first 20 bytes of its manifest's hash, from what stands behind the `#`. Refuses as `readCardCode`. */
export function readCardFragment(fragment: string): { readonly card: Card; readonly hashStart: Uint8Array } {
  const [code = '', hash = '', ...rest] = fragment.split('.')
  const hashStart = fromBase64url(hash)
  if (rest.length > 0 || hashStart?.length !== CARD_HASH_BYTES) return refuse('wrong-value', 'card link')
  return { card: readCardCode(code), hashStart }
}

/**
 * True if this is the manifest asked for: by its hash, by the start of it that a scanned card carries (20 bytes or
 * more), or by its short code as people type it.
 */
export function isOfManifest(asked: Uint8Array | string, manifestHash: Uint8Array): boolean {
  if (typeof asked !== 'string')
    return asked.length >= CARD_HASH_BYTES && equal(asked, manifestHash.subarray(0, asked.length))
  const typed = fromBase32(asked.replace(/[\s-]/g, ''))
  return typed !== null && typed.length === 8 && shortCode(typed) === shortCode(manifestHash)
}

/** What an unredeemed card signs when it is handed back (section 5). */
export const voidMessage = (manifestHash: Uint8Array): Uint8Array => message('void', manifestHash)
