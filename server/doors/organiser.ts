/**
 * The organiser's doors. Who stands there: whoever holds a session. They learn the draft, the ceremony's messages, the
 * turnout in the last call, and the result once it is counted; never a card's secret, never a single ballot before the
 * board is public.
 */
import { type Context, Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { toBase64url } from '../../crypto/bytes.ts'
import { refuse } from '../../crypto/fault.ts'
import { exactly, integer, listOf, nullOr, oneOf, type Shape, text } from '../../crypto/json.ts'
import { beginSession, checkPassword, checkSession, endSession, setPassword } from '../account.ts'
import { boardLines, openingLines, recordName } from '../counting.ts'
import type { Deps } from '../deps.ts'
import { readDraft } from '../draft.ts'
import {
  ask,
  makePoll,
  markPrinted,
  pollOf,
  putManifest,
  readTokenLists,
  removePoll,
  restart,
  saveDraft,
  seal,
  withdraw,
} from '../organising.ts'
import { no } from '../refusals.ts'
import { readPolls } from '../store/polls.ts'
import { type Presence, pollView } from '../views.ts'
import type { Draft, OrganiserView } from '../wire.ts'
import { readHandle, readJson, record } from './body.ts'
import { Tries } from './slow.ts'

/** `__Host-`: only over HTTPS or loopback, only for this very host. */
const COOKIE = '__Host-phieukin'
const TRIES_A_MINUTE = 20
const MOST_MANIFEST_BYTES = 8 * 1024 * 1024
const flag: Shape<boolean> = (value, where) => (typeof value === 'boolean' ? value : refuse('wrong-type', where))
const none = exactly({})

export function organiserDoors(deps: Deps, presence: Presence) {
  const { db, rng, now, polls, pages } = deps
  const tries = new Tries(TRIES_A_MINUTE, now)
  const done = (c: Context) => c.body(null, 204)
  const handle = (c: Context) => readHandle(c.req.param('poll') ?? '')
  const here = () => ({ addresses: deps.addresses(), bundle: pages.bundleHash, now: now() })

  async function enter(c: Context) {
    setCookie(c, COOKIE, await beginSession(db, rng, now()), {
      path: '/',
      secure: true,
      httpOnly: true,
      sameSite: 'Strict',
      maxAge: 12 * 60 * 60,
    })
    return done(c)
  }

  const entry = new Hono()
    .use(async (c, next) => {
      // A page of another site has no business here, whatever cookies its browser would send along.
      const site = c.req.header('sec-fetch-site')
      if (site !== undefined && site !== 'same-origin' && site !== 'none') no('needs-login')
      await next()
    })
    .post('/setup', async c => {
      const { link, password } = await readJson(c, exactly({ link: text, password: text }))
      tries.take()
      await setPassword(db, rng, link, password)
      return enter(c)
    })
    .post('/login', async c => {
      const { password } = await readJson(c, exactly({ password: text }))
      tries.take()
      await checkPassword(db, password)
      return enter(c)
    })
    .use(async (c, next) => {
      await checkSession(db, getCookie(c, COOKIE), now())
      await next()
    })
    .post('/logout', async c => {
      await endSession(db, getCookie(c, COOKIE)!)
      deleteCookie(c, COOKIE, { path: '/', secure: true })
      return done(c)
    })
    .get('/', async c => {
      const list = (await readPolls(db)).map(({ id, state, rehearsal, draft }) => ({
        poll: toBase64url(id),
        title: (JSON.parse(draft) as Draft).title,
        state,
        rehearsal: rehearsal === 1,
      }))
      return c.json({ addresses: deps.addresses(), polls: list } satisfies OrganiserView)
    })
    .post('/polls', async c => {
      const { rehearsal, follows } = await readJson(c, exactly({ rehearsal: flag, follows: nullOr(text) }))
      const id = await makePoll(db, rng, deps.addresses()[0] ?? '', {
        rehearsal,
        follows: follows === null ? null : readHandle(follows),
      })
      return c.json({ poll: toBase64url(id) })
    })

  return entry
    .get('/polls/:poll', async c =>
      c.json(await pollView(deps, presence, await pollOf(db, handle(c)), deps.addresses())),
    )
    .put('/polls/:poll/draft', async c => {
      const { version, draft } = await readJson(c, exactly({ version: integer(1), draft: readDraft }))
      return c.json({ version: await saveDraft(db, handle(c), version, draft) })
    })
    .post('/polls/:poll/seal', async c => {
      await readJson(c, none)
      await seal(db, rng, handle(c))
      return done(c)
    })
    .post('/polls/:poll/restart', async c => {
      await readJson(c, none)
      await restart(db, polls, handle(c))
      return done(c)
    })
    .post('/polls/:poll/manifest', async c => {
      const shape = exactly({ manifest: text, tokens: listOf(listOf(text, 1, 65_535), 1, 255) })
      const { manifest, tokens } = await readJson(c, shape, MOST_MANIFEST_BYTES)
      await putManifest(db, handle(c), manifest, readTokenLists(tokens), pages.bundleHash)
      return done(c)
    })
    .post('/polls/:poll/printed', async c => {
      await readJson(c, none)
      await markPrinted(db, handle(c))
      return done(c)
    })
    .post('/polls/:poll/ask', async c => {
      const shape = exactly({
        action: oneOf('open', 'close', 'void', 'publish'),
        reason: text,
        plainHttpRead: flag,
        title: text,
      })
      await ask(db, handle(c), await readJson(c, shape), here())
      return done(c)
    })
    .post('/polls/:poll/withdraw', async c => {
      await readJson(c, none)
      await withdraw(db, handle(c))
      return done(c)
    })
    .post('/polls/:poll/delete', async c => {
      const { title } = await readJson(c, exactly({ title: text }))
      await removePoll(db, polls, handle(c), title)
      return done(c)
    })
    .get('/polls/:poll/record', async c => {
      const row = await pollOf(db, handle(c))
      if (row.closing === null) return no('wrong-state')
      // Until members have counted, the organiser has what everybody has.
      const lines = [...(await boardLines(db, row)), ...(row.state === 'counted' ? await openingLines(db, row) : [])]
      return record(c, lines, recordName(row.manifest_hash!))
    })
}
