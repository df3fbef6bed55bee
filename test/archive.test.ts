import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { unzipSync } from 'fflate'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { VERIFIER } from '../client/words/verifier.ts'
import { readUtf8, shortCode, toHex, utf8 } from '../crypto/bytes.ts'
import { chunksOf } from '../crypto/record.ts'
import { sha256 } from '../crypto/transcript.ts'
import { verify } from '../crypto/verify.ts'
import { secureRng } from '../server/play/seed.ts'
import { type ArchiveParts, writeArchive } from '../server/reports/archive.ts'
import { rulesWith } from '../server/rules/outcome.ts'
import { packHex } from '../server/rules/read.ts'
import { builtPages, complaints, launch } from './browser.ts'
import { act, count, draftFor, firstOrganiser, openOffice, sealPoll, visitorWith, vote } from './office.ts'
import { localPack, type RuledPoll, ruledPoll, shipped } from './ruled.ts'

/** Where the server has it. */
const FILE = '/verifier-file/verifier.html'

let poll: RuledPoll
let verifier: Uint8Array
beforeAll(async () => {
  poll = await ruledPoll(localPack())
  const dist = await builtPages()
  verifier = new Uint8Array(readFileSync(join(dist, 'verifier-file', 'verifier.html')))
})

const partsOf = (change: Partial<ArchiveParts> = {}): ArchiveParts => ({
  poll: { title: 'Lấy phiếu tín nhiệm đối với Giám đốc Sở A', rehearsal: false },
  manifest: poll.manifest,
  closing: poll.closing,
  outcome: poll.outcome,
  record: utf8(poll.record),
  count: null,
  packs: poll.packs,
  papers: [{ form: 'minutes', docx: utf8('biên bản') }],
  scans: [
    { n: 1, name: '../Biên bản đã ký', type: 'application/pdf', bytes: utf8('%PDF-') },
    { n: 2, name: 'trang 2.JPG', type: 'image/jpeg', bytes: Uint8Array.of(0xff, 0xd8, 0xff) },
  ],
  entries: [
    {
      n: 1,
      by: 'Thư ký',
      confirmedBy: null,
      body: { subject: null, kind: 'complaint', date: '2026-12-07', text: 'Đề nghị kiểm lại.', from: 'Người dự' },
    },
    {
      n: 2,
      by: 'Thư ký',
      confirmedBy: null,
      body: { subject: null, kind: 'settled', complaint: 1, date: '2026-12-09', text: 'Đã trả lời.' },
    },
    {
      n: 3,
      by: 'Thư ký',
      confirmedBy: null,
      body: { subject: null, kind: 'retention', until: '2036-12-31', basis: 'quy chế lưu trữ của cơ quan' },
    },
  ],
  verifier,
  ...change,
})

const unpacked = (parts: ArchiveParts): Readonly<Record<string, Uint8Array>> => unzipSync(writeArchive(parts))
const textIn = (files: Readonly<Record<string, Uint8Array>>, name: string): string => readUtf8(files[name]!)!

