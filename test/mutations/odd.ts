/** A ballot's contests that seal any whole numbers, for voters who do not keep to the rules. */
import { concat, type Rng } from '../../crypto/bytes.ts'
import { addUp } from '../../crypto/elgamal.ts'
import {
  elementOf,
  G,
  multiply,
  multiplyPublic,
  plus,
  randomScalar,
  type Scalar,
  scalarOf,
  ZERO,
} from '../../crypto/group.ts'
import type { Manifest } from '../../crypto/manifest.ts'
import { proveMembership, SUM_OF_CONTEST } from '../../crypto/proof.ts'

/** As `sealContests` of crypto/ballot.ts does it, without looking at what is sealed. */
export function oddContests(
  manifest: Manifest,
  group: number,
  key: Uint8Array,
  values: readonly (readonly number[])[],
  rng: Rng,
  randomness: (contest: number, option: number) => Scalar = () => randomScalar(rng),
): Uint8Array {
  const K = manifest.electionKey.point
  return concat(
    ...manifest.contests.flatMap(({ min, max }, contest) => {
      const place = { manifestHash: manifest.hash, key, group, contest }
      const sealed = values[contest]!.map((m, option) => {
        const r = randomness(contest, option)
        const beta = multiply(K, r).add(multiplyPublic(G, scalarOf(m)))
        return { m, r, ciphertext: { alpha: elementOf(multiply(G, r)), beta: elementOf(beta) } }
      })
      const options = sealed.flatMap(({ m, r, ciphertext }, option) => [
        ciphertext.alpha.bytes,
        ciphertext.beta.bytes,
        proveMembership({ ...place, option, ciphertext, values: [0, 1] }, K, r, claimed(m, [0, 1]), rng),
      ])
      const allowed = Array.from({ length: max - min + 1 }, (_, i) => min + i)
      const ciphertext = addUp(sealed.map(s => s.ciphertext))
      const r = sealed.reduce((sum, s) => plus(sum, s.r), ZERO)
      const total = sealed.reduce((sum, { m }) => sum + m, 0)
      const statement = { ...place, option: SUM_OF_CONTEST, ciphertext, values: allowed }
      return [...options, proveMembership(statement, K, r, claimed(total, allowed), rng)]
    }),
  )
}

/** What the liar says the ciphertext holds. */
const claimed = (m: number, allowed: readonly number[]): number => (allowed.includes(m) ? m : allowed[0]!)
