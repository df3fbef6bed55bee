/**
 * What the rules are applied to: the counts of one round, and what people state about it. Either comes from a counted
 * poll (counts proven, the rest stated before the box was opened) or from a file, for paper rounds.
 */

/** What is known of a subject from earlier: how a year was classified, or the lowest option's marks in a year's ballot. */
export type HistoryEntry =
  | { readonly year: number; readonly quality: string }
  | { readonly year: number; readonly low: number; readonly of: number }

export interface Subject {
  readonly name: string
  readonly position: string
  /** Of a ballot by criteria: which one this line is. */
  readonly criterion: string | null
  /** Marks by option id. */
  readonly counts: ReadonlyMap<string, number>
  readonly history: readonly HistoryEntry[]
  /** Asked besides what the rules speak of: they say nothing of it. */
  readonly beside?: true
}

export interface Round {
  /** Of the meeting: `2026-12-05`. */
  readonly date: string
  readonly attendance: { readonly convened: number; readonly present: number } | null
  /** Of the body; null where nobody said. */
  readonly members: number | null
  /** Ballots handed out, collected; and of these the valid ones. */
  readonly issued: number
  readonly collected: number
  readonly valid: number
  /** Ballots that came after the box was closed. */
  readonly late: number
  /** Names of the counting team. */
  readonly team: readonly string[]
  /** Ballots whose counts stay sealed under the publication rule. */
  readonly hidden: number
  /** How many of the collective were put at each level, for a cap; null: as this round's own subjects came out. */
  readonly classified: ReadonlyMap<string, number> | null
  readonly subjects: readonly Subject[]
}

/** What people state of a poll before its box is opened; it travels inside the outcome text. */
export interface Statement {
  readonly date: string
  readonly attendance: { readonly convened: number; readonly present: number }
  readonly members: number | null
  /** By subject, in the order in which the manifest first names them. */
  readonly histories: readonly (readonly HistoryEntry[])[]
  readonly classified: ReadonlyMap<string, number> | null
}
