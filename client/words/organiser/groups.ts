/** Of the draft: who votes in which group, and what of it can become public. */
import type { Language } from '../language.ts'

const vi = {
  title: 'Chia nhóm người ghi phiếu',
  together: 'Tất cả một nhóm',
  apart: 'Chia nhóm: thẻ riêng từng nhóm, kết quả riêng khi đủ phiếu',
  /** What the regulations' forms call them; they stand in the manifest and on the cards. */
  labels: ['Cấp trên', 'Cùng cấp', 'Cấp dưới', 'Cấp ủy', 'Đoàn thể'],
  label: (n: number) => `Nhóm ${n}, in trên thẻ`,
  people: 'Số người',
  weight: 'Trọng số',
  add: 'Nhóm khác',
  sum: (n: number) => `Cộng: ${n} người được triệu tập.`,
  weighted: 'Tính thêm một con số có trọng số theo nhóm',
  weightNote: 'Con số này chỉ đứng bên cạnh; số phiếu và tỷ lệ không đổi.',
  onPaper: 'Phiếu giấy bỏ chung một thùng nên không chia nhóm.',
  publication: {
    title: 'Sẽ mở được những gì',
    empty: 'Ghi tên và số người của từng nhóm để xem trước.',
    whole: (people: number) =>
      `Một kết quả chung cho cả ${people} người. Dưới 3 phiếu thì không mở gì; không mở phần nào nhỏ hơn.`,
    /** A group or several with their number of people. */
    of: (labels: readonly string[], people: number) => `${labels.join(' + ')} (${people})`,
    full: 'Nếu mọi người bỏ phiếu',
    apart: (list: readonly string[]) => `Mở riêng: ${list.join('; ')}.`,
    merged: (list: readonly string[]) => `Mở gộp, chỉ có số tổng: ${list.join('; ')}.`,
    few: (label: string, people: number, minimum: number) =>
      `${label}: ${people} người, ít hơn ${minimum}, nên không bao giờ mở riêng.`,
    others: (label: string, minimum: number) =>
      `${label}: không bao giờ mở riêng, vì các nhóm kia cộng lại chưa đủ ${minimum} người và sẽ lộ theo.`,
    table: 'Từng nhóm',
    group: 'Nhóm',
    people: 'Người',
    withAll: 'Đủ phiếu',
    below: (minimum: number) => `Dưới ${minimum} phiếu`,
    alone: 'riêng',
    beside: (list: readonly string[]) => `gộp với ${list.join(', hoặc với ')}`,
    /** Names of groups that are merged together. */
    and: ' và ',
    nothing: 'không mở gì',
    same: 'như vậy',
    tableNote: 'Cột cuối: khi các nhóm kia bỏ phiếu đủ. Nhóm nhỏ cũng có thể kéo nhóm khác vào phần gộp.',
    absent: 'Chưa trừ người vắng, vì chưa biết họ thuộc nhóm nào.',
    smallGroup:
      'Số phiếu thu về của từng nhóm (không phải lựa chọn) luôn có trong tuyên bố đóng hòm. Nhóm ít người thì qua đó có thể biết ai không bỏ phiếu.',
    why: 'Vì sao không tính ra được nhóm bị gộp?',
    reasons: [
      'Mỗi phiếu chỉ nằm trong một phần được mở, các phần không chồng lên nhau, và không mở tổng nào khác: không có gì để trừ.',
      'Mọi người được lấy phiếu và mọi câu hỏi được mở theo cùng một cách gộp.',
      'Đợt bị hủy trước khi mở hòm giữ nguyên niêm phong: tổng của đợt ấy không ai mở.',
      'Điều không che được: mọi người trong một phần chọn giống nhau thì biết từng người chọn gì.',
    ],
    earlier: (title: string, date: string) => (date === '' ? `So với “${title}”` : `So với “${title}” (${date})`),
    turnover: (labels: string, people: number) =>
      `${labels === '' ? 'Tổng số' : labels} chênh ${people} người. Nếu những người còn lại chọn như cũ thì hiệu của hai kết quả cho biết ${people} người ấy chọn gì.`,
    regrouped: (labels: string, people: number) =>
      `Lần trước gộp khác. Nếu mọi người chọn như cũ thì cộng trừ hai kết quả sẽ ra riêng ${labels} (${people} người). Nên chia nhóm như lần trước, hoặc nhập nhóm này vào nhóm khác.`,
    noDifference: 'Đã so với các đợt trước của đơn vị này: trừ hai kết quả cho nhau không tách được nhóm nào quá nhỏ.',
  },
}

const en: typeof vi = {
  title: 'Groups of voters',
  together: 'Everybody in one group',
  apart: 'Groups: cards of their own, results of their own where there are enough ballots',
  labels: ['Cấp trên', 'Cùng cấp', 'Cấp dưới', 'Cấp ủy', 'Đoàn thể'],
  label: n => `Group ${n}, printed on the card`,
  people: 'People',
  weight: 'Weight',
  add: 'Another group',
  sum: n => `${n} people convened in all.`,
  weighted: 'Work out a weighted figure besides',
  weightNote: 'It only stands beside the counts, which do not change.',
  onPaper: 'Sheets of paper fall into one box, so there are no groups.',
  publication: {
    title: 'What can be opened',
    empty: 'Write each group’s name and number of people to see it beforehand.',
    whole: people => `One result of all ${people} people. With fewer than 3 ballots nothing is opened; nor any part.`,
    of: (labels, people) => `${labels.join(' + ')} (${people})`,
    full: 'If everybody votes',
    apart: list => `Opened by themselves: ${list.join('; ')}.`,
    merged: list => `Merged, only the sum is opened: ${list.join('; ')}.`,
    few: (label, people, minimum) => `${label}: ${people} people, fewer than ${minimum}, so never opened by itself.`,
    others: (label, minimum) =>
      `${label}: never opened by itself, because all others together have fewer than ${minimum} people and would show.`,
    table: 'Group by group',
    group: 'Group',
    people: 'People',
    withAll: 'All ballots',
    below: minimum => `Under ${minimum} ballots`,
    alone: 'by itself',
    beside: list => `with ${list.join(', or with ')}`,
    and: ' and ',
    nothing: 'nothing is opened',
    same: 'the same',
    tableNote: 'Last column: while the other groups vote in full. A small group may draw others into what is merged.',
    absent: 'Those absent are not taken off, since nobody knows yet which group they belong to.',
    smallGroup:
      'How many ballots each group cast (not what they say) always stands in the closing statement. In a small group that may tell who did not vote.',
    why: 'Why can a merged group not be worked out?',
    reasons: [
      'Each ballot is in one part that is opened, parts do not overlap, and no other sum is opened: there is nothing to subtract.',
      'All subjects and all questions are opened over the same parts.',
      'A poll that was voided before its box was opened stays sealed: nobody opens its sums.',
      'What cannot be hidden: where everybody in a part chooses alike, everybody’s choice is known.',
    ],
    earlier: (title, date) => (date === '' ? `Beside “${title}”` : `Beside “${title}” (${date})`),
    turnover: (labels, people) =>
      `${labels === '' ? 'In all' : labels}: ${people} people more or fewer. If the others choose as before, the difference of the two results tells what these ${people} chose.`,
    regrouped: (labels, people) =>
      `Groups were merged otherwise then. If everybody chooses as before, the two results together give ${labels} (${people} people) alone. Better keep the groups of that time, or put this one into another.`,
    noDifference:
      'Held against earlier rounds of this unit: no group that is too small follows from the difference of two results.',
  },
}

export const GROUPS: Readonly<Record<Language, typeof vi>> = { vi, en }
