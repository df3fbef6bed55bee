/**
 * Cards as people type and scan them: every kind spelling is read, everything else refused, and a card's start of the
 * manifest's hash fits one manifest only.
 */
import { hexToBytes } from '@noble/hashes/utils.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shortCode, toBase64url, toHex, utf8 } from '../crypto/bytes.ts'
import { attempt } from '../crypto/fault.ts'
import { writeScalar } from '../crypto/group.ts'
import {
  type Card,
  cardCode,
  cardLink,
  isOfManifest,
  newCard,
  printedCode,
  readCardCode,
  readCardFragment,
  type TokenSecret,
  tokenKeyPair,
} from '../crypto/token.ts'
import { sha256 } from '../crypto/transcript.ts'
import { secureRng } from '../server/play/seed.ts'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** From an implementation of section 4 in another language. */
const KNOWN = {
  pollId: hexToBytes('00112233445566778899aabbccddeeff'),
  card: { group: 3, s: hexToBytes('000102030405060708090a0b0c0d0e0f') as TokenSecret } satisfies Card,
  printed: '0C002 0G30G 2GC1R 81450 P30D1 R7G19',
  secret: '87f53cf1a271538429baca665347653214189f4197863da94a7e379bf4b81f00',
  public: '0ac8002e78be6f213da529590c8210f02f48cc29015b145041adda6d9cfa871e',
}
const CODE = KNOWN.printed.replaceAll(' ', '')

const said = ({ group, s }: Card) => `${group} ${toHex(s)}`

/** The card that a reader finds, or the code with which it refuses. */
function outcome(read: () => Card): string {
  let code = ''
  const card = attempt(read, fault => {
    code = fault.code
  })
  return card === null ? code : said(card)
}
const typed = (code: string) => outcome(() => readCardCode(code))

const cards = fc
  .tuple(fc.nat(255), fc.uint8Array({ minLength: 16, maxLength: 16 }))
  .map(([group, s]): Card => ({ group, s: s as TokenSecret }))

describe('a card', () => {
  it('has the keys and the code of the known answer', () => {
    const pair = tokenKeyPair(KNOWN.pollId, KNOWN.card)
    expect(toHex(writeScalar(pair.secret))).toBe(KNOWN.secret)
    expect(toHex(pair.public.bytes)).toBe(KNOWN.public)
    expect(printedCode(KNOWN.card)).toBe(KNOWN.printed)
    expect(cardCode(KNOWN.card)).toBe(CODE)
    expect(typed(KNOWN.printed)).toBe(said(KNOWN.card))
  })

  it('has other keys in another poll, in another group, and with another secret', () => {
    const { pollId, card } = KNOWN
    const other = (bytes: Uint8Array) => bytes.map((byte, i) => (i === 15 ? byte ^ 1 : byte))
    const rows: readonly (readonly [string, Uint8Array, Card])[] = [
      ['the same', pollId, { ...card }],
      ['poll', other(pollId), card],
      ['group', pollId, { ...card, group: 2 }],
      ['secret', pollId, { ...card, s: other(card.s) as TokenSecret }],
    ]
    const keys = rows.map(([name, poll, one]) => [name, toHex(tokenKeyPair(poll, one).public.bytes) === KNOWN.public])
    expect(keys).toEqual(rows.map(([name], i) => [name, i === 0]))
  })

  it('draws 16 bytes and says its group', () => {
    const card = newCard(7, secureRng)
    expect([card.group, card.s.length]).toEqual([7, 16])
    expect(said(newCard(7, secureRng))).not.toBe(said(card))
  })
})

