/**
 * A whole round on paper: nothing of the protocol, the same states, rules, minutes and papers.
 *
 *     draft ──seal──▶ printed ──open──▶ open ──close──▶ (two members key the count) ──both alike──▶ counted
 *
 * `seal` fixes the draft and makes the members' personal links; there is no ceremony and no manifest. `open`, `close` and
 * `void` are asked for by the organiser and confirmed by one member, as in any round; the phone that has the member's place
 * stands for a signature, which is empty. The organiser has all links: what a phone drew for itself (32 bytes, `device`) is
 * what counts, and the first one to send its hash has the place. Two places are taken before the round opens. Once `close` was confirmed the poll is still `open` with its gate shut (`counting`) and
 * what was stated is fixed: members key what they counted, each without ever seeing the other's numbers. When two of them say the same, that is the count,
 * with how many times each keyed.
 *
 * /api/members/:poll/:index, Authorization: Bearer <secret>
 *     GET  .           with `x-device`: also what this member keyed, and where the two differ
 *     POST ./claim     { device: SHA-256 of the secret, base64url }     204; `other-device` where another phone was first
 *     POST ./act       ActWire and `device`                             204; `other-device` from any other phone
 *     POST ./keying    Keying and `device`                              204; the same, and `bad-count` for numbers that
 *                                                                       cannot be; again: the last one counts
 */
import type { PaperContest } from '../rules/contests.ts'
import type { Difference, Keying } from '../rules/keying.ts'

/** In a member's view; null where the round is held by phones. */
export interface PaperView {
  readonly contests: readonly PaperContest[]
  /** What the rules say of sheets and lines that do not count; empty without rules. */
  readonly validity: readonly Validity[]
  /** Who came: as it was stated, else convened less absent. No more sheets were handed out. */
  readonly present: number
  /** `close` was confirmed: the box may be opened and counted. */
  readonly counting: boolean
  /** Whose place a phone has taken, by member. */
  readonly claimed: readonly boolean[]
  /** This request came from the phone that has this member's place (`x-device`). */
  readonly own: boolean
  /** Who has keyed, by member. */
  readonly keyed: readonly boolean[]
  /** This member's own, for that phone alone; null before. */
  readonly mine: Keying | null
  /** Where, against each other member who keyed, once this one has and for that phone alone: nobody's numbers. */
  readonly differences: readonly { readonly with: number; readonly differences: readonly Difference[] }[]
  /** What two keyed alike: the count that stands; null before. */
  readonly count: PaperCount | null
}

interface Validity {
  readonly layer: 'sheet' | 'line'
  readonly text: string
}

/** The count that stands, as `closing` of a paper round. */
export interface PaperCount extends Keying {
  readonly format: 'phieukin/paper/v1'
  /** Indices of the two members. */
  readonly keyedBy: readonly [number, number]
  /** How many times each of them keyed something else than before; 1: what was keyed first counts. */
  readonly keyings: readonly [number, number]
  /** What the two keyed first was the same. */
  readonly firstAgreed: boolean
}
