/**
 * A poll goes round all engines before it is opened and after it was counted, by the commands that a clerk uses: file →
 * PostgreSQL → Workers → file. What arrives is the same to the last row, and verifies.
 */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { fromBase64url, toBase64url } from '../crypto/bytes.ts'
import { chunksOf } from '../crypto/record.ts'
import { verify } from '../crypto/verify.ts'
import { listPoll, parcelOf, putRows, removeCarried } from '../server/carrying.ts'
import { directoryParcel, putDirectory } from '../server/carrying-directory.ts'
import { openPostgres } from '../server/db/postgres.ts'
import { Conflict, type Databases } from '../server/db.ts'
import { NO_ROWS, type PollHead, readHead, withRow } from '../server/parcel.ts'
import { secureRng as rng } from '../server/play/seed.ts'
import { ifNobodyRunsIt } from '../server/store/people.ts'
import { backUp, dataOf, type Env, logIn, newFolders, officeAt, putBack, withWriting } from './clerk.ts'
import {
  type Ask,
  act,
  count,
  firstOrganiser,
  json,
  memberWith,
  type Office,
  openOffice,
  type SealedPoll,
  said,
  sealPoll,
  vote,
} from './office.ts'
import { type PostgresServer, postgresAvailable, startPostgres } from './postgres.ts'
import { startWorkerd, type Workerd } from './workerd.ts'

const KEY = toBase64url(rng(32))
const folders = newFolders()
let postgres: PostgresServer
let workerd: Workerd
let office: Office
let sealed: SealedPoll
let links: readonly string[]

beforeAll(async () => {
  if (postgresAvailable()) postgres = await startPostgres()
  workerd = await startWorkerd({ OPERATOR_KEY: KEY })
  office = openOffice({ lastCallMs: () => 0 })
  sealed = await sealPoll(office.ask, await firstOrganiser(office))
  const rows = await office.db.read.selectFrom('member').select('secret').orderBy('idx').execute()
  links = rows.map(({ secret }) => secret)
}, 300_000)
afterAll(async () => {
  await workerd?.close()
  await postgres?.remove()
  await office?.close()
  folders.remove()
})

/** Where a poll lies, as the commands are told. */
interface Place {
  readonly name: string
  readonly env: Env
  readonly at?: string
}

const placesOf = async (): Promise<readonly Place[]> => [
  { name: 'PostgreSQL', env: { DATABASE_URL: await postgres.newDatabase() } },
  { name: 'Workers', env: { OPERATOR_KEY: KEY }, at: workerd.url.replace('127.0.0.1', 'localhost') },
  { name: 'a file', env: folders.env() },
]

async function rowsIn(databases: Databases): Promise<readonly string[]> {
  const lines: string[] = []
  for await (const line of await parcelOf(databases, fromBase64url(sealed.poll)!)) lines.push(line)
  return lines
}

async function rowsAt({ env, at }: Place): Promise<readonly string[]> {
  if (at !== undefined) return rowsIn({ directory: workerd.directory, of: workerd.of, close: async () => {} })
  const databases = env.DATABASE_URL === undefined ? officeAt(env).deps.databases : await openPostgres(env.DATABASE_URL)
  const rows = await rowsIn(databases)
  await databases.close()
  return rows
}

/** Moves it on from place to place; where it was, it is no longer. */
async function goRound(from: Place, way: readonly Place[]): Promise<void> {
  const rows = await rowsAt(from)
  let last = from
  for (const place of way) {
    const file = folders.file()
    const away = await backUp(last.env, file, { at: last.at, move: true })
    expect({ from: last.name, ...away }).toMatchObject({ exit: 0, said: expect.stringContaining('không còn ở nơi cũ') })
    const there = await putBack(place.env, file, away.code, { at: place.at, onlyHere: true })
    expect({ to: place.name, ...there }).toMatchObject({ exit: 0, said: expect.stringContaining('đều đạt') })
    expect(await rowsAt(place)).toEqual(rows)
    await expect(rowsAt(last)).rejects.toThrow('not-found')
    last = place
  }
}

const reached = (ask: Ask): SealedPoll => ({
  ...sealed,
  members: sealed.members.map(({ device }, i) => memberWith(ask, sealed.poll, i + 1, links[i]!, device)),
})

/** What follows a count, some of it longer than a row of some engines may be, and what is only ever added to. */
async function writeDown({ db }: Office): Promise<void> {
  const poll = fromBase64url(sealed.poll)!
  const by = { by_person: poll, by_name: 'Thư ký' }
  await db.write([
    db.read.insertInto('entry').values({ poll, n: 1, body: '{"kind":"x"}', ...by }),
    db.read.insertInto('confirmation').values({ poll, n: 1, ...by, by_person: rng(16) }),
    db.read.insertInto('copy').values({ poll, number: 1, form: 'minutes', recipient: 'Sở B', by_name: by.by_name }),
    ...[1, 2].map(n =>
      db.read.insertInto('scan').values({
        poll,
        n,
        name: `bản ${n}`,
        type: 'application/pdf',
        bytes: new Uint8Array(n * 2_500_000).map((_, i) => i * n),
        by_name: by.by_name,
      }),
    ),
    ...[1, 2, 3].map(recipient =>
      db.read.insertInto('comment_box').values({ poll, sender: 2, recipient, bytes: rng(500) }),
    ),
    db.read.insertInto('comment_file').values({ poll, sender: 1, bytes: rng(65_600) }),
  ])
}

