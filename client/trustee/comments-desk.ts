/**
 * Does what a member presses for the comments: fetches the envelopes, lets the device work beside the page, sends its part or
 * shows the texts, and hands the file over. Everything ends as an event; nothing of a text is kept anywhere.
 */
import type { CommentsAct } from '../../crypto/act.ts'
import { concat, toBase64url } from '../../crypto/bytes.ts'
import { parseClosing } from '../../crypto/closing.ts'
import { CODE_GROUPS, fileCodeGroups, newFileCode, sealFile } from '../../crypto/comment-file.ts'
import type { Board, MemberDevice } from '../../crypto/device.ts'
import { type Fault, faultOf } from '../../crypto/fault.ts'
import { type Manifest, parseManifest } from '../../crypto/manifest.ts'
import { tried } from '../../crypto/stop.ts'
import type { MemberView } from '../../server/wire.ts'
import * as api from '../api.ts'
import { read, write } from '../keep.ts'
import { paperOf } from '../paper.ts'
import { rng } from '../rng.ts'
import { boardOf } from './board.ts'
import { check } from './check.ts'
import { somePlaces } from './codes.ts'
import { askedBack, type CommentsAt, type CommentsPress, type CommentsStep, forAuthority, READY } from './comments.ts'
import { type CommentsDone, inWorker } from './comments-work.ts'
import type { Event, Trouble } from './state.ts'
import { byIndex } from './wire.ts'

/** How many groups of the code are asked back. */
const READ_BACK = 2

/** What the phone lends: its device, and how it keeps what that device knows. */
export interface Own {
  readonly link: api.Link
  readonly device: MemberDevice
  readonly view: MemberView
  /** Verified for the sums; null where that was before the page was loaded. */
  readonly board: Board | null
  /** Where the device keeps what it knows. */
  readonly name: string
  readonly look: () => Promise<void>
}

/** A press that came to nothing, with why. */
class Failed extends Error {
  readonly why: Trouble
  constructor(why: Trouble) {
    super(why)
    this.why = why
  }
}

type Send = (event: Event) => void

const show = (send: Send, at: CommentsAt): void => send({ type: 'desk', desk: { on: 'comments', at } })

export async function pressComments(own: Own, press: CommentsPress, now: CommentsAt, send: Send): Promise<void> {
  try {
    await perform(own, press, now, send)
    send({ type: 'done', trouble: null })
  } catch (error) {
    if (now.at === 'ready') show(send, READY)
    send({ type: 'done', trouble: error instanceof Failed ? error.why : 'failed' })
  }
  await own.look()
}

async function perform(own: Own, press: CommentsPress, now: CommentsAt, send: Send): Promise<void> {
  switch (press.do) {
    case 'combine':
      return void ok(await api.sendCombine(own.link, toBase64url(signed(own, { is: 'combine' }))))
    case 'send':
    case 'open':
      return work(own, press, send)
    case 'seal':
      return now.at === 'opened' ? show(send, sealed(own, now)) : undefined
    case 'ask-back':
      return show(send, askedBack(now, somePlaces(READ_BACK, CODE_GROUPS, rng)))
    case 'put':
      ok(await api.putCommentFile(own.link, concat(signed(own, { is: 'file', file: press.file }), press.file)))
      return show(send, { at: 'handed', file: press.file })
  }
}

function ok<T>(answer: api.Answer<T>): T {
  if ('refused' in answer) throw new Failed(answer.refused)
  return answer.ok
}

const signed = ({ device, view }: Own, act: CommentsAct): Uint8Array =>
  device.signComments(parseClosing(parseManifest(view.manifest!), view.closing!.text).hash, act)

