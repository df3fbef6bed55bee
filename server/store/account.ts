/** Settings and sessions. */
import { type Compilable, sql } from 'kysely'
import type { Db } from '../db.ts'

export async function readSetting(db: Db, name: string): Promise<string | null> {
  const found = await db.read.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst()
  return found?.value ?? null
}

export const writeSetting = (db: Db, name: string, value: string): readonly Compilable[] => [
  db.read.deleteFrom('setting').where('name', '=', name),
  db.read.insertInto('setting').values({ name, value }),
]

/** Empties a setting of this value; one that was emptied meanwhile breaks a constraint, and what is written with it. */
export const emptySetting = (db: Db, name: string, value: string): Compilable =>
  db.read
    .updateTable('setting')
    .set({ value: sql<string>`case when value = ${value} then '' else null end` })
    .where('name', '=', name)

/** Only while the account still has the password that opened it: one that was taken away meanwhile breaks a constraint. */
export const insertSession = (
  db: Db,
  token_hash: Uint8Array,
  { person, password }: { readonly person: Uint8Array; readonly password: string },
  now: number,
): Compilable =>
  db.read.insertInto('session').values({
    token_hash,
    person: sql<Uint8Array>`(select id from person where id = ${person} and password = ${password})`,
    created_ms: now,
    seen_ms: now,
  })

export const findSession = (db: Db, tokenHash: Uint8Array) =>
  db.read.selectFrom('session').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst()

export const touchSession = (db: Db, tokenHash: Uint8Array, seen_ms: number): Compilable =>
  db.read.updateTable('session').set({ seen_ms }).where('token_hash', '=', tokenHash)

export const deleteSession = (db: Db, tokenHash: Uint8Array): Compilable =>
  db.read.deleteFrom('session').where('token_hash', '=', tokenHash)

export const deleteOldSessions = (db: Db, createdBefore: number, seenBefore: number): Compilable =>
  db.read
    .deleteFrom('session')
    .where(({ eb, or }) => or([eb('created_ms', '<', createdBefore), eb('seen_ms', '<', seenBefore)]))

export const deleteSessionsOf = (db: Db, person: Uint8Array): Compilable =>
  db.read.deleteFrom('session').where('person', '=', person)