describe('a typed code', () => {
  it('is read back for every card, however kindly it was typed', () => {
    const spellings = { 0: '0oO', 1: '1iIlL' } as Readonly<Record<string, string>>
    const separators = ['', '', '', ' ', '-', '  ', ' - ', '\t', '\n', '\u00a0']
    fc.assert(
      fc.property(cards, fc.array(fc.nat(255), { minLength: 60, maxLength: 60 }), (card, choices) => {
        const code = cardCode(card)
        expect(code).toMatch(new RegExp(`^[${ALPHABET}]{30}$`))
        const kind = [...code].map((c, i) => {
          const written = spellings[c] ?? c + c.toLowerCase()
          return separators[choices[i]! % separators.length]! + written[choices[30 + i]! % written.length]!
        })
        expect(typed(code)).toBe(said(card))
        expect(typed(kind.join(''))).toBe(said(card))
      }),
    )
  })

  it('is refused unless it has 30 characters of the alphabet', () => {
    const rows: readonly (readonly [string, string, string])[] = [
      ['as printed', KNOWN.printed, said(KNOWN.card)],
      ['lower case', KNOWN.printed.toLowerCase(), said(KNOWN.card)],
      ['O for 0', KNOWN.printed.replaceAll('0', 'O'), said(KNOWN.card)],
      ['o for 0', KNOWN.printed.replaceAll('0', 'o'), said(KNOWN.card)],
      ['I for 1', KNOWN.printed.replaceAll('1', 'I'), said(KNOWN.card)],
      ['l for 1', KNOWN.printed.replaceAll('1', 'l'), said(KNOWN.card)],
      ['hyphens', KNOWN.printed.replaceAll(' ', '-'), said(KNOWN.card)],
      ['white space around', ` ${CODE}\n`, said(KNOWN.card)],
      ['nothing', '', 'wrong-length'],
      ['one character less', CODE.slice(1), 'wrong-length'],
      ['one character more', `${CODE}0`, 'wrong-length'],
      ['one group less', CODE.slice(5), 'wrong-length'],
      ['a full stop between groups', KNOWN.printed.replaceAll(' ', '.'), 'wrong-length'],
      ['U, which is none of the alphabet', CODE.replace('C', 'U'), 'wrong-value'],
      ['U among the check characters', `${CODE.slice(0, 29)}U`, 'wrong-value'],
      ['a full stop for a character', CODE.replace('C', '.'), 'wrong-value'],
      ['a letter with a mark', CODE.replace('C', 'Ç'), 'wrong-value'],
      ['a full-width letter', CODE.replace('C', 'Ｃ'), 'wrong-value'],
      ['a full-width digit', CODE.replace('0', '０'), 'wrong-value'],
      ['two groups swapped', `${CODE.slice(5, 10)}${CODE.slice(0, 5)}${CODE.slice(10)}`, 'wrong-value'],
      ['the first two characters swapped', `C0${CODE.slice(2)}`, 'wrong-value'],
    ]
    expect(rows.map(([name, code]) => [name, code, typed(code)])).toEqual(rows)
  })

  it('is refused under every pair of check characters but its own', () => {
    const pairs = [...ALPHABET].flatMap(a => [...ALPHABET].map(b => a + b))
    const accepted = pairs.filter(pair => typed(CODE.slice(0, 28) + pair) !== 'wrong-value')
    expect(accepted).toEqual([CODE.slice(28)])
  })

  it('is refused unless the four bits behind the secret are zero', () => {
    // The 28th character is the secret's last bit and these four: G is 10000. The check characters do not cover them.
    const kept = ALPHABET.slice(ALPHABET.indexOf('G'))
    const read = [...kept].map(last => [last, typed(CODE.slice(0, 27) + last + CODE.slice(28))])
    expect(read).toEqual([...kept].map(last => [last, last === 'G' ? said(KNOWN.card) : 'wrong-value']))
    expect(kept).toHaveLength(16)
  })
})

