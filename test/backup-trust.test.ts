/**
 * What a backup does not bring back, and what the operator's key does not open: people into a place that somebody runs,
 * packs that are none, another poll's manifest. And nothing that was written in the moment of moving is lost.
 */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromBase64url, shortCode, toBase64url } from '../crypto/bytes.ts'
import { readFileCode } from '../crypto/comment-file.ts'
import { hashAt, knownPolls, listPoll, parcelOf, putRows, removeCarried } from '../server/carrying.ts'
import { directoryParcel, putDirectory } from '../server/carrying-directory.ts'
import { writeSealed } from '../server/commands/sealed-file.ts'
import { DIRECTORY_HEAD, NO_ROWS, type PollHead, readHead, withRow, writeEnd, writeHead } from '../server/parcel.ts'
import { secureRng as rng } from '../server/play/seed.ts'
import { Polls } from '../server/polls.ts'
import { createRedeemApp } from '../server/redeem-app.ts'
import { packHash } from '../server/rules/read.ts'
import { readListing } from '../server/store/listing.ts'
import { readPeople } from '../server/store/people.ts'
import { backUp, dataOf, logIn, newFolders, officeAt, putBack, withWriting } from './clerk.ts'
import {
  type Ask,
  act,
  count,
  firstOrganiser,
  type Office,
  type Organiser,
  openOffice,
  personWith,
  RULEBOOK,
  type SealedPoll,
  said,
  sealPoll,
  visitorWith,
  vote,
} from './office.ts'
import { openTwoOffices, PEER_KEY, REDEEM } from './two-offices.ts'

const KEY = toBase64url(rng(32))
const folders = newFolders()
afterAll(folders.remove)

const headers = { authorization: `Bearer ${KEY}` }
const handleOf = ({ poll }: Pick<SealedPoll, 'poll'>) => fromBase64url(poll)!
const newOffice = () => openOffice({ lastCallMs: () => 0, operatorKey: KEY })

const putAt = async (ask: Ask, lines: readonly string[]) =>
  said(await ask('/api/operator/directory', { method: 'POST', headers, body: lines.map(line => `${line}\n`).join('') }))

async function all(lines: AsyncIterable<string>): Promise<readonly string[]> {
  const kept: string[] = []
  for await (const line of lines) kept.push(line)
  return kept
}

const peopleOf = async ({ deps }: Office) =>
  (await all(directoryParcel(deps.directory, true))).filter(line => line.startsWith('{"table":"person"'))

