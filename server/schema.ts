/**
 * Tables and migrations. A migration is frozen once it was released.
 *
 * What is deliberately absent: no time, address, browser or running number anywhere near a card, a redemption or a
 * ballot; no column that a redemption and a cast have in common but the poll; no hidden row number (`without rowid`,
 * keyed by content), so that no order of arrival is kept. Times stand only where a session needs them and for the last
 * call; days and hours of the meeting are what people wrote into papers. What is numbered (entries, scans, copies) came
 * after the count.
 */
import type { Role, Stamp } from './wire/leader.ts'
import type { State } from './wire.ts'

export interface Schema {
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
  [
    `create table person (
      id blob primary key check (length(id) = 16),
      login text unique, name text not null,
      role text not null check (role in ('organiser', 'secretary', 'authority', 'auditor')),
      password text, invitation blob unique check (length(invitation) = 32),
      everything integer not null check (everything in (0, 1)),
      check ((login is null) = (password is null))
    ) strict, without rowid`,
    `create table person_poll (
      person blob not null references person (id) on delete cascade,
      poll blob not null references poll (id) on delete cascade,
      primary key (person, poll)
    ) strict, without rowid`,
    `insert into person (id, login, name, role, password, invitation, everything)
      select randomblob(16), 'to-chuc', 'Người tổ chức', 'organiser', value, null, 1 from setting
      where name = 'password'`,
    `delete from setting where name = 'password'`,
    `drop table session`,
    `create table session (
      token_hash blob primary key check (length(token_hash) = 32),
      person blob not null references person (id) on delete cascade,
      created_ms integer not null, seen_ms integer not null
    ) strict, without rowid`,
    `create table pack (
      sha256 blob primary key check (length(sha256) = 32),
      id text not null, version integer not null, text text not null,
      entered_by text not null, confirmed_by text not null,
      unique (id, version)
    ) strict, without rowid`,
    `create trigger pack_stays before update on pack begin select raise(abort, 'frozen'); end`,
    `create trigger pack_remains before delete on pack begin select raise(abort, 'frozen'); end`,
    `create table pack_draft (
      id blob primary key check (length(id) = 16),
      version integer not null, text text not null,
      changed_by blob references person (id) on delete set null,
      proposed_by blob references person (id) on delete set null
    ) strict, without rowid`,
    `create table entry (
      poll blob not null references poll (id) on delete cascade, n integer not null check (n > 0),
      body text not null, by_person blob not null, by_name text not null,
      primary key (poll, n)
    ) strict, without rowid`,
    `create table confirmation (
      poll blob not null, n integer not null, by_person blob not null, by_name text not null,
      primary key (poll, n),
      foreign key (poll, n) references entry (poll, n) on delete cascade
    ) strict, without rowid`,
    // Append-only; rows go with their poll alone, which is gone already when its rows are deleted after it.
    `create trigger entry_stays before update on entry begin select raise(abort, 'append-only'); end`,
    `create trigger entry_remains before delete on entry
      when exists (select 1 from poll where id = old.poll) begin select raise(abort, 'append-only'); end`,
    `create trigger confirmation_stays before update on confirmation begin select raise(abort, 'append-only'); end`,
    `create trigger confirmation_remains before delete on confirmation
      when exists (select 1 from poll where id = old.poll) begin select raise(abort, 'append-only'); end`,
    `create table scan (
      poll blob not null references poll (id) on delete cascade, n integer not null check (n > 0),
      name text not null, type text not null, bytes blob not null, by_name text not null,
      primary key (poll, n)
    ) strict, without rowid`,
    `create table copy (
      poll blob not null references poll (id) on delete cascade, number integer not null check (number > 0),
      form text not null, recipient text not null, by_name text not null,
      primary key (poll, number)
    ) strict, without rowid`,
    `alter table poll add column stated text`,
    `alter table poll add column minutes text`,
    `alter table poll add column minutes_version integer not null default 0`,
    `alter table poll add column minutes_sealed integer not null default 0 check (minutes_sealed in (0, 1))`,
    `alter table poll add column stamp text not null default '' check (stamp in ('', 'mat', 'toi-mat', 'tuyet-mat'))`,
    `update poll set draft = json_set(draft, '$.pack', null, '$.date', '', '$.reviewed', '', '$.summary', '')`,
  ],
  [
    // Criteria become questions; everything else that a draft says now was so before without being said.
    `update poll set draft = json_remove(json_set(draft,
      '$.questions', case when draft ->> '$.template' = 'criteria' then (
        select json_group_array(json_object('kind', 'graded', 'title', value, 'options', json('[]'), 'max', 1))
        from json_each(poll.draft, '$.criteria')
      ) else json('[]') end,
      '$.prompts', json('[]'), '$.from', '', '$.medium', 'phones', '$.groups', json('[]')
    ), '$.criteria')`,
    `create table comment_box (
      poll blob not null references poll (id) on delete cascade,
      sender integer not null, recipient integer not null, bytes blob not null,
      primary key (poll, sender, recipient)
    ) strict, without rowid`,
    `create table comment_file (
      poll blob primary key references poll (id) on delete cascade,
      sender integer not null, bytes blob not null
    ) strict, without rowid`,
  ],
]
