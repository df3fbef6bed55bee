/**
 * Rule packs and accounts as they are carried (`parcel.ts`). A pack is taken for what it is; its two names are as true as
 * whoever carries it. People, and the packs that they are still writing, come into a place that nobody runs yet, and into
 * no other: whoever was removed there would be back, with the old password, and whoever carries could make an organiser.
 */
import { type Compilable, sql } from 'kysely'
import { equal } from '../crypto/bytes.ts'
import { attempt } from '../crypto/fault.ts'
import { insert, linesOf, putDown } from './carrying.ts'
import { Conflict, type Directory } from './db.ts'
import { DIRECTORY_HEAD, DIRECTORY_TABLES, NO_ROWS, type Row, readRow, withRow, writeEnd, writeHead } from './parcel.ts'
import { no } from './refusals.ts'
import { packHash, readPack } from './rules/read.ts'
import { hasOrganiser, ifNobodyRunsIt, readPeople } from './store/people.ts'

/** Packs; with `people` also accounts, and packs that are still being written. */
export async function* directoryParcel({ read }: Directory, people: boolean): AsyncGenerator<string> {
  yield writeHead(DIRECTORY_HEAD)
  let hash = NO_ROWS
  for (const table of people ? DIRECTORY_TABLES : DIRECTORY_TABLES.slice(0, 1))
    for await (const line of linesOf(read, table, null, null)) {
      hash = withRow(hash, line)
      yield line
    }
  yield writeEnd(hash)
}

/** What of it is not there now. */
export interface NotPut {
  /** Names of what is there otherwise. */
  readonly kept: readonly string[]
  /** How many people are not there at all. */
  readonly leftOut: number
}

/** Adds what is missing and may come, and changes nothing. Refuses `bad-request`, `bad-pack`, `wrong-state`. */
export async function putDirectory(directory: Directory, lines: readonly string[]): Promise<NotPut> {
  const rows = lines.map(line => readRow(line) ?? no('bad-request'))
  if (rows.some(({ table }) => !DIRECTORY_TABLES.includes(table))) no('bad-request')
  const of = (name: string) => rows.filter(({ table }) => table.name === name).map(({ row }) => row)
  if (!of('pack').every(isPack)) no('bad-pack')
  await putDown(
    directory,
    of('pack').map(row => add(directory, 'pack', row)),
  )
  await putPeople(directory, of('person'), of('pack_draft'))
  const there = new Set<string>()
  for await (const line of directoryParcel(directory, true)) there.add(line)
  const missing = rows.filter((_, i) => !there.has(lines[i]!))
  const people = await readPeople(directory)
  const isHere = (row: Row) =>
    people.some(({ id, login }) => equal(id, row.id as Uint8Array) || (login !== null && login === row.login))
  return {
    kept: missing.flatMap(({ table, row }) => {
      if (table.name === 'pack') return [`${row.id} ${row.version}`]
      return table.name === 'person' && isHere(row) ? [String(row.login ?? row.name)] : []
    }),
    leftOut: missing.filter(({ table, row }) => table.name === 'person' && !isHere(row)).length,
  }
}

/** As two people froze it: later nothing that reads packs would know what to do with another one. */
function isPack({ sha256, id, version, text }: Row): boolean {
  const pack = attempt(() => readPack(String(text)))
  return (
    pack !== null && pack.id === id && pack.version === version && equal(packHash(String(text)), sha256 as Uint8Array)
  )
}

/** All of them in one write, or nobody. */
async function putPeople(directory: Directory, people: readonly Row[], drafts: readonly Row[]): Promise<void> {
  if (await hasOrganiser(directory)) return
  const ifThere = (person: Row[string] | undefined) => sql`(select id from person where id = ${person ?? null})`
  try {
    await directory.write([
      ifNobodyRunsIt(directory),
      ...people.map(row => add(directory, 'person', row)),
      ...drafts.map(row =>
        add(directory, 'pack_draft', {
          ...row,
          changed_by: ifThere(row.changed_by),
          proposed_by: ifThere(row.proposed_by),
        }),
      ),
    ])
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    // An organiser was faster; else it is no row of ours.
    if (!(await hasOrganiser(directory))) no('wrong-state')
  }
}

const add = (directory: Directory, name: string, row: Readonly<Record<string, unknown>>): Compilable =>
  insert(directory.read, name, row, sql`on conflict do nothing`)
