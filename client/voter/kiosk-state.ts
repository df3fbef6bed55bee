/**
 * What a tablet for everybody does around the voter's own screens: it begins with nobody, asks whoever falls silent, gives
 * the receipt its time, and forgets. Pure; how a ballot is cast is `state.ts`, the same as on a phone.
 */
import { NOTHING_TYPED } from './place.ts'
import type { Page, Screen, Event as Voting } from './screen.ts'
import { openingAt, step as stepVoter } from './state.ts'

/** Without a touch, before it asks. */
export const SILENT_MS = 60_000
/** For an answer. */
export const ANSWER_MS = 20_000
/** For copying the receipt; as much again for every press that asks for more. */
export const RECEIPT_MS = 30_000
/** That an earlier ballot arrived is read quickly. */
const LEFTOVER_MS = 8_000

export type Phase =
  /** Nobody is here. */
  | { readonly at: 'start' }
  | { readonly at: 'voting' }
  /** The voter's screen is hidden until somebody answers. */
  | { readonly at: 'asking'; readonly why: 'silent' | 'quit'; readonly untilMs: number }
  /** The ballot is in the box. */
  | { readonly at: 'ending'; readonly untilMs: number }
  /** Nothing is left, and the page loads itself anew. `lost`: it cannot yet. */
  | { readonly at: 'leaving'; readonly lost: boolean }

export interface Kiosk {
  readonly page: Page
  readonly phase: Phase
  /** The ballot on its way was sealed before this page was loaded: whose it is, nobody knows. */
  readonly leftover: boolean
  readonly nowMs: number
  /** When somebody touched it last. */
  readonly touchedMs: number
  /** Which camera looks for the card: on a stand the one in front sees it, in the hand the one behind. */
  readonly facing: 'user' | 'environment'
}

export type Event =
  | Voting
  /** Every second, and whenever the screen comes back: a tablet that slept has lost no time. */
  | { readonly type: 'tick' | 'touch'; readonly nowMs: number }
  | { readonly type: 'by-code' | 'turn-camera' | 'stay' | 'more-time' | 'quit' | 'unreachable' }

const TYPING: Screen = { at: 'typing', typed: NOTHING_TYPED, wrong: null, held: null }

/** What was sealed goes first, in whatever state the poll is. */
export const initialKiosk = (leftover: boolean, nowMs: number): Kiosk => ({
  page: { language: 'vi', screen: leftover ? openingAt({ to: 'front' }) : TYPING },
  phase: { at: leftover ? 'voting' : 'start' },
  leftover,
  nowMs,
  touchedMs: nowMs,
  facing: 'user',
})

export function step(kiosk: Kiosk, event: Event): Kiosk {
  const { phase } = kiosk
  switch (event.type) {
    case 'tick':
      return timed(kiosk, event.nowMs)
    case 'touch': {
      // Whoever wakes a tablet that slept is not the one who fell silent.
      const now = timed(kiosk, event.nowMs)
      return now.phase === phase && (phase.at === 'voting' || phase.at === 'start') ? touched(now, event.nowMs) : now
    }
    case 'by-code':
      return phase.at === 'start' ? { ...kiosk, phase: { at: 'voting' } } : kiosk
    case 'turn-camera':
      return { ...kiosk, facing: kiosk.facing === 'user' ? 'environment' : 'user' }
    case 'stay':
      return phase.at === 'asking' ? touched({ ...kiosk, phase: { at: 'voting' } }, kiosk.nowMs) : kiosk
    case 'more-time':
      return phase.at === 'ending' ? { ...kiosk, phase: { ...phase, untilMs: phase.untilMs + RECEIPT_MS } } : kiosk
    case 'quit':
      return quit(kiosk)
    case 'unreachable':
      return phase.at === 'leaving' ? { ...kiosk, phase: { at: 'leaving', lost: true } } : kiosk
    default:
      return phase.at === 'leaving' ? kiosk : voted(kiosk, event)
  }
}

const touched = (kiosk: Kiosk, nowMs: number): Kiosk => ({ ...kiosk, nowMs, touchedMs: nowMs })

