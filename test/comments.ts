/** What tests of comments have in common: members at their doors after the count, over the real application. */
import type { CommentsAct } from '../crypto/act.ts'
import { concat, fromBase64url, toBase64url } from '../crypto/bytes.ts'
import { parseClosing } from '../crypto/closing.ts'
import { type Delivered, readDelivered } from '../crypto/comment.ts'
import type { Watch } from '../crypto/comment-opening.ts'
import type { MemberDevice } from '../crypto/device.ts'
import type { MemberView, PollView } from '../server/wire.ts'
import { type Ask, json, type Organiser, type SealedPoll, said } from './office.ts'

export const QUIET: Watch = { report: () => {}, progress: () => {} }

/** One member at the doors of comments; every answer is what came back, or the refusal's name. */
export interface AtDoors {
  readonly index: number
  readonly device: MemberDevice
  readonly view: () => Promise<MemberView>
  /** By its device, for the closing of this poll or another; before the box is closed for none. */
  readonly signed: (act: CommentsAct, closingHash?: Uint8Array) => Promise<Uint8Array>
  readonly combine: (signature?: Uint8Array) => Promise<unknown>
  readonly envelopes: (signature?: Uint8Array) => Promise<Uint8Array | string>
  readonly shares: (combiner: number, box: Uint8Array, signature?: Uint8Array) => Promise<unknown>
  readonly boxes: () => Promise<{ readonly boxes: readonly (string | null)[] } | string>
  readonly file: (bytes: Uint8Array, signature?: Uint8Array) => Promise<unknown>
}

/** By the personal links that the organiser holds. */
export async function atDoors(ask: Ask, organiser: Organiser, { poll, members, manifest }: SealedPoll) {
  const { links } = await organiser.get<PollView>(`/polls/${poll}`)
  return members.map(({ device, view }, i): AtDoors => {
    const path = `/api/members/${poll}/${i + 1}`
    const headers = { authorization: `Bearer ${links[i]}` }
    const post = async <T>(what: string, body: unknown): Promise<T> =>
      said<T>(await ask(`${path}${what}`, json(body, headers)))
    let closed = new Uint8Array(32)
    const signed = async (act: CommentsAct, closingHash?: Uint8Array) => {
      const { closing } = await view()
      if (closing !== null) closed = parseClosing(manifest, closing.text).hash.slice()
      return device.signComments(closingHash ?? closed, act)
    }
    return {
      index: i + 1,
      device,
      view,
      signed,
      combine: async signature =>
        post('/combine', { signature: toBase64url(signature ?? (await signed({ is: 'combine' }))) }),
      envelopes: async signature =>
        post('/envelopes', { signature: toBase64url(signature ?? (await signed({ is: 'envelopes' }))) }),
      shares: async (combiner, box, signature) => {
        const by = signature ?? (await signed({ is: 'shares', combiner, box }))
        return post('/comment-shares', { combiner, box: toBase64url(box), signature: toBase64url(by) })
      },
      boxes: async () => said(await ask(`${path}/comment-boxes`, { headers })),
      file: async (bytes, signature) => {
        const body = concat(signature ?? (await signed({ is: 'file', file: bytes })), bytes)
        return said(await ask(`${path}/comment-file`, { method: 'PUT', headers, body: body.slice() }))
      },
    }
  })
}

export const openingsOf = ({ openings }: MemberView): ReadonlyMap<number, Uint8Array> =>
  new Map(openings.flatMap((text, i) => (text === null ? [] : [[i + 1, fromBase64url(text)!] as const])))

export async function deliveredTo({ envelopes }: AtDoors, { manifest }: SealedPoll): Promise<readonly Delivered[]> {
  const bytes = await envelopes()
  if (typeof bytes === 'string') throw new Error(`envelopes: ${bytes}`)
  return readDelivered(manifest, bytes)
}

/** What a member's phone does who sends its part. */
export async function boxOf(from: AtDoors, poll: SealedPoll, combiner: number): Promise<Uint8Array> {
  const openings = openingsOf(await from.view())
  return from.device.commentShares(openings, combiner, await deliveredTo(from, poll), QUIET)
}
