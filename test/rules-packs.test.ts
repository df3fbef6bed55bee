/**
 * The shipped packs, rule by rule: a case just below, at, and just above every band, quorum, history rule and cap; where
 * each figure comes from; and words that no pack may say.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readForms } from '../server/rulebook.ts'
import type { Pack } from '../server/rules/pack.ts'
import { packHex, readPack } from '../server/rules/read.ts'
import type { Subject } from '../server/rules/round.ts'
import { findingOf, PACKS, packOf, refusalOf, roundOfAll, saidBy, subjectWith, TEXTS, yearsOf } from './rounds.ts'

// ── below, at, above ────────────────────────────────────────────────────────────────────────────────────────────

/** Of 60: the number just below the threshold, at it and just above, and the band in which each lies. */
type Three = readonly [
  below: readonly [number, string | null],
  at: readonly [number, string | null],
  above: readonly [number, string | null],
]
const half = (below: string | null, above: string): Three => [
  [29, below],
  [30, below],
  [31, above],
]
const fromTwoThirds = (below: string, from: string): Three => [
  [39, below],
  [40, from],
  [41, from],
]
const overTwoThirds = (upTo: string, over: string): Three => [
  [39, upTo],
  [40, upTo],
  [41, over],
]

const BANDS: readonly (readonly [pack: string, band: string, option: string, cases: Three])[] = [
  ['tin-nhiem-96-QD-TW', 'tren-1-2', 'thap', half(null, 'tren-1-2')],
  ['tin-nhiem-96-QD-TW', 'tu-2-3', 'thap', fromTwoThirds('tren-1-2', 'tu-2-3')],
  ['tin-nhiem-NQ96-2023-QH15', 'tren-1-2', 'thap', half(null, 'tren-1-2')],
  ['tin-nhiem-NQ96-2023-QH15', 'tu-2-3', 'thap', fromTwoThirds('tren-1-2', 'tu-2-3')],
  ['tin-nhiem-262-QD-TW', 'tren-1-2', 'thap', half(null, 'tren-1-2')],
  ['tin-nhiem-262-QD-TW', 'tu-2-3', 'thap', fromTwoThirds('tren-1-2', 'tu-2-3')],
  ['tin-nhiem-NQ85-2014-QH13', 'tren-1-2', 'thap', half(null, 'tren-1-2')],
  ['tin-nhiem-NQ85-2014-QH13', 'tu-2-3', 'thap', fromTwoThirds('tren-1-2', 'tu-2-3')],
  ['tin-nhiem-NQ35-2012-QH13', 'tren-1-2', 'thap', half(null, 'tren-1-2')],
  ['tin-nhiem-NQ35-2012-QH13', 'tren-2-3', 'thap', overTwoThirds('tren-1-2', 'tren-2-3')],
  ['mien-nhiem-41-QD-TW', 'tren-1-2', 'thap', half(null, 'tren-1-2')],
  ['mien-nhiem-41-QD-TW', 'tren-2-3', 'thap', overTwoThirds('tren-1-2', 'tren-2-3')],
  ['mien-nhiem-ND170-2025', 'tren-1-2', 'thap', half(null, 'tren-1-2')],
  // Silent at exactly two thirds: below it the one article, above it the other.
  [
    'mien-nhiem-ND170-2025',
    'dung-2-3',
    'thap',
    [
      [39, 'tren-1-2'],
      [40, null],
      [41, 'tren-2-3'],
    ],
  ],
  [
    'mien-nhiem-ND170-2025',
    'tren-2-3',
    'thap',
    [
      [39, 'tren-1-2'],
      [40, null],
      [41, 'tren-2-3'],
    ],
  ],
  ['bo-nhiem-138-2020', 'tren-1-2', 'dong-y', half(null, 'tren-1-2')],
  [
    'lay-phieu-danh-gia-122-mau',
    'tren-1-3',
    'khong',
    [
      [19, null],
      [20, null],
      [21, 'tren-1-3'],
    ],
  ],
  ['lay-phieu-danh-gia-122-mau', 'tren-1-2', 'khong', half('tren-1-3', 'tren-1-2')],
]

