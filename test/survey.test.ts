/**
 * Random surveys through the real application, from the draft to a record that verifies: every kind of question, one to
 * four groups of any turnout, prompts, with and without rules. What comes out is what was chosen, union by union.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseManifest } from '../crypto/manifest.ts'
import { chunksOf } from '../crypto/record.ts'
import { publicationUnions } from '../crypto/tally.ts'
import { verify } from '../crypto/verify.ts'
import { secureRng } from '../server/play/seed.ts'
import { groupsOf } from '../server/rules/contests.ts'
import { rulesWith } from '../server/rules/outcome.ts'
import { packHex } from '../server/rules/read.ts'
import type { Draft, HallView, PollView } from '../server/wire.ts'
import {
  type Ask,
  act,
  ask as askFor,
  count,
  draftFor,
  firstOrganiser,
  handBack,
  openOffice,
  phoneWith,
  post,
  RULEBOOK,
  type SealedPoll,
  said,
  sealPoll,
  signAct,
  vote,
} from './office.ts'
import { shipped } from './ruled.ts'
import { exposedBy } from './span.ts'

const SEED = 20261222
const RUNS = 12

type Question = Draft['questions'][number]
const option = (label: string, points: number | null = null) => ({
  label,
  standard: points === null ? '' : 'Chuẩn',
  points,
})

/** In words that differ from line to line. */
const questionOf = (
  kind: 'form' | 'scale' | 'choice' | 'yes-no',
  i: number,
  options: number,
  max: number,
): Question => {
  const title = `Nội dung ${i + 1}`
  const own = Array.from({ length: options }, (_, o) =>
    option(`Mục ${o + 1}`, kind === 'scale' ? 250 * (options - o) : null),
  )
  switch (kind) {
    case 'form':
      return { kind: 'graded', title, options: [], max: 1 }
    case 'scale':
      return { kind: 'graded', title, options: own, max: 1 }
    case 'choice':
      return { kind: 'choice', title, options: own, max: Math.min(max, options) }
    case 'yes-no':
      return { kind: 'yes-no', title, options: [], max: 1 }
  }
}

const question = fc.tuple(
  fc.constantFrom('form', 'scale', 'choice', 'yes-no'),
  fc.integer({ min: 2, max: 4 }),
  fc.integer({ min: 1, max: 3 }),
)

interface Case {
  readonly draft: Draft
  /** By group. */
  readonly turnout: readonly number[]
  /** Numbers from which marks are made. */
  readonly dice: readonly number[]
  readonly written: readonly string[]
}

