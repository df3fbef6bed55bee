/**
 * The rule pack of a draft: which ones may be chosen, what follows from the choice, what is in the way, and what a small
 * unit should know before it opens its box. Pure.
 */
import { attempt } from '../../crypto/fault.ts'
import { emptyBands, isInForce } from '../../server/rules/evaluate.ts'
import { leastReaching } from '../../server/rules/fraction.ts'
import type { Band, Fraction, Pack } from '../../server/rules/pack.ts'
import { readPack } from '../../server/rules/read.ts'
import type { PackText } from '../../server/wire/packs.ts'
import type { Draft, PollView } from '../../server/wire.ts'
import { absentOf } from './draft.ts'

/** A frozen pack with what it says. */
export interface Frozen {
  readonly sha256: string
  readonly text: string
  readonly pack: Pack
}

export const frozenOf = (texts: readonly PackText[]): readonly Frozen[] =>
  texts.flatMap(({ sha256, text }) => {
    const pack = attempt(() => readPack(text))
    return pack === null ? [] : [{ sha256, text, pack }]
  })

export const rulesOf = ({ pack }: Pick<Draft, 'pack'>, packs: readonly Frozen[]): Frozen | null =>
  packs.find(({ sha256 }) => sha256 === pack) ?? null

/** Those that are read together for a poll: the one its draft names, then what speaks beside it. */
export function packsOf({ draft }: Pick<PollView, 'draft'>, packs: readonly Frozen[]): readonly Pack[] {
  const main = rulesOf(draft, packs)
  if (main === null) return []
  const beside = main.pack.alongside.flatMap(({ sha256 }) => packs.filter(one => one.sha256 === sha256))
  return [main, ...beside].map(({ pack }) => pack)
}

/** Those that a draft may name, the newest regulation first; whichever it names already stays in sight. */
export function choicesFor(
  draft: Pick<Draft, 'pack' | 'date'>,
  packs: readonly Frozen[],
  rehearsal: boolean,
  today: string,
): readonly Frozen[] {
  const date = draft.date === '' ? today : draft.date
  const fits = packs.filter(
    ({ sha256, pack }) =>
      sha256 === draft.pack ||
      (pack.role === 'ballot' && isInForce(pack.effective, date) && (rehearsal || !pack.sample)),
  )
  return fits.sort(
    (a, b) => b.pack.citation.date.localeCompare(a.pack.citation.date) || b.pack.version - a.pack.version,
  )
}

/** What a draft takes from the pack chosen: ballot, disclosure, and the legal basis until another is written. */
export function withRules(draft: Draft, chosen: Frozen | null, packs: readonly Frozen[]): Partial<Draft> {
  const before = rulesOf(draft, packs)
  const free = draft.basis.trim() === '' || draft.basis === before?.pack.citation.text
  if (chosen === null) return { pack: null, ...(free ? { basis: '' } : {}) }
  const { pack, sha256 } = chosen
  return {
    pack: sha256,
    template: pack.template,
    ...(pack.template === 'free' ? { options: pack.options.map(({ label }) => label), max: 1 } : {}),
    disclosure: pack.disclosure.default,
    ...(free ? { basis: pack.citation.text } : {}),
  }
}

/** What a new draft begins with: the confidence ballot that is in force, where the program has it. */
const FIRST = 'tin-nhiem-96-QD-TW'
export const beginRules = (draft: Draft, packs: readonly Frozen[], today: string): Draft => ({
  ...draft,
  ...firstRules(draft, packs, today),
})

function firstRules(draft: Draft, packs: readonly Frozen[], today: string): Partial<Draft> {
  const first = choicesFor(draft, packs, false, today).find(({ pack }) => pack.id === FIRST)
  return first ? withRules(draft, first, packs) : {}
}

/** From a survey to a ballot about people, and back: no rule pack speaks of a survey. */
export const towardsPeople = (draft: Draft, packs: readonly Frozen[], today: string): Partial<Draft> => ({
  template: 'confidence',
  ...firstRules(draft, packs, today),
})
export const towardsSurvey = (draft: Draft, packs: readonly Frozen[]): Partial<Draft> => ({
  ...withRules(draft, null, packs),
  template: 'survey',
})

/** What stands in the way of sealing. */
export type RuleGap = 'pack-unknown' | 'pack-sample' | 'pack-date'

export function ruleGapsOf(draft: Draft, packs: readonly Frozen[] | null, rehearsal: boolean): readonly RuleGap[] {
  if (draft.pack === null || packs === null) return []
  const rules = rulesOf(draft, packs)
  if (rules === null) return ['pack-unknown']
  if (rules.pack.sample && !rehearsal) return ['pack-sample']
  return draft.date === '' || isInForce(rules.pack.effective, draft.date) ? [] : ['pack-date']
}

/** True things about days and numbers that forbid nothing. */
export type RuleAdvice = 'no-date' | 'before-review' | 'after-summary' | 'few-present'

export function ruleAdviceOf(draft: Draft, rules: Frozen | null): readonly RuleAdvice[] {
  const { date, reviewed, summary } = draft
  const advice: RuleAdvice[] = []
  if (rules !== null && date === '') advice.push('no-date')
  if (date !== '' && reviewed !== '' && date < reviewed) advice.push('before-review')
  if (date !== '' && summary !== '' && summary < date) advice.push('after-summary')
  const quorum = rules === null ? null : quorumOf(draft, rules.pack)
  if (quorum !== null && draft.convened - absentOf(draft) < quorum.least) advice.push('few-present')
  return advice
}

/** How many of those convened must be there; null where the pack does not say, or says it of the whole body. */
export function quorumOf(
  { convened }: Pick<Draft, 'convened'>,
  { quorum }: Pack,
): { readonly least: number; readonly of: number; readonly fraction: Fraction } | null {
  if (quorum === null || quorum.of !== 'convened' || convened < 1) return null
  return { least: leastReaching(convened, '>=', quorum.fraction), of: convened, fraction: quorum.fraction }
}

/** Numbers of ballots at which a band is out of reach for every result. */
export interface Unreachable {
  readonly band: Band
  readonly numbers: readonly number[]
}

/** So few that some band may be empty; beyond it only what is empty for everybody expected is worth saying. */
const FEW = 9
const LEAST_BALLOTS = 3

/** For the people expected and every smaller number of ballots that is opened at all. */
export function unreachableIn(draft: Draft, pack: Pack): readonly Unreachable[] {
  const expected = draft.convened - absentOf(draft)
  if (pack.denominator.of === 'members' || expected < LEAST_BALLOTS) return []
  const most = pack.denominator.of === 'convened' ? draft.convened : expected
  const least = pack.denominator.of === 'convened' ? most : LEAST_BALLOTS
  const numbers = most <= FEW ? Array.from({ length: most - least + 1 }, (_, i) => least + i) : [most]
  const empty = numbers.map(n => ({ n, bands: emptyBands(pack, n).map(({ id }) => id) }))
  return pack.bands
    .map(band => ({ band, numbers: empty.filter(({ bands }) => bands.includes(band.id)).map(({ n }) => n) }))
    .filter(({ numbers: some }) => some.length > 0)
}
