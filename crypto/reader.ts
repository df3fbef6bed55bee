/** Takes bytes from the front, part by part, and refuses when they run short or some are left over. */
import { refuse } from './fault.ts'
import { type Element, readPoint, readScalar, type Scalar } from './group.ts'

export class Reader {
  private at = 0
  private readonly from: Uint8Array
  private readonly where: string

  constructor(from: Uint8Array, where: string) {
    this.from = from
    this.where = where
  }

  /** Refuses: `wrong-length`. */
  bytes(n: number): Uint8Array {
    if (this.from.length - this.at < n) refuse('wrong-length', this.where, this.at + n, this.from.length)
    this.at += n
    return this.from.subarray(this.at - n, this.at)
  }
  u8(): number {
    return this.bytes(1)[0]!
  }
  u16(): number {
    return this.u8() * 256 + this.u8()
  }
  point(name: string): Element {
    return readPoint(this.bytes(32), `${this.where}, ${name}`)
  }
  scalar(name: string): Scalar {
    return readScalar(this.bytes(32), `${this.where}, ${name}`)
  }
  /** Everything read so far. */
  soFar(): Uint8Array {
    return this.from.subarray(0, this.at)
  }
  /** Refuses: `left-over`. */
  end(): void {
    if (this.at !== this.from.length) refuse('left-over', this.where, this.at, this.from.length)
  }
}
