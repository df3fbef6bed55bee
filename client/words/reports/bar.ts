/** What the print page says around a paper, and which rule of arithmetic keeps it from being printed. */
import type { BrokenRule, FormId, Rule } from '../../../server/reports/form.ts'
import type { Profile } from '../../../server/wire/leader.ts'
import type { Refusal } from '../../../server/wire.ts'

/** As in `language.ts`, which knows a browser; the terminal says which arithmetic is broken too. */
type Language = 'vi' | 'en'

type Numbers = BrokenRule['numbers']

export interface BarWords {
  readonly page: string
  readonly otherLanguage: string
  readonly asking: string
  readonly back: string
  readonly print: string
  readonly download: string
  readonly again: string
  readonly profile: string
  readonly profiles: { readonly [P in Profile]: string }
  readonly form: string
  readonly forms: { readonly [F in FormId]: string }
  readonly qr: string
  readonly paper: string
  readonly noForm: { readonly title: string; readonly text: string }
  readonly unprintable: string
  readonly unprintableNote: string
  readonly rules: { readonly [R in Rule]: (numbers: Numbers, of: string) => string }
  readonly refused: { readonly [R in Refusal | 'offline']?: { readonly title: string; readonly text: string } }
  readonly failed: { readonly title: string; readonly text: string }
  readonly secretNote: (copy: number) => string
}

const vi: BarWords = {
  page: 'In văn bản',
  otherLanguage: 'English',
  asking: 'Đang lập văn bản…',
  back: 'Về hồ sơ',
  print: 'In văn bản',
  download: 'Tải tệp .docx',
  again: 'Thử lại',
  profile: 'Thể thức',
  profiles: {
    state: 'Hành chính (NĐ 30/2020)',
    'party-2018': 'Đảng (36-HD/VPTW 2018)',
    'party-2026': 'Đảng (05-HD/VPTW 2026)',
  },
  form: 'Văn bản',
  forms: {
    ballot: 'Phiếu giấy',
    minutes: 'Biên bản kiểm phiếu',
    announcement: 'Thông báo kết quả',
    report: 'Báo cáo cấp có thẩm quyền',
  },
  qr: 'Mã QR để kiểm tra lại kết quả',
  paper: 'Bản xem trước khi in',
  noForm: {
    title: 'Đường dẫn này không trỏ đến văn bản nào.',
    text: 'Mở hồ sơ cuộc lấy phiếu rồi chọn văn bản cần in.',
  },
  unprintable: 'Chưa in được: số liệu không khớp.',
  unprintableNote: 'Sửa số liệu trong phần biên bản của hồ sơ, hoặc nêu rõ sự việc với cấp có thẩm quyền, rồi in lại.',
  rules: {
    attendance: ([present, away, convened]) =>
      `Có mặt ${present} + vắng mặt ${away} phải bằng số người được triệu tập ${convened}.`,
    quorum: ([present, least, of]) =>
      `Có mặt ${present}, ít hơn ${least} người theo quy định (tính trên ${of}). Hội nghị không được tiến hành, nên không lập biên bản kiểm phiếu.`,
    issued: ([issued, present]) => `Số phiếu phát ra ${issued} nhiều hơn số người có mặt ${present}.`,
    collected: ([collected, issued]) => `Số phiếu thu về ${collected} nhiều hơn số phiếu phát ra ${issued}.`,
    valid: ([valid, invalid, collected]) =>
      `Hợp lệ ${valid} + không hợp lệ ${invalid} phải bằng số phiếu thu về ${collected}.`,
    printed: ([printed, issued, unused, exchanged]) =>
      `Đã in ${printed} phải bằng phát ra ${issued} + không dùng đến ${unused} + đổi, trả lại ${exchanged}.`,
    marks: ([marked, most], of) => `${of}: tổng số đánh dấu ${marked} nhiều hơn ${most} mà số phiếu cho phép.`,
    lines: ([marked, empty, valid], of) =>
      `${of}: ${marked} đánh dấu và ${empty} phiếu bỏ trống hoặc ghi hỏng ở dòng này không đủ ${valid} phiếu hợp lệ.`,
    team: (_, of) => `${of} vừa ở tổ kiểm phiếu, vừa là người được lấy phiếu.`,
  },
  refused: {
    offline: { title: 'Không kết nối được máy chủ.', text: 'Kiểm tra mạng rồi thử lại.' },
    'needs-login': { title: 'Phiên làm việc đã hết.', text: 'Đăng nhập lại ở trang hồ sơ rồi mở văn bản.' },
    'not-yours': {
      title: 'Văn bản này không thuộc quyền của tài khoản đang dùng.',
      text: 'Đề nghị người tổ chức giao cuộc lấy phiếu này cho tài khoản.',
    },
    'wrong-state': {
      title: 'Chưa lập được văn bản này.',
      text: 'Phiếu giấy có sau khi niêm phong; các văn bản khác có sau khi kiểm phiếu xong.',
    },
    secret: {
      title: 'Hồ sơ có dấu mật.',
      text: 'Mỗi bản in phải có số. Về hồ sơ, ghi người nhận để cấp số rồi in; tệp .docx không tải được.',
    },
    'not-found': { title: 'Không có văn bản này.', text: 'Về hồ sơ và chọn lại văn bản.' },
  },
  failed: { title: 'Máy chủ không lập được văn bản.', text: 'Thử lại; nếu vẫn vậy, báo người quản trị máy chủ.' },
  secretNote: copy => `Bản số ${copy}. Hồ sơ có dấu mật nên chỉ in, không tải tệp.`,
}

