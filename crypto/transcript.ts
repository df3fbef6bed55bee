/**
 * What is hashed and what is signed, each under a fixed name (protocol, section 2):
 *
 *     L(name)          = frame("phieukin/v1/" ‖ name)
 *     H(name, m₁…mₙ)   = SHA-512(L(name) ‖ frame(m₁) ‖ … ‖ frame(mₙ))
 *     Hq(name, m₁…mₙ)  = H(…) little-endian mod q
 *     message(name, …) = L(name) ‖ …, what signatures and SHA-256 take, where every part has a fixed length
 *
 * Names are fixed strings, never data. Frames make two different lists of parts two different inputs.
 */
import { sha256, sha512 } from '@noble/hashes/sha2.js'
import { concat, frame, utf8 } from './bytes.ts'
import { type Scalar, wideScalar } from './group.ts'

type Name =
  | 'token'
  | 'code'
  | 'credential'
  | 'redeem'
  | 'redeemed'
  | 'void'
  | 'membership'
  | 'ballot'
  | 'comment'
  | 'comment-proof'
  | 'comment-key'
  | 'receipt'
  | 'commit'
  | 'ceremony'
  | 'box'
  | 'pin'
  | 'closing'
  | 'open'
  | 'share'
  | 'result'
  // beside the protocol: what only our own devices and server say to one another
  | 'act'
  | 'rehearsal'
  | 'seed'
  | 'sheet'
  | 'comment-file'
  | 'comment-code'
  | 'comment-combine'
  | 'comment-envelopes'
  | 'comment-shares'
  | 'comment-handing'
  | 'backup'

const label = (name: Name): Uint8Array => frame(utf8(`phieukin/v1/${name}`))

export const message = (name: Name, ...parts: readonly Uint8Array[]): Uint8Array => concat(label(name), ...parts)

export const H = (name: Name, ...parts: readonly Uint8Array[]): Uint8Array => sha512(message(name, ...parts.map(frame)))

export const Hq = (name: Name, ...parts: readonly Uint8Array[]): Scalar => wideScalar(H(name, ...parts))

export { sha256, sha512 }
