/** The leader's page, `/lanh-dao`: results, findings and what followed, for whoever has an account. */
import '@fontsource/be-vietnam-pro/400.css'
import '@fontsource/be-vietnam-pro/600.css'
import '../older.ts'
import '../style.css'
import '../findings.css'
import './leader.css'
import { run } from '../run.ts'
import { chooseLanguage, languageOfDevice } from '../words/language.ts'
import { WORDS } from '../words/leader.ts'
import { begin } from './begin.ts'
import { routeOf } from './route.ts'
import { Page } from './screens/frame.tsx'
import { type Event, enter, type State, step } from './state.ts'

const language = languageOfDevice()

const send = run<State, Event>(
  {
    initial: window.isSecureContext ? enter(routeOf(window.location.hash), language) : { at: 'insecure', language },
    step,
    begin: (state, before, tell) => {
      if (before === null || before.language !== state.language) {
        chooseLanguage(state.language)
        document.title = `${WORDS[state.language].product} – ${WORDS[state.language].page}`
      }
      begin(state, before, tell)
    },
    view: (state, tell) => <Page state={state} send={tell} />,
  },
  document.querySelector('#app')!,
)

window.addEventListener('hashchange', () => send({ type: 'route', route: routeOf(window.location.hash) }))
