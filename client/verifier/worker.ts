/**
 * Verifies off the main thread. Everything that is heavy stands in here, so that the page itself shows at once; the
 * worker is started with the page and works without a network from then on.
 */
import '../older.ts'
import { verify } from '../../crypto/verify.ts'
import { rng } from '../rng.ts'
import type { Asked } from './asked.ts'
import { type ReportView, viewOf } from './report.ts'
import { openSealed, readSealed, type SealedView } from './sealed.ts'

export type Work =
  | { readonly do: 'record'; readonly record: Blob; readonly asked: Asked | null }
  | { readonly do: 'sealed'; readonly text: string; readonly manifest: string | null }

export type Said =
  /** All of it is loaded: from here on no network is needed. */
  | { readonly said: 'ready' }
  | { readonly said: 'lines'; readonly done: number; readonly all: number }
  | { readonly said: 'report'; readonly report: ReportView }
  /** Not even the beginning of a record. */
  | { readonly said: 'no-record' }
  | { readonly said: 'sealed'; readonly sealed: SealedView }
  /** The file can no longer be read, or a bug of ours. */
  | { readonly said: 'failed' }

const say = (said: Said): void => self.postMessage(said)

const LINE_FEED = 10
const BRACE = 123

/** The file in pieces, as the browser reads it. */
async function* piecesOf(blob: Blob): AsyncGenerator<Uint8Array> {
  const reader = blob.stream().getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
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

async function verifyRecord(record: Blob, asked: Asked | null): Promise<Said> {
  const all = await linesOf(record)
  if (all === null) return { said: 'no-record' }
  say({ said: 'lines', done: 0, all })
  const report = await verify(piecesOf(record), {
    rng,
    onProgress: done => say({ said: 'lines', done, all }),
    ...(asked === null ? {} : { asked }),
  })
  return { said: 'report', report: viewOf(report) }
}

function openBallot(text: string, manifest: string | null): Said {
  const sealed = readSealed(text)
  return { said: 'sealed', sealed: sealed ? openSealed(sealed, manifest) : { found: 'unreadable' } }
}

self.onmessage = async ({ data }: MessageEvent<Work>) => {
  try {
    say(data.do === 'record' ? await verifyRecord(data.record, data.asked) : openBallot(data.text, data.manifest))
  } catch {
    say({ said: 'failed' })
  }
}

say({ said: 'ready' })
