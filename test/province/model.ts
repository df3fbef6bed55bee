/**
 * What a province does, and what of it fits on one machine.
 *
 * The whole: 400 units of 150 voters within the same two hours, 8.3 voters a second on average. Every unit holds its
 * meeting when it likes; its box opens at a random moment, and its people vote within some ten minutes, most of them soon
 * after the opening.
 *
 * What is kept is the RATE: voters a second over the whole run are the province's. What is cut is TIME, and with it the
 * number of voters: n times fewer voters (fewer units, and smaller ones) take n times less time, and so do a meeting and
 * the pauses of its voters. So each box meets its own voters n times faster than a real one, and fewer are open at the same
 * moment: harder on single boxes and bursts, easier on the number of boxes. With `--units 400 --voters 150` nothing is cut.
 */
import type { Rng } from '../../crypto/bytes.ts'

export const PROVINCE = { units: 400, voters: 150, seconds: 7200, meetingSeconds: 600 } as const

export interface Scale {
  readonly units: number
  /** Of each unit. */
  readonly voters: number
  readonly seconds: number
  readonly meetingSeconds: number
  /** How many times fewer voters, and how many times shorter. */
  readonly shorter: number
  readonly votersPerSecond: number
}

/** Fewer than three ballots are never opened. */
const LEAST = { units: 1, voters: 3 } as const

export function scaleOf(units: number, voters: number): Scale {
  for (const [name, value] of Object.entries({ units, voters }) as ['units' | 'voters', number][])
    if (!Number.isInteger(value) || value < LEAST[name] || value > PROVINCE[name])
      throw new RangeError(`--${name} takes a number from ${LEAST[name]} to ${PROVINCE[name]}`)
  const shorter = (PROVINCE.units * PROVINCE.voters) / (units * voters)
  return {
    units,
    voters,
    seconds: PROVINCE.seconds / shorter,
    meetingSeconds: PROVINCE.meetingSeconds / shorter,
    shorter,
    votersPerSecond: (PROVINCE.units * PROVINCE.voters) / PROVINCE.seconds,
  }
}

/** Of one unit, in milliseconds: from the beginning of all, and from its own opening. */
export interface Meeting {
  readonly opensAt: number
  readonly arrivals: readonly number[]
}

/** Evenly spread openings; arrivals denser at the beginning of a meeting: half of them in its first quarter. */
export function meetingsOf({ units, voters, seconds, meetingSeconds }: Scale, rng: Rng): readonly Meeting[] {
  return Array.from({ length: units }, () => ({
    opensAt: chance(rng) * (seconds - meetingSeconds) * 1000,
    arrivals: Array.from({ length: voters }, () => chance(rng) ** 2 * meetingSeconds * 1000).sort((a, b) => a - b),
  }))
}

/** Evenly from 0 to 1, without 1. */
export const chance = (rng: Rng): number => rng(6).reduce((value, byte) => value * 256 + byte, 0) / 2 ** 48

/** How phones behave beside voting once. */
export const HABITS = {
  /** Lose an answer on the way, at each of the two doors, and send the same again. */
  lose: 0.05,
  /** Send again what was answered, as a page that was reloaded does: the answer must be the same. */
  repeat: 0.05,
  /** Look at the closed board, with the whole record. */
  comeBack: 0.3,
  /** Between ballot and box, of a real voter; cut as time is. */
  thinkSeconds: [20, 90],
} as const
