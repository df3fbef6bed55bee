/** Minutes, forms, scans, archive, secrecy stamp, numbered copies. */

import type { Stamp } from '../../../server/wire/leader.ts'
import type { Equation } from '../../leader/minutes.ts'
import type { Language } from '../language.ts'

type Numbers = Equation['numbers']

const vi = {
  title: 'Giấy tờ',
  minutes: {
    title: 'Số liệu biên bản kiểm phiếu',
    intro:
      'Số phiếu và tỷ lệ lấy từ hồ sơ kiểm phiếu. Ở đây chỉ ghi những gì hồ sơ không có. Trường để trống thì trên giấy là chỗ chấm để ghi tay.',
    sealed: 'Biên bản đã khóa: số liệu đúng như bản đã ký, không sửa được nữa.',
    unread: 'Chưa ai lưu số liệu biên bản.',
    meeting: 'Hội nghị',
    number: 'Số biên bản',
    place: 'Địa điểm',
    placeNote: 'Ví dụ: Hội trường tầng 2, Quảng Trị. Phần sau dấu phẩy cuối là nơi ghi trên đầu văn bản.',
    startedAt: 'Bắt đầu lúc',
    endedAt: 'Kết thúc lúc',
    hour: 'Ví dụ 08:30, theo đồng hồ hội nghị.',
    chair: 'Chủ trì hội nghị',
    secretary: 'Thư ký hội nghị',
    team: 'Tổ kiểm phiếu',
    titleOf: (name: string, head: boolean) => (head ? `Chức vụ của ${name} (tổ trưởng)` : `Chức vụ của ${name}`),
    witnesses: 'Người chứng kiến, mỗi người một dòng',
    cards: 'Thẻ và phiếu',
    unused: 'Thẻ không dùng đến',
    exchanged: 'Thẻ đổi, trả lại',
    holds: 'khớp',
    fails: 'KHÔNG KHỚP',
    checks: 'Các phép kiểm của biên bản',
    checksNote: 'Sai một phép kiểm thì không lưu và không in được.',
    equations: {
      attendance: ([present, away, convened]) => `Có mặt ${present} + vắng mặt ${away} = triệu tập ${convened}`,
      issued: ([issued, present]) => `Phát ra ${issued} không quá có mặt ${present}`,
      collected: ([collected, issued]) => `Thu về ${collected} không quá phát ra ${issued}`,
      printed: ([printed, issued, unused, exchanged]) =>
        `Đã in ${printed} = phát ra ${issued} + không dùng ${unused} + đổi, trả lại ${exchanged}`,
    } satisfies { readonly [R in Equation['rule']]: (numbers: Numbers) => string },
    more: 'Máy chủ còn kiểm: hợp lệ + không hợp lệ = thu về; số đánh dấu của từng người không quá số phiếu.',
    after: 'Ý kiến và niêm phong',
    complaints: 'Khiếu nại trong khi kiểm phiếu và cách giải quyết',
    opinions: 'Ý kiến khác, tổng hợp, không ghi của ai',
    copies: 'Số bản lập',
    envelopes: 'Số phong bì niêm phong',
    keeper: 'Người giữ phiếu đã niêm phong',
    issuing: 'Cơ quan ban hành',
    superior: 'Cơ quan cấp trên',
    organisation: 'Cơ quan lập biên bản',
    recipients: 'Nơi nhận, mỗi nơi một dòng',
    save: 'Lưu số liệu biên bản',
    saved: 'Đã lưu.',
    unsaved: 'Có thay đổi chưa lưu.',
    stale: 'Người khác vừa lưu số liệu biên bản.',
    newer: 'Bỏ thay đổi của mình, mở bản mới',
    seal: 'Khóa biên bản…',
    sealTitle: 'Khóa biên bản?',
    sealText:
      'Khóa sau khi bản in đã được ký. Từ đó số liệu này không sửa được; sai sót ghi thành ghi chú ở việc chung của cuộc.',
    sealAct: 'Khóa biên bản',
    /** Of a round on paper, in place of the same above. */
    onPaper: {
      intro:
        'Số phiếu và tỷ lệ lấy từ số liệu mà hai thành viên tổ kiểm phiếu nhập khớp nhau. Ở đây chỉ ghi những gì số liệu ấy không có; số phiếu không dùng và đổi, trả lại đã điền sẵn theo bản đếm. Trường để trống thì trên giấy là chỗ chấm để ghi tay.',
      cards: 'Phiếu giấy',
      unused: 'Phiếu không dùng đến',
      exchanged: 'Phiếu đổi, trả lại',
    },
  },
  forms: {
    title: 'Văn bản',
    note: 'Mỗi văn bản mở ở trang riêng để in, hoặc tải .docx. Số liệu giống nhau ở mọi dạng.',
    profile: 'Thể thức',
    open: 'Mở để in',
    openOf: (form: string) => `Mở để in: ${form}`,
    docx: 'Tải .docx',
    docxOf: (form: string) => `Tải .docx: ${form}`,
  },
  downloads: {
    title: 'Tải về',
    results: 'Bảng kết quả .xlsx',
    archive: 'Toàn bộ hồ sơ lưu, một tệp .zip',
    archiveNote:
      'Hồ sơ gốc, hồ sơ kiểm phiếu, kết luận, bộ quy tắc, văn bản theo thể thức hành chính, bản ký đã quét và trình kiểm tra mở được từ ổ đĩa.',
    /** Of a round on paper, which has no record and nothing for the verifier. */
    archiveNoteOnPaper:
      'Số liệu kiểm phiếu mà hai thành viên nhập khớp nhau, kết luận, bộ quy tắc, văn bản theo thể thức hành chính và bản ký đã quét. Không có hồ sơ mã hóa: căn cứ để kiểm tra lại là phiếu đã niêm phong và biên bản đã ký.',
    verify: 'Trang kiểm tra lại 13 điều',
  },
  scans: {
    title: 'Bản ký đã quét',
    none: 'Chưa có.',
    choose: 'Thêm bản quét (PDF, PNG hoặc JPEG, tối đa 20 MB)',
    by: (name: string) => `người đưa lên: ${name}`,
    sending: 'Đang đưa lên…',
    done: 'Đã lưu bản quét.',
    wrongType: {
      title: 'Tệp này không phải PDF, PNG hay JPEG.',
      text: 'Quét lại thành PDF rồi đưa lên.',
    },
    tooLarge: { title: 'Tệp quá lớn.', text: 'Mỗi bản quét tối đa 20 MB; mỗi hồ sơ tối đa 20 bản, cộng lại 60 MB.' },
  },
  stamp: {
    title: 'Độ mật',
    levels: {
      '': 'Không đóng dấu',
      mat: 'Mật',
      'toi-mat': 'Tối mật',
      'tuyet-mat': 'Tuyệt mật',
    } satisfies Readonly<Record<Stamp, string>>,
    now: (level: string) => `Độ mật đang đặt: ${level}.`,
    none: 'Chưa đặt độ mật. Chương trình không tự xác định; người có thẩm quyền của cơ quan quyết định theo danh mục.',
    who: 'Người tổ chức hoặc cấp có thẩm quyền đặt được độ mật.',
    shuts:
      'Đặt rồi thì: không tải .docx, .xlsx, hồ sơ lưu, bản quét, hồ sơ kiểm phiếu; không công khai; trang kết quả không in. Chỉ in văn bản theo từng bản có đánh số, ghi người nhận.',
    shutsOnPaper:
      'Đặt rồi thì: không tải .docx, .xlsx, hồ sơ lưu, bản quét; trang kết quả không in. Chỉ in văn bản theo từng bản có đánh số, ghi người nhận.',
    onlyUp: 'Chỉ nâng lên được, không hạ xuống và không bỏ được trong chương trình.',
    raise: (level: string) => `Đặt: ${level}…`,
    askTitle: (level: string) => `Đặt độ mật ${level}?`,
    act: (level: string) => `Đặt độ mật ${level}`,
    done: 'Đã đặt độ mật.',
  },
  copies: {
    title: 'Sổ cấp bản',
    note: 'Mỗi bản in có một số và một người nhận. Ghi vào sổ trước, rồi mở bản đó để in.',
    none: 'Chưa cấp bản nào.',
    form: 'Văn bản',
    recipient: 'Người nhận, cơ quan',
    number: 'Số',
    act: 'Cấp số',
    open: (n: number) => `Mở bản số ${n}`,
    done: 'Đã cấp số. Mở bản ấy trong sổ để in.',
  },
}

