/** Files of every release that knew files: brought to the present tables with nothing lost, just like new ones. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import { openSqlite } from '../server/db/sqlite.ts'
import { Conflict, type Databases, NewerDatabase } from '../server/db.ts'
import { MIGRATIONS } from '../server/schema/migrations.ts'
import { VERSION } from '../server/schema/tables.ts'
import { outcome } from './engine.ts'

const folder = mkdtempSync(join(tmpdir(), 'phieukin-'))
const newFile = () => join(mkdtempSync(join(folder, 'db-')), 'phieukin.sqlite')

afterAll(() => rmSync(folder, { recursive: true }))

async function withDatabases<T>(use: (databases: Databases) => Promise<T>, file: string): Promise<T> {
  const databases = openSqlite(file)
  try {
    return await use(databases)
  } finally {
    await databases.close()
  }
}
const opened = (file: string): Promise<void> => withDatabases(async () => {}, file)

const inFile = <T>(file: string, use: (database: Database.Database) => T): T => {
  const database = new Database(file)
  try {
    return use(database)
  } finally {
    database.close()
  }
}
/** All that a file says of its tables, as SQLite understands it: not as it was written. */
function shapeOf(file: string): unknown {
  return inFile(file, database => {
    const all = (text: string) => database.pragma(text) as readonly Record<string, unknown>[]
    const tables = all('table_list').filter(
      ({ schema, name }) => schema === 'main' && !String(name).startsWith('sqlite_'),
    )
    const checks = (text: unknown) =>
      [...String(text).matchAll(/\bcheck \(([\s\S]*?)\)(?=,|\s*\)|\s*\n|$)/g)].map(([one]) => one)
    const written = database.prepare("select name, sql from sqlite_schema where type = 'table'").all() as {
      readonly name: string
      readonly sql: string
    }[]
    return {
      version: database.pragma('user_version', { simple: true }),
      triggers: database
        .prepare("select name, tbl_name, sql from sqlite_schema where type = 'trigger' order by name")
        .all(),
      others: database.prepare("select name from sqlite_schema where type not in ('table', 'trigger', 'index')").all(),
      tables: Object.fromEntries(
        tables.map(({ name, wr, strict }) => [
          name,
          {
            wr,
            strict,
            columns: all(`table_xinfo("${name}")`),
            refers: all(`foreign_key_list("${name}")`)
              .map(one => ({ ...one, id: 0 }))
              .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
            indexes: all(`index_list("${name}")`)
              .map(({ name: index, unique, origin }) => ({
                unique,
                origin,
                of: all(`index_xinfo("${index}")`).map(({ name: column, key }) => [column, key]),
              }))
              .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
            checks: checks(written.find(one => one.name === name)!.sql).sort(),
          },
        ]),
      ),
    }
  })
}

const bytes = (length: number, fill: number) => new Uint8Array(length).fill(fill)
type Cell = string | number | Uint8Array | null
type Row = Readonly<Record<string, Cell>>

/** The states that a poll stays in, each with what it has by then. */
const STATES: readonly (readonly [state: string, change: Row])[] = [
  ['draft', {}],
  ['sealing', { run: bytes(16, 1), keys: '{}' }],
  ['pinning', { run: bytes(16, 2), keys: '{}', manifest: '{"a":1}', manifest_hash: bytes(32, 2) }],
  ['printed', { run: bytes(16, 3), keys: '{}', manifest: '{"a":2}', manifest_hash: bytes(32, 3), gate: 'void-only' }],
  [
    'open',
    {
      run: bytes(16, 4),
      keys: '{}',
      manifest: '{"a":3}',
      manifest_hash: bytes(32, 4),
      gate: 'open',
      last_call_ms: 1_796_432_523_456,
    },
  ],
  [
    'counted',
    {
      run: bytes(16, 5),
      keys: '{}',
      manifest: '{"a":4}',
      manifest_hash: bytes(32, 5),
      closing: '{}',
      closing_signature: bytes(64, 5),
      published: 1,
    },
  ],
  [
    'void',
    { run: bytes(16, 6), keys: '{}', manifest: '{"a":5}', manifest_hash: bytes(32, 6), void_reason: 'Sai trình tự' },
  ],
]
const idOf = (i: number) => bytes(16, 0x40 + i)
const [TITLE, CRITERIA] = ['Phiếu “cũ”', ['Năng lực', 'Đạo đức']]
const QUESTIONS = CRITERIA.map(title => ({ kind: 'graded', title, options: [], max: 1 }))
/** The third release brought criteria over as a text that holds questions. */
const draftIn = (version: number, i: number): string =>
  JSON.stringify({
    title: TITLE,
    template: 'criteria',
    ...(version < 3 ? { criteria: CRITERIA } : { questions: i % 2 ? QUESTIONS : JSON.stringify(QUESTIONS) }),
  })

