/** That load and simulation count right, stop where they say, and go nowhere but to this machine. No time is asserted. */
import { describe, expect, it } from 'vitest'
import { seededRng } from '../server/play/seed.ts'
import { checkWanted, loadEngines, type Wanted } from './load/engines.ts'
import { bottleneckOf, cardsOf, type Figure, middle, type Row } from './load/rates.ts'
import { Balancer, inFlight, loopbackPort, quantile } from './load/sending.ts'
import { compare } from './province/ledger.ts'
import { meetingsOf, PROVINCE, scaleOf } from './province/model.ts'
import { faultsOf, ranLines, scaleLines } from './province/report.ts'
import { runProvince } from './province/run.ts'

describe('a cut of the province', () => {
  it('keeps the rate and cuts voters and time alike', () => {
    const whole = scaleOf(PROVINCE.units, PROVINCE.voters)
    expect(whole).toMatchObject({ seconds: 7200, meetingSeconds: 600, shorter: 1 })
    const cut = scaleOf(20, 25)
    expect(cut).toMatchObject({ seconds: 60, meetingSeconds: 5, shorter: 120 })
    expect(cut.votersPerSecond).toBe(whole.votersPerSecond)
    expect((20 * 25) / cut.seconds).toBeCloseTo(cut.votersPerSecond)
    expect(scaleLines(cut).join('\n')).toContain('voters and time are 120 times fewer')
  })

  it('is of whole units and voters, and never more than there are', () => {
    expect(() => scaleOf(1, 3)).not.toThrow()
    for (const [units, voters] of [
      [0, 3],
      [1, 2],
      [401, 3],
      [1, 151],
      [1.5, 3],
      [Number.NaN, 3],
    ] as const)
      expect(() => scaleOf(units, voters), `${units} × ${voters}`).toThrow(RangeError)
  })

  it('holds every meeting within its time, half of the voters in a meeting’s first quarter', () => {
    const scale = scaleOf(40, 150)
    const meetings = meetingsOf(scale, seededRng(1))
    const arrivals = meetings.flatMap(meeting => meeting.arrivals)
    expect(meetings).toHaveLength(40)
    expect(arrivals).toHaveLength(6000)
    const last = Math.max(...meetings.map(({ opensAt, arrivals }) => opensAt + Math.max(...arrivals)))
    expect(last).toBeLessThanOrEqual(scale.seconds * 1000)
    expect(quantile(arrivals, 0.5) / (scale.meetingSeconds * 1000)).toBeCloseTo(0.25, 1)
  })
})

describe('what was acknowledged and what is on the board', () => {
  it.each([
    { what: 'the same in another order', there: ['b', 'a', 'c'], found: { lost: 0, doubled: 0, strange: 0 } },
    { what: 'one missing', there: ['b', 'a'], found: { lost: 1, doubled: 0, strange: 0 } },
    { what: 'one twice', there: ['b', 'a', 'c', 'a'], found: { lost: 0, doubled: 1, strange: 0 } },
    { what: 'one that nobody was told of', there: ['b', 'a', 'c', 'd'], found: { lost: 0, doubled: 0, strange: 1 } },
  ])('are compared: $what', ({ there, found }) => {
    expect(compare(['a', 'b', 'c'], there)).toEqual(found)
  })
})

describe('the generator', () => {
  it('goes to this machine and nowhere else', () => {
    expect(loopbackPort('http://127.0.0.1:8080/')).toBe(8080)
    for (const url of [
      'http://192.168.1.20:8080/',
      'http://example.org:80/',
      'https://127.0.0.1:8443/',
      'http://127.0.0.1/',
    ])
      expect(() => loopbackPort(url), url).toThrow(RangeError)
  })

  it('has no more in flight than it says, and gives results in the order of the requests', async () => {
    let running = 0
    let most = 0
    const jobs = Array.from({ length: 20 }, (_, i) => async () => {
      most = Math.max(most, ++running)
      await new Promise(resolve => setTimeout(resolve, i % 3))
      running--
      return i
    })
    expect(await inFlight(4, jobs)).toEqual(jobs.map((_, i) => i))
    expect(most).toBe(4)
  })

  it('takes one process after the other and passes over what is gone', () => {
    const balancer = new Balancer([1, 2, 3])
    expect([balancer.next(), balancer.next(), balancer.next(), balancer.next()]).toEqual([1, 2, 3, 1])
    balancer.passOver(2)
    expect(new Set([balancer.next(), balancer.next()])).toEqual(new Set([1, 3]))
  })

  it('has a card for every voter of every round', () => {
    const counts = [1, 2, 4, 8]
    for (const voters of [8, 9, 64]) {
      const used = Array<number>(8).fill(0)
      for (const polls of counts) for (let i = 0; i < voters; i++) used[i % polls]!++
      expect(used.map((_, n) => cardsOf(n, voters, counts))).toEqual(used)
    }
  })

  it('refuses what it could not end in time', () => {
    const wanted: Wanted = { engines: ['sqlite'], voters: 64, rounds: 3, polls: [1, 2, 4, 8], minutes: 15 }
    expect(() => checkWanted(wanted)).not.toThrow()
    for (const change of [
      { engines: [] },
      { voters: 513 },
      { voters: 0 },
      { rounds: 10 },
      { polls: [17] },
      { polls: [2], voters: 1 },
      { minutes: 31 },
      { minutes: Number.NaN },
    ])
      expect(() => checkWanted({ ...wanted, ...change }), JSON.stringify(change)).toThrow(RangeError)
  })
})

