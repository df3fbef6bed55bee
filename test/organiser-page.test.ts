import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hundredths, percentage } from '../client/figures.ts'
import { bundleHash } from '../client/organiser/bundle.ts'
import { type CeremonyView, checkCeremonyView, isComplete, namedIn, reasonOf } from '../client/organiser/ceremony.ts'
import {
  cardsFor,
  changed,
  freshDraft,
  isBlank,
  majorityOf,
  sendable,
  thresholdsOf,
} from '../client/organiser/draft.ts'
import { factsOf, mayPrint, NO_FACTS } from '../client/organiser/facts.ts'
import { adviceOf, gapsOf } from '../client/organiser/gaps.ts'
import { manifestOf } from '../client/organiser/manifest.ts'
import { enterPoll, type PollState, stepPoll } from '../client/organiser/poll.ts'
import { drawCards, keptOf, shuffled } from '../client/organiser/secrets.ts'
import { enter, routeOf, step } from '../client/organiser/state.ts'
import { paperOf } from '../client/paper.ts'
import { WORDS } from '../client/words/organiser.ts'
import { compare, equal, toBase64url, utf8 } from '../crypto/bytes.ts'
import { attempt } from '../crypto/fault.ts'
import { G } from '../crypto/group.ts'
import { parseJson } from '../crypto/json.ts'
import { parseManifest } from '../crypto/manifest.ts'
import { rehearsalOf } from '../crypto/rehearsal.ts'
import { newKeyPair } from '../crypto/signature.ts'
import { tokenKeyPair } from '../crypto/token.ts'
import { sha256 } from '../crypto/transcript.ts'
import {
  beginCeremony,
  type Ceremony,
  ceremonyHash,
  checkCeremony,
  confirmCeremony,
  finishShares,
  type Member,
  type Package,
  pinManifest,
  rehearse,
  sealShares,
} from '../crypto/trustees.ts'
import { checkDraft, readDraft } from '../server/draft.ts'
import { secureRng as rng } from '../server/play/seed.ts'
import { No } from '../server/refusals.ts'
import { readRulebook } from '../server/rulebook.ts'
import { contestsOf } from '../server/rules/contests.ts'
import { packHex, readPack } from '../server/rules/read.ts'
import type { Draft, MemberView, PollView } from '../server/wire.ts'
import { criteriaOf } from './office.ts'

const EMPTY: Draft = {
  address: 'http://192.0.2.20:8080',
  title: '',
  unit: '',
  basis: '',
  period: '',
  subjects: [{ name: '', position: '' }],
  subjectVotes: false,
  template: 'confidence',
  pack: null,
  date: '',
  reviewed: '',
  summary: '',
  questions: [],
  prompts: [],
  from: '',
  medium: 'phones',
  groups: [],
  options: [],
  max: 1,
  convened: 0,
  absent: [],
  sparePercent: 10,
  members: ['', '', ''],
  threshold: 2,
  minimumBallots: 5,
  disclosure: 'meeting',
  wifi: null,
}
const FULL: Draft = {
  ...EMPTY,
  title: 'Lấy phiếu tín nhiệm đối với Giám đốc Sở A',
  unit: 'Sở A',
  basis: 'Quy định số 96-QĐ/TW',
  period: 'Năm 2026',
  subjects: [{ name: '', position: 'Giám đốc Sở A' }],
  convened: 47,
  members: ['Tổ trưởng', 'Tổ viên 1', 'Tổ viên 2'],
}
const SURVEY: Partial<Draft> = { template: 'survey', subjects: [], questions: criteriaOf('Việc được giao rõ') }
const FREE: Partial<Draft> = { template: 'free', options: ['Có', 'Không'], max: 1 }
const gradesOf = (labels: readonly string[]) => labels.map(label => ({ label, standard: '', points: null }))
const TRIED = { rehearsal: false, tried: true, addresses: [EMPTY.address] }
const { fresh } = WORDS.vi

// ── a ceremony as the server would show it ──────────────────────────────────────────────────────────────────────

function heldCeremony(names: readonly string[], t: number) {
  const ceremony: Ceremony = { pollId: rng(16), n: names.length, t }
  const begun = names.map((name, i) => beginCeremony(ceremony, i + 1, name, rng))
  const packages = begun.map(one => one.package)
  const hash = ceremonyHash(ceremony, packages)
  const boxes = begun.map(({ secrets }) => sealShares(secrets, packages, hash, rng))
  const members = begun.map(({ secrets }, i): Member => {
    const received = new Map(boxes.flatMap((sent, from) => (from === i ? [] : [[from + 1, sent.get(i + 1)!]])))
    return finishShares(secrets, packages, hash, received, rng)
  })
  const { alpha, r } = rehearsalOf(hash)
  const view: CeremonyView = {
    pollId: toBase64url(ceremony.pollId),
    names,
    threshold: t,
    commitments: begun.map(({ commitment }) => toBase64url(commitment)),
    packages: packages.map(wireOf),
    confirmations: members.map(member => toBase64url(confirmCeremony(member, rng))),
    rehearsals: members.map(member => toBase64url(rehearse(member, alpha, r, rng).bytes)),
  }
  return { ceremony, members, view }
}

const wireOf = (p: Package) => ({
  index: p.index,
  name: p.name,
  signingKey: toBase64url(p.signingKey.bytes),
  exchangeKey: toBase64url(p.exchangeKey.bytes),
  commitments: p.commitments.map(c => toBase64url(c.bytes)),
  proof: toBase64url(p.proof),
})

const held = heldCeremony(FULL.members, FULL.threshold)

