/** Of the draft: whom the ballot is about, one by one or pasted as a list. */
import { useState } from 'preact/hooks'
import { formOf } from '../forms.ts'
import { EMPTY_SUBJECT, hasReference, MAX_SUBJECTS, subjectsIn, withPasted, withReference } from '../subjects.ts'
import { Add, type Part, Remove, withItem, without } from './lines.tsx'
import { Field } from './parts.tsx'

export function Subjects(part: Part) {
  const { draft, shown, set } = part
  const words = shown.words.draft
  const ballot = shown.words.ballot.subjects
  const { subjects, template } = draft
  const form = formOf(draft, shown.state.forms ?? [])
  const reference = template === 'quality' || form?.reference != null || hasReference(draft)
  return (
    <>
      <h2 class="minor">
        {words.subjects}
        {subjects.length > 1 ? <span class="soft"> · {ballot.count(subjects.length)}</span> : null}
      </h2>
      {reference ? <p class="soft small">{ballot.reference}</p> : null}
      {subjects.map((subject, i) => (
        <div class="line" key={i}>
          <Field
            id={`f-subject-${i + 1}`}
            label={words.position}
            value={subject.position}
            set={position => set({ subjects: withItem(subjects, i, { ...subject, position }) })}
          />
          <Field
            id={`f-name-${i + 1}`}
            label={words.name}
            value={subject.name}
            set={name => set({ subjects: withItem(subjects, i, { ...subject, name }) })}
          />
          {(reference ? (['selfScore', 'selfLevel'] as const) : []).map(column => (
            <Field
              key={column}
              id={`f-${column}-${i + 1}`}
              label={ballot[column]}
              value={subject[column] ?? ''}
              set={value => set({ subjects: withItem(subjects, i, withReference(subject, column, value)) })}
            />
          ))}
          <Remove
            n={i + 1}
            shown={shown}
            only={subjects.length === 1}
            act={() => set({ subjects: without(subjects, i) })}
          />
        </div>
      ))}
      {subjects.length < MAX_SUBJECTS ? (
        <>
          <Add label={words.addSubject} act={() => set({ subjects: [...subjects, EMPTY_SUBJECT] })} />
          <Paste {...part} />
        </>
      ) : null}
    </>
  )
}

function Paste({ draft, shown, set }: Part) {
  const words = shown.words.ballot.subjects
  const [pasted, paste] = useState('')
  const found = subjectsIn(pasted).length
  return (
    <details>
      <summary>{words.paste}</summary>
      <div class="stack">
        <div class="field">
          <label for="f-paste">{words.lines}</label>
          <textarea
            id="f-paste"
            rows={6}
            value={pasted}
            aria-describedby="f-paste-note"
            onInput={event => paste(event.currentTarget.value)}
          />
          <p class="soft small" id="f-paste-note">
            {words.note(MAX_SUBJECTS)}
          </p>
        </div>
        <button
          type="button"
          class="small-button"
          disabled={found === 0}
          onClick={() => {
            set({ subjects: withPasted(draft.subjects, pasted) })
            paste('')
          }}
        >
          {words.add(found)}
        </button>
      </div>
    </details>
  )
}
