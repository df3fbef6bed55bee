/** What follows a count, over HTTP: who reads and writes it, what is kept for good, and what a stamp keeps in. */
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readUtf8, toBase64url } from '../crypto/bytes.ts'
import { Conflict } from '../server/db.ts'
import { todayOf } from '../server/dossier.ts'
import { checkDraft } from '../server/draft.ts'
import { packHex, readPack } from '../server/rules/read.ts'
import { absentOf } from '../server/stating.ts'
import { insertEntry } from '../server/store/dossier.ts'
import type { DossierView, EntryBody, LeaderPoll, MinutesFacts, PersonView, Role } from '../server/wire/leader.ts'
import type { Draft } from '../server/wire.ts'
import {
  type Ask,
  act,
  ask as askFor,
  count,
  draftFor,
  firstOrganiser,
  json,
  type Office,
  type Organiser,
  openOffice,
  personWith,
  RULEBOOK,
  type SealedPoll,
  said,
  sealPoll,
  signAct,
  type Visitor,
  visitorWith,
  vote,
} from './office.ts'

const ROLES: readonly Role[] = ['organiser', 'secretary', 'authority', 'auditor']
const VOTERS = 5
const CARDS = 10
const PACK = RULEBOOK.packs.find(text => readPack(text).id === 'tin-nhiem-96-QD-TW')!
const STATED = {
  date: '2026-12-05',
  attendance: { convened: 9, present: 9 },
  members: null,
  histories: [[]],
  classified: null,
}
const SUBJECT = 'Uỷ viên Hoà'
const draftOfPoll = (change: Partial<Draft> = {}): Draft =>
  draftFor({
    pack: packHex(PACK),
    date: '2026-12-05',
    period: 'Năm 2026',
    subjects: [{ name: SUBJECT, position: 'Giám đốc Sở A' }],
    ...change,
  })

/** From draft to count: four of five have low confidence. */
async function countPoll(
  ask: Ask,
  organiser: Organiser,
  change: Partial<Draft> = {},
  rehearsal = false,
  present = STATED.attendance.present,
): Promise<SealedPoll> {
  const sealed = await sealPoll(ask, organiser, { draft: draftOfPoll(change), cards: CARDS, rehearsal })
  const stated = { ...STATED, attendance: { ...STATED.attendance, present } }
  expect(await organiser.put(`/polls/${sealed.poll}/statement`, stated)).toBeNull()
  await act(organiser, sealed, 'open', [0])
  for (const [i, card] of sealed.cards.slice(0, VOTERS).entries()) await vote(ask, sealed, card, [[i === 0 ? 0 : 2]])
  await act(organiser, sealed, 'close', [0, 1], [VOTERS])
  await count(sealed.members.slice(0, 2))
  return sealed
}

/** An office, its organiser, and one person of each other role to whom `polls` were given. */
interface Scene {
  readonly office: Office
  readonly organiser: Organiser
  readonly sealed: SealedPoll
  readonly visitors: Readonly<Record<Role, Visitor>>
}

async function newScene(change: Partial<Draft> = {}, present = STATED.attendance.present): Promise<Scene> {
  const office = openOffice({ lastCallMs: () => 0 })
  const organiser = await firstOrganiser(office)
  const sealed = await countPoll(office.ask, organiser, change, false, present)
  return { office, organiser, sealed, visitors: await peopleFor(office, organiser, [sealed.poll], '') }
}

async function peopleFor(office: Office, organiser: Organiser, polls: readonly string[], end: string) {
  const guest = (role: Role) =>
    personWith(office.ask, organiser, { name: `${role}${end}`, role, polls, login: `la-${role}${end}` })
  return {
    organiser: visitorWith(office.ask, organiser.cookie),
    secretary: await guest('secretary'),
    authority: await guest('authority'),
    auditor: await guest('auditor'),
  }
}

const DECISION: EntryBody = {
  kind: 'decision',
  subject: 0,
  authority: 'Ban Thường vụ Tỉnh ủy',
  date: '2026-12-20',
  number: '12-QĐ/TU',
  text: 'Đưa ra khỏi quy hoạch chức vụ cao hơn',
  measure: 'dua-ra-khoi-quy-hoach',
}
const PLAN: EntryBody = {
  kind: 'plan',
  subject: 0,
  limits: 'Chậm giải quyết hồ sơ',
  measures: [
    { text: 'Rà soát hồ sơ tồn', deadline: '2026-12-31', who: 'Tổ viên 1' },
    { text: 'Đối thoại với viên chức', deadline: '2027-03-31', who: 'Tổ viên 2' },
  ],
}
const NOTE: EntryBody = { kind: 'note', subject: null, date: '2026-12-06', text: 'Đã gửi báo cáo' }
const PDF = new Uint8Array([...Buffer.from('%PDF-1.7\n'), ...new Uint8Array(100)])

