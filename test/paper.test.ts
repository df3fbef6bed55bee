/** A whole round on paper, through the doors of the real application. */
import { strFromU8, unzipSync } from 'fflate'
import { afterEach, describe, expect, it } from 'vitest'
import { ARCHIVE } from '../client/words/reports-archive.ts'
import { openSqlite } from '../server/db/sqlite.ts'
import { Polls } from '../server/polls.ts'
import { checkMinutes } from '../server/reports/arithmetic.ts'
import { factsOf } from '../server/reports/facts.ts'
import { contestsOf } from '../server/rules/contests.ts'
import { evaluate } from '../server/rules/evaluate.ts'
import type { Keying } from '../server/rules/keying.ts'
import { readOutcome } from '../server/rules/outcome.ts'
import { packHex, readPack } from '../server/rules/read.ts'
import { resume } from '../server/settling.ts'
import { findPoll, readMessages, readWholePolls } from '../server/store/polls.ts'
import type { DossierView } from '../server/wire/leader.ts'
import type { PollView } from '../server/wire.ts'
import {
  act as actByPhones,
  ask as askFor,
  count,
  firstOrganiser,
  json,
  type Office,
  type Organiser,
  openOffice,
  said,
  sealPoll,
  signAct,
  visitorWith,
  vote,
} from './office.ts'
import {
  act,
  type Counter,
  collectPaper,
  counterWith,
  keyingOf,
  type PaperPoll,
  paperDraft,
  printPaper,
  sealPaper,
  state,
} from './paper.ts'
import { MINUTES } from './papers.ts'
import { shipped } from './ruled.ts'

const PACK = shipped('tin-nhiem-96-QD-TW')
const RULED = paperDraft({ pack: packHex(PACK), convened: 50, date: '2026-12-05' })
const LINES = contestsOf(RULED, readPack(PACK))

/** 47 sheets of which one is invalid: 19, 2 and 24 marks, one line empty. */
const SPOILT = [{ reason: 'Phiếu gạch tên người đã in sẵn', count: 1 }]
const COUNT: Keying = keyingOf(LINES, { issued: 48, collected: 47 }, () => [19, 2, 24], SPOILT)

let office: Office
let organiser: Organiser
afterEach(() => office.close())

async function begin(draft = RULED): Promise<PaperPoll> {
  office = openOffice()
  organiser = await firstOrganiser(office)
  return printPaper(office.ask, organiser, draft)
}

/** The box is closed, 48 were there. */
async function collected(draft = RULED): Promise<PaperPoll> {
  const round = await begin(draft)
  await collectPaper(organiser, round, 48)
  return round
}

const viewOf = (poll: string) => organiser.get<PollView>(`/polls/${poll}`)
const dossierOf = (poll: string) => visitorWith(office.ask, organiser.cookie).get<DossierView>(`/leader/polls/${poll}`)

/** The words of a .docx, without its marks. */
const textIn = (docx: Uint8Array): string =>
  strFromU8(unzipSync(docx)['word/document.xml']!)
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/\s+/g, ' ')

const change = (line: Partial<Keying['lines'][number]>): Keying => ({
  ...COUNT,
  lines: [{ ...COUNT.lines[0]!, ...line }],
})

