/** Complaints and how they were settled, recounts, how long the file is kept, notes: of a subject or of the whole poll. */
import { dayIn } from '../days.ts'
import { newEntry } from '../entry.ts'
import { isUnsettled } from '../follow.ts'
import { may } from '../may.ts'
import { Add, type FileProps, Section } from './chapter.tsx'
import { EntryEditor } from './entry.tsx'

export function Complaints({ shown, file, subject }: FileProps) {
  const { state, words, send } = shown
  const { complaints } = words.follow
  const writes = may(state.view.role, 'write')
  const nothing = file.complaints.length === 0 && file.recounts.length === 0
  return (
    <Section title={complaints.title}>
      {nothing ? <p>{complaints.none}</p> : null}
      {file.complaints.map(one => {
        const { entry, settled } = one
        const typing = state.entry?.kind === 'settled' && state.entry.about === entry.n
        return (
          <article key={entry.n} class="complaint">
            <p>
              {dayIn(entry.body.date, state.language)}: {entry.body.text}
            </p>
            {entry.body.from === '' ? null : (
              <p class="small">
                {complaints.from}: {entry.body.from}
              </p>
            )}
            {settled.map(({ n, body }) => (
              <p key={n} class="small">
                <strong>{complaints.settled}</strong> {dayIn(body.date, state.language)}: {body.text}
              </p>
            ))}
            {isUnsettled(one) ? (
              <p class="small">
                <strong class="overdue">{complaints.open}</strong>
              </p>
            ) : null}
            {typing ? <EntryEditor shown={shown} form={state.entry!} /> : null}
            {writes && isUnsettled(one) && !typing ? (
              <button
                type="button"
                class="small-button"
                onClick={() =>
                  send({
                    type: 'entry',
                    entry: newEntry('settled', entry.body.subject, state.today, { about: entry.n, measure: 0 }),
                  })
                }
              >
                {complaints.settle}
              </button>
            ) : null}
          </article>
        )
      })}
      {file.recounts.map(({ n, body }) => (
        <p key={n}>
          <strong>{complaints.recount}</strong> {dayIn(body.date, state.language)}: {body.text}
        </p>
      ))}
      <Add shown={shown} subject={subject} kinds={['complaint', 'recount']} />
    </Section>
  )
}

export function Keeping({ shown, file, subject }: FileProps) {
  const { state, words } = shown
  const { keeping } = words.follow
  const last = file.retentions[file.retentions.length - 1]
  return (
    <Section title={keeping.title}>
      {last === undefined ? (
        <p>{keeping.none}</p>
      ) : (
        <p>
          {keeping.until(dayIn(last.body.until, state.language))}. {keeping.basis}: {last.body.basis}
        </p>
      )}
      {file.notes.map(({ n, body }) => (
        <p key={n}>
          {dayIn(body.date, state.language)}: {body.text}
        </p>
      ))}
      <Add shown={shown} subject={subject} kinds={['retention', 'note']} />
    </Section>
  )
}
