/**
 * `npm run bundle`: for whoever prepares a USB stick. Below `bundle/` a folder per platform that starts without network
 * or installation, with a Node of its own, and the SHA-256 of each. Needs the npm registry, or npm's cache; whatever comes
 * from there is held to package-lock.json. The folders appear once all of them are whole.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { BUNDLE } from '../words/bundle.ts'
import type { Language } from '../words.ts'
import { contentsOf, hasData, makeFolder, type Parts, weightOf } from './bundle/folder.ts'
import { fetchPackages, readLock } from './bundle/packages.ts'
import { INSIDE, PLATFORMS, type Platform } from './bundle/platforms.ts'
import { EXIT, languageOf, run, Unusable } from './terminal.ts'

const root = join(import.meta.dirname, '..', '..')

interface BundleArguments {
  readonly platforms: readonly Platform[]
  readonly out: string
  readonly language: Language
}

function bundle({ platforms, out, language }: BundleArguments): number {
  const words = BUNDLE[language]
  const { version, scripts } = readProject()
  const folderOf = (platform: Platform) => join(out, `phieukin-${version}-${platform}`)
  for (const folder of platforms.map(folderOf)) if (hasData(folder)) throw new Unusable(words.holdsData(folder))
  mkdirSync(out, { recursive: true })
  const making = mkdtempSync(join(out, '.making-'))
  try {
    const parts = gather({ version, scripts, platforms, making, language })
    const made = platforms.map(platform => {
      const folder = join(making, platform)
      return { platform, folder, hash: makeFolder(platform, folder, parts) }
    })
    for (const { platform, folder, hash } of made) {
      rmSync(folderOf(platform), { recursive: true, force: true })
      renameSync(folder, folderOf(platform))
      const megabytes = Math.round(weightOf(folderOf(platform)) / 1e6)
      process.stdout.write(`${words.made(relative('', folderOf(platform)), megabytes)}\n    SHA-256 ${hash}\n`)
    }
  } finally {
    rmSync(making, { recursive: true, force: true })
  }
  process.stdout.write(`${words.compare}\n`)
  return EXIT.success
}

/** The scripts that run a command of the server, under the command's own name; this one is for who prepares. */
function readProject(): Pick<Parts, 'version' | 'scripts'> {
  const { version, scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Parts
  const kept = Object.entries(scripts).filter(
    ([name, script]) => name !== 'bundle' && script.endsWith(` server/commands/${name}.ts`),
  )
  return { version, scripts: Object.fromEntries(kept) }
}

interface Gathering extends Pick<Parts, 'version' | 'scripts'> {
  readonly platforms: readonly Platform[]
  readonly making: string
  readonly language: Language
}

/** Pages built anew and packages fetched anew: nothing that lay about gets in. */
function gather({ version, scripts, platforms, making, language }: Gathering): Parts {
  const words = BUNDLE[language]
  const unpacked = join(making, 'unpacked')
  const pages = join(making, 'pages')
  const lock = readLock(root)
  const { packages, licensed } = contentsOf({ root, scripts, lock })
  const nodes = platforms.flatMap(platform => [INSIDE[platform].node, INSIDE[platform].licence])
  process.stderr.write(`${words.fetching}\n`)
  const paths = new Set([...packages, ...licensed, ...nodes.map(name => `node_modules/${name}`)])
  fetchPackages(lock, [...paths], unpacked, root, language)
  process.stderr.write(`${words.building}\n`)
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'client', 'build.ts')], {
    env: { ...process.env, DIST: pages },
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  return { root, version, scripts, lock, unpacked, pages }
}

function readArguments(): BundleArguments {
  try {
    const { values } = parseArgs({
      options: {
        platform: { type: 'string', multiple: true, default: [...PLATFORMS] },
        out: { type: 'string', default: join(root, 'bundle') },
        lang: { type: 'string' },
      },
    })
    const language = languageOf(values.lang)
    const platforms = PLATFORMS.filter(platform => values.platform.includes(platform))
    if (platforms.length !== new Set(values.platform).size) throw new Unusable(BUNDLE[language].usage)
    return { platforms, out: resolve(values.out), language }
  } catch (error) {
    if (error instanceof Unusable) throw error
    throw new Unusable(BUNDLE.vi.usage)
  }
}

await run(async () => bundle(readArguments()))
