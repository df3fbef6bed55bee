/** The print page, `/van-ban`: an official paper as it will leave the printer, and a bar that does not. */
import '../older.ts'
import '../style.css'
import { getPaper } from '../api.ts'
import { officialFont } from '../official.ts'
import { run } from '../run.ts'
import { chooseLanguage, languageOfDevice } from '../words/language.ts'
import { BAR } from '../words/reports/bar.ts'
import './forms.css'
import './paper.css'
import { layOut } from './page.ts'
import { View } from './screens.tsx'
import { type Event, fragmentOf, initialState, type State, step } from './state.ts'

function begin(state: State, before: State | null, send: (event: Event) => void): void {
  const { language, link, screen } = state
  if (before?.language !== language) chooseLanguage(language)
  document.title = screen.at === 'paper' ? screen.form.name : BAR[language].page
  if (link !== null && fragmentOf(link) !== location.hash) history.replaceState(null, '', fragmentOf(link))
  if (screen === before?.screen) return
  if (screen.at === 'paper') layOut(screen.form)
  if (screen.at === 'asking' && link !== null)
    void Promise.all([getPaper(link), officialFont()]).then(([answer]) => send({ type: 'answered', link, answer }))
}

const send = run(
  {
    initial: initialState(languageOfDevice(), location.hash),
    step,
    begin,
    view: (state, tell) => <View state={state} send={tell} />,
  },
  document.querySelector('#app')!,
)

addEventListener('hashchange', () => send({ type: 'moved', fragment: location.hash }))
