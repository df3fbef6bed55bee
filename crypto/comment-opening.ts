/**
 * Comments opened by the counting team (protocol, section 7): every member's device checks all envelopes and sends its
 * shares of them in a box to the one who combines; that one opens the boxes, leaves out what proves nothing, and reads
 * the texts by leaf order.
 *
 * No share and no text is ever in clear on the server or in the record.
 */

import { holdsPlainly } from './batch.ts'
import { type Address, openBox, sealBox } from './box.ts'
import { compare, concat, equal, type Rng, toBase64url } from './bytes.ts'
import type { Closing } from './closing.ts'
import {
  checkEnvelopes,
  type Delivered,
  type Envelope,
  envelopeCredentialEquation,
  openText,
  placeOf,
  type SealedText,
} from './comment.ts'
import { attempt, type Fault, faultOf, refuse } from './fault.ts'
import { type Element, multiplySplit, type Point, readPoint } from './group.ts'
import type { Manifest } from './manifest.ts'
import { rootOfLeaves } from './merkle.ts'
import { EQUALITY_BYTES } from './proof.ts'
import { interpolate, isShare, makeShare, type Opening, type Share } from './share.ts'
import { type Member, publicShare } from './trustees.ts'

/** Who watches: what is wrong, and with whom; how far it is. */
export interface Watch {
  readonly report: (fault: Fault) => void
  readonly progress: (step: 'check' | 'share' | 'read', done: number, of: number) => void
}

/**
 * `withheld`: the sealed part is missing or fails, the server's fault. `unopened`: fewer than `t` members gave a good
 * share of it. `unreadable`: it opens to no well-formed text.
 */
export type Opened =
  | { readonly leaf: Uint8Array; readonly kind: number; readonly status: 'text'; readonly text: string }
  | { readonly leaf: Uint8Array; readonly kind: number; readonly status: 'withheld' | 'unopened' | 'unreadable' }

const SHARE_BYTES = 64 + EQUALITY_BYTES
/** What sealing adds: 32 random bytes and the tag. */
const BOX_BYTES = 48

/** How long a member's box may be: a share of every envelope and no more. */
export const sharesBoxBytes = (envelopes: number): number => BOX_BYTES + SHARE_BYTES * envelopes

/**
 * The server handed out exactly the envelopes that the box was closed with. Where it did not, the first one that does not
 * belong is named, else `wrong-root`. Shape: `closing` is of a board that this device verified.
 */
export function checkDelivered(
  manifest: Manifest,
  closing: Closing,
  delivered: readonly Delivered[],
  rng: Rng,
): Fault | null {
  const envelopes = delivered.map(({ envelope }) => envelope).sort((a, b) => compare(a.leaf, b.leaf))
  if (equal(rootOfLeaves(envelopes.map(({ leaf }) => leaf)), closing.comments.root)) return null
  const faults: Fault[] = []
  const found = checkEnvelopes(
    manifest,
    delivered,
    rng,
    fault => faults.push(fault),
    () => {},
  )
  delivered.forEach(({ envelope }, i) => {
    const k = closing.commentIssuerKeys[envelope.kind - 1]!
    if (found[i] && !holdsPlainly(envelopeCredentialEquation(manifest, envelope, k)))
      faults.push(faultOf('bad-credential', placeOf(envelope)))
  })
  // What the server only holds back is named as withheld when it comes to that.
  return faults.find(({ code }) => code !== 'line-missing') ?? faultOf('wrong-root', 'comments')
}

const openingOf = (manifest: Manifest, closingHash: Uint8Array, leaf: Uint8Array, E: Element): Opening => ({
  manifestHash: manifest.hash,
  closingHash,
  label: `comment/${toBase64url(leaf)}`,
  alpha: E,
})

const sharesAddress = (member: Member, closingHash: Uint8Array, from: number, to: number): Address => ({
  label: `comment-share/${toBase64url(closingHash)}`,
  ceremonyHash: member.ceremonyHash,
  from,
  to,
})

interface Sound {
  readonly envelope: Envelope
  /** Null: it is withheld. */
  readonly sealed: SealedText | null
}

/** All of them, ascending by leaf. */
function sound(manifest: Manifest, delivered: readonly Delivered[], rng: Rng, { report, progress }: Watch) {
  const ascending = [...delivered].sort((a, b) => compare(a.envelope.leaf, b.envelope.leaf))
  const sealed = checkEnvelopes(manifest, ascending, rng, report, (done, of) => progress('check', done, of))
  return ascending.map(({ envelope }, i): Sound => ({ envelope, sealed: sealed[i]! }))
}

/**
 * One member's shares of all sound envelopes, in a box to the one who combines: per envelope, ascending by leaf,
 * `32 leaf ‖ 32 D_j ‖ 64 proof`.
 */
