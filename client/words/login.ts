/** How people get in: login, the one-time invitation, and what each role sees and does. */
import type { Role } from '../../server/wire/leader.ts'
import type { Language } from './language.ts'

interface RoleWords {
  readonly name: string
  readonly sees: string
  readonly does: string
}

const vi = {
  login: {
    title: 'Đăng nhập',
    name: 'Tên đăng nhập',
    password: 'Mật khẩu',
    act: 'Đăng nhập',
    lost: 'Quên mật khẩu?',
    lostText:
      'Đề nghị người tổ chức cấp đường dẫn mời mới. Người tổ chức quên mật khẩu thì đặt lại ngay tại máy chủ, theo hướng dẫn vận hành.',
  },
  invited: {
    title: 'Nhận lời mời',
    why: 'Đường dẫn mời dùng được một lần. Chọn tên đăng nhập và mật khẩu của riêng mình; người mời không biết mật khẩu này.',
    name: 'Tên đăng nhập, tự chọn',
    nameNote: 'Từ 2 ký tự: chữ thường không dấu, chữ số, dấu chấm, gạch nối hoặc gạch dưới.',
    password: 'Mật khẩu, ít nhất 10 ký tự',
    again: 'Nhập lại mật khẩu',
    act: 'Nhận tài khoản',
  },
  notSame: { title: 'Hai lần nhập không giống nhau.', text: 'Nhập lại cả hai ô mật khẩu.' },
  usedInvitation: {
    title: 'Đường dẫn mời này không dùng được nữa.',
    text: 'Nó đã được dùng, hoặc người tổ chức đã cấp đường dẫn mới. Nếu đã có tài khoản thì đăng nhập.',
  },
  wrongPassword: {
    title: 'Tên đăng nhập hoặc mật khẩu không đúng.',
    text: 'Kiểm tra bộ gõ tiếng Việt và phím Caps Lock rồi nhập lại.',
  },
  badName: {
    title: 'Tên đăng nhập chưa dùng được.',
    text: 'Từ 2 đến 40 ký tự: chữ thường không dấu, chữ số, dấu chấm, gạch nối hoặc gạch dưới; không có khoảng trắng.',
  },
  leave: 'Đăng xuất',
  roles: {
    organiser: {
      name: 'Người tổ chức',
      sees: 'Thấy cuộc bỏ phiếu từ lúc soạn, và hồ sơ sau khi đếm.',
      does: 'Tổ chức bỏ phiếu, lập biên bản, ghi hồ sơ theo dõi, mời và kết thúc tài khoản của người khác, đóng dấu độ mật.',
    },
    secretary: {
      name: 'Thư ký',
      sees: 'Thấy hồ sơ của các cuộc bỏ phiếu được giao, sau khi đếm.',
      does: 'Lập biên bản, ghi quyết định, kế hoạch khắc phục và tiến độ, lưu bản ký đã quét, soạn bộ quy tắc.',
    },
    authority: {
      name: 'Cấp có thẩm quyền',
      sees: 'Thấy kết quả, kết luận theo quy tắc và hồ sơ của các cuộc bỏ phiếu được giao, sau khi đếm.',
      does: 'Ghi hoặc xác nhận quyết định, đóng dấu độ mật.',
    },
    auditor: {
      name: 'Người kiểm tra, giám sát',
      sees: 'Thấy kết quả và hồ sơ của các cuộc bỏ phiếu được giao, sau khi đếm.',
      does: 'Đọc, tải về và tự kiểm tra lại. Không ghi, không sửa.',
    },
  } satisfies Readonly<Record<Role, RoleWords>>,
  nobody:
    'Không vai trò nào thấy lá phiếu của riêng ai: phiếu nằm trên máy chủ ở dạng đã niêm phong, chỉ các con số cộng lại được mở.',
}

const en: typeof vi = {
  login: {
    title: 'Log in',
    name: 'Login',
    password: 'Password',
    act: 'Log in',
    lost: 'Forgot your password?',
    lostText:
      'Ask the organiser for a new invitation link. An organiser who forgot theirs resets it at the server itself, as the operations guide describes.',
  },
  invited: {
    title: 'Accept the invitation',
    why: 'The link works once. Choose a login and a password of your own; whoever invited you does not learn it.',
    name: 'Login of your choice',
    nameNote: 'From 2 characters: small letters without accents, digits, full stop, hyphen or underscore.',
    password: 'Password, at least 10 characters',
    again: 'The same password again',
    act: 'Take the account',
  },
  notSame: { title: 'The two passwords differ.', text: 'Type both again.' },
  usedInvitation: {
    title: 'This invitation no longer works.',
    text: 'It was used, or the organiser issued a newer one. If you have an account, log in.',
  },
  wrongPassword: {
    title: 'Login or password is not right.',
    text: 'Check the keyboard’s language and capitals, then type again.',
  },
  badName: {
    title: 'This login cannot be used.',
    text: '2 to 40 characters: small letters without accents, digits, full stops, hyphens or underscores; no spaces.',
  },
  leave: 'Log out',
  roles: {
    organiser: {
      name: 'Organiser',
      sees: 'Sees a poll from its draft on, and the dossier after the count.',
      does: 'Holds the poll, writes minutes and the dossier, invites others and ends their accounts, sets the secrecy stamp.',
    },
    secretary: {
      name: 'Secretary',
      sees: 'Sees the dossiers of the polls they were given, after the count.',
      does: 'Writes minutes, decisions, remedial plans and progress, keeps scans of signed papers, drafts rule packs.',
    },
    authority: {
      name: 'Competent authority',
      sees: 'Sees result, findings and dossier of the polls they were given, after the count.',
      does: 'Writes or confirms decisions, sets the secrecy stamp.',
    },
    auditor: {
      name: 'Auditor',
      sees: 'Sees result and dossier of the polls they were given, after the count.',
      does: 'Reads, downloads and rechecks. Writes and changes nothing.',
    },
  },
  nobody: 'No role sees anybody’s ballot: on the server ballots stay sealed, and only sums are opened.',
}

export type LoginWords = typeof vi

export const LOGIN: Readonly<Record<Language, LoginWords>> = { vi, en }
