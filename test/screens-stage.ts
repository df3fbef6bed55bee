/** Where the pictures of `npm run screens` are taken beyond the meeting: one server, one organiser, polls held as far as is wanted. */
import { Agent } from 'node:http'
import type { Browser, Page } from 'playwright-core'
import { cardLink } from '../crypto/token.ts'
import { type Running, startServer } from '../server/node.ts'
import { readPages } from '../server/pages.ts'
import type { Draft, PollView } from '../server/wire.ts'
import { builtPages, launch } from './browser.ts'
import { askAt, newPlace, organiserBy } from './listening.ts'
import type { Ask, Organiser, SealedPoll, Visitor } from './office.ts'
import { act, count, draftFor, sealPoll, vote } from './office.ts'

const HOST = 'phieukin.test'

export interface Stage {
  readonly ask: Ask
  readonly organiser: Organiser
  readonly browser: Browser
  /** Where voters' phones find it. */
  readonly address: string
  readonly server: Running
  readonly sealed: (change: Partial<Draft>, cards?: number) => Promise<SealedPoll>
  readonly linkOf: (poll: SealedPoll, card: number) => string
  /** A laptop's page, with somebody's session. */
  readonly deskAt: (path: string, who?: Pick<Visitor, 'cookie'>) => Promise<Page>
  readonly viewOf: (poll: string) => Promise<PollView>
  readonly close: () => Promise<void>
}

export async function openStage(): Promise<Stage> {
  const pages = await builtPages()
  const { bundleHash: bundle } = readPages(pages)
  const place = newPlace()
  const agent = new Agent({ keepAlive: false })
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  const address = `http://${HOST}:${port}`
  const server = await startServer({
    data: place.data,
    pages,
    host: '127.0.0.1',
    port,
    publicUrl: address,
    tls: null,
    lastCallMs: 0,
    newPassword: false,
    log: line => process.stderr.write(`${line}\n`),
  })
  const ask = askAt(port, agent)
  const organiser = await organiserBy(ask, server.setupLink!)
  // A camera is given to secure addresses alone; over HTTPS this is one by itself.
  const browser = await launch([
    `--host-resolver-rules=MAP ${HOST} 127.0.0.1`,
    `--unsafely-treat-insecure-origin-as-secure=${address}`,
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
  ])
  return {
    ...{ ask, organiser, browser, address, server },
    sealed: (change, cards = 2) =>
      sealPoll(ask, organiser, { bundle, cards, draft: draftFor({ address, sparePercent: 0, ...change }) }),
    linkOf: ({ manifest, cards }, card) => cardLink(address, cards[card]!, manifest.hash),
    deskAt: async (path, { cookie } = organiser) => {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        deviceScaleFactor: 2,
        locale: 'vi-VN',
      })
      context.setDefaultTimeout(60_000)
      const [name, value] = cookie.split('=')
      await context.addCookies([{ name: name!, value: value!, url: 'https://localhost/', secure: true }])
      const page = await context.newPage()
      await page.goto(`http://localhost:${port}${path}`)
      return page
    },
    viewOf: poll => organiser.get<PollView>(`/polls/${poll}`),
    close: async () => {
      await browser.close()
      agent.destroy()
      await server.close()
      place.remove()
    },
  }
}

/** A ballot: the marks of one line after the other. */
export type Marks = readonly (readonly number[])[]

/** What the rules need besides the counts. */
export async function state({ organiser, viewOf }: Stage, { poll }: SealedPoll, date: string, present: number) {
  const { draft } = await viewOf(poll)
  const refused = await organiser.put(`/polls/${poll}/statement`, {
    date,
    attendance: { convened: draft.convened, present },
    members: null,
    histories: draft.subjects.map(() => []),
    classified: null,
  })
  if (refused !== null) throw new Error(`statement: ${refused}`)
}

/** Voters by group; the first `used` cards of the first group were used otherwise. `write`: what the n-th of all writes. */
export async function voteBy(
  { ask }: Stage,
  poll: SealedPoll,
  votes: readonly (readonly Marks[])[],
  used = 0,
  write: (n: number) => readonly string[] = () => poll.manifest.comments.map(() => ''),
): Promise<void> {
  let n = 0
  for (const [g, list] of votes.entries()) {
    const cards = poll.cards.filter(({ group }) => group === g).slice(g === 0 ? used : 0)
    for (const [i, marks] of list.entries()) await vote(ask, poll, cards[i]!, marks, write(n++))
  }
}

/** From the last vote to the published record. */
export async function finish(stage: Stage, poll: SealedPoll, handedOut: readonly number[]): Promise<void> {
  await act(stage.organiser, poll, 'close', [0, 1], handedOut)
  await publish(stage, poll)
}

export async function publish({ organiser }: Stage, poll: SealedPoll): Promise<void> {
  await count(poll.members.slice(0, 2))
  await act(organiser, poll, 'publish', [0])
}
