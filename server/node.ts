/**
 * The entry on Node: one process with worker threads and one file, or any number of them with one PostgreSQL database.
 * `startServer` takes everything as parameters; the command reads the environment.
 */
import { mkdirSync, readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { newSetupLink } from './account.ts'
import { createApp } from './app.ts'
import { openPostgres } from './db/postgres.ts'
import { openSqlite } from './db/sqlite.ts'
import type { Databases, Directory } from './db.ts'
import type { Deps } from './deps.ts'
import { readPages } from './pages.ts'
import { peerAt } from './peer.ts'
import { secureRng } from './play/seed.ts'
import { Polls } from './polls.ts'
import { createRedeemApp } from './redeem-app.ts'
import type { Role } from './roles.ts'
import { readBallotForms, readForms, readRulebook } from './rulebook.ts'
import { makeSample } from './sample.ts'
import { resume } from './settling.ts'
import { hasOrganiser } from './store/people.ts'
import type { Work } from './work.ts'
import { startWorkers } from './workers.ts'

export interface Options {
  /** The folder of the database; made if it is missing. Unused where there is a `databaseUrl`. */
  readonly data: string
  /** Of a PostgreSQL database that other processes may use too; without it, a file in `data`. */
  readonly databaseUrl?: string | undefined
  /** The built pages. */
  readonly pages: string
  readonly host: string
  /** 0 for any free one. */
  readonly port: number
  /** As phones reach us; null: found from the network interfaces. */
  readonly publicUrl: string | null
  /** Files in PEM; null for plain http. */
  readonly tls: { readonly cert: string; readonly key: string } | null
  /** How long the last call of a real poll lasts. */
  readonly lastCallMs: number
  readonly newPassword: boolean
  /** Without it, everything. */
  readonly role?: Role
  /** For `npm run backup -- --at`; without it that door is not there. */
  readonly operatorKey?: string | undefined
  readonly log: (line: string) => void
  /** Who does the arithmetic; worker threads of its own where nobody is named. */
  readonly work?: Work
}

export const LAST_CALL_MS = 120_000
const REHEARSAL_LAST_CALL_MS = 10_000

export interface Running {
  readonly port: number
  readonly addresses: readonly string[]
  /** Where the organiser sits: at this machine, where a browser takes plain http for secure. Null where nobody does. */
  readonly organiserAddress: string | null
  /** Shown once in the terminal; null where there is a password. */
  readonly setupLink: string | null
  /** Answers what was begun, then stops. */
  close(): Promise<void>
}

export async function startServer(options: Options): Promise<Running> {
  const databases = await openDatabases(options)
  const { directory } = databases
  const work = options.work ?? startWorkers()
  let port = options.port
  const addresses = () => addressesOf(options, port)
  const { role = { role: 'all' } } = options
  const common = {
    databases,
    work,
    polls: new Polls(databases),
    now: Date.now,
    pause: (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms)),
    log: options.log,
    operatorKey: options.operatorKey,
  }
  if (role.role === 'redeem') {
    const { fetch } = createRedeemApp({ ...common, origin: options.publicUrl, peerKey: role.peerKey })
    const { server, port } = await listen(options, fetch)
    const addresses = addressesOf(options, port)
    const close = () => stop(server, work, databases)
    return { port, addresses, organiserAddress: null, setupLink: null, close }
  }
  const deps: Deps = {
    ...common,
    directory,
    rulebook: { packs: readRulebook(), forms: readForms(), ballots: readBallotForms() },
    rng: secureRng,
    lastCallMs: rehearsal => (rehearsal ? Math.min(REHEARSAL_LAST_CALL_MS, options.lastCallMs) : options.lastCallMs),
    pages: readPages(options.pages),
    addresses,
    peer: role.role === 'box' ? peerAt(role.redeemUrl, role.peerKey, fetch, common.log) : undefined,
  }
  const listening = await listen(options, createApp(deps).fetch)
  const { server } = listening
  port = listening.port
  const organiserAddress = organiserAddressOf(options, port)
  await makeSample(databases, secureRng, organiserAddress, deps.rulebook)
  for (const { db, row } of await deps.polls.all()) await resume({ ...deps, db }, row)
  const needsLink = options.newPassword || !(await hasOrganiser(directory))
  return {
    port,
    addresses: addresses(),
    organiserAddress,
    setupLink: needsLink ? await setupLinkAt(directory, organiserAddress) : null,
    close: () => stop(server, work, databases),
  }
}

async function listen(options: Options, answer: Parameters<typeof getRequestListener>[0]) {
  const listener = getRequestListener(answer)
  const server: Server = options.tls
    ? createHttps({ cert: readFileSync(options.tls.cert), key: readFileSync(options.tls.key) }, listener)
    : createServer(listener)
  // A scan of 20 MB over a slow line takes its time.
  server.requestTimeout = 120_000
  // Longer than the balancers and proxies in front keep a line that is idle: who closes it must be they.
  server.keepAliveTimeout = 65_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  return { server, port: (server.address() as { readonly port: number }).port }
}

async function stop(server: Server, work: Work, databases: Databases): Promise<void> {
  const closed = new Promise(resolve => server.close(resolve))
  server.closeIdleConnections()
  const late = setTimeout(() => server.closeAllConnections(), 5000)
  await closed
  clearTimeout(late)
  await work.close()
  await databases.close()
}

/** Made if there is none. */
export async function openDatabases({ data, databaseUrl }: Pick<Options, 'data' | 'databaseUrl'>): Promise<Databases> {
  if (databaseUrl !== undefined) return openPostgres(databaseUrl)
  // Whatever is written from here on is for this user alone, the database's log too.
  process.umask(0o077)
  mkdirSync(data, { recursive: true })
  return openSqlite(databaseFile(data))
}

export const databaseFile = (data: string): string => join(data, 'phieukin.sqlite')

type Whereabouts = Pick<Options, 'publicUrl' | 'tls'>

const addressesOf = ({ publicUrl, tls }: Whereabouts, port: number): readonly string[] =>
  publicUrl === null ? reachable(tls ? 'https' : 'http', port) : [publicUrl]

/** Over plain http the organiser sits at the machine itself. */
export const organiserAddressOf = (where: Whereabouts, port: number): string =>
  where.tls ? addressesOf(where, port)[0]! : `http://localhost:${port}`

/** A new link by which the first organiser sets a password. Shown once, in the terminal. */
export const setupLinkAt = async (directory: Directory, organiserAddress: string): Promise<string> =>
  `${organiserAddress}/to-chuc#setup.${await newSetupLink(directory, secureRng)}`

/** Every IPv4 address of this machine in the local network, then the machine itself. */
function reachable(scheme: string, port: number): readonly string[] {
  const found = Object.values(networkInterfaces())
    .flatMap(list => list ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address)
  return [...found, 'localhost'].map(host => `${scheme}://${host}:${port}`)
}
