/**
 * Copies of a request with one thing wrong, and requests that never were one. Every draw comes from the generator that
 * is given, so that a failure can be played again.
 *
 * A body is *proven* where the door checks each of its bytes against a signature or a proof: anything else in its place
 * must be refused. Otherwise it is free text within a shape: only copies that break the shape must be refused.
 */
import type { Rng } from '../crypto/bytes.ts'

export interface Sent {
  readonly path: string
  readonly init: RequestInit
}

export class Dice {
  private readonly rng: Rng
  constructor(rng: Rng) {
    this.rng = rng
  }
  below = (n: number): number => this.rng(6).reduce((value, byte) => value * 256 + byte, 0) % n
  one = <T>(list: readonly T[]): T => list[this.below(list.length)]!
  bytes = (n: number): Uint8Array => this.rng(n)
}

/** Names that mean something to JavaScript, and text that means something to somebody. */
const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'then', 'length', '', '0']
const TEXTS = [...NAMES, '\u0000', '\ud800', '..', '%', "'; drop table poll; --", '🗳️', 'x'.repeat(70_000)]
const TYPES = [
  'application/octet-stream',
  'application/json',
  'text/plain',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  'x/x; charset=utf-16',
  '',
]
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'PROPFIND']

// ── bodies ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** Other bytes than these. */
function mutateBytes(bytes: Uint8Array, dice: Dice): Uint8Array {
  const changed = bytes.slice()
  const at = dice.below(Math.max(1, bytes.length))
  switch (dice.below(8)) {
    case 0: // a bit
      if (bytes.length > 0) changed[at]! ^= 1 << dice.below(8)
      return changed
    case 1: // a byte
      if (bytes.length > 0) changed[at]! ^= 1 + dice.below(255)
      return changed
    case 2:
      return bytes.slice(0, at)
    case 3:
      return new Uint8Array([...bytes, ...dice.bytes(1 + dice.below(40))])
    case 4:
      return changed.fill(dice.one([0, 255]), at, at + 1 + dice.below(64))
    case 5: {
      const from = dice.bytes(1 + dice.below(64)).slice(0, bytes.length - at)
      changed.set(from, at)
      return changed
    }
    case 6:
      return new Uint8Array([...bytes.subarray(at), ...bytes.subarray(0, at)])
    default:
      return dice.bytes(dice.one([0, 1, 31, 32, 33, 64, 96, bytes.length, 2 * bytes.length]))
  }
}

type Value = null | boolean | number | string | Value[] | { [name: string]: Value }

const typeOf = (value: Value): string => (value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value)
const wrongValues = (dice: Dice): readonly Value[] => [
  true,
  0,
  -1,
  1.5,
  1e300,
  2 ** 31,
  dice.one(TEXTS),
  [],
  {},
  [[[[]]]],
  { [dice.one(NAMES)]: {} },
]

/** The same object with one part of another type, missing, one too many, or twice. */
function mutateShape(text: string, dice: Dice): string {
  const whole = JSON.parse(text) as Value
  const places: { readonly of: Value[] | { [name: string]: Value }; readonly name: string }[] = []
  const collect = (value: Value): void => {
    if (value === null || typeof value !== 'object') return
    for (const name of Object.keys(value)) {
      places.push({ of: value as { [name: string]: Value }, name })
      collect((value as { [name: string]: Value })[name]!)
    }
  }
  collect(whole)
  if (places.length === 0) return `{"${dice.one(NAMES)}":${JSON.stringify(dice.one(wrongValues(dice)))}}`
  const place = dice.one(places)
  const object = place.of as { [name: string]: Value }
  const before = object[place.name]!
  switch (Array.isArray(object) ? 0 : dice.below(4)) {
    case 0:
      object[place.name] = dice.one(wrongValues(dice).filter(value => typeOf(value) !== typeOf(before)))
      return JSON.stringify(whole)
    case 1:
      delete object[place.name]
      return JSON.stringify(whole)
    case 2:
      Object.defineProperty(object, dice.one(NAMES), { value: dice.one(wrongValues(dice)), enumerable: true })
      return JSON.stringify(whole)
    default:
      return text.replace(`"${place.name}":`, `"${place.name}":${JSON.stringify(before)},"${place.name}":`)
  }
}

/** The same shape, with one value of it changed. */
function mutateValue(text: string, dice: Dice): string {
  const values = [...text.matchAll(/(?<=[:[,])("[^"\\]+"|\d+)(?=[,\]}])/g)]
  if (values.length === 0) return text.slice(1)
  const { 0: value, index } = dice.one(values)
  const at = 1 + dice.below(value.length - 2 || 1)
  const changed = value.startsWith('"')
    ? value.slice(0, at) + (value[at] === 'A' ? 'g' : 'A') + value.slice(at + 1)
    : String(Number(value) + 1)
  return text.slice(0, index) + changed + text.slice(index + value.length)
}

/** What a reader sees of a text, without its values. */
function shapeOf(text: string): string {
  const shape = (value: Value): unknown =>
    value === null || typeof value !== 'object'
      ? typeOf(value)
      : Array.isArray(value)
        ? value.map(shape)
        : Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shape(one)]))
  try {
    return JSON.stringify(shape(JSON.parse(text)))
  } catch {
    return 'none'
  }
}

const meaningOf = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text))
  } catch {
    return 'none'
  }
}

