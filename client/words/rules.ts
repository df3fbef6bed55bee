/**
 * What follows from a count, in sentences: never "is removed", always "reaches the threshold …, on the basis of …, …
 * is asked to consider …", and no finding said as such. Texts of regulations stand in the packs and stay Vietnamese.
 */
import type { Blocked, Finding } from '../../server/rules/finding.ts'
import type { Base, Fraction } from '../../server/rules/pack.ts'

/** As in `language.ts`, which knows a browser; these words are said by the server's commands and papers too. */
type Language = 'vi' | 'en'

type Operator = Finding['operator']

/** A share as it is written beside its threshold. */
interface Share {
  readonly numerator: number
  readonly denominator: number
  /** Two decimals, with the language's mark. */
  readonly percent: string
  /** Label of the option that was counted. */
  readonly option: string
  readonly base: string
}

/** Packs write proposals as something to be considered; the sentence says so already. */
const considered = (consequence: string): string => consequence.replace(/^xem xét\s+/i, '').replace(/\.$/, '')

const vi = {
  title: 'Kết luận theo quy tắc',
  note: 'Đây là kết quả so ngưỡng và đề nghị. Quyết định thuộc về cấp có thẩm quyền.',
  bases: {
    collected: 'số phiếu thu về',
    valid: 'số phiếu hợp lệ',
    convened: 'số người được triệu tập',
    members: 'tổng số thành viên',
    issued: 'số phiếu phát ra',
  } satisfies Readonly<Record<Base, string>>,
  reach: (operator: Operator, fraction: Fraction) =>
    ({ '>': `trên ${fraction}`, '>=': `từ ${fraction} trở lên`, '<=': `không quá ${fraction}` })[operator],
  share: ({ numerator, denominator, percent, option, base }: Share) =>
    `${numerator} phiếu “${option}” trên ${denominator} (${percent} % ${base})`,
  reached: (reach: string, share: string) => `Đạt ngưỡng ${reach}: ${share}`,
  reachedHistory: (label: string) => `Đạt điều kiện “${label}”`,
  onBasis: (article: string | null, citation: string) =>
    article === null ? `căn cứ ${citation}` : `căn cứ ${article}, ${citation}`,
  asked: (actor: string | null, consequence: string) =>
    `đề nghị ${actor ?? 'cấp có thẩm quyền'} xem xét ${considered(consequence)}`,
  none: (share: string, nearest: string | null) =>
    nearest === null ? `Không có kết luận: ${share}.` : `Không đạt ngưỡng nào: ${share}; ngưỡng gần nhất ${nearest}.`,
  silent: (label: string, share: string) => `Không có kết luận: ${share}. ${label}.`,
  noThreshold: 'Không có kết luận: quy định này không đặt ngưỡng nào cho kết quả này.',
  noHistory: (label: string, years: number, of: number) =>
    `Không đạt điều kiện “${label}”: mới ${years} năm liên tiếp, cần ${of} năm.`,
  proposal: (share: string) => `Mức được nhiều phiếu nhất, là đề nghị của tập thể: ${share}`,
  tie: (options: string, numerator: number) =>
    `Bằng phiếu: ${options}, mỗi mức ${numerator} phiếu. Không mức nào được nhiều phiếu nhất.`,
  overCap: (option: string, numerator: number, allowed: number) =>
    `Vượt giới hạn: ${numerator} người ở mức “${option}”, được tối đa ${allowed}`,
  withinCap: (option: string, numerator: number, allowed: number) =>
    `Trong giới hạn: ${numerator} người ở mức “${option}”, được tối đa ${allowed}.`,
  capBase: (label: string, of: number, allowed: number) => `Nếu tính trên ${label} (${of}): tối đa ${allowed}`,
  collective: 'Đối với tập thể',
  differ: 'Các quy định nói khác nhau về kết quả này. Cấp có thẩm quyền xem xét áp dụng.',
  unsourced: 'chưa thấy nguồn',
  unsourcedNote: 'Chi tiết đánh dấu “chưa thấy nguồn” không đọc được trong văn bản nào; cơ quan đối chiếu với bản gốc.',
  sample: 'Số liệu mẫu, chỉ để diễn tập.',
  notInForce: 'Không còn hoặc chưa có hiệu lực vào ngày lấy phiếu; nêu để so sánh.',
  blockedTitle: 'Đợt lấy phiếu này không có hệ quả',
  blocked: {
    'no-quorum': 'Số người có mặt không đủ so với quy định, nên không được tiến hành hội nghị lấy phiếu.',
    'more-collected-than-issued': 'Số phiếu thu về nhiều hơn số phiếu phát ra.',
    'late-ballots': 'Có phiếu đến sau khi đóng hòm.',
    'subject-on-team': 'Trong tổ kiểm phiếu có người được lấy phiếu.',
    'no-ballots': 'Không có phiếu nào thu về.',
    'hidden-counts': 'Có số liệu không được mở vì nhóm quá ít phiếu, nên không đủ số để so ngưỡng.',
    'needs-attendance': 'Chưa khai số người được triệu tập và có mặt mà quy định cần.',
    'needs-members': 'Chưa khai tổng số thành viên, là mẫu số của quy định này.',
  } satisfies Readonly<Record<Blocked, string>>,
  /** Beside the chart. */
  chart: {
    base: (base: string, of: number) =>
      `Cả thanh ứng với ${base}: ${of}. Ngưỡng của mức cuối cùng được tính từ mép phải của thanh.`,
    threshold: (option: string, reach: string) => `“${option}” ${reach}`,
  },
}

