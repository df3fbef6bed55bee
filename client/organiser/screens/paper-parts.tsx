/** What several steps of a round on paper are made of: what is asked of members, and voiding. */
import type { Action, MemberView } from '../../../server/wire.ts'
import { Asked, Field, type Shown } from './parts.tsx'

export type OnPaper = Shown & { readonly team: MemberView }

export const askFor = ({ state, send }: Shown, action: Action, reason = ''): void =>
  send({ type: 'act', act: { what: 'ask', action, reason, title: state.view.draft.title, plainHttpRead: false } })

export function VoidPaper(shown: Shown) {
  const { state, words, send } = shown
  const said = words.paper.void
  return (
    <Asked
      shown={shown}
      question="void"
      opener={said.open}
      title={said.title}
      text={said.text}
      act={said.act}
      typed="title"
      ready={({ reason }) => reason.trim() !== ''}
      press={({ reason }) => askFor(shown, 'void', reason)}
    >
      <Field
        id="void-reason"
        label={words.vote.voidPoll.reason}
        value={state.form.reason}
        set={reason => send({ type: 'form', form: { reason } })}
      />
    </Asked>
  )
}
