/**
 * Rule packs over the wire. Frozen packs are public texts; what is still being written is for organisers and secretaries.
 *
 *     GET  /api/packs                       PackText[]: every frozen pack, shipped or frozen here; for anybody
 *     GET  /api/packs/:sha256               its very text (application/json), for anybody
 *     GET  /api/packs/drafts                PackDraftView[]                              } organiser, secretary
 *     POST /api/packs/drafts                { from }   sha256 of a pack to begin from, or the id of a form; answers { draft }
 *     PUT  /api/packs/drafts/:draft         { version, text }   answers { version }; any JSON object, finished or not
 *     POST /api/packs/drafts/:draft/propose { version }         must parse as a pack; `bad-pack`, `taken-version`
 *     POST /api/packs/drafts/:draft/confirm { sha256 }          by somebody else: `second-person`; freezes it
 *     POST /api/packs/drafts/:draft/delete  { }
 *
 * A text that was changed after it was proposed is no longer proposed.
 */

export interface PackText {
  readonly id: string
  readonly version: number
  readonly title: string
  /** Hex, of the text's bytes. */
  readonly sha256: string
  /** Came with the program; otherwise two people froze it here. */
  readonly shipped: boolean
  readonly text: string
}

export interface PackDraftView {
  readonly draft: string
  readonly version: number
  readonly text: string
  /** Who last changed it. */
  readonly by: string
  /** Who proposed it as it stands, and its hash. */
  readonly proposed: { readonly by: string; readonly sha256: string } | null
  /** True if you may confirm it. */
  readonly yours: boolean
}

/** `Statement` of `rules/round.ts`, with plain lists and objects. */
export interface StatementWire {
  readonly date: string
  readonly attendance: { readonly convened: number; readonly present: number }
  readonly members: number | null
  readonly histories: readonly (readonly (
    | { readonly year: number; readonly quality: string }
    | { readonly year: number; readonly low: number; readonly of: number }
  )[])[]
  /** Pairs of option id and number. */
  readonly classified: readonly { readonly level: string; readonly count: number }[] | null
}
