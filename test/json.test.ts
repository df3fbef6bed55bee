/**
 * JSON as the protocol allows it (section 2): texts with what becomes of them, and three properties that hold the reader
 * against the platform's own. Then the shapes that values are read with.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attempt } from '../crypto/fault.ts'
import * as json from '../crypto/json.ts'

const { parseJson } = json

/** What the reader gives back, or `code at place` where it refuses. */
function outcome(read: () => unknown): unknown {
  let refused: string | null = null
  const value = attempt(read, fault => {
    refused = `${fault.code} at ${fault.where}`
  })
  return refused ?? value
}

const codeOf = (text: string, compact: boolean): string => {
  let code = 'accepted'
  attempt(
    () => parseJson(text, '', compact),
    fault => {
      code = fault.code
    },
  )
  return code
}

/** A value of the platform's reader as ours has it: objects are maps. */
function asJson(one: unknown): unknown {
  if (Array.isArray(one)) return one.map(asJson)
  if (typeof one === 'object' && one !== null) return new Map(Object.entries(one).map(([k, v]) => [k, asJson(v)]))
  return one
}

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

/** By subject: what is accepted, and beside it what is refused with which code. Texts in one string stand apart by spaces. */
const TEXTS: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>> = {
  literals: {
    accepted: 'null true false',
    'not-json': ['True', 'nul', 'undefined', ''],
    'left-over': 'nulll truefalse',
  },
  integers: {
    accepted: '0 7 10 2147483647',
    'not-integer': '2147483648 10000000000 9007199254740993 99999999999999999999 -0 -1 1.0 1. 1e3 1E0 1e-0 01 00',
    'not-json': '- +1 .5 ١ NaN Infinity',
    'left-over': '0x10 1_000',
  },
  strings: {
    accepted: ['""', '"Nguyễn Văn Ất"', '"\u007f\u2028\ufeff"', String.raw`"\"\\\/\b\f\n\r\t\u0000\u0041\u00e9\u00E9"`],
    'not-json': [
      '"open',
      String.raw`"open\"`,
      "'single'",
      '"\u0000"',
      '"\u001f"',
      '"\n"',
      '"\t"',
      String.raw`"\u 123"`,
    ],
  },
  escapes: {
    accepted: String.raw`"\n" "\u0041"`,
    'not-json': String.raw`"\x41" "\'" "\v" "\0" "\N" "\u12" "\u+123" "\u004g" "\U0041" "\constructor" "\__proto__"`,
  },
  surrogates: {
    accepted: ['"😀"', String.raw`"\ud83d\ude00"`, String.raw`{"\ud83d\ude00":1}`],
    'not-json': [
      String.raw`"\ud83d"`,
      String.raw`"\ude00"`,
      String.raw`"\ude00\ud83d"`,
      String.raw`"\ud83d \ude00"`,
      String.raw`"😀\ude00"`,
      String.raw`{"\ud83d":1}`,
      '"\ud83d"',
      '"\ude00"',
      '"\ude00\ud83d"',
    ],
  },
  arrays: {
    accepted: '[] [1,[2],{}]',
    'not-json': ['[1,]', '[,1]', '[,]', '[1 2]', '[1', '[1}', '[', ']'],
    'left-over': '[]] [],',
  },
  objects: {
    accepted: '{} {"b":1,"a":{"c":null}} {"":0}',
    'not-json': '{"a":1,} {,"a":1} {"a"} {"a":} {a:1} {1:1} {"a":1 {"a"=1} {"a":1]',
    'left-over': '{}{} {}}',
  },
  names: {
    accepted: ['{"a":1,"b":1}', '[{"a":1},{"a":1}]', '{"a":{"a":1}}', String.raw`{"é":1,"e\u0301":1}`],
    'duplicate-name': ['{"a":1,"a":1}', '{"a":1,"b":2,"a":3}', String.raw`{"a":1,"\u0061":1}`],
  },
  'names with a meaning elsewhere': {
    accepted: '{"__proto__":1} {"constructor":1,"toString":2} {"__proto__":{"a":1},"a":2}',
    'duplicate-name': '{"__proto__":1,"__proto__":1} {"constructor":1,"constructor":1}',
  },
  'what stands around': {
    accepted: '1',
    'not-json': ['\ufeff1', '\u00a01', '\f1', '//\n1', '[/*1*/]'],
    'left-over': ['1\ufeff', '1\u00a0', '1 1', '1\0', '[] // why'],
  },
  // Hostile nesting is refused long before the stack ends.
  depth: { accepted: [nested(257)], 'not-json': [nested(258), nested(1_000_000), '{"a":'.repeat(1_000_000)] },
}

