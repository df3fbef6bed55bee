/**
 * The organiser's operations on a poll, from draft to printed cards. Each is one write; a state that does not allow it,
 * or another window that was faster, is `wrong-state`.
 */

import type { Compilable } from 'kysely'
import { compare, equal, fromBase64url, type Rng, toBase64url } from '../crypto/bytes.ts'
import { attempt } from '../crypto/fault.ts'
import { readPoint, writeScalar } from '../crypto/group.ts'
import { type Manifest, POLL_ID_BYTES, parseManifest } from '../crypto/manifest.ts'
import { rootOf } from '../crypto/merkle.ts'
import { checkCeremony } from '../crypto/trustees.ts'
import { newBoxKeys } from './box.ts'
import { Conflict, type Db } from './db.ts'
import { checkDraft, emptyDraft, newName } from './draft.ts'
import { checkPinned, checkRules, type Shelf } from './packs.ts'
import { type Polls, readKeys, writeKeys } from './polls.ts'
import { no } from './refusals.ts'
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
  readMessages,
  updateDraft,
  updatePoll,
} from './store/polls.ts'
import { listTokens } from './store/voting.ts'
import type { Draft, PackageWire } from './wire.ts'
import { readPoll } from './work.ts'

const BEFORE_OPEN = ['sealing', 'pinning', 'sealed', 'printed'] as const
/** There is one group until surveys bring more. */
const GROUPS = 1

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

/** The box's keys and the protocol's poll id are drawn; members may begin. Personal links stay those of earlier attempts. */
export async function seal(shelf: Shelf, rng: Rng, id: Uint8Array): Promise<void> {
  const { db } = shelf
  const row = await pollOf(db, id)
  const draft = draftOf(row)
  checkDraft(draft, row.rehearsal === 1)
  await checkRules(shelf, draft, row.rehearsal === 1)
  const keys = newBoxKeys(GROUPS, 0, rng)
  const had = await readMembers(db, id)
  const text = writeKeys({
    receiptKey: writeScalar(keys.receiptKey.secret),
    issuers: keys.issuers.map(pair => writeScalar(pair.secret)),
    commentIssuers: [],
  })
  await change(db, [
    updatePoll(db, id, ['draft'], { state: 'sealing', run: rng(POLL_ID_BYTES), keys: text }),
    deleteMembers(db, id),
    ...draft.members.map((_, i) => insertMember(db, id, i + 1, had[i]?.secret ?? newName(rng))),
  ])
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

/** The manifest from the organiser's browser, with the cards' public keys by group. From here on it is fixed. */
export async function putManifest(
  shelf: Shelf,
  id: Uint8Array,
  text: string,
  tokens: readonly (readonly Uint8Array[])[],
  bundle: Uint8Array,
): Promise<void> {
  const { db } = shelf
  const row = await pollOf(db, id)
  if (row.state !== 'sealing') no('wrong-state')
  const draft = draftOf(row)
  if (row.rehearsal === 0 && row.tried !== draft.address) no('untried-address')
  const manifest = attempt(() => parseManifest(text)) ?? no('wrong-team', 'manifest')
  const { keys } = readPoll({ manifest: text, ...readKeys(row.keys!) })
  const own =
    equal(manifest.poll.id, row.run!) &&
    equal(manifest.receiptKey.bytes, keys.receiptKey.public.bytes) &&
    manifest.groups.length === keys.issuers.length &&
    manifest.groups.every(({ issuer }, g) => equal(issuer.bytes, keys.issuers[g]!.public.bytes)) &&
    manifest.comments.length === keys.commentIssuers.length
  if (!own) no('wrong-team', 'keys')
  if (manifest.threshold !== draft.threshold) no('wrong-team', 'threshold')
  checkPaper(manifest, draft)
  if (manifest.bundle === null || !equal(manifest.bundle, bundle)) no('wrong-bundle')
  await checkTeam(db, id, manifest)
  await checkPinned(shelf, manifest, draft)
  checkTokens(manifest, tokens)
  await change(db, [
    updatePoll(db, id, ['sealing'], { state: 'pinning', manifest: text, manifest_hash: manifest.hash }),
    ...listTokens(db, id, tokens),
  ])
}

/** Who is judged and what becomes public: rights and publishing go by the draft, voters by what stands on their cards. */
function checkPaper({ text, publication }: Manifest, draft: Draft): void {
  const { disclosure, minimumBallots } = draft
  if (publication.disclosure !== disclosure || publication.minimumBallots !== minimumBallots)
    no('wrong-team', 'publication')
  const { contests } = JSON.parse(text) as { readonly contests: readonly { readonly subject?: Partial<Subject> }[] }
  const called = ({ name, position }: Partial<Subject>) => JSON.stringify([name, position])
  const unlike = (list: readonly string[]) => JSON.stringify([...new Set(list)])
  if (unlike(contests.map(({ subject }) => called(subject ?? {}))) !== unlike(draft.subjects.map(called)))
    no('wrong-team', 'subjects')
}

type Subject = Draft['subjects'][number]

/** The team is the one whose messages went through here, and its ceremony holds. */
async function checkTeam(db: Db, id: Uint8Array, manifest: Manifest): Promise<void> {
  const messages = await readMessages(db, id)
  const said = (step: string, sender: number) => messages.find(m => m.step === step && m.sender === sender)?.body
  const n = (await readMembers(db, id)).length
  const same =
    manifest.trustees.length === n &&
    manifest.trustees.every(trustee => {
      const revealed = said('reveal', trustee.index)
      const confirmed = said('confirm', trustee.index)
      if (revealed === undefined || confirmed === undefined) return false
      const wire = JSON.parse(revealed) as PackageWire
      const confirmation = (JSON.parse(confirmed) as { readonly confirmation: string }).confirmation
      return (
        wire.name === trustee.name &&
        wire.signingKey === toBase64url(trustee.signingKey.bytes) &&
        confirmation === toBase64url(trustee.confirmation)
      )
    })
  if (!same || checkCeremony(manifest) !== null) no('wrong-team', 'trustees')
}

/** Check 3, before anything is printed: refused later, the cards would be worth nothing. */
function checkTokens(manifest: Manifest, tokens: readonly (readonly Uint8Array[])[]): void {
  const sound =
    tokens.length === manifest.groups.length &&
    tokens.every((list, g) => {
      const { tokens: count, tokenRoot } = manifest.groups[g]!
      const ascending = list.every((token, i) => i === 0 || compare(list[i - 1]!, token) < 0)
      const points = list.every(token => attempt(() => readPoint(token, 'token')) !== null)
      return list.length === count && ascending && points && equal(rootOf(list), tokenRoot)
    })
  const all = tokens.flat().map(toBase64url)
  if (!sound || new Set(all).size !== all.length) no('wrong-tokens')
}

export const readTokenLists = (lists: readonly (readonly string[])[]): readonly (readonly Uint8Array[])[] =>
  lists.map(list => list.map(token => fromBase64url(token) ?? no('wrong-tokens')))

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
