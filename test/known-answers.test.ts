/**
 * Published answers, none of them made by this project or by the library under it. They pin the encodings and formulas
 * on which the protocol stands; what the protocol adds of its own has its known answers beside each file's tests.
 */
import { chacha20, chacha20poly1305 } from '@noble/ciphers/chacha.js'
import { ristretto255_FROST, ristretto255_hasher } from '@noble/curves/ed25519.js'
import { hexToBytes } from '@noble/hashes/utils.js'
import { describe, expect, it } from 'vitest'
import { concat, toHex } from '../crypto/bytes.ts'
import { isCredential, voprfOutput } from '../crypto/credential.ts'
import { attempt } from '../crypto/fault.ts'
import {
  elementOf,
  G,
  hashToGroup,
  IDENTITY,
  inverse,
  multiply,
  ONE,
  ORDER,
  type Point,
  plus,
  readPoint,
  readScalar,
  type Scalar,
  scalarOf,
  times,
  voprf,
  writePoint,
  writeScalar,
  ZERO,
} from '../crypto/group.ts'
import { isIncluded, leafHash, rootOf, rootOfLeaves, Tree } from '../crypto/merkle.ts'
import { interpolate } from '../crypto/share.ts'
import { isSignature } from '../crypto/signature.ts'
import { electionKeyOf, type Package, publicShare } from '../crypto/trustees.ts'
import { rfc6962, rfc8439, rfc9496, rfc9497, rfc9591 } from './vectors.load.ts'

const point = (hex: string) => readPoint(hexToBytes(hex), 'vector')
const scalar = (hex: string) => readScalar(hexToBytes(hex), 'vector')
const hexOf = (p: Point) => toHex(writePoint(p))
const shifted = (bytes: Uint8Array) => writePoint(readPoint(bytes, 'vector').point.add(G))

/** The code with which a reader refuses, or `accepted`. */
function codeOf(read: () => unknown): string {
  let code = 'accepted'
  attempt(read, fault => {
    code = fault.code
  })
  return code
}

/** Libraries say no by throwing as well as by `false`. */
function isAccepted(check: () => unknown): boolean {
  try {
    return check() !== false
  } catch {
    return false
  }
}

describe('RFC 9496, ristretto255', () => {
  const multiples = rfc9496.multiplesOfGenerator

  it('writes every multiple of the generator as the published bytes', () => {
    let sum = IDENTITY
    for (const { n, encoding } of multiples) {
      expect(hexOf(sum), `${n}·G, by addition`).toBe(encoding)
      // Zero is no scalar for the constant-time multiplication: the identity only ever comes out of additions.
      if (n > 0) expect(hexOf(multiply(G, scalarOf(n))), `${n}·G, by multiplication`).toBe(encoding)
      sum = sum.add(G)
    }
  })

  it('reads every multiple of the generator back, and refuses the identity alone', () => {
    const found = multiples.map(({ n, encoding }) => [n, codeOf(() => point(encoding))])
    expect(found).toEqual(multiples.map(({ n }) => [n, n === 0 ? 'identity-point' : 'accepted']))
    for (const { n, encoding } of multiples.slice(1)) expect(hexOf(point(encoding).point), `${n}·G`).toBe(encoding)
  })

  it('refuses every invalid encoding', () => {
    const found = rfc9496.invalidEncodings.map(({ encoding, reason }) => [reason, codeOf(() => point(encoding))])
    expect(found).toEqual(rfc9496.invalidEncodings.map(({ reason }) => [reason, 'bad-point']))
  })

  it('derives the published element from 64 bytes', () => {
    const { inputs, output } = rfc9496.elementDerivationSameOutput
    const rows = [...rfc9496.elementDerivation, ...inputs.map(input => ({ input, output }))]
    const derive = (input: string) => hexOf(ristretto255_hasher.deriveToCurve!(hexToBytes(input)))
    expect(rows.map(({ input }) => ({ input, output: derive(input) }))).toEqual(rows)
  })
})

