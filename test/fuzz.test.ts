/** Requests that no page of ours would send, to every door there is, in the very states in which it takes requests. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toBase64url, utf8 } from '../crypto/bytes.ts'
import { parseClosing } from '../crypto/closing.ts'
import { newFileCode, sealFile } from '../crypto/comment-file.ts'
import { newSetupLink } from '../server/account.ts'
import { createApp } from '../server/app.ts'
import { secureRng, seededRng } from '../server/play/seed.ts'
import { packHex } from '../server/rules/read.ts'
import type { DossierView, PersonView } from '../server/wire/leader.ts'
import type { MemberView, PollView } from '../server/wire.ts'
import { atDoors, boxOf } from './comments.ts'
import { anyRequest, Dice, mutate, type Sent } from './mutants-of-requests.ts'
import {
  type Ask,
  act,
  ask as askFor,
  cookieOf,
  count,
  draftFor,
  firstOrganiser,
  handBack,
  json,
  memberWith,
  type Office,
  type Organiser,
  openOffice,
  organiserWith,
  PASSWORD,
  personWith,
  phoneWith,
  post,
  type SealedPoll,
  said,
  sealPoll,
  type Visitor,
  visitorWith,
  vote,
} from './office.ts'
import { collectPaper, keyingOf, paperDraft, printPaper } from './paper.ts'
import { localPack, shipped } from './ruled.ts'

/** In a whole poll most doors are asked several times, each time after so many mutants: 10,000 and more in all. */
const EACH = Number(process.env.MUTANTS ?? 200)
const EACH_READ = EACH / 10
/** As many again, to see whether memory grows. */
const MORE = 10_000
const GROWTH = 400_000
const OF_ALL = ['setting', 'person', 'person_poll', 'pack', 'pack_draft', 'listing', 'listed_manifest'] as const
const OF_POLLS = [
  ...(['poll', 'member', 'message', 'token', 'spent', 'cast', 'entry', 'confirmation', 'scan', 'copy'] as const),
  ...(['comment_box', 'comment_file'] as const),
]

