/**
 * The record (protocol, section 11): one JSON object a line, everything that anybody needs to recheck the poll. Written
 * and read as a stream.
 *
 *     manifest · tokens… · redemption… · void… · closing · ballot… · comment…      public once the box is closed
 *     open… · share… · result · signature… · outcome                              where disclosure says
 *
 * Reading here is about lines: their shape and their order. What is inside the bytes is for the rooms they belong to.
 */

import { concat, readUtf8, utf8 } from './bytes.ts'
import { refuse } from './fault.ts'
import { POINT_BYTES } from './group.ts'
import { bytes, exactly, integer, listOf, oneOf, parseJson, type Shape, text, writeJson } from './json.ts'
import { SIGNATURE_BYTES } from './signature.ts'

const LINE_FEED = 10
/** No honest line is longer: 65,535 token keys or a ballot of 262,144 bytes stay far below. */
const MAX_LINE_BYTES = 2 ** 26

const trustee = integer(1, 9)
/** Of the right length, that is; whether these are points and scalars is for the checks. */
const point = bytes(POINT_BYTES)
const signature = bytes(SIGNATURE_BYTES)
const typed = <T extends string>(type: T) => oneOf(type)

/** The lines, in the order of the record. */
const SHAPES = {
  manifest: exactly({ type: typed('manifest'), text }),
  tokens: exactly({ type: typed('tokens'), group: text, keys: listOf(point, 0, 65_535) }),
  redemption: exactly({
    type: typed('redemption'),
    token: point,
    blinded: listOf(point, 1, 16),
    signature,
  }),
  void: exactly({ type: typed('void'), token: point, signature }),
  closing: exactly({ type: typed('closing'), text, signature }),
  ballot: exactly({ type: typed('ballot'), bytes: bytes() }),
  comment: exactly({ type: typed('comment'), bytes: bytes() }),
  open: exactly({ type: typed('open'), trustee, signature }),
  share: exactly({ type: typed('share'), trustee, sum: text, share: point, proof: signature }),
  result: exactly({ type: typed('result'), text }),
  signature: exactly({ type: typed('signature'), trustee, signature }),
  outcome: exactly({ type: typed('outcome'), text }),
} as const

export type LineType = keyof typeof SHAPES
export type LineOf<T extends LineType> = ReturnType<(typeof SHAPES)[T]>
export type Line = { [T in LineType]: LineOf<T> }[LineType]

const ORDER = Object.keys(SHAPES) as readonly LineType[]
/** These stand at most once. */
const SINGLE: readonly LineType[] = ['manifest', 'closing', 'result', 'outcome']

/** One line with its line feed. */
export const writeLine = (line: Line): string => `${writeJson(line)}\n`

/**
 * A record, line after line. `peek` shows the next one, `take` moves on.
 *
 * Refuses: `not-utf8`, `not-json` and everything else that JSON or a line's shape does not allow; `unknown-line`,
 * `line-order`, `line-end` (the last line lacks its line feed), `line-too-long`.
 */
export class RecordReader {
  /** Of the line that `take` gave last, from 1. */
  number = 0
  private readonly lines: AsyncGenerator<Uint8Array>
  private next: Line | null | undefined
  private rank = 0

  constructor(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) {
    this.lines = splitLines(source)
  }

  /** The next line, or null at the end. */
  async peek(): Promise<Line | null> {
    if (this.next === undefined) {
      const { value, done } = await this.lines.next()
      this.next = done ? null : this.parse(value)
    }
    return this.next
  }

  /** The next line if it is of this type; otherwise null, and it stays the next. */
  async take<T extends LineType>(type: T): Promise<LineOf<T> | null> {
    const line = await this.peek()
    if (line?.type !== type) return null
    this.next = undefined
    this.number++
    return line as LineOf<T>
  }

  private parse(line: Uint8Array): Line {
    const where = `line ${this.number + 1}`
    const json = parseJson(readUtf8(line) ?? refuse('not-utf8', where), where, true)
    const type = json instanceof Map ? json.get('type') : undefined
    const rank = ORDER.indexOf(type as LineType)
    if (rank < 0) refuse('unknown-line', where, ORDER.join(' | '), String(type).slice(0, 40))
    const found = ORDER[rank]!
    const repeated = rank === this.rank && this.number > 0 && SINGLE.includes(found)
    if (rank < this.rank || repeated) refuse('line-order', where, undefined, found)
    this.rank = rank
    return (SHAPES[found] as Shape<Line>)(json, where)
  }
}

/** Cuts a stream of bytes at its line feeds, without them. */
async function* splitLines(source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let begun: Uint8Array[] = []
  let length = 0
  let number = 1
  for await (const chunk of source) {
    let at = 0
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, at)) {
      begun.push(chunk.subarray(at, end))
      yield begun.length === 1 ? begun[0]! : concat(...begun)
      begun = []
      length = 0
      number++
      at = end + 1
    }
    // A copy: a source may use the same buffer for its next chunk.
    if (at < chunk.length) begun.push(chunk.slice(at))
    length += chunk.length - at
    if (length > MAX_LINE_BYTES) refuse('line-too-long', `line ${number}`, `≤ ${MAX_LINE_BYTES}`, length)
  }
  if (length > 0) refuse('line-end', `line ${number}`)
}

/** For a record that is in memory already. */
export const chunksOf = (record: string): readonly Uint8Array[] => [utf8(record)]
