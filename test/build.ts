/**
 * A small honest poll in one call, with every secret at hand, so that a record can be *rebuilt* around a single change:
 * re-signed, re-rooted, re-closed, re-opened by parties who lie about just that one thing.
 *
 * Nine ballots of three groups (4, 2, 3) under a minimum of 3: the last two groups stay unions of their own or merge.
 * One group is called `constructor`, which is a legal id.
 */
import { readBallot, sealBallot } from '../crypto/ballot.ts'
import { answerRequest, finishCredentials, requestCredentials } from '../crypto/blind.ts'
import { compare, type Rng, utf8 } from '../crypto/bytes.ts'
import { type Closing, signClosing, writeClosing } from '../crypto/closing.ts'
import { sealComment } from '../crypto/comment.ts'
import type { Credential } from '../crypto/credential.ts'
import { G, withTable } from '../crypto/group.ts'
import { type Manifest, type Trustee, writeManifest } from '../crypto/manifest.ts'
import { leafHash, rootOf, rootOfLeaves } from '../crypto/merkle.ts'
import { type Line, writeLine } from '../crypto/record.ts'
import { makeShare, type Share } from '../crypto/share.ts'
import { type KeyPair, newKeyPair, sign } from '../crypto/signature.ts'
import {
  type AllowedSum,
  allowedSums,
  openingOfSum,
  openSum,
  opensByItself,
  publicationUnions,
  Sums,
  signOpening,
  signResult,
  type Union,
  writeResult,
} from '../crypto/tally.ts'
import { type Card, newCard, tokenKeyPair, voidMessage } from '../crypto/token.ts'
import { sha256 } from '../crypto/transcript.ts'
import {
  beginCeremony,
  ceremonyHash,
  confirmCeremony,
  electionKeyOf,
  finishShares,
  type Member,
  sealShares,
} from '../crypto/trustees.ts'
import { seededRng } from '../server/play/seed.ts'

export type ManifestFields = Omit<Manifest, 'text' | 'hash'>

const GROUPS = [
  { id: 'staff', label: 'Nhân viên', cards: 7, handedOut: 6, cast: 4 },
  { id: 'constructor', label: 'Cấp trên', cards: 3, handedOut: 2, cast: 2 },
  { id: 'peers', label: 'Cùng cấp', cards: 4, handedOut: 3, cast: 3 },
] as const

/** What every voter of the honest poll marks, by contest. */
const CHOICES = [
  [[0], [0]],
  [[0], [0, 1]],
  [[2], [1]],
  [[], [0]],
  [[1], [1]],
  [[2], [0, 1]],
  [[0], [0]],
  [[2], [1]],
  [[], [0, 1]],
] as const

interface Voter {
  readonly group: number
  readonly choices: readonly (readonly number[])[]
  readonly credentials: readonly Credential[]
  readonly request: Uint8Array
}

/** The poll up to the moment before closing: everybody's secrets. */
export interface Poll {
  readonly rng: Rng
  readonly manifest: Manifest
  readonly receiptKey: KeyPair
  readonly issuers: readonly KeyPair[]
  readonly commentIssuers: readonly KeyPair[]
  readonly members: readonly Member[]
  /** By group. */
  readonly cards: readonly (readonly Card[])[]
  readonly tokens: readonly (readonly Uint8Array[])[]
  /** Who cast, and last one who redeemed and never cast. */
  readonly voters: readonly Voter[]
  readonly voided: { readonly token: Uint8Array; readonly signature: Uint8Array }
  readonly ballots: readonly Uint8Array[]
  readonly comments: readonly Uint8Array[]
}

