import { execFile, spawnSync } from 'node:child_process'
import { Agent } from 'node:http'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { beginSession, newSetupLink, logIn as signIn } from '../server/account.ts'
import { openSqlite } from '../server/db/sqlite.ts'
import { startServer } from '../server/node.ts'
import { secureRng } from '../server/play/seed.ts'
import { MIGRATIONS } from '../server/schema/migrations.ts'
import type { Me, PersonView, Role } from '../server/wire/leader.ts'
import type { OrganiserView } from '../server/wire.ts'
import { askAt, newPlace, optionsFor } from './listening.ts'
import {
  cookieOf,
  draftFor,
  firstOrganiser,
  invite,
  json,
  type Office,
  type Organiser,
  openOffice,
  organiserWith,
  PASSWORD,
  personWith,
  said,
  type Visitor,
  visitorWith,
} from './office.ts'

const ROLES: readonly Role[] = ['organiser', 'secretary', 'authority', 'auditor']
const HOUR = 60 * 60 * 1000

const logIn = async (office: Office, login: string, password = PASSWORD) =>
  office.ask('/api/account/login', json({ login, password }))
const comeIn = async (office: Office, invitation: string, login: string, password = PASSWORD) =>
  said(await office.ask('/api/account/invited', json({ invitation, login, password })))
const peopleIn = (host: Pick<Organiser, 'cookie'>, office: Office) =>
  visitorWith(office.ask, host.cookie).get<readonly PersonView[]>('/account/people')
const handleOf = async (host: Pick<Organiser, 'cookie'>, office: Office, name: string) =>
  (await peopleIn(host, office)).find(one => one.name === name)!.person

async function withOffice(test: (office: Office, organiser: Organiser & Visitor) => Promise<void>): Promise<void> {
  const office = openOffice()
  const organiser = await firstOrganiser(office)
  await test(office, visitorWith(office.ask, organiser.cookie))
  expect(office.logged).toEqual([])
  await office.close()
}

/** A draft, made by this organiser. */
async function newPoll(maker: Visitor, change: Parameters<typeof draftFor>[0] = {}): Promise<string> {
  const { poll } = (await maker.post('/organiser/polls', { rehearsal: false, follows: null })) as { poll: string }
  expect(await maker.put(`/organiser/polls/${poll}/draft`, { version: 1, draft: draftFor(change) })).toEqual({
    version: 2,
  })
  return poll
}

describe('the first organiser', () => {
  it('comes in by the terminal’s link, once, and by the login `to-chuc` from then on', async () => {
    const office = openOffice()
    const { directory } = office.deps
    expect(await said(await logIn(office, 'to-chuc'))).toBe('needs-setup')
    expect(await said(await office.ask('/api/account/me'))).toBe('needs-setup')
    const link = await newSetupLink(directory, secureRng)
    const set = (password: string) => office.ask('/api/account/setup', json({ link, password }))
    expect(await said(await set('ngắn quá'))).toBe('weak-password')
    const entered = await set(PASSWORD)
    expect(entered.status).toBe(204)
    expect(await said(await set(PASSWORD))).toBe('used-link')
    const me = await visitorWith(office.ask, cookieOf(entered)).get<Me>('/account/me')
    expect(me).toEqual({ person: me.person, name: 'Người tổ chức', login: 'to-chuc', role: 'organiser' })
    expect(await said(await office.ask('/api/account/me'))).toBe('needs-login')
    expect((await logIn(office, ' To-Chuc ')).status).toBe(204)
    await office.close()
  })

  it('sets a new password by a newer link; sessions of this account end, other people’s go on', () =>
    withOffice(async (office, organiser) => {
      const auditor = await personWith(office.ask, organiser, { name: 'B', role: 'auditor', polls: null, login: 'b-1' })
      const older = await newSetupLink(office.deps.directory, secureRng)
      const link = await newSetupLink(office.deps.directory, secureRng)
      const set = async (with_: string) =>
        said(await office.ask('/api/account/setup', json({ link: with_, password: `${PASSWORD} hai` })))
      expect(await set(older)).toBe('used-link')
      expect(await set(link)).toBeNull()
      expect(await organiser.get('/account/me')).toBe('needs-login')
      expect(await auditor.get('/account/me')).toMatchObject({ role: 'auditor' })
      expect(await said(await logIn(office, 'to-chuc'))).toBe('wrong-password')
      expect(await said(await logIn(office, 'to-chuc', `${PASSWORD} hai`))).toBeNull()
      expect((await peopleIn(await asFirst(office), office)).length).toBe(2)
    }))
  const asFirst = async (office: Office) => ({ cookie: cookieOf(await logIn(office, 'to-chuc', `${PASSWORD} hai`)) })
})

