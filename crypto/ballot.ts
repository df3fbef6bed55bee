/**
 * The ballot (protocol, section 6).
 *
 *     u8 group ‖ 32 key ‖ 32 credential
 *     per contest:  per option 64 ciphertext ‖ membership proof over 0, 1;  then one of the sum over min … max
 *     64 signature by the key over L("ballot") ‖ manifestHash ‖ all above
 *
 * The phone seals; the server and everybody after it check with the same functions. Nothing in here reads a byte of a
 * redemption: a credential and a fresh key are all that a cast shows.
 */
import { culprits, type Equation, hold } from './batch.ts'
import { concat, type Rng, u8 } from './bytes.ts'
import { type Credential, credentialEquation, credentialInput } from './credential.ts'
import { addUp, type Ciphertext, encrypt, readCiphertext } from './elgamal.ts'
import { attempt, type Fault, faultOf, refuse } from './fault.ts'
import { type Element, G, multiplyPublic, type Point, plus, type Scalar, ZERO } from './group.ts'
import type { Contest, Manifest } from './manifest.ts'
import { leafHash } from './merkle.ts'
import {
  type Membership,
  type MembershipProof,
  membershipEquations,
  proveMembership,
  readMembership,
  SUM_OF_CONTEST,
} from './proof.ts'
import { Reader } from './reader.ts'
import { SIGNATURE_BYTES, sign, signatureEquation } from './signature.ts'
import { message, sha256 } from './transcript.ts'

/** The kind of ballots, where ballots and comments are counted together. */
export const BALLOT_KIND = 0

/** By contest, in the manifest's order, the indices of the options marked. */
export type Choices = readonly (readonly number[])[]

/** A ballot read: its layout is right and every point and scalar in it is one. Nothing is proven yet. */
export interface Ballot {
  readonly bytes: Uint8Array
  readonly leaf: Uint8Array
  readonly group: number
  readonly key: Element
  readonly credential: Element
  readonly contests: readonly SealedContest[]
  readonly signature: Uint8Array
}

interface SealedContest {
  readonly options: readonly { readonly ciphertext: Ciphertext; readonly proof: MembershipProof }[]
  readonly sumProof: MembershipProof
}

const ZERO_OR_ONE = [0, 1] as const

const sumValues = ({ min, max }: Contest): readonly number[] => Array.from({ length: max - min + 1 }, (_, i) => min + i)

// ── the phone ───────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Seals choices for a key: the `contests` part, and the randomness `r` of every ciphertext in order. Whoever keeps the
 * `r`s can prove the choices, so they are erased with them. `K` should have a table (`withTable`).
 */
export function sealContests(
  manifest: Manifest,
  group: number,
  key: Uint8Array,
  choices: Choices,
  K: Point,
  rng: Rng,
): { readonly bytes: Uint8Array; readonly randomness: readonly Scalar[] } {
  if (choices.length > manifest.contests.length)
    refuse('wrong-length', 'choices', `≤ ${manifest.contests.length}`, choices.length)
  const parts: Uint8Array[] = []
  const randomness: Scalar[] = []
  manifest.contests.forEach((contest, c) => {
    const place = { manifestHash: manifest.hash, key, group, contest: c }
    const marked = markedOptions(contest, choices[c] ?? [])
    const sealed = marked.map(m => ({ m, ...encrypt(m, K, rng) }))
    sealed.forEach(({ m, ciphertext, r }, option) => {
      const proof = proveMembership({ ...place, option, ciphertext, values: ZERO_OR_ONE }, K, r, m, rng)
      parts.push(ciphertext.alpha.bytes, ciphertext.beta.bytes, proof)
      randomness.push(r)
    })
    const ciphertext = addUp(sealed.map(s => s.ciphertext))
    const r = sealed.reduce((sum, s) => plus(sum, s.r), ZERO)
    const statement = { ...place, option: SUM_OF_CONTEST, ciphertext, values: sumValues(contest) }
    const total = marked.reduce<number>((sum, m) => sum + m, 0)
    parts.push(proveMembership(statement, K, r, total, rng))
  })
  return { bytes: concat(...parts), randomness }
}

/** Refuses: `out-of-range` (an option that is none, or more or fewer marks than allowed), `duplicate`. */
function markedOptions(contest: Contest, choice: readonly number[]): readonly (0 | 1)[] {
  const where = `contest ${contest.id}`
  if (choice.length < contest.min || choice.length > contest.max)
    refuse('out-of-range', where, `${contest.min}…${contest.max}`, choice.length)
  if (new Set(choice).size !== choice.length) refuse('duplicate', where)
  for (const option of choice)
    if (contest.options[option] === undefined) refuse('out-of-range', where, `< ${contest.options.length}`, option)
  return contest.options.map((_, option) => (choice.includes(option) ? 1 : 0))
}

/** The whole ballot. The phone stores these bytes before sending and resends them unchanged. */
export function sealBallot(
  manifest: Manifest,
  group: number,
  credential: Credential,
  choices: Choices,
  K: Point,
  rng: Rng,
): Uint8Array {
  const key = credential.key.public.bytes
  const { bytes } = sealContests(manifest, group, key, choices, K, rng)
  const unsigned = concat(u8(group), key, credential.N.bytes, bytes)
  return concat(unsigned, sign(credential.key, ballotMessage(manifest, unsigned), rng))
}

