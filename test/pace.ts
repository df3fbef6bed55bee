/**
 * `npm run pace`: how long a voter waits on a weak phone in a full room: the built page in Chromium with the processor
 * slowed down four times, behind a slow 4G line, at a plain http name (where browsers ask for gzip, not brotli). The
 * arithmetic runs on the main thread, since a browser's slowing down does not reach workers. Median of five rounds; times
 * of arithmetic also as ratios to one variable-base multiplication in the same slowed page.
 *
 * Once more with the worker, as phones seal: whether a bar shows how far the sealing is.
 *
 *   npm run pace              some four minutes; loopback only
 *   npm run pace -- --json    for machines
 *
 * Never part of `npm test`: time is measured here and asserted nowhere.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { build } from 'vite'
import { surveyVi as survey } from '../client/words/voter/survey-vi.ts'
import { cardLink } from '../crypto/token.ts'
import { Progress } from '../server/commands/terminal.ts'
import { startServer } from '../server/node.ts'
import { readPages } from '../server/pages.ts'
import type { Draft } from '../server/wire.ts'
import { builtPages, launch } from './browser.ts'
import { askAt, organiserBy } from './listening.ts'
import { button, heading, newPhone, voter } from './meeting.ts'
import { act, draftFor, type SealedPoll, sealPoll } from './office.ts'

const ROUNDS = 5
const SLOWER = 4
const LINE = { latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 }
const HOST = 'phieukin.test'
/** Whatever hangs, this ends. */
const LONGEST_MS = 10 * 60_000

const SHAPES = [
  { name: '1×4', subjects: 1, criteria: 0 },
  { name: '41×4', subjects: 41, criteria: 0 },
  { name: '1×4 + 10×5', subjects: 1, criteria: 10 },
] as const
type Ballot = (typeof SHAPES)[number]

const GRADES = ['Xuất sắc', 'Tốt', 'Khá', 'Trung bình', 'Kém']

const draftOf = ({ subjects, criteria }: Ballot, address: string): Draft =>
  draftFor({
    address,
    template: 'quality',
    subjects: Array.from({ length: subjects }, (_, i) => ({ name: '', position: `Giám đốc Sở ${i + 1}` })),
    questions: Array.from({ length: criteria }, (_, i) => ({
      kind: 'graded',
      title: `Tiêu chí ${i + 1}`,
      options: GRADES.map(label => ({ label, standard: '', points: null })),
      max: 1,
    })),
  })

const UNITS = {
  'usable, first visit': 'ms',
  'usable, loaded again': 'ms',
  'on the line, first visit': 'kB',
  'one multiplication': 'ms',
  'slowed down, as it came out': '×',
  'redeeming, from press to ballot': 'ms',
  'redeeming, arithmetic': 'ms',
  'sealing, arithmetic': 'ms',
} as const
type Figure = keyof typeof UNITS
type Figures = Readonly<Record<Figure, number>>
const isArithmetic = (figure: Figure): boolean => figure.endsWith('arithmetic')

// ── what the page is watched by ─────────────────────────────────────────────────────────────────────────────────

interface Watch {
  /** When the button was there, painted, and the page free for a press. */
  usable: number | null
  /** When the first line of the ballot was there and painted. */
  choosing: number | null
  /** Of the last press, by the browser's clock for input. */
  pressed: number
  /** A bar showed how far the sealing was. */
  bar: boolean
  /** Of the main thread, each longer than 50 ms. */
  readonly tasks: { readonly from: number; readonly ms: number }[]
}

declare global {
  interface Window {
    watch: Watch
  }
}

/** Runs in the page before anything of its own. */
function watchPage({ receive, worker }: { readonly receive: string; readonly worker: boolean }): void {
  if (!worker) Reflect.deleteProperty(window, 'Worker')
  const watch: Watch = { usable: null, choosing: null, pressed: 0, bar: false, tasks: [] }
  window.watch = watch
  new PerformanceObserver(list => {
    for (const { startTime, duration } of list.getEntries()) watch.tasks.push({ from: startTime, ms: duration })
  }).observe({ type: 'longtask', buffered: true })
  addEventListener('click', ({ timeStamp }) => (watch.pressed = timeStamp), true)
  // After the frame in which it shows, as soon as whatever else was to be done is done.
  const note = (what: 'usable' | 'choosing') =>
    requestAnimationFrame(() => setTimeout(() => (watch[what] ??= performance.now())))
  new MutationObserver(() => {
    if (watch.usable === null && document.querySelector('button.main')?.textContent === receive) note('usable')
    if (watch.choosing === null && document.querySelector('.options, .rows')) note('choosing')
    if (document.querySelector('.casting progress')) watch.bar = true
  }).observe(document, { childList: true, subtree: true, characterData: true })
}

