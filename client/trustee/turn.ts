/**
 * Whose turn it is: from what the server shows of the poll and from how far this member's device is, what the device does
 * next by itself and what its screen shows meanwhile. Pure; nothing is made or signed here (`make.ts`).
 *
 *     commit → reveal → boxes → confirm → check-team   then the member pins, keeps the sheet, signs what is asked for
 *     check-board   then the member compares the code and signs   → shares → result
 */
import { equal } from '../../crypto/bytes.ts'
import { type Closing, isClosingSignature, parseClosing } from '../../crypto/closing.ts'
import type { Board, MemberDevice } from '../../crypto/device.ts'
import { attempt, type Fault, faultOf } from '../../crypto/fault.ts'
import { type Manifest, parseManifest } from '../../crypto/manifest.ts'
import type { Sheet } from '../../crypto/sheet.ts'
import { isOpeningSignature, isResultSignature, parseResult, type Result } from '../../crypto/tally.ts'
import type { CheckReport } from '../../crypto/verify/findings.ts'
import type { PaperView } from '../../server/wire/paper.ts'
import type { Asked, MemberView } from '../../server/wire.ts'
import { bytesOf } from '../packages.ts'
import { type PaperPart, partOf } from './paper.ts'
import { byIndex, isWhole, missingIn } from './wire.ts'

/** What the device does without being told. `begin`: makes itself anew for this attempt. */
export type Due =
  | 'begin'
  | 'commit'
  | 'reveal'
  | 'boxes'
  | 'confirm'
  | 'check-team'
  | 'pin'
  | 'check-board'
  | 'open'
  | 'shares'
  | 'result'
  | 'stop'
  | 'claim'

/** What the page knows besides view and device. */
export interface Mind {
  /** The member pressed *begin*, in this attempt or an earlier one. */
  readonly willing: boolean
  /** Of which attempt the server has acknowledged the boxes; no view shows them to their sender. */
  readonly boxesOf: number
  /** In which attempt the server already had something else from this member. */
  readonly elsewhereIn: number
  /** What the device itself found in the attempt, and would not go on after. */
  readonly found: { readonly attempt: number; readonly fault: Fault } | null
  readonly board: Checking
}

/** The device's own checks 1 to 9 of the closed box. */
type Checking =
  | { readonly at: 'not-yet' }
  | { readonly at: 'loading' }
  | { readonly at: 'lines'; readonly done: number; readonly of: number }
  | { readonly at: 'holds'; readonly board: Board; readonly checks: readonly CheckReport[] }
  | { readonly at: 'fails'; readonly checks: readonly CheckReport[] }

/** What a member reads; lists of members are indices from 1. */
export type Show =
  | { readonly on: 'not-begun' }
  | { readonly on: 'arrived' }
  | { readonly on: 'elsewhere' }
  | { readonly on: 'restarted' }
  | { readonly on: 'ceremony'; readonly step: CeremonyStep; readonly missing: readonly number[] }
  | { readonly on: 'stopped'; readonly by: number; readonly fault: Pick<Fault, 'code' | 'where'> }
  | { readonly on: 'other-manifest' }
  | { readonly on: 'made'; readonly ceremonyHash: Uint8Array }
  | { readonly on: 'pin'; readonly manifest: Manifest }
  | { readonly on: 'sheet'; readonly manifest: Manifest; readonly sheet: Sheet }
  | {
      readonly on: 'sealed'
      readonly manifest: Manifest
      readonly pins: readonly number[]
      readonly sheets: readonly number[]
    }
  | { readonly on: 'open'; readonly manifest: Manifest }
  | { readonly on: 'asked'; readonly manifest: Manifest; readonly asked: Asked }
  | { readonly on: 'close'; readonly manifest: Manifest; readonly asked: Asked }
  | { readonly on: 'signed'; readonly asked: Asked }
  | { readonly on: 'board'; readonly checking: Exclude<Checking, { at: 'holds' }> }
  | { readonly on: 'agree'; readonly closing: Closing; readonly checks: readonly CheckReport[]; readonly ask: Ask }
  | { readonly on: 'other-closing' }
  | { readonly on: 'opening'; readonly step: 'openings' | 'shares' | 'results'; readonly missing: readonly number[] }
  | {
      readonly on: 'result'
      readonly manifest: Manifest
      readonly closing: Closing
      readonly result: Result
      /** How the code is told to a device that has not signed the opening of this closing; null: it has. */
      readonly ask: Ask | null
    }
  | { readonly on: 'void' }
  | { readonly on: 'restore'; readonly manifest: Manifest }
  | { readonly on: 'paper'; readonly part: PaperPart; readonly paper: PaperView }

