/** Gathers what goes into a poll's archive, as the reader may have it; `reports/archive.ts` writes it. */
import { toHex, utf8 } from '../crypto/bytes.ts'
import { parseManifest } from '../crypto/manifest.ts'
import { outcomeOf } from './counted.ts'
import { boardLines, openingLines } from './counting.ts'
import type { Db } from './db.ts'
import type { Deps } from './deps.ts'
import { entriesFor } from './dossier.ts'
import { textsFor } from './packs.ts'
import { FORMS } from './papers.ts'
import type { Person } from './people.ts'
import { type ArchiveParts, writeArchive } from './reports/archive.ts'
import { writeDocx } from './reports/docx.ts'
import { factsOf } from './reports/facts.ts'
import { formOf } from './reports/forms.ts'
import { readPack } from './rules/read.ts'
import { findScan, readScans } from './store/dossier.ts'
import type { PollRow } from './store/polls.ts'

/** Shape: a poll that is counted and bears no stamp. Refuses `wrong-rules` where its packs are not at hand. */
export async function archiveOf(deps: Deps, person: Person, row: PollRow): Promise<Uint8Array> {
  const { db, pages } = deps
  const lines = [...(await boardLines(db, row)), ...(await openingLines(db, row))]
  return writeArchive({
    manifest: row.manifest!,
    closing: row.closing,
    outcome: await outcomeOf(deps, row),
    record: utf8(lines.join('')),
    packs: await packsOf(deps, row),
    papers: await papersOf(deps, row),
    scans: await scansOf(db, row),
    entries: await entriesFor(db, person, row),
    verifier: pages.files.get('/verifier-file/verifier.html')?.body ?? null,
  })
}

async function packsOf(deps: Deps, { manifest }: PollRow): Promise<ArchiveParts['packs']> {
  const { rules } = parseManifest(manifest!)
  if (rules === null) return []
  return (await textsFor(deps, toHex(rules.sha256))).map(text => {
    const { id, version } = readPack(text)
    return { id, version, text }
  })
}

/** The papers that follow the count, as far as their figures let them be printed. */
async function papersOf(deps: Deps, row: PollRow): Promise<ArchiveParts['papers']> {
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
