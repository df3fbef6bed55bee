/** A counted poll whose papers are looked at, played in memory, the same every time. */
import { parseManifest } from '../crypto/manifest.ts'
import { emptyDraft } from '../server/draft.ts'
import { parseCase } from '../server/play/case.ts'
import { playPoll } from '../server/play/poll.ts'
import { seededRng } from '../server/play/seed.ts'
import { type FormFacts, factsFrom } from '../server/reports/facts.ts'
import { readRulebook } from '../server/rulebook.ts'
import { evaluate } from '../server/rules/evaluate.ts'
import { readPack } from '../server/rules/read.ts'
import type { Round } from '../server/rules/round.ts'
import type { MinutesFacts } from '../server/wire/leader.ts'

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
  const options = pack?.options ?? facts.lines[0]!.options
  const counts = options.map((_, o) => votes[o] ?? 0)
  const lines = titles.map(title => ({
    name: '',
    position: criteria ? 'Giám đốc Sở A' : title,
    criterion: criteria ? title : null,
    options,
    max: 1,
    counts,
  }))
  const collected = votes.reduce((sum, n) => sum + n, 0)
  const issued = Math.min(ISSUED, present)
  const attendance = { convened: 60, present }
  const round: Round = {
    ...{ ...STATED, attendance, issued, collected, valid: collected, late: 0, team: facts.team, hidden: 0 },
    subjects: lines.map(line => ({
      ...line,
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