const en: typeof vi = {
  title: 'What the rules say',
  note: 'These are thresholds compared, and proposals. The competent authority decides.',
  bases: {
    collected: 'of ballots collected',
    valid: 'of valid ballots',
    convened: 'of people convened',
    members: 'of all members',
    issued: 'of ballots issued',
  },
  reach: (operator, fraction) =>
    ({ '>': `more than ${fraction}`, '>=': `${fraction} or more`, '<=': `at most ${fraction}` })[operator],
  share: ({ numerator, denominator, percent, option, base }) =>
    `${numerator} ballots “${option}” in ${denominator} (${percent} % ${base})`,
  reached: (reach, share) => `Reaches the threshold ${reach}: ${share}`,
  reachedHistory: label => `Meets the condition “${label}”`,
  onBasis: (article, citation) => (article === null ? `basis ${citation}` : `basis ${article}, ${citation}`),
  asked: (actor, consequence) =>
    `${actor ?? 'the competent authority'} is asked to consider: ${considered(consequence)}`,
  none: (share, nearest) =>
    nearest === null ? `No finding: ${share}.` : `Reaches no threshold: ${share}; the nearest is ${nearest}.`,
  silent: (label, share) => `No finding: ${share}. The text is silent about this range: “${label}”.`,
  noThreshold: 'No finding: this regulation sets no threshold for this result.',
  noHistory: (label, years, of) => `Does not meet the condition “${label}”: ${years} running, ${of} needed.`,
  proposal: share => `The level with most ballots, which the collective proposes: ${share}`,
  tie: (options, numerator) => `A tie: ${options}, ${numerator} ballots each. No level has most ballots.`,
  overCap: (option, numerator, allowed) => `Over the cap: ${numerator} people at “${option}”, ${allowed} allowed`,
  withinCap: (option, numerator, allowed) => `Within the cap: ${numerator} people at “${option}”, ${allowed} allowed.`,
  capBase: (label, of, allowed) => `Of ${label} (${of}): ${allowed} at most`,
  collective: 'About the collective',
  differ: 'The regulations differ about this result. Which one applies is for the competent authority to consider.',
  unsourced: 'no source seen',
  unsourcedNote: 'What is marked “no source seen” was read in no text; compare it with the original.',
  sample: 'Sample figures, for rehearsal only.',
  notInForce: 'Not in force on the day of the ballot; shown for comparison.',
  blockedTitle: 'This round has no consequence',
  blocked: {
    'no-quorum': 'Fewer people were present than the regulation asks for, so the meeting may not be held.',
    'more-collected-than-issued': 'More ballots were collected than issued.',
    'late-ballots': 'Ballots came after the box was closed.',
    'subject-on-team': 'A subject of the ballot is on the counting team.',
    'no-ballots': 'No ballot was collected.',
    'hidden-counts': 'Some counts stay sealed because a group is too small, so thresholds cannot be compared.',
    'needs-attendance': 'The numbers of people convened and present, which the regulation needs, were not stated.',
    'needs-members': 'The number of all members, the denominator of this regulation, was not stated.',
  },
  chart: {
    base: (base, of) =>
      `The whole bar is ${of}: shares are ${base}. Thresholds on the last level count from the right edge.`,
    threshold: (option, reach) => `“${option}” ${reach}`,
  },
}

export type RuleWords = typeof vi

export const RULES: Readonly<Record<Language, RuleWords>> = { vi, en }

// ── one finding, as a sentence ──────────────────────────────────────────────────────────────────────────────────

/** What a sentence needs besides the finding. */
export interface Named {
  /** `Quy định số 96-QĐ/TW ngày 02/02/2023`. */
  readonly citation: string
  /** Label of an option by its id. */
  readonly option: (id: string) => string
  /** Label of one of a cap's bases by its id. */
  readonly capBase: (id: string) => string
}

/** `53,19` or `53.19`. */
export const percentIn = (percent: string, language: Language): string =>
  language === 'vi' ? percent.replace('.', ',') : percent

/** Every finding in one sentence; what follows only as a proposal, with its basis. */
export function sentenceOf(finding: Finding, named: Named, language: Language): string {
  const words = RULES[language]
  const { kind, band, label } = finding
  switch (kind) {
    case 'band': {
      const { operator, threshold } = finding
      const share = shareOf(finding, named, language)
      const reach = threshold === null ? null : words.reach(operator, threshold)
      if (band !== null && reach !== null) return withProposal(words.reached(reach, share), finding, named, words)
      return finding.silent ? words.silent(label, share) : words.none(share, reach)
    }
    case 'history':
      return band === null
        ? words.noHistory(label, finding.numerator, finding.denominator)
        : withProposal(words.reachedHistory(label), finding, named, words)
    case 'proposal':
      return band === null
        ? words.tie(finding.tied.map(named.option).join(', '), finding.numerator)
        : withProposal(words.proposal(shareOf(finding, named, language)), finding, named, words)
    case 'cap': {
      const option = named.option(finding.option ?? '')
      return band === null
        ? words.withinCap(option, finding.numerator, finding.denominator)
        : withProposal(words.overCap(option, finding.numerator, finding.denominator), finding, named, words)
    }
  }
}

function shareOf(finding: Finding, named: Named, language: Language): string {
  const { numerator, denominator, base, option, band, kind } = finding
  const words = RULES[language]
  return words.share({
    numerator,
    denominator,
    percent: percentIn(finding.percent, language),
    option: named.option((kind === 'proposal' ? band : option) ?? ''),
    base: base === 'years' || base === 'cap' ? '' : words.bases[base],
  })
}

const withProposal = (
  said: string,
  { article, consequence, actor }: Finding,
  { citation }: Named,
  words: RuleWords,
): string => {
  const basis = `${said}; ${words.onBasis(article, citation)}`
  return consequence === null ? `${basis}.` : `${basis}; ${words.asked(actor, consequence)}.`
}
