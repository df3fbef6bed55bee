/**
 * Comments (protocol, section 7): one envelope per prompt and voter, always sent, empty or not.
 *
 *     public part  u8 kind ‖ 32 key ‖ 32 credential ‖ 32 digest of the sealed part ‖ 64 signature
 *     sealed part  32 E = e·G ‖ 64 proof of e ‖ ciphertext of u16 length ‖ text ‖ zeros
 *
 * The record bears public parts only; the sealed parts go to the counting team, after closing. An envelope shares
 * nothing with its voter's ballot: another key, another credential, another request.
 */
import { chacha20poly1305 } from '@noble/ciphers/chacha.js'
import { culprits, type Equation, hold } from './batch.ts'
import { NONCE } from './box.ts'
import { concat, equal, type Rng, readUtf8, toBase64url, u8, u16, u32, utf8 } from './bytes.ts'
import { type Credential, credentialEquation, credentialInput } from './credential.ts'
import { attempt, type Fault, faultOf, refuse } from './fault.ts'
import { type Element, elementOf, G, multiply, type Point, randomScalar, type Scalar, writePoint } from './group.ts'
import type { Manifest, Prompt } from './manifest.ts'
import { leafHash } from './merkle.ts'
import { knowledgeEquation, proveKnowledge } from './proof.ts'
import { Reader } from './reader.ts'
import { SIGNATURE_BYTES, sign, signatureEquation } from './signature.ts'
import { message, sha256, sha512 } from './transcript.ts'

const TAG_BYTES = 16

/** The public part, read. */
export interface Envelope {
  readonly bytes: Uint8Array
  readonly leaf: Uint8Array
  /** The prompt's place in the manifest plus one. */
  readonly kind: number
  readonly key: Element
  readonly credential: Element
  /** SHA-256 of the sealed part. */
  readonly digest: Uint8Array
  readonly signature: Uint8Array
}

/** The sealed part, read. */
export interface SealedText {
  readonly E: Element
  readonly proof: { readonly A: Element; readonly z: Scalar }
  readonly ciphertext: Uint8Array
}

const promptOf = (manifest: Manifest, kind: number): Prompt => manifest.comments[kind - 1]!

// ── the phone ───────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Seals a text; both parts have the same length whatever it says. Refuses: `too-large` (more than the prompt's
 * `maxBytes` of UTF-8).
 */
export function sealComment(
  manifest: Manifest,
  credential: Credential,
  text: string,
  rng: Rng,
): { readonly publicPart: Uint8Array; readonly sealedPart: Uint8Array } {
  const { kind } = credential
  const { maxBytes } = promptOf(manifest, kind)
  const written = utf8(text)
  if (written.length > maxBytes) refuse('too-large', `comment ${kind}`, `≤ ${maxBytes}`, written.length)
  const padded = concat(u16(written.length), written, new Uint8Array(maxBytes - written.length))

  const e = randomScalar(rng)
  const E = elementOf(multiply(G, e))
  const key = credential.key.public.bytes
  const secret = commentKey(manifest, kind, key, E, multiply(manifest.electionKey.point, e))
  const ciphertext = chacha20poly1305(secret, NONCE).encrypt(padded)
  const proof = proveKnowledge({ manifestHash: manifest.hash, key, kind, E, sealed: ciphertext }, e, rng)
  const sealedPart = concat(E.bytes, proof, ciphertext)

  const unsigned = concat(u8(kind), key, credential.N.bytes, sha256(sealedPart))
  const publicPart = concat(unsigned, sign(credential.key, commentMessage(manifest, unsigned), rng))
  return { publicPart, sealedPart }
}

const commentMessage = (manifest: Manifest, unsigned: Uint8Array): Uint8Array =>
  message('comment', manifest.hash, unsigned)

function commentKey(manifest: Manifest, kind: number, key: Uint8Array, E: Element, shared: Point): Uint8Array {
  return sha512(message('comment-key', manifest.hash, u8(kind), key, E.bytes, writePoint(shared))).subarray(0, 32)
}

// ── everybody else ──────────────────────────────────────────────────────────────────────────────────────────────

