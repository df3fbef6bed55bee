/** What a poll's database promises on every engine (`db.contract.ts`), as any database would. */
import type { Compilable } from 'kysely'
import { expect, it } from 'vitest'
import { compare } from '../crypto/bytes.ts'
import type { Db } from '../server/db.ts'
import { secureRng as rng } from '../server/play/seed.ts'
import { deletePoll, findPoll, updatePoll } from '../server/store/polls.ts'
import { append, readCasts, readSpent, readTurnout, spend } from '../server/store/voting.ts'
import {
  type Box,
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
import { type Engine, outcome, outcomes, words } from './engine.ts'
import { pollRow } from './rows.ts'

const spent = ({ read }: Db, { id, tokens }: Box, card: number, gate: string, answer: Uint8Array | null = rng(1)) =>
  read.insertInto('spent').values({ poll: id, token: tokens[card]!, request: rng(1), answer, gate })
const members = async ({ read }: Db, { id }: Box): Promise<readonly number[]> =>
  (await read.selectFrom('member').select('idx').where('poll', '=', id).orderBy('idx').execute()).map(({ idx }) => idx)
/** A statement that breaks a constraint, and one that differs in a single value and does not. */
const CONSTRAINTS: readonly (readonly [
  kind: string,
  broken: (db: Db, box: Box) => Compilable,
  kept: (db: Db, box: Box) => Compilable,
])[] = [
  ['a key that is taken', (db, box) => member(db, box, 1), (db, box) => member(db, box, 2)],
  ['a check', (db, box) => spent(db, box, 1, 'shut'), (db, box) => spent(db, box, 1, 'open')],
  [
    'a check over two columns',
    (db, box) => spent(db, box, 1, 'void-only'),
    (db, box) => spent(db, box, 1, 'void-only', null),
  ],
  [
    'a length',
    (db, { id }) => db.read.insertInto('token').values({ poll: id, token: rng(31), grp: 0 }),
    (db, { id }) => db.read.insertInto('token').values({ poll: id, token: rng(32), grp: 0 }),
  ],
  [
    'a value that must not be missing',
    (db, box) => member(db, box, 3, null as never),
    (db, box) => member(db, box, 3, ''),
  ],
  [
    'a state that the poll is not in',
    (db, { id }) => updatePoll(db, id, ['draft', 'void'], { tried: 'x' }),
    (db, { id }) => updatePoll(db, id, ['draft', 'open'], { tried: 'x' }),
  ],
  [
    'a closing statement while the gate is open',
    (db, { id }) => updatePoll(db, id, ['open'], { closing: '{}', closing_signature: rng(64) }),
    (db, { id }) => updatePoll(db, id, ['open'], { closing: '{}', closing_signature: rng(64), gate: 'shut' }),
  ],
  [
    'a row that refers to nothing',
    (db, box) => spent(db, { ...box, tokens: [rng(32)] }, 0, 'open'),
    (db, box) => spent(db, box, 0, 'open'),
  ],
  ['a number that is none of an entry', (db, box) => confirmation(db, box, 3), (db, box) => confirmation(db, box, 2)],
  [
    'an entry that is changed',
    db => db.read.updateTable('entry').set({ body: '[]' }),
    db => db.read.updateTable('entry').set({ body: '[]' }).where('n', '=', 9),
  ],
  ['an entry that is deleted', db => db.read.deleteFrom('entry'), db => db.read.deleteFrom('entry').where('n', '=', 9)],
  [
    'a confirmation that is changed',
    db => db.read.updateTable('confirmation').set({ by_name: 'C' }),
    db => db.read.updateTable('confirmation').set({ by_name: 'C' }).where('n', '=', 9),
  ],
  [
    'a confirmation that is deleted',
    db => db.read.deleteFrom('confirmation'),
    db => db.read.deleteFrom('confirmation').where('n', '=', 9),
  ],
]

export function pollPromises(engine: Engine<Half>): void {
  const withBox = (cards: number, use: Parameters<typeof withNewBox>[2]) => withNewBox(engine, cards, use)

  it('have one and the same way to a poll whenever it is asked for', () =>
    withBox(0, async (db, { id }, { parts }) => {
      expect(parts.of(id)).toBe(db)
      expect(parts.of(id.slice())).toBe(db)
      expect(await findPoll(parts.of(id), id)).toMatchObject({ id })
    }))

  it('store a write whole, to be read as soon as it is answered', () =>
    withBox(0, async (db, box) => {
      await db.write([member(db, box, 1), member(db, box, 2)])
      expect(await members(db, box)).toEqual([1, 2])
    }))

  it('store nothing at all of a write whose last statement breaks a constraint', () =>
    withBox(0, async (db, box) => {
      await db.write([member(db, box, 2)])
      const all = db.read.deleteFrom('member')
      expect(await outcome(db.write([all, member(db, box, 1), member(db, box, 3), member(db, box, 1)]))).toBe(
        'conflict',
      )
      expect(await members(db, box)).toEqual([2])
      expect(await outcome(db.write([all, member(db, box, 1), member(db, box, 3)]))).toBe('done')
      expect(await members(db, box)).toEqual([1, 3])
    }))

  it('let each of many writes at once fail alone', () =>
    withBox(0, async (db, box) => {
      const own = Array.from({ length: 24 }, (_, i) => i + 100)
      const found = await outcomes(own.map((n, i) => db.write([member(db, box, n), member(db, box, i % 8)])))
      expect([...found].sort()).toEqual([...Array(16).fill('conflict'), ...Array(8).fill('done')])
      const stored = (await members(db, box)).filter(n => n >= 100)
      expect(stored).toEqual(own.filter((_, i) => found[i] === 'done'))
    }))

  it('say of a mistake in our own words that it is none of the expected errors, and it fails alone', () =>
    withBox(0, async (db, box) => {
      const [a, b, c] = await outcomes([
        db.write([member(db, box, 1)]),
        db.write([member(db, box, 2), words('insert into no_such_table values (1)')]),
        db.write([member(db, box, 3)]),
      ])
      expect([a, c]).toEqual(['done', 'done'])
      expect(b).toContain('no_such_table')
      expect(await members(db, box)).toEqual([1, 3])
    }))

  it.each(CONSTRAINTS)('call %s a conflict', (_, broken, kept) =>
    withBox(2, async (db, box) => {
      await db.write([member(db, box, 1), entry(db, box, 1), entry(db, box, 2), confirmation(db, box, 1)])
      expect(await outcome(db.write([broken(db, box)]))).toBe('conflict')
      expect(await outcome(db.write([kept(db, box)]))).toBe('done')
    }),
  )

  it('delete with a poll everything that is its own, and nothing of another', () =>
    withBox(1, async (db, box, { parts }) => {
      const other = newBox(1)
      const its = parts.of(other.id)
      await keep(its, other)
      for (const [one, at] of [
        [db, box],
        [its, other],
      ] as const) {
        await one.write([member(one, at, 1), entry(one, at, 1), confirmation(one, at, 1)])
        await redeemed(one, at, 0)
        await lay(one, at, rng(32))
      }
      await db.write([deletePoll(db, box.id)])
      expect(await contentOf(db, box)).toEqual({ poll: null })
      expect(Object.keys(await contentOf(its, other))).toEqual([
        'poll',
        ...['member', 'token', 'spent', 'cast', 'entry', 'confirmation'],
      ])
    }))

  it('give back bytes, texts, numbers and nothing as they were, large ones too', () =>
    withBox(1, async (db, box) => {
      const text = 'Ủy ban nhân dân xã — “phiếu” 🗳️ \\ \' " ?$1'.repeat(20_000)
      const bytes = rng(3_000_000)
      const scan = { poll: box.id, n: 1, name: text.slice(0, 100), type: 'a/b', bytes, by_name: '' }
      await db.write([
        updatePoll(db, box.id, ['open'], {
          draft: text,
          stated: '',
          last_call_ms: Date.UTC(2026, 11, 5, 1, 2, 3, 456),
        }),
        db.read.insertInto('scan').values(scan),
      ])
      const edges = Uint8Array.of(0, 255, 92, 39, 0)
      await append(
        db,
        box,
        { bytes: edges, sealed: edges.slice(0, 0) },
        { kind: 1, key: rng(32), group: 255, receipt: edges },
      )
      await spend(db, box, box.tokens[0]!, edges, null)
      expect(await findPoll(db, box.id)).toEqual(
        pollRow(box.id, box.manifest.hash, {
          state: 'open',
          gate: 'open',
          draft: text,
          stated: '',
          last_call_ms: Date.UTC(2026, 11, 5, 1, 2, 3, 456),
        }),
      )
      const [found] = await db.read.selectFrom('scan').selectAll().execute()
      expect({ ...found, bytes: compare(found!.bytes, bytes) }).toEqual({ ...scan, bytes: 0 })
      const [laid] = await readCasts(db, box.id)
      expect(laid).toMatchObject({ kind: 1, grp: 255, bytes: edges, sealed: new Uint8Array(0) })
      expect(await readSpent(db, box.id)).toEqual([{ token: box.tokens[0], request: edges, answer: null, grp: 0 }])
      for (const one of [laid!.bytes, laid!.key, found!.bytes])
        expect(Object.getPrototypeOf(one)).toBe(Uint8Array.prototype)
    }))

  it('count in numbers', () =>
    withBox(3, async (db, box) => {
      for (const card of [0, 1]) await redeemed(db, box, card)
      await spend(db, box, box.tokens[2]!, rng(96), null)
      await lay(db, box, rng(32))
      expect(await readTurnout(db, box.id)).toEqual({ redeemed: 2, cast: 1 })
    }))

  it('are there with what is in them when they are opened again', () =>
    withBox(2, async (db, box, place) => {
      await redeemed(db, box, 0)
      const before = await contentOf(db, box)
      await place.again()
      const again = place.parts.of(box.id)
      expect(await contentOf(again, box)).toEqual(before)
      expect(await outcome(redeemed(again, box, 0))).toBe('conflict')
      expect(await outcome(redeemed(again, box, 1))).toBe('done')
    }))
}