describe('the archive of a poll', () => {
  it('holds the very texts, the record, packs, papers, scans, what followed, and the verifier', () => {
    const files = unpacked(partsOf())
    expect(Object.keys(files)).toEqual([
      'DOC-TRUOC.txt',
      'manifest.json',
      'closing.json',
      'outcome.json',
      'entries.json',
      ...poll.packs.map(({ id, version }) => `packs/${id}-v${version}.json`),
      'record.ndjson',
      'minutes.docx',
      'scans/1-.-Biên-bản-đã-ký.pdf',
      'scans/2-trang-2.JPG',
      'verifier.html',
      'SHA256SUMS',
    ])
    expect(textIn(files, 'manifest.json')).toBe(poll.manifest)
    expect(textIn(files, 'record.ndjson')).toBe(poll.record)
    expect(textIn(files, 'outcome.json')).toBe(poll.outcome)
    for (const { id, version, sha256: hash } of poll.packs)
      expect(toHex(sha256(files[`packs/${id}-v${version}.json`]!))).toBe(hash)
    expect(JSON.parse(textIn(files, 'entries.json'))).toEqual(partsOf().entries)
  })

  it('leaves out what there is not', () => {
    const none = { closing: null, outcome: null, packs: [], papers: [], scans: [], entries: [], verifier: null }
    const files = unpacked(partsOf(none))
    expect(Object.keys(files)).toEqual([
      'DOC-TRUOC.txt',
      'manifest.json',
      'entries.json',
      'record.ndjson',
      'SHA256SUMS',
    ])
    expect(textIn(files, 'entries.json')).toBe('[]\n')
    expect(textIn(files, 'DOC-TRUOC.txt')).not.toMatch(/verifier-file|packs\//)
  })

  it('has the right SHA-256 of every file, as sha256sum reads it', () => {
    const folder = onDisk(unpacked(partsOf()))
    const { status, stdout } = spawnSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: folder, encoding: 'utf8' })
    expect(status).toBe(0)
    expect(stdout.trim().split('\n')).toHaveLength(Object.keys(unpacked(partsOf())).length - 1)
    writeFileSync(join(folder, 'outcome.json'), `${poll.outcome} `)
    expect(spawnSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: folder }).status).toBe(1)
    rmSync(folder, { recursive: true })
  })

  it('says in Vietnamese and in English what is what and how it is checked', () => {
    const text = textIn(unpacked(partsOf()), 'DOC-TRUOC.txt')
    const code = shortCode(sha256(utf8(poll.manifest)))
    const said = [
      'Giải nén, rồi mở verifier.html',
      'Unpack, then open verifier.html',
      `npm run verify -- record.ndjson --manifest ${code} --rules packs/`,
      shortCode(sha256(utf8(poll.closing))),
      toHex(sha256(verifier)),
      'đến 31/12/2036',
      'until 2036-12-31',
      '1. 07/12/2026: khiếu nại',
      '2. 2026-12-09: entry 1 settled',
    ]
    for (const one of said) expect(text).toContain(one)
    const long = text.split('\n').filter(line => line.length > 96 && !line.includes('npm run'))
    expect(long).toEqual([])
  })

  it('is the same bytes every time, in every time zone', () => {
    const hash = toHex(sha256(writeArchive(partsOf())))
    const zone = process.env.TZ
    try {
      for (const elsewhere of ['Asia/Ho_Chi_Minh', 'America/Los_Angeles', 'UTC']) {
        process.env.TZ = elsewhere
        expect(toHex(sha256(writeArchive(partsOf()))), elsewhere).toBe(hash)
      }
    } finally {
      if (zone === undefined) delete process.env.TZ
      else process.env.TZ = zone
    }
    expect(toHex(sha256(writeArchive(partsOf({ scans: [] }))))).not.toBe(hash)
  })
})

