/**
 * The programs that tests drive beside Node: a browser, what reads its printed pages, feeds its camera and makes a
 * certificate, an office that opens our .docx, a PostgreSQL server. What is missing is installed where that is possible
 * without asking (Debian, as root); otherwise one sentence says what to do.
 */
import { type SpawnSyncOptions, spawnSync } from 'node:child_process'
import { postgresAvailable } from './postgres.ts'

const PACKAGES = {
  chromium: 'chromium',
  pdftoppm: 'poppler-utils',
  soffice: 'libreoffice-writer',
  ffmpeg: 'ffmpeg',
  openssl: 'openssl',
} as const

const isThere = (program: string): boolean =>
  spawnSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status === 0

const installing = (packages: readonly string[]): string =>
  `apt-get install -y --no-install-recommends ${packages.join(' ')}`

function tryToInstall(packages: readonly string[]): void {
  if (!isThere('apt-get') || process.getuid?.() !== 0) return
  const quiet: SpawnSyncOptions = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }
  spawnSync('apt-get', ['update', '-qq'], quiet)
  spawnSync('sh', ['-c', installing(packages)], quiet)
}

const say = (missing: readonly string[], packages: readonly string[]) =>
  process.stdout.write(`Missing: ${missing.join(', ')}. On Debian: sudo ${installing(packages)}\n`)

/** True once all of them are there but PostgreSQL, without which its tests are left out (`postgresAvailable`). */
export function haveTools(): boolean {
  tryPostgres()
  const missing = Object.entries(PACKAGES).filter(([program]) => !isThere(program))
  if (missing.length === 0) return true
  // The letters of Vietnamese, which a bare system has no font for; and letters with the measures of Times New Roman.
  const packages = [...missing.map(([, name]) => name), 'fonts-noto-core', 'fonts-liberation']
  tryToInstall(packages)
  const still = missing.filter(([program]) => !isThere(program)).map(([program]) => program)
  if (still.length > 0) say(still, packages)
  return still.length === 0
}

/** By itself: its package must not keep the others away. It puts no program on the path. */
function tryPostgres(): void {
  if (postgresAvailable()) return
  tryToInstall(['postgresql'])
  if (!postgresAvailable()) say(['PostgreSQL'], ['postgresql'])
}
