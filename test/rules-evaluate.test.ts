/**
 * From counts to findings: which number a share is taken of, why a round has no consequence, what earlier years and the
 * most votes say, where texts differ; and for any round at all, that nothing breaks and every finding is a comparison of
 * integers.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evaluate } from '../server/rules/evaluate.ts'
import type { Blocked, Finding } from '../server/rules/finding.ts'
import type { Base } from '../server/rules/pack.ts'
import { readPack } from '../server/rules/read.ts'
import type { Round } from '../server/rules/round.ts'
import { findingOf, PACKS, packOf, roundOfAll, saidBy, subjectWith, TEXTS, yearsOf } from './rounds.ts'

const PARTY = 'tin-nhiem-96-QD-TW'
const head = subjectWith({ cao: 19, 'tin-nhiem': 2, thap: 25 })

describe('a share is taken', () => {
  const round = roundOfAll(60, [subjectWith({ thap: 24 })], {
    attendance: { convened: 58, present: 50 },
    members: 62,
    issued: 50,
    collected: 47,
    valid: 45,
  })
  const cases: readonly (readonly [Base, number])[] = [
    ['collected', 47],
    ['valid', 45],
    ['convened', 58],
    ['members', 62],
    ['issued', 50],
  ]
  for (const [base, of] of cases)
    it(`of ${of} where the text says ${base}`, () => {
      const text = TEXTS.get(PARTY)!.replace('"of": "collected"', `"of": "${base}"`)
      const finding = findingOf(evaluate(round, [{ text }]).packs[0]!, 'band')
      expect([finding.base, finding.denominator]).toEqual([base, of])
      expect(finding.band).toBe(24 * 2 > of ? 'tren-1-2' : null)
    })
})

describe('no finding', () => {
  it('is said as such, with the nearest threshold that was not reached', () => {
    expect(findingOf(saidBy(PARTY, roundOfAll(50, [subjectWith({ thap: 25 })])), 'band')).toMatchObject({
      band: null,
      consequence: null,
      actor: null,
      numerator: 25,
      denominator: 50,
      operator: '>',
      threshold: '1/2',
      percent: '50.00',
    })
  })

  it('is what a text says by silence: exactly two thirds under NĐ 170/2025, with the next threshold', () => {
    expect(
      findingOf(saidBy('mien-nhiem-ND170-2025', roundOfAll(48, [subjectWith({ thap: 32 })])), 'band'),
    ).toMatchObject({
      band: null,
      consequence: null,
      operator: '>',
      threshold: '2/3',
      article: 'điểm b khoản 1 Điều 53',
      label: expect.stringContaining('chưa thấy nguồn nào nêu trường hợp này'),
    })
  })

  it('is the last word of a text that is silent above its last threshold', () => {
    const text = TEXTS.get(PARTY)!.replace(
      /"consequence": "xem xét miễn nhiệm[^"]*",\s*"actor": "[^"]*"/,
      '"consequence": null, "actor": null',
    )
    const finding = findingOf(evaluate(roundOfAll(3, [subjectWith({ thap: 3 })]), [{ text }]).packs[0]!, 'band')
    expect(finding).toMatchObject({ band: null, operator: '>=', threshold: '2/3' })
  })
})

describe('a round has no consequence where', () => {
  const held = roundOfAll(50, [head], { collected: 47, valid: 47 })
  const member = 'Phó Giám đốc Sở A'
  const table: readonly (readonly [name: string, reason: Blocked, bad: Partial<Round>, twin: Partial<Round>])[] = [
    [
      'fewer than two thirds came',
      'no-quorum',
      { attendance: { convened: 60, present: 39 } },
      { attendance: { convened: 60, present: 40 } },
    ],
    ['more ballots were collected than issued', 'more-collected-than-issued', { issued: 46 }, { issued: 47 }],
    ['a ballot came late', 'late-ballots', { late: 1 }, { late: 0 }],
    [
      'a subject is on the counting team',
      'subject-on-team',
      { subjects: [{ ...head, name: member }], team: ['Tổ viên 1', member] },
      { subjects: [{ ...head, name: member }], team: ['Tổ viên 1', 'Phó Giám đốc Sở B'] },
    ],
    [
      'so in another spelling',
      'subject-on-team',
      { subjects: [{ ...head, name: 'Giám đốc Sở Thuỷ lợi' }], team: ['  GIÁM ĐỐC   sở thủy lợi '] },
      { subjects: [{ ...head, name: 'Giám đốc Sở Thuỷ lợi' }], team: ['Giám đốc Sở Thủ lợi'] },
    ],
    [
      'nothing was collected',
      'no-ballots',
      { collected: 0, valid: 0, subjects: [subjectWith({})] },
      { collected: 1, valid: 1, subjects: [subjectWith({})] },
    ],
    ['some counts stay sealed', 'hidden-counts', { hidden: 2 }, { hidden: 0 }],
    ['nobody stated who came', 'needs-attendance', { attendance: null }, {}],
  ]
  for (const [name, reason, bad, twin] of table)
    it(name, () => {
      const said = saidBy(PARTY, { ...held, ...bad })
      expect(said.blocked).toBe(reason)
      for (const { band, consequence, actor } of said.subjects[0]!.findings)
        expect([band, consequence, actor]).toEqual([null, null, null])
      expect(saidBy(PARTY, { ...held, ...twin }).blocked).toBe(null)
    })

  it('the numbers stay readable all the same', () => {
    const said = saidBy(PARTY, { ...held, late: 1 })
    expect(findingOf(said, 'band')).toMatchObject({ numerator: 25, denominator: 47, percent: '53.19', band: null })
  })

  it('nobody stated how many the body has, which is the denominator', () => {
    const said = saidBy('tin-nhiem-NQ85-2014-QH13', { ...held, members: null })
    expect(said.blocked).toBe('needs-members')
    expect(saidBy('tin-nhiem-NQ85-2014-QH13', { ...held, members: 50 }).blocked).toBe(null)
  })

  it('nobody was convened, or every ballot was invalid where valid ones are counted', () => {
    expect(saidBy(PARTY, { ...held, attendance: { convened: 0, present: 0 } }).blocked).toBe('needs-attendance')
    const text = TEXTS.get(PARTY)!.replace('"of": "collected"', '"of": "valid"')
    expect(evaluate({ ...held, valid: 0 }, [{ text }]).packs[0]!.blocked).toBe('no-ballots')
    expect(evaluate({ ...held, valid: 1 }, [{ text }]).packs[0]!.blocked).toBe(null)
  })

  it('members without names are no subjects', () => {
    const said = saidBy(PARTY, { ...held, subjects: [{ ...head, name: ' ' }], team: ['', ' '] })
    expect(said.blocked).toBe(null)
  })

  it('a text that is silent about the quorum is not saved by that from one that is read beside it', () => {
    const texts = [PARTY, 'mien-nhiem-41-QD-TW'].map(id => ({ text: TEXTS.get(id)! }))
    const few = { ...held, attendance: { convened: 60, present: 39 } }
    expect(evaluate(few, texts).packs.map(({ blocked }) => blocked)).toEqual(['no-quorum', 'no-quorum'])
    expect(evaluate(few, texts.slice(1)).packs.map(({ blocked }) => blocked)).toEqual([null])
  })
})

describe('texts differ', () => {
  const texts = ['tin-nhiem-96-QD-TW', 'mien-nhiem-41-QD-TW', 'mien-nhiem-ND170-2025'].map(id => ({
    text: TEXTS.get(id)!,
  }))
  const bands = (round: Round) =>
    evaluate(round, texts).packs.map(({ subjects }) => subjects.map(s => s.findings[0]!.band))

  it('about exactly two thirds, and about nobody else of the same round', () => {
    const round = roundOfAll(
      48,
      [24, 25, 31, 32, 33, 48].map(thap => subjectWith({ thap })),
    )
    expect(evaluate(round, texts).differ).toEqual([3])
    expect(bands(round).map(of => of[3])).toEqual(['tu-2-3', 'tren-1-2', null])
    expect(bands(round).map(of => of[4])).toEqual(['tu-2-3', 'tren-2-3', 'tren-2-3'])
  })

  it('where they take shares of different bases', () => {
    const beside = ['tin-nhiem-NQ96-2023-QH15', 'tin-nhiem-NQ85-2014-QH13'].map(id => ({ text: TEXTS.get(id)! }))
    const round = roundOfAll(50, [subjectWith({ thap: 25 })], { members: 50, collected: 47, valid: 47 })
    expect(evaluate(round, beside).differ).toEqual([0])
    expect(evaluate({ ...round, members: 47 }, beside).differ).toEqual([])
  })

  it('in no round that has no consequence', () => {
    expect(evaluate(roundOfAll(48, [subjectWith({ thap: 32 })], { late: 1 }), texts).differ).toEqual([])
  })

  it('and each says whether it was in force on the day', () => {
    const on = (date: string) => evaluate({ ...roundOfAll(9, [head]), date }, texts).packs.map(({ inForce }) => inForce)
    expect(on('2021-11-02')).toEqual([false, false, false])
    expect(on('2021-11-03')).toEqual([false, true, false])
    expect(on('2023-02-02')).toEqual([true, true, false])
    expect(on('2025-07-01')).toEqual([true, true, true])
    const old = (date: string) => saidBy('tin-nhiem-NQ85-2014-QH13', { ...roundOfAll(9, [head]), date }).inForce
    expect([old('2015-06-30'), old('2015-07-01'), old('2023-06-30'), old('2023-07-01')]).toEqual([
      false,
      true,
      true,
      false,
    ])
  })
})

describe('earlier years', () => {
  const found = (pack: string, fields: Parameters<typeof subjectWith>[1], counts = {}) =>
    saidBy(pack, roundOfAll(60, [subjectWith(counts, fields)])).subjects[0]!.findings.find(
      ({ kind }) => kind === 'history',
    )

  it('say nothing where nobody stated any', () => {
    expect(found('mien-nhiem-41-QD-TW', {})).toBe(undefined)
    expect(found('mien-nhiem-41-QD-TW', { history: [{ year: 2025, low: 40, of: 60 }] })).toBe(undefined)
    expect(found('tin-nhiem-NQ35-2012-QH13', { history: yearsOf('khong', 2025) })).toBe(undefined)
  })

  it('must run on without a year between', () => {
    expect(found('mien-nhiem-41-QD-TW', { history: yearsOf('khong', 2026, 2024) })).toMatchObject({
      band: null,
      numerator: 1,
    })
  })

  it('end with the latest stated, in whatever order they stand', () => {
    const history = [...yearsOf('khong', 2023, 2024), ...yearsOf('tot', 2025)]
    expect(found('mien-nhiem-41-QD-TW', { history })).toMatchObject({ band: null, numerator: 0 })
    expect(found('mien-nhiem-41-QD-TW', { history: yearsOf('khong', 2024, 2023) })).toMatchObject({ numerator: 2 })
  })

  it('end before the round’s own year is over, not after', () => {
    const history = [...yearsOf('khong', 2025, 2026), ...yearsOf('tot', 2027)]
    expect(found('mien-nhiem-41-QD-TW', { history })).toMatchObject({ band: 'hai-nam-khong-hoan-thanh' })
  })

  it('of ballots count this round as the latest, and only over one half', () => {
    const last = { history: [{ year: 2025, low: 31, of: 60 }] }
    expect(found('tin-nhiem-NQ35-2012-QH13', last, { thap: 31 })).toMatchObject({
      band: 'hai-nam-qua-nua',
      numerator: 2,
    })
    expect(found('tin-nhiem-NQ35-2012-QH13', last, { thap: 30 })).toMatchObject({ band: null, numerator: 0 })
    const before = { history: [{ year: 2024, low: 31, of: 60 }] }
    expect(found('tin-nhiem-NQ35-2012-QH13', before, { thap: 31 })).toMatchObject({ band: null, numerator: 1 })
  })

  it('of one ballot alone are a rule too', () => {
    const text = TEXTS.get('tin-nhiem-NQ35-2012-QH13')!.replace('"years": 2', '"years": 1')
    const [pack] = evaluate(roundOfAll(60, [subjectWith({ thap: 31 })]), [{ text }]).packs
    expect(findingOf(pack!, 'history')).toMatchObject({ band: 'hai-nam-qua-nua', numerator: 1, denominator: 1 })
  })
})

describe('the collective proposes', () => {
  const proposal = (counts: Parameters<typeof subjectWith>[0]) =>
    findingOf(saidBy('xep-loai-4-muc', roundOfAll(60, [subjectWith(counts)])), 'proposal')

  it('the level with most ballots, which the competent authority is asked to consider', () => {
    expect(proposal({ 'xuat-sac': 20, tot: 30, 'hoan-thanh': 10 })).toMatchObject({
      band: 'tot',
      option: 'tot',
      numerator: 30,
      denominator: 60,
      tied: ['tot'],
      consequence: expect.stringContaining('xem xét'),
    })
  })

  it('nothing where two levels have as many: a tie is a tie', () => {
    expect(proposal({ 'xuat-sac': 25, tot: 25, khong: 10 })).toMatchObject({
      band: null,
      option: null,
      numerator: 25,
      tied: ['xuat-sac', 'tot'],
      consequence: null,
    })
  })

  it('nothing where nobody marked anything', () => {
    expect(proposal({})).toMatchObject({ band: null, numerator: 0, consequence: null })
  })

  it('and caps are counted on what it proposes where nobody stated the classification', () => {
    const as = (level: string) => subjectWith({ [level]: 60 })
    const said = (...levels: readonly string[]) => saidBy('xep-loai-4-muc', roundOfAll(60, levels.map(as))).findings
    expect(said('xuat-sac', 'tot', 'tot', 'tot', 'tot', 'tot')).toMatchObject([
      { band: null, numerator: 1, denominator: 1 },
    ])
    expect(said('xuat-sac', 'tot', 'tot', 'tot', 'tot')).toMatchObject([{ band: 'tot', numerator: 1, denominator: 0 }])
    // One person is no collective.
    expect(said('xuat-sac')).toEqual([])
  })

  it('no level for a line by criteria, which the text does not ask for', () => {
    const round = roundOfAll(9, [subjectWith({ kem: 9 }, { criterion: 'Tinh thần trách nhiệm' })])
    expect(saidBy('phieu-danh-gia-tieu-chi', round).subjects).toEqual([
      { name: 'Giám đốc Sở A', position: '', criterion: 'Tinh thần trách nhiệm', findings: [] },
    ])
  })
})

// ── any round ───────────────────────────────────────────────────────────────────────────────────────────────────

const count = fc.oneof(fc.nat(60), fc.nat(1_000_000))
const level = fc.constantFrom('xuat-sac', 'tot', 'hoan-thanh', 'khong', 'la')
const anySubject = fc.record({
  name: fc.constantFrom('', 'Giám đốc Sở A', 'Tổ viên 1', 'Tổ Viên  1'),
  position: fc.constant(''),
  criterion: fc.constantFrom(null, 'Kết quả'),
  counts: fc
    .dictionary(fc.constantFrom('cao', 'tin-nhiem', 'thap', 'tot', 'khong', 'dong-y', 'constructor'), count)
    .map(counts => new Map(Object.entries(counts))),
  history: fc.array(
    fc.oneof(
      fc.record({ year: fc.integer({ min: 2010, max: 2030 }), quality: level }),
      fc.record({ year: fc.integer({ min: 2010, max: 2030 }), low: count, of: count }),
    ),
    { maxLength: 5 },
  ),
})
const anyRound: fc.Arbitrary<Round> = fc.record({
  date: fc.constantFrom('2013-06-01', '2019-12-31', '2026-12-05'),
  attendance: fc.option(fc.record({ convened: count, present: count })),
  members: fc.option(count),
  issued: count,
  collected: count,
  valid: count,
  late: fc.constantFrom(0, 0, 0, 1),
  team: fc.constantFrom([], ['Tổ viên 1'], ['']),
  hidden: fc.constantFrom(0, 0, 0, 3),
  classified: fc.option(fc.array(fc.tuple(level, count)).map(pairs => new Map(pairs))),
  subjects: fc.array(anySubject, { maxLength: 4 }),
})

/** A second opinion, by multiplying out in big integers. */
function reachedBy({ numerator, denominator }: Finding, operator: string, fraction: string): boolean {
  const [n, d] = fraction.split('/').map(BigInt) as [bigint, bigint]
  const [left, right] = [BigInt(numerator) * d, n * BigInt(denominator)]
  return left > right || (operator.endsWith('=') && left === right)
}

