/**
 * What follows a count. Entries, confirmations, scans and copies are only ever added: there is no statement here that
 * changes or deletes one, and the database refuses it. They go with a rehearsal that is deleted as a whole.
 */
import { type Compilable, type Insertable, sql } from 'kysely'
import type { Db } from '../db.ts'
import type { PollTables } from '../schema.ts'
import type { Stamp } from '../wire/leader.ts'

export const insertEntry = (db: Db, row: Insertable<PollTables['entry']>): Compilable =>
  db.read.insertInto('entry').values(row)

export const readEntries = (db: Db, poll: Uint8Array) =>
  db.read
    .selectFrom('entry')
    .leftJoin('confirmation', join =>
      join.onRef('confirmation.poll', '=', 'entry.poll').onRef('confirmation.n', '=', 'entry.n'),
    )
    .select(['entry.n', 'entry.body', 'entry.by_person', 'entry.by_name', 'confirmation.by_name as confirmed_by'])
    .where('entry.poll', '=', poll)
    .orderBy('entry.n')
    .execute()

export type EntryRow = Awaited<ReturnType<typeof readEntries>>[number]

/** A second one for the same entry breaks a constraint. */
export const insertConfirmation = (db: Db, row: Insertable<PollTables['confirmation']>): Compilable =>
  db.read.insertInto('confirmation').values(row)

// ── minutes ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** Breaks a constraint where somebody saved meanwhile, or sealed, or the poll is not counted (any more). */
const ifCurrent = (version: number, then: number) =>
  sql<number>`case when state = 'counted' and minutes_sealed = 0 and minutes_version = ${version}
    then cast(${then} as bigint) else null end`

export const updateMinutes = (db: Db, poll: Uint8Array, version: number, minutes: string): Compilable =>
  db.read
    .updateTable('poll')
    .set({ minutes, minutes_version: ifCurrent(version, version + 1) })
    .where('id', '=', poll)

export const sealMinutes = (db: Db, poll: Uint8Array, version: number): Compilable =>
  db.read
    .updateTable('poll')
    .set({ minutes_sealed: 1, minutes_version: ifCurrent(version, version) })
    .where('id', '=', poll)

// ── paper ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** Takes effect on one of these stamps only; on another it breaks a constraint, and what is written with it. */
export const updateStamp = (db: Db, poll: Uint8Array, from: readonly Stamp[], stamp: Stamp): Compilable =>
  db.read
    .updateTable('poll')
    .set({ stamp: sql<Stamp>`case when stamp in (${sql.join(from)}) then ${stamp} else null end` })
    .where('id', '=', poll)

/** Takes effect under one of these stamps only, and changes nothing. */
export const whileStamp = (db: Db, poll: Uint8Array, stamps: readonly Stamp[]): Compilable =>
  db.read
    .updateTable('poll')
    .set({ stamp: sql<Stamp>`case when stamp in (${sql.join(stamps)}) then stamp else null end` })
    .where('id', '=', poll)

export const insertScan = (db: Db, row: Insertable<PollTables['scan']>): Compilable =>
  db.read.insertInto('scan').values(row)

/** Without their bytes. */
export const readScans = (db: Db, poll: Uint8Array) =>
  db.read
    .selectFrom('scan')
    .select(['n', 'name', 'by_name', sql<number>`length(bytes)`.as('size')])
    .where('poll', '=', poll)
    .orderBy('n')
    .execute()

export const findScan = (db: Db, poll: Uint8Array, n: number) =>
  db.read
    .selectFrom('scan')
    .select(['n', 'name', 'type', 'bytes'])
    .where('poll', '=', poll)
    .where('n', '=', n)
    .executeTakeFirst()

export const insertCopy = (db: Db, row: Insertable<PollTables['copy']>): Compilable =>
  db.read.insertInto('copy').values(row)

export const readCopies = (db: Db, poll: Uint8Array) =>
  db.read
    .selectFrom('copy')
    .select(['number', 'form', 'recipient'])
    .where('poll', '=', poll)
    .orderBy('number')
    .execute()
