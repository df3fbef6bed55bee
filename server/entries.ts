/**
 * What people write down after a count: who decided what, what is to be done until when, what became of it. Append-only
 * and numbered; a decision, or that nothing follows, counts once a second person has confirmed it.
 *
 *     proposed (the outcome) → decision, confirmed → plan → progress, done
 */
import { equal } from '../crypto/bytes.ts'
import { refuse } from '../crypto/fault.ts'
import { exactly, integer, type Json, listOf, nullOr, oneOf, type Shape, text } from '../crypto/json.ts'
import { Conflict, type Db } from './db.ts'
import type { Person } from './people.ts'
import { no } from './refusals.ts'
import { isDay } from './rules/day.ts'
import { type EntryRow, insertConfirmation, insertEntry, readEntries } from './store/dossier.ts'
import { type PollRow, updatePoll } from './store/polls.ts'
import type { EntryBody, EntryView } from './wire/leader.ts'
import type { Draft } from './wire.ts'

const MOST_LINE = 500
const MOST_PROSE = 20_000

/** Something must stand there. */
const written =
  (most: number): Shape<string> =>
  (value, where) => {
    const found = text(value, where)
    if (found.length > most) refuse('too-large', where, `≤ ${most}`, found.length)
    return found.trim() === '' ? refuse('wrong-value', where) : found
  }
const line = written(MOST_LINE)
const prose = written(MOST_PROSE)
const orNothing =
  (shape: Shape<string>): Shape<string> =>
  (value, where) =>
    value === '' ? '' : shape(value, where)
const day: Shape<string> = (value, where) => {
  const found = text(value, where)
  return isDay(found) ? found : refuse('wrong-value', where)
}
const flag: Shape<boolean> = (value, where) =>
  typeof value === 'boolean' ? value : refuse('wrong-type', where, 'boolean')
const subject = nullOr(integer(0, 10_000))
const number = integer(1)

type Kind = EntryBody['kind']
const SHAPES: { readonly [K in Kind]: Shape<Extract<EntryBody, { kind: K }>> } = {
  decision: exactly({
    kind: oneOf('decision'),
    subject,
    authority: line,
    date: day,
    number: line,
    text: prose,
    measure: orNothing(line),
  }),
  closed: exactly({ kind: oneOf('closed'), subject, date: day, text: prose }),
  plan: exactly({
    kind: oneOf('plan'),
    subject,
    limits: prose,
    measures: listOf(exactly({ text: prose, deadline: day, who: line }), 1, 60),
  }),
  progress: exactly({
    kind: oneOf('progress'),
    subject,
    plan: number,
    measure: integer(0, 59),
    date: day,
    text: prose,
    done: flag,
  }),
  complaint: exactly({ kind: oneOf('complaint'), subject, date: day, text: prose, from: orNothing(line) }),
  settled: exactly({ kind: oneOf('settled'), subject, complaint: number, date: day, text: prose }),
  recount: exactly({ kind: oneOf('recount'), subject, date: day, text: prose }),
  retention: exactly({ kind: oneOf('retention'), subject, until: day, basis: line }),
  note: exactly({ kind: oneOf('note'), subject, date: day, text: prose }),
  themes: exactly({
    kind: oneOf('themes'),
    subject,
    date: day,
    themes: listOf(exactly({ title: line, count: nullOr(integer(1, 1_000_000)), text: prose }), 1, 60),
  }),
}

const kind = oneOf(...(Object.keys(SHAPES) as readonly Kind[]))

export const readEntry: Shape<EntryBody> = (value: Json, where) => {
  const found = value instanceof Map ? (value.get('kind') ?? null) : null
  return SHAPES[kind(found, 'kind')](value, where)
}

const bodyOf = ({ body }: Pick<EntryRow, 'body'>): EntryBody => JSON.parse(body) as EntryBody

/** What it speaks of is there, and is about the same subject. Refuses `bad-request`. */
function checkReferences(
  body: EntryBody,
  rows: readonly EntryRow[],
  { subjects, minimumBallots }: Pick<Draft, 'subjects' | 'minimumBallots'>,
): void {
  const found = <K extends Kind>(n: number, what: K): Extract<EntryBody, { kind: K }> => {
    const one = rows.filter(row => row.n === n).map(bodyOf)[0]
    if (one?.kind !== what || one.subject !== body.subject) return no('bad-request', what)
    return one as Extract<EntryBody, { kind: K }>
  }
  if (body.subject !== null && body.subject >= subjects.length) no('bad-request', 'subject')
  if (body.kind === 'progress' && body.measure >= found(body.plan, 'plan').measures.length) no('bad-request', 'measure')
  if (body.kind === 'settled') found(body.complaint, 'complaint')
  // A number below the minimum could point to whoever wrote: it is not passed on.
  if (body.kind === 'themes' && body.themes.some(({ count }) => count !== null && count < minimumBallots))
    no('bad-request', 'count')
}