const dossier = (visitor: Visitor, poll: string) => visitor.get<DossierView>(`/leader/polls/${poll}`)
const write = (visitor: Visitor, poll: string, body: unknown) => visitor.post(`/leader/polls/${poll}/entries`, body)
const minutesFor = (view: DossierView, change: Partial<MinutesFacts> = {}): MinutesFacts => ({
  ...view.minutes.facts,
  number: '01/BB-TKP',
  place: 'Hội trường Sở A',
  chair: 'Chủ trì hội nghị',
  ...change,
})
const sendScan = async (
  { ask }: Office,
  { cookie }: Visitor,
  poll: string,
  bytes: Uint8Array,
  type: string,
  name = 'Biên bản',
) =>
  said(
    await ask(`/api/leader/polls/${poll}/scans?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: { cookie, 'content-type': type },
      body: bytes.slice(),
    }),
  )
const download = ({ ask }: Office, { cookie }: Visitor, path: string) => ask(`/api${path}`, { headers: { cookie } })

// ── who may do what ─────────────────────────────────────────────────────────────────────────────────────────────

describe('the doors of a dossier', () => {
  let scene: Scene
  let second: Scene['visitors']
  beforeAll(async () => {
    scene = await newScene()
    // Another of each role, so that somebody else can confirm.
    second = await peopleFor(scene.office, scene.organiser, [scene.sealed.poll], '-2')
  })
  afterAll(() => scene.office.close())

  type Door = (visitor: Visitor, poll: string, role: Role) => Promise<unknown>
  const lastBy = async (poll: string, role: Role): Promise<number> => {
    const other = role === 'authority' ? second.secretary : second.authority
    expect(await write(other, poll, DECISION)).toBeNull()
    return (await dossier(other, poll)).entries.at(-1)!.n
  }
  const path = (poll: string, what = '') => `/leader/polls/${poll}${what}`
  const DOORS: readonly (readonly [door: string, open: readonly Role[], send: Door])[] = [
    ['the dossier', ROLES, (visitor, poll) => dossier(visitor, poll)],
    ['a decision', ['organiser', 'secretary', 'authority'], (visitor, poll) => write(visitor, poll, DECISION)],
    ['a plan', ['organiser', 'secretary'], (visitor, poll) => write(visitor, poll, PLAN)],
    ['a note', ['organiser', 'secretary'], (visitor, poll) => write(visitor, poll, NOTE)],
    [
      'the second person’s confirmation',
      ['organiser', 'secretary', 'authority'],
      async (visitor, poll, role) => visitor.post(path(poll, '/confirm'), { n: await lastBy(poll, role) }),
    ],
    [
      'minutes',
      ['organiser', 'secretary'],
      async (visitor, poll) => {
        const view = await dossier(scene.visitors.organiser, poll)
        return visitor.put(path(poll, '/minutes'), { version: view.minutes.version, facts: minutesFor(view) })
      },
    ],
    [
      'a scan',
      ['organiser', 'secretary'],
      (visitor, poll) => sendScan(scene.office, visitor, poll, PDF, 'application/pdf'),
    ],
    ['a scan to read', ROLES, (visitor, poll) => visitor.get(path(poll, '/scans/1'))],
    ['the minutes as a form', ROLES, (visitor, poll) => visitor.get(path(poll, '/forms/minutes?profile=state'))],
    [
      'the minutes as .docx',
      ROLES,
      async (visitor, poll) => visitor.get(path(poll, '/forms/minutes/docx?profile=party-2018')),
    ],
    ['the results as .xlsx', ROLES, async (visitor, poll) => visitor.get(path(poll, '/results.xlsx'))],
    ['the archive', ROLES, async (visitor, poll) => visitor.get(path(poll, '/archive'))],
    [
      'the record',
      ['organiser'],
      async (visitor, poll) =>
        visitor.get(`/organiser/polls/${poll}/record`).then(record => String(record).slice(0, 10_000)),
    ],
  ]
  const REFUSALS = ['not-yours', 'wrong-state', 'bad-request', 'not-found', 'needs-login', 'bad-minutes', 'secret']

  it.each(DOORS)('%s is open to %s', async (_, open, send) => {
    const { poll } = scene.sealed
    for (const role of ROLES) {
      const answer = await send(scene.visitors[role], poll, role)
      if (open.includes(role)) expect(REFUSALS, role).not.toContain(answer)
      else expect(answer, role).toBe('not-yours')
    }
  })

  it('are shut to whoever was not given the poll, and to whoever has no session', async () => {
    const { office, organiser, sealed } = scene
    const others = await peopleFor(office, organiser, [], '-3')
    for (const role of ['secretary', 'authority', 'auditor'] as const) {
      expect(await others[role].get('/leader'), role).toEqual([])
      for (const [door, , send] of DOORS.filter(([name]) => !name.includes('confirmation')))
        expect(await send(others[role], sealed.poll, role), `${role}: ${door}`).toBe('not-yours')
    }
    expect(await said(await office.ask(`/api/leader/polls/${sealed.poll}`))).toBe('needs-login')
    expect(await others.secretary.get(`/leader/polls/${'A'.repeat(22)}`)).toBe('not-found')
  })

  it('show before the count title, unit, medium and state alone, and to organisers what there is', async () => {
    const { office, organiser } = scene
    const sealed = await sealPoll(office.ask, organiser, { draft: draftOfPoll() })
    const people = await peopleFor(office, organiser, [sealed.poll], '-4')
    for (const role of ['secretary', 'authority', 'auditor'] as const) {
      const { title, unit } = draftFor()
      const seen = {
        poll: sealed.poll,
        title,
        unit,
        state: 'printed',
        medium: 'phones',
        rehearsal: false,
        period: '',
        date: '',
        overdue: 0,
      }
      expect(await people[role].get('/leader'), role).toEqual([seen])
      for (const what of ['', '/forms/ballot', '/forms/minutes', '/archive', '/results.xlsx', '/scans/1'])
        expect(await people[role].get(`/leader/polls/${sealed.poll}${what}`), `${role} ${what}`).toBe('wrong-state')
    }
    const view = await dossier(people.organiser, sealed.poll)
    expect(view).toMatchObject({ manifest: sealed.manifest.text, closing: null, result: null, outcome: null })
    expect(await people.organiser.get(`/leader/polls/${sealed.poll}/forms/ballot`)).toMatchObject({
      form: { id: 'ballot' },
    })
    expect(await people.organiser.get(`/leader/polls/${sealed.poll}/forms/minutes`)).toBe('wrong-state')
    expect(await write(people.organiser, sealed.poll, NOTE)).toBe('wrong-state')
    // The statement is a secretary’s too; the ballot is not.
    expect(await people.secretary.put(`/organiser/polls/${sealed.poll}/statement`, STATED)).toBeNull()
    expect(await people.authority.put(`/organiser/polls/${sealed.poll}/statement`, STATED)).toBe('not-yours')
    expect(await people.secretary.get(`/organiser/polls/${sealed.poll}`)).toBe('not-yours')
  })

  it('give the whole dossier: texts of the record, what was stated, figures for the minutes', async () => {
    const { sealed, visitors, office } = scene
    const view = await dossier(visitors.authority, sealed.poll)
    expect(view).toMatchObject({
      role: 'authority',
      unit: 'Sở A',
      manifestHash: toBase64url(sealed.manifest.hash),
      published: false,
      disclosure: 'public',
      manifest: sealed.manifest.text,
      stated: STATED,
      stamp: '',
      absent: [],
      printed: CARDS,
    })
    expect(view.minutes.facts).toMatchObject({ unused: CARDS - VOTERS, exchanged: 0, organisation: 'Sở A' })
    expect(view.outcome).toContain('tin-nhiem-96-QD-TW')
    expect(view.result).toContain('"unions"')
    const archive = await download(office, visitors.auditor, `/leader/polls/${sealed.poll}/archive`)
    const files = unzipSync(new Uint8Array(await archive.arrayBuffer()))
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining(['manifest.json', 'record.ndjson', 'outcome.json', 'entries.json', 'minutes.docx']),
    )
    expect(readUtf8(files['outcome.json']!)).toBe(view.outcome)
  })

  it('refuse forms and profiles that there are not', async () => {
    const { sealed, visitors } = scene
    for (const what of ['/forms/letter', '/forms/minutes?profile=royal', '/forms/letter/docx', '/scans/0', '/scans/99'])
      expect(await visitors.auditor.get(`/leader/polls/${sealed.poll}${what}`), what).toBe('not-found')
  })

  it('log no bug', () => {
    expect(scene.office.logged).toEqual([])
  })
})

// ── who is judged ───────────────────────────────────────────────────────────────────────────────────────────────

describe('the file of a poll', () => {
  it('takes five hundred entries and no more, since nothing is ever deleted from it', async () => {
    const { office, organiser, sealed } = await newScene()
    const visitor = visitorWith(office.ask, organiser.cookie)
    const { db } = office
    const poll = Buffer.from(sealed.poll, 'base64url')
    const row = { poll, body: JSON.stringify(NOTE), by_person: new Uint8Array(16), by_name: 'Thư ký' }
    await db.write(Array.from({ length: 499 }, (_, i) => insertEntry(db, { ...row, n: i + 1 })))
    expect(await write(visitor, sealed.poll, NOTE)).toBeNull()
    expect(await write(visitor, sealed.poll, NOTE)).toBe('too-large')
    await office.close()
  })
})

describe('who was away', () => {
  const draft = draftOfPoll({ convened: 9, absent: [{ reason: 'nghỉ ốm', count: 2 }] })
  const absent = (present: number) => absentOf(draft, { ...STATED, attendance: { convened: 9, present } })

  it('is as the draft knew it where as many came, and fits who came where others did', () => {
    expect(absentOf(draft, null)).toEqual(draft.absent)
    expect(absent(7)).toEqual(draft.absent)
    expect(absent(6)).toEqual([...draft.absent, { reason: '', count: 1 }])
    expect(absent(8)).toEqual([{ reason: '', count: 1 }])
    expect(absent(9)).toEqual([])
  })

  it('never keeps the minutes of a counted poll from being written', async () => {
    // Five voted; the draft knew of nobody absent, and seven of nine came.
    const { office, organiser, sealed } = await newScene({}, 7)
    const visitor = visitorWith(office.ask, organiser.cookie)
    const { minutes, absent: away } = await dossier(visitor, sealed.poll)
    expect(away).toEqual([{ reason: '', count: 2 }])
    const saved = { version: minutes.version, facts: { ...minutes.facts, place: 'Hội trường Sở A' } }
    expect(await visitor.put(`/leader/polls/${sealed.poll}/minutes`, saved)).toEqual({ version: minutes.version + 1 })
    await office.close()
  })
})

describe('the subject of a poll', () => {
  const judged = { name: 'ủy viên hòa', polls: null } as const

  it.each([
    ['meeting', 'auditor'],
    ['authority', 'authority'],
    ['public', 'organiser'],
    ['public', 'secretary'],
  ] as const)('sees nothing of it, published or not; disclosure: %s, as %s', async (disclosure, role) => {
    const { office, organiser, sealed } = await newScene({ disclosure })
    const { poll } = sealed
    const subject = await personWith(office.ask, organiser, { ...judged, role, login: 'bi-lay-phieu' })
    // Somebody of another name, to whom everything was given as well, sees it.
    const other = await personWith(office.ask, organiser, { ...judged, name: 'Ủy viên Hóa', role, login: 'khac' })
    const seesNothing = async () => {
      expect(await subject.get('/leader')).toEqual([])
      for (const what of ['', '/forms/minutes', '/forms/minutes/docx', '/results.xlsx', '/archive', '/scans/1'])
        expect(await subject.get(`/leader/polls/${poll}${what}`), what).toBe('not-yours')
      expect(await write(subject, poll, DECISION)).toBe('not-yours')
      expect(await subject.post(`/leader/polls/${poll}/confirm`, { n: 1 })).toBe('not-yours')
      expect(await subject.get(`/organiser/polls/${poll}`)).toBe('not-yours')
      expect(await dossier(other, poll)).toMatchObject({ role })
    }
    await seesNothing()
    expect(await write(visitorWith(office.ask, organiser.cookie), poll, DECISION)).toBeNull()
    const isPublic = disclosure === 'public'
    expect(await askFor(organiser, poll, 'publish')).toBe(isPublic ? null : 'wrong-state')
    if (isPublic) expect(await signAct(sealed.members[0]!, 'publish')).toBeNull()
    // What is public stands at /verify for anybody; complaints and who made them do not.
    await seesNothing()
    expect(office.logged).toEqual([])
    await office.close()
  })

  it('cannot send somebody else there, an organiser neither, nor take the account of somebody who may go', async () => {
    const { office, organiser, sealed } = await newScene({})
    const { poll } = sealed
    const subject = await personWith(office.ask, organiser, { ...judged, role: 'organiser', login: 'bi-lay-phieu' })
    const guest = { name: 'Người khác', role: 'organiser' }
    expect(await subject.post('/account/people', { ...guest, polls: [poll] })).toBe('not-yours')
    expect(await subject.post('/account/people', { ...guest, polls: null })).toBe('not-yours')
    expect(await subject.post('/account/people', { ...guest, polls: [] })).toMatchObject({
      invitation: expect.any(String),
    })
    await personWith(office.ask, organiser, { name: 'Thư ký Sở A', role: 'secretary', polls: [poll], login: 'thu-ky' })
    const found = (await visitorWith(office.ask, organiser.cookie).get<readonly PersonView[]>('/account/people')).find(
      ({ login }) => login === 'thu-ky',
    )!
    expect(await subject.post(`/account/people/${found.person}/invite`)).toBe('not-yours')
    await office.close()
  })

  it('is still the subject where the draft spells the name in the old way', async () => {
    const draft = draftFor({ subjects: [{ name: 'Nguyễn Văn Hoà', position: 'Giám đốc Sở A' }] })
    const members = ['Nguyễn Văn Hòa', 'Tổ viên 1', 'Tổ viên 2']
    expect(() => checkDraft({ ...draft, members }, false)).toThrow(expect.objectContaining({ where: 'members' }))
    expect(checkDraft({ ...draft, members: ['Nguyễn Văn Hóa', 'Tổ viên 1', 'Tổ viên 2'] }, false)).toBeUndefined()
  })

  it('without a name is nobody', async () => {
    const { office, organiser, sealed } = await newScene({ subjects: [{ name: ' ', position: 'Giám đốc Sở A' }] })
    const guest = { name: 'Giám đốc Sở A', role: 'auditor', polls: [sealed.poll], login: 'giam-doc' } as const
    expect(await dossier(await personWith(office.ask, organiser, guest), sealed.poll)).toMatchObject({
      role: 'auditor',
    })
    await office.close()
  })
})

// ── entries ─────────────────────────────────────────────────────────────────────────────────────────────────────

describe('what follows a count', () => {
  let scene: Scene
  beforeAll(async () => {
    scene = await newScene()
  })
  afterAll(() => scene.office.close())
  const poll = () => scene.sealed.poll
  const last = async (visitor: Visitor) => (await dossier(visitor, poll())).entries.at(-1)!

  it('a decision counts once somebody else has confirmed it, and once only', async () => {
    const { organiser, secretary, authority, auditor } = scene.visitors
    expect(await write(authority, poll(), DECISION)).toBeNull()
    const { n } = await last(authority)
    expect(await last(authority)).toEqual({ n, body: DECISION, by: 'authority', confirmedBy: null, yours: false })
    expect(await last(secretary)).toMatchObject({ n, yours: true })
    expect((await dossier(auditor, poll())).entries).toEqual([])
    const confirm = (visitor: Visitor) => visitor.post(`/leader/polls/${poll()}/confirm`, { n })
    expect(await confirm(authority)).toBe('second-person')
    const both = await Promise.all([confirm(secretary), confirm(organiser)])
    expect([...both].sort()).toEqual([null, 'wrong-state'].sort())
    const { confirmedBy } = await last(authority)
    expect(['secretary', 'Người tổ chức']).toContain(confirmedBy)
    expect(await last(auditor)).toMatchObject({ n, confirmedBy, yours: false })
    expect(await last(secretary)).toMatchObject({ yours: false })
  })

  it('that nothing follows takes two people too; a note takes one', async () => {
    const { secretary, authority } = scene.visitors
    const closed = { kind: 'closed', subject: 0, date: '2026-12-21', text: 'Không đạt ngưỡng nào' }
    expect(await write(secretary, poll(), closed)).toBeNull()
    const { n } = await last(authority)
    expect(await last(authority)).toMatchObject({ confirmedBy: null, yours: true })
    expect(await authority.post(`/leader/polls/${poll()}/confirm`, { n })).toBeNull()
    expect(await write(secretary, poll(), NOTE)).toBeNull()
    const note = await last(authority)
    expect(note).toMatchObject({ confirmedBy: null, yours: false })
    expect(await authority.post(`/leader/polls/${poll()}/confirm`, { n: note.n })).toBe('wrong-state')
    expect(await authority.post(`/leader/polls/${poll()}/confirm`, { n: 999 })).toBe('not-found')
  })

  it('stays what it is, whoever is removed: rows are only added, and the database says so', async () => {
    const { office, organiser } = scene
    const guest = { name: 'Tạm thời', role: 'secretary', polls: [poll()], login: 'tam' } as const
    const visitor = await personWith(office.ask, organiser, guest)
    expect(await write(visitor, poll(), NOTE)).toBeNull()
    const before = (await dossier(scene.visitors.organiser, poll())).entries
    expect(before.at(-1)).toMatchObject({ by: 'Tạm thời' })
    const { person } = await visitor.get<{ person: string }>('/account/me')
    expect(await scene.visitors.organiser.post(`/account/people/${person}/remove`)).toBeNull()
    const { db } = office
    const all = Buffer.from(poll(), 'base64url')
    for (const statement of [
      db.read.deleteFrom('entry'),
      db.read.updateTable('entry').set({ body: '{}' }),
      db.read.deleteFrom('confirmation'),
      db.read.updateTable('confirmation').set({ by_name: 'ai đó' }),
      db.read.deleteFrom('entry').where('poll', '=', all).where('n', '=', 1),
    ])
      await expect(db.write([statement])).rejects.toBeInstanceOf(Conflict)
    expect((await dossier(scene.visitors.organiser, poll())).entries).toEqual(before)
  })

  it('is numbered without a gap, however many write at once', async () => {
    const { organiser, secretary } = scene.visitors
    const before = (await dossier(organiser, poll())).entries.length
    const answers = await Promise.all(
      Array.from({ length: 4 }, (_, i) => write(i % 2 === 0 ? organiser : secretary, poll(), NOTE)),
    )
    const { entries } = await dossier(organiser, poll())
    // Who loses twice is told.
    expect(answers.every(answer => answer === null || answer === 'wrong-state')).toBe(true)
    expect(entries.length).toBe(before + answers.filter(answer => answer === null).length)
    expect(entries.map(({ n }) => n)).toEqual(entries.map((_, i) => i + 1))
  })

  const UNFIT: readonly (readonly [what: string, body: object, twin: object])[] = [
    ['a day that there is not', { ...NOTE, date: '2026-02-30' }, { ...NOTE, date: '2026-02-28' }],
    ['no day', { ...NOTE, date: '' }, NOTE],
    ['nothing written', { ...NOTE, text: ' ' }, NOTE],
    ['more than anybody reads', { ...NOTE, text: 'x'.repeat(20_001) }, { ...NOTE, text: 'x'.repeat(20_000) }],
    ['a kind that there is not', { ...NOTE, kind: 'verdict' }, NOTE],
    ['a field too many', { ...NOTE, hidden: true }, NOTE],
    ['a field of another kind', { ...NOTE, number: '1' }, NOTE],
    ['a subject that there is not', { ...NOTE, subject: 1 }, { ...NOTE, subject: 0 }],
    ['a decision without a number', { ...DECISION, number: '' }, DECISION],
    ['a decision by nobody', { ...DECISION, authority: '' }, DECISION],
    ['a plan without measures', { ...PLAN, measures: [] }, PLAN],
    ['a measure without a day', { ...PLAN, measures: [{ text: 'a', who: 'b', deadline: 'mai' }] }, PLAN],
    [
      'a retention without an end',
      { kind: 'retention', subject: null, until: '', basis: 'TT' },
      { kind: 'retention', subject: null, until: '2036-12-31', basis: 'TT' },
    ],
  ]
  it.each(UNFIT)('%s is refused, its twin is taken', async (_, body, twin) => {
    const { organiser } = scene.visitors
    expect(await write(organiser, poll(), body)).toBe('bad-request')
    expect(await write(organiser, poll(), twin)).toBeNull()
  })

  it('speaks of a plan and of a complaint that are there, and are about the same', async () => {
    const { secretary } = scene.visitors
    expect(await write(secretary, poll(), PLAN)).toBeNull()
    const { n: plan } = await last(secretary)
    const progress = {
      kind: 'progress',
      subject: 0,
      plan,
      measure: 1,
      date: '2027-01-10',
      text: 'Đã đối thoại',
      done: false,
    }
    for (const change of [{ plan: plan + 1 }, { plan: 1 }, { measure: 2 }, { subject: null }])
      expect(await write(secretary, poll(), { ...progress, ...change }), JSON.stringify(change)).toBe('bad-request')
    expect(await write(secretary, poll(), progress)).toBeNull()
    const complaint = { kind: 'complaint', subject: null, date: '2026-12-08', text: 'Đề nghị kiểm lại', from: '' }
    expect(await write(secretary, poll(), complaint)).toBeNull()
    const { n } = await last(secretary)
    const settled = { kind: 'settled', subject: null, complaint: n, date: '2026-12-15', text: 'Đã kiểm lại, đúng' }
    for (const change of [{ complaint: plan }, { complaint: n + 1 }, { subject: 0 }])
      expect(await write(secretary, poll(), { ...settled, ...change }), JSON.stringify(change)).toBe('bad-request')
    expect(await write(secretary, poll(), settled)).toBeNull()
    const recount = { kind: 'recount', subject: null, date: '2026-12-12', text: 'Kiểm phiếu lại' }
    expect(await write(secretary, poll(), recount)).toBeNull()
  })
})

describe('a measure', () => {
  it('is overdue from the day after its deadline, in Việt Nam, until it is done', async () => {
    const { office, sealed, visitors } = await newScene()
    const { poll } = sealed
    const overdue = async (visitor: Visitor) => (await visitor.get<readonly LeaderPoll[]>('/leader'))[0]!.overdue
    expect(await write(visitors.secretary, poll, PLAN)).toBeNull()
    // The office's clock began on 5 December, 00:00 UTC; 31 December ends at 17:00 UTC in Việt Nam.
    const toTheEnd = Date.UTC(2026, 11, 31, 17) - office.deps.now()
    office.wait(toTheEnd - 60_000)
    const again = async (role: Exclude<Role, 'organiser'>) => {
      const response = await office.ask(
        '/api/account/login',
        json({ login: `la-${role}`, password: 'mật khẩu đủ dài' }),
      )
      return visitorWith(office.ask, response.headers.get('set-cookie')!.split(';')[0]!)
    }
    const [secretary, auditor] = [await again('secretary'), await again('auditor')]
    expect(todayOf(office.deps.now())).toBe('2026-12-31')
    expect(await overdue(secretary)).toBe(0)
    office.wait(60_000)
    expect(todayOf(office.deps.now())).toBe('2027-01-01')
    expect(await overdue(secretary)).toBe(1)
    expect(await overdue(auditor)).toBe(1)
    const progress = {
      kind: 'progress',
      subject: 0,
      plan: 1,
      measure: 0,
      date: '2027-01-01',
      text: 'Còn 3 hồ sơ',
      done: false,
    }
    expect(await write(secretary, poll, progress)).toBeNull()
    expect(await overdue(secretary)).toBe(1)
    expect(await write(secretary, poll, { ...progress, done: true })).toBeNull()
    expect(await overdue(secretary)).toBe(0)
    await office.close()
  })
})

// ── minutes ─────────────────────────────────────────────────────────────────────────────────────────────────────

describe('minutes', () => {
  let scene: Scene
  beforeAll(async () => {
    scene = await newScene()
  })
  afterAll(() => scene.office.close())
  const at = (what = '') => `/leader/polls/${scene.sealed.poll}/minutes${what}`

  it('are saved over the version that was read, and over no other', async () => {
    const { organiser, secretary } = scene.visitors
    const view = await dossier(organiser, scene.sealed.poll)
    expect(view.minutes).toMatchObject({ version: 0, sealed: false })
    const facts = minutesFor(view)
    expect(await secretary.post(at('/seal'), { version: 1 })).toBe('wrong-state')
    expect(await organiser.put(at(), { version: 0, facts })).toEqual({ version: 1 })
    expect(await secretary.put(at(), { version: 0, facts: { ...facts, number: '02' } })).toBe('stale-draft')
    expect((await dossier(secretary, scene.sealed.poll)).minutes).toEqual({ version: 1, facts, sealed: false })
  })

  const IMPOSSIBLE: readonly (readonly [rule: string, change: (facts: MinutesFacts) => Partial<MinutesFacts>])[] = [
    ['printed', ({ unused }) => ({ unused: unused - 1 })],
    ['printed', ({ exchanged }) => ({ exchanged: exchanged + 1 })],
  ]
  it.each(IMPOSSIBLE)('that break the rule `%s` are not saved', async (rule, change) => {
    const { secretary } = scene.visitors
    const { minutes } = await dossier(secretary, scene.sealed.poll)
    const put = (facts: MinutesFacts) =>
      scene.office.ask(`/api${at()}`, json({ version: minutes.version, facts }, { cookie: secretary.cookie }, 'PUT'))
    const refused = await put({ ...minutes.facts, ...change(minutes.facts) })
    expect(await refused.json()).toMatchObject({ refused: 'bad-minutes', where: rule })
    expect((await dossier(secretary, scene.sealed.poll)).minutes).toEqual(minutes)
    // Handed back instead of not taken: the sum is the same.
    const { unused, exchanged } = minutes.facts
    const twin = await put({ ...minutes.facts, unused: unused - 1, exchanged: exchanged + 1 })
    expect(await twin.json()).toEqual({ version: minutes.version + 1 })
  })

  it('whose shape is another are not understood', async () => {
    const { secretary } = scene.visitors
    const { version, facts } = (await dossier(secretary, scene.sealed.poll)).minutes
    for (const change of [{ copies: -1 }, { place: 'x'.repeat(501) }, { titles: 'Tổ trưởng' }, { more: 1 }])
      expect(await secretary.put(at(), { version, facts: { ...facts, ...change } }), JSON.stringify(change)).toBe(
        'bad-request',
      )
  })

  it('are fixed once they are sealed', async () => {
    const { organiser, secretary } = scene.visitors
    const { version, facts } = (await dossier(secretary, scene.sealed.poll)).minutes
    expect(await secretary.post(at('/seal'), { version: version - 1 })).toBe('stale-draft')
    expect(await secretary.post(at('/seal'), { version })).toBeNull()
    expect(await organiser.put(at(), { version, facts })).toBe('wrong-state')
    expect(await organiser.post(at('/seal'), { version })).toBe('wrong-state')
    expect((await dossier(organiser, scene.sealed.poll)).minutes).toEqual({ version, facts, sealed: true })
  })
})

// ── paper ───────────────────────────────────────────────────────────────────────────────────────────────────────

describe('scans', () => {
  let scene: Scene
  beforeAll(async () => {
    scene = await newScene()
  })
  afterAll(() => scene.office.close())
  const send = (bytes: Uint8Array, type: string, name?: string) =>
    sendScan(scene.office, scene.visitors.secretary, scene.sealed.poll, bytes, type, name)
  const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])
  const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])

  it('are PDF, PNG or JPEG by their first bytes, whatever they are called', async () => {
    expect(await send(PDF, 'application/pdf')).toBeNull()
    expect(await send(PNG, 'image/png')).toBeNull()
    expect(await send(JPEG, 'image/jpeg')).toBeNull()
    expect(await send(PNG, 'application/pdf')).toBe('bad-request')
    expect(await send(new Uint8Array(Buffer.from('<svg/>')), 'image/svg+xml')).toBe('bad-request')
    expect(await send(new Uint8Array(), 'application/pdf')).toBe('bad-request')
    expect(await send(PDF, 'application/pdf', ' ')).toBe('bad-request')
    const { scans } = await dossier(scene.visitors.auditor, scene.sealed.poll)
    expect(scans.map(({ n, size, by }) => [n, size, by])).toEqual([
      [1, PDF.length, 'secretary'],
      [2, PNG.length, 'secretary'],
      [3, JPEG.length, 'secretary'],
    ])
  })

  it('come back byte for byte, to be kept and not to be shown in a page', async () => {
    const { office, visitors, sealed } = scene
    const response = await download(office, visitors.auditor, `/leader/polls/${sealed.poll}/scans/2`)
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(PNG)
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+"$/)
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('are at most 20 MB, and twenty', async () => {
    const large = new Uint8Array(20 * 1024 * 1024 + 1)
    large.set(PDF)
    expect(await send(large, 'application/pdf')).toBe('too-large')
    expect(await send(large.subarray(1024), 'application/pdf')).toBe('bad-request')
    expect(await send(large.subarray(0, -1), 'application/pdf')).toBeNull()
    for (let n = 5; n <= 20; n++) expect(await send(JPEG, 'image/jpeg'), `${n}`).toBeNull()
    expect(await send(JPEG, 'image/jpeg')).toBe('too-large')
  })
})

describe('a secrecy stamp', () => {
  let scene: Scene
  beforeAll(async () => {
    scene = await newScene()
    expect(await sendScan(scene.office, scene.visitors.secretary, scene.sealed.poll, PDF, 'application/pdf')).toBeNull()
    expect(await askFor(scene.organiser, scene.sealed.poll, 'publish')).toBeNull()
  })
  afterAll(() => scene.office.close())

  /** Every way by which something of the result could leave. */
  const channels = async () => {
    const { office, organiser, visitors, sealed } = scene
    const path = `/leader/polls/${sealed.poll}`
    const got = async (visitor: Visitor, what: string) => (await download(office, visitor, what)).status
    return {
      docx: await got(visitors.authority, `${path}/forms/minutes/docx`),
      form: await got(visitors.authority, `${path}/forms/minutes`),
      xlsx: await got(visitors.secretary, `${path}/results.xlsx`),
      archive: await got(visitors.auditor, `${path}/archive`),
      scan: await got(visitors.auditor, `${path}/scans/1`),
      organiserRecord: await got(visitors.organiser, `/organiser/polls/${sealed.poll}/record`),
      publicRecord: (await office.ask(`/api/polls/${sealed.hash}/record`)).status,
      memberRecord: (await sealed.members[0]!.record()).startsWith('{"type":"manifest"') ? 200 : 403,
      scanIn: (await sendScan(office, visitors.secretary, sealed.poll, PDF, 'application/pdf')) === null ? 200 : 403,
      asking: (await askFor(organiser, sealed.poll, 'publish')) === null ? 200 : 403,
    }
  }
  const all = (status: number) =>
    Object.fromEntries(
      Object.entries({
        docx: 0,
        form: 0,
        xlsx: 0,
        archive: 0,
        scan: 0,
        organiserRecord: 0,
        publicRecord: 0,
        memberRecord: 0,
        scanIn: 0,
        asking: 0,
      }).map(([name]) => [name, status]),
    )
  const stamp = (visitor: Visitor, to: string) =>
    visitor.post(`/leader/polls/${scene.sealed.poll}/stamp`, { stamp: to })
  const number = (visitor: Visitor, form: string, recipient = 'Ban Thường vụ') =>
    visitor.post(`/leader/polls/${scene.sealed.poll}/copies`, { form, recipient })

  it('is not there at first: every channel is open, and copies are not numbered', async () => {
    expect(await channels()).toEqual(all(200))
    expect(await number(scene.visitors.organiser, 'minutes')).toBe('wrong-state')
  })

  it('is set by organisers and the authority, raised and never taken back', async () => {
    const { organiser, secretary, authority, auditor } = scene.visitors
    expect(await stamp(secretary, 'mat')).toBe('not-yours')
    expect(await stamp(auditor, 'mat')).toBe('not-yours')
    expect(await stamp(authority, '')).toBe('bad-request')
    expect(await stamp(authority, 'mat')).toBeNull()
    expect(await stamp(authority, 'mat')).toBeNull()
    expect(await stamp(organiser, 'tuyet-mat')).toBeNull()
    expect(await stamp(organiser, 'toi-mat')).toBe('wrong-state')
    expect((await dossier(auditor, scene.sealed.poll)).stamp).toBe('tuyet-mat')
  })

  it('shuts every channel, publication that was asked for before too', async () => {
    expect(await channels()).toEqual(all(403))
    expect(await signAct(scene.sealed.members[0]!, 'publish')).toBe('secret')
    expect(await dossier(scene.visitors.organiser, scene.sealed.poll)).toMatchObject({ published: false })
  })

  it('lets a form be printed as a copy that was numbered for it, and as no other', async () => {
    const { visitors, sealed, office } = scene
    const { secretary, authority, auditor } = visitors
    expect(await number(auditor, 'minutes')).toBe('not-yours')
    expect(await number(secretary, 'letter')).toBe('bad-request')
    expect(await number(secretary, 'minutes', ' ')).toBe('bad-request')
    expect(await number(secretary, 'minutes')).toEqual({ number: 1 })
    expect(await number(authority, 'report', 'Lưu')).toEqual({ number: 2 })
    const form = (what: string) => secretary.get(`/leader/polls/${sealed.poll}/forms/${what}`)
    expect(await form('minutes?copy=1')).toMatchObject({ form: { id: 'minutes' } })
    for (const other of ['minutes', 'minutes?copy=2', 'minutes?copy=3', 'report?copy=1', 'minutes?copy=01'])
      expect(await form(other), other).toBe('secret')
    expect((await dossier(auditor, sealed.poll)).copies).toEqual([
      { number: 1, form: 'minutes', recipient: 'Ban Thường vụ' },
      { number: 2, form: 'report', recipient: 'Lưu' },
    ])
    const { stamp: level, copies } = await dossier(authority, sealed.poll)
    expect([level, copies.length]).toEqual(['tuyet-mat', 2])
    expect(office.logged).toEqual([])
  })
})

// ── beside other rounds, and the end of a rehearsal ─────────────────────────────────────────────────────────────

describe('other rounds', () => {
  it('stand beside this one where the reader may see them, their options are the same and no stamp keeps them in', async () => {
    const { office, organiser, sealed, visitors } = await newScene()
    const earlier = await countPoll(office.ask, organiser, { date: '2025-12-06', period: 'Năm 2025' })
    const secret = await countPoll(office.ask, organiser)
    const all = visitors.organiser
    const { person } = await visitors.authority.get<{ person: string }>('/account/me')
    const others = async (visitor: Visitor) => (await dossier(visitor, sealed.poll)).others.map(({ poll }) => poll)
    expect((await others(all)).toSorted()).toEqual([earlier.poll, secret.poll].toSorted())
    expect(await others(visitors.authority)).toEqual([])
    expect(await all.post(`/leader/polls/${secret.poll}/stamp`, { stamp: 'mat' })).toBeNull()
    expect(await others(all)).toEqual([earlier.poll])
    expect(await all.post(`/account/people/${person}/polls`, { polls: [sealed.poll, earlier.poll] })).toBeNull()
    const [round] = (await dossier(visitors.authority, sealed.poll)).others
    expect(round).toMatchObject({
      poll: earlier.poll,
      unit: 'Sở A',
      period: 'Năm 2025',
      date: '2025-12-06',
      manifest: earlier.manifest.text,
    })
    expect(round!.result).toContain('"unions"')
    await office.close()
  })
})

describe('a poll that was voided after its count', () => {
  it('keeps its dossier on file as it stands, for organisers; nothing is added, others see that it is void', async () => {
    const { office, organiser, sealed, visitors } = await newScene()
    expect(await write(visitors.secretary, sealed.poll, DECISION)).toBeNull()
    await act(organiser, sealed, 'void', [0])
    for (const body of [NOTE, DECISION]) expect(await write(visitors.organiser, sealed.poll, body)).toBe('wrong-state')
    const at = `/leader/polls/${sealed.poll}`
    expect(await visitors.organiser.post(`${at}/confirm`, { n: 1 })).toBe('wrong-state')
    expect(await visitors.organiser.post(`${at}/stamp`, { stamp: 'mat' })).toBe('wrong-state')
    expect((await dossier(visitors.organiser, sealed.poll)).entries).toMatchObject([
      { n: 1, body: DECISION, yours: false },
    ])
    expect(await visitors.authority.get(at)).toBe('wrong-state')
    expect(await visitors.authority.get('/leader')).toMatchObject([{ state: 'void', period: '', overdue: 0 }])
    expect(office.logged).toEqual([])
    await office.close()
  })
})

describe('a rehearsal', () => {
  it('goes for good with everything that was written after it; a real poll stays', async () => {
    const office = openOffice({ lastCallMs: () => 0 })
    const organiser = await firstOrganiser(office)
    const visitor = visitorWith(office.ask, organiser.cookie)
    const sealed = await countPoll(office.ask, organiser, {}, true)
    const secretary = await personWith(office.ask, organiser, {
      name: 'Thư ký',
      role: 'secretary',
      polls: [sealed.poll],
      login: 'thu-ky',
    })
    expect(await write(visitor, sealed.poll, DECISION)).toBeNull()
    expect(await secretary.post(`/leader/polls/${sealed.poll}/confirm`, { n: 1 })).toBeNull()
    expect(await sendScan(office, secretary, sealed.poll, PDF, 'application/pdf')).toBeNull()
    const { title } = draftFor()
    expect(await organiser.post(`/polls/${sealed.poll}/delete`, { title })).toBeNull()
    const { db, deps } = office
    for (const table of ['entry', 'confirmation', 'scan', 'copy', 'poll'] as const)
      expect(await db.read.selectFrom(table).selectAll().execute(), table).toEqual([])
    for (const table of ['person_poll', 'listing', 'listed_manifest'] as const)
      expect(await deps.directory.read.selectFrom(table).selectAll().execute(), table).toEqual([])
    expect(await secretary.get('/leader')).toEqual([])
    await office.close()
  })
})
