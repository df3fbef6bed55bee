/**
 * What in a text may tell who wrote it: names, days, numbers, words about oneself, places of work, and a way of writing
 * that colleagues know. A hint for the writer and nothing else: it never leaves the phone, corrects nothing and forbids
 * nothing, and a text in which it finds nothing may still give its writer away.
 */
import { MISTAKES, misspelt } from './spelling.ts'

export type Kind =
  | 'name'
  | 'date'
  | 'time'
  | 'number'
  | 'address'
  | 'self'
  | 'unit'
  // how it is written
  | 'spelling'
  | 'shorthand'
  | 'unaccented'
  | 'capitals'
  | 'emoji'

/** From `from` up to, not including, `to`. */
export interface Telling {
  readonly kind: Kind
  readonly from: number
  readonly to: number
}

/** Shape: a text in NFC; places in its UTF-16 units. By kind, and within it from the beginning. */
export function telling(text: string): readonly Telling[] {
  const words = wordsIn(text)
  return outermost([
    ...namesIn(text, words),
    ...RULES.flatMap(([kind, pattern, isNone]) => found(text, kind, pattern, isNone)),
    ...words.filter(({ said }) => misspelt(said)).map(word => of('spelling', word)),
    ...unaccented(words),
    ...capitals(words),
  ])
}

/** Nothing is told twice: not inside something of its kind, and stretched letters are no mistakes besides. */
const outermost = (all: readonly Telling[]): readonly Telling[] =>
  all.filter(
    (one, i) =>
      !all.some(
        ({ kind, from, to }, j) =>
          i !== j &&
          (kind === one.kind || (kind === 'shorthand' && one.kind === 'spelling')) &&
          from <= one.from &&
          one.to <= to &&
          (to - from > one.to - one.from || kind !== one.kind || j < i),
      ),
  )

interface Word {
  readonly said: string
  readonly from: number
  readonly to: number
}

const wordsIn = (text: string): readonly Word[] =>
  [...text.matchAll(/[\p{L}\p{M}]+/gu)].map(match => ({
    said: match[0],
    from: match.index!,
    to: match.index! + match[0].length,
  }))

const of = (kind: Kind, { from, to }: Word, end = to): Telling => ({ kind, from, to: end })

// ── by pattern ──────────────────────────────────────────────────────────────────────────────────────────────────

/** What was found, and all that stands before it: true where it is none after all. */
type IsNone = (match: string, before: string) => boolean
type Rule = readonly [kind: Kind, pattern: RegExp, isNone?: IsNone]

/** Whole words; browsers that have to do know no lookbehind, so what stands before is a group of its own. */
const whole = (flags: string, ...sources: readonly string[]): RegExp =>
  new RegExp(`(^|[^\\p{L}\\p{N}])(${sources.join('|')})(?![\\p{L}\\p{N}])`, `gu${flags}`)

function found(text: string, kind: Kind, pattern: RegExp, isNone: IsNone = () => false): readonly Telling[] {
  return [...text.matchAll(pattern)].flatMap(match => {
    const from = match.index! + match[1]!.length
    const said = match[2]!
    return isNone(said, text.slice(0, from)) ? [] : [{ kind, from, to: from + said.length }]
  })
}

const DAY = '(?:0?[1-9]|[12]\\d|3[01])'
const MONTH = '(?:1[0-2]|0?[1-9])'
const PAST = '(?:trước|vừa rồi|vừa qua|rồi)'
const I = '(?:tôi|em|mình|tớ|cháu)'
const WE = `(?:chúng\\s+)?${I}`

const JOB =
  '(?:kế toán|thủ quỹ|văn thư|lưu trữ|lái xe|bảo vệ|tạp vụ|lễ tân|y tá|điều dưỡng|bác sĩ|giáo viên|thư ký|thủ kho|kỹ sư|' +
  'chuyên viên|nhân viên|thanh tra viên|kiểm soát viên|phóng viên|biên tập viên|(?:phó )?trưởng phòng|phó phòng|' +
  'tổ trưởng|tổ phó|đội trưởng|đội phó|công nhân|thợ|nhân viên hợp đồng)'

