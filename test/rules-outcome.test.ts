/**
 * The outcome text: what the rules are applied to in a counted poll, what the text holds, and what check 13 makes of one
 * that nobody honest has written. The whole record under rules is in `outcome-record.test.ts`.
 */
import { describe, expect, it } from 'vitest'
import { toHex, utf8 } from '../crypto/bytes.ts'
import { parseClosing } from '../crypto/closing.ts'
import { parseJson, writeJson } from '../crypto/json.ts'
import type { Manifest } from '../crypto/manifest.ts'
import { parseResult } from '../crypto/tally.ts'
import { sha256 } from '../crypto/transcript.ts'
import type { PaperContest } from '../server/rules/contests.ts'
import { evaluate } from '../server/rules/evaluate.ts'
import {
  plainStatement,
  readOutcome,
  readStatement,
  roundOf,
  rulesWith,
  writeOutcome,
} from '../server/rules/outcome.ts'
import { packHash, packHex, readPack } from '../server/rules/read.ts'
import type { Statement } from '../server/rules/round.ts'
import { buildPoll, recordOf } from './build.ts'
import { refusalOf, TEXTS } from './rounds.ts'

const MAIN = TEXTS.get('tin-nhiem-96-QD-TW')!
const BESIDE = readPack(MAIN).alongside.map(({ pack }) => TEXTS.get(pack)!)
const ALL = [...TEXTS.values()]
const PINNED = { pack: 'tin-nhiem-96-QD-TW', sha256: packHash(MAIN) }

const option = (id: string, label: string) => ({ id, label })
const CONTESTS: readonly (Omit<PaperContest, 'kind' | 'ruled'> | Manifest['contests'][number])[] = [
  {
    id: 's1',
    title: 'Giám đốc Sở A',
    options: [option('cao', 'Tín nhiệm cao'), option('tin-nhiem', 'Tín nhiệm'), option('thap', 'Tín nhiệm thấp')],
    min: 0,
    max: 1,
    subject: { name: 'Giám đốc Sở A', position: 'Giám đốc' },
    criterion: null,
  },
  // A manifest by another program need not say whom a contest is about.
  { id: 's2', title: 'Phó Giám đốc Sở A', options: [option('cao', 'Cao'), option('thap', 'Thấp')], min: 1, max: 2 },
]

const built = buildPoll(5, fields => ({ ...fields, contests: CONTESTS, rules: PINNED }))
const lines = recordOf(built).map(line => JSON.parse(line) as { readonly type: string; readonly text: string })
const lineText = (type: string): string => lines.find(line => line.type === type)!.text
const closing = parseClosing(built.manifest, lineText('closing'))
const POLL = {
  manifest: built.manifest,
  closing,
  result: parseResult(built.manifest, closing.hash, lineText('result')),
}

const STATED: Statement = {
  date: '2026-12-05',
  attendance: { convened: 12, present: 11 },
  members: 12,
  histories: [[{ year: 2025, quality: 'khong' }], [{ year: 2025, low: 4, of: 9 }]],
  classified: new Map([['tot', 3]]),
}

