/** What stands on printed cards and on the chair's sheet. */
import type { Language } from './language.ts'

interface CardWords {
  readonly rehearsal: string
  readonly card: {
    readonly heading: string
    readonly qr: string
    readonly scan: string
    /** Before and after the short address. */
    readonly orOpen: readonly [before: string, after: string]
    readonly manifestCode: string
    readonly once: string
    readonly untraceable: string
  }
  readonly chair: {
    readonly title: string
    readonly reader: string
    readonly people: (convened: number, absent: number) => string
    readonly printing: { readonly title: string; readonly steps: readonly string[] }
    readonly drawing: {
      readonly title: string
      readonly done: string
      readonly step: string
      readonly signature: string
      readonly steps: readonly [string, string, string, string, string, string]
      /** Where voters come in groups. */
      readonly groups: string
    }
    readonly counting: {
      readonly title: string
      readonly cards: string
      readonly planned: string
      readonly counted: string
      readonly printed: string
      readonly handedOut: string
      readonly atMost: (n: number) => string
      readonly spare: string
      readonly spoilt: string
      readonly sealed: string
      readonly rule: string
      /** Where voters come in groups: of the table of all, and of each one. */
      readonly total: string
      readonly byGroup: string
      readonly of: (label: string, people: number) => string
    }
    readonly codes: {
      readonly title: string
      readonly manifest: string
      readonly manifestNote: string
      readonly bundle: string
      readonly bundleNote: string
    }
    readonly date: string
    readonly chair: string
    readonly member: string
    readonly signHere: string
  }
}

const vi: CardWords = {
  rehearsal: 'DIỄN TẬP',
  card: {
    heading: 'THẺ BỎ PHIẾU',
    qr: 'Mã để quét',
    scan: 'Quét mã bằng máy ảnh điện thoại',
    orOpen: ['hoặc mở', 'và gõ'],
    manifestCode: 'Mã hồ sơ gốc',
    once: 'Dùng một lần. Không ghi tên, không đánh dấu lên thẻ.',
    untraceable: 'Không ai, kể cả người tổ chức, lần ra được bạn chọn gì.',
  },
  chair: {
    title: 'Hướng dẫn phát thẻ và đối chiếu thẻ',
    reader: 'Dành cho chủ trì và tổ kiểm phiếu',
    people: (convened, absent) => `Triệu tập ${convened} người, vắng ${absent}, có mặt ${convened - absent}.`,
    printing: {
      title: 'Khi in thẻ',
      steps: [
        'In qua cáp, khổ A4, tỷ lệ 100 %, bỏ đầu trang và chân trang.',
        'Không lưu tệp PDF, không chụp lại, không in qua hàng đợi của máy chủ in.',
        'In xong, xóa danh sách lệnh in trên máy tính và trên máy in; hủy bản in lỗi.',
      ],
    },
    drawing: {
      title: 'Phát thẻ tại cuộc họp',
      done: 'Xong',
      step: 'Việc làm',
      signature: 'Người làm ký',
      steps: [
        'Cắt thẻ theo dấu cắt. Đếm thẻ trước mặt mọi người và ghi số đếm được vào bảng dưới đây.',
        'Úp mặt thẻ xuống và trộn đều trước mặt mọi người.',
        'Từng người tự tay rút một thẻ. Không ai rút hộ, không ai chọn thẻ cho người khác.',
        'Người rút thẻ ký vào danh sách phát thẻ. Danh sách chỉ có họ tên và chữ ký; không ghi mã thẻ, không đánh số lượt, không ghi giờ.',
        'Thẻ in lỗi hoặc trả lại khi chưa nhận phiếu: quét để hủy, người đó rút thẻ khác. Thẻ đã nhận phiếu không đổi.',
        'Đếm số thẻ còn lại, cho vào phong bì, dán kín, ký giáp mép và giữ cùng biên bản.',
      ],
      groups:
        'Mỗi nhóm có thẻ riêng, in sẵn tên nhóm: trộn, phát và lập danh sách riêng từng nhóm. Không đổi thẻ giữa các nhóm.',
    },
    counting: {
      title: 'Đối chiếu thẻ',
      cards: 'Thẻ',
      planned: 'Theo hồ sơ',
      counted: 'Thực đếm',
      printed: 'Đã in (1)',
      handedOut: 'Đã phát, không kể thẻ trả lại (2)',
      atMost: n => `không quá ${n}`,
      spare: 'Trong đó dự phòng',
      spoilt: 'Hỏng hoặc trả lại, đã hủy (3)',
      sealed: 'Niêm phong (4)',
      rule: 'Số đếm phải khớp: (1) = (2) + (3) + (4). Thẻ mất tính là thẻ đã phát. Số (2) là số mà hai thành viên tổ kiểm phiếu nhập khi đóng hòm.',
      total: 'Bảng này là số cộng của các nhóm; từng nhóm đếm ở trang sau.',
      byGroup: 'Đối chiếu thẻ theo nhóm',
      of: (label, people) => `${label}: ${people} người được triệu tập`,
    },
    codes: {
      title: 'Mã để so',
      manifest: 'Mã hồ sơ gốc',
      manifestNote: 'Phải giống mã in trên mọi thẻ và mã trên điện thoại của từng thành viên tổ kiểm phiếu.',
      bundle: 'Mã băm của trang bỏ phiếu',
      bundleNote: 'SHA-256 của các tệp mà điện thoại người ghi phiếu nhận, để so khi có nghi ngờ.',
    },
    date: 'Lập lúc …… giờ …… phút, ngày …… tháng …… năm 20……',
    chair: 'Chủ trì',
    member: 'Tổ kiểm phiếu',
    signHere: '(ký, ghi rõ họ tên)',
  },
}

