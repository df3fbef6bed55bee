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
import { change, draftOf } from '../organising.ts'
import { mayLeave } from '../papers.ts'
import { no } from '../refusals.ts'
import { findNonce } from '../store/listing.ts'
import { updatePoll } from '../store/polls.ts'
import { CoarseTurnout, publicView } from '../views.ts'
import type { BundleView, HallView } from '../wire.ts'
import { publicRecord } from './body.ts'

export function publicDoors(deps: Deps) {
  const { polls, pages } = deps
  const turnout = new CoarseTurnout(deps)
  const boards = new Boards()
  return (
    new Hono()
      // A public text that says nothing of who asks: shorter on a slow line, and no secret beside it to guess by length.
      .use('/manifests/*', compress({ encoding: 'gzip' }))
      .get('/manifests/:start', async c => {
        const { manifest } = await polls.byStart(c.req.param('start'))
        return c.body(manifest.text, 200, { 'content-type': 'application/json; charset=utf-8' })
      })
      .get('/polls/:hash', async c => {
        return c.json(publicView(deps, (await polls.present(c.req.param('hash'))).row))
      })
      .get('/polls/:hash/record', async c => {
        const { poll, row } = await polls.present(c.req.param('hash'))
        // A poll that was voided stays sealed and on file; its board, if it was closed, stays public.
        if (row.closing === null) return no('wrong-state')
        mayLeave(row)
        return publicRecord(c, await boards.of(poll, row), recordName(poll.manifest.hash))
      })
      .get('/polls/:hash/hall', async c => {
        const { poll, row } = await polls.present(c.req.param('hash'))
        const draft = draftOf(row)
        const view: HallView = {
          title: draft.title,
          unit: draft.unit,
          address: draft.address,
          manifestCode: shortCode(poll.manifest.hash),
          wifi: draft.wifi,
          ...publicView(deps, row),
          expected: expected(draft),
          ...(row.state === 'open' ? await turnout.of(poll) : { redeemed: null, cast: null }),
        }
        return c.json(view)
      })
      .get('/bundle', c => c.json({ files: pages.bundle } satisfies BundleView))
      .post('/try/:nonce', async c => {
        // Whoever gets here has reached the host that the request names.
        const host = c.req.header('host') ?? ''
        const nonce = c.req.param('nonce')
        const row = await polls.row((await findNonce(deps.directory, nonce)) ?? no('not-found'))
        const { address } = draftOf(row)
        if (address.replace(/^https?:\/\//, '') !== host) return no('wrong-address')
        const db = await polls.at(row.id)
        await change(db, [updatePoll(db, row.id, [row.state], { tried: address })])
        return c.body(null, 204)
      })
  )
}
