/** Comments (protocol, section 7): what an envelope shows, who can change it, and how the team reads it. */
import { chacha20poly1305 } from '@noble/ciphers/chacha.js'
import { describe, expect, it } from 'vitest'
import { NONCE, openBox, sealBox } from '../crypto/box.ts'
import { compare, concat, toBase64url, toHex, u8, u16, utf8 } from '../crypto/bytes.ts'
import { checkEnvelope, type Delivered, readEnvelope, sealComment } from '../crypto/comment.ts'
import { openComments, sealCommentShares, type Watch } from '../crypto/comment-opening.ts'
import type { Credential } from '../crypto/credential.ts'
import type { Fault, FaultCode } from '../crypto/fault.ts'
import { elementOf, G, multiply, ONE, plus, randomScalar, writePoint } from '../crypto/group.ts'
import { proveKnowledge } from '../crypto/proof.ts'
import { sign } from '../crypto/signature.ts'
import { message, sha256, sha512 } from '../crypto/transcript.ts'
import type { Member } from '../crypto/trustees.ts'
import {
  accepted,
  codeIn,
  expectAll,
  flipped,
  memberOf,
  redeemed,
  setUp,
  spliced,
  told,
  verdict,
  words,
} from './poll.setup.ts'

const QUIET: Watch = { report: () => {}, progress: () => {} }

const poll = setUp(71)
const { manifest, box, devices, rng } = poll
const members = devices.map(memberOf)
const voters = [0, 1, 2, 3].map(place => redeemed(poll, 0, place))
const praise = voters.map(([, first]) => first!)
const advice = voters[0]![2]!
const { maxBytes } = manifest.comments[0]!

type Sealed = ReturnType<typeof sealComment>
const seal = (text: string, credential = praise[0]!) => sealComment(manifest, credential, text, rng)
/** The code that readEnvelope refuses with or checkEnvelope names; null for an envelope that may be sent. */
const codeOf = ({ publicPart, sealedPart }: Sealed, of = manifest) =>
  verdict(() => checkEnvelope(of, readEnvelope(of, publicPart, 'comment'), sealedPart, rng))
/** A public part for any sealed part, as a dishonest voter would sign it. */
function enveloped(sealedPart: Uint8Array, { kind, key, N }: Credential = praise[0]!, of = manifest): Sealed {
  const unsigned = concat(u8(kind), key.public.bytes, N.bytes, sha256(sealedPart))
  return { publicPart: concat(unsigned, sign(key, message('comment', of.hash, unsigned), rng)), sealedPart }
}
/** Any bytes in an envelope that is otherwise as it should be; by hand, from the text of section 7. */
function sealedByHand(content: Uint8Array, name: 'comment-key' | 'comment' = 'comment-key'): Sealed {
  const { kind, key } = praise[0]!
  const e = randomScalar(rng)
  const E = elementOf(multiply(G, e))
  const shared = writePoint(multiply(manifest.electionKey.point, e))
  const secret = sha512(message(name, manifest.hash, u8(kind), key.public.bytes, E.bytes, shared)).subarray(0, 32)
  const sealed = chacha20poly1305(secret, NONCE).encrypt(content)
  const statement = { manifestHash: manifest.hash, key: key.public.bytes, kind, E, sealed }
  return enveloped(concat(E.bytes, proveKnowledge(statement, e, rng), sealed))
}
const padded = (text: Uint8Array, length = text.length) =>
  concat(u16(length), text, new Uint8Array(maxBytes - text.length))

const VIETNAMESE = 'Thủ trưởng lắng nghe, quyết hơi chậm'
const full = `${VIETNAMESE}${'!'.repeat(maxBytes - utf8(VIETNAMESE).length)}`

