/** A round that was held on paper, as the rules see it: what two people counted alike, and what was stated before. */
import type { PaperContest } from './contests.ts'
import { type Keying, validIn } from './keying.ts'
import type { Round, Statement, Subject } from './round.ts'

/** Shape: a keying of these contests that may stand. `team`: names of those who counted. */
export function paperRoundOf(
  contests: readonly PaperContest[],
  count: Keying,
  team: readonly string[],
  statement: Statement,
): Round {
  const seen: string[] = []
  const subjects = contests.map(({ title, options, subject, criterion, ruled }, c): Subject => {
    const { name, position } = subject ?? { name: title, position: '' }
    const person = JSON.stringify([name, position])
    if (!seen.includes(person)) seen.push(person)
    const counts = new Map(options.map(({ id }, o) => [id, count.lines[c]!.counts[o]!]))
    const history = statement.histories[seen.indexOf(person)] ?? []
    return { name, position, criterion, counts, history, ...(ruled ? {} : ({ beside: true } as const)) }
  })
  return {
    date: statement.date,
    attendance: statement.attendance,
    members: statement.members,
    issued: count.issued,
    collected: count.collected,
    valid: validIn(count),
    late: 0,
    team,
    hidden: 0,
    classified: statement.classified,
    subjects,
  }
}
