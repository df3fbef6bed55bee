/** The Worker as it would be uploaded, in a local workerd: the same application as on Node, and what is the platform's. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromBase64url } from '../crypto/bytes.ts'
import { chunksOf } from '../crypto/record.ts'
import { verify } from '../crypto/verify.ts'
import { newSetupLink } from '../server/account.ts'
import { createApp } from '../server/app.ts'
import { readPages } from '../server/pages.ts'
import { secureRng } from '../server/play/seed.ts'
import { readScans } from '../server/store/dossier.ts'
import { insertPoll } from '../server/store/polls.ts'
import { builtPages } from './browser.ts'
import { organiserBy } from './listening.ts'
import { ADDRESS, type Ask, act, count, openOffice, said, sealPoll, vote } from './office.ts'
import { pollRow } from './rows.ts'
import { startWorkerd, WORKER, type Workerd } from './workerd.ts'

let worker: Workerd
let ask: Ask

beforeAll(async () => {
  worker = await startWorkerd({ PUBLIC_URL: ADDRESS, LAST_CALL_SECONDS: '0' })
  ask = worker.ask
})
afterAll(() => worker.close())

/** What the way adds: a socket's own, and compression. */
const OF_THE_WAY = /^(connection|content-length|date|keep-alive|transfer-encoding|content-encoding|vary)$/

const headersOf = ({ headers }: Response) => Object.fromEntries([...headers].filter(([name]) => !OF_THE_WAY.test(name)))

const bytesOf = async (answer: Response): Promise<Buffer> => Buffer.from(await answer.arrayBuffer())

const MB = 1_000_000

describe('a Worker', () => {
  it('gives every page with the bytes and headers that Node gives', async () => {
    const folder = await builtPages()
    const office = openOffice()
    const node = createApp({ ...office.deps, pages: readPages(folder) })
    const assets = readdirSync(join(folder, 'voter', 'assets')).map(name => `/voter/assets/${name}`)
    for (const path of ['/', '/b', '/quay', '/to-chuc', '/verifier-file/verifier.html', ...assets]) {
      const [here, there] = [await ask(path), await node.request(path)]
      expect([path, here.status, headersOf(here)]).toEqual([path, 200, headersOf(there)])
      expect(Buffer.compare(await bytesOf(here), await bytesOf(there)), path).toBe(0)
    }
    expect(await (await ask('/api/bundle')).json()).toEqual({ files: readPages(folder).bundle })
    await office.close()
  })

  it('refuses as Node refuses', async () => {
    const office = openOffice()
    const handle = 'A'.repeat(22)
    const paths = ['/x', '/voter/', '/api/x', '/api/organiser/polls', '/api/polls/x/record', `/api/members/${handle}/1`]
    for (const path of paths) {
      const [here, there] = [await ask(path), await office.ask(path)]
      expect(there.status).toBeGreaterThanOrEqual(400)
      expect([path, here.status, headersOf(here)]).toEqual([path, there.status, headersOf(there)])
      expect([path, await here.json()]).toEqual([path, await there.json()])
    }
    await office.close()
  })

  it('holds packs and forms as the very texts that their files are', async () => {
    const packs = await said<readonly { readonly sha256: string }[]>(await ask('/api/packs'))
    for (const { sha256 } of packs) expect(hashOf(await (await ask(`/api/packs/${sha256}`)).text())).toBe(sha256)
    const forms = await said<readonly { readonly sha256: string }[]>(await ask('/api/forms'))
    const hashes = (list: typeof packs) => list.map(({ sha256 }) => sha256).sort()
    expect([hashes(packs), hashes(forms)]).toEqual(['server/rules/packs', 'server/forms'].map(hashesIn))
  })

  it('holds a poll from set-up to a record that verifies, and writes nothing down of it', async () => {
    const link = await newSetupLink(worker.directory, secureRng)
    const organiser = await organiserBy(ask, `${ADDRESS}/to-chuc#setup.${link}`)
    const { bundleHash } = readPages(await builtPages())
    const sealed = await sealPoll(ask, organiser, { bundle: bundleHash })
    await act(organiser, sealed, 'open', [0])
    const casts = []
    for (const [i, card] of sealed.cards.slice(0, 4).entries()) {
      casts.push(await vote(ask, sealed, card, [[i % 3]]))
      // The object is thrown out of memory between two voters.
      if (i === 1) await worker.evict(fromBase64url(sealed.poll)!)
    }
    await act(organiser, sealed, 'close', [0, 1], [4])
    await count(sealed.members.slice(0, 2))
    await act(organiser, sealed, 'publish', [0])
    // A hall asks in the same moment.
    const record = async () => (await ask(`/api/polls/${sealed.hash}/record`)).text()
    const [text, ...others] = await Promise.all([record(), ...[...Array(15)].map(record)])
    expect(others.every(other => other === text)).toBe(true)
    const short = await ask(`/api/polls/${sealed.hash}/record`, { headers: { 'accept-encoding': 'gzip' } })
    expect(gunzipSync(await bytesOf(short)).toString()).toBe(text)
    const report = await verify(chunksOf(text), { rng: secureRng })
    expect(report).toMatchObject({ ok: true, complete: true })
    expect(report.result!.unions[0]!.ballots).toBe(4)
    for (const { ballot } of casts) expect(text).toContain(Buffer.from(ballot).toString('base64url'))
    // Papers come from libraries that are made for Node.
    const session = { headers: { cookie: organiser.cookie } }
    for (const paper of ['forms/announcement/docx', 'results.xlsx']) {
      const answer = await ask(`/api/leader/polls/${sealed.poll}/${paper}`, session)
      expect([paper, answer.status, (await bytesOf(answer)).subarray(0, 2).toString()]).toEqual([paper, 200, 'PK'])
    }
    expect(worker.logged).toEqual([])
  })

  it('is under 1 MB as it is counted, compressed', () => {
    const files = readdirSync(WORKER)
    const bytes = files.map(name => gzipSync(readFileSync(join(WORKER, name))).length).reduce((sum, one) => sum + one)
    expect(files).toContain('worker.js')
    expect(bytes).toBeLessThan(MB)
  })
})

