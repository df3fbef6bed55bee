/** Settings and sessions. */
import { type Compilable, sql } from 'kysely'
import type { Directory } from '../db.ts'

export async function readSetting(directory: Directory, name: string): Promise<string | null> {
  const found = await directory.read.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst()
  return found?.value ?? null
}

export const writeSetting = (directory: Directory, name: string, value: string): readonly Compilable[] => [
  directory.read.deleteFrom('setting').where('name', '=', name),
  directory.read.insertInto('setting').values({ name, value }),
]

/** Breaks a constraint where it was written before. */
export const writeOnce = (directory: Directory, name: string, value: string): Compilable =>
  directory.read.insertInto('setting').values({ name, value })

/** Empties a setting of this value; one that was emptied meanwhile breaks a constraint, and what is written with it. */
export const emptySetting = (directory: Directory, name: string, value: string): Compilable =>
  directory.read
    .updateTable('setting')
    .set({ value: sql<string>`case when value = ${value} then '' else null end` })
    .where('name', '=', name)

/** Only while the account still has the password that opened it: one that was taken away meanwhile breaks a constraint. */
export const insertSession = (
  directory: Directory,
  token_hash: Uint8Array,
  { person, password }: { readonly person: Uint8Array; readonly password: string },
  now: number,
): Compilable =>
  directory.read.insertInto('session').values({
    token_hash,
    person: sql<Uint8Array>`(select id from person where id = ${person} and password = ${password})`,
    created_ms: now,
    seen_ms: now,
  })

export const findSession = (directory: Directory, tokenHash: Uint8Array) =>
  directory.read.selectFrom('session').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst()

export const touchSession = (directory: Directory, tokenHash: Uint8Array, seen_ms: number): Compilable =>
  directory.read.updateTable('session').set({ seen_ms }).where('token_hash', '=', tokenHash)

export const deleteSession = (directory: Directory, tokenHash: Uint8Array): Compilable =>
  directory.read.deleteFrom('session').where('token_hash', '=', tokenHash)

export const deleteOldSessions = (directory: Directory, createdBefore: number, seenBefore: number): Compilable =>
  directory.read
    .deleteFrom('session')
    .where(({ eb, or }) => or([eb('created_ms', '<', createdBefore), eb('seen_ms', '<', seenBefore)]))

export const deleteSessionsOf = (directory: Directory, person: Uint8Array): Compilable =>
  directory.read.deleteFrom('session').where('person', '=', person)
