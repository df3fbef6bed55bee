/**
 * A round that was counted without this program, as a file: the counts of a paper round, or a lawyer's example. Numbers
 * that cannot be true of any round are named by the rule that they break; a round that was held badly (no quorum, more
 * collected than issued) is a round all the same, and the rules say what follows from that.
 */
import { refuse } from '../../crypto/fault.ts'
import {
  exactly,
  exactlyOr,
  integer,
  type Json,
  listOf,
  nullOr,
  parseJson,
  type Shape,
  text,
} from '../../crypto/json.ts'
import { id } from '../../crypto/manifest.ts'
import { located } from './lines.ts'
import { readHistory } from './outcome.ts'
import type { Round, Subject } from './round.ts'
import { day, line } from './shape.ts'

const MAX_PEOPLE = 1_000_000
const people = integer(0, MAX_PEOPLE)

/** Numbers by id, in the order in which they stand. */
const tally: Shape<ReadonlyMap<string, number>> = (value, where) => {
  if (!(value instanceof Map)) return refuse('wrong-type', where, 'object')
  return new Map(
    [...(value as ReadonlyMap<string, Json>)].map(([name, n]) => {
      const at = `${where}.${name.slice(0, 60)}`
      return [id(name, at), people(n, at)]
    }),
  )
}

const subject: Shape<Subject> = (value, where) => {
  const { name, counts, position, criterion, history } = exactlyOr(
    { name: line, counts: tally },
    { position: text, criterion: nullOr(line), history: readHistory },
  )(value, where)
  return { name, position: position ?? '', criterion: criterion ?? null, counts, history: history ?? [] }
}

const file = exactlyOr(
  {
    date: day,
    attendance: exactly({ convened: integer(1, MAX_PEOPLE), present: people }),
    issued: people,
    collected: people,
    subjects: listOf(subject, 1, 255),
  },
  {
    members: nullOr(integer(1, MAX_PEOPLE)),
    valid: people,
    invalid: people,
    late: people,
    team: listOf(line, 0, 15),
    classified: nullOr(tally),
  },
)

type Counted = Round & { readonly attendance: NonNullable<Round['attendance']> }

/** What makes numbers impossible: who it is about, and the numbers in the order in which the sentence names them. */
export interface Impossible {
  readonly rule: 'present' | 'issued' | 'valid' | 'marks'
  readonly of: string
  readonly numbers: readonly number[]
}

/** Refuses what has not this shape, with its line; what has it may still be impossible. */
export function readCounts(countsText: string): { readonly round: Round; readonly impossible: Impossible | null } {
  const read = located(countsText, 'counts', () => {
    const found = file(parseJson(countsText, 'counts'), '')
    checkYears(found)
    return found
  })
  const { date, attendance, issued, collected, subjects } = read
  const { members = null, late = 0, team = [], classified = null } = read
  const valid = read.valid ?? Math.max(collected - (read.invalid ?? 0), 0)
  const invalid = read.invalid ?? Math.max(collected - valid, 0)
  const round = { date, attendance, members, issued, collected, valid, late, team, hidden: 0, classified, subjects }
  return { round, impossible: impossibleIn(round, invalid) }
}

/** History is of years gone by, up to the round's own. */
function checkYears({ date, subjects }: Pick<Round, 'date' | 'subjects'>): void {
  const last = Number(date.slice(0, 4))
  for (const [s, { history }] of subjects.entries())
    for (const [i, { year }] of history.entries())
      if (year > last) refuse('out-of-range', `subjects[${s}].history[${i}].year`, `≤ ${last}`, year)
}

function impossibleIn(
  { attendance: { convened, present }, issued, collected, valid, subjects }: Counted,
  invalid: number,
): Impossible | null {
  if (present > convened) return { rule: 'present', of: '', numbers: [present, convened] }
  if (issued > present) return { rule: 'issued', of: '', numbers: [issued, present] }
  if (valid + invalid !== collected) return { rule: 'valid', of: '', numbers: [valid, invalid, collected] }
  for (const { name, counts } of subjects) {
    const marks = [...counts.values()].reduce((sum, n) => sum + n, 0)
    if (marks > valid) return { rule: 'marks', of: name, numbers: [marks, valid] }
  }
  return null
}
