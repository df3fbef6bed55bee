import { strFromU8, unzipSync } from 'fflate'
import { beforeAll, describe, expect, it } from 'vitest'
import { BAR, brokenSentence } from '../client/words/reports/bar.ts'
import { inFours } from '../client/words/reports/paper.ts'
import { shortCode, toBase64url, toHex } from '../crypto/bytes.ts'
import { checkMinutes, impossible } from '../server/reports/arithmetic.ts'
import { writeDocx } from '../server/reports/docx.ts'
import { type FormFacts, factsOf } from '../server/reports/facts.ts'
import type { Block, Form, FormId, Rule, Text } from '../server/reports/form.ts'
import { formOf } from '../server/reports/forms.ts'
import { writeXlsx } from '../server/reports/xlsx.ts'
import { contestsOf } from '../server/rules/contests.ts'
import { packHex } from '../server/rules/read.ts'
import { linesOf } from '../server/rules/scores.ts'
import { plainSpelling } from '../server/rules/spelling.ts'
import type { Profile } from '../server/wire/leader.ts'
import { act, count, draftFor, firstOrganiser, openOffice, sealPoll, vote } from './office.ts'
import { ADDRESS, onPaper, papers, recounted, SURVEYED, survey, surveyed } from './papers.ts'
import { flowOf, pdfsOf, textOf } from './pdf.ts'
import { pagesOf, qrIn } from './picture.ts'
import { shipped } from './ruled.ts'

const FORMS = ['ballot', 'minutes', 'announcement', 'report'] as const
const PROFILES = ['state', 'party-2018', 'party-2026'] as const

/** 19, 2 and 25 marks and one empty line on 47 ballots; 50 handed out of 55; 60 convened, 50 came. */
let facts: FormFacts
beforeAll(async () => {
  facts = await papers()
})

const printed = (id: FormId, profile: Profile, of: FormFacts = facts): Form => {
  const answer = formOf(id, of, profile)
  if ('unprintable' in answer) throw new Error(`${id}: ${answer.unprintable.map(({ rule }) => rule)}`)
  return answer.form
}

const lettersOf = (text: Text): string => text.map(run => run.text).join('')

function wordsOfBlock(block: Block): readonly string[] {
  switch (block.kind) {
    case 'paragraph':
      return [lettersOf(block.text)]
    case 'heading':
      return [block.text]
    case 'figures':
      return block.rows.map(({ label, value }) => `${label}: ${lettersOf(value)}`)
    case 'table':
      return [
        (block.over ?? []).map(one => one.head).join(' | '),
        block.columns.map(column => column.head).join(' | '),
        ...block.rows.map(row => row.map(lettersOf).join(' | ')),
      ]
    case 'bars':
      return [
        block.legend.join(' | '),
        ...block.rows.map(({ label, counts, of }) => [label, ...counts, of].join(' | ')),
      ]
    case 'lines':
      return []
  }
}

/** Everything that a form says, line by line. */
function wordsOf({ head, title, about, blocks, notes, signatures, proof, running, watermark }: Form): string {
  const ofSignatures = signatures.flat().flatMap(one => {
    if (one === null) return []
    return 'list' in one ? [one.recipients, ...one.list] : [...one.heads, one.hint, ...one.people]
  })
  return [
    head.left.superior,
    head.left.body,
    ...head.right,
    head.number ?? '',
    head.dated,
    head.stamp ?? '',
    head.copy ?? '',
    head.hanging ?? '',
    watermark ?? '',
    title,
    ...about,
    ...blocks.flatMap(wordsOfBlock),
    ...notes,
    ...ofSignatures,
    ...(proof?.lines.map(lettersOf) ?? []),
    running,
  ].join('\n')
}

/** The line that was counted, with other marks; `max`: that were allowed. */
function marked(counts: readonly number[], max = 1): FormFacts['lines'][number] {
  const [line] = facts.lines
  const marks = counts.reduce((sum, n) => sum + n, 0)
  const { ballots } = line!.score!
  return { ...line!, max, score: { ballots, counts, marks, unmarked: max > 1 ? null : ballots - marks, mean: null } }
}

const missing = (text: string, expected: readonly string[]): readonly string[] =>
  expected.filter(one => !text.includes(one))

describe('the arithmetic of the minutes', () => {
  /** What breaks each rule, and beside it the same with one number right. */
  const change = {
    present: (present: number) => ({ attendance: { convened: 60, present } }),
    absent: (count: number) => ({ absent: [{ reason: 'nghỉ ốm', count }] }),
    count: (what: Partial<NonNullable<FormFacts['count']>>) => ({ count: { ...facts.count!, ...what } }),
    minutes: (what: Partial<FormFacts['minutes']>) => ({ minutes: { ...facts.minutes, ...what } }),
    line: (what: Partial<FormFacts['lines'][number]>) => ({ lines: [{ ...facts.lines[0]!, ...what }] }),
    counts: (counts: readonly number[]) => ({ lines: [marked(counts)] }),
  }
  const cases: readonly {
    readonly rule: Rule
    readonly wrong: () => Partial<FormFacts>
    readonly right: () => Partial<FormFacts>
    readonly numbers: readonly number[]
  }[] = [
    { rule: 'attendance', wrong: () => change.absent(9), right: () => change.absent(10), numbers: [50, 9, 60] },
    {
      rule: 'quorum',
      // 40 of 60 are two thirds.
      wrong: () => recounted(facts, { present: 39, votes: [10, 9, 20] }),
      right: () => recounted(facts, { present: 40, votes: [10, 9, 20] }),
      numbers: [39, 40, 60],
    },
    {
      rule: 'issued',
      wrong: () => ({ ...change.count({ issued: 51 }), ...change.minutes({ unused: 2 }) }),
      right: () => ({ ...change.count({ issued: 50 }), ...change.minutes({ unused: 3 }) }),
      numbers: [51, 50],
    },
    {
      rule: 'collected',
      wrong: () => change.count({ collected: 51, valid: 51 }),
      right: () => change.count({ collected: 50, valid: 50 }),
      numbers: [51, 50],
    },
    {
      rule: 'valid',
      wrong: () => change.count({ invalid: 1 }),
      right: () => change.count({ valid: 46, invalid: 1 }),
      numbers: [47, 1, 47],
    },
    {
      rule: 'printed',
      wrong: () => change.minutes({ unused: 4 }),
      right: () => change.minutes({ unused: 4, exchanged: 1 }),
      numbers: [55, 50, 4, 2],
    },
    {
      rule: 'marks',
      wrong: () => change.counts([19, 4, 25]),
      right: () => change.counts([19, 3, 25]),
      numbers: [48, 47],
    },
    {
      rule: 'lines',
      wrong: () => emptyLines(8),
      right: () => emptyLines(9),
      numbers: [35, 8, 44],
    },
    {
      rule: 'team',
      wrong: () => change.line({ subject: { name: 'tổ  viên 1', position: '' } }),
      right: () => change.line({ subject: { name: 'tổ  viên 11', position: '' } }),
      numbers: [],
    },
  ]
  /** Of a round on paper the first line's empty or spoilt ones. */
  const emptyLines = (unmarked: number): FormFacts => {
    const paper = onPaper(facts)
    const [first, ...others] = paper.lines
    return { ...paper, lines: [{ ...first!, score: { ...first!.score!, unmarked } }, ...others] }
  }
  it.each(cases)('breaks the rule “$rule”, and no other, by one number', ({ rule, wrong, right, numbers }) => {
    const [broken, whole] = [wrong, right].map(make => ({ ...facts, ...make() }))
    expect(checkMinutes(whole!)).toEqual([])
    const found = checkMinutes(broken!)
    expect(found.map(one => one.rule)).toEqual([rule])
    expect(found[0]!.numbers).toEqual(numbers)
    for (const language of ['vi', 'en'] as const) {
      const said = brokenSentence(found[0]!, language)
      expect(missing(said, numbers.map(String))).toEqual([])
      expect(said).not.toContain('undefined')
    }
    // Not printed.
    expect(formOf('minutes', broken!, 'state')).toEqual({ unprintable: found })
    expect(formOf('minutes', whole!, 'state')).toHaveProperty('form')
  })

  it('counts several marks a line, and lines that stay sealed', () => {
    const line = facts.lines[0]!
    const several = { ...facts, lines: [marked([40, 40, 14], 2)] }
    expect(checkMinutes(several)).toEqual([])
    expect(checkMinutes({ ...several, lines: [marked([40, 40, 15], 2)] })[0]).toMatchObject({
      rule: 'marks',
    })
    const hidden = { ...facts, count: { ...facts.count!, hidden: 1 } }
    expect(checkMinutes(hidden)).toEqual([])
    expect(checkMinutes({ ...facts, count: { ...facts.count!, hidden: 2 } })[0]).toMatchObject({ rule: 'marks' })
    expect(
      checkMinutes({ ...facts, count: { ...facts.count!, hidden: 47 }, lines: [{ ...line, score: null }] }),
    ).toEqual([])
  })

  it('holds lines of paper with several marks to what their filled sheets allow', () => {
    const paper = onPaper(facts)
    const last = paper.lines[paper.lines.length - 1]!
    const { counts } = last.score!
    // 34 sheets are filled: between 34 and 68 marks.
    const broken = (more: number) => {
      const marks = last.score!.marks + more
      const score = { ...last.score!, marks, counts: [counts[0]! + more, ...counts.slice(1)] }
      return checkMinutes({ ...paper, lines: [...paper.lines.slice(0, -1), { ...last, score }] }).map(
        ({ rule }) => rule,
      )
    }
    expect(last.score).toMatchObject({ marks: 58, unmarked: 10 })
    expect([broken(0), broken(10), broken(-24)]).toEqual([[], [], []])
    expect([broken(11), broken(-25)]).toEqual([['marks'], ['lines']])
  })

  it('judges before the count what there is: attendance, quorum, team', () => {
    const before = { ...facts, count: null }
    expect(checkMinutes({ ...before, minutes: { ...facts.minutes, unused: 400 } })).toEqual([])
    expect(checkMinutes({ ...before, absent: [] }).map(({ rule }) => rule)).toEqual(['attendance'])
  })

  it('lets a meeting without a quorum, or with a subject on its team, be reported but not minuted', () => {
    const short = recounted(facts, { present: 39, votes: [5, 2, 30, 1] })
    expect(checkMinutes(short).map(({ rule }) => rule)).toEqual(['quorum'])
    expect(impossible(checkMinutes(short))).toEqual([])
    expect(formOf('minutes', short, 'state')).toHaveProperty('unprintable')
    expect(wordsOf(printed('report', 'state', short))).toContain('không đủ điều kiện tiến hành hội nghị')
    const odd = { ...facts, ...change.count({ invalid: 1 }) }
    expect(impossible(checkMinutes(odd)).map(({ rule }) => rule)).toEqual(['valid'])
    for (const id of ['minutes', 'announcement', 'report'] as const)
      expect(formOf(id, odd, 'state')).toHaveProperty('unprintable')
  })

  it('keeps impossible figures out of the table of results', async () => {
    await expect(writeXlsx({ ...facts, ...change.count({ invalid: 1 }) })).rejects.toMatchObject({
      refusal: 'bad-minutes',
      where: 'valid',
    })
    await expect(writeXlsx({ ...facts, count: null })).rejects.toMatchObject({ refusal: 'wrong-state' })
  })
})

