/** What the commands at the machine of a server read of it: its environment, and why it cannot start. */
import { join } from 'node:path'
import { NewerDatabase } from '../db/sqlite.ts'
import { DiskFull } from '../db.ts'
import type { Options } from '../node.ts'
import { type Language, WORDS } from '../words.ts'
import { Unusable } from './terminal.ts'

const root = join(import.meta.dirname, '..', '..')

/** PORT, HOST, DATA, PUBLIC_URL, TLS_CERT, TLS_KEY: see docs/operations.md. */
export function readEnvironment(
  env: NodeJS.ProcessEnv,
  language: Language,
): Pick<Options, 'data' | 'pages' | 'host' | 'port' | 'publicUrl' | 'tls'> {
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
  }
}

/** What people can mend is one line; anything else is a bug and shows as one. */
export function explained(error: unknown, language: Language): unknown {
  const words = WORDS[language].start
  if (error instanceof NewerDatabase) return new Unusable(words.newerDatabase)
  if (error instanceof DiskFull) return new Unusable(words.diskFull)
  const { code, path } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') return new Unusable(words.portTaken)
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') return new Unusable(words.portRefused)
  if (code === 'ENOENT' && path !== undefined) return new Unusable(WORDS[language].unusable.file(path))
  return error
}
