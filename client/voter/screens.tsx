/** The state's name chooses the screen. */
import type { VNode } from 'preact'
import { wordsOf } from '../words/voter/spoken.ts'
import type { Event, Page, Poll, Screen } from './screen.ts'
import { CastScreen, Counted, Left, Missing, Practised, Refused, WhyUntraceable } from './screens/after.tsx'
import { Casting, Checking, Choosing, Count, Reviewing } from './screens/ballot.tsx'
import {
  ArrivedAt,
  Camera,
  NotOpen,
  OnceMore,
  Opening,
  OtherCard,
  Redeeming,
  Tried,
  Trying,
  TypingCard,
} from './screens/in.tsx'
import type { Common, Props } from './screens/props.ts'
import { Asking, Looked, Looking } from './screens/receipt.tsx'

export function view({ screen, language }: Page, send: (event: Event) => void, camera: boolean): VNode {
  const words = wordsOf(language)
  const other = language === 'vi' ? 'en' : 'vi'
  // The table has a screen for each state; that state and screen belong together is what its type says.
  const Content = SCREENS[screen.at] as (props: Common & { readonly screen: Screen }) => VNode
  const rehearsal = pollOf(screen)?.paper.rehearsal === true
  return (
    <div class={rehearsal ? 'rehearsal' : undefined} data-mark={words.rehearsal}>
      <div class={`screen ${screen.at}`} key={keyOf(screen)}>
        <div class="languages">
          {screen.at === 'choosing' ? <Count screen={screen} words={words} /> : null}
          <button type="button" class="quiet" lang={other} onClick={() => send({ type: 'language', language: other })}>
            {words.otherLanguage}
          </button>
        </div>
        <Content screen={screen} words={words} send={send} camera={camera} />
      </div>
    </div>
  )
}

/** What is a new page to a person: its heading is read out anew. */
export const keyOf = (screen: Screen): string => (screen.at === 'choosing' ? `choosing ${screen.contest}` : screen.at)

type Screens = { readonly [T in Screen['at']]: (props: Props<T>) => VNode }

const SCREENS: Screens = {
  opening: Opening,
  trying: Trying,
  tried: Tried,
  typing: TypingCard,
  camera: Camera,
  arrived: ArrivedAt,
  'once-more': OnceMore,
  'other-card': OtherCard,
  redeeming: Redeeming,
  'not-open': NotOpen,
  choosing: Choosing,
  reviewing: Reviewing,
  checking: Checking,
  casting: Casting,
  cast: CastScreen,
  practised: Practised,
  left: Left,
  counted: Counted,
  missing: Missing,
  why: WhyUntraceable,
  refused: Refused,
  asking: Asking,
  looking: Looking,
  looked: Looked,
}

function pollOf(screen: Screen): Poll | null {
  if ('poll' in screen) return screen.poll
  if ('vote' in screen) return screen.vote.poll
  if ('own' in screen) return screen.own.poll
  if ('arrived' in screen) return screen.arrived.poll
  if (screen.at === 'left') return screen.cast.own.poll
  if (screen.at === 'looked') return 'poll' in screen.found ? screen.found.poll : null
  return screen.at === 'why' || screen.at === 'practised' ? pollOf(screen.back) : null
}
