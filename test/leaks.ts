/**
 * What somebody who seizes everything would search for: the database's files byte for byte, its schema and rows, the
 * log, and every answer that a door gave. Whatever joins a redemption to a cast or tells in which order they came is
 * named. The detectors know what really happened, so that they can tell.
 */
import { existsSync, readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { toHex } from '../crypto/bytes.ts'

/** One voter as the test played it. */
export interface Trace {
  readonly token: Uint8Array
  readonly request: Uint8Array
  readonly ballot: Uint8Array
  /** What the phone's requests said of it, and nobody should have kept. */
  readonly marks: readonly string[]
}

export interface Answered {
  readonly door: 'redeem' | 'cast' | 'other'
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Uint8Array
}

export interface Evidence {
  readonly file: string
  readonly logged: readonly string[]
  readonly answered: readonly Answered[]
  /** In the order in which they redeemed, and in which they cast. */
  readonly redeemed: readonly Trace[]
  readonly cast: readonly Trace[]
  /** Lines of the public board. */
  readonly board: string
}

/** The tables that voters touch, with every column they may have. */
const COLUMNS: { readonly [table: string]: readonly string[] } = {
  token: ['poll', 'token', 'grp'],
  spent: ['poll', 'token', 'request', 'answer', 'gate'],
  cast: ['poll', 'kind', 'key', 'grp', 'bytes', 'sealed', 'receipt', 'gate'],
}
/** Of accounts, rules and which polls there are, which no voter touches; of what follows a count, which is numbered. */
const OTHERS = [
  ...['setting', 'session', 'person', 'person_poll', 'pack', 'pack_draft', 'listing', 'listed_manifest'],
  ...['poll', 'member', 'message'],
  ...['entry', 'confirmation', 'scan', 'copy', 'comment_box', 'comment_file'],
]
const TABLES = [...OTHERS, ...Object.keys(COLUMNS)]
const TRIGGERS = ['pack', 'entry', 'confirmation'].flatMap(table => [`${table}_stays`, `${table}_remains`])
const HEADERS = [
  'content-type',
  'cache-control',
  'content-security-policy',
  'referrer-policy',
  'x-content-type-options',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'permissions-policy',
  'content-disposition',
]

/** Every leak found, by the detector's name. None of an honest server. */
export function leaksIn(evidence: Evidence): readonly string[] {
  const found = Object.entries(DETECTORS).filter(([, isLeaking]) => isLeaking(evidence))
  return found.map(([name]) => name)
}

const DETECTORS: { readonly [name: string]: (evidence: Evidence) => boolean } = {
  'a table, column or trigger that nobody declared': ({ file }) => read(file, schemaDiffers),
  'a hidden row number': ({ file }) => read(file, hasRowid),
  'a value that a redemption and a cast have in common': ({ file }) => read(file, shareValue),
  'rows lie in the file as they came': evidence => liesInOrder(evidence),
  'the log of writes still tells of cards or ballots': evidence => isToldByLog(evidence),
  'something that a phone said of itself': evidence => isMarked(evidence),
  'something was logged': ({ logged }) => logged.length > 0,
  'a header that could tell phones apart': ({ answered }) => answered.some(hasOddHeader),
  'an answer says more than the protocol': ({ answered }) => answered.some(saysMore),
  'the board is not in the order of its content': ({ board }) => !isSorted(board),
}

function read<T>(file: string, question: (database: Database.Database) => T): T {
  const database = new Database(file, { readonly: true })
  try {
    return question(database)
  } finally {
    database.close()
  }
}

function schemaDiffers(database: Database.Database): boolean {
  const objects = database.prepare('select type, name from sqlite_schema').all() as { type: string; name: string }[]
  const strange = objects.filter(
    ({ type, name }) =>
      !(type === 'table' && TABLES.includes(name)) &&
      !(type === 'trigger' && TRIGGERS.includes(name)) &&
      !(type === 'index' && /^sqlite_auto/.test(name)),
  )
  const columns = (table: string) => (database.pragma(`table_info(${table})`) as { name: string }[]).map(c => c.name)
  return strange.length > 0 || Object.entries(COLUMNS).some(([table, names]) => columns(table).join() !== names.join())
}

const hasRowid = (database: Database.Database): boolean =>
  (database.pragma('table_list') as { name: string; wr: number }[]).some(({ name, wr }) => name in COLUMNS && wr === 0)

/** Anything long enough to be a name, in a row of `spent` and a row of `cast`, the poll's own apart. */
function shareValue(database: Database.Database): boolean {
  const namesIn = (table: string) =>
    new Set(
      (database.prepare(`select * from "${table}"`).all() as Record<string, unknown>[]).flatMap(row =>
        Object.entries(row).flatMap(([column, value]) => {
          if (column === 'poll' || column === 'gate') return []
          if (value instanceof Uint8Array) return value.length < 4 ? [] : [toHex(value)]
          if (typeof value === 'number') return value < 1000 ? [] : [String(value)]
          return value === null ? [] : [String(value)]
        }),
      ),
    )
  const spent = namesIn('spent')
  return [...namesIn('cast')].some(value => spent.has(value))
}

/** Kendall's rank correlation of two orders of the same things, −1 … 1; near 0 where they have nothing to do. */
export function correlation(order: readonly number[]): number {
  let sum = 0
  for (let i = 0; i < order.length; i++) for (let j = 0; j < i; j++) sum += Math.sign(order[i]! - order[j]!)
  return sum / ((order.length * (order.length - 1)) / 2)
}

/** Six standard deviations of what chance gives: no honest run comes near. */
const bound = (n: number): number => 6 * Math.sqrt((2 * (2 * n + 5)) / (9 * n * (n - 1)))

/** Where the things lie in the file, in the order in which they came. Twice in the file is once too often. */
function liesInOrder({ file, redeemed, cast }: Evidence): boolean {
  const bytes = readFileSync(file)
  const told = (things: readonly Uint8Array[]) => {
    const places = things.map(thing => bytes.indexOf(thing))
    const twice = things.some((thing, i) => bytes.indexOf(thing, places[i]! + 1) >= 0)
    return twice || places.includes(-1) || Math.abs(correlation(places)) > bound(places.length)
  }
  // A row's body is longer than its key, and stands once.
  return (
    told(redeemed.map(({ request }) => request.subarray(40))) ||
    told(cast.map(({ ballot }) => ballot.subarray(40, 400)))
  )
}

/** Once the box is closed the log holds what was written of the poll itself, until it is emptied. */
function isToldByLog({ file, redeemed, cast }: Evidence): boolean {
  const log = existsSync(`${file}-wal`) ? readFileSync(`${file}-wal`) : Buffer.alloc(0)
  const voted = [
    ...redeemed.flatMap(({ token, request }) => [token, request.subarray(40, 80)]),
    ...cast.flatMap(({ ballot }) => [ballot.subarray(1, 33), ballot.subarray(40, 80), ballot.subarray(-40)]),
  ]
  return voted.some(part => log.indexOf(part) >= 0)
}

function isMarked({ file, logged, answered, cast }: Evidence): boolean {
  const places = [
    readFileSync(file),
    existsSync(`${file}-wal`) ? readFileSync(`${file}-wal`) : Buffer.alloc(0),
    Buffer.from(logged.join('\n')),
    ...answered.flatMap(({ headers, body }) => [Buffer.from(body), Buffer.from(headers.flat().join('\n'))]),
  ]
  return cast.some(({ marks }) => marks.some(mark => places.some(place => place.includes(mark))))
}

const hasOddHeader = ({ headers }: Answered): boolean => headers.some(([name]) => !HEADERS.includes(name))

/** By door: the exact length of the protocol's answer for one kind. */
const LENGTHS = { redeem: 32 + 64 + 64, cast: 32 + 64 } as const

const saysMore = ({ door, body }: Answered): boolean => door !== 'other' && body.length !== LENGTHS[door]

function isSorted(board: string): boolean {
  const tokens = [...board.matchAll(/"type":"redemption","token":"([\w-]+)"/g)].map(([, token]) =>
    Buffer.from(token!, 'base64url').toString('hex'),
  )
  return tokens.every((token, i) => i === 0 || tokens[i - 1]! < token)
}
