/** Redemption (protocol, section 5): what a phone accepts as an answer, and what the box accepts as a request. */
import { describe, expect, it } from 'vitest'
import { holdsPlainly } from '../crypto/batch.ts'
import { answerRequest, finishCredentials, readRequest, requestCredentials } from '../crypto/blind.ts'
import { concat, frame, toHex, u8, utf8 } from '../crypto/bytes.ts'
import { credentialEquation, isCredential } from '../crypto/credential.ts'
import type { FaultCode } from '../crypto/fault.ts'
import { hashToGroup, multiply, ONE, plus, readPoint, readScalar, writePoint, writeScalar } from '../crypto/group.ts'
import { type KeyPair, newKeyPair, sign } from '../crypto/signature.ts'
import { tokenKeyPair, voidMessage } from '../crypto/token.ts'
import { message, sha256 } from '../crypto/transcript.ts'
import { Box, type Refused } from '../server/play/box.ts'
import { accepted, codeIn, flipped, setUp, spliced, words } from './poll.setup.ts'

const { manifest, cards, tokens, keys, box, rng } = setUp(1)
const token = (group: number, place: number) => tokenKeyPair(manifest.poll.id, cards[group]![place]!)
const issuersOf = (group: number) => [keys.issuers[group]!, ...keys.commentIssuers]

/** The first card's request and answer: evaluated 0, 1, 2, then the proofs of each, then the signature. */
const asked = requestCredentials(manifest, token(0, 0), rng)
const answer = accepted(box.redeem(asked.request))
const EVALUATED = [0, 32, 64]
const PROOFS = [96, 160, 224]
const SIGNATURE = 288

const finish = (bytes: Uint8Array, group = 0, of = manifest) =>
  finishCredentials(of, group, asked.request, asked.pending, bytes)

const body = answer.subarray(0, SIGNATURE)
/** What a server that holds the receipt key could say instead. */
const signed = (said: Uint8Array, request = asked.request, key = keys.receiptKey) =>
  concat(said, sign(key, message('redeemed', manifest.hash, sha256(request), sha256(said)), rng))
/** The body of an honest evaluation of `request` by other issuers. */
const evaluatedBy = (issuers: readonly KeyPair[], request = asked.request) =>
  answerRequest(manifest, readRequest(manifest, request, ''), issuers, keys.receiptKey, rng).subarray(0, SIGNATURE)

