/**
 * What goes over the wire: the shapes of requests and answers, and the closed list of refusals. Types only, so that the
 * pages may import them; nothing in here runs.
 *
 * Binary values travel as base64url without padding. Voters' requests and answers are the protocol's bytes
 * (`application/octet-stream`), everything else is JSON.
 *
 *     who        how it is known                                    doors
 *     voter      by nothing: no cookie, no name, no address         /api/manifests, /api/polls
 *     member     Bearer secret of a personal link; acts are signed  /api/members
 *     organiser  session cookie                                     /api/organiser
 *     a box      the key that it shares with who redeems            /api/peer (`doors/peer.ts`)
 *     anybody with an account (below: roles)                        /api/account, /api/leader, /api/packs
 *
 * What accounts read and write after the count is in `wire/leader.ts`, rule packs in `wire/packs.ts`, comments after the
 * count in `wire/comments.ts`, rounds on paper in `wire/paper.ts`.
 */
import type { Fault } from '../crypto/fault.ts'
import type { BallotSubject, Question, Template, VoterGroup } from './rules/contests.ts'
import type { EarlierUnion } from './rules/publication.ts'
import type { CommentsView } from './wire/comments.ts'
import type { PackText, StatementWire } from './wire/packs.ts'
import type { PaperView } from './wire/paper.ts'

/** Why a door says no. The sentence, and what to do next, are the page's (`client/words`). */
export type Refusal =
  // the voter
  | 'wrong-manifest' // no such poll here
  | 'unknown-card'
  | 'already-redeemed' // another request bought credentials with this card
  | 'voided-card'
  | 'not-open'
  | 'closed'
  | 'bad-proof' // bytes that prove nothing: not made by our page, or damaged
  | 'already-cast'
  // anybody
  | 'bad-request'
  | 'not-found'
  | 'too-large'
  | 'too-many' // try again in a moment; nothing is stored about who asked
  | 'disk-full'
  | 'away' // the database does not answer; the same request again finds out whether it was stored
  | 'peer-away' // the deployment that redeems the cards does not answer, or not as it should; what was begun is tried again
  | 'peer-refuses' // it answers, and says no: trying again changes nothing. `where` is its own refusal
  | 'failed' // a bug of ours: nothing was stored
  // the organiser
  | 'needs-login'
  | 'needs-setup'
  | 'wrong-password'
  | 'weak-password' // fewer than 10 characters
  | 'used-link' // the set-up link was used, or another start printed a newer one
  | 'stale-draft' // saved meanwhile from another window
  | 'bad-draft'
  | 'wrong-state' // not now
  | 'wrong-team' // the manifest is not of this ceremony, or not of the draft
  | 'wrong-tokens'
  | 'wrong-bundle' // the manifest pins other pages than this server serves
  | 'wrong-address' // phones would use another address than the cards carry
  | 'untried-address' // no other device has reached the address yet
  | 'plain-http' // not read and confirmed yet what plain http loses
  | 'needs-statement' // the poll pins rules, and nobody has stated yet what they need besides the counts
  | 'wrong-rules' // the manifest pins other rules than the draft, or rules this server does not have
  // anybody with an account
  | 'not-yours' // another role's business, or a poll that was not given to you, or that is about you
  | 'taken-name' // somebody has this login already
  | 'second-person' // whoever entered it cannot be the one who confirms it
  | 'bad-pack' // `where` names the line
  | 'taken-version' // a frozen pack has this id and version
  | 'bad-minutes' // `where` names the rule of arithmetic that is broken
  | 'secret' // a secrecy stamp is set: nothing leaves
  // a member of the counting team
  | 'bad-link'
  | 'other-device' // this member's link was opened on another device first
  | 'bad-signature'
  | 'not-asked' // the organiser asked for nothing of the kind
  | 'too-early' // the last call is not over
  | 'bad-numbers' // more redeemed than handed out, or more handed out than printed
  | 'bad-share'
  | 'bad-count' // counts of a paper round that cannot be; `where` names the line

export interface Refused {
  readonly refused: Refusal
  /** Where in the request, for whoever programs against us. */
  readonly where?: string
  /** When it is worth trying again. */
  readonly retryAfterSeconds?: number
}

