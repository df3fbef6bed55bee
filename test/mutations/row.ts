/** One change of a good record, and the check that must notice it. */
import type { FaultCode } from '../../crypto/fault.ts'
import type { Check } from '../../crypto/verify/findings.ts'
import type { VerifyOptions } from '../../crypto/verify/run.ts'
import { buildPoll, type Change, type ManifestFields, type Poll, recordOf } from '../build.ts'

export interface Row {
  readonly name: string
  readonly check: Check
  readonly code: FaultCode
  /** Checks that may fail besides, where nothing was rebuilt around the change. */
  readonly also?: readonly Check[]
  readonly record: () => string
  readonly options?: Partial<VerifyOptions>
}

/** The honest poll, and another one to replay from. */
export const poll = buildPoll(1)
export const other = buildPoll(2)
export const goodLines: readonly string[] = recordOf(poll)
export const otherLines: readonly string[] = recordOf(other)

export const join = (lines: readonly string[]): string => lines.map(line => `${line}\n`).join('')

type Fields = Record<string, unknown>

/** A line of the good record, as plain fields to change. Strict reading is for the code under test. */
export const fieldsOf = (line: string): Fields => JSON.parse(line)

/** The place of the n-th line of a type. */
export function placeOf(type: string, n = 0, lines: readonly string[] = goodLines): number {
  const places = lines.flatMap((line, i) => (fieldsOf(line).type === type ? [i] : []))
  const place = places[n]
  if (place === undefined) throw new Error(`no line ${type} ${n}`)
  return place
}

/** The good record with the n-th line of a type changed. */
export function withLine(type: string, n: number, change: (fields: Fields) => Fields): string {
  const at = placeOf(type, n)
  return join(goodLines.map((line, i) => (i === at ? JSON.stringify(change(fieldsOf(line))) : line)))
}

/** The good record with its manifest's text changed, and nothing made anew: check 1 stands before everything. */
export const withManifestText = (change: (text: string) => string): string =>
  withLine('manifest', 0, line => ({ ...line, text: change(line.text as string) }))

/** A manifest as it comes out of JSON.parse, to be changed in ways that no type allows. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Loose = Record<string, any>

export const withManifest = (change: (manifest: Loose) => void): string =>
  withManifestText(text => {
    const manifest = JSON.parse(text)
    change(manifest)
    return JSON.stringify(manifest)
  })

/** A record made anew around one change, by a poll that is honest up to there. */
export const rebuilt = (change: Change | ((poll: Poll) => Change), of: Poll = poll): string =>
  join(recordOf(of, typeof change === 'function' ? change(of) : change))

/** A whole poll on a changed manifest. */
export function repolled(
  changeManifest: (fields: ManifestFields) => ManifestFields,
  change: Change | ((poll: Poll) => Change) = {},
): string {
  return rebuilt(change, buildPoll(1, changeManifest))
}

export const replaced = <T>(list: readonly T[], at: number, item: T): T[] =>
  list.map((one, i) => (i === at ? item : one))
export const without = <T>(list: readonly T[], at: number): T[] => list.filter((_, i) => i !== at)
export const swapped = <T>(list: readonly T[], a: number, b: number): T[] =>
  list.map((one, i) => (i === a ? list[b]! : i === b ? list[a]! : one))

/** Bytes with one bit of one of them changed. */
export const flipped = (bytes: Uint8Array, at: number, bit = 1): Uint8Array =>
  bytes.map((byte, i) => (i === (at < 0 ? bytes.length + at : at) ? byte ^ bit : byte))

/** Bytes with some of them overwritten. */
export function overwritten(bytes: Uint8Array, at: number, part: Uint8Array): Uint8Array {
  const copy = bytes.slice()
  copy.set(part, at)
  return copy
}

export const IDENTITY_POINT = new Uint8Array(32)
/** p + 1: a second spelling of the field element 1, and no point anyway. */
export const NON_CANONICAL = new Uint8Array(32).fill(255, 1, 31).fill(0xee, 0, 1).fill(0x7f, 31)
/** q itself: the smallest scalar that is none. */
export const ORDER_AS_SCALAR = Uint8Array.from(
  'edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010'.match(/../g)!,
  byte => Number.parseInt(byte, 16),
)