export function sealCommentShares(
  member: Member,
  combiner: number,
  manifest: Manifest,
  closingHash: Uint8Array,
  delivered: readonly Delivered[],
  rng: Rng,
  watch: Watch,
): Uint8Array {
  const all = sound(manifest, delivered, rng, watch)
  const shares = all.flatMap(({ envelope, sealed }, i) => {
    watch.progress('share', i, all.length)
    if (sealed === null) return []
    const opening = openingOf(manifest, closingHash, envelope.leaf, sealed.E)
    const { D, proof } = makeShare(member, manifest.trustees, opening, rng)
    return [envelope.leaf, D.bytes, proof]
  })
  watch.progress('share', all.length, all.length)
  const address = sharesAddress(member, closingHash, member.index, combiner)
  return sealBox(address, member.exchange.secret, manifest.trustees[combiner - 1]!.exchangeKey, concat(...shares), rng)
}

/** The shares that one other member sent. */
interface Sent {
  readonly from: number
  readonly Y: Element
  readonly byLeaf: ReadonlyMap<string, Share>
}

/**
 * The combiner opens the others' boxes, leaves out what proves nothing (`report` names whose), and reads the texts,
 * ascending by leaf. Shares beyond the `t` that open an envelope are not looked at.
 */
export function openComments(
  combiner: Member,
  manifest: Manifest,
  closingHash: Uint8Array,
  delivered: readonly Delivered[],
  boxes: ReadonlyMap<number, Uint8Array>,
  rng: Rng,
  watch: Watch,
): readonly Opened[] {
  const { report, progress } = watch
  const sent = [...boxes].flatMap(([from, box]): readonly Sent[] => {
    // Its own part the combiner makes itself.
    if (from === combiner.index) return []
    const found = attempt(() => openShares(combiner, manifest, closingHash, from, box, rng), report)
    return found === null ? [] : [found]
  })
  const all = sound(manifest, delivered, rng, watch)
  const opened = all.map(({ envelope, sealed }, i): Opened => {
    progress('read', i, all.length)
    const { leaf, kind } = envelope
    if (sealed === null) return { leaf, kind, status: 'withheld' }
    const opening = openingOf(manifest, closingHash, leaf, sealed.E)
    const own = multiplySplit(sealed.E.point, combiner.share, rng)
    const good: { readonly index: number; readonly D: Point }[] = [{ index: combiner.index, D: own }]
    for (const one of sent) {
      if (good.length === manifest.threshold) break
      const share = goodShare(one, opening, report)
      if (share) good.push({ index: one.from, D: share.D.point })
    }
    if (good.length < manifest.threshold) return { leaf, kind, status: 'unopened' }
    const text = openText(manifest, envelope, sealed, interpolate(good))
    return text === null ? { leaf, kind, status: 'unreadable' } : { leaf, kind, status: 'text', text }
  })
  progress('read', all.length, all.length)
  return opened
}

function openShares(
  combiner: Member,
  { trustees }: Manifest,
  closingHash: Uint8Array,
  from: number,
  box: Uint8Array,
  rng: Rng,
): Sent {
  const where = `trustee ${from}`
  const sender = trustees[from - 1] ?? refuse('out-of-range', where, `1…${trustees.length}`, from)
  const address = sharesAddress(combiner, closingHash, from, combiner.index)
  const content = openBox(address, combiner.exchange.secret, sender.exchangeKey, box, rng, where)
  return { from, Y: publicShare(trustees, from), byLeaf: readShares(content, from) }
}

function readShares(content: Uint8Array, trustee: number): ReadonlyMap<string, Share> {
  const found = new Map<string, Share>()
  if (content.length % SHARE_BYTES !== 0)
    refuse('left-over', `trustee ${trustee}`, undefined, content.length % SHARE_BYTES)
  for (let at = 0; at < content.length; at += SHARE_BYTES) {
    const one = content.subarray(at, at + SHARE_BYTES)
    const D = readPoint(one.subarray(32, 64), `trustee ${trustee}`)
    found.set(toBase64url(one.subarray(0, 32)), { trustee, D, proof: one.subarray(64) })
  }
  return found
}

/** The share of this envelope, if it is there and proves itself; else null, and `report` is told whose it is. */
function goodShare({ from, Y, byLeaf }: Sent, opening: Opening, report: Watch['report']): Share | null {
  const where = `trustee ${from}, ${opening.label}`
  const share = byLeaf.get(opening.label.slice('comment/'.length))
  if (share && isShare(share, Y, opening)) return share
  report(faultOf(share ? 'bad-proof' : 'line-missing', where))
  return null
}
