/** An outcome for people at a terminal: each text, what it counts on, each subject's counts and what follows from them. */
import { percentIn, RULES, sentenceOf } from '../../client/words/rules.ts'
import { baseOf } from '../rules/blocked.ts'
import type { Finding, Outcome, PackOutcome, SubjectOutcome } from '../rules/finding.ts'
import { leastReaching, percentText } from '../rules/fraction.ts'
import type { Basis, Pack } from '../rules/pack.ts'
import type { Round, Subject } from '../rules/round.ts'
import { type Language, WORDS } from '../words.ts'

/** `05/12/2026`, and in English as it is sorted. */
export const dayIn = (day: string, language: Language): string =>
  language === 'vi' ? day.split('-').reverse().join('/') : day

/** `texts`: the packs, in the outcome's order. */
export function outcomeAsText(round: Round, outcome: Outcome, texts: readonly Pack[], language: Language): string {
  const words = WORDS[language].outcome
  const { date, attendance, members, issued, collected, valid, late, subjects } = round
  const parts = outcome.packs.map((said, i) => packLines(round, said, texts[i]!, language).join('\n'))
  const unsourced = parts.some(part => part.includes(RULES[language].unsourced))
  return [
    words.round(dayIn(date, language)),
    ...(attendance === null ? [] : [words.people(attendance.convened, attendance.present, members)]),
    words.ballots(issued, collected, valid),
    ...(late === 0 ? [] : [words.late(late)]),
    ...parts.flatMap(part => ['', part]),
    ...(outcome.differ.length === 0
      ? []
      : ['', words.differ(outcome.differ.map(s => titleOf(subjects[s]!)).join('; '))]),
    '',
    ...(unsourced ? [RULES[language].unsourcedNote] : []),
    `${RULES[language].note}\n`,
  ].join('\n')
}

const titleOf = ({ name, position, criterion }: SubjectOutcome | Subject): string =>
  [name, position, criterion].filter(word => word !== null && word !== '').join(', ')

function packLines(round: Round, said: PackOutcome, pack: Pack, language: Language): readonly string[] {
  const words = WORDS[language].outcome
  const rules = RULES[language]
  const { quorum, denominator } = pack
  const least = quorum && leastReaching(baseOf(round, quorum.of) ?? 0, '>=', quorum.fraction)
  const findingLines = (findings: readonly Finding[]) =>
    said.blocked === null ? findings.flatMap(finding => linesOf(finding, pack, language)) : []
  return [
    said.title,
    `  ${said.citation}`,
    `  ${words.hash(said.sha256)}`,
    ...(said.sample ? [`  ${rules.sample}`] : []),
    ...(said.inForce ? [] : [`  ${rules.notInForce}`]),
    ...(quorum === null || least === null
      ? []
      : [`  ${words.quorum(quorum.fraction, rules.bases[quorum.of], least)}${basisOf(quorum.basis, language)}`]),
    `  ${words.denominator(rules.bases[denominator.of])}${basisOf(denominator.basis, language)}`,
    ...(said.blocked === null ? [] : [`  ${rules.blockedTitle}: ${rules.blocked[said.blocked]}`]),
    ...said.subjects.flatMap((subject, s) => [
      '',
      `  ${titleOf(subject)}`,
      ...countLines(round, round.subjects[s]!, pack, language),
      ...(said.blocked === null && subject.findings.length === 0 ? [`    ${words.noThreshold}`] : []),
      ...findingLines(subject.findings),
    ]),
    ...(said.blocked !== null || said.findings.length === 0 ? [] : ['', `  ${rules.collective}`]),
    ...findingLines(said.findings),
  ]
}

/** `, khoản 3 Điều 6`, and where nobody saw it, so. */
const basisOf = (basis: Basis, language: Language): string =>
  `${basis.article === null ? '' : `, ${basis.article}`}${'unsourced' in basis ? ` (${RULES[language].unsourced})` : ''}`

function countLines(round: Round, { counts }: Subject, pack: Pack, language: Language): readonly string[] {
  const of = baseOf(round, pack.denominator.of) ?? 0
  const marked = [...counts.values()].reduce((sum, n) => sum + n, 0)
  const rows = [
    ...pack.options.map(({ id, label }) => [label, counts.get(id) ?? 0] as const),
    [WORDS[language].outcome.unmarked, round.collected - marked] as const,
  ]
  const width = Math.max(...rows.map(([label]) => label.length))
  return rows.map(([label, n]) => {
    const share = percentIn(percentText(n, of), language).padStart(7)
    return `    ${label.padEnd(width)}  ${String(n).padStart(6)}  ${share} %`
  })
}

function linesOf(finding: Finding, pack: Pack, language: Language): readonly string[] {
  const rules = RULES[language]
  const labelOf = (list: readonly { readonly id: string; readonly label: string }[]) => (id: string) =>
    list.find(one => one.id === id)!.label
  const named = {
    citation: pack.citation.text,
    option: labelOf(pack.options),
    capBase: labelOf(pack.cap?.bases ?? []),
  }
  return [
    `    → ${sentenceOf(finding, named, language)}${finding.unsourced ? ` (${rules.unsourced})` : ''}`,
    ...finding.allowed.map(({ base, of, allowed }) => `      ${rules.capBase(named.capBase(base), of, allowed)}`),
  ]
}
