/** A case played to its end in memory, and the same case counted by hand. */
import { publicationUnions, type Result } from '../crypto/tally.ts'
import type { Case } from '../server/play/case.ts'
import { type Played, playPoll } from '../server/play/poll.ts'
import { secureRng } from '../server/play/seed.ts'

export async function play(plan: Case): Promise<{ readonly record: string; readonly played: Played }> {
  const lines = playPoll(plan, index => `Tổ viên ${index}`, secureRng)
  let record = ''
  for (;;) {
    const { value, done } = await lines.next()
    if (done) return { record, played: value }
    record += value
  }
}

/** The result, from the case alone. */
export function countedByHand(plan: Case): Result['unions'] {
  const byGroup = plan.groups.map((_, g) => sum(plan.votes.filter(v => v.group === g).map(v => v.count)))
  return publicationUnions(byGroup, plan.minimumBallots).map(({ groups, ballots }) => ({
    groups: groups.map(g => plan.groups[g]!.id),
    ballots,
    counts: plan.contests.map(({ options }, c) =>
      options.map((_, o) =>
        sum(plan.votes.filter(v => groups.includes(v.group) && v.choices[c]!.includes(o)).map(v => v.count)),
      ),
    ),
  }))
}

/** By prompt, how many voters wrote something, or null where that is too few for anything to be shown. */
export const writtenByHand = (plan: Case): (number | null)[] =>
  plan.comments.map((_, k) => {
    const written = sum(plan.votes.filter(v => v.comments[k] !== '').map(v => v.count))
    return written < plan.minimumBallots ? null : written
  })

export const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)
