/**
 * The voter's page in a real browser, served by one operator and redeeming at another: two servers, two databases, two
 * origins. What the browser said to each is kept, and between the two nothing tells whose phone it was.
 */
import { Agent } from 'node:http'
import type { Browser, Request } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromBase64url } from '../crypto/bytes.ts'
import { cardLink } from '../crypto/token.ts'
import { type Running, startServer } from '../server/node.ts'
import { readPages } from '../server/pages.ts'
import type { Role } from '../server/roles.ts'
import { redeemAtOf } from '../server/rules/redeem-at.ts'
import type { PollView } from '../server/wire.ts'
import { builtPages, launch } from './browser.ts'
import { askAt, newPlace, organiserBy, type Place } from './listening.ts'
import { button, organiser as desks, draft, heading, newPhone, seal, trustee, voter } from './meeting.ts'
import { act, draftFor, type Organiser, type SealedPoll, sealPoll } from './office.ts'

const HOST = 'phieukin.test'
const peerKey = '5eed0123456789abcdef5eed0123456789abcdef'

let places: readonly [Place, Place]
let box: Running
let redeemer: Running
let browser: Browser
let organiser: Organiser
let poll: SealedPoll
let address: string
let redeemUrl: string
const agent = new Agent()

beforeAll(async () => {
  const pages = await builtPages()
  places = [newPlace(), newPlace()]
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  address = `http://${HOST}:${port}`
  const server = (place: Place, at: number, publicUrl: string | null, role: Role) =>
    startServer({
      ...{ data: place.data, pages, host: '127.0.0.1', port: at, publicUrl, role },
      ...{ tls: null, lastCallMs: 0, newPassword: false, log: () => {} },
    })
  redeemUrl = `http://127.0.0.1:${port + 1}`
  redeemer = await server(places[1], port + 1, redeemUrl, { role: 'redeem', peerKey })
  box = await server(places[0], port, address, { role: 'box', redeemUrl, peerKey })
  const ask = askAt(port, agent)
  organiser = await organiserBy(ask, box.setupLink!)
  poll = await sealPoll(ask, organiser, { draft: draftFor({ address }), bundle: readPages(pages).bundleHash, cards: 4 })
  await act(organiser, poll, 'open', [0])
  browser = await launch([`--host-resolver-rules=MAP ${HOST} 127.0.0.1`])
})

afterAll(async () => {
  agent.destroy()
  await browser?.close()
  await box?.close()
  await redeemer?.close()
  for (const place of places ?? []) place.remove()
})

interface Said {
  readonly origin: string
  readonly path: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Buffer
}

/** One voter's phone, from the card to the receipt, and all that its browser said. */
async function voteWith(card: number): Promise<readonly Said[]> {
  const page = await newPhone(browser)
  const requests: Request[] = []
  page.on('request', request => requests.push(request))
  await page.goto(cardLink(address, poll.cards[card]!, poll.manifest.hash))
  await button(page, voter.arrived.receive).click()
  await page.locator('.options').waitFor()
  await page.locator('.option').nth(card).click()
  await button(page, voter.next).click()
  await button(page, voter.reviewing.cast).click()
  await heading(page, voter.cast.title).waitFor()
  const all = await Promise.all(
    requests.map(async request => ({
      origin: new URL(request.url()).origin,
      path: new URL(request.url()).pathname + new URL(request.url()).search,
      headers: (await request.headersArray()).map(({ name, value }) => [name.toLowerCase(), value] as const),
      body: request.postDataBuffer() ?? Buffer.alloc(0),
    })),
  )
  await page.context().close()
  return all
}

const WINDOW = 8
const windowsOf = (bodies: readonly Buffer[]): ReadonlySet<string> =>
  new Set(
    bodies.flatMap(body =>
      Array.from({ length: Math.max(0, body.length - WINDOW + 1) }, (_, i) => body.toString('latin1', i, i + WINDOW)),
    ),
  )

