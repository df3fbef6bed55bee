/** What the commands at the machine of a server read of it: its environment, and why it cannot start. */
import { join } from 'node:path'
import { UnfitDatabase } from '../db/postgres-settings.ts'
import { Away, DiskFull, NewerDatabase } from '../db.ts'
import { LAST_CALL_MS, type Options } from '../node.ts'
import { isKey, readRole } from '../roles.ts'
import { type Language, WORDS } from '../words.ts'
import { Unusable } from './terminal.ts'

const root = join(import.meta.dirname, '..', '..')

/**
 * PORT, HOST, DATA, DATABASE_URL, PUBLIC_URL, LAST_CALL_SECONDS, TLS_CERT, TLS_KEY, OPERATOR_KEY and ROLE,
 * REDEEM_URL, PEER_KEY: see docs/operations.md.
 */
export function readEnvironment(
  env: NodeJS.ProcessEnv,
  language: Language,
): Pick<
  Options,
  'data' | 'databaseUrl' | 'lastCallMs' | 'pages' | 'host' | 'port' | 'publicUrl' | 'tls' | 'operatorKey' | 'role'
> {
  const words = WORDS[language].unusable
  const unusable = (what: string): never => {
    throw new Unusable(words.arguments(what))
  }
  const port = Number(env.PORT ?? 8080)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) unusable(`PORT=${env.PORT}`)
  const publicUrl = env.PUBLIC_URL?.replace(/\/$/, '') ?? null
  if (publicUrl !== null && !/^https?:\/\/[^\s/?#]+$/.test(publicUrl)) unusable(`PUBLIC_URL=${env.PUBLIC_URL}`)
  const { DATABASE_URL: databaseUrl } = env
  // It may hold a password: it is named, not shown.
  if (databaseUrl !== undefined && !/^postgres(ql)?:\/\//.test(databaseUrl)) unusable('DATABASE_URL')
  const lastCall = Number(env.LAST_CALL_SECONDS ?? LAST_CALL_MS / 1000)
  if (!Number.isInteger(lastCall) || lastCall < 0 || lastCall > 3600)
    unusable(`LAST_CALL_SECONDS=${env.LAST_CALL_SECONDS}`)
  const { TLS_CERT: cert, TLS_KEY: key } = env
  if ((cert === undefined) !== (key === undefined)) unusable('TLS_CERT, TLS_KEY')
  const { OPERATOR_KEY: operatorKey } = env
  if (operatorKey !== undefined && !isKey(operatorKey)) unusable('OPERATOR_KEY')
  const { ROLE, REDEEM_URL, PEER_KEY } = env
  const role = readRole({ ROLE, REDEEM_URL, PEER_KEY })
  if (typeof role === 'string') throw new Unusable(words.role(role))
  return {
    role,
    data: env.DATA ?? join(root, 'data'),
    databaseUrl,
    lastCallMs: lastCall * 1000,
    pages: join(root, 'dist'),
    host: env.HOST ?? '0.0.0.0',
    port,
    publicUrl,
    operatorKey,
    tls: cert !== undefined && key !== undefined ? { cert, key } : null,
  }
}

/** In SQL, each line once. What is the server's own takes effect with its next start. */
const cureOf = ({ settings, role }: UnfitDatabase): string => {
  const lines = settings.map(({ where, mend: [name, value] }) =>
    where === 'role' ? `alter role ${role} set ${name} = ${value};` : `alter system set ${name} = ${value};`,
  )
  return [...new Set(lines)].map(line => `    ${line}`).join('\n')
}

/** What people can mend is one line; anything else is a bug and shows as one. */
export function explained(error: unknown, language: Language): unknown {
  const words = WORDS[language].start
  if (error instanceof NewerDatabase) return new Unusable(words.newerDatabase)
  if (error instanceof DiskFull) return new Unusable(words.diskFull)
  if (error instanceof Away) return new Unusable(words.databaseAway)
  if (error instanceof UnfitDatabase) return new Unusable(words.databaseUnfit(error.message, cureOf(error)))
  const { code, path } = error as NodeJS.ErrnoException
  // No such role or database, a wrong password, a right that is missing.
  if (/^(28|3D|42501)/.test(code ?? '')) return new Unusable(words.databaseRefuses)
  if (code === 'EADDRINUSE') return new Unusable(words.portTaken)
  if (code === 'EACCES' || code === 'EADDRNOTAVAIL') return new Unusable(words.portRefused)
  if (code === 'ENOENT' && path !== undefined) return new Unusable(WORDS[language].unusable.file(path))
  return error
}
