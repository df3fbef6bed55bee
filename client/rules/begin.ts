/** What is begun for a state: looks at the server, saves what is typed, does what was pressed, leads the eye. */
import * as api from '../api.ts'
import { sentText } from './edit.ts'
import { draftLink, LIST, packLink } from './route.ts'
import type { Act, Event, State } from './state.ts'
import { fieldId, type Path } from './tree.ts'

type Send = (event: Event) => void

const SAVE_AFTER_MS = 600
const LOOK_AGAIN_MS = 5000

const timers: { look: number; save: number } = { look: 0, save: 0 }

export function begin(state: State, before: State | null, send: Send): void {
  if (before === null || before.look !== state.look) look(state, send)
  if (before !== null && before.seen !== state.seen) {
    window.clearTimeout(timers.look)
    if (state.lost || state.me !== null) timers.look = window.setTimeout(() => send({ type: 'look' }), LOOK_AGAIN_MS)
  }
  if (state.edit !== null && before?.edit !== state.edit) save(state, send)
  if (state.login !== null && state.login.typed !== null && before?.login !== state.login) pass(state, send)
  if (state.act !== null && before?.act !== state.act) perform(state, state.act, send)
  if (before !== null && before.led !== state.led) window.setTimeout(() => lead(state.led.path), 0)
  if (before !== null && before.route !== state.route) window.scrollTo(0, 0)
}

/** Packs are public; drafts are asked for once it is known who asks. */
async function look({ packs }: State, send: Send): Promise<void> {
  const [found, me] = await Promise.all([packs === null ? api.getPacks() : null, api.getMe()])
  const drafts = 'ok' in me ? await api.getPackDrafts() : null
  send({ type: 'looked', looked: { packs: found, me, drafts } })
}

async function save({ edit }: State, send: Send): Promise<void> {
  if (edit?.phase === 'typed') {
    window.clearTimeout(timers.save)
    timers.save = window.setTimeout(() => send({ type: 'save' }), SAVE_AFTER_MS)
  }
  if (edit?.phase === 'saving')
    send({
      type: 'saved',
      draft: edit.draft,
      answer: await api.savePackDraft(edit.draft, edit.version, sentText(edit)),
    })
}

async function pass({ login }: State, send: Send): Promise<void> {
  const { login: name, password } = login!.typed!
  send({ type: 'passed', answer: await api.logInAs(name, password) })
}

async function perform(state: State, act: Act, send: Send): Promise<void> {
  const answer = await answerTo(state, act)
  send({ type: 'acted', act, answer })
  if (!('ok' in answer)) return
  if (act.what === 'begin') window.location.hash = draftLink(answer.ok ?? '')
  if (act.what === 'confirm') window.location.hash = packLink(act.sha256)
  if (act.what === 'delete' || act.what === 'leave') window.location.hash = LIST
}

async function answerTo({ edit }: State, act: Act): Promise<api.Answer<string | null>> {
  const draft = edit?.draft ?? ''
  switch (act.what) {
    case 'begin': {
      const answer = await api.beginPackDraft(act.from)
      return 'ok' in answer ? { ok: answer.ok.draft } : answer
    }
    case 'propose':
      return api.proposePack(draft, edit?.version ?? 0)
    case 'confirm':
      return api.confirmPack(draft, act.sha256)
    case 'delete':
      return api.deletePackDraft(draft)
    case 'leave':
      return api.endSession()
  }
}

/** To the field at the path; where there is none, to the nearest part that has one. */
function lead(path: Path): void {
  for (let length = path.length; length > 0; length--) {
    const id = fieldId(path.slice(0, length))
    const found = document.getElementById(id) ?? document.querySelector<HTMLElement>(`[id^="${id}-"]`)
    if (found === null) continue
    found.closest('details')?.setAttribute('open', '')
    found.focus()
    return
  }
  window.scrollTo(0, 0)
  document.querySelector<HTMLElement>('main h1')?.focus()
}
