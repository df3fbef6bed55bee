/**
 * Stands beside the real program in a local workerd and puts the directory's and the polls' `Db` within a test's reach:
 * statements come as text, and the very code that the program uses (`db/d1.ts`, `db/durable.ts`) carries them out.
 */
import type { D1Database } from '@cloudflare/workers-types'
import { CompiledQuery } from 'kysely'
import { fromBase64url, toBase64url } from '../crypto/bytes.ts'
import type { Row, Statement, Value } from '../server/db/asked.ts'
import { d1Directory } from '../server/db/d1.ts'
import { durableDb, type PollObjects } from '../server/db/durable.ts'
import { Away, Conflict, DiskFull, NewerDatabase } from '../server/db.ts'

export interface Question {
  /** Null: the directory. */
  readonly poll: Uint8Array | null
  readonly what: 'read' | 'write' | 'rewrite'
  readonly statements: readonly Statement[]
}

/** `failed`: one of `FAILURES`; empty for any other error. */
export type Reply = { readonly rows: readonly Row[] } | { readonly failed: string; readonly message: string }

export const FAILURES = { Away, Conflict, DiskFull, NewerDatabase } as const

/** JSON in which bytes stand as `{ "bytes": "base64url" }`. */
export const pack = (value: unknown): string =>
  JSON.stringify(value, (_, one) => (one instanceof Uint8Array ? { bytes: toBase64url(one) } : one))

export const unpack = <T>(text: string): T =>
  JSON.parse(text, (_, one) => (typeof one?.bytes === 'string' ? fromBase64url(one.bytes) : one))

interface Env {
  readonly POLLS: PollObjects
  readonly DIRECTORY: D1Database
}

const probe = {
  fetch: async (request: Request, env: Env): Promise<Response> =>
    new Response(pack(await replyTo(env, unpack<Question>(await request.text())))),
}

// biome-ignore lint/style/noDefaultExport: the form in which the platform finds the program
export default probe

async function replyTo({ DIRECTORY, POLLS }: Env, { poll, what, statements }: Question): Promise<Reply> {
  // Made anew each time, as the first request of an isolate finds it.
  const db = poll === null ? d1Directory(DIRECTORY) : durableDb(POLLS, poll)
  const queries = statements.map(({ sql, parameters }) => CompiledQuery.raw(sql, parameters as Value[]))
  try {
    if (what === 'rewrite' && poll !== null) await durableDb(POLLS, poll).rewrite(poll)
    if (what === 'write') await db.write(queries.map(query => ({ compile: () => query })))
    return { rows: what === 'read' ? ((await db.read.executeQuery(queries[0]!)).rows as Row[]) : [] }
  } catch (error) {
    const failed = Object.entries(FAILURES).find(([, kind]) => error instanceof kind)?.[0] ?? ''
    return { failed, message: (error as Error).message }
  }
}
