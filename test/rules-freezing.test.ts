/**
 * A local regulation in Chromium, over a real server: begun from the guided form, filled in, refused while something is
 * missing, proposed by one person, entered again by another, frozen, read by anybody.
 */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LOGIN } from '../client/words/login.ts'
import { PACKS } from '../client/words/packs.ts'
import { type Running, startServer } from '../server/node.ts'
import { readPack } from '../server/rules/read.ts'
import type { PackDraftView, PackText } from '../server/wire/packs.ts'
import { builtPages, complaints, launch } from './browser.ts'
import { cookieOf, json, PASSWORD, personWith, said, type Visitor, visitorWith } from './office.ts'

const words = PACKS.vi
const ID = 'lay-phieu-danh-gia-122'
const COPY = 'Bản sao lưu tại Văn phòng Sở A'

let folder: string
let server: Running
let browser: Browser
let first: Visitor
let base: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'phieukin-rules-'))
  server = await startServer({
    data: join(folder, 'data'),
    pages: await builtPages(),
    host: '127.0.0.1',
    port: 0,
    publicUrl: null,
    tls: null,
    lastCallMs: 4000,
    newPassword: false,
    log: () => {},
  })
  base = `http://localhost:${server.port}`
  const link = server.setupLink!.split('#setup.')[1]!
  first = visitorWith(ask, cookieOf(await ask('/api/account/setup', json({ link, password: PASSWORD }))))
  await personWith(ask, first, { name: 'Thư ký Sở A', role: 'secretary', polls: null, login: 'thu-ky' })
  browser = await launch()
})

