/**
 * Steps 7 to 9 of a ballot's way: the box is shut, its contents are counted into the one closing statement, everything is
 * rewritten in the order of its content, and the record is written out line by line.
 */
import { BALLOT_KIND } from '../crypto/ballot.ts'
import { kindsOf } from '../crypto/blind.ts'
import { compare, fromBase64url, type Rng, toBase64url } from '../crypto/bytes.ts'
import { checkNumbers, parseClosing, signClosing } from '../crypto/closing.ts'
import { parseManifest } from '../crypto/manifest.ts'
import { leafHash } from '../crypto/merkle.ts'
import { type Line, writeLine } from '../crypto/record.ts'
import { closingOf } from './box.ts'
import type { Db } from './db.ts'
import { bringSpent } from './elsewhere.ts'
import type { Peer, SpentCount } from './peer.ts'
import type { KnownPoll } from './polls.ts'
import { no } from './refusals.ts'
import { type Message, type PollRow, readMessages, updatePoll } from './store/polls.ts'
import { readCasts, readSpent, readTokens } from './store/voting.ts'
import type { ShareWire } from './wire.ts'

/**
 * Numbers by group that check 5 allows, as far as they are known before the box is shut, and no more than people were
 * `present`, where somebody stated that: minutes with other numbers could never be written. Refuses `bad-numbers`.
 */
export function checkHandedOut(
  { manifest }: KnownPoll,
  spent: readonly SpentCount[],
  handedOut: readonly number[],
  present: number | null,
): void {
  if (present !== null && handedOut.reduce((sum, n) => sum + n, 0) > present) no('bad-numbers', 'present')
  const fits = manifest.groups.every(({ tokens }, g) => {
    const { redeemed, voided } = spent[g]!
    return redeemed <= handedOut[g]! && handedOut[g]! <= tokens - voided
  })
  if (handedOut.length !== manifest.groups.length || !fits) no('bad-numbers')
}

/**
 * Shuts the gate, so that nothing more is stored; counts; rewrites; stores the closing statement, ever one: what is closed
 * keeps no order. After a crash in between the gate stays shut and closing is done again. Refuses `bad-numbers` where
 * numbers truly do not fit.
 *
 * `peer`: where the cards are redeemed, if not here. It is shut first, so that nothing changes here while it is away, and
 * only then says what was spent. Refuses `peer-away`.
 */
export async function closeBox(
  rng: Rng,
  poll: KnownPoll,
  handedOut: readonly number[],
  peer: Peer | null,
): Promise<void> {
  const { db, id, manifest, keys } = poll
  await peer?.shut(manifest.hash)
  await db.write([updatePoll(db, id, ['open'], { gate: 'shut' })])
  if (peer) await bringSpent(rng, poll, peer)
  const spent = await readSpent(db, id)
  const casts = (await readCasts(db, id)).map(one => ({ ...one, leaf: leafHash(one.bytes), group: one.grp }))
  const redeemed = spent.filter(({ answer }) => answer !== null)
  const voided = spent.filter(({ answer }) => answer === null)
  const text = closingOf(manifest, keys, handedOut, {
    requests: redeemed.map(({ request }) => request),
    voided: voided.map(({ token }) => token),
    ballots: casts.filter(({ kind }) => kind === BALLOT_KIND),
    comments: casts.filter(({ kind }) => kind !== BALLOT_KIND),
  })
  const perGroup = (list: typeof spent) => manifest.groups.map((_, g) => list.filter(({ grp }) => grp === g).length)
  const faults = checkNumbers(manifest, parseClosing(manifest, text), {
    redeemed: perGroup(redeemed),
    voided: perGroup(voided),
  })
  if (faults.length > 0) no('bad-numbers', faults[0]!.where)
  await db.rewrite(id)
  await db.write([
    updatePoll(db, id, ['open'], {
      state: 'closed',
      closing: text,
      closing_signature: signClosing(text, keys.receiptKey, rng),
      asked: null,
    }),
  ])
}