export function buildPoll(
  seed: number,
  changeManifest: (fields: ManifestFields, rng: Rng) => ManifestFields = f => f,
): Poll {
  const rng = seededRng(seed)
  const pollId = rng(16)
  const receiptKey = newKeyPair(rng)
  const issuers = GROUPS.map(() => newKeyPair(rng))
  const commentIssuers = [newKeyPair(rng)]
  const { members, trustees } = ceremonyOf(pollId, rng)
  const cards = GROUPS.map((group, g) => Array.from({ length: group.cards }, () => newCard(g, rng)))
  const tokens = cards.map(list => list.map(card => tokenKeyPair(pollId, card).public.bytes).sort(compare))
  const fields = changeManifest(
    {
      poll: { id: pollId, title: 'Lấy phiếu tín nhiệm đối với Giám đốc Sở A' },
      contests: [
        { id: 'head', title: 'Giám đốc Sở A', options: optionsOf('cao', 'vừa', 'thấp'), min: 0, max: 1 },
        { id: 'strengths', title: 'Ưu điểm', options: optionsOf('một', 'hai'), min: 1, max: 2 },
      ],
      comments: [{ id: 'more', title: 'Ý kiến khác', maxBytes: 40, issuer: commentIssuers[0]!.public }],
      groups: GROUPS.map(({ id, label, cards: n }, g) => ({
        id,
        label,
        tokens: n,
        tokenRoot: rootOf(tokens[g]!),
        issuer: issuers[g]!.public,
      })),
      trustees,
      threshold: 2,
      electionKey: electionKeyOf(trustees),
      receiptKey: receiptKey.public,
      publication: { minimumBallots: 3, disclosure: 'public' },
      rules: null,
      bundle: null,
    },
    rng,
  )
  const manifest = manifestOf(fields)
  const voters: Voter[] = []
  const K = withTable(manifest.electionKey.point)
  GROUPS.forEach(({ cast }, group) => {
    const redeemers = group === 0 ? cast + 1 : cast
    for (let i = 0; i < redeemers; i++) {
      const token = tokenKeyPair(pollId, cards[group]![i]!)
      const choices = i < cast ? CHOICES[voters.filter(v => v.choices.length > 0).length]! : []
      voters.push({ group, choices, ...redeem({ manifest, issuers, commentIssuers, receiptKey, rng }, group, token) })
    }
  })
  const casting = voters.filter(({ choices }) => choices.length > 0)
  const handedBack = tokenKeyPair(pollId, cards[0]![6]!)
  return {
    rng,
    manifest,
    receiptKey,
    issuers,
    commentIssuers,
    members,
    cards,
    tokens,
    voters,
    voided: {
      token: handedBack.public.bytes,
      signature: sign(handedBack, voidMessage(manifest.hash), rng),
    },
    ballots: casting.map(v => sealBallot(manifest, v.group, v.credentials[0]!, v.choices, K, rng)),
    comments: casting.map((v, i) => sealComment(manifest, v.credentials[1]!, i % 2 ? '' : 'Tốt', rng).publicPart),
  }
}

const optionsOf = (...labels: string[]) => labels.map((label, i) => ({ id: `o${i + 1}`, label }))

/** Not parsed: a test may want a manifest that no parser lets pass. */
function manifestOf(fields: ManifestFields, text = writeManifest(fields, { unit: 'Sở A' })): Manifest {
  return { ...fields, text, hash: sha256(utf8(text)) }
}

export function ceremonyOf(
  pollId: Uint8Array,
  rng: Rng,
  n = 3,
  t = 2,
): { readonly members: readonly Member[]; readonly trustees: readonly Trustee[] } {
  const ceremony = { pollId, n, t }
  const begun = Array.from({ length: n }, (_, i) => beginCeremony(ceremony, i + 1, `Tổ viên ${i + 1}`, rng))
  const packages = begun.map(b => b.package)
  const hash = ceremonyHash(ceremony, packages)
  const boxes = begun.map(b => sealShares(b.secrets, packages, hash, rng))
  const members = begun.map(({ secrets }, i) => {
    const received = new Map(boxes.flatMap((sent, from) => (from === i ? [] : [[from + 1, sent.get(i + 1)!]])))
    return finishShares(secrets, packages, hash, received, rng)
  })
  return {
    members,
    trustees: members.map((member, i) => ({ ...packages[i]!, confirmation: confirmCeremony(member, rng) })),
  }
}

