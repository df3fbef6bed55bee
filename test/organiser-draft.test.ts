/**
 * The draft's page in Chromium over the real server, as an organiser with twenty minutes uses it: from a form to a ballot
 * that may be sealed, at phone size and wide.
 */
import { Agent } from 'node:http'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WORDS } from '../client/words/organiser.ts'
import { VOTER_WORDS } from '../client/words/voter.ts'
import { type Running, startServer } from '../server/node.ts'
import type { PackText } from '../server/wire/packs.ts'
import type { PollView } from '../server/wire.ts'
import { builtPages, complaints, launch } from './browser.ts'
import { askAt, newPlace, optionsFor, organiserBy } from './listening.ts'
import { ADDRESS, type Ask, type Organiser, said } from './office.ts'

const { vi, en } = WORDS
const { ballot } = vi
const PHONE = { width: 360, height: 780 }
const WIDE = { width: 1280, height: 900 }
const place = newPlace()
const agent = new Agent({ keepAlive: true })
let server: Running
let ask: Ask
let organiser: Organiser
let browser: Browser
let packs: readonly PackText[]

beforeAll(async () => {
  const pages = await builtPages()
  server = await startServer({ ...optionsFor({ data: place.data, pages }), log: () => {} })
  ask = askAt(server.port, agent)
  organiser = await organiserBy(ask, server.setupLink!)
  packs = await said<readonly PackText[]>(await ask('/api/packs'))
  browser = await launch()
}, 120_000)
afterAll(async () => {
  await browser?.close()
  agent.destroy()
  await server?.close()
  place.remove()
})

/** A new draft on a page with the organiser's session. */
async function newDraft(size: { readonly width: number; readonly height: number }): Promise<Page> {
  const context = await browser.newContext({ viewport: size, locale: 'vi-VN' })
  context.setDefaultTimeout(20_000)
  const [name, value] = organiser.cookie.split('=')
  await context.addCookies([{ name: name!, value: value!, url: 'https://localhost/', secure: true }])
  const page = await context.newPage()
  await page.goto(`http://localhost:${server.port}/to-chuc`)
  await page.getByRole('button', { name: vi.list.make, exact: true }).click()
  await page.getByRole('heading', { name: vi.draft.title }).waitFor()
  return page
}

const pollOf = async (page: Page): Promise<PollView> =>
  organiser.get<PollView>(`/polls/${new URL(page.url()).hash.slice(1)}`)

const choosePack = (page: Page, id: string) =>
  page.locator('#f-pack').selectOption(packs.find(pack => pack.id === id)!.sha256)

async function takeForm(page: Page, name: string): Promise<void> {
  await page.locator('#f-form').selectOption(name)
  await page.locator('#f-form-take').click()
}

const saved = (page: Page) => page.getByText(vi.draft.saved, { exact: true }).waitFor()
const rows = (page: Page) => page.locator('.question-row > :first-child').allTextContents()
const focused = (page: Page) => page.evaluate(() => document.activeElement?.id)

