/**
 * How many redemptions and how many casts a second, apart, with 1, 2, 4, 8 polls at the same time: on every engine in one
 * run, rounds interleaved, everything that phones compute done before the clock starts.
 */
import { Agent } from 'node:http'
import { type Ask, act, draftFor, post, type SealedPoll, sealPoll } from '../office.ts'
import { IN_FLIGHT } from './alone.ts'
import type { Phones, SimulatedPhone } from './phones.ts'
import { machineMs, ownProcessorMs } from './processor.ts'
import { askThrough, Balancer, inFlight, quantile } from './sending.ts'
import type { Lane, Site } from './sites.ts'

/** What one round over one lane found. Processor time as a share of the time that passed: 2 is two whole cores. */
export interface Figure {
  readonly perSecond: number
  /** Of each of the lane's processes. */
  readonly busy: readonly number[]
  /** Of this process, which sends. */
  readonly sending: number
  /** Of whatever else runs on this machine, and disturbs. */
  readonly others: number
  /** By name, how often. */
  readonly refused: Readonly<Record<string, number>>
}

export interface Row {
  readonly lane: string
  readonly threads: number
  readonly processes: readonly string[]
  readonly polls: number
  readonly redeem: Figure
  readonly cast: Figure
}

/** Polls whose cards are used up little by little. */
export interface Stock {
  readonly site: Site
  readonly polls: readonly { readonly sealed: SealedPoll; used: number }[]
}

/** How many cards the n-th poll needs, if so many voters are spread over the first of them, for each of these numbers. */
export const cardsOf = (n: number, voters: number, counts: readonly number[]): number =>
  counts.reduce((sum, polls) => sum + (n < polls ? Math.ceil((voters - n) / polls) : 0), 0)

/** No draft is of fewer people. */
const LEAST = 3

/** Sealed, printed and opened; with cards for every round. */
export async function stockOf(
  site: Site,
  voters: number,
  counts: readonly number[],
  rounds: number,
  show: (sentence: string) => void,
): Promise<Stock> {
  const polls: Stock['polls'][number][] = []
  for (let n = 0; n < Math.max(...counts); n++) {
    show(`${site.engine}: poll ${n + 1} of ${Math.max(...counts)} is sealed`)
    const cards = cardsOf(n, voters, counts) * rounds * site.lanes.length
    const sealed = await sealPoll(site.ask, site.organiser, {
      draft: draftFor({ convened: Math.max(cards, LEAST) }),
      cards,
      rehearsal: true,
      bundle: site.bundle,
    })
    await act(site.organiser, sealed, 'open', [0])
    polls.push({ sealed, used: 0 })
  }
  return { site, polls }
}

async function figureOf(lane: Lane, jobs: readonly (() => Promise<Response>)[]) {
  const read = () => ({
    at: performance.now(),
    own: ownProcessorMs(),
    machine: machineMs(),
    all: lane.processes.map(one => one.processorMs()),
  })
  const before = read()
  const answers = await inFlight(IN_FLIGHT, jobs.map(heard))
  const after = read()
  const ms = after.at - before.at
  const busy = after.all.map((used, i) => (used - before.all[i]!) / ms)
  const sending = (after.own - before.own) / ms
  const figure: Figure = {
    perSecond: (answers.length / ms) * 1000,
    busy,
    sending,
    others: Math.max(0, (after.machine - before.machine) / ms - sending - total(busy)),
    refused: tally(answers.filter(answer => typeof answer === 'string')),
  }
  return { figure, answers }
}

export const total = (shares: readonly number[]): number => shares.reduce((sum, share) => sum + share, 0)

/** The bytes, or the refusal's name. */
const heard = (job: () => Promise<Response>) => async (): Promise<Uint8Array | string> => {
  try {
    const response = await job()
    return response.status === 200
      ? new Uint8Array(await response.arrayBuffer())
      : ((await response.json()) as { readonly refused: string }).refused
  } catch {
    return 'no answer'
  }
}

function tally(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return counts
}

/** So many voters, spread evenly over the first polls of the stock: all redeem, then all cast. */
export async function measure(
  { polls: stock }: Stock,
  lane: Lane,
  polls: number,
  voters: number,
  phones: Phones,
): Promise<Row> {
  const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT })
  const ask: Ask = askThrough(new Balancer(lane.ports), agent)
  const holders = Array.from({ length: voters }, (_, i) => {
    const poll = stock[i % polls]!
    return { sealed: poll.sealed, card: poll.sealed.cards[poll.used++]! }
  })
  const taken = await Promise.all(holders.map(({ sealed, card }) => phones.take(sealed.manifest, card)))
  // Nobody's first question, when a process reads manifests and threads meet polls, is in the figures.
  for (let turn = 0; turn < 2 * lane.ports.length; turn++)
    await Promise.all(stock.slice(0, polls).map(({ sealed }, i) => post(ask, sealed.hash, 'cast', taken[i]!.request)))
  const redeemed = await figureOf(
    lane,
    holders.map(
      ({ sealed }, i) =>
        () =>
          post(ask, sealed.hash, 'redeem', taken[i]!.request),
    ),
  )
  const ballots = await Promise.all(
    taken.map((phone: SimulatedPhone, i) => {
      const answer = redeemed.answers[i]!
      return typeof answer === 'string' ? null : phone.seal(answer, [[i % 3]])
    }),
  )
  const cast = await figureOf(
    lane,
    holders.flatMap(({ sealed }, i) => {
      const ballot = ballots[i]!
      return ballot === null ? [] : [() => post(ask, sealed.hash, 'cast', ballot)]
    }),
  )
  agent.destroy()
  const { name, threads, processes } = lane
  return {
    lane: name,
    threads,
    processes: processes.map(one => one.name),
    polls,
    redeem: redeemed.figure,
    cast: cast.figure,
  }
}

/** The middle of the rounds, figure by figure. */
export function middle(rows: readonly Row[]): Row {
  const of = (step: 'redeem' | 'cast'): Figure => {
    const figures = rows.map(row => row[step])
    const half = (read: (figure: Figure) => number) => quantile(figures.map(read), 0.5)
    return {
      perSecond: half(({ perSecond }) => perSecond),
      busy: figures[0]!.busy.map((_, i) => half(({ busy }) => busy[i]!)),
      sending: half(({ sending }) => sending),
      others: half(({ others }) => others),
      refused: tally(
        figures.flatMap(({ refused }) => Object.entries(refused).flatMap(([name, n]) => Array<string>(n).fill(name))),
      ),
    }
  }
  return { ...rows[0]!, redeem: of('redeem'), cast: of('cast') }
}

export type Bottleneck = 'its one thread' | 'its threads' | 'the cores' | 'other programs' | 'the engine or the line'

/** From this share of what it could have on, something is what everything waits for. */
const FULL = 0.85

/**
 * What everything else waited for. Where there is one thread for arithmetic, that one (of workerd there is no other);
 * elsewhere its threads, or all cores together with the database and with whoever sends. Cores that others had are nobody's plateau.
 * Where nothing is full, time went by waiting.
 */
export function bottleneckOf(
  { threads, processes }: Pick<Row, 'threads' | 'processes'>,
  { busy, sending, others }: Figure,
  cores: number,
): Bottleneck {
  const application = total(busy.filter((_, i) => processes[i] !== 'PostgreSQL'))
  const ours = total(busy) + sending
  if (threads === 1 && application >= FULL) return 'its one thread'
  if (threads > 1 && application >= FULL * threads) return 'its threads'
  if (ours >= FULL * cores) return 'the cores'
  if (ours + others >= FULL * cores) return 'other programs'
  return 'the engine or the line'
}
