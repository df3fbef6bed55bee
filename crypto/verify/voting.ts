/** Checks 4 to 9: what happened while the box was open, and the closing statement that fixes it. */
import {
  BALLOT_KIND,
  ballotCredentialEquation,
  ballotProofEquations,
  ballotSignatureEquation,
  readBallot,
} from '../ballot.ts'
import { readRequest, requestEquation } from '../blind.ts'
import { concat, equal, toBase64url } from '../bytes.ts'
import { type Closing, checkIssuerKeys, checkNumbers, isClosingSignature, parseClosing } from '../closing.ts'
import { envelopeCredentialEquation, envelopeSignatureEquation, readEnvelope } from '../comment.ts'
import { attempt, faultOf } from '../fault.ts'
import { type Element, readPoint } from '../group.ts'
import type { Manifest } from '../manifest.ts'
import { leafHash, Tree } from '../merkle.ts'
import { signatureEquation } from '../signature.ts'
import { Sums } from '../tally.ts'
import { voidMessage } from '../token.ts'
import type { Check } from './findings.ts'
import { ascending, Batch, fail, type Run, reading, reporter } from './run.ts'
import type { Tokens } from './setup.ts'

// ── 4 redemptions and voids ─────────────────────────────────────────────────────────────────────────────────────

export interface Spent {
  /** Counts by group. */
  readonly redeemed: number[]
  readonly voided: number[]
  /** Over what the lines say; the closing statement has the same. */
  readonly redemptions: Tree
  readonly voids: Tree
}

export async function redemptionsHold(run: Run, manifest: Manifest, tokens: Tokens): Promise<Spent> {
  run.findings.reach(4)
  const spent: Spent = {
    redeemed: manifest.groups.map(() => 0),
    voided: manifest.groups.map(() => 0),
    redemptions: new Tree(),
    voids: new Tree(),
  }
  const redeemed = new Set<string>()
  const batch = new Batch(run)
  let before = new Uint8Array() as Uint8Array
  for (let line = await run.record.take('redemption'); line; line = await run.record.take('redemption')) {
    const where = `redemption of ${toBase64url(line.token)}`
    const bytes = concat(line.token, ...line.blinded, line.signature)
    spent.redemptions.add(leafHash(bytes))
    before = ascending(run, 4, before, line.token, where)
    redeemed.add(toBase64url(line.token))
    count(spent.redeemed, line.token, where)
    const read = attempt(() => readRequest(manifest, bytes, where), reporter(run, 4))
    if (read) batch.add({ 4: reading(run, 4, () => [requestEquation(manifest, read, where)]) }, where)
  }
  before = new Uint8Array()
  for (let line = await run.record.take('void'); line; line = await run.record.take('void')) {
    const where = `void of ${toBase64url(line.token)}`
    const { token, signature } = line
    spent.voids.add(leafHash(token))
    before = ascending(run, 4, before, token, where)
    if (redeemed.has(toBase64url(token))) fail(run, 4, 'spent-and-voided', where)
    count(spent.voided, token, where)
    const equations = reading(run, 4, () => [
      signatureEquation(signature, readPoint(token, where), voidMessage(manifest.hash), where),
    ])
    batch.add({ 4: equations }, where)
  }
  batch.finish()
  return spent

  function count(byGroup: number[], token: Uint8Array, where: string): void {
    const group = tokens.get(toBase64url(token))
    if (group === undefined) fail(run, 4, 'not-listed', where)
    else byGroup[group]!++
  }
}

// ── 5 closing ───────────────────────────────────────────────────────────────────────────────────────────────────

export async function closingHolds(run: Run, manifest: Manifest, spent: Spent): Promise<Closing | null> {
  run.findings.reach(5)
  const line = await run.record.take('closing')
  if (line === null) {
    fail(run, 5, 'line-missing', 'closing')
    return null
  }
  const closing = attempt(() => parseClosing(manifest, line.text), reporter(run, 5))
  if (closing === null) return null
  if (!isClosingSignature(manifest, line.text, line.signature)) fail(run, 5, 'bad-signature', 'closing')
  agree(run, 4, 'redemptions', closing.redemptions, spent.redemptions)
  agree(run, 4, 'voided', closing.voided, spent.voids)
  for (const fault of checkNumbers(manifest, closing, spent)) run.findings.add(5, run.record.number, fault)
  return closing
}

