/** How a result is said wherever it is shown: counts, means, groups, the weighted figure. */
import type { Language } from './language.ts'

const vi = {
  mark: ',' as ',' | '.',
  /** Head of the column of options, by the kind of the question. */
  option: { main: 'Mức', graded: 'Mức', choice: 'Phương án', 'yes-no': 'Trả lời' },
  count: 'Số phiếu',
  share: 'Tỷ lệ %',
  points: (text: string) => `${text} điểm`,
  /** What is left of the base without a mark on this line. */
  rest: 'Để trống',
  restOfAll: 'Để trống hoặc không có phiếu',
  /** The same of a round on paper: of valid sheets, of all that were collected, of more than these. */
  onPaper: {
    rest: 'Để trống hoặc hỏng',
    restOfCollected: 'Để trống, hỏng dòng hoặc phiếu không hợp lệ',
    restOfAll: 'Để trống, hỏng dòng, phiếu không hợp lệ hoặc không có phiếu',
  },
  several: (max: number) =>
    `Mỗi phiếu chọn được tối đa ${max} mục, nên tổng các mục có thể lớn hơn số phiếu. Cả thanh ứng với toàn bộ số phiếu.`,
  bar: (title: string) => `Biểu đồ: ${title}`,
  ballots: (n: number) => `${n}\u00a0phiếu`,
  mean: 'điểm trung bình',
  meanShort: 'TB',
  meanIs: (mean: string, marks: number) => `Điểm trung bình: ${mean}, tính trên ${marks} phiếu có đánh giá ở dòng này.`,
  noMean: 'Không phiếu nào đánh giá ở dòng này, nên không có điểm trung bình.',
  meanNote: 'Điểm trung bình chỉ tính những phiếu có đánh giá ở tiêu chí đó; phiếu để trống không tính là 0.',
  total: 'Cộng các điểm trung bình',
  most: (points: string) => `tối đa ${points}`,
  criterion: (text: string) => `Tiêu chí: ${text}`,
  tables: { graded: 'Các tiêu chí', 'yes-no': 'Các câu hỏi', choice: 'Các câu hỏi', main: 'Kết quả' },
  scaleNote: (ballots: number) => `Số phiếu ở từng mức; cả thanh ứng với ${ballots} phiếu.`,
  base: (base: string, of: number) => `Tỷ lệ tính trên ${base}: ${of}.`,
  reference: 'Cá nhân tự đánh giá',
  selfScore: (score: string) => `tự chấm ${score} điểm`,
  selfLevel: (level: string) => `tự xếp loại: ${level}`,
  referenceNote: 'Để đối chiếu; không tính vào kết quả.',
  nothingOpened: 'Có ít hơn 3 phiếu nên không mở gì.',
  groups: {
    title: 'Theo nhóm người ghi phiếu',
    all: 'Toàn bộ',
    /** A union of several groups. */
    merged: (labels: string) => `${labels} (gộp)`,
    of: (label: string, ballots: number) => `${label}: ${ballots} phiếu`,
    opened: (list: string) => `Kết quả được mở theo nhóm: ${list}.`,
    whyMerged: (minimum: number) =>
      `Nhóm có dưới ${minimum} phiếu được gộp với nhóm khác trước khi mở, để không suy ra được lựa chọn của nhóm ít người; không có số riêng của từng nhóm đã gộp.`,
    together: (labels: string, minimum: number) =>
      `Các nhóm ${labels} được gộp làm một, vì có nhóm dưới ${minimum} phiếu: mở riêng thì suy ra được lựa chọn của nhóm ít người. Không có số liệu riêng của từng nhóm.`,
    noThresholds:
      'Ngưỡng của quy định áp dụng cho toàn bộ số phiếu, nên chỉ vẽ trên thanh của toàn bộ; thanh của từng nhóm không có ngưỡng.',
  },
  /** The question about a subject as a whole. */
  whole: 'Đánh giá chung',
  weighted: {
    title: 'Con số thứ hai: theo trọng số nhóm',
    note: (weights: string) =>
      `Để tham khảo, không thay số phiếu và không dùng để so ngưỡng. Lấy bình quân tỷ lệ của các nhóm theo trọng số: ${weights}.`,
    merged: 'Nhóm gộp mang tổng trọng số của các nhóm đã gộp.',
    weight: (label: string, weight: number) => `${label} × ${weight}`,
    share: (label: string, percent: string) => `${label} ${percent}\u00a0%`,
    mean: (points: string) => `điểm ${points}`,
  },
}

const en: typeof vi = {
  mark: '.',
  option: { main: 'Level', graded: 'Grade', choice: 'Option', 'yes-no': 'Answer' },
  count: 'Ballots',
  share: 'Per cent',
  points: text => `${text} points`,
  rest: 'Left empty',
  restOfAll: 'Left empty, or no ballot',
  onPaper: {
    rest: 'Left empty or spoilt',
    restOfCollected: 'Left empty, spoilt line, or invalid sheet',
    restOfAll: 'Left empty, spoilt line, invalid sheet, or no sheet',
  },
  several: max => `Up to ${max} may be marked: the sum can exceed the ballots. A whole bar is all ballots.`,
  bar: title => `Chart: ${title}`,
  ballots: n => `${n}\u00a0ballots`,
  mean: 'mean, in points',
  meanShort: 'M',
  meanIs: (mean, marks) => `Mean: ${mean} points, over ${marks} ballots that marked this line.`,
  noMean: 'No ballot marked this line, so there is no mean.',
  meanNote: 'Means are over the ballots that marked the criterion; an empty line is not a nought.',
  total: 'Means added up',
  most: points => `${points} at most`,
  criterion: text => `Criterion: ${text}`,
  tables: { graded: 'Criteria', 'yes-no': 'Questions', choice: 'Questions', main: 'Result' },
  scaleNote: ballots => `Ballots at each level; a whole bar is ${ballots} ballots.`,
  base: (base, of) => `Percentages are ${base}: ${of}.`,
  reference: 'Self-assessment',
  selfScore: score => `own score ${score}`,
  selfLevel: level => `own level: ${level}`,
  referenceNote: 'For comparison; no part of the result.',
  nothingOpened: 'There are fewer than 3 ballots, so nothing is opened.',
  groups: {
    title: 'By group of respondents',
    all: 'All together',
    merged: labels => `${labels} (merged)`,
    of: (label, ballots) => `${label}: ${ballots} ballots`,
    opened: list => `Opened by group: ${list}.`,
    whyMerged: minimum =>
      `A group with fewer than ${minimum} ballots is merged with another before opening, so that nobody can work out what a few people chose; there are no figures of the groups that were merged.`,
    together: (labels, minimum) =>
      `The groups ${labels} are merged into one, since some have fewer than ${minimum} ballots: opened apart, what a few people chose could be worked out. There are no figures by group.`,
    noThresholds:
      'Thresholds of regulations speak of all ballots, so they stand on the bar of all together; the bars of groups carry none.',
  },
  whole: 'As a whole',
  weighted: {
    title: 'Second figure: weighted by group',
    note: weights =>
      `For reference: it replaces no count and meets no threshold. The groups’ shares are averaged by weight: ${weights}.`,
    merged: 'A merged group carries the weights of its groups added up.',
    weight: (label, weight) => `${label} × ${weight}`,
    share: (label, percent) => `${label} ${percent}\u00a0%`,
    mean: points => `mean ${points}`,
  },
}

export type ResultWords = typeof vi

export const RESULTS: Readonly<Record<Language, ResultWords>> = { vi, en }
