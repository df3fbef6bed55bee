/**
 * One archive per poll: everything that somebody needs in twenty years to check the count and the outcome again, and to
 * read what followed, without a server. A .zip whose bytes depend on its contents alone: no clock, no time zone.
 *
 *     DOC-TRUOC.txt                what is what, and how to check it (Vietnamese, then English)
 *     SHA256SUMS                   of every other file: `sha256sum -c SHA256SUMS`
 *     manifest.json closing.json outcome.json    the very texts whose hashes the record carries
 *     record.ndjson                the record
 *     count.json                   of a round on paper, which has no record: what two people counted alike
 *     packs/<id>-v<version>.json   the rule packs that were applied, byte for byte
 *     <form>.docx scans/…          papers, made and signed
 *     entries.json                 what followed
 *     verifier.html                the verifier as one file
 */
import { type Zippable, zipSync } from 'fflate'
import { toHex, utf8 } from '../../crypto/bytes.ts'
import { sha256 } from '../../crypto/transcript.ts'
import type { EntryView } from '../wire/leader.ts'
import type { PackText } from '../wire/packs.ts'
import { type Named, readFirst } from './read-first.ts'

export interface ArchiveParts {
  readonly poll: { readonly title: string; readonly rehearsal: boolean }
  /** Texts as they were hashed; of a round on paper there is only a count, and perhaps an outcome. */
  readonly manifest: string | null
  readonly closing: string | null
  readonly outcome: string | null
  /** The whole record, with its outcome line. */
  readonly record: Uint8Array | null
  /** Of a round on paper; else null. */
  readonly count: string | null
  /** The one that the manifest pins first, then those alongside; none where the poll pins none. */
  readonly packs: readonly Pick<PackText, 'id' | 'version' | 'text'>[]
  /** `form`: `minutes`, `report`, `announcement`. */
  readonly papers: readonly { readonly form: string; readonly docx: Uint8Array }[]
  readonly scans: readonly {
    readonly n: number
    readonly name: string
    readonly type: string
    readonly bytes: Uint8Array
  }[]
  /** All of them, in their order. */
  readonly entries: readonly Omit<EntryView, 'yours'>[]
  /** `/verifier-file/verifier.html` of the built pages; null where none were built. */
  readonly verifier: Uint8Array | null
}

/** Papers, scans and pictures are compressed already. */
const PACKED = /\.(docx|pdf|png|jpe?g)$/i

export function writeArchive(parts: ArchiveParts): Uint8Array {
  const files = filesOf(parts)
  const described = [{ name: 'DOC-TRUOC.txt', bytes: utf8(readFirst(parts, files)) }, ...files]
  const sums = described.map(({ name, bytes }) => `${toHex(sha256(bytes))}  ${name}\n`).join('')
  // The first moment that a .zip can name. Written in local time, so that it is the same wherever the server stands.
  const mtime = new Date(1980, 0, 1)
  const zippable: Zippable = {}
  for (const { name, bytes } of [...described, { name: 'SHA256SUMS', bytes: utf8(sums) }])
    zippable[name] = [bytes, { level: PACKED.test(name) ? 0 : 9, mtime }]
  return zipSync(zippable)
}

function filesOf(parts: ArchiveParts): readonly Named[] {
  const { manifest, closing, outcome, count, record, packs, papers, scans, entries } = parts
  // Without a record there is nothing for it to verify.
  const verifier = record === null ? null : parts.verifier
  const texts = Object.entries({
    'manifest.json': manifest,
    'closing.json': closing,
    'outcome.json': outcome,
    'count.json': count,
    'entries.json': entriesText(entries),
    ...Object.fromEntries(packs.map(({ id, version, text }) => [`packs/${id}-v${version}.json`, text])),
  })
  return [
    ...texts.flatMap(([name, text]) => (text === null ? [] : [{ name, bytes: utf8(text) }])),
    ...(record === null ? [] : [{ name: 'record.ndjson', bytes: record }]),
    ...papers.map(({ form, docx }) => ({ name: `${form}.docx`, bytes: docx })),
    ...scans.map(({ n, name, type, bytes }) => ({ name: `scans/${n}-${fileName(name, type)}`, bytes })),
    ...(verifier === null ? [] : [{ name: 'verifier.html', bytes: verifier }]),
  ]
}

/** One entry a line, for people and for `diff`. */
function entriesText(entries: ArchiveParts['entries']): string {
  const lines = entries.map(({ n, body, by, confirmedBy }) => JSON.stringify({ n, by, confirmedBy, body }))
  return lines.length === 0 ? '[]\n' : `[\n${lines.join(',\n')}\n]\n`
}

const ENDINGS: Readonly<Record<string, string>> = {
  'application/pdf': '.pdf',
  'image/png': '.png',
  'image/jpeg': '.jpg',
}

/** A name that people gave, as a file may be called on any system: no way out of its folder, an ending that opens it. */
function fileName(name: string, type: string): string {
  const plain = name
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
    .replaceAll(/\.{2,}/g, '.')
    .slice(0, 80)
  const ending = ENDINGS[type] ?? ''
  return plain.toLowerCase().endsWith(ending) ? plain : `${plain}${ending}`
}
