/** What the application relies on of every `Db`, tried on the embedded engine: real files, real processes. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import Database from 'better-sqlite3'
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { NewerDatabase, openSqlite } from '../server/db/sqlite.ts'
import { Conflict, type Db, DiskFull } from '../server/db.ts'
import { newName } from '../server/draft.ts'
import { secureRng as rng } from '../server/play/seed.ts'
import { MIGRATIONS } from '../server/schema.ts'
import type { Told } from './db-writer.ts'

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'phieukin-'))
const newFile = () => join(mkdtempSync(join(folder, 'db-')), 'phieukin.sqlite')

afterAll(() => rmSync(folder, { recursive: true }))

async function withDb<T>(use: (db: Db, file: string) => Promise<T>, file = newFile()): Promise<T> {
  const db = openSqlite(file)
  try {
    return await use(db, file)
  } finally {
    await db.close()
  }
}

const put = (db: Db, name: string, value = 'x') => db.read.insertInto('setting').values({ name, value })
const drop = (db: Db, name: string) => db.read.deleteFrom('setting').where('name', '=', name)
const names = async (db: Db): Promise<readonly string[]> =>
  (await db.read.selectFrom('setting').select('name').orderBy('name').execute()).map(({ name }) => name)
const outcome = (write: Promise<void>): Promise<string> =>
  write.then(
    () => 'stored',
    error => (error instanceof Conflict ? 'conflict' : error instanceof DiskFull ? 'disk full' : String(error)),
  )
const pragma = async (db: Db, text: string): Promise<unknown> => {
  const { rows } = await sql.raw<Record<string, unknown>>(`pragma ${text}`).execute(db.read)
  return Object.values(rows[0] ?? {})[0]
}

/** As bytes lie in the file, the log and whatever else stands beside it. */
const inFiles = (file: string, text: string): boolean =>
  readdirSync(join(file, '..')).some(name => readFileSync(join(file, '..', name)).includes(text))

