import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')

/** Every source file of a room with what it imports, paths from the root. */
function filesOf(
  room: string,
): readonly { readonly file: string; readonly text: string; readonly imports: string[] }[] {
  return readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name))
    .map(name => {
      const file = join(room, name)
      const text = readFileSync(join(root, file), 'utf8')
      const imports = [...text.matchAll(/(?:from|import) '([^']+)'/g)].map(([, from]) =>
        from!.startsWith('.') ? relative(root, resolve(root, dirname(file), from!)) : from!,
      )
      return { file, text, imports }
    })
}

const crypto = filesOf('crypto')
const server = filesOf('server')
const client = filesOf('client')

/** The order in which the rooms of crypto/ stand on one another; each imports only from before itself. */
const ORDER = [
  'bytes',
  'fault',
  'json',
  'group',
  'transcript',
  'reader',
  'multiscalar',
  'batch',
  'signature',
  'act',
  'elgamal',
  'proof',
  'merkle',
  'manifest',
  'token',
  'credential',
  'blind',
  'box',
  'trustees',
  'share',
  'rehearsal',
  'ballot',
  'comment',
  'receipt',
  'closing',
  'comment-opening',
  'counted',
  'tally',
  'record',
  'verify/findings',
  'verify/run',
  'verify/setup',
  'verify/voting',
  'verify/opening',
  'verify',
  'stop',
  'opening',
  'memory',
  'typed',
  'comment-file',
  'backup',
  'sheet',
  'device',
]

/** Packages of one engine or platform, with the files that may name them. */
const KNOWN_BY: Readonly<Record<string, readonly string[]>> = {
  'better-sqlite3': ['server/db/sqlite.ts'],
  pg: ['server/db/postgres.ts', 'server/db/postgres-rewrite.ts', 'server/db/postgres-settings.ts'],
  'cloudflare:workers': ['server/db/poll-object.ts'],
  // Types alone.
  '@cloudflare/workers-types': ['server/cloudflare.d.ts', 'server/db/d1.ts', 'server/worker.ts'],
  '@hono/node-server': ['server/node.ts'],
  vite: ['server/commands/build-worker.ts'],
  // A file of any length, sealed in parts.
}

