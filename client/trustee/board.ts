/**
 * The device's own checks 1 to 9 of the closed box, in a form that crosses from a worker to the page: points go as bytes
 * and come back as points.
 */
import type { Rng } from '../../crypto/bytes.ts'
import { parseClosing } from '../../crypto/closing.ts'
import type { Board } from '../../crypto/device.ts'
import { type Element, elementOf, IDENTITY, readPoint } from '../../crypto/group.ts'
import type { Manifest } from '../../crypto/manifest.ts'
import type { Union } from '../../crypto/tally.ts'
import type { CheckReport } from '../../crypto/verify/findings.ts'
import { verify } from '../../crypto/verify.ts'

/** What a worker gets. */
export interface Order {
  readonly record: Uint8Array
  readonly manifestHash: Uint8Array
}

/** What comes back from it; `done` at the end. */
export type Said =
  | { readonly lines: number; readonly of: number }
  | { readonly done: CheckedBoard }
  | { readonly broken: string }

export interface CheckedBoard {
  readonly ok: boolean
  /** The first nine. */
  readonly checks: readonly CheckReport[]
  readonly closing: string | null
  readonly unions: readonly Union[]
  readonly sums: readonly {
    readonly union: number
    readonly contest: number
    readonly option: number
    readonly label: string
    readonly ballots: number
    readonly alpha: Uint8Array
    readonly beta: Uint8Array
  }[]
}

const BOARD_CHECKS = 9
const LINE_FEED = 10

export async function checkBoard(
  { record, manifestHash }: Order,
  rng: Rng,
  tell: (lines: number, of: number) => void,
): Promise<CheckedBoard> {
  const of = record.reduce((lines, byte) => (byte === LINE_FEED ? lines + 1 : lines), 0)
  tell(0, of)
  const report = await verify([record], { rng, asked: manifestHash, onProgress: lines => tell(lines, of) })
  const checks = report.checks.slice(0, BOARD_CHECKS)
  // Lines from `open` on may be there already, of members who were quicker: they are for checks 10 to 13.
  const ok = checks.every(({ status }) => status === 'holds')
  const { unions, sums } = report.allowed ?? { unions: [], sums: [] }
  return {
    ok,
    checks,
    closing: report.closing?.text ?? null,
    unions,
    sums: sums.map(({ ciphertext, ...sum }) => ({
      ...sum,
      alpha: ciphertext.alpha.bytes,
      beta: ciphertext.beta.bytes,
    })),
  }
}

/** For the device. Shape: `manifest` is the one whose hash the board was checked against. */
export const boardOf = (manifest: Manifest, { ok, closing, unions, sums }: CheckedBoard): Board => ({
  ok,
  manifest,
  closing: closing === null ? null : parseClosing(manifest, closing),
  allowed: {
    unions,
    sums: sums.map(({ alpha, beta, ...sum }) => ({
      ...sum,
      ciphertext: { alpha: computed(alpha), beta: computed(beta) },
    })),
  },
})

/** A computed point may be the identity, which nobody reads from outside. */
const computed = (bytes: Uint8Array): Element =>
  bytes.every(byte => byte === 0) ? elementOf(IDENTITY) : readPoint(bytes, 'sum')
