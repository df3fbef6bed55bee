/** The verifier's page, `/verify`: for anybody, and for nothing but reading. */
import '../older.ts'
import { run } from '../run.ts'
import '../style.css'
import { chooseLanguage, languageOfDevice } from '../words/language.ts'
import { begin } from './begin.ts'
import { View } from './screens.tsx'
import { initialState, step } from './state.ts'
import './verifier.css'

const language = languageOfDevice()
chooseLanguage(language)

const send = run(
  {
    initial: initialState(language, location.hash),
    step,
    begin: (state, before, tell) => {
      if (before && before.language !== state.language) chooseLanguage(state.language)
      begin(state, before, tell)
    },
    view: (state, tell) => <View state={state} send={tell} />,
  },
  document.querySelector('#app')!,
)

// A file may be dropped anywhere; without this the browser would leave the page to show it.
addEventListener('dragover', event => event.preventDefault())
addEventListener('drop', event => {
  event.preventDefault()
  const file = event.dataTransfer?.files[0]
  if (file) send({ type: 'file', file, name: file.name })
})
