/** Reads the built pages into memory, each compressed once. */
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { toHex, utf8 } from '../crypto/bytes.ts'
import { sha256 } from '../crypto/transcript.ts'
import type { PageFile, Pages } from './deps.ts'

const TYPES: { readonly [extension: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

const VOTER = '/voter/'

export function readPages(folder: string): Pages {
  const files = new Map<string, PageFile>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    const body = new Uint8Array(readFileSync(file))
    const type = TYPES[extname(entry.name)] ?? 'application/octet-stream'
    files.set(file.slice(folder.length).replaceAll('\\', '/'), {
      type,
      body,
      gzip: new Uint8Array(gzipSync(body)),
      brotli: new Uint8Array(brotliCompressSync(body)),
    })
  }
  const bundle = [...files.keys()]
    .filter(path => path.startsWith(VOTER))
    .map(path => path.slice(VOTER.length))
    .sort()
  const lines = bundle.map(name => `${toHex(sha256(files.get(VOTER + name)!.body))}  ${name}\n`).sort()
  return { files, bundle, bundleHash: sha256(utf8(lines.join(''))) }
}
