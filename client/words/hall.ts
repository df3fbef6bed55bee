/** What the hall's screen says: short enough to be read from the last row. */
import type { Language } from './language.ts'

interface HallWords {
  readonly otherLanguage: string
  readonly rehearsal: string
  readonly asking: string
  readonly noPoll: string
  readonly noPollNote: string
  readonly lost: string
  readonly mobileData: string
  readonly wifi: string
  readonly wifiQr: (name: string) => string
  readonly password: string
  readonly page: string
  readonly pageQr: string
  readonly noPhone: string
  readonly record: string
  readonly recordQr: string
  readonly redeemed: string
  readonly cast: string
  readonly about: (n: number) => string
  readonly aboutOf: (n: number, all: number) => string
  readonly soon: string
  readonly coarse: string
  readonly manifestCode: string
  readonly before: { readonly title: string; readonly note: string }
  readonly open: { readonly title: string; readonly note: string }
  readonly lastCall: { readonly title: string; readonly note: string; readonly over: string }
  readonly closed: { readonly title: string; readonly note: string }
  readonly counted: { readonly title: string; readonly note: string }
  readonly void: { readonly title: string; readonly note: string }
}

const vi: HallWords = {
  otherLanguage: 'English',
  rehearsal: 'DIỄN TẬP',
  asking: 'Đang tải…',
  noPoll: 'Không có cuộc bỏ phiếu này',
  noPollNote: 'Hãy mở lại màn hình hội trường từ trang của người tổ chức.',
  lost: 'Mất kết nối với máy chủ, đang thử lại.',
  mobileData: 'Tắt dữ liệu di động',
  wifi: 'Vào Wi-Fi',
  wifiQr: name => `Mã QR để vào Wi-Fi ${name}`,
  password: 'Mật khẩu',
  page: 'Quét thẻ, hoặc mở',
  pageQr: 'Mã QR của trang bỏ phiếu',
  noPhone: 'Không có điện thoại: dùng máy bỏ phiếu chung,',
  record: 'Kiểm tra hồ sơ',
  recordQr: 'Mã QR của trang kiểm tra hồ sơ',
  redeemed: 'Đã nhận phiếu',
  cast: 'Đã bỏ',
  about: n => `~ ${n}`,
  aboutOf: (n, all) => `~ ${n} / ${all}`,
  soon: 'Số lượng sẽ hiện sau một phút.',
  coarse: 'Làm tròn đến 5, chậm một phút',
  manifestCode: 'Mã hồ sơ gốc',
  before: { title: 'Chưa mở bỏ phiếu', note: 'Xin giữ thẻ và nối mạng sẵn.' },
  open: { title: 'Đang bỏ phiếu', note: 'Không ai biết bạn chọn gì.' },
  lastCall: {
    title: 'Sắp đóng hòm phiếu',
    note: 'Ai đã nhận phiếu, xin bỏ phiếu ngay.',
    over: 'Hết giờ. Tổ kiểm phiếu đóng hòm.',
  },
  closed: { title: 'Đã đóng hòm phiếu', note: 'Tổ kiểm phiếu kiểm tra và mở hòm.' },
  counted: { title: 'Đã kiểm phiếu xong', note: 'Tổ kiểm phiếu công bố kết quả.' },
  void: { title: 'Cuộc bỏ phiếu đã bị hủy', note: 'Hòm phiếu không được mở. Thẻ không còn giá trị.' },
}

const en: HallWords = {
  otherLanguage: 'Tiếng Việt',
  rehearsal: 'REHEARSAL',
  asking: 'Loading…',
  noPoll: 'There is no such poll',
  noPollNote: 'Open the hall’s screen again from the organiser’s page.',
  lost: 'The server cannot be reached; trying again.',
  mobileData: 'Turn mobile data off',
  wifi: 'Join the Wi-Fi',
  wifiQr: name => `QR code to join the Wi-Fi ${name}`,
  password: 'Password',
  page: 'Scan card, or open',
  pageQr: 'QR code of the voting page',
  noPhone: 'No phone: use the shared voting tablet,',
  record: 'Check the record',
  recordQr: 'QR code of the page that checks records',
  redeemed: 'Ballots received',
  cast: 'Cast',
  about: n => `~ ${n}`,
  aboutOf: (n, all) => `~ ${n} / ${all}`,
  soon: 'Numbers appear in a minute.',
  coarse: 'Rounded to 5, a minute late',
  manifestCode: 'Manifest code',
  before: { title: 'Voting has not begun', note: 'Keep your card and join the network.' },
  open: { title: 'Voting is open', note: 'Nobody knows what you choose.' },
  lastCall: {
    title: 'The box is about to close',
    note: 'If you have your ballot, cast it now.',
    over: 'Time is up. The counting team closes the box.',
  },
  closed: { title: 'The box is closed', note: 'The counting team checks and opens it.' },
  counted: { title: 'The ballots are counted', note: 'The counting team announces the result.' },
  void: { title: 'The poll is void', note: 'The box stays sealed. The cards are worth nothing now.' },
}

export const HALL: { readonly [L in Language]: HallWords } = { vi, en }
