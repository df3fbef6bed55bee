/**
 * Several processes over one database, each with a memory of its own: what one of them has begun anew is not taken for
 * the old by another; and polls among very many, some of them nobody's.
 */
import { describe, expect, it } from 'vitest'
import { compare, concat, equal, shortCode, toBase64url } from '../crypto/bytes.ts'
import { tokenKeyPair } from '../crypto/token.ts'
import { createApp } from '../server/app.ts'
import { openSqlite } from '../server/db/sqlite.ts'
import type { Databases } from '../server/db.ts'
import type { Deps } from '../server/deps.ts'
import { secureRng as rng } from '../server/play/seed.ts'
import { Polls } from '../server/polls.ts'
import { insertListing, listManifest } from '../server/store/listing.ts'
import type { Refused } from '../server/wire.ts'
import {
  type Ask,
  act,
  drawCards,
  firstOrganiser,
  handBack,
  holdCeremony,
  type Office,
  type Organiser,
  openOffice,
  phoneWith,
  post,
  type SealedPoll,
  said,
  sealPoll,
  vote,
} from './office.ts'

/** As another process has it, which knows nothing of the first. */
function another(office: Office, databases: Databases = openSqlite(office.file)) {
  const deps: Deps = { ...office.deps, databases, directory: databases.directory, polls: new Polls(databases) }
  const app = createApp(deps)
  const ask: Ask = async (path, init) => app.request(path, init)
  return { ask, deps, close: databases.close }
}

/** A poll that was begun anew, from its draft to printed cards. */
async function sealPollAgain({ ask, deps }: Office, organiser: Organiser, poll: string): Promise<SealedPoll> {
  expect(await organiser.post(`/polls/${poll}/seal`)).toBeNull()
  const members = await holdCeremony(ask, organiser, poll, rng)
  const { manifest, cards, body } = await drawCards(organiser, poll, 10, rng, deps.pages.bundleHash)
  expect(await organiser.post(`/polls/${poll}/manifest`, body)).toBeNull()
  for (const { device, post: send } of members)
    expect(await send('/pin', { pin: toBase64url(device.pin(manifest)) })).toBeNull()
  expect(await organiser.post(`/polls/${poll}/printed`)).toBeNull()
  return { poll, manifest, hash: toBase64url(manifest.hash), cards, members }
}

async function stored({ db }: Office): Promise<{ readonly spent: number; readonly cast: number }> {
  const spent = await db.read.selectFrom('spent').select('token').execute()
  const cast = await db.read.selectFrom('cast').select('key').execute()
  return { spent: spent.length, cast: cast.length }
}

