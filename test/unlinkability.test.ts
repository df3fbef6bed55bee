/**
 * Wall 1: what the server sees when a token is spent says nothing about what it sees when a ballot is cast.
 *
 * The argument is in docs/protocol.md; here it is computed. Over a hash to the group whose logarithms are known, for two
 * redemptions and two casts the blinds that explain *either* pairing are found, and with them a phone sends
 * byte-identical requests, gets byte-identical answers and comes to the other credential. So both pairings are equally
 * likely for every server, however it looks and however much it computes.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readBallot, sealBallot } from '../crypto/ballot.ts'
import { answerRequest, finishCredentials, readRequest, requestCredentials } from '../crypto/blind.ts'
import { toHex } from '../crypto/bytes.ts'
import {
  G,
  inverse,
  multiply,
  randomScalar,
  type Scalar,
  times,
  voprf,
  writePoint,
  writeScalar,
} from '../crypto/group.ts'
import { type KeyPair, newKeyPair } from '../crypto/signature.ts'
import { tokenKeyPair } from '../crypto/token.ts'
import { Hq } from '../crypto/transcript.ts'
import { seededRng } from '../server/play/seed.ts'
import { buildPoll } from './build.ts'

/** A hash to the group that tells its logarithm: `h(x)·G`. RFC 9497's own does not, and nothing else differs. */
const logOfHash = (x: Uint8Array): Scalar => Hq('credential', x)

/** RFC 9497's evaluation with its proof, from dice that can be thrown again. */
function evaluate(issuer: KeyPair, blinded: Uint8Array, dice: number): { evaluated: string; proof: string } {
  const rng = seededRng(dice)
  const { evaluated, proof } = voprf.blindEvaluate(writeScalar(issuer.secret), issuer.public.bytes, blinded, ((
    n = 32,
  ) => rng(n)) as Parameters<typeof voprf.blindEvaluate>[3])
  return { evaluated: toHex(evaluated), proof: toHex(proof) }
}

/** One phone: blinds the hash of `x` with `blind`, and what it unblinds the server's answer to. */
function redeem(issuer: KeyPair, x: Uint8Array, blind: Scalar, dice: number) {
  const blinded = writePoint(multiply(G, times(blind, logOfHash(x))))
  const answer = evaluate(issuer, blinded, dice)
  const Z = multiply(multiply(G, times(blind, logOfHash(x))), issuer.secret)
  expect(answer.evaluated).toBe(toHex(writePoint(Z)))
  return { seen: { blinded: toHex(blinded), ...answer }, N: toHex(writePoint(multiply(Z, inverse(blind)))) }
}

describe('over a hash to the group with known logarithms', () => {
  const rng = seededRng(21)
  const issuer = newKeyPair(rng)
  const [x1, x2] = [rng(80), rng(80)] as const
  const [r1, r2] = [randomScalar(rng), randomScalar(rng)] as const
  /** What really happened: card 1 took credential 1, card 2 credential 2. */
  const truth = [redeem(issuer, x1, r1, 1), redeem(issuer, x2, r2, 2)] as const
  /** The blind that turns the request made for `from` into one for `to`. */
  const explaining = (r: Scalar, from: Uint8Array, to: Uint8Array): Scalar =>
    times(times(r, logOfHash(from)), inverse(logOfHash(to)))

  it('the other pairing has blinds too, and the server sees the same bytes and gives the same answers', () => {
    const crossed = [
      redeem(issuer, x2, explaining(r1, x1, x2), 1),
      redeem(issuer, x1, explaining(r2, x2, x1), 2),
    ] as const
    expect(crossed[0].seen).toEqual(truth[0].seen)
    expect(crossed[1].seen).toEqual(truth[1].seen)
    // The same two casts come out, from the other cards.
    expect([crossed[0].N, crossed[1].N]).toEqual([truth[1].N, truth[0].N])
    expect(truth[0].N).not.toBe(truth[1].N)
  })

  it('each pairing is explained by one blind only, so that none is likelier than another', () => {
    const wrong = (explaining(r1, x1, x2) + 1n) as Scalar
    expect(redeem(issuer, x2, wrong, 1).seen.blinded).not.toBe(truth[0].seen.blinded)
    expect(redeem(issuer, x2, explaining(r1, x1, x2), 1).seen.blinded).toBe(truth[0].seen.blinded)
  })

  it('a scheme without blinds is told apart by the same test', () => {
    // The twin: with r = 1 for everybody the request is the hash itself, and no blind explains the other pairing.
    const bare = redeem(issuer, x1, 1n as Scalar, 1)
    expect(redeem(issuer, x2, 1n as Scalar, 1).seen).not.toEqual(bare.seen)
  })
})

