import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compare, shortCode } from '../crypto/bytes.ts'
import { type Manifest, parseManifest, writeManifest } from '../crypto/manifest.ts'
import { newKeyPair } from '../crypto/signature.ts'
import { type Card, cardCode, cardLink, newCard, printedCode } from '../crypto/token.ts'
import { electionKeyOf } from '../crypto/trustees.ts'
import { seededRng } from '../server/play/seed.ts'
import { launch } from './browser.ts'
import { buildPoll, ceremonyOf } from './build.ts'
import { textOf } from './pdf.ts'
import { cardsOn, type Picture, pagesOf } from './picture.ts'

const root = join(import.meta.dirname, '..')
const ADDRESS = 'http://192.168.1.20:8080'
/** Of each group. */
const SPARE = 2
const BUNDLE = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
const LONG_TITLE =
  'Lấy phiếu tín nhiệm đối với người giữ chức vụ Giám đốc Sở Giáo dục và Đào tạo tỉnh A năm 2026 theo Quy định số 96-QĐ/TW'
const LONG_ADDRESS = 'https://bo-phieu-kin.phong-to-chuc-can-bo.so-giao-duc.tinh-a.gov.vn:8443'

/** Draws the sheets in a page of nothing else, from what a test can hand over: texts. */
const ENTRY = `
import { Fragment, h, render } from 'preact'
import { parseManifest } from '${root}/crypto/manifest.ts'
import { readCardCode } from '${root}/crypto/token.ts'
import { ChairSheet } from '${root}/client/organiser/cards/chair.tsx'
import { CardSheets } from '${root}/client/organiser/cards/sheets.tsx'
import { officialFont } from '${root}/client/official.ts'
import { paperOf } from '${root}/client/paper.ts'
import '${root}/client/style.css'
window.show = async ({ text, codes, address, language, absent, groups, bundleHex }) => {
  const manifest = parseManifest(text)
  const cards = codes.map(readCardCode)
  const chair = { manifest, paper: paperOf(manifest), absent, groups, bundleHex, language }
  render(h(Fragment, null, h(CardSheets, { manifest, cards, address, language }), h(ChairSheet, chair)), document.body)
  await officialFont()
}`

interface Print {
  readonly manifest: Manifest
  readonly cards: readonly Card[]
  readonly address: string
  readonly language: 'vi' | 'en'
}

let browser: Browser
let page: Page
beforeAll(async () => {
  const built = await build({
    configFile: false,
    root,
    logLevel: 'error',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    plugins: [
      {
        name: 'entry',
        resolveId: id => (id.endsWith('/entry') ? '\0entry' : null),
        load: id => (id === '\0entry' ? ENTRY : null),
      },
    ],
    build: {
      write: false,
      target: ['chrome90', 'safari15'],
      lib: { entry: 'entry', formats: ['iife'], name: 'sheets' },
    },
  })
  const output = [built].flat().flatMap(one => ('output' in one ? one.output : []))
  browser = await launch()
  page = await browser.newPage()
  await page.emulateMedia({ media: 'print' })
  await page.setContent('<!doctype html><html lang="vi"><body></body></html>')
  for (const file of output)
    if (file.type === 'chunk') await page.addScriptTag({ content: file.code })
    else await page.addStyleTag({ content: String(file.source) })
})
afterAll(() => browser?.close())

const { text: _text, hash: _hash, ...fields } = buildPoll(1).manifest
const rng = seededRng(5)
const issuers = Array.from({ length: 12 }, () => newKeyPair(rng).public)

/** With as many groups as there are labels, and words or a team of its own. */
function manifestWith(
  words: Readonly<Record<string, unknown>> = {},
  labels: readonly string[] = ['Người tham dự'],
  change: Partial<typeof fields> = {},
): Manifest {
  const poll = { ...fields.poll, unit: 'Sở A', ...words }
  const groups = labels.map((label, g) => ({
    ...fields.groups[0]!,
    id: `nhom-${g + 1}`,
    label,
    issuer: issuers[g]!,
  }))
  return parseManifest(writeManifest({ ...fields, poll, groups, ...change }))
}