describe('a card of an attempt that another process began anew', () => {
  it('buys nothing, is not taken back, and its ballot is not cast; a card of the new attempt is all that', async () => {
    const office = openOffice()
    const organiser = await firstOrganiser(office)
    const other = another(office)
    const old = await sealPoll(office.ask, organiser)
    const [one, two, three] = old.cards
    const ask = async (what: string, body: Uint8Array, hash = old.hash) => said(await post(other.ask, hash, what, body))
    const { request } = phoneWith(old.manifest, one!)
    // The other process knows the first attempt by now, and a ballot of it.
    expect(await ask('redeem', request)).toBe('not-open')
    const known = await other.deps.polls.byHash(old.hash)
    const phone = phoneWith(old.manifest, two!)
    phone.receive((await office.deps.work.redeem(known, 0, phone.request))!)
    const ballot = phone.seal([[0]], [], old.manifest.electionKey.point)[0]!.publicPart
    expect(await ask('cast', ballot)).toBe('not-open')
    expect(await ask('void', handBack(old, three!))).toBeNull()
    expect(await stored(office)).toEqual({ spent: 1, cast: 0 })

    expect(await organiser.post(`/polls/${old.poll}/restart`)).toBeNull()
    const between = {
      redeem: await ask('redeem', request),
      void: await ask('void', handBack(old, one!)),
      cast: await ask('cast', ballot),
    }
    expect(between).toEqual({ redeem: 'unknown-card', void: 'unknown-card', cast: 'wrong-manifest' })
    const again = await sealPollAgain(office, organiser, old.poll)
    await act(organiser, again, 'open', [0])
    const after = {
      redeem: await ask('redeem', request),
      void: await ask('void', handBack(old, one!)),
      cast: await ask('cast', ballot),
      // Under the new manifest's name they are nothing either.
      redeemAsNew: await ask('redeem', request, again.hash),
      castAsNew: await ask('cast', ballot, again.hash),
      manifest: await said(await other.ask(`/api/manifests/${toBase64url(old.manifest.hash.subarray(0, 20))}`)),
      state: await said(await other.ask(`/api/polls/${old.hash}`)),
    }
    expect(after).toEqual({
      ...{ redeem: 'unknown-card', void: 'unknown-card', cast: 'wrong-manifest' },
      ...{ redeemAsNew: 'unknown-card', castAsNew: 'bad-proof' },
      ...{ manifest: 'wrong-manifest', state: 'wrong-manifest' },
    })
    expect(await stored(office)).toEqual({ spent: 0, cast: 0 })

    await vote(other.ask, again, again.cards[0]!, [[0]])
    expect(await ask('void', handBack(again, again.cards[1]!), again.hash)).toBeNull()
    expect(await stored(office)).toEqual({ spent: 2, cast: 1 })
    expect(office.logged).toEqual([])
    await other.close()
    await office.close()
  })

  it('is refused as a restored card would be, even where an old key is listed once more', async () => {
    const office = openOffice()
    const organiser = await firstOrganiser(office)
    const other = another(office)
    const old = await sealPoll(office.ask, organiser)
    const send = async (what: string, body: Uint8Array) => said(await post(other.ask, old.hash, what, body))
    const { request } = phoneWith(old.manifest, old.cards[0]!)
    expect(await send('redeem', request)).toBe('not-open')
    expect(await organiser.post(`/polls/${old.poll}/restart`)).toBeNull()
    const again = await sealPollAgain(office, organiser, old.poll)
    await act(organiser, again, 'open', [0])
    // What the old manifest's name alone keeps out: the key is among the new attempt's.
    const { bytes } = tokenKeyPair(old.manifest.poll.id, old.cards[0]!).public
    const { db } = office
    const poll = Buffer.from(old.poll, 'base64url')
    await db.write([db.read.insertInto('token').values({ poll, token: bytes, grp: 0 })])
    expect(await send('redeem', request)).toBe('wrong-manifest')
    expect(await send('void', handBack(old, old.cards[0]!))).toBe('wrong-manifest')
    expect(await stored(office)).toEqual({ spent: 0, cast: 0 })
    await other.close()
    await office.close()
  })
})

describe('a poll among very many', () => {
  /** The same hash up to a byte, and then another one. */
  const differing = (hash: Uint8Array, start: number, change: number): Uint8Array => {
    const rest = rng(hash.length - start)
    rest[0] = hash[start]! + change
    return concat(hash.subarray(0, start), rest)
  }

  it('is found by the start that a card carries and by its code as people type it, whatever else is listed', async () => {
    const office = openOffice()
    const organiser = await firstOrganiser(office)
    const sealed = await sealPoll(office.ask, organiser, { cards: 3 })
    const { hash, text } = sealed.manifest
    const { directory } = office.deps
    const own = Buffer.from(sealed.poll, 'base64url')
    const gone = rng(16)
    // Older attempts of this poll that begin alike, on both sides of it, and a listing whose poll is not there.
    const alike = [20, 8].flatMap(start => [differing(hash, start, 1), differing(hash, start, -1)])
    const first = (byte: number) => concat(hash.subarray(0, 7), Uint8Array.of(byte), rng(24))
    const near = [first((hash[7]! & 0xf0) | (~hash[7]! & 0x0f)), first(hash[7]! ^ 0x10)]
    await directory.write([
      insertListing(directory, gone, 'gone'),
      ...alike.map(one => listManifest(directory, own, one)),
      ...near.map(one => listManifest(directory, gone, one)),
      ...Array.from({ length: 3000 }, () => listManifest(directory, gone, rng(32))),
    ])
    const code = shortCode(hash)
    expect([...alike, near[0]!].map(shortCode)).toEqual(Array(5).fill(code))
    expect(shortCode(near[1]!)).not.toBe(code)

    const find = async (start: string) => said(await office.ask(`/api/manifests/${encodeURIComponent(start)}`))
    const scanned = toBase64url(hash.subarray(0, 20))
    const ways = [scanned, code, code.replaceAll('-', ''), ` ${code.toLowerCase().replaceAll('-', ' ')} `]
    // Read out: O for 0, I and L for 1.
    ways.push(code.replaceAll('0', 'o').replaceAll('1', 'l'), code.replaceAll('1', 'I'))
    for (const way of ways) expect(JSON.stringify(await find(way)), way).toBe(JSON.stringify(JSON.parse(text)))
    const others = [toBase64url(differing(hash, 19, 1).subarray(0, 20)), shortCode(near[1]!), shortCode(rng(32))]
    others.push(code.slice(0, -1), `${code}0`, scanned.slice(1), 'U'.repeat(12), toBase64url(hash))
    for (const other of others) expect(await find(other), other).toBe('wrong-manifest')
    expect(office.logged).toEqual([])
    await office.close()
  })

  it('is found under its new start alone once it was begun anew, by a process that knew the old one too', async () => {
    const office = openOffice()
    const organiser = await firstOrganiser(office)
    const other = another(office)
    const old = await sealPoll(office.ask, organiser, { cards: 3 })
    const find = async (start: string) => {
      const found = await said<{ readonly poll: { readonly id: string } } | string>(
        await other.ask(`/api/manifests/${start}`),
      )
      return typeof found === 'string' ? found : found.poll.id
    }
    const starts = (hash: Uint8Array) => [toBase64url(hash.subarray(0, 20)), shortCode(hash)]
    const idOf = (one: typeof old) => toBase64url(one.manifest.poll.id)
    for (const start of starts(old.manifest.hash)) expect(await find(start)).toBe(idOf(old))
    expect(await organiser.post(`/polls/${old.poll}/restart`)).toBeNull()
    for (const start of starts(old.manifest.hash)) expect(await find(start)).toBe('wrong-manifest')
    const again = await sealPollAgain(office, organiser, old.poll)
    for (const start of starts(old.manifest.hash)) expect(await find(start)).toBe('wrong-manifest')
    for (const start of starts(again.manifest.hash)) expect(await find(start)).toBe(idOf(again))
    expect(idOf(again)).not.toBe(idOf(old))
    await other.close()
    await office.close()
  })
})

