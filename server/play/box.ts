/**
 * The box of a played poll: what `server/box.ts` decides, with a memory that ends with the process.
 *
 * Everything is keyed by content; nothing remembers when or in which order it came.
 */
import { BALLOT_KIND } from '../../crypto/ballot.ts'
import { kindsOf } from '../../crypto/blind.ts'
import { compare, equal, type Rng, toBase64url } from '../../crypto/bytes.ts'
import { checkNumbers, parseClosing, signClosing } from '../../crypto/closing.ts'
import { type Delivered, readEnvelope } from '../../crypto/comment.ts'
import type { PublicBoard } from '../../crypto/counted.ts'
import type { Fault } from '../../crypto/fault.ts'
import { readPoint } from '../../crypto/group.ts'
import type { Manifest } from '../../crypto/manifest.ts'
import { leafHash } from '../../crypto/merkle.ts'
import { type Line, writeLine } from '../../crypto/record.ts'
import { isSignature } from '../../crypto/signature.ts'
import { voidMessage } from '../../crypto/token.ts'
import { type Accepted, acceptBallot, acceptComment, answerRedemption, type BoxKeys, closingOf } from '../box.ts'

/** Why the box says no. */
export type Refused = 'unknown-card' | 'already-redeemed' | 'closed' | 'bad-proof' | 'already-cast'

/** Either bytes to send back, or why not. */
export type Answer = { readonly ok: Uint8Array } | { readonly refused: Refused }

interface Cast extends Accepted {
  readonly bytes: Uint8Array
  readonly leaf: Uint8Array
  /** Of comments only. */
  readonly sealedPart: Uint8Array | null
}

export class Box {
  private readonly manifest: Manifest
  private readonly keys: BoxKeys
  private readonly rng: Rng
  /** The group of every listed token. */
  private readonly tokens = new Map<string, number>()
  private readonly lists: readonly (readonly Uint8Array[])[]
  private readonly redemptions = new Map<string, { readonly request: Uint8Array; readonly answer: Uint8Array }>()
  private readonly voids = new Map<string, { readonly token: Uint8Array; readonly signature: Uint8Array }>()
  /** By kind and public key. */
  private readonly casts = new Map<string, Cast>()
  private closing: { readonly text: string; readonly signature: Uint8Array } | null = null

  constructor(manifest: Manifest, lists: readonly (readonly Uint8Array[])[], keys: BoxKeys, rng: Rng) {
    this.manifest = manifest
    this.lists = lists
    this.keys = keys
    this.rng = rng
    lists.forEach((list, group) => {
      for (const token of list) this.tokens.set(toBase64url(token), group)
    })
  }

  /** The identical request gets the identical answer; another one for a spent token is refused. */
  redeem(request: Uint8Array): Answer {
    if (request.length < 32) return { refused: 'bad-proof' }
    const name = toBase64url(request.subarray(0, 32))
    const group = this.tokens.get(name)
    if (group === undefined) return { refused: 'unknown-card' }
    const spent = this.redemptions.get(name)
    if (spent) return equal(spent.request, request) ? { ok: spent.answer } : { refused: 'already-redeemed' }
    if (this.voids.has(name)) return { refused: 'already-redeemed' }
    if (this.closing) return { refused: 'closed' }
    const answer = answerRedemption(this.manifest, this.keys, group, request, this.rng)
    if (answer === null) return { refused: 'bad-proof' }
    this.redemptions.set(name, { request, answer })
    return { ok: answer }
  }

  /** An unredeemed card handed back: `32 token ‖ 64 signature`. */
  voidCard(request: Uint8Array): Answer {
    const token = request.subarray(0, 32)
    const signature = request.subarray(32)
    const name = toBase64url(token)
    if (!this.tokens.has(name)) return { refused: 'unknown-card' }
    if (this.redemptions.has(name)) return { refused: 'already-redeemed' }
    if (this.voids.has(name)) return { ok: new Uint8Array() }
    if (this.closing) return { refused: 'closed' }
    if (!isSignature(signature, readPoint(token, 'token'), voidMessage(this.manifest.hash)))
      return { refused: 'bad-proof' }
    this.voids.set(name, { token, signature })
    return { ok: new Uint8Array() }
  }

  cast(bytes: Uint8Array): Answer {
    return this.append(BALLOT_KIND, bytes, null, () => acceptBallot(this.manifest, this.keys, bytes, this.rng))
  }

  comment(publicPart: Uint8Array, sealedPart: Uint8Array): Answer {
    return this.append(publicPart[0]!, publicPart, sealedPart, () =>
      acceptComment(this.manifest, this.keys, publicPart, sealedPart, this.rng),
    )
  }

