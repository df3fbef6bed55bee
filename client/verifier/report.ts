/** What a verification found, as plain values that a worker can hand over and a screen can show. */
import { shortCode, toHex } from '../../crypto/bytes.ts'
import type { Manifest } from '../../crypto/manifest.ts'
import type { Result } from '../../crypto/tally.ts'
import type { CheckReport, Finding } from '../../crypto/verify/findings.ts'
import type { Report } from '../../crypto/verify.ts'
import { linesOf, unionsOf } from '../../server/rules/scores.ts'
import type { Opened } from '../ballot.tsx'
import { paperOf } from '../paper.ts'
import { type Given, packsNeeded, type Stranger, strangersAmong } from './packs.ts'

export interface ReportView {
  /** Nothing failed. */
  readonly ok: boolean
  /** The record goes on to the result. */
  readonly complete: boolean
  readonly checks: readonly CheckReport[]
  readonly poll: {
    readonly title: string
    readonly unit: string
    readonly rehearsal: boolean
    readonly code: string
    readonly hash: string
    readonly members: readonly string[]
    /** Whom it is about, each once, in the order of the ballot. */
    readonly subjects: readonly string[]
  } | null
  readonly closing: {
    readonly code: string
    readonly hash: string
    readonly handedOut: number
    readonly redeemed: number
    readonly ballots: number
  } | null
  /** Only of a record that holds and goes on to the result. */
  readonly opened: Opened | null
  /** Null where the manifest pins none. */
  readonly rules: RulesView | null
}

interface RulesView {
  /** As the manifest pins it. */
  readonly pack: string
  readonly sha256: string
  /** Packs without which check 13 could not be carried out. */
  readonly missing: readonly string[]
  readonly strangers: readonly Stranger[]
  /** The outcome text, where check 13 holds, and the packs that it was recomputed from. */
  readonly outcome: { readonly text: string; readonly packs: readonly string[] } | null
}

/** What check 13 was given: packs from files or a server, all texts there are, and the outcome text that it met. */
export interface RulesGiven {
  readonly packs: readonly Given[]
  readonly texts: readonly string[]
  readonly published: string | null
}

export function viewOf({ ok, complete, checks, manifest, closing, result }: Report, given: RulesGiven): ReportView {
  return {
    ok,
    complete,
    checks: checks.map(check => ({ ...check, findings: check.findings.map(shortened) })),
    poll: manifest && pollOf(manifest),
    closing: closing && {
      code: shortCode(closing.hash),
      hash: toHex(closing.hash),
      handedOut: closing.handedOut.reduce((sum, n) => sum + n, 0),
      redeemed: closing.redemptions.count,
      ballots: closing.ballots.count,
    },
    opened: manifest && result && openedOf(manifest, result),
    rules:
      manifest &&
      rulesOf(
        manifest.rules,
        checks.some(({ check, status }) => check === 13 && status === 'holds'),
        given,
      ),
  }
}

function rulesOf(pinned: Manifest['rules'], holds: boolean, { packs, texts, published }: RulesGiven): RulesView | null {
  if (pinned === null) return null
  const needed = packsNeeded(pinned, texts)
  return {
    pack: pinned.pack,
    sha256: toHex(pinned.sha256),
    missing: needed.missing,
    strangers: strangersAmong(packs, pinned, needed),
    outcome: holds && published !== null ? { text: published, packs: needed.texts } : null,
  }
}

const MAX_SHOWN = 160

/** Two long texts that should be one: what stands around the first place where they differ. */
function shortened(finding: Finding): Finding {
  const { expected, got } = finding
  if (typeof expected !== 'string' || typeof got !== 'string') return finding
  if (Math.max(expected.length, got.length) <= MAX_SHOWN) return finding
  let at = 0
  while (at < expected.length && expected[at] === got[at]) at++
  const around = (text: string): string => {
    const from = Math.max(0, at - MAX_SHOWN / 2)
    const to = from + MAX_SHOWN
    return `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`
  }
  return { ...finding, expected: around(expected), got: around(got) }
}

function pollOf(manifest: Manifest): ReportView['poll'] {
  const { unit, rehearsal, contests } = paperOf(manifest)
  return {
    title: manifest.poll.title,
    unit,
    rehearsal,
    code: shortCode(manifest.hash),
    hash: toHex(manifest.hash),
    members: manifest.trustees.map(({ name }) => name),
    subjects: [
      ...new Set(contests.map(({ subject: { name, position } }) => [name, position].filter(Boolean).join(', '))),
    ],
  }
}

const openedOf = (manifest: Manifest, result: Result): Opened => ({
  lines: linesOf(manifest, result),
  unions: unionsOf(manifest, result),
  minimum: manifest.publication.minimumBallots,
})
