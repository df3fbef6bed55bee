/**
 * The real server as `npm start` runs it, with worker threads and a folder of its own, listening on loopback; and how
 * tests speak to it: requests go out byte for byte as they are given, paths and host names too.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Options, type Running, startServer } from '../server/node.ts'
import { readPages } from '../server/pages.ts'
import { ADDRESS, type Ask, cookieOf, json, type Organiser, organiserWith, PASSWORD } from './office.ts'
import type { Order, Told } from './server-child.ts'

/** A data folder, still empty, and pages that hold next to nothing. */
export interface Place {
  readonly data: string
  readonly pages: string
  /** What a manifest pins of these pages. */
  readonly bundle: Uint8Array
  readonly remove: () => void
}

export function newPlace(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'phieukin-'))
  const pages = join(folder, 'pages')
  mkdirSync(join(pages, 'voter'), { recursive: true })
  writeFileSync(join(pages, 'voter', 'index.html'), '<!doctype html>')
  return {
    data: join(folder, 'data'),
    pages,
    bundle: readPages(pages).bundleHash,
    remove: () => rmSync(folder, { recursive: true }),
  }
}

/** What can be said from one process to another. */
export type PlaceOptions = Omit<Options, 'log' | 'work'>

/** At a port of loopback, as phones would reach it; nobody waits for the last call. */
export const optionsFor = ({ data, pages }: Pick<Place, 'data' | 'pages'>): PlaceOptions => ({
  data,
  pages,
  host: '127.0.0.1',
  port: 0,
  publicUrl: ADDRESS,
  tls: null,
  lastCallMs: 0,
  newPassword: false,
})

export interface Listening {
  readonly ask: Ask
  readonly place: Place
  readonly running: Running
  readonly logged: readonly string[]
  readonly close: () => Promise<void>
}

export async function listen(): Promise<Listening> {
  const place = newPlace()
  const logged: string[] = []
  const running = await startServer({ ...optionsFor(place), log: line => logged.push(line) })
  const agent = new Agent({ keepAlive: true })
  return {
    ask: askAt(running.port, agent),
    place,
    running,
    logged,
    close: async () => {
      agent.destroy()
      await running.close()
      place.remove()
    },
  }
}

/** Rejects where no whole answer came back. */
export function askAt(port: number, agent: Agent): Ask {
  return (path, { method = 'GET', headers = {}, body } = {}) =>
    new Promise((resolve, reject) => {
      const answered = (answer: IncomingMessage) => {
        const parts: Buffer[] = []
        answer.on('data', part => parts.push(part))
        answer.on('error', reject)
        answer.on('end', () => resolve(responseOf(answer, Buffer.concat(parts))))
      }
      const sent = body as string | Uint8Array | null | undefined
      const length = sent == null ? {} : { 'content-length': Buffer.byteLength(sent) }
      const options = { host: '127.0.0.1', port, agent, path, method, headers: { ...length, ...(headers as object) } }
      request(options, answered).on('error', reject).end(sent)
    })
}

function responseOf({ statusCode, headers }: IncomingMessage, body: Buffer<ArrayBuffer>): Response {
  const list = Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one]),
  )
  return new Response(statusCode === 204 ? null : body, { status: statusCode!, headers: list })
}

/** Sets the password by the link of the terminal and holds the session. */
export async function organiserBy(ask: Ask, setupLink: string): Promise<Organiser> {
  const link = setupLink.split('#setup.')[1]
  const response = await ask('/api/account/setup', json({ link, password: PASSWORD }))
  if (response.status !== 204) throw new Error(`set-up: ${await response.text()}`)
  return organiserWith(ask, cookieOf(response))
}

/** A server process: loaded, and started once it is told where. */
export interface Child {
  readonly pid: number
  readonly start: (
    options: PlaceOptions,
    threads: boolean | number,
  ) => Promise<{ readonly port: number; readonly setupLink: string | null }>
  /** Resident, in bytes. */
  readonly memory: () => Promise<number>
  /** Stops as it does when it is told to stop. */
  readonly end: () => Promise<void>
  /** Dies at once, as by `kill -9`. */
  readonly kill: () => Promise<void>
}

/** `logged` gets what the server has to say of bugs. `cache` is a folder that makes the next one load quicker. */
export function newChild(logged: (line: string) => void, cache: string): Child {
  const child = fork(join(import.meta.dirname, 'server-child.ts'), {
    execArgv: [],
    env: { ...process.env, NODE_COMPILE_CACHE: cache },
  })
  const gone = once(child, 'exit')
  /** Who waits for which word. */
  const waiting: { readonly name: string; readonly resolve: (told: never) => void; readonly reject: () => void }[] = []
  child.on('message', (one: Told) => {
    if ('logged' in one) logged(one.logged)
    for (const { resolve } of take(({ name }) => name in one)) resolve(one as never)
  })
  child.once('exit', () => {
    for (const { reject } of take(() => true)) reject()
  })
  const take = (isMeant: (one: (typeof waiting)[number]) => boolean) => {
    const meant = waiting.filter(isMeant)
    for (const one of meant) waiting.splice(waiting.indexOf(one), 1)
    return meant
  }
  const told = <K extends string>(name: K) =>
    new Promise<Extract<Told, Readonly<Record<K, unknown>>>>((resolve, reject) => {
      waiting.push({ name, resolve, reject: () => reject(new Error(`the server is gone, no word of ${name}`)) })
    })
  const order = async <K extends string>(what: Order, name: K) => {
    const answer = told(name)
    child.send(what)
    return answer
  }
  const loaded = told('loaded')
  loaded.catch(() => {})
  return {
    pid: child.pid!,
    start: async (options, threads) => {
      await loaded
      return order({ start: options, threads }, 'port')
    },
    memory: async () => (await order({ tell: 'memory' }, 'memory')).memory,
    end: async () => {
      child.disconnect()
      await gone
    },
    kill: async () => {
      child.kill('SIGKILL')
      await gone
    },
  }
}
