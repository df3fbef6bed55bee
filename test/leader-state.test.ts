/** The leader's page without a browser: where links lead, who gets in, what is typed, how far a file is. */
import { describe, expect, it } from 'vitest'
import type { Answer } from '../client/api.ts'
import {
  type Beside,
  comingBack,
  equivalents,
  linesBeside,
  otherTimes,
  wordsOfPosition,
} from '../client/leader/compare.ts'
import { dayIn } from '../client/leader/days.ts'
import { type Facts, factsOf } from '../client/leader/dossier.ts'
import { bodyOf, type EntryForm, type EntryKind, FIELDS, missingOf, newEntry } from '../client/leader/entry.ts'
import { fileOf, type Stage } from '../client/leader/follow.ts'
import { may } from '../client/leader/may.ts'
import { equationsOf, formOf, sentOf } from '../client/leader/minutes.ts'
import { enterPoll, type PollState, stepPoll } from '../client/leader/poll.ts'
import { linkTo, type Part, routeOf } from '../client/leader/route.ts'
import { matching } from '../client/leader/screens/doors.tsx'
import { subjectsMatching } from '../client/leader/screens/overview.tsx'
import { type Event, enter, type State, step } from '../client/leader/state.ts'
import { calledOf, piecesOf } from '../client/lines.ts'
import { invitationIn, newLogin } from '../client/login.tsx'
import { HANDLING } from '../client/words/leader/follow.ts'
import { WORDS } from '../client/words/leader.ts'
import { parseJson } from '../crypto/json.ts'
import { readEntry } from '../server/entries.ts'
import { readMinutes } from '../server/minutes.ts'
import { may as mayAtServer } from '../server/people.ts'
import type { Line } from '../server/rules/scores.ts'
import type { PollRow } from '../server/store/polls.ts'
import type { DossierView, EntryBody, EntryView, Me, OtherRound, Role } from '../server/wire/leader.ts'
import { draftFor } from './office.ts'
import { MINUTES } from './papers.ts'
import { type RuledPoll, ruledPoll } from './ruled.ts'

const POLL = 'A'.repeat(22)
const ROLES: readonly Role[] = ['organiser', 'secretary', 'authority', 'auditor']
const ME: Me = { person: POLL, name: 'Thư ký', login: 'thu-ky', role: 'secretary' }

// ── a dossier as the server would show it ───────────────────────────────────────────────────────────────────────

const ruled: RuledPoll = await ruledPoll()
const result = JSON.parse(ruled.record.split('\n').find(line => line.startsWith('{"type":"result"'))!).text as string
const VIEW: DossierView = {
  poll: {
    poll: POLL,
    title: 'Lấy phiếu tín nhiệm đối với Giám đốc Sở A',
    unit: 'Sở A',
    period: 'Năm 2026',
    date: '2026-12-05',
    state: 'counted',
    medium: 'phones',
    rehearsal: false,
    overdue: 0,
  },
  role: 'secretary',
  unit: 'Sở A',
  basis: '',
  manifestHash: '',
  published: false,
  disclosure: 'authority',
  manifest: ruled.manifest,
  closing: ruled.closing,
  result,
  outcome: ruled.outcome,
  stated: {
    date: '2026-12-05',
    attendance: { convened: 15, present: 13 },
    members: 15,
    histories: [[]],
    classified: null,
  },
  others: [],
  entries: [],
  minutes: { version: 1, facts: { ...MINUTES, unused: 2, exchanged: 0 }, sealed: false },
  scans: [],
  stamp: '',
  copies: [],
  absent: [{ reason: 'ốm', count: 2 }],
  printed: 15,
  paper: null,
  comments: false,
}
const PACKS = ruled.packs.map(({ text }) => text)
const facts: Facts = factsOf(VIEW, PACKS)!

