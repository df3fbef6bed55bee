/**
 * What can be wrong with bytes from outside: a closed list of codes, each with a place and, where it helps, what was
 * expected and what came instead. Parsers `refuse`; the one who opened the door turns that into a value with `attempt`
 * or a finding. Sentences for people are made from codes elsewhere. Anything else that is thrown is a bug in this
 * program.
 */
export type FaultCode =
  // the text
  | 'not-utf8'
  | 'not-json'
  | 'white-space'
  | 'duplicate-name'
  | 'not-integer'
  | 'wrong-type'
  | 'missing-field'
  | 'unknown-field'
  | 'unknown-line'
  | 'line-end'
  | 'line-order'
  | 'line-missing'
  | 'line-too-long'
  // the bytes
  | 'not-base64url'
  | 'wrong-length'
  | 'left-over'
  | 'bad-point'
  | 'identity-point'
  | 'bad-scalar'
  // the values
  | 'bad-id'
  | 'wrong-protocol'
  | 'out-of-range'
  | 'too-large'
  | 'duplicate'
  | 'not-ascending'
  | 'unknown-group'
  | 'not-listed'
  | 'spent-and-voided'
  // what should agree
  | 'wrong-manifest'
  | 'wrong-hash'
  | 'wrong-key'
  | 'wrong-root'
  | 'wrong-count'
  | 'wrong-value'
  // what should prove
  | 'bad-signature'
  | 'bad-proof'
  | 'bad-credential'
  // opening
  | 'too-few'
  | 'not-allowed'
  | 'wrong-sum'

export interface Fault {
  readonly code: FaultCode
  /** Where, and who is to blame as far as that is known: a path such as `groups[0].issuer`, `trustee 2`, a leaf. */
  readonly where: string
  readonly expected?: string | undefined
  readonly got?: string | undefined
}

/** Carries a fault from the depth of a parser to its door. Never leaves this library. */
class Refusal extends Error {
  readonly fault: Fault
  constructor(fault: Fault) {
    super(`${fault.code} at ${fault.where}`)
    this.fault = fault
  }
}

/** Ends the parsing of something from outside. */
export function refuse(code: FaultCode, where: string, expected?: string | number, got?: string | number): never {
  throw new Refusal(faultOf(code, where, expected, got))
}

/** A fault as a value, for checks that go on after it. */
export function faultOf(code: FaultCode, where: string, expected?: string | number, got?: string | number): Fault {
  return { code, where, expected: expected?.toString(), got: got?.toString() }
}

/** Runs a parser: if it refuses null comes back, and `report` gets the fault. Bugs pass through. */
export function attempt<T>(parse: () => T, report: (fault: Fault) => void = () => {}): T | null {
  try {
    return parse()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    report(error.fault)
    return null
  }
}

/** The same for a parser that waits for its input. */
export async function attemptAsync<T>(parse: () => Promise<T>, report: (fault: Fault) => void): Promise<T | null> {
  try {
    return await parse()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    report(error.fault)
    return null
  }
}
