/**
 * The leader's page in Chromium over the real server and a really counted poll: who sees what, a decision that takes two
 * people, a plan whose day has passed, minutes whose numbers must fit, and what a secrecy stamp shuts.
 */
import { spawnSync } from 'node:child_process'
import { Agent } from 'node:http'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WORDS } from '../client/words/leader.ts'
import { type Running, startServer } from '../server/node.ts'
import { readPages } from '../server/pages.ts'
import type { Role } from '../server/wire/leader.ts'
import type { PackText } from '../server/wire/packs.ts'
import type { Draft } from '../server/wire.ts'
import { builtPages, complaints, launch, openPage } from './browser.ts'
import { askAt, newPlace, optionsFor, organiserBy } from './listening.ts'
import {
  type Ask,
  act,
  count,
  draftFor,
  invite,
  type Organiser,
  PASSWORD,
  personWith,
  said,
  sealPoll,
  type Visitor,
  visitorWith,
  vote,
} from './office.ts'

const { vi, en } = WORDS
const place = newPlace()
const agent = new Agent({ keepAlive: true })
let server: Running
let ask: Ask
let organiser: Organiser
let browser: Browser
let bundle: Uint8Array
let pack = ''
/** Exactly two thirds at the lowest, of six: where regulations differ. */
let poll = ''
/** The year before, of the same subject. */
let before = ''
/** Nobody was given this one but the organiser. */
let other = ''
const people = new Map<Role, Visitor>()
const HISTORIES = [[{ year: 2024, quality: 'hoan-thanh' }]]

beforeAll(async () => {
  const pages = await builtPages()
  bundle = readPages(pages).bundleHash
  server = await startServer({ ...optionsFor({ data: place.data, pages }), log: () => {} })
  ask = askAt(server.port, agent)
  organiser = await organiserBy(ask, server.setupLink!)
  const packs = await said<readonly PackText[]>(await ask('/api/packs'))
  pack = packs.find(({ id }) => id === 'tin-nhiem-96-QD-TW')!.sha256
  before = await round({ period: 'Năm 2025', date: '2025-12-04' }, [2, 1, 0])
  poll = await round({ period: 'Năm 2026', date: '2026-12-05', absent: [{ reason: 'ốm', count: 2 }] }, [1, 1, 4])
  const elsewhere = { unit: 'Sở B', subjects: [{ name: '', position: 'Giám đốc Sở B' }] }
  other = await round({ ...elsewhere, title: 'Lấy phiếu tại Sở B', period: 'Năm 2026', date: '2026-12-01' }, [3, 0, 0])
  people.set('organiser', visitorWith(ask, organiser.cookie))
  for (const [role, name] of [
    ['secretary', 'Thư ký Sở A'],
    ['authority', 'Thường trực cấp ủy'],
    ['auditor', 'Thanh tra Sở Nội vụ'],
  ] as const)
    people.set(role, await personWith(ask, organiser, { name, role, polls: [poll, before], login: role }))
  browser = await launch()
}, 240_000)
afterAll(async () => {
  await browser?.close()
  agent.destroy()
  await server?.close()
  place.remove()
})

/** A counted poll of Sở A with so many ballots at each level; two more people were convened than voted. */
async function round(draft: Partial<Draft>, votes: readonly number[]): Promise<string> {
  const choices = votes.flatMap((n, option) => Array.from({ length: n }, () => [[option]]))
  const { length } = choices
  const away = (draft.absent ?? []).reduce((sum, one) => sum + one.count, 0)
  const convened = length + away
  const sealed = await sealPoll(ask, organiser, {
    bundle,
    cards: length + 3,
    draft: draftFor({ pack, convened, disclosure: 'authority', ...draft }),
  })
  const attendance = { convened, present: length }
  const stated = { date: draft.date, attendance, members: null, histories: HISTORIES, classified: null }
  expect(await organiser.put(`/polls/${sealed.poll}/statement`, stated)).toBeNull()
  await act(organiser, sealed, 'open', [0])
  for (const [i, choice] of choices.entries()) await vote(ask, sealed, sealed.cards[i]!, choice)
  await act(organiser, sealed, 'close', [0, 1], [length])
  await count(sealed.members.slice(0, 2))
  return sealed.poll
}

