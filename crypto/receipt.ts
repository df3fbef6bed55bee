/**
 * Receipts (protocol, section 6): `32 leaf ‖ 64 signature` by the server over leaf, kind and manifest.
 *
 * A receipt proves that a ballot went into the box, and nothing about the choice. With a receipt and no such leaf on
 * the board the server is at fault; without a signature there is no claim.
 */
import { concat, equal, type Rng, u8 } from './bytes.ts'
import { refuse } from './fault.ts'
import type { Manifest } from './manifest.ts'
import { HASH_BYTES } from './merkle.ts'
import { Reader } from './reader.ts'
import { isSignature, type KeyPair, SIGNATURE_BYTES, sign } from './signature.ts'
import { message } from './transcript.ts'

const receiptMessage = (manifest: Manifest, kind: number, leaf: Uint8Array): Uint8Array =>
  message('receipt', manifest.hash, u8(kind), leaf)

export const signReceipt = (
  manifest: Manifest,
  receiptKey: KeyPair,
  kind: number,
  leaf: Uint8Array,
  rng: Rng,
): Uint8Array => concat(leaf, sign(receiptKey, receiptMessage(manifest, kind, leaf), rng))

/**
 * The phone's step 6: the receipt is for the leaf that it computed itself. Refuses: `wrong-length`, `left-over`,
 * `wrong-hash`, `bad-signature`.
 */
export function checkReceipt(manifest: Manifest, kind: number, ownLeaf: Uint8Array, receipt: Uint8Array): void {
  const from = new Reader(receipt, 'receipt')
  const leaf = from.bytes(HASH_BYTES)
  const signature = from.bytes(SIGNATURE_BYTES)
  from.end()
  if (!equal(leaf, ownLeaf)) refuse('wrong-hash', 'receipt')
  if (!isSignature(signature, manifest.receiptKey, receiptMessage(manifest, kind, leaf)))
    refuse('bad-signature', 'receipt')
}
