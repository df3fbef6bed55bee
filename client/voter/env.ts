/** What the voter's effects need of the world: the pages give them the browser, tests give them a play of it. */
import type { Rng } from '../../crypto/bytes.ts'
import type { PublicView } from '../../server/wire.ts'
import type { Answer } from '../api.ts'

export interface Api {
  readonly getManifest: (start: string) => Promise<Answer<string>>
  readonly getPoll: (manifestHash: Uint8Array) => Promise<Answer<PublicView>>
  readonly getRecord: (manifestHash: Uint8Array) => Promise<Answer<Uint8Array>>
  readonly sendTry: (nonce: string) => Promise<Answer<null>>
  /** `at`: the origin that the manifest names for cards; empty: where this page came from. */
  readonly redeem: (manifestHash: Uint8Array, request: Uint8Array, at: string) => Promise<Answer<Uint8Array>>
  readonly cast: (manifestHash: Uint8Array, ballot: Uint8Array) => Promise<Answer<Uint8Array>>
  readonly sendComment: (manifestHash: Uint8Array, envelope: Uint8Array) => Promise<Answer<Uint8Array>>
}

export interface Keep {
  readonly read: (scope: 'device' | 'tab', name: string) => string | null
  readonly write: (scope: 'device' | 'tab', name: string, text: string) => boolean
  readonly erase: (scope: 'device' | 'tab', name: string) => void
  readonly names: (scope: 'device' | 'tab', start: string) => readonly string[]
}

export interface Env {
  readonly api: Api
  readonly keep: Keep
  readonly rng: Rng
  readonly pause: (ms: number) => Promise<void>
  /** As `pause`, but over as soon as the network comes back. */
  readonly rest: (ms: number) => Promise<void>
  /** Settles when somebody can see the page; at once if so now. */
  readonly seen: () => Promise<void>
  /** What is kept with choices in, what is kept with sealed bytes out (`seal.ts`), wherever that is computed. */
  readonly seal: (kept: string, progress: (done: number) => void) => Promise<string>
  /** Fetches the screens that only some ballots need. False where they did not come. */
  readonly more: () => Promise<boolean>
  /** Takes what stands behind the `#` out of the address and the history. */
  readonly forgetFragment: () => void
  /** True if the text is on the clipboard now. */
  readonly copy: (text: string) => boolean
  /** The link in a QR code that the camera sees; null where there is no camera. Ends by itself once `current` is false. */
  readonly scan: (current: () => boolean) => Promise<string | null>
  /** Where the page stands: `http://192.168.1.20:8080`. */
  readonly origin: string
}

/** Somewhere in `[from, to)`, so that phones do not ask in step and nobody learns from when they ask. */
export const between = (rng: Rng, from: number, to: number): number =>
  from + (rng(4).reduce((n, byte) => n * 256 + byte, 0) / 2 ** 32) * (to - from)
