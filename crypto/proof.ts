/**
 * The three zero-knowledge proofs, each as prove and then verify over the same challenge (Σ-protocols made
 * non-interactive by hashing the whole statement, who makes it and the commitments).
 *
 *   membership  an ElGamal ciphertext holds one of v₁ < … < v_k    a ballot's options and sums   section 6
 *   equality    one secret links two pairs of points               a counting member's share     section 10
 *   knowledge   who made E = e·G knows e                           a comment's envelope          section 7
 *
 * Verification yields equations, so that many proofs can be checked as one (batch.ts).
 */
import type { Equation } from './batch.ts'
import { concat, type Rng, u8, u16 } from './bytes.ts'
import type { Ciphertext } from './elgamal.ts'
import {
  type Element,
  elementOf,
  G,
  IDENTITY,
  minus,
  multiply,
  multiplyPublic,
  multiplySplit,
  negative,
  ONE,
  onceTimesG,
  type Point,
  plus,
  randomScalar,
  type Scalar,
  scalarOf,
  times,
  writePoint,
  writeScalar,
  ZERO,
} from './group.ts'
import type { Reader } from './reader.ts'
import { Hq } from './transcript.ts'

// ── membership ──────────────────────────────────────────────────────────────────────────────────────────────────

/** What is proven, and of which place in which ballot: a proof fits nowhere else. */
export interface Membership {
  readonly manifestHash: Uint8Array
  /** The ballot's public key. */
  readonly key: Uint8Array
  readonly group: number
  readonly contest: number
  /** From 0; `SUM_OF_CONTEST` for the contest's sum. */
  readonly option: number
  readonly ciphertext: Ciphertext
  /** The allowed values, ascending. */
  readonly values: readonly number[]
}

export const SUM_OF_CONTEST = 0xffff

/** `A₁ B₁ … A_k B_k  c₁ … c_{k−1}  z₁ … z_k`. */
export const membershipBytes = (k: number): number => 128 * k - 32

/**
 * Proves that `ciphertext = (r·G, r·K + m·G)` holds `m`, one of `values`.
 *
 * Every branch i, the true one and the simulated ones, is computed alike: `Aᵢ = xᵢ·G`, `Bᵢ = xᵢ·K − cᵢ(m − vᵢ)·G`,
 * `zᵢ = xᵢ + cᵢ·r` with random `xᵢ`. Since the prover knows `r`, that needs multiples of `G` and `K` only, which
 * come from tables. Where `m = vᵢ` the last term vanishes and `cᵢ` is free to make the challenges add up. The k − 1
 * terms that do not vanish are computed in a pass of their own, starting after the true branch and going round, so that
 * the sequence of operations is the same whichever branch is true.
 */
export function proveMembership(statement: Membership, K: Point, r: Scalar, m: number, rng: Rng): Uint8Array {
  const { values } = statement
  const k = values.length
  const x = values.map(() => randomScalar(rng))
  const c = values.map(() => randomScalar(rng))
  const truth = values.indexOf(m)
  if (truth < 0) throw new RangeError('nobody can prove that')
  const shifts = values.map(() => IDENTITY)
  for (let step = 1; step < k; step++) {
    const i = (truth + step) % k
    shifts[i] = onceTimesG(times(c[i]!, scalarOf(m - values[i]!)))
  }
  const commitments = values.flatMap((_, i) => [
    writePoint(onceTimesG(x[i]!)),
    writePoint(multiply(K, x[i]!).subtract(shifts[i]!)),
  ])
  c[truth] = ZERO
  c[truth] = minus(membershipChallenge(statement, commitments), c.reduce(plus))
  const z = x.map((xi, i) => plus(xi, times(c[i]!, r)))
  return concat(...commitments, ...c.slice(0, -1).map(writeScalar), ...z.map(writeScalar))
}

/** A membership proof, read but not yet checked. */
export interface MembershipProof {
  readonly commitments: readonly { readonly A: Element; readonly B: Element }[]
  /** All but the last; that one follows from the challenge. */
  readonly c: readonly Scalar[]
  readonly z: readonly Scalar[]
}

export function readMembership(from: Reader, k: number, name: string): MembershipProof {
  const branch = Array.from({ length: k }, (_, i) => i)
  return {
    commitments: branch.map(i => ({ A: from.point(`${name}, A${i + 1}`), B: from.point(`${name}, B${i + 1}`) })),
    c: branch.slice(1).map(i => from.scalar(`${name}, c${i}`)),
    z: branch.map(i => from.scalar(`${name}, z${i + 1}`)),
  }
}

