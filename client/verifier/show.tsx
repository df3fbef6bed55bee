/** Shows the verifier's page: the same one from a server and from a file. */
import { run } from '../run.ts'
import { chooseLanguage, languageOfDevice } from '../words/language.ts'
import { begin, type Checker } from './begin.ts'
import type { Network } from './network.ts'
import { View } from './screens.tsx'
import { initialState, step } from './state.ts'

/** `network`: null where there is no server to ask. */
export function show(checker: Checker, network: Network | null): void {
  const language = languageOfDevice()
  chooseLanguage(language)
  const effects = begin(checker, network)
  const send = run(
    {
      initial: initialState(language, location.hash, network !== null),
      step,
      begin: (state, before, tell) => {
        if (before && before.language !== state.language) chooseLanguage(state.language)
        effects(state, before, tell)
      },
      view: (state, tell) => <View state={state} send={tell} />,
    },
    document.querySelector('#app')!,
  )
  // Files may be dropped anywhere; without this the browser would leave the page to show them.
  addEventListener('dragover', event => event.preventDefault())
  addEventListener('drop', event => {
    event.preventDefault()
    const files = Array.from(event.dataTransfer?.files ?? [], file => ({ file, name: file.name }))
    if (files.length > 0) send({ type: 'files', files })
  })
}
