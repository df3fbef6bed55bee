/** `npm start`: the server with its pages. Without configuration: data in ./data, port 8080, the local network. */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import QRCode from 'qrcode'
import { NewerDatabase } from '../db/sqlite.ts'
import { DiskFull } from '../db.ts'
import { LAST_CALL_MS, type Options, startServer } from '../node.ts'
import { type Language, WORDS } from '../words.ts'
import { languageOf, run, Unusable } from './terminal.ts'

const root = join(import.meta.dirname, '..', '..')

await run(async () => {
  const { lang, 'new-password': newPassword } = readArguments()
  const language = languageOf(lang)
  const words = WORDS[language].start
  const running = await startServer(readEnvironment(process.env, newPassword, language)).catch(error => {
    throw explained(error, language)
  })
  const [address] = running.addresses
  process.stdout.write(`${words.running(address!)}\n`)
  process.stdout.write(`${await QRCode.toString(address!, { type: 'terminal', small: true })}\n`)
  if (running.setupLink) process.stdout.write(`${words.setup}\n\n    ${running.setupLink}\n\n`)
  else process.stdout.write(`${words.organiser}\n\n    ${running.organiserAddress}/to-chuc\n\n`)
  process.stdout.write(`${words.howToStop}\n`)
  await new Promise<void>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
  process.stdout.write(`${words.stopping}\n`)
  await running.close()
  return 0
})

/** PORT, HOST, DATA, PUBLIC_URL, TLS_CERT, TLS_KEY: see docs/operations.md. */
function readEnvironment(env: NodeJS.ProcessEnv, newPassword: boolean, language: Language): Options {
  const words = WORDS[language].unusable
  const unusable = (what: string): never => {
    throw new Unusable(words.arguments(what))
  }
  const port = Number(env.PORT ?? 8080)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) unusable(`PORT=${env.PORT}`)
  const publicUrl = env.PUBLIC_URL?.replace(/\/$/, '') ?? null
  if (publicUrl !== null && !/^https?:\/\/[^\s/?#]+$/.test(publicUrl)) unusable(`PUBLIC_URL=${env.PUBLIC_URL}`)
  const { TLS_CERT: cert, TLS_KEY: key } = env
  if ((cert === undefined) !== (key === undefined)) unusable('TLS_CERT, TLS_KEY')
  return {
    data: env.DATA ?? join(root, 'data'),
    pages: join(root, 'dist'),
    host: env.HOST ?? '0.0.0.0',
    port,
    publicUrl,
    tls: cert !== undefined && key !== undefined ? { cert, key } : null,
    lastCallMs: LAST_CALL_MS,
    newPassword,
    log: line => process.stderr.write(`${line}\n`),
  }
}

/** What people can mend is one line; anything else is a bug and shows as one. */
function explained(error: unknown, language: Language): unknown {
  const words = WORDS[language].start
  if (error instanceof NewerDatabase) return new Unusable(words.newerDatabase)
  if (error instanceof DiskFull) return new Unusable(words.diskFull)
  const { code, path } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') return new Unusable(words.portTaken)
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') return new Unusable(words.portRefused)
  if (code === 'ENOENT' && path !== undefined) return new Unusable(WORDS[language].unusable.file(path))
  return error
}

function readArguments() {
  try {
    return parseArgs({
      options: { lang: { type: 'string' }, 'new-password': { type: 'boolean', default: false } },
    }).values
  } catch {
    throw new Unusable(WORDS.vi.usage.start)
  }
}
