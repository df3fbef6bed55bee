/** The members' devices open the sums (protocol, section 10), with whatever shares they are shown. */
import { describe, expect, it } from 'vitest'
import { sealBallot } from '../crypto/ballot.ts'
import { utf8 } from '../crypto/bytes.ts'
import type { Fault } from '../crypto/fault.ts'
import { elementOf, G } from '../crypto/group.ts'
import type { Share } from '../crypto/share.ts'
import { verify } from '../crypto/verify.ts'
import { accepted, redeemed, setUp, told } from './poll.setup.ts'

/** Four ballots of one group, the box closed, and every device past its own checks. */
async function opening() {
  const poll = setUp(61)
  const { manifest, box, devices, rng } = poll
  for (const place of [0, 1, 2, 3]) {
    const [credential] = redeemed(poll, 0, place)
    accepted(box.cast(sealBallot(manifest, 0, credential!, [[0], [place % 2]], manifest.electionKey.point, rng)))
  }
  expect(box.close([4, 0])).toEqual([])
  const report = await verify([...box.publish()].map(utf8), { rng })
  for (const device of devices) device.pin(manifest)
  const openings = new Map(devices.map(device => [device.index, device.open(report).signature]))
  return { devices, openings, shares: devices.map(device => device.share(openings)) }
}

describe('a device that is shown shares', async () => {
  const { devices, openings, shares } = await opening()
  const [one, two, three] = shares as [(typeof shares)[0], (typeof shares)[0], (typeof shares)[0]]
  const [label] = [...one.keys()] as [string]
  const changed = (of: typeof one, change: (share: Share) => Share) => new Map(of).set(label, change(of.get(label)!))
  const open = (shown: readonly (typeof one)[], signed: ReadonlyMap<number, Uint8Array> = openings) => {
    const faults: Fault[] = []
    const { text } = devices[0]!.result(signed, shown, fault => faults.push(fault))
    return { unions: JSON.parse(text).unions, faults: faults.map(told) }
  }
  const unions = [
    {
      groups: ['office', 'depot'],
      ballots: 4,
      counts: [
        [4, 0, 0],
        [2, 2, 0, 0],
      ],
    },
  ]
  const off = changed(two, share => ({ ...share, D: elementOf(share.D.point.add(G)) }))
  const nobodys = changed(two, share => ({ ...share, trustee: 7 }))

  it('opens with those of any two members, and of all three', () => {
    for (const shown of [
      [one, two],
      [two, three],
      [three, one],
      [one, two, three],
    ])
      expect(open(shown)).toEqual({ unions, faults: [] })
  })

  it('counts a share that is shown twice once', () => {
    expect(open([one, one, two])).toEqual({ unions, faults: [] })
    expect(() => open([one, one])).toThrow(`too few shares of ${label}`)
  })

  it('leaves a false share out, names whose it is, and opens with good ones of two others', () => {
    expect(open([off, one, three])).toEqual({ unions, faults: [`bad-proof at trustee 2, ${label}`] })
    expect(open([nobodys, one, three])).toEqual({ unions, faults: [`bad-proof at trustee 7, ${label}`] })
    expect(() => open([off, one])).toThrow(`too few shares of ${label}`)
  })

  it('does nothing on signatures of the opening by fewer than two members, or of nobody', () => {
    const only = (...indices: readonly number[]) => new Map([...openings].filter(([index]) => indices.includes(index)))
    expect(open([one, two], only(2, 3))).toEqual({ unions, faults: [] })
    const nobody = new Map([...only(2), [7, openings.get(3)!] as const])
    for (const signed of [only(), only(2), nobody])
      expect(() => open([one, two], signed)).toThrow('too few signatures of the opening')
  })
})