/** A restored device has the code typed, any other one has it compared. */
type Ask = 'compare' | 'type'
export type CeremonyStep = 'commit' | 'reveal' | 'boxes' | 'confirm' | 'check'

export interface Turn {
  readonly show: Show
  readonly due: Due | null
}

const showing = (show: Show, due: Due | null = null): Turn => ({ show, due })

export function turn(view: MemberView, device: MemberDevice | null, mind: Mind): Turn {
  if (view.state === 'void') return showing({ on: 'void' })
  // No keys: this phone takes the place at its first look.
  const { paper } = view
  if (paper !== null && view.state !== 'draft') {
    const free = view.state !== 'counted' && !paper.claimed[view.index - 1]
    return showing({ on: 'paper', part: partOf(view, paper), paper }, free ? 'claim' : null)
  }
  if (device === null) return withoutDevice(view, mind)
  const { standing } = device
  if (!equal(standing.ceremony.pollId, bytesOf(view.pollId)))
    // A pinned device is not thrown away on the server's word alone.
    return standing.stage === 'grown' && standing.pinned ? showing({ on: 'restarted' }) : withoutDevice(view, mind)
  if (standing.stage === 'begun' || standing.pinned === null) return inCeremony(view, device, mind)
  const read = manifestOf(view.manifest ?? '')
  if (!('manifest' in read) || !equal(read.manifest.hash, standing.pinned.manifestHash))
    return showing({ on: 'other-manifest' })
  return withAsked(view, pinned(view, device, read.manifest, mind), read.manifest)
}

// ── before the device is there ──────────────────────────────────────────────────────────────────────────────────

function withoutDevice(view: MemberView, { willing }: Mind): Turn {
  const own = view.index - 1
  const read = manifestOf(view.manifest ?? '')
  if (view.pins[own] && 'manifest' in read) return showing({ on: 'restore', manifest: read.manifest })
  if (view.state === 'draft') return showing({ on: 'not-begun' })
  if (view.state !== 'sealing' || view.commitments[own]) return showing({ on: 'elsewhere' })
  return willing
    ? showing({ on: 'ceremony', step: 'commit', missing: missingIn(view.commitments) }, 'begin')
    : showing({ on: 'arrived' })
}

// ── the ceremony ────────────────────────────────────────────────────────────────────────────────────────────────

const running = (step: CeremonyStep, missing: readonly number[], due: Due | null): Turn =>
  showing({ on: 'ceremony', step, missing }, due)

function inCeremony(view: MemberView, device: MemberDevice, mind: Mind): Turn {
  const found = mind.found?.attempt === view.attempt ? mind.found.fault : null
  if (view.stopped) return showing({ on: 'stopped', by: view.stopped.by, fault: view.stopped })
  if (found) return showing({ on: 'stopped', by: view.index, fault: found }, 'stop')
  if (mind.elsewhereIn === view.attempt) return showing({ on: 'elsewhere' })
  return device.standing.stage === 'begun' ? begun(view, device, mind) : confirming(view, device)
}

function begun(view: MemberView, device: MemberDevice, mind: Mind): Turn {
  const own = view.index - 1
  const commitment = view.commitments[own]
  if (commitment && !equal(bytesOf(commitment), device.commitment)) return showing({ on: 'elsewhere' })
  if (!isWhole(view.commitments)) return running('commit', missingIn(view.commitments), commitment ? null : 'commit')
  if (!isWhole(view.packages)) return running('reveal', missingIn(view.packages), view.packages[own] ? null : 'reveal')
  if (mind.boxesOf !== view.attempt) return running('boxes', [], 'boxes')
  const senders = missingIn(view.boxes).filter(index => index !== view.index)
  return senders.length > 0 ? running('boxes', senders, null) : running('confirm', [], 'confirm')
}

function confirming(view: MemberView, device: MemberDevice): Turn {
  const { standing } = device
  if (standing.stage === 'begun') throw new Error('the shares are not added up yet')
  if (!view.confirmations[view.index - 1]) return running('confirm', missingIn(view.confirmations), 'confirm')
  if (!standing.rehearsed)
    return isWhole(view.confirmations) && isWhole(view.rehearsals)
      ? running('check', [], 'check-team')
      : running('confirm', missingIn(view.confirmations), null)
  if (view.manifest === null) return showing({ on: 'made', ceremonyHash: standing.member.ceremonyHash })
  const read = manifestOf(view.manifest)
  const fault = 'manifest' in read ? device.faultOf(read.manifest) : read.fault
  if (fault) return showing({ on: 'stopped', by: view.index, fault: { ...fault, where: `manifest, ${fault.where}` } })
  return 'manifest' in read ? showing({ on: 'pin', manifest: read.manifest }) : showing({ on: 'other-manifest' })
}

