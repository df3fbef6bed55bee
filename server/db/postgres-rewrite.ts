/**
 * What PostgreSQL keeps of the order of writing, and how it goes: a row names the transaction that wrote it and those
 * that locked it (`xmin`, `xmax`), and lies behind what was written before it; large values have running numbers of their
 * own; what was deleted stays where it lay. So a poll's rows are written again in one transaction, in the order of their
 * keys, and then the tables' files are.
 *
 * The second step reads and writes these tables whole, of all polls, who wait meanwhile. Engines that store otherwise
 * have no such statement, and keep what they keep.
 */
import type { CompiledQuery } from 'kysely'
import { DatabaseError, type PoolClient } from 'pg'
import { Away } from '../db.ts'

/** Names as SQL writes them, with their keys. Nothing refers to these. */
const MOVED = {
  member: 'poll, idx',
  message: 'poll, step, sender, recipient',
  spent: 'poll, token',
  '"cast"': 'poll, kind, key',
  comment_box: 'poll, sender, recipient',
  comment_file: 'poll',
}

/** In one transaction: all of a poll's rows carry its name, and large values new numbers, ascending with the keys. */
export const rewritten = (poll: Uint8Array): readonly Pick<CompiledQuery, 'sql' | 'parameters'>[] => [
  ...Object.entries(MOVED).map(([table, key]) => ({
    sql: `with gone as (delete from ${table} where poll = $1 returning *)
      insert into ${table} select * from gone order by ${key}`,
    parameters: [poll],
  })),
  // A card's row was locked by its redemption. It cannot be deleted without what refers to it.
  { sql: 'update token set grp = grp where poll = $1', parameters: [poll] },
]

/** Of a table's rewrite: one that others could still see, however briefly, is kept. Then once more. */
const ATTEMPTS = 50
const PAUSE_MS = 100
/** As long as it takes. */
const PATIENCE_MS = 2 ** 31 - 1
/** For those who hold the table: everybody who comes later stands behind whoever waits for it. */
const LOCK_MS = 500

/** The files of these tables hold the rows that there are, in the order of their keys, and nothing else. */
export async function discardDead(client: PoolClient): Promise<void> {
  await client.query(`set lock_timeout = ${LOCK_MS}`)
  try {
    for (const table of ['poll', 'token', ...Object.keys(MOVED)])
      for (let attempt = 1; (await clustered(client, table)) > 0; attempt++) {
        if (attempt === ATTEMPTS) throw new Away(`some transaction has been keeping deleted rows of ${table}`)
        await new Promise(resolve => setTimeout(resolve, PAUSE_MS))
      }
  } finally {
    await client.query('reset lock_timeout')
  }
}

/** Writes a table anew. How many deleted rows it had to take along, the server says in a notice. */
async function clustered(client: PoolClient, table: string): Promise<number> {
  let kept = 0
  const listen = ({ detail }: { readonly detail?: string | undefined }) => {
    kept += Number(/^\d+/.exec(detail ?? '')?.[0] ?? 0)
  }
  client.on('notice', listen)
  try {
    const text = `cluster verbose ${table} using ${table.replaceAll('"', '')}_pkey`
    await client.query({ text, query_timeout: PATIENCE_MS } as { text: string })
  } catch (error) {
    if (!(error instanceof DatabaseError && (error.code === '0A000' || error.code === '42601'))) throw error
  } finally {
    client.off('notice', listen)
  }
  return kept
}
