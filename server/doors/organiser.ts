/**
 * The organiser's doors. Who stands there: an organiser, at the polls that were given to this account; for the statement
 * a secretary too. They learn the draft, the ceremony's messages, the turnout in the last call, and the result once it is
 * counted; never a card's secret, never a single ballot before the board is public.
 */
import { type Context, Hono } from 'hono'
import { toBase64url } from '../../crypto/bytes.ts'
import { refuse } from '../../crypto/fault.ts'
import { exactly, integer, listOf, nullOr, oneOf, type Shape, text } from '../../crypto/json.ts'
import { ask, withdraw } from '../asking.ts'
import { boardLines, openingLines, recordName } from '../counting.ts'
import type { AtPoll, Deps } from '../deps.ts'
import { readDraft } from '../draft.ts'
import { putManifest, readTokenLists } from '../manifests.ts'
import { draftOf, makePoll, markPrinted, pollOf, removePoll, restart, saveDraft, seal } from '../organising.ts'
import { mayLeave } from '../papers.ts'
import { isSubject, may, pollFor, requirePerson, type WithPerson } from '../people.ts'
import { no } from '../refusals.ts'
import { readStatement } from '../rules/outcome.ts'
import { resume } from '../settling.ts'
import { putStatement } from '../stating.ts'
import { type Presence, pollView } from '../views.ts'
import type { OrganiserView } from '../wire.ts'
import { readHandle, readJson, record } from './body.ts'

const MOST_MANIFEST_BYTES = 8 * 1024 * 1024
const flag: Shape<boolean> = (value, where) => (typeof value === 'boolean' ? value : refuse('wrong-type', where))
const none = exactly({})

export function organiserDoors(deps: Deps, presence: Presence) {
  const { databases, rng, now, polls, pages } = deps
  const done = (c: Context) => c.body(null, 204)
  const handle = (c: Context) => readHandle(c.req.param('poll') ?? '')
  const at = async (c: Context): Promise<AtPoll> => ({ ...deps, db: await polls.at(handle(c)) })
  const db = async (c: Context) => (await at(c)).db
  const here = () => ({
    addresses: deps.addresses(),
    redeemAt: deps.peer?.origin ?? null,
    bundle: pages.bundleHash,
    now: now(),
  })

  const entry = new Hono<WithPerson>()
    .use(requirePerson(deps, ['organiser', 'secretary']))
    .use(async (c, next) => {
      // A secretary has one door here.
      const { role } = c.var.person
      if (role === 'secretary' && !/\/statement$/.test(c.req.path)) no('not-yours')
      await next()
    })
    .use('/polls/:poll/*', async (c, next) => {
      await pollFor(polls, c.var.person, handle(c), c.var.person.role === 'organiser' ? 'run' : 'write')
      await next()
    })
    .get('/', async c => {
      const list = await polls.list(c.var.person.polls, async ({ row }) => {
        const draft = draftOf(row)
        if (!may(c.var.person, 'run', row, draft)) return null
        const { title, medium } = draft
        return { poll: toBase64url(row.id), title, medium, state: row.state, rehearsal: row.rehearsal === 1 }
      })
      return c.json({ addresses: deps.addresses(), polls: list } satisfies OrganiserView)
    })
    .post('/polls', async c => {
      const { rehearsal, follows } = await readJson(c, exactly({ rehearsal: flag, follows: nullOr(text) }))
      const before = follows === null ? null : await pollFor(polls, c.var.person, readHandle(follows), 'run')
      const id = await makePoll(databases, rng, deps.addresses()[0] ?? '', {
        rehearsal,
        follows: before,
        giveTo: c.var.person.polls === null ? null : c.var.person.id,
      })
      return c.json({ poll: toBase64url(id) })
    })

  return entry
    .get('/polls/:poll', async c => {
      const here = await at(c)
      const row = await resume(here, await pollOf(here.db, handle(c)))
      return c.json(await pollView(here, presence, row, deps.addresses(), c.var.person))
    })
    .put('/polls/:poll/draft', async c => {
      const { version, draft } = await readJson(c, exactly({ version: integer(1), draft: readDraft }))
      // Who is judged would not get it back.
      if (isSubject(c.var.person, draft)) no('not-yours', 'subjects')
      return c.json({ version: await saveDraft(await db(c), handle(c), version, draft) })
    })
    .post('/polls/:poll/seal', async c => {
      await readJson(c, none)
      await seal(await at(c), rng, handle(c))
      return done(c)
    })
    .post('/polls/:poll/restart', async c => {
      await readJson(c, none)
      await restart(await at(c), handle(c))
      return done(c)
    })
    .post('/polls/:poll/manifest', async c => {
      const shape = exactly({ manifest: text, tokens: listOf(listOf(text, 1, 65_535), 1, 255) })
      const { manifest, tokens } = await readJson(c, shape, MOST_MANIFEST_BYTES)
      await putManifest(await at(c), handle(c), manifest, readTokenLists(tokens), pages.bundleHash)
      return done(c)
    })
    .post('/polls/:poll/printed', async c => {
      await readJson(c, none)
      await markPrinted(await at(c), handle(c))
      return done(c)
    })
    .post('/polls/:poll/ask', async c => {
      const shape = exactly({
        action: oneOf('open', 'close', 'void', 'publish'),
        reason: text,
        plainHttpRead: flag,
        title: text,
      })
      await ask(await db(c), handle(c), await readJson(c, shape), here())
      return done(c)
    })
    .post('/polls/:poll/withdraw', async c => {
      await readJson(c, none)
      await withdraw(await db(c), handle(c))
      return done(c)
    })
    .put('/polls/:poll/statement', async c => {
      await putStatement(await at(c), handle(c), await readJson(c, readStatement))
      return done(c)
    })
    .post('/polls/:poll/delete', async c => {
      const { title } = await readJson(c, exactly({ title: text }))
      await removePoll(await at(c), handle(c), title)
      return done(c)
    })
    .get('/polls/:poll/record', async c => {
      const { db } = await at(c)
      const row = await pollOf(db, handle(c))
      if (row.closing === null || row.manifest === null) return no('wrong-state')
      mayLeave(row)
      // Until members have counted, the organiser has what everybody has.
      const lines = [...(await boardLines(db, row)), ...(row.state === 'counted' ? await openingLines(db, row) : [])]
      return record(c, lines, recordName(row.manifest_hash!))
    })
}
