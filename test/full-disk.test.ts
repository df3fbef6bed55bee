/** A full disk at every kind of door: nothing is half done, and once there is room the same request succeeds. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Card } from '../crypto/token.ts'
import type { PublicView } from '../server/wire.ts'
import {
  act,
  ask as askFor,
  draftFor,
  firstOrganiser,
  handBack,
  json,
  type Office,
  type Organiser,
  openOffice,
  PASSWORD,
  phoneWith,
  post,
  type SealedPoll,
  said,
  sealPoll,
  signAct,
} from './office.ts'

describe('a full disk', () => {
  const CARDS = 40
  let office: Office
  let organiser: Organiser
  let sealed: SealedPoll
  let cards: Card[]

  const pragma = async (text: string): Promise<number> => {
    const { rows } = await sql.raw<Record<string, number>>(`pragma ${text}`).execute(office.db.read)
    return Object.values(rows[0] ?? {})[0]!
  }
  /** The file may not grow. */
  const fill = async () => pragma(`max_page_count = ${await pragma('page_count')}`)
  /** Nothing at all can be written. */
  const block = () => pragma('query_only = on')
  const makeRoom = async () => {
    await pragma('max_page_count = 1000000')
    await pragma('query_only = off')
  }
  const send = async (what: string, body: Uint8Array) => said(await post(office.ask, sealed.hash, what, body))
  const rows = async () => {
    const { read } = office.db
    const [spent, casts] = await Promise.all([
      read.selectFrom('spent').select('token').execute(),
      read.selectFrom('cast').select('key').execute(),
    ])
    return spent.length + casts.length
  }
  /** Sends one body after the other until one finds no room. */
  async function untilFull(what: string, bodies: readonly Uint8Array[]): Promise<Uint8Array> {
    for (const body of bodies) {
      const before = await rows()
      const response = await post(office.ask, sealed.hash, what, body)
      if (response.ok) continue
      expect(response.status).toBe(507)
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
      expect(await response.json()).toMatchObject({ refused: 'disk-full' })
      expect(await rows()).toBe(before)
      return body
    }
    throw new Error('there was room for all')
  }

  beforeAll(async () => {
    office = openOffice({ lastCallMs: () => 0 })
    organiser = await firstOrganiser(office)
    sealed = await sealPoll(office.ask, organiser, { draft: draftFor({ convened: CARDS }), cards: CARDS })
    cards = [...sealed.cards]
    await act(organiser, sealed, 'open', [0])
  })
  afterAll(() => office.close())

  it('spends no card; once there is room the same request is answered', async () => {
    const requests = cards.splice(0, 15).map(card => phoneWith(sealed.manifest, card).request)
    await fill()
    const request = await untilFull('redeem', requests)
    await makeRoom()
    expect(await send('redeem', request)).toBeInstanceOf(Uint8Array)
  })

  it('casts no ballot; once there is room the same ballot gets its receipt', async () => {
    const phones = cards.splice(0, 10).map(card => phoneWith(sealed.manifest, card))
    for (const phone of phones) phone.receive((await send('redeem', phone.request)) as Uint8Array)
    const sealBallot = (phone: (typeof phones)[number]) => phone.seal([[0]], [], sealed.manifest.electionKey.point)[0]!
    await fill()
    const ballot = await untilFull(
      'cast',
      phones.map(phone => sealBallot(phone).publicPart),
    )
    await makeRoom()
    expect(await send('cast', ballot)).toBeInstanceOf(Uint8Array)
  })

  it('voids no card', async () => {
    const handed = handBack(sealed, cards.pop()!)
    await block()
    expect(await send('void', handed)).toBe('disk-full')
    await makeRoom()
    expect(await send('void', handed)).toBeNull()
  })

  it('keeps nothing of a draft, lets nobody in, and still lets the organiser look', async () => {
    const { poll } = (await organiser.post('/polls', { rehearsal: true, follows: null })) as { readonly poll: string }
    const save = () => organiser.put(`/polls/${poll}/draft`, { version: 1, draft: draftFor() })
    const enter = async () =>
      said(await office.ask('/api/account/login', json({ login: 'to-chuc', password: PASSWORD })))
    office.wait(120_000)
    await block()
    expect(await save()).toBe('disk-full')
    expect(await enter()).toBe('disk-full')
    expect(await organiser.get(`/polls/${poll}`)).toMatchObject({ version: 1 })
    await makeRoom()
    expect(await save()).toEqual({ version: 2 })
    expect(await enter()).toBeNull()
  })

  it('closes nothing; once there is room the same signature closes', async () => {
    const { members, hash } = sealed
    const state = async () => (await said<PublicView>(await office.ask(`/api/polls/${hash}`))).state
    expect(await askFor(organiser, sealed.poll, 'close')).toBeNull()
    expect(await signAct(members[0]!, 'close', [CARDS - 1])).toBeNull()
    await block()
    expect(await signAct(members[1]!, 'close', [CARDS - 1])).toBe('disk-full')
    expect(await state()).toBe('open')
    await makeRoom()
    expect(await signAct(members[1]!, 'close', [CARDS - 1])).toBeNull()
    expect(await state()).toBe('closed')
  })

  it('is the only thing that the log names', () => {
    expect(office.logged.filter(line => !line.startsWith('disk: '))).toEqual([])
    expect(office.logged.length).toBeGreaterThan(0)
  })
})