/** Reads a public part. Refuses: `wrong-length`, `left-over`, `out-of-range` (no such prompt), a bad point. */
export function readEnvelope(manifest: Manifest, bytes: Uint8Array, where: string): Envelope {
  const from = new Reader(bytes, where)
  const kind = from.u8()
  if (kind < 1 || kind > manifest.comments.length)
    refuse('out-of-range', `${where}, kind`, `1…${manifest.comments.length}`, kind)
  const key = from.point('key')
  const credential = from.point('credential')
  const digest = from.bytes(32)
  const signature = from.bytes(SIGNATURE_BYTES)
  from.end()
  return { bytes, leaf: leafHash(bytes), kind, key, credential, digest, signature }
}

/** Reads a sealed part. Refuses: `wrong-length`, `left-over`, a bad point or scalar. */
function readSealedText(manifest: Manifest, kind: number, bytes: Uint8Array, where: string): SealedText {
  const from = new Reader(bytes, where)
  const E = from.point('E')
  const proof = { A: from.point('A'), z: from.scalar('z') }
  const ciphertext = from.bytes(2 + promptOf(manifest, kind).maxBytes + TAG_BYTES)
  from.end()
  return { E, proof, ciphertext }
}

/** Check 6 for one envelope, `k` being disclosed. */
export const envelopeCredentialEquation = (manifest: Manifest, envelope: Envelope, k: Scalar): Equation =>
  credentialEquation(envelope.credential, credentialInput(manifest.hash, envelope.kind, envelope.key.bytes), k)

/** Check 7 for one envelope. Refuses what reading a signature refuses. */
export function envelopeSignatureEquation(manifest: Manifest, envelope: Envelope, where: string): Equation {
  const unsigned = envelope.bytes.subarray(0, -SIGNATURE_BYTES)
  return signatureEquation(envelope.signature, envelope.key, commentMessage(manifest, unsigned), where)
}

/** As faults name an envelope. */
export const placeOf = ({ leaf }: Pick<Envelope, 'leaf'>): string => `comment ${toBase64url(leaf)}`

interface Statement {
  readonly signature: Equation
  readonly proof: Equation
  readonly sealed: SealedText
}

function statementOf(manifest: Manifest, envelope: Envelope, sealedPart: Uint8Array): Statement {
  const where = placeOf(envelope)
  const signature = envelopeSignatureEquation(manifest, envelope, where)
  const sealed = readSealedText(manifest, envelope.kind, sealedPart, where)
  const { E, proof, ciphertext } = sealed
  const { key, kind } = envelope
  const knowledge = { manifestHash: manifest.hash, key: key.bytes, kind, E, sealed: ciphertext }
  return { signature, proof: knowledgeEquation(knowledge, proof), sealed }
}

const isDigest = ({ digest }: Envelope, sealedPart: Uint8Array): boolean => equal(sha256(sealedPart), digest)

/**
 * What the server checks of a sent envelope besides the credential, and a member's device before it helps to open:
 * signature, digest and proof.
 */
export function checkEnvelope(manifest: Manifest, envelope: Envelope, sealedPart: Uint8Array, rng: Rng): Fault | null {
  const where = placeOf(envelope)
  let fault: Fault | null = null
  const read = attempt(
    () => statementOf(manifest, envelope, sealedPart),
    found => {
      fault = found
    },
  )
  if (read === null) return fault
  if (!hold([read.signature], rng)) return faultOf('bad-signature', where)
  if (!isDigest(envelope, sealedPart)) return faultOf('wrong-hash', where)
  return hold([read.proof], rng) ? null : faultOf('bad-proof', where)
}

// ── many at once, by a member's device ──────────────────────────────────────────────────────────────────────────

/** An envelope with the sealed part that the server handed out; null where it has none. */
export interface Delivered {
  readonly envelope: Envelope
  readonly sealedPart: Uint8Array | null
}

/** How far somebody is who counts so many of so many. */
export type Progress = (done: number, of: number) => void

/** So many envelopes are checked as one. */
const BATCH = 50

