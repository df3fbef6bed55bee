/** Comments after the count: members' boxes for the one who combines, and the file for the competent authority. */
import { type Compilable, sql } from 'kysely'
import type { Db } from '../db.ts'
import { deleteMessages, insertMessage } from './polls.ts'

/** This member if it is the one who combines, read in the very statement that stores: else a constraint breaks. */
const combiner = (poll: Uint8Array, index: number) =>
  sql<number>`(select sender from message where poll = ${poll} and step = 'combine' and sender = ${index})`

/** From now on this member combines. What was sent to another goes; the file stays until it is replaced. */
export const nameCombiner = (db: Db, poll: Uint8Array, index: number, signature: string): readonly Compilable[] => [
  deleteMessages(db, poll, 'combine'),
  insertMessage(db, poll, { step: 'combine', sender: index, recipient: 0, body: signature }),
  db.read.deleteFrom('comment_box').where('poll', '=', poll).where('recipient', '!=', index),
]

/** Again: the last one counts. Breaks a constraint where `recipient` does not combine (any more). */
export const putBox = (
  db: Db,
  poll: Uint8Array,
  { sender, recipient, bytes }: { readonly sender: number; readonly recipient: number; readonly bytes: Uint8Array },
): readonly Compilable[] => [
  db.read.deleteFrom('comment_box').where('poll', '=', poll).where('sender', '=', sender),
  db.read.insertInto('comment_box').values({ poll, sender, recipient: combiner(poll, recipient), bytes }),
]

/** Who has sent a box to this member. */
export async function readSenders(db: Db, poll: Uint8Array, recipient: number): Promise<ReadonlySet<number>> {
  const rows = await db.read
    .selectFrom('comment_box')
    .select('sender')
    .where('poll', '=', poll)
    .where('recipient', '=', recipient)
    .execute()
  return new Set(rows.map(({ sender }) => sender))
}

export const readBoxes = (db: Db, poll: Uint8Array, recipient: number) =>
  db.read
    .selectFrom('comment_box')
    .select(['sender', 'bytes'])
    .where('poll', '=', poll)
    .where('recipient', '=', recipient)
    .orderBy('sender')
    .execute()

/** Breaks a constraint where `sender` does not combine (any more). */
export const putFile = (db: Db, poll: Uint8Array, sender: number, bytes: Uint8Array): readonly Compilable[] => [
  db.read.deleteFrom('comment_file').where('poll', '=', poll),
  db.read.insertInto('comment_file').values({ poll, sender: combiner(poll, sender), bytes }),
]

export async function hasFile(db: Db, poll: Uint8Array): Promise<boolean> {
  return (await db.read.selectFrom('comment_file').select('sender').where('poll', '=', poll).executeTakeFirst()) != null
}

export async function findFile(db: Db, poll: Uint8Array): Promise<Uint8Array | null> {
  const found = await db.read.selectFrom('comment_file').select('bytes').where('poll', '=', poll).executeTakeFirst()
  return found?.bytes ?? null
}

/** Of a poll that is void: nobody reads it any more. */
export const forgetComments = (db: Db, poll: Uint8Array): readonly Compilable[] => [
  deleteMessages(db, poll, 'combine'),
  db.read.deleteFrom('comment_box').where('poll', '=', poll),
  db.read.deleteFrom('comment_file').where('poll', '=', poll),
]
