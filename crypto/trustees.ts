/**
 * The counting team's key ceremony (protocol, section 8): the sealing of the box, on the members' own phones. FROST's
 * distributed key generation as @noble/curves implements it, with what a bare one lacks:
 *
 *   1 commit    a hash of everything that will be revealed, so that nobody can choose last
 *   2 reveal    keys, commitments to the polynomial, proof of knowledge; `ceremonyHash` over all of them
 *   3 share     each member to each other in a box, checked by itself so that a cheat has a name
 *   4 confirm   each signs the ceremony's hash
 *   rehearse    every subset of `t` opens a test; then pin: each signs the one manifest it will open
 *
 * Trust: fewer than `t` members learn nothing; `t` or more together could open single ballots, but not say whose.
 */
import { holdsPlainly } from './batch.ts'
import { openBox, sealBox } from './box.ts'
import { compare, concat, equal, frame, type Rng, u8, utf8 } from './bytes.ts'
import { attempt, type Fault, faultOf, refuse } from './fault.ts'
import {
  type Element,
  elementOf,
  frost,
  G,
  IDENTITY,
  multiply,
  multiplyPublic,
  multiplySplit,
  negative,
  ONE,
  type Point,
  readPoint,
  readScalar,
  type Scalar,
  scalarOf,
  wideScalar,
  writeScalar,
} from './group.ts'
import type { Manifest, Trustee } from './manifest.ts'
import { Reader } from './reader.ts'
import { isSignature, type KeyPair, newKeyPair, sign } from './signature.ts'
import { message, sha256, sha512 } from './transcript.ts'

/** Everybody knows these before the ceremony begins. */
export interface Ceremony {
  readonly pollId: Uint8Array
  /** How many members, and how many of them open. */
  readonly n: number
  readonly t: number
}

/** What a member reveals in step 2. */
export type Package = Omit<Trustee, 'confirmation'>

/** Kept on the member's device. */
export interface MemberSecrets {
  readonly index: number
  readonly signing: KeyPair
  readonly exchange: KeyPair
  /** As this device made it: whatever list it is shown later must hold it unchanged. */
  readonly package: Package
  /** @noble's state of the key generation, with the polynomial; spent by `finishShares`. */
  readonly dkg: ReturnType<typeof frost.DKG.round1>['secret']
}

/** What a member holds when the ceremony is over, and what its recovery sheet says. */
export interface Member {
  readonly index: number
  readonly signing: KeyPair
  readonly exchange: KeyPair
  /** `y_j`. */
  readonly share: Scalar
  readonly ceremonyHash: Uint8Array
}

// ── 1 commit, 2 reveal ──────────────────────────────────────────────────────────────────────────────────────────

/** Makes a member's keys and package. The commitment goes out first; the package once all commitments are there. */
export function beginCeremony(
  ceremony: Ceremony,
  index: number,
  name: string,
  rng: Rng,
): { readonly secrets: MemberSecrets; readonly package: Package; readonly commitment: Uint8Array } {
  const signing = newKeyPair(rng)
  const exchange = newKeyPair(rng)
  const round1 = frost.DKG.round1(
    frost.Identifier.fromNumber(index),
    { min: ceremony.t, max: ceremony.n },
    undefined,
    (n = 32) => rng(n) as ReturnType<typeof Uint8Array.from>,
  )
  const made: Package = {
    index,
    name,
    signingKey: signing.public,
    exchangeKey: exchange.public,
    commitments: round1.public.commitment.map(c => readPoint(c, 'commitment')),
    proof: round1.public.proofOfKnowledge,
  }
  const secrets = { index, signing, exchange, package: made, dkg: round1.secret }
  return { secrets, package: made, commitment: packageCommitment(ceremony, made) }
}

const packageBody = (p: Package): Uint8Array =>
  concat(frame(utf8(p.name)), p.signingKey.bytes, p.exchangeKey.bytes, ...p.commitments.map(c => c.bytes), p.proof)

export const packageCommitment = (ceremony: Ceremony, p: Package): Uint8Array =>
  sha256(message('commit', ceremony.pollId, u8(p.index), packageBody(p)))

/**
 * The list is whole, numbered from 1, and this device's own package stands in it as it was made. Without that a server
 * could show everybody three packages of its own making, and hold the key alone. Refuses: `wrong-length`, `wrong-value`.
 */
function checkOwn(secrets: MemberSecrets, packages: readonly Package[]): void {
  const { max } = secrets.dkg.signers
  if (packages.length !== max) refuse('wrong-length', 'packages', max, packages.length)
  packages.forEach(({ index }, i) => {
    if (index !== i + 1) refuse('wrong-value', `packages[${i}].index`, i + 1, index)
  })
  const shown = packages[secrets.index - 1]!
  if (!equal(packageBody(shown), packageBody(secrets.package))) refuse('wrong-value', `trustee ${secrets.index}`)
}

