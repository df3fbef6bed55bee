/** What `npm run backup` and `npm run restore` say: Vietnamese first, English second. */
import type { Part } from '../commands/parcels.ts'
import type { FileFault } from '../commands/sealed-file.ts'
import type { Language } from '../words.ts'

/** A poll as people know it: its title, and its code or handle. */
export interface Called {
  readonly title: string
  readonly name: string
}

interface BackupWords {
  readonly backupUsage: string
  readonly restoreUsage: string
  readonly poll: (poll: Called) => string
  readonly unknownPoll: (asked: string, there: readonly string[]) => string
  readonly noKey: string
  readonly wrongKey: string
  readonly away: (address: string) => string
  readonly fileThere: (file: string) => string
  readonly diskFull: (file: string) => string
  readonly unwritten: (file: string) => string
  readonly stays: { readonly open: (poll: string) => string; readonly 'handed-back': (poll: string) => string }
  /** Below those that are refused. */
  readonly nothingStored: string
  readonly leftOut: string
  readonly changedMeanwhile: (poll: string) => string
  readonly notReadBack: (file: string) => string
  readonly backedUp: (file: string, polls: number) => string
  readonly packsOnly: string
  /** Above the code. */
  readonly code: string
  readonly keepCode: string
  readonly typeToMove: string
  readonly notMoved: string
  readonly moved: (poll: string) => string
  readonly stillThere: (poll: string) => string
  readonly typeCode: string
  readonly misread: (group: number | null) => string
  readonly fileFaults: { readonly [F in FileFault]: (file: string, line: number) => string }
  readonly notInFile: (asked: string) => string
  readonly alreadyThere: (poll: string) => string
  readonly otherThere: (poll: string) => string
  readonly beforeOpening: (poll: string) => string
  readonly onlyHere: string
  readonly unsound: (poll: string, why: string) => string
  /** Why a poll, or packs and people, are not sound. */
  readonly faults: { readonly [P in Part]: string }
  readonly unsoundDirectory: (why: string) => string
  /** Under another handle. */
  readonly manifestThere: (poll: string) => string
  readonly nothingRestored: string
  readonly restored: (poll: string) => string
  readonly withoutRules: (poll: string) => string
  readonly interrupted: (poll: string) => string
  readonly keptThere: (names: readonly string[]) => string
  /** An organiser has a password there. */
  readonly peopleLeftOut: (n: number) => string
  readonly done: string
}