describe('the rooms', () => {
  it('are all there', () => {
    expect(crypto.map(({ file }) => file.slice('crypto/'.length, -3)).sort()).toEqual([...ORDER].sort())
    expect(server.length).toBeGreaterThanOrEqual(10)
    expect(crypto.flatMap(({ imports }) => imports).length).toBeGreaterThan(100)
  })

  it('let crypto import @noble and itself, and nothing else', () => {
    const strangers = crypto.flatMap(({ file, imports }) =>
      imports
        .filter(from => !from.startsWith('crypto/') && !from.startsWith('@noble/'))
        .map(from => `${file}: ${from}`),
    )
    expect(strangers).toEqual([])
  })

  it('let nothing of crypto import what comes after it', () => {
    const place = (file: string) => ORDER.indexOf(file.slice('crypto/'.length, -3))
    const backwards = crypto.flatMap(({ file, imports }) =>
      imports.filter(from => from.startsWith('crypto/') && place(from) >= place(file)).map(from => `${file}: ${from}`),
    )
    expect(backwards).toEqual([])
  })

  it('keep clocks, randomness and the outside world out of crypto', () => {
    const words = /\b(Date|Math\.random|performance|process|fetch|setTimeout|console|globalThis)\b/
    expect(
      crypto.filter(({ text }) => words.test(text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''))).map(f => f.file),
    ).toEqual([])
  })

  it('let the curve be named in one file', () => {
    const naming = crypto.filter(({ imports }) => imports.some(from => from.startsWith('@noble/curves')))
    expect(naming.map(({ file }) => file)).toEqual(['crypto/group.ts'])
  })

  it('let the server import crypto, its platforms, its few libraries, itself and the words that the pages speak too', () => {
    const allowed =
      /^(crypto|server|client\/words)\/|^node:|^(hono|hono\/(?:compress|cookie)|kysely|qrcode|docx|docx\/watermarks|fflate|write-excel-file\/node)$/
    const strangers = server.flatMap(({ file, imports }) =>
      imports.filter(from => !allowed.test(from) && !(from in KNOWN_BY)).map(from => `${file}: ${from}`),
    )
    expect(strangers).toEqual([])
  })

  it.each(Object.entries(KNOWN_BY))('let %s be known by its own files alone', (name, files) => {
    const knowing = server.filter(({ imports }) => imports.includes(name)).map(({ file }) => file)
    expect(knowing.sort()).toEqual([...files].sort())
  })

  it('let an engine be chosen by entries and commands alone', () => {
    const choosing = server.filter(
      ({ file, imports }) => !file.startsWith('server/db/') && imports.some(from => from.startsWith('server/db/')),
    )
    expect(
      choosing
        .map(({ file }) => file)
        .filter(file => !file.startsWith('server/commands/'))
        .sort(),
    ).toEqual(['server/node.ts', 'server/worker.ts'])
  })

  it('let the entries of the server know Node, and few others', () => {
    const onNode = server.filter(({ imports }) => imports.some(from => from.startsWith('node:')))
    expect(
      onNode
        .map(({ file }) => file)
        .filter(file => !/^server\/(commands|play)\//.test(file))
        .sort(),
    ).toEqual([
      'server/account.ts', // scrypt
      'server/baked.ts', // what the Worker carries, read while it is built
      'server/node.ts',
      'server/pages.ts',
      'server/rulebook.ts', // the texts that came with the program
      'server/worker-thread.ts',
      'server/worker.ts', // where a request's own waiting goes
      'server/workers.ts',
    ])
  })

  it('let the rules import crypto and themselves, so that pages and verifier may import them', () => {
    const strangers = server
      .filter(({ file }) => file.startsWith('server/rules/'))
      .flatMap(({ file, imports }) =>
        imports.filter(from => !/^(crypto|server\/rules)\//.test(from)).map(from => `${file}: ${from}`),
      )
    expect(strangers).toEqual([])
  })

  it('let the pages import crypto, the rules, types of the wire, their few libraries and themselves', () => {
    const allowed =
      /^(crypto|client|server\/rules)\/|^server\/(wire(\/\w+)?|reports\/form)\.ts$|^(preact|preact\/hooks|qr|qr\/decode\.js|qrcode|vite|node:path)$|^@fontsource\/|\.css$/
    const strangers = client.flatMap(({ file, imports }) =>
      imports.filter(from => !allowed.test(from)).map(from => `${file}: ${from}`),
    )
    expect(strangers).toEqual([])
    const values = client.flatMap(({ file, text }) =>
      [
        ...text.matchAll(/^(?:import|export) (?!type\b)((?:(?!\bfrom\b)[\s\S])*?)from '[./]+\/server\/(?!rules\/)/gm),
      ].map(() => file),
    )
    expect(values).toEqual([])
  })

  it('let one file of the pages fetch, one store, and none write markup by hand', () => {
    const using = (what: RegExp) =>
      client.filter(({ text }) => what.test(text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''))).map(({ file }) => file)
    expect(using(/\bfetch\(/)).toEqual(['client/api.ts'])
    expect(using(/\b(localStorage|sessionStorage|indexedDB)\b/)).toEqual(['client/keep.ts'])
    expect(using(/innerHTML|dangerouslySetInnerHTML|document\.write/)).toEqual([])
    expect(using(/document\.cookie|navigator\.sendBeacon|XMLHttpRequest/)).toEqual([])
  })

  it('let no person’s pages import another’s', () => {
    // What the words need to know of a person's states are types.
    const person = (path: string) =>
      /^client\/(voter|trustee|organiser|hall|verifier|leader|rules|forms)\//.exec(path)?.[1]
    const crossing = client.flatMap(({ file, imports }) =>
      imports
        .filter(from => person(from) && person(file) && person(file) !== person(from))
        .map(from => `${file}: ${from}`),
    )
    expect(crossing).toEqual([])
  })

  it('have no file over 300 lines but the tables of words and of the wire', () => {
    const long = [...crypto, ...server, ...client].filter(({ text }) => text.split('\n').length > 300)
    const tables = /^(server\/words|server\/wire|client\/words\/.*)\.ts$/
    expect(long.map(({ file }) => file).filter(file => !tables.test(file))).toEqual([])
  })
})
