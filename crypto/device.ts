/**
 * A counting-team member's device: the key ceremony, one pinned manifest, one opened closing, ever. It verifies the
 * board itself before it signs anything, and answers only for sums that the publication rule allows.
 *
 * Whatever it must not do twice it keeps (`memory.ts`) before the message leaves it, so that a page closed and opened
 * again is the same device. A message once made is given again as it was.
 */
import { type Act, type CommentsAct, signAct, signCommentsAct } from './act.ts'
import { concat, equal, type Rng, shortCode } from './bytes.ts'
import type { Delivered } from './comment.ts'
import type { Watch } from './comment-opening.ts'
import type { Fault } from './fault.ts'
import type { Manifest } from './manifest.ts'
import {
  type Begun,
  type Grown,
  type Keep,
  type Memory,
  newlyBegun,
  newlyGrown,
  parseMemory,
  restoredFrom,
  SEED_BYTES,
  streamOf,
  writeMemory,
} from './memory.ts'
import {
  checkQuorum,
  commentSharesOf,
  commentsOf,
  type OpenedPrompt,
  type Openings,
  resultOf,
  sharesOf,
  type Verified,
} from './opening.ts'
import { type Answers, checkAnswers, rehearsalOf } from './rehearsal.ts'
import type { Share } from './share.ts'
import { memberOfSheet, type Sheet, type SheetKeys, sheetOf } from './sheet.ts'
import { stop, stopWhereRefused } from './stop.ts'
import { signOpening } from './tally.ts'
import { sha256 } from './transcript.ts'
import {
  beginCeremony,
  type Ceremony,
  ceremonyHash,
  checkManifestOfCeremony,
  checkPackage,
  confirmCeremony,
  finishShares,
  type Member,
  type Package,
  pinManifest,
  rehearse,
  sealShares,
} from './trustees.ts'
import { isCodeOf } from './typed.ts'
import type { Report } from './verify.ts'

/** What the device's own verification says of the board: checks 1 to 9. */
export type Board = Pick<Report, 'ok' | 'manifest' | 'closing' | 'allowed'>

type Hashed = { readonly member: Pick<Member, 'ceremonyHash'> }

export class MemberDevice {
  readonly index: number
  private memory: Memory
  private begun: ReturnType<typeof beginCeremony> | null
  private readonly rng: Rng
  private readonly keep: Keep
  /** As verified since the page was loaded; only of the closing that was opened. */
  private board: Verified | null = null

  private constructor(memory: Memory, begun: MemberDevice['begun'], rng: Rng, keep: Keep) {
    this.index = memory.stage === 'begun' ? memory.index : memory.member.index
    this.memory = memory
    this.begun = begun
    this.rng = rng
    this.keep = keep
  }

  /** Draws everything from `rng` and is never kept. */
  static unkept(ceremony: Ceremony, index: number, name: string, rng: Rng): MemberDevice {
    const memory = newlyBegun(ceremony, index, name, null)
    return new MemberDevice(memory, beginCeremony(ceremony, index, name, rng), rng, () => {})
  }

  /** A phone on which the member has just said to begin. */
  static begin(ceremony: Ceremony, index: number, name: string, rng: Rng, keep: Keep): MemberDevice {
    return MemberDevice.again(newlyBegun(ceremony, index, name, rng(SEED_BYTES)), rng, keep).remember({})
  }

  /** The same device after its page was closed. Refuses what is no such memory. */
  static resume(kept: string, rng: Rng, keep: Keep): MemberDevice {
    return MemberDevice.again(parseMemory(kept), rng, keep)
  }

  /** From the recovery sheet, under the manifest that it names. */
  static restore(sheet: SheetKeys | Sheet, manifest: Manifest, rng: Rng, keep: Keep): MemberDevice {
    const member = stopWhereRefused('sheet', () => memberOfSheet(sheet, manifest))
    return new MemberDevice(restoredFrom(member, manifest), null, rng, keep).remember({})
  }

  private static again(memory: Memory, rng: Rng, keep: Keep): MemberDevice {
    if (memory.stage === 'grown') return new MemberDevice(memory, null, rng, keep)
    const { ceremony, index, name, seed } = memory
    return new MemberDevice(memory, beginCeremony(ceremony, index, name, streamOf(seed!)), rng, keep)
  }

  /** What it holds that is no secret, and how far it is. */
  get standing(): Pick<Begun, 'stage' | 'ceremony' | 'boxes'> | (Omit<Grown, 'member'> & Hashed) {
    return this.memory
  }

