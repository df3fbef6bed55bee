/** What stands in an archive's `DOC-TRUOC.txt`: what is what, and how anybody checks it. Wrapped where it is written. */
export interface ArchiveWords {
  readonly title: string
  readonly rehearsal: string
  readonly manifestCode: string
  readonly closingCode: string
  /** Of a round on paper: why there are no codes. */
  readonly onPaper: string
  readonly contents: string
  /** What each file is, by its name or, for what there may be several of, its folder. */
  readonly files: {
    readonly manifest: string
    readonly closing: string
    readonly record: string
    readonly count: string
    readonly outcome: string
    readonly packs: string
    readonly papers: string
    readonly scans: string
    readonly entries: string
    readonly verifier: string
    readonly sums: string
  }
  readonly check: string
  readonly steps: readonly string[]
  /** Of a round on paper. */
  readonly paperSteps: readonly string[]
  /** For those who have the program's sources. */
  readonly byCommand: string
  readonly anew: string
  readonly hashOf: (file: string) => string
  readonly kept: string
  readonly keptUntil: (day: string, basis: string) => string
  readonly keptUnsaid: string
  readonly complaints: string
  readonly complaint: (day: string) => string
  readonly settled: (day: string, of: number) => string
  readonly recount: (day: string) => string
  readonly noComplaints: string
}

/** `05/12/2026`. */
const dayOf = (day: string): string => day.split('-').reverse().join('/')

const vi: ArchiveWords = {
  title: 'HỒ SƠ LƯU CUỘC BỎ PHIẾU',
  rehearsal: 'DIỄN TẬP, không có giá trị pháp lý.',
  manifestCode: 'Mã hồ sơ gốc',
  closingCode: 'Mã đóng hòm',
  onPaper:
    'Cuộc lấy phiếu này bỏ bằng phiếu giấy nên không có hồ sơ mã hóa, không có mã hồ sơ gốc và mã đóng hòm. Căn cứ để kiểm tra là các lá phiếu đã niêm phong và biên bản đã ký.',
  contents: 'Trong tệp nén có gì',
  files: {
    manifest:
      'hồ sơ gốc: câu hỏi, mức đánh giá, khóa, quy tắc công bố, mã băm của bộ quy tắc. Mã băm in trên từng thẻ.',
    closing: 'biên bản đóng hòm của máy chủ: số thẻ, số phiếu, mã băm của mọi danh sách.',
    record: 'toàn bộ hồ sơ, mỗi dòng một mục. Trình kiểm tra đọc tệp này; mọi số liệu đều từ đây.',
    count:
      'số liệu kiểm phiếu giấy mà hai thành viên tổ kiểm phiếu nhập riêng và khớp nhau hoàn toàn: số phiếu, lý do phiếu không hợp lệ, số phiếu từng mức của từng dòng.',
    outcome:
      'kết luận theo bộ quy tắc, kèm số liệu đã khai: ngày họp, số người, lịch sử. Của cuộc bỏ phiếu điện tử: đúng từng chữ như dòng cuối của hồ sơ.',
    packs: 'bộ quy tắc đã dùng, đúng từng byte. Tên gọi của bộ quy tắc là mã băm của tệp.',
    papers: 'biên bản và báo cáo để đọc và in. Số liệu lấy từ hồ sơ.',
    scans: 'bản chụp giấy tờ đã ký.',
    entries:
      'việc sau kiểm phiếu, theo thứ tự đã ghi: quyết định, kế hoạch, tiến độ, khiếu nại, kiểm phiếu lại, thời hạn lưu.',
    verifier: 'trình kiểm tra, một tệp duy nhất, không cần máy chủ và không nối mạng.',
    sums: 'mã băm SHA-256 của mọi tệp, theo dạng của lệnh sha256sum.',
  },
  check: 'Ai cũng kiểm tra lại được',
  steps: [
    'Giải nén, rồi mở verifier.html bằng trình duyệt (bấm đúp). Không cần mạng.',
    'Gõ mã hồ sơ gốc in trên thẻ hoặc trong biên bản giấy, để chắc đây đúng là cuộc bỏ phiếu đó.',
    'Chọn record.ndjson. Nếu trang báo thiếu bộ quy tắc thì chọn thêm các tệp trong thư mục packs.',
    'Không phép nào trong mười ba phép kiểm tra được báo KHÔNG ĐẠT. So mã đóng hòm với mã trong biên bản giấy.',
  ],
  paperSteps: [
    'Mở phong bì đã niêm phong theo đúng thủ tục, có biên bản, rồi đếm lại các lá phiếu theo từng dòng.',
    'So với số liệu trong count.json và trong biên bản kiểm phiếu đã ký.',
    'Đối chiếu kết luận trong outcome.json với ngưỡng trong các tệp của thư mục packs.',
    'Mã băm dưới đây chỉ cho biết các tệp trong tệp nén này còn nguyên vẹn:',
  ],
  byCommand: 'Hoặc bằng lệnh, với mã nguồn của Phiếu Kín (ghi đủ đường dẫn tới các tệp)',
  anew: 'Không tin tệp verifier.html này thì dựng lại từ mã nguồn: cùng mã nguồn cho đúng cùng byte.',
  hashOf: file => `SHA-256 của ${file}`,
  kept: 'Thời hạn lưu',
  keptUntil: (day, basis) => `đến ${dayOf(day)}. Căn cứ: ${basis}`,
  keptUnsaid: 'chưa ghi. Cơ quan ghi thời hạn lưu theo quy định về lưu trữ.',
  complaints: 'Khiếu nại và kiểm phiếu lại',
  complaint: day => `${dayOf(day)}: khiếu nại`,
  settled: (day, of) => `${dayOf(day)}: giải quyết xong mục số ${of}`,
  recount: day => `${dayOf(day)}: kiểm phiếu lại`,
  noComplaints: 'chưa ghi mục nào.',
}

