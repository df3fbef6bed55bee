/**
 * What a box relies on, of every engine (`db.contract.ts`): races, lost answers by way of `server/voting.ts`, the rewriting,
 * and that nothing acknowledged is ever lost.
 */
import { describe, expect, it } from 'vitest'
import { compare, concat } from '../crypto/bytes.ts'
import { leafHash } from '../crypto/merkle.ts'
import { checkReceipt } from '../crypto/receipt.ts'
import { Away, type Db } from '../server/db.ts'
import { secureRng as rng } from '../server/play/seed.ts'
import type { KnownPoll } from '../server/polls.ts'
import { insertMessage, insertPoll, updatePoll } from '../server/store/polls.ts'
import { append, listTokens, readCasts, readSpent, spend } from '../server/store/voting.ts'
import { cast, redeem, voidCard } from '../server/voting.ts'
import { workHere } from '../server/work.ts'
import {
  confirmation,
  contentOf,
  entry,
  type Half,
  keep,
  lay,
  member,
  newBox,
  redeemed,
  withBox as withNewBox,
} from './boxes.ts'
import { buildPoll } from './build.ts'
import { type Engine, ifThere, ONE_OF, outcome, outcomes, withPlace } from './engine.ts'
import { pollRow } from './rows.ts'

export function boxPromises(engine: Engine<Half>): void {
  const withBox = (cards: number, use: Parameters<typeof withNewBox>[2]) => withNewBox(engine, cards, use)

  describe('in a race', () => {
    it('let one of 64 spend a card, and one of 64 cast under a key', () =>
      withBox(1, async (db, box) => {
        const requests = Array.from({ length: 64 }, () => rng(160))
        const spends = await outcomes(requests.map(request => spend(db, box, box.tokens[0]!, request, rng(160))))
        expect([...spends].sort()).toEqual(ONE_OF(64))
        expect(await readSpent(db, box.id)).toMatchObject([{ request: requests[spends.indexOf('done')] }])
        const [key, ballots] = [rng(32), Array.from({ length: 64 }, () => rng(300))]
        const casts = await outcomes(ballots.map(bytes => lay(db, box, key, bytes)))
        expect([...casts].sort()).toEqual(ONE_OF(64))
        expect(await readCasts(db, box.id)).toMatchObject([{ key, bytes: ballots[casts.indexOf('done')] }])
      }))

    ifThere(engine, 'beside', 'let one of 64 spend a card who come from two sides', () =>
      withBox(1, async (db, box, place) => {
        const other = await place.beside!()
        const sides = [db, other.parts.of(box.id)]
        const requests = Array.from({ length: 64 }, () => rng(160))
        const spends = await outcomes(
          requests.map((request, i) => spend(sides[i % 2]!, box, box.tokens[0]!, request, rng(160))),
        )
        expect([...spends].sort()).toEqual(ONE_OF(64))
        for (const side of sides)
          expect(await readSpent(side, box.id)).toMatchObject([{ request: requests[spends.indexOf('done')] }])
        await other.close()
      }),
    )

    it('let a gate that shuts part what is read afterwards from what is refused', () =>
      withBox(0, async (db, box) => {
        const keys = Array.from({ length: 64 }, () => rng(32))
        const casting = outcomes(keys.map(key => lay(db, box, key)))
        await lay(db, box, rng(32))
        await db.write([updatePoll(db, box.id, ['open'], { gate: 'shut' })])
        const board = await readCasts(db, box.id)
        const late = await outcomes(keys.slice(0, 8).map(() => lay(db, box, rng(32))))
        expect(late).toEqual(Array(8).fill('conflict'))
        const found = await casting
        expect(new Set(found)).toEqual(new Set(found.includes('conflict') ? ['done', 'conflict'] : ['done']))
        const stored = keys.filter((_, i) => found[i] === 'done')
        const onBoard = (key: Uint8Array) => board.some(one => compare(one.key, key) === 0)
        expect(stored.every(onBoard)).toBe(true)
        expect(board.length).toBe(stored.length + 1)
        // What was on the way is on the board or refused; nothing comes after it.
        expect((await readCasts(db, box.id)).length).toBe(board.length)
      }))

    it('store nothing under a manifest that the poll has no longer', () =>
      withBox(1, async (db, box) => {
        await db.write([updatePoll(db, box.id, ['open'], { manifest_hash: rng(32) })])
        expect(await outcome(redeemed(db, box, 0))).toBe('conflict')
        expect(await outcome(lay(db, box, rng(32)))).toBe('conflict')
        await db.write([updatePoll(db, box.id, ['open'], { manifest_hash: box.manifest.hash })])
        expect(await outcome(redeemed(db, box, 0))).toBe('done')
      }))
  })

  describe('when an answer is lost', () => {
    const built = buildPoll(11)
    const { receiptKey, issuers, commentIssuers } = built
    const work = workHere(rng)
    const [, first, second] = built.voters
    /** The same poll over a database that is away after, or before, the next write. */
    const poll = (id: Uint8Array, db: Db): KnownPoll => ({
      id,
      db,
      redeemAt: null,
      manifest: built.manifest,
      keys: { receiptKey, issuers, commentIssuers },
    })
    const lost = (db: Db): Db => ({
      ...db,
      write: async statements => {
        await db.write(statements)
        throw new Away()
      },
    })
    const never = (db: Db): Db => ({ ...db, write: () => Promise.reject(new Away()) })
    const steps = {
      'a redemption': (at: KnownPoll) => redeem(work, at, first!.request),
      'a cast': (at: KnownPoll) => cast(work, at, { bytes: built.ballots[0]!, sealed: null }),
      'a card handed back': (at: KnownPoll) => voidCard(at, concat(built.voided.token, built.voided.signature)),
    }
    const withPoll = (use: (db: Db, id: Uint8Array) => Promise<void>) =>
      withPlace(engine, async ({ parts }) => {
        const id = rng(16)
        const db = parts.of(id)
        const row = pollRow(id, built.manifest.hash, { state: 'open', gate: 'open' })
        await db.write([insertPoll(db, row), ...listTokens(db, id, built.tokens)])
        await use(db, id)
      })

    it.each(Object.keys(steps) as (keyof typeof steps)[])('of %s, the same again finds what was stored', step =>
      withPoll(async (db, id) => {
        const take = steps[step]
        // It did not happen.
        expect(await outcome(take(poll(id, never(db))))).toBe('away')
        expect(Object.keys(await contentOf(db, { id }))).toEqual(['poll', 'token'])
        // It happened, and the answer was lost.
        expect(await outcome(take(poll(id, lost(db))))).toBe('away')
        const stored = await contentOf(db, { id })
        expect(Object.keys(stored).length).toBe(3)
        const [again, oncemore] = [await take(poll(id, db)), await take(poll(id, db))]
        expect(oncemore).toEqual(again)
        expect(await contentOf(db, { id })).toEqual(stored)
        const [row] = Object.values(stored)[2] as readonly Record<string, unknown>[]
        if (step === 'a redemption') expect(again).toEqual(row!.answer)
        if (step === 'a cast') {
          expect(again).toEqual(row!.receipt)
          checkReceipt(built.manifest, 0, leafHash(built.ballots[0]!), again as Uint8Array)
        }
      }),
    )

    it('another request for the same card and other bytes under the same key are refused', () =>
      withPoll(async (db, id) => {
        await steps['a redemption'](poll(id, lost(db))).catch(() => {})
        await steps['a cast'](poll(id, lost(db))).catch(() => {})
        const other = concat(first!.request.subarray(0, 32), second!.request.subarray(32))
        await expect(redeem(work, poll(id, db), other)).rejects.toMatchObject({ refusal: 'already-redeemed' })
        const changed = built.ballots[0]!.slice()
        changed[changed.length - 1]! ^= 1
        const sent = { bytes: changed, sealed: null }
        await expect(cast(work, poll(id, db), sent)).rejects.toMatchObject({ refusal: 'already-cast' })
      }))
  })

  describe('when a poll is rewritten', () => {
    it('keep every row of this poll and of others', () =>
      withBox(30, async (db, box, { parts }) => {
        const other = newBox(30)
        const its = parts.of(other.id)
        await keep(its, other)
        for (const [one, at] of [
          [db, box],
          [its, other],
        ] as const) {
          await one.write([
            member(one, at, 1),
            entry(one, at, 1),
            confirmation(one, at, 1),
            insertMessage(one, at.id, { step: 'pin', sender: 1, recipient: 0, body: 'x'.repeat(5000) }),
            one.read
              .insertInto('scan')
              .values({ poll: at.id, n: 1, name: '', type: '', bytes: rng(600_000), by_name: '' }),
            one.read.insertInto('copy').values({ poll: at.id, number: 1, form: '', recipient: '', by_name: '' }),
            one.read.insertInto('comment_box').values({ poll: at.id, sender: 1, recipient: 2, bytes: rng(3000) }),
            one.read.insertInto('comment_file').values({ poll: at.id, sender: 1, bytes: rng(3000) }),
          ])
          for (let card = 0; card < 20; card++) await redeemed(one, at, card)
          for (let ballot = 0; ballot < 20; ballot++) await lay(one, at, rng(32), rng(1500))
        }
        const before = [await contentOf(db, box), await contentOf(its, other)]
        expect(before.map(content => Object.keys(content).length)).toEqual([12, 12])
        await db.rewrite(box.id)
        expect([await contentOf(db, box), await contentOf(its, other)]).toEqual(before)
        await db.rewrite(box.id)
        expect([await contentOf(db, box), await contentOf(its, other)]).toEqual(before)
        expect(await outcome(redeemed(db, box, 0))).toBe('conflict')
        expect(await outcome(redeemed(db, box, 20))).toBe('done')
      }))

    it('lose nothing that comes at the same moment, into this poll or another', () =>
      withBox(40, async (db, box, { parts }) => {
        const other = newBox(40)
        const its = parts.of(other.id)
        await keep(its, other)
        const spends = box.tokens.flatMap((_, card) => [redeemed(db, box, card), redeemed(its, other, card)])
        await Promise.all([db.rewrite(box.id), its.rewrite(other.id), ...spends])
        expect((await readSpent(db, box.id)).length).toBe(40)
        expect((await readSpent(its, other.id)).length).toBe(40)
      }))

    ifThere(engine, 'order', 'leave in storage nothing of the order in which cards and ballots came', async () => {
      const tokens = Array.from({ length: 60 }, () => rng(32)).sort(compare)
      const box = { ...newBox(0), tokens }
      const rows = tokens.map(() => ({
        request: rng(160),
        answer: rng(160),
        key: rng(32),
        bytes: rng(2000),
        receipt: rng(96),
      }))
      const written = async (order: readonly number[]) => {
        let found: readonly string[] = []
        await withPlace(engine, async place => {
          const db = place.parts.of(box.id)
          await keep(db, box)
          for (const i of order) {
            const { request, answer, key, bytes, receipt } = rows[i]!
            await spend(db, box, tokens[i]!, request, answer)
            await append(db, box, { bytes, sealed: null }, { kind: 0, key, group: 0, receipt })
          }
          const before = await place.order!(box.id)
          await db.rewrite(box.id)
          found = [before, await place.order!(box.id)]
        })
        return found
      }
      const there = await written(rows.map((_, i) => (i * 37) % 60))
      const back = await written(rows.map((_, i) => 59 - ((i * 37) % 60)))
      expect(there[0]).not.toBe(back[0])
      expect(there[1]).toBe(back[1])
    })
  })

  ifThere(engine, 'kill', 'keep what they have acknowledged when they are killed', () =>
    withBox(0, async (db, box, place) => {
      const acknowledged: Uint8Array[] = []
      const writers = Array.from({ length: 8 }, async () => {
        for (let said = 'done'; said === 'done'; ) {
          const key = rng(32)
          said = await outcome(lay(db, box, key))
          if (said === 'done') acknowledged.push(key)
          // Whether it happened is not known; that it could not be is not said.
          else expect(said).not.toBe('conflict')
        }
      })
      while (acknowledged.length < 50) await new Promise(go => setTimeout(go, 5))
      await place.kill!()
      await Promise.all(writers)
      const board = await readCasts(place.parts.of(box.id), box.id)
      const found = new Set(board.map(({ key }) => Buffer.from(key).toString('hex')))
      expect(acknowledged.filter(key => !found.has(Buffer.from(key).toString('hex')))).toEqual([])
      expect(await outcome(lay(place.parts.of(box.id), box, rng(32)))).toBe('done')
    }),
  )
}
