/** Who may get in besides. What each role sees and does stands in `words/login.ts`. */
import type { Language } from '../language.ts'

const vi = {
  open: 'Người có tài khoản',
  title: 'Người có tài khoản',
  intro:
    'Mời từng người bằng một đường dẫn dùng một lần. Người được lấy phiếu không được vào cuộc của chính mình trước khi công khai.',
  role: 'Vai trò',
  name: 'Họ tên hoặc chức vụ của người được mời',
  polls: 'Được vào những cuộc bỏ phiếu nào',
  all: 'Mọi cuộc, cả những cuộc sau này',
  noPolls: 'Chưa có cuộc bỏ phiếu nào.',
  none: 'Chưa có cuộc nào',
  count: (n: number) => `${n} cuộc`,
  everything: 'mọi cuộc',
  login: (login: string) => `tên đăng nhập ${login}`,
  waiting: 'chưa nhận lời mời',
  inviteOpen: 'Mời một người…',
  invite: 'Tạo đường dẫn mời',
  pollsOpen: 'Đổi cuộc được vào',
  savePolls: 'Lưu',
  againOpen: 'Đường dẫn mới',
  again: {
    title: (name: string) => `Tạo đường dẫn mới cho ${name}?`,
    text: 'Dùng khi người ấy quên mật khẩu hoặc mất đường dẫn. Mật khẩu cũ và các phiên đang mở hết hiệu lực ngay.',
    act: 'Tạo đường dẫn mới',
  },
  removeOpen: 'Kết thúc tài khoản',
  remove: {
    title: (name: string) => `Kết thúc tài khoản của ${name}?`,
    text: 'Có hiệu lực ngay. Những gì người ấy đã ghi hoặc xác nhận vẫn giữ nguyên tên.',
    act: 'Kết thúc tài khoản',
  },
  last: {
    title: 'Phải luôn còn một người tổ chức vào được mọi cuộc.',
    text: 'Mời một người tổ chức khác trước, đợi người ấy nhận lời mời, rồi làm lại.',
  },
  link: (name: string) => `Đường dẫn mời của ${name}`,
  linkNote: 'Chỉ hiện lần này và chỉ dùng được một lần. Đưa tận tay người được mời: quét mã hoặc chép đường dẫn.',
  linkDone: 'Đã đưa',
  forWhom: (what: string, name: string) => `${what}: ${name}`,
}

const en: typeof vi = {
  open: 'People with an account',
  title: 'People with an account',
  intro:
    'Invite each person by a link that works once. A subject of a ballot does not get into that ballot before it is published.',
  role: 'Role',
  name: 'Name or position of the person invited',
  polls: 'Which polls this person gets into',
  all: 'All of them, later ones too',
  noPolls: 'No polls yet.',
  none: 'no poll yet',
  count: n => (n === 1 ? '1 poll' : `${n} polls`),
  everything: 'all polls',
  login: login => `login ${login}`,
  waiting: 'invitation not used yet',
  inviteOpen: 'Invite somebody…',
  invite: 'Make the invitation link',
  pollsOpen: 'Change polls',
  savePolls: 'Save',
  againOpen: 'New link',
  again: {
    title: name => `Make a new link for ${name}?`,
    text: 'For a forgotten password or a lost link. The old password and open sessions end at once.',
    act: 'Make a new link',
  },
  removeOpen: 'End the account',
  remove: {
    title: name => `End the account of ${name}?`,
    text: 'It takes effect at once. What this person wrote or confirmed keeps the name.',
    act: 'End the account',
  },
  last: {
    title: 'One organiser of all polls must always remain.',
    text: 'Invite another organiser first, wait until the invitation was used, then try again.',
  },
  link: name => `Invitation link of ${name}`,
  linkNote: 'Shown only now, and it works only once. Hand it over in person: scan the code or copy the link.',
  linkDone: 'Handed over',
  forWhom: (what, name) => `${what}: ${name}`,
}

export const PEOPLE: Readonly<Record<Language, typeof vi>> = { vi, en }