describe('the answer, on the phone', () => {
  it('gives a credential of each kind, which is k·HashToGroup(x) for the key that was drawn', () => {
    const credentials = finish(answer)
    expect(credentials.map(({ kind }) => kind)).toEqual([0, 1, 2])
    for (const { kind, key, N } of credentials) {
      const x = concat(frame(utf8('phieukin/v1/credential')), manifest.hash, u8(kind), key.public.bytes)
      const k = issuersOf(0)[kind]!.secret
      expect(toHex(N.bytes)).toBe(toHex(writePoint(multiply(hashToGroup(x), k))))
      const other = issuersOf(1)[kind]!.secret
      const ofGroup1 = kind > 0
      expect([isCredential(N, x, k), isCredential(N, x, other)]).toEqual([true, ofGroup1])
      expect([holdsPlainly(credentialEquation(N, x, k)), holdsPlainly(credentialEquation(N, x, other))]).toEqual([
        true,
        ofGroup1,
      ])
    }
  })

  it('is refused for every byte that was changed on the way, by the field it stands in', () => {
    const fields = [
      ...EVALUATED.map((at, kind) => ({
        name: `evaluated ${kind}`,
        at,
        size: 32,
        codes: ['bad-point', 'bad-signature'],
      })),
      ...PROOFS.map((at, kind) => ({ name: `proof ${kind}`, at, size: 64, codes: ['bad-signature'] })),
      { name: 'signature', at: SIGNATURE, size: 64, codes: ['bad-signature'] },
    ]
    expect(fields.reduce((sum, { size }) => sum + size, 0)).toBe(answer.length)
    const wrong = fields.flatMap(({ name, at, size, codes }) =>
      Array.from({ length: size }, (_, i) => {
        const code = codeIn(() => finish(flipped(answer, at + i)))
        return codes.includes(String(code)) ? [] : [`${name}, byte ${i}: ${code}`]
      }).flat(),
    )
    expect([codeIn(() => finish(answer)), wrong]).toEqual([null, []])
  })

  const oneMore = (at: number) => {
    const scalar = readScalar(body.subarray(at, at + 32), '')
    return spliced(body, at, writeScalar(plus(scalar, ONE)))
  }
  const evaluated = (kind: number) => readPoint(body.subarray(32 * kind, 32 * kind + 32), '').point
  const swapped = (a: number, b: number, size: number) =>
    spliced(spliced(body, a, body.subarray(b, b + size)), b, body.subarray(a, a + size))
  const [issuer0, ...commentIssuers] = issuersOf(0)
  const again = requestCredentials(manifest, token(0, 0), rng)

  it('is refused with bad-proof when a server signs anything but the evaluation under the manifest’s issuers', () => {
    const rows: readonly (readonly [name: string, said: Uint8Array, code: FaultCode | null])[] = [
      ['the honest body, signed anew', body, null],
      ['the honest evaluation, proven anew', evaluatedBy(issuersOf(0)), null],
      ...PROOFS.map((at, kind) => [`proof ${kind}: c one more`, oneMore(at), 'bad-proof'] as const),
      ...PROOFS.map((at, kind) => [`proof ${kind}: s one more`, oneMore(at + 32), 'bad-proof'] as const),
      ['a proof of zeros', spliced(body, 96, new Uint8Array(64)), 'bad-proof'],
      ['a proof whose c is not below q', spliced(body, 96, new Uint8Array(32).fill(255)), 'bad-proof'],
      ['a proof whose s is not below q', spliced(body, 128, new Uint8Array(32).fill(255)), 'bad-proof'],
      ['the proofs of two kinds swapped', swapped(96, 160, 64), 'bad-proof'],
      ['the evaluated points of two kinds swapped', swapped(32, 64, 32), 'bad-proof'],
      ['issuers of two kinds swapped', evaluatedBy([issuer0!, ...commentIssuers.toReversed()]), 'bad-proof'],
      ['the other group’s issuer', evaluatedBy(issuersOf(1)), 'bad-proof'],
      ['an issuer for this one voter', evaluatedBy([newKeyPair(rng), ...commentIssuers]), 'bad-proof'],
      [
        'a comment issuer for this one voter',
        evaluatedBy([issuer0!, newKeyPair(rng), commentIssuers[1]!]),
        'bad-proof',
      ],
      ['an evaluated point doubled', spliced(body, 0, writePoint(evaluated(0).double())), 'bad-proof'],
      ['an evaluated point negated', spliced(body, 0, writePoint(evaluated(0).negate())), 'bad-proof'],
      ['a blinded point sent back', spliced(body, 0, asked.pending[0]!.blinded), 'bad-proof'],
      ['the evaluation of another request', evaluatedBy(issuersOf(0), again.request), 'bad-proof'],
      ['the identity', spliced(body, 0, new Uint8Array(32)), 'identity-point'],
      ['no point', spliced(body, 0, new Uint8Array(32).fill(255)), 'bad-point'],
    ]
    expect(rows.map(([name, said]) => [name, codeIn(() => finish(signed(said)))])).toEqual(
      rows.map(([name, , code]) => [name, code]),
    )
  })

  it('counts for its own request, card, group, manifest and server alone', () => {
    const foreign = { ...manifest, hash: flipped(manifest.hash, 0) }
    const rows: readonly (readonly [name: string, code: FaultCode | null, read: () => unknown])[] = [
      ['as it is', null, () => finish(answer)],
      [
        'read for another request of the same card',
        'bad-signature',
        () => finishCredentials(manifest, 0, again.request, again.pending, answer),
      ],
      ['signed for another request', 'bad-signature', () => finish(signed(body, again.request))],
      ['for a card of the other group', 'bad-proof', () => finish(answer, 1)],
      ['under another manifest', 'bad-signature', () => finish(answer, 0, foreign)],
      ['signed by somebody else', 'bad-signature', () => finish(signed(body, asked.request, newKeyPair(rng)))],
      ['signed by an issuer', 'bad-signature', () => finish(signed(body, asked.request, issuer0))],
    ]
    expect(rows.map(([name, , read]) => [name, codeIn(read)])).toEqual(rows.map(([name, code]) => [name, code]))
  })

  it('is refused when it is one byte or more too short or too long', () => {
    const short = Array.from({ length: answer.length }, (_, n) => codeIn(() => finish(answer.subarray(0, n))))
    expect(new Set(short)).toEqual(new Set(['wrong-length']))
    expect(codeIn(() => finish(signed(body.subarray(0, -64))))).toBe('wrong-length')
    expect(codeIn(() => finish(signed(concat(body, body.subarray(-64)))))).toBe('left-over')
    for (const more of [1, 64]) expect(codeIn(() => finish(concat(answer, new Uint8Array(more))))).toBe('left-over')
  })

  it('has no 32 bytes in common with what will be cast, nor has the request', () => {
    const sent = new Set([...words(asked.request), ...words(answer)])
    const cast = finish(answer).flatMap(({ key, N }) => [toHex(key.public.bytes), toHex(N.bytes)])
    expect(cast.filter(word => sent.has(word))).toEqual([])
    const twice = words(again.request).filter(word => sent.has(word))
    expect(twice).toEqual([toHex(token(0, 0).public.bytes)])
  })
})