describe('a band is reached from its threshold on, and not one ballot before:', () => {
  for (const [pack, band, option, cases] of BANDS)
    it(`${pack}, ${band}`, () => {
      const { from, consequence } = packOf(pack).bands.find(({ id }) => id === band)!
      const found = cases.map(([k]) => findingOf(saidBy(pack, roundOfAll(60, [subjectWith({ [option]: k })])), 'band'))
      expect(found.map(({ numerator, band }) => [numerator, band])).toEqual(cases)
      expect(found.every(({ denominator }) => denominator === 60)).toBe(true)
      // The three lie where they claim to lie.
      const [n, d] = from.fraction.split('/').map(Number) as [number, number]
      expect(cases.map(([k]) => k * d - 60 * n)).toEqual([-d, 0, d])
      if (consequence === null) return
      const above = found[2]!
      expect(above).toMatchObject({ band, operator: from.operator, threshold: from.fraction, consequence })
    })

  const counted = BANDS.map(([pack, band]) => `${pack} ${band}`)
  it('and no band of any pack is without its three cases', () => {
    expect([...counted].sort()).toEqual(PACKS.flatMap(({ id, bands }) => bands.map(band => `${id} ${band.id}`)).sort())
  })
})

const QUORUMS = ['tin-nhiem-96-QD-TW', 'bo-nhiem-138-2020', 'lay-phieu-danh-gia-122-mau'] as const

describe('a meeting is held by two thirds of those convened:', () => {
  for (const pack of QUORUMS)
    it(`${pack}: not by 39 of 60, but by 40 and by 41`, () => {
      const subjects = [subjectWith({})]
      const blocked = [39, 40, 41].map(
        present => saidBy(pack, roundOfAll(60, subjects, { attendance: { convened: 60, present } })).blocked,
      )
      expect(blocked).toEqual(['no-quorum', null, null])
    })

  it('and no quorum of any pack is without its three cases', () => {
    const with23 = PACKS.filter(({ quorum }) => quorum !== null)
    expect(with23.map(({ id }) => id).sort()).toEqual([...QUORUMS].sort())
    for (const { quorum } of with23) expect(quorum).toMatchObject({ fraction: '2/3', of: 'convened' })
  })
})

/** Subjects who meet a rule for one year less than it needs, for just as many, and for one more. */
const HISTORIES: readonly (readonly [pack: string, rule: string, subjects: readonly Subject[]])[] = [
  [
    'mien-nhiem-41-QD-TW',
    'hai-nam-khong-hoan-thanh',
    [
      subjectWith({}, { history: [...yearsOf('khong', 2026), ...yearsOf('hoan-thanh', 2025)] }),
      subjectWith({}, { history: yearsOf('khong', 2025, 2026) }),
      subjectWith({}, { history: yearsOf('khong', 2024, 2025, 2026) }),
    ],
  ],
  [
    'mien-nhiem-ND170-2025',
    'khong-hoan-thanh',
    [
      subjectWith({}, { history: [...yearsOf('hoan-thanh', 2026), ...yearsOf('khong', 2025)] }),
      subjectWith({}, { history: yearsOf('khong', 2026) }),
      subjectWith({}, { history: yearsOf('khong', 2025, 2026) }),
    ],
  ],
  [
    'tin-nhiem-NQ35-2012-QH13',
    'hai-nam-qua-nua',
    [
      subjectWith({ thap: 31 }, { history: [{ year: 2025, low: 30, of: 60 }] }),
      subjectWith({ thap: 31 }, { history: [{ year: 2025, low: 31, of: 60 }] }),
      subjectWith(
        { thap: 31 },
        {
          history: [
            { year: 2025, low: 31, of: 60 },
            { year: 2024, low: 31, of: 60 },
          ],
        },
      ),
    ],
  ],
]

describe('earlier years count once they are enough:', () => {
  for (const [pack, rule, subjects] of HISTORIES)
    it(`${pack}, ${rule}`, () => {
      const { years } = packOf(pack).histories.find(({ id }) => id === rule)!
      const found = subjects.map(subject => findingOf(saidBy(pack, roundOfAll(60, [subject])), 'history'))
      expect(found.map(({ band, numerator, denominator }) => [band, numerator, denominator])).toEqual([
        [null, years - 1, years],
        [rule, years, years],
        [rule, years + 1, years],
      ])
    })

  it('and no history rule of any pack is without its three cases', () => {
    const all = PACKS.flatMap(({ id, histories }) => histories.map(rule => `${id} ${rule.id}`))
    expect(HISTORIES.map(([pack, rule]) => `${pack} ${rule}`).sort()).toEqual(all.sort())
  })
})

