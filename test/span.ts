/**
 * What can be computed from published sums, by exact arithmetic: rows of whole numbers are sums of unknown counts, one
 * column for each; whatever addition, subtraction and scaling make of them is their span over the rationals.
 */

/** The rank over the rationals, by elimination without fractions (Bareiss). */
export function rankOf(rows: readonly (readonly number[])[]): number {
  const m = rows.map(row => row.map(BigInt))
  const columns = m[0]?.length ?? 0
  let rank = 0
  let divisor = 1n
  for (let c = 0; c < columns && rank < m.length; c++) {
    const at = m.findIndex((row, r) => r >= rank && row[c] !== 0n)
    if (at === -1) continue
    ;[m[rank], m[at]] = [m[at]!, m[rank]!]
    const pivot = m[rank]!
    for (let r = rank + 1; r < m.length; r++) {
      const row = m[r]!
      const factor = row[c]!
      m[r] = row.map((x, i) => (x * pivot[c]! - factor * pivot[i]!) / divisor)
    }
    divisor = pivot[c]!
    rank++
  }
  return rank
}

/** So many independent sums of these columns alone lie in the span. */
const sumsWithin = (rows: readonly (readonly number[])[], columns: ReadonlySet<number>): number =>
  rankOf(rows) - rankOf(rows.map(row => row.filter((_, c) => !columns.has(c))))

/** Every choice of some of these numbers, the empty one too. */
export const choicesOf = (n: number): readonly (readonly number[])[] =>
  Array.from({ length: 2 ** n }, (_, bits) => Array.from({ length: n }, (_, i) => i).filter(i => (bits >> i) & 1))

interface Unknowns {
  /** By group. */
  readonly ballots: readonly number[]
  /** Columns by group: what is not known of it. */
  readonly columns: readonly (readonly number[])[]
}

/**
 * Groups that together have some ballots, but fewer than the minimum, and of which something can be computed from `rows`
 * that `open` does not say by itself.
 */
export const exposedBy = (
  rows: readonly (readonly number[])[],
  open: readonly (readonly number[])[],
  { ballots, columns }: Unknowns,
  minimum: number,
): readonly (readonly number[])[] => {
  const voting = ballots.flatMap((n, g) => (n > 0 ? [g] : []))
  const sizeOf = (groups: readonly number[]) => groups.reduce((sum, g) => sum + ballots[g]!, 0)
  // A group without ballots has counts that everybody knows: nought.
  const kept = new Set(voting.flatMap(g => columns[g]!))
  const place = new Map([...kept].map((column, i) => [column, i]))
  const narrowed = (list: readonly (readonly number[])[]) => list.map(row => row.filter((_, c) => kept.has(c)))
  const [all, said] = [narrowed([...rows, ...open]), narrowed(open)]
  return choicesOf(voting.length)
    .map(choice => choice.map(i => voting[i]!))
    .filter(groups => groups.length > 0 && sizeOf(groups) < minimum)
    .filter(groups => {
      const of = new Set(groups.flatMap(g => columns[g]!.map(column => place.get(column)!)))
      return sumsWithin(all, of) > sumsWithin(said, of)
    })
}