async function manifestFor(draft: Draft) {
  const checked = checkCeremonyView(held.view)
  if ('fault' in checked) throw new Error(checked.fault.code)
  const { pollId } = held.ceremony
  const drawn = await drawCards([cardsFor(draft)], pollId, rng, async () => {})
  const text = manifestOf({
    redeemAt: null,
    draft,
    pack: null,
    rehearsal: false,
    pollId,
    receiptKey: newKeyPair(rng).public,
    issuers: [newKeyPair(rng).public],
    commentIssuers: [],
    trustees: checked.trustees,
    tokens: drawn.tokens,
    bundle: sha256(utf8('pages')),
  })
  return { text, drawn, manifest: parseManifest(text) }
}

// ── the draft ───────────────────────────────────────────────────────────────────────────────────────────────────

describe('a draft', () => {
  it('begins blank, and as a rehearsal begins whole', () => {
    expect(isBlank(EMPTY)).toBe(true)
    expect(isBlank(FULL)).toBe(false)
    expect(freshDraft(EMPTY, false, 2026, fresh).period).toBe('Năm 2026')
    expect(gapsOf(freshDraft(EMPTY, true, 2026, fresh), { ...TRIED, rehearsal: true, tried: false })).toEqual([])
  })

  it('takes its title from template and subject until another is written', () => {
    const named = changed(EMPTY, { subjects: [{ name: '', position: 'Giám đốc Sở A' }] }, fresh)
    expect(named.title).toBe('Lấy phiếu tín nhiệm đối với Giám đốc Sở A')
    const other = changed(named, { template: 'quality' }, fresh)
    expect(other.title).toBe('Lấy phiếu đánh giá, xếp loại chất lượng đối với Giám đốc Sở A')
    const own = changed(changed(other, { title: 'Tên khác' }, fresh), { template: 'confidence' }, fresh)
    expect(own.title).toBe('Tên khác')
  })

  it('takes more than half of the team until another threshold is chosen', () => {
    expect(changed(FULL, { members: [...FULL.members, 'Tổ viên 3', 'Tổ viên 4'] }, fresh).threshold).toBe(3)
    const all = changed(FULL, { threshold: 3 }, fresh)
    expect(changed(all, { members: [...FULL.members, 'Tổ viên 3'] }, fresh).threshold).toBe(3)
    expect([2, 3, 4, 5, 9].map(majorityOf)).toEqual([2, 2, 3, 3, 5])
    expect(thresholdsOf(5)).toEqual([3, 4, 5])
  })

  it('prints a card for everybody convened and spare ones, rounded up', () => {
    expect(cardsFor({ convened: 47, sparePercent: 10, groups: [] })).toBe(52)
    expect(cardsFor({ convened: 50, sparePercent: 10, groups: [] })).toBe(55)
    expect(cardsFor({ convened: 7, sparePercent: 0, groups: [] })).toBe(7)
    expect(cardsFor({ convened: 3, sparePercent: 100, groups: [] })).toBe(6)
  })

  it('is saved in a shape that the door takes, however half typed it is', () => {
    const half = sendable({ ...FULL, address: 'htt', convened: 900_000, minimumBallots: 0, max: 0, title: ' Tên ' })
    expect(half).toMatchObject({ address: '', convened: 50_000, minimumBallots: 3, max: 1, title: 'Tên' })
    expect(sendable({ ...FULL, address: `${FULL.address}/ ` }).address).toBe(FULL.address)
  })

  it('is complete', () => {
    expect(gapsOf(FULL, TRIED)).toEqual([])
  })

  const two = groupsWith({}, {})
  const rows: readonly (readonly [
    name: string,
    broken: Partial<Draft>,
    codes: readonly string[],
    mended: Partial<Draft>,
  ])[] = [
    ['no title', { title: ' ' }, ['title'], { title: 'Tên' }],
    ['no unit', { unit: '' }, ['unit'], { unit: 'Sở A' }],
    ['no subject', { subjects: [] }, ['subjects'], { subjects: subjectsOf(1) }],
    ['a survey about somebody', { ...SURVEY, subjects: subjectsOf(1) }, ['subjects'], SURVEY],
    ['a survey under rules', { ...SURVEY, pack: 'f'.repeat(64) }, ['survey-rules'], SURVEY],
    [
      'a subject without position',
      { subjects: [{ name: 'A', position: '' }] },
      ['subject'],
      { subjects: [{ name: '', position: 'A' }] },
    ],
    [
      'a subject twice',
      { subjects: [FULL.subjects[0]!, { name: '', position: 'giám  đốc Sở A' }] },
      ['subject-twice'],
      { subjects: subjectsOf(2) },
    ],
    ['no criteria', { template: 'criteria' }, ['questions'], { template: 'criteria', questions: criteriaOf('Một') }],
    ['a survey without questions', { ...SURVEY, questions: [] }, ['questions'], SURVEY],
    ['a question without text', { questions: criteriaOf('Một', ' ') }, ['question'], { questions: criteriaOf('Một') }],
    [
      'a question twice',
      { questions: criteriaOf('Hoà', 'hòa') },
      ['question-twice'],
      { questions: criteriaOf('Một', 'Hai') },
    ],
    [
      'a choice among criteria under rules',
      { template: 'criteria', pack: 'f'.repeat(64), questions: [choiceOf(['A', 'B'])] },
      ['question-rules'],
      { template: 'criteria', questions: [choiceOf(['A', 'B'])] },
    ],
    ['a choice of one', { questions: [choiceOf(['A'])] }, ['question-options'], { questions: [choiceOf(['A', 'B'])] }],
    [
      'a choice without text',
      { questions: [choiceOf(['A', ''])] },
      ['question-options'],
      { questions: [choiceOf(['A', 'B'])] },
    ],
    [
      'a grade twice',
      { questions: [gradedIn('A', 'a')] },
      ['question-option-twice'],
      { questions: [gradedIn('A', 'B')] },
    ],
    [
      'more marks than items',
      { questions: [choiceOf(['A', 'B'], 3)] },
      ['question-max'],
      { questions: [choiceOf(['A', 'B'], 2)] },
    ],
    [
      'more marks than a proof takes',
      { questions: [choiceOf(manyOf(20), 16)] },
      ['question-max'],
      { questions: [choiceOf(manyOf(20), 15)] },
    ],
    ['one option', { ...FREE, options: ['Có'] }, ['options'], FREE],
    ['an option twice', { ...FREE, options: ['Có', 'có'] }, ['option-twice'], FREE],
    ['more marks than options', { ...FREE, max: 3 }, ['max'], { ...FREE, max: 2 }],
    [
      'too many lines',
      { template: 'criteria', questions: criteriaOf(...manyOf(60)), subjects: subjectsOf(60) },
      ['too-long'],
      { template: 'criteria', questions: criteriaOf(...manyOf(2)), subjects: subjectsOf(60) },
    ],
    ['a prompt without text', { prompts: [promptOf('')] }, ['prompt'], { prompts: [promptOf('Ưu điểm')] }],
    [
      'a prompt twice',
      { prompts: [promptOf('Ưu điểm'), promptOf('ưu  điểm')] },
      ['prompt-twice'],
      { prompts: [promptOf('Ưu điểm'), promptOf('Đề xuất')] },
    ],
    ['one group', { groups: two.slice(0, 1) }, ['groups'], { groups: two }],
    ['a group without name', { groups: groupsWith({}, { label: '' }) }, ['group'], { groups: two }],
    ['a group twice', { groups: groupsWith({}, { label: 'cấp trên' }) }, ['group-twice'], { groups: two }],
    ['a group of nobody', { groups: groupsWith({ convened: 47 }, { convened: 0 }) }, ['group-people'], { groups: two }],
    ['groups of other people', { groups: groupsWith({}, { convened: 41 }) }, ['group-sum'], { groups: two }],
    [
      'a weight for one group',
      { groups: groupsWith({ weight: 3 }, {}) },
      ['group-weights'],
      { groups: groupsWith({ weight: 3 }, { weight: 0 }) },
    ],
    [
      'weights of nothing',
      { groups: groupsWith({ weight: 0 }, { weight: 0 }) },
      ['group-weights'],
      { groups: groupsWith({ weight: 1 }, { weight: 0 }) },
    ],
    ['two people', { convened: 2 }, ['convened'], { convened: 3 }],
    [
      'too many absent',
      { absent: [{ reason: 'ốm', count: 45 }] },
      ['absent'],
      { absent: [{ reason: 'ốm', count: 44 }] },
    ],
    ['absent without reason', { absent: [{ reason: '', count: 1 }] }, ['absent-reason'], { absent: [] }],
    ['spare over 100 %', { sparePercent: 101 }, ['spare'], { sparePercent: 100 }],
    ['one member', { members: ['Một'], threshold: 1 }, ['members'], { members: ['Một', 'Hai'] }],
    ['a member without name', { members: ['Một', 'Hai', ''] }, ['member'], { members: ['Một', 'Hai', 'Ba'] }],
    ['a member twice', { members: ['Một', 'Hai', 'MỘT'] }, ['member-twice'], { members: ['Một', 'Hai', 'Ba'] }],
    [
      'a subject who counts',
      { subjects: [{ name: 'Ngu\u031bo\u031b\u0300i A', position: 'Giám đốc' }], members: ['Một', 'Hai', 'người  a'] },
      ['member-is-subject'],
      { subjects: [{ name: 'Ngu\u031bo\u031b\u0300i A', position: 'Giám đốc' }], members: ['Một', 'Hai', 'người  b'] },
    ],
    [
      'half of the team',
      { members: ['Một', 'Hai', 'Ba', 'Bốn'], threshold: 2 },
      ['threshold'],
      { members: ['Một', 'Hai', 'Ba', 'Bốn'], threshold: 3 },
    ],
    ['fewer than three ballots', { minimumBallots: 2 }, ['minimum'], { minimumBallots: 3 }],
    ['no address', { address: 'phieu.example' }, ['address'], { address: 'https://phieu.example' }],
    [
      'an address with a path',
      { address: 'https://phieu.example/a' },
      ['address'],
      { address: 'https://phieu.example' },
    ],
    [
      'localhost',
      { address: 'http://localhost:8080' },
      ['address-local'],
      { address: 'http://localhost:8080', medium: 'paper' },
    ],
  ]
  it.each(rows)('names what is missing: %s', (_, broken, codes, mended) => {
    expect(gapsOf({ ...FULL, ...broken }, TRIED).map(({ code }) => code)).toEqual(codes)
    expect(gapsOf({ ...FULL, ...mended }, TRIED)).toEqual([])
  })

  it('has a sentence for every gap, in both languages', () => {
    const codes = rows.flatMap(([, , some]) => some)
    for (const words of [WORDS.vi, WORDS.en]) {
      expect(Object.keys(words.draft.gaps).sort()).toEqual([...new Set([...codes, 'untried'])].sort())
      for (const said of Object.values(words.draft.gaps)) expect(said(3).length).toBeGreaterThan(5)
    }
  })

  it('under a rule pack on criteria takes its grades alone', () => {
    const draft: Draft = {
      ...FULL,
      template: 'criteria',
      pack: 'f'.repeat(64),
      questions: [gradedIn('Đạt', 'Chưa đạt')],
    }
    const packOf = (...labels: readonly string[]) => ({ options: labels.map((label, i) => ({ id: `o${i}`, label })) })
    expect(gapsOf(draft, TRIED, packOf('Đạt', 'Chưa đạt'))).toEqual([])
    expect(gapsOf(draft, TRIED, packOf('Tốt', 'Kém'))).toEqual([{ code: 'question-rules', n: 1 }])
    expect(gapsOf({ ...draft, questions: criteriaOf('Một') }, TRIED, packOf('Tốt', 'Kém'))).toEqual([])
  })

  it('wants the address tried from another phone, but not in a rehearsal', () => {
    expect(gapsOf(FULL, { ...TRIED, tried: false })).toEqual([{ code: 'untried', n: 0 }])
    expect(gapsOf(FULL, { ...TRIED, tried: false, rehearsal: true })).toEqual([])
  })

  it('gives advice that forbids nothing', () => {
    expect(
      adviceOf({ ...FULL, address: 'https://phieu.example' }, { ...TRIED, addresses: ['https://phieu.example'] }),
    ).toEqual([])
    expect(
      adviceOf({ ...FULL, basis: '', period: '', convened: 7, threshold: 3 }, { ...TRIED, addresses: [] }),
    ).toEqual(['basis', 'period', 'small-unit', 'all-needed', 'plain-http', 'elsewhere'])
  })

  it('advises on writers who know one another, tiring length and points that do not descend', () => {
    const advice = (change: Partial<Draft>) =>
      adviceOf({ ...FULL, ...change }, TRIED).filter(one => one !== 'plain-http')
    const prompts = [promptOf('Ưu điểm')]
    expect(advice({ prompts, convened: 21 })).toEqual([])
    expect(advice({ prompts, convened: 20 })).toEqual(['few-writers'])
    expect(advice({ prompts, convened: 20, medium: 'paper' })).toEqual([])
    expect(advice({ subjects: subjectsOf(60) })).toEqual([])
    expect(advice({ subjects: subjectsOf(60), template: 'criteria', questions: criteriaOf('A', 'B') })).toEqual([
      'long-ballot',
    ])
    const scored = (...points: readonly (number | null)[]): Partial<Draft> => ({
      questions: [
        { ...gradedIn('A', 'B'), options: points.map((p, i) => ({ label: `${i}`, standard: '', points: p })) },
      ],
    })
    expect(advice(scored(500, 250))).toEqual([])
    expect(advice(scored(250, 250))).toEqual(['points'])
    expect(advice(scored(500, null))).toEqual(['points'])
    expect(advice(scored(null, null))).toEqual([])
  })

  it('on paper is without what only phones can do', () => {
    const paper: Draft = { ...FULL, medium: 'paper', prompts: [promptOf('')], groups: two.slice(0, 1) }
    expect(gapsOf(paper, { ...TRIED, tried: false })).toEqual([])
    expect(sendable(paper)).toMatchObject({ prompts: [], groups: [] })
    // Nobody's phone opens the box: the threshold is not asked for, and follows the team.
    expect(sendable({ ...paper, threshold: 3 }).threshold).toBe(2)
    expect(adviceOf({ ...paper, threshold: 3 }, TRIED)).toEqual([])
    expect(adviceOf({ ...FULL, threshold: 3 }, TRIED)).toContain('all-needed')
    // What was written comes back with the phones.
    expect(changed(paper, { medium: 'phones' }, fresh).prompts).toEqual(paper.prompts)
  })

  it('about nobody has no subjects and no rules, and about people somebody again', () => {
    const survey = changed({ ...FULL, pack: 'f'.repeat(64) }, { template: 'survey' }, fresh)
    expect(survey).toMatchObject({ subjects: [], pack: null })
    expect(survey.title).toBe('Khảo sát ý kiến cán bộ, công chức, viên chức và người lao động')
    expect(changed(survey, { template: 'quality' }, fresh)).toMatchObject({
      subjects: [{ name: '', position: '' }],
      title: 'Lấy phiếu đánh giá, xếp loại chất lượng đối với người đứng đầu',
    })
  })

  it('keeps the reference columns that were filled in', () => {
    const [subject] = sendable({
      ...FULL,
      subjects: [{ name: '', position: 'Giám đốc', selfScore: ' 92,5 ', selfLevel: ' ' }],
    }).subjects
    expect(subject).toEqual({ name: '', position: 'Giám đốc', selfScore: '92,5' })
  })
})

