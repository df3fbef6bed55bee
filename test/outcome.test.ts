/** `npm run outcome`: counts of a paper round in, what the rules say out; for lawyers and for machines. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Finding, PackOutcome } from '../server/rules/finding.ts'
import { TEXTS } from './rounds.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'phieukin-outcome-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const script = join(import.meta.dirname, '..', 'server', 'commands', 'outcome.ts')
function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

function fileOf(name: string, content: string | Uint8Array): string {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

/** As in the issue: 47 ballots collected, one of which bears no mark for the head. */
const HEAD = {
  name: 'Giám đốc Sở A',
  position: 'Giám đốc',
  counts: { cao: 19, 'tin-nhiem': 2, thap: 25 } as Record<string, number>,
  history: [] as readonly object[],
}
const ROUND = {
  date: '2026-12-05',
  attendance: { convened: 60, present: 50 },
  members: 60,
  issued: 50,
  collected: 47,
  subjects: [HEAD],
}
const withCounts = (counts: Record<string, number>, fields: object = {}) => ({
  ...ROUND,
  subjects: [{ ...HEAD, counts, ...fields }],
})

const countsFile = (round: object) => fileOf('counts.json', JSON.stringify(round, null, 2))
const text = (round: object, ...args: readonly string[]) => run('--counts', countsFile(round), ...args)

type Said = PackOutcome & { readonly version: number; readonly reason: string | null }
interface Printed {
  readonly date: string
  readonly blocked: string | null
  readonly packs: readonly Said[]
  readonly differ: readonly number[]
}
function json(round: object, ...args: readonly string[]): Printed {
  const { status, stdout, stderr } = text(round, '--json', ...args)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return JSON.parse(stdout) as Printed
}
const firstOf = (printed: Printed, pack: string): Finding =>
  printed.packs.find(said => said.pack === pack)!.subjects[0]!.findings[0]!

