/**
 * What tests need of a browser: Debian's Chromium, started with a profile of its own and without a word to anybody
 * else, and the pages as `client/build.ts` builds them.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { type Browser, type BrowserContext, type Page as BrowserPage, chromium } from 'playwright-core'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'dist')

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The browser, or a sentence that says what to do where there is none. */
function findChromium(): string {
  const found = PLACES.find(existsSync)
  if (!found) throw new Error(`No Chromium at ${PLACES.join(', ')}. On Debian: apt-get install chromium`)
  return found
}

/** Headless, with a fresh profile that `close` deletes. `extra`: further flags, such as a fake camera's. */
export const launch = (extra: readonly string[] = []): Promise<Browser> =>
  chromium.launch({ executablePath: findChromium(), headless: true, args: [...FLAGS, ...extra] })

export const PAGES = ['voter', 'trustee', 'organiser', 'hall', 'verifier', 'rules', 'leader', 'forms'] as const
/** `verifier-file`: the verifier once more, as one file. */
type Page = (typeof PAGES)[number] | 'verifier-file'

/** Whatever the pages are made of. */
const SOURCES = ['client', 'crypto', 'server/wire.ts', 'server/rules', 'package-lock.json']

export function newest(path: string): number {
  const about = statSync(path, { throwIfNoEntry: false })
  if (!about) return 0
  if (!about.isDirectory()) return about.mtimeMs
  return Math.max(0, ...readdirSync(path).map(name => newest(join(path, name))))
}

/** Those that are missing or older than any source. */
function stalePages(): readonly Page[] {
  const changed = Math.max(...SOURCES.map(source => newest(join(root, source))))
  const builtAt = (page: Page): number =>
    newest(join(dist, page, page === 'verifier-file' ? 'verifier.html' : 'index.html'))
  return ([...PAGES, 'verifier-file'] as const).filter(page => builtAt(page) < changed)
}

const LOCK = join(root, 'node_modules', '.building-pages')
const LOCK_MS = 120_000

/**
 * The folder of the built pages, every one of them: a server reads the whole folder, and nobody may be building in it
 * meanwhile.
 */
export async function builtPages(): Promise<string> {
  await locked(() => {
    const stale = stalePages()
    if (stale.length === 0) return
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'client', 'build.ts'), ...stale], {
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`The pages cannot be built:\n${stderr}`)
  })
  return dist
}

/** One at a time, over all test processes: who comes second finds the pages built. */
export async function locked(work: () => void): Promise<void> {
  for (;;) {
    try {
      mkdirSync(LOCK)
      break
    } catch {
      const since = statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
      if (Date.now() - since > LOCK_MS) rmSync(LOCK, { recursive: true, force: true })
      else await setTimeout(100)
    }
  }
  try {
    work()
  } finally {
    rmSync(LOCK, { recursive: true, force: true })
  }
}

/** Where the server puts the pages, and what it says with each of them (`server/app.ts`). */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'"
const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  woff2: 'font/woff2',
}

interface Answered {
  readonly status?: number
  readonly body: string
}

/**
 * One built page at `http://page.test/<path>`, and doors that answer as the test says: null is *not found*. No server,
 * no network; plain http, as phones meet it.
 */
export async function openPage(
  context: BrowserContext,
  page: Page,
  fragment: string,
  doors: (path: string, query: string) => Answered | null,
): Promise<BrowserPage> {
  const folder = await builtPages()
  const tab = await context.newPage()
  await context.route('http://page.test/**', route => {
    const { pathname, search } = new URL(route.request().url())
    const headers = { 'content-security-policy': POLICY }
    if (pathname.startsWith('/api/')) {
      const { status = 200, body } = doors(pathname, search) ?? { status: 404, body: '{"refused":"wrong-manifest"}' }
      return route.fulfill({ status, body, headers })
    }
    const file = join(folder, pathname === '/' ? `${page}/index.html` : pathname)
    const contentType = TYPES[file.slice(file.lastIndexOf('.') + 1)]
    return existsSync(file) && contentType ? route.fulfill({ path: file, headers, contentType }) : route.abort()
  })
  await tab.goto(`http://page.test/${fragment}`)
  return tab
}

/** What axe-core finds on the screen that shows now. */
export async function complaints(tab: BrowserPage): Promise<readonly string[]> {
  await tab.evaluate(readFileSync(join(root, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8'))
  const found = await tab.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>('axe.run()')
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`))
}