function gradedIn(...labels: readonly string[]): Draft['questions'][number] {
  return { kind: 'graded', title: 'Một', options: gradesOf(labels), max: 1 }
}
function choiceOf(labels: readonly string[], max = 1): Draft['questions'][number] {
  return { kind: 'choice', title: 'Một', options: gradesOf(labels), max }
}
function promptOf(title: string): Draft['prompts'][number] {
  return { title, maxBytes: 900 }
}
function groupsWith(...changes: readonly Partial<Draft['groups'][number]>[]): Draft['groups'] {
  const groups = [
    { label: 'Cấp trên', convened: 7, weight: null },
    { label: 'Cấp dưới', convened: 40, weight: null },
  ]
  return groups.map((group, g) => ({ ...group, ...changes[g] }))
}
function manyOf(n: number): string[] {
  return Array.from({ length: n }, (_, i) => `Tiêu chí ${i + 1}`)
}
function subjectsOf(n: number): Draft['subjects'] {
  return Array.from({ length: n }, (_, i) => ({ name: '', position: `Giám đốc Sở ${i + 1}` }))
}

// ── the page and the door agree ─────────────────────────────────────────────────────────────────────────────────

/** Mostly as it should be, and now and then otherwise. */
const mostly = <T>(right: fc.Arbitrary<T>, wrong: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 24, arbitrary: right }, { weight: 1, arbitrary: wrong })
const name = mostly(
  fc.constantFrom('Một', 'Hai', 'Ba', 'Bốn', 'Năm', 'Sáu', 'Bảy', 'Tám', 'Chín', 'Mười', 'Hòa', 'Xã'),
  fc.constantFrom('', '  ', 'hoà', 'MỘT', 'một ', 'Sa\u0303', 'x\u0061\u0303'),
)
const names = (min: number, max: number) => fc.array(name, { minLength: min, maxLength: max })
const grades = fc.array(
  fc.record({ label: name, standard: fc.constantFrom('', 'Chuẩn'), points: fc.constantFrom(null, 0, 850) }),
  { maxLength: 4 },
)
const question: fc.Arbitrary<Draft['questions'][number]> = fc.record({
  kind: fc.constantFrom('graded', 'choice', 'yes-no'),
  title: name,
  options: mostly(
    grades.filter(({ length }) => length !== 1),
    grades,
  ),
  max: mostly(fc.constantFrom(1), fc.integer({ min: 1, max: 20 })),
})
const groups: fc.Arbitrary<Draft['groups']> = fc.oneof(
  fc.constant([]),
  fc.array(
    fc.record({
      label: name,
      convened: mostly(fc.constantFrom(5, 10), fc.constant(0)),
      weight: mostly(fc.constant(null), fc.constantFrom(0, 1)),
    }),
    { minLength: 1, maxLength: 3 },
  ),
)
const someDraft: fc.Arbitrary<Draft> = fc
  .record({
    address: mostly(
      fc.constantFrom('https://phieu.example', 'http://192.0.2.20:8080'),
      fc.constantFrom('', 'x', 'http://localhost'),
    ),
    title: mostly(fc.constant('Tên'), fc.constantFrom('', ' ')),
    unit: mostly(fc.constant('Sở A'), fc.constant('')),
    template: fc.constantFrom('confidence' as const, 'quality', 'criteria', 'free', 'survey'),
    subjects: fc.array(fc.record({ name: fc.constantFrom('', 'Người A', 'Ba'), position: name }), { maxLength: 2 }),
    pack: mostly(fc.constant<string | null>(null), fc.constant('f'.repeat(64))),
    questions: fc.array(question, { maxLength: 2 }),
    prompts: fc.array(fc.record({ title: name, maxBytes: fc.integer({ min: 1, max: 4096 }) }), { maxLength: 2 }),
    medium: mostly(fc.constant<Draft['medium']>('phones'), fc.constant('paper')),
    options: names(0, 3),
    max: mostly(fc.constant(1), fc.integer({ min: 1, max: 4 })),
    members: mostly(fc.constant<readonly string[]>(['A', 'B', 'C']), names(0, 4)),
    threshold: mostly(fc.constant(2), fc.integer({ min: 0, max: 5 })),
    groups,
    convened: fc.integer({ min: 2, max: 30 }),
    absent: fc.array(fc.record({ reason: name, count: fc.integer({ min: 1, max: 4 }) }), { maxLength: 1 }),
  })
  .map(change => {
    const people = change.groups.reduce((sum, { convened }) => sum + convened, 0)
    const draft: Draft = {
      ...FULL,
      ...change,
      convened: people > 2 ? people + (change.convened === 9 ? 1 : 0) : change.convened,
    }
    // About nobody, in most surveys.
    return draft.template === 'survey' && draft.convened % 8 !== 0 ? { ...draft, subjects: [] } : draft
  })

