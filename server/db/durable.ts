/**
 * A poll on Cloudflare's Durable Objects, from the Worker's side: what `poll-object.ts` stores, asked by remote calls.
 * Each poll has an object of its own, found by the poll's handle: a single writer, independent of all others.
 */
import { toHex } from '../../crypto/bytes.ts'
import { Away, Conflict, type Db, DiskFull, NewerDatabase } from '../db.ts'
import type { PollTables } from '../schema.ts'
import { type Row, readingBy, type Statement, statementOf } from './asked.ts'
import type { Answer, Page } from './poll-object.ts'

/** Where the objects are, as far as it is used here: what the platform calls a namespace. */
export interface PollObjects {
  idFromName(name: string): ObjectId
  get(id: ObjectId): PollStub
}

interface ObjectId {
  toString(): string
}

interface PollStub {
  read(statement: Statement): Promise<Answer<Page>>
  readOn(next: number): Promise<Answer<Page | null>>
  write(statements: readonly Statement[]): Promise<Answer<null>>
  rewrite(): Promise<Answer<null>>
}

export function durableDb(objects: PollObjects, poll: Uint8Array): Db {
  const id = objects.idFromName(toHex(poll))

  /** The object answers for whatever goes wrong in it. What is thrown is the way there: reset, moved, overloaded. */
  async function ask<T>(question: (stub: PollStub) => Promise<Answer<T>>): Promise<T> {
    // A stub that has failed once stays broken.
    const answer = await question(objects.get(id)).catch(error => {
      throw new Away(String(error))
    })
    if ('value' in answer) return answer.value
    throw FAILURES[answer.failed](answer.message)
  }

  async function readAll(statement: Statement): Promise<readonly Row[]> {
    const rows: Row[] = []
    let page = await ask(stub => stub.read(statement))
    rows.push(...page.rows)
    while (page.next !== null) {
      const { next } = page
      page = (await ask(stub => stub.readOn(next))) ?? lost()
      rows.push(...page.rows)
    }
    return rows
  }

  return {
    // An object that was reset is there again at once, and reading twice does no harm.
    read: readingBy<PollTables>(statement =>
      readAll(statement).catch(error => (error instanceof Away ? readAll(statement) : Promise.reject(error))),
    ),
    write: async statements => {
      await ask(stub => stub.write(statements.map(one => statementOf(one.compile()))))
    },
    rewrite: async () => {
      await ask(stub => stub.rewrite())
    },
  }
}

const lost = (): never => {
  throw new Away('reset while it was read')
}

const FAILURES = {
  conflict: message => new Conflict(message),
  full: message => new DiskFull(message),
  newer: message => new NewerDatabase(message),
  bug: message => new Error(message),
} as const satisfies Record<(Answer<never> & { readonly failed: string })['failed'], (message: string) => Error>
