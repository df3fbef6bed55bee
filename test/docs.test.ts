import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { shortCode, toBase64url, toHex } from '../crypto/bytes.ts'
import { leafHash } from '../crypto/merkle.ts'
import { chunksOf } from '../crypto/record.ts'
import { CHECKS } from '../crypto/verify/findings.ts'
import { verify } from '../crypto/verify.ts'
import { parseCase } from '../server/play/case.ts'
import { playPoll } from '../server/play/poll.ts'
import { secureRng, seededRng } from '../server/play/seed.ts'
import { WORDS } from '../server/words.ts'

const root = join(import.meta.dirname, '..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')

describe('docs/protocol.md', () => {
  const page = read('docs/protocol.md')
  let record = ''
  beforeAll(async () => {
    const plan = parseCase(read('test/cases/vinh-phuc-2023.json'))
    for await (const line of playPoll(plan, WORDS.vi.member, seededRng(1))) record += line
  })

  it('quotes the bytes that its own command gives', async () => {
    const { manifest, closing, allowed } = await verify(chunksOf(record), { rng: secureRng })
    const lines = record
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
    const ballot = Uint8Array.from(Buffer.from(lines.find(line => line.type === 'ballot').bytes, 'base64url'))
    const derived = [
      toHex(ballot),
      toBase64url(leafHash(ballot)),
      toBase64url(manifest!.hash),
      toBase64url(allowed!.sums[1]!.ciphertext.beta.bytes),
      toHex(manifest!.hash),
      toHex(closing!.hash),
      // 2·G, RFC 9496, appendix A.1
      '6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919',
    ]
    const known = record + derived.join(' ')
    const quoted = [...page.matchAll(/[^#A-Za-z0-9_-]([A-Za-z0-9_-]{8,20})…/g)].map(([, start]) => start!)
    expect(quoted.length).toBeGreaterThan(20)
    // Roots of tokens and voids and the example's own manifest field stand in the closing and the manifest themselves.
    expect(quoted.filter(start => !known.includes(start))).toEqual([])
    expect(page).toContain(shortCode(manifest!.hash))
    expect(page).toContain(shortCode(closing!.hash))
    expect(page).toContain(`The record has ${lines.length} lines`)
  })

  it('lists the thirteen checks', () => {
    const numbers = [...page.slice(page.indexOf('## 5.')).matchAll(/^(\d+)\. /gm)].map(([, n]) => Number(n))
    expect(numbers.slice(0, 13)).toEqual([...CHECKS])
  })
})

describe('README.md', () => {
  const page = read('README.md')
  it('names only files that are there and commands that exist', () => {
    const files = [...page.matchAll(/\]\(([^)#]+)\)|`((?:crypto|server|client|test)\/[\w./-]+\.tsx?)`/g)].map(
      m => m[1] ?? m[2]!,
    )
    expect(files.length).toBeGreaterThan(10)
    expect(files.filter(file => !existsSync(join(root, file)))).toEqual([])
    const { scripts } = JSON.parse(read('package.json'))
    const commands = [
      ...page.matchAll(
        /npm (?:run )?(start|test|reset-organiser|backup|restore|poll|verify|outcome|bundle|vectors|bench|mutants|load|simulate:province|pace|screens|dev:worker|deploy)\b/g,
      ),
    ].map(m => m[1]!)
    expect(commands.filter(name => scripts[name] === undefined)).toEqual([])
    expect(Object.keys(scripts).filter(name => !name.startsWith('pre') && !commands.includes(name))).toEqual([])
  })

  it('shows what npm start prints', () => {
    const { running, setup, howToStop } = WORDS.vi.start
    const shown = page.slice(page.indexOf('```text') + 8)
    const promised = shown.slice(0, shown.indexOf('```')).trimEnd().split('\n')
    const address = /http:\S+/.exec(promised[0]!)![0]
    expect(promised).toEqual([running(address), setup, howToStop])
  })
})
