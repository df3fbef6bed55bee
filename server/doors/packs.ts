/**
 * The doors of rule packs. Frozen packs are public texts, for anybody who has a manifest that pins one. What is still
 * being written is for organisers and secretaries; a pack is frozen by two of them.
 *
 *     propose  a repeat changes nothing
 *     confirm  a repeat is `not-found`: the draft has become a pack
 */
import { type Context, Hono } from 'hono'
import { toBase64url } from '../../crypto/bytes.ts'
import { exactly, integer, text } from '../../crypto/json.ts'
import type { Deps } from '../deps.ts'
import {
  beginDraft,
  confirmPack,
  frozenPacks,
  packDrafts,
  packOf,
  proposePack,
  removePackDraft,
  savePackDraft,
} from '../packs.ts'
import { requirePerson, type WithPerson } from '../people.ts'
import { no } from '../refusals.ts'
import { readHandle, readJson } from './body.ts'

const version = integer(1)
/** A pack's text inside a JSON text: escaped it may be twice as long. */
const MOST_PACK_BYTES = 1024 * 1024

export function packDoors(deps: Deps) {
  const done = (c: Context) => c.body(null, 204)
  const handle = (c: Context) => readHandle(c.req.param('draft') ?? '')

  const drafts = new Hono<WithPerson>()
    .use(requirePerson(deps, ['organiser', 'secretary']))
    .get('/', async c => c.json(await packDrafts(deps, c.var.person)))
    .post('/', async c => {
      const { from } = await readJson(c, exactly({ from: text }))
      return c.json({ draft: toBase64url(await beginDraft(deps, deps.rng, c.var.person, from)) })
    })
    .put('/:draft', async c => {
      const said = await readJson(c, exactly({ version, text }), MOST_PACK_BYTES)
      return c.json({ version: await savePackDraft(deps, c.var.person, handle(c), said.version, said.text) })
    })
    .post('/:draft/propose', async c => {
      const said = await readJson(c, exactly({ version }))
      await proposePack(deps, c.var.person, handle(c), said.version)
      return done(c)
    })
    .post('/:draft/confirm', async c => {
      const { sha256 } = await readJson(c, exactly({ sha256: text }))
      await confirmPack(deps, c.var.person, handle(c), sha256)
      return done(c)
    })
    .post('/:draft/delete', async c => {
      await readJson(c, exactly({}))
      await removePackDraft(deps, handle(c))
      return done(c)
    })

  return new Hono()
    .route('/drafts', drafts)
    .get('/', async c => c.json(await frozenPacks(deps)))
    .get('/:sha256', async c => {
      const pack = (await packOf(deps, c.req.param('sha256'))) ?? no('not-found')
      return c.body(pack.text, 200, { 'content-type': 'application/json; charset=utf-8' })
    })
}