describe('a counted poll as a round', () => {
  const round = roundOf(POLL, STATED)

  it('counts over all unions, by the ids of options', () => {
    expect(round.subjects.map(({ counts }) => Object.fromEntries(counts))).toEqual([
      { cao: 3, 'tin-nhiem': 1, thap: 3 },
      { cao: 6, thap: 6 },
    ])
  })

  it('names subjects as the manifest does, by the contest’s title where it says no more', () => {
    expect(round.subjects.map(({ name, position, criterion }) => [name, position, criterion])).toEqual([
      ['Giám đốc Sở A', 'Giám đốc', null],
      ['Phó Giám đốc Sở A', '', null],
    ])
  })

  it('takes a card for a ballot handed out, and a ballot on the board for one collected', () => {
    expect([round.issued, round.collected, round.valid, round.late, round.hidden]).toEqual([11, 9, 9, 0, 0])
    expect(round.team).toEqual(['Tổ viên 1', 'Tổ viên 2', 'Tổ viên 3'])
  })

  it('gives each subject the history that was stated for it', () => {
    expect(round.subjects.map(({ history }) => history)).toEqual(STATED.histories)
    expect(roundOf(POLL, { ...STATED, histories: [] }).subjects.map(({ history }) => history)).toEqual([[], []])
  })

  it('knows that ballots outside every union stay sealed', () => {
    const [first, ...others] = POLL.result.unions
    const result = { ...POLL.result, unions: others }
    expect(roundOf({ ...POLL, result }, STATED).hidden).toBe(first!.ballots)
    expect(evaluate(roundOf({ ...POLL, result }, STATED), [{ text: MAIN }]).packs[0]!.blocked).toBe('hidden-counts')
  })

  it('gives lines by criteria of one subject the one history of that subject', () => {
    const subject = { name: 'Giám đốc Sở A', position: '' }
    const contests = CONTESTS.map((contest, c) => ({ ...contest, subject, criterion: `Tiêu chí ${c + 1}` }))
    const text = writeJson({ ...JSON.parse(built.manifest.text), contests })
    const twice = roundOf({ ...POLL, manifest: { ...built.manifest, text } }, STATED)
    expect(twice.subjects.map(({ name, criterion }) => [name, criterion])).toEqual([
      ['Giám đốc Sở A', 'Tiêu chí 1'],
      ['Giám đốc Sở A', 'Tiêu chí 2'],
    ])
    expect(twice.subjects.map(({ history }) => history)).toEqual([STATED.histories[0], STATED.histories[0]])
  })
})

