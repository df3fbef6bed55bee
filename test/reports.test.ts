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
import { packHex } from '../server/rules/read.ts'
import { plainSpelling } from '../server/rules/spelling.ts'
import type { Profile } from '../server/wire/leader.ts'
import { act, count, draftFor, firstOrganiser, openOffice, sealPoll, vote } from './office.ts'
import { ADDRESS, papers, recounted } from './papers.ts'
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
      wrong: () => change.line({ counts: [19, 4, 25] }),
      right: () => change.line({ counts: [19, 3, 25] }),
      numbers: [48, 47],
    },
    {
      rule: 'team',
      wrong: () => change.line({ name: 'tổ  viên 1' }),
      right: () => change.line({ name: 'tổ  viên 11' }),
      numbers: [],
    },
  ]
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
    const several = { ...facts, lines: [{ ...line, max: 2, counts: [40, 40, 14] }] }
    expect(checkMinutes(several)).toEqual([])
    expect(checkMinutes({ ...several, lines: [{ ...line, max: 2, counts: [40, 40, 15] }] })[0]).toMatchObject({
      rule: 'marks',
    })
    const hidden = { ...facts, count: { ...facts.count!, hidden: 1 } }
    expect(checkMinutes(hidden)).toEqual([])
    expect(checkMinutes({ ...facts, count: { ...facts.count!, hidden: 2 } })[0]).toMatchObject({ rule: 'marks' })
    expect(
      checkMinutes({ ...facts, count: { ...facts.count!, hidden: 47 }, lines: [{ ...line, counts: null }] }),
    ).toEqual([])
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
      expect(words).toContain(shortCode(facts.manifestHash))
      expect(words).toContain(shortCode(facts.count!.closingHash))
      expect(words).toContain(inFours(toHex(facts.count!.closingHash)))
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
    const quality = printed('ballot', 'state', levels)
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
      lines: [{ ...line, counts: null }],
    }
    expect(wordsOf(printed('minutes', 'state', sealed))).toContain('không có số liệu theo mức')
    const partly = { ...facts, count: { ...facts.count!, hidden: 1 }, lines: [{ ...line, counts: [19, 2, 25] }] }
    const words = wordsOf(printed('minutes', 'state', partly))
    expect(missing(words, ['1 phiếu không được mở riêng', 'Không đánh dấu | 0', 'Cộng | 46'])).toEqual([])
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
    pdfs = pdfsOf(new Map([...docx, ['many', await writeDocx(printed('minutes', 'state', many))]]))
  })

  it.each(PROFILES)('opens in an office, with the numbers of the count (%s)', profile => {
    for (const id of ['minutes', 'announcement', 'report']) {
      const text = flowOf(textOf(pdfs.get(`${id}-${profile}`)!))
      expect(missing(text, ['40,43', '4,26', '53,19', '2,13', '47 phiếu', '50 phiếu', 'trên số phiếu thu'])).toEqual([])
      expect(missing(text, ['Giám đốc Sở A', 'Phó Giám đốc Sở A', 'Quảng Trị, ngày 05 tháng 12 năm 2026'])).toEqual([])
      const groups = inFours(toHex(facts.count!.closingHash)).split(' ')
      expect(missing(text, [...groups, shortCode(facts.manifestHash), shortCode(facts.count!.closingHash)])).toEqual([])
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
    for (const page of [first, second]) expect(page).toContain(`mã đóng hòm ${shortCode(facts.count!.closingHash)}`)
  })

  it('leads to the verifier by its QR code', () => {
    const last = pagesOf(pdfs.get('report-state')!).at(-1)!
    expect(qrIn(last)).toBe(`${ADDRESS}/verify#poll=${toBase64url(facts.manifestHash)}`)
  })

  it('says rehearsal, and holds many subjects', () => {
    const text = flowOf(textOf(pdfs.get('many')!))
    expect(missing(text, ['Bản diễn tập, không có giá trị pháp lý.', 'Giám đốc Sở C', '53,19'])).toEqual([])
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
        /<c r="([A-Z])\d+"([^>]*?)(?:\/>|>(?:<v>([^<]*)<\/v>)?<\/c>)/g,
      )) {
        const at = column!.charCodeAt(0) - 65
        while (found.length < at) found.push(null)
        if (value === undefined) found.push(null)
        else found.push(kind!.includes('t="s"') ? strings[Number(value)]! : Number(value))
      }
      return found
    }
    return [1, 2, 3, 4].map(n =>
      [...strFromU8(files[`xl/worksheets/sheet${n}.xml`]!).matchAll(/<row [^>]*>(.*?)<\/row>/g)].map(([, row]) =>
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
    expect(values).toContain(toHex(facts.manifestHash))
    expect(values).toContain(toHex(facts.count!.closingHash))
    expect(values).toContain(facts.outcome!.packs[0]!.sha256)
    expect(values).toContain(`${ADDRESS}/verify#poll=${toBase64url(facts.manifestHash)}`)
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
      const row = async () => (await office.deps.db.read.selectFrom('poll').selectAll().executeTakeFirst())!

      const before = await factsOf(office.deps, await row())
      expect(before).toMatchObject({ count: null, outcome: null, printed: 10, title: draft.title })
      expect(before.lines).toMatchObject([{ name: '', position: 'Giám đốc Sở A', counts: null }])
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

      const after = await factsOf(office.deps, await row())
      expect(after.count).toMatchObject({ issued: 8, collected: 6, valid: 6, invalid: 0, hidden: 0 })
      expect(after.lines[0]!.counts).toEqual([2, 0, 4])
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
})

describe('the words of the bar', () => {
  it('are there in both languages', () => {
    expect(Object.keys(BAR.en).sort()).toEqual(Object.keys(BAR.vi).sort())
    expect(Object.keys(BAR.en.refused).sort()).toEqual(Object.keys(BAR.vi.refused).sort())
  })
})
