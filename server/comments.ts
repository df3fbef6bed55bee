/**
 * Comments once a poll is counted (`wire/comments.ts`): sealed parts to the counting team's devices, boxes from one member to
 * another, and one encrypted file to the competent authority. The server carries all of it and can open none.
 *
 * Trust: it could hand out other envelopes or hold some back; devices compare them with the closing that they verified.
 */
import { type CommentsAct, isCommentsSignature } from '../crypto/act.ts'
import { compare, equal, fromBase64url, toBase64url } from '../crypto/bytes.ts'
import { type Closing, parseClosing } from '../crypto/closing.ts'
import { writeDelivered } from '../crypto/comment.ts'
import { readFileHead } from '../crypto/comment-file.ts'
import { sharesBoxBytes } from '../crypto/comment-opening.ts'
import { attempt } from '../crypto/fault.ts'
import type { Manifest } from '../crypto/manifest.ts'
import { leafHash } from '../crypto/merkle.ts'
import { SIGNATURE_BYTES } from '../crypto/signature.ts'
import { Conflict, type Db } from './db.ts'
import { whileCounted } from './entries.ts'
import { draftOf } from './organising.ts'
import { mayLeave } from './papers.ts'
import { may, type Person } from './people.ts'
import type { Polls } from './polls.ts'
import { no } from './refusals.ts'
import { findFile, hasFile, nameCombiner, putBox, putFile, readBoxes, readSenders } from './store/comments.ts'
import { type Message, type PollRow, readMessages } from './store/polls.ts'
import { readCasts } from './store/voting.ts'
import type { CommentsView } from './wire/comments.ts'

interface Counted {
  readonly db: Db
  readonly polls: Polls
}

/** With its signature. 15 prompts of 4096 bytes from some hundreds of people; an honest file is far smaller. */
export const MOST_FILE_BYTES = 16 * 1024 * 1024

interface Box {
  readonly manifest: Manifest
  readonly closing: Closing
}

/** A counted poll with prompts and as many ballots as comments need. Refuses `wrong-state`. */
async function counted({ polls }: Counted, row: PollRow): Promise<Box> {
  if (row.state !== 'counted' || row.manifest_hash === null) return no('wrong-state')
  const { manifest } = await polls.byHash(toBase64url(row.manifest_hash))
  const closing = parseClosing(manifest, row.closing!)
  const enough = closing.ballots.count >= manifest.publication.minimumBallots
  return manifest.comments.length > 0 && enough ? { manifest, closing } : no('wrong-state')
}

/** Of the member's own device: whoever has the link alone changes nothing and reads no envelope. */
function checkSignature(
  { manifest, closing }: Box,
  index: number,
  act: CommentsAct,
  signature: Uint8Array | null,
): void {
  const { signingKey } = manifest.trustees[index - 1] ?? no('bad-link')
  const of = { manifestHash: manifest.hash, closingHash: closing.hash }
  if (signature === null || !isCommentsSignature(signingKey, of, act, signature)) no('bad-signature')
}

/** Who combines meanwhile, or the state, has changed: refuses `wrong-state`. */
async function write(db: Db, row: PollRow, statements: Parameters<Db['write']>[0]): Promise<void> {
  try {
    await db.write([whileCounted(db, row.id), ...statements])
  } catch (error) {
    if (error instanceof Conflict) no('wrong-state')
    throw error
  }
}

const combinerIn = (messages: readonly Message[]): number | null =>
  messages.find(({ step }) => step === 'combine')?.sender ?? null

/** Null before the count, and where nobody was asked for comments. */
export async function commentsView(db: Db, row: PollRow, messages: readonly Message[]): Promise<CommentsView | null> {
  const { prompts, members } = draftOf(row)
  if (row.state !== 'counted' || row.manifest === null || prompts.length === 0) return null
  const combiner = combinerIn(messages)
  const sent = combiner === null ? new Set<number>() : await readSenders(db, row.id, combiner)
  return { combiner, sent: members.map((_, i) => sent.has(i + 1)), file: await hasFile(db, row.id) }
}

