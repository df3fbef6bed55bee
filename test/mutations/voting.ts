/** Changes of what happened while the box was open, everything after it made anew: checks 4 to 9. */
import { type Choices, sealBallot } from '../../crypto/ballot.ts'
import { compare, concat, u8 } from '../../crypto/bytes.ts'
import type { Closing } from '../../crypto/closing.ts'
import { sealComment } from '../../crypto/comment.ts'
import { type Credential, credentialInput } from '../../crypto/credential.ts'
import type { FaultCode } from '../../crypto/fault.ts'
import { elementOf, hashToGroup, multiply, ONE, plus } from '../../crypto/group.ts'
import { leafHash, rootOf } from '../../crypto/merkle.ts'
import { type KeyPair, newKeyPair, sign } from '../../crypto/signature.ts'
import { tokenKeyPair, voidMessage } from '../../crypto/token.ts'
import { message } from '../../crypto/transcript.ts'
import type { Check } from '../../crypto/verify/findings.ts'
import { type Change, redeem } from '../build.ts'
import { oddContests } from './odd.ts'
import {
  flipped,
  IDENTITY_POINT,
  NON_CANONICAL,
  ORDER_AS_SCALAR,
  other,
  overwritten,
  poll,
  type Row,
  rebuilt,
  replaced,
  swapped,
  without,
} from './row.ts'

const { manifest, rng } = poll
const K = manifest.electionKey.point

// ── 4 redemptions and voids ─────────────────────────────────────────────────────────────────────────────────────

const sorted = (requests: readonly Uint8Array[]) => [...requests].sort(compare)
const resigned = (unsigned: Uint8Array, key: KeyPair, hash = manifest.hash) =>
  concat(unsigned, sign(key, message('redeem', hash, unsigned.subarray(32)), rng))
/** The first voter's card, and the one card that nobody redeemed in a group where one more may. */
const [ownCard, spare] = [0, 5].map(i => tokenKeyPair(manifest.poll.id, poll.cards[0]![i]!)) as [KeyPair, KeyPair]
const own = poll.voters[0]!.request
const body = own.subarray(0, -64)
const instead = (request: Uint8Array) => (all: readonly Uint8Array[]) =>
  sorted(all.map(one => (one === own ? request : one)))
const voidOf = (key: KeyPair, hash = manifest.hash) => ({
  token: key.public.bytes,
  signature: sign(key, voidMessage(hash), rng),
})
const foreign = newKeyPair(rng)

const redemptions: readonly (readonly [name: string, code: FaultCode, change: Change])[] = [
  ['a redemption signed by another key', 'bad-signature', { requests: instead(resigned(body, foreign)) }],
  [
    'a redemption signed for another poll',
    'bad-signature',
    {
      requests: instead(resigned(body, ownCard, other.manifest.hash)),
    },
  ],
  [
    'a redemption with another blinded point',
    'bad-signature',
    {
      requests: instead(concat(overwritten(body, 32, poll.voters[1]!.request.subarray(32, 64)), own.subarray(-64))),
    },
  ],
  ['a redemption without signature', 'identity-point', { requests: instead(concat(body, new Uint8Array(64))) }],
  [
    'a redemption of a card that is not listed',
    'not-listed',
    {
      requests: instead(redeem(poll, 0, newKeyPair(rng)).request),
    },
  ],
  [
    'a card redeemed twice',
    'duplicate',
    {
      requests: all =>
        sorted([...without(all, all.indexOf(poll.voters[4]!.request)), redeem(poll, 0, ownCard).request]),
    },
  ],
  [
    'a blinded point that is the identity',
    'identity-point',
    {
      requests: instead(resigned(overwritten(body, 32, IDENTITY_POINT), ownCard)),
    },
  ],
  [
    'a blinded point that is none',
    'bad-point',
    {
      requests: instead(resigned(overwritten(body, 64, NON_CANONICAL), ownCard)),
    },
  ],
  [
    'a blinded point too many',
    'left-over',
    { requests: instead(resigned(concat(body, body.subarray(32, 64)), ownCard)) },
  ],
  ['a blinded point too few', 'wrong-length', { requests: instead(resigned(body.subarray(0, 64), ownCard)) }],
  ['redemptions out of order', 'not-ascending', { requests: all => swapped(all, 2, 3) }],
  [
    'a void signed by another key',
    'bad-signature',
    {
      voids: ([v]) => [{ ...v!, signature: voidOf(foreign).signature }],
    },
  ],
  [
    'a void signed for another poll',
    'bad-signature',
    {
      voids: ([v]) => [
        { ...v!, signature: voidOf(tokenKeyPair(manifest.poll.id, poll.cards[0]![6]!), other.manifest.hash).signature },
      ],
    },
  ],
  ['a void without signature', 'identity-point', { voids: ([v]) => [{ ...v!, signature: new Uint8Array(64) }] }],
  ['a void of a card that is not listed', 'not-listed', { voids: () => [voidOf(foreign)] }],
  ['a card voided twice', 'duplicate', { voids: ([v]) => [v!, v!] }],
  ['a card redeemed and voided', 'spent-and-voided', { voids: () => [voidOf(ownCard)] }],
  [
    'voids out of order',
    'not-ascending',
    {
      voids: ([v]) => [v!, voidOf(spare)].sort((a, b) => compare(b.token, a.token)),
    },
  ],
  [
    'another root of redemptions',
    'wrong-root',
    closing(c => ({ redemptions: { ...c.redemptions, root: c.voided.root } })),
  ],
  ['another number of redemptions', 'wrong-count', closing(c => ({ redemptions: { ...c.redemptions, count: 9 } }))],
  ['another root of voids', 'wrong-root', closing(c => ({ voided: { ...c.voided, root: c.redemptions.root } }))],
  ['another number of voids', 'wrong-count', closing(c => ({ voided: { ...c.voided, count: 0 } }))],
]

