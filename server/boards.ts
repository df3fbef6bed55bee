/**
 * The public records of closed polls, made once and kept compressed: a whole hall of phones asks for the same text in the
 * same minute. What is closed does not change; publishing makes another text.
 */
import { toBase64url, utf8 } from '../crypto/bytes.ts'
import { boardLines, openingLines } from './counting.ts'
import type { Db } from './db.ts'
import type { PollRow } from './store/polls.ts'

/** Polls are closed one after the other; older ones are made again when somebody asks. */
const MOST_KEPT = 4

export interface PublicRecord {
  readonly plain: Uint8Array
  readonly gzip: Uint8Array
}

export class Boards {
  private readonly db: Db
  private readonly kept = new Map<string, Promise<PublicRecord>>()

  constructor(db: Db) {
    this.db = db
  }

  /** Shape: a poll that is closed. To its end once it is published. */
  of(row: PollRow): Promise<PublicRecord> {
    const name = `${toBase64url(row.manifest_hash!)}/${row.published}`
    const found = this.kept.get(name)
    if (found) return found
    const made = this.make(row)
    this.kept.set(name, made)
    // A failure is not kept, and the oldest makes room.
    made.catch(() => this.kept.delete(name))
    if (this.kept.size > MOST_KEPT) this.kept.delete(this.kept.keys().next().value!)
    return made
  }

  private async make(row: PollRow): Promise<PublicRecord> {
    const lines = [
      ...(await boardLines(this.db, row)),
      ...(row.published === 1 ? await openingLines(this.db, row) : []),
    ]
    const plain = utf8(lines.join(''))
    const stream = new Blob([plain as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new CompressionStream('gzip'))
    return { plain, gzip: new Uint8Array(await new Response(stream).arrayBuffer()) }
  }
}