const everything = async ({ db, deps: { directory } }: Office): Promise<unknown> =>
  Promise.all([
    directory.read.selectFrom('session').select(['token_hash', 'created_ms']).execute(),
    ...OF_ALL.map(table => directory.read.selectFrom(table).selectAll().execute()),
    ...OF_POLLS.map(table => db.read.selectFrom(table).selectAll().execute()),
  ])

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** What is still held once the garbage is collected. */
async function heldBytes(): Promise<number> {
  for (let i = 0; i < 3; i++) {
    collectGarbage()
    // What waits for the end of an object's life gets its turn.
    await new Promise(resolve => setTimeout(resolve, 5))
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** Doors that check each byte of a body against a signature or a proof. */
const PROVEN =
  /\/(redeem|cast|comment|void|pin|act|open|shares|result|sheet|seal|restart|printed|withdraw|combine|envelopes|comment-shares|comment-file)$/

/** Sends every request on its way, after mutants of it that must change nothing. */
class Storm {
  readonly sent: Sent[] = []
  readonly bad: string[] = []
  readonly met = new Map<string, { mutants: number; accepted: number }>()
  mutants = 0
  private readonly office: Office
  private readonly dice: Dice
  private readonly doors: readonly { readonly name: string; readonly method: string; readonly pattern: RegExp }[]

  constructor(office: Office, dice: Dice) {
    this.office = office
    this.dice = dice
    this.doors = createApp(office.deps)
      .routes.filter(({ method, path }) => method !== 'ALL' && path.startsWith('/api/'))
      .map(({ method, path }) => ({
        name: `${method} ${path}`,
        method,
        pattern: new RegExp(`^${path.replace(/:\w+/g, '[^/]+').replace(/\/$/, '/?')}$`),
      }))
    for (const { name } of this.doors) this.met.set(name, { mutants: 0, accepted: 0 })
  }

  ask: Ask = async (path, init = {}) => {
    const sent = { path, init }
    this.sent.push(sent)
    const before = await everything(this.office)
    const mutants = init.method === undefined ? EACH_READ : EACH
    for (let i = 0; i < mutants; i++) await this.send(mutate(sent, PROVEN.test(path), this.dice))
    expect(await everything(this.office), `after mutants of ${path}`).toEqual(before)
    // Passwords may be tried so many times a minute: the minute is over.
    if (/\/(setup|login|invited)$/.test(path)) this.office.wait(60_000)
    const answer = await this.office.ask(path, init)
    const door = this.doorOf(sent)
    door.mutants += mutants
    if (answer.ok) door.accepted++
    return answer
  }

  /** One request that must be refused, if it is one that changes anything, and must not hurt in any case. */
  async send({ path, init }: Sent): Promise<void> {
    this.mutants++
    const { status } = await this.office.ask(path, init)
    const isRead = init.method === undefined || init.method === 'GET' || init.method === 'HEAD'
    if (status >= 500 || (!isRead && status < 400)) this.bad.push(`${status} ${init.method} ${path} ${bodyOf(init)}`)
  }

  private doorOf({ path, init }: Sent) {
    const found = this.doors.find(
      door => door.method === (init.method ?? 'GET') && door.pattern.test(path.split('?')[0]!),
    )
    return this.met.get(found?.name ?? '')!
  }
}

const bodyOf = ({ body }: RequestInit): string =>
  typeof body === 'string'
    ? body.slice(0, 500)
    : Buffer.from((body ?? '') as Uint8Array)
        .toString('hex')
        .slice(0, 500)

/** One member combines, another sends a part, the file goes to the competent authority. */
async function handComments(ask: Ask, organiser: Organiser, sealed: SealedPoll, authority: Visitor): Promise<void> {
  const [, combiner, other] = await atDoors(ask, organiser, sealed)
  expect(await combiner!.combine()).toBeNull()
  expect(await other!.shares(combiner!.index, await boxOf(other!, sealed, combiner!.index))).toBeNull()
  await combiner!.boxes()
  const head = { manifestHash: sealed.manifest.hash, closingHash: closingHashOf(sealed, await combiner!.view()) }
  const content = { title: '', unit: '', minimum: 3, prompts: [] }
  expect(await combiner!.file(sealFile(head, content, newFileCode(secureRng), secureRng))).toBeNull()
  const { cookie } = authority
  expect((await ask(`/api/leader/polls/${sealed.poll}/comments`, { headers: { cookie } })).status).toBe(200)
}

const closingHashOf = ({ manifest }: SealedPoll, { closing }: MemberView): Uint8Array =>
  parseClosing(manifest, closing!.text).hash

/** A round on paper is counted by two. */
async function countPaper(ask: Ask, organiser: Organiser): Promise<void> {
  const round = await printPaper(ask, organiser, paperDraft({ title: 'Phiếu giấy' }))
  await collectPaper(organiser, round, 9)
  const { paper } = await round.members[0]!.view()
  const keying = keyingOf(paper!.contests, { issued: 9, collected: 9 }, () => [4, 3, 2])
  for (const member of round.members.slice(0, 2)) expect(await member.key(keying)).toBeNull()
}

/** Somebody comes and goes; what follows the count is written down, in the end under a stamp. */
async function follow(ask: Ask, organiser: Visitor, secretary: Visitor, poll: string): Promise<void> {
  const guest = { name: 'Kiểm tra viên', role: 'auditor', polls: [poll] }
  const { invitation } = (await organiser.post('/account/people', guest)) as { readonly invitation: string }
  await ask('/api/account/invited', json({ invitation, login: 'kiem-tra', password: PASSWORD }))
  await organiser.get('/account/me')
  const people = await organiser.get<readonly PersonView[]>('/account/people')
  const auditor = `/account/people/${people.find(({ role }) => role === 'auditor')!.person}`
  expect(await organiser.post(`${auditor}/polls`, { polls: [poll] })).toBeNull()
  await organiser.post(`${auditor}/invite`)
  expect(await organiser.post(`${auditor}/remove`)).toBeNull()

  const at = `/leader/polls/${poll}`
  await organiser.get('/leader')
  const { minutes } = await organiser.get<DossierView>(at)
  const closed = { kind: 'closed', subject: 0, date: '2026-12-05', text: 'Không đạt ngưỡng nào' }
  expect(await organiser.post(`${at}/entries`, closed)).toBeNull()
  expect(await secretary.post(`${at}/confirm`, { n: 1 })).toBeNull()
  expect(await organiser.put(`${at}/minutes`, { version: 0, facts: minutes.facts })).toEqual({ version: 1 })
  expect(await organiser.post(`${at}/minutes/seal`, { version: 1 })).toBeNull()
  const headers = { cookie: secretary.cookie, 'content-type': 'application/pdf' }
  const scan = { method: 'POST', headers, body: utf8('%PDF-1.7\n').slice() }
  expect((await ask(`/api${at}/scans?name=A`, scan)).status).toBe(204)
  for (const what of ['scans/1', 'forms/minutes', 'forms/minutes/docx', 'results.xlsx', 'archive'])
    await organiser.get(`${at}/${what}`)
  expect(await organiser.post(`${at}/stamp`, { stamp: 'mat' })).toBeNull()
  expect(await organiser.post(`${at}/copies`, { form: 'minutes', recipient: 'Lưu' })).toEqual({ number: 1 })
}

describe('ten thousand wrong requests', () => {
  let office: Office
  let storm: Storm
  const dice = new Dice(seededRng(20261205))

  beforeAll(() => {
    office = openOffice({ lastCallMs: () => 0 })
    storm = new Storm(office, dice)
  })
  afterAll(() => office.close())

  it('change nothing, each right one between them is taken, and no door is left out', async () => {
    const { ask } = storm
    const link = await newSetupLink(office.deps.directory, secureRng)
    await ask('/api/account/setup', json({ link, password: PASSWORD }))
    const organiser = organiserWith(
      ask,
      cookieOf(await ask('/api/account/login', json({ login: 'to-chuc', password: PASSWORD }))),
    )
    await organiser.get('')
    await ask('/api/bundle')

    // A rehearsal is begun, stopped by a device, sealed anew, and thrown away.
    const { poll } = (await organiser.post('/polls', { rehearsal: true, follows: null })) as { readonly poll: string }
    await organiser.put(`/polls/${poll}/draft`, { version: 1, draft: draftFor({ title: 'Diễn tập' }) })
    await organiser.post(`/polls/${poll}/seal`)
    const { links } = await organiser.get<PollView>(`/polls/${poll}`)
    const phone = memberWith(ask, poll, 1, links[0]!, null as never)
    expect(await phone.post('/stop', { attempt: 1, code: 'bad-proof', where: 'trustees[1]' })).toBeNull()
    await organiser.post(`/polls/${poll}/restart`)
    expect(await organiser.post(`/polls/${poll}/delete`, { title: 'Diễn tập' })).toBeNull()

    // A rule pack is written, thrown away, written again, and frozen by two.
    const guest = { name: 'Thư ký', role: 'secretary', polls: null, login: 'thu-ky' } as const
    const secretary = visitorWith(ask, (await personWith(office.ask, organiser, guest)).cookie)
    const rules = visitorWith(ask, organiser.cookie)
    const pack = packHex(shipped())
    for (const again of [false, true]) {
      const { draft } = (await rules.post('/packs/drafts', { from: pack })) as { readonly draft: string }
      await rules.get('/packs/drafts')
      await rules.put(`/packs/drafts/${draft}`, { version: 1, text: localPack() })
      expect(await rules.post(`/packs/drafts/${draft}/propose`, { version: 2 })).toBeNull()
      const confirmed = { sha256: packHex(localPack()) }
      if (again) expect(await secretary.post(`/packs/drafts/${draft}/confirm`, confirmed)).toBeNull()
      else expect(await rules.post(`/packs/drafts/${draft}/delete`)).toBeNull()
    }
    for (const path of ['', `/${pack}`]) expect((await ask(`/api/packs${path}`)).status).toBe(200)

    for (const path of ['', '/giam-doc-so-30-70/1']) expect((await ask(`/api/forms${path}`)).status).toBe(200)
    await countPaper(ask, organiser)

    const prompts = [{ title: 'Đề xuất', maxBytes: 40 }]
    const sealed = await sealPoll(ask, organiser, { cards: 6, draft: draftFor({ pack, prompts }) })
    const { hash, manifest, cards, members } = sealed
    for (const member of members) expect(await member.post('/sheet', {})).toBeNull()
    await ask(`/api/manifests/${toBase64url(manifest.hash.subarray(0, 20))}`)
    expect(await askFor(organiser, sealed.poll, 'open')).toBeNull()
    expect(await organiser.post(`/polls/${sealed.poll}/withdraw`)).toBeNull()
    await act(organiser, sealed, 'open', [0])
    for (const [i, card] of cards.slice(0, 3).entries()) {
      await vote(ask, sealed, card, [[i]])
      expect(await said(await post(ask, hash, 'comment', dice.bytes(400)))).toBe('bad-proof')
    }
    expect((await post(ask, hash, 'void', handBack(sealed, cards[5]!))).status).toBe(204)
    await ask(`/api/polls/${hash}/hall`)
    const attendance = { convened: 9, present: 9 }
    const stated = { date: '2026-12-05', attendance, members: null, histories: [[]], classified: null }
    expect(await organiser.put(`/polls/${sealed.poll}/statement`, stated)).toBeNull()
    await act(organiser, sealed, 'close', [0, 1], [4])
    await count(members.slice(1))
    await act(organiser, sealed, 'publish', [0])
    for (const path of ['', '/record']) expect((await ask(`/api/polls/${hash}${path}`)).status).toBe(200)
    await organiser.get(`/polls/${sealed.poll}/record`)
    const reader = { name: 'Thường trực', role: 'authority', polls: null, login: 'thuong-truc' } as const
    await handComments(ask, organiser, sealed, await personWith(office.ask, organiser, reader))
    await follow(ask, rules, secretary, sealed.poll)
    await ask('/api/account/logout', json({}, { cookie: organiser.cookie }))

    expect(storm.bad).toEqual([])
    const missed = [...storm.met].filter(([, { mutants, accepted }]) => mutants === 0 || accepted === 0)
    expect(missed.map(([name]) => name)).toEqual([])
  })

  it('leave nothing behind in memory', async () => {
    const known = storm.sent.flatMap(({ path, init }) =>
      [...`${path} ${JSON.stringify(init.headers ?? {})}`.matchAll(/[\w-]{20,}/g)].map(([handle]) => handle),
    )
    const before = await everything(office)
    const round = async (n: number, after: (sent: Sent) => void): Promise<number> => {
      for (let i = 0; i < n; i++) {
        const right = dice.one(storm.sent)
        const sent = i % 2 === 0 ? anyRequest(known, dice) : mutate(right, PROVEN.test(right.path), dice)
        await storm.send(sent)
        after(sent)
      }
      return heldBytes()
    }
    await round(MORE / 5, () => {})
    const [first, second] = [await round(MORE / 5, () => {}), await round((3 * MORE) / 5, () => {})]
    expect(storm.bad).toEqual([])
    expect(await everything(office)).toEqual(before)
    expect(second - first).toBeLessThan(GROWTH)

    // A server that kept what it was sent would be found out.
    const kept: unknown[] = []
    const third = await round(MORE / 5, ({ path, init }) =>
      kept.push([path, JSON.stringify(init.headers), bodyOf(init)]),
    )
    expect(third - second).toBeGreaterThan(GROWTH)
    expect(kept.length).toBe(MORE / 5)
  })

  it('are no bugs to be logged', () => {
    expect(office.logged).toEqual([])
  })
})

describe('a flood', () => {
  it('of what proves nothing waits, once there is much of it; what proves something waits for nobody', async () => {
    const pauses: number[] = []
    const office = openOffice({ lastCallMs: () => 0, pause: async ms => void pauses.push(ms) })
    const organiser = await firstOrganiser(office)
    const sealed = await sealPoll(office.ask, organiser, { cards: 3 })
    const before = phoneWith(sealed.manifest, sealed.cards[0]!).request
    const send = async (body: Uint8Array) => said(await post(office.ask, sealed.hash, 'redeem', body))
    for (let i = 0; i < 50; i++) expect(await send(secureRng(128))).toBe('unknown-card')
    expect(pauses).toEqual([])
    for (let i = 0; i < 3; i++) expect(await send(secureRng(128))).toBe('unknown-card')
    expect(pauses.length).toBe(3)
    await act(organiser, sealed, 'open', [0])
    expect(await send(before)).toBeInstanceOf(Uint8Array)
    expect(pauses.length).toBe(3)
    // A second later it is nobody's flood any more.
    office.wait(1000)
    expect(await send(secureRng(128))).toBe('unknown-card')
    expect(pauses.length).toBe(3)
    await office.close()
  })

  it('is asked to come back when too many wait already', async () => {
    let pauses = 0
    let release = () => {}
    const released = new Promise<void>(resolve => {
      release = resolve
    })
    const pause = () => {
      pauses++
      return released
    }
    const office = openOffice({ pause })
    const { hash } = await sealPoll(office.ask, await firstOrganiser(office), { cards: 3 })
    const answers = Array.from({ length: 600 }, async () =>
      said(await post(office.ask, hash, 'redeem', secureRng(128))),
    )
    await Promise.any(answers.map(async answer => ((await answer) === 'too-many' ? null : Promise.reject(new Error()))))
    release()
    expect((await Promise.all(answers)).filter(answer => answer === 'unknown-card').length).toBe(50 + pauses)
    expect((await Promise.all(answers)).filter(answer => answer === 'too-many').length).toBe(550 - pauses)
    expect(pauses).toBeGreaterThan(0)
    await office.close()
  })
})