/**
 * For each i: `zᵢ·G − Aᵢ − cᵢ·α = 0` and `zᵢ·K − Bᵢ − cᵢ·β + cᵢvᵢ·G = 0`.
 *
 * `parts` are ciphertexts that sum to the statement's: the sum's own point stays out of the equations, so that a batch
 * meets every α and β once.
 */
export function membershipEquations(
  statement: Membership,
  proof: MembershipProof,
  K: Point,
  parts: readonly Ciphertext[] = [statement.ciphertext],
): readonly Equation[] {
  const challenge = membershipChallenge(
    statement,
    proof.commitments.flatMap(({ A, B }) => [A.bytes, B.bytes]),
  )
  const cs = [...proof.c, proof.c.reduce(minus, challenge)]
  return statement.values.flatMap((v, i) => {
    const { A, B } = proof.commitments[i]!
    const c = cs[i]!
    const z = proof.z[i]!
    return [
      [[G, z], [A.point, MINUS_ONE], ...parts.map(({ alpha }) => [alpha.point, negative(c)] as const)],
      [
        [K, z],
        [B.point, MINUS_ONE],
        [G, times(c, scalarOf(v))],
        ...parts.map(({ beta }) => [beta.point, negative(c)] as const),
      ],
    ]
  })
}

const MINUS_ONE = negative(ONE)

function membershipChallenge(s: Membership, commitments: readonly Uint8Array[]): Scalar {
  const place = concat(u8(s.group), u16(s.contest), u16(s.option))
  const { alpha, beta } = s.ciphertext
  return Hq('membership', s.manifestHash, s.key, place, concat(alpha.bytes, beta.bytes), concat(...commitments))
}

// ── equality ────────────────────────────────────────────────────────────────────────────────────────────────────

/** `Y = y·G` and `D = y·α` for the same `y`, by trustee `j`, for the sum or envelope that `label` names. */
export interface Equality {
  readonly manifestHash: Uint8Array
  readonly closingHash: Uint8Array
  readonly trustee: number
  readonly label: Uint8Array
  readonly alpha: Element
  readonly Y: Element
  readonly D: Element
}

export const EQUALITY_BYTES = 64

/** `c ‖ z`. */
export function proveEquality(statement: Equality, y: Scalar, rng: Rng): Uint8Array {
  const w = randomScalar(rng)
  const c = equalityChallenge(statement, onceTimesG(w), multiplySplit(statement.alpha.point, w, rng))
  return concat(writeScalar(c), writeScalar(plus(w, times(c, y))))
}

/** Recomputes `z·G − c·Y` and `z·α − c·D` and hashes them to `c` again. Refuses: `bad-scalar`. */
export function isEqual(statement: Equality, proof: Reader): boolean {
  const c = proof.scalar('c')
  const z = proof.scalar('z')
  proof.end()
  const left = multiplyPublic(G, z).subtract(multiplyPublic(statement.Y.point, c))
  const right = multiplyPublic(statement.alpha.point, z).subtract(multiplyPublic(statement.D.point, c))
  return c === equalityChallenge(statement, left, right)
}

function equalityChallenge(s: Equality, left: Point, right: Point): Scalar {
  const commitments = [writePoint(left), writePoint(right)]
  return Hq(
    'share',
    s.manifestHash,
    s.closingHash,
    u8(s.trustee),
    s.label,
    s.alpha.bytes,
    s.Y.bytes,
    s.D.bytes,
    ...commitments,
  )
}

// ── knowledge ───────────────────────────────────────────────────────────────────────────────────────────────────

/** Who made `E = e·G` for this envelope knows `e`. */
export interface Knowledge {
  readonly manifestHash: Uint8Array
  /** The envelope's public key. */
  readonly key: Uint8Array
  readonly kind: number
  readonly E: Element
  readonly sealed: Uint8Array
}

/** `A ‖ z`. */
export function proveKnowledge(statement: Knowledge, e: Scalar, rng: Rng): Uint8Array {
  const w = randomScalar(rng)
  const A = elementOf(onceTimesG(w))
  return concat(A.bytes, writeScalar(plus(w, times(knowledgeChallenge(statement, A), e))))
}

/** `z·G − A − c·E = 0`. */
export function knowledgeEquation(statement: Knowledge, proof: { A: Element; z: Scalar }): Equation {
  return [
    [G, proof.z],
    [proof.A.point, MINUS_ONE],
    [statement.E.point, negative(knowledgeChallenge(statement, proof.A))],
  ]
}

const knowledgeChallenge = (s: Knowledge, A: Element): Scalar =>
  Hq('comment-proof', s.manifestHash, s.key, u8(s.kind), concat(s.E.bytes, A.bytes), s.sealed)