describe('the password of an earlier release', () => {
  it('opens the first organiser’s account', () =>
    withOffice(async ({ deps, file }) => {
      const [row] = await deps.directory.read.selectFrom('person').select('password').execute()
      const old = join(dirname(file), 'old.sqlite')
      const database = new Database(old)
      for (const statement of MIGRATIONS[0]!) database.exec(statement)
      database.prepare('insert into setting (name, value) values (?, ?)').run('password', row!.password)
      database.pragma('user_version = 1')
      database.close()
      const databases = openSqlite(old)
      const { directory } = databases
      const { person } = await signIn(directory, 'to-chuc', PASSWORD)
      await expect(signIn(directory, 'to-chuc', `${PASSWORD}.`)).rejects.toMatchObject({ refusal: 'wrong-password' })
      expect(await directory.read.selectFrom('person').selectAll().execute()).toMatchObject([
        { id: person, login: 'to-chuc', name: 'Người tổ chức', role: 'organiser', everything: 1 },
      ])
      expect(await directory.read.selectFrom('setting').selectAll().execute()).toEqual([])
      await databases.close()
    }))
})

describe('a session', () => {
  it('ends with logging out, after two idle hours, and after twelve in any case', () =>
    withOffice(async (office, organiser) => {
      const enter = async () => visitorWith(office.ask, cookieOf(await logIn(office, 'to-chuc')))
      expect(await organiser.post('/account/logout')).toBeNull()
      expect(await organiser.get('/account/me')).toBe('needs-login')
      const idle = await enter()
      office.wait(2 * HOUR - 1)
      expect(await idle.get('/account/me')).toMatchObject({ login: 'to-chuc' })
      office.wait(2 * HOUR)
      expect(await idle.get('/account/me')).toBe('needs-login')
      const busy = await enter()
      for (let hour = 1; hour < 12; hour++) {
        office.wait(HOUR)
        expect(await busy.get('/account/me'), `${hour} h`).toMatchObject({ login: 'to-chuc' })
      }
      office.wait(HOUR)
      expect(await busy.get('/account/me')).toBe('needs-login')
    }))

  it('is no use to a page of another site', () =>
    withOffice(async (office, { cookie }) => {
      const from = async (site: string) =>
        said(await office.ask('/api/account/me', { headers: { cookie, 'sec-fetch-site': site } }))
      expect(await from('cross-site')).toBe('needs-login')
      expect(await from('same-site')).toBe('needs-login')
      expect(await from('same-origin')).toMatchObject({ role: 'organiser' })
      const login = json({ login: 'to-chuc', password: PASSWORD }, { 'sec-fetch-site': 'cross-site' })
      expect(await said(await office.ask('/api/account/login', login))).toBe('needs-login')
    }))

  it('is not had by guessing: a wrong login says what a wrong password says, and tries are counted', () =>
    withOffice(async office => {
      expect(await said(await logIn(office, 'ai-do'))).toBe('wrong-password')
      expect(await said(await logIn(office, 'to-chuc', `${PASSWORD}.`))).toBe('wrong-password')
      office.wait(60_000)
      const tries = await Promise.all(Array.from({ length: 25 }, (_, i) => logIn(office, `ai-${i}`)))
      const refused = await Promise.all(tries.map(said))
      expect(refused.filter(one => one === 'wrong-password').length).toBe(20)
      expect(refused.filter(one => one === 'too-many').length).toBe(5)
      office.wait(60_000)
      expect(await said(await logIn(office, 'to-chuc'))).toBeNull()
    }))
})

