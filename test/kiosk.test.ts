/** The tablet for everybody: one voter after another in one page, and nothing of the last one when the next one begins. */
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, CDPSession, Page, Request } from 'playwright-core'
import QRCode from 'qrcode'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { soughtIn } from '../client/voter/afterwards.ts'
import type { Keep } from '../client/voter/env.ts'
import { parseKept } from '../client/voter/kept.ts'
import { kioskKeep } from '../client/voter/kiosk-keep.ts'
import {
  ANSWER_MS,
  type Event,
  initialKiosk,
  type Kiosk,
  RECEIPT_MS,
  SILENT_MS,
  secondsLeft,
  step,
} from '../client/voter/kiosk-state.ts'
import type { Screen } from '../client/voter/screen.ts'
import { KIOSK } from '../client/words/voter/kiosk.ts'
import { surveyVi } from '../client/words/voter/survey-vi.ts'
import { shortCode, toBase64url } from '../crypto/bytes.ts'
import { chunksOf } from '../crypto/record.ts'
import { type Card, cardLink, printedCode } from '../crypto/token.ts'
import { verify } from '../crypto/verify.ts'
import { type Running, startServer } from '../server/node.ts'
import { readPages } from '../server/pages.ts'
import { secureRng } from '../server/play/seed.ts'
import { builtPages, complaints, launch } from './browser.ts'
import { askAt, organiserBy } from './listening.ts'
import { button, castBallot, heading, voter } from './meeting.ts'
import { type Ask, act, draftFor, type Organiser, type SealedPoll, sealPoll } from './office.ts'
import { filmOf, greyOf, qrIn } from './picture.ts'
import { lookThrough, memoryOf, type Trace, WHOLE_STRINGS } from './traces.ts'
import { Drawer, Line, smallPoll, Tab } from './voter.ts'

const said = KIOSK.vi

// ── what follows from what ──────────────────────────────────────────────────────────────────────────────────────────

