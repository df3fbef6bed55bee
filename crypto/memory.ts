/**
 * What a member's device keeps between two loads of its page, as one text: small enough for the storage of a browser,
 * complete enough that a closed page goes on where it was.
 *
 * Until the shares are added up a seed is kept, from which the same keys and polynomial are made again; afterwards the
 * member's own keys, and the seed is gone.
 *
 * Trust: who reads this text is the member; who replaces it by an older one can make the device answer twice.
 */
import { concat, type Rng, u32 } from './bytes.ts'
import { refuse } from './fault.ts'
import { POINT_BYTES, scalarShape, writeScalar } from './group.ts'
import {
  atLeast,
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
} from './json.ts'
import { type Manifest, POLL_ID_BYTES } from './manifest.ts'
import { HASH_BYTES } from './merkle.ts'
import { keyPairOf, SIGNATURE_BYTES } from './signature.ts'
import { message, sha512 } from './transcript.ts'
import type { Ceremony, Member } from './trustees.ts'

/** Before the shares are added up. */
export interface Begun {
  readonly stage: 'begun'
  readonly ceremony: Ceremony
  readonly index: number
  readonly name: string
  /** 32 bytes; null on a device that is never kept. */
  readonly seed: Uint8Array | null
  /** The hash of the commitments on which it revealed. */
  readonly committed: Uint8Array | null
  /** The hash of the packages for which it sealed shares; there is no second list. */
  readonly revealed: Uint8Array | null
  /** As sealed, by receiver: whoever asks again gets the same. */
  readonly boxes: ReadonlyMap<number, Uint8Array> | null
}

/** From then on. */
export interface Grown {
  readonly stage: 'grown'
  readonly ceremony: Ceremony
  readonly member: Member
  /** Null where the device was restored from its sheet, which happens long after. */
  readonly confirmation: Uint8Array | null
  /** Its part of the rehearsal, once made. */
  readonly rehearsal: Uint8Array | null
  /** All others confirmed and rehearsed well. */
  readonly rehearsed: boolean
  /** The one manifest that it opens. */
  readonly pinned: { readonly manifestHash: Uint8Array; readonly pin: Uint8Array | null } | null
  /** The first closing signed; there is no second. */
  readonly opened: { readonly closingHash: Uint8Array; readonly signature: Uint8Array } | null
  /** From the sheet: it signs no opening before the closing's code has been read to it. */
  readonly restored: boolean
}

export type Memory = Begun | Grown

/** Puts the text where a closed page finds it again; done before anything that follows from it leaves the device. */
export type Keep = (memory: string) => void

export const newlyBegun = (ceremony: Ceremony, index: number, name: string, seed: Uint8Array | null): Begun => ({
  stage: 'begun',
  ceremony,
  index,
  name,
  seed,
  committed: null,
  revealed: null,
  boxes: null,
})

export const newlyGrown = (ceremony: Ceremony, member: Member): Grown => ({
  stage: 'grown',
  ceremony,
  member,
  confirmation: null,
  rehearsal: null,
  rehearsed: false,
  pinned: null,
  opened: null,
  restored: false,
})

/** What its sheet leaves of a device under the manifest that it pinned. */
export function restoredFrom(member: Member, { hash, poll, trustees, threshold }: Manifest): Grown {
  const ceremony = { pollId: poll.id, n: trustees.length, t: threshold }
  const pinned = { manifestHash: hash, pin: null }
  return { ...newlyGrown(ceremony, member), rehearsed: true, pinned, restored: true }
}

/** The stream that `beginCeremony` draws from: `SHA-512(L("seed") ‖ seed ‖ u32 block)`, block after block. */
export function streamOf(seed: Uint8Array): Rng {
  let block = 0
  let left = new Uint8Array() as Uint8Array
  return n => {
    while (left.length < n) left = concat(left, sha512(message('seed', seed, u32(block++))))
    const taken = left.slice(0, n)
    left = left.slice(n)
    return taken
  }
}

export const SEED_BYTES = 32

export function writeMemory(memory: Memory): string {
  if (memory.stage === 'begun') {
    const { boxes, ...rest } = memory
    return writeJson({ ...rest, boxes: boxes && [...boxes].map(([to, box]) => ({ to, box })) })
  }
  const { index, signing, exchange, share, ceremonyHash } = memory.member
  const own = {
    index,
    signing: writeScalar(signing.secret),
    exchange: writeScalar(exchange.secret),
    share: writeScalar(share),
    ceremonyHash,
  }
  return writeJson({ ...memory, member: own })
}

const yesOrNo: Shape<boolean> = (value, where) =>
  typeof value === 'boolean' ? value : refuse('wrong-type', where, 'boolean', typeof value)
const hash = bytes(HASH_BYTES)
const signature = bytes(SIGNATURE_BYTES)
const ceremony: Shape<Ceremony> = exactly({ pollId: bytes(POLL_ID_BYTES), n: integer(2, 9), t: integer(2, 9) })

const begun = exactly({
  stage: oneOf('begun'),
  ceremony,
  index: integer(1, 9),
  name: text,
  seed: bytes(SEED_BYTES),
  committed: nullOr(hash),
  revealed: nullOr(hash),
  boxes: nullOr(listOf(exactly({ to: integer(1, 9), box: bytes() }), 1, 8)),
})

const member: Shape<Member> = (value, where) => {
  const { signing, exchange, ...rest } = exactly({
    index: integer(1, 9),
    signing: scalarShape,
    exchange: scalarShape,
    share: scalarShape,
    ceremonyHash: hash,
  })(value, where)
  return { ...rest, signing: keyPairOf(signing), exchange: keyPairOf(exchange) }
}

const grown = exactly({
  stage: oneOf('grown'),
  ceremony,
  member,
  confirmation: nullOr(signature),
  rehearsal: nullOr(bytes(POINT_BYTES)),
  rehearsed: yesOrNo,
  pinned: nullOr(exactly({ manifestHash: hash, pin: nullOr(signature) })),
  opened: nullOr(exactly({ closingHash: hash, signature })),
  restored: yesOrNo,
})

/** Refuses what is no such text. */
export function parseMemory(kept: string): Memory {
  const json: Json = parseJson(kept, 'memory')
  const { stage } = atLeast({ stage: oneOf('begun', 'grown') })(json, 'memory')
  if (stage === 'grown') return grown(json, 'memory')
  const { boxes, ...rest } = begun(json, 'memory')
  return { ...rest, boxes: boxes && new Map(boxes.map(({ to, box }) => [to, box])) }
}
