/** The page of a member of the counting team, `/kiem-phieu#…`: the member's device. Needs no secure context. */
import '../older.ts'
import '../style.css'
import './style.css'
import { hasCamera } from '../camera.ts'
import { run } from '../run.ts'
import { chooseLanguage, languageOfDevice } from '../words/language.ts'
import { TRUSTEE_WORDS } from '../words/trustee.ts'
import { readLink } from './link.ts'
import { Phone } from './phone.ts'
import { keyOf, view } from './screens.tsx'
import { type Event, type Page, step } from './state.ts'

const root = document.getElementById('app')!
const link = readLink(location.hash.slice(1))
let phone: Phone | null = null

run<Page, Event>(
  {
    initial: {
      language: languageOfDevice(),
      screen: link ? { at: 'reaching', trouble: null } : { at: 'unreadable' },
    },
    step,
    begin: (page, before, send) => {
      if (page.language !== before?.language) speak(page)
      if (before !== null && keyOf(page.screen) !== keyOf(before.screen)) turnPage()
      warnBeforeLeaving(page)
      if (before === null && link) {
        phone = new Phone(link, hasCamera(), send)
        void phone.look()
      }
      const doing = page.screen.at === 'here' ? page.screen.doing : null
      const did = before?.screen.at === 'here' ? before.screen.doing : null
      if (doing && doing !== did) void phone?.press(doing)
    },
    view,
  },
  root,
)

function speak({ language }: Page): void {
  chooseLanguage(language)
  document.title = TRUSTEE_WORDS[language].pageTitle
}

/** A new screen begins at its top, for eyes and for screen readers. */
function turnPage(): void {
  window.scrollTo(0, 0)
  root.querySelector('h1')?.focus()
}

const hold = (event: BeforeUnloadEvent): void => event.preventDefault()

/** Where nothing is remembered, the browser asks before a part of the key is lost. */
function warnBeforeLeaving({ screen }: Page): void {
  const over = ['arrived', 'not-begun', 'elsewhere', 'restore', 'result', 'void']
  const holds = screen.at === 'here' && screen.warnings.includes('forgets') && !over.includes(screen.show.on)
  if (holds) window.addEventListener('beforeunload', hold)
  else window.removeEventListener('beforeunload', hold)
}

// Another personal link scanned into this very tab is another member.
window.addEventListener('hashchange', () => location.reload())
