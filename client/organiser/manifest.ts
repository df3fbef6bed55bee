/**
 * The manifest as this page writes it, last of all and taking nothing further from the server (protocol, sections 3 and
 * 8): the draft's words, the team's ceremony, the roots of the cards drawn here.
 */
import type { Element } from '../../crypto/group.ts'
import { type Trustee, writeManifest } from '../../crypto/manifest.ts'
import { rootOf } from '../../crypto/merkle.ts'
import { electionKeyOf } from '../../crypto/trustees.ts'
import { contestsOf, groupsOf } from '../../server/rules/contests.ts'
import { packHash, readPack } from '../../server/rules/read.ts'
import type { PackText } from '../../server/wire/packs.ts'
import type { Draft } from '../../server/wire.ts'

interface ManifestParts {
  readonly draft: Draft
  /** That the draft names. */
  readonly pack: Pick<PackText, 'text'> | null
  readonly rehearsal: boolean
  /** Where cards are redeemed; null: where ballots are cast. */
  readonly redeemAt: string | null
  /** Of the ceremony's attempt. */
  readonly pollId: Uint8Array
  readonly receiptKey: Element
  /** By group. */
  readonly issuers: readonly Element[]
  /** By prompt. */
  readonly commentIssuers: readonly Element[]
  readonly trustees: readonly Trustee[]
  /** Public keys by group, ascending. */
  readonly tokens: readonly (readonly Uint8Array[])[]
  readonly bundle: Uint8Array
}

/** The text whose hash every card carries. */
export function manifestOf(parts: ManifestParts): string {
  const { draft, pack, rehearsal, redeemAt, pollId, trustees, tokens, ...rest } = parts
  const read = pack && readPack(pack.text)
  const { title, unit, basis, period, address, from } = draft
  const poll = {
    ...{ id: pollId, title, unit, basis, period, address, rehearsal },
    ...(from === '' ? {} : { form: from }),
    ...(redeemAt === null ? {} : { redeemAt }),
  }
  return writeManifest({
    poll,
    contests: contestsOf(draft, read),
    comments: draft.prompts.map((prompt, i) => ({ id: `y${i + 1}`, ...prompt, issuer: rest.commentIssuers[i]! })),
    groups: groupsOf(draft).map(({ id, label, weight }, g) => ({
      id,
      label,
      tokens: tokens[g]!.length,
      tokenRoot: rootOf(tokens[g]!),
      issuer: rest.issuers[g]!,
      ...(weight === null ? {} : { weight }),
    })),
    trustees,
    threshold: draft.threshold,
    electionKey: electionKeyOf(trustees),
    receiptKey: rest.receiptKey,
    publication: { minimumBallots: draft.minimumBallots, disclosure: draft.disclosure },
    rules: pack && read && { pack: read.id, sha256: packHash(pack.text) },
    bundle: rest.bundle,
  })
}
