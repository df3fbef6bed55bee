/**
 * The entry on Node: one process, one file, worker threads. `startServer` takes everything as parameters; the command
 * reads the environment.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { createServer } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { newSetupLink } from './account.ts'
import { createApp } from './app.ts'
import { openSqlite } from './db/sqlite.ts'
import type { Db } from './db.ts'
import type { Deps } from './deps.ts'
import { makePoll } from './organising.ts'
import { readPages } from './pages.ts'
import { secureRng } from './play/seed.ts'
import { Polls } from './polls.ts'
import { readBallotForms, readForms, readRulebook } from './rulebook.ts'
import { sampleDraft } from './sample.ts'
import { hasOrganiser } from './store/people.ts'
import { readPolls } from './store/polls.ts'
import { resume } from './team.ts'
import type { Work } from './work.ts'
import { startWorkers } from './workers.ts'

export interface Options {
  /** The folder of the database; made if it is missing. */
  readonly data: string
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
  readonly log: (line: string) => void
  /** Who does the arithmetic; worker threads of its own where nobody is named. */
  readonly work?: Work
}

export const LAST_CALL_MS = 120_000
const REHEARSAL_LAST_CALL_MS = 10_000

export interface Running {
  readonly port: number
  readonly addresses: readonly string[]
  /** Where the organiser sits: at this machine, where a browser takes plain http for secure. */
  readonly organiserAddress: string
  /** Shown once in the terminal; null where there is a password. */
  readonly setupLink: string | null
  /** Answers what was begun, then stops. */
  close(): Promise<void>
}

export async function startServer(options: Options): Promise<Running> {
  // Whatever is written from here on is for this user alone, the database's log too.
  process.umask(0o077)
  mkdirSync(options.data, { recursive: true })
  const file = databaseFile(options.data)
  const isNew = !existsSync(file)
  const db = openSqlite(file)
  const work = options.work ?? startWorkers()
  let port = options.port
  const addresses = () => addressesOf(options, port)
  const deps: Deps = {
    db,
    rulebook: { packs: readRulebook(), forms: readForms(), ballots: readBallotForms() },
    work,
    polls: new Polls(db),
    rng: secureRng,
    now: Date.now,
    pause: ms => new Promise(resolve => setTimeout(resolve, ms)),
    lastCallMs: rehearsal => (rehearsal ? Math.min(REHEARSAL_LAST_CALL_MS, options.lastCallMs) : options.lastCallMs),
    pages: readPages(options.pages),
    addresses,
    log: options.log,
  }
  const listener = getRequestListener(createApp(deps).fetch)
  const server: Server = options.tls
    ? createHttps({ cert: readFileSync(options.tls.cert), key: readFileSync(options.tls.key) }, listener)
    : createServer(listener)
  // A scan of 20 MB over a slow line takes its time.
  server.requestTimeout = 120_000
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, resolve)
  })
  port = (server.address() as { readonly port: number }).port
  const organiserAddress = organiserAddressOf(options, port)
  if (isNew)
    await makePoll(db, secureRng, organiserAddress, {
      rehearsal: true,
      follows: null,
      draft: sampleDraft(organiserAddress, deps.rulebook.packs),
    })
  await resume(
    deps,
    (await readPolls(db)).map(({ id }) => id),
  )
  const needsLink = options.newPassword || !(await hasOrganiser(db))
  return {
    port,
    addresses: addresses(),
    organiserAddress,
    setupLink: needsLink ? await setupLinkAt(db, organiserAddress) : null,
    close: async () => {
      const closed = new Promise(resolve => server.close(resolve))
      server.closeIdleConnections()
      const late = setTimeout(() => server.closeAllConnections(), 5000)
      await closed
      clearTimeout(late)
      await work.close()
      await db.close()
    },
  }
}

export const databaseFile = (data: string): string => join(data, 'phieukin.sqlite')

type Whereabouts = Pick<Options, 'publicUrl' | 'tls'>

const addressesOf = ({ publicUrl, tls }: Whereabouts, port: number): readonly string[] =>
  publicUrl === null ? reachable(tls ? 'https' : 'http', port) : [publicUrl]

/** Over plain http the organiser sits at the machine itself. */
export const organiserAddressOf = (where: Whereabouts, port: number): string =>
  where.tls ? addressesOf(where, port)[0]! : `http://localhost:${port}`

/** A new link by which the first organiser sets a password. Shown once, in the terminal. */
export const setupLinkAt = async (db: Db, organiserAddress: string): Promise<string> =>
  `${organiserAddress}/to-chuc#setup.${await newSetupLink(db, secureRng)}`

/** Every IPv4 address of this machine in the local network, then the machine itself. */
function reachable(scheme: string, port: number): readonly string[] {
  const found = Object.values(networkInterfaces())
    .flatMap(list => list ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address)
  return [...found, 'localhost'].map(host => `${scheme}://${host}:${port}`)
}
