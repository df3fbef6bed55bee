/**
 * Comments in Chromium over the real server, the whole way: three members' phones after a count, the code that travels on
 * paper, the competent authority's browser, and the summary that it passes on.
 */
import { Agent } from 'node:http'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WORDS } from '../client/words/leader.ts'
import { TRUSTEE_WORDS } from '../client/words/trustee.ts'
import { shortCode } from '../crypto/bytes.ts'
import { parseClosing } from '../crypto/closing.ts'
import { writeMemory } from '../crypto/memory.ts'
import { type Running, startServer } from '../server/node.ts'
import { readPages } from '../server/pages.ts'
import type { DossierView } from '../server/wire/leader.ts'
import type { PollView } from '../server/wire.ts'
import { builtPages, complaints, launch } from './browser.ts'
import { askAt, newPlace, optionsFor, organiserBy } from './listening.ts'
import {
  type Ask,
  act,
  count,
  draftFor,
  type Organiser,
  personWith,
  type SealedPoll,
  sealPoll,
  type Visitor,
  vote,
} from './office.ts'

const { vi, en } = TRUSTEE_WORDS
const reading = WORDS.vi.comments

const PROMPTS = [
  { title: 'Ưu điểm cần phát huy', maxBytes: 300 },
  { title: 'Điều cần thay đổi', maxBytes: 300 },
]
const PRAISE = [
  'Lắng nghe nhân viên,\nquyết việc rõ ràng.',
  '<b onclick="alert(1)">Công tâm</b> & gần gũi',
  'Giao việc đúng người, đúng khả năng, có kiểm tra.',
  'Tôn trọng ý kiến trái chiều trong các cuộc họp.',
]
const ADVICE = ['Họp ngắn hơn, gửi tài liệu trước', 'Trả lời đơn thư sớm hơn']
const TEXTS: readonly (readonly [string, string])[] = [
  [PRAISE[0]!, ADVICE[0]!],
  [PRAISE[1]!, ''],
  ['', ''],
  [PRAISE[2]!, ADVICE[1]!],
  [PRAISE[3]!, ''],
  ['', ''],
]
const SUBJECTS = [{ name: '', position: 'Giám đốc Sở A' }]

const place = newPlace()
const agent = new Agent({ keepAlive: true })
let server: Running
let ask: Ask
let organiser: Organiser
let browser: Browser
let poll: SealedPoll
let authority: Visitor
let links: readonly string[]
let closingCode = ''

beforeAll(async () => {
  const pages = await builtPages()
  server = await startServer({ ...optionsFor({ data: place.data, pages }), log: () => {} })
  ask = askAt(server.port, agent)
  organiser = await organiserBy(ask, server.setupLink!)
  const draft = draftFor({ prompts: PROMPTS, subjects: SUBJECTS, convened: 8 })
  poll = await sealPoll(ask, organiser, { bundle: readPages(pages).bundleHash, cards: 8, draft })
  await act(organiser, poll, 'open', [0])
  for (const [i, texts] of TEXTS.entries()) await vote(ask, poll, poll.cards[i]!, [[i % 3]], texts)
  await act(organiser, poll, 'close', [0, 1], [TEXTS.length])
  await count(poll.members.slice(0, 2))
  for (const member of poll.members) await member.post('/sheet', {})
  const view = await organiser.get<PollView>(`/polls/${poll.poll}`)
  links = view.links
  closingCode = shortCode(parseClosing(poll.manifest, view.team!.closing!.text).hash)
  const guest = { name: 'Thường trực cấp ủy', role: 'authority', polls: [poll.poll], login: 'cap-uy' } as const
  authority = await personWith(ask, organiser, guest)
  browser = await launch()
}, 240_000)
afterAll(async () => {
  await browser?.close()
  agent.destroy()
  await server?.close()
  place.remove()
})

const button = (on: Page | Locator, name: string): Locator => on.getByRole('button', { name, exact: true })
const heading = (on: Page, name: string): Locator => on.getByRole('heading', { name, exact: true })
const wholeText = async (page: Page): Promise<string> =>
  (await page.locator('body').allInnerTexts()).join(' ').replace(/\s+/g, ' ')

/** A member's own phone, on which the device was made and kept. */
async function phoneOf(index: number): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    locale: 'vi-VN',
    colorScheme: 'light',
  })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  // biome-ignore lint/complexity/useLiteralKeys: the brackets reach what is private to the device
  const memory = writeMemory(poll.members[index - 1]!.device['memory'])
  await page.goto(`http://localhost:${server.port}/kiem-phieu`)
  await page.evaluate(([name, text]) => localStorage.setItem(name!, text!), [`member/${poll.poll}/${index}`, memory])
  await page.goto('about:blank')
  await page.goto(`http://localhost:${server.port}/kiem-phieu#${poll.poll}.${index}.${links[index - 1]}`)
  await heading(page, vi.result.title).waitFor()
  return page
}