/** What axe-core finds in light and dark and in both languages, and what runs out of the screen, in large letters too. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  const found: string[] = []
  for (const words of [vi, en]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      found.push(...(await complaints(page)).map(one => `${words.product} ${colorScheme}: ${one}`))
    }
    for (const fontSize of ['', '200%']) {
      await page.evaluate(size => Object.assign(document.documentElement.style, { fontSize: size }), fontSize)
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      if (over > 0) found.push(`${words.product} ${fontSize}: ${over} dots too wide`)
    }
    await page.evaluate(() => Object.assign(document.documentElement.style, { fontSize: '' }))
    await page.getByRole('button', { name: words.otherLanguage, exact: true }).click()
  }
  return found
}

describe.each([
  ['at phone size', PHONE],
  ['wide', WIDE],
] as const)('a ballot of four levels and ten criteria, from a form, %s', (_, size) => {
  let page: Page
  beforeAll(async () => {
    page = await newDraft(size)
  })

  it('is offered by type of organisation, with what it holds and where it was seen, and only what fits the rules', async () => {
    await choosePack(page, 'xep-loai-4-muc')
    const offered = await page.locator('#f-form option').allTextContents()
    expect(offered).toContain('Phiếu đánh giá giám đốc sở, thang 30 + 70 điểm')
    expect(offered.join(' ')).not.toMatch(/tín nhiệm|Khảo sát/)
    expect(await page.locator('#f-form optgroup').count()).toBeGreaterThanOrEqual(3)
    await page.locator('#f-form').selectOption('da-chieu-nguoi-dung-dau/1')
    await page.getByText(ballot.forms.holds(10, null, 2)).waitFor()
    await page.getByText(ballot.forms.sources).click()
    expect(await page.locator('.plain .unsourced').count()).toBeGreaterThan(0)
    // Looked at, not taken: nothing was copied.
    expect(await rows(page)).toEqual([])
  })

  it('is copied by one press: questions, prompts, groups', async () => {
    await page.locator('#f-form-take').click()
    expect(await rows(page)).toHaveLength(10)
    await page
      .getByText(ballot.forms.from('Phiếu đánh giá đa chiều người đứng đầu, mười việc làm thấy được', 1))
      .waitFor()
    expect(await page.locator('#f-prompt-2').inputValue()).toBe('Nên thay đổi')
    expect(await page.locator('#f-group-3').inputValue()).toBe('Cấp dưới')
  })

  it('says what it comes to before anybody votes', async () => {
    const size = page.locator('.finish .size')
    await size.getByText(ballot.size.lines(11), { exact: false }).waitFor()
    await size.getByText(ballot.size.prompts(2), { exact: false }).waitFor()
  })

  it('is complete once people have names and numbers', async () => {
    await page.locator('#f-subject-1').fill('Giám đốc Sở A')
    await page.locator('#f-selfScore-1').fill('92,5')
    await page.locator('#f-unit').fill('Sở A')
    for (const [n, people] of [5, 8, 27].entries()) await page.locator(`#f-group-people-${n + 1}`).fill(String(people))
    for (const n of [1, 2, 3]) await page.locator(`#f-member-${n}`).fill(`Tổ viên ${n}`)
    await saved(page)
    const { nonce } = await pollOf(page)
    await ask(`/api/try/${nonce}`, { method: 'POST', headers: { host: ADDRESS.replace('http://', '') } })
    await page.getByText(vi.draft.complete).waitFor()
    expect(await page.locator('.gaps li').count()).toBe(0)
    await page
      .getByText(
        ballot.size.groups([
          ['Cấp trên', 5],
          ['Cùng cấp', 8],
          ['Cấp dưới', 27],
        ]),
        { exact: false },
      )
      .waitFor()
  })

  it('stands there again after the page is loaded anew', async () => {
    await page.reload()
    await page.getByText(vi.draft.complete).waitFor()
    expect(await rows(page)).toHaveLength(10)
    expect(await page.locator('#f-selfScore-1').inputValue()).toBe('92,5')
    await page
      .getByText(ballot.forms.from('Phiếu đánh giá đa chiều người đứng đầu, mười việc làm thấy được', 1))
      .waitFor()
    const { draft } = await pollOf(page)
    expect(draft).toMatchObject({ from: 'da-chieu-nguoi-dung-dau/1', convened: 40 })
    expect(draft.groups.map(({ convened }) => convened)).toEqual([5, 8, 27])
    expect(draft.subjects).toEqual([{ name: '', position: 'Giám đốc Sở A', selfScore: '92,5' }])
  })

  it('gives a reader of screens and of the dark nothing to complain about, one question open', async () => {
    await page.locator('#f-question-4').click()
    expect(await faultsOf(page)).toEqual([])
    await page.locator('#f-question-4').click()
  })

  it('goes on to sealing with every question in it', async () => {
    await page.getByRole('button', { name: vi.draft.seal, exact: true }).click()
    await page.getByRole('heading', { name: vi.seal.title }).waitFor()
    const { state, draft } = await pollOf(page)
    expect([state, draft.questions.length, draft.prompts.length]).toEqual(['sealing', 10, 2])
  })

  it('reads as it was sealed', async () => {
    await page.getByRole('button', { name: new RegExp(vi.steps.draft) }).click()
    await page.getByText(vi.draft.fixed).waitFor()
    const facts = (await page.locator('.facts').textContent())!
    for (const part of ['10. Tạo điều kiện', 'Cấp dưới (27)', '2. Nên thay đổi', ballot.mediums.phones])
      expect(facts).toContain(part)
    expect(await complaints(page)).toEqual([])
  })
})

describe('the questions of a ballot', () => {
  let page: Page
  beforeAll(async () => {
    page = await newDraft(PHONE)
    await choosePack(page, 'xep-loai-4-muc')
    await takeForm(page, 'giam-doc-so-30-70/1')
  })

  it('are rows, of which one is open', async () => {
    await page.locator('#f-question-1').click()
    await page.locator('#f-question-2').click()
    expect(await page.locator('.question-open').count()).toBe(1)
    expect(await page.locator('#f-question-1').getAttribute('aria-expanded')).toBe('false')
    expect(await page.locator('#f-question-2').getAttribute('aria-expanded')).toBe('true')
    expect(await page.locator('.preview .phone-name').textContent()).toBe('Năng lực chuyên môn, nghiệp vụ và tham mưu')
  })

  it('take points with a comma, and add them up', async () => {
    await page.getByText(ballot.questions.total('100'), { exact: true }).waitFor()
    const points = page.locator('#f-question-2-points-1')
    await points.fill('')
    await points.pressSequentially('12,5')
    expect(await points.inputValue()).toBe('12,5')
    await page.getByText(ballot.questions.total('102,5'), { exact: true }).waitFor()
    await page.getByText(ballot.forms.edited('Phiếu đánh giá giám đốc sở, thang 30 + 70 điểm', 1)).waitFor()
  })

  it('keep the points before where what is typed is no number, and say so', async () => {
    const points = page.locator('#f-question-2-points-1')
    await points.fill('12,555')
    await page.getByText(ballot.questions.pointsWrong).waitFor()
    await points.blur()
    expect(await points.inputValue()).toBe('12,5')
    expect(await page.getByText(ballot.questions.pointsWrong).count()).toBe(0)
  })

  it('warn of points that do not descend', async () => {
    await page.locator('#f-question-2-points-2').fill('13')
    await page.getByText(ballot.questions.faults.order).waitFor()
    await page.getByText(vi.draft.advice.points).waitFor()
    await page.locator('#f-question-2-points-2').fill('10')
    await page.getByText(ballot.questions.faults.order).waitFor({ state: 'detached' })
  })

  it('move with what is open, and the hand stays on the button', async () => {
    const before = await rows(page)
    await page.locator('#f-question-2-down').click()
    expect((await rows(page)).map(row => row.slice(3))).toEqual([0, 2, 1, 3, 4, 5, 6].map(i => before[i]!.slice(3)))
    expect(await focused(page)).toBe('f-question-3-down')
    await page.locator('#f-question-3-up').click()
    expect(await rows(page)).toEqual(before)
    expect(await focused(page)).toBe('f-question-2-up')
  })

  it('come and go, each of three kinds', async () => {
    await page.locator('#f-questions-choice').click()
    expect(await focused(page)).toBe('f-question-8-title')
    await page.locator('#f-question-8-title').fill('Việc nên làm trước')
    await page.locator('#f-question-8-option-1').fill('Công khai')
    await page.locator('#f-question-8-option-2').fill('Phân công lại')
    await page.locator('#f-question-8-max').fill('2')
    await page.getByText(ballot.questions.short.choice(2, 2)).waitFor()
    await page.locator('#f-questions-yes-no').click()
    await page.locator('#f-question-9-title').fill('Nên giữ chức vụ')
    await page.locator('#f-questions-graded').click()
    await page.locator('#f-question-10-title').fill('Tinh thần trách nhiệm')
    await page.locator('#f-question-10-scale').selectOption({ label: 'Rất tốt · Tốt · Khá · Trung bình · Yếu' })
    expect(await page.locator('#f-question-10-grade-5').inputValue()).toBe('Yếu')
    await saved(page)
    const { draft } = await pollOf(page)
    expect(draft.questions.slice(7).map(({ kind, max, options }) => [kind, max, options.length])).toEqual([
      ['choice', 2, 2],
      ['yes-no', 1, 0],
      ['graded', 1, 5],
    ])
    await page.getByRole('button', { name: ballot.questions.remove, exact: true }).click()
    expect(await rows(page)).toHaveLength(9)
  })

  it('are opened from the list of what is missing', async () => {
    await page.locator('#f-question-8').click()
    await page.locator('#f-question-8-title').fill('')
    await page.locator('#f-question-8').click()
    await page.locator('.finish').getByText(vi.draft.gaps.question(8)).click()
    await expect.poll(() => focused(page)).toBe('f-question-8-title')
  })

  it('are not replaced by another form without a word', async () => {
    await page.locator('#f-form').selectOption('truong-phong-30-70/1')
    await page.getByText(ballot.forms.lose).waitFor()
    await page.locator('#f-form-take').click()
    expect(await rows(page)).toHaveLength(8)
    expect(await page.getByText(ballot.forms.lose).count()).toBe(0)
  })

  it('under a rule pack on criteria are criteria alone', async () => {
    await choosePack(page, 'phieu-danh-gia-tieu-chi')
    await page.getByText(ballot.questions.ruled).waitFor()
    expect(await page.locator('#f-questions-choice').count()).toBe(0)
    await page.locator('#f-question-1').click()
    expect(await page.locator('#f-question-1-kind').count()).toBe(0)
    expect(await page.locator('#f-question-1-scale').count()).toBe(0)
  })
})

describe('other drafts', () => {
  let page: Page
  beforeAll(async () => {
    page = await newDraft(WIDE)
  })

  it('take 41 people at once', async () => {
    await page.getByText(ballot.subjects.paste).click()
    const lines = Array.from({ length: 41 }, (_, i) => `Người ${i + 1}, Giám đốc Sở ${i + 1}`)
    await page.locator('#f-paste').fill(lines.join('\n'))
    await page.getByRole('button', { name: ballot.subjects.add(41), exact: true }).click()
    expect(await page.locator('#f-name-41').inputValue()).toBe('Người 41')
    expect(await page.locator('#f-subject-41').inputValue()).toBe('Giám đốc Sở 41')
    await page.getByText(ballot.size.people(41, 1), { exact: false }).waitFor()
  })

  it('ask for comments in plain words, say who reads them, and advise few writers', async () => {
    expect(await page.getByText(ballot.prompts.none).count()).toBe(1)
    await page.getByRole('button', { name: `+ ${ballot.prompts.suggest('Ưu điểm')}`, exact: true }).click()
    await page.getByText(ballot.prompts.who(5)).waitFor()
    expect(await page.locator('#f-prompt-1-size option').allTextContents()).toEqual([
      ballot.prompts.about(ballot.prompts.sizes.short, 300),
      ballot.prompts.about(ballot.prompts.sizes.long, 1000),
    ])
    await page.locator('#f-convened').fill('15')
    await page.getByText(vi.draft.advice['few-writers']).waitFor()
    await page.locator('#f-convened').fill('41')
    await page.getByText(vi.draft.advice['few-writers']).waitFor({ state: 'detached' })
  })

  it('on paper are without comments and phones', async () => {
    await page.locator('#f-medium-paper').check()
    await page.getByText(ballot.mediumNotes.paper).waitFor()
    expect(await page.getByText(ballot.prompts.legend, { exact: true }).count()).toBe(0)
    for (const gone of ['#f-try', '#f-threshold', '#f-minimum', '.preview'])
      expect([gone, await page.locator(gone).count()]).toEqual([gone, 0])
    await page.getByRole('button', { name: vi.draft.onPaper.seal, exact: true }).waitFor()
    expect(await faultsOf(page)).toEqual([])
    await saved(page)
    expect((await pollOf(page)).draft).toMatchObject({ medium: 'paper', prompts: [], groups: [] })
    await page.locator('#f-medium-phones').check()
    expect(await page.locator('#f-prompt-1').inputValue()).toBe('Ưu điểm')
  })

  it('about nobody have no subjects and no rules, a title of their own, and show their first question', async () => {
    await page.locator('#f-about-survey').check()
    expect(await page.locator('#f-subject-1').count()).toBe(0)
    expect(await page.locator('#f-pack').count()).toBe(0)
    expect(await page.locator('#f-title').inputValue()).toBe(vi.fresh.titleOf('survey', ''))
    expect(await page.locator('#f-form option').count()).toBe(3)
    await takeForm(page, 'khao-sat-moi-truong-dan-chu/1')
    expect(await rows(page)).toHaveLength(10)
    expect(await page.locator('.preview .phone-name').textContent()).toBe('Tôi được giao việc rõ ràng, đúng khả năng')
    await page.locator('#f-question-10').click()
    await page.locator('.preview').getByText(VOTER_WORDS.vi.choosing.atMost(3), { exact: false }).waitFor()
    expect(await faultsOf(page)).toEqual([])
  })

  it('are about people again with what was copied for nobody gone', async () => {
    await page.locator('#f-about-people').check()
    expect(await rows(page)).toEqual([])
    expect(await page.locator('#f-pack option:checked').textContent()).toContain('96-QĐ/TW')
    expect(await page.locator('#f-subject-1').inputValue()).toBe('')
    expect(await page.locator('#f-title').inputValue()).toBe(vi.fresh.titleOf('confidence', ''))
  })
})