describe('a round on paper', () => {
  it('goes from a draft to a count that two people keyed alike, and its outcome is that of the rules', async () => {
    const round = await begin()
    const states = [(await viewOf(round.poll)).state]
    await state(organiser, round.poll, 48)
    await act(organiser, round, 'open')
    states.push((await viewOf(round.poll)).state)
    await act(organiser, round, 'close')
    const counting = await viewOf(round.poll)
    expect([...states, counting.state, counting.team!.paper!.counting]).toEqual(['printed', 'open', 'open', true])

    expect(await round.members[0]!.key(COUNT)).toBeNull()
    expect((await viewOf(round.poll)).state).toBe('open')
    expect(await round.members[2]!.key(COUNT)).toBeNull()

    const view = await viewOf(round.poll)
    expect(view.state).toBe('counted')
    const said = { format: 'phieukin/paper/v1', keyedBy: [1, 3], keyings: [1, 1], firstAgreed: true }
    expect(view.team!.paper!.count).toEqual({ ...said, ...COUNT })
    const byHand = evaluate(
      {
        date: '2026-12-05',
        attendance: { convened: 50, present: 48 },
        members: null,
        issued: 48,
        collected: 47,
        valid: 46,
        late: 0,
        team: RULED.members,
        hidden: 0,
        classified: null,
        subjects: [
          {
            name: '',
            position: 'Giám đốc Sở A',
            criterion: null,
            counts: new Map([
              ['cao', 19],
              ['tin-nhiem', 2],
              ['thap', 24],
            ]),
            history: [],
          },
        ],
      },
      [{ text: PACK }],
    )
    const { outcome, statement } = readOutcome(view.outcome!)
    expect(outcome.packs[0]).toEqual(byHand.packs[0])
    expect(statement.attendance).toEqual({ convened: 50, present: 48 })
    // 24 of 47 collected, not of 46 valid.
    expect(outcome.packs[0]!.subjects[0]!.findings[0]).toMatchObject({
      numerator: 24,
      denominator: 47,
      base: 'collected',
    })
  })

  it('has no outcome without rules, and counts all the same', async () => {
    const draft = paperDraft({ template: 'free', options: ['A', 'B', 'C'], max: 2, convened: 50 })
    const round = await collected(draft)
    const lines = [{ counts: [20, 15, 5], empty: 10 }]
    const keying = { ...COUNT, collected: 40, invalid: [], lines }
    expect(await round.members[0]!.key(keying)).toBeNull()
    expect(await round.members[1]!.key(keying)).toBeNull()
    const view = await viewOf(round.poll)
    expect([view.state, view.outcome, view.team!.paper!.count?.lines]).toEqual(['counted', null, lines])
  })

  it.each([
    ['what the rules need', RULED],
    ['who came, where no rules ask', paperDraft({ convened: 50 })],
  ])('is not closed before it was stated %s', async (_, draft) => {
    const round = await begin(draft)
    await act(organiser, round, 'open')
    expect(await askFor(organiser, round.poll, 'close')).toBe('needs-statement')
    await state(organiser, round.poll, 48)
    expect(await askFor(organiser, round.poll, 'close')).toBeNull()
  })

  it('lets the statement be mended while the box takes sheets, and not once it is closed', async () => {
    const round = await begin()
    await state(organiser, round.poll, 48)
    await act(organiser, round, 'open')
    await state(organiser, round.poll, 49)
    await act(organiser, round, 'close')
    await expect(state(organiser, round.poll, 48)).rejects.toThrow('wrong-state')
    expect(await round.members[0]!.key(COUNT)).toBeNull()
    await expect(state(organiser, round.poll, 48)).rejects.toThrow('wrong-state')
    expect((await viewOf(round.poll)).stated!.attendance.present).toBe(49)
  })

  it('keeps its draft once it is sealed, and goes back to it before it is open', async () => {
    const round = await begin()
    const draft = { version: 2, draft: { ...RULED, title: 'Khác' } }
    expect(await organiser.put(`/polls/${round.poll}/draft`, draft)).toBe('wrong-state')
    const { links } = await viewOf(round.poll)
    expect(await organiser.post(`/polls/${round.poll}/restart`)).toBeNull()
    expect((await viewOf(round.poll)).state).toBe('draft')
    expect(await organiser.put(`/polls/${round.poll}/draft`, draft)).toEqual({ version: 3 })
    expect(await organiser.post(`/polls/${round.poll}/seal`)).toBeNull()
    // Members keep their links.
    expect((await viewOf(round.poll)).links).toEqual(links)
    await state(organiser, round.poll, 48)
    // Their places are to be taken anew.
    expect((await viewOf(round.poll)).team!.paper!.claimed).toEqual([false, false, false])
    for (const member of round.members) expect(await member.claim()).toBeNull()
    expect(await askFor(organiser, round.poll, 'open')).toBeNull()
    expect(await round.members[1]!.confirm('open')).toBeNull()
    expect(await organiser.post(`/polls/${round.poll}/restart`)).toBe('wrong-state')
  })

  it('does nothing that was not asked for, and takes back what was', async () => {
    const round = await begin()
    expect(await round.members[0]!.confirm('open')).toBe('not-asked')
    await askFor(organiser, round.poll, 'open')
    expect(await organiser.post(`/polls/${round.poll}/withdraw`)).toBeNull()
    expect(await round.members[0]!.confirm('open')).toBe('not-asked')
    expect((await viewOf(round.poll)).state).toBe('printed')
    await act(organiser, round, 'open')
    expect((await viewOf(round.poll)).state).toBe('open')
  })

  it('is void with a reason once a member confirms it, while it is counted too', async () => {
    const round = await collected()
    await round.members[0]!.key(COUNT)
    expect(await askFor(organiser, round.poll, 'close')).toBe('wrong-state')
    await askFor(organiser, round.poll, 'void')
    expect(await organiser.post(`/polls/${round.poll}/withdraw`)).toBeNull()
    await act(organiser, round, 'void')
    const view = await viewOf(round.poll)
    expect([view.state, view.voidReason]).toEqual(['void', 'Sai trình tự'])
    expect(await round.members[1]!.key(COUNT)).toBe('wrong-state')
  })

  it('has nothing to publish', async () => {
    const round = await collected()
    await round.members[0]!.key(COUNT)
    await round.members[1]!.key(COUNT)
    expect(await askFor(organiser, round.poll, 'publish')).toBe('wrong-state')
  })

  it('takes no keying before the box is closed, nor of another ballot', async () => {
    const round = await begin()
    expect(await round.members[0]!.key(COUNT)).toBe('wrong-state')
    await state(organiser, round.poll, 48)
    await act(organiser, round, 'open')
    expect(await round.members[0]!.key(COUNT)).toBe('wrong-state')
    await act(organiser, round, 'close')
    const other = { ...COUNT, lines: [...COUNT.lines, ...COUNT.lines] }
    expect(await round.members[0]!.keyed(other)).toEqual({ refused: 'bad-request', where: 'lines' })
    expect(await round.members[0]!.key(COUNT)).toBeNull()
  })
})