/** One variable-base multiplication in milliseconds, by the arithmetic that the page uses, once it is warm. */
async function multiplicationScript(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'chrome90',
      lib: { entry: join(import.meta.dirname, '../crypto/group.ts'), formats: ['iife'], name: 'group' },
    },
  })
  const [{ output }] = built as unknown as readonly [{ readonly output: readonly [{ readonly code: string }] }]
  return `(() => {
    ${output[0].code}
    const draw = n => crypto.getRandomValues(new Uint8Array(n))
    let point = group.G
    const run = times => {
      const began = performance.now()
      for (let i = 0; i < times; i++) point = group.multiply(point, group.randomScalar(draw))
      return (performance.now() - began) / times
    }
    run(30)
    return Array.from({ length: 7 }, () => run(20)).sort((a, b) => a - b)[3]
  })()`
}

// ── a round ─────────────────────────────────────────────────────────────────────────────────────────────────────

const setSpeed = (cdp: CDPSession, rate: number) => cdp.send('Emulation.setCPUThrottlingRate', { rate })

async function usableAt(page: Page): Promise<number> {
  const handle = await page.waitForFunction(() => window.watch.usable)
  return (await handle.jsonValue())!
}

/** Of the long tasks since the last press. */
const tasksSincePress = (page: Page): Promise<readonly number[]> =>
  page.evaluate(() => {
    const { tasks, pressed } = window.watch
    return tasks.filter(({ from, ms }) => from + ms > pressed).map(({ ms }) => ms)
  })

/** Marks the first option everywhere; of a ballot about many from the list and back to it. */
async function fill(page: Page, { subjects, criteria }: Ballot): Promise<void> {
  const list = page.locator('.rows')
  await list.or(page.locator('.options')).waitFor()
  const hasList = await list.isVisible()
  if (hasList) await button(page, survey.listing.next).click()
  for (let i = 0; i < subjects * (1 + criteria); i++) {
    await page.locator('.options button').first().click()
    await page.locator('.acts button.main').click()
  }
  if (hasList) await button(page, survey.listing.review).click()
  await heading(page, voter.reviewing.title).waitFor()
}

/** True if sealing as phones do it, in the worker, shows how far it is. */
async function showsBar(browser: Browser, link: string, ballot: Ballot): Promise<boolean> {
  const page = await newPhone(browser)
  await page.addInitScript(watchPage, { receive: voter.arrived.receive, worker: true })
  await page.goto(link)
  await button(page, voter.arrived.receive).click()
  await fill(page, ballot)
  await button(page, voter.reviewing.cast).click()
  await heading(page, voter.cast.title).waitFor()
  const shown = await page.evaluate(() => window.watch.bar)
  await page.context().close()
  return shown
}

async function measure(browser: Browser, link: string, ballot: Ballot, multiplication: string): Promise<Figures> {
  const page = await newPhone(browser)
  const cdp = await page.context().newCDPSession(page)
  await page.addInitScript(watchPage, { receive: voter.arrived.receive, worker: false })
  await cdp.send('Network.enable')
  let bytes = 0
  cdp.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength
  })
  await cdp.send('Network.emulateNetworkConditions', { offline: false, ...LINE })
  await setSpeed(cdp, SLOWER)

  await page.goto(link)
  const first = await usableAt(page)
  const kilobytes = bytes / 1000
  await page.reload()
  const again = await usableAt(page)

  await button(page, voter.arrived.receive).click()
  await page.waitForFunction(() => window.watch.choosing)
  const redeeming = await page.evaluate(() => window.watch.choosing! - window.watch.pressed)
  const redeemingTasks = await tasksSincePress(page)

  await setSpeed(cdp, 1)
  await fill(page, ballot)
  await setSpeed(cdp, SLOWER)
  await button(page, voter.reviewing.cast).click()
  await heading(page, voter.cast.title).waitFor()
  const sealing = Math.max(...(await tasksSincePress(page)))

  const oneMultiplication = async () => {
    const { result } = await cdp.send('Runtime.evaluate', { expression: multiplication, returnByValue: true })
    return result.value as number
  }
  const slowed = await oneMultiplication()
  await setSpeed(cdp, 1)
  const free = await oneMultiplication()
  await page.context().close()
  return {
    'usable, first visit': first,
    'usable, loaded again': again,
    'on the line, first visit': kilobytes,
    'one multiplication': slowed,
    'slowed down, as it came out': slowed / free,
    'redeeming, from press to ballot': redeeming,
    'redeeming, arithmetic': redeemingTasks.reduce((sum, ms) => sum + ms, 0),
    'sealing, arithmetic': sealing,
  }
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!

