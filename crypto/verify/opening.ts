/** Checks 10 to 13: what the counting team opened, and what follows from it. */
import type { Closing } from '../closing.ts'
import { attempt } from '../fault.ts'
import { readPoint } from '../group.ts'
import type { Manifest } from '../manifest.ts'
import type { LineOf } from '../record.ts'
import { isShare, type Share } from '../share.ts'
import {
  type AllowedSum,
  allowedSums,
  checkMarks,
  isOpeningSignature,
  isResultSignature,
  openingOfSum,
  opensByItself,
  opensTo,
  parseResult,
  publicationUnions,
  type Result,
  type Union,
} from '../tally.ts'
import { publicShare } from '../trustees.ts'
import type { Check } from './findings.ts'
import { fail, type Run, reporter } from './run.ts'
import type { Board } from './voting.ts'

// ── 10 opening ──────────────────────────────────────────────────────────────────────────────────────────────────

/** What the publication rule lets the team open, and nothing else. */
export interface Allowed {
  readonly unions: readonly Union[]
  readonly sums: readonly AllowedSum[]
}

export function whatMayBeOpened(manifest: Manifest, board: Board): Allowed {
  const unions = publicationUnions(board.byGroup, manifest.publication.minimumBallots)
  return { unions, sums: allowedSums(manifest, unions, board.sums) }
}

export async function openingIsSigned(run: Run, manifest: Manifest, closing: Closing): Promise<void> {
  run.findings.reach(10)
  await quorum(run, 10, manifest, 'open', (trustee, line) => isOpeningSignature(trustee, closing.hash, line.signature))
}

/** At least `t` members signed, each line's signature is right, and lines ascend by trustee. */
async function quorum(
  run: Run,
  check: Check,
  manifest: Manifest,
  type: 'open' | 'signature',
  isSigned: (trustee: Manifest['trustees'][number], line: LineOf<'open' | 'signature'>) => boolean,
): Promise<void> {
  let signed = 0
  let before = 0
  for (let line = await run.record.take(type); line; line = await run.record.take(type)) {
    const where = `trustee ${line.trustee}`
    if (line.trustee <= before) fail(run, check, 'not-ascending', where)
    before = line.trustee
    const trustee = manifest.trustees[line.trustee - 1]
    if (trustee === undefined) fail(run, check, 'out-of-range', where, `1…${manifest.trustees.length}`, line.trustee)
    else if (isSigned(trustee, line)) signed++
    else fail(run, check, 'bad-signature', where)
  }
  if (signed < manifest.threshold) fail(run, check, 'too-few', type, manifest.threshold, signed)
}

// ── 11 sums, 12 result ──────────────────────────────────────────────────────────────────────────────────────────

export async function sumsAreRight(
  run: Run,
  manifest: Manifest,
  closing: Closing,
  allowed: Allowed,
): Promise<Result | null> {
  const shares = await sharesHold(run, manifest, closing, allowed)
  run.findings.reach(12)
  const line = await run.record.take('result')
  if (line === null) fail(run, 12, 'line-missing', 'result')
  const result = line && attempt(() => parseResult(manifest, closing.hash, line.text), reporter(run, 12))
  if (result && resultCovers(run, manifest, allowed, result)) {
    run.findings.reach(11)
    const { threshold } = manifest
    for (const sum of allowed.sums) {
      const good = shares.get(sum.label) ?? []
      const said = result.unions[sum.union]!.counts[sum.contest]![sum.option]!
      const needed = opensByItself(sum) ? 0 : threshold
      if (good.length < needed) fail(run, 11, 'too-few', sum.label, threshold, good.length)
      else if (!opensTo(sum, good.slice(0, needed), said)) fail(run, 11, 'wrong-sum', sum.label, undefined, said)
    }
    for (const fault of checkMarks(manifest, result)) run.findings.add(12, run.record.number, fault)
  }
  await quorum(
    run,
    12,
    manifest,
    'signature',
    (trustee, { signature }) => line !== null && isResultSignature(trustee, closing.hash, line.text, signature),
  )
  return result
}

/** The proven shares by label: what is not allowed is a finding of check 10, what is not proven one of check 11. */
async function sharesHold(
  run: Run,
  manifest: Manifest,
  closing: Closing,
  { sums }: Allowed,
): Promise<ReadonlyMap<string, readonly Share[]>> {
  const places = new Map(sums.map((sum, place) => [sum.label, { sum, place }]))
  const Y = manifest.trustees.map(({ index }) => publicShare(manifest.trustees, index))
  const proven = new Map<string, Share[]>()
  let before: readonly [place: number, trustee: number] = [-1, 0]
  for (let line = await run.record.take('share'); line; line = await run.record.take('share')) {
    const { trustee, sum: label, share: bytes, proof } = line
    const where = `trustee ${trustee}, ${label.slice(0, 80)}`
    const found = places.get(label)
    if (found === undefined) {
      fail(run, 10, 'not-allowed', where)
      continue
    }
    const { sum, place } = found
    if (opensByItself(sum)) fail(run, 11, 'not-allowed', where)
    if (place < before[0] || (place === before[0] && trustee <= before[1])) fail(run, 11, 'not-ascending', where)
    before = [place, trustee]
    const D = attempt(() => readPoint(bytes, where), reporter(run, 11))
    const own = Y[trustee - 1]
    if (own === undefined) fail(run, 11, 'out-of-range', where, `1…${Y.length}`, trustee)
    if (D === null || own === undefined) continue
    if (isShare({ trustee, D, proof }, own, openingOfSum(manifest, closing.hash, sum)))
      proven.set(label, [...(proven.get(label) ?? []), { trustee, D, proof }])
    else fail(run, 11, 'bad-proof', where)
  }
  return proven
}

/** The result says exactly the unions that may be opened, with their numbers of ballots. */
function resultCovers(run: Run, manifest: Manifest, { unions }: Allowed, result: Result): boolean {
  const expected = unions.map(({ groups }) => groups.map(g => manifest.groups[g]!.id).join('+'))
  const got = result.unions.map(({ groups }) => groups.join('+'))
  const forbidden = got.find(name => !expected.includes(name))
  if (forbidden !== undefined) fail(run, 10, 'not-allowed', `result, union ${forbidden.slice(0, 80)}`)
  else if (got.join(' ') !== expected.join(' '))
    fail(run, 12, 'wrong-value', 'result.unions', expected.join(' '), got.join(' '))
  else {
    unions.forEach(({ ballots }, u) => {
      const said = result.unions[u]!.ballots
      if (said !== ballots) fail(run, 12, 'wrong-count', `result.unions[${u}].ballots`, ballots, said)
    })
    return true
  }
  return false
}

// ── 13 outcome ──────────────────────────────────────────────────────────────────────────────────────────────────

export async function outcomeFollows(
  run: Run,
  manifest: Manifest,
  closing: Closing,
  result: Result | null,
): Promise<void> {
  const line = await run.record.take('outcome')
  run.findings.reach(13)
  if (manifest.rules === null) {
    if (line === null) run.findings.settle(13, 'none')
    else fail(run, 13, 'not-allowed', 'outcome')
    return
  }
  if (line === null) return fail(run, 13, 'line-missing', 'outcome')
  const outcome = result && run.options.rules?.(manifest.rules, { manifest, closing, result }, line.text)
  if (typeof outcome !== 'string') run.findings.settle(13, 'not-checked')
  else if (outcome !== line.text) fail(run, 13, 'wrong-value', 'outcome', outcome, line.text)
}
