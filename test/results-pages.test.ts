/**
 * A survey about one person, really counted: three groups of which one is too small to be opened apart, criteria with
 * points, questions of other kinds, weights, a round the year before. Leader, organiser and verifier show exactly what
 * the record says, in Chromium over the real server.
 */
import { spawnSync } from 'node:child_process'
import { Agent } from 'node:http'
import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WORDS as LEADER } from '../client/words/leader.ts'
import { RESULTS } from '../client/words/results.ts'
import { RULES } from '../client/words/rules.ts'
import { parseClosing } from '../crypto/closing.ts'
import { parseManifest } from '../crypto/manifest.ts'
import { parseResult } from '../crypto/tally.ts'
import { type Running, startServer } from '../server/node.ts'
import { readPages } from '../server/pages.ts'
import type { PackText } from '../server/wire/packs.ts'
import type { Draft } from '../server/wire.ts'
import { builtPages, complaints, launch } from './browser.ts'
import { askAt, newPlace, optionsFor, organiserBy } from './listening.ts'
import { type Ask, act, count, draftFor, type Organiser, type SealedPoll, said, sealPoll, vote } from './office.ts'

const place = newPlace()
/** A long ballot is sealed between two requests: no line is kept so long. */
const agent = new Agent({ keepAlive: false })
let server: Running
let ask: Ask
let organiser: Organiser
let browser: Browser
let bundle: Uint8Array
let now: SealedPoll
let survey: SealedPoll
let line: SealedPoll

const GRADES = [
  { label: 'Xuất sắc', standard: 'Vượt yêu cầu', points: 400 },
  { label: 'Tốt', standard: 'Đạt yêu cầu', points: 300 },
  { label: 'Trung bình', standard: 'Còn thiếu sót', points: 200 },
  { label: 'Kém', standard: 'Không đạt', points: 150 },
]
const graded = (title: string) => ({ kind: 'graded', title, options: GRADES, max: 1 }) as const
const yesNo = (title: string) => ({ kind: 'yes-no', title, options: [], max: 1 }) as const
const grade = (label: string) => ({ label, standard: '', points: null })

const QUESTIONS: Draft['questions'] = [
  graded('Phẩm chất chính trị, đạo đức, lối sống'),
  graded('Kết quả thực hiện nhiệm vụ được giao'),
  graded('Tinh thần trách nhiệm, thái độ phục vụ nhân dân'),
  yesNo('Có dân chủ, công khai trong điều hành không?'),
  {
    kind: 'choice',
    title: 'Việc cần thay đổi trước hết',
    options: ['Lắng nghe cấp dưới', 'Trả lời kiến nghị đúng hạn', 'Công khai tài chính'].map(grade),
    max: 2,
  },
]
const GROUPS = [
  { label: 'Cấp trên trực tiếp', convened: 4, weight: 3 },
  { label: 'Cùng cấp', convened: 3, weight: 2 },
  { label: 'Cấp dưới', convened: 9, weight: 1 },
]
const SUBJECT = {
  name: '',
  position: 'Giám đốc Sở A',
  selfScore: '92',
  selfLevel: 'Hoàn thành tốt nhiệm vụ',
}

/** A ballot: the whole, three criteria, yes or no, up to two of three; null: left empty. */
type Marks = readonly (readonly number[])[]
const ballot = (...marks: readonly (number | readonly number[] | null)[]): Marks =>
  marks.map(mark => (mark === null ? [] : typeof mark === 'number' ? [mark] : mark))