it.skipIf(!postgresAvailable())(
  'before it is opened, then is voted on in the last place, counted, and goes round again',
  async () => {
    const before = await placesOf()
    await goRound({ name: 'the first file', env: dataOf(office) }, before)

    const last = officeAt(before[2]!.env)
    const poll = reached(last.ask)
    const organiser = await logIn(last.ask)
    await act(organiser, poll, 'open', [0])
    for (const [i, card] of poll.cards.slice(0, 4).entries()) await vote(last.ask, poll, card, [[i % 3]])
    await act(organiser, poll, 'close', [0, 1], [4])
    await count(poll.members.slice(0, 2))
    await writeDown(last)
    const record = await poll.members[0]!.record()
    expect(await verify(chunksOf(record), { rng })).toMatchObject({ ok: true, complete: true })
    await last.close()

    const after = await placesOf()
    await goRound(before[2]!, after)
    const end = officeAt(after[2]!.env)
    expect(await reached(end.ask).members[0]!.record()).toBe(record)
    await end.close()
  },
  300_000,
)

it.skipIf(!postgresAvailable())(
  'on every engine a poll to which something was written stays, and nobody comes beside an organiser',
  async () => {
    const first = openOffice({ lastCallMs: () => 0 })
    const poll = await sealPoll(first.ask, await firstOrganiser(first))
    const id = fromBase64url(poll.poll)!
    const lines: string[] = []
    for await (const line of await parcelOf(first.deps.databases, id)) lines.push(line)
    const people: string[] = []
    for await (const line of directoryParcel(first.deps.directory, true))
      if (line.startsWith('{"table":"person"')) people.push(line)
    const [hash, head] = [lines.slice(1, -1).reduce(withRow, NO_ROWS), readHead(lines[0]!) as PollHead]
    const opened = await openPostgres(await postgres.newDatabase())
    const engines = [opened, { directory: workerd.directory, of: workerd.of, close: async () => {} }]
    for (const databases of engines) {
      await putRows(databases, id, lines.slice(1, -1))
      await listPoll(databases, head, hash)
      const { read, write } = databases.of(id)
      const pin = { poll: id, step: 'pin', sender: 9, recipient: 0, body: 'x' }
      const late = withWriting(databases, () => write([read.insertInto('message').values(pin)]))
      await expect(removeCarried(late, id, hash)).rejects.toThrow('wrong-state')
      await write([read.deleteFrom('message').where('sender', '=', 9)])
      await removeCarried(databases, id, hash)
      await expect(parcelOf(databases, id)).rejects.toThrow('not-found')

      const { directory } = databases
      await putDirectory(directory, people)
      const forged = people[0]!
        .replace(/"id":"[^"]*"/, `"id":"${toBase64url(rng(16))}"`)
        .replace('"to-chuc"', '"ai-do"')
      expect(await putDirectory(directory, [forged])).toEqual({ kept: [], leftOut: 1 })
      await expect(directory.write([ifNobodyRunsIt(directory)])).rejects.toThrow(Conflict)
    }
    await opened.close()
    await first.close()
  },
  120_000,
)

it('on Workers the door is there for the key alone, and opens nothing of a box in use', async () => {
  const at = workerd.url.replace('127.0.0.1', 'localhost')
  const wrong = await backUp({ OPERATOR_KEY: `${KEY}x` }, folders.file(), { at })
  expect(wrong).toMatchObject({ exit: 2, said: expect.stringContaining('không nhận khóa này') })
  expect(await said(await workerd.ask('/api/operator/polls'))).toBe('not-yours')
  const handle = sealed.poll
  const headers = { authorization: `Bearer ${KEY}` }
  expect(await said(await workerd.ask(`/api/operator/polls/${handle}/lines`, { headers }))).toBe('not-found')
  const right = await backUp({ OPERATOR_KEY: KEY }, folders.file(), { at })
  expect(right.exit).toBe(0)
  expect(await said(await workerd.ask('/api/operator/directory', json('x', headers)))).toBe('bad-request')
})

it('on Node there is no such door without a key', async () => {
  const headers = { authorization: 'Bearer ' }
  expect(await said(await office.ask('/api/operator/polls', { headers }))).toBe('not-found')
  const open = openOffice({ operatorKey: KEY })
  expect(await said(await open.ask('/api/operator/polls', { headers }))).toBe('not-yours')
  expect(await said(await open.ask('/api/operator/polls', { headers: { authorization: `Bearer ${KEY}` } }))).toEqual([])
  await open.close()
  const short = openOffice({ operatorKey: 'short' })
  expect(await said(await short.ask('/api/operator/polls', { headers: { authorization: 'Bearer short' } }))).toBe(
    'not-found',
  )
  await short.close()
})