describe('a handle that is nobody’s', () => {
  it('makes nothing at any door, and is refused; the poll’s own is let through to where it lies', async () => {
    const office = openOffice()
    const organiser = await firstOrganiser(office)
    const sealed = await sealPoll(office.ask, organiser, { cards: 3 })
    const asked: Uint8Array[] = []
    const { databases } = office.deps
    const watched: Databases = {
      ...databases,
      of: poll => {
        asked.push(poll)
        return databases.of(poll)
      },
    }
    const { deps } = another(office, watched)
    const app = createApp(deps)
    const doors = app.routes.filter(({ method, path }) => method !== 'ALL' && /:(poll|hash|start|nonce)\b/.test(path))
    expect(doors.length).toBeGreaterThan(40)
    const real = Buffer.from(sealed.poll, 'base64url')
    const before = await everythingIn(office)
    const visit = async (method: string, path: string, handle: Uint8Array, hash: Uint8Array) => {
      const at = path
        .replace(':poll', toBase64url(handle))
        .replace(':hash', toBase64url(hash))
        .replace(':start', toBase64url(hash.subarray(0, 20)))
        .replace(':nonce', toBase64url(handle))
        .replace(/:\w+/g, '1')
      const headers = {
        cookie: organiser.cookie,
        authorization: `Bearer ${'A'.repeat(22)}`,
        'content-type': 'application/json',
      }
      const body = method === 'GET' ? undefined : '{}'
      const response = await app.request(at, { method, headers, ...(body === undefined ? {} : { body }) })
      return { status: response.status, said: (await response.json().catch(() => ({}))) as Partial<Refused> }
    }
    const answers: Record<string, number> = {}
    for (const { method, path } of doors) {
      const { status, said: answer } = await visit(method, path, rng(16), rng(32))
      expect([400, 401, 403, 404, 409].includes(status), `${method} ${path}: ${status}`).toBe(true)
      answers[answer.refused!] = (answers[answer.refused!] ?? 0) + 1
    }
    expect(asked).toEqual([])
    expect(Object.keys(answers).sort()).toEqual(expect.arrayContaining(['bad-link', 'not-found', 'wrong-manifest']))
    expect(await everythingIn(office)).toEqual(before)
    // Of a poll that there is the same doors lead to its database.
    for (const path of [
      '/api/members/:poll/:index',
      '/api/organiser/polls/:poll',
      '/api/polls/:hash',
      '/api/manifests/:start',
    ]) {
      asked.length = 0
      await visit('GET', path, real, sealed.manifest.hash)
      expect(asked.length > 0 && asked.every(poll => equal(poll, real)), path).toBe(true)
    }
    expect(office.logged).toEqual([])
    await office.close()
  })
})

async function everythingIn({ db, deps }: Office): Promise<unknown> {
  const listing = await deps.directory.read.selectFrom('listing').selectAll().execute()
  const manifests = await deps.directory.read.selectFrom('listed_manifest').selectAll().execute()
  const polls = await db.read.selectFrom('poll').selectAll().execute()
  const messages = await db.read.selectFrom('message').selectAll().execute()
  return { listing, manifests: manifests.toSorted((a, b) => compare(a.hash, b.hash)), polls, messages }
}
