/** Where polls lie, as backup and restore see it: the databases of this machine, or a deployment behind its operator's door. */
import { fromBase64url, toBase64url } from '../../crypto/bytes.ts'
import { hashAt, type Known, knownPolls, listPoll, parcelOf, putRows, removeCarried } from '../carrying.ts'
import { directoryParcel, type NotPut, putDirectory } from '../carrying-directory.ts'
import { Away, type Databases, DiskFull } from '../db.ts'
import { type PollHead, writeHead } from '../parcel.ts'
import { No } from '../refusals.ts'
import type { Refused } from '../wire.ts'

/** Refuses what `carrying.ts` refuses; throws `Away`, `DiskFull`. Handles are base64url. */
export interface Place {
  polls(): Promise<readonly Known[]>
  parcel(poll: string): Promise<AsyncIterable<string>>
  directory(people: boolean): AsyncIterable<string>
  hash(poll: string): Promise<Uint8Array>
  put(poll: string, rows: readonly string[]): Promise<void>
  list(head: PollHead, hash: Uint8Array): Promise<void>
  putDirectory(rows: readonly string[]): Promise<NotPut>
  remove(poll: string, hash: Uint8Array): Promise<void>
  close(): Promise<void>
}

const bytes = (text: string): Uint8Array => fromBase64url(text)!

export const placeHere = (databases: Databases): Place => ({
  polls: () => knownPolls(databases),
  parcel: poll => parcelOf(databases, bytes(poll)),
  directory: people => directoryParcel(databases.directory, people),
  hash: poll => hashAt(databases, bytes(poll)),
  put: (poll, rows) => putRows(databases, bytes(poll), rows),
  list: (head, hash) => listPoll(databases, head, hash),
  putDirectory: rows => putDirectory(databases.directory, rows),
  remove: (poll, hash) => removeCarried(databases, bytes(poll), hash),
  close: () => databases.close(),
})

/** `key`: the deployment's OPERATOR_KEY. */
export function placeAt(address: string, key: string): Place {
  async function ask(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { authorization: `Bearer ${key}`, ...init.headers }
    const response = await fetch(`${address}/api/operator${path}`, { ...init, headers, redirect: 'error' }).catch(
      error => {
        throw new Away(String(error))
      },
    )
    if (response.ok) return response
    const { refused } = (await response.json().catch(() => ({ refused: 'away' }))) as Refused
    if (refused === 'disk-full') throw new DiskFull(refused)
    throw refused === 'away' || refused === 'failed' ? new Away(refused) : new No(refused)
  }
  const post = (path: string, body: string, type = 'application/json') =>
    ask(path, { method: 'POST', body, headers: { 'content-type': type } })
  const postRows = (path: string, rows: readonly string[]) =>
    post(path, rows.map(row => `${row}\n`).join(''), 'application/x-ndjson')

  return {
    polls: async () => (await (await ask('/polls')).json()) as readonly Known[],
    parcel: async poll => linesOf(await ask(`/polls/${poll}/lines`)),
    directory: people =>
      (async function* () {
        yield* linesOf(await ask(`/directory${people ? '?people' : ''}`))
      })(),
    hash: async poll => bytes(((await (await ask(`/polls/${poll}/hash`)).json()) as { readonly hash: string }).hash),
    put: async (poll, rows) => {
      await postRows(`/polls/${poll}/rows`, rows)
    },
    list: async (head, hash) => {
      await post(`/polls/${head.poll}/list`, JSON.stringify({ head: writeHead(head), hash: toBase64url(hash) }))
    },
    putDirectory: async rows => (await (await postRows('/directory', rows)).json()) as NotPut,
    remove: async (poll, hash) => {
      await post(`/polls/${poll}/remove`, JSON.stringify({ hash: toBase64url(hash) }))
    },
    close: async () => {},
  }
}

/** What is cut short ends early, and is missed by whoever waits for a parcel's end. */
async function* linesOf(response: Response): AsyncGenerator<string> {
  try {
    yield* textLines(response.body as AsyncIterable<Uint8Array> | null)
  } catch {
    // The connection broke, or the other side stopped in the middle.
  }
}

/** Lines without their ends; what follows the last end is dropped. */
export async function* textLines(chunks: AsyncIterable<Uint8Array> | null): AsyncGenerator<string> {
  if (chunks === null) return
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
  let begun: string[] = []
  for await (const chunk of chunks) {
    const [first, ...others] = decoder.decode(chunk, { stream: true }).split('\n')
    begun.push(first!)
    for (const other of others) {
      yield begun.join('')
      begun = [other]
    }
  }
}

/** Of one request: some megabytes, or one row that is longer. */
const PART_CHARS = 4 * 1024 * 1024

/** Whole poll: unseen until its last step. */
export async function putPoll(place: Place, head: PollHead, rows: readonly string[], hash: Uint8Array): Promise<void> {
  let part: string[] = []
  let length = 0
  for (const row of rows) {
    if (length > 0 && length + row.length > PART_CHARS) {
      await place.put(head.poll, part)
      part = []
      length = 0
    }
    part.push(row)
    length += row.length
  }
  await place.put(head.poll, part)
  await place.list(head, hash)
}
