import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')

/** Every source file of a room with what it imports, paths from the root. */
function filesOf(
  room: string,
): readonly { readonly file: string; readonly text: string; readonly imports: string[] }[] {
  return readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
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
  'ballot',
  'comment',
  'receipt',
  'closing',
  'counted',
  'tally',
  'record',
  'verify/findings',
  'verify/run',
  'verify/setup',
  'verify/voting',
  'verify/opening',
  'verify',
]

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

  it('let the server import crypto, Node and itself', () => {
    const allowed = /^(crypto|server)\/|^node:/
    const strangers = server.flatMap(({ file, imports }) =>
      imports.filter(from => !allowed.test(from)).map(from => `${file}: ${from}`),
    )
    expect(strangers).toEqual([])
  })

  it('have no file over 300 lines but the table of words', () => {
    const long = [...crypto, ...server].filter(({ text }) => text.split('\n').length > 300)
    expect(long.map(({ file }) => file).filter(file => file !== 'server/words.ts')).toEqual([])
  })
})