describe('an invitation', () => {
  it('is used once, with a login that nobody has and a password', () =>
    withOffice(async (office, organiser) => {
      const guest = { name: 'Thư ký hội nghị', role: 'secretary', polls: null } as const
      const invitation = await invite(office.ask, organiser, guest)
      expect(await peopleIn(organiser, office)).toContainEqual({
        person: await handleOf(organiser, office, guest.name),
        ...guest,
        login: '',
        arrived: false,
      })
      expect(await comeIn(office, `${invitation.slice(0, -1)}${invitation.endsWith('A') ? 'Q' : 'A'}`, 'thu-ky')).toBe(
        'used-link',
      )
      expect(await comeIn(office, invitation, 'thư ký')).toBe('bad-request')
      expect(await comeIn(office, invitation, 'to-chuc')).toBe('taken-name')
      expect(await comeIn(office, invitation, 'thu-ky', 'ngắn')).toBe('weak-password')
      expect(await comeIn(office, invitation, 'thu-ky')).toBeNull()
      expect(await comeIn(office, invitation, 'thu-ky-2')).toBe('used-link')
      expect(await peopleIn(organiser, office)).toContainEqual({
        person: await handleOf(organiser, office, guest.name),
        ...guest,
        login: 'thu-ky',
        arrived: true,
      })
      const other = await invite(office.ask, organiser, { ...guest, name: 'Thư ký thứ hai' })
      expect(await comeIn(office, other, 'Thu-Ky')).toBe('taken-name')
      expect(await comeIn(office, other, 'thu-ky-2')).toBeNull()
    }))

  it('makes one account, whoever of two presses first', () =>
    withOffice(async (office, organiser) => {
      const invitation = await invite(office.ask, organiser, { name: 'B', role: 'auditor', polls: null })
      const answers = await Promise.all(['b-1', 'b-2'].map(login => comeIn(office, invitation, login)))
      expect([...answers].sort()).toEqual([null, 'used-link'].sort())
      const [one, two] = await Promise.all(
        ['C', 'D'].map(name => invite(office.ask, organiser, { name, role: 'auditor', polls: null })),
      )
      const same = await Promise.all([one!, two!].map(invited => comeIn(office, invited, 'cung-ten')))
      expect([...same].sort()).toEqual([null, 'taken-name'].sort())
    }))

  it('is stored as a hash alone', () =>
    withOffice(async (office, organiser) => {
      const invitation = await invite(office.ask, organiser, { name: 'B', role: 'auditor', polls: null })
      const rows = await office.deps.directory.read.selectFrom('person').selectAll().execute()
      expect(
        JSON.stringify(rows, (_, v) => (v instanceof Uint8Array ? Buffer.from(v).toString('base64url') : v)),
      ).not.toContain(invitation)
      expect(rows.find(({ name }) => name === 'B')!.invitation).toHaveLength(32)
    }))

  it('for a lost password ends what the account opened, and older invitations', () =>
    withOffice(async (office, organiser) => {
      const auditor = await personWith(office.ask, organiser, { name: 'B', role: 'auditor', polls: null, login: 'b-1' })
      const person = await handleOf(organiser, office, 'B')
      const again = async () =>
        ((await organiser.post(`/account/people/${person}/invite`)) as { invitation: string }).invitation
      const [older, newer] = [await again(), await again()]
      expect(await auditor.get('/account/me')).toBe('needs-login')
      expect(await said(await logIn(office, 'b-1'))).toBe('wrong-password')
      expect(await comeIn(office, older, 'b-1')).toBe('used-link')
      expect(await comeIn(office, newer, 'b-1')).toBeNull()
      expect(await said(await logIn(office, 'b-1'))).toBeNull()
      expect(await handleOf(organiser, office, 'B')).toBe(person)
    }))

  it('for somebody who was removed opens nothing', () =>
    withOffice(async (office, organiser) => {
      const invitation = await invite(office.ask, organiser, { name: 'B', role: 'auditor', polls: null })
      const auditor = await personWith(office.ask, organiser, { name: 'C', role: 'auditor', polls: null, login: 'c-1' })
      for (const name of ['B', 'C'])
        expect(await organiser.post(`/account/people/${await handleOf(organiser, office, name)}/remove`)).toBeNull()
      expect(await comeIn(office, invitation, 'b-1')).toBe('used-link')
      expect(await auditor.get('/account/me')).toBe('needs-login')
      expect(await said(await logIn(office, 'c-1'))).toBe('wrong-password')
      expect((await peopleIn(organiser, office)).map(({ name }) => name)).toEqual(['Người tổ chức'])
    }))
})