/** By group. Of “Cùng cấp” two vote, too few for a union of their own. */
const VOTES: readonly (readonly Marks[])[] = [
  [
    ballot(0, 0, 1, 2, 0, [0]),
    ballot(0, 0, 1, 2, 0, [0, 1]),
    ballot(1, 1, 1, 3, 1, [1]),
    ballot(2, 1, 2, 3, null, [2]),
  ],
  [ballot(0, 1, 0, 2, 0, [1]), ballot(2, 3, 2, 3, 1, [])],
  [
    ballot(2, 1, 2, 3, 1, [0, 1]),
    ballot(2, 2, 2, 3, 1, [0, 1]),
    ballot(2, 1, 1, 2, 1, [0, 2]),
    ballot(2, 0, 1, 3, 0, [1]),
    ballot(1, 1, null, 1, 0, [0]),
    ballot(1, 0, 0, 1, 0, [1, 2]),
    ballot(2, 1, 2, 3, 1, [0]),
    ballot(2, 2, 3, 3, null, [0, 1]),
  ],
]
const BEFORE: readonly (readonly Marks[])[] = [
  [ballot(0, 0, 0, 2, 0, [0]), ballot(0, 0, 0, 1, 0, [0]), ballot(1, 1, 1, 2, 0, [1])],
  [ballot(0, 0, 1, 2, 0, [1]), ballot(1, 1, 0, 2, 1, []), ballot(1, 1, 1, 2, 1, [2])],
  [ballot(1, 1, 1, 3, 1, [0]), ballot(2, 1, 2, 3, 1, [0]), ballot(1, 0, 1, 1, 0, [1]), ballot(0, 0, 0, 0, 0, [])],
]

const ASKED: Draft['questions'] = [
  yesNo('Có được góp ý thẳng thắn ở đơn vị không?'),
  yesNo('Nơi làm việc có an toàn không?'),
  {
    kind: 'choice',
    title: 'Điều kiện cần cải thiện',
    options: ['Máy móc', 'Phòng họp'].map(grade),
    max: 2,
  },
]

const AGREE = ['Đồng ý', 'Không đồng ý']
const LINE = Array.from({ length: 41 }, (_, s) => ({
  name: '',
  position: s < 30 ? `Giám đốc Sở ${s + 1}` : `Trưởng ban Uỷ ban ${s - 29}`,
}))

beforeAll(async () => {
  const pages = await builtPages()
  bundle = readPages(pages).bundleHash
  server = await startServer({ ...optionsFor({ data: place.data, pages }), log: () => {} })
  ask = askAt(server.port, agent)
  organiser = await organiserBy(ask, server.setupLink!)
  const packs = await said<readonly PackText[]>(await ask('/api/packs'))
  const pack = packs.find(({ id }) => id === 'tin-nhiem-96-QD-TW')!.sha256
  const about = { pack, subjects: [SUBJECT], questions: QUESTIONS }
  await round({ ...about, period: 'Năm 2025', date: '2025-12-04' }, BEFORE)
  now = await round({ ...about, period: 'Năm 2026', date: '2026-12-05' }, VOTES)
  survey = await round(
    {
      ...{ template: 'survey', subjects: [], questions: ASKED, groups: [], period: 'Năm 2026', date: '2026-12-06' },
      ...{ title: 'Khảo sát ý kiến người lao động', convened: 4 },
    },
    [[ballot(0, 0, [0, 1]), ballot(1, 0, [0]), ballot(1, 1, [1]), ballot(null, 0, [0, 1])]],
  )
  line = await round(
    {
      ...{ subjects: LINE, groups: [], period: 'Năm 2026', date: '2026-12-07', convened: 3 },
      ...{ title: 'Lấy phiếu đối với 41 người giữ chức vụ', template: 'free', options: AGREE, max: 1 },
    },
    [[0, 1, 2].map(voter => LINE.map((_, s) => [s % 3 > voter ? 1 : 0]))],
  )
  browser = await launch()
}, 600_000)
afterAll(async () => {
  await browser?.close()
  agent.destroy()
  await server?.close()
  place.remove()
})

async function round(change: Partial<Draft>, votes: readonly (readonly Marks[])[]): Promise<SealedPoll> {
  const groups = change.groups ?? GROUPS
  const convened = change.convened ?? groups.reduce((sum, group) => sum + group.convened, 0)
  const present = votes.flat().length
  const sealed = await sealPoll(ask, organiser, {
    bundle,
    cards: convened + 2,
    draft: draftFor({
      ...{ disclosure: 'public', minimumBallots: 3, sparePercent: 0 },
      absent: convened === present ? [] : [{ reason: 'ốm', count: convened - present }],
      ...change,
      ...{ groups, convened },
    }),
  })
  const stated = {
    date: change.date,
    attendance: { convened, present },
    members: null,
    histories: [],
    classified: null,
  }
  const histories = (change.subjects ?? []).map(() => [])
  if (change.pack) expect(await organiser.put(`/polls/${sealed.poll}/statement`, { ...stated, histories })).toBeNull()
  await act(organiser, sealed, 'open', [0])
  for (const [g, list] of votes.entries()) {
    const cards = sealed.cards.filter(({ group }) => group === g)
    for (const [i, marks] of list.entries()) await vote(ask, sealed, cards[i]!, marks)
  }
  await act(
    organiser,
    sealed,
    'close',
    [0, 1],
    votes.map(list => list.length),
  )
  await count(sealed.members.slice(0, 2))
  await act(organiser, sealed, 'publish', [0])
  return sealed
}