describe('a place on the counting team', () => {
  const SCRIBBLE = keyingOf(LINES, { issued: 48, collected: 48 }, () => [48, 0, 0])
  /** Whoever has the links has other phones than the members. */
  async function outsiders({ poll }: PaperPoll): Promise<readonly Counter[]> {
    const { links } = await viewOf(poll)
    return links.map((secret, i) => counterWith(office.ask, poll, i + 1, secret))
  }

  it('is of the phone that took it first: with the links alone the organiser does nothing and reads nothing', async () => {
    const round = await collected()
    expect(await round.members[0]!.key(COUNT)).toBeNull()
    for (const [i, stranger] of (await outsiders(round)).entries()) {
      expect(await stranger.claim()).toBe('other-device')
      expect(await stranger.key(SCRIBBLE)).toBe('other-device')
      const { paper } = await stranger.view()
      expect(paper).toMatchObject({ own: false, mine: null, differences: [], keyed: [true, false, false] })
      expect((await round.members[i]!.view()).paper!.own).toBe(true)
    }
    expect((await round.members[0]!.view()).paper!.mine).toMatchObject(COUNT)
    await askFor(organiser, round.poll, 'void')
    for (const stranger of await outsiders(round)) expect(await stranger.confirm('void')).toBe('other-device')
    expect((await viewOf(round.poll)).state).toBe('open')
    expect(await round.members[1]!.confirm('void')).toBeNull()
    expect((await viewOf(round.poll)).state).toBe('void')
  })

  it('is asked for by name of the secret: without one, or with another’s, nothing is confirmed', async () => {
    const round = await begin()
    await askFor(organiser, round.poll, 'open')
    const { links } = await viewOf(round.poll)
    const opening = { action: 'open', handedOut: [], signature: '' }
    const bare = await office.ask(
      `/api/members/${round.poll}/1/act`,
      json(opening, { authorization: `Bearer ${links[0]}` }),
    )
    expect(await said(bare)).toBe('other-device')
    for (const device of ['', 'A'.repeat(43), 'A'])
      expect(await round.members[0]!.post('/act', { ...opening, device })).toBe('other-device')
    expect((await viewOf(round.poll)).state).toBe('printed')
    expect(await round.members[0]!.confirm('open')).toBeNull()
  })

  it('is taken once, seen by everybody, and two are taken before the round opens', async () => {
    office = openOffice()
    organiser = await firstOrganiser(office)
    const round = await sealPaper(office.ask, organiser, RULED)
    const [first, second] = round.members
    const ask = () => askFor(organiser, round.poll, 'open')
    expect(await ask()).toBe('wrong-state')
    for (const answer of [await first!.claim(), await first!.claim()]) expect(answer).toBeNull()
    expect(await ask()).toBe('wrong-state')
    expect(await second!.claim()).toBeNull()
    expect(await first!.post('/claim', { device: 'AAAA' })).toBe('bad-request')
    for (const { paper } of [(await viewOf(round.poll)).team!, await round.members[2]!.view()])
      expect(paper!.claimed).toEqual([true, true, false])
    expect(await ask()).toBeNull()
    // Who has no place confirms nothing.
    expect(await round.members[2]!.confirm('open')).toBe('other-device')
    expect(await first!.confirm('open')).toBeNull()
  })

  it('is not there in a draft, nor in a round by phones', async () => {
    const round = await begin()
    expect(await organiser.post(`/polls/${round.poll}/restart`)).toBeNull()
    expect(await round.members[0]!.claim()).toBe('wrong-state')
    expect(await organiser.post(`/polls/${round.poll}/seal`)).toBeNull()
    expect(await round.members[0]!.claim()).toBeNull()
    const { poll } = (await organiser.post('/polls', { rehearsal: false, follows: null })) as { poll: string }
    await organiser.put(`/polls/${poll}/draft`, { version: 1, draft: { ...RULED, medium: 'phones' } })
    expect(await organiser.post(`/polls/${poll}/seal`)).toBeNull()
    const phone = counterWith(office.ask, poll, 1, (await viewOf(poll)).links[0]!)
    expect(await phone.claim()).toBe('wrong-state')
  })
})

