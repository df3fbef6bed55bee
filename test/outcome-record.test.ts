/** A poll under rules, over HTTP: what people state beforehand, what follows from the counts, and what check 13 says. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toBase64url } from '../crypto/bytes.ts'
import { chunksOf } from '../crypto/record.ts'
import type { CheckReport } from '../crypto/verify/findings.ts'
import { verify } from '../crypto/verify.ts'
import { outcomeOf, resultOf } from '../server/counted.ts'
import { secureRng } from '../server/play/seed.ts'
import { readOutcome, rulesWith, writeOutcome } from '../server/rules/outcome.ts'
import { packHex } from '../server/rules/read.ts'
import { findPoll } from '../server/store/polls.ts'
import type { StatementWire } from '../server/wire/packs.ts'
import type { Draft, PollView, Refused } from '../server/wire.ts'
import {
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
  sealPoll,
  signAct,
  vote,
} from './office.ts'
import { shipped } from './ruled.ts'

const PACK = packHex(shipped())
const ruled = (change: Partial<Draft> = {}): Draft => draftFor({ pack: PACK, convened: 9, ...change })

const STATED: StatementWire = {
  date: '2026-12-05',
  attendance: { convened: 9, present: 8 },
  members: 9,
  histories: [[{ year: 2025, low: 5, of: 9 }]],
  classified: null,
}
const statement = (organiser: Organiser, poll: string, change: Partial<StatementWire> = {}) =>
  organiser.put(`/polls/${poll}/statement`, { ...STATED, ...change })

/** Check 13 by these packs. */
async function outcomeCheck(record: string, packs: readonly string[]): Promise<CheckReport> {
  const report = await verify(chunksOf(record), { rng: secureRng, rules: rulesWith(packs) })
  expect(report.checks.slice(0, 12).map(({ status }) => status)).toEqual(Array(12).fill('holds'))
  return report.checks[12]!
}

const outcomeLine = (record: string): string => record.trimEnd().split('\n').at(-1)!
const outcomeText = (record: string): string => (JSON.parse(outcomeLine(record)) as { readonly text: string }).text

/** The record with another outcome. */
function withOutcome(record: string, change: (text: string) => string): string {
  const text = outcomeText(record)
  const changed = change(text)
  expect(changed).not.toBe(text)
  return record.replace(`${outcomeLine(record)}\n`, `${JSON.stringify({ type: 'outcome', text: changed })}\n`)
}

