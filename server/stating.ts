/**
 * What people state of a poll besides its counts: the day, who was convened and who came, the body's size, earlier
 * years. Rules need it, and the outcome carries it. It may be mended until the first member has signed the opening, or on
 * paper until the box is closed: from then on sums come to light, and nobody adapts it to them.
 */
import { parseClosing } from '../crypto/closing.ts'
import { parseManifest } from '../crypto/manifest.ts'
import { change, draftOf, pollOf } from './organising.ts'
import { type Desk, frozenPacks } from './packs.ts'
import { no } from './refusals.ts'
import { unknownLevel } from './rules/levels.ts'
import { plainStatement } from './rules/outcome.ts'
import { readPack } from './rules/read.ts'
import type { Statement } from './rules/round.ts'
import { type PollRow, updateStated } from './store/polls.ts'
import type { StatementWire } from './wire/packs.ts'
import type { Draft } from './wire.ts'

/** With fewer there is no secret ballot (`draft.ts`). */
const LEAST_CONVENED = 3

/** Refuses `bad-request` where it cannot be of this poll, `wrong-state` where it is too late. */
export async function putStatement(desk: Desk, id: Uint8Array, statement: Statement): Promise<void> {
  const { db } = desk
  const { attendance, histories, classified } = statement
  const row = await pollOf(db, id)
  if (attendance.convened < LEAST_CONVENED) no('bad-request', 'attendance.convened')
  if (row.closing !== null && row.manifest !== null && attendance.present < issuedIn(row.manifest, row.closing))
    no('bad-request', 'attendance.present')
  if (histories.length !== draftOf(row).subjects.length) no('bad-request', 'histories')
  const packs = (await frozenPacks(desk)).map(({ text }) => readPack(text))
  if (unknownLevel(packs, histories, classified) !== null) no('bad-request', 'level')
  await change(db, [updateStated(db, row, JSON.stringify(plainStatement(statement)))])
}

/** Cards that the closing statement says were handed out. */
const issuedIn = (manifest: string, closing: string): number =>
  parseClosing(parseManifest(manifest), closing).handedOut.reduce((sum, n) => sum + n, 0)

/**
 * Who was away and why: as the draft knew it, made to fit who came in the end. What nobody gave a reason for has an
 * empty one; reasons that no longer add up are left out.
 */
export function absentOf({ absent }: Draft, stated: StatementWire | null): Draft['absent'] {
  if (stated === null) return absent
  const away = stated.attendance.convened - stated.attendance.present
  const known = absent.reduce((sum, { count }) => sum + count, 0)
  if (known === away) return absent
  const unexplained = [{ reason: '', count: known < away ? away - known : away }].filter(({ count }) => count > 0)
  return known < away ? [...absent, ...unexplained] : unexplained
}

export const statedOf = ({ stated }: Pick<PollRow, 'stated'>): StatementWire | null =>
  stated === null ? null : (JSON.parse(stated) as StatementWire)
