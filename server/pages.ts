/** Reads the built pages into memory, each compressed once. */
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { toHex, utf8 } from '../crypto/bytes.ts'
import { sha256 } from '../crypto/transcript.ts'
import type { PageFile, Pages } from './deps.ts'

const TYPES: { readonly [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
}
/** Compressed by themselves: once more costs a start some seconds and saves nothing. */
const PACKED = /\.woff2?$/

const VOTER = '/voter/'

const QUALITY = constants.BROTLI_PARAM_QUALITY
/** The voting page goes over the slowest lines; for the others a quick start is worth a few bytes more. */
const qualityOf = (path: string): number => (path.startsWith(VOTER) ? constants.BROTLI_MAX_QUALITY : 5)

export function readPages(folder: string): Pages {
  const files = new Map<string, PageFile>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    const body = new Uint8Array(readFileSync(file))
    const path = file.slice(folder.length).replaceAll('\\', '/')
    const packed = PACKED.test(entry.name)
    const type = TYPES[extname(entry.name)] ?? 'application/octet-stream'
    files.set(path, {
      type,
      body,
      gzip: packed ? null : new Uint8Array(gzipSync(body)),
      brotli: packed ? null : new Uint8Array(brotliCompressSync(body, { params: { [QUALITY]: qualityOf(path) } })),
    })
  }
  const bundle = [...files.keys()]
    .filter(path => path.startsWith(VOTER))
    .map(path => path.slice(VOTER.length))
    .sort()
  const lines = bundle.map(name => `${toHex(sha256(files.get(VOTER + name)!.body))}  ${name}\n`).sort()
  return { find: async path => files.get(path) ?? null, bundle, bundleHash: sha256(utf8(lines.join(''))) }
}
