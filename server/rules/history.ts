/** What follows from earlier years: how many years running, up to the latest, a rule's condition was met. */
import { baseOf } from './blocked.ts'
import type { Blocked, Finding } from './finding.ts'
import { holds, percentText } from './fraction.ts'
import type { HistoryRule, Pack } from './pack.ts'
import type { HistoryEntry, Round, Subject } from './round.ts'

/** One for each rule that the subject's stated history speaks of at all. */
export function historyFindings(
  round: Round,
  pack: Pack,
  subject: Subject,
  blocked: Blocked | null,
): readonly Finding[] {
  return pack.histories.flatMap(rule => {
    const met = yearsOf(round, pack, subject, rule)
    if (met === null) return []
    const { id, counts, years, label, consequence, actor, basis } = rule
    const reached = blocked === null && met >= years
    return {
      kind: 'history' as const,
      band: reached ? id : null,
      option: counts.kind === 'share' ? counts.option : null,
      numerator: met,
      denominator: years,
      base: 'years' as const,
      operator: '>=' as const,
      threshold: '1/1',
      percent: percentText(met, years),
      label,
      consequence: reached ? consequence : null,
      actor: reached ? actor : null,
      article: basis.article,
      silent: false,
      unsourced: 'unsourced' in basis,
      tied: [],
      allowed: [],
    }
  })
}

/** How many years running, ending with the latest, meet the rule; null where nothing was stated that it looks at. */
function yearsOf(round: Round, pack: Pack, subject: Subject, { counts, years }: HistoryRule): number | null {
  const thisYear = Number(round.date.slice(0, 4))
  if (counts.kind === 'quality') {
    const classified = subject.history.filter(isQuality).filter(({ year }) => year <= thisYear)
    const latest = Math.max(...classified.map(({ year }) => year))
    return classified.length === 0 ? null : running(classified, latest, ({ quality }) => quality === counts.level)
  }
  const over = (low: number, of: number) => of > 0 && holds(low, of, counts.operator, counts.fraction)
  const earlier = subject.history.filter(isShare).filter(({ year }) => year < thisYear)
  if (earlier.length === 0 && years > 1) return null
  const now = over(subject.counts.get(counts.option) ?? 0, baseOf(round, pack.denominator.of) ?? 0)
  return now ? 1 + running(earlier, thisYear - 1, ({ low, of }) => over(low, of)) : 0
}

type Quality = Extract<HistoryEntry, { readonly quality: string }>
type Low = Extract<HistoryEntry, { readonly low: number }>
const isQuality = (entry: HistoryEntry): entry is Quality => 'quality' in entry
const isShare = (entry: HistoryEntry): entry is Low => 'low' in entry

function running<T extends HistoryEntry>(entries: readonly T[], latest: number, meets: (entry: T) => boolean): number {
  let met = 0
  while (entries.some(entry => entry.year === latest - met && meets(entry))) met++
  return met
}
