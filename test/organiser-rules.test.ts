/** What the organiser's page works out around the rules: the choice of a pack, the statement, the sentences, the guests. */
import { describe, expect, it } from 'vitest'
import { chartsOf, judgedOf } from '../client/judged.ts'
import { actOf, enterPeople, isWhole, NEW_GUEST, type PeopleState, stepPeople } from '../client/organiser/people.ts'
import {
  beginRules,
  choicesFor,
  type Frozen,
  frozenOf,
  packsOf,
  quorumOf,
  ruleAdviceOf,
  ruleGapsOf,
  unreachableIn,
  withRules,
} from '../client/organiser/rules.ts'
import { brokenIn, needsOf, newEarlier, type Stating, statementOf, statingOf } from '../client/organiser/statement.ts'
import { percentIn, RULES, sentenceOf } from '../client/words/rules.ts'
import { parseJson } from '../crypto/json.ts'
import { emptyDraft } from '../server/draft.ts'
import { readRulebook } from '../server/rulebook.ts'
import { evaluate } from '../server/rules/evaluate.ts'
import { readStatement } from '../server/rules/outcome.ts'
import { packHex, readPack } from '../server/rules/read.ts'
import type { Round } from '../server/rules/round.ts'
import type { PersonView } from '../server/wire/leader.ts'
import type { Draft } from '../server/wire.ts'

const PACKS = frozenOf(readRulebook().map(text => ({ ...readPack(text), sha256: packHex(text), shipped: true, text })))
const named = (id: string): Frozen => PACKS.find(({ pack }) => pack.id === id)!
const CONFIDENCE = named('tin-nhiem-96-QD-TW')
const TODAY = '2026-12-05'
const DRAFT: Draft = { ...emptyDraft('http://192.0.2.20:8080'), convened: 12, pack: CONFIDENCE.sha256, date: TODAY }

describe('the choice of a rule pack', () => {
  const offered = (change: Partial<Draft>, rehearsal = false) =>
    choicesFor({ ...DRAFT, pack: null, ...change }, PACKS, rehearsal, TODAY).map(({ pack }) => pack.id)

  it('is among ballots in force on the day of the meeting, the newest first', () => {
    expect(offered({ date: '' }).slice(0, 3)).toEqual([
      'xep-loai-4-muc',
      'tin-nhiem-NQ96-2023-QH15',
      'tin-nhiem-96-QD-TW',
    ])
    expect(offered({ date: '2014-11-15' })).toContain('tin-nhiem-NQ35-2012-QH13')
    expect(offered({ date: '2014-11-15' })).not.toContain('tin-nhiem-96-QD-TW')
    // It speaks only of what follows from a ballot held under another text.
    expect(offered({})).not.toContain('mien-nhiem-41-QD-TW')
  })

  it('has samples in a rehearsal only', () => {
    expect(offered({})).not.toContain('lay-phieu-danh-gia-122-mau')
    expect(offered({}, true)).toContain('lay-phieu-danh-gia-122-mau')
  })

  it('keeps in sight what was chosen, even where it no longer fits', () => {
    expect(offered({ date: '2014-11-15', pack: CONFIDENCE.sha256 })).toContain('tin-nhiem-96-QD-TW')
  })

  it('sets form, disclosure and, where none was written, the legal basis', () => {
    const empty = { ...DRAFT, pack: null, basis: '' }
    const { citation } = CONFIDENCE.pack
    expect(withRules(empty, CONFIDENCE, PACKS)).toEqual({
      pack: CONFIDENCE.sha256,
      template: 'confidence',
      disclosure: 'authority',
      basis: citation.text,
    })
    expect(withRules({ ...empty, basis: 'Quy chế' }, CONFIDENCE, PACKS)).not.toHaveProperty('basis')
    // What another pack wrote goes with it.
    const before = { ...DRAFT, basis: citation.text }
    expect(withRules(before, named('xep-loai-4-muc'), PACKS).basis).toBe(named('xep-loai-4-muc').pack.citation.text)
    expect(withRules(before, null, PACKS)).toEqual({ pack: null, basis: '' })
  })

  it('of a ballot with options of its own brings them along', () => {
    const { options, max } = withRules(DRAFT, named('bo-nhiem-138-2020'), PACKS)
    expect(options).toHaveLength(2)
    expect(max).toBe(1)
  })

  it('begins with the confidence ballot in force, and without rules where there is none', () => {
    expect(beginRules(emptyDraft(''), PACKS, TODAY).pack).toBe(CONFIDENCE.sha256)
    expect(beginRules(emptyDraft(''), PACKS, '2020-01-01').pack).toBeNull()
    expect(beginRules(emptyDraft(''), [], TODAY).pack).toBeNull()
  })

  it('is read together with what speaks beside it', () => {
    const ids = packsOf({ draft: DRAFT }, PACKS).map(({ id }) => id)
    expect(ids).toEqual(['tin-nhiem-96-QD-TW', 'mien-nhiem-41-QD-TW', 'mien-nhiem-ND170-2025'])
    expect(packsOf({ draft: { ...DRAFT, pack: null } }, PACKS)).toEqual([])
  })
})

