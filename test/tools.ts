/**
 * The programs that tests drive beside Node: a browser, what reads its printed pages, feeds its camera and makes a
 * certificate, and an office that opens our .docx. What is missing is installed where that is possible without asking
 * (Debian, as root); otherwise one sentence says what to do.
 */
import { type SpawnSyncOptions, spawnSync } from 'node:child_process'

const PACKAGES = {
  chromium: 'chromium',
  pdftoppm: 'poppler-utils',
  soffice: 'libreoffice-writer',
  ffmpeg: 'ffmpeg',
  openssl: 'openssl',
} as const

const isThere = (program: string): boolean =>
  spawnSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' }).status === 0

/** True once all of them are there. */
export function haveTools(): boolean {
  const missing = Object.entries(PACKAGES).filter(([program]) => !isThere(program))
  if (missing.length === 0) return true
  // The letters of Vietnamese, which a bare system has no font for; and letters with the measures of Times New Roman.
  const packages = [...missing.map(([, name]) => name), 'fonts-noto-core', 'fonts-liberation']
  const install = `apt-get install -y --no-install-recommends ${packages.join(' ')}`
  if (isThere('apt-get') && process.getuid?.() === 0) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const quiet: SpawnSyncOptions = { stdio: 'ignore', env }
    spawnSync('apt-get', ['update', '-qq'], quiet)
    spawnSync('sh', ['-c', install], quiet)
  }
  const still = missing.filter(([program]) => !isThere(program)).map(([program]) => program)
  if (still.length > 0) process.stdout.write(`Missing: ${still.join(', ')}. On Debian: sudo ${install}\n`)
  return still.length === 0
}
