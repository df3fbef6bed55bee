/** How an engine of databases is put before the contract (`db.contract.ts`), and what its tests are told with. */
import { CompiledQuery } from 'kysely'
import { it } from 'vitest'
import { Away, Conflict, type Databases, DiskFull, NewerDatabase } from '../server/db.ts'

/** What is tried: the directory, polls, or both. */
export type Part = Partial<Pick<Databases, 'directory' | 'of'>>

/** One way in to a place. */
interface Way<P extends Part> {
  readonly parts: P
  close(): Promise<void>
}

/** Where an engine stores: empty at first, and nobody else's. */
export interface Place<P extends Part> {
  /** Through which everything goes; after `again` and `kill` other objects. */
  readonly parts: P
  /** Closed, and opened with what is in it. Rejects, or the first read does, where the tables are a newer release's. */
  again(): Promise<void>
  /** Writes into the place of which release its tables are; takes effect with `again`. */
  stamp(version: number): Promise<void>
  /** Another way in, as another process has it. */
  beside?(): Promise<Way<P>>
  /** Ends at once, as by `kill -9`, whatever process holds the data, and starts it again. */
  kill?(): Promise<void>
  /** Everything that storage says of the order of a poll's rows, as text; of a rewritten poll a text for all orders. */
  order?(poll: Uint8Array): Promise<string>
  /** Deletes it. */
  close(): Promise<void>
}

export interface Engine<P extends Part> {
  /** As tests' names say it. */
  readonly name: string
  open(): Promise<Place<P>>
  /** What its places have not, each with the reason, which is printed. */
  readonly lacks: Readonly<Partial<Record<'beside' | 'kill' | 'order', string>>>
}

export async function withPlace<P extends Part>(
  engine: Engine<P>,
  use: (place: Place<P>) => Promise<void>,
): Promise<void> {
  const place = await engine.open()
  try {
    await use(place)
  } finally {
    await place.close()
  }
}

/** A test that needs what not every engine has; skipped with the reason in its name. */
export const ifThere = <P extends Part>(
  { lacks }: Engine<P>,
  what: 'beside' | 'kill' | 'order',
  name: string,
  test: () => Promise<void>,
): void => {
  const reason = lacks[what]
  if (reason === undefined) it(name, test)
  else it.skip(`${name} (not to be tried: ${reason})`, test)
}

const KINDS = { conflict: Conflict, 'disk full': DiskFull, away: Away, newer: NewerDatabase }

/** `done`, the kind of error, or what the error says. */
export const outcome = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    error => Object.entries(KINDS).find(([, kind]) => error instanceof kind)?.[0] ?? String(error),
  )

export const outcomes = (promises: readonly Promise<unknown>[]): Promise<readonly string[]> =>
  Promise.all(promises.map(outcome))

/** One is done and all others lost the race. */
export const ONE_OF = (n: number): readonly string[] => [...Array(n - 1).fill('conflict'), 'done']

/** A statement in words of our own. */
export const words = (sql: string) => ({ compile: () => CompiledQuery.raw(sql) })
