/** Why a round has no consequence at all, whatever its counts: it was not held, or not counted, as it must be. */
import type { Blocked } from './finding.ts'
import { holds } from './fraction.ts'
import type { Base, Pack } from './pack.ts'
import type { Round } from './round.ts'
import { plainSpelling } from './spelling.ts'

/** The number that shares are taken of; null where nobody stated it. */
export function baseOf({ collected, valid, issued, attendance, members }: Round, of: Base): number | null {
  switch (of) {
    case 'collected':
      return collected
    case 'valid':
      return valid
    case 'issued':
      return issued
    case 'convened':
      return attendance?.convened ?? null
    case 'members':
      return members
  }
}

/**
 * The first reason, or null. A text that is silent about the quorum cannot save a round that another text, read beside
 * it, does not let be held: `packs` are all that are read together.
 */
export function blockedBy(round: Round, pack: Pack, packs: readonly Pack[]): Blocked | null {
  const gates = pack.quorum === null ? packs : [pack]
  return (
    gates.map(({ quorum }) => quorumFails(round, quorum)).find(reason => reason !== null) ??
    roundFails(round) ??
    denominatorFails(round, pack.denominator.of)
  )
}

function quorumFails(round: Round, quorum: Pack['quorum']): Blocked | null {
  if (quorum === null) return null
  if (round.attendance === null) return 'needs-attendance'
  const of = baseOf(round, quorum.of) ?? 0
  if (of === 0) return missing(quorum.of)
  return holds(round.attendance.present, of, '>=', quorum.fraction) ? null : 'no-quorum'
}

function roundFails({ collected, issued, late, team, subjects, hidden }: Round): Blocked | null {
  if (collected > issued) return 'more-collected-than-issued'
  if (late > 0) return 'late-ballots'
  const names = new Set(subjects.map(({ name }) => plainSpelling(name)))
  if (team.some(name => plainSpelling(name) !== '' && names.has(plainSpelling(name)))) return 'subject-on-team'
  if (collected === 0) return 'no-ballots'
  return hidden > 0 ? 'hidden-counts' : null
}

function denominatorFails(round: Round, of: Base): Blocked | null {
  return (baseOf(round, of) ?? 0) > 0 ? null : missing(of)
}

const missing = (of: Base): Blocked =>
  of === 'convened' ? 'needs-attendance' : of === 'members' ? 'needs-members' : 'no-ballots'