describe('a write', () => {
  it('takes effect whole, and can be read as soon as it is answered', () =>
    withDb(async db => {
      await db.write([put(db, 'a'), put(db, 'b')])
      expect(await names(db)).toEqual(['a', 'b'])
    }))

  it('takes no effect at all where its last statement breaks a constraint', () =>
    withDb(async db => {
      await db.write([put(db, 'b')])
      expect(await outcome(db.write([put(db, 'a'), drop(db, 'b'), put(db, 'c'), put(db, 'a')]))).toBe('conflict')
      expect(await names(db)).toEqual(['b'])
      expect(await outcome(db.write([put(db, 'a'), drop(db, 'b'), put(db, 'c')]))).toBe('stored')
      expect(await names(db)).toEqual(['a', 'c'])
    }))

  it('shares a commit with others and fails alone', () =>
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

  it('of a mistake in our own words fails alone too, and is no conflict', () =>
    withDb(async db => {
      const mistake = sql`insert into no_such_table values (1)`
      const writes = [[put(db, 'a')], [put(db, 'b'), { compile: () => mistake.compile(db.read) }], [put(db, 'c')]]
      const outcomes = await Promise.all(writes.map(statements => outcome(db.write(statements))))
      expect(outcomes).toEqual(['stored', expect.stringContaining('no_such_table'), 'stored'])
      expect(await names(db)).toEqual(['a', 'c'])
    }))

  it('that was begun is finished before the database is closed', async () => {
    const file = newFile()
    const begun = await withDb(async db => [outcome(db.write([put(db, 'a')])), outcome(db.write([put(db, 'a')]))], file)
    expect(await Promise.all(begun)).toEqual(['stored', 'conflict'])
    await withDb(async db => expect(await names(db)).toEqual(['a']), file)
  })
})

describe('every kind of constraint is a conflict:', () => {
  const poll = new Uint8Array(16)
  const member = (db: Db, idx: number) => db.read.insertInto('member').values({ poll, idx, secret: 'x' })
  const person = (db: Db, length: number) =>
    db.read.insertInto('person').values({
      id: new Uint8Array(length),
      login: null,
      name: 'x',
      role: 'auditor',
      password: null,
      invitation: null,
      everything: 0,
    })

  it.each([
    ['a key that is taken', (db: Db) => put(db, 'taken'), (db: Db) => put(db, 'free')],
    ['a check', (db: Db) => person(db, 15), (db: Db) => person(db, 16)],
    ['a value that must not be missing', (db: Db) => put(db, 'a', null as never), (db: Db) => put(db, 'a', '')],
    ['a value of another type', (db: Db) => put(db, 'b', new Uint8Array(1) as never), (db: Db) => put(db, 'b', '1')],
    [
      'a row that refers to nothing',
      (db: Db) => member(db, 1),
      (db: Db) => db.read.deleteFrom('member').where('idx', '=', 1),
    ],
  ])('%s', (_, broken, kept) =>
    withDb(async db => {
      await db.write([put(db, 'taken')])
      expect(await outcome(db.write([broken(db)]))).toBe('conflict')
      expect(await outcome(db.write([kept(db)]))).toBe('stored')
    }),
  )
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
  async function deleted(db: Db): Promise<string> {
    const secret = newName(rng)
    await db.write([put(db, 'before', 'x'.repeat(300)), put(db, secret, secret.repeat(300)), put(db, 'z')])
    await db.write([drop(db, secret)])
    return secret
  }

  it('is in no file any more after a rewrite', () =>
    withDb(async (db, file) => {
      const secret = await deleted(db)
      expect(inFiles(file, secret)).toBe(true)
      await db.rewrite()
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
  /** The pages without the first hundred bytes, in which SQLite counts its writes. */
  const content = (file: string) => readFileSync(file).subarray(100)
  const rows = Array.from({ length: 500 }, (_, i) => `${(i * 7919) % 500}`.padStart(40, '0'))
  const filled = async (order: readonly string[], rewrite: boolean): Promise<Buffer> => {
    const file = newFile()
    await withDb(async db => {
      for (const name of order) await db.write([put(db, name)])
      if (rewrite) await db.rewrite()
    }, file)
    return content(file)
  }

  it('leaves nothing of the order in which rows were written', async () => {
    const [there, back] = [rows, [...rows].reverse()]
    expect((await filled(there, false)).equals(await filled(back, false))).toBe(false)
    expect((await filled(there, true)).equals(await filled(back, true))).toBe(true)
  })

  it('comes after what was begun before', () =>
    withDb(async db => {
      const begun = outcome(db.write([put(db, 'a')]))
      await db.rewrite()
      expect(await names(db)).toEqual(['a'])
      expect(await begun).toBe('stored')
    }))
})

describe('a database file', () => {
  const schemaOf = (file: string) => {
    const database = new Database(file, { readonly: true })
    const found = database.prepare('select sql from sqlite_schema where sql is not null order by name').pluck().all()
    const version = database.pragma('user_version', { simple: true })
    database.close()
    return { found, version }
  }
  /** As an older release left it. */
  const ofVersion = (version: number): string => {
    const file = newFile()
    const database = new Database(file)
    for (const statement of MIGRATIONS.slice(0, version).flat()) database.exec(statement)
    database.pragma(`user_version = ${version}`)
    database.close()
    return file
  }
  const current = ofVersion(MIGRATIONS.length)

  it.each(MIGRATIONS.map((_, version) => version))('of version %i is brought to the present one', async version => {
    const file = ofVersion(version)
    await withDb(async () => {}, file)
    expect(schemaOf(file)).toEqual(schemaOf(current))
  })

  it('that does not exist is made, and opened again with what is in it', async () => {
    const file = newFile()
    expect(existsSync(file)).toBe(false)
    await withDb(db => db.write([put(db, 'a')]), file)
    expect(schemaOf(file)).toEqual(schemaOf(current))
    await withDb(async db => expect(await names(db)).toEqual(['a']), file)
  })

  it('of a newer release is refused and left as it was; of this one it is opened', () => {
    const file = newFile()
    const set = (version: number) => {
      const database = new Database(file)
      database.pragma(`user_version = ${version}`)
      database.close()
    }
    return withDb(async () => {}, file).then(async () => {
      const before = schemaOf(file)
      set(MIGRATIONS.length + 1)
      expect(() => openSqlite(file)).toThrow(NewerDatabase)
      set(MIGRATIONS.length)
      await withDb(async () => {}, file)
      expect(schemaOf(file)).toEqual(before)
    })
  })
})
