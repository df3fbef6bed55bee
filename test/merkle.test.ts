/**
 * The tree against RFC 6962's own definition, written here once more as the recursion that the document prints, over
 * Node's SHA-256. Published roots and probes stand in known-answers.test.ts.
 */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concat, toHex, u32 } from '../crypto/bytes.ts'
import { inclusionPath, isIncluded, leafHash, rootOf, rootOfLeaves, Tree } from '../crypto/merkle.ts'

const MAX = 70
const SIZES = Array.from({ length: MAX }, (_, i) => i + 1)
/** Enough for every shape of the right edge, few enough to try much at each. */
const SMALL = SIZES.slice(0, 33)
/** Of different lengths, one of them none. */
const ENTRIES = Array.from({ length: MAX }, (_, i) => concat(u32(i), new Uint8Array(i % 7)).subarray(i === 0 ? 4 : 0))
const LEAVES = ENTRIES.map(leafHash)

const sha256 = (...parts: readonly (string | Uint8Array)[]) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(typeof part === 'string' ? Buffer.from(part, 'hex') : part)
  return hash.digest('hex')
}

/** The largest power of two below n. */
const split = (n: number) => 2 ** Math.ceil(Math.log2(n) - 1)

/** MTH(D[from:to]), section 2.1. */
const known = new Map<string, string>()
function MTH(from: number, to: number): string {
  const n = to - from
  if (n === 0) return sha256()
  if (n === 1) return sha256('00', ENTRIES[from]!)
  const name = `${from}:${to}`
  const k = split(n)
  if (!known.has(name)) known.set(name, sha256('01', MTH(from, from + k), MTH(from + k, to)))
  return known.get(name)!
}

/** PATH(m, D[from:to]), section 2.1.1. */
function PATH(m: number, from: number, to: number): string[] {
  const n = to - from
  if (n === 1) return []
  const k = split(n)
  return m < k ? [...PATH(m, from, from + k), MTH(from + k, to)] : [...PATH(m - k, from + k, to), MTH(from, from + k)]
}

/** From leaf to root, the side on which each sibling stands: all that index and size do to a path. */
function sides(m: number, n: number): string {
  if (m < 0 || m >= n) return 'none'
  if (n === 1) return ''
  const k = split(n)
  return m < k ? `${sides(m, k)}r` : `${sides(m - k, n - k)}l`
}

describe('a tree', () => {
  it('has the root of the definition at every size, leaf by leaf and all at once', () => {
    const tree = new Tree()
    const roots = [0, ...SIZES].map(n => {
      if (n > 0) tree.add(LEAVES[n - 1]!)
      const found = [tree.root(), rootOf(ENTRIES.slice(0, n)), rootOfLeaves(LEAVES.slice(0, n))]
      return [tree.size, ...found.map(toHex)]
    })
    expect(roots).toEqual([0, ...SIZES].map(n => [n, MTH(0, n), MTH(0, n), MTH(0, n)]))
  })

  it('has another root for entries in another order, cut otherwise, once less or once more', () => {
    const [a, b, c] = [Uint8Array.of(1), Uint8Array.of(2), Uint8Array.of(3)]
    const lists = [
      [a, b, c],
      [b, a, c],
      [a, c, b],
      [a, b],
      [a, b, c, c],
      [a, b, b, c],
      [a, concat(b, c)],
      [concat(a, b, c)],
    ]
    expect(new Set(lists.map(list => toHex(rootOf(list)))).size).toBe(lists.length)
    expect(toHex(rootOf([a, b, c]))).toBe(toHex(rootOf(lists[0]!)))
    // An entry that is spelled like a node is still a leaf.
    const node = concat(Uint8Array.of(1), leafHash(a), leafHash(b))
    expect(toHex(rootOf([node]))).not.toBe(toHex(rootOf([a, b])))
    expect(toHex(rootOf([node.subarray(1)]))).not.toBe(toHex(rootOf([a, b])))
  })
})

/** What a path is said to show of one leaf. */
interface Claim {
  readonly leaf: Uint8Array
  readonly path: readonly Uint8Array[]
  readonly root: Uint8Array
}

