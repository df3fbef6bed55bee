/** A server that dies at any moment while a hall votes: what it acknowledged is there, and every phone gets through. */
import { cpSync, mkdtempSync, rmSync, watch } from 'node:fs'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { equal, toBase64url } from '../crypto/bytes.ts'
import { chunksOf } from '../crypto/record.ts'
import { verify } from '../crypto/verify.ts'
import type { Phone } from '../server/play/phone.ts'
import { secureRng as rng, shuffled } from '../server/play/seed.ts'
import { askAt, type Child, newChild, newPlace, optionsFor, organiserBy } from './listening.ts'
import { type Ask, act, draftFor, type Organiser, phoneWith, post, type SealedPoll, said, sealPoll } from './office.ts'

const KILLS = 200
/** Half of them redeem while the server dies, half of them cast. */
const VOTERS = 320
const ANY_TIME = 600_000

/** From 0 to 1. */
const random = (): number => rng(1)[0]! / 255

const pause = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))

/** One request of a phone, repeated unchanged until it is answered. */
interface Errand {
  readonly what: 'redeem' | 'cast'
  readonly body: Uint8Array
  answer: Uint8Array | null
}
const errand = (what: Errand['what'], body: Uint8Array): Errand => ({ what, body, answer: null })

describe(`kill -9 at ${KILLS} moments of redeeming and casting`, () => {
  const place = newPlace()
  const cache = mkdtempSync(join(tmpdir(), 'phieukin-'))
  const logged: string[] = []
  let standby: Child
  let child: Child
  let reach: Ask
  const ask: Ask = (path, init) => reach(path, init)
  let organiser: Organiser
  let sealed: SealedPoll

  /** The process that stands ready takes over, and another one makes ready. */
  async function start(): Promise<string | null> {
    child = standby
    const { port, setupLink } = await child.start(optionsFor(place), false)
    standby = newChild(line => logged.push(line), cache)
    reach = askAt(port, new Agent({ keepAlive: true }))
    return setupLink
  }

  const send = async ({ what, body }: Errand): Promise<unknown> => said(await post(ask, sealed.hash, what, body))

  /** Sends what has no answer yet, a few at a time, to a server that lives. */
  async function finish(errands: readonly Errand[]): Promise<void> {
    const queue = errands.filter(({ answer }) => answer === null)
    const lane = async () => {
      for (let one = queue.shift(); one !== undefined; one = queue.shift()) one.answer = (await send(one)) as Uint8Array
    }
    await Promise.all([lane(), lane(), lane(), lane()])
  }

  /** Every third voter chooses alike. */
  async function seal(phones: readonly Phone[], redeemed: readonly Errand[]): Promise<readonly Errand[]> {
    const ballots: Errand[] = []
    for (const [i, phone] of phones.entries()) {
      phone.receive(redeemed[i]!.answer!)
      ballots.push(errand('cast', phone.seal([[i % 3]], [], sealed.manifest.electionKey.point)[0]!.publicPart))
      // Connections that the server closes meanwhile are noticed.
      await new Promise(resolve => setImmediate(resolve))
    }
    return ballots
  }

  let redeemedBefore: readonly Errand[]
  let redeeming: readonly Errand[]
  let casting: readonly Errand[]
  let redeemers: readonly Phone[]
  /** About as long as one answer takes here; within one more of them the next death comes. */
  let answerMs: number

  beforeAll(async () => {
    standby = newChild(line => logged.push(line), cache)
    organiser = await organiserBy(ask, (await start())!)
    const draft = draftFor({ convened: VOTERS })
    sealed = await sealPoll(ask, organiser, { draft, cards: VOTERS, bundle: place.bundle })
    await act(organiser, sealed, 'open', [0])
    const phones = sealed.cards.map(card => phoneWith(sealed.manifest, card))
    const casters = phones.slice(VOTERS / 2)
    redeemers = phones.slice(0, VOTERS / 2)
    redeeming = redeemers.map(({ request }) => errand('redeem', request))
    redeemedBefore = casters.map(({ request }) => errand('redeem', request))
    const began = performance.now()
    await finish(redeemedBefore)
    answerMs = (performance.now() - began) / redeemedBefore.length
    casting = await seal(casters, redeemedBefore)
    // Stopped in peace once: what it compiled is kept, and the processes that follow are quicker to load.
    await child.end()
    await start()
  }, ANY_TIME)
  afterAll(async () => {
    await child.kill()
    await standby.kill()
    place.remove()
    rmSync(cache, { recursive: true })
  })

  /** Rows of redemptions and ballots in the files that the dead process left. */
  function stored(): number {
    const copy = mkdtempSync(join(tmpdir(), 'phieukin-'))
    cpSync(place.data, copy, { recursive: true })
    const database = new Database(join(copy, 'phieukin.sqlite'))
    const rows = database.prepare('select (select count(*) from spent) + (select count(*) from cast)').pluck().get()
    database.close()
    rmSync(copy, { recursive: true })
    return rows as number
  }

  /** Resolves when the database's log is written to. */
  const written = () =>
    new Promise<void>(resolve => {
      const watcher = watch(place.data, (_, name) => {
        if (!name?.endsWith('-wal')) return
        watcher.close()
        resolve()
      })
    })

  it(
    'loses nothing that was acknowledged, and nobody’s request for good',
    async () => {
      const queues = [[...redeeming], [...casting]]
      const all = [...redeemedBefore, ...redeeming, ...casting]
      const deaths = { requestLost: 0, answerLost: 0, lost: 0, idle: 0 }
      const wrong: unknown[] = []
      for (let kill = 0; kill < KILLS; kill++) {
        await child.kill()
        await start()
        if (queues.flat().length === 0) throw new Error('more voters are needed')
        const underWay = new Set<Errand>()
        let live = true
        let first = () => {}
        const answered = new Promise<void>(resolve => {
          first = resolve
        })
        // A phone that got no answer asks the next server, with the very same bytes.
        const lane = async (queue: Errand[]) => {
          for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
            underWay.add(one)
            const answer = await send(one).catch(() => null)
            if (answer === null) {
              queue.unshift(one)
              return
            }
            if (answer instanceof Uint8Array) one.answer = answer
            else wrong.push(answer)
            underWay.delete(one)
            first()
          }
        }
        // Somebody asks again for what was answered long ago.
        const again = async () => {
          while (live) {
            const one = redeemedBefore[Math.floor(random() * (redeemedBefore.length - 1))]!
            const answer = await send(one).catch(() => null)
            if (answer !== null && !(answer instanceof Uint8Array && equal(answer, one.answer!))) wrong.push(answer)
            await pause(answerMs)
          }
        }
        const lanes = [...shuffled([...queues, ...queues], rng).map(lane), again()]
        await answered
        // At any moment, or as soon as something is written that nobody can know of yet.
        if (kill % 2 === 0) await pause(random() * answerMs)
        else await Promise.race([written(), pause(8 * answerMs)])
        const dead = child.kill()
        const atDeath = underWay.size
        live = false
        await dead
        await Promise.all(lanes)
        const unheard = stored() - all.filter(({ answer }) => answer !== null).length
        if (atDeath === 0) deaths.idle++
        if (unheard < 0) deaths.lost++
        if (unheard > 0) deaths.answerLost++
        if (unheard < underWay.size) deaths.requestLost++
      }
      expect(wrong).toEqual([])
      expect(deaths).toMatchObject({ lost: 0, idle: 0 })
      // It died both before and after storing what it was asked.
      expect(deaths.requestLost).toBeGreaterThan(0)
      expect(deaths.answerLost).toBeGreaterThan(0)
      await start()
      await finish([...redeeming, ...casting])
      for (const { answer } of [...redeeming, ...casting]) expect(answer).toBeInstanceOf(Uint8Array)
    },
    ANY_TIME,
  )

  it(
    'gives every phone the same answer again, with which it casts',
    async () => {
      const all = [...redeemedBefore, ...redeeming, ...casting]
      const repeated = await Promise.all(all.map(send))
      expect(repeated.every((answer, i) => equal(answer as Uint8Array, all[i]!.answer!))).toBe(true)
      const late = await seal(redeemers, redeeming)
      await finish(late)
      casting = [...casting, ...late]
    },
    ANY_TIME,
  )

  it(
    'has every ballot on the board once, and the board closes and verifies',
    async () => {
      const { manifest, hash } = sealed
      await act(organiser, sealed, 'close', [0, 1], [VOTERS])
      const board = await (await ask(`/api/polls/${hash}/record`)).text()
      const lines = board.split('\n')
      const bytes = lines.filter(line => line.includes('"ballot"')).map(line => JSON.parse(line).bytes as string)
      expect([...bytes].sort()).toEqual(casting.map(({ body }) => toBase64url(body)).sort())
      expect(lines.filter(line => line.includes('"redemption"')).length).toBe(VOTERS)
      const report = await verify(chunksOf(board), { rng, asked: manifest.hash })
      expect(report).toMatchObject({ ok: true, complete: false })
    },
    ANY_TIME,
  )

  it('leaves no trace of a bug', () => {
    expect(logged).toEqual([])
  })
})
