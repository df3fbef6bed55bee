import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { parse } from 'acorn'
import { beforeAll, describe, expect, it } from 'vitest'
import { readForms, readRulebook } from '../server/rulebook.ts'
import { builtPages, PAGES } from './browser.ts'

/** Of the voting page, before a card is used. */
const MAX_VOTER_BYTES = 50_000

interface Built {
  readonly page: string
  readonly name: string
  readonly bytes: Uint8Array
  readonly text: string
}

let files: readonly Built[] = []
beforeAll(async () => {
  const dist = await builtPages()
  files = PAGES.flatMap(page =>
    readdirSync(join(dist, page), { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => {
        const bytes = readFileSync(join(entry.parentPath, entry.name))
        return { page, name: entry.name, bytes, text: bytes.toString('utf8') }
      }),
  )
})

const named = (end: string): readonly Built[] => files.filter(({ name }) => name.endsWith(end))
const title = ({ page, name }: Built): string => `${page}/${name.replace(/-[\w-]{8}\./, '.')}`

/** Every place where a rule is broken, over all files. */
const broken = (over: readonly Built[], rule: (file: Built) => readonly string[]): readonly string[] =>
  over.flatMap(file => rule(file).map(what => `${title(file)}: ${what}`))

// ── the language of Chrome 90 and Safari 15 ─────────────────────────────────────────────────────────────────────────

/** Younger than Chrome 90 or Safari 15, or missing on plain http, where the voting page has to run. */
const TOO_YOUNG: ReadonlySet<string> = new Set([
  'findLast',
  'findLastIndex',
  'fromAsync',
  'groupBy',
  'hasOwn',
  'randomUUID',
  'serviceWorker',
  'structuredClone',
  'subtle',
  'toReversed',
  'toSorted',
  'toSpliced',
  'withResolvers',
  'fromHex',
  'toHex',
  'fromBase64',
  'toBase64',
])

/** Names that stand there for a reason: what code does with them, as far as the file shows. */
const TESTED_FIRST: Readonly<Record<string, RegExp>> = {
  // @noble calls it while it loads; `client/older.ts` gives it to browsers that lack it
  hasOwn: /\.hasOwn\s*\?\?=/,
  // @noble/hashes: `typeof Uint8Array.from([]).toHex === 'function' && typeof Uint8Array.fromHex === 'function'`
  toHex: /typeof Uint8Array\.from\(\[\]\)\.toHex\s*={2,3}\s*[`'"]function[`'"]/,
  fromHex: /typeof Uint8Array\.fromHex\s*={2,3}\s*[`'"]function[`'"]/,
}

interface Node {
  readonly type: string
  readonly [field: string]: unknown
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string'

function* nodesOf(node: Node): Generator<Node> {
  yield node
  for (const value of Object.values(node))
    for (const one of Array.isArray(value) ? value : [value]) if (isNode(one)) yield* nodesOf(one)
}

const nameOf = (node: unknown): string | null =>
  isNode(node) && node.type === 'Identifier'
    ? (node.name as string)
    : isNode(node) && node.type === 'Literal' && typeof node.value === 'string'
      ? node.value
      : null

const REGEX_TOO_YOUNG = /\(\?<[=!]/

function tooYoung({ text }: Pick<Built, 'text'>): readonly string[] {
  const program = parse(text, { ecmaVersion: 2022, sourceType: 'module' }) as unknown as Node
  return [...nodesOf(program)].flatMap(node => {
    switch (node.type) {
      case 'StaticBlock':
        return ['a static block']
      case 'BinaryExpression':
        return isNode(node.left) && node.left.type === 'PrivateIdentifier' ? ['#x in y'] : []
      case 'Literal': {
        const regex = node.regex as { readonly pattern: string; readonly flags: string } | undefined
        return regex && (/[dv]/.test(regex.flags) || REGEX_TOO_YOUNG.test(regex.pattern)) ? [`/${regex.pattern}/`] : []
      }
      case 'NewExpression':
      case 'CallExpression': {
        const callee = nameOf(node.callee)
        const [first] = node.arguments as readonly unknown[]
        if (callee === 'eval' || callee === 'Function') return [callee]
        if (callee === 'RegExp' && REGEX_TOO_YOUNG.test(nameOf(first) ?? '')) return ['RegExp with lookbehind']
        if (isNode(node.callee) && node.callee.type === 'MemberExpression' && memberOf(node.callee) === 'at')
          return ['.at(']
        return callee !== null && TOO_YOUNG.has(callee) ? [callee] : []
      }
      case 'MemberExpression': {
        const name = memberOf(node)
        if (name === 'timeout' && nameOf(node.object) === 'AbortSignal') return ['AbortSignal.timeout']
        return name !== null && TOO_YOUNG.has(name) && !TESTED_FIRST[name]?.test(text) ? [`.${name}`] : []
      }
      default:
        return []
    }
  })
}

/** `x.name` and `x['name']`; `x[name]` could be anything. */
const memberOf = ({ computed, property }: Node): string | null =>
  computed === true && isNode(property) && property.type === 'Identifier' ? null : nameOf(property)

const STYLE_TOO_YOUNG = /:has\(|@layer|@container|color-mix\(|@import|:is\([^)]*\(|^\s*&/m

describe('the built pages', () => {
  it('are there, each with a page, a program and a style', () => {
    for (const page of PAGES)
      for (const end of ['.html', '.js', '.css'])
        expect(
          named(end).filter(file => file.page === page),
          `${page}: ${end}`,
        ).not.toEqual([])
  })

  it('speak the language of Chrome 90 and Safari 15', () => {
    expect(broken(named('.js'), tooYoung)).toEqual([])
  })

  it('are styled with what these browsers know', () => {
    expect(broken(named('.css'), ({ text }) => STYLE_TOO_YOUNG.exec(text) ?? [])).toEqual([])
  })

  const examples: Readonly<Record<string, string>> = {
    'a static block': 'class A { static { a() } }',
    'a private name asked for': 'class A { #x; has(y) { return #x in y } }',
    lookbehind: 'a = /(?<=b)c/',
    'lookbehind in a text': "a = new RegExp('(?<!b)c')",
    'indices of a match': 'a = /b/d',
    'Object.hasOwn': 'Object.hasOwn(a, b)',
    at: 'a.at(-1)',
    'at in brackets': "a['at'](-1)",
    'structuredClone by itself': 'structuredClone(a)',
    'crypto.subtle': 'crypto.subtle.digest(a)',
    'AbortSignal.timeout': 'AbortSignal.timeout(9)',
    'hex that was not asked for first': 'Uint8Array.fromHex(a)',
    eval: 'eval(a)',
    'new Function': 'new Function(a)',
  }
  it.each(Object.entries(examples))('would be found out: %s', (_, text) => {
    expect(tooYoung({ text })).toHaveLength(1)
  })

  it('are not accused of what is harmless', () => {
    const harmless =
      'a.at; b[at](1); const { name } = c; /(?<name>d)/u.test(e); typeof Uint8Array.fromHex === "function"'
    expect(tooYoung({ text: harmless })).toEqual([])
  })
})

// ── nothing inline, nothing from elsewhere ──────────────────────────────────────────────────────────────────────────

/** Names of vocabularies, which no browser fetches, and addresses in a local network as examples. */
const NO_HOST = /^https?:\/\/(www\.w3\.org\/|localhost\b|(192\.168|10|127)\.[\d.]+(:\d+)?)/

const urlsIn = (text: string): readonly string[] =>
  [...text.matchAll(/\bhttps?:\/\/[\w[][^\s"'`\\<>{}$]*/g)].map(([url]) => url)

/** Where rule packs say that a figure was read: texts to read, which no page loads. */
const CITED: ReadonlySet<string> = new Set([...readRulebook(), ...readForms()].flatMap(urlsIn))

describe('a strict content policy', () => {
  it('finds no inline script, style or handler', () => {
    const inline = /<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=|javascript:/i
    expect(broken(named('.html'), ({ text }) => inline.exec(text) ?? [])).toEqual([])
  })

  it('finds nothing from another host in any file', () => {
    const hosts = ({ text }: Built) => urlsIn(text).filter(url => !NO_HOST.test(url) && !CITED.has(url))
    expect(broken(files, hosts)).toEqual([])
    const sources = ({ page, text }: Built) =>
      [...text.matchAll(/\s(?:src|href)="([^"]*)"/g)]
        .map(([, to]) => to!)
        .filter(to => !to.startsWith(`/${page}/`) && !to.startsWith('data:'))
    expect(broken(named('.html'), sources)).toEqual([])
    const urls = ({ text }: Built) =>
      [...text.matchAll(/url\(([^)]*)\)/g)].map(([, to]) => to!).filter(to => /\/\//.test(to))
    expect(broken(named('.css'), urls)).toEqual([])
  })

  it('finds titles in Vietnamese, both colour schemes, and no referrer', () => {
    for (const { page, text } of named('.html')) {
      expect(text, page).toMatch(/<html lang="vi">/)
      expect(text, page).toMatch(/<title>[^<]+<\/title>/)
      expect(text, page).toMatch(/<meta name="color-scheme" content="light dark"\s*\/?>/)
      expect(text, page).toMatch(/<meta name="referrer" content="no-referrer"\s*\/?>/)
    }
  })
})

/** Of the voting page, by the start of their names: what comes when it is asked for. */
const LATER = ['board', 'camera', 'en', 'kiosk', 'survey'] as const
const isLater = ({ name }: Built): boolean => LATER.some(what => new RegExp(`^${what}\\b`).test(name))

describe('the voting page', () => {
  it(`is at most ${MAX_VOTER_BYTES} bytes of brotli before anything else is asked for`, () => {
    const parts = files.filter(file => file.page === 'voter' && !isLater(file))
    const sizes = parts.map(({ name, bytes }) => [name, brotliCompressSync(bytes).length] as const)
    const all = sizes.reduce((sum, [, size]) => sum + size, 0)
    expect(all, sizes.map(([name, size]) => `${name} ${size}`).join(', ')).toBeLessThanOrEqual(MAX_VOTER_BYTES)
  })

  it.each(LATER)('holds %s apart', what => {
    const parts = files.filter(({ page, name }) => page === 'voter' && name.startsWith(what) && name.endsWith('.js'))
    expect(parts).toHaveLength(1)
  })
})
