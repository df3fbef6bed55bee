/** Of the draft: the rule pack, the days around the meeting, and what a small unit should know. */
import type { RuleAdvice, RuleGap } from '../../organiser/rules.ts'
import type { Language } from '../language.ts'

type Labels<T extends string> = Readonly<Record<T, string>>

const listed = (numbers: readonly number[], or: string): string =>
  numbers.length < 2 ? numbers.join('') : `${numbers.slice(0, -1).join(', ')} ${or} ${numbers[numbers.length - 1]}`

const vi = {
  legend: 'Theo quy định nào, ngày nào',
  choose: 'Bộ quy tắc',
  none: 'Không gắn quy tắc',
  noneNote: 'Không gắn quy tắc thì chỉ có số đếm: không so ngưỡng, không có kết luận và căn cứ trong biên bản.',
  loading: 'Đang lấy các bộ quy tắc…',
  version: (version: number) => `bản ${version}`,
  sample: 'mẫu diễn tập',
  force: (from: string, to: string | null) =>
    to === null ? `Có hiệu lực từ ${from}.` : `Có hiệu lực từ ${from} đến ${to}.`,
  local: 'Quy định riêng của cơ quan: soạn và khóa ở trang Bộ quy tắc',
  options: 'Các mức trên phiếu, theo bộ quy tắc',
  lowest: 'mức thấp nhất, là mức so ngưỡng',
  says: 'Bộ quy tắc này nói gì',
  scope: 'Đối tượng và người ghi phiếu',
  steps: 'Trình tự',
  exclusions: 'Không lấy phiếu đối với',
  conditions: 'Điều kiện và mẫu số',
  quorum: (fraction: string, of: 'convened' | 'members') =>
    `Có mặt từ ${fraction} ${of === 'convened' ? 'số người được triệu tập' : 'tổng số thành viên'} trở lên.`,
  denominator: (base: string) => `Tỷ lệ tính trên ${base}.`,
  bands: 'Ngưỡng',
  silent: 'Quy định không nêu gì về khoảng này.',
  histories: 'Tính cả các năm trước',
  validity: 'Không hợp lệ',
  unsourced: 'chưa thấy nguồn',
  date: 'Ngày họp lấy phiếu',
  reviewed: 'Ngày xong kiểm điểm, xếp loại',
  summary: 'Ngày tổng kết năm của đơn vị',
  datesNote: 'Để trống ngày nào chưa định.',
  surveyLegend: 'Ngày khảo sát',
  surveyDate: 'Ngày bắt đầu',
  surveyNote: 'Khảo sát ý kiến không gắn bộ quy tắc: chỉ có số đếm, không có ngưỡng và không có hệ quả với ai.',
  least: (least: number, of: number) => `Cần ít nhất ${least} trên ${of} người được triệu tập có mặt.`,
  unreachable: (numbers: readonly number[], base: string, label: string) =>
    `Với ${listed(numbers, 'hoặc')} ${base} không có kết quả nào rơi vào khoảng “${label}”: kết quả nhảy thẳng qua khoảng này.`,
  /** Of what a number is, as it is counted one by one. */
  counted: {
    collected: 'phiếu thu về',
    valid: 'phiếu hợp lệ',
    convened: 'người được triệu tập',
    members: 'thành viên',
    issued: 'phiếu phát ra',
  },
  gaps: {
    'pack-unknown': 'Bộ quy tắc đã chọn không còn trên máy chủ; chọn lại',
    'pack-sample': 'Bộ quy tắc mẫu chỉ dùng khi diễn tập; chọn bộ khác',
    'pack-date': 'Bộ quy tắc không có hiệu lực vào ngày họp; chọn bộ khác hoặc sửa ngày',
  } satisfies Labels<RuleGap> as Labels<RuleGap>,
  advice: {
    'no-date': 'Chưa ghi ngày họp, nên chưa xét được bộ quy tắc có hiệu lực vào ngày đó hay không.',
    'before-review':
      'Ngày họp sớm hơn ngày xong kiểm điểm, xếp loại. Kiểm điểm, xếp loại xong rồi mới lấy phiếu là trình tự thường quy định.',
    'after-summary': 'Ngày họp muộn hơn ngày tổng kết năm. Việc lấy phiếu thường phải xong trước tổng kết.',
    'few-present': 'Trừ người vắng mặt thì không đủ số người có mặt mà quy định cần: kết quả sẽ không có hệ quả.',
  } satisfies Labels<RuleAdvice> as Labels<RuleAdvice>,
}

const en: typeof vi = {
  legend: 'Under which regulation, on which day',
  choose: 'Rule pack',
  none: 'No rules',
  noneNote:
    'Without rules there are only counts: no thresholds are compared, and minutes carry no finding and no basis.',
  loading: 'Getting the rule packs…',
  version: version => `version ${version}`,
  sample: 'rehearsal sample',
  force: (from, to) => (to === null ? `In force from ${from}.` : `In force from ${from} to ${to}.`),
  local: 'A regulation of your own: write and freeze it on the page of rule packs',
  options: 'Levels on the ballot, from the rule pack',
  lowest: 'the lowest, at which thresholds look',
  says: 'What this rule pack says',
  scope: 'Subjects and voters',
  steps: 'Order of steps',
  exclusions: 'No ballot is taken on',
  conditions: 'Conditions and denominator',
  quorum: (fraction, of) => `Present: ${fraction} or more of ${of === 'convened' ? 'people convened' : 'all members'}.`,
  denominator: base => `The share is ${base}.`,
  bands: 'Thresholds',
  silent: 'The regulation says nothing about this range.',
  histories: 'Earlier years that count',
  validity: 'Not valid',
  unsourced: 'no source seen',
  date: 'Day of the meeting',
  reviewed: 'Day on which review and classification were finished',
  summary: 'Day of the unit’s year-end summary',
  datesNote: 'Leave empty what is not fixed yet.',
  surveyLegend: 'Day of the survey',
  surveyDate: 'First day',
  surveyNote:
    'An opinion survey stands under no rule pack: there are counts, no thresholds, and nothing follows for anybody.',
  least: (least, of) => `At least ${least} of the ${of} people convened must be present.`,
  unreachable: (numbers, base, label) =>
    `With ${listed(numbers, 'or')} ${base} no result falls into “${label}”: results jump over it.`,
  counted: {
    collected: 'ballots collected',
    valid: 'valid ballots',
    convened: 'people convened',
    members: 'members',
    issued: 'ballots issued',
  },
  gaps: {
    'pack-unknown': 'The rule pack chosen is not on this server any more; choose again',
    'pack-sample': 'The sample rule pack is for rehearsals only; choose another one',
    'pack-date': 'The rule pack is not in force on the day of the meeting; choose another one or change the day',
  },
  advice: {
    'no-date': 'No day of the meeting yet, so it cannot be said whether the rule pack is in force then.',
    'before-review':
      'The meeting is before review and classification are finished. Regulations usually ask for the ballot after them.',
    'after-summary':
      'The meeting is after the year-end summary. The ballot usually has to be finished before the summary.',
    'few-present':
      'Without the absent there are fewer people present than the regulation asks for: the result will have no consequence.',
  },
}

export const DRAFT_RULES: Readonly<Record<Language, typeof vi>> = { vi, en }
