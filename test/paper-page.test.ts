/**
 * A whole round on paper in Chromium over the real server: the organiser at a laptop, three members of the counting team
 * at phones. Two of them count differently, are shown where, and key again; then minutes are printed.
 */
import { spawnSync } from 'node:child_process'
import { Agent } from 'node:http'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WORDS } from '../client/words/organiser.ts'
import { TRUSTEE_WORDS } from '../client/words/trustee.ts'
import { TRUSTEE_PAPER } from '../client/words/trustee-paper.ts'
import { type Running, startServer } from '../server/node.ts'
import { packHex } from '../server/rules/read.ts'
import type { PollView } from '../server/wire.ts'
import { builtPages, complaints, launch } from './browser.ts'
import { askAt, newPlace, optionsFor, organiserBy } from './listening.ts'
import { type Ask, type Organiser, said } from './office.ts'
import { paperDraft, sealPaper, state } from './paper.ts'
import { MINUTES } from './papers.ts'
import { shipped } from './ruled.ts'

const { vi, en } = WORDS
const paper = TRUSTEE_PAPER.vi
const team = TRUSTEE_WORDS.vi
const PACK = shipped('tin-nhiem-96-QD-TW')
const PEOPLE = [
  { name: 'Người thứ nhất', position: 'Giám đốc Sở A' },
  { name: 'Người thứ hai', position: 'Phó Giám đốc Sở A' },
]
const DRAFT = paperDraft({ pack: packHex(PACK), convened: 40, sparePercent: 10, subjects: PEOPLE, date: '2026-12-05' })

const place = newPlace()
const agent = new Agent({ keepAlive: true })
let server: Running
let ask: Ask
let organiser: Organiser
let browser: Browser
let poll = ''
let desk: Page
let phones: readonly Page[]

beforeAll(async () => {
  const pages = await builtPages()
  server = await startServer({ ...optionsFor({ data: place.data, pages }), log: () => {} })
  ask = askAt(server.port, agent)
  organiser = await organiserBy(ask, server.setupLink!)
  poll = (await sealPaper(ask, organiser, DRAFT)).poll
  browser = await launch()
  desk = await organiserAt(`/to-chuc#${poll}`)
  const { links } = await organiser.get<PollView>(`/polls/${poll}`)
  phones = await Promise.all(links.map((secret, i) => tabAt(`/kiem-phieu#${poll}.${i + 1}.${secret}`, 360, 740)))
}, 240_000)
afterAll(async () => {
  await browser?.close()
  agent.destroy()
  await server?.close()
  place.remove()
})

async function tabAt(path: string, width: number, height: number, cookie?: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height }, locale: 'vi-VN', colorScheme: 'light' })
  context.setDefaultTimeout(20_000)
  const [name, value] = cookie?.split('=') ?? []
  if (name && value) await context.addCookies([{ name, value, url: 'https://localhost/', secure: true }])
  const page = await context.newPage()
  await page.goto(`http://localhost:${server.port}${path}`)
  return page
}
const organiserAt = (path: string) => tabAt(path, 1280, 900, organiser.cookie)

const button = (on: Page | Locator, name: string): Locator => on.getByRole('button', { name, exact: true })
const heading = (on: Page, name: string): Promise<void> => on.getByRole('heading', { name, exact: true }).waitFor()

/** What axe-core finds at 360 dots, Vietnamese in the dark and English in the light, and what runs out of the screen. */
async function faultsOf(page: Page, others: readonly [string, string]): Promise<readonly string[]> {
  const size = page.viewportSize()!
  const found: string[] = []
  await page.setViewportSize({ width: 360, height: 740 })
  for (const [scheme, other] of [
    ['dark', others[0]],
    ['light', others[1]],
  ] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    found.push(...(await complaints(page)).map(one => `${scheme}: ${one}`))
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    if (over > 0) found.push(`${scheme}: ${over} dots too wide`)
    await button(page, other).click()
  }
  await page.setViewportSize(size)
  return found
}
const phoneFaults = (page: Page) => faultsOf(page, [team.otherLanguage, TRUSTEE_WORDS.en.otherLanguage])
const deskFaults = () => faultsOf(desk, [vi.otherLanguage, en.otherLanguage])

