/** Changes of what the counting team opened, everything after it made anew: checks 10 to 13. */

import { concat } from '../../crypto/bytes.ts'
import type { FaultCode } from '../../crypto/fault.ts'
import { elementOf, G, negative, plus, randomScalar, type Scalar, ZERO } from '../../crypto/group.ts'
import { sign } from '../../crypto/signature.ts'
import { signOpening, signResult, type Union } from '../../crypto/tally.ts'
import { message } from '../../crypto/transcript.ts'
import type { Check } from '../../crypto/verify/findings.ts'
import type { Rules } from '../../crypto/verify/run.ts'
import type { Change, ManifestFields } from '../build.ts'
import { oddContests } from './odd.ts'
import {
  goodLines,
  other,
  placeOf,
  poll,
  type Row,
  rebuilt,
  replaced,
  repolled,
  swapped,
  withLine,
  without,
} from './row.ts'

const { rng } = poll
const closingHash = JSON.parse(JSON.parse(goodLines[placeOf('result')]!).text).closingHash as string
const hash = Uint8Array.from(Buffer.from(closingHash, 'base64url'))
const signature = (bytes: Uint8Array) => (line: Record<string, unknown>) => ({
  ...line,
  signature: Buffer.from(bytes).toString('base64url'),
})

/** Every group by itself, though the rule merges the second and the third. */
const apart = (unions: readonly Union[]): readonly Union[] =>
  unions.flatMap(({ groups, ballots }) =>
    groups.length === 1
      ? [{ groups, ballots }]
      : [
          { groups: [1], ballots: 2 },
          { groups: [2], ballots: 3 },
        ],
  )
const resultText = (from: string | RegExp, to: string): Change => ({ resultText: text => text.replace(from, to) })
const later = other.members[0]!.signing

const opening: readonly (readonly [name: string, code: FaultCode, record: () => string])[] = [
  ['one opening signature', 'too-few', () => rebuilt({ openers: [1] })],
  ['no opening signature', 'too-few', () => rebuilt({ openers: [] })],
  ['a member who opens twice', 'not-ascending', () => rebuilt({ openers: [1, 1] })],
  ['openers out of order', 'not-ascending', () => rebuilt({ openers: [3, 1] })],
  [
    'an opening signed by another key',
    'bad-signature',
    () => withLine('open', 0, signature(signOpening(later, hash, rng))),
  ],
  [
    'an opening of another closing',
    'bad-signature',
    () => withLine('open', 0, signature(signOpening(poll.members[0]!.signing, other.manifest.hash, rng))),
  ],
  [
    'a result signature in place of an opening',
    'bad-signature',
    () => withLine('open', 0, signature(signResult(poll.members[0]!.signing, hash, '', rng))),
  ],
  ['an opening by a member that is none', 'out-of-range', () => withLine('open', 1, line => ({ ...line, trustee: 4 }))],
  ['small groups opened apart', 'not-allowed', () => rebuilt({ unions: apart })],
  [
    'a sum of a group besides its union',
    'not-allowed',
    () => rebuilt({ shares: all => [...all, ...all.slice(0, 2).map(share => ({ ...share, sum: 'peers/0/0' }))] }),
  ],
  [
    'a sum of all groups besides the unions',
    'not-allowed',
    () => rebuilt({ shares: all => [...all, { ...all[0]!, sum: 'staff+constructor+peers/0/0' }] }),
  ],
  [
    'a sum of a contest that is none',
    'not-allowed',
    () => rebuilt({ shares: all => [...all, { ...all[0]!, sum: 'staff/2/0' }] }),
  ],
  [
    'a label with a leading zero',
    'not-allowed',
    () =>
      rebuilt({ shares: all => all.map(share => ({ ...share, sum: share.sum.replace('staff/0/0', 'staff/00/0') })) }),
  ],
  [
    'a result of a union that was not opened',
    'not-allowed',
    () => rebuilt(resultText('["constructor","peers"]', '["peers"]')),
  ],
]