async function newTab(scheme: 'light' | 'dark' = 'light'): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: 'vi-VN',
    colorScheme: scheme,
  })
  context.setDefaultTimeout(20_000)
  return context.newPage()
}

/** The page with somebody's session; `to` is the fragment. */
async function open(role: Role, to: string): Promise<Page> {
  const page = await newTab()
  const [name, value] = people.get(role)!.cookie.split('=')
  await page.context().addCookies([{ name: name!, value: value!, url: 'https://localhost/', secure: true }])
  await page.goto(`http://localhost:${server.port}/lanh-dao#${to}`)
  await page.locator('h1').first().waitFor()
  return page
}

const button = (on: Page | Locator, name: string): Locator => on.getByRole('button', { name, exact: true })

/**
 * What axe-core finds, in Vietnamese dark, in English light and at twice the text size, and what runs out of the screen
 * in either language; the page is back as it was afterwards.
 */
async function faultsOf(page: Page): Promise<readonly string[]> {
  const found: string[] = []
  const note = (how: string, what: readonly string[]) => found.push(...what.map(one => `${how}: ${one}`))
  for (const words of [vi, en]) {
    const colorScheme = words === vi ? 'dark' : 'light'
    await page.emulateMedia({ colorScheme })
    const big = (size: string) =>
      page.evaluate(to => {
        document.documentElement.style.fontSize = to
      }, size)
    if (words === en) await big('200%')
    note(colorScheme, await complaints(page))
    for (const [width, size] of [
      [1280, ''],
      [360, ''],
      [720, '200%'],
    ] as const) {
      await big(size)
      await page.setViewportSize({ width, height: 900 })
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      if (over > 0) note(`${width} wide ${size}`, [`${over} dots too wide`])
    }
    await big('')
    await page.setViewportSize({ width: 1280, height: 900 })
    await button(page, words.otherLanguage).click()
  }
  return found
}

/** The text of the page as it would be printed. */
async function printed(page: Page): Promise<string> {
  const pdf = await page.pdf({ preferCSSPageSize: true })
  const { stdout, status } = spawnSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' })
  expect(status).toBe(0)
  return stdout
}

/** As it is read, line by line. */
const textOf = async (on: Page | Locator): Promise<string> =>
  (await ('goto' in on ? on.locator('body') : on).allInnerTexts()).join(' ').replace(/\s+/g, ' ')

// ── arriving ────────────────────────────────────────────────────────────────────────────────────────────────────