/** Refuses `wrong-state`, `bad-signature`. */
export async function combine(team: Counted, row: PollRow, index: number, signature: string): Promise<void> {
  checkSignature(await counted(team, row), index, { is: 'combine' }, fromBase64url(signature))
  await write(team.db, row, nameCombiner(team.db, row.id, index, signature))
}

/** Every envelope, ascending by leaf. Refuses `wrong-state`, `bad-signature`; `secret` under a stamp. */
export async function envelopes(team: Counted, row: PollRow, index: number, signature: string): Promise<Uint8Array> {
  checkSignature(await counted(team, row), index, { is: 'envelopes' }, fromBase64url(signature))
  mayLeave(row)
  const casts = (await readCasts(team.db, row.id)).filter(({ kind }) => kind > 0)
  const leaves = casts.map(({ bytes, sealed }) => ({ bytes, sealed, leaf: leafHash(bytes) }))
  return writeDelivered(leaves.sort((a, b) => compare(a.leaf, b.leaf)))
}

/**
 * Refuses `wrong-state` where `combiner` does not combine, or is the sender; `bad-request` for what is no such box,
 * `bad-signature`.
 */
export async function sendShares(
  team: Counted,
  row: PollRow,
  index: number,
  { combiner, box, signature }: { readonly combiner: number; readonly box: string; readonly signature: string },
): Promise<void> {
  const own = await counted(team, row)
  if (combiner === index) no('wrong-state')
  const bytes = fromBase64url(box) ?? no('bad-request', 'box')
  const most = own.closing.comments.byKind.reduce((sum, n) => sum + n, 0)
  const [least, step] = [sharesBoxBytes(0), sharesBoxBytes(1) - sharesBoxBytes(0)]
  if (bytes.length < least || bytes.length > sharesBoxBytes(most) || (bytes.length - least) % step !== 0)
    no('bad-request', 'box')
  checkSignature(own, index, { is: 'shares', combiner, box: bytes }, fromBase64url(signature))
  await write(team.db, row, putBox(team.db, row.id, { sender: index, recipient: combiner, bytes }))
}

/** To the one who combines, by sender. Refuses `wrong-state` to anybody else. */
export async function boxesFor(team: Counted, row: PollRow, index: number): Promise<readonly (string | null)[]> {
  const { manifest } = await counted(team, row)
  if (combinerIn(await readMessages(team.db, row.id)) !== index) no('wrong-state')
  const rows = await readBoxes(team.db, row.id, index)
  return manifest.trustees.map(({ index: sender }) => {
    const found = rows.find(one => one.sender === sender)
    return found ? toBase64url(found.bytes) : null
  })
}

/**
 * `sent`: 64 bytes of signature, then the file. Refuses `wrong-state` to anybody but the one who combines; `bad-request` for
 * what is no file of this closing, `bad-signature`.
 */
export async function keepFile(team: Counted, row: PollRow, index: number, sent: Uint8Array): Promise<void> {
  const own = await counted(team, row)
  const { manifest, closing } = own
  const bytes = sent.subarray(SIGNATURE_BYTES)
  const head = attempt(() => readFileHead(bytes)) ?? no('bad-request', 'file')
  if (!equal(head.manifestHash, manifest.hash) || !equal(head.closingHash, closing.hash)) no('bad-request', 'file')
  checkSignature(own, index, { is: 'file', file: bytes }, sent.subarray(0, SIGNATURE_BYTES))
  await write(team.db, row, putFile(team.db, row.id, index, bytes))
}

/** The file lies ready for this reader. */
export const isReady = async (db: Db, person: Person, row: PollRow): Promise<boolean> =>
  row.state === 'counted' &&
  row.stamp === '' &&
  may(person, 'comments', row, draftOf(row)) &&
  (await hasFile(db, row.id))

/** For the competent authority. Refuses `not-yours`, `secret`, `not-found`. */
export async function fileFor(db: Db, person: Person, row: PollRow): Promise<Uint8Array> {
  if (!may(person, 'comments', row, draftOf(row))) no('not-yours')
  mayLeave(row)
  return (await findFile(db, row.id)) ?? no('not-found')
}
