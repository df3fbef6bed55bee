/** The browser as the voter's effects need it. The only file here that names one, besides screens and camera. */
import { cast, getManifest, getPoll, getRecord, redeem, sendComment, sendTry } from '../api.ts'
import { scan } from '../camera.ts'
import { erase, names, read, write } from '../keep.ts'
import { rng } from '../rng.ts'
import type { Env } from './env.ts'
import { more } from './more.ts'
import { seal } from './sealer.ts'

/** A promise that is kept as soon as one of these happens. */
function first(ms: number, when: readonly (readonly [target: EventTarget, event: string])[]): Promise<void> {
  return new Promise(resolve => {
    const end = (): void => {
      clearTimeout(timer)
      for (const [target, event] of when) target.removeEventListener(event, end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    for (const [target, event] of when) target.addEventListener(event, end)
  })
}

const LONGEST_MS = 2 ** 31 - 1

async function seen(): Promise<void> {
  while (document.visibilityState === 'hidden') await first(LONGEST_MS, [[document, 'visibilitychange']])
}

/** By the old way, which works on plain http too. */
function copy(text: string): boolean {
  const field = document.createElement('textarea')
  field.value = text
  field.setAttribute('readonly', '')
  field.className = 'hidden'
  document.body.append(field)
  const before = document.activeElement
  field.select()
  try {
    return document.execCommand('copy')
  } catch {
    return false
  } finally {
    field.remove()
    if (before instanceof HTMLElement) before.focus()
  }
}

/** `script` is the address of the page's one script. */
export const browser = (script: string): Env => ({
  api: { getManifest, getPoll, getRecord, sendTry, redeem, cast, sendComment },
  keep: { read, write, erase, names },
  rng,
  pause: ms => first(ms, []),
  rest: ms => first(ms, [[window, 'online']]),
  seen,
  seal: (kept, progress) => seal(script, kept, rng, progress),
  more,
  forgetFragment: () => history.replaceState(null, '', location.pathname),
  copy,
  scan,
  origin: location.origin,
})
