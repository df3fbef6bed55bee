/** What one run of the verifier carries from check to check, and how findings are made. */
import { culprits, type Equation, hold } from '../batch.ts'
import { compare, type Rng } from '../bytes.ts'
import type { Closing } from '../closing.ts'
import { attempt, type Fault, type FaultCode, faultOf } from '../fault.ts'
import type { Manifest } from '../manifest.ts'
import type { RecordReader } from '../record.ts'
import type { Result } from '../tally.ts'
import type { Check, Findings } from './findings.ts'

/**
 * The outcome text that the pinned pack makes of a result, from the inputs that the published text states; null where
 * the pack is not at hand.
 */
export type Rules = (
  pinned: { readonly pack: string; readonly sha256: Uint8Array },
  poll: { readonly manifest: Manifest; readonly closing: Closing; readonly result: Result },
  published: string,
) => string | null

export interface VerifyOptions {
  /** Draws the weights of batched checks. */
  readonly rng: Rng
  /** The manifest asked for: its hash, the first 20 bytes as on a card, or its short code. */
  readonly asked?: Uint8Array | string
  readonly rules?: Rules
  /** Called now and then with the number of lines done. */
  readonly onProgress?: (lines: number) => void
}

export interface Run {
  readonly record: RecordReader
  readonly findings: Findings
  readonly options: VerifyOptions
}

export function fail(
  run: Run,
  check: Check,
  code: FaultCode,
  where: string,
  expected?: string | number,
  got?: string | number,
): void {
  run.findings.add(check, run.record.number, faultOf(code, where, expected, got))
}

export const reporter = (run: Run, check: Check) => (fault: Fault) => run.findings.add(check, run.record.number, fault)

/** The equations, or none where reading what they need was refused and reported. */
export const reading = (run: Run, check: Check, equations: () => readonly Equation[]): readonly Equation[] =>
  attempt(equations, reporter(run, check)) ?? []

export function ascending(run: Run, check: Check, before: Uint8Array, now: Uint8Array, where: string): Uint8Array {
  const order = compare(before, now)
  if (order > 0) fail(run, check, 'not-ascending', where)
  if (order === 0) fail(run, check, 'duplicate', where)
  return now
}

/** Collects the equations of some lines, checks them as one, and names the culprits by check. */
export class Batch {
  private items: { readonly line: number; readonly where: string; readonly equations: Equations }[] = []
  private terms = 0
  private readonly run: Run

  constructor(run: Run) {
    this.run = run
  }

  add(equations: Equations, where: string): void {
    this.items.push({ line: this.run.record.number, where, equations })
    for (const list of Object.values(equations)) for (const equation of list) this.terms += equation.length
    if (this.terms >= MAX_TERMS) this.finish()
  }

  finish(): void {
    const { items, run } = this
    this.items = []
    this.terms = 0
    run.options.onProgress?.(run.record.number)
    const everything = items.flatMap(({ equations }) => Object.values(equations).flat())
    if (hold(everything, run.options.rng)) return
    for (const check of [4, 6, 7, 8] as const) {
      const lists = items.map(({ equations }) => equations[check] ?? [])
      for (const i of culprits(lists, run.options.rng)) {
        const { line, where } = items[i]!
        run.findings.add(check, line, faultOf(FALSE_EQUATION[check], where))
      }
    }
  }
}

type Equations = { readonly [C in 4 | 6 | 7 | 8]?: readonly Equation[] }
/** Enough for multi-scalar multiplication to pay, few enough to keep memory flat. */
const MAX_TERMS = 8192
const FALSE_EQUATION = { 4: 'bad-signature', 6: 'bad-credential', 7: 'bad-signature', 8: 'bad-proof' } as const