const vi: BackupWords = {
  backupUsage:
    'Cách dùng: npm run backup -- TỆP [--poll MÃ]… [--leave-open] [--move] [--at https://ĐỊA_CHỈ] [--lang vi|en]',
  restoreUsage: 'Cách dùng: npm run restore -- TỆP [--poll MÃ]… [--only-here] [--at https://ĐỊA_CHỈ] [--lang vi|en]',
  poll: ({ title, name }) => (title === '' ? name : `“${title}” (${name})`),
  unknownPoll: (asked, there) =>
    `Không có cuộc bỏ phiếu ${asked}. Hãy dùng một trong các mã sau: ${there.join('; ') || 'chưa có cuộc nào'}.`,
  noKey: 'Thiếu khóa của người vận hành. Hãy đặt biến OPERATOR_KEY giống như ở nơi đó rồi chạy lại.',
  wrongKey:
    'Nơi đó không nhận khóa này, hoặc không mở cửa cho người vận hành. Hãy kiểm tra OPERATOR_KEY ở cả hai nơi rồi chạy lại.',
  away: address => `Không kết nối được với ${address}. Hãy kiểm tra địa chỉ và mạng rồi chạy lại.`,
  fileThere: file => `Tệp ${file} đã có và không bị ghi đè. Hãy chọn tên khác.`,
  diskFull: file => `Đĩa đầy nên không ghi được ${file}; không có gì được lưu. Hãy dọn chỗ rồi chạy lại.`,
  unwritten: file => `Không ghi được tệp ${file}. Hãy kiểm tra thư mục và quyền ghi rồi chạy lại.`,
  stays: {
    open: poll => `${poll} đang mở: chỉ sao lưu trước khi mở hoặc sau khi đóng hòm.`,
    'handed-back': poll => `${poll} đã có thẻ trả lại: từ lúc này đến khi đóng hòm không sao lưu.`,
  },
  nothingStored:
    'Không lưu gì. Hãy chờ đến khi đóng hòm rồi chạy lại, hoặc thêm --leave-open để bỏ qua các cuộc nêu trên.',
  leftOut: 'Đã bỏ qua các cuộc nêu trên. Hãy sao lưu các cuộc đó sau khi đóng hòm.',
  changedMeanwhile: poll => `${poll} thay đổi trong lúc đọc; không lưu gì. Hãy chạy lại.`,
  notReadBack: file => `Đọc lại tệp ${file} thấy không đúng, tệp đã bị xóa. Hãy chọn đĩa khác rồi chạy lại.`,
  backedUp: (file, polls) => `Đã sao lưu ${polls} cuộc bỏ phiếu vào ${file} và đã đọc lại đúng.`,
  packsOnly: 'Tài khoản không có trong tệp này. Muốn có, hãy chạy lại không có --poll.',
  code: 'Mã mở tệp này, chỉ hiện một lần. Hãy chép ra giấy, cho vào phong bì và cất riêng với tệp:',
  keepCode: 'Mất mã thì không ai mở được tệp. Ai có cả mã và tệp thì đọc được mọi thứ trong đó.',
  typeToMove: 'Để chuyển đi, hãy gõ lại mã vừa chép: ',
  notMoved: 'Mã gõ lại không khớp nên không chuyển; mọi cuộc vẫn còn ở nơi cũ. Hãy xóa tệp này rồi chạy lại.',
  moved: poll => `${poll} không còn ở nơi cũ, chỉ còn trong tệp này. Hãy phục hồi ở nơi mới.`,
  stillThere: poll =>
    `${poll} vẫn còn ở nơi cũ vì đã thay đổi sau khi sao lưu. Không dùng bản trong tệp này; hãy sao lưu lại.`,
  typeCode: 'Mã mở tệp (bảy nhóm, trên giấy): ',
  misread: group =>
    group === null
      ? 'Mã chưa đủ bảy nhóm hoặc chưa đúng. Hãy xem lại tờ giấy rồi chạy lại.'
      : `Nhóm ${group} của mã chưa đúng. Hãy xem lại tờ giấy rồi chạy lại.`,
  fileFaults: {
    'not-a-backup': (file, line) => `Dòng ${line} của ${file} không phải của tệp sao lưu. Hãy chọn đúng tệp.`,
    'wrong-code': file => `Mã này không mở được ${file}. Hãy lấy tờ giấy đi cùng tệp đó rồi chạy lại.`,
    cut: (file, line) => `Tệp ${file} bị cắt ở dòng ${line}. Hãy dùng bản sao khác của tệp.`,
    changed: (file, line) => `Dòng ${line} của ${file} đã bị thay đổi. Hãy dùng bản sao khác của tệp.`,
    more: (file, line) => `Tệp ${file} có thêm từ dòng ${line} trở đi. Hãy dùng bản sao khác của tệp.`,
    'other-release': file =>
      `Tệp ${file} do phiên bản khác ghi. Hãy phục hồi bằng phiên bản đó, rồi cập nhật chương trình.`,
  },
  notInFile: asked => `Trong tệp không có cuộc bỏ phiếu ${asked}. Hãy kiểm tra mã, hoặc bỏ --poll.`,
  alreadyThere: poll => `${poll} đã có ở đây, giống hệt; không thay đổi gì.`,
  otherThere: poll => `${poll} đã có ở đây nhưng khác với tệp và không bị ghi đè. Hãy dùng --poll để bỏ qua cuộc này.`,
  beforeOpening: poll =>
    `${poll} chưa mở. Nếu bản gốc còn ở nơi khác thì sẽ có hai hòm phiếu cùng khóa: thẻ đã dùng ở hòm này lại dùng được ở hòm kia.`,
  onlyHere:
    'Nếu chắc chắn không còn bản nào ở nơi khác, hãy chạy lại với --only-here. Sau khi đóng hòm, so mã đóng hòm trên máy của tổ kiểm phiếu với tờ của người chủ trì.',
  unsound: (poll, why) =>
    `${poll} không được phục hồi vì kiểm tra không đạt: ${why}. Hãy giữ nguyên tệp, báo tổ kiểm phiếu và dùng bản sao khác.`,
  faults: {
    rows: 'các dòng dữ liệu không khớp nhau',
    manifest: 'hồ sơ gốc không đúng với mã của hồ sơ',
    keys: 'khóa của hòm phiếu không đúng với hồ sơ gốc',
    cards: 'danh sách thẻ không đúng với hồ sơ gốc',
    packs: 'có bộ quy tắc không đọc được, hoặc không đúng với mã SHA-256 của nó',
  },
  unsoundDirectory: why =>
    `Bộ quy tắc và tài khoản không được phục hồi vì kiểm tra không đạt: ${why}. Hãy giữ nguyên tệp và dùng bản sao khác.`,
  manifestThere: poll =>
    `${poll} không được phục hồi: hồ sơ gốc này đã thuộc một cuộc bỏ phiếu khác ở đây. Hãy dùng --poll để bỏ qua cuộc này.`,
  nothingRestored: 'Không có gì được phục hồi.',
  restored: poll => `Đã phục hồi ${poll}; mọi kiểm tra đều đạt.`,
  withoutRules: poll =>
    `Chưa kiểm tra được kết luận của ${poll} vì thiếu bộ quy tắc. Hãy nhập bộ quy tắc đó rồi chạy npm run verify.`,
  interrupted: poll => `${poll} chưa phục hồi xong. Hãy chạy lại lệnh này.`,
  keptThere: names => `Ở đây đã có và được giữ nguyên: ${names.join(', ')}.`,
  peopleLeftOut: n =>
    `${n} tài khoản trong tệp không được đưa vào, vì ở đây người tổ chức đã có mật khẩu. Ai cần tài khoản thì người tổ chức mời lại.`,
  done: 'Đã phục hồi xong. Ai đang đăng nhập ở nơi cũ phải đăng nhập lại ở đây.',
}

