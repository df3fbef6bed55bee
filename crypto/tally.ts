/**
 * Opening the sums (protocol, section 10): which may be opened at all, what they are, what they hold.
 *
 * Single ballots are never opened. Groups too small to be anonymous are merged until every union that is opened has
 * enough ballots; since only final unions are opened, no subtraction isolates a small group.
 */

import type { Ballot } from './ballot.ts'
import { type Rng, toBase64url, utf8 } from './bytes.ts'
import { type Ciphertext, logarithm, multipleOfBase } from './elgamal.ts'
import { type Fault, faultOf, refuse } from './fault.ts'
import { elementOf, IDENTITY, type Point } from './group.ts'
import { bytes, exactly, integer, listOf, parseJson, text, writeJson } from './json.ts'
import type { Manifest, Trustee } from './manifest.ts'
import { HASH_BYTES } from './merkle.ts'
import { interpolate, type Opening, type Share } from './share.ts'
import { isSignature, type KeyPair, sign } from './signature.ts'
import { message, sha256 } from './transcript.ts'

/** With fewer ballots than this in all nothing is opened. */
const MINIMUM_IN_ALL = 3

/** Groups that are opened together, by index in the manifest, ascending. */
export interface Union {
  readonly groups: readonly number[]
  readonly ballots: number
}

/**
 * The publication rule. Starts with one union per group; while there is more than one and some union has fewer than
 * `minimum` ballots, merges the smallest with the next smallest (of equals the one whose first group stands earlier).
 */
export function publicationUnions(ballotsByGroup: readonly number[], minimum: number): readonly Union[] {
  if (ballotsByGroup.reduce((sum, n) => sum + n, 0) < MINIMUM_IN_ALL) return []
  const bySize = (a: Union, b: Union) => a.ballots - b.ballots || a.groups[0]! - b.groups[0]!
  let unions: Union[] = ballotsByGroup.map((ballots, group) => ({ groups: [group], ballots }))
  while (unions.length > 1 && unions.some(({ ballots }) => ballots < minimum)) {
    const [smallest, next, ...others] = unions.sort(bySize)
    const groups = [...smallest!.groups, ...next!.groups].sort((a, b) => a - b)
    unions = [{ groups, ballots: smallest!.ballots + next!.ballots }, ...others]
  }
  return unions.sort((a, b) => a.groups[0]! - b.groups[0]!)
}

/** Adds ballots up as they come, option by option and group by group; memory does not grow with their number. */
export class Sums {
  private readonly sums: Map<string, { alpha: Point; beta: Point }> = new Map()

  add({ group, contests }: Ballot): void {
    contests.forEach(({ options }, contest) => {
      options.forEach(({ ciphertext }, option) => {
        const at = `${group}/${contest}/${option}`
        const { alpha, beta } = this.sums.get(at) ?? { alpha: IDENTITY, beta: IDENTITY }
        this.sums.set(at, { alpha: alpha.add(ciphertext.alpha.point), beta: beta.add(ciphertext.beta.point) })
      })
    })
  }

  /** Of one option over the groups of a union. */
  over(groups: readonly number[], contest: number, option: number): Ciphertext {
    const parts = groups.flatMap(group => this.sums.get(`${group}/${contest}/${option}`) ?? [])
    return {
      alpha: elementOf(parts.reduce((sum, { alpha }) => sum.add(alpha), IDENTITY)),
      beta: elementOf(parts.reduce((sum, { beta }) => sum.add(beta), IDENTITY)),
    }
  }
}

/** A sum that may be opened. */
export interface AllowedSum {
  readonly union: number
  readonly contest: number
  readonly option: number
  /** `<group ids joined by +>/<contest index>/<option index>`. */
  readonly label: string
  readonly ciphertext: Ciphertext
  /** No count can be larger. */
  readonly ballots: number
}

/** In the order of the result: by union, contest, option. */
export function allowedSums(manifest: Manifest, unions: readonly Union[], sums: Sums): readonly AllowedSum[] {
  return unions.flatMap(({ groups, ballots }, union) => {
    const name = groups.map(group => manifest.groups[group]!.id).join('+')
    return manifest.contests.flatMap(({ options }, contest) =>
      options.map((_, option) => ({
        union,
        contest,
        option,
        label: `${name}/${contest}/${option}`,
        ciphertext: sums.over(groups, contest, option),
        ballots,
      })),
    )
  })
}

/** Nothing is hidden in a sum whose `α` is the identity: it opens by itself and has no shares. */
export const opensByItself = (sum: AllowedSum): boolean => sum.ciphertext.alpha.point.is0()

export const openingOfSum = (manifest: Manifest, closingHash: Uint8Array, sum: AllowedSum): Opening => ({
  manifestHash: manifest.hash,
  closingHash,
  label: sum.label,
  alpha: sum.ciphertext.alpha,
})