describe('a link into the page', () => {
  const rows: Readonly<Record<string, Part>> = {
    [`#${POLL}`]: { at: 'poll' },
    [`#${POLL}/1`]: { at: 'subject', subject: 0 },
    [`#${POLL}/12/theo-doi`]: { at: 'follow', subject: 11 },
    [`#${POLL}/ho-so`]: { at: 'file' },
    [`#${POLL}/giay-to`]: { at: 'papers' },
  }
  it.each(Object.entries(rows))('%s leads there and back', (link, part) => {
    expect(routeOf(link)).toEqual({ to: 'poll', poll: POLL, part })
    expect(linkTo(POLL, part)).toBe(link)
  })

  it.each(['', '#polls', `#${POLL.slice(1)}`, `#${POLL}/khac`, `#${POLL}/1/khac`])('%s leads to the list', link => {
    expect(routeOf(link)).toEqual({ to: 'list' })
  })

  it('is an invitation only with all of its 22 characters', () => {
    expect(routeOf(`#moi.${POLL}`)).toEqual({ to: 'invited', invitation: POLL })
    expect(invitationIn(`#moi.${POLL}`)).toBe(POLL)
    expect(invitationIn(`#moi.${POLL.slice(1)}`)).toBeNull()
    expect(routeOf(`#moi.${POLL.slice(1)}`)).toEqual({ to: 'list' })
  })
})

describe('getting in', () => {
  const ok: Answer<null> = { ok: null }
  const following = (from: State, ...events: readonly Event[]): State => events.reduce(step, from)
  const invited = enter(routeOf(`#moi.${POLL}`), 'vi')

  it('takes a login and the same long password twice', () => {
    expect(newLogin(' thu-ky ', 'mật khẩu dài', 'mật khẩu dài')).toEqual({ login: 'thu-ky', password: 'mật khẩu dài' })
    expect(newLogin('thu-ky', 'mật khẩu dài', 'mật khẩu dàj')).toBe('not-same')
    expect(newLogin('thu-ky', 'mật khẩu', 'mật khẩu')).toBe('weak-password')
  })

  it('by an invitation tells which role it gave before anything else is shown', () => {
    const typed: Event = { type: 'accept', login: 'thu-ky', password: 'mật khẩu dài', again: 'mật khẩu dài' }
    const welcome = following(invited, typed, { type: 'passed', answer: ok }, { type: 'arrived', answer: { ok: ME } })
    expect(welcome).toMatchObject({ at: 'welcome', me: ME })
    expect(following(welcome, { type: 'enter' })).toMatchObject({ at: 'list', me: ME, polls: null })
  })

  it('stays at the invitation with what is wrong, and forgets the password', () => {
    const refused: Event = { type: 'passed', answer: { refused: 'taken-name' } }
    const typed: Event = { type: 'accept', login: 'to-chuc', password: 'mật khẩu dài', again: 'mật khẩu dài' }
    expect(following(invited, typed, refused)).toMatchObject({ at: 'invited', typed: null, why: 'taken-name' })
  })

  it('by password goes where the link meant', () => {
    const aimed = enter(routeOf(`#${POLL}/giay-to`), 'vi')
    const asked = following(aimed, { type: 'arrived', answer: { refused: 'needs-login' } })
    expect(asked.at).toBe('logging-in')
    const inside = following(
      asked,
      { type: 'log-in', login: 'thu-ky', password: 'mật khẩu dài' },
      { type: 'passed', answer: ok },
      { type: 'arrived', answer: { ok: ME } },
    )
    expect(inside).toMatchObject({ at: 'poll', poll: POLL, part: { at: 'papers' } })
  })

  const inside = enterPoll(POLL, { at: 'file' }, ME, 'vi')
  const viewed = (refused: 'needs-login' | 'not-yours' | 'offline'): Event => ({
    type: 'viewed',
    poll: POLL,
    today: '2026-12-10',
    answer: { refused },
  })
  it('is asked for again where the session ended, and comes back to the same part', () => {
    expect(step(inside, viewed('needs-login'))).toMatchObject({
      at: 'logging-in',
      aim: { to: 'poll', poll: POLL, part: { at: 'file' } },
    })
  })
  it('ends at the list where the poll was taken from the account, but not where the line is down', () => {
    expect(step(inside, viewed('not-yours')).at).toBe('list')
    expect(step(inside, viewed('offline'))).toMatchObject({ at: 'poll', lost: true })
  })
})

