/**
 * `npm run bundle` as whoever prepares a USB stick runs it, and its folder as whoever receives the stick does: without
 * network, without Node, from a place of its own. Other platforms' folders cannot run here; what they are is read from
 * their bytes.
 */
import { spawnSync } from 'node:child_process'
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fetchPackages, nameOf, neededBy, readLock } from '../server/commands/bundle/packages.ts'
import { INSIDE, PLATFORMS, type Platform } from '../server/commands/bundle/platforms.ts'
import { BUNDLE } from '../server/words/bundle.ts'
import type { Seen } from './bundle-probe.ts'

const root = join(import.meta.dirname, '..')
const place = mkdtempSync(join(tmpdir(), 'phieukin-bundle-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))

const here = `linux-${process.arch}` as Platform

function run(command: string, args: readonly string[], options: { env?: NodeJS.ProcessEnv; cwd?: string } = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', ...options })
  return { status, stdout, stderr }
}

const bundle = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  run(process.execPath, [join(root, 'server', 'commands', 'bundle.ts'), ...args], { env: { ...process.env, ...env } })

const folderIn = (out: string, platform: Platform): string => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly version: string }
  return join(out, `phieukin-${version}-${platform}`)
}

/** Of each folder, in the order in which they were made. */
const hashesIn = (printed: string): readonly string[] => [...printed.matchAll(/SHA-256 (\w{64})$/gm)].map(m => m[1]!)

/** As docs/operations.md says, by the system's own programs. */
function hashByHand(folder: string): string {
  const sums = `find . -type f ! -path ./SHA256SUMS ! -path './data/*' -printf '%P\\n' | xargs sha256sum | LC_ALL=C sort`
  return run('sh', ['-c', `${sums} | sha256sum`], { cwd: folder }).stdout.slice(0, 64)
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))

/** What a program or library is made for, by its first bytes. */
function madeFor(file: string): string {
  const bytes = Buffer.alloc(4096)
  const opened = openSync(file, 'r')
  readSync(opened, bytes)
  closeSync(opened)
  const at = (from: number, length: number): string => bytes.toString('latin1', from, from + length)
  if (at(0, 4) === '\x7fELF') return { 62: 'ELF x64', 183: 'ELF arm64' }[bytes.readUInt16LE(18)] ?? 'ELF'
  const header = at(0, 2) === 'MZ' ? bytes.readUInt16LE(0x3c) : 0
  if (at(header, 4) === 'PE\0\0') return { 34404: 'PE x64', 43620: 'PE arm64' }[bytes.readUInt16LE(header + 4)] ?? 'PE'
  return 'nothing known'
}

const MADE_FOR = { 'linux-x64': 'ELF x64', 'linux-arm64': 'ELF arm64', 'win-x64': 'PE x64' } as const

// ── no network ──────────────────────────────────────────────────────────────────────────────────────────────────

const LOOPBACK = '(ip link set lo up || ifconfig lo up) 2>/dev/null'
/** Whether this system lets us go where there is no network but the machine's own address. */
const canLeave = run('unshare', ['-rn', 'sh', '-c', LOOPBACK]).status === 0

