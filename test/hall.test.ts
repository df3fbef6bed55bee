import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clock, initialState, step, wifiText } from '../client/hall/state.ts'
import { HALL } from '../client/words/hall.ts'
import type { HallView } from '../server/wire.ts'
import { complaints, launch, openPage } from './browser.ts'
import { greyOf, qrIn } from './picture.ts'

const HASH = 'A'.repeat(43)
const VIEW: HallView = {
  title: 'Lấy phiếu tín nhiệm đối với Giám đốc Sở A',
  unit: 'Sở A',
  address: 'http://192.168.1.20:8080',
  manifestCode: 'XA6G-DWEV-V6HD',
  wifi: { name: 'Hoi truong A', password: 'mot;hai,ba' },
  state: 'open',
  rehearsal: false,
  lastCall: null,
  expected: 50,
  redeemed: 40,
  cast: 35,
}
const LONG: Partial<HallView> = {
  title:
    'Lấy phiếu tín nhiệm đối với người giữ chức vụ Giám đốc Sở Giáo dục và Đào tạo tỉnh A năm 2026 theo Quy định số 96-QĐ/TW của Bộ Chính trị',
  unit: 'Ủy ban nhân dân tỉnh A – Sở Giáo dục và Đào tạo',
  address: 'https://bo-phieu.so-giao-duc-va-dao-tao.tinh-a.gov.vn',
  rehearsal: true,
  expected: 500,
  redeemed: 495,
  cast: 490,
}

describe('the state of the hall’s screen', () => {
  const start = initialState('vi', `#${HASH}`)
  const said = (view: Partial<HallView>) => step(start, { type: 'said', view: { ...VIEW, ...view } })

  it('shows a poll only where the address names one', () => {
    expect(start.screen.at).toBe('asking')
    expect(initialState('vi', '#short').screen.at).toBe('no-poll')
  })

  it('tells before opening, open, closed, counted and void apart', () => {
    const stages = (['sealing', 'printed', 'open', 'closed', 'counted', 'void'] as const).map(
      state => said({ state }).screen.at,
    )
    expect(stages).toEqual(['before', 'before', 'open', 'closed', 'counted', 'void'])
  })

  it('counts the last call down by itself, to nought and no further', () => {
    let state = said({ lastCall: 2 })
    const left = [1, 2, 3].map(() => {
      state = step(state, { type: 'second' })
      return state.screen.at === 'last-call' ? state.screen.left : null
    })
    expect(left).toEqual([1, 0, 0])
    expect([120, 92, 5, 0].map(clock)).toEqual(['2:00', '1:32', '0:05', '0:00'])
  })

  it('never takes back what it showed of an open poll, whichever process of the server answers', () => {
    const shownAfter = (before: Partial<HallView>, next: Partial<HallView>) => {
      const { screen } = step(said(before), { type: 'said', view: { ...VIEW, ...next } })
      return 'view' in screen ? [screen.view.redeemed, screen.view.cast] : null
    }
    expect(shownAfter({ redeemed: 40, cast: 35 }, { redeemed: 35, cast: 40 })).toEqual([40, 40])
    expect(shownAfter({ redeemed: 40, cast: 35 }, { redeemed: null, cast: null })).toEqual([40, 35])
    expect(shownAfter({ redeemed: null, cast: null }, { redeemed: 5, cast: null })).toEqual([5, null])
    // Begun anew, or closed, it is another matter.
    expect(shownAfter({ redeemed: 40 }, { redeemed: 0, cast: 0, manifestCode: 'another' })).toEqual([0, 0])
    expect(shownAfter({ redeemed: 40 }, { state: 'closed', redeemed: null, cast: null })).toEqual([null, null])
  })

  it('keeps what it showed when the line is lost, and says so until an answer comes', () => {
    const lost = step(said({}), { type: 'lost' })
    expect(lost.screen).toMatchObject({ at: 'open', lost: true })
    expect(step(lost, { type: 'said', view: VIEW }).screen).toMatchObject({ at: 'open', lost: false })
  })

  it('writes a network as phones’ cameras read it', () => {
    expect(wifiText({ name: 'A', password: 'b' })).toBe('WIFI:T:WPA;S:A;P:b;;')
    expect(wifiText({ name: 'a;b:c', password: 'd,"\\' })).toBe('WIFI:T:WPA;S:a\\;b\\:c;P:d\\,\\"\\\\;;')
    expect(wifiText({ name: 'A', password: '' })).toBe('WIFI:T:nopass;S:A;;')
  })
})

