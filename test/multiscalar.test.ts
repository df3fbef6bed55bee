/**
 * Our only arithmetic of our own, and it meets public values alone. It must agree with @noble on every input tried: the
 * sum of multiples with one multiplication after the other, and the batch of equations with each equation by itself.
 */
import { pippenger } from '@noble/curves/abstract/curve.js'
import { ristretto255 } from '@noble/curves/ed25519.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { culprits, type Equation, hold, holdsPlainly } from '../crypto/batch.ts'
import { concat, type Rng, toHex, utf8 } from '../crypto/bytes.ts'
import {
  elementOf,
  G,
  hashToGroup,
  IDENTITY,
  multiplyPublic,
  negative,
  ONE,
  ORDER,
  type Point,
  plus,
  readPoint,
  type Scalar,
  scalarOf,
  writePoint,
  ZERO,
} from '../crypto/group.ts'
import { sumOfMultiples } from '../crypto/multiscalar.ts'
import { newKeyPair, sign, signatureEquation } from '../crypto/signature.ts'
import { secureRng, seededRng } from '../server/play/seed.ts'

const hexOf = (p: Point) => toHex(writePoint(p))
const mod = (n: bigint) => (((n % ORDER) + ORDER) % ORDER) as Scalar

type Term = readonly [Point, Scalar]
const ours = (terms: readonly Term[]) =>
  hexOf(
    sumOfMultiples(
      terms.map(([p]) => p),
      terms.map(([, s]) => s),
    ),
  )
const oneByOne = (terms: readonly Term[]) =>
  hexOf(terms.reduce((sum, [p, s]) => sum.add(multiplyPublic(p, s)), IDENTITY))
const bucketed = (terms: readonly Term[]) =>
  hexOf(
    pippenger(
      ristretto255.Point,
      terms.map(([p]) => p),
      terms.map(([, s]) => s),
    ),
  )

/** Drawn from, rather than made afresh, so that the same point comes twice: as one object and as two. */
const POINTS: readonly Point[] = Array.from({ length: 12 }, (_, i) => hashToGroup(utf8(`point ${i}`))).flatMap(P => [
  P,
  P.negate(),
  readPoint(writePoint(P), 'the same again').point,
])
const SPECIAL_POINTS: readonly Point[] = [G, G.negate(), IDENTITY, POINTS[0]!.add(POINTS[1]!), G.add(G.negate())]

const SPECIAL_SCALARS: readonly Scalar[] = [
  // Zero, one, their neighbours, and both sides of q/2, where a scalar turns into a small negative one.
  ...[0n, 1n, 2n, -1n, -2n, ORDER >> 1n, (ORDER >> 1n) + 1n, (ORDER >> 1n) + 2n],
  // The weights of a batch have 128 bits; around powers of two the carries of signed digits run on and on.
  ...[7n, 8n, 63n, 64n, 127n, 128n, 251n, 252n].flatMap(k => [(1n << k) - 1n, 1n << k, (1n << k) + 1n, -(1n << k)]),
].map(mod)

const points = fc.oneof(
  { arbitrary: fc.constantFrom(...POINTS), weight: 6 },
  { arbitrary: fc.constantFrom(...SPECIAL_POINTS), weight: 1 },
)
const scalars = fc.oneof(
  fc.bigInt({ min: 0n, max: ORDER - 1n }).map(mod),
  fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }).map(mod),
  fc.bigInt({ min: -300n, max: 300n }).map(mod),
  fc.constantFrom(...SPECIAL_SCALARS),
)

describe('the sum of multiples', () => {
  it('of nothing is the identity', () => {
    expect(sumOfMultiples([], []).is0()).toBe(true)
  })

  it('agrees with @noble at every special scalar and point', () => {
    const wrong = SPECIAL_SCALARS.flatMap(s =>
      [...SPECIAL_POINTS, POINTS[0]!].filter(P => ours([[P, s]]) !== oneByOne([[P, s]])).map(P => `${s}·${hexOf(P)}`),
    )
    expect(wrong).toEqual([])
  })

  it('agrees with plain counting for all small scalars, of either sign', () => {
    let sum = IDENTITY
    const wrong: number[] = []
    for (let n = 0; n <= 600; n++, sum = sum.add(G)) {
      if (ours([[G, scalarOf(n)]]) !== hexOf(sum)) wrong.push(n)
      if (ours([[G, scalarOf(-n)]]) !== hexOf(sum.negate())) wrong.push(-n)
    }
    expect(wrong).toEqual([])
  })

  it('agrees with @noble for random points and scalars', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(points, scalars), { maxLength: 24 }), terms => {
        const sum = ours(terms)
        expect(sum).toBe(oneByOne(terms))
        expect(sum).toBe(bucketed(terms))
      }),
      { numRuns: 60 },
    )
  })

  it('agrees with @noble for many points, where windows are wide', () => {
    const rng = seededRng(1)
    const draw = (bytes: number) => mod(BigInt(`0x${toHex(rng(bytes))}`))
    // 128-bit weights, whole scalars, and both in one sum as a batch has them.
    const kinds: readonly (readonly [string, (i: number) => Scalar])[] = [
      ['short', () => draw(16)],
      ['whole', () => draw(64)],
      ['mixed', i => draw(i % 3 === 0 ? 64 : 16)],
      ['one long', i => draw(i === 0 ? 64 : 1)],
    ]
    const found = [1, 2, 3, 50, 400, 2000].flatMap(n =>
      kinds.map(([kind, scalar]) => {
        const terms = Array.from({ length: n }, (_, i): Term => [POINTS[i % POINTS.length]!, scalar(i)])
        return { n, kind, agrees: ours(terms) === bucketed(terms) }
      }),
    )
    expect(found.filter(({ agrees }) => !agrees)).toEqual([])
  })

  it('cancels where it should, and leaves the one point that does not', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(points, scalars), { minLength: 1, maxLength: 8 }), terms => {
        const undone = terms.map(([P, s]): Term => [P, negative(s)])
        expect(ours([...terms, ...undone])).toBe(hexOf(IDENTITY))
        expect(ours([...terms, ...undone, [G, ONE]])).toBe(hexOf(G))
      }),
      { numRuns: 20 },
    )
  })
})