describe('texts', () => {
  it('are read or refused as the table says', () => {
    const rows = Object.entries(TEXTS).flatMap(([subject, byCode]) =>
      Object.entries(byCode).flatMap(([code, list]) =>
        (typeof list === 'string' ? list.split(' ') : list).map(text => ({ subject, text, code })),
      ),
    )
    const cut = (row: (typeof rows)[number], code: string) => ({ ...row, text: row.text.slice(0, 40), code })
    expect(rows.map(row => cut(row, codeOf(row.text, false)))).toEqual(rows.map(row => cut(row, row.code)))
    const accepted = rows.filter(row => row.code === 'accepted').map(row => row.text)
    expect(accepted.map(text => parseJson(text, ''))).toEqual(accepted.map(text => asJson(JSON.parse(text))))
  })

  it('may hold white space between tokens, unless they must be compact', () => {
    const tight = ['[1,{"a":2}]', '{" a ":"\u00a0 \\n"}', '" "', '1']
    const around = [' [1,{"a":2}]', '[1,{"a":2}]\n', '[\n1,{"a":2}]', '[1\t,{"a":2}]', '[1,\r{"a":2}]', '[1,{"a":2} ]']
    const inside = ['[1,{ "a":2}]', '[1,{"a" :2}]', '[1,{"a": 2}]', '[1,{"a":2 }]', '[ ]', '{ }']
    const loose = [...around, ...inside]
    expect([...tight, ...loose].map(text => [text, codeOf(text, false)])).toEqual(
      [...tight, ...loose].map(text => [text, 'accepted']),
    )
    expect([...tight, ...loose].map(text => [text, codeOf(text, true)])).toEqual([
      ...tight.map(text => [text, 'accepted']),
      ...loose.map(text => [text, 'white-space']),
    ])
  })
})

describe('texts against the platform', () => {
  const names = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', 'constructor', 'a', '1'))
  const { value, object } = fc.letrec<{ value: unknown; object: object }>(tie => ({
    value: fc.oneof(
      { depthSize: 'medium' },
      fc.nat(),
      fc.constantFrom(null, true, false, 0, 2 ** 31 - 1),
      fc.string({ unit: 'binary' }),
      fc.array(tie('value'), { maxLength: 4 }),
      tie('object'),
    ),
    object: fc
      .uniqueArray(fc.tuple(names, tie('value')), { maxLength: 4, selector: ([name]) => name })
      .map(entries => Object.fromEntries(entries)),
  }))

  it('give back every value that the platform has written, compact or spaced', () => {
    fc.assert(
      fc.property(value, one => {
        expect(parseJson(JSON.stringify(one), '', true)).toEqual(asJson(one))
        expect(parseJson(JSON.stringify(one, null, 2), '')).toEqual(asJson(one))
      }),
      { numRuns: 300 },
    )
  })

  it('are refused when an object is cut short anywhere', () => {
    fc.assert(
      fc.property(object, one => {
        const whole = JSON.stringify(one)
        const parts = Array.from({ length: whole.length }, (_, at) => whole.slice(0, at))
        expect(parts.filter(part => codeOf(part, true) === 'accepted')).toEqual([])
        expect(codeOf(whole, true)).toBe('accepted')
      }),
    )
  })

  it('are never accepted where the platform refuses them, nor read as anything else', () => {
    const tokens = fc.constantFrom(
      ...'{}[]:,"\\ 019-.eEu\n',
      '"a"',
      '"a":',
      '\\u0061',
      '\ud83d',
      '\ud83d\ude00',
      'null',
    )
    const written = value.map(one => JSON.stringify(one))
    // One token put in somewhere, over none to three characters; or a few tokens in a row.
    const changed = fc.tuple(written, fc.nat(), fc.nat(3), tokens).map(([text, anywhere, over, token]) => {
      const at = anywhere % (text.length + 1)
      return text.slice(0, at) + token + text.slice(at + over)
    })
    const rows = fc.array(tokens, { maxLength: 8 }).map(some => some.join(''))
    fc.assert(
      fc.property(fc.oneof(changed, rows), text => {
        if (codeOf(text, false) === 'accepted') expect(parseJson(text, '')).toEqual(asJson(JSON.parse(text)))
      }),
      { numRuns: 2000 },
    )
  })
})