const en: CardWords = {
  rehearsal: 'REHEARSAL',
  card: {
    heading: 'VOTING CARD',
    qr: 'Code to scan',
    scan: 'Scan with your phone’s camera',
    orOpen: ['or open', 'and type'],
    manifestCode: 'Manifest code',
    once: 'Good for one vote. Write no name and make no mark on it.',
    untraceable: 'Nobody, not even the organiser, can trace what you choose.',
  },
  chair: {
    title: 'Handing out and reconciling the cards',
    reader: 'For the chair and the counting team',
    people: (convened, absent) => `${convened} convened, ${absent} absent, ${convened - absent} present.`,
    printing: {
      title: 'Printing',
      steps: [
        'Print by cable, on A4, at 100 %, without headers and footers.',
        'Keep no PDF, take no pictures, use no print server’s queue.',
        'Then clear the job lists of computer and printer, and destroy misprints.',
      ],
    },
    drawing: {
      title: 'Handing out at the meeting',
      done: 'Done',
      step: 'What is done',
      signature: 'Signed by',
      steps: [
        'Cut along the marks. Count the cards in front of everybody and write the number into the table below.',
        'Turn the cards face down and mix them well in front of everybody.',
        'Each person draws one card by their own hand. Nobody draws or chooses a card for another.',
        'Whoever has drawn signs the handing-out list. It holds names and signatures only: no code, no turn, no time.',
        'A misprint, or a card handed back unused: scan it to void it, and draw another. A used card is never exchanged.',
        'Count the cards that are left, put them into an envelope, seal it, sign across the edge, keep it with the minutes.',
      ],
      groups:
        'Each group has cards of its own with its name on them: mix, hand out and list them group by group. No card goes from one group to another.',
    },
    counting: {
      title: 'Reconciling the cards',
      cards: 'Cards',
      planned: 'As planned',
      counted: 'As counted',
      printed: 'Printed (1)',
      handedOut: 'Handed out, less those handed back (2)',
      atMost: n => `at most ${n}`,
      spare: 'Spare among them',
      spoilt: 'Spoilt or handed back, voided (3)',
      sealed: 'Sealed (4)',
      rule: 'The numbers must fit: (1) = (2) + (3) + (4). A lost card counts as handed out. Two members of the counting team enter number (2) when the box is closed.',
      total: 'This table is the sum of all groups; each group is counted overleaf.',
      byGroup: 'Reconciling the cards of each group',
      of: (label, people) => `${label}: ${people} people convened`,
    },
    codes: {
      title: 'Codes to compare',
      manifest: 'Manifest code',
      manifestNote: 'The same as on every card and on the phone of every member of the counting team.',
      bundle: 'Hash of the voting page',
      bundleNote: 'SHA-256 of the files that voters’ phones receive, to compare in case of doubt.',
    },
    date: 'Date and time: ……………………………………',
    chair: 'Chair',
    member: 'Counting team',
    signHere: '(signature and full name)',
  },
}

export const CARDS: { readonly [L in Language]: CardWords } = { vi, en }
