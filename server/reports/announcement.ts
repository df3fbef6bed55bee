/** The result, announced or reported (regulations, section 6.6): the same numbers, for two kinds of reader. */
import { longDay, PAPER } from '../../client/words/reports/paper.ts'
import type { Profile } from '../wire/leader.ts'
import { chartBlocks } from './charts.ts'
import type { Count, FormFacts } from './facts.ts'
import { findingBlocks, proposes } from './findings.ts'
import type { Block, Form, Signature } from './form.ts'
import { aboutOf, frameOf, organisationOf, proofOf, runningOf } from './head.ts'
import { endMark, voiceOf } from './layout.ts'
import { attendance, basisOf, invalidReasons, stampHint } from './minutes.ts'
import { recipientsOf } from './recipients.ts'
import { resultBlocks } from './results.ts'
import { bold, lastParagraph, Notes, paragraph, plain, sections } from './text.ts'

const { announcement, report, minutes } = PAPER

/** To the meeting or the public: counts, thresholds, and that the authority decides. */
export function announcementForm(facts: FormFacts, count: Count, profile: Profile): Form {
  const notes = new Notes()
  const { place } = facts.minutes
  const survey = facts.template === 'survey'
  const opening = survey ? announcement.surveyOpening : announcement.opening
  const last = survey ? announcement.lastOfSurvey : announcement.last
  const blocks = [
    ...basisOf(facts),
    paragraph(opening(longDay(facts.date), place || PAPER.blank, organisationOf(facts))),
    ...sections([
      { title: minutes.ballots, blocks: ballots(count) },
      { title: minutes.result, blocks: [...resultBlocks(facts, count, profile), paragraph(minutes.rounding)] },
      // A survey is about nobody: there is nothing to compare with a threshold.
      ...(survey ? [] : [{ title: announcement.thresholds, blocks: findingBlocks(facts, profile, notes) }]),
      {
        title: announcement.channel,
        blocks: [paragraph(announcement.channels[facts.disclosure]), lastParagraph(`${last}${endMark(profile)}`)],
      },
    ]),
  ]
  return paper(facts, count, profile, 'announcement', blocks, notes)
}

/** To the competent authority: how it came about, counts, every text's findings, what is proposed. */
export function reportForm(facts: FormFacts, count: Count, profile: Profile): Form {
  const notes = new Notes()
  const { place, superior } = facts.minutes
  const survey = facts.template === 'survey'
  const opening = survey ? report.surveyOpening : report.opening
  const ask = survey ? report.askOfSurvey : proposes(facts) ? report.ask : report.askNothing
  const results = [...resultBlocks(facts, count, profile), paragraph(minutes.rounding), ...chartBlocks(facts)]
  const blocks: readonly Block[] = [
    {
      kind: 'paragraph',
      text: plain(report.to(superior || report.authority)),
      align: 'centre',
      indent: false,
    },
    ...basisOf(facts),
    paragraph(opening(organisationOf(facts), longDay(facts.date), place || PAPER.blank)),
    ...sections([
      {
        title: survey ? report.courseOfSurvey : report.course,
        blocks: [...attendance(facts, profile), ...ballots(count)],
      },
      { title: minutes.result, blocks: results },
      ...(survey ? [] : [{ title: report.findings, blocks: findingBlocks(facts, profile, notes) }]),
      { title: report.proposals, blocks: [lastParagraph(`${ask}${endMark(profile)}`)] },
    ]),
  ]
  return paper(facts, count, profile, 'report', blocks, notes)
}

function paper(
  facts: FormFacts,
  count: Count,
  profile: Profile,
  id: 'announcement' | 'report',
  blocks: readonly Block[],
  notes: Notes,
): Form {
  const { name, kind, title } = PAPER[id]
  const { recipients } = facts.minutes
  // Each paper gets a number of its own from the clerk: that of the minutes is another's.
  const number = voiceOf(profile).number('', kind)
  return {
    ...frameOf({ id, name, title, number, hanging: false }, facts, profile),
    about: aboutOf(announcement.about(facts.title), facts),
    blocks,
    notes: notes.list,
    signatures: [
      [
        recipientsOf(id === 'report' ? [PAPER.asAbove, ...recipients] : recipients, profile),
        chairSigns(facts, profile),
      ],
    ],
    proof: proofOf(facts, count),
    running: runningOf(name, facts, count),
  }
}

const ballots = ({ issued, collected, valid, invalid, reasons }: Count): readonly Block[] => [
  {
    kind: 'figures',
    rows: [
      [minutes.issued, issued] as const,
      [minutes.collected, collected] as const,
      [minutes.valid, valid] as const,
      [minutes.invalid, invalid] as const,
    ].map(([label, n]) => ({ label, value: bold(minutes.sheets(n)) })),
  },
  ...(invalid === 0 ? [] : [paragraph(invalidReasons(reasons))]),
]

const chairSigns = (facts: FormFacts, profile: Profile): Signature => ({
  heads: [voiceOf(profile).onBehalf(report.onBehalf), report.signs],
  hint: stampHint(facts),
  people: [facts.minutes.chair].filter(name => name !== ''),
})
