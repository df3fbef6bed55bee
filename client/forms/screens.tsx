/** The bar around a paper, which is never printed, and what stands in the paper's place where there is none. */
import type { BrokenRule } from '../../server/reports/form.ts'
import { type PaperLink, paperAt } from '../api.ts'
import { Main, Note, Other } from '../parts.tsx'
import { BAR, type BarWords, brokenSentence } from '../words/reports/bar.ts'
import { Sheet } from './sheet.tsx'
import { type Event, FORMS, PROFILES, type Screen, type State } from './state.ts'

type Send = (event: Event) => void

export function View({ state, send }: { state: State; send: Send }) {
  const { language, link, screen } = state
  const words = BAR[language]
  return (
    <>
      <header class="bar">
        {link === null ? null : (
          <a class="button" href={`/lanh-dao#${link.poll}/giay-to`}>
            {words.back}
          </a>
        )}
        {link === null ? null : <Choices link={link} words={words} send={send} />}
        {screen.at === 'paper' ? <Main act={() => window.print()}>{words.print}</Main> : null}
        {screen.at === 'paper' && link !== null && screen.form.head.stamp === null ? (
          <a class="button" href={paperAt(link, '/docx')} download>
            {words.download}
          </a>
        ) : null}
        <Languages state={state} words={words} send={send} />
        {link?.copy == null ? null : <p class="copy">{words.secretNote(link.copy)}</p>}
      </header>
      <main class="desk" data-screen={screen.at}>
        <Shown screen={screen} state={state} words={words} send={send} />
      </main>
    </>
  )
}

function Languages({ state, words, send }: { state: State; words: BarWords; send: Send }) {
  const other = state.language === 'vi' ? 'en' : 'vi'
  return (
    <button type="button" class="quiet" lang={other} onClick={() => send({ type: 'language', language: other })}>
      {words.otherLanguage}
    </button>
  )
}

/** A numbered copy is of one paper. */
function Choices({ link, words, send }: { link: PaperLink; words: BarWords; send: Send }) {
  return (
    <>
      {link.copy === null ? (
        <div class="choice">
          <label for="form">{words.form}</label>
          <select
            id="form"
            value={link.form}
            onChange={event => send({ type: 'form', form: event.currentTarget.value as PaperLink['form'] })}
          >
            {FORMS.map(form => (
              <option key={form} value={form}>
                {words.forms[form]}
              </option>
            ))}
          </select>
        </div>
      ) : null}
      <div class="choice">
        <label for="profile">{words.profile}</label>
        <select
          id="profile"
          value={link.profile}
          onChange={event => send({ type: 'profile', profile: event.currentTarget.value as PaperLink['profile'] })}
        >
          {PROFILES.map(profile => (
            <option key={profile} value={profile}>
              {words.profiles[profile]}
            </option>
          ))}
        </select>
      </div>
    </>
  )
}

interface ShownProps {
  readonly screen: Screen
  readonly state: State
  readonly words: BarWords
  readonly send: Send
}

function Shown({ screen, state, words, send }: ShownProps) {
  switch (screen.at) {
    case 'nowhere':
      return <Why title={words.noForm.title} text={words.noForm.text} />
    case 'asking':
      return (
        <p class="asking" role="status">
          {words.asking}
        </p>
      )
    case 'paper':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a sheet wider than the window is scrolled by keyboard
        <section class="preview" aria-label={words.paper} tabIndex={0}>
          <Sheet form={screen.form} qrLabel={words.qr} />
        </section>
      )
    case 'unprintable':
      return <Broken broken={screen.broken} state={state} words={words} send={send} />
    case 'refused': {
      const { title, text } = words.refused[screen.why] ?? words.failed
      return <Why title={title} text={text} words={words} send={send} />
    }
  }
}

interface WhyProps {
  readonly title: string
  readonly text: string
  /** Left out where asking again would help nothing. */
  readonly words?: BarWords
  readonly send?: Send
}

const Why = ({ title, text, words, send }: WhyProps) => (
  <div class="why">
    <h1>{title}</h1>
    <p>{text}</p>
    {words && send ? <Other act={() => send({ type: 'again' })}>{words.again}</Other> : null}
  </div>
)

type BrokenProps = Omit<ShownProps, 'screen'> & { readonly broken: readonly BrokenRule[] }

const Broken = ({ broken, state, words, send }: BrokenProps) => (
  <div class="why">
    <h1>{words.unprintable}</h1>
    <Note tone="fails">
      <ul>
        {broken.map(rule => (
          <li key={`${rule.rule} ${rule.of}`}>{brokenSentence(rule, state.language)}</li>
        ))}
      </ul>
    </Note>
    <p>{words.unprintableNote}</p>
    <Other act={() => send({ type: 'again' })}>{words.again}</Other>
  </div>
)