describe('a batch of equations', () => {
  /** True signatures, and beside each the copies in which one thing was changed. */
  const { good, bad } = signatures(6)
  const item = (equations: readonly fc.Arbitrary<Equation>[]) =>
    fc.array(fc.oneof(...equations), { maxLength: 3 }) as fc.Arbitrary<readonly Equation[]>
  const fine = item([fc.constantFrom(...good)])
  const doubtful = item([fc.constantFrom(...good), fc.constantFrom(...bad)])
  const lists = fc.oneof(
    fc.array(fine, { maxLength: 12 }),
    fc.array(fc.oneof({ arbitrary: fine, weight: 9 }, { arbitrary: doubtful, weight: 1 }), { maxLength: 24 }),
    fc.array(doubtful, { maxLength: 8 }),
  )
  const truth = new Map([...good, ...bad].map(equation => [equation, holdsPlainly(equation)]))

  it('has a reference that tells true signatures from changed ones', () => {
    expect(good.map(holdsPlainly)).toEqual(good.map(() => true))
    expect(bad.map(holdsPlainly)).toEqual(bad.map(() => false))
  })

  it('names exactly the items that have an equation which fails by itself', () => {
    fc.assert(
      fc.property(lists, items => {
        const failing = items.flatMap((equations, i) => (equations.every(e => truth.get(e)) ? [] : [i]))
        expect(culprits(items, secureRng)).toEqual(failing)
        expect(hold(items.flat(), secureRng)).toBe(failing.length === 0)
      }),
      { numRuns: 60 },
    )
  })

  it('holds over no equations, over empty ones, and over those of points that are the identity', () => {
    const empty: Equation = []
    const nothing: Equation = [[IDENTITY, ONE]]
    const zero: Equation = [[G, ZERO]]
    const rows: readonly (readonly [string, readonly Equation[], boolean])[] = [
      ['none', [], true],
      ['empty', [empty], true],
      ['identity', [nothing, zero], true],
      ['false among these', [empty, [[G, ONE]], nothing], false],
    ]
    expect(rows.map(([name, equations]) => [name, equations, hold(equations, secureRng)])).toEqual(rows)
    expect(culprits([], secureRng)).toEqual([])
    expect(culprits([[], [empty], [[[G, ONE]]], []], secureRng)).toEqual([2])
  })

  it('is not deceived by false equations that cancel each other, unless their weights could be foreseen', () => {
    const over: Equation = [[G, ONE]]
    const under: Equation = [[G, negative(ONE)]]
    expect([over, under].map(holdsPlainly)).toEqual([false, false])
    expect(hold([over, under], secureRng)).toBe(false)
    expect(culprits([[over], good, [under]], secureRng)).toEqual([0, 2])
    // Why weights are the checker's own and fresh (protocol, section 2): equal ones let this pair through.
    const foreseen: Rng = n => new Uint8Array(n).fill(1)
    expect(hold([over, under], foreseen)).toBe(true)
    expect(hold([over], foreseen)).toBe(false)
  })
})

function signatures(n: number): { readonly good: readonly Equation[]; readonly bad: readonly Equation[] } {
  const rng = seededRng(2)
  // Two keys only: what equations share is one object, as in a record.
  const keys = [newKeyPair(rng), newKeyPair(rng)]
  const made = Array.from({ length: n }, (_, i) => {
    const key = keys[i % 2]!
    const message = utf8(`message ${i}`)
    const signature = sign(key, message, rng)
    const equation = signatureEquation(signature, key.public, message, '')
    const [base, pk, R] = equation as [Term, Term, Term]
    const bad: readonly Equation[] = [
      signatureEquation(signature, key.public, concat(message, Uint8Array.of(0)), ''),
      signatureEquation(signature, keys[(i + 1) % 2]!.public, message, ''),
      signatureEquation(signature, elementOf(key.public.point.negate()), message, ''),
      [[G, plus(base[1], ONE)], pk, R],
      [base, pk, [R[0].add(G), R[1]]],
      [base, pk],
    ]
    return { good: equation, bad }
  })
  return { good: made.map(one => one.good), bad: made.flatMap(one => one.bad) }
}
