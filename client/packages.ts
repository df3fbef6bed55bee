/** A member's package of the key ceremony as the server carries it, and as the library takes it. */
import { fromBase64url, toBase64url } from '../crypto/bytes.ts'
import { refuse } from '../crypto/fault.ts'
import { readPoint } from '../crypto/group.ts'
import type { Package } from '../crypto/trustees.ts'
import type { PackageWire } from '../server/wire.ts'

/** Nothing at all, which no check accepts, where the text is no base64url. */
export const bytesOf = (text: string | null | undefined): Uint8Array => fromBase64url(text ?? '') ?? new Uint8Array()

export const writePackage = (p: Package): PackageWire => ({
  index: p.index,
  name: p.name,
  signingKey: toBase64url(p.signingKey.bytes),
  exchangeKey: toBase64url(p.exchangeKey.bytes),
  commitments: p.commitments.map(c => toBase64url(c.bytes)),
  proof: toBase64url(p.proof),
})

/** Refuses `line-missing`, `wrong-value` (of another place or name), and what reading a point refuses. */
export function readPackage(wire: PackageWire | null | undefined, index: number, name: string): Package {
  const where = `trustee ${index}`
  if (!wire) return refuse('line-missing', where)
  if (wire.index !== index || wire.name !== name) return refuse('wrong-value', where)
  const point = (text: string) => readPoint(bytesOf(text), where)
  return {
    index,
    name,
    signingKey: point(wire.signingKey),
    exchangeKey: point(wire.exchangeKey),
    commitments: wire.commitments.map(point),
    proof: bytesOf(wire.proof),
  }
}