describe('spelling', () => {
  it.each([
    ['Uỷ ban', 'ủy  BAN'],
    ['hoà', 'hòa'],
    ['khoẻ', 'khỏe'],
    ['Thuý', 'thúy'],
    ['quý', 'qúy'],
    ['Nguyễn'.normalize('NFC'), 'nguyễn'.normalize('NFD')],
  ])('finds %s and %s alike', (one, other) => {
    expect(plainSpelling(one)).toBe(plainSpelling(other))
  })

  it.each([
    ['hoa', 'hòa'],
    ['tam', 'tâm'],
    ['dân', 'đân'],
    ['thủ', 'thử'],
    ['Tổ viên 1', 'Tổ viên 11'],
    ['ủy ban', 'ủyban'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(plainSpelling(one)).not.toBe(plainSpelling(other))
  })
})

describe('the forms', () => {
  const COUNTED = ['19', '40,43', '4,26', '25', '53,19', '2,13', '47']

  it.each(PROFILES)('hold the exact numbers of the count (%s)', profile => {
    for (const id of ['minutes', 'announcement', 'report'] as const) {
      const words = wordsOf(printed(id, profile))
      expect(missing(words, COUNTED)).toEqual([])
      expect(words).toContain('Tỷ lệ % trên số phiếu thu về (47)')
      expect(words).toContain('Tín nhiệm thấp | 25 | 53,19')
      expect(words).toContain('Không đánh dấu | 1 | 2,13')
      expect(words).toContain(shortCode(facts.manifestHash!))
      expect(words).toContain(shortCode(facts.count!.closingHash!))
      expect(words).toContain(inFours(toHex(facts.count!.closingHash!)))
    }
  })

  it('has every field of the minutes (B1–B18)', () => {
    const words = wordsOf(printed('minutes', 'state'))
    expect(
      missing(words, [
        ...['ỦY BAN NHÂN DÂN TỈNH B', 'SỞ A', 'Số: 05/BB', 'Quảng Trị, ngày 05 tháng 12 năm 2026'], // B1
        ...['BIÊN BẢN KIỂM PHIẾU', 'Lấy phiếu tín nhiệm đối với người đứng đầu Sở A, năm 2026'], // B2
        ...['Căn cứ Quy định số 96-QĐ/TW', 'Vào hồi 08 giờ 30 phút', 'tại Hội trường tầng 2 Sở A'], // B3
        ...['triệu tập: 60 người', 'có mặt: 50 người', 'vắng mặt: 10 người (nghỉ ốm: 3; đi công tác: 7)'], // B4
        '40 người, bằng 2/3 số người được triệu tập; đủ điều kiện tiến hành hội nghị',
        ...['Tổ trưởng | Trưởng phòng Thanh tra | Tổ trưởng', 'Tổ viên 1 | Chuyên viên Phòng Tổ chức | Thành viên'], // B5
        'Không thành viên nào của tổ kiểm phiếu là người được lấy phiếu.',
        'Người chứng kiến việc kiểm phiếu: Đại diện Sở Nội vụ.', // B6
        ...['phát ra: 50 phiếu', 'thu về: 47 phiếu'], // B7, B8
        ...['Số phiếu hợp lệ: 47 phiếu', 'không hợp lệ: 0 phiếu'], // B9
        ...['không dùng đến: 3 phiếu', 'đổi, trả lại: 2 phiếu', '55 đã in = 50 phát ra + 3 không dùng đến + 2'], // B10
        ...['Tín nhiệm cao | 19 | 40,43', 'Không đánh dấu | 1', 'Đánh dấu quá số mức được chọn | 0', 'Cộng | 47'], // B11, B12
        'Lý do không hợp lệ: không có', // B13
        ...['Khiếu nại và việc giải quyết', 'Không có.'], // B14
        'Đề nghị công khai kế hoạch khắc phục hạn chế sau hội nghị.', // B15
        ...['kết thúc hồi 10 giờ 05 phút', '03 bản có giá trị như nhau./.'], // B16
        ...['TM. TỔ KIỂM PHIẾU', 'TỔ TRƯỞNG', 'THÀNH VIÊN TỔ KIỂM PHIẾU', 'THƯ KÝ', 'CHỦ TRÌ HỘI NGHỊ'], // B17
        'niêm phong trong 2 phong bì, giao cho Văn phòng Sở A giữ', // B18
      ]),
    ).toEqual([])
  })

  it('has every field of the paper ballot (A1–A13), and no line for a signature', async () => {
    const ballot = printed('ballot', 'state')
    const words = wordsOf(ballot)
    expect(
      missing(words, [
        ...['ỦY BAN NHÂN DÂN TỈNH B', 'SỞ A'], // A1
        ...['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc'], // A2
        '(Đóng dấu treo)', // A3
        'PHIẾU TÍN NHIỆM', // A4
        '(Căn cứ Quy định số 96-QĐ/TW ngày 02/02/2023 của Bộ Chính trị)', // A5
        'Giám đốc Sở A', // A6
        ...['Tín nhiệm cao', 'Tín nhiệm', 'Tín nhiệm thấp'], // A8
        ...['đánh dấu X vào một ô ở mỗi dòng', 'Phiếu không hợp lệ: phiếu không do ban kiểm phiếu', 'đổi phiếu khác'], // A11
        'Phiếu không ghi tên, không ký tên', // A12
        'Quảng Trị, ngày 05 tháng 12 năm 2026', // A13
      ]),
    ).toEqual([])
    expect(ballot.signatures).toEqual([])
    expect(ballot.proof).toBeNull()
    const levels = recounted(facts, { pack: 'xep-loai-4-muc', votes: [19, 2, 25, 1] })
    expect(printed('ballot', 'state', levels).blocks.some(block => block.kind === 'lines')).toBe(false)
    const quality = printed('ballot', 'state', { ...levels, medium: 'paper' })
    expect(missing(wordsOf(quality), ['Điểm tự chấm | Tự xếp loại', 'Ý kiến khác (nếu có):'])).toEqual([]) // A7, A10
    expect(quality.blocks.some(block => block.kind === 'lines')).toBe(true)
    // A rule that nobody saw in a source is not held against a voter.
    expect(words).not.toContain('Ghi thêm tên người ngoài danh sách')
  })

  it('asks by criterion, one table a subject (A9)', async () => {
    const titles = ['Phẩm chất', 'Năng lực', 'Kết quả']
    const found = recounted(facts, {
      pack: 'phieu-danh-gia-tieu-chi',
      titles,
      criteria: true,
      votes: [20, 15, 10, 1, 1],
    })
    const words = wordsOf(printed('ballot', 'party-2026', found))
    expect(missing(words, ['Đối với đồng chí Giám đốc Sở A:', 'Tiêu chí | Xuất sắc | Tốt', '2 | Năng lực'])).toEqual([])
    const minutes = wordsOf(printed('minutes', 'state', found))
    expect(minutes).toContain('3 | Kết quả | 20 | 42,55 | 15 | 31,91 | 10 | 21,28 | 1 | 2,13 | 1')
    expect(wordsOf(printed('report', 'state', found))).toContain('không nêu ngưỡng nào cho loại phiếu này')
  })

  it('puts many subjects into one table, each percentage naming what it is of', async () => {
    const many = recounted(facts, { titles: ['Giám đốc Sở A', 'Giám đốc Sở B', 'Giám đốc Sở C'] })
    const words = wordsOf(printed('minutes', 'state', many))
    expect(words).toContain('Số phiếu | % trên số phiếu thu về')
    expect(words).toContain('2 | Giám đốc Sở B | 19 | 40,43 | 2 | 4,26 | 25 | 53,19 | 1')
  })

  it('takes shares of what the rules say', async () => {
    const convened = recounted(facts, { pack: 'bo-nhiem-138-2020', votes: [31, 15, 1] })
    const words = wordsOf(printed('minutes', 'state', convened))
    expect(words).toContain('Tỷ lệ % trên số người được triệu tập (60)')
    expect(words).toContain('| 31 | 51,67')
  })

  it('speaks as each kind of paper does', () => {
    const [state, old, now] = PROFILES.map(profile => FORMS.map(id => printed(id, profile)))
    const all = (forms: readonly Form[] | undefined) => forms!.map(wordsOf).join('\n')
    expect(all(state)).not.toMatch(/đồng chí/i)
    for (const words of [all(old), all(now)]) {
      expect(missing(words, ['ĐẢNG CỘNG SẢN VIỆT NAM', 'Số 05-BB', 'T/M TỔ KIỂM PHIẾU', '50 đồng chí'])).toEqual([])
      expect(missing(words, ['NGƯỜI GHI BIÊN BẢN', 'Số ……-BC/……', 'đồng chí Giám đốc Sở A'])).toEqual([])
      expect(words).not.toMatch(/CỘNG HÒA|TM\. |Số: /)
    }
    expect(missing(all(state), ['Số: 05/BB', 'Số: ……/BC-……', 'TM. HỘI NGHỊ', 'THƯ KÝ'])).toEqual([])
    expect(all(state)).not.toMatch(/ĐẢNG CỘNG SẢN|T\/M /)
    // "./." until the guidance of 2026; K/T nowhere.
    expect(all(state)).toContain('như nhau./.')
    expect(all(old)).toContain('như nhau./.')
    expect(all(now)).toMatch(/như nhau\.\n/)
    expect(all(now)).not.toContain('./.')
    for (const words of [all(state), all(old), all(now)]) expect(words).not.toMatch(/K\/T|KT\.|\bbạn\b|bị miễn nhiệm/i)
    // Who wrote stands left, who chaired right, where the stamp goes.
    for (const form of [state![1]!, old![1]!, now![1]!]) {
      const [left, right] = form.signatures[1]!
      expect(left).toMatchObject({ people: ['Chánh Văn phòng Sở A'], hint: '(Ký, ghi rõ họ tên)' })
      expect(right).toMatchObject({ people: ['Phó Giám đốc Sở A'], hint: '(Ký, đóng dấu, ghi rõ họ tên)' })
    }
    const cell = { ...facts, minutes: { ...facts.minutes, organisation: 'Chi bộ Văn phòng' } }
    expect(printed('minutes', 'party-2026', cell).signatures[1]![1]).toMatchObject({ hint: '(Ký, ghi rõ họ tên)' })
  })

  it.each([
    ['2026-12-05', 'ngày 05 tháng 12 năm 2026'],
    ['2026-02-15', 'ngày 15 tháng 02 năm 2026'],
    ['2026-03-01', 'ngày 01 tháng 3 năm 2026'],
    ['', 'ngày …… tháng …… năm ……'],
  ])('writes the day %s as “%s”', (date, expected) => {
    expect(printed('minutes', 'state', { ...facts, date }).head.dated).toBe(`Quảng Trị, ${expected}`)
  })

  it('leaves room to write by hand what nobody typed', () => {
    const empty = {
      number: '',
      place: '',
      startedAt: '',
      endedAt: '',
      chair: '',
      secretary: '',
      keeper: '',
      superior: '',
    }
    const words = wordsOf(printed('minutes', 'state', { ...facts, minutes: { ...facts.minutes, ...empty } }))
    expect(missing(words, ['Số: ……/BB-……', 'Vào hồi …… giờ …… phút', 'tại ……', 'giao cho …… giữ'])).toEqual([])
    expect(words).not.toMatch(/undefined|null|NaN/)
    const typed = { ...facts, minutes: { ...facts.minutes, number: '12/BB-SA', startedAt: 'sáng ngày họp' } }
    expect(missing(wordsOf(printed('minutes', 'state', typed)), ['Số: 12/BB-SA', 'Vào hồi sáng ngày họp'])).toEqual([])
  })

  it('bears stamp, number of the copy and the mark of a rehearsal where there are any', () => {
    const bare = wordsOf(printed('minutes', 'state'))
    expect(bare).not.toMatch(/MẬT|Bản số|DIỄN TẬP/i)
    const secret = printed('minutes', 'state', { ...facts, stamp: 'toi-mat', copy: 3 })
    expect(secret.head).toMatchObject({ stamp: 'TỐI MẬT', copy: 'Bản số: 03' })
    const rehearsal = printed('minutes', 'state', { ...facts, rehearsal: true })
    expect(rehearsal.watermark).toBe('DIỄN TẬP')
    expect(rehearsal.about.at(-1)).toBe('Bản diễn tập, không có giá trị pháp lý.')
  })

  it('is there before the count only as a paper ballot', () => {
    const before = { ...facts, count: null, outcome: null }
    expect(formOf('ballot', before, 'state')).toHaveProperty('form')
    for (const id of ['minutes', 'announcement', 'report'] as const)
      expect(() => formOf(id, before, 'state')).toThrow('wrong-state')
  })

  it('says so where nothing was opened, and where a small group stays sealed', () => {
    const line = facts.lines[0]!
    const sealed = {
      ...facts,
      outcome: null,
      count: { ...facts.count!, hidden: 47 },
      lines: [{ ...line, score: null }],
    }
    expect(wordsOf(printed('minutes', 'state', sealed))).toContain('không có số liệu theo mức')
    const partly = {
      ...facts,
      count: { ...facts.count!, hidden: 1 },
      lines: [{ ...line, score: { ...line.score!, ballots: 46, unmarked: 0 } }],
    }
    const words = wordsOf(printed('minutes', 'state', partly))
    expect(missing(words, ['1 phiếu không được mở riêng', 'Không đánh dấu | 0', 'Cộng | 46'])).toEqual([])
  })
})

describe('further questions', () => {
  it('stand with their distribution, unmarked lines and mean, each in its own kind of table', () => {
    const words = wordsOf(printed('minutes', 'state', surveyed(facts)))
    expect(
      missing(words, [
        'Hoàn thành tốt nhiệm vụ | 23 | 48,94',
        'TT | Tiêu chí | Số phiếu | % trên số phiếu thu về',
        // 12 · 10 + 22 · 8 + 8 · 5 of 45 who marked: 7.4666…
        '1 | Phẩm chất chính trị, đạo đức | 12 | 25,53 | 22 | 46,81 | 8 | 17,02 | 3 | 6,38 | 2 | 7,47',
        '2 | Năng lực quản lý, điều hành | 6 | 12,77 | 16 | 34,04 | 19 | 40,43 | 6 | 12,77 | 0 | 6,02',
        'Thang điểm: Xuất sắc 10; Tốt 8; Trung bình 5; Kém 0.',
        'Cộng điểm trung bình của 3 tiêu chí: 20,03 trên tối đa 30,00. Đây là tổng các điểm trung bình',
        'Câu hỏi: Có nên phân công lại công việc trong lãnh đạo không?',
        ...['Có | 28 | 59,57', 'Không | 17 | 36,17', 'Không đánh dấu | 2 | 4,26', 'Cộng | 47'],
        // Marks exceed ballots; a share is of ballots.
        ...['Câu hỏi: Việc cần thay đổi trước (chọn nhiều nhất 2)', 'Phân công | 30 | 63,83'],
        'Dòng được đánh dấu nhiều mức thì tổng có thể lớn hơn số phiếu',
      ]),
    ).toEqual([])
  })

  it('say what a scale is worth line by line where criteria differ, and no mean where nobody marked', () => {
    const found = surveyed(facts)
    const halved = found.lines.map((line, at) =>
      at === 2 ? { ...line, options: line.options.map(one => ({ ...one, points: one.points! / 4 })) } : line,
    )
    expect(wordsOf(printed('minutes', 'state', { ...found, lines: halved }))).toContain(
      'Thang điểm theo thứ tự mức (Xuất sắc – Tốt – Trung bình – Kém): Phẩm chất chính trị, đạo đức: 10 – 8 – 5 – 0; Năng lực quản lý, điều hành: 2,5 – 2 – 1,25 – 0; Kết quả công tác: 10 – 8 – 5 – 0.',
    )
    const nobody = found.lines.map((line, at) =>
      at === 1
        ? { ...line, score: { ...line.score!, counts: [0, 0, 0, 0], marks: 0, unmarked: 47, mean: null } }
        : line,
    )
    const words = wordsOf(printed('minutes', 'state', { ...found, lines: nobody, unions: [], minimumBallots: null }))
    expect(words).toContain('1 | Phẩm chất chính trị, đạo đức | 0 | 0,00 | 0 | 0,00 | 0 | 0,00 | 0 | 0,00 | 47 | –')
    expect(words).not.toContain('Cộng điểm trung bình')
    // One criterion alone has its mean in a sentence.
    const alone = { ...found, lines: nobody.slice(0, 2), unions: [], minimumBallots: null }
    expect(wordsOf(printed('minutes', 'state', alone))).toContain(
      'Điểm trung bình: không có, vì không phiếu nào đánh dấu ở dòng này.',
    )
    expect(wordsOf(printed('minutes', 'state', { ...alone, lines: found.lines.slice(0, 2) }))).toContain(
      'Điểm trung bình: 7,47 (tính trên 45 phiếu có đánh dấu ở dòng này).',
    )
  })

  it('put many subjects into one table a question, and their sums into one', () => {
    const subjects = Array.from({ length: 41 }, (_, i) => ({ name: '', position: `Giám đốc Sở ${i + 1}` }))
    const [, ...counts] = [[0], [3, 2, 1, 0], [1, 2, 3, 0]]
    const contests = contestsOf(
      { ...SURVEYED, template: 'criteria', subjects, questions: SURVEYED.questions.slice(0, 2) },
      null,
    )
    const manifest = { text: JSON.stringify({ contests, groups: [] }), contests, groups: [] }
    const unions = [{ groups: [], ballots: 6, counts: subjects.flatMap(() => counts) }]
    const many = {
      ...facts,
      ...{ pack: null, outcome: null, template: 'criteria' as const },
      lines: linesOf(manifest, { unions }),
    }
    const minutes = printed('minutes', 'state', { ...many, count: { ...facts.count!, hidden: 41 } })
    const tables = minutes.blocks.filter(block => block.kind === 'table').map(({ rows }) => rows.length)
    expect(tables).toEqual([3, 41, 41, 41])
    const words = wordsOf(minutes)
    expect(words).toContain('Tiêu chí: Năng lực quản lý, điều hành\n')
    // 8.5 and 6; of 6 ballots, while 47 were collected.
    expect(words).toContain('41 | Giám đốc Sở 41 | 3 | 6,38 | 2 | 4,26 | 1 | 2,13 | 0 | 0,00 | 0 | 8,50')
    // 17/2 + 41/6.
    expect(words).toContain('41 | Giám đốc Sở 41 | 15,33 | 20,00')
    const bars = printed('report', 'state', many).blocks.flatMap(block => (block.kind === 'bars' ? [block] : []))
    expect(bars.map(({ rows }) => rows.length)).toEqual([41, 41])
    expect(bars[0]!.rows[40]).toMatchObject({ label: 'Giám đốc Sở 41', counts: [3, 2, 1, 0], of: 6 })
  })

  it('never lend their labels to what the rules say: options of another question may have the same id', () => {
    const levels = recounted(facts, { pack: 'xep-loai-4-muc', votes: [19, 22, 5, 1] })
    const [criterion] = surveyed(facts).lines.slice(1)
    expect(criterion!.options.map(({ id }) => id)).toContain('tot')
    const both = { ...levels, lines: [...levels.lines, { ...criterion!, unions: [], weighted: null }] }
    const words = wordsOf(printed('report', 'state', both))
    expect(words).toContain('22 phiếu “Hoàn thành tốt nhiệm vụ” trên 47')
    expect(words).not.toContain('phiếu “Tốt”')
  })
})

describe('results by group', () => {
  it('say which groups were added up and why, and give every union its own shares', () => {
    for (const id of ['minutes', 'announcement', 'report'] as const)
      expect(
        missing(wordsOf(printed(id, 'state', surveyed(facts))), [
          'Nhóm Cấp trên và Cùng cấp: 11 phiếu, trọng số 5',
          'Nhóm Cấp dưới: 36 phiếu, trọng số 5',
          'Số phiếu của các nhóm Cấp trên và Cùng cấp được cộng chung vì trong đó có nhóm không đủ 5 phiếu',
          '– Cấp trên và Cùng cấp (11) | 3 | 27,27 | 5 | 45,45 | 2 | 18,18 | 1 | 9,09 | 0',
          '– Cấp dưới (36) | 8 | 22,22 | 17 | 47,22 | 7 | 19,44 | 3 | 8,33 | 1 | 7,17',
          'Cấp trên và Cùng cấp (11) |',
          'Phân công | 8 | 72,73 | 22 | 61,11 | 66,92',
        ]),
      ).toEqual([])
  })

  it('set the weighted figure beside the counts as a second one, named so', () => {
    const words = wordsOf(printed('report', 'state', surveyed(facts)))
    expect(words).toContain('Tham khảo, có trọng số |  | 29,29 |  | 46,34 |  | 14,27 |  | 4,17 |  | 7,84')
    expect(words).toContain('Số này không thay cho số phiếu và không dùng để so với ngưỡng.')
    expect(words).toContain('Cấp dưới 19,95; tham khảo, có trọng số 20,18.')
    const found = surveyed(facts)
    const unweighted = {
      ...found,
      lines: found.lines.map(line => ({ ...line, weighted: null })),
      unions: found.unions.map(union => ({ ...union, weight: null })),
    }
    const bare = wordsOf(printed('report', 'state', unweighted))
    expect(bare).not.toMatch(/trọng số/i)
    expect(bare).toContain('Nhóm Cấp dưới: 36 phiếu')
  })

  it('are not there where all groups were opened together: a sentence says why, and nothing of any group', () => {
    const found = surveyed(facts)
    const [first, second] = found.unions
    const one = {
      ...found,
      lines: found.lines.map(line => ({ ...line, unions: [], weighted: null })),
      unions: [{ groups: [...first!.groups, ...second!.groups], ballots: 47, weight: 10 }],
    }
    const words = wordsOf(printed('report', 'state', one))
    expect(words).toContain('Cấp trên, Cùng cấp và Cấp dưới được cộng chung vì có nhóm không đủ 5 phiếu')
    expect(words).not.toMatch(/theo nhóm|trọng số|% trên phiếu của nhóm|\(36\)/i)
    // Nor where everybody votes under one label.
    expect(wordsOf(printed('report', 'state'))).not.toMatch(/nhóm/i)
  })

  it('are drawn as bars in the report: lines, their groups below them, and a row for each choice', () => {
    const { blocks } = printed('report', 'state', surveyed(facts))
    const bars = blocks.flatMap(block => (block.kind === 'bars' ? [block] : []))
    expect(bars.map(({ rows }) => rows.length)).toEqual([3, 9, 3, 5])
    expect(bars[1]!.rows[1]).toEqual({
      label: '– Cấp trên và Cùng cấp (11)',
      strong: false,
      counts: [4, 5, 1, 0],
      of: 11,
    })
    expect(bars[3]!.rows[1]).toEqual({ label: 'Phân công', strong: false, counts: [30], of: 47 })
    for (const id of ['minutes', 'announcement'] as const)
      expect(printed(id, 'state', surveyed(facts)).blocks.some(({ kind }) => kind === 'bars')).toBe(false)
    expect(printed('report', 'state').blocks.some(({ kind }) => kind === 'bars')).toBe(false)
  })
})

describe('a survey without a subject', () => {
  it.each(FORMS)('speaks of nobody who is judged, and of no threshold (%s)', id => {
    for (const profile of PROFILES) {
      const words = wordsOf(printed(id, profile, survey(facts)))
      // The archive's name for the poll's file aside.
      expect(words.replaceAll('hồ sơ cuộc lấy phiếu', '')).not.toMatch(
        /người được lấy phiếu|đối với (đồng chí )?Giám đốc|ngưỡng nào|Đối chiếu với|tín nhiệm/i,
      )
      expect(words).toContain('Kết quả công tác')
    }
  })

  it('is reported as a survey', () => {
    const words = wordsOf(printed('report', 'state', survey(facts)))
    expect(missing(words, ['báo cáo kết quả khảo sát không ghi tên', 'để biết và chỉ đạo./.', 'TT | Câu hỏi'])).toEqual(
      [],
    )
    expect(wordsOf(printed('ballot', 'state', survey(facts)))).toContain('PHIẾU KHẢO SÁT Ý KIẾN')
  })
})

describe('a round on paper', () => {
  it('has minutes with invalid ballots by reason, sheets, who counted, and no code to check', () => {
    const minutes = printed('minutes', 'state', onPaper(facts))
    const words = wordsOf(minutes)
    expect(
      missing(words, [
        ...['Số phiếu đã in: 55 phiếu', 'thu về: 47 phiếu', 'Số phiếu hợp lệ: 44 phiếu', 'không hợp lệ: 3 phiếu'],
        'Lý do không hợp lệ: Không do tổ kiểm phiếu phát hành: 1 phiếu; Ghi tên người bỏ phiếu: 2 phiếu.', // B13
        '55 đã in = 50 phát ra + 3 không dùng đến + 2 đổi, trả lại',
        'hai thành viên tổ kiểm phiếu (Tổ viên 1, Tổ viên 2) nhập riêng, không xem số của nhau, và khớp nhau từng dòng',
        ...['Bỏ trống hoặc ghi hỏng | 9 | 19,15', 'Cộng | 44', 'Tỷ lệ % trên số phiếu thu về (47)'],
        'Phiếu đã kiểm, phiếu không hợp lệ, phiếu không dùng đến',
      ]),
    ).toEqual([])
    expect(words).not.toMatch(/điện tử|mã đóng hòm|thẻ bỏ phiếu|quá số mức được chọn/i)
    expect(minutes.proof).toBeNull()
    expect(minutes.running).toBe('Biên bản kiểm phiếu – Lấy phiếu tín nhiệm đối với người đứng đầu Sở A')
    for (const id of ['announcement', 'report'] as const)
      expect(wordsOf(printed(id, 'state', onPaper(facts)))).toContain('Ghi tên người bỏ phiếu: 2 phiếu.')
    const long = { ...onPaper(facts), title: 'Lấy phiếu '.repeat(40) }
    expect(printed('minutes', 'state', long).running.length).toBeLessThan(110)
  })

  it('has its ballot before anything is counted, with criteria, standards, choices and what the subject said', () => {
    const before = {
      ...onPaper(facts),
      count: null,
      lines: onPaper(facts).lines.map(line => ({ ...line, score: null })),
    }
    const ballot = printed('ballot', 'state', before)
    expect(
      missing(wordsOf(ballot), [
        'Giám đốc Sở A | 92 | Hoàn thành tốt nhiệm vụ | ', // A7
        ...['TT | Tiêu chí | Xuất sắc (10\u00a0điểm) | Tốt (8\u00a0điểm)', '2 | Năng lực quản lý, điều hành |'], // A9
        'Tiêu chuẩn của từng mức: Xuất sắc: vượt yêu cầu, có cách làm mới; Tốt: đủ yêu cầu, đúng hạn;',
        '1 | Có nên phân công lại công việc trong lãnh đạo không? |  | ',
        ...['Việc cần thay đổi trước (chọn nhiều nhất 2):', '5 | Trang thiết bị |'],
        'một ô ở mỗi dòng; ở câu được chọn nhiều thì không quá số ô ghi ở câu đó', // A11
        'Ý kiến khác (nếu có):', // A10
      ]),
    ).toEqual([])
    expect(ballot.blocks.some(({ kind }) => kind === 'lines')).toBe(true)
    expect(wordsOf(ballot)).not.toContain('bỏ phiếu bằng điện thoại')
    // By phone the same is a sample, and comments are prompts of their own.
    const byPhone = printed('ballot', 'state', surveyed(facts))
    expect(wordsOf(byPhone)).toContain('Mẫu phiếu để xem; cuộc này bỏ phiếu bằng điện thoại, không phát phiếu giấy.')
    expect(byPhone.blocks.some(({ kind }) => kind === 'lines')).toBe(false)
  })

  it('asks only by criteria: what the subject said stands with the name', () => {
    const [, ...criteria] = onPaper(facts).lines
    const words = wordsOf(printed('ballot', 'state', { ...onPaper(facts), template: 'criteria', lines: criteria }))
    expect(words).toContain('Đối với Giám đốc Sở A (điểm tự chấm: 92; tự xếp loại: Hoàn thành tốt nhiệm vụ):')
  })

  it('sets options that have no room beside a name below it', () => {
    const [whole] = onPaper(facts).lines
    const option = (i: number) => ({ id: `o${i}`, label: `Phương án ${i}`, standard: '', points: null })
    const seven = { ...whole!, max: 3, options: Array.from({ length: 7 }, (_, i) => option(i + 1)) }
    const words = wordsOf(printed('ballot', 'state', { ...onPaper(facts), template: 'free', lines: [seven] }))
    expect(missing(words, ['Đánh giá chung (chọn nhiều nhất 3):', '7 | Phương án 7 |', 'nhiều nhất 3 ô'])).toEqual([])
  })
})

describe('the report to the competent authority', () => {
  it('proposes by each text, with number, operator, denominator, article', () => {
    const words = wordsOf(printed('report', 'state'))
    expect(words).toContain('Kính gửi: Ủy ban nhân dân tỉnh B')
    expect(words).toContain(
      'Đạt ngưỡng trên 1/2: 25 phiếu “Tín nhiệm thấp” trên 47 (53,19 % số phiếu thu về); căn cứ Quy định số 96-QĐ/TW ngày 02/02/2023 của Bộ Chính trị; đề nghị cấp có thẩm quyền quản lý cán bộ xem xét',
    )
    expect(words).toContain('căn cứ Điều 52, Nghị định số 170/2025/NĐ-CP')
    expect(words).toContain('xem xét, quyết định các đề nghị nêu trên')
    expect(words).toContain('Báo cáo này không thay cho quyết định của cấp có thẩm quyền./.')
  })

  it('shows both views where texts differ: at exactly two thirds one is reached, the others are not', async () => {
    const thirds = recounted(facts, { votes: [10, 5, 30] })
    const words = wordsOf(printed('report', 'state', thirds))
    expect(words).toContain('Đạt ngưỡng từ 2/3 trở lên: 30 phiếu “Tín nhiệm thấp” trên 45 (66,67 % số phiếu thu về)')
    expect(words).toMatch(/Đạt ngưỡng trên 1\/2: 30 phiếu “Tín nhiệm thấp” trên 45 .*Quy định số 41-QĐ\/TW/)
    expect(words).toContain('nói khác nhau về cùng kết quả này')
    expect(wordsOf(printed('report', 'state'))).not.toContain('nói khác nhau')
  })

  it('says no finding as such, and then asks for nothing', async () => {
    const half = recounted(facts, { votes: [20, 3, 23] })
    const words = wordsOf(printed('report', 'state', half))
    expect(words).toContain('không đạt ngưỡng nào: 23 phiếu “Tín nhiệm thấp” trên 46 (50,00 % số phiếu thu về)')
    expect(words).toContain('Không có đề nghị xử lý nào.')
    expect(words).not.toContain('Đạt ngưỡng')
  })

  it('says why a round has no consequence', async () => {
    const words = wordsOf(printed('report', 'state', recounted(facts, { present: 39, votes: [5, 2, 30, 1] })))
    expect(words).toContain('Số người có mặt không đủ so với quy định')
    expect(words).toContain('không làm phát sinh đề nghị nào')
    expect(words).toContain('Không có đề nghị xử lý nào.')
    expect(words).not.toContain('Đạt ngưỡng')
  })

  it('marks figures that nobody saw in a source, and samples, by notes', async () => {
    expect(printed('report', 'state').notes).toEqual([])
    const sample = printed('report', 'state', recounted(facts, { pack: 'lay-phieu-danh-gia-122-mau' }))
    expect(sample.notes.map(note => note.slice(0, 12))).toEqual(['Chi tiết này', 'Số liệu mẫu '])
    expect(wordsOf(sample)).toMatch(/\(1\)\(2\)\n/)
  })

  it('names no threshold where the poll pins no rules', async () => {
    const words = wordsOf(printed('report', 'state', recounted(facts, { pack: null })))
    expect(words).toContain('không gắn với bộ quy tắc nào')
    expect(words).toContain('Tín nhiệm thấp | 25 | 53,19')
    expect(words).toContain('Không có đề nghị xử lý nào.')
  })

  it.each([
    ['meeting', 'Đọc tại hội nghị.'],
    ['authority', 'Chỉ gửi cấp có thẩm quyền, không đọc tại hội nghị và không công khai.'],
    ['public', 'Đọc tại hội nghị và công khai theo quy định.'],
  ] as const)('announces by the channel “%s”', (disclosure, said) => {
    expect(wordsOf(printed('announcement', 'state', { ...facts, disclosure }))).toContain(said)
  })
})

describe('a .docx', () => {
  /** What LibreOffice makes of each, by form and profile. */
  let pdfs: ReadonlyMap<string, Uint8Array>
  const names = FORMS.flatMap(id => PROFILES.map(profile => ({ id, profile, name: `${id}-${profile}` })))
  beforeAll(async () => {
    const docx = await Promise.all(
      names.map(async ({ id, profile, name }) => [name, await writeDocx(printed(id, profile))] as const),
    )
    const many = {
      ...recounted(facts, { titles: ['Giám đốc Sở A', 'Giám đốc Sở B', 'Giám đốc Sở C'] }),
      rehearsal: true,
    }
    const more = {
      many: printed('minutes', 'state', many),
      groups: printed('report', 'state', surveyed(facts)),
      survey: printed('report', 'party-2026', survey(facts)),
      paper: printed('minutes', 'party-2018', onPaper(facts)),
      'paper-ballot': printed('ballot', 'state', onPaper(facts)),
    }
    const others = await Promise.all(
      Object.entries(more).map(async ([name, form]) => [name, await writeDocx(form)] as const),
    )
    pdfs = pdfsOf(new Map([...docx, ...others]))
  })

  it.each(PROFILES)('opens in an office, with the numbers of the count (%s)', profile => {
    for (const id of ['minutes', 'announcement', 'report']) {
      const text = flowOf(textOf(pdfs.get(`${id}-${profile}`)!))
      expect(missing(text, ['40,43', '4,26', '53,19', '2,13', '47 phiếu', '50 phiếu', 'trên số phiếu thu'])).toEqual([])
      expect(missing(text, ['Giám đốc Sở A', 'Phó Giám đốc Sở A', 'Quảng Trị, ngày 05 tháng 12 năm 2026'])).toEqual([])
      const groups = inFours(toHex(facts.count!.closingHash!)).split(' ')
      expect(missing(text, [...groups, shortCode(facts.manifestHash!), shortCode(facts.count!.closingHash!)])).toEqual(
        [],
      )
    }
    const minutes = flowOf(textOf(pdfs.get(`minutes-${profile}`)!))
    expect(missing(minutes, ['Tổ viên 1', 'Tổ viên 2', 'Chánh Văn phòng Sở A', '55 đã in = 50 phát ra + 3'])).toEqual(
      [],
    )
    expect(missing(minutes, profile === 'state' ? ['60 người'] : ['60 đồng chí'])).toEqual([])
    expect(flowOf(textOf(pdfs.get(`ballot-${profile}`)!))).toContain('PHIẾU TÍN NHIỆM')
  })

  it('has as many pages as an office expects, numbered from the second', () => {
    const pages = (name: string) => pagesOf(pdfs.get(name)!, 20).length
    for (const { id, name } of names) {
      const count = pages(name)
      if (id === 'ballot') expect(count).toBe(1)
      else expect(count).toBeGreaterThan(1)
      expect(count).toBeLessThanOrEqual(4)
    }
    const [first, second] = textOf(pdfs.get('minutes-state')!).split('\f')
    expect(first!.trimStart().split('\n')[0]!.trim()).not.toBe('1')
    expect(second!.trimStart().split('\n')[0]!.trim()).toBe('2')
    for (const page of [first, second]) expect(page).toContain(`mã đóng hòm ${shortCode(facts.count!.closingHash!)}`)
  })

  it('leads to the verifier by its QR code', () => {
    const last = pagesOf(pdfs.get('report-state')!).at(-1)!
    expect(qrIn(last)).toBe(`${ADDRESS}/verify#poll=${toBase64url(facts.manifestHash!)}`)
  })

  it('says rehearsal, and holds many subjects', () => {
    const text = flowOf(textOf(pdfs.get('many')!))
    expect(missing(text, ['Bản diễn tập, không có giá trị pháp lý.', 'Giám đốc Sở C', '53,19'])).toEqual([])
  })

  it('holds criteria, groups, the weighted figure and bars, and as many pages as somebody reads', () => {
    const text = flowOf(textOf(pdfs.get('groups')!))
    expect(
      missing(text, [
        ...['Năng lực quản lý', '34,04', '6,02', '20,03 trên tối đa 30,00', 'Việc cần thay đổi trước', '63,83'],
        ...['được cộng chung vì trong đó', '– Cấp dưới (36)', '41,67', 'Tham khảo, có trọng', '39,02', '6,20'],
        'Biểu đồ phân bố phiếu',
      ]),
    ).toEqual([])
    expect(pagesOf(pdfs.get('groups')!, 20).length).toBeLessThanOrEqual(6)
    const asked = flowOf(textOf(pdfs.get('survey')!))
    expect(missing(asked, ['khảo sát không ghi tên', 'Kết quả công tác', '6,54', 'để biết và chỉ đạo'])).toEqual([])
  })

  it('draws each part of a bar as wide as its share', () => {
    const DPI = 60
    const runs = pagesOf(pdfs.get('groups')!, DPI).map(({ grey, width }) => longestRun(grey, width))
    // The longest part in the first grey is that of 30 ballots in 47; a bar is 110 mm long.
    const expected = ((30 / 47) * 110 * DPI) / 25.4
    expect(Math.abs(Math.max(...runs) - expected)).toBeLessThan(3)
    // The first page has letters and rules only.
    expect(runs[0]).toBeLessThan(10)
  })

  /** How many dots of the darkest grey stand side by side. */
  function longestRun(grey: Uint8Array, width: number): number {
    let [run, longest] = [0, 0]
    for (const [i, dot] of grey.entries()) {
      run = i % width !== 0 && dot > 0x38 && dot < 0x48 ? run + 1 : 0
      longest = Math.max(longest, run)
    }
    return longest
  }

  it('holds the minutes of a round on paper, without a code to check, and its ballot', () => {
    const text = flowOf(textOf(pdfs.get('paper')!))
    expect(missing(text, ['44 phiếu', 'Ghi tên người bỏ phiếu: 2 phiếu', 'Tổ viên 1, Tổ viên 2', '19,15'])).toEqual([])
    expect(text).not.toMatch(/mã đóng hòm/i)
    const ballot = flowOf(textOf(pdfs.get('paper-ballot')!))
    expect(
      missing(ballot, ['Xuất sắc', '(10 điểm)', 'Tiêu chuẩn của từng mức', 'chọn nhiều nhất 2', 'Ý kiến khác']),
    ).toEqual([])
  })

  it('is set in A4 with the margins of the rules', async () => {
    for (const profile of PROFILES) {
      const files = unzipSync(await writeDocx(printed('minutes', profile)))
      const body = strFromU8(files['word/document.xml']!)
      // Twips: 210 × 297 mm; 20, 15, 20, 30 mm.
      expect(body).toContain('w:w="11906" w:h="16838"')
      expect(body).toMatch(/w:pgMar w:top="1134" w:right="850" w:bottom="1134" w:left="1701"/)
      expect(strFromU8(files['word/styles.xml']!)).toContain('Times New Roman')
    }
  })

  it('comes out the same whenever it is made', async () => {
    const [one, other] = [await writeDocx(printed('report', 'state')), await writeDocx(printed('report', 'state'))]
    expect(toHex(one)).toBe(toHex(other))
    expect(toHex(one)).not.toBe(toHex(await writeDocx(printed('report', 'party-2018'))))
    expect(strFromU8(unzipSync(one)['docProps/core.xml']!)).not.toMatch(/dcterms:(created|modified)/)
  })
})

describe('the .xlsx', () => {
  /** Its sheets as rows of cells: numbers as numbers, letters as letters. */
  async function sheetsOf(of: FormFacts): Promise<readonly (readonly (readonly (string | number | null)[])[])[]> {
    const files = unzipSync(await writeXlsx(of))
    const plain = (xml: string) => xml.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
    const strings = [...strFromU8(files['xl/sharedStrings.xml']!).matchAll(/<si><t[^>]*>([^<]*)<\/t><\/si>/g)].map(m =>
      plain(m[1]!),
    )
    // Empty cells are left out: the column's letter says where one stands.
    const cells = (row: string) => {
      const found: (string | number | null)[] = []
      for (const [, column, kind, value] of row.matchAll(
        /<c r="([A-Z]+)\d+"([^>]*?)(?:\/>|>(?:<v>([^<]*)<\/v>)?<\/c>)/g,
      )) {
        const at = [...column!].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1
        while (found.length < at) found.push(null)
        if (value === undefined) found.push(null)
        else found.push(kind!.includes('t="s"') ? strings[Number(value)]! : Number(value))
      }
      return found
    }
    const names = [...strFromU8(files['xl/workbook.xml']!).matchAll(/<sheet [^>]*name="([^"]*)"/g)]
    return names.map((_, i) =>
      [...strFromU8(files[`xl/worksheets/sheet${i + 1}.xml`]!).matchAll(/<row [^>]*>(.*?)<\/row>/g)].map(([, row]) =>
        cells(row!),
      ),
    )
  }

  it('holds counts as numbers, percentages as the texts of the papers, and what they are of', async () => {
    const [results, figures] = await sheetsOf(facts)
    expect(results![0]!.slice(4, 10)).toEqual([
      'Tín nhiệm cao (số phiếu)',
      'Tín nhiệm cao (%)',
      'Tín nhiệm (số phiếu)',
      'Tín nhiệm (%)',
      'Tín nhiệm thấp (số phiếu)',
      'Tín nhiệm thấp (%)',
    ])
    expect(results![1]!.slice(4)).toEqual([19, '40,43', 2, '4,26', 25, '53,19', 1, 47, 'số phiếu thu về'])
    expect(figures!.slice(1).map(([, n]) => n)).toEqual([60, 50, 10, 55, 50, 3, 2, 47, 47, 0])
  })

  it('holds every finding with its numbers, and where all of it comes from', async () => {
    const [, , findings, provenance] = await sheetsOf(facts)
    expect(findings!.length).toBe(4)
    expect(findings![1]!.slice(1, 9)).toEqual(['Giám đốc Sở A', 'Tín nhiệm thấp', 25, 47, '53,19', '>', '1/2', 'đạt'])
    const values = provenance!.map(([, value]) => value)
    expect(values).toContain(toHex(facts.manifestHash!))
    expect(values).toContain(toHex(facts.count!.closingHash!))
    expect(values).toContain(facts.outcome!.packs[0]!.sha256)
    expect(values).toContain(`${ADDRESS}/verify#poll=${toBase64url(facts.manifestHash!)}`)
  })

  it('has a sheet for each kind of question, for sums, for groups and for the weighted figure', async () => {
    const [main, graded, choice, yesNo, totals, groups, weighted, ...others] = await sheetsOf(surveyed(facts))
    expect(others.length).toBe(3)
    expect(main![1]!.slice(4, 12)).toEqual([9, '19,15', 23, '48,94', 11, '23,40', 3, '6,38'])
    const head = (sheet: typeof graded) => sheet![0]!.slice(-3)
    expect(head(graded)).toEqual(['Điểm trung bình', 'Số phiếu có đánh dấu', 'Thang điểm'])
    expect(graded!.slice(1).map(row => [row[3], ...row.slice(-3, -1)])).toEqual([
      ['Phẩm chất chính trị, đạo đức', '7,47', 45],
      ['Năng lực quản lý, điều hành', '6,02', 47],
      ['Kết quả công tác', '6,54', 46],
    ])
    expect(graded![1]!.at(-1)).toBe('Xuất sắc: 10; Tốt: 8; Trung bình: 5; Kém: 0')
    expect(yesNo![1]!.slice(4, 9)).toEqual([28, '59,57', 17, '36,17', 2])
    // Of several marks nobody can say how many ballots are empty.
    expect(choice![1]!.slice(4)).toEqual([
      ...[13, '27,66', 30, '63,83', 10, '21,28', 15, '31,91', 8, '17,02'],
      ...[null, 47, 'số phiếu thu về', 2],
    ])
    expect(totals![1]!.slice(2)).toEqual([3, '20,03', '30,00', '20,41', '19,95', '20,18'])
    expect(groups![1]).toEqual([
      ...[1, 'Giám đốc Sở A', null, 'Cấp trên và Cùng cấp', 11, 'Hoàn thành xuất sắc nhiệm vụ', 3, '27,27'],
    ])
    // Four lines of four options, of one with three marks nobody can count the empty; yes and no; five choices; twice.
    expect(groups!.length).toBe(1 + 2 * (4 * 5 + 3 + 5))
    const sum = groups!.slice(1).reduce((all, row) => all + (row[2] === 'Kết quả công tác' ? Number(row[6]) : 0), 0)
    expect(sum).toBe(47)
    expect(weighted![1]).toEqual([1, 'Giám đốc Sở A', null, 'Hoàn thành xuất sắc nhiệm vụ', '21,97'])
    expect(weighted!.at(-1)!.slice(2)).toEqual(['Trọng số của nhóm Cấp dưới', null, null, 5])
  })

  it('of a survey compares with no rules, and of a round on paper names who counted', async () => {
    expect((await sheetsOf(survey(facts))).length).toBe(3 + 2 + 2)
    const sheets = await sheetsOf(onPaper(facts))
    const provenance = sheets.at(-1)!
    expect(provenance).toContainEqual(['Kiểm phiếu giấy, nhập riêng và khớp nhau', 'Tổ viên 1; Tổ viên 2'])
    expect(provenance.flat().join('\n')).not.toMatch(/Mã băm|verify/)
    const figures = sheets.at(-3)!
    expect(figures.slice(-4)).toEqual([
      ['Số phiếu hợp lệ', 44],
      ['Số phiếu không hợp lệ', 3],
      ['Lý do không hợp lệ: Không do tổ kiểm phiếu phát hành', 1],
      ['Lý do không hợp lệ: Ghi tên người bỏ phiếu', 2],
    ])
  })

  it('says of a round without consequence why', async () => {
    const [, , findings] = await sheetsOf(recounted(facts, { present: 39, votes: [5, 2, 30, 1] }))
    expect(findings!.slice(1).map(row => row.slice(8, 10))).toEqual(
      Array(3).fill([
        'không xét',
        'Số người có mặt không đủ so với quy định, nên không được tiến hành hội nghị lấy phiếu.',
      ]),
    )
  })

  it('comes out the same whenever it is made', async () => {
    expect(toHex(await writeXlsx(facts))).toBe(toHex(await writeXlsx(facts)))
  })
})

describe('the facts of a poll in the database', () => {
  it('are those of its record and of what people stated', async () => {
    const office = openOffice({ lastCallMs: () => 0 })
    try {
      const organiser = await firstOrganiser(office)
      const absent = [{ reason: 'nghỉ ốm', count: 1 }]
      const draft = draftFor({ pack: packHex(shipped()), date: '2026-12-05', convened: 9, absent })
      const sealed = await sealPoll(office.ask, organiser, { draft, cards: 10 })
      const { poll, cards, members } = sealed
      const row = async () => (await office.db.read.selectFrom('poll').selectAll().executeTakeFirst())!

      const before = await factsOf(office.at, await row())
      expect(before).toMatchObject({ count: null, outcome: null, printed: 10, title: draft.title })
      expect(before.lines).toMatchObject([{ subject: { name: '', position: 'Giám đốc Sở A' }, score: null }])
      expect(printed('ballot', 'state', before).title).toBe('PHIẾU TÍN NHIỆM')

      const stated = {
        date: '2026-12-05',
        attendance: { convened: 9, present: 8 },
        members: null,
        histories: [[]],
        classified: null,
      }
      expect(await organiser.put(`/polls/${poll}/statement`, stated)).toBeNull()
      await act(organiser, sealed, 'open', [0])
      for (const [i, option] of [0, 0, 2, 2, 2, 2].entries()) await vote(office.ask, sealed, cards[i]!, [[option]])
      await act(organiser, sealed, 'close', [0, 1], [8])
      await count(members.slice(0, 2))

      const after = await factsOf(office.at, await row())
      expect(after.count).toMatchObject({ issued: 8, collected: 6, valid: 6, invalid: 0, hidden: 0 })
      expect(after.lines[0]!.score!.counts).toEqual([2, 0, 4])
      expect(after.attendance).toEqual({ convened: 9, present: 8 })
      expect(after.pack!.id).toBe('tin-nhiem-96-QD-TW')
      expect(checkMinutes(after)).toEqual([])
      expect(wordsOf(printed('report', 'state', after))).toContain(
        'Đạt ngưỡng từ 2/3 trở lên: 4 phiếu “Tín nhiệm thấp” trên 6',
      )
      expect(wordsOf(printed('minutes', 'state', after))).toContain('10 đã in = 8 phát ra + 2 không dùng đến + 0')
    } finally {
      await office.close()
    }
  })

  it('by groups and criteria are those that voters marked, and nothing of a group that is too small is printed', async () => {
    const office = openOffice({ lastCallMs: () => 0 })
    try {
      const organiser = await firstOrganiser(office)
      const groups = [
        { label: 'Cấp trên', convened: 2, weight: 1 },
        { label: 'Cùng cấp', convened: 3, weight: 1 },
        { label: 'Nhân viên', convened: 6, weight: 3 },
      ]
      const { questions } = SURVEYED
      const draft = draftFor({ template: 'criteria', questions, groups, date: '2026-12-05', convened: 11, pack: null })
      const sealed = await sealPoll(office.ask, organiser, { draft })
      const { cards, members } = sealed
      const stated = {
        ...{ date: '2026-12-05', attendance: { convened: 11, present: 11 }, members: null },
        ...{ histories: [[]], classified: null },
      }
      expect(await organiser.put(`/polls/${sealed.poll}/statement`, stated)).toBeNull()
      await act(organiser, sealed, 'open', [0])
      // By group, and within it by voter: options marked of each line.
      const marked: number[][][][] = [
        [
          [[0], [1], [0], [0], [0, 1]],
          [[1], [1], [], [0], [1]],
        ],
        [
          [[3], [2], [3], [1], [4]],
          [[2], [2], [1], [], [1, 2]],
          [[0], [3], [2], [1], []],
        ],
        [
          [[0], [0], [0], [0], [0, 3]],
          [[1], [1], [1], [1], [3]],
          [[], [], [], [], []],
          [[1], [0], [0], [0], [0, 1]],
          [[2], [2], [2], [1], [4]],
        ],
      ]
      for (const [group, voters] of marked.entries()) {
        const own = cards.filter(card => card.group === group)
        for (const [i, choices] of voters.entries()) await vote(office.ask, sealed, own[i]!, choices)
      }
      await act(organiser, sealed, 'close', [0, 1], [2, 3, 6])
      await count(members.slice(0, 2))
      const row = (await office.db.read.selectFrom('poll').selectAll().executeTakeFirst())!
      const found = await factsOf(office.at, row)

      // Two superiors are fewer than three ballots: they and the peers, the next smallest, are one union.
      expect(found.unions).toEqual([
        { groups: ['Cấp trên', 'Cùng cấp'], ballots: 5, weight: 2 },
        { groups: ['Nhân viên'], ballots: 5, weight: 3 },
      ])
      const countIn = (voters: readonly number[][][], line: number) =>
        found.lines[line]!.options.map((_, o) => voters.filter(choices => choices[line]!.includes(o)).length)
      for (const [at, { score, unions }] of found.lines.entries()) {
        expect(score!.counts).toEqual(countIn(marked.flat(), at))
        expect(unions.map(({ counts }) => counts)).toEqual([
          countIn([...marked[0]!, ...marked[1]!], at),
          countIn(marked[2]!, at),
        ])
      }
      expect(checkMinutes({ ...found, minutes: { ...found.minutes, unused: found.printed - 11 } })).toEqual([])

      const report = printed('report', 'state', { ...found, minutes: { ...found.minutes, unused: found.printed - 11 } })
      const words = wordsOf(report)
      expect(words).toContain(
        'Số phiếu của các nhóm Cấp trên và Cùng cấp được cộng chung vì trong đó có nhóm không đủ 3 phiếu',
      )
      // Every row of a group is one of the two unions'.
      const groupRows = words.split('\n').filter(line => line.startsWith('– '))
      expect(new Set(groupRows.map(line => line.split(' | ')[0]!.trim()))).toEqual(
        new Set(['– Cấp trên và Cùng cấp (5)', '– Nhân viên (5)']),
      )
      // (3 · 10 + 3 · 8 + 2 · 5) ÷ 9.
      expect(words).toContain(
        '1 | Phẩm chất chính trị, đạo đức | 3 | 30,00 | 3 | 30,00 | 2 | 20,00 | 1 | 10,00 | 1 | 7,11',
      )
    } finally {
      await office.close()
    }
  })
})

describe('the words of the bar', () => {
  it('are there in both languages', () => {
    expect(Object.keys(BAR.en).sort()).toEqual(Object.keys(BAR.vi).sort())
    expect(Object.keys(BAR.en.refused).sort()).toEqual(Object.keys(BAR.vi.refused).sort())
  })
})
