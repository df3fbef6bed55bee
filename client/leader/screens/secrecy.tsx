/** The secrecy stamp, and the numbered copies that are all that leaves under one. */
import type { FormId } from '../../../server/reports/form.ts'
import type { Stamp } from '../../../server/wire/leader.ts'
import { may } from '../may.ts'
import { FORMS, ProfileField, printAt } from './forms.tsx'
import { Asked, Done, Field, Refused, type Shown } from './parts.tsx'

const STAMPS = ['', 'mat', 'toi-mat', 'tuyet-mat'] as const satisfies readonly Stamp[]

export function Secrecy(shown: Shown) {
  const { state, words, send } = shown
  const { stamp } = words.papers
  const now = state.view.stamp
  const shuts = state.view.paper === null ? stamp.shuts : stamp.shutsOnPaper
  const higher = STAMPS.slice(STAMPS.indexOf(now) + 1)
  return (
    <section class="chapter">
      <h2>{stamp.title}</h2>
      <p>{now === '' ? stamp.none : stamp.now(stamp.levels[now])}</p>
      <p class="soft small">{shuts}</p>
      {may(state.view.role, 'stamp') ? (
        <>
          {higher.length === 0 ? null : <p class="soft small">{stamp.onlyUp}</p>}
          <div class="small-acts">
            {higher.map(level => (
              <Asked
                key={level}
                shown={shown}
                question={{ about: 'stamp', stamp: level }}
                opener={stamp.raise(stamp.levels[level])}
                title={stamp.askTitle(stamp.levels[level])}
                act={stamp.act(stamp.levels[level])}
                press={() => send({ type: 'act', act: { what: 'stamp', stamp: level } })}
              >
                {shuts} {stamp.onlyUp}
              </Asked>
            ))}
          </div>
        </>
      ) : (
        <p class="soft small">{stamp.who}</p>
      )}
      <Refused {...shown} of="stamp" />
      <Done state={state} of="stamp">
        {stamp.done}
      </Done>
    </section>
  )
}

/** Under a stamp: a number and a recipient first, then that copy is printed. */
export function Copies(shown: Shown) {
  const { state, words, send } = shown
  const { copies } = words.papers
  const { poll, view, copy, profile } = state
  const nameOf = (form: string): string => words.print.forms[form as FormId] ?? form
  return (
    <section class="chapter">
      <h2>{copies.title}</h2>
      <p class="soft small">{copies.note}</p>
      <ProfileField {...shown} />
      {view.copies.length === 0 ? (
        <p>{copies.none}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{copies.number}</th>
              <th scope="col">{copies.form}</th>
              <th scope="col">{copies.recipient}</th>
            </tr>
          </thead>
          <tbody>
            {view.copies.map(({ number, form, recipient }) => (
              <tr key={number}>
                <td>{number}</td>
                <td>
                  {nameOf(form)}{' '}
                  {may(view.role, 'decide') ? (
                    <a href={printAt(poll, form, profile, number)}>{copies.open(number)}</a>
                  ) : null}
                </td>
                <td>{recipient}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {may(view.role, 'decide') ? (
        <form
          class="question"
          onSubmit={event => {
            event.preventDefault()
            send({ type: 'act', act: { what: 'copy', form: copy.form, recipient: copy.recipient.trim() } })
          }}
        >
          <div class="field">
            <label for="copy-form">{copies.form}</label>
            <select
              id="copy-form"
              value={copy.form}
              onChange={event => send({ type: 'copy', change: { form: event.currentTarget.value } })}
            >
              {FORMS.map(form => (
                <option key={form} value={form}>
                  {words.print.forms[form]}
                </option>
              ))}
            </select>
          </div>
          <Field
            id="copy-recipient"
            label={copies.recipient}
            value={copy.recipient}
            set={recipient => send({ type: 'copy', change: { recipient } })}
          />
          <Refused {...shown} of="copy" />
          <div class="acts row">
            <button type="submit" class="main" disabled={copy.recipient.trim() === '' || state.act !== null}>
              {copies.act}
            </button>
          </div>
        </form>
      ) : null}
      <Done state={state} of="copy">
        {copies.done}
      </Done>
    </section>
  )
}