describe('the outcome text', () => {
  const text = writeOutcome(POLL, STATED, [MAIN, ...BESIDE])

  it('holds what was stated, what each pack says and about whom they differ', () => {
    const { statement, outcome } = readOutcome(text)
    expect(statement).toEqual(STATED)
    expect(outcome).toEqual(
      evaluate(
        roundOf(POLL, STATED),
        [MAIN, ...BESIDE].map(one => ({ text: one })),
      ),
    )
    expect(outcome.packs.map(({ pack, sha256 }) => [pack, sha256])).toEqual(
      [MAIN, ...BESIDE].map(one => [readPack(one).id, packHex(one)]),
    )
  })

  it('is the same text again when what was read is written, fields in their order and without a space', () => {
    const { statement, outcome } = readOutcome(text)
    const { packs, differ } = outcome
    expect(writeJson({ format: 'phieukin/outcome/v1', statement: plainStatement(statement), packs, differ })).toBe(text)
    expect(text).toMatch(/^\{"format":"phieukin\/outcome\/v1","statement":\{"date":"2026-12-05","attendance":\{/)
    expect(writeOutcome(POLL, statement, [MAIN, ...BESIDE])).toBe(text)
  })

  it('takes just the packs that the pinned one names, in its order, whatever others are at hand', () => {
    expect(writeOutcome(POLL, STATED, [MAIN, ...[...ALL].reverse()])).toBe(text)
  })

  it('is not written without a pack that speaks beside it', () => {
    expect(refusalOf(() => writeOutcome(POLL, STATED, [MAIN, BESIDE[0]!]))).toMatch(/^wrong-hash at mien-nhiem-ND170/)
  })

  const spoilt = [
    ['no text', '', 'not-json'],
    ['a space more', text.replace(',"packs"', ', "packs"'), 'white-space'],
    ['a field more', text.replace('"differ":', '"colour":"red","differ":'), 'unknown-field'],
    ['a field less', text.replace('"members":12,', ''), 'missing-field'],
    ['another format', text.replace('outcome/v1', 'outcome/v2'), 'wrong-value'],
    ['a kind of finding that is none', text.replace('"kind":"band"', '"kind":"verdict"'), 'wrong-value'],
    ['a reason that is none', text.replace('"blocked":null', '"blocked":"rain"'), 'wrong-value'],
    ['nobody’s pack', text.replace(/"packs":.*,"differ"/, '"packs":[],"differ"'), 'wrong-length'],
  ] as const
  for (const [name, bad, code] of spoilt)
    it(`is refused with ${name}`, () => {
      expect(refusalOf(() => readOutcome(bad))?.split(' ')[0]).toBe(code)
      expect(refusalOf(() => readOutcome(text))).toBe(null)
    })
})

describe('what people state', () => {
  const plain = plainStatement(STATED)
  const read = (change: object) =>
    refusalOf(() => readStatement(parseJson(JSON.stringify({ ...plain, ...change }), 'statement'), 'statement'))

  it('is read as it is written', () => {
    const back = readStatement(parseJson(JSON.stringify(plain), 'statement'), 'statement')
    expect(back).toEqual(STATED)
    expect(plainStatement(back)).toEqual(plain)
  })

  const table: readonly (readonly [name: string, bad: object, says: string, twin: object])[] = [
    [
      'more present than convened',
      { attendance: { convened: 12, present: 13 } },
      'out-of-range at statement.attendance.present: ≤ 12, not 13',
      { attendance: { convened: 12, present: 12 } },
    ],
    [
      'nobody convened',
      { attendance: { convened: 0, present: 0 } },
      'out-of-range at statement.attendance.convened',
      { attendance: { convened: 1, present: 0 } },
    ],
    ['a day that is none', { date: '2026-02-29' }, 'wrong-value at statement.date', { date: '2028-02-29' }],
    ['a body without members', { members: 0 }, 'out-of-range at statement.members', { members: null }],
    [
      'a year to come',
      { histories: [[{ year: 2027, quality: 'tot' }]] },
      'out-of-range at statement.histories[0][0].year: ≤ 2026, not 2027',
      { histories: [[{ year: 2026, quality: 'tot' }]] },
    ],
    [
      'a year that says two things',
      {
        histories: [
          [
            { year: 2025, quality: 'tot' },
            { year: 2025, quality: 'khong' },
          ],
        ],
      },
      'duplicate at statement.histories[0][1].year',
      {
        histories: [
          [
            { year: 2025, quality: 'tot' },
            { year: 2025, low: 1, of: 2 },
          ],
        ],
      },
    ],
    [
      'more marks than ballots',
      { histories: [[{ year: 2025, low: 10, of: 9 }]] },
      'out-of-range at statement.histories[0][0].low: ≤ 9, not 10',
      { histories: [[{ year: 2025, low: 9, of: 9 }]] },
    ],
    [
      'a level twice',
      {
        classified: [
          { level: 'tot', count: 3 },
          { level: 'tot', count: 4 },
        ],
      },
      'duplicate at statement.classified',
      { classified: null },
    ],
    [
      'a year neither classified nor counted',
      { histories: [[{ year: 2025 }]] },
      'missing-field at statement.histories[0][0].low',
      { histories: [[]] },
    ],
  ]
  for (const [name, bad, says, twin] of table)
    it(`is refused with ${name}`, () => {
      expect(read(bad)).toContain(says)
      expect(read(twin)).toBe(null)
    })
})

describe('check 13, given these packs,', () => {
  const honest = writeOutcome(POLL, STATED, [MAIN, ...BESIDE])
  const check = (published: string, packs: readonly string[], pinned = PINNED) => {
    const recomputed = rulesWith(packs)(pinned, POLL, published)
    return recomputed === null ? 'not-checked' : recomputed === published ? 'holds' : 'fails'
  }

  it('holds for what an honest server wrote', () => {
    expect(check(honest, ALL)).toBe('holds')
    expect(check(honest, [...BESIDE, MAIN])).toBe('holds')
  })

  it('is not made where a pack is not at hand, or one beside it', () => {
    expect(check(honest, [])).toBe('not-checked')
    expect(check(honest, BESIDE)).toBe('not-checked')
    expect(check(honest, [MAIN, BESIDE[0]!])).toBe('not-checked')
  })

  it('fails where the pinned pack is at hand with one digit changed, and not where its next version is', () => {
    const change = (text: string) => text.replace('"fraction": "2/3"', '"fraction": "3/5"')
    expect(check(honest, [change(MAIN), ...BESIDE])).toBe('fails')
    expect(check(honest, [change(MAIN).replace('"version": 1', '"version": 2'), ...BESIDE])).toBe('not-checked')
    expect(check(honest, [change(MAIN), MAIN, ...BESIDE])).toBe('holds')
    expect(check(honest, [MAIN, change(BESIDE[0]!), ...BESIDE.slice(1)])).toBe('fails')
  })

  it('fails for an outcome of a pack that was changed after it was pinned, with or without the true one at hand', () => {
    const changed = MAIN.replace('"operator": ">", "fraction": "1/2"', '"operator": ">", "fraction": "1/4"')
    const forged = writeOutcome(POLL, STATED, [changed, ...BESIDE])
    expect(check(forged, ALL)).toBe('fails')
    expect(check(forged, [])).toBe('fails')
    // Under the true pack’s hash it takes the true pack to tell.
    const disguised = forged.replace(packHex(changed), packHex(MAIN))
    expect(check(disguised, ALL)).toBe('fails')
    expect(check(disguised, [])).toBe('not-checked')
  })

  it('fails where one number, one finding, or what was stated beside them is another', () => {
    expect(check(honest.replace('"numerator":3', '"numerator":4'), ALL)).toBe('fails')
    expect(check(honest.replace('"band":null', '"band":"tu-2-3"'), ALL)).toBe('fails')
    expect(check(honest.replace('"convened":12,"present":11', '"convened":12,"present":7'), ALL)).toBe('fails')
    expect(check(honest.replace('"year":2025,"quality":"khong"', '"year":2025,"quality":"tot"'), ALL)).toBe('fails')
  })

  it('fails for a text that is no outcome, be it the very one that is given back', () => {
    expect(check('', ALL)).toBe('fails')
    const answer = rulesWith(ALL)(PINNED, POLL, '')!
    expect(check(answer, ALL)).toBe('fails')
    expect(check(honest.replace(',"packs"', ', "packs"'), ALL)).toBe('fails')
  })

  it('fails for a ballot that the rules would look past: another line’s options, ids or labels exchanged, or none', () => {
    const asked = (change: Partial<PaperContest>): typeof POLL => {
      const contest = { ...CONTESTS[0]!, kind: 'main', ruled: true, ...change }
      const text = JSON.stringify({ ...JSON.parse(POLL.manifest.text), contests: [contest] })
      const contests = [contest] as readonly Manifest['contests'][number][]
      const unions = POLL.result.unions.map(union => ({ ...union, counts: [[3, 3, 5]] }))
      return { ...POLL, manifest: { ...POLL.manifest, text, contests }, result: { ...POLL.result, unions } }
    }
    const one = { ...STATED, histories: [[]] }
    const verdict = (poll: typeof POLL) => {
      const published = writeOutcome(poll, one, [MAIN, ...BESIDE])
      return rulesWith(ALL)(PINNED, poll, published) === published
    }
    const { options } = CONTESTS[0]!
    const [high, middle, low] = options
    expect(verdict(asked({}))).toBe(true)
    expect(verdict(asked({ ruled: false }))).toBe(false)
    expect(verdict(asked({ options: options.map((one, o) => ({ ...one, id: `o${o}` })) }))).toBe(false)
    expect(
      verdict(asked({ options: [{ ...high!, label: low!.label }, middle!, { ...low!, label: high!.label }] })),
    ).toBe(false)
    expect(verdict(asked({ options: options.slice(0, 2) }))).toBe(false)
  })

  it('fails where the manifest calls the pack by another name', () => {
    expect(check(honest, ALL, { ...PINNED, pack: 'tin-nhiem-262-QD-TW' })).toBe('fails')
  })

  it('is not made by a text that nobody here can read as a pack, though it has the pinned hash', () => {
    const unreadable = '{"format":"phieukin/rules/v2"}'
    const pinned = { pack: 'x', sha256: sha256(utf8(unreadable)) }
    expect(toHex(pinned.sha256)).toBe(packHex(unreadable))
    expect(check('', [unreadable], pinned)).toBe('not-checked')
  })
})