/** `m·G = β − Σ λ_j·D_j`. Shape: exactly `t` proven shares, none where the sum opens by itself. */
const opened = (sum: AllowedSum, shares: readonly Share[]): Point =>
  sum.ciphertext.beta.point.subtract(interpolate(shares.map(({ trustee, D }) => ({ index: trustee, D: D.point }))))

/** The count inside a sum. Refuses `wrong-sum` where no count from 0 to the number of ballots fits. */
export function openSum(sum: AllowedSum, shares: readonly Share[]): number {
  return logarithm(opened(sum, shares), sum.ballots) ?? refuse('wrong-sum', sum.label, `0…${sum.ballots}`)
}

/** True exactly if these shares open the sum to `count`. */
export const opensTo = (sum: AllowedSum, shares: readonly Share[], count: number): boolean =>
  opened(sum, shares).equals(multipleOfBase(count))

// ── the result ──────────────────────────────────────────────────────────────────────────────────────────────────

export interface Result {
  readonly text: string
  readonly unions: readonly {
    /** Group ids. */
    readonly groups: readonly string[]
    readonly ballots: number
    /** Per contest, per option. */
    readonly counts: readonly (readonly number[])[]
  }[]
}

/** `counts` come in the order of `allowedSums`. */
export function writeResult(
  manifest: Manifest,
  closingHash: Uint8Array,
  unions: readonly Union[],
  counts: readonly number[],
): string {
  const rest = counts.values()
  const take = (n: number) => Array.from({ length: n }, () => rest.next().value!)
  return writeJson({
    closingHash,
    unions: unions.map(({ groups, ballots }) => ({
      groups: groups.map(group => manifest.groups[group]!.id),
      ballots,
      counts: manifest.contests.map(({ options }) => take(options.length)),
    })),
  })
}

/** Reads a result of this closing. Refuses what its shape does not allow, and `wrong-hash`. */
export function parseResult(manifest: Manifest, closingHash: Uint8Array, resultText: string): Result {
  const { contests, groups } = manifest
  const union = exactly({
    groups: listOf(text, 1, groups.length),
    ballots: integer(0),
    counts: listOf(listOf(integer(0), 1, 255), contests.length, contests.length),
  })
  const found = exactly({ closingHash: bytes(HASH_BYTES), unions: listOf(union, 0, groups.length) })(
    parseJson(resultText, 'result'),
    'result',
  )
  if (toBase64url(found.closingHash) !== toBase64url(closingHash))
    refuse('wrong-hash', 'result.closingHash', toBase64url(closingHash), toBase64url(found.closingHash))
  found.unions.forEach(({ counts }, u) => {
    counts.forEach((row, c) => {
      const expected = contests[c]!.options.length
      if (row.length !== expected) refuse('wrong-length', `result.unions[${u}].counts[${c}]`, expected, row.length)
    })
  })
  return { text: resultText, unions: found.unions }
}

/** Check 12's arithmetic: `min × ballots ≤` the marks of each contest `≤ max × ballots`. */
export function checkMarks(manifest: Manifest, result: Result): readonly Fault[] {
  return result.unions.flatMap(({ groups, ballots, counts }) =>
    manifest.contests.flatMap(({ id, min, max }, c) => {
      const marks = counts[c]!.reduce((sum, n) => sum + n, 0)
      if (marks >= min * ballots && marks <= max * ballots) return []
      const where = `union ${groups.join('+')}, contest ${id}`
      return [faultOf('wrong-count', where, `${min * ballots}…${max * ballots}`, marks)]
    }),
  )
}

// ── what members sign ───────────────────────────────────────────────────────────────────────────────────────────

const openMessage = (closingHash: Uint8Array): Uint8Array => message('open', closingHash)
const resultMessage = (closingHash: Uint8Array, resultText: string): Uint8Array =>
  message('result', closingHash, sha256(utf8(resultText)))

/** A device signs this for one closing only, ever, and after its own checks 1 to 9. */
export const signOpening = (key: KeyPair, closingHash: Uint8Array, rng: Rng): Uint8Array =>
  sign(key, openMessage(closingHash), rng)

export const isOpeningSignature = (trustee: Trustee, closingHash: Uint8Array, signature: Uint8Array): boolean =>
  isSignature(signature, trustee.signingKey, openMessage(closingHash))

export const signResult = (key: KeyPair, closingHash: Uint8Array, resultText: string, rng: Rng): Uint8Array =>
  sign(key, resultMessage(closingHash, resultText), rng)

export const isResultSignature = (
  trustee: Trustee,
  closingHash: Uint8Array,
  resultText: string,
  signature: Uint8Array,
): boolean => isSignature(signature, trustee.signingKey, resultMessage(closingHash, resultText))
