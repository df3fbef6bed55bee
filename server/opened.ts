/**
 * What earlier rounds of the same people opened: over which groups, and of how many ballots; never a count. The draft
 * page holds it against what it would open itself (`rules/publication.ts`).
 */
import { toBase64url } from '../crypto/bytes.ts'
import { agreedResult } from './counting.ts'
import type { Db } from './db.ts'
import { draftOf } from './organising.ts'
import { paperCountOf } from './paper.ts'
import { may, type Person } from './people.ts'
import type { Polls } from './polls.ts'
import { validIn } from './rules/keying.ts'
import { plainSpelling } from './rules/spelling.ts'
import { type PollRow, readMessages } from './store/polls.ts'
import type { Draft, EarlierRound } from './wire.ts'

/**
 * Rounds of the same unit about one of the same subjects, or like this one about nobody, that were counted and that this
 * organiser has too; the latest first. What was declared void unopened has opened nothing, after its count it has. What
 * bears a stamp is compared with nothing. Empty once the draft is fixed.
 */
export async function earlierRounds(polls: Polls, person: Person, row: PollRow): Promise<readonly EarlierRound[]> {
  if (row.state !== 'draft') return []
  const draft = draftOf(row)
  const rounds = await polls.list(person.polls, async ({ db, row: other }) => {
    const its = draftOf(other)
    const isAlike =
      (other.state === 'counted' || other.state === 'void') &&
      other.stamp === '' &&
      other.rehearsal === row.rehearsal &&
      toBase64url(other.id) !== toBase64url(row.id) &&
      may(person, 'run', other, its) &&
      areAlike(draft, its)
    return isAlike ? { title: its.title, date: its.date, unions: await unionsOf(db, other) } : null
  })
  return rounds.filter(({ unions }) => unions.length > 0).toSorted((a, b) => (a.date < b.date ? 1 : -1))
}

function areAlike(a: Draft, b: Draft): boolean {
  if (plainSpelling(a.unit) === '' || plainSpelling(a.unit) !== plainSpelling(b.unit)) return false
  const named = ({ subjects }: Draft) =>
    subjects.map(({ name, position }) => `${plainSpelling(name)}\n${plainSpelling(position)}`)
  const theirs = named(b)
  return a.subjects.length === 0 ? theirs.length === 0 : named(a).some(subject => theirs.includes(subject))
}

async function unionsOf(db: Db, row: PollRow): Promise<EarlierRound['unions']> {
  const paper = paperCountOf(row)
  if (paper !== null) return [{ labels: [], ballots: validIn(paper) }]
  if (row.manifest === null) return []
  const result = agreedResult(await readMessages(db, row.id), draftOf(row).threshold)
  if (result === null) return []
  const { groups } = JSON.parse(row.manifest) as { readonly groups: readonly { readonly id: string; label: string }[] }
  const { unions } = JSON.parse(result.text) as {
    readonly unions: readonly { readonly groups: readonly string[]; readonly ballots: number }[]
  }
  return unions.map(union => ({
    labels: groups.filter(({ id }) => union.groups.includes(id)).map(({ label }) => label),
    ballots: union.ballots,
  }))
}