describe('npm run outcome, for machines', () => {
  it('says by pack and subject what the issue’s example reaches', () => {
    const printed = json(ROUND)
    expect(printed).toMatchObject({ date: '2026-12-05', blocked: null, differ: [] })
    expect(printed.packs.map(({ pack }) => pack)).toEqual([
      'tin-nhiem-96-QD-TW',
      'tin-nhiem-NQ96-2023-QH15',
      'mien-nhiem-41-QD-TW',
      'mien-nhiem-ND170-2025',
    ])
    expect(printed.packs[0]).toMatchObject({ version: 1, blocked: null, reason: null, inForce: true })
    expect(printed.packs[0]!.subjects[0]).toMatchObject({ name: 'Giám đốc Sở A', position: 'Giám đốc' })
    expect(firstOf(printed, 'tin-nhiem-96-QD-TW')).toMatchObject({
      band: 'tren-1-2',
      numerator: 25,
      denominator: 47,
      operator: '>',
      threshold: '1/2',
      article: null,
      actor: 'cấp có thẩm quyền quản lý cán bộ',
      percent: '53.19',
    })
    expect(firstOf(printed, 'mien-nhiem-ND170-2025')).toMatchObject({ band: 'tren-1-2', article: 'Điều 52' })
  })

  it('shows where texts differ at exactly two thirds', () => {
    const printed = json({ ...withCounts({ cao: 10, 'tin-nhiem': 6, thap: 32 }), collected: 48 })
    expect(printed.differ).toEqual([0])
    const bands = printed.packs.map(({ pack }) => [pack, firstOf(printed, pack).band])
    expect(bands).toEqual([
      ['tin-nhiem-96-QD-TW', 'tu-2-3'],
      ['tin-nhiem-NQ96-2023-QH15', 'tu-2-3'],
      ['mien-nhiem-41-QD-TW', 'tren-1-2'],
      ['mien-nhiem-ND170-2025', null],
    ])
  })

  it('evaluates just the packs that are named, in force or not, each once', () => {
    const named = ['--pack', 'tin-nhiem-NQ85-2014-QH13', '--pack', 'tin-nhiem-96-QD-TW', '--pack', 'tin-nhiem-96-QD-TW']
    const printed = json(ROUND, ...named)
    expect(printed.packs.map(({ pack, inForce }) => [pack, inForce])).toEqual([
      ['tin-nhiem-NQ85-2014-QH13', false],
      ['tin-nhiem-96-QD-TW', true],
    ])
    expect(firstOf(printed, 'tin-nhiem-NQ85-2014-QH13')).toMatchObject({ band: null, denominator: 60, base: 'members' })
  })

  it('takes a local pack from its file', () => {
    const local = TEXTS.get('tin-nhiem-96-QD-TW')!
      .replace('"id": "tin-nhiem-96-QD-TW"', '"id": "dia-phuong"')
      .replace('"fraction": "1/2"', '"fraction": "3/5"')
    const printed = json(ROUND, '--pack', fileOf('dia-phuong.json', local))
    expect(printed.packs.map(({ pack }) => pack)).toEqual(['dia-phuong'])
    expect(firstOf(printed, 'dia-phuong')).toMatchObject({ band: null, threshold: '3/5' })
  })

  it('chooses by the day what was in force then', () => {
    const on = (date: string) => json({ ...ROUND, date }).packs.map(({ pack }) => pack)
    expect(on('2014-06-01')).toEqual(['tin-nhiem-NQ35-2012-QH13'])
    expect(on('2020-06-01')).toEqual(['tin-nhiem-262-QD-TW', 'tin-nhiem-NQ85-2014-QH13'])
    expect(on('2023-02-01')).toEqual(['tin-nhiem-262-QD-TW', 'tin-nhiem-NQ85-2014-QH13', 'mien-nhiem-41-QD-TW'])
  })

  it('chooses by the options, and never figures that are made up for rehearsal', () => {
    const levels = withCounts({ 'xuat-sac': 5, tot: 20, 'hoan-thanh': 15, khong: 0 })
    const classified = { 'xuat-sac': 5, tot: 20, 'hoan-thanh': 15, khong: 0 }
    const printed = json({ ...levels, classified })
    expect(printed.packs.map(({ pack }) => pack)).toEqual(['xep-loai-4-muc'])
    expect(printed.packs[0]!.findings).toMatchObject([
      {
        kind: 'cap',
        band: 'tot',
        numerator: 5,
        denominator: 4,
        allowed: [{ allowed: 4 }, { allowed: 5 }, { allowed: 8 }],
      },
    ])
    expect(json(levels, '--pack', 'lay-phieu-danh-gia-122-mau').packs[0]).toMatchObject({ sample: true })
  })

  it('reads earlier years, members of the team, late ballots and criteria', () => {
    const history = [
      { year: 2025, quality: 'khong' },
      { year: 2024, quality: 'khong' },
    ]
    const printed = json(withCounts(HEAD.counts, { history }), '--pack', 'mien-nhiem-41-QD-TW')
    expect(printed.packs[0]!.subjects[0]!.findings[1]).toMatchObject({
      kind: 'history',
      band: 'hai-nam-khong-hoan-thanh',
    })
    expect(json({ ...ROUND, team: ['giám đốc sở a'] }).blocked).toBe('subject-on-team')
    expect(json({ ...ROUND, late: 1 }).blocked).toBe('late-ballots')
    expect(json({ ...ROUND, late: 0, team: ['Tổ viên 1'] }).blocked).toBe(null)
    const criteria = withCounts({ kem: 3, tot: 40 }, { criterion: 'Kết quả thực hiện nhiệm vụ' })
    expect(json(criteria).packs.map(({ pack, subjects }) => [pack, subjects[0]!.criterion])).toEqual([
      ['phieu-danh-gia-tieu-chi', 'Kết quả thực hiện nhiệm vụ'],
    ])
  })

  it('ends with 0 and says why where the round has no consequence', () => {
    const printed = json({ ...ROUND, attendance: { convened: 76, present: 50 } })
    expect(printed.blocked).toBe('no-quorum')
    for (const { blocked, reason } of printed.packs) {
      expect(blocked).toBe('no-quorum')
      expect(reason).toContain('có mặt')
    }
    expect(firstOf(printed, 'tin-nhiem-96-QD-TW')).toMatchObject({ band: null, consequence: null, numerator: 25 })
    expect(json({ ...ROUND, attendance: { convened: 75, present: 50 } }).blocked).toBe(null)
    expect(json({ ...ROUND, collected: 51 }).blocked).toBe('more-collected-than-issued')
    expect(json({ ...withCounts({ thap: 0 }), collected: 0 }).blocked).toBe('no-ballots')
  })

  it('counts no round as without consequence that is so under one text alone', () => {
    const printed = json(
      { ...ROUND, members: null },
      '--pack',
      'tin-nhiem-NQ85-2014-QH13',
      '--pack',
      'tin-nhiem-96-QD-TW',
    )
    expect(printed.packs.map(({ blocked }) => blocked)).toEqual(['needs-members', null])
    expect(printed.blocked).toBe(null)
  })
})

