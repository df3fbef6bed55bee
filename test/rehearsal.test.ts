/** The first thing that somebody new does: the rehearsal that waits after `npm start`, everybody played in one browser. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Running, startServer } from '../server/node.ts'
import { readRulebook } from '../server/rulebook.ts'
import { sampleDraft } from '../server/sample.ts'
import { builtPages, launch } from './browser.ts'
import { button, castBallot, choose, heading, keepSheet, organiser, trustee, voter } from './meeting.ts'

describe('the rehearsal that waits on a fresh machine', () => {
  const folder = mkdtempSync(join(tmpdir(), 'phieukin-rehearsal-'))
  const draft = sampleDraft('', readRulebook())
  let server: Running
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let members: readonly Page[]

  beforeAll(async () => {
    server = await startServer({
      data: join(folder, 'data'),
      pages: await builtPages(),
      host: '127.0.0.1',
      port: 0,
      publicUrl: null,
      tls: null,
      lastCallMs: 3000,
      newPassword: false,
      log: line => process.stderr.write(`${line}\n`),
    })
    browser = await launch()
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
    context.setDefaultTimeout(60_000)
    page = await context.newPage()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** What a press on the organiser's page opens in a window of its own. */
  async function opened(press: () => Promise<void>): Promise<Page> {
    const [window] = await Promise.all([context.waitForEvent('page'), press()])
    await window.waitForLoadState()
    return window
  }

  it('is ready to be sealed after the password is set', async () => {
    await page.goto(server.setupLink!)
    for (const label of [organiser.setup.password, organiser.setup.again])
      await page.getByLabel(label, { exact: true }).fill('diễn tập lần đầu')
    await button(page, organiser.setup.act).click()
    await page.getByText(draft.title).click()
    await heading(page, organiser.draft.title).waitFor()
    await page.getByText(organiser.draft.complete).waitFor()
    await button(page, organiser.draft.seal).click()
    await heading(page, organiser.seal.title).waitFor()
  })

  it('is sealed by three windows of this very browser', async () => {
    const windows: Page[] = []
    for (let i = 0; i < draft.members.length; i++)
      windows.push(await opened(() => page.getByText(organiser.seal.openLink).nth(i).click()))
    for (const window of windows) await button(window, trustee.arrived.begin).click()
    for (const window of windows) await button(window, trustee.pin.pin).click()
    for (const window of windows) await keepSheet(window, async () => {})
    members = windows
    await heading(page, organiser.seal.print.title).waitFor()
  })

  it('is marked on every window', async () => {
    for (const window of [page, ...members])
      await expect(window.locator('.rehearsal').first().getAttribute('data-mark')).resolves.toBe(
        organiser.rehearsalMark,
      )
  })

  it('is opened, and votes with cards drawn from the page', async () => {
    await page.locator('#printed').click()
    await button(page, organiser.seal.print.done).click()
    await button(page, organiser.vote.openAct).click()
    await button(members[0]!, trustee.agree).click()
    await heading(page, organiser.vote.openNow).waitFor()
    for (const choice of ['Tín nhiệm cao', 'Tín nhiệm cao', 'Tín nhiệm thấp', null]) {
      const phone = await opened(() => page.getByText(organiser.vote.draw, { exact: true }).click())
      await button(phone, voter.arrived.receive).or(button(phone, voter.onceMore.another)).first().waitFor()
      if (await button(phone, voter.onceMore.another).isVisible()) await button(phone, voter.onceMore.another).click()
      await button(phone, voter.arrived.receive).click()
      await choose(phone, choice)
      await castBallot(phone)
      await phone.close()
    }
  })

  it('wants to know how many are present before it can be closed', async () => {
    await page.getByText(organiser.statement.missing.text).waitFor()
    await page.locator('#s-present').fill('8')
    await button(page, organiser.statement.save).click()
  })

  it('is closed and counted, and its result stands on the page with what follows from it', async () => {
    await button(page, organiser.vote.close.open).click()
    await page.locator('#close-title').fill(draft.title)
    await button(page, organiser.vote.close.act).click()
    for (const member of members.slice(0, 2)) {
      const field = member.locator('input').first()
      await field.fill('4')
      await member.getByText(trustee.close.lastCallOver).waitFor()
      await button(member, trustee.close.sign).click()
    }
    for (const member of members.slice(0, 2)) await button(member, trustee.opens.sign).click()
    await heading(page, organiser.count.title).waitFor()
    const rows = await page.locator('article.result tr').allTextContents()
    expect(rows.find(row => row.includes('Tín nhiệm cao'))).toMatch(/2\s*50,00/)
    expect(rows.find(row => row.includes('Tín nhiệm thấp'))).toMatch(/1\s*25,00/)
    expect(await page.locator('.said-by').allTextContents()).toHaveLength(3)
    expect(await page.locator('.said-by').first().textContent()).toContain('Không đạt ngưỡng nào')
  })

  it('can be deleted, and nothing else can', async () => {
    await button(page, organiser.count.deleteOpen).click()
    await page.locator('#delete-title').fill(draft.title)
    await button(page, organiser.count.delete.act).click()
    await heading(page, organiser.list.title).waitFor()
    await page.getByText(organiser.list.none).waitFor()
  })
})
