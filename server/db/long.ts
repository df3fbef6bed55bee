/**
 * Values that are too long for a row of a Durable Object (2 MB together, so 256 KB each), kept in parts. In their place
 * stands a reference, which is the same for the same value, so that statements may compare; reading puts the value back.
 * What nothing refers to any more is deleted.
 */
import { compare, concat, equal, fromBase64url, toBase64url, utf8 } from '../../crypto/bytes.ts'
import { sha256 } from '../../crypto/transcript.ts'
import type { Row, Value } from './asked.ts'

/** Runs one statement in the object. Bytes come as `ArrayBuffer`. */
export type Run = (sql: string, ...parameters: readonly Value[]) => readonly Row[]

const LONGEST_BYTES = 256 * 1024
const PART_BYTES = 1024 * 1024

export const LONG = 'long_value'

export const LONG_TABLE = `create table long_value (
  hash blob not null check (length(hash) = 32), n integer not null, part blob not null,
  primary key (hash, n)
) strict, without rowid`

interface Part {
  readonly hash: Uint8Array
  readonly n: number
  readonly part: Uint8Array
}

/** Before a hash. What looks like a reference by itself is put away like what is long. */
const MARK = utf8('phieukin in parts')
const TEXT_MARK = 'phieukin in parts:'
const BYTES = MARK.length + 32
const CHARS = TEXT_MARK.length + 43

/** The hash that a reference names; null for everything else. */
function referred(value: unknown): Uint8Array | null {
  if (typeof value === 'string')
    return value.length === CHARS && value.startsWith(TEXT_MARK) ? fromBase64url(value.slice(TEXT_MARK.length)) : null
  if (!(value instanceof Uint8Array) || value.length !== BYTES) return null
  return equal(value.subarray(0, MARK.length), MARK) ? value.slice(MARK.length) : null
}

/** What stands in the row. */
export function put(run: Run, value: Value): Value {
  if (value === null || typeof value === 'number') return value
  // A character is three bytes at most.
  const isShort = value.length * (typeof value === 'string' ? 3 : 1) <= LONGEST_BYTES
  if (isShort && referred(value) === null) return value
  const bytes = typeof value === 'string' ? utf8(value) : value
  const hash = sha256(bytes)
  for (let n = 0; n === 0 || n * PART_BYTES < bytes.length; n++)
    run(
      'insert into long_value (hash, n, part) values (?, ?, ?) on conflict do nothing',
      hash,
      n,
      bytes.slice(n * PART_BYTES, (n + 1) * PART_BYTES),
    )
  return typeof value === 'string' ? TEXT_MARK + toBase64url(hash) : concat(MARK, hash)
}

/** A statement that asks how long bytes are, asking it of what was put away too. */
export const measuring = (sql: string): string =>
  sql.replaceAll(
    /\blength\((\w+)\)/g,
    `coalesce((select sum(length(part)) from long_value where hash = substr($1, ${MARK.length + 1})), length($1))`,
  )

/** What was put away under it. */
export function whole(run: Run, found: unknown): Value {
  const value = found instanceof ArrayBuffer ? new Uint8Array(found) : (found as Value)
  const hash = referred(value)
  if (hash === null) return value
  const parts = run('select part from long_value where hash = ? order by n', hash)
  const bytes = concat(...parts.map(({ part }) => new Uint8Array(part as ArrayBuffer)))
  return typeof value === 'string' ? new TextDecoder().decode(bytes) : bytes
}

/** The parts of what these tables refer to, as they lie, in the order of their keys. */
export function partsIn(run: Run, tables: readonly string[]): readonly Part[] {
  const used = new Map(tables.flatMap(table => referencesIn(run, table)).map(hash => [toBase64url(hash), hash]))
  return [...used.values()].sort(compare).flatMap(hash =>
    run('select n, part from long_value where hash = ? order by n', hash).map(({ n, part }) => ({
      hash,
      n: n as number,
      part: new Uint8Array(part as ArrayBuffer),
    })),
  )
}

/** Deletes what nothing in these tables refers to. */
export function forgetUnused(run: Run, tables: readonly string[]): void {
  const kept = run('select distinct hash from long_value').map(({ hash }) => whole(run, hash) as Uint8Array)
  if (kept.length === 0) return
  const used = tables.flatMap(table => referencesIn(run, table))
  for (const hash of kept) if (!used.some(one => equal(one, hash))) run('delete from long_value where hash = ?', hash)
}

const referencesIn = (run: Run, table: string): readonly Uint8Array[] =>
  run("select name from pragma_table_info(?) where lower(type) in ('text', 'blob')", table).flatMap(({ name }) =>
    run(`select "${name}" as value from "${table}" where length("${name}") in (?, ?)`, BYTES, CHARS).flatMap(
      ({ value }) => referred(value instanceof ArrayBuffer ? new Uint8Array(value) : value) ?? [],
    ),
  )