describe('npm run outcome, for a lawyer', () => {
  it('names the text, the base of every share, what is reached, on what basis, and who is asked to consider what', () => {
    const { status, stdout, stderr } = text(ROUND)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain('Lấy phiếu ngày 05/12/2026')
    expect(stdout).toContain('Quy định số 96-QĐ/TW ngày 02/02/2023 của Bộ Chính trị')
    expect(stdout).toContain('Điều kiện họp: có mặt từ 2/3 số người được triệu tập (40 người), khoản 2 Điều 3')
    expect(stdout).toContain('Tỷ lệ tính trên số phiếu thu về, khoản 3 Điều 6')
    expect(stdout).toMatch(/Tín nhiệm thấp +25 +53,19 %\n +Không đánh dấu +1 +2,13 %/)
    expect(stdout).toMatch(/Đạt ngưỡng trên 1\/2: 25 phiếu .* căn cứ Điều 52, Nghị định .*đề nghị cấp có thẩm quyền/)
    expect(stdout).toContain('Tỷ lệ tính trên số phiếu thu về (chưa thấy nguồn)')
  })

  it('says no finding as such, a difference of texts, and why a round has no consequence', () => {
    expect(text(withCounts({ cao: 40 })).stdout).toContain('Không đạt ngưỡng nào: 0 phiếu')
    const differing = text({ ...withCounts({ thap: 32 }), collected: 48 }).stdout
    expect(differing).toContain('Các quy định nói khác nhau về: Giám đốc Sở A, Giám đốc.')
    const blocked = text({ ...ROUND, late: 2 }).stdout
    expect(blocked).toContain('không có hệ quả: Có phiếu đến sau khi đóng hòm.')
    expect(blocked).not.toContain('→')
  })

  it('marks what is not in force, and what is a sample', () => {
    expect(text(ROUND, '--pack', 'tin-nhiem-262-QD-TW').stdout).toContain('Không còn hoặc chưa có hiệu lực')
    const sample = text(withCounts({ khong: 40 }), '--pack', 'lay-phieu-danh-gia-122-mau').stdout
    expect(sample).toContain('MẪU DIỄN TẬP')
    expect(sample).toContain('Số liệu mẫu')
  })

  it('shows every base of a cap, and a line that no threshold looks at', () => {
    const classified = { 'xuat-sac': 5, tot: 20, 'hoan-thanh': 15 }
    const { stdout } = text({ ...withCounts({ tot: 30 }), classified })
    expect(stdout).toMatch(/\(20\): tối đa 4\n.*\(25\): tối đa 5\n.*\(40\): tối đa 8/)
    const { stdout: criteria } = text(withCounts({ kem: 30 }, { criterion: 'Kết quả' }))
    expect(criteria).toContain('Giám đốc Sở A, Giám đốc, Kết quả')
    expect(criteria).toContain('không đặt ngưỡng')
  })

  it('speaks English too, and leaves the texts of regulations as they are', () => {
    const { stdout } = text(ROUND, '--lang', 'en')
    expect(stdout).toContain('Ballot of 2026-12-05')
    expect(stdout).toContain('Reaches the threshold more than 1/2')
    expect(stdout).toContain('53.19 %')
    expect(stdout).toContain('Quy định số 96-QĐ/TW')
    expect(JSON.parse(text({ ...ROUND, late: 1 }, '--lang', 'en', '--json').stdout).packs[0].reason).toContain('closed')
  })

  it('never says that anybody is removed, however many are against', () => {
    for (const counts of [{ thap: 47 }, { thap: 32, cao: 15 }, { khong: 47 }]) {
      const history = [
        { year: 2026, quality: 'khong' },
        { year: 2025, quality: 'khong' },
      ]
      const round = withCounts(counts, { history })
      for (const stdout of [text(round).stdout, text(round, '--json').stdout]) {
        expect(stdout.length).toBeGreaterThan(100)
        expect(stdout.normalize('NFC').toLowerCase()).not.toContain('bị miễn nhiệm')
      }
    }
  })
})

