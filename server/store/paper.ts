/** A round on paper: the box is closed once the gate is shut, and what members keyed decides with it. */
import { type Compilable, type SqlBool, sql } from 'kysely'
import type { Db } from '../db.ts'
import { type Message, type PollRow, replaceMessage } from './polls.ts'

/** Sheets are being counted; breaks a constraint where they are not, and what is written with it. */
const whileCounting = (holds: ReturnType<typeof sql<SqlBool>>) =>
  sql<number>`case when state = 'open' and gate = 'shut' and ${holds} then version else null end`

/** Takes effect while sheets are counted and what was stated is what the numbers were held to; changes nothing. */
export const whileStated = (db: Db, { id, stated }: Pick<PollRow, 'id' | 'stated'>): Compilable =>
  db.read
    .updateTable('poll')
    .set({ version: whileCounting(sql`coalesce(stated, '') = ${stated ?? ''}`) })
    .where('id', '=', id)

/** The last keying counts; the first one stays as it was, and the same once more is no further one. */
export const keepKeying = (db: Db, poll: Uint8Array, sender: number, body: string): readonly Compilable[] => {
  const [first, times] = (['keying-1', 'keyings'] as const).map(step => ({ poll, step, sender, recipient: 0, body }))
  return [
    db.read
      .insertInto('message')
      .values(first!)
      .onConflict(on => on.doNothing()),
    db.read
      .insertInto('message')
      .values({ ...times!, body: '1' })
      .onConflict(on =>
        on.columns(['poll', 'step', 'sender', 'recipient']).doUpdateSet({
          body: sql<string>`case when exists (select 1 from message as last where last.poll = ${poll}
              and last.step = 'keying' and last.sender = ${sender} and last.body = ${body})
            then message.body else cast(cast(message.body as integer) + 1 as text) end`,
        }),
      ),
    ...replaceMessage(db, poll, { step: 'keying', sender, recipient: 0, body }),
  ]
}

/** The count stands, if this is still what was said. */
export const countPaper = (db: Db, id: Uint8Array, said: readonly Message[], closing: string): Compilable =>
  db.read
    .updateTable('poll')
    .set({
      state: 'counted',
      closing,
      // A member's link stands for the signature.
      closing_signature: new Uint8Array(),
      asked: null,
      version: whileCounting(
        sql.join(
          said.map(
            ({ step, sender, body }) =>
              sql<SqlBool>`exists (select 1 from message
                where poll = ${id} and step = ${step} and sender = ${sender} and body = ${body})`,
          ),
          sql` and `,
        ) as ReturnType<typeof sql<SqlBool>>,
      ),
    })
    .where('id', '=', id)
