/**
 * A backup as a file: lines of text, encrypted under a code that the terminal shows once, so that what lies on a stick or
 * in a drawer tells nothing by itself.
 *
 *     phieu-kin-backup-1 <32 random bytes>
 *     <192 KiB, encrypted>                    ChaCha20-Poly1305 (RFC 8439); all of this is base64url
 *     …
 *     sha256 <hex>                            of every byte above: `head -n -1 FILE | sha256sum`
 *
 * How a line is encrypted says crypto/backup.ts: one that was changed, moved, cut off or added is known by its number. No
 * time is in it.
 *
 * The code is that of a file of comments: 130 bits (crypto/comment-file.ts).
 */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { openLine, sealLine } from '../../crypto/backup.ts'
import { concat, fromBase64url, type Rng, toBase64url, utf8 } from '../../crypto/bytes.ts'
import type { FileCode } from '../../crypto/comment-file.ts'
import { textLines } from './places.ts'

const PREFIX = 'phieu-kin-backup-1 '
const END = 'sha256 '
const CHUNK_BYTES = 192 * 1024

// ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * The file is there, whole and on disk, or not at all. Throws what the disk says, and what `lines` throw. Whoever asks has
 * looked that there is no such file.
 */
export async function writeSealed(file: string, lines: AsyncIterable<string>, code: FileCode, rng: Rng): Promise<void> {
  const unfinished = `${file}.part`
  // Of a command that was killed.
  await rm(unfinished, { force: true })
  try {
    const handle = await open(unfinished, 'wx', 0o600)
    try {
      const hash = createHash('sha256')
      for await (const line of sealedLines(lines, code, rng)) {
        hash.update(`${line}\n`)
        await handle.appendFile(`${line}\n`)
      }
      await handle.appendFile(`${END}${hash.digest('hex')}\n`)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(unfinished, file)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
  await syncFolder(dirname(file))
}

async function* sealedLines(lines: AsyncIterable<string>, code: FileCode, rng: Rng): AsyncGenerator<string> {
  const first = `${PREFIX}${toBase64url(rng(32))}`
  const sealed = (n: number, chunk: Uint8Array, isLast: boolean) =>
    Buffer.from(sealLine({ first, n, isLast }, code, chunk)).toString('base64url')
  yield first
  let n = 2
  let begun: Uint8Array[] = []
  let length = 0
  for await (const line of lines) {
    const bytes = utf8(`${line}\n`)
    begun.push(bytes)
    length += bytes.length
    if (length <= CHUNK_BYTES) continue
    let rest: Uint8Array = concat(...begun)
    for (; rest.length > CHUNK_BYTES; rest = rest.subarray(CHUNK_BYTES))
      yield sealed(n++, rest.subarray(0, CHUNK_BYTES), false)
    begun = [rest]
    length = rest.length
  }
  yield sealed(n, concat(...begun), true)
}

/** The name is on disk too, where folders can be synced. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder).catch(() => null)
  await handle?.sync().catch(() => {})
  await handle?.close()
}

// ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────

export type FileFault = 'not-a-backup' | 'wrong-code' | 'cut' | 'changed' | 'more' | 'other-release'

/** What is wrong with a file, and in which of its lines. */
export class BadFile extends Error {
  readonly fault: FileFault
  readonly line: number
  constructor(fault: FileFault, line: number) {
    super(`${fault} at line ${line}`)
    this.fault = fault
    this.line = line
  }
}

/** What was written, line by line; throws `BadFile` where it is another file by now. Nothing before is worth anything then. */
export async function* readSealed(file: string, code: FileCode): AsyncGenerator<string> {
  yield* textLines(chunksOf(file, code))
}

async function* chunksOf(file: string, code: FileCode): AsyncGenerator<Uint8Array> {
  const lines = rawLines(file)
  const first = (await lines.next()).value?.slice(0, -1)
  if (!first?.startsWith(PREFIX) || fromBase64url(first.slice(PREFIX.length))?.length !== 32)
    throw new BadFile('not-a-backup', 1)
  const hash = createHash('sha256').update(`${first}\n`)
  let n = 2
  let line = (await lines.next()).value
  for (; line?.endsWith('\n') && !line.startsWith(END); n++) {
    const next: string | undefined = (await lines.next()).value
    const isLast = next?.startsWith(END) === true
    const sealed = fromBase64url(line.slice(0, -1))
    const tryIt = (isLast: boolean) => sealed && openLine({ first: first!, n, isLast }, code, sealed)
    const chunk = tryIt(isLast)
    if (chunk === null) throw await whatIsWrong(file, n, tryIt(!isLast) !== null)
    yield chunk
    hash.update(line)
    line = next
  }
  if (!line?.endsWith('\n')) throw new BadFile('cut', n)
  if (line !== `${END}${hash.digest('hex')}\n`) throw new BadFile('changed', n)
  if (!(await lines.next()).done) throw new BadFile('more', n + 1)
}

/** A line that does not open. `otherwise`: it would, were it (not) the last one. */
async function whatIsWrong(file: string, n: number, otherwise: boolean): Promise<BadFile> {
  if (otherwise) return new BadFile('cut', n + 1)
  return n === 2 && (await isWhole(file)) ? new BadFile('wrong-code', n) : new BadFile('changed', n)
}

/** Its end agrees with what is above. */
async function isWhole(file: string): Promise<boolean> {
  const hash = createHash('sha256')
  for await (const line of rawLines(file)) {
    if (line.startsWith(END)) return line === `${END}${hash.digest('hex')}\n`
    hash.update(line)
  }
  return false
}

/** With their ends; what follows the last end is a line without. */
async function* rawLines(file: string): AsyncGenerator<string, undefined> {
  let begun: string[] = []
  for await (const chunk of createReadStream(file, 'latin1')) {
    const [first, ...others] = String(chunk).split('\n')
    begun.push(first!)
    for (const other of others) {
      yield `${begun.join('')}\n`
      begun = [other]
    }
  }
  const rest = begun.join('')
  if (rest !== '') yield rest
}
