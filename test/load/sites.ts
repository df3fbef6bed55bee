/**
 * Where load and simulation happen: the application on each of its engines, with a database of its own, started and ended
 * by the tool itself. Nothing listens but on loopback, and nothing else is ever spoken to.
 *
 *     sqlite      one process of Node, one file
 *     postgres    processes of Node, one real PostgreSQL, synced as in service
 *     workerd     the Worker as it would be uploaded; raw workerd, without the proxy of `wrangler dev`
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { Agent } from 'node:http'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { newSetupLink } from '../../server/account.ts'
import { openPostgres } from '../../server/db/postgres.ts'
import { openSqlite } from '../../server/db/sqlite.ts'
import type { Databases } from '../../server/db.ts'
import { readPages } from '../../server/pages.ts'
import { secureRng } from '../../server/play/seed.ts'
import { readListing } from '../../server/store/listing.ts'
import { builtPages } from '../browser.ts'
import { type Child, newChild, organiserBy, type PlaceOptions } from '../listening.ts'
import { ADDRESS, type Ask, type Organiser } from '../office.ts'
import { postgresAvailable, startPostgres } from '../postgres.ts'
import { startWorkerd } from '../workerd.ts'
import { processorMs } from './processor.ts'
import { askThrough, Balancer, loopbackPort } from './sending.ts'

export const ENGINES = ['sqlite', 'postgres', 'workerd'] as const
export type Engine = (typeof ENGINES)[number]

/** Whose processor time is counted. */
interface Process {
  readonly name: string
  readonly processorMs: () => number
}

/** Processes that serve the same polls together. */
export interface Lane {
  readonly name: string
  readonly ports: readonly number[]
  /** That do arithmetic, in all of its processes. */
  readonly threads: number
  /** Of the application first. */
  readonly processes: readonly Process[]
}

export interface Site {
  readonly engine: Engine
  readonly lanes: readonly Lane[]
  /** To any process that lives. */
  readonly ask: Ask
  readonly balancer: Balancer
  readonly organiser: Organiser
  /** What a manifest pins of the pages. */
  readonly bundle: Uint8Array
  /** What the servers had to say. */
  readonly logged: readonly string[]
  /** An empty place of the same engine, to be written to past the application. */
  readonly storage: () => Promise<Databases>
  /** Of everything that is stored. */
  readonly diskBytes: () => Promise<number>
  /** Something dies in the middle of it all; says what. */
  readonly mishap: () => Promise<string>
  readonly close: () => Promise<void>
}

/** Processes of Node, and of each the threads that do arithmetic. */
export interface Team {
  readonly processes: number
  readonly threads: number
}

export interface Setting {
  /** PostgreSQL's alone: a lane for each. */
  readonly teams: readonly Team[]
  /** How long a rehearsal's last call lasts, 10 s at most; a Worker knows nothing but these. */
  readonly lastCallMs?: number
}

export const openSite = (engine: Engine, { teams, lastCallMs = LAST_CALL_MS }: Setting): Promise<Site> =>
  ({ sqlite: openSqliteSite, postgres: openPostgresSite, workerd: openWorkerdSite })[engine]({ teams, lastCallMs })

/** Null where it can be started, else what is missing. */
export const missingFor = (engine: Engine): string | null =>
  engine === 'postgres' && !postgresAvailable() ? 'no PostgreSQL server is installed' : null

const LAST_CALL_MS = 10_000

const optionsFor = (data: string, pages: string, lastCallMs: number, databaseUrl?: string): PlaceOptions => ({
  data,
  pages,
  ...(databaseUrl === undefined ? {} : { databaseUrl }),
  host: '127.0.0.1',
  port: 0,
  publicUrl: ADDRESS,
  tls: null,
  lastCallMs,
  newPassword: false,
})

/** Whoever closes calls everything that was begun, last first. */
async function closeAll(closing: readonly (() => unknown)[]): Promise<void> {
  for (const close of [...closing].reverse()) await close()
}

/** By the link, unless somebody was first. */
async function reach(ports: readonly number[], setupLink: string) {
  const balancer = new Balancer(ports)
  const agent = new Agent({ keepAlive: true })
  const ask = askThrough(balancer, agent)
  return { balancer, ask, agent, organiser: await organiserBy(ask, setupLink) }
}

const nodeProcess = (child: Child): Process => ({ name: 'Node', processorMs: () => processorMs(child.pid) })

