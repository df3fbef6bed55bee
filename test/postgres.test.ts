/** What is PostgreSQL's own among the engines, on a real server. What all engines promise: `db.contract.ts`. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPostgres } from '../server/db/postgres.ts'
import { checkSettings, UnfitDatabase } from '../server/db/postgres-settings.ts'
import { Away, Conflict, type Databases, type Db, DiskFull, NewerDatabase } from '../server/db.ts'
import { secureRng as rng } from '../server/play/seed.ts'
import { VERSION } from '../server/schema/tables.ts'
import { insertMessage, insertPoll, updatePoll } from '../server/store/polls.ts'
import { append, listTokens, readCasts, readSpent, spend } from '../server/store/voting.ts'
import { type PostgresServer, postgresAvailable, startPostgres } from './postgres.ts'
import { pollRow } from './rows.ts'

let server: PostgresServer

async function withDatabases<T>(use: (databases: Databases, url: string) => Promise<T>, url?: string): Promise<T> {
  const at = url ?? (await server.newDatabase())
  const databases = await openPostgres(at)
  try {
    return await use(databases, at)
  } finally {
    await databases.close()
  }
}

const put = ({ directory }: Databases, name: string) =>
  directory.write([directory.read.insertInto('setting').values({ name, value: 'x' })])
const names = async ({ directory }: Databases) =>
  (await directory.read.selectFrom('setting').select('name').orderBy('name').execute()).map(({ name }) => name)
const KINDS = { Conflict, DiskFull, Away, UnfitDatabase, NewerDatabase }
const outcome = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    error => Object.entries(KINDS).find(([, kind]) => error instanceof kind)?.[0] ?? String(error),
  )
const opening = (url: string) => outcome(openPostgres(url).then(databases => databases.close()))
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

/** A poll whose box is open, with as many cards. */
async function openBox(db: Db, cards = 0) {
  const [id, hash] = [rng(16), rng(32)]
  const tokens = Array.from({ length: cards }, () => rng(32))
  const row = pollRow(id, hash, { state: 'open', gate: 'open' })
  await db.write([insertPoll(db, row), ...listTokens(db, id, [tokens])])
  return { id, manifest: { hash }, tokens }
}
type Box = Awaited<ReturnType<typeof openBox>>

const cast = (db: Db, box: Box, key: Uint8Array, bytes = rng(100)) =>
  append(db, box, { bytes, sealed: null }, { kind: 0, key, group: 0, receipt: new Uint8Array(64) })

