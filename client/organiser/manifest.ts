/**
 * The manifest as this page writes it, last of all and taking nothing further from the server (protocol, sections 3 and
 * 8): the draft's words, the team's ceremony, the roots of the cards drawn here.
 */
import type { Element } from '../../crypto/group.ts'
import { type Contest, type Trustee, writeManifest } from '../../crypto/manifest.ts'
import { rootOf } from '../../crypto/merkle.ts'
import { electionKeyOf } from '../../crypto/trustees.ts'
import type { Pack } from '../../server/rules/pack.ts'
import { packHash, readPack } from '../../server/rules/read.ts'
import type { PackText } from '../../server/wire/packs.ts'
import type { Draft, Template } from '../../server/wire.ts'

/** A contest with what it says to people (`client/paper.ts` reads it). */
export interface PaperContest extends Contest {
  readonly subject: { readonly name: string; readonly position: string }
  readonly criterion: string | null
}

type Option = { readonly id: string; readonly label: string }

/** The words of the regulations' forms, for a poll without a rule pack; they stand in the manifest and are the same in every language. */
const OPTIONS: Readonly<Record<Exclude<Template, 'free'>, readonly Option[]>> = {
  confidence: [
    { id: 'cao', label: 'Tín nhiệm cao' },
    { id: 'tin-nhiem', label: 'Tín nhiệm' },
    { id: 'thap', label: 'Tín nhiệm thấp' },
  ],
  quality: [
    { id: 'xuat-sac', label: 'Hoàn thành xuất sắc nhiệm vụ' },
    { id: 'tot', label: 'Hoàn thành tốt nhiệm vụ' },
    { id: 'hoan-thanh', label: 'Hoàn thành nhiệm vụ' },
    { id: 'khong', label: 'Không hoàn thành nhiệm vụ' },
  ],
  criteria: [
    { id: 'xuat-sac', label: 'Xuất sắc' },
    { id: 'tot', label: 'Tốt' },
    { id: 'trung-binh', label: 'Trung bình' },
    { id: 'kem', label: 'Kém' },
  ],
}

const optionsOf = ({ template, options }: Pick<Draft, 'template' | 'options'>): readonly Option[] =>
  template === 'free' ? options.map((label, i) => ({ id: `o${i + 1}`, label })) : OPTIONS[template]

/**
 * One contest for each subject, or for each subject and criterion. A line may be left empty: `min` is 0. A pack brings
 * its own options, of which one is marked.
 */
export function contestsOf(draft: Draft, pack: Pick<Pack, 'options'> | null): readonly PaperContest[] {
  const { template, criteria, subjects } = draft
  const options = pack?.options ?? optionsOf(draft)
  const max = template === 'free' && pack === null ? draft.max : 1
  return subjects.flatMap(({ name, position }, s): readonly PaperContest[] => {
    const title = [name, position].filter(word => word !== '').join(', ')
    const common = { options, min: 0, max, subject: { name, position } }
    if (template !== 'criteria') return [{ id: `s${s + 1}`, title, ...common, criterion: null }]
    return criteria.map((criterion, c) => ({
      id: `s${s + 1}-c${c + 1}`,
      title: `${title} – ${criterion}`,
      ...common,
      criterion,
    }))
  })
}

const GROUP = { id: 'tham-du', label: 'Người tham dự' }

interface ManifestParts {
  readonly draft: Draft
  /** That the draft names. */
  readonly pack: Pick<PackText, 'text'> | null
  readonly rehearsal: boolean
  /** Of the ceremony's attempt. */
  readonly pollId: Uint8Array
  readonly receiptKey: Element
  readonly issuer: Element
  readonly trustees: readonly Trustee[]
  /** Public keys, ascending. */
  readonly tokens: readonly Uint8Array[]
  readonly bundle: Uint8Array
}

/** The text whose hash every card carries. */
export function manifestOf({ draft, pack, rehearsal, pollId, trustees, tokens, ...rest }: ManifestParts): string {
  const read = pack && readPack(pack.text)
  const { title, unit, basis, period, address } = draft
  const poll = { id: pollId, title, unit, basis, period, address, rehearsal }
  return writeManifest({
    poll,
    contests: contestsOf(draft, read),
    comments: [],
    groups: [{ ...GROUP, tokens: tokens.length, tokenRoot: rootOf(tokens), issuer: rest.issuer }],
    trustees,
    threshold: draft.threshold,
    electionKey: electionKeyOf(trustees),
    receiptKey: rest.receiptKey,
    publication: { minimumBallots: draft.minimumBallots, disclosure: draft.disclosure },
    rules: pack && read && { pack: read.id, sha256: packHash(pack.text) },
    bundle: rest.bundle,
  })
}