// ── 5 closing ───────────────────────────────────────────────────────────────────────────────────────────────────

type Fields = Omit<Closing, 'text' | 'hash'>
function closing(change: (closing: Fields) => Partial<Fields>): Change {
  return { closing: fields => ({ ...fields, ...change(fields) }) }
}
const closingText = (from: string | RegExp, to: string): Change => ({ closingText: text => text.replace(from, to) })

/** What the server could do with its issuer keys: a credential that no card bought. */
function stuffed(group: number, kind: number): Credential {
  const key = newKeyPair(rng)
  const issuer = kind === 0 ? poll.issuers[group]! : poll.commentIssuers[kind - 1]!
  const x = credentialInput(manifest.hash, kind, key.public.bytes)
  return { kind, key, N: elementOf(multiply(hashToGroup(x), issuer.secret)) }
}
export const stuffedBallot = (group: number): Uint8Array =>
  sealBallot(manifest, group, stuffed(group, 0), [[2], [0]], K, rng)
const stuffedComment = () => sealComment(manifest, stuffed(0, 1), '', rng).publicPart

const statements: readonly (readonly [name: string, code: FaultCode, change: Change])[] = [
  [
    'a closing of another poll',
    'wrong-manifest',
    {
      closingText: text =>
        text.replace(
          /"manifestHash":"[^"]*"/,
          `"manifestHash":"${Buffer.from(other.manifest.hash).toString('base64url')}"`,
        ),
    },
  ],
  ['fewer cards handed out than redeemed', 'wrong-count', closing(() => ({ handedOut: [4, 2, 3] }))],
  ['more cards handed out than were left', 'wrong-count', closing(() => ({ handedOut: [7, 2, 3] }))],
  ['more ballots of a group than redemptions', 'wrong-count', { ballots: all => [...all, stuffedBallot(1)] }],
  [
    'two ballots more than redeemed and not cast',
    'wrong-count',
    {
      ballots: all => [...all, stuffedBallot(0), stuffedBallot(0)],
    },
  ],
  ['more comments than redemptions', 'wrong-count', { comments: all => [...all, stuffedComment(), stuffedComment()] }],
  ['another number of ballots', 'wrong-count', closing(c => ({ ballots: { ...c.ballots, count: 8 } }))],
  [
    'another number of ballots by group',
    'wrong-count',
    closing(c => ({ ballots: { ...c.ballots, byGroup: [3, 2, 3] } })),
  ],
  [
    'ballots moved from group to group',
    'wrong-count',
    closing(c => ({ ballots: { ...c.ballots, byGroup: [5, 1, 3] } })),
  ],
  ['another number of comments', 'wrong-count', closing(c => ({ comments: { ...c.comments, byKind: [8] } }))],
  ['an unknown field in the closing', 'unknown-field', closingText('{', '{"note":"x",')],
  ['an unknown group in the closing', 'unknown-field', closingText('"handedOut":{', '"handedOut":{"more":1,')],
  ['a group missing in the closing', 'missing-field', closingText(',"peers":3', '')],
  ['a field missing in the closing', 'missing-field', closingText(/"voided":\{[^}]*\},/, '')],
  ['a field twice in the closing', 'duplicate-name', closingText('"handedOut":', '"handedOut":{},"handedOut":')],
  ['a root of 31 bytes', 'wrong-length', closingText(/"root":"..../, '"root":"')],
  ['a list of comment counts too long', 'wrong-length', closingText('"byKind":[9]', '"byKind":[9,0]')],
  [
    'an issuer key that is no scalar',
    'bad-scalar',
    closingText(
      /"issuerKeys":\{"staff":"[^"]*"/,
      `"issuerKeys":{"staff":"${Buffer.from(ORDER_AS_SCALAR).toString('base64url')}"`,
    ),
  ],
  ['a closing that is no JSON', 'not-json', closingText(/\}$/, '')],
]