/** A revealed package is the one committed to, has `t` commitments, and its maker knows the constant coefficient. */
export function checkPackage(ceremony: Ceremony, revealed: Package, commitment: Uint8Array): Fault | null {
  const where = `trustee ${revealed.index}`
  if (!equal(packageCommitment(ceremony, revealed), commitment)) return faultOf('wrong-hash', where)
  if (revealed.commitments.length !== ceremony.t)
    return faultOf('wrong-length', where, ceremony.t, revealed.commitments.length)
  return knowsConstant(revealed) ? null : faultOf('bad-proof', where)
}

const DKG_CHALLENGE = utf8('FROST-RISTRETTO255-SHA512-v1dkg')

/** `R = μ·G − c·C_{i,0}` with `c = SHA-512("FROST-RISTRETTO255-SHA512-v1dkg" ‖ scalar i ‖ C_{i,0} ‖ R)` mod q. */
function knowsConstant({ index, commitments, proof }: Package): boolean {
  const C = commitments[0]!
  const read = attempt(() => {
    const from = new Reader(proof, `trustee ${index}, proof`)
    const found = { R: from.point('R'), mu: from.scalar('mu') }
    from.end()
    return found
  })
  if (read === null) return false
  const id = writeScalar(scalarOf(index))
  const c = wideScalar(sha512(concat(DKG_CHALLENGE, id, C.bytes, read.R.bytes)))
  return holdsPlainly([
    [G, read.mu],
    [C.point, negative(c)],
    [read.R.point, negative(ONE)],
  ])
}

/** The hash over all packages, by index. */
export const ceremonyHash = ({ pollId, t, n }: Ceremony, packages: readonly Package[]): Uint8Array =>
  sha256(message('ceremony', pollId, u8(t), u8(n), ...packages.map(packageBody)))

/** `K = Σ C_{i,0}`. */
export const electionKeyOf = (packages: readonly Package[]): Element =>
  elementOf(packages.reduce((sum, { commitments }) => sum.add(commitments[0]!.point), IDENTITY))

/** `Y_j = Σ_i Σ_l j^l·C_{i,l}`: what everybody knows of member j's share. */
export const publicShare = (packages: readonly Package[], j: number): Element =>
  elementOf(packages.reduce((sum, { commitments }) => sum.add(evaluate(commitments, j)), IDENTITY))

/** `Σ_l j^l·C_l`, by Horner. */
const evaluate = (commitments: readonly Element[], j: number): Point =>
  commitments.reduceRight((sum, { point }) => multiplyPublic(sum, scalarOf(j)).add(point), IDENTITY)

// ── 3 share ─────────────────────────────────────────────────────────────────────────────────────────────────────

const SHARE_LABEL = 'dkg-share'

/**
 * One box for every other member, by their index. Call it once every package has been checked. Refuses a list that is
 * not whole or in which its own package is not as it was made.
 */
export function sealShares(
  secrets: MemberSecrets,
  packages: readonly Package[],
  hash: Uint8Array,
  rng: Rng,
): ReadonlyMap<number, Uint8Array> {
  checkOwn(secrets, packages)
  const shares = frost.DKG.round2(secrets.dkg, round1Of(secrets, packages))
  const others = packages.filter(p => p.index !== secrets.index)
  return new Map(
    others.map(({ index, exchangeKey }) => {
      const share = shares[frost.Identifier.fromNumber(index)]!.signingShare
      const address = { label: SHARE_LABEL, ceremonyHash: hash, from: secrets.index, to: index }
      return [index, sealBox(address, secrets.exchange.secret, exchangeKey, share, rng)]
    }),
  )
}

const round1Of = (secrets: MemberSecrets, packages: readonly Package[]) =>
  packages
    .filter(p => p.index !== secrets.index)
    .map(p => ({
      identifier: frost.Identifier.fromNumber(p.index),
      commitment: p.commitments.map(c => c.bytes),
      proofOfKnowledge: p.proof,
    })) as Parameters<typeof frost.DKG.round2>[1]

/**
 * Opens the boxes from all others and adds the shares up. A share that does not lie on its sender's polynomial ends the
 * ceremony: the fault names both.
 *
 * Refuses: `line-missing` (no box), `wrong-length`, `bad-proof`, `bad-scalar`, `wrong-sum`.
 */
