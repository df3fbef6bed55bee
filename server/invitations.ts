/**
 * Who is invited, to which polls, and who leaves. An organiser gives away what that organiser has and no more: of polls,
 * and of power over other people's accounts. One organiser of everything with a password always remains.
 */
import { type Rng, toBase64url } from '../crypto/bytes.ts'
import { hashOf } from './account.ts'
import { Conflict, type Directory } from './db.ts'
import { newName } from './draft.ts'
import { draftOf } from './organising.ts'
import { isGiven, isSubject, type Person, personOf } from './people.ts'
import type { Polls } from './polls.ts'
import { no } from './refusals.ts'
import { plainSpelling } from './rules/spelling.ts'
import { deleteSessionsOf } from './store/account.ts'
import {
  deletePerson,
  findPerson,
  givePoll,
  givePolls,
  insertPerson,
  keepAnOrganiser,
  type PersonRow,
  readPeople,
  renewInvitation,
} from './store/people.ts'
import type { PersonView, Role } from './wire/leader.ts'

/** People, and the polls that they are given. */
interface Known {
  readonly directory: Directory
  readonly polls: Polls
}

/** Those whose accounts this organiser may touch. */
export async function peopleView(directory: Directory, host: Person): Promise<readonly PersonView[]> {
  const rows = await readPeople(directory)
  const people = await Promise.all(
    rows.map(async row => ({ ...(await personOf(directory, row)), arrived: row.password !== null })),
  )
  return people
    .filter(person => isUnder(host, person))
    .map(({ id, name, login, role, polls, arrived }) => {
      return { person: toBase64url(id), name, login, role, polls: polls && [...polls], arrived }
    })
}

/** True of somebody who has something, and nothing that the host has not: who was given nothing yet may get more. */
const isUnder = ({ polls: hosts }: Person, { polls }: Person): boolean =>
  hosts === null || (polls !== null && polls.size > 0 && [...polls].every(poll => hosts.has(poll)))

/** Answers the invitation, which is stored nowhere. Refuses `not-found`, `not-yours`, `taken-name`. */
export async function invite(
  at: Known,
  rng: Rng,
  host: Person,
  guest: { readonly name: string; readonly role: Role; readonly polls: readonly Uint8Array[] | null },
): Promise<string> {
  const { name, role, polls } = guest
  await checkPolls(at, host, name, polls)
  // Two accounts of one name would look like one person in every history.
  if ((await readPeople(at.directory)).some(person => plainSpelling(person.name) === plainSpelling(name)))
    no('taken-name', 'name')
  const id = rng(16)
  const invitation = newName(rng)
  const everything = polls === null ? 1 : 0
  await orWrongState(
    at.directory.write([
      insertPerson(at.directory, {
        id,
        login: null,
        name,
        role,
        password: null,
        invitation: hashOf(invitation),
        everything,
      }),
      ...(polls ?? []).map(poll => givePoll(at.directory, id, poll)),
    ]),
  )
  return invitation
}

/** Refuses `not-yours`, `wrong-state` for the last organiser of everything. */
export async function changePolls(
  at: Known,
  host: Person,
  id: Uint8Array,
  polls: readonly Uint8Array[] | null,
): Promise<void> {
  const { name } = await personUnder(at, host, id)
  await checkPolls(at, host, name, polls)
  await orWrongState(
    at.directory.write([
      ...(polls === null ? [] : [keepAnOrganiser(at.directory, id)]),
      ...givePolls(at.directory, id, polls),
    ]),
  )
}

/** A new link, and nothing of the old account opens any more. Refuses as `changePolls`. */
export async function inviteAgain(at: Known, rng: Rng, host: Person, id: Uint8Array): Promise<string> {
  await personUnder(at, host, id)
  const invitation = newName(rng)
  await orWrongState(
    at.directory.write([
      keepAnOrganiser(at.directory, id),
      renewInvitation(at.directory, id, hashOf(invitation)),
      deleteSessionsOf(at.directory, id),
    ]),
  )
  return invitation
}

/** Refuses as `changePolls`. */
export async function removePerson(at: Known, host: Person, id: Uint8Array): Promise<void> {
  await personUnder(at, host, id)
  await orWrongState(at.directory.write([keepAnOrganiser(at.directory, id), deletePerson(at.directory, id)]))
}

/** Refuses `not-found`, `not-yours`. */
async function personUnder(at: Known, host: Person, id: Uint8Array): Promise<PersonRow> {
  const row = (await findPerson(at.directory, id)) ?? no('not-found')
  const person = await personOf(at.directory, row)
  const about = await pollsAbout(at, host)
  return isUnder(host, person) && !about.some(poll => isGiven(person, poll)) ? row : no('not-yours')
}

/** Of which this organiser is the subject: nobody may be sent there in his or her place. */
const pollsAbout = async (at: Known, host: Person): Promise<readonly Uint8Array[]> =>
  (await at.polls.all()).filter(({ row }) => isSubject(host, draftOf(row))).map(({ row }) => row.id)

/** Nobody gets a poll that the host has not, nor one of which he or she is the subject. */
async function checkPolls(at: Known, host: Person, name: string, polls: readonly Uint8Array[] | null): Promise<void> {
  if (polls === null && host.polls !== null) no('not-yours', 'polls')
  const about = await pollsAbout(at, host)
  if (about.some(poll => isGiven({ polls: polls && new Set(polls.map(toBase64url)) }, poll))) no('not-yours', 'polls')
  for (const poll of polls ?? []) {
    const row = await at.polls.row(poll)
    if (!isGiven(host, poll) || isSubject({ name }, draftOf(row))) no('not-yours', 'polls')
  }
}

async function orWrongState(written: Promise<void>): Promise<void> {
  try {
    await written
  } catch (error) {
    if (error instanceof Conflict) no('wrong-state')
    throw error
  }
}
