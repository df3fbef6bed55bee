/** One unit's ballot day, from the opening to the closed box, with its own organiser's browser and counting team. */
import type { Action, MemberView } from '../../server/wire.ts'
import { pause } from '../load/sending.ts'
import { ask as askFor, type Organiser, type SealedPoll, signAct } from '../office.ts'
import type { Meeting } from './model.ts'
import { type Hall, Voter } from './voter.ts'

const MOST_TURNS = 60
const TURN_MS = 250

export interface Unit {
  readonly sealed: SealedPoll
  readonly meeting: Meeting
  readonly voters: readonly Voter[]
}

/** Its phones are ready to send before anything begins. */
export async function unitOf(hall: Hall, sealed: SealedPoll, meeting: Meeting): Promise<Unit> {
  const voters = await Promise.all(sealed.cards.map(card => Voter.with(hall, sealed, card)))
  return { sealed, meeting, voters }
}

/** `beganAt`: when everything did. Resolves once the box is closed. */
export async function holdMeeting(hall: Hall, organiser: Organiser, unit: Unit, beganAt: number): Promise<void> {
  const { ledger } = hall
  const { sealed, meeting, voters } = unit
  await until(beganAt + meeting.opensAt)
  const opening = performance.now()
  await bring(organiser, sealed, 'open', [])
  const openedAt = performance.now()
  ledger.times.open.push(openedAt - opening)
  await Promise.all(
    voters.map(async (voter, i) => {
      await until(openedAt + meeting.arrivals[i]!)
      await voter.votes(i % 3).catch(error => ledger.broken.push(String(error)))
    }),
  )
  const handedOut = voters.filter(({ card }) => card !== null).length
  ledger.times.close.push(await bring(organiser, sealed, 'close', [handedOut]))
}

const until = (moment: number): Promise<void> => pause(Math.max(0, moment - performance.now()))

const WANTED = { open: { state: 'open', signers: 1 }, close: { state: 'closed', signers: 2 } } as const

/**
 * Looks, and does what is missing, until the poll is there: whoever's answer was lost asks again, and nothing is done
 * twice. How long the devices' part took in the end, without the last call, in milliseconds.
 */
async function bring(
  organiser: Organiser,
  { poll, members }: SealedPoll,
  action: Action & keyof typeof WANTED,
  handedOut: readonly number[],
): Promise<number> {
  const { state, signers } = WANTED[action]
  let signing = performance.now()
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const seen = await members[0]!.view().catch(() => null)
    if (isView(seen)) {
      if (seen.state === state) return performance.now() - signing
      if (seen.asked?.action !== action) await askFor(organiser, poll, action).catch(() => null)
      else if (seen.lastCall) {
        await pause(seen.lastCall * 1000)
        signing = performance.now()
      } else {
        const missing = members
          .slice(0, signers)
          .filter((_, i) => !seen.asked!.signed.some(({ index }) => index === i + 1))
        for (const member of missing) await signAct(member, action, handedOut).catch(() => null)
      }
    } else await pause(TURN_MS)
  }
  throw new Error(`${action}: not done in ${MOST_TURNS} turns`)
}

/** And not a refusal's name. */
const isView = (seen: MemberView | null): seen is MemberView => seen !== null && typeof seen === 'object'