type Size = { readonly width: number; readonly height: number }

describe('the hall’s screen in a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  const SCREENS = {
    projector: { width: 1920, height: 1080 },
    'old projector': { width: 1024, height: 768 },
    'screen on its side': { width: 1080, height: 1920 },
  } as const

  /** One window for each size and scheme; what the door says is changed under it. */
  const windows = new Map<string, Page>()
  let said: HallView = VIEW
  async function show(view: Partial<HallView>, viewport: Size, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
    said = { ...VIEW, ...view }
    const key = `${viewport.width} ${colorScheme}`
    const known = windows.get(key)
    if (known) await known.reload()
    const page = known ?? (await openWindow(viewport, colorScheme))
    windows.set(key, page)
    // What is shown while it asks has a title too, and nothing around it.
    for (const part of ['header', 'h1', 'footer']) await page.locator(part).first().waitFor()
    return page
  }
  const openWindow = async (viewport: Size, colorScheme: 'light' | 'dark'): Promise<Page> =>
    openPage(await browser.newContext({ viewport, colorScheme }), 'hall', `#${HASH}`, path =>
      path.endsWith('/hall') ? { body: JSON.stringify(said) } : null,
    )

  /** What lies over the header, over the footer, or beyond the edge. */
  const OUTSIDE = `(() => {
    const top = document.querySelector('header').getBoundingClientRect().bottom
    const bottom = document.querySelector('footer').getBoundingClientRect().top
    return [...document.querySelectorAll('.two *, .hall > .said *')]
      .filter(part => {
        const box = part.getBoundingClientRect()
        return box.top < top - 1 || box.bottom > bottom + 1 || box.left < 0 || box.right > innerWidth
      })
      .map(part => part.outerHTML.slice(0, 80))
  })()`

  const views: readonly Partial<HallView>[] = [
    {},
    LONG,
    { ...LONG, lastCall: 119 },
    { state: 'printed', redeemed: null, cast: null },
    { redeemed: null, cast: null, wifi: null },
    { ...LONG, state: 'closed', redeemed: null, cast: null },
    { state: 'void' },
  ]
  it.each(Object.entries(SCREENS))('has room for everything on a %s', async (_, viewport) => {
    for (const view of views) {
      const page = await show(view, viewport)
      for (const language of ['vi', 'en']) {
        expect(await page.evaluate(OUTSIDE), `${JSON.stringify(view).slice(0, 60)} ${language}`).toEqual([])
        await page.locator('footer button').click()
      }
    }
  })

  it('shows both codes so that a camera reads them, in both colour schemes', async () => {
    for (const scheme of ['light', 'dark'] as const) {
      const page = await show({}, SCREENS.projector, scheme)
      const pictures = await Promise.all((await page.locator('.qr').all()).map(qr => qr.screenshot()))
      expect(pictures.map(png => qrIn(greyOf(png)))).toEqual([wifiText(VIEW.wifi!), `${VIEW.address}/`])
    }
  })

  it('says about how many, and after closing nothing of that', async () => {
    const open = await show({}, SCREENS.projector)
    expect(await open.locator('dd').allInnerTexts()).toEqual(['~ 40 / 50', '~ 35'])
    const closed = await show({ state: 'closed' }, SCREENS.projector)
    expect(await closed.locator('dd').count()).toBe(0)
    expect(await closed.locator('h2').textContent()).toBe(HALL.vi.closed.title)
  })

  it('marks a rehearsal, and nothing else', async () => {
    const rehearsal = await show({ rehearsal: true }, SCREENS.projector)
    expect(await rehearsal.locator('.mark').textContent()).toBe(HALL.vi.rehearsal)
    const real = await show({}, SCREENS.projector)
    expect(await real.locator('.mark').count()).toBe(0)
  })

  it.each(['light', 'dark'] as const)('gives axe nothing to complain about, %s', async scheme => {
    for (const view of [{}, LONG, { state: 'void' } as const, { lastCall: 9 }]) {
      const page = await show(view, SCREENS.projector, scheme)
      expect(await complaints(page)).toEqual([])
    }
  })
})
