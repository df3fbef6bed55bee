/** The ballot (protocol, section 6): what a phone seals, and what nobody can put into the box instead. */
import { describe, expect, it } from 'vitest'
import {
  type Choices,
  checkableHash,
  checkCast,
  choicesBehind,
  falseProofs,
  readBallot,
  sealBallot,
  sealContests,
} from '../crypto/ballot.ts'
import { concat, toHex, u8, u16 } from '../crypto/bytes.ts'
import type { Credential } from '../crypto/credential.ts'
import { multipleOfBase } from '../crypto/elgamal.ts'
import {
  elementOf,
  G,
  minus,
  multiply,
  ONE,
  type Point,
  plus,
  readPoint,
  readScalar,
  withTable,
  writePoint,
  writeScalar,
} from '../crypto/group.ts'
import { ballotBytes, type Manifest } from '../crypto/manifest.ts'
import { newKeyPair, sign } from '../crypto/signature.ts'
import { message } from '../crypto/transcript.ts'
import {
  accepted,
  codeIn,
  expectAll,
  flipped,
  hashedByHand,
  redeemed,
  setUp,
  spliced,
  verdict,
  words,
} from './poll.setup.ts'

const poll = setUp(61)
const { manifest, box, rng } = poll
const K = withTable(manifest.electionKey.point)
const [own] = redeemed(poll, 0, 0)
const [another] = redeemed(poll, 0, 1)

