/**
 * A counting-team member's device: the key ceremony, one pinned manifest, one opened closing, ever. It verifies the
 * board itself before it signs anything, and answers only for sums that the publication rule allows.
 */
import { equal, type Rng, shortCode } from '../../crypto/bytes.ts'
import type { Closing } from '../../crypto/closing.ts'
import { type Delivered, type Opened, openComments, sealCommentShares } from '../../crypto/comment.ts'
import { encrypt } from '../../crypto/elgamal.ts'
import { attempt, type Fault, faultOf } from '../../crypto/fault.ts'
import { G } from '../../crypto/group.ts'
import type { Manifest, Trustee } from '../../crypto/manifest.ts'
import { interpolate, isShare, makeShare, type Share } from '../../crypto/share.ts'
import {
  type AllowedSum,
  isOpeningSignature,
  openingOfSum,
  openSum,
  opensByItself,
  signOpening,
  signResult,
  writeResult,
} from '../../crypto/tally.ts'
import {
  beginCeremony,
  type Ceremony,
  ceremonyHash,
  checkManifestOfCeremony,
  checkPackage,
  confirmCeremony,
  electionKeyOf,
  finishShares,
  type Member,
  type Package,
  pinManifest,
  publicShare,
  rehearse,
  sealShares,
} from '../../crypto/trustees.ts'
import type { Report } from '../../crypto/verify.ts'

/** Something that a device refuses to go on after; the message is for the minutes of a failed ceremony or opening. */
class Stopped extends Error {}

const stop = (what: string, fault?: Fault | null): never => {
  throw new Stopped(fault ? `${what}: ${fault.code} at ${fault.where}` : what)
}

export class MemberDevice {
  readonly index: number
  private readonly ceremony: Ceremony
  private readonly rng: Rng
  private readonly begun: ReturnType<typeof beginCeremony>
  /** The hash of the packages for which it sealed shares; there is no second list. */
  private revealed: Uint8Array | null = null
  private member: Member | null = null
  private manifest: Manifest | null = null
  /** The first closing signed; there is no second. */
  private opening: { readonly closing: Closing; readonly report: Report } | null = null

  constructor(ceremony: Ceremony, index: number, name: string, rng: Rng) {
    this.index = index
    this.ceremony = ceremony
    this.rng = rng
    this.begun = beginCeremony(ceremony, index, name, rng)
  }

  /** Step 1. */
  get commitment(): Uint8Array {
    return this.begun.commitment
  }
  /** Step 2, once all commitments are there. */
  get package(): Package {
    return this.begun.package
  }

  /** Step 3: checks what all revealed, its own package among it, then seals a share for each. */
  shares(packages: readonly Package[], commitments: readonly Uint8Array[]): ReadonlyMap<number, Uint8Array> {
    for (const [i, revealed] of packages.entries()) {
      const commitment = commitments[i] ?? stop(`no commitment of trustee ${i + 1}`)
      const fault = checkPackage(this.ceremony, revealed, commitment)
      if (fault) stop('ceremony', fault)
    }
    const hash = ceremonyHash(this.ceremony, packages)
    const boxes = attempt(
      () => sealShares(this.begun.secrets, packages, hash, this.rng),
      fault => stop('ceremony', fault),
    )
    this.revealed = hash
    return boxes!
  }

  /** Step 4: adds up the shares from the others and signs the ceremony's hash. */
  confirm(packages: readonly Package[], boxes: ReadonlyMap<number, Uint8Array>): Uint8Array {
    const hash = ceremonyHash(this.ceremony, packages)
    if (!this.revealed || !equal(this.revealed, hash)) stop('other packages than before')
    this.member = finishShares(this.begun.secrets, packages, hash, boxes, this.rng)
    return confirmCeremony(this.member, this.rng)
  }

  /** Its part of a rehearsal; never after pinning. */
  rehearse(alpha: Parameters<typeof rehearse>[1], r: Parameters<typeof rehearse>[2]) {
    if (this.manifest) stop('rehearsal after pinning')
    return rehearse(this.own(), alpha, r, this.rng)
  }

  /** Checks that the manifest is of its own ceremony, and signs it: it opens that one and no other. */
  pin(manifest: Manifest): Uint8Array {
    if (this.manifest && !equal(this.manifest.hash, manifest.hash)) stop('another manifest is pinned')
    const fault = checkManifestOfCeremony(this.own(), this.ceremony.pollId, manifest)
    if (fault) stop('manifest', fault)
    this.manifest = manifest
    return pinManifest(this.own(), manifest, this.rng)
  }

  /** After its own checks 1 to 9: signs the opening of this closing. The code is read aloud. */
  open(report: Report): { readonly signature: Uint8Array; readonly code: string } {
    const { manifest, closing, ok } = report
    if (!ok || !manifest || !closing) return stop('the board does not verify')
    if (!this.manifest || !equal(manifest.hash, this.manifest.hash)) return stop('not the pinned manifest')
    if (this.opening && !equal(this.opening.closing.hash, closing.hash)) return stop('another closing was opened')
    this.opening = { closing, report }
    return { signature: signOpening(this.own().signing, closing.hash, this.rng), code: shortCode(closing.hash) }
  }

  /** Its shares of every allowed sum, by label in the result's order, on `t` signatures of the opening. */
  share(openings: ReadonlyMap<number, Uint8Array>): ReadonlyMap<string, Share> {
    const { manifest, closing, sums } = this.opened(openings)
    const hidden = sums.filter(sum => !opensByItself(sum))
    const share = (sum: AllowedSum) =>
      makeShare(this.own(), manifest.trustees, openingOfSum(manifest, closing.hash, sum), this.rng)
    return new Map(hidden.map(sum => [sum.label, share(sum)]))
  }