  // ── the ceremony ──────────────────────────────────────────────────────────────────────────────────────────────

  /** Step 1. */
  get commitment(): Uint8Array {
    return this.made().commitment
  }
  /** What it reveals in step 2. */
  get package(): Package {
    return this.made().package
  }

  /** Step 2, once all commitments are there: from now on no other commitments hold. */
  reveal(commitments: readonly Uint8Array[]): Package {
    const { committed, ceremony, index } = this.inCeremony()
    const own = commitments[index - 1]
    if (commitments.length !== ceremony.n || !own || !equal(own, this.commitment)) stop('not its own commitment')
    const hash = sha256(concat(...commitments))
    if (committed && !equal(committed, hash)) stop('other commitments than before')
    this.remember({ committed: hash })
    return this.package
  }

  /** Step 3: checks what all revealed, its own package among it, then seals a share for each. */
  shares(packages: readonly Package[], commitments: readonly Uint8Array[]): ReadonlyMap<number, Uint8Array> {
    const { ceremony, committed, revealed, boxes } = this.inCeremony()
    if (committed && !equal(committed, sha256(concat(...commitments)))) stop('other commitments than before')
    for (const [i, shown] of packages.entries()) {
      const commitment = commitments[i] ?? stop(`no commitment of trustee ${i + 1}`)
      const fault = checkPackage(ceremony, shown, commitment)
      if (fault) stop('ceremony', fault)
    }
    const hash = ceremonyHash(ceremony, packages)
    if (revealed && !equal(revealed, hash)) stop('other packages than before')
    if (boxes) return boxes
    const sealed = stopWhereRefused('ceremony', () => sealShares(this.made().secrets, packages, hash, this.rng))
    this.remember({ revealed: hash, boxes: sealed })
    return sealed
  }

  /** Step 4: adds up the shares from the others and signs the ceremony's hash. */
  confirm(packages: readonly Package[], boxes: ReadonlyMap<number, Uint8Array>): Uint8Array {
    if (this.memory.stage === 'grown') return this.memory.confirmation ?? stop('it was restored from its sheet')
    const { ceremony, revealed } = this.memory
    const hash = ceremonyHash(ceremony, packages)
    if (!revealed || !equal(revealed, hash)) stop('other packages than before')
    const { secrets } = this.made()
    const member = stopWhereRefused('ceremony', () => {
      // After a reload @noble adds up only once it has dealt again: the same shares, in boxes that nobody gets.
      if (secrets.dkg.step === 1) sealShares(secrets, packages, hash, this.rng)
      return finishShares(secrets, packages, hash, boxes, this.rng)
    })
    const confirmation = confirmCeremony(member, this.rng)
    this.memory = { ...newlyGrown(ceremony, member), confirmation }
    this.begun = null
    this.remember({})
    return confirmation
  }

  /** Never after pinning. */
  rehearse(alpha: Parameters<typeof rehearse>[1], r: Parameters<typeof rehearse>[2]) {
    if (this.grown().pinned) stop('rehearsal after pinning')
    return rehearse(this.own(), alpha, r, this.rng)
  }

  /** The same for the test ciphertext that follows from the ceremony. */
  rehearsal(): Uint8Array {
    const { rehearsal, member } = this.grown()
    if (rehearsal) return rehearsal
    const { alpha, r } = rehearsalOf(member.ceremonyHash)
    const made = this.rehearse(alpha, r).bytes
    this.remember({ rehearsal: made })
    return made
  }

  /** Every member confirmed, and every subset of `t` opens the rehearsal. */
  checkTeam(packages: readonly Package[], answers: Answers): void {
    const { ceremony, member, rehearsed } = this.grown()
    if (rehearsed) return
    if (!equal(ceremonyHash(ceremony, packages), member.ceremonyHash)) stop('other packages than before')
    const fault = checkAnswers(packages, ceremony.t, member.ceremonyHash, answers)
    if (fault) stop('ceremony', fault)
    this.remember({ rehearsed: true })
  }

  /** Checks that the manifest is of its own ceremony, and signs it: it opens that one and no other. */
  pin(manifest: Manifest): Uint8Array {
    const { pinned } = this.grown()
    if (pinned && !equal(pinned.manifestHash, manifest.hash)) stop('another manifest is pinned')
    if (pinned?.pin) return pinned.pin
    const fault = this.faultOf(manifest)
    if (fault) stop('manifest', fault)
    const pin = pinManifest(this.own(), manifest, this.rng)
    this.remember({ pinned: { manifestHash: manifest.hash, pin } })
    return pin
  }

