/**
 * The server, in memory: spends tokens, appends ballots and comments, closes once. It knows token public keys, issuer
 * keys and what it is sent; it has no idea which redemption a cast goes back to.
 *
 * Everything is keyed by content; nothing remembers when or in which order it came.
 */
import { BALLOT_KIND, type Ballot, checkCast, readBallot } from '../../crypto/ballot.ts'
import { hold } from '../../crypto/batch.ts'
import { answerRequest, kindsOf, readRequest, requestEquation } from '../../crypto/blind.ts'
import { compare, equal, type Rng, toBase64url } from '../../crypto/bytes.ts'
import { checkNumbers, parseClosing, signClosing, writeClosing } from '../../crypto/closing.ts'
import { checkEnvelope, type Delivered, readEnvelope } from '../../crypto/comment.ts'
import type { PublicBoard } from '../../crypto/counted.ts'
import { credentialInput, isCredential } from '../../crypto/credential.ts'
import { attempt, type Fault } from '../../crypto/fault.ts'
import { type Element, readPoint } from '../../crypto/group.ts'
import type { Manifest } from '../../crypto/manifest.ts'
import { rootOf, rootOfLeaves } from '../../crypto/merkle.ts'
import { signReceipt } from '../../crypto/receipt.ts'
import { type Line, writeLine } from '../../crypto/record.ts'
import { isSignature, type KeyPair, newKeyPair } from '../../crypto/signature.ts'
import { voidMessage } from '../../crypto/token.ts'
import type { Case } from './case.ts'
import type { ServerKeys } from './organiser.ts'

/** Why the box says no. */
export type Refused = 'unknown-card' | 'already-redeemed' | 'closed' | 'bad-proof' | 'already-cast'

/** Either bytes to send back, or why not. */
export type Answer = { readonly ok: Uint8Array } | { readonly refused: Refused }

/** The server's secret keys of one poll, made before the ceremony. */
export class BoxKeys {
  readonly receiptKey: KeyPair
  readonly issuers: readonly KeyPair[]
  readonly commentIssuers: readonly KeyPair[]

  constructor(plan: Case, rng: Rng) {
    this.receiptKey = newKeyPair(rng)
    this.issuers = plan.groups.map(() => newKeyPair(rng))
    this.commentIssuers = plan.comments.map(() => newKeyPair(rng))
  }

  get public(): ServerKeys {
    const publicOf = (pair: KeyPair): Element => pair.public
    return {
      receiptKey: publicOf(this.receiptKey),
      issuers: this.issuers.map(publicOf),
      commentIssuers: this.commentIssuers.map(publicOf),
    }
  }
}

interface Cast {
  readonly bytes: Uint8Array
  readonly leaf: Uint8Array
  readonly kind: number
  /** Of ballots only. */
  readonly group: number
  /** Of comments only. */
  readonly sealedPart: Uint8Array | null
  readonly receipt: Uint8Array
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
    const redemption = attempt(() => readRequest(this.manifest, request, 'request'))
    if (redemption === null) return { refused: 'bad-proof' }
    const name = toBase64url(redemption.token.bytes)
    const group = this.tokens.get(name)
    if (group === undefined) return { refused: 'unknown-card' }
    const spent = this.redemptions.get(name)
    if (spent) return equal(spent.request, request) ? { ok: spent.answer } : { refused: 'already-redeemed' }
    if (this.voids.has(name)) return { refused: 'already-redeemed' }
    if (this.closing) return { refused: 'closed' }
    const equation = attempt(() => requestEquation(this.manifest, redemption, 'request'))
    if (equation === null || !hold([equation], this.rng)) return { refused: 'bad-proof' }
    const issuers = [this.keys.issuers[group]!, ...this.keys.commentIssuers]
    const answer = answerRequest(this.manifest, redemption, issuers, this.keys.receiptKey, this.rng)
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
    const ballot = attempt(() => readBallot(this.manifest, bytes, 'ballot'))
    if (ballot === null) return { refused: 'bad-proof' }
    const issuer = this.keys.issuers[ballot.group]!
    return this.append(BALLOT_KIND, ballot, issuer, null, ballot.group, () =>
      checkCast(this.manifest, ballot, this.rng),
    )
  }

  comment(publicPart: Uint8Array, sealedPart: Uint8Array): Answer {
    const envelope = attempt(() => readEnvelope(this.manifest, publicPart, 'comment'))
    if (envelope === null) return { refused: 'bad-proof' }
    const issuer = this.keys.commentIssuers[envelope.kind - 1]!
    return this.append(envelope.kind, envelope, issuer, sealedPart, 0, () =>
      checkEnvelope(this.manifest, envelope, sealedPart, this.rng),
    )
  }

  /** The same bytes again get the same receipt; other bytes under a key already there are refused. */
  private append(
    kind: number,
    sent: Pick<Ballot, 'bytes' | 'leaf' | 'key' | 'credential'>,
    issuer: KeyPair,
    sealedPart: Uint8Array | null,
    group: number,
    check: () => Fault | null,
  ): Answer {
    const name = `${kind}/${toBase64url(sent.key.bytes)}`
    const before = this.casts.get(name)
    if (before) return isRepeat(before, sent.bytes, sealedPart) ? { ok: before.receipt } : { refused: 'already-cast' }
    if (this.closing) return { refused: 'closed' }
    const x = credentialInput(this.manifest.hash, kind, sent.key.bytes)
    if (!isCredential(sent.credential, x, issuer.secret) || check() !== null) return { refused: 'bad-proof' }
    const receipt = signReceipt(this.manifest, this.keys.receiptKey, kind, sent.leaf, this.rng)
    this.casts.set(name, { bytes: sent.bytes, leaf: sent.leaf, kind, group, sealedPart, receipt })
    return { ok: receipt }
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
    const text = writeClosing(manifest, {
      handedOut,
      redemptions: { count: requests.length, root: rootOf(requests) },
      voided: { count: voided.length, root: rootOf(voided) },
      ballots: {
        count: ballots.length,
        byGroup: manifest.groups.map((_, g) => ballots.filter(({ group }) => group === g).length),
        root: rootOfLeaves(ballots.map(({ leaf }) => leaf)),
      },
      comments: {
        byKind: manifest.comments.map((_, i) => comments.filter(({ kind }) => kind === i + 1).length),
        root: rootOfLeaves(comments.map(({ leaf }) => leaf)),
      },
      issuerKeys: keys.issuers.map(pair => pair.secret),
      commentIssuerKeys: keys.commentIssuers.map(pair => pair.secret),
    })
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
