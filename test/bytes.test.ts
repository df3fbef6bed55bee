/**
 * Encodings against second implementations: Node's own for base64url, UTF-8 and order, whole numbers for base32. What
 * reads must refuse every second spelling of the same bytes.
 */
import { isUtf8 } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compare,
  equal,
  frame,
  fromBase32,
  fromBase64url,
  readUtf8,
  shortCode,
  toBase32,
  toBase64url,
  toHex,
  u8,
  u16,
  u32,
  utf8,
} from '../crypto/bytes.ts'

const bytes = fc.uint8Array({ maxLength: 80 })
const hexOrNull = (found: Uint8Array | null) => (found === null ? null : toHex(found))
const ofHex = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))

describe('integers and frames', () => {
  const writers = { u8, u16, u32 }

  it('writes whole numbers big-endian up to the last one that fits, and throws on the next', () => {
    type Row = readonly [keyof typeof writers, number, string | null]
    const rows: readonly Row[] = [
      ['u8', 0, '00'],
      ['u8', 255, 'ff'],
      ['u8', 256, null],
      ['u16', 0, '0000'],
      ['u16', 0x0102, '0102'],
      ['u16', 65_535, 'ffff'],
      ['u16', 65_536, null],
      ['u32', 0, '00000000'],
      ['u32', 0x01020304, '01020304'],
      ['u32', 0x80000000, '80000000'],
      ['u32', 4_294_967_295, 'ffffffff'],
      ['u32', 4_294_967_296, null],
      ...(Object.keys(writers) as Row[0][]).flatMap(name =>
        [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY].map((n): Row => [name, n, null]),
      ),
    ]
    const write = (name: keyof typeof writers, n: number) => {
      try {
        return toHex(writers[name](n))
      } catch (error) {
        if (error instanceof RangeError) return null
        throw error
      }
    }
    expect(rows.map(([name, n]) => [name, n, write(name, n)])).toEqual(rows)
  })

  it('frames two different lists of parts as two different texts', () => {
    expect(toHex(frame(new Uint8Array()))).toBe('00000000')
    expect(toHex(frame(utf8('abc')))).toBe('00000003616263')
    const framed = (parts: readonly Uint8Array[]) => parts.map(part => toHex(frame(part))).join('')
    const parts = fc.array(fc.uint8Array({ maxLength: 3 }), { maxLength: 3 })
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        const same = a.length === b.length && a.every((part, i) => toHex(part) === toHex(b[i]!))
        expect(framed(a) === framed(b)).toBe(same)
      }),
    )
  })
})

describe('UTF-8', () => {
  const BOM = '\u{feff}'

  it('reads well-formed texts, with a byte order mark kept as a character, and refuses all others', () => {
    const rows: readonly [string, string, string | null][] = [
      ['nothing', '', ''],
      ['two bytes, the first such character', 'c280', '\u0080'],
      ['two bytes for a character of one', 'c1bf', null],
      ['a continuation alone', '80', null],
      ['three bytes', 'e282ac', '€'],
      ['three bytes, the last missing', 'e282', null],
      ['three bytes for a character of two', 'e09fbf', null],
      ['the last before the surrogates', 'ed9fbf', '\ud7ff'],
      ['a surrogate', 'eda080', null],
      ['a pair of surrogates', 'eda0bdedb880', null],
      ['four bytes', 'f09f9880', '😀'],
      ['four bytes for a character of three', 'f08fbfbf', null],
      ['the last character of all', 'f48fbfbf', '\u{10ffff}'],
      ['one past it', 'f4908080', null],
      ['a byte that never stands in UTF-8', 'ff', null],
      ['NUL', '00', '\0'],
      ['a byte order mark and a letter', 'efbbbf61', `${BOM}a`],
      ['two byte order marks', 'efbbbfefbbbf', BOM + BOM],
      ['a letter and a byte order mark', '61efbbbf', `a${BOM}`],
      ['UTF-16 with its byte order mark', 'fffe6100', null],
    ]
    expect(rows.map(([name, hex]) => [name, hex, readUtf8(ofHex(hex))])).toEqual(rows)
  })

  it('refuses exactly what Node calls malformed, and loses nothing of the rest', () => {
    // Mostly continuation and leading bytes, which plain random bytes would rarely combine into a character.
    const tricky = fc.array(fc.constantFrom(0x00, 0x61, 0x80, 0xbb, 0xbf, 0xc3, 0xe2, 0xed, 0xef, 0xf0, 0xf4, 0xf5))
    fc.assert(
      fc.property(fc.oneof(bytes, tricky.map(Uint8Array.from.bind(Uint8Array))), given => {
        const text = readUtf8(given)
        expect(text !== null).toBe(isUtf8(given))
        if (text !== null) expect(toHex(utf8(text))).toBe(toHex(given))
      }),
      { numRuns: 1000 },
    )
    const texts = fc.string({ unit: 'binary' })
    fc.assert(
      fc.property(texts, text => {
        expect(readUtf8(utf8(text))).toBe(text)
      }),
    )
  })
})

