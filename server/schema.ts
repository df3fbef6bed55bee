/**
 * Tables and migrations. A migration is frozen once it was released.
 *
 * What is deliberately absent: no time, address, browser or running number anywhere near a card, a redemption or a
 * ballot; no column that a redemption and a cast have in common but the poll; no hidden row number (`without rowid`,
 * keyed by content), so that no order of arrival is kept. Times stand only where an organiser's session needs them and
 * for the last call.
 */
import type { State } from './wire.ts'

export interface Schema {
  /** The organiser's password (scrypt) and the hash of the set-up link. */
  setting: { name: string; value: string }
  /** Only the hash of a session's token is stored. */
  session: { token_hash: Uint8Array; created_ms: number; seen_ms: number }
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
  /** What may be stored now: `shut`, `void-only` (cards handed back before opening) or `open`. */
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
  closing: string | null
  closing_signature: Uint8Array | null
  follows: Uint8Array | null
  void_reason: string | null
  published: number
}

/** One entry a release; each is a list of statements. */
export const MIGRATIONS: readonly (readonly string[])[] = [
  [
    `create table setting (
      name text primary key, value text not null
    ) strict, without rowid`,
    `create table session (
      token_hash blob primary key check (length(token_hash) = 32),
      created_ms integer not null, seen_ms integer not null
    ) strict, without rowid`,
    `create table poll (
      id blob primary key check (length(id) = 16),
      rehearsal integer not null check (rehearsal in (0, 1)),
      state text not null check (state in
        ('draft', 'sealing', 'pinning', 'sealed', 'printed', 'open', 'closed', 'counted', 'void')),
      gate text not null check (gate in ('shut', 'void-only', 'open')),
      version integer not null,
      draft text not null,
      nonce text not null,
      tried text not null,
      attempt integer not null,
      run blob unique check (length(run) = 16),
      keys text,
      manifest_hash blob unique check (length(manifest_hash) = 32),
      manifest text,
      asked text,
      last_call_ms integer,
      closing text,
      closing_signature blob,
      follows blob references poll (id) on delete set null,
      void_reason text,
      published integer not null check (published in (0, 1)),
      check ((manifest is null) = (manifest_hash is null)),
      check ((closing is null) = (closing_signature is null)),
      check ((closing is not null) or state not in ('closed', 'counted')),
      check (gate = 'shut' or closing is null)
    ) strict, without rowid`,
    `create table member (
      poll blob not null references poll (id) on delete cascade, idx integer not null, secret text not null,
      primary key (poll, idx)
    ) strict, without rowid`,
    `create table message (
      poll blob not null references poll (id) on delete cascade,
      step text not null, sender integer not null, recipient integer not null, body text not null,
      primary key (poll, step, sender, recipient)
    ) strict, without rowid`,
    `create table token (
      poll blob not null references poll (id) on delete cascade,
      token blob not null check (length(token) = 32), grp integer not null,
      primary key (poll, token)
    ) strict, without rowid`,
    // A redemption needs an open gate; a card handed back may be voided before opening too.
    `create table spent (
      poll blob not null, token blob not null, request blob not null, answer blob,
      gate text not null check (gate = 'open' or (answer is null and gate = 'void-only')),
      primary key (poll, token),
      foreign key (poll, token) references token (poll, token) on delete cascade
    ) strict, without rowid`,
    `create table cast (
      poll blob not null references poll (id) on delete cascade,
      kind integer not null, key blob not null check (length(key) = 32), grp integer not null,
      bytes blob not null, sealed blob, receipt blob not null,
      gate text not null check (gate = 'open'),
      primary key (poll, kind, key)
    ) strict, without rowid`,
  ],
]