describe('shapes', () => {
  const { atLeast, byGroup, bytes, exactly, exactlyOr, integer, listOf, nullOr, oneOf, text } = json

  it('read what fits and refuse what does not, naming the path', () => {
    const pair = exactly({ a: integer(0), b: text })
    const maybe = exactlyOr({ a: integer(0) }, { b: text })
    const groups = byGroup([{ id: 'office' }, { id: 'constructor' }], integer(0))
    const foo = Uint8Array.of(0x66, 0x6f, 0x6f)
    const type = 'wrong-type at x'
    const rows: readonly (readonly [json.Shape<unknown>, Readonly<Record<string, unknown>>])[] = [
      [text, { '"a"': 'a', '""': '', 1: type, null: type, '["a"]': type, '{}': type }],
      [integer(2, 4), { 2: 2, 4: 4, 1: 'out-of-range at x', 5: 'out-of-range at x' }],
      [integer(0), { 2147483647: 2147483647, true: type, false: type, '"1"': type, null: type, '[1]': type }],
      [oneOf('a', 'b'), { '"b"': 'b', '"c"': 'wrong-value at x', '["a"]': 'wrong-value at x' }],
      [bytes(), { '"Zm9v"': foo, '""': new Uint8Array(), '"Zm9="': 'not-base64url at x', 5: type }],
      [bytes(3), { '"Zm9v"': foo, '"Zm8"': 'wrong-length at x', '"Zm9vZg"': 'wrong-length at x' }],
      [listOf(text, 1, 2), { '["a"]': ['a'], '["a","b"]': ['a', 'b'], '["a",2]': 'wrong-type at x[1]' }],
      [listOf(text, 1, 2), { '[]': 'wrong-length at x', '["a","b","c"]': 'wrong-length at x', '{"0":"a"}': type }],
      [nullOr(text), { null: null, '"a"': 'a', false: type }],
      [pair, { '{"b":"c","a":1}': { a: 1, b: 'c' }, '{"a":1}': 'missing-field at x.b', '[1,"c"]': type }],
      [pair, { '{"a":1,"b":null}': 'wrong-type at x.b', '{"a":1,"b":"c","d":0}': 'unknown-field at x.d' }],
      [pair, { '{"a":1,"b":"c","__proto__":{}}': 'unknown-field at x.__proto__' }],
      [pair, { '{"a":1,"b":"c","toString":0}': 'unknown-field at x.toString' }],
      [pair, { '{"a":1,"__proto__":{"b":"c"}}': 'missing-field at x.b' }],
      [exactly({}), { '{}': {}, '{"constructor":0}': 'unknown-field at x.constructor', null: type }],
      [exactly({ constructor: text }), { '{"constructor":"a"}': { constructor: 'a' } }],
      [exactly({ constructor: text }), { '{}': 'missing-field at x.constructor' }],
      [
        atLeast({ a: text }),
        { '{"a":"b","c":1,"__proto__":{}}': { a: 'b' }, '{"c":1}': 'missing-field at x.a', 1: type },
      ],
      [maybe, { '{"a":1}': { a: 1 }, '{"a":1,"b":"c"}': { a: 1, b: 'c' }, '{"a":1,"b":2}': 'wrong-type at x.b' }],
      [maybe, { '{"a":1,"c":2}': 'unknown-field at x.c', '{"b":"c"}': 'missing-field at x.a', '[]': type }],
      [groups, { '{"constructor":2,"office":1}': [1, 2], '{"office":1}': 'missing-field at x.constructor' }],
      [groups, { '{"constructor":2,"office":true}': 'wrong-type at x.office', '[1,2]': type }],
      [groups, { '{"constructor":2,"office":1,"depot":3}': 'unknown-field at x.depot' }],
      [groups, { '{"constructor":2,"office":1,"__proto__":3}': 'unknown-field at x.__proto__' }],
    ]
    const found = rows.map(([shape, byText]) =>
      Object.keys(byText).map(given => [given, outcome(() => shape(parseJson(given, 'text'), 'x'))]),
    )
    expect(found).toEqual(rows.map(([, byText]) => Object.entries(byText)))
  })

  it('read back what was written, bytes as base64url', () => {
    const shape = exactly({ key: bytes(32), list: listOf(bytes(), 0, 9) })
    const key = fc.uint8Array({ minLength: 32, maxLength: 32 })
    fc.assert(
      fc.property(fc.record({ key, list: fc.array(fc.uint8Array(), { maxLength: 9 }) }), one => {
        expect(shape(parseJson(json.writeJson(one), '', true), '')).toEqual(one)
      }),
    )
  })
})
