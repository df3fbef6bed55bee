/** The published vectors of test/vectors, typed; where each comes from stands in its `source` and in the README there. */
import { readFileSync } from 'node:fs'

/** Bytes in lower-case hex. */
type Hex = string

const load = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`vectors/${name}.json`, import.meta.url), 'utf8'))

/** ristretto255: encodings, and elements derived from 64 bytes. */
export const rfc9496 = load('rfc9496-ristretto255') as {
  readonly multiplesOfGenerator: readonly { readonly n: number; readonly encoding: Hex }[]
  readonly invalidEncodings: readonly { readonly encoding: Hex; readonly reason: string }[]
  readonly elementDerivation: readonly { readonly input: Hex; readonly output: Hex }[]
  readonly elementDerivationSameOutput: { readonly inputs: readonly Hex[]; readonly output: Hex }
}

/** VOPRF: the lists of a case run over its batch. */
export const rfc9497 = load('rfc9497-voprf-ristretto255-sha512') as {
  readonly skSm: Hex
  readonly pkSm: Hex
  readonly cases: readonly {
    readonly Input: readonly Hex[]
    readonly Blind: readonly Hex[]
    readonly BlindedElement: readonly Hex[]
    readonly EvaluationElement: readonly Hex[]
    readonly Output: readonly Hex[]
    /** `r` is the random scalar that the proof was made with. */
    readonly Proof: { readonly proof: Hex; readonly r: Hex }
  }[]
}

/** Merkle trees. */
export const rfc6962 = load('rfc6962-merkle') as {
  readonly hasher: readonly (
    | { readonly desc: string; readonly kind: 'empty'; readonly want: Hex }
    | { readonly desc: string; readonly kind: 'leaf'; readonly input: Hex; readonly want: Hex }
    | { readonly desc: string; readonly kind: 'node'; readonly left: Hex; readonly right: Hex; readonly want: Hex }
  )[]
  readonly referenceTree: {
    readonly leafInputs: readonly Hex[]
    readonly roots: readonly { readonly treeSize: number; readonly root: Hex }[]
  }
  readonly inclusion: readonly {
    readonly path: string
    /** Decimal, unsigned 64-bit. */
    readonly leafIdx: string
    readonly treeSize: string
    readonly root: Hex
    readonly leafHash: Hex
    readonly proof: readonly Hex[]
    readonly wantErr: boolean
  }[]
}

/** FROST: two of three members sign. */
export const rfc9591 = load('rfc9591-frost-ristretto255') as {
  readonly inputs: {
    readonly group_secret_key: Hex
    readonly group_public_key: Hex
    readonly message: Hex
    readonly share_polynomial_coefficients: readonly Hex[]
    readonly participant_shares: readonly { readonly identifier: number; readonly participant_share: Hex }[]
  }
  readonly final_output: { readonly sig: Hex }
}

/** ChaCha20-Poly1305. */
export const rfc8439 = load('rfc8439-chacha20-poly1305') as {
  readonly cases: readonly {
    readonly name: string
    readonly key: Hex
    readonly nonce: Hex
    readonly aad: Hex
    readonly plaintext: Hex
    readonly ciphertext: Hex
    readonly tag: Hex
    /** The first half of the key stream's block 0. */
    readonly poly1305Key: Hex
  }[]
}
