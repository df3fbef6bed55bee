/** What surrounds every screen: the mark of a rehearsal, the language, the six steps. */
import type { VNode } from 'preact'
import { Note } from '../../parts.tsx'
import { LANGUAGES } from '../../words/language.ts'
import { WORDS } from '../../words/organiser.ts'
import { type Step, stepOf, stepsOf } from '../poll.ts'
import type { Event, State } from '../state.ts'
import { AccessScreen } from './access.tsx'
import { Arriving, Insecure, List, LoggingIn, SettingUp, Unset } from './doors.tsx'
import { DraftScreen } from './draft.tsx'
import { OpenScreen } from './open.tsx'
import { PAPER_SCREENS } from './paper.tsx'
import type { Shown } from './parts.tsx'
import { PrintScreen, Sheets } from './print.tsx'
import { ResultScreen } from './result.tsx'
import { SealScreen } from './seal.tsx'
import { VoteScreen } from './vote.tsx'

interface ViewProps {
  readonly state: State
  readonly send: (event: Event) => void
}

export function Page({ state, send }: ViewProps) {
  const words = WORDS[state.language]
  const rehearsal = state.at === 'poll' && state.view?.rehearsal === true
  const step = state.at === 'poll' && state.view ? (state.shown ?? stepOf(state.view)) : null
  const other = LANGUAGES.find(one => one !== state.language)!
  return (
    <>
      <div
        class={['organiser', step === 'print' ? 'unprinted' : '', rehearsal ? 'rehearsal' : '']
          .filter(name => name !== '')
          .join(' ')}
        data-mark={words.rehearsalMark}
      >
        <header class="top">
          <p>
            <strong>{words.product}</strong> <span class="soft">· {words.organiser}</span>
          </p>
          <div class="languages">
            <button
              type="button"
              class="quiet"
              lang={other}
              onClick={() => send({ type: 'language', language: other })}
            >
              {words.otherLanguage}
            </button>
          </div>
        </header>
        <Inside state={state} send={send} />
      </div>
      {state.at === 'poll' ? <Sheets state={state} at={step} /> : null}
    </>
  )
}

function Inside({ state, send }: ViewProps) {
  const words = WORDS[state.language]
  switch (state.at) {
    case 'insecure':
      return <Insecure words={words} />
    case 'arriving':
      return <Arriving state={state} words={words} />
    case 'unset':
      return <Unset words={words} />
    case 'setting-up':
      return <SettingUp state={state} words={words} send={send} />
    case 'logging-in':
      return <LoggingIn state={state} words={words} send={send} />
    case 'list':
      return <List state={state} words={words} send={send} />
    case 'people':
      return <AccessScreen state={state} words={words} send={send} />
    case 'poll':
      if (state.view === null)
        return <Arriving state={{ at: 'arriving', language: state.language, lost: state.lost }} words={words} />
      return <Poll state={{ ...state, view: state.view }} words={words} send={send} />
  }
}

const SCREENS: Readonly<Record<Step, (shown: Shown) => VNode | null>> = {
  draft: DraftScreen,
  seal: SealScreen,
  print: PrintScreen,
  vote: VoteScreen,
  open: OpenScreen,
  result: ResultScreen,
}

function Poll(shown: Shown) {
  const { state, words, send } = shown
  const at = stepOf(state.view)
  const step = state.shown ?? at
  const steps = stepsOf(state.view)
  const paper = state.view.draft.medium === 'paper'
  const said = paper ? words.paper : words
  const Screen = paper && step !== 'draft' && step !== 'seal' ? PAPER_SCREENS[step] : SCREENS[step]
  return (
    <div class={state.view.state === 'draft' ? 'columns wide' : 'columns'}>
      <nav class="steps" aria-label={said.stepsLabel}>
        <a href="#polls" class="back">
          ← {words.list.back}
        </a>
        <ol>
          {steps.map((one, i) => {
            const place = steps.indexOf(at)
            const how = i < place ? 'done' : i === place ? 'now' : 'later'
            const spoken = { done: words.stepDone, now: words.stepNow, later: words.stepLater }[how]
            return (
              <li key={one} class={how}>
                <button
                  type="button"
                  disabled={how === 'later'}
                  aria-current={one === step ? 'step' : undefined}
                  onClick={() => send({ type: 'show', step: one })}
                >
                  <span class="number" aria-hidden="true">
                    {how === 'done' ? '✓' : i + 1}
                  </span>
                  <span class="word">{said.steps[one]}</span>
                  <span class="hidden"> ({spoken})</span>
                </button>
              </li>
            )
          })}
        </ol>
      </nav>
      <main class="step" key={step}>
        {state.lost ? <Note tone="attention">{words.lineLost}</Note> : null}
        {state.view.follows === null ? null : (
          <p class="overline">
            <a href={`#${state.view.follows}`}>{words.count.follows}</a>
          </p>
        )}
        <Screen {...shown} />
      </main>
    </div>
  )
}
