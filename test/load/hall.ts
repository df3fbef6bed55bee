/**
 * A hall votes at a real server, in a process of its own with its worker threads, over loopback. Every voter redeems a
 * card and casts a ballot of 1×3 (or a survey's, 1×4 + 10×5), first as a hall does it, spread over twenty seconds for each
 * of the two, then once more with other cards and everybody in the same moment; in the end every phone looks at the closed board.
 *
 * Timed is what the server does, from the first byte sent to the last one received, a connection for each request
 * included. Not timed: sealing the poll, and what a phone computes for itself (its request; unblinding and its ballot),
 * which happens between the two, before the next clock starts. Ends by itself.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { G, multiply, randomScalar } from '../../crypto/group.ts'
import type { Card } from '../../crypto/token.ts'
import { Progress } from '../../server/commands/terminal.ts'
import { secureRng as rng } from '../../server/play/seed.ts'
import type { Draft } from '../../server/wire.ts'
import { askAt, type Child, newChild, newPlace, optionsFor, organiserBy } from '../listening.ts'
import {
  type Ask,
  act,
  ask as askFor,
  draftFor,
  phoneWith,
  post,
  type SealedPoll,
  sealPoll,
  signAct,
} from '../office.ts'

const MOST_VOTERS = 2000
/** How long a hall takes to redeem, and again to cast. */
const HALL_SECONDS = 20
const SAMPLE_MS = 250
const PAGE_MS = 100

export interface HallWanted {
  readonly voters: number
  /** Long ballots. */
  readonly survey: boolean
}

/** Numbers of options, contest by contest; every voter marks one of each. */
const contestsOf = (survey: boolean): readonly number[] => (survey ? [4, ...Array<number>(10).fill(5)] : [3])

const FIVE = ['1', '2', '3', '4', '5'].map(label => ({ label, standard: '', points: null }))
const QUESTIONS: Partial<Draft> = {
  template: 'quality',
  questions: contestsOf(true)
    .slice(1)
    .map((_, q) => ({ kind: 'choice', title: `${q + 1}`, options: FIVE, max: 1 })),
}

const now = () => performance.now()
const progress = new Progress()

/** One variable-base multiplication, in milliseconds: the measure for everything on this machine. */
function unit(): number {
  const P = multiply(G, randomScalar(rng))
  const rounds = Array.from({ length: 5 }, () => {
    const began = now()
    for (let i = 0; i < 100; i++) multiply(P, randomScalar(rng))
    return (now() - began) / 100
  })
  return rounds.sort((a, b) => a - b)[2]!
}

interface Done {
  readonly status: number
  readonly body: Uint8Array
  readonly ms: number
}

/** Somebody opens the page ten times a second while this goes on: how long that takes, in milliseconds. */
async function withReader<T>(ask: Ask, work: Promise<T>): Promise<{ readonly result: T; readonly page: number[] }> {
  const page: number[] = []
  let reading = true
  const reader = (async () => {
    while (reading) {
      const began = now()
      await ask('/').then(
        () => page.push(now() - began),
        () => page.push(Number.POSITIVE_INFINITY),
      )
      await new Promise(resolve => setTimeout(resolve, PAGE_MS))
    }
  })()
  const result = await work
  reading = false
  await reader
  return { result, page }
}

/** Sends every request at its moment, whether or not earlier ones are answered. */
async function send(ask: Ask, requests: readonly (() => Promise<Response>)[], seconds: number) {
  const moments = requests.map(() => (rng(2).reduce((value, byte) => value * 256 + byte, 0) / 65_536) * seconds * 1000)
  const began = now()
  const all = Promise.all(
    requests.map(async (request, i): Promise<Done> => {
      await new Promise(resolve => setTimeout(resolve, moments[i]!))
      const sent = now()
      try {
        const response = await request()
        return { status: response.status, body: new Uint8Array(await response.arrayBuffer()), ms: now() - sent }
      } catch {
        return { status: 0, body: new Uint8Array(), ms: now() - sent }
      }
    }),
  )
  const { result: done, page } = await withReader(ask, all)
  return { done, seconds: (now() - began) / 1000, page }
}

/** Takes a whole answer, compressed as browsers ask for it, and keeps nothing of it. */
const look = (port: number, path: string): Promise<Response> =>
  new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, agent: false, headers: { 'accept-encoding': 'gzip' } }, answer => {
      answer.on('error', reject)
      answer.on('end', () => resolve(new Response(null, { status: answer.statusCode! })))
      answer.resume()
    }).on('error', reject)
  })

/** The value below which this share of all is. */
function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
}

function figuresOf({ done, seconds, page }: Awaited<ReturnType<typeof send>>) {
  const times = done.map(({ ms }) => ms)
  return {
    refused: done.filter(({ status }) => status !== 200).length,
    seconds,
    perSecond: done.length / seconds,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    longest: quantile(times, 1),
    page: quantile(page, 0.99),
  }
}