describe('people are managed', () => {
  let office: Office
  let organiser: Visitor
  let visitors: ReadonlyMap<Role, Visitor>
  beforeAll(async () => {
    office = openOffice()
    const { cookie } = await firstOrganiser(office)
    organiser = visitorWith(office.ask, cookie)
    const entries: (readonly [Role, Visitor])[] = []
    for (const role of ROLES)
      entries.push([
        role,
        await personWith(office.ask, organiser, { name: role, role, polls: null, login: `la-${role}` }),
      ])
    visitors = new Map(entries)
  })
  afterAll(() => office.close())

  const DOORS: readonly (readonly [door: string, send: (visitor: Visitor, person: string) => Promise<unknown>])[] = [
    ['the list', visitor => visitor.get('/account/people')],
    ['an invitation', visitor => visitor.post('/account/people', { name: 'Khách', role: 'auditor', polls: [] })],
    ['polls', (visitor, person) => visitor.post(`/account/people/${person}/polls`, { polls: [] })],
    ['a new link', (visitor, person) => visitor.post(`/account/people/${person}/invite`)],
    ['removal', (visitor, person) => visitor.post(`/account/people/${person}/remove`)],
  ]
  it.each(DOORS)('by organisers alone: %s', async (_, send) => {
    for (const role of ROLES) {
      await invite(office.ask, organiser, { name: `của ${role}`, role: 'auditor', polls: null })
      const person = await handleOf(organiser, office, `của ${role}`)
      const answer = await send(visitors.get(role)!, person)
      if (role === 'organiser') expect(answer, role).not.toBeTypeOf('string')
      else expect(answer, role).toBe('not-yours')
      await organiser.post(`/account/people/${person}/remove`)
    }
  })

  it('whatever the role, everybody learns who they are', async () => {
    for (const role of ROLES) expect(await visitors.get(role)!.get('/account/me')).toMatchObject({ role, name: role })
  })

  it('who run the poll are organisers alone', async () => {
    const poll = await newPoll(organiser)
    for (const role of ROLES) {
      const visitor = visitors.get(role)!
      const answers = [await visitor.get('/organiser'), await visitor.get(`/organiser/polls/${poll}`)]
      for (const answer of answers)
        if (role === 'organiser') expect(answer).toBeTypeOf('object')
        else expect(answer, role).toBe('not-yours')
    }
  })

  it('a request that names nobody, nothing or no role is refused', async () => {
    expect(await organiser.post(`/account/people/${'A'.repeat(22)}/remove`)).toBe('not-found')
    const guest = { name: 'Khách không vai trò', role: 'auditor', polls: null }
    expect(await organiser.post('/account/people', { ...guest, name: ' ' })).toBe('bad-request')
    expect(await organiser.post('/account/people', { ...guest, role: 'king' })).toBe('bad-request')
    expect(await organiser.post('/account/people', { ...guest, polls: ['A'.repeat(22)] })).toBe('not-found')
    expect(await organiser.post('/account/people', guest)).toMatchObject({ invitation: expect.any(String) })
    // Two accounts of one name would look like one person in every history.
    expect(await organiser.post('/account/people', { ...guest, name: 'khách  KHÔNG vai trò' })).toBe('taken-name')
  })
})

describe('a login that is under way', () => {
  it('opens nothing where the account was given a new link meanwhile', () =>
    withOffice(async (office, organiser) => {
      await personWith(office.ask, organiser, { name: 'Thư ký', role: 'secretary', polls: null, login: 'thu-ky' })
      const handle = await handleOf(organiser, office, 'Thư ký')
      const { directory, rng, now } = office.deps
      const opened = await signIn(directory, 'thu-ky', PASSWORD)
      expect(await beginSession(directory, rng, opened, now())).toMatch(/^[\w-]{43}$/)
      expect(await organiser.post(`/account/people/${handle}/invite`)).toMatchObject({ invitation: expect.any(String) })
      await expect(beginSession(directory, rng, opened, now())).rejects.toMatchObject({ refusal: 'needs-login' })
    }))
})

