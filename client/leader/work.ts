/** What is begun for a dossier's state: looks at the server, does what was pressed. Everything ends as an event. */
import * as api from '../api.ts'
import { beginComments } from './comments/work.ts'
import type { Act, PollEvent, PollState } from './poll.ts'

type Send = (event: PollEvent) => void

/** Others write into the same dossier; a minute late is early enough. */
const LOOK_AGAIN_MS = 60_000
const TRY_AGAIN_MS = 5_000

const timers: { look: number } = { look: 0 }

export function beginPoll(state: PollState, before: PollState | null, send: Send): void {
  const entered = before === null || before.poll !== state.poll
  if (entered || before.look !== state.look) look(state, send)
  if (!entered && before.seen !== state.seen) {
    window.clearTimeout(timers.look)
    timers.look = window.setTimeout(() => send({ type: 'look' }), state.lost ? TRY_AGAIN_MS : LOOK_AGAIN_MS)
  }
  beginComments(state, before, send)
  if (state.act !== null && (entered || before.act !== state.act)) perform(state, state.act, send)
  if (!entered && partOf(before) !== partOf(state)) turnPage()
  else if (!entered && state.done !== null && before.done !== state.done) keepPlace()
}

/** Who reads by keyboard or ear comes to the new part's beginning too. */
function turnPage(): void {
  window.scrollTo(0, 0)
  document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true })
}

/** The button that was pressed may be gone: who goes by keyboard does not start again at the top. */
function keepPlace(): void {
  if (document.activeElement === document.body)
    document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true })
}

const partOf = ({ part }: PollState): string => JSON.stringify(part)

/** The poll is left: nothing of it goes on. */
export const leavePoll = (): void => window.clearTimeout(timers.look)

async function look({ poll, packs }: PollState, send: Send): Promise<void> {
  const today = dayOf(new Date())
  if (packs === null) {
    const answer = await api.getPacks()
    if ('refused' in answer) return send({ type: 'viewed', poll, answer, today })
    send({ type: 'packs', packs: answer.ok.map(({ text }) => text) })
  }
  send({ type: 'viewed', poll, answer: await api.getDossier(poll), today })
}

const two = (n: number): string => String(n).padStart(2, '0')
const dayOf = (date: Date): string => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`

async function perform({ poll }: PollState, act: Act, send: Send): Promise<void> {
  const answer = await ask(poll, act)
  send({ type: 'acted', poll, what: act.what, no: 'refused' in answer ? answer : null })
}

function ask(poll: string, act: Act): Promise<api.Answer<unknown>> {
  switch (act.what) {
    case 'entry':
      return api.addEntry(poll, act.body)
    case 'confirm':
      return api.confirmEntry(poll, act.n)
    case 'minutes':
      return api.saveMinutes(poll, act.version, act.facts)
    case 'seal-minutes':
      return api.sealMinutes(poll, act.version)
    case 'scan':
      return api.addScan(poll, act.file, act.name)
    case 'stamp':
      return api.setStamp(poll, act.stamp)
    case 'copy':
      return api.numberCopy(poll, act.form, act.recipient)
  }
}
