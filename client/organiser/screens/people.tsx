/** Of the draft: who votes, and who counts. */
import { absentOf, cardsFor, MAX_MEMBERS, thresholdsOf } from '../draft.ts'
import { Add, type Part, Remove, withItem, without } from './lines.tsx'
import { Field, NumberField, Tick } from './parts.tsx'
import { Numbers } from './rules.tsx'

export function People({ draft, shown, set }: Part) {
  const words = shown.words.draft
  const { absent, convened } = draft
  const cards = cardsFor(draft)
  return (
    <fieldset>
      <legend>{words.people}</legend>
      <NumberField id="f-convened" label={words.convened} value={convened} set={value => set({ convened: value })} />
      <Tick
        id="f-subject-votes"
        label={words.subjectVotes}
        on={draft.subjectVotes}
        set={subjectVotes => set({ subjectVotes })}
      />
      {draft.subjectVotes ? null : <p class="soft small">{words.subjectVotesNote}</p>}
      {absent.map((line, i) => (
        <div class="line" key={i}>
          <Field
            id={`f-absent-${i + 1}`}
            label={`${words.absent}: ${words.reason.toLowerCase()}`}
            value={line.reason}
            set={reason => set({ absent: withItem(absent, i, { ...line, reason }) })}
          />
          <NumberField
            id={`f-absent-count-${i + 1}`}
            label={words.count}
            value={line.count}
            set={count => set({ absent: withItem(absent, i, { ...line, count }) })}
          />
          <Remove n={i + 1} shown={shown} only={false} act={() => set({ absent: without(absent, i) })} />
        </div>
      ))}
      <Add label={words.addAbsent} act={() => set({ absent: [...absent, { reason: '', count: 1 }] })} />
      <NumberField
        id="f-spare"
        label={words.spare}
        value={draft.sparePercent}
        set={sparePercent => set({ sparePercent })}
      />
      {convened > absentOf(draft) ? <p role="status">{words.cards(cards, cards - convened)}</p> : null}
      <Numbers draft={draft} shown={shown} set={set} />
    </fieldset>
  )
}

export function Team({ draft, shown, set }: Part) {
  const words = shown.words.draft
  const { members } = draft
  return (
    <fieldset>
      <legend>{words.team}</legend>
      <p class="soft small">{words.teamNote}</p>
      {members.map((member, i) => (
        <div class="line" key={i}>
          <Field
            id={`f-member-${i + 1}`}
            label={words.member(i + 1)}
            value={member}
            set={name => set({ members: withItem(members, i, name) })}
          />
          <Remove
            n={i + 1}
            shown={shown}
            only={members.length <= 2}
            act={() => set({ members: without(members, i) })}
          />
        </div>
      ))}
      {members.length < MAX_MEMBERS ? (
        <Add label={words.addMember} act={() => set({ members: [...members, ''] })} />
      ) : null}
      <div class="field narrow">
        <label for="f-threshold">{words.threshold}</label>
        <select
          id="f-threshold"
          value={draft.threshold}
          onChange={event => set({ threshold: Number(event.currentTarget.value) })}
        >
          {thresholdsOf(members.length).map(t => (
            <option key={t} value={t}>
              {words.thresholdOf(t, members.length)}
            </option>
          ))}
        </select>
      </div>
    </fieldset>
  )
}
