/**
 * A hall that votes while a part of the server dies: every phone repeats its request, byte for byte, until it is answered.
 * Nothing that was acknowledged is lost, nothing is there twice, and the same request again gets the same answer.
 */
import { Agent } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { equal, toBase64url } from '../crypto/bytes.ts'
import { chunksOf } from '../crypto/record.ts'
import { verify } from '../crypto/verify.ts'
import { secureRng as rng } from '../server/play/seed.ts'
import { askAt, newPlace, organiserBy } from './listening.ts'
import {
  ADDRESS,
  type Ask,
  act,
  count,
  draftFor,
  type Organiser,
  phoneWith,
  post,
  type SealedPoll,
  said,
  sealPoll,
} from './office.ts'
import type { OpenStage, Stage } from './stages.ts'

const AT_ONCE = 6
/** So many go through between one mishap and the next. */
const BETWEEN = 12
const ANY_TIME = 300_000
const pause = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms))

/** Answers that tell a phone to try again, besides no answer. */
const TROUBLES: readonly unknown[] = ['away', 'too-many']

export const sufferMishaps = (on: string, openStage: OpenStage, names: readonly string[]) =>
  describe(`mishaps while people vote ${on}`, () => {
    const voters = BETWEEN * (names.length + 2)
    const place = newPlace()
    const agent = new Agent({ keepAlive: true })
    let stage: Stage
    let ask: Ask
    let organiser: Organiser
    let sealed: SealedPoll
    /** Everything that was answered: what was sent, and the first answer. */
    const answered: { readonly what: string; readonly body: Uint8Array; readonly answer: Uint8Array }[] = []
    const casts: Uint8Array[] = []
    let troubles = 0

    beforeAll(async () => {
      stage = await openStage({ pages: place.pages, address: () => ADDRESS, lastCallMs: 0 })
      ask = askAt(stage.port, agent)
      organiser = await organiserBy(ask, stage.setupLink)
      const draft = draftFor({ convened: voters })
      sealed = await sealPoll(ask, organiser, { draft, cards: voters, bundle: stage.bundle })
      await act(organiser, sealed, 'open', [0])
    }, ANY_TIME)
    afterAll(async () => {
      agent.destroy()
      await stage?.close()
      place.remove()
    }, ANY_TIME)

    /** Until an answer comes that is one. */
    async function insist(what: string, body: Uint8Array): Promise<Uint8Array> {
      for (;;) {
        const answer = await post(ask, sealed.hash, what, body).then(said, () => 'away')
        if (answer instanceof Uint8Array) return answer
        if (!TROUBLES.includes(answer)) throw new Error(`${what}: ${JSON.stringify(answer)}`)
        troubles++
        await pause(100)
      }
    }

    async function goThrough(i: number): Promise<void> {
      const phone = phoneWith(sealed.manifest, sealed.cards[i]!)
      const { request } = phone
      const answer = await insist('redeem', request)
      phone.receive(answer)
      answered.push({ what: 'redeem', body: request, answer })
      const [ballot] = phone.seal([[i % 3]], [], sealed.manifest.electionKey.point)
      const receipt = await insist('cast', ballot!.publicPart)
      phone.keepReceipt(ballot!, receipt)
      answered.push({ what: 'cast', body: ballot!.publicPart, answer: receipt })
      casts.push(ballot!.publicPart)
    }

    it(
      'let everybody through in the end',
      async () => {
        expect(Object.keys(stage.mishaps).sort()).toEqual([...names].sort())
        let next = 0
        const lane = async () => {
          while (next < voters) await goThrough(next++)
        }
        const lanes = Promise.all(Array.from({ length: AT_ONCE }, lane))
        const strike = async () => {
          for (const [n, mishap] of Object.values(stage.mishaps).entries()) {
            while (casts.length < BETWEEN * (n + 1)) await pause(5)
            await mishap(sealed.poll)
          }
        }
        await Promise.all([lanes, strike()])
        expect(casts.length).toBe(voters)
        // They struck while somebody was waiting for an answer.
        expect(troubles).toBeGreaterThan(0)
      },
      ANY_TIME,
    )

    it(
      'change no answer: the same request again gets the same bytes',
      async () => {
        expect(answered.length).toBe(2 * voters)
        for (const { what, body, answer } of answered) expect(equal(await insist(what, body), answer)).toBe(true)
      },
      ANY_TIME,
    )

    it(
      'leave every ballot on the board once, and a record that verifies to its end',
      async () => {
        await act(organiser, sealed, 'close', [0, 1], [voters])
        await count(sealed.members.slice(0, 2))
        const record = await (
          await ask(`/api/organiser/polls/${sealed.poll}/record`, { headers: { cookie: organiser.cookie } })
        ).text()
        const lines = record.split('\n')
        const ballots = lines.filter(line => line.includes('"ballot"')).map(line => JSON.parse(line).bytes as string)
        expect([...ballots].sort()).toEqual(casts.map(toBase64url).sort())
        expect(lines.filter(line => line.includes('"redemption"')).length).toBe(voters)
        expect(await verify(chunksOf(record), { rng, asked: sealed.manifest.hash })).toMatchObject({
          ok: true,
          complete: true,
        })
      },
      ANY_TIME,
    )

    it('are no bug of ours in what the servers had to say', () => {
      expect(stage.logged.filter(line => !line.startsWith('database: '))).toEqual([])
    })
  })
