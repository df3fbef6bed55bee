/**
 * After closing (protocol, section 5, step 7): the phone takes the whole board, since asking for one leaf would tell who
 * asks, and looks for what it cast.
 */
import { BALLOT_KIND } from '../../crypto/ballot.ts'
import { concat, fromBase64url, shortCode } from '../../crypto/bytes.ts'
import type { Closing } from '../../crypto/closing.ts'
import { checkCounted, type OwnLeaf, type PublicBoard } from '../../crypto/counted.ts'
import { attempt, attemptAsync } from '../../crypto/fault.ts'
import { type Manifest, parseManifest } from '../../crypto/manifest.ts'
import { leafHash } from '../../crypto/merkle.ts'
import { checkReceipt } from '../../crypto/receipt.ts'
import { RecordReader } from '../../crypto/record.ts'
import { isOfManifest } from '../../crypto/token.ts'
import type { State } from '../../server/wire.ts'
import type { Env } from './env.ts'
import { type Receipt, readKept } from './kept.ts'
import { pollOf } from './opening.ts'
import { isTrouble } from './refusals.ts'
import type { Event, Found, Poll, Sought } from './screen.ts'

interface Board extends PublicBoard {
  readonly closing: { readonly text: string; readonly signature: Uint8Array }
}

/** The closing and what was cast, out of a record's lines. Null for what is no record. */
async function boardOf(record: Uint8Array): Promise<Board | null> {
  return attemptAsync(
    async () => {
      const lines = new RecordReader([record])
      await lines.take('manifest')
      for (const type of ['tokens', 'redemption', 'void'] as const) while (await lines.take(type));
      const closing = await lines.take('closing')
      const ballots: Uint8Array[] = []
      const comments: Uint8Array[] = []
      for (let line = await lines.take('ballot'); line; line = await lines.take('ballot')) ballots.push(line.bytes)
      for (let line = await lines.take('comment'); line; line = await lines.take('comment')) comments.push(line.bytes)
      return closing && { closing, ballots, comments }
    },
    () => {},
  )
}

type Look =
  | { readonly as: 'open' | 'void' | 'bad-board' }
  | { readonly as: 'found'; readonly closing: Closing; readonly published: boolean }
  /** `lost`: the first that is not there. */
  | { readonly as: 'missing'; readonly closing: Closing; readonly published: boolean; readonly lost: OwnLeaf | null }

const CLOSED: readonly State[] = ['closed', 'counted']

/** Null where no answer came. */
async function look(
  env: Env,
  manifest: Manifest,
  choose: (board: Board) => readonly OwnLeaf[] | null,
): Promise<Look | null> {
  const view = await env.api.getPoll(manifest.hash)
  if ('refused' in view) return null
  if (view.ok.state === 'void') return { as: 'void' }
  if (!CLOSED.includes(view.ok.state)) return { as: 'open' }
  const record = await env.api.getRecord(manifest.hash)
  if ('refused' in record) return null
  const board = await boardOf(record.ok)
  const { published } = view.ok
  if (!board) return { as: 'bad-board' }
  const holds = (own: readonly OwnLeaf[]) => attempt(() => checkCounted(manifest, board.closing, own, board))
  const own = choose(board)
  // Whoever has to hash a large board on a small phone does so once, as long as all is well.
  const found = holds(own ?? [])
  if (found && own) return { as: 'found', closing: found, published }
  // The board as such is judged before what is not there, so that a missing leaf is never an excuse for a false board.
  const closing = found ?? holds([])
  if (!closing) return { as: 'bad-board' }
  return { as: 'missing', closing, published, lost: own?.find(one => !holds([one])) ?? null }
}

/** For what this phone cast. Null while there is nothing to say yet. */
export async function lookForOwn(env: Env, poll: Poll): Promise<Event | null> {
  const own = readKept(env.keep, poll.start)?.cast ?? []
  const found = await look(env, poll.manifest, () => own)
  switch (found?.as) {
    case 'void':
      return { type: 'annulled' }
    case 'bad-board':
      return { type: 'missing', what: 'bad-board', lost: null }
    case 'missing':
      return { type: 'missing', what: 'missing', lost: found.lost as Receipt }
    case 'found':
      return { type: 'counted', closingCode: shortCode(found.closing.hash), published: found.published }
    default:
      return null
  }
}

/** For a receipt from elsewhere. */
export async function lookFor(env: Env, { manifest: asked, leaf }: Sought): Promise<Event> {
  const answer = await env.api.getManifest(asked)
  if ('refused' in answer)
    return isTrouble(answer.refused)
      ? { type: 'trouble', trouble: answer.refused, afterSeconds: answer.retryAfterSeconds ?? 0 }
      : looked({ as: 'unknown' })
  const manifest = attempt(() => parseManifest(answer.ok))
  const start = fromBase64url(asked)
  const named = start?.length === 20 ? start : asked
  if (manifest === null || !isOfManifest(named, manifest.hash)) return looked({ as: 'unknown' })
  const poll = pollOf(manifest)
  if ('signature' in leaf) {
    const receipt = concat(leaf.leaf, leaf.signature)
    const signed = attempt(() => {
      checkReceipt(manifest, leaf.kind, leaf.leaf, receipt)
      return true
    })
    if (signed === null) return looked({ as: 'bad-receipt', poll })
  }
  const found = await look(env, manifest, board => ownOn(board, leaf))
  if (found === null) return { type: 'trouble', trouble: 'offline', afterSeconds: 0 }
  switch (found.as) {
    case 'open':
      return looked({ as: 'not-closed', poll })
    case 'void':
    case 'bad-board':
      return looked({ as: found.as, poll })
    default: {
      const closingCode = shortCode(found.closing.hash)
      if (found.as === 'found') return looked({ as: 'counted', closingCode, poll, published: found.published })
      return looked({ as: 'signature' in leaf ? 'missing' : 'absent', closingCode, poll })
    }
  }
}

const looked = (found: Found): Event => ({ type: 'looked', found })

/** The leaf that a receipt names; by its short code, the one that begins so. */
function ownOn(board: Board, leaf: Sought['leaf']): readonly OwnLeaf[] | null {
  if ('signature' in leaf) return [leaf]
  const found = board.ballots.map(leafHash).find(one => isOfManifest(leaf.short, one))
  return found ? [{ kind: BALLOT_KIND, leaf: found }] : null
}
