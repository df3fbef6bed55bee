/** Gathers what goes into a poll's archive, as the reader may have it; `reports/archive.ts` writes it. */
import { utf8 } from '../crypto/bytes.ts'
import { outcomeOf } from './counted.ts'
import { boardLines, openingLines } from './counting.ts'
import type { Db } from './db.ts'
import type { AtPoll } from './deps.ts'
import { entriesFor } from './dossier.ts'
import { draftOf } from './organising.ts'
import { textsFor } from './packs.ts'
import { paperContests, paperCountOf } from './paper.ts'
import { FORMS } from './papers.ts'
import type { Person } from './people.ts'
import { type ArchiveParts, writeArchive } from './reports/archive.ts'
import { factsOf } from './reports/facts.ts'
import { formOf } from './reports/forms.ts'
import { writeDocx } from './reports/office.ts'
import { readPack } from './rules/read.ts'
import { findScan, readScans } from './store/dossier.ts'
import type { PollRow } from './store/polls.ts'

/** Shape: a poll that is counted and bears no stamp. Refuses `wrong-rules` where its packs are not at hand. */
export async function archiveOf(deps: AtPoll, person: Person, row: PollRow): Promise<Uint8Array> {
  const { db, pages } = deps
  const { title } = draftOf(row)
  return writeArchive({
    poll: { title, rehearsal: row.rehearsal === 1 },
    ...(await countedOf(deps, row)),
    outcome: await outcomeOf(deps, row),
    packs: await packsOf(deps, row),
    papers: await papersOf(deps, row),
    scans: await scansOf(db, row),
    entries: await entriesFor(db, person, row),
    verifier: (await pages.find('/verifier-file/verifier.html'))?.body ?? null,
  })
}

/** The record; of a round on paper, which has none, the count that two people keyed alike, with what was asked. */
async function countedOf(
  deps: AtPoll,
  row: PollRow,
): Promise<Pick<ArchiveParts, 'manifest' | 'closing' | 'record' | 'count'>> {
  const { db } = deps
  if (row.manifest === null) {
    const [lines, { members: team }] = [await paperContests(deps, row), draftOf(row)]
    const count = `${JSON.stringify({ lines, team, count: paperCountOf(row) }, null, 2)}\n`
    return { manifest: null, closing: null, record: null, count }
  }
  const lines = [...(await boardLines(db, row)), ...(await openingLines(db, row))]
  return { manifest: row.manifest, closing: row.closing, record: utf8(lines.join('')), count: null }
}

/** What the manifest pins is what the draft named. */
async function packsOf(deps: AtPoll, row: PollRow): Promise<ArchiveParts['packs']> {
  const { pack } = draftOf(row)
  if (pack === null) return []
  return (await textsFor(deps, pack)).map(text => {
    const { id, version } = readPack(text)
    return { id, version, text }
  })
}

/** The papers that follow the count, as far as their figures let them be printed. */
async function papersOf(deps: AtPoll, row: PollRow): Promise<ArchiveParts['papers']> {
  const facts = await factsOf(deps, row)
  const answers = FORMS.filter(form => form !== 'ballot').map(form => ({ form, answer: formOf(form, facts, 'state') }))
  return Promise.all(
    answers.flatMap(({ form, answer }) =>
      'form' in answer ? [writeDocx(answer.form).then(docx => ({ form, docx }))] : [],
    ),
  )
}

async function scansOf(db: Db, { id }: PollRow): Promise<ArchiveParts['scans']> {
  const scans = await readScans(db, id)
  return Promise.all(scans.map(async ({ n }) => (await findScan(db, id, n))!))
}
