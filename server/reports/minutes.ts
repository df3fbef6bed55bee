/** The minutes of the count (regulations, section 6.5), field by field. Whoever calls has held the facts to their arithmetic. */
import { longDay, longHour, PAPER } from '../../client/words/reports/paper.ts'
import { leastReaching } from '../rules/fraction.ts'
import { plainSpelling } from '../rules/spelling.ts'
import type { Profile } from '../wire/leader.ts'
import type { Count, FormFacts } from './facts.ts'
import type { Block, Column, Form, Signature, SignatureRow, Text } from './form.ts'
import { aboutOf, frameOf, organisationOf, proofOf, runningOf } from './head.ts'
import { endMark, LAYOUTS, textWidth, voiceOf } from './layout.ts'
import { recipientsOf } from './recipients.ts'
import { resultBlocks } from './results.ts'
import { bold, joined, lastParagraph, paragraph, plain, sections, writtenOr } from './text.ts'

const { minutes: words, table } = PAPER

export function minutesForm(facts: FormFacts, count: Count, profile: Profile): Form {
  const { minutes } = facts
  const number = voiceOf(profile).number(minutes.number, words.kind)
  return {
    ...frameOf({ id: 'minutes', name: words.name, title: words.title, number, hanging: false }, facts, profile),
    about: aboutOf(facts.title, facts),
    blocks: [
      ...basisOf(facts),
      paragraph(words.opening(longHour(minutes.startedAt), longDay(facts.date), minutes.place || PAPER.blank)),
      ...sections([
        { title: words.attendance, blocks: attendance(facts, profile) },
        { title: words.team, blocks: team(facts, profile) },
        { title: words.ballots, blocks: ballots(facts, count) },
        {
          title: words.result,
          blocks: [...resultBlocks(facts, count, profile), paragraph(words.rounding)],
        },
        { title: words.complaints, blocks: writtenOr(minutes.complaints, PAPER.nobody) },
        { title: words.opinions, blocks: writtenOr(minutes.opinions, PAPER.nobody) },
        {
          title: words.sealing,
          blocks: [
            ...sealing(facts),
            lastParagraph(`${words.closing(longHour(minutes.endedAt), minutes.copies)}${endMark(profile)}`),
          ],
        },
      ]),
    ],
    notes: [],
    signatures: signatures(facts, profile),
    proof: proofOf(facts, count),
    running: runningOf(words.name, facts, count),
  }
}

/** What is sealed and kept; of a round by phones what names its record. */
function sealing({ minutes, medium }: FormFacts): readonly Block[] {
  const said = medium === 'paper' ? words.sealedSheets : words.sealed
  return [
    paragraph(said(minutes.envelopes, minutes.keeper || PAPER.blank)),
    ...(medium === 'paper' ? [] : [paragraph(words.digital)]),
  ]
}

/** Which regulation, and what else the organiser named. */
export const basisOf = ({ pack, basis }: FormFacts): readonly Block[] =>
  [...new Set([pack?.citation.text ?? '', basis])]
    .filter(text => text !== '')
    .map(text => paragraph([{ text: `${PAPER.basis(text)};`, italic: true }]))

/** Who was convened, who came, who did not and why, and what the rules ask for. */
export function attendance(facts: FormFacts, profile: Profile): readonly Block[] {
  const { absent, minutes } = facts
  const { convened, present } = facts.attendance
  const { people } = voiceOf(profile)
  const figure = (label: string, value: Text) => ({ label, value })
  const counted = (n: number): Text => bold(words.people(n, people))
  const away = absent.reduce((sum, { count }) => sum + count, 0)
  const reasons = absent
    .filter(({ count }) => count > 0)
    .map(({ reason, count }) => words.reason(reason || words.noReason, count))
  return [
    {
      kind: 'figures',
      rows: [
        figure(words.convened, counted(convened)),
        figure(words.present, counted(present)),
        figure(
          words.absent,
          joined(...counted(away), ...(reasons.length === 0 ? [] : [words.reasons(reasons.join('; '))])),
        ),
        ...quorum(facts, people).map(value => figure(words.quorum, plain(value))),
        figure(words.chair, named(minutes.chair, profile)),
        figure(words.secretary, named(minutes.secretary, profile)),
      ],
    },
  ]
}