  /** What speaks against pinning this manifest. */
  faultOf = (manifest: Manifest): Fault | null =>
    checkManifestOfCeremony(this.own(), this.grown().ceremony.pollId, manifest)

  /** For the envelope; there after pinning. */
  sheet(): Sheet {
    return sheetOf(this.own(), this.pinnedHash())
  }

  /** Signs what the organiser asks for, under the pinned manifest. */
  act(act: Act): Uint8Array {
    return signAct(this.own().signing, this.pinnedHash(), act, this.rng)
  }

  // ── the opening ───────────────────────────────────────────────────────────────────────────────────────────────

  /**
   * After its own checks 1 to 9: signs the opening of this closing. The code is read aloud; a restored device signs only
   * where `said` is that code, read to it from the minutes or by the others.
   */
  open(report: Board, said = ''): { readonly signature: Uint8Array; readonly code: string } {
    const { manifest, closing, allowed, ok } = report
    const { pinned, opened, restored } = this.grown()
    if (!ok || !manifest || !closing || !allowed) return stop('the board does not verify')
    if (!pinned || !equal(manifest.hash, pinned.manifestHash)) return stop('not the pinned manifest')
    if (opened && !equal(opened.closingHash, closing.hash)) return stop('another closing was opened')
    if (restored && !opened && !isCodeOf(closing.hash, said)) return stop('the code was not read to it')
    const signature = opened?.signature ?? signOpening(this.own().signing, closing.hash, this.rng)
    if (!opened) this.remember({ opened: { closingHash: closing.hash, signature } })
    this.board = { manifest, closing, allowed }
    return { signature, code: shortCode(closing.hash) }
  }

  /** Its shares of every allowed sum, by label in the result's order, on `t` signatures of the opening. */
  share(openings: Openings): ReadonlyMap<string, Share> {
    return sharesOf(this.own(), this.opened(openings), this.rng)
  }

  /** Checks every share and opens the sums itself, then signs the result that follows. */
  result(
    openings: Openings,
    shares: readonly ReadonlyMap<string, Share>[],
    report: (fault: Fault) => void,
  ): { readonly text: string; readonly signature: Uint8Array } {
    return resultOf(this.own(), this.opened(openings), shares, report, this.rng)
  }

  /** Its shares of the comments, in a box to the one who combines; stops where there are too few ballots. */
  commentShares(openings: Openings, combiner: number, delivered: readonly Delivered[], watch: Watch) {
    return commentSharesOf(this.own(), this.opened(openings), combiner, delivered, watch, this.rng)
  }

  /** Signs what it does with the comments of this closing, the one that it opened if it opened any. */
  signComments(closingHash: Uint8Array, act: CommentsAct): Uint8Array {
    const { opened } = this.grown()
    if (opened && !equal(opened.closingHash, closingHash)) stop('another closing was opened')
    return signCommentsAct(this.own().signing, { manifestHash: this.pinnedHash(), closingHash }, act, this.rng)
  }

  /** By prompt what was written. */
  comments(
    openings: Openings,
    delivered: readonly Delivered[],
    boxes: ReadonlyMap<number, Uint8Array>,
    watch: Watch,
  ): readonly OpenedPrompt[] {
    return commentsOf(this.own(), this.opened(openings), delivered, boxes, watch, this.rng)
  }

  private inCeremony = (): Begun => (this.memory.stage === 'begun' ? this.memory : stop('the shares are added up'))
  private made = () => this.begun ?? stop('the ceremony is over')
  private grown = (): Grown => (this.memory.stage === 'grown' ? this.memory : stop('the ceremony is not over'))
  private own = (): Member => this.grown().member
  private pinnedHash = () => (this.grown().pinned ?? stop('nothing is pinned yet')).manifestHash

  private opened(openings: Openings): Verified {
    const board = this.board ?? stop('nothing is opened yet')
    checkQuorum(board, openings)
    return board
  }

  /** Kept before anything leaves the device. */
  private remember(change: Partial<Omit<Begun, 'stage'>> | Partial<Omit<Grown, 'stage'>>): this {
    this.memory = { ...this.memory, ...change } as Memory
    this.keep(writeMemory(this.memory))
    return this
  }
}
