/** `npm start`: a real result, played as a secret ballot and verified by anybody who has the record. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { WORDS } from '../words.ts'
import { poll } from './poll.ts'
import { languageOf, run, Unusable } from './terminal.ts'
import { verifyFile } from './verify.ts'

const root = join(import.meta.dirname, '..', '..')

await run(async () => {
  const language = languageOf(readLanguage())
  const caseFile = join(root, 'test', 'cases', 'vinh-phuc-2023.json')
  const record = join(root, 'data', 'vinh-phuc-2023.record')
  await mkdir(join(root, 'data'), { recursive: true })
  const played = await poll({ caseFile, out: record, language, json: false, seed: null })
  process.stdout.write('\n')
  return played || verifyFile({ record, asked: null, language, json: false })
})

function readLanguage(): string | undefined {
  try {
    return parseArgs({ options: { lang: { type: 'string' } } }).values.lang
  } catch {
    throw new Unusable(WORDS.vi.usage.start)
  }
}