describe('somebody who was invited', () => {
  it('is asked for nothing where the network could read it, and keeps the invitation', async () => {
    const asked: string[] = []
    const page = await openPage(await browser.newContext(), 'leader', `#moi.${'A'.repeat(22)}`, path => {
      asked.push(path)
      return null
    })
    await page.getByRole('heading', { name: vi.insecure.title }).waitFor()
    expect(await page.locator('input').count()).toBe(0)
    expect(asked).toEqual([])
    expect(await complaints(page)).toEqual([])
    await page.context().close()
  })

  it('chooses login and password, is told the role and what it sees, and finds only what was given', async () => {
    const guest = { name: 'Thường trực thứ hai', role: 'authority', polls: [poll] } as const
    const invitation = await invite(ask, organiser, guest)
    const page = await newTab()
    await page.goto(`http://localhost:${server.port}/lanh-dao#moi.${invitation}`)
    const { invited, roles, notSame } = vi.login
    await page.getByLabel(invited.name).fill('thuong-truc-2')
    await page.getByLabel(invited.password, { exact: true }).fill(PASSWORD)
    await page.getByLabel(invited.again, { exact: true }).fill(`${PASSWORD}!`)
    await button(page, invited.act).click()
    await page.getByText(notSame.title).waitFor()
    expect(await faultsOf(page)).toEqual([])
    await page.getByLabel(invited.password, { exact: true }).fill(PASSWORD)
    await page.getByLabel(invited.again, { exact: true }).fill(PASSWORD)
    await button(page, invited.act).click()
    await page.getByRole('heading', { name: vi.welcome.title }).waitFor()
    expect(await textOf(page)).toContain(roles.authority.sees)
    expect(page.url()).not.toContain(invitation)
    expect(await faultsOf(page)).toEqual([])
    await button(page, vi.welcome.enter).click()
    await page.locator('.polls li').first().waitFor()
    expect(await page.locator('.polls a.title').count()).toBe(1)
    expect(await textOf(page)).not.toContain('Sở B')

    const again = await newTab()
    await again.goto(`http://localhost:${server.port}/lanh-dao#moi.${invitation}`)
    await again.getByLabel(invited.name).fill('thuong-truc-3')
    await again.getByLabel(invited.password, { exact: true }).fill(PASSWORD)
    await again.getByLabel(invited.again, { exact: true }).fill(PASSWORD)
    await button(again, invited.act).click()
    await again.getByText(vi.login.usedInvitation.title).waitFor()
    for (const one of [page, again]) await one.context().close()
  })

  it('comes back by login and password to the page that the link meant, and leaves no session behind', async () => {
    const page = await newTab()
    await page.goto(`http://localhost:${server.port}/lanh-dao#${poll}/giay-to`)
    const { login } = vi.login
    await page.getByLabel(login.name).fill('authority')
    await page.getByLabel(login.password, { exact: true }).fill('sai mật khẩu')
    await button(page, login.act).click()
    await page.getByText(vi.login.wrongPassword.title).waitFor()
    expect(await faultsOf(page)).toEqual([])
    await page.getByLabel(login.password, { exact: true }).fill(PASSWORD)
    await button(page, login.act).click()
    await page.getByRole('heading', { name: vi.papers.title, exact: true }).waitFor()
    await button(page, vi.login.leave).click()
    await page.getByRole('heading', { name: login.title }).waitFor()
    await page.reload()
    await page.getByRole('heading', { name: login.title }).waitFor()
    await page.context().close()
  })
})

// ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────

describe('one page about one subject', () => {
  let page: Page
  beforeAll(async () => {
    page = await open('authority', poll)
  })
  afterAll(() => page.context().close())

  it('has the exact counts with their base, the thresholds, and what every regulation says', async () => {
    const text = await textOf(page)
    for (const exact of ['4 66,67', '1 16,67', '0 0,00', 'phát ra 6, thu về 6', 'triệu tập 8, có mặt 6'])
      expect(text).toContain(exact)
    expect(text).toContain(vi.rules.chart.base(vi.rules.bases.collected, 6))
    expect(await page.locator('.bar.ruled text').allTextContents()).toEqual(expect.arrayContaining(['1/2', '2/3']))
    // Exactly two thirds: 96-QĐ/TW reaches, the other two do not, and the page says that they differ.
    expect(text).toContain(vi.rules.differ)
    const saying = (number: string) => textOf(page.locator('.said-by').filter({ hasText: number }))
    expect(await saying('96-QĐ/TW')).toMatch(/Đạt ngưỡng từ 2\/3 trở lên/)
    expect(await saying('41-QĐ/TW')).toMatch(/Đạt ngưỡng trên 1\/2/)
    expect(await saying('170/2025')).not.toMatch(/Đạt ngưỡng/)
    expect(text).not.toMatch(/bị miễn nhiệm/)
  })

  it('says who decides, how far the file is, and compares without ranking', async () => {
    const text = await textOf(page)
    expect(text).toContain(vi.result.stages.proposed)
    expect(text).toContain(vi.result.compare.note)
    expect(text).toContain('Năm 2025 · 04/12/2025 2 1 0 0 ')
    expect(text).toContain(`2024: ${vi.qualities['hoan-thanh']}`)
    // A round that this account was not given is no comparison either.
    expect(text).not.toContain('Sở B')
  })

  it('is clean in both languages, light and dark, at twice the size and on a phone', async () => {
    expect(await faultsOf(page)).toEqual([])
  })

  it('prints the exact counts, and nothing that is only pressed', async () => {
    const text = await printed(page)
    for (const exact of ['Giám đốc Sở A', '66,67', '16,67', '96-QĐ/TW', 'thu về 6']) expect(text).toContain(exact)
    expect(text).not.toContain(vi.result.print)
    expect(text).not.toContain(vi.login.leave)
  })

  it('can be reached and left by keyboard', async () => {
    await page.locator('.tabs a').last().focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: vi.follow.title, exact: true }).waitFor()
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN')
    await page.goBack()
    await page.locator('.sheet').waitFor()
  })

  it('compares with every equivalent position that the reader may see', async () => {
    const organisers = await open('organiser', poll)
    await organisers.locator('.sheet').waitFor()
    expect(await textOf(organisers.locator('.rounds').last())).toContain('Giám đốc Sở B')
    await organisers.getByLabel(vi.result.compare.words).fill('Phó')
    await organisers.getByText(vi.result.compare.noPositions).waitFor()
    await organisers.context().close()
  })
})

