/** The page of a member of the counting team, `/kiem-phieu#…`: the member's device. Needs no secure context. */
import '../older.ts'
import '../style.css'
import '../findings.css'
import './style.css'
import { hasCamera } from '../camera.ts'
import { run } from '../run.ts'
import { chooseLanguage, languageOfDevice } from '../words/language.ts'
import { TRUSTEE_WORDS } from '../words/trustee.ts'
import { isOpen, READY } from './comments.ts'
import { pressComments } from './comments-desk.ts'
import { readLink } from './link.ts'
import { dropForm, keepForm } from './paper-kept.ts'
import { Phone } from './phone.ts'
import { keyOf, view } from './screens.tsx'
import { type Event, type Page, type Press, placeOf, step } from './state.ts'

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
      if (doing && doing !== did) press(doing, page, send)
      keepKeying(page, before)
    },
    view,
  },
  root,
)

function speak({ language }: Page): void {
  chooseLanguage(language)
  document.title = TRUSTEE_WORDS[language].pageTitle
}

function press(pressed: Press, { screen }: Page, send: (event: Event) => void): void {
  if (pressed.press !== 'comments') return void phone?.press(pressed)
  const own = phone?.own
  const at = screen.at === 'here' && screen.desk.on === 'comments' ? screen.desk.at : READY
  if (own) void pressComments(own, pressed.what, at, send)
  else send({ type: 'done', trouble: 'wrong-state' })
}

/** A new screen begins at its top, for eyes and for screen readers. */
function turnPage(): void {
  window.scrollTo(0, 0)
  root.querySelector('h1')?.focus()
}

/** What is being keyed outlasts a reload; what was sent is kept no longer. */
function keepKeying({ screen }: Page, before: Page | null): void {
  const formIn = (one: Page['screen'] | undefined) =>
    one?.at === 'here' && one.desk.on === 'keying' ? one.desk.form : null
  const [form, had] = [formIn(screen), formIn(before?.screen)]
  if (link !== null && form !== null && form !== had) keepForm(link, form)
  const sending = before?.screen.at === 'here' && before.screen.doing?.press === 'keying'
  if (sending && screen.at === 'here' && screen.doing === null && screen.refused === null && link !== null)
    dropForm(link)
}

const hold = (event: BeforeUnloadEvent): void => event.preventDefault()

/** The browser asks before a part of the key, or on paper a place, is lost where nothing is remembered, and before opened comments are. */
function warnBeforeLeaving({ screen }: Page): void {
  const over = ['arrived', 'not-begun', 'elsewhere', 'restore', 'result', 'void', 'paper counted', 'paper elsewhere']
  const holds = screen.at === 'here' && screen.warnings.includes('forgets') && !over.includes(placeOf(screen.show))
  const reads = screen.at === 'here' && screen.desk.on === 'comments' && isOpen(screen.desk.at)
  if (holds || reads) window.addEventListener('beforeunload', hold)
  else window.removeEventListener('beforeunload', hold)
}

// Another personal link scanned into this very tab is another member.
window.addEventListener('hashchange', () => location.reload())
