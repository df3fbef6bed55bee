/**
 * The parts of a redemption and of a cast by themselves, so that a plateau can be given its name: the arithmetic alone, in
 * one thread and in all of them, and the engine alone, written to past the application.
 */
import { availableParallelism } from 'node:os'
import type { Card } from '../../crypto/token.ts'
import type { Databases } from '../../server/db.ts'
import { makePoll } from '../../server/organising.ts'
import { secureRng as rng } from '../../server/play/seed.ts'
import { updatePoll } from '../../server/store/polls.ts'
import { append } from '../../server/store/voting.ts'
import { doJob, type Poll, type Sent } from '../../server/work.ts'
import { startWorkers } from '../../server/workers.ts'
import { draftFor, firstOrganiser, openOffice, sealPoll } from '../office.ts'
import type { Phones } from './phones.ts'
import { ownProcessorMs } from './processor.ts'
import { inFlight } from './sending.ts'

/** How many at a time, here as in the runs. */
export const IN_FLIGHT = 64
const BATCH = 16

const perSecond = (count: number, ms: number): number => (count / ms) * 1000

async function timed(count: number, work: () => Promise<unknown>, clock = () => performance.now()): Promise<number> {
  const began = clock()
  await work()
  return perSecond(count, clock() - began)
}

/**
 * A second: in this thread, of processor time, so that other programs do not count; and in so many worker threads as the
 * server has them, by the clock.
 */
export interface Arithmetic {
  readonly redeem: number
  readonly castOneByOne: number
  readonly castInBatches: number
  readonly threads: number
  readonly redeemThreads: number
  readonly castThreads: number
}

/** What `server/box.ts` does for a redemption and for a cast of 1×3, with nothing around it. */
export async function arithmeticAlone(phones: Phones, voters: number): Promise<Arithmetic> {
  const office = openOffice()
  const sealed = await sealPoll(office.ask, await firstOrganiser(office), {
    draft: draftFor({ convened: voters }),
    cards: voters,
  })
  const poll: Poll = await office.deps.polls.byHash(sealed.hash)
  await office.close()
  const taken = await Promise.all(sealed.cards.map((card: Card) => phones.take(sealed.manifest, card)))
  const answerAll = async (): Promise<readonly Uint8Array[]> => {
    const answers: Uint8Array[] = []
    for (const { request } of taken)
      answers.push((await doJob({ type: 'redeem', group: 0, request }, poll, rng)) ?? fails())
    return answers
  }
  // Once to warm up: a server has done it before.
  const answers = await answerAll()
  const redeem = await timed(voters, answerAll, ownProcessorMs)
  const sent: readonly Sent[] = await Promise.all(
    taken.map(async (phone, i) => ({ bytes: await phone.seal(answers[i]!, [[i % 3]]), sealed: null })),
  )
  const accept = async (list: readonly Sent[]) => {
    if ((await doJob({ type: 'accept', list }, poll, rng)).includes(null)) fails()
  }
  await accept(sent)
  const castOneByOne = await timed(
    voters,
    async () => {
      for (const one of sent) await accept([one])
    },
    ownProcessorMs,
  )
  const castInBatches = await timed(
    voters,
    async () => {
      for (let i = 0; i < voters; i += BATCH) await accept(sent.slice(i, i + BATCH))
    },
    ownProcessorMs,
  )
  const threads = availableParallelism()
  const work = startWorkers(threads)
  // Each thread has loaded and met the poll before the clock starts.
  await Promise.all(taken.slice(0, 4 * threads).map(({ request }) => work.redeem(poll, 0, request)))
  const redeemThreads = await timed(voters, () =>
    inFlight(
      IN_FLIGHT,
      taken.map(
        ({ request }) =>
          () =>
            work.redeem(poll, 0, request),
      ),
    ),
  )
  const castThreads = await timed(voters, () =>
    inFlight(
      IN_FLIGHT,
      sent.map(one => () => work.accept(poll, one)),
    ),
  )
  await work.close()
  return { redeem, castOneByOne, castInBatches, threads, redeemThreads, castThreads }
}

function fails(): never {
  throw new Error('what an honest phone sent proves nothing')
}

const BALLOT_BYTES = 1217
const RECEIPT_BYTES = 96

/** What one engine does with nothing checked. */
export interface Storing {
  /** Ballots of 1×3 laid into an open box, through `Db.write` as the application does it. */
  readonly perSecond: number
  /** Rewriting one small poll, as its closing does, while so many ballots of another poll lie beside it. */
  readonly rewriting: readonly { readonly beside: number; readonly ms: number }[]
}

const SMALL = 32
const BESIDE = [1024, 4096] as const

export async function storingAlone(databases: Databases): Promise<Storing> {
  const [large, small] = [await openBox(databases), await openBox(databases)]
  await store(small, SMALL)
  await store(large, IN_FLIGHT)
  let beside: number = BESIDE[0]
  const perSecond = await timed(beside - IN_FLIGHT, () => store(large, beside - IN_FLIGHT))
  const rewriting: { readonly beside: number; readonly ms: number }[] = []
  for (const wanted of BESIDE) {
    await store(large, wanted - beside)
    beside = wanted
    const began = performance.now()
    await small.db.rewrite(small.id)
    rewriting.push({ beside, ms: performance.now() - began })
  }
  return { perSecond, rewriting }
}

type OpenBox = Awaited<ReturnType<typeof openBox>>

async function openBox(databases: Databases) {
  const id = await makePoll(databases, rng, 'http://phieukin.test', { rehearsal: true, follows: null })
  const db = databases.of(id)
  const hash = rng(32)
  const opened = { gate: 'open', manifest_hash: hash, manifest: 'a poll of no people' } as const
  await db.write([updatePoll(db, id, ['draft'], opened)])
  return { id, db, manifest: { hash } }
}

const store = (box: OpenBox, ballots: number) =>
  inFlight(
    IN_FLIGHT,
    Array.from({ length: ballots }, () => () => {
      const sent = { bytes: rng(BALLOT_BYTES), sealed: null }
      return append(box.db, box, sent, { kind: 0, key: rng(32), group: 0, receipt: rng(RECEIPT_BYTES) })
    }),
  )
