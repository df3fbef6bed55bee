/**
 * The phone in a real browser, at a real server: a ballot about forty-one people found by list and search, and a survey
 * with answers in writing. Every screen on the way fits 360 px and is clean for axe-core, light and dark, in both
 * languages.
 */

import { Agent } from 'node:http'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { surveyVi as survey } from '../client/words/voter/survey-vi.ts'
import { cardLink } from '../crypto/token.ts'
import { type Running, startServer } from '../server/node.ts'
import { readPages } from '../server/pages.ts'
import type { Draft } from '../server/wire.ts'
import { builtPages, complaints, launch } from './browser.ts'
import { askAt, newPlace, organiserBy, type Place } from './listening.ts'
import { button, heading, newPhone, voter } from './meeting.ts'
import { type Ask, act, draftFor, type Organiser, type SealedPoll, sealPoll } from './office.ts'

const HOST = 'phieukin.test'

let place: Place
let server: Running
let browser: Browser
let ask: Ask
let organiser: Organiser
let address: string
let bundle: Uint8Array
const agent = new Agent()

beforeAll(async () => {
  const pages = await builtPages()
  bundle = readPages(pages).bundleHash
  place = newPlace()
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  address = `http://${HOST}:${port}`
  server = await startServer({
    data: place.data,
    pages,
    host: '127.0.0.1',
    port,
    publicUrl: address,
    tls: null,
    lastCallMs: 0,
    newPassword: false,
    log: () => {},
  })
  ask = askAt(port, agent)
  organiser = await organiserBy(ask, server.setupLink!)
  browser = await launch([`--host-resolver-rules=MAP ${HOST} 127.0.0.1`])
})

afterAll(async () => {
  agent.destroy()
  await browser?.close()
  await server?.close()
  place?.remove()
})

async function opened(change: Partial<Draft>): Promise<SealedPoll> {
  const draft = draftFor({ address, ...change })
  const poll = await sealPoll(ask, organiser, { draft, bundle, cards: 2 })
  await act(organiser, poll, 'open', [0])
  return poll
}

const linkOf = ({ manifest, cards }: SealedPoll, card = 0): string => cardLink(address, cards[card]!, manifest.hash)

/** Where pictures of the screens go; nowhere unless somebody wants to look. */
const SHOTS = process.env.SHOTS

