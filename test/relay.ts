/**
 * A server's part of the ceremony and the opening, in memory: it carries what members send and shows each the view of
 * `server/wire.ts`. It checks nothing, so that the phones have to.
 */

import type { Message } from '../client/trustee/make.ts'
import { toBase64url } from '../crypto/bytes.ts'
import type { Asked, MemberView, PackageWire, ShareWire, State } from '../server/wire.ts'

interface Said {
  commitment: string | null
  package: PackageWire | null
  /** By receiver. */
  boxes: Readonly<Record<string, string>> | null
  confirm: { readonly confirmation: string; readonly rehearsal: string } | null
  pin: string | null
  sheet: boolean
  open: string | null
  shares: readonly ShareWire[] | null
  result: { readonly text: string; readonly signature: string } | null
}

const silent = (): Said => ({
  commitment: null,
  package: null,
  boxes: null,
  confirm: null,
  pin: null,
  sheet: false,
  open: null,
  shares: null,
  result: null,
})

/** Changes a view on its way to a member: how a hostile server lies. */
export type Lie = (view: MemberView) => MemberView

export class Relay {
  state: State = 'sealing'
  attempt = 1
  pollId: Uint8Array
  manifest: string | null = null
  closing: { readonly text: string; readonly signature: string } | null = null
  asked: Asked | null = null
  stopped: MemberView['stopped'] = null
  readonly names: readonly string[]
  readonly threshold: number
  said: Said[]

  constructor(n: number, t: number, pollId: Uint8Array) {
    this.names = Array.from({ length: n }, (_, i) => `Tổ viên ${i + 1}`)
    this.threshold = t
    this.pollId = pollId
    this.said = this.names.map(silent)
  }

  restart(pollId: Uint8Array): void {
    Object.assign(this, { state: 'sealing', attempt: this.attempt + 1, pollId, manifest: null, stopped: null })
    this.said = this.names.map(silent)
  }

  view(index: number): MemberView {
    const list = <T>(of: (said: Said) => T): readonly T[] => this.said.map(of)
    const committed = this.said.every(({ commitment }) => commitment !== null)
    return {
      state: this.state,
      title: 'Lấy phiếu tín nhiệm đối với Giám đốc Sở A',
      unit: 'Sở A',
      rehearsal: false,
      index,
      names: this.names,
      threshold: this.threshold,
      present: this.names.map(() => true),
      attempt: this.attempt,
      pollId: toBase64url(this.pollId),
      commitments: list(said => said.commitment),
      packages: list(said => (committed ? said.package : null)),
      boxes: list(said => said.boxes?.[index] ?? null),
      confirmations: list(said => said.confirm?.confirmation ?? null),
      rehearsals: list(said => said.confirm?.rehearsal ?? null),
      stopped: this.stopped,
      manifest: this.manifest,
      pins: list(said => said.pin),
      sheets: list(said => said.sheet),
      asked: this.asked,
      voidReason: null,
      lastCall: null,
      turnout: null,
      closing: this.closing,
      openings: list(said => said.open),
      shares: list(said => said.shares),
      results: list(said => said.result),
      comments: null,
      paper: null,
    }
  }

  /** The same again is harmless, something else is refused. */
  take(index: number, message: Message): 'ok' | 'other-device' {
    const said = this.said[index - 1]!
    const keep = <K extends keyof Said>(name: K, value: Said[K]): 'ok' | 'other-device' => {
      if (said[name] !== null && JSON.stringify(said[name]) !== JSON.stringify(value)) return 'other-device'
      said[name] = value
      return 'ok'
    }
    switch (message.to) {
      case 'commit':
        return keep('commitment', message.commitment)
      case 'reveal':
        return keep('package', message.package)
      case 'boxes':
        return keep('boxes', message.boxes)
      case 'confirm': {
        const { confirmation, rehearsal } = message
        return keep('confirm', { confirmation, rehearsal })
      }
      case 'pin':
        return keep('pin', message.pin)
      case 'open':
        return keep('open', message.signature)
      case 'shares':
        return keep('shares', message.shares)
      case 'result':
        return keep('result', { text: message.text, signature: message.signature })
      case 'sheet':
        said.sheet = true
        return 'ok'
      case 'stop':
        this.stopped ??= { by: index, code: message.code as never, where: message.where }
        return 'ok'
      case 'claim':
      case 'keying':
        throw new Error('no round on paper is held here')
      case 'act': {
        const { action, handedOut } = message.act
        this.asked = { ...this.asked!, action, signed: [...this.asked!.signed, { index, handedOut }] }
        return 'ok'
      }
    }
  }
}