/**
 * What `checkEnvelope` says of each, signatures and proofs checked as one multi-scalar sum: the sealed text of an envelope
 * of which everything holds; null for any other, which `report` names.
 */
export function checkEnvelopes(
  manifest: Manifest,
  delivered: readonly Delivered[],
  rng: Rng,
  report: (fault: Fault) => void,
  progress: Progress,
): readonly (SealedText | null)[] {
  const found: (SealedText | null)[] = []
  for (let at = 0; at < delivered.length; at += BATCH) {
    progress(at, delivered.length)
    found.push(...checkBatch(manifest, delivered.slice(at, at + BATCH), rng, report))
  }
  progress(delivered.length, delivered.length)
  return found
}

function checkBatch(
  manifest: Manifest,
  delivered: readonly Delivered[],
  rng: Rng,
  report: (fault: Fault) => void,
): readonly (SealedText | null)[] {
  const read = delivered.map(({ envelope, sealedPart }) => {
    if (sealedPart === null || !isDigest(envelope, sealedPart)) return null
    return attempt(() => statementOf(manifest, envelope, sealedPart))
  })
  const whole = read.flatMap((one, i) => (one === null ? [] : [i]))
  const equations = whole.map(i => [read[i]!.signature, read[i]!.proof])
  const bad = new Set(culprits(equations, rng).map(i => whole[i]!))
  return read.map((one, i) => {
    if (one !== null && !bad.has(i)) return one.sealed
    const { envelope, sealedPart } = delivered[i]!
    const fault = sealedPart === null ? null : checkEnvelope(manifest, envelope, sealedPart, rng)
    report(fault ?? faultOf('line-missing', placeOf(envelope)))
    return null
  })
}

/** The text, `shared` being `e·K`; null where what opens is no UTF-8 of its stated length followed by zeros. */
export function openText(
  manifest: Manifest,
  { kind, key }: Envelope,
  { E, ciphertext }: SealedText,
  shared: Point,
): string | null {
  const secret = commentKey(manifest, kind, key.bytes, E, shared)
  let padded: Uint8Array
  try {
    padded = chacha20poly1305(secret, NONCE).decrypt(ciphertext)
  } catch {
    return null
  }
  const length = padded[0]! * 256 + padded[1]!
  if (2 + length > padded.length || padded.subarray(2 + length).some(byte => byte !== 0)) return null
  return readUtf8(padded.subarray(2, 2 + length))
}

// ── as the server hands them out ────────────────────────────────────────────────────────────────────────────────

/** For each, in the order given: `u32 length ‖ public part ‖ u32 length ‖ sealed part`; length 0: there is none. */
export const writeDelivered = (
  list: readonly { readonly bytes: Uint8Array; readonly sealed: Uint8Array | null }[],
): Uint8Array =>
  concat(
    ...list.flatMap(({ bytes, sealed }) => [
      u32(bytes.length),
      bytes,
      u32(sealed?.length ?? 0),
      sealed ?? new Uint8Array(),
    ]),
  )

/** Refuses what `readEnvelope` refuses, naming the envelope by its place from 1; `wrong-length` for what is cut short. */
export function readDelivered(manifest: Manifest, from: Uint8Array): readonly Delivered[] {
  const found: Delivered[] = []
  for (let at = 0; at < from.length; ) {
    const where = `comment ${found.length + 1}`
    const [bytes, afterBytes] = readPart(from, at, where)
    const [sealed, afterSealed] = readPart(from, afterBytes, where)
    found.push({ envelope: readEnvelope(manifest, bytes, where), sealedPart: sealed.length === 0 ? null : sealed })
    at = afterSealed
  }
  return found
}

function readPart(from: Uint8Array, at: number, where: string): readonly [part: Uint8Array, next: number] {
  if (from.length < at + 4) refuse('wrong-length', where, at + 4, from.length)
  const length = from.subarray(at, at + 4).reduce((so, byte) => so * 256 + byte, 0)
  const end = at + 4 + length
  if (from.length < end) refuse('wrong-length', where, end, from.length)
  return [from.subarray(at + 4, end), end]
}