export function finishShares(
  secrets: MemberSecrets,
  packages: readonly Package[],
  hash: Uint8Array,
  boxes: ReadonlyMap<number, Uint8Array>,
  rng: Rng,
): Member {
  checkOwn(secrets, packages)
  const { index, signing, exchange } = secrets
  const others = packages.filter(p => p.index !== index)
  const shares = others.map(sender => {
    const where = `share of trustee ${sender.index} for trustee ${index}`
    const box = boxes.get(sender.index) ?? refuse('line-missing', where)
    const address = { label: SHARE_LABEL, ceremonyHash: hash, from: sender.index, to: index }
    const share = readScalar(openBox(address, exchange.secret, sender.exchangeKey, box, rng, where), where)
    // Feldman's check, by itself: the library's own does not name the sender.
    const fits = share > 0n && multiply(G, share).equals(evaluate(sender.commitments, index))
    if (!fits) refuse('wrong-sum', where)
    return { identifier: frost.Identifier.fromNumber(sender.index), signingShare: writeScalar(share) }
  })
  const key = frost.DKG.round3(
    secrets.dkg,
    round1Of(secrets, packages),
    shares as Parameters<typeof frost.DKG.round3>[2],
  )
  return { index, signing, exchange, share: readScalar(key.secret.signingShare, 'own share'), ceremonyHash: hash }
}

// ── 4 confirm, rehearse, pin ────────────────────────────────────────────────────────────────────────────────────

const confirmMessage = (hash: Uint8Array): Uint8Array => message('ceremony', hash)
const pinMessage = (manifestHash: Uint8Array): Uint8Array => message('pin', manifestHash)

export const confirmCeremony = (member: Member, rng: Rng): Uint8Array =>
  sign(member.signing, confirmMessage(member.ceremonyHash), rng)

/**
 * A device's part in opening a test ciphertext: it is given `r` and answers only if `α = r·G`, so that nobody can pass a
 * real ballot off as a rehearsal. Ask it before pinning only. Refuses: `wrong-value`.
 */
export function rehearse(member: Member, alpha: Element, r: Scalar, rng: Rng): Element {
  if (!multiplyPublic(G, r).equals(alpha.point)) refuse('wrong-value', 'rehearsal')
  return elementOf(multiplySplit(alpha.point, member.share, rng))
}

/**
 * A device's check before pinning: the manifest's team, threshold and key are those of its own ceremony, and in it stand
 * its own keys and the public counterpart of its own share.
 */
export function checkManifestOfCeremony(member: Member, pollId: Uint8Array, manifest: Manifest): Fault | null {
  if (!equal(pollId, manifest.poll.id)) return faultOf('wrong-value', 'poll.id')
  if (!equal(member.ceremonyHash, ceremonyHash(ceremonyOf(manifest), manifest.trustees)))
    return faultOf('wrong-hash', 'trustees')
  const where = `trustee ${member.index}`
  const own = manifest.trustees[member.index - 1]
  if (own === undefined) return faultOf('line-missing', where)
  if (!own.signingKey.point.equals(member.signing.public.point)) return faultOf('wrong-key', `${where}, signingKey`)
  if (!own.exchangeKey.point.equals(member.exchange.public.point)) return faultOf('wrong-key', `${where}, exchangeKey`)
  if (!publicShare(manifest.trustees, member.index).point.equals(multiply(G, member.share)))
    return faultOf('wrong-key', `${where}, share`)
  return checkCeremony(manifest)
}

/** Signs the manifest that this device will open, and no other. Check it first. */
export const pinManifest = (member: Member, manifest: Manifest, rng: Rng): Uint8Array =>
  sign(member.signing, pinMessage(manifest.hash), rng)

/** The browser prints cards only on `n` of these. */
export const isPin = (pin: Uint8Array, manifest: Manifest, trustee: Trustee): boolean =>
  isSignature(pin, trustee.signingKey, pinMessage(manifest.hash))

const ceremonyOf = (manifest: Manifest): Ceremony => ({
  pollId: manifest.poll.id,
  t: manifest.threshold,
  n: manifest.trustees.length,
})

/** Check 2: every proof of knowledge, `K` follows from the commitments, every member confirmed this very ceremony. */
export function checkCeremony(manifest: Manifest): Fault | null {
  const { trustees, electionKey } = manifest
  const ignorant = trustees.find(trustee => !knowsConstant(trustee))
  if (ignorant) return faultOf('bad-proof', `trustee ${ignorant.index}`)
  if (compare(electionKeyOf(trustees).bytes, electionKey.bytes) !== 0) return faultOf('wrong-key', 'electionKey')
  const confirmed = confirmMessage(ceremonyHash(ceremonyOf(manifest), trustees))
  const doubtful = trustees.find(({ confirmation, signingKey }) => !isSignature(confirmation, signingKey, confirmed))
  return doubtful ? faultOf('bad-signature', `trustee ${doubtful.index}, confirmation`) : null
}
