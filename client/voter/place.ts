/** What an address asks of this page. Everything secret stands behind the `#`, which no browser sends. */
import { fromBase32, toBase32 } from '../../crypto/bytes.ts'
import type { Card } from '../../crypto/token.ts'

/** What somebody typed: the card's code in its six groups, and the manifest's short code. */
export interface Typed {
  readonly groups: readonly string[]
  readonly short: string
}

export const NOTHING_TYPED: Typed = { groups: ['', '', '', '', '', ''], short: '' }

export type Place =
  | { readonly to: 'front' }
  /** A scanned card: what stands behind the `#`. */
  | { readonly to: 'card'; readonly fragment: string }
  | { readonly to: 'typed-card'; readonly card: Card; readonly typed: Typed }
  /** Of a poll that this phone holds something of. */
  | { readonly to: 'kept'; readonly start: string }
  /** A saved receipt, or nothing. */
  | { readonly to: 'receipt'; readonly fragment: string }
  | { readonly to: 'try'; readonly nonce: string }

export function placeOf(path: string, fragment: string): Place {
  if (path === '/thu') return { to: 'try', nonce: fragment }
  if (path === '/bien-nhan') return { to: 'receipt', fragment }
  return fragment === '' ? { to: 'front' } : { to: 'card', fragment }
}

/** The fragment of a link, however it was read; a bare fragment is one too. */
export const fragmentOf = (link: string): string => link.slice(link.indexOf('#') + 1).trim()

/** Without what people put between groups. */
export const plain = (typed: string): string => typed.replace(/[\s-]/g, '')

const SHORT_CHARS = 12

/** A short code as the server knows it, whatever way it was typed; null where it is none. */
export function readShortCode(typed: string): string | null {
  const read = fromBase32(plain(typed))
  return read && plain(typed).length === SHORT_CHARS ? toBase32(read, 5 * SHORT_CHARS) : null
}
