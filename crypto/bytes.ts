/**
 * Encodings, and nothing that knows what a ballot is: integers, frames, text, base64url, Crockford base32, hex.
 *
 * Integers are big-endian. Everything that reads is strict: a second spelling of the same bytes is refused, so that
 * bytes compare as they stand.
 */
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'

export { bytesToHex as toHex } from '@noble/hashes/utils.js'

/** Randomness is a parameter everywhere: `n` fresh bytes, uniform and unpredictable. Entries pass the platform's own. */
export type Rng = (n: number) => Uint8Array

export const concat = concatBytes
export const utf8 = utf8ToBytes

export const u8 = (n: number): Uint8Array => integer(n, 1)
export const u16 = (n: number): Uint8Array => integer(n, 2)
export const u32 = (n: number): Uint8Array => integer(n, 4)

function integer(n: number, size: 1 | 2 | 4): Uint8Array {
  if (!Number.isInteger(n) || n < 0 || n >= 2 ** (8 * size)) throw new RangeError(`u${8 * size} expected, got ${n}`)
  const bytes = new Uint8Array(size)
  for (let i = size - 1, rest = n; i >= 0; i--, rest = Math.floor(rest / 256)) bytes[i] = rest % 256
  return bytes
}

/** `u32(length of x) ‖ x`: two lists of frames are equal only if every part is (protocol, section 2). */
export const frame = (x: Uint8Array): Uint8Array => concat(u32(x.length), x)

// Present in browsers, Node and workers alike, though not part of the language's own library.
declare const TextDecoder: new (
  label: string,
  options: { fatal: boolean; ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string }
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The text of well-formed UTF-8, or null. A byte order mark stays a character, so that no reader can overlook it. */
export function readUtf8(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const BASE64URL_VALUES = new Int8Array(128).fill(-1)
for (let i = 0; i < 64; i++) BASE64URL_VALUES[BASE64URL.charCodeAt(i)] = i

/** base64url without padding (RFC 4648, section 5). */
export function toBase64url(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const three = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    const digits = Math.min(4, bytes.length - i + 1)
    for (let d = 0; d < digits; d++) text += BASE64URL[(three >> (18 - 6 * d)) & 63]
  }
  return text
}

/** The bytes of canonical base64url, or null: no padding, no other alphabet, unused last bits zero. */
export function fromBase64url(text: string): Uint8Array | null {
  if (text.length % 4 === 1) return null
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let bits = 0
  let held = 0
  let at = 0
  for (let i = 0; i < text.length; i++) {
    const value = BASE64URL_VALUES[text.charCodeAt(i)] ?? -1
    if (value < 0) return null
    bits = ((bits << 6) | value) & 0xffff
    held += 6
    if (held >= 8) {
      held -= 8
      bytes[at++] = (bits >> held) & 255
    }
  }
  return (bits & ((1 << held) - 1)) === 0 ? bytes : null
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

// By ASCII code, so that no letter of another script is taken for one of these.
const BASE32_VALUES = new Int8Array(128).fill(-1)
for (const alphabet of [CROCKFORD, CROCKFORD.toLowerCase()])
  for (let i = 0; i < 32; i++) BASE32_VALUES[alphabet.charCodeAt(i)] = i
for (const [read, as] of ['O0', 'o0', 'I1', 'i1', 'L1', 'l1'])
  BASE32_VALUES[read!.charCodeAt(0)] = CROCKFORD.indexOf(as!)

/** The first `bits` bits (a multiple of five) of `bytes` as Crockford base32; bits past the end count as zero. */
export function toBase32(bytes: Uint8Array, bits: number): string {
  let text = ''
  for (let at = 0; at < bits; at += 5) {
    const two = ((bytes[at >> 3] ?? 0) << 8) | (bytes[(at >> 3) + 1] ?? 0)
    text += CROCKFORD[(two >> (11 - (at & 7))) & 31]
  }
  return text
}

/** The bytes of Crockford base32, last bits filled up with zeros, or null. Reads kindly: lower case, O as 0, I and L as 1. */
export function fromBase32(text: string): Uint8Array | null {
  const bytes = new Uint8Array(Math.ceil((text.length * 5) / 8))
  for (let i = 0; i < text.length; i++) {
    const value = BASE32_VALUES[text.charCodeAt(i)] ?? -1
    if (value < 0) return null
    for (let b = 0; b < 5; b++) if ((value >> (4 - b)) & 1) bytes[(i * 5 + b) >> 3]! |= 128 >> ((i * 5 + b) & 7)
  }
  return bytes
}

/** A hash that people read aloud: its first 60 bits, three groups of four (protocol, section 2). */
export const shortCode = (hash: Uint8Array): string => toBase32(hash, 60).match(/.{4}/g)!.join('-')

/** Unsigned, bytewise: negative when `a` comes first, 0 when equal. */
export function compare(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return a[i]! - b[i]!
  return a.length - b.length
}

export const equal = (a: Uint8Array, b: Uint8Array): boolean => compare(a, b) === 0
