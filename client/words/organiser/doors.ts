/** Set-up, login, the list of polls, and what surrounds every screen. */
import type { State, Template } from '../../../server/wire.ts'
import type { Step } from '../../organiser/poll.ts'
import type { Language } from '../language.ts'

const vi = {
  product: 'Phiếu Kín',
  organiser: 'Người tổ chức',
  rehearsalMark: 'DIỄN TẬP',
  otherLanguage: 'English',
  wait: 'Đang mở…',
  noLine: 'Chưa gặp được máy chủ.',
  noLineText: 'Kiểm tra máy chủ còn chạy và còn cùng mạng. Trang tự thử lại.',
  lineLost: 'Mất liên lạc với máy chủ. Những gì thấy dưới đây có thể đã cũ; trang đang thử lại.',
  steps: {
    draft: 'Soạn',
    seal: 'Niêm phong',
    print: 'In thẻ',
    vote: 'Bỏ phiếu',
    open: 'Mở hòm',
    result: 'Kết quả',
  } satisfies Readonly<Record<Step, string>>,
  stepsLabel: 'Sáu bước của cuộc bỏ phiếu',
  stepDone: 'đã xong',
  stepNow: 'đang làm',
  stepLater: 'chưa tới',
  states: {
    draft: 'đang soạn',
    sealing: 'đang niêm phong',
    pinning: 'chờ tổ kiểm phiếu ký mã',
    sealed: 'đã niêm phong, chờ in thẻ',
    printed: 'đã in thẻ, chờ mở bỏ phiếu',
    open: 'đang bỏ phiếu',
    closed: 'đã đóng hòm, chờ mở hòm',
    counted: 'đã có kết quả',
    void: 'đã hủy',
  } satisfies Readonly<Record<State, string>>,
  /** Where a round on paper is called otherwise: its sheets may be printed once the draft is fixed, and it is open until counted. */
  statesOnPaper: {
    printed: 'đã chốt phiếu, chờ in và mở bỏ phiếu',
    open: 'đang bỏ phiếu hoặc kiểm phiếu',
  },
  insecure: {
    title: 'Mở trang này theo cách khác',
    why: 'Trang của người tổ chức giữ mật khẩu và bí mật của các thẻ chưa in. Vì vậy trang chỉ chạy trên chính máy chủ (localhost) hoặc qua HTTPS. Địa chỉ đang mở không được mã hóa: người cùng mạng có thể đọc được.',
    here: 'Nếu đang ngồi trước máy chủ, hãy mở:',
    elsewhere:
      'Nếu dùng máy khác: cài chứng thư HTTPS cho máy chủ theo hướng dẫn vận hành, rồi mở địa chỉ bắt đầu bằng https://.',
    phones: 'Điện thoại của người ghi phiếu và của tổ kiểm phiếu không cần điều này.',
  },
  setup: {
    title: 'Đặt mật khẩu của người tổ chức',
    why: 'Chỉ làm một lần. Mật khẩu này mở trang tổ chức. Nó không mở được hòm phiếu và không cho biết ai chọn gì.',
    password: 'Mật khẩu, ít nhất 10 ký tự',
    again: 'Nhập lại mật khẩu',
    act: 'Đặt mật khẩu',
  },
  unset: {
    title: 'Chưa đặt mật khẩu',
    text: 'Cửa sổ lệnh trên máy chủ in ra một đường dẫn để đặt mật khẩu. Hãy mở đường dẫn đó. Nếu không còn thấy, khởi động lại máy chủ để có đường dẫn mới.',
  },
  login: { title: 'Đăng nhập', name: 'Tên đăng nhập', password: 'Mật khẩu', act: 'Đăng nhập' },
  notSame: { title: 'Hai lần nhập không giống nhau.', text: 'Nhập lại cả hai ô.' },
  list: {
    title: 'Các cuộc bỏ phiếu',
    none: 'Chưa có cuộc bỏ phiếu nào. Nên diễn tập một lần trước khi làm thật.',
    make: 'Cuộc bỏ phiếu mới',
    rehearse: 'Diễn tập',
    rehearseNote: 'Diễn tập: một người đóng mọi vai trong một trình duyệt. Không bao giờ thành cuộc bỏ phiếu thật.',
    untitled: 'Chưa đặt tên',
    rehearsal: 'Diễn tập',
    leave: 'Đăng xuất',
    back: 'Các cuộc bỏ phiếu',
    elsewhere: 'Trang khác',
    rules: 'Bộ quy tắc',
    dossiers: 'Hồ sơ kết quả',
  },
  fresh: {
    member: (n: number) => `Tổ viên ${n}`,
    unit: 'Sở A',
    subject: 'Giám đốc Sở A',
    basis: 'Diễn tập',
    year: (year: number) => `Năm ${year}`,
    titleOf: (template: Template, whom: string) => {
      const what = {
        confidence: 'Lấy phiếu tín nhiệm',
        quality: 'Lấy phiếu đánh giá, xếp loại chất lượng',
        criteria: 'Lấy phiếu đánh giá theo tiêu chí',
        free: 'Lấy phiếu',
        survey: '',
      }[template]
      if (template === 'survey') return 'Khảo sát ý kiến cán bộ, công chức, viên chức và người lao động'
      return `${what} đối với ${whom === '' ? 'người đứng đầu' : whom}`
    },
  },
}

