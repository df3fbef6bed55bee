/** Steps 5 and 6: opening the box, and the result. */
import type { Language } from '../language.ts'

const vi = {
  open: {
    title: 'Mở hòm phiếu',
    intro: 'Hòm đã đóng. Mỗi thành viên giữ trang của mình mở: điện thoại tự kiểm tra cả hòm rồi hiện mã đóng hòm.',
    code: 'Mã đóng hòm',
    codeNote:
      'Đọc to mã này, so với mọi điện thoại, ghi vào biên bản. Điện thoại của người ghi phiếu cũng hiện mã này.',
    handedOut: 'Thẻ đã phát',
    needed: (t: number, n: number) => `Cần ${t} trong ${n} thành viên.`,
    signed: 'Ký mở hòm',
    shared: 'Nộp phần chìa khóa',
    result: 'Ký kết quả',
    yes: 'đã xong',
    no: 'chưa',
    name: 'Thành viên',
    waiting: (n: number) => `Còn chờ ${n} thành viên ký mở hòm.`,
    waitingShares: (n: number) => `Còn chờ ${n} thành viên nộp phần chìa khóa.`,
    waitingResult: (n: number) => `Còn chờ ${n} thành viên ký kết quả.`,
    lostPhone:
      'Điện thoại nào hỏng thì thành viên mở lại trang bằng mã riêng (bước Niêm phong) và nhập phiếu dự phòng.',
  },
  title: 'Kết quả',
  ballots: 'Phiếu thu về',
  ballotsOf: (ballots: number, handedOut: number) => `Phiếu thu về: ${ballots}. Thẻ đã phát: ${handedOut}.`,
  base: 'Tỷ lệ tính trên số phiếu thu về.',
  unreadable: 'Trang này không đọc được kết luận theo quy tắc; có thể trang đã cũ so với máy chủ. Tải lại trang.',
  notYet: 'Chưa có kết quả đủ chữ ký.',
  signedBy: (n: number) =>
    `Kết quả có chữ ký của ít nhất ${n} thành viên tổ kiểm phiếu; trang này đã tự kiểm tra các chữ ký.`,
  printResult: 'In kết quả',
  download: 'Tải hồ sơ kiểm phiếu',
  downloadNote: 'Một tệp chứa mọi thứ cần để kiểm tra lại. Không có gì của từng người trong đó.',
  verify: 'Kiểm tra lại 13 điều',
  verifyFile: 'Hồ sơ chưa công khai: tải tệp trên rồi đưa vào trang kiểm tra.',
  publish: 'Công khai kết quả',
  published: 'Kết quả đã công khai.',
  disclosures: {
    meeting: 'Kết quả được đọc tại hội nghị, không công khai trên máy chủ này.',
    authority: 'Kết quả chỉ gửi cấp có thẩm quyền. Không đọc tại hội nghị, không công khai.',
    public: 'Kết quả sẽ công khai sau khi một thành viên tổ kiểm phiếu ký.',
  },
  next: 'Biên bản và việc tiếp theo',
  nextText:
    'Lập biên bản kiểm phiếu, in các văn bản, ghi quyết định của cấp có thẩm quyền và theo dõi khắc phục trong hồ sơ.',
  dossier: 'Mở hồ sơ',
  void: {
    title: 'Cuộc bỏ phiếu đã hủy',
    reason: 'Lý do',
    text: 'Hòm giữ nguyên niêm phong trong hồ sơ, thẻ hết hiệu lực.',
    again: 'Làm lại cuộc bỏ phiếu',
    againNote: 'Nội dung soạn được chép sang; mã, khóa và thẻ đều mới.',
  },
  follows: 'Làm lại của một cuộc bỏ phiếu đã hủy',
  deleteOpen: 'Xóa cuộc diễn tập này…',
  deleteDraft: 'Xóa bản soạn này…',
  delete: { title: 'Xóa hẳn?', text: 'Không lấy lại được.', act: 'Xóa' },
  notReached: 'Bước này chưa tới.',
}

const en: typeof vi = {
  open: {
    title: 'Open the box',
    intro:
      'The box is closed. Each member keeps their page open: the phone checks the whole box by itself and shows the closing code.',
    code: 'Closing code',
    codeNote: 'Read it aloud, compare it with every phone, write it into the minutes. Voters’ phones show it too.',
    handedOut: 'Cards handed out',
    needed: (t, n) => `It takes ${t} of ${n} members.`,
    signed: 'Signs the opening',
    shared: 'Gives its part of the key',
    result: 'Signs the result',
    yes: 'done',
    no: 'not yet',
    name: 'Member',
    waiting: n => `Waiting for ${n} more members to sign the opening.`,
    waitingShares: n => `Waiting for the parts of ${n} more members.`,
    waitingResult: n => `Waiting for ${n} more members to sign the result.`,
    lostPhone:
      'If a phone is broken, its member opens the page again by the personal code (step Seal) and enters the recovery sheet.',
  },
  title: 'Result',
  ballots: 'Ballots collected',
  ballotsOf: (ballots, handedOut) => `Ballots collected: ${ballots}. Cards handed out: ${handedOut}.`,
  base: 'Percentages are of ballots collected.',
  unreadable: 'This page cannot read what the rules say; it may be older than the server. Reload it.',
  notYet: 'There is no result with enough signatures yet.',
  signedBy: n =>
    `The result is signed by at least ${n} members of the counting team; this page has checked the signatures itself.`,
  printResult: 'Print the result',
  download: 'Download the record',
  downloadNote: 'One file with everything that a recheck needs. It holds nothing of any single person.',
  verify: 'Recheck all 13 points',
  verifyFile: 'The record is not public yet: download the file above and give it to the verifier’s page.',
  publish: 'Publish the result',
  published: 'The result is public.',
  disclosures: {
    meeting: 'The result is read out at the meeting and not published on this server.',
    authority: 'The result goes to the competent authority only. It is neither read out nor published.',
    public: 'The result becomes public once a member of the counting team has signed.',
  },
  next: 'Minutes, and what comes next',
  nextText:
    'Write the minutes, print the papers, enter what the competent authority decided and follow the remedies in the dossier.',
  dossier: 'Open the dossier',
  void: {
    title: 'This poll is void',
    reason: 'Reason',
    text: 'The box stays sealed and on file, the cards are dead.',
    again: 'Run the poll again',
    againNote: 'The draft is copied; code, keys and cards are all new.',
  },
  follows: 'Run again after a poll that was voided',
  deleteOpen: 'Delete this rehearsal…',
  deleteDraft: 'Delete this draft…',
  delete: { title: 'Delete for good?', text: 'It cannot be brought back.', act: 'Delete' },
  notReached: 'This step is not reached yet.',
}

export const COUNT: Readonly<Record<Language, typeof vi>> = { vi, en }