// ── following through ───────────────────────────────────────────────────────────────────────────────────────────

const follow = () => `${poll}/1/theo-doi`
const { decision, plan } = vi.follow

describe('a decision', () => {
  it('is written by one person, who cannot confirm it, and is no decision yet', async () => {
    const page = await open('secretary', follow())
    await button(page, vi.follow.add.decision).click()
    expect(await button(page, vi.follow.save).isDisabled()).toBe(true)
    await page.getByLabel(vi.follow.fields.authority).fill('Thường trực cấp ủy')
    await page.getByLabel(vi.follow.fields.number).fill('12-QĐ/TU')
    await page.getByLabel(vi.follow.fields.handling).fill('Kiểm điểm trách nhiệm')
    await page.getByLabel(vi.follow.fields.text, { exact: true }).fill('Yêu cầu kiểm điểm trong quý I.')
    expect(await faultsOf(page)).toEqual([])
    await button(page, vi.follow.save).click()
    await page.getByText(vi.follow.saved).waitFor()
    const written = page.locator('.decision')
    expect(await textOf(written)).toContain(`${decision.waiting} ${decision.must('Thư ký Sở A')}`)
    expect(await button(written, decision.confirm).count()).toBe(0)
    expect(await textOf(page)).toContain(vi.result.stages.unconfirmed)
    await page.context().close()
  })

  it('is hidden from an auditor until it is confirmed, and counts once a second account has', async () => {
    const auditors = await open('auditor', follow())
    await auditors.locator('.chapter').first().waitFor()
    expect(await textOf(auditors)).not.toContain('12-QĐ/TU')

    const page = await open('authority', follow())
    await button(page, decision.confirm).click()
    await page.getByText(decision.confirmText).waitFor()
    expect(await faultsOf(page)).toEqual([])
    await button(page, decision.confirmAct).click()
    await page.getByText(vi.follow.history.confirmed('Thường trực cấp ủy')).first().waitFor()
    expect(await textOf(page)).toContain(vi.result.stages.decided)
    await page.context().close()

    await auditors.reload()
    await auditors.locator('.decision').waitFor()
    expect(await textOf(auditors)).toContain('12-QĐ/TU')
    await auditors.context().close()
  })

  it('is followed by a plan whose overdue measure everybody sees, until somebody writes that it is done', async () => {
    const page = await open('secretary', follow())
    await button(page, vi.follow.add.plan).click()
    await page.getByLabel(vi.follow.fields.limits).fill('Chậm trả lời kiến nghị.')
    await page.getByLabel(plan.measure, { exact: true }).fill('Trả lời trong mười ngày')
    await page.getByLabel(plan.deadline, { exact: true }).fill('2020-01-31')
    await page.getByLabel(plan.who, { exact: true }).fill('Chánh Văn phòng')
    await button(page, `+ ${plan.add}`).click()
    await page.locator('#measure-1').fill('Họp giao ban hằng tuần')
    await page.locator('#measure-deadline-1').fill('2120-01-31')
    await page.locator('#measure-who-1').fill('Phó Giám đốc')
    expect(await faultsOf(page)).toEqual([])
    await button(page, vi.follow.save).click()
    await page.locator('.measures').waitFor()
    expect(await page.locator('.measures > li').allInnerTexts()).toEqual([
      expect.stringContaining(plan.overdue),
      expect.stringContaining(plan.due),
    ])
    expect(await faultsOf(page)).toEqual([])

    const list = await open('authority', '')
    await list.locator('.polls li').first().waitFor()
    expect(await textOf(list)).toContain(vi.list.overdue(1))
    expect(await faultsOf(list)).toEqual([])

    await page.getByRole('button', { name: plan.progressOf('Trả lời trong mười ngày') }).click()
    await page.getByLabel(vi.follow.fields.text, { exact: true }).fill('Đã trả lời hết.')
    await page.getByLabel(vi.follow.fields.done).check()
    await button(page, vi.follow.save).click()
    await page.locator('.measures').getByText(plan.done).waitFor()
    await list.reload()
    await list.locator('.polls li').first().waitFor()
    expect(await textOf(list)).not.toContain(vi.list.overdue(1))
    for (const one of [page, list]) await one.context().close()
  })

  it('leaves a history with everything in its order and who wrote it, which nobody can change', async () => {
    const page = await open('auditor', follow())
    await page.locator('.history li').first().waitFor()
    const kinds = await page.locator('.history strong').allInnerTexts()
    expect(kinds).toEqual([vi.follow.kinds.decision, vi.follow.kinds.plan, vi.follow.kinds.progress])
    expect(await textOf(page.locator('.history'))).toContain(vi.follow.history.by('Thư ký Sở A'))
    expect(await page.locator('main button').count()).toBe(0)
    await page.context().close()
  })
})