type Server = Pick<Poll, 'manifest' | 'issuers' | 'commentIssuers' | 'receiptKey' | 'rng'>

export function redeem({ manifest, issuers, commentIssuers, receiptKey, rng }: Server, group: number, token: KeyPair) {
  const { request, pending } = requestCredentials(manifest, token, rng)
  const blinded = pending.map(({ blinded: bytes }) => ({ bytes, point: G }))
  const redemption = { bytes: request, token: token.public, blinded, signature: request.subarray(-64) }
  const answer = answerRequest(manifest, redemption, [issuers[group]!, ...commentIssuers], receiptKey, rng)
  return { request, credentials: finishCredentials(manifest, group, request, pending, answer) }
}

// ── from the closing on ─────────────────────────────────────────────────────────────────────────────────────────

/** The one thing that is changed before everything after it is made anew. */
export interface Change {
  readonly tokens?: (lists: readonly (readonly Uint8Array[])[]) => readonly (readonly Uint8Array[])[]
  readonly requests?: (sorted: readonly Uint8Array[]) => readonly Uint8Array[]
  readonly voids?: (sorted: readonly Poll['voided'][]) => readonly Poll['voided'][]
  /** Ballots in order of casting. */
  readonly ballots?: (ballots: readonly Uint8Array[]) => readonly Uint8Array[]
  /** Ballots as they stand on the board, by leaf. */
  readonly board?: (sorted: readonly Uint8Array[]) => readonly Uint8Array[]
  readonly comments?: (comments: readonly Uint8Array[]) => readonly Uint8Array[]
  readonly commentBoard?: (sorted: readonly Uint8Array[]) => readonly Uint8Array[]
  readonly closing?: (closing: Omit<Closing, 'text' | 'hash'>) => Omit<Closing, 'text' | 'hash'>
  readonly closingText?: (text: string) => string
  readonly openers?: readonly number[]
  readonly unions?: (unions: readonly Union[]) => readonly Union[]
  readonly shares?: (shares: readonly LabelledShare[]) => readonly LabelledShare[]
  readonly counts?: (counts: number[]) => number[]
  readonly resultText?: (text: string) => string
  readonly signers?: readonly number[]
  readonly outcome?: string
}

interface LabelledShare extends Share {
  readonly sum: string
}

const byLeaf = (a: Uint8Array, b: Uint8Array) => compare(leafHash(a), leafHash(b))
const same = <T>(x: T): T => x

/** The whole record, as lines without line feeds. */
export function recordOf(poll: Poll, change: Change = {}): string[] {
  const { manifest, rng } = poll
  const requests = (change.requests ?? same)(poll.voters.map(v => v.request).sort(compare))
  const voids = (change.voids ?? same)([poll.voided])
  const ballots = (change.board ?? same)([...(change.ballots ?? same)(poll.ballots)].sort(byLeaf))
  const comments = (change.commentBoard ?? same)([...(change.comments ?? same)(poll.comments)].sort(byLeaf))
  const closingText = (change.closingText ?? same)(
    writeClosing(manifest, (change.closing ?? same)(closingFields(poll, requests, voids, ballots, comments))),
  )
  const closingSignature = signClosing(closingText, poll.receiptKey, rng)
  const closingHash = sha256(utf8(closingText))
  const opening = openingOf(poll, change, ballots, closingHash)
  const resultText = (change.resultText ?? same)(
    writeResult(manifest, closingHash, opening.unions, (change.counts ?? same)([...opening.counts])),
  )
  const key = (index: number): KeyPair => poll.members[index - 1]!.signing
  const lines: Line[] = [
    { type: 'manifest', text: manifest.text },
    ...(change.tokens ?? same)(poll.tokens).map((keys, g): Line => ({ type: 'tokens', group: GROUPS[g]!.id, keys })),
    ...requests.map(requestLine),
    ...voids.map(({ token, signature }): Line => ({ type: 'void', token, signature })),
    { type: 'closing', text: closingText, signature: closingSignature },
    ...ballots.map((bytes): Line => ({ type: 'ballot', bytes })),
    ...comments.map((bytes): Line => ({ type: 'comment', bytes })),
    ...(change.openers ?? [1, 3]).map(
      (trustee): Line => ({ type: 'open', trustee, signature: signOpening(key(trustee), closingHash, rng) }),
    ),
    ...opening.shares.map(
      ({ trustee, sum, D, proof }): Line => ({ type: 'share', trustee, sum, share: D.bytes, proof }),
    ),
    { type: 'result', text: resultText },
    ...(change.signers ?? [1, 3]).map((trustee): Line => {
      return { type: 'signature', trustee, signature: signResult(key(trustee), closingHash, resultText, rng) }
    }),
    ...(change.outcome === undefined ? [] : [{ type: 'outcome', text: change.outcome } as const]),
  ]
  return lines.map(line => writeLine(line).slice(0, -1))
}

