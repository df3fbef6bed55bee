/** What papers are made of. Every number comes from the record or from what people stated; nothing is reckoned twice. */
import { toHex } from '../../crypto/bytes.ts'
import { type Closing, parseClosing } from '../../crypto/closing.ts'
import { type Manifest, parseManifest } from '../../crypto/manifest.ts'
import { parseResult, type Result } from '../../crypto/tally.ts'
import { outcomeOf, resultOf } from '../counted.ts'
import { minutesOf, printedOf } from '../minutes.ts'
import { draftOf } from '../organising.ts'
import { type Shelf, textsFor } from '../packs.ts'
import { no } from '../refusals.ts'
import type { Outcome } from '../rules/finding.ts'
import { readOutcome } from '../rules/outcome.ts'
import type { Pack } from '../rules/pack.ts'
import { readPack } from '../rules/read.ts'
import { absentOf, statedOf } from '../stating.ts'
import type { PollRow } from '../store/polls.ts'
import type { MinutesFacts, Stamp } from '../wire/leader.ts'
import type { StatementWire } from '../wire/packs.ts'
import type { Draft, Template } from '../wire.ts'

/** What a ballot asks about one subject, or about one criterion of a subject. In the manifest's order. */
export interface Line {
  readonly name: string
  readonly position: string
  readonly criterion: string | null
  readonly options: readonly { readonly id: string; readonly label: string }[]
  /** How many options a voter may mark. */
  readonly max: number
  /** Marks by option, in order; null before the count and where the publication rule keeps them sealed. */
  readonly counts: readonly number[] | null
}

/** Of the whole box. */
export interface Count {
  readonly closingHash: Uint8Array
  readonly issued: number
  readonly collected: number
  readonly valid: number
  readonly invalid: number
  /** Ballots whose counts stay sealed under the publication rule. */
  readonly hidden: number
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
  readonly manifestHash: Uint8Array
  readonly lines: readonly Line[]
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
export async function factsOf(shelf: Shelf, row: PollRow, copy: number | null = null): Promise<FormFacts> {
  const manifest = parseManifest(row.manifest ?? no('wrong-state'))
  return factsFrom({
    manifest,
    closing: row.closing,
    result: await resultOf(shelf, row),
    outcome: await outcomeOf(shelf, row),
    draft: draftOf(row),
    stated: statedOf(row),
    pack: await packOf(shelf, manifest),
    minutes: minutesOf(row),
    printed: printedOf(row),
    rehearsal: row.rehearsal === 1,
    stamp: row.stamp,
    copy,
  })
}

async function packOf(shelf: Shelf, { rules }: Manifest): Promise<Pack | null> {
  if (rules === null) return null
  const [text] = await textsFor(shelf, toHex(rules.sha256))
  return readPack(text!)
}

/** The same sources always give the same facts. */
export function factsFrom({ manifest, draft, stated, outcome, ...sources }: Sources): FormFacts {
  const closing = sources.closing === null ? null : parseClosing(manifest, sources.closing)
  const result = closing && sources.result !== null ? parseResult(manifest, closing.hash, sources.result) : null
  const { title, unit, basis, period, address, template, absent, convened } = draft
  const { rehearsal, pack, printed, minutes, stamp, copy } = sources
  return {
    ...{ title, unit, basis, period, address, template, absent: absentOf(draft, stated) },
    ...{ rehearsal, pack, printed, minutes, stamp, copy },
    date: stated?.date ?? draft.date,
    disclosure: manifest.publication.disclosure,
    manifestHash: manifest.hash,
    lines: linesOf(manifest, result),
    team: manifest.trustees.map(({ name }) => name),
    outcome: outcome === null ? null : readOutcome(outcome).outcome,
    attendance: stated?.attendance ?? { convened, present: convened - sum(absent.map(({ count }) => count)) },
    members: stated?.members ?? null,
    count: closing && result && countOf(closing, result),
  }
}

/** The box takes no ballot that is not proven to be one: all are valid. */
function countOf({ hash, handedOut, ballots }: Closing, { unions }: Result): Count {
  const collected = ballots.count
  const hidden = collected - sum(unions.map(union => union.ballots))
  return { closingHash: hash, issued: sum(handedOut), collected, valid: collected, invalid: 0, hidden }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, n) => all + n, 0)

/** What the manifest's contests say to people (`client/organiser/manifest.ts` writes it), with their counts over all unions. */
function linesOf({ text, contests }: Manifest, result: Result | null): readonly Line[] {
  const paper = (JSON.parse(text) as { readonly contests: readonly PaperContest[] }).contests
  const opened = result !== null && result.unions.length > 0
  return contests.map(({ title, options, max }, c) => {
    const { subject, criterion } = paper[c]!
    return {
      name: subject?.name ?? '',
      position: subject?.position ?? title,
      criterion: criterion ?? null,
      options,
      max,
      counts: opened ? options.map((_, o) => sum(result.unions.map(({ counts }) => counts[c]![o]!))) : null,
    }
  })
}

interface PaperContest {
  readonly subject?: { readonly name: string; readonly position: string }
  readonly criterion?: string | null
}
