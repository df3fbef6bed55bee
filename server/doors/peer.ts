/**
 * The doors of a deployment that redeems for a box under another hand. Who stands there: the box, by the key that both
 * were started with, before anything else of a request is read. It learns how many cards are spent, and after the poll is
 * shut for good which; before that never a card, at no time when or from where one came. A repeat changes nothing.
 *
 *     PUT    /:hash         { manifest, keys, tokens }                204
 *     POST   /:hash/gate    { gate: 'void-only' | 'open' | 'shut' }   204
 *     GET    /:hash/counts  { counts: [{ redeemed, voided }] }        by group
 *     GET    /:hash/spent   { redeemed: [], voided: [] }              once it is shut; requests, ascending by token
 *     DELETE /:hash         204; not while it is open
 */
import { Hono } from 'hono'
import { toBase64url, utf8 } from '../../crypto/bytes.ts'
import { exactly, listOf, oneOf, text } from '../../crypto/json.ts'
import { sha256 } from '../../crypto/transcript.ts'
import { sameSecret } from '../claims.ts'
import { counts, forget, put, type Redeeming, readHash, setGate, shut, spent } from '../redeeming.ts'
import { no } from '../refusals.ts'
import { readJson } from './body.ts'
import type { Slow } from './slow.ts'

const MOST_PUT_BYTES = 9 * 1024 * 1024
const handed = exactly({ manifest: text, keys: text, tokens: listOf(listOf(text, 1, 65_535), 1, 255) })
const gate = exactly({ gate: oneOf('void-only', 'open', 'shut') })

export function peerDoors(here: Redeeming, peerKey: string, slow: Slow) {
  const own = sha256(utf8(`Bearer ${peerKey}`))
  return new Hono()
    .use(async (c, next) => {
      // Hashes are of one length, and where two of them differ says nothing of the key.
      const given = sha256(utf8(c.req.header('authorization') ?? ''))
      await slow.down(async () => sameSecret(given, own) || no('needs-login'))
      await next()
    })
    .put('/:hash', async c => {
      await put(here, readHash(c.req.param('hash')), await readJson(c, handed, MOST_PUT_BYTES))
      return c.body(null, 204)
    })
    .post('/:hash/gate', async c => {
      const hash = readHash(c.req.param('hash'))
      const { gate: wanted } = await readJson(c, gate)
      await (wanted === 'shut' ? shut(here, hash) : setGate(here, hash, wanted))
      return c.body(null, 204)
    })
    .get('/:hash/counts', async c => c.json({ counts: await counts(here, readHash(c.req.param('hash'))) }))
    .get('/:hash/spent', async c => {
      const all = await spent(here, readHash(c.req.param('hash')))
      const written = (isVoided: boolean) =>
        all.filter(({ voided }) => voided === isVoided).map(({ request }) => toBase64url(request))
      return c.json({ redeemed: written(false), voided: written(true) })
    })
    .delete('/:hash', async c => {
      await forget(here, readHash(c.req.param('hash')))
      return c.body(null, 204)
    })
}
