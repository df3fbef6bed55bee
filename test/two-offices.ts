/**
 * Two deployments under two hands, each with a database of its own: the box with its office, and the one that redeems its
 * cards. They speak to one another over a line that the test can cut, and everything that either is asked is kept.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { openSqlite } from '../server/db/sqlite.ts'
import type { Databases } from '../server/db.ts'
import { type Fetch, peerAt } from '../server/peer.ts'
import { secureRng } from '../server/play/seed.ts'
import { Polls } from '../server/polls.ts'
import { createRedeemApp } from '../server/redeem-app.ts'
import { workHere } from '../server/work.ts'
import { type Ask, type Office, openOffice } from './office.ts'

export const REDEEM = 'https://doi-the.test'
export const PEER_KEY = 'c0ffee00-5eed-4bad-beef-0123456789ab'

/** One request with its answer. `body` and `answer` are bytes as they went over the line. */
export interface Exchange {
  readonly to: 'box' | 'redeem' | 'peer'
  readonly method: string
  readonly path: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Uint8Array
  readonly status: number
  readonly answered: readonly (readonly [string, string])[]
  readonly answer: Uint8Array
}

interface Redeemer {
  readonly ask: Ask
  readonly databases: Databases
  /** Of the database. */
  readonly file: string
  readonly logged: readonly string[]
}

export interface TwoOffices {
  readonly box: Office
  readonly redeem: Redeemer
  /** As phones and the organiser's page ask: for cards there, for everything else here. */
  readonly ask: Ask
  readonly exchanges: readonly Exchange[]
  /** What the box's log says of the other one. */
  readonly said: readonly string[]
  /** What becomes of the box's next requests: `whole` line, cut before they arrive, before their answer does, or nothing. */
  line: 'whole' | 'cut' | 'answer-lost' | 'silent'
  /** What the other deployment answers the box instead, where a test says so. */
  falsified: ((path: string, answer: Response) => Promise<Response>) | null
  readonly close: () => Promise<void>
}

const bytesOf = async (body: RequestInit['body'] | undefined): Promise<Uint8Array> =>
  body == null ? new Uint8Array() : new Uint8Array(await new Response(body).arrayBuffer())

const isForCards = (path: string): boolean => /\/(redeem|void)$/.test(path)

interface Wish {
  /** That the box was started with. */
  readonly key?: string
  /** Where both keep what is theirs; without it in a file each. */
  readonly on?: { readonly box: Databases; readonly redeem: Databases }
}

export function openTwoOffices({ key = PEER_KEY, on }: Wish = {}): TwoOffices {
  const folder = mkdtempSync(join(tmpdir(), 'phieukin-'))
  const file = join(folder, 'doi-the.sqlite')
  const databases = on?.redeem ?? openSqlite(file)
  const logged: string[] = []
  const exchanges: Exchange[] = []
  const app = createRedeemApp({
    databases,
    polls: new Polls(databases),
    work: workHere(secureRng),
    now: Date.now,
    pause: async () => {},
    log: line => logged.push(line),
    origin: REDEEM,
    peerKey: PEER_KEY,
  })
  const kept =
    (to: Exchange['to'], ask: Ask): Ask =>
    async (path, init = {}) => {
      const response = await ask(path, init)
      const answer = new Uint8Array(await response.clone().arrayBuffer())
      exchanges.push({
        to,
        method: init.method ?? 'GET',
        path,
        headers: [...new Headers(init.headers)],
        body: await bytesOf(init.body),
        status: response.status,
        answered: [...response.headers],
        answer,
      })
      return response
    }
  const own: Ask = async (path, init) => app.request(path, init)
  const peer = kept('peer', own)
  const fetch: Fetch = async (url, init) => {
    const path = url.slice(REDEEM.length)
    if (!url.startsWith(REDEEM) || two.line === 'cut') throw new TypeError('cut')
    while (two.line === 'silent') {
      init.signal!.throwIfAborted()
      await setTimeout(20)
    }
    const response = await peer(path, init)
    if (two.line === 'answer-lost') throw new TypeError('lost')
    return two.falsified === null ? response : two.falsified(path, response)
  }
  const said: string[] = []
  const box = openOffice({
    ...(on ? { databases: on.box, directory: on.box.directory, polls: new Polls(on.box) } : {}),
    peer: peerAt(REDEEM, key, fetch, line => said.push(line)),
  })
  const [asBox, asRedeem] = [kept('box', box.ask), kept('redeem', own)]
  const two: TwoOffices = {
    box,
    redeem: { ask: asRedeem, databases, file, logged },
    ask: (path, init) => (isForCards(path) ? asRedeem : asBox)(path, init),
    exchanges,
    said,
    line: 'whole',
    falsified: null,
    close: async () => {
      await box.close()
      await on?.box.close()
      await databases.close()
      rmSync(folder, { recursive: true })
    },
  }
  return two
}
