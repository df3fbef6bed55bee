/** Every door, at a round on paper in every state: whatever is asked, the answer is one of the closed list. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contestsOf } from '../server/rules/contests.ts'
import { packHex, readPack } from '../server/rules/read.ts'
import type { Role } from '../server/wire/leader.ts'
import type { PollView, State } from '../server/wire.ts'
import { firstOrganiser, json, type Office, type Organiser, openOffice, personWith, type Visitor } from './office.ts'
import { act, keyingOf, type PaperPoll, paperDraft, printPaper, state } from './paper.ts'
import { shipped } from './ruled.ts'

const PACK = shipped('tin-nhiem-96-QD-TW')
const DRAFT = paperDraft({
  pack: packHex(PACK),
  convened: 50,
  date: '2026-12-05',
  subjects: [{ name: 'Người A', position: 'Giám đốc Sở A' }],
})
const COUNT = keyingOf(contestsOf(DRAFT, readPack(PACK)), { issued: 48, collected: 47 }, () => [19, 2, 25])

type Stage = State | 'counting' | 'keyed-once'
/** From a draft as far as that. */
const WAY: readonly Stage[] = ['draft', 'printed', 'open', 'counting', 'keyed-once', 'counted', 'void']

let office: Office
let organiser: Organiser
const people = new Map<Role, Visitor>()
const rounds = new Map<Stage, PaperPoll>()

async function roundAt(stage: Stage): Promise<PaperPoll> {
  if (stage === 'draft') {
    const { poll } = (await organiser.post('/polls', { rehearsal: false, follows: null })) as { poll: string }
    await organiser.put(`/polls/${poll}/draft`, { version: 1, draft: DRAFT })
    return { poll, members: [] }
  }
  const round = await printPaper(office.ask, organiser, DRAFT)
  const reached = WAY.indexOf(stage)
  if (reached >= WAY.indexOf('open')) {
    await state(organiser, round.poll, 48)
    await act(organiser, round, 'open')
  }
  if (reached >= WAY.indexOf('counting')) await act(organiser, round, 'close')
  if (reached >= WAY.indexOf('keyed-once')) await round.members[0]!.key(COUNT)
  if (reached >= WAY.indexOf('counted')) await round.members[1]!.key(COUNT)
  if (stage === 'void') await act(organiser, round, 'void')
  return round
}

beforeAll(async () => {
  office = openOffice()
  organiser = await firstOrganiser(office)
  for (const role of ['secretary', 'authority', 'auditor'] as const)
    people.set(role, await personWith(office.ask, organiser, { name: role, role, polls: null, login: role }))
  for (const stage of WAY) rounds.set(stage, await roundAt(stage))
})
afterAll(() => office.close())

const MINUTES = {
  ...{ number: '', place: '', startedAt: '', endedAt: '', chair: '', secretary: '', titles: [], witnesses: [] },
  ...{ unused: 4, exchanged: 1, complaints: '', opinions: '', copies: 1, envelopes: 1, keeper: '', superior: '' },
  ...{ organisation: 'Sở A', recipients: [] },
}
const NOTE = { kind: 'note', subject: null, date: '2026-12-06', text: 'Ghi chú' }
const KEY = 'A'.repeat(43)
const SIGNATURE = 'A'.repeat(86)

/** What reads, and what writes without leading on to another state. */
const ORGANISER: readonly (readonly [method: string, path: string, body?: unknown])[] = [
  ['GET', ''],
  ['GET', '/record'],
  ['POST', '/manifest', { manifest: '{}', tokens: [[KEY]] }],
  ['POST', '/printed', {}],
  ['POST', '/ask', { action: 'publish', reason: '', plainHttpRead: true, title: '' }],
  ['POST', '/ask', { action: 'close', reason: '', plainHttpRead: true, title: 'khác' }],
  ['POST', '/withdraw', {}],
  ['POST', '/delete', { title: 'khác' }],
  [
    'PUT',
    '/statement',
    { date: '2026-12-05', attendance: { convened: 50, present: 48 }, members: null, histories: [[]], classified: null },
  ],
]
const LEADER: readonly (readonly [method: string, path: string, body?: unknown])[] = [
  ['GET', ''],
  ['POST', '/entries', NOTE],
  ['POST', '/confirm', { n: 1 }],
  ['PUT', '/minutes', { version: 0, facts: MINUTES }],
  ['POST', '/minutes/seal', { version: 99 }],
  ['GET', '/scans/1'],
  ['POST', '/copies', { form: 'minutes', recipient: 'Sở Nội vụ' }],
  ...(['ballot', 'minutes', 'announcement', 'report'] as const).flatMap(form => [
    ['GET', `/forms/${form}?profile=state`] as const,
    ['GET', `/forms/${form}?profile=party-2026`] as const,
    ['GET', `/forms/${form}/docx?profile=state`] as const,
  ]),
  ['GET', '/results.xlsx'],
  ['GET', '/archive'],
]
const MEMBER: readonly (readonly [method: string, path: string, body?: unknown])[] = [
  ['GET', ''],
  ['GET', '/record'],
  ['POST', '/commit', { attempt: 1, commitment: KEY }],
  [
    'POST',
    '/reveal',
    {
      attempt: 1,
      package: { index: 1, name: 'Tổ trưởng', signingKey: KEY, exchangeKey: KEY, commitments: [KEY], proof: SIGNATURE },
    },
  ],
  ['POST', '/boxes', { attempt: 1, boxes: {} }],
  ['POST', '/confirm', { attempt: 1, confirmation: SIGNATURE, rehearsal: KEY }],
  ['POST', '/stop', { attempt: 1, code: 'wrong-value', where: '' }],
  ['POST', '/pin', { pin: SIGNATURE }],
  ['POST', '/sheet', {}],
  ['POST', '/act', { action: 'publish', handedOut: [], signature: '' }],
  ['POST', '/open', { signature: SIGNATURE }],
  ['POST', '/shares', { shares: [] }],
  ['POST', '/result', { text: '{}', signature: SIGNATURE }],
  ['POST', '/claim', { device: KEY }],
  ['POST', '/keying', { ...COUNT, lines: [] }],
  ['POST', '/keying', { ...COUNT, device: KEY }],
  ['POST', '/keying', COUNT],
]