const en: typeof vi = {
  title: 'Papers',
  minutes: {
    title: 'Facts of the minutes',
    intro:
      'Counts and percentages come from the record. Only what the record does not have is written here. What is left empty becomes a dotted line on paper.',
    sealed: 'The minutes are sealed: these are the facts as signed, and no longer changed.',
    unread: 'Nobody has saved facts of the minutes yet.',
    meeting: 'Meeting',
    number: 'Number of the minutes',
    place: 'Place',
    placeNote: 'For example: Hội trường tầng 2, Quảng Trị. What follows the last comma dates the papers at their head.',
    startedAt: 'Began at',
    endedAt: 'Ended at',
    hour: 'For example 08:30, by the clock in the room.',
    chair: 'Chair',
    secretary: 'Secretary of the meeting',
    team: 'Counting team',
    titleOf: (name, head) => (head ? `Title of ${name} (head of the team)` : `Title of ${name}`),
    witnesses: 'Witnesses, one a line',
    cards: 'Cards and ballots',
    unused: 'Cards not used',
    exchanged: 'Cards exchanged or handed back',
    holds: 'holds',
    fails: 'DOES NOT HOLD',
    checks: 'What the minutes are checked for',
    checksNote: 'Where one does not hold, nothing is saved or printed.',
    equations: {
      attendance: ([present, away, convened]) => `present ${present} + absent ${away} = convened ${convened}`,
      issued: ([issued, present]) => `issued ${issued}, not more than present ${present}`,
      collected: ([collected, issued]) => `collected ${collected}, not more than issued ${issued}`,
      printed: ([printed, issued, unused, exchanged]) =>
        `printed ${printed} = issued ${issued} + not used ${unused} + exchanged ${exchanged}`,
    },
    more: 'The server checks too: valid + invalid = collected; nobody has more marks than there are ballots.',
    after: 'Opinions and sealing',
    complaints: 'Complaints during the count, and how they were settled',
    opinions: 'Other opinions, summed up, without saying whose',
    copies: 'Copies made',
    envelopes: 'Sealed envelopes',
    keeper: 'Who keeps the sealed ballots',
    issuing: 'Issuing body',
    superior: 'Superior body',
    organisation: 'Body that makes the minutes',
    recipients: 'Recipients, one a line',
    save: 'Save the facts',
    saved: 'Saved.',
    unsaved: 'There are changes that are not saved.',
    stale: 'Somebody else has just saved the minutes.',
    newer: 'Drop my changes and open the newer ones',
    seal: 'Seal the minutes…',
    sealTitle: 'Seal the minutes?',
    sealText:
      'Seal them once the print was signed. The facts cannot be changed afterwards; a mistake becomes a note under the poll as a whole.',
    sealAct: 'Seal the minutes',
    onPaper: {
      intro:
        'Counts and percentages come from what two members of the counting team keyed alike. Only what that does not have is written here; sheets not used and exchanged are filled in as they were counted. What is left empty becomes a dotted line on paper.',
      cards: 'Sheets of paper',
      unused: 'Sheets not used',
      exchanged: 'Sheets exchanged or handed back',
    },
  },
  forms: {
    title: 'Forms',
    note: 'Each opens on a page of its own to be printed, or as .docx. The numbers are the same.',
    profile: 'Format',
    open: 'Open to print',
    openOf: form => `Open to print: ${form}`,
    docx: 'Download .docx',
    docxOf: form => `Download .docx: ${form}`,
  },
  downloads: {
    title: 'Downloads',
    results: 'Table of results, .xlsx',
    archive: 'The whole archive, one .zip',
    archiveNote:
      'Manifest, record, outcome, rule packs, papers in state form, scans of signed papers, and the verifier, which opens from disk.',
    archiveNoteOnPaper:
      'What two members keyed alike, outcome, rule packs, papers in state form and scans of signed papers. There is no encrypted record: a recheck stands on the sealed sheets and the signed minutes.',
    verify: 'Recheck all 13 points',
  },
  scans: {
    title: 'Scans of signed papers',
    none: 'None yet.',
    choose: 'Add a scan (PDF, PNG or JPEG, 20 MB at most)',
    by: name => `added by ${name}`,
    sending: 'Sending…',
    done: 'The scan is kept.',
    wrongType: { title: 'This file is no PDF, PNG or JPEG.', text: 'Scan to PDF and add it again.' },
    tooLarge: { title: 'The file is too large.', text: 'A scan has 20 MB at most, a file 20 scans of 60 MB together.' },
  },
  stamp: {
    title: 'Secrecy',
    levels: {
      '': 'no stamp',
      mat: 'Mật (confidential)',
      'toi-mat': 'Tối mật (secret)',
      'tuyet-mat': 'Tuyệt mật (top secret)',
    },
    now: level => `Stamp: ${level}.`,
    none: 'No stamp is set. The program never decides the level; whoever is competent at the agency does, by the list.',
    who: 'The organiser or the competent authority may set it.',
    shuts:
      'Once set: no .docx, .xlsx, archive, scans or record to download; nothing is published; the result page is not printed. Forms are printed as numbered copies only, each for a named recipient.',
    shutsOnPaper:
      'Once set: no .docx, .xlsx, archive or scans to download; the result page is not printed. Forms are printed as numbered copies only, each for a named recipient.',
    onlyUp: 'It may only be raised; the program neither lowers nor removes it.',
    raise: level => `Set ${level}…`,
    askTitle: level => `Set the stamp ${level}?`,
    act: level => `Set ${level}`,
    done: 'The stamp is set.',
  },
  copies: {
    title: 'Register of copies',
    note: 'Every printed copy has a number and a recipient. Enter it first, then open that copy to print it.',
    none: 'No copy yet.',
    form: 'Form',
    recipient: 'Recipient',
    number: 'No.',
    act: 'Number a copy',
    open: n => `Open copy ${n}`,
    done: 'The copy has its number. Open it in the register to print.',
  },
}

export type PaperWords = typeof vi

export const PAPERS: Readonly<Record<Language, PaperWords>> = { vi, en }
