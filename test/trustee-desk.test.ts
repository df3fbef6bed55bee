/** What a member types, scans and presses (`client/trustee/state.ts`): right things go on, wrong ones say where. */
import { describe, expect, it } from 'vitest'
import { readLink } from '../client/trustee/link.ts'
import { type Desk, type Event, type Here, type Page, step } from '../client/trustee/state.ts'
import { type Mind, type Show, turn } from '../client/trustee/turn.ts'
import { shortCode, toBase64url } from '../crypto/bytes.ts'
import type { MemberDevice } from '../crypto/device.ts'
import { sheetGroups, sheetQr } from '../crypto/sheet.ts'
import { cardLink, newCard } from '../crypto/token.ts'
import { expectAll, setUp } from './poll.setup.ts'
import { Relay } from './relay.ts'

const { manifest, devices, rng } = setUp(91)
const device = devices[0]!
device.pin(manifest)
const sheet = device.sheet()
const printed = sheetGroups(sheet)
const view = new Relay(3, 2, manifest.poll.id).view(1)
const SHEET: Show = { on: 'sheet', manifest, sheet }
const SEALED: Show = { on: 'sealed', manifest, pins: [], sheets: [] }
const RESTORE: Show = { on: 'restore', manifest }
const asked = { action: 'close', reason: '', signed: [], needed: 2 } as const
const CLOSE: Show = { on: 'close', manifest, asked }

const START: Page = { language: 'vi', screen: { at: 'reaching', trouble: null } }
const seen = (show: Show): Event => ({ type: 'seen', view, show, warnings: [], blamed: [], camera: true })
const deskAfter = (...events: readonly Event[]): Here => {
  const { screen } = events.reduce(step, START)
  if (screen.at !== 'here') throw new Error(screen.at)
  return screen
}
const typed = (...texts: readonly string[]): readonly Event[] =>
  texts.map((text, place) => ({ type: 'typed', place, text }))
const HAND_IN: Event = { type: 'hand-in' }
const scanned = (text: string | null): Event => ({ type: 'scanned', text })

describe('a personal link', () => {
  const [poll, secret] = [toBase64url(rng(16)), toBase64url(rng(16))]
  it('is read whole or not at all', () => {
    expect(readLink(`${poll}.2.${secret}`)).toEqual({ poll, index: 2, secret })
    const cut = [`${poll}.2.${secret.slice(1)}`, `${poll}.0.${secret}`, `${poll}.${secret}`, '', `${poll}.2.${secret}.`]
    expect(cut.map(readLink)).toEqual(cut.map(() => null))
  })
})

describe('a recovery sheet', () => {
  const back: Event = { type: 'ask-back', places: [3, 17, 39] }
  const read = (...groups: readonly string[]) => deskAfter(seen(SHEET), back, ...typed(...groups), HAND_IN)
  const right = [printed[3]!, printed[17]!.toLowerCase(), ` ${printed[39]!} `]

  it('is kept only once three of its groups were read back from the paper', () => {
    expect(read(...right).doing).toEqual({ press: 'sheet' })
    const wrong = read(right[0]!, printed[16]!, '')
    expect([wrong.doing, wrong.desk]).toMatchObject([null, { on: 'reading-back', wrong: [1, 2] }])
    expect(deskAfter(seen(SHEET), back, ...typed(...right), seen(SHEET)).desk).toMatchObject({ typed: right })
  })

  it('restores another device from its typed code, its QR and nothing else', () => {
    const restore = (text: string) => deskAfter(seen(RESTORE), ...typed(text), HAND_IN)
    expect(restore(printed.join(' ').toLowerCase()).desk).toMatchObject({ on: 'compare' })
    expect(restore(printed.slice(2).join('')).desk).toMatchObject({ wrong: { what: 'groups' } })
    expect(restore(printed.slice(0, 7).join('')).desk).toMatchObject({ wrong: { what: 'length', got: 7 } })
    expect(restore(printed.with(6, 'AAAAA').join(' ')).desk).toMatchObject({ wrong: { what: 'groups', places: [6] } })
    const compared = deskAfter(seen(RESTORE), ...typed(printed.join('')), HAND_IN, HAND_IN)
    expect(compared.doing).toMatchObject({ press: 'restore', sheet: { share: sheet.share } })

    const camera: Event = { type: 'desk', desk: { on: 'sheet-camera', wrong: null } }
    expect(deskAfter(seen(RESTORE), camera, scanned(sheetQr(sheet))).doing).toEqual({ press: 'restore', sheet })
    expect(deskAfter(seen(RESTORE), camera, scanned('https://example.org')).desk).toMatchObject({
      wrong: { what: 'unread' },
    })
    expect(deskAfter(seen(RESTORE), camera, scanned(null)).desk).toEqual({ on: 'groups', typed: '', wrong: null })
  })
})

