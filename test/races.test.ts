import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sealBallot } from '../crypto/ballot.ts'
import { finishCredentials, requestCredentials } from '../crypto/blind.ts'
import { equal, toBase64url } from '../crypto/bytes.ts'
import { leafHash } from '../crypto/merkle.ts'
import { checkReceipt } from '../crypto/receipt.ts'
import { chunksOf } from '../crypto/record.ts'
import { type Card, tokenKeyPair } from '../crypto/token.ts'
import { verify } from '../crypto/verify.ts'
import { secureRng as rng } from '../server/play/seed.ts'
import type { PublicView } from '../server/wire.ts'
import { listen, organiserBy } from './listening.ts'
import {
  type Ask,
  act,
  ask as askFor,
  draftFor,
  firstOrganiser,
  handBack,
  json,
  type Organiser,
  openOffice,
  PASSWORD,
  phoneWith,
  post,
  type SealedPoll,
  said,
  sealPoll,
  signAct,
  vote,
} from './office.ts'

const MANY = 60
const CARDS = 200

interface Scene {
  readonly ask: Ask
  readonly organiser: Organiser
  readonly bundle: Uint8Array | undefined
  readonly logged: readonly string[]
  readonly close: () => Promise<void>
}

async function inThisProcess(): Promise<Scene> {
  const office = openOffice({ lastCallMs: () => 0 })
  return { ...office, organiser: await firstOrganiser(office), bundle: undefined }
}

async function overSockets(): Promise<Scene> {
  const server = await listen()
  const organiser = await organiserBy(server.ask, server.running.setupLink!)
  return { ...server, organiser, bundle: server.place.bundle }
}

/** How often each answer came: a refusal by its name, anything else as `ok`. */
function tally(answers: readonly unknown[]): Readonly<Record<string, number>> {
  const names = answers.map(answer => (typeof answer === 'string' ? answer : 'ok'))
  return Object.fromEntries([...new Set(names)].sort().map(name => [name, names.filter(one => one === name).length]))
}

