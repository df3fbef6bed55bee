/**
 * What stands on official papers. They are in Vietnamese whatever language their reader's page speaks; the plain register
 * of state papers, and "đồng chí" in those of the party (regulations, sections 6.4–6.8).
 */
import type { Stamp } from '../../../server/wire/leader.ts'
import type { Template } from '../../../server/wire.ts'

/** What state and party papers say differently. `people`: what people are counted in. */
export interface Voice {
  readonly header: readonly string[]
  readonly people: string
  /** Before a name, or before a position where nobody is named. */
  readonly person: (name: string) => string
  readonly mark: (how: string) => string
  readonly number: (number: string, kind: string) => string
  readonly onBehalf: (of: string) => string
  readonly chair: string
  readonly secretary: string
}

const dotted = '……'

/** A number that people typed without its symbol gets the kind's; none leaves room for the clerk. */
const withSymbol = (number: string, kind: string, join: string): string => {
  const typed = number.trim()
  if (typed === '') return `${dotted}${join}${kind}${join === '/' ? '-' : '/'}${dotted}`
  return /^\d+$/.test(typed) ? `${typed.padStart(2, '0')}${join}${kind}` : typed
}

const inParty = {
  header: ['ĐẢNG CỘNG SẢN VIỆT NAM'],
  people: 'đồng chí',
  person: (name: string) => `đồng chí ${name}`,
  mark: (how: string) => `Đồng chí đánh dấu X vào ${how}.`,
  number: (number: string, kind: string) => `Số ${withSymbol(number, kind, '-')}`,
  onBehalf: (of: string) => `T/M ${of}`,
  chair: 'CHỦ TRÌ HỘI NGHỊ',
  secretary: 'NGƯỜI GHI BIÊN BẢN',
} satisfies Voice

export const VOICE: { readonly state: Voice; readonly party: Voice } = {
  state: {
    header: ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc'],
    people: 'người',
    person: name => name,
    mark: how => `Người ghi phiếu đánh dấu X vào ${how}.`,
    number: (number, kind) => `Số: ${withSymbol(number, kind, '/')}`,
    onBehalf: of => `TM. ${of}`,
    chair: 'CHỦ TRÌ HỘI NGHỊ',
    secretary: 'THƯ KÝ',
  },
  party: inParty,
}

/** The day as papers write it: a nought before single days and before January and February. */
export function longDay(day: string): string {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)
  if (!found) return `ngày ${dotted} tháng ${dotted} năm ${dotted}`
  const [, year, month, date] = found
  return `ngày ${date} tháng ${Number(month) < 3 ? month : Number(month)} năm ${year}`
}

/** `08:30` as `08 giờ 30 phút`; what is written otherwise stands as it is. */
export const longHour = (hour: string): string => {
  const found = /^(\d{1,2}):(\d{2})$/.exec(hour.trim())
  if (!found) return hour.trim() === '' ? `${dotted} giờ ${dotted} phút` : hour.trim()
  return `${found[1]!.padStart(2, '0')} giờ ${found[2]} phút`
}

/** `1a2b 3c4d …`: a hash in groups of four letters, to be compared with the eye. */
export const inFours = (hex: string): string => (hex.match(/.{1,4}/g) ?? []).join(' ')

