/**
 * The cards' secrets, as they are drawn in this browser. They are sent nowhere; the server receives public keys.
 *
 * Trust: whoever holds them can spend every card before its holder does; so they are kept in this tab only
 * (`keeping.ts`), and wiped once the cards are on paper.
 */
import { compare, type Rng, toBase64url, utf8 } from '../../crypto/bytes.ts'
import { type Card, newCard, tokenKeyPair } from '../../crypto/token.ts'
import { sha256 } from '../../crypto/transcript.ts'

export interface Kept {
  /** Base64url of the protocol's poll id: another attempt has other cards. */
  readonly pollId: string
  readonly manifest: string
  readonly manifestHash: string
  readonly cards: readonly Card[]
  /** Public keys by group as they are sent, ascending. */
  readonly tokens: readonly (readonly string[])[]
  /** By group, how many were taken out in a rehearsal. */
  readonly taken: readonly number[]
}

export interface Drawn {
  readonly cards: readonly Card[]
  /** Public keys by group, ascending. */
  readonly tokens: readonly (readonly Uint8Array[])[]
}

/** Draws so many cards of each group. Pauses between slices, so that the page stays alive. */
export async function drawCards(
  counts: readonly number[],
  pollId: Uint8Array,
  rng: Rng,
  pause: (done: number) => Promise<void>,
): Promise<Drawn> {
  const SLICE = 16
  const cards: Card[] = []
  const tokens: Uint8Array[][] = counts.map(() => [])
  for (const [group, count] of counts.entries())
    for (let i = 0; i < count; i++) {
      const card = newCard(group, rng)
      cards.push(card)
      tokens[group]!.push(tokenKeyPair(pollId, card).public.bytes)
      if (cards.length % SLICE === 0) await pause(cards.length)
    }
  return { cards, tokens: tokens.map(list => list.sort(compare)) }
}

/** Another random order (Fisher and Yates), each as likely as any other. */
export function shuffled<T>(items: readonly T[], rng: Rng): readonly T[] {
  const list = [...items]
  for (let i = list.length - 1; i > 0; i--) {
    const j = below(i + 1, rng)
    ;[list[i], list[j]] = [list[j]!, list[i]!]
  }
  return list
}

/** A uniform whole number in 0 … n − 1: draws that would favour small ones are thrown away. */
function below(n: number, rng: Rng): number {
  const limit = 2 ** 32 - (2 ** 32 % n)
  for (;;) {
    const drawn = rng(4).reduce((sum, byte) => sum * 256 + byte, 0)
    if (drawn < limit) return drawn % n
  }
}

export const keptOf = (pollId: Uint8Array, manifest: string, { cards, tokens }: Drawn): Kept => ({
  pollId: toBase64url(pollId),
  manifest,
  manifestHash: toBase64url(sha256(utf8(manifest))),
  cards,
  tokens: tokens.map(list => list.map(toBase64url)),
  taken: tokens.map(() => 0),
})

/** Cards of a group that nobody took yet, in their order. */
export const left = ({ cards, taken }: Pick<Kept, 'cards' | 'taken'>, group: number): readonly Card[] =>
  cards.filter(card => card.group === group).slice(taken[group])
