/**
 * The door of whoever runs this deployment, for `npm run backup` and `npm run restore` from another machine. It is there
 * only where the deployment has a secret of its own for it (`OPERATOR_KEY`).
 *
 * Trust: who has the key reads every poll that is not open, the box's keys before opening too, and accounts with what their
 * passwords were stretched to; puts polls here, and rule packs under whatever two names; takes polls away that are not
 * open; and makes accounts where no organiser has a password yet. So can whoever can change the program that runs here; the
 * key is theirs alone. It opens nothing of a box that is in use, and makes nobody an organiser beside another.
 *
 *     GET   /polls                titles, codes, and which polls are not copied now
 *     GET   /polls/:poll/lines    a poll's lines (parcel.ts); cut short where it changed meanwhile: then again
 *     GET   /polls/:poll/hash     over its rows
 *     POST  /polls/:poll/rows     a part of a poll that is not here yet; the first part begins anew
 *     POST  /polls/:poll/list     from here on it can be found; a repeat is `wrong-state`
 *     POST  /polls/:poll/remove   it was carried away; a repeat is `not-found`
 *     GET   /directory            packs; with `?people` accounts too, sessions never
 *     POST  /directory            adds packs that are missing, people where nobody is; a repeat changes nothing
 */
import { type Context, Hono } from 'hono'
import { fromBase64url, readUtf8, toBase64url, utf8 } from '../../crypto/bytes.ts'
import { exactly, text } from '../../crypto/json.ts'
import { sha256 } from '../../crypto/transcript.ts'
import { hashAt, knownPolls, listPoll, parcelOf, putRows, removeCarried } from '../carrying.ts'
import { directoryParcel, putDirectory } from '../carrying-directory.ts'
import { sameSecret } from '../claims.ts'
import type { Deps } from '../deps.ts'
import { readHead } from '../parcel.ts'
import { no } from '../refusals.ts'
import { isKey } from '../roles.ts'
import { readBytes, readHandle, readJson } from './body.ts'
import { Slow } from './slow.ts'

type OperatorDeps = Pick<Deps, 'databases' | 'operatorKey' | 'now' | 'pause'>

/** A part (`places.ts`): some megabytes, or one scan of 20 MB, as base64url inside JSON. */
const MOST_PART_BYTES = 32 * 1024 * 1024

export function operatorDoors({ databases, operatorKey = '', now, pause }: OperatorDeps) {
  if (!isKey(operatorKey)) return new Hono()
  const slow = new Slow(now, pause)
  const own = sha256(utf8(`Bearer ${operatorKey}`))
  const handle = (c: Context) => readHandle(c.req.param('poll') ?? '')
  const lines = async (c: Context) => {
    const said = readUtf8(await readBytes(c, MOST_PART_BYTES))
    if (said === null || !(said === '' || said.endsWith('\n'))) return no('bad-request')
    return said.split('\n').slice(0, -1)
  }
  const hash = (said: string) => fromBase64url(said) ?? no('bad-request')

  return new Hono()
    .use(async (c, next) => {
      // Hashes are of equal length, whatever was said.
      const said = sha256(utf8(c.req.header('authorization') ?? ''))
      await slow.down(async () => sameSecret(said, own) || no('not-yours'))
      await next()
    })
    .get('/polls', async c => c.json(await knownPolls(databases)))
    .get('/polls/:poll/lines', async c => streamed(c, await parcelOf(databases, handle(c))))
    .get('/polls/:poll/hash', async c => c.json({ hash: toBase64url(await hashAt(databases, handle(c))) }))
    .post('/polls/:poll/rows', async c => {
      await putRows(databases, handle(c), await lines(c))
      return c.body(null, 204)
    })
    .post('/polls/:poll/list', async c => {
      const said = await readJson(c, exactly({ head: text, hash: text }))
      const head = readHead(said.head)
      if (head?.parcel !== 'poll' || head.poll !== c.req.param('poll')) return no('bad-request')
      await listPoll(databases, head, hash(said.hash))
      return c.body(null, 204)
    })
    .post('/polls/:poll/remove', async c => {
      const said = await readJson(c, exactly({ hash: text }))
      await removeCarried(databases, handle(c), hash(said.hash))
      return c.body(null, 204)
    })
    .get('/directory', async c =>
      streamed(c, directoryParcel(databases.directory, c.req.query('people') !== undefined)),
    )
    .post('/directory', async c => c.json(await putDirectory(databases.directory, await lines(c))))
}

/** A line after the other, as it is asked for: a poll is never in memory whole. */
function streamed(c: Context, lines: AsyncIterable<string>): Response {
  const rest = lines[Symbol.asyncIterator]()
  const stream = new ReadableStream<Uint8Array>({
    pull: async controller => {
      const { value, done } = await rest.next()
      if (done) controller.close()
      else controller.enqueue(utf8(`${value}\n`))
    },
    cancel: async () => {
      await rest.return?.()
    },
  })
  return c.body(stream, 200, { 'content-type': 'application/x-ndjson; charset=utf-8' })
}