const TEAM = '(?:phòng|tổ|đội|khoa|nhóm|bộ phận|chi nhánh|chi cục|trạm|(?:phân )?xưởng|kíp|trung tâm)'
const FIELD =
  '(?:kế toán|hành chính|tổ chức|nhân sự|kế hoạch|tài chính|tài vụ|kỹ thuật|vật tư|bảo vệ|lái xe|văn thư|tạp vụ|y tế|' +
  'kinh doanh|thanh tra|pháp chế|đào tạo|tổng hợp|quản trị|công nghệ|một cửa|tiếp dân|tư pháp|địa chính|nội vụ)'

/** A word before that makes “… là” say something else: “anh em là”, “ý kiến của tôi là”. */
const NOT_OF_ME = /(?:^|[^\p{L}])(?:của|với|cho|theo|như|anh|chị|trẻ|các|đàn|ý|kiến|chúng)\s+$/iu

const SHORTHAND =
  'ko|k|khg|hok|hem|hk|hông|hổng|dc|đc|đk|bt|bn|ns|vs|wa|wá|mk|mik|mún|bít|bik|thik|iu|iêu|ntn|trc|lun|nhìu|rùi|òi|bh|' +
  'bjo|ms|cx|cg|lm|nx|đag|j|z|r|thui|zậy|zị|zô|dzô|zui|dzui|ae|ace|nv|lđ|gđ|cq|đv|tks|thanks|ok|oke|okie|hic|huhu|haha|hihi'