describe('a drawn card', () => {
  const foundIn = ({ desk }: Here) => (desk.on === 'card' ? desk.found : null)
  const byCode = (text: string) => foundIn(deskAfter(seen(SEALED), ...typed(text), HAND_IN))
  const camera: Event = { type: 'desk', desk: { on: 'card-camera' } }
  const byCamera = (text: string | null) => foundIn(deskAfter(seen(SEALED), camera, scanned(text)))
  const link = (hash: Uint8Array) => cardLink('http://a', newCard(0, rng), hash)

  it('is of this poll or is not', () => {
    expectAll({
      'its code': ['same', byCode(shortCode(manifest.hash))],
      'typed hastily': ['same', byCode(shortCode(manifest.hash).toLowerCase().replaceAll('-', ' '))],
      'another code': ['other', byCode(shortCode(rng(32)))],
      'half a code': ['unread', byCode(shortCode(manifest.hash).slice(0, 9))],
      scanned: ['same', byCamera(link(manifest.hash))],
      'another one scanned': ['other', byCamera(link(rng(32)))],
      'something else scanned': ['unread', byCamera('http://a')],
      'not scanned at all': ['nothing', byCamera(null)],
    })
  })
})

describe('the number handed out', () => {
  const enter = (...numbers: readonly string[]) => deskAfter(seen(CLOSE), ...typed(...numbers), HAND_IN)
  it('is signed by group, within the number of cards', () => {
    expect(enter('11', ' 6 ').doing).toEqual({ press: 'act', action: 'close', handedOut: [11, 6] })
    const wrongIn = (...numbers: readonly string[]) => (enter(...numbers).desk as Desk & { on: 'numbers' }).wrong
    expect([wrongIn('13', '6'), wrongIn('', '6'), wrongIn('1e1', '-1'), wrongIn('2', '6.5')]).toEqual([
      [0],
      [0],
      [0, 1],
      [1],
    ])
  })

  it('stays on the screen while views come in, and a refusal until something is typed', () => {
    const refused = deskAfter(
      seen(CLOSE),
      ...typed('1', '1'),
      HAND_IN,
      { type: 'done', trouble: 'bad-numbers' },
      seen(CLOSE),
    )
    expect(refused).toMatchObject({ refused: 'bad-numbers', doing: null, desk: { typed: ['1', '1'] } })
    const { screen } = step({ language: 'vi', screen: refused }, { type: 'typed', place: 0, text: '2' })
    expect(screen).toMatchObject({ refused: null, desk: { typed: ['2', '1'] } })
  })
})

describe('whose turn it is', () => {
  const mind: Mind = { willing: true, boxesOf: 0, elsewhereIn: 0, found: null, board: { at: 'not-yet' } }
  const sealed = { ...view, manifest: manifest.text, pins: ['x', 'x', 'x'], sheets: [true, true, true] }
  const shows = (of: Partial<typeof view>, member: MemberDevice | null = device) =>
    turn({ ...sealed, ...of }, member, mind)

  it('follows the poll from the pin to the end', () => {
    const ask = (action: 'open' | 'close' | 'void', signed: readonly number[] = []) =>
      ({ action, reason: '', needed: 1, signed: signed.map(index => ({ index, handedOut: [] })) }) as const
    expectAll({
      'sheet not read back': ['sheet', shows({ sheets: [false, true, true] }).show.on],
      sealed: ['sealed', shows({ state: 'sealed' }).show.on],
      'asked to open': ['asked', shows({ state: 'printed', asked: ask('open') }).show.on],
      'asked and signed': ['signed', shows({ state: 'printed', asked: ask('open', [1]) }).show.on],
      'asked and signed by another': ['asked', shows({ state: 'printed', asked: ask('open', [2]) }).show.on],
      open: ['open', shows({ state: 'open' }).show.on],
      'asked to close': ['close', shows({ state: 'open', asked: ask('close') }).show.on],
      closed: ['check-board', shows({ state: 'closed' }).due],
      void: ['void', shows({ state: 'void' }).show.on],
      'a fresh phone': ['restore', shows({ state: 'open' }, null).show.on],
      'a fresh phone of a member who never pinned': [
        'elsewhere',
        shows({ state: 'sealed', pins: [null] }, null).show.on,
      ],
    })
  })
})
