/** Opening the sums (protocol, section 10): which may be opened, and what they are opened to. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBallot, sealBallot } from '../crypto/ballot.ts'
import { concat, u8, utf8 } from '../crypto/bytes.ts'
import { addUp, logarithm, multipleOfBase } from '../crypto/elgamal.ts'
import {
  elementOf,
  G,
  multiply,
  negative,
  ONE,
  plus,
  randomScalar,
  readScalar,
  withTable,
  writePoint,
} from '../crypto/group.ts'
import { subsetsOf } from '../crypto/rehearsal.ts'
import { isShare, makeShare, type Opening, type Share } from '../crypto/share.ts'
import {
  type AllowedSum,
  allowedSums,
  checkMarks,
  openingOfSum,
  openSum,
  opensByItself,
  opensTo,
  parseResult,
  publicationUnions,
  Sums,
  type Union,
  writeResult,
} from '../crypto/tally.ts'
import { sha256 } from '../crypto/transcript.ts'
import { publicShare } from '../crypto/trustees.ts'
import { codeIn, expectAll, faultIn, flipped, hashedByHand, memberOf, redeemed, setUp, told } from './poll.setup.ts'

/** `0+2:7 1:5`: groups 0 and 2 together have 7 ballots, group 1 has 5. */
const written = (unions: readonly Union[]) =>
  unions.map(({ groups, ballots }) => `${groups.join('+')}:${ballots}`).join(' ')

describe('the publication rule', () => {
  it('merges the smallest with the next smallest until every union has enough ballots', () => {
    const unions = (minimum: number, ...ballotsByGroup: readonly number[]) =>
      written(publicationUnions(ballotsByGroup, minimum))
    expectAll({
      'nobody voted': ['', unions(3, 0, 0)],
      'two in all': ['', unions(3, 1, 1)],
      'two in all, in one group': ['', unions(3, 2)],
      'three in all': ['0+1:3', unions(3, 2, 1)],
      'three in one group': ['0:3', unions(3, 3)],
      'one group below the minimum': ['0:4', unions(5, 4)],
      'all at the minimum': ['0:3 1:3 2:3', unions(3, 3, 3, 3)],
      'one below it': ['0+1:7', unions(4, 4, 3)],
      'all below it, together too': ['0+1+2:4', unions(5, 1, 1, 2)],
      'all below it, together enough': ['0+1+2:6', unions(5, 2, 2, 2)],
      'all below it, in two unions enough': ['0+1:4 2+3:6', unions(4, 2, 2, 3, 3)],
      'an empty group goes to the smallest': ['0:9 1+2:4', unions(3, 9, 0, 4)],
      'empty groups go together first': ['0+1+3:4 2:5', unions(3, 0, 4, 5, 0)],
      'an empty group alone with one': ['0+1:8', unions(3, 8, 0)],
      'the merged one is still too small': ['0+1+2:6 3:7', unions(5, 2, 2, 2, 7)],
      'a tie for the smallest': ['0+1:4 2:5', unions(3, 2, 2, 5)],
      'a tie for the next, smallest last': ['0+2:6 1:4', unions(3, 4, 4, 2)],
      'a tie for the next, smallest between': ['0+1:6 2:4', unions(3, 4, 2, 4)],
      'a tie with a merged one that begins later': ['0+3:6 1+2:4', unions(4, 4, 2, 2, 2)],
      'a tie with a merged one that begins earlier': ['0+2+3:7 1:4', unions(4, 2, 4, 2, 3)],
      'a tie of large ones': ['0+1+2:13 3:10', unions(5, 10, 1, 2, 10)],
      'five groups': ['0:8 1+2+3:8 4:5', unions(5, 8, 3, 1, 4, 5)],
      'five groups, one large': ['0:90 1+2+3+4:6', unions(5, 90, 1, 2, 2, 1)],
      'five groups, a larger minimum': ['0+1+2+3+4:21', unions(11, 8, 3, 1, 4, 5)],
    })
  })

  const ballots = fc.array(fc.oneof(fc.nat({ max: 6 }), fc.nat({ max: 60 })), { minLength: 1, maxLength: 12 })
  const minimum = fc.integer({ min: 3, max: 12 })
  const total = (counts: readonly number[]) => counts.reduce((sum, n) => sum + n, 0)

  it('opens each group in one union, all ballots, no union below the minimum that has another beside it', () => {
    fc.assert(
      fc.property(ballots, minimum, (byGroup, least) => {
        const unions = publicationUnions(byGroup, least)
        const opened = total(byGroup) < 3 ? [] : byGroup.map((_, g) => g)
        expect(unions.flatMap(({ groups }) => groups).sort((a, b) => a - b)).toEqual(opened)
        for (const one of unions) {
          expect(one.ballots).toBe(total(one.groups.map(g => byGroup[g]!)))
          expect(one.groups).toEqual(one.groups.toSorted((a, b) => a - b))
          if (unions.length > 1) expect(one.ballots).toBeGreaterThanOrEqual(least)
        }
        const first = unions.map(({ groups }) => groups[0]!)
        expect(first).toEqual(first.toSorted((a, b) => a - b))
        if (byGroup.every(n => n >= least)) expect(unions).toHaveLength(byGroup.length)
      }),
      { seed: 1, numRuns: 500 },
    )
  })

  it('never opens a union inside another, nor, under a higher minimum, anything but whole unions', () => {
    fc.assert(
      fc.property(ballots, minimum, (byGroup, least) => {
        const unions = publicationUnions(byGroup, least)
        const inside = (a: Union, b: Union) => a.groups.every(g => b.groups.includes(g))
        expect(unions.filter(a => unions.some(b => a !== b && inside(a, b)))).toEqual([])
        const coarser = publicationUnions(byGroup, least + 1)
        expect(unions.filter(a => !coarser.some(b => inside(a, b)))).toEqual([])
        const backwards = publicationUnions(byGroup.toReversed(), least)
        const sizes = (of: readonly Union[]) => of.map(one => one.ballots).sort((a, b) => a - b)
        expect(sizes(backwards)).toEqual(sizes(unions))
      }),
      { seed: 2, numRuns: 500 },
    )
  })
})

