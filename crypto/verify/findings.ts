/**
 * What a verification found, check by check. A check can fail alone: one whose footing failed is *not reached*, so that
 * a single fault is reported once, at its place.
 */
import type { Fault } from '../fault.ts'

export const CHECKS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13] as const
export type Check = (typeof CHECKS)[number]

/**
 * `none`: the poll pins no rules, so there is nothing to recompute. `not-checked`: the pinned rules are not at hand.
 */
export type Status = 'holds' | 'fails' | 'not-reached' | 'not-checked' | 'none'

export interface Finding extends Fault {
  readonly check: Check
  /** Of the record, from 1. */
  readonly line: number
}

export interface CheckReport {
  readonly check: Check
  readonly status: Status
  readonly findings: readonly Finding[]
  /** Findings beyond the first few are counted only. */
  readonly more: number
}

/** The checks that each one stands on: where one of them fails, this one is not reached. */
const STANDS_ON: { readonly [C in Check]: readonly Check[] } = {
  1: [],
  2: [1],
  3: [1],
  4: [1, 3],
  5: [1, 3, 4],
  6: [1, 3, 4, 5],
  7: [1],
  8: [1, 7],
  9: [1, 3, 4, 5, 7],
  10: [1, 2, 3, 4, 5, 6, 7, 8, 9],
  11: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  12: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
  13: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
}

const MAX_FINDINGS = 20

export class Findings {
  private readonly found = new Map<Check, Finding[]>()
  private readonly counts = new Map<Check, number>()
  private readonly reached = new Map<Check, Status>()

  /** The check was carried out; unless something is found it holds. */
  reach(...checks: readonly Check[]): void {
    for (const check of checks) this.reached.set(check, 'holds')
  }

  /** Check 13 only. */
  settle(check: Check, status: 'none' | 'not-checked'): void {
    this.reached.set(check, status)
  }

  add(check: Check, line: number, fault: Fault): void {
    const list = this.found.get(check) ?? []
    if (list.length < MAX_FINDINGS) list.push({ check, line, ...fault })
    this.found.set(check, list)
    this.counts.set(check, (this.counts.get(check) ?? 0) + 1)
  }

  failed = (check: Check): boolean => this.counts.has(check)

  report(): readonly CheckReport[] {
    return CHECKS.map(check => {
      if (STANDS_ON[check].some(this.failed)) return { check, status: 'not-reached', findings: [], more: 0 }
      const findings = this.found.get(check) ?? []
      const status = this.failed(check) ? 'fails' : (this.reached.get(check) ?? 'not-reached')
      return { check, status, findings, more: (this.counts.get(check) ?? 0) - findings.length }
    })
  }
}