describe('an organiser of everything', () => {
  it('always remains: the last one with a password is not removed, limited, or sent a new link', () =>
    withOffice(async (office, organiser) => {
      const first = await handleOf(organiser, office, 'Người tổ chức')
      const poll = await newPoll(organiser)
      const attempts = () =>
        Promise.all([
          organiser.post(`/account/people/${first}/remove`),
          organiser.post(`/account/people/${first}/polls`, { polls: [poll] }),
          organiser.post(`/account/people/${first}/invite`),
        ])
      expect(await attempts()).toEqual(['wrong-state', 'wrong-state', 'wrong-state'])
      // Neither one who has not come yet, nor one of some polls.
      const invitation = await invite(office.ask, organiser, { name: 'Phó', role: 'organiser', polls: null })
      await personWith(office.ask, organiser, { name: 'Hai', role: 'organiser', polls: [poll], login: 'hai' })
      expect(await attempts()).toEqual(['wrong-state', 'wrong-state', 'wrong-state'])
      expect(await organiser.get('/account/me')).toMatchObject({ login: 'to-chuc' })
      expect(await comeIn(office, invitation, 'pho')).toBeNull()
      expect(await organiser.post(`/account/people/${first}/remove`)).toBeNull()
      expect(await organiser.get('/account/me')).toBe('needs-login')
    }))

  it('remains where two press at once to remove each other', () =>
    withOffice(async (office, organiser) => {
      const other = await personWith(office.ask, organiser, {
        name: 'Phó',
        role: 'organiser',
        polls: null,
        login: 'pho',
      })
      const [first, second] = [
        await handleOf(organiser, office, 'Người tổ chức'),
        await handleOf(organiser, office, 'Phó'),
      ]
      const answers = await Promise.all([
        organiser.post(`/account/people/${second}/remove`),
        other.post(`/account/people/${first}/remove`),
      ])
      expect([...answers].filter(answer => answer === null).length).toBe(1)
      const left = await office.deps.directory.read.selectFrom('person').select('role').execute()
      expect(left).toEqual([{ role: 'organiser' }])
    }))
})

describe('an organiser of some polls', () => {
  it('sees those and what he or she makes, and gives away no more', () =>
    withOffice(async (office, organiser) => {
      const [given, kept] = [await newPoll(organiser, { title: 'A' }), await newPoll(organiser, { title: 'B' })]
      const guest = { name: 'Hai', role: 'organiser', polls: [given], login: 'hai' } as const
      const second = await personWith(office.ask, organiser, guest)
      const titles = async () => (await second.get<OrganiserView>('/organiser')).polls.map(({ title }) => title).sort()
      expect(await titles()).toEqual(['A'])
      expect(await second.get(`/organiser/polls/${kept}`)).toBe('not-yours')
      expect(await second.post(`/organiser/polls/${kept}/delete`, { title: 'B' })).toBe('not-yours')
      const made = await newPoll(second, { title: 'C' })
      expect(await titles()).toEqual(['A', 'C'])
      const auditor = (polls: readonly string[] | null) => ({ name: 'Khách', role: 'auditor' as const, polls })
      expect(await second.post('/account/people', auditor(null))).toBe('not-yours')
      expect(await second.post('/account/people', auditor([given, kept]))).toBe('not-yours')
      expect(await second.post('/account/people', auditor([given, made]))).toMatchObject({
        invitation: expect.any(String),
      })
      expect((await peopleIn(second, office)).map(({ name }) => name).sort()).toEqual(['Hai', 'Khách'])
      // Nor takes over an account that has more.
      const first = await handleOf(organiser, office, 'Người tổ chức')
      for (const what of ['invite', 'remove'])
        expect(await second.post(`/account/people/${first}/${what}`)).toBe('not-yours')
      const khach = await handleOf(organiser, office, 'Khách')
      expect(await second.post(`/account/people/${khach}/polls`, { polls: [made] })).toBeNull()
      expect(await organiser.post(`/account/people/${khach}/polls`, { polls: [kept] })).toBeNull()
      expect(await second.post(`/account/people/${khach}/remove`)).toBe('not-yours')
      expect(await organiser.post(`/account/people/${khach}/remove`)).toBeNull()
    }))
})

