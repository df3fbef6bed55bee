/** Every sentence of the verifier's page; what checks and faults say stands in `findings.ts`. */
import type { Trouble } from '../verifier/state.ts'
import type { Language } from './language.ts'

interface VerifierWords {
  readonly title: string
  readonly intro: string
  readonly offline: string
  /** Of the single file. */
  readonly alone: string
  readonly otherLanguage: string
  readonly rehearsal: string
  readonly code: string
  readonly codeHint: string
  readonly choose: string
  readonly drop: string
  readonly fetch: string
  readonly download: string
  readonly troubles: { readonly [T in Trouble]: string }
  readonly fetching: string
  readonly checkingTitle: string
  readonly counting: string
  readonly lines: (done: number, all: number) => string
  readonly stays: string
  readonly checks: string
  readonly line: (n: number) => string
  readonly expected: string
  readonly got: string
  readonly more: (n: number) => string
  readonly verdict: {
    readonly holds: string
    readonly holdsNote: string
    readonly board: string
    readonly boardNote: string
    /** Beside `holdsNote`, where the pinned rules are not at hand. */
    readonly noRules: string
    readonly fails: string
    readonly failsNote: string
  }
  readonly codes: string
  readonly manifestCode: string
  readonly matched: string
  readonly compare: string
  readonly closingCode: string
  readonly closingNote: string
  readonly members: string
  readonly hash: string
  readonly turnout: string
  readonly handedOut: string
  readonly redeemed: string
  readonly ballots: string
  readonly result: string
  readonly rules: {
    readonly title: string
    readonly add: string
    readonly taken: (names: string) => string
    readonly fetching: string
    readonly missing: string
    readonly missingNote: string
    readonly altered: (file: string) => string
    readonly unused: (file: string) => string
    readonly pinned: string
    readonly given: string
    readonly stated: string
    readonly date: string
    readonly convened: string
    readonly present: string
    readonly body: string
    readonly unstated: string
    readonly year: (subject: string, year: number) => string
    readonly earlier: (low: number, of: number) => string
    readonly classified: (level: string) => string
    readonly byHand: string
    readonly byHandNote: string
  }
  readonly again: string
  readonly another: string
  readonly sealed: {
    readonly link: string
    readonly title: string
    readonly intro: string
    readonly steps: readonly [string, string, string]
    readonly field: string
    readonly open: string
    readonly opening: string
    readonly back: string
    readonly hash: string
    readonly hashNote: string
    readonly inside: string
    readonly empty: string
    readonly holds: string
    readonly unreadable: string
    readonly unreadableNote: string
    readonly doesNotOpen: string
    readonly doesNotOpenNote: string
    readonly another: string
  }
}

