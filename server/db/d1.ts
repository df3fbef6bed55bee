/**
 * The directory on Cloudflare's D1: one SQLite database for people, packs and which polls there are. A `batch` takes
 * effect as a whole or not at all, and is answered once it is stored.
 *
 * Trust: whoever holds the account reads it, and can set it back to any minute of the last 30 days (Time Travel, which
 * cannot be switched off). Nothing of a vote lies here.
 */
import type { D1Database, D1PreparedStatement } from '@cloudflare/workers-types'
import { Away, Conflict, type Directory, DiskFull, NewerDatabase } from '../db.ts'
import { DIRECTORY, inSqlite, VERSION } from '../schema/tables.ts'
import type { DirectoryTables } from '../schema.ts'
import { type Row, readingBy, type Statement, statementOf } from './asked.ts'

export function d1Directory(database: D1Database): Directory {
  let isReady = false

  /** Whoever comes first makes the tables; who comes at the same time breaks on them, and finds them made. */
  async function ready(): Promise<void> {
    if (isReady) return
    if ((await versionOf(database)) === null)
      await database.batch(BEGIN.map(sql => database.prepare(sql))).catch(async error => {
        if ((await versionOf(database)) === null) throw error
      })
    if ((await versionOf(database))! > VERSION) throw new NewerDatabase()
    isReady = true
  }

  const prepared = ({ sql, parameters }: Statement): D1PreparedStatement =>
    database.prepare(sql).bind(...parameters.map(value => (value instanceof Uint8Array ? value.buffer : value)))

  async function answered<T>(ask: () => Promise<T>): Promise<T> {
    try {
      await ready()
      return await ask()
    } catch (error) {
      throw named(error)
    }
  }

  return {
    read: readingBy<DirectoryTables>(statement =>
      answered(async () => (await prepared(statement).all<Row>()).results.map(plain)),
    ),
    write: statements =>
      answered(async () => {
        if (statements.length > 0) await database.batch(statements.map(one => prepared(statementOf(one.compile()))))
      }),
  }
}

const BEGIN = [
  'create table release (version integer primary key) strict',
  ...inSqlite(DIRECTORY),
  `insert into release (version) values (${VERSION})`,
]

/** Null before there are tables. */
async function versionOf(database: D1Database): Promise<number | null> {
  const table = await database.prepare("select name from sqlite_schema where name = 'release'").first()
  return table === null ? null : database.prepare('select version from release').first<number>('version')
}

/** D1 gives bytes as lists of numbers. */
const plain = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, Array.isArray(value) ? Uint8Array.from(value) : value]),
  )

/** SQLite's own codes stand in what D1 says; whatever has none happened on the way there. */
function named(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof NewerDatabase) return error
  const { message } = error
  if (/SQLITE_CONSTRAINT/.test(message)) return new Conflict(message)
  if (/SQLITE_(FULL|IOERR|READONLY|CANTOPEN)|maximum DB size/i.test(message)) return new DiskFull(message)
  return /SQLITE_|D1_TYPE_ERROR/.test(message) ? error : new Away(message)
}