/** What only this page looks at: the rest it has in common with the door. */
const OWN: readonly string[] = [
  'subject-twice',
  'option-twice',
  'absent',
  'absent-reason',
  'spare',
  'too-long',
  'minimum',
]

describe('the page and the server', () => {
  const refused = (draft: Draft): boolean =>
    attempt(() => readDraft(parseJson(JSON.stringify(sendable(draft)), 'draft'))) === null || isRefused(sendable(draft))
  const isRefused = (draft: Draft): boolean => {
    try {
      checkDraft(draft, false)
      return false
    } catch (error) {
      if (!(error instanceof No) || error.refusal !== 'bad-draft') throw error
      return true
    }
  }

  it('agree on every draft: what this page lets pass the door does too, and what both look at both refuse', () => {
    const seen = { whole: 0, lacking: 0 }
    fc.assert(
      fc.property(someDraft, draft => {
        const gaps = gapsOf(draft, TRIED).map(({ code }) => code)
        const shared = gaps.filter(code => !OWN.includes(code))
        if (gaps.length === 0) expect(refused(draft)).toBe(false)
        if (shared.length > 0) expect([shared, refused(draft)]).toEqual([shared, true])
        if (gaps.length === 0) seen.whole++
        if (shared.length > 0) seen.lacking++
      }),
      { numRuns: 4000 },
    )
    expect(seen.whole).toBeGreaterThan(200)
    expect(seen.lacking).toBeGreaterThan(200)
  })
})