describe('two people who count', () => {
  it('cannot key nonsense to read the other’s numbers, and what was keyed first stays on file', async () => {
    const round = await collected()
    const [first, second] = round.members
    await first!.key(COUNT)
    const nonsense = keyingOf(LINES, { issued: 48, collected: 48 }, () => [48, 0, 0])
    for (const keying of [nonsense, nonsense, change({ counts: [18, 3, 24] })])
      expect(await second!.key(keying)).toBeNull()
    const seen = (await second!.view()).paper!
    for (const { differences } of seen.differences)
      for (const one of differences) expect(Object.keys(one)).toEqual(['line', 'what'])
    await second!.key(COUNT)
    const { team } = await viewOf(round.poll)
    // The same once more is no further keying.
    expect(team!.paper!.count).toMatchObject({ keyedBy: [1, 2], keyings: [1, 3], firstAgreed: false })
    const minutes = await office.ask(`/api/leader/polls/${round.poll}/forms/minutes/docx?profile=state`, {
      headers: { cookie: organiser.cookie },
    })
    const words = textIn(new Uint8Array(await minutes.arrayBuffer()))
    expect(words).toContain('khớp sau khi xem lại phiếu, lần lượt nhập 1 và 3 lần')
    expect(words).not.toContain('khớp ngay lần đầu')
  })

  it('are shown where they differ, on both sides, and nothing counts before they agree', async () => {
    const round = await collected()
    const [first, second] = round.members
    const other = { ...change({ counts: [18, 3, 24] }), exchanged: 2 }
    await first!.key(COUNT)
    await second!.key(other)
    const mine = (await first!.view()).paper!
    const theirs = (await second!.view()).paper!
    expect(mine.count).toBeNull()
    expect(mine.differences).toEqual([
      {
        with: 2,
        differences: [
          { line: null, what: 'exchanged' },
          { line: 0, what: 0 },
          { line: 0, what: 1 },
        ],
      },
    ])
    expect(theirs.differences).toEqual([{ ...mine.differences[0]!, with: 1 }])
    expect((await viewOf(round.poll)).state).toBe('open')
    // Counted once more.
    expect(await second!.key(COUNT)).toBeNull()
    expect((await viewOf(round.poll)).state).toBe('counted')
    expect((await first!.view()).paper!.count).toMatchObject(COUNT)
  })

  it('see nothing of one another before they have keyed, and the organiser sees no number at all', async () => {
    const round = await collected()
    await round.members[0]!.key(COUNT)
    const blind = JSON.stringify((await round.members[1]!.view()).paper)
    expect((await round.members[1]!.view()).paper).toMatchObject({
      keyed: [true, false, false],
      mine: null,
      differences: [],
      count: null,
    })
    expect(blind).not.toContain('"counts"')
    expect(blind).not.toContain('19')
    await round.members[1]!.key(change({ counts: [18, 3, 24] }))
    // Where, and still not what.
    const after = (await round.members[1]!.view()).paper!
    expect(after.differences[0]!.differences).toHaveLength(2)
    expect(JSON.stringify({ ...after, contests: [] })).not.toContain('19')
    expect(JSON.stringify({ ...(await round.members[0]!.view()).paper!, contests: [] })).toContain('19')
    const watching = (await viewOf(round.poll)).team!.paper!
    expect(watching).toMatchObject({ keyed: [true, true, false], mine: null, differences: [], count: null })
    expect(JSON.stringify(watching)).not.toContain('"counts"')
  })

  it('may be any two of three', async () => {
    const round = await collected()
    await round.members[0]!.key(change({ counts: [20, 1, 24] }))
    await round.members[1]!.key(COUNT)
    expect((await round.members[1]!.view()).paper!.differences).toHaveLength(1)
    await round.members[2]!.key(COUNT)
    expect((await viewOf(round.poll)).team!.paper!.count!.keyedBy).toEqual([2, 3])
  })

  it('mean the same reason however it is spelt, and differ by reasons that are others', async () => {
    const round = await collected()
    const because = (reason: string) => ({ ...COUNT, invalid: [{ reason, count: 1 }] })
    await round.members[0]!.key(because('Phiếu huỷ'))
    await round.members[1]!.key(because('Phiếu trắng'))
    expect((await round.members[0]!.view()).paper!.differences[0]!.differences).toEqual([
      { line: null, what: 'invalid/Phiếu trắng' },
      { line: null, what: 'invalid/Phiếu huỷ' },
    ])
    await round.members[1]!.key(because(' phiếu  hủy '))
    expect((await viewOf(round.poll)).state).toBe('counted')
  })

  it('say the same again without harm, after the count too, and nothing else then', async () => {
    const round = await collected()
    for (const member of [0, 0, 1, 0, 1]) expect(await round.members[member]!.key(COUNT)).toBeNull()
    expect(await round.members[0]!.key(change({ counts: [18, 3, 24] }))).toBe('wrong-state')
    expect(await round.members[2]!.key(COUNT)).toBe('wrong-state')
  })

  it('have counted although the server stopped between the second keying and the count', async () => {
    const round = await collected()
    const { db, deps } = office
    await round.members[0]!.key(COUNT)
    await round.members[1]!.key(change({ counts: [18, 3, 24] }))
    const { id } = await db.read.selectFrom('poll').select('id').executeTakeFirstOrThrow()
    const body = (await readMessages(db, id)).find(({ step, sender }) => step === 'keying' && sender === 1)!.body
    // The second keying is stored, and what follows from it is not.
    await db.write([db.read.updateTable('message').set({ body }).where('step', '=', 'keying').where('sender', '=', 2)])
    const found = await findPoll(db, id)
    expect(found).toMatchObject({ state: 'open' })
    // As at a start.
    const databases = openSqlite(office.file)
    const started = { ...deps, databases, directory: databases.directory, polls: new Polls(databases) }
    expect(await resume({ ...started, db: databases.of(id) }, found!)).toMatchObject({ state: 'counted' })
    await databases.close()
    const view = await viewOf(round.poll)
    expect([view.state, view.outcome === null, view.team!.paper!.count?.keyedBy]).toEqual(['counted', false, [1, 2]])
  })

  it('are two, however often one of them keys at once', async () => {
    const round = await collected()
    const answers = await Promise.all(Array.from({ length: 6 }, (_, i) => round.members[i % 2]!.key(COUNT)))
    expect(answers.every(answer => answer === null || answer === 'wrong-state')).toBe(true)
    const { state: now, team } = await viewOf(round.poll)
    expect([now, team!.paper!.count!.keyedBy]).toEqual(['counted', [1, 2]])
  })
})

