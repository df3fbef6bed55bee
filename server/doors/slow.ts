/**
 * Slows floods down without knowing anybody: what proves nothing waits before it is answered, once there is much of it,
 * and more at the same time than any hall holds is asked to come back. Honest requests wait for nobody.
 */
import { No, no } from '../refusals.ts'

const MOST_AT_ONCE = 4096
const MOST_WAITING = 512
/** So many refusals a second are people mistyping; more are not people. */
const FREE_A_SECOND = 50
const WAIT_MS = 1000

export class Slow {
  private running = 0
  private waiting = 0
  private second = 0
  private refusals = 0
  private readonly now: () => number
  private readonly pause: (ms: number) => Promise<void>
  constructor(now: () => number, pause: (ms: number) => Promise<void>) {
    this.now = now
    this.pause = pause
  }

  async down<T>(answer: () => Promise<T>): Promise<T> {
    if (this.running >= MOST_AT_ONCE) return no('too-many')
    this.running++
    try {
      return await answer()
    } catch (error) {
      if (!(error instanceof No)) throw error
      this.running--
      try {
        await this.wait()
      } finally {
        this.running++
      }
      throw error
    } finally {
      this.running--
    }
  }

  private async wait(): Promise<void> {
    const second = Math.floor(this.now() / 1000)
    if (second !== this.second) this.refusals = 0
    this.second = second
    this.refusals++
    if (this.refusals <= FREE_A_SECOND) return
    if (this.waiting >= MOST_WAITING) no('too-many')
    this.waiting++
    await this.pause(WAIT_MS)
    this.waiting--
  }
}

/** For passwords: so many tries a minute, whoever makes them. */
export class Tries {
  private left: number
  private at: number
  private readonly aMinute: number
  private readonly now: () => number
  constructor(aMinute: number, now: () => number) {
    this.aMinute = aMinute
    this.left = aMinute
    this.now = now
    this.at = now()
  }
  /** Refuses `too-many`. */
  take(): void {
    const now = this.now()
    this.left = Math.min(this.aMinute, this.left + (Math.max(0, now - this.at) / 60_000) * this.aMinute)
    this.at = now
    if (this.left < 1) no('too-many')
    this.left--
  }
}
