/** `npm run verify -- RECORD`: the thirteen checks, one line each, then the counts. */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { fromBase64url, shortCode, toBase64url, toHex } from '../../crypto/bytes.ts'
import { type Report, verify } from '../../crypto/verify.ts'
import { secureRng } from '../play/seed.ts'
import { readRulebook } from '../rulebook.ts'
import { rulesWith } from '../rules/outcome.ts'
import { readPack } from '../rules/read.ts'
import { type Language, WORDS } from '../words.ts'
import { EXIT, faultLine, isStarted, languageOf, Progress, readFileWith, run, shown, Unusable } from './terminal.ts'

export interface VerifyArguments {
  readonly record: string
  /** The manifest asked for: its hash, or its short code. */
  readonly asked: Uint8Array | string | null
  /** Files of rule packs that did not come with the program. */
  readonly rules: readonly string[]
  readonly language: Language
  readonly json: boolean
}

export async function verifyFile({ record, asked, rules, language, json }: VerifyArguments): Promise<number> {
  const words = WORDS[language]
  await checkFile(record, language)
  const local = await Promise.all(rules.map(file => readRules(file, language)))
  const progress = new Progress()
  const report = await verify(createReadStream(record), {
    rng: secureRng,
    rules: rulesWith([...readRulebook(), ...local]),
    onProgress: lines => progress.show(words.progress.lines(lines)),
    ...(asked === null ? {} : { asked }),
  })
  progress.done()
  process.stdout.write(json ? `${JSON.stringify(reportAsJson(report))}\n` : shown(reportAsText(report, language)))
  return report.ok ? EXIT.success : EXIT.finding
}

/** A file that cannot be read, is empty or does not even begin like a record is unusable rather than false. */
async function checkFile(file: string, language: Language): Promise<void> {
  const words = WORDS[language].unusable
  const start = Buffer.alloc(1)
  const read = await open(file)
    .then(async handle => {
      const { bytesRead } = await handle.read(start, 0, 1, 0)
      await handle.close()
      return bytesRead
    })
    .catch(() => {
      throw new Unusable(words.file(file))
    })
  if (read === 0) throw new Unusable(words.empty(file))
  if (start.toString('latin1') !== '{') throw new Unusable(words.notRecord(file))
}

/** A pack's text. What is no pack is unusable, and the line is named. */
const readRules = (file: string, language: Language): Promise<string> =>
  readFileWith(file, language, text => {
    readPack(text)
    return text
  })

/** For machines; field names are those of the protocol. */
export function reportAsJson({ ok, complete, checks, manifest, closing, result }: Report) {
  return {
    ok,
    complete,
    checks,
    manifestHash: manifest && toHex(manifest.hash),
    closingHash: closing && toHex(closing.hash),
    closingCode: closing && shortCode(closing.hash),
    rules: manifest?.rules ? { pack: manifest.rules.pack, sha256: toHex(manifest.rules.sha256) } : null,
    result: result && { unions: result.unions },
  }
}

export function reportAsText(report: Report, language: Language): string {
  const words = WORDS[language]
  const { checks, manifest, closing } = report
  const lines = checks.flatMap(({ check, status, findings, more }) => [
    `${String(check).padStart(2)}  ${MARK[status]}  ${words.checks[check]}: ${words.statuses[status]}`,
    ...findings.map(finding => `        ${words.line(finding.line)}, ${faultLine(language, finding)}`),
    ...(more > 0 ? [`        ${words.more(more)}`] : []),
    ...(status === 'not-checked' && manifest?.rules
      ? [`        ${words.rulesMissing(manifest.rules.pack, toHex(manifest.rules.sha256))}`]
      : []),
  ])
  lines.push('', words.verdict[verdictOf(report)])
  if (report.ok && manifest) lines.push('', manifest.poll.title, `${words.manifestCode}: ${shortCode(manifest.hash)}`)
  if (report.ok && closing) lines.push(`${words.closingCode}: ${shortCode(closing.hash)}`)
  if (report.ok) lines.push(...countLines(report, language))
  return `${lines.join('\n')}\n`
}

function verdictOf({ ok, complete, checks }: Report): keyof (typeof WORDS)['vi']['verdict'] {
  if (!ok) return 'fails'
  if (!complete) return 'board'
  return checks.some(({ status }) => status === 'not-checked') ? 'withoutRules' : 'holds'
}

const MARK = { holds: '✓', fails: '✗', 'not-reached': '·', 'not-checked': '·', none: '·' } as const

function countLines({ manifest, result }: Report, language: Language): readonly string[] {
  const words = WORDS[language]
  if (!manifest) return []
  if (!result) return [words.nothingOpenedYet]
  if (result.unions.length === 0) return [words.nothingOpened]
  const labelOf = (id: string) => manifest.groups.find(group => group.id === id)!.label
  return result.unions.flatMap(({ groups, ballots, counts }) => [
    '',
    `${words.union(groups.map(labelOf).join(', '))} · ${words.ballots(ballots)}`,
    ...manifest.contests.flatMap(({ title, options, max }, c) => {
      const rows = options.map(({ label }, o) => [label, counts[c]![o]!] as const)
      const marks = rows.reduce((sum, [, n]) => sum + n, 0)
      // With one mark a ballot at most, what is missing was left empty.
      const all = max === 1 ? [...rows, [words.unmarked, ballots - marks] as const] : rows
      const width = Math.max(...all.map(([label]) => label.length))
      return [`  ${title}`, ...all.map(([label, n]) => `    ${label.padEnd(width)}  ${String(n).padStart(6)}`)]
    }),
  ])
}

/** 64 hex digits as `sha256sum` prints them, base64url, or the short code. */
function readAsked(said: string): Uint8Array | string {
  if (/^[0-9a-f]{64}$/.test(said)) return Uint8Array.from(said.match(/../g)!, byte => Number.parseInt(byte, 16))
  const bytes = fromBase64url(said)
  return bytes && bytes.length >= 20 && toBase64url(bytes) === said ? bytes : said
}

function readArguments(): VerifyArguments {
  try {
    const { values, positionals } = parseArgs({
      options: {
        manifest: { type: 'string' },
        rules: { type: 'string', multiple: true, default: [] },
        lang: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
      allowPositionals: true,
    })
    const language = languageOf(values.lang)
    const [record] = positionals
    if (record === undefined || positionals.length !== 1) throw new Unusable(WORDS[language].usage.verify)
    const asked = values.manifest === undefined ? null : readAsked(values.manifest)
    return { record, asked, rules: values.rules, language, json: values.json }
  } catch (error) {
    if (error instanceof Unusable) throw error
    throw new Unusable(WORDS.vi.usage.verify)
  }
}

if (isStarted(import.meta.filename)) await run(() => verifyFile(readArguments()))
