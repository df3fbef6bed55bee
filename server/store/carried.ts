/** What holds a poll still while it is carried away. */
import { type Compilable, type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Db } from '../db.ts'
import { POLL_TABLES, type Row } from '../parcel.ts'
import { no } from '../refusals.ts'
import { findPoll } from './polls.ts'

/** Of what is encrypted: anew each time, so that its end tells one text from another. */
const END = sql<Uint8Array>`substr(bytes, length(bytes) - 31)`

/** What may be written again at the same place. All other rows are only ever added, or change with the poll's own. */
const REPLACED = [
  { table: 'message', key: ['step', 'sender', 'recipient'], content: sql<string>`body` },
  { table: 'comment_box', key: ['sender', 'recipient'], content: END },
  { table: 'comment_file', key: ['sender'], content: END },
] as const

/**
 * Statements that change nothing, and break a constraint where this poll is by then any other than it is now: for the write
 * that deletes it. Refuses `not-found`.
 */
export async function asItIs(db: Db, poll: Uint8Array): Promise<readonly Compilable[]> {
  const row = (await findPoll(db, poll)) ?? no('not-found')
  const held = [
    all(Object.entries(row).map(([column, value]) => sql<SqlBool>`${sql.ref(column)} is not distinct from ${value}`)),
  ]
  for (const { name } of POLL_TABLES) {
    if (name === 'poll') continue
    const { rows } = await sql<{ readonly n: number }>`${counted(name, poll)}`.execute(db.read)
    held.push(sql`(${counted(name, poll)}) = ${Number(rows[0]!.n)}`)
  }
  for (const { table, key, content } of REPLACED) {
    const columns = sql.join(key.map(column => sql.ref(column)))
    const own = sql`from ${sql.table(table)} where poll = ${poll}`
    const { rows } = await sql<Row>`select ${columns}, ${content} as content ${own}`.execute(db.read)
    for (const said of rows) {
      const same = all([
        ...key.map(column => sql<SqlBool>`${sql.ref(column)} = ${said[column]}`),
        isSaid(content, said),
      ])
      held.push(sql`exists (select 1 ${own} and ${same})`)
    }
  }
  return held.map(holds => ({
    compile: () =>
      sql`update poll set version = case when ${holds} then version else null end where id = ${poll}`.compile(db.read),
  }))
}

const all = (conditions: readonly RawBuilder<SqlBool>[]): RawBuilder<SqlBool> => sql.join(conditions, sql` and `)

const isSaid = (content: RawBuilder<unknown>, said: Row): RawBuilder<SqlBool> => sql`${content} = ${said.content}`

const counted = (table: string, poll: Uint8Array) =>
  sql`select count(*) as n from ${sql.table(table)} where poll = ${poll}`
