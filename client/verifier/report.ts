/** What a verification found, as plain values that a worker can hand over and a screen can show. */
import { shortCode, toHex } from '../../crypto/bytes.ts'
import type { Manifest } from '../../crypto/manifest.ts'
import type { Result } from '../../crypto/tally.ts'
import type { CheckReport } from '../../crypto/verify/findings.ts'
import type { Report } from '../../crypto/verify.ts'
import { unmarkedOf } from '../figures.ts'
import { paperOf } from '../paper.ts'

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
  } | null
  readonly closing: {
    readonly code: string
    readonly hash: string
    readonly handedOut: number
    readonly redeemed: number
    readonly ballots: number
  } | null
  /** Only of a record that holds and goes on to the result. */
  readonly unions: readonly UnionView[] | null
}

export interface UnionView {
  /** Of its groups; empty where there is one group in all. */
  readonly groups: readonly string[]
  readonly ballots: number
  readonly contests: readonly ContestView[]
}

export interface ContestView {
  readonly title: string
  readonly rows: readonly { readonly label: string; readonly count: number }[]
  /** Ballots that left this line empty; null where several marks are allowed and nobody can tell. */
  readonly unmarked: number | null
}

export function viewOf({ ok, complete, checks, manifest, closing, result }: Report): ReportView {
  return {
    ok,
    complete,
    checks,
    poll: manifest && pollOf(manifest),
    closing: closing && {
      code: shortCode(closing.hash),
      hash: toHex(closing.hash),
      handedOut: closing.handedOut.reduce((sum, n) => sum + n, 0),
      redeemed: closing.redemptions.count,
      ballots: closing.ballots.count,
    },
    unions: manifest && result && unionsOf(manifest, result),
  }
}

function pollOf(manifest: Manifest): ReportView['poll'] {
  const { unit, rehearsal } = paperOf(manifest)
  return {
    title: manifest.poll.title,
    unit,
    rehearsal,
    code: shortCode(manifest.hash),
    hash: toHex(manifest.hash),
    members: manifest.trustees.map(({ name }) => name),
  }
}

function unionsOf(manifest: Manifest, { unions }: Result): readonly UnionView[] {
  const labelOf = (id: string) => manifest.groups.find(group => group.id === id)!.label
  return unions.map(({ groups, ballots, counts }) => ({
    groups: manifest.groups.length === 1 ? [] : groups.map(labelOf),
    ballots,
    contests: manifest.contests.map(({ title, options, max }, c) => ({
      title,
      rows: options.map(({ label }, o) => ({ label, count: counts[c]![o]! })),
      unmarked: unmarkedOf(counts[c]!, ballots, max),
    })),
  }))
}
