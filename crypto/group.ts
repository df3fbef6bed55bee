/**
 * The group: ristretto255 (RFC 9496), and the two protocols that @noble/curves builds on it. The only file that names
 * the curve.
 *
 * A *point* is 32 bytes, canonical; the identity is refused wherever a point is read. A *scalar* is 32 bytes,
 * little-endian, below the order `q`. What a formula needs both as a point and as the bytes that are hashed is an
 * `Element`, read once at the door.
 *
 * `multiply` is @noble's constant-time multiplication and the only one that secrets meet; `multiplyPublic` is quicker
 * and for values that anybody may know.
 */
import { ristretto255, ristretto255_FROST, ristretto255_hasher, ristretto255_oprf } from '@noble/curves/ed25519.js'
import { concat, type Rng, utf8 } from './bytes.ts'
import { refuse } from './fault.ts'
import { bytes, type Shape } from './json.ts'

const { Point: Ristretto } = ristretto255
const { Fn } = Ristretto

export type Point = InstanceType<typeof Ristretto>
declare const scalar: unique symbol
/** 0 ≤ s < q. */
export type Scalar = bigint & { readonly [scalar]: true }

/** A point with the 32 bytes that encode it. */
export interface Element {
  readonly bytes: Uint8Array
  readonly point: Point
}

export const POINT_BYTES = 32
const SCALAR_BYTES = 32
/** Base of the group. */
export const G: Point = Ristretto.BASE
export const IDENTITY: Point = Ristretto.ZERO
export const ORDER: bigint = Fn.ORDER

/** RFC 9497, ristretto255-SHA512, mode 0x01. */
export const voprf = ristretto255_oprf.voprf
/** RFC 9591, FROST(ristretto255, SHA-512), with the distributed key generation that goes with it. */
export const frost = ristretto255_FROST

// ── scalars ─────────────────────────────────────────────────────────────────────────────────────────────────────

export const ZERO = 0n as Scalar
export const ONE = 1n as Scalar
export const plus = (a: Scalar, b: Scalar): Scalar => Fn.add(a, b) as Scalar
export const minus = (a: Scalar, b: Scalar): Scalar => Fn.sub(a, b) as Scalar
export const times = (a: Scalar, b: Scalar): Scalar => Fn.mul(a, b) as Scalar
export const negative = (a: Scalar): Scalar => Fn.neg(a) as Scalar
export const inverse = (a: Scalar): Scalar => Fn.inv(a) as Scalar
/** A small whole number, negative ones too, as a scalar. */
export const scalarOf = (n: number): Scalar => Fn.create(BigInt(n)) as Scalar

/** 64 uniform bytes, little-endian, mod q: no bias that matters (RFC 9496, section 4.4). */
export function wideScalar(wide: Uint8Array): Scalar {
  if (wide.length !== 64) throw new RangeError(`64 bytes expected, got ${wide.length}`)
  return Fn.create(fromLittleEndian(wide)) as Scalar
}

/** 128 bits as a scalar: the multiplier of one equation in a batch. */
export const weightScalar = (sixteen: Uint8Array): Scalar => fromLittleEndian(sixteen) as Scalar

export const randomScalar = (rng: Rng): Scalar => wideScalar(rng(64))

export const writeScalar = (s: Scalar): Uint8Array => Fn.toBytes(s)

/** Refuses: `wrong-length`, `bad-scalar`. */
export function readScalar(from: Uint8Array, where: string): Scalar {
  if (from.length !== SCALAR_BYTES) refuse('wrong-length', where, SCALAR_BYTES, from.length)
  const value = fromLittleEndian(from)
  return value < ORDER ? (value as Scalar) : refuse('bad-scalar', where)
}

function fromLittleEndian(from: Uint8Array): bigint {
  let hex = ''
  for (let i = from.length - 1; i >= 0; i--) hex += from[i]!.toString(16).padStart(2, '0')
  return BigInt(`0x${hex}`)
}

// ── points ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** 32 bytes; the identity, which only a computed point can be, is 32 zeros. */
export const writePoint = (p: Point): Uint8Array => p.toBytes()

export const elementOf = (point: Point): Element => ({ bytes: writePoint(point), point })

/** Refuses: `wrong-length`, `identity-point`, `bad-point` (any encoding that is not the one canonical one). */
export function readPoint(from: Uint8Array, where: string): Element {
  if (from.length !== POINT_BYTES) refuse('wrong-length', where, POINT_BYTES, from.length)
  if (from.every(byte => byte === 0)) refuse('identity-point', where)
  let point: Point
  try {
    point = Ristretto.fromBytes(from)
  } catch {
    return refuse('bad-point', where)
  }
  return { bytes: from, point }
}

/** Constant time as far as JavaScript allows. Shape: 0 < s < q. */
export const multiply = (p: Point, s: Scalar): Point => p.multiply(s)

/** Quicker, and its time tells the scalar: for public values only. */
export const multiplyPublic = (p: Point, s: Scalar): Point => p.multiplyUnsafe(s)

/**
 * `s·p` for a long-lived secret and a point that somebody else chose: the secret is split at random into two summands
 * first, so that no multiplication ever runs on it twice alike.
 */
export function multiplySplit(p: Point, s: Scalar, rng: Rng): Point {
  const part = randomScalar(rng)
  return multiply(p, part).add(multiply(p, minus(s, part)))
}

/** From here on `multiply(p, …)` looks multiples of this very object up in a table: for `K`, which every proof uses. */
export function withTable(p: Point, window = 6): Point {
  return p.precompute(window)
}

/** An object of its own, since @noble blinds the multiples of its own `G` by 128 bits more. */
const plainG = withTable(Ristretto.fromBytes(G.toBytes()))

/**
 * `s·G` for randomness that is used this once: constant time, from a table, without the blinding that protects a key
 * over many uses.
 */
export const onceTimesG = (s: Scalar): Point => multiply(plainG, s)

/** The group element of a text: RFC 9497, section 4.1, HashToGroup of ristretto255-SHA512 in mode 0x01. */
export const hashToGroup = (x: Uint8Array): Point => ristretto255_hasher.hashToCurve(x, { DST: HASH_TO_GROUP })
const HASH_TO_GROUP = concat(utf8('HashToGroup-OPRFV1-'), Uint8Array.of(1), utf8('-ristretto255-SHA512'))

/** A point in a JSON text. */
export const element: Shape<Element> = (value, where) => readPoint(bytes(POINT_BYTES)(value, where), where)

/** A scalar in a JSON text. */
export const scalarShape: Shape<Scalar> = (value, where) => readScalar(bytes(SCALAR_BYTES)(value, where), where)
