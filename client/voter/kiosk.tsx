/**
 * The tablet for everybody, at `/quay`: the voter's page for people without a phone, one card after another. It keeps
 * nothing of a voter but in its own memory (`kiosk-keep.ts`), and after each of them it loads itself anew, so that no
 * object of the last voter is left in the page. The server is asked as by a phone, and is told no difference.
 */
import './kiosk.css'
import { getFile } from '../api.ts'
import { hasCamera, scan } from '../camera.ts'
import { erase, names, read, write } from '../keep.ts'
import { run } from '../run.ts'
import type { Language } from '../words/language.ts'
import { KIOSK } from '../words/voter/kiosk.ts'
import { learn, speaks } from '../words/voter/spoken.ts'
import { beginner } from './begin.ts'
import { browser } from './browser.ts'
import type { Env } from './env.ts'
import { kioskKeep } from './kiosk-keep.ts'
import { nameOf, view } from './kiosk-screens.tsx'
import { type Event, initialKiosk, type Kiosk, step } from './kiosk-state.ts'
import { pointOut, turnPage } from './turn.ts'

const SECOND_MS = 1000
const AGAIN_MS = 2000

/** `script` is the address of the page's one script. */
export function kiosk(root: Element, script: string): void {
  const keep = kioskKeep({ read, write, erase, names })
  const camera = hasCamera()
  let facing: Kiosk['facing'] = 'user'
  const env: Env = {
    ...browser(script),
    keep,
    // What is copied here would be the next voter's to paste.
    copy: () => false,
    scan: async current => {
      for (;;) {
        const mine = facing
        const link = await scan(() => current() && facing === mine, mine)
        if (link !== null || facing === mine) return link
      }
    },
  }
  // What somebody's camera may have put there is no business of this page.
  env.forgetFragment()
  const beginVoter = beginner(env)
  const send = run<Kiosk, Event>(
    {
      initial: initialKiosk(keep.leftover, Date.now()),
      step,
      begin: (now, before, send) => {
        const { page } = now
        facing = now.facing
        if (speaks(page.language)) speak(page.language)
        else learn(page.language).then(language => send({ type: 'language', language }))
        if (before !== null && nameOf(now) !== nameOf(before)) turnPage(root)
        if ('wrong' in page.screen && page.screen.wrong && page !== before?.page) pointOut(root)
        if (page !== before?.page) beginVoter(page, before?.page ?? null, send)
        if (now.phase.at === 'leaving' && before?.phase.at !== 'leaving') {
          keep.forget()
          leave(env, () => send({ type: 'unreachable' }))
        }
      },
      view: (now, send) => view(now, send, camera),
    },
    root,
  )
  window.addEventListener('hashchange', env.forgetFragment)
  const tell = (type: 'tick' | 'touch') => () => send({ type, nowMs: Date.now() })
  setInterval(tell('tick'), SECOND_MS)
  document.addEventListener('visibilitychange', tell('tick'))
  // Heard last: whoever shows the page anew before a field has told what was typed would empty it.
  for (const touch of ['pointerdown', 'keydown', 'input', 'wheel'])
    window.addEventListener(touch, tell('touch'), { passive: true })
}

/** On this page alone: nothing is written down for the next voter. */
function speak(language: Language): void {
  document.documentElement.lang = language
  document.title = KIOSK[language].title
}

/** The same address once more, in the place of this page: no way leads back. First the line must be there again. */
async function leave(env: Env, unreachable: () => void): Promise<void> {
  while (!('ok' in (await getFile(location.pathname)))) {
    unreachable()
    await env.rest(AGAIN_MS)
  }
  location.replace(location.pathname)
}
