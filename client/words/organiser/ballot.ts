/** Of the draft: what the ballot is like. Its form, subjects, questions, prompts; and what it comes to. */
import type { Organisation } from '../../../server/rules/forms.ts'
import type { Draft } from '../../../server/wire.ts'
import type { Kind } from '../../organiser/questions.ts'
import type { Language } from '../language.ts'

type Labels<T extends string> = Readonly<Record<T, string>>

/** What stands on ballots is Vietnamese, whatever language its organiser reads. */
export const PROMPTS: readonly string[] = ['Ưu điểm', 'Điều cần thay đổi', 'Đề xuất']
/** Scales to begin from, besides the four grades of the forms. */
export const SCALES: readonly (readonly string[])[] = [
  ['Rất tốt', 'Tốt', 'Khá', 'Trung bình', 'Yếu'],
  ['Rất đồng ý', 'Đồng ý', 'Phân vân', 'Không đồng ý', 'Rất không đồng ý'],
  ['Luôn luôn', 'Thường xuyên', 'Đôi khi', 'Hiếm khi', 'Không bao giờ'],
]

const vi = {
  legend: 'Lấy phiếu gì, bằng cách nào',
  about: 'Lấy ý kiến về',
  abouts: { people: 'Người đứng đầu, người giữ chức vụ', survey: 'Khảo sát ý kiến, không về người nào' },
  medium: 'Ghi phiếu bằng',
  mediums: { phones: 'Điện thoại', paper: 'Phiếu giấy' } satisfies Labels<Draft['medium']>,
  mediumNotes: {
    phones: 'Ai không có điện thoại thông minh thì dùng máy bỏ phiếu chung đặt trong phòng.',
    paper:
      'Cả cuộc ghi trên giấy, hai người nhập số độc lập để kiểm. Không chia nhóm, không có góp ý viết. Không trộn phiếu giấy với điện thoại trong cùng một cuộc.',
  } satisfies Labels<Draft['medium']>,
  subjects: {
    count: (n: number) => `${n} người`,
    paste: 'Dán danh sách nhiều người',
    lines: 'Mỗi dòng một người: họ tên, chức vụ',
    note: (most: number) =>
      `Dán được cả từ bảng tính (họ tên, chức vụ ở hai cột). Dòng chỉ có một cụm chữ được hiểu là chức vụ. Nhiều nhất ${most} người.`,
    add: (n: number) => (n === 0 ? 'Thêm vào danh sách' : `Thêm ${n} người vào danh sách`),
    selfScore: 'Điểm tự chấm',
    selfLevel: 'Tự xếp loại',
    reference:
      'Điểm tự chấm và mức tự xếp loại hiện cạnh tên người được lấy phiếu để người ghi phiếu tham khảo. Để trống nếu không có.',
  },
  whom: 'Của cơ quan nào',
  asked: 'Phiếu hỏi gì',
  forms: {
    choose: 'Mẫu theo loại cơ quan và chức danh',
    none: 'Tự soạn, không dùng mẫu',
    loading: 'Đang lấy các mẫu…',
    nothing: 'Không có mẫu nào hợp với bộ quy tắc đã chọn. Soạn câu hỏi ở dưới.',
    organisations: {
      'so-nganh': 'Sở, ban, ngành',
      'ubnd-xa': 'Ủy ban nhân dân cấp xã',
      'don-vi-su-nghiep': 'Đơn vị sự nghiệp công lập',
      'doanh-nghiep': 'Doanh nghiệp nhà nước',
      'co-quan-dang': 'Cơ quan, tổ chức đảng',
      'khao-sat': 'Khảo sát ý kiến',
    } satisfies Labels<Organisation>,
    meant: (whom: string) => `Dùng cho: ${whom}.`,
    holds: (questions: number, points: string | null, prompts: number) =>
      [
        questions === 0 ? 'Chỉ có câu hỏi chính' : `${questions} câu hỏi`,
        ...(points === null ? [] : [`tổng điểm tối đa ${points}`]),
        ...(prompts === 0 ? [] : [`${prompts} câu góp ý viết`]),
      ].join(', '),
    groups: (labels: readonly string[]) => `Gợi ý chia nhóm: ${labels.join('; ')}.`,
    sources: 'Nguồn của mẫu này',
    wording: 'Câu chữ',
    points: 'Biểu điểm',
    grouping: 'Các nhóm',
    reference: 'Cột tự chấm, tự xếp loại',
    take: 'Dùng mẫu này',
    lose: 'Các câu hỏi và câu góp ý đang có sẽ được thay bằng của mẫu.',
    from: (title: string, version: number) => `Dựa trên mẫu “${title}”, bản ${version}.`,
    edited: (title: string, version: number) => `Dựa trên mẫu “${title}”, bản ${version}, đã sửa.`,
    gone: (name: string) => `Dựa trên mẫu ${name}; máy chủ này không còn mẫu đó.`,
  },
  questions: {
    alone: 'Các câu hỏi',
    further: 'Câu hỏi thêm, hỏi sau câu chính',
    ruled: 'Bộ quy tắc đã chọn chỉ xét tiêu chí theo các mức của nó, nên phiếu chỉ có loại câu này.',
    beside: 'Bộ quy tắc chỉ xét câu hỏi chính; các câu thêm chỉ có số đếm.',
    row: (n: number, title: string) => `${n}. ${title === '' ? 'Chưa ghi nội dung' : title}`,
    kind: 'Loại câu hỏi',
    kinds: {
      graded: 'Tiêu chí, chấm theo mức',
      choice: 'Chọn trong các mục',
      'yes-no': 'Có / Không',
    } satisfies Labels<Kind>,
    short: {
      graded: grades => `${grades} mức`,
      choice: (options, max) => `chọn nhiều nhất ${max} trong ${options}`,
      'yes-no': () => 'có / không',
    } satisfies Readonly<Record<Kind, (options: number, max: number) => string>> as Readonly<
      Record<Kind, (options: number, max: number) => string>
    >,
    worth: (points: string) => `${points} điểm`,
    add: {
      graded: 'Thêm tiêu chí',
      choice: 'Thêm câu chọn',
      'yes-no': 'Thêm câu có / không',
    } satisfies Labels<Kind>,
    title: 'Nội dung',
    up: 'Chuyển lên',
    down: 'Chuyển xuống',
    remove: 'Bỏ câu này',
    scale: 'Các mức',
    formScale: 'Theo mẫu phiếu',
    ownScale: 'Tự đặt',
    grade: (n: number) => `Mức ${n}`,
    addGrade: 'Thêm mức',
    standard: 'Chuẩn',
    standardOf: (label: string) => (label === '' ? 'Chuẩn' : `Chuẩn của “${label}”`),
    pointsOf: (label: string) => (label === '' ? 'Điểm' : `Điểm của “${label}”`),
    points: 'Điểm',
    pointsNote: 'Chuẩn và điểm có thể để trống. Điểm viết được số lẻ, như 8,5.',
    pointsWrong: 'Điểm là số từ 0 đến 1000, nhiều nhất hai chữ số lẻ. Ô này vẫn giữ điểm trước đó.',
    faults: {
      part: 'Có mức đã ghi điểm, có mức chưa: ghi đủ hoặc để trống cả.',
      order: 'Điểm chưa giảm dần từ mức cao xuống thấp.',
    },
    total: (points: string) => `Tổng điểm tối đa: ${points}`,
    options: 'Các mục',
    option: (n: number) => `Mục ${n}`,
    addOption: 'Thêm mục',
    max: 'Được chọn nhiều nhất mấy mục',
    yesNo: 'Người ghi phiếu chọn Có hoặc Không, hoặc để trống.',
  },
  prompts: {
    legend: 'Góp ý viết',
    who: (minimum: number) =>
      `Ai đọc: tổ kiểm phiếu cùng mở sau khi đóng hòm, rồi chuyển cấp có thẩm quyền; không ai khác. Góp ý cho một câu chỉ được mở khi có từ ${minimum} người viết trở lên. Góp ý không nằm trong hồ sơ công khai và không gắn với phiếu nào.`,
    none: 'Không hỏi góp ý viết.',
    prompt: (n: number) => `Câu góp ý ${n}`,
    size: 'Độ dài mỗi người được viết',
    sizes: { short: 'Ngắn', long: 'Dài', other: 'Khác' },
    about: (name: string, letters: number) => `${name}: khoảng ${letters} ký tự`,
    suggest: (title: string) => `Thêm “${title}”`,
    add: 'Thêm câu khác',
  },
  size: {
    title: 'Phiếu này',
    lines: (lines: number) => `${lines} dòng trả lời`,
    people: (people: number, each: number) => `${people} người, mỗi người ${each} dòng`,
    prompts: (n: number) => `${n} câu góp ý viết`,
    bytes: (kilobytes: string) => `phiếu niêm phong dài ${kilobytes} KB`,
    groups: (list: readonly (readonly [label: string, people: number])[]) =>
      `Nhóm: ${list.map(([label, people]) => `${label} (${people})`).join('; ')}`,
  },
  rows: {
    medium: 'Ghi phiếu bằng',
    form: 'Mẫu phiếu',
    main: 'Câu hỏi chính',
    questions: 'Câu hỏi',
    further: 'Câu hỏi thêm',
    prompts: 'Góp ý viết',
    groups: 'Nhóm',
  },
}

