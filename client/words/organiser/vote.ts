/** Step 4: opening, voting, closing; and what a member must sign besides. */
import type { Action } from '../../../server/wire.ts'
import type { Language } from '../language.ts'

const vi = {
  title: 'Bỏ phiếu',
  printedIntro:
    'Phát thẻ theo tờ hướng dẫn. Khi hội nghị sẵn sàng, mở bỏ phiếu: một thành viên tổ kiểm phiếu ký trên điện thoại của mình.',
  openAct: 'Mở bỏ phiếu',
  plainHttp: {
    title: 'Địa chỉ này không mã hóa đường truyền (http://)',
    lost: [
      'Người cùng mạng thấy được máy nào đang mở trang bỏ phiếu và vào lúc nào.',
      'Người can thiệp được vào mạng có thể đưa cho điện thoại một trang giả: trang đó có thể làm lộ lựa chọn, lấy mất thẻ hoặc làm hỏng phiếu.',
    ],
    kept: 'Những gì trang thật gửi đi vẫn được niêm phong, và kết quả vẫn kiểm tra lại được. Chỉ dùng http:// trên mạng riêng của cuộc họp, có mật khẩu, tắt khi xong. Muốn tránh các điều trên thì dùng HTTPS.',
    read: 'Tôi đã đọc và chấp nhận các điều trên cho cuộc bỏ phiếu này.',
  },
  elsewhere: (address: string) =>
    `Máy chủ hiện không ở địa chỉ in trên thẻ (${address}). Nối lại đúng mạng cũ hoặc đặt lại địa chỉ đó cho máy chủ, rồi mở bỏ phiếu. Nếu không được thì làm lại niêm phong với địa chỉ mới và thẻ mới.`,
  asked: {
    open: 'Chờ một thành viên tổ kiểm phiếu ký mở bỏ phiếu trên điện thoại.',
    close: 'Chờ hai thành viên tổ kiểm phiếu nhập số thẻ đã phát và ký đóng hòm.',
    void: 'Chờ một thành viên tổ kiểm phiếu ký việc hủy cuộc bỏ phiếu.',
    publish: 'Chờ một thành viên tổ kiểm phiếu ký việc công khai kết quả.',
  } satisfies Readonly<Record<Action, string>>,
  withdraw: 'Rút lại yêu cầu',
  openNow: 'Đang bỏ phiếu',
  openText: 'Mở màn hình hội trường và chiếu lên. Người ghi phiếu quét thẻ bằng điện thoại.',
  hall: 'Màn hình hội trường',
  hallOpen: 'Mở màn hình hội trường',
  hallScan: 'Quét để mở trên máy chiếu',
  draw: 'Rút một thẻ',
  drawNote: (left: number) => `Diễn tập: mở một thẻ ngẫu nhiên như người ghi phiếu. Còn ${left} thẻ.`,
  drawNone: 'Không còn thẻ nào để rút.',
  drawLost: 'Bí mật của thẻ không có trong cửa sổ này; hãy rút thẻ ở cửa sổ đã lập thẻ, hoặc quét thẻ đã in.',
  voidCard: {
    open: 'Hủy một thẻ được trả lại…',
    title: 'Hủy thẻ chưa dùng',
    text: 'Thẻ được trả lại mà chưa nhận phiếu thì hủy ở đây, không tính là đã phát. Thẻ đã nhận phiếu không hủy được.',
    code: 'Mã trên thẻ (sáu nhóm năm ký tự)',
    act: 'Hủy thẻ này',
    scan: 'Quét bằng máy ảnh',
    stop: 'Tắt máy ảnh',
    noCamera: 'Không dùng được máy ảnh. Hãy gõ mã trên thẻ.',
    done: (n: number) => `Đã hủy ${n} thẻ trong phiên này.`,
  },
  close: {
    open: 'Đóng hòm phiếu…',
    title: 'Đóng hòm phiếu?',
    text: 'Bắt đầu lần gọi cuối hai phút cho người đã nhận phiếu mà chưa bỏ. Sau đó hai thành viên nhập số thẻ đã phát và ký. Đóng rồi không mở lại được.',
    act: 'Gọi lần cuối',
  },
  lastCall: 'Lần gọi cuối',
  lastCallText: 'Nhắc những người còn cầm phiếu trên điện thoại bấm Bỏ phiếu.',
  lastCallOver: 'Lần gọi cuối đã hết. Hai thành viên nhập số thẻ đã phát và ký trên điện thoại.',
  seconds: (s: number) => `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`,
  redeemed: 'Đã nhận phiếu',
  cast: 'Đã bỏ vào hòm',
  notCast: 'Nhận mà chưa bỏ',
  numbers: 'Số thẻ đã phát',
  numberBy: (name: string) => `Theo ${name}`,
  numbersDiffer: 'Hai số không giống nhau. Đếm lại rồi nhập lại trên điện thoại.',
  numbersLow:
    'Số thẻ đã phát ít hơn số thẻ đã nhận phiếu: không thể đóng. Đếm lại; nếu vẫn vậy, cuộc bỏ phiếu phải hủy và làm lại.',
  voidPoll: {
    open: 'Hủy cuộc bỏ phiếu này…',
    title: 'Hủy cuộc bỏ phiếu?',
    text: 'Hòm giữ nguyên niêm phong và lưu trong hồ sơ, không mở thêm gì, mọi thẻ hết hiệu lực. Sau đó có thể làm lại với thẻ mới. Cần một thành viên tổ kiểm phiếu ký.',
    reason: 'Lý do hủy (ghi vào hồ sơ)',
    act: 'Xin hủy cuộc bỏ phiếu',
  },
}