const cardsOf = (n: number, group = 0): readonly Card[] => Array.from({ length: n }, () => newCard(group, rng))

async function show({ manifest, cards, address, language }: Print): Promise<void> {
  const groups = manifest.groups.map(({ label }, g) => {
    const own = cards.filter(({ group }) => group === g).length
    return { label, convened: own - SPARE, cards: own }
  })
  const codes = cards.map(cardCode)
  const given = { text: manifest.text, codes, address, language, absent: 3, groups, bundleHex: BUNDLE }
  await page.evaluate(`show(${JSON.stringify(given)})`)
}

const DPI = 200
const dots = (mm: number): number => Math.round((mm / 25.4) * DPI)

/** What comes out of a printer: the PDF that the browser makes, page by page. */
const printed = async (): Promise<readonly Picture[]> =>
  pagesOf(new Uint8Array(await page.pdf({ preferCSSPageSize: true })))

/** Where dark lines cross one row or column of a picture, in millimetres. */
function linesAcross({ width, height, grey }: Picture, along: 'row' | 'column', at: number): readonly number[] {
  const length = along === 'row' ? width : height
  const dark = Array.from(
    { length },
    (_, i) => grey[along === 'row' ? dots(at) * width + i : i * width + dots(at)]! < 160,
  )
  const starts = dark.flatMap((is, i) => (is && !dark[i - 1] ? [i] : []))
  return starts.map(start => {
    const end = dark.indexOf(false, start)
    return (((start + end) / 2) * 25.4) / DPI
  })
}

const near = (found: readonly number[], expected: readonly number[]): boolean =>
  found.length === expected.length && found.every((mm, i) => Math.abs(mm - expected[i]!) < 0.3)

/** By card: what shows besides the QR and the typed code; and what reaches out of its place. */
const looks = () =>
  page.evaluate<{ readonly text: string; readonly outside: readonly string[] }[]>(`
    [...document.querySelectorAll('.card')].map(card => {
      const box = card.getBoundingClientRect()
      const foot = card.querySelector('.card-foot').getBoundingClientRect()
      const inside = (part, bottom) => {
        const one = part.getBoundingClientRect()
        return one.left >= box.left && one.right <= box.right + 0.5 && one.top >= box.top && one.bottom <= bottom + 0.5
      }
      const outside = [
        ...[...card.querySelectorAll('.card-text > *, .qr')].filter(part => !inside(part, foot.top)),
        ...[...card.querySelectorAll('.card-foot')].filter(part => !inside(part, box.bottom)),
      ].map(part => part.getAttribute('class'))
      const copy = card.cloneNode(true)
      copy.querySelector('.qr path').remove()
      copy.querySelector('.card-code').remove()
      return { text: copy.innerHTML, outside }
    })`)

const manifest = manifestWith()

const nine = ceremonyOf(fields.poll.id, rng, 9, 5).trustees.map(trustee => ({
  ...trustee,
  name: `Phó Trưởng phòng Tổ chức cán bộ ${trustee.index}`,
}))
const crowded = manifestWith({ title: LONG_TITLE }, undefined, {
  trustees: nine,
  threshold: 5,
  electionKey: electionKeyOf(nine),
})