describe('the archive that the server gives out', () => {
  const CARDS = 9
  const statement = {
    date: '2026-12-05',
    attendance: { convened: CARDS, present: CARDS },
    members: CARDS,
    histories: [[]],
    classified: null,
  }

  it('is the same bytes each time, and its record holds under the packs that lie in it', async () => {
    const file = { type: 'text/html; charset=utf-8', body: verifier, gzip: verifier, brotli: verifier }
    const pages = {
      find: async (path: string) => (path === FILE ? file : null),
      bundle: [],
      bundleHash: new Uint8Array(32).fill(7),
    }
    const office = openOffice({ lastCallMs: () => 0, pages })
    const organiser = await firstOrganiser(office)
    const pack = packHex(shipped())
    const sealed = await sealPoll(office.ask, organiser, { draft: draftFor({ pack, convened: CARDS }), cards: CARDS })
    expect(await organiser.put(`/polls/${sealed.poll}/statement`, statement)).toBeNull()
    await act(organiser, sealed, 'open', [0])
    for (const card of sealed.cards.slice(0, 6)) await vote(office.ask, sealed, card, [[2]])
    await act(organiser, sealed, 'close', [0, 1], [6])
    await count(sealed.members.slice(0, 2))
    const visitor = visitorWith(office.ask, organiser.cookie)
    const download = async () => {
      const path = `/api/leader/polls/${sealed.poll}/archive`
      const response = await office.ask(path, { headers: { cookie: organiser.cookie } })
      expect(response.headers.get('content-type')).toBe('application/zip')
      return new Uint8Array(await response.arrayBuffer())
    }
    const first = await download()
    office.wait(3_600_000)
    expect(toHex(sha256(await download()))).toBe(toHex(sha256(first)))

    const files = unzipSync(first)
    const inside = Object.keys(files).flatMap(name => (name.startsWith('packs/') ? [textIn(files, name)] : []))
    expect(inside.map(packHex)).toContain(pack)
    const report = await verify(chunksOf(textIn(files, 'record.ndjson')), { rng: secureRng, rules: rulesWith(inside) })
    expect(report.checks.map(({ status }) => status)).toEqual(Array(13).fill('holds'))
    expect(textIn(files, 'record.ndjson')).toContain(JSON.stringify(textIn(files, 'outcome.json')))
    expect(toHex(sha256(files['verifier.html']!))).toBe(toHex(sha256(verifier)))

    const body = { kind: 'recount', subject: null, date: '2026-12-08', text: 'Kiểm lại, kết quả như cũ.' }
    expect(await visitor.post(`/leader/polls/${sealed.poll}/entries`, body)).toBeNull()
    expect(textIn(unzipSync(await download()), 'DOC-TRUOC.txt')).toContain('08/12/2026: kiểm phiếu lại')
    expect(await visitor.post(`/leader/polls/${sealed.poll}/stamp`, { stamp: 'mat' })).toBeNull()
    expect(await visitor.get(`/leader/polls/${sealed.poll}/archive`)).toBe('secret')
    await office.close()
  })
})

/** As somebody unpacks it. */
function onDisk(files: Readonly<Record<string, Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'phieukin-'))
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), bytes)
  }
  return folder
}