/** These cards' holders vote; each of the two steps spread over so many seconds. */
async function hall(name: string, ask: Ask, { manifest, hash }: SealedPoll, cards: readonly Card[], seconds: number) {
  const choicesOf = (voter: number) => manifest.contests.map(({ options }, c) => [(voter + c) % options.length])
  progress.show(`${name}: phones make their requests`)
  const phones = cards.map(card => phoneWith(manifest, card))
  progress.show(`${name}: ${cards.length} cards are redeemed`)
  const redeemed = await send(
    ask,
    phones.map(
      ({ request }) =>
        () =>
          post(ask, hash, 'redeem', request),
    ),
    seconds,
  )
  const ballots: Uint8Array[] = []
  const began = now()
  for (const [i, phone] of phones.entries()) {
    if (redeemed.done[i]!.status !== 200) continue
    progress.show(`${name}: phone ${i + 1} of ${cards.length} seals its ballot`)
    phone.receive(redeemed.done[i]!.body)
    ballots.push(phone.seal(choicesOf(i), [], manifest.electionKey.point)[0]!.publicPart)
  }
  const phoneMs = (now() - began) / ballots.length
  progress.show(`${name}: ${ballots.length} ballots are cast`)
  const cast = await send(
    ask,
    ballots.map(ballot => () => post(ask, hash, 'cast', ballot)),
    seconds,
  )
  return { name, redeem: figuresOf(redeemed), cast: figuresOf(cast), phoneMs }
}

/** The most that the server holds while this goes on, in megabytes. */
async function withPeak<T>(child: Child, work: () => Promise<T>): Promise<{ readonly done: T; readonly peak: number }> {
  let peak = 0
  let running = true
  const watching = (async () => {
    while (running) {
      peak = Math.max(peak, (await child.memory()) / 1e6)
      await new Promise(resolve => setTimeout(resolve, SAMPLE_MS))
    }
  })()
  const done = await work()
  running = false
  await watching
  return { done, peak }
}

export async function loadHall({ voters, survey }: HallWanted) {
  if (!Number.isInteger(voters) || voters < 1 || voters > MOST_VOTERS)
    throw new RangeError(`--voters takes a number up to ${MOST_VOTERS}`)
  const place = newPlace()
  const cache = mkdtempSync(join(tmpdir(), 'phieukin-'))
  const logged: string[] = []
  const child = newChild(line => logged.push(line), cache)
  try {
    progress.show('the box is sealed')
    const { port, setupLink } = await child.start(optionsFor(place), true)
    const ask = askAt(port, new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY }))
    const organiser = await organiserBy(ask, setupLink!)
    const cards = 2 * voters
    const sealed = await sealPoll(ask, organiser, {
      draft: draftFor({ convened: cards, ...(survey ? QUESTIONS : {}) }),
      cards,
      bundle: place.bundle,
    })
    await act(organiser, sealed, 'open', [0])
    const began = unit()
    const { done, peak } = await withPeak(child, async () => {
      const halls = [
        await hall('spread', ask, sealed, sealed.cards.slice(0, voters), HALL_SECONDS),
        await hall('all at once', ask, sealed, sealed.cards.slice(voters), 0),
      ]
      progress.show('the box is closed')
      await askFor(organiser, sealed.poll, 'close')
      const stored = (await sealed.members[0]!.view()).turnout!
      for (const member of sealed.members.slice(0, 2)) await signAct(member, 'close', [cards])
      progress.show('every phone looks for its ballot')
      const looks = Array.from({ length: voters }, () => () => look(port, `/api/polls/${sealed.hash}/record`))
      return { halls, stored, board: figuresOf(await send(ask, looks, 0)) }
    })
    const multiplicationMs = (began + unit()) / 2
    progress.done()
    return {
      voters,
      shape: survey ? '1×4 + 10×5' : '1×3',
      cores: availableParallelism(),
      multiplicationMs,
      ...done,
      peakMegabytes: peak,
      logged,
    }
  } finally {
    await child.kill()
    place.remove()
    rmSync(cache, { recursive: true })
  }
}

export function printHall(figures: Awaited<ReturnType<typeof loadHall>>): void {
  const { voters, shape, multiplicationMs: unitMs, halls, stored, board, peakMegabytes } = figures
  const line = (text: string) => process.stdout.write(`${text}\n`)
  const say = (what: string, { refused, seconds, perSecond, p50, p99, longest, page }: typeof board) => {
    const times = [p50, p99, longest].map(ms => `${ms.toFixed(0)} ms (${(ms / unitMs).toFixed(0)}×)`)
    line(`  ${what.padEnd(7)} ${seconds.toFixed(1)} s, ${perSecond.toFixed(0)} a second, ${refused} refused`)
    line(`          p50 ${times[0]}, p99 ${times[1]}, longest ${times[2]}`)
    line(`          meanwhile the page opens within ${page.toFixed(0)} ms (p99)`)
  }
  line(
    `${voters} voters, ballots of ${shape}, ${availableParallelism()} cores, one multiplication ${unitMs.toFixed(2)} ms`,
  )
  for (const { name, redeem, cast, phoneMs } of halls) {
    line(`\n${name}: ${(redeem.seconds + cast.seconds).toFixed(1)} s for everybody`)
    say('redeem', redeem)
    say('cast', cast)
    line(
      `  a phone ${phoneMs.toFixed(0)} ms (${(phoneMs / unitMs).toFixed(0)}×) for unblinding and sealing, not timed above`,
    )
  }
  line(`\nclosed: everybody looks at the board in the same moment`)
  say('look', board)
  line(
    `\nstored: ${stored.redeemed} redemptions, ${stored.cast} ballots; the server held ${peakMegabytes.toFixed(0)} MB at most`,
  )
  for (const one of figures.logged) line(`the server says: ${one}`)
}
