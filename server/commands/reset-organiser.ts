/**
 * `npm run reset-organiser`: at the machine, with DATA (and PORT or PUBLIC_URL) as for `npm start`. Prints a new link by
 * which the first organiser sets a password. It goes through the database: a server that runs meets it at the next
 * request, and need not be stopped; one that does not, once it is started. Links printed before are void.
 */
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { openSqlite } from '../db/sqlite.ts'
import { databaseFile, organiserAddressOf, setupLinkAt } from '../node.ts'
import { WORDS } from '../words.ts'
import { explained, readEnvironment } from './settings.ts'
import { EXIT, languageOf, run, Unusable } from './terminal.ts'

await run(async () => {
  const language = languageOf(readArguments().lang)
  const words = WORDS[language].reset
  const settings = readEnvironment(process.env, language)
  const file = databaseFile(settings.data)
  if (!existsSync(file)) throw new Unusable(words.noData(settings.data))
  try {
    process.stdout.write(`${words.link}\n\n    ${await newLink(file, organiserAddressOf(settings, settings.port))}\n\n`)
  } catch (error) {
    throw explained(error, language)
  }
  process.stdout.write(`${words.running}\n`)
  return EXIT.success
})

async function newLink(file: string, address: string): Promise<string> {
  // What the database's log leaves is for this user alone.
  process.umask(0o077)
  const db = openSqlite(file)
  try {
    return await setupLinkAt(db, address)
  } finally {
    await db.close()
  }
}

function readArguments() {
  try {
    return parseArgs({ options: { lang: { type: 'string' } } }).values
  } catch {
    throw new Unusable(WORDS.vi.usage.resetOrganiser)
  }
}