describe.each([
  ['in one process', inThisProcess],
  ['over sockets, with worker threads', overSockets],
] as const)('at the same moment, %s,', (_, open) => {
  let scene: Scene
  let sealed: SealedPoll
  let unused: Card[]
  let voided = 0
  const take = (n: number): readonly Card[] => unused.splice(0, n)
  const send = async (what: string, body: Uint8Array) => said(await post(scene.ask, sealed.hash, what, body))
  const record = async () => (await scene.ask(`/api/polls/${sealed.hash}/record`)).text()
  const state = async () => (await said<PublicView>(await scene.ask(`/api/polls/${sealed.hash}`))).state

  beforeAll(async () => {
    scene = await open()
    sealed = await sealPoll(scene.ask, scene.organiser, {
      draft: draftFor({ convened: CARDS }),
      cards: CARDS,
      bundle: scene.bundle,
    })
    unused = [...sealed.cards]
    await act(scene.organiser, sealed, 'open', [0])
  })
  afterAll(() => scene.close())

  it(`of ${MANY} different requests with one card one wins`, async () => {
    const [card] = take(1)
    const phones = Array.from({ length: MANY }, () => phoneWith(sealed.manifest, card!))
    const answers = await Promise.all(phones.map(({ request }) => send('redeem', request)))
    expect(tally(answers)).toEqual({ ok: 1, 'already-redeemed': MANY - 1 })
    const winner = answers.findIndex(answer => answer instanceof Uint8Array)
    expect(() => phones[winner]!.receive(answers[winner] as Uint8Array)).not.toThrow()
  })

  it(`${MANY} requests of as many cards are all answered`, async () => {
    const phones = take(MANY).map(card => phoneWith(sealed.manifest, card))
    const answers = await Promise.all(phones.map(({ request }) => send('redeem', request)))
    expect(tally(answers)).toEqual({ ok: MANY })
    for (const [i, phone] of phones.entries()) phone.receive(answers[i] as Uint8Array)
  })

  it(`one request sent ${MANY} times gets one answer`, async () => {
    const phone = phoneWith(sealed.manifest, take(1)[0]!)
    const answers = await Promise.all(Array.from({ length: MANY }, () => send('redeem', phone.request)))
    expect(tally(answers)).toEqual({ ok: MANY })
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect(() => phone.receive(answers[0] as Uint8Array)).not.toThrow()
  })

  it('of several sound ballots under one key one is cast, and only its sender gets receipts, all the same', async () => {
    const { manifest } = sealed
    const K = manifest.electionKey.point
    const { request, pending } = requestCredentials(manifest, tokenKeyPair(manifest.poll.id, take(1)[0]!), rng)
    const answer = (await send('redeem', request)) as Uint8Array
    const [credential] = finishCredentials(manifest, 0, request, pending, answer)
    const ballots = [[0], [1], [2], [], [0], [1]].map(choice => sealBallot(manifest, 0, credential!, [choice], K, rng))
    const sent = Array.from({ length: MANY }, (_, i) => ballots[i % ballots.length]!)
    const answers = await Promise.all(sent.map(ballot => send('cast', ballot)))
    const each = MANY / ballots.length
    expect(tally(answers)).toEqual({ ok: each, 'already-cast': MANY - each })
    const winners = sent.flatMap((ballot, i) =>
      answers[i] instanceof Uint8Array ? [{ ballot, receipt: answers[i] }] : [],
    )
    for (const { ballot, receipt } of winners) {
      expect(equal(ballot, winners[0]!.ballot)).toBe(true)
      expect(receipt).toEqual(winners[0]!.receipt)
    }
    expect(() => checkReceipt(manifest, 0, leafHash(winners[0]!.ballot), winners[0]!.receipt)).not.toThrow()
  })

  it('a card is voided or redeemed, whichever comes first, never both', async () => {
    const { manifest } = sealed
    const outcomes = await Promise.all(
      take(20).map(async (card, i) => {
        const handedBack = handBack(sealed, card)
        const { request } = phoneWith(manifest, card)
        const spending = [() => send('void', handedBack), () => send('redeem', request)]
        const answers = await Promise.all((i % 2 === 0 ? spending : spending.reverse()).map(one => one()))
        return tally(answers)
      }),
    )
    for (const outcome of outcomes)
      expect([
        { ok: 1, 'already-redeemed': 1 },
        { ok: 1, 'voided-card': 1 },
      ]).toContainEqual(outcome)
    voided = outcomes.filter(outcome => 'voided-card' in outcome).length
  })

  it('what is answered while the box closes lies on the board, and what is refused does not', async () => {
    const { manifest, members } = sealed
    const [first, second] = members
    const phones = take(30).map(card => phoneWith(manifest, card))
    const requests = take(30).map(card => phoneWith(manifest, card).request)
    for (const phone of phones) phone.receive((await send('redeem', phone.request)) as Uint8Array)
    const ballots = phones.map(phone => phone.seal([[1]], [], manifest.electionKey.point)[0]!.publicPart)
    const both = (i: number) => [send('cast', ballots[i]!), send('redeem', requests[i]!)] as const
    expect(await askFor(scene.organiser, sealed.poll, 'close')).toBeNull()
    expect(await signAct(first!, 'close', [CARDS - voided])).toBeNull()

    const before = await Promise.all(both(0))
    const during = Array.from({ length: 14 }, (_, i) => both(1 + i)).flat()
    const closing = signAct(second!, 'close', [CARDS - voided])
    during.push(...Array.from({ length: 14 }, (_, i) => both(15 + i)).flat())
    expect(await closing).toBeNull()
    expect(await state()).toBe('closed')
    const board = await record()
    const answers = [...before, ...(await Promise.all(during)), ...(await Promise.all(both(29)))]

    expect(tally(before)).toEqual({ ok: 2 })
    expect(answers.slice(-2)).toEqual(['closed', 'closed'])
    for (const [i, answer] of answers.entries()) {
      const bytes = i % 2 === 0 ? ballots[i >> 1]! : requests[i >> 1]!.subarray(32, 64)
      expect(answer instanceof Uint8Array || answer === 'closed').toBe(true)
      expect(board.includes(`"${toBase64url(bytes)}"`)).toBe(answer instanceof Uint8Array)
    }
    expect(await verify(chunksOf(board), { rng, asked: manifest.hash })).toMatchObject({ ok: true, complete: false })
    // What was answered is answered again, what was refused stays refused, and the board stays what it was.
    expect(await Promise.all(ballots.flatMap((_, i) => both(i)))).toEqual(answers)
    expect(await record()).toBe(board)
  })

  it('leaves no trace of a bug', () => {
    expect(scene.logged).toEqual([])
  })
})

