/** What follows from what: pure, and the only place that decides which screen comes next. */
import { fromBase32 } from '../../crypto/bytes.ts'
import { attempt } from '../../crypto/fault.ts'
import { type Card, readCardCode } from '../../crypto/token.ts'
import { afterwards, receipt, soughtIn } from './afterwards.ts'
import { onList } from './lines.ts'
import { NOTHING_TYPED, type Place, plain, readShortCode, type Typed } from './place.ts'
import { again, FIRST_TRY, type Why, wayOn } from './refusals.ts'
import type { At, Event, Holding, Page, Screen, TypedReceipt, Typing, Wrong } from './screen.ts'
import { writing } from './texts.ts'
import { casting, castScreen, choosing, practice, redeeming, resumed, reviewing, sending } from './voting.ts'

const NOTHING_SOUGHT: TypedReceipt = { leaf: '', short: '' }

export const openingAt = (place: Place): Screen => {
  if (place.to === 'try') return { at: 'trying', nonce: place.nonce, tries: FIRST_TRY }
  if (place.to !== 'receipt') return { at: 'opening', place, tries: FIRST_TRY }
  const sought = soughtIn(place.fragment)
  return sought === null
    ? { at: 'asking', typed: NOTHING_SOUGHT, wrong: null }
    : { at: 'looking', typed: NOTHING_SOUGHT, sought, tries: FIRST_TRY }
}
const FRONT: Screen = openingAt({ to: 'front' })
const TYPING: Typing = { at: 'typing', typed: NOTHING_TYPED, wrong: null, held: null }

export function step(page: Page, event: Event): Page {
  if (event.type === 'language') return { ...page, language: event.language }
  const screen = next(page.screen, event)
  return screen === page.screen ? page : { ...page, screen }
}

/** The same screen back where an event means nothing to it. */
function next(screen: Screen, event: Event): Screen {
  if (event.type === 'placed') return openingAt(event.place)
  if (event.type === 'refused')
    return { at: 'refused', why: event.why, poll: event.poll, on: afterRefusal(screen, event.why) }
  if (event.type === 'holding') return screenOf(event.holding)
  switch (screen.at) {
    case 'opening':
    case 'typing':
    case 'camera':
    case 'trying':
      return wayIn(screen, event)
    case 'arrived':
      if (event.type === 'receive') return { at: 'redeeming', poll: screen.poll, card: screen.card, tries: FIRST_TRY }
      if (event.type === 'practise') return practice(screen, screen.poll, screen.card.group)
      return event.type === 'why' ? { at: 'why', back: screen } : screen
    case 'once-more':
      return event.type === 'another' ? screen.arrived : event.type === 'go-on' ? screen.cast : screen
    case 'other-card':
      return event.type === 'go-on' ? screen.on : screen
    case 'redeeming':
    case 'not-open':
      return redeeming(screen, event)
    case 'choosing':
      return choosing(screen, event)
    case 'listing':
      return onList(screen, event)
    case 'writing':
      return writing(screen, event)
    case 'reviewing':
      return reviewing(screen, event)
    case 'checking':
      if (event.type === 'back') return { at: 'reviewing', vote: screen.vote }
      if (event.type === 'checked') return { ...screen, checked: event.checked }
      if (event.type === 'open-checked') return { ...screen, opened: true }
      if (event.type === 'save') return { ...screen, copied: 'asking' }
      return event.type === 'saved' ? { ...screen, copied: event.as } : screen
    case 'casting':
      return casting(screen, event)
    case 'cast':
    case 'left':
    case 'counted':
    case 'missing':
      return event.type === 'another' ? TYPING : afterwards(screen, event)
    case 'practised':
      return event.type === 'go-on' ? screen.back : screen
    case 'why': {
      if (event.type === 'back') return screen.back
      const back = next(screen.back, event)
      return back === screen.back ? screen : { ...screen, back }
    }
    case 'refused':
      return event.type === 'go-on' ? screen.on : screen
    case 'asking':
    case 'looking':
    case 'looked':
      return receipt(screen, event)
    case 'tried':
      return screen
  }
}

/** Where a refusal leads: on with the same, or to the beginning. */
function afterRefusal(screen: Screen, why: Why): Screen {
  const way = wayOn(why)
  if (way === 'cast' && 'poll' in screen && screen.poll) return openingAt({ to: 'kept', start: screen.poll.start })
  if (way === 'again' && 'tries' in screen) return { ...screen, tries: FIRST_TRY }
  return screen.at === 'opening' ? TYPING : FRONT
}

// ── the way in ──────────────────────────────────────────────────────────────────────────────────────────────────

function wayIn(screen: At<'opening' | 'typing' | 'camera' | 'trying'>, event: Event): Screen {
  switch (event.type) {
    case 'trouble':
      return screen.at === 'opening' || screen.at === 'trying'
        ? { ...screen, tries: again(screen.tries, event) }
        : screen
    case 'tried':
      return { at: 'tried' }
    case 'nothing-held':
      return { ...TYPING, held: event.start }
    case 'wrong-typed':
      return { ...TYPING, typed: event.typed, wrong: event.wrong }
    case 'scanned':
      return openingAt({ to: 'card', fragment: event.fragment })
    case 'no-camera':
      return screen.at === 'camera' ? { ...screen, blocked: true } : screen
    case 'back':
      return screen.at === 'camera' ? screen.back : screen
    case 'camera':
      return screen.at === 'typing' ? { at: 'camera', back: { ...screen, wrong: null }, blocked: false } : screen
    case 'type':
      return screen.at === 'typing' ? { ...screen, typed: event.typed, wrong: null } : screen
    case 'go-on':
      return screen.at === 'typing' && screen.held ? openingAt({ to: 'kept', start: screen.held }) : screen
    case 'submit': {
      if (screen.at !== 'typing') return screen
      const { typed } = screen
      const read = readTyped(typed)
      if ('where' in read) return { ...screen, wrong: read }
      return openingAt({ to: 'typed-card', card: read, typed })
    }
    default:
      return screen
  }
}

const GROUP_CHARS = 5

/** The card, or the first thing that is wrong. */
function readTyped({ groups, short }: Typed): Card | Wrong {
  const where = groups.findIndex(group => fromBase32(plain(group)) === null || plain(group).length !== GROUP_CHARS)
  if (where >= 0) return { where }
  const card = attempt(() => readCardCode(groups.join('')))
  if (card === null) return { where: 'code' }
  return readShortCode(short) === null ? { where: 'short', unknown: false } : card
}

/** Where a phone goes on that holds something of this poll. */
function screenOf({ poll, card, durable, going, cast }: Holding): Screen {
  const receipt = cast && castScreen(poll, cast, null)
  if (going?.stage === 'sealed') return sending(poll, null)
  if (going) {
    const on: Screen =
      going.stage === 'asked' ? { at: 'redeeming', poll, card: null, tries: FIRST_TRY } : resumed(going.vote)
    return going.own ? on : { at: 'other-card', poll, on }
  }
  if (card) {
    const arrived = { at: 'arrived', poll, card, durable } as const
    return receipt ? { at: 'once-more', arrived, cast: receipt } : arrived
  }
  return receipt ?? TYPING
}