/** Each ends with 2 and one line that says what to mend. */
const unusable: readonly (readonly [name: string, args: () => readonly string[], says: string])[] = [
  ['no counts', () => [], 'Cách dùng: npm run outcome'],
  ['an unknown option of the command', () => ['--counts', 'x', '--fast'], 'Cách dùng'],
  ['a language that is none', () => ['--counts', 'x', '--lang', 'fr'], '--lang fr'],
  ['a file that is not there', () => ['--counts', join(folder, 'nowhere')], 'Không đọc được'],
  ['a folder', () => ['--counts', folder], 'Không đọc được'],
  ['a file that is no text', () => ['--counts', fileOf('x', Uint8Array.of(255, 254))], 'UTF-8'],
  [
    'a file that is no JSON',
    () => ['--counts', fileOf('x', '{\n  "date": ?')],
    'dòng 2, character 11: không phải JSON',
  ],
  ['an unknown field', () => bad({ ...ROUND, colour: 'red' }), 'dòng 22, colour: có trường lạ'],
  ['a missing field', () => bad({ ...ROUND, collected: undefined }), 'dòng 1, collected: thiếu trường'],
  ['an option that no pack has', () => bad(withCounts({ cao: 1, 'tin-tuong': 2 })), 'Mức “tin-tuong” không có trong'],
  [
    'an option that the pack named has not',
    () => [...bad(withCounts({ tot: 3 })), '--pack', 'tin-nhiem-96-QD-TW'],
    'Mức “tot” không có trong tin-nhiem-96-QD-TW',
  ],
  ['options of two kinds of ballot', () => bad(withCounts({ cao: 3, tot: 3 })), 'gồm đủ các mức cao, tot'],
  ['a day on which nothing was in force', () => bad({ ...ROUND, date: '2010-01-01' }), 'có hiệu lực ngày 01/01/2010'],
  ['a pack that is not there', () => [...bad(ROUND), '--pack', 'tin-nhiem-97'], 'Không có bộ quy tắc tin-nhiem-97'],
  ['a file that is no pack', () => [...bad(ROUND), '--pack', fileOf('p.json', '{\n}')], 'dòng 1, format: thiếu trường'],
  ['a pack file that is not there', () => [...bad(ROUND), '--pack', './khong-co.json'], 'Không đọc được'],
  [
    'a level of an earlier year that nobody knows',
    () => bad(withCounts({ cao: 1 }, { history: [{ year: 2025, quality: 'rat-kem' }] })),
    'Mức xếp loại “rat-kem”',
  ],
  ['a year to come', () => bad(withCounts({ cao: 1 }, { history: [{ year: 2027, quality: 'tot' }] })), '≤ 2026'],
  [
    'more present than convened',
    () => bad({ ...ROUND, attendance: { convened: 49, present: 50 } }),
    'Số người có mặt 50 nhiều hơn số người được triệu tập 49',
  ],
  ['more issued than present', () => bad({ ...ROUND, issued: 51 }), 'Số phiếu phát ra 51 nhiều hơn số người có mặt 50'],
  [
    'valid and invalid that do not add up',
    () => bad({ ...ROUND, valid: 46, invalid: 2 }),
    'Hợp lệ 46 + không hợp lệ 2 phải bằng số phiếu thu về 47',
  ],
  ['more valid than collected', () => bad({ ...ROUND, valid: 48 }), 'phải bằng số phiếu thu về 47'],
  ['more invalid than collected', () => bad({ ...ROUND, invalid: 48 }), 'phải bằng số phiếu thu về 47'],
  ['more marks than ballots', () => bad(withCounts({ cao: 20, thap: 28 })), 'tổng số đánh dấu 48 nhiều hơn 47'],
  ['more marks than valid ballots', () => bad({ ...ROUND, invalid: 2 }), 'tổng số đánh dấu 46 nhiều hơn 45'],
  ['a day that is none', () => bad({ ...ROUND, date: '2026-02-30' }), 'dòng 2, date: giá trị không đúng'],
  ['a negative number', () => bad(withCounts({ cao: -1 })), 'số không hợp lệ'],
  ['half a ballot', () => bad(withCounts({ cao: 1.5 })), 'số không hợp lệ'],
  ['nobody', () => bad({ ...ROUND, subjects: [] }), 'subjects: sai độ dài'],
]
const bad = (round: object): readonly string[] => ['--counts', countsFile(round)]

describe('unusable counts end with 2, one line, and nothing else:', () => {
  for (const [name, args, says] of unusable)
    it(name, () => {
      const { status, stdout, stderr } = run(...args())
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
      expect(stderr).toContain(says)
      expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    })

  it('in the person’s language', () => {
    expect(text({ ...ROUND, issued: 51 }, '--lang', 'en').stderr).toContain('more than the 50 people present')
    expect(text({ ...ROUND, colour: 1 }, '--lang', 'en', '--json').stderr).toContain('line 22, colour')
    const over = { ...ROUND, attendance: { convened: 49, present: 50 } }
    expect(text(over, '--lang', 'en').stderr).toBe('50 people present are more than the 49 convened.\n')
  })

  it('and the twins of all these, in order, are evaluated', () => {
    const twin = { ...ROUND, attendance: { convened: 50, present: 50 }, issued: 50, valid: 46, invalid: 1, late: 0 }
    const { status, stdout, stderr } = text({ ...twin, team: [], classified: null })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain('thu về 47, hợp lệ 46')
  })
})
