/** People with an account, and the polls that were given to them. */
import { type Compilable, type Insertable, type Selectable, sql } from 'kysely'
import { toBase64url } from '../../crypto/bytes.ts'
import type { Directory } from '../db.ts'
import type { DirectoryTables } from '../schema.ts'

export type PersonRow = Selectable<DirectoryTables['person']>

export const insertPerson = (directory: Directory, row: Insertable<DirectoryTables['person']>): Compilable =>
  directory.read.insertInto('person').values(row)

const first = async (found: Promise<PersonRow | undefined>): Promise<PersonRow | null> => (await found) ?? null

export const findPerson = (directory: Directory, id: Uint8Array): Promise<PersonRow | null> =>
  first(directory.read.selectFrom('person').selectAll().where('id', '=', id).executeTakeFirst())

export const findLogin = (directory: Directory, login: string): Promise<PersonRow | null> =>
  first(directory.read.selectFrom('person').selectAll().where('login', '=', login).executeTakeFirst())

export const findInvited = (directory: Directory, invitation: Uint8Array): Promise<PersonRow | null> =>
  first(directory.read.selectFrom('person').selectAll().where('invitation', '=', invitation).executeTakeFirst())

export const readPeople = (directory: Directory): Promise<readonly PersonRow[]> =>
  directory.read.selectFrom('person').selectAll().orderBy('name').orderBy('id').execute()

/** Handles of the polls that were given to one person by name. */
export async function readGiven(directory: Directory, person: Uint8Array): Promise<ReadonlySet<string>> {
  const rows = await directory.read.selectFrom('person_poll').select('poll').where('person', '=', person).execute()
  return new Set(rows.map(({ poll }) => toBase64url(poll)))
}

export async function hasOrganiser(directory: Directory): Promise<boolean> {
  const found = await directory.read
    .selectFrom('person')
    .select('id')
    .where('role', '=', 'organiser')
    .where('password', 'is not', null)
    .executeTakeFirst()
  return found !== undefined
}

/** Changes nothing; breaks a constraint where an organiser has a password. */
export const ifNobodyRunsIt = (directory: Directory): Compilable =>
  directory.read
    .updateTable('person')
    .set({ name: sql<string>`null` })
    .where('role', '=', 'organiser')
    .where('password', 'is not', null)

/** What the terminal's link gives: a password, and everything. */
export const restorePerson = (directory: Directory, id: Uint8Array, password: string): Compilable =>
  directory.read.updateTable('person').set({ password, everything: 1 }).where('id', '=', id)

/** Once: an invitation that was used meanwhile breaks a constraint; so does a login that somebody has. */
export const acceptInvitation = (
  directory: Directory,
  id: Uint8Array,
  invitation: Uint8Array,
  login: string,
  password: string,
): Compilable =>
  directory.read
    .updateTable('person')
    .set({
      login,
      password,
      invitation: null,
      name: sql<string>`case when invitation = ${invitation} then name else null end`,
    })
    .where('id', '=', id)

export const renewInvitation = (directory: Directory, id: Uint8Array, invitation: Uint8Array): Compilable =>
  directory.read.updateTable('person').set({ login: null, password: null, invitation }).where('id', '=', id)

/** Breaks a constraint where afterwards nobody could run everything here: no other organiser of every poll can log in. */
export const keepAnOrganiser = (directory: Directory, without: Uint8Array): Compilable =>
  directory.read
    .updateTable('person')
    .set({
      name: sql<string>`case when exists (
        select 1 from person as other where other.id != ${without} and other.role = 'organiser'
          and other.password is not null and other.everything = 1
      ) then name else null end`,
    })
    .where('id', '=', without)
    .where('role', '=', 'organiser')
    .where('password', 'is not', null)
    .where('everything', '=', 1)

/** `null`: every poll. */
export const givePolls = (
  directory: Directory,
  person: Uint8Array,
  polls: readonly Uint8Array[] | null,
): readonly Compilable[] => [
  directory.read
    .updateTable('person')
    .set({ everything: polls === null ? 1 : 0 })
    .where('id', '=', person),
  directory.read.deleteFrom('person_poll').where('person', '=', person),
  ...(polls ?? []).map(poll => givePoll(directory, person, poll)),
]

export const givePoll = (directory: Directory, person: Uint8Array, poll: Uint8Array): Compilable =>
  directory.read.insertInto('person_poll').values({ person, poll })

export const deletePerson = (directory: Directory, id: Uint8Array): Compilable =>
  directory.read.deleteFrom('person').where('id', '=', id)
