/** What the tablet for everybody says besides the voter's own sentences. Fetched with it. */
import type { Language } from '../language.ts'

interface KioskWords {
  readonly title: string
  readonly start: {
    readonly what: readonly [string, string]
    readonly scan: string
    readonly type: string
    readonly stand: string
  }
  readonly otherCamera: string
  readonly lost: readonly [title: string, what: string]
  readonly home: string
  readonly silent: { readonly title: string; readonly stay: string }
  readonly quit: { readonly title: string; readonly stay: string }
  readonly seconds: (n: number) => string
  readonly losing: string
  readonly losingNothing: string
  readonly notYours: string
  readonly wipe: string
  readonly receipt: {
    readonly copy: string
    readonly where: (address: string) => string
    readonly photo: string
    readonly qr: string
    readonly seconds: (n: number) => string
    readonly more: string
    readonly done: string
  }
  readonly leftover: {
    readonly sending: string
    readonly what: string
    readonly done: string
    readonly ready: string
  }
  readonly leaving: string
  readonly unreachable: string
  readonly alreadyRedeemed: readonly [what: string, why: string, now: string]
}

const vi: KioskWords = {
  title: 'Máy bỏ phiếu chung',
  start: {
    what: [
      'Không cần điện thoại. Mỗi lượt một người, một thẻ.',
      'Bỏ phiếu xong, máy quên hết rồi tự trở về màn hình này.',
    ],
    scan: 'Quét thẻ',
    type: 'Gõ mã trên thẻ',
    stand: 'Người phụ trách: đặt máy sao cho không ai khác nhìn thấy màn hình, kể cả từ phía sau.',
  },
  otherCamera: 'Dùng máy ảnh kia',
  lost: [
    'Hãy bỏ phiếu xong rồi mới rời máy',
    'Máy này không giữ gì của bạn. Đã nhận phiếu mà rời đi trước khi thấy “Đã bỏ phiếu” là mất phiếu, vì thẻ khi đó đã dùng. Chưa nhận thì chưa mất gì.',
  ],
  home: 'Về màn hình bắt đầu',
  silent: { title: 'Bạn còn ở đây không?', stay: 'Tôi còn ở đây' },
  quit: { title: 'Dừng giữa chừng?', stay: 'Tiếp tục bỏ phiếu' },
  seconds: n => `Không ai trả lời thì sau ${n} giây máy xóa hết và về màn hình bắt đầu.`,
  losing: 'Thẻ đã dùng để nhận phiếu này. Xóa lúc này là mất phiếu, không nhận lại được.',
  losingNothing: 'Xóa lúc này không mất gì.',
  notYours: 'Nếu đây không phải lượt của bạn, hãy bấm xóa.',
  wipe: 'Xóa và về màn hình bắt đầu',
  receipt: {
    copy: 'Chép mã này nếu muốn kiểm tra sau.',
    where: address => `Sau khi đóng hòm, gõ hai mã trên tại ${address}/bien-nhan, trên máy nào cũng được.`,
    photo: 'Hoặc chụp mã này bằng máy của bạn: trong đó có cả chữ ký của máy chủ.',
    qr: 'Mã QR của biên nhận',
    seconds: n => `Màn hình tự xóa sau ${n} giây.`,
    more: 'Thêm thời gian',
    done: 'Xong, xóa màn hình',
  },
  leftover: {
    sending: 'Đang gửi nốt phiếu của lượt trước…',
    what: 'Phiếu ấy đã niêm phong, không ai xem được. Xin chờ, không cần bấm gì.',
    done: 'Phiếu của lượt trước đã nằm trong hòm.',
    ready: 'Máy sẵn sàng cho người tiếp theo.',
  },
  leaving: 'Đang xóa màn hình…',
  unreachable: 'Đã xóa hết. Máy chưa nối được với máy chủ, đang tự thử lại.',
  alreadyRedeemed: [
    'Thẻ này đã được nhận phiếu',
    'Mỗi thẻ chỉ nhận được một phiếu, và phiếu chỉ ở trên máy đã nhận. Phiếu nhận tại máy này mà chưa bỏ khi rời đi thì đã mất.',
    'Nếu chưa ai dùng thẻ này, hãy báo ngay tổ kiểm phiếu để lập biên bản.',
  ],
}

const en: KioskWords = {
  title: 'Shared voting tablet',
  start: {
    what: [
      'No phone needed. One person, one card at a time.',
      'Once your ballot is cast, it forgets everything and comes back to this screen.',
    ],
    scan: 'Scan my card',
    type: 'Type the code on my card',
    stand: 'Whoever looks after it: place it so that nobody else sees the screen, not from behind either.',
  },
  otherCamera: 'Use the other camera',
  lost: [
    'Cast your ballot before you leave',
    'This tablet keeps nothing of yours. If you get your ballot and leave before you see “Ballot cast”, your vote is lost, since the card is then used. Until you get it, nothing is lost.',
  ],
  home: 'Back to the start',
  silent: { title: 'Are you still here?', stay: 'I am still here' },
  quit: { title: 'Stop half-way?', stay: 'Go on with my ballot' },
  seconds: n => `Without an answer, everything is erased in ${n} ${n === 1 ? 'second' : 'seconds'}.`,
  losing: 'The card was used to get this ballot. Erased now, the vote is lost and cannot be had again.',
  losingNothing: 'Erased now, nothing is lost.',
  notYours: 'If this is not your turn, press erase.',
  wipe: 'Erase and go back to the start',
  receipt: {
    copy: 'Copy this code if you want to check later.',
    where: address => `After the box is closed, type both codes at ${address}/bien-nhan, on any device.`,
    photo: 'Or take a picture of this with a device of your own: it holds the server’s signature as well.',
    qr: 'QR code of the receipt',
    seconds: n => `This screen is erased in ${n} ${n === 1 ? 'second' : 'seconds'}.`,
    more: 'More time',
    done: 'Done, erase the screen',
  },
  leftover: {
    sending: 'Sending the ballot of the turn before…',
    what: 'It is sealed, nobody can look into it. Please wait; there is nothing to press.',
    done: 'The ballot of the turn before is in the box.',
    ready: 'The tablet is ready for the next person.',
  },
  leaving: 'Erasing the screen…',
  unreachable: 'Everything is erased. The tablet cannot reach the server yet and keeps trying.',
  alreadyRedeemed: [
    'This card has already been used',
    'Each card gets one ballot, which is only on the device that got it. A ballot that was got on this tablet and not cast before leaving is lost.',
    'If nobody has used this card, tell the counting team at once, so that it goes into the minutes.',
  ],
}

export const KIOSK: { readonly [L in Language]: KioskWords } = { vi, en }
