/** The last call: how long it still lasts, by a clock that may be set meanwhile. */
import type { Db } from './db.ts'
import { pollOf } from './organising.ts'
import { type PollRow, updatePoll } from './store/polls.ts'

export interface Clock {
  readonly now: () => number
  /** How long the last call lasts, for a real poll and for a rehearsal. */
  readonly lastCallMs: (rehearsal: boolean) => number
}

/** Seconds that the last call still lasts; null where none was made. */
export function lastCallLeft({ now, lastCallMs }: Clock, row: Pick<PollRow, 'last_call_ms' | 'rehearsal' | 'state'>) {
  if (row.last_call_ms === null || row.state !== 'open') return null
  const whole = lastCallMs(row.rehearsal === 1)
  const left = row.last_call_ms + whole - now()
  return Math.ceil(Math.min(Math.max(left, 0), whole) / 1000)
}

/** A clock that was set back must not stretch the last call: it begins again now. */
export async function mendLastCall({ db, now }: Clock & { readonly db: Db }, row: PollRow): Promise<PollRow> {
  if (row.last_call_ms === null || row.state !== 'open' || row.last_call_ms <= now()) return row
  await db.write([updatePoll(db, row.id, ['open'], { last_call_ms: now() })])
  return pollOf(db, row.id)
}
