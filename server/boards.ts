/**
 * The public records of closed polls, made once and kept compressed: a whole hall of phones asks for the same text in the
 * same minute. What is closed does not change; publishing makes another text.
 */
import { toBase64url, utf8 } from '../crypto/bytes.ts'
import { boardLines, openingLines } from './counting.ts'
import type { Db } from './db.ts'
import type { KnownPoll } from './polls.ts'
import type { PollRow } from './store/polls.ts'
import { Underway } from './underway.ts'

/** Polls are closed one after the other; older ones are made again when somebody asks. */
const MOST_KEPT = 4

export interface PublicRecord {
  readonly plain: Uint8Array
  readonly gzip: Uint8Array
}

export class Boards {
  /** Those that are made. */
  private readonly kept = new Map<string, PublicRecord>()
  private readonly making: Underway
  constructor(making = new Underway()) {
    this.making = making
  }

  /** Shape: a poll that is closed. To its end once it is published. */
  async of({ db }: Pick<KnownPoll, 'db'>, row: PollRow): Promise<PublicRecord> {
    const name = `${toBase64url(row.manifest_hash!)}/${row.published}`
    return this.kept.get(name) ?? this.making.inTurn(name, async () => this.kept.get(name) ?? this.make(name, db, row))
  }

  private async make(name: string, db: Db, row: PollRow): Promise<PublicRecord> {
    const lines = [...(await boardLines(db, row)), ...(row.published === 1 ? await openingLines(db, row) : [])]
    const plain = utf8(lines.join(''))
    const stream = new Blob([plain as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new CompressionStream('gzip'))
    const made = { plain, gzip: new Uint8Array(await new Response(stream).arrayBuffer()) }
    this.kept.set(name, made)
    // The oldest makes room.
    if (this.kept.size > MOST_KEPT) this.kept.delete(this.kept.keys().next().value!)
    return made
  }
}
