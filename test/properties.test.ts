import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ballotProofEquations, ballotSignatureEquation, falseProofs, readBallot } from '../crypto/ballot.ts'
import { hold, holdsPlainly } from '../crypto/batch.ts'
import { readRequest } from '../crypto/blind.ts'
import { utf8 } from '../crypto/bytes.ts'
import { parseClosing, writeClosing } from '../crypto/closing.ts'
import { readEnvelope } from '../crypto/comment.ts'
import { parseManifest, writeManifest } from '../crypto/manifest.ts'
import { chunksOf, RecordReader, writeLine } from '../crypto/record.ts'
import { parseResult } from '../crypto/tally.ts'
import { verify } from '../crypto/verify.ts'
import { parseCase } from '../server/play/case.ts'
import { secureRng } from '../server/play/seed.ts'
import { flipped, goodLines, join, placeOf, poll } from './mutations/row.ts'
import { countedByHand, play, writtenByHand } from './play.ts'

const { manifest } = poll

// ── whole polls ─────────────────────────────────────────────────────────────────────────────────────────────────

/** Any small poll: groups, contests, marks within what a contest allows, comments, cards lost on the way. */
const anyCase = fc
  .record({
    team: fc.constantFrom([2, 2], [3, 2], [4, 3]),
    minimumBallots: fc.integer({ min: 3, max: 6 }),
    groups: fc.integer({ min: 1, max: 3 }),
    contests: fc.array(
      fc
        .integer({ min: 1, max: 4 })
        .chain(options =>
          fc
            .tuple(fc.integer({ min: 0, max: options }), fc.integer({ min: 1, max: options }))
            .map(([a, b]) => ({ options, min: Math.min(a, b), max: Math.max(a, b, 1) })),
        ),
      { minLength: 1, maxLength: 3 },
    ),
    prompts: fc.integer({ min: 0, max: 2 }),
    votes: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 2 }), fc.infiniteStream(fc.nat())), { maxLength: 4 }),
    lost: fc.integer({ min: 0, max: 1 }),
  })
  .map(({ team, minimumBallots, groups, contests, prompts, votes, lost }) => {
    const marks = (dice: Iterator<number>, { options, min, max }: (typeof contests)[number]) => {
      const many = min + (dice.next().value % (max - min + 1))
      const start = dice.next().value % options
      return Array.from({ length: many }, (_, i) => (start + i) % options)
    }
    return JSON.stringify({
      title: 'Cuộc bỏ phiếu ngẫu nhiên',
      trustees: team[0],
      threshold: team[1],
      minimumBallots,
      groups: Array.from({ length: groups }, (_, g) => ({ id: `g${g}`, label: `Nhóm ${g}`, cards: 12, handedOut: 10 })),
      contests: contests.map(({ options, min, max }, c) => ({
        id: `c${c}`,
        title: `Nội dung ${c}`,
        options: Array.from({ length: options }, (_, o) => `Mức ${o}`),
        min,
        max,
      })),
      comments: Array.from({ length: prompts }, (_, k) => ({ id: `k${k}`, title: 'Ý kiến', maxBytes: 20 })),
      votes: votes.map(([group, count, stream]) => {
        const dice = stream[Symbol.iterator]()
        return {
          group: `g${group % groups}`,
          count,
          choices: Object.fromEntries(contests.map((contest, c) => [`c${c}`, marks(dice, contest)])),
          comments: Object.fromEntries(
            Array.from({ length: prompts }, (_, k) => [`k${k}`, dice.next().value % 2 ? 'Tốt' : '']),
          ),
        }
      }),
      redeemedNotCast: { g0: lost },
      voided: { g0: lost },
    })
  })

describe('random polls', () => {
  it('give exactly what was voted, in a record that holds', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, async text => {
        const plan = parseCase(text)
        const { record, played } = await play(plan)
        const report = await verify(chunksOf(record), { rng: secureRng })
        expect(report).toMatchObject({ ok: true, complete: true })
        expect(report.result!.unions).toEqual(countedByHand(plan))
        if (played.texts) expect(played.texts).toEqual(writtenByHand(plan))
      }),
      { numRuns: 12 },
    )
  })
})

// ── parse ∘ write ───────────────────────────────────────────────────────────────────────────────────────────────

const refused = (read: () => unknown): boolean => {
  try {
    read()
    return false
  } catch {
    return true
  }
}

const binary: readonly (readonly [
  name: string,
  samples: readonly Uint8Array[],
  read: (bytes: Uint8Array) => unknown,
])[] = [
  ['a request', poll.voters.map(v => v.request), bytes => readRequest(manifest, bytes, 'x')],
  ['a ballot', poll.ballots, bytes => readBallot(manifest, bytes, 'x')],
  ['an envelope', poll.comments, bytes => readEnvelope(manifest, bytes, 'x')],
]