/** Rows as that release could have written them; a poll that was run again follows the void one. */
function rowsOf(version: number): Readonly<Record<string, readonly Row[]>> {
  const person = {
    id: bytes(16, 7),
    login: 'to-chuc',
    name: 'Người tổ chức',
    role: 'organiser',
    password: 'a.b',
    invitation: null,
    everything: 1,
  }
  const guest = {
    ...person,
    id: bytes(16, 8),
    login: null,
    name: 'Thư ký',
    role: 'secretary',
    password: null,
    invitation: bytes(32, 8),
    everything: 0,
  }
  const polls = STATES.map(([state, change], i) => ({
    id: idOf(i),
    rehearsal: i % 2,
    state,
    gate: 'shut',
    version: i + 1,
    draft: draftIn(version, i),
    nonce: `nonce ${i}`,
    tried: 'http://a',
    attempt: i + 1,
    run: null,
    keys: null,
    manifest_hash: null,
    manifest: null,
    asked: null,
    last_call_ms: null,
    closing: null,
    closing_signature: null,
    follows: state === 'draft' ? idOf(6) : null,
    void_reason: null,
    published: 0,
    ...change,
  }))
  const voted = [4, 5].flatMap(i => [0, 1, 2].map(n => ({ poll: idOf(i), token: bytes(32, 16 * i + n), n })))
  return {
    setting:
      version === 1
        ? [
            { name: 'password', value: 'a.b' },
            { name: 'setup', value: '' },
          ]
        : [{ name: 'setup', value: '' }],
    ...(version === 1
      ? { session: [{ token_hash: bytes(32, 1), created_ms: 1, seen_ms: 2 }] }
      : {
          person: [person, guest],
          session: [{ token_hash: bytes(32, 1), person: person.id, created_ms: 1, seen_ms: 2 }],
        }),
    poll: polls,
    member: [
      { poll: idOf(5), idx: 1, secret: 'x' },
      { poll: idOf(5), idx: 2, secret: 'y' },
    ],
    message: [{ poll: idOf(5), step: 'result', sender: 1, recipient: 0, body: '{}' }],
    token: voted.map(({ poll, token, n }) => ({ poll, token, grp: n })),
    spent: voted.slice(1).map(({ poll, token, n }) => ({
      poll,
      token,
      request: bytes(160, n),
      answer: n === 2 ? null : bytes(160, n),
      gate: 'open',
    })),
    cast: voted.slice(1).map(({ poll, token, n }) => ({
      poll,
      kind: n % 2,
      key: token,
      grp: n,
      bytes: bytes(2000, n),
      sealed: n % 2 ? bytes(9, n) : null,
      receipt: bytes(96, n),
      gate: 'open',
    })),
    ...(version < 2
      ? {}
      : {
          person_poll: [
            { person: guest.id, poll: idOf(5) },
            { person: guest.id, poll: idOf(0) },
          ],
          pack: [{ sha256: bytes(32, 9), id: 'p', version: 1, text: '{}', entered_by: 'A', confirmed_by: 'B' }],
          pack_draft: [{ id: bytes(16, 9), version: 3, text: '{}', changed_by: person.id, proposed_by: null }],
          entry: [1, 2].map(n => ({ poll: idOf(5), n, body: `{"n":${n}}`, by_person: person.id, by_name: 'A' })),
          confirmation: [{ poll: idOf(5), n: 2, by_person: guest.id, by_name: 'B' }],
          scan: [
            { poll: idOf(5), n: 1, name: 'a.pdf', type: 'application/pdf', bytes: bytes(50_000, 3), by_name: 'A' },
          ],
          copy: [{ poll: idOf(5), number: 1, form: 'f', recipient: 'r', by_name: 'A' }],
        }),
    ...(version < 3
      ? {}
      : {
          comment_box: [{ poll: idOf(5), sender: 1, recipient: 2, bytes: bytes(100, 1) }],
          comment_file: [{ poll: idOf(5), sender: 1, bytes: bytes(100, 2) }],
        }),
  }
}