const anyCase: fc.Arbitrary<Case> = fc
  .record({
    template: fc.constantFrom('pack', 'confidence', 'quality', 'criteria', 'free', 'survey'),
    questions: fc.array(question, { minLength: 1, maxLength: 3 }),
    further: fc.boolean(),
    subjects: fc.integer({ min: 1, max: 2 }),
    // Groups of one and two people too, and of whom nobody comes.
    groups: fc.array(
      fc.record({
        convened: fc.integer({ min: 1, max: 6 }),
        away: fc.oneof(fc.nat({ max: 1 }), fc.nat({ max: 6 })),
        weight: fc.nat({ max: 50 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    // Everybody in one group as often as in several.
    together: fc.boolean(),
    weighted: fc.boolean(),
    prompts: fc.nat({ max: 1 }),
    minimumBallots: fc.integer({ min: 3, max: 5 }),
    dice: fc.array(fc.nat({ max: 1000 }), { minLength: 60, maxLength: 60 }),
    written: fc.array(fc.constantFrom('', 'Nên họp ngắn hơn.'), { minLength: 5, maxLength: 5 }),
  })
  .map(
    ({
      template,
      questions,
      further,
      subjects,
      groups: some,
      together,
      weighted,
      prompts,
      minimumBallots,
      dice,
      written,
    }) => {
      const groups = together ? some.slice(0, 1) : some
      const people = groups.reduce((sum, { convened }) => sum + convened, 0)
      const alone = groups.length === 1
      const asked = questions.map(([kind, options, max], i) => questionOf(kind, i, options, max))
      const about = template === 'survey' ? 0 : subjects
      const draft = draftFor({
        template: template === 'pack' ? 'confidence' : template,
        pack: template === 'pack' ? packHex(shipped()) : null,
        subjects: Array.from({ length: about }, (_, i) => ({ name: '', position: `Chức vụ ${i + 1}` })),
        questions: further || template === 'criteria' || template === 'survey' ? asked : [],
        options: template === 'free' ? ['Phương án 1', 'Phương án 2', 'Phương án 3'] : [],
        max: template === 'free' ? 2 : 1,
        prompts: Array.from({ length: prompts }, () => ({ title: 'Đề nghị', maxBytes: 40 })),
        groups: alone
          ? []
          : groups.map(({ convened, weight }, g) => ({
              label: `Nhóm ${g + 1}`,
              convened,
              weight: weighted ? weight + 1 : null,
            })),
        // With fewer than three people there is no secret ballot.
        convened: alone ? Math.max(people, 3) : people,
        minimumBallots,
      })
      return { draft, turnout: groups.map(({ convened, away }) => Math.max(0, convened - away)), dice, written }
    },
  )
  .filter(({ draft }) => draft.convened >= 3)

/** None, one or several different options, none of them more likely; nothing at all now and then. */
function marksOf(dice: () => number, options: number, max: number): readonly number[] {
  const all = Array.from({ length: options }, (_, o) => o)
  const many = dice() % (max + 1)
  const start = dice()
  return all
    .map(o => (o + start) % options)
    .slice(0, many)
    .sort((a, b) => a - b)
}

describe(`${RUNS} random surveys, seed ${SEED}`, () => {
  const seen = { kinds: new Set<string>(), merged: 0, hidden: 0, empty: 0, weighted: 0, comments: 0 }

  it('give exactly what was chosen, in a record that verifies, and tell nothing of too few', {
    timeout: 300_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, async one => {
        await held(one)
      }),
      { seed: SEED, numRuns: RUNS, endOnFailure: true },
    )
  })

  it('had everything in them that a survey may have', () => {
    for (const kind of ['main', 'graded', 'choice', 'yes-no', 'ruled', 'survey', 'alone', 'groups'])
      expect([...seen.kinds]).toContain(kind)
    for (const times of [seen.merged, seen.hidden, seen.empty, seen.weighted, seen.comments])
      expect(times).toBeGreaterThan(0)
  })

  async function held({ draft, turnout, dice: numbers, written }: Case): Promise<void> {
    const office = openOffice({ lastCallMs: () => 0 })
    try {
      const organiser = await firstOrganiser(office)
      const sealed = await sealPoll(office.ask, organiser, { draft, cards: draft.convened + 1 })
      const { contests, groups } = parseManifest(sealed.manifest.text)
      let at = 0
      const dice = () => numbers[at++ % numbers.length]! + at
      await act(organiser, sealed, 'open', [0])

      const counts = groups.map(() => contests.map(({ options }) => options.map(() => 0)))
      for (const [g, n] of turnout.entries()) {
        const cards = sealed.cards.filter(({ group }) => group === g)
        for (const card of cards.slice(0, n)) {
          const choices = contests.map(({ options, max }) => marksOf(dice, options.length, max))
          seen.empty += choices.some(marks => marks.length === 0) ? 1 : 0
          choices.forEach((marks, c) => {
            for (const o of marks) counts[g]![c]![o]!++
          })
          const texts = draft.prompts.map(() => written[dice() % written.length]!)
          seen.comments += texts.some(text => text !== '') ? 1 : 0
          await vote(office.ask, sealed, card, choices, texts)
        }
      }
      const handedOut = await spoil(office.ask, sealed, draft, turnout)
      await seesNoGroups(office.ask, sealed.hash, draft)
      if (draft.pack !== null) {
        const attendance = { convened: draft.convened, present: draft.convened }
        const histories = draft.subjects.map(() => [])
        const stated = { date: '2026-12-05', attendance, members: null, histories, classified: null }
        expect(await organiser.put(`/polls/${sealed.poll}/statement`, stated)).toBeNull()
      }
      await act(organiser, sealed, 'close', [0, 1], handedOut)
      await count(sealed.members.slice(1))
      await act(organiser, sealed, 'publish', [0])

      const record = await (await office.ask(`/api/polls/${sealed.hash}/record`)).text()
      const rules = rulesWith(RULEBOOK.packs)
      const report = await verify(chunksOf(record), { rng: secureRng, asked: sealed.manifest.hash, rules })
      expect(report).toMatchObject({ ok: true, complete: true })
      const unions = publicationUnions(turnout, draft.minimumBallots)
      expect(report.result!.unions).toEqual(
        unions.map(union => ({
          groups: union.groups.map(g => groups[g]!.id),
          ballots: union.ballots,
          counts: contests.map(({ options }, c) =>
            options.map((_, o) => union.groups.reduce((sum, g) => sum + counts[g]![c]![o]!, 0)),
          ),
        })),
      )
      tellsNothing(record, report.result!.unions, turnout, draft.minimumBallots, groups)
      note(draft, turnout)
      expect((await organiser.get<PollView>(`/polls/${sealed.poll}`)).state).toBe('counted')
    } finally {
      await office.close()
    }
  }

  /** One card is handed back; and where somebody stayed away, one more is redeemed, and no ballot cast with it. */
  async function spoil(
    ask: Ask,
    { cards, hash, manifest }: SealedPoll,
    draft: Draft,
    turnout: readonly number[],
  ): Promise<readonly number[]> {
    const left = turnout.map((n, g) => cards.filter(({ group }) => group === g).slice(n))
    const back = left.find(list => list.length > 1)?.pop()
    if (back !== undefined) expect((await post(ask, hash, 'void', handBack({ manifest }, back))).status).toBe(204)
    const away = groupsOf(draft).findLastIndex(({ convened }, g) => convened > turnout[g]! && left[g]!.length > 0)
    if (away !== -1) {
      const phone = phoneWith(manifest, left[away]![0]!)
      phone.receive(await said<Uint8Array>(await post(ask, hash, 'redeem', phone.request)))
    }
    return turnout.map((n, g) => n + (g === away ? 1 : 0))
  }

  /** The hall is shown one number of all. */
  async function seesNoGroups(ask: Ask, hash: string, draft: Draft): Promise<void> {
    const text = await (await ask(`/api/polls/${hash}/hall`)).text()
    const { expected } = JSON.parse(text) as HallView
    expect(expected).toBe(draft.convened)
    expect(draft.groups.filter(({ label }) => text.includes(label))).toEqual([])
  }

  /** By what stands in the record itself: the sums that were opened, and the ballots by group of its closing statement. */
  function tellsNothing(
    record: string,
    unions: readonly { readonly groups: readonly string[] }[],
    turnout: readonly number[],
    minimum: number,
    groups: readonly { readonly id: string }[],
  ): void {
    const opened = record
      .split('\n')
      .filter(line => line.startsWith('{"type":"share"'))
      .map(line => (JSON.parse(line) as { readonly sum: string }).sum.split('/')[0]!.split('+'))
    const rows = [...opened, ...unions.map(union => union.groups)].map(ids =>
      groups.map(({ id }) => (ids.includes(id) ? 1 : 0)),
    )
    const different = [...new Map(rows.map(row => [row.join(), row])).values()]
    expect(different.length).toBe(unions.length)
    if (turnout.reduce((sum, n) => sum + n, 0) < minimum) expect(unions.length).toBeLessThanOrEqual(1)
    else expect(exposedBy(different, [], { ballots: turnout, columns: groups.map((_, g) => [g]) }, minimum)).toEqual([])
  }

  function note(draft: Draft, turnout: readonly number[]): void {
    for (const { kind } of draft.questions) seen.kinds.add(kind)
    if (draft.template === 'survey') seen.kinds.add('survey')
    else if (draft.template !== 'criteria') seen.kinds.add('main')
    if (draft.pack !== null) seen.kinds.add('ruled')
    seen.kinds.add(groupsOf(draft).length === 1 ? 'alone' : 'groups')
    const unions = publicationUnions(turnout, draft.minimumBallots)
    if (unions.some(({ groups }) => groups.length > 1)) seen.merged++
    if (unions.length === 0 || turnout.includes(0)) seen.hidden++
    if (draft.groups.some(({ weight }) => weight !== null)) seen.weighted++
  }
})

describe('cards of two groups', () => {
  it('are voided and handed out group by group: what fits in all may not fit in one', async () => {
    const office = openOffice({ lastCallMs: () => 0 })
    const organiser = await firstOrganiser(office)
    const groups = ['Nhóm 1', 'Nhóm 2'].map(label => ({ label, convened: 3, weight: null }))
    const sealed = await sealPoll(office.ask, organiser, { draft: draftFor({ groups, convened: 6 }) })
    expect(sealed.manifest.groups.map(({ tokens }) => tokens)).toEqual([4, 4])
    const back = sealed.cards.find(({ group }) => group === 1)!
    expect((await post(office.ask, sealed.hash, 'void', handBack(sealed, back))).status).toBe(204)
    await act(organiser, sealed, 'open', [0])
    expect(await askFor(organiser, sealed.poll, 'close')).toBeNull()
    expect(await signAct(sealed.members[0]!, 'close', [3, 4])).toBe('bad-numbers')
    expect(await signAct(sealed.members[0]!, 'close', [7])).toBe('bad-numbers')
    for (const member of sealed.members.slice(0, 2)) expect(await signAct(member, 'close', [4, 3])).toBeNull()
    expect((await organiser.get<PollView>(`/polls/${sealed.poll}`)).state).toBe('closed')
    await office.close()
  })
})