describe('who is judged', () => {
  const judged = { subjects: [{ name: 'Uỷ viên Hoà', position: 'Giám đốc Sở A' }] }

  it.each([
    ['as it stands in the draft', 'Uỷ viên Hoà', 'not-yours'],
    ['with the tone on the other vowel', 'Ủy viên Hòa', 'not-yours'],
    ['in capitals, with more spaces', '  ỦY  VIÊN HOÀ ', 'not-yours'],
    ['letters and accents apart', 'Uỷ viên Hoà'.normalize('NFD'), 'not-yours'],
    ['and another name is somebody else', 'Ủy viên Hóa', null],
  ])('is not given that poll: the name %s', (_, name, answer) =>
    withOffice(async (office, organiser) => {
      const poll = await newPoll(organiser, judged)
      const guest = { name, role: 'auditor', polls: [poll] }
      const invited = await organiser.post('/account/people', guest)
      if (answer === null) expect(invited).toMatchObject({ invitation: expect.any(String) })
      else expect(invited).toBe(answer)
      // What may be given later is the same.
      if (answer !== null) await invite(office.ask, organiser, { name, role: 'auditor', polls: [] })
      const people = await peopleIn(organiser, office)
      const { person } = people.find(({ role }) => role === 'auditor')!
      expect(await organiser.post(`/account/people/${person}/polls`, { polls: [poll] })).toBe(answer)
    }),
  )

  it('does not see it with an account for everything, an organiser’s neither', () =>
    withOffice(async (office, organiser) => {
      const guest = { name: 'ủy viên hòa', role: 'organiser', polls: null, login: 'uy-vien' } as const
      const subject = await personWith(office.ask, organiser, guest)
      const poll = await newPoll(organiser)
      expect(await subject.get(`/organiser/polls/${poll}`)).toMatchObject({ poll })
      expect(await organiser.put(`/organiser/polls/${poll}/draft`, { version: 2, draft: draftFor(judged) })).toEqual({
        version: 3,
      })
      expect(await subject.get(`/organiser/polls/${poll}`)).toBe('not-yours')
      expect((await subject.get<OrganiserView>('/organiser')).polls).toEqual([])
      expect(await subject.get('/leader')).toEqual([])
      expect(await subject.post(`/organiser/polls/${poll}/seal`)).toBe('not-yours')
      expect(await organiser.get(`/organiser/polls/${poll}`)).toMatchObject({ poll })
    }))

  it('does not write himself or herself out of a poll by writing the name into it', () =>
    withOffice(async (office, organiser) => {
      const guest = { name: 'Ủy viên Hòa', role: 'organiser', polls: null, login: 'uy-vien' } as const
      const subject = await personWith(office.ask, organiser, guest)
      const poll = await newPoll(subject)
      const save = (draft: unknown) => subject.put(`/organiser/polls/${poll}/draft`, { version: 2, draft })
      expect(await save(draftFor(judged))).toBe('not-yours')
      expect(await save(draftFor())).toEqual({ version: 3 })
    }))
})

describe('npm run reset-organiser', () => {
  const root = join(import.meta.dirname, '..')
  const command = join(root, 'server/commands/reset-organiser.ts')
  const run = (data: string, ...args: string[]) =>
    promisify(execFile)(process.execPath, [command, ...args], { env: { ...process.env, DATA: data, PORT: '8123' } })
  const linkIn = (stdout: string): string => /#setup\.([\w-]{22})$/m.exec(stdout)![1]!
  const server = async (place: ReturnType<typeof newPlace>) =>
    startServer({ ...optionsFor(place), log: line => expect(line).toBe('') })

  it('prints a link that a running server takes at once, and one that is started afterwards', async () => {
    const place = newPlace()
    const agent = new Agent()
    const first = await server(place)
    const ask = askAt(first.port, agent)
    const set = async (at: typeof ask, link: string, password: string) =>
      said(await at('/api/account/setup', json({ link, password })))
    expect(await set(ask, first.setupLink!.split('#setup.')[1]!, PASSWORD)).toBeNull()
    const { stdout } = await run(place.data)
    expect(stdout).toContain('http://localhost:8123/to-chuc#setup.')
    expect(await set(ask, linkIn(stdout), `${PASSWORD} hai`)).toBeNull()
    expect(await set(ask, linkIn(stdout), `${PASSWORD} ba`)).toBe('used-link')
    await first.close()

    const later = linkIn((await run(place.data, '--lang', 'en')).stdout)
    const second = await server(place)
    expect(second.setupLink).toBeNull()
    const entering = askAt(second.port, agent)
    expect(await set(entering, later, `${PASSWORD} bốn`)).toBeNull()
    const organiser = await entering('/api/account/login', json({ login: 'to-chuc', password: `${PASSWORD} bốn` }))
    expect(await organiserWith(entering, cookieOf(organiser)).get('')).toMatchObject({ polls: [expect.anything()] })
    agent.destroy()
    await second.close()
    place.remove()
  })

  it('says in one line what is wrong with its use, and ends with 2', () => {
    const place = newPlace()
    const failed = (...args: string[]) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
        env: { ...process.env, DATA: place.data },
        encoding: 'utf8',
      })
      expect(stdout).toBe('')
      expect(stderr.trim().split('\n').length).toBe(1)
      return [status, stderr]
    }
    expect(failed('--mat-khau')).toEqual([2, expect.stringContaining('npm run reset-organiser')])
    expect(failed('--lang', 'fr')).toEqual([2, expect.stringContaining('--lang fr')])
    expect(failed()).toEqual([2, expect.stringContaining(place.data)])
    place.remove()
  })
})