// ── the draft: what the organiser writes ────────────────────────────────────────────────────────────────────────

export type { Template }
export type Disclosure = 'meeting' | 'authority' | 'public'

export interface Draft {
  /** As phones will use it, without a slash at the end: `http://192.168.1.20:8080`. */
  readonly address: string
  readonly title: string
  readonly unit: string
  /** Legal basis. */
  readonly basis: string
  /** Which year, quarter or term is judged. */
  readonly period: string
  /** None where the template is `survey`. */
  readonly subjects: readonly BallotSubject[]
  readonly subjectVotes: boolean
  readonly template: Template
  /** The rule pack that the poll pins: SHA-256 in hex. Null: none, and no outcome. */
  readonly pack: string | null
  /** Of the meeting: `2026-12-05`; empty while it is open. */
  readonly date: string
  /** When review and classification were finished, and when the unit sums up its year; empty where nobody said. */
  readonly reviewed: string
  readonly summary: string
  /** Asked of every subject after the whole; of a survey all there is. */
  readonly questions: readonly Question[]
  /** Answered in writing; at most 15. */
  readonly prompts: readonly { readonly title: string; readonly maxBytes: number }[]
  /** Which form it was filled from, by name and version: `lanh-dao-so/1`; empty: none. */
  readonly from: string
  /** For the template `free`. */
  readonly options: readonly string[]
  /** For the template `free`: how many options a voter may mark for each subject. */
  readonly max: number
  /** A round is held wholly by phones or wholly on paper. */
  readonly medium: 'phones' | 'paper'
  /** None: everybody together. Else their numbers add up to `convened`. */
  readonly groups: readonly VoterGroup[]
  /** People convened, the absent among them. */
  readonly convened: number
  readonly absent: readonly { readonly reason: string; readonly count: number }[]
  readonly sparePercent: number
  /** Names of the counting team's members, as they will stand in the minutes. */
  readonly members: readonly string[]
  readonly threshold: number
  readonly minimumBallots: number
  readonly disclosure: Disclosure
  /** For the hall's screen: people join it by QR. */
  readonly wifi: { readonly name: string; readonly password: string } | null
}

// ── states ──────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 *     draft → sealing → pinning → sealed → printed → open → closed → counted
 *                                                              └──▶ void (from sealed on)
 *
 * `sealing`: members hold the ceremony. `pinning`: the manifest is there, not every member has signed it yet.
 * `sealed`: cards may be printed. `printed`: their secrets are wiped from the organiser's browser. *Restart* leads from
 * anything before `open` back to `draft` with everything of the ceremony thrown away; personal links stay good.
 *
 * On paper: draft → printed → open → counted, void from printed on (`wire/paper.ts`).
 */
export type State = 'draft' | 'sealing' | 'pinning' | 'sealed' | 'printed' | 'open' | 'closed' | 'counted' | 'void'

/** What needs a member's signature besides the organiser's press. */
export type Action = 'open' | 'close' | 'void' | 'publish'

// ── voters and anybody: /api/manifests/:start, /api/polls/:hash/… ───────────────────────────────────────────────
//
// GET  /api/manifests/:start     the manifest's text. start: base64url of the hash's first 20 bytes (27 characters, as on
//                                a scanned card), or its short code without hyphens (12 characters)
// GET  /api/polls/:hash          PublicView. hash: base64url of the whole manifest hash (43 characters)
// POST /api/polls/:hash/redeem   the protocol's bytes, section 5; answers the protocol's bytes
// POST /api/polls/:hash/cast     section 6; answers the receipt
// POST /api/polls/:hash/comment  section 7; answers the receipt
// POST /api/polls/:hash/void     32 token ‖ 64 signature; answers nothing (204)
// GET  /api/polls/:hash/record   once closed: the record's lines, application/x-ndjson; to its end once it is published
// GET  /api/polls/:hash/hall     HallView
// GET  /api/bundle               BundleView
// POST /api/try/:nonce           another device has reached the address (204)