/** The record's lines up to the last comment; of a poll that is closed. */
export async function boardLines(db: Db, row: PollRow): Promise<readonly string[]> {
  const manifest = parseManifest(row.manifest!)
  const tokens = await readTokens(db, row.id)
  const spent = await readSpent(db, row.id)
  const casts = (await readCasts(db, row.id))
    .map(one => ({ ...one, leaf: leafHash(one.bytes) }))
    .sort((a, b) => compare(a.leaf, b.leaf))
  const lines: Line[] = [
    { type: 'manifest', text: row.manifest! },
    ...manifest.groups.map(
      ({ id }, g): Line => ({
        type: 'tokens',
        group: id,
        keys: tokens.filter(({ grp }) => grp === g).map(({ token }) => token),
      }),
    ),
    ...spent.filter(({ answer }) => answer !== null).map(({ request }) => redemptionLine(request, kindsOf(manifest))),
    ...spent
      .filter(({ answer }) => answer === null)
      .map(({ token, request }): Line => ({ type: 'void', token, signature: request.subarray(token.length) })),
    { type: 'closing', text: row.closing!, signature: row.closing_signature! },
    ...casts.filter(({ kind }) => kind === BALLOT_KIND).map(({ bytes }): Line => ({ type: 'ballot', bytes })),
    ...casts.filter(({ kind }) => kind !== BALLOT_KIND).map(({ bytes }): Line => ({ type: 'comment', bytes })),
  ]
  return lines.map(writeLine)
}

function redemptionLine(request: Uint8Array, kinds: number): Line {
  const blinded = Array.from({ length: kinds }, (_, k) => request.subarray(32 * (k + 1), 32 * (k + 2)))
  return { type: 'redemption', token: request.subarray(0, 32), blinded, signature: request.subarray(-64) }
}

export interface SignedText {
  readonly text: string
  readonly signature: string
}

/** The result that enough members signed, and theirs are the same text; null before. */
export function agreedResult(messages: readonly Message[], threshold: number) {
  const results = byIndex(messages, 'result').map(({ sender, body }) => ({
    sender,
    ...(JSON.parse(body) as SignedText),
  }))
  for (const { text } of results) {
    const same = results.filter(one => one.text === text)
    if (same.length >= threshold) return { text, signatures: same }
  }
  return null
}

const byIndex = (messages: readonly Message[], step: Message['step']): readonly Message[] =>
  messages.filter(m => m.step === step).sort((a, b) => a.sender - b.sender)

/**
 * The lines from `open` on; none before enough members signed one result and it is known what follows from it.
 * `follows`: the outcome, of a result that is about to stand.
 */
export async function openingLines(db: Db, row: PollRow, follows: string | null = null): Promise<readonly string[]> {
  const messages = await readMessages(db, row.id)
  const { threshold, rules } = parseManifest(row.manifest!)
  const result = agreedResult(messages, threshold)
  const outcome = follows ?? messages.find(({ step }) => step === 'outcome')?.body
  if (result === null || (rules !== null && outcome === undefined)) return []
  const bytes = (text: string) => fromBase64url(text)!
  const shares = byIndex(messages, 'shares').map(({ sender, body }) => ({
    trustee: sender,
    list: JSON.parse(body) as readonly ShareWire[],
  }))
  const sums = shares[0]?.list.map(({ sum }) => sum) ?? []
  const lines: Line[] = [
    ...byIndex(messages, 'open').map(
      ({ sender, body }): Line => ({ type: 'open', trustee: sender, signature: bytes(body) }),
    ),
    ...sums.flatMap((sum, i) =>
      shares.map(
        ({ trustee, list }): Line => ({
          type: 'share',
          trustee,
          sum,
          share: bytes(list[i]!.share),
          proof: bytes(list[i]!.proof),
        }),
      ),
    ),
    { type: 'result', text: result.text },
    ...result.signatures.map(
      ({ sender, signature }): Line => ({ type: 'signature', trustee: sender, signature: bytes(signature) }),
    ),
    ...(outcome === undefined ? [] : [{ type: 'outcome', text: outcome } as const]),
  ]
  return lines.map(writeLine)
}

/** By file name: whoever downloads several keeps them apart. */
export const recordName = (manifestHash: Uint8Array): string =>
  `phieu-kin-${toBase64url(manifestHash).slice(0, 12)}.record`
