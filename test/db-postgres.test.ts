/** The contract of databases on a real PostgreSQL server; what is its own stands in `postgres.test.ts`. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPostgres } from '../server/db/postgres.ts'
import type { Databases } from '../server/db.ts'
import { secureRng as rng } from '../server/play/seed.ts'
import { insertPoll } from '../server/store/polls.ts'
import { listTokens, readCasts, readSpent } from '../server/store/voting.ts'
import { contract } from './db.contract.ts'
import { type Engine, ONE_OF } from './engine.ts'
import { type PostgresServer, postgresAvailable, startPostgres } from './postgres.ts'
import { pollRow } from './rows.ts'

let server: PostgresServer

/** As rows lie, with how many transactions are named in them, and in which order large values are numbered. */
const ORDER = (hex: string): string => `
  select coalesce(string_agg(one, ' '), '') as found from (
    select * from (select 'spent ' || encode(token, 'hex') as one from spent where poll = '\\x${hex}' order by ctid) a
    union all
    select * from (select 'cast ' || encode(key, 'hex') from "cast" where poll = '\\x${hex}' order by ctid) b
    union all
    select * from (select 'token ' || encode(token, 'hex') from token where poll = '\\x${hex}' order by ctid) c
    union all select 'writers ' || count(distinct xmin::text) from spent where poll = '\\x${hex}'
    union all select 'writers ' || count(distinct xmin::text) from "cast" where poll = '\\x${hex}'
    union all select 'lockers ' || count(distinct xmax::text) from token where poll = '\\x${hex}'
  ) all_of_it`

const POSTGRES: Engine<Databases> = {
  name: 'PostgreSQL',
  lacks: {},
  open: async () => {
    const url = await server.newDatabase()
    let databases = await openPostgres(url)
    return {
      get parts() {
        return databases
      },
      again: async () => {
        await databases.close()
        databases = await openPostgres(url)
      },
      stamp: async version => {
        await server.admin(`update release set version = ${version}`, url)
      },
      beside: async () => {
        const other = await openPostgres(url)
        return { parts: other, close: other.close }
      },
      kill: async () => {
        server.kill()
        await server.start()
      },
      order: async poll => {
        const [row] = await server.admin<{ readonly found: string }>(ORDER(Buffer.from(poll).toString('hex')), url)
        return row!.found
      },
      // Where it was refused it is closed already.
      close: () => databases.close().catch(() => {}),
    }
  },
}

/** A process that spends the same card and casts under the same key 32 times at once, as soon as it is told to. */
const RACE = `
  import { createInterface } from 'node:readline'
  import { openPostgres } from './server/db/postgres.ts'
  import { append, spend } from './server/store/voting.ts'
  const [url, ...texts] = process.argv.slice(1)
  const [id, hash, token, key] = texts.map(text => new Uint8Array(Buffer.from(text, 'hex')))
  const poll = { id, manifest: { hash } }
  const { of, close } = await openPostgres(url)
  const bytes = () => crypto.getRandomValues(new Uint8Array(96))
  const all = write => Promise.all(Array.from({ length: 32 }, () => write().then(() => 'done', ({ constructor }) => constructor.name.toLowerCase())))
  console.log('ready')
  for await (const _ of createInterface({ input: process.stdin })) {
    const spends = await all(() => spend(of(id), poll, token, bytes(), bytes()))
    const casts = await all(() => append(of(id), poll, { bytes: bytes(), sealed: null }, { kind: 0, key, group: 0, receipt: bytes() }))
    console.log(JSON.stringify({ spends, casts }))
    break
  }
  await close()`

describe.skipIf(!postgresAvailable())('on PostgreSQL', () => {
  beforeAll(async () => {
    server = await startPostgres()
  })
  afterAll(() => server.remove())

  contract(POSTGRES)

  it('one of 64 spends a card, and one of 64 casts under a key, who come from two processes', async () => {
    const url = await server.newDatabase()
    const databases = await openPostgres(url)
    const [id, hash, token, key] = [rng(16), rng(32), rng(32), rng(32)]
    const db = databases.of(id)
    await db.write([
      insertPoll(db, pollRow(id, hash, { state: 'open', gate: 'open' })),
      ...listTokens(db, id, [[token]]),
    ])
    const args = [id, hash, token, key].map(bytes => Buffer.from(bytes).toString('hex'))
    const children = [1, 2].map(() => newChild([url, ...args]))
    const told = children.map(({ lines }) => lines[Symbol.asyncIterator]())
    for (const lines of told) expect((await lines.next()).value).toBe('ready')
    for (const { child } of children) child.stdin!.end('go\n')
    const found = await Promise.all(told.map(async lines => JSON.parse((await lines.next()).value as string)))
    for (const what of ['spends', 'casts']) {
      const outcomes = found.flatMap(one => one[what] as readonly string[])
      expect([...outcomes].sort(), what).toEqual(ONE_OF(64))
    }
    expect((await readSpent(db, id)).length).toBe(1)
    expect((await readCasts(db, id)).length).toBe(1)
    await Promise.all(children.map(({ gone }) => gone))
    await databases.close()
  })
})

function newChild(args: readonly string[]): {
  readonly child: ChildProcess
  readonly lines: AsyncIterable<string>
  readonly gone: Promise<unknown>
} {
  const root = join(import.meta.dirname, '..')
  const child = spawn(process.execPath, ['--input-type=module', '-e', RACE, ...args], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  return { child, lines: createInterface({ input: child.stdout! }), gone: once(child, 'exit') }
}