const en: typeof vi = {
  legend: 'What is asked, and how',
  about: 'It asks about',
  abouts: { people: 'The head, holders of posts', survey: 'Opinion survey, about nobody' },
  medium: 'Ballots are filled in',
  mediums: { phones: 'On phones', paper: 'On paper' },
  mediumNotes: {
    phones: 'Whoever has no smartphone uses the shared voting tablet in the room.',
    paper:
      'The whole round on paper, counted by two people who key independently. No groups, no written comments. Paper and phones are never mixed in one round.',
  },
  subjects: {
    count: n => (n === 1 ? '1 person' : `${n} people`),
    paste: 'Paste a list of people',
    lines: 'One person a line: name, position',
    note: most =>
      `Two columns of a spreadsheet (name, position) may be pasted too. A line with one part alone is a position. ${most} people at most.`,
    add: n => (n === 0 ? 'Add to the list' : n === 1 ? 'Add 1 person to the list' : `Add ${n} people to the list`),
    selfScore: 'Self-score',
    selfLevel: 'Self-classification',
    reference: 'Shown beside the subject’s name for voters to compare. Leave empty where there is none.',
  },
  whom: 'Of which agency',
  asked: 'What the ballot asks',
  forms: {
    choose: 'Form by type of organisation and title',
    none: 'Your own, no form',
    loading: 'Fetching the forms…',
    nothing: 'No form fits the rule pack chosen. Write the questions below.',
    organisations: {
      'so-nganh': 'Provincial departments',
      'ubnd-xa': 'People’s Committees of communes',
      'don-vi-su-nghiep': 'Public service units',
      'doanh-nghiep': 'State enterprises',
      'co-quan-dang': 'Party bodies',
      'khao-sat': 'Opinion surveys',
    },
    meant: whom => `For: ${whom}.`,
    holds: (questions, points, prompts) =>
      [
        questions === 0 ? 'The main question alone' : questions === 1 ? '1 question' : `${questions} questions`,
        ...(points === null ? [] : [`${points} points at most`]),
        ...(prompts === 0 ? [] : [prompts === 1 ? '1 prompt for comments' : `${prompts} prompts for comments`]),
      ].join(', '),
    groups: labels => `Groups suggested: ${labels.join('; ')}.`,
    sources: 'Sources of this form',
    wording: 'Wording',
    points: 'Scoring table',
    grouping: 'Groups',
    reference: 'Self-score and self-classification',
    take: 'Use this form',
    lose: 'The questions and prompts that are there will be replaced by the form’s.',
    from: (title, version) => `From the form “${title}”, version ${version}.`,
    edited: (title, version) => `From the form “${title}”, version ${version}, changed since.`,
    gone: name => `From the form ${name}, which this server no longer has.`,
  },
  questions: {
    alone: 'Questions',
    further: 'Further questions, after the main one',
    ruled: 'The rule pack chosen speaks of criteria in its own grades only, so the ballot has no other questions.',
    beside: 'The rule pack speaks of the main question only; further questions have counts alone.',
    row: (n, title) => `${n}. ${title === '' ? 'Nothing written yet' : title}`,
    kind: 'Kind of question',
    kinds: { graded: 'Criterion, in grades', choice: 'Choice among items', 'yes-no': 'Yes / No' },
    short: {
      graded: grades => `${grades} grades`,
      choice: (options, max) => `up to ${max} of ${options}`,
      'yes-no': () => 'yes / no',
    },
    worth: points => `${points} points`,
    add: { graded: 'Add a criterion', choice: 'Add a choice', 'yes-no': 'Add a yes / no question' },
    title: 'Text',
    up: 'Move up',
    down: 'Move down',
    remove: 'Remove this question',
    scale: 'Grades',
    formScale: 'As in the form',
    ownScale: 'Your own',
    grade: n => `Grade ${n}`,
    addGrade: 'Add a grade',
    standard: 'Standard',
    standardOf: label => (label === '' ? 'Standard' : `Standard of “${label}”`),
    pointsOf: label => (label === '' ? 'Points' : `Points of “${label}”`),
    points: 'Points',
    pointsNote: 'Standards and points may be left empty. Points may have decimals, such as 8.5.',
    pointsWrong: 'Points are a number from 0 to 1000 with at most two decimals. The points before it are kept.',
    faults: {
      part: 'Some grades have points and others none: write all of them, or none.',
      order: 'The points do not descend from the best grade to the worst.',
    },
    total: points => `Highest total: ${points}`,
    options: 'Items',
    option: n => `Item ${n}`,
    addOption: 'Add an item',
    max: 'How many items may be marked',
    yesNo: 'Voters mark Yes or No, or leave it empty.',
  },
  prompts: {
    legend: 'Written comments',
    who: minimum =>
      `Who reads them: the counting team opens them together after closing and passes them to the competent authority; nobody else. Comments on a prompt are opened only where at least ${minimum} people wrote. They are not in the public record and belong to no ballot.`,
    none: 'No written comments are asked for.',
    prompt: n => `Prompt ${n}`,
    size: 'How much each voter may write',
    sizes: { short: 'Short', long: 'Long', other: 'Other' },
    about: (name, letters) => `${name}: about ${letters} characters`,
    suggest: title => `Add “${title}”`,
    add: 'Add another prompt',
  },
  size: {
    title: 'This ballot',
    lines: lines => (lines === 1 ? '1 line to answer' : `${lines} lines to answer`),
    people: (people, each) => `${people} people, ${each === 1 ? '1 line' : `${each} lines`} each`,
    prompts: n => (n === 1 ? '1 prompt for comments' : `${n} prompts for comments`),
    bytes: kilobytes => `${kilobytes} KB once sealed`,
    groups: list => `Groups: ${list.map(([label, people]) => `${label} (${people})`).join('; ')}`,
  },
  rows: {
    medium: 'Filled in',
    form: 'Form',
    main: 'Main question',
    questions: 'Questions',
    further: 'Further questions',
    prompts: 'Written comments',
    groups: 'Groups',
  },
}

export const BALLOT: Readonly<Record<Language, typeof vi>> = { vi, en }