describe('RFC 9497, VOPRF', () => {
  const k = scalar(rfc9497.skSm)
  const issuer = hexToBytes(rfc9497.pkSm)
  const cases = rfc9497.cases.map(one => ({
    ...one,
    proof: hexToBytes(one.Proof.proof),
    items: one.Input.map((input, i) => ({
      input: hexToBytes(input),
      blind: hexToBytes(one.Blind[i]!),
      blinded: hexToBytes(one.BlindedElement[i]!),
      evaluated: hexToBytes(one.EvaluationElement[i]!),
    })),
  }))

  it('blinds, evaluates and unblinds to the published output, so that the credential is pinned', () => {
    for (const { items, BlindedElement, EvaluationElement, Output } of cases)
      for (const [i, { input, blind }] of items.entries()) {
        const r = readScalar(blind, 'blind')
        const blinded = multiply(hashToGroup(input), r)
        const Z = multiply(blinded, k)
        const N = elementOf(multiply(Z, inverse(r)))
        expect(hexOf(blinded), `blind·HashToGroup(${toHex(input)})`).toBe(BlindedElement[i])
        expect(hexOf(Z), `evaluation of ${toHex(input)}`).toBe(EvaluationElement[i])
        expect(toHex(voprfOutput(input, N.bytes)), `output for ${toHex(input)}`).toBe(Output[i])
        expect(isCredential(N, input, k)).toBe(true)
        expect(isCredential(N, input, plus(k, ONE))).toBe(false)
      }
  })

  it('makes the published proof from the published random scalar, and accepts it', () => {
    expect(hexOf(multiply(G, k))).toBe(rfc9497.pkSm)
    for (const { items, proof, Proof, Output } of cases) {
      // @noble draws a scalar as 1 + (bytes mod q−1): these bytes make it draw the published one.
      const drawing = (n?: number) => {
        const bytes = new Uint8Array(n ?? 32)
        bytes.set(writeScalar(plus(scalar(Proof.r), (ORDER - 1n) as Scalar)))
        return bytes
      }
      const blinded = items.map(item => item.blinded)
      const made = voprf.blindEvaluateBatch(writeScalar(k), issuer, blinded, drawing)
      expect(toHex(made.proof)).toBe(Proof.proof)
      expect(voprf.finalizeBatch(items, issuer, proof).map(toHex)).toEqual(Output)
    }
  })

  it('refuses an answer in which one thing was changed', () => {
    type Answer = { items: (typeof cases)[number]['items']; issuer: Uint8Array; proof: Uint8Array }
    const plusOne = (s: Uint8Array) => writeScalar(plus(readScalar(s, 'proof'), ONE))
    const first = (a: Answer, change: object): Answer => ({
      ...a,
      items: [{ ...a.items[0]!, ...change }, ...a.items.slice(1)],
    })
    const changes: Readonly<Record<string, (a: Answer) => Answer>> = {
      nothing: a => a,
      'proof, c': a => ({ ...a, proof: concat(plusOne(a.proof.subarray(0, 32)), a.proof.subarray(32)) }),
      'proof, s': a => ({ ...a, proof: concat(a.proof.subarray(0, 32), plusOne(a.proof.subarray(32))) }),
      'proof, cut short': a => ({ ...a, proof: a.proof.subarray(0, 63) }),
      'evaluated point': a => first(a, { evaluated: shifted(a.items[0]!.evaluated) }),
      'evaluated point, the identity': a => first(a, { evaluated: new Uint8Array(32) }),
      'blinded point': a => first(a, { blinded: shifted(a.items[0]!.blinded) }),
      'issuer key': a => ({ ...a, issuer: shifted(a.issuer) }),
    }
    const accepted = cases.flatMap(({ items, proof }, i) => {
      const passes = (a: Answer) => isAccepted(() => voprf.finalizeBatch(a.items, a.issuer, a.proof))
      const names = Object.keys(changes).filter(name => passes(changes[name]!({ items, issuer, proof })))
      return names.map(name => `case ${i}: ${name}`)
    })
    expect(accepted).toEqual(cases.map((_, i) => `case ${i}: nothing`))
  })
})