const en: ArchiveWords = {
  title: 'ARCHIVE OF A BALLOT',
  rehearsal: 'A REHEARSAL, without legal force.',
  manifestCode: 'Manifest code',
  closingCode: 'Closing code',
  onPaper:
    'This round was held on paper: there is no encrypted record, no manifest code and no closing code. What it is checked against are the sealed sheets and the signed minutes.',
  contents: 'What is in here',
  files: {
    manifest:
      'the manifest: questions, options, keys, publication rule, the rule pack’s hash. Every card carries its hash.',
    closing: 'the server’s closing: numbers of cards and ballots, hashes of all lists.',
    record: 'the whole record, a line each. The verifier reads this file; every figure comes from it.',
    count:
      'what two members of the counting team keyed independently and entirely alike: numbers of sheets, reasons of invalid ones, marks by option for every line.',
    outcome:
      'the outcome under the rules, with what people stated: date, numbers of people, history. Of an electronic ballot: word for word the record’s last line.',
    packs: 'the rule packs that were applied, byte for byte. A pack’s name is the hash of its file.',
    papers: 'minutes and report to read and print. Their figures come from the record.',
    scans: 'scans of signed papers.',
    entries:
      'what followed, in the order in which it was written down: decisions, plans, progress, complaints, recounts, retention.',
    verifier: 'the verifier: one file that needs no server and reaches no network.',
    sums: 'SHA-256 of every file, as sha256sum prints it.',
  },
  check: 'Anybody can check it',
  steps: [
    'Unpack, then open verifier.html in a browser (double-click). No network is needed.',
    'Enter the manifest code from a card or from the paper minutes, to be sure that it is the record of that ballot.',
    'Choose record.ndjson. If the page says that a rule pack is missing, choose the files in the folder packs too.',
    'None of the thirteen checks may say FAILS. Compare the closing code with the paper minutes.',
  ],
  paperSteps: [
    'Open the sealed envelopes as the rules ask, with minutes, and count the sheets again line by line.',
    'Compare with count.json and with the signed minutes of the count.',
    'Hold the findings in outcome.json against the thresholds in the files of the folder packs.',
    'The hashes only tell that the files in this archive are unchanged:',
  ],
  byCommand: 'Or by command, with the sources of Phiếu Kín (give the files’ full paths)',
  anew: 'Whoever does not trust this verifier.html builds it anew: the same sources give the same bytes.',
  hashOf: file => `SHA-256 of ${file}`,
  kept: 'Retention',
  keptUntil: (day, basis) => `until ${day}. Basis: ${basis}`,
  keptUnsaid: 'not written down yet. The agency sets it under the rules on archives.',
  complaints: 'Complaints and recounts',
  complaint: day => `${day}: complaint`,
  settled: (day, of) => `${day}: entry ${of} settled`,
  recount: day => `${day}: recount`,
  noComplaints: 'none written down.',
}

export const ARCHIVE: { readonly vi: ArchiveWords; readonly en: ArchiveWords } = { vi, en }
