import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fragmentOf, initialState, linkOf, type State, step } from '../client/forms/state.ts'
import { BAR, brokenSentence } from '../client/words/reports/bar.ts'
import { toBase64url } from '../crypto/bytes.ts'
import type { FormFacts } from '../server/reports/facts.ts'
import type { FormAnswer } from '../server/reports/form.ts'
import { formOf } from '../server/reports/forms.ts'
import { complaints, launch, openPage } from './browser.ts'
import { ADDRESS, onPaper, papers, recounted, survey, surveyed } from './papers.ts'
import { differencesFrom, flowOf, textOf, writeGolden } from './pdf.ts'
import { pagesOf, qrIn } from './picture.ts'

const FORMS = ['ballot', 'minutes', 'announcement', 'report'] as const
const PROFILES = ['state', 'party-2018', 'party-2026'] as const
const POLL = 'AAAAAAAAAAAAAAAAAAAAAA'

describe('the print page’s state', () => {
  const asking = initialState('vi', `#${POLL}/minutes?profile=party-2018`)
  const link = asking.link!

  it('reads the address, and writes it the same', () => {
    const fragment = `#${POLL}/report?profile=party-2026&copy=3`
    expect(linkOf(fragment)).toEqual({ poll: POLL, form: 'report', profile: 'party-2026', copy: 3 })
    expect(fragmentOf(linkOf(fragment)!)).toBe(fragment)
    expect(linkOf(`#${POLL}/minutes`)).toMatchObject({ profile: 'state', copy: null })
    expect(linkOf(`#${POLL}/minutes?profile=navy&copy=-1`)).toMatchObject({ profile: 'state', copy: null })
  })

  it.each(['', '#', `#${POLL}`, `#${POLL}/cheque`, '#AAAA/minutes', `#${POLL}x/minutes`])(
    'has no paper at “%s”',
    fragment => {
      expect(initialState('vi', fragment).screen).toEqual({ at: 'nowhere' })
    },
  )

  it('asks again for another profile or paper, and overhears a late answer to the former', () => {
    const turned = step(asking, { type: 'profile', profile: 'state' })
    expect(turned).toMatchObject({ link: { profile: 'state' }, screen: { at: 'asking' } })
    const late = step(turned, { type: 'answered', link, answer: { refused: 'secret' } })
    expect(late).toBe(turned)
    const heard = step(asking, { type: 'answered', link, answer: { refused: 'secret' } })
    expect(heard.screen).toEqual({ at: 'refused', why: 'secret' })
    expect(step(heard, { type: 'again' }).screen).toEqual({ at: 'asking' })
    expect(step(heard, { type: 'form', form: 'report' })).toMatchObject({
      link: { form: 'report', profile: 'party-2018' },
      screen: { at: 'asking' },
    })
  })

  it('follows the address, and stays where it does not move', () => {
    const moved: State = step(asking, { type: 'moved', fragment: `#${POLL}/ballot` })
    expect(moved).toMatchObject({ link: { form: 'ballot' }, screen: { at: 'asking' } })
    expect(step(moved, { type: 'moved', fragment: fragmentOf(moved.link!) })).toBe(moved)
    expect(step(moved, { type: 'moved', fragment: '#' }).screen).toEqual({ at: 'nowhere' })
  })
})

let facts: FormFacts
let browser: Browser
beforeAll(async () => {
  facts = await papers()
  browser = await launch()
})
afterAll(() => browser?.close())

/** As the server's door answers. */
function answering(of: FormFacts, asked: string[] = []) {
  return (path: string, query: string) => {
    asked.push(`${path}${query}`)
    const [, form] = /\/forms\/([a-z]+)$/.exec(path) ?? []
    const id = FORMS.find(one => one === form)!
    const profile = PROFILES.find(one => query.includes(one))!
    return { body: JSON.stringify(formOf(id, of, profile) satisfies FormAnswer) }
  }
}

