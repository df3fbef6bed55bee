/**
 * The verifier (protocol, section 12): a record in, thirteen numbered checks out. The same function on a phone, on the
 * server and offline from a file. It reads the record once, as a stream, in bounded memory.
 *
 * Trust: nobody. It needs the record alone and randomness of its own for the batched checks; who wants to be sure that
 * it is the record of *their* poll also gives the manifest's hash, which every card carries.
 */
import type { Closing } from './closing.ts'
import { attemptAsync } from './fault.ts'
import type { Manifest } from './manifest.ts'
import { RecordReader } from './record.ts'
import type { Result } from './tally.ts'
import { type CheckReport, Findings } from './verify/findings.ts'
import { type Allowed, openingIsSigned, outcomeFollows, sumsAreRight, whatMayBeOpened } from './verify/opening.ts'
import type { Run, VerifyOptions } from './verify/run.ts'
import { ceremonyFollows, manifestReads, tokenListsMatch } from './verify/setup.ts'
import { boardHolds, closingHolds, redemptionsHold } from './verify/voting.ts'

export interface Report {
  /** Nothing failed. */
  readonly ok: boolean
  /** The record goes on to the result; without that it is the board before opening, and 10 to 13 are not reached. */
  readonly complete: boolean
  readonly checks: readonly CheckReport[]
  readonly manifest: Manifest | null
  readonly closing: Closing | null
  /** Rely on it only where checks 1 to 9 hold. */
  readonly allowed: Allowed | null
  /** Only of a record that holds. */
  readonly result: Result | null
}

export async function verify(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: VerifyOptions,
): Promise<Report> {
  const run: Run = { record: new RecordReader(source), findings: new Findings(), options }
  const read: { manifest?: Manifest; closing?: Closing; allowed?: Allowed; result?: Result | null } = {}
  const complete = await attemptAsync(
    async () => {
      const manifest = await manifestReads(run) //                                            1
      if (manifest === null) return false
      read.manifest = manifest
      ceremonyFollows(run, manifest) //                                                       2
      const tokens = await tokenListsMatch(run, manifest) //                                  3
      const spent = await redemptionsHold(run, manifest, tokens) //                           4
      const closing = await closingHolds(run, manifest, spent) //                             5
      if (closing === null) return false
      read.closing = closing
      const board = await boardHolds(run, manifest, closing) //                       5 6 7 8 9
      read.allowed = whatMayBeOpened(manifest, board)
      if ((await run.record.peek()) === null) return false
      await openingIsSigned(run, manifest, closing) //                                        10
      read.result = await sumsAreRight(run, manifest, closing, read.allowed) //            10 11 12
      await outcomeFollows(run, manifest, closing, read.result) //                            13
      // Whatever still stands there is out of order, and refused as it is read.
      await run.record.peek()
      return true
    },
    // The shape and order of lines belong to check 1, wherever they break.
    fault => run.findings.add(1, run.record.number + 1, fault),
  )
  const checks = run.findings.report()
  const ok = checks.every(({ status }) => status !== 'fails')
  const result = ok ? (read.result ?? null) : null
  return {
    ok,
    complete: complete ?? false,
    checks,
    manifest: read.manifest ?? null,
    closing: read.closing ?? null,
    allowed: read.allowed ?? null,
    result,
  }
}
