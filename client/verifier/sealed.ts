/**
 * *Check my ballot*, on a second device: what the voter's phone sealed and then laid open. The same hash that the phone
 * showed before it told its randomness, and the choices that really are inside.
 */
import { checkableHash, choicesBehind } from '../../crypto/ballot.ts'
import { fromBase64url, shortCode, toHex, utf8 } from '../../crypto/bytes.ts'
import { attempt, refuse } from '../../crypto/fault.ts'
import { POINT_BYTES, scalarShape } from '../../crypto/group.ts'
import { bytes, exactly, integer, listOf, parseJson, text } from '../../crypto/json.ts'
import { parseManifest } from '../../crypto/manifest.ts'
import { sha256 } from '../../crypto/transcript.ts'

/** What the voter's page shows to copy. `manifest` is its text, or the base64url of its hash. */
const sealed = exactly({
  manifest: text,
  group: integer(0, 254),
  key: bytes(POINT_BYTES),
  contests: bytes(),
  randomness: listOf(scalarShape, 0, 65_535),
})

type Sealed = ReturnType<typeof sealed>

export type SealedView =
  /** Not what the voter's page shows, or not whole. */
  | { readonly found: 'unreadable' }
  /** Reads, but the randomness does not open it. */
  | { readonly found: 'does-not-open'; readonly hash: string }
  | {
      readonly found: 'choices'
      readonly hash: string
      readonly title: string
      readonly code: string
      /** By contest; no marks: left empty. */
      readonly contests: readonly { readonly title: string; readonly marks: readonly string[] }[]
    }

export const readSealed = (pasted: string): Sealed | null =>
  attempt(() => sealed(parseJson(pasted.trim(), 'sealed ballot'), ''))

/** The manifest's hash where the text names it by that alone and it has to be fetched; null where the text holds it whole. */
const manifestToFetch = ({ manifest }: Sealed): Uint8Array | null => {
  const hash = fromBase64url(manifest)
  return hash?.length === 32 ? hash : null
}

/** `fetched`: the text that belongs to the hash, where that had to be fetched. */
export function openSealed(found: Sealed, fetched: string | null): SealedView {
  const named = manifestToFetch(found)
  const manifest = attempt(() => {
    const manifestText = named ? (fetched ?? '') : found.manifest
    if (named && toHex(sha256(utf8(manifestText))) !== toHex(named)) refuse('wrong-manifest', 'manifest')
    return parseManifest(manifestText)
  })
  if (manifest === null) return { found: 'unreadable' }
  const hash = toHex(checkableHash(found.group, found.key, found.contests))
  const choices = choicesBehind(manifest, found.contests, found.randomness)
  if (choices === null) return { found: 'does-not-open', hash }
  return {
    found: 'choices',
    hash,
    title: manifest.poll.title,
    code: shortCode(manifest.hash),
    contests: manifest.contests.map(({ title, options }, c) => ({
      title,
      marks: choices[c]!.map(o => options[o]!.label),
    })),
  }
}
