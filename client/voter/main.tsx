/**
 * The voter's page, and its own worker: the same script, downloaded once, runs the page where there is a document and
 * seals ballots where there is none.
 */
import '../older.ts'
import '../style.css'
import './style.css'
import { hasCamera } from '../camera.ts'
import { rng } from '../rng.ts'
import { run } from '../run.ts'
import { chooseLanguage, type Language, languageOfDevice } from '../words/language.ts'
import { learn, speaks, wordsOf } from '../words/voter/spoken.ts'
import { beginner } from './begin.ts'
import { browser } from './browser.ts'
import { type Place, placeOf } from './place.ts'
import type { Event, Page } from './screen.ts'
import { keyOf, view } from './screens.tsx'
import { serve } from './sealer.ts'
import { openingAt, step } from './state.ts'
import { pointOut, turnPage } from './turn.ts'

/** Where a tablet for everybody stands. */
const KIOSK = '/quay'
const SOON_MS = 3000

function showKiosk(root: Element): void {
  import('./kiosk.tsx').then(
    ({ kiosk }) => kiosk(root, import.meta.url),
    () => setTimeout(() => location.reload(), SOON_MS),
  )
}

const here = (): Place => placeOf(location.pathname, location.hash.slice(1))

function show(root: Element): void {
  const camera = hasCamera()
  const begin = beginner(browser(import.meta.url))
  const send = run<Page, Event>(
    {
      initial: { language: languageOfDevice(), screen: openingAt(here()) },
      step,
      begin: (page, before, send) => {
        if (!speaks(page.language)) learn(page.language).then(language => send({ type: 'language', language }))
        else speak(page)
        if (before !== null && keyOf(page.screen) !== keyOf(before.screen)) turnPage(root)
        if ('wrong' in page.screen && page.screen.wrong) pointOut(root)
        warnBeforeLeaving(page)
        begin(page, before, send)
      },
      view: (page, send) => view(page, send, { camera, own: true }),
    },
    root,
  )
  // A card scanned into this very tab changes what stands behind the `#`, and nothing else.
  window.addEventListener('hashchange', () => {
    if (location.hash.length > 1) send({ type: 'placed', place: here() })
  })
}

let spoken: Language | null = null

function speak({ language }: Page): void {
  if (language === spoken) return
  spoken = language
  chooseLanguage(language)
  document.title = wordsOf(language).pageTitle
}

function hold(event: BeforeUnloadEvent): void {
  event.preventDefault()
  event.returnValue = '' // Chrome before 119
}

/** Where nothing is remembered, the browser asks before a ballot on its way is lost. */
function warnBeforeLeaving({ screen }: Page): void {
  if (screen.at === 'arrived' && !screen.durable) forgetful = true
  const onItsWay = 'vote' in screen || ['redeeming', 'not-open', 'casting'].includes(screen.at)
  if (forgetful && onItsWay) window.addEventListener('beforeunload', hold)
  else window.removeEventListener('beforeunload', hold)
}
let forgetful = false

if (typeof document === 'undefined') serve(rng)
else if (location.pathname === KIOSK) showKiosk(document.getElementById('app')!)
else show(document.getElementById('app')!)
