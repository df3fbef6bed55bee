/** Why something did not happen: what, then why and what to do. One for every refusal there is. */
import type { Why } from '../../organiser/edit.ts'
import type { Language } from '../language.ts'

interface Sentence {
  readonly title: string
  readonly text: string
}

type Refusals = Readonly<Record<Why | 'bad-code', Sentence>>

const vi: Refusals = {
  offline: {
    title: 'Chưa gặp được máy chủ.',
    text: 'Kiểm tra máy chủ còn chạy và còn cùng mạng, rồi thử lại. Làm lại không gây hại gì.',
  },
  'wrong-manifest': {
    title: 'Máy chủ không có cuộc bỏ phiếu này.',
    text: 'Việc niêm phong có thể vừa được làm lại. Tải lại trang.',
  },
  'unknown-card': {
    title: 'Thẻ này không thuộc cuộc bỏ phiếu này.',
    text: 'Có thể là thẻ của lần niêm phong trước hoặc của cuộc khác. So mã hồ sơ gốc in trên thẻ.',
  },
  'already-redeemed': {
    title: 'Thẻ này đã nhận phiếu nên không hủy được.',
    text: 'Người cầm thẻ bỏ phiếu tiếp trên điện thoại đã quét thẻ. Thẻ vẫn tính là đã phát.',
  },
  'voided-card': { title: 'Thẻ này đã hủy.', text: 'Không cần làm gì thêm. Cất thẻ vào phong bì thẻ hủy.' },
  'not-open': { title: 'Chưa mở bỏ phiếu.', text: 'Mở bỏ phiếu trước, với chữ ký của một thành viên tổ kiểm phiếu.' },
  closed: { title: 'Hòm đã đóng.', text: 'Sau khi đóng hòm không nhận, không hủy thêm được gì.' },
  'bad-proof': {
    title: 'Máy chủ không nhận vì dữ liệu không chứng minh được.',
    text: 'Dữ liệu có thể hỏng trên đường truyền. Tải lại trang rồi làm lại.',
  },
  'already-cast': { title: 'Phiếu này đã có trong hòm.', text: 'Không cần làm gì thêm.' },
  'bad-request': {
    title: 'Máy chủ không hiểu yêu cầu.',
    text: 'Trang có thể đã cũ so với máy chủ. Tải lại trang rồi làm lại.',
  },
  'not-found': {
    title: 'Không tìm thấy.',
    text: 'Cuộc bỏ phiếu có thể đã bị xóa ở cửa sổ khác. Về danh sách các cuộc bỏ phiếu.',
  },
  'too-large': { title: 'Nội dung quá dài.', text: 'Bớt số người, tiêu chí hoặc lời văn rồi thử lại.' },
  'too-many': { title: 'Máy chủ đang bận.', text: 'Chờ vài giây rồi thử lại. Không có gì bị mất.' },
  'disk-full': {
    title: 'Ổ đĩa của máy chủ đã đầy.',
    text: 'Chưa có gì được ghi. Giải phóng chỗ trên ổ đĩa rồi thử lại; những gì đã ghi vẫn nguyên.',
  },
  away: {
    title: 'Kho dữ liệu của máy chủ không trả lời.',
    text: 'Có thể kho dữ liệu đang khởi động lại. Đợi một lát rồi thử lại; làm lại không gây hại gì.',
  },
  'peer-away': {
    title: 'Máy đổi thẻ không trả lời, hoặc trả lời sai.',
    text: 'Thẻ của cuộc này đổi ở một máy khác. Đề nghị bên vận hành máy đó kiểm tra, rồi thử lại; việc đang dở được làm tiếp, không mất gì.',
  },
  'peer-refuses': {
    title: 'Máy đổi thẻ từ chối.',
    text: 'Máy đó có trả lời nhưng không nhận việc này: khóa chung giữa hai máy khác nhau, hoặc cuộc này đã khóa hay đã xóa ở đó. Thử lại không giúp được. Đề nghị hai bên vận hành so khóa và nhật ký của máy; nếu không sửa được thì tuyên bố hủy cuộc này và làm lại.',
  },
  failed: {
    title: 'Máy chủ gặp sự cố khi xử lý.',
    text: 'Chưa có gì được ghi. Thử lại; nếu vẫn vậy, khởi động lại máy chủ rồi làm tiếp.',
  },
  'needs-login': { title: 'Phiên làm việc đã hết.', text: 'Đăng nhập lại để làm tiếp; mọi thứ đã lưu vẫn còn.' },
  'needs-setup': {
    title: 'Máy chủ chưa có mật khẩu.',
    text: 'Mở đường dẫn đặt mật khẩu in trên cửa sổ lệnh của máy chủ.',
  },
  'wrong-password': {
    title: 'Tên đăng nhập hoặc mật khẩu không đúng.',
    text: 'Kiểm tra bộ gõ tiếng Việt và phím Caps Lock rồi nhập lại.',
  },
  'weak-password': { title: 'Mật khẩu ngắn quá.', text: 'Cần ít nhất 10 ký tự. Một câu ngắn dễ nhớ là tốt.' },
  'used-link': {
    title: 'Đường dẫn này không dùng được nữa.',
    text: 'Nó đã được dùng, hoặc máy chủ đã khởi động lại và in đường dẫn mới. Nếu đã có mật khẩu thì đăng nhập.',
  },
  'stale-draft': { title: 'Bản soạn vừa được lưu ở cửa sổ khác.', text: 'Mở bản mới hơn rồi sửa tiếp.' },
  'bad-draft': {
    title: 'Bản soạn chưa dùng được.',
    text: 'Có mục còn thiếu hoặc sai. Xem danh sách “Còn thiếu” và sửa từng mục.',
  },
  'wrong-state': {
    title: 'Việc này không làm được lúc này.',
    text: 'Cuộc bỏ phiếu đã sang bước khác, có thể từ một cửa sổ khác. Trang sẽ hiện bước đúng.',
  },
  'wrong-team': {
    title: 'Hồ sơ gốc không khớp với việc niêm phong.',
    text: 'Khóa hoặc tên thành viên khác với những gì máy chủ đã chuyển. Làm lại niêm phong.',
  },
  'wrong-tokens': { title: 'Danh sách thẻ không hợp lệ.', text: 'Làm lại niêm phong để lập thẻ mới.' },
  'wrong-bundle': {
    title: 'Trang bỏ phiếu trên máy chủ khác với trang đã niêm phong.',
    text: 'Máy chủ có thể vừa được cập nhật. Chạy lại đúng bản cũ, hoặc làm lại niêm phong và in thẻ mới.',
  },
  'wrong-address': {
    title: 'Máy chủ không còn ở địa chỉ in trên thẻ.',
    text: 'Nối máy chủ vào đúng mạng cũ hoặc đặt lại địa chỉ đó (PUBLIC_URL), rồi thử lại. Nếu không được, làm lại niêm phong với địa chỉ mới.',
  },
  'untried-address': {
    title: 'Chưa có điện thoại nào tới được địa chỉ này.',
    text: 'Về bước Soạn, quét mã thử bằng một điện thoại khác trong cùng mạng.',
  },
  'plain-http': {
    title: 'Chưa xác nhận việc dùng http://.',
    text: 'Đọc những gì mất đi khi không mã hóa, đánh dấu đã đọc, rồi mở bỏ phiếu.',
  },
  'bad-link': {
    title: 'Đường dẫn cá nhân không đúng.',
    text: 'Thành viên quét lại mã riêng của mình ở bước Niêm phong.',
  },
  'other-device': {
    title: 'Mã riêng này đã dùng trên máy khác.',
    text: 'Thành viên dùng lại máy đầu tiên; nếu máy đó hỏng thì làm lại niêm phong.',
  },
  'bad-signature': { title: 'Chữ ký không đúng.', text: 'Thành viên tải lại trang của mình rồi ký lại.' },
  'not-asked': { title: 'Không có yêu cầu nào đang chờ ký.', text: 'Gửi lại yêu cầu rồi mời thành viên ký.' },
  'too-early': { title: 'Lần gọi cuối chưa hết.', text: 'Chờ đồng hồ chạy hết rồi đóng hòm.' },
  'bad-numbers': {
    title: 'Số liệu không khớp.',
    text: 'Số thẻ đã phát phải không ít hơn số đã nhận phiếu và không nhiều hơn số thẻ đã in trừ số đã hủy, và không nhiều hơn số người có mặt đã khai. Đếm lại; nếu thật sự không khớp thì hủy và làm lại cuộc bỏ phiếu.',
  },
  'bad-share': {
    title: 'Một phần chìa khóa không hợp lệ.',
    text: 'Điện thoại đó tải lại trang; nếu vẫn vậy, dùng phần của các thành viên khác và ghi vào biên bản.',
  },
  'bad-count': {
    title: 'Số liệu kiểm phiếu không thể có.',
    text: 'Xem lại dòng được nêu rồi nhập lại; chưa có gì được ghi.',
  },
  'needs-statement': {
    title: 'Chưa khai số liệu của hội nghị.',
    text: 'Cuộc bỏ phiếu gắn với bộ quy tắc, nên cần số người triệu tập và có mặt trước khi mở hòm. Khai ở bước Bỏ phiếu rồi đóng hòm.',
  },
  'wrong-rules': {
    title: 'Bộ quy tắc không khớp với bản soạn.',
    text: 'Bộ quy tắc có thể vừa được đổi ở cửa sổ khác. Về bước Soạn, chọn lại bộ quy tắc rồi làm lại niêm phong.',
  },
  'not-yours': {
    title: 'Tài khoản này không được làm việc đó.',
    text: 'Việc thuộc vai trò khác, hoặc cuộc bỏ phiếu này không được giao cho tài khoản. Đề nghị người tổ chức giao quyền.',
  },
  'taken-name': {
    title: 'Tên này đã có tài khoản khác dùng.',
    text: 'Chọn một tên khác. Hai người trùng tên thì ghi thêm chức vụ hoặc đơn vị để phân biệt.',
  },
  'second-person': {
    title: 'Cần người thứ hai xác nhận.',
    text: 'Người đã nhập không tự xác nhận. Mời một người khác đăng nhập bằng tài khoản của mình.',
  },
  'bad-pack': {
    title: 'Bộ quy tắc chưa dùng được.',
    text: 'Xem dòng được nêu, sửa theo văn bản của cơ quan rồi thử lại.',
  },
  'taken-version': {
    title: 'Phiên bản này đã khóa.',
    text: 'Bộ quy tắc đã khóa không sửa được. Tăng số phiên bản rồi khóa bản mới.',
  },
  'bad-minutes': {
    title: 'Số liệu biên bản không khớp.',
    text: 'Xem phép kiểm được nêu, đếm lại rồi sửa. Biên bản chỉ lưu và in khi mọi phép kiểm đều đúng.',
  },
  secret: {
    title: 'Cuộc bỏ phiếu này đã đóng dấu độ mật.',
    text: 'Không tải về, không gửi ra ngoài. Chỉ in bản có đánh số, cấp cho người nhận ghi tên trong sổ.',
  },
  'bad-code': {
    title: 'Mã thẻ chưa đúng.',
    text: 'Mã có sáu nhóm năm ký tự. So lại từng nhóm; chữ O đọc là số 0, chữ I và L đọc là số 1.',
  },
}

