/** The personal link, `<address>/kiem-phieu#<poll>.<index>.<secret>`: who this phone is. */
import { fromBase64url } from '../../crypto/bytes.ts'
import type { Link } from '../api.ts'

/** What stands behind the `#`, or null where it was cut off or damaged on its way. */
export function readLink(fragment: string): Link | null {
  const [, poll = '', index = '', secret = ''] = /^([\w-]{22})\.([1-9])\.([\w-]{22})$/.exec(fragment) ?? []
  const [found, kept] = [fromBase64url(poll), fromBase64url(secret)]
  return found?.length === 16 && kept?.length === 16 ? { poll, index: Number(index), secret } : null
}