describe.each([
  ['in one process', inThisProcess],
  ['over sockets, with worker threads', overSockets],
] as const)('when two people press at the same moment, %s,', (_, open) => {
  let scene: Scene
  let sealed: SealedPoll
  const state = async () => (await said<PublicView>(await scene.ask(`/api/polls/${sealed.hash}`))).state

  beforeAll(async () => {
    scene = await open()
    sealed = await sealPoll(scene.ask, scene.organiser, { bundle: scene.bundle })
  })
  afterAll(() => scene.close())

  it('one of two windows saves the draft', async () => {
    const { poll } = (await scene.organiser.post('/polls', { rehearsal: false, follows: null })) as { poll: string }
    const save = (title: string) =>
      scene.organiser.put(`/polls/${poll}/draft`, { version: 1, draft: draftFor({ title }) })
    expect(tally(await Promise.all([save('Một'), save('Hai')]))).toEqual({ ok: 1, 'stale-draft': 1 })
  })

  it('the box is sealed once, whoever of two presses', async () => {
    const { poll } = (await scene.organiser.post('/polls', { rehearsal: true, follows: null })) as { poll: string }
    await scene.organiser.put(`/polls/${poll}/draft`, { version: 1, draft: draftFor() })
    const seal = () => scene.organiser.post(`/polls/${poll}/seal`)
    expect(tally(await Promise.all([seal(), seal()]))).toEqual({ ok: 1, 'wrong-state': 1 })
  })

  it('the poll opens once, whichever members sign', async () => {
    expect(await askFor(scene.organiser, sealed.poll, 'open')).toBeNull()
    const answers = await Promise.all(sealed.members.map(member => signAct(member, 'open')))
    expect(tally(answers).ok).toBeGreaterThanOrEqual(1)
    expect(Object.keys(tally(answers)).filter(name => name !== 'ok' && name !== 'not-asked')).toEqual([])
    expect(await state()).toBe('open')
  })

  it('the box closes once, with one statement, whichever members sign', async () => {
    for (const card of sealed.cards.slice(0, 3)) await vote(scene.ask, sealed, card, [[0]])
    expect(await askFor(scene.organiser, sealed.poll, 'close')).toBeNull()
    const answers = await Promise.all(sealed.members.map(member => signAct(member, 'close', [3])))
    expect(Object.keys(tally(answers)).filter(name => name !== 'ok' && name !== 'not-asked')).toEqual([])
    expect(await state()).toBe('closed')
    const views = await Promise.all(sealed.members.map(member => member.view()))
    expect(views[0]!.closing).not.toBeNull()
    for (const view of views) expect(view.closing).toEqual(views[0]!.closing)
  })

  it('leaves no trace of a bug', () => {
    expect(scene.logged).toEqual([])
  })
})

describe('the one-time link', () => {
  it('sets one password, whoever of two presses first', async () => {
    const server = await listen()
    const link = server.running.setupLink!.split('#setup.')[1]
    const set = async (password: string) => said(await server.ask('/api/account/setup', json({ link, password })))
    const passwords = [`${PASSWORD} một`, `${PASSWORD} hai`]
    const answers = await Promise.all(passwords.map(set))
    expect(tally(answers)).toEqual({ ok: 1, 'used-link': 1 })
    const enter = async (password: string) =>
      said(await server.ask('/api/account/login', json({ login: 'to-chuc', password })))
    expect(await enter(passwords[answers.indexOf(null)]!)).toBeNull()
    expect(await enter(passwords[answers.indexOf('used-link')]!)).toBe('wrong-password')
    await server.close()
  })
})
