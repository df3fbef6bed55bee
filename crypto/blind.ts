/**
 * Redemption: a token buys one credential of each kind, blindly (protocol, section 5; RFC 9497, VOPRF,
 * ristretto255-SHA512, mode 0x01). Thin over @noble/curves.
 *
 *     phone                                        server
 *     fresh key pairs, x, blind
 *     request: token ‖ blinded… ‖ signature ────▶  listed, unspent, signed? spend, evaluate
 *     check signature and proofs, unblind   ◀────  answer: evaluated… ‖ proof… ‖ signature
 *
 * What the server sees is uniformly random and independent of `x`: no key and no computer joins it to the cast later.
 * It checks the token and never sees a credential here; casting (ballot.ts) never sees a token.
 */
import type { Equation } from './batch.ts'
import { concat, equal, type Rng } from './bytes.ts'
import { type Credential, credentialInput, voprfOutput } from './credential.ts'
import { refuse } from './fault.ts'
import { type Element, inverse, multiply, type Scalar, voprf, writePoint, writeScalar } from './group.ts'
import type { Manifest } from './manifest.ts'
import { Reader } from './reader.ts'
import { isSignature, type KeyPair, newKeyPair, SIGNATURE_BYTES, sign, signatureEquation } from './signature.ts'
import { message, sha256 } from './transcript.ts'

/** Kinds 0…m: the ballot and the comment prompts. */
export const kindsOf = (manifest: Manifest): number => 1 + manifest.comments.length

/** The issuer of kind `kind` for somebody of group `group`. */
const issuerOf = (manifest: Manifest, group: number, kind: number): Element =>
  kind === 0 ? manifest.groups[group]!.issuer : manifest.comments[kind - 1]!.issuer

/** Kept by the phone while it waits for the answer; erased when the credentials verify. */
export interface Pending {
  readonly kind: number
  readonly key: KeyPair
  readonly blind: Scalar
  readonly blinded: Uint8Array
}

/** What the server stores, and the record shows, of one redemption. */
export interface Redemption {
  readonly bytes: Uint8Array
  readonly token: Element
  readonly blinded: readonly Element[]
  readonly signature: Uint8Array
}

/** Makes the request. The phone saves `pending` and `request` before it sends anything. */
export function requestCredentials(
  manifest: Manifest,
  token: KeyPair,
  rng: Rng,
): { readonly request: Uint8Array; readonly pending: readonly Pending[] } {
  const pending = Array.from({ length: kindsOf(manifest) }, (_, kind): Pending => {
    const key = newKeyPair(rng)
    const { blind, blinded } = voprf.blind(credentialInput(manifest.hash, kind, key.public.bytes), rngOf(rng))
    return { kind, key, blind: new Reader(blind, 'blind').scalar('blind'), blinded }
  })
  const blinded = concat(...pending.map(one => one.blinded))
  const signature = sign(token, redeemMessage(manifest, blinded), rng)
  return { request: concat(token.public.bytes, blinded, signature), pending }
}

const redeemMessage = (manifest: Manifest, blinded: Uint8Array): Uint8Array => message('redeem', manifest.hash, blinded)

/** Refuses: `wrong-length`, `left-over`, and what reading a point refuses. */
export function readRequest(manifest: Manifest, request: Uint8Array, where: string): Redemption {
  const from = new Reader(request, where)
  const token = from.point('token')
  const blinded = Array.from({ length: kindsOf(manifest) }, (_, kind) => from.point(`blinded ${kind}`))
  const signature = from.bytes(SIGNATURE_BYTES)
  from.end()
  return { bytes: request, token, blinded, signature }
}

export const requestEquation = (manifest: Manifest, redemption: Redemption, where: string): Equation =>
  signatureEquation(
    redemption.signature,
    redemption.token,
    redeemMessage(manifest, concat(...redemption.blinded.map(b => b.bytes))),
    where,
  )

/** The server's answer to a request that it has checked. `issuers` are the key pairs by kind, for the token's group. */
export function answerRequest(
  manifest: Manifest,
  redemption: Redemption,
  issuers: readonly KeyPair[],
  receiptKey: KeyPair,
  rng: Rng,
): Uint8Array {
  const answers = redemption.blinded.map((blinded, kind) => {
    const issuer = issuers[kind]!
    return voprf.blindEvaluate(writeScalar(issuer.secret), issuer.public.bytes, blinded.bytes, rngOf(rng))
  })
  const body = concat(...answers.map(a => a.evaluated), ...answers.map(a => a.proof))
  return concat(body, sign(receiptKey, answerMessage(manifest, redemption.bytes, body), rng))
}

const answerMessage = (manifest: Manifest, request: Uint8Array, body: Uint8Array): Uint8Array =>
  message('redeemed', manifest.hash, sha256(request), sha256(body))

/**
 * The phone's step 5: exact lengths, the server's signature, each evaluated point and proof under the issuer of *the
 * card's* group; then the credentials.
 *
 * Refuses: `wrong-length`, `left-over`, `bad-signature`, `bad-proof`, and what reading a point refuses.
 */
export function finishCredentials(
  manifest: Manifest,
  group: number,
  request: Uint8Array,
  pending: readonly Pending[],
  answer: Uint8Array,
): readonly Credential[] {
  const from = new Reader(answer, 'answer')
  const evaluated = pending.map(({ kind }) => from.point(`evaluated ${kind}`))
  const proofs = pending.map(() => from.bytes(64))
  const body = from.soFar()
  const signature = from.bytes(SIGNATURE_BYTES)
  from.end()
  if (!isSignature(signature, manifest.receiptKey, answerMessage(manifest, request, body)))
    refuse('bad-signature', 'answer')
  return pending.map(({ kind, key, blind, blinded }, i) => {
    const x = credentialInput(manifest.hash, kind, key.public.bytes)
    const Z = evaluated[i]!
    let output: Uint8Array
    try {
      const issuer = issuerOf(manifest, group, kind)
      output = voprf.finalize(x, writeScalar(blind), Z.bytes, blinded, issuer.bytes, proofs[i]!)
    } catch {
      return refuse('bad-proof', `answer, proof ${kind}`)
    }
    const N = multiply(Z.point, inverse(blind))
    const bytes = writePoint(N)
    if (!equal(voprfOutput(x, bytes), output)) throw new Error('unblinding disagrees with RFC 9497')
    return { kind, key, N: { bytes, point: N } }
  })
}

/** @noble's shape of a source of randomness. */
const rngOf = (rng: Rng) => ((n = 32) => rng(n)) as Parameters<typeof voprf.blind>[1] & ((n?: number) => Uint8Array)