const FROZEN = { minutes: '{"a":1}', minutes_version: 2, minutes_sealed: 1, stamp: 'mat', stated: '{}' }

/** A file as that release left it. */
function fileOf(version: number, rows: Readonly<Record<string, readonly Row[]>>): string {
  const file = newFile()
  inFile(file, database => {
    database.pragma('foreign_keys = on')
    for (const statement of MIGRATIONS.slice(0, version).flat()) database.exec(statement)
    // Polls refer to one another.
    database.transaction(() => {
      database.pragma('defer_foreign_keys = on')
      for (const [table, list] of Object.entries(rows))
        for (const row of list) {
          const names = Object.keys(row)
          const text = `insert into "${table}" (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`
          database.prepare(text).run(...Object.values(row))
        }
      if (version >= 2)
        database
          .prepare(
            `update poll set ${Object.keys(FROZEN)
              .map(name => `${name} = ?`)
              .join(', ')} where state = 'counted'`,
          )
          .run(...Object.values(FROZEN))
    })()
    database.pragma(`user_version = ${version}`)
  })
  return file
}

/** Each table's rows as text, sorted. */
const contentOf = (file: string): Readonly<Record<string, readonly string[]>> =>
  inFile(file, database => {
    const tables = database.prepare("select name from sqlite_schema where type = 'table'").pluck().all() as string[]
    const text = (row: unknown) => JSON.stringify(Object.entries(row as object).sort(([a], [b]) => (a < b ? -1 : 1)))
    return Object.fromEntries(
      tables.map(table => [table, database.prepare(`select * from "${table}"`).all().map(text).sort()]),
    )
  })

