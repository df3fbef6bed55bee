/**
 * Where a whole meeting is held in tests: the application on each of its engines, behind one address of this machine.
 * Browsers reach all of them alike.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fromBase64url } from '../crypto/bytes.ts'
import { setupLinkAt, startServer } from '../server/node.ts'
import { readPages } from '../server/pages.ts'
import { builtPages } from './browser.ts'
import { newChild, type PlaceOptions } from './listening.ts'
import { startPostgres } from './postgres.ts'
import { startWorkerd } from './workerd.ts'

export interface Stage {
  /** Of this machine. */
  readonly port: number
  /** Where the first organiser sets a password. */
  readonly setupLink: string
  /** What a manifest pins of its pages. */
  readonly bundle: Uint8Array
  /** What the servers had to say. */
  readonly logged: readonly string[]
  /** What may happen to it while people vote, by what is told of it afterwards. Each is over when it resolves. */
  readonly mishaps: Readonly<Record<string, (poll: string) => Promise<void>>>
  close(): Promise<void>
}

/** What a meeting asks for. */
interface Wanted {
  /** The folder of built pages; a Worker has its own. */
  readonly pages: string
  /** As phones know a server at this port. */
  readonly address: (port: number) => string
  readonly lastCallMs: number
}

export type OpenStage = (wanted: Wanted) => Promise<Stage>

const pause = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))
const anyPort = (): number => 20_000 + Math.floor(Math.random() * 20_000)

const optionsOf = (
  { pages, address, lastCallMs }: Wanted,
  data: string,
  port: number,
  seenAt = port,
): PlaceOptions => ({
  data,
  pages,
  host: '127.0.0.1',
  port,
  publicUrl: address(seenAt),
  tls: null,
  lastCallMs,
  newPassword: false,
})

/** `npm start`: one process, one file. */
export const onOneFile: OpenStage = async wanted => {
  const data = mkdtempSync(join(tmpdir(), 'phieukin-stage-'))
  const logged: string[] = []
  const running = await startServer({ ...optionsOf(wanted, data, anyPort()), log: line => logged.push(line) })
  return {
    port: running.port,
    setupLink: running.setupLink!,
    bundle: readPages(wanted.pages).bundleHash,
    logged,
    mishaps: {},
    close: async () => {
      await running.close()
      rmSync(data, { recursive: true })
    },
  }
}

/** Two processes and one PostgreSQL, behind a balancer that gives each request to the other one. */
export const onTwoProcesses: OpenStage = async wanted => {
  const cache = mkdtempSync(join(tmpdir(), 'phieukin-stage-'))
  const logged: string[] = []
  const postgres = await startPostgres()
  const databaseUrl = await postgres.newDatabase()
  const port = anyPort()
  const options = { ...optionsOf(wanted, cache, 0, port), databaseUrl }
  const newOne = () => newChild(line => logged.push(line), cache)
  const children = [newOne(), newOne()]
  // Each prints a link for the first organiser: the last one opens.
  const behind: number[] = []
  let setupLink = ''
  for (const child of children) {
    const started = await child.start(options, true)
    behind.push(started.port)
    setupLink = started.setupLink!.replace(`:${started.port}/`, `:${port}/`)
  }
  const balancer = balance(port, behind)
  return {
    port,
    setupLink,
    bundle: readPages(wanted.pages).bundleHash,
    logged,
    mishaps: {
      'one of the two processes is killed, and another one takes its place': async () => {
        await children[1]!.kill()
        await pause(500)
        children[1] = newOne()
        behind[1] = (await children[1].start(options, true)).port
      },
      'PostgreSQL is restarted': () => postgres.restart(),
      'PostgreSQL is killed, and started again': async () => {
        postgres.kill()
        await postgres.start()
      },
    },
    close: async () => {
      balancer.close()
      balancer.closeAllConnections()
      await Promise.all(children.map(child => child.end()))
      await postgres.remove()
      rmSync(cache, { recursive: true })
    },
  }
}

/** The Worker as it would be uploaded, in a local workerd. */
export const onWorkers: OpenStage = async ({ address, lastCallMs }) => {
  const port = anyPort()
  const vars = { PUBLIC_URL: address(port), LAST_CALL_SECONDS: `${lastCallMs / 1000}` }
  const workerd = await startWorkerd(vars, port)
  const setupLink = await setupLinkAt(workerd.directory, workerd.url)
  return {
    port,
    setupLink,
    bundle: readPages(await builtPages()).bundleHash,
    logged: workerd.logged,
    mishaps: {
      'the poll’s object is thrown out of memory': poll => workerd.evict(fromBase64url(poll)!),
      'workerd is killed, and started again': async () => {
        await workerd.kill()
        await workerd.restart()
      },
    },
    close: workerd.close,
  }
}

/** Every request goes to the next one: nobody stays with one process. */
function balance(port: number, behind: readonly number[]) {
  let next = 0
  const server = createServer((asked, answer) => {
    const { method, url, headers } = asked
    const onwards = request(
      { host: '127.0.0.1', port: behind[next++ % behind.length]!, method, path: url, headers },
      answered => {
        answer.writeHead(answered.statusCode!, answered.headers)
        answered.pipe(answer)
      },
    )
    onwards.on('error', () => answer.destroy())
    asked.pipe(onwards)
  })
  return server.listen(port, '127.0.0.1')
}
