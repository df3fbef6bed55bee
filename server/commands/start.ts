/** `npm start`: a real result, played as a secret ballot and verified by anybody who has the record. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { poll } from './poll.ts'
import { run } from './terminal.ts'
import { verifyFile } from './verify.ts'

const root = join(import.meta.dirname, '..', '..')

await run(async () => {
  const caseFile = join(root, 'test', 'cases', 'vinh-phuc-2023.json')
  const record = join(root, 'data', 'vinh-phuc-2023.record')
  await mkdir(join(root, 'data'), { recursive: true })
  const played = await poll({ caseFile, out: record, language: 'vi', json: false, seed: null })
  process.stdout.write('\n')
  return played || verifyFile({ record, asked: null, language: 'vi', json: false })
})
