/**
 * The loop of every page: an event makes the next state, the state's name chooses the screen, and entering a state may
 * begin something whose end is another event. Pages differ in `step`, `begin` and `view` only.
 */
import { render, type VNode } from 'preact'

export interface Program<S, E> {
  readonly initial: S
  /** Pure: what follows from what happened. The same state back means that nothing changed. */
  readonly step: (state: S, event: E) => S
  /** Called once for every new state; may send events later. */
  readonly begin: (state: S, before: S | null, send: (event: E) => void) => void
  readonly view: (state: S, send: (event: E) => void) => VNode
}

export function run<S, E>({ initial, step, begin, view }: Program<S, E>, root: Element): (event: E) => void {
  let state = initial
  const show = () => render(view(state, send), root)
  function send(event: E): void {
    const before = state
    state = step(before, event)
    if (state === before) return
    show()
    begin(state, before, send)
  }
  show()
  begin(state, null, send)
  return send
}
