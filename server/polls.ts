/**
 * The polls that have a manifest, as the doors meet them: found by the start of the manifest's hash that a card carries,
 * by its short code, or by the whole hash. Texts and keys are read once; states are asked of the database every time.
 */
import { equal, fromBase32, fromBase64url, shortCode, toBase64url } from '../crypto/bytes.ts'
import type { Db } from './db.ts'
import { no } from './refusals.ts'
import { findPollOfManifest, readManifestHashes } from './store/polls.ts'
import { type Poll, type PollText, readPoll } from './work.ts'

export interface KnownPoll extends Poll {
  readonly id: Uint8Array
}

/** Box secrets as they lie in the database. */
export type KeysText = {
  readonly [K in keyof Omit<PollText, 'manifest'>]: K extends 'receiptKey' ? string : readonly string[]
}

export const writeKeys = ({ receiptKey, issuers, commentIssuers }: Omit<PollText, 'manifest'>): string =>
  JSON.stringify({
    receiptKey: toBase64url(receiptKey),
    issuers: issuers.map(toBase64url),
    commentIssuers: commentIssuers.map(toBase64url),
  } satisfies KeysText)

export function readKeys(text: string): Omit<PollText, 'manifest'> {
  const { receiptKey, issuers, commentIssuers } = JSON.parse(text) as KeysText
  const bytes = (one: string) => fromBase64url(one)!
  return { receiptKey: bytes(receiptKey), issuers: issuers.map(bytes), commentIssuers: commentIssuers.map(bytes) }
}

const CARD_START_CHARS = 27
const HASH_CHARS = 43

export class Polls {
  private readonly db: Db
  private readonly known = new Map<string, KnownPoll>()

  constructor(db: Db) {
    this.db = db
  }

  /** By base64url of the whole hash. Refuses `wrong-manifest`. */
  async byHash(hash: string): Promise<KnownPoll> {
    const known = this.known.get(hash)
    if (known) return known
    const bytes = hash.length === HASH_CHARS ? fromBase64url(hash) : null
    const row = bytes && (await findPollOfManifest(this.db, bytes))
    if (!row?.manifest || !row.keys) return no('wrong-manifest')
    const poll = { id: row.id, ...readPoll({ manifest: row.manifest, ...readKeys(row.keys) }) }
    this.known.set(hash, poll)
    return poll
  }

  /** By the 27 characters of a scanned card, or the short code as people type it. Refuses `wrong-manifest`. */
  async byStart(start: string): Promise<KnownPoll> {
    const hashes = await readManifestHashes(this.db)
    const scanned = start.length === CARD_START_CHARS ? fromBase64url(start) : null
    const typed = fromBase32(start.replace(/[\s-]/g, ''))
    const code = typed?.length === 8 ? shortCode(typed) : null
    const found = hashes.find(({ hash }) =>
      scanned ? equal(scanned, hash.subarray(0, scanned.length)) : shortCode(hash) === code,
    )
    return found ? this.byHash(toBase64url(found.hash)) : no('wrong-manifest')
  }

  /** After a restart of a poll its older manifest is nobody's. */
  forget(manifestHash: Uint8Array): void {
    this.known.delete(toBase64url(manifestHash))
  }
}
