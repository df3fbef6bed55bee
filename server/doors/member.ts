/**
 * The counting team's doors. Who stands there: a member, by the secret of a personal link; from the ceremony on what
 * matters is signed by the member's own device. They learn the state of the poll and what the other members' devices
 * say; never anything of a single voter before the board is public.
 */
import { type Context, Hono } from 'hono'
import { refuse } from '../../crypto/fault.ts'
import { exactly, integer, type Json, listOf, oneOf, type Shape, text } from '../../crypto/json.ts'
import { claim } from '../claims.ts'
import { boxesFor, combine, envelopes, keepFile, MOST_FILE_BYTES, sendShares } from '../comments.ts'
import { boardLines, openingLines, recordName } from '../counting.ts'
import type { AtPoll, Deps } from '../deps.ts'
import { keyCount, readKeying } from '../paper.ts'
import { mayLeave } from '../papers.ts'
import { no } from '../refusals.ts'
import { resume, settle } from '../settling.ts'
import type { PollRow } from '../store/polls.ts'
import { act, type CeremonyMessage, holdCeremony, keepSheet, memberOf, open, pin, result, share } from '../team.ts'
import { memberView, type Presence } from '../views.ts'
import { octets, readBytes, readHandle, readJson, record } from './body.ts'

const bounded =
  (most: number): Shape<string> =>
  (value, where) => {
    const found = text(value, where)
    return found.length > most ? refuse('too-large', where) : found
  }
const key = bounded(43)
const signature = bounded(86)
const attempt = integer(1)
const member = integer(1, 9)

const packageShape = exactly({
  index: member,
  name: bounded(500),
  signingKey: key,
  exchangeKey: key,
  commitments: listOf(key, 1, 9),
  proof: signature,
})

const boxes: Shape<readonly (readonly [number, string])[]> = (value: Json, where) =>
  value instanceof Map
    ? [...value].map(([to, box]) => [Number(to), bounded(200)(box, `${where}.${to}`)] as const)
    : refuse('wrong-type', where)

/** Beside what is said, on paper, the secret of the phone that says it; null: none. */
const fromDevice =
  <T>(shape: Shape<T>): Shape<{ readonly said: T; readonly device: string | null }> =>
  (value, where) => {
    if (!(value instanceof Map)) return refuse('wrong-type', where)
    const rest = new Map(value)
    rest.delete('device')
    const device = value.get('device')
    return { said: shape(rest, where), device: device === undefined ? null : key(device, `${where}.device`) }
  }

const shareShape = exactly({ sum: bounded(10_000), share: key, proof: signature })
const MOST_SHARES = 65_536
const MOST_SHARES_BYTES = 16 * 1024 * 1024
const MOST_RESULT_BYTES = 1024 * 1024