describe('what stands in the way of sealing', () => {
  const gaps = (change: Partial<Draft>, rehearsal = false) => ruleGapsOf({ ...DRAFT, ...change }, PACKS, rehearsal)
  it('is a pack that is not in force on the day, not here, or a sample; nothing else', () => {
    expect(gaps({})).toEqual([])
    expect(gaps({ date: '' })).toEqual([])
    expect(gaps({ pack: null, date: '2020-01-01' })).toEqual([])
    expect(gaps({ date: '2023-02-02' })).toEqual([])
    expect(gaps({ date: '2023-02-01' })).toEqual(['pack-date'])
    expect(gaps({ pack: 'f'.repeat(64) })).toEqual(['pack-unknown'])
    const sample = named('lay-phieu-danh-gia-122-mau').sha256
    expect(gaps({ pack: sample })).toEqual(['pack-sample'])
    expect(gaps({ pack: sample }, true)).toEqual([])
  })
})

describe('advice', () => {
  const advice = (change: Partial<Draft>) => ruleAdviceOf({ ...DRAFT, ...change }, CONFIDENCE)
  it('speaks of days in the wrong order, not of one and the same day', () => {
    expect(advice({ reviewed: '2026-12-05', summary: '2026-12-05' })).toEqual([])
    expect(advice({ reviewed: '2026-12-06' })).toEqual(['before-review'])
    expect(advice({ summary: '2026-12-04' })).toEqual(['after-summary'])
    expect(advice({ date: '', reviewed: '2026-12-06', summary: '2026-12-04' })).toEqual(['no-date'])
  })

  it('speaks of too few who can come', () => {
    expect(advice({ absent: [{ reason: 'ốm', count: 4 }] })).toEqual([])
    expect(advice({ absent: [{ reason: 'ốm', count: 5 }] })).toEqual(['few-present'])
    expect(quorumOf({ convened: 60 }, CONFIDENCE.pack)).toEqual({ least: 40, of: 60, fraction: '2/3' })
  })

  it('names every number of ballots at which a range is out of reach', () => {
    const numbers = (convened: number) => unreachableIn({ ...DRAFT, convened }, CONFIDENCE.pack).flatMap(u => u.numbers)
    expect(numbers(3)).toEqual([3])
    expect(numbers(4)).toEqual([3, 4])
    expect(numbers(5)).toEqual([3, 4])
    expect(numbers(6)).toEqual([3, 4, 6])
    expect(numbers(9)).toEqual([3, 4, 6])
    expect(numbers(10)).toEqual([])
  })
})

