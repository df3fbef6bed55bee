/** What follows from what on a member's page: pure. What the poll itself is at comes from `turn.ts`. */
import { fromBase32, shortCode } from '../../crypto/bytes.ts'
import { attempt, type Fault } from '../../crypto/fault.ts'
import { readSheetGroups, readSheetQr, type Sheet, type SheetKeys, sheetGroups } from '../../crypto/sheet.ts'
import { isOfManifest, readCardFragment } from '../../crypto/token.ts'
import { isSameGroup } from '../../crypto/typed.ts'
import type { Keying } from '../../server/rules/keying.ts'
import type { Action, MemberView, Refusal } from '../../server/wire.ts'
import type { Language } from '../words/language.ts'
import { cardCode, isCount, problemOf, type SheetProblem } from './codes.ts'
import type { CommentsAt, CommentsPress } from './comments.ts'
import { type Change, changed, type Form, keyingIn } from './paper.ts'
import type { Show } from './turn.ts'

/** Why this browser is a bad place to hold a key. */
export type Warning = 'messenger' | 'forgets'
export type Trouble = Refusal | 'offline'

export interface Page {
  readonly language: Language
  readonly screen: Screen
}

export type Screen =
  | { readonly at: 'unreadable' }
  | { readonly at: 'reaching'; readonly trouble: Trouble | null }
  | { readonly at: 'bad-link' }
  /** The same link was opened in another window of this phone, which goes on. */
  | { readonly at: 'moved' }
  | Here

export interface Here {
  readonly at: 'here'
  readonly view: MemberView
  readonly show: Show
  /** Why the last look did not get through. */
  readonly trouble: Trouble | null
  /** Why the last press was refused; stays until something else is pressed or typed. */
  readonly refused: Trouble | null
  readonly warnings: readonly Warning[]
  readonly desk: Desk
  /** What was pressed and is being done. */
  readonly doing: Press | null
  /** Whose shares are false. */
  readonly blamed: readonly Fault[]
  /** Where the browser gives pages a camera. */
  readonly camera: boolean
}

/** What the member has before them on this screen; a new screen clears it. */
export type Desk =
  | { readonly on: 'nothing' }
  | {
      readonly on: 'reading-back'
      readonly places: readonly number[]
      readonly typed: readonly string[]
      readonly wrong: readonly number[]
    }
  | { readonly on: 'card'; readonly typed: string; readonly found: 'nothing' | 'same' | 'other' | 'unread' }
  | { readonly on: 'card-camera' }
  | { readonly on: 'numbers'; readonly typed: readonly string[]; readonly wrong: readonly number[] }
  | { readonly on: 'code'; readonly typed: string; readonly wrong: boolean }
  | { readonly on: 'comments'; readonly at: CommentsAt }
  /** Of a round on paper. */
  | { readonly on: 'keying'; readonly form: Form }
  | { readonly on: 'groups'; readonly typed: string; readonly wrong: SheetProblem | null }
  | { readonly on: 'sheet-camera'; readonly wrong: SheetProblem | null }
  | { readonly on: 'compare'; readonly sheet: SheetKeys; readonly wrong: SheetProblem | null }

export type Press =
  | {
      readonly press:
        | 'begin'
        | 'pin'
        | 'sheet'
        | 'forget'
        | 'again'
        | 'read-back'
        | 'card-camera'
        | 'sheet-camera'
        | 'key'
    }
  | { readonly press: 'comments'; readonly what: CommentsPress }
  | { readonly press: 'keying'; readonly keying: Keying }
  | { readonly press: 'act'; readonly action: Action; readonly handedOut: readonly number[] }
  | { readonly press: 'agree'; readonly said: string }
  | { readonly press: 'restore'; readonly sheet: SheetKeys | Sheet }