export function memberDoors(deps: Deps, presence: Presence) {
  async function who(c: Context): Promise<{ readonly at: AtPoll; readonly row: PollRow; readonly index: number }> {
    const index = Number(/^[1-9]$/.exec(c.req.param('index') ?? '')?.[0] ?? no('bad-link'))
    const secret = /^Bearer ([\w-]{22})$/.exec(c.req.header('authorization') ?? '')?.[1] ?? no('bad-link')
    const id = readHandle(c.req.param('poll') ?? '')
    const { at, row } = await memberOf(deps, id, index, secret)
    presence.mark(row.id, index)
    return { at, row, index }
  }
  const done = (c: Context) => c.body(null, 204)
  const say = async (c: Context, attemptNumber: number, message: CeremonyMessage) => {
    const { at, row, index } = await who(c)
    await holdCeremony(at.db, row, index, attemptNumber, message)
    return done(c)
  }

  return new Hono()
    .get('/:poll/:index', async c => {
      const { at, row, index } = await who(c)
      return c.json(await memberView(at, presence, await resume(at, row), index, c.req.header('x-device') ?? null))
    })
    .get('/:poll/:index/record', async c => {
      const { at, row } = await who(c)
      if (row.closing === null || row.manifest === null) return no('wrong-state')
      mayLeave(row)
      return record(
        c,
        [...(await boardLines(at.db, row)), ...(await openingLines(at.db, row))],
        recordName(row.manifest_hash!),
      )
    })
    .post('/:poll/:index/commit', async c => {
      const { attempt: n, commitment } = await readJson(c, exactly({ attempt, commitment: key }))
      return say(c, n, { step: 'commit', commitment })
    })
    .post('/:poll/:index/reveal', async c => {
      const { attempt: n, package: revealed } = await readJson(c, exactly({ attempt, package: packageShape }))
      return say(c, n, { step: 'reveal', package: revealed })
    })
    .post('/:poll/:index/boxes', async c => {
      const { attempt: n, boxes: list } = await readJson(c, exactly({ attempt, boxes }))
      return say(c, n, { step: 'boxes', boxes: list })
    })
    .post('/:poll/:index/confirm', async c => {
      const { attempt: n, ...said } = await readJson(c, exactly({ attempt, confirmation: signature, rehearsal: key }))
      return say(c, n, { step: 'confirm', ...said })
    })
    .post('/:poll/:index/stop', async c => {
      const { attempt: n, ...said } = await readJson(c, exactly({ attempt, code: bounded(40), where: bounded(200) }))
      return say(c, n, { step: 'stop', ...said })
    })
    .post('/:poll/:index/pin', async c => {
      const { at, row, index } = await who(c)
      await pin(at, row, index, (await readJson(c, exactly({ pin: signature }))).pin)
      return done(c)
    })
    .post('/:poll/:index/sheet', async c => {
      const { at, row, index } = await who(c)
      await readJson(c, exactly({}))
      await keepSheet(at.db, row, index)
      return done(c)
    })
    .post('/:poll/:index/act', async c => {
      const { at, row, index } = await who(c)
      const shape = exactly({
        action: oneOf('open', 'close', 'void', 'publish'),
        handedOut: listOf(integer(0), 0, 255),
        signature,
      })
      const { device, said } = await readJson(c, fromDevice(shape))
      await act(at, row, index, said, device)
      return done(c)
    })
    .post('/:poll/:index/combine', async c => {
      const { at, row, index } = await who(c)
      await combine(at, row, index, (await readJson(c, exactly({ signature }))).signature)
      return done(c)
    })
    .post('/:poll/:index/envelopes', async c => {
      const { at, row, index } = await who(c)
      return octets(c, await envelopes(at, row, index, (await readJson(c, exactly({ signature }))).signature))
    })
    .post('/:poll/:index/comment-shares', async c => {
      const { at, row, index } = await who(c)
      const shape = exactly({ combiner: member, box: text, signature })
      await sendShares(at, row, index, await readJson(c, shape, MOST_SHARES_BYTES))
      return done(c)
    })
    .get('/:poll/:index/comment-boxes', async c => {
      const { at, row, index } = await who(c)
      return c.json({ boxes: await boxesFor(at, row, index) })
    })
    .put('/:poll/:index/comment-file', async c => {
      const { at, row, index } = await who(c)
      await keepFile(at, row, index, await readBytes(c, MOST_FILE_BYTES))
      return done(c)
    })
    .post('/:poll/:index/claim', async c => {
      const { at, row, index } = await who(c)
      await claim(at.db, row, index, (await readJson(c, exactly({ device: key }))).device)
      return done(c)
    })
    .post('/:poll/:index/keying', async c => {
      const { at, row, index } = await who(c)
      const { device, said } = await readJson(c, fromDevice(readKeying))
      await keyCount(at, row, index, said, device)
      await settle(at, row.id)
      return done(c)
    })
    .post('/:poll/:index/open', async c => {
      const { at, row, index } = await who(c)
      await open(at, row, index, (await readJson(c, exactly({ signature }))).signature)
      return done(c)
    })
    .post('/:poll/:index/shares', async c => {
      const { at, row, index } = await who(c)
      const shape = exactly({ shares: listOf(shareShape, 0, MOST_SHARES) })
      await share(at, row, index, (await readJson(c, shape, MOST_SHARES_BYTES)).shares)
      return done(c)
    })
    .post('/:poll/:index/result', async c => {
      const { at, row, index } = await who(c)
      const said = await readJson(c, exactly({ text, signature }), MOST_RESULT_BYTES)
      await result(at, row, index, said.text, said.signature)
      return done(c)
    })
}
