/**
 * The packages of a bundle: which ones are needed by package-lock.json, fetched by npm from its registry or its cache,
 * each held to the hash that stands in the lock. Nothing comes from node_modules, which anybody may have changed.
 * Trusted: package-lock.json. Who can change it can put anything into a bundle.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { BUNDLE } from '../../words/bundle.ts'
import type { Language } from '../../words.ts'
import { Unusable } from '../terminal.ts'

interface Locked {
  readonly version: string
  /** `sha512-` and base64. */
  readonly integrity?: string
  readonly dependencies?: { readonly [name: string]: string }
  /** Only who develops has it. */
  readonly dev?: boolean
}
/** By path, `node_modules/docx/node_modules/nanoid` for instance; the project itself is ''. */
export type Lock = { readonly [path: string]: Locked }

export const readLock = (root: string): Lock =>
  (JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { readonly packages: Lock }).packages

/** Paths of these packages and of all that they need to run; types are left out. */
export function neededBy(lock: Lock, names: Iterable<string>): readonly string[] {
  const found = new Set<string>()
  const add = (from: string, name: string): void => {
    const path = resolved(lock, from, name)
    if (found.has(path) || name.startsWith('@types/')) return
    if (lock[path]!.dev) throw new Error(`${path} is no production dependency`)
    found.add(path)
    for (const dependency of Object.keys(lock[path]!.dependencies ?? {})) add(path, dependency)
  }
  for (const name of names) add('', name)
  return [...found].sort()
}

/** As Node looks for a package: inside of the one that asks, then ever further out. */
function resolved(lock: Lock, from: string, name: string): string {
  const path = join(from, 'node_modules', name).replaceAll('\\', '/')
  if (lock[path]) return path
  if (from === '') throw new Error(`package-lock.json has no ${name}`)
  return resolved(lock, from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))), name)
}

export const nameOf = (path: string): string => path.split('node_modules/').at(-1)!

/** Unpacks each package at its path below `into`. Run in `root`, so that the project's own settings of npm count. */
export function fetchPackages(
  lock: Lock,
  paths: readonly string[],
  into: string,
  root: string,
  language: Language,
): void {
  const specs = new Set(paths.map(path => `${nameOf(path)}@${lock[path]!.version}`))
  const packed = join(into, 'packed')
  mkdirSync(packed, { recursive: true })
  // npm holds what it fetches to what the registry says; below it is held to what this project says.
  const how = ['--prefer-offline', '--ignore-scripts', '--loglevel=error', '--pack-destination', packed]
  const { status, stderr, error } = spawnSync('npm', ['pack', ...how, ...specs], { cwd: root, encoding: 'utf8' })
  if (status !== 0) {
    const said = /npm (?:error|ERR!) code (\S+)/.exec(stderr ?? '')?.[1] ?? error?.message ?? 'npm'
    throw new Unusable(BUNDLE[language].unreachable(said))
  }
  for (const path of paths) {
    const { version, integrity } = lock[path]!
    const file = join(packed, `${nameOf(path).replace('@', '').replace('/', '-')}-${version}.tgz`)
    const hash = createHash('sha512').update(readFileSync(file)).digest('base64')
    if (integrity !== `sha512-${hash}`) throw new Unusable(BUNDLE[language].altered(`${nameOf(path)}@${version}`))
    unpack(file, join(into, path))
  }
  rmSync(packed, { recursive: true })
}

function unpack(file: string, into: string): void {
  mkdirSync(into, { recursive: true })
  const how = ['-xzf', file, '-C', into, '--strip-components=1', '--no-same-owner']
  const { status, stderr, error } = spawnSync('tar', how, { encoding: 'utf8' })
  if (status !== 0) throw error ?? new Error(`tar: ${stderr}`)
}