export type Event =
  | { readonly type: 'language'; readonly language: Language }
  | {
      readonly type: 'seen'
      readonly view: MemberView
      readonly show: Show
      readonly warnings: readonly Warning[]
      readonly blamed: readonly Fault[]
      readonly camera: boolean
    }
  | { readonly type: 'trouble'; readonly trouble: Trouble }
  | { readonly type: 'moved' }
  | { readonly type: 'press'; readonly press: Press }
  | { readonly type: 'done'; readonly trouble: Trouble | null }
  | { readonly type: 'ask-back'; readonly places: readonly number[] }
  | { readonly type: 'typed'; readonly place: number; readonly text: string }
  /** What stands on the desk is handed in. */
  | { readonly type: 'hand-in' }
  | { readonly type: 'scanned'; readonly text: string | null }
  | { readonly type: 'desk'; readonly desk: Desk }
  | { readonly type: 'not-restored' }
  /** In the form of a round on paper. */
  | { readonly type: 'keyed'; readonly change: Change }

const NOTHING: Desk = { on: 'nothing' }

export function step(page: Page, event: Event): Page {
  if (event.type === 'language') return { ...page, language: event.language }
  const screen = next(page.screen, event)
  return screen === page.screen ? page : { ...page, screen }
}

function next(screen: Screen, event: Event): Screen {
  if (event.type === 'moved') return { at: 'moved' }
  if (screen.at === 'moved' || screen.at === 'unreadable' || screen.at === 'bad-link') return screen
  if (event.type === 'seen') return seen(screen, event)
  if (event.type === 'trouble') {
    if (event.trouble === 'bad-link') return { at: 'bad-link' }
    return screen.at === 'reaching' && screen.trouble === event.trouble ? screen : { ...screen, trouble: event.trouble }
  }
  return screen.at === 'here' ? here(screen, event) : screen
}

function seen(screen: Screen, { view, show, warnings, blamed, camera }: Extract<Event, { type: 'seen' }>): Here {
  const before = screen.at === 'here' ? screen : null
  const same = before !== null && placeOf(before.show) === placeOf(show)
  return {
    at: 'here',
    view,
    show,
    warnings,
    blamed,
    camera,
    trouble: null,
    refused: same ? before.refused : null,
    desk: same ? before.desk : deskOf(show),
    doing: before?.doing ?? null,
  }
}

/** What is one screen: of a round on paper each of its parts. */
export const placeOf = (show: Show): string => (show.on === 'paper' ? `paper ${show.part}` : show.on)

/** What a screen begins with. */
function deskOf(show: Show): Desk {
  switch (show.on) {
    case 'close':
      return { on: 'numbers', typed: show.manifest.groups.map(() => ''), wrong: [] }
    case 'sealed':
      return { on: 'card', typed: '', found: 'nothing' }
    case 'agree':
      return { on: 'code', typed: '', wrong: false }
    case 'restore':
      return { on: 'groups', typed: '', wrong: null }
    default:
      return NOTHING
  }
}

function here(screen: Here, event: Event): Screen {
  switch (event.type) {
    case 'press':
      return screen.doing ? screen : { ...screen, doing: event.press, refused: null }
    case 'done':
      return { ...screen, doing: null, refused: event.trouble, desk: deskAfter(screen, event.trouble) }
    case 'keyed':
      return screen.desk.on === 'keying'
        ? { ...screen, refused: null, desk: { on: 'keying', form: changed(screen.desk.form, event.change) } }
        : screen
    case 'ask-back': {
      const typed = event.places.map(() => '')
      return { ...screen, doing: null, desk: { on: 'reading-back', places: event.places, typed, wrong: [] } }
    }
    case 'typed':
      return { ...screen, refused: null, desk: typedOn(screen.desk, event.place, event.text) }
    case 'hand-in':
      return handedIn(screen)
    case 'scanned':
      return scanned(screen, event.text)
    case 'desk':
      return { ...screen, desk: event.desk, doing: null }
    case 'not-restored':
      return screen.desk.on === 'compare'
        ? { ...screen, doing: null, desk: { ...screen.desk, wrong: { what: 'not-yours' } } }
        : { ...screen, doing: null, desk: { on: 'groups', typed: '', wrong: { what: 'not-yours' } } }
    default:
      return screen
  }
}

/** What was keyed and taken is done with. */
const deskAfter = ({ desk, doing }: Here, trouble: Trouble | null): Desk =>
  doing?.press === 'keying' && trouble === null ? NOTHING : desk

