/**
 * One folder of a bundle: its own Node, the sources that run, the pages, the packages, licences, a page for people and
 * the list of hashes. The same sources give the same files; times and owners of files count for nothing.
 *
 *     README.txt  SHA256SUMS  phieukin.sh  bin/node  licences/  app/{server,crypto,client,dist,node_modules}
 */
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { type Lock, nameOf, neededBy } from './packages.ts'
import { INSIDE, type Platform, readmeOf } from './platforms.ts'
import { sourcesOf } from './sources.ts'

/** What all the folders of one run are made of. */
export interface Parts {
  readonly root: string
  /** Commands of the server by name, as the project's package.json runs them. */
  readonly scripts: { readonly [name: string]: string }
  readonly version: string
  readonly lock: Lock
  /** Where the packages are unpacked, each at its path in the lock. */
  readonly unpacked: string
  /** The built pages. */
  readonly pages: string
}

/** The sources and packages that any folder runs, and the packages that are inside of its pages. */
export function contentsOf({ root, scripts, lock }: Pick<Parts, 'root' | 'scripts' | 'lock'>) {
  const entries = [...Object.keys(scripts), 'bundled'].map(name => `server/commands/${name}.ts`)
  const { files, packages } = sourcesOf(root, entries)
  return {
    files,
    packages: neededBy(lock, packages),
    licensed: neededBy(lock, Object.keys(lock['']!.dependencies ?? {})),
  }
}

/**
 * Whatever nothing loads at run time: TypeScript, which Node runs outside of packages only; tests, maps, descriptions; and
 * what better-sqlite3's binaries were made from.
 */
const LEFT_OUT = /\.(?:[cm]?ts|test\.js|map|md)$|\/better-sqlite3\/(?:deps|src|binding\.gyp)(?:\/|$)/

/** Makes it at `folder`, which is new, and gives its hash in hex: that of its SHA256SUMS. */
export function makeFolder(platform: Platform, folder: string, parts: Parts): string {
  const { root, scripts, version, lock, unpacked, pages } = parts
  const { node, program, licence, addon, start, startText } = INSIDE[platform]
  const { files, packages, licensed } = contentsOf(parts)
  const app = join(folder, 'app')
  for (const file of files) copy(join(root, file), join(app, file))
  copy(pages, join(app, 'dist'))
  const isOther = (file: string) => file.includes('/better-sqlite3/prebuilds/') && !file.endsWith(`/${addon}`)
  for (const path of packages)
    cpSync(join(unpacked, path), join(app, path), {
      recursive: true,
      filter: file => !LEFT_OUT.test(file) && !(statSync(file).isFile() && isOther(file)) && !isInner(file, path),
    })
  const about = { name: 'phieukin', version, private: true, type: 'module', scripts }
  write(join(app, 'package.json'), `${JSON.stringify(about, null, 2)}\n`)
  // Large, and of use to this folder alone: moved, not copied.
  mkdirSync(dirname(join(folder, program)), { recursive: true })
  renameSync(join(unpacked, 'node_modules', node, program), join(folder, program))
  write(join(folder, start), startText)
  for (const file of [program, start]) chmodSync(join(folder, file), 0o755)
  write(join(folder, 'README.txt'), readmeOf(platform, version))
  copy(join(root, 'LICENSE'), join(folder, 'licences', 'phieukin.txt'))
  write(join(folder, 'licences', 'node.txt'), licenceIn(join(unpacked, 'node_modules', licence)))
  for (const path of new Set([...packages, ...licensed])) {
    const name = `${nameOf(path).replace('/', '-')}-${lock[path]!.version}.txt`
    write(join(folder, 'licences', name), licenceIn(join(unpacked, path)))
  }
  const sums = sumsOf(folder)
  write(join(folder, SUMS), sums)
  return sha256(sums)
}

/** A package inside of this one is copied by itself, if it is needed. */
const isInner = (file: string, path: string): boolean => file.endsWith(`${path}/node_modules`)

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true })
  cpSync(from, to, { recursive: true })
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

/** Two packages have their licence in their README. */
function licenceIn(folder: string): string {
  const names = readdirSync(folder).sort()
  const files = names.filter(name => /^(?:licen[cs]e|copying|notice)/i.test(name))
  const found = files.length > 0 ? files : names.filter(name => /^readme/i.test(name))
  if (found.length === 0) throw new Error(`no licence in ${folder}`)
  return found.map(name => readFileSync(join(folder, name), 'utf8')).join('\n')
}

const SUMS = 'SHA256SUMS'

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex')

/**
 * A line a file as `sha256sum` prints it, sorted by bytes. By hand: `find . -type f ! -path ./SHA256SUMS -printf '%P\n' |
 * xargs sha256sum | LC_ALL=C sort`.
 */
function sumsOf(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  const lines = files.map(({ parentPath, name }) => {
    const file = join(parentPath, name)
    return `${sha256(readFileSync(file))}  ${file.slice(folder.length + 1).replaceAll('\\', '/')}\n`
  })
  return lines.sort().join('')
}

/** What a folder weighs, in bytes. */
export const weightOf = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0)

/** Whether somebody has run it where it lies. */
export const hasData = (folder: string): boolean => existsSync(join(folder, 'data'))
