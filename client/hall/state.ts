/** What the hall's screen shows, and what follows from what the server says. */
import type { HallView, State as PollState } from '../../server/wire.ts'
import type { Language } from '../words/language.ts'

/** What people in the hall have to know of a poll's state. */
type Stage = 'before' | 'open' | 'closed' | 'counted' | 'void'

export type Screen =
  | { readonly at: 'asking'; readonly lost: boolean }
  | { readonly at: 'no-poll' }
  | { readonly at: Stage; readonly view: HallView; readonly lost: boolean }
  /** `left`: seconds, counted down here between two answers. */
  | { readonly at: 'last-call'; readonly view: HallView; readonly lost: boolean; readonly left: number }

export interface State {
  readonly language: Language
  /** Of the manifest; null where the address names none. */
  readonly hash: string | null
  readonly screen: Screen
}

export type Event =
  | { readonly type: 'language'; readonly language: Language }
  | { readonly type: 'said'; readonly view: HallView }
  | { readonly type: 'no-poll' }
  | { readonly type: 'lost' }
  | { readonly type: 'second' }

export function initialState(language: Language, fragment: string): State {
  const hash = /^#?([A-Za-z0-9_-]{43})$/.exec(fragment)?.[1] ?? null
  return { language, hash, screen: hash === null ? { at: 'no-poll' } : { at: 'asking', lost: false } }
}

export function step(state: State, event: Event): State {
  const { screen } = state
  switch (event.type) {
    case 'language':
      return { ...state, language: event.language }
    case 'said':
      return { ...state, screen: screenOf(grown(screen, event.view)) }
    case 'no-poll':
      return { ...state, screen: { at: 'no-poll' } }
    case 'lost':
      // What was shown stays, and says that it is old.
      return screen.at === 'no-poll' || screen.lost ? state : { ...state, screen: { ...screen, lost: true } }
    case 'second':
      if (screen.at !== 'last-call' || screen.left === 0) return state
      return { ...state, screen: { ...screen, left: screen.left - 1 } }
  }
}

const STAGES: { readonly [S in PollState]: Stage } = {
  draft: 'before',
  sealing: 'before',
  pinning: 'before',
  sealed: 'before',
  printed: 'before',
  open: 'open',
  closed: 'closed',
  counted: 'counted',
  void: 'void',
}

function screenOf(view: HallView): Screen {
  const at = STAGES[view.state]
  if (at === 'open' && view.lastCall !== null)
    return { at: 'last-call', view, lost: false, left: Math.max(0, Math.ceil(view.lastCall)) }
  return { at, view, lost: false }
}

/**
 * While a poll is open its turnout only grows: what another process of the server counted earlier, or has not counted yet,
 * takes nothing back.
 */
function grown(before: Screen, view: HallView): HallView {
  if (view.state !== 'open' || !('view' in before) || before.view.state !== 'open') return view
  if (before.view.manifestCode !== view.manifestCode) return view
  const most = (one: number | null, other: number | null) =>
    one === null || other === null ? (one ?? other) : Math.max(one, other)
  return {
    ...view,
    redeemed: most(before.view.redeemed, view.redeemed),
    cast: most(before.view.cast, view.cast),
  }
}

/** `2:00` */
export const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

/** What phones' cameras read as a network to join: marks of the format itself are escaped. */
export function wifiText({ name, password }: NonNullable<HallView['wifi']>): string {
  const escaped = (text: string) => text.replace(/[\\;,:"]/g, '\\$&')
  return password === ''
    ? `WIFI:T:nopass;S:${escaped(name)};;`
    : `WIFI:T:WPA;S:${escaped(name)};P:${escaped(password)};;`
}
