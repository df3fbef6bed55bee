/**
 * The voter's doors. Who stands there: anybody. No cookie, name or address is read, nothing about a request is kept but
 * the protocol's own bytes.
 *
 *     redeem   learns which card is spent; must not learn what it buys. A repeat gets the same answer.
 *     cast     learns an anonymous sealed ballot; must not learn the card. A repeat gets the same receipt.
 *     comment  the same for an envelope.
 *     void     learns that a card was handed back. A repeat changes nothing.
 */
import { Hono } from 'hono'
import { ballotBytes } from '../../crypto/manifest.ts'
import type { Deps } from '../deps.ts'
import type { KnownPoll } from '../polls.ts'
import { no } from '../refusals.ts'
import { cast, redeem, voidCard } from '../voting.ts'
import { octets, readBytes } from './body.ts'
import { Slow } from './slow.ts'

const MOST_REDEEM = 1024
const MOST_VOID = 96
const PUBLIC_PART_BYTES = 161
const MOST_COMMENT = 8192

/** All four; of a poll whose cards are redeemed elsewhere the last two are not here. */
export function voterDoors(deps: Deps) {
  const slow = new Slow(deps.now, deps.pause)
  return new Hono().route('/', castDoors(deps, slow)).route(
    '/',
    redeemDoors(deps, slow, ({ redeemAt }) => redeemAt === null),
  )
}

function castDoors({ work, polls }: Pick<Deps, 'work' | 'polls'>, slow: Slow) {
  return new Hono()
    .post('/:hash/cast', c =>
      slow.down(async () => {
        const poll = await polls.byHash(c.req.param('hash'))
        const bytes = await readBytes(c, ballotBytes(poll.manifest.contests))
        return octets(c, await cast(work, poll, { bytes, sealed: null }))
      }),
    )
    .post('/:hash/comment', c =>
      slow.down(async () => {
        const poll = await polls.byHash(c.req.param('hash'))
        const bytes = await readBytes(c, MOST_COMMENT)
        const sent = { bytes: bytes.subarray(0, PUBLIC_PART_BYTES), sealed: bytes.subarray(PUBLIC_PART_BYTES) }
        return octets(c, await cast(work, poll, sent))
      }),
    )
}

/** `isHere`: of which polls, so that no card can be spent in two places. Refuses `wrong-manifest` of others. */
export function redeemDoors(
  { work, polls }: Pick<Deps, 'work' | 'polls'>,
  slow: Slow,
  isHere: (poll: KnownPoll) => boolean,
) {
  const pollHere = async (hash: string) => {
    const poll = await polls.byHash(hash)
    return isHere(poll) ? poll : no('wrong-manifest')
  }
  return new Hono()
    .post('/:hash/redeem', c =>
      slow.down(async () => {
        const poll = await pollHere(c.req.param('hash'))
        return octets(c, await redeem(work, poll, await readBytes(c, MOST_REDEEM)))
      }),
    )
    .post('/:hash/void', c =>
      slow.down(async () => {
        const poll = await pollHere(c.req.param('hash'))
        await voidCard(poll, await readBytes(c, MOST_VOID))
        return c.body(null, 204)
      }),
    )
}
