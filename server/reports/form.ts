/**
 * An official paper as data: what stands on it, in which order, in which sizes. The print page draws it as HTML, the
 * server as .docx; neither knows what a ballot is, so both show the same words and the same numbers.
 *
 * A form is in Vietnamese whatever language its reader's page speaks.
 */
import type { Profile } from '../wire/leader.ts'

export type FormId = 'ballot' | 'minutes' | 'announcement' | 'report'

/** Letters in one style. `raised` marks a note that stands in `notes`. */
export interface Run {
  readonly text: string
  readonly bold?: true
  readonly italic?: true
  readonly raised?: true
}

/** One paragraph's letters. */
export type Text = readonly Run[]

export type Align = 'left' | 'centre' | 'right' | 'justify'

export interface Column {
  readonly head: string
  /** In millimetres. */
  readonly width: number
  readonly align: 'left' | 'centre' | 'right'
  /** The head of a narrow column holds a word a line. */
  readonly small?: true
}

export type Block =
  /** `indent`: the first line, as running text has it. `keep`: on the same page as what follows. */
  | {
      readonly kind: 'paragraph'
      readonly text: Text
      readonly align: Align
      readonly indent: boolean
      readonly keep?: true
    }
  | { readonly kind: 'heading'; readonly text: string }
  /** Figures one below the other: what, and how many. */
  | { readonly kind: 'figures'; readonly rows: readonly { readonly label: string; readonly value: Text }[] }
  /** `over`: heads that span several columns, with how many of them; an empty head joins the one below. */
  | {
      readonly kind: 'table'
      readonly over: readonly { readonly head: string; readonly columns: number }[] | null
      readonly columns: readonly Column[]
      readonly rows: readonly (readonly Text[])[]
      /** Of a row, at least, in millimetres; null: as its letters need. */
      readonly rowHeight: number | null
    }
  /**
   * Stacked bars, one below the other: the whole bar is `of`, its parts are told apart by pattern or grey, what is left is
   * white and lies before the last part.
   */
  | {
      readonly kind: 'bars'
      readonly legend: readonly string[]
      readonly rows: readonly {
        readonly label: string
        /** Of a line as a whole; rows of its groups stand below it. */
        readonly strong: boolean
        readonly counts: readonly number[]
        readonly of: number
      }[]
    }
  /** Dotted lines to write on. */
  | { readonly kind: 'lines'; readonly count: number }

/** One or two side by side. */
export type SignatureRow = readonly (Signature | Recipients | null)[]

/** Each of `people` has room above the name; an empty list leaves room for one. */
export interface Signature {
  readonly heads: readonly string[]
  readonly hint: string
  readonly people: readonly string[]
}

export interface Recipients {
  readonly recipients: string
  readonly list: readonly string[]
}

export interface Form {
  readonly id: FormId
  readonly profile: Profile
  /** Of the file and the window. */
  readonly name: string
  readonly layout: Layout
  readonly head: {
    readonly left: { readonly superior: string; readonly body: string; readonly below: 'rule' | 'asterisk' }
    /** Country and motto, or the party's name alone; a rule stands below the last. */
    readonly right: readonly string[]
    /** Null where the paper bears none. */
    readonly number: string | null
    readonly dated: string
    /** `MẬT`; null: none was set. */
    readonly stamp: string | null
    readonly copy: string | null
    /** Where the issuing body's stamp goes. */
    readonly hanging: string | null
  }
  /** Across every page, where nothing of it counts. */
  readonly watermark: string | null
  readonly title: string
  /** What it is about, below the title. */
  readonly about: readonly string[]
  readonly blocks: readonly Block[]
  /** In the order of their numbers. */
  readonly notes: readonly string[]
  /** On one page with the last of the text and the proof. */
  readonly signatures: readonly SignatureRow[]
  /** Below everything: how anybody checks it. */
  readonly proof: { readonly qr: string; readonly lines: readonly Text[] } | null
  /** At the foot of every page, so that no page passes for one of another poll. */
  readonly running: string
}

/** Sizes in points, lengths in millimetres. */
export interface Layout {
  readonly margins: { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number }
  readonly body: number
  /** From line to line, in points. */
  readonly line: number
  readonly indent: number
  readonly superior: number
  readonly issuer: number
  /** By line of the head's right side. */
  readonly right: readonly number[]
  /** How wide the head's left side is, and how long the rules are below body and motto. */
  readonly leftWidth: number
  readonly rules: { readonly left: number; readonly right: number }
  readonly number: number
  readonly date: number
  readonly title: number
  readonly about: number
  readonly table: number
  readonly signature: number
  readonly recipients: { readonly head: number; readonly list: number; readonly style: 'bold-italic' | 'underlined' }
  readonly page: number
}

/** A rule of the minutes' arithmetic (regulations, section 6.5), named for what it compares. */
export type Rule =
  | 'attendance' // present + absent = convened
  | 'quorum' // present against the fraction of the rules
  | 'issued' // issued ≤ present
  | 'collected' // collected ≤ issued
  | 'valid' // valid + invalid = collected
  | 'printed' // printed = issued + unused + exchanged
  | 'marks' // by line: no more marks than the ballots allow
  | 'lines' // by line of a round on paper: marks + empty or spoilt lines = valid
  | 'team' // no member of the counting team is a subject

export interface BrokenRule {
  readonly rule: Rule
  /** Whom it is about, where it is about somebody. */
  readonly of: string
  /** The numbers that do not fit, in the order in which the rule names them. */
  readonly numbers: readonly number[]
}

/** What the door answers: the paper, or why there is none. */
export type FormAnswer = { readonly form: Form } | { readonly unprintable: readonly BrokenRule[] }