describe('the statement', () => {
  const packs = packsOf({ draft: DRAFT }, PACKS)
  const needs = needsOf(packs)
  const stating = (change: Partial<Stating> = {}): Stating => ({
    ...statingOf(null, { ...DRAFT, subjects: [{ name: '', position: 'Giám đốc Sở A' }] }, needs, TODAY),
    present: 9,
    ...change,
  })
  const council = needsOf([named('tin-nhiem-NQ35-2012-QH13').pack])
  const quality = { year: 2025, kind: 'quality', quality: 'khong', low: 0, of: 0 } as const
  const share = { year: 2025, kind: 'share', quality: '', low: 5, of: 9 } as const
  const rules = (change: Partial<Stating>, of = needs) => brokenIn(stating(change), of).map(({ rule }) => rule)

  it('asks for what the packs use and for nothing else', () => {
    expect(needs).toEqual({ members: false, earlier: ['quality'], levels: [] })
    expect(council).toMatchObject({ members: true, earlier: ['share'] })
    expect(needsOf([named('xep-loai-4-muc').pack]).levels).toHaveLength(4)
  })

  it('takes day and people convened from the draft, and today where the draft has no day', () => {
    expect(statingOf(null, DRAFT, needs, TODAY)).toMatchObject({ date: TODAY, convened: 12, present: 0 })
    expect(statingOf(null, { ...DRAFT, date: '' }, needs, '2026-12-07').date).toBe('2026-12-07')
  })

  it('holds, and each broken rule has its name', () => {
    expect(rules({})).toEqual([])
    expect(rules({ present: 12 })).toEqual([])
    expect(rules({ present: 13 })).toEqual(['present-over-convened'])
    expect(rules({ present: 0 })).toEqual(['no-present'])
    expect(rules({ convened: 2, present: 2 })).toEqual(['no-convened'])
    expect(rules({ convened: 3, present: 2 })).toEqual([])
    expect(rules({ date: '' })).toEqual(['no-date'])
    expect(rules({ members: 0 }, council)).toEqual(['no-members'])
    expect(rules({ members: 12 }, council)).toEqual([])
  })

  it('takes earlier years that can be, and says of the others why they cannot', () => {
    const lines = (...list: Stating['histories'][number]) => rules({ histories: [list] })
    expect(lines(quality, share)).toEqual([])
    expect(lines(quality, { ...quality, year: 2026 })).toEqual([])
    expect(lines({ ...quality, year: 2027 })).toEqual(['year-not-before'])
    expect(lines({ ...share, year: 2026 })).toEqual(['year-not-before'])
    expect(lines({ ...quality, year: 20 })).toEqual(['no-year'])
    expect(lines(quality, quality)).toEqual(['year-twice'])
    expect(lines({ ...quality, quality: '' })).toEqual(['no-quality'])
    expect(lines({ ...share, low: 9 })).toEqual([])
    expect(lines({ ...share, low: 10 })).toEqual(['low-over-total'])
    expect(lines({ ...share, of: 0 })).toEqual(['no-total'])
    expect(newEarlier('quality', [quality], TODAY).year).toBe(2024)
  })

  it('is sent in the shape that the rules read, years in their order, and comes back as it was typed', () => {
    const typed = stating({ histories: [[quality, { ...quality, year: 2024 }]] })
    const sent = statementOf(typed, needs)
    const read = readStatement(parseJson(JSON.stringify(sent), 'statement'), 'statement')
    expect(read.histories[0]!.map(({ year }) => year)).toEqual([2024, 2025])
    expect(read).toMatchObject({ date: TODAY, attendance: { convened: 12, present: 9 }, members: null })
    const again = statingOf(sent, { ...DRAFT, subjects: [{ name: '', position: 'Giám đốc Sở A' }] }, needs, TODAY)
    expect(statementOf(again, needs)).toEqual(sent)
  })

  it('states how many came out at each level only where somebody wrote a number', () => {
    const levels = needsOf([named('xep-loai-4-muc').pack])
    const draft = { ...DRAFT, pack: named('xep-loai-4-muc').sha256 }
    const typed = { ...statingOf(null, draft, levels, TODAY), present: 9 }
    expect(statementOf(typed, levels).classified).toBeNull()
    expect(statementOf({ ...typed, classified: [5, 20, 0, 0] }, levels).classified).toContainEqual({
      level: 'tot',
      count: 20,
    })
  })
})

// ── sentences ───────────────────────────────────────────────────────────────────────────────────────────────────

const OPTIONS = ['cao', 'tin-nhiem', 'thap']
const round = (counts: readonly number[], collected: number, change: Partial<Round> = {}): Round => ({
  date: TODAY,
  attendance: { convened: 60, present: 50 },
  members: null,
  issued: 50,
  collected,
  valid: collected,
  late: 0,
  team: [],
  hidden: 0,
  classified: null,
  subjects: [
    {
      name: '',
      position: 'Giám đốc Sở A',
      criterion: null,
      counts: new Map(OPTIONS.map((id, i) => [id, counts[i]!])),
      history: [],
    },
  ],
  ...change,
})
const sentences = (pack: string, of: Round, language: 'vi' | 'en' = 'vi'): readonly string[] => {
  const { text, pack: read } = named(pack)
  const [said] = evaluate(of, [{ text }]).packs
  const words = {
    citation: read.citation.text,
    option: (id: string) => read.options.find(one => one.id === id)?.label ?? id,
    capBase: (id: string) => id,
  }
  return [...said!.subjects[0]!.findings, ...said!.findings].map(finding => sentenceOf(finding, words, language))
}