export const PAPER = {
  place: (locality: string, day: string) => `${locality === '' ? dotted : locality}, ${longDay(day)}`,
  blank: dotted,
  nobody: 'Không có.',
  sign: '(Ký, ghi rõ họ tên)',
  signAndStamp: '(Ký, đóng dấu, ghi rõ họ tên)',
  hanging: '(Đóng dấu treo)',
  rehearsal: 'DIỄN TẬP',
  rehearsalNote: 'Bản diễn tập, không có giá trị pháp lý.',
  stamps: { mat: 'MẬT', 'toi-mat': 'TỐI MẬT', 'tuyet-mat': 'TUYỆT MẬT' } satisfies Readonly<
    Record<Exclude<Stamp, ''>, string>
  >,
  copy: (n: number) => `Bản số: ${String(n).padStart(2, '0')}`,
  recipients: 'Nơi nhận:',
  keptHere: 'Lưu: VT, hồ sơ cuộc lấy phiếu',
  asAbove: 'Như trên',
  basis: (text: string) => `Căn cứ ${text}`,
  about: (what: string, period: string) => (period === '' ? what : `${what}, ${period}`),

  table: {
    order: 'TT',
    name: 'Họ và tên',
    position: 'Chức vụ, đơn vị',
    positionAlone: 'Chức danh được lấy phiếu',
    nameAndPosition: 'Họ và tên, chức vụ',
    criterion: 'Tiêu chí',
    question: 'Câu hỏi',
    choice: 'Lựa chọn',
    mean: 'Điểm trung bình',
    selfScore: 'Điểm tự chấm',
    selfLevel: 'Tự xếp loại',
    option: 'Mức',
    ballots: 'Số phiếu',
    unmarked: 'Không đánh dấu',
    overmarked: 'Đánh dấu quá số mức được chọn',
    emptyOrSpoilt: 'Bỏ trống hoặc ghi hỏng',
    sum: 'Cộng',
    share: (base: string, of: number) => `Tỷ lệ % trên ${base} (${of})`,
    shareShort: (base: string) => `% trên ${base}`,
    role: 'Nhiệm vụ',
    title: 'Chức vụ, đơn vị',
  },

  /** What is said around the tables of results. */
  results: {
    whole: 'Đánh giá chung',
    lineAndGroup: 'Nội dung, nhóm',
    mean: (mean: string, marks: number) =>
      `Điểm trung bình: ${mean} (tính trên ${marks} phiếu có đánh dấu ở dòng này).`,
    noMean: 'Điểm trung bình: không có, vì không phiếu nào đánh dấu ở dòng này.',
    grade: (label: string, points: string) => `${label} ${points}`,
    scale: (list: string) =>
      `Thang điểm: ${list}. Điểm trung bình của mỗi dòng tính trên số phiếu có đánh dấu ở dòng đó.`,
    scales: (grades: string, list: string) =>
      `Thang điểm theo thứ tự mức (${grades}): ${list}. Điểm trung bình của mỗi dòng tính trên số phiếu có đánh dấu ở dòng đó.`,
    scaleOf: (line: string, points: string) => `${line}: ${points}`,
    total: (n: number, sum: string, most: string) =>
      `Cộng điểm trung bình của ${n} tiêu chí: ${sum} trên tối đa ${most}. Đây là tổng các điểm trung bình; mỗi tiêu chí có thể có số phiếu đánh dấu khác nhau.`,
    totals: (n: number) =>
      `Cộng điểm trung bình của ${n} tiêu chí (tổng các điểm trung bình; mỗi tiêu chí có thể có số phiếu đánh dấu khác nhau):`,
    totalHead: 'Cộng điểm trung bình',
    mostHead: 'Tối đa',
    atMost: (max: number) => `chọn nhiều nhất ${max}`,
    byGroup: 'Kết quả theo nhóm',
    group: (labels: string) => `Nhóm ${labels}`,
    groupBallots: (n: number) => `${n} phiếu`,
    groupWeighs: (n: number, weight: number) => `${n} phiếu, trọng số ${weight}`,
    groupRow: (labels: string, n: number) => `– ${labels} (${n})`,
    shareOfGroup: '% trên phiếu của nhóm',
    merged: (unions: string, least: number) =>
      `${unions} được cộng chung vì trong đó có nhóm không đủ ${least} phiếu; nhóm không đủ ${least} phiếu không được mở riêng, để giữ kín từng lá phiếu.`,
    union: (labels: string) => `Số phiếu của các nhóm ${labels}`,
    allMerged: (labels: string, least: number) =>
      `Số phiếu của các nhóm ${labels} được cộng chung vì có nhóm không đủ ${least} phiếu, để giữ kín từng lá phiếu; không có số liệu riêng của từng nhóm.`,
    weighted: 'Tham khảo, có trọng số',
    weightedShare: 'Tham khảo, có trọng số (%)',
    weightedNote:
      'Số “tham khảo, có trọng số” là bình quân các nhóm theo trọng số đã ghi trong hồ sơ gốc. Số này không thay cho số phiếu và không dùng để so với ngưỡng.',
    totalByGroup: (who: string | null, list: string) =>
      `Cộng điểm trung bình theo nhóm${who === null ? '' : `, đối với ${who}`}: ${list}.`,
    groupTotal: (group: string, sum: string) => `${group} ${sum}`,
    and: 'và',
    chart: 'Biểu đồ phân bố phiếu',
    chartNote: 'Mỗi thanh là toàn bộ số phiếu; phần để trắng là phiếu không đánh dấu mức hoặc mục đó.',
    chosen: (question: string) => `Phiếu chọn mục này (${question})`,
  },

  ballot: {
    name: 'Phiếu',
    titles: {
      confidence: 'PHIẾU TÍN NHIỆM',
      quality: 'PHIẾU ĐÁNH GIÁ, XẾP LOẠI CHẤT LƯỢNG',
      criteria: 'PHIẾU ĐÁNH GIÁ THEO TIÊU CHÍ',
      free: 'PHIẾU LẤY Ý KIẾN',
      survey: 'PHIẾU KHẢO SÁT Ý KIẾN',
    } satisfies Readonly<Record<Template, string>>,
    oneBox: 'một ô ở mỗi dòng',
    boxes: (max: number) => `nhiều nhất ${max} ô ở mỗi dòng`,
    mark: 'Đánh dấu',
    reference: (what: string, said: string) => `${what.charAt(0).toLocaleLowerCase('vi')}${what.slice(1)}: ${said}`,
    choose: (title: string, max: number) => `${title} (chọn nhiều nhất ${max})`,
    chooseOne: (title: string) => `${title} (chọn một)`,
    boxesAsSaid: 'một ô ở mỗi dòng; ở câu được chọn nhiều thì không quá số ô ghi ở câu đó',
    worth: (label: string, points: string) => `${label} (${points}\u00a0điểm)`,
    standards: 'Tiêu chuẩn của từng mức',
    standard: (label: string, text: string) => `${label}: ${text}`,
    sample: 'Mẫu phiếu để xem; cuộc này bỏ phiếu bằng điện thoại, không phát phiếu giấy.',
    instruction: 'Cách ghi phiếu',
    exchange: 'Phiếu ghi hỏng thì trả lại tổ kiểm phiếu để đổi phiếu khác, trước khi bỏ vào thùng phiếu.',
    invalid: (list: string) => `Phiếu không hợp lệ: ${list}.`,
    unsigned: 'Phiếu không ghi tên, không ký tên và không đánh dấu riêng.',
    opinions: 'Ý kiến khác (nếu có):',
  },

  minutes: {
    name: 'Biên bản kiểm phiếu',
    kind: 'BB',
    title: 'BIÊN BẢN KIỂM PHIẾU',
    opening: (hour: string, day: string, place: string) =>
      `Vào hồi ${hour}, ${day}, tại ${place}, tổ kiểm phiếu đã kiểm phiếu và lập biên bản như sau:`,
    attendance: 'Thành phần',
    convened: 'Số người được triệu tập',
    present: 'Số người có mặt',
    absent: 'Số người vắng mặt',
    people: (n: number, people: string) => `${n} ${people}`,
    reasons: (list: string) => ` (${list})`,
    reason: (reason: string, n: number) => `${reason}: ${n}`,
    noReason: 'không nêu lý do',
    quorum: 'Số người có mặt ít nhất theo quy định',
    quorumOf: (least: number, people: string, fraction: string, of: string) =>
      `${least} ${people}, bằng ${fraction} ${of}`,
    quorumMet: '; đủ điều kiện tiến hành hội nghị',
    quorumMissed: '; không đủ điều kiện tiến hành hội nghị',
    quorumBase: { convened: 'số người được triệu tập', members: 'tổng số thành viên' },
    chair: 'Chủ trì hội nghị',
    secretary: 'Thư ký hội nghị',
    team: 'Tổ kiểm phiếu',
    teamNote: 'Không thành viên nào của tổ kiểm phiếu là người được lấy phiếu.',
    head: 'Tổ trưởng',
    teamSecretary: 'Thư ký',
    member: 'Thành viên',
    witnesses: 'Người chứng kiến việc kiểm phiếu',
    ballots: 'Số phiếu',
    printed: 'Số phiếu (thẻ bỏ phiếu) đã in',
    issued: 'Số phiếu phát ra',
    unused: 'Số phiếu không dùng đến',
    exchanged: 'Số phiếu đổi, trả lại',
    collected: 'Số phiếu thu về',
    valid: 'Số phiếu hợp lệ',
    invalid: 'Số phiếu không hợp lệ',
    sheets: (n: number) => `${n} phiếu`,
    printedSheets: 'Số phiếu đã in',
    invalidReason: 'Lý do không hợp lệ',
    invalidReasons: (list: string) => `Lý do không hợp lệ: ${list}.`,
    reasonOfInvalid: (reason: string, n: number) => `${reason}: ${n} phiếu`,
    keyed: (names: string, times: readonly number[]) =>
      `Số liệu do hai thành viên tổ kiểm phiếu (${names}) nhập riêng, không xem số của nhau, và khớp nhau từng dòng. ${
        times.every(n => n === 1)
          ? 'Hai người nhập khớp ngay lần đầu.'
          : `Hai người nhập khớp sau khi xem lại phiếu, lần lượt nhập ${times.join(' và ')} lần.`
      }`,
    /** The box takes nothing else, and an empty line is counted apart. */
    noneInvalid:
      'không có; hòm phiếu điện tử chỉ nhận phiếu đúng mẫu, phiếu không đánh dấu được đếm riêng và vẫn tính vào số phiếu thu về; nếu quy định áp dụng coi phiếu không đánh dấu là không hợp lệ thì lấy số ở mục “Không đánh dấu”',
    noneInvalidOnPaper: 'không có',
    balance: (printed: number, issued: number, unused: number, exchanged: number) =>
      `Đối chiếu: ${printed} đã in = ${issued} phát ra + ${unused} không dùng đến + ${exchanged} đổi, trả lại.`,
    result: 'Kết quả kiểm phiếu',
    rounding:
      'Tỷ lệ lấy hai chữ số thập phân, chữ số thứ ba từ 5 trở lên được làm tròn lên; ngưỡng được so bằng số phiếu, không so bằng tỷ lệ đã làm tròn.',
    several: 'Dòng được đánh dấu nhiều mức thì tổng có thể lớn hơn số phiếu; tỷ lệ là số phiếu chọn mức đó.',
    sealedCounts: (n: number) =>
      `${n} phiếu không được mở riêng vì thuộc nhóm quá ít phiếu; số liệu trong bảng không gồm các phiếu này.`,
    nothingOpened: 'Số phiếu quá ít để mở hòm mà vẫn giữ kín từng lá phiếu, nên không có số liệu theo mức.',
    complaints: 'Khiếu nại và việc giải quyết',
    opinions: 'Ý kiến khác đã tổng hợp',
    sealing: 'Niêm phong và bàn giao',
    sealed: (envelopes: number, keeper: string) =>
      `Phiếu không dùng đến, phiếu đổi, trả lại và danh sách ký nhận được niêm phong trong ${envelopes} phong bì, giao cho ${keeper} giữ.`,
    digital:
      'Hồ sơ bỏ phiếu điện tử được xác định bằng mã hồ sơ gốc, mã đóng hòm và mã băm ghi ở cuối biên bản; ai có hồ sơ đều kiểm tra lại được kết quả.',
    sealedSheets: (envelopes: number, keeper: string) =>
      `Phiếu đã kiểm, phiếu không hợp lệ, phiếu không dùng đến, phiếu đổi, trả lại và danh sách ký nhận được niêm phong trong ${envelopes} phong bì, giao cho ${keeper} giữ.`,
    closing: (hour: string, copies: number) =>
      `Việc kiểm phiếu kết thúc hồi ${hour} cùng ngày. Biên bản được đọc cho mọi người có mặt nghe, được thông qua và lập thành ${String(copies).padStart(2, '0')} bản có giá trị như nhau`,
    teamSigns: 'TỔ KIỂM PHIẾU',
    headSigns: 'TỔ TRƯỞNG',
    membersSign: 'THÀNH VIÊN TỔ KIỂM PHIẾU',
  },

  announcement: {
    name: 'Thông báo kết quả',
    kind: 'TB',
    title: 'THÔNG BÁO',
    about: (what: string) => `Kết quả ${what.charAt(0).toLocaleLowerCase('vi')}${what.slice(1)}`,
    opening: (day: string, place: string, unit: string) =>
      `${upper(day)}, tại ${place}, hội nghị của ${unit} đã lấy phiếu. Kết quả kiểm phiếu như sau:`,
    surveyOpening: (day: string, place: string, unit: string) =>
      `${upper(day)}, tại ${place}, ${unit} đã lấy phiếu khảo sát không ghi tên. Kết quả như sau:`,
    thresholds: 'Đối chiếu với ngưỡng quy định',
    channel: 'Hình thức thông báo',
    channels: {
      meeting: 'Đọc tại hội nghị.',
      authority: 'Chỉ gửi cấp có thẩm quyền, không đọc tại hội nghị và không công khai.',
      public: 'Đọc tại hội nghị và công khai theo quy định.',
    },
    last: 'Kết quả này được báo cáo cấp có thẩm quyền để xem xét, quyết định theo quy định',
    lastOfSurvey: 'Kết quả khảo sát được báo cáo cấp có thẩm quyền để biết và chỉ đạo',
  },

  report: {
    name: 'Báo cáo kết quả',
    kind: 'BC',
    title: 'BÁO CÁO',
    to: (superior: string) => `Kính gửi: ${superior}`,
    authority: 'Cấp có thẩm quyền',
    opening: (unit: string, day: string, place: string) =>
      `${unit} báo cáo kết quả hội nghị lấy phiếu ${day}, tại ${place}, như sau:`,
    surveyOpening: (unit: string, day: string, place: string) =>
      `${unit} báo cáo kết quả khảo sát không ghi tên ${day}, tại ${place}, như sau:`,
    course: 'Việc tổ chức hội nghị',
    courseOfSurvey: 'Việc tổ chức khảo sát',
    findings: 'Đối chiếu với quy định',
    proposals: 'Đề nghị',
    for: (who: string) => `Đối với ${who}`,
    under: (citation: string, said: string) =>
      `Theo ${citation}: ${said.charAt(0).toLocaleLowerCase('vi')}${said.slice(1)}`,
    blocked: (reason: string) =>
      `không xét hệ quả. ${reason} Kết quả của lần lấy phiếu này không làm phát sinh đề nghị nào theo văn bản trên.`,
    differ:
      'Các văn bản nêu trên nói khác nhau về cùng kết quả này. Báo cáo nêu đủ từng văn bản để cấp có thẩm quyền xem xét việc áp dụng.',
    noThresholds: (citation: string) =>
      `Theo ${citation}: không nêu ngưỡng nào cho loại phiếu này nên không có kết luận.`,
    collective: 'Đối với tập thể',
    noRules: 'Cuộc lấy phiếu này không gắn với bộ quy tắc nào nên không đối chiếu với ngưỡng.',
    ask: 'Kính báo cáo cấp có thẩm quyền xem xét, quyết định các đề nghị nêu trên. Báo cáo này không thay cho quyết định của cấp có thẩm quyền',
    askOfSurvey: 'Kính báo cáo cấp có thẩm quyền để biết và chỉ đạo',
    askNothing: 'Không có đề nghị xử lý nào. Kính báo cáo cấp có thẩm quyền để biết và chỉ đạo',
    onBehalf: 'HỘI NGHỊ',
    signs: 'CHỦ TRÌ',
    unsourced: 'Chi tiết này chưa thấy trong văn bản nào đã tra cứu được; đối chiếu với bản gốc trước khi áp dụng.',
    notInForce: 'Văn bản này không còn hoặc chưa có hiệu lực vào ngày lấy phiếu; nêu để so sánh.',
    sample: 'Số liệu mẫu chỉ dùng khi diễn tập; không phải nội dung của văn bản nào.',
  },

  proof: {
    manifest: 'Mã hồ sơ gốc:',
    closing: 'Mã đóng hòm:',
    hash: 'Mã băm SHA-256 của văn bản đóng hòm:',
    check: (address: string) => `Kiểm tra lại kết quả: quét mã hoặc mở ${address}/verify`,
  },
  running: (name: string, manifest: string, closing: string) =>
    `${name} – mã hồ sơ gốc ${manifest}, mã đóng hòm ${closing}`,
  runningOnPaper: (name: string, title: string) => `${name} – ${title}`,
} as const

/** The first letter large, as a sentence begins. */
function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
