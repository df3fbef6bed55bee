/** Steps of a round on paper: printing, voting, counting, the result. */
import type { Action } from '../../../server/wire.ts'
import type { Language } from '../language.ts'

const vi = {
  steps: { draft: 'Soạn', seal: '', print: 'In phiếu', vote: 'Bỏ phiếu', open: 'Kiểm phiếu', result: 'Kết quả' },
  stepsLabel: 'Năm bước của cuộc bỏ phiếu giấy',
  print: {
    title: 'In phiếu',
    intro:
      'Nội dung phiếu đã cố định. In phiếu, đưa đường dẫn riêng cho từng thành viên tổ kiểm phiếu, rồi đề nghị mở bỏ phiếu.',
    copies: (n: number) => `In ${n} tờ`,
    sum: (convened: number, spare: number) =>
      `${convened} tờ cho số người được triệu tập, ${spare} tờ dự phòng để đổi phiếu hỏng. Chọn số bản này trong hộp thoại in.`,
    open: 'Mở phiếu để in',
    docx: 'Tải phiếu .docx',
    issue: 'Phát phiếu',
    steps: [
      'In một mặt hoặc hai mặt như nhau cho mọi tờ; không đánh số, không ghi gì thêm lên phiếu.',
      'Đóng dấu treo của cơ quan vào góc trên bên trái từng tờ.',
      'Đếm số tờ đã in trước mặt tổ kiểm phiếu, giao cho tổ và ghi số vào sổ giao nhận.',
      'Tổ kiểm phiếu kiểm tra thùng phiếu trống rồi niêm phong trước hội nghị.',
      'Phát mỗi người có mặt một tờ, đánh dấu vào danh sách phát phiếu; danh sách không để cạnh thùng phiếu.',
      'Ai ghi hỏng thì trả lại tờ cũ, nhận tờ mới; tờ hỏng để riêng, không tính là phát thêm.',
    ],
    members: 'Tổ kiểm phiếu',
    membersWhat:
      'Mỗi thành viên quét mã của mình bằng điện thoại. Trang đó để xác nhận mở, đóng thùng phiếu và để nhập số đã đếm.',
    claimed: 'đã nhận chỗ',
    unclaimed: 'chưa nhận chỗ',
    claims:
      'Máy mở đường dẫn đầu tiên nhận chỗ của thành viên đó; máy khác không xác nhận và không nhập số thay được. Hỏi từng người trước mặt mọi người rằng chỗ ấy là trên máy của mình. Mở được bỏ phiếu khi ít nhất hai thành viên đã nhận chỗ.',
    ask: 'Đề nghị mở bỏ phiếu',
    restart: {
      open: 'Sửa lại nội dung phiếu…',
      title: 'Quay lại bước soạn?',
      text: 'Phiếu đã in theo nội dung cũ phải hủy. Đường dẫn riêng của các thành viên giữ nguyên.',
      act: 'Quay lại bước soạn',
    },
  },
  asked: {
    open: 'Chờ một thành viên tổ kiểm phiếu xác nhận mở bỏ phiếu trên trang của mình.',
    close: 'Chờ một thành viên tổ kiểm phiếu xác nhận đóng thùng phiếu trên trang của mình.',
    void: 'Chờ một thành viên tổ kiểm phiếu xác nhận việc hủy trên trang của mình.',
    publish: '',
  } satisfies Readonly<Record<Action, string>>,
  vote: {
    title: 'Đang bỏ phiếu',
    intro: 'Phiếu đang được phát và bỏ vào thùng.',
    collect: 'Thu phiếu',
    steps: [
      'Giữ chỗ ghi phiếu kín: không ai đứng cạnh, không chụp ảnh phiếu.',
      'Phiếu hỏng: thu lại rồi mới đổi, ghi số tờ đã đổi, để trong phong bì riêng.',
      'Phiếu không bỏ phải trả lại tổ kiểm phiếu, không mang ra ngoài.',
      'Chỉ mở thùng phiếu sau khi đã đóng; từ lúc mở thùng không ai được bỏ thêm.',
    ],
    close: {
      open: 'Đóng thùng phiếu…',
      title: 'Đóng thùng phiếu?',
      text: 'Sau khi một thành viên tổ kiểm phiếu xác nhận, không ai bỏ phiếu thêm và tổ bắt đầu đếm. Đóng rồi không mở lại được.',
      act: 'Đề nghị đóng thùng phiếu',
    },
  },
  attendance: {
    title: 'Số người có mặt',
    why: 'Số này vào biên bản. Số phiếu phát ra không được nhiều hơn.',
    summary: (present: number, convened: number) => `Có mặt ${present} trên ${convened} người được triệu tập.`,
  },
  count: {
    title: 'Kiểm phiếu',
    intro:
      'Thùng phiếu đã đóng. Hai thành viên đếm riêng và tự nhập số của mình. Chỉ khi hai người nhập giống hệt nhau ở mọi dòng thì mới có kết quả.',
    progress: 'Ai đã nhập',
    keyed: 'đã nhập',
    notKeyed: 'chưa nhập',
    keyedBy: (n: number): string =>
      n === 0
        ? 'Chưa ai nhập số.'
        : n === 1
          ? 'Một người đã nhập, chờ người thứ hai.'
          : 'Đã có hai người nhập trở lên nhưng chưa giống nhau; họ đang xem lại chỗ khác nhau trên trang của mình.',
    blind: 'Trang này không hiện số của ai cho tới khi có kết quả.',
    rules: [
      'Mở thùng, đếm số phiếu thu về trước khi đếm từng dòng.',
      'Xếp riêng phiếu không hợp lệ theo lý do; phiếu còn nghi ngờ thì cả tổ quyết định.',
      'Người thứ nhất đếm xong chuyển nguyên chồng phiếu cho người thứ hai; không nói số.',
    ],
    fixed: 'Thùng phiếu đã đóng nên các số đã khai không sửa được nữa.',
  },
  result: {
    title: 'Kết quả',
    agreed: (names: string, times: readonly number[]): string =>
      `${names} đếm riêng và nhập giống hệt nhau. ${
        times.every(n => n === 1)
          ? 'Hai người nhập khớp ngay lần đầu.'
          : `Khớp sau khi xem lại phiếu, lần lượt nhập ${times.join(' và ')} lần.`
      }`,
    sheets: 'Số phiếu',
    printed: 'Đã in',
    issued: 'Phát ra',
    exchanged: 'Đổi, trả lại',
    unused: 'Không dùng đến',
    collected: 'Thu về',
    valid: 'Hợp lệ',
    invalid: 'Không hợp lệ',
    because: (reason: string) => `Không hợp lệ: ${reason}`,
    note: 'Cuộc bỏ phiếu giấy không có hồ sơ mã hóa để kiểm tra lại; căn cứ là phiếu đã niêm phong và biên bản đã ký. Niêm phong phiếu ngay sau khi lập biên bản.',
  },
  void: {
    open: 'Hủy cuộc bỏ phiếu này…',
    title: 'Hủy cuộc bỏ phiếu?',
    text: 'Phiếu đã phát, đã thu được niêm phong và giữ trong hồ sơ, không dùng vào việc gì khác. Sau đó có thể làm lại với phiếu in mới. Cần một thành viên tổ kiểm phiếu xác nhận.',
    act: 'Xin hủy cuộc bỏ phiếu',
    done: 'Phiếu giấy được niêm phong và giữ trong hồ sơ theo quy định.',
    againNote: 'Nội dung soạn được chép sang; phiếu phải in mới.',
  },
}

