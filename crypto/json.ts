/**
 * JSON as the protocol allows it (section 2), and the shapes that its texts have.
 *
 * Stricter than RFC 8259: no name twice in an object, no lone surrogate, no number but plain integers from 0 to
 * 2³¹−1. Objects become maps, so that no name (`constructor`, `__proto__`) has a meaning of its own. Nothing is
 * normalised: a hash is always taken over the text as it came.
 *
 * A *shape* reads one value and refuses what does not fit, naming the path.
 */
import { fromBase64url, toBase64url } from './bytes.ts'
import { refuse } from './fault.ts'

export type Json = null | boolean | number | string | readonly Json[] | ReadonlyMap<string, Json>
export type Shape<T> = (value: Json, where: string) => T

const MAX_INTEGER = 2 ** 31 - 1
/** Deeper nesting than any honest text has; keeps a hostile one from exhausting the stack. */
const MAX_DEPTH = 256

const WHITE = /[ \t\n\r]+/y
// biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 8259, section 7, names exactly these
const PLAIN_TEXT = /[^"\\\u0000-\u001f]+/y
/** Half of a surrogate pair alone: with the `u` flag whole pairs count as one character, which is none of these. */
const LONE_SURROGATE = /\p{Cs}/u
const DIGITS = /-?[0-9][0-9.eE+-]*/y
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

/**
 * Reads a whole text. With `compact` white space outside strings is refused too (lines of a record, section 11).
 *
 * Refuses: `not-json`, `white-space`, `duplicate-name`, `not-integer`, `left-over`.
 */
export function parseJson(text: string, where: string, compact = false): Json {
  let at = 0
  const value = read(0)
  skipWhite()
  if (at < text.length) refuse('left-over', `${where}, character ${at + 1}`)
  return value

  function match(pattern: RegExp): string {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0] ?? ''
    at += found.length
    return found
  }
  function skipWhite(): void {
    if (match(WHITE) !== '' && compact) refuse('white-space', `${where}, character ${at}`)
  }
  function bad(): never {
    refuse('not-json', `${where}, character ${at + 1}`)
  }
  function take(token: string): boolean {
    if (!text.startsWith(token, at)) return false
    at += token.length
    return true
  }

  function read(depth: number): Json {
    if (depth > MAX_DEPTH) bad()
    skipWhite()
    if (take('{')) return readObject(depth)
    if (take('[')) return readArray(depth)
    if (take('"')) return readString()
    if (take('null')) return null
    if (take('true')) return true
    if (take('false')) return false
    return readInteger()
  }

  function readObject(depth: number): Json {
    const fields = new Map<string, Json>()
    skipWhite()
    if (take('}')) return fields
    do {
      skipWhite()
      if (!take('"')) bad()
      const name = readString()
      if (fields.has(name)) refuse('duplicate-name', `${where}, character ${at}`, undefined, name)
      skipWhite()
      if (!take(':')) bad()
      fields.set(name, read(depth + 1))
      skipWhite()
    } while (take(','))
    if (!take('}')) bad()
    return fields
  }

  function readArray(depth: number): Json {
    const items: Json[] = []
    skipWhite()
    if (take(']')) return items
    do {
      items.push(read(depth + 1))
      skipWhite()
    } while (take(','))
    if (!take(']')) bad()
    return items
  }

  function readString(): string {
    let value = ''
    for (;;) {
      value += match(PLAIN_TEXT)
      if (take('"')) break
      if (take('\\')) value += readEscape()
      else bad()
    }
    if (LONE_SURROGATE.test(value)) bad()
    return value
  }

  function readEscape(): string {
    const mark = text[at++] ?? ''
    if (mark !== 'u') return ESCAPES.get(mark) ?? bad()
    const hex = text.slice(at, at + 4)
    if (!/^[0-9a-fA-F]{4}$/.test(hex)) bad()
    at += 4
    return String.fromCharCode(Number.parseInt(hex, 16))
  }

  function readInteger(): number {
    const start = at
    const digits = match(DIGITS)
    if (digits === '') bad()
    if (!/^(0|[1-9][0-9]*)$/.test(digits) || Number(digits) > MAX_INTEGER)
      refuse('not-integer', `${where}, character ${start + 1}`, `0…${MAX_INTEGER}`, digits.slice(0, 40))
    return Number(digits)
  }
}

// ── shapes ──────────────────────────────────────────────────────────────────────────────────────────────────────

const kindOf = (value: Json): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : value instanceof Map ? 'object' : typeof value

