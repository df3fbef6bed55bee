/** Every sentence of the counting team's page that only a round on paper has. */
import type { BadCountRule, SheetField } from '../../server/rules/keying.ts'
import type { Language } from './language.ts'

type Numbers = readonly number[]

const vi = {
  ready: {
    title: 'Cuộc bỏ phiếu giấy',
    what: 'Cuộc này bỏ bằng phiếu giấy. Tổ kiểm phiếu phát phiếu, thu phiếu và đếm; trang này dùng để xác nhận mở, đóng thùng phiếu và nhập số đã đếm.',
    you: 'Bạn là',
    points: [
      'Kiểm tra thùng phiếu trống rồi niêm phong trước mặt mọi người.',
      'Đếm số phiếu nhận từ người tổ chức trước khi phát.',
      'Mỗi người một phiếu. Phiếu ghi hỏng thì thu lại, đổi phiếu khác và để riêng.',
    ],
    wait: 'Khi người tổ chức đề nghị mở bỏ phiếu, trang này sẽ tự đổi.',
  },
  elsewhere: {
    what: (name: string) =>
      `Chỗ của ${name} trong tổ kiểm phiếu đã được nhận trên một máy hoặc một trình duyệt khác. Máy này không xác nhận và không nhập số được.`,
    now: 'Nếu máy đó không phải của bạn, hãy báo ngay cho mọi người có mặt: có người đang giữ chỗ của bạn. Trước khi mở bỏ phiếu, người tổ chức quay lại bước soạn rồi chuyển lại sang bước in thì nhận chỗ lại được.',
  },
  keepsPlace: 'Trình duyệt này có thể quên chỗ của bạn khi đóng. Giữ trang này mở cho đến khi kiểm phiếu xong.',
  places: { title: 'Ai đã nhận chỗ', taken: 'đã nhận chỗ', free: 'chưa nhận chỗ' },
  open: {
    title: 'Đang bỏ phiếu',
    what: 'Thùng phiếu đang nhận phiếu.',
    points: [
      'Không ai đứng cạnh người đang ghi phiếu.',
      'Ghi lại số phiếu đã đổi; giữ phiếu hỏng trong phong bì riêng.',
      'Không mở thùng phiếu trước khi đóng bỏ phiếu.',
    ],
    wait: 'Khi người tổ chức đề nghị đóng thùng phiếu, trang này sẽ tự đổi.',
  },
  asked: {
    open: {
      title: 'Mở bỏ phiếu?',
      what: 'Người tổ chức đề nghị mở bỏ phiếu. Từ lúc đó phiếu được phát và bỏ vào thùng.',
      before: [
        'Thùng phiếu đã được kiểm tra và niêm phong.',
        'Phiếu đã đóng dấu treo và đã đếm.',
        'Số người có mặt đã đủ theo quy định.',
      ],
    },
    close: {
      title: 'Đóng thùng phiếu?',
      what: 'Người tổ chức đề nghị đóng thùng phiếu. Sau đó không nhận thêm phiếu nào, và hai thành viên đếm riêng.',
      before: [
        'Mọi người đã bỏ phiếu hoặc đã trả phiếu.',
        'Phiếu không dùng đến và phiếu đổi đã được đếm và niêm phong riêng.',
      ],
    },
    void: {
      title: 'Hủy cuộc bỏ phiếu?',
      what: 'Người tổ chức đề nghị hủy. Phiếu được niêm phong và giữ trong hồ sơ, không đếm tiếp. Muốn làm lại phải in phiếu mới.',
      before: [],
    },
    publish: { title: '', what: '', before: [] },
  },
  before: 'Trước khi xác nhận',
  confirm: 'Xác nhận',
  keying: {
    title: 'Kiểm phiếu',
    what: 'Thùng phiếu đã đóng. Hai thành viên đếm riêng toàn bộ số phiếu, mỗi người tự nhập số mình đếm được. Kết quả chỉ được nhận khi hai người nhập giống hệt nhau ở mọi dòng.',
    points: [
      'Không nói và không xem số của nhau trước khi cả hai đã gửi.',
      'Phiếu còn nghi ngờ thì cả tổ cùng xem và quyết định; không ai được sửa phiếu.',
      'Chỉ ghi tổng số. Không ghi gì về từng lá phiếu.',
    ],
    begin: 'Nhập số đã đếm',
    goOn: 'Nhập tiếp',
    keyed: 'Ai đã gửi số',
    has: 'đã gửi',
    hasNot: 'chưa gửi',
  },
  sheets: {
    title: 'Số phiếu',
    fields: {
      printed: 'Số phiếu đã in',
      issued: 'Số phiếu phát ra, không kể phiếu đổi',
      exchanged: 'Số phiếu hỏng đã thu lại để đổi',
      collected: 'Số phiếu thu về, lấy từ thùng',
    } satisfies Readonly<Record<SheetField, string>>,
    invalid: 'Phiếu không hợp lệ',
    invalidWhat:
      'Ghi số phiếu theo từng lý do; không có thì để trống. Lá phiếu chỉ hỏng một dòng vẫn hợp lệ: dòng ấy ghi ở mục “Để trống hoặc hỏng”.',
    ownReason: (n: number) => `Lý do khác ${n}`,
    ownCount: (n: number) => `Số phiếu của lý do khác ${n}`,
    ownNote: 'Cả tổ thống nhất câu chữ của lý do trước khi nhập; hai người ghi khác chữ là khác nhau.',
    more: 'Thêm lý do khác',
    unexplained: 'Có số phiếu không hợp lệ mà chưa ghi lý do.',
    present: (n: number) => `Số người có mặt đã khai: ${n}.`,
    unused: (n: number) => `Không dùng đến: ${n} phiếu.`,
    valid: (n: number) => `Hợp lệ: ${n} phiếu.`,
    missing: 'Ghi đủ bốn số phiếu thì mới sang từng dòng; số nào không có thì ghi 0.',
    next: 'Sang từng dòng',
  },
  line: {
    overline: (n: number, of: number) => `Dòng ${n} / ${of}`,
    empty: 'Để trống hoặc hỏng',
    emptyWhat: 'Phiếu hợp lệ mà dòng này không đánh dấu, hoặc đánh dấu quá số ô được chọn.',
    rules: 'Quy tắc của cuộc này',
    several: (max: number) => `Mỗi phiếu được chọn nhiều nhất ${max} ô, nên tổng số dấu có thể lớn hơn số phiếu.`,
    sum: (sum: number, valid: number) => `Đã ghi ${sum} trên ${valid} phiếu hợp lệ.`,
    left: (n: number) => `Còn thiếu ${n}.`,
    over: (n: number) => `Thừa ${n}.`,
    fits: 'Dòng này khớp.',
    tally: 'Đếm bằng cách bấm từng phiếu',
    tallyOff: 'Thôi bấm, gõ số',
    tallyWhat: 'Cầm từng lá phiếu và bấm một lần cho mỗi dấu của dòng này. Máy chỉ cộng dồn, không ghi lại thứ tự.',
    oneMore: (label: string) => `Thêm 1: ${label}`,
    next: 'Dòng tiếp theo',
    all: 'Danh sách các dòng',
    review: 'Xem lại tất cả',
  },
  lines: {
    title: 'Các dòng của phiếu',
    done: (n: number, of: number) => `${n} / ${of} dòng đã khớp.`,
    sheets: 'Số phiếu',
    fits: 'khớp',
    open: 'chưa xong',
    bad: 'không khớp',
    none: 'chưa nhập',
    differs: 'hai người khác nhau',
    notYet: 'Gửi được khi mọi dòng đã khớp.',
    last: 'Gửi rồi thì hai bên chỉ thấy chỗ nào khác nhau, không thấy số của nhau. Nhập sai vẫn nhập lại được; biên bản ghi mỗi người nhập mấy lần.',
    send: 'Gửi số đã đếm',
  },
  keyed: {
    waiting: 'Đã gửi số của bạn',
    waitingWhat: 'Chờ một thành viên nữa đếm riêng và gửi. Bạn chưa thấy số của ai, và chưa ai thấy số của bạn.',
    differ: 'Hai người đếm chưa giống nhau',
    differWhat:
      'Chưa có kết quả. Cùng xem lại đúng những chỗ dưới đây trên phiếu giấy, rồi ai sai thì nhập lại. Không ai chép số của ai.',
    with: (name: string) => `So với ${name}`,
    places: (n: number) => `${n} chỗ khác nhau.`,
    what: 'Chỗ khác',
    place: (line: number, option: string) => `Dòng ${line}, mức ${option}: hai người nhập khác nhau; xem lại phiếu`,
    mine: 'Bạn',
    again: 'Nhập lại',
  },
  counted: {
    title: 'Đã kiểm xong',
    agreed: (names: string) => `${names} đếm riêng và nhập giống hệt nhau. Đây là kết quả kiểm phiếu.`,
    next: 'Niêm phong phiếu, ký biên bản. Biên bản và báo cáo lấy số từ đây; người tổ chức in ở trang của mình.',
    valid: 'Số phiếu hợp lệ',
    invalid: 'Số phiếu không hợp lệ',
    unused: 'Số phiếu không dùng đến',
    sheets: 'Số phiếu',
  },
  /** Which of a line's numbers differ. */
  emptyShort: 'để trống hoặc hỏng',
  invalidBecause: (reason: string) => `Không hợp lệ: ${reason}`,
  bad: {
    printed: ([issued, exchanged, printed]: Numbers) =>
      `Số phiếu phát ra (${issued}) cộng số phiếu đổi (${exchanged}) nhiều hơn số phiếu đã in (${printed}). Hãy đếm lại.`,
    issued: ([issued, present]: Numbers) =>
      `Số phiếu phát ra (${issued}) nhiều hơn số người có mặt (${present}). Hãy đếm lại; nếu số người có mặt khai sai thì cuộc bỏ phiếu phải hủy và làm lại, vì đã đóng thùng.`,
    collected: ([collected, issued]: Numbers) =>
      `Số phiếu thu về (${collected}) nhiều hơn số phiếu phát ra (${issued}). Hãy đếm lại; nếu vẫn vậy thì cuộc bỏ phiếu phải hủy và làm lại.`,
    invalid: ([invalid, collected]: Numbers) =>
      `Số phiếu không hợp lệ (${invalid}) nhiều hơn số phiếu thu về (${collected}). Hãy đếm lại.`,
    sum: ([marks, empty, valid]: Numbers) =>
      `Tổng các ô (${marks}) cộng số phiếu để trống hoặc hỏng (${empty}) phải bằng số phiếu hợp lệ (${valid}).`,
    mark: ([most, filled]: Numbers) => `Một ô có ${most} dấu, nhiều hơn ${filled} phiếu có ghi dòng này. Hãy đếm lại.`,
    marks: ([marks, filled, most]: Numbers) =>
      `${filled} phiếu có ghi dòng này phải có từ ${filled} đến ${most} dấu, ở đây là ${marks}. Hãy đếm lại.`,
  } satisfies Readonly<Record<BadCountRule, (numbers: Numbers) => string>>,
}

