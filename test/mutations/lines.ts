/** Changes of single lines, nothing rebuilt: what the reader of lines and the nearest check notice. */
import { fromBase64url, toBase64url } from '../../crypto/bytes.ts'
import type { FaultCode } from '../../crypto/fault.ts'
import type { Check } from '../../crypto/verify/findings.ts'
import {
  fieldsOf,
  flipped,
  goodLines,
  join,
  type Loose,
  otherLines,
  placeOf,
  type Row,
  replaced,
  swapped,
  withLine,
  without,
} from './row.ts'

// ── the text ────────────────────────────────────────────────────────────────────────────────────────────────────

const ballotAt = placeOf('ballot', 1)
const openAt = placeOf('open', 1)
const edited = (at: number, change: (line: string) => string) => () =>
  join(replaced(goodLines, at, change(goodLines[at]!)))

const text: readonly (readonly [name: string, code: FaultCode, record: () => string])[] = [
  ['white space after a colon', 'white-space', edited(ballotAt, l => l.replace('":', '": '))],
  ['white space at the end of a line', 'white-space', edited(ballotAt, l => `${l} `)],
  ['a carriage return before the line feed', 'white-space', edited(ballotAt, l => `${l}\r`)],
  ['a blank line', 'not-json', edited(ballotAt, l => `${l}\n`)],
  ['a byte order mark', 'not-json', edited(0, l => `\ufeff${l}`)],
  ['a field that stands twice', 'duplicate-name', edited(ballotAt, l => l.replace('{', '{"type":"ballot",'))],
  [
    'a twin field spelt with an escape',
    'duplicate-name',
    edited(ballotAt, l => l.replace('{', '{"typ\\u0065":"ballot",')),
  ],
  ['an unknown field', 'unknown-field', edited(ballotAt, l => l.replace('{', '{"note":"x",'))],
  ['an unknown field called constructor', 'unknown-field', edited(ballotAt, l => l.replace('{', '{"constructor":1,'))],
  ['an unknown field called __proto__', 'unknown-field', edited(ballotAt, l => l.replace('{', '{"__proto__":1,'))],
  ['a missing field', 'missing-field', edited(ballotAt, () => '{"type":"ballot"}')],
  ['a line of unknown type', 'unknown-line', edited(ballotAt, l => l.replace('"ballot"', '"vote"'))],
  ['a line that is a list', 'unknown-line', edited(ballotAt, () => '[]')],
  ['two objects on one line', 'left-over', edited(ballotAt, l => l + l)],
  ['a line cut in the middle', 'not-json', edited(ballotAt, l => l.slice(0, -20))],
  ['a number as fraction', 'not-integer', edited(openAt, l => l.replace('"trustee":3', '"trustee":3.0'))],
  ['a number with exponent', 'not-integer', edited(openAt, l => l.replace('"trustee":3', '"trustee":3e0'))],
  ['a negative number', 'not-integer', edited(openAt, l => l.replace('"trustee":3', '"trustee":-3'))],
  ['a number with leading zero', 'not-integer', edited(openAt, l => l.replace('"trustee":3', '"trustee":03'))],
  ['true for a number', 'wrong-type', edited(openAt, l => l.replace('"trustee":3', '"trustee":true'))],
  ['a number as text', 'wrong-type', edited(openAt, l => l.replace('"trustee":3', '"trustee":"3"'))],
  ['trustee 0', 'out-of-range', edited(openAt, l => l.replace('"trustee":3', '"trustee":0'))],
  ['padded base64', 'not-base64url', edited(ballotAt, l => l.replace('"}', '="}'))],
  ['base64 of the other alphabet', 'not-base64url', edited(ballotAt, l => l.replace(/"bytes":"../, '"bytes":"+/'))],
  ['half of a surrogate pair', 'not-json', edited(placeOf('result'), l => l.replace('"text":"', '"text":"\\ud800'))],
  ['the closing before the voids', 'line-order', () => join(swapped(goodLines, placeOf('void'), placeOf('closing')))],
  ['a comment among the ballots', 'line-order', () => join(swapped(goodLines, ballotAt, placeOf('comment')))],
  ['the manifest twice', 'line-order', () => join([goodLines[0]!, ...goodLines])],
  ['two closing statements', 'line-order', edited(placeOf('closing'), l => `${l}\n${l}`)],
  ['two results', 'line-order', edited(placeOf('result'), l => `${l}\n${l}`)],
  ['the last line without its line feed', 'line-end', () => join(goodLines).slice(0, -1)],
  ['bytes after the last line', 'line-end', () => `${join(goodLines)}{}`],
  ['no manifest', 'line-missing', () => join(goodLines.slice(1))],
]

// ── every binary field of every line ────────────────────────────────────────────────────────────────────────────

interface Field {
  readonly type: string
  readonly path: readonly (string | number)[]
  readonly check: Check
  /** What a changed bit may bring to light besides. */
  readonly also?: readonly Check[]
  /** Parts of fixed length are refused as lines (check 1) when longer or shorter; ballots are for check 7. */
  readonly lengthCheck: Check
}

const FIELDS: readonly Field[] = [
  { type: 'tokens', path: ['keys', 0], check: 3, lengthCheck: 1 },
  { type: 'redemption', path: ['token'], check: 4, lengthCheck: 1 },
  { type: 'redemption', path: ['blinded', 0], check: 4, lengthCheck: 1 },
  { type: 'redemption', path: ['blinded', 1], check: 4, lengthCheck: 1 },
  { type: 'redemption', path: ['signature'], check: 4, lengthCheck: 1 },
  { type: 'void', path: ['token'], check: 4, lengthCheck: 1 },
  { type: 'void', path: ['signature'], check: 4, lengthCheck: 1 },
  { type: 'closing', path: ['signature'], check: 5, lengthCheck: 1 },
  { type: 'ballot', path: ['bytes'], check: 7, also: [5, 6, 9], lengthCheck: 7 },
  { type: 'comment', path: ['bytes'], check: 7, also: [5, 6, 9], lengthCheck: 7 },
  { type: 'open', path: ['signature'], check: 10, lengthCheck: 1 },
  { type: 'share', path: ['share'], check: 11, lengthCheck: 1 },
  { type: 'share', path: ['proof'], check: 11, lengthCheck: 1 },
  { type: 'signature', path: ['signature'], check: 12, lengthCheck: 1 },
]

function read(line: string, path: Field['path']): string {
  let value: Loose[string] = fieldsOf(line)
  for (const step of path) value = value[step]
  return value
}

function write(fields: Record<string, unknown>, path: Field['path'], value: string): Record<string, unknown> {
  let at: Loose = fields
  for (const step of path.slice(0, -1)) at = at[step]
  at[path.at(-1)!] = value
  return fields
}

/** Each row says in its name what was done; the fault's code differs with where a random bit fell. */
const fields: readonly Omit<Row, 'code'>[] = FIELDS.flatMap(({ type, path, check, also = [], lengthCheck }) => {
  const at = placeOf(type)
  const own = read(goodLines[at]!, path)
  const bytes = fromBase64url(own)!
  const name = `${type} ${path.join(' ')}`
  const change = (what: string, value: string, of: Check, besides: readonly Check[] = also): Omit<Row, 'code'> => ({
    name: `${name}: ${what}`,
    check: of,
    also: besides,
    record: () => withLine(type, 0, line => write(line, path, value)),
  })
  const replay = read(otherLines[placeOf(type, 0, otherLines)]!, path)
  const neighbours = goodLines.filter(line => fieldsOf(line).type === type).length
  const neighbour = neighbours > 1 ? read(goodLines[placeOf(type, 1)]!, path) : null
  return [
    change('first byte changed', toBase64url(flipped(bytes, 0)), check),
    change('a bit in the middle changed', toBase64url(flipped(bytes, bytes.length >> 1, 8)), check),
    change('last byte changed', toBase64url(flipped(bytes, -1)), check),
    change('cut by one byte', toBase64url(bytes.subarray(0, -1)), lengthCheck),
    change('one byte left over', toBase64url(Uint8Array.of(...bytes, 0)), lengthCheck),
    change('empty', '', lengthCheck),
    change('all zeros', toBase64url(new Uint8Array(bytes.length)), check),
    change('all ones', toBase64url(new Uint8Array(bytes.length).fill(255)), check),
    change('replayed from another poll', replay, check),
    ...(neighbour === null ? [] : [change('taken from its neighbour', neighbour, check, [...also, 5])]),
    change('a number in its place', own, 1),
  ].map(row =>
    row.name.endsWith('a number in its place')
      ? { ...row, also: [], record: () => withLine(type, 0, line => write(line, path, 7 as unknown as string)) }
      : row,
  )
})

// ── whole lines ─────────────────────────────────────────────────────────────────────────────────────────────────

interface LineRows {
  readonly type: string
  readonly dropped: Check
  readonly doubled: Check
  /** The first two exchanged; none where there is only one. */
  readonly exchanged: Check | null
  readonly also?: readonly Check[]
}

const LINES: readonly LineRows[] = [
  { type: 'tokens', dropped: 3, doubled: 3, exchanged: 3 },
  { type: 'redemption', dropped: 4, doubled: 4, exchanged: 4 },
  { type: 'void', dropped: 4, doubled: 4, exchanged: null },
  { type: 'closing', dropped: 5, doubled: 1, exchanged: null },
  { type: 'ballot', dropped: 5, doubled: 7, exchanged: 9, also: [5] },
  { type: 'comment', dropped: 5, doubled: 7, exchanged: 9, also: [5] },
  { type: 'open', dropped: 10, doubled: 10, exchanged: 10 },
  { type: 'share', dropped: 11, doubled: 11, exchanged: 11 },
  { type: 'result', dropped: 12, doubled: 1, exchanged: null },
  { type: 'signature', dropped: 12, doubled: 12, exchanged: 12 },
]

const wholeLines: readonly Omit<Row, 'code'>[] = LINES.flatMap(({ type, dropped, doubled, exchanged, also = [] }) => {
  const at = placeOf(type)
  return [
    { name: `${type}: dropped`, check: dropped, also, record: () => join(without(goodLines, at)) },
    {
      name: `${type}: doubled`,
      check: doubled,
      also,
      record: () => join(goodLines.flatMap((line, i) => (i === at ? [line, line] : [line]))),
    },
    ...(exchanged === null
      ? []
      : [
          {
            name: `${type}: exchanged with the next`,
            check: exchanged,
            record: () => join(swapped(goodLines, at, at + 1)),
          },
        ]),
  ]
})

const cut: readonly Omit<Row, 'code'>[] = [
  ['after the manifest', placeOf('tokens'), 3],
  ['after the redemptions', placeOf('void'), 5],
  ['after the closing', placeOf('ballot'), 5],
  ['after a ballot', placeOf('ballot', 3), 5],
  ['after an opening', placeOf('open', 1), 10],
  ['after the openings', placeOf('share'), 12],
  ['before the result', placeOf('result'), 12],
  ['after a signature', placeOf('signature', 1), 12],
].map(([where, at, check]) => ({
  name: `cut off ${where}`,
  check: check as Check,
  record: () => join(goodLines.slice(0, at as number)),
}))

export const lineRows: readonly (Omit<Row, 'code'> & { readonly code?: FaultCode })[] = [
  ...text.map(([name, code, record]) => ({ name, check: 1 as const, code, record })),
  ...fields,
  ...wholeLines,
  ...cut,
]