describe('a finding in a sentence', () => {
  it('says threshold, share, basis, and who is asked to consider what', () => {
    expect(sentences('tin-nhiem-NQ96-2023-QH15', round([19, 2, 25], 47))).toEqual([
      'Đạt ngưỡng trên 1/2: 25 phiếu “Tín nhiệm thấp” trên 47 (53,19 % số phiếu thu về); căn cứ khoản 2 Điều 12, ' +
        'Nghị quyết số 96/2023/QH15 ngày 23/6/2023 của Quốc hội; đề nghị Ủy ban Thường vụ Quốc hội, Thường trực Hội ' +
        'đồng nhân dân xem xét việc người được lấy phiếu xin từ chức; trường hợp không xin từ chức thì trình Quốc hội, ' +
        'Hội đồng nhân dân bỏ phiếu tín nhiệm tại kỳ họp đó hoặc kỳ họp gần nhất (đã lấy phiếu cùng một lần với nhiều ' +
        'chức vụ thì bỏ phiếu một lần đối với các chức vụ đó).',
    ])
    expect(sentences('tin-nhiem-96-QD-TW', round([19, 2, 25], 47), 'en')[0]).toMatch(
      /^Reaches the threshold more than 1\/2: 25 ballots “Tín nhiệm thấp” in 47 \(53.19 % of ballots collected\); basis/,
    )
  })

  it('says no finding as such, with the nearest threshold', () => {
    expect(sentences('tin-nhiem-96-QD-TW', round([30, 2, 15], 47))).toEqual([
      'Không đạt ngưỡng nào: 15 phiếu “Tín nhiệm thấp” trên 47 (31,91 % số phiếu thu về); ngưỡng gần nhất trên 1/2.',
    ])
  })

  it('says where the text itself is silent', () => {
    expect(sentences('mien-nhiem-ND170-2025', round([1, 1, 6], 9))[0]).toBe(
      'Không có kết luận: 6 phiếu “Tín nhiệm thấp” trên 9 (66,67 % số phiếu thu về). Đúng 2/3 số phiếu tín nhiệm thấp: chưa thấy nguồn nào nêu trường hợp này.',
    )
  })

  it('never says that somebody is removed', () => {
    const packs = PACKS.filter(({ pack }) => pack.template === 'confidence').map(({ pack }) => pack.id)
    const all = packs.flatMap(pack =>
      Array.from({ length: 48 }, (_, low) => sentences(pack, round([47 - low, 0, low], 47, { members: 47 }))),
    )
    expect(all.length).toBeGreaterThan(200)
    for (const said of all.flat()) {
      expect(said).not.toMatch(/\bbị\b/)
      if (said.startsWith('Đạt')) expect(said).toMatch(/; căn cứ .+; đề nghị .+ xem xét (?!xem xét)/)
      else expect(said).toMatch(/^Không/)
    }
  })

  it('says a tie as a tie, and a cap with what each base allows', () => {
    const options = ['xuat-sac', 'tot', 'hoan-thanh', 'khong']
    const of = (counts: readonly number[]): Round => {
      const [subject] = round([0, 0, 0], 20).subjects
      return round([0, 0, 0], 20, {
        subjects: [{ ...subject!, counts: new Map(options.map((id, i) => [id, counts[i]!])) }],
        classified: new Map([
          ['xuat-sac', 5],
          ['tot', 20],
          ['hoan-thanh', 15],
          ['khong', 0],
        ]),
      })
    }
    const [tie, cap] = sentences('xep-loai-4-muc', of([8, 8, 4, 0]))
    expect(tie).toBe(
      'Bằng phiếu: Hoàn thành xuất sắc nhiệm vụ, Hoàn thành tốt nhiệm vụ, mỗi mức 8 phiếu. Không mức nào được nhiều phiếu nhất.',
    )
    expect(cap).toContain(
      'Vượt giới hạn: 5 người ở mức “Hoàn thành xuất sắc nhiệm vụ”, được tối đa 4; căn cứ điểm a khoản 5',
    )
    expect(sentences('xep-loai-4-muc', of([2, 14, 4, 0]))[0]).toContain(
      'là đề nghị của tập thể: 14 phiếu “Hoàn thành tốt nhiệm vụ” trên 20',
    )
  })

  it('writes figures as each language does', () => {
    expect([percentIn('53.19', 'vi'), percentIn('53.19', 'en')]).toEqual(['53,19', '53.19'])
    expect(Object.keys(RULES.vi.blocked)).toEqual(Object.keys(RULES.en.blocked))
  })
})

