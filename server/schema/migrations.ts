/**
 * How a file of an older release is brought to the present tables (`tables.ts`), where a new database begins; a test
 * holds both to be the same. One entry a release; each is a list of statements, frozen once it was released. Applied
 * with foreign keys off, which are checked before the transaction ends.
 *
 * Releases before the fourth knew SQLite files alone.
 */
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
  [
    // The third made of criteria a text that holds questions, not questions.
    `update poll set draft = json_set(draft, '$.questions', json(draft ->> '$.questions'))
      where json_type(draft, '$.questions') = 'text'`,
    // People and packs part from polls (tables.ts): a list of polls, and nothing that refers from one part to the other.
    `create table listing (
      poll blob primary key check (length(poll) = 16), nonce text not null unique
    ) strict, without rowid`,
    `insert into listing (poll, nonce) select id, nonce from poll`,
    `create table listed_manifest (
      hash blob primary key check (length(hash) = 32),
      poll blob not null references listing (poll) on delete cascade
    ) strict, without rowid`,
    `insert into listed_manifest (hash, poll) select manifest_hash, id from poll where manifest_hash is not null`,
    `create table given (
      person blob not null references person (id) on delete cascade,
      poll blob not null references listing (poll) on delete cascade,
      primary key (person, poll)
    ) strict, without rowid`,
    `insert into given (person, poll) select person, poll from person_poll`,
    `drop table person_poll`,
    `alter table given rename to person_poll`,
    `create table unbound (
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
    `insert into unbound select * from poll`,
    `drop trigger entry_remains`,
    `drop trigger confirmation_remains`,
    `drop table poll`,
    `alter table unbound rename to poll`,
    `create trigger entry_remains before delete on entry
      when exists (select 1 from poll where id = old.poll) begin select raise(abort, 'append-only'); end`,
    `create trigger confirmation_remains before delete on confirmation
      when exists (select 1 from poll where id = old.poll) begin select raise(abort, 'append-only'); end`,
  ],
]
