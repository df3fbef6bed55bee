/** Levels by which years and people are classified, as packs name them. */
import type { Pack } from './pack.ts'
import type { HistoryEntry, Statement } from './round.ts'

/** The first level stated that none of these packs knows: it would count for nothing, in silence. Null: all are known. */
export function unknownLevel(
  packs: readonly Pack[],
  histories: readonly (readonly HistoryEntry[])[],
  classified: Statement['classified'],
): string | null {
  const known = new Set(
    packs.flatMap(({ options, histories: rules }) => [
      ...options.map(({ id }) => id),
      ...rules.flatMap(({ counts }) => (counts.kind === 'quality' ? [counts.level] : [])),
    ]),
  )
  const stated = histories.flat().flatMap(entry => ('quality' in entry ? [entry.quality] : []))
  return [...stated, ...(classified?.keys() ?? [])].find(level => !known.has(level)) ?? null
}
