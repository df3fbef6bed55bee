/** Groups of voters as the organiser sees them, in a browser: drafted, sealed, printed, drawn from, closed by numbers. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toBase64url } from '../crypto/bytes.ts'
import { parseManifest } from '../crypto/manifest.ts'
import { type Card, readCardFragment } from '../crypto/token.ts'
import { type Running, startServer } from '../server/node.ts'
import { secureRng } from '../server/play/seed.ts'
import type { PollView } from '../server/wire.ts'
import { builtPages, complaints, launch } from './browser.ts'
import { button, heading, organiser as words } from './meeting.ts'
import {
  type Ask,
  holdCeremony,
  type Member,
  type Organiser,
  organiserWith,
  type SealedPoll,
  signAct,
  vote,
} from './office.ts'
import { flowOf, textOf } from './pdf.ts'
import { cardsOn, pagesOf } from './picture.ts'

const { draft, groups, seal, vote: voting } = words
const LABELS = ['Cấp trên', 'Cùng cấp', 'Đoàn thể cơ quan']
const CONVENED = [2, 11, 6]
const CARDS = [3, 13, 7]
const PASSWORD = 'mật khẩu của hội nghị'

describe('a rehearsal with three groups', () => {
  const folder = mkdtempSync(join(tmpdir(), 'phieukin-groups-'))
  let server: Running
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let ask: Ask
  let organiser: Organiser
  let poll: string
  let members: readonly Member[]
  let sealed: SealedPoll

  beforeAll(async () => {
    server = await startServer({
      data: join(folder, 'data'),
      pages: await builtPages(),
      host: '127.0.0.1',
      port: 0,
      publicUrl: null,
      tls: null,
      lastCallMs: 0,
      newPassword: false,
      log: line => process.stderr.write(`${line}\n`),
    })
    ask = (path, init) => fetch(`http://127.0.0.1:${server.port}${path}`, init)
    browser = await launch()
    context = await browser.newContext({ viewport: { width: 360, height: 740 } })
    context.setDefaultTimeout(20_000)
    page = await context.newPage()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** At the size of a phone and of a desk, in both schemes: nothing for axe, nothing wider than the screen. */
  async function looksWell(): Promise<void> {
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 800 })
      for (const colorScheme of ['dark', 'light'] as const) {
        await page.emulateMedia({ colorScheme })
        expect(await complaints(page)).toEqual([])
      }
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      expect(over).toBeLessThanOrEqual(0)
    }
  }

  const published = async () => (await page.locator('.publication').allTextContents()).join(' ')

  it('begins with everybody together', async () => {
    await page.goto(server.setupLink!)
    for (const label of [words.setup.password, words.setup.again])
      await page.getByLabel(label, { exact: true }).fill(PASSWORD)
    await button(page, words.setup.act).click()
    await page.locator('.polls a').first().click()
    await heading(page, draft.title).waitFor()
    poll = new URL(page.url()).hash.slice(1)
    expect(await page.locator('#f-together').isChecked()).toBe(true)
    expect(await published()).toContain(groups.publication.whole(9))
    const [cookie] = await context.cookies()
    organiser = organiserWith(ask, `${cookie!.name}=${cookie!.value}`)
  })

  it('is drafted with groups whose numbers add up, and says what of them could become public', async () => {
    await page.locator('#f-groups').check()
    // Who was convened already stands in the last of the groups that are offered.
    expect(await page.locator('#f-group-people-3').inputValue()).toBe('9')
    await page.locator('#f-group-3').fill(LABELS[2]!)
    for (const [i, n] of CONVENED.entries()) await page.locator(`#f-group-people-${i + 1}`).fill(String(n))
    await page.getByText(groups.sum(19)).waitFor()
    await page
      .locator('details')
      .filter({ has: page.locator('#f-minimumBallots, #f-minimum') })
      .locator('summary')
      .click()
    await page.locator('#f-minimum').fill('5')
    const said = await published()
    const { publication } = groups
    expect(said).toContain(publication.apart(['Cùng cấp (11)']))
    expect(said).toContain(publication.merged(['Cấp trên + Đoàn thể cơ quan (8)']))
    expect(said).toContain(publication.few('Cấp trên', 2, 5))
    const rows = await page.locator('.fates tbody tr').allInnerTexts()
    expect(rows.map(row => row.replaceAll(/\s+/g, ' '))).toEqual([
      `Cấp trên 2 ${publication.beside(['Đoàn thể cơ quan'])} ${publication.same}`,
      `Cùng cấp 11 ${publication.alone} ${publication.beside(['Cấp trên và Đoàn thể cơ quan', 'Cấp trên'])}`,
      `Đoàn thể cơ quan 6 ${publication.beside(['Cấp trên'])} ${publication.beside(['Cấp trên và Cùng cấp', 'Cấp trên'])}`,
    ])
    await looksWell()
  })

  it('warns where an earlier result subtracted from this one would tell of too few, and says so where none would', async () => {
    const { publication } = groups
    const rounds = async (...unions: PollView['earlier'][number]['unions']) => {
      await page.unrouteAll()
      await page.route(`**/api/organiser/polls/${poll}`, async route => {
        const response = await route.fetch()
        const view = (await response.json()) as PollView
        await route.fulfill({
          response,
          json: { ...view, earlier: [{ title: 'Năm trước', date: '2025-12-05', unions }] },
        })
      })
    }
    const [over, at, under] = LABELS
    await rounds({ labels: [over!, at!], ballots: 13 }, { labels: [under!], ballots: 7 })
    await page.getByText(publication.earlier('Năm trước', '05/12/2025')).waitFor()
    const notes = (await page.locator('.publication .note').allTextContents()).join(' ')
    // One person less in all; and the sums of both rounds together would give the smallest group alone.
    expect(notes).toContain(publication.turnover('', 1))
    expect(notes).toContain(publication.regrouped(over!, 2))
    await looksWell()
    await rounds({ labels: [at!], ballots: 11 }, { labels: [over!, under!], ballots: 8 })
    await page.getByText(publication.noDifference).waitFor()
    await page.unrouteAll({ behavior: 'wait' })
  })

  it('is sealed, and prints each group on sheets of its own, its label on every card', async () => {
    await page.getByText(draft.saved, { exact: true }).waitFor()
    await button(page, draft.seal).click()
    await heading(page, seal.title).waitFor()
    members = await holdCeremony(ask, organiser, poll, secureRng)
    const text = await manifestText()
    const manifest = parseManifest(text)
    expect(manifest.groups.map(({ label, tokens }) => [label, tokens])).toEqual(
      LABELS.map((label, g) => [label, CARDS[g]]),
    )
    for (const { device, post } of members)
      expect(await post('/pin', { pin: toBase64url(device.pin(manifest)) })).toBeNull()
    await heading(page, seal.print.title).waitFor()
    for (const [g, label] of LABELS.entries())
      await page.getByText(seal.print.ofGroup(label, CARDS[g]!, g === 1 ? 2 : 1)).waitFor()
    await looksWell()

    await button(page, seal.print.act).click()
    const pdf = new Uint8Array(await page.pdf({ preferCSSPageSize: true }))
    const times = textOf(pdf)
      .split('\f')
      .filter(one => one.trim() !== '')
      .map(one => LABELS.map(label => one.split(label).length - 1))
    expect(times).toEqual([
      [3, 0, 0],
      [0, 10, 0],
      [0, 3, 0],
      [0, 0, 7],
    ])
    const cards = pagesOf(pdf)
      .flatMap(cardsOn)
      .map(link => readCardFragment(link.split('#')[1]!).card)
    expect(cards.map(({ group }) => group)).toEqual(CARDS.flatMap((n, g) => Array<number>(n).fill(g)))
    sealed = { poll, manifest, hash: toBase64url(manifest.hash), cards: [], members }
  })

  it('prints a table to reconcile for each group, and one of all', async () => {
    await page.reload()
    await button(page, seal.print.chair).click()
    await page.locator('.sheet.chair').first().waitFor({ state: 'attached' })
    const text = flowOf(textOf(new Uint8Array(await page.pdf({ preferCSSPageSize: true }))))
    for (const [g, label] of LABELS.entries()) expect(text).toContain(`${label}: ${CONVENED[g]} người được triệu tập`)
    expect(text).toContain('Đã in (1) 23')
    for (const n of CARDS) expect(text).toContain(`Đã in (1) ${n}`)
  })

  it('gives a card of the group that is asked for, each once', async () => {
    await page.locator('#printed').click()
    await button(page, seal.print.done).click()
    await button(page, voting.openAct).click()
    expect(await signAct(members[0]!, 'open')).toBeNull()
    await heading(page, voting.openNow).waitFor()
    const drawn: Card[] = []
    for (const [g, n] of [2, 4, 3].entries())
      for (let i = 0; i < n; i++) {
        const link = page.getByRole('link', { name: voting.drawOf(LABELS[g]!), exact: true })
        const { card } = readCardFragment((await link.getAttribute('href'))!.split('#')[1]!)
        const [window] = await Promise.all([context.waitForEvent('page'), link.click()])
        await window.close()
        await page
          .getByText(voting.drawLeft(CARDS[g]! - i - 1), { exact: true })
          .first()
          .waitFor()
        drawn.push(card)
        await vote(ask, sealed, card, [[g]])
      }
    expect(drawn.map(({ group }) => group)).toEqual([0, 0, 1, 1, 1, 1, 2, 2, 2])
    expect(new Set(drawn.map(({ s }) => toBase64url(s))).size).toBe(9)
    await looksWell()
  })

  it('shows two members’ numbers group by group: the same sum is not the same numbers', async () => {
    await page.locator('#s-present').fill('12')
    await button(page, words.statement.save).click()
    await button(page, voting.close.open).click()
    await page.locator('#close-title').fill((await organiser.get<PollView>(`/polls/${poll}`)).draft.title)
    await button(page, voting.close.act).click()
    await heading(page, voting.lastCall).waitFor()
    expect(await signAct(members[0]!, 'close', [2, 5, 3])).toBeNull()
    expect(await signAct(members[1]!, 'close', [2, 4, 4])).toBeNull()
    await page.getByText(voting.numbersDiffer).waitFor()
    const rows = await page.locator('.last-call table').last().locator('tbody tr').allInnerTexts()
    expect(rows.map(row => row.split(/\t/).map(cell => cell.trim()))).toEqual([
      ['Cấp trên', '2', '2'],
      ['Cùng cấp', '5', '4'],
      ['Đoàn thể cơ quan', '3', '4'],
      [voting.numbersSum, '10', '10'],
    ])
    await looksWell()
    expect(await signAct(members[1]!, 'close', [2, 5, 3])).toBeNull()
  })

  it('is closed with the numbers of each group', async () => {
    await heading(page, words.count.open.title).waitFor()
    const rows = page.locator('.big-code tbody tr')
    await rows.first().waitFor()
    const cells = (await rows.allInnerTexts()).map(row => row.split(/\t/).map(cell => cell.trim()))
    expect(cells).toEqual([
      ['Cấp trên', '2', '2'],
      ['Cùng cấp', '5', '4'],
      ['Đoàn thể cơ quan', '3', '3'],
      [voting.byGroup.sum, '10', '9'],
    ])
    await looksWell()
  })

  async function manifestText(): Promise<string> {
    for (;;) {
      const { team } = await organiser.get<PollView>(`/polls/${poll}`)
      if (team?.manifest) return team.manifest
      await new Promise(resolve => setTimeout(resolve, 200))
    }
  }
})
