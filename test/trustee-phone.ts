/** A member's phone without its screen: the page's own turns over a relay, closed and opened again whenever asked. */

import { boardOf, checkBoard } from '../client/trustee/board.ts'
import { type Message, make, makeOpen, makePin } from '../client/trustee/make.ts'
import { type Mind, type Show, turn } from '../client/trustee/turn.ts'
import { ceremonyOf } from '../client/trustee/wire.ts'
import { concat, type Rng } from '../crypto/bytes.ts'
import { MemberDevice as Device } from '../crypto/device.ts'
import { type Fault, faultOf } from '../crypto/fault.ts'
import { parseManifest } from '../crypto/manifest.ts'
import { tried } from '../crypto/stop.ts'
import type { MemberView } from '../server/wire.ts'
import type { Lie, Relay } from './relay.ts'

const FRESH: Mind = { willing: true, boxesOf: 0, elsewhereIn: 0, found: null, board: { at: 'not-yet' } }

/** What happens between a message that is made and its answer. */
export type Mishap = 'none' | 'closed before sending' | 'answer lost'

/** Changes a message on its way out: how a corrupt member lies. */
export type Forge = (message: Message) => Message

export class Phone {
  readonly index: number
  /** The phone's storage. */
  kept: string | null = null
  device: Device | null = null
  mind: Mind = FRESH
  show: Show = { on: 'arrived' }
  readonly blamed: Fault[] = []
  /** How often the server already had something else from this phone. */
  conflicts = 0
  private readonly closedBefore = new Set<string>()
  forge: Forge = message => message
  lie: Lie = view => view
  private readonly rng: Rng
  private readonly relay: Relay
  /** What the members' record door gives. */
  record: () => Uint8Array = () => new Uint8Array()

  constructor(relay: Relay, index: number, rng: Rng) {
    this.relay = relay
    this.index = index
    this.rng = rng
  }

  private keep = (text: string): void => {
    this.kept = text
  }

  /** The page is closed and opened again: only what was kept is left. */
  reload(): void {
    this.mind = FRESH
    this.device = this.kept === null ? null : Device.resume(this.kept, this.rng, this.keep)
  }

  /** Looks, and does what is due, until a message has gone out or nothing is due. */
  async look(mishap: Mishap = 'none'): Promise<void> {
    for (;;) {
      const view = this.lie(this.relay.view(this.index))
      const { show, due } = turn(view, this.device, this.mind)
      this.show = show
      if (due === null) return
      if (due === 'begin') {
        const name = view.names[this.index - 1]!
        this.device = Device.begin(ceremonyOf(view), this.index, name, this.rng, this.keep)
      } else if (due === 'check-board') await this.checkBoard(view)
      else {
        const made = tried(() => make(due, view, this.device!, this.mind, fault => this.blamed.push(fault)))
        if ('stopped' in made) {
          const fault = made.stopped.fault ?? faultOf('not-allowed', made.stopped.message)
          this.mind = { ...this.mind, found: { attempt: view.attempt, fault } }
        } else if (made.done) {
          if (mishap === 'closed before sending' && !this.closedBefore.has(due)) {
            this.closedBefore.add(due)
            return this.reload()
          }
          this.send(made.done)
          if (mishap === 'answer lost') this.send(made.done)
          // No view shows them to their sender: after every reload they go out once more.
          if (due !== 'boxes') return
          this.mind = { ...this.mind, boxesOf: view.attempt }
        }
      }
    }
  }

  private async checkBoard(view: MemberView): Promise<void> {
    const manifest = parseManifest(view.manifest!)
    const done = await checkBoard({ record: this.record(), manifestHash: manifest.hash }, this.rng, () => {})
    this.mind = done.ok
      ? { ...this.mind, board: { at: 'holds', board: boardOf(manifest, done), checks: done.checks } }
      : { ...this.mind, board: { at: 'fails', checks: done.checks } }
  }

  send(message: Message): void {
    if (this.relay.take(this.index, this.forge(message)) === 'other-device') this.conflicts++
  }

  pin(): void {
    this.send(makePin(this.device!, parseManifest(this.lie(this.relay.view(this.index)).manifest!)))
  }

  agree(said = ''): void {
    if (this.mind.board.at === 'holds') this.send(makeOpen(this.device!, this.mind.board.board, said))
  }
}

/** Every phone looks until nothing changes any more; with mishaps each page is closed and opened before every look. */
export async function settle(relay: Relay, phones: readonly Phone[], mishaps = false): Promise<void> {
  const state = () => JSON.stringify([relay.said, relay.stopped, phones.map(phone => phone.kept)])
  for (let before = ''; before !== state(); ) {
    before = state()
    for (const phone of phones) {
      if (!mishaps) await phone.look()
      else
        for (const mishap of ['closed before sending', 'answer lost'] as const) {
          phone.reload()
          await phone.look(mishap)
        }
    }
  }
}

export const bytesOfLines = (lines: Iterable<string>): Uint8Array =>
  concat(...Array.from(lines, line => new TextEncoder().encode(line)))
