/** A counted poll whose papers are looked at, played in memory, the same every time. */
import { parseManifest } from '../crypto/manifest.ts'
import { emptyDraft } from '../server/draft.ts'
import { parseCase } from '../server/play/case.ts'
import { playPoll } from '../server/play/poll.ts'
import { seededRng } from '../server/play/seed.ts'
import { type FormFacts, factsFrom } from '../server/reports/facts.ts'
import { readRulebook } from '../server/rulebook.ts'
import { contestsOf } from '../server/rules/contests.ts'
import { evaluate } from '../server/rules/evaluate.ts'
import { readPack } from '../server/rules/read.ts'
import type { Round } from '../server/rules/round.ts'
import { type Line, linesOf, paperLinesOf, unionsOf } from '../server/rules/scores.ts'
import type { MinutesFacts } from '../server/wire/leader.ts'
import type { Draft } from '../server/wire.ts'

export const ADDRESS = 'http://192.168.1.20:8080'

/** What an office types into the minutes. */
export const MINUTES: MinutesFacts = {
  number: '05',
  place: 'Hội trường tầng 2 Sở A, Quảng Trị',
  startedAt: '08:30',
  endedAt: '10:05',
  chair: 'Phó Giám đốc Sở A',
  secretary: 'Chánh Văn phòng Sở A',
  titles: ['Trưởng phòng Thanh tra', 'Chuyên viên Phòng Tổ chức', 'Chủ tịch Công đoàn'],
  witnesses: ['Đại diện Sở Nội vụ'],
  unused: 3,
  exchanged: 2,
  complaints: '',
  opinions: 'Đề nghị công khai kế hoạch khắc phục hạn chế sau hội nghị.',
  copies: 3,
  envelopes: 2,
  keeper: 'Văn phòng Sở A',
  superior: 'Ủy ban nhân dân tỉnh B',
  organisation: 'Sở A',
  recipients: ['Sở Nội vụ', 'Đảng ủy Sở A'],
}

const STATED = { date: '2026-12-05', attendance: { convened: 60, present: 50 }, members: 60, classified: null }
const PACK = 'tin-nhiem-96-QD-TW'
const VOTES = [19, 2, 25, 1]
const ISSUED = 50

const packs = readRulebook()
const textOf = (id: string): string => packs.find(text => readPack(text).id === id)!

/** 19, 2 and 25 marks and one empty line on 47 ballots; 50 handed out of 55; 60 convened, 50 came. */
export async function papers(): Promise<FormFacts> {
  const pack = readPack(textOf(PACK))
  const plan = parseCase(
    JSON.stringify({
      title: 'Lấy phiếu tín nhiệm đối với người đứng đầu',
      trustees: 3,
      threshold: 2,
      minimumBallots: 5,
      groups: [{ id: 'tham-du', label: 'Người tham dự', cards: 55, handedOut: ISSUED }],
      contests: [{ id: 's1', title: 'Giám đốc Sở A', options: pack.options.map(({ label }) => label), min: 0, max: 1 }],
      votes: VOTES.map((count, o) => ({ group: 'tham-du', count, choices: { s1: o < 3 ? [o] : [] } })),
      voided: { 'tham-du': 2 },
      rules: { pack: PACK, statement: { ...STATED, histories: [[]] } },
    }),
    packs,
  )
  const texts = new Map<string, string>()
  for await (const line of playPoll(
    plan,
    index => (index === 1 ? 'Tổ trưởng' : `Tổ viên ${index - 1}`),
    seededRng(7),
  )) {
    const { type, text } = JSON.parse(line) as { readonly type: string; readonly text?: string }
    if (text !== undefined) texts.set(type, text)
  }
  return factsFrom({
    manifest: parseManifest(texts.get('manifest')!),
    closing: texts.get('closing')!,
    result: texts.get('result')!,
    outcome: texts.get('outcome')!,
    draft: {
      ...emptyDraft(ADDRESS),
      title: 'Lấy phiếu tín nhiệm đối với người đứng đầu Sở A',
      unit: 'Sở A',
      period: 'năm 2026',
      convened: 60,
      absent: [
        { reason: 'nghỉ ốm', count: 3 },
        { reason: 'đi công tác', count: 7 },
      ],
    },
    stated: { ...STATED, histories: [[]] },
    pack,
    minutes: MINUTES,
    printed: 55,
    rehearsal: false,
    stamp: '',
    copy: null,
  })
}