/** As somebody types it: numbers of sheets, then line after line. */
async function keyIn(page: Page, lines: readonly (readonly [number, number, number, number])[]): Promise<void> {
  const { fields } = paper.sheets
  await heading(page, paper.sheets.title)
  await page.getByLabel(fields.printed).fill('44')
  await page.getByLabel(fields.issued).fill('38')
  await page.getByLabel(fields.exchanged).fill('2')
  await page.getByLabel(fields.collected).fill('37')
  await page.getByLabel('Phiếu gạch tên người đã in sẵn').fill('1')
  await page.getByText(paper.sheets.valid(36)).waitFor()
  await button(page, paper.sheets.next).click()
  for (const [at, [high, some, low, empty]] of lines.entries()) {
    await page.getByText(paper.line.overline(at + 1, lines.length)).waitFor()
    await page.getByLabel('Tín nhiệm cao', { exact: true }).fill(String(high))
    await page.getByLabel('Tín nhiệm', { exact: true }).fill(String(some))
    await page.getByLabel('Tín nhiệm thấp', { exact: true }).fill(String(low))
    await page.getByLabel(paper.line.empty, { exact: true }).fill(String(empty))
    await page.getByText(paper.line.fits).waitFor()
    if (at < lines.length - 1) await button(page, paper.line.next).click()
    else await button(page, paper.line.review).click()
  }
}

const TRUE_LINES = [
  [20, 10, 5, 1],
  [15, 12, 9, 0],
] as const
const MISTAKEN = [TRUE_LINES[0], [16, 11, 9, 0]] as const

