/** What papers are made of. Every number comes from the record or from what people stated; nothing is reckoned twice. */
import { toHex } from '../../crypto/bytes.ts'
import { type Closing, parseClosing } from '../../crypto/closing.ts'
import { type Manifest, parseManifest } from '../../crypto/manifest.ts'
import { parseResult, type Result } from '../../crypto/tally.ts'
import { outcomeOf, resultOf } from '../counted.ts'
import { minutesOf, printedOf } from '../minutes.ts'
import { draftOf } from '../organising.ts'
import { type Desk, textsFor } from '../packs.ts'
import { isPaper, paperContests, paperCountOf, paperPack } from '../paper.ts'
import { no } from '../refusals.ts'
import type { PaperContest } from '../rules/contests.ts'
import type { Outcome } from '../rules/finding.ts'
import { invalidIn, validIn } from '../rules/keying.ts'
import { readOutcome } from '../rules/outcome.ts'
import type { Pack } from '../rules/pack.ts'
import { readPack } from '../rules/read.ts'
import { type Line, linesOf, paperLinesOf, type Union, unionsOf } from '../rules/scores.ts'
import { absentOf, statedOf } from '../stating.ts'
import type { PollRow } from '../store/polls.ts'
import type { MinutesFacts, Stamp } from '../wire/leader.ts'
import type { StatementWire } from '../wire/packs.ts'
import type { PaperCount } from '../wire/paper.ts'
import type { Draft, Template } from '../wire.ts'

/** Of the whole box. */
export interface Count {
  /** Null of a round on paper. */
  readonly closingHash: Uint8Array | null
  readonly issued: number
  readonly collected: number
  readonly valid: number
  readonly invalid: number
  /** Why ballots are invalid, and how many. An electronic box takes none. */
  readonly reasons: readonly { readonly reason: string; readonly count: number }[]
  /** Ballots whose counts stay sealed under the publication rule. */
  readonly hidden: number
  /** Who counted a round on paper, each without the other; none of a round by phones. */
  readonly keyedBy: readonly string[]
  /** How many times each of them keyed; once each where they agreed at once. */
  readonly keyings: readonly number[]
}

export interface FormFacts {
  readonly title: string
  readonly unit: string
  readonly template: Template
  /** Legal basis, as the draft has it. */
  readonly basis: string
  readonly period: string
  /** Of this server, as phones use it. */
  readonly address: string
  readonly rehearsal: boolean
  /** Of the meeting: `2026-12-05`; empty where nobody said. */
  readonly date: string
  readonly disclosure: 'meeting' | 'authority' | 'public'
  readonly medium: Draft['medium']
  /** Null of a round on paper: there is nothing that anybody could check by a code. */
  readonly manifestHash: Uint8Array | null
  /** In the ballot's order. */
  readonly lines: readonly Line[]
  /** What was opened apart; none before the count, and where everybody votes under one label. */
  readonly unions: readonly Union[]
  /** With fewer ballots no group is opened apart; null where there are no groups. */
  readonly minimumBallots: number | null
  /** The counting team's names. */
  readonly team: readonly string[]
  /** That the manifest pins; null: no rules, and no outcome. */
  readonly pack: Pack | null
  readonly outcome: Outcome | null
  readonly attendance: { readonly convened: number; readonly present: number }
  readonly members: number | null
  readonly absent: readonly { readonly reason: string; readonly count: number }[]
  /** Cards. */
  readonly printed: number
  readonly count: Count | null
  readonly minutes: MinutesFacts
  readonly stamp: Stamp
  /** Of a form printed under a stamp. */
  readonly copy: number | null
}

/** What facts are read from: texts of the record, and what people wrote beside them. */
export interface Sources extends Pick<FormFacts, 'rehearsal' | 'pack' | 'printed' | 'minutes' | 'stamp' | 'copy'> {
  readonly manifest: Manifest
  /** Texts; null before there are any. */
  readonly closing: string | null
  readonly result: string | null
  readonly outcome: string | null
  readonly draft: Draft
  readonly stated: StatementWire | null
}

