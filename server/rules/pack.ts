/**
 * A rule pack: one regulation as data that a lawyer can read. A JSON text, named by the SHA-256 of its bytes
 * (`sha256sum pack.json`); a poll's manifest pins it (protocol, section 3).
 *
 * A pack says what the regulation says and where that was seen: every figure carries a basis, a source or the plain
 * statement that none was seen. Fractions are texts (`2/3`) and are compared as integers, never as percentages.
 */

/** A fraction as it is written: `1/2`, `2/3`. Numerator and denominator without common divisor, 0 < value ≤ 1. */
export type Fraction = string

/** Of what a share is taken: `thu về`, `hợp lệ`, `được triệu tập`, `thành viên`, `phát ra`. */
export type Base = 'collected' | 'valid' | 'convened' | 'members' | 'issued'

/** Where a figure comes from. `article` only where a source showed it. */
export type Basis =
  | { readonly article: string | null; readonly source: string }
  | { readonly article: string | null; readonly unsourced: string }

interface PackOption {
  /** `[a-z0-9-]{1,32}`, as in the manifest. */
  readonly id: string
  readonly label: string
}

/** What follows when the share of one option lies in a range. The ranges of an option join without gap or overlap. */
export interface Band {
  readonly id: string
  /** The option that is counted. */
  readonly option: string
  readonly from: { readonly operator: '>' | '>='; readonly fraction: Fraction }
  /** Null: up to all. */
  readonly to: { readonly operator: '<' | '<='; readonly fraction: Fraction } | null
  readonly label: string
  /** As a proposal; null where the text is silent about this range, which then is no finding. */
  readonly consequence: string | null
  /** Who is asked to consider it. */
  readonly actor: string | null
  readonly basis: Basis
}

/** What follows from earlier years. */
export interface HistoryRule {
  readonly id: string
  /** `quality`: classified `level`; `share`: the option's share over the fraction; each in so many years running. */
  readonly counts:
    | { readonly kind: 'quality'; readonly level: string }
    | {
        readonly kind: 'share'
        readonly option: string
        readonly operator: '>' | '>='
        readonly fraction: Fraction
      }
  /** 1: the latest year alone. A share counts this round as the latest. */
  readonly years: number
  readonly label: string
  readonly consequence: string
  readonly actor: string
  readonly basis: Basis
}

/** How many of a collective may be at the top level: `floor(fraction × base)`. */
interface Cap {
  readonly option: string
  readonly fraction: Fraction
  /** Id of the base that governs. */
  readonly base: string
  /** Of more at the top than the governing base allows; what is then asked, and of whom. */
  readonly label: string
  readonly consequence: string
  readonly actor: string
  /** Every base that texts name, so that they can be shown side by side; `levels` empty: all that were classified. */
  readonly bases: readonly {
    readonly id: string
    readonly label: string
    readonly levels: readonly string[]
    readonly basis: Basis
  }[]
  readonly basis: Basis
}

export interface Pack {
  readonly format: 'phieukin/rules/v1'
  /** `[A-Za-z0-9-]{1,64}`. */
  readonly id: string
  readonly version: number
  readonly title: string
  readonly citation: {
    /** `Quy định số 96-QĐ/TW ngày 02/02/2023 của Bộ Chính trị`. */
    readonly text: string
    readonly number: string
    /** `2023-02-02`. */
    readonly date: string
    readonly basis: Basis
  }
  /** Days, both in force; `to` null: no end was seen. */
  readonly effective: { readonly from: string; readonly to: string | null; readonly basis: Basis }
  /** `ballot`: fixes the ballot itself. `consequence`: speaks only of what follows from a ballot held under another text. */
  readonly role: 'ballot' | 'consequence'
  /** Which form of ballot it is taken on. */
  readonly template: 'confidence' | 'quality' | 'criteria' | 'free'
  /** On whom, and who votes. */
  readonly scope: readonly { readonly text: string; readonly basis: Basis }[]
  /** The order of steps around the ballot. */
  readonly steps: readonly { readonly text: string; readonly basis: Basis }[]
  /** In the ballot's order. */
  readonly options: readonly PackOption[]
  /** Id of the lowest, at which thresholds look. */
  readonly lowest: string
  readonly optionsBasis: Basis
  /** Of people present; null where the body's own rules say. */
  readonly quorum: { readonly fraction: Fraction; readonly of: 'convened' | 'members'; readonly basis: Basis } | null
  readonly denominator: { readonly of: Base; readonly basis: Basis }
  readonly bands: readonly Band[]
  readonly histories: readonly HistoryRule[]
  /** The option with most votes is what the collective proposes; a tie is a tie. */
  readonly proposal: { readonly consequence: string; readonly actor: string; readonly basis: Basis } | null
  readonly cap: Cap | null
  /** What spoils the whole sheet, or one line of it. */
  readonly validity: readonly {
    readonly id: string
    readonly layer: 'sheet' | 'line'
    readonly text: string
    readonly basis: Basis
  }[]
  /** On whom no ballot is taken. */
  readonly exclusions: readonly { readonly text: string; readonly basis: Basis }[]
  readonly disclosure: { readonly default: 'meeting' | 'authority' | 'public'; readonly basis: Basis }
  readonly rounding: { readonly decimals: 2; readonly mode: 'half-up'; readonly basis: Basis }
  /** Packs that speak of the same ballot and are evaluated beside this one. Their hashes in hex. */
  readonly alongside: readonly { readonly pack: string; readonly sha256: string }[]
  /** For rehearsal only: figures nobody has seen in a text. */
  readonly sample: boolean
}
