/**
 * The real Worker as it would be uploaded, in a local workerd on a loopback port, without a word to anybody else. What it
 * stores lies in a folder of its own, so that the process may be killed and started again.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from 'miniflare'
import { toHex } from '../crypto/bytes.ts'
import { readingBy, type Statement, statementOf } from '../server/db/asked.ts'
import type { Db, Directory } from '../server/db.ts'
import type { DirectoryTables, PollTables } from '../server/schema.ts'
import { builtPages, locked, newest } from './browser.ts'
import { askAt } from './listening.ts'
import type { Ask } from './office.ts'
import { FAILURES, pack, type Question, type Reply, unpack } from './workerd-probe.ts'

const root = join(import.meta.dirname, '..')
const NAME = 'phieukin'
const OBJECT = 'PollObject'
const PROBE = join(root, 'node_modules', '.worker-probe')

/** What is uploaded: the program first. */
export const WORKER = join(root, 'dist-worker')

/** Whatever the Worker is made of. */
const SOURCES = ['server', 'crypto', 'client/words', 'dist', 'test/workerd-probe.ts', 'package-lock.json']

/** Both programs, built where they are missing or older than a source. */
async function builtWorker(): Promise<void> {
  const pages = await builtPages()
  await locked(() => {
    const changed = Math.max(...SOURCES.map(source => newest(join(root, source))))
    for (const args of [[], [join(root, 'test', 'workerd-probe.ts'), PROBE]]) {
      if (newest(join(args[1] ?? WORKER, 'worker.js')) > changed) continue
      const build = [join(root, 'server', 'commands', 'build-worker.ts'), ...args]
      const { status, stderr } = spawnSync(process.execPath, build, { encoding: 'utf8' })
      if (status !== 0) throw new Error(`The Worker cannot be built from ${pages}:\n${stderr}`)
    }
  })
}

export interface Workerd {
  readonly url: string
  /** Where everything that it stores lies. */
  readonly folder: string
  readonly ask: Ask
  /** Whatever the programs or the runtime wrote. */
  readonly logged: readonly string[]
  /** The directory and a poll, through the code that the Worker itself uses, in workerd. */
  readonly directory: Directory
  readonly of: (poll: Uint8Array) => Db
  /** Throws a poll's object out of memory, as the platform may at any time. */
  readonly evict: (poll: Uint8Array) => Promise<void>
  /** As a power cut would: until `restart` nothing answers. */
  readonly kill: () => Promise<void>
  /** The same address and data. */
  readonly restart: () => Promise<void>
  /** Of the process, in milliseconds. */
  readonly cpuMs: () => number
  readonly close: () => Promise<void>
}