const en: typeof vi = {
  ready: {
    title: 'A ballot on paper',
    what: 'This round is held on paper. The counting team hands sheets out, collects and counts them; this page is for confirming that the box is opened and closed, and for keying what was counted.',
    you: 'You are',
    points: [
      'Check that the box is empty and seal it before everybody’s eyes.',
      'Count the sheets received from the organiser before handing them out.',
      'One sheet each. A spoilt sheet is taken back, exchanged and put aside.',
    ],
    wait: 'When the organiser asks to open the voting this page changes by itself.',
  },
  elsewhere: {
    what: name =>
      `The place of ${name} on the counting team was taken on another device or in another browser. This one can neither confirm nor key.`,
    now: 'If that device is not yours, tell everybody present at once: somebody holds your place. Before the voting opens the organiser can go back to the draft and on to printing again; then places can be taken anew.',
  },
  keepsPlace: 'This browser may forget your place when it is closed. Keep this page open until the count is done.',
  places: { title: 'Who has taken their place', taken: 'taken', free: 'not taken' },
  open: {
    title: 'Voting is open',
    what: 'The box takes sheets.',
    points: [
      'Nobody stands beside somebody who is filling in a sheet.',
      'Write down how many sheets were exchanged; keep spoilt ones in an envelope of their own.',
      'Do not open the box before the voting is closed.',
    ],
    wait: 'When the organiser asks to close the box this page changes by itself.',
  },
  asked: {
    open: {
      title: 'Open the voting?',
      what: 'The organiser asks to open the voting. From then on sheets are handed out and put into the box.',
      before: [
        'The box was checked and sealed.',
        'The sheets bear the hanging stamp and were counted.',
        'As many people came as the rules ask for.',
      ],
    },
    close: {
      title: 'Close the box?',
      what: 'The organiser asks to close the box. After that no sheet is taken, and two members count independently.',
      before: [
        'Everybody has voted or handed the sheet back.',
        'Unused and exchanged sheets were counted and sealed apart.',
      ],
    },
    void: {
      title: 'Void the ballot?',
      what: 'The organiser asks to void it. The sheets are sealed and stay on file, and are counted no further. Running it again takes new sheets.',
      before: [],
    },
    publish: { title: '', what: '', before: [] },
  },
  before: 'Before confirming',
  confirm: 'Confirm',
  keying: {
    title: 'The count',
    what: 'The box is closed. Two members count all sheets independently, and each keys what they counted. A result is taken only where both keyed entirely the same, line by line.',
    points: [
      'Do not tell or look at one another’s numbers before both have sent theirs.',
      'A doubtful sheet is decided by the whole team; nobody may correct a sheet.',
      'Write down sums alone. Nothing about a single sheet.',
    ],
    begin: 'Key what was counted',
    goOn: 'Go on keying',
    keyed: 'Who has sent numbers',
    has: 'sent',
    hasNot: 'not yet',
  },
  sheets: {
    title: 'Numbers of sheets',
    fields: {
      printed: 'Sheets printed',
      issued: 'Sheets handed out, exchanges left aside',
      exchanged: 'Spoilt sheets taken back and exchanged',
      collected: 'Sheets collected from the box',
    },
    invalid: 'Invalid sheets',
    invalidWhat:
      'How many for each reason; leave empty where there are none. A sheet of which only one line is spoilt is valid: that line goes under “empty or spoilt”.',
    ownReason: n => `Other reason ${n}`,
    ownCount: n => `Sheets of other reason ${n}`,
    ownNote: 'Agree in the team on the wording of a reason first; other words are another reason.',
    more: 'Add another reason',
    unexplained: 'A number of invalid sheets stands there without its reason.',
    present: n => `People present, as stated: ${n}.`,
    unused: n => `Unused: ${n} sheets.`,
    valid: n => `Valid: ${n} sheets.`,
    missing: 'The lines follow once all four numbers are there; where there is none, write 0.',
    next: 'On to the lines',
  },
  line: {
    overline: (n, of) => `Line ${n} / ${of}`,
    empty: 'Empty or spoilt',
    emptyWhat: 'Valid sheets on which this line is unmarked, or marked more often than allowed.',
    rules: 'Rules of this round',
    several: max => `A sheet may mark up to ${max} boxes, so there may be more marks than sheets.`,
    sum: (sum, valid) => `${sum} of ${valid} valid sheets.`,
    left: n => `${n} missing.`,
    over: n => `${n} too many.`,
    fits: 'This line adds up.',
    tally: 'Count by pressing once a sheet',
    tallyOff: 'Stop pressing, type',
    tallyWhat:
      'Take sheet after sheet and press once for each mark on this line. The device only adds up; it keeps no order.',
    oneMore: label => `One more: ${label}`,
    next: 'Next line',
    all: 'All lines',
    review: 'Review everything',
  },
  lines: {
    title: 'Lines of the ballot',
    done: (n, of) => `${n} of ${of} lines add up.`,
    sheets: 'Numbers of sheets',
    fits: 'adds up',
    open: 'not complete',
    bad: 'does not add up',
    none: 'not keyed',
    differs: 'the two differ',
    notYet: 'It can be sent once every line adds up.',
    last: 'Once sent, both sides see where they differ and never each other’s numbers. What was mistyped can be keyed again; the minutes say how many times each keyed.',
    send: 'Send what was counted',
  },
  keyed: {
    waiting: 'Your numbers are sent',
    waitingWhat:
      'Waiting for one more member to count independently. You see nobody’s numbers yet, and nobody sees yours.',
    differ: 'The two counts differ',
    differWhat:
      'There is no result yet. Look at these very places on the sheets together; whoever was wrong keys again. Nobody copies the other’s numbers.',
    with: name => `Against ${name}`,
    places: n => `${n} differences.`,
    what: 'Where',
    place: (line, option) => `Line ${line}, ${option}: the two keyed differently; look at the sheets again`,
    mine: 'You',
    again: 'Key again',
  },
  counted: {
    title: 'Counted',
    agreed: names => `${names} counted independently and keyed entirely the same. This is the count.`,
    next: 'Seal the sheets and sign the minutes. Minutes and report take their numbers from here; the organiser prints them.',
    valid: 'Valid sheets',
    invalid: 'Invalid sheets',
    unused: 'Unused sheets',
    sheets: 'Sheets',
  },
  emptyShort: 'empty or spoilt',
  invalidBecause: reason => `Invalid: ${reason}`,
  bad: {
    printed: ([issued, exchanged, printed]) =>
      `Handed out (${issued}) and exchanged (${exchanged}) are more than were printed (${printed}). Count again.`,
    issued: ([issued, present]) =>
      `More sheets handed out (${issued}) than people present (${present}). Count again; if the number present was stated wrongly, the round must be voided and run again, for the box is closed.`,
    collected: ([collected, issued]) =>
      `More sheets collected (${collected}) than handed out (${issued}). Count again; if it stays so, the round must be voided and run again.`,
    invalid: ([invalid, collected]) =>
      `More invalid sheets (${invalid}) than were collected (${collected}). Count again.`,
    sum: ([marks, empty, valid]) =>
      `Marks (${marks}) and empty or spoilt lines (${empty}) must make up the valid sheets (${valid}).`,
    mark: ([most, filled]) =>
      `A box has ${most} marks, more than the ${filled} sheets with this line filled in. Count again.`,
    marks: ([marks, filled, most]) =>
      `${filled} sheets with this line filled in bear between ${filled} and ${most} marks; here they are ${marks}. Count again.`,
  },
}

export type PaperWords = typeof vi
export const TRUSTEE_PAPER: Readonly<Record<Language, PaperWords>> = { vi, en }
