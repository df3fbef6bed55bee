/** Of the draft: the questions, one a row. One row is open at a time, so that ten of them still fit a screen. */
import { useEffect } from 'preact/hooks'
import type { Question } from '../../../server/rules/contests.ts'
import type { Pack } from '../../../server/rules/pack.ts'
import { Note } from '../../parts.tsx'
import { MAX_MARKS } from '../draft.ts'
import {
  gradesOf,
  isAlone,
  type Kind,
  MAX_OPTIONS,
  MAX_QUESTIONS,
  moved,
  newQuestion,
  pointsFaultOf,
  scaleFor,
  topPoints,
  writePoints,
} from '../questions.ts'
import { Grades } from './grades.tsx'
import { Area, Lines, type Part, withItem, without } from './lines.tsx'
import { NumberField } from './parts.tsx'

/** Which row is open, and which of its fields is to be looked at. */
export interface Opened {
  readonly at: number
  readonly focus: 'title' | 'up' | 'down' | null
}

interface QuestionsPart extends Part {
  readonly pack: Pack | null
  readonly opened: Opened | null
  readonly open: (opened: Opened | null) => void
}

const KINDS: readonly Kind[] = ['graded', 'choice', 'yes-no']

export function Questions(part: QuestionsPart) {
  const { draft, shown, set, pack, opened, open } = part
  const words = shown.words.ballot.questions
  const { questions } = draft
  const ruled = scaleFor(draft, pack) !== null
  const total = topPoints(questions)
  useEffect(() => {
    if (opened?.focus) document.getElementById(`f-question-${opened.at + 1}-${opened.focus}`)?.focus()
  }, [opened])
  return (
    <>
      <h2 class="minor">{isAlone(draft) ? words.alone : words.further}</h2>
      {ruled ? <p class="soft small">{words.ruled}</p> : null}
      {pack !== null && !ruled && questions.length > 0 ? <p class="soft small">{words.beside}</p> : null}
      {questions.length === 0 ? null : (
        <ol class="questions">
          {questions.map((question, i) => (
            <li key={i}>
              <Row {...part} question={question} at={i} />
            </li>
          ))}
        </ol>
      )}
      {total === null ? null : <p role="status">{words.total(writePoints(total, commaOf(part)))}</p>}
      {questions.length < MAX_QUESTIONS ? (
        <div class="adds">
          {(ruled ? KINDS.slice(0, 1) : KINDS).map(kind => (
            <button
              key={kind}
              type="button"
              class="small-button"
              id={`f-questions-${kind}`}
              onClick={() => {
                set({ questions: [...questions, newQuestion(kind, questions)] })
                open({ at: questions.length, focus: 'title' })
              }}
            >
              + {words.add[kind]}
            </button>
          ))}
        </div>
      ) : null}
    </>
  )
}

const commaOf = ({ shown }: Part): string => (shown.state.language === 'vi' ? ',' : '.')

interface RowPart extends QuestionsPart {
  readonly question: Question
  readonly at: number
}

function Row(part: RowPart) {
  const { draft, shown, pack, opened, open, question, at } = part
  const words = shown.words.ballot.questions
  const isOpen = opened?.at === at
  const { kind, title, max } = question
  const shownOptions = kind === 'graded' ? gradesOf(question, scaleFor(draft, pack)) : question.options
  const points = topPoints([question])
  return (
    <>
      <button
        type="button"
        class="question-row"
        id={`f-question-${at + 1}`}
        aria-expanded={isOpen}
        onClick={() => open(isOpen ? null : { at, focus: null })}
      >
        <span>{words.row(at + 1, title)}</span>
        <span class="soft small">
          {words.short[kind](shownOptions.length, max)}
          {points === null ? '' : ` · ${words.worth(writePoints(points, commaOf(part)))}`}
        </span>
      </button>
      {isOpen ? <Editor {...part} /> : null}
    </>
  )
}

function Editor(part: RowPart) {
  const { draft, shown, set, pack, open, question, at } = part
  const words = shown.words.ballot.questions
  const { questions } = draft
  const id = `f-question-${at + 1}`
  const scale = scaleFor(draft, pack)
  const change = (changes: Partial<Question>) =>
    set({ questions: withItem(questions, at, { ...question, ...changes }) })
  const move = (by: -1 | 1) => {
    set({ questions: moved(questions, at, by) })
    const to = at + by
    const focus = by === -1 ? (to === 0 ? 'down' : 'up') : to === questions.length - 1 ? 'up' : 'down'
    open({ at: to, focus })
  }
  const fault = pointsFaultOf(question)
  return (
    <div class="question-open">
      <Area id={`${id}-title`} label={words.title} value={question.title} set={title => change({ title })} />
      {scale === null || question.kind !== 'graded' ? (
        <div class="field">
          <label for={`${id}-kind`}>{words.kind}</label>
          <select
            id={`${id}-kind`}
            value={question.kind}
            onChange={event => {
              const kind = event.currentTarget.value as Kind
              change({ ...newQuestion(kind, without(questions, at)), title: question.title })
            }}
          >
            {(scale === null ? KINDS : (['graded', question.kind] as const)).map(kind => (
              <option key={kind} value={kind}>
                {words.kinds[kind]}
              </option>
            ))}
          </select>
        </div>
      ) : null}
      {question.kind === 'graded' ? (
        <Grades id={id} question={question} scale={scale} shown={shown} change={change} />
      ) : null}
      {fault === null ? null : <Note tone="attention">{words.faults[fault]}</Note>}
      {question.kind === 'choice' ? <Choice id={id} question={question} shown={shown} change={change} /> : null}
      {question.kind === 'yes-no' ? <p class="soft small">{words.yesNo}</p> : null}
      <div class="adds">
        {at > 0 ? (
          <button type="button" class="small-button" id={`${id}-up`} onClick={() => move(-1)}>
            {words.up}
          </button>
        ) : null}
        {at < questions.length - 1 ? (
          <button type="button" class="small-button" id={`${id}-down`} onClick={() => move(1)}>
            {words.down}
          </button>
        ) : null}
        <button
          type="button"
          class="small-button"
          onClick={() => {
            set({ questions: without(questions, at) })
            open(null)
          }}
        >
          {words.remove}
        </button>
      </div>
    </div>
  )
}

/** What a part of an open row is given. */
export interface OfRow {
  readonly id: string
  readonly question: Question
  readonly shown: Part['shown']
  readonly change: (changes: Partial<Question>) => void
}

function Choice({ id, question, shown, change }: OfRow) {
  const words = shown.words.ballot.questions
  const { options, max } = question
  return (
    <>
      <Lines
        {...{ shown, title: words.options, label: words.option, add: words.addOption, id: `${id.slice(2)}-option` }}
        list={options.map(({ label }) => label)}
        set={labels => change({ options: labels.map(label => ({ label, standard: '', points: null })) })}
        least={2}
        most={MAX_OPTIONS}
      />
      <NumberField
        id={`${id}-max`}
        label={words.max}
        value={max}
        set={most => change({ max: Math.min(most, MAX_MARKS) })}
      />
    </>
  )
}
