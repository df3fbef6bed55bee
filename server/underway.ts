/**
 * What this process has under way, so that nobody begins the same beside it. Requests share no promise: where a platform
 * cuts one off, its promises never end, and whoever waited for them would wait for ever. Whoever is at work says so every
 * second instead; who was cut off says nothing more, and is waited for no longer.
 */

/** How a process tells the time and that work goes on. */
export interface Pulse {
  readonly now: () => number
  /** Does it every so often, as long as the one at work is alive, until it is ended. */
  readonly every: (ms: number, beat: () => void) => () => void
}

const BEAT_MS = 1000
/** Arithmetic on the one thread that there is may keep it from speaking for some seconds. */
const SILENT_MS = 15_000
const LOOK_AGAIN_MS = 20

const PULSE: Pulse = {
  now: Date.now,
  every: (ms, beat) => {
    const timer = setInterval(beat, ms)
    return () => clearInterval(timer)
  },
}

export class Underway {
  private readonly heard = new Map<string, number>()
  private readonly pulse: Pulse
  constructor(pulse: Pulse = PULSE) {
    this.pulse = pulse
  }

  has(name: string): boolean {
    const heard = this.heard.get(name)
    return heard !== undefined && Math.abs(this.pulse.now() - heard) < SILENT_MS
  }

  /** Begins once nothing of this name is under way. */
  async inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
    while (this.has(name)) await new Promise(resolve => setTimeout(resolve, LOOK_AGAIN_MS))
    const say = () => void this.heard.set(name, this.pulse.now())
    say()
    const end = this.pulse.every(BEAT_MS, say)
    try {
      return await work()
    } finally {
      end()
      this.heard.delete(name)
    }
  }
}
