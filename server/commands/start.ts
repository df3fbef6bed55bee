/** `npm start`: a real result, played as a secret ballot and verified by anybody who has the record. */
import { mkdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { WORDS } from '../words.ts'
import { poll } from './poll.ts'
import { languageOf, run, Unusable } from './terminal.ts'
import { verifyFile } from './verify.ts'

const root = join(import.meta.dirname, '..', '..')

await run(async () => {
  const { lang, json } = readArguments()
  const language = languageOf(lang)
  const caseFile = join(root, 'test', 'cases', 'vinh-phuc-2023.json')
  const record = relative(process.cwd(), join(root, 'data', 'vinh-phuc-2023.record'))
  await mkdir(join(root, 'data'), { recursive: true })
  const played = await poll({ caseFile, out: record, language, json, seed: null })
  if (!json) process.stdout.write('\n')
  return played || verifyFile({ record, asked: null, language, json })
})

function readArguments() {
  try {
    return parseArgs({ options: { lang: { type: 'string' }, json: { type: 'boolean', default: false } } }).values
  } catch {
    throw new Unusable(WORDS.vi.usage.start)
  }
}
