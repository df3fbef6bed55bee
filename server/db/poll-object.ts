/// <reference path="../cloudflare.d.ts" />
/**
 * A poll's Durable Object: its tables in SQLite of its own, which nobody else writes. It stores and nothing more; the
 * arithmetic is the Worker's. An answer leaves only after the platform has what was written on disk (output gate).
 *
 * Trust: whoever holds the account can change what this object runs, and so read and drop what it holds; the platform
 * keeps 30 days of its past (docs/operations.md).
 */
import { DurableObject } from 'cloudflare:workers'
import { NewerDatabase } from '../db.ts'
import { inSqlite, POLL, VERSION } from '../schema/tables.ts'
import type { Row, Statement, Value } from './asked.ts'
import { forgetUnused, LONG, LONG_TABLE, measuring, partsIn, put, type Run, whole } from './long.ts'

/** What went wrong is a value: whatever is thrown instead came from the platform, and says nothing of what was stored. */
export type Answer<T> = { readonly value: T } | { readonly failed: Failure; readonly message: string }

type Failure = 'conflict' | 'full' | 'newer' | 'bug'

/** Rows as far as one message holds them (32 MiB), and the name of the rest. */
export interface Page {
  readonly rows: readonly Row[]
  readonly next: number | null
}

const PAGE_BYTES = 16 * 1024 * 1024
const MOST_PAGES = 4

/** Ends a transaction that only looked. */
class Undone extends Error {}

export class PollObject extends DurableObject {
  /** The tables are there, and ours. */
  private isReady = false

  /** What has been read and not yet fetched. */
  private readonly pages = new Map<number, readonly Row[]>()
  private lastPage = 0

  async read({ sql, parameters }: Statement): Promise<Answer<Page>> {
    return answered(() =>
      this.page(
        this.looking(() =>
          this.run(measuring(sql), ...parameters.map(value => put(this.run, value))).map(row =>
            Object.fromEntries(Object.entries(row).map(([name, value]) => [name, whole(this.run, value)])),
          ),
        ),
      ),
    )
  }

  /** Null where the object was reset meanwhile. */
  async readOn(next: number): Promise<Answer<Page | null>> {
    const rest = this.pages.get(next)
    this.pages.delete(next)
    return { value: rest ? this.page(rest) : null }
  }

  async write(statements: readonly Statement[]): Promise<Answer<null>> {
    return answered(async () => {
      this.changing(() => {
        for (const { sql, parameters } of statements) this.run(sql, ...parameters.map(value => put(this.run, value)))
        if (statements.some(({ sql }) => !sql.startsWith('insert'))) forgetUnused(this.run, this.tables())
      })
      return this.orNothing()
    })
  }

  /**
   * What is written while a box is open stands anew in the order of its keys: of another order only the platform's own
   * past knows. Everything else is left where it is, and not held: scans alone may fill a program's memory.
   */
  async rewrite(): Promise<Answer<null>> {
    return answered(async () => {
      this.changing(() => {
        forgetUnused(this.run, this.tables())
        const contents = TELLING.map(table => [table, this.inOrder(table)] as const)
        const long = partsIn(this.run, TELLING)
        for (const [table] of contents) this.run(`delete from "${table}"`)
        for (const { hash, n } of long) this.run(`delete from ${LONG} where hash = ? and n = ?`, hash, n)
        for (const row of long) this.insert(LONG, row)
        for (const [table, rows] of contents) for (const row of rows) this.insert(table, row)
      })
      return this.orNothing()
    })
  }

  // ── inside ────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Without its poll an object is nothing, and leaves nothing. */
  private async orNothing(): Promise<null> {
    if (this.run('select 1 from poll').length > 0) return null
    this.isReady = false
    await this.ctx.storage.deleteAll()
    return null
  }

  private readonly run: Run = (sql, ...parameters) => this.ctx.storage.sql.exec(sql, ...parameters).toArray()

  private page(rows: readonly Row[]): Page {
    let bytes = 0
    const end = rows.findIndex(row => {
      bytes += sizeOf(row)
      return bytes > PAGE_BYTES
    })
    // A row that is longer than a page is one.
    const taken = end === -1 ? rows.length : Math.max(end, 1)
    if (taken === rows.length) return { rows, next: null }
    this.lastPage++
    this.pages.set(this.lastPage, rows.slice(taken))
    // Whoever did not come back for the rest will read anew.
    this.pages.delete(this.lastPage - MOST_PAGES)
    return { rows: rows.slice(0, taken), next: this.lastPage }
  }

  private changing(work: () => void): void {
    this.ctx.storage.transactionSync(() => {
      this.prepare()
      work()
    })
    this.isReady = true
  }

  /** Where there is nothing yet, nothing is left by looking. */
  private looking<T>(work: () => T): T {
    let found: T | undefined
    try {
      this.ctx.storage.transactionSync(() => {
        this.prepare()
        found = work()
        throw new Undone()
      })
    } catch (error) {
      if (!(error instanceof Undone)) throw error
    }
    return found as T
  }

  /** Within a transaction. The pragma for versions is not to be had here: a table says which release made the others. */
  private prepare(): void {
    if (this.isReady) return
    if (!this.tables().includes('release')) {
      for (const statement of BEGIN) this.run(statement)
      return
    }
    const [row] = this.run('select version from release')
    if ((row!.version as number) > VERSION) throw new NewerDatabase()
    this.isReady = true
  }

  /** In the order in which they were made: a table comes after those that it refers to. */
  private tables(): readonly string[] {
    const rows = this.run("select name from sqlite_schema where type = 'table' and name not glob '_*' order by rowid")
    return rows.map(({ name }) => name as string)
  }

  private inOrder(table: string): readonly Row[] {
    const keys = this.run('select name from pragma_table_info(?) where pk > 0 order by pk', table)
    return this.run(`select * from "${table}" order by ${keys.map(({ name }) => `"${name}"`).join(', ')}`)
  }

  private insert(table: string, row: object): void {
    const names = Object.keys(row)
    this.run(
      `insert into "${table}" (${names.map(name => `"${name}"`).join(', ')}) values (${names.map(() => '?').join(', ')})`,
      ...(Object.values(row) as Value[]),
    )
  }
}

/** Nothing refers to these. Cards' public keys are listed before, scans and what follows have numbers of their own. */
const TELLING = ['member', 'message', 'spent', 'cast']

const BEGIN = [
  ...inSqlite(POLL),
  LONG_TABLE,
  'create table release (version integer primary key) strict, without rowid',
  `insert into release (version) values (${VERSION})`,
]

const sizeOf = (row: Row): number =>
  Object.values(row).reduce<number>((sum, value) => sum + ((value as { length?: number } | null)?.length ?? 8), 0)

async function answered<T>(work: () => T | Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await work() }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    return { failed: failureOf(error, message), message }
  }
}

/** What SQLite says ends with its code. */
function failureOf(error: unknown, message: string): Failure {
  if (error instanceof NewerDatabase) return 'newer'
  if (/SQLITE_CONSTRAINT/.test(message)) return 'conflict'
  return /SQLITE_(FULL|IOERR|READONLY|CANTOPEN)/.test(message) ? 'full' : 'bug'
}