function summed(rounds: readonly Figures[]) {
  return (Object.keys(UNITS) as Figure[]).map(figure => {
    const values = rounds.map(round => round[figure])
    const spread = { median: median(values), lowest: Math.min(...values), highest: Math.max(...values) }
    const ratio = median(rounds.map(round => round[figure] / round['one multiplication']))
    return { figure, unit: UNITS[figure], ...spread, multiplications: isArithmetic(figure) ? ratio : null }
  })
}

async function run() {
  const folder = mkdtempSync(join(tmpdir(), 'phieukin-pace-'))
  const pages = await builtPages()
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  const address = `http://${HOST}:${port}`
  const options = { data: folder, pages, host: '127.0.0.1', port, publicUrl: address, tls: null, lastCallMs: 0 }
  const server = await startServer({ ...options, newPassword: false, log: line => process.stderr.write(`${line}\n`) })
  const browser = await launch([`--host-resolver-rules=MAP ${HOST} 127.0.0.1`])
  const agent = new Agent()
  const progress = new Progress()
  try {
    const ask = askAt(port, agent)
    const organiser = await organiserBy(ask, server.setupLink!)
    const bundle = readPages(pages).bundleHash
    const polls: SealedPoll[] = []
    for (const ballot of SHAPES) {
      const draft = draftOf(ballot, address)
      const sealed = await sealPoll(ask, organiser, { draft, bundle, cards: ROUNDS + 1 })
      await act(organiser, sealed, 'open', [0])
      polls.push(sealed)
    }
    const linkOf = ({ cards, manifest }: SealedPoll, card: number) => cardLink(address, cards[card]!, manifest.hash)
    const multiplication = await multiplicationScript()
    const rounds: Figures[][] = SHAPES.map(() => [])
    for (let round = 0; round < ROUNDS; round++)
      for (const [i, ballot] of SHAPES.entries()) {
        progress.show(`round ${round + 1} of ${ROUNDS}, shape ${i + 1} of ${SHAPES.length}`)
        rounds[i]!.push(await measure(browser, linkOf(polls[i]!, round), ballot, multiplication))
      }
    const bars: boolean[] = []
    for (const [i, ballot] of SHAPES.entries()) bars.push(await showsBar(browser, linkOf(polls[i]!, ROUNDS), ballot))
    return SHAPES.map(({ name }, i) => ({ name, figures: summed(rounds[i]!), bar: bars[i]! }))
  } finally {
    progress.done()
    agent.destroy()
    await browser.close()
    await server.close()
    rmSync(folder, { recursive: true })
  }
}

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } })
setTimeout(() => {
  process.stderr.write('This takes too long; stopped.\n')
  process.exit(1)
}, LONGEST_MS).unref()

const shapes = await run()
if (values.json) process.stdout.write(`${JSON.stringify({ slower: SLOWER, line: LINE, shapes })}\n`)
else shapes.forEach(print)

function print({ name, figures, bar }: (typeof shapes)[number]): void {
  process.stdout.write(`\na ballot of ${name}, ${SLOWER}× slower, 150 ms and 1.6 Mbit/s, median of ${ROUNDS}\n`)
  for (const { figure, unit, median: middle, lowest, highest, multiplications } of figures) {
    const digits = middle < 100 ? 1 : 0
    const value = `${middle.toFixed(digits).padStart(8)} ${unit}`
    const spread = `(${lowest.toFixed(digits)} … ${highest.toFixed(digits)})`
    const ratio = multiplications === null ? '' : `${multiplications.toFixed(0)} multiplications`
    process.stdout.write(`  ${figure.padEnd(34)} ${value}   ${spread.padEnd(20)} ${ratio}\n`)
  }
  process.stdout.write(`  ${bar ? 'a bar showed how far the sealing was' : 'sealed before a bar was due'}\n`)
}