const RULES: readonly Rule[] = [
  [
    'date',
    whole(
      'i',
      `(?:ngày|mùng|mồng|hôm)\\s+${DAY}(?:(?:\\s*[/.-]\\s*|\\s+tháng\\s+)${MONTH}(?:(?:[/.-]|\\s+năm\\s+)\\d{2,4})?)?(?!\\s*(?:giờ|tiếng|lần|công|ngày|người|buổi|/|,\\d))`,
      `${DAY}[/.-]${MONTH}[/.-](?:\\d{4}|\\d{2})`,
      `${DAY}/${MONTH}`,
      `tháng\\s+${MONTH}(?:\\s*[/-]\\s*|\\s+năm\\s+)\\d{4}`,
      `(?:hồi|trong|cuối|đầu|giữa)\\s+tháng\\s+${MONTH}`,
      '(?:từ|hồi|vào)\\s+năm\\s+(?:19|20)\\d\\d',
      '(?:hôm|ngày)\\s+(?:qua|kia|nọ)',
      'hôm\\s+(?:thứ\\s+\\p{L}+|chủ nhật|họp)',
      `(?:tuần|tháng|thứ\\s+(?:hai|ba|tư|năm|sáu|bảy)|chủ nhật)\\s+(?:tuần\\s+)?${PAST}`,
    ),
    // 2/3, 8/10 and 24/7 are no days.
    said => /^\d+\/\d+$/.test(said) && (said === '24/7' || Number.parseInt(said, 10) <= Number(said.split('/')[1])),
  ],
  [
    'time',
    whole(
      'i',
      '(?:[01]?\\d|2[0-3])\\s*(?:h|giờ)\\s*[0-5]\\d',
      '(?:[01]?\\d|2[0-3]):[0-5]\\d',
      '(?:lúc|hồi)\\s+(?:[01]?\\d|2[0-3])\\s*(?:h|giờ)',
      '(?:[01]?\\d|2[0-3])\\s*(?:h|giờ)\\s*(?:sáng|chiều|tối|trưa|đêm|rưỡi|kém)',
      '(?:[01]?\\d|2[0-3])h(?!\\s*(?:/|mỗi|một|liên))',
      '(?:sáng|trưa|chiều|tối|đêm)\\s+(?:nay|qua)',
    ),
  ],
  ['number', whole('i', '(?:\\+?84|0)(?:[ .-]?\\d){8,10}', '\\d{9,}', '\\d\\d[A-Z]\\d?[- ]\\d{3}\\.?\\d\\d')],
  [
    'address',
    whole(
      'i',
      '[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+',
      'https?://\\S+',
      'www\\.\\S+',
      '[\\w-]+(?:\\.[\\w-]+)*\\.(?:com|net|org|vn)',
      '@\\w{3,}',
    ),
  ],
  ['self', whole('i', `${I}\\s+(?:vốn\\s+)?là`), (_, before) => NOT_OF_ME.test(before)],
  [
    'self',
    whole(
      'i',
      `${WE}\\s+(?:(?:đang|hiện|vừa|mới|từng|đã|vẫn|được|bị)\\s+)*(?:(?:làm việc|công tác|làm)\\s+(?:ở|tại|bên)|làm\\s+${JOB}|phụ trách|đảm nhiệm|đảm nhận|giữ chức|phân công|trực|(?:chuyển|điều|điều động)\\s+(?:về|từ|sang)|vào\\s+(?:cơ quan|ngành|nghề|biên chế)|về\\s+phòng|tuyển|kỷ luật|nghỉ\\s+(?:thai sản|ốm|sinh)|sinh con)`,
      `${TEAM}\\s+(?:của\\s+)?${WE}`,
      `(?:vợ|chồng|bố|mẹ|ba|má|anh trai|em trai|chị gái|em gái)\\s+(?:của\\s+)?${I}`,
      'con\\s+(?:của\\s+)?(?:tôi|mình)',
      `với tư cách\\s+(?:là\\s+)?(?:một\\s+)?${JOB}`,
      `${JOB}\\s+(?:như\\s+)?${WE}`,
      '\\d+\\s+năm\\s+(?:công tác|kinh nghiệm|trong nghề|trong ngành|làm việc|gắn bó)',
      `${I}\\s+(?:năm nay\\s+)?\\d\\d\\s+tuổi`,
      '(?:sắp|gần|chuẩn bị)\\s+(?:về|nghỉ)\\s+hưu',
      '(?:đang|vừa|mới)\\s+(?:nghỉ thai sản|sinh con|về nhận việc|vào biên chế)',
      `quê\\s+${I}`,
    ),
  ],
  [
    'unit',
    whole(
      'i',
      `(?:${TEAM}|tầng|quầy|cửa|cơ sở|ca)\\s+(?:số\\s+)?\\d+[a-z]?(?!\\s*(?:người|tháng|ngày|lần|năm|giờ|nội dung|vấn đề|việc|[,.]\\d))`,
      `${TEAM}\\s+${FIELD}`,
    ),
  ],
  [
    'unit',
    // Here a capital makes the difference.
    whole('', `(?:[Pp]hòng|[Kk]hoa|[Tt]ổ|[Đđ]ội|[Bb]ộ phận|[Tt]rạm|[Xx]ưởng)\\s+\\p{Lu}\\p{L}*`),
    (said, before) => /\s(?:Học|Chống|Ban|Họp|Khám|Chức|Quốc|Kiểm|Ngũ)$/u.test(said) || /[Vv]ăn\s+$/u.test(before),
  ],
  ['spelling', whole('i', ...MISTAKES)],
  ['shorthand', whole('i', SHORTHAND), said => /^[A-ZĐ]{1,3}$/u.test(said)],
  ['shorthand', whole('i', '\\p{L}*(\\p{L})\\3{2,}\\p{L}*'), said => /^[IVXLCDM]+$|^w{3}$/.test(said)],
  ['shorthand', whole('i', '[a-zđ]*[fjwz]\\p{L}*[^ -~\\P{L}]\\p{L}*')],
  [
    'emoji',
    /()(\p{Extended_Pictographic}(?:\ufe0f|\u200d|\p{Extended_Pictographic})*|[!?]{2,}|\.{4,}|=+[)(\]]+|<3|\^[_.]?\^)/gu,
  ],
  ['emoji', /(^|\s)([:;]['-]?[)(DPpv3]+)(?![\p{L}\p{N}])/gu],
]

// ── names ───────────────────────────────────────────────────────────────────────────────────────────────────────

const unmarked = (word: string): string =>
  word.toLocaleLowerCase('vi').normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd')

const listed = (words: string): ReadonlySet<string> => new Set(words.split(' '))

const SURNAMES = listed(
  'nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh truong lam mai trinh dao ha luong cao ' +
    'vuong to ta thai luu quach tang kieu chau diep nghiem',
)
/** Whoever is called so is meant. */
const CALLED = listed('anh chi ong ba co chu bac cau thay em ban sep')
/** First words of offices, papers and the like: with capitals too, and nobody's name. */
const OFFICES = listed(
  'so phong ban bo uy hoi dang doan chi cong nghi quyet thong luat giam pho chanh truong van trung thu cuc vu vien dai ' +
    'nha chinh quoc thanh tinh huyen xa phuong quan thi bi co to doi khoa toa kiem tai ke y giao noi ngoai hanh nhan ' +
    'bao ngan kho thue mat lien tong hiep dong chu viet ubnd hdnd tp quy',
)
/** Of offices' names and of people's. */
const MIDDLE = listed('van thi')
const KNOWN = listed('hochiminh vietnam bacho')

const isCapital = (word: string): boolean => /^\p{Lu}\p{Ll}*$/u.test(word)

/** Capitals in a row that begin with a surname, or stand inside a sentence; and whoever is called anh, chị, ông, bà. */
function namesIn(text: string, words: readonly Word[]): readonly Telling[] {
  const names: Telling[] = []
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (!isCapital(word.said)) continue
    let end = i + 1
    while (end < words.length && isCapital(words[end]!.said) && isJoined(text, words[end - 1]!, words[end]!)) end++
    const run = words.slice(i, end)
    const called = words[i - 1]
    const byCall = called && CALLED.has(unmarked(called.said)) && isJoined(text, called, word) && isOneOf(called)
    if (byCall && !OFFICES.has(unmarked(word.said)) && !isKnown([called, ...run]))
      names.push(of('name', called, run[run.length - 1]!.to))
    else if (isName(text, run)) names.push(of('name', word, run[run.length - 1]!.to))
    i = end - 1
  }
  return names
}

/** Not “Chi” of “Chi bộ”, “Ba” of numbers and the like, which only the accent tells apart. */
const isOneOf = ({ said }: Word): boolean =>
  /^(anh|chị|ông|bà|cô|chú|bác|cậu|thầy|em|bạn|sếp|chi|ong|co|chu|thay|sep)$/iu.test(said)

const isJoined = (text: string, a: Word, b: Word): boolean => /^[ \u00a0]+$/.test(text.slice(a.to, b.from))

const isKnown = (run: readonly Word[]): boolean => KNOWN.has(run.map(({ said }) => unmarked(said)).join(''))

function isName(text: string, run: readonly Word[]): boolean {
  if (isKnown(run)) return false
  const begins = /(^|[.!?:;\n“"(–-])\s*$/u.test(text.slice(0, run[0]!.from))
  const [first, ...others] = run.map(({ said }) => unmarked(said))
  const bySurname = SURNAMES.has(first!) && !/^(Do|Ta|To)$/.test(run[0]!.said)
  if (bySurname && others.some(word => !OFFICES.has(word) || MIDDLE.has(word))) return true
  const inside = begins ? run.slice(1) : run
  return inside.length > 1 && !OFFICES.has(unmarked(inside[0]!.said)) && !isKnown(inside)
}

// ── the way of writing ──────────────────────────────────────────────────────────────────────────────────────────

const FEW = 5

/** Of Vietnamese as it is usually written, some three words in four bear a mark. */
function unaccented(words: readonly Word[]): readonly Telling[] {
  const long = words.filter(({ said }) => said.length > 1)
  const marked = long.filter(({ said }) => /[^ -~]/.test(said))
  if (long.length < FEW || marked.length * 5 > long.length) return []
  return [of('unaccented', long[0]!, long[long.length - 1]!.to)]
}

/** Three words in a row that are no abbreviations. */
function capitals(words: readonly Word[]): readonly Telling[] {
  const all: Telling[] = []
  for (let i = 0; i < words.length; i++) {
    let end = i
    while (end < words.length && /^\p{Lu}{2,}$/u.test(words[end]!.said)) end++
    const run = words.slice(i, end)
    const spoken = run.filter(({ said }) => /[^ -~Đ]/u.test(said) || /^[^AEIOUY]*[AEIOUY]+[^AEIOUY]*$/.test(said))
    if (run.length > 2 && spoken.length > 1) all.push(of('capitals', run[0]!, run[run.length - 1]!.to))
    i = Math.max(i, end - 1)
  }
  return all
}