describe('of any round within limits', () => {
  const texts = PACKS.map(({ id }) => ({ text: TEXTS.get(id)! }))

  it('every pack says something of every subject, and a band is reached exactly where integers say so', () => {
    fc.assert(
      fc.property(anyRound, round => {
        const { packs, differ } = evaluate(round, texts)
        expect(packs).toHaveLength(PACKS.length)
        for (const said of packs) {
          const pack = packOf(said.pack)
          expect(said.subjects).toHaveLength(round.subjects.length)
          for (const finding of said.subjects.flatMap(({ findings }) => findings)) {
            expect(finding.percent).toMatch(/^\d+\.\d\d$/)
            if (said.blocked !== null) expect([finding.band, finding.consequence]).toEqual([null, null])
            if (finding.kind !== 'band' || said.blocked !== null) continue
            const own = pack.bands.filter(({ option }) => option === finding.option)
            const within = own.filter(
              ({ from, to }) =>
                reachedBy(finding, from.operator, from.fraction) &&
                (to === null || !reachedBy(finding, to.operator === '<' ? '>=' : '>', to.fraction)),
            )
            expect(within.length).toBeLessThanOrEqual(1)
            expect(finding.band).toBe(within[0]?.consequence ? within[0].id : null)
          }
        }
        for (const s of differ) expect(round.subjects[s]).toBeDefined()
      }),
      { numRuns: 60 },
    )
  })

  it('the same counts give the same outcome, whatever stood in the maps’ order', () => {
    const turned = subjectWith({ thap: 25, 'tin-nhiem': 2, cao: 19 })
    const [one, other] = [head, turned].map(subject => evaluate(roundOfAll(47, [subject]), texts))
    expect(JSON.stringify(one)).toBe(JSON.stringify(other))
    expect(readPack(texts[0]!.text)).toEqual(PACKS[0])
  })
})
