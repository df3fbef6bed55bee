/** What follows from a round under one pack: findings, and *no finding* said as such. */
import type { Base, Fraction } from './pack.ts'

/** Why a round has no consequence under a pack. */
export type Blocked =
  | 'no-quorum'
  | 'more-collected-than-issued'
  | 'late-ballots'
  | 'subject-on-team'
  | 'no-ballots'
  | 'hidden-counts' // the publication rule keeps some counts sealed
  | 'needs-attendance' // the pack's quorum or denominator needs a number that nobody stated
  | 'needs-members'

export interface Finding {
  /** `band`: where the share lies. `history`: earlier years. `proposal`: the level with most votes. `cap`: too many at the top. */
  readonly kind: 'band' | 'history' | 'proposal' | 'cap'
  /**
   * The band or rule that was reached; null: no finding. Of a proposal the option's id, null for a tie. Of a cap that is
   * exceeded the base that governs.
   */
  readonly band: string | null
  /** The option that was counted. */
  readonly option: string | null
  /** Marks and their base; of `history` the years running and the years needed; of `cap` those at the top and the allowed. */
  readonly numerator: number
  readonly denominator: number
  readonly base: Base | 'years' | 'cap'
  /** How numerator ÷ denominator was compared with the threshold: of the band reached, else of the nearest not reached. */
  readonly operator: '>' | '>=' | '<='
  readonly threshold: Fraction | null
  /** Two decimals, half up: `53.19`. For reading only. */
  readonly percent: string
  /** Of the band reached; else of the range that the text is silent about, or of the nearest threshold. */
  readonly label: string
  /** What is proposed; null where nothing follows. */
  readonly consequence: string | null
  readonly actor: string | null
  readonly article: string | null
  /** True where the share lies in a range that the text says nothing about; `label` is the pack's for that range. */
  readonly silent: boolean
  /** True where no source was seen for the figure. */
  readonly unsourced: boolean
  /** Of a proposal: every option with as many votes. */
  readonly tied: readonly string[]
  /** Of a cap: what each base allows. */
  readonly allowed: readonly { readonly base: string; readonly of: number; readonly allowed: number }[]
}

export interface SubjectOutcome {
  readonly name: string
  readonly position: string
  readonly criterion: string | null
  readonly findings: readonly Finding[]
}

export interface PackOutcome {
  readonly pack: string
  readonly version: number
  /** Hex. */
  readonly sha256: string
  readonly title: string
  readonly citation: string
  /** True on the day of the round. */
  readonly inForce: boolean
  readonly sample: boolean
  readonly blocked: Blocked | null
  readonly subjects: readonly SubjectOutcome[]
  /** Of the collective: caps. */
  readonly findings: readonly Finding[]
}

export interface Outcome {
  readonly packs: readonly PackOutcome[]
  /** Subjects about whom packs say different things at the same counts; indices into `subjects`. */
  readonly differ: readonly number[]
}