describe('printed cards', () => {
  it('come ten on an A4 sheet of 2 × 5, each 90 × 54 mm, with cut marks where cards end', async () => {
    await show({ manifest, cards: cardsOf(47), address: ADDRESS, language: 'vi' })
    const pictures = await printed()
    expect(pictures).toHaveLength(6)
    for (const { width, height } of pictures) {
      expect(Math.abs(width - dots(210))).toBeLessThanOrEqual(1)
      expect(Math.abs(height - dots(297))).toBeLessThanOrEqual(1)
    }
    const columns = [15, 105, 195]
    const rows = [0, 1, 2, 3, 4, 5].map(i => 13.5 + 54 * i)
    for (const picture of pictures.slice(0, 5)) {
      expect(near(linesAcross(picture, 'row', 9), columns)).toBe(true)
      expect(near(linesAcross(picture, 'row', 288), columns)).toBe(true)
      expect(near(linesAcross(picture, 'column', 10), rows)).toBe(true)
      expect(near(linesAcross(picture, 'column', 200), rows)).toBe(true)
    }
    const places = await page.evaluate<number[][]>(`
      [...document.querySelectorAll('.sheet.cards')].flatMap(sheet => [...sheet.querySelectorAll('.card')].map(card => {
        const [a, b] = [sheet.getBoundingClientRect(), card.getBoundingClientRect()]
        return [b.left - a.left, b.top - a.top, b.width, b.height].map(px => Math.round((px / 96) * 254) / 10)
      }))`)
    expect(places).toEqual(places.map((_, i) => [columns[i % 2], rows[Math.floor((i % 10) / 2)], 90, 54]))
    expect(places).toHaveLength(47)
  })

  it('are read back from the picture, every one', async () => {
    const cards = cardsOf(47)
    await show({ manifest, cards, address: ADDRESS, language: 'vi' })
    const pictures = await printed()
    expect(pictures.slice(0, 5).flatMap(cardsOn)).toEqual(cards.map(card => cardLink(ADDRESS, card, manifest.hash)))
  })

  it('differ in nothing but QR and typed code, and say the code in six groups of five', async () => {
    const cards = cardsOf(23)
    await show({ manifest, cards, address: ADDRESS, language: 'vi' })
    const found = await looks()
    expect(new Set(found.map(({ text }) => text)).size).toBe(1)
    expect(found[0]!.text).toContain(shortCode(manifest.hash))
    const codes = await page.locator('.card-code').allInnerTexts()
    expect(codes.map(code => code.replace(/\s+/g, ' '))).toEqual(cards.map(printedCode))
  })

  const fitting: Readonly<Record<string, Partial<Print>>> = {
    'an ordinary title': {},
    English: { language: 'en' },
    'a long title and a long address': { manifest: manifestWith({ title: LONG_TITLE }), address: LONG_ADDRESS },
    'a title of one long word': { manifest: manifestWith({ title: 'X'.repeat(200) }) },
    'a rehearsal': { manifest: manifestWith({ rehearsal: true }) },
  }
  it.each(Object.entries(fitting))('have room for %s', async (_, print) => {
    const given: Print = { manifest, cards: cardsOf(3), address: ADDRESS, language: 'vi', ...print }
    await show(given)
    expect((await looks()).map(({ outside }) => outside)).toEqual([[], [], []])
    const [picture] = await printed()
    expect(cardsOn(picture!)).toEqual(given.cards.map(card => cardLink(given.address, card, given.manifest.hash)))
  })

  it('of a rehearsal say so, each of them and the sheet for the chair, and no others', async () => {
    const marks = () => page.locator('.card .watermark, .chair .watermark').allInnerTexts()
    await show({ manifest: manifestWith({ rehearsal: true }), cards: cardsOf(12), address: ADDRESS, language: 'vi' })
    expect(await marks()).toEqual(Array(13).fill('DIỄN TẬP'))
    await show({ manifest, cards: cardsOf(12), address: ADDRESS, language: 'vi' })
    expect(await marks()).toEqual([])
  })

  it('come for 500 people too', async () => {
    await show({ manifest, cards: cardsOf(500), address: ADDRESS, language: 'vi' })
    expect(await page.locator('.sheet.cards').count()).toBe(50)
    expect(await page.locator('.card').count()).toBe(500)
  })
})

