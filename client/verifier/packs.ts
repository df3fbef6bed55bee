/** Which rule packs a poll needs for check 13, and which of the files that somebody gave these are. */
import { toHex } from '../../crypto/bytes.ts'
import { attempt } from '../../crypto/fault.ts'
import type { Manifest } from '../../crypto/manifest.ts'
import { packHex, readPack } from '../../server/rules/read.ts'

/** A pack as it came, from a file or from a server. */
export interface Given {
  readonly name: string
  readonly text: string
}

/** A file that says of itself that it is a pack; whether it is one that reads, and which, shows later. */
export function isPack(text: string): boolean {
  try {
    const { format } = JSON.parse(text) as { readonly format?: unknown }
    return typeof format === 'string' && format.startsWith('phieukin/rules/')
  } catch {
    return false
  }
}

interface Needed {
  /** Texts of those at hand, the pinned one first. */
  readonly texts: readonly string[]
  /** Hashes of all, as far as they are known: without the pinned one nobody knows which stand alongside. */
  readonly hashes: readonly string[]
  readonly missing: readonly string[]
}

export function packsNeeded(rules: Manifest['rules'], texts: readonly string[]): Needed {
  if (rules === null) return { texts: [], hashes: [], missing: [] }
  const byHash = new Map(texts.map(text => [packHex(text), text]))
  const pinned = toHex(rules.sha256)
  const main = attempt(() => readPack(byHash.get(pinned) ?? ''))
  const hashes = [pinned, ...(main?.alongside ?? []).map(({ sha256 }) => sha256)]
  return {
    texts: hashes.flatMap(hash => byHash.get(hash) ?? []),
    hashes,
    missing: hashes.filter(hash => !byHash.has(hash)),
  }
}

/** A pack that this poll does not use. */
export interface Stranger {
  readonly name: string
  /** It bears the pinned one's id: another version, or it was changed after it was frozen. */
  readonly altered: boolean
  readonly sha256: string
}

export const strangersAmong = (
  packs: readonly Given[],
  rules: NonNullable<Manifest['rules']>,
  { hashes }: Needed,
): readonly Stranger[] =>
  packs
    .map(({ name, text }) => ({ name, altered: idOf(text) === rules.pack, sha256: packHex(text) }))
    .filter(({ sha256 }) => !hashes.includes(sha256))

const idOf = (text: string): unknown => (JSON.parse(text) as { readonly id?: unknown }).id