const en: BarWords = {
  page: 'Print a paper',
  otherLanguage: 'Tiếng Việt',
  asking: 'Preparing the paper…',
  back: 'Back to the file',
  print: 'Print',
  download: 'Download .docx',
  again: 'Try again',
  profile: 'Format',
  profiles: {
    state: 'State (NĐ 30/2020)',
    'party-2018': 'Party (36-HD/VPTW 2018)',
    'party-2026': 'Party (05-HD/VPTW 2026)',
  },
  form: 'Paper',
  forms: {
    ballot: 'Paper ballot',
    minutes: 'Minutes of the count',
    announcement: 'Announcement of results',
    report: 'Report to the authority',
  },
  qr: 'QR code to check the result',
  paper: 'Preview of the print',
  noForm: { title: 'This link leads to no paper.', text: 'Open the poll’s file and choose the paper to print.' },
  unprintable: 'Not printable yet: the numbers do not fit.',
  unprintableNote:
    'Correct the numbers in the minutes part of the file, or report what happened to the authority, then print.',
  rules: {
    attendance: ([present, away, convened]) =>
      `Present ${present} + absent ${away} must be the ${convened} people convened.`,
    quorum: ([present, least, of]) =>
      `${present} were present, fewer than the ${least} that the rules ask for (of ${of}). The meeting may not be held, so there are no minutes of a count.`,
    issued: ([issued, present]) => `${issued} ballots were issued, more than the ${present} people present.`,
    collected: ([collected, issued]) => `${collected} ballots were collected, more than the ${issued} issued.`,
    valid: ([valid, invalid, collected]) => `Valid ${valid} + invalid ${invalid} must be the ${collected} collected.`,
    printed: ([printed, issued, unused, exchanged]) =>
      `Printed ${printed} must be issued ${issued} + unused ${unused} + exchanged ${exchanged}.`,
    marks: ([marked, most], of) => `${of}: ${marked} marks, more than the ${most} that the ballots allow.`,
    lines: ([marked, empty, valid], of) =>
      `${of}: ${marked} marks and ${empty} ballots with an empty or spoilt line do not make up the ${valid} valid ballots.`,
    team: (_, of) => `${of} is on the counting team and a subject of the ballot.`,
  },
  refused: {
    offline: { title: 'The server cannot be reached.', text: 'Check the network and try again.' },
    'needs-login': { title: 'Your session has ended.', text: 'Log in again on the file’s page, then open the paper.' },
    'not-yours': {
      title: 'This paper is not yours to read.',
      text: 'Ask the organiser if this poll should be given to you.',
    },
    'wrong-state': {
      title: 'This paper does not exist yet.',
      text: 'There is a paper ballot once the poll is sealed, and the other papers once it is counted.',
    },
    secret: {
      title: 'The file bears a secrecy stamp.',
      text: 'Every print needs a number. Go back to the file, name the recipient to get one, then print; there is no .docx.',
    },
    'not-found': { title: 'There is no such paper.', text: 'Go back to the file and choose the paper again.' },
  },
  failed: {
    title: 'The server could not prepare the paper.',
    text: 'Try again; if it stays so, tell whoever runs it.',
  },
  secretNote: copy => `Copy number ${copy}. The file bears a secrecy stamp: it is printed, never downloaded.`,
}

export const BAR: { readonly [L in Language]: BarWords } = { vi, en }

/** Which rule is broken, by which numbers. */
export const brokenSentence = ({ rule, numbers, of }: BrokenRule, language: Language): string =>
  BAR[language].rules[rule](numbers, of)
