/**
 * Accounts, and what they read and write once a poll is counted.
 *
 * /api/account
 *     POST ./setup    { link, password }              the terminal's link makes the first organiser; 204 and a session
 *     POST ./login    { login, password }             204 and a session; the first organiser's login is `to-chuc`
 *     POST ./invited  { invitation, login, password } a one-time link `<address>/lanh-dao#moi.<22 characters>`; 204 and a session
 *     POST ./logout   { }                             204
 *     GET  ./me       Me
 *     GET  ./people   PersonView[]                    } organiser
 *     POST ./people   { name, role, polls }           } answers { invitation }; the link is shown once
 *     POST ./people/:person/polls   { polls }         } null: all of them
 *     POST ./people/:person/invite  { }               } a new link: a lost password; ends that person's sessions
 *     POST ./people/:person/remove  { }               } the account ends; what the person confirmed stays
 *
 * /api/leader, any account; each answer holds what the role may see
 *     GET  .                          LeaderPoll[]
 *     GET  ./polls/:poll              DossierView
 *     POST ./polls/:poll/entries      EntryBody                      organiser, secretary; a decision: authority too;
 *                                                                    themes of comments: authority alone
 *     GET  ./polls/:poll/comments     wire/comments.ts               authority alone
 *     POST ./polls/:poll/confirm      { n }                          another person than who wrote entry n
 *     PUT  ./polls/:poll/minutes      { version, facts }             organiser, secretary; answers { version }
 *     POST ./polls/:poll/minutes/seal { version }                    no change after it
 *     POST ./polls/:poll/scans        bytes of a PDF, PNG or JPEG (content-type says which; name in the query), ≤ 20 MB
 *     GET  ./polls/:poll/scans/:n
 *     POST ./polls/:poll/stamp        { stamp }                      organiser, authority; may only be raised
 *     POST ./polls/:poll/copies       { form, recipient }            answers { number }; with a stamp, before printing
 *     GET  ./polls/:poll/forms/:form?profile=           Form (reports/form.ts) as JSON, for the print page
 *     GET  ./polls/:poll/forms/:form/docx?profile=      the same as .docx
 *     GET  ./polls/:poll/results.xlsx
 *     GET  ./polls/:poll/archive                        one .zip
 *
 * With a stamp set docx, xlsx, archive, scans and the record are refused (`secret`), nothing is published, and a form is
 * printed only with the number of a copy: `?copy=N`.
 */
import type { PaperContest } from '../rules/contests.ts'
import type { Draft, State } from '../wire.ts'
import type { StatementWire } from './packs.ts'
import type { PaperCount } from './paper.ts'

/** Who may do what stands in `people.ts`. */
export type Role = 'organiser' | 'secretary' | 'authority' | 'auditor'

export interface Me {
  readonly person: string
  readonly name: string
  readonly login: string
  readonly role: Role
}

export interface PersonView {
  readonly person: string
  readonly name: string
  readonly login: string
  readonly role: Role
  /** Handles of polls; null: all. */
  readonly polls: readonly string[] | null
  /** False while the invitation was not used. */
  readonly arrived: boolean
}

export interface LeaderPoll {
  readonly poll: string
  readonly title: string
  readonly unit: string
  readonly period: string
  readonly date: string
  readonly state: State
  readonly medium: Draft['medium']
  readonly rehearsal: boolean
  /** Entries whose deadline has passed without a result. */
  readonly overdue: number
}

export type Stamp = '' | 'mat' | 'toi-mat' | 'tuyet-mat'
export type Profile = 'state' | 'party-2018' | 'party-2026'

