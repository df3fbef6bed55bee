/**
 * Every sentence that the commands say, in Vietnamese first and English second; the types let none be missing. Terms are
 * those of official papers. What the checks say stands with the pages' words, so that both speak the same sentences.
 */
import { FINDINGS, type FindingWords } from '../client/words/findings.ts'
import type { Step } from './play/poll.ts'

export const LANGUAGES = ['vi', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

interface Words extends FindingWords {
  readonly steps: { readonly [S in Step]: string }
  readonly line: (n: number) => string
  readonly expected: string
  readonly got: string
  readonly more: (n: number) => string
  /** The last word on a record. */
  readonly verdict: { readonly holds: string; readonly board: string; readonly fails: string }
  readonly manifestCode: string
  readonly closingCode: string
  readonly ballots: (n: number) => string
  readonly unmarked: string
  readonly nothingOpened: string
  readonly nothingOpenedYet: string
  readonly union: (labels: string) => string
  readonly poll: {
    readonly seeded: string
    readonly written: (file: string) => string
    /** `n` is null where too few envelopes hold text for them to be shown. */
    readonly texts: (title: string, n: number | null, minimum: number) => string
    readonly textsClosed: (minimum: number) => string
  }
  readonly member: (index: number) => string
  readonly progress: { readonly lines: (n: number) => string }
  readonly start: {
    readonly running: (address: string) => string
    /** Above the one-time link. */
    readonly setup: string
    /** Above the organiser's address. */
    readonly organiser: string
    readonly howToStop: string
    readonly stopping: string
    readonly newerDatabase: string
    readonly diskFull: string
    readonly portTaken: string
    readonly portRefused: string
  }
  readonly usage: { readonly start: string; readonly poll: string; readonly verify: string }
  readonly unusable: {
    readonly arguments: (what: string) => string
    readonly file: (file: string) => string
    readonly notRecord: (file: string) => string
    readonly empty: (file: string) => string
    readonly notCase: (file: string) => string
    readonly output: (file: string) => string
  }
}

const vi: Words = {
  ...FINDINGS.vi,
  steps: {
    ceremony: 'Tổ kiểm phiếu niêm phong hòm phiếu',
    cards: 'In thẻ',
    voting: 'Bỏ phiếu',
    checking: 'Tổ kiểm phiếu kiểm tra hòm phiếu',
    opening: 'Mở hòm phiếu',
  },
  line: n => `dòng ${n}`,
  expected: 'phải là',
  got: 'nhưng là',
  more: n => `và ${n} chỗ nữa`,
  verdict: {
    holds: 'Hồ sơ đúng: mọi kiểm tra đều đạt.',
    board: 'Hòm phiếu đúng; kết quả chưa có trong hồ sơ này.',
    fails: 'Hồ sơ SAI. Không dùng kết quả này; giữ nguyên tệp và báo tổ kiểm phiếu.',
  },
  manifestCode: 'Mã hồ sơ gốc',
  closingCode: 'Mã đóng hòm',
  ballots: n => `${n} phiếu`,
  unmarked: 'Để trống',
  nothingOpened: 'Có dưới 3 phiếu nên không tổng nào được mở.',
  nothingOpenedYet: 'Hòm phiếu chưa mở.',
  union: labels => `Nhóm: ${labels}`,
  poll: {
    seeded: 'Chú ý: --seed làm cho mọi bí mật đoán được. Chỉ dùng để thử, không dùng cho cuộc bỏ phiếu thật.',
    written: file => `Đã ghi hồ sơ vào ${file}`,
    texts: (title, n, minimum) =>
      n === null
        ? `Góp ý “${title}”: dưới ${minimum} phong bì có nội dung nên không hiển thị`
        : `Góp ý “${title}”: ${n} phong bì có nội dung, chỉ tổ kiểm phiếu đọc`,
    textsClosed: minimum => `Góp ý không mở: có dưới ${minimum} phiếu.`,
  },
  member: index => `Thành viên tổ kiểm phiếu thứ ${index}`,
  progress: { lines: n => `Đã xét ${n} dòng` },
  start: {
    running: address => `Phiếu Kín đang chạy. Điện thoại trong cùng mạng mở: ${address}`,
    setup: 'Đường dẫn đặt mật khẩu cho người tổ chức, dùng một lần, mở trên chính máy này:',
    organiser: 'Người tổ chức mở trên chính máy này:',
    howToStop: 'Nhấn Ctrl+C để dừng. Phiếu đã nhận đều nằm trên đĩa.',
    stopping: 'Đang dừng…',
    newerDatabase: 'Dữ liệu do phiên bản mới hơn ghi. Hãy chạy phiên bản mới hơn đó; không có gì bị thay đổi.',
    diskFull: 'Đĩa đầy hoặc không ghi được vào thư mục dữ liệu. Hãy dọn chỗ, kiểm tra quyền ghi rồi chạy lại.',
    portTaken:
      'Cổng này đã có chương trình khác dùng. Hãy dừng chương trình đó hoặc chọn cổng khác, ví dụ PORT=8081 npm start.',
    portRefused: 'Máy không cho dùng địa chỉ hoặc cổng này. Hãy kiểm tra HOST và PORT, ví dụ PORT=8080.',
  },
  usage: {
    start: 'Cách dùng: npm start -- [--lang vi|en] [--new-password]',
    poll: 'Cách dùng: npm run poll -- --case TỆP --out HỒ_SƠ [--lang vi|en] [--json] [--seed SỐ]',
    verify: 'Cách dùng: npm run verify -- HỒ_SƠ [--manifest MÃ] [--lang vi|en] [--json]',
  },
  unusable: {
    arguments: what => `Không hiểu lệnh: ${what}.`,
    file: file => `Không đọc được tệp ${file}. Hãy kiểm tra tên tệp và quyền đọc.`,
    notRecord: file => `Tệp ${file} không phải hồ sơ bỏ phiếu: dòng 1 không phải JSON.`,
    empty: file => `Tệp ${file} trống.`,
    notCase: file => `Tệp ${file} không dùng được`,
    output: file => `Không ghi được tệp ${file}. Hãy kiểm tra thư mục và quyền ghi.`,
  },
}

const en: Words = {
  ...FINDINGS.en,
  steps: {
    ceremony: 'The counting team seals the box',
    cards: 'Printing cards',
    voting: 'Voting',
    checking: 'The counting team checks the board',
    opening: 'Opening the box',
  },
  line: n => `line ${n}`,
  expected: 'expected',
  got: 'got',
  more: n => `and ${n} more`,
  verdict: {
    holds: 'The record holds: no check failed.',
    board: 'The board holds; this record has no result yet.',
    fails: 'The record FAILS. Do not use this result; keep the file as it is and tell the counting team.',
  },
  manifestCode: 'Manifest code',
  closingCode: 'Closing code',
  ballots: n => `${n} ballots`,
  unmarked: 'Left empty',
  nothingOpened: 'There are fewer than 3 ballots, so no sum was opened.',
  nothingOpenedYet: 'The box is not opened yet.',
  union: labels => `Groups: ${labels}`,
  poll: {
    seeded: 'Note: --seed makes every secret predictable. For tests only, never for a real poll.',
    written: file => `Record written to ${file}`,
    texts: (title, n, minimum) =>
      n === null
        ? `Comments “${title}”: fewer than ${minimum} envelopes hold text, so none is shown`
        : `Comments “${title}”: ${n} envelopes hold text, for the counting team alone`,
    textsClosed: minimum => `Comments stay closed: there are fewer than ${minimum} ballots.`,
  },
  member: index => `Counting-team member ${index}`,
  progress: { lines: n => `${n} lines checked` },
  start: {
    running: address => `Phiếu Kín is running. Phones in the same network open: ${address}`,
    setup: "The organiser's link for setting a password; it works once, on this very machine:",
    organiser: 'The organiser opens, on this very machine:',
    howToStop: 'Press Ctrl+C to stop. Every ballot that was received is on disk.',
    stopping: 'Stopping…',
    newerDatabase: 'A newer version wrote these data. Please run that version; nothing was changed.',
    diskFull: 'The disk is full, or the data folder cannot be written. Make room, check permissions, and start again.',
    portTaken: 'Another program uses this port. Stop it or choose another one, for instance PORT=8081 npm start.',
    portRefused: 'The machine does not allow this address or port. Please check HOST and PORT, for instance PORT=8080.',
  },
  usage: {
    start: 'Usage: npm start -- [--lang vi|en] [--new-password]',
    poll: 'Usage: npm run poll -- --case FILE --out RECORD [--lang vi|en] [--json] [--seed N]',
    verify: 'Usage: npm run verify -- RECORD [--manifest CODE] [--lang vi|en] [--json]',
  },
  unusable: {
    arguments: what => `The command cannot be read: ${what}.`,
    file: file => `The file ${file} cannot be read. Check its name and permissions.`,
    notRecord: file => `The file ${file} is not a record of a poll: line 1 is not JSON.`,
    empty: file => `The file ${file} is empty.`,
    notCase: file => `The file ${file} cannot be used`,
    output: file => `The file ${file} cannot be written. Check the folder and its permissions.`,
  },
}

export const WORDS: { readonly [L in Language]: Words } = { vi, en }
