/**
 * Looks for what a page still knows: in every object and string of its memory, in what it may store, in its history, in
 * its fields. For tests that say that nothing is left; a search that finds nothing proves something only beside one that
 * finds what was planted.
 */
import type { CDPSession, Page } from 'playwright-core'

/** So that whole strings stand in the picture of the memory, not their first thousand characters. */
export const WHOLE_STRINGS = '--js-flags=--heap-snapshot-string-limit=4000000'

/** Something to look for: as text, or as bytes in whatever array. */
export interface Trace {
  readonly name: string
  readonly what: string | Uint8Array
}

export interface Found {
  /** Where each was found: `memory: receipt code`. */
  readonly traces: readonly string[]
  /** How many pages' worlds live in the memory: one that was left and not forgotten counts too. */
  readonly worlds: number
}

export async function lookThrough(page: Page, cdp: CDPSession, traces: readonly Trace[]): Promise<Found> {
  // First, since the other searches bring what is looked for into the page.
  const memory = await memoryOf(cdp)
  const texts = traces.flatMap(({ name, what }) => (typeof what === 'string' ? [{ name, what }] : []))
  const inText = (place: string, text: string) =>
    texts.filter(({ what }) => text.includes(what)).map(({ name }) => `${place}: ${name}`)
  const found = [
    ...inText('memory', memory),
    ...inText('page', await page.evaluate(PLACES)),
    ...inText('cookies', JSON.stringify(await page.context().cookies())),
    ...inText('history', JSON.stringify((await cdp.send('Page.getNavigationHistory')).entries)),
    ...(await inObjects(cdp, traces)),
  ]
  return { traces: [...new Set(found)], worlds: worldsIn(memory) }
}

/** Every string and every name of whatever lives in this page's process after collecting garbage, in JSON. */
export async function memoryOf(cdp: CDPSession): Promise<string> {
  const parts: string[] = []
  const hear = ({ chunk }: { readonly chunk: string }) => parts.push(chunk)
  cdp.on('HeapProfiler.addHeapSnapshotChunk', hear)
  await cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  cdp.off('HeapProfiler.addHeapSnapshotChunk', hear)
  return parts.join('')
}

function worldsIn(memory: string): number {
  const { snapshot, nodes, strings } = JSON.parse(memory) as {
    readonly snapshot: { readonly meta: { readonly node_fields: readonly string[] } }
    readonly nodes: readonly number[]
    readonly strings: readonly string[]
  }
  const { node_fields: fields } = snapshot.meta
  const name = fields.indexOf('name')
  const world = strings.indexOf('system / NativeContext')
  let worlds = 0
  for (let i = name; i < nodes.length; i += fields.length) if (nodes[i] === world) worlds++
  return worlds
}

/** What the page stores, shows, and is called. */
const PLACES = `(async () => JSON.stringify([
  { ...localStorage },
  { ...sessionStorage },
  indexedDB.databases ? await indexedDB.databases() : [],
  'caches' in window ? await caches.keys() : [],
  window.name,
  history.state,
  location.href,
  document.referrer,
  document.cookie,
  performance.getEntries().map(one => one.name),
  [...document.querySelectorAll('input, textarea, select')].map(field => field.value),
  document.documentElement.outerHTML,
]))()`

/**
 * Every object of the page's world, whoever holds it: its own texts, and the bytes of arrays that it holds. An array that
 * a closure alone holds is hidden from the browser's tools; that no closure of an earlier page is left is what the count
 * of worlds says.
 */
async function inObjects(cdp: CDPSession, traces: readonly Trace[]): Promise<readonly string[]> {
  const objectGroup = 'traces'
  try {
    const { result: prototype } = await cdp.send('Runtime.evaluate', { expression: 'Object.prototype', objectGroup })
    const { objects } = await cdp.send('Runtime.queryObjects', { prototypeObjectId: prototype.objectId!, objectGroup })
    const asked = traces.map(({ name, what }) => ({
      name,
      text: typeof what === 'string' ? what : null,
      bytes: typeof what === 'string' ? null : Buffer.from(what).toString('latin1'),
    }))
    const { result } = await cdp.send('Runtime.callFunctionOn', {
      objectId: objects.objectId!,
      functionDeclaration: SEARCH,
      arguments: [{ value: asked }],
      returnByValue: true,
      objectGroup,
    })
    if (!Array.isArray(result.value)) throw new Error(`the objects cannot be searched: ${result.description}`)
    return result.value as readonly string[]
  } finally {
    await cdp.send('Runtime.releaseObjectGroup', { objectGroup })
  }
}

const SEARCH = `function (asked) {
  const found = new Set()
  const seen = new Set()
  const text = value => {
    for (const { name, text } of asked) if (text !== null && value.includes(text)) found.add('objects: ' + name)
  }
  const bytes = buffer => {
    if (seen.has(buffer)) return
    seen.add(buffer)
    const all = new Uint8Array(buffer)
    let chars = ''
    for (let i = 0; i < all.length; i += 8192) chars += String.fromCharCode(...all.subarray(i, i + 8192))
    for (const { name, bytes } of asked) if (bytes !== null && chars.includes(bytes)) found.add('bytes: ' + name)
  }
  const any = value => {
    if (typeof value === 'string') text(value)
    else if (value instanceof ArrayBuffer) bytes(value)
    else if (ArrayBuffer.isView(value)) bytes(value.buffer)
  }
  for (const object of this) {
    if (object === asked || asked.includes(object)) continue
    any(object)
    if (ArrayBuffer.isView(object)) continue
    try {
      for (const { value } of Object.values(Object.getOwnPropertyDescriptors(object))) any(value)
      if (object instanceof Map || object instanceof Set) for (const [key, value] of object.entries()) any(key), any(value)
    } catch {
      // A stranger's object, such as another window.
    }
  }
  return [...found]
}`