// ── what the record says ────────────────────────────────────────────────────────────────────────────────────────

interface Recorded {
  readonly contests: readonly { readonly id: string; readonly options: readonly { readonly label: string }[] }[]
  readonly groups: readonly (readonly string[])[]
  /** By union, contest, option. */
  readonly counts: readonly (readonly (readonly number[])[])[]
  readonly ballots: readonly number[]
}

/** Read from the published file itself. */
async function recordOf({ hash }: SealedPoll): Promise<Recorded> {
  const text = await (await ask(`/api/polls/${hash}/record`)).text()
  const textOf = (type: string): string =>
    JSON.parse(text.split('\n').find(line => line.startsWith(`{"type":"${type}"`))!).text
  const manifest = parseManifest(textOf('manifest'))
  const { unions } = parseResult(manifest, parseClosing(manifest, textOf('closing')).hash, textOf('result'))
  return {
    contests: manifest.contests,
    groups: unions.map(({ groups }) => groups),
    counts: unions.map(({ counts }) => counts),
    ballots: unions.map(({ ballots }) => ballots),
  }
}

const sumOf = (lists: readonly (readonly number[])[]): readonly number[] =>
  lists[0]!.map((_, i) => lists.reduce((sum, list) => sum + list[i]!, 0))

// ── pages ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** A page with the organiser's session; it stays in its context until the end. */
async function open(path: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'vi-VN' })
  context.setDefaultTimeout(20_000)
  const [name, value] = organiser.cookie.split('=')
  await context.addCookies([{ name: name!, value: value!, url: 'https://localhost/', secure: true }])
  const page = await context.newPage()
  await page.goto(`http://localhost:${server.port}${path}`)
  await page.locator('.bar').first().waitFor()
  return page
}

const PATHS = {
  leader: () => `/lanh-dao#${now.poll}`,
  organiser: () => `/to-chuc#${now.poll}`,
  verifier: () => `/verify#poll=${now.hash}`,
} as const
const WHO = Object.keys(PATHS) as readonly (keyof typeof PATHS)[]

/** As it is read, line by line. */
const textOf = async (on: Locator): Promise<string> => (await on.allInnerTexts()).join(' ').replace(/\s+/g, ' ')

/** Numbers of every table with rows under titles: title, label of the row or empty, numbers. */
const rowsIn = (on: Locator) =>
  on.locator('.scales').evaluateAll(tables =>
    tables.flatMap(table => {
      let title = ''
      return [...table.querySelectorAll('tbody')].flatMap(body => {
        const said = (selector: string) => body.querySelector(selector)?.textContent?.trim() ?? ''
        if (said('.over') !== '') title = said('.over')
        const numbers = [...body.querySelectorAll('td.figure')].map(cell => cell.textContent ?? '')
        return numbers.length === 0 ? [] : [[title, said('.label'), ...numbers] as const]
      })
    }),
  )

/** Of the tables in which options stand below each other: option, count. */
const countsIn = async (on: Locator): Promise<readonly (readonly string[])[]> =>
  on
    .locator('.counts')
    .evaluateAll(tables =>
      tables.map(table =>
        [...table.querySelectorAll('tbody tr')].map(row => row.querySelector('td.figure')?.textContent ?? ''),
      ),
    )

/** What axe-core finds and what runs out of the screen, in both languages, light and dark, at three widths. */
async function faultsOf(page: Page, other: readonly [string, string]): Promise<readonly string[]> {
  const found: string[] = []
  for (const [i, toOther] of other.entries()) {
    await page.emulateMedia({ colorScheme: i === 0 ? 'dark' : 'light' })
    found.push(...(await complaints(page)))
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 900 })
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
      if (over > 0) found.push(`${toOther} at ${width}: ${over} dots too wide`)
    }
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.getByRole('button', { name: toOther, exact: true }).click()
  }
  return found
}