describe('the state of a tablet for everybody', () => {
  const { manifest, fragment, ...poll } = smallPoll()
  const line = new Line({ manifest, fragment, ...poll })

  /** The screens of a voter's page on its way, as a phone comes to them. */
  const screens = new Map<Screen['at'], Screen>()
  beforeAll(async () => {
    const tab = new Tab(line, new Drawer(), '/b', fragment(0))
    const note = async (at: Screen['at']) => screens.set(at, await tab.at(at))
    await note('arrived')
    tab.press('receive')
    await note('choosing')
    tab.press('next', 'next', 'next')
    await note('reviewing')
    tab.press('cast')
    await note('casting')
    await note('cast')
  })

  const at = (name: Screen['at'], change: Partial<Kiosk> = {}): Kiosk => ({
    ...initialKiosk(false, 0),
    page: { language: 'vi', screen: screens.get(name)! },
    phase: { at: 'voting' },
    ...change,
  })
  const following = (kiosk: Kiosk, ...events: readonly Event[]): Kiosk => events.reduce(step, kiosk)
  const tick = (nowMs: number): Event => ({ type: 'tick', nowMs })
  const touch = (nowMs: number): Event => ({ type: 'touch', nowMs })
  const wasCast = (): Event => {
    const cast = screens.get('cast')
    if (cast?.at !== 'cast') throw new Error('nothing was cast')
    return { type: 'was-cast', receipt: cast.own.receipt }
  }

  it('begins with nobody, and goes on with whoever scans or types', () => {
    const start = initialKiosk(false, 0)
    expect(start.phase.at).toBe('start')
    expect(following(start, { type: 'camera' })).toMatchObject({
      phase: { at: 'voting' },
      page: { screen: { at: 'camera' } },
    })
    expect(following(start, { type: 'by-code' })).toMatchObject({
      phase: { at: 'voting' },
      page: { screen: { at: 'typing' } },
    })
  })

  it('leaves by itself half a minute after the cast, a full one if more time was asked for', () => {
    const cast = following(at('casting'), tick(5000), wasCast())
    expect(cast.phase).toEqual({ at: 'ending', untilMs: 5000 + RECEIPT_MS })
    expect(following(cast, tick(5000 + RECEIPT_MS - 1)).phase.at).toBe('ending')
    expect(following(cast, tick(5000 + RECEIPT_MS)).phase.at).toBe('leaving')
    const longer = following(cast, { type: 'more-time' })
    expect(following(longer, tick(5000 + 2 * RECEIPT_MS - 1)).phase.at).toBe('ending')
    expect(following(longer, tick(5000 + 2 * RECEIPT_MS)).phase.at).toBe('leaving')
    expect(following(cast, { type: 'quit' }).phase.at).toBe('leaving')
  })

  it('tells whole seconds, from the first to the last', () => {
    const cast = following(at('casting'), tick(0), wasCast())
    expect([0, 1, 29_001, 30_000].map(nowMs => secondsLeft({ ...cast, nowMs }))).toEqual([30, 30, 1, 0])
  })

  it('asks whoever is silent for a minute, and leaves without an answer', () => {
    const choosing = at('choosing')
    expect(following(choosing, tick(SILENT_MS - 1)).phase.at).toBe('voting')
    const asked = following(choosing, tick(SILENT_MS))
    expect(asked.phase).toMatchObject({ at: 'asking', why: 'silent' })
    expect(following(asked, tick(SILENT_MS + ANSWER_MS - 1)).phase.at).toBe('asking')
    expect(following(asked, tick(SILENT_MS + ANSWER_MS))).toMatchObject({
      phase: { at: 'leaving' },
      page: { screen: { at: 'typing' } },
    })
    // A touch anywhere is no answer; the button is.
    expect(following(asked, touch(SILENT_MS + 1)).phase.at).toBe('asking')
    const back = following(asked, { type: 'stay' })
    expect(back.page.screen).toBe(choosing.page.screen)
    expect(following(back, tick(2 * SILENT_MS - 1)).phase.at).toBe('voting')
  })

  it('asks nobody who touches it now and then', () => {
    let kiosk = at('choosing')
    for (let ms = 0; ms < 10 * SILENT_MS; ms += SILENT_MS - 1000) kiosk = following(kiosk, touch(ms), tick(ms + 500))
    expect(kiosk.phase.at).toBe('voting')
  })

  it('does not go on where it was when it wakes up after a sleep, whoever touches it', () => {
    expect(following(at('reviewing'), touch(10 * SILENT_MS)).phase.at).toBe('leaving')
    expect(following(at('reviewing'), touch(SILENT_MS - 1)).phase.at).toBe('voting')
  })

  it('never leaves a ballot that is being sealed or sent', () => {
    const sending = at('casting')
    expect(following(sending, tick(100 * SILENT_MS))).toMatchObject({
      phase: { at: 'voting' },
      page: { screen: { at: 'casting' } },
    })
    expect(following(sending, { type: 'quit' }).phase.at).toBe('voting')
    const refused = following(sending, { type: 'refused', why: 'bad-answer', poll: null })
    expect(following(refused, tick(100 * SILENT_MS)).phase.at).toBe('voting')
    // What the box will never take is nothing to wait for.
    const closed = following(sending, { type: 'refused', why: 'closed-before-cast', poll: null })
    expect(following(closed, { type: 'go-on' }).phase.at).toBe('leaving')
  })

  it('leaves at once while nothing is at stake, and asks once a card is used', () => {
    expect(following(at('arrived'), { type: 'quit' }).phase.at).toBe('leaving')
    const asked = following(at('choosing'), { type: 'quit' })
    expect(asked.phase).toMatchObject({ at: 'asking', why: 'quit' })
    expect(following(asked, { type: 'quit' }).phase.at).toBe('leaving')
    expect(following(asked, { type: 'stay' }).phase.at).toBe('voting')
  })

  it('hears nothing any more once it leaves', () => {
    const leaving = following(at('choosing'), { type: 'quit' }, { type: 'quit' })
    expect(following(leaving, { type: 'next' }, { type: 'stay' }, touch(1))).toBe(leaving)
    expect(following(leaving, { type: 'unreachable' }).phase).toEqual({ at: 'leaving', lost: true })
  })

  it('speaks Vietnamese again once nobody touches it', () => {
    const english = following(initialKiosk(false, 0), { type: 'language', language: 'en' })
    expect(following(english, tick(SILENT_MS - 1)).page.language).toBe('en')
    expect(following(english, tick(SILENT_MS)).page.language).toBe('vi')
  })

  it('can be freed by hand of a ballot that the server does not take; of a voter’s own ballot it cannot', () => {
    const stuck = (leftover: boolean) =>
      following(at('casting', { leftover }), { type: 'refused', why: 'wrong-manifest', poll: null }, { type: 'quit' })
    expect(stuck(true).phase).toMatchObject({ at: 'asking', why: 'quit' })
    expect(following(stuck(true), { type: 'quit' }).phase.at).toBe('leaving')
    expect(stuck(false).phase.at).toBe('voting')
  })

  it('shows no receipt of a ballot that somebody before had sealed', () => {
    const leftover = following(at('casting', { leftover: true }), tick(0), wasCast())
    expect(leftover.phase.at).toBe('ending')
    expect(secondsLeft(leftover)).toBeLessThan(RECEIPT_MS / 1000)
  })
})

