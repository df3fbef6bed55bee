/** How many of a collective may be at the top level, by each base that texts name, side by side. */
import type { Blocked, Finding, SubjectOutcome } from './finding.ts'
import { mostWithin, percentText } from './fraction.ts'
import type { Pack } from './pack.ts'
import type { Round } from './round.ts'

/**
 * One finding where it is known how the collective came out: as somebody stated it, else as this round proposes, which
 * takes two people at least to be a collective.
 */
export function capFindings(
  round: Round,
  { cap }: Pack,
  subjects: readonly SubjectOutcome[],
  blocked: Blocked | null,
): readonly Finding[] {
  if (cap === null) return []
  const levels = round.classified ?? proposed(round, subjects)
  if (levels === null) return []
  const allowed = cap.bases.map(base => {
    const of = sizeOf(levels, base.levels)
    return { base: base.id, of, allowed: mostWithin(of, cap.fraction) }
  })
  const numerator = levels.get(cap.option) ?? 0
  const denominator = allowed.find(({ base }) => base === cap.base)!.allowed
  const exceeded = blocked === null && numerator > denominator
  return [
    {
      kind: 'cap',
      band: exceeded ? cap.base : null,
      option: cap.option,
      numerator,
      denominator,
      base: 'cap',
      operator: '<=',
      threshold: '1/1',
      percent: percentText(numerator, denominator),
      label: cap.label,
      consequence: exceeded ? cap.consequence : null,
      actor: exceeded ? cap.actor : null,
      article: cap.basis.article,
      silent: false,
      unsourced: 'unsourced' in cap.basis,
      tied: [],
      allowed,
    },
  ]
}

/** Of how many the share is taken; of no levels in particular: of all. */
function sizeOf(levels: ReadonlyMap<string, number>, counted: readonly string[]): number {
  const sizes = counted.length === 0 ? [...levels.values()] : counted.map(level => levels.get(level) ?? 0)
  return sizes.reduce((sum, n) => sum + n, 0)
}

function proposed(round: Round, subjects: readonly SubjectOutcome[]): ReadonlyMap<string, number> | null {
  if (round.subjects.filter(({ beside }) => !beside).length < 2) return null
  const levels = new Map<string, number>()
  for (const { findings } of subjects) {
    const level = findings.find(({ kind }) => kind === 'proposal')?.band
    if (level) levels.set(level, (levels.get(level) ?? 0) + 1)
  }
  return levels
}
