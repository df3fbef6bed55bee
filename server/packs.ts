/**
 * Rule packs: those that came with the program, and those that two people froze here. A pack is named by the hash of its
 * text; what is frozen never changes.
 *
 *     draft → proposed by one person → confirmed by another: frozen
 *
 * Trust: what a pack says is as true as whoever entered and confirmed it; the manifest pins its hash, so that nobody can
 * change it afterwards.
 */
import { type Rng, toBase64url, toHex } from '../crypto/bytes.ts'
import { attempt } from '../crypto/fault.ts'
import { parseJson } from '../crypto/json.ts'
import type { Manifest } from '../crypto/manifest.ts'
import { Conflict, type Db, type Directory } from './db.ts'
import { no } from './refusals.ts'
import { isInForce } from './rules/evaluate.ts'
import { isInScale } from './rules/forms.ts'
import type { Pack } from './rules/pack.ts'
import { packHash, packHex, readPack } from './rules/read.ts'
import {
  deletePackDraft,
  findFrozen,
  findPackDraft,
  freezePack,
  insertPackDraft,
  isFrozen,
  type PackDraftRow,
  proposePackDraft,
  readFrozen,
  readPackDrafts,
  updatePackDraft,
} from './store/packs.ts'
import type { PackDraftView, PackText } from './wire/packs.ts'
import type { Draft } from './wire.ts'

/** The texts that came with the program: packs, forms that become packs once they are filled in, forms of ballots. */
export interface Rulebook {
  readonly packs: readonly string[]
  readonly forms: readonly string[]
  readonly ballots: readonly string[]
}

/** Where packs are found. */
export interface Shelf {
  readonly directory: Directory
  readonly rulebook: Rulebook
}

/** A poll at hand: where it lies, and the packs beside it. */
export interface Desk extends Shelf {
  readonly db: Db
}

const packText = (text: string, shipped: boolean): PackText => {
  const { id, version, title } = readPack(text)
  return { id, version, title, sha256: packHex(text), shipped, text }
}

/** A rulebook is read once. */
const read = new WeakMap<Rulebook, readonly PackText[]>()
function shippedPacks(rulebook: Rulebook): readonly PackText[] {
  const found = read.get(rulebook) ?? rulebook.packs.map(text => packText(text, true))
  read.set(rulebook, found)
  return found
}

export async function frozenPacks({ directory, rulebook }: Shelf): Promise<readonly PackText[]> {
  return [...shippedPacks(rulebook), ...(await readFrozen(directory)).map(({ text }) => packText(text, false))]
}

/** By its hash in hex; null where it is not at hand. */
export async function packOf({ directory, rulebook }: Shelf, sha256: string): Promise<PackText | null> {
  const shipped = shippedPacks(rulebook).find(pack => pack.sha256 === sha256)
  if (shipped) return shipped
  const frozen = /^[0-9a-f]{64}$/.test(sha256) ? await findFrozen(directory, bytesOf(sha256)) : null
  return frozen === null ? null : packText(frozen, false)
}

const bytesOf = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g)!, byte => Number.parseInt(byte, 16))

/** The pack's text first, then of each pack that speaks beside it. Refuses `wrong-rules` where one is not at hand. */
export async function textsFor(shelf: Shelf, sha256: string): Promise<readonly string[]> {
  const textOf = async (hash: string) => ((await packOf(shelf, hash)) ?? no('wrong-rules', 'pack')).text
  const main = await textOf(sha256)
  return [main, ...(await Promise.all(readPack(main).alongside.map(beside => textOf(beside.sha256))))]
}

/**
 * A draft that names a pack keeps to it. Refuses `wrong-rules` where the pack, or what it is read with, is not at hand;
 * `bad-draft` where it is not for this poll.
 */
export async function checkRules(shelf: Shelf, draft: Draft, rehearsal: boolean): Promise<void> {
  if (draft.pack === null) return
  const [text] = await textsFor(shelf, draft.pack)
  const { role, sample, template, effective, options } = readPack(text!)
  const outOfForce = draft.date !== '' && !isInForce(effective, draft.date)
  if (role !== 'ballot' || (sample && !rehearsal) || template !== draft.template || outOfForce) no('bad-draft', 'pack')
  // What a pack says of criteria it says in its own grades.
  if (template === 'criteria' && !draft.questions.every(question => isInScale(question, options)))
    no('bad-draft', 'questions')
  // Earlier years are stated by subject: nobody may stand there twice.
  if (
    new Set(draft.subjects.map(({ name, position }) => JSON.stringify([name, position]))).size < draft.subjects.length
  )
    no('bad-draft', 'subjects')
}