// ── 6 credentials, 7 layout and signatures, 8 proofs ────────────────────────────────────────────────────────────

/** A ballot signed again by the key of the voter who cast it. */
const signedBy = (voter: number, unsigned: Uint8Array, hash = manifest.hash): Uint8Array =>
  concat(unsigned, sign(poll.voters[voter]!.credentials[0]!.key, message('ballot', hash, unsigned), rng))

const ballot = poll.ballots[0]!
const unsigned = ballot.subarray(0, -64)
const first = (bytes: Uint8Array): Change => ({ ballots: all => replaced(all, 0, bytes) })
const resealed = (change: (unsigned: Uint8Array) => Uint8Array): Change => first(signedBy(0, change(unsigned)))
/** A ballot that a voter seals with whatever credential. */
export const sealedBy = (voter: number, credential: Partial<Credential>, choices: Choices = [[0], [0]], group = 0) =>
  sealBallot(manifest, group, { ...poll.voters[voter]!.credentials[0]!, ...credential }, choices, K, rng)

const comment = poll.comments[0]!
const firstComment = (bytes: Uint8Array): Change => ({ comments: all => replaced(all, 0, bytes) })
const commentSigned = (part: Uint8Array, name: 'comment' | 'ballot' = 'comment', key?: KeyPair): Uint8Array =>
  concat(part, sign(key ?? poll.voters[0]!.credentials[1]!.key, message(name, manifest.hash, part), rng))
const commentBody = comment.subarray(0, -64)

const credentials: readonly (readonly [name: string, code: FaultCode, change: Change])[] = [
  [
    'another issuer key disclosed',
    'wrong-key',
    closing(c => ({ issuerKeys: replaced(c.issuerKeys, 0, plus(c.issuerKeys[0]!, ONE)) })),
  ],
  ['the issuer keys of two groups exchanged', 'wrong-key', closing(c => ({ issuerKeys: swapped(c.issuerKeys, 0, 2) }))],
  ['another issuer key of comments disclosed', 'wrong-key', closing(c => ({ commentIssuerKeys: [c.issuerKeys[0]!] }))],
  [
    'a credential that nobody issued',
    'bad-credential',
    first(sealedBy(0, { N: elementOf(hashToGroup(Uint8Array.of(1))) })),
  ],
  ['the credential of another ballot', 'bad-credential', first(sealedBy(0, { N: poll.voters[1]!.credentials[0]!.N }))],
  ['a credential under a fresh key', 'bad-credential', first(sealedBy(0, { key: newKeyPair(rng) }))],
  [
    'a ballot with the credential of a comment',
    'bad-credential',
    first(sealedBy(0, { N: poll.voters[0]!.credentials[1]!.N })),
  ],
  [
    'a ballot in a group that its credential is not of',
    'bad-credential',
    { ballots: all => replaced(all, 4, sealedBy(5, {}, [[0], [0]], 0)) },
  ],
  ['a credential of another poll', 'bad-credential', first(sealedBy(0, other.voters[0]!.credentials[0]!))],
  [
    'a comment with a credential that nobody issued',
    'bad-credential',
    firstComment(commentSigned(overwritten(commentBody, 33, poll.voters[0]!.credentials[0]!.N.bytes))),
  ],
]

const CONTESTS = 65
const [A1, B1] = [CONTESTS + 64, CONTESTS + 96]
const C1 = CONTESTS + 64 + 4 * 32
const Z1 = C1 + 32
const twin = poll.voters[4]!.credentials[0]!