const named = (name: string, profile: Profile): Text => plain(name === '' ? PAPER.blank : voiceOf(profile).person(name))

function quorum({ pack, attendance: { convened, present }, members }: FormFacts, people: string): readonly string[] {
  if (!pack?.quorum) return []
  const { fraction, of } = pack.quorum
  const n = of === 'members' ? members : convened
  if (n === null || n === 0) return []
  const least = leastReaching(n, '>=', fraction)
  const asked = words.quorumOf(least, people, fraction, words.quorumBase[of])
  return [`${asked}${present >= least ? words.quorumMet : words.quorumMissed}`]
}

/** Head, secretary, members, with their posts; and who watched. */
function team(facts: FormFacts, profile: Profile): readonly Block[] {
  const { team, minutes } = facts
  const secretary = plainSpelling(minutes.secretary)
  const roleOf = (name: string, i: number) =>
    i === 0 ? words.head : plainSpelling(name) === secretary ? words.teamSecretary : words.member
  const columns: readonly Column[] = [
    { head: table.order, width: 12, align: 'centre' },
    { head: table.name, width: 55, align: 'left' },
    { head: table.title, width: textWidth(LAYOUTS[profile]) - 102, align: 'left' },
    { head: table.role, width: 35, align: 'centre' },
  ]
  const rows = team.map((name, i): readonly Text[] =>
    [String(i + 1), name, minutes.titles[i] ?? '', roleOf(name, i)].map(plain),
  )
  const witnesses = minutes.witnesses.filter(name => name !== '').join('; ')
  return [
    { kind: 'table', over: null, columns, rows, rowHeight: null },
    ...(facts.template === 'survey' ? [] : [paragraph(words.teamNote)]),
    paragraph(`${words.witnesses}: ${witnesses === '' ? PAPER.nobody : `${witnesses}.`}`),
  ]
}

function ballots({ printed, minutes: { unused, exchanged }, medium }: FormFacts, count: Count): readonly Block[] {
  const { issued, collected, valid, invalid, reasons, keyedBy, keyings } = count
  const noneInvalid = medium === 'paper' ? words.noneInvalidOnPaper : words.noneInvalid
  return [
    {
      kind: 'figures',
      rows: [
        [medium === 'paper' ? words.printedSheets : words.printed, printed] as const,
        [words.issued, issued] as const,
        [words.unused, unused] as const,
        [words.exchanged, exchanged] as const,
        [words.collected, collected] as const,
        [words.valid, valid] as const,
        [words.invalid, invalid] as const,
      ].map(([label, n]) => ({ label, value: bold(words.sheets(n)) })),
    },
    paragraph(invalid === 0 ? `${words.invalidReason}: ${noneInvalid}.` : invalidReasons(reasons)),
    paragraph(words.balance(printed, issued, unused, exchanged)),
    ...(keyedBy.length === 0 ? [] : [paragraph(words.keyed(keyedBy.join(', '), keyings))]),
  ]
}

/** Why ballots are invalid, reason by reason. */
export const invalidReasons = (reasons: Count['reasons']): string =>
  words.invalidReasons(
    reasons
      .filter(({ count }) => count > 0)
      .map(({ reason, count }) => words.reasonOfInvalid(reason, count))
      .join('; '),
  )

/** The team's head and members; below them who wrote and who chaired. The stamp is the chair's; a party cell has none. */
function signatures(facts: FormFacts, profile: Profile): readonly SignatureRow[] {
  const { team, minutes } = facts
  const voice = voiceOf(profile)
  const [head = '', ...members] = team
  const side = (heads: readonly string[], people: readonly string[], hint: string = PAPER.sign): Signature => ({
    heads,
    hint,
    people: people.filter(name => name !== ''),
  })
  return [
    [side([voice.onBehalf(words.teamSigns), words.headSigns], [head]), side([words.membersSign], members)],
    [side([voice.secretary], [minutes.secretary]), side([voice.chair], [minutes.chair], stampHint(facts))],
    [recipientsOf(minutes.recipients, profile), null],
  ]
}

export const stampHint = (facts: FormFacts): string =>
  plainSpelling(organisationOf(facts)).startsWith(plainSpelling('chi bộ')) ? PAPER.sign : PAPER.signAndStamp