// ── the manifest ────────────────────────────────────────────────────────────────────────────────────────────────

describe('the manifest of a draft', () => {
  const two: Draft['subjects'] = [
    { name: '', position: 'Giám đốc Sở A' },
    { name: 'Họ tên', position: 'Giám đốc Sở B' },
  ]
  const templates: readonly (readonly [Draft, ids: readonly string[], options: readonly string[]])[] = [
    [{ ...FULL, subjects: two }, ['s1', 's2'], ['cao', 'tin-nhiem', 'thap']],
    [{ ...FULL, template: 'quality' }, ['s1'], ['xuat-sac', 'tot', 'hoan-thanh', 'khong']],
    [
      { ...FULL, subjects: two, template: 'criteria', questions: criteriaOf('Đạo đức', 'Kết quả') },
      ['s1-c1', 's1-c2', 's2-c1', 's2-c2'],
      ['xuat-sac', 'tot', 'trung-binh', 'kem'],
    ],
    [{ ...FULL, template: 'free', options: ['Có', 'Không'], max: 2 }, ['s1'], ['o1', 'o2']],
  ]
  it.each(templates)('parses and passes its checks: $template', async (draft, ids, options) => {
    const { manifest, drawn } = await manifestFor(draft)
    expect(manifest.contests.map(({ id }) => id)).toEqual(ids)
    expect(manifest.contests[0]!.options.map(({ id }) => id)).toEqual(options)
    expect(manifest.contests.every(({ min, max }) => min === 0 && max === (draft.template === 'free' ? 2 : 1))).toBe(
      true,
    )
    expect(checkCeremony(manifest)).toBeNull()
    expect(manifest.groups).toMatchObject([{ id: 'tham-du', tokens: drawn.cards.length }])
    expect(manifest.threshold).toBe(draft.threshold)
  })

  it('says to people whom each line is about', async () => {
    const { manifest } = await manifestFor({
      ...FULL,
      subjects: two,
      template: 'criteria',
      questions: criteriaOf('Đạo đức'),
    })
    const paper = paperOf(manifest)
    expect(paper).toMatchObject({ unit: 'Sở A', period: 'Năm 2026', address: FULL.address, rehearsal: false })
    expect(paper.contests[1]).toMatchObject({ kind: 'graded', ruled: false, subject: two[1], criterion: 'Đạo đức' })
    expect(manifest.contests[1]!.title).toBe('Họ tên, Giám đốc Sở B – Đạo đức')
    expect(contestsOf(FULL, null)[0]!.title).toBe('Giám đốc Sở A')
  })

  it('pins the pages as sha256sum would print them', () => {
    const files = [
      { path: 'index.html', bytes: utf8('a') },
      { path: 'assets/b.js', bytes: utf8('b') },
    ]
    const lines =
      '3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d  assets/b.js\n' +
      'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb  index.html\n'
    expect(bundleHash(files)).toEqual(sha256(utf8(lines)))
  })
})

