/** What the application is given: only the entries know a platform. */
import type { Databases, Db } from './db.ts'
import type { Team } from './team.ts'

export interface Deps extends Omit<Team, 'db'> {
  readonly databases: Databases
  readonly pages: Pages
  /** Opens the operator's door; without it there is none. */
  readonly operatorKey?: string | undefined
  /** At which phones can reach this machine now, the likeliest first. */
  readonly addresses: () => readonly string[]
  /** Lets so much time pass, for those who are slowed down. */
  readonly pause: (ms: number) => Promise<void>
  /** Of bugs and of starting and stopping; never of requests. */
  readonly log: (line: string) => void
}

/** The same with one poll at hand. */
export interface AtPoll extends Deps {
  readonly db: Db
}

export interface PageFile {
  readonly type: string
  readonly body: Uint8Array
  /** The same, compressed: over plain http browsers take gzip alone. Null where that would save nothing. */
  readonly gzip: Uint8Array | null
  readonly brotli: Uint8Array | null
}

/** The built pages, by path: `/voter/index.html`. */
export interface Pages {
  find(path: string): Promise<PageFile | null>
  /** Of the voting page, below `/voter/`, sorted. */
  readonly bundle: readonly string[]
  /** SHA-256 over the lines that `sha256sum` prints for them, sorted. */
  readonly bundleHash: Uint8Array
}
