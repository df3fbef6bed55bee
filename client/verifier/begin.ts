/** What the verifier's page does besides showing: it sorts files, has records checked, and asks a server if there is one. */
import { fromBase64url } from '../../crypto/bytes.ts'
import type { Asked } from './asked.ts'
import type { Network } from './network.ts'
import { type Given, isPack } from './packs.ts'
import type { Dropped, Event, State } from './state.ts'
import type { Said, Work } from './work.ts'

type Send = (event: Event) => void
export type Hear = (said: Said) => void
/** Whoever does the heavy work; answers by what it is given to speak to. */
export type Checker = (hear: Hear) => (work: Work) => void

/** Entering a state that has to do something does it, once. */
export function begin(checker: Checker, network: Network | null) {
  let work: (what: Work) => void
  return ({ screen, pasted, packs }: State, before: State | null, send: Send): void => {
    if (before === null) work = checker(said => send(eventOf(said)))
    if (before?.screen.at === screen.at) return
    if (screen.at === 'sorting') void sort(screen.files).then(send)
    if (screen.at === 'checking') {
      const { record, asked } = screen.chosen
      work({ do: 'record', record, asked, packs, sought: network ? screen.sought : null })
    }
    if (network === null) return
    if (screen.at === 'fetching') void fetchRecord(screen.asked, network).then(send)
    if (screen.at === 'fetching-packs') void fetchPacks(screen.hashes, network).then(send)
    if (screen.at === 'opening-sealed')
      void openSealed(pasted, network).then(next => ('do' in next ? work(next) : send(next)))
  }
}

function eventOf(said: Said): Event {
  switch (said.said) {
    case 'ready':
      return { type: 'ready' }
    case 'lacks-packs':
      return { type: 'lacks-packs', hashes: said.hashes }
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

/** Larger than any pack may be. */
const MAX_PACK_BYTES = 1_000_000
const RECORD = '{"type":"manifest"'

/** Much may come at once: what is neither a record nor a pack is left aside, unless it came alone. */
async function sort(files: readonly Dropped[]): Promise<Event> {
  const seen = (await Promise.all(files.map(lookInto))).flatMap(one => one ?? [])
  if (seen.length === 0) return { type: 'refused', trouble: 'failed' }
  const packs = seen.flatMap(({ name, pack }): readonly Given[] => (pack === null ? [] : [{ name, text: pack }]))
  const record = seen.find(({ begins }) => begins) ?? seen.find(({ pack }) => pack === null) ?? null
  return { type: 'sorted', record: record && { file: record.file, name: record.name }, packs }
}

interface Seen extends Dropped {
  /** As a record does. */
  readonly begins: boolean
  readonly pack: string | null
}

/** Null for what cannot be read: a folder, a file that is gone. */
async function lookInto({ file, name }: Dropped): Promise<Seen | null> {
  try {
    const begins = (await file.slice(0, RECORD.length).text()) === RECORD
    const text = begins || file.size > MAX_PACK_BYTES ? '' : await file.text()
    return { file, name, begins, pack: isPack(text) ? text : null }
  } catch {
    return null
  }
}

async function fetchRecord(asked: Asked, network: Network): Promise<Event> {
  const found = await network.record(asked)
  return 'ok' in found ? { type: 'fetched', chosen: found.ok } : { type: 'refused', trouble: found.trouble }
}

const fetchPacks = async (hashes: readonly string[], network: Network): Promise<Event> => ({
  type: 'packs',
  packs: await network.packs(hashes),
})

const NAMED = /"manifest":"([A-Za-z0-9_-]{43})"/

/** A ballot that names its manifest by the hash alone needs the text from the server. */
async function openSealed(text: string, network: Network): Promise<Work | Event> {
  const named = fromBase64url(NAMED.exec(text)?.[1] ?? '')
  if (named?.length !== 32) return { do: 'sealed', text, manifest: null }
  const manifest = await network.manifest(named)
  return 'ok' in manifest
    ? { do: 'sealed', text, manifest: manifest.ok }
    : { type: 'refused', trouble: manifest.trouble }
}
