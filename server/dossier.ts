/** The dossier that follows a count, as each reader may see it. Who that is stands in `people.ts`. */
import { toBase64url } from '../crypto/bytes.ts'
import { parseManifest } from '../crypto/manifest.ts'
import { isReady } from './comments.ts'
import { outcomeOf, resultOf } from './counted.ts'
import type { Db } from './db.ts'
import type { AtPoll, Deps } from './deps.ts'
import { entryViews, overdue } from './entries.ts'
import { minutesOf, printedOf } from './minutes.ts'
import { draftOf } from './organising.ts'
import type { Desk } from './packs.ts'
import { isPaper, paperContests, paperCountOf } from './paper.ts'
import { may, mayRead, type Person, sightOf } from './people.ts'
import type { Polls } from './polls.ts'
import { no } from './refusals.ts'
import { absentOf, statedOf } from './stating.ts'
import { readCopies, readEntries, readScans } from './store/dossier.ts'
import type { PollRow } from './store/polls.ts'
import type { DossierView, EntryView, LeaderPoll, OtherRound } from './wire/leader.ts'

const VIETNAM_MS = 7 * 60 * 60 * 1000

/** The day it is in Việt Nam, which has one time and no summer time, wherever the server stands. */
export const todayOf = (now: number): string => new Date(now + VIETNAM_MS).toISOString().slice(0, 10)

/** Every poll of which this person sees anything, the latest meeting first. */
export async function dossierList({ polls, now }: Deps, person: Person): Promise<readonly LeaderPoll[]> {
  const list = await polls.list(person.polls, async ({ db, row }) =>
    sightOf(person, row, draftOf(row)) === 'nothing' ? null : leaderPoll(db, row, person, todayOf(now())),
  )
  return list.toSorted(latestFirst)
}

const latestFirst = (a: { date: string; poll: string }, b: { date: string; poll: string }): number =>
  a.date === b.date ? compareTexts(a.poll, b.poll) : compareTexts(b.date, a.date)
const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

async function leaderPoll(db: Db, row: PollRow, person: Person, today: string): Promise<LeaderPoll> {
  const draft = draftOf(row)
  const reads = mayRead(person, row, draft)
  return {
    poll: toBase64url(row.id),
    title: draft.title,
    unit: draft.unit,
    period: reads ? draft.period : '',
    date: reads ? draft.date : '',
    state: row.state,
    medium: draft.medium,
    rehearsal: row.rehearsal === 1,
    overdue: reads ? overdue(await readEntries(db, row.id), today) : 0,
  }
}

/** A poll for somebody who may read its dossier. Refuses `not-found`, `not-yours`; `wrong-state` before the count. */
export async function readable(polls: Polls, person: Person, id: Uint8Array): Promise<PollRow> {
  const row = await polls.row(id)
  switch (sightOf(person, row, draftOf(row))) {
    case 'nothing':
      return no('not-yours')
    case 'title':
      return no('wrong-state')
    default:
      return row
  }
}

/** Before the count an organiser sees what there is; everything that comes of the count is null. */
export async function dossierView(deps: AtPoll, person: Person, row: PollRow): Promise<DossierView> {
  const { db, now } = deps
  const draft = draftOf(row)
  return {
    poll: await leaderPoll(db, row, person, todayOf(now())),
    role: person.role,
    unit: draft.unit,
    basis: draft.basis,
    manifestHash: row.manifest_hash === null ? '' : toBase64url(row.manifest_hash),
    published: row.published === 1,
    disclosure: draft.disclosure,
    manifest: row.manifest ?? '',
    closing: isPaper(row) ? null : row.closing,
    result: await resultOf(deps, row),
    outcome: await outcomeOf(deps, row),
    stated: statedOf(row),
    others: await otherRounds(deps, person, row),
    entries: await entriesFor(db, person, row),
    minutes: { version: row.minutes_version, facts: minutesOf(row), sealed: row.minutes_sealed === 1 },
    scans: (await readScans(db, row.id)).map(({ n, name, size, by_name }) => ({ n, name, size, by: by_name })),
    stamp: row.stamp,
    copies: await readCopies(db, row.id),
    absent: absentOf(draft, statedOf(row)),
    printed: printedOf(row),
    paper: row.state === 'draft' ? null : await paperOf(deps, row),
    comments: await isReady(db, person, row),
  }
}

export async function entriesFor(db: Db, person: Person, row: PollRow): Promise<readonly EntryView[]> {
  const draft = draftOf(row)
  return entryViews(await readEntries(db, row.id), person, {
    drafts: sightOf(person, row, draft) === 'everything',
    mayConfirm: may(person, 'decide', row, draft) && row.state === 'counted',
  })
}

const MOST_OTHERS = 60

/**
 * Counted rounds that this person may read, in which some line has the options of one of this round's: earlier ones of
 * the same subjects, and equivalent positions; which is which, the page tells by names and questions. A rehearsal is
 * compared with rehearsals; what bears a stamp, with nothing.
 */
async function otherRounds(deps: AtPoll, person: Person, own: PollRow) {
  if (own.manifest === null && (own.state === 'draft' || !isPaper(own))) return []
  const options = new Set(await optionsOf(deps, own))
  const rounds = await deps.polls.list(person.polls, async ({ db, row }) => {
    const isOther =
      row.state === 'counted' &&
      row.stamp === '' &&
      row.rehearsal === own.rehearsal &&
      toBase64url(row.id) !== toBase64url(own.id) &&
      mayRead(person, row, draftOf(row))
    if (!isOther) return null
    const its = { ...deps, db }
    return (await optionsOf(its, row)).some(had => options.has(had)) ? otherRound(its, row) : null
  })
  return rounds.toSorted(latestFirst).slice(0, MOST_OTHERS)
}

/** Which options each of its lines offers, by phones or on paper. */
async function optionsOf(deps: Desk, row: PollRow): Promise<readonly string[]> {
  const contests = row.manifest === null ? await paperContests(deps, row) : parseManifest(row.manifest).contests
  return contests.map(({ options }) => options.map(({ id }) => id).join())
}

/** Of a round on paper, from its draft, which is fixed; null of one by phones. */
async function paperOf(deps: Desk, row: PollRow): Promise<DossierView['paper']> {
  if (!isPaper(row)) return null
  return { contests: await paperContests(deps, row), team: draftOf(row).members, count: paperCountOf(row) }
}

async function otherRound(deps: Desk, row: PollRow): Promise<OtherRound> {
  const { title, unit, period, date } = draftOf(row)
  return {
    poll: toBase64url(row.id),
    title,
    unit,
    period,
    date,
    manifest: row.manifest ?? '',
    result: (await resultOf(deps, row)) ?? '',
    paper: await paperOf(deps, row),
  }
}