// ── what is typed ───────────────────────────────────────────────────────────────────────────────────────────────

const replaced = (list: readonly string[], place: number, text: string): readonly string[] =>
  list.map((one, i) => (i === place ? text : one))

function typedOn(desk: Desk, place: number, text: string): Desk {
  switch (desk.on) {
    case 'reading-back':
    case 'numbers':
      return { ...desk, typed: replaced(desk.typed, place, text), wrong: desk.wrong.filter(one => one !== place) }
    case 'card':
      return { on: 'card', typed: text, found: 'nothing' }
    case 'code':
      return { on: 'code', typed: text, wrong: false }
    case 'groups':
      return { on: 'groups', typed: text, wrong: desk.wrong?.what === 'groups' ? problemOf(text) : null }
    default:
      return desk
  }
}

function handedIn(screen: Here): Here {
  const { desk, show } = screen
  const press = (pressed: Press): Here => ({ ...screen, doing: pressed, refused: null })
  switch (desk.on) {
    case 'reading-back': {
      if (show.on !== 'sheet') return screen
      const printed = sheetGroups(show.sheet)
      const wrong = desk.places.flatMap((place, i) => (isSameGroup(desk.typed[i]!, printed[place]!) ? [] : [i]))
      return wrong.length > 0 ? { ...screen, desk: { ...desk, wrong } } : press({ press: 'sheet' })
    }
    case 'card':
      return show.on === 'sealed'
        ? { ...screen, desk: { ...desk, found: cardCode(desk.typed, show.manifest) } }
        : screen
    case 'numbers': {
      if (show.on !== 'close') return screen
      const wrong = desk.typed.flatMap((text, g) => (isCount(text, show.manifest.groups[g]!.tokens) ? [] : [g]))
      if (wrong.length > 0) return { ...screen, desk: { ...desk, wrong } }
      return press({ press: 'act', action: 'close', handedOut: desk.typed.map(Number) })
    }
    case 'code': {
      if (show.on !== 'agree') return screen
      if (show.ask === 'compare') return press({ press: 'agree', said: '' })
      const typed = fromBase32(desk.typed.replace(/[\s-]/g, ''))
      const right = typed?.length === 8 && shortCode(typed) === shortCode(show.closing.hash)
      return right ? press({ press: 'agree', said: desk.typed }) : { ...screen, desk: { ...desk, wrong: true } }
    }
    case 'groups': {
      const wrong = problemOf(desk.typed)
      if (wrong) return { ...screen, desk: { ...desk, wrong } }
      const sheet = attempt(() => readSheetGroups(desk.typed))
      if (sheet === null) return { ...screen, desk: { ...desk, wrong: { what: 'unread' } } }
      return { ...screen, desk: { on: 'compare', sheet, wrong: null } }
    }
    case 'compare':
      return press({ press: 'restore', sheet: desk.sheet })
    case 'keying': {
      const keying = show.on === 'paper' ? keyingIn(desk.form, show.paper) : null
      return keying === null ? screen : press({ press: 'keying', keying })
    }
    default:
      return screen
  }
}

// ── what is scanned ─────────────────────────────────────────────────────────────────────────────────────────────

/** `text` null: there is no camera after all, or the member gave up. */
function scanned(screen: Here, text: string | null): Here {
  const { desk, show } = screen
  if (desk.on === 'card-camera' && show.on === 'sealed') {
    const card = text === null ? null : attempt(() => readCardFragment(text.slice(text.indexOf('#') + 1)))
    const found = card === null ? 'unread' : isOfManifest(card.hashStart, show.manifest.hash) ? 'same' : 'other'
    return { ...screen, desk: { on: 'card', typed: '', found: text === null ? 'nothing' : found } }
  }
  if (desk.on === 'sheet-camera' && show.on === 'restore') {
    if (text === null) return { ...screen, desk: deskOf(show) }
    const sheet = attempt(() => readSheetQr(text))
    if (sheet === null) return { ...screen, desk: { on: 'groups', typed: '', wrong: { what: 'unread' } } }
    return { ...screen, doing: { press: 'restore', sheet } }
  }
  return screen
}
