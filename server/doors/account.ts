/**
 * The doors of accounts. Who stands there: whoever holds a one-time link or a password; then a session. They learn who
 * they are; an organiser, who else has an account. An invitation is answered once and stored as a hash.
 */
import { type Context, Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { toBase64url } from '../../crypto/bytes.ts'
import { exactly, listOf, nullOr, oneOf, text } from '../../crypto/json.ts'
import { accept, beginSession, endSession, logIn, type Opened, setUp } from '../account.ts'
import type { Deps } from '../deps.ts'
import { changePolls, invite, inviteAgain, peopleView, removePerson } from '../invitations.ts'
import { COOKIE, requirePerson, requireRole, sameSiteOnly, type WithPerson } from '../people.ts'
import { no } from '../refusals.ts'
import type { Me } from '../wire/leader.ts'
import { readHandle, readJson } from './body.ts'
import { Tries } from './slow.ts'

const TRIES_A_MINUTE = 20
const MOST_NAME_CHARS = 200
const none = exactly({})
const handles = nullOr(listOf(text, 0, 2000))
const readHandles = (list: readonly string[] | null) => list && [...new Set(list)].map(readHandle)

export function accountDoors(deps: Deps) {
  const { directory, rng, now } = deps
  const tries = new Tries(TRIES_A_MINUTE, now)
  const done = (c: Context) => c.body(null, 204)
  const personIn = (c: Context) => readHandle(c.req.param('person') ?? '')

  async function enter(c: Context, opened: Opened) {
    setCookie(c, COOKIE, await beginSession(directory, rng, opened, now()), {
      path: '/',
      secure: true,
      httpOnly: true,
      sameSite: 'Strict',
      maxAge: 12 * 60 * 60,
    })
    return done(c)
  }

  return new Hono<WithPerson>()
    .use(sameSiteOnly)
    .post('/setup', async c => {
      const { link, password } = await readJson(c, exactly({ link: text, password: text }))
      tries.take()
      return enter(c, await setUp(directory, rng, link, password))
    })
    .post('/login', async c => {
      const { login, password } = await readJson(c, exactly({ login: text, password: text }))
      tries.take()
      return enter(c, await logIn(directory, login, password))
    })
    .post('/invited', async c => {
      const shape = exactly({ invitation: text, login: text, password: text })
      const { invitation, login, password } = await readJson(c, shape)
      tries.take()
      return enter(c, await accept(directory, rng, invitation, login, password))
    })
    .use(requirePerson(deps))
    .post('/logout', async c => {
      await readJson(c, none)
      await endSession(directory, getCookie(c, COOKIE)!)
      deleteCookie(c, COOKIE, { path: '/', secure: true })
      return done(c)
    })
    .get('/me', c => {
      const { id, name, login, role } = c.var.person
      return c.json({ person: toBase64url(id), name, login, role } satisfies Me)
    })
    .use(requireRole('organiser'))
    .get('/people', async c => c.json(await peopleView(directory, c.var.person)))
    .post('/people', async c => {
      const shape = exactly({
        name: text,
        role: oneOf('organiser', 'secretary', 'authority', 'auditor'),
        polls: handles,
      })
      const { name, role, polls } = await readJson(c, shape)
      const known = name.trim().normalize('NFC')
      if (known === '' || known.length > MOST_NAME_CHARS) no('bad-request', 'name')
      const guest = { name: known, role, polls: readHandles(polls) }
      return c.json({ invitation: await invite(deps, rng, c.var.person, guest) })
    })
    .post('/people/:person/polls', async c => {
      const { polls } = await readJson(c, exactly({ polls: handles }))
      await changePolls(deps, c.var.person, personIn(c), readHandles(polls))
      return done(c)
    })
    .post('/people/:person/invite', async c => {
      await readJson(c, none)
      return c.json({ invitation: await inviteAgain(deps, rng, c.var.person, personIn(c)) })
    })
    .post('/people/:person/remove', async c => {
      await readJson(c, none)
      await removePerson(deps, c.var.person, personIn(c))
      return done(c)
    })
}