const vi: VerifierWords = {
  title: 'Kiểm tra hồ sơ bỏ phiếu',
  intro:
    'Mười ba phép kiểm tra chạy ngay trên máy này, chỉ dựa vào hồ sơ. Không cần tin máy chủ, người tổ chức hay tổ kiểm phiếu.',
  offline: 'Trang đã tải xong: có thể ngắt mạng rồi kiểm tra tệp.',
  alone:
    'Trang này là một tệp đơn, không nối mạng. Chọn tệp record.ndjson; nếu trang cần bộ quy tắc thì chọn thêm tệp trong thư mục packs.',
  otherLanguage: 'English',
  rehearsal: 'DIỄN TẬP',
  code: 'Mã hồ sơ gốc',
  codeHint:
    '12 chữ và số, in trên thẻ. Nếu để trống, máy vẫn xét hồ sơ đúng hay sai nhưng không biết đó có phải cuộc bạn dự hay không.',
  choose: 'Chọn tệp hồ sơ',
  drop: 'hoặc kéo tệp thả vào trang này',
  fetch: 'Lấy hồ sơ từ máy chủ này',
  download: 'Tải trang này về thành một tệp, dùng không cần mạng',
  troubles: {
    'no-code': 'Chưa có mã hồ sơ gốc. Hãy nhập mã in trên thẻ để lấy đúng hồ sơ.',
    'bad-code': 'Mã hồ sơ gốc không đúng: mã có 12 chữ và số, chia ba nhóm bốn. Hãy so lại với mã in trên thẻ.',
    'unknown-poll': 'Máy chủ này không có cuộc bỏ phiếu mang mã đó. Hãy so lại mã, hoặc chọn tệp hồ sơ.',
    'not-closed': 'Hòm phiếu chưa đóng nên chưa có hồ sơ. Hãy trở lại sau khi đóng hòm.',
    offline: 'Không kết nối được máy chủ. Hãy kiểm tra mạng rồi thử lại, hoặc chọn tệp hồ sơ đã có.',
    busy: 'Máy chủ đang bận. Hãy thử lại sau ít phút.',
    'no-record':
      'Tệp này không phải hồ sơ bỏ phiếu. Hồ sơ là tệp văn bản có đuôi .record hoặc .ndjson, mỗi dòng bắt đầu bằng dấu {.',
    failed: 'Không đọc được tệp. Hãy chọn lại tệp; nếu vẫn vậy, hãy mở trang này bằng trình duyệt khác.',
  },
  fetching: 'Đang lấy hồ sơ từ máy chủ…',
  checkingTitle: 'Đang kiểm tra',
  counting: 'Đang đếm dòng…',
  lines: (done, all) => `Đã xét ${done} / ${all} dòng`,
  stays: 'Hồ sơ ở lại trong máy này, không gửi đi đâu.',
  checks: 'Mười ba phép kiểm tra',
  line: n => `dòng ${n}`,
  expected: 'Phải là',
  got: 'Nhưng là',
  more: n => `và ${n} chỗ nữa`,
  verdict: {
    holds: 'Hồ sơ đúng',
    holdsNote: 'Không phép kiểm tra nào thất bại. Kết quả dưới đây là tổng của đúng những phiếu trong hòm.',
    board: 'Hòm phiếu đúng, chưa mở',
    boardNote: 'Phần đã có của hồ sơ đều đúng. Chưa có kết quả: hòm phiếu chưa mở, hoặc kết quả chưa công khai.',
    noRules: 'Riêng kết luận theo quy tắc chưa tính lại được, vì thiếu tệp bộ quy tắc.',
    fails: 'Hồ sơ SAI',
    failsNote: 'Không dùng kết quả này. Hãy giữ nguyên tệp và báo tổ kiểm phiếu.',
  },
  codes: 'Mã để so',
  manifestCode: 'Mã hồ sơ gốc',
  matched: 'Khớp với mã bạn đưa.',
  compare: 'Hãy so với mã in trên thẻ: khác mã là cuộc bỏ phiếu khác.',
  closingCode: 'Mã đóng hòm',
  closingNote: 'Phải giống mã ghi trong biên bản và mã trên điện thoại người ghi phiếu.',
  members: 'Tổ kiểm phiếu',
  hash: 'Mã băm SHA-256',
  turnout: 'Số phiếu',
  handedOut: 'Thẻ đã phát',
  redeemed: 'Thẻ đã nhận phiếu',
  ballots: 'Phiếu thu về',
  result: 'Kết quả',
  rules: {
    title: 'Áp dụng bộ quy tắc',
    add: 'Chọn thêm tệp bộ quy tắc',
    taken: names => `Đã nhận bộ quy tắc: ${names}. Chọn tiếp tệp hồ sơ.`,
    fetching: 'Đang lấy bộ quy tắc từ máy chủ…',
    missing: 'Chưa tính lại được kết luận: thiếu tệp bộ quy tắc',
    missingNote: 'Cần tệp có đúng mã băm SHA-256 sau đây. Tệp nằm trong thư mục packs của hồ sơ lưu.',
    altered: file => `${file} không phải bộ quy tắc đã chốt: tệp đã bị sửa sau khi chốt, hoặc là phiên bản khác`,
    unused: file => `${file} là bộ quy tắc mà cuộc bỏ phiếu này không dùng`,
    pinned: 'Hồ sơ gốc đã chốt',
    given: 'Tệp này là',
    stated: 'Số liệu do tổ chức khai trước khi mở hòm',
    date: 'Ngày lấy phiếu',
    convened: 'Số người được triệu tập',
    present: 'Số người có mặt',
    body: 'Tổng số thành viên',
    unstated: 'không khai',
    year: (subject, year) => `${subject}, năm ${year}`,
    earlier: (low, of) => `${low} phiếu mức thấp nhất trên ${of}`,
    classified: level => `Số người xếp mức “${level}”`,
    byHand: 'Bộ quy tắc và cách kiểm tra bằng tay',
    byHandNote: 'Mã băm của từng tệp phải đúng như trên. Kết luận phải đúng từng chữ với dòng cuối của hồ sơ.',
  },
  again: 'Kiểm tra hồ sơ khác',
  another: 'Kiểm tra phiếu đã niêm phong',
  sealed: {
    link: 'Kiểm tra phiếu đã niêm phong',
    title: 'Kiểm tra phiếu đã niêm phong',
    intro: 'Dành cho người muốn biết điện thoại của mình có niêm phong đúng lựa chọn hay không.',
    steps: [
      'Trên điện thoại, trước khi bỏ phiếu, bấm “Kiểm tra phiếu đã niêm phong” và ghi lại mã băm.',
      'Chuyển đoạn văn bản mà điện thoại cho xem sang máy này và dán vào đây.',
      'So mã băm và lựa chọn. Phiếu đem kiểm tra bị bỏ đi; phiếu thật được niêm phong lại.',
    ],
    field: 'Đoạn văn bản của phiếu',
    open: 'Xem bên trong',
    opening: 'Đang mở…',
    back: 'Kiểm tra hồ sơ',
    hash: 'Mã băm của phiếu',
    hashNote: 'Phải giống mã băm mà điện thoại cho xem trước. Khác thì điện thoại đã đổi phiếu.',
    inside: 'Bên trong phiếu',
    empty: 'Để trống',
    holds: 'Phiếu mở được',
    unreadable: 'Không đọc được',
    unreadableNote:
      'Đoạn văn bản không đủ hoặc không phải của trang bỏ phiếu. Hãy chép lại toàn bộ, từ dấu { đến dấu }.',
    doesNotOpen: 'Phiếu KHÔNG mở được',
    doesNotOpenNote:
      'Số ngẫu nhiên không khớp với phiếu. Đừng bỏ phiếu bằng điện thoại này; hãy báo tổ kiểm phiếu và dùng máy khác.',
    another: 'Kiểm tra phiếu khác',
  },
}

