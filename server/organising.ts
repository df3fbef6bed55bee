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
import { Conflict, type Db } from './db.ts'
import { checkDraft, emptyDraft, newName } from './draft.ts'
import { checkRules, packOf, type Shelf } from './packs.ts'
import { type Polls, writeKeys } from './polls.ts'
import { no } from './refusals.ts'
import { contestsOf, groupsOf } from './rules/contests.ts'
import { readPack } from './rules/read.ts'
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
  updateDraft,
  updatePoll,
} from './store/polls.ts'
import type { Draft } from './wire.ts'

const BEFORE_OPEN = ['sealing', 'pinning', 'sealed', 'printed'] as const

export async function pollOf(db: Db, id: Uint8Array): Promise<PollRow> {
  return (await findPoll(db, id)) ?? no('not-found')
}

export const draftOf = (row: Pick<PollRow, 'draft'>): Draft => JSON.parse(row.draft) as Draft

/** One write; refuses `wrong-state` where a constraint breaks. */
export async function change(db: Db, statements: readonly Compilable[]): Promise<void> {
  try {
    await db.write(statements)
  } catch (error) {
    if (error instanceof Conflict) no('wrong-state')
    throw error
  }
}

/** A new draft; of a void poll that is run again, with its words. */
export async function makePoll(
  db: Db,
  rng: Rng,
  address: string,
  {
    rehearsal,
    follows,
    draft,
    giveTo,
  }: {
    readonly rehearsal: boolean
    readonly follows: Uint8Array | null
    readonly draft?: Draft
    /** The maker, where that is somebody who does not have every poll. */
    readonly giveTo?: Uint8Array | null
  },
): Promise<Uint8Array> {
  const before = follows && (await pollOf(db, follows))
  if (before && before.state !== 'void') no('wrong-state')
  const id = rng(POLL_ID_BYTES)
  await change(db, [
    insertPoll(db, {
      id,
      rehearsal: (before ? before.rehearsal === 1 : rehearsal) ? 1 : 0,
      state: 'draft',
      gate: 'shut',
      version: 1,
      draft: before ? before.draft : JSON.stringify(draft ?? emptyDraft(address)),
      nonce: newName(rng),
      tried: '',
      attempt: 1,
      run: null,
      keys: null,
      manifest_hash: null,
      manifest: null,
      asked: null,
      last_call_ms: null,
      closing: null,
      closing_signature: null,
      follows,
      void_reason: null,
      published: 0,
      stated: null,
      minutes: null,
      minutes_version: 0,
      minutes_sealed: 0,
      stamp: '',
    }),
    ...(giveTo ? [givePoll(db, giveTo, id)] : []),
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
export async function seal(shelf: Shelf, rng: Rng, id: Uint8Array): Promise<void> {
  const { db } = shelf
  const row = await pollOf(db, id)
  const draft = draftOf(row)
  checkDraft(draft, row.rehearsal === 1)
  await checkRules(shelf, draft, row.rehearsal === 1)
  await checkLength(shelf, draft)
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

/** Throws everything of this attempt away: keys, messages, manifest, cards. Printed cards are dead. */
export async function restart(db: Db, polls: Polls, id: Uint8Array): Promise<void> {
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
  if (row.manifest_hash) polls.forget(row.manifest_hash)
}

export async function markPrinted(db: Db, id: Uint8Array): Promise<void> {
  const row = await pollOf(db, id)
  await change(db, [updatePoll(db, row.id, ['sealed'], { state: 'printed', gate: 'void-only' })])
}

/** Drafts and rehearsals go for good; what has a real box stays on file. */
export async function removePoll(db: Db, polls: Polls, id: Uint8Array, title: string): Promise<void> {
  const row = await pollOf(db, id)
  if (row.state !== 'draft' && row.rehearsal === 0) no('wrong-state')
  if (title.trim() !== draftOf(row).title.trim()) no('bad-request', 'title')
  await db.write([deletePoll(db, id)])
  if (row.manifest_hash) polls.forget(row.manifest_hash)
  await db.rewrite()
}