describe('cards', () => {
  it('are drawn with their public keys ascending, in slices', async () => {
    const pauses: number[] = []
    const { cards, tokens } = await drawCards([20], held.ceremony.pollId, rng, async done => {
      pauses.push(done)
    })
    const keys = cards.map(card => tokenKeyPair(held.ceremony.pollId, card).public.bytes).sort(compare)
    expect(tokens[0]!.every((token, i) => equal(token, keys[i]!))).toBe(true)
    expect(pauses).toEqual([16])
  })

  it('are shuffled, none lost and none doubled', () => {
    const list = Array.from({ length: 100 }, (_, i) => i)
    const other = shuffled(list, rng)
    expect([...other].sort((a, b) => a - b)).toEqual(list)
    expect(other).not.toEqual(list)
  })

  it('take each place alike', () => {
    const places = [0, 0, 0]
    for (let i = 0; i < 3000; i++) places[shuffled(['x', 'y', 'z'], rng).indexOf('x')]!++
    for (const n of places) expect(Math.abs(n - 1000)).toBeLessThan(150)
  })
})

// ── the ceremony ────────────────────────────────────────────────────────────────────────────────────────────────

describe('the organiser’s check of the ceremony', () => {
  const { view } = held
  const changedAt = <T>(list: readonly T[], at: number, item: T) => list.map((one, i) => (i === at ? item : one))
  const culprit = (broken: Partial<CeremonyView>) => {
    const checked = checkCeremonyView({ ...view, ...broken })
    return 'fault' in checked ? [namedIn(checked.fault.where), reasonOf(checked.fault)] : null
  }

  it('passes an honest one', () => {
    expect(isComplete(view)).toBe(true)
    expect(culprit({})).toBeNull()
    expect(isComplete({ ...view, rehearsals: changedAt(view.rehearsals, 2, null) })).toBe(false)
  })

  it('names the phone whose rehearsal is wrong', () => {
    const wrong = toBase64url(G.toBytes())
    expect(culprit({ rehearsals: changedAt(view.rehearsals, 1, wrong) })).toEqual([[2], 'rehearsal'])
    expect(culprit({ rehearsals: changedAt(view.rehearsals, 2, 'AAAA') })).toEqual([[3], 'rehearsal'])
  })

  it('names the phone whose confirmation is of another ceremony', () => {
    const other = heldCeremony(FULL.members, FULL.threshold).view
    expect(culprit({ confirmations: changedAt(view.confirmations, 0, other.confirmations[0]!) })).toEqual([
      [1],
      'confirmation',
    ])
  })

  it('names the phone that revealed other keys than it committed to', () => {
    const other = heldCeremony(FULL.members, FULL.threshold).view
    expect(culprit({ packages: changedAt(view.packages, 2, other.packages[2]!) })).toEqual([[3], 'commitment'])
  })

  it('names the phone with another name or place, and one whose keys are no points', () => {
    const [first, second] = view.packages
    expect(culprit({ packages: changedAt(view.packages, 1, { ...second!, name: 'Người khác' }) })).toEqual([[2], null])
    expect(culprit({ packages: changedAt(view.packages, 1, first!) })).toEqual([[2], null])
    expect(culprit({ packages: changedAt(view.packages, 0, { ...first!, signingKey: 'AAAA' }) })).toEqual([[1], null])
  })

  it('reads the names in what a device reports', () => {
    expect(namedIn('share of trustee 2 for trustee 1')).toEqual([2, 1])
    expect(reasonOf({ code: 'wrong-sum', where: 'share of trustee 2 for trustee 1' })).toBe('share')
  })
})

// ── figures ─────────────────────────────────────────────────────────────────────────────────────────────────────

describe('percentages', () => {
  it('are of ballots collected, two decimals, half up', () => {
    expect(percentage(19, 47, ',')).toBe('40,43')
    expect(percentage(2, 47, ',')).toBe('4,26')
    expect(percentage(25, 47, '.')).toBe('53.19')
    expect(percentage(1, 3, ',')).toBe('33,33')
    expect(percentage(2, 3, ',')).toBe('66,67')
    expect(percentage(0, 9, ',')).toBe('0,00')
    expect(percentage(9, 9, ',')).toBe('100,00')
    expect(percentage(0, 0, ',')).toBe('–')
  })

  it('round an exact half up', () => {
    expect(hundredths(1, 20_000)).toBe(1) // 0,005 %
    expect(hundredths(1, 20_001)).toBe(0)
    expect(hundredths(1, 800)).toBe(13) // 0,125 %
  })
})

