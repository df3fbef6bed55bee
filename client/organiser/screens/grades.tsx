/** Of a criterion: its grades, each with what it stands for and its points. */
import { useState } from 'preact/hooks'
import { SCALES } from '../../words/organiser/ballot.ts'
import {
  emptyGrade,
  type Grade,
  gradesOf,
  hasFormGrades,
  inFormGrades,
  inGrades,
  MAX_GRADES,
  parsePoints,
  type Scale,
  writePoints,
} from '../questions.ts'
import { Add, Area, Remove, withItem, without } from './lines.tsx'
import { Field } from './parts.tsx'
import type { OfRow } from './questions.tsx'

export function Grades({ id, question, scale, shown, change }: OfRow & { readonly scale: Scale }) {
  const words = shown.words.ballot.questions
  const grades = gradesOf(question, scale)
  const own = !hasFormGrades(question, scale)
  const set = (at: number, grade: Grade) => change({ options: withItem(grades, at, grade) })
  return (
    <>
      {/* A pack's grades are the pack's; what does not fit it can only be brought back to them. */}
      {scale === null || own ? <ScaleChoice {...{ id, question, scale, shown, change }} /> : null}
      <ol class="grades">
        {grades.map((grade, g) => (
          <li key={g}>
            {own ? (
              <div class="line">
                <Field
                  id={`${id}-grade-${g + 1}`}
                  label={words.grade(g + 1)}
                  value={grade.label}
                  set={label => set(g, { ...grade, label })}
                />
                <Remove
                  n={g + 1}
                  shown={shown}
                  only={grades.length <= 2}
                  act={() => change({ options: without(grades, g) })}
                />
              </div>
            ) : (
              <p lang="vi">
                <strong>{grade.label}</strong>
              </p>
            )}
            <div class="line graded">
              <Area
                id={`${id}-standard-${g + 1}`}
                label={words.standard}
                name={words.standardOf(grade.label)}
                value={grade.standard}
                set={standard => set(g, { ...grade, standard })}
              />
              <Points id={`${id}-points-${g + 1}`} {...{ grade, shown }} set={next => set(g, next)} />
            </div>
          </li>
        ))}
      </ol>
      {own && grades.length < MAX_GRADES ? (
        <Add label={words.addGrade} act={() => change({ options: [...grades, emptyGrade()] })} />
      ) : null}
      <p class="soft small">{words.pointsNote}</p>
    </>
  )
}

/** Grades to begin from; whatever they begin from, an own scale may be changed further. */
function ScaleChoice({ id, question, scale, shown, change }: OfRow & { readonly scale: Scale }) {
  const words = shown.words.ballot.questions
  const labels = gradesOf(question, scale).map(({ label }) => label)
  const known = SCALES.findIndex(list => JSON.stringify(list) === JSON.stringify(labels))
  const value = hasFormGrades(question, scale) ? 'form' : known === -1 ? 'own' : String(known)
  const choose = (chosen: string) => {
    if (chosen === 'form') return change(inFormGrades(question, scale))
    const list = SCALES[Number(chosen)] ?? ['', '', '']
    change(inGrades(question, list, scale))
  }
  return (
    <div class="field">
      <label for={`${id}-scale`}>{words.scale}</label>
      <select id={`${id}-scale`} value={value} onChange={event => choose(event.currentTarget.value)}>
        <option value="form">
          {words.formScale}:{' '}
          {gradesOf({ ...question, options: [] }, scale)
            .map(({ label }) => label)
            .join(' · ')}
        </option>
        {(scale === null ? SCALES : []).map((list, i) => (
          <option key={list[0]} value={String(i)}>
            {list.join(' · ')}
          </option>
        ))}
        {scale === null || value === 'own' ? <option value="own">{words.ownScale}</option> : null}
      </select>
    </div>
  )
}

interface OfGrade {
  readonly id: string
  readonly grade: Grade
  readonly shown: OfRow['shown']
  readonly set: (grade: Grade) => void
}

/** Keeps what is typed as it is typed (`8,` on the way to `8,5`) until the field is left. */
function Points({ id, grade, shown, set }: OfGrade) {
  const words = shown.words.ballot.questions
  const [typed, type] = useState<string | null>(null)
  const wrong = typed !== null && parsePoints(typed) === undefined
  return (
    <div class="field narrow">
      <label for={id}>{words.points}</label>
      <input
        id={id}
        inputMode="decimal"
        autocomplete="off"
        aria-label={words.pointsOf(grade.label)}
        aria-invalid={wrong}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        value={typed ?? writePoints(grade.points, shown.state.language === 'vi' ? ',' : '.')}
        onInput={event => {
          const text = event.currentTarget.value
          type(text)
          const points = parsePoints(text)
          if (points !== undefined) set({ ...grade, points })
        }}
        onBlur={() => type(null)}
      />
      {wrong ? (
        <p class="fails small" id={`${id}-wrong`} role="alert">
          {words.pointsWrong}
        </p>
      ) : null}
    </div>
  )
}