const en: VerifierWords = {
  title: 'Check a record',
  intro:
    'Thirteen checks run on this device, from the record alone. They trust neither the server nor the organiser nor the counting team.',
  offline: 'The page is loaded: you may cut the network and check a file.',
  alone:
    'This page is a single file and reaches no network. Choose record.ndjson; if the page asks for a rule pack, choose it in the folder packs.',
  otherLanguage: 'Tiếng Việt',
  rehearsal: 'REHEARSAL',
  code: 'Manifest code',
  codeHint:
    '12 letters and digits, printed on the card. Without it the record is still checked, but nobody knows whether it is of your poll.',
  choose: 'Choose a record file',
  drop: 'or drop the file on this page',
  fetch: 'Fetch the record from this server',
  download: 'Download this page as one file that needs no network',
  troubles: {
    'no-code': 'There is no manifest code. Enter the code on the card to fetch the right record.',
    'bad-code':
      'This is no manifest code: it has 12 letters and digits in three groups of four. Compare it with the card.',
    'unknown-poll': 'This server has no poll with that code. Compare the code, or choose a file.',
    'not-closed': 'The box is not closed, so there is no record yet. Come back after closing.',
    offline: 'The server cannot be reached. Check the network and try again, or choose a file that you have.',
    busy: 'The server is busy. Try again in a few minutes.',
    'no-record':
      'This file is not a record of a poll. A record is a text file, .record or .ndjson, whose lines begin with {.',
    failed: 'The file cannot be read. Choose it again; if that does not help, open this page in another browser.',
  },
  fetching: 'Fetching the record…',
  checkingTitle: 'Checking',
  counting: 'Counting lines…',
  lines: (done, all) => `${done} of ${all} lines checked`,
  stays: 'The record stays on this device.',
  checks: 'The thirteen checks',
  line: n => `line ${n}`,
  expected: 'Expected',
  got: 'Got',
  more: n => `and ${n} more`,
  verdict: {
    holds: 'The record holds',
    holdsNote: 'No check failed. The result below is the sum of exactly the ballots in the box.',
    board: 'The board holds, not opened yet',
    boardNote: 'What is there holds. There is no result: the box is not opened, or the result is not published.',
    noRules: 'Only the outcome under the rules was not recomputed, since a rule pack is missing.',
    fails: 'The record FAILS',
    failsNote: 'Do not use this result. Keep the file as it is and tell the counting team.',
  },
  codes: 'Codes to compare',
  manifestCode: 'Manifest code',
  matched: 'It is the code that you gave.',
  compare: 'Compare it with the code on the card: another code means another poll.',
  closingCode: 'Closing code',
  closingNote: 'The same as in the minutes and on voters’ phones.',
  members: 'Counting team',
  hash: 'SHA-256',
  turnout: 'Numbers',
  handedOut: 'Cards handed out',
  redeemed: 'Cards redeemed',
  ballots: 'Ballots collected',
  result: 'Result',
  rules: {
    title: 'The rules applied',
    add: 'Choose rule packs too',
    taken: names => `Rule packs taken: ${names}. Now choose the record.`,
    fetching: 'Fetching the rule packs…',
    missing: 'The outcome was not recomputed: a rule pack is missing',
    missingNote: 'It takes the file with exactly this SHA-256. The archive has it in its folder packs.',
    altered: file =>
      `${file} is not the pack that the manifest pins: it was changed after freezing, or is another version`,
    unused: file => `${file} is a rule pack that this poll does not use`,
    pinned: 'The manifest pins',
    given: 'This file is',
    stated: 'What the organiser stated before the box was opened',
    date: 'Day of the ballot',
    convened: 'People convened',
    present: 'People present',
    body: 'All members of the body',
    unstated: 'not stated',
    year: (subject, year) => `${subject}, ${year}`,
    earlier: (low, of) => `${low} marks at the lowest level in ${of}`,
    classified: level => `People classified “${level}”`,
    byHand: 'Rule packs, and how to check by hand',
    byHandNote: 'Each file’s hash is the one above. The outcome is, letter by letter, the record’s last line.',
  },
  again: 'Check another record',
  another: 'Check a sealed ballot',
  sealed: {
    link: 'Check a sealed ballot',
    title: 'Check a sealed ballot',
    intro: 'For whoever wants to know whether their phone seals what they chose.',
    steps: [
      'On the phone, before casting, press “Check the sealed ballot” and write the hash down.',
      'Bring the text that the phone shows to this device and paste it here.',
      'Compare the hash and the choices. A ballot that was checked is thrown away; the real one is sealed anew.',
    ],
    field: 'The ballot’s text',
    open: 'Look inside',
    opening: 'Opening…',
    back: 'Check a record',
    hash: 'The ballot’s hash',
    hashNote: 'The same as the phone showed first. If it differs, the phone has changed the ballot.',
    inside: 'Inside the ballot',
    empty: 'Left empty',
    holds: 'The ballot opens',
    unreadable: 'This cannot be read',
    unreadableNote: 'The text is not whole, or not of the voting page. Copy all of it, from { to }.',
    doesNotOpen: 'The ballot does NOT open',
    doesNotOpenNote:
      'The randomness does not fit the ballot. Do not vote with this phone; tell the counting team and use another.',
    another: 'Check another ballot',
  },
}

export const VERIFIER: { readonly [L in Language]: VerifierWords } = { vi, en }
