/** Arrival, the list of polls, and what surrounds every screen of the leader's page. */
import type { Language } from '../language.ts'

const vi = {
  product: 'Phiếu Kín',
  page: 'Kết quả và hồ sơ',
  rehearsalMark: 'DIỄN TẬP',
  otherLanguage: 'English',
  wait: 'Đang mở…',
  noLine: 'Chưa gặp được máy chủ.',
  noLineText: 'Kiểm tra máy này còn cùng mạng với máy chủ. Trang tự thử lại.',
  lineLost: 'Mất liên lạc với máy chủ. Những gì thấy dưới đây có thể đã cũ; trang đang thử lại.',
  insecure: {
    title: 'Mở trang này theo cách khác',
    why: 'Trang này dùng tài khoản và cho thấy kết quả, nên chỉ chạy qua HTTPS, hoặc ngay trên máy chủ (localhost). Địa chỉ đang mở không được mã hóa: người cùng mạng đọc được mật khẩu.',
    here: 'Nếu đang ngồi trước máy chủ, hãy mở:',
    elsewhere:
      'Nếu dùng máy khác: đề nghị người tổ chức cho địa chỉ bắt đầu bằng https://. Đường dẫn mời chưa mất hiệu lực.',
  },
  unset: {
    title: 'Máy chủ chưa được thiết lập',
    text: 'Người tổ chức cần đặt mật khẩu trên máy chủ trước. Sau đó người tổ chức gửi đường dẫn mời.',
  },
  welcome: {
    title: 'Đã nhận tài khoản',
    youAre: 'Vai trò của tài khoản này',
    enter: 'Vào danh sách hồ sơ',
  },
  list: {
    title: 'Các cuộc bỏ phiếu',
    search: 'Tìm theo tên, đơn vị hoặc kỳ',
    order: 'Xếp theo ngày họp, mới trước; cùng ngày thì theo tên đơn vị. Không xếp theo kết quả.',
    none: 'Chưa có cuộc bỏ phiếu nào được giao cho tài khoản này.',
    noneFound: 'Không có cuộc nào khớp.',
    found: (n: number, of: number) => `Hiện ${n} trong ${of} cuộc.`,
    rehearsal: 'Diễn tập',
    untitled: 'Chưa đặt tên',
    overdue: (n: number) => `${n} việc quá hạn`,
    notYet: 'Hồ sơ mở ra sau khi đếm.',
    void: 'Không có hồ sơ: cuộc này đã hủy.',
    organise: 'Trang tổ chức',
    rules: 'Bộ quy tắc',
    elsewhere: 'Các trang khác',
  },
  parts: {
    label: 'Các phần của hồ sơ',
    back: 'Các cuộc bỏ phiếu',
    poll: 'Kết quả',
    file: 'Việc chung',
    papers: 'Giấy tờ',
  },
}

const en: typeof vi = {
  product: 'Phiếu Kín',
  page: 'Results and files',
  rehearsalMark: 'REHEARSAL',
  otherLanguage: 'Tiếng Việt',
  wait: 'Opening…',
  noLine: 'The server does not answer.',
  noLineText: 'Check that this device is on the server’s network. This page keeps trying.',
  lineLost: 'No connection to the server. What you see below may be out of date; this page keeps trying.',
  insecure: {
    title: 'Open this page another way',
    why: 'This page uses an account and shows results, so it runs over HTTPS only, or on the server itself (localhost). The address that is open now is not encrypted: others on the network could read the password.',
    here: 'If you sit at the server itself, open:',
    elsewhere:
      'On another machine: ask the organiser for the address that begins with https://. An invitation is not spent yet.',
  },
  unset: {
    title: 'The server is not set up yet',
    text: 'The organiser sets a password at the server first, and then sends invitation links.',
  },
  welcome: {
    title: 'The account is yours',
    youAre: 'Role of this account',
    enter: 'Go to the list',
  },
  list: {
    title: 'Polls',
    search: 'Search by title, unit or period',
    order: 'By date of the meeting, newest first; on the same day by the unit’s name. Not by result.',
    none: 'No poll was given to this account yet.',
    noneFound: 'Nothing matches.',
    found: (n, of) => `${n} of ${of} shown.`,
    rehearsal: 'Rehearsal',
    untitled: 'Untitled',
    overdue: n => `${n} overdue`,
    notYet: 'The file opens after the count.',
    void: 'No file: this poll is void.',
    organise: 'Organiser’s page',
    rules: 'Rule packs',
    elsewhere: 'Other pages',
  },
  parts: {
    label: 'Parts of the file',
    back: 'Polls',
    poll: 'Result',
    file: 'Poll as a whole',
    papers: 'Papers',
  },
}

export const DOORS: Readonly<Record<Language, typeof vi>> = { vi, en }
