/**
 * What two operators hold between them while the box is open, searched for anything that would join one phone's two
 * sides: both databases byte for byte, both logs, every request and answer on either side, and what the two deployments
 * say to one another. Public constants of the poll apart (manifest, list of all cards, the box's keys) nothing may occur
 * on both. The detectors know what really happened.
 */
import { existsSync, readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { concat, toBase64url, toHex } from '../crypto/bytes.ts'
import type { Exchange } from './two-offices.ts'

/** One voter, as the test played it: everything that was sent for it, either side. */
export interface Voter {
  readonly token: Uint8Array
  readonly request: Uint8Array
  readonly ballot: Uint8Array
  readonly redeemed: Exchange
  readonly cast: Exchange
}

export interface Sides {
  readonly box: { readonly file: string; readonly logged: readonly string[] }
  readonly redeem: { readonly file: string; readonly logged: readonly string[] }
  /** All that the box asked there since its manifest was put. */
  readonly between: readonly Exchange[]
  readonly voters: readonly Voter[]
}

/** Every leak found, by the detector's name. None of two honest operators. */
export const leaksBetween = (sides: Sides): readonly string[] =>
  Object.entries(DETECTORS)
    .filter(([, isLeaking]) => isLeaking(sides))
    .map(([name]) => name)

const DETECTORS: { readonly [name: string]: (sides: Sides) => boolean } = {
  'a value in both databases': ({ box, redeem }) => {
    const here = valuesIn(box.file)
    return [...valuesIn(redeem.file)].some(value => here.has(value))
  },
  'a redemption where ballots are cast': ({ box, voters }) =>
    holds(
      box.file,
      voters.map(({ request }) => request.subarray(32)),
    ),
  'a ballot or a receipt where cards are redeemed': ({ redeem, voters }) =>
    holds(
      redeem.file,
      voters.flatMap(({ ballot, cast }) => [ballot.subarray(1), cast.answer]),
    ),
  'something that one phone says on both sides': ({ voters }) => voters.some(voter => saysTwice(voter, voters)),
  'a card named between the two': ({ between, voters }) =>
    between.some(({ path, body, answer }) =>
      voters.some(({ token, request }) =>
        [token, request.subarray(32)].some(what => [utf8(path), body, answer].some(where => names(where, what))),
      ),
    ),
  'something was logged': ({ box, redeem }) => box.logged.length + redeem.logged.length > 0,
}

const utf8 = (text: string): Uint8Array => Buffer.from(text)

const PART = 16

/** Any run of so many bytes, as bytes or written as base64url or hex. */
function names(where: Uint8Array, what: Uint8Array): boolean {
  const text = Buffer.from(where)
  for (let i = 0; i + PART <= what.length; i += PART) {
    const part = what.subarray(i, i + PART)
    if (text.includes(Buffer.from(part)) || text.includes(toHex(part))) return true
  }
  return text.includes(toBase64url(what).slice(0, 20))
}

const filesOf = (file: string): Uint8Array =>
  concat(readFileSync(file), existsSync(`${file}-wal`) ? readFileSync(`${file}-wal`) : new Uint8Array())

const holds = (file: string, parts: readonly Uint8Array[]): boolean => {
  const bytes = filesOf(file)
  return parts.some(part => names(bytes, part))
}

/** The poll's own, by table: what everybody may know of it, and the keys that both need. */
const CONSTANT: { readonly [table: string]: readonly string[] } = {
  poll: ['manifest', 'manifest_hash', 'keys', 'draft', 'state', 'gate', 'id', 'nonce'],
  listing: ['poll', 'nonce'],
  listed_manifest: ['hash', 'poll'],
  token: ['token', 'poll'],
  spent: ['poll', 'gate'],
  cast: ['poll', 'gate'],
}
const LEAST_BYTES = 6

function valuesIn(file: string): ReadonlySet<string> {
  const database = new Database(file, { readonly: true })
  try {
    const tables = database.prepare("select name from sqlite_schema where type = 'table'").pluck().all() as string[]
    const rows = tables.flatMap(table =>
      (database.prepare(`select * from "${table}"`).all() as Record<string, unknown>[]).map(row => ({ table, row })),
    )
    return new Set(
      rows.flatMap(({ table, row }) =>
        Object.entries(row).flatMap(([column, value]) => {
          if (CONSTANT[table]?.includes(column)) return []
          const bytes = value instanceof Uint8Array ? value : utf8(value === null ? '' : String(value))
          return bytes.length < LEAST_BYTES ? [] : [toHex(bytes)]
        }),
      ),
    )
  } finally {
    database.close()
  }
}

const WINDOW = 8

/** What stands in both of one voter's requests or answers and in nobody else's: a name, whoever gave it. */
function saysTwice(own: Voter, voters: readonly Voter[]): boolean {
  const others = new Set(
    voters.filter(one => one !== own).flatMap(({ redeemed, cast }) => [...said(redeemed), ...said(cast)]),
  )
  const there = said(own.redeemed)
  return [...said(own.cast)].some(what => there.has(what) && !others.has(what))
}

/** Headers and query as they stand; of bodies every run of some bytes. */
function said({ path, headers, answered, body, answer }: Exchange): ReadonlySet<string> {
  const windows = [body, answer].flatMap(bytes => {
    const text = Buffer.from(bytes).toString('latin1')
    return Array.from({ length: Math.max(0, text.length - WINDOW + 1) }, (_, i) => text.slice(i, i + WINDOW))
  })
  const named = [...headers, ...answered].filter(([name]) => name !== 'content-length')
  return new Set([...windows, ...named.map(pair => pair.join(': ')), ...path.split('?').slice(1)])
}
