/**
 * The manifest: one JSON text that fixes the whole poll before the first card is printed (protocol, section 3).
 *
 * `manifestHash` is SHA-256 of the text; by hand: `sha256sum manifest.json`. It stands on every card and inside every
 * hash and signature. Fields that are not listed here describe the poll to people and are ignored.
 */
import { toBase64url, utf8 } from './bytes.ts'
import { refuse } from './fault.ts'
import { type Element, element, POINT_BYTES } from './group.ts'
import { atLeast, bytes, integer, listOf, nullOr, oneOf, parseJson, type Shape, text, writeJson } from './json.ts'
import { HASH_BYTES } from './merkle.ts'
import { membershipBytes } from './proof.ts'
import { SIGNATURE_BYTES } from './signature.ts'
import { sha256 } from './transcript.ts'

const PROTOCOL = 'phieukin/v1'
export const POLL_ID_BYTES = 16

export interface Contest {
  readonly id: string
  readonly title: string
  readonly options: readonly { readonly id: string; readonly label: string }[]
  /** How many options a ballot marks: at least, at most. A line left empty needs `min` 0. */
  readonly min: number
  readonly max: number
}

/** A question that is answered in writing. Its kind, wherever kinds are counted, is its place in the list plus one. */
export interface Prompt {
  readonly id: string
  readonly title: string
  /** Of UTF-8. */
  readonly maxBytes: number
  readonly issuer: Element
}

interface Group {
  readonly id: string
  readonly label: string
  /** How many cards are printed. */
  readonly tokens: number
  readonly tokenRoot: Uint8Array
  /** The key under which the server blindly signs this group's credentials. */
  readonly issuer: Element
}

/** A member of the counting team, with what the ceremony left (section 8). */
export interface Trustee {
  /** From 1. */
  readonly index: number
  readonly name: string
  readonly signingKey: Element
  readonly exchangeKey: Element
  /** `C_{i,0} … C_{i,t−1}`, the commitments to the member's polynomial. */
  readonly commitments: readonly Element[]
  /** Of knowledge of the constant coefficient, `R ‖ μ`. */
  readonly proof: Uint8Array
  /** Signature of the ceremony's hash. */
  readonly confirmation: Uint8Array
}

export interface Manifest {
  /** As received; everything below was read from it. */
  readonly text: string
  readonly hash: Uint8Array
  readonly poll: { readonly id: Uint8Array; readonly title: string }
  readonly contests: readonly Contest[]
  readonly comments: readonly Prompt[]
  readonly groups: readonly Group[]
  readonly trustees: readonly Trustee[]
  /** How many members open. */
  readonly threshold: number
  /** `K`, under which choices are sealed. */
  readonly electionKey: Element
  /** The server's, for receipts and the closing statement. */
  readonly receiptKey: Element
  readonly publication: {
    /** A group smaller than this is never opened by itself (section 10). */
    readonly minimumBallots: number
    readonly disclosure: 'meeting' | 'authority' | 'public'
  }
  readonly rules: { readonly pack: string; readonly sha256: Uint8Array } | null
  /** Of the voting page's files. */
  readonly bundle: Uint8Array | null
}

const MAX_BALLOT_BYTES = 262_144

/** Group index, key and credential before the contests; the signature after them. */
const BALLOT_FRAME_BYTES = 1 + 2 * POINT_BYTES

/** What the length of a ballot depends on. */
type ContestSize = { readonly options: readonly unknown[]; readonly min: number; readonly max: number }

/** How long every ballot of this poll is, in bytes (section 3, limits). */
export function ballotBytes(contests: readonly ContestSize[]): number {
  const perContest = contests.map(
    ({ options, min, max }) => options.length * (2 * POINT_BYTES + membershipBytes(2)) + membershipBytes(max - min + 1),
  )
  return BALLOT_FRAME_BYTES + perContest.reduce((sum, n) => sum + n, 0) + SIGNATURE_BYTES
}

/** The manifest as a text; `words` are further fields for people, which hold nothing that the protocol reads. */
export function writeManifest(
  manifest: Omit<Manifest, 'text' | 'hash'>,
  words: { readonly [name: string]: unknown } = {},
): string {
  const { poll, contests, comments, groups, trustees, electionKey, receiptKey, ...rest } = manifest
  return writeJson({
    protocol: PROTOCOL,
    poll,
    contests,
    comments: comments.map(prompt => ({ ...prompt, issuer: prompt.issuer.bytes })),
    groups: groups.map(group => ({ ...group, issuer: group.issuer.bytes })),
    trustees: trustees.map(trustee => ({
      ...trustee,
      signingKey: trustee.signingKey.bytes,
      exchangeKey: trustee.exchangeKey.bytes,
      commitments: trustee.commitments.map(c => c.bytes),
    })),
    electionKey: electionKey.bytes,
    receiptKey: receiptKey.bytes,
    ...rest,
    ...words,
  })
}

const MAX_SPREAD = 15
const anything: Shape<unknown> = value => value

/** `[a-z0-9-]{1,32}`. Refuses: `bad-id`. */
export const id: Shape<string> = (value, where) => {
  const found = text(value, where)
  return /^[a-z0-9-]{1,32}$/.test(found) ? found : refuse('bad-id', where, '[a-z0-9-]{1,32}', found.slice(0, 60))
}