describe('a file', () => {
  const fresh = async (): Promise<string> => {
    const file = newFile()
    await opened(file)
    return file
  }

  it.each([0, 1, 2, 3])('of version %i, empty, becomes just what a new one is', async version => {
    const file = version === 0 ? newFile() : fileOf(version, {})
    await opened(file)
    expect(shapeOf(file)).toEqual(shapeOf(await fresh()))
    expect(shapeOf(file)).toMatchObject({ version: VERSION, tables: { listing: { wr: 1, strict: 1 } } })
  })

  it.each([1, 2, 3])('of version %i, full of what people did, loses nothing of it', async version => {
    const file = fileOf(version, rowsOf(version))
    const before = contentOf(file)
    await opened(file)
    expect(shapeOf(file)).toEqual(shapeOf(await fresh()))
    const after = contentOf(file)
    const changed = ['poll', ...(version === 1 ? ['setting', 'session'] : [])]
    for (const [table, rows] of Object.entries(before))
      if (!changed.includes(table)) expect(after[table], table).toEqual(rows)
    inFile(file, database => {
      expect(database.pragma('foreign_key_check')).toEqual([])
      const polls = database.prepare('select * from poll order by id').all() as readonly Row[]
      expect(polls.length).toBe(STATES.length)
      const expected = rowsOf(version).poll!
      for (const [i, poll] of polls.entries()) {
        const { draft, stated, minutes, minutes_version, minutes_sealed, stamp, ...rest } = poll
        const { draft: _, ...was } = expected[i]!
        expect(plain(rest)).toEqual(plain(was))
        expect({ stated, minutes, minutes_version, minutes_sealed, stamp }).toEqual(
          version >= 2 && poll.state === 'counted'
            ? FROZEN
            : { stated: null, minutes: null, minutes_version: 0, minutes_sealed: 0, stamp: '' },
        )
        const brought = version < 3 ? { prompts: [], from: '', medium: 'phones', groups: [] } : {}
        const own = version < 2 ? { pack: null, date: '', reviewed: '', summary: '' } : {}
        expect(JSON.parse(String(draft))).toEqual({
          ...{ title: TITLE, template: 'criteria', questions: QUESTIONS },
          ...brought,
          ...own,
        })
      }
      const listed = database.prepare('select poll, nonce from listing order by poll').all()
      expect(plain(listed)).toEqual(plain(expected.map(({ id, nonce }) => ({ poll: id, nonce }))))
      const manifests = database.prepare('select hash, poll from listed_manifest order by hash').all()
      expect(plain(manifests)).toEqual(
        plain(
          expected.flatMap(({ id, manifest_hash }) =>
            manifest_hash === null ? [] : [{ hash: manifest_hash, poll: id }],
          ),
        ),
      )
      if (version === 1)
        expect(database.prepare('select login, name, role, password, everything from person').all()).toEqual([
          { login: 'to-chuc', name: 'Người tổ chức', role: 'organiser', password: 'a.b', everything: 1 },
        ])
    })
  })

  it('of an earlier release keeps its guards: entries stay, and go with their poll', async () => {
    const file = fileOf(3, rowsOf(3))
    await withDatabases(async ({ of }) => {
      const db = of(idOf(5))
      expect(await outcome(db.write([db.read.deleteFrom('entry')]))).toBe('conflict')
      expect(await outcome(db.write([db.read.updateTable('confirmation').set({ by_name: 'C' })]))).toBe('conflict')
      expect(await outcome(db.write([db.read.deleteFrom('poll').where('id', '=', idOf(5))]))).toBe('done')
      for (const table of ['entry', 'confirmation', 'scan', 'comment_box'] as const)
        expect(await db.read.selectFrom(table).selectAll().execute(), table).toEqual([])
      expect((await db.read.selectFrom('cast').selectAll().execute()).length).toBe(2)
    }, file)
  })

  it('of an earlier release whose bringing up fails stays as it was', async () => {
    const file = fileOf(3, rowsOf(3))
    // Two polls with one nonce could not be listed.
    inFile(file, database => database.exec("update poll set nonce = 'one'"))
    const before = contentOf(file)
    expect(() => openSqlite(file)).toThrow(Conflict)
    expect(contentOf(file)).toEqual(before)
    inFile(file, database => database.exec('update poll set nonce = hex(id)'))
    await opened(file)
    expect(Object.keys(contentOf(file))).toContain('listing')
  })

  it('that does not exist is made, and opened again with what is in it', async () => {
    const file = newFile()
    expect(existsSync(file)).toBe(false)
    await withDatabases(
      ({ directory: { read, write } }) => write([read.insertInto('setting').values({ name: 'a', value: '' })]),
      file,
    )
    await withDatabases(
      async ({ directory }) =>
        expect(await directory.read.selectFrom('setting').select('name').execute()).toEqual([{ name: 'a' }]),
      file,
    )
  })

  it('of a newer release is refused and left as it was', async () => {
    const file = await fresh()
    inFile(file, database => database.pragma(`user_version = ${VERSION + 1}`))
    const before = [shapeOf(file), contentOf(file)]
    expect(() => openSqlite(file)).toThrow(NewerDatabase)
    expect([shapeOf(file), contentOf(file)]).toEqual(before)
  })
})

/** Bytes as text, so that Node's buffers and plain bytes are alike. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, one) =>
      one?.type === 'Buffer'
        ? Buffer.from(one.data).toString('hex')
        : one instanceof Uint8Array
          ? Buffer.from(one).toString('hex')
          : one,
    ),
  )
