/**
 * The heavy part of the page: verifying a record, and opening a sealed ballot. It runs in a worker; the single file
 * falls back on the page's own thread where a browser refuses it one.
 */
import { attemptAsync } from '../../crypto/fault.ts'
import { type Manifest, parseManifest } from '../../crypto/manifest.ts'
import { RecordReader } from '../../crypto/record.ts'
import type { Rules } from '../../crypto/verify/run.ts'
import { verify } from '../../crypto/verify.ts'
import { rulesWith } from '../../server/rules/outcome.ts'
import { rng } from '../rng.ts'
import { RULEBOOK } from '../rulebook.ts'
import type { Asked } from './asked.ts'
import { type Given, packsNeeded } from './packs.ts'
import { type ReportView, viewOf } from './report.ts'
import { openSealed, readSealed, type SealedView } from './sealed.ts'

export type Work =
  | {
      readonly do: 'record'
      readonly record: Blob
      readonly asked: Asked | null
      /** Rule packs besides those that are built in. */
      readonly packs: readonly Given[]
      /** Hashes that were asked for already; null where there is nobody to ask. */
      readonly sought: readonly string[] | null
    }
  | { readonly do: 'sealed'; readonly text: string; readonly manifest: string | null }

export type Said =
  /** All of it is loaded: from here on no network is needed. */
  | { readonly said: 'ready' }
  /** The poll's rules are not all at hand: the work is to be asked for again, with more or without. */
  | { readonly said: 'lacks-packs'; readonly hashes: readonly string[] }
  | { readonly said: 'lines'; readonly done: number; readonly all: number }
  | { readonly said: 'report'; readonly report: ReportView }
  /** Not even the beginning of a record. */
  | { readonly said: 'no-record' }
  | { readonly said: 'sealed'; readonly sealed: SealedView }
  /** The file can no longer be read, or a bug of ours. */
  | { readonly said: 'failed' }

type Say = (said: Said) => void
type RecordWork = Extract<Work, { do: 'record' }>
/** Lets the page breathe, where it is the page that works. */
export type Rest = () => Promise<void>

export async function answer(work: Work, say: Say, rest: Rest | null): Promise<void> {
  try {
    say(work.do === 'record' ? await verifyRecord(work, say, rest) : openBallot(work.text, work.manifest))
  } catch {
    say({ said: 'failed' })
  }
}

/** Answers whoever made this worker. */
export function serve(): void {
  const say: Say = said => self.postMessage(said)
  self.onmessage = ({ data }: MessageEvent<Work>) => void answer(data, say, null)
  say({ said: 'ready' })
}

const LINE_FEED = 10
const BRACE = 123
const SLICE_BYTES = 16_384

/** The file in pieces, as the browser reads it; in small ones with a rest after each. */
async function* piecesOf(blob: Blob, rest: Rest | null = null): AsyncGenerator<Uint8Array> {
  const reader = blob.stream().getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    if (rest === null) yield value
    else
      for (let at = 0; at < value.length; at += SLICE_BYTES) {
        yield value.subarray(at, at + SLICE_BYTES)
        await rest()
      }
  }
}

/** How many lines a file has; null for one that is empty or does not begin like a record. */
async function linesOf(blob: Blob): Promise<number | null> {
  let lines = 0
  let began = false
  for await (const piece of piecesOf(blob)) {
    if (!began && piece[0] !== BRACE) return null
    began = true
    for (let at = piece.indexOf(LINE_FEED); at >= 0; at = piece.indexOf(LINE_FEED, at + 1)) lines++
  }
  return began ? lines : null
}

/** What the first line says, without any check: which packs to look for. */
const manifestIn = (record: Blob): Promise<Manifest | null> =>
  attemptAsync(
    async () => {
      const line = await new RecordReader(piecesOf(record)).take('manifest')
      return line && parseManifest(line.text)
    },
    () => {},
  )

async function verifyRecord({ record, asked, packs, sought }: RecordWork, say: Say, rest: Rest | null): Promise<Said> {
  const all = await linesOf(record)
  if (all === null) return { said: 'no-record' }
  const texts = [...RULEBOOK, ...packs.map(({ text }) => text)]
  if (sought !== null) {
    const { missing } = packsNeeded((await manifestIn(record))?.rules ?? null, texts)
    const hashes = missing.filter(hash => !sought.includes(hash))
    if (hashes.length > 0) return { said: 'lacks-packs', hashes }
  }
  say({ said: 'lines', done: 0, all })
  const recompute = rulesWith(texts)
  let published: string | null = null
  const rules: Rules = (pinned, poll, text) => {
    published = text
    return recompute(pinned, poll, text)
  }
  const report = await verify(piecesOf(record, rest), {
    rng,
    rules,
    onProgress: done => say({ said: 'lines', done, all }),
    ...(asked === null ? {} : { asked }),
  })
  return { said: 'report', report: viewOf(report, { packs, texts, published }) }
}

function openBallot(text: string, manifest: string | null): Said {
  const sealed = readSealed(text)
  return { said: 'sealed', sealed: sealed ? openSealed(sealed, manifest) : { found: 'unreadable' } }
}
