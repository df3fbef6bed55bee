/** Of the draft: the form it is filled from, by type of organisation and title; what the form holds and where it is from. */
import { useState } from 'preact/hooks'
import { type BallotForm, formName, ORGANISATIONS } from '../../../server/rules/forms.ts'
import type { Basis, Pack } from '../../../server/rules/pack.ts'
import { Note } from '../../parts.tsx'
import { fitting, formOf, isEdited, withForm, wouldLose } from '../forms.ts'
import { topPoints, writePoints } from '../questions.ts'
import type { Part } from './lines.tsx'
import type { Shown } from './parts.tsx'
import { Source } from './rules.tsx'

export function Forms({ draft, shown, set, pack }: Part & { readonly pack: Pack | null }) {
  const words = shown.words.ballot.forms
  const { forms } = shown.state
  /** Looked at, not taken yet; null: the one that was taken. */
  const [looked, look] = useState<string | null>(null)
  if (forms === null) return <p class="soft">{words.loading}</p>
  const offered = fitting(draft, forms, pack)
  if (offered.length === 0)
    return (
      <>
        <Taken draft={draft} shown={shown} forms={forms} />
        <p class="soft small">{words.nothing}</p>
      </>
    )
  const chosen = offered.find(form => formName(form) === (looked ?? draft.from)) ?? null
  const taken = chosen !== null && formName(chosen) === draft.from && !isEdited(draft, chosen)
  return (
    <>
      <div class="field">
        <label for="f-form">{words.choose}</label>
        <select
          id="f-form"
          value={chosen === null ? '' : formName(chosen)}
          onChange={event => {
            const name = event.currentTarget.value
            look(name)
            if (name === '' && draft.from !== '') set({ from: '' })
          }}
        >
          <option value="">{words.none}</option>
          {ORGANISATIONS.map(organisation => {
            const own = offered.filter(form => form.organisation === organisation)
            return own.length === 0 ? null : (
              <optgroup key={organisation} label={words.organisations[organisation]}>
                {own.map(form => (
                  <option key={formName(form)} value={formName(form)}>
                    {form.title}
                  </option>
                ))}
              </optgroup>
            )
          })}
        </select>
      </div>
      {chosen === null ? null : <About form={chosen} shown={shown} />}
      {chosen === null || taken ? null : (
        <div class="stack">
          {wouldLose(draft, forms) ? <Note tone="attention">{words.lose}</Note> : null}
          <button
            type="button"
            class="small-button"
            id="f-form-take"
            onClick={() => {
              set(withForm(draft, chosen))
              look(null)
            }}
          >
            {words.take}
          </button>
        </div>
      )}
      <Taken draft={draft} shown={shown} forms={forms} />
    </>
  )
}

/** From which form the draft is, and whether it still asks what the form asks. */
function Taken({ draft, shown, forms }: Pick<Part, 'draft' | 'shown'> & { readonly forms: readonly BallotForm[] }) {
  const words = shown.words.ballot.forms
  if (draft.from === '') return null
  const form = formOf(draft, forms)
  if (form === null) return <p role="status">{words.gone(draft.from)}</p>
  const say = isEdited(draft, form) ? words.edited : words.from
  return <p role="status">{say(form.title, form.version)}</p>
}

function About({ form, shown }: { readonly form: BallotForm; readonly shown: Shown }) {
  const words = shown.words.ballot.forms
  const { questions, prompts, groups } = form
  const points = topPoints(questions)
  const comma = shown.state.language === 'vi' ? ',' : '.'
  const bases: readonly (readonly [string, Basis | null])[] = [
    [words.wording, form.basis],
    [words.points, form.pointsBasis],
    [words.grouping, form.groupsBasis],
    [words.reference, form.reference],
    ...form.notes.map(({ text, basis }) => [text, basis] as const),
  ]
  return (
    <div class="stack small">
      <p>
        {words.meant(form.meant)}{' '}
        {words.holds(questions.length, points === null ? null : writePoints(points, comma), prompts.length)}.
      </p>
      {groups.length === 0 ? null : <p>{words.groups(groups)}</p>}
      <details>
        <summary>{words.sources}</summary>
        <ul class="plain" lang="vi">
          {bases.map(([what, basis]) =>
            basis === null ? null : (
              <li key={what}>
                {what} – {'source' in basis ? <span class="cited">{basis.source}</span> : basis.unsourced}
                <Source basis={basis} shown={shown} />
              </li>
            ),
          )}
        </ul>
      </details>
    </div>
  )
}