describe('RFC 6962, Merkle trees', () => {
  const { hasher, referenceTree, inclusion } = rfc6962

  it('hashes nothing, a leaf and a node as published', () => {
    const found = hasher.map(row => {
      if (row.kind === 'empty') return toHex(rootOf([]))
      if (row.kind === 'leaf') return toHex(leafHash(hexToBytes(row.input)))
      // The hash of a node has no name outside merkle.ts: it is the root over two leaves with these hashes.
      return toHex(rootOfLeaves([hexToBytes(row.left), hexToBytes(row.right)]))
    })
    expect(found).toEqual(hasher.map(row => row.want))
  })

  it('reaches the published root at every size, leaf by leaf and all at once', () => {
    const entries = referenceTree.leafInputs.map(hexToBytes)
    const tree = new Tree()
    for (const { treeSize, root } of referenceTree.roots) {
      if (treeSize > 0) tree.add(leafHash(entries[treeSize - 1]!))
      const some = entries.slice(0, treeSize)
      const found = [tree.root(), rootOf(some), rootOfLeaves(some.map(leafHash))].map(toHex)
      expect(found, `size ${treeSize}`).toEqual([root, root, root])
    }
  })

  // Two probes have the index 2⁶⁴−1, "one before the first" in unsigned arithmetic. A JavaScript number cannot hold it:
  // a reader gets 2⁶⁴ if it rounds and −1 if it takes the number as signed. Both must be refused.
  const readings: Readonly<Record<string, (decimal: string) => number>> = {
    rounded: Number,
    'taken as signed': decimal => Number(BigInt.asIntN(64, BigInt(decimal))),
  }
  for (const [name, read] of Object.entries(readings))
    it(`accepts the 6 good inclusion probes and refuses the 92 bad ones, with large numbers ${name}`, () => {
      const found = inclusion.map(({ path, leafHash, leafIdx, treeSize, proof, root }) => {
        const [leaf, hashes] = [hexToBytes(leafHash), proof.map(hexToBytes)]
        return [path, isIncluded(leaf, read(leafIdx), read(treeSize), hashes, hexToBytes(root))]
      })
      expect(found).toEqual(inclusion.map(({ path, wantErr }) => [path, !wantErr]))
      expect([true, false].map(want => found.filter(([, got]) => got === want).length)).toEqual([6, 92])
    })
})