describe('on the real group', () => {
  const poll = buildPoll(1)
  const { manifest } = poll

  it('no function that casts or checks a ballot reads a byte of a redemption', () => {
    // What sealing takes is key and credential; two phones that redeemed differently with one of these seal the same.
    const token = tokenKeyPair(manifest.poll.id, poll.cards[0]![5]!)
    const issuers = [poll.issuers[0]!, ...poll.commentIssuers]
    const [one, two] = [31, 32].map(seed => {
      // The same fresh keys, other blinds: the first 64 bytes of each kind make the key.
      const dice = { keys: seededRng(30), blinds: seededRng(seed) }
      const rng = (n: number) => (n === 64 ? dice.keys(n) : dice.blinds(n))
      const { request, pending } = requestCredentials(manifest, token, rng)
      const answer = answerRequest(
        manifest,
        readRequest(manifest, request, 'r'),
        issuers,
        poll.receiptKey,
        seededRng(33),
      )
      const credential = finishCredentials(manifest, 0, request, pending, answer)[0]!
      return {
        request,
        ballot: sealBallot(manifest, 0, credential, [[0], [1]], manifest.electionKey.point, seededRng(34)),
      }
    })
    expect(toHex(one!.request)).not.toBe(toHex(two!.request))
    expect(toHex(one!.ballot)).toBe(toHex(two!.ballot))
  })

  it('no 32 bytes of a redemption, its answer apart, come back in any cast', () => {
    const parts = (bytes: Uint8Array, from = 0) =>
      Array.from({ length: bytes.length - 31 - from }, (_, i) => toHex(bytes.subarray(from + i, from + i + 32)))
    const redeemed = new Set(poll.voters.flatMap(({ request }) => parts(request)))
    const casts = [...poll.ballots, ...poll.comments]
    expect(casts.flatMap(bytes => parts(bytes)).filter(part => redeemed.has(part))).toEqual([])
    // The twin: planted, it is found.
    const planted = poll.ballots[0]!.slice()
    planted.set(poll.voters[3]!.request.subarray(32, 64), 200)
    expect(parts(planted).filter(part => redeemed.has(part))).toHaveLength(1)
  })

  it('a ballot and the comment of one voter have no 32 bytes in common', () => {
    poll.ballots.forEach((bytes, i) => {
      const ballot = readBallot(manifest, bytes, 'ballot')
      const comment = toHex(poll.comments[i]!)
      for (const part of [ballot.key, ballot.credential]) expect(comment).not.toContain(toHex(part.bytes))
    })
  })

  it('the rooms that cast and check import nothing of those that redeem', () => {
    const room = (name: string) => readFileSync(join(import.meta.dirname, '..', 'crypto', `${name}.ts`), 'utf8')
    for (const name of ['ballot', 'comment', 'receipt', 'tally', 'proof', 'elgamal', 'share'])
      expect(room(name)).not.toMatch(/from '\.\/(blind|token)\.ts'/)
    expect(room('verify/voting')).toMatch(/from '\.\.\/blind\.ts'/)
  })
})