describe('a poll’s object', () => {
  const newPoll = async (): Promise<{ readonly id: Uint8Array; readonly db: ReturnType<Workerd['of']> }> => {
    const id = secureRng(16)
    const db = worker.of(id)
    await db.write([insertPoll(db, pollRow(id, secureRng(32)))])
    return { id, db }
  }
  const partsOf = async ({ db }: Awaited<ReturnType<typeof newPoll>>): Promise<unknown> =>
    (await sql<{ n: number }>`select count(*) as n from long_value`.execute(db.read)).rows[0]!.n

  it('gives back what is longer than a row of the platform may be, over messages that are shorter', async () => {
    const poll = await newPoll()
    const { id, db } = poll
    const scan = (n: number, bytes: Uint8Array) => ({ poll: id, n, name: 'a', type: 'b', bytes, by_name: 'c' })
    const long = [1, 2].map(n => scan(n, secureRng(9 * MB + n)))
    const short = scan(3, secureRng(17))
    for (const row of [...long, short]) await db.write([db.read.insertInto('scan').values(row)])
    const found = await db.read.selectFrom('scan').select('bytes').orderBy('n').execute()
    expect(found.map(({ bytes }, i) => Buffer.compare(bytes, [...long, short][i]!.bytes))).toEqual([0, 0, 0])
    expect((await readScans(db, id)).map(({ size }) => size)).toEqual([9 * MB + 1, 9 * MB + 2, 17])
    expect(await partsOf(poll)).toBe(18)
  })

  it('compares what is long, keeps it over a rewriting, and forgets it once it is replaced', async () => {
    const poll = await newPoll()
    const { id, db } = poll
    const draft = 'phiếu '.repeat(200_000)
    await db.write([db.read.updateTable('poll').set({ draft })])
    await db.rewrite(id)
    const found = await db.read.selectFrom('poll').select('draft').where('draft', '=', draft).execute()
    expect(found.map(one => one.draft === draft)).toEqual([true])
    expect(await partsOf(poll)).toBe(2)
    await db.write([db.read.updateTable('poll').set({ draft: '{}' })])
    expect(await partsOf(poll)).toBe(0)
  })

  it('is rewritten with all its scans beside, which stay; so do ballots that are longer than a row may be', async () => {
    const poll = await newPoll()
    const { id, db } = poll
    const scans = [1, 2, 3].map(n => ({ poll: id, n, name: 'a', type: 'b', bytes: secureRng(5 * MB), by_name: 'c' }))
    for (const row of scans) await db.write([db.read.insertInto('scan').values(row)])
    const ballots = [300_000, 17, 3 * MB].map(length => ({
      ...{ poll: id, kind: 0, key: secureRng(32), grp: 0, sealed: null, receipt: secureRng(96), gate: 'open' as const },
      bytes: secureRng(length),
    }))
    for (const row of ballots) await db.write([db.read.insertInto('cast').values(row)])
    const parts = await partsOf(poll)
    await db.rewrite(id)
    await db.rewrite(id)
    for (const { n, bytes } of scans) {
      const found = await db.read.selectFrom('scan').select('bytes').where('n', '=', n).executeTakeFirstOrThrow()
      expect(Buffer.compare(found.bytes, bytes)).toBe(0)
    }
    const cast = await db.read.selectFrom('cast').select(['key', 'bytes']).orderBy('key').execute()
    const wanted = ballots.toSorted((a, b) => Buffer.compare(a.key, b.key))
    expect(cast.map(({ bytes }, i) => Buffer.compare(bytes, wanted[i]!.bytes))).toEqual([0, 0, 0])
    expect(await partsOf(poll)).toBe(parts)
  })

  it('takes for a text what looks like its own reference to one', async () => {
    const { db } = await newPoll()
    const draft = 'x'.repeat(300_000)
    const name = `phieukin in parts:${createHash('sha256').update(draft).digest('base64url')}`
    await db.write([db.read.updateTable('poll').set({ draft, void_reason: name })])
    const found = await db.read.selectFrom('poll').select(['draft', 'void_reason']).executeTakeFirstOrThrow()
    expect([found.draft === draft, found.void_reason]).toEqual([true, name])
  })

  it('is empty once its poll is deleted, and takes it anew', async () => {
    const poll = await newPoll()
    const { id, db } = poll
    await db.write([db.read.updateTable('poll').set({ draft: 'x'.repeat(300_000) })])
    expect(await partsOf(poll)).toBe(1)
    await db.write([db.read.deleteFrom('poll')])
    expect([await db.read.selectFrom('poll').select('id').execute(), await partsOf(poll)]).toEqual([[], 0])
    await db.write([insertPoll(db, pollRow(id, secureRng(32)))])
    expect((await db.read.selectFrom('poll').select('id').execute()).length).toBe(1)
  })
})

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

const hashesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .map(name => hashOf(readFileSync(join(folder, name), 'utf8')))
    .sort()
