/** The page of rule packs, `/quy-tac`. */
import '../older.ts'
import '../style.css'
import './rules.css'
import { run } from '../run.ts'
import { chooseLanguage, languageOfDevice } from '../words/language.ts'
import { PACKS } from '../words/packs.ts'
import { begin } from './begin.ts'
import { routeOf } from './route.ts'
import { Page } from './screens/frame.tsx'
import { type Event, enter, type State, step } from './state.ts'

const send = run<State, Event>(
  {
    initial: enter(routeOf(window.location.hash), languageOfDevice()),
    step,
    begin: (state, before, tell) => {
      if (before === null || before.language !== state.language) {
        chooseLanguage(state.language)
        document.title = `${PACKS[state.language].product} – ${PACKS[state.language].page}`
      }
      begin(state, before, tell)
    },
    view: (state, tell) => <Page state={state} send={tell} />,
  },
  document.querySelector('#app')!,
)

window.addEventListener('hashchange', () => send({ type: 'route', route: routeOf(window.location.hash) }))
