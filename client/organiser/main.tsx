/** The organiser's page. */
import '@fontsource/be-vietnam-pro/400.css'
import '@fontsource/be-vietnam-pro/700.css'
import '../older.ts'
import '../style.css'
import '../findings.css'
import './organiser.css'
import { run } from '../run.ts'
import { chooseLanguage, languageOfDevice } from '../words/language.ts'
import { WORDS } from '../words/organiser.ts'
import { begin } from './begin.ts'
import { Page } from './screens/frame.tsx'
import { type Event, enter, routeOf, type State, step } from './state.ts'

const language = languageOfDevice()

const send = run<State, Event>(
  {
    initial: window.isSecureContext ? enter(routeOf(window.location.hash), language) : { at: 'insecure', language },
    step,
    begin: (state, before, tell) => {
      if (before === null || before.language !== state.language) {
        chooseLanguage(state.language)
        document.title = `${WORDS[state.language].product} – ${WORDS[state.language].organiser}`
      }
      begin(state, before, tell)
    },
    view: (state, tell) => <Page state={state} send={tell} />,
  },
  document.querySelector('#app')!,
)

window.addEventListener('hashchange', () => send({ type: 'route', route: routeOf(window.location.hash) }))
