/**
 * Makes the message that is due. The device keeps what it must not say twice before the message is there, so that a page
 * that closes at any moment goes on with the same words. Stops where the device stops.
 */
import { toBase64url } from '../../crypto/bytes.ts'
import type { MemberDevice } from '../../crypto/device.ts'
import type { Fault } from '../../crypto/fault.ts'
import { type Manifest, parseManifest } from '../../crypto/manifest.ts'
import { stop } from '../../crypto/stop.ts'
import type { Keying } from '../../server/rules/keying.ts'
import type { Action, ActWire, MemberView, PackageWire, ShareWire } from '../../server/wire.ts'
import { bytesOf, writePackage } from '../packages.ts'
import type { Press } from './state.ts'
import type { Due, Mind } from './turn.ts'
import { byIndex, packagesOf, sharesOf, writeShares } from './wire.ts'

/** As the doors take them; `attempt` goes with those of the ceremony. */
export type Message =
  | { readonly to: 'commit'; readonly commitment: string }
  | { readonly to: 'reveal'; readonly package: PackageWire }
  | { readonly to: 'boxes'; readonly boxes: Readonly<Record<string, string>> }
  | { readonly to: 'confirm'; readonly confirmation: string; readonly rehearsal: string }
  | { readonly to: 'stop'; readonly code: string; readonly where: string }
  | { readonly to: 'pin'; readonly pin: string }
  | { readonly to: 'sheet' }
  | { readonly to: 'act'; readonly act: ActWire }
  | { readonly to: 'open'; readonly signature: string }
  | { readonly to: 'shares'; readonly shares: readonly ShareWire[] }
  | { readonly to: 'result'; readonly text: string; readonly signature: string }
  | { readonly to: 'claim' }
  | { readonly to: 'keying'; readonly keying: Keying }

/** Null where the device only had something to check. `report` gets whose share is false. */
export function make(
  due: Exclude<Due, 'begin' | 'check-board'>,
  view: MemberView,
  device: MemberDevice,
  mind: Mind,
  report: (fault: Fault) => void,
): Message | null {
  switch (due) {
    case 'commit':
      return { to: 'commit', commitment: toBase64url(device.commitment) }
    case 'reveal':
      return { to: 'reveal', package: writePackage(device.reveal(view.commitments.map(bytesOf))) }
    case 'boxes': {
      const boxes = device.shares(packagesOf(view), view.commitments.map(bytesOf))
      return { to: 'boxes', boxes: Object.fromEntries([...boxes].map(([to, box]) => [String(to), toBase64url(box)])) }
    }
    case 'confirm': {
      const confirmation = device.confirm(packagesOf(view), byIndex(view.boxes))
      return { to: 'confirm', confirmation: toBase64url(confirmation), rehearsal: toBase64url(device.rehearsal()) }
    }
    case 'check-team': {
      const [confirmations, rehearsals] = [view.confirmations.map(bytesOf), view.rehearsals.map(bytesOf)]
      device.checkTeam(packagesOf(view), { confirmations, rehearsals })
      return null
    }
    case 'pin':
      return makePin(device, parseManifest(view.manifest!))
    case 'open':
      return openAgain(device, mind)
    case 'shares':
      openAgain(device, mind)
      return { to: 'shares', shares: writeShares(device.share(byIndex(view.openings))) }
    case 'result': {
      openAgain(device, mind)
      const { text, signature } = device.result(byIndex(view.openings), sharesOf(view), report)
      return { to: 'result', text, signature: toBase64url(signature) }
    }
    case 'claim':
      return { to: 'claim' }
    case 'stop':
      return mind.found ? { to: 'stop', code: mind.found.fault.code, where: mind.found.fault.where } : null
  }
}

/** Of the closing that was opened: after a reload the device has checked the board once more. */
function openAgain(device: MemberDevice, { board }: Mind): Message {
  return board.at === 'holds' ? makeOpen(device, board.board) : stop('the board is not checked yet')
}

// ── what the member presses ─────────────────────────────────────────────────────────────────────────────────────

export const makePin = (device: MemberDevice, manifest: Manifest): Message => ({
  to: 'pin',
  pin: toBase64url(device.pin(manifest)),
})

/** `said`: the closing's code as the member typed it, where the device was restored. */
export const makeOpen = (device: MemberDevice, board: Parameters<MemberDevice['open']>[0], said = ''): Message => ({
  to: 'open',
  signature: toBase64url(device.open(board, said).signature),
})

export const makeAct = (device: MemberDevice, action: Action, handedOut: readonly number[]): Message => ({
  to: 'act',
  act: { action, handedOut, signature: toBase64url(device.act({ action, handedOut })) },
})

/** On paper the phone that has the place stands for a signature. Null for what is pressed in other rounds alone. */
export function makeOnPaper(pressed: Press): Message | null {
  if (pressed.press === 'keying') return { to: 'keying', keying: pressed.keying }
  if (pressed.press !== 'act') return null
  return { to: 'act', act: { action: pressed.action, handedOut: pressed.handedOut, signature: '' } }
}
