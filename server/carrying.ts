/**
 * Polls as they are carried from one place to another (`parcel.ts`): read whole, put down whole, taken away. A poll whose
 * box is in use is not read at all: a copy would show which card or ballot came last, and put back it would make spent
 * cards good again.
 *
 * Nothing that is put down is visible before its last step, the listing: a handle that is not listed is no poll. What an
 * interrupted restore left under such a handle goes with the next one.
 */
import { type Compilable, type QueryExecutorProvider, sql } from 'kysely'
import { equal, fromBase64url, shortCode, toBase64url } from '../crypto/bytes.ts'
import { attempt } from '../crypto/fault.ts'
import { parseManifest } from '../crypto/manifest.ts'
import { Conflict, type Databases, type Db } from './db.ts'
import {
  NO_ROWS,
  POLL_TABLES,
  type PollHead,
  type Row,
  readRow,
  type Table,
  withRow,
  writeEnd,
  writeHead,
  writeRow,
} from './parcel.ts'
import { Polls } from './polls.ts'
import { no } from './refusals.ts'
import { VERSION } from './schema/tables.ts'
import { asItIs } from './store/carried.ts'
import { deleteListing, findListed, insertListing, isListed } from './store/listing.ts'
import { givePoll, readPeople } from './store/people.ts'
import { deletePoll, findPoll, type PollRow } from './store/polls.ts'
import { readSpent } from './store/voting.ts'
import type { Draft } from './wire.ts'

/** A poll as whoever carries it sees it. */
export interface Known {
  readonly poll: string
  readonly title: string
  /** Of its manifest; null before there is one, and of a round on paper. */
  readonly code: string | null
  /** Why it is not copied now: its box is open; or cards were handed back before opening, and it is not closed. */
  readonly stays: 'open' | 'handed-back' | null
}

export async function knownPolls(databases: Databases): Promise<readonly Known[]> {
  const all = await new Polls(databases).all()
  return Promise.all(
    all.map(async ({ db, row }) => ({
      poll: toBase64url(row.id),
      title: titleOf(row),
      code: row.manifest_hash && shortCode(row.manifest_hash),
      stays:
        row.state === 'open'
          ? 'open'
          : isOver(row) || (await readSpent(db, row.id)).length === 0
            ? null
            : 'handed-back',
    })),
  )
}

/** From here on rows keep no order: they were rewritten first. */
const isOver = ({ state }: Pick<PollRow, 'state'>): boolean => ['closed', 'counted', 'void'].includes(state)

/** Of a deployment that only redeems the manifest alone has it; of a poll that is forgotten there, nothing does. */
export function titleOf({ draft, manifest }: Pick<PollRow, 'draft' | 'manifest'>): string {
  const { title } = JSON.parse(draft) as Partial<Draft>
  return title ?? (manifest ? (attempt(() => parseManifest(manifest))?.poll.title ?? '') : '')
}

// ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * A poll's lines. It is read twice, first for the hash: the end is given only where both readings were the same, since
 * then everything was there at one moment between them. Refuses `not-found`; `wrong-state` of a box that is in use.
 */
export async function parcelOf(databases: Databases, poll: Uint8Array): Promise<AsyncIterable<string>> {
  const { directory } = databases
  const listing = await directory.read.selectFrom('listing').select('nonce').where('poll', '=', poll).executeTakeFirst()
  if (!listing) return no('not-found')
  const db = databases.of(poll)
  const before = await hashOf(db, poll)
  const given = await directory.read
    .selectFrom('person_poll')
    .select('person')
    .where('poll', '=', poll)
    .orderBy('person')
    .execute()
  const head: PollHead = {
    parcel: 'poll',
    release: VERSION,
    poll: toBase64url(poll),
    nonce: listing.nonce,
    given: given.map(({ person }) => toBase64url(person)),
  }
  return (async function* () {
    yield writeHead(head)
    let hash = NO_ROWS
    for await (const line of rowsOf(db, poll)) {
      hash = withRow(hash, line)
      yield line
    }
    if (equal(hash, before)) yield writeEnd(hash)
  })()
}

/** Refuses `not-found`, `wrong-state`. */
export async function hashAt(databases: Databases, poll: Uint8Array): Promise<Uint8Array> {
  if (!(await isListed(databases.directory, poll))) no('not-found')
  return hashOf(databases.of(poll), poll)
}

async function hashOf(db: Db, poll: Uint8Array): Promise<Uint8Array> {
  let hash = NO_ROWS
  for await (const line of rowsOf(db, poll)) hash = withRow(hash, line)
  return hash
}

async function* rowsOf(db: Db, poll: Uint8Array): AsyncGenerator<string> {
  const row = (await findPoll(db, poll)) ?? no('not-found')
  if (row.state === 'open') no('wrong-state')
  for (const table of POLL_TABLES)
    for await (const line of linesOf(db.read, table, table.name === 'poll' ? 'id' : 'poll', poll)) {
      // Handed back, or opened in this very moment.
      if (!isOver(row) && ['spent', 'cast'].includes(table.name)) no('wrong-state')
      yield line
    }
}