const layout: readonly (readonly [name: string, code: FaultCode, change: Change])[] = [
  ['a ballot signed by another key', 'bad-signature', first(signedBy(1, unsigned))],
  ['a ballot signed for another poll', 'bad-signature', first(signedBy(0, unsigned, other.manifest.hash))],
  ['a ballot without signature', 'identity-point', first(concat(unsigned, new Uint8Array(64)))],
  ['a signature with a scalar of q', 'bad-scalar', first(overwritten(ballot, ballot.length - 32, ORDER_AS_SCALAR))],
  ['two ballots under one key', 'duplicate', { ballots: all => [...all, sealedBy(0, {}, [[1], [1]])] }],
  ['a byte left over in a ballot', 'left-over', resealed(bytes => concat(bytes, u8(0)))],
  ['a ballot that is too short', 'wrong-length', first(ballot.subarray(0, -1))],
  ['an empty ballot', 'wrong-length', first(new Uint8Array())],
  ['a ballot of a group that is none', 'unknown-group', resealed(bytes => overwritten(bytes, 0, u8(3)))],
  ['a ballot whose key is the identity', 'identity-point', resealed(bytes => overwritten(bytes, 1, IDENTITY_POINT))],
  ['a credential that is the identity', 'identity-point', resealed(bytes => overwritten(bytes, 33, IDENTITY_POINT))],
  ['an alpha that is the identity', 'identity-point', resealed(bytes => overwritten(bytes, CONTESTS, IDENTITY_POINT))],
  ['a beta that is no point', 'bad-point', resealed(bytes => overwritten(bytes, CONTESTS + 32, NON_CANONICAL))],
  ['a commitment that is the identity', 'identity-point', resealed(bytes => overwritten(bytes, A1, IDENTITY_POINT))],
  ['a challenge of q', 'bad-scalar', resealed(bytes => overwritten(bytes, C1, ORDER_AS_SCALAR))],
  ['an answer of q', 'bad-scalar', resealed(bytes => overwritten(bytes, Z1, ORDER_AS_SCALAR))],
  ['a comment of kind 0', 'out-of-range', firstComment(commentSigned(overwritten(commentBody, 0, u8(0))))],
  ['a comment of a kind that is none', 'out-of-range', firstComment(commentSigned(overwritten(commentBody, 0, u8(2))))],
  [
    'a comment signed by another key',
    'bad-signature',
    firstComment(commentSigned(commentBody, 'comment', newKeyPair(rng))),
  ],
  ['a comment signed as a ballot', 'bad-signature', firstComment(commentSigned(commentBody, 'ballot'))],
  ['a comment without signature', 'identity-point', firstComment(concat(commentBody, new Uint8Array(64)))],
  ['another digest in a comment', 'bad-signature', firstComment(flipped(comment, 70))],
  [
    'two comments under one key',
    'duplicate',
    {
      comments: all => [...all, commentSigned(overwritten(commentBody, 65, new Uint8Array(32)))],
    },
  ],
  ['a byte left over in a comment', 'left-over', firstComment(commentSigned(concat(commentBody, u8(0))))],
  [
    'a comment whose key is the identity',
    'identity-point',
    firstComment(commentSigned(overwritten(commentBody, 1, IDENTITY_POINT))),
  ],
  [
    'a comment credential that is no point',
    'bad-point',
    firstComment(commentSigned(overwritten(commentBody, 33, NON_CANONICAL))),
  ],
]

/** A ballot that seals whatever it likes, with proofs as good as they can be made. */
const odd = (values: readonly (readonly number[])[]): Change => {
  const head = unsigned.subarray(0, CONTESTS)
  return first(signedBy(0, concat(head, oddContests(manifest, 0, unsigned.subarray(1, 33), values, rng))))
}
const OPTION = 288
const option = (bytes: Uint8Array, o: number) => bytes.slice(CONTESTS + o * OPTION, CONTESTS + (o + 1) * OPTION)
const neighbour = poll.ballots[1]!
/** The proofs hold under the first voter's key, and the ballot stands under another one. */
const copied = concat(u8(0), twin.key.public.bytes, twin.N.bytes, unsigned.subarray(CONTESTS))
const SUM = CONTESTS + 3 * OPTION

