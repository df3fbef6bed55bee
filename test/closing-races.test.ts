/** Requests that are under way while the box is being shut, held up at exactly that moment. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toBase64url } from '../crypto/bytes.ts'
import { chunksOf } from '../crypto/record.ts'
import { verify } from '../crypto/verify.ts'
import { secureRng as rng } from '../server/play/seed.ts'
import type { PublicView } from '../server/wire.ts'
import { type Work, workHere } from '../server/work.ts'
import {
  act,
  ask as askFor,
  firstOrganiser,
  type Office,
  type Organiser,
  openOffice,
  phoneWith,
  post,
  type SealedPoll,
  said,
  sealPoll,
  signAct,
  vote,
} from './office.ts'

/** Work that can be held up: what was begun is answered only after `release`. */
function heldWork() {
  const own = workHere(rng)
  let held: (() => void)[] | null = null
  let inside = 0
  const wait = async <T>(job: Promise<T>): Promise<T> => {
    const done = await job
    inside++
    if (held !== null) await new Promise<void>(resolve => held!.push(resolve))
    return done
  }
  const work: Work = {
    ...own,
    redeem: (...args) => wait(own.redeem(...args)),
    accept: (...args) => wait(own.accept(...args)),
  }
  return {
    work,
    hold: () => {
      held = []
      inside = 0
    },
    /** Resolves once so many are done and waiting to be stored. */
    isHolding: async (n: number) => {
      while (inside < n) await new Promise(resolve => setTimeout(resolve, 1))
    },
    release: () => {
      const waiting = held ?? []
      held = null
      for (const go of waiting) go()
    },
  }
}

describe('what was checked while the box was open', () => {
  const { work, hold, isHolding, release } = heldWork()
  let office: Office
  let organiser: Organiser
  let sealed: SealedPoll
  const send = async (what: string, body: Uint8Array) => said(await post(office.ask, sealed.hash, what, body))

  beforeAll(async () => {
    office = openOffice({ lastCallMs: () => 0, work })
    organiser = await firstOrganiser(office)
    sealed = await sealPoll(office.ask, organiser)
    await act(organiser, sealed, 'open', [0])
  })
  afterAll(() => office.close())

  it('is stored once it is let go on', async () => {
    hold()
    const phone = phoneWith(sealed.manifest, sealed.cards[0]!)
    const redeeming = send('redeem', phone.request)
    await isHolding(1)
    release()
    phone.receive((await redeeming) as Uint8Array)
  })

  it('is refused and not stored if the box was closed before it could be stored', async () => {
    const { manifest, cards, members } = sealed
    const phone = phoneWith(manifest, cards[1]!)
    phone.receive((await send('redeem', phone.request)) as Uint8Array)
    const ballot = phone.seal([[0]], [], manifest.electionKey.point)[0]!.publicPart
    hold()
    const waiting = [send('cast', ballot), send('redeem', phoneWith(manifest, cards[2]!).request)]
    await isHolding(2)
    await act(organiser, sealed, 'close', [0, 1], [2])
    const board = await (await office.ask(`/api/polls/${sealed.hash}/record`)).text()
    release()
    expect(await Promise.all(waiting)).toEqual(['closed', 'closed'])
    expect(await members[0]!.record()).toBe(board)
    expect(await verify(chunksOf(board), { rng })).toMatchObject({ ok: true })
    expect(board).not.toContain(toBase64url(ballot))
  })
})

describe('a card redeemed between the counting of cards and the shutting of the box', () => {
  let office: Office
  let organiser: Organiser
  let sealed: SealedPoll
  /** Runs once, before the next write. */
  let between: (() => Promise<void>) | null = null

  beforeAll(async () => {
    office = openOffice({ lastCallMs: () => 0 })
    const { write } = office.db
    Object.assign(office.db, {
      write: async (...args: Parameters<typeof write>) => {
        const first = between
        between = null
        await first?.()
        return write(...args)
      },
    })
    organiser = await firstOrganiser(office)
    sealed = await sealPoll(office.ask, organiser)
    await act(organiser, sealed, 'open', [0])
    for (const card of sealed.cards.slice(0, 3)) await vote(office.ask, sealed, card, [[0]])
  })
  afterAll(() => office.close())

  it('makes a number that has become too small refused, and the true one closes', async () => {
    const { manifest, hash, members, cards } = sealed
    const state = async () => (await said<PublicView>(await office.ask(`/api/polls/${hash}`))).state
    expect(await askFor(organiser, sealed.poll, 'close')).toBeNull()
    expect(await signAct(members[0]!, 'close', [3])).toBeNull()
    between = async () => {
      const { request } = phoneWith(manifest, cards[3]!)
      expect((await post(office.ask, hash, 'redeem', request)).status).toBe(200)
    }
    expect(await signAct(members[1]!, 'close', [3])).toBe('bad-numbers')
    expect(await state()).toBe('open')
    // The box is shut for good; it takes the true number to close it.
    const { request } = phoneWith(manifest, cards[4]!)
    expect(await said(await post(office.ask, hash, 'redeem', request))).toBe('closed')
    expect(await signAct(members[0]!, 'close', [4])).toBeNull()
    expect(await state()).toBe('open')
    expect(await signAct(members[1]!, 'close', [4])).toBeNull()
    expect(await state()).toBe('closed')
    const board = await (await office.ask(`/api/polls/${hash}/record`)).text()
    expect(await verify(chunksOf(board), { rng })).toMatchObject({ ok: true })
  })
})
