/**
 * The whole over HTTPS, at a name: what a browser does only there (cookies of one host, secure contexts, brotli), and what
 * the organiser's page says where it is missing.
 */
import { spawnSync } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { Browser, Page, Response as Seen } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { VERIFIER } from '../client/words/verifier.ts'
import { chunksOf } from '../crypto/record.ts'
import { cardLink } from '../crypto/token.ts'
import { verify } from '../crypto/verify.ts'
import { type Running, startServer } from '../server/node.ts'
import { readPages } from '../server/pages.ts'
import { secureRng } from '../server/play/seed.ts'
import type { PollView } from '../server/wire.ts'
import { builtPages, launch } from './browser.ts'
import {
  button,
  castBallot,
  choose,
  draft,
  heading,
  newPhone,
  organiser as organiserSays,
  trustee,
  voter,
} from './meeting.ts'
import {
  type Ask,
  act,
  count,
  draftFor,
  type Organiser,
  organiserWith,
  type SealedPoll,
  sealPoll,
  vote,
} from './office.ts'

const HOST = 'phieukin.test'
const COOKIE = '__Host-phieukin'
const folder = mkdtempSync(join(tmpdir(), 'phieukin-https-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A certificate of one day that nobody has signed but itself, made by the `openssl` command. */
function selfSigned(): { readonly cert: string; readonly key: string } {
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  const what = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '1']
  const names = ['-subj', `/CN=${HOST}`, '-addext', `subjectAltName=DNS:${HOST}`]
  const { error, status, stderr } = spawnSync('openssl', [...what, ...names, '-out', cert, '-keyout', key], {
    encoding: 'utf8',
  })
  if (error) throw new Error(`The certificate takes the openssl command (Debian: apt-get install openssl): ${error}`)
  if (status !== 0) throw new Error(`openssl: ${stderr}`)
  return { cert, key }
}

/** The name of a certificate's key, by which Chromium is told to take this very one for good, and no other. */
const keyName = (pem: Buffer): string =>
  createHash('sha256')
    .update(new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64')

/** Speaks to the server over HTTPS, trusting this one certificate. */
const askSecurely =
  (port: number, agent: Agent): Ask =>
  async (path, { method = 'GET', headers, body } = {}) => {
    const to = { host: '127.0.0.1', port, path, agent, method, headers: { host: HOST, ...(headers as object) } }
    const asked = request(to).end(body ?? undefined)
    const [answer] = (await once(asked, 'response')) as [IncomingMessage]
    const got = Object.entries(answer.headersDistinct).flatMap(([name, list]) =>
      (list ?? []).map((one): [string, string] => [name, one]),
    )
    const bytes = new Uint8Array(await buffer(answer))
    return new Response(answer.statusCode === 204 ? null : bytes, { status: answer.statusCode!, headers: got })
  }

// ── what every answer must carry ────────────────────────────────────────────────────────────────────────────────

const SOURCES = new Set(["'none'", "'self'", 'data:', 'blob:'])
const CLOSED = ['default-src', 'form-action', 'base-uri', 'frame-ancestors']

/** What is wrong with a content policy. */
function laxities(policy: string): readonly string[] {
  const directives = new Map(policy.split(';').map(one => [one.trim().split(' ')[0]!, one.trim().split(' ').slice(1)]))
  return [
    ...CLOSED.filter(name => directives.get(name)?.join() !== "'none'"),
    ...['script-src', 'style-src', 'connect-src', 'worker-src'].filter(
      name => directives.get(name)?.join() !== "'self'",
    ),
    ...[...directives.values()].flat().filter(source => !SOURCES.has(source)),
  ]
}

const ALWAYS = {
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const

async function missingIn(response: Seen): Promise<readonly string[]> {
  const headers = await response.allHeaders()
  const { pathname } = new URL(response.url())
  const wrong = [
    ...laxities(headers['content-security-policy'] ?? ''),
    ...Object.entries(ALWAYS).flatMap(([name, value]) => (headers[name] === value ? [] : [name])),
    ...(pathname.startsWith('/api/') && headers['cache-control'] !== 'no-store' ? ['cache-control'] : []),
  ]
  return wrong.map(what => `${pathname}: ${what}`)
}

const options = (pages: string, port: number, tls: { readonly cert: string; readonly key: string } | null) => ({
  data: join(folder, tls ? 'https' : 'http'),
  pages,
  host: '127.0.0.1',
  port,
  publicUrl: `${tls ? 'https' : 'http'}://${HOST}:${port}`,
  tls,
  lastCallMs: 0,
  newPassword: false,
  log: () => {},
})

const anyPort = () => 20_000 + Math.floor(Math.random() * 20_000)

describe('over HTTPS', () => {
  let server: Running
  let address: string
  let browser: Browser
  let agent: Agent
  let ask: Ask
  let pages: string
  let bundle: Uint8Array
  let page: Page
  let organiser: Organiser
  let sealed: SealedPoll
  const requested = new Set<string>()
  const answered: Seen[] = []

  const watched = (tab: Page): Page => {
    tab.context().on('request', one => requested.add(new URL(one.url()).origin))
    tab.context().on('response', one => answered.push(one))
    return tab
  }
  const watchedPhone = async () => watched(await newPhone(browser))

  beforeAll(async () => {
    pages = await builtPages()
    // Packing every page takes its time: not while connections wait.
    bundle = readPages(pages).bundleHash
    const tls = selfSigned()
    const pem = readFileSync(tls.cert)
    server = await startServer(options(pages, anyPort(), tls))
    address = `https://${HOST}:${server.port}`
    agent = new Agent({ ca: pem, servername: HOST, keepAlive: true })
    ask = askSecurely(server.port, agent)
    browser = await launch([
      `--host-resolver-rules=MAP ${HOST} 127.0.0.1`,
      `--ignore-certificate-errors-spki-list=${keyName(pem)}`,
    ])
  })
  afterAll(async () => {
    await browser?.close()
    agent?.destroy()
    await server?.close()
  })

  it('prints the link to where the certificate holds', () => {
    expect(server.organiserAddress).toBe(address)
    expect(server.setupLink).toMatch(`${address}/to-chuc#setup.`)
  })

  it('gives the organiser a session that only this very host gets, and no script', async () => {
    page = watched(await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage())
    // The password, a draft, and its address tried from a phone.
    await draft(page, server, await watchedPhone(), async () => {})
    const cookies = await page.context().cookies()
    expect(cookies).toHaveLength(1)
    expect(cookies[0]).toMatchObject({ name: COOKIE, domain: HOST, path: '/' })
    expect(cookies[0]).toMatchObject({ secure: true, httpOnly: true, sameSite: 'Strict' })
    expect(await page.evaluate(() => document.cookie)).toBe('')
    organiser = organiserWith(ask, `${COOKIE}=${cookies[0]!.value}`)
  })

  it('serves the voter’s page packed by brotli, in a secure context, with a camera to scan by', async () => {
    const phone = await watchedPhone()
    await phone.goto(`${address}/`)
    await button(phone, voter.typing.camera).waitFor()
    expect(await phone.evaluate(() => isSecureContext)).toBe(true)
    const files = answered.filter(one => /^\/($|voter\/assets\/)/.test(new URL(one.url()).pathname))
    const encodings = await Promise.all(files.map(async one => (await one.allHeaders())['content-encoding']))
    expect(encodings.length).toBeGreaterThanOrEqual(3)
    expect(new Set(encodings)).toEqual(new Set(['br']))
  })

  it('serves a member’s page', async () => {
    const { polls } = await organiser.get<{
      readonly polls: readonly { poll: string; state: string; rehearsal: boolean }[]
    }>('')
    const { poll } = polls.find(({ state, rehearsal }) => state === 'draft' && !rehearsal)!
    expect(await organiser.post(`/polls/${poll}/seal`)).toBe(null)
    const { links } = await organiser.get<PollView>(`/polls/${poll}`)
    const phone = await watchedPhone()
    await phone.goto(`${address}/kiem-phieu#${poll}.1.${links[0]}`)
    await button(phone, trustee.arrived.begin).waitFor()
    expect(await phone.evaluate(() => isSecureContext)).toBe(true)
  })

  it('takes a whole vote, from a phone and from three more', async () => {
    sealed = await sealPoll(ask, organiser, { draft: draftFor({ address }), bundle })
    await act(organiser, sealed, 'open', [0])
    const { manifest, cards, members } = sealed
    const phone = await watchedPhone()
    await phone.goto(cardLink(address, cards[0]!, manifest.hash))
    await button(phone, voter.arrived.receive).click()
    await choose(phone, 'Tín nhiệm cao')
    await castBallot(phone)
    for (const card of cards.slice(1, 4)) await vote(ask, sealed, card, [[2]])

    await act(organiser, sealed, 'close', [0, 1], [4])
    await count(members.slice(0, 2))
    await act(organiser, sealed, 'publish', [0])
    await phone.reload()
    await heading(phone, voter.counted.title).waitFor()
  })

  it('comes out in a record that verifies, in the page too', async () => {
    const report = await verify(chunksOf(await sealed.members[0]!.record()), { rng: secureRng })
    expect(report.result?.unions.map(({ ballots, counts }) => [ballots, ...counts])).toEqual([[4, [1, 0, 3]]])
    const reader = await watchedPhone()
    await reader.goto(`${address}/verify#poll=${sealed.hash}`)
    await reader.getByText(VERIFIER.vi.verdict.holds).waitFor()
  })

  it('says with every answer what a page may do: next to nothing', async () => {
    const doors = new Set(answered.map(one => new URL(one.url()).pathname.split('/').slice(1, 3).join('/')))
    for (const door of [
      '',
      'to-chuc',
      'kiem-phieu',
      'verify',
      'api/organiser',
      'api/members',
      'api/polls',
      'voter/assets',
    ])
      expect(doors).toContain(door)
    expect((await Promise.all(answered.map(missingIn))).flat()).toEqual([])
    expect(laxities("default-src 'self'; script-src 'self' 'unsafe-inline'")).toContain("'unsafe-inline'")
  })

  it('asks nobody else for anything', () => {
    expect([...requested].filter(origin => origin !== 'null')).toEqual([address])
  })
})

describe('over plain http, at a name', () => {
  let server: Running
  let browser: Browser

  beforeAll(async () => {
    server = await startServer(options(await builtPages(), anyPort(), null))
    browser = await launch([`--host-resolver-rules=MAP ${HOST} 127.0.0.1`])
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  it('lets nobody organise: the page asks for HTTPS, and a session could not be kept', async () => {
    const page = await (await browser.newContext()).newPage()
    const asked: string[] = []
    page.on('request', one => asked.push(new URL(one.url()).pathname))
    const link = server.setupLink!.split('#')[1]!
    await page.goto(`http://${HOST}:${server.port}/to-chuc#${link}`)
    await heading(page, organiserSays.insecure.title).waitFor()
    await page.getByText(organiserSays.insecure.elsewhere).waitFor()
    expect(await page.evaluate(() => isSecureContext)).toBe(false)
    expect(await page.locator('input').count()).toBe(0)
    expect(asked.filter(path => path.startsWith('/api/'))).toEqual([])
    expect(await page.context().cookies()).toEqual([])

    // Even where somebody goes past the page: the door answers, the browser keeps no session of it.
    const [set, seen] = await page.evaluate(async link => {
      const headers = { 'content-type': 'application/json' }
      const body = JSON.stringify({ link, password: 'mật khẩu của hội nghị' })
      const set = await fetch('/api/account/setup', { method: 'POST', headers, body })
      return [set.status, (await fetch('/api/organiser')).status]
    }, link.slice('setup.'.length))
    expect([set, seen]).toEqual([204, 401])
    expect(await page.context().cookies()).toEqual([])
  })
})