const proofs: readonly (readonly [name: string, change: Change])[] = [
  [
    'a vote of 2 for one option',
    odd([
      [1, 0, 0],
      [2, 0],
    ]),
  ],
  [
    'a negative vote',
    odd([
      [1, 0, 0],
      [-1, 2],
    ]),
  ],
  [
    'a negative vote hidden in an allowed sum',
    odd([
      [1, -1, 1],
      [1, 0],
    ]),
  ],
  [
    'two options where one is allowed',
    odd([
      [1, 1, 0],
      [1, 0],
    ]),
  ],
  [
    'no option where one is needed',
    odd([
      [1, 0, 0],
      [0, 0],
    ]),
  ],
  [
    'a vote of a million',
    odd([
      [1_000_000, 0, 0],
      [1, 0],
    ]),
  ],
  ['another A', resealed(bytes => overwritten(bytes, A1, neighbour.subarray(A1, A1 + 32)))],
  ['another B', resealed(bytes => overwritten(bytes, B1, neighbour.subarray(B1, B1 + 32)))],
  ['another c', resealed(bytes => overwritten(bytes, C1, neighbour.subarray(C1, C1 + 32)))],
  ['another z', resealed(bytes => overwritten(bytes, Z1, neighbour.subarray(Z1, Z1 + 32)))],
  ['another z of the last branch', resealed(bytes => overwritten(bytes, Z1 + 32, neighbour.subarray(Z1, Z1 + 32)))],
  [
    'the commitments of a proof exchanged',
    resealed(bytes =>
      concat(
        bytes.subarray(0, A1),
        bytes.subarray(A1 + 64, A1 + 128),
        bytes.subarray(A1, A1 + 64),
        bytes.subarray(A1 + 128),
      ),
    ),
  ],
  ['another alpha', resealed(bytes => overwritten(bytes, CONTESTS, neighbour.subarray(CONTESTS, CONTESTS + 32)))],
  [
    'another beta',
    resealed(bytes => overwritten(bytes, CONTESTS + 32, neighbour.subarray(CONTESTS + 32, CONTESTS + 64))),
  ],
  [
    'two options of a ballot exchanged',
    resealed(bytes => overwritten(overwritten(bytes, CONTESTS, option(bytes, 1)), CONTESTS + OPTION, option(bytes, 0))),
  ],
  [
    'the ciphertexts of two ballots exchanged',
    {
      ballots: all => {
        const [a, b] = [all[0]!, all[1]!].map(bytes => bytes.subarray(0, -64)) as [Uint8Array, Uint8Array]
        const cross = (to: Uint8Array, from: Uint8Array) =>
          overwritten(to, CONTESTS, from.subarray(CONTESTS, CONTESTS + 64))
        return [signedBy(0, cross(a, b)), signedBy(1, cross(b, a)), ...all.slice(2)]
      },
    },
  ],
  ['the sum proof of another ballot', resealed(bytes => overwritten(bytes, SUM, neighbour.subarray(SUM, SUM + 224)))],
  [
    'the contests of another poll',
    resealed(bytes => concat(bytes.subarray(0, CONTESTS), other.ballots[0]!.subarray(CONTESTS, -64))),
  ],
  ['a ballot copied under a new key', { ballots: all => [...all, signedBy(4, copied)] }],
]

// ── 9 board ─────────────────────────────────────────────────────────────────────────────────────────────────────

const board: readonly (readonly [name: string, code: FaultCode, change: Change])[] = [
  ['ballots out of order', 'not-ascending', { board: all => swapped(all, 3, 4) }],
  ['ballots in order of casting', 'not-ascending', { board: () => poll.ballots }],
  ['another root of ballots', 'wrong-root', closing(c => ({ ballots: { ...c.ballots, root: c.comments.root } }))],
  [
    'the root of a board with another ballot',
    'wrong-root',
    closing(c => ({
      ballots: { ...c.ballots, root: rootOf([...poll.ballots.slice(1), stuffedBallot(0)]) },
    })),
  ],
  ['comments out of order', 'not-ascending', { commentBoard: all => swapped(all, 0, 8) }],
  ['another root of comments', 'wrong-root', closing(c => ({ comments: { ...c.comments, root: leafHash(comment) } }))],
]

const rows = (check: Check, table: readonly (readonly [name: string, code: FaultCode, change: Change])[]): Row[] =>
  table.map(([name, code, change]) => ({ name, check, code, record: () => rebuilt(change) }))

export const votingRows: readonly Row[] = [
  ...rows(4, redemptions),
  ...rows(5, statements),
  ...rows(6, credentials),
  ...rows(7, layout),
  ...rows(
    8,
    proofs.map(([name, change]) => [name, 'bad-proof', change] as const),
  ),
  ...rows(9, board),
]