describe('a whole poll under rules', () => {
  let office: Office
  let organiser: Organiser
  let sealed: SealedPoll
  const view = () => organiser.get<PollView>(`/polls/${sealed.poll}`)
  const state = (change: Partial<StatementWire> = {}) => statement(organiser, sealed.poll, change)
  const publicRecord = async () => (await office.ask(`/api/polls/${sealed.hash}/record`)).text()

  beforeAll(async () => {
    office = openOffice({ lastCallMs: () => 0 })
    organiser = await firstOrganiser(office)
    sealed = await sealPoll(office.ask, organiser, { draft: ruled(), cards: 10 })
    await act(organiser, sealed, 'open', [0])
    // Of six ballots four are at the lowest: exactly two thirds.
    for (const [i, choice] of [[0], [1], [2], [2], [2], [2]].entries())
      await vote(office.ask, sealed, sealed.cards[i]!, [choice])
  })
  afterAll(() => office.close())

  it('is not closed before somebody stated what the rules need', async () => {
    expect((await view()).stated).toBeNull()
    expect(await askFor(organiser, sealed.poll, 'close')).toBe('needs-statement')
    expect(await state({ attendance: { convened: 9, present: 7 } })).toBeNull()
    expect(await askFor(organiser, sealed.poll, 'close')).toBeNull()
    // More cards than people came could stand in no minutes: what was stated or what was counted is wrong.
    expect(await signAct(sealed.members[0]!, 'close', [8])).toBe('bad-numbers')
    const [first, second] = sealed.members
    expect(await signAct(first!, 'close', [6])).toBeNull()
    // Members who close were shown what had been stated.
    expect(await state()).toBe('wrong-state')
    expect(await signAct(second!, 'close', [6])).toBeNull()
    expect((await view()).state).toBe('closed')
    expect(await state({ attendance: { convened: 9, present: 5 } })).toBe('bad-request')
    expect(await state({ attendance: { convened: 9, present: 6 } })).toBeNull()
  })

  it('takes a mended statement until the first member opens, and none afterwards', async () => {
    expect(await state()).toBeNull()
    expect((await view()).stated).toEqual(STATED)
    const [, first] = sealed.members
    const report = await verify(chunksOf(await first!.record()), { rng: secureRng })
    const { signature } = first!.device.open(report)
    expect(await first!.post('/open', { signature: toBase64url(signature) })).toBeNull()
    expect(await state({ members: 8 })).toBe('wrong-state')
    expect((await view()).stated).toEqual(STATED)
  })

  it('shows no outcome before the count, and the same everywhere after it', async () => {
    expect((await view()).outcome).toBeNull()
    expect(await sealed.members[0]!.record()).not.toContain('"outcome"')
    await count(sealed.members.slice(1))
    expect((await view()).state).toBe('counted')
    const { outcome } = await view()
    const record = await sealed.members[0]!.record()
    expect(outcomeText(record)).toBe(outcome)
    const row = (await findPoll(office.db, Buffer.from(sealed.poll, 'base64url')))!
    expect(await outcomeOf(office.at, row)).toBe(outcome)
    expect(record).toContain(JSON.stringify(await resultOf(office.at, row)))
    expect(await state({ members: 8 })).toBe('wrong-state')
  })

  it('says what every pack says of it, from what was stated and counted', async () => {
    const { statement: stated, outcome } = readOutcome((await view()).outcome!)
    expect(stated.attendance).toEqual(STATED.attendance)
    expect(stated.histories).toEqual(STATED.histories)
    const bands = outcome.packs.map(({ pack, blocked, subjects }) => {
      const { numerator, denominator, band } = subjects[0]!.findings.find(({ kind }) => kind === 'band')!
      return { pack, blocked, numerator, denominator, reached: band !== null }
    })
    expect(bands).toContainEqual({
      pack: 'tin-nhiem-96-QD-TW',
      blocked: null,
      numerator: 4,
      denominator: 6,
      reached: true,
    })
    expect(bands.length).toBe(3)
    // Exactly two thirds: packs differ about it.
    expect(outcome.differ).toEqual([0])
  })

  it('is published with its outcome, and check 13 holds', async () => {
    expect(await publicRecord()).not.toContain('"outcome"')
    await act(organiser, sealed, 'publish', [0])
    const record = await publicRecord()
    expect(record).toBe(await sealed.members[0]!.record())
    expect(await outcomeCheck(record, RULEBOOK.packs)).toMatchObject({ status: 'holds' })
  })

  it('keeps its outcome even where the packs are gone from this server', async () => {
    const before = await view()
    Object.assign(office.deps, { rulebook: { packs: [], forms: [] } })
    const after = await view()
    Object.assign(office.deps, { rulebook: RULEBOOK })
    expect(after).toEqual({ ...before, pack: null })
  })

  describe('in whose record', () => {
    let record: string
    beforeAll(async () => {
      record = await publicRecord()
    })

    it('one digit of a pack changed after freezing turns check 13 red; of its next version it does not', async () => {
      const changed = shipped().replace('"2/3"', '"3/4"')
      expect(packHex(changed)).not.toBe(PACK)
      const others = RULEBOOK.packs.filter(text => text !== shipped())
      expect(await outcomeCheck(record, [changed, ...others])).toMatchObject({ status: 'fails' })
      const next = changed.replace('"version": 1', '"version": 2')
      expect(await outcomeCheck(record, [next, ...others])).toMatchObject({ status: 'not-checked' })
      expect(await outcomeCheck(record, [shipped(), ...others])).toMatchObject({ status: 'holds' })
    })

    it('a pack read beside the pinned one is needed too', async () => {
      expect(await outcomeCheck(record, [shipped()])).toMatchObject({ status: 'not-checked' })
    })

    const lies: readonly (readonly [what: string, change: (text: string) => string])[] = [
      ['one digit of a count', text => text.replace('"numerator":4', '"numerator":3')],
      ['a percentage', text => text.replace('"66.67"', '"66.66"')],
      ['who came, without what follows', text => text.replace('"present":8', '"present":5')],
      ['the day, to one before an earlier year', text => text.replace('"2026-12-05"', '"2024-12-05"')],
      [
        'the pack’s hash',
        text =>
          text.replace(
            PACK,
            PACK.replace(/^./, digit => (digit === '0' ? '1' : '0')),
          ),
      ],
      ['a space', text => text.replace(',', ', ')],
      ['everything', () => 'đúng'],
    ]
    it.each(lies)('%s cannot be changed', async (_, change) => {
      const [finding] = (await outcomeCheck(withOutcome(record, change), RULEBOOK.packs)).findings
      expect(finding).toMatchObject({ check: 13, code: 'wrong-value', where: 'outcome' })
    })

    it('what people stated is what they stated: together with all that follows from it, it can be another', async () => {
      const { statement: stated } = readOutcome(outcomeText(record))
      const { manifest, closing, result } = await verify(chunksOf(record), { rng: secureRng })
      const absent = { ...stated, attendance: { convened: 9, present: 5 } }
      const poll = { manifest: manifest!, closing: closing!, result: result! }
      const other = withOutcome(record, () => writeOutcome(poll, absent, [shipped(), ...RULEBOOK.packs]))
      expect(readOutcome(outcomeText(other)).outcome.packs[0]!.blocked).toBe('no-quorum')
      expect(await outcomeCheck(other, RULEBOOK.packs)).toMatchObject({ status: 'holds' })
    })

    it('the outcome cannot be left out', async () => {
      const without = record.replace(`${outcomeLine(record)}\n`, '')
      const { status, findings } = await outcomeCheck(without, RULEBOOK.packs)
      expect({ status, code: findings[0]!.code }).toEqual({ status: 'fails', code: 'line-missing' })
    })
  })

  it('logs nothing', () => {
    expect(office.logged).toEqual([])
  })
})