const TRUST: Choices = [[], [0], [1], [2]]
const MERIT: Choices = [[0], [1], [2], [3], [0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]

const seal = (choices: Choices, of = manifest, credential = own!) => sealBallot(of, 0, credential, choices, K, rng)
/** The code that readBallot refuses with or checkCast names; null for a ballot that may be cast. */
const codeOf = (bytes: Uint8Array, of: Manifest = manifest) =>
  verdict(() => checkCast(of, readBallot(of, bytes, 'ballot'), rng))
/** Signed anew by the ballot's own key, as a dishonest voter would. */
const signed = (unsigned: Uint8Array, credential: Credential = own!, of = manifest) =>
  concat(unsigned, sign(credential.key, message('ballot', of.hash, unsigned), rng))

const honest = seal([[1], [0, 3]])
const unsigned = honest.subarray(0, -64)
/** Where things stand: group, key, credential; per option α β A₁ B₁ A₂ B₂ c₁ z₁ z₂; per contest its sum's proof. */
const KEY = 1
const CREDENTIAL = 33
const CONTESTS = 65
const OPTION = 288
const SUM_PROOF = 224
const contestAt = [CONTESTS, CONTESTS + 3 * OPTION + SUM_PROOF] as const

describe('an honest ballot', () => {
  it('of any choices that are allowed is as long as every other, and may be cast', () => {
    const all = TRUST.flatMap(trust => MERIT.map(merit => [trust, merit]))
    const ballots = all.map(choices => seal(choices))
    expect(new Set(ballots.map(bytes => bytes.length))).toEqual(new Set([ballotBytes(manifest.contests)]))
    expect(ballots.map(bytes => codeOf(bytes))).toEqual(all.map(() => null))
  })

  it('is read as what was sealed', () => {
    const read = readBallot(manifest, honest, 'ballot')
    expect([read.group, read.key.bytes, read.credential.bytes]).toEqual([0, own!.key.public.bytes, own!.N.bytes])
    expect(read.contests.map(({ options }) => options.length)).toEqual([3, 4])
  })

  it('has proofs that hold by the equations of section 6, each for its own place', () => {
    const point = (at: number) => readPoint(honest.subarray(at, at + 32), '').point
    const scalar = (at: number) => readScalar(honest.subarray(at, at + 32), '')
    const holds = (at: number, [contest, option]: number[], alpha: Point, beta: Point, values: readonly number[]) => {
      const k = values.length
      const [cs, zs] = [at + 64 * k, at + 96 * k - 32]
      const place = concat(u8(0), u16(contest!), u16(option!))
      const commitments = honest.subarray(at, cs)
      const sealed = concat(writePoint(alpha), writePoint(beta))
      const c = hashedByHand('membership', manifest.hash, own!.key.public.bytes, place, sealed, commitments)
      const given = values.slice(1).map((_, i) => scalar(cs + 32 * i))
      const all = [...given, given.reduce(minus, c)]
      return values.every((v, i) => {
        const [A, B, z] = [point(at + 64 * i), point(at + 64 * i + 32), scalar(zs + 32 * i)]
        const shifted = beta.subtract(multipleOfBase(v))
        const first = multiply(G, z).equals(A.add(multiply(alpha, all[i]!)))
        return first && multiply(K, z).equals(B.add(multiply(shifted, all[i]!)))
      })
    }
    const held = manifest.contests.map(({ options, min }, contest) => {
      const start = contestAt[contest]!
      const at = options.map((_, option) => start + option * OPTION)
      const sum = (from: number) => at.map(one => point(one + from)).reduce((a, b) => a.add(b))
      const each = at.map((one, o) => holds(one + 64, [contest, o], point(one), point(one + 32), [0, 1]))
      const end = start + options.length * OPTION
      return [...each, holds(end, [contest, 0xffff], sum(0), sum(32), [min, min + 1])]
    })
    expect(held).toEqual(manifest.contests.map(({ options }) => [...options.map(() => true), true]))
  })

  it('of choices that are not allowed is never sealed', () => {
    const sealing = (choices: Choices) => codeIn(() => seal(choices))
    expectAll({
      allowed: [null, sealing([[2], [3, 1]])],
      'too many of 0…1': ['out-of-range', sealing([[0, 1], [0]])],
      'too few of 1…2': ['out-of-range', sealing([[0], []])],
      'too many of 1…2': ['out-of-range', sealing([[0], [0, 1, 2]])],
      'one contest forgotten': ['out-of-range', sealing([[0]])],
      'a contest that is none': ['wrong-length', sealing([[0], [0], [1]])],
      'an option twice': ['duplicate', sealing([[0], [2, 2]])],
      'an option past the end': ['out-of-range', sealing([[3], [0]])],
      'an option before the first': ['out-of-range', sealing([[-1], [0]])],
      'half an option': ['out-of-range', sealing([[0.5], [0]])],
      'no number': ['out-of-range', sealing([[Number.NaN], [0]])],
    })
  })

  it('shares no 32 bytes with another one of the same choices, and holds none twice', () => {
    const key = newKeyPair(rng).public.bytes
    const sealed = () => sealContests(manifest, 0, key, [[1], [0, 3]], K, rng).bytes
    const [first, second] = [words(sealed()), words(sealed())]
    expect(new Set([...first, ...second]).size).toBe(2 * first.length)
  })
})

describe('reading', () => {
  it('refuses a ballot that was cut off anywhere, and one with a byte more', () => {
    const around = [0, KEY, CREDENTIAL, CONTESTS, ...contestAt, honest.length - 64, honest.length]
    const every = Array.from({ length: Math.ceil(honest.length / 61) }, (_, i) => 61 * i)
    const points = new Set([...every, ...around.flatMap(at => [at - 1, at, at + 1])])
    const cut = [...points].filter(n => n >= 0 && n < honest.length)
    expect(cut.length).toBeGreaterThan(48)
    expect(cut.map(n => [n, codeOf(honest.subarray(0, n))])).toEqual(cut.map(n => [n, 'wrong-length']))
    expectAll({
      'as it is': [null, codeOf(honest)],
      'a byte more': ['left-over', codeOf(concat(honest, Uint8Array.of(0)))],
      twice: ['left-over', codeOf(concat(honest, honest))],
    })
  })

  it('refuses no points, the identity and scalars that are not below q, wherever they stand', () => {
    const points = [KEY, CREDENTIAL, ...contestAt.flatMap(at => [0, 32, 64, 96, 128, 160].map(i => at + i))]
    const scalars = contestAt.flatMap(at => [192, 224, 256].map(i => at + i))
    const max = new Uint8Array(32).fill(255)
    const code = (at: number, part: Uint8Array) => codeOf(signed(spliced(unsigned, at, part)))
    expect(points.map(at => [code(at, max), code(at, new Uint8Array(32))])).toEqual(
      points.map(() => ['bad-point', 'identity-point']),
    )
    expect(scalars.map(at => code(at, max))).toEqual(scalars.map(() => 'bad-scalar'))
    expect(codeOf(spliced(honest, 0, Uint8Array.of(2)))).toBe('unknown-group')
  })
})

describe('a false ballot', () => {
  it('is refused for each byte changed', () => {
    const allowed = new Set(['bad-signature', 'bad-point', 'bad-scalar', 'unknown-group'])
    const step = 13
    const places = Array.from({ length: Math.floor(honest.length / step) }, (_, i) => step * i)
    const wrong = places.flatMap(at => {
      const code = codeOf(flipped(honest, at))
      return code && allowed.has(code) ? [] : [`byte ${at}: ${code}`]
    })
    expect(wrong).toEqual([])
  })

  const oneMore = (at: number) =>
    spliced(unsigned, at, writeScalar(plus(readScalar(unsigned.subarray(at, at + 32), ''), ONE)))
  const plusG = (at: number) =>
    spliced(unsigned, at, elementOf(readPoint(unsigned.subarray(at, at + 32), '').point.add(G)).bytes)
  const swapped = (a: number, b: number, size: number) =>
    spliced(spliced(unsigned, a, unsigned.subarray(b, b + size)), b, unsigned.subarray(a, a + size))

  it('is refused with bad-proof whatever its voter changes and signs anew', () => {
    const [first, second] = contestAt
    const sum = first + 3 * OPTION
    const anew = sealContests(manifest, 0, own!.key.public.bytes, [[1], [0, 3]], K, rng).bytes
    const rows: readonly (readonly [name: string, unsigned: Uint8Array, code?: null])[] = [
      ['nothing changed', unsigned, null],
      ['all sealed anew', spliced(unsigned, CONTESTS, anew), null],
      ...[0, 32, 64, 96, 128, 160].map(i => [`option: point at ${i} plus G`, plusG(first + i)] as const),
      ...[192, 224, 256].map(i => [`option: scalar at ${i} plus 1`, oneMore(first + i)] as const),
      ...[0, 32, 64, 96].map(i => [`sum: point at ${i} plus G`, plusG(sum + i)] as const),
      ...[128, 160, 192].map(i => [`sum: scalar at ${i} plus 1`, oneMore(sum + i)] as const),
      ['two options swapped', swapped(first, first + OPTION, OPTION)],
      ['options of two contests swapped', swapped(first, second, OPTION)],
      ['the proofs of two options swapped', swapped(first + 64, first + OPTION + 64, 224)],
      ['an option proof for the sum’s', swapped(first + 64, sum, 224)],
      ['one option’s ciphertext of another sealing', spliced(unsigned, first, anew.subarray(0, 64))],
      ['one option of another sealing', spliced(unsigned, first, anew.subarray(0, OPTION))],
      ['the sum’s proof of another sealing', spliced(unsigned, sum, anew.subarray(3 * OPTION, 3 * OPTION + 224))],
      ['for the other group', spliced(unsigned, 0, Uint8Array.of(1))],
    ]
    expect(rows.map(([name, bytes]) => [name, codeOf(signed(bytes))])).toEqual(
      rows.map(([name, , code]) => [name, code === undefined ? 'bad-proof' : code]),
    )
  })

  it('is refused when it marks more or fewer options than a contest allows, though every mark is 0 or 1', () => {
    const allowing = (min: number, max: number) => ({
      ...manifest,
      contests: [manifest.contests[0]!, { ...manifest.contests[1]!, min, max }],
    })
    const sealing = (marks: number[], min: number, max: number) => codeOf(seal([[0], marks], allowing(min, max)))
    expectAll({
      'one of 1…2': [null, sealing([0], 1, 2)],
      'none of 1…2': ['bad-proof', sealing([], 0, 1)],
      'one of 1…2, proven for 0…1': ['bad-proof', sealing([0], 0, 1)],
      'three of 1…2': ['bad-proof', sealing([0, 1, 2], 2, 3)],
      'two of 1…2, proven for 2…3': ['bad-proof', sealing([0, 1], 2, 3)],
    })
  })

  it('is any ballot of another key, manifest, election key or signer', () => {
    const other = { ...manifest, hash: flipped(manifest.hash, 0) }
    const elsewhere = { ...manifest, electionKey: setUp(62).manifest.electionKey }
    const theirs = concat(honest.subarray(0, KEY), another!.key.public.bytes, another!.N.bytes, unsigned.subarray(65))
    expectAll({
      'as it is': [null, codeOf(honest)],
      'another’s choices copied': ['bad-proof', codeOf(signed(theirs, another!))],
      'another’s choices sealed anew': [null, codeOf(seal([[1], [0, 3]], manifest, another!))],
      'under another manifest': ['bad-signature', codeOf(honest, other)],
      'under another manifest, signed for it': ['bad-proof', codeOf(signed(unsigned, own!, other), other)],
      'under another manifest, sealed for it': [null, codeOf(seal([[1], [0]], other), other)],
      'under another election key': ['bad-proof', codeOf(honest, elsewhere)],
      'signed by another key': ['bad-signature', codeOf(signed(unsigned, another!))],
      'signed under another name': [
        'bad-signature',
        codeOf(concat(unsigned, sign(own!.key, message('comment', manifest.hash, unsigned), rng))),
      ],
    })
  })

  it('is found among good ones, and has no place in the box', () => {
    const bad = signed(oneMore(contestAt[1] + 192))
    const ballots = [honest, bad, seal([[], [1]]), seal([[0], [2]]), bad].map(bytes => readBallot(manifest, bytes, ''))
    expect(falseProofs(manifest, ballots, rng)).toEqual([1, 4])
    expect(box.cast(bad)).toEqual({ refused: 'bad-proof' })
    expect(box.cast(signed(spliced(unsigned, CREDENTIAL, another!.N.bytes)))).toEqual({ refused: 'bad-proof' })
    const receipt = accepted(box.cast(honest))
    expect(toHex(accepted(box.cast(honest)))).toBe(toHex(receipt))
    expect(box.cast(seal([[1], [0, 3]]))).toEqual({ refused: 'already-cast' })
  })
})

describe('check my ballot', () => {
  const key = newKeyPair(rng).public.bytes
  const choices: Choices = [[2], [1, 3]]
  const { bytes, randomness } = sealContests(manifest, 1, key, choices, K, rng)

  it('shows the choices to who has every r, in order, and nobody else', () => {
    const all = MERIT.map((merit, i) => [TRUST[i % TRUST.length]!, merit])
    const again = all.map(some => sealContests(manifest, 1, key, some, K, rng))
    expect(again.map(some => choicesBehind(manifest, some.bytes, some.randomness))).toEqual(all)
    const behind = (rs: typeof randomness, of = bytes) => choicesBehind(manifest, of, rs)
    expectAll({
      'its own': [choices, behind(randomness)],
      'another sealing’s': [null, behind(again[0]!.randomness)],
      'the last one more': [null, behind(randomness.with(-1, plus(randomness.at(-1)!, ONE)))],
      'two swapped': [null, behind(randomness.with(0, randomness[1]!).with(1, randomness[0]!))],
      'one missing': [null, behind(randomness.slice(0, -1))],
      'one too many': [null, behind([...randomness, ONE])],
      none: [null, behind([])],
      'of a part cut off': [null, behind(randomness, bytes.subarray(0, -1))],
      'of a part with a byte more': [null, behind(randomness, concat(bytes, Uint8Array.of(0)))],
      'an alpha of something else': [null, behind(randomness, spliced(bytes, 0, bytes.subarray(32, 64)))],
      'a beta of something else': [null, behind(randomness, spliced(bytes, 32, bytes.subarray(0, 32)))],
    })
  })

  it('shows a hash that changes with the group and with every byte of key and choices', () => {
    const shown = (group: number, of: Uint8Array, contests: Uint8Array) => toHex(checkableHash(group, of, contests))
    const hashes = [
      shown(1, key, bytes),
      shown(0, key, bytes),
      ...Array.from(key, (_, i) => shown(1, flipped(key, i), bytes)),
      ...Array.from(bytes, (_, i) => shown(1, key, flipped(bytes, i))),
    ]
    expect(new Set(hashes).size).toBe(2 + key.length + bytes.length)
  })
})