// ── the page ────────────────────────────────────────────────────────────────────────────────────────────────────

const VIEW: PollView = {
  poll: 'p',
  rehearsal: false,
  state: 'draft',
  version: 1,
  draft: EMPTY,
  addresses: [EMPTY.address],
  nonce: 'n',
  tried: false,
  links: [],
  keys: null,
  redeemAt: null,
  team: null,
  manifestHash: null,
  follows: null,
  voidReason: null,
  published: false,
  pack: null,
  stated: null,
  outcome: null,
  earlier: [],
}
const TEAM: MemberView = {
  state: 'sealing',
  title: FULL.title,
  unit: FULL.unit,
  rehearsal: false,
  index: 0,
  present: [true, true, true],
  attempt: 1,
  boxes: [null, null, null],
  stopped: null,
  manifest: null,
  pins: [null, null, null],
  sheets: [false, false, false],
  asked: null,
  voidReason: null,
  lastCall: null,
  turnout: null,
  closing: null,
  openings: [null, null, null],
  shares: [null, null, null],
  results: [null, null, null],
  comments: null,
  paper: null,
  ...held.view,
}
const seen = (state: PollState, view: PollView) =>
  stepPoll(state, { type: 'viewed', id: state.id, answer: { ok: view }, today: '2026-12-05' })
const at = (view: PollView) => seen(enterPoll('p', 'vi'), view)

describe('the page', () => {
  it('finds its way by the fragment', () => {
    const id = 'A'.repeat(22)
    expect(routeOf(`#setup.${id}`)).toEqual({ to: 'setup', link: id })
    expect(routeOf(`#${id}`)).toEqual({ to: 'poll', id })
    expect(routeOf('')).toEqual({ to: 'list' })
  })

  it('asks for the password again once the session is over, and comes back', () => {
    const id = 'A'.repeat(22)
    const answer = { refused: 'needs-login' } as const
    const out = step(enter({ to: 'poll', id }, 'vi'), { type: 'viewed', id, answer, today: '2026-12-05' })
    expect(out).toMatchObject({ at: 'logging-in', route: { to: 'poll', id } })
    expect(step(out, { type: 'passed', answer: { ok: null } })).toMatchObject({ at: 'poll', id })
  })

  it('refuses a short password and two that differ without asking the server', () => {
    const state = enter({ to: 'setup', link: 'x' }, 'vi')
    expect(step(state, { type: 'password', login: '', password: 'ngan', again: 'ngan' })).toMatchObject({
      why: 'weak-password',
    })
    const typed = { type: 'password', login: '', password: 'mot hai ba bon', again: 'khac' } as const
    expect(step(state, typed)).toMatchObject({ why: 'not-same', password: null })
    expect(step(state, { ...typed, again: typed.password })).toMatchObject({ why: null, password: typed.password })
  })

  it('fills a blank draft and saves it; keeps what is typed while looks come in', () => {
    const state = at(VIEW)
    expect(state.edit).toMatchObject({ phase: 'typed', version: 1 })
    const typing = stepPoll(state, { type: 'edit', change: { unit: 'Sở A' } })
    const looked = seen(typing, VIEW)
    expect(looked.edit?.draft.unit).toBe('Sở A')
    const saving = stepPoll(looked, { type: 'save' })
    const on = stepPoll(saving, { type: 'edit', change: { unit: 'Sở AB' } })
    expect(on.edit?.phase).toBe('typed-on')
    const saved = stepPoll(on, { type: 'saved', id: 'p', answer: { ok: { version: 2 } } })
    expect(saved.edit).toMatchObject({ phase: 'typed', version: 2, draft: { unit: 'Sở AB' } })
  })

  it('asks which one to keep when another window has saved meanwhile', () => {
    const typing = stepPoll(at({ ...VIEW, draft: FULL }), { type: 'edit', change: { unit: 'Sở B' } })
    const saving = stepPoll(typing, { type: 'save' })
    const stale = stepPoll(saving, { type: 'saved', id: 'p', answer: { refused: 'stale-draft' } })
    expect(stale).toMatchObject({ edit: { phase: 'stale' }, look: saving.look + 1 })
    const shown = seen(stale, { ...VIEW, version: 7, draft: { ...FULL, unit: 'Sở C' } })
    expect(shown.edit).toMatchObject({ phase: 'stale', draft: { unit: 'Sở B' } })
    expect(stepPoll(shown, { type: 'resolve', take: 'newer' }).edit).toMatchObject({
      phase: 'saved',
      version: 7,
      draft: { unit: 'Sở C' },
    })
    expect(stepPoll(shown, { type: 'resolve', take: 'own' }).edit).toMatchObject({
      phase: 'typed',
      version: 7,
      draft: { unit: 'Sở B' },
    })
  })

  it('takes over in silence what another window saved while nothing is typed here', () => {
    const state = seen(at({ ...VIEW, draft: FULL }), { ...VIEW, version: 3, draft: { ...FULL, unit: 'Sở C' } })
    expect(state.edit).toMatchObject({ phase: 'saved', version: 3, draft: { unit: 'Sở C' } })
  })

  it('saves again by itself when the line is back', () => {
    const typing = stepPoll(at({ ...VIEW, draft: FULL }), { type: 'edit', change: { unit: 'Sở B' } })
    const failed = stepPoll(stepPoll(typing, { type: 'save' }), {
      type: 'saved',
      id: 'p',
      answer: { refused: 'offline' },
    })
    expect(failed.edit?.phase).toBe('failed')
    expect(seen(failed, { ...VIEW, draft: FULL }).edit?.phase).toBe('typed')
  })
})

