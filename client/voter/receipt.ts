/** The receipt as people keep it: a few lines with a link, under which it can be checked long after this page is closed. */
import { shortCode, toBase64url } from '../../crypto/bytes.ts'
import type { VoterWords } from '../words/voter.ts'
import type { Own } from './screen.ts'

/** `<start of the manifest's hash>.<leaf>.<signature>`, of an envelope `.<kind>` besides. */
const fragmentOf = ({ poll, receipt: { kind, leaf, signature } }: Own): string =>
  [poll.start, toBase64url(leaf), toBase64url(signature), ...(kind === 0 ? [] : [kind])].join('.')

/** `origin` is where the page stands, for a manifest that names no address. */
export const receiptLink = (own: Own, origin: string): string =>
  `${own.poll.paper.address || origin}/bien-nhan#${fragmentOf(own)}`

export const receiptText = (own: Own, words: VoterWords, origin: string): string =>
  [
    own.poll.manifest.poll.title,
    `${words.receiptCode}: ${shortCode(own.receipt.leaf)}`,
    `${words.manifestCode}: ${shortCode(own.poll.manifest.hash)}`,
    `${words.cast.checkLater} ${receiptLink(own, origin)}`,
  ].join('\n')