/** A table's rows as lines, in the order of their keys: of one poll, or all of them. */
export async function* linesOf(
  read: QueryExecutorProvider,
  table: Table,
  handle: string | null,
  poll: Uint8Array | null,
): AsyncGenerator<string> {
  const columns = sql.join(Object.keys(table.columns).map(column => sql.ref(column)))
  const key = sql.join(table.key.map(column => sql.ref(column)))
  const own = handle === null ? sql`1 = 1` : sql`${sql.ref(handle)} = ${poll}`
  const from = sql`select ${columns} from ${sql.table(table.name)} where ${own}`
  if (table.atOnce === Infinity) {
    const { rows } = await sql<Row>`${from}`.execute(read)
    yield* rows.map(row => writeRow(table, asCarried(table, row))).sort((a, b) => (a < b ? -1 : 1))
    return
  }
  let after = sql``
  for (;;) {
    const { rows } = await sql<Row>`${from} ${after} order by ${key} limit ${sql.lit(table.atOnce)}`.execute(read)
    for (const row of rows) yield writeRow(table, row)
    const last = rows.at(-1)
    if (last === undefined || rows.length < table.atOnce) return
    after = sql`and (${key}) > (${sql.join(table.key.map(column => last[column]))})`
  }
}

/** What was asked of members before opening is not: a poll is opened by whoever signs that where it lies. */
const asCarried = ({ name }: Table, row: Row): Row =>
  name === 'poll' && !isOver(row as Pick<PollRow, 'state'>) ? { ...row, asked: null } : row

// ── putting down ────────────────────────────────────────────────────────────────────────────────────────────────

/** A part of a poll's rows, in their order; the first begins with the poll's own. Refuses `wrong-state`, `bad-request`. */
export async function putRows(databases: Databases, poll: Uint8Array, lines: readonly string[]): Promise<void> {
  const { directory } = databases
  const db = databases.of(poll)
  if (await isListed(directory, poll)) {
    if (await findPoll(db, poll)) no('wrong-state')
    // Of a poll that was carried away, when its place stopped in the middle.
    await directory.write([deleteListing(directory, poll)])
  }
  const rows = lines.map(line => readRow(line) ?? no('bad-request'))
  if (rows.some(({ table }) => !POLL_TABLES.includes(table))) no('bad-request')
  await putDown(db, [
    ...(rows[0]?.table.name === 'poll' ? [deletePoll(db, poll)] : []),
    ...rows.map(({ table, row }) =>
      insert(db.read, table.name, { [table.name === 'poll' ? 'id' : 'poll']: poll, ...row }),
    ),
  ])
}

/**
 * The last step: what was put down reads as it should, and can be found, by its own manifest alone. It is given to people
 * who are there already. Refuses `bad-request`, `wrong-state`, `wrong-manifest` of one that is another poll's here.
 */
export async function listPoll(databases: Databases, head: PollHead, hash: Uint8Array): Promise<void> {
  const { directory } = databases
  const poll = bytes(head.poll)
  const db = databases.of(poll)
  if (!equal(await hashOf(db, poll), hash)) no('bad-request')
  const { manifest_hash: manifest } = (await findPoll(db, poll)) ?? no('not-found')
  const of = manifest && (await findListed(directory, manifest))
  if (of && !equal(of, poll)) no('wrong-manifest')
  const there = new Set((await readPeople(directory)).map(({ id }) => toBase64url(id)))
  await putDown(directory, [
    insertListing(directory, poll, head.nonce),
    // Listed for another poll meanwhile, it breaks a constraint.
    ...(manifest ? [insert(directory.read, 'listed_manifest', { hash: manifest, poll })] : []),
    ...head.given.filter(one => there.has(one)).map(one => givePoll(directory, bytes(one), poll)),
  ])
}

/** One write. Refuses `wrong-state` where a constraint breaks. */
export async function putDown(place: Pick<Db, 'write'>, statements: readonly Compilable[]): Promise<void> {
  try {
    if (statements.length > 0) await place.write(statements)
  } catch (error) {
    if (error instanceof Conflict) no('wrong-state')
    throw error
  }
}

export function insert(
  read: QueryExecutorProvider,
  name: string,
  row: Readonly<Record<string, unknown>>,
  unless = sql``,
): Compilable {
  const columns = sql.join(Object.keys(row).map(column => sql.ref(column)))
  const statement = sql`insert into ${sql.table(name)} (${columns}) values (${sql.join(Object.values(row))}) ${unless}`
  return { compile: () => statement.compile(read) }
}

// ── taking away ─────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * A poll that was carried elsewhere is here no more, with all that was written. Refuses `wrong-state` where it is not as
 * it was when it was read: whatever was written to it in this moment, it stays.
 */
export async function removeCarried(databases: Databases, poll: Uint8Array, hash: Uint8Array): Promise<void> {
  const { directory } = databases
  const db = databases.of(poll)
  const still = await asItIs(db, poll)
  if (!equal(await hashAt(databases, poll), hash)) no('wrong-state')
  await putDown(db, [...still, deletePoll(db, poll)])
  await db.rewrite(poll)
  await directory.write([deleteListing(directory, poll)])
}

const bytes = (text: string): Uint8Array => fromBase64url(text)!