/** Of a poll as it stands. Refuses `wrong-state` before it is sealed, `wrong-rules` where its pack is not at hand. */
export async function factsOf(desk: Desk, row: PollRow, copy: number | null = null): Promise<FormFacts> {
  const written = {
    outcome: await outcomeOf(desk, row),
    draft: draftOf(row),
    stated: statedOf(row),
    minutes: minutesOf(row),
    printed: printedOf(row),
    rehearsal: row.rehearsal === 1,
    stamp: row.stamp,
    copy,
  }
  if (isPaper(row) && row.state !== 'draft') {
    const sources = { ...written, pack: await paperPack(desk, row) }
    return { ...roundFacts(sources), ...heldOnPaper(sources, await paperContests(desk, row), paperCountOf(row)) }
  }
  const manifest = parseManifest(row.manifest ?? no('wrong-state'))
  const [closing, result] = [row.closing, await resultOf(desk, row)]
  return factsFrom({ ...written, manifest, closing, result, pack: await packOf(desk, manifest) })
}

async function packOf(desk: Desk, { rules }: Manifest): Promise<Pack | null> {
  if (rules === null) return null
  const [text] = await textsFor(desk, toHex(rules.sha256))
  return readPack(text!)
}

/** The same sources always give the same facts. */
export const factsFrom = (sources: Sources): FormFacts => ({ ...roundFacts(sources), ...heldByPhones(sources) })

/** What a round says that is told apart by how it is held: by phones, or on paper. */
type Held = Pick<
  FormFacts,
  'disclosure' | 'manifestHash' | 'lines' | 'unions' | 'minimumBallots' | 'team' | 'outcome' | 'count'
>

/** What the round is, however it is held: from the draft, and what people stated and wrote. */
function roundFacts({
  draft,
  stated,
  ...written
}: Omit<Sources, 'manifest' | 'closing' | 'result'>): Omit<FormFacts, keyof Held> {
  const { title, unit, basis, period, address, template, medium, absent, convened } = draft
  const { rehearsal, pack, printed, minutes, stamp, copy } = written
  return {
    ...{ title, unit, basis, period, address, template, medium, absent: absentOf(draft, stated) },
    ...{ rehearsal, pack, printed, minutes, stamp, copy },
    date: stated?.date ?? draft.date,
    attendance: stated?.attendance ?? { convened, present: convened - sum(absent.map(({ count }) => count)) },
    members: stated?.members ?? null,
  }
}

/** What was asked and counted, as the record has it. */
function heldByPhones({ manifest, outcome, ...texts }: Sources): Held {
  const closing = texts.closing === null ? null : parseClosing(manifest, texts.closing)
  const result = closing && texts.result !== null ? parseResult(manifest, closing.hash, texts.result) : null
  const { disclosure, minimumBallots } = manifest.publication
  const groups = manifest.groups.length > 1
  return {
    disclosure,
    manifestHash: manifest.hash,
    lines: linesOf(manifest, result),
    unions: groups && result ? unionsOf(manifest, result) : [],
    minimumBallots: groups ? minimumBallots : null,
    team: manifest.trustees.map(({ name }) => name),
    outcome: outcome === null ? null : readOutcome(outcome).outcome,
    count: closing && result && countOf(closing, result),
  }
}

/** What was asked, and what two people counted alike; null before. */
function heldOnPaper(
  { draft: { disclosure, members }, outcome }: Pick<Sources, 'draft' | 'outcome'>,
  contests: readonly PaperContest[],
  count: PaperCount | null,
): Held {
  return {
    disclosure,
    manifestHash: null,
    lines: paperLinesOf(contests, count),
    unions: [],
    minimumBallots: null,
    team: members,
    outcome: outcome === null ? null : readOutcome(outcome).outcome,
    count: count && sheetsOf(count, members),
  }
}

function sheetsOf(count: PaperCount, members: readonly string[]): Count {
  const { issued, collected, invalid: reasons } = count
  return {
    ...{ closingHash: null, issued, collected, reasons, hidden: 0 },
    valid: validIn(count),
    invalid: invalidIn(count),
    keyedBy: count.keyedBy.map(index => members[index - 1]!),
    keyings: count.keyings,
  }
}

/** The box takes no ballot that is not proven to be one: all are valid. */
function countOf({ hash, handedOut, ballots }: Closing, { unions }: Result): Count {
  const collected = ballots.count
  const hidden = collected - sum(unions.map(union => union.ballots))
  const none = { invalid: 0, reasons: [], keyedBy: [], keyings: [] }
  return { ...none, closingHash: hash, issued: sum(handedOut), collected, valid: collected, hidden }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, n) => all + n, 0)
