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
import { type Equation, hold } from './batch.ts'
import { type Address, NONCE, openBox, sealBox } from './box.ts'
import { compare, concat, equal, type Rng, readUtf8, toBase64url, u8, u16, utf8 } from './bytes.ts'
import { type Credential, credentialEquation, credentialInput } from './credential.ts'
import { attempt, type Fault, faultOf, refuse } from './fault.ts'
import {
  type Element,
  elementOf,
  G,
  multiply,
  type Point,
  randomScalar,
  readPoint,
  type Scalar,
  writePoint,
} from './group.ts'
import type { Manifest, Prompt } from './manifest.ts'
import { leafHash } from './merkle.ts'
import { EQUALITY_BYTES, knowledgeEquation, proveKnowledge } from './proof.ts'
import { Reader } from './reader.ts'
import { interpolate, isShare, makeShare, type Opening, type Share } from './share.ts'
import { SIGNATURE_BYTES, sign, signatureEquation } from './signature.ts'
import { message, sha256, sha512 } from './transcript.ts'
import { type Member, publicShare } from './trustees.ts'

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
interface SealedText {
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

/**
 * What the server checks of a sent envelope besides the credential, and a member's device before it helps to open:
 * signature, digest and proof.
 */
export function checkEnvelope(manifest: Manifest, envelope: Envelope, sealedPart: Uint8Array, rng: Rng): Fault | null {
  const where = `comment ${toBase64url(envelope.leaf)}`
  let fault: Fault | null = null
  const read = attempt(
    () => ({
      signature: envelopeSignatureEquation(manifest, envelope, where),
      sealed: readSealedText(manifest, envelope.kind, sealedPart, where),
    }),
    found => {
      fault = found
    },
  )
  if (read === null) return fault
  if (!hold([read.signature], rng)) return faultOf('bad-signature', where)
  if (!equal(sha256(sealedPart), envelope.digest)) return faultOf('wrong-hash', where)
  const { E, proof, ciphertext } = read.sealed
  const statement = { manifestHash: manifest.hash, key: envelope.key.bytes, kind: envelope.kind, E, sealed: ciphertext }
  return hold([knowledgeEquation(statement, proof)], rng) ? null : faultOf('bad-proof', where)
}

// ── opening, by the counting team ───────────────────────────────────────────────────────────────────────────────

/** An envelope with the sealed part that the server handed out; null where it has none. */
export interface Delivered {
  readonly envelope: Envelope
  readonly sealedPart: Uint8Array | null
}

/**
 * `withheld`: the sealed part is missing or fails, the server's fault. `unopened`: fewer than `t` members gave a good
 * share of it. `unreadable`: it opens to no well-formed text.
 */
export type Opened =
  | { readonly leaf: Uint8Array; readonly kind: number; readonly status: 'text'; readonly text: string }
  | { readonly leaf: Uint8Array; readonly kind: number; readonly status: 'withheld' | 'unopened' | 'unreadable' }

const openingOf = (manifest: Manifest, closingHash: Uint8Array, leaf: Uint8Array, E: Element): Opening => ({
  manifestHash: manifest.hash,
  closingHash,
  label: `comment/${toBase64url(leaf)}`,
  alpha: E,
})

const sharesAddress = (member: Member, closingHash: Uint8Array, from: number, to: number): Address => ({
  label: `comment-share/${toBase64url(closingHash)}`,
  ceremonyHash: member.ceremonyHash,
  from,
  to,
})

const byLeaf = (a: Delivered, b: Delivered): number => compare(a.envelope.leaf, b.envelope.leaf)

/** The sealed texts that can be opened at all, ascending by leaf: everything of the envelope holds. */
function sound(manifest: Manifest, delivered: readonly Delivered[], rng: Rng) {
  return [...delivered].sort(byLeaf).map(({ envelope, sealedPart }) => {
    const holds = sealedPart !== null && checkEnvelope(manifest, envelope, sealedPart, rng) === null
    return { envelope, sealed: holds ? readSealedText(manifest, envelope.kind, sealedPart, 'comment') : null }
  })
}

/**
 * One member's shares of all sound envelopes, in a box to the one who combines: per envelope, ascending by leaf,
 * `32 leaf ‖ 32 D_j ‖ 64 proof`. Never in clear through the server.
 */
export function sealCommentShares(
  member: Member,
  combiner: number,
  manifest: Manifest,
  closingHash: Uint8Array,
  delivered: readonly Delivered[],
  rng: Rng,
): Uint8Array {
  const shares = sound(manifest, delivered, rng).flatMap(({ envelope, sealed }) => {
    if (sealed === null) return []
    const opening = openingOf(manifest, closingHash, envelope.leaf, sealed.E)
    const { D, proof } = makeShare(member, manifest.trustees, opening, rng)
    return [envelope.leaf, D.bytes, proof]
  })
  const address = sharesAddress(member, closingHash, member.index, combiner)
  return sealBox(address, member.exchange.secret, manifest.trustees[combiner - 1]!.exchangeKey, concat(...shares), rng)
}

/**
 * The combiner opens the others' boxes, leaves out what proves nothing (`report` names whose), and reads the texts,
 * ascending by leaf.
 */
export function openComments(
  combiner: Member,
  manifest: Manifest,
  closingHash: Uint8Array,
  delivered: readonly Delivered[],
  boxes: ReadonlyMap<number, Uint8Array>,
  rng: Rng,
  report: (fault: Fault) => void,
): readonly Opened[] {
  const shares = [...boxes].flatMap(([from, box]) => {
    // Its own shares the combiner makes itself.
    if (from === combiner.index) return []
    const found = attempt(() => {
      const where = `trustee ${from}`
      const sender = manifest.trustees[from - 1] ?? refuse('out-of-range', where, `1…${manifest.trustees.length}`, from)
      const address = sharesAddress(combiner, closingHash, from, combiner.index)
      const content = openBox(address, combiner.exchange.secret, sender.exchangeKey, box, rng, where)
      return { from, Y: publicShare(manifest.trustees, from), byLeaf: readShares(content, from) }
    }, report)
    return found === null ? [] : [found]
  })
  return sound(manifest, delivered, rng).map(({ envelope, sealed }): Opened => {
    const { leaf, kind } = envelope
    if (sealed === null) return { leaf, kind, status: 'withheld' }
    const opening = openingOf(manifest, closingHash, leaf, sealed.E)
    const good = [makeShare(combiner, manifest.trustees, opening, rng)]
    for (const { from, Y, byLeaf } of shares) {
      const share = byLeaf.get(toBase64url(leaf))
      const where = `trustee ${from}, ${opening.label}`
      if (share === undefined) report(faultOf('line-missing', where))
      else if (isShare(share, Y, opening)) good.push(share)
      else report(faultOf('bad-proof', where))
    }
    if (good.length < manifest.threshold) return { leaf, kind, status: 'unopened' }
    const used = good.slice(0, manifest.threshold).map(({ trustee, D }) => ({ index: trustee, D: D.point }))
    const text = decrypt(manifest, envelope, sealed, interpolate(used))
    return text === null ? { leaf, kind, status: 'unreadable' } : { leaf, kind, status: 'text', text }
  })
}

function readShares(content: Uint8Array, trustee: number): ReadonlyMap<string, Share> {
  const found = new Map<string, Share>()
  const size = 64 + EQUALITY_BYTES
  if (content.length % size !== 0) refuse('left-over', `trustee ${trustee}`, undefined, content.length % size)
  for (let at = 0; at < content.length; at += size) {
    const one = content.subarray(at, at + size)
    const D = readPoint(one.subarray(32, 64), `trustee ${trustee}`)
    found.set(toBase64url(one.subarray(0, 32)), { trustee, D, proof: one.subarray(64) })
  }
  return found
}

function decrypt(manifest: Manifest, envelope: Envelope, sealed: SealedText, shared: Point): string | null {
  const key = commentKey(manifest, envelope.kind, envelope.key.bytes, sealed.E, shared)
  let padded: Uint8Array
  try {
    padded = chacha20poly1305(key, NONCE).decrypt(sealed.ciphertext)
  } catch {
    return null
  }
  const length = padded[0]! * 256 + padded[1]!
  if (2 + length > padded.length || padded.subarray(2 + length).some(byte => byte !== 0)) return null
  return readUtf8(padded.subarray(2, 2 + length))
}