// ── from the pin on ─────────────────────────────────────────────────────────────────────────────────────────────

function pinned(view: MemberView, device: MemberDevice, manifest: Manifest, mind: Mind): Turn {
  const own = view.index - 1
  const due = view.pins[own] ? null : 'pin'
  if (due || !view.sheets[own]) return showing({ on: 'sheet', manifest, sheet: device.sheet() }, due)
  switch (view.state) {
    case 'open':
      return showing({ on: 'open', manifest })
    case 'closed':
      return closed(view, device, manifest, mind)
    case 'counted':
      return counted(view, device, manifest) ?? closed(view, device, manifest, mind)
    default:
      return showing({ on: 'sealed', manifest, pins: missingIn(view.pins), sheets: missingIn(view.sheets) })
  }
}

/** What the organiser asks for stands before everything that only shows. */
function withAsked(view: MemberView, { show, due }: Turn, manifest: Manifest): Turn {
  const { asked } = view
  if (asked === null || show.on === 'sheet') return { show, due }
  if (asked.action === 'close') return { show: { on: 'close', manifest, asked }, due }
  const signed = asked.signed.some(({ index }) => index === view.index)
  return { show: signed ? { on: 'signed', asked } : { on: 'asked', manifest, asked }, due }
}

function closed(view: MemberView, device: MemberDevice, manifest: Manifest, { board }: Mind): Turn {
  const { standing } = device
  if (board.at !== 'holds')
    return showing({ on: 'board', checking: board }, board.at === 'not-yet' ? 'check-board' : null)
  const { closing } = board.board
  if (standing.stage === 'begun' || closing === null) throw new Error('nothing was pinned')
  if (standing.opened === null) {
    const ask = standing.restored ? 'type' : 'compare'
    return showing({ on: 'agree', closing, checks: board.checks, ask })
  }
  if (!equal(standing.opened.closingHash, closing.hash)) return showing({ on: 'other-closing' })
  return opening(view, manifest, closing)
}

function opening(view: MemberView, manifest: Manifest, closing: Closing): Turn {
  const own = view.index - 1
  const openings = byIndex(view.openings)
  const signed = manifest.trustees.filter(trustee => {
    const signature = openings.get(trustee.index)
    return signature !== undefined && isOpeningSignature(trustee, closing.hash, signature)
  })
  const over = view.state !== 'closed'
  const step = (name: 'openings' | 'shares' | 'results', list: readonly unknown[], due: Due): Turn =>
    showing({ on: 'opening', step: name, missing: missingIn(list) }, list[own] || over ? null : due)
  if (!view.openings[own] || signed.length < manifest.threshold) return step('openings', view.openings, 'open')
  const shared = view.shares.filter(list => list !== null).length
  if (!view.shares[own] || shared < manifest.threshold) return step('shares', view.shares, 'shares')
  return step('results', view.results, 'result')
}

/** The result that `t` members signed, under the manifest that this device pinned; null where that does not hold. */
function counted(view: MemberView, { standing }: MemberDevice, manifest: Manifest): Turn | null {
  const closing = view.closing && attempt(() => parseClosing(manifest, view.closing!.text))
  if (!closing || !isClosingSignature(manifest, closing.text, bytesOf(view.closing!.signature))) return null
  const { opened, restored } = standing.stage === 'grown' ? standing : { opened: null, restored: false }
  if (opened && !equal(opened.closingHash, closing.hash)) return showing({ on: 'other-closing' })
  const ask = opened ? null : restored ? 'type' : 'compare'
  for (const candidate of view.results) {
    if (candidate === null) continue
    const signers = manifest.trustees.filter((trustee, i) => {
      const said = view.results[i]
      return (
        said?.text === candidate.text && isResultSignature(trustee, closing.hash, said.text, bytesOf(said.signature))
      )
    })
    const result = attempt(() => parseResult(manifest, closing.hash, candidate.text))
    if (signers.length >= manifest.threshold && result) return showing({ on: 'result', manifest, closing, result, ask })
  }
  return null
}

// ── the manifest, read once ─────────────────────────────────────────────────────────────────────────────────────

type Read = { readonly manifest: Manifest } | { readonly fault: Fault }
let last: { readonly text: string; readonly read: Read } | null = null

/** Views come every two seconds; the same text is read once. */
function manifestOf(text: string): Read {
  if (last?.text !== text) {
    let fault = faultOf('not-json', '')
    const manifest = attempt(
      () => parseManifest(text),
      why => {
        fault = why
      },
    )
    last = { text, read: manifest ? { manifest } : { fault } }
  }
  return last.read
}
