/**
 * `npm run vectors`: writes test/vectors/phieukin-v1/*.json from fixed seeds, so that every byte of the protocol is
 * frozen and another implementation can be held against it. Must leave no diff; a diff is a change of protocol.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkableHash, sealContests } from '../crypto/ballot.ts'
import { answerRequest, finishCredentials, readRequest, requestCredentials } from '../crypto/blind.ts'
import { openBox, sealBox } from '../crypto/box.ts'
import { shortCode, toHex } from '../crypto/bytes.ts'
import { sealComment } from '../crypto/comment.ts'
import { credentialInput } from '../crypto/credential.ts'
import { addUp, encrypt } from '../crypto/elgamal.ts'
import { plus, randomScalar, type Scalar, withTable, writeScalar, ZERO } from '../crypto/group.ts'
import { ballotBytes } from '../crypto/manifest.ts'
import { rootOf } from '../crypto/merkle.ts'
import { membershipBytes, proveMembership, SUM_OF_CONTEST } from '../crypto/proof.ts'
import { signReceipt } from '../crypto/receipt.ts'
import { makeShare } from '../crypto/share.ts'
import { keyPairOf, newKeyPair, sign } from '../crypto/signature.ts'
import { publicationUnions } from '../crypto/tally.ts'
import { cardLink, newCard, printedCode, tokenKeyPair } from '../crypto/token.ts'
import { H, Hq, message } from '../crypto/transcript.ts'
import { beginCeremony, ceremonyHash, electionKeyOf, packageCommitment, publicShare } from '../crypto/trustees.ts'
import { isStarted } from '../server/commands/terminal.ts'
import { seededRng } from '../server/play/seed.ts'
import { buildPoll, recordOf } from './build.ts'

const hex = (value: Uint8Array): string => toHex(value)
const scalarHex = (s: Scalar): string => toHex(writeScalar(s))
const numbered = (n: number) => Uint8Array.from({ length: n }, (_, i) => i)

/** By file name. Every byte string is lower-case hex unless its name says otherwise. */
export function makeVectors(): Readonly<Record<string, unknown>> {
  return {
    transcript: transcript(),
    token: tokens(),
    signature: signatures(),
    merkle: trees(),
    membership: memberships(),
    ceremony: ceremony(),
    voting: voting(),
    publication: publication(),
    record: { seed: 1, lines: recordOf(buildPoll(1)) },
  }
}

function transcript() {
  const parts = [numbered(3), numbered(0), numbered(40)]
  return {
    parts: parts.map(hex),
    message: hex(message('ballot', ...parts)),
    H: hex(H('token', ...parts)),
    Hq: scalarHex(Hq('membership', ...parts)),
    shortCode: { hash: hex(numbered(32)), code: shortCode(numbered(32)) },
  }
}

function tokens() {
  const rng = seededRng(10)
  const pollId = rng(16)
  const manifestHash = rng(32)
  return [0, 1, 254].map(group => {
    const card = newCard(group, rng)
    const key = tokenKeyPair(pollId, card)
    return {
      pollId: hex(pollId),
      group,
      s: hex(card.s),
      secretKey: scalarHex(key.secret),
      publicKey: hex(key.public.bytes),
      printed: printedCode(card),
      manifestHash: hex(manifestHash),
      link: cardLink('http://phieu.lan', card, manifestHash),
    }
  })
}

function signatures() {
  const rng = seededRng(11)
  return [0, 1, 100].map(length => {
    const key = newKeyPair(rng)
    const signed = rng(length)
    return {
      secretKey: scalarHex(key.secret),
      publicKey: hex(key.public.bytes),
      message: hex(signed),
      signature: hex(sign(key, signed, rng)),
    }
  })
}

function trees() {
  const rng = seededRng(12)
  const entries = Array.from({ length: 9 }, (_, i) => rng(i))
  return entries.map((_, n) => ({ entries: entries.slice(0, n).map(hex), root: hex(rootOf(entries.slice(0, n))) }))
}

function memberships() {
  const rng = seededRng(13)
  const K = newKeyPair(rng).public
  const place = { manifestHash: rng(32), key: rng(32), group: 2, contest: 5 }
  const shown = (name: string, values: readonly number[], ms: readonly (0 | 1)[], option: number) => {
    const sealed = ms.map(m => encrypt(m, K.point, rng))
    const ciphertext = addUp(sealed.map(s => s.ciphertext))
    const r = sealed.reduce((sum, s) => plus(sum, s.r), ZERO)
    const m = ms.reduce<number>((a, b) => a + b, 0)
    const proof = proveMembership({ ...place, option, ciphertext, values }, K.point, r, m, rng)
    if (proof.length !== membershipBytes(values.length)) throw new Error(name)
    return {
      name,
      manifestHash: hex(place.manifestHash),
      key: hex(place.key),
      group: place.group,
      contest: place.contest,
      option,
      K: hex(K.bytes),
      values,
      m,
      r: scalarHex(r),
      alpha: hex(ciphertext.alpha.bytes),
      beta: hex(ciphertext.beta.bytes),
      proof: hex(proof),
    }
  }
  return [
    shown('an option not marked', [0, 1], [0], 0),
    shown('an option marked', [0, 1], [1], 3),
    shown('a sum of one to three', [1, 2, 3], [1, 0, 1], SUM_OF_CONTEST),
    shown('a sum that can only be two', [2], [1, 1], SUM_OF_CONTEST),
  ]
}

