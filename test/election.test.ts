/** The project's example: one ballot's way from the card to the count, in the twelve steps of the protocol. */
import { describe, expect, it } from 'vitest'
import { checkCast, readBallot, sealBallot } from '../crypto/ballot.ts'
import { answerRequest, finishCredentials, readRequest, requestCredentials } from '../crypto/blind.ts'
import { concat, toHex } from '../crypto/bytes.ts'
import { credentialInput, isCredential } from '../crypto/credential.ts'
import { withTable } from '../crypto/group.ts'
import { inclusionPath, isIncluded, leafHash, rootOfLeaves } from '../crypto/merkle.ts'
import { checkReceipt, signReceipt } from '../crypto/receipt.ts'
import { chunksOf } from '../crypto/record.ts'
import { cardLink, isOfManifest, readCardFragment, tokenKeyPair } from '../crypto/token.ts'
import { verify } from '../crypto/verify.ts'
import { seededRng } from '../server/play/seed.ts'
import { buildPoll, recordOf } from './build.ts'

describe('a ballot on its way', () => {
  it('goes from the card to the count, and every step can be checked by whoever stands there', async () => {
    const poll = buildPoll(1)
    const { manifest } = poll
    const rng = seededRng(50)

    // 1 The card says its group, its secret and which manifest it belongs to.
    const link = cardLink('http://phieu.lan', poll.cards[0]![5]!, manifest.hash)
    const { card, hashStart } = readCardFragment(link.slice(link.indexOf('#') + 1))
    expect(isOfManifest(hashStart, manifest.hash)).toBe(true)

    // 2 The phone blinds a fresh key; the server spends the token and evaluates what it cannot read.
    const { request, pending } = requestCredentials(manifest, tokenKeyPair(manifest.poll.id, card), rng)
    const redemption = readRequest(manifest, request, 'request')
    const issuers = [poll.issuers[card.group]!, ...poll.commentIssuers]
    const answer = answerRequest(manifest, redemption, issuers, poll.receiptKey, rng)

    // 3 The phone checks signature and proofs, unblinds, and holds credentials that the server has never seen.
    const [credential] = finishCredentials(manifest, card.group, request, pending, answer)
    expect(toHex(concat(request, answer))).not.toContain(toHex(credential!.N.bytes))

    // 4 Choices are sealed: the first option of the first contest, both of the second.
    const K = withTable(manifest.electionKey.point)
    const bytes = sealBallot(manifest, card.group, credential!, [[0], [0, 1]], K, rng)

    // 5 The server checks the cast, which shows a credential and no token.
    const ballot = readBallot(manifest, bytes, 'ballot')
    const x = credentialInput(manifest.hash, 0, ballot.key.bytes)
    expect(isCredential(ballot.credential, x, issuers[0]!.secret)).toBe(true)
    expect(checkCast(manifest, ballot, rng)).toBeNull()

    // 6 The phone keeps a receipt for the leaf that it computed itself.
    const receipt = signReceipt(manifest, poll.receiptKey, 0, ballot.leaf, rng)
    expect(() => checkReceipt(manifest, 0, leafHash(bytes), receipt)).not.toThrow()
    expect(() => checkReceipt(manifest, 1, leafHash(bytes), receipt)).toThrow()

    // 7 The box closes; 8 two of three members open sums; 9 the record is one file.
    const lines = recordOf(poll, { ballots: all => [...all, bytes], requests: all => [...all, request].sort(byBytes) })
    const record = lines.map(line => `${line}\n`).join('')
    const leaves = lines
      .filter(line => line.startsWith('{"type":"ballot"'))
      .map(line => leafHash(Uint8Array.from(Buffer.from(JSON.parse(line).bytes, 'base64url'))))
    const own = leaves.findIndex(leaf => toHex(leaf) === toHex(ballot.leaf))
    const root = rootOfLeaves(leaves)
    expect(isIncluded(ballot.leaf, own, leaves.length, inclusionPath(leaves, own), root)).toBe(true)

    // 10 Anybody verifies. 11 No rules are pinned here. 12 What is read: one more ballot in the counts, and nothing else.
    const before = await verify(
      chunksOf(
        recordOf(poll)
          .map(line => `${line}\n`)
          .join(''),
      ),
      { rng },
    )
    const after = await verify(chunksOf(record), { rng, asked: hashStart })
    expect(after).toMatchObject({ ok: true, complete: true })
    expect(before.result!.unions[0]).toEqual({
      groups: ['staff'],
      ballots: 4,
      counts: [
        [2, 0, 1],
        [3, 2],
      ],
    })
    expect(after.result!.unions[0]).toEqual({
      groups: ['staff'],
      ballots: 5,
      counts: [
        [3, 0, 1],
        [4, 3],
      ],
    })
    expect(after.result!.unions[1]).toEqual(before.result!.unions[1])
  })
})

const byBytes = (a: Uint8Array, b: Uint8Array): number => Buffer.compare(a, b)
