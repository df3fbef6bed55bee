/**
 * A voter's phone, in the order of section 5: card, manifest, redemption, choices, cast, receipt. It alone ever knows
 * both the card and the ballot; what it keeps in the end shows neither.
 */
import { sealBallot } from '../../crypto/ballot.ts'
import { finishCredentials, type Pending, requestCredentials } from '../../crypto/blind.ts'
import type { Rng } from '../../crypto/bytes.ts'
import { sealComment } from '../../crypto/comment.ts'
import { checkCounted, type PublicBoard } from '../../crypto/counted.ts'
import type { Credential } from '../../crypto/credential.ts'
import { refuse } from '../../crypto/fault.ts'
import type { Point } from '../../crypto/group.ts'
import type { Manifest } from '../../crypto/manifest.ts'
import { leafHash } from '../../crypto/merkle.ts'
import { checkReceipt } from '../../crypto/receipt.ts'
import { isOfManifest, readCardFragment, tokenKeyPair } from '../../crypto/token.ts'
import { checkCeremony } from '../../crypto/trustees.ts'

/** One thing to send, and what to do with the receipt. Ballot and envelopes go in random order, sharing nothing. */
export interface Sealed {
  readonly kind: number
  readonly publicPart: Uint8Array
  /** Of comments only. */
  readonly sealedPart: Uint8Array | null
}

export class Phone {
  private readonly manifest: Manifest
  private readonly group: number
  private readonly rng: Rng
  private waiting: { readonly request: Uint8Array; readonly pending: readonly Pending[] } | null
  private credentials: readonly Credential[] = []
  /** All that is left in the end: what was cast, by its hash. */
  private readonly leaves: { readonly kind: number; readonly leaf: Uint8Array }[] = []

  /**
   * `fragment` is what the scanned link says behind its `#`. Refuses a card of no group or of another manifest, and a
   * manifest whose key the team did not make and confirm.
   */
  constructor(manifest: Manifest, fragment: string, rng: Rng) {
    const { card, hashStart } = readCardFragment(fragment)
    if (card.group >= manifest.groups.length) refuse('unknown-group', 'card')
    if (!isOfManifest(hashStart, manifest.hash)) refuse('wrong-manifest', 'card')
    checkOnce(manifest)
    this.manifest = manifest
    this.group = card.group
    this.rng = rng
    this.waiting = requestCredentials(manifest, tokenKeyPair(manifest.poll.id, card), rng)
  }

  get request(): Uint8Array {
    return this.waiting?.request ?? refuse('line-missing', 'request')
  }

  /** The card's secret and the blinds are gone once the credentials verify. */
  receive(answer: Uint8Array): void {
    const { request, pending } = this.waiting ?? refuse('line-missing', 'request')
    this.credentials = finishCredentials(this.manifest, this.group, request, pending, answer)
    this.waiting = null
  }

  /** Seals the ballot and one envelope per prompt, empty ones too. `K` is the election key with its table. */
  seal(choices: readonly (readonly number[])[], comments: readonly string[], K: Point): readonly Sealed[] {
    const [own, ...prompts] = this.credentials
    const ballot = sealBallot(this.manifest, this.group, own!, choices, K, this.rng)
    const envelopes = prompts.map((credential, i) => ({
      kind: credential.kind,
      ...sealComment(this.manifest, credential, comments[i]!, this.rng),
    }))
    this.credentials = []
    return [{ kind: own!.kind, publicPart: ballot, sealedPart: null }, ...envelopes]
  }

  /** Refuses a receipt that is not for the leaf which this phone computed itself. */
  keepReceipt({ kind, publicPart }: Sealed, receipt: Uint8Array): void {
    const leaf = leafHash(publicPart)
    checkReceipt(this.manifest, kind, leaf, receipt)
    this.leaves.push({ kind, leaf })
  }

  /** Step 7, once the box is closed: finds what was cast on the public board and checks how it got there. */
  findOnBoard(closing: { readonly text: string; readonly signature: Uint8Array }, board: PublicBoard): void {
    checkCounted(this.manifest, closing, this.leaves, board)
  }
}

/** The phones of one play read the same manifest; its ceremony is checked for the first of them. */
const sound = new WeakSet<Manifest>()
function checkOnce(manifest: Manifest): void {
  if (sound.has(manifest)) return
  const fault = checkCeremony(manifest)
  if (fault) refuse(fault.code, fault.where)
  sound.add(manifest)
}