describe('an envelope', () => {
  it('is as long as every other of its prompt, whatever it says, up to the last byte allowed', () => {
    const texts = ['', 'ok', 'x'.repeat(maxBytes), full, 'ệ'.repeat(maxBytes / 3)]
    expect(utf8(full).length).toBe(maxBytes)
    const sealed = texts.map(text => seal(text))
    expect(sealed.map(one => [one.publicPart.length, one.sealedPart.length, codeOf(one)])).toEqual(
      texts.map(() => [161, 96 + 2 + maxBytes + 16, null]),
    )
    const first = new Set(words(sealed[0]!.sealedPart))
    expect(words(seal('').sealedPart).filter(word => first.has(word))).toEqual([])
  })

  it('is not sealed when the text is one byte too long, counted in UTF-8', () => {
    expectAll({
      'ASCII, full': [null, codeIn(() => seal('x'.repeat(maxBytes)))],
      'ASCII, one more': ['too-large', codeIn(() => seal('x'.repeat(maxBytes + 1)))],
      'Vietnamese, full': [null, codeIn(() => seal(full))],
      'Vietnamese, one more': ['too-large', codeIn(() => seal(`${full}.`))],
      'no more characters, but more bytes': ['too-large', codeIn(() => seal(full.replace('!', 'ệ')))],
      'for the longer prompt': [null, codeIn(() => seal(`${full}.`, advice))],
    })
  })

  const honest = seal(VIETNAMESE)
  const { publicPart, sealedPart } = honest
  const publicFields = { kind: 1, key: 32, credential: 32, digest: 32, R: 32, z: 32 }
  const sealedFields = { E: 32, A: 32, z: 32, length: 2, text: maxBytes, tag: 16 }
  /** The codes that a flip of each byte of each field leads to; 'null' where one went unnoticed. */
  function codesOfFlips(fields: Readonly<Record<string, number>>, code: (at: number) => FaultCode | null) {
    let at = 0
    const found = Object.entries(fields).map(([name, size]) => {
      const codes = Array.from({ length: size }, () => String(code(at++)))
      return [name, [...new Set(codes)].sort()]
    })
    return { length: at, codes: Object.fromEntries(found) }
  }

  it('is refused for each byte of the public part changed', () => {
    const found = codesOfFlips(publicFields, at => codeOf({ publicPart: flipped(publicPart, at), sealedPart }))
    expect(found).toEqual({
      length: publicPart.length,
      codes: {
        kind: ['out-of-range'],
        key: ['bad-point', 'bad-signature'],
        credential: ['bad-point', 'bad-signature'],
        digest: ['bad-signature'],
        R: ['bad-point', 'bad-signature'],
        z: ['bad-signature'],
      },
    })
  })

  it('is refused for each byte of the sealed part changed on the way', () => {
    const found = codesOfFlips(sealedFields, at => codeOf({ publicPart, sealedPart: flipped(sealedPart, at) }))
    const [point, bytes] = [['bad-point', 'wrong-hash'], ['wrong-hash']]
    const codes = { E: point, A: point, z: bytes, length: bytes, text: bytes, tag: bytes }
    expect(found).toEqual({ length: sealedPart.length, codes })
  })

  it('is refused for each byte of the sealed part changed by its voter, who signs it anew', () => {
    const found = codesOfFlips(sealedFields, at => codeOf(enveloped(flipped(sealedPart, at))))
    const [point, bytes] = [['bad-point', 'bad-proof'], ['bad-proof']]
    const codes = { E: point, A: point, z: bytes, length: bytes, text: bytes, tag: bytes }
    expect([codeOf(enveloped(sealedPart)), found]).toEqual([null, { length: sealedPart.length, codes }])
  })

  it('counts for its own key, prompt and manifest alone, and is neither longer nor shorter', () => {
    const other = { ...manifest, hash: flipped(manifest.hash, 0) }
    const alike = { ...manifest, comments: manifest.comments.map(prompt => ({ ...prompt, maxBytes })) }
    expectAll({
      'as it is': [null, codeOf(honest)],
      'another’s text copied': ['bad-proof', codeOf(enveloped(sealedPart, praise[1]))],
      'under another manifest': ['bad-signature', codeOf(honest, other)],
      'under another manifest, signed for it': ['bad-proof', codeOf(enveloped(sealedPart, praise[0], other), other)],
      'for another prompt': ['wrong-length', codeOf(enveloped(sealedPart, { ...praise[0]!, kind: 2 }))],
      'for another prompt as long': ['bad-proof', codeOf(enveloped(sealedPart, { ...praise[0]!, kind: 2 }), alike)],
      'for no prompt': ['out-of-range', codeOf({ publicPart: spliced(publicPart, 0, u8(3)), sealedPart })],
      'for the ballot': ['out-of-range', codeOf({ publicPart: spliced(publicPart, 0, u8(0)), sealedPart })],
      'signed by another': [
        'bad-signature',
        codeOf(enveloped(sealedPart, { ...praise[0]!, key: { ...praise[0]!.key, secret: ONE } })),
      ],
      'public part a byte short': ['wrong-length', codeOf({ publicPart: publicPart.subarray(0, -1), sealedPart })],
      'public part a byte more': ['left-over', codeOf({ publicPart: concat(publicPart, u8(0)), sealedPart })],
      'sealed part a byte short': ['wrong-length', codeOf(enveloped(sealedPart.subarray(0, -1)))],
      'sealed part a byte more': ['left-over', codeOf(enveloped(concat(sealedPart, u8(0))))],
      'E the identity': ['identity-point', codeOf(enveloped(spliced(sealedPart, 0, new Uint8Array(32))))],
      'made by hand': [null, codeOf(sealedByHand(padded(utf8('ok'))))],
    })
  })

  it('goes into the box once: the same bytes get the same receipt, others are refused', () => {
    const receipt = accepted(box.comment(publicPart, sealedPart))
    expect(toHex(accepted(box.comment(publicPart, sealedPart)))).toBe(toHex(receipt))
    const next = seal(VIETNAMESE)
    expect(box.comment(next.publicPart, next.sealedPart)).toEqual({ refused: 'already-cast' })
    const unpaid = enveloped(seal('', praise[1]!).sealedPart, { ...praise[1]!, N: praise[2]!.N })
    expect(codeOf(unpaid)).toBe(null)
    expect(box.comment(unpaid.publicPart, unpaid.sealedPart)).toEqual({ refused: 'bad-proof' })
  })
})

