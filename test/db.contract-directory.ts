/** What the directory promises on every engine (`db.contract.ts`). */
import type { Compilable } from 'kysely'
import { expect, it } from 'vitest'
import type { Databases, Directory } from '../server/db.ts'
import { secureRng as rng } from '../server/play/seed.ts'
import { findListed, insertListing, listManifest, readListed } from '../server/store/listing.ts'
import { hasOrganiser, insertPerson } from '../server/store/people.ts'
import { type Engine, ifThere, ONE_OF, outcome, outcomes, withPlace, words } from './engine.ts'

type Half = Pick<Databases, 'directory'>

const put = ({ read }: Directory, name: string, value = 'x') => read.insertInto('setting').values({ name, value })
const drop = ({ read }: Directory, name: string) => read.deleteFrom('setting').where('name', '=', name)
const names = async ({ read }: Directory): Promise<readonly string[]> =>
  (await read.selectFrom('setting').select('name').orderBy('name').execute()).map(({ name }) => name)

const person = (directory: Directory, change: { readonly id?: Uint8Array; readonly role?: string } = {}) =>
  insertPerson(directory, {
    id: rng(16),
    login: null,
    name: 'x',
    role: 'auditor',
    password: null,
    invitation: null,
    everything: 0,
    ...(change as object),
  })
const pack = ({ read }: Directory, id: string, text = '{}') =>
  read.insertInto('pack').values({ sha256: rng(32), id, version: 1, text, entered_by: 'A', confirmed_by: 'B' })

/** A statement that breaks a constraint, and one that differs in a single value and does not. */
const CONSTRAINTS: readonly (readonly [
  kind: string,
  broken: (of: Directory) => Compilable,
  kept: (of: Directory) => Compilable,
])[] = [
  ['a key that is taken', of => put(of, 'taken'), of => put(of, 'free')],
  ['a value that is taken', of => insertListing(of, rng(16), 'taken'), of => insertListing(of, rng(16), 'free')],
  ['a check', of => person(of, { role: 'nobody' }), of => person(of)],
  ['a length', of => person(of, { id: rng(15) }), of => person(of, { id: rng(16) })],
  ['a value that must not be missing', of => put(of, 'a', null as never), of => put(of, 'a', '')],
  [
    'a row that refers to nothing',
    of => listManifest(of, new Uint8Array(16).fill(9), rng(32)),
    of => listManifest(of, new Uint8Array(16), rng(32)),
  ],
  [
    'a pack that is changed',
    of => of.read.updateTable('pack').set({ text: '[]' }),
    of => of.read.updateTable('pack').set({ text: '[]' }).where('id', '=', 'none'),
  ],
  [
    'a pack that is deleted',
    of => of.read.deleteFrom('pack'),
    of => of.read.deleteFrom('pack').where('id', '=', 'none'),
  ],
]

