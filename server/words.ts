/**
 * Every sentence that the commands say, in Vietnamese first and English second; the types let none be missing. Terms are
 * those of official papers. What the checks say stands with the pages' words, so that both speak the same sentences.
 */
import { FINDINGS, type FindingWords } from '../client/words/findings.ts'
import type { Step } from './play/poll.ts'

export const LANGUAGES = ['vi', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

/** The name of the account that the terminal's link makes, as it stands in papers. */
export const FIRST_ORGANISER = 'Người tổ chức'

interface Words extends FindingWords {
  readonly steps: { readonly [S in Step]: string }
  readonly line: (n: number) => string
  readonly expected: string
  readonly got: string
  readonly more: (n: number) => string
  /** The last word on a record. */
  readonly verdict: {
    readonly holds: string
    /** All but check 13, for which nobody gave the rules. */
    readonly withoutRules: string
    readonly board: string
    readonly fails: string
  }
  /** Check 13 was left out: which pack is missing, and how to give it. */
  readonly rulesMissing: (pack: string, sha256: string) => string
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
    /** Of a deployment that redeems cards for another one. */
    readonly redeeming: (address: string) => string
    /** Above the one-time link. */
    readonly setup: string
    /** Above the organiser's address. */
    readonly organiser: string
    readonly howToStop: string
    readonly stopping: string
    readonly newerDatabase: string
    readonly diskFull: string
    readonly databaseAway: string
    /** PostgreSQL as it is set up does not let this role or this password in. */
    readonly databaseRefuses: string
    /** It would write down what must not be known, or a ballot could go missing; `lines` of SQL mend that. */
    readonly databaseUnfit: (settings: string, lines: string) => string
    readonly portTaken: string
    readonly portRefused: string
  }
  /** What rules say of counts. The sentences of findings are the pages' (`client/words/rules.ts`). */
  readonly outcome: {
    readonly round: (day: string) => string
    readonly people: (convened: number, present: number, members: number | null) => string
    readonly ballots: (issued: number, collected: number, valid: number) => string
    readonly late: (n: number) => string
    readonly hash: (sha256: string) => string
    readonly quorum: (fraction: string, of: string, least: number) => string
    readonly denominator: (of: string) => string
    readonly unmarked: string
    readonly noThreshold: string
    readonly differ: (names: string) => string
    readonly unknownOption: (option: string, packs: string) => string
    readonly unknownLevel: (level: string) => string
    readonly unknownPack: (asked: string, known: string) => string
    readonly noPack: (day: string, options: string) => string
    readonly present: (present: number, convened: number) => string
  }
  readonly reset: {
    /** Above the one-time link. */
    readonly link: string
    readonly running: string
    readonly noData: (folder: string) => string
  }
  readonly usage: {
    readonly start: string
    readonly resetOrganiser: string
    readonly poll: string
    readonly verify: string
    readonly outcome: string
  }
  readonly unusable: {
    readonly arguments: (what: string) => string
    /** Which of ROLE, REDEEM_URL, PEER_KEY is wrong. */
    readonly role: (what: string) => string
    readonly file: (file: string) => string
    readonly notRecord: (file: string) => string
    readonly empty: (file: string) => string
    /** Before what is wrong inside it. */
    readonly unfit: (file: string) => string
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
    withoutRules: 'Hồ sơ đúng: mọi kiểm tra đã làm đều đạt; kết luận chưa kiểm tra.',
    board: 'Hòm phiếu đúng; kết quả chưa có trong hồ sơ này.',
    fails: 'Hồ sơ SAI. Không dùng kết quả này; giữ nguyên tệp và báo tổ kiểm phiếu.',
  },
  rulesMissing: (pack, sha256) =>
    `cần bộ quy tắc ${pack} và các bộ đi kèm, SHA-256 ${sha256}; thêm --rules TỆP cho từng bộ`,
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
    redeeming: address =>
      `Phiếu Kín đang chạy, chỉ đổi thẻ lấy phiếu cho máy giữ hòm. Không có trang nào mở ở đây. Máy này nghe tại: ${address}`,
    setup: 'Đường dẫn đặt mật khẩu cho người tổ chức, dùng một lần, mở trên chính máy này:',
    organiser: 'Người tổ chức mở trên chính máy này:',
    howToStop: 'Nhấn Ctrl+C để dừng. Phiếu đã nhận đều nằm trên đĩa.',
    stopping: 'Đang dừng…',
    newerDatabase: 'Dữ liệu do phiên bản mới hơn ghi. Hãy chạy phiên bản mới hơn đó; không có gì bị thay đổi.',
    diskFull: 'Đĩa đầy hoặc không ghi được vào thư mục dữ liệu. Hãy dọn chỗ, kiểm tra quyền ghi rồi chạy lại.',
    databaseAway:
      'Không kết nối được với PostgreSQL. Hãy kiểm tra DATABASE_URL, kiểm tra máy chủ cơ sở dữ liệu rồi chạy lại.',
    databaseRefuses:
      'PostgreSQL không cho vào: sai tên, mật khẩu hoặc thiếu quyền. Hãy kiểm tra DATABASE_URL và quyền của tài khoản.',
    databaseUnfit: (settings, lines) =>
      `PostgreSQL đang được đặt khác điều chương trình cần (${settings}): nó có thể ghi lại điều cho biết ai bỏ phiếu nào, hoặc để lạc phiếu khi đóng hòm. Chương trình không chạy. Nhờ người quản trị PostgreSQL chạy các dòng sau, rồi chạy lại:\n\n${lines}`,
    portTaken:
      'Cổng này đã có chương trình khác dùng. Hãy dừng chương trình đó hoặc chọn cổng khác, ví dụ PORT=8081 npm start.',
    portRefused: 'Máy không cho dùng địa chỉ hoặc cổng này. Hãy kiểm tra HOST và PORT, ví dụ PORT=8080.',
  },
  outcome: {
    round: day => `Lấy phiếu ngày ${day}`,
    people: (convened, present, members) =>
      `Triệu tập ${convened} người, có mặt ${present}${members === null ? '' : `; tổng số thành viên ${members}`}`,
    ballots: (issued, collected, valid) => `Phiếu phát ra ${issued}, thu về ${collected}, hợp lệ ${valid}`,
    late: n => `Phiếu đến sau khi đóng hòm: ${n}`,
    hash: sha256 => `SHA-256 của bộ quy tắc: ${sha256}`,
    quorum: (fraction, of, least) => `Điều kiện họp: có mặt từ ${fraction} ${of} (${least} người)`,
    denominator: of => `Tỷ lệ tính trên ${of}`,
    unmarked: 'Không đánh dấu',
    noThreshold: 'Bộ quy tắc không đặt ngưỡng nào.',
    differ: names => `Các quy định nói khác nhau về: ${names}. Cấp có thẩm quyền xem xét áp dụng.`,
    unknownOption: (option, packs) => `Mức “${option}” không có trong ${packs}.`,
    unknownLevel: level => `Mức xếp loại “${level}” của năm trước không có trong bộ quy tắc nào.`,
    unknownPack: (asked, known) => `Không có bộ quy tắc ${asked}. Các bộ có sẵn: ${known}.`,
    noPack: (day, options) => `Không bộ quy tắc nào có hiệu lực ngày ${day} gồm đủ các mức ${options}.`,
    present: (present, convened) => `Số người có mặt ${present} nhiều hơn số người được triệu tập ${convened}.`,
  },
  reset: {
    link: 'Đường dẫn đặt lại mật khẩu cho tài khoản to-chuc, dùng một lần, mở trên chính máy này:',
    running:
      'Máy chủ đang chạy nhận đường dẫn này ngay, không phải dừng. Các đường dẫn đã in trước đó không còn dùng được.',
    noData: folder => `Chưa có dữ liệu trong ${folder}. Hãy kiểm tra DATA, hoặc chạy npm start trước.`,
  },
  usage: {
    start: 'Cách dùng: npm start -- [--lang vi|en] [--new-password]',
    resetOrganiser: 'Cách dùng: npm run reset-organiser -- [--lang vi|en]',
    poll: 'Cách dùng: npm run poll -- --case TỆP --out HỒ_SƠ [--lang vi|en] [--json] [--seed SỐ]',
    verify: 'Cách dùng: npm run verify -- HỒ_SƠ [--manifest MÃ] [--rules TỆP]… [--lang vi|en] [--json]',
    outcome: 'Cách dùng: npm run outcome -- --counts TỆP [--pack MÃ]… [--lang vi|en] [--json]',
  },
  unusable: {
    arguments: what => `Không hiểu lệnh: ${what}.`,
    role: what =>
      `Vai trò của máy chủ chưa đặt đúng: ${what}. ROLE là all, box hoặc redeem. Với box: REDEEM_URL là địa chỉ https của máy đổi thẻ, không có đường dẫn, và PEER_KEY. Với redeem: chỉ PEER_KEY. PEER_KEY giống nhau ở hai máy, ít nhất 32 ký tự ngẫu nhiên, ví dụ do lệnh openssl rand -hex 32 in ra.`,
    file: file => `Không đọc được tệp ${file}. Hãy kiểm tra tên tệp và quyền đọc.`,
    notRecord: file => `Tệp ${file} không phải hồ sơ bỏ phiếu: dòng 1 không phải JSON.`,
    empty: file => `Tệp ${file} trống.`,
    unfit: file => `Tệp ${file} không dùng được`,
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
    withoutRules: 'The record holds in every check that was made; the outcome was not checked.',
    board: 'The board holds; this record has no result yet.',
    fails: 'The record FAILS. Do not use this result; keep the file as it is and tell the counting team.',
  },
  rulesMissing: (pack, sha256) =>
    `needs the rule pack ${pack} and those alongside it, SHA-256 ${sha256}; give each with --rules FILE`,
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
    redeeming: address =>
      `Phiếu Kín is running and redeems cards for a box elsewhere, nothing else. There are no pages here. It listens at: ${address}`,
    setup: "The organiser's link for setting a password; it works once, on this very machine:",
    organiser: 'The organiser opens, on this very machine:',
    howToStop: 'Press Ctrl+C to stop. Every ballot that was received is on disk.',
    stopping: 'Stopping…',
    newerDatabase: 'A newer version wrote these data. Please run that version; nothing was changed.',
    diskFull: 'The disk is full, or the data folder cannot be written. Make room, check permissions, and start again.',
    databaseAway: 'PostgreSQL cannot be reached. Check DATABASE_URL and the database server, then start again.',
    databaseRefuses:
      'PostgreSQL does not let us in: the name, the password or a right is wrong. Check DATABASE_URL and what the role may do.',
    databaseUnfit: (settings, lines) =>
      `PostgreSQL is not set as it must be (${settings}): it could write down what ties people to ballots, or lose a ballot at closing. This program does not start. Ask its administrator to run these lines, then start again:\n\n${lines}`,
    portTaken: 'Another program uses this port. Stop it or choose another one, for instance PORT=8081 npm start.',
    portRefused: 'The machine does not allow this address or port. Please check HOST and PORT, for instance PORT=8080.',
  },
  outcome: {
    round: day => `Ballot of ${day}`,
    people: (convened, present, members) =>
      `${convened} people convened, ${present} present${members === null ? '' : `; ${members} members in all`}`,
    ballots: (issued, collected, valid) => `Ballots: ${issued} issued, ${collected} collected, ${valid} valid`,
    late: n => `Ballots after the box was closed: ${n}`,
    hash: sha256 => `SHA-256 of the rule pack: ${sha256}`,
    quorum: (fraction, of, least) => `To be held: at least ${fraction} ${of} present (${least})`,
    denominator: of => `Shares are ${of}`,
    unmarked: 'No mark',
    noThreshold: 'The rule pack sets no threshold.',
    differ: names =>
      `The regulations differ about: ${names}. Which one applies is for the competent authority to consider.`,
    unknownOption: (option, packs) => `The option “${option}” is not in ${packs}.`,
    unknownLevel: level => `The level “${level}” of an earlier year is in no rule pack.`,
    unknownPack: (asked, known) => `There is no rule pack ${asked}. At hand: ${known}.`,
    noPack: (day, options) => `No rule pack in force on ${day} has all of the options ${options}.`,
    present: (present, convened) => `${present} people present are more than the ${convened} convened.`,
  },
  reset: {
    link: 'The link for a new password of the account to-chuc; it works once, on this very machine:',
    running: 'A running server takes this link at once and need not be stopped. Links printed before no longer work.',
    noData: folder => `There are no data in ${folder} yet. Check DATA, or run npm start first.`,
  },
  usage: {
    start: 'Usage: npm start -- [--lang vi|en] [--new-password]',
    resetOrganiser: 'Usage: npm run reset-organiser -- [--lang vi|en]',
    poll: 'Usage: npm run poll -- --case FILE --out RECORD [--lang vi|en] [--json] [--seed N]',
    verify: 'Usage: npm run verify -- RECORD [--manifest CODE] [--rules FILE]… [--lang vi|en] [--json]',
    outcome: 'Usage: npm run outcome -- --counts FILE [--pack ID]… [--lang vi|en] [--json]',
  },
  unusable: {
    arguments: what => `The command cannot be read: ${what}.`,
    role: what =>
      `The server's role is not set right: ${what}. ROLE is all, box or redeem. For box: REDEEM_URL is the https address of the server that redeems cards, without a path, and PEER_KEY. For redeem: PEER_KEY alone. PEER_KEY is the same on both, at least 32 random characters, as openssl rand -hex 32 prints them.`,
    file: file => `The file ${file} cannot be read. Check its name and permissions.`,
    notRecord: file => `The file ${file} is not a record of a poll: line 1 is not JSON.`,
    empty: file => `The file ${file} is empty.`,
    unfit: file => `The file ${file} cannot be used`,
    output: file => `The file ${file} cannot be written. Check the folder and its permissions.`,
  },
}

export const WORDS: { readonly [L in Language]: Words } = { vi, en }
