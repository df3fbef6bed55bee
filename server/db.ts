/**
 * The seam between the application and a database: reads through kysely, writes as lists of statements that take effect
 * together or not at all. There are no interactive transactions: a guard is a constraint, and a lost race is a `Conflict`.
 *
 * Trust: who can read the database sees what the schema says and nothing of who voted how; who can change it can drop
 * ballots, which receipts show.
 */
import type { Compilable, Kysely } from 'kysely'
import type { Schema } from './schema.ts'

export interface Db {
  readonly read: Kysely<Schema>
  /** All of the statements take effect, or none; resolves once they would survive a power cut. */
  write(statements: readonly Compilable[]): Promise<void>
  /** Rewrites everything in the order of its content: of deleted rows and of the order of writing nothing is left. */
  rewrite(): Promise<void>
  close(): Promise<void>
}

/** A constraint does not hold: somebody was first, or it is too late. */
export class Conflict extends Error {}

/** The disk is full or cannot be written: nothing was stored. */
export class DiskFull extends Error {}
