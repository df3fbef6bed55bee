/**
 * A pack as a table that people read: condition, denominator, consequence, article, source. The readable page, what is
 * proposed for freezing, and the comparison of two packs are made of it.
 */
import type { Basis, Pack } from '../../server/rules/pack.ts'
import type { Language } from '../words/language.ts'
import { PACKS } from '../words/packs.ts'
import { RULES } from '../words/rules.ts'

export const PARTS = ['text', 'scope', 'ballot', 'counting', 'bands', 'histories', 'cap', 'rest'] as const
export type PartName = (typeof PARTS)[number]

/** Parts that say what follows from numbers; the others only describe. */
export const isRuled = (name: PartName): boolean => ['counting', 'bands', 'histories', 'cap'].includes(name)

export interface Row {
  readonly condition: string
  readonly of: string
  readonly follows: string
  /** Null for what needs none, such as a title. */
  readonly basis: Basis | null
}

export interface Part {
  readonly name: PartName
  readonly rows: readonly Row[]
}

export const columnsOf = ({ condition, of, follows, basis }: Row, noArticle: string, unsourced: string) => ({
  condition,
  of,
  follows,
  article: basis === null ? '' : (basis.article ?? noArticle),
  source: basis === null ? '' : 'source' in basis ? basis.source : `${unsourced}: ${basis.unsourced}`,
})

const plain = (condition: string, follows: string): Row => ({ condition, of: '', follows, basis: null })

/** Parts without rows are left out. */
export function readingOf(pack: Pack, language: Language): readonly Part[] {
  const parts: Readonly<Record<PartName, readonly Row[]>> = {
    text: textRows(pack, language),
    scope: scopeRows(pack, language),
    ballot: ballotRows(pack, language),
    counting: countingRows(pack, language),
    bands: bandRows(pack, language),
    histories: historyRows(pack, language),
    cap: capRows(pack, language),
    rest: restRows(pack, language),
  }
  return PARTS.map(name => ({ name, rows: parts[name] })).filter(({ rows }) => rows.length > 0)
}

function textRows(pack: Pack, language: Language): readonly Row[] {
  const { reading, item, day } = PACKS[language]
  const { citation, effective } = pack
  const to = effective.to === null ? null : day(effective.to)
  return [
    plain(reading.title, pack.title),
    plain(reading.id, `${pack.id}, ${item.version(pack.version)}`),
    { condition: reading.citation, of: '', follows: citation.text, basis: citation.basis },
    plain(reading.number, citation.number),
    plain(reading.date, day(citation.date)),
    {
      condition: reading.effective,
      of: '',
      follows: item.inForce(day(effective.from), to),
      basis: effective.basis,
    },
    plain(reading.role, reading.roles[pack.role]),
    plain(reading.template, reading.templates[pack.template]),
    ...(pack.sample ? [plain(reading.sample, item.sample)] : []),
  ]
}

function scopeRows({ scope, steps, exclusions }: Pack, language: Language): readonly Row[] {
  const { reading } = PACKS[language]
  return [
    ...scope.map(({ text, basis }) => ({ condition: reading.applies, of: '', follows: text, basis })),
    ...exclusions.map(({ text, basis }) => ({ condition: reading.excluded, of: '', follows: text, basis })),
    ...steps.map(({ text, basis }, i) => ({ condition: reading.step(i + 1), of: '', follows: text, basis })),
  ]
}

const labelOf = ({ options }: Pack, id: string): string => options.find(option => option.id === id)?.label ?? id

function ballotRows(pack: Pack, language: Language): readonly Row[] {
  const { reading } = PACKS[language]
  return [
    {
      condition: reading.options,
      of: '',
      follows: pack.options.map(({ label }) => label).join(' · '),
      basis: pack.optionsBasis,
    },
    { condition: reading.lowest, of: '', follows: labelOf(pack, pack.lowest), basis: pack.optionsBasis },
    ...pack.validity.map(({ text, layer, basis }) => ({
      condition: reading.layers[layer],
      of: '',
      follows: text,
      basis,
    })),
  ]
}

function countingRows({ quorum, denominator }: Pack, language: Language): readonly Row[] {
  const { reading } = PACKS[language]
  const base = PACKS[language].bases[denominator.of]
  return [
    quorum === null
      ? plain(reading.noQuorum, reading.noQuorumThen)
      : {
          condition: reading.quorum(quorum.fraction),
          of: reading.quorumOf[quorum.of],
          follows: reading.quorumFails,
          basis: quorum.basis,
        },
    { condition: reading.denominator, of: base, follows: reading.denominatorThen, basis: denominator.basis },
  ]
}

function bandRows(pack: Pack, language: Language): readonly Row[] {
  const { reading, bases } = PACKS[language]
  const of = bases[pack.denominator.of]
  const asked = RULES[language].asked
  const bands = pack.bands.map(({ option, from, to, label, consequence, actor, basis }) => ({
    condition: reading.band(
      labelOf(pack, option),
      reading.bound(from.operator, from.fraction),
      to === null ? null : reading.bound(to.operator, to.fraction),
    ),
    of,
    follows: reading.called(label, consequence === null ? reading.silent : asked(actor, consequence)),
    basis,
  }))
  const most =
    pack.proposal === null
      ? []
      : [
          {
            condition: reading.proposal,
            of,
            follows: asked(pack.proposal.actor, pack.proposal.consequence),
            basis: pack.proposal.basis,
          },
        ]
  return bands.length + most.length === 0 ? [plain(reading.noBands, '')] : [...bands, ...most]
}

function historyRows(pack: Pack, language: Language): readonly Row[] {
  const { reading } = PACKS[language]
  return pack.histories.map(({ counts, years, label, consequence, actor, basis }) => ({
    condition:
      counts.kind === 'quality'
        ? reading.historyQuality(reading.levels[counts.level] ?? labelOf(pack, counts.level), years)
        : reading.historyShare(labelOf(pack, counts.option), reading.bound(counts.operator, counts.fraction), years),
    of: counts.kind === 'quality' ? reading.years : PACKS[language].bases[pack.denominator.of],
    follows: reading.called(label, RULES[language].asked(actor, consequence)),
    basis,
  }))
}

function capRows(pack: Pack, language: Language): readonly Row[] {
  const { reading } = PACKS[language]
  const { cap } = pack
  if (cap === null) return []
  const governing = cap.bases.find(({ id }) => id === cap.base)?.label ?? cap.base
  return [
    {
      condition: reading.cap(labelOf(pack, cap.option), cap.fraction),
      of: governing,
      follows: reading.called(cap.label, RULES[language].asked(cap.actor, cap.consequence)),
      basis: cap.basis,
    },
    ...cap.bases.map(({ id, label, levels, basis }) => ({
      condition: reading.capBase(label),
      of: levels.length === 0 ? reading.capAll : levels.map(level => labelOf(pack, level)).join(' · '),
      follows: id === cap.base ? reading.capGoverns : reading.capShown,
      basis,
    })),
  ]
}

function restRows({ disclosure, rounding, alongside }: Pack, language: Language): readonly Row[] {
  const { reading } = PACKS[language]
  return [
    {
      condition: reading.disclosure,
      of: '',
      follows: reading.disclosures[disclosure.default],
      basis: disclosure.basis,
    },
    { condition: reading.rounding, of: '', follows: reading.roundingThen, basis: rounding.basis },
    ...alongside.map(({ pack, sha256 }) => plain(reading.alongside, `${pack} (${sha256.slice(0, 12)}…)`)),
  ]
}
