/** What of the project's own sources a bundle runs: its commands, whatever they import, and the rules and forms as data. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'

interface Sources {
  /** Paths from the root, with slashes. */
  readonly files: readonly string[]
  /** Names of the packages that they import. */
  readonly packages: readonly string[]
}

/** Imports that are there at run time (types are not), and files that are started as threads. */
const IMPORTS =
  /^(?:import (?!type\b)[\w\s{},*$]+? from|import|export (?:\*|\{[^}]*\}) from) '([^']+)'|\bimport\('([^']+)'\)|new URL\('([^']+\.ts)', import\.meta\.url\)/gm

export function sourcesOf(root: string, entries: readonly string[]): Sources {
  const files = new Set(dataOf(root))
  const packages = new Set<string>()
  const add = (file: string): void => {
    if (files.has(file)) return
    files.add(file)
    for (const [, ...named] of readFileSync(join(root, file), 'utf8').matchAll(IMPORTS)) {
      const from = named.find(name => name !== undefined)!
      if (from.startsWith('.')) add(posix.join(posix.dirname(file), from))
      else if (!from.includes(':')) packages.add(/^(?:@[^/]+\/)?[^/]+/.exec(from)![0])
    }
  }
  for (const entry of entries) add(entry)
  return { files: [...files].sort(), packages: [...packages].sort() }
}

/** Rule packs and forms, which the server reads by folder. */
const dataOf = (root: string): readonly string[] =>
  ['server/rules', 'server/forms'].flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.json'))
      .map(name => posix.join(folder, name)),
  )
