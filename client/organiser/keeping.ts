/** Keeps the cards' secrets in this tab over a reload, until they are printed. */
import { attempt } from '../../crypto/fault.ts'
import { cardCode, readCardCode } from '../../crypto/token.ts'
import { erase, read, write } from '../keep.ts'
import type { Kept } from './secrets.ts'

const nameOf = (poll: string): string => `cards/${poll}`

/** False where a reload would lose them: then print before anything else. */
export function keepCards(poll: string, { cards, ...rest }: Kept): boolean {
  return write('tab', nameOf(poll), JSON.stringify({ ...rest, codes: cards.map(cardCode) }))
}

/** The cards of this very attempt, or null. */
export function keptCards(poll: string, pollId: string): Kept | null {
  const text = read('tab', nameOf(poll))
  if (text === null) return null
  const { codes, ...rest } = JSON.parse(text) as Omit<Kept, 'cards'> & { readonly codes: readonly string[] }
  const cards = attempt(() => codes.map(readCardCode))
  return cards !== null && rest.pollId === pollId ? { ...rest, cards } : null
}

/** Out of storage, and over with zeros in memory. */
export function wipeCards(poll: string, kept: Kept | null): void {
  erase('tab', nameOf(poll))
  for (const { s } of kept?.cards ?? []) s.fill(0)
}