export interface PublicView {
  readonly state: State
  readonly rehearsal: boolean
  /** Seconds that the last call still lasts, null when there was none. */
  readonly lastCall: number | null
  /** True once lines from `open` on are in the public record. */
  readonly published: boolean
}

export interface HallView {
  readonly title: string
  readonly unit: string
  readonly address: string
  readonly manifestCode: string
  readonly wifi: { readonly name: string; readonly password: string } | null
  readonly state: State
  readonly rehearsal: boolean
  readonly lastCall: number | null
  /** Cards that people may hold: convened less absent. */
  readonly expected: number
  /** In steps of five, a minute late; null while that would tell too much. */
  readonly redeemed: number | null
  readonly cast: number | null
}

/** The voting page's files, below `/voter/` (`index.html`, `assets/…`); the page that pins them hashes them itself. */
export interface BundleView {
  readonly files: readonly string[]
}

// ── the counting team: /api/members/:poll/:index, Authorization: Bearer <secret> ───────────────────────────────
//
// The personal link is `<address>/kiem-phieu#<poll, 22 characters>.<index>.<secret, 22 characters>`.
//
// GET  .            MemberView
// GET  ./record     once closed: the record's lines, to its end as far as it exists
// POST ./commit     { attempt, commitment }
// POST ./reveal     { attempt, package: PackageWire }          once all commitments are there
// POST ./boxes      { attempt, boxes: { "<index>": box } }     one for every other member
// POST ./confirm    { attempt, confirmation, rehearsal }       rehearsal: 32 bytes, this member's D of the test ciphertext
// POST ./stop       { attempt, code, where }                   the device found a cheat or a broken phone; all are told
// POST ./pin        { pin }
// POST ./sheet      { }                                        the recovery sheet was read back
// POST ./act        ActWire                                    signs what the organiser asked for
// POST ./open       { signature }
// POST ./shares     { shares: ShareWire[] }                    one per hidden sum, in the result's order
// POST ./result     { text, signature }
//
// Every POST answers 204. The same again is harmless; something else where something stands is `other-device`.
// A POST of an older attempt is `wrong-state`.

/** A member's package as the manifest writes it: bytes as base64url. */
export interface PackageWire {
  readonly index: number
  readonly name: string
  readonly signingKey: string
  readonly exchangeKey: string
  readonly commitments: readonly string[]
  readonly proof: string
}

export interface ShareWire {
  readonly sum: string
  readonly share: string
  readonly proof: string
}

/**
 * `signature` is over `L("act") ‖ manifestHash ‖ frame(action) ‖ u32 for each entry of handedOut`, by the member's
 * signing key (`crypto/act.ts`). `handedOut` is by group, in the manifest's order, for `close` only: otherwise empty.
 */
export interface ActWire {
  readonly action: Action
  readonly handedOut: readonly number[]
  readonly signature: string
}

export interface Asked {
  readonly action: Action
  /** For `void`. */
  readonly reason: string
  /** Who has signed, and for `close` with which numbers. */
  readonly signed: readonly { readonly index: number; readonly handedOut: readonly number[] }[]
  /** How many signatures it takes: 1, for `close` 2 with the same numbers. */
  readonly needed: number
}

/** Lists by member are in the order of their indices, null where nothing has come yet. */
export interface MemberView {
  readonly state: State
  readonly title: string
  readonly unit: string
  readonly rehearsal: boolean
  readonly index: number
  readonly names: readonly string[]
  readonly threshold: number
  /** Whose page has asked within the last ten seconds. */
  readonly present: readonly boolean[]
  /** Counts from 1; a restart adds one. Everything of an older attempt is thrown away. */
  readonly attempt: number
  /** The protocol's poll id, fresh in every attempt. */
  readonly pollId: string
  readonly commitments: readonly (string | null)[]
  /** All null until every commitment is there. */
  readonly packages: readonly (PackageWire | null)[]
  /** To this member, by sender; its own place is null. */
  readonly boxes: readonly (string | null)[]
  readonly confirmations: readonly (string | null)[]
  readonly rehearsals: readonly (string | null)[]
  /** A device ended this attempt. `by` is its member. */
  readonly stopped: { readonly by: number; readonly code: Fault['code']; readonly where: string } | null
  readonly manifest: string | null
  readonly pins: readonly (string | null)[]
  /** Whose recovery sheet was read back. */
  readonly sheets: readonly boolean[]
  readonly asked: Asked | null
  readonly voidReason: string | null
  readonly lastCall: number | null
  /** Only while a last call was made and the box is not closed. */
  readonly turnout: Turnout | null
  readonly closing: { readonly text: string; readonly signature: string } | null
  readonly openings: readonly (string | null)[]
  readonly shares: readonly (readonly ShareWire[] | null)[]
  readonly results: readonly ({ readonly text: string; readonly signature: string } | null)[]
  readonly comments: CommentsView | null
  readonly paper: PaperView | null
}