async function openSqliteSite({ lastCallMs }: Required<Setting>): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'phieukin-load-'))
  const pages = await builtPages()
  const logged: string[] = []
  const child = newChild(line => logged.push(line), join(folder, 'cache'))
  const threads = availableParallelism()
  const { port, setupLink } = await child.start(optionsFor(join(folder, 'data'), pages, lastCallMs), threads)
  const { agent, ...reached } = await reach([port], setupLink!)
  return {
    ...reached,
    engine: 'sqlite',
    lanes: [{ name: 'Node + SQLite', ports: [port], threads, processes: [nodeProcess(child)] }],
    bundle: readPages(pages).bundleHash,
    logged,
    storage: async () => openSqlite(join(folder, 'empty.sqlite')),
    diskBytes: async () => bytesBelow(join(folder, 'data')),
    mishap: () => Promise.reject(new Error('one process, one file: nobody else goes on')),
    close: () => closeAll([() => rmSync(folder, { recursive: true }), () => child.kill(), () => agent.destroy()]),
  }
}

async function openPostgresSite({ teams, lastCallMs }: Required<Setting>): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'phieukin-load-'))
  const pages = await builtPages()
  const logged: string[] = []
  const postgres = await startPostgres()
  const url = await postgres.newDatabase()
  const database: Process = {
    name: 'PostgreSQL',
    processorMs: () =>
      processorMs(Number(readFileSync(join(postgres.folder, 'postmaster.pid'), 'utf8').split('\n')[0])),
  }
  const children: Child[] = []
  const lanes: Lane[] = []
  let setupLink = ''
  for (const { processes, threads } of teams) {
    const team = Array.from({ length: processes }, () => newChild(line => logged.push(line), join(folder, 'cache')))
    const ports: number[] = []
    for (const child of team) {
      const started = await child.start(optionsFor(folder, pages, lastCallMs, url), threads)
      ports.push(started.port)
      // Each start makes a link until somebody has set the password; the last one opens.
      setupLink = started.setupLink ?? setupLink
    }
    children.push(...team)
    lanes.push({
      name: `Node × ${processes} + PostgreSQL`,
      ports,
      threads: threads * processes,
      processes: [...team.map(nodeProcess), database],
    })
  }
  const { agent, ...reached } = await reach(
    lanes.flatMap(({ ports }) => ports),
    setupLink,
  )
  return {
    ...reached,
    engine: 'postgres',
    lanes,
    bundle: readPages(pages).bundleHash,
    logged,
    storage: async () => openPostgres(await postgres.newDatabase()),
    diskBytes: async () => {
      const [row] = await postgres.admin<{ readonly bytes: string }>(
        'select pg_database_size(current_database()) as bytes',
        url,
      )
      return Number(row!.bytes)
    },
    mishap: async () => {
      await children[0]!.kill()
      return `one of ${children.length} Node processes was killed (SIGKILL)`
    },
    close: () =>
      closeAll([
        () => rmSync(folder, { recursive: true }),
        () => postgres.remove(),
        ...children.map(child => () => child.kill()),
        () => agent.destroy(),
      ]),
  }
}

async function openWorkerdSite(): Promise<Site> {
  const workerd = await startWorkerd({ PUBLIC_URL: ADDRESS })
  const port = loopbackPort(workerd.url)
  const link = await newSetupLink(workerd.directory, secureRng)
  const { agent, ...reached } = await reach([port], `${ADDRESS}/to-chuc#setup.${link}`)
  return {
    ...reached,
    engine: 'workerd',
    lanes: [
      {
        name: 'workerd',
        ports: [port],
        threads: 1,
        processes: [{ name: 'workerd', processorMs: workerd.cpuMs }],
      },
    ],
    bundle: readPages(await builtPages()).bundleHash,
    logged: workerd.logged,
    storage: async () => ({ directory: workerd.directory, of: workerd.of, close: async () => {} }),
    diskBytes: async () => bytesBelow(workerd.folder),
    mishap: async () => {
      const polls = await readListing(workerd.directory)
      // An object that nobody has asked for a while is out of memory already, and cannot be thrown out again.
      const evicted = await Promise.allSettled(polls.map(workerd.evict))
      const thrown = evicted.filter(({ status }) => status === 'fulfilled').length
      return `${thrown} of ${polls.length} objects were thrown out of memory, all that were in it`
    },
    close: () => closeAll([workerd.close, () => agent.destroy()]),
  }
}

const bytesBelow = (folder: string): number =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).reduce((sum, name) => {
    const found = statSync(join(folder, name))
    return found.isFile() ? sum + found.size : sum
  }, 0)
