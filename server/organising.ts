/**
 * The organiser's operations on a poll, from draft to printed cards. Each is one write; a state that does not allow it,
 * or another window that was faster, is `wrong-state`.
 */

import type { Compilable } from 'kysely'
import type { Rng } from '../crypto/bytes.ts'
import { attempt } from '../crypto/fault.ts'
import { writeScalar } from '../crypto/group.ts'
import { checkSize, POLL_ID_BYTES } from '../crypto/manifest.ts'
import { newBoxKeys } from './box.ts'
import { Conflict, type Databases, type Db, type Directory } from './db.ts'
import { checkDraft, emptyDraft, newName } from './draft.ts'
import { forgetOthers, ifThere, peerOf, type Split } from './elsewhere.ts'
import { checkRules, type Desk, packOf, type Shelf } from './packs.ts'
import { type Polls, writeKeys } from './polls.ts'
import { no } from './refusals.ts'
import { contestsOf, groupsOf } from './rules/contests.ts'
import { readPack } from './rules/read.ts'
import { deleteListing, insertListing } from './store/listing.ts'
import { givePoll } from './store/people.ts'
import {
  deleteMembers,
  deleteMessages,
  deletePoll,
  deleteTokens,
  findPoll,
  insertMember,
  insertPoll,
  type PollRow,
  readMembers,
  UNBEGUN,
  updateDraft,
  updatePoll,
} from './store/polls.ts'
import type { Draft } from './wire.ts'

interface Organising extends Split {
  readonly databases: Databases
  readonly directory: Directory
  readonly polls: Polls
  readonly db: Db
}

const BEFORE_OPEN = ['sealing', 'pinning', 'sealed', 'printed'] as const

export async function pollOf(db: Db, id: Uint8Array): Promise<PollRow> {
  return (await findPoll(db, id)) ?? no('not-found')
}

export const draftOf = (row: Pick<PollRow, 'draft'>): Draft => JSON.parse(row.draft) as Draft

/** One write; refuses `wrong-state` where a constraint breaks. */
export async function change(db: Pick<Db, 'write'>, statements: readonly Compilable[]): Promise<void> {
  try {
    await db.write(statements)
  } catch (error) {
    if (error instanceof Conflict) no('wrong-state')
    throw error
  }
}

/**
 * A new draft; of a void poll that is run again, with its words. It is listed first: a handle without a poll is nothing,
 * a poll without a listing could be found by nobody.
 */
export async function makePoll(
  databases: Databases,
  rng: Rng,
  address: string,
  {
    rehearsal,
    follows,
    draft,
    giveTo,
  }: {
    readonly rehearsal: boolean
    readonly follows: PollRow | null
    readonly draft?: Draft
    /** The maker, where that is somebody who does not have every poll. */
    readonly giveTo?: Uint8Array | null
  },
): Promise<Uint8Array> {
  if (follows && follows.state !== 'void') no('wrong-state')
  const id = rng(POLL_ID_BYTES)
  const nonce = newName(rng)
  const { directory } = databases
  await change(directory, [insertListing(directory, id, nonce), ...(giveTo ? [givePoll(directory, giveTo, id)] : [])])
  const db = databases.of(id)
  await change(db, [
    insertPoll(db, {
      ...UNBEGUN,
      id,
      rehearsal: (follows ? follows.rehearsal === 1 : rehearsal) ? 1 : 0,
      state: 'draft',
      draft: follows ? follows.draft : JSON.stringify(draft ?? emptyDraft(address)),
      nonce,
      follows: follows?.id ?? null,
    }),
  ])
  return id
}

/** Refuses `stale-draft` where another window saved meanwhile. What was stated of other subjects is stated no longer. */
export async function saveDraft(db: Db, id: Uint8Array, version: number, draft: Draft): Promise<number> {
  const row = await pollOf(db, id)
  if (row.state !== 'draft') no('wrong-state')
  const about = ({ subjects, pack }: Draft) => JSON.stringify([subjects, pack])
  const others = about(draft) !== about(draftOf(row))
  try {
    await db.write([
      updateDraft(db, id, version, { draft: JSON.stringify(draft), ...(others ? { stated: null } : {}) }),
    ])
    return version + 1
  } catch (error) {
    if (error instanceof Conflict) return no('stale-draft')
    throw error
  }
}