describe.skipIf(!postgresAvailable())('PostgreSQL', () => {
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.remove())

  describe('a start', () => {
    /** A process of its own, which writes one setting and says so. */
    const START = `
      import { openPostgres } from './server/db/postgres.ts'
      const { directory, close } = await openPostgres(process.argv[1])
      await directory.write([directory.read.insertInto('setting').values({ name: String(process.pid), value: '' })])
      await close()`

    it.each([2, 10])('of %i processes at once makes the tables of an empty database once', async many => {
      const url = await server.newDatabase()
      const ends = Array.from({ length: many }, async () => {
        const args = ['--input-type=module', '-e', START, url]
        const child = spawn(process.execPath, args, { cwd: join(import.meta.dirname, '..'), stdio: 'inherit' })
        return (await once(child, 'exit'))[0]
      })
      expect(await Promise.all(ends)).toEqual(Array(many).fill(0))
      await withDatabases(async databases => expect(await names(databases)).toHaveLength(many), url)
      expect(await server.admin('select version from release', url)).toEqual([{ version: `${VERSION}` }])
    })

    it('on tables of a newer release is refused, and changes nothing; of this one it is not', async () => {
      const url = await server.newDatabase()
      await withDatabases(databases => put(databases, 'a'), url)
      await server.admin('update release set version = version + 1', url)
      expect(await opening(url)).toBe('NewerDatabase')
      await server.admin('update release set version = version - 1', url)
      await withDatabases(async databases => expect(await names(databases)).toEqual(['a']), url)
    })

    it('orders text by its bytes, whatever language the server speaks', async () => {
      const url = await server.newDatabase()
      const database = new URL(url).pathname.slice(1)
      const language = `template template0 locale_provider icu icu_locale 'vi'`
      await server.admin([`drop database ${database}`, `create database ${database} owner phieukin ${language}`])
      await withDatabases(async databases => {
        for (const name of ['b', 'C', 'a', 'á']) await put(databases, name)
        expect(await names(databases)).toEqual(['C', 'a', 'b', 'á'])
      }, url)
      const theirs = 'select name from setting order by name collate "default"'
      const found = await server.admin<{ name: string }>(theirs, url)
      expect(found.map(({ name }) => name)).toEqual(['a', 'á', 'b', 'C'])
    })

    it('where there is no server is told so', async () => {
      expect(await opening('postgres://phieukin@127.0.0.1:1/nothing')).toBe('Away')
    })
  })

  describe('a server that writes down what must not be known', () => {
    /** A role that may silence nothing by itself. */
    async function role(settings: readonly string[]): Promise<string> {
      const name = `role_${hex(rng(4))}`
      const set = (text: string) => `alter role ${name} set ${text}`
      await server.admin([`create role ${name} login`, ...settings.map(set)])
      return server.newDatabase(name)
    }
    const TERSE = ['log_error_verbosity = terse', 'log_min_error_statement = panic']

    it.each([
      ['log_error_verbosity', 'log_error_verbosity = default'],
      ['log_min_error_statement', 'log_min_error_statement = error'],
      ['log_statement', 'log_statement = mod'],
      ['log_min_duration_statement', 'log_min_duration_statement = 250'],
      ['log_min_duration_sample', 'log_min_duration_sample = 0'],
      ['log_transaction_sample_rate', 'log_transaction_sample_rate = 0.5'],
      ['log_duration', 'log_duration = on'],
      ['log_executor_stats', 'log_executor_stats = on'],
      ['debug_print_plan', 'debug_print_plan = on'],
    ])('by %s is refused; without it, or where it writes nothing of this role, it is not', async (name, setting) => {
      const refused = await openPostgres(await role([...TERSE, setting])).catch(error => error)
      expect(refused).toBeInstanceOf(UnfitDatabase)
      expect(refused.settings.map((one: { name: string }) => one.name)).toEqual([name])
      expect(await opening(await role(TERSE))).toBe('done')
      expect(await opening(await role([setting, 'log_min_messages = fatal']))).toBe('done')
    })

    it('by a pooler that keeps the isolation back is noticed, unless the role has it by itself', async () => {
      const user = `role_${hex(rng(4))}`
      await server.admin([`create role ${user} login`, `alter role ${user} set log_min_messages = fatal`])
      const url = await server.newDatabase(user)
      const plain = async () => {
        const client = new Client(url)
        await client.connect()
        return checkSettings(client)
          .then(
            () => 'fit',
            error => error.settings.map((one: { name: string }) => one.name),
          )
          .finally(() => client.end())
      }
      expect(await plain()).toEqual(['default_transaction_isolation'])
      await server.admin(`alter role ${user} set default_transaction_isolation = 'serializable'`)
      expect(await plain()).toBe('fit')
    })

    it('by the time of every transaction is refused', async () => {
      const clock = await startPostgres({ track_commit_timestamp: 'on' })
      try {
        const refused = await openPostgres(await clock.newDatabase()).catch(error => error)
        const mend = ['track_commit_timestamp', 'off']
        const settings = [{ name: 'track_commit_timestamp', value: 'on', wanted: 'off', where: 'server', mend }]
        expect(refused.settings).toEqual(settings)
      } finally {
        await clock.remove()
      }
    })

    it.each([
      ['phieukin', 'that docs/operations.md describes'],
      ['postgres', 'that may do anything, which silences itself'],
    ])('writes down nothing of what the role %s does, %s', async user => {
      const url = await server.newDatabase(user)
      const before = readFileSync(server.log).length
      await withDatabases(async databases => {
        await put(databases, 'name-of-a-row')
        expect(await outcome(put(databases, 'name-of-a-row'))).toBe('Conflict')
      }, url)
      expect(readFileSync(server.log).subarray(before).toString()).toBe('')
      // Otherwise it is there, with the value.
      const insert = `insert into setting values ('name-of-a-row', 'x')`
      await server.admin(insert, url).catch(() => {})
      expect(readFileSync(server.log).subarray(before).toString()).toContain('(name)=(name-of-a-row) already exists')
    })

    it('is not asked for statements and durations either where errors are silent', async () => {
      const all = [`log_statement = 'all'`, 'log_duration = on', 'log_min_duration_statement = 0']
      const url = await role([...all, 'log_min_messages = fatal'])
      const before = readFileSync(server.log).length
      await withDatabases(databases => put(databases, 'name-of-a-row'), url)
      expect(readFileSync(server.log).subarray(before).toString()).toBe('')
    })
  })

  describe('a rewrite', () => {
    const dead = () => `deleted-${hex(rng(300))}`
    /** As bytes lie in any file of the server's databases. */
    async function onDisk(text: string): Promise<boolean> {
      await server.admin('checkpoint')
      const base = join(server.folder, 'base')
      const files = readdirSync(base, { recursive: true, withFileTypes: true }).filter(file => file.isFile())
      return files.some(file => readFileSync(join(file.parentPath, file.name)).includes(text))
    }
    const TABLES = { token: 'token', spent: 'token', '"cast"': 'key' }
    /** How many transactions wrote or locked the poll's rows, and their keys as they lie. */
    async function lying(url: string, { id }: Box) {
      const found = Object.entries(TABLES).map(async ([table, key]) => {
        const text = `select xmin::text, xmax::text, encode(${key}, 'hex') as key from ${table}
          where poll = '\\x${hex(id)}' order by ctid`
        const rows = await server.admin<{ xmin: string; xmax: string; key: string }>(text, url)
        const transactions = new Set(rows.flatMap(({ xmin, xmax }) => [xmin, xmax])).size
        return { transactions, keys: rows.map(one => one.key) }
      })
      return Promise.all(found)
    }
    const isSorted = (keys: readonly string[]) => keys.every((key, i) => i === 0 || keys[i - 1]! < key)
    const large = (i: number) => Buffer.concat([Buffer.from(`ballot ${String(i).padStart(4, '0')}`), rng(3000)])

    /** Voted in the order of the cards' list, which is random. */
    async function voted(db: Db) {
      const box = await openBox(db, 40)
      const keys = box.tokens.map(() => rng(32))
      for (const [i, token] of box.tokens.entries()) {
        await spend(db, box, token, rng(10), rng(10))
        await cast(db, box, keys[i]!, large(i))
      }
      const byKey = keys.map((key, i) => ({ key: hex(key), i })).sort((a, b) => (a.key < b.key ? -1 : 1))
      return { box, expected: byKey.map(({ i }) => i) }
    }
    /** The numbers of large ballots in the order of the running numbers that their bytes lie under. */
    async function chunks(url: string): Promise<readonly number[]> {
      const [table] = await server.admin<{ name: string }>(
        `select reltoastrelid::regclass::text as name from pg_class where oid = '"cast"'::regclass`,
        url,
      )
      const rows = await server.admin<{ start: string }>(
        `select encode(substr(chunk_data, 1, 11), 'escape') as start from ${table!.name} where chunk_seq = 0 order by chunk_id`,
        url,
      )
      return rows.map(({ start }) => Number(start.slice('ballot '.length)))
    }

    it('leaves neither the order of writing nor who locked what; before it both are there', () =>
      withDatabases(async (databases, url) => {
        const db = databases.of(rng(16))
        const { box, expected } = await voted(db)
        const there = [await readCasts(db, box.id), await readSpent(db, box.id)]
        const before = await lying(url, box)
        expect(before.map(({ transactions }) => transactions)).toEqual([41, 41, 41])
        expect(before.map(({ keys }) => isSorted(keys))).toEqual([false, false, false])
        expect(await chunks(url)).toEqual(expected.map((_, i) => i))

        await db.rewrite(box.id)
        const after = await lying(url, box)
        // The one that wrote them, and 0: nobody.
        expect(after.map(({ transactions }) => transactions)).toEqual([2, 2, 2])
        expect(after.map(({ keys }) => isSorted(keys))).toEqual([true, true, true])
        expect(after.map(({ keys }) => keys.length)).toEqual([40, 40, 40])
        expect(await chunks(url)).toEqual(expected)
        expect([await readCasts(db, box.id), await readSpent(db, box.id)]).toEqual(there)
      }))

    it('leaves nothing of what was deleted in any file; before it that is there', () =>
      withDatabases(async databases => {
        const db = databases.of(rng(16))
        const { id } = await openBox(db)
        const text = dead()
        await db.write([insertMessage(db, id, { step: 'commit', sender: 1, recipient: 0, body: text })])
        await db.write([db.read.deleteFrom('message').where('poll', '=', id)])
        expect(await onDisk(text)).toBe(true)
        await db.rewrite(id)
        expect(await onDisk(text)).toBe(false)
      }))

    it('waits for whoever could still see what was deleted', () =>
      withDatabases(async (databases, url) => {
        const db = databases.of(rng(16))
        const { id } = await openBox(db)
        const text = dead()
        await db.write([insertMessage(db, id, { step: 'commit', sender: 1, recipient: 0, body: text })])
        const other = new Client(url)
        await other.connect()
        await other.query('begin isolation level repeatable read')
        await other.query('select from setting')
        await db.write([db.read.deleteFrom('message').where('poll', '=', id)])
        let isOver = false
        const rewrite = db.rewrite(id).then(() => {
          isOver = true
        })
        await new Promise(resolve => setTimeout(resolve, 500))
        expect(isOver).toBe(false)
        await other.end()
        await rewrite
        expect(await onDisk(text)).toBe(false)
      }))

    it('gives up where somebody holds a table, so that others get past; without, it does not', () =>
      withDatabases(async (databases, url) => {
        const db = databases.of(rng(16))
        const { box } = await voted(db)
        const holder = new Client(url)
        await holder.connect()
        await holder.query('begin')
        await holder.query('select count(*) from "cast"')
        const rewriting = outcome(db.rewrite(box.id))
        const reading = Promise.all(Array.from({ length: 20 }, () => readCasts(db, box.id)))
        expect(await rewriting).toBe('Away')
        expect((await reading).map(casts => casts.length)).toEqual(Array(20).fill(40))
        await holder.end()
        expect(await outcome(db.rewrite(box.id))).toBe('done')
      }))

    it('lets other boxes in the same tables fill meanwhile, and several polls be rewritten at once', () =>
      withDatabases(async databases => {
        const db = databases.of(rng(16))
        const closing = [await voted(db), await voted(db), await voted(db)]
        const open = await openBox(db)
        const keys = Array.from({ length: 64 }, () => rng(32))
        const casts = keys.map(async (key, i) => {
          await new Promise(resolve => setTimeout(resolve, 4 * i))
          return outcome(cast(db, open, key, rng(3000)))
        })
        const rewrites = closing.map(({ box }) => outcome(db.rewrite(box.id)))
        expect(new Set(await Promise.all([...casts, ...rewrites]))).toEqual(new Set(['done']))
        expect(await readCasts(db, open.id)).toHaveLength(64)
        for (const { box } of closing) expect(await readCasts(db, box.id)).toHaveLength(40)
      }))
  })

  describe('a server that cannot store', () => {
    it('because it only reads is a full disk; once it writes again, so do we', async () => {
      const url = await server.newDatabase()
      const database = new URL(url).pathname.slice(1)
      await withDatabases(databases => put(databases, 'a'), url)
      await withDatabases(async databases => {
        // Of connections made from now on: the one that is there is broken.
        await server.admin(`alter database ${database} set default_transaction_read_only = on`)
        await server.admin(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database}'`)
        await expect.poll(() => outcome(put(databases, 'b'))).toBe('DiskFull')
        expect(await names(databases)).toEqual(['a'])
        await server.admin(`alter database ${database} reset default_transaction_read_only`)
        await expect.poll(() => outcome(put(databases, 'b'))).toBe('done')
      }, url)
    })

    it.each([
      ['stopped', () => server.stop()],
      ['killed', () => server.kill()],
    ])('because it is being %s is away; nothing acknowledged is lost, and it is found again', (_, end) =>
      withDatabases(async databases => {
        const stored: string[] = []
        const others = new Set<string>()
        let isEnding = false
        const writers = Array.from({ length: 8 }, async (_, writer) => {
          for (let i = 0; !isEnding || i < 50; i++) {
            const name = `${writer}/${i}`
            const one = await outcome(put(databases, name))
            if (one === 'done') stored.push(name)
            else {
              others.add(one)
              return
            }
          }
        })
        await expect.poll(() => stored.length).toBeGreaterThan(100)
        isEnding = true
        end()
        await Promise.all(writers)
        expect(others).toEqual(new Set(['Away']))
        expect(await outcome(names(databases))).toBe('Away')
        await server.start()
        await expect.poll(() => outcome(put(databases, 'after')), { timeout: 10_000 }).toBe('done')
        const found = new Set(await names(databases))
        expect(stored.filter(name => !found.has(name))).toEqual([])
      }),
    )

    it('because its connections are all taken is away, and is found again', async () => {
      const url = await server.newDatabase()
      const role = new URL(url).username
      await withDatabases(async () => {}, url)
      await server.admin(`alter role ${role} connection limit 1`)
      try {
        await withDatabases(async databases => {
          const many = await Promise.all(['a', 'b', 'c', 'd'].map(name => outcome(put(databases, name))))
          expect(many.filter(one => one === 'Away').length).toBeGreaterThan(0)
          expect(many.filter(one => one !== 'Away')).toContain('done')
          await server.admin(`alter role ${role} connection limit -1`)
          expect(await outcome(put(databases, 'e'))).toBe('done')
        }, url)
      } finally {
        await server.admin(`alter role ${role} connection limit -1`)
      }
    })
  })

  describe('a box that is being closed while people vote', () => {
    it('holds, from then on, everything that was acknowledged, and takes no more', () =>
      withDatabases((one, url) =>
        withDatabases(async two => {
          // Whoever closes comes by a connection of its own, and stands behind nobody's ballots.
          const closing = await openPostgres(url)
          const db = closing.of(rng(16))
          let [stored, late] = [0, 0]
          for (let round = 0; round < 10; round++) {
            const box = await openBox(db)
            const keys = Array.from({ length: 64 }, () => rng(32))
            const casts = keys.map((key, i) => outcome(cast((i % 2 ? one : two).of(box.id), box, key)))
            await new Promise(resolve => setTimeout(resolve, 4 * round))
            const shut = db.write([updatePoll(db, box.id, ['open'], { gate: 'shut' })])
            await shut
            const found = new Set((await readCasts(db, box.id)).map(({ key }) => hex(key)))
            const outcomes = await Promise.all(casts)
            const acknowledged = keys.filter((_, i) => outcomes[i] === 'done').map(hex)
            expect(acknowledged.filter(key => !found.has(key))).toEqual([])
            expect(found.size).toBe(acknowledged.length)
            expect(outcomes.filter(said => said !== 'done' && said !== 'Conflict')).toEqual([])
            stored += acknowledged.length
            late += 64 - acknowledged.length
          }
          await closing.close()
          expect(stored).toBeGreaterThan(0)
          expect(late).toBeGreaterThan(0)
        }, url),
      ))

    it.each([
      ['serializable', '40001', 0],
      ['repeatable read', 'stored', 1],
    ])('would not under every isolation: a ballot begun before is, %s, %s', (isolation, expected, lost) =>
      withDatabases(async (databases, url) => {
        const box = await openBox(databases.of(rng(16)))
        const [voter, closer] = [new Client(url), new Client(url)]
        for (const client of [voter, closer]) {
          await client.connect()
          await client.query(`set default_transaction_isolation = '${isolation}'`)
        }
        await voter.query('begin')
        await voter.query(
          `insert into "cast" values ($1, 0, $2, 0, '', null, '', (select gate from poll where id = $1))`,
          [box.id, rng(32)],
        )
        await closer.query(`update poll set gate = 'shut' where id = $1`, [box.id])
        const read = await closer.query(`select from "cast" where poll = $1`, [box.id])
        const said = await voter.query('commit').then(
          () => 'stored',
          error => error.code,
        )
        const there = await closer.query(`select from "cast" where poll = $1`, [box.id])
        expect([said, there.rowCount! - read.rowCount!]).toEqual([expected, lost])
        await Promise.all([voter.end(), closer.end()])
      }),
    )
  })
})
