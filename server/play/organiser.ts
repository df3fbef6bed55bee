/**
 * The organiser's browser: draws the tokens, writes the manifest last, prints cards once every member has pinned it.
 * Knows every token secret until they are printed; learns nothing afterwards.
 */
import { compare, type Rng } from '../../crypto/bytes.ts'
import { type Manifest, parseManifest, type Trustee, writeManifest } from '../../crypto/manifest.ts'
import { rootOf } from '../../crypto/merkle.ts'
import { type Card, newCard, tokenKeyPair } from '../../crypto/token.ts'
import { checkCeremony, electionKeyOf, isPin } from '../../crypto/trustees.ts'
import type { BoxKeys } from '../box.ts'
import { packHash } from '../rules/read.ts'
import type { Case } from './case.ts'

export interface Prepared {
  readonly manifest: Manifest
  /** By group. Printed, then wiped. */
  readonly cards: readonly (readonly Card[])[]
  /** By group, ascending: what the server receives. */
  readonly tokens: readonly (readonly Uint8Array[])[]
}

export function prepare(
  plan: Case,
  pollId: Uint8Array,
  keys: BoxKeys,
  trustees: readonly Trustee[],
  rng: Rng,
): Prepared {
  const cards = plan.groups.map(({ cards: n }, g) => Array.from({ length: n }, () => newCard(g, rng)))
  const tokens = cards.map(list => list.map(card => tokenKeyPair(pollId, card).public.bytes).sort(compare))
  const manifestText = writeManifest({
    poll: { id: pollId, title: plan.title },
    contests: plan.contests.map(contest => ({
      ...contest,
      options: plan.rules?.pack.options ?? contest.options.map((label, i) => ({ id: `o${i + 1}`, label })),
    })),
    comments: plan.comments.map((prompt, i) => ({ ...prompt, issuer: keys.commentIssuers[i]!.public })),
    groups: plan.groups.map(({ id, label, cards: n }, g) => ({
      id,
      label,
      tokens: n,
      tokenRoot: rootOf(tokens[g]!),
      issuer: keys.issuers[g]!.public,
    })),
    trustees,
    threshold: plan.threshold,
    electionKey: electionKeyOf(trustees),
    receiptKey: keys.receiptKey.public,
    publication: { minimumBallots: plan.minimumBallots, disclosure: 'public' },
    rules: plan.rules && { pack: plan.rules.pack.id, sha256: packHash(plan.rules.texts[0]) },
    bundle: null,
  })
  return { manifest: parseManifest(manifestText), cards, tokens }
}

/** The browser prints only if `K` follows from the ceremony, and on `n` valid pins of this very manifest. */
export function mayPrint(manifest: Manifest, pins: readonly Uint8Array[]): boolean {
  if (checkCeremony(manifest) !== null) return false
  return manifest.trustees.every((trustee, i) => pins[i] !== undefined && isPin(pins[i], manifest, trustee))
}
