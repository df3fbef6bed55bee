/**
 * Lines of a server's backup, under a code that travels on paper alone (`comment-file.ts`). Not part of the protocol between
 * strangers: our own server writes them and our own server reads them (`server/commands/sealed-file.ts`).
 *
 * ChaCha20-Poly1305 (RFC 8439), no associated data, key = first 32 bytes of `SHA-512(L("backup") ‖ first line ‖ 17 code)`,
 * nonce = `u32 line ‖ u8 last ‖ 7 zeros`. The first line carries 32 random bytes, so that no key is used for two files; a line
 * opens in its own place alone.
 */
import { chacha20poly1305 } from '@noble/ciphers/chacha.js'
import { concat, u8, u32, utf8 } from './bytes.ts'
import type { FileCode } from './comment-file.ts'
import { message, sha512 } from './transcript.ts'

/** Where a line stands. */
export interface LinePlace {
  /** The file's first line, which is not encrypted. */
  readonly first: string
  /** From 2. */
  readonly n: number
  readonly isLast: boolean
}

export const sealLine = (place: LinePlace, code: FileCode, content: Uint8Array): Uint8Array =>
  cipherOf(place, code).encrypt(content)

/** Null: another code or place, or it was changed. */
export function openLine(place: LinePlace, code: FileCode, sealed: Uint8Array): Uint8Array | null {
  try {
    return cipherOf(place, code).decrypt(sealed)
  } catch {
    return null
  }
}

function cipherOf({ first, n, isLast }: LinePlace, code: FileCode) {
  const key = sha512(message('backup', utf8(first), code)).subarray(0, 32)
  return chacha20poly1305(key, concat(u32(n), u8(isLast ? 1 : 0), new Uint8Array(7)))
}