  /**
   * Checks every share and opens the sums itself, then signs the result that follows. A false share is left out and
   * named; any `t` good ones open.
   */
  result(
    openings: ReadonlyMap<number, Uint8Array>,
    shares: readonly ReadonlyMap<string, Share>[],
    report: (fault: Fault) => void,
  ): { readonly text: string; readonly signature: Uint8Array } {
    const { manifest, closing, sums, unions } = this.opened(openings)
    const Y = manifest.trustees.map(({ index }) => publicShare(manifest.trustees, index))
    const counts = sums.map(sum => {
      if (opensByItself(sum)) return openSum(sum, [])
      const opening = openingOfSum(manifest, closing.hash, sum)
      // By member: whoever sends a share twice has sent one.
      const good = new Map<number, Share>()
      for (const byLabel of shares) {
        const share = byLabel.get(sum.label)
        if (share === undefined) continue
        const own = Y[share.trustee - 1]
        if (own && isShare(share, own, opening)) good.set(share.trustee, share)
        else report(faultOf('bad-proof', `trustee ${share.trustee}, ${sum.label}`))
      }
      if (good.size < manifest.threshold) return stop(`too few shares of ${sum.label}`)
      return openSum(sum, [...good.values()].slice(0, manifest.threshold))
    })
    const text = writeResult(manifest, closing.hash, unions, counts)
    return { text, signature: signResult(this.own().signing, closing.hash, text, this.rng) }
  }

  /** Its shares of the comments, in a box to the one who combines; none where there are too few ballots. */
  commentShares(openings: ReadonlyMap<number, Uint8Array>, combiner: number, delivered: readonly Delivered[]) {
    const { manifest, closing } = this.openedComments(openings)
    return sealCommentShares(this.own(), combiner, manifest, closing.hash, delivered, this.rng)
  }

  /**
   * By prompt, its envelopes ascending by leaf; null for a prompt of which too few envelopes hold text for them to be
   * shown.
   */
  comments(
    openings: ReadonlyMap<number, Uint8Array>,
    delivered: readonly Delivered[],
    boxes: ReadonlyMap<number, Uint8Array>,
    report: (fault: Fault) => void,
  ): readonly (readonly Opened[] | null)[] {
    const { manifest, closing } = this.openedComments(openings)
    const opened = openComments(this.own(), manifest, closing.hash, delivered, boxes, this.rng, report)
    return manifest.comments.map((_, i) => {
      const ofPrompt = opened.filter(({ kind }) => kind === i + 1)
      const holdText = ofPrompt.filter(one => one.status === 'text' && one.text !== '').length
      return holdText < manifest.publication.minimumBallots ? null : ofPrompt
    })
  }

  private own(): Member {
    return this.member ?? stop('the ceremony is not over')
  }

  private opened(openings: ReadonlyMap<number, Uint8Array>) {
    const { closing, report } = this.opening ?? stop('nothing is opened yet')
    const manifest = this.manifest!
    const signed = manifest.trustees.filter(trustee => {
      const signature = openings.get(trustee.index)
      return signature !== undefined && isOpeningSignature(trustee, closing.hash, signature)
    })
    if (signed.length < manifest.threshold) stop('too few signatures of the opening')
    return { manifest, closing, ...report.allowed! }
  }

  private openedComments(openings: ReadonlyMap<number, Uint8Array>) {
    const opened = this.opened(openings)
    const { minimumBallots } = opened.manifest.publication
    if (opened.closing.ballots.count < minimumBallots) stop('too few ballots to open comments')
    return opened
  }
}

/** The sealing of the box: the whole ceremony, the rehearsal with every subset of `t`, the team for the manifest. */
export function holdCeremony(
  ceremony: Ceremony,
  names: readonly string[],
  rng: Rng,
): { readonly devices: readonly MemberDevice[]; readonly trustees: readonly Trustee[] } {
  const devices = names.map((name, i) => new MemberDevice(ceremony, i + 1, name, rng))
  const commitments = devices.map(device => device.commitment)
  const packages = devices.map(device => device.package)
  const boxes = devices.map(device => device.shares(packages, commitments))
  const trustees = devices.map((device, i): Trustee => {
    const received = new Map(boxes.flatMap((sent, from) => (from === i ? [] : [[from + 1, sent.get(i + 1)!]])))
    return { ...packages[i]!, confirmation: device.confirm(packages, received) }
  })
  rehearseAll(ceremony, devices, packages, rng)
  return { devices, trustees }
}

/** A test ciphertext of 1 opens with every subset of `t` devices. */
function rehearseAll(ceremony: Ceremony, devices: readonly MemberDevice[], packages: readonly Package[], rng: Rng) {
  const { ciphertext, r } = encrypt(1, electionKeyOf(packages).point, rng)
  const answers = devices.map(device => ({ index: device.index, D: device.rehearse(ciphertext.alpha, r).point }))
  for (const subset of subsetsOf(answers, ceremony.t)) {
    const opened = ciphertext.beta.point.subtract(interpolate(subset))
    if (!opened.equals(G)) stop(`rehearsal of ${subset.map(({ index }) => index).join(', ')}`)
  }
}

export function subsetsOf<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  if (size === 0) return [[]]
  return items.flatMap((item, i) => subsetsOf(items.slice(i + 1), size - 1).map(rest => [item, ...rest]))
}