interface Recount {
  readonly pack?: string | null
  /** Positions; with `criteria` what one head is judged by. */
  readonly titles?: readonly string[]
  readonly criteria?: boolean
  /** By option, then empty ones; the same on every line. */
  readonly votes?: readonly number[]
  readonly present?: number
}

/** The same meeting with other ballots: what the rules say is reckoned anew. */
export function recounted(facts: FormFacts, wanted: Recount): FormFacts {
  const { pack: id = PACK, titles = ['Giám đốc Sở A'], criteria = false, votes = VOTES, present = 50 } = wanted
  const pack = id === null ? null : readPack(textOf(id))
  const options = (pack?.options ?? facts.lines[0]!.options).map(({ id, label }) => ({
    ...{ id, label },
    ...{ standard: '', points: null },
  }))
  const counts = options.map((_, o) => votes[o] ?? 0)
  const collected = votes.reduce((sum, n) => sum + n, 0)
  const marks = counts.reduce((sum, n) => sum + n, 0)
  const score = { ballots: collected, counts, marks, unmarked: collected - marks, mean: null }
  const lines = titles.map(
    (title, at): Line => ({
      ...{ at, options, score, ruled: pack !== null, max: 1, unions: [], weighted: null },
      kind: criteria ? 'graded' : 'main',
      subject: { name: '', position: criteria ? 'Giám đốc Sở A' : title },
      criterion: criteria ? title : null,
    }),
  )
  const issued = Math.min(ISSUED, present)
  const attendance = { convened: 60, present }
  const round: Round = {
    ...{ ...STATED, attendance, issued, collected, valid: collected, late: 0, team: facts.team, hidden: 0 },
    subjects: lines.map(line => ({
      ...line.subject!,
      criterion: line.criterion,
      counts: new Map(options.map((option, o) => [option.id, counts[o]!])),
      history: [],
    })),
  }
  return {
    ...facts,
    ...{ pack, lines, attendance },
    template: pack?.template ?? 'confidence',
    absent: [{ reason: 'nghỉ ốm', count: 60 - present }],
    outcome: pack && evaluate(round, textsFor(id!)),
    count: { ...facts.count!, issued, collected, valid: collected },
    minutes: { ...facts.minutes, unused: 53 - issued },
  }
}

const textsFor = (id: string) => {
  const main = textOf(id)
  return [main, ...readPack(main).alongside.map(({ pack }) => textOf(pack))].map(text => ({ text }))
}

// ── surveys: groups, criteria, choices ──────────────────────────────────────────────────────────────────────────

/** Four grades with what they stand for, and points. */
const GRADED: Draft['questions'][number]['options'] = (
  [
    ['Xuất sắc', 'vượt yêu cầu, có cách làm mới', 1000],
    ['Tốt', 'đủ yêu cầu, đúng hạn', 800],
    ['Trung bình', 'còn việc chậm hoặc phải nhắc', 500],
    ['Kém', 'không đạt yêu cầu', 0],
  ] as const
).map(([label, standard, points]) => ({ label, standard, points }))

const GROUPS = [
  { label: 'Cấp trên', convened: 4, weight: 3 },
  { label: 'Cùng cấp', convened: 8, weight: 2 },
  { label: 'Cấp dưới', convened: 38, weight: 5 },
] as const

