/**
 * The embedded engine, on real files with real processes: the contract that every engine keeps, then what is SQLite's own:
 * files and what they show, a full disk. Files of earlier releases: `releases.test.ts`.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import Database from 'better-sqlite3'
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { openSqlite } from '../server/db/sqlite.ts'
import { Conflict, type Databases, type Directory, DiskFull } from '../server/db.ts'
import { newName } from '../server/draft.ts'
import { secureRng as rng } from '../server/play/seed.ts'
import { contract } from './db.contract.ts'
import type { Told } from './db-writer.ts'
import type { Engine } from './engine.ts'

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'phieukin-'))
const newFile = () => join(mkdtempSync(join(folder, 'db-')), 'phieukin.sqlite')

afterAll(() => rmSync(folder, { recursive: true }))

async function withDatabases<T>(use: (databases: Databases, file: string) => Promise<T>, file = newFile()): Promise<T> {
  const databases = openSqlite(file)
  try {
    return await use(databases, file)
  } finally {
    await databases.close()
  }
}

const withDb = <T>(use: (db: Directory, file: string) => Promise<T>, file = newFile()): Promise<T> =>
  withDatabases(({ directory }) => use(directory, file), file)

const put = (db: Directory, name: string, value = 'x') => db.read.insertInto('setting').values({ name, value })
const drop = (db: Directory, name: string) => db.read.deleteFrom('setting').where('name', '=', name)
const names = async (db: Directory): Promise<readonly string[]> =>
  (await db.read.selectFrom('setting').select('name').orderBy('name').execute()).map(({ name }) => name)
const outcome = (write: Promise<void>): Promise<string> =>
  write.then(
    () => 'stored',
    error => (error instanceof Conflict ? 'conflict' : error instanceof DiskFull ? 'disk full' : String(error)),
  )
const pragma = async (db: Directory, text: string): Promise<unknown> => {
  const { rows } = await sql.raw<Record<string, unknown>>(`pragma ${text}`).execute(db.read)
  return Object.values(rows[0] ?? {})[0]
}
const inFile = <T>(file: string, use: (database: Database.Database) => T): T => {
  const database = new Database(file)
  try {
    return use(database)
  } finally {
    database.close()
  }
}
/** One file holds every poll. */
const ANYWHERE = new Uint8Array(16)
const rewrite = ({ of }: Databases): Promise<void> => of(ANYWHERE).rewrite(ANYWHERE)

const SQLITE: Engine<Databases> = {
  name: 'better-sqlite3',
  lacks: { kill: 'it is in the very process that writes; below one is killed' },
  open: async () => {
    const file = newFile()
    let databases = openSqlite(file)
    return {
      get parts() {
        return databases
      },
      again: async () => {
        await databases.close()
        databases = openSqlite(file)
      },
      stamp: async version => {
        inFile(file, database => database.pragma(`user_version = ${version}`))
      },
      beside: async () => {
        const other = openSqlite(file)
        return { parts: other, close: other.close }
      },
      // All pages, without the first hundred bytes, in which SQLite counts its writes.
      order: async () => {
        const copy = newFile()
        for (const end of ['', '-wal']) copyFileSync(file + end, copy + end)
        inFile(copy, database => database.pragma('wal_checkpoint(truncate)'))
        return readFileSync(copy).subarray(100).toString('base64')
      },
      // Where it was refused it is closed already.
      close: () => databases.close().catch(() => {}),
    }
  },
}

contract(SQLITE)

/** As bytes lie in the file, the log and whatever else stands beside it. */
const inFiles = (file: string, text: string): boolean =>
  readdirSync(join(file, '..')).some(name => readFileSync(join(file, '..', name)).includes(text))

describe('a write', () => {
  it('shares a commit with others of the same turn, in their order, and fails alone', () =>
    withDb(async db => {
      const writes = [
        [put(db, 'a')],
        [put(db, 'b'), put(db, 'a')],
        [put(db, 'c')],
        [put(db, 'c')],
        [put(db, 'd'), drop(db, 'a')],
      ]
      const outcomes = await Promise.all(writes.map(statements => outcome(db.write(statements))))
      expect(outcomes).toEqual(['stored', 'conflict', 'stored', 'conflict', 'stored'])
      expect(await names(db)).toEqual(['c', 'd'])
    }))

  it('that was begun is finished before the database is closed', async () => {
    const file = newFile()
    const begun = await withDb(async db => [outcome(db.write([put(db, 'a')])), outcome(db.write([put(db, 'a')]))], file)
    expect(await Promise.all(begun)).toEqual(['stored', 'conflict'])
    await withDb(async db => expect(await names(db)).toEqual(['a']), file)
  })

  it('of a value of another type is a conflict', () =>
    withDb(async db => {
      expect(await outcome(db.write([put(db, 'b', new Uint8Array(1) as never)]))).toBe('conflict')
      expect(await outcome(db.write([put(db, 'b', '1')]))).toBe('stored')
    }))
})

