/**
 * Every sentence that the commands say, in Vietnamese first and English second; the types let none be missing. Terms are
 * those of official papers.
 */
import type { FaultCode } from '../crypto/fault.ts'
import type { Check, Status } from '../crypto/verify/findings.ts'
import type { Step } from './play/poll.ts'

export const LANGUAGES = ['vi', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

interface Words {
  readonly checks: { readonly [C in Check]: string }
  readonly statuses: { readonly [S in Status]: string }
  readonly faults: { readonly [C in FaultCode]: string }
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
  checks: {
    1: 'Hồ sơ gốc đọc được, đúng giới hạn, đúng cuộc bỏ phiếu',
    2: 'Khóa chung do chính tổ kiểm phiếu lập và xác nhận',
    3: 'Danh sách thẻ khớp với hồ sơ gốc, không thẻ nào lặp',
    4: 'Mỗi lượt nhận phiếu và hủy thẻ đều từ một thẻ, một lần',
    5: 'Biên bản đóng hòm có chữ ký, số liệu khớp nhau',
    6: 'Mỗi phiếu có dấu xác nhận hợp lệ của hòm phiếu',
    7: 'Phiếu đúng khuôn, có chữ ký, không phiếu nào trùng',
    8: 'Mỗi phiếu chỉ chứa lựa chọn được phép',
    9: 'Hòm phiếu nguyên vẹn như khi đóng',
    10: 'Đủ thành viên ký mở hòm, chỉ mở những tổng được phép',
    11: 'Các tổng được mở đúng',
    12: 'Kết quả đủ chữ ký, số liệu hợp lý',
    13: 'Kết luận đúng theo bộ quy tắc đã chốt',
  },
  statuses: {
    holds: 'đạt',
    fails: 'KHÔNG ĐẠT',
    'not-reached': 'chưa xét được',
    'not-checked': 'chưa kiểm tra (không có bộ quy tắc)',
    none: 'không có',
  },
  faults: {
    'not-utf8': 'không phải văn bản UTF-8',
    'not-json': 'không phải JSON đúng quy cách',
    'white-space': 'có khoảng trắng thừa',
    'duplicate-name': 'một trường ghi hai lần',
    'not-integer': 'số không hợp lệ',
    'wrong-type': 'sai kiểu dữ liệu',
    'missing-field': 'thiếu trường',
    'unknown-field': 'có trường lạ',
    'unknown-line': 'dòng không thuộc loại nào',
    'line-end': 'dòng cuối không kết thúc, tệp có thể bị cắt',
    'line-order': 'dòng đứng sai thứ tự hoặc bị lặp',
    'line-missing': 'thiếu dòng',
    'line-too-long': 'dòng quá dài',
    'not-base64url': 'không phải base64url đúng quy cách',
    'wrong-length': 'sai độ dài',
    'left-over': 'còn dữ liệu thừa',
    'bad-point': 'điểm không hợp lệ',
    'identity-point': 'điểm trung hòa không được phép',
    'bad-scalar': 'số mũ không hợp lệ',
    'bad-id': 'mã định danh không hợp lệ',
    'wrong-protocol': 'không phải giao thức này',
    'out-of-range': 'ngoài giới hạn',
    'too-large': 'quá lớn',
    duplicate: 'bị lặp',
    'not-ascending': 'không theo thứ tự tăng dần',
    'unknown-group': 'không có nhóm này',
    'not-listed': 'không có trong danh sách thẻ',
    'spent-and-voided': 'thẻ vừa nhận phiếu vừa bị hủy',
    'wrong-manifest': 'không phải hồ sơ gốc của cuộc này',
    'wrong-hash': 'mã băm không khớp',
    'wrong-key': 'khóa không khớp',
    'wrong-root': 'gốc cây băm không khớp',
    'wrong-count': 'số lượng không khớp',
    'wrong-value': 'giá trị không đúng',
    'bad-signature': 'chữ ký sai',
    'bad-proof': 'chứng minh sai',
    'bad-credential': 'dấu xác nhận sai',
    'too-few': 'chưa đủ số thành viên',
    'not-allowed': 'không được phép',
    'wrong-sum': 'tổng sai',
  },
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
  usage: {
    start: 'Cách dùng: npm start -- [--lang vi|en] [--json]',
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
  checks: {
    1: 'The manifest reads, is within limits, and is of this poll',
    2: 'The key was made and confirmed by the counting team',
    3: 'Token lists match the manifest; no token stands twice',
    4: 'Every redemption and void comes from one card, once',
    5: 'The closing statement is signed and its numbers fit',
    6: 'Every ballot bears a credential of the box',
    7: 'Ballots are well formed, signed and all different',
    8: 'Every ballot holds nothing but allowed choices',
    9: 'The board is exactly what was closed',
    10: 'Enough members opened, and only sums that may be opened',
    11: 'The sums were opened rightly',
    12: 'The result is signed by enough members and adds up',
    13: 'The outcome follows from the pinned rules',
  },
  statuses: {
    holds: 'holds',
    fails: 'FAILS',
    'not-reached': 'not reached',
    'not-checked': 'not checked (the rules are not at hand)',
    none: 'none',
  },
  faults: {
    'not-utf8': 'not UTF-8 text',
    'not-json': 'not well-formed JSON',
    'white-space': 'white space where none may be',
    'duplicate-name': 'a field stands twice',
    'not-integer': 'not an allowed number',
    'wrong-type': 'of the wrong type',
    'missing-field': 'a field is missing',
    'unknown-field': 'an unknown field',
    'unknown-line': 'a line of no known type',
    'line-end': 'the last line does not end; the file may be cut off',
    'line-order': 'a line out of order or repeated',
    'line-missing': 'a line is missing',
    'line-too-long': 'the line is too long',
    'not-base64url': 'not canonical base64url',
    'wrong-length': 'of the wrong length',
    'left-over': 'bytes are left over',
    'bad-point': 'not a valid point',
    'identity-point': 'the identity is not allowed',
    'bad-scalar': 'not a valid scalar',
    'bad-id': 'not a valid id',
    'wrong-protocol': 'not this protocol',
    'out-of-range': 'out of range',
    'too-large': 'too large',
    duplicate: 'stands twice',
    'not-ascending': 'not in ascending order',
    'unknown-group': 'no such group',
    'not-listed': 'not in the token lists',
    'spent-and-voided': 'both redeemed and voided',
    'wrong-manifest': 'not the manifest of this poll',
    'wrong-hash': 'the hash does not match',
    'wrong-key': 'the key does not match',
    'wrong-root': 'the root of the tree does not match',
    'wrong-count': 'the number does not fit',
    'wrong-value': 'not the right value',
    'bad-signature': 'the signature is false',
    'bad-proof': 'the proof is false',
    'bad-credential': 'the credential is false',
    'too-few': 'too few members',
    'not-allowed': 'not allowed',
    'wrong-sum': 'the sum is wrong',
  },
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
  usage: {
    start: 'Usage: npm start -- [--lang vi|en] [--json]',
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