/** Nothing is written into the dossier of a poll that is not counted, or not any more. */
export const whileCounted = (db: Db, poll: Uint8Array) => updatePoll(db, poll, ['counted'], {})

/**
 * Written under the number after the last. Whoever loses a race for a number tries the next once. Refuses `wrong-state`,
 * where the race is lost twice or a constraint of another kind does not hold.
 */
export async function numbered(
  last: () => Promise<number>,
  write: (n: number) => Promise<void>,
  triesLeft = 1,
): Promise<number> {
  const n = (await last()) + 1
  try {
    await write(n)
    return n
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    return triesLeft === 0 ? no('wrong-state') : numbered(last, write, triesLeft - 1)
  }
}

/** Nothing is ever deleted: what is written stays readable, and the file of a poll stays one that people read. */
const MOST_ENTRIES = 500

/** Refuses `bad-request` for what is not there, `too-large` for one entry too many, `wrong-state`. */
export async function addEntry(
  db: Db,
  { id }: PollRow,
  person: Person,
  body: EntryBody,
  draft: Pick<Draft, 'subjects' | 'minimumBallots'>,
): Promise<void> {
  const before = await readEntries(db, id)
  if (before.length >= MOST_ENTRIES) no('too-large', 'entries')
  checkReferences(body, before, draft)
  const row = { poll: id, body: JSON.stringify(body), by_person: person.id, by_name: person.name }
  await numbered(
    async () => (await readEntries(db, id)).at(-1)?.n ?? 0,
    n => db.write([whileCounted(db, id), insertEntry(db, { ...row, n })]),
  )
}

/** What takes two people. */
const needsSecond = ({ kind: what }: EntryBody): boolean => what === 'decision' || what === 'closed'

const isBy = (row: EntryRow, { id }: Person): boolean => equal(row.by_person, id)

/** Refuses `not-found`, `second-person`, `wrong-state` for what is confirmed already or needs nobody. */
export async function confirmEntry(db: Db, { id }: PollRow, person: Person, n: number): Promise<void> {
  const row = (await readEntries(db, id)).find(one => one.n === n) ?? no('not-found')
  if (!needsSecond(bodyOf(row))) no('wrong-state')
  if (isBy(row, person)) no('second-person')
  try {
    await db.write([
      whileCounted(db, id),
      insertConfirmation(db, { poll: id, n, by_person: person.id, by_name: person.name }),
    ])
  } catch (error) {
    if (error instanceof Conflict) no('wrong-state')
    throw error
  }
}

/** As a reader sees them; `drafts`: what nobody has confirmed yet too. */
export function entryViews(
  rows: readonly EntryRow[],
  person: Person,
  { drafts, mayConfirm }: { readonly drafts: boolean; readonly mayConfirm: boolean },
): readonly EntryView[] {
  return rows
    .map(row => {
      const body = bodyOf(row)
      const isOpen = needsSecond(body) && row.confirmed_by === null
      return { row, body, isOpen }
    })
    .filter(({ isOpen }) => drafts || !isOpen)
    .map(({ row, body, isOpen }) => ({
      n: row.n,
      body,
      by: row.by_name,
      confirmedBy: row.confirmed_by,
      yours: isOpen && mayConfirm && !isBy(row, person),
    }))
}

/** Measures of plans whose day has passed and of which nobody wrote yet that they are done. `today`: `2026-12-05`. */
export function overdue(rows: readonly Pick<EntryRow, 'n' | 'body'>[], today: string): number {
  const entries = rows.map(row => ({ n: row.n, body: bodyOf(row) }))
  const done = new Set(
    entries.flatMap(({ body }) => (body.kind === 'progress' && body.done ? [`${body.plan}/${body.measure}`] : [])),
  )
  return entries
    .flatMap(({ n, body }) =>
      body.kind === 'plan' ? body.measures.map((one, i) => ({ ...one, at: `${n}/${i}` })) : [],
    )
    .filter(({ deadline, at }) => deadline < today && !done.has(at)).length
}