describe('an outcome as pages show it', () => {
  const texts = [CONFIDENCE, named('mien-nhiem-41-QD-TW'), named('mien-nhiem-ND170-2025')].map(({ text }) => text)
  const judged = (of: Round) => ({
    outcome: evaluate(
      of,
      texts.map(text => ({ text })),
    ),
    statement: {
      date: TODAY,
      attendance: { convened: 60, present: 50 },
      members: null,
      histories: [],
      classified: null,
    },
    packs: new Map(texts.map(text => [packHex(text), readPack(text)])),
  })

  it('has one bar for one denominator, and each threshold once with everybody who names it', () => {
    const [chart, ...others] = chartsOf(judged(round([19, 2, 25], 47)), 0, 47)
    expect(others).toEqual([])
    expect(chart).toMatchObject({ bases: ['collected'], of: 47 })
    expect(chart!.lines.map(({ fraction, named: by }) => [fraction, by.map(({ operator }) => operator)])).toEqual([
      ['1/2', ['>', '>', '>']],
      ['2/3', ['>=', '>', '>']],
    ])
  })

  it('draws no threshold where nothing follows', () => {
    const few = round([0, 0, 25], 25, { attendance: { convened: 60, present: 39 } })
    expect(chartsOf(judged(few), 0, 25)).toEqual([{ bases: ['collected'], of: 25, lines: [] }])
    expect(chartsOf(null, 0, 25)).toEqual([{ bases: ['collected'], of: 25, lines: [] }])
  })

  it('is nothing where the text is none', () => {
    expect(judgedOf('{}', texts)).toBeNull()
  })
})

// ── people ──────────────────────────────────────────────────────────────────────────────────────────────────────

describe('an invitation', () => {
  const person: PersonView = {
    person: 'a',
    name: 'Thư ký',
    login: 'thu-ky',
    role: 'secretary',
    polls: [],
    arrived: true,
  }
  const seen = stepPeople(enterPeople('vi'), {
    type: 'people',
    people: { ok: [person] },
    organiser: { ok: { addresses: [], polls: [] } },
  })
  const doing = (state: PeopleState) => stepPeople(state, { type: 'people-act', act: { what: 'again', person: 'a' } })

  it('needs a name and a poll, or all of them', () => {
    expect(isWhole(NEW_GUEST)).toBe(false)
    expect(isWhole({ ...NEW_GUEST, name: 'Thư ký' })).toBe(false)
    expect(isWhole({ ...NEW_GUEST, name: 'Thư ký', polls: ['p'] })).toBe(true)
    expect(isWhole({ ...NEW_GUEST, name: 'Thư ký', all: true })).toBe(true)
    expect(actOf({ ...NEW_GUEST, name: ' Thư   ký ', all: true })).toMatchObject({ name: 'Thư ký', polls: null })
  })

  it('shows its link until something else is done, and looks at the list again', () => {
    const acted = stepPeople(doing(seen), { type: 'people-acted', answer: { ok: { invitation: 'x' } } })
    expect(acted).toMatchObject({ link: { name: 'Thư ký', invitation: 'x' }, act: null, look: seen.look + 1 })
    expect(stepPeople(acted, { type: 'guest', guest: NEW_GUEST }).link).toBeNull()
  })

  it('that is refused shows none, and what was being written stays', () => {
    const writing = stepPeople(seen, { type: 'guest', guest: NEW_GUEST })
    const refused = stepPeople(doing(writing), { type: 'people-acted', answer: { refused: 'not-yours' } })
    expect(refused).toMatchObject({ link: null, why: 'not-yours', guest: NEW_GUEST })
  })

  it('is asked for once, however often the button is pressed', () => {
    const first = doing(seen)
    expect(stepPeople(first, { type: 'people-act', act: { what: 'remove', person: 'a' } })).toBe(first)
  })

  it('waits for the line and tries again', () => {
    const lost = stepPeople(enterPeople('vi'), {
      type: 'people',
      people: { refused: 'offline' },
      organiser: { refused: 'offline' },
    })
    expect(lost.lost).toBe(true)
    expect(stepPeople(lost, { type: 'people-again' })).toMatchObject({ lost: false, look: lost.look + 1 })
  })
})
