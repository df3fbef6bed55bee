/**
 * Doors for anybody: manifests, the state of a poll, the board once it is closed, the hall's screen. Before closing they
 * tell nothing of single cards or ballots; a GET changes nothing.
 */
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { shortCode } from '../../crypto/bytes.ts'
import { Boards } from '../boards.ts'
import { recordName } from '../counting.ts'
import type { Deps } from '../deps.ts'
import { expected } from '../draft.ts'
import { change, draftOf, pollOf } from '../organising.ts'
import { mayLeave } from '../papers.ts'
import { no } from '../refusals.ts'
import { findPoll, updatePoll } from '../store/polls.ts'
import { CoarseTurnout, publicView } from '../views.ts'
import type { BundleView, HallView } from '../wire.ts'
import { publicRecord } from './body.ts'

export function publicDoors(deps: Deps) {
  const { db, polls, pages } = deps
  const turnout = new CoarseTurnout(db, deps.now)
  const boards = new Boards(db)
  return (
    new Hono()
      // A public text that says nothing of who asks: shorter on a slow line, and no secret beside it to guess by length.
      .use('/manifests/*', compress({ encoding: 'gzip' }))
      .get('/manifests/:start', async c => {
        const { manifest } = await polls.byStart(c.req.param('start'))
        return c.body(manifest.text, 200, { 'content-type': 'application/json; charset=utf-8' })
      })
      .get('/polls/:hash', async c => {
        const { id } = await polls.byHash(c.req.param('hash'))
        return c.json(publicView(deps, await pollOf(db, id)))
      })
      .get('/polls/:hash/record', async c => {
        const { id, manifest } = await polls.byHash(c.req.param('hash'))
        const row = await pollOf(db, id)
        // A poll that was voided stays sealed and on file; its board, if it was closed, stays public.
        if (row.closing === null) return no('wrong-state')
        mayLeave(row)
        return publicRecord(c, await boards.of(row), recordName(manifest.hash))
      })
      .get('/polls/:hash/hall', async c => {
        const { id, manifest } = await polls.byHash(c.req.param('hash'))
        const row = await pollOf(db, id)
        const draft = draftOf(row)
        const view: HallView = {
          title: draft.title,
          unit: draft.unit,
          address: draft.address,
          manifestCode: shortCode(manifest.hash),
          wifi: draft.wifi,
          ...publicView(deps, row),
          expected: expected(draft),
          ...(row.state === 'open' ? await turnout.of(id) : { redeemed: null, cast: null }),
        }
        return c.json(view)
      })
      .get('/bundle', c => c.json({ files: pages.bundle } satisfies BundleView))
      .post('/try/:nonce', async c => {
        // Whoever gets here has reached the host that the request names.
        const host = c.req.header('host') ?? ''
        const nonce = c.req.param('nonce')
        const rows = await db.read
          .selectFrom('poll')
          .select(['id', 'draft', 'state'])
          .where('nonce', '=', nonce)
          .execute()
        const row = rows[0] && (await findPoll(db, rows[0].id))
        if (!row) return no('not-found')
        const { address } = draftOf(row)
        if (address.replace(/^https?:\/\//, '') !== host) return no('wrong-address')
        await change(db, [updatePoll(db, row.id, [row.state], { tried: address })])
        return c.body(null, 204)
      })
  )
}