  /** The same bytes again get the same receipt; other bytes under a key already there are refused. */
  private append(
    kind: number,
    bytes: Uint8Array,
    sealedPart: Uint8Array | null,
    accept: () => Accepted | null,
  ): Answer {
    const name = `${kind}/${toBase64url(bytes.subarray(1, 33))}`
    const before = this.casts.get(name)
    if (before) return isRepeat(before, bytes, sealedPart) ? { ok: before.receipt } : { refused: 'already-cast' }
    if (this.closing) return { refused: 'closed' }
    const accepted = accept()
    if (accepted === null) return { refused: 'bad-proof' }
    this.casts.set(name, { ...accepted, bytes, leaf: leafHash(bytes), sealedPart })
    return { ok: accepted.receipt }
  }

  /**
   * Ends the voting and signs the closing statement, the only one ever; numbers that break check 5 are given back and
   * nothing is stored.
   */
  close(handedOut: readonly number[]): readonly Fault[] {
    if (this.closing) throw new Error('the box is closed already')
    const { manifest, keys } = this
    const requests = this.sortedRequests()
    const voided = [...this.voids.values()].map(v => v.token).sort(compare)
    const ballots = this.castsOf(kind => kind === BALLOT_KIND)
    const comments = this.castsOf(kind => kind !== BALLOT_KIND)
    const byGroup = (names: readonly string[]) =>
      manifest.groups.map((_, g) => names.filter(name => this.tokens.get(name) === g).length)
    const text = closingOf(manifest, keys, handedOut, { requests, voided, ballots, comments })
    const faults = checkNumbers(manifest, parseClosing(manifest, text), {
      redeemed: byGroup([...this.redemptions.keys()]),
      voided: byGroup([...this.voids.keys()]),
    })
    if (faults.length === 0) this.closing = { text, signature: signClosing(text, keys.receiptKey, this.rng) }
    return faults
  }

  /** What is public once the box is closed: the record up to the last comment, line by line. */
  *publish(): Generator<string> {
    const { manifest } = this
    const closing = this.statement()
    yield writeLine({ type: 'manifest', text: manifest.text })
    for (const [g, keys] of this.lists.entries())
      yield writeLine({ type: 'tokens', group: manifest.groups[g]!.id, keys })
    for (const request of this.sortedRequests()) yield writeLine(redemptionLine(request, kindsOf(manifest)))
    const voids = [...this.voids.values()].sort((a, b) => compare(a.token, b.token))
    for (const { token, signature } of voids) yield writeLine({ type: 'void', token, signature })
    yield writeLine({ type: 'closing', ...closing })
    for (const { bytes } of this.castsOf(kind => kind === BALLOT_KIND)) yield writeLine({ type: 'ballot', bytes })
    for (const { bytes } of this.castsOf(kind => kind !== BALLOT_KIND)) yield writeLine({ type: 'comment', bytes })
  }

  /** The closing statement, ever one. */
  statement(): { readonly text: string; readonly signature: Uint8Array } {
    if (this.closing === null) throw new Error('the box is open')
    return this.closing
  }

  /** What phones look through once the box is closed. */
  board(): PublicBoard {
    const bytesOf = (casts: readonly Cast[]) => casts.map(({ bytes }) => bytes)
    this.statement()
    return {
      ballots: bytesOf(this.castsOf(kind => kind === BALLOT_KIND)),
      comments: bytesOf(this.castsOf(kind => kind !== BALLOT_KIND)),
    }
  }

  /** For the counting team, after closing. */
  sealedTexts(): readonly Delivered[] {
    this.statement()
    return this.castsOf(kind => kind !== BALLOT_KIND).map(({ bytes, sealedPart }) => ({
      envelope: readEnvelope(this.manifest, bytes, 'comment'),
      sealedPart,
    }))
  }

  private sortedRequests = (): readonly Uint8Array[] =>
    [...this.redemptions.values()].map(({ request }) => request).sort(compare)

  private castsOf = (ofKind: (kind: number) => boolean): readonly Cast[] =>
    [...this.casts.values()].filter(({ kind }) => ofKind(kind)).sort((a, b) => compare(a.leaf, b.leaf))
}

const isRepeat = (before: Cast, bytes: Uint8Array, sealedPart: Uint8Array | null): boolean =>
  equal(before.bytes, bytes) &&
  (before.sealedPart === null || (sealedPart !== null && equal(before.sealedPart, sealedPart)))

function redemptionLine(request: Uint8Array, kinds: number): Line {
  const blinded = Array.from({ length: kinds }, (_, k) => request.subarray(32 * (k + 1), 32 * (k + 2)))
  return { type: 'redemption', token: request.subarray(0, 32), blinded, signature: request.subarray(-64) }
}
