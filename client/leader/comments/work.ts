/** Fetches and opens the file of comments, and keeps the marks of whoever reads until they are passed on. */
import { equal, fromBase64url, toBase64url } from '../../../crypto/bytes.ts'
import { type FileCode, openFile, readFileHead } from '../../../crypto/comment-file.ts'
import { attempt } from '../../../crypto/fault.ts'
import { sha256 } from '../../../crypto/transcript.ts'
import * as api from '../../api.ts'
import { erase, read, write } from '../../keep.ts'
import type { PollEvent, PollState } from '../poll.ts'
import { type CommentsEvent, type CommentsWhy, type Marks, NO_MARKS } from './state.ts'

type Send = (event: PollEvent) => void

export function beginComments(state: PollState, before: PollState | null, send: Send): void {
  const { comments, poll } = state
  const had = before?.poll === poll ? before.comments : null
  if (comments.asking !== null && comments.asking !== had?.asking) void open(state, comments.asking, send)
  if (had !== null && comments.opened !== null && comments.marks !== had.marks) keep(poll, comments.marks)
}

const nameOf = (poll: string): string => `comments/${poll}`

function keep(poll: string, marks: Marks): void {
  const isEmpty = marks.themes.length === 0 && Object.keys(marks.under).length === 0
  if (isEmpty) erase('device', nameOf(poll))
  else write('device', nameOf(poll), JSON.stringify(marks))
}

function keptOf(poll: string): Marks {
  try {
    return { ...NO_MARKS, ...(JSON.parse(read('device', nameOf(poll)) ?? '{}') as Partial<Marks>) }
  } catch {
    return NO_MARKS
  }
}

async function open(state: PollState, code: FileCode, send: Send): Promise<void> {
  const tell = (event: CommentsEvent) => send({ type: 'comments', poll: state.poll, event })
  const fail = (why: CommentsWhy) => tell({ is: 'failed', why })
  const bytes = state.comments.picked?.bytes ?? (await fetched(state.poll))
  if ('refused' in bytes) return fail({ why: 'refused', refused: bytes.refused })
  const head = attempt(() => readFileHead(bytes))
  if (head === null) return fail({ why: 'no-file' })
  const own = fromBase64url(state.view?.manifestHash ?? '') ?? new Uint8Array()
  if (!equal(head.manifestHash, own)) return fail({ why: 'other-poll' })
  const comments = attempt(() => openFile(bytes, code))
  if (comments === null) return fail({ why: 'other-code' })
  tell({ is: 'opened', comments, file: toBase64url(sha256(bytes)), kept: keptOf(state.poll) })
}

async function fetched(poll: string): Promise<Uint8Array | api.No> {
  const answer = await api.getCommentFile(poll)
  return 'ok' in answer ? answer.ok : answer
}

/** What the reader picked from the disk. */
export async function pick(file: File | undefined, tell: (event: CommentsEvent) => void): Promise<void> {
  if (file === undefined) return tell({ is: 'picked', picked: null })
  tell({ is: 'picked', picked: { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) } })
}
