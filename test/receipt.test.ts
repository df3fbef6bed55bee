import { describe, it } from 'vitest'
import { leafHash } from '../crypto/merkle.ts'
import { checkReceipt, signReceipt } from '../crypto/receipt.ts'
import { flipped, other, poll } from './mutations/row.ts'
import { codeIn, expectAll } from './poll.setup.ts'

describe('a receipt', () => {
  const { manifest, receiptKey, rng } = poll
  const [leaf, another] = [leafHash(poll.ballots[0]!), leafHash(poll.ballots[1]!)]
  const receipt = signReceipt(manifest, receiptKey, 0, leaf, rng)
  const check = (bytes: Uint8Array, kind = 0, own = leaf, of = manifest) =>
    codeIn(() => checkReceipt(of, kind, own, bytes))

  it('is for the leaf that the phone computed itself, of one kind, by the server of this poll', () => {
    expectAll({
      honest: [null, check(receipt)],
      'for another leaf, rightly signed': ['wrong-hash', check(signReceipt(manifest, receiptKey, 0, another, rng))],
      'for the leaf, signature of another': [
        'bad-signature',
        check(Uint8Array.of(...leaf, ...receipt.subarray(32).map(b => b ^ 1))),
      ],
      'of a comment': ['bad-signature', check(signReceipt(manifest, receiptKey, 1, leaf, rng))],
      'by another server': ['bad-signature', check(signReceipt(manifest, other.receiptKey, 0, leaf, rng))],
      'of another poll': ['bad-signature', check(signReceipt(other.manifest, receiptKey, 0, leaf, rng))],
      'a bit of the signature changed': ['bad-signature', check(flipped(receipt, 90))],
      'cut by a byte': ['wrong-length', check(receipt.subarray(0, -1))],
      'a byte too long': ['left-over', check(Uint8Array.of(...receipt, 0))],
    })
  })
})