describe('cards of several groups', () => {
  const LABELS = ['Cấp trên', 'Cùng cấp', 'Cấp dưới']
  const grouped = manifestWith({}, LABELS)
  const drawn = [cardsOf(4, 0), cardsOf(11, 1), cardsOf(20, 2)]
  /** Groups mixed, as the shuffling leaves them. */
  const mixed = drawn.flat().toSorted((a, b) => compare(a.s, b.s))

  it('bear their group’s label, and differ in nothing else but QR and typed code', async () => {
    await show({ manifest: grouped, cards: mixed, address: ADDRESS, language: 'vi' })
    const found = await looks()
    const labels = await page.locator('.card-group').allInnerTexts()
    expect(labels).toEqual(LABELS.flatMap((label, g) => drawn[g]!.map(() => label)))
    expect(new Set(found.map(({ text }, i) => text.replaceAll(labels[i]!, ''))).size).toBe(1)
    expect(found.flatMap(({ outside }) => outside)).toEqual([])
    const codes = (await page.locator('.card-code').allInnerTexts()).map(code => code.replace(/\s+/g, ' '))
    expect(new Set(codes.map(code => code.length)).size).toBe(1)
    expect([...codes].sort()).toEqual(mixed.map(printedCode).sort())
  })

  it('begin a new sheet for each group, and stand within it in the order in which they were shuffled', async () => {
    await show({ manifest: grouped, cards: mixed, address: ADDRESS, language: 'vi' })
    const sheets = await page.evaluate<string[][]>(`[...document.querySelectorAll('.sheet.cards')].map(sheet =>
      [...sheet.querySelectorAll('.card-group')].map(one => one.textContent))`)
    expect(sheets.map(labels => [new Set(labels).size, labels[0], labels.length])).toEqual([
      [1, 'Cấp trên', 4],
      [1, 'Cùng cấp', 10],
      [1, 'Cùng cấp', 1],
      [1, 'Cấp dưới', 10],
      [1, 'Cấp dưới', 10],
    ])
    const pictures = await printed()
    const links = LABELS.flatMap((_, g) => mixed.filter(({ group }) => group === g)).map(card =>
      cardLink(ADDRESS, card, grouped.hash),
    )
    expect(pictures.slice(0, 5).flatMap(cardsOn)).toEqual(links)
  })

  it('say on paper what they say on the page, ten times a sheet', async () => {
    await show({ manifest: grouped, cards: mixed, address: ADDRESS, language: 'vi' })
    const pages = textOf(new Uint8Array(await page.pdf({ preferCSSPageSize: true }))).split('\f')
    const times = (text: string, label: string) => text.split(label).length - 1
    expect(pages.slice(0, 5).map(text => LABELS.map(label => times(text, label)))).toEqual([
      [4, 0, 0],
      [0, 10, 0],
      [0, 1, 0],
      [0, 0, 10],
      [0, 0, 10],
    ])
    // Two full sheets of different groups: the same letters, but for label and codes.
    const bare = (text: string, label: string) =>
      text
        .replaceAll(label, 'LABEL')
        .replaceAll(/\b[0-9A-HJKMNP-TV-Z]{5}\b/g, 'CODES')
        .replaceAll(/ +/g, ' ')
    expect(bare(pages[3]!, LABELS[2]!)).toBe(bare(pages[1]!, LABELS[1]!))
    expect(bare(pages[1]!, LABELS[1]!)).toContain('CODES CODES CODES')
  })

  it('have everything in the same place, whatever the label says', async () => {
    const labels = ['A', 'Cấp ủy, chính quyền', 'Đại diện các tổ chức đoàn thể', `${'Đoàn thể '.repeat(12)}`.trim()]
    for (const title of ['Lấy phiếu tín nhiệm đối với Giám đốc Sở A', LONG_TITLE]) {
      const manifest = manifestWith({ title }, labels)
      const cards = labels.map((_, g) => cardsOf(1, g)[0]!)
      await show({ manifest, cards, address: LONG_ADDRESS, language: 'vi' })
      expect((await looks()).map(({ outside }) => outside)).toEqual([[], [], [], []])
      const places = await page.evaluate<string[]>(`[...document.querySelectorAll('.card')].map(card => {
        const from = card.getBoundingClientRect()
        return JSON.stringify([...card.querySelectorAll('*:not(.qr *)')].map(part => {
          const box = part.getBoundingClientRect()
          return [part.getAttribute('class')?.replace(/ .*/, ''), box.left - from.left, box.top - from.top, box.height]
        }))
      })`)
      expect(new Set(places).size).toBe(1)
    }
  })

  it('say nothing of a group where there is one', async () => {
    await show({ manifest, cards: cardsOf(3), address: ADDRESS, language: 'vi' })
    expect(await page.locator('.card-group, .card.grouped').count()).toBe(0)
    expect(await page.locator('.sheet.chair').count()).toBe(1)
  })
})

