/**
 * The phone's last step (protocol, section 5, step 7): once the box is closed it looks for its own leaves on the public
 * board. It takes the whole board: asking the server for one leaf would tell it who asks.
 *
 * The credential was erased on receipt, so it is read from the board again, out of the very bytes that the own leaf
 * names.
 */
import { BALLOT_KIND, readBallot } from './ballot.ts'
import { equal } from './bytes.ts'
import { type Closing, checkIssuerKeys, isClosingSignature, parseClosing } from './closing.ts'
import { readEnvelope } from './comment.ts'
import { credentialInput, isCredential } from './credential.ts'
import { refuse } from './fault.ts'
import type { Manifest } from './manifest.ts'
import { leafHash, rootOfLeaves } from './merkle.ts'

/** In order, as in the record. */
export interface PublicBoard {
  readonly ballots: readonly Uint8Array[]
  /** Public parts. */
  readonly comments: readonly Uint8Array[]
}

/** What the phone kept: the hash of each thing that it cast. */
export interface OwnLeaf {
  readonly kind: number
  readonly leaf: Uint8Array
}

/**
 * Signature and manifest of the closing, issuer keys, board roots; then for each own leaf that it is there, with a
 * credential of the disclosed key. The closing comes back, to show its short code.
 *
 * Refuses: `bad-signature`, `wrong-manifest`, `wrong-key`, `wrong-root`, `line-missing`, `bad-credential`.
 */
export function checkCounted(
  manifest: Manifest,
  closing: { readonly text: string; readonly signature: Uint8Array },
  own: readonly OwnLeaf[],
  board: PublicBoard,
): Closing {
  if (!isClosingSignature(manifest, closing.text, closing.signature)) refuse('bad-signature', 'closing')
  const found = parseClosing(manifest, closing.text)
  const wrongKey = checkIssuerKeys(manifest, found)
  if (wrongKey) refuse(wrongKey.code, wrongKey.where)
  const leaves = { ballots: board.ballots.map(leafHash), comments: board.comments.map(leafHash) }
  if (!equal(rootOfLeaves(leaves.ballots), found.ballots.root)) refuse('wrong-root', 'ballots')
  if (!equal(rootOfLeaves(leaves.comments), found.comments.root)) refuse('wrong-root', 'comments')
  for (const { kind, leaf } of own) {
    const name = kind === BALLOT_KIND ? 'ballots' : 'comments'
    const where = kind === BALLOT_KIND ? 'own ballot' : `own comment ${kind}`
    const place = leaves[name].findIndex(one => equal(one, leaf))
    const bytes = board[name][place] ?? refuse('line-missing', where)
    const { key, credential, k } = ownCredential(manifest, found, kind, bytes, where)
    if (!isCredential(credential, credentialInput(manifest.hash, kind, key.bytes), k)) refuse('bad-credential', where)
  }
  return found
}

function ownCredential(manifest: Manifest, closing: Closing, kind: number, bytes: Uint8Array, where: string) {
  if (kind !== BALLOT_KIND) return { ...readEnvelope(manifest, bytes, where), k: closing.commentIssuerKeys[kind - 1]! }
  const ballot = readBallot(manifest, bytes, where)
  return { ...ballot, k: closing.issuerKeys[ballot.group]! }
}
