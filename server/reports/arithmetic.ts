/**
 * The arithmetic of the minutes (regulations, section 6.5). Numbers that break it are neither saved nor printed; the
 * sentences are `client/words/reports`.
 */
import { leastReaching } from '../rules/fraction.ts'
import { plainSpelling } from '../rules/spelling.ts'
import type { FormFacts } from './facts.ts'
import type { BrokenRule, Rule } from './form.ts'
import { titleOf } from './lines.ts'

/**
 * Every rule that these facts break, in the order of the minutes; none: they may be printed. Before the count there is
 * nothing to compare ballots with, and only attendance and team are judged.
 */
export const checkMinutes = (facts: FormFacts): readonly BrokenRule[] => [
  ...attendance(facts),
  ...quorum(facts),
  ...team(facts),
  ...ballots(facts),
  ...marks(facts),
]

/** Rules that tell of the meeting, not of its figures: a round that broke one happened all the same, and can be written down. */
const OF_THE_MEETING: ReadonlySet<Rule> = new Set(['quorum', 'team'])

/** Of these, the ones that cannot be true of any meeting: figures that are not saved. */
export const impossible = (broken: readonly BrokenRule[]): readonly BrokenRule[] =>
  broken.filter(({ rule }) => !OF_THE_MEETING.has(rule))

const unless = (holds: boolean, rule: Rule, numbers: readonly number[], of = ''): readonly BrokenRule[] =>
  holds ? [] : [{ rule, of, numbers }]

function attendance({ attendance: { convened, present }, absent }: FormFacts): readonly BrokenRule[] {
  const away = absent.reduce((sum, { count }) => sum + count, 0)
  return unless(present + away === convened, 'attendance', [present, away, convened])
}

function quorum({ attendance: { convened, present }, members, pack }: FormFacts): readonly BrokenRule[] {
  const of = pack?.quorum?.of === 'members' ? members : convened
  if (!pack?.quorum || of === null) return []
  const least = leastReaching(of, '>=', pack.quorum.fraction)
  return unless(present >= least, 'quorum', [present, least, of])
}

/** Names are compared whatever their spelling; a subject without a name is its position. */
function team({ team, lines }: FormFacts): readonly BrokenRule[] {
  const subjects = new Set(lines.map(({ subject }) => plainSpelling(subject?.name ?? '')).filter(name => name !== ''))
  return team.filter(name => subjects.has(plainSpelling(name))).map(of => ({ rule: 'team', of, numbers: [] }))
}

function ballots({ count, attendance: { present }, printed, minutes }: FormFacts): readonly BrokenRule[] {
  if (!count) return []
  const { issued, collected, valid, invalid } = count
  const { unused, exchanged } = minutes
  return [
    ...unless(issued <= present, 'issued', [issued, present]),
    ...unless(collected <= issued, 'collected', [collected, issued]),
    ...unless(valid + invalid === collected, 'valid', [valid, invalid, collected]),
    ...unless(printed === issued + unused + exchanged, 'printed', [printed, issued, unused, exchanged]),
  ]
}

/**
 * With one mark a line every ballot is a mark or an empty line, so there are no more marks than ballots; with `max` there
 * are no more than `max` a ballot. People who counted paper say how many lines are empty: then both add up.
 */
function marks({ lines, count, medium }: FormFacts): readonly BrokenRule[] {
  if (!count) return []
  return lines.flatMap(line => {
    if (line.score === null) return []
    const { marks, unmarked } = line.score
    const ballots = count.valid - count.hidden
    const empty = medium === 'paper' ? (unmarked ?? 0) : 0
    const most = line.max * Math.max(ballots - empty, 0)
    const least = medium === 'paper' ? ballots - empty : 0
    const of = titleOf(line)
    return [
      ...unless(empty <= ballots && marks >= least, 'lines', [marks, empty, ballots], of),
      ...unless(marks <= most, 'marks', [marks, most], of),
    ]
  })
}
