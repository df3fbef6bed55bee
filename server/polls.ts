/**
 * Where polls are found: by the organiser's handle, and once there is a manifest by the start of its hash that a card
 * carries, by its short code, or by the whole hash. Texts and keys are read once; states, and whether this is still the
 * poll's manifest, are asked of the poll's database every time, since another process may have begun it anew.
 */
import { compare, concat, equal, fromBase32, fromBase64url, shortCode, toBase64url } from '../crypto/bytes.ts'
import { Away, type Databases, type Db } from './db.ts'
import { No, no } from './refusals.ts'
import { redeemAtOf } from './rules/redeem-at.ts'
import { findListed, isListed, readListed, readListing } from './store/listing.ts'
import { findPoll, findPollOfManifest, type PollRow, readWholePolls } from './store/polls.ts'
import { Underway } from './underway.ts'
import { type Poll, type PollText, readPoll } from './work.ts'

export interface KnownPoll extends Poll {
  readonly id: Uint8Array
  /** Where it lies. */
  readonly db: Db
  /** Where its cards are redeemed; null: here. */
  readonly redeemAt: string | null
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

/** A row, and where it lies. */
export interface Placed {
  readonly db: Db
  readonly row: PollRow
}

const CARD_START_CHARS = 27
const HASH_CHARS = 43
const HASH_BYTES = 32
/** Databases asked at the same time, by one who asks many. */
const MOST_AT_ONCE = 32

export class Polls {
  private readonly databases: Databases
  private readonly known = new Map<string, KnownPoll>()
  private readonly listed = new Set<string>()
  private readonly underway: Underway
  private readonly keep: (work: Promise<unknown>) => void

  /** `keep`: tells the platform to let work go on whose request is answered, where it would not by itself. */
  constructor(databases: Databases, keep: (work: Promise<unknown>) => void = () => {}, underway = new Underway()) {
    this.databases = databases
    this.underway = underway
    this.keep = keep
  }

  /** Where the poll of this handle lies; null where there is none. */
  async find(id: Uint8Array): Promise<Db | null> {
    const name = toBase64url(id)
    if (!this.listed.has(name)) {
      if (!(await isListed(this.databases.directory, id))) return null
      this.listed.add(name)
    }
    return this.databases.of(id)
  }

  /** The same. Refuses `not-found`. */
  async at(id: Uint8Array): Promise<Db> {
    return (await this.find(id)) ?? no('not-found')
  }

  /** By the handle. Refuses `not-found`. */
  async row(id: Uint8Array): Promise<PollRow> {
    return (await findPoll(await this.at(id), id)) ?? no('not-found')
  }

  /** Every poll, ascending by handle: one question to each database. Rejects where one of them does not answer. */
  async all(): Promise<readonly Placed[]> {
    const listed = await readListing(this.databases.directory)
    const found = await many(this.placesOf(listed), placedIn)
    return inOrder(listed, found.flat())
  }

  /**
   * What `read` makes of each of these polls (null: of all), for lists: asked are those alone, ascending by handle. Left
   * out is what it makes null of, and a poll whose database does not answer; only where none does, this rejects.
   */
  async list<T>(given: ReadonlySet<string> | null, read: (poll: Placed) => Promise<T | null>): Promise<readonly T[]> {
    const listed = given
      ? [...given].map(name => fromBase64url(name)!).sort(compare)
      : await readListing(this.databases.directory)
    const places = this.placesOf(listed)
    const found = (await many(places, db => unlessAway(placedIn(db)))).filter(one => one !== null)
    if (places.length > 0 && found.length === 0) throw new Away('no database of a poll answers')
    const made = await many(inOrder(listed, found.flat()), poll => unlessAway(read(poll)))
    return made.filter(one => one !== null)
  }

  private placesOf(listed: readonly Uint8Array[]): readonly Db[] {
    return [...new Set(listed.map(id => this.databases.of(id)))]
  }