describe('an inclusion path', () => {
  it('is the one of the definition, and leads to the root, for every leaf of every size', () => {
    const wrong = SIZES.flatMap(n =>
      LEAVES.slice(0, n).flatMap((leaf, m) => {
        const path = inclusionPath(LEAVES.slice(0, n), m)
        const right = path.map(toHex).join() === PATH(m, 0, n).join()
        return right && isIncluded(leaf, m, n, path, rootOfLeaves(LEAVES.slice(0, n))) ? [] : [`${m} of ${n}`]
      }),
    )
    expect(wrong).toEqual([])
  })

  it('is made for no leaf outside the tree', () => {
    const outside = { 'first of 0': [0, 0], 'second of 1': [1, 1], 'sixth of 5': [5, 5], 'before the first': [5, -1] }
    for (const [name, [n, index]] of Object.entries(outside))
      expect(() => inclusionPath(LEAVES.slice(0, n), index!), name).toThrow(RangeError)
    expect(inclusionPath(LEAVES.slice(0, 5), 4)).toHaveLength(1)
  })

  const flipped = (bytes: Uint8Array, bit: number) => bytes.map((b, i) => (i === bit >> 3 ? b ^ (128 >> (bit & 7)) : b))
  const places = fc.integer({ min: 1, max: MAX }).chain(n => fc.tuple(fc.constant(n), fc.nat(n - 1)))
  const claim = (n: number, m: number): Claim => {
    const leaves = LEAVES.slice(0, n)
    return { leaf: leaves[m]!, path: inclusionPath(leaves, m), root: rootOfLeaves(leaves) }
  }

  it('is refused at a place or in a size that is no whole number', () => {
    const { leaf, path, root } = claim(4, 0)
    const places: readonly (readonly [m: number, n: number])[] = [
      [0, 4],
      [Number.NaN, 4],
      [0.5, 4],
      [0, 3.5],
      [0, 4.5],
    ]
    expect(places.map(([m, n]) => isIncluded(leaf, m, n, path, root))).toEqual([true, false, false, false, false])
  })

  it('is refused with any one bit changed, in leaf, path or root', () => {
    const bits = Array.from({ length: 256 }, (_, bit) => bit)
    fc.assert(
      fc.property(places, ([n, m]) => {
        const { leaf, path, root } = claim(n, m)
        expect(isIncluded(leaf, m, n, path, root)).toBe(true)
        expect(bits.filter(bit => isIncluded(flipped(leaf, bit), m, n, path, root))).toEqual([])
        expect(bits.filter(bit => isIncluded(leaf, m, n, path, flipped(root, bit)))).toEqual([])
        for (const at of path.keys())
          expect(bits.filter(bit => isIncluded(leaf, m, n, path.with(at, flipped(path[at]!, bit)), root))).toEqual([])
      }),
      { numRuns: 15 },
    )
  })

  it('is refused with a hash too many, too few, in another order, or of another length', () => {
    const none = new Uint8Array()
    const more = (bytes: Uint8Array) => concat(bytes, Uint8Array.of(0))
    const changes: Readonly<Record<string, (c: Claim) => Partial<Claim>>> = {
      nothing: () => ({}),
      'the root behind': ({ path, root }) => ({ path: [...path, root] }),
      'the root in front': ({ path, root }) => ({ path: [root, ...path] }),
      'an empty hash behind': ({ path }) => ({ path: [...path, none] }),
      'an empty hash in front': ({ path }) => ({ path: [none, ...path] }),
      'the last hash missing': ({ path }) => ({ path: path.slice(0, -1) }),
      'the first hash missing': ({ path }) => ({ path: path.slice(1) }),
      'the first hash twice': ({ path }) => ({ path: [...path.slice(0, 1), ...path] }),
      'a short hash': ({ path }) => ({ path: [path[0]!.subarray(1), ...path.slice(1)] }),
      'a long hash': ({ path }) => ({ path: [...path.slice(0, -1), more(path.at(-1)!)] }),
      'another order': ({ path }) => ({ path: path.toReversed() }),
      // The same 64 bytes to hash, if nobody measured the two halves.
      'leaf and hash cut elsewhere': ({ leaf, path }) => ({
        leaf: concat(leaf, path[0]!.subarray(0, 1)),
        path: [path[0]!.subarray(1), ...path.slice(1)],
      }),
      'an empty leaf': () => ({ leaf: none }),
      'a short leaf': ({ leaf }) => ({ leaf: leaf.subarray(1) }),
      'a long leaf': ({ leaf }) => ({ leaf: more(leaf) }),
      'another leaf': ({ leaf }) => ({ leaf: leafHash(leaf) }),
      'an empty root': () => ({ root: none }),
      'a long root': ({ root }) => ({ root: more(root) }),
    }
    // From a path of two hashes on every change changes something.
    const rows = SMALL.flatMap(n => LEAVES.slice(0, n).map((_, m) => [n, m] as const))
    const long = rows.filter(([n, m]) => sides(m, n).length >= 2)
    const accepted = long.flatMap(([n, m]) => {
      const all = Object.keys(changes).map(name => ({ name, ...claim(n, m), ...changes[name]!(claim(n, m)) }))
      return all.filter(({ leaf, path, root }) => isIncluded(leaf, m, n, path, root)).map(({ name }) => [n, m, name])
    })
    expect(accepted).toEqual(long.map(([n, m]) => [n, m, 'nothing']))
    // Alone in its tree a leaf is the root: any 32 bytes are, and no other number of them.
    const alone = [0, 31, 32, 33].filter(length => isIncluded(new Uint8Array(length), 0, 1, [], new Uint8Array(length)))
    expect(alone).toEqual([32])
  })

  it('is refused under every other index of the same size', () => {
    const rows = SMALL.flatMap(n => LEAVES.slice(0, n).map((_, m) => ({ n, m })))
    const found = rows.map(({ n, m }) => {
      const { leaf, path, root } = claim(n, m)
      const indices = Array.from({ length: n + 4 }, (_, i) => i - 2)
      return { n, m, accepted: indices.filter(index => isIncluded(leaf, index, n, path, root)) }
    })
    expect(found).toEqual(rows.map(({ n, m }) => ({ n, m, accepted: [m] })))
  })

  // A path says where its siblings stand, and no more: 0 of 5 and 0 of 6 have them on the same sides, so that no
  // checker of RFC 6962 tells these apart. Who checks takes the size from the signed closing statement.
  it('is refused under every other size that puts a sibling elsewhere, and index and size alike', () => {
    expect([sides(0, 5), sides(0, 6), sides(4, 5), sides(4, 6)]).toEqual(['rrr', 'rrr', 'l', 'rl'])
    fc.assert(
      fc.property(places, ([n, m]) => {
        const { leaf, path, root } = claim(n, m)
        const all = [0, ...SIZES, 2 * n, 2 ** 31, 2 ** 53].flatMap(size =>
          [m, m ^ 1, m >> 1, 2 * m].map(i => [i, size] as const),
        )
        const accepted = all.filter(([index, size]) => isIncluded(leaf, index, size, path, root))
        expect(accepted).toEqual(all.filter(([index, size]) => sides(index, size) === sides(m, n)))
      }),
    )
  })
})