const en: BackupWords = {
  backupUsage:
    'Usage: npm run backup -- FILE [--poll CODE]… [--leave-open] [--move] [--at https://HOST] [--lang vi|en]',
  restoreUsage: 'Usage: npm run restore -- FILE [--poll CODE]… [--only-here] [--at https://HOST] [--lang vi|en]',
  poll: ({ title, name }) => (title === '' ? name : `“${title}” (${name})`),
  unknownPoll: (asked, there) =>
    `There is no poll ${asked}. Use one of these codes: ${there.join('; ') || 'there is none yet'}.`,
  noKey: "The operator's key is missing. Set OPERATOR_KEY as it is set there, and run this again.",
  wrongKey:
    'The key is not taken there, or there is no door for the operator. Check OPERATOR_KEY on both sides and run this again.',
  away: address => `${address} cannot be reached. Check the address and the network, and run this again.`,
  fileThere: file => `The file ${file} exists and is not overwritten. Choose another name.`,
  diskFull: file => `The disk is full: ${file} cannot be written, nothing was stored. Make room and run this again.`,
  unwritten: file => `The file ${file} cannot be written. Check the folder and its permissions, and run this again.`,
  stays: {
    open: poll => `${poll} is open: back it up before opening or after closing.`,
    'handed-back': poll => `Cards of ${poll} were handed back: from now until closing it is not backed up.`,
  },
  nothingStored:
    'Nothing was stored. Wait until the box is closed and run this again, or add --leave-open to leave these out.',
  leftOut: 'The polls above were left out. Back them up once their boxes are closed.',
  changedMeanwhile: poll => `${poll} changed while it was read; nothing was stored. Run this again.`,
  notReadBack: file => `${file} was read back wrong and is deleted. Choose another disk and run this again.`,
  backedUp: (file, polls) => `Polls backed up to ${file} and read back: ${polls}.`,
  packsOnly: 'Accounts are not in this file. To have them too, run this without --poll.',
  code: 'The code that opens this file, shown once. Write it on paper, in an envelope, apart from the file:',
  keepCode: 'Without the code nobody can open the file. Who has both reads everything in it.',
  typeToMove: 'To move, type the code that you have written down: ',
  notMoved:
    'That is another code, so nothing was moved; every poll is where it was. Delete this file and run this again.',
  moved: poll => `${poll} is in its old place no longer, only in this file. Restore it in the new place.`,
  stillThere: poll =>
    `${poll} is still in its old place: it changed after it was backed up. Do not use the copy in this file; back it up again.`,
  typeCode: 'Code of the file (seven groups, on paper): ',
  misread: group =>
    group === null
      ? 'The code does not have its seven groups, or is not right. Look at the paper and run this again.'
      : `Group ${group} of the code is not right. Look at the paper and run this again.`,
  fileFaults: {
    'not-a-backup': (file, line) => `Line ${line} of ${file} is not that of a backup. Choose the right file.`,
    'wrong-code': file =>
      `This code does not open ${file}. Take the paper that belongs to the file and run this again.`,
    cut: (file, line) => `${file} is cut off at line ${line}. Use another copy of the file.`,
    changed: (file, line) => `Line ${line} of ${file} was changed. Use another copy of the file.`,
    more: (file, line) => `${file} has more, from line ${line} on. Use another copy of the file.`,
    'other-release': file => `Another release wrote ${file}. Restore it with that release, then update.`,
  },
  notInFile: asked => `The file has no poll ${asked}. Check the code, or leave --poll out.`,
  alreadyThere: poll => `${poll} is here already, the very same; nothing was changed.`,
  otherThere: poll => `${poll} is here otherwise than in the file and is not overwritten. Leave it out with --poll.`,
  beforeOpening: poll =>
    `${poll} is not opened yet. If the original still is somewhere, there will be two boxes with the same keys: a card spent in one is good in the other.`,
  onlyHere:
    "If you are certain that no copy is anywhere else, run this again with --only-here. After closing, compare the closing code on the team's devices with the chair's sheet.",
  unsound: (poll, why) =>
    `${poll} was not restored, since a check failed: ${why}. Keep the file as it is, tell the counting team, and use another copy.`,
  faults: {
    rows: 'its rows do not fit one another',
    manifest: 'the manifest does not have its hash',
    keys: "the box's keys are not those of the manifest",
    cards: 'the list of cards is not that of the manifest',
    packs: 'a rule pack cannot be read, or does not have its SHA-256',
  },
  unsoundDirectory: why =>
    `Rule packs and accounts were not restored, since a check failed: ${why}. Keep the file as it is, and use another copy.`,
  manifestThere: poll => `${poll} was not restored: its manifest is another poll's here. Leave it out with --poll.`,
  nothingRestored: 'Nothing was restored.',
  restored: poll => `${poll} is restored; every check holds.`,
  withoutRules: poll =>
    `The outcome of ${poll} could not be checked: its rule pack is missing. Enter the pack, then run npm run verify.`,
  interrupted: poll => `${poll} is not restored yet. Run this command again.`,
  keptThere: names => `Here before, and kept as they are: ${names.join(', ')}.`,
  peopleLeftOut: n =>
    `Accounts in the file that were not brought: ${n}. The organiser here has a password already, and invites those who need one.`,
  done: 'Restored. Whoever was logged in at the old place logs in again here.',
}

export const BACKUP: { readonly [L in Language]: BackupWords } = { vi, en }
