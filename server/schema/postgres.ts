/** The tables in PostgreSQL's words, plain SQL without extensions, and how a database is stamped with their version. */
import { DIRECTORY, type Part, POLL, VERSION } from './tables.ts'

/** Errors of class 23, as every other constraint: 23001 is `restrict_violation`. */
const RULES: readonly string[] = [
  `create function frozen() returns trigger language plpgsql as $$ begin
    raise exception 'frozen' using errcode = '23001';
  end $$`,
  `create function append_only() returns trigger language plpgsql as $$ begin
    if tg_op = 'DELETE' and not exists (select 1 from poll where id = old.poll) then return old; end if;
    raise exception 'append-only' using errcode = '23001';
  end $$`,
]

const inItsWords = (...parts: readonly Part[]): readonly string[] => [
  ...parts.flatMap(({ tables }) => tables.map(inItsTypes)),
  ...RULES,
  ...parts.flatMap(({ frozen, appendOnly }) => [
    ...frozen.map(table => guard(table, 'frozen')),
    ...appendOnly.map(table => guard(table, 'append_only')),
  ]),
]

/** Text is ordered by its bytes, as everywhere else, whatever language the server speaks. */
const inItsTypes = (table: string): string =>
  table
    .replaceAll(/\b(\w+) text\b/g, '$1 text collate "C"')
    .replaceAll(/\bblob\b/g, 'bytea')
    .replaceAll(/\binteger\b/g, 'bigint')
    .replace(/ strict, without rowid$/, '')

const guard = (table: string, rule: string): string =>
  `create trigger ${table}_stays before update or delete on ${table} for each row execute function ${rule}()`

/**
 * For one transaction. Of several processes that begin it on an empty database one can make the first table, by which
 * the others know; its row, written last, says that all are there, also where an engine makes tables one by one.
 */
export const TABLES: readonly string[] = [
  'create table release (one bigint primary key check (one = 1), version bigint not null)',
  ...inItsWords(DIRECTORY, POLL),
  `insert into release values (1, ${VERSION})`,
]
