/**
 * What this phone remembers of one poll, as one text in the device's storage, named after the manifest:
 *
 *     asked     request and blinds, saved before the request is sent
 *     redeemed  credentials, and choices and texts so far; the card's secret and the blinds are gone
 *     sealed    the very bytes to send, in the order of sending; choices, texts and randomness are gone
 *     cast      leaves and receipts, and nothing else
 *
 * At most one ballot is on its way; the receipts of all that were cast stay.
 *
 * Trust: who can read this storage before the cast can vote in the holder's place, and after it learns nothing but which
 * ballot on the board came from this phone.
 */

import type { Choices } from '../../crypto/ballot.ts'
import type { Pending } from '../../crypto/blind.ts'
import { toBase64url } from '../../crypto/bytes.ts'
import type { Credential } from '../../crypto/credential.ts'
import { attempt } from '../../crypto/fault.ts'
import { element, scalarShape, writeScalar } from '../../crypto/group.ts'
import {
  bytes,
  exactly,
  integer,
  type Json,
  listOf,
  nullOr,
  oneOf,
  parseJson,
  type Shape,
  text,
  writeJson,
} from '../../crypto/json.ts'
import { HASH_BYTES } from '../../crypto/merkle.ts'
import { keyPairOf, SIGNATURE_BYTES } from '../../crypto/signature.ts'
import type { Keep } from './env.ts'

export interface Asked {
  readonly stage: 'asked'
  /** The token's public key: tells one card from another. */
  readonly card: Uint8Array
  readonly group: number
  readonly request: Uint8Array
  readonly pending: readonly Pending[]
}

interface Redeemed {
  readonly stage: 'redeemed'
  readonly card: Uint8Array
  readonly group: number
  readonly credentials: readonly Credential[]
  readonly choices: Choices
  /** By prompt; empty where nothing was written yet. */
  readonly texts: readonly string[]
}

/** One thing to send: the ballot, or an envelope. */
export interface Thing {
  readonly kind: number
  readonly publicPart: Uint8Array
  /** Of envelopes only. */
  readonly sealedPart: Uint8Array | null
  readonly receipt: Uint8Array | null
}

export interface Sealed {
  readonly stage: 'sealed'
  readonly things: readonly Thing[]
}

/** `signature` is the server's over the leaf. */
export interface Receipt {
  readonly kind: number
  readonly leaf: Uint8Array
  readonly signature: Uint8Array
}

export interface Kept {
  /** Its text, so that a phone goes on with what it began. */
  readonly manifest: string
  readonly going: Asked | Redeemed | Sealed | null
  readonly cast: readonly Receipt[]
}

const kind = integer(0, 15)
const key: Shape<Credential['key']> = (value, where) => keyPairOf(scalarShape(value, where))
const stage = <T extends string>(name: T) => oneOf(name)

const going: Shape<Asked | Redeemed | Sealed> = (value, where) => {
  const name = value instanceof Map ? (value as ReadonlyMap<string, Json>).get('stage') : undefined
  return GOING[name === 'asked' || name === 'redeemed' ? name : 'sealed'](value, where)
}

/** Before there were texts none were kept: a phone goes on with what it began then. */
const withTexts =
  <T>(shape: Shape<T>): Shape<T> =>
  (value, where) =>
    shape(value instanceof Map && !value.has('texts') ? new Map<string, Json>([...value, ['texts', []]]) : value, where)

const GOING = {
  asked: exactly({
    stage: stage('asked'),
    card: bytes(32),
    group: integer(0, 254),
    request: bytes(),
    pending: listOf(exactly({ kind, key, blind: scalarShape, blinded: bytes(32) }), 1, 16),
  }),
  redeemed: withTexts(
    exactly({
      stage: stage('redeemed'),
      card: bytes(32),
      group: integer(0, 254),
      credentials: listOf(exactly({ kind, key, N: element }), 1, 16),
      choices: listOf(listOf(integer(0, 254), 0, 255), 0, 255),
      texts: listOf(text, 0, 15),
    }),
  ),
  sealed: exactly({
    stage: stage('sealed'),
    things: listOf(
      exactly({ kind, publicPart: bytes(), sealedPart: nullOr(bytes()), receipt: nullOr(bytes()) }),
      1,
      16,
    ),
  }),
} as const

const shape: Shape<Kept> = exactly({
  manifest: text,
  going: nullOr(going),
  cast: listOf(exactly({ kind, leaf: bytes(HASH_BYTES), signature: bytes(SIGNATURE_BYTES) }), 0, 65_535),
})

/** Null for what this page did not write. */
export const parseKept = (from: string): Kept | null => attempt(() => shape(parseJson(from, 'kept'), ''))

export function writeKept({ manifest, going: now, cast }: Kept): string {
  return writeJson({ manifest, going: now && plain(now), cast })
}

function plain(now: Asked | Redeemed | Sealed): object {
  switch (now.stage) {
    case 'asked':
      return {
        ...now,
        pending: now.pending.map(one => ({
          ...one,
          key: writeScalar(one.key.secret),
          blind: writeScalar(one.blind),
        })),
      }
    case 'redeemed':
      return {
        ...now,
        credentials: now.credentials.map(({ kind: of, key: pair, N }) => ({
          kind: of,
          key: writeScalar(pair.secret),
          N: N.bytes,
        })),
      }
    case 'sealed':
      return now
  }
}

// ── in the storage ──────────────────────────────────────────────────────────────────────────────────────────────

const PREFIX = 'ballot/'
const CURRENT = 'poll'

/** The start of a manifest's hash, as cards carry it: names what is kept. */
export const startOf = (manifestHash: Uint8Array): string => toBase64url(manifestHash.subarray(0, 20))

export function readKept(keep: Keep, start: string): Kept | null {
  const found = keep.read('device', PREFIX + start)
  return found === null ? null : parseKept(found)
}

/** What was kept is read again at that very moment, since another tab may have gone on. */
export function changeKept(keep: Keep, start: string, manifest: string, change: (kept: Kept) => Kept): Kept {
  const kept = change(readKept(keep, start) ?? { manifest, going: null, cast: [] })
  keep.write('device', PREFIX + start, writeKept(kept))
  keep.write('tab', CURRENT, start)
  return kept
}

export const startsKept = (keep: Keep): readonly string[] =>
  keep.names('device', PREFIX).map(name => name.slice(PREFIX.length))

/** The poll that this tab was in. */
export const currentStart = (keep: Keep): string | null => keep.read('tab', CURRENT)

/** True if what is kept survives a reload. */
export function isDurable(keep: Keep): boolean {
  const durable = keep.write('device', 'probe', 'probe')
  keep.erase('device', 'probe')
  return durable
}