const en: Refusals = {
  offline: {
    title: 'The server does not answer.',
    text: 'Check that it is running and on the same network, then try again. Repeating does no harm.',
  },
  'wrong-manifest': {
    title: 'The server does not have this poll.',
    text: 'It may just have been sealed again. Reload the page.',
  },
  'unknown-card': {
    title: 'This card is not of this poll.',
    text: 'It may be of an earlier sealing or of another poll. Compare the manifest code printed on it.',
  },
  'already-redeemed': {
    title: 'A ballot was taken with this card, so it cannot be voided.',
    text: 'Its holder goes on voting on the phone that scanned it. It still counts as handed out.',
  },
  'voided-card': { title: 'This card is void already.', text: 'Nothing more to do. Keep it with the voided cards.' },
  'not-open': {
    title: 'Voting is not open yet.',
    text: 'Open it first, with the signature of a counting-team member.',
  },
  closed: { title: 'The box is closed.', text: 'Nothing can be taken, cast or voided after closing.' },
  'bad-proof': {
    title: 'The server did not accept it: the data proves nothing.',
    text: 'It may have been damaged on the way. Reload the page and do it again.',
  },
  'already-cast': { title: 'This ballot is in the box already.', text: 'Nothing more to do.' },
  'bad-request': {
    title: 'The server does not understand the request.',
    text: 'This page may be older than the server. Reload it and do it again.',
  },
  'not-found': { title: 'Not found.', text: 'The poll may have been deleted in another window. Go back to the list.' },
  'too-large': { title: 'That is too long.', text: 'Take fewer subjects, criteria or words and try again.' },
  'too-many': { title: 'The server is busy.', text: 'Wait a few seconds and try again. Nothing is lost.' },
  'disk-full': {
    title: 'The server’s disk is full.',
    text: 'Nothing was stored. Free some space and try again; what was stored before is unharmed.',
  },
  away: {
    title: 'The server’s database does not answer.',
    text: 'It may be restarting. Try again in a moment; doing it again does no harm.',
  },
  'peer-away': {
    title: 'The server that redeems cards does not answer, or not as it should.',
    text: 'Cards of this poll are redeemed elsewhere. Ask whoever runs that server to look, then try again; what was begun goes on and nothing is lost.',
  },
  'peer-refuses': {
    title: 'The server that redeems cards refuses.',
    text: 'It answers and does not take this: the key that both share is not the same, or this poll was shut or deleted there. Trying again does not help. Ask those who run the two servers to compare key and log; if it cannot be mended, declare this poll void and run it again.',
  },
  failed: {
    title: 'The server met a fault of its own.',
    text: 'Nothing was stored. Try again; if it stays so, start the server again and go on.',
  },
  'needs-login': { title: 'Your session is over.', text: 'Log in again and go on; everything saved is still there.' },
  'needs-setup': { title: 'The server has no password yet.', text: 'Open the set-up link from the server’s terminal.' },
  'wrong-password': {
    title: 'Wrong login or password.',
    text: 'Check the keyboard layout and caps lock, then try again.',
  },
  'weak-password': {
    title: 'The password is too short.',
    text: 'It needs at least 10 characters. A short sentence is good.',
  },
  'used-link': {
    title: 'This link is no longer good.',
    text: 'It was used, or the server was started again and shows a newer one. If there is a password, log in.',
  },
  'stale-draft': { title: 'The draft was saved in another window.', text: 'Open the newer one and go on from there.' },
  'bad-draft': {
    title: 'The draft cannot be used yet.',
    text: 'Something is missing or wrong. See the list “Still missing” and mend each item.',
  },
  'wrong-state': {
    title: 'This cannot be done now.',
    text: 'The poll has moved to another step, perhaps from another window. This page will show the right one.',
  },
  'wrong-team': {
    title: 'The manifest does not fit the ceremony.',
    text: 'A key or a name differs from what went through the server. Seal again.',
  },
  'wrong-tokens': { title: 'The list of cards is not valid.', text: 'Seal again, which makes new cards.' },
  'wrong-bundle': {
    title: 'The server’s voting page is not the one that was sealed.',
    text: 'The server may have been updated. Run the older version again, or seal again and print new cards.',
  },
  'wrong-address': {
    title: 'The server is not at the address printed on the cards.',
    text: 'Join the same network again or set that address (PUBLIC_URL), then try again. If that cannot be done, seal again with the new address.',
  },
  'untried-address': {
    title: 'No phone has reached this address yet.',
    text: 'Go to the step Draft and scan the code with another phone on the same network.',
  },
  'plain-http': {
    title: 'The use of http:// is not confirmed yet.',
    text: 'Read what is lost without encryption, tick that you have read it, then open the voting.',
  },
  'bad-link': { title: 'The personal link is wrong.', text: 'The member scans their own code again at the step Seal.' },
  'other-device': {
    title: 'This personal code was used on another device.',
    text: 'The member goes on with the first device; if that is broken, seal again.',
  },
  'bad-signature': { title: 'The signature is wrong.', text: 'The member reloads their page and signs again.' },
  'not-asked': { title: 'Nothing is waiting to be signed.', text: 'Ask again, then have a member sign.' },
  'too-early': { title: 'The last call is not over.', text: 'Wait until the clock has run out, then close.' },
  'bad-numbers': {
    title: 'The numbers do not fit.',
    text: 'Cards handed out must not be fewer than ballots taken, nor more than cards printed less those voided, nor more than people present as stated. Count again; if they truly do not fit, void the poll and run it again.',
  },
  'bad-share': {
    title: 'A part of the key is not valid.',
    text: 'That phone reloads its page; if it stays so, use the parts of the other members and note it in the minutes.',
  },
  'bad-count': {
    title: 'These counts cannot be.',
    text: 'Look at the line that is named and key it again; nothing was stored.',
  },
  'needs-statement': {
    title: 'The meeting’s numbers are not stated yet.',
    text: 'This poll is tied to a rule pack, which needs the numbers convened and present before the box is opened. State them at the step Vote, then close.',
  },
  'wrong-rules': {
    title: 'The rule pack does not fit the draft.',
    text: 'It may have been changed in another window. Choose the rule pack again at the step Draft and seal again.',
  },
  'not-yours': {
    title: 'This account may not do that.',
    text: 'It is another role’s business, or the poll was not given to this account. Ask the organiser.',
  },
  'taken-name': {
    title: 'Another account has this name already.',
    text: 'Choose another one. Where two people have one name, add position or unit to tell them apart.',
  },
  'second-person': {
    title: 'A second person must confirm.',
    text: 'Whoever entered it cannot confirm it. Ask somebody else to log in with their own account.',
  },
  'bad-pack': {
    title: 'The rule pack cannot be used yet.',
    text: 'See the line named, mend it after the agency’s text and try again.',
  },
  'taken-version': {
    title: 'This version is frozen.',
    text: 'A frozen pack cannot be changed. Raise the version and freeze the new one.',
  },
  'bad-minutes': {
    title: 'The numbers of the minutes do not fit.',
    text: 'See the check named, count again and mend it. Minutes are saved and printed only when every check holds.',
  },
  secret: {
    title: 'This poll bears a secrecy stamp.',
    text: 'Nothing is downloaded or sent. Only numbered copies are printed, for recipients named in the register.',
  },
  'bad-code': {
    title: 'The code of the card is not right.',
    text: 'It has six groups of five characters. Compare group by group; O is read as 0, I and L as 1.',
  },
}

export const REFUSALS: Readonly<Record<Language, Refusals>> = { vi, en }
