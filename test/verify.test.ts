import { describe, expect, it } from 'vitest'
import { chunksOf } from '../crypto/record.ts'
import { CHECKS, type Check } from '../crypto/verify/findings.ts'
import type { VerifyOptions } from '../crypto/verify/run.ts'
import { type Report, verify } from '../crypto/verify.ts'
import { secureRng } from '../server/play/seed.ts'
import { lineRows } from './mutations/lines.ts'
import { openingRows, RULES, ruled, selfOpening } from './mutations/opening.ts'
import { goodLines, join, placeOf, poll, type Row, rebuilt } from './mutations/row.ts'
import { setupRows } from './mutations/setup.ts'
import { stuffedBallot, votingRows } from './mutations/voting.ts'

const check = (record: string, options: Partial<VerifyOptions> = {}): Promise<Report> =>
  verify(chunksOf(record), { rng: secureRng, ...options })
const failing = (report: Report): Check[] =>
  report.checks.filter(({ status }) => status === 'fails').map(({ check: number }) => number)
const statuses = (report: Report) => report.checks.map(({ status }) => status)
const holding = (n: number) => Array<string>(n).fill('holds')

const good = join(goodLines)

describe('an honest record', () => {
  it('holds in all twelve checks, and has no outcome where no rules are pinned', async () => {
    const report = await check(good)
    expect(statuses(report)).toEqual([...holding(12), 'none'])
    expect(report.result?.unions).toEqual([
      {
        groups: ['staff'],
        ballots: 4,
        counts: [
          [2, 0, 1],
          [3, 2],
        ],
      },
      {
        groups: ['constructor', 'peers'],
        ballots: 5,
        counts: [
          [1, 1, 2],
          [3, 4],
        ],
      },
    ])
  })
  it('holds as the board before opening, with checks 10 to 13 not reached', async () => {
    const report = await check(join(goodLines.slice(0, placeOf('open'))))
    expect(report).toMatchObject({ ok: true, complete: false, result: null })
    expect(statuses(report)).toEqual([...holding(9), ...Array(4).fill('not-reached')])
  })
  it('holds when it comes in pieces of any size', async () => {
    const bytes = chunksOf(good)[0]!
    for (const size of [1, 7, 4096]) {
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      )
      expect((await verify(pieces, { rng: secureRng })).ok).toBe(true)
    }
  })
  it('holds for whoever asks for its manifest, by hash, by the start on a card or by short code', async () => {
    const { hash } = poll.manifest
    const code = (await import('../crypto/bytes.ts')).shortCode(hash)
    for (const asked of [hash, hash.subarray(0, 20), code, code.toLowerCase().replaceAll('-', ' ')])
      expect((await check(good, { asked })).ok).toBe(true)
    for (const asked of [
      hash.subarray(0, 19),
      hash.map(b => b ^ 1),
      code.replace(/./, c => (c === '0' ? '1' : '0')),
      '',
    ])
      expect(failing(await check(good, { asked }))).toEqual([1])
  })
  it('recomputes the outcome where the rules are at hand, and says not checked where they are not', async () => {
    const record = ruled('{"ballots":9}')
    expect(statuses(await check(record, { rules: RULES }))).toEqual(holding(13))
    expect(statuses(await check(record))).toEqual([...holding(12), 'not-checked'])
    expect(statuses(await check(record, { rules: () => null }))).toEqual([...holding(12), 'not-checked'])
  })
  it('holds with a closing in other words, since texts are kept as received', async () => {
    const spaced = rebuilt({ closingText: text => JSON.stringify(JSON.parse(text), null, 1) })
    expect((await check(spaced)).ok).toBe(true)
  })
  it('holds where the randomness of a group cancels out, and its sums open without shares', async () => {
    const record = selfOpening()
    const { ok, result } = await check(record)
    expect({ ok, counts: result?.unions[0]?.counts }).toEqual({
      ok: true,
      counts: [
        [4, 0, 0],
        [0, 4],
      ],
    })
    expect(record).not.toContain('"sum":"staff/')
  })
  it('holds with a third opening and signature', async () => {
    expect((await check(rebuilt({ openers: [1, 2, 3], signers: [1, 2, 3] }))).ok).toBe(true)
  })
  it('cannot show a ballot put in by the server for a card redeemed and never cast', async () => {
    // The known limit (protocol, section 1): that number stands in the closing statement, 1 here.
    expect((await check(rebuilt({ ballots: all => [...all, stuffedBallot(0)] }))).ok).toBe(true)
  })
})

/** Checks that are not reached when `check` fails: those that stand on it. */
const HIDDEN: { readonly [C in Check]: readonly Check[] } = {
  1: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
  2: [10, 11, 12, 13],
  3: [4, 5, 6, 9, 10, 11, 12, 13],
  4: [5, 6, 9, 10, 11, 12, 13],
  5: [6, 9, 10, 11, 12, 13],
  6: [10, 11, 12, 13],
  7: [8, 9, 10, 11, 12, 13],
  8: [10, 11, 12, 13],
  9: [10, 11, 12, 13],
  10: [11, 12, 13],
  11: [12, 13],
  12: [13],
  13: [],
}

type LooseRow = Omit<Row, 'code'> & Partial<Pick<Row, 'code'>>

function tryRows(rows: readonly LooseRow[]): void {
  for (const { name, check: named, code, also = [], record, options = {} } of rows)
    it(`${named}: ${name}`, async () => {
      const changed = record()
      if (options.asked === undefined) expect(changed).not.toBe(good)
      const report = await check(changed, options)
      const failed = failing(report)
      expect(report.ok).toBe(false)
      expect(report.result).toBeNull()
      // Where nothing was rebuilt a neighbour may notice first and hide the named check.
      if (also.length === 0) expect(failed).toEqual([named])
      else expect([named, ...also]).toEqual(expect.arrayContaining(failed))
      for (const one of failed) {
        for (const hidden of HIDDEN[one]) expect(report.checks[hidden - 1]!.status).toBe('not-reached')
        const finding = report.checks[one - 1]!.findings[0]!
        expect(finding.where).not.toBe('')
        expect(finding.line).toBeLessThanOrEqual(changed.split('\n').length)
      }
      if (code) expect(report.checks[named - 1]!.findings.map(finding => finding.code)).toContain(code)
    })
}

describe('a change of a line, nothing rebuilt, is refused by', () => tryRows(lineRows))
describe('a change before the first card is refused by', () => tryRows(setupRows))
describe('a change while the box was open, rebuilt around, is refused by', () => tryRows(votingRows))
describe('a change in the opening, rebuilt around, is refused by', () => tryRows(openingRows))

describe('the table', () => {
  const rows = [...lineRows, ...setupRows, ...votingRows, ...openingRows]
  it('has for every check a change that this check alone notices', () => {
    const alone = new Set(rows.filter(({ also }) => also === undefined).map(row => row.check))
    expect([...alone].sort((a, b) => a - b)).toEqual([...CHECKS])
  })
  it('has at least eighty rows, and no two of one name', () => {
    expect(rows.length).toBeGreaterThanOrEqual(80)
    expect(new Set(rows.map(({ check: number, name }) => `${number} ${name}`)).size).toBe(rows.length)
  })
})