  /** Begins once nothing else that was begun in this process for the same poll is under way. */
  inTurn(id: Uint8Array, work: () => Promise<void>): Promise<void> {
    const turn = this.underway.inTurn(toBase64url(id), work)
    this.keep(turn.catch(() => {}))
    return turn
  }

  isBusy = (id: Uint8Array): boolean => this.underway.has(toBase64url(id))

  /** Of a poll that has a manifest. Refuses `wrong-state`. */
  of = async ({ manifest_hash }: Pick<PollRow, 'manifest_hash'>): Promise<KnownPoll> =>
    this.byHash(toBase64url(manifest_hash ?? no('wrong-state')))

  /** By base64url of the whole hash. Refuses `wrong-manifest`. */
  async byHash(hash: string): Promise<KnownPoll> {
    const known = this.known.get(hash)
    if (known) return known
    return (await this.present(hash)).poll
  }

  /** The same as it stands now. Refuses `wrong-manifest`. */
  async present(hash: string): Promise<{ readonly poll: KnownPoll; readonly row: PollRow }> {
    const bytes = hash.length === HASH_CHARS ? fromBase64url(hash) : null
    const listed = bytes && (await findListed(this.databases.directory, bytes))
    if (!bytes || !listed) return no('wrong-manifest')
    const db = this.databases.of(listed)
    const row = await findPollOfManifest(db, bytes)
    if (!row?.manifest || !row.keys) return no('wrong-manifest')
    const poll = this.known.get(hash) ?? {
      id: row.id,
      db,
      redeemAt: redeemAtOf(row.manifest),
      ...readPoll({ manifest: row.manifest, ...readKeys(row.keys) }),
    }
    this.known.set(hash, poll)
    return { poll, row }
  }

  /** What was read of it is dropped. */
  forget(hash: string): void {
    this.known.delete(hash)
  }

  /** By the 27 characters of a scanned card, or the short code as people type it. Refuses `wrong-manifest`. */
  async byStart(start: string): Promise<KnownPoll> {
    const scanned = start.length === CARD_START_CHARS ? fromBase64url(start) : null
    const typed = fromBase32(start.replace(/[\s-]/g, ''))
    const code = typed?.length === CODE_BYTES ? shortCode(typed) : null
    // A code's last half byte is nobody's.
    const first = scanned ?? (code === null ? no('wrong-manifest') : typed!.subarray(0, CODE_BYTES - 1))
    const hashes = await readListed(this.databases.directory, filled(first, 0), filled(first, 0xff))
    const found = hashes.filter(hash =>
      scanned ? equal(scanned, hash.subarray(0, scanned.length)) : shortCode(hash) === code,
    )
    for (const hash of found) {
      const there = await this.present(toBase64url(hash)).catch(ignored)
      if (there) return there.poll
    }
    return no('wrong-manifest')
  }
}

const placedIn = async (db: Db): Promise<readonly Placed[]> => (await readWholePolls(db)).map(row => ({ db, row }))

/** Those of these handles that there are. */
function inOrder(listed: readonly Uint8Array[], found: readonly Placed[]): readonly Placed[] {
  const byName = new Map(found.map(one => [toBase64url(one.row.id), one]))
  return listed.flatMap(id => byName.get(toBase64url(id)) ?? [])
}

async function unlessAway<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof Away) return null
    throw error
  }
}

/** What `ask` answers for each, in their order; not of all at once. */
async function many<One, T>(all: readonly One[], ask: (one: One) => Promise<T>): Promise<readonly T[]> {
  const answers: T[] = []
  const rest = all.entries()
  const askOn = async () => {
    for (const [i, one] of rest) answers[i] = await ask(one)
  }
  await Promise.all(Array.from({ length: MOST_AT_ONCE }, askOn))
  return answers
}

const CODE_BYTES = 8

const filled = (start: Uint8Array, byte: number): Uint8Array =>
  concat(start, new Uint8Array(HASH_BYTES - start.length).fill(byte))

/** An older manifest of a poll that was begun anew may still be listed. */
function ignored(error: unknown): null {
  if (error instanceof No) return null
  throw error
}