const words = RESULTS.vi

describe('a survey in three groups', () => {
  let record: Recorded
  const pages = new Map<string, Page>()
  beforeAll(async () => {
    record = await recordOf(now)
    for (const who of WHO) pages.set(who, await open(PATHS[who]()))
  })
  afterAll(async () => {
    for (const page of pages.values()) await page.context().close()
  })

  it('was opened in two unions, of which one merges the group of two ballots', () => {
    expect(record.groups).toEqual([['nhom-1', 'nhom-2'], ['nhom-3']])
    expect(record.ballots).toEqual([6, 8])
  })

  it.each(WHO)('is counted on the page of the %s as in the record, line by line and group by group', async who => {
    const body = pages.get(who)!.locator('body')
    const whole = record.contests.map((_, c) => sumOf(record.counts.map(counts => counts[c]!)))
    const empty = (counts: readonly number[], ballots: number) => ballots - sumOf(counts.map(n => [n]))[0]!
    const [main, one, two, three, yes, choice] = whole
    // The whole, yes or no, and the choice have a table of their own.
    expect(await countsIn(body)).toEqual(
      [[...main!, empty(main!, 14)], [...yes!, empty(yes!, 14)], choice!].map(list => list.map(String)),
    )
    // Criteria stand in one table, then every line by group.
    const means = { one: ['3,04', '3,08', '3,00'], two: ['2,65', '2,83', '2,50'], three: ['1,86', '1,75', '1,94'] }
    const criteria = [
      [one!, means.one],
      [two!, means.two],
      [three!, means.three],
    ] as const
    const rows = await rowsIn(body)
    const numbersOf = (title: string, label: RegExp) =>
      rows.filter(([over, under]) => over.startsWith(title) && label.test(under)).map(([, , ...numbers]) => numbers)
    for (const [c, [counts, mean]] of criteria.entries()) {
      const { title } = QUESTIONS[c]!
      const shown = [...counts, empty(counts, 14)].map(String)
      expect(numbersOf(title, /^$/), title).toEqual([[...shown, mean[0]]])
      expect(numbersOf(title, /^Toàn bộ · 14/), title).toEqual([[...shown, mean[0]]])
      for (const [u, label] of [/^Cấp trên trực tiếp \+ Cùng cấp \(gộp\) · 6/, /^Cấp dưới · 8/].entries()) {
        const part = record.counts[u]![c + 1]!
        expect(numbersOf(title, label), title).toEqual([
          [...[...part, empty(part, record.ballots[u]!)].map(String), mean[u + 1]],
        ])
      }
    }
    for (const [u, label] of [/^Cấp trên/, /^Cấp dưới/].entries())
      expect(numbersOf(words.whole, label)).toEqual([
        [...record.counts[u]![0]!, empty(record.counts[u]![0]!, record.ballots[u]!)].map(String),
      ])
    const shares = { 'Lắng nghe cấp dưới': ['2 33,33', '6 75,00'], 'Công khai tài chính': ['1 16,67', '2 25,00'] }
    for (const [option, [upper, lower]] of Object.entries(shares)) {
      expect(numbersOf(option, /^Cấp trên/).map(list => list.join(' '))).toEqual([upper])
      expect(numbersOf(option, /^Cấp dưới/).map(list => list.join(' '))).toEqual([lower])
    }
  })

  it.each(WHO)(
    'names on the page of the %s the groups that were merged, and why, and none of them alone',
    async who => {
      const text = await textOf(pages.get(who)!.locator('body'))
      const { groups } = words
      const list = `${groups.of(groups.merged('Cấp trên trực tiếp + Cùng cấp'), 6)}; ${groups.of('Cấp dưới', 8)}`
      expect(text).toContain(`${groups.opened(list)} ${groups.whyMerged(3)}`)
      const labels = await pages.get(who)!.locator('.by-group .label').allInnerTexts()
      expect(new Set(labels.map(label => label.split(' · ')[0]))).toEqual(
        new Set([groups.all, groups.merged('Cấp trên trực tiếp + Cùng cấp'), 'Cấp dưới']),
      )
    },
  )

  it.each(WHO)('has on the page of the %s the weighted figure second, and says that it replaces nothing', async who => {
    const second = pages.get(who)!.locator('.second')
    const text = await textOf(second)
    expect(text).toContain(words.weighted.title)
    expect(text).toContain(words.weighted.merged)
    // 5 × 3/6 + 1 × 0/8, over 6; of the means 5 × 37/12 + 1 × 3, over 6.
    expect(text).toContain('Tín nhiệm cao 41,67 %')
    expect(text).toContain(words.weighted.mean('3,07'))
    const places = await pages
      .get(who)!
      .locator('.counts, .scales, .second')
      .evaluateAll(list => list.map(one => one.classList[0]))
    const last = places.indexOf('second')
    expect(places.slice(0, last).filter(name => name === 'counts')).toHaveLength(3)
  })

  it('draws thresholds on the bar of the whole alone, and says so', async () => {
    for (const who of ['leader', 'organiser'] as const) {
      const page = pages.get(who)!
      expect(await page.locator('.bar.ruled').count(), who).toBe(1)
      expect(await page.locator('.by-group .bar.ruled').count(), who).toBe(0)
      expect(await textOf(page.locator('.by-group')), who).toContain(words.groups.noThresholds)
    }
  })

  it('lets no rule speak of what is asked besides', async () => {
    for (const who of WHO) {
      const text = await textOf(pages.get(who)!.locator('body'))
      expect(text.split(RULES.vi.noThreshold).length - 1, who).toBe(0)
      expect(await pages.get(who)!.locator('.said-by').count(), who).toBe(3)
    }
  })

  it('shows a leader what the subject said of itself, and that it does not count', async () => {
    const text = await textOf(pages.get('leader')!.locator('.sheet'))
    expect(text).toContain(words.selfScore('92'))
    expect(text).toContain(words.selfLevel('Hoàn thành tốt nhiệm vụ'))
    expect(text).toContain(words.referenceNote)
  })

  it('has means added up with the most there can be', async () => {
    // 85/28 + 69/26 + 26/14
    expect(await textOf(pages.get('leader')!.locator('.sheet'))).toContain(
      `${words.total}: 7,55 (${words.most('12,00')})`,
    )
  })
})

