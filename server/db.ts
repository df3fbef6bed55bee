/**
 * The seam between the application and databases: reads through kysely, writes as lists of statements that take effect
 * together or not at all. There are no interactive transactions: a guard is a constraint, and a lost race is a `Conflict`.
 *
 * Trust: who can read a database sees what the schema says and nothing of who voted how; who can change it can drop
 * ballots, which receipts show.
 *
 *     engine                      directory     polls
 *     db/sqlite.ts                one file for all, in one process
 *     db/postgres.ts              one database for all, of many processes
 *     db/d1.ts, db/durable.ts     D1            a Durable Object for each
 */
import type { Compilable, Kysely } from 'kysely'
import type { DirectoryTables, PollTables } from './schema.ts'

interface Reads<Tables> {
  readonly read: Kysely<Tables>
  /** All of the statements take effect, or none; resolves once they would survive a power cut. */
  write(statements: readonly Compilable[]): Promise<void>
}

/** People, packs, and which polls there are. */
export type Directory = Reads<DirectoryTables>

/** Where one poll lies, whichever others lie there too. */
export interface Db extends Reads<PollTables> {
  /**
   * Rewrites what there is of this poll in the order of its content: of what was deleted and of the order of writing
   * nothing is left, as far as the engine reaches (docs/operations.md).
   */
  rewrite(poll: Uint8Array): Promise<void>
}

/** The two parts never share a write: what spans both is ordered so that a crash between leaves nothing half done. */
export interface Databases {
  readonly directory: Directory
  /** The same object for the same place. Of a handle that is listed: elsewhere asking would make something. */
  of(poll: Uint8Array): Db
  close(): Promise<void>
}

/** A constraint does not hold: somebody was first, or it is too late. */
export class Conflict extends Error {}

/** The disk is full or cannot be written: nothing was stored. */
export class DiskFull extends Error {}

/** The database does not answer: whether it stored anything is not known. The same request again finds out. */
export class Away extends Error {}

/** Its tables were made by a newer release. */
export class NewerDatabase extends Error {}
