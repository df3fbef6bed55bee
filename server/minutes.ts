/**
 * What people add to the counts for the minutes (regulations, section 6.5), guarded by a version and fixed by sealing.
 * Figures that cannot be true of any meeting are not saved.
 */
import { parseClosing } from '../crypto/closing.ts'
import { refuse } from '../crypto/fault.ts'
import { exactly, integer, listOf, type Shape, text } from '../crypto/json.ts'
import { parseManifest } from '../crypto/manifest.ts'
import { Conflict, type Db } from './db.ts'
import { draftOf, pollOf } from './organising.ts'
import { paperCountOf } from './paper.ts'
import { no } from './refusals.ts'
import { checkMinutes, impossible } from './reports/arithmetic.ts'
import type { FormFacts } from './reports/facts.ts'
import { sealMinutes, updateMinutes } from './store/dossier.ts'
import type { PollRow } from './store/polls.ts'
import type { MinutesFacts } from './wire/leader.ts'

const bounded =
  (most: number): Shape<string> =>
  (value, where) => {
    const found = text(value, where)
    return found.length > most ? refuse('too-large', where, `≤ ${most}`, found.length) : found
  }
const line = bounded(500)
const prose = bounded(20_000)
const people = integer(0, 1_000_000)

export const readMinutes: Shape<MinutesFacts> = exactly({
  number: line,
  place: line,
  startedAt: line,
  endedAt: line,
  chair: line,
  secretary: line,
  titles: listOf(line, 0, 60),
  witnesses: listOf(line, 0, 60),
  unused: people,
  exchanged: people,
  complaints: prose,
  opinions: prose,
  copies: integer(0, 1000),
  envelopes: integer(0, 1000),
  keeper: line,
  superior: line,
  organisation: line,
  recipients: listOf(line, 0, 60),
})

/** As they were saved; before that what the record says of cards, and nothing else. */
export function minutesOf(row: PollRow): MinutesFacts {
  if (row.minutes !== null) return JSON.parse(row.minutes) as MinutesFacts
  const { unit, members } = draftOf(row)
  return {
    number: '',
    place: '',
    startedAt: '',
    endedAt: '',
    chair: '',
    secretary: '',
    titles: members.map(() => ''),
    witnesses: [],
    ...cardsOf(row),
    complaints: '',
    opinions: '',
    copies: 0,
    envelopes: 0,
    keeper: '',
    superior: '',
    organisation: unit,
    recipients: [],
  }
}

/** Cards that were printed; of a round on paper sheets, as they were counted. */
export const printedOf = (row: Pick<PollRow, 'draft' | 'state' | 'manifest' | 'closing'>): number =>
  row.manifest === null
    ? (paperCountOf(row)?.printed ?? 0)
    : parseManifest(row.manifest).groups.reduce((sum, { tokens }) => sum + tokens, 0)

function cardsOf(row: PollRow): Pick<MinutesFacts, 'unused' | 'exchanged'> {
  const sheets = paperCountOf(row)
  if (sheets !== null) {
    const { printed, issued, exchanged } = sheets
    return { unused: printed - issued - exchanged, exchanged }
  }
  if (row.closing === null || row.manifest === null) return { unused: 0, exchanged: 0 }
  const { handedOut, voided } = parseClosing(parseManifest(row.manifest), row.closing)
  const issued = handedOut.reduce((sum, count) => sum + count, 0)
  return { unused: Math.max(0, printedOf(row) - issued - voided.count), exchanged: voided.count }
}

/** Refuses `bad-minutes`, naming the rule. */
function checkPossible(facts: FormFacts): void {
  const [broken] = impossible(checkMinutes(facts))
  if (broken) no('bad-minutes', broken.rule)
}

/** Refuses `stale-draft` where another window saved meanwhile, `wrong-state` once they are sealed or the poll is void. */
async function current(db: Db, { id }: PollRow, version: number, write: () => Promise<void>): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    const now = await pollOf(db, id)
    no(
      now.state === 'counted' && now.minutes_sealed === 0 && now.minutes_version !== version
        ? 'stale-draft'
        : 'wrong-state',
    )
  }
}

/** `others`: everything else that the minutes show. Refuses `bad-minutes`, `stale-draft`, `wrong-state`. */
export async function saveMinutes(
  db: Db,
  row: PollRow,
  version: number,
  minutes: MinutesFacts,
  others: FormFacts,
): Promise<number> {
  checkPossible({ ...others, minutes })
  await current(db, row, version, () => db.write([updateMinutes(db, row.id, version, JSON.stringify(minutes))]))
  return version + 1
}

/** From here on they are what was signed. Refuses what `saveMinutes` refuses, and minutes that nobody wrote yet. */
export async function seal(db: Db, row: PollRow, version: number, facts: FormFacts): Promise<void> {
  if (row.minutes === null) no('wrong-state')
  checkPossible(facts)
  await current(db, row, version, () => db.write([sealMinutes(db, row.id, version)]))
}