describe('the list of polls', () => {
  const polls = [
    { ...VIEW.poll, unit: 'Uỷ ban nhân dân tỉnh B', title: 'Lấy phiếu đánh giá', period: 'Năm 2025' },
    { ...VIEW.poll, unit: 'Sở Hoà giải', title: 'Lấy phiếu tín nhiệm', period: 'Quý I' },
  ]
  const found = (search: string) => matching(polls, search).map(({ unit }) => unit)

  it('finds old and new spellings alike, in capitals or not', () => {
    expect(found('ủy ban')).toEqual(['Uỷ ban nhân dân tỉnh B'])
    expect(found('UỶ BAN')).toEqual(found('ủy ban'))
    expect(found('hòa')).toEqual(['Sở Hoà giải'])
  })
  it('finds by several words of title, unit and period together, and everything by nothing', () => {
    expect(found('2025 đánh giá')).toEqual(['Uỷ ban nhân dân tỉnh B'])
    expect(found('2025 tín nhiệm')).toEqual([])
    expect(found('')).toHaveLength(2)
  })
})

describe('what a dossier’s texts say', () => {
  it('is who was judged, how many ballots, and what every pack says', () => {
    expect(facts.subjects.map(calledOf)).toEqual(['Giám đốc Sở A'])
    expect(facts.subjects[0]!.lines[0]).toMatchObject({ at: 0, score: { counts: [3, 1, 8], ballots: 12 } })
    expect(facts.counted).toMatchObject({ issued: 13, collected: 12 })
    expect(facts.judged!.outcome.packs.map(({ pack }) => pack)).toEqual(ruled.packs.map(({ id }) => id))
    expect(facts.team).toEqual(['Tổ viên 1', 'Tổ viên 2', 'Tổ viên 3'])
  })
  it('is nothing before there is a manifest, and no counts before the count', () => {
    expect(factsOf({ ...VIEW, manifest: '' }, PACKS)).toBeNull()
    const early = factsOf({ ...VIEW, closing: null, result: null, outcome: null }, PACKS)!
    expect([early.counted, early.judged, early.subjects[0]!.lines[0]!.score]).toEqual([null, null, null])
  })
  it('is the same of a round on paper, where nothing of the protocol stands', () => {
    const { lines } = facts.subjects[0]!
    const contest = {
      ...({ id: 's1', title: 'Giám đốc Sở A', min: 0, max: 1, criterion: null, kind: 'main', ruled: true } as const),
      options: lines[0]!.options.map(({ id, label }) => ({ id, label })),
      subject: { name: '', position: 'Giám đốc Sở A' },
    }
    const keyed = {
      ...{ printed: 15, issued: 13, exchanged: 0, collected: 12 },
      invalid: [{ reason: 'Đánh dấu hai mức', count: 1 }],
      lines: [{ counts: [3, 1, 6], empty: 1 }],
    }
    const paper = { contests: [contest], team: ['Tổ viên 1', 'Tổ viên 2'], count: null }
    const texts = { ...VIEW, manifest: '', closing: null, result: null }
    const before = factsOf({ ...texts, outcome: null, paper }, PACKS)!
    expect([before.counted, before.subjects[0]!.lines[0]!.score]).toEqual([null, null])
    const count = {
      ...keyed,
      format: 'phieukin/paper/v1',
      keyedBy: [1, 2],
      keyings: [1, 1],
      firstAgreed: true,
    } as const
    const after = factsOf({ ...texts, paper: { ...paper, count } }, PACKS)!
    expect(after).toMatchObject({
      ...{ title: VIEW.poll.title, manifestCode: '', team: paper.team, unions: [] },
      counted: { code: '', issued: 13, collected: 12, invalid: 1 },
    })
    expect(after.subjects.map(calledOf)).toEqual(facts.subjects.map(calledOf))
    expect(after.subjects[0]!.lines[0]!.score).toMatchObject({ ballots: 11, counts: [3, 1, 6], unmarked: 1 })
    expect(after.judged!.outcome.packs).toHaveLength(PACKS.length)
  })
  it('is no count where the result belongs to another closing', () => {
    const other = result.replace(/"closingHash":"..../, '"closingHash":"AAAA')
    expect(factsOf({ ...VIEW, result: other }, PACKS)!.counted).toBeNull()
  })
})

// ── what may be pressed ─────────────────────────────────────────────────────────────────────────────────────────

describe('what a role may press', () => {
  const row = { id: new Uint8Array(16), state: 'counted', published: 0, stamp: '' } as PollRow
  const person = (role: Role) => ({ id: new Uint8Array(16), name: 'Người khác', login: 'khac', role, polls: null })
  it.each(ROLES)('%s: what the server allows, and nothing else', role => {
    for (const act of ['write', 'decide', 'stamp'] as const)
      expect(may(role, act), act).toBe(mayAtServer(person(role), act, row, draftFor()))
  })
})

// ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────

const WHOLE: Partial<EntryForm> = {
  text: ' Xem xét theo quy định. ',
  authority: 'Thường trực cấp ủy',
  number: '12-QĐ/TU',
  handling: HANDLING[1]!.vi,
  limits: 'Chậm trả lời kiến nghị.',
  measures: [{ text: 'Trả lời trong 10 ngày', deadline: '2027-01-31', who: 'Chánh Văn phòng' }],
  from: 'Công đoàn',
  basis: 'Quy chế lưu trữ',
  date: '2026-12-10',
}
const wholeForm = (kind: EntryKind): EntryForm => ({
  ...newEntry(kind, 0, '2026-12-09', { about: 1, measure: 0 }),
  ...WHOLE,
})
const KINDS = Object.keys(FIELDS) as readonly EntryKind[]

describe('an entry', () => {
  it.each(KINDS)('%s: is what the server’s door reads, once nothing is missing', kind => {
    const form = wholeForm(kind)
    expect(missingOf(form)).toEqual([])
    const body = bodyOf(form)
    expect(readEntry(parseJson(JSON.stringify(body), 'body'), 'body')).toEqual(body)
    expect(body).not.toMatchObject({ text: expect.stringMatching(/^\s|\s$/) })
  })

  it.each(KINDS)('%s: is not whole without any of its fields that must be there', kind => {
    const empty = { ...newEntry(kind, null, ''), done: true }
    const optional = ['handling', 'from', 'done']
    expect(missingOf(empty)).toEqual(FIELDS[kind].filter(field => !optional.includes(field)))
  })

  it('needs every measure with a day that exists and somebody who follows it', () => {
    const [whole] = WHOLE.measures!
    const withMeasure = (change: object) =>
      missingOf({ ...wholeForm('plan'), measures: [whole!, { ...whole!, ...change }] })
    expect(withMeasure({})).toEqual([])
    for (const change of [{ text: ' ' }, { deadline: '2027-02-30' }, { deadline: '' }, { who: '' }])
      expect(withMeasure(change), JSON.stringify(change)).toEqual(['measures'])
  })

  it('is dated today, but for how long something is kept', () => {
    expect(newEntry('decision', 0, '2026-12-09').date).toBe('2026-12-09')
    expect(newEntry('retention', null, '2026-12-09').date).toBe('')
  })
})

// ── how far a file is ───────────────────────────────────────────────────────────────────────────────────────────

/** Entries in the order in which they were written; some of them confirmed. */
const written = (...bodies: readonly (EntryBody & { readonly confirmed?: true })[]): readonly EntryView[] =>
  bodies.map(({ confirmed, ...body }, i) => ({
    n: i + 1,
    body: body as EntryBody,
    by: 'Thư ký',
    confirmedBy: confirmed ? 'Chủ tịch' : null,
    yours: false,
  }))

const decision = bodyOf(wholeForm('decision'))
const closed = bodyOf(wholeForm('closed'))
const plan = bodyOf(wholeForm('plan'))
const progress = (done: boolean): EntryBody => ({ ...bodyOf(wholeForm('progress')), plan: 2, done }) as EntryBody
const sure = { confirmed: true } as const

describe('how far a file is', () => {
  const rows: Readonly<Record<Stage, readonly EntryView[]>> = {
    proposed: [],
    unconfirmed: written(decision),
    decided: written({ ...decision, ...sure }),
    planned: written({ ...decision, ...sure }, plan, progress(false)),
    done: written({ ...decision, ...sure }, plan, progress(true)),
    closed: written({ ...decision, ...sure }, { ...closed, ...sure }),
  }
  it.each(Object.entries(rows))('%s', (stage, entries) => {
    expect(fileOf(entries, 0, '2026-12-31').stage).toBe(stage)
  })

  it('does not count what nobody has confirmed: a closing after a decision leaves it decided', () => {
    expect(fileOf(written({ ...decision, ...sure }, closed), 0, '2026-12-31').stage).toBe('decided')
  })

  it('is overdue from the day after the deadline, and never once it is done', () => {
    const open = written({ ...decision, ...sure }, plan)
    expect(fileOf(open, 0, '2027-01-31').overdue).toBe(0)
    expect(fileOf(open, 0, '2027-02-01').overdue).toBe(1)
    expect(fileOf(written({ ...decision, ...sure }, plan, progress(true)), 0, '2027-02-01').overdue).toBe(0)
    expect(fileOf(written({ ...decision, ...sure }, plan, progress(false)), 0, '2027-02-01').overdue).toBe(1)
  })

  it('keeps subjects and the whole poll apart, and complaints with their settlements', () => {
    const complaint = { ...bodyOf(wholeForm('complaint')), subject: null }
    const settled = { ...bodyOf(wholeForm('settled')), subject: null } as EntryBody
    const entries = written(complaint, settled, decision)
    expect(fileOf(entries, null, '').complaints.map(one => one.settled.length)).toEqual([1])
    expect(fileOf(entries, null, '').history).toHaveLength(2)
    expect(fileOf(entries, 0, '').history).toHaveLength(1)
    expect(fileOf(entries, 1, '').history).toEqual([])
  })
})

// ── minutes ─────────────────────────────────────────────────────────────────────────────────────────────────────

describe('the minutes', () => {
  const typed = formOf(VIEW.minutes, facts.team).typed
  const broken = (change: Partial<typeof typed>, view: Partial<DossierView> = {}) =>
    equationsOf({ ...VIEW, ...view }, facts, { ...typed, ...change })
      .filter(({ holds }) => !holds)
      .map(({ rule }) => rule)

  it('show four equations that hold, with their numbers', () => {
    expect(equationsOf(VIEW, facts, typed)).toEqual([
      { rule: 'attendance', numbers: [13, 2, 15], holds: true },
      { rule: 'issued', numbers: [13, 13], holds: true },
      { rule: 'collected', numbers: [12, 13], holds: true },
      { rule: 'printed', numbers: [15, 13, 2, 0], holds: true },
    ])
  })
  it('name the one that one changed number breaks', () => {
    expect(broken({})).toEqual([])
    expect(broken({ unused: 3 })).toEqual(['printed'])
    expect(broken({ exchanged: 1 })).toEqual(['printed'])
    expect(broken({}, { absent: [] })).toEqual(['attendance'])
    expect(broken({}, { printed: 16 })).toEqual(['printed'])
  })
  it('are sent as the server’s door reads them, lists one a line', () => {
    const sent = sentOf({ ...typed, witnesses: ' Người dự 1\n\n Người dự 2 ', recipients: '' })
    expect(sent).toMatchObject({ witnesses: ['Người dự 1', 'Người dự 2'], recipients: [] })
    const asked = JSON.stringify(sent)
    expect(readMinutes(parseJson(asked, 'facts'), 'facts')).toEqual(sent)
  })

  const seen = (): PollState => {
    const packs = stepPoll(enterPoll(POLL, { at: 'papers' }, ME, 'vi'), { type: 'packs', packs: PACKS })
    return stepPoll(packs, { type: 'viewed', poll: POLL, today: '2026-12-10', answer: { ok: VIEW } })
  }
  const looked = (state: PollState, change: Partial<DossierView['minutes']>) =>
    stepPoll(state, {
      type: 'viewed',
      poll: POLL,
      today: '2026-12-10',
      answer: { ok: { ...VIEW, minutes: { ...VIEW.minutes, ...change } } },
    })
  it('are not overwritten while they are being typed, and follow the server otherwise', () => {
    const theirs = { version: 2, facts: { ...MINUTES, place: 'Phòng khác' } }
    expect(looked(seen(), theirs).minutes!.typed.place).toBe('Phòng khác')
    const typing = stepPoll(seen(), { type: 'minutes', change: { place: 'Hội trường' } })
    expect(looked(typing, theirs).minutes).toMatchObject({ typed: { place: 'Hội trường' }, version: 1, changed: true })
    expect(stepPoll(looked(typing, theirs), { type: 'forget-minutes' }).minutes).toMatchObject({
      typed: { place: 'Phòng khác' },
      version: 2,
    })
  })
  it('say which rule the server found broken until something is typed', () => {
    const act = { what: 'minutes', version: 1, facts: sentOf(typed) } as const
    const refused = stepPoll(stepPoll(seen(), { type: 'act', act }), {
      type: 'acted',
      poll: POLL,
      what: 'minutes',
      no: { refused: 'bad-minutes', where: 'printed' },
    })
    expect(refused.why).toEqual({ what: 'minutes', why: 'bad-minutes', where: 'printed' })
    expect(stepPoll(refused, { type: 'minutes', change: { unused: 1 } }).why).toBeNull()
  })
})

// ── comparison ──────────────────────────────────────────────────────────────────────────────────────────────────

describe('other rounds beside this one', () => {
  const options = facts.subjects[0]!.lines[0]!.options
  const round = (unit: string, date: string, position: string, counts: readonly number[], name = ''): OtherRound => ({
    poll: `${unit} ${date}`,
    title: '',
    unit,
    period: '',
    date,
    manifest: JSON.stringify({
      groups: [{ id: 'staff', label: 'Người tham dự' }],
      contests: [{ title: position, max: 1, options, subject: { name, position } }],
    }),
    result: JSON.stringify({ unions: [{ groups: ['staff'], ballots: 12, counts: [counts] }] }),
    paper: null,
  })
  const subject = facts.subjects[0]!
  const line = subject.lines[0]!
  const all = linesBeside([
    round('Sở C', '2026-12-01', 'Giám đốc Sở C', [0, 0, 12]),
    round('Sở B', '2026-12-01', 'Giám đốc Sở B', [12, 0, 0]),
    round('Sở B', '2026-12-03', 'Phó Giám đốc Sở B', [4, 4, 4]),
    round('Sở A', '2025-12-01', 'Giám đốc Sở A', [6, 3, 3]),
    round('Sở A', '2024-12-01', 'Giám đốc Sở A', [1, 1, 10]),
  ])
  const positionOf = (one: Beside) => one.line.subject!.position
  const units = (words: string) => equivalents(all, subject, 'Sở A', line, words).map(positionOf)

  it('take the words of a position without its unit’s name, in any spelling', () => {
    expect(wordsOfPosition('Giám đốc Sở A', 'Sở A')).toBe('Giám đốc')
    expect(wordsOfPosition('Chủ tịch Ủy ban nhân dân tỉnh B', 'Uỷ ban nhân dân tỉnh B')).toBe('Chủ tịch')
    expect(wordsOfPosition('Giám đốc Sở A', 'Hội đồng nhân dân tỉnh B')).toBe('Giám đốc Sở A')
    expect(wordsOfPosition('Giám đốc Sở A', '')).toBe('Giám đốc Sở A')
  })
  it('are equivalent where the position begins so, in order of day and unit whatever was counted', () => {
    expect(units('Giám đốc')).toEqual(['Giám đốc Sở B', 'Giám đốc Sở C'])
    expect(units('giám  đốc sở')).toEqual(['Giám đốc Sở B', 'Giám đốc Sở C'])
    expect(units('Phó')).toEqual(['Phó Giám đốc Sở B'])
    expect(units('Giám')).toHaveLength(2)
    expect(units('Giá')).toEqual([])
    expect(units('')).toEqual([])
    const turned = all.map(one => {
      const { score } = one.line
      return { ...one, line: { ...one.line, score: score && { ...score, counts: score.counts.toReversed() } } }
    })
    const order = equivalents(turned, subject, 'Sở A', line, 'Giám đốc').map(positionOf)
    expect(order).toEqual(units('Giám đốc'))
  })
  it('are of the same person where the name is the same, else the position and the unit; oldest first', () => {
    expect(otherTimes(all, subject, 'Sở A', line).map(({ date }) => date)).toEqual(['2024-12-01', '2025-12-01'])
    const named = linesBeside([
      round('Sở B', '2023-12-01', 'Giám đốc Sở B', [1, 1, 1], 'Người thứ nhất'),
      round('Sở B', '2024-12-01', 'Giám đốc Sở B', [1, 1, 1], 'Người thứ hai'),
    ])
    const moved = { ...subject, name: 'NGƯỜI THỨ NHẤT' }
    expect(otherTimes(named, moved, 'Sở A', line).map(({ date }) => date)).toEqual(['2023-12-01'])
  })
})

describe('a weakness that comes back', () => {
  const grades = ['Xuất sắc', 'Tốt', 'Trung bình', 'Kém'].map((label, i) => ({
    id: `o${i}`,
    label,
    standard: '',
    points: null,
  }))
  const criterion = (title: string, counts: readonly number[]): Line => {
    const marks = counts.reduce((sum, n) => sum + n, 0)
    return {
      ...{ at: 0, subject: { name: '', position: 'Giám đốc Sở A' }, criterion: title, kind: 'graded', ruled: false },
      ...{ options: grades, max: 1, unions: [], weighted: null },
      score: { ballots: marks, counts, marks, unmarked: 0, mean: null },
    }
  }
  const round = (date: string, line: Line): Beside => ({ poll: date, unit: 'Sở A', period: '', date, line })
  const found = (now: Line, ...earlier: readonly Beside[]) =>
    comingBack(earlier, { lines: [now], whom: now.subject, unit: 'Sở A', date: '2026-12-05' }).map(one =>
      one.earlier.map(({ date }) => date),
    )
  const weak = criterion('Tinh thần trách nhiệm', [1, 1, 1, 1])

  it('is weak now and was weak in a round before, whatever stands between', () => {
    const strong = criterion('Tinh thần trách nhiệm', [4, 3, 2, 2])
    expect(found(weak, round('2025-12-01', weak))).toEqual([['2025-12-01']])
    expect(found(weak, round('2024-12-01', weak), round('2025-12-01', strong))).toEqual([['2024-12-01']])
    expect(found(weak, round('2025-12-01', strong))).toEqual([])
    expect(found(strong, round('2025-12-01', weak))).toEqual([])
    // One more mark in the upper half, and it is none.
    expect(found(criterion('Tinh thần trách nhiệm', [2, 1, 1, 1]), round('2025-12-01', weak))).toEqual([])
  })
  it('is of the same criterion, the same person and an earlier day', () => {
    expect(found(weak, round('2025-12-01', criterion('Đạo đức, lối sống', [0, 0, 1, 1])))).toEqual([])
    const other = { ...weak, subject: { name: '', position: 'Phó Giám đốc Sở A' } }
    expect(found(weak, round('2025-12-01', other))).toEqual([])
    expect(found(weak, round('2027-12-01', weak))).toEqual([])
  })
  it('of a survey is of the same unit', () => {
    const asked = { ...weak, subject: null }
    expect(found(asked, round('2025-12-01', asked))).toEqual([['2025-12-01']])
    expect(found(asked, { ...round('2025-12-01', asked), unit: 'Sở B' })).toEqual([])
    expect(found(asked, round('2025-12-01', weak))).toEqual([])
  })
})

describe('lines on a page', () => {
  const options = (...labels: readonly string[]) =>
    labels.map(label => ({ id: label, label, standard: '', points: null }))
  const line = (at: number, change: Partial<Line>): Line => ({
    ...{
      at,
      subject: null,
      criterion: `Câu ${at}`,
      kind: 'graded',
      ruled: false,
      options: options('Tốt', 'Kém'),
      max: 1,
    },
    ...{ score: null, unions: [], weighted: null },
    ...change,
  })
  const shown = (...lines: readonly Line[]) =>
    piecesOf(lines).map(piece => ('table' in piece ? piece.table.map(({ at }) => at) : piece.line.at))

  it('share a table where they follow each other with the same grades, worth the same', () => {
    expect(shown(line(0, {}), line(1, {}), line(2, {}))).toEqual([[0, 1, 2]])
    const worth = options('Tốt', 'Kém').map(option => ({ ...option, points: 100 }))
    expect(shown(line(0, {}), line(1, { options: worth }), line(2, { options: worth }))).toEqual([0, [1, 2]])
    expect(shown(line(0, {}), line(1, { kind: 'yes-no' }), line(2, {}))).toEqual([0, 1, 2])
  })
  it('stand by themselves where the rules speak of them, where several may be marked, and with many options', () => {
    for (const alone of [{ ruled: true }, { max: 2 }, { kind: 'main' }, { options: options(...'abcdef') }] as const)
      expect(shown(line(0, alone), line(1, alone)), JSON.stringify(alone)).toEqual([0, 1])
  })
})

describe('the search among many subjects', () => {
  const subjects = ['Chủ tịch Uỷ ban nhân dân', 'Phó Chủ tịch', 'Giám đốc Sở Hoà giải'].map((position, index) => ({
    ...{ index, name: '', position, lines: [] },
  }))
  const found = (search: string) => subjectsMatching(subjects, search).map(({ index }) => index)

  it('finds every word however it is spelt, in the ballot’s order, and all by nothing', () => {
    expect(found('chủ tịch')).toEqual([0, 1])
    expect(found('ỦY BAN')).toEqual([0])
    expect(found('sở hòa')).toEqual([2])
    expect(found('chủ sở')).toEqual([])
    expect(found(' ')).toEqual([0, 1, 2])
  })
  it('is typed in the poll, and leaves the list of polls alone', () => {
    const inside = enterPoll(POLL, { at: 'poll' }, ME, 'vi')
    expect(step(inside, { type: 'search', search: 'phó' })).toMatchObject({ at: 'poll', search: 'phó' })
  })
})

describe('the words', () => {
  it('write days as people read them', () => {
    expect([dayIn('2026-12-05', 'vi'), dayIn('2026-12-05', 'en'), dayIn('', 'vi')]).toEqual([
      '05/12/2026',
      '5 December 2026',
      '',
    ])
  })
  it('never say that somebody is removed: forms of handling stand only in the list that people choose from', () => {
    for (const words of Object.values(WORDS)) {
      const said = JSON.stringify([words.result, words.follow, words.papers])
      expect(said).not.toMatch(/bị miễn nhiệm|bị cách chức|is dismissed|is removed/)
    }
  })
})
