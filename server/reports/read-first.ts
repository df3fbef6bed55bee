/** The archive's first page, as a text that any editor opens: what is what, and how anybody checks it. */
import { ARCHIVE, type ArchiveWords } from '../../client/words/reports-archive.ts'
import { shortCode, toHex, utf8 } from '../../crypto/bytes.ts'
import { parseManifest } from '../../crypto/manifest.ts'
import { sha256 } from '../../crypto/transcript.ts'
import type { ArchiveParts } from './archive.ts'

/** A file of the archive. */
export interface Named {
  readonly name: string
  readonly bytes: Uint8Array
}

const WIDTH = 96

/** `files`: all but this text and the list of sums. */
export function readFirst(parts: ArchiveParts, files: readonly Named[]): string {
  return `${(['vi', 'en'] as const).map(language => page(ARCHIVE[language], parts, files)).join(`\n\n${'='.repeat(WIDTH)}\n\n`)}\n`
}

function page(words: ArchiveWords, parts: ArchiveParts, files: readonly Named[]): string {
  const { title, rehearsal } = parts.poll
  return [
    words.title,
    title,
    ...(rehearsal ? [words.rehearsal] : []),
    '',
    ...(parts.manifest === null ? [indented('', words.onPaper)] : codes(words, parts.manifest, parts.closing)),
    '',
    heading(words.contents),
    ...contents(words, files),
    '',
    heading(words.check),
    ...(parts.manifest === null ? checkPaper(words) : checkRecord(words, parts.manifest, files)),
    '',
    heading(words.kept),
    indented('', retention(words, parts.entries)),
    '',
    heading(words.complaints),
    ...complaints(words, parts.entries),
  ].join('\n')
}

const codes = (words: ArchiveWords, manifest: string, closing: string | null): readonly string[] => {
  const { hash } = parseManifest(manifest)
  return [
    `${words.manifestCode}: ${shortCode(hash)}`,
    `  SHA-256 ${toHex(hash)}`,
    ...(closing === null ? [] : closingLines(words, closing)),
  ]
}

const numbered = (steps: readonly string[]): readonly string[] => steps.map((step, i) => indented(`${i + 1}. `, step))

function checkRecord(words: ArchiveWords, manifest: string, files: readonly Named[]): readonly string[] {
  const verifier = files.find(({ name }) => name === 'verifier.html')
  return [
    ...numbered(words.steps),
    '',
    indented('', words.byCommand),
    ...commands(manifest, files),
    ...(verifier ? ['', ...verifierLines(words, verifier)] : []),
  ]
}

/** Nothing of it proves anything: the sheets themselves do. */
const checkPaper = (words: ArchiveWords): readonly string[] => [
  ...numbered(words.paperSteps),
  '',
  '  sha256sum -c SHA256SUMS',
]

const heading = (text: string): string => `${text}\n${'-'.repeat(text.length)}`

const closingLines = (words: ArchiveWords, closing: string): readonly string[] => {
  const hash = sha256(utf8(closing))
  return [`${words.closingCode}: ${shortCode(hash)}`, `  SHA-256 ${toHex(hash)}`]
}

const verifierLines = (words: ArchiveWords, { name, bytes }: Named): readonly string[] => [
  `${words.hashOf(name)}:`,
  `  ${toHex(sha256(bytes))}`,
  indented('', words.anew),
  '  node client/build.ts verifier-file && sha256sum dist/verifier-file/verifier.html',
]

/** Each file with what it is; papers, packs and scans share one explanation each. */
function contents({ files: words }: ArchiveWords, files: readonly Named[]): readonly string[] {
  const kinds: readonly (readonly [name: RegExp, what: string])[] = [
    [/^manifest\.json$/, words.manifest],
    [/^closing\.json$/, words.closing],
    [/^record\.ndjson$/, words.record],
    [/^count\.json$/, words.count],
    [/^outcome\.json$/, words.outcome],
    [/^packs\//, words.packs],
    [/\.docx$/, words.papers],
    [/^scans\//, words.scans],
    [/^entries\.json$/, words.entries],
    [/^verifier\.html$/, words.verifier],
  ]
  return [
    ...kinds.flatMap(([kind, what]) => {
      const named = files.filter(({ name }) => kind.test(name))
      return named.length === 0 ? [] : [...named.map(({ name }) => name), indented('    ', what)]
    }),
    'SHA256SUMS',
    indented('    ', words.sums),
  ]
}

function commands(manifest: string, files: readonly Named[]): readonly string[] {
  const rules = files.filter(({ name }) => name.startsWith('packs/')).map(({ name }) => ` --rules ${name}`)
  const code = shortCode(parseManifest(manifest).hash)
  return ['  sha256sum -c SHA256SUMS', `  npm run verify -- record.ndjson --manifest ${code}${rules.join('')}`]
}

/** The last one counts: a later basis replaces an earlier one. */
function retention(words: ArchiveWords, entries: ArchiveParts['entries']): string {
  const [last] = entries.flatMap(({ body }) => (body.kind === 'retention' ? [body] : [])).slice(-1)
  return last === undefined ? words.keptUnsaid : words.keptUntil(last.until, last.basis)
}

function complaints(words: ArchiveWords, entries: ArchiveParts['entries']): readonly string[] {
  const lines = entries.flatMap(({ n, body }) => {
    switch (body.kind) {
      case 'complaint':
        return [`${n}. ${words.complaint(body.date)}`]
      case 'settled':
        return [`${n}. ${words.settled(body.date, body.complaint)}`]
      case 'recount':
        return [`${n}. ${words.recount(body.date)}`]
      default:
        return []
    }
  })
  return lines.length === 0 ? [words.noComplaints] : lines
}

/** Broken at spaces, every further line below the first. */
function indented(start: string, text: string): string {
  const lines = ['']
  for (const word of text.split(' ')) {
    const longer = lines.at(-1) === '' ? word : `${lines.at(-1)} ${word}`
    if (longer.length + start.length > WIDTH) lines.push(word)
    else lines[lines.length - 1] = longer
  }
  return lines.map((line, i) => `${i === 0 ? start : ' '.repeat(start.length)}${line}`).join('\n')
}
