/**
 * PostgreSQL: one database for all, of as many processes as one likes. Every transaction is serializable, so that what
 * was acknowledged is in whatever is read afterwards; a transaction that lost a race is tried again.
 *
 * What its files show: docs/operations.md. A row names the transaction that wrote it, and rows lie in the order of
 * writing, until `rewrite`.
 */
import { type Compilable, CompiledQuery, Kysely, PostgresDialect, type PostgresPool } from 'kysely'
import { type ClientBase, type CustomTypesConfig, DatabaseError, Pool, type PoolClient, types } from 'pg'
import { Away, Conflict, type Databases, DiskFull, NewerDatabase } from '../db.ts'
import { TABLES } from '../schema/postgres.ts'
import { VERSION } from '../schema/tables.ts'
import type { DirectoryTables, PollTables } from '../schema.ts'
import { discardDead, rewritten } from './postgres-rewrite.ts'
import { checkSettings, ISOLATION, UnfitDatabase } from './postgres-settings.ts'

type Query = Pick<CompiledQuery, 'sql' | 'parameters'>

/** Of one process. More gained nothing, and a server as it comes takes a hundred of all processes together. */
const CONNECTIONS = 10
/** For a connection, and for one answer: then the server is away. */
const CONNECTING_MS = 10_000
const ANSWERING_MS = 60_000
/** How often a transaction that lost a race is tried, and the longest pause before it. */
const ATTEMPTS = 20
const PAUSE_MS = 200

/** Throws `UnfitDatabase`, `NewerDatabase`, `Away`. */
export async function openPostgres(url: string): Promise<Databases> {
  const pool = new Pool({
    connectionString: url,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECTING_MS,
    query_timeout: ANSWERING_MS,
    keepAlive: true,
    types: PLAIN,
    // With the connection itself: what is set later, a pooler between may give to somebody else.
    options: `-c ${ISOLATION}=serializable -c synchronous_commit=on`,
    onConnect: prepare,
  })
  // A connection that breaks is told to whoever uses it, or to nobody; without listeners it would end the process.
  pool.on('error', () => {})
  const begun = new Set<Promise<unknown>>()

  /** On a connection of its own, again where it lost a race. */
  function use<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const done = untilWon(() => withClient(pool, work))
    begun.add(done)
    const forget = () => begun.delete(done)
    done.then(forget, forget)
    return done
  }

  const write = (queries: readonly Query[]): Promise<void> => use(client => runAll(client, queries))
  const shared: PostgresPool = {
    connect: async () => ({
      // Kysely asks one question at a time; its cursors are not used.
      query: ((sql: string, parameters: unknown[]) => use(client => client.query(sql, parameters))) as never,
      release: () => {},
    }),
    end: async () => {},
    options: {},
  }
  const all = {
    write: async (statements: readonly Compilable[]) => write(statements.map(statement => statement.compile())),
  }
  const dialect = new PostgresDialect({ pool: shared })
  const directory = { ...all, read: new Kysely<DirectoryTables>({ dialect }) }
  const discard = oneForAllWhoWait(() => use(discardDead))
  const polls = {
    ...all,
    read: new Kysely<PollTables>({ dialect }),
    rewrite: async (poll: Uint8Array) => {
      await Promise.allSettled(begun)
      await write(rewritten(poll))
      await discard()
    },
  }

  try {
    await migrate(use)
  } catch (error) {
    await pool.end()
    throw error
  }
  return {
    directory,
    of: () => polls,
    close: async () => {
      await Promise.allSettled(begun)
      await pool.end()
    },
  }
}

/** Numbers and plain bytes, as every other engine gives them. */
const PLAIN: CustomTypesConfig = {
  getTypeParser: ((id: number, format: 'text' | 'binary') => {
    if (id === types.builtins.INT8 || id === types.builtins.NUMERIC) return Number
    if (id === types.builtins.BYTEA) return (text: string) => new Uint8Array(Buffer.from(text.slice(2), 'hex'))
    return types.getTypeParser(id, format)
  }) as CustomTypesConfig['getTypeParser'],
}

/** Of each connection, before anything else. */
async function prepare(client: ClientBase): Promise<void> {
  client.on('error', () => {})
  await checkSettings(client)
}

async function withClient<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    const result = await work(client)
    client.release()
    return result
  } catch (error) {
    client.release(!(isRace(error) || named(error) instanceof Conflict))
    throw error
  }
}

async function runAll(client: PoolClient, queries: readonly Query[]): Promise<void> {
  const run = ({ sql, parameters }: Query) => client.query(sql, [...parameters])
  // A statement alone is a transaction.
  if (queries.length === 1) return void (await run(queries[0]!))
  await client.query('begin')
  try {
    for (const query of queries) await run(query)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

async function untilWon<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++)
    try {
      return await work()
    } catch (error) {
      if (!isRace(error) || attempt === ATTEMPTS) throw named(error)
      await pause(attempt)
    }
}

const pause = (attempt: number): Promise<void> =>
  new Promise(resolve => setTimeout(resolve, Math.random() * Math.min(2 ** attempt, PAUSE_MS)))

const codeOf = (error: unknown): string | undefined => (error instanceof DatabaseError ? error.code : undefined)

/** Serialization failure, deadlock: nothing was stored, and the same again may succeed. */
const isRace = (error: unknown): boolean => ['40001', '40P01'].includes(codeOf(error) ?? '')

/** *Source*: PostgreSQL, appendix A. Never with the server's own words on a row, which hold its values. */
function named(error: unknown): unknown {
  if (error instanceof UnfitDatabase) return error
  if (!(error instanceof DatabaseError)) return new Away(error instanceof Error ? error.message : String(error))
  const code = error.code ?? ''
  // A value that its column cannot hold (22) is what SQLite calls a constraint too.
  if (/^2[23]/.test(code)) return new Conflict(code)
  if (/^(53100|58030|25006)$/.test(code)) return new DiskFull(code)
  if (/^(08|40|53|57)|^(25P03|55P03)$/.test(code)) return new Away(`${code}: ${error.message}`)
  return error
}

/** The tables are there, of this version: made by whichever of several processes was first. */
async function migrate(use: <T>(work: (client: PoolClient) => Promise<T>) => Promise<T>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const version = await use(versionOf)
    if (version !== null && version > VERSION) throw new NewerDatabase()
    if (version !== null) return
    try {
      const making = TABLES.map(text => CompiledQuery.raw(text))
      return await use(client => runAll(client, making))
    } catch (error) {
      // Somebody else is making the same tables: what they are called is taken (42P07), or their names' rows are.
      const isTaken = error instanceof Conflict || error instanceof Away || codeOf(error) === '42P07'
      if (!isTaken || attempt === ATTEMPTS) throw error
      await pause(attempt)
    }
  }
}

async function versionOf(client: PoolClient): Promise<number | null> {
  const { rowCount } = await client.query(
    `select 1 from information_schema.tables where table_schema = current_schema() and table_name = 'release'`,
  )
  if (rowCount === 0) return null
  const { rows } = await client.query<{ readonly version: number }>('select version from release')
  return rows[0]?.version ?? null
}

/** Runs `work` once for everybody who asked before it began, one run after the other. */
function oneForAllWhoWait(work: () => Promise<void>): () => Promise<void> {
  let last: Promise<void> = Promise.resolve()
  let next: Promise<void> | null = null
  return () => {
    next ??= last
      .catch(() => {})
      .then(() => {
        next = null
        last = work()
        return last
      })
    return next
  }
}
