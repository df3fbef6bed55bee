/**
 * `npm run reset-organiser`: at the machine, with DATA or DATABASE_URL (and PORT or PUBLIC_URL) as for `npm start`. Prints a new link by
 * which the first organiser sets a password. It goes through the database: a server that runs meets it at the next
 * request, and need not be stopped; one that does not, once it is started. Links printed before are void.
 */
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { databaseFile, openDatabases, organiserAddressOf, setupLinkAt } from '../node.ts'
import { WORDS } from '../words.ts'
import { explained, readEnvironment } from './settings.ts'
import { EXIT, languageOf, run, Unusable } from './terminal.ts'

await run(async () => {
  const language = languageOf(readArguments().lang)
  const words = WORDS[language].reset
  const settings = readEnvironment(process.env, language)
  if (settings.databaseUrl === undefined && !existsSync(databaseFile(settings.data)))
    throw new Unusable(words.noData(settings.data))
  try {
    process.stdout.write(
      `${words.link}\n\n    ${await newLink(settings, organiserAddressOf(settings, settings.port))}\n\n`,
    )
  } catch (error) {
    throw explained(error, language)
  }
  process.stdout.write(`${words.running}\n`)
  return EXIT.success
})

async function newLink(where: Parameters<typeof openDatabases>[0], address: string): Promise<string> {
  const databases = await openDatabases(where)
  try {
    return await setupLinkAt(databases.directory, address)
  } finally {
    await databases.close()
  }
}

function readArguments() {
  try {
    return parseArgs({ options: { lang: { type: 'string' } } }).values
  } catch {
    throw new Unusable(WORDS.vi.usage.resetOrganiser)
  }
}