describe('numbers that cannot be', () => {
  /** One change that makes them impossible, and one beside it that does not. */
  const IMPOSSIBLE: readonly (readonly [rule: string, where: string, bad: Partial<Keying>, good: Partial<Keying>])[] = [
    ['fewer printed than handed out and exchanged', 'printed', { printed: 48 }, { printed: 49 }],
    ['more handed out than people who came', 'issued', { issued: 49 }, { issued: 48 }],
    ['more collected than handed out', 'collected', { issued: 46 }, { issued: 47 }],
    [
      'more invalid than collected',
      'invalid',
      { invalid: [{ reason: 'Phiếu trắng', count: 48 }] },
      { invalid: [{ reason: 'Phiếu trắng', count: 47 }], lines: [{ counts: [0, 0, 0], empty: 0 }] },
    ],
    [
      'a line with more marks than valid sheets',
      'lines[0]',
      { lines: [{ counts: [19, 3, 24], empty: 1 }] },
      { lines: [{ counts: [19, 3, 24], empty: 0 }] },
    ],
    [
      'a line on which sheets are missing',
      'lines[0]',
      { lines: [{ counts: [19, 2, 23], empty: 1 }] },
      { lines: [{ counts: [19, 2, 23], empty: 2 }] },
    ],
  ]

  it.each(IMPOSSIBLE)('are refused where there are %s', async (_, where, bad, good) => {
    const round = await collected()
    expect(await round.members[0]!.keyed({ ...COUNT, ...bad })).toEqual({ refused: 'bad-count', where })
    expect((await round.members[0]!.view()).paper!.mine).toBeNull()
    expect(await round.members[0]!.keyed({ ...COUNT, ...good })).toBeNull()
  })

  it('are refused of a line with several marks', async () => {
    const round = await collected(paperDraft({ template: 'free', options: ['A', 'B', 'C'], max: 2, convened: 50 }))
    const keyed = (counts: readonly number[], empty: number) =>
      round.members[0]!.keyed({ ...COUNT, collected: 40, invalid: [], lines: [{ counts, empty }] })
    const refused = { refused: 'bad-count', where: 'lines[0]' }
    expect(await keyed([31, 10, 0], 10)).toEqual(refused)
    expect(await keyed([30, 30, 1], 10)).toEqual(refused)
    expect(await keyed([10, 10, 9], 10)).toEqual(refused)
    expect(await keyed([30, 29, 1], 10)).toBeNull()
    expect(await keyed([10, 10, 10], 10)).toBeNull()
  })

  it('are refused for a reason that stands there twice, or that says nothing', async () => {
    const round = await collected()
    const because = (...reasons: readonly string[]) =>
      round.members[0]!.keyed({ ...COUNT, invalid: reasons.map(reason => ({ reason, count: 1 })) })
    expect(await because('Phiếu trắng', 'phiếu  trắng')).toEqual({ refused: 'bad-request', where: 'invalid' })
    expect(await because('  ')).toMatchObject({ refused: 'bad-request' })
    expect(await because('Phiếu trắng')).toBeNull()
  })

  it.each([
    [47, { refused: 'bad-count', where: 'issued' }],
    [48, null],
  ])('are held to who came where no rules ask: %i', async (present, answer) => {
    const round = await begin(paperDraft({ convened: 48 }))
    await collectPaper(organiser, round, present)
    expect(await round.members[0]!.keyed(COUNT)).toEqual(answer)
  })
})