describe('what concerns the whole poll', () => {
  it('takes a complaint, its settlement and a retention date', async () => {
    const page = await open('secretary', `${poll}/ho-so`)
    await button(page, vi.follow.add.complaint).click()
    await page.getByLabel(vi.follow.fields.text, { exact: true }).fill('Đề nghị kiểm phiếu lại.')
    await button(page, vi.follow.save).click()
    await page.getByText(vi.follow.complaints.open).waitFor()
    await button(page, vi.follow.complaints.settle).click()
    await page.getByLabel(vi.follow.fields.text, { exact: true }).fill('Đã kiểm lại, số liệu không đổi.')
    await button(page, vi.follow.save).click()
    await page.getByText(vi.follow.complaints.open).waitFor({ state: 'detached' })
    await button(page, vi.follow.add.retention).click()
    await page.getByLabel(vi.follow.until).fill('2036-12-31')
    await page.getByLabel(vi.follow.fields.basis).fill('Quy chế lưu trữ của cơ quan')
    await button(page, vi.follow.save).click()
    await page.getByText(vi.follow.keeping.until('31/12/2036')).first().waitFor()
    expect(await faultsOf(page)).toEqual([])
    await page.context().close()
  })
})

// ── papers ──────────────────────────────────────────────────────────────────────────────────────────────────────