const en: typeof vi = {
  product: 'Phiếu Kín',
  organiser: 'Organiser',
  rehearsalMark: 'REHEARSAL',
  otherLanguage: 'Tiếng Việt',
  wait: 'Opening…',
  noLine: 'The server does not answer.',
  noLineText: 'Check that it is running and on the same network. This page keeps trying.',
  lineLost: 'No connection to the server. What you see below may be out of date; this page keeps trying.',
  steps: { draft: 'Draft', seal: 'Seal', print: 'Print cards', vote: 'Vote', open: 'Open', result: 'Result' },
  stepsLabel: 'The six steps of the poll',
  stepDone: 'done',
  stepNow: 'now',
  stepLater: 'later',
  states: {
    draft: 'being drafted',
    sealing: 'being sealed',
    pinning: 'waiting for the counting team to sign the code',
    sealed: 'sealed, cards to be printed',
    printed: 'cards printed, not open yet',
    open: 'voting',
    closed: 'closed, to be opened',
    counted: 'counted',
    void: 'void',
  },
  statesOnPaper: {
    printed: 'fixed, sheets to be printed, not open yet',
    open: 'voting or being counted',
  },
  insecure: {
    title: 'Open this page another way',
    why: 'The organiser’s page holds the password and the secrets of cards that are not printed yet. So it runs only on the server itself (localhost) or over HTTPS. The address that is open now is not encrypted: others on the network could read along.',
    here: 'If you sit at the server itself, open:',
    elsewhere:
      'On another machine: install an HTTPS certificate for the server as the operations guide describes, then open the address that begins with https://.',
    phones: 'The phones of voters and of the counting team do not need this.',
  },
  setup: {
    title: 'Set the organiser’s password',
    why: 'Done once. This password opens the organiser’s page. It opens no ballot box and tells nobody’s choice.',
    password: 'Password, at least 10 characters',
    again: 'The same password again',
    act: 'Set password',
  },
  unset: {
    title: 'No password set yet',
    text: 'The server’s terminal shows a link for setting the password. Open that link. If it is gone, start the server again to get a new one.',
  },
  login: { title: 'Log in', name: 'Login', password: 'Password', act: 'Log in' },
  notSame: { title: 'The two passwords differ.', text: 'Type both again.' },
  list: {
    title: 'Polls',
    none: 'No polls yet. Rehearse once before the real one.',
    make: 'New poll',
    rehearse: 'Rehearsal',
    rehearseNote: 'Rehearsal: one person plays everybody in one browser. It never becomes a real poll.',
    untitled: 'Untitled',
    rehearsal: 'Rehearsal',
    leave: 'Log out',
    back: 'Polls',
    elsewhere: 'Other pages',
    rules: 'Rule packs',
    dossiers: 'Dossiers of results',
  },
  fresh: {
    member: n => `Member ${n}`,
    unit: 'Department A',
    subject: 'Director of Department A',
    basis: 'Rehearsal',
    year: year => `Year ${year}`,
    titleOf: (template, whom) => {
      const what = {
        confidence: 'Confidence ballot',
        quality: 'Evaluation and classification ballot',
        criteria: 'Evaluation ballot by criteria',
        free: 'Ballot',
        survey: '',
      }[template]
      if (template === 'survey') return 'Survey of staff'
      return `${what} on ${whom === '' ? 'the head of the unit' : whom}`
    },
  },
}

export const DOORS: Readonly<Record<Language, typeof vi>> = { vi, en }