/** A list whose items have different ids. Refuses: `duplicate`. */
export function named<T extends { readonly id: string }>(
  item: Shape<T>,
  min: number,
  max: number,
): Shape<readonly T[]> {
  return (value, where) => {
    const found = listOf(item, min, max)(value, where)
    allDifferent(found.map(one => [one.id, `${where}, id ${one.id}`] as const))
    return found
  }
}

/** Refuses: `duplicate`, at the second place of a value that stands twice. */
function allDifferent(values: readonly (readonly [value: string, where: string])[]): void {
  const seen = new Map<string, string>()
  for (const [value, where] of values) {
    const first = seen.get(value)
    if (first !== undefined) refuse('duplicate', where, undefined, first)
    seen.set(value, where)
  }
}

const contest: Shape<Contest> = (value, where) => {
  const option = atLeast({ id, label: text })
  const found = atLeast({ id, title: text, options: named(option, 1, 255), min: integer(0), max: integer(1) })(
    value,
    where,
  )
  checkMarkLimits(found, found.options.length, where)
  return found
}

/** How many marks a contest may ask for. Refuses: `out-of-range`. */
export function checkMarkLimits({ min, max }: Pick<Contest, 'min' | 'max'>, options: number, where: string): void {
  if (max > options) refuse('out-of-range', `${where}.max`, `≤ ${options}`, max)
  if (min > max) refuse('out-of-range', `${where}.min`, `≤ ${max}`, min)
  if (max - min > MAX_SPREAD) refuse('out-of-range', `${where}.max`, `≤ ${min + MAX_SPREAD}`, max)
}

/** Every ballot of these contests is short enough. Refuses: `too-large`. */
export function checkSize(contests: readonly ContestSize[]): void {
  const length = ballotBytes(contests)
  if (length > MAX_BALLOT_BYTES) refuse('too-large', 'contests', `≤ ${MAX_BALLOT_BYTES}`, length)
}

/** More than half of the members open, so that no two disjoint quorums exist. Refuses: `out-of-range`. */
export function checkThreshold(n: number, threshold: number): void {
  if (threshold > n || 2 * threshold <= n)
    refuse('out-of-range', 'threshold', `${Math.floor(n / 2) + 1}…${n}`, threshold)
}

const prompt: Shape<Prompt> = atLeast({ id, title: text, maxBytes: integer(1, 4096), issuer: element })

const group: Shape<Group> = atLeast({
  id,
  label: text,
  tokens: integer(1, 65_535),
  tokenRoot: bytes(HASH_BYTES),
  issuer: element,
})

const trustee: Shape<Trustee> = atLeast({
  index: integer(1, 9),
  name: text,
  signingKey: element,
  exchangeKey: element,
  commitments: listOf(element, 1, 9),
  proof: bytes(SIGNATURE_BYTES),
  confirmation: bytes(SIGNATURE_BYTES),
})

const fields = atLeast({
  protocol: anything,
  poll: atLeast({ id: bytes(POLL_ID_BYTES), title: text }),
  contests: named(contest, 1, 255),
  comments: named(prompt, 0, 15),
  groups: named(group, 1, 255),
  trustees: listOf(trustee, 2, 9),
  threshold: integer(2, 9),
  electionKey: element,
  receiptKey: element,
  publication: atLeast({ minimumBallots: integer(3), disclosure: oneOf('meeting', 'authority', 'public') }),
  rules: nullOr(atLeast({ pack: text, sha256: bytes(HASH_BYTES) })),
  bundle: nullOr(bytes(HASH_BYTES)),
})

/** Reads a manifest and holds it to the limits of section 3. What comes back was checked whole. Refuses, never returns half. */
export function parseManifest(manifestText: string): Manifest {
  const json = parseJson(manifestText, 'manifest')
  const { protocol } = atLeast({ protocol: anything })(json, 'manifest')
  if (protocol !== PROTOCOL) refuse('wrong-protocol', 'protocol', PROTOCOL, String(protocol).slice(0, 60))
  const { protocol: _, ...found } = fields(json, '')
  checkTeam(found.trustees, found.threshold)
  checkSize(found.contests)
  allDifferent(
    [
      ['electionKey', found.electionKey] as const,
      ['receiptKey', found.receiptKey] as const,
      ...found.groups.map(({ issuer }, i) => [`groups[${i}].issuer`, issuer] as const),
      ...found.comments.map(({ issuer }, i) => [`comments[${i}].issuer`, issuer] as const),
      ...found.trustees.map(({ signingKey }, i) => [`trustees[${i}].signingKey`, signingKey] as const),
      ...found.trustees.map(({ exchangeKey }, i) => [`trustees[${i}].exchangeKey`, exchangeKey] as const),
    ].map(([where, key]) => [toBase64url(key.bytes), where]),
  )
  return { text: manifestText, hash: sha256(utf8(manifestText)), ...found }
}

/** Members are numbered in order and each committed to a polynomial of the threshold's degree. */
function checkTeam(trustees: readonly Trustee[], threshold: number): void {
  checkThreshold(trustees.length, threshold)
  trustees.forEach(({ index, commitments }, i) => {
    if (index !== i + 1) refuse('wrong-value', `trustees[${i}].index`, i + 1, index)
    if (commitments.length !== threshold)
      refuse('wrong-length', `trustees[${i}].commitments`, threshold, commitments.length)
  })
}
