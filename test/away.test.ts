/** Lists of polls that lie in databases of their own, of which one does not answer. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { CompiledQuery } from 'kysely'
import { describe, expect, it } from 'vitest'
import { toBase64url } from '../crypto/bytes.ts'
import { readingBy } from '../server/db/asked.ts'
import { openSqlite } from '../server/db/sqlite.ts'
import { Away, type Databases, type Db } from '../server/db.ts'
import { Polls } from '../server/polls.ts'
import type { PollTables } from '../server/schema.ts'
import type { DossierView, LeaderPoll } from '../server/wire/leader.ts'
import type { OrganiserView, PollView } from '../server/wire.ts'
import { act, count, draftFor, firstOrganiser, openOffice, personWith, sealPoll, visitorWith, vote } from './office.ts'

/** SQLite files, one for each poll; those that are `away` are not reached. */
function scattered() {
  const folder = mkdtempSync(join(tmpdir(), 'phieukin-'))
  const whole = openSqlite(join(folder, 'directory'))
  const known = new Map<string, { readonly db: Db; readonly close: () => Promise<void> }>()
  const away = new Set<string>()
  const asked: string[] = []
  let [inside, most] = [0, 0]
  function place(poll: Uint8Array) {
    const name = toBase64url(poll)
    const own = openSqlite(join(folder, name))
    const db = own.of(poll)
    const reach = async <T>(work: () => Promise<T>): Promise<T> => {
      asked.push(name)
      inside++
      most = Math.max(most, inside)
      try {
        await setTimeout(2)
        if (away.has(name)) throw new Away('away')
        return await work()
      } finally {
        inside--
      }
    }
    const read = readingBy<PollTables>(({ sql, parameters }) =>
      reach(
        async () => (await db.read.executeQuery<Record<string, unknown>>(CompiledQuery.raw(sql, [...parameters]))).rows,
      ),
    )
    const far: Db = {
      read,
      write: statements => reach(() => db.write(statements)),
      rewrite: id => reach(() => db.rewrite(id)),
    }
    return { db: far, close: own.close }
  }
  const databases: Databases = {
    directory: whole.directory,
    of: poll => {
      const name = toBase64url(poll)
      const found = known.get(name) ?? place(poll)
      known.set(name, found)
      return found.db
    },
    close: async () => {
      for (const one of known.values()) await one.close()
      await whole.close()
      rmSync(folder, { recursive: true })
    },
  }
  /** Which polls were asked since the last time, and how many of them at once. */
  const sinceThen = () => {
    const told = { asked: new Set(asked), most }
    asked.length = 0
    most = 0
    return told
  }
  return { databases, away, sinceThen }
}

async function openScattered() {
  const { databases, away, sinceThen } = scattered()
  const office = openOffice({
    databases,
    directory: databases.directory,
    polls: new Polls(databases),
    lastCallMs: () => 0,
  })
  const organiser = await firstOrganiser(office)
  const visitor = visitorWith(office.ask, organiser.cookie)
  const newPoll = async (change: Parameters<typeof draftFor>[0] = {}) => {
    const { poll } = (await visitor.post('/organiser/polls', { rehearsal: false, follows: null })) as { poll: string }
    expect(await visitor.put(`/organiser/polls/${poll}/draft`, { version: 1, draft: draftFor(change) })).toEqual({
      version: 2,
    })
    return poll
  }
  const close = async () => {
    await office.close()
    await databases.close()
  }
  return { office, organiser, visitor, newPoll, away, sinceThen, close }
}

const listOf = async (visitor: { get<T>(path: string): Promise<T> }) => {
  const list = await visitor.get<OrganiserView>('/organiser')
  return typeof list === 'string' ? list : list.polls.map(({ poll }) => poll).sort()
}
const dossiersOf = async (visitor: { get<T>(path: string): Promise<T> }) => {
  const list = await visitor.get<readonly LeaderPoll[]>('/leader')
  return typeof list === 'string' ? list : list.map(({ poll }) => poll).sort()
}

describe('a list of polls', () => {
  it('leaves out the one that does not answer, asks few at once, and of somebody’s polls those alone', async () => {
    const { office, organiser, visitor, newPoll, away, sinceThen, close } = await openScattered()
    const polls: string[] = []
    for (let i = 0; i < 40; i++) polls.push(await newPoll())
    polls.sort()
    expect([await listOf(visitor), await dossiersOf(visitor)]).toEqual([polls, polls])
    const [lost, kept] = [polls[7]!, polls[20]!]
    const guest = { name: 'Hai', role: 'organiser', polls: [lost, kept], login: 'hai' } as const
    const some = await personWith(office.ask, organiser, guest)
    away.add(lost)
    const others = polls.filter(poll => poll !== lost)
    sinceThen()
    expect(await listOf(visitor)).toEqual(others)
    const told = sinceThen()
    expect(told.asked.size).toBe(40)
    expect(told.most).toBe(32)
    expect(await dossiersOf(visitor)).toEqual(others)
    sinceThen()
    expect([await listOf(some), await dossiersOf(some)]).toEqual([[kept], [kept]])
    expect(sinceThen().asked).toEqual(new Set([lost, kept]))
    // Where nothing answers at all there is no list, rather than an empty one.
    away.add(kept)
    expect(await listOf(some)).toBe('away')
    away.clear()
    expect(await listOf(some)).toEqual([lost, kept].sort())
    await close()
  })

  it('of rounds to compare with leaves it out too; who is invited is held to all of them', async () => {
    const { office, organiser, visitor, newPoll, away, close } = await openScattered()
    const counted: string[] = []
    for (let i = 0; i < 2; i++) {
      const sealed = await sealPoll(office.ask, organiser, { cards: 4 })
      await act(organiser, sealed, 'open', [0])
      for (const card of sealed.cards.slice(0, 3)) await vote(office.ask, sealed, card, [[0]])
      await act(organiser, sealed, 'close', [0, 1], [3])
      await count(sealed.members.slice(0, 2))
      counted.push(sealed.poll)
    }
    const [lost, kept] = counted as [string, string]
    const draft = await newPoll()
    const earlier = async () => (await organiser.get<PollView>(`/polls/${draft}`)).earlier.length
    const others = async () => (await visitor.get<DossierView>(`/leader/polls/${kept}`)).others.map(({ poll }) => poll)
    const guest = { name: 'Khách', role: 'auditor', polls: [kept] }
    expect([await earlier(), await others()]).toEqual([2, [lost]])
    away.add(lost)
    expect([await earlier(), await others()]).toEqual([1, []])
    expect(await visitor.post('/account/people', guest)).toBe('away')
    away.clear()
    expect(await visitor.post('/account/people', guest)).toMatchObject({ invitation: expect.any(String) })
    await close()
  })
})