describe('the papers', () => {
  const papers = () => `${poll}/giay-to`
  const { minutes } = vi.papers

  it('are not offered to be written by who may only read', async () => {
    for (const role of ['authority', 'auditor'] as const) {
      const page = await open(role, papers())
      expect(await page.locator('#minutes-place').count(), role).toBe(0)
      expect(await page.locator('#scan').count(), role).toBe(0)
      expect(await button(page, minutes.save).count(), role).toBe(0)
      const raise = button(page, vi.papers.stamp.raise(vi.papers.stamp.levels.mat))
      expect(await raise.count(), role).toBe(role === 'authority' ? 1 : 0)
      await page.context().close()
    }
  })

  it('keep minutes only when every number fits, and say which rule is broken', async () => {
    const page = await open('secretary', papers())
    await page.getByLabel(minutes.place).fill('Hội trường Sở A')
    await page.getByLabel(minutes.unused, { exact: true }).fill('4')
    const equation = minutes.equations.printed([9, 6, 4, 0])
    await page.locator('.check.fails').filter({ hasText: equation }).first().waitFor()
    await button(page, minutes.save).click()
    await page.getByText(vi.refusals['bad-minutes'].title).waitFor()
    await page.getByText(vi.print.rules.printed([9, 6, 4, 0], '')).waitFor()
    expect(await faultsOf(page)).toEqual([])
    await page.getByLabel(minutes.unused, { exact: true }).fill('3')
    await button(page, minutes.save).click()
    await page.getByText(minutes.saved, { exact: true }).waitFor()
    await page.reload()
    expect(await page.getByLabel(minutes.place).inputValue()).toBe('Hội trường Sở A')
    await button(page, minutes.seal).click()
    await button(page, minutes.sealAct).click()
    await page.getByText(minutes.sealed).waitFor()
    expect(await page.locator('#minutes-place').count()).toBe(0)
    await page.context().close()
  })

  it('take a scan of what was signed, and no other file', async () => {
    const page = await open('secretary', papers())
    const give = (name: string, mimeType: string, text: string) =>
      page.setInputFiles('#scan', { name, mimeType, buffer: Buffer.from(text) })
    await give('ghi chú.txt', 'text/plain', 'không phải bản quét')
    await page.getByText(vi.papers.scans.wrongType.title).waitFor()
    await give('biên bản đã ký.pdf', 'application/pdf', '%PDF-1.7\n')
    await page.getByRole('link', { name: 'biên bản đã ký.pdf' }).waitFor()
    expect(await faultsOf(page)).toEqual([])
    await page.context().close()
  })

  it('can all be fetched from where their links lead, in every format', async () => {
    const page = await open('auditor', papers())
    const links = page.locator('a[download]')
    await links.first().waitFor()
    const found = await links.evaluateAll(list => list.map(link => link.getAttribute('href')!))
    expect(found).toHaveLength(4 + 3)
    const { cookie } = people.get('auditor')!
    for (const link of found) {
      const answer = await ask(link, { headers: { cookie } })
      expect([link, answer.status]).toEqual([link, 200])
      expect(answer.headers.get('content-disposition')).toMatch(/^attachment/)
    }
    await page.getByLabel(vi.papers.forms.profile).selectOption('party-2026')
    const party = page.getByRole('link', { name: vi.papers.forms.openOf(vi.print.forms.report) })
    expect(await party.getAttribute('href')).toBe(`/van-ban#${poll}/report?profile=party-2026`)
    await page.context().close()
  })

  it('leave by no channel once a stamp is set: only numbered copies for named recipients', async () => {
    const page = await open('authority', papers())
    const { stamp, copies } = vi.papers
    await button(page, stamp.raise(stamp.levels.mat)).click()
    expect(await faultsOf(page)).toEqual([])
    await button(page, stamp.act(stamp.levels.mat)).click()
    await page.getByText(stamp.now(stamp.levels.mat)).waitFor()
    expect(await page.locator('a[download]').count()).toBe(0)
    expect(await button(page, stamp.raise(stamp.levels.mat)).count()).toBe(0)
    await page.getByLabel(copies.recipient).fill('Ban Tổ chức')
    await button(page, copies.act).click()
    const link = page.getByRole('link', { name: copies.open(1) })
    await link.waitFor()
    expect(await link.getAttribute('href')).toBe(`/van-ban#${poll}/minutes?profile=state&copy=1`)
    expect(await faultsOf(page)).toEqual([])
    await page.goto(`http://localhost:${server.port}/lanh-dao#${poll}`)
    await page.getByText(vi.result.secretPrint).waitFor()
    expect(await button(page, vi.result.print).count()).toBe(0)
    expect(await printed(page)).not.toContain('66,67')
    await page.context().close()
  })
})

describe('a poll that was not given', () => {
  it('leads back to the list, and says nothing of it', async () => {
    const page = await open('auditor', other)
    await page.getByRole('heading', { name: vi.list.title }).waitFor()
    expect(await textOf(page)).not.toContain('Sở B')
    await page.context().close()
  })
})