const en: typeof vi = {
  steps: { draft: 'Draft', seal: '', print: 'Print sheets', vote: 'Vote', open: 'Count', result: 'Result' },
  stepsLabel: 'The five steps of a ballot on paper',
  print: {
    title: 'Print the sheets',
    intro:
      'What the ballot says is fixed now. Print the sheets, give every member of the counting team their link, then ask to open the voting.',
    copies: n => `Print ${n} sheets`,
    sum: (convened, spare) =>
      `${convened} for the people convened, ${spare} spare ones to exchange spoilt sheets. Choose this number of copies in the print dialog.`,
    open: 'Open the sheet to print',
    docx: 'Download as .docx',
    issue: 'Handing out',
    steps: [
      'Print every sheet in the same way; no numbers, nothing else on it.',
      'Put the hanging stamp of the office on the upper left of every sheet.',
      'Count the printed sheets before the counting team, hand them over and write the number down.',
      'The counting team checks that the box is empty and seals it before the meeting.',
      'One sheet to each person present, ticked off on a list; the list does not lie beside the box.',
      'Whoever spoils a sheet gives it back and gets another; it is put aside and is not handed out anew.',
    ],
    members: 'Counting team',
    membersWhat:
      'Each member scans their own code with their phone. That page is for confirming that the box is opened and closed, and for keying what was counted.',
    claimed: 'has taken the place',
    unclaimed: 'place not taken',
    claims:
      'The first device that opens a link takes that member’s place; no other one can confirm or key in their stead. Ask each member before everybody whether the place is on their own device. Voting can be opened once two members have taken theirs.',
    ask: 'Ask to open the voting',
    restart: {
      open: 'Change what the ballot says…',
      title: 'Back to the draft?',
      text: 'Sheets printed so far must be destroyed. Members keep their links.',
      act: 'Back to the draft',
    },
  },
  asked: {
    open: 'Waiting for a member of the counting team to confirm the opening on their page.',
    close: 'Waiting for a member of the counting team to confirm that the box is closed.',
    void: 'Waiting for a member of the counting team to confirm that the ballot is void.',
    publish: '',
  },
  vote: {
    title: 'Voting is open',
    intro: 'Sheets are being handed out and put into the box.',
    collect: 'Collecting',
    steps: [
      'Keep the place where sheets are filled in private: nobody beside it, no photographs.',
      'Spoilt sheets: taken back before another is given, counted, kept in an envelope of their own.',
      'A sheet that is not cast goes back to the counting team and does not leave the room.',
      'Open the box only after it was closed; from then on nobody may vote.',
    ],
    close: {
      open: 'Close the box…',
      title: 'Close the box?',
      text: 'Once a member of the counting team has confirmed it nobody votes any more, and the count begins. It cannot be opened again.',
      act: 'Ask to close the box',
    },
  },
  attendance: {
    title: 'People present',
    why: 'This goes into the minutes. No more sheets may be handed out.',
    summary: (present, convened) => `${present} of ${convened} convened are present.`,
  },
  count: {
    title: 'The count',
    intro:
      'The box is closed. Two members count independently, and each keys their own numbers. There is a result only where both keyed entirely the same, line by line.',
    progress: 'Who has keyed',
    keyed: 'keyed',
    notKeyed: 'not yet',
    keyedBy: n =>
      n === 0
        ? 'Nobody has keyed yet.'
        : n === 1
          ? 'One has keyed; waiting for a second.'
          : 'Two or more have keyed and do not agree; they look at the differences on their own pages.',
    blind: 'This page shows nobody’s numbers before there is a result.',
    rules: [
      'Open the box and count the sheets before counting lines.',
      'Put invalid sheets aside by reason; doubtful ones are decided by the whole team.',
      'Whoever has counted first hands the whole pile over without telling a number.',
    ],
    fixed: 'The box is closed: what was stated can be changed no longer.',
  },
  result: {
    title: 'Result',
    agreed: (names, times) =>
      `${names} counted independently and keyed entirely the same. ${
        times.every(n => n === 1)
          ? 'What the two keyed first agreed.'
          : `They agreed after another look at the sheets, keying ${times.join(' and ')} times in turn.`
      }`,
    sheets: 'Sheets',
    printed: 'Printed',
    issued: 'Handed out',
    exchanged: 'Exchanged',
    unused: 'Unused',
    collected: 'Collected',
    valid: 'Valid',
    invalid: 'Invalid',
    because: reason => `Invalid: ${reason}`,
    note: 'A ballot on paper has no encrypted record that anybody could check; what stands are the sealed sheets and the signed minutes. Seal the sheets as soon as the minutes are written.',
  },
  void: {
    open: 'Void this ballot…',
    title: 'Void the ballot?',
    text: 'Sheets handed out and collected are sealed and stay on file, and are used for nothing else. Afterwards it can be run again with new sheets. A member of the counting team must confirm.',
    act: 'Ask to void the ballot',
    done: 'The sheets are sealed and kept on file as the rules ask.',
    againNote: 'The draft is copied; sheets must be printed anew.',
  },
}

export const PAPER_ROUND: Readonly<Record<Language, typeof vi>> = { vi, en }