/** The closing statement's count and root of a list are those of its lines. */
function agree(run: Run, check: Check, name: string, said: Closing['voided'], tree: Tree): void {
  if (said.count !== tree.size) fail(run, check, 'wrong-count', name, said.count, tree.size)
  const root = tree.root()
  if (!equal(said.root, root)) fail(run, check, 'wrong-root', name, toBase64url(said.root), toBase64url(root))
}

// ── 6 credentials, 7 layout and signatures, 8 proofs, 9 board ───────────────────────────────────────────────────

export interface Board {
  readonly byGroup: readonly number[]
  readonly sums: Sums
}

export async function boardHolds(run: Run, manifest: Manifest, closing: Closing): Promise<Board> {
  run.findings.reach(6, 7, 8, 9)
  const closingLine = run.record.number
  const wrongKey = checkIssuerKeys(manifest, closing)
  if (wrongKey) run.findings.add(6, closingLine, wrongKey)

  const byGroup = manifest.groups.map(() => 0)
  const byKind = manifest.comments.map(() => 0)
  const sums = new Sums()
  const keys = new Set<string>()
  const batch = new Batch(run)
  const asBallot = (bytes: Uint8Array, where: string) => readBallot(manifest, bytes, where)
  const ballots = await eachOnBoard(run, 'ballot', asBallot, (ballot, where) => {
    byGroup[ballot.group]!++
    unique(BALLOT_KIND, ballot.key, where)
    sums.add(ballot)
    const equations = {
      6: [ballotCredentialEquation(manifest, ballot, closing.issuerKeys[ballot.group]!)],
      7: reading(run, 7, () => [ballotSignatureEquation(manifest, ballot, where)]),
      8: ballotProofEquations(manifest, ballot),
    }
    batch.add(equations, where)
  })
  const asEnvelope = (bytes: Uint8Array, where: string) => readEnvelope(manifest, bytes, where)
  const comments = await eachOnBoard(run, 'comment', asEnvelope, (envelope, where) => {
    byKind[envelope.kind - 1]!++
    unique(envelope.kind, envelope.key, where)
    const equations = {
      6: [envelopeCredentialEquation(manifest, envelope, closing.commentIssuerKeys[envelope.kind - 1]!)],
      7: reading(run, 7, () => [envelopeSignatureEquation(manifest, envelope, where)]),
    }
    batch.add(equations, where)
  })
  batch.finish()

  counts('ballots', closing.ballots.count, ballots.tree.size)
  if (ballots.allRead)
    for (const [g, { id }] of manifest.groups.entries())
      counts(`group ${id}, ballots`, closing.ballots.byGroup[g]!, byGroup[g]!)
  if (comments.allRead)
    for (const i of manifest.comments.keys())
      counts(`comments of kind ${i + 1}`, closing.comments.byKind[i]!, byKind[i]!)
  roots('ballots', closing.ballots.root, ballots.tree.root())
  roots('comments', closing.comments.root, comments.tree.root())
  return { byGroup, sums }

  function unique(kind: number, key: Element, where: string): void {
    const name = `${kind}/${toBase64url(key.bytes)}`
    if (keys.has(name)) fail(run, 7, 'duplicate', `${where}, key`)
    keys.add(name)
  }
  function counts(name: string, said: number, lines: number): void {
    if (said !== lines) run.findings.add(5, closingLine, faultOf('wrong-count', name, said, lines))
  }
  function roots(name: string, said: Uint8Array, lines: Uint8Array): void {
    if (!equal(said, lines))
      run.findings.add(9, closingLine, faultOf('wrong-root', name, toBase64url(said), toBase64url(lines)))
  }
}

/**
 * Reads the lines of one kind, whose leaves ascend, and hands on what could be read. Of a line that check 7 could not
 * read nobody knows group or kind: counts by group are compared only where all were read, so that one fault is one
 * finding.
 */
async function eachOnBoard<T>(
  run: Run,
  type: 'ballot' | 'comment',
  read: (bytes: Uint8Array, where: string) => T,
  use: (found: T, where: string) => void,
): Promise<{ readonly tree: Tree; readonly allRead: boolean }> {
  const tree = new Tree()
  let allRead = true
  let before = new Uint8Array() as Uint8Array
  for (let line = await run.record.take(type); line; line = await run.record.take(type)) {
    const { bytes } = line
    const leaf = leafHash(bytes)
    const where = `${type} ${toBase64url(leaf)}`
    tree.add(leaf)
    before = ascending(run, 9, before, leaf, where)
    const found = attempt(() => read(bytes, where), reporter(run, 7))
    if (found === null) allRead = false
    else use(found, where)
  }
  return { tree, allRead }
}
