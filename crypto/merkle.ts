/**
 * The tree of RFC 6962 (section 2.1) with SHA-256: leaves are `SHA-256(0x00 ‖ entry)`, nodes `SHA-256(0x01 ‖ left ‖
 * right)`, the empty tree SHA-256 of nothing.
 */
import { concat, equal } from './bytes.ts'
import { sha256 } from './transcript.ts'

export const HASH_BYTES = 32
const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)

export const leafHash = (entry: Uint8Array): Uint8Array => sha256(concat(LEAF, entry))
const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256(concat(NODE, left, right))

/** Grows leaf by leaf and keeps one hash for each complete subtree: memory is logarithmic in the number of leaves. */
export class Tree {
  size = 0
  /** Roots of complete subtrees, largest first; the bits of `size` say how large. */
  private readonly peaks: Uint8Array[] = []

  /** Adds `leafHash(entry)`. */
  add(leaf: Uint8Array): void {
    let hash = leaf
    for (let n = this.size; n % 2 === 1; n = (n - 1) / 2) hash = nodeHash(this.peaks.pop()!, hash)
    this.peaks.push(hash)
    this.size++
  }

  root(): Uint8Array {
    if (this.size === 0) return sha256(new Uint8Array())
    return this.peaks.reduceRight((right, left) => nodeHash(left, right))
  }
}

/** The root over entries in the order given. */
export const rootOf = (entries: Iterable<Uint8Array>): Uint8Array => rootOfLeaves(Array.from(entries, leafHash))

export function rootOfLeaves(leaves: Iterable<Uint8Array>): Uint8Array {
  const tree = new Tree()
  for (const leaf of leaves) tree.add(leaf)
  return tree.root()
}

/** The audit path of leaf `index` (RFC 6962, section 2.1.1), lowest first. Shape: 0 ≤ index < leaves.length. */
export function inclusionPath(leaves: readonly Uint8Array[], index: number): readonly Uint8Array[] {
  if (index < 0 || index >= leaves.length) throw new RangeError(`leaf 0…${leaves.length - 1} expected, got ${index}`)
  if (leaves.length === 1) return []
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return index < split
    ? [...inclusionPath(leaves.slice(0, split), index), rootOfLeaves(leaves.slice(split))]
    : [...inclusionPath(leaves.slice(split), index - split), rootOfLeaves(leaves.slice(0, split))]
}

/**
 * True exactly if `path` leads from `leaf` at `index` to `root` of a tree of `size` leaves (RFC 9162, section 2.1.3.2).
 * A path alone does not fix the size: take it from where the root was signed.
 */
export function isIncluded(
  leaf: Uint8Array,
  index: number,
  size: number,
  path: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size)) return false
  if (index < 0 || index >= size || leaf.length !== HASH_BYTES) return false
  let node = index
  let last = size - 1
  let hash = leaf
  for (const sibling of path) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      hash = nodeHash(sibling, hash)
      while (node % 2 === 0 && node !== 0) {
        node /= 2
        last = Math.floor(last / 2)
      }
    } else hash = nodeHash(hash, sibling)
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && equal(hash, root)
}