/** Nothing of the voter is in this state; what was begun is heard no more. */
const leave = (kiosk: Kiosk): Kiosk => ({
  ...kiosk,
  page: { ...kiosk.page, screen: TYPING },
  phase: { at: 'leaving', lost: false },
})

function timed(kiosk: Kiosk, nowMs: number): Kiosk {
  const now = { ...kiosk, nowMs }
  const { phase, page } = kiosk
  const silentMs = nowMs - kiosk.touchedMs
  switch (phase.at) {
    case 'start':
      // The next voter is spoken to in Vietnamese again.
      return silentMs >= SILENT_MS && page.language !== 'vi' ? { ...now, page: { ...page, language: 'vi' } } : now
    case 'voting':
      if (isOnItsWay(page.screen)) return touched(kiosk, nowMs)
      if (silentMs < SILENT_MS) return now
      if (silentMs >= SILENT_MS + ANSWER_MS || page.screen.at === 'camera') return leave(now)
      return { ...now, phase: { at: 'asking', why: 'silent', untilMs: kiosk.touchedMs + SILENT_MS + ANSWER_MS } }
    case 'asking':
    case 'ending':
      return nowMs >= phase.untilMs ? leave(now) : now
    case 'leaving':
      return kiosk
  }
}

function quit(kiosk: Kiosk): Kiosk {
  const { phase, page, nowMs } = kiosk
  if (phase.at === 'asking' || phase.at === 'ending') return leave(kiosk)
  // What the server does not take, of a voter who has gone, must not keep the next one away for good.
  const refused = kiosk.leftover && page.screen.at === 'refused'
  if (phase.at !== 'voting' || (isOnItsWay(page.screen) && !refused)) return kiosk
  if (!isAtStake(page.screen)) return leave(kiosk)
  return { ...kiosk, phase: { at: 'asking', why: 'quit', untilMs: nowMs + ANSWER_MS } }
}

/** A step of the voter's page. What became of a ballot after closing is for another device to look up. */
function voted(kiosk: Kiosk, event: Voting): Kiosk {
  if (event.type === 'counted' || event.type === 'missing' || event.type === 'placed') return kiosk
  const page = stepVoter(kiosk.page, event)
  if (page === kiosk.page) return kiosk
  const now = { ...kiosk, page }
  const { at } = page.screen
  if (at === 'cast' && kiosk.phase.at !== 'ending')
    return { ...now, phase: { at: 'ending', untilMs: now.nowMs + (kiosk.leftover ? LEFTOVER_MS : RECEIPT_MS) } }
  if (isOver(kiosk.page.screen, page.screen)) return leave(now)
  return kiosk.phase.at === 'start' && at !== 'typing' ? { ...now, phase: { at: 'voting' } } : now
}

/** Back where a card is asked for, with a card behind: that was the whole visit. */
function isOver(was: Screen, now: Screen): boolean {
  if (was.at === 'refused' && now.at === 'opening') return now.place.to === 'front'
  if (now.at !== 'typing') return false
  if (was.at === 'opening') return was.place.to === 'front'
  return was.at !== 'typing' && was.at !== 'camera'
}

/** Sealed, or being sealed: it goes into the box whoever stands here. */
export const isOnItsWay = (screen: Screen): boolean =>
  screen.at === 'casting' || (screen.at === 'refused' && screen.on.at === 'casting')

/** To leave now would cost the vote, or might. */
export function isAtStake(screen: Screen): boolean {
  switch (screen.at) {
    case 'opening':
    case 'typing':
    case 'camera':
    case 'arrived':
      return false
    case 'not-open':
      // A request without an answer may have arrived.
      return screen.tries.trouble !== null
    case 'why':
      return isAtStake(screen.back)
    case 'refused':
      return isAtStake(screen.on)
    default:
      return true
  }
}

/** Whole seconds, for people. */
export const secondsLeft = ({ phase, nowMs }: Kiosk): number =>
  'untilMs' in phase ? Math.max(0, Math.ceil((phase.untilMs - nowMs) / 1000)) : 0