describe('RFC 9591, FROST(ristretto255, SHA-512)', () => {
  const { inputs, final_output } = rfc9591
  const key = point(inputs.group_public_key)
  const shares = inputs.participant_shares.map(s => ({ index: s.identifier, share: scalar(s.participant_share) }))

  it('accepts the signature, and refuses it with one thing changed, as @noble does', () => {
    const signature = hexToBytes(final_output.sig)
    const message = hexToBytes(inputs.message)
    const [R, tail] = [signature.subarray(0, 32), signature.subarray(32)]
    const z = readScalar(tail, 'z')
    const qMore = hexToBytes((z + ORDER).toString(16).padStart(64, '0')).reverse()
    const rows: readonly [string, Uint8Array, typeof key, Uint8Array][] = [
      ['nothing', signature, key, message],
      ['message', signature, key, concat(message, Uint8Array.of(0))],
      ['key', signature, elementOf(key.point.add(G)), message],
      ['R', concat(shifted(R), tail), key, message],
      ['R, the identity', concat(new Uint8Array(32), tail), key, message],
      ['z', concat(R, writeScalar(plus(z, ONE))), key, message],
      ['z, q more', concat(R, qMore), key, message],
      ['length, one less', signature.subarray(0, 63), key, message],
      ['length, one more', concat(signature, Uint8Array.of(0)), key, message],
    ]
    const noble = (...[, s, pk, m]: (typeof rows)[number]) =>
      isAccepted(() => ristretto255_FROST.verify(s, m, pk.bytes))
    expect(rows.filter(([, s, pk, m]) => isSignature(s, pk, m)).map(([name]) => name)).toEqual(['nothing'])
    expect(rows.filter(row => noble(...row)).map(([name]) => name)).toEqual(['nothing'])
  })

  it('finds the published shares on the polynomial, in the field and through its commitments', () => {
    const coefficients = [inputs.group_secret_key, ...inputs.share_polynomial_coefficients].map(scalar)
    const at = (x: number) => coefficients.reduceRight((sum, c) => plus(times(sum, scalarOf(x)), c), ZERO)
    // One dealer made the published shares: the sums over a team of one are the dealer's own.
    const commitments = coefficients.map(c => elementOf(multiply(G, c)))
    const keys = { signingKey: key, exchangeKey: key, proof: new Uint8Array(64) }
    const dealer: Package = { index: 1, name: 'dealer', ...keys, commitments }
    for (const { index, share } of shares) {
      expect(at(index), `share ${index}`).toBe(share)
      expect(toHex(publicShare([dealer], index).bytes), `public share ${index}`).toBe(hexOf(multiply(G, share)))
    }
    expect(toHex(electionKeyOf([dealer]).bytes)).toBe(inputs.group_public_key)
  })

  it('interpolates the group key from any two shares, not from one, and not under a wrong index', () => {
    const D = shares.map(({ index, share }) => ({ index, D: multiply(G, share) }))
    const [one, two, three] = D as [(typeof D)[0], (typeof D)[0], (typeof D)[0]]
    const rows: readonly [string, typeof D, boolean][] = [
      ['1 and 2', [one, two], true],
      ['1 and 3', [one, three], true],
      ['3 and 2', [three, two], true],
      ['all', D, true],
      ['1 alone', [one], false],
      ['1 and 2 called 3', [one, { ...two, index: 3 }], false],
      ['1 and 2 shifted', [one, { ...two, D: two.D.add(G) }], false],
    ]
    const found = rows.map(([name, some]) => [name, hexOf(interpolate(some)) === inputs.group_public_key])
    expect(found).toEqual(rows.map(([name, , good]) => [name, good]))
  })
})

describe('RFC 8439, ChaCha20-Poly1305', () => {
  const flipped = (bytes: Uint8Array, at: number) => bytes.map((byte, i) => (i === at ? byte ^ 1 : byte))

  it('seals and opens as published, and opens nothing of which one bit was changed', () => {
    for (const row of rfc8439.cases) {
      const [key, nonce, aad] = [hexToBytes(row.key), hexToBytes(row.nonce), hexToBytes(row.aad)]
      const one = { key, nonce, aad, sealed: hexToBytes(row.ciphertext + row.tag) }
      const open = (c: typeof one) => chacha20poly1305(c.key, c.nonce, c.aad).decrypt(c.sealed)
      const sealed = chacha20poly1305(key, nonce, aad).encrypt(hexToBytes(row.plaintext))
      expect(toHex(sealed), row.name).toBe(row.ciphertext + row.tag)
      expect(toHex(open(one)), row.name).toBe(row.plaintext)
      expect(toHex(chacha20(key, nonce, new Uint8Array(32))), row.name).toBe(row.poly1305Key)
      const opened = (['key', 'nonce', 'aad', 'sealed'] as const).flatMap(part => {
        const places = [...one[part].keys()].filter(at =>
          isAccepted(() => open({ ...one, [part]: flipped(one[part], at) })),
        )
        return places.map(at => `${part}[${at}]`)
      })
      expect(opened, row.name).toEqual([])
    }
  })
})