/** This member's part, sent; or the texts, on this screen. */
async function work(own: Own, press: Extract<CommentsPress, { said: string }>, send: Send): Promise<void> {
  const { view, link } = own
  const manifest = parseManifest(view.manifest!)
  const tell = (step: CommentsStep, done = 0, of = 1) => show(send, { at: 'busy', doing: press.do, step, done, of })
  tell('board')
  const board = await verified(own, manifest, tell)
  if ('code' in board) return show(send, { at: 'stopped', fault: board })
  // As for the sums: this closing and no other, whose code was told to a restored device.
  if ('stopped' in tried(() => own.device.open(board, press.said)))
    return show(send, { at: 'ready', said: press.said, wrong: true })
  tell('envelopes')
  const envelopes = ok(await api.getEnvelopes(link, toBase64url(signed(own, { is: 'envelopes' }))))
  const combiner = view.comments?.combiner ?? 0
  const boxes = press.do === 'open' ? byIndex(ok(await api.getCommentBoxes(link)).boxes) : new Map()
  const task = press.do === 'open' ? ({ do: 'read', boxes } as const) : ({ do: 'share', combiner } as const)
  tell('check')
  const order = {
    memory: read('device', own.name) ?? '',
    manifest: manifest.text,
    closing: view.closing!.text,
    before: heldBefore(own),
    envelopes,
    task,
  }
  const done = await inWorker({ ...order, openings: byIndex(view.openings) }, rng, tell)
  return finished(own, combiner, done, tell, send)
}

async function finished(
  own: Own,
  combiner: number,
  done: CommentsDone,
  tell: (step: CommentsStep) => void,
  send: Send,
): Promise<void> {
  if ('stopped' in done) {
    if (done.stopped === null) throw new Failed('wrong-state')
    return show(send, { at: 'stopped', fault: done.stopped })
  }
  // Kept before anything follows from it.
  write('device', heldName(own), JSON.stringify({ closing: own.view.closing!.text, held: done.held }))
  if ('prompts' in done) return show(send, { at: 'opened', prompts: done.prompts, faults: done.faults })
  tell('send')
  const { box } = done
  const signature = toBase64url(signed(own, { is: 'shares', combiner, box }))
  ok(await api.sendCommentShares(own.link, { combiner, box: toBase64url(box), signature }))
  show(send, READY)
}

const heldName = ({ name }: Own): string => `${name}/held`

/** What the server held back when this phone last answered for this closing; null: it has not, or has forgotten. */
function heldBefore(own: Own): readonly string[] | null {
  try {
    const kept = JSON.parse(read('device', heldName(own)) ?? '{}') as { closing?: string; held?: readonly string[] }
    return kept.closing === own.view.closing?.text && Array.isArray(kept.held) ? kept.held : null
  } catch {
    return null
  }
}

/** As checked since the page was loaded, here or when the sums were opened. */
let known: Board | null = null

/** The board, past the device's own checks 1 to 9; what is wrong with it. */
async function verified(
  { link, view, board }: Own,
  manifest: Manifest,
  tell: (step: CommentsStep, done: number, of: number) => void,
): Promise<Board | Pick<Fault, 'code' | 'where'>> {
  const found = board ?? known
  if (found?.closing?.text === view.closing?.text && found !== null) return found
  const record = ok(await api.getMemberRecord(link))
  const checked = await check({ record, manifestHash: manifest.hash }, (done, of) => tell('board', done, of))
  if (!checked.ok) return checked.checks.flatMap(({ findings }) => findings)[0] ?? faultOf('wrong-root', 'closing')
  if (checked.closing !== view.closing?.text) return faultOf('wrong-value', 'closing')
  known = boardOf(manifest, checked)
  return known
}

/** The file for the authority, and the code that alone opens it: drawn here, and nowhere else but on this screen. */
function sealed({ view }: Own, found: Extract<CommentsAt, { at: 'opened' }>): CommentsAt {
  const manifest = parseManifest(view.manifest!)
  const closingHash = parseClosing(manifest, view.closing!.text).hash
  const code = newFileCode(rng)
  const titles = manifest.comments.map(({ title }) => title)
  const comments = {
    title: manifest.poll.title,
    unit: paperOf(manifest).unit,
    minimum: manifest.publication.minimumBallots,
    prompts: forAuthority(found, titles),
  }
  const file = sealFile({ manifestHash: manifest.hash, closingHash }, comments, code, rng)
  return { ...found, at: 'code', file, groups: fileCodeGroups(code) }
}
