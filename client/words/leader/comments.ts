/** Every sentence of the page on which the competent authority reads comments. */
import type { Language } from '../language.ts'

const vi = {
  part: 'Góp ý',
  title: 'Góp ý của người ghi phiếu',
  who: 'Ai đọc được: tổ kiểm phiếu, lúc mở; và cấp có thẩm quyền có cả tệp lẫn mã. Người được lấy phiếu, người tổ chức và mọi tài khoản khác không đọc được.',
  notYours: 'Chỉ tài khoản của cấp có thẩm quyền đọc được phần này.',
  none: 'Cuộc này không hỏi góp ý.',
  notYet: 'Tổ kiểm phiếu chưa chuyển tệp góp ý. Khi có tệp, trang này tự cho mở.',
  stamped:
    'Cuộc này đã đóng dấu mật nên máy chủ không đưa tệp ra. Nếu tổ kiểm phiếu đã trao bản sao của tệp, chọn tệp đó từ máy này.',
  ready: 'Tệp góp ý đã mã hóa nằm trên máy chủ. Gõ mã trong phong bì mà tổ kiểm phiếu trao tận tay.',
  code: 'Mã mở tệp, bảy nhóm',
  codeNote: 'Chữ hoa hay thường, có hay không có dấu cách đều được.',
  pick: 'Hoặc chọn tệp từ máy này',
  picked: (name: string) => `Sẽ mở tệp ${name}.`,
  open: 'Mở góp ý',
  opening: 'Đang mở…',
  why: {
    short: 'Mã có bảy nhóm, mỗi nhóm năm ký tự. Gõ tiếp cho đủ.',
    group: (n: number) => `Nhóm ${n} gõ sai. So lại với tờ giấy.`,
    'other-code':
      'Mã này không mở được tệp này. Tệp có thể đã được thay bằng tệp mới; hãy hỏi tổ kiểm phiếu lấy mã của tệp cuối cùng.',
    'no-file': 'Tệp này không phải tệp góp ý, hoặc bị hỏng. Hãy lấy lại tệp.',
    'other-poll': 'Tệp này là của cuộc bỏ phiếu khác.',
  },
  memory: 'Góp ý chỉ nằm trong trang đang mở. Đóng trang là mất khỏi máy này; mở lại bằng mã.',
  plain: 'Thứ tự ngẫu nhiên, không theo người viết. Đừng đoán ai viết; đừng chép nguyên văn ra ngoài.',
  search: 'Tìm trong góp ý',
  found: (n: number, of: number) => `Hiện ${n} trong ${of} góp ý.`,
  tooFew: (least: number) => `Ít hơn ${least} phong bì có chữ nên tổ kiểm phiếu không chuyển, để không lộ người viết.`,
  lost: (n: number) => `${n} phong bì không mở được; tổ kiểm phiếu đã ghi vào biên bản.`,
  under: 'Chủ đề',
  noTheme: 'Chưa xếp',
  newTheme: 'Chủ đề mới…',
  untitled: (n: number) => `Chủ đề ${n}`,
  themes: {
    title: 'Bản tổng hợp',
    what: 'Xếp góp ý vào chủ đề, viết tóm tắt bằng lời của mình, rồi chuyển cho những người đọc hồ sơ. Nguyên văn không đi theo.',
    kept: 'Chủ đề và cách xếp giữ trong trình duyệt này cho đến khi chuyển; nguyên văn không được giữ.',
    name: (n: number) => `Tên chủ đề ${n}`,
    text: 'Tóm tắt',
    count: (n: number) =>
      `Ít nhất ${n} người. Một người có thể viết ở nhiều câu hỏi, nên chỉ tính câu hỏi có nhiều góp ý nhất.`,
    few: (n: number, least: number) =>
      `Ít nhất ${n} người, dưới mức tối thiểu ${least}: khi chuyển chỉ ghi “một số ý kiến”.`,
    quotes: 'Tóm tắt có đoạn giống nguyên văn một góp ý. Hãy viết lại bằng lời khác, để không ai nhận ra người viết.',
    add: 'Thêm chủ đề',
    drop: (name: string) => `Xóa ${name}`,
    about: 'Nói về',
    whole: 'Cả cuộc bỏ phiếu',
    missing: {
      themes: 'Chưa có chủ đề nào.',
      words: 'Chủ đề nào cũng cần tên và tóm tắt.',
      texts: 'Có chủ đề chưa có góp ý nào: xếp góp ý vào, hoặc xóa chủ đề.',
    },
    pass: 'Chuyển bản tổng hợp',
    done: 'Đã chuyển. Bản tổng hợp nằm trong hồ sơ, phần lịch sử; chủ đề đã xóa khỏi trình duyệt này.',
  },
  close: 'Đóng góp ý',
  some: 'một số ý kiến',
  many: (n: number) => `ít nhất ${n} người`,
}