describe('the sheet for the chair', () => {
  it('is one page, even with nine members and a long title', async () => {
    const several = manifestWith({ title: LONG_TITLE }, ['Cấp trên', 'Cùng cấp', 'Cấp dưới'])
    for (const one of [manifest, manifestWith({ title: LONG_TITLE }), crowded, several])
      for (const language of ['vi', 'en'] as const) {
        await show({ manifest: one, cards: cardsOf(3), address: ADDRESS, language })
        expect(await printed()).toHaveLength(one === several ? 3 : 2)
        const room = await page.evaluate<number>(`(() => {
          const sheet = document.querySelector('.sheet.chair')
          return sheet.getBoundingClientRect().bottom - sheet.querySelector('footer').getBoundingClientRect().bottom
        })()`)
        expect(room).toBeGreaterThan(30)
      }
  })

  it('quotes both codes to compare, the page’s hash in groups of four', async () => {
    await show({ manifest, cards: cardsOf(1), address: ADDRESS, language: 'vi' })
    expect(await page.locator('.chair-manifest').textContent()).toBe(shortCode(manifest.hash))
    expect((await page.locator('.chair-bundle').textContent())!.trim()).toBe(BUNDLE.match(/.{4}/g)!.join(' '))
    expect(await page.locator('.drawing .tick-box').count()).toBe(6)
  })

  it('has a table of numbers for each group, four to a page, and the sum of all on its first', async () => {
    const labels = Array.from({ length: 7 }, (_, g) => `Nhóm ${g + 1}`)
    const several = manifestWith({}, labels)
    await show({
      manifest: several,
      cards: labels.flatMap((_, g) => cardsOf(5 + g, g)),
      address: ADDRESS,
      language: 'vi',
    })
    const tables = await page.evaluate<string[][]>(`[...document.querySelectorAll('.counting')].map(table =>
      [...table.querySelectorAll('tbody tr')].map(row => row.children[1].textContent))`)
    const convened = [3, 4, 5, 6, 7, 8, 9]
    expect(tables).toEqual([
      ['56', '14', 'không quá 39', '', ''],
      ...convened.map(n => [`${n + SPARE}`, `${SPARE}`, `không quá ${n}`, '', '']),
    ])
    const heads = await page.locator('.group-counting h2').allInnerTexts()
    expect(heads).toEqual(labels.map((label, g) => `${label}: ${convened[g]} người được triệu tập`))
    expect(await page.locator('.sheet.chair').count()).toBe(3)
    expect(await printed()).toHaveLength(8 + 3)
    const over = await page.evaluate<number[]>(`[...document.querySelectorAll('.sheet.chair')].map(sheet =>
      sheet.querySelector('footer').getBoundingClientRect().bottom - sheet.getBoundingClientRect().bottom)`)
    expect(over.filter(px => px > -20)).toEqual([])
  })
})
