/** What surrounds every screen: who is there, the language, the way back; and which screen shows. */
import type { ComponentChildren } from 'preact'
import { LoggingIn } from '../../login.tsx'
import { Note } from '../../parts.tsx'
import { LANGUAGES } from '../../words/language.ts'
import { REFUSALS } from '../../words/organiser/refusals.ts'
import { PACKS, type PackWords } from '../../words/packs.ts'
import { LIST } from '../route.ts'
import { type Act, draftOf, type Event, type State } from '../state.ts'
import { Blinded } from './blind.tsx'
import { CompareScreen } from './compare.tsx'
import { ListScreen } from './list.tsx'
import { PackScreen } from './read.tsx'
import { WriteScreen } from './write.tsx'

/** What every screen is given. */
export interface Shown {
  readonly state: State
  readonly words: PackWords
  readonly send: (event: Event) => void
}

export function Page({ state, send }: { readonly state: State; readonly send: (event: Event) => void }) {
  const words = PACKS[state.language]
  const other = LANGUAGES.find(one => one !== state.language)!
  const shown = { state, words, send }
  return (
    <div class="rules-page">
      <header class="top">
        <p>
          <strong>{words.product}</strong> <span class="soft">· {words.page}</span>
        </p>
        <div class="languages">
          <Account {...shown} />
          <button type="button" class="quiet" lang={other} onClick={() => send({ type: 'language', language: other })}>
            {words.otherLanguage}
          </button>
        </div>
      </header>
      {state.login === null ? (
        <Inside {...shown} />
      ) : (
        <>
          <div class="screen way-back">
            <a href={LIST} class="back" onClick={() => send({ type: 'route', route: { to: 'list' } })}>
              ← {words.back}
            </a>
          </div>
          {window.isSecureContext ? null : (
            <div class="screen">
              <Note tone="attention">{words.insecure}</Note>
            </div>
          )}
          <LoggingIn
            language={state.language}
            trying={state.login}
            submit={(login, password) => send({ type: 'password', login, password })}
          />
        </>
      )}
    </div>
  )
}

function Account({ state, words, send }: Shown) {
  if (state.me === null) return null
  return (
    <>
      <span class="soft small who">{words.who(state.me.name)}</span>
      <button type="button" class="quiet" onClick={() => send({ type: 'act', act: { what: 'leave' } })}>
        {words.leave}
      </button>
    </>
  )
}

function Inside(shown: Shown) {
  const { state, words } = shown
  const { route, packs } = state
  if (packs === null && state.seen === 0)
    return (
      <Screen {...shown}>
        <p class="soft" aria-live="polite">
          {words.wait}
        </p>
      </Screen>
    )
  switch (route.to) {
    case 'list':
      return (
        <Screen {...shown}>
          <ListScreen {...shown} />
        </Screen>
      )
    case 'compare':
      return (
        <Screen {...shown} wide>
          <CompareScreen {...shown} left={route.left} right={route.right} />
        </Screen>
      )
    case 'pack': {
      const pack = (packs ?? []).find(({ sha256 }) => sha256 === route.sha256)
      return (
        <Screen {...shown} wide>
          {pack ? <PackScreen {...shown} pack={pack} /> : <p>{packs === null ? words.wait : words.gone}</p>}
        </Screen>
      )
    }
    case 'draft': {
      const view = draftOf(state)
      if (view === null || state.edit === null || state.edit.draft !== view.draft)
        return (
          <Screen {...shown}>
            <p>{state.drafts !== null ? words.gone : state.me === null ? words.wait : words.notForYou}</p>
          </Screen>
        )
      return state.blind !== null && view.proposed !== null ? (
        <Screen {...shown}>
          <Blinded {...shown} view={view} blind={state.blind} by={view.proposed.by} />
        </Screen>
      ) : (
        <WriteScreen {...shown} view={view} edit={state.edit} />
      )
    }
  }
}

/** One column, with the way back above it. */
function Screen({
  state,
  words,
  wide,
  children,
}: Shown & { readonly wide?: boolean; readonly children: ComponentChildren }) {
  return (
    <main class={wide ? 'page wide' : 'page'}>
      {state.route.to === 'list' ? null : <Back words={words} />}
      <Lost state={state} words={words} />
      {children}
    </main>
  )
}

export const Back = ({ words }: { readonly words: PackWords }) => (
  <a href={LIST} class="back not-printed">
    ← {words.back}
  </a>
)

export const Lost = ({ state, words }: Pick<Shown, 'state' | 'words'>) =>
  state.lost ? <Note tone="attention">{words.lineLost}</Note> : null

/** What was asked and refused, where it was pressed. */
export function Refused({ state, words, of }: Shown & { readonly of: readonly Act['what'][] }) {
  if (state.why === null || !of.includes(state.why.what)) return null
  const { title, text } = REFUSALS[state.language][state.why.why]
  const line = /line (\d+)/.exec(state.why.where ?? '')?.[1]
  return (
    <Note tone="fails" title={title}>
      {text}
      {line === undefined ? null : ` (${words.problems.line(Number(line))})`}
    </Note>
  )
}