function requestLine(request: Uint8Array): Line {
  const kinds = (request.length - 96) / 32
  const blinded = Array.from({ length: kinds }, (_, k) => request.subarray(32 + 32 * k, 64 + 32 * k))
  return { type: 'redemption', token: request.subarray(0, 32), blinded, signature: request.subarray(-64) }
}

function closingFields(
  poll: Poll,
  requests: readonly Uint8Array[],
  voids: readonly Poll['voided'][],
  ballots: readonly Uint8Array[],
  comments: readonly Uint8Array[],
): Omit<Closing, 'text' | 'hash'> {
  return {
    handedOut: GROUPS.map(group => group.handedOut),
    redemptions: { count: requests.length, root: rootOf(requests) },
    voided: { count: voids.length, root: rootOf(voids.map(v => v.token)) },
    ballots: {
      count: ballots.length,
      byGroup: GROUPS.map((_, g) => ballots.filter(bytes => bytes[0] === g).length),
      root: rootOf(ballots),
    },
    comments: { byKind: [comments.length], root: rootOfLeaves(comments.map(leafHash)) },
    issuerKeys: poll.issuers.map(pair => pair.secret),
    commentIssuerKeys: poll.commentIssuers.map(pair => pair.secret),
  }
}

/** The sums as the members open them, whoever lied before. Ballots that no reader accepts are passed over. */
function openingOf(poll: Poll, change: Change, ballots: readonly Uint8Array[], closingHash: Uint8Array) {
  const { manifest, rng } = poll
  const sums = new Sums()
  const byGroup = GROUPS.map(() => 0)
  for (const bytes of ballots) {
    const ballot = readable(manifest, bytes)
    if (ballot === null) continue
    sums.add(ballot)
    byGroup[ballot.group]!++
  }
  const unions = (change.unions ?? same)(publicationUnions(byGroup, manifest.publication.minimumBallots))
  const allowed = allowedSums(manifest, unions, sums)
  const made = allowed.flatMap(sum =>
    opensByItself(sum) ? [] : [1, 3].map(index => shareOf(poll, closingHash, sum, index)),
  )
  const shares = (change.shares ?? same)(made)
  const counts = allowed.map(sum => {
    const given = made.filter(share => share.sum === sum.label)
    return count(sum, given)
  })
  return { unions, shares, counts, rng }
}

function readable(manifest: Manifest, bytes: Uint8Array) {
  try {
    return readBallot(manifest, bytes, 'ballot')
  } catch {
    return null
  }
}

/** −1 and such open to no count; a liar then says nought. */
function count(sum: AllowedSum, given: readonly Share[]): number {
  try {
    return openSum({ ...sum, ballots: 2 * sum.ballots }, given)
  } catch {
    return 0
  }
}

function shareOf(poll: Poll, closingHash: Uint8Array, sum: AllowedSum, index: number): LabelledShare {
  const opening = openingOfSum(poll.manifest, closingHash, sum)
  return { ...makeShare(poll.members[index - 1]!, poll.manifest.trustees, opening, poll.rng), sum: sum.label }
}