describe('what is stated', () => {
  let office: Office
  let organiser: Organiser
  let poll: string
  beforeAll(async () => {
    office = openOffice()
    organiser = await firstOrganiser(office)
    poll = ((await organiser.post('/polls', { rehearsal: false, follows: null })) as { poll: string }).poll
    await organiser.put(`/polls/${poll}/draft`, { version: 1, draft: ruled() })
  })
  afterAll(() => office.close())

  const earlier = [{ year: 2025, low: 5, of: 9 }]
  const impossible: readonly (readonly [what: string, where: string, change: Partial<StatementWire>])[] = [
    ['more present than convened', 'present', { attendance: { convened: 9, present: 10 } }],
    ['fewer than three convened', 'attendance.convened', { attendance: { convened: 2, present: 2 } }],
    ['a day that does not exist', 'date', { date: '2026-02-29' }],
    ['a subject left out', 'histories', { histories: [] }],
    ['a subject too many', 'histories', { histories: [[], []] }],
    ['more marks than ballots in an earlier year', 'low', { histories: [[{ year: 2025, low: 10, of: 9 }]] }],
    ['a year to come', 'year', { histories: [[{ year: 2027, low: 5, of: 9 }]] }],
    ['a year twice', 'year', { histories: [[...earlier, ...earlier]] }],
    ['a year classified as nobody classifies', 'level', { histories: [[{ year: 2025, quality: 'tam' }]] }],
    ['people classified as nobody classifies', 'level', { classified: [{ level: 'tam', count: 1 }] }],
    ['a body of nobody', 'members', { members: 0 }],
  ]
  it.each(impossible)('with %s is refused, and says where', async (_, where, change) => {
    const body = json({ ...STATED, ...change }, { cookie: organiser.cookie }, 'PUT')
    const response = await office.ask(`/api/organiser/polls/${poll}/statement`, body)
    const refused = (await response.json()) as Refused
    expect(refused.refused).toBe('bad-request')
    expect(refused.where).toContain(where)
    expect(await statement(organiser, poll)).toBeNull()
  })

  it('may be stated by a secretary, and by nobody who only reads', async () => {
    for (const [role, answer] of [
      ['secretary', null],
      ['authority', 'not-yours'],
      ['auditor', 'not-yours'],
    ] as const) {
      const person = await personWith(office.ask, organiser, { name: role, role, polls: null, login: role })
      expect(await person.put(`/organiser/polls/${poll}/statement`, STATED)).toBe(answer)
    }
  })

  it('is stated no longer once the draft names others, or other rules', async () => {
    const stated = async () => (await organiser.get<PollView>(`/polls/${poll}`)).stated
    const save = (version: number, change: Partial<Draft>) =>
      organiser.put(`/polls/${poll}/draft`, { version, draft: ruled(change) })
    const { version } = await organiser.get<PollView>(`/polls/${poll}`)
    await statement(organiser, poll)
    await save(version, { period: 'Năm 2026' })
    expect(await stated()).toEqual(STATED)
    await save(version + 1, { subjects: [{ name: '', position: 'Giám đốc Sở B' }] })
    expect(await stated()).toBeNull()
    await statement(organiser, poll)
    await save(version + 2, { subjects: [{ name: '', position: 'Giám đốc Sở B' }], pack: null })
    expect(await stated()).toBeNull()
  })
})

describe('a poll without rules', () => {
  it('closes with nothing stated and has no outcome', async () => {
    const office = openOffice({ lastCallMs: () => 0 })
    const organiser = await firstOrganiser(office)
    const sealed = await sealPoll(office.ask, organiser)
    await act(organiser, sealed, 'open', [0])
    for (const card of sealed.cards.slice(0, 3)) await vote(office.ask, sealed, card, [[0]])
    await act(organiser, sealed, 'close', [0, 1], [3])
    await count(sealed.members.slice(1))
    const record = await sealed.members[0]!.record()
    const report = await verify(chunksOf(record), { rng: secureRng, rules: rulesWith(RULEBOOK.packs) })
    expect(report).toMatchObject({ ok: true, complete: true })
    expect(report.checks[12]!.status).toBe('none')
    expect((await organiser.get<PollView>(`/polls/${sealed.poll}`)).outcome).toBeNull()
    await office.close()
  })
})