describe('earlier rounds beside this one', () => {
  const { again, compare } = LEADER.vi.result
  let page: Page
  beforeAll(async () => {
    page = await open(PATHS.leader())
  })
  afterAll(() => page.context().close())

  it('stand above it line by line, with their exact counts and what went up or down', async () => {
    const rows = await rowsIn(page.locator('.comparison'))
    const of = (title: string) =>
      rows.filter(([over]) => over.startsWith(title)).map(([, label, ...numbers]) => [label, numbers.join(' ')])
    expect(of(words.whole)).toEqual([
      ['Năm 2025 · 04/12/2025', '4 5 1 0'],
      [`${compare.now} · ${compare.lowest['1']('Tín nhiệm thấp')}`, '3 3 8 0'],
    ])
    expect(of(QUESTIONS[0]!.title)).toEqual([
      ['Năm 2025 · 04/12/2025', '5 5 0 0 0 3,50'],
      [`${compare.now} · ${compare.mean['-1']}`, '4 7 2 1 0 3,04'],
    ])
    expect(of('Lắng nghe cấp dưới')).toEqual([
      ['Năm 2025 · 04/12/2025', '4 40,00'],
      [compare.now, '8 57,14'],
    ])
  })

  it('mark in words and by a sign the one weakness that comes back, and lead to the plan', async () => {
    const section = page.locator('.coming-back')
    expect(await section.locator('li').allInnerTexts()).toEqual([
      again.line(
        QUESTIONS[2]!.title,
        '12/14',
        again.options(['“Trung bình”', '“Kém”']),
        again.earlier('Năm 2025', '7/10'),
      ),
    ])
    expect(await textOf(section)).toContain(again.rule)
    const marks = page.locator('.again')
    expect(new Set(await marks.allInnerTexts())).toEqual(new Set([again.mark]))
    expect(await marks.first().evaluate(mark => getComputedStyle(mark, '::before').content)).toContain('↻')
    for (const mark of await page.locator('.over', { has: page.locator('.again') }).allInnerTexts())
      expect(mark).toContain(QUESTIONS[2]!.title)
    await section.getByRole('link', { name: again.plan }).click()
    await page.getByRole('heading', { name: LEADER.vi.follow.plan.title }).waitFor()
  })
})

