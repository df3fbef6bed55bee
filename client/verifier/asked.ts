/** Which poll somebody means: the manifest's hash or its short code, as people write them. */

import { fromBase32, fromBase64url, shortCode, toBase64url } from '../../crypto/bytes.ts'
import { sha256 } from '../../crypto/transcript.ts'

/** 32 bytes, at least the first 20 of them, or a short code. */
export type Asked = Uint8Array | string

const HASH_BYTES = 32
const CARD_HASH_BYTES = 20
const SHORT_CODE_BYTES = 8

/** 64 hex digits as `sha256sum` prints them, base64url as links carry it, or the short code. Null for anything else. */
export function readAsked(typed: string): Asked | null {
  const said = typed.trim()
  if (/^[0-9a-fA-F]{64}$/.test(said)) return Uint8Array.from(said.match(/../g)!, byte => Number.parseInt(byte, 16))
  const hash = fromBase64url(said)
  if (hash && (hash.length === HASH_BYTES || hash.length === CARD_HASH_BYTES)) return hash
  const code = fromBase32(said.replace(/[\s-]/g, ''))
  return code?.length === SHORT_CODE_BYTES ? shortCode(code) : null
}

/** As `/api/manifests` takes it. */
export const startOf = (asked: Asked): string =>
  typeof asked === 'string' ? asked.replaceAll('-', '') : toBase64url(asked.subarray(0, CARD_HASH_BYTES))

/** The whole hash where this text is the manifest that was asked for; null for another one. */
export function hashAsked(asked: Asked, text: Uint8Array): Uint8Array | null {
  const hash = sha256(text)
  if (typeof asked === 'string') return shortCode(hash) === asked ? hash : null
  return toBase64url(hash.subarray(0, asked.length)) === toBase64url(asked) ? hash : null
}

export const isWholeHash = (asked: Asked): asked is Uint8Array =>
  typeof asked !== 'string' && asked.length === HASH_BYTES