const bump = (counts: readonly number[]) => replaced(counts, 0, counts[0]! + 1)

const sums: readonly (readonly [name: string, code: FaultCode, change: Change])[] = [
  ['a sum with one share', 'too-few', { shares: all => without(all, 0) }],
  ['a sum without shares', 'too-few', { shares: all => all.slice(2) }],
  [
    'a share off by G',
    'bad-proof',
    { shares: all => replaced(all, 0, { ...all[0]!, D: elementOf(all[0]!.D.point.add(G)) }) },
  ],
  ['the proof of another sum', 'bad-proof', { shares: all => replaced(all, 0, { ...all[0]!, proof: all[2]!.proof }) }],
  ['the share of another member', 'bad-proof', { shares: all => replaced(all, 0, { ...all[1]!, trustee: 1 }) }],
  [
    'the shares of two sums exchanged',
    'bad-proof',
    {
      shares: all => [{ ...all[2]!, sum: all[0]!.sum }, all[1]!, { ...all[0]!, sum: all[2]!.sum }, ...all.slice(3)],
    },
  ],
  [
    'a share in the name of a member that is none',
    'out-of-range',
    { shares: all => replaced(all, 1, { ...all[1]!, trustee: 4 }) },
  ],
  ['a share twice', 'not-ascending', { shares: all => [all[0]!, all[0]!, ...all.slice(1)] }],
  ['shares out of order by member', 'not-ascending', { shares: all => swapped(all, 0, 1) }],
  ['shares out of order by sum', 'not-ascending', { shares: all => [...all.slice(2), ...all.slice(0, 2)] }],
  ['a count one too high', 'wrong-sum', { counts: bump }],
  ['two counts exchanged', 'wrong-sum', { counts: counts => swapped(counts, 0, 1) }],
  [
    'a vote moved from one option to the other',
    'wrong-sum',
    {
      counts: ([a, b, ...rest]) => [a! - 1, b! + 1, ...rest],
    },
  ],
]

const results: readonly (readonly [name: string, code: FaultCode, record: () => string])[] = [
  ['one signature of the result', 'too-few', () => rebuilt({ signers: [3] })],
  ['a member who signs the result twice', 'not-ascending', () => rebuilt({ signers: [1, 1, 3] })],
  ['signers out of order', 'not-ascending', () => rebuilt({ signers: [3, 1] })],
  [
    'a signature of another result',
    'bad-signature',
    () => withLine('signature', 0, signature(signResult(poll.members[0]!.signing, hash, '{}', rng))),
  ],
  [
    'an opening signature in place of one of the result',
    'bad-signature',
    () => withLine('signature', 0, signature(signOpening(poll.members[0]!.signing, hash, rng))),
  ],
  [
    'a signature by a member that is none',
    'out-of-range',
    () => withLine('signature', 1, line => ({ ...line, trustee: 9 })),
  ],
  [
    'a result of another closing',
    'wrong-hash',
    () => rebuilt(resultText(/"closingHash":"[^"]*"/, `"closingHash":"${'A'.repeat(43)}"`)),
  ],
  ['an unknown field in the result', 'unknown-field', () => rebuilt(resultText('{', '{"note":"x",'))],
  ['a field missing in the result', 'missing-field', () => rebuilt(resultText(',"ballots":4', ''))],
  ['another number of ballots in the result', 'wrong-count', () => rebuilt(resultText('"ballots":4', '"ballots":5'))],
  [
    'a result without a union',
    'wrong-value',
    () =>
      rebuilt({
        resultText: text => {
          const result = JSON.parse(text)
          return JSON.stringify({ ...result, unions: result.unions.slice(1) })
        },
      }),
  ],
  [
    'unions out of order',
    'wrong-value',
    () =>
      rebuilt({
        resultText: text => {
          const result = JSON.parse(text)
          return JSON.stringify({ ...result, unions: swapped(result.unions, 0, 1) })
        },
      }),
  ],
  ['a contest without its last count', 'wrong-length', () => rebuilt(resultText(/,\d+\],/, '],'))],
  ['a result that is no JSON', 'not-json', () => rebuilt(resultText(/\}$/, ''))],
]

