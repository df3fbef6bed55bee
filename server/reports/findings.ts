/**
 * What the rules say about a round, as paragraphs of a paper: every text's view of every subject, no finding said as
 * such, and where nothing may follow, why. The sentences are those of the pages (`client/words/rules.ts`).
 */
import { PAPER } from '../../client/words/reports/paper.ts'
import { RULES, sentenceOf } from '../../client/words/rules.ts'
import type { Finding, PackOutcome } from '../rules/finding.ts'
import type { Profile } from '../wire/leader.ts'
import type { FormFacts } from './facts.ts'
import type { Block, Run } from './form.ts'
import { whoOf } from './lines.ts'
import { caption, joined, type Notes, paragraph } from './text.ts'

const { report: words } = PAPER

/** `notes` collects what stands below the text: figures without a source, texts not in force. */
export function findingBlocks(facts: FormFacts, profile: Profile, notes: Notes): readonly Block[] {
  const { outcome } = facts
  if (outcome === null) return [paragraph(words.noRules)]
  const open = outcome.packs.filter(({ blocked }) => blocked === null)
  return [
    ...outcome.packs.flatMap(pack => blockedBlock(pack, notes)),
    ...facts.lines.flatMap((line, i): readonly Block[] => {
      const said = open.flatMap(pack =>
        (pack.subjects[i]?.findings ?? []).map(finding => findingBlock(facts, pack, finding, notes)),
      )
      if (said.length === 0) return []
      const who = [whoOf(line, profile), line.criterion].filter(word => word !== null).join(' – ')
      return [caption(`${words.for(who)}:`), ...said, ...(outcome.differ.includes(i) ? [paragraph(words.differ)] : [])]
    }),
    ...collective(facts, open, notes),
    ...open.filter(saysNothing).map(({ citation }) => paragraph(words.noThresholds(citation))),
  ]
}

/** A text without thresholds, history or proposal. */
const saysNothing = ({ subjects, findings }: PackOutcome): boolean =>
  findings.length === 0 && subjects.every(one => one.findings.length === 0)

/** True if somebody is asked to consider something. */
export const proposes = ({ outcome }: FormFacts): boolean =>
  (outcome?.packs ?? [])
    .filter(({ blocked }) => blocked === null)
    .flatMap(({ subjects, findings }) => [...findings, ...subjects.flatMap(one => one.findings)])
    .some(({ consequence }) => consequence !== null)

const blockedBlock = (pack: PackOutcome, notes: Notes): readonly Block[] =>
  pack.blocked === null
    ? []
    : [
        paragraph(
          joined(words.under(pack.citation, words.blocked(RULES.vi.blocked[pack.blocked])), ...marks(pack, notes)),
        ),
      ]

/** What was reached says its basis itself; what was not is introduced by it. */
function findingBlock(facts: FormFacts, pack: PackOutcome, finding: Finding, notes: Notes): Block {
  const sentence = sentenceOf(finding, namesOf(facts, pack), 'vi')
  const said = finding.consequence === null ? words.under(pack.citation, sentence) : sentence
  const unsourced = finding.unsourced ? [notes.mark(words.unsourced)] : []
  return paragraph(joined(`- ${said}`, ...unsourced, ...marks(pack, notes)))
}

const marks = ({ inForce, sample }: PackOutcome, notes: Notes): readonly Run[] => [
  ...(sample ? [notes.mark(words.sample)] : []),
  ...(inForce ? [] : [notes.mark(words.notInForce)]),
]

const collective = (facts: FormFacts, packs: readonly PackOutcome[], notes: Notes): readonly Block[] => {
  const said = packs.flatMap(pack => pack.findings.map(finding => findingBlock(facts, pack, finding, notes)))
  return said.length === 0 ? [] : [caption(`${words.collective}:`), ...said]
}

export function namesOf({ lines, pack }: FormFacts, { citation }: PackOutcome) {
  // Options of what else is asked may bear the same ids.
  const ruled = lines.filter(line => line.ruled)
  const labels = new Map(ruled.flatMap(({ options }) => options.map(({ id, label }) => [id, label] as const)))
  const bases = new Map((pack?.cap?.bases ?? []).map(({ id, label }) => [id, label] as const))
  return {
    citation,
    option: (id: string) => labels.get(id) ?? id,
    capBase: (id: string) => bases.get(id) ?? id,
  }
}
