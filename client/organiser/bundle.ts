/**
 * The voting page's files as this browser gets them, hashed here: SHA-256 over the lines that `sha256sum` prints for
 * them, sorted. The manifest pins it, so that a voting page changed later can be noticed.
 *
 * By hand, inside a copy of the folder: `find . -type f -printf '%P\n' | xargs sha256sum | LC_ALL=C sort | sha256sum`.
 */
import { toHex, utf8 } from '../../crypto/bytes.ts'
import { sha256 } from '../../crypto/transcript.ts'

interface PageFile {
  /** Below the voting page's folder. */
  readonly path: string
  readonly bytes: Uint8Array
}

export function bundleHash(files: readonly PageFile[]): Uint8Array {
  const lines = files.map(({ path, bytes }) => `${toHex(sha256(bytes))}  ${path}\n`).sort()
  return sha256(utf8(lines.join('')))
}