async function readerAt(part: string, of = authority): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'vi-VN' })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  const [name, value] = of.cookie.split('=')
  await context.addCookies([{ name: name!, value: value!, url: 'https://localhost/', secure: true }])
  await page.goto(`http://localhost:${server.port}/lanh-dao#${poll.poll}${part}`)
  await page.locator('h1').first().waitFor()
  return page
}

/** What axe-core finds, dark and light, in both languages, and whether anything runs out of a narrow screen. */
async function faultsOf(page: Page, other: readonly [vi: string, en: string]): Promise<readonly string[]> {
  const found: string[] = []
  const was = page.viewportSize()!
  for (const name of other) {
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme })
      found.push(...(await complaints(page)).map(one => `${colorScheme}: ${one}`))
    }
    await page.setViewportSize({ width: 360, height: 740 })
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    if (over > 0) found.push(`${over} dots too wide`)
    await page.setViewportSize(was)
    await button(page, name).click()
  }
  return found
}
const onPhone = (page: Page) => faultsOf(page, [vi.otherLanguage, en.otherLanguage])
const atDesk = (page: Page) => faultsOf(page, [WORDS.vi.otherLanguage, WORDS.en.otherLanguage])

async function photograph(page: Page, name: string): Promise<void> {
  if (process.env.PICTURES) await page.screenshot({ path: `${process.env.PICTURES}/${name}.png`, fullPage: true })
}

const ofTeam = vi.comments
const phones: Page[] = []
/** As it stood on the paper. */
let code: readonly string[] = []

describe('the counting team', () => {
  beforeAll(async () => {
    for (const index of [1, 2, 3]) phones.push(await phoneOf(index))
  }, 60_000)
  afterAll(async () => {
    for (const page of phones) await page.context().close()
  })
  const [first, second, third] = [() => phones[0]!, () => phones[1]!, () => phones[2]!]

  it('is asked below the result, and one member says that this phone opens', async () => {
    const page = first()
    await heading(page, ofTeam.title).waitFor()
    await photograph(page, 't1-result')
    await button(page, ofTeam.door.open).click()
    await heading(page, ofTeam.begin.title).waitFor()
    expect(await onPhone(page)).toEqual([])
    await photograph(page, 't2-begin')
    await button(page, ofTeam.begin.combine).click()
    await heading(page, ofTeam.combine.title).waitFor()
    await page.getByText(ofTeam.combine.waits(1)).waitFor()
    expect(await onPhone(page)).toEqual([])
    await photograph(page, 't3-combine')
    expect(await button(page, ofTeam.combine.open).count()).toBe(0)
  })

  it('sends its parts to that phone, whether a member opened the sums or not', async () => {
    const name = 'Tổ trưởng'
    for (const [page, i] of [
      [third(), 3],
      [second(), 2],
    ] as const) {
      await page.getByText(ofTeam.door.asked(name)).waitFor()
      await button(page, ofTeam.door.open).click()
      await heading(page, ofTeam.help.title(name)).waitFor()
      // The third did not sign the opening: it is shown the code to compare.
      expect(await page.getByText(closingCode).count()).toBe(i === 3 ? 1 : 0)
      expect(await onPhone(page)).toEqual([])
      await photograph(page, `t4-help-${i}`)
      await button(page, ofTeam.help.send(name)).click()
      await heading(page, ofTeam.help.sentTitle(name)).waitFor()
      expect(await onPhone(page)).toEqual([])
      await photograph(page, `t5-sent-${i}`)
    }
  })

  it('lets another member open instead, who needs the parts anew; and the first again', async () => {
    const page = third()
    await page.getByText(ofTeam.help.instead).click()
    await photograph(page, 't6-instead')
    await button(page, ofTeam.begin.combine).click()
    await page.getByText(ofTeam.combine.waits(1)).waitFor()
    await heading(first(), ofTeam.help.title('Tổ viên 2')).waitFor()
    await first().getByText(ofTeam.help.instead).click()
    await button(first(), ofTeam.begin.combine).click()
    await first().getByText(ofTeam.combine.waits(1)).waitFor()
    await heading(second(), ofTeam.help.title('Tổ trưởng')).waitFor()
    await button(second(), ofTeam.help.send('Tổ trưởng')).click()
    await heading(second(), ofTeam.help.sentTitle('Tổ trưởng')).waitFor()
  })

  it('opens what enough people wrote, on that phone alone, as plain text', async () => {
    const page = first()
    await button(page, ofTeam.combine.open).click()
    await heading(page, ofTeam.opened.title).waitFor()
    expect((await page.locator('.texts li').allInnerTexts()).sort()).toEqual([...PRAISE].sort())
    expect(await page.locator('.texts b').count()).toBe(0)
    const text = await wholeText(page)
    expect(text).toContain(ofTeam.opened.tooFew(2, 3))
    for (const advice of ADVICE) expect(text).not.toContain(advice)
    expect(await onPhone(page)).toEqual([])
    await photograph(page, 't7-opened')
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
    for (const praise of PRAISE) expect(kept).not.toContain(JSON.stringify(praise).slice(1, 12))
    expect(kept).toContain(`member/${poll.poll}/1`)
  })

  it('hands the file over under a code that is read back from paper and then gone', async () => {
    const page = first()
    await button(page, ofTeam.opened.hand).click()
    await heading(page, ofTeam.code.title).waitFor()
    code = await page.locator('.groups li').evaluateAll(list => list.map(one => one.lastChild!.textContent!))
    expect(code).toHaveLength(7)
    expect(await onPhone(page)).toEqual([])
    await photograph(page, 't8-code')
    await button(page, ofTeam.code.written).click()
    await heading(page, ofTeam.back.title).waitFor()
    const fields = page.locator('.field input')
    expect(await fields.count()).toBe(2)
    expect(await wholeText(page)).not.toContain(code[0]!)
    await fields.first().fill('AAAAA')
    await fields.last().fill('AAAAA')
    await button(page, ofTeam.back.put).click()
    await page.getByText(ofTeam.back.wrong).first().waitFor()
    expect(await onPhone(page)).toEqual([])
    await photograph(page, 't9-back')
    for (const field of await fields.all()) {
      const group = Number((await field.getAttribute('id'))!.replace('code-', ''))
      await field.fill(code[group]!.toLowerCase())
    }
    expect((await authority.get<DossierView>(`/leader/polls/${poll.poll}`)).comments).toBe(false)
    await button(page, ofTeam.back.put).click()
    await heading(page, ofTeam.handed.title).waitFor()
    expect(await onPhone(page)).toEqual([])
    await photograph(page, 't10-handed')
    const saving = page.waitForEvent('download')
    await button(page, ofTeam.handed.download).click()
    expect((await saving).suggestedFilename()).toBe(`gop-y-${closingCode}.gopy`)
    await button(page, ofTeam.handed.done).click()
    await page.getByText(ofTeam.door.filed).waitFor()
    const text = await wholeText(page)
    for (const gone of [...code, ...PRAISE]) expect(text).not.toContain(gone)
  })
})