afterAll(async () => {
  await browser.close()
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

const ask = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${server.port}${path}`, init)
const frozen = async (): Promise<readonly PackText[]> => said(await ask('/api/packs'))

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true })
const field = (page: Page, id: string) => page.locator(`[id="${id}"]`)

async function visitor(): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  // A fault in the page ends the test by the name it has.
  page.on('pageerror', error => found.push(`pageerror: ${error.message}`))
  await page.goto(`${base}/quy-tac`)
  await heading(page, words.list.title).waitFor()
  return page
}

async function logIn(page: Page, login: string): Promise<void> {
  await page.getByLabel(LOGIN.vi.login.name, { exact: true }).fill(login)
  await page.getByLabel(LOGIN.vi.login.password, { exact: true }).fill(PASSWORD)
  await button(page, LOGIN.vi.login.act).click()
}

async function member(login: string): Promise<Page> {
  const page = await visitor()
  await button(page, words.login).click()
  await logIn(page, login)
  await heading(page, words.list.begin).waitFor()
  return page
}

/** What axe-core finds on each screen, in both colour schemes and at twice the text size, and what runs out of a phone. */
const found: string[] = []
async function inspect(page: Page, name: string): Promise<void> {
  const note = (how: string, what: readonly string[]) => found.push(...what.map(one => `${name}, ${how}: ${one}`))
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    note(colorScheme, await complaints(page))
  }
  for (const [width, size] of [
    [360, '100%'],
    [1280, '200%'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 })
    await page.evaluate(text => {
      document.documentElement.style.fontSize = text
    }, size)
    const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    if (over > 0) note(`${width} px, ${size}`, [`${over} px too wide`])
  }
  await page.evaluate(() => {
    document.documentElement.style.fontSize = ''
  })
  await page.setViewportSize({ width: 1280, height: 900 })
}

const section = (page: Page, name: keyof typeof words.sections) =>
  page
    .getByRole('navigation')
    .getByRole('button', { name: new RegExp(`^${words.sections[name]}`) })
    .click()

const isSaved = (page: Page) => page.getByRole('status').filter({ hasText: words.saved }).first().waitFor()

/** Article and source: a source that stands in the list is chosen, the first time it is written. */
async function basis(page: Page, path: string, article: string): Promise<void> {
  const select = field(page, `f-${path}`)
  await field(page, `f-${path}-article`).fill(article)
  const known = await select.locator('option', { hasText: COPY }).count()
  if (known > 0) await select.selectOption({ label: COPY })
  else {
    await select.selectOption('other')
    await field(page, `f-${path}-source`).fill(COPY)
  }
}

async function band(page: Page, n: number, operator: string, fraction: readonly [string, string], label: string) {
  const at = `f-bands-${n}`
  await field(page, `${at}-option`).selectOption({ label: 'Chưa đạt' })
  await field(page, `${at}-from-operator`).selectOption(operator)
  await field(page, `${at}-from-fraction`).fill(fraction[0])
  await field(page, `${at}-from-fraction-d`).fill(fraction[1])
  await field(page, `${at}-label`).fill(label)
  await basis(page, `bands-${n}-basis`, 'Điều 9')
}

async function figures(page: Page, operator: string): Promise<void> {
  const pick = (id: string, value: string) => field(page, id).selectOption(value)
  const fraction = async (id: string, n: string, d: string) => {
    await field(page, id).fill(n)
    await field(page, `${id}-d`).fill(d)
  }
  await field(page, 'b-band-0-option').selectOption({ label: 'Chưa đạt' })
  await pick('b-band-0-from-operator', '>')
  await fraction('b-band-0-from', '1', '2')
  await pick('b-band-0-to-operator', '<')
  await fraction('b-band-0-to', '3', '4')
  await button(page, `+ ${words.add.bands}`).click()
  await field(page, 'b-band-1-option').selectOption({ label: 'Chưa đạt' })
  await pick('b-band-1-from-operator', operator)
  await fraction('b-band-1-from', '3', '4')
  await pick('b-band-1-to-operator', 'none')
}

describe('a local regulation', () => {
  let writer: Page
  let link: string

  it('is begun from the guided form, which fills in what is known and leaves the rest', async () => {
    writer = await member('to-chuc')
    await inspect(writer, 'list')
    await button(writer, words.list.form122).click()
    await heading(writer, words.sections.text).waitFor()
    await isSaved(writer)
    link = writer.url()
    expect(await field(writer, 'f-citation-number').inputValue()).toBe('122-QĐ/BCSĐ')
    expect(await field(writer, 'f-citation-date').inputValue()).toBe('11/05/2022')
    await writer.getByText(words.guide.copy).waitFor()
    await inspect(writer, 'text')
    await section(writer, 'count')
    expect(await field(writer, 'f-denominator-of').inputValue()).toBe('')
    expect(await field(writer, 'f-quorum-fraction').inputValue()).toBe('')
    await inspect(writer, 'count, empty')
  })

  it('lists what is missing, each with its field, and cannot be proposed', async () => {
    await section(writer, 'freeze')
    expect(await button(writer, words.freeze.propose).isDisabled()).toBe(true)
    await inspect(writer, 'problems')
    await writer.getByRole('button', { name: `${words.fields['denominator.of']}: ${words.problems.missing}` }).click()
    await heading(writer, words.sections.count).waitFor()
    await expect.poll(() => writer.evaluate(() => document.activeElement?.id)).toBe('f-denominator-of')
  })

  it('is filled in from the agency’s copy, and saved as it is typed', async () => {
    await section(writer, 'text')
    await field(writer, 'f-citation-basis-source').fill(COPY)
    await section(writer, 'options')
    await field(writer, 'f-template').selectOption('free')
    for (const [i, label] of ['Đạt', 'Đạt một phần', 'Chưa đạt'].entries()) {
      await button(writer, `+ ${words.add.options}`).click()
      await field(writer, `f-options-${i}-label`).fill(label)
    }
    await field(writer, 'f-lowest').selectOption({ label: 'Chưa đạt' })
    await basis(writer, 'optionsBasis', 'Điều 5')
    await inspect(writer, 'options')
    await section(writer, 'count')
    await field(writer, 'f-quorum-fraction').fill('2')
    await field(writer, 'f-quorum-fraction-d').fill('3')
    await field(writer, 'f-quorum-of').selectOption('convened')
    await basis(writer, 'quorum-basis', 'Điều 6')
    await field(writer, 'f-denominator-of').selectOption('collected')
    await basis(writer, 'denominator-basis', 'Điều 8')
    await section(writer, 'more')
    await field(writer, 'f-disclosure-default').selectOption('authority')
    await basis(writer, 'disclosure-basis', 'Điều 10')
    await inspect(writer, 'more')
    await isSaved(writer)
  })

  it('takes thresholds whose upper bounds follow, and warns of a verdict', async () => {
    await section(writer, 'bands')
    await button(writer, `+ ${words.add.bands}`).click()
    await band(writer, 0, '>', ['1', '2'], 'Quá nửa chưa đạt')
    await field(writer, 'f-bands-0-consequence').fill('phải kiểm điểm')
    await writer.getByText(words.proposalHelp.warn).waitFor()
    await field(writer, 'f-bands-0-consequence').fill('')
    await field(writer, 'f-bands-0-measure').selectOption('kiểm điểm trách nhiệm')
    expect(await field(writer, 'f-bands-0-consequence').inputValue()).toBe('xem xét kiểm điểm trách nhiệm')
    await field(writer, 'f-bands-0-actor').fill('Ban Thường vụ')
    await writer.getByText(words.notes.upToAll).waitFor()
    await button(writer, `+ ${words.add.bands}`).click()
    await band(writer, 1, '>=', ['3', '4'], 'Từ ba phần tư chưa đạt')
    await field(writer, 'f-bands-1-measure').selectOption('cho thôi giữ chức vụ')
    await field(writer, 'f-bands-1-actor').fill('Ban Thường vụ')
    await writer.getByText(words.notes.upTo('dưới 3/4')).waitFor()
    await inspect(writer, 'bands')
    await isSaved(writer)
  })

  it('is tried on numbers: smallest counts, empty ranges, products', async () => {
    await section(writer, 'try')
    await field(writer, 'f-numbers').fill('3, 4, 8, 47')
    const cells = (row: number) => writer.locator('table.numbers tbody tr').nth(row).locator('th, td').allTextContents()
    expect(await cells(0)).toEqual(['3', '2', '2', '3'])
    expect(await cells(1)).toEqual(['4', '3', 'không số nào', '3–4'])
    expect(await cells(3)).toEqual(['47', '32', '24–35', '36–47'])
    await field(writer, 'f-row-0-of').fill('48')
    await field(writer, 'f-row-0-chua-dat').fill('36')
    await writer.getByText('36/48, từ 3/4 trở lên: 36 × 4 = 144; 48 × 3 = 144; 144 = 144, đạt').waitFor()
    await inspect(writer, 'try')
  })

  it('is proposed by one person, who cannot freeze it', async () => {
    await section(writer, 'freeze')
    await writer.getByText(words.problems.none).waitFor()
    await inspect(writer, 'freeze')
    await button(writer, words.freeze.propose).click()
    await heading(writer, words.freeze.waiting.title).waitFor()
    await inspect(writer, 'waiting')
    expect(await button(writer, words.blind.confirm).count()).toBe(0)
    const [draft] = await first.get<readonly PackDraftView[]>('/packs/drafts')
    const { sha256 } = draft!.proposed!
    expect(await first.post(`/packs/drafts/${draft!.draft}/confirm`, { sha256 })).toBe('second-person')
    expect((await frozen()).filter(({ id }) => id === ID)).toEqual([])
  })

  it('is entered again by a second person, who sees none of the figures before', async () => {
    const reader = await visitor()
    await reader.goto(link)
    await logIn(reader, 'thu-ky')
    await heading(reader, words.blind.title).waitFor()
    const shown = await reader.locator('main').textContent()
    for (const figure of ['1/2', '3/4', '2/3', 'Điều 9', 'Ban Thường vụ', 'kiểm điểm'])
      expect(shown).not.toContain(figure)
    for (const input of await reader.locator('main input[inputmode=numeric]').all())
      expect(await input.inputValue()).toBe('')
    expect(await button(reader, words.blind.compare).isDisabled()).toBe(true)
    await inspect(reader, 'blind')

    await field(reader, 'b-denominator').selectOption('collected')
    await field(reader, 'b-quorum').fill('2')
    await field(reader, 'b-quorum-d').fill('3')
    await field(reader, 'b-quorum-of').selectOption('convened')
    await field(reader, 'b-histories-absent').check()
    await field(reader, 'b-cap-absent').check()
    await figures(reader, '>')
    await button(reader, words.blind.compare).click()
    await reader.getByText(words.blind.differs).waitFor()
    const row = reader.getByRole('row', { name: words.blind.figures.bands })
    expect(await row.textContent()).toContain('từ 3/4 trở lên')
    expect(await row.textContent()).toContain('trên 3/4')
    await inspect(reader, 'differs')
    expect((await frozen()).filter(({ id }) => id === ID)).toEqual([])
    // What agreed stands; what differed is typed anew.
    expect(await field(reader, 'b-denominator').inputValue()).toBe('collected')
    expect(await field(reader, 'b-band-0-from').inputValue()).toBe('')

    await figures(reader, '>=')
    await button(reader, words.blind.compare).click()
    await reader.getByText(words.blind.equal).waitFor()
    await inspect(reader, 'equal')
    await button(reader, words.blind.confirm).click()
    await reader.getByText(words.pack.frozen).waitFor()
    await inspect(reader, 'frozen')
    await reader.context().close()
  })

  it('is then a pack that anybody reads, under the hash of its bytes', async () => {
    const pack = (await frozen()).find(({ id }) => id === ID)!
    expect(pack).toMatchObject({ version: 1, shipped: false })
    expect(createHash('sha256').update(pack.text).digest('hex')).toBe(pack.sha256)
    expect(readPack(pack.text)).toMatchObject({
      lowest: 'chua-dat',
      bands: [
        { id: 'tren-1-2', from: { operator: '>', fraction: '1/2' }, to: { operator: '<', fraction: '3/4' } },
        {
          id: 'tu-3-4',
          from: { operator: '>=', fraction: '3/4' },
          to: null,
          basis: { article: 'Điều 9', source: COPY },
        },
      ],
    })
    const anybody = await visitor()
    await anybody.getByRole('link', { name: new RegExp(pack.title) }).click()
    await heading(anybody, pack.title).waitFor()
    const table = await anybody.getByRole('table', { name: words.reading.parts.bands }).textContent()
    for (const text of ['“Chưa đạt” từ 3/4 trở lên', 'đề nghị Ban Thường vụ xem xét', 'Điều 9', COPY])
      expect(table).toContain(text)
    expect(await anybody.locator('td.marked').count()).toBeGreaterThan(0)
    expect(await button(anybody, words.pack.next).count()).toBe(0)
    await anybody.getByText(words.trial.title).click()
    await field(anybody, 'f-numbers').fill('47')
    expect(await anybody.locator('table.numbers tbody').textContent()).toBe('473224–3536–47')
    await inspect(anybody, 'pack, tried')
    await anybody.getByText(words.pack.text).click()
    expect(await anybody.locator('.machine').textContent()).toContain(`sha256sum ${ID}-v1.json`)
    expect(await anybody.locator('.machine .hash').first().textContent()).toBe(pack.sha256)
    await anybody.context().close()
  })

  it('is never changed: the next version is a draft of its own, compared with the first', async () => {
    await writer.goto(`${base}/quy-tac`)
    const pack = (await frozen()).find(({ id }) => id === ID)!
    await writer.goto(`${base}/quy-tac#${pack.sha256}`)
    await button(writer, words.pack.next).click()
    await heading(writer, words.sections.text).waitFor()
    await isSaved(writer)
    expect(await field(writer, 'f-version').inputValue()).toBe('2')
    await section(writer, 'bands')
    await field(writer, 'f-bands-1-from-operator').selectOption('>')
    await isSaved(writer)
    await expect
      .poll(async () => (await first.get<readonly PackDraftView[]>('/packs/drafts'))[0]!.text)
      .toContain('"operator": "<="')
    const draft = writer.url().split('#soan.')[1]!
    await writer.goto(`${base}/quy-tac#so-sanh.${pack.sha256}.${draft}`)
    await heading(writer, words.compare.results).waitFor()
    const results = await writer.getByRole('region', { name: words.compare.results }).textContent()
    expect(results).toContain('ở 50 giá trị của N')
    expect(results).toContain('N = 4: 3 phiếu; N = 8: 6 phiếu')
    const differences = await writer.getByRole('region', { name: words.compare.words }).textContent()
    expect(differences).toContain('“Chưa đạt” từ 3/4 trở lên')
    expect(differences).toContain('“Chưa đạt” trên 3/4')
    await inspect(writer, 'compare')
  })

  it('keeps the text of whoever saved later, until people have chosen', async () => {
    const draft = (await first.get<readonly PackDraftView[]>('/packs/drafts'))[0]!
    // The page looks every five seconds: right after a look it does not know yet what another window saves.
    const looked = writer.waitForResponse(answer => answer.url().endsWith('/api/packs/drafts'))
    await writer.goto(`${base}/quy-tac#soan.${draft.draft}`)
    await field(writer, 'f-title').waitFor()
    await looked
    await first.put(`/packs/drafts/${draft.draft}`, {
      version: draft.version,
      text: draft.text.replace('Lấy phiếu đánh giá', 'Lấy phiếu đánh giá lần hai'),
    })
    await field(writer, 'f-title').fill('Của cửa sổ này')
    await writer.getByText(words.stale.title).waitFor()
    await inspect(writer, 'stale')
    await button(writer, words.stale.newer).click()
    await isSaved(writer)
    expect(await field(writer, 'f-title').inputValue()).toContain('lần hai')
  })

  it('speaks English too, and goes by keyboard', async () => {
    await writer.goto(`${base}/quy-tac`)
    await button(writer, words.otherLanguage).click()
    await heading(writer, PACKS.en.list.title).waitFor()
    expect(await writer.title()).toContain(PACKS.en.page)
    await writer.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
    const pack = (await frozen()).find(({ id }) => id === 'tin-nhiem-96-QD-TW')!
    for (let i = 0; i < 40; i++) {
      await writer.keyboard.press('Tab')
      if ((await writer.evaluate(() => document.activeElement?.getAttribute('href'))) === `#${pack.sha256}`) break
    }
    await writer.keyboard.press('Enter')
    await heading(writer, pack.title).waitFor()
    await heading(writer, PACKS.en.reading.parts.bands).waitFor()
    await inspect(writer, 'English')
  })

  it('leaves nothing for axe-core to complain about, and nothing too wide', () => {
    expect(found).toEqual([])
  })
})