describe('a survey about nobody', () => {
  let page: Page
  beforeAll(async () => {
    page = await open(`/lanh-dao#${survey.poll}`)
  })
  afterAll(() => page.context().close())

  it('is one page of questions with the record’s counts, without groups, subjects or a search', async () => {
    const { counts } = await recordOf(survey)
    const [[first, second, choice]] = counts as [readonly (readonly number[])[]]
    expect(await rowsIn(page.locator('.sheet'))).toEqual([
      [ASKED[0]!.title, '', ...first!.map(String), '1'],
      [ASKED[1]!.title, '', ...second!.map(String), '0'],
    ])
    expect(await countsIn(page.locator('.sheet'))).toEqual([choice!.map(String)])
    expect(await page.locator('.by-group, .subjects, .tabs, #subject-search').count()).toBe(0)
    expect(await textOf(page.locator('.sheet'))).not.toContain(LEADER.vi.result.next.title)
  })

  it('takes decisions and plans where the whole poll’s matters are written', async () => {
    await page.getByRole('link', { name: LEADER.vi.follow.whole }).click()
    await page.getByRole('button', { name: LEADER.vi.follow.add.plan }).waitFor()
    expect(await page.getByRole('button', { name: LEADER.vi.follow.add.decision }).count()).toBe(1)
  })
})

describe('a line of 41 subjects', () => {
  let page: Page
  const { overview } = LEADER.vi.result
  beforeAll(async () => {
    page = await open(`/lanh-dao#${line.poll}`)
  })
  afterAll(() => page.context().close())
  const titles = () => page.locator('.subjects .title').allInnerTexts()

  it('is a list in the ballot’s order, whatever was counted', async () => {
    expect(await titles()).toEqual(LINE.map(({ position }) => position))
    const { counts } = await recordOf(line)
    const said = await page.locator('.subjects li').evaluateAll(list => list.map(one => one.textContent ?? ''))
    for (const [s, text] of said.entries())
      expect(text).toContain(AGREE.map((label, o) => `${label} ${counts[0]![s]![o]}`).join(' · '))
    expect(await textOf(page.locator('main'))).toContain(overview.order)
  })

  it('is searched in any spelling, keeps each number, and says how many are shown', async () => {
    await page.getByLabel(overview.search).fill('uỷ BAN')
    await page.getByText(overview.found(11, 41)).waitFor()
    expect(await titles()).toEqual(LINE.slice(30).map(({ position }) => position))
    expect(await page.locator('.subjects li').first().getAttribute('value')).toBe('31')
    expect(await complaints(page)).toEqual([])
    await page.getByLabel(overview.search).fill('uỷ ban 99')
    await page.getByText(overview.noneFound).waitFor()
    await page.getByLabel(overview.search).fill('')
    expect(await titles()).toHaveLength(41)
  })

  it('leads from each to a page of its own', async () => {
    await page.getByRole('link', { name: 'Giám đốc Sở 17', exact: true }).click()
    await page.getByRole('heading', { name: 'Giám đốc Sở 17', exact: true }).waitFor()
    expect(await countsIn(page.locator('.sheet'))).toEqual([['2', '1', '0']])
  })
})

describe('every page of results', () => {
  const LANGUAGES = ['English', 'Tiếng Việt'] as const
  const ALL = { ...PATHS, survey: () => `/lanh-dao#${survey.poll}`, line: () => `/lanh-dao#${line.poll}` }

  it.each(Object.keys(ALL) as readonly (keyof typeof ALL)[])(
    '%s: is clean in both languages, light and dark, on a desk and on a phone',
    async who => {
      const page = await open(ALL[who]())
      expect(await faultsOf(page, LANGUAGES)).toEqual([])
      await page.context().close()
    },
  )

  it('prints the counts, the groups and the second figure', async () => {
    const page = await open(PATHS.leader())
    const pdf = await page.pdf({ preferCSSPageSize: true })
    const { stdout, status } = spawnSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' })
    expect(status).toBe(0)
    const { again } = LEADER.vi.result
    for (const exact of ['57,14', '3,04', 'Cùng cấp (gộp)', words.weighted.title, again.title, again.mark, '41,67'])
      expect(stdout).toContain(exact)
    await page.context().close()
  })
})