const en: typeof vi = {
  title: 'Vote',
  printedIntro:
    'Hand out the cards as the chair’s sheet says. When the meeting is ready, open the voting: a member of the counting team signs on their own phone.',
  openAct: 'Open the voting',
  plainHttp: {
    title: 'This address does not encrypt the connection (http://)',
    lost: [
      'Others on the network can see which device opens the voting page, and when.',
      'Whoever can interfere with the network can give a phone a false page: it could reveal the choice, steal the card or spoil the ballot.',
    ],
    kept: 'What the true page sends is sealed all the same, and the result can still be rechecked. Use http:// only on the meeting’s own network, with a password, switched off afterwards. HTTPS avoids all of the above.',
    read: 'I have read this and accept it for this poll.',
  },
  elsewhere: address =>
    `The server is not at the address printed on the cards now (${address}). Join the same network again or give the server that address, then open. If that cannot be done, seal again with another address and new cards.`,
  asked: {
    open: 'Waiting for a member of the counting team to sign the opening of the voting on their phone.',
    close: 'Waiting for two members of the counting team to enter the cards handed out and sign the closing.',
    void: 'Waiting for a member of the counting team to sign that the poll is void.',
    publish: 'Waiting for a member of the counting team to sign the publication.',
  },
  withdraw: 'Take the request back',
  openNow: 'Voting is open',
  openText: 'Open the hall screen and project it. Voters scan their cards with their phones.',
  hall: 'Hall screen',
  hallOpen: 'Open the hall screen',
  hallScan: 'Scan to open it at the projector',
  draw: 'Draw a card',
  drawNote: left => `Rehearsal: opens a random card as a voter would. ${left} cards left.`,
  drawNone: 'No cards left to draw.',
  drawLost: 'The cards’ secrets are not in this window; draw where they were made, or scan a printed card.',
  voidCard: {
    open: 'Void a card handed back…',
    title: 'Void an unused card',
    text: 'A card that is handed back before a ballot was taken with it is voided here and does not count as handed out. A card with which a ballot was taken cannot be voided.',
    code: 'Code on the card (six groups of five)',
    act: 'Void this card',
    scan: 'Scan with the camera',
    stop: 'Stop the camera',
    noCamera: 'The camera cannot be used. Type the code on the card.',
    done: n => `${n} cards voided in this session.`,
  },
  close: {
    open: 'Close the box…',
    title: 'Close the box?',
    text: 'This begins a last call of two minutes for those who took a ballot and have not cast it. Then two members enter the cards handed out and sign. Once closed it cannot be opened for voting again.',
    act: 'Make the last call',
  },
  lastCall: 'Last call',
  lastCallText: 'Ask everybody who still holds a ballot on the phone to cast it.',
  lastCallOver: 'The last call is over. Two members enter the cards handed out and sign on their phones.',
  seconds: s => `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`,
  redeemed: 'Ballots taken',
  cast: 'Ballots cast',
  notCast: 'Taken, not cast',
  numbers: 'Cards handed out',
  numberBy: name => `By ${name}`,
  numbersDiffer: 'The two numbers differ. Count again and enter them again on the phones.',
  numbersLow:
    'Fewer cards handed out than ballots taken: this cannot be closed. Count again; if it stays so, the poll must be voided and run again.',
  voidPoll: {
    open: 'Void this poll…',
    title: 'Void the poll?',
    text: 'The box stays sealed and on file, nothing more of it is opened, all cards are dead. Afterwards it can be run again with new cards. A member of the counting team must sign.',
    reason: 'Reason (goes on file)',
    act: 'Ask to void the poll',
  },
}

export const VOTE: Readonly<Record<Language, typeof vi>> = { vi, en }