describe('opening', () => {
  const [closingHash, another] = [sha256(utf8('a closing')), sha256(utf8('another'))]
  const delivered = ({ publicPart, sealedPart }: Sealed): Delivered => ({
    envelope: readEnvelope(manifest, publicPart, 'comment'),
    sealedPart,
  })
  const boxOf = (member: Member, all: readonly Delivered[], hash = closingHash) =>
    sealCommentShares(member, 1, manifest, hash, all, rng, QUIET)
  /** Member 1 combines: what it reads, and the faults that it reports. */
  function open(all: readonly Delivered[], boxes: Readonly<Record<number, Uint8Array>>) {
    const faults: Fault[] = []
    const byMember = new Map(Object.entries(boxes).map(([from, sent]) => [Number(from), sent]))
    const watch = { ...QUIET, report: (fault: Fault) => faults.push(fault) }
    const opened = openComments(members[0]!, manifest, closingHash, all, byMember, rng, watch)
    return { opened, faults: faults.map(told) }
  }
  const [second, third] = [members[1]!, members[2]!]
  const texts = ['', full, 'Cảm ơn', 'ok', 'Nên họp ngắn hơn']
  const all = [...praise, advice].map((credential, i) => delivered(seal(texts[i]!, credential)))
  const ascending = all.toSorted((a, b) => compare(a.envelope.leaf, b.envelope.leaf))
  const honestly = ascending.map(one => {
    const { leaf, kind } = one.envelope
    return { leaf, kind, status: 'text', text: texts[all.indexOf(one)] }
  })
  const named = ascending.map(({ envelope }) => `bad-proof at trustee 2, comment/${toBase64url(envelope.leaf)}`)

  it('by any two members gives every text, by leaf order', () => {
    expect(open(all, { 2: boxOf(second, all) })).toEqual({ opened: honestly, faults: [] })
    expect(open(all.toReversed(), { 3: boxOf(third, all) })).toEqual({ opened: honestly, faults: [] })
    expect(open(all, { 2: boxOf(second, all), 3: boxOf(third, all) })).toEqual({ opened: honestly, faults: [] })
    const unopened = honestly.map(({ leaf, kind }) => ({ leaf, kind, status: 'unopened' }))
    expect(open(all, {})).toEqual({ opened: unopened, faults: [] })
  })

  it('passes over a box of its own, and names one of nobody', () => {
    const [own, good] = [boxOf(members[0]!, all), boxOf(second, all)]
    expect(open(all, { 1: own, 2: good })).toEqual({ opened: honestly, faults: [] })
    expect(open(all, { 7: good, 2: good })).toEqual({ opened: honestly, faults: ['out-of-range at trustee 7'] })
  })

  it('names a member whose share of one envelope is missing, and opens the others', () => {
    const [, , target] = all
    const partly = boxOf(second, all.with(2, { ...target!, sealedPart: null }))
    const where = `trustee 2, comment/${toBase64url(target!.envelope.leaf)}`
    const opened = honestly.map(({ leaf, kind, status, text }) =>
      text === 'Cảm ơn' ? { leaf, kind, status: 'unopened' } : { leaf, kind, status, text },
    )
    expect(open(all, { 2: partly })).toEqual({ opened, faults: [`line-missing at ${where}`] })
    expect(open(all, { 2: partly, 3: boxOf(third, all) })).toEqual({
      opened: honestly,
      faults: [`line-missing at ${where}`],
    })
  })

  it('shows an envelope whose sealed part is missing or not the one signed as withheld, and all others', () => {
    const [, , target] = all
    const { envelope, sealedPart: whole } = target!
    const place = `comment ${toBase64url(envelope.leaf)}`
    const tampered: Readonly<Record<string, readonly [FaultCode, Uint8Array | null]>> = {
      'there is none': ['line-missing', null],
      'nothing of it': ['wrong-length', new Uint8Array()],
      'cut short': ['wrong-length', whole!.subarray(0, -1)],
      'another byte of E': ['wrong-hash', elementOf(multiply(G, randomScalar(rng))).bytes],
      'another byte of the ciphertext': ['wrong-hash', flipped(whole!, 100)],
      'another voter’s': ['wrong-hash', all[0]!.sealedPart],
      'the same text sealed again': ['wrong-hash', seal('Cảm ơn', praise[2]!).sealedPart],
    }
    const withheld = honestly.map(({ leaf, kind, status, text }) =>
      text === 'Cảm ơn' ? { leaf, kind, status: 'withheld' } : { leaf, kind, status, text },
    )
    const opened = (sealedPart: Uint8Array | null) => {
      const given = all.with(2, { ...target!, sealedPart })
      return open(given, { 2: boxOf(second, given) })
    }
    expect(opened(whole)).toEqual({ opened: honestly, faults: [] })
    const rows = Object.entries(tampered).map(([name, [code, part]]) => {
      const sealedPart = part?.length === 32 ? spliced(whole!, 0, part) : part
      const named = `${code} at ${place}`
      return [name, [{ opened: withheld, faults: [named] }, opened(sealedPart)]] as const
    })
    expectAll(Object.fromEntries(rows))
  })

  it('shows what is no text of its stated length as unreadable', () => {
    const status = (content: Uint8Array, name?: 'comment') => {
      const one = [delivered(sealedByHand(content, name))]
      const { opened, faults } = open(one, { 2: boxOf(second, one) })
      expect(faults).toEqual([])
      return opened[0]!.status === 'text' ? { text: opened[0]!.text } : opened[0]!.status
    }
    const e = utf8('ệ')
    expectAll({
      'well formed': [{ text: 'ệ' }, status(padded(e))],
      'nothing at all': [{ text: '' }, status(padded(utf8('')))],
      'a mark at the front, kept': [{ text: '\ufeffok' }, status(padded(utf8('\ufeffok')))],
      'the full length': [{ text: full }, status(padded(utf8(full)))],
      'a length one too large': ['unreadable', status(padded(utf8(full), maxBytes + 1))],
      'the largest length': ['unreadable', status(padded(utf8(full), 65_535))],
      'a length too small': ['unreadable', status(padded(utf8('ok'), 1))],
      'half a letter': ['unreadable', status(padded(e.subarray(0, 2)))],
      'a last byte that is not zero': ['unreadable', status(padded(e).with(-1, 1))],
      'a first byte of padding that is not zero': ['unreadable', status(padded(e).with(5, 1))],
      'no UTF-8': ['unreadable', status(padded(Uint8Array.of(0xff)))],
      'half a surrogate pair': ['unreadable', status(padded(Uint8Array.of(0xed, 0xa0, 0x80)))],
      'a letter the long way round': ['unreadable', status(padded(Uint8Array.of(0xc1, 0x81)))],
      'sealed under another key': ['unreadable', status(padded(e), 'comment')],
    })
  })

  it('leaves a false share out and names its member; good ones of any two still open', () => {
    const liar: Member = { ...second, share: plus(second.share, ONE) }
    const label = (hash: Uint8Array) => `comment-share/${toBase64url(hash)}`
    const address = { label: label(closingHash), ceremonyHash: second.ceremonyHash, from: 2, to: 1 }
    const [combiner, theirs] = [manifest.trustees[0]!.exchangeKey, manifest.trustees[1]!.exchangeKey]
    const boxed = (content: Uint8Array) => sealBox(address, second.exchange.secret, combiner, content, rng)
    const elsewhere = boxOf(second, all, another)
    const unboxed = openBox(
      { ...address, label: label(another) },
      members[0]!.exchange.secret,
      theirs,
      elsewhere,
      rng,
      '',
    )
    const good = boxOf(third, all)
    const opened = (sent: Uint8Array) => open(all, { 2: sent, 3: good })
    const without = (faults: readonly string[]) => ({ opened: honestly, faults })
    const missing = named.map(fault => fault.replace('bad-proof', 'line-missing'))
    const unopened = honestly.map(({ leaf, kind }) => ({ leaf, kind, status: 'unopened' }))
    expectAll({
      'the honest ones': [without([]), opened(boxOf(second, all))],
      'another secret': [without(named), opened(boxOf(liar, all))],
      'shares of member 3': [without(named), opened(boxOf({ ...third, index: 2, exchange: second.exchange }, all))],
      'shares for another closing': [without(named), opened(boxed(unboxed))],
      'no shares': [without(missing), opened(boxed(new Uint8Array()))],
      'all but the first': [
        without(missing.slice(0, 1)),
        opened(
          boxOf(
            second,
            all.filter(one => one !== ascending[0]),
          ),
        ),
      ],
      'a box for another closing': [without(['bad-proof at trustee 2']), opened(elsewhere)],
      'the box of member 3': [without(['bad-proof at trustee 2']), opened(good)],
      'half a share': [without(['left-over at trustee 2']), opened(boxed(new Uint8Array(64)))],
      'no points': [without(['bad-point at trustee 2']), opened(boxed(new Uint8Array(128).fill(255)))],
      'another secret, and nobody else': [{ opened: unopened, faults: named }, open(all, { 2: boxOf(liar, all) })],
    })
  })
})
