/**
 * The embedded engine: better-sqlite3, one file, write-ahead log, `synchronous = FULL`. The writes of one turn of the
 * event loop share one commit, each in a savepoint of its own, and are answered after the disk has them.
 *
 * What the files show: while voting goes on, pages and log betray something of the order of the last writes; the log is
 * emptied in batches. After `rewrite` rows stand in the order of their keys and freed space is zero.
 */
import Database from 'better-sqlite3'
import { type Compilable, Kysely, type KyselyPlugin, SqliteDialect } from 'kysely'
import { Away, Conflict, type Databases, type Db, type Directory, DiskFull, NewerDatabase } from '../db.ts'
import { MIGRATIONS } from '../schema/migrations.ts'
import { DIRECTORY, inSqlite, POLL, VERSION } from '../schema/tables.ts'
import type { DirectoryTables, PollTables } from '../schema.ts'

/** The log is emptied after so many commits, or when nothing was written for so long. */
const COMMITS_A_BATCH = 64
const QUIET_MS = 1000
/** So long everything here waits for another process that writes. */
const BUSY_MS = 1000

interface Waiting {
  readonly statements: readonly Compilable[]
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

export function openSqlite(file: string): Databases {
  const database = new Database(file, { timeout: BUSY_MS })
  try {
    database.pragma('journal_mode = wal')
    database.pragma('synchronous = full')
    database.pragma('secure_delete = on')
    database.pragma('temp_store = memory')
    database.pragma('wal_autocheckpoint = 0')
    migrate(database)
  } catch (error) {
    database.close()
    throw named(error)
  }

  let waiting: Waiting[] = []
  let commits = 0
  let quiet: NodeJS.Timeout | undefined

  function emptyLog(): void {
    clearTimeout(quiet)
    quiet = undefined
    commits = 0
    // Somebody else is reading the file, or the disk is full: try again soon. Until then the log holds what was written.
    if (!isEmptied()) emptyLater()
  }

  function isEmptied(): boolean {
    try {
      const [{ busy }] = database.pragma('wal_checkpoint(truncate)') as [{ readonly busy: number }]
      return busy === 0
    } catch (error) {
      if (named(error) instanceof DiskFull) return false
      throw error
    }
  }

  function emptyLater(): void {
    clearTimeout(quiet)
    quiet = setTimeout(emptyLog, QUIET_MS)
    quiet.unref()
  }

  function commit(): void {
    const batch = waiting
    waiting = []
    if (batch.length === 0) return
    const done: (() => void)[] = []
    try {
      database.exec('begin immediate')
      for (const one of batch) done.push(runOne(database, one))
      database.exec('commit')
    } catch (error) {
      if (database.inTransaction) database.exec('rollback')
      for (const { reject } of batch) reject(named(error))
      return
    }
    for (const answer of done) answer()
    commits++
    if (commits >= COMMITS_A_BATCH) emptyLog()
    else emptyLater()
  }

  const read = new Kysely<DirectoryTables & PollTables>({
    dialect: new SqliteDialect({ database }),
    plugins: [PLAIN_BYTES],
  })
  const write: Db['write'] = statements =>
    new Promise((resolve, reject) => {
      waiting.push({ statements, resolve, reject })
      if (waiting.length === 1) setImmediate(commit)
    })
  const directory: Directory = { read: read as Kysely<unknown> as Directory['read'], write }
  const polls: Db = {
    read: read as Kysely<unknown> as Db['read'],
    write,
    // The whole file: nothing less would give its pages another order.
    rewrite: async () => {
      if (waiting.length > 0) commit()
      try {
        database.exec('vacuum')
        emptyLog()
      } catch (error) {
        throw named(error)
      }
    },
  }
  return {
    directory,
    of: () => polls,
    close: async () => {
      if (waiting.length > 0) commit()
      emptyLog()
      clearTimeout(quiet)
      database.close()
    },
  }
}

/** The driver gives Node's buffers, which write themselves into JSON in a way of their own: plain bytes come out. */
const PLAIN_BYTES: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  transformResult: async ({ result }) => ({
    ...result,
    rows: result.rows.map(row =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, value instanceof Buffer ? new Uint8Array(value) : value]),
      ),
    ),
  }),
}

/** Runs one writer's statements in a savepoint; says what to answer once everybody's commit is on disk. */
function runOne(database: Database.Database, { statements, resolve, reject }: Waiting): () => void {
  database.exec('savepoint one')
  try {
    for (const statement of statements) {
      const { sql, parameters } = statement.compile()
      database.prepare(sql).run(...parameters)
    }
    database.exec('release one')
    return resolve
  } catch (error) {
    // A full disk has ended the whole transaction already; everybody in it is told.
    if (!database.inTransaction) throw error
    database.exec('rollback to one')
    database.exec('release one')
    const reason = named(error)
    return () => reject(reason)
  }
}

function named(error: unknown): unknown {
  const code = (error as { readonly code?: unknown }).code
  if (typeof code !== 'string') return error
  if (code.startsWith('SQLITE_CONSTRAINT')) return new Conflict(code)
  // Another process (a backup that moves a poll, a new set-up link) is writing.
  if (/^SQLITE_(BUSY|LOCKED)/.test(code)) return new Away(code)
  if (/^SQLITE_(FULL|IOERR|READONLY|CANTOPEN)/.test(code)) return new DiskFull(code)
  return error
}

/**
 * `user_version` is the release that made the tables. A new file begins with the present ones, an older one is brought
 * there, one of a newer release is refused.
 */
function migrate(database: Database.Database): void {
  const version = database.pragma('user_version', { simple: true }) as number
  if (version > VERSION) throw new NewerDatabase()
  const releases = version === 0 ? [inSqlite(DIRECTORY, POLL)] : MIGRATIONS.slice(version)
  // A table that others refer to is rebuilt with foreign keys off, which holds from outside a transaction alone.
  database.pragma('foreign_keys = off')
  database.transaction(() => {
    for (const statement of releases.flat()) database.exec(statement)
    const broken = database.pragma('foreign_key_check') as readonly unknown[]
    if (broken.length > 0) throw new Error(`foreign keys: ${JSON.stringify(broken)}`)
    database.pragma(`user_version = ${VERSION}`)
  })()
  database.pragma('foreign_keys = on')
  // Of tables that were rebuilt nothing is left either.
  if (version > 0 && version < VERSION) database.exec('vacuum')
}