describe('the verifier as one file', () => {
  const words = VERIFIER.vi
  let browser: Browser
  let folder: string
  beforeAll(async () => {
    browser = await launch()
    folder = onDisk(unpacked(partsOf()))
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true })
  })

  /** From disk, with the network cut; `asked`: whatever the page tried to load besides itself and its own worker. */
  const open = async (colorScheme: 'light' | 'dark' = 'light', before = '') => {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, colorScheme, offline: true })
    await context.addInitScript(before)
    const page = await context.newPage()
    const asked: string[] = []
    const file = `file://${folder}/verifier.html`
    page.on('request', request => {
      if (request.url() !== file && !request.url().startsWith('blob:')) asked.push(request.url())
    })
    page.on('console', message => asked.push(message.text()))
    await page.goto(file)
    return { page, asked }
  }
  const packs = (): readonly string[] => readdirSync(join(folder, 'packs')).map(name => `packs/${name}`)
  const paths = (...names: readonly string[]): readonly string[] => names.map(name => join(folder, name))

  const ways: Readonly<Record<string, string>> = {
    'in a worker': '',
    'on the page’s own thread where workers are refused': 'self.Worker = class { constructor() { throw new Error() } }',
    'on the page’s own thread where a worker does not start':
      'self.Worker = class { constructor() { setTimeout(() => this.onerror(), 50) } postMessage() {} }',
  }
  it.each(Object.entries(ways))('verifies the record of its archive from disk, %s', async (_, before) => {
    const { page, asked } = await open('light', before)
    await page.fill('#code', shortCode(sha256(utf8(poll.manifest))))
    await page.setInputFiles('input[type=file]', paths('record.ndjson', ...packs()))
    await page.locator('.verdict').waitFor()
    expect(await page.locator('.check .mark').allInnerTexts()).toEqual(Array(13).fill('✓'))
    expect(await page.locator('.said-by').count()).toBe(3)
    expect(await page.getByText(words.matched).count()).toBe(1)
    expect(asked).toEqual([])
    await page.context().close()
  })

  it('takes everything that lies in the folder at once', async () => {
    const { page } = await open()
    const names = readdirSync(folder, { withFileTypes: true }).flatMap(one => (one.isFile() ? [one.name] : []))
    await page.setInputFiles('input[type=file]', paths(...names, ...packs()))
    await page.locator('.verdict.holds').waitFor()
    expect(await page.locator('.file-name').textContent()).toBe('record.ndjson')
    expect(await page.locator('.note').count()).toBe(1)
    await page.context().close()
  })

  it('says which file is missing, and offers nothing that needs a server', async () => {
    const { page } = await open()
    await page.getByText(words.alone).waitFor()
    for (const name of [words.fetch, words.sealed.link])
      expect(await page.getByRole('button', { name }).count(), name).toBe(0)
    await page.setInputFiles('input[type=file]', paths('record.ndjson'))
    await page.getByText(words.rules.missing).waitFor()
    expect(await page.locator('[aria-labelledby=rules]').textContent()).toContain(poll.packs[0]!.sha256)
    await page.context().close()
  })

  it('reaches no network even if it is made to try', async () => {
    const { page, asked } = await open()
    const tried = await page.evaluate(
      `fetch('http://127.0.0.1:9/').then(() => 'reached', error => error.name + ': ' + error.message)`,
    )
    expect(tried).toBe('TypeError: Failed to fetch')
    expect(asked.join()).toMatch(/violates the following Content Security Policy directive: "connect-src 'none'"/)
    await page.context().close()
  })

  it.each(['light', 'dark'] as const)('gives axe nothing to complain about in either language, %s', async scheme => {
    const { page } = await open(scheme)
    const found: string[] = []
    const look = async () => {
      found.push(...(await complaints(page)))
      await page.locator('.languages button').click()
      found.push(...(await complaints(page)))
    }
    await look()
    await page.setInputFiles('input[type=file]', paths('record.ndjson', ...packs()))
    await page.locator('.verdict').waitFor()
    await look()
    expect(found).toEqual([])
    await page.context().close()
  })

  it('is offered by the server to be kept, not to be opened there', async () => {
    const file = { type: 'text/html; charset=utf-8', body: verifier, gzip: verifier, brotli: verifier }
    const find = async (path: string) => ([FILE, '/verifier/index.html'].includes(path) ? file : null)
    const office = openOffice({ pages: { find, bundle: [], bundleHash: sha256(verifier) } })
    const served = await office.ask(FILE)
    expect(toHex(sha256(new Uint8Array(await served.arrayBuffer())))).toBe(toHex(sha256(verifier)))
    expect(served.headers.get('content-disposition')).toBe('attachment')
    expect((await office.ask('/verify')).headers.get('content-disposition')).toBeNull()
    await office.close()
  })

  it('is the same bytes whoever builds it, with nothing that could fetch and nothing beside it', () => {
    const text = readUtf8(verifier)!
    expect(text).not.toMatch(/<!--|\bfetch\(|XMLHttpRequest|WebSocket|importScripts|\bimport\(/)
    expect(text.match(/<script[^>]*>|<link[^>]*>|\ssrc=/g)).toEqual(['<link rel="icon" href="data:,">', '<script>'])
    expect(readdirSync(join(import.meta.dirname, '..', 'dist', 'verifier-file'))).toEqual(['verifier.html'])
    expect(verifier.length).toBeLessThan(400_000)
    const again = join(mkdtempSync(join(tmpdir(), 'phieukin-')), 'dist')
    const build = join(import.meta.dirname, '..', 'client', 'build.ts')
    const { status } = spawnSync(process.execPath, [build, 'verifier-file'], { env: { ...process.env, DIST: again } })
    expect(status).toBe(0)
    expect(toHex(sha256(readFileSync(join(again, 'verifier-file', 'verifier.html'))))).toBe(toHex(sha256(verifier)))
    rmSync(dirname(again), { recursive: true })
  })
})
