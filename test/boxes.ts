/** A poll's database with nothing in it but what the contract of databases needs: cards, ballots, a row here and there. */
import type { Databases, Db } from '../server/db.ts'
import { secureRng as rng } from '../server/play/seed.ts'
import { insertEntry } from '../server/store/dossier.ts'
import { findPoll, insertMember, insertPoll } from '../server/store/polls.ts'
import { append, listTokens, spend } from '../server/store/voting.ts'
import { type Engine, type Place, withPlace } from './engine.ts'
import { pollRow } from './rows.ts'

export type Half = Pick<Databases, 'of'>

/** A poll, by its handle and its manifest. */
export interface Box {
  readonly id: Uint8Array
  readonly manifest: { readonly hash: Uint8Array }
  readonly tokens: readonly Uint8Array[]
}

export const newBox = (cards: number, seed = rng): Box => ({
  id: rng(16),
  manifest: { hash: rng(32) },
  tokens: Array.from({ length: cards }, () => seed(32)),
})

/** Its box is open. */
export async function keep(db: Db, { id, manifest, tokens }: Box): Promise<void> {
  const row = pollRow(id, manifest.hash, { state: 'open', gate: 'open' })
  await db.write([insertPoll(db, row), ...listTokens(db, id, [tokens])])
}

export const lay = (db: Db, box: Box, key: Uint8Array, bytes = rng(100)): Promise<void> =>
  append(db, box, { bytes, sealed: null }, { kind: 0, key, group: 0, receipt: rng(96) })
export const redeemed = (db: Db, box: Box, card: number): Promise<void> =>
  spend(db, box, box.tokens[card]!, rng(160), rng(160))

export const member = (db: Db, { id }: Box, idx: number, secret = 'x') => insertMember(db, id, idx, secret)
export const entry = (db: Db, { id }: Box, n: number) =>
  insertEntry(db, { poll: id, n, body: '{}', by_person: new Uint8Array(16), by_name: 'A' })
export const confirmation = ({ read }: Db, { id }: Box, n: number) =>
  read.insertInto('confirmation').values({ poll: id, n, by_person: new Uint8Array(16), by_name: 'B' })

/** A new place with one poll whose box is open. */
export const withBox = (
  engine: Engine<Half>,
  cards: number,
  use: (db: Db, box: Box, place: Place<Half>) => Promise<void>,
): Promise<void> =>
  withPlace(engine, async place => {
    const box = newBox(cards)
    const db = place.parts.of(box.id)
    await keep(db, box)
    await use(db, box, place)
  })

const TABLES = [
  ...(['member', 'message', 'token', 'spent', 'cast', 'entry', 'confirmation'] as const),
  ...(['scan', 'copy', 'comment_box', 'comment_file'] as const),
]

/** Every row of a poll, by table; tables without one are left out. */
export async function contentOf(db: Db, { id }: Pick<Box, 'id'>): Promise<Readonly<Record<string, unknown>>> {
  const text = (row: object) =>
    JSON.stringify(row, (_, value) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value))
  const tables = await Promise.all(
    TABLES.map(async table => {
      const rows = await db.read.selectFrom(table).selectAll().where('poll', '=', id).execute()
      return [table, rows.toSorted((a, b) => (text(a) < text(b) ? -1 : 1))] as const
    }),
  )
  return Object.fromEntries([['poll', await findPoll(db, id)], ...tables.filter(([, rows]) => rows.length > 0)])
}
