/** How a member's device ends a ceremony or an opening: it goes no further, and says why. */
import { attempt, type Fault } from './fault.ts'

/** Something that a device refuses to go on after; what it found is for the minutes of a failed ceremony or opening. */
export class Stopped extends Error {
  /** Names whose message it was, where that is known; null where the device was asked for what it never does. */
  readonly fault: Fault | null
  constructor(what: string, fault: Fault | null) {
    super(fault ? `${what}: ${fault.code} at ${fault.where}` : what)
    this.fault = fault
  }
}

export const stop = (what: string, fault: Fault | null = null): never => {
  throw new Stopped(what, fault)
}

/** What a parser refuses stops the device. */
export function stopWhereRefused<T>(what: string, parse: () => T): T {
  const found: T[] = []
  attempt(
    () => found.push(parse()),
    fault => stop(what, fault),
  )
  return found[0]!
}

/** Runs what a device may stop at; bugs pass through. */
export function tried<T>(work: () => T): { readonly done: T } | { readonly stopped: Stopped } {
  try {
    return { done: work() }
  } catch (error) {
    if (!(error instanceof Stopped)) throw error
    return { stopped: error }
  }
}
