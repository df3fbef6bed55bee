/**
 * Polls of a deployment that does nothing but redeem (`ROLE=redeem`): each is put there by its box, opened, shut for good
 * and forgotten (`peer.ts`). It lies under the start of its manifest's hash, in the same tables, and is spent by the same
 * statements as a poll of a single deployment.
 *
 *     pinning, gate shut → printed, gate void-only → open → closed, gate shut            void: forgotten, its name stays
 *
 * Nothing leads back, whenever a request of the box arrives: once its spent cards were shown, no card of it is redeemed.
 */
import { equal, fromBase64url, toBase64url } from '../crypto/bytes.ts'
import { attempt } from '../crypto/fault.ts'
import { bytes, exactly, listOf, parseJson } from '../crypto/json.ts'
import { type Manifest, POLL_ID_BYTES, parseManifest } from '../crypto/manifest.ts'
import { Conflict, type Databases, type Db } from './db.ts'
import { checkKeys, checkTokens, readTokenLists } from './manifests.ts'
import { change } from './organising.ts'
import type { Handed, SpentCount } from './peer.ts'
import type { Polls } from './polls.ts'
import { no } from './refusals.ts'
import { redeemAtOf } from './rules/redeem-at.ts'
import { insertListing, listManifest } from './store/listing.ts'
import { deleteTokens, findPoll, insertPoll, type PollRow, UNBEGUN, updatePoll } from './store/polls.ts'
import { countSpent, listTokens, readSpent, type Spent } from './store/voting.ts'
import { readPoll } from './work.ts'

export interface Redeeming {
  readonly databases: Databases
  readonly polls: Polls
  /** As phones reach this deployment. Null where nobody said: polls of another address are taken too, and nobody comes. */
  readonly origin: string | null
}

const idOf = (manifestHash: Uint8Array): Uint8Array => manifestHash.slice(0, POLL_ID_BYTES)

/** Refuses `wrong-manifest`. */
async function at({ polls }: Redeeming, hash: Uint8Array): Promise<{ readonly db: Db; readonly row: PollRow }> {
  const db = (await polls.find(idOf(hash))) ?? no('wrong-manifest')
  const row = await findPoll(db, idOf(hash))
  return row && equal(row.manifest_hash!, hash) ? { db, row } : no('wrong-manifest')
}

/** Held to the manifest as the box held it. Refuses `closed` of one that is forgotten. */
export async function put(here: Redeeming, hash: Uint8Array, { manifest: text, keys, tokens }: Handed): Promise<void> {
  const { directory } = here.databases
  const manifest = attempt(() => parseManifest(text)) ?? no('bad-request', 'manifest')
  if (!equal(manifest.hash, hash)) no('wrong-manifest')
  if (here.origin !== null && redeemAtOf(text) !== here.origin) no('wrong-address')
  const lists = readTokenLists(tokens)
  checkKeys(manifest, keysOf(manifest, keys))
  checkTokens(manifest, lists)
  const id = idOf(hash)
  const db = here.databases.of(id)
  await once(() =>
    directory.write([insertListing(directory, id, toBase64url(hash)), listManifest(directory, id, hash)]),
  )
  await once(() =>
    db.write([
      insertPoll(db, {
        ...UNBEGUN,
        id,
        state: 'pinning',
        draft: '{}',
        nonce: toBase64url(hash),
        keys,
        manifest: text,
        manifest_hash: hash,
      }),
      ...listTokens(db, id, lists),
    ]),
  )
  if ((await at(here, hash)).row.state === 'void') no('closed')
}

const secret = bytes(32)
const keysShape = exactly({
  receiptKey: secret,
  issuers: listOf(secret, 1, 255),
  commentIssuers: listOf(secret, 0, 15),
})

const keysOf = (manifest: Manifest, text: string) =>
  attempt(() => readPoll({ manifest: manifest.text, ...keysShape(parseJson(text, 'keys'), 'keys') }).keys) ??
  no('bad-request', 'keys')

/** What is there already stays. */
async function once(write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
  }
}

/** At least so far; what is open already stays open. Refuses `closed`. */
export async function setGate(here: Redeeming, hash: Uint8Array, gate: 'void-only' | 'open'): Promise<void> {
  const { db, row } = await at(here, hash)
  const state = gate === 'open' ? 'open' : 'printed'
  await once(() => db.write([updatePoll(db, row.id, ['pinning', 'printed'], { state, gate })]))
  if (['closed', 'void'].includes((await at(here, hash)).row.state)) no('closed')
}

/** Nothing more is spent, and nothing of the order in which it came is left: again after a crash, both. */
export async function shut(here: Redeeming, hash: Uint8Array): Promise<void> {
  const { db, row } = await at(here, hash)
  if (row.state === 'void') no('closed')
  // The closing statement itself is the box's.
  const closed = { state: 'closed', gate: 'shut', closing: '', closing_signature: new Uint8Array() } as const
  await once(() => db.write([updatePoll(db, row.id, ['pinning', 'printed', 'open'], closed)]))
  await db.rewrite(row.id)
}

export async function counts(here: Redeeming, hash: Uint8Array): Promise<readonly SpentCount[]> {
  const { db, row } = await at(here, hash)
  if (row.state === 'void') no('closed')
  const { groups } = parseManifest(row.manifest!)
  return countSpent(db, row.id, groups.length)
}

/** Refuses `too-early`. */
export async function spent(here: Redeeming, hash: Uint8Array): Promise<readonly Spent[]> {
  const { db, row } = await at(here, hash)
  if (row.state !== 'closed') no('too-early')
  return (await readSpent(db, row.id)).map(({ request, answer }) => ({ request, voided: answer === null }))
}

/**
 * Nothing is left of it but its name, by which it cannot be put here again. Of what never was here nothing. Refuses
 * `wrong-state` while it is open: whoever redeemed would have nothing in the closing.
 */
export async function forget(here: Redeeming, hash: Uint8Array): Promise<void> {
  const id = idOf(hash)
  const db = await here.polls.find(id)
  if (db === null || (await findPoll(db, id)) === null) return
  const gone = {
    state: 'void',
    gate: 'shut',
    keys: null,
    manifest: '',
    closing: null,
    closing_signature: null,
  } as const
  await change(db, [updatePoll(db, id, ['pinning', 'printed', 'closed', 'void'], gone), deleteTokens(db, id)])
  await db.rewrite(id)
  here.polls.forget(toBase64url(hash))
}

/** Of a door's path. Refuses `wrong-manifest`. */
export function readHash(text: string): Uint8Array {
  const hash = text.length === HASH_CHARS ? fromBase64url(text) : null
  return hash ?? no('wrong-manifest')
}

const HASH_CHARS = 43