/** Starts it, speaks to it, stops it. */
function probe(start: string): Seen {
  const told = [process.execPath, join(import.meta.dirname, 'bundle-probe.ts'), start]
  const { status, stdout, stderr } = canLeave
    ? run('unshare', ['-rn', 'sh', '-c', `${LOOPBACK}; exec "$@"`, 'sh', ...told])
    : run(told[0]!, told.slice(1))
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

// ── the folders ─────────────────────────────────────────────────────────────────────────────────────────────────

const out = join(place, 'out')
let made: readonly { readonly platform: Platform; readonly folder: string; readonly hash: string }[] = []
const folderOf = (platform: Platform): string | null => made.find(one => one.platform === platform)?.folder ?? null

beforeAll(() => {
  const all = bundle(['--out', out])
  const asked = all.status === 0 ? PLATFORMS : [here]
  // Without the registry only this machine's own Node can be at hand; the tests of the others are then left out, and counted.
  const { status, stdout, stderr } = all.status === 0 ? all : bundle(['--platform', here, '--out', out])
  if (status !== 0) throw new Error(stderr)
  const hashes = hashesIn(stdout)
  made = asked.map((platform, i) => ({ platform, folder: folderIn(out, platform), hash: hashes[i]! }))
  process.stdout.write(
    canLeave
      ? 'bundle: tried in a network namespace that has loopback alone\n'
      : 'bundle: no network namespace here; tried with an empty PATH and proxies that nobody answers\n',
  )
})

describe('npm run bundle', () => {
  it('prints of each folder the hash that anybody computes again', () => {
    for (const { folder, hash } of made) {
      expect(hashByHand(folder)).toBe(hash)
      expect(run('sha256sum', ['SHA256SUMS'], { cwd: folder }).stdout).toBe(`${hash}  SHA256SUMS\n`)
      expect(run('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: folder })).toMatchObject({
        status: 0,
        stdout: '',
      })
    }
    expect(new Set(made.map(({ hash }) => hash)).size).toBe(made.length)
    expect(readdirSync(out).length).toBe(made.length)
  })

  it('gives the same hash again, and another one for a byte that changed or a file too many', () => {
    const again = join(place, 'again')
    const { stdout } = bundle(['--platform', here, '--out', again])
    const folder = folderIn(again, here)
    expect(hashesIn(stdout)).toEqual([made.find(({ platform }) => platform === here)!.hash])
    const [hash] = hashesIn(stdout)
    const file = join(folder, 'app', 'server', 'app.ts')
    const bytes = readFileSync(file)
    const changed = Buffer.from(bytes)
    changed[100]! ^= 1
    writeFileSync(file, changed)
    expect(hashByHand(folder)).not.toBe(hash)
    expect(run('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: folder }).status).toBe(1)
    writeFileSync(file, bytes)
    expect(hashByHand(folder)).toBe(hash)
    expect(run('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: folder })).toMatchObject({ status: 0, stdout: '' })
    // A file too many is one that no list of hashes names; the hash does.
    writeFileSync(join(folder, 'app', 'node_modules', 'better-sqlite3', 'more.js'), '')
    expect(hashByHand(folder)).not.toBe(hash)
    rmSync(again, { recursive: true })
  })

  it('takes nothing that is not the package in package-lock.json', () => {
    const lock = readLock(root)
    const path = 'node_modules/fflate'
    fetchPackages(lock, [path], join(place, 'packages'), root, 'en')
    expect(existsSync(join(place, 'packages', path, 'package.json'))).toBe(true)
    const { version, integrity } = lock[path]!
    const other = {
      ...lock,
      [path]: { version, integrity: integrity!.replace(/.(?===$)/, end => (end === 'A' ? 'Q' : 'A')) },
    }
    expect(() => fetchPackages(other, [path], join(place, 'other'), root, 'en')).toThrow(
      BUNDLE.en.altered(`fflate@${version}`),
    )
    expect(existsSync(join(place, 'other', path))).toBe(false)
  })

  it('says so where the registry cannot be reached, and changes nothing', () => {
    const before = readdirSync(out)
    const cut = {
      npm_config_registry: 'http://127.0.0.1:9',
      npm_config_cache: join(place, 'no-cache'),
      npm_config_fetch_retries: '0',
    }
    const { status, stdout, stderr } = bundle(['--platform', here, '--out', out, '--lang', 'en'], cut)
    expect([status, stdout]).toEqual([2, ''])
    expect(stderr).toContain(BUNDLE.en.unreachable('ECONNREFUSED'))
    expect(readdirSync(out)).toEqual(before)
    expect(hashByHand(folderOf(here)!)).toBe(made.find(({ platform }) => platform === here)!.hash)
  })

  it('refuses to replace a folder in which somebody has data, and platforms that it does not know', () => {
    const used = join(place, 'used')
    mkdirSync(join(folderIn(used, here), 'data'), { recursive: true })
    const { status, stderr } = bundle(['--platform', here, '--out', used])
    expect([status, stderr]).toEqual([2, `${BUNDLE.vi.holdsData(folderIn(used, here))}\n`])
    expect(existsSync(join(folderIn(used, here), 'data'))).toBe(true)
    expect(bundle(['--platform', 'toaster'])).toMatchObject({ status: 2, stderr: `${BUNDLE.vi.usage}\n` })
  })
})

describe('the folder for this machine', () => {
  const stick = join(place, 'Phiếu kín (USB)')
  const start = join(stick, INSIDE[here].start)
  const inside = (...args: string[]) => run('/usr/bin/env', ['-i', '/bin/sh', start, ...args], { cwd: place })

  beforeAll(() => {
    cpSync(folderOf(here)!, stick, { recursive: true })
  })

  it('starts with nothing but itself, serves its pages and takes a password, on its own Node', () => {
    const seen = probe(start)
    if (canLeave) expect([seen.interfaces, seen.elsewhere]).toEqual([['lo'], 'ENETUNREACH'])
    expect(seen.program).toBe(join(stick, 'bin', 'node'))
    const page = (name: string) => readFileSync(join(stick, 'app', 'dist', name, 'index.html'), 'utf8')
    expect(seen.pages).toEqual({
      '/': { status: 200, body: page('voter') },
      '/to-chuc': { status: 200, body: page('organiser') },
      '/kiem-phieu': { status: 200, body: page('trustee') },
      '/verify': { status: 200, body: page('verifier') },
      '/no-such-page': { status: 404, body: expect.any(String) },
    })
    expect(seen.organiser).toEqual({ status: 200, polls: 1, stranger: 401 })
    expect(seen.exitCode).toBe(0)
  })

  it('keeps its data beside itself, which changes no hash', () => {
    expect(readdirSync(join(stick, 'data'))).toEqual(['phieukin.sqlite'])
    expect(hashByHand(stick)).toBe(made.find(({ platform }) => platform === here)!.hash)
  })

  it('runs the other commands, even where a copy lost which files are programs', () => {
    for (const file of [start, join(stick, 'bin', 'node')]) run('chmod', ['a-x', file])
    const record = join(place, 'unit.record')
    expect(inside('poll', '--case', join(root, 'test', 'cases', 'unit-of-7.json'), '--out', record).status).toBe(0)
    expect(inside('verify', 'unit.record')).toMatchObject({ status: 0, stderr: '' })
    writeFileSync(record, readFileSync(record, 'utf8').replace('"ballot"', '"bullet"'))
    expect(inside('verify', 'unit.record').status).toBe(1)
    expect(inside('reset-organiser').stdout).toContain('/to-chuc#setup.')
    const { status, stderr } = inside('bundle')
    expect([status, stderr.split(' [')[0]]).toEqual([2, BUNDLE.vi.usageInside([]).split(' [')[0]])
  })
})

describe.each(PLATFORMS)('the folder for %s', platform => {
  const { program, addon, start, startText } = INSIDE[platform]

  it('holds programs of that platform alone', context => {
    const folder = folderOf(platform)
    if (!folder) return context.skip(`${platform}: its Node could not be fetched here`)
    expect(madeFor(join(folder, program))).toBe(MADE_FOR[platform])
    const { node } = INSIDE[platform]
    const { version } = readLock(root)[`node_modules/${node}`]!
    expect(readFileSync(join(folder, program)).includes(`v${version}`)).toBe(true)
    const binaries = filesIn(folder).filter(file => madeFor(join(folder, file)) !== 'nothing known')
    expect(binaries.sort()).toEqual([`app/node_modules/better-sqlite3/prebuilds/${addon}`, program].sort())
    expect(binaries.map(file => madeFor(join(folder, file)))).toEqual([MADE_FOR[platform], MADE_FOR[platform]])
  })

  it('holds what runs and its licences, and nothing of what tests and builds', context => {
    const folder = folderOf(platform)
    if (!folder) return context.skip(`${platform}: its Node could not be fetched here`)
    const files = filesIn(folder)
    const lock = readLock(root)
    expect(
      files.filter(file => /^app\/test\/|\.tsx$|\.test\.|tsconfig\.json$|\bbundle\.ts$|\.d\.ts$/.test(file)),
    ).toEqual(['app/server/words/bundle.ts'])
    const packages = [...new Set(files.map(file => /^app\/(.*node_modules\/(?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]))]
    const known = packages.filter(path => path !== undefined)
    expect(known.length).toBeGreaterThan(10)
    expect(known.filter(path => lock[path] === undefined || lock[path].dev)).toEqual([])
    const licensed = new Set([...known, ...neededBy(lock, ['preact', 'qr', '@fontsource/tinos'])])
    const licences = [...licensed].map(path => `licences/${nameOf(path).replace('/', '-')}-${lock[path]!.version}.txt`)
    expect([...licences, 'licences/node.txt', 'licences/phieukin.txt'].filter(file => !files.includes(file))).toEqual(
      [],
    )
    expect(readFileSync(join(folder, 'licences', 'node.txt'), 'utf8')).toContain(
      'Node.js is licensed for use as follows',
    )
  })

  it('says in both languages what to do, in letters that its system reads', context => {
    const folder = folderOf(platform)
    if (!folder) return context.skip(`${platform}: its Node could not be fetched here`)
    const [readme, script] = ['README.txt', start].map(name => readFileSync(join(folder, name), 'utf8'))
    expect(readme).toContain('TRƯỚC KHI CHẠY')
    expect(readme).toContain('BEFORE STARTING')
    expect(script).toBe(startText)
    const ends = platform === 'win-x64' ? /\r\n/g : /(?<!\r)\n/g
    for (const text of [readme!, script!]) expect(text.match(ends)!.length).toBe(text.split('\n').length - 1)
    // A console that is told its letters after the first of them shows something else.
    const lines = script!.split('\r\n')
    const isForeign = (line: string) => Buffer.byteLength(line) > line.length
    if (platform !== 'win-x64') expect(isForeign(script!)).toBe(false)
    else expect(lines.findIndex(isForeign)).toBeGreaterThan(lines.indexOf('chcp 65001 >nul'))
  })
})

it('knows a platform for each of the Nodes in package.json', () => {
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly optionalDependencies: { readonly [name: string]: string }
  }
  expect(PLATFORMS.map(platform => INSIDE[platform].node).sort()).toEqual(Object.keys(optionalDependencies).sort())
  expect(new Set(Object.values(optionalDependencies)).size).toBe(1)
})