/** A decision, a plan, … about one subject (index in the manifest's order), or about the whole poll (null). */
export type EntryBody = { readonly subject: number | null } & (
  | {
      /** What the competent authority decided; counts once a second person has confirmed it. */
      readonly kind: 'decision'
      readonly authority: string
      readonly date: string
      readonly number: string
      readonly text: string
      /** Of the handling forms (`regulations`, section 5), or empty. */
      readonly measure: string
    }
  | {
      /** Nothing follows, by decision too: the matter is closed with a reason. */
      readonly kind: 'closed'
      readonly date: string
      readonly text: string
    }
  | {
      readonly kind: 'plan'
      /** What falls short. */
      readonly limits: string
      readonly measures: readonly { readonly text: string; readonly deadline: string; readonly who: string }[]
    }
  /** `plan`: n of the plan's entry; `measure`: which line of it. */
  | {
      readonly kind: 'progress'
      readonly plan: number
      readonly measure: number
      readonly date: string
      readonly text: string
      readonly done: boolean
    }
  | { readonly kind: 'complaint'; readonly date: string; readonly text: string; readonly from: string }
  | { readonly kind: 'settled'; readonly complaint: number; readonly date: string; readonly text: string }
  | { readonly kind: 'recount'; readonly date: string; readonly text: string }
  | { readonly kind: 'retention'; readonly until: string; readonly basis: string }
  | { readonly kind: 'note'; readonly date: string; readonly text: string }
  /**
   * What comments come to, in the authority's own words. `count`: how many people wrote of the theme at least; null: fewer
   * than `minimumBallots`.
   */
  | {
      readonly kind: 'themes'
      readonly date: string
      readonly themes: readonly { readonly title: string; readonly count: number | null; readonly text: string }[]
    }
)

export interface EntryView {
  readonly n: number
  readonly body: EntryBody
  readonly by: string
  /** Who confirmed it; null while nobody has. */
  readonly confirmedBy: string | null
  /** True if you may confirm it. */
  readonly yours: boolean
}

/** What people add to the counts for the minutes (form B); numbers of cards follow from the record. */
export interface MinutesFacts {
  readonly number: string
  readonly place: string
  readonly startedAt: string
  readonly endedAt: string
  readonly chair: string
  readonly secretary: string
  /** Titles of the counting team's members, in the manifest's order; the first is its head. */
  readonly titles: readonly string[]
  readonly witnesses: readonly string[]
  /** Cards that nobody took and cards handed back: with those handed out they make up all that were printed. */
  readonly unused: number
  readonly exchanged: number
  readonly complaints: string
  readonly opinions: string
  readonly copies: number
  readonly envelopes: number
  readonly keeper: string
  readonly superior: string
  readonly organisation: string
  readonly recipients: readonly string[]
}

export interface DossierView {
  readonly poll: LeaderPoll
  readonly role: Role
  readonly unit: string
  readonly basis: string
  readonly manifestHash: string
  readonly published: boolean
  readonly disclosure: 'meeting' | 'authority' | 'public'
  /** Texts of the record, from which the page shows everything: null before the count. */
  readonly manifest: string
  readonly closing: string | null
  readonly result: string | null
  readonly outcome: string | null
  readonly stated: StatementWire | null
  /** Earlier and equivalent rounds that you may see, for comparison. */
  readonly others: readonly OtherRound[]
  readonly entries: readonly EntryView[]
  readonly minutes: { readonly version: number; readonly facts: MinutesFacts; readonly sealed: boolean }
  readonly scans: readonly { readonly n: number; readonly name: string; readonly size: number; readonly by: string }[]
  readonly stamp: Stamp
  readonly copies: readonly { readonly number: number; readonly form: string; readonly recipient: string }[]
  readonly absent: readonly { readonly reason: string; readonly count: number }[]
  readonly printed: number
  /** Of a round on paper: what stands there in place of `manifest`, `closing` and `result`, which are empty. */
  readonly paper: {
    readonly contests: readonly PaperContest[]
    readonly team: readonly string[]
    readonly count: PaperCount | null
  } | null
  /** The encrypted file of comments lies ready, and this reader may fetch it. */
  readonly comments: boolean
}

export interface OtherRound {
  readonly poll: string
  readonly title: string
  readonly unit: string
  readonly period: string
  readonly date: string
  readonly manifest: string
  readonly result: string
  /** Of a round on paper, in place of the two. */
  readonly paper: DossierView['paper']
}
