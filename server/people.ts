/**
 * Who may do what. Roles, once a poll is counted:
 *
 *                run the ballot  write   decide  stamp  comments   read
 *     organiser        ✓           ✓       ✓       ✓               all
 *     secretary                    ✓       ✓                       all
 *     authority                            ✓       ✓       ✓       all
 *     auditor                                                      all but what is not confirmed yet
 *
 * *write*: statement, minutes, scans, what follows. *decide*: a decision of the competent authority, the second person's
 * confirmation, numbered copies. *comments*: reading what was written to the competent authority, and passing on what it
 * comes to. An account sees the polls that were given to it. Before the count only organisers see
 * more of a poll than its title, unit, medium and state. Disclosure makes no difference between roles: they prepare the papers.
 *
 * The subject of a poll, whatever the role, sees nothing of it here: what is published stands at `/verify` for anybody,
 * and complaints, with the names of those who made them, are not for the one they are about. Names are all that tells
 * who that is.
 */
import type { MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { toBase64url } from '../crypto/bytes.ts'
import { checkSession } from './account.ts'
import type { Directory } from './db.ts'
import { draftOf } from './organising.ts'
import type { Polls } from './polls.ts'
import { no } from './refusals.ts'
import { plainSpelling } from './rules/spelling.ts'
import { type PersonRow, readGiven } from './store/people.ts'
import type { PollRow } from './store/polls.ts'
import type { Role } from './wire/leader.ts'
import type { Draft } from './wire.ts'

export interface Person {
  readonly id: Uint8Array
  readonly name: string
  readonly login: string
  readonly role: Role
  /** Handles of the polls that were given to this person; null: all. */
  readonly polls: ReadonlySet<string> | null
}

export async function personOf(
  directory: Directory,
  { id, name, login, role, everything }: PersonRow,
): Promise<Person> {
  return { id, name, login: login ?? '', role, polls: everything === 1 ? null : await readGiven(directory, id) }
}

// ── at the door ─────────────────────────────────────────────────────────────────────────────────────────────────

/** `__Host-`: only over HTTPS or loopback, only for this very host. */
export const COOKIE = '__Host-phieukin'

export interface WithPerson {
  readonly Variables: { readonly person: Person }
}

/** A page of another site has no business here, whatever cookies its browser would send along. */
export const sameSiteOnly: MiddlewareHandler = async (c, next) => {
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined && site !== 'same-origin' && site !== 'none') no('needs-login')
  await next()
}

/** Whoever holds a session, as `c.var.person`. Refuses `needs-login`, `needs-setup`; `not-yours` to other roles. */
export const requirePerson =
  (
    { directory, now }: { readonly directory: Directory; readonly now: () => number },
    roles?: readonly Role[],
  ): MiddlewareHandler<WithPerson> =>
  (c, next) =>
    sameSiteOnly(c, async () => {
      c.set('person', await personOf(directory, await checkSession(directory, getCookie(c, COOKIE), now())))
      await (roles ? requireRole(...roles)(c, next) : next())
    })

/** Behind `requirePerson`. Refuses `not-yours`. */
export const requireRole =
  (...roles: readonly Role[]): MiddlewareHandler<WithPerson> =>
  async (c, next) => {
    if (!roles.includes(c.var.person.role)) no('not-yours')
    await next()
  }

// ── rights ──────────────────────────────────────────────────────────────────────────────────────────────────────

const MAY = {
  run: ['organiser'],
  write: ['organiser', 'secretary'],
  decide: ['organiser', 'secretary', 'authority'],
  stamp: ['organiser', 'authority'],
  comments: ['authority'],
} as const satisfies Readonly<Record<string, readonly Role[]>>

export type Act = keyof typeof MAY

type Whose = Pick<PollRow, 'id' | 'state'>

/** Empty names are nobody's. */
export const isSubject = ({ name }: Pick<Person, 'name'>, { subjects }: Pick<Draft, 'subjects'>): boolean =>
  subjects.some(subject => plainSpelling(subject.name) !== '' && plainSpelling(subject.name) === plainSpelling(name))

export const isGiven = ({ polls }: Pick<Person, 'polls'>, poll: Uint8Array): boolean =>
  polls === null || polls.has(toBase64url(poll))

export type Sight = 'nothing' | 'title' | 'confirmed' | 'everything'

/** How much a person sees of a poll. */
export function sightOf(person: Person, row: Whose, draft: Draft): Sight {
  if (!isGiven(person, row.id)) return 'nothing'
  if (isSubject(person, draft)) return 'nothing'
  if (person.role === 'organiser') return 'everything'
  if (row.state !== 'counted') return 'title'
  return person.role === 'auditor' ? 'confirmed' : 'everything'
}

export const mayRead = (person: Person, row: Whose, draft: Draft): boolean =>
  ['confirmed', 'everything'].includes(sightOf(person, row, draft))

export const may = (person: Person, act: Act, row: Pick<PollRow, 'id'>, draft: Draft): boolean =>
  (MAY[act] as readonly Role[]).includes(person.role) && isGiven(person, row.id) && !isSubject(person, draft)

/** The poll, for somebody who may do this to it. Refuses `not-found`, `not-yours`. */
export async function pollFor(polls: Polls, person: Person, id: Uint8Array, act: Act): Promise<PollRow> {
  const row = await polls.row(id)
  return may(person, act, row, draftOf(row)) ? row : no('not-yours')
}