export function directoryPromises(engine: Engine<Half>): void {
  const withDirectory = (use: (directory: Directory) => Promise<void>) =>
    withPlace(engine, ({ parts }) => use(parts.directory))

  it('stores a write whole, to be read as soon as it is answered', () =>
    withDirectory(async of => {
      await of.write([put(of, 'a'), put(of, 'b')])
      expect(await names(of)).toEqual(['a', 'b'])
      await of.write([])
      expect(await names(of)).toEqual(['a', 'b'])
    }))

  it('stores nothing at all of a write whose last statement breaks a constraint', () =>
    withDirectory(async of => {
      await of.write([put(of, 'b')])
      expect(await outcome(of.write([put(of, 'a'), drop(of, 'b'), put(of, 'c'), put(of, 'a')]))).toBe('conflict')
      expect(await names(of)).toEqual(['b'])
      expect(await outcome(of.write([put(of, 'a'), drop(of, 'b'), put(of, 'c')]))).toBe('done')
      expect(await names(of)).toEqual(['a', 'c'])
    }))

  it('lets each of many writes at once fail alone', () =>
    withDirectory(async of => {
      const own = Array.from({ length: 24 }, (_, i) => `own ${String(i).padStart(2, '0')}`)
      const found = await outcomes(own.map((name, i) => of.write([put(of, name), put(of, `shared ${i % 8}`)])))
      expect([...found].sort()).toEqual([...Array(16).fill('conflict'), ...Array(8).fill('done')])
      const stored = (await names(of)).filter(name => name.startsWith('own'))
      expect(stored).toEqual(own.filter((_, i) => found[i] === 'done'))
    }))

  it('says of a mistake in our own words that it is none of the expected errors, and fails alone', () =>
    withDirectory(async of => {
      const mistake = words('insert into no_such_table values (1)')
      const [a, b, c] = await outcomes([
        of.write([put(of, 'a')]),
        of.write([put(of, 'b'), mistake]),
        of.write([put(of, 'c')]),
      ])
      expect([a, c]).toEqual(['done', 'done'])
      expect(b).toContain('no_such_table')
      expect(await names(of)).toEqual(['a', 'c'])
    }))

  it.each(CONSTRAINTS)('calls %s a conflict', (_, broken, kept) =>
    withDirectory(async of => {
      await of.write([put(of, 'taken'), insertListing(of, new Uint8Array(16), 'taken'), pack(of, 'one')])
      expect(await outcome(of.write([broken(of)]))).toBe('conflict')
      expect(await outcome(of.write([kept(of)]))).toBe('done')
      expect(await of.read.selectFrom('pack').select('text').execute()).toEqual([{ text: '{}' }])
    }),
  )

  it('lets one of 64 win who write the same at once', () =>
    withDirectory(async of => {
      const found = await outcomes(Array.from({ length: 64 }, (_, i) => of.write([put(of, 'one', `${i}`)])))
      expect([...found].sort()).toEqual(ONE_OF(64))
      const [row] = await of.read.selectFrom('setting').select('value').execute()
      expect(row).toEqual({ value: `${found.indexOf('done')}` })
    }))

  ifThere(engine, 'beside', 'lets one of 64 win who come from two sides', () =>
    withPlace(engine, async place => {
      const other = await place.beside!()
      const sides = [place.parts.directory, other.parts.directory]
      const found = await outcomes(
        Array.from({ length: 64 }, (_, i) => sides[i % 2]!.write([put(sides[i % 2]!, 'one', `${i}`)])),
      )
      expect([...found].sort()).toEqual(ONE_OF(64))
      for (const side of sides)
        expect(await side.read.selectFrom('setting').select('value').execute()).toEqual([
          { value: `${found.indexOf('done')}` },
        ])
      await other.close()
    }),
  )

  it('gives back text, bytes, numbers and nothing as they were', () =>
    withDirectory(async of => {
      const text = 'Ủy ban nhân dân xã — “phiếu” 🗳️ \\ \' " ?$1 \u0301'
      const long = text.repeat(10_000)
      const id = Uint8Array.from({ length: 16 }, (_, i) => [0, 255, 92, 39][i % 4]!)
      await of.write([put(of, text, long), put(of, 'empty', ''), person(of, { id }), pack(of, 'long', long)])
      expect(await of.read.selectFrom('setting').selectAll().orderBy('value').execute()).toEqual([
        { name: 'empty', value: '' },
        { name: text, value: long },
      ])
      const found = await of.read.selectFrom('person').selectAll().executeTakeFirstOrThrow()
      expect(found).toEqual({ ...found, id, login: null, password: null, invitation: null, everything: 0 })
      expect(Object.getPrototypeOf(found.id)).toBe(Uint8Array.prototype)
      expect(found.id.buffer.byteLength).toBe(16)
      const { n } = await of.read
        .selectFrom('setting')
        .select(({ fn }) => fn.countAll<number>().as('n'))
        .executeTakeFirstOrThrow()
      expect(n).toBe(2)
      expect(await hasOrganiser(of)).toBe(false)
    }))

  it('keeps times to the millisecond, as numbers', () =>
    withDirectory(async of => {
      const [id, at] = [rng(16), Date.UTC(2026, 11, 5, 1, 2, 3, 456)]
      const session = { token_hash: rng(32), person: id, created_ms: at, seen_ms: at + 1 }
      await of.write([person(of, { id }), of.read.insertInto('session').values(session)])
      expect(await of.read.selectFrom('session').selectAll().execute()).toEqual([session])
    }))

  it('deletes with a poll’s listing what refers to it, and with a person what is his', () =>
    withDirectory(async of => {
      const [one, other, poll] = [rng(16), rng(16), rng(16)]
      const draft = { id: rng(16), version: 1, text: '{}', changed_by: one, proposed_by: other }
      await of.write([
        insertListing(of, poll, 'one'),
        listManifest(of, poll, rng(32)),
        person(of, { id: one }),
        person(of, { id: other }),
        of.read.insertInto('person_poll').values({ person: one, poll }),
        of.read.insertInto('session').values({ token_hash: rng(32), person: one, created_ms: 0, seen_ms: 0 }),
        of.read.insertInto('pack_draft').values(draft),
      ])
      await of.write([of.read.deleteFrom('person').where('id', '=', one)])
      for (const table of ['session', 'person_poll'] as const)
        expect(await of.read.selectFrom(table).selectAll().execute(), table).toEqual([])
      expect(await of.read.selectFrom('pack_draft').selectAll().execute()).toEqual([{ ...draft, changed_by: null }])
      await of.write([of.read.insertInto('person_poll').values({ person: other, poll })])
      await of.write([of.read.deleteFrom('listing')])
      for (const table of ['listed_manifest', 'person_poll'] as const)
        expect(await of.read.selectFrom(table).selectAll().execute(), table).toEqual([])
    }))

  it('finds manifests by their hash and by where it begins, and lists one again without harm', () =>
    withDirectory(async of => {
      const poll = rng(16)
      const hashes = [0x10, 0x7f, 0x80, 0xff].map(first => rng(32).fill(first, 0, 1))
      await of.write([insertListing(of, poll, 'one'), ...hashes.map(hash => listManifest(of, poll, hash))])
      await of.write([listManifest(of, poll, hashes[0]!)])
      expect(await findListed(of, hashes[3]!)).toEqual(poll)
      expect(await findListed(of, rng(32).fill(0, 0, 1))).toBeNull()
      const bound = (first: number, rest: number) => new Uint8Array(32).fill(rest).fill(first, 0, 1)
      expect(await readListed(of, bound(0x7f, 0), bound(0x80, 0xff))).toEqual([hashes[1], hashes[2]])
      expect(await readListed(of, hashes[0]!, hashes[0]!)).toEqual([hashes[0]])
    }))

  it('is there with what is in it when it is opened again', () =>
    withPlace(engine, async place => {
      const { directory } = place.parts
      await directory.write([put(directory, 'a'), pack(directory, 'one')])
      await place.again()
      expect(await names(place.parts.directory)).toEqual(['a'])
      expect(await outcome(place.parts.directory.write([put(place.parts.directory, 'a')]))).toBe('conflict')
    }))

  ifThere(engine, 'kill', 'keeps what it has acknowledged when it is killed', () =>
    withPlace(engine, async place => {
      const acknowledged: string[] = []
      const { directory } = place.parts
      const writers = Array.from({ length: 8 }, async (_, writer) => {
        for (let i = 0, said = 'done'; said === 'done'; i++) {
          const name = `${writer}/${i}`
          said = await outcome(directory.write([put(directory, name), put(directory, `${name} too`)]))
          if (said === 'done') acknowledged.push(name)
          // Whether it happened is not known; that it could not be is not said.
          else expect(said).not.toBe('conflict')
        }
      })
      while (acknowledged.length < 50) await new Promise(go => setTimeout(go, 5))
      await place.kill!()
      await Promise.all(writers)
      const found = new Set(await names(place.parts.directory))
      expect(acknowledged.filter(name => !found.has(name))).toEqual([])
      expect([...found].filter(name => !name.endsWith('too') && !found.has(`${name} too`))).toEqual([])
    }),
  )
}
