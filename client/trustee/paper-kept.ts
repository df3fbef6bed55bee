/**
 * What this device keeps of a round on paper: what a member is keying until it is sent, so that a reload loses nothing
 * (sums alone), and the secret by which it holds the member's place.
 */
import { fromBase64url, toBase64url } from '../../crypto/bytes.ts'
import { sha256 } from '../../crypto/transcript.ts'
import type { PaperView } from '../../server/wire/paper.ts'
import type { Link } from '../api.ts'
import { erase, read, write } from '../keep.ts'
import { rng } from '../rng.ts'
import { type Form, formOf, readForm } from './paper.ts'

const nameOf = ({ poll, index }: Link): string => `member/${poll}/${index}/keying`

/** As it was left, else as the member keyed before, else empty. */
export const keptForm = (link: Link, paper: PaperView): Form =>
  readForm(read('device', nameOf(link)), paper) ?? formOf(paper)

export const keepForm = (link: Link, form: Form): void => {
  write('device', nameOf(link), JSON.stringify(form))
}

export const dropForm = (link: Link): void => erase('device', nameOf(link))

const SECRET_BYTES = 32
const placeOf = ({ poll, index }: Link): string => `member/${poll}/${index}/place`

/** Null before this device took the place of a member of a round on paper. */
export const keptDevice = (link: Link): string | null => read('device', placeOf(link))

/** What is told of the secret, which is kept before that. */
export function claimOf(link: Link): string {
  const secret = keptDevice(link) ?? toBase64url(rng(SECRET_BYTES))
  write('device', placeOf(link), secret)
  return toBase64url(sha256(fromBase64url(secret)!))
}
