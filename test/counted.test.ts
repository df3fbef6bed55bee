/** The phone after closing (protocol, section 5, step 7): is what I cast on the board, and did it get there rightly? */
import { describe, expect, it } from 'vitest'
import { fromBase64url } from '../crypto/bytes.ts'
import { signClosing } from '../crypto/closing.ts'
import { checkCounted, type OwnLeaf, type PublicBoard } from '../crypto/counted.ts'
import { leafHash } from '../crypto/merkle.ts'
import { type Change, recordOf } from './build.ts'
import { fieldsOf, flipped, other, poll, replaced } from './mutations/row.ts'
import { sealedBy, stuffedBallot } from './mutations/voting.ts'
import { codeIn, expectAll } from './poll.setup.ts'

const own: readonly OwnLeaf[] = [
  { kind: 0, leaf: leafHash(poll.ballots[2]!) },
  { kind: 1, leaf: leafHash(poll.comments[2]!) },
]

/** What a server makes public after a change of its own, and what the phone says to it. */
function published(change: Change = {}) {
  const lines = recordOf(poll, change).map(fieldsOf)
  const bytesOf = (type: string) =>
    lines.filter(line => line.type === type).map(line => fromBase64url(line.bytes as string)!)
  const closing = lines.find(line => line.type === 'closing')!
  const board: PublicBoard = { ballots: bytesOf('ballot'), comments: bytesOf('comment') }
  return { closing: { text: closing.text as string, signature: fromBase64url(closing.signature as string)! }, board }
}
const look = ({ closing, board }: ReturnType<typeof published>, leaves = own) =>
  codeIn(() => checkCounted(poll.manifest, closing, leaves, board))

describe('a phone that looks for its ballot', () => {
  const honest = published()

  it('finds it, with its comment, and gets the closing whose code it shows', () => {
    const { closing, board } = honest
    expect(checkCounted(poll.manifest, closing, own, board).text).toBe(closing.text)
  })

  it('says what is wrong with a closing or a board that is not that of the record', () => {
    const without = (list: readonly Uint8Array[], bytes: Uint8Array) => list.filter(one => one !== bytes)
    const { closing, board } = honest
    const dropped = published({ ballots: all => without(all, poll.ballots[2]!) })
    // Such a ballot stands on no honest board; the phone would know nonetheless.
    const unpaid = sealedBy(2, { N: poll.voters[1]!.credentials[0]!.N })
    const forged = published({ ballots: all => replaced(all, 2, unpaid) })
    const muted = published({ comments: all => without(all, poll.comments[2]!) })
    expectAll({
      honest: [null, look(honest)],
      'nothing cast': [null, look(honest, [])],
      'its ballot dropped': ['line-missing', look(dropped)],
      'its comment dropped': ['line-missing', look(muted)],
      'its ballot changed for another': [
        'line-missing',
        look(published({ ballots: all => replaced(all, 2, stuffedBallot(0)) })),
      ],
      'its own ballot with a credential that nobody issued': [
        'bad-credential',
        look(forged, [{ kind: 0, leaf: leafHash(unpaid) }]),
      ],
      'a board without the last ballot': [
        'wrong-root',
        look({ closing, board: { ...board, ballots: board.ballots.slice(0, -1) } }),
      ],
      'a board without comments': ['wrong-root', look({ closing, board: { ...board, comments: [] } })],
      'a signature changed': [
        'bad-signature',
        look({ board, closing: { ...closing, signature: flipped(closing.signature, 40) } }),
      ],
      'a closing signed by another server': [
        'bad-signature',
        look({
          board,
          closing: { ...closing, signature: signClosing(closing.text, other.receiptKey, poll.rng) },
        }),
      ],
      'another issuer key': [
        'wrong-key',
        look(published({ closing: c => ({ ...c, issuerKeys: c.issuerKeys.toReversed() }) })),
      ],
      'the closing of another poll': [
        'wrong-manifest',
        look(published({ closingText: text => text.replace(/"manifestHash":"..../, '"manifestHash":"AAAA') })),
      ],
    })
  })
})