describe('a plateau', () => {
  const figure = (busy: readonly number[], sending: number, others = 0): Figure => ({
    perSecond: 100,
    busy,
    sending,
    others,
    refused: {},
  })
  const node = { threads: 2, processes: ['Node', 'PostgreSQL'] }
  const workerd = { threads: 1, processes: ['workerd'] }

  it.each([
    { named: 'its one thread', row: workerd, of: figure([0.97], 0.1) },
    { named: 'its threads', row: node, of: figure([1.8, 0.05], 0.1) },
    { named: 'the cores', row: node, of: figure([1.3, 0.4], 0.2) },
    { named: 'other programs', row: node, of: figure([0.5, 0.1], 0.1, 1.2) },
    { named: 'the engine or the line', row: node, of: figure([0.3, 0.1], 0.1) },
  ])('is named by what is full: $named', ({ named, row, of }) => {
    expect(bottleneckOf(row, of, 2)).toBe(named)
  })

  it('is the middle of its rounds, with every refusal', () => {
    const rows = [10, 30, 20].map((perSecond): Row => {
      const one = { ...figure([1], 0.1), perSecond, refused: { away: 1 } }
      return { ...workerd, lane: 'workerd', polls: 1, redeem: one, cast: one }
    })
    expect(middle(rows).cast).toMatchObject({ perSecond: 20, refused: { away: 3 } })
  })
})

describe('small runs of the real thing', () => {
  it('load two polls and say what came of it', { timeout: 120_000 }, async () => {
    const found = await loadEngines({ engines: ['sqlite'], voters: 3, rounds: 1, polls: [1, 2], minutes: 1 })
    expect(found.rows.map(({ polls }) => polls)).toEqual([1, 2])
    for (const { redeem, cast } of found.rows) expect([redeem.refused, cast.refused]).toEqual([{}, {}])
    expect(found.storing.sqlite!.perSecond).toBeGreaterThan(0)
    expect(found.storing.sqlite!.rewriting).toHaveLength(2)
    expect(found.logged).toEqual([])
    // What docs/scale.md reckons with, for each voter.
    const questions = Object.fromEntries(found.questions.map(one => [one.request, [one.poll, one.directory]]))
    const perVoter = { manifest: [1, 2], redeem: [4, 0], cast: [3, 0], state: [1, 1], 'another record': [1, 1] }
    expect(questions).toMatchObject(perVoter)
  })

  it('hold two meetings of three and find every ballot', { timeout: 120_000 }, async () => {
    const wanted = { scale: scaleOf(2, 3), counted: 1, mishaps: false, lastCallMs: 0 }
    const ran = await runProvince('sqlite', wanted, () => {})
    expect(faultsOf(ran, 1)).toEqual([])
    expect(ran).toMatchObject({ cast: 6, verified: 2, counted: 1, logged: [] })
    expect(ran.ledger.times.close).toHaveLength(2)
    // A result that is not as it must be is said.
    const lost = { ...ran, ballots: { lost: 1, doubled: 0, strange: 0 }, verified: 1 }
    expect(faultsOf(lost, 1)).toEqual([
      '1 acknowledged ballots are missing from verified records',
      '1 of 2 records verify',
    ])
    expect(ranLines(ran, []).join('\n')).toContain('nothing was lost, nothing was doubled')
  })
})
