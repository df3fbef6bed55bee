/**
 * What the box decides, from bytes alone: answers redemptions, checks what is cast, closes. Who stores what is in
 * `voting.ts`; here nothing is remembered. The same functions serve the played poll and the server's worker threads.
 *
 * It knows token public keys, issuer keys and what it is sent; it has no idea which redemption a cast goes back to.
 */
import {
  BALLOT_KIND,
  type Ballot,
  ballotProofEquations,
  ballotSignatureEquation,
  checkCast,
  readBallot,
} from '../crypto/ballot.ts'
import { culprits, type Equation, hold } from '../crypto/batch.ts'
import { answerRequest, readRequest, requestEquation } from '../crypto/blind.ts'
import { compare, type Rng } from '../crypto/bytes.ts'
import { writeClosing } from '../crypto/closing.ts'
import { checkEnvelope, readEnvelope } from '../crypto/comment.ts'
import { credentialInput, isCredential } from '../crypto/credential.ts'
import { attempt } from '../crypto/fault.ts'
import type { Manifest } from '../crypto/manifest.ts'
import { rootOf, rootOfLeaves } from '../crypto/merkle.ts'
import { signReceipt } from '../crypto/receipt.ts'
import { type KeyPair, newKeyPair } from '../crypto/signature.ts'

/** The box's secrets of one poll, made before the ceremony. */
export interface BoxKeys {
  readonly receiptKey: KeyPair
  /** By group. */
  readonly issuers: readonly KeyPair[]
  /** By prompt. */
  readonly commentIssuers: readonly KeyPair[]
}

export function newBoxKeys(groups: number, prompts: number, rng: Rng): BoxKeys {
  return {
    receiptKey: newKeyPair(rng),
    issuers: Array.from({ length: groups }, () => newKeyPair(rng)),
    commentIssuers: Array.from({ length: prompts }, () => newKeyPair(rng)),
  }
}

/** The answer to a request of a listed, unspent token of this group; null where it proves nothing. */
export function answerRedemption(
  manifest: Manifest,
  keys: BoxKeys,
  group: number,
  request: Uint8Array,
  rng: Rng,
): Uint8Array | null {
  const redemption = attempt(() => readRequest(manifest, request, 'request'))
  if (redemption === null) return null
  const equation = attempt(() => requestEquation(manifest, redemption, 'request'))
  if (equation === null || !hold([equation], rng)) return null
  return answerRequest(manifest, redemption, [keys.issuers[group]!, ...keys.commentIssuers], keys.receiptKey, rng)
}

/** Something that may lie on the board, with its receipt. */
export interface Accepted {
  readonly kind: number
  readonly key: Uint8Array
  readonly group: number
  readonly receipt: Uint8Array
}

/** A ballot, checked whole as checks 6 to 8 do; null where it proves nothing. */
export function acceptBallot(manifest: Manifest, keys: BoxKeys, bytes: Uint8Array, rng: Rng): Accepted | null {
  const ballot = attempt(() => readBallot(manifest, bytes, 'ballot'))
  if (ballot === null || !isIssued(manifest, keys, ballot)) return null
  return checkCast(manifest, ballot, rng) === null ? accepted(manifest, keys, ballot, rng) : null
}

/** The same for many at once, in one sum: cheaper for each. */
export function acceptBallots(
  manifest: Manifest,
  keys: BoxKeys,
  list: readonly Uint8Array[],
  rng: Rng,
): readonly (Accepted | null)[] {
  const read = list.map(bytes => {
    const ballot = attempt(() => readBallot(manifest, bytes, 'ballot'))
    const signature = ballot && attempt(() => ballotSignatureEquation(manifest, ballot, 'ballot'))
    return ballot && signature && isIssued(manifest, keys, ballot) ? { ballot, signature } : null
  })
  const sound = read.filter(one => one !== null)
  const equations = sound.map(({ ballot, signature }): readonly Equation[] => [
    signature,
    ...ballotProofEquations(manifest, ballot),
  ])
  const wrong = new Set(culprits(equations, rng).map(i => sound[i]))
  return read.map(one => (one === null || wrong.has(one) ? null : accepted(manifest, keys, one.ballot, rng)))
}

const isIssued = (manifest: Manifest, keys: BoxKeys, { group, key, credential }: Ballot): boolean =>
  isCredential(credential, credentialInput(manifest.hash, BALLOT_KIND, key.bytes), keys.issuers[group]!.secret)

const accepted = (manifest: Manifest, keys: BoxKeys, { group, key, leaf }: Ballot, rng: Rng): Accepted => ({
  kind: BALLOT_KIND,
  key: key.bytes,
  group,
  receipt: signReceipt(manifest, keys.receiptKey, BALLOT_KIND, leaf, rng),
})

/** An envelope with its sealed part; null where it proves nothing. */
export function acceptComment(
  manifest: Manifest,
  keys: BoxKeys,
  publicPart: Uint8Array,
  sealedPart: Uint8Array,
  rng: Rng,
): Accepted | null {
  const envelope = attempt(() => readEnvelope(manifest, publicPart, 'comment'))
  if (envelope === null) return null
  const { kind, key, credential, leaf } = envelope
  const issuer = keys.commentIssuers[kind - 1]!
  if (!isCredential(credential, credentialInput(manifest.hash, kind, key.bytes), issuer.secret)) return null
  if (checkEnvelope(manifest, envelope, sealedPart, rng) !== null) return null
  return { kind, key: key.bytes, group: 0, receipt: signReceipt(manifest, keys.receiptKey, kind, leaf, rng) }
}

/** Everything that a closing statement counts. Lists in any order. */
export interface Contents {
  readonly requests: readonly Uint8Array[]
  /** Token keys. */
  readonly voided: readonly Uint8Array[]
  readonly ballots: readonly { readonly leaf: Uint8Array; readonly group: number }[]
  readonly comments: readonly { readonly leaf: Uint8Array; readonly kind: number }[]
}

/** The closing statement over all that lies in the box, with the issuer keys disclosed. */
export function closingOf(
  manifest: Manifest,
  keys: BoxKeys,
  handedOut: readonly number[],
  { requests, voided, ballots, comments }: Contents,
): string {
  const sorted = (list: readonly Uint8Array[]) => [...list].sort(compare)
  const leaves = (list: readonly { readonly leaf: Uint8Array }[]) => sorted(list.map(({ leaf }) => leaf))
  return writeClosing(manifest, {
    handedOut,
    redemptions: { count: requests.length, root: rootOf(sorted(requests)) },
    voided: { count: voided.length, root: rootOf(sorted(voided)) },
    ballots: {
      count: ballots.length,
      byGroup: manifest.groups.map((_, g) => ballots.filter(({ group }) => group === g).length),
      root: rootOfLeaves(leaves(ballots)),
    },
    comments: {
      byKind: manifest.comments.map((_, i) => comments.filter(({ kind }) => kind === i + 1).length),
      root: rootOfLeaves(leaves(comments)),
    },
    issuerKeys: keys.issuers.map(pair => pair.secret),
    commentIssuerKeys: keys.commentIssuers.map(pair => pair.secret),
  })
}