interface Turnout {
  readonly redeemed: number
  readonly cast: number
}

// ── the organiser: /api/organiser/…, session cookie ─────────────────────────────────────────────────────────────
//
// GET  .            OrganiserView
// POST ./polls      { rehearsal, follows }      follows: a void poll to run again, or null; answers { poll }
// GET  ./polls/:poll                            PollView
// PUT  ./polls/:poll/draft      { version, draft }          answers { version }
// POST ./polls/:poll/seal       { }                         draft → sealing
// POST ./polls/:poll/restart    { }                         anything before open → draft
// POST ./polls/:poll/manifest   { manifest, tokens }        sealing → pinning; tokens by group, ascending
// POST ./polls/:poll/printed    { }                         sealed → printed
// POST ./polls/:poll/ask        { action, reason, plainHttpRead, title }   title: the poll's, typed, for close and void
// POST ./polls/:poll/withdraw   { }
// PUT  ./polls/:poll/statement  StatementWire               from the draft until the box is opened (state `counted`)
// POST ./polls/:poll/delete     { title }                   a draft or a rehearsal only
// GET  ./polls/:poll/record                                 as members get it
//
// Every POST answers 204 unless it says otherwise.

export interface OrganiserView {
  /** Addresses at which this machine can be reached now, the likeliest first. PUBLIC_URL alone where it is set. */
  readonly addresses: readonly string[]
  readonly polls: readonly PollSummary[]
}

interface PollSummary {
  readonly poll: string
  readonly title: string
  readonly medium: Draft['medium']
  readonly state: State
  readonly rehearsal: boolean
}

export interface PollView {
  readonly poll: string
  readonly rehearsal: boolean
  readonly state: State
  readonly version: number
  readonly draft: Draft
  /** Of this machine now, as in OrganiserView. */
  readonly addresses: readonly string[]
  /** For the QR by which a second device tries the address: `<address>/thu#<nonce>`. */
  readonly nonce: string
  /** A second device has reached the address that the draft names. */
  readonly tried: boolean
  /** The secrets of the members' personal links, by index. */
  readonly links: readonly string[]
  /** What the manifest needs, from `sealing` on. */
  readonly keys: {
    readonly receiptKey: string
    /** By group. */
    readonly issuers: readonly string[]
    /** By prompt. */
    readonly commentIssuers: readonly string[]
  } | null
  /** Where cards are redeemed, as the manifest is to name it; null: here (`ROLE`). */
  readonly redeemAt: string | null
  /** As the members see it; `index` is 0 and `boxes` are empty. Null for a draft. */
  readonly team: MemberView | null
  readonly manifestHash: string | null
  /** Of a poll that is run again. */
  readonly follows: string | null
  readonly voidReason: string | null
  readonly published: boolean
  /** The frozen pack that the draft names; null where it names none. */
  readonly pack: PackText | null
  /** What people stated for the rules; fixed once the box is opened. */
  readonly stated: StatementWire | null
  /** The outcome text; null before the count or without rules. */
  readonly outcome: string | null
  /** Of a draft: rounds that were counted, of the same unit and about one of the same subjects, the latest first. */
  readonly earlier: readonly EarlierRound[]
}

/** What an earlier round opened, without its counts. */
export interface EarlierRound {
  readonly title: string
  readonly date: string
  readonly unions: readonly EarlierUnion[]
}
