/** What the verifier's page does besides showing: it fetches a record, and lets the worker check. */
import { fromBase64url, shortCode, utf8 } from '../../crypto/bytes.ts'
import { type Answer, getManifest, getRecord } from '../api.ts'
import { type Asked, hashAsked, isWholeHash, startOf } from './asked.ts'
import { type Event, type State, type Trouble, troubleOf } from './state.ts'
import type { Said, Work } from './worker.ts'

type Send = (event: Event) => void

/** Started with the page, so that it is there when the network is not. */
const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })

function listen(send: Send): void {
  worker.onmessage = ({ data }: MessageEvent<Said>) => send(eventOf(data))
  worker.onerror = () => send({ type: 'refused', trouble: 'failed' })
}

const work = (what: Work): void => worker.postMessage(what)

function eventOf(said: Said): Event {
  switch (said.said) {
    case 'ready':
      return { type: 'ready' }
    case 'lines':
      return { type: 'lines', done: said.done, all: said.all }
    case 'report':
      return { type: 'report', report: said.report }
    case 'sealed':
      return { type: 'sealed', sealed: said.sealed }
    case 'no-record':
    case 'failed':
      return { type: 'refused', trouble: said.said }
  }
}

/** Entering a state that has to do something does it, once. */
export function begin({ screen, pasted }: State, before: State | null, send: Send): void {
  if (before === null) listen(send)
  if (before?.screen.at === screen.at) return
  if (screen.at === 'fetching') void fetchRecord(screen.asked, send)
  if (screen.at === 'checking') work({ do: 'record', record: screen.record, asked: screen.asked })
  if (screen.at === 'opening-sealed') void openSealed(pasted, send)
}

async function fetchRecord(asked: Asked, send: Send): Promise<void> {
  const hash = await wholeHash(asked)
  if ('trouble' in hash) return send({ type: 'refused', trouble: hash.trouble })
  const record = await getRecord(hash.ok)
  if (!('ok' in record)) return send({ type: 'refused', trouble: troubleOf(record.refused) })
  send({ type: 'fetched', record: new Blob([record.ok.slice()]), name: shortCode(hash.ok), asked: hash.ok })
}

type Found<T> = { readonly ok: T } | { readonly trouble: Trouble }

const foundOf = <T>(answer: Answer<T>): Found<T> => ('ok' in answer ? answer : { trouble: troubleOf(answer.refused) })

/** The server knows manifests by the start of their hash; whether it gave the right one is checked here. */
async function wholeHash(asked: Asked): Promise<Found<Uint8Array>> {
  if (isWholeHash(asked)) return { ok: asked }
  const text = foundOf(await getManifest(startOf(asked)))
  if ('trouble' in text) return text
  const hash = hashAsked(asked, utf8(text.ok))
  return hash ? { ok: hash } : { trouble: 'unknown-poll' }
}

const NAMED = /"manifest":"([A-Za-z0-9_-]{43})"/

/** A ballot that names its manifest by the hash alone needs the text from the server. */
async function openSealed(text: string, send: Send): Promise<void> {
  const named = fromBase64url(NAMED.exec(text)?.[1] ?? '')
  if (named?.length !== 32) return work({ do: 'sealed', text, manifest: null })
  const manifest = foundOf(await getManifest(startOf(named)))
  if ('trouble' in manifest) return send({ type: 'refused', trouble: manifest.trouble })
  work({ do: 'sealed', text, manifest: manifest.ok })
}