describe('the competent authority', () => {
  let page: Page
  beforeAll(async () => {
    page = await readerAt('')
  })
  afterAll(() => page.context().close())

  it('opens the file with the code, typed kindly, and is told which group is wrong', async () => {
    await page.getByRole('link', { name: reading.part, exact: true }).click()
    await heading(page, reading.title).waitFor()
    await page.getByText(reading.ready).waitFor()
    expect(await atDesk(page)).toEqual([])
    await photograph(page, 'l1-door')
    const field = page.getByLabel(reading.code)
    const wrong = `${code[2]![0] === '7' ? '8' : '7'}${code[2]!.slice(1)}`
    await field.fill(code.with(2, wrong).join(' '))
    await button(page, reading.open).click()
    await page.getByText(reading.why.group(3)).waitFor()
    await field.fill(code.slice(0, 6).join(' '))
    await button(page, reading.open).click()
    await page.getByText(reading.why.short).waitFor()
    expect(await atDesk(page)).toEqual([])
    await field.fill(code.join('').toLowerCase().replaceAll('0', 'o').replaceAll('1', 'i'))
    await button(page, reading.open).click()
    await page.getByText(reading.memory).waitFor()
    expect((await page.locator('.written').allInnerTexts()).sort()).toEqual([...PRAISE].sort())
    expect(await page.locator('.written b').count()).toBe(0)
    expect(await wholeText(page)).toContain(reading.tooFew(3))
    expect(await atDesk(page)).toEqual([])
    await photograph(page, 'l2-texts')
  })

  it('finds words with or without their marks of tone in place', async () => {
    await page.getByLabel(reading.search).fill('ý kiến')
    await page.getByText(reading.found(1, 4)).waitFor()
    expect(await page.locator('.written').allInnerTexts()).toEqual([PRAISE[3]])
    await page.getByLabel(reading.search).fill('')
  })

  const themes = reading.themes
  it('puts texts under themes, and is warned of a summary that quotes', async () => {
    const under = page.locator('.comments select')
    await under.nth(0).selectOption({ label: reading.newTheme })
    await page.getByLabel(themes.name(1)).fill('Cách điều hành')
    await button(page, themes.add).click()
    await page.getByLabel(themes.name(2)).fill('Quan hệ với nhân viên')
    for (const i of [1, 2]) await under.nth(i).selectOption({ label: 'Cách điều hành' })
    await under.nth(3).selectOption({ label: 'Quan hệ với nhân viên' })
    await page.getByLabel(themes.text).nth(0).fill('Nhiều người nói: giao việc đúng người, đúng khả năng, có kiểm tra.')
    await page.getByText(themes.quotes).waitFor()
    expect(await button(page, themes.pass).isDisabled()).toBe(true)
    await page.getByLabel(themes.text).nth(0).fill('Phân công hợp lý, theo dõi sát.')
    await page.getByText(themes.quotes).waitFor({ state: 'detached' })
    await page.getByLabel(themes.text).nth(1).fill('Gần gũi, biết nghe.')
    await page.getByText(themes.few(1, 3)).waitFor()
    expect(await atDesk(page)).toEqual([])
    await photograph(page, 'l3-themes')
  })

  it('keeps the marks of an interrupted reading in this browser, and no text', async () => {
    const kept = () => page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
    const stored = await kept()
    expect(stored).toContain('Cách điều hành')
    for (const praise of PRAISE) expect(stored).not.toContain(JSON.stringify(praise).slice(1, 14))
    await page.reload()
    await page.getByText(reading.ready).waitFor()
    expect(await page.locator('.written').count()).toBe(0)
    await page.getByLabel(reading.code).fill(code.join(' '))
    await button(page, reading.open).click()
    await page.getByText(reading.memory).waitFor()
    expect(await page.getByLabel(themes.name(1)).inputValue()).toBe('Cách điều hành')
    expect(await page.locator('.comments select').first().inputValue()).toBe('0')
  })

  it('passes on the summary, whose small numbers stay behind, and nothing of it is kept here', async () => {
    await button(page, themes.pass).click()
    await page.getByText(themes.done).waitFor()
    const { entries } = await authority.get<DossierView>(`/leader/polls/${poll.poll}`)
    expect(entries.map(({ body }) => body)).toEqual([
      {
        kind: 'themes',
        subject: 0,
        date: expect.any(String),
        themes: [
          { title: 'Cách điều hành', count: 3, text: 'Phân công hợp lý, theo dõi sát.' },
          { title: 'Quan hệ với nhân viên', count: null, text: 'Gần gũi, biết nghe.' },
        ],
      },
    ])
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }))).not.toContain('Cách điều hành')
    await button(page, reading.close).click()
    await page.getByText(reading.ready).waitFor()
    expect(await page.locator('.written').count()).toBe(0)
  })

  it('is read in the dossier by others, who see no comments', async () => {
    const guest = { name: 'Thư ký Sở A', role: 'secretary', polls: [poll.poll], login: 'thu-ky' } as const
    const secretary = await personWith(ask, organiser, guest)
    const other = await readerAt('/1/theo-doi', secretary)
    await other.getByText(`Cách điều hành (${reading.many(3)})`).waitFor()
    await photograph(other, 'l4-follow')
    const text = await wholeText(other)
    expect(text).toContain(`Quan hệ với nhân viên (${reading.some})`)
    expect(await other.getByRole('link', { name: reading.part, exact: true }).count()).toBe(0)
    await other.goto(`http://localhost:${server.port}/lanh-dao#${poll.poll}/gop-y`)
    await other.getByText(reading.notYours).waitFor()
    expect(await atDesk(other)).toEqual([])
    await other.context().close()
  })

  it('opens a copy from the disk where a stamp shuts the server’s', async () => {
    const bytes = await authority.get<Uint8Array>(`/leader/polls/${poll.poll}/comments`)
    expect(await authority.post(`/leader/polls/${poll.poll}/stamp`, { stamp: 'mat' })).toBe(null)
    await page.reload()
    await page.getByText(reading.stamped).waitFor()
    expect(await atDesk(page)).toEqual([])
    await page.getByLabel(reading.code).fill(code.join(' '))
    expect(await button(page, reading.open).isDisabled()).toBe(true)
    const picked = {
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(bytes.subarray(0, -1)),
      name: 'hong.gopy',
    }
    await page.getByLabel(reading.pick).setInputFiles(picked)
    await button(page, reading.open).click()
    await page.getByText(reading.why['no-file']).waitFor()
    await page.getByLabel(reading.pick).setInputFiles({ ...picked, buffer: Buffer.from(bytes), name: 'gop-y.gopy' })
    await button(page, reading.open).click()
    await page.getByText(reading.memory).waitFor()
    expect(await page.locator('.written').count()).toBe(PRAISE.length)
  })
})
