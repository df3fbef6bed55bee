/** What one request has begun, and what becomes of the others where the platform cut it off in the middle. */
import { describe, expect, it } from 'vitest'
import { Boards } from '../server/boards.ts'
import { Polls } from '../server/polls.ts'
import { type Pulse, Underway } from '../server/underway.ts'
import { act, firstOrganiser, openOffice, sealPoll, vote } from './office.ts'

const NEVER = new Promise<never>(() => {})

/** A platform whose time the test makes, and whose requests are at work until they are cut off. */
function platform() {
  let now = 0
  const beats = new Set<() => void>()
  const pulse: Pulse = {
    now: () => now,
    every: (_, beat) => {
      beats.add(beat)
      return () => beats.delete(beat)
    },
  }
  return {
    underway: new Underway(pulse),
    wait: (ms: number) => {
      for (const end = now + ms; now < end; ) {
        now += 1000
        for (const beat of beats) beat()
      }
    },
    cutOff: () => beats.clear(),
    atWork: () => beats.size,
  }
}

describe('what is under way', () => {
  it('is so for as long as somebody is at it, and then no more', async () => {
    const { underway, wait, atWork } = platform()
    let finish = () => {}
    const work = underway.inTurn('a', () => new Promise<void>(resolve => (finish = resolve)))
    wait(600_000)
    expect([underway.has('a'), underway.has('b')]).toEqual([true, false])
    finish()
    await work
    expect([underway.has('a'), atWork()]).toEqual([false, 0])
  })

  it('goes one after the other, however many come', async () => {
    const { underway } = platform()
    let inside = 0
    const most: number[] = []
    const work = async () => {
      most.push(++inside)
      await new Promise(resolve => setTimeout(resolve, 5))
      inside--
    }
    await Promise.all(Array.from({ length: 6 }, () => underway.inTurn('a', work)))
    expect(most).toEqual([1, 1, 1, 1, 1, 1])
  })

  it('ends with a failure too, which is told to whoever is at it and to nobody else', async () => {
    const { underway } = platform()
    const failing = underway.inTurn('a', async () => {
      throw new Error('full')
    })
    const next = underway.inTurn('a', async () => 'done')
    await expect(failing).rejects.toThrow('full')
    expect(await next).toBe('done')
  })

  it('of a request that was cut off holds nobody up for longer than some seconds', async () => {
    const { underway, wait, cutOff } = platform()
    void underway.inTurn('a', () => NEVER)
    const next = underway.inTurn('a', async () => 'done')
    cutOff()
    wait(5_000)
    expect(underway.has('a')).toBe(true)
    wait(20_000)
    expect(underway.has('a')).toBe(false)
    expect(await next).toBe('done')
  })
})

describe('a poll whose closing was cut off in the middle', () => {
  it('is closed by the next one who looks', async () => {
    const { underway, wait, cutOff } = platform()
    const office = openOffice()
    const polls = new Polls(office.deps.databases, () => {}, underway)
    const id = new Uint8Array(16)
    void polls.inTurn(id, () => NEVER)
    expect(polls.isBusy(id)).toBe(true)
    cutOff()
    wait(60_000)
    expect(polls.isBusy(id)).toBe(false)
    let done = false
    await polls.inTurn(id, async () => {
      done = true
    })
    expect(done).toBe(true)
    await office.close()
  })
})

describe('the record of a closed poll', () => {
  it('is made once for all who ask at once, and by the next one where the first was cut off', async () => {
    const office = openOffice({ lastCallMs: () => 0 })
    const organiser = await firstOrganiser(office)
    const poll = await sealPoll(office.ask, organiser)
    await act(organiser, poll, 'open', [0])
    for (const i of [0, 1]) await vote(office.ask, poll, poll.cards[i]!, [[i]])
    await act(organiser, poll, 'close', [0, 1], [2])
    const found = await office.deps.polls.present(poll.hash)
    const { underway, wait, cutOff } = platform()
    const boards = new Boards(underway)
    const records = await Promise.all(Array.from({ length: 20 }, () => boards.of(found.poll, found.row)))
    expect(new Set(records).size).toBe(1)

    const others = new Boards(underway)
    void underway.inTurn(`${poll.hash}/0`, () => NEVER)
    const waiting = others.of(found.poll, found.row)
    cutOff()
    wait(60_000)
    expect((await waiting).plain).toEqual(records[0]!.plain)
    await office.close()
  })
})
