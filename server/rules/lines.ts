/**
 * On which line of a JSON text something stands, so that whoever wrote a pack finds what was refused. Paths are those
 * that shapes name in their faults (`bands[1].from.fraction`).
 */
import { attempt, type Fault, type FaultCode, refuse } from '../../crypto/fault.ts'

/** Lines of a field: of its name, and of where its value begins. Items of a list have no name of their own. */
interface Place {
  readonly name: number
  readonly value: number
}

/**
 * What `read` makes of the text. Whatever it refuses is refused with `line N, ` before its place; `whole` names the text
 * in faults about it as a whole.
 */
export function located<T extends object>(text: string, whole: string, read: () => T): T {
  let found: Fault | undefined
  const value = attempt(read, fault => {
    found = fault
  })
  if (value !== null) return value
  const { code, where, expected, got } = found!
  return refuse(code, placeOf(text, whole, code, where), expected, got)
}

function placeOf(text: string, whole: string, code: FaultCode, where: string): string {
  const character = new RegExp(`^${whole}, character (\\d+)$`).exec(where)?.[1]
  if (character === undefined)
    return `line ${lineOfPath(placesOf(text), where, code === 'unknown-field')}, ${where === '' ? whole : where}`
  const before = text.slice(0, Number(character) - 1)
  return `line ${linesIn(before)}, character ${before.length - before.lastIndexOf('\n')}`
}

/** Where nothing stands at the path itself (a missing field), the line of what should hold it. */
function lineOfPath(places: ReadonlyMap<string, Place>, path: string, ofName: boolean): number {
  const place = places.get(path)
  if (place) return ofName ? place.name : place.value
  return lineOfPath(places, path.slice(0, Math.max(path.lastIndexOf('.'), 0)), false)
}

const TOKEN = /(\s+)|"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/gu

/** Of every value in a text that is known to parse; the whole has the path ``. */
function placesOf(text: string): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>()
  const tokens = tokensOf(text)
  let at = 0
  read('', tokens[0]?.line ?? 1)
  return places

  function read(path: string, name: number): void {
    const { token, line } = tokens[at++]!
    places.set(path, { name, value: line })
    if (token === '{') readItems('}', () => readField(path))
    if (token === '[') readItems(']', n => read(`${path}[${n}]`, tokens[at]!.line))
  }
  function readItems(end: string, item: (n: number) => void): void {
    for (let n = 0; tokens[at]!.token !== end; n++) {
      if (tokens[at]!.token === ',') at++
      item(n)
    }
    at++
  }
  function readField(path: string): void {
    const { token, line } = tokens[at]!
    // The name and its colon; faults cut long names to the same length (`crypto/json.ts`).
    at += 2
    const name = (JSON.parse(token) as string).slice(0, 60)
    read(path === '' ? name : `${path}.${name}`, line)
  }
}

function tokensOf(text: string): readonly { readonly token: string; readonly line: number }[] {
  let line = 1
  return [...text.matchAll(TOKEN)].flatMap(([token, white]) => {
    if (white === undefined) return [{ token, line }]
    line += linesIn(white) - 1
    return []
  })
}

const linesIn = (text: string): number => text.split('\n').length