describe('a round on paper', () => {
  it('says how many sheets to print, and prints the ballot before anything was counted', async () => {
    await heading(desk, vi.paper.print.title)
    await desk.getByRole('heading', { name: vi.paper.print.copies(44) }).waitFor()
    expect(await desk.locator('nav.steps .word').allInnerTexts()).toEqual([
      'Soạn',
      'In phiếu',
      'Bỏ phiếu',
      'Kiểm phiếu',
      'Kết quả',
    ])
    expect(await deskFaults()).toEqual([])
    const href = await desk.getByRole('link', { name: vi.paper.print.open }).getAttribute('href')
    const sheet = await organiserAt(href!)
    await sheet.getByText('PHIẾU TÍN NHIỆM').first().waitFor()
    const text = await printed(sheet)
    for (const { name } of PEOPLE) expect(text).toContain(name)
    await sheet.context().close()
  })

  it('is opened and closed when the organiser asks and a member confirms', async () => {
    for (const phone of phones) await heading(phone, paper.ready.title)
    for (const phone of phones) await phone.locator('.roster li.done').nth(2).waitFor()
    await desk.getByText(vi.paper.print.claimed).nth(2).waitFor()
    expect(await phoneFaults(phones[0]!)).toEqual([])
    expect(await deskFaults()).toEqual([])
    await state(organiser, poll, 38)
    await button(desk, vi.paper.print.ask).click()
    await desk.getByText(vi.paper.asked.open).waitFor()
    await heading(phones[0]!, paper.asked.open.title)
    expect(await phoneFaults(phones[0]!)).toEqual([])
    await button(phones[0]!, paper.confirm).click()
    for (const phone of phones) await heading(phone, paper.open.title)
    await heading(desk, vi.paper.vote.title)
    expect(await deskFaults()).toEqual([])

    const { close } = vi.paper.vote
    await button(desk, close.open).click()
    await desk.getByLabel(vi.seal.typeTitle(DRAFT.title)).fill(DRAFT.title)
    await button(desk, close.act).click()
    await heading(phones[2]!, paper.asked.close.title)
    await button(phones[2]!, paper.confirm).click()
    for (const phone of phones) await heading(phone, paper.keying.title)
    await heading(desk, vi.paper.count.title)
    await desk.getByText(vi.paper.count.keyedBy(0)).waitFor()
    expect(await deskFaults()).toEqual([])
  }, 120_000)

  it('tells whoever comes with the link of a place that was taken, and shows that phone nothing to press', async () => {
    const { links } = await organiser.get<PollView>(`/polls/${poll}`)
    const stranger = await tabAt(`/kiem-phieu#${poll}.1.${links[0]}`, 360, 740)
    await heading(stranger, team.elsewhere.title)
    await stranger.getByText(paper.elsewhere.now).waitFor()
    expect(await stranger.locator('button.main').count()).toBe(0)
    expect(await phoneFaults(stranger)).toEqual([])
    await stranger.context().close()
    await phones[0]!.reload()
    await heading(phones[0]!, paper.keying.title)
  })

  it('says at once which numbers cannot be', async () => {
    const [phone] = phones
    await button(phone!, paper.keying.begin).click()
    const { fields } = paper.sheets
    await phone!.getByLabel(fields.printed).fill('44')
    await phone!.getByLabel(fields.issued).fill('39')
    await phone!.getByLabel(fields.exchanged).fill('6')
    await phone!.getByLabel(fields.collected).fill('40')
    for (const sentence of [paper.bad.printed([39, 6, 44]), paper.bad.issued([39, 38]), paper.bad.collected([40, 39])])
      await phone!.getByText(sentence).waitFor()
    expect(await button(phone!, paper.sheets.next).isDisabled()).toBe(true)
    expect(await phoneFaults(phone!)).toEqual([])
    await phone!.getByLabel(fields.issued).fill('38')
    await phone!.getByLabel(fields.exchanged).fill('2')
    await phone!.getByLabel(fields.collected).fill('37')
    expect(await button(phone!, paper.sheets.next).isEnabled()).toBe(true)
    await button(phone!, paper.sheets.next).click()
    await phone!.getByLabel('Tín nhiệm cao', { exact: true }).fill('20')
    await phone!.getByText(paper.line.left(17)).waitFor()
    await phone!.getByLabel('Tín nhiệm', { exact: true }).fill('10')
    await phone!.getByLabel('Tín nhiệm thấp', { exact: true }).fill('5')
    await phone!.getByLabel(paper.line.empty, { exact: true }).fill('1')
    await phone!.getByText(paper.bad.sum([35, 1, 37])).waitFor()
    expect(await phoneFaults(phone!)).toEqual([])
  })

  it('keeps what was typed over a reload, sums alone', async () => {
    const [phone] = phones
    await phone!.reload()
    await button(phone!, paper.keying.begin).click()
    await phone!.getByText(paper.line.overline(1, 2)).waitFor()
    expect(await phone!.getByLabel('Tín nhiệm cao', { exact: true }).inputValue()).toBe('20')
    // One press a sheet adds up, and no order of presses is kept.
    await button(phone!, paper.line.tally).click()
    await button(phone!, paper.line.oneMore('Tín nhiệm cao')).click()
    expect(await phone!.getByLabel('Tín nhiệm cao', { exact: true }).inputValue()).toBe('21')
    const kept = await phone!.evaluate(
      () => Object.entries(localStorage).find(([name]) => name.endsWith('/keying'))?.[1],
    )
    const { lines } = JSON.parse(kept!) as { readonly lines: unknown }
    expect(lines).toEqual([
      { counts: ['21', '10', '5'], empty: '1' },
      { counts: ['', '', ''], empty: '' },
    ])
    await phone!.getByLabel('Tín nhiệm cao', { exact: true }).fill('')
    await button(phone!, paper.line.tallyOff).click()
    await button(phone!, paper.line.all).click()
    expect(await phoneFaults(phone!)).toEqual([])
    await phone!.getByRole('button', { name: paper.lines.sheets }).click()
  })

  it('is counted by two who see nothing of one another, are shown where they differ and never what, and key again', async () => {
    const [first, second] = phones
    await keyIn(first!, TRUE_LINES)
    await button(first!, paper.lines.send).click()
    await heading(first!, paper.keyed.waiting)
    expect(await phoneFaults(first!)).toEqual([])
    await desk.getByText(vi.paper.count.keyedBy(1)).waitFor()

    expect(await second!.locator('body').textContent()).not.toContain('20')
    await button(second!, paper.keying.begin).click()
    await keyIn(second!, MISTAKEN)
    await button(second!, paper.lines.send).click()
    for (const [mine, phone] of [
      ['16', second!],
      ['15', first!],
    ] as const) {
      await heading(phone, paper.keyed.differ)
      const row = phone.locator('.differences tbody tr').first()
      expect(await row.locator('th').textContent()).toContain('Người thứ hai')
      expect(await row.locator('th').textContent()).toContain(paper.keyed.place(2, 'Tín nhiệm cao'))
      expect(await row.locator('td').allTextContents()).toEqual([mine])
      expect(await phone.locator('.differences tbody tr').count()).toBe(2)
    }
    expect(await phoneFaults(second!)).toEqual([])
    await desk.getByText(vi.paper.count.keyedBy(2)).waitFor()
    expect((await organiser.get<PollView>(`/polls/${poll}`)).state).toBe('open')

    await button(second!, paper.keyed.again).click()
    await second!.getByText(paper.lines.differs).waitFor()
    await second!.getByRole('button', { name: /Người thứ hai/ }).click()
    await second!.getByLabel('Tín nhiệm cao', { exact: true }).fill('15')
    await second!.getByLabel('Tín nhiệm', { exact: true }).fill('12')
    await button(second!, paper.line.review).click()
    await button(second!, paper.lines.send).click()
    for (const phone of phones) await heading(phone, paper.counted.title)
    await second!.getByText(paper.counted.agreed('Tổ trưởng, Tổ viên 1')).waitFor()
    expect(await phoneFaults(phones[2]!)).toEqual([])
    // What was sent lies on no phone any more.
    for (const phone of phones)
      expect(await phone.evaluate(() => Object.keys(localStorage).filter(name => name.endsWith('/keying')))).toEqual([])
  }, 120_000)

  it('has a result that the rules speak of, and minutes that add up', async () => {
    await heading(desk, vi.paper.result.title)
    await desk.getByText(vi.paper.result.agreed('Tổ trưởng, Tổ viên 1', [1, 2])).waitFor()
    expect(await desk.locator('article.result').textContent()).toContain('20')
    expect(await deskFaults()).toEqual([])

    const facts = { ...MINUTES, unused: 4, exchanged: 2 }
    const saved = await ask(`/api/leader/polls/${poll}/minutes`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', cookie: organiser.cookie },
      body: JSON.stringify({ version: 0, facts }),
    })
    expect(await said(saved)).toEqual({ version: 1 })
    const minutes = await organiserAt(`/van-ban#${poll}/minutes?profile=state`)
    await minutes
      .getByText(/^BIÊN BẢN KIỂM PHIẾU$/)
      .first()
      .waitFor()
    const text = (await printed(minutes)).replaceAll(/\s+/g, ' ')
    expect(text).toContain('44 đã in = 38 phát ra + 4 không dùng đến + 2 đổi, trả lại')
    expect(text).toContain('Phiếu gạch tên người đã in sẵn: 1 phiếu')
    // Shares are of sheets collected, invalid ones included: 20 of 37.
    expect(text).toContain('54,05')
    await minutes.context().close()

    const dossier = await organiserAt(`/lanh-dao#${poll}`)
    await dossier.getByText(/phát ra 38, thu về 37/).waitFor()
    await dossier.context().close()
  })

  it('asks who came where no rules do, so that the minutes can say it', async () => {
    const other = await sealPaper(ask, organiser, paperDraft({ convened: 40, template: 'quality' }))
    const page = await organiserAt(`/to-chuc#${other.poll}`)
    await heading(page, vi.paper.attendance.title)
    await page.getByLabel(vi.statement.present, { exact: true }).fill('41')
    await page.getByText(vi.statement.broken['present-over-convened']).waitFor()
    await page.getByLabel(vi.statement.present, { exact: true }).fill('37')
    await button(page, vi.statement.save).click()
    await page.getByText(vi.paper.attendance.summary(37, 40)).waitFor()
    expect((await organiser.get<PollView>(`/polls/${other.poll}`)).stated!.attendance.present).toBe(37)
    await page.context().close()
  })
})

/** The text of the page as it would be printed. */
async function printed(page: Page): Promise<string> {
  const pdf = await page.pdf({ preferCSSPageSize: true })
  const { stdout, status } = spawnSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' })
  expect(status).toBe(0)
  return stdout
}
