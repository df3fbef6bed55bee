/** Voiding: a card handed back unused, or the whole poll. */
import { Note } from '../../parts.tsx'
import { Camera } from './camera.tsx'
import { Asked, Field, Refused, type Shown } from './parts.tsx'

export function VoidCard(shown: Shown) {
  const { state, words, send } = shown
  const { voidCard } = words.vote
  const { form, voided, act } = state
  const scanning = form.question === 'camera'
  const press = (code: string) => send({ type: 'act', act: { what: 'void-card', code } })
  if (form.question !== 'void-card' && !scanning)
    return (
      <>
        {voided > 0 ? <Note tone="holds">{voidCard.done(voided)}</Note> : null}
        <button
          type="button"
          class="quiet"
          onClick={() => send({ type: 'form', form: { question: 'void-card', code: '' } })}
        >
          {voidCard.open}
        </button>
      </>
    )
  return (
    <section class="question">
      <h2>{voidCard.title}</h2>
      <p>{voidCard.text}</p>
      <Refused {...shown} of={['void-card']} />
      {scanning ? (
        <Camera found={press} blocked={voidCard.noCamera} />
      ) : (
        <Field
          id="void-code"
          label={voidCard.code}
          value={form.code}
          set={code => send({ type: 'form', form: { code } })}
        />
      )}
      <div class="acts row">
        {scanning ? null : (
          <button
            type="button"
            class="main"
            disabled={form.code.trim() === '' || act !== null}
            onClick={() => press(form.code)}
          >
            {voidCard.act}
          </button>
        )}
        <button
          type="button"
          onClick={() => send({ type: 'form', form: { question: scanning ? 'void-card' : 'camera' } })}
        >
          {scanning ? voidCard.stop : voidCard.scan}
        </button>
        <button type="button" onClick={() => send({ type: 'form', form: { question: null } })}>
          {words.seal.cancel}
        </button>
      </div>
    </section>
  )
}

/** Void and run again: with a reason, a typed title and a member's signature. */
export function VoidPoll(shown: Shown) {
  const { state, words, send } = shown
  const { voidPoll } = words.vote
  const { title } = state.view.draft
  return (
    <Asked
      shown={shown}
      question="void"
      opener={voidPoll.open}
      title={voidPoll.title}
      text={voidPoll.text}
      act={voidPoll.act}
      typed="title"
      ready={({ reason }) => reason.trim() !== ''}
      press={({ reason }) =>
        send({ type: 'act', act: { what: 'ask', action: 'void', reason, title, plainHttpRead: false } })
      }
    >
      <Field
        id="void-reason"
        label={voidPoll.reason}
        value={state.form.reason}
        set={reason => send({ type: 'form', form: { reason } })}
      />
    </Asked>
  )
}