/** A pack of one rule: the outcome is the number of ballots. */
export const RULES: Rules = (_, { result }) => `{"ballots":${result.unions.reduce((sum, u) => sum + u.ballots, 0)}}`
const pinned = (fields: ManifestFields) => ({ ...fields, rules: { pack: 'thu', sha256: new Uint8Array(32) } })
export const ruled = (outcome?: string): string => repolled(pinned, outcome === undefined ? {} : { outcome })

const outcomes: readonly (readonly [name: string, code: FaultCode, record: () => string])[] = [
  ['an outcome where no rules are pinned', 'not-allowed', () => rebuilt({ outcome: '{"ballots":9}' })],
  ['no outcome where rules are pinned', 'line-missing', () => ruled()],
  ['another outcome than the rules give', 'wrong-value', () => ruled('{"ballots":8}')],
  ['the outcome in other words', 'wrong-value', () => ruled('{"ballots": 9}')],
]

/**
 * Four voters of the first group whose randomness cancels out: the `α` of each of their sums is the identity, and the sums
 * open by themselves, without shares.
 */
export function selfOpening(change: Change = {}): string {
  const drawn = new Map<string, Scalar>()
  const cancelling = (voter: number) => (contest: number, option: number) => {
    const name = `${contest}/${option}`
    const before = drawn.get(name) ?? ZERO
    const r = voter < 3 ? randomScalar(rng) : negative(before)
    drawn.set(name, plus(before, r))
    return r
  }
  const ballots = poll.ballots.map((bytes, voter) => {
    if (voter > 3) return bytes
    const head = bytes.subarray(0, 65)
    const contests = oddContests(
      poll.manifest,
      0,
      bytes.subarray(1, 33),
      [
        [1, 0, 0],
        [0, 1],
      ],
      rng,
      cancelling(voter),
    )
    const unsigned = concat(head, contests)
    const { key } = poll.voters[voter]!.credentials[0]!
    return concat(unsigned, sign(key, message('ballot', poll.manifest.hash, unsigned), rng))
  })
  return rebuilt({ ballots: () => ballots, ...change })
}

const after: readonly (readonly [name: string, code: FaultCode, record: () => string])[] = [
  ['a second outcome', 'line-order', () => `${ruled('{"ballots":9}')}{"type":"outcome","text":""}\n`],
  ['rubbish after the outcome', 'not-json', () => `${ruled('{"ballots":9}')}x\n`],
  ['a ballot after the outcome', 'line-order', () => `${ruled('{"ballots":9}')}${goodLines[placeOf('ballot')]}\n`],
]

const rows = (
  check: Check,
  table: readonly (readonly [name: string, code: FaultCode, record: () => string])[],
): Row[] => table.map(([name, code, record]) => ({ name, check, code, record, options: { rules: RULES } }))

export const openingRows: readonly Row[] = [
  ...rows(10, opening),
  ...rows(
    11,
    sums.map(([name, code, change]) => [name, code, () => rebuilt(change)] as const),
  ),
  {
    name: 'a share of a sum that opens by itself',
    check: 11,
    code: 'not-allowed',
    record: () => selfOpening({ shares: all => [{ ...all[0]!, sum: 'staff/0/0' }, ...all] }),
  },
  {
    name: 'another count of a sum that opens by itself',
    check: 11,
    code: 'wrong-sum',
    record: () => selfOpening({ counts: bump }),
  },
  ...rows(12, results),
  ...rows(13, outcomes),
  ...rows(1, after),
]
