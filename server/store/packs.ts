/** Rule packs that two people froze here, and those that are still being written. */
import { type Compilable, type Insertable, sql } from 'kysely'
import type { Directory } from '../db.ts'
import type { DirectoryTables } from '../schema.ts'

export const readFrozen = (directory: Directory) =>
  directory.read.selectFrom('pack').select(['id', 'version', 'text']).orderBy('id').orderBy('version').execute()

export async function findFrozen(directory: Directory, sha256: Uint8Array): Promise<string | null> {
  const found = await directory.read.selectFrom('pack').select('text').where('sha256', '=', sha256).executeTakeFirst()
  return found?.text ?? null
}

export const isFrozen = async (directory: Directory, id: string, version: number): Promise<boolean> =>
  (await directory.read
    .selectFrom('pack')
    .select('id')
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst()) !== undefined

// ── drafts ──────────────────────────────────────────────────────────────────────────────────────────────────────

const drafts = (directory: Directory) =>
  directory.read
    .selectFrom('pack_draft')
    .leftJoin('person as writer', 'writer.id', 'pack_draft.changed_by')
    .leftJoin('person as proposer', 'proposer.id', 'pack_draft.proposed_by')
    .select([
      'pack_draft.id',
      'pack_draft.version',
      'pack_draft.text',
      'pack_draft.proposed_by',
      'writer.name as by',
      'proposer.name as proposed_name',
    ])

export const readPackDrafts = (directory: Directory) => drafts(directory).orderBy('pack_draft.id').execute()

export type PackDraftRow = Awaited<ReturnType<typeof readPackDrafts>>[number]

export async function findPackDraft(directory: Directory, id: Uint8Array): Promise<PackDraftRow | null> {
  return (await drafts(directory).where('pack_draft.id', '=', id).executeTakeFirst()) ?? null
}

export const insertPackDraft = (directory: Directory, row: Insertable<DirectoryTables['pack_draft']>): Compilable =>
  directory.read.insertInto('pack_draft').values(row)

/** Another text, which nobody has proposed yet. Breaks a constraint where somebody saved meanwhile. */
export const updatePackDraft = (
  directory: Directory,
  id: Uint8Array,
  version: number,
  change: { readonly text: string; readonly changed_by: Uint8Array },
): Compilable =>
  directory.read
    .updateTable('pack_draft')
    .set({ ...change, proposed_by: null, version: ifStill(version, version + 1) })
    .where('id', '=', id)

/** Breaks a constraint where somebody saved meanwhile. */
export const proposePackDraft = (
  directory: Directory,
  id: Uint8Array,
  version: number,
  proposed_by: Uint8Array,
): Compilable =>
  directory.read
    .updateTable('pack_draft')
    .set({ proposed_by, version: ifStill(version, version) })
    .where('id', '=', id)

const ifStill = (version: number, next: number) =>
  sql<number>`case when version = ${version} then cast(${next} as bigint) else null end`

export const deletePackDraft = (directory: Directory, id: Uint8Array): Compilable =>
  directory.read.deleteFrom('pack_draft').where('id', '=', id)

/**
 * Freezes a draft's text as it was proposed. The text is read in the very statement that stores it: changed, deleted or
 * no longer proposed meanwhile, or confirmed by the one who proposed it, it breaks a constraint; so does a version that
 * is frozen already.
 */
export const freezePack = (
  directory: Directory,
  { id, text, proposed_by, confirmer }: Pick<PackDraftRow, 'id' | 'text' | 'proposed_by'> & { confirmer: Uint8Array },
  pack: Omit<Insertable<DirectoryTables['pack']>, 'text'>,
): readonly Compilable[] => [
  directory.read.insertInto('pack').values({
    ...pack,
    text: sql<string>`(select text from pack_draft where id = ${id} and text = ${text}
      and proposed_by = ${proposed_by} and proposed_by <> ${confirmer})`,
  }),
  deletePackDraft(directory, id),
]
