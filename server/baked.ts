/**
 * What a Worker, which has no files, takes along: texts, and the list of the pages. `commands/build-worker.ts` runs this
 * module once and puts the values of its exports in its place.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { toBase64url } from '../crypto/bytes.ts'
import { readPages } from './pages.ts'
import { readBallotForms, readForms, readRulebook } from './rulebook.ts'

const folder = join(import.meta.dirname, '..', 'dist')
const { find, bundle, bundleHash } = readPages(folder)

const types: [string, string][] = []
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
  const path = `/${name.replaceAll('\\', '/')}`
  const file = await find(path)
  if (file) types.push([path, file.type])
}

export const RULEBOOK = { packs: readRulebook(), forms: readForms(), ballots: readBallotForms() }

/** Types of all pages by path; of the voting page its files and their hash. */
export const PAGES = { types, bundle, bundleHash: toBase64url(bundleHash) }