describe('the logarithm', () => {
  it('is found for every count from 0 to the largest possible, and for nothing else', () => {
    const point = Array.from({ length: 120 }, (_, n) => multipleOfBase(n))
    const found = (max: number) => point.map(p => logarithm(p, max))
    for (const max of [0, 1, 2, 3, 4, 8, 9, 15, 16, 17, 99])
      expect([max, found(max)]).toEqual([max, point.map((_, n) => (n <= max ? n : null))])
    expect(logarithm(multipleOfBase(65_535), 65_535)).toBe(65_535)
    const rng = setUp(81).rng
    for (const p of [G.negate(), multipleOfBase(9).negate(), multiply(G, randomScalar(rng))])
      expect(logarithm(p, 99)).toBe(null)
  })
})

describe('the sums', () => {
  const poll = setUp(82)
  const { manifest, devices, rng } = poll
  const { trustees } = manifest
  const members = devices.map(memberOf)
  const K = withTable(manifest.electionKey.point)
  const closingHash = sha256(utf8('a closing'))
  /** Group, then the options marked in each contest. */
  const votes: readonly (readonly [group: number, trust: readonly number[], merit: readonly number[]])[] = [
    [0, [0], [0, 1]],
    [0, [0], [0]],
    [0, [2], [1]],
    [0, [], [0, 3]],
    [1, [1], [3]],
    [1, [0], [3, 1]],
    [1, [], [3]],
  ]
  const ballots = votes.map(([group, ...choices], i) => {
    const [credential] = redeemed(poll, group, i % 4)
    return readBallot(manifest, sealBallot(manifest, group, credential!, choices, K, rng), 'ballot')
  })
  const sums = new Sums()
  for (const ballot of ballots) sums.add(ballot)
  const apart = publicationUnions([4, 3], 3)
  const together = publicationUnions([4, 3], 4)
  const both = [...allowedSums(manifest, apart, sums), ...allowedSums(manifest, together, sums)]
  const COUNTS = [2, 0, 1, 3, 2, 0, 1, 1, 1, 0, 0, 1, 0, 3, 3, 1, 1, 3, 3, 0, 4]

  const openingOf = (sum: AllowedSum) => openingOfSum(manifest, closingHash, sum)
  const sharesOf = (sum: AllowedSum) => members.map(member => makeShare(member, trustees, openingOf(sum), rng))
  /** Three of the seven marked the first option of the first contest. */
  const sum = allowedSums(manifest, together, sums)[0]!
  const shares = sharesOf(sum)
  const pair = shares.slice(0, 2)

  it('have a label for each union, contest and option in order, and add up every ballot of the union once', () => {
    const places = ['0/0', '0/1', '0/2', '1/0', '1/1', '1/2', '1/3']
    const labels = ['office', 'depot', 'office+depot'].flatMap(name => places.map(place => `${name}/${place}`))
    expect(both.map(({ label }) => label)).toEqual(labels)
    const one = [ballots, ballots.filter(({ group }) => group === 1)].map(of =>
      addUp(of.map(({ contests }) => contests[1]!.options[3]!.ciphertext)),
    )
    const found = ['office+depot/1/3', 'depot/1/3'].map(label => both.find(s => s.label === label)!.ciphertext)
    expect(found.map(c => [c.alpha.bytes, c.beta.bytes])).toEqual(one.map(c => [c.alpha.bytes, c.beta.bytes]))
  })

  it('open to the number of marks by any two members', () => {
    const opened = both.map(of => subsetsOf(sharesOf(of), 2).map(two => openSum(of, two)))
    expect(opened).toEqual(COUNTS.map(count => [count, count, count]))
  })

  it('open to that number alone, and to none when a share is false, missing or of another sum', () => {
    const liar = { ...members[1]!, share: plus(members[1]!.share, ONE) }
    const lie = makeShare(liar, trustees, openingOf(sum), rng)
    const wrong = (of: readonly Share[], from = sum) => told(faultIn(() => openSum(from, of)))
    expectAll({
      'to 0…7': [[3], [0, 1, 2, 3, 4, 5, 6, 7].filter(count => opensTo(sum, pair, count))],
      'to the number by a false share': [false, opensTo(sum, [shares[0]!, lie], 3)],
      'right shares': [null, wrong(pair)],
      'right shares, the other way round': [null, wrong(pair.toReversed())],
      'a false share': ['wrong-sum at office+depot/0/0', wrong([shares[0]!, lie])],
      'one share': ['wrong-sum at office+depot/0/0', wrong([shares[0]!])],
      'no shares': ['wrong-sum at office+depot/0/0', wrong([])],
      'shares of another sum': ['wrong-sum at office+depot/0/0', wrong(sharesOf(both[1]!).slice(0, 2))],
      'as many ballots as marks': [null, wrong(pair, { ...sum, ballots: 3 })],
      'fewer ballots than marks': ['wrong-sum at office+depot/0/0', wrong(pair, { ...sum, ballots: 2 })],
    })
  })

  it('take a share only with a proof for this member, sum, poll and closing', () => {
    const [share, other] = [shares[1]!, shares[2]!]
    const [Y, otherY] = [publicShare(trustees, 2), publicShare(trustees, 3)]
    const proven = (changed: Partial<Share>, of: Partial<Opening> = {}, key = Y) =>
      isShare({ ...share, ...changed }, key, { ...openingOf(sum), ...of })
    const flips = Array.from(share.proof, (_, at) => proven({ proof: flipped(share.proof, at) }))
    const [c, z] = [0, 32].map(at => readScalar(share.proof.subarray(at, at + 32), ''))
    const left = multiply(G, z!).subtract(multiply(Y.point, c!))
    const right = multiply(sum.ciphertext.alpha.point, z!).subtract(multiply(share.D.point, c!))
    const points = [sum.ciphertext.alpha.bytes, Y.bytes, share.D.bytes, writePoint(left), writePoint(right)]
    const said = hashedByHand('share', manifest.hash, closingHash, u8(2), utf8('office+depot/0/0'), ...points)
    expectAll({
      'its c, hashed by hand': [c, said],
      'as it is': [true, proven({})],
      'another member’s, whole': [true, proven(other, {}, otherY)],
      'another member’s key': [false, proven({}, {}, otherY)],
      'another index': [false, proven({ trustee: 3 })],
      'another member’s D': [false, proven({ D: other.D })],
      'D plus G': [false, proven({ D: elementOf(share.D.point.add(G)) })],
      'another member’s proof': [false, proven({ proof: other.proof })],
      'any byte of the proof changed': [[], flips.filter(holds => holds)],
      'a proof cut short': [false, proven({ proof: share.proof.subarray(0, 63) })],
      'a proof and a byte more': [false, proven({ proof: concat(share.proof, u8(0)) })],
      'a proof that is not below q': [false, proven({ proof: new Uint8Array(64).fill(255) })],
      'another label': [false, proven({}, { label: 'office/0/0' })],
      'another sum': [false, proven({}, { alpha: both[1]!.ciphertext.alpha })],
      'another closing': [false, proven({}, { closingHash: flipped(closingHash, 0) })],
      'another poll': [false, proven({}, { manifestHash: flipped(manifest.hash, 0) })],
    })
  })

  it('open by themselves where the randomness cancels out or there is nothing to add', () => {
    const r = randomScalar(rng)
    const cancelled = [r, negative(r)].map(s => ({
      alpha: elementOf(multiply(G, s)),
      beta: elementOf(multiply(K, s).add(G)),
    }))
    const of = (...parts: typeof cancelled): AllowedSum => ({ ...sum, ciphertext: addUp(parts) })
    const [none, one, two] = [of(), of(cancelled[0]!), of(...cancelled)]
    expect([none, one, two, sum].map(opensByItself)).toEqual([true, false, true, false])
    expect([openSum(none, []), openSum(two, []), codeIn(() => openSum(one, []))]).toEqual([0, 2, 'wrong-sum'])
    expect([2, 1].map(count => opensTo(two, [], count))).toEqual([true, false])
    const nobody = allowedSums(manifest, [{ groups: [1], ballots: 0 }], new Sums())
    expect(nobody.map(opensByItself)).toEqual(nobody.map(() => true))
  })

  it('are written as a result that is read back, and whose marks must fit the ballots', () => {
    const text = writeResult(manifest, closingHash, apart, COUNTS.slice(0, 14))
    const read = (from: string, hash = closingHash) => codeIn(() => parseResult(manifest, hash, from))
    const marks = (counts: readonly number[]) => {
      const result = parseResult(manifest, closingHash, writeResult(manifest, closingHash, apart, counts))
      return checkMarks(manifest, result).map(told)
    }
    const most = [4, 0, 0, 4, 4, 0, 0, 3, 0, 0, 3, 0, 0, 0]
    expectAll({
      'office, then depot': [
        [
          {
            groups: ['office'],
            ballots: 4,
            counts: [
              [2, 0, 1],
              [3, 2, 0, 1],
            ],
          },
          {
            groups: ['depot'],
            ballots: 3,
            counts: [
              [1, 1, 0],
              [0, 1, 0, 3],
            ],
          },
        ],
        parseResult(manifest, closingHash, text).unions,
      ],
      'as it is': [null, read(text)],
      'of another closing': ['wrong-hash', read(text, sha256(utf8('another')))],
      'an option too many': ['wrong-length', read(text.replace('[2,0,1]', '[2,0,1,0]'))],
      'a field too many': ['unknown-field', read(text.replace('{', '{"x":1,'))],
      'marks as counted': [[], marks(COUNTS.slice(0, 14))],
      'as many and as few as allowed': [[], marks(most)],
      'one more': [['wrong-count at union office, contest trust'], marks(most.with(1, 1))],
      'one fewer': [['wrong-count at union depot, contest merit'], marks(most.with(10, 2))],
    })
  })
})
