/** Which polls there are, and which a card's manifest or an organiser's address is of. */
import type { Compilable } from 'kysely'
import type { Directory } from '../db.ts'

export const insertListing = (directory: Directory, poll: Uint8Array, nonce: string): Compilable =>
  directory.read.insertInto('listing').values({ poll, nonce })

export const deleteListing = (directory: Directory, poll: Uint8Array): Compilable =>
  directory.read.deleteFrom('listing').where('poll', '=', poll)

/** Before the poll itself has it, so that no card is ever of a poll that cannot be found; again changes nothing. */
export const listManifest = (directory: Directory, poll: Uint8Array, hash: Uint8Array): Compilable =>
  directory.read
    .insertInto('listed_manifest')
    .values({ hash, poll })
    .onConflict(on => on.doNothing())

/** Handles, ascending. */
export async function readListing(directory: Directory): Promise<readonly Uint8Array[]> {
  const rows = await directory.read.selectFrom('listing').select('poll').orderBy('poll').execute()
  return rows.map(({ poll }) => poll)
}

export async function isListed(directory: Directory, poll: Uint8Array): Promise<boolean> {
  const found = await directory.read.selectFrom('listing').select('poll').where('poll', '=', poll).executeTakeFirst()
  return found !== undefined
}

export async function findNonce(directory: Directory, nonce: string): Promise<Uint8Array | null> {
  const found = await directory.read.selectFrom('listing').select('poll').where('nonce', '=', nonce).executeTakeFirst()
  return found?.poll ?? null
}

/** The handle of the poll that a manifest is or was of. */
export async function findListed(directory: Directory, hash: Uint8Array): Promise<Uint8Array | null> {
  const found = await directory.read
    .selectFrom('listed_manifest')
    .select('poll')
    .where('hash', '=', hash)
    .executeTakeFirst()
  return found?.poll ?? null
}

/** Every manifest that this poll ever had, ascending. */
export async function readManifestsOf(directory: Directory, poll: Uint8Array): Promise<readonly Uint8Array[]> {
  const rows = await directory.read
    .selectFrom('listed_manifest')
    .select('hash')
    .where('poll', '=', poll)
    .orderBy('hash')
    .execute()
  return rows.map(({ hash }) => hash)
}

/** Hashes from the first to the last, both included. */
export async function readListed(
  directory: Directory,
  first: Uint8Array,
  last: Uint8Array,
): Promise<readonly Uint8Array[]> {
  const rows = await directory.read
    .selectFrom('listed_manifest')
    .select('hash')
    .where('hash', '>=', first)
    .where('hash', '<=', last)
    .execute()
  return rows.map(({ hash }) => hash)
}
