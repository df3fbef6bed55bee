/**
 * Everything of one poll, or what the directory holds of packs and people, as lines of text. The same contents give the
 * same lines on every engine and whatever order they were written in: rows stand in the order of their keys, columns in
 * the order below, bytes as base64url.
 *
 *     {"parcel":"poll","release":4,"poll":"…","nonce":"…","given":["…"]}
 *     {"table":"poll","rehearsal":0,"state":"printed",…}
 *     {"table":"member","idx":1,"secret":"…"}
 *     …
 *     {"end":"…"}                     H(… H(H(0 ‖ row 1) ‖ row 2) … ‖ row n), SHA-256 over 32 bytes and a line's UTF-8
 *
 * Left out: sessions, the set-up link, what was asked of members before opening, and when a last call began, which means
 * nothing but while a box is open.
 */
import { concat, fromBase64url, toBase64url, utf8 } from '../crypto/bytes.ts'
import { sha256 } from '../crypto/transcript.ts'
import { VERSION } from './schema/tables.ts'
import type { DirectoryTables, PollTables } from './schema.ts'

type Kind = 'bytes' | 'text' | 'number'
type Value = Uint8Array | string | number | null
export type Row = Readonly<Record<string, Value>>

type Handle<T extends keyof PollTables> = T extends 'poll' ? 'id' | 'last_call_ms' : 'poll'
type DirectoryPart = Pick<DirectoryTables, 'pack' | 'person' | 'pack_draft'>

/** A table comes after those that it refers to; a type error says that a column was forgotten. */
const POLL_COLUMNS = {
  poll: {
    rehearsal: 'number',
    state: 'text',
    gate: 'text',
    version: 'number',
    draft: 'text',
    nonce: 'text',
    tried: 'text',
    attempt: 'number',
    run: 'bytes',
    keys: 'text',
    manifest_hash: 'bytes',
    manifest: 'text',
    asked: 'text',
    closing: 'text',
    closing_signature: 'bytes',
    follows: 'bytes',
    void_reason: 'text',
    published: 'number',
    stated: 'text',
    minutes: 'text',
    minutes_version: 'number',
    minutes_sealed: 'number',
    stamp: 'text',
  },
  member: { idx: 'number', secret: 'text' },
  message: { step: 'text', sender: 'number', recipient: 'number', body: 'text' },
  token: { token: 'bytes', grp: 'number' },
  spent: { token: 'bytes', request: 'bytes', answer: 'bytes', gate: 'text' },
  cast: {
    kind: 'number',
    key: 'bytes',
    grp: 'number',
    bytes: 'bytes',
    sealed: 'bytes',
    receipt: 'bytes',
    gate: 'text',
  },
  entry: { n: 'number', body: 'text', by_person: 'bytes', by_name: 'text' },
  confirmation: { n: 'number', by_person: 'bytes', by_name: 'text' },
  scan: { n: 'number', name: 'text', type: 'text', bytes: 'bytes', by_name: 'text' },
  copy: { number: 'number', form: 'text', recipient: 'text', by_name: 'text' },
  comment_box: { sender: 'number', recipient: 'number', bytes: 'bytes' },
  comment_file: { sender: 'number', bytes: 'bytes' },
} as const satisfies {
  readonly [T in keyof PollTables]: { readonly [C in Exclude<keyof PollTables[T], Handle<T>>]: Kind }
}

const DIRECTORY_COLUMNS = {
  pack: { sha256: 'bytes', id: 'text', version: 'number', text: 'text', entered_by: 'text', confirmed_by: 'text' },
  person: {
    id: 'bytes',
    login: 'text',
    name: 'text',
    role: 'text',
    password: 'text',
    invitation: 'bytes',
    everything: 'number',
  },
  pack_draft: { id: 'bytes', version: 'number', text: 'text', changed_by: 'bytes', proposed_by: 'bytes' },
} as const satisfies { readonly [T in keyof DirectoryPart]: { readonly [C in keyof DirectoryPart[T]]: Kind } }

export interface Table {
  readonly name: string
  readonly columns: Readonly<Record<string, Kind>>
  /** Without the poll's handle. */
  readonly key: readonly string[]
  /** Rows that are read at once: some megabytes. Infinity: all of them, in an order that each engine sees its own way. */
  readonly atOnce: number
}

const table = (name: string, columns: Table['columns'], key: readonly string[] = [], atOnce = Infinity): Table => ({
  name,
  columns,
  key,
  atOnce,
})