describe('a phone of two operators', () => {
  it('redeems at the one, casts at the other, and says nothing to both that another phone does not say', async () => {
    expect(redeemAtOf(poll.manifest.text)).toBe(redeemUrl)
    const phones = [await voteWith(0), await voteWith(1), await voteWith(2)]
    for (const said of phones) {
      const there = said.filter(({ origin }) => origin === redeemUrl)
      const here = said.filter(({ origin }) => origin === address)
      expect(there.map(({ path }) => path)).toEqual([`/api/polls/${poll.hash}/redeem`])
      expect(here.map(({ path }) => path)).toContain(`/api/polls/${poll.hash}/cast`)
      expect(here.map(({ path }) => path).filter(path => /redeem/.test(path))).toEqual([])
      expect(there.length + here.length).toBe(said.length)
      const headers = Object.fromEntries(there[0]!.headers)
      expect(headers.origin).toBe(address)
      expect(headers).not.toHaveProperty('cookie')
      expect(headers).not.toHaveProperty('referer')
      expect(headers).not.toHaveProperty('authorization')
      // Of what goes to the one no run of bytes goes to the other.
      const cast = windowsOf(here.map(({ body }) => body))
      expect([...windowsOf(there.map(({ body }) => body))].filter(what => cast.has(what))).toEqual([])
    }
    // Every header with its value is the same for all phones, on either side.
    const spoken = (origin: string, door: RegExp) =>
      phones.map(said => {
        const { headers } = said.find(one => one.origin === origin && door.test(one.path))!
        return JSON.stringify([...headers].sort())
      })
    expect(new Set(spoken(redeemUrl, /redeem$/)).size).toBe(1)
    expect(new Set(spoken(address, /cast$/)).size).toBe(1)
  })

  it('is seen whole by the organiser alone in the count: three cards redeemed, three ballots cast', async () => {
    await act(organiser, poll, 'close', [0, 1], [3])
    const { team, state } = await organiser.get<PollView>(`/polls/${poll.poll}`)
    expect(state).toBe('closed')
    expect(JSON.parse(team!.closing!.text)).toMatchObject({ redemptions: { count: 3 }, ballots: { count: 3 } })
    expect(fromBase64url(team!.closing!.signature)).toHaveLength(64)
  })

  it('whose page may speak to nobody else', async () => {
    const page = await newPhone(browser)
    await page.goto(`${address}/b`)
    const reached = (url: string) =>
      page.evaluate(
        at =>
          fetch(at, { mode: 'no-cors' }).then(
            () => true,
            () => false,
          ),
        url,
      )
    expect(await reached(`${redeemUrl}/api/manifests/x`)).toBe(true)
    expect(await reached(`http://localhost:${box.port}/api/bundle`)).toBe(false)
    await page.context().close()
  })
})

describe('organiser and counting team', () => {
  it('see both addresses beside the code before anybody signs', async () => {
    const place = newPlace()
    const port = 40_001 + Math.floor(Math.random() * 20_000)
    const castAt = `http://${HOST}:${port}`
    const own = await startServer({
      ...{ data: place.data, pages: await builtPages(), host: '127.0.0.1', port, publicUrl: castAt },
      ...{ role: { role: 'box', redeemUrl, peerKey } as const, tls: null, lastCallMs: 0, newPassword: false },
      log: () => {},
    })
    try {
      const desk = await browser.newPage({ locale: 'vi-VN' })
      desk.setDefaultTimeout(60_000)
      const drafted = await draft(desk, own, await newPhone(browser), async () => {})
      let shown: string | null = null
      await seal(drafted, browser, async (page, name) => {
        if (name !== 'member-pin') return
        shown = await page.locator('main').textContent()
        await desk.getByText(desks.seal.places(castAt, redeemUrl)).waitFor()
      })
      for (const text of [castAt, redeemUrl, trustee.pin.castAt, trustee.pin.redeemAt]) expect(shown).toContain(text)
      await desk.context().close()
    } finally {
      await own.close()
      place.remove()
    }
  })
})
