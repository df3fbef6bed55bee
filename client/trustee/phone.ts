/**
 * The phone of one member while its page is open: looks at the server every few seconds, lets the device do what is due,
 * sends it, and tells the page what to show. What the device keeps is stored before anything is sent.
 */
import { equal } from '../../crypto/bytes.ts'
import { MemberDevice } from '../../crypto/device.ts'
import { attempt, type Fault, faultOf } from '../../crypto/fault.ts'
import { parseManifest } from '../../crypto/manifest.ts'
import { SHEET_GROUPS, type Sheet, type SheetKeys } from '../../crypto/sheet.ts'
import { type Stopped, tried } from '../../crypto/stop.ts'
import type { MemberView } from '../../server/wire.ts'
import * as api from '../api.ts'
import { scan } from '../camera.ts'
import { erase, read, write } from '../keep.ts'
import { bytesOf } from '../packages.ts'
import { rng } from '../rng.ts'
import { boardOf } from './board.ts'
import { check } from './check.ts'
import { somePlaces } from './codes.ts'
import type { Own } from './comments-desk.ts'
import { type Message, make, makeAct, makeOnPaper, makeOpen, makePin } from './make.ts'
import { keptDevice, keptForm } from './paper-kept.ts'
import { post } from './post.ts'
import type { Event, Press, Trouble, Warning } from './state.ts'
import { type Due, type Mind, type Turn, turn } from './turn.ts'
import { ceremonyOf } from './wire.ts'

const VISIBLE_MS = 2_000
const HIDDEN_MS = 10_000
/** Between two messages of a ceremony that runs by itself. */
const AT_ONCE_MS = 100
const READ_BACK = 3

/** Browsers inside messengers forget what they are told as soon as they are closed. Asked on the device, told nobody. */
const MESSENGER = /Zalo|FBAN|FBAV|FB_IAB|\bLine\/|Instagram|MicroMessenger|Viber|Telegram/i

export class Phone {
  private readonly link: api.Link
  private readonly tell: (event: Event) => void
  private readonly name: string
  private readonly warnings: readonly Warning[]
  private readonly camera: boolean
  private device: MemberDevice | null
  private view: MemberView | null = null
  private mind: Mind
  private blamed: readonly Fault[] = []
  /** How many members' shares were there when too few of them were good. */
  private openedWith = 0
  private timer = 0
  private looking = false
  private over = false

