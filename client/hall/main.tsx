/** The hall's screen, `/man-hinh#<manifest hash>`: what everybody in the room may see, asked for every 15 seconds. */
import { getHall } from '../api.ts'
import { run } from '../run.ts'
import '../style.css'
import { chooseLanguage, languageOfDevice } from '../words/language.ts'
import './hall.css'
import { View } from './screens.tsx'
import { type Event, initialState, type State, step } from './state.ts'

const ASK_EVERY_MS = 15_000
const SECOND_MS = 1_000

const language = languageOfDevice()
chooseLanguage(language)

function begin(state: State, before: State | null, send: (event: Event) => void): void {
  if (before && before.language !== state.language) chooseLanguage(state.language)
  if (before !== null || state.hash === null) return
  void ask(state.hash, send)
  setInterval(() => send({ type: 'second' }), SECOND_MS)
}

/** Again and again: whatever came, the next question follows 15 seconds after the answer. */
async function ask(hash: string, send: (event: Event) => void): Promise<void> {
  const answer = await getHall(hash)
  if ('ok' in answer) send({ type: 'said', view: answer.ok })
  else if (answer.refused === 'wrong-manifest' || answer.refused === 'not-found') send({ type: 'no-poll' })
  else send({ type: 'lost' })
  setTimeout(() => void ask(hash, send), ASK_EVERY_MS)
}

run(
  {
    initial: initialState(language, location.hash),
    step,
    begin,
    view: (state, send) => <View state={state} send={send} />,
  },
  document.querySelector('#app')!,
)

// The same window may be pointed at another poll.
addEventListener('hashchange', () => location.reload())
