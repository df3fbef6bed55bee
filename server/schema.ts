/**
 * What the tables hold. They stand in two parts, which refer to one another by nothing but a poll's handle, so that they
 * may lie in one database or the second in one for each poll (`db.ts`); statements are in `schema/`.
 *
 * What is deliberately absent: no time, address, browser or running number anywhere near a card, a redemption or a
 * ballot; no column that a redemption and a cast have in common but the poll; no hidden row number (`without rowid`,
 * keyed by content), so that no order of arrival is kept. Times stand only where a session needs them and for the last
 * call; days and hours of the meeting are what people wrote into papers. What is numbered (entries, scans, copies) came
 * after the count.
 */
import type { Role, Stamp } from './wire/leader.ts'
import type { State } from './wire.ts'

/** People, packs, and which polls there are. */
export interface DirectoryTables {
  /** The hash of the set-up link. */
  setting: { name: string; value: string }
  /** Accounts. `password` (scrypt) is null until the invitation, of which only the hash is stored, was used. */
  person: {
    id: Uint8Array
    login: string | null
    name: string
    role: Role
    password: string | null
    invitation: Uint8Array | null
    /** 1: every poll; 0: those that `person_poll` names. */
    everything: number
  }
  person_poll: { person: Uint8Array; poll: Uint8Array }
  /** Only the hash of a session's token is stored. */
  session: { token_hash: Uint8Array; person: Uint8Array; created_ms: number; seen_ms: number }
  /** Rule packs that two people froze here; those that came with the program are files. Never changed, never deleted. */
  pack: { sha256: Uint8Array; id: string; version: number; text: string; entered_by: string; confirmed_by: string }
  pack_draft: {
    id: Uint8Array
    version: number
    text: string
    /** Null once that account has ended. */
    changed_by: Uint8Array | null
    proposed_by: Uint8Array | null
  }
  /** Every poll; `nonce` is what another device sends to try its address. */
  listing: { poll: Uint8Array; nonce: string }
  /** By which polls are found from a card. A hint: which manifest is the present one, the poll itself says. */
  listed_manifest: { hash: Uint8Array; poll: Uint8Array }
}

/** What is one poll's, from draft to dossier. */
export interface PollTables {
  /** What followed from a count, in the order in which it was written down. Only ever added to. */
  entry: { poll: Uint8Array; n: number; body: string; by_person: Uint8Array; by_name: string }
  /** One confirmation an entry, by another person. */
  confirmation: { poll: Uint8Array; n: number; by_person: Uint8Array; by_name: string }
  /** Signed papers, scanned. */
  scan: { poll: Uint8Array; n: number; name: string; type: string; bytes: Uint8Array; by_name: string }
  /** Of forms printed under a secrecy stamp, by number. */
  copy: { poll: Uint8Array; number: number; form: string; recipient: string; by_name: string }
  /** Members' shares of comments, in boxes that only the one who combines can open. */
  comment_box: { poll: Uint8Array; sender: number; recipient: number; bytes: Uint8Array }
  /** The comments for the competent authority, under a key that the server never sees. */
  comment_file: { poll: Uint8Array; sender: number; bytes: Uint8Array }
  poll: PollTable
  /** The counting team's personal links. Trusted: who has one can take part in the ceremony in that member's place. */
  member: { poll: Uint8Array; idx: number; secret: string }
  /** What members' phones say to one another and sign, step by step; thrown away by a restart. */
  message: { poll: Uint8Array; step: string; sender: number; recipient: number; body: string }
  /** Public keys of the cards. */
  token: { poll: Uint8Array; token: Uint8Array; grp: number }
  /** A card redeemed (`answer` is there) or voided: one row a card, ever. */
  spent: {
    poll: Uint8Array
    token: Uint8Array
    request: Uint8Array
    answer: Uint8Array | null
    gate: string
  }
  /** The board. `key` is fresh for each ballot and envelope. */
  cast: {
    poll: Uint8Array
    kind: number
    key: Uint8Array
    grp: number
    bytes: Uint8Array
    sealed: Uint8Array | null
    receipt: Uint8Array
    gate: string
  }
}

interface PollTable {
  /** The organiser's handle, 16 random bytes; stays over restarts. */
  id: Uint8Array
  rehearsal: number
  state: State
  /**
   * What may be stored now: `shut`, `void-only` (cards handed back before opening) or `open`. A round on paper that is
   * open with its gate shut is being counted.
   */
  gate: string
  version: number
  draft: string
  nonce: string
  /** The address that another device has reached. */
  tried: string
  attempt: number
  /** The protocol's poll id, fresh in every attempt. */
  run: Uint8Array | null
  /** Secrets of the box. Trusted: who has them can issue credentials and sign receipts. Issuer keys go public at closing. */
  keys: string | null
  manifest_hash: Uint8Array | null
  manifest: string | null
  asked: string | null
  last_call_ms: number | null
  /** Of a round on paper the count (`PaperCount`), with an empty signature. */
  closing: string | null
  closing_signature: Uint8Array | null
  follows: Uint8Array | null
  void_reason: string | null
  published: number
  /** What people stated for the rules (`StatementWire`), fixed once the box is opened. */
  stated: string | null
  /** `MinutesFacts`; not changed once sealed. */
  minutes: string | null
  minutes_version: number
  minutes_sealed: number
  stamp: Stamp
}