/** Nothing to complain of, in both schemes and languages; afterwards all is as it was. */
async function check(page: Page, name: string): Promise<void> {
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true })
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}-fold.png` })
  const found: string[] = []
  for (const language of ['vi', 'en'])
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      const where = `${name}, ${language}, ${colorScheme}`
      found.push(...(await complaints(page)).map(what => `${where}: ${what}`))
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      if (wide > 0) found.push(`${where}: ${wide} px too wide`)
      if (SHOTS && language === 'en' && colorScheme === 'dark')
        await page.screenshot({ path: `${SHOTS}/${name}-en-dark.png`, fullPage: true })
      if (colorScheme === 'dark') {
        await page.locator('.languages .quiet').click()
        await page.waitForFunction(was => document.documentElement.lang !== was, language)
      }
    }
  await page.emulateMedia({ colorScheme: 'light' })
  expect(found).toEqual([])
}

/** Every button and field is large enough for a thumb; the one to change the language is beside the way. */
const tooSmall = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, input:not([type=checkbox]), textarea, summary, label')]
      .filter(one => !one.closest('.languages') && one.getBoundingClientRect().height < 55.5)
      .map(one => `${one.textContent} ${one.getBoundingClientRect().height}`),
  )

const next = (page: Page) => button(page, voter.next).click()

describe('a ballot about forty-one people', () => {
  it('is filled by list and search, reviewed, and cast', async () => {
    const poll = await opened({
      template: 'quality',
      title: 'Lấy ý kiến đánh giá, xếp loại chất lượng 41 cán bộ lãnh đạo, quản lý',
      subjects: Array.from({ length: 41 }, (_, i) =>
        i % 2 === 0
          ? { name: '', position: `Chủ tịch Ủy ban nhân dân xã ${i + 1}` }
          : { name: `Cán bộ ${i + 1}`, position: `Phó Giám đốc Sở ${i + 1}, phụ trách chuyển đổi số` },
      ),
    })
    const page = await newPhone(browser)
    await page.goto(linkOf(poll))
    await button(page, voter.arrived.receive).click()
    await heading(page, survey.listing.title).waitFor()
    expect(await page.locator('.row').count()).toBe(41)
    expect(await tooSmall(page)).toEqual([])
    await check(page, 'list')

    // Whatever accents somebody types, and wherever the mark of uỷ stands.
    const search = page.getByRole('searchbox')
    for (const typed of ['uỷ ban nhân dân xã 41', 'UY BAN NHAN DAN XA 41', 'ủy  ban nhân dân xã 41']) {
      await search.fill(typed)
      await page.waitForFunction(() => document.querySelectorAll('.row').length === 1)
    }
    await search.fill('không ai')
    await page.getByText(survey.listing.none).waitFor()
    await search.fill('xa 41')
    await page.locator('.row').click()
    await heading(page, 'Chủ tịch Ủy ban nhân dân xã 41').waitFor()
    await check(page, 'choosing')
    await button(page, 'Hoàn thành tốt nhiệm vụ').click()
    await next(page)
    // The last line: back to the list, to where it was left.
    await page.getByText(survey.listing.marked(1, 41)).waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('xã 41')
    expect(await page.locator('progress').evaluate(one => (one as HTMLProgressElement).value)).toBe(1)

    await button(page, survey.listing.next).click()
    for (let i = 0; i < 40; i++) {
      await page.locator('.options').waitFor()
      if (i !== 3 && i !== 30)
        await page
          .locator('.option')
          .nth(i % 3)
          .click()
      await next(page)
    }
    await page.getByText(survey.listing.marked(39, 41)).waitFor()
    await check(page, 'list-marked')
    await page.getByLabel(survey.listing.unmarked(2)).click()
    expect(await page.locator('.row').count()).toBe(2)
    await button(page, survey.listing.review).click()
    await page.getByText(survey.reviewing.blank(2)).waitFor()
    await check(page, 'review')
    await page.getByText(survey.reviewing.of('Hoàn thành xuất sắc nhiệm vụ', 12)).click()
    expect(await tooSmall(page)).toEqual([])
    await check(page, 'review-open')
    await button(page, survey.reviewing.see).click()
    expect(await page.locator('.row').count()).toBe(2)
    await page.locator('.row').first().click()
    await page.locator('.option').first().click()
    await next(page)
    await next(page)
    await button(page, survey.listing.review).click()
    await page.getByText(survey.reviewing.of('Hoàn thành xuất sắc nhiệm vụ', 13)).click()
    await page
      .getByRole('button', { name: `${voter.reviewing.edit}: Chủ tịch Ủy ban nhân dân xã 1`, exact: true })
      .click()
    await page.locator('.option').nth(3).click()
    await button(page, voter.reviewing.title).click()
    await page.getByText(survey.reviewing.of('Không hoàn thành nhiệm vụ', 1)).waitFor()
    await button(page, voter.reviewing.cast).click()
    await heading(page, voter.cast.title).waitFor()
    await page.context().close()
  })
})

const grade = (label: string, standard: string, points: number) => ({ label, standard, points })

describe('a survey with criteria and comments', () => {
  const change: Partial<Draft> = {
    title: 'Lấy ý kiến đánh giá người đứng đầu',
    subjects: [{ name: '', position: 'Giám đốc Sở A', selfScore: '95 điểm', selfLevel: 'Hoàn thành xuất sắc' }],
    questions: [
      {
        kind: 'graded',
        title: 'Năng lực tổ chức thực hiện',
        options: [
          grade('Xuất sắc', 'Hoàn thành trước hạn, có sáng kiến được áp dụng', 500),
          grade('Tốt', 'Hoàn thành đúng hạn, đúng yêu cầu', 250),
          grade('Trung bình', 'Có việc chậm, phải nhắc', 100),
          grade('Kém', 'Nhiều việc không hoàn thành', 0),
        ],
        max: 1,
      },
      {
        kind: 'choice',
        title: 'Điều cần ưu tiên thay đổi',
        options: ['Giao việc', 'Họp hành', 'Khen thưởng', 'Đào tạo', 'Phối hợp'].map(label => ({
          label,
          standard: '',
          points: null,
        })),
        max: 2,
      },
      { kind: 'yes-no', title: 'Có nên tiếp tục giữ chức vụ?', options: [], max: 1 },
    ],
    prompts: [
      { title: 'Ưu điểm nổi bật', maxBytes: 400 },
      { title: 'Điều cần thay đổi', maxBytes: 60 },
    ],
    groups: [
      { label: 'Cấp dưới', convened: 5, weight: null },
      { label: 'Cùng cấp', convened: 4, weight: null },
    ],
  }

  it('is marked, written, reviewed and cast', async () => {
    const page = await newPhone(browser)
    await page.goto(linkOf(await opened(change)))
    await button(page, voter.arrived.receive).waitFor()
    await page.getByText(`${voter.arrived.group} Cấp dưới`).waitFor()
    await check(page, 'arrived-group')
    await button(page, voter.arrived.receive).click()
    await heading(page, 'Giám đốc Sở A').waitFor()
    await page
      .getByText(`${voter.choosing.selfScore('95 điểm')} · ${voter.choosing.selfLevel('Hoàn thành xuất sắc')}`)
      .waitFor()
    await check(page, 'main-question')
    await page.locator('.option').first().click()
    await next(page)
    await heading(page, 'Năng lực tổ chức thực hiện').waitFor()
    await page.getByText('Hoàn thành đúng hạn, đúng yêu cầu · 2,5 điểm').waitFor()
    await check(page, 'graded')
    await page.locator('.option').nth(1).click()
    await next(page)
    for (const label of ['Giao việc', 'Họp hành', 'Đào tạo']) await button(page, label).click()
    await page.getByText(voter.choosing.full(2)).waitFor()
    await check(page, 'choice')
    await next(page)
    await heading(page, 'Có nên tiếp tục giữ chức vụ?').waitFor()
    await check(page, 'yes-no')
    await next(page)

    await heading(page, 'Ưu điểm nổi bật').waitFor()
    await page.getByText(survey.writing.reads(3)).waitFor()
    expect(await tooSmall(page)).toEqual([])
    await check(page, 'writing')
    await button(page, 'Nên tiếp tục…').click()
    const field = page.getByRole('textbox')
    expect(await field.inputValue()).toBe('Nên tiếp tục: ')
    expect(await field.evaluate(one => one === document.activeElement)).toBe(true)
    await page.keyboard.type('công khai, lắng nghe. Hôm qua chị Lan phòng 302 cũng nói vậy, em là người mới!!!')
    await page.getByText(survey.writing.warning).waitFor()
    await page.getByText(survey.writing.quoted(survey.writing.telling.name, ['chị Lan'])).waitFor()
    await check(page, 'writing-warned')
    // Warned, and free to go on.
    await next(page)
    await heading(page, 'Điều cần thay đổi').waitFor()
    const sixty = `Họp ngắn hơn ${'a'.repeat(60 - new TextEncoder().encode('Họp ngắn hơn ').length)}`
    await page.getByRole('textbox').fill(`${sixty}a`)
    await page.getByText(survey.writing.over(1, 1)).waitFor()
    expect(await button(page, voter.next).isDisabled()).toBe(true)
    await check(page, 'writing-too-long')
    await page.getByRole('textbox').fill(sixty)
    await page.getByText(survey.writing.full).waitFor()
    await next(page)

    await heading(page, voter.reviewing.title).waitFor()
    await page.getByText(survey.reviewing.telling).first().waitFor()
    await check(page, 'review-texts')
    await page.getByRole('button', { name: `${voter.reviewing.edit}: Ưu điểm nổi bật` }).click()
    await page.getByRole('textbox').fill('Công khai, lắng nghe.')
    await button(page, voter.reviewing.title).click()
    await page.getByText('Công khai, lắng nghe.').waitFor()
    const sent: string[] = []
    page.on('request', request => {
      if (request.method() === 'POST') sent.push(request.url().split('/').at(-1)!)
    })
    await button(page, voter.reviewing.cast).click()
    await heading(page, voter.cast.title).waitFor()
    expect(sent.sort()).toEqual(['cast', 'comment', 'comment'])
    await page.context().close()
  })

  it('whose further screens do not come is not begun; they are asked for again', async () => {
    const page = await newPhone(browser)
    let blocked = true
    await page.route('**/survey-*.js', route => (blocked ? route.abort() : route.continue()))
    await page.goto(linkOf(await opened(change)))
    await page.getByText(voter.trouble.incomplete).waitFor()
    await check(page, 'incomplete')
    expect(page.url()).toContain('#')
    blocked = false
    await button(page, voter.retry).or(button(page, voter.arrived.receive)).first().click()
    await heading(page, voter.arrived.title).or(page.locator('.options')).first().waitFor()
    await page.context().close()
  })

  it('once begun needs nothing but the doors: every screen is there without a line to other files', async () => {
    const page = await newPhone(browser)
    await page.goto(linkOf(await opened(change)))
    await button(page, voter.arrived.receive).click()
    await page.locator('.options').waitFor()
    await page.route('**/assets/**', route => route.abort())
    for (let i = 0; i < 4; i++) await next(page)
    await page.getByRole('textbox').fill('Công khai, lắng nghe.')
    await next(page)
    await next(page)
    await button(page, voter.reviewing.cast).click()
    await heading(page, voter.cast.title).waitFor()
    await page.context().close()
  })
})