// ── what it keeps ───────────────────────────────────────────────────────────────────────────────────────────────────

describe('what a tablet for everybody keeps', () => {
  const everything = (drawer: Drawer): string => JSON.stringify([[...drawer.device], [...drawer.tab]])

  it('is in memory alone until a ballot is sealed, and gone with its receipt', async () => {
    const poll = smallPoll()
    const line = new Line(poll)
    const storage = new Drawer()
    const stored: string[] = []
    const watched: Keep = {
      ...storage,
      write: (scope, name, text) => {
        stored.push(text)
        return storage.write(scope, name, text)
      },
    }
    const tab = new Tab(line, kioskKeep(watched), '/b', poll.fragment(0))
    await tab.at('arrived')
    tab.press('receive')
    await tab.at('choosing')
    tab.send({ type: 'choose', option: 1 })
    tab.press('next', 'next', 'next')
    await tab.at('reviewing')
    expect(everything(storage)).toBe('[[],[]]')
    expect(kioskKeep(storage).leftover).toBe(false)
    tab.press('cast')
    await tab.at('cast')
    expect(stored.length).toBeGreaterThan(0)
    expect(stored.map(text => parseKept(text)?.going?.stage)).toEqual(stored.map(() => 'sealed'))
    expect(everything(storage)).toBe('[[],[]]')
  })

  it('is what was sealed, after a crash, and sent by the next page', async () => {
    const poll = smallPoll()
    const line = new Line(poll)
    const storage = new Drawer()
    const tab = new Tab(line, kioskKeep(storage), '/b', poll.fragment(0))
    await tab.at('arrived')
    tab.press('receive')
    await tab.at('choosing')
    tab.press('next', 'next', 'next', 'cast')
    line.next.push({ door: 'cast', how: 'lost-answer' }, { door: 'cast', how: 'lost-request' })
    while (!line.sent.some(({ door }) => door === 'cast')) await new Promise(resolve => setTimeout(resolve, 5))
    tab.reload()
    storage.write('tab', 'something', 'else')
    const keep = kioskKeep(storage)
    expect(keep.leftover).toBe(true)
    expect(storage.read('tab', 'something')).toBeNull()
    const next = new Tab(line, keep, '/b')
    await next.at('cast')
    expect(everything(storage)).toBe('[[],[]]')
    expect(new Set(line.sent.filter(({ door }) => door === 'cast').map(({ bytes }) => toBase64url(bytes!))).size).toBe(
      1,
    )
  })

  it('is nothing of what stood there earlier than that', () => {
    const storage = new Drawer()
    storage.write('tab', 'kiosk/device/ballot/x', '{"going":{"stage":"redeemed"}}')
    storage.write('tab', 'kiosk/device/ballot/y', 'sealed')
    expect(kioskKeep(storage).leftover).toBe(false)
    expect(everything(storage)).toBe('[[],[]]')
  })
})

// ── in a browser ────────────────────────────────────────────────────────────────────────────────────────────────────

const HOST = 'phieukin.test'
const VOTERS = 50
/** Scan with the camera; the others type. */
const SCANNING = 3
/** Of these the credential is looked for too, which takes one more look into the memory. */
const THOROUGH: readonly number[] = [0, SCANNING, VOTERS - 1]
const TABLET = { width: 768, height: 1024 } as const
const PHONE = { width: 360, height: 740 } as const