export const SURVEYED: Pick<Draft, 'template' | 'subjects' | 'options' | 'max' | 'questions'> = {
  template: 'quality',
  subjects: [{ name: '', position: 'Giám đốc Sở A', selfScore: '92', selfLevel: 'Hoàn thành tốt nhiệm vụ' }],
  options: [],
  max: 1,
  questions: [
    ...['Phẩm chất chính trị, đạo đức', 'Năng lực quản lý, điều hành', 'Kết quả công tác'].map(title => ({
      kind: 'graded' as const,
      title,
      options: GRADED,
      max: 1,
    })),
    { kind: 'yes-no', title: 'Có nên phân công lại công việc trong lãnh đạo không?', options: [], max: 1 },
    {
      kind: 'choice',
      title: 'Việc cần thay đổi trước',
      options: ['Họp hành', 'Phân công', 'Khen thưởng', 'Đào tạo', 'Trang thiết bị'].map(label => ({
        ...{ label, standard: '', points: null },
      })),
      max: 2,
    },
  ],
}

/** Superiors and peers are too few to be opened apart: by union, ballots and marks of each line. */
const UNIONS: readonly { readonly groups: readonly number[]; readonly ballots: number; readonly counts: number[][] }[] =
  [
    {
      groups: [0, 1],
      ballots: 11,
      counts: [
        [3, 5, 2, 1],
        [4, 5, 1, 0],
        [2, 4, 4, 1],
        [1, 3, 5, 2],
        [7, 4],
        [3, 8, 1, 4, 2],
      ],
    },
    {
      groups: [2],
      ballots: 36,
      counts: [
        [6, 18, 9, 2],
        [8, 17, 7, 3],
        [4, 12, 15, 5],
        [9, 14, 8, 4],
        [21, 13],
        [10, 22, 9, 11, 6],
      ],
    },
  ]

/** The same meeting asked more: a head by criteria, yes or no, up to two of five, by three groups, two of them merged. */
export function surveyed(facts: FormFacts, asked: typeof SURVEYED = SURVEYED): FormFacts {
  const contests = contestsOf(asked, null)
  // Of a survey the question about the head falls away.
  const skipped = UNIONS[0]!.counts.length - contests.length
  const groups = GROUPS.map(({ label, weight }, g) => ({ id: `nhom-${g + 1}`, label, weight }))
  const manifest = { text: JSON.stringify({ contests, groups }), contests, groups }
  const unions = UNIONS.map(({ groups: members, ballots, counts }) => ({
    groups: members.map(g => groups[g]!.id),
    ballots,
    counts: counts.slice(skipped),
  }))
  return {
    ...facts,
    ...{ pack: null, outcome: null, template: asked.template, minimumBallots: 5 },
    lines: linesOf(manifest, { unions }),
    unions: unionsOf(manifest, { unions }),
  }
}

/** The same questions about nobody. */
export const survey = (facts: FormFacts): FormFacts => ({
  ...surveyed(facts, { ...SURVEYED, template: 'survey', subjects: [] }),
  title: 'Khảo sát ý kiến nhân viên',
})

/** The same held on paper: 47 sheets, three of them invalid; on every line some are empty or spoilt. */
export function onPaper(facts: FormFacts): FormFacts {
  const contests = contestsOf(SURVEYED, null)
  const invalid = [
    { reason: 'Không do tổ kiểm phiếu phát hành', count: 1 },
    { reason: 'Ghi tên người bỏ phiếu', count: 2 },
  ]
  const counts = UNIONS[1]!.counts
  const lines = counts.map((row, c) => ({
    counts: row,
    empty: 44 - (contests[c]!.max === 1 ? row.reduce((sum, n) => sum + n, 0) : 34),
  }))
  return {
    ...facts,
    ...{ pack: null, outcome: null, template: 'quality' as const, medium: 'paper' as const, manifestHash: null },
    lines: paperLinesOf(contests, { collected: 47, invalid, lines }),
    count: {
      ...facts.count!,
      ...{
        closingHash: null,
        valid: 44,
        invalid: 3,
        reasons: invalid,
        keyedBy: ['Tổ viên 1', 'Tổ viên 2'],
        keyings: [1, 1],
      },
    },
  }
}