describe('a card’s link', () => {
  const hash = sha256(utf8('a manifest'))
  const link = cardLink('https://phieu.example', KNOWN.card, hash)
  const start = toBase64url(hash.subarray(0, 20))

  it('keeps everything secret behind the #, and gives back card and hash', () => {
    const { origin, pathname, search } = new URL(link)
    expect([origin, pathname, search]).toEqual(['https://phieu.example', '/b', ''])
    fc.assert(
      fc.property(cards, fc.uint8Array({ minLength: 32, maxLength: 32 }), (card, manifestHash) => {
        const fragment = new URL(cardLink('https://phieu.example', card, manifestHash)).hash.slice(1)
        const read = readCardFragment(fragment)
        expect(said(read.card)).toBe(said(card))
        expect(toHex(read.hashStart)).toBe(toHex(manifestHash.subarray(0, 20)))
        expect(isOfManifest(read.hashStart, manifestHash)).toBe(true)
      }),
    )
  })

  it('is refused unless it is a code, a full stop and 20 bytes', () => {
    const good = said(KNOWN.card)
    const rows: readonly (readonly [string, string, string])[] = [
      ['as made', link.slice(link.indexOf('#') + 1), good],
      ['by its parts', `${CODE}.${start}`, good],
      ['lower case code', `${CODE.toLowerCase()}.${start}`, good],
      ['nothing', '', 'wrong-value'],
      ['no hash', CODE, 'wrong-value'],
      ['an empty hash', `${CODE}.`, 'wrong-value'],
      ['no code', `.${start}`, 'wrong-length'],
      ['a third part', `${CODE}.${start}.`, 'wrong-value'],
      ['19 bytes', `${CODE}.${toBase64url(hash.subarray(0, 19))}`, 'wrong-value'],
      ['21 bytes', `${CODE}.${toBase64url(hash.subarray(0, 21))}`, 'wrong-value'],
      ['the whole hash', `${CODE}.${toBase64url(hash)}`, 'wrong-value'],
      ['padded', `${CODE}.${start}=`, 'wrong-value'],
      ['percent signs', `${CODE}%2E${start}`, 'wrong-value'],
      ['the other order', `${start}.${CODE}`, 'wrong-value'],
      ['a wrong check character', `${CODE.slice(0, 29)}8.${start}`, 'wrong-value'],
    ]
    const found = rows.map(([name, fragment]) => [name, fragment, outcome(() => readCardFragment(fragment).card)])
    expect(found).toEqual(rows)
  })
})

describe('the manifest that a card asks for', () => {
  const hash = sha256(utf8('a manifest'))
  const changed = (bytes: Uint8Array, bit: number) => bytes.map((b, i) => (i === bit >> 3 ? b ^ (128 >> (bit & 7)) : b))

  it('is known by its hash, by 20 bytes of it or more, and by no fewer', () => {
    const lengths = Array.from({ length: 33 }, (_, n) => n)
    const found = lengths.filter(n => isOfManifest(hash.subarray(0, n), hash))
    expect(found).toEqual(lengths.filter(n => n >= 20))
    expect(isOfManifest(Uint8Array.of(...hash, 0), hash)).toBe(false)
    for (const n of [20, 32]) {
      const bits = Array.from({ length: 8 * n }, (_, bit) => bit)
      expect(bits.filter(bit => isOfManifest(changed(hash.subarray(0, n), bit), hash))).toEqual([])
    }
    expect(isOfManifest(hash.subarray(1, 21), hash)).toBe(false)
  })

  it('is known by its short code, kindly read, and by nothing near it', () => {
    const code = shortCode(hash)
    const plain = code.replaceAll('-', '')
    const good = [code, plain, plain.toLowerCase(), code.replaceAll('-', ' '), ` ${code} `]
    const near = [...plain].flatMap((c, i) =>
      [...ALPHABET].filter(other => other !== c).map(other => plain.slice(0, i) + other + plain.slice(i + 1)),
    )
    const bad = ['', plain.slice(1), plain.slice(0, 11), `${plain}0`, `${plain.slice(0, 11)}U`, toHex(hash), ...near]
    expect(good.filter(one => !isOfManifest(one, hash))).toEqual([])
    expect(bad.filter(one => isOfManifest(one, hash))).toEqual([])
  })

  it('is known by O for 0 and by I and L for 1 as well', () => {
    const zeros = new Uint8Array(32)
    expect(isOfManifest('OOOO-oooo-0000', zeros)).toBe(true)
    const ones = hexToBytes('0842108421084210'.padEnd(64, '0'))
    expect(shortCode(ones)).toBe('1111-1111-1111')
    expect(isOfManifest('IIII-llll-LiL1', ones)).toBe(true)
    expect(isOfManifest('IIII-llll-LiL0', ones)).toBe(false)
  })

  it('is checked to 60 bits by a typed code, and to 160 by a scanned one', () => {
    const bits = Array.from({ length: 256 }, (_, bit) => bit)
    const overlooked = (asked: Uint8Array | string) => bits.filter(bit => isOfManifest(asked, changed(hash, bit)))
    expect(overlooked(shortCode(hash))).toEqual(bits.slice(60))
    expect(overlooked(hash.subarray(0, 20))).toEqual(bits.slice(160))
    expect(overlooked(hash)).toEqual([])
  })
})