describe('a tablet in the room', () => {
  const folder = mkdtempSync(join(tmpdir(), 'phieukin-kiosk-'))
  const film = join(folder, 'card.y4m')
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  const address = `http://${HOST}:${port}`
  const agent = new Agent({ keepAlive: true })
  const ask: Ask = askAt(port, agent)
  let server: Running
  let browser: Browser
  let organiser: Organiser
  /** The fifty's, and one with two subjects and an answer in writing. */
  let fifty: SealedPoll
  let other: SealedPoll
  let nextCard = 0

  beforeAll(async () => {
    const pages = await builtPages()
    server = await startServer({
      data: join(folder, 'data'),
      pages,
      host: '127.0.0.1',
      port,
      publicUrl: address,
      tls: null,
      lastCallMs: 0,
      newPassword: false,
      log: line => process.stderr.write(`${line}\n`),
    })
    organiser = await organiserBy(ask, server.setupLink!)
    const bundle = readPages(pages).bundleHash
    fifty = await sealPoll(ask, organiser, { draft: draftFor({ address, convened: VOTERS }), bundle, cards: VOTERS })
    const subjects = ['Giám đốc Sở A', 'Phó Giám đốc Sở A'].map(position => ({ name: '', position }))
    const prompts = [{ title: 'Điều nên thay đổi', maxBytes: 200 }]
    other = await sealPoll(ask, organiser, { draft: draftFor({ address, subjects, prompts }), bundle, cards: 12 })
    for (const poll of [fifty, other]) await act(organiser, poll, 'open', [0])
    filmOf(await filmedCard(fifty.cards[0]!), film)
    browser = await launch([
      `--host-resolver-rules=MAP ${HOST} 127.0.0.1`,
      // A camera needs a secure context; over HTTPS this is one by itself.
      `--unsafely-treat-insecure-origin-as-secure=${address}`,
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${film}`,
      WHOLE_STRINGS,
    ])
  })
  afterAll(async () => {
    agent.destroy()
    await browser?.close()
    await server?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const filmedCard = async (card: Card): Promise<Uint8Array> =>
    new Uint8Array(await QRCode.toBuffer(cardLink(address, card, fifty.manifest.hash), { width: 400, margin: 4 }))

  const newTablet = async (): Promise<Page> => {
    const context = await browser.newContext({ viewport: TABLET })
    context.setDefaultTimeout(60_000)
    return context.newPage()
  }
  const start = (page: Page): Promise<void> => heading(page, said.title).waitFor()
  const newCard = (): Card => other.cards[nextCard++]!

  /** From the start to the card that was typed. */
  async function typeCard(page: Page, card: Card, { manifest }: SealedPoll = other): Promise<void> {
    await button(page, said.start.type).click()
    await enterCard(page, card, manifest.hash)
    await button(page, voter.arrived.receive).waitFor()
  }
  async function enterCard(page: Page, card: Card, hash: Uint8Array): Promise<void> {
    await page.locator('#group-1').fill(printedCode(card))
    await page.locator('#short').fill(shortCode(hash))
    await page.keyboard.press('Enter')
  }

  /** From the card to the review, with an answer in writing where there is a prompt. */
  async function fillIn(page: Page, text: string, { manifest }: SealedPoll = other): Promise<void> {
    await button(page, voter.arrived.receive).click()
    for (const _ of manifest.contests) {
      await page.locator('.options button').first().click()
      await page.locator('.acts button.main').click()
    }
    for (const { title } of manifest.comments) {
      await heading(page, title).waitFor()
      await page.locator('textarea').fill(text)
      await page.locator('.acts button.main').click()
    }
    await heading(page, voter.reviewing.title).waitFor()
  }

  const stored = (page: Page): Promise<string> =>
    page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))

  it('has an address of its own, of which no copy is kept to go back to', async () => {
    const kiosk = await ask('/quay')
    const phone = await ask('/')
    expect(await kiosk.text()).toBe(await phone.text())
    const headers = (response: Response) => ({ ...Object.fromEntries(response.headers), date: null })
    expect(headers(kiosk)).toEqual({ ...headers(phone), 'cache-control': 'no-store' })
    expect(phone.headers.get('cache-control')).toBe('no-cache')
  })

  it('asks the server for what a phone asks for, in the same words', async () => {
    const asked = (page: Page): string[] => {
      const list: string[] = []
      page.on('request', (request: Request) => {
        if (request.resourceType() !== 'fetch') return
        const { pathname } = new URL(request.url())
        const headers = Object.keys(request.headers()).sort()
        list.push([request.method(), pathname, request.postDataBuffer()?.length ?? 0, ...headers].join(' '))
      })
      return list
    }
    const phone = await newTablet()
    const byPhone = asked(phone)
    await phone.goto(`${address}/`)
    await enterCard(phone, newCard(), other.manifest.hash)
    await fillIn(phone, 'Nên họp ngắn hơn.')
    await castBallot(phone)
    const tablet = await newTablet()
    const byTablet = asked(tablet)
    await tablet.goto(`${address}/quay`)
    await typeCard(tablet, newCard())
    await fillIn(tablet, 'Nên họp ngắn hơn.')
    await castBallot(tablet)
    const end = /^GET \/api\/polls\/[\w-]+ /
    for (const [page, list] of [
      [phone, byPhone],
      [tablet, byTablet],
    ] as const)
      while (!list.some(one => end.test(one))) await page.waitForTimeout(50)
    // An answer in writing and the ballot go in random order.
    expect([...byTablet].sort()).toEqual([...byPhone].sort())
    expect(byTablet.length).toBeGreaterThan(4)
    await phone.context().close()
    await tablet.context().close()
  })

  it('forgets who walks away in the middle: asks, hides the ballot meanwhile, returns', async () => {
    const page = await newTablet()
    await page.clock.install()
    await page.goto(`${address}/quay`)
    await typeCard(page, newCard())
    expect(await page.locator('.note').textContent()).toContain(said.lost[1])
    await button(page, voter.arrived.receive).click()
    await page.locator('.options button').first().click()
    await page.clock.fastForward(SILENT_MS)
    await heading(page, said.silent.title).waitFor()
    expect(await page.locator('.options').count()).toBe(0)
    await button(page, said.silent.stay).click()
    expect(await page.locator('.options button').first().getAttribute('aria-pressed')).toBe('true')
    await page.clock.fastForward(SILENT_MS)
    await heading(page, said.silent.title).waitFor()
    await page.clock.fastForward(ANSWER_MS)
    await start(page)
    expect(await stored(page)).toBe('[{},{}]')
    await page.context().close()
  })

  it('erases the receipt by itself, later if somebody asks for time', async () => {
    const page = await newTablet()
    await page.clock.install()
    await page.goto(`${address}/quay`)
    await typeCard(page, newCard())
    await fillIn(page, '')
    await castBallot(page)
    // A camera of one's own takes the receipt along, signature and all.
    const code = await page.locator('.code.big').textContent()
    const link = qrIn(greyOf(new Uint8Array(await page.locator('.qr').screenshot())))
    const sought = soughtIn(link.split('#')[1] ?? '')
    expect(link.startsWith(`${address}/bien-nhan#`)).toBe(true)
    expect(sought && 'signature' in sought.leaf && shortCode(sought.leaf.leaf)).toBe(code)
    await button(page, said.receipt.more).click()
    await page.clock.fastForward(RECEIPT_MS)
    expect(await heading(page, voter.cast.title).count()).toBe(1)
    expect(await page.getByRole('timer').textContent()).toMatch(/\d+/)
    await page.clock.fastForward(RECEIPT_MS)
    await start(page)
    await page.context().close()
  })

  it('has forgotten everything after a reload in the middle, and then says what became of the card', async () => {
    const page = await newTablet()
    await page.goto(`${address}/quay`)
    const card = newCard()
    await typeCard(page, card)
    await fillIn(page, 'Ý kiến chưa gửi')
    expect(await stored(page)).toBe('[{},{}]')
    await page.reload()
    await start(page)
    expect(await stored(page)).toBe('[{},{}]')
    const cdp = await looking(page)
    const { traces } = await lookThrough(page, cdp, [{ name: 'text', what: 'Ý kiến chưa gửi' }, ...ofCard(card)])
    expect(traces).toEqual([])
    await typeCard(page, card)
    await button(page, voter.arrived.receive).click()
    await heading(page, said.alreadyRedeemed[0]).waitFor()
    await button(page, voter.wayOn.front).click()
    await start(page)
    await page.context().close()
  })

  it('sends what was sealed before a crash, shows nobody its receipt, and erases it then', async () => {
    const page = await newTablet()
    await page.route('**/api/polls/*/cast', route => route.abort())
    await page.goto(`${address}/quay`)
    await typeCard(page, newCard())
    await fillIn(page, 'Nên họp ngắn hơn.')
    await button(page, voter.reviewing.cast).click()
    await page.getByText(voter.ballotSafe).waitFor()
    const [device, tab] = JSON.parse(await stored(page)) as readonly Record<string, string>[]
    expect(device).toEqual({})
    const kept = Object.values(tab!).map(parseKept)
    expect(kept.map(one => one?.going?.stage)).toEqual(['sealed'])
    expect(kept.map(one => one?.cast)).toEqual([[]])
    await page.unroute('**/api/polls/*/cast')
    await page.reload()
    await heading(page, said.leftover.sending).waitFor()
    await heading(page, said.leftover.done).waitFor()
    expect(await page.locator('.code, .qr').count()).toBe(0)
    expect(await stored(page)).toBe('[{},{}]')
    await button(page, said.home).click()
    await start(page)
    await page.context().close()
  })

  it('waits with everything erased while the server cannot be reached', async () => {
    const page = await newTablet()
    await page.goto(`${address}/quay`)
    await typeCard(page, newCard())
    await page.context().setOffline(true)
    await button(page, said.home).click()
    await page.getByText(said.unreachable).waitFor()
    await page.context().setOffline(false)
    await start(page)
    await page.context().close()
  })

  it('gives axe nothing to complain about, at both sizes, in both schemes and languages, and is nowhere too wide', async () => {
    const page = await newTablet()
    const found: string[] = []
    const inspect = async (name: string): Promise<void> => {
      for (const [size, colorScheme] of [
        [TABLET, 'light'],
        [PHONE, 'dark'],
        [PHONE, 'light'],
        [TABLET, 'dark'],
      ] as const) {
        await page.setViewportSize(size)
        await page.emulateMedia({ colorScheme })
        const english = colorScheme === 'dark'
        if (english) await page.locator('.languages button').click()
        if (english) await page.waitForFunction(() => document.documentElement.lang === 'en')
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        if (over > 0) found.push(`${name} ${size.width}: ${over} too wide`)
        const small = await page.evaluate(() =>
          [...document.querySelectorAll<HTMLElement>('.acts button, footer button, input')]
            .filter(one => one.getBoundingClientRect().height < 56)
            .map(one => one.outerHTML.slice(0, 60)),
        )
        found.push(
          ...[...small, ...(await complaints(page))].map(one => `${name} ${size.width} ${colorScheme}: ${one}`),
        )
        if (english) await page.locator('.languages button').click()
      }
    }
    await page.goto(`${address}/quay`)
    await start(page)
    await inspect('start')
    await button(page, said.start.scan).click()
    await button(page, voter.typing.title).click()
    await inspect('typing')
    await enterCard(page, newCard(), other.manifest.hash)
    await button(page, voter.arrived.receive).waitFor()
    await inspect('arrived')
    await fillIn(page, 'Nên họp ngắn hơn.')
    await inspect('reviewing')
    await button(page, said.home).click()
    await inspect('asking')
    await button(page, said.quit.stay).click()
    await castBallot(page)
    await inspect('ending')
    expect(found).toEqual([])
    await page.context().close()
  })

  it('lets no keyboard learn, and copies nothing', async () => {
    const page = await newTablet()
    await page.goto(`${address}/quay`)
    await button(page, said.start.type).click()
    const learned = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('input, textarea')]
          .filter(
            field =>
              field.getAttribute('autocomplete') !== 'off' ||
              field.getAttribute('autocorrect') !== 'off' ||
              field.getAttribute('spellcheck') !== 'false' ||
              field.hasAttribute('name'),
          )
          .map(field => field.outerHTML.slice(0, 80)),
      )
    expect(await page.locator('input').count()).toBe(7)
    expect(await learned()).toEqual([])
    await enterCard(page, newCard(), other.manifest.hash)
    await button(page, voter.arrived.receive).click()
    for (const _ of other.manifest.contests) await page.locator('.acts button.main').click()
    await page.locator('textarea').waitFor()
    expect(await page.getByText(surveyVi.writing.readers).count()).toBe(1)
    expect(await learned()).toEqual([])
    await page.locator('.acts button.main').click()
    await button(page, voter.checking.title).click()
    await button(page, voter.checking.open).click()
    await heading(page, voter.checking.inside).waitFor()
    expect(await button(page, voter.checking.copy).count()).toBe(0)
    await page.context().close()
  })

  // ── fifty in a row ────────────────────────────────────────────────────────────────────────────────────────────────

  const looking = async (page: Page): Promise<CDPSession> => {
    const cdp = await page.context().newCDPSession(page)
    await cdp.send('HeapProfiler.enable')
    return cdp
  }

  const ofCard = (card: Card): readonly Trace[] => {
    const code = printedCode(card)
    return [
      { name: 'card’s secret', what: card.s },
      { name: 'card’s secret, as text', what: toBase64url(card.s) },
      { name: 'card’s code', what: code.replaceAll(' ', '') },
      { name: 'card’s link', what: cardLink('', card, fifty.manifest.hash).split('#')[1]! },
      // Five characters by themselves: as a text of its own, in JSON.
      ...code.split(' ').map((group, i) => ({ name: `group ${i + 1}`, what: `"${group}"` })),
    ]
  }

  const bothWays = (name: string, bytes: Uint8Array): readonly Trace[] => [
    { name, what: bytes },
    { name: `${name}, as text`, what: toBase64url(bytes) },
  ]

  /** Phones wait a moment before they send; fifty in a row need not wait as long. */
  const hurry = (): void => {
    const wait = window.setTimeout
    const sooner = (act: () => void, ms = 0): number => wait(act, ms / 4)
    Object.assign(window, { setTimeout: sooner })
  }

  const CREDENTIAL = /\\"stage\\":\\"redeemed\\".*?\\"key\\":\\"([\w-]{43})\\"/s

  /** One voter from the start screen to the receipt; everything that is this voter's alone comes back. */
  async function voteOn(page: Page, cdp: CDPSession, n: number): Promise<readonly Trace[]> {
    const card = fifty.cards[n]!
    const redeemed = page.waitForRequest(/\/redeem$/)
    if (n < SCANNING) {
      filmOf(await filmedCard(card), film)
      await button(page, said.start.scan).click()
      await button(page, voter.arrived.receive).waitFor()
    } else await typeCard(page, card, fifty)
    await fillIn(page, '', fifty)
    const credential = THOROUGH.includes(n) ? CREDENTIAL.exec(await memoryOf(cdp))?.[1] : undefined
    if (THOROUGH.includes(n)) expect(credential).toBeDefined()
    const sent = page.waitForRequest(/\/cast$/)
    await castBallot(page)
    const ballot = new Uint8Array((await sent).postDataBuffer()!)
    const receipt = new Uint8Array(await (await (await sent).response())!.body())
    const leaf = receipt.slice(0, 32)
    return [
      ...ofCard(card),
      ...bothWays('request', new Uint8Array((await redeemed).postDataBuffer()!).slice(0, 96)),
      ...bothWays('ballot', ballot.slice(0, 96)),
      ...bothWays('end of the ballot', ballot.slice(-96)),
      ...bothWays('leaf', leaf),
      ...bothWays('receipt’s signature', receipt.slice(32)),
      { name: 'receipt code', what: shortCode(leaf) },
      ...(credential ? [{ name: 'credential', what: credential }] : []),
    ]
  }

  it('takes fifty voters in a row, and has nothing of anybody when the next one begins', async () => {
    const page = await newTablet()
    await page.addInitScript(hurry)
    await page.goto(`${address}/quay`)
    await start(page)
    const cdp = await looking(page)
    const before = await lookThrough(page, cdp, [])
    const history = await historyOf(cdp)
    const everybody: Trace[] = []
    for (let n = 0; n < VOTERS; n++) {
      const own = await voteOn(page, cdp, n)
      // What is on the screen just now is found; so are its bytes, and nothing of the card any more.
      if (THOROUGH.includes(n)) {
        const { traces } = await lookThrough(page, cdp, own)
        expect(traces).toEqual(
          expect.arrayContaining([
            'memory: receipt code',
            'page: receipt code',
            'objects: receipt code',
            'bytes: leaf',
            'bytes: receipt’s signature',
          ]),
        )
        expect(traces.filter(where => /card|group|credential|ballot/.test(where))).toEqual([])
      }
      everybody.push(...own.map(trace => ({ ...trace, name: `${trace.name} of voter ${n + 1}` })))
      await button(page, said.receipt.done).click()
      await start(page)
      expect(await lookThrough(page, cdp, own), `after voter ${n + 1}`).toEqual(before)
      expect(await historyOf(cdp)).toEqual(history)
    }
    expect(before).toEqual({ traces: [], worlds: before.worlds })
    expect(before.worlds).toBeGreaterThan(0)
    // Back leads to where the tablet was before it became one, and forward to the start.
    await page.goBack()
    expect(page.url()).toBe('about:blank')
    await page.goForward()
    await start(page)
    // Nothing of anybody, at last, in one look for all of them.
    expect((await lookThrough(page, cdp, everybody)).traces).toEqual([])
    await page.context().close()
  }, 900_000)

  const historyOf = async (cdp: CDPSession): Promise<unknown> => {
    const { currentIndex, entries } = await cdp.send('Page.getNavigationHistory')
    return { currentIndex, entries: entries.map(({ url, title }) => ({ url, title })) }
  }

  it('has fifty ballots on a board that verifies', async () => {
    await act(organiser, fifty, 'close', [0, 1], [VOTERS])
    const record = await fifty.members[0]!.record()
    const report = await verify(chunksOf(record), { rng: secureRng })
    expect(report.ok).toBe(true)
    expect(record.match(/"type":"ballot"/g)).toHaveLength(VOTERS)
  })

  // ── the search would have found it ────────────────────────────────────────────────────────────────────────────────

  const LEAK = 'LEAK-OF-ARCE-IPTX'
  const BYTES = Uint8Array.from({ length: 32 }, (_, i) => (i * 37 + 11) % 256)
  /** Each keeps something in a place of its own; `reload`: it has to outlive the page that it was planted in. */
  const leaks: Readonly<Record<string, { readonly plant: string; readonly reload: boolean; readonly found: string }>> =
    {
      'a global': { plant: 'window.last = leak', reload: false, found: 'objects: leak' },
      'a closure': { plant: 'window.last = () => leak', reload: false, found: 'memory: leak' },
      'bytes that a closure knows': {
        plant: 'const held = { bytes: Uint8Array.from(bytes) }; window.last = () => held',
        reload: false,
        found: 'bytes: bytes',
      },
      'a map': { plant: 'window.last = new Map([[leak, 1]])', reload: false, found: 'objects: leak' },
      'a field': {
        plant: "document.body.append(Object.assign(document.createElement('input'), { value: leak }))",
        reload: false,
        found: 'page: leak',
      },
      'the tab’s storage': { plant: "sessionStorage.setItem('last', leak)", reload: false, found: 'page: leak' },
      'the device’s storage': { plant: "localStorage.setItem('last', leak)", reload: true, found: 'page: leak' },
      'a data base': {
        plant: 'return new Promise(resolve => { indexedDB.open(leak).onsuccess = resolve })',
        reload: true,
        found: 'page: leak',
      },
      'a cache': { plant: 'return caches.open(leak)', reload: true, found: 'page: leak' },
      'a cookie': { plant: "document.cookie = 'last=' + leak", reload: true, found: 'cookies: leak' },
      'the window’s name': { plant: 'window.name = leak', reload: true, found: 'page: leak' },
      'the history’s state': { plant: "history.replaceState(leak, '')", reload: false, found: 'page: leak' },
      'an address in the history': {
        plant: "history.pushState(null, '', '#' + leak); history.pushState(null, '', '/quay')",
        reload: true,
        found: 'history: leak',
      },
    }

  it.each(Object.entries(leaks))(
    'is found out if it keeps the last receipt in %s',
    async (_, { plant, reload, found }) => {
      const context: BrowserContext = await browser.newContext({ viewport: TABLET })
      const page = await context.newPage()
      await page.goto(`${address}/quay`)
      await start(page)
      const cdp = await looking(page)
      const traces: readonly Trace[] = [
        { name: 'leak', what: LEAK },
        { name: 'bytes', what: BYTES },
      ]
      expect((await lookThrough(page, cdp, traces)).traces).toEqual([])
      // Put together in the page, so that no text of the test's is what is found.
      await page.evaluate(
        `(() => { const leak = ${JSON.stringify([...LEAK])}.join(''); const bytes = ${JSON.stringify([...BYTES])}; ${plant} })()`,
      )
      if (reload) {
        await button(page, said.start.type).click()
        await button(page, said.home).click()
        await start(page)
      }
      expect((await lookThrough(page, cdp, traces)).traces).toContain(found)
      await context.close()
    },
  )

  it('is found out if the page of the last voter lives on', async () => {
    const page = await newTablet()
    await page.goto(`${address}/quay`)
    await start(page)
    const cdp = await looking(page)
    const { worlds } = await lookThrough(page, cdp, [])
    await page.evaluate(() => {
      const frame = document.createElement('iframe')
      document.body.append(frame)
      Object.assign(window, { last: (frame.contentWindow as unknown as { readonly Object: unknown }).Object })
      frame.remove()
    })
    expect((await lookThrough(page, cdp, [])).worlds).toBeGreaterThan(worlds)
    await page.context().close()
  })
})
