/**
 * What stands once a poll is counted: the result that the members signed, and the outcome, which a pure function makes
 * of it, of what people stated before, and of the packs that the manifest pins. The outcome is written once, in the
 * moment in which the result stands, and is the record's last line.
 */
import { toHex } from '../crypto/bytes.ts'
import { parseClosing } from '../crypto/closing.ts'
import { parseJson } from '../crypto/json.ts'
import { parseManifest } from '../crypto/manifest.ts'
import { parseResult } from '../crypto/tally.ts'
import { agreedResult } from './counting.ts'
import type { Db } from './db.ts'
import { type Desk, textsFor } from './packs.ts'
import { readStatement, writeOutcome } from './rules/outcome.ts'
import { type PollRow, readMessages } from './store/polls.ts'

/** The outcome of a result; null where the manifest pins no rules. Refuses `wrong-rules` where a pack is not at hand. */
export async function outcomeFrom(desk: Desk, row: PollRow, resultText: string): Promise<string | null> {
  const manifest = parseManifest(row.manifest!)
  if (manifest.rules === null) return null
  const closing = parseClosing(manifest, row.closing!)
  const result = parseResult(manifest, closing.hash, resultText)
  // Nobody was let close the box before it was stated.
  const statement = readStatement(parseJson(row.stated!, 'stated'), 'stated')
  return writeOutcome({ manifest, closing, result }, statement, await textsFor(desk, toHex(manifest.rules.sha256)))
}

interface Store {
  readonly db: Db
}

/** The text that the members signed; null before the count, and of a round on paper, which has a count instead. */
export async function resultOf({ db }: Store, row: PollRow): Promise<string | null> {
  if (row.state !== 'counted' || row.manifest === null) return null
  return agreedResult(await readMessages(db, row.id), parseManifest(row.manifest).threshold)?.text ?? null
}

/** As it was written when the result stood; null before the count, and without rules. */
export async function outcomeOf({ db }: Store, row: PollRow): Promise<string | null> {
  if (row.state !== 'counted') return null
  return (await readMessages(db, row.id)).find(({ step }) => step === 'outcome')?.body ?? null
}