describe('the operator’s key', () => {
  it('makes an account where nobody runs anything yet, and none beside an organiser', async () => {
    const elsewhere = newOffice()
    await firstOrganiser(elsewhere)
    const [row] = await peopleOf(elsewhere)
    const forged = row!.replace('"to-chuc"', '"ai-do"')
    const [fresh, run] = [newOffice(), newOffice()]
    expect(await putAt(fresh.ask, [forged])).toEqual({ kept: [], leftOut: 0 })
    expect(await (await logIn(fresh.ask, 'ai-do')).get('/polls')).not.toBe('needs-login')

    await firstOrganiser(run)
    const before = await peopleOf(run)
    expect(await putAt(run.ask, [forged])).toEqual({ kept: [], leftOut: 1 })
    await expect(logIn(run.ask, 'ai-do')).rejects.toThrow('wrong-password')
    // Nor in the place of one who is there.
    expect(await putAt(run.ask, [row!])).toEqual({ kept: ['to-chuc'], leftOut: 0 })
    expect(await peopleOf(run)).toEqual(before)
    for (const one of [elsewhere, fresh, run]) await one.close()
  })

  it('makes none beside an organiser who comes in that very moment either', async () => {
    const [elsewhere, office] = [newOffice(), newOffice()]
    await firstOrganiser(elsewhere)
    const [row] = await peopleOf(elsewhere)
    const { directory } = office.deps
    const coming = {
      read: directory.read,
      write: async (statements: Parameters<typeof directory.write>[0]) => {
        await firstOrganiser(office)
        await directory.write(statements)
      },
    }
    expect(await putDirectory(coming, [row!.replace('"to-chuc"', '"ai-do"')])).toEqual({ kept: [], leftOut: 1 })
    expect((await readPeople(directory)).map(({ login }) => login)).toEqual(['to-chuc'])
    for (const one of [elsewhere, office]) await one.close()
  })

  const text = JSON.stringify({ ...(JSON.parse(RULEBOOK.packs[0]!) as object), id: 'bo-quy-tac-mang-den' })
  const packLine = (change: Readonly<Record<string, unknown>> = {}) => {
    const { version } = JSON.parse(text) as { readonly version: number }
    const sha256 = toBase64url(packHash(String(change.text ?? text)))
    const names = { entered_by: 'Người một', confirmed_by: 'Người hai' }
    return JSON.stringify({ table: 'pack', sha256, id: 'bo-quy-tac-mang-den', version, text, ...names, ...change })
  }

  it('puts a rule pack that is one under its own hash, and no other', async () => {
    const office = newOffice()
    const organiser = await firstOrganiser(office)
    const forged = [
      { text: '{}' },
      { sha256: toBase64url(rng(32)) },
      { id: 'khac' },
      { version: 99 },
      { text: text.replace('"id"', '"ID"') },
    ]
    const packs = async () => {
      const found = await visitorWith(office.ask, organiser.cookie).get<readonly { readonly id: string }[]>('/packs')
      return found.map(({ id }) => id)
    }
    const shipped = await packs()
    for (const change of forged)
      expect([change, await putAt(office.ask, [packLine(change)])]).toEqual([change, 'bad-pack'])
    expect(await packs()).toEqual(shipped)
    expect(await putAt(office.ask, [packLine()])).toEqual({ kept: [], leftOut: 0 })
    expect(await packs()).toEqual([...shipped, 'bo-quy-tac-mang-den'])
    await office.close()
  })

  it('is no key where it could be guessed', async () => {
    const keys = [
      ['a'.repeat(20), false],
      ['a'.repeat(64), false],
      [KEY.slice(0, 20), false],
      [KEY, true],
    ] as const
    for (const [key, isThere] of keys) {
      const office = openOffice({ operatorKey: key })
      const answer = await said(
        await office.ask('/api/operator/polls', { headers: { authorization: `Bearer ${key}` } }),
      )
      expect([key, answer]).toEqual([key, isThere ? [] : 'not-found'])
      await office.close()
    }
  })

  it('keeps whoever tries many keys waiting, and nobody with the right one', async () => {
    let waited = 0
    const office = openOffice({
      operatorKey: KEY,
      pause: async () => {
        waited++
      },
    })
    const ask = (key: string) => office.ask('/api/operator/polls', { headers: { authorization: `Bearer ${key}` } })
    for (let i = 0; i < 60; i++) expect((await ask(KEY)).status).toBe(200)
    expect(waited).toBe(0)
    for (let i = 0; i < 60; i++) expect((await ask(`${KEY}${i}`)).status).toBe(403)
    expect(waited).toBe(10)
    await office.close()
  })
})