describe('the cap on the top level', () => {
  const capOf = (excellent: number, good = 20, others = 15) =>
    findingOf(
      saidBy(
        'xep-loai-4-muc',
        roundOfAll(60, [subjectWith({})], {
          classified: new Map([
            ['xuat-sac', excellent],
            ['tot', good],
            ['hoan-thanh', others],
          ]),
        }),
      ),
      'cap',
    )

  it('is kept by 3 and by 4 beside 20 rated good, and exceeded by 5', () => {
    expect(
      [3, 4, 5].map(n => capOf(n)).map(({ band, numerator, denominator }) => [band, numerator, denominator]),
    ).toEqual([
      [null, 3, 4],
      [null, 4, 4],
      ['tot', 5, 4],
    ])
  })

  it('allows 4, 5 or 8 of the same list, by the base: those rated good, good or better, all forty', () => {
    expect(capOf(5).allowed).toEqual([
      { base: 'tot', of: 20, allowed: 4 },
      { base: 'tot-tro-len', of: 25, allowed: 5 },
      { base: 'tat-ca', of: 40, allowed: 8 },
    ])
  })

  it('is asked to be looked at again, of somebody, and never decided', () => {
    expect(capOf(5)).toMatchObject({ consequence: expect.stringContaining('xem xét'), actor: expect.any(String) })
    expect(capOf(4)).toMatchObject({ consequence: null, actor: null })
  })

  it('is of one pack alone, so that no other cap goes without its cases', () => {
    expect(PACKS.filter(({ cap }) => cap !== null).map(({ id }) => id)).toEqual(['xep-loai-4-muc'])
  })
})

// ── where figures come from ─────────────────────────────────────────────────────────────────────────────────────

type Loose = { readonly [name: string]: unknown }
const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Every object of a pack's JSON with its path, the pack itself left out. */
function objectsIn(value: unknown, path = ''): readonly (readonly [path: string, object: Loose])[] {
  if (Array.isArray(value)) return value.flatMap((one, i) => objectsIn(one, `${path}[${i}]`))
  if (!isObject(value)) return []
  const inside = Object.entries(value).flatMap(([name, one]) => objectsIn(one, path === '' ? name : `${path}.${name}`))
  return path === '' ? inside : [[path, value], ...inside]
}

/** What carries no basis of its own: a basis, parts of something that carries one, names. */
const WITHOUT = /(basis|Basis|\.from|\.to|\.counts|^options\[\d+\]|^alongside\[\d+\])$/