const ballotMessage = (manifest: Manifest, unsigned: Uint8Array): Uint8Array =>
  message('ballot', manifest.hash, unsigned)

/**
 * *Check my ballot*: what the phone shows before it tells the `r`s of a ballot under a throw-away key, so that it cannot
 * choose another one afterwards. The real ballot has a fresh key and fresh randomness.
 */
export const checkableHash = (group: number, throwAwayKey: Uint8Array, contests: Uint8Array): Uint8Array =>
  sha256(concat(u8(group), throwAwayKey, contests))

/** For any second device: the choices inside a sealed `contests` part, given its `r`s; null where they do not fit. */
export function choicesBehind(manifest: Manifest, contests: Uint8Array, randomness: readonly Scalar[]): Choices | null {
  const sealed = attempt(() => {
    const from = new Reader(contests, 'contests')
    const found = readContests(manifest, from)
    from.end()
    return found
  })
  const K = manifest.electionKey.point
  let at = 0
  const choices = sealed?.map(({ options }) =>
    options.flatMap(({ ciphertext }, option) => {
      const r = randomness[at++]
      if (r === undefined || !multiplyPublic(G, r).equals(ciphertext.alpha.point)) return [Number.NaN]
      const hidden = ciphertext.beta.point.subtract(multiplyPublic(K, r))
      return hidden.is0() ? [] : hidden.equals(G) ? [option] : [Number.NaN]
    }),
  )
  return choices === undefined || at !== randomness.length || choices.flat().some(Number.isNaN) ? null : choices
}

// ── everybody else ──────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Reads a ballot. Refuses: `wrong-length`, `left-over`, `unknown-group`, and what reading points and scalars refuses;
 * `where` names the ballot in the fault.
 */
export function readBallot(manifest: Manifest, bytes: Uint8Array, where: string): Ballot {
  const from = new Reader(bytes, where)
  const group = from.u8()
  if (group >= manifest.groups.length) refuse('unknown-group', where, `< ${manifest.groups.length}`, group)
  const key = from.point('key')
  const credential = from.point('credential')
  const contests = readContests(manifest, from)
  const signature = from.bytes(SIGNATURE_BYTES)
  from.end()
  return { bytes, leaf: leafHash(bytes), group, key, credential, contests, signature }
}

const readContests = (manifest: Manifest, from: Reader): readonly SealedContest[] =>
  manifest.contests.map((contest, c) => ({
    options: contest.options.map((_, o) => {
      const name = `contest ${c}, option ${o}`
      return { ciphertext: readCiphertext(from, name), proof: readMembership(from, ZERO_OR_ONE.length, name) }
    }),
    sumProof: readMembership(from, sumValues(contest).length, `contest ${c}, sum`),
  }))

/** Check 6 for one ballot: its credential is the issuer's, `k` being disclosed. */
export const ballotCredentialEquation = (manifest: Manifest, ballot: Ballot, k: Scalar): Equation =>
  credentialEquation(ballot.credential, credentialInput(manifest.hash, BALLOT_KIND, ballot.key.bytes), k)

/** Check 7 for one ballot: signed by its own key. Refuses what reading a signature refuses. */
export function ballotSignatureEquation(manifest: Manifest, ballot: Ballot, where: string): Equation {
  const unsigned = ballot.bytes.subarray(0, -SIGNATURE_BYTES)
  return signatureEquation(ballot.signature, ballot.key, ballotMessage(manifest, unsigned), where)
}

/** Check 8 for one ballot: every option holds 0 or 1, every contest's sum what it may. */
export function ballotProofEquations(manifest: Manifest, ballot: Ballot): readonly Equation[] {
  const K = manifest.electionKey.point
  return ballot.contests.flatMap(({ options, sumProof }, c) => {
    const place = { manifestHash: manifest.hash, key: ballot.key.bytes, group: ballot.group, contest: c }
    const ciphertexts = options.map(o => o.ciphertext)
    const values = sumValues(manifest.contests[c]!)
    const sum: Membership = { ...place, option: SUM_OF_CONTEST, ciphertext: addUp(ciphertexts), values }
    return [
      ...options.flatMap(({ ciphertext, proof }, option) =>
        membershipEquations({ ...place, option, ciphertext, values: ZERO_OR_ONE }, proof, K),
      ),
      ...membershipEquations(sum, sumProof, K, ciphertexts),
    ]
  })
}

/**
 * What the server checks of a cast besides the credential (which it checks by its own secret key): signature and every
 * proof, as checks 7 and 8 do.
 */
export function checkCast(manifest: Manifest, ballot: Ballot, rng: Rng): Fault | null {
  let fault: Fault | null = null
  const signature = attempt(
    () => ballotSignatureEquation(manifest, ballot, 'ballot'),
    found => {
      fault = found
    },
  )
  if (signature === null) return fault
  if (!hold([signature], rng)) return faultOf('bad-signature', 'ballot')
  return hold(ballotProofEquations(manifest, ballot), rng) ? null : faultOf('bad-proof', 'ballot')
}

/** The places of the ballots with a false proof, checked as one batch. */
export const falseProofs = (manifest: Manifest, ballots: readonly Ballot[], rng: Rng): readonly number[] =>
  culprits(
    ballots.map(ballot => ballotProofEquations(manifest, ballot)),
    rng,
  )