/** A text that no door may take in the place of this one. */
function mutateJson(text: string, proven: boolean, dice: Dice): string | Uint8Array {
  const same = proven ? meaningOf : shapeOf
  if (proven && dice.below(2) === 0) return mutateValue(text, dice)
  switch (dice.below(6)) {
    case 0:
      return text.slice(0, dice.below(text.length))
    case 1:
      return `${text}${' '.repeat(dice.one([300_000, 20_000_000]) * (dice.below(100) === 0 ? 1 : 0))}${dice.one(['}', ']', '1', '{}', '\u0000'])}`
    case 2:
      return `${'['.repeat(dice.one([1, 255, 257, 100_000]))}${text}`
    case 3: {
      const bytes = mutateBytes(new TextEncoder().encode(text), dice)
      const read = new TextDecoder().decode(bytes)
      return same(read) === same(text) ? text.slice(1) : bytes
    }
    default: {
      const mutant = mutateShape(text, dice)
      return mutant === text ? text.slice(1) : mutant
    }
  }
}

// ── requests ────────────────────────────────────────────────────────────────────────────────────────────────────

/** Handles and secrets: whoever has another one is somebody else. */
const HANDLE = /[\w-]{20,}/g

function mutateHandle(text: string, dice: Dice): string {
  const found = [...text.matchAll(HANDLE)]
  if (found.length === 0) return `${text}/${dice.one(NAMES)}`
  const { 0: handle, index } = dice.one(found)
  const at = dice.below(handle.length)
  // The first bits of a character always count.
  const other = handle[at] === 'A' ? 'g' : 'A'
  const mutant = dice.one([
    handle.slice(0, at) + other + handle.slice(at + 1),
    handle.slice(0, at),
    `${handle}A`,
    dice.one(NAMES),
    encodeURIComponent(dice.one(TEXTS.filter(one => one !== '\ud800')).slice(0, 500)),
    '%E0%A4%A',
    '%00',
  ])
  return text.slice(0, index) + mutant + text.slice(index + handle.length)
}

const headersOf = (init: RequestInit): Record<string, string> => ({ ...(init.headers as Record<string, string>) })

/** The same request with another body, path, method or secret. `proven`: see above. */
export function mutate({ path, init }: Sent, proven: boolean, dice: Dice): Sent {
  const headers = headersOf(init)
  const { body } = init
  const secret = headers.authorization !== undefined ? 'authorization' : headers.cookie !== undefined ? 'cookie' : null
  const kind = dice.below(10)
  if (kind === 0) return { path: mutateHandle(path, dice), init }
  if (kind === 1) return { path, init: withMethod(init, dice.one(METHODS.filter(one => one !== init.method))) }
  if (kind === 2 && secret !== null) {
    const { [secret]: known, ...others } = headers
    const forged =
      dice.below(4) === 0 ? others : { ...others, [secret]: mutateHandle(known!, dice).replaceAll('\u0000', '') }
    return { path, init: { ...init, headers: forged } }
  }
  if (body === undefined || body === null) return { path: mutateHandle(path, dice), init }
  const mutant =
    typeof body === 'string' ? mutateJson(body, proven, dice) : differently(body as Uint8Array<ArrayBuffer>, dice)
  return { path, init: { ...init, headers: { ...headers, 'content-type': dice.one(TYPES) }, body: mutant as BodyInit } }
}

function differently(bytes: Uint8Array<ArrayBuffer>, dice: Dice): Uint8Array {
  const mutant = mutateBytes(bytes, dice)
  return Buffer.compare(mutant, bytes) === 0 ? bytes.slice(1) : mutant
}

function withMethod({ body, ...init }: RequestInit, method: string): RequestInit {
  return method === 'GET' || method === 'HEAD' ? { ...init, method } : { ...init, method, body: body ?? null }
}

const SEGMENTS = ['api', 'polls', 'members', 'organiser', 'manifests', 'bundle', 'try', 'redeem', 'cast', 'comment']
const MORE_SEGMENTS = [
  'void',
  'record',
  'hall',
  'draft',
  'seal',
  'ask',
  'packs',
  'drafts',
  'statement',
  '1',
  '..',
  '.',
  '%2e%2e',
  '',
  '%',
  '%00',
  'é',
]

/** Made of words that the doors know, in no order that they expect. */
export function anyRequest(known: readonly string[], dice: Dice): Sent {
  const words = [...SEGMENTS, ...MORE_SEGMENTS, ...NAMES, ...known]
  const path = `/${dice.one(['api', 'api', 'assets', ''])}/${Array.from({ length: dice.below(5) }, () => dice.one(words)).join('/')}`
  const headers = {
    'content-type': dice.one(TYPES),
    authorization: `Bearer ${dice.one([...known, ...NAMES])}`,
    cookie: `__Host-phieukin=${dice.one([...known, '%', ...NAMES])}; ${dice.one(NAMES)}=1`,
    'sec-fetch-site': dice.one(['same-origin', 'cross-site', 'none', '']),
    'content-length': dice.one(['0', '-1', 'x', '1e9', '17']),
    'accept-encoding': dice.one(['br', 'gzip', '*', '']),
  }
  const body = dice.one<() => BodyInit>([
    () => dice.bytes(dice.below(2000)) as Uint8Array<ArrayBuffer>,
    () => JSON.stringify({ [dice.one(NAMES)]: dice.one(TEXTS.filter(one => one !== '\ud800')) }),
    () => '{"__proto__":{"x":1}}',
  ])()
  return { path, init: withMethod({ headers, body }, dice.one(METHODS)) }
}