/**
 * The box's keys and the protocol's poll id are drawn; members may begin. Personal links stay those of earlier attempts.
 * A round on paper has neither: its ballot may be printed.
 */
export async function seal(desk: Desk, rng: Rng, id: Uint8Array): Promise<void> {
  const { db } = desk
  const row = await pollOf(db, id)
  const draft = draftOf(row)
  checkDraft(draft, row.rehearsal === 1)
  await checkRules(desk, draft, row.rehearsal === 1)
  await checkLength(desk, draft)
  const keys = newBoxKeys(groupsOf(draft).length, draft.prompts.length, rng)
  const had = await readMembers(db, id)
  const text = writeKeys({
    receiptKey: writeScalar(keys.receiptKey.secret),
    issuers: keys.issuers.map(pair => writeScalar(pair.secret)),
    commentIssuers: keys.commentIssuers.map(pair => writeScalar(pair.secret)),
  })
  await change(db, [
    updatePoll(
      db,
      id,
      ['draft'],
      draft.medium === 'paper' ? { state: 'printed' } : { state: 'sealing', run: rng(POLL_ID_BYTES), keys: text },
    ),
    deleteMembers(db, id),
    ...draft.members.map((_, i) => insertMember(db, id, i + 1, had[i]?.secret ?? newName(rng))),
  ])
}

/** As long as a ballot may be (protocol, section 3), or a sheet of paper. Refuses `bad-draft`. */
async function checkLength(shelf: Shelf, draft: Draft): Promise<void> {
  const pack = draft.pack === null ? null : await packOf(shelf, draft.pack)
  const contests = contestsOf(draft, pack && readPack(pack.text))
  const fits = attempt(() => {
    checkSize(contests)
    return true
  })
  if (fits === null) no('bad-draft', 'questions')
}

/**
 * Throws everything of this attempt away: keys, messages, manifest, cards. Printed cards are dead. A deployment that
 * redeems them and is away forgets them when the next manifest is put there (`manifests.ts`).
 */
export async function restart(at: Organising, id: Uint8Array): Promise<void> {
  const { db } = at
  const row = await pollOf(db, id)
  await change(db, [
    updatePoll(db, id, BEFORE_OPEN, {
      state: 'draft',
      gate: 'shut',
      attempt: row.attempt + 1,
      run: null,
      keys: null,
      manifest: null,
      manifest_hash: null,
      asked: null,
      tried: row.tried,
    }),
    deleteMessages(db, id),
    deleteTokens(db, id),
  ])
  await ifThere(() => forgetOthers(at, id))
}

export async function markPrinted(at: Organising, id: Uint8Array): Promise<void> {
  const { db } = at
  const row = await pollOf(db, id)
  if (row.state !== 'sealed') no('wrong-state')
  const poll = await at.polls.of(row)
  await peerOf(at, poll)?.gate(poll.manifest.hash, 'void-only')
  await change(db, [updatePoll(db, row.id, ['sealed'], { state: 'printed', gate: 'void-only' })])
  await ifThere(() => forgetOthers(at, id, poll.manifest.hash))
}

/** Drafts and rehearsals go for good; what has a real box stays on file. */
export async function removePoll(at: Organising, id: Uint8Array, title: string): Promise<void> {
  const { databases, db } = at
  const row = await pollOf(db, id)
  if (row.state !== 'draft' && row.rehearsal === 0) no('wrong-state')
  if (title.trim() !== draftOf(row).title.trim()) no('bad-request', 'title')
  // Later nobody would know what else there is to forget.
  await forgetOthers(at, id)
  await db.write([deletePoll(db, id)])
  await db.rewrite(id)
  await databases.directory.write([deleteListing(databases.directory, id)])
}
