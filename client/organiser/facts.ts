/**
 * What this page works out by itself from what the server shows: the manifest read, pins and result signatures checked,
 * the closing's code. Costly pieces are taken over from before where the texts that they stand on are the same.
 */
import { fromBase64url, shortCode, toBase64url, utf8 } from '../../crypto/bytes.ts'
import { attempt } from '../../crypto/fault.ts'
import { type Manifest, parseManifest } from '../../crypto/manifest.ts'
import { isResultSignature, parseResult, type Result } from '../../crypto/tally.ts'
import { sha256 } from '../../crypto/transcript.ts'
import { checkCeremony, isPin } from '../../crypto/trustees.ts'
import type { MemberView } from '../../server/wire.ts'
import { type Paper, paperOf } from '../paper.ts'

export interface Facts {
  readonly manifest: Manifest | null
  readonly paper: Paper | null
  readonly manifestCode: string
  /** Check 2 of this very manifest holds. */
  readonly ceremonyHolds: boolean
  /** By member: null where there is no pin yet, else whether it is this member's signature of this manifest. */
  readonly pins: readonly (boolean | null)[]
  readonly closing: { readonly hash: Uint8Array; readonly code: string; readonly handedOut: number } | null
  /** Signed by at least `t` members, over the same text. */
  readonly result: Result | null
  /** What the pieces above stand on. */
  readonly of: { readonly manifest: string; readonly pins: string; readonly results: string }
}

export const NO_FACTS: Facts = {
  manifest: null,
  paper: null,
  manifestCode: '',
  ceremonyHolds: false,
  pins: [],
  closing: null,
  result: null,
  of: { manifest: '', pins: '', results: '' },
}

type Shown = Pick<MemberView, 'manifest' | 'pins' | 'closing' | 'results' | 'threshold'>

const bytesOf = (text: string): Uint8Array => fromBase64url(text) ?? new Uint8Array()

/** The browser prints only then: check 2 holds, and every member has pinned this very manifest. */
export const mayPrint = ({ ceremonyHolds, pins }: Facts): boolean =>
  ceremonyHolds && pins.length > 0 && pins.every(pin => pin === true)

export function factsOf(team: Shown | null, before: Facts): Facts {
  if (team === null || team.manifest === null) return NO_FACTS
  const of = { manifest: team.manifest, pins: team.pins.join(), results: resultKey(team) }
  const base = before.of.manifest === of.manifest ? before : { ...NO_FACTS, ...aboutManifest(of.manifest) }
  const { manifest } = base
  if (manifest === null) return { ...base, of }
  const pins =
    base.of.pins === of.pins
      ? base.pins
      : manifest.trustees.map((trustee, i) => {
          const pin = team.pins[i] ?? null
          return pin === null ? null : isPin(bytesOf(pin), manifest, trustee)
        })
  const counted = base.of.results === of.results ? base : { ...base, ...aboutCount(manifest, team) }
  return { ...counted, pins, of }
}

function aboutManifest(text: string) {
  const manifest = attempt(() => parseManifest(text))
  if (manifest === null) return {}
  return {
    manifest,
    paper: paperOf(manifest),
    manifestCode: shortCode(manifest.hash),
    ceremonyHolds: checkCeremony(manifest) === null,
  }
}

const resultKey = ({ closing, results }: Shown): string =>
  JSON.stringify([closing?.text, results.map(one => (one ? [toBase64url(sha256(utf8(one.text))), one.signature] : 0))])

function aboutCount(manifest: Manifest, { closing, results, threshold }: Shown): Pick<Facts, 'closing' | 'result'> {
  if (closing === null) return { closing: null, result: null }
  const hash = sha256(utf8(closing.text))
  const { handedOut } = JSON.parse(closing.text) as { readonly handedOut: Readonly<Record<string, number>> }
  const given = Object.values(handedOut).reduce((sum, n) => sum + n, 0)
  const signed = new Map<string, number>()
  results.forEach((one, i) => {
    const trustee = manifest.trustees[i]
    if (one === null || !trustee || !isResultSignature(trustee, hash, one.text, bytesOf(one.signature))) return
    signed.set(one.text, (signed.get(one.text) ?? 0) + 1)
  })
  const text = [...signed].find(([, n]) => n >= threshold)?.[0]
  const result = text === undefined ? null : attempt(() => parseResult(manifest, hash, text))
  return { closing: { hash, code: shortCode(hash), handedOut: given }, result }
}
