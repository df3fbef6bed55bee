/**
 * Parcels out of a file, and whether one of them may be stored: it is put into a database in memory first, by the very
 * statements that will store it, and has to prove itself there.
 */
import { equal, fromBase64url } from '../../crypto/bytes.ts'
import { attempt } from '../../crypto/fault.ts'
import { parseManifest } from '../../crypto/manifest.ts'
import { chunksOf } from '../../crypto/record.ts'
import { verify } from '../../crypto/verify.ts'
import { boardLines, openingLines } from '../counting.ts'
import { openSqlite } from '../db/sqlite.ts'
import type { Db } from '../db.ts'
import { checkKeys, checkTokens } from '../manifests.ts'
import { type Head, isOtherRelease, NO_ROWS, type PollHead, readEnd, readHead, readRow, withRow } from '../parcel.ts'
import { secureRng } from '../play/seed.ts'
import { readKeys } from '../polls.ts'
import { No } from '../refusals.ts'
import { readRulebook } from '../rulebook.ts'
import { rulesWith } from '../rules/outcome.ts'
import { findPoll, type PollRow } from '../store/polls.ts'
import { readTokens } from '../store/voting.ts'
import type { Refusal } from '../wire.ts'
import { BACKUP } from '../words/backup.ts'
import { type Language, WORDS } from '../words.ts'
import { readPoll } from '../work.ts'
import { placeHere, putPoll } from './places.ts'
import { BadFile } from './sealed-file.ts'
import { faultLine } from './terminal.ts'

export interface Parcel<H extends Head = Head> {
  readonly head: H
  readonly rows: readonly string[]
  /** Over the rows. */
  readonly hash: Uint8Array
}

export type PollParcel = Parcel<PollHead>

export const isPoll = (parcel: Parcel): parcel is PollParcel => parcel.head.parcel === 'poll'

/** One after the other, each whole. Throws `BadFile` for what no `npm run backup` has written. */
export async function* parcelsOf(lines: AsyncIterable<string>): AsyncGenerator<Parcel> {
  let head: Head | null = null
  let rows: string[] = []
  let hash = NO_ROWS
  let n = 0
  for await (const line of lines) {
    n++
    if (head === null) {
      head = readHead(line)
      if (head === null) throw new BadFile(isOtherRelease(line) ? 'other-release' : 'not-a-backup', n)
      continue
    }
    const end = readEnd(line)
    if (end === null) {
      rows.push(line)
      hash = withRow(hash, line)
      continue
    }
    if (!equal(end, hash)) throw new BadFile('changed', n)
    yield { head, rows, hash }
    head = null
    rows = []
    hash = NO_ROWS
  }
  if (head !== null) throw new BadFile('cut', n)
}

/** The poll's own row, for whoever wants to know which one it is. Shape: what `parcelsOf` gave. */
export function rowOf({ rows }: PollParcel): Pick<PollRow, 'draft' | 'state' | 'manifest' | 'manifest_hash'> {
  const read = rows[0] === undefined ? null : readRow(rows[0])
  if (read?.table.name !== 'poll') throw new BadFile('not-a-backup', 1)
  return read.row as unknown as PollRow
}

export interface Tried {
  /** What is wrong with it, in one line. */
  readonly fault: string | null
  /** All but the outcome, whose rule pack nobody has here. */
  readonly withoutRules: boolean
}

/** `packs`: texts of rule packs beside those that came with the program. */
export async function tried(parcel: PollParcel, packs: readonly string[], language: Language): Promise<Tried> {
  const poll = fromBase64url(parcel.head.poll)!
  const databases = openSqlite(':memory:')
  try {
    await putPoll(placeHere(databases), { ...parcel.head, given: [] }, parcel.rows, parcel.hash)
    const db = databases.of(poll)
    const row = (await findPoll(db, poll))!
    if (!row.manifest) return { fault: null, withoutRules: false }
    await checkSetup(db, row)
    // A deployment that only redeems has no closing statement of its own.
    return row.closing ? await verified(db, row, packs, language) : { fault: null, withoutRules: false }
  } catch (error) {
    if (error instanceof No) return { fault: BACKUP[language].faults[partOf(error.refusal)], withoutRules: false }
    throw error
  } finally {
    await databases.close()
  }
}

/** What belongs to nothing else in a parcel. */
export type Part = 'rows' | 'manifest' | 'keys' | 'cards' | 'packs'

const PARTS: { readonly [R in Refusal]?: Part } = {
  'wrong-manifest': 'manifest',
  'wrong-team': 'keys',
  'wrong-tokens': 'cards',
  'bad-pack': 'packs',
}

const partOf = (refusal: Refusal): Part => PARTS[refusal] ?? 'rows'

/** What is wrong with packs and people, in one line; null: nothing. */
export async function triedDirectory({ rows }: Parcel, language: Language): Promise<string | null> {
  const databases = openSqlite(':memory:')
  try {
    await placeHere(databases).putDirectory(rows)
    return null
  } catch (error) {
    if (error instanceof No) return BACKUP[language].faults[partOf(error.refusal)]
    throw error
  } finally {
    await databases.close()
  }
}

/** Manifest, keys and cards belong together. Refuses `wrong-manifest`, `wrong-team`, `wrong-tokens`. */
async function checkSetup(db: Db, row: PollRow): Promise<void> {
  const text = row.manifest!
  const manifest = attempt(() => parseManifest(text))
  if (manifest === null || !equal(manifest.hash, row.manifest_hash!)) throw new No('wrong-manifest', 'manifest')
  const keys = attempt(() => (row.keys === null ? null : readPoll({ manifest: text, ...readKeys(row.keys) }).keys))
  if (keys === null) throw new No('wrong-team', 'keys')
  checkKeys(manifest, keys)
  const tokens = await readTokens(db, row.id)
  checkTokens(
    manifest,
    manifest.groups.map((_, g) => tokens.filter(({ grp }) => grp === g).map(({ token }) => token)),
  )
}

/** The thirteen checks, as far as the poll has come. */
async function verified(db: Db, row: PollRow, packs: readonly string[], language: Language): Promise<Tried> {
  const record = [...(await boardLines(db, row)), ...(await openingLines(db, row))].join('')
  const report = await verify(chunksOf(record), { rng: secureRng, rules: rulesWith([...readRulebook(), ...packs]) })
  const finding = report.checks.flatMap(({ findings }) => findings)[0]
  const short = row.state === 'counted' && !report.complete
  const words = WORDS[language]
  return {
    fault: finding
      ? `${words.line(finding.line)}, ${faultLine(language, finding)}`
      : report.ok && !short
        ? null
        : words.verdict[short ? 'board' : 'fails'],
    withoutRules: report.checks.some(({ status }) => status === 'not-checked'),
  }
}
