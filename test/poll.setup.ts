/**
 * A small poll with every secret in reach, made by the same code that plays whole polls: two groups, two contests, two
 * comment prompts, a counting team of three of whom two open. One seed, one poll.
 */
import { expect } from 'vitest'
import { finishCredentials, requestCredentials } from '../crypto/blind.ts'
import { concat, type Rng, toHex, u32, utf8 } from '../crypto/bytes.ts'
import type { Credential } from '../crypto/credential.ts'
import type { MemberDevice } from '../crypto/device.ts'
import { attempt, type Fault, type FaultCode } from '../crypto/fault.ts'
import { type Scalar, wideScalar } from '../crypto/group.ts'
import { type Manifest, POLL_ID_BYTES } from '../crypto/manifest.ts'
import { type Card, tokenKeyPair } from '../crypto/token.ts'
import { sha512 } from '../crypto/transcript.ts'
import {
  beginCeremony,
  type Ceremony,
  ceremonyHash,
  finishShares,
  type Member,
  sealShares,
} from '../crypto/trustees.ts'
import { type BoxKeys, newBoxKeys } from '../server/box.ts'
import { type Answer, Box } from '../server/play/box.ts'
import type { Case } from '../server/play/case.ts'
import { holdCeremony } from '../server/play/member.ts'
import { prepare } from '../server/play/organiser.ts'
import { seededRng } from '../server/play/seed.ts'

export interface Poll {
  readonly plan: Case
  readonly manifest: Manifest
  /** By group. */
  readonly cards: readonly (readonly Card[])[]
  /** By group, ascending. */
  readonly tokens: readonly (readonly Uint8Array[])[]
  readonly keys: BoxKeys
  /** Nothing is pinned yet. */
  readonly devices: readonly MemberDevice[]
  readonly box: Box
  readonly rng: Rng
}

const PLAN: Case = {
  title: 'Lấy ý kiến thử',
  trustees: 3,
  threshold: 2,
  minimumBallots: 3,
  groups: [
    { id: 'office', label: 'Văn phòng', cards: 12, handedOut: 12 },
    { id: 'depot', label: 'Kho', cards: 6, handedOut: 6 },
  ],
  contests: [
    { id: 'trust', title: 'Tín nhiệm', options: ['cao', 'vừa', 'thấp'], min: 0, max: 1 },
    { id: 'merit', title: 'Ưu điểm', options: ['liêm', 'công', 'tâm', 'tài'], min: 1, max: 2 },
  ],
  comments: [
    { id: 'praise', title: 'Điều tốt', maxBytes: 60 },
    { id: 'advice', title: 'Góp ý', maxBytes: 75 },
  ],
  votes: [],
  redeemedNotCast: [0, 0],
  voided: [0, 0],
  rules: null,
}

export function setUp(seed: number): Poll {
  const rng = seededRng(seed)
  const plan = PLAN
  const pollId = rng(POLL_ID_BYTES)
  const keys = newBoxKeys(plan.groups.length, plan.comments.length, rng)
  const { devices, trustees } = holdCeremony(
    { pollId, n: plan.trustees, t: plan.threshold },
    ['Tổ viên 1', 'Tổ viên 2', 'Tổ viên 3'],
    rng,
  )
  const { manifest, cards, tokens } = prepare(plan, pollId, keys, trustees, rng)
  return { plan, manifest, cards, tokens, keys, devices, box: new Box(manifest, tokens, keys, rng), rng }
}

/** The ceremony up to the boxes, message by message, so that each can be forged. */
export function begin(n: number, t: number, rng: Rng) {
  const ceremony: Ceremony = { pollId: rng(16), n, t }
  const begun = Array.from({ length: n }, (_, i) => beginCeremony(ceremony, i + 1, `Member ${i + 1}`, rng))
  const packages = begun.map(b => b.package)
  const hash = ceremonyHash(ceremony, packages)
  const sent = begun.map(({ secrets }) => sealShares(secrets, packages, hash, rng))
  /** The boxes for member `to`, by sender. */
  const boxesFor = (to: number) => new Map(sent.flatMap((of, i) => (i + 1 === to ? [] : [[i + 1, of.get(to)!]])))
  const finish = (to: number, boxes = boxesFor(to)) => finishShares(begun[to - 1]!.secrets, packages, hash, boxes, rng)
  return { ceremony, begun, packages, hash, boxesFor, finish }
}

/** What a device holds after the ceremony, and what a corrupt member could therefore use. */
// biome-ignore lint/complexity/useLiteralKeys: the brackets reach what is private to the device
export const memberOf = (device: MemberDevice): Member => device['own']()

/** The credentials that one card buys, kinds 0, 1, 2. */
export function redeemed({ manifest, cards, box, rng }: Poll, group: number, place: number): readonly Credential[] {
  const asked = requestCredentials(manifest, tokenKeyPair(manifest.poll.id, cards[group]![place]!), rng)
  return finishCredentials(manifest, group, asked.request, asked.pending, accepted(box.redeem(asked.request)))
}

/** The bytes of an answer that must not be a refusal. */
export function accepted(answer: Answer): Uint8Array {
  if ('refused' in answer) throw new Error(`the box refused: ${answer.refused}`)
  return answer.ok
}

/** The fault that a parser refuses with, or null where it accepts. */
export function faultIn(parse: () => unknown): Fault | null {
  let found: Fault | null = null
  attempt(parse, fault => {
    found = fault
  })
  return found
}

export const codeIn = (parse: () => unknown): FaultCode | null => faultIn(parse)?.code ?? null

/** The code of the first thing wrong, whether it was refused or named; null where a check finds nothing. */
export function verdict(check: () => Fault | null): FaultCode | null {
  let named: Fault | null = null
  const refused = faultIn(() => {
    named = check()
  })
  return (refused ?? (named as Fault | null))?.code ?? null
}

/** The same bytes with one bit flipped. */
export function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const copy = bytes.slice()
  copy[at]! ^= 1
  return copy
}

/** The same bytes with `part` written over what stands at `at`. */
export function spliced(bytes: Uint8Array, at: number, part: Uint8Array): Uint8Array {
  const copy = bytes.slice()
  copy.set(part, at)
  return copy
}

/** Every run of 32 bytes in hex, wherever it begins. */
export const words = (bytes: Uint8Array): readonly string[] => {
  const hex = toHex(bytes)
  return Array.from({ length: Math.max(0, bytes.length - 31) }, (_, i) => hex.slice(2 * i, 2 * i + 64))
}

/** One loop over all rows, by name what was expected and what came instead: every row that differs is reported. */
export function expectAll(rows: Readonly<Record<string, readonly [expected: unknown, got: unknown]>>): void {
  const column = (which: 0 | 1) => Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, row[which]]))
  expect(column(1)).toEqual(column(0))
}

/** A fault as one text, or null. */
export const told = (fault: Fault | null): string | null => fault && `${fault.code} at ${fault.where}`

/** `Hq(name, m₁…mₙ)` of section 2, spelled out: SHA-512 over frames, little-endian mod q. */
export const hashedByHand = (name: string, ...parts: readonly Uint8Array[]): Scalar =>
  wideScalar(sha512(concat(...[utf8(`phieukin/v1/${name}`), ...parts].map(part => concat(u32(part.length), part)))))