describe('a restore', () => {
  it('brings nobody back who was removed, nor gives anything to them, and says how many it left out', async () => {
    const office = newOffice()
    const organiser = await firstOrganiser(office)
    const sealed = await sealPoll(office.ask, organiser)
    const guest = { name: 'Chị Lan', role: 'organiser', polls: [sealed.poll], login: 'chi-lan' } as const
    await personWith(office.ask, organiser, guest)
    const file = folders.file()
    const { code } = await backUp(dataOf(office), file, { move: true })
    const lan = (await readPeople(office.deps.directory)).find(({ login }) => login === 'chi-lan')!
    const visitor = visitorWith(office.ask, organiser.cookie)
    expect(await visitor.post(`/account/people/${toBase64url(lan.id)}/remove`)).toBeNull()

    const back = await putBack(dataOf(office), file, code, { onlyHere: true })
    expect(back).toMatchObject({ exit: 0, said: expect.stringContaining('1 tài khoản trong tệp không được đưa vào') })
    expect(await organiser.get(`/polls/${sealed.poll}`)).toMatchObject({ state: 'printed' })
    await expect(logIn(office.ask, 'chi-lan')).rejects.toThrow('wrong-password')
    expect(await office.deps.directory.read.selectFrom('person_poll').selectAll().execute()).toEqual([])

    const env = folders.env()
    const elsewhere = await putBack(env, file, code, { onlyHere: true })
    expect(elsewhere.exit).toBe(0)
    expect(elsewhere.said).not.toContain('không được đưa vào')
    const there = officeAt(env)
    expect(await (await logIn(there.ask, 'chi-lan')).get(`/polls/${sealed.poll}`)).toMatchObject({ state: 'printed' })
    // The same once more finds everybody there.
    expect((await putBack(env, file, code)).said).not.toContain('không được đưa vào')
    await there.close()
    await office.close()
  })

  it('of packs that are none stores nothing, and says what is wrong in words', async () => {
    const line = JSON.stringify({
      ...{ table: 'pack', sha256: toBase64url(packHash('{}')), id: 'x', version: 1, text: '{}' },
      ...{ entered_by: 'Người một', confirmed_by: 'Người hai' },
    })
    const file = folders.file()
    const typed = (await backUp(dataOf(await organised()), folders.file())).code
    async function* lines() {
      yield writeHead(DIRECTORY_HEAD)
      yield line
      yield writeEnd(withRow(NO_ROWS, line))
    }
    await writeSealed(file, lines(), readFileCode(typed), rng)
    const env = folders.env()
    expect(await putBack(env, file, typed)).toMatchObject({
      exit: 1,
      said: expect.stringContaining('bộ quy tắc không đọc được'),
    })
    const there = officeAt(env)
    expect(await there.deps.directory.read.selectFrom('pack').selectAll().execute()).toEqual([])
    await there.close()
  })

  const offices: Office[] = []
  afterAll(async () => {
    for (const office of offices) await office.close()
  })
  async function organised(): Promise<Office> {
    const office = newOffice()
    offices.push(office)
    await firstOrganiser(office)
    return office
  }

  /** A backup of one poll, with another list of cards, or other keys. */
  it('says in words which part of a poll does not belong to it', async () => {
    const office = await organised()
    const sealed = await sealPoll(office.ask, await logIn(office.ask))
    const { code } = await backUp(dataOf(office), folders.file())
    const rows = (await all(await parcelOf(office.deps.databases, handleOf(sealed)))).slice(1, -1)
    const head = (await all(await parcelOf(office.deps.databases, handleOf(sealed))))[0]!
    const outcome = async (changed: readonly string[]) => {
      const file = folders.file()
      async function* lines() {
        yield head
        yield* changed
        yield writeEnd(changed.reduce(withRow, NO_ROWS))
      }
      await writeSealed(file, lines(), readFileCode(code), rng)
      const { exit, said } = await putBack(folders.env(), file, code, { onlyHere: true })
      return { exit, said }
    }
    const inFirst = (how: (row: { [column: string]: string }) => void) => {
      const first = JSON.parse(rows[0]!) as { [column: string]: string }
      how(first)
      return [JSON.stringify(first), ...rows.slice(1)]
    }
    const lessOne = rows.filter((line, i) => !line.startsWith('{"table":"token"') || rows[i - 1]!.includes('"token"'))
    const wrong = [
      [lessOne, 'danh sách thẻ không đúng'],
      [
        inFirst(row => (row.keys = row.keys!.replace(/"receiptKey":"./, '"receiptKey":"_'))),
        'khóa của hòm phiếu không đúng',
      ],
      [inFirst(row => (row.manifest = row.manifest!.replace('Sở A', 'Sở B'))), 'hồ sơ gốc không đúng'],
    ] as const
    for (const [changed, sentence] of wrong) {
      const { exit, said } = await outcome(changed)
      expect([exit, said]).toEqual([1, expect.stringContaining(sentence)])
    }
    expect((await outcome(rows)).exit).toBe(0)
  })

  it('takes no manifest that is another poll’s', async () => {
    const office = newOffice()
    const sealed = await sealPoll(office.ask, await firstOrganiser(office))
    const lines = await all(await parcelOf(office.deps.databases, handleOf(sealed)))
    const head = readHead(lines[0]!) as PollHead
    const rows = lines.slice(1, -1)
    const other = rng(16)
    // Begun anew, the poll still has its cards' manifest in the directory.
    const { db } = office
    const start = await db.read.selectFrom('poll').selectAll().executeTakeFirstOrThrow()
    await db.write([
      db.read.updateTable('poll').set({ manifest: null, manifest_hash: null, run: null, state: 'draft' }),
      db.read.deleteFrom('token'),
    ])
    const { databases, directory } = office.deps
    await putRows(databases, other, rows)
    const listed = () =>
      listPoll(databases, { ...head, poll: toBase64url(other), nonce: 'khác' }, rows.reduce(withRow, NO_ROWS))
    await expect(listed()).rejects.toThrow('wrong-manifest')
    expect(await readListing(directory)).toEqual([handleOf(sealed)])
    await directory.write([directory.read.deleteFrom('listed_manifest').where('hash', '=', start.manifest_hash!)])
    await listed()
    expect(await (await office.ask(`/api/manifests/${shortCode(start.manifest_hash!)}`)).text()).toBe(start.manifest)
    await office.close()
  })
})

describe('a poll that is moved is not lost with what was written in that very moment', () => {
  let office: Office
  let organiser: Organiser
  let sealed: SealedPoll

  beforeAll(async () => {
    office = newOffice()
    organiser = await firstOrganiser(office)
    sealed = await sealPoll(office.ask, organiser)
    await act(organiser, sealed, 'open', [0])
    for (const card of sealed.cards.slice(0, 4)) await vote(office.ask, sealed, card, [[0]])
    await act(organiser, sealed, 'close', [0, 1], [4])
    await count(sealed.members.slice(0, 2))
    const { db } = office
    const poll = handleOf(sealed)
    await db.write([
      db.read.insertInto('entry').values({ poll, n: 1, body: '{}', by_person: poll, by_name: 'Thư ký' }),
      db.read.insertInto('message').values({ poll, step: 'combine', sender: 2, recipient: 0, body: 'một' }),
      db.read.insertInto('comment_box').values({ poll, sender: 1, recipient: 2, bytes: rng(500) }),
      db.read.insertInto('comment_file').values({ poll, sender: 2, bytes: rng(65_600) }),
    ])
  })
  afterAll(() => office.close())

  const who = { by_person: new Uint8Array(16), by_name: 'Thư ký' }
  const set =
    (column: string, value: unknown) =>
    ({ db, poll }: { readonly db: Office['db']; readonly poll: Uint8Array }) => ({
      compile: () => sql`update poll set ${sql.ref(column)} = ${value} where id = ${poll}`.compile(db.read),
    })
  type How = (at: { readonly db: Office['db']; readonly poll: Uint8Array }) => { compile(): unknown }
  const WRITES: readonly (readonly [string, How])[] = [
    ['another draft', set('draft', sql`draft || ' '`)],
    ['a draft’s version', set('version', 99)],
    ['minutes', set('minutes', '{}')],
    ['their version', set('minutes_version', 7)],
    ['their seal', set('minutes_sealed', 1)],
    ['a stamp', set('stamp', 'mat')],
    ['what was stated', set('stated', '{}')],
    ['an entry', ({ db, poll }) => db.read.insertInto('entry').values({ poll, n: 2, body: '{}', ...who })],
    ['a confirmation', ({ db, poll }) => db.read.insertInto('confirmation').values({ poll, n: 1, ...who })],
    [
      'a scan',
      ({ db, poll }) =>
        db.read
          .insertInto('scan')
          .values({ poll, n: 1, name: 'bản', type: 'application/pdf', bytes: rng(9), by_name: 'Thư ký' }),
    ],
    [
      'a copy handed over',
      ({ db, poll }) =>
        db.read.insertInto('copy').values({ poll, number: 1, form: 'minutes', recipient: 'Sở B', by_name: 'Thư ký' }),
    ],
    [
      'a pin',
      ({ db, poll }) => db.read.insertInto('message').values({ poll, step: 'pin', sender: 9, recipient: 0, body: 'x' }),
    ],
    [
      'another member’s word in the same place',
      ({ db }) => db.read.updateTable('message').set({ body: 'hai' }).where('step', '=', 'combine'),
    ],
    [
      'a box of comments',
      ({ db, poll }) => db.read.insertInto('comment_box').values({ poll, sender: 3, recipient: 2, bytes: rng(500) }),
    ],
    ['another box in its place', ({ db }) => db.read.updateTable('comment_box').set({ bytes: rng(500) })],
    ['another file of comments', ({ db }) => db.read.updateTable('comment_file').set({ bytes: rng(65_600) })],
  ]

  it('whatever it was: the poll stays, and what was written too', async () => {
    const poll = handleOf(sealed)
    const { databases } = office.deps
    for (const [name, how] of WRITES) {
      const before = await hashAt(databases, poll)
      const meanwhile = () => office.db.write([how({ db: office.db, poll }) as never])
      await expect(removeCarried(withWriting(databases, meanwhile), poll, before), name).rejects.toThrow('wrong-state')
      expect([name, await hashAt(databases, poll)]).not.toEqual([name, before])
    }
    expect(await organiser.get(`/polls/${sealed.poll}`)).toMatchObject({ state: 'counted' })
  })

  it('and goes where nothing was', async () => {
    const poll = handleOf(sealed)
    const { databases } = office.deps
    const nothing = withWriting(databases, async () => {})
    await removeCarried(nothing, poll, await hashAt(databases, poll))
    expect(await organiser.get(`/polls/${sealed.poll}`)).toBe('not-found')
    for (const table of ['message', 'entry', 'comment_box', 'comment_file', 'cast'] as const)
      expect([table, await office.db.read.selectFrom(table).selectAll().execute()]).toEqual([table, []])
  })
})

it('a deployment that only redeems names its polls by their manifests, and is carried through its own door', async () => {
  const two = openTwoOffices()
  const sealed = await sealPoll(two.ask, await firstOrganiser(two.box))
  const { databases } = two.redeem
  const [known] = await knownPolls(databases)
  const [box] = await knownPolls(two.box.deps.databases)
  expect(known).toMatchObject({ title: box!.title, code: box!.code, stays: null })
  expect(box!.title).not.toBe('')
  const deps = { ...two.box.deps, databases, polls: new Polls(databases), origin: REDEEM, peerKey: PEER_KEY }
  const app = createRedeemApp({ ...deps, operatorKey: KEY })
  expect(await said(await app.request('/api/operator/polls', { headers }))).toEqual([known])
  expect(await said(await app.request('/api/operator/polls'))).toBe('not-yours')
  const without = createRedeemApp({ ...deps, operatorKey: undefined })
  expect(await said(await without.request('/api/operator/polls', { headers }))).toBe('not-found')
  expect(sealed.cards.length).toBeGreaterThan(0)
  await two.close()
})