describe('every shipped pack', () => {
  it('is one of the eleven, under the name of its file', () => {
    expect([...TEXTS.keys()]).toEqual([
      'bo-nhiem-138-2020',
      'lay-phieu-danh-gia-122-mau',
      'mien-nhiem-41-QD-TW',
      'mien-nhiem-ND170-2025',
      'phieu-danh-gia-tieu-chi',
      'tin-nhiem-262-QD-TW',
      'tin-nhiem-96-QD-TW',
      'tin-nhiem-NQ35-2012-QH13',
      'tin-nhiem-NQ85-2014-QH13',
      'tin-nhiem-NQ96-2023-QH15',
      'xep-loai-4-muc',
    ])
    for (const [id, text] of TEXTS)
      expect(readFileSync(new URL(`../server/rules/packs/${id}.json`, import.meta.url), 'utf8')).toBe(text)
  })

  for (const [id, text] of TEXTS)
    it(`${id} states where each figure was seen, or that nobody saw it`, () => {
      const json = JSON.parse(text) as Loose
      const bases = objectsIn(json).filter(([path]) => /[bB]asis$/.test(path))
      const figures = objectsIn(json).filter(([path]) => !WITHOUT.test(path))
      expect(figures.filter(([, figure]) => !isObject(figure.basis)).map(([path]) => path)).toEqual([])
      expect(isObject(json.optionsBasis)).toBe(true)
      expect(bases.length).toBeGreaterThanOrEqual(7)
      for (const [path, { source, unsourced }] of bases) {
        expect(`${path}: ${source ?? unsourced}`).toMatch(source === undefined ? /: .{20,}/ : /: (https?:\/\/|press: )/)
        expect(source === undefined).toBe(unsourced !== undefined)
      }
    })

  it('are the very bytes that were frozen: what changes gets a new version in a file of its own', () => {
    const sums = readFileSync(`${import.meta.dirname}/../server/rules/packs/SHA256SUMS`, 'utf8')
    const frozen = sums
      .trim()
      .split('\n')
      .map(line => line.split('  ')[0])
    expect(frozen.sort()).toEqual([...TEXTS.values()].map(packHex).sort())
  })

  it('names the packs that speak beside it by the hashes of their files', () => {
    const beside = PACKS.flatMap(({ alongside }) => alongside)
    expect(packOf('tin-nhiem-96-QD-TW').alongside.map(({ pack }) => pack)).toEqual([
      'mien-nhiem-41-QD-TW',
      'mien-nhiem-ND170-2025',
    ])
    for (const { pack, sha256 } of beside) expect(packHex(TEXTS.get(pack)!)).toBe(sha256)
  })

  it('proposes, and never says that somebody is removed', () => {
    for (const text of TEXTS.values()) expect(text.normalize('NFC').toLowerCase()).not.toContain('bị miễn nhiệm')
    const proposals = PACKS.flatMap(({ bands, histories, proposal, cap }: Pack) => [
      ...bands.flatMap(({ consequence }) => consequence ?? []),
      ...histories.map(({ consequence }) => consequence),
      ...[proposal, cap].flatMap(one => one?.consequence ?? []),
    ])
    expect(proposals.filter(text => !text.startsWith('xem xét'))).toEqual([])
    expect(proposals.length).toBeGreaterThan(20)
  })

  it('says the options in the words of the forms, so that a ballot fits its pack', () => {
    const labels = (id: string) => packOf(id).options.map(({ id, label }) => [id, label])
    expect(labels('tin-nhiem-96-QD-TW')).toEqual([
      ['cao', 'Tín nhiệm cao'],
      ['tin-nhiem', 'Tín nhiệm'],
      ['thap', 'Tín nhiệm thấp'],
    ])
    for (const { id, template } of PACKS)
      if (template === 'confidence') expect(labels(id)).toEqual(labels('tin-nhiem-96-QD-TW'))
    for (const { id, template } of PACKS)
      if (template === 'quality') expect(labels(id)).toEqual(labels('xep-loai-4-muc'))
  })

  it('marks the figures that are made up for rehearsal, in the title and at every figure that nobody has seen', () => {
    const samples = PACKS.filter(({ sample }) => sample)
    expect(samples.map(({ id }) => id)).toEqual(['lay-phieu-danh-gia-122-mau'])
    const [{ title, bands, options, optionsBasis, quorum, denominator }] = samples as [Pack]
    expect(title).toContain('MẪU DIỄN TẬP')
    expect(options.length).toBeGreaterThan(0)
    for (const { basis } of [...bands, { basis: optionsBasis }, quorum!, denominator])
      expect(basis).toMatchObject({ unsourced: expect.stringContaining('Số liệu mẫu') })
  })
})

describe('the guided form for 122-QĐ/BCSĐ', () => {
  const [form] = readForms()
  const json = JSON.parse(form!) as Loose

  it('knows the citation, on whom, and the order of steps', () => {
    const citation = { text: expect.stringContaining('122-QĐ/BCSĐ ngày 11/5/2022'), date: '2022-05-11' }
    expect(json).toMatchObject({ id: 'lay-phieu-danh-gia-122', citation, sample: false })
    const steps = (json.steps as readonly { readonly text: string }[]).map(({ text }) => text).join(' ')
    expect(steps).toMatch(/[Kk]iểm điểm.*xếp loại.*Lấy phiếu đánh giá sau khi.*trước khi tổng kết năm/)
  })

  it('leaves open what only the agency’s copy can say', () => {
    expect(json).toMatchObject({ options: [], lowest: null, denominator: null, bands: [], quorum: null })
  })

  it('is no pack, and is refused at the line that says so', () => {
    expect(refusalOf(() => readPack(form!))).toBe(
      'wrong-value at line 2, format: phieukin/rules/v1, not phieukin/rules-form/v1',
    )
  })

  it('not even under the name of a pack, for as long as a figure is missing', () => {
    const renamed = form!.replace('phieukin/rules-form/v1', 'phieukin/rules/v1')
    expect(refusalOf(() => readPack(renamed))).toMatch(/^wrong-value at line 24, template: .*, not null$/)
  })
})