describe('what follows a count on paper', () => {
  async function counted(draft = RULED): Promise<PaperPoll> {
    const round = await collected(draft)
    await round.members[0]!.key(COUNT)
    await round.members[1]!.key(COUNT)
    return round
  }
  const visitor = () => visitorWith(office.ask, organiser.cookie)
  const factsIn = async () => factsOf(office.at, (await readWholePolls(office.db))[0]!)
  const fileAt = async (path: string): Promise<Uint8Array> => {
    const response = await office.ask(`/api/leader${path}`, { headers: { cookie: organiser.cookie } })
    expect(response.status).toBe(200)
    return new Uint8Array(await response.arrayBuffer())
  }

  it('is a dossier that shows the count in place of a record', async () => {
    const { poll } = await counted()
    const dossier = await dossierOf(poll)
    expect(dossier).toMatchObject({ manifestHash: '', manifest: '', closing: null, result: null, printed: 53 })
    expect(dossier.paper).toMatchObject({ team: RULED.members, count: COUNT })
    expect(dossier.paper!.contests.map(({ id }) => id)).toEqual(['s1'])
    expect(dossier.minutes.facts).toMatchObject({ unused: 4, exchanged: 1 })
    expect(readOutcome(dossier.outcome!).outcome.packs[0]!.blocked).toBeNull()
  })

  it('are minutes that add up, sheet by sheet and line by line', async () => {
    const { poll } = await counted()
    const facts = await factsIn()
    expect(checkMinutes(facts)).toEqual([])
    expect(facts.count).toMatchObject({ issued: 48, collected: 47, valid: 46, invalid: 1, reasons: SPOILT, hidden: 0 })
    const { score } = facts.lines[0]!
    expect([score!.marks, score!.unmarked, score!.ballots]).toEqual([45, 1, 46])
    const words = textIn(await fileAt(`/polls/${poll}/forms/minutes/docx?profile=state`))
    for (const said of [
      '53 đã in = 48 phát ra + 4 không dùng đến + 1 đổi, trả lại',
      SPOILT[0]!.reason,
      '40,43', // 19 of 47 collected
      '51,06', // 24 of 47
      'Hai người nhập khớp ngay lần đầu.',
    ])
      expect(words).toContain(said)
    // No code that nobody could check.
    expect(words).not.toMatch(/SHA-256|\/verify|mã đóng hòm/)
  })

  it('are minutes that cannot be saved with other numbers of sheets', async () => {
    const { poll } = await counted()
    const save = (change: object) =>
      visitor().put(`/leader/polls/${poll}/minutes`, {
        version: 0,
        facts: { ...MINUTES, unused: 4, exchanged: 1, ...change },
      })
    expect(await save({ unused: 5 })).toBe('bad-minutes')
    expect(await save({})).toEqual({ version: 1 })
  })

  it('is an archive without a record, which says so', async () => {
    const { poll } = await counted()
    const files = unzipSync(await fileAt(`/polls/${poll}/archive`))
    const names = Object.keys(files)
    expect(names).toEqual(expect.arrayContaining(['count.json', 'outcome.json', 'minutes.docx', 'SHA256SUMS']))
    for (const absent of ['record.ndjson', 'manifest.json', 'closing.json', 'verifier.html'])
      expect(names).not.toContain(absent)
    const { lines, team, count } = JSON.parse(strFromU8(files['count.json']!))
    const times = { keyings: [1, 1], firstAgreed: true }
    expect([lines, team, count]).toEqual([LINES, RULED.members, expect.objectContaining({ ...COUNT, ...times })])
    const readme = strFromU8(files['DOC-TRUOC.txt']!).replaceAll(/\s+/g, ' ')
    for (const language of ['vi', 'en'] as const) {
      expect(readme).toContain(ARCHIVE[language].onPaper)
      expect(readme).toContain(ARCHIVE[language].paperSteps[0]!)
      expect(readme).not.toContain(ARCHIVE[language].steps[0]!)
    }
  })

  it('is compared with rounds by phones and on paper that offered the same options', async () => {
    const { poll } = await counted()
    const draft = {
      ...RULED,
      medium: 'phones' as const,
      convened: 3,
      members: ['Tổ trưởng', 'Tổ viên 1'],
      threshold: 2,
    }
    const sealed = await sealPoll(office.ask, organiser, { draft, cards: 4 })
    const statement = {
      date: '2026-12-05',
      attendance: { convened: 3, present: 3 },
      members: null,
      histories: [[]],
      classified: null,
    }
    expect(await organiser.put(`/polls/${sealed.poll}/statement`, statement)).toBeNull()
    await actByPhones(organiser, sealed, 'open', [0])
    for (const card of sealed.cards.slice(0, 3)) await vote(office.ask, sealed, card, [[2]])
    expect(await askFor(organiser, sealed.poll, 'close')).toBeNull()
    office.wait(120_000)
    for (const member of sealed.members) expect(await signAct(member, 'close', [3])).toBeNull()
    await count(sealed.members)
    expect((await viewOf(sealed.poll)).state).toBe('counted')

    const beside = (await dossierOf(sealed.poll)).others
    expect(beside.map(one => [one.poll, one.manifest, one.result])).toEqual([[poll, '', '']])
    expect(beside[0]!.paper!.count).toMatchObject(COUNT)
    const others = (await dossierOf(poll)).others
    expect(others.map(one => [one.poll, one.paper, one.manifest === ''])).toEqual([[sealed.poll, null, false]])
  }, 60_000)
})