describe('base64url', () => {
  it('writes what Node writes, and reads it back', () => {
    fc.assert(
      fc.property(bytes, given => {
        const text = toBase64url(given)
        expect(text).toBe(Buffer.from(given).toString('base64url'))
        expect(hexOrNull(fromBase64url(text))).toBe(toHex(given))
      }),
    )
  })

  it('refuses every other spelling of the same bytes', () => {
    // RFC 4648, section 10, in the alphabet of section 5; each good row is followed by its bad twins.
    const rows: readonly [string, string, string | null][] = [
      ['nothing', '', ''],
      ['one byte', 'Zg', '66'],
      ['one byte, padded', 'Zg==', null],
      ['one byte, an unused bit set', 'Zh', null],
      ['two bytes', 'Zm8', '666f'],
      ['two bytes, padded', 'Zm8=', null],
      ['two bytes, an unused bit set', 'Zm9', null],
      ['three bytes', 'Zm9v', '666f6f'],
      ['three bytes, then one character more', 'Zm9vY', null],
      ['three bytes, a line end', 'Zm9v\n', null],
      ['three bytes, a space inside', 'Zm 9v', null],
      ['one character alone', 'A', null],
      ['the last two of the alphabet', '-_-_', 'fbffbf'],
      ['the last two of the other alphabet', '+/+/', null],
      ['a character outside ASCII', 'Zm9ü', null],
      ['a character that is an ASCII one modulo 256', 'Zm9\u0176', null],
      ['half of a surrogate pair', 'Zm9\ud83d', null],
    ]
    expect(rows.map(([name, text]) => [name, text, hexOrNull(fromBase64url(text))])).toEqual(rows)
  })

  it('accepts a text exactly if Node, having read it, writes the same text again', () => {
    const texts = fc.string({ unit: fc.constantFrom(...'AZaz019-_+/= gQw'), maxLength: 12 })
    fc.assert(
      fc.property(texts, text => {
        const lenient = Buffer.from(text, 'base64url')
        const canonical = lenient.toString('base64url') === text
        expect(hexOrNull(fromBase64url(text))).toBe(canonical ? lenient.toString('hex') : null)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('base32', () => {
  it('refuses letters whose upper case happens to be in the alphabet', () => {
    expect(['s', 'S', ...'\u017f\ufb05\ufb06\u0131'].map(c => fromBase32(c) !== null)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ])
  })

  const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

  /** The second implementation: one whole number, written in base 32. */
  function byNumber(given: Uint8Array, bits: number): string {
    const missing = BigInt(bits - 8 * given.length)
    const all = BigInt(`0x0${toHex(given)}`)
    const first = missing < 0n ? all >> -missing : all << missing
    const digits = bits === 0 ? '' : first.toString(32).padStart(bits / 5, '0')
    return digits.replace(/./g, digit => ALPHABET[Number.parseInt(digit, 32)]!)
  }

  it('writes the first bits as a whole number would be written, and reads them back with zeros behind', () => {
    fc.assert(
      fc.property(bytes, fc.nat({ max: 140 }), (given, characters) => {
        const bits = 5 * characters
        const text = toBase32(given, bits)
        expect(text).toBe(byNumber(given, bits))
        const read = fromBase32(text)!
        expect(read).toHaveLength(Math.ceil(bits / 8))
        const kept = (i: number) => Math.min(8, Math.max(0, bits - 8 * i))
        const expected = read.map((_, i) => (given[i] ?? 0) & (0xff00 >> kept(i)))
        expect(toHex(read)).toBe(toHex(expected))
      }),
    )
  })

  it('reads every kind spelling of a character as that character, and refuses all other characters of Latin-1', () => {
    const kind = new Map([...ALPHABET].flatMap((c, value) => [c, c.toLowerCase()].map(one => [one, value])))
    for (const [written, value] of Object.entries({ o: 0, O: 0, i: 1, I: 1, l: 1, L: 1 })) kind.set(written, value)
    const characters = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code))
    const found = characters.map(c => [c, fromBase32(c)?.[0] ?? null])
    expect(found).toEqual(characters.map(c => [c, kind.has(c) ? kind.get(c)! << 3 : null]))
    expect(kind.size).toBe(10 + 2 * 22 + 6)
  })

  it('makes a short code of the first 60 bits, in three groups of four, and of no bit more', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), hash => {
        expect(shortCode(hash).replaceAll('-', '')).toBe(byNumber(hash, 60))
        expect(shortCode(hash)).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
        const differing = Array.from({ length: 80 }, (_, bit) => bit).filter(bit => {
          const changed = hash.map((byte, i) => (i === bit >> 3 ? byte ^ (128 >> (bit & 7)) : byte))
          return shortCode(changed) !== shortCode(hash)
        })
        expect(differing).toEqual(Array.from({ length: 60 }, (_, bit) => bit))
      }),
    )
  })
})

describe('order', () => {
  it('compares as Node does: unsigned, bytewise, a beginning before what it begins', () => {
    const few = fc.uint8Array({ maxLength: 4, max: 3 })
    const close = fc.tuple(few, few, fc.constantFrom(0x7f, 0x80, 0xff)).map(([a, b, c]) => Uint8Array.of(...a, c, ...b))
    const either = fc.oneof(bytes, few, close)
    fc.assert(
      fc.property(either, either, (a, b) => {
        expect(Math.sign(compare(a, b))).toBe(Buffer.compare(a, b))
        expect(equal(a, b)).toBe(toHex(a) === toHex(b))
        expect(compare(a, a.slice())).toBe(0)
      }),
      { numRuns: 1000 },
    )
  })
})