describe('the rules of a poll', () => {
  const texts = readRulebook()
  const packs = texts.map(text => ({ ...readPack(text), sha256: packHex(text), shipped: true, text }))
  const arrived = { type: 'packs', answer: { ok: packs } } as const
  const confidence = packs.find(({ id }) => id === 'tin-nhiem-96-QD-TW')!
  const stating = { date: '2026-12-05', convened: 47, present: 40, members: 0, histories: [[]], classified: [] }

  it('begin with a new draft once the packs came, and without packs it begins without rules', () => {
    const ready = seen(stepPoll(enterPoll('p', 'vi'), arrived), VIEW)
    expect(ready.edit?.draft).toMatchObject({ pack: confidence.sha256, basis: confidence.citation.text })
    const without = seen(stepPoll(enterPoll('p', 'vi'), { type: 'packs', answer: { refused: 'offline' } }), VIEW)
    expect(without).toMatchObject({ packs: null, edit: { draft: { pack: null, basis: '' } } })
    // Nothing is put under a draft that somebody wrote.
    expect(seen(stepPoll(enterPoll('p', 'vi'), arrived), { ...VIEW, draft: FULL }).edit?.draft.pack).toBeNull()
  })

  it('keep what is typed for them over looks, and let go of it once it is stated', () => {
    const open: PollView = { ...VIEW, state: 'open', draft: FULL, team: TEAM }
    const typing = stepPoll(at(open), { type: 'stating', stating })
    expect(seen(typing, open).stating).toBe(stating)
    const act = {
      what: 'state',
      statement: { ...stating, attendance: stating, classified: null, members: null },
    } as const
    const sent = stepPoll(typing, { type: 'act', act })
    const refused = stepPoll(sent, { type: 'acted', id: 'p', what: 'state', why: 'wrong-state' })
    expect(refused).toMatchObject({ stating, why: { what: 'state', why: 'wrong-state' } })
    expect(stepPoll(sent, { type: 'acted', id: 'p', what: 'state', why: null })).toMatchObject({
      stating: null,
      act: null,
    })
  })
})

describe('the cards’ secrets', () => {
  const sealing: PollView = { ...VIEW, state: 'sealing', draft: FULL, team: TEAM }
  const { pollId } = TEAM
  const made = async () => {
    const { text, drawn } = await manifestFor(FULL)
    return keptOf(held.ceremony.pollId, text, drawn)
  }

  it('are drawn only after every member has sent everything and the ceremony was checked', () => {
    const early = { ...sealing, team: { ...TEAM, rehearsals: [null, ...TEAM.rehearsals.slice(1)] } }
    const looked = stepPoll(at(early), { type: 'found', pollId, kept: null })
    expect(looked.secrets.at).toBe('none')
    expect(seen(looked, early).secrets.at).toBe('none')
    expect(seen(looked, sealing).secrets.at).toBe('checking')
    const stopped = { by: 1, code: 'bad-proof', where: 'trustee 2' } as const
    expect(seen(looked, { ...sealing, team: { ...TEAM, stopped } }).secrets.at).toBe('none')
  })

  it('are sent again after a reload, and are lost where another window’s manifest stands', async () => {
    const kept = await made()
    const found = stepPoll(at(sealing), { type: 'found', pollId, kept })
    expect(found.secrets.at).toBe('sending')
    expect(seen(found, { ...sealing, manifestHash: kept.manifestHash }).secrets.at).toBe('there')
    expect(seen(found, { ...sealing, manifestHash: 'other' }).secrets.at).toBe('lost')
  })

  it('are lost with the window that drew them', () => {
    const sealed = { ...sealing, state: 'sealed' as const, manifestHash: 'hash' }
    expect(stepPoll(at(sealed), { type: 'found', pollId, kept: null }).secrets.at).toBe('lost')
  })

  it('are gone once they are printed, except in a rehearsal while somebody may vote', async () => {
    const kept = await made()
    const there = stepPoll(at(sealing), { type: 'secrets', pollId, secrets: { at: 'there', kept, safe: true } })
    const printed = { ...sealing, state: 'printed' as const, manifestHash: kept.manifestHash }
    expect(seen(there, printed).secrets.at).toBe('wiped')
    const rehearsal = seen(there, { ...printed, rehearsal: true })
    expect(rehearsal.secrets.at).toBe('there')
    expect(seen(rehearsal, { ...printed, rehearsal: true, state: 'closed' }).secrets.at).toBe('wiped')
  })

  it('of an older attempt come too late', async () => {
    const kept = await made()
    const again = at({ ...sealing, team: { ...TEAM, pollId: toBase64url(rng(16)), attempt: 2 } })
    expect(stepPoll(again, { type: 'secrets', pollId, secrets: { at: 'there', kept, safe: true } })).toBe(again)
  })

  it('may be printed on the pins of all members, of this very manifest', async () => {
    const { text, manifest } = await manifestFor(FULL)
    const pins = held.members.map(member => toBase64url(pinManifest(member, manifest, rng)))
    const team = { ...TEAM, manifest: text }
    expect(mayPrint(factsOf({ ...team, pins: [...pins.slice(0, 2), null] }, NO_FACTS))).toBe(false)
    expect(mayPrint(factsOf({ ...team, pins }, NO_FACTS))).toBe(true)
    const other = (await manifestFor(FULL)).text
    const facts = factsOf({ ...team, manifest: other, pins }, NO_FACTS)
    expect(facts.pins).toEqual([false, false, false])
    expect(mayPrint(facts)).toBe(false)
    expect(factsOf({ ...team, pins }, factsOf({ ...team, pins }, NO_FACTS)).manifestCode).not.toBe('')
  })
})