describe('reading what was written', () => {
  for (const [name, samples, read] of binary) {
    it(`gives back the bytes of ${name}`, () => {
      for (const bytes of samples) expect(read(bytes)).toMatchObject({ bytes })
    })
    it(`refuses every proper prefix of ${name}, and every extension`, () => {
      const [bytes] = samples
      for (let n = 0; n < bytes!.length; n++) expect(refused(() => read(bytes!.subarray(0, n)))).toBe(true)
      fc.assert(
        fc.property(fc.uint8Array({ minLength: 1, maxLength: 40 }), more =>
          refused(() => read(Uint8Array.of(...bytes!, ...more))),
        ),
      )
    })
  }

  const closingText = JSON.parse(goodLines[placeOf('closing')]!).text as string
  const resultText = JSON.parse(goodLines[placeOf('result')]!).text as string
  const closing = parseClosing(manifest, closingText)
  const texts: readonly (readonly [name: string, text: string, read: (text: string) => unknown, again: string])[] = [
    ['a manifest', manifest.text, parseManifest, writeManifest(parseManifest(manifest.text), { unit: 'Sở A' })],
    ['a closing statement', closingText, text => parseClosing(manifest, text), writeClosing(manifest, closing)],
    ['a result', resultText, text => parseResult(manifest, closing.hash, text), resultText],
  ]
  for (const [name, text, read, again] of texts)
    it(`gives back the text of ${name}, and refuses every proper prefix and every extension`, () => {
      const { text: _, hash: __, ...fields } = JSON.parse(again)
      expect(fields).toEqual(JSON.parse(text))
      expect(read(text)).toMatchObject({ text })
      for (let n = 0; n < text.length; n++) expect(refused(() => read(text.slice(0, n)))).toBe(true)
      fc.assert(
        fc.property(
          fc.string({ minLength: 1 }).filter(s => s.trim() !== ''),
          more => refused(() => read(text + more)),
        ),
      )
    })

  it('gives back every line of a record', async () => {
    const reader = new RecordReader(chunksOf(join(goodLines)))
    for (const line of goodLines) {
      const found = await reader.peek()
      expect(writeLine(found!)).toBe(`${line}\n`)
      await reader.take(found!.type)
    }
    expect(await reader.peek()).toBeNull()
  })

  it('refuses every proper prefix of a record but the board, and every extension', { timeout: 600_000 }, async () => {
    const record = utf8(join(goodLines))
    const board = utf8(join(goodLines.slice(0, placeOf('open')))).length
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: record.length - 1 }), async n => {
        const report = await verify([record.subarray(0, n)], { rng: secureRng })
        expect(report.ok && report.complete).toBe(false)
        expect(report.ok).toBe(n === board)
      }),
      { numRuns: 60, examples: [[board], [board - 1], [board + 1], [record.length - 1]] },
    )
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 30 }), async more => {
        const report = await verify([record, more], { rng: secureRng })
        expect(report.checks[0]!.status).toBe('fails')
      }),
      { numRuns: 10 },
    )
  })
})

// ── two ways agree ──────────────────────────────────────────────────────────────────────────────────────────────

describe('the batched check and the plain one', () => {
  it('always name the same ballots', { timeout: 600_000 }, () => {
    // Bytes 129…: commitments, challenges and answers. A flipped bit that leaves no valid point or scalar is passed over.
    const place = fc.integer({ min: 65, max: poll.ballots[0]!.length - 65 })
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(poll.ballots.length - 1), place, fc.nat(7)), { maxLength: 3 }), spoils => {
        const spoilt = poll.ballots.map((bytes, i) =>
          spoils.filter(([at]) => at === i).reduce((all, [, at, bit]) => flipped(all, at, 1 << bit), bytes),
        )
        const read = spoilt.flatMap(bytes =>
          refused(() => readBallot(manifest, bytes, 'x')) ? [] : [readBallot(manifest, bytes, 'x')],
        )
        const plainly = read.flatMap((b, i) => (ballotProofEquations(manifest, b).every(holdsPlainly) ? [] : [i]))
        expect(falseProofs(manifest, read, secureRng)).toEqual(plainly)
      }),
      {
        numRuns: 15,
        examples: [
          [[]],
          [
            [
              [0, 240, 0],
              [8, 300, 1],
            ],
          ],
        ],
      },
    )
  })

  it('agree on signatures of ballots', () => {
    const ballots = poll.ballots.map(bytes => readBallot(manifest, bytes, 'x'))
    const equations = ballots.map(ballot => ballotSignatureEquation(manifest, ballot, 'x'))
    expect(equations.every(holdsPlainly)).toBe(true)
    expect(hold(equations, secureRng)).toBe(true)
    const moved = { ...ballots[0]!, signature: ballots[1]!.signature }
    const wrong = ballotSignatureEquation(manifest, moved, 'x')
    expect(holdsPlainly(wrong)).toBe(false)
    expect(hold([...equations, wrong], secureRng)).toBe(false)
  })
})