const en: typeof vi = {
  part: 'Comments',
  title: 'Voters’ comments',
  who: 'Who can read them: the counting team, when it opens them; and the competent authority that has both file and code. Not the person voted on, not the organiser, no other account.',
  notYours: 'Only accounts of the competent authority can read this part.',
  none: 'This poll did not ask for comments.',
  notYet: 'The counting team has not handed over the file of comments. Once it is there, this page lets it be opened.',
  stamped:
    'This poll bears a secrecy stamp, so the server does not give the file out. If the counting team handed over a copy, choose it from this computer.',
  ready: 'The encrypted file lies on the server. Type the code from the envelope that the counting team handed over.',
  code: 'Code of the file, seven groups',
  codeNote: 'Capital or small letters, with or without spaces.',
  pick: 'Or choose the file from this computer',
  picked: name => `The file ${name} will be opened.`,
  open: 'Open comments',
  opening: 'Opening…',
  why: {
    short: 'The code has seven groups of five characters. Type the rest.',
    group: n => `Group ${n} is mistyped. Compare it with the paper.`,
    'other-code':
      'This code does not open this file. The file may have been replaced by a newer one; ask the counting team for the code of the last one.',
    'no-file': 'This is no file of comments, or it is damaged. Get the file again.',
    'other-poll': 'This file is of another poll.',
  },
  memory:
    'The comments are in this open page alone. Closing it loses them from this computer; the code opens them again.',
  plain: 'In random order, not by writer. Do not guess who wrote; do not copy the words elsewhere.',
  search: 'Search the comments',
  found: (n, of) => `${n} of ${of} comments shown.`,
  tooFew: least =>
    `Fewer than ${least} envelopes hold text, so the counting team did not hand them over, to expose no writer.`,
  lost: n => `${n} envelopes could not be opened; the counting team wrote that into the minutes.`,
  under: 'Theme',
  noTheme: 'None yet',
  newTheme: 'New theme…',
  untitled: n => `Theme ${n}`,
  themes: {
    title: 'Summary',
    what: 'Put comments under themes, sum them up in your own words, and pass that on to those who read the file. The original words do not go with it.',
    kept: 'Themes and what is under them are kept in this browser until they are passed on; the original words are not.',
    name: n => `Name of theme ${n}`,
    text: 'Summary',
    count: n =>
      `At least ${n} people. One may write to several questions, so only the question with most comments counts.`,
    few: (n, least) =>
      `At least ${n} people, below the minimum of ${least}: what is passed on says “some opinions” only.`,
    quotes:
      'The summary has a passage of a comment in it word for word. Put it differently, so that nobody knows the writer.',
    add: 'Add a theme',
    drop: name => `Delete ${name}`,
    about: 'About',
    whole: 'The whole poll',
    missing: {
      themes: 'There is no theme yet.',
      words: 'Every theme needs a name and a summary.',
      texts: 'A theme has no comment under it: put one there, or delete the theme.',
    },
    pass: 'Pass on the summary',
    done: 'Passed on. The summary stands in the file’s history; the themes are gone from this browser.',
  },
  close: 'Close the comments',
  some: 'some opinions',
  many: n => `at least ${n} people`,
}

export const COMMENTS: Readonly<Record<Language, typeof vi>> = { vi, en }