/** `vars`: as `wrangler.toml` would set them, such as PUBLIC_URL. `port`: 0 for any free one. */
export async function startWorkerd(vars: Readonly<Record<string, string>> = {}, port = 0): Promise<Workerd> {
  await builtWorker()
  const folder = mkdtempSync(join(tmpdir(), 'phieukin-workerd-'))
  const logged: string[] = []
  const agent = new Agent({ keepAlive: true })
  let running = await start()

  async function start() {
    const before = children()
    const miniflare = new Miniflare(
      convertV4MiniflareOptions({
        host: '127.0.0.1',
        port,
        cf: false,
        log: new Log(LogLevel.NONE),
        handleStructuredLogs: ({ message }) => logged.push(message),
        resourcePersistencePath: join(folder, 'data'),
        workers: [
          { ...programIn(WORKER), ...settings, ...binding(), bindings: { ...vars } },
          {
            ...programIn(PROBE),
            ...settings,
            ...binding(NAME),
            name: 'probe',
            unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
          },
        ],
      }),
    )
    const { href } = await miniflare.ready
    const probe = await miniflare.unsafeGetDirectURL('probe')
    port = Number(new URL(href).port)
    const pid = children().find(one => !before.includes(one))!
    process.on('exit', end)
    function end(): void {
      process.off('exit', end)
      if (children().includes(pid)) process.kill(pid, 'SIGKILL')
    }
    return { miniflare, pid, probe, end }
  }

  async function stop(): Promise<void> {
    await running.miniflare.dispose()
    running.end()
  }

  const asked = async (question: Question): Promise<Reply & { rows: unknown }> => {
    const response = await fetch(running.probe, { method: 'POST', body: pack(question) })
    const reply = unpack<Reply>(await response.text())
    if ('rows' in reply) return reply
    throw new (ERRORS[reply.failed] ?? Error)(reply.message)
  }

  const at = (poll: Uint8Array | null) => {
    const ask = async (what: Question['what'], statements: readonly Statement[]) =>
      asked({ poll, what, statements }) as Promise<{ readonly rows: readonly Record<string, unknown>[] }>
    return {
      reads: async (statement: Statement) => (await ask('read', [statement])).rows,
      write: async (statements: Parameters<Db['write']>[0]) => {
        await ask(
          'write',
          statements.map(one => statementOf(one.compile())),
        )
      },
      rewrite: async () => {
        await ask('rewrite', [])
      },
    }
  }

  const { reads, write } = at(null)
  const known = new Map<string, Db>()
  return {
    folder: join(folder, 'data'),
    get url() {
      return `http://127.0.0.1:${port}`
    },
    ask: (path, init) => askAt(port, agent)(path, init),
    logged,
    directory: { read: readingBy<DirectoryTables>(reads), write },
    of: poll => {
      const place = at(poll)
      const db = known.get(toHex(poll)) ?? { ...place, read: readingBy<PollTables>(place.reads) }
      known.set(toHex(poll), db)
      return db
    },
    evict: poll => running.miniflare.unsafeEvictDurableObject(NAME, OBJECT, { name: toHex(poll) }),
    kill: async () => {
      process.kill(running.pid, 'SIGKILL')
      while (children().includes(running.pid)) await setTimeout(10)
    },
    restart: async () => {
      await stop()
      running = await start()
    },
    cpuMs: () => cpuMsOf(running.pid),
    close: async () => {
      agent.destroy()
      await stop()
      rmSync(folder, { recursive: true })
    },
  }
}

const ERRORS: Readonly<Record<string, new (message: string) => Error>> = FAILURES

const settings = { name: NAME, compatibilityDate: '2026-10-01', compatibilityFlags: ['nodejs_compat'] }

/** Modules of a built program, the entry first. */
const programIn = (folder: string) => ({
  modulesRoot: folder,
  modules: readdirSync(folder)
    .sort((a, b) => Number(b === 'worker.js') - Number(a === 'worker.js'))
    .map(name => ({ type: 'ESModule' as const, path: join(folder, name) })),
})

/** `scriptName`: whose objects they are, where not its own. */
const binding = (scriptName?: string) => ({
  durableObjects: {
    POLLS: { className: OBJECT, useSQLite: true, ...(scriptName === undefined ? {} : { scriptName }) },
  },
  d1Databases: { DIRECTORY: 'directory' },
  ...(scriptName === undefined
    ? {
        assets: {
          directory: join(root, 'dist'),
          binding: 'ASSETS',
          routerConfig: { invoke_user_worker_ahead_of_assets: true, has_user_worker: true },
          assetConfig: { html_handling: 'none' as const, not_found_handling: 'none' as const },
        },
      }
    : {}),
})

/** Processes of workerd that this one started, from whichever thread. */
const children = (): readonly number[] =>
  readdirSync('/proc/self/task')
    .flatMap(thread => readFileSync(`/proc/self/task/${thread}/children`, 'utf8').split(' '))
    .filter(text => text !== '' && readFileSync(`/proc/${text}/comm`, 'utf8').startsWith('workerd'))
    .map(Number)

/** User and system time, in ticks of 10 ms. */
function cpuMsOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}
