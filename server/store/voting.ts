/** The box's tables: cards, what was spent, what was cast. Every statement in the protocol's own verbs. */
import { type Compilable, sql } from 'kysely'
import type { Accepted } from '../box.ts'
import type { Db } from '../db.ts'
import type { Sent } from '../work.ts'

/** The poll, by its handle and its manifest: begun anew, it has another one. */
type Which = { readonly id: Uint8Array; readonly manifest: { readonly hash: Uint8Array } }

/** A card that was redeemed or voided, by what its own key signed: the token comes first. */
export interface Spent {
  readonly request: Uint8Array
  readonly voided: boolean
}

const TOKEN_BYTES = 32

/** What may be stored now, read in the very statement that stores: a gate that shuts meanwhile breaks a constraint. */
const gateOf = ({ id, manifest }: Which) =>
  sql<string>`(select gate from poll where id = ${id} and manifest_hash = ${manifest.hash})`

export async function findToken(
  db: Db,
  poll: Uint8Array,
  token: Uint8Array,
): Promise<{ readonly group: number } | null> {
  const found = await db.read
    .selectFrom('token')
    .select('grp')
    .where('poll', '=', poll)
    .where('token', '=', token)
    .executeTakeFirst()
  return found ? { group: found.grp } : null
}

/** `answer` is null for a card that was voided. */
export async function findSpent(db: Db, poll: Uint8Array, token: Uint8Array) {
  const found = await db.read
    .selectFrom('spent')
    .select(['request', 'answer'])
    .where('poll', '=', poll)
    .where('token', '=', token)
    .executeTakeFirst()
  return found ?? null
}

export async function findCast(db: Db, poll: Uint8Array, kind: number, key: Uint8Array) {
  const found = await db.read
    .selectFrom('cast')
    .select(['bytes', 'sealed', 'receipt'])
    .where('poll', '=', poll)
    .where('kind', '=', kind)
    .where('key', '=', key)
    .executeTakeFirst()
  return found ?? null
}

/** Spends a card: with its answer if it is redeemed, without if it is voided. */
export const spend = (db: Db, poll: Which, token: Uint8Array, request: Uint8Array, answer: Uint8Array | null) =>
  db.write([db.read.insertInto('spent').values({ poll: poll.id, token, request, answer, gate: gateOf(poll) })])

/** Lays a ballot or an envelope into the box. */
export const append = (db: Db, poll: Which, { bytes, sealed }: Sent, { kind, key, group, receipt }: Accepted) =>
  db.write([
    db.read
      .insertInto('cast')
      .values({ poll: poll.id, kind, key, grp: group, bytes, sealed, receipt, gate: gateOf(poll) }),
  ])

/** The cards of a poll, for the same write that stores its manifest. */
export const listTokens = (
  db: Db,
  poll: Uint8Array,
  tokens: readonly (readonly Uint8Array[])[],
): readonly Compilable[] =>
  tokens.flatMap((list, grp) => list.map(token => db.read.insertInto('token').values({ poll, token, grp })))

export const readTokens = (db: Db, poll: Uint8Array) =>
  db.read.selectFrom('token').select(['token', 'grp']).where('poll', '=', poll).orderBy('token').execute()

/** Ascending by token. */
export const readSpent = (db: Db, poll: Uint8Array) =>
  db.read
    .selectFrom('spent')
    .innerJoin('token', join => join.onRef('token.poll', '=', 'spent.poll').onRef('token.token', '=', 'spent.token'))
    .select(['spent.token', 'spent.request', 'spent.answer', 'token.grp'])
    .where('spent.poll', '=', poll)
    .orderBy('spent.token')
    .execute()

/** What another deployment spent, once nothing more can be spent there; again changes nothing. Its answers stay there. */
export const takeSpent = (db: Db, poll: Uint8Array, spent: readonly Spent[]): readonly Compilable[] =>
  spent.map(({ request, voided }) =>
    db.read
      .insertInto('spent')
      .values({
        poll,
        token: request.subarray(0, TOKEN_BYTES),
        request,
        answer: voided ? null : new Uint8Array(),
        gate: 'open',
      })
      .onConflict(on => on.doNothing()),
  )

/** How many cards are redeemed, how many voided, by group. */
export async function countSpent(
  db: Db,
  poll: Uint8Array,
  groups: number,
): Promise<readonly { readonly redeemed: number; readonly voided: number }[]> {
  const rows = await db.read
    .selectFrom('spent')
    .innerJoin('token', join => join.onRef('token.poll', '=', 'spent.poll').onRef('token.token', '=', 'spent.token'))
    .select(({ fn }) => [
      'token.grp',
      fn.count<number>('spent.answer').as('redeemed'),
      fn.countAll<number>().as('spent'),
    ])
    .where('spent.poll', '=', poll)
    .groupBy('token.grp')
    .orderBy('token.grp')
    .execute()
  return Array.from({ length: groups }, (_, g) => {
    const { redeemed, spent } = rows.find(({ grp }) => grp === g) ?? { redeemed: 0, spent: 0 }
    return { redeemed: Number(redeemed), voided: Number(spent) - Number(redeemed) }
  })
}

/** In the order of their keys, which says nothing. */
export const readCasts = (db: Db, poll: Uint8Array) =>
  db.read
    .selectFrom('cast')
    .select(['kind', 'key', 'grp', 'bytes', 'sealed'])
    .where('poll', '=', poll)
    .orderBy('kind')
    .orderBy('key')
    .execute()

/** How many cards are redeemed, how many ballots cast. */
export async function readTurnout(
  db: Db,
  poll: Uint8Array,
): Promise<{ readonly redeemed: number; readonly cast: number }> {
  const redeemed = await db.read
    .selectFrom('spent')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('poll', '=', poll)
    .where('answer', 'is not', null)
    .executeTakeFirstOrThrow()
  const cast = await db.read
    .selectFrom('cast')
    .select(({ fn }) => fn.countAll<number>().as('n'))
    .where('poll', '=', poll)
    .where('kind', '=', 0)
    .executeTakeFirstOrThrow()
  return { redeemed: Number(redeemed.n), cast: Number(cast.n) }
}