  constructor(link: api.Link, camera: boolean, tell: (event: Event) => void) {
    this.link = link
    this.tell = tell
    this.camera = camera
    this.name = `member/${link.poll}/${link.index}`
    const keeps = write('device', `${this.name}/window`, String(rng(8)))
    const messenger = MESSENGER.test(navigator.userAgent)
    this.warnings = [...(messenger ? ['messenger' as const] : []), ...(keeps ? [] : ['forgets' as const])]
    this.device = this.resumed()
    this.mind = {
      willing: read('device', `${this.name}/willing`) !== null,
      boxesOf: 0,
      elsewhereIn: 0,
      found: null,
      board: { at: 'not-yet' },
    }
    // Two windows of one phone would be two devices: the one opened last goes on.
    window.addEventListener('storage', ({ key }) => {
      if (key !== `${this.name}/window`) return
      this.over = true
      this.tell({ type: 'moved' })
    })
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.look()
    })
    window.addEventListener('online', () => void this.look())
  }

  private keep = (memory: string): void => {
    write('device', this.name, memory)
  }

  private resumed(): MemberDevice | null {
    const kept = read('device', this.name)
    return kept === null ? null : attempt(() => MemberDevice.resume(kept, rng, this.keep))
  }

  /** For what is done beside the turns. */
  get own(): Own | null {
    const { link, device, view, name, mind } = this
    const board = mind.board.at === 'holds' ? mind.board.board : null
    return device && view && { link, name, device, view, board, look: () => this.look() }
  }

  // ── looking ───────────────────────────────────────────────────────────────────────────────────────────────────

  async look(): Promise<void> {
    if (this.looking || this.over) return
    this.looking = true
    window.clearTimeout(this.timer)
    let pause = document.visibilityState === 'visible' ? VISIBLE_MS : HIDDEN_MS
    try {
      const answer = await api.getMember(this.link, keptDevice(this.link))
      if ('ok' in answer) {
        this.view = answer.ok
        if (await this.goOn(answer.ok)) pause = AT_ONCE_MS
      } else {
        this.tell({ type: 'trouble', trouble: answer.refused })
        pause = Math.max(pause, (answer.retryAfterSeconds ?? 0) * 1000)
      }
    } finally {
      this.looking = false
      if (!this.over) this.timer = window.setTimeout(() => void this.look(), pause)
    }
  }

  /** Keys of an older attempt are good for nothing; those that pinned go only when the member says so. */
  private forgetOlder({ pollId }: MemberView): void {
    const standing = this.device?.standing
    if (standing === undefined || equal(standing.ceremony.pollId, bytesOf(pollId))) return
    if (standing.stage === 'grown' && standing.pinned) return
    erase('device', this.name)
    this.device = null
  }

  /** Does what is due, and shows how things stand; true if there is more to do at once. */
  private async goOn(view: MemberView): Promise<boolean> {
    this.forgetOlder(view)
    for (;;) {
      const next = turn(view, this.device, this.mind)
      this.show(view, next)
      if (next.due === null) return false
      const done = await this.carryOut(next.due, view)
      if (done !== 'look-again') return done === 'sent'
    }
  }

  private show(view: MemberView, { show }: Turn): void {
    this.tell({ type: 'seen', view, show, warnings: this.warnings, blamed: this.blamed, camera: this.camera })
  }

  private async carryOut(due: Due, view: MemberView): Promise<'look-again' | 'sent' | 'waits'> {
    if (due === 'begin') {
      const name = view.names[view.index - 1]!
      this.device = MemberDevice.begin(ceremonyOf(view), view.index, name, rng, this.keep)
      return 'look-again'
    }
    if (due === 'check-board') {
      void this.checkBoard(view)
      return 'look-again'
    }
    const shared = view.shares.filter(list => list !== null).length
    if (due === 'result' && this.openedWith === shared) return 'waits'
    const blamed: Fault[] = []
    const made = tried(() => make(due, view, this.device!, this.mind, fault => blamed.push(fault)))
    if (due === 'result') this.blamed = blamed
    if ('stopped' in made) return this.stopped(made.stopped, due, view, shared)
    if (made.done === null) return due === 'stop' ? 'waits' : 'look-again'
    const trouble = await this.send(made.done, view.attempt)
    if (due === 'boxes' && trouble === null) this.mind = { ...this.mind, boxesOf: view.attempt }
    const inCeremony = ['commit', 'reveal', 'boxes', 'confirm'].includes(due)
    if (inCeremony && trouble === 'other-device') {
      this.mind = { ...this.mind, elsewhereIn: view.attempt }
      return 'look-again'
    }
    if (trouble !== null) this.tell({ type: 'trouble', trouble })
    return trouble === null && due !== 'stop' ? 'sent' : 'waits'
  }

  private stopped({ fault, message }: Stopped, due: Due, view: MemberView, shared: number): 'look-again' | 'waits' {
    if (due === 'result' || due === 'shares' || due === 'open' || due === 'pin') {
      if (due === 'result') this.openedWith = shared
      return 'waits'
    }
    this.mind = {
      ...this.mind,
      found: { attempt: view.attempt, fault: fault ?? faultOf('not-allowed', message) },
    }
    return 'look-again'
  }

  private async checkBoard(view: MemberView): Promise<void> {
    this.mind = { ...this.mind, board: { at: 'loading' } }
    const progress = (board: Mind['board']) => {
      this.mind = { ...this.mind, board }
      if (this.view) this.show(this.view, turn(this.view, this.device, this.mind))
    }
    const record = await api.getMemberRecord(this.link)
    if ('refused' in record) {
      this.tell({ type: 'trouble', trouble: record.refused })
      // At the next look it is due once more.
      this.mind = { ...this.mind, board: { at: 'not-yet' } }
      return
    }
    const manifest = parseManifest(view.manifest!)
    try {
      const done = await check({ record: record.ok, manifestHash: manifest.hash }, (lines, of) =>
        progress({ at: 'lines', done: lines, of }),
      )
      const { checks } = done
      progress(done.ok ? { at: 'holds', board: boardOf(manifest, done), checks } : { at: 'fails', checks })
    } catch {
      this.mind = { ...this.mind, board: { at: 'not-yet' } }
      this.tell({ type: 'trouble', trouble: 'failed' })
    }
    void this.look()
  }

  // ── sending ───────────────────────────────────────────────────────────────────────────────────────────────────

  private async send(message: Message, attemptNumber: number): Promise<Trouble | null> {
    const answer = await post(this.link, message, attemptNumber)
    return 'ok' in answer ? null : answer.refused
  }

  // ── what the member presses ───────────────────────────────────────────────────────────────────────────────────

  async press(pressed: Press): Promise<void> {
    const { view } = this
    if (view === null || this.over) return
    switch (pressed.press) {
      case 'begin':
        write('device', `${this.name}/willing`, '1')
        this.mind = { ...this.mind, willing: true }
        break
      case 'forget':
        erase('device', this.name)
        this.device = null
        break
      case 'again':
        this.mind = { ...this.mind, board: { at: 'not-yet' } }
        break
      case 'read-back':
        return this.tell({ type: 'ask-back', places: somePlaces(READ_BACK, SHEET_GROUPS, rng) })
      case 'card-camera':
      case 'sheet-camera':
        return this.scan(pressed.press)
      case 'key':
        return view.paper === null
          ? undefined
          : this.tell({ type: 'desk', desk: { on: 'keying', form: keptForm(this.link, view.paper) } })
      case 'restore':
        if (!this.restore(view, pressed.sheet)) return this.tell({ type: 'not-restored' })
        break
      default:
        return this.sign(view, pressed)
    }
    this.tell({ type: 'done', trouble: null })
    await this.look()
  }

  private async sign(view: MemberView, pressed: Exclude<Press, { press: 'restore' }>): Promise<void> {
    const made = tried(() => this.signed(view, pressed))
    const message = 'done' in made ? made.done : null
    const trouble = message === null ? 'wrong-state' : await this.send(message, view.attempt)
    this.tell({ type: 'done', trouble })
    await this.look()
  }

  private signed(view: MemberView, pressed: Exclude<Press, { press: 'restore' }>): Message | null {
    const { device, mind } = this
    if (view.paper !== null) return makeOnPaper(pressed)
    if (device === null) return null
    switch (pressed.press) {
      case 'pin':
        return makePin(device, parseManifest(view.manifest!))
      case 'sheet':
        return { to: 'sheet' }
      case 'act':
        return makeAct(device, pressed.action, pressed.handedOut)
      case 'agree':
        return mind.board.at === 'holds' ? makeOpen(device, mind.board.board, pressed.said) : null
      default:
        return null
    }
  }

  private restore(view: MemberView, sheet: SheetKeys | Sheet): boolean {
    const manifest = attempt(() => parseManifest(view.manifest ?? ''))
    if (manifest === null || sheet.index !== view.index) return false
    const made = tried(() => MemberDevice.restore(sheet, manifest, rng, this.keep))
    if ('stopped' in made || !equal(manifest.poll.id, bytesOf(view.pollId))) return false
    this.device = made.done
    return true
  }

  private async scan(what: 'card-camera' | 'sheet-camera'): Promise<void> {
    this.tell({
      type: 'desk',
      desk: what === 'card-camera' ? { on: 'card-camera' } : { on: 'sheet-camera', wrong: null },
    })
    const video = document.querySelector('video')
    if (video === null) return this.tell({ type: 'scanned', text: null })
    const text = await scan(() => document.contains(video))
    if (document.contains(video)) this.tell({ type: 'scanned', text })
  }
}