/** The pack that the manifest pins, which is the draft's; null where neither names one. Refuses `wrong-rules`. */
export async function checkPinned(shelf: Shelf, { rules }: Manifest, { pack }: Draft): Promise<Pack | null> {
  if (rules === null && pack === null) return null
  if (rules === null || pack === null || toHex(rules.sha256) !== pack) return no('wrong-rules', 'rules')
  const [text] = await textsFor(shelf, pack)
  const read = readPack(text!)
  return rules.pack === read.id ? read : no('wrong-rules', 'rules')
}

// ── drafts ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** Whoever is at work on a pack. */
export interface Author {
  readonly id: Uint8Array
  readonly name: string
}

const viewOf = (row: PackDraftRow, reader: Author): PackDraftView => ({
  draft: toBase64url(row.id),
  version: row.version,
  text: row.text,
  by: row.by ?? '',
  proposed: row.proposed_name === null ? null : { by: row.proposed_name, sha256: packHex(row.text) },
  yours: row.proposed_by !== null && !isSame(row.proposed_by, reader.id),
})

const isSame = (a: Uint8Array, b: Uint8Array): boolean => toBase64url(a) === toBase64url(b)

export const packDrafts = async ({ directory }: Shelf, reader: Author): Promise<readonly PackDraftView[]> =>
  (await readPackDrafts(directory)).map(row => viewOf(row, reader))

/** Begins from a pack (hash in hex) or from a form (its id). Refuses `not-found`. */
export async function beginDraft(shelf: Shelf, rng: Rng, author: Author, from: string): Promise<Uint8Array> {
  const text = (await packOf(shelf, from))?.text ?? formOf(shelf.rulebook, from) ?? no('not-found', 'from')
  const id = rng(16)
  await shelf.directory.write([
    insertPackDraft(shelf.directory, { id, version: 1, text, changed_by: author.id, proposed_by: null }),
  ])
  return id
}

const formOf = ({ forms }: Rulebook, id: string): string | undefined =>
  forms.find(text => (JSON.parse(text) as { readonly id: string }).id === id)

const draftRow = async (directory: Directory, id: Uint8Array): Promise<PackDraftRow> =>
  (await findPackDraft(directory, id)) ?? no('not-found')

/** Any JSON object, finished or not. Refuses `bad-request`, and `stale-draft` where somebody saved meanwhile. */
export async function savePackDraft(
  { directory }: Shelf,
  author: Author,
  id: Uint8Array,
  version: number,
  text: string,
): Promise<number> {
  if (!(attempt(() => parseJson(text, 'text')) instanceof Map)) no('bad-request', 'text')
  await draftRow(directory, id)
  await guarded(() => directory.write([updatePackDraft(directory, id, version, { text, changed_by: author.id })]))
  return version + 1
}

/** Refuses `bad-pack`, `taken-version`, `stale-draft`. */
export async function proposePack(shelf: Shelf, author: Author, id: Uint8Array, version: number): Promise<void> {
  const row = await draftRow(shelf.directory, id)
  if (row.version !== version) no('stale-draft')
  await checkFree(shelf, parsed(row.text))
  await guarded(() => shelf.directory.write([proposePackDraft(shelf.directory, id, version, author.id)]))
}

/** By somebody else than who proposed it, who names the hash read. Refuses `second-person`, `stale-draft`, `taken-version`. */
export async function confirmPack(shelf: Shelf, author: Author, id: Uint8Array, sha256: string): Promise<void> {
  const { directory } = shelf
  const row = await draftRow(directory, id)
  const { proposed_by, proposed_name } = row
  if (proposed_by === null || proposed_name === null) return no('wrong-state')
  if (isSame(proposed_by, author.id)) no('second-person')
  if (packHex(row.text) !== sha256) no('stale-draft')
  const pack = parsed(row.text)
  await checkFree(shelf, pack)
  const frozen = {
    sha256: packHash(row.text),
    id: pack.id,
    version: pack.version,
    entered_by: proposed_name,
    confirmed_by: author.name,
  }
  await guarded(
    () => directory.write(freezePack(directory, { ...row, confirmer: author.id }, frozen)),
    () => checkFree(shelf, pack),
  )
}

export async function removePackDraft({ directory }: Shelf, id: Uint8Array): Promise<void> {
  await draftRow(directory, id)
  await directory.write([deletePackDraft(directory, id)])
}

const parsed = (text: string): Pack =>
  attempt(
    () => readPack(text),
    ({ where }) => no('bad-pack', where.slice(0, 200)),
  ) ?? no('bad-pack')

async function checkFree({ directory, rulebook }: Shelf, { id, version }: Pack): Promise<void> {
  const taken = shippedPacks(rulebook).some(pack => pack.id === id && pack.version === version)
  if (taken || (await isFrozen(directory, id, version))) no('taken-version')
}

/** Of a race that was lost: why, if `why` knows better than that somebody was faster. */
async function guarded(write: () => Promise<void>, why: () => Promise<void> = async () => {}): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    await why()
    no('stale-draft')
  }
}