describe('the request, at the box', () => {
  it('is refused and spends nothing unless the listed card itself signed all of it for this manifest', () => {
    const own = token(0, 1)
    const { request } = requestCredentials(manifest, own, rng)
    const { request: other } = requestCredentials(manifest, token(0, 2), rng)
    const blinded = request.subarray(32, 128)
    const by = (key: KeyPair, said: Uint8Array) => concat(own.public.bytes, blinded, sign(key, said, rng))
    const redeem = message('redeem', manifest.hash, blinded)
    const twoKinds = blinded.subarray(0, 64)
    const rows: readonly (readonly [name: string, request: Uint8Array, refused: Refused | null])[] = [
      ['signed by another card', by(token(0, 2), redeem), 'bad-proof'],
      ['signed for another manifest', by(own, message('redeem', flipped(manifest.hash, 0), blinded)), 'bad-proof'],
      ['signed under another name', by(own, message('void', manifest.hash, blinded)), 'bad-proof'],
      ['another card’s token', spliced(request, 0, other.subarray(0, 32)), 'bad-proof'],
      ...EVALUATED.map((at, kind) => {
        const changed = spliced(request, 32 + at, other.subarray(32 + at, 64 + at))
        return [`another card’s blinded ${kind}`, changed, 'bad-proof'] as const
      }),
      ...Array.from(
        { length: 64 },
        (_, i) => [`signature, byte ${i}`, flipped(request, 128 + i), 'bad-proof'] as const,
      ),
      ['a token that is not listed', requestCredentials(manifest, newKeyPair(rng), rng).request, 'unknown-card'],
      ['the identity for a token', spliced(request, 0, new Uint8Array(32)), 'unknown-card'],
      ['the identity blinded', spliced(request, 32, new Uint8Array(32)), 'bad-proof'],
      ['one byte missing', request.subarray(0, -1), 'bad-proof'],
      ['half', request.subarray(0, 96), 'bad-proof'],
      ['nothing', new Uint8Array(), 'bad-proof'],
      ['one byte more', concat(request, Uint8Array.of(0)), 'bad-proof'],
      [
        'one kind fewer',
        concat(own.public.bytes, twoKinds, sign(own, message('redeem', manifest.hash, twoKinds), rng)),
        'bad-proof',
      ],
      ['as it should be', by(own, redeem), null],
    ]
    expect(rows.map(([name, sent]) => [name, refusal(box.redeem(sent))])).toEqual(
      rows.map(([name, , refused]) => [name, refused]),
    )
  })

  it('gets the identical answer when it comes again, also after another one was refused with already-redeemed', () => {
    const { request } = requestCredentials(manifest, token(0, 0), rng)
    expect(refusal(box.redeem(request))).toBe('already-redeemed')
    expect(toHex(accepted(box.redeem(asked.request)))).toBe(toHex(answer))
  })

  const voided = (key: KeyPair, hash = manifest.hash, by = key) =>
    box.voidCard(concat(key.public.bytes, sign(by, voidMessage(hash), rng)))

  it('of a voided card is refused, and only the card itself can void, before it is redeemed', () => {
    const [kept, back] = [token(1, 0), token(1, 1)]
    const redeem = (key: KeyPair) => refusal(box.redeem(requestCredentials(manifest, key, rng).request))
    const got = {
      'voided by another card': refusal(voided(kept, manifest.hash, back)),
      'voided for another manifest': refusal(voided(kept, flipped(manifest.hash, 0))),
      'void without a signature': refusal(box.voidCard(kept.public.bytes)),
      'void of no card': refusal(voided(newKeyPair(rng))),
      voided: refusal(voided(back)),
      'voided again': refusal(voided(back)),
      'redeemed after it was voided': redeem(back),
      'redeemed after false voids': redeem(kept),
      'voided after it was redeemed': refusal(voided(kept)),
    }
    expect(got).toEqual({
      'voided by another card': 'bad-proof',
      'voided for another manifest': 'bad-proof',
      'void without a signature': 'bad-proof',
      'void of no card': 'unknown-card',
      voided: null,
      'voided again': null,
      'redeemed after it was voided': 'already-redeemed',
      'redeemed after false voids': null,
      'voided after it was redeemed': 'already-redeemed',
    })
  })

  it('after closing is refused, while a repeat of an answered one gets its answer', () => {
    const closing = new Box(manifest, tokens, keys, rng)
    const before = accepted(closing.redeem(asked.request))
    expect(closing.close([1, 0])).toEqual([])
    expect(toHex(accepted(closing.redeem(asked.request)))).toBe(toHex(before))
    const late = requestCredentials(manifest, token(0, 3), rng)
    expect(refusal(closing.redeem(late.request))).toBe('closed')
    expect(refusal(box.redeem(late.request))).toBe(null)
  })
})

function refusal(answered: ReturnType<Box['redeem']>): Refused | null {
  return 'refused' in answered ? answered.refused : null
}