/** The path of a field; a name from outside is cut to a length that people can read. */
const inside = (where: string, name: string): string =>
  where === '' ? name.slice(0, 60) : `${where}.${name.slice(0, 60)}`

const mistyped = (expected: string, value: Json, where: string): never =>
  refuse('wrong-type', where, expected, kindOf(value))

export const text: Shape<string> = (value, where) =>
  typeof value === 'string' ? value : mistyped('string', value, where)

export function integer(min: number, max = MAX_INTEGER): Shape<number> {
  return (value, where) => {
    if (typeof value !== 'number') return mistyped('integer', value, where)
    if (value < min || value > max) refuse('out-of-range', where, `${min}…${max}`, value)
    return value
  }
}

/** A text that is one of a fixed few. */
export function oneOf<T extends string>(...allowed: readonly T[]): Shape<T> {
  return (value, where) =>
    allowed.find(one => one === value) ?? refuse('wrong-value', where, allowed.join(' | '), String(value).slice(0, 60))
}

/** Canonical base64url; of exactly `length` bytes where that is given. */
export function bytes(length?: number): Shape<Uint8Array> {
  return (value, where) => {
    const found = fromBase64url(text(value, where)) ?? refuse('not-base64url', where)
    if (length !== undefined && found.length !== length) refuse('wrong-length', where, length, found.length)
    return found
  }
}

export function listOf<T>(item: Shape<T>, min: number, max: number): Shape<readonly T[]> {
  return (value, where) => {
    if (!Array.isArray(value)) return mistyped('array', value, where)
    if (value.length < min || value.length > max)
      refuse('wrong-length', where, min === max ? min : `${min}…${max}`, value.length)
    return value.map((one: Json, i) => item(one, `${where}[${i}]`))
  }
}

export function nullOr<T>(shape: Shape<T>): Shape<T | null> {
  return (value, where) => (value === null ? null : shape(value, where))
}

type Fields = Readonly<Record<string, Shape<unknown>>>
type Read<F extends Fields> = { readonly [K in keyof F]: ReturnType<F[K]> }

/** An object with exactly these fields. */
export function exactly<F extends Fields>(fields: F): Shape<Read<F>> {
  return (value, where) => {
    const found = atLeast(fields)(value, where)
    const allowed = new Set(Object.keys(fields))
    for (const name of (value as ReadonlyMap<string, Json>).keys())
      if (!allowed.has(name)) refuse('unknown-field', inside(where, name))
    return found
  }
}

/** An object with these fields; others describe things to people and are ignored (the manifest, section 2). */
export function atLeast<F extends Fields>(fields: F): Shape<Read<F>> {
  return (value, where) => {
    if (!(value instanceof Map)) return mistyped('object', value, where)
    const found = Object.entries(fields).map(([name, shape]) => {
      const field = value.get(name)
      return [
        name,
        field === undefined ? refuse('missing-field', inside(where, name)) : shape(field, inside(where, name)),
      ]
    })
    return Object.fromEntries(found) as Read<F>
  }
}

/** An object with exactly these fields, of which the `optional` ones may be missing. */
export function exactlyOr<F extends Fields, O extends Fields>(
  fields: F,
  optional: O,
): Shape<Read<F> & { readonly [K in keyof O]: ReturnType<O[K]> | undefined }> {
  return (value, where) => {
    const there = value instanceof Map ? Object.keys(optional).filter(name => value.has(name)) : []
    const found = exactly({ ...fields, ...Object.fromEntries(there.map(name => [name, optional[name]!])) })
    return found(value, where) as ReturnType<ReturnType<typeof exactlyOr<F, O>>>
  }
}

/** An object keyed by exactly these group ids, as a list in their order. */
export function byGroup<T>(groups: readonly { readonly id: string }[], item: Shape<T>): Shape<readonly T[]> {
  return (value, where) => {
    if (!(value instanceof Map)) return mistyped('object', value, where)
    const found = groups.map(({ id }) => {
      const one = value.get(id)
      return one === undefined ? refuse('missing-field', inside(where, id)) : item(one, inside(where, id))
    })
    for (const id of value.keys())
      if (!groups.some(group => group.id === id)) refuse('unknown-field', inside(where, id))
    return found
  }
}

/** Compact JSON of plain values, bytes as base64url. What is hashed or signed is the text that comes out, kept as it is. */
export const writeJson = (value: unknown): string =>
  JSON.stringify(value, (_, v) => (v instanceof Uint8Array ? toBase64url(v) : v))
