/** The state's name chooses the screen. */
import type { ComponentChildren, VNode } from 'preact'
import type { Language } from '../words/language.ts'
import { wordsOf } from '../words/voter/spoken.ts'
import { fetched, type More } from './more.ts'
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

type Send = (event: Event) => void

/** `device`: what this one is and can do. */
export function view({ screen, language }: Page, send: Send, device: Pick<Common, 'camera' | 'own'>): VNode {
  const words = wordsOf(language)
  // The table has a screen for each state; that state and screen belong together is what its type says.
  const screens: Partial<Screens> = { ...SCREENS, ...fetched() }
  const Content = screens[screen.at] as (props: Common & { readonly screen: Screen }) => VNode
  return (
    <Frame at={screen.at} name={keyOf(screen)} poll={pollOf(screen)} language={language} send={send}>
      {screen.at === 'choosing' ? <Count screen={screen} words={words} /> : null}
      <Content screen={screen} words={words} language={language} send={send} {...device} />
    </Frame>
  )
}

/** What stands around every screen: how far one is, the other language, and the mark of a rehearsal. */
export function Frame({
  at,
  name,
  poll,
  language,
  send,
  children: [count, content],
}: {
  readonly at: string
  /** Another name is a new page. */
  readonly name: string
  readonly poll: Poll | null
  readonly language: Language
  readonly send: Send
  readonly children: readonly [count: ComponentChildren, content: ComponentChildren]
}) {
  const words = wordsOf(language)
  const other = language === 'vi' ? 'en' : 'vi'
  return (
    <div class={poll?.paper.rehearsal ? 'rehearsal' : undefined} data-mark={words.rehearsal}>
      <div class={`screen ${at}`} key={name}>
        <div class="languages">
          {count}
          <button type="button" class="quiet" lang={other} onClick={() => send({ type: 'language', language: other })}>
            {words.otherLanguage}
          </button>
        </div>
        {content}
      </div>
    </div>
  )
}

/** What is a new page to a person: its heading is read out anew. */
export const keyOf = (screen: Screen): string =>
  screen.at === 'choosing'
    ? `choosing ${screen.contest}`
    : screen.at === 'writing'
      ? `writing ${screen.prompt}`
      : screen.at

type Screens = { readonly [T in Screen['at']]: (props: Props<T>) => VNode }

/** Those that only some ballots need come later. */
const SCREENS: Omit<Screens, keyof More> & Pick<Screens, 'reviewing'> = {
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

export function pollOf(screen: Screen): Poll | null {
  if ('poll' in screen) return screen.poll
  if ('vote' in screen) return screen.vote.poll
  if ('own' in screen) return screen.own.poll
  if ('arrived' in screen) return screen.arrived.poll
  if (screen.at === 'left') return screen.cast.own.poll
  if (screen.at === 'looked') return 'poll' in screen.found ? screen.found.poll : null
  return screen.at === 'why' || screen.at === 'practised' ? pollOf(screen.back) : null
}
