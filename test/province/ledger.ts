/** What a run saw: how long each step took, what was refused, what was acknowledged. */
import { boardOf } from './board.ts'

export const STEPS = ['page', 'manifest', 'redeem', 'cast', 'state', 'record', 'open', 'close'] as const
export type Step = (typeof STEPS)[number]

export class Ledger {
  /** Of answers that came, in milliseconds: a request from its first byte to the answer's last. */
  readonly times: Readonly<Record<Step, number[]>> = {
    page: [],
    manifest: [],
    redeem: [],
    cast: [],
    state: [],
    record: [],
    open: [],
    close: [],
  }
  /** From the first try to the answer, of whoever needed more than one. */
  readonly waits: number[] = []
  /** By step and name. */
  readonly refusals = new Map<string, number>()
  /** Sent again on purpose; the same answer came. */
  repeated = 0
  /** Cut off on purpose before the answer could be read. */
  cut = 0
  /** Phones that found their own ballot on the closed board. */
  found = 0
  /** What broke, in the words of whoever met it. */
  readonly broken: string[] = []
  /** Bytes of HTTP that phones sent and received. */
  readonly bytes = { sent: 0, received: 0 }

  refuse(step: Step, name: string): void {
    const key = `${step}: ${name}`
    this.refusals.set(key, (this.refusals.get(key) ?? 0) + 1)
  }
}

export interface Comparison {
  /** Acknowledged, and not there. */
  readonly lost: number
  /** There more than once. */
  readonly doubled: number
  /** There, and never acknowledged. */
  readonly strange: number
}

/** Shape: base64url, or any other names that are equal for equal things. */
export function compare(acknowledged: readonly string[], there: readonly string[]): Comparison {
  const [sent, found] = [new Set(acknowledged), new Set(there)]
  return {
    lost: [...sent].filter(one => !found.has(one)).length,
    doubled: there.length - found.size,
    strange: [...found].filter(one => !sent.has(one)).length,
  }
}

/** Both sides of a verified record against what phones hold. */
export async function compareRecord(
  record: string,
  acknowledged: { readonly cards: readonly string[]; readonly ballots: readonly string[] },
) {
  const { cards, ballots } = await boardOf(record)
  return { redemptions: compare(acknowledged.cards, cards), ballots: compare(acknowledged.ballots, ballots) }
}