async function answer(path: string, method: string, body: unknown, headers: Record<string, string>) {
  const init = body === undefined ? { method, headers } : json(body, headers, method)
  const response = await office.ask(path, init)
  const type = response.headers.get('content-type') ?? ''
  const said = type.startsWith('application/json') ? ((await response.json()) as { refused?: string }) : {}
  return { status: response.status, refused: said.refused ?? null }
}

describe.each(WAY)('a round on paper that is at %s', stage => {
  it('answers every door of organiser, leader and member', async () => {
    const { poll } = rounds.get(stage)!
    const { links } = await organiser.get<PollView>(`/polls/${poll}`)
    const said: Record<string, number> = {}
    const walk = async (who: string, prefix: string, doors: typeof LEADER, headers: Record<string, string>) => {
      for (const [method, path, body] of doors) {
        const { status, refused } = await answer(`${prefix}${path}`, method, body, headers)
        said[`${who} ${method} ${path} ${refused ?? ''}`] = status
      }
    }
    await walk('organiser', `/api/organiser/polls/${poll}`, ORGANISER, { cookie: organiser.cookie })
    await walk('organiser', `/api/leader/polls/${poll}`, LEADER, { cookie: organiser.cookie })
    for (const [role, { cookie }] of people) await walk(role, `/api/leader/polls/${poll}`, LEADER, { cookie })
    for (const [i, secret] of links.entries())
      await walk(`member ${i + 1}`, `/api/members/${poll}/${i + 1}`, MEMBER, { authorization: `Bearer ${secret}` })
    expect(Object.keys(said).length).toBeGreaterThan(60)
    expect(Object.entries(said).filter(([, status]) => status >= 500)).toEqual([])
    expect(office.logged).toEqual([])
    // Still where it was: nothing of this led on.
    const now = await organiser.get<PollView>(`/polls/${poll}`)
    expect(now.state).toBe(stage === 'counting' || stage === 'keyed-once' ? 'open' : stage)
  })

  it('shows its ballot to the organiser once it is sealed, and everything else once it is counted', async () => {
    const { poll } = rounds.get(stage)!
    const get = (path: string) =>
      answer(`/api/leader/polls/${poll}${path}`, 'GET', undefined, { cookie: organiser.cookie })
    const [ballot, minutes, docx, xlsx, archive] = await Promise.all(
      ['/forms/ballot', '/forms/minutes', '/forms/ballot/docx', '/results.xlsx', '/archive'].map(get),
    )
    const sealed = stage === 'draft' ? 409 : 200
    expect([ballot!.status, docx!.status]).toEqual([sealed, sealed])
    const after = stage === 'counted' ? 200 : 409
    expect([minutes!.status, xlsx!.status, archive!.status]).toEqual([after, after, after])
  })
})

describe('the lists', () => {
  it('name rounds on paper like any other', async () => {
    const list = (await (
      await office.ask('/api/leader', { headers: { cookie: organiser.cookie } })
    ).json()) as unknown[]
    expect(list).toHaveLength(WAY.length)
    const mine = await organiser.get<{ polls: unknown[] }>('')
    expect(mine.polls).toHaveLength(WAY.length)
  })

  it('have nothing of them for voters', async () => {
    for (const path of ['', '/record', '/hall'])
      expect((await answer(`/api/polls/${KEY}${path}`, 'GET', undefined, {})).refused).toBe('wrong-manifest')
  })
})