function ceremony() {
  const rng = seededRng(14)
  const rules = { pollId: rng(16), n: 3, t: 2 }
  const begun = [1, 2, 3].map(index => beginCeremony(rules, index, `Tổ viên ${index}`, rng))
  const packages = begun.map(b => b.package)
  const hash = ceremonyHash(rules, packages)
  const [one, two] = begun.map(b => b.secrets.exchange)
  const address = { label: 'dkg-share', ceremonyHash: hash, from: 1, to: 2 }
  const content = rng(32)
  const box = sealBox(address, one!.secret, two!.public, content, rng)
  if (hex(openBox(address, two!.secret, one!.public, box, rng, 'box')) !== hex(content)) throw new Error('box')
  return {
    pollId: hex(rules.pollId),
    t: rules.t,
    n: rules.n,
    packages: packages.map(p => ({
      index: p.index,
      name: p.name,
      signingKey: hex(p.signingKey.bytes),
      exchangeKey: hex(p.exchangeKey.bytes),
      commitments: p.commitments.map(c => hex(c.bytes)),
      proof: hex(p.proof),
      commitment: hex(packageCommitment(rules, p)),
    })),
    ceremonyHash: hex(hash),
    electionKey: hex(electionKeyOf(packages).bytes),
    publicShares: [1, 2, 3].map(j => hex(publicShare(packages, j).bytes)),
    box: {
      label: address.label,
      from: 1,
      to: 2,
      senderSecret: scalarHex(one!.secret),
      receiverSecret: scalarHex(two!.secret),
      content: hex(content),
      box: hex(box),
    },
  }
}

/** One voter's way with every byte that goes over the wire, and a member's share of what was sealed. */
function voting() {
  const { manifest, receiptKey, issuers, commentIssuers, members, cards } = buildPoll(1)
  const rng = seededRng(15)
  const token = tokenKeyPair(manifest.poll.id, cards[0]![5]!)
  const { request, pending } = requestCredentials(manifest, token, rng)
  const keys = [issuers[0]!, ...commentIssuers]
  const answer = answerRequest(manifest, readRequest(manifest, request, 'request'), keys, receiptKey, rng)
  const credentials = finishCredentials(manifest, 0, request, pending, answer)
  const throwAway = keyPairOf(randomScalar(rng)).public.bytes
  const choices = [[2], [0, 1]]
  const sealed = sealContests(manifest, 0, throwAway, choices, withTable(manifest.electionKey.point), rng)
  const text = 'Cần lắng nghe hơn.'
  const { publicPart, sealedPart } = sealComment(manifest, credentials[1]!, text, rng)
  const { ciphertext } = encrypt(1, manifest.electionKey.point, rng)
  const closingHash = rng(32)
  const opening = { manifestHash: manifest.hash, closingHash, label: 'staff/0/0', alpha: ciphertext.alpha }
  const share = makeShare(members[1]!, manifest.trustees, opening, rng)
  return {
    manifest: manifest.text,
    manifestHash: hex(manifest.hash),
    ballotBytes: ballotBytes(manifest.contests),
    token: hex(token.public.bytes),
    issuerKeys: keys.map(k => scalarHex(k.secret)),
    request: hex(request),
    answer: hex(answer),
    credentials: credentials.map(({ kind, key, N }, i) => ({
      kind,
      blind: scalarHex(pending[i]!.blind),
      secretKey: scalarHex(key.secret),
      publicKey: hex(key.public.bytes),
      x: hex(credentialInput(manifest.hash, kind, key.public.bytes)),
      N: hex(N.bytes),
    })),
    contests: {
      group: 0,
      key: hex(throwAway),
      choices,
      bytes: hex(sealed.bytes),
      randomness: sealed.randomness.map(scalarHex),
      checkableHash: hex(checkableHash(0, throwAway, sealed.bytes)),
    },
    comment: { text, publicPart: hex(publicPart), sealedPart: hex(sealedPart) },
    receipt: hex(signReceipt(manifest, receiptKey, 0, closingHash, rng)),
    share: {
      trustee: share.trustee,
      secretShare: scalarHex(members[1]!.share),
      closingHash: hex(closingHash),
      label: opening.label,
      alpha: hex(ciphertext.alpha.bytes),
      D: hex(share.D.bytes),
      proof: hex(share.proof),
    },
  }
}

function publication() {
  const cases: readonly (readonly [byGroup: readonly number[], minimum: number])[] = [
    [[2], 3],
    [[1, 1, 1], 5],
    [[10, 10], 5],
    [[4, 2, 3], 3],
    [[0, 5, 5], 5],
    [[31, 2, 6, 4, 5], 5],
    [[5, 5, 1, 1], 5],
    [[0, 0, 0], 3],
  ]
  return cases.map(([byGroup, minimum]) => ({ byGroup, minimum, unions: publicationUnions(byGroup, minimum) }))
}

export const VECTORS = join(import.meta.dirname, 'vectors', 'phieukin-v1')
export const textOf = (vectors: unknown): string => `${JSON.stringify(vectors, null, 2)}\n`

if (isStarted(import.meta.filename)) {
  mkdirSync(VECTORS, { recursive: true })
  for (const [name, vectors] of Object.entries(makeVectors())) {
    writeFileSync(join(VECTORS, `${name}.json`), textOf(vectors))
    process.stdout.write(`test/vectors/phieukin-v1/${name}.json\n`)
  }
}