describe('a full disk', () => {
  const LARGE = 'x'.repeat(100_000)

  it('stores nothing of a write that does not fit, and the same write succeeds once there is room', () =>
    withDb(async db => {
      await db.write([put(db, 'before')])
      await pragma(db, `max_page_count = ${await pragma(db, 'page_count')}`)
      const write = () => db.write([put(db, 'small'), put(db, 'large', LARGE)])
      expect(await outcome(write())).toBe('disk full')
      expect(await names(db)).toEqual(['before'])
      await pragma(db, 'max_page_count = 1000000')
      expect(await outcome(write())).toBe('stored')
      expect(await names(db)).toEqual(['before', 'large', 'small'])
    }))

  it('stores of several writes exactly those that it acknowledges', () =>
    withDb(async db => {
      await pragma(db, `max_page_count = ${Number(await pragma(db, 'page_count')) + 2}`)
      const writes = ['a', 'b', 'c', 'd'].map(name => [put(db, name, name === 'b' ? LARGE : 'x')] as const)
      const outcomes = await Promise.all(writes.map(statements => outcome(db.write(statements))))
      expect(outcomes[1]).toBe('disk full')
      expect(await names(db)).toEqual(['a', 'b', 'c', 'd'].filter((_, i) => outcomes[i] === 'stored'))
    }))

  it('is what a file that cannot be written looks like, too', () =>
    withDb(async db => {
      await pragma(db, 'query_only = on')
      expect(await outcome(db.write([put(db, 'a')]))).toBe('disk full')
      await pragma(db, 'query_only = off')
      expect(await outcome(db.write([put(db, 'a')]))).toBe('stored')
    }))

  it('is said again and again, for as long as it lasts, and loses nothing that was acknowledged', async () => {
    const file = newFile()
    // No file may grow beyond 160 KiB (shells count in halves of one): first the log cannot, then the database cannot.
    const { stored, full } = await writer(
      ['sh', '-c', 'ulimit -f 320; exec "$0" "$@"'],
      file,
      told => told.length >= 50 && told.slice(-50).every(one => 'full' in one),
    )
    expect(stored.length).toBeGreaterThan(50)
    await withDb(async db => {
      const found = new Set(await names(db))
      expect(stored.filter(name => !found.has(name))).toEqual([])
      expect(full.length).toBeGreaterThanOrEqual(50)
      expect(full.filter(name => found.has(name))).toEqual([])
      expect(await outcome(db.write([put(db, 'there is room again', LARGE)]))).toBe('stored')
    }, file)
  })
})

/** A process that writes until `enough` was told; then `kill -9`. Fails if it dies by itself. */
async function writer(before: readonly string[], file: string, enough: (told: readonly Told[]) => boolean) {
  const [command, ...args] = [...before, process.execPath, 'test/db-writer.ts', file]
  const child = spawn(command!, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
  const died = once(child, 'exit')
  const told: Told[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    told.push(JSON.parse(line))
    if (enough(told)) child.kill('SIGKILL')
  }
  expect((await died)[1]).toBe('SIGKILL')
  return {
    stored: told.flatMap(one => ('stored' in one ? [one.stored] : [])),
    full: told.flatMap(one => ('full' in one ? [one.full] : [])),
  }
}

describe('an acknowledged write', () => {
  it('survives the death of the process at any moment', async () => {
    const file = newFile()
    for (const [died, last] of [1, 7, 64, 130, 500].entries()) {
      const { stored } = await writer([], file, told => told.length >= last)
      expect(stored.length).toBeGreaterThanOrEqual(last)
      await withDb(async db => {
        const found = new Set(await names(db))
        expect(stored.filter(name => !found.has(name))).toEqual([])
        await db.write([put(db, `opened after ${died}`)])
      }, file)
    }
  })

  it('waits for the disk: every commit is synced', () =>
    withDb(async db => {
      expect(await pragma(db, 'journal_mode')).toBe('wal')
      expect(await pragma(db, 'synchronous')).toBe(2)
    }))
})

describe('what was deleted', () => {
  /** Stored among others, then deleted. */
  async function deleted(db: Directory): Promise<string> {
    const secret = newName(rng)
    await db.write([put(db, 'before', 'x'.repeat(300)), put(db, secret, secret.repeat(300)), put(db, 'z')])
    await db.write([drop(db, secret)])
    return secret
  }

  it('is in no file any more after a rewrite', () =>
    withDatabases(async (databases, file) => {
      const db = databases.directory
      const secret = await deleted(db)
      expect(inFiles(file, secret)).toBe(true)
      await rewrite(databases)
      expect(inFiles(file, secret)).toBe(false)
      expect(inFiles(file, 'before')).toBe(true)
      expect(await names(db)).toEqual(['before', 'z'])
    }))

  it('is found in a database that is not opened in this way', () => {
    const file = newFile()
    const database = new Database(file)
    database.exec('create table setting (name text primary key, value text not null) strict, without rowid')
    const secret = newName(rng)
    const insert = database.prepare('insert into setting values (?, ?)')
    for (const name of ['before', secret, 'z']) insert.run(name, name.repeat(30))
    database.prepare('delete from setting where name = ?').run(secret)
    database.close()
    expect(inFiles(file, secret)).toBe(true)
  })

  it('leaves the files when the database is closed', async () => {
    const file = newFile()
    const secret = await withDb(deleted, file)
    expect(readdirSync(join(file, '..'))).toEqual(['phieukin.sqlite'])
    expect(inFiles(file, secret)).toBe(false)
  })
})

describe('a rewrite', () => {
  it('comes after what was begun before', () =>
    withDatabases(async databases => {
      const db = databases.directory
      const begun = outcome(db.write([put(db, 'a')]))
      await rewrite(databases)
      expect(await names(db)).toEqual(['a'])
      expect(await begun).toBe('stored')
    }))
})
