/**
 * `npm run dev:worker`: the Worker in a workerd on this machine, without network; data in `data/worker`.
 * `npm run deploy -- --address https://…`: builds the pages and the Worker, uploads both and, where there is no organiser
 * yet or with `--new-password`, prints a link by which the first one sets a password. Only the link's hash leaves this
 * machine. Whoever may do this can do everything (docs/operations.md).
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { toBase64url } from '../../crypto/bytes.ts'
import { hashOf } from '../account.ts'
import { newName } from '../draft.ts'
import { secureRng } from '../play/seed.ts'
import { WORKER_WORDS, type WorkerWords } from '../words/worker.ts'
import { EXIT, languageOf, run, Unusable } from './terminal.ts'

const root = join(import.meta.dirname, '..', '..')
const DATA = join(root, 'data', 'worker')
/** How long a new deployment may take until its address answers. */
const PATIENCE_MS = 60_000

/** Wrangler tells nobody anything by itself, and asks nobody in a run without network. */
const QUIET = {
  WRANGLER_SEND_METRICS: 'false',
  WRANGLER_SEND_ERROR_REPORTS: 'false',
  CLOUDFLARE_CF_FETCH_ENABLED: 'false',
  X_LOCAL_OBSERVABILITY: 'false',
  WRANGLER_HIDE_BANNER: 'true',
}

await run(async () => {
  const { mode, lang, port, address, newPassword } = readArguments()
  const words = WORKER_WORDS[languageOf(lang)]
  if (mode === 'deploy') {
    await done([join(root, 'client', 'build.ts')], words)
    await wrangler(['deploy'], words)
    await tellLink(address, ['--remote'], newPassword, words, words.deployed(address))
    return EXIT.success
  }
  mkdirSync(DATA, { recursive: true, mode: 0o700 })
  const local = `http://localhost:${port}`
  // A line for every request would be a log of requests.
  const args = ['dev', '--local', '--port', port, '--ip', '127.0.0.1', '--persist-to', DATA, '--log-level', 'warn']
  const server = start([wranglerFile(), ...args, '--show-interactive-dev-session=false'])
  const ended = once(server, 'exit')
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.kill(signal))
  try {
    const told = tellLink(local, ['--local', '--persist-to', DATA], newPassword, words, words.running(local))
    await Promise.race([ended, told])
    await ended
  } finally {
    server.kill()
  }
  return EXIT.success
})

/** Says where it runs, once it answers, and how the first organiser comes in. */
async function tellLink(
  address: string,
  where: readonly string[],
  newPassword: boolean,
  words: WorkerWords,
  first: string,
): Promise<void> {
  const refused = await refusalAt(address)
  if (refused === null) throw new Unusable(words.silent(address))
  const organiser = `${address}/to-chuc`
  if (refused !== 'needs-setup' && !newPassword) {
    process.stdout.write(`${first}\n${words.organiser}\n\n    ${organiser}\n\n`)
    return
  }
  const link = newName(secureRng)
  // Base64url alone stands between the quotes.
  const value = toBase64url(hashOf(link))
  const statement = `insert into setting (name, value) values ('setup', '${value}') on conflict (name) do update set value = excluded.value`
  await wrangler(['d1', 'execute', 'DIRECTORY', ...where, '--yes', '--command', statement], words)
  process.stdout.write(`${first}\n${words.setup}\n\n    ${organiser}#setup.${link}\n\n`)
}

/** What somebody without a session is told, which also makes the directory's tables; null where nothing answers. */
async function refusalAt(address: string): Promise<string | null> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await setTimeout(500)) {
    const answer = await fetch(`${address}/api/account/me`).catch(() => null)
    const said = (await answer?.json().catch(() => null)) as { readonly refused?: string } | null
    if (said?.refused !== undefined && answer!.status < 500) return said.refused
  }
  return null
}

// ── processes ───────────────────────────────────────────────────────────────────────────────────────────────────

/** Run by this very Node: the file that npm links to is no program on Windows. */
function wranglerFile(): string {
  const described = createRequire(import.meta.url).resolve('wrangler/package.json')
  return join(dirname(described), 'bin', 'wrangler.js')
}

async function wrangler(args: readonly string[], words: WorkerWords): Promise<void> {
  await done([wranglerFile(), ...args], words)
}

function start(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...QUIET }, stdio: 'inherit' })
}

async function done(args: readonly string[], words: WorkerWords): Promise<void> {
  const [code] = await once(start(args), 'exit')
  if (code !== 0) throw new Unusable(words.failed(args.slice(0, 4).join(' ')))
}

function readArguments() {
  const usage = () => new Unusable(WORKER_WORDS.vi.usage)
  const options = {
    lang: { type: 'string' },
    port: { type: 'string', default: '8787' },
    address: { type: 'string', default: process.env.PUBLIC_URL ?? '' },
    'new-password': { type: 'boolean', default: false },
  } as const
  const { values, positionals } = (() => {
    try {
      return parseArgs({ options, allowPositionals: true })
    } catch {
      throw usage()
    }
  })()
  const [mode] = positionals
  const address = values.address.replace(/\/$/, '')
  if (mode !== 'dev' && !(mode === 'deploy' && /^https:\/\/[^/\s]+$/.test(address))) throw usage()
  return { mode, lang: values.lang, port: values.port, address, newPassword: values['new-password'] }
}
