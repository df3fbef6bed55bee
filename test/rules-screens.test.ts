/**
 * The organiser's screens around the rules, in Chromium over the real server: from the choice of a regulation to what
 * follows from the count, and who may read it.
 */
import { Agent } from 'node:http'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WORDS } from '../client/words/organiser.ts'
import { RULES } from '../client/words/rules.ts'
import { type Running, startServer } from '../server/node.ts'
import { readPages } from '../server/pages.ts'
import type { PackText, StatementWire } from '../server/wire/packs.ts'
import type { Draft } from '../server/wire.ts'
import { builtPages, complaints, launch } from './browser.ts'
import { askAt, newPlace, optionsFor, organiserBy } from './listening.ts'
import { type Ask, act, count, draftFor, type Organiser, type SealedPoll, said, sealPoll, vote } from './office.ts'
import { greyOf, qrIn } from './picture.ts'

const { vi, en } = WORDS
const place = newPlace()
const agent = new Agent({ keepAlive: true })
let server: Running
let ask: Ask
let organiser: Organiser
let browser: Browser
let bundle: Uint8Array
let packs: readonly PackText[]

beforeAll(async () => {
  const pages = await builtPages()
  bundle = readPages(pages).bundleHash
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

const packNamed = (id: string): string => packs.find(pack => pack.id === id)!.sha256

/** The organiser's page with the session; `to` is the fragment. */
async function open(to: string, size: { width: number; height: number } = { width: 1280, height: 900 }): Promise<Page> {
  const context = await browser.newContext({ viewport: size, locale: 'vi-VN' })
  context.setDefaultTimeout(20_000)
  const [name, value] = organiser.cookie.split('=')
  await context.addCookies([{ name: name!, value: value!, url: 'https://localhost/', secure: true }])
  const page = await context.newPage()
  await page.goto(`http://localhost:${server.port}/to-chuc#${to}`)
  return page
}

/** What axe-core finds in both schemes, both languages and at twice the text size, and what then runs out of the screen. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  const found: string[] = []
  const note = (how: string, what: readonly string[]) => found.push(...what.map(one => `${how}: ${one}`))
  await page.emulateMedia({ colorScheme: 'dark' })
  note('dark', await complaints(page))
  await page.emulateMedia({ colorScheme: 'light' })
  note('light', await complaints(page))
  for (const words of [vi, en]) {
    for (const [size, width] of [
      ['', 360],
      ['200%', 1280],
      ['200%', 360],
    ] as const) {
      await page.setViewportSize({ width, height: 800 })
      await page.evaluate(fontSize => Object.assign(document.documentElement.style, { fontSize }), size)
      if (width === 1280) note('twice the size', await complaints(page))
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      if (over > 0) note(`${width} wide ${size}`, [`${over} dots too wide`])
    }
    await page.evaluate(() => Object.assign(document.documentElement.style, { fontSize: '' }))
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.getByRole('button', { name: words.otherLanguage, exact: true }).click()
  }
  return found
}

async function newPoll(draft: Partial<Draft>): Promise<string> {
  const { poll } = (await organiser.post('/polls', { rehearsal: false, follows: null })) as { readonly poll: string }
  await organiser.put(`/polls/${poll}/draft`, { version: 1, draft: draftFor(draft) })
  return poll
}

// ── the draft ───────────────────────────────────────────────────────────────────────────────────────────────────

describe('a new poll', () => {
  let page: Page
  beforeAll(async () => {
    page = await open('')
    await page.getByRole('button', { name: vi.list.make }).click()
    await page.getByRole('heading', { name: vi.draft.title }).waitFor()
  })

  it('begins with the confidence ballot in force: its levels, its basis, and nothing to choose', async () => {
    expect(await page.locator('#f-pack option:checked').textContent()).toContain('96-QĐ/TW')
    expect(await page.locator('.levels li').allTextContents()).toEqual([
      'Tín nhiệm cao',
      'Tín nhiệm',
      `Tín nhiệm thấp – ${vi.rules.lowest}`,
    ])
    expect(await page.locator('#f-basis').inputValue()).toBe('Quy định số 96-QĐ/TW ngày 02/02/2023 của Bộ Chính trị')
    expect(await page.locator('#f-confidence').count()).toBe(0)
  })

  it('offers no regulation that is out of force, none for a rehearsal only, and none that merely follows', async () => {
    const offered = (await page.locator('#f-pack option').allTextContents()).join(' ')
    expect(offered).toContain('96/2023/QH15')
    for (const other of ['262-QĐ/TW', '41-QĐ/TW', '170/2025', '122-QĐ']) expect(offered).not.toContain(other)
  })

  it('says what the regulation says, and which detail nobody saw in a source', async () => {
    await page.getByText(vi.rules.says).click()
    const items = await page.locator('.checklist li').allTextContents()
    expect(items.some(item => item.includes('chờ nghỉ hưu') && item.includes('khoản 1 Điều 3'))).toBe(true)
    const unsourced = items.filter(item => item.includes(vi.rules.unsourced))
    expect(unsourced.length).toBeGreaterThan(0)
    expect(unsourced.length).toBeLessThan(items.length)
  })

  it('says how many of those convened must come', async () => {
    await page.locator('#f-convened').fill('60')
    await page.getByText(vi.rules.least(40, 60)).waitFor()
    await page.locator('#f-convened').fill('47')
    await page.getByText(vi.rules.least(32, 47)).waitFor()
  })

  it('tells a small unit which results cannot be, and a large one nothing', async () => {
    const jumps = page.getByText('không có kết quả nào rơi vào')
    await page.locator('#f-convened').fill('7')
    expect(await jumps.textContent()).toMatch(/^Với 3, 4 hoặc 6 phiếu thu về/)
    await page.locator('#f-convened').fill('5')
    expect(await jumps.textContent()).toMatch(/^Với 3 hoặc 4 phiếu thu về/)
    await page.locator('#f-convened').fill('47')
    await jumps.waitFor({ state: 'detached' })
  })

  it('warns of days in the wrong order, and forbids only a regulation that is not in force', async () => {
    const finish = page.locator('.finish')
    await page.locator('#f-reviewed').fill('2026-12-10')
    await page.locator('#f-summary').fill('2026-12-01')
    await page.locator('#f-date').fill('2026-12-05')
    for (const code of ['before-review', 'after-summary'] as const)
      await finish.getByText(vi.rules.advice[code]).waitFor()
    expect(await finish.getByText(vi.rules.gaps['pack-date']).count()).toBe(0)
    await page.locator('#f-date').fill('2020-12-05')
    await finish.getByText(vi.rules.gaps['pack-date']).click()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('f-date')
    await page.locator('#f-date').fill('2026-12-05')
    await finish.getByText(vi.rules.gaps['pack-date']).waitFor({ state: 'detached' })
  })

  it('gives a reader of screens, of the dark and of large letters nothing to complain about', async () => {
    expect(await faultsOf(page)).toEqual([])
  })

  it('can do without rules, and says in one sentence what is lost', async () => {
    await page.locator('#f-pack').selectOption('')
    await page.getByText(vi.rules.noneNote).waitFor()
    expect(await page.locator('#f-confidence').isChecked()).toBe(true)
    expect(await page.locator('#f-basis').inputValue()).toBe('')
    await page.locator('#f-basis').fill('Quy chế của cơ quan')
    await page.locator('#f-pack').selectOption(packNamed('xep-loai-4-muc'))
    expect(await page.locator('.levels li').count()).toBe(4)
    expect(await page.locator('#f-basis').inputValue()).toBe('Quy chế của cơ quan')
  })
})

// ── the statement ───────────────────────────────────────────────────────────────────────────────────────────────

const BALLOT: Partial<Draft> = { date: '2026-12-05', convened: 12, disclosure: 'public' }

/** Sealed, printed and open; `pack` by its id. */
async function openPoll(pack: string | null, change: Partial<Draft> = {}): Promise<SealedPoll> {
  const draft = draftFor({ ...BALLOT, pack: pack && packNamed(pack), ...change })
  const sealed = await sealPoll(ask, organiser, { draft, cards: 12, bundle })
  await act(organiser, sealed, 'open', [0])
  return sealed
}

/** Everybody votes: so many for each option, the rest leave the line empty. */
async function voteAll(sealed: SealedPoll, counts: readonly number[], ballots: number): Promise<void> {
  const choices = counts.flatMap((n, option) => Array<number[]>(n).fill([option]))
  for (let i = 0; i < ballots; i++) await vote(ask, sealed, sealed.cards[i]!, [choices[i] ?? []])
}

const STATED: StatementWire = {
  date: '2026-12-05',
  attendance: { convened: 12, present: 9 },
  members: null,
  histories: [[]],
  classified: null,
}
const state = (poll: string, statement: StatementWire) => organiser.put(`/polls/${poll}/statement`, statement)

describe('an open poll with rules', () => {
  let page: Page
  let poll: SealedPoll
  beforeAll(async () => {
    poll = await openPoll('tin-nhiem-96-QD-TW')
    page = await open(poll.poll)
    await page.getByRole('heading', { name: vi.statement.title }).waitFor()
  })
  const save = () => page.getByRole('button', { name: vi.statement.save })

  it('cannot be closed before its numbers are stated, and says what to do', async () => {
    await page.getByText(vi.statement.missing.text).waitFor()
    expect(await page.getByRole('button', { name: vi.vote.close.open }).count()).toBe(0)
    expect(await save().isDisabled()).toBe(true)
  })

  it('knows from the draft who was convened, and when', async () => {
    expect(await page.locator('#s-convened').inputValue()).toBe('12')
    expect(await page.locator('#s-date').inputValue()).toBe('2026-12-05')
    // Only what this regulation asks for.
    expect(await page.locator('#s-members').count()).toBe(0)
    expect(await page.getByRole('button', { name: vi.statement.addShare }).count()).toBe(0)
  })

  it('says which rule of arithmetic is broken, where it is', async () => {
    await page.locator('#s-present').fill('13')
    await page.getByText(vi.statement.broken['present-over-convened']).waitFor()
    expect(await save().isDisabled()).toBe(true)
    await page.getByRole('button', { name: `+ ${vi.statement.addQuality}` }).click()
    await page.locator('#s-1-1-year').fill('2027')
    for (const rule of ['year-not-before', 'no-quality'] as const)
      await page.getByText(vi.statement.broken[rule]).waitFor()
  })

  it('gives a reader of screens, of the dark and of large letters nothing to complain about', async () => {
    expect(await faultsOf(page)).toEqual([])
  })

  it('warns that too few are present, and lets it be stated all the same', async () => {
    await page.locator('#s-1-1-year').fill('2025')
    await page.locator('#s-1-1-quality').selectOption('khong')
    await page.locator('#s-present').fill('7')
    await page.getByText(vi.statement.quorumFails(8, 12)).waitFor()
    await save().click()
    await page.getByText(vi.statement.summary(7, 12, '05/12/2026')).waitFor()
    await page.getByRole('button', { name: vi.vote.close.open }).waitFor()
  })

  it('can be stated anew until the box is opened', async () => {
    await page.getByRole('button', { name: vi.statement.change }).click()
    expect(await page.locator('#s-1-1-quality').inputValue()).toBe('khong')
    await page.locator('#s-present').fill('8')
    await page.getByText(vi.statement.quorumHolds(8, 12)).waitFor()
    await save().click()
    await page.getByText(vi.statement.summary(8, 12, '05/12/2026')).waitFor()
  })
})

describe('an open poll', () => {
  it('asks for all members and earlier ballots where the regulation counts them', async () => {
    const { poll } = await openPoll('tin-nhiem-NQ35-2012-QH13', { date: '2014-11-15' })
    const page = await open(poll)
    await page.locator('#s-present').fill('12')
    await page.getByText(vi.statement.broken['no-members']).waitFor()
    await page.locator('#s-members').fill('12')
    await page.getByRole('button', { name: `+ ${vi.statement.addShare}` }).click()
    await page.locator('#s-1-1-low').fill('9')
    await page.locator('#s-1-1-of').fill('8')
    await page.getByText(vi.statement.broken['low-over-total']).waitFor()
    await page.locator('#s-1-1-of').fill('12')
    await page.getByRole('button', { name: vi.statement.save }).click()
    await page.getByText(vi.statement.summary(12, 12, '15/11/2014')).waitFor()
  })

  it('without rules asks for nothing', async () => {
    const { poll } = await openPoll(null)
    const page = await open(poll)
    await page.getByRole('button', { name: vi.vote.close.open }).waitFor()
    expect(await page.getByText(vi.statement.title).count()).toBe(0)
  })
})

// ── the result ──────────────────────────────────────────────────────────────────────────────────────────────────

/** Votes, states, closes and counts. */
async function counted(
  pack: string | null,
  votes: { readonly counts: readonly number[]; readonly ballots: number },
  statement: StatementWire | null,
  change: Partial<Draft> = {},
): Promise<SealedPoll> {
  const sealed = await openPoll(pack, change)
  await voteAll(sealed, votes.counts, votes.ballots)
  if (statement !== null) await state(sealed.poll, statement)
  await act(organiser, sealed, 'close', [0, 1], [votes.ballots])
  await count(sealed.members.slice(0, 2))
  return sealed
}

describe('the result of a poll with rules', () => {
  it('at exactly two thirds shows that one regulation reaches its threshold and the others do not', async () => {
    const { poll } = await counted('tin-nhiem-96-QD-TW', { counts: [1, 1, 6], ballots: 9 }, STATED)
    const page = await open(poll)
    await page.getByText(RULES.vi.differ).waitFor()
    const said = await page.locator('.said-by').allTextContents()
    expect(said).toHaveLength(3)
    expect(said[0]).toContain('Đạt ngưỡng từ 2/3 trở lên: 6 phiếu “Tín nhiệm thấp” trên 9 (66,67 % số phiếu thu về)')
    expect(said[0]).toContain('đề nghị cấp có thẩm quyền quản lý cán bộ xem xét miễn nhiệm')
    expect(said[1]).toContain('41-QĐ/TW')
    expect(said[1]).toContain('Đạt ngưỡng trên 1/2')
    expect(said[2]).toContain('170/2025')
    expect(said[2]).toContain('Không có kết luận: 6 phiếu “Tín nhiệm thấp” trên 9')
    expect(said.join()).not.toContain('bị miễn nhiệm')
    expect(await faultsOf(page)).toEqual([])
  })

  it('draws each threshold once, as a thin line with its fraction, and says beside it which article', async () => {
    const { poll } = await counted('tin-nhiem-96-QD-TW', { counts: [5, 2, 1], ballots: 9 }, STATED)
    const page = await open(poll)
    await page.locator('.bar.ruled').waitFor()
    expect(await page.locator('.bar text').allTextContents()).toEqual(['1/2', '2/3'])
    // The lowest option ends at the right edge: two thirds of the whole begin at one third from the left.
    const place = await page.locator('.bar .threshold').nth(1).getAttribute('x1')
    expect(place).toBe('33.33%')
    const key = await page.locator('.thresholds li').allTextContents()
    expect(key[1]).toContain('từ 2/3 trở lên: 96-QĐ/TW')
    expect(key[1]).toContain('điểm b khoản 1 Điều 53')
    expect(await page.locator('.said-by').first().textContent()).toContain('Không đạt ngưỡng nào: 1 phiếu')
    const rows = await page.locator('.chart tr').allTextContents()
    expect(rows.slice(1)).toEqual([
      ' Tín nhiệm cao555,56',
      ' Tín nhiệm222,22',
      ' Tín nhiệm thấp111,11',
      ' Để trống111,11',
    ])
  })

  it('has no consequence where too few were present, and says why', async () => {
    const few = { ...STATED, attendance: { convened: 12, present: 7 } }
    const { poll } = await counted('tin-nhiem-96-QD-TW', { counts: [0, 0, 7], ballots: 7 }, few)
    const page = await open(poll)
    await page.getByText(RULES.vi.blockedTitle).waitFor()
    await page.getByText(RULES.vi.blocked['no-quorum']).first().waitFor()
    expect(await page.locator('.said-by').count()).toBe(0)
    expect(await faultsOf(page)).toEqual([])
  })

  it('of a classification shows the collective’s proposal, what each base of the cap allows, and what has no source', async () => {
    const levels = ['xuat-sac', 'tot', 'hoan-thanh', 'khong'].map((level, i) => ({ level, count: [5, 20, 15, 0][i]! }))
    const { poll } = await counted(
      'xep-loai-4-muc',
      { counts: [1, 6, 1, 1], ballots: 9 },
      { ...STATED, classified: levels },
      { template: 'quality' },
    )
    const page = await open(poll)
    await page.getByRole('heading', { name: RULES.vi.collective }).waitFor()
    const [proposal, cap] = await page.locator('.said-by').allTextContents()
    expect(proposal).toContain('là đề nghị của tập thể: 6 phiếu “Hoàn thành tốt nhiệm vụ” trên 9')
    expect(proposal).toContain(RULES.vi.unsourced)
    expect(cap).toContain('được tối đa 4')
    for (const n of [4, 5, 8]) expect(cap).toContain(`tối đa ${n}`)
    expect(await faultsOf(page)).toEqual([])
  })

  it('leads on to the dossier', async () => {
    const { poll } = await counted(null, { counts: [3, 1, 1], ballots: 5 }, null)
    const page = await open(poll)
    expect(await page.getByRole('link', { name: vi.count.dossier }).getAttribute('href')).toBe(`/lanh-dao#${poll}`)
    // Counts alone: no threshold, no finding.
    expect(await page.locator('.bar').count()).toBe(1)
    expect(await page.locator('.bar text, .said-by').count()).toBe(0)
  })
})

// ── people ──────────────────────────────────────────────────────────────────────────────────────────────────────

describe('people with an account', () => {
  const words = vi.people
  let page: Page
  beforeAll(async () => {
    await newPoll({ title: 'Lấy phiếu tín nhiệm đối với Giám đốc Sở B' })
    page = await open('')
    await page.getByRole('link', { name: words.open }).click()
    await page.getByRole('heading', { name: words.title }).waitFor()
  })
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  /** The link as it stands there, which its QR code says too. */
  async function shownLink(name: string): Promise<string> {
    const code = page.getByRole('img', { name: words.link(name) })
    const text = await page.locator('.address').textContent()
    expect(qrIn(greyOf(await code.screenshot()))).toBe(text)
    return text!
  }

  it('are invited to chosen polls by a link that is shown once', async () => {
    await press(words.inviteOpen)
    expect(await page.getByRole('button', { name: words.invite }).isDisabled()).toBe(true)
    await page.locator('#role-secretary').check()
    await page.locator('#guest-name').fill('  Thư ký  hội nghị ')
    await page.getByText('Lấy phiếu tín nhiệm đối với Giám đốc Sở B').click()
    expect(await faultsOf(page)).toEqual([])
    await press(words.invite)
    const link = await shownLink('Thư ký hội nghị')
    expect(link).toMatch(/^http:\/\/phieukin\.test:8080\/lanh-dao#moi\.[A-Za-z0-9_-]{22}$/)
    expect(await page.locator('.people li').last().textContent()).toContain(`${words.count(1)} · ${words.waiting}`)
    await page.reload()
    await page.locator('.people li').nth(1).waitFor()
    expect(await page.getByText(link).count()).toBe(0)
  })

  it('get a new link where the first was lost, and then the first opens nothing', async () => {
    await press(words.forWhom(words.againOpen, 'Thư ký hội nghị'))
    await press(words.again.act)
    const first = await shownLink('Thư ký hội nghị')
    await press(words.linkDone)
    await press(words.forWhom(words.againOpen, 'Thư ký hội nghị'))
    await press(words.again.act)
    const second = await shownLink('Thư ký hội nghị')
    const accept = async (link: string) => {
      const body = { invitation: link.split('#moi.')[1], login: 'thu-ky', password: 'mật khẩu đủ dài' }
      const headers = { 'content-type': 'application/json' }
      return said(await ask('/api/account/invited', { method: 'POST', headers, body: JSON.stringify(body) }))
    }
    expect(await accept(first)).toBe('used-link')
    expect(await accept(second)).toBeNull()
  })

  it('are given other polls, and removed after a question', async () => {
    await press(words.forWhom(words.pollsOpen, 'Thư ký hội nghị'))
    await page.locator('#guest-all').check()
    await press(words.savePolls)
    await page.getByText(`${words.everything} · ${words.login('thu-ky')}`).waitFor()
    await press(words.forWhom(words.removeOpen, 'Thư ký hội nghị'))
    await page.getByText(words.remove.text).waitFor()
    expect(await faultsOf(page)).toEqual([])
    await press(words.remove.act)
    await page.locator('.people strong').getByText('Thư ký hội nghị').waitFor({ state: 'detached' })
  })

  it('always hold one organiser: the last one cannot be removed', async () => {
    const name = (await page.locator('.people strong').first().textContent())!
    await press(words.forWhom(words.removeOpen, name))
    await press(words.remove.act)
    await page.getByText(words.last.title).waitFor()
    expect(await page.locator('.people > li').count()).toBe(1)
  })
})
