/**
 * *Check my ballot* (protocol, section 6): the choices sealed under a throw-away key. Its hash is shown first, the
 * randomness only when asked for, so that the phone cannot choose another ballot afterwards. Never cast, never kept.
 */
import { checkableHash, choicesBehind, sealContests } from '../../crypto/ballot.ts'
import { toBase64url, toHex } from '../../crypto/bytes.ts'
import { withTable, writeScalar } from '../../crypto/group.ts'
import { newKeyPair } from '../../crypto/signature.ts'
import type { Env } from './env.ts'
import type { Checked, Vote } from './screen.ts'

export function check({ rng }: Pick<Env, 'rng'>, { poll, group, choices }: Vote): Checked {
  const { manifest } = poll
  const key = newKeyPair(rng).public.bytes
  const K = withTable(manifest.electionKey.point)
  const { bytes, randomness } = sealContests(manifest, group, key, choices, K, rng)
  const inside = choicesBehind(manifest, bytes, randomness)
  if (inside === null) throw new Error('the sealed ballot does not open')
  const rs = randomness.map(r => toBase64url(writeScalar(r)))
  return {
    hash: toHex(checkableHash(group, key, bytes)),
    inside,
    randomness: rs,
    text: JSON.stringify({
      manifest: toBase64url(manifest.hash),
      group,
      key: toBase64url(key),
      contests: toBase64url(bytes),
      randomness: rs,
    }),
  }
}
