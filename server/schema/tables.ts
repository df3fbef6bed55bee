/**
 * The present tables, with which every new database begins, in words that SQLite and PostgreSQL share but for types and
 * storage (`inPostgres`). Guards are constraints: a lost race breaks one. What a release changes, it changes here and in
 * `migrations.ts`.
 */

/** Tables with the kinds of guard that need a trigger, which each engine words for itself. */
export interface Part {
  readonly tables: readonly string[]
  /** Never changed, never deleted. */
  readonly frozen: readonly string[]
  /** Never changed; deleted with their poll alone, which is gone already when its rows are deleted after it. */
  readonly appendOnly: readonly string[]
}

/** How many releases changed the tables: what a database is stamped with. */
export const VERSION = 4

export const DIRECTORY: Part = {
  tables: [
    `create table setting (
      name text primary key, value text not null
    ) strict, without rowid`,
    `create table person (
      id blob primary key check (length(id) = 16),
      login text unique, name text not null,
      role text not null check (role in ('organiser', 'secretary', 'authority', 'auditor')),
      password text, invitation blob unique check (length(invitation) = 32),
      everything integer not null check (everything in (0, 1)),
      check ((login is null) = (password is null))
    ) strict, without rowid`,
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
    `create table pack_draft (
      id blob primary key check (length(id) = 16),
      version integer not null, text text not null,
      changed_by blob references person (id) on delete set null,
      proposed_by blob references person (id) on delete set null
    ) strict, without rowid`,
    `create table listing (
      poll blob primary key check (length(poll) = 16), nonce text not null unique
    ) strict, without rowid`,
    `create table listed_manifest (
      hash blob primary key check (length(hash) = 32),
      poll blob not null references listing (poll) on delete cascade
    ) strict, without rowid`,
    `create table person_poll (
      person blob not null references person (id) on delete cascade,
      poll blob not null references listing (poll) on delete cascade,
      primary key (person, poll)
    ) strict, without rowid`,
  ],
  frozen: ['pack'],
  appendOnly: [],
}

export const POLL: Part = {
  tables: [
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
      follows blob,
      void_reason text,
      published integer not null check (published in (0, 1)),
      stated text,
      minutes text,
      minutes_version integer not null default 0,
      minutes_sealed integer not null default 0 check (minutes_sealed in (0, 1)),
      stamp text not null default '' check (stamp in ('', 'mat', 'toi-mat', 'tuyet-mat')),
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
    `create table "cast" (
      poll blob not null references poll (id) on delete cascade,
      kind integer not null, key blob not null check (length(key) = 32), grp integer not null,
      bytes blob not null, sealed blob, receipt blob not null,
      gate text not null check (gate = 'open'),
      primary key (poll, kind, key)
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
  frozen: [],
  appendOnly: ['entry', 'confirmation'],
}

/** The statements of these parts in SQLite's words: of a file, a Durable Object, D1. */
export const inSqlite = (...parts: readonly Part[]): readonly string[] =>
  parts.flatMap(({ tables, frozen, appendOnly }) => [
    ...tables,
    ...frozen.flatMap(table => [
      `create trigger ${table}_stays before update on ${table} begin select raise(abort, 'frozen'); end`,
      `create trigger ${table}_remains before delete on ${table} begin select raise(abort, 'frozen'); end`,
    ]),
    ...appendOnly.flatMap(table => [
      `create trigger ${table}_stays before update on ${table} begin select raise(abort, 'append-only'); end`,
      `create trigger ${table}_remains before delete on ${table}
      when exists (select 1 from poll where id = old.poll) begin select raise(abort, 'append-only'); end`,
    ]),
  ])