type Door = ReturnType<typeof answering> | ((path: string, query: string) => { status: number; body: string })

/** In a browser that knows nothing yet; closing the tab ends it. */
async function open(
  fragment: string,
  door: Door,
  language: 'vi' | 'en' = 'vi',
  how: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...how })
  const tab = await openPage(context, 'forms', fragment, door)
  if (language === 'en') await tab.getByRole('button', { name: BAR.vi.otherLanguage }).click()
  await tab.waitForSelector('[data-screen]:not([data-screen="asking"])')
  return tab
}

const pdfOf = async (tab: Page): Promise<Uint8Array> => new Uint8Array(await tab.pdf({ preferCSSPageSize: true }))

describe('the print page', () => {
  it.each(PROFILES.flatMap(profile => FORMS.map(form => ({ form, profile }))))(
    'prints $form ($profile) as it was looked at',
    async ({ form, profile }) => {
      const tab = await open(`#${POLL}/${form}?profile=${profile}`, answering(facts))
      const pdf = await pdfOf(tab)
      writeGolden(`${form}-${profile}`, pdf)
      expect(differencesFrom(`${form}-${profile}`, pdf)).toEqual([])
      await tab.context().close()
    },
  )

  it.each([
    ['report', 'groups', surveyed],
    ['report', 'survey', survey],
    ['minutes', 'paper', onPaper],
    ['ballot', 'paper', onPaper],
  ] as const)('prints %s (%s) as it was looked at', async (form, name, of) => {
    const tab = await open(`#${POLL}/${form}?profile=state`, answering(of(facts)))
    const pdf = await pdfOf(tab)
    writeGolden(`${form}-${name}`, pdf)
    expect(differencesFrom(`${form}-${name}`, pdf)).toEqual([])
    await tab.context().close()
  })

  it('draws a bar for every line and group, each part in a pattern of its own, and says it in words too', async () => {
    const tab = await open(`#${POLL}/report?profile=state`, answering(surveyed(facts)))
    const bars = await tab.evaluate<readonly { label: string; fills: string[]; widths: number[] }[]>(
      `[...document.querySelectorAll('.bar-row')].map(row => ({
        label: row.querySelector('svg').getAttribute('aria-label'),
        fills: [...row.querySelectorAll('[data-fill]')].map(part => part.dataset.fill),
        widths: [...row.querySelectorAll('rect')].map(part => parseFloat(part.getAttribute('width'))),
      }))`,
    )
    // Four scales and yes or no, each as a whole and by two unions; five choices.
    expect(bars.length).toBe(5 * 3 + 5)
    const overall = bars.find(({ label }) => label.startsWith('Năng lực'))!
    expect(overall.label).toBe('Năng lực quản lý, điều hành, Xuất sắc 6, Tốt 16, Trung bình 19, Kém 6')
    expect(overall.fills).toEqual(['solid', 'stripes', 'dots', 'level'])
    for (const { widths } of bars) expect(widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(1100, 6)
    expect(await complaints(tab)).toEqual([])
    await tab.context().close()
  })

  it('would notice a line that is missing, or another profile', async () => {
    const short = { ...facts, minutes: { ...facts.minutes, witnesses: [], titles: [], opinions: 'Không.\nKhông.' } }
    const tab = await open(`#${POLL}/minutes?profile=state`, answering(short))
    expect(differencesFrom('minutes-state', await pdfOf(tab))).not.toEqual([])
    await tab.getByLabel(BAR.vi.profile).selectOption('party-2018')
    await tab.waitForSelector('.paper.underlined')
    expect(differencesFrom('report-state', await pdfOf(tab))).not.toEqual([])
    await tab.context().close()
  })

  it('prints the numbers of the count, page numbers from the second page, the codes at every foot, and the QR', async () => {
    const tab = await open(`#${POLL}/minutes?profile=state`, answering(facts))
    const pdf = await pdfOf(tab)
    const text = textOf(pdf)
    for (const said of ['40,43', '4,26', '53,19', '55 đã in = 50 phát ra + 3', 'Tỷ lệ % trên số phiếu thu'])
      expect(flowOf(text)).toContain(said)
    // Nothing of the bar.
    expect(text).not.toContain(BAR.vi.download)
    const pages = text.split('\f').slice(0, -1)
    expect(pages.length).toBe(3)
    expect(pages.map(page => page.trim().split('\n')[0]!.trim())).toEqual([
      expect.stringContaining('CỘNG HÒA'),
      '2',
      '3',
    ])
    for (const page of pages) expect(page).toContain('Biên bản kiểm phiếu – mã hồ sơ gốc')
    expect(qrIn(pagesOf(pdf).at(-1)!)).toBe(`${ADDRESS}/verify#poll=${toBase64url(facts.manifestHash!)}`)
    await tab.context().close()
  })

  it('sets the paper in its own font, whatever fonts there are', async () => {
    const tab = await open(`#${POLL}/minutes`, answering(facts))
    const faces = await tab.evaluate<readonly string[]>(
      `[...document.fonts].filter(face => face.status === 'loaded').map(face => face.family + ' ' + face.weight)`,
    )
    expect(faces).toContain('Tinos 400')
    expect(faces).toContain('Tinos 700')
    await tab.context().close()
  })

  it('prints the mark of a rehearsal on every page, and the stamp and number of a copy', async () => {
    const secret = { ...facts, stamp: 'mat' as const, copy: 3, rehearsal: true }
    const tab = await open(`#${POLL}/minutes?profile=state&copy=3`, answering(secret))
    const text = textOf(await pdfOf(tab))
    expect(flowOf(text)).toContain('Bản số: 03')
    expect(text).toContain('MẬT')
    expect(differencesFrom('minutes-state', await pdfOf(tab))).not.toEqual([])
    // Nothing but the printer: no download, no other paper under this number.
    expect(await tab.getByText(BAR.vi.download).count()).toBe(0)
    expect(await tab.getByLabel(BAR.vi.form).count()).toBe(0)
    await expect(tab.getByText(BAR.vi.secretNote(3)).isVisible()).resolves.toBe(true)
    await tab.context().close()
    const plain = await open(`#${POLL}/minutes?profile=state`, answering(facts))
    expect(await plain.getByText(BAR.vi.download).getAttribute('href')).toBe(
      `/api/leader/polls/${POLL}/forms/minutes/docx?profile=state`,
    )
    await plain.context().close()
  })

  it('asks the door for what is chosen, and keeps the address with it', async () => {
    const asked: string[] = []
    const tab = await open(`#${POLL}/minutes?profile=state`, answering(facts, asked))
    await tab.getByLabel(BAR.vi.profile).selectOption('party-2026')
    await tab.getByText('ĐẢNG CỘNG SẢN VIỆT NAM').waitFor()
    await tab.getByLabel(BAR.vi.form).selectOption('report')
    await tab.getByRole('heading', { name: 'BÁO CÁO' }).waitFor()
    expect(asked).toEqual([
      `/api/leader/polls/${POLL}/forms/minutes?profile=state`,
      `/api/leader/polls/${POLL}/forms/minutes?profile=party-2026`,
      `/api/leader/polls/${POLL}/forms/report?profile=party-2026`,
    ])
    expect(await tab.evaluate('location.hash')).toBe(`#${POLL}/report?profile=party-2026`)
    expect(await tab.getByText(BAR.vi.back).getAttribute('href')).toBe(`/lanh-dao#${POLL}/giay-to`)
    expect(await tab.title()).toBe('Báo cáo kết quả')
    await tab.context().close()
  })

  it('opens the printer’s window by its main button', async () => {
    const tab = await open(`#${POLL}/ballot`, answering(facts))
    await tab.evaluate('window.print = () => { document.title = "printing" }')
    await tab.getByRole('button', { name: BAR.vi.print }).click()
    expect(await tab.title()).toBe('printing')
    await tab.context().close()
  })

  it('speaks English around a paper that stays Vietnamese', async () => {
    const tab = await open(`#${POLL}/minutes?profile=state`, answering(facts), 'en')
    await tab.getByRole('button', { name: BAR.en.print }).waitFor()
    expect(await tab.evaluate('document.documentElement.lang')).toBe('en')
    expect(await tab.locator('.paper').getAttribute('lang')).toBe('vi')
    await expect(tab.getByRole('heading', { name: 'BIÊN BẢN KIỂM PHIẾU' }).isVisible()).resolves.toBe(true)
    await tab.context().close()
  })

  it.each(['vi', 'en'] as const)('lists the broken rules instead of printing (%s)', async language => {
    const broken = { ...facts, minutes: { ...facts.minutes, unused: 4 }, absent: [] }
    const answer = formOf('minutes', broken, 'state')
    const rules = 'unprintable' in answer ? answer.unprintable : []
    expect(rules.map(({ rule }) => rule)).toEqual(['attendance', 'printed'])
    const tab = await open(`#${POLL}/minutes`, answering(broken), language)
    await tab.getByRole('heading', { name: BAR[language].unprintable }).waitFor()
    for (const rule of rules) await tab.getByText(brokenSentence(rule, language)).waitFor()
    expect(await tab.getByRole('button', { name: BAR[language].print }).count()).toBe(0)
    expect(await complaints(tab)).toEqual([])
    await tab.context().close()
  })

  it.each([
    ['secret', 403],
    ['not-yours', 403],
    ['needs-login', 401],
    ['wrong-state', 409],
    ['failed', 500],
  ] as const)('says what to do where the door says %s', async (refused, status) => {
    const tab = await open(`#${POLL}/minutes`, () => ({ status, body: JSON.stringify({ refused }) }))
    const { title, text } = BAR.vi.refused[refused] ?? BAR.vi.failed
    await tab.getByRole('heading', { name: title }).waitFor()
    await tab.getByText(text).waitFor()
    await tab.getByRole('button', { name: BAR.vi.again }).waitFor()
    await tab.context().close()
  })

  it('says so where the address names no paper', async () => {
    const tab = await open('#', answering(facts))
    await tab.getByRole('heading', { name: BAR.vi.noForm.title }).waitFor()
    expect(await complaints(tab)).toEqual([])
    await tab.context().close()
  })

  it.each(['vi', 'en'] as const)('has nothing to complain of for axe-core (%s), in light and dark', async language => {
    const many = recounted(facts, { titles: ['Giám đốc Sở A', 'Giám đốc Sở B', 'Giám đốc Sở C'] })
    const papersToSee = [
      [many, 'minutes'],
      [{ ...facts, rehearsal: true }, 'ballot'],
      [{ ...facts, stamp: 'mat' as const }, 'report'],
    ] as const
    for (const [of, form] of papersToSee) {
      const colorScheme = language === 'vi' ? ('dark' as const) : ('light' as const)
      const tab = await open(`#${POLL}/${form}`, answering(of), language, { colorScheme })
      expect(await complaints(tab)).toEqual([])
      await tab.context().close()
    }
  })

  it('can be read on a small window with large letters: the paper scrolls, the bar does not cover it', async () => {
    const tab = await open(`#${POLL}/minutes`, answering(facts), 'vi', { viewport: { width: 390, height: 800 } })
    await tab.evaluate('document.documentElement.style.fontSize = "200%"')
    const wide = await tab.evaluate<number>('document.documentElement.scrollWidth')
    expect(wide).toBeLessThanOrEqual(390)
    expect(await tab.evaluate<string>(`getComputedStyle(document.querySelector('.bar')).position`)).toBe('static')
    await tab.context().close()
  })
})