export const POLL_TABLES: readonly Table[] = [
  table('poll', POLL_COLUMNS.poll),
  table('member', POLL_COLUMNS.member, ['idx']),
  table('message', POLL_COLUMNS.message, ['sender', 'recipient', 'step']),
  table('token', POLL_COLUMNS.token, ['token'], 2000),
  table('spent', POLL_COLUMNS.spent, ['token'], 500),
  table('cast', POLL_COLUMNS.cast, ['kind', 'key'], 32),
  table('entry', POLL_COLUMNS.entry, ['n'], 100),
  table('confirmation', POLL_COLUMNS.confirmation, ['n'], 1000),
  table('scan', POLL_COLUMNS.scan, ['n'], 1),
  table('copy', POLL_COLUMNS.copy, ['number'], 1000),
  table('comment_box', POLL_COLUMNS.comment_box, ['sender', 'recipient'], 1),
  table('comment_file', POLL_COLUMNS.comment_file),
]

export const DIRECTORY_TABLES: readonly Table[] = [
  table('pack', DIRECTORY_COLUMNS.pack, ['sha256'], 20),
  table('person', DIRECTORY_COLUMNS.person, ['id'], 1000),
  table('pack_draft', DIRECTORY_COLUMNS.pack_draft, ['id'], 20),
]

const TABLES = new Map([...POLL_TABLES, ...DIRECTORY_TABLES].map(one => [one.name, one]))

/** By which a poll is found beside its manifest, and to whom it was given: people who are not where it is restored are left out. */
export interface PollHead {
  readonly parcel: 'poll'
  readonly release: number
  readonly poll: string
  readonly nonce: string
  readonly given: readonly string[]
}

interface DirectoryHead {
  readonly parcel: 'directory'
  readonly release: number
}

export type Head = PollHead | DirectoryHead

export const DIRECTORY_HEAD: DirectoryHead = { parcel: 'directory', release: VERSION }

// ── lines ───────────────────────────────────────────────────────────────────────────────────────────────────────

export const writeHead = (head: Head): string => JSON.stringify(head)
export const writeEnd = (hash: Uint8Array): string => JSON.stringify({ end: toBase64url(hash) })

export const writeRow = ({ name, columns }: Table, row: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({
    table: name,
    ...Object.fromEntries(
      Object.keys(columns).map(column => {
        const value = row[column] as Value
        return [column, value instanceof Uint8Array ? textOf(value) : value]
      }),
    ),
  })

/** Base64url by the platform's own encoder: ours takes seconds for a scan. */
function textOf(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; i += STEP_BYTES)
    text += String.fromCharCode.apply(null, bytes.subarray(i, i + STEP_BYTES) as unknown as number[])
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

/** A call takes so many arguments anywhere. */
const STEP_BYTES = 8192

/** What a row's line says; null for every other line, and for one that is spelled in any other way. */
export function readRow(line: string): { readonly table: Table; readonly row: Row } | null {
  const said = parsed(line)
  const found = TABLES.get(String(said?.table))
  if (!said || !found) return null
  const values = Object.entries(found.columns).map(([column, kind]) => [column, readValue(kind, said[column])] as const)
  if (values.some(([, value]) => value === undefined)) return null
  const row = Object.fromEntries(values) as Row
  return writeRow(found, row) === line ? { table: found, row } : null
}

function readValue(kind: Kind, said: unknown): Value | undefined {
  if (said === null) return null
  if (kind === 'number') return Number.isSafeInteger(said) ? (said as number) : undefined
  if (typeof said !== 'string') return undefined
  return kind === 'text' ? said : (fromBase64url(said) ?? undefined)
}

/** Of this release; null for every other line. */
export function readHead(line: string): Head | null {
  const said = parsed(line)
  if (said?.release !== VERSION) return null
  if (said.parcel === 'directory') return line === writeHead(DIRECTORY_HEAD) ? DIRECTORY_HEAD : null
  const { poll, nonce, given } = said
  const head = { parcel: 'poll', release: VERSION, poll, nonce, given } as PollHead
  const fits =
    isBytes(poll, 16) &&
    typeof nonce === 'string' &&
    Array.isArray(given) &&
    head.given.every(person => isBytes(person, 16))
  return fits && line === writeHead(head) ? head : null
}

/** A head of a newer program, or of an older one. */
export const isOtherRelease = (line: string): boolean => {
  const said = parsed(line)
  return said?.parcel !== undefined && said.release !== VERSION
}

export const readEnd = (line: string): Uint8Array | null => {
  const said = parsed(line)?.end
  const hash = isBytes(said, 32) ? fromBase64url(said) : null
  return hash && writeEnd(hash) === line ? hash : null
}

const isBytes = (said: unknown, length: number): said is string =>
  typeof said === 'string' && fromBase64url(said)?.length === length

function parsed(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const said: unknown = JSON.parse(line)
    return typeof said === 'object' && said !== null ? (said as Readonly<Record<string, unknown>>) : null
  } catch {
    return null
  }
}

export const NO_ROWS: Uint8Array = new Uint8Array(32)

/** The hash over rows, one row further. */
export const withRow = (hash: Uint8Array, line: string): Uint8Array => sha256(concat(hash, utf8(line)))
