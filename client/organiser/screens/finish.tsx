/** The end of the draft: what is missing, what is worth knowing, the way on; and what it reads once it is sealed. */
import type { Draft } from '../../../server/wire.ts'
import { dayIn } from '../../figures.ts'
import { Note } from '../../parts.tsx'
import type { Language } from '../../words/language.ts'
import { absentOf, cardsFor } from '../draft.ts'
import { formOf } from '../forms.ts'
import { adviceOf, gapsOf, needsAll, sizeOf } from '../gaps.ts'
import { isAlone } from '../questions.ts'
import { ruleAdviceOf, ruleGapsOf, rulesOf } from '../rules.ts'
import { Asked, Refused, type Shown, Title } from './parts.tsx'

/** How far what is typed is saved; two versions wait for a decision. */
export function Saved({ state: { edit }, words, send }: Shown) {
  if (edit === null) return null
  const { saved, saving, notSaved, stale } = words.draft
  if (edit.phase === 'stale')
    return (
      <Note tone="attention" title={stale.title}>
        <p>{stale.text}</p>
        <div class="acts row">
          <button type="button" onClick={() => send({ type: 'resolve', take: 'newer' })}>
            {stale.newer}
          </button>
          <button type="button" onClick={() => send({ type: 'resolve', take: 'own' })}>
            {stale.own}
          </button>
        </div>
      </Note>
    )
  if (edit.phase === 'failed' && edit.why !== null)
    return (
      <Note tone="fails" title={`${notSaved}. ${words.refusals[edit.why].title}`}>
        {words.refusals[edit.why].text}
      </Note>
    )
  return (
    <p class="soft small" role="status">
      {edit.phase === 'saved' ? saved : saving}
    </p>
  )
}

/** Fields by gap; those of lists bear their number. */
const FIELDS: Readonly<Record<string, string>> = {
  'subject-twice': 'subject',
  subjects: 'subject-1',
  questions: 'questions-graded',
  'question-twice': 'question',
  'question-rules': 'question',
  'question-options': 'question',
  'question-option-twice': 'question',
  'question-max': 'question',
  'prompt-twice': 'prompt',
  'survey-rules': 'about-survey',
  groups: 'group-1',
  'group-twice': 'group',
  'group-sum': 'group-people-1',
  'group-weights': 'group-weight-1',
  options: 'option-1',
  'option-twice': 'option',
  absent: 'absent-1',
  'absent-reason': 'absent-1',
  members: 'member-1',
  'member-twice': 'member',
  'member-is-subject': 'member',
  'address-local': 'address',
  untried: 'try',
  'too-long': 'subject-1',
  'pack-unknown': 'pack',
  'pack-sample': 'pack',
  'pack-date': 'date',
}

function focusOn(code: string, n: number): void {
  const field = FIELDS[code] ?? code
  const own = document.getElementById(n === 0 ? `f-${field}` : `f-${field}-${n}`)
  // Where people are in groups, their number is written there.
  const found = own ?? (field === 'convened' ? document.getElementById('f-group-people-1') : null)
  found?.closest('details')?.setAttribute('open', '')
  found?.focus()
}

interface FinishProps {
  readonly draft: Draft
  readonly shown: Shown
  /** Opens the row of a question, by its place. */
  readonly reveal: (question: number) => void
}

export function Finish({ draft, shown, reveal }: FinishProps) {
  const { state, words, send } = shown
  const { view, edit, act, form } = state
  const rules = rulesOf(draft, state.packs ?? [])
  const ruled = ruleGapsOf(draft, state.packs, view.rehearsal)
  const gaps = [
    ...ruled.map(code => ({ code, n: 0, said: words.rules.gaps[code] })),
    ...gapsOf(draft, view, rules?.pack).map(({ code, n }) => ({ code, n, said: words.draft.gaps[code](n) })),
  ]
  const advice = [
    ...ruleAdviceOf(draft, rules).map(code => words.rules.advice[code]),
    ...adviceOf(draft, view, rules?.pack).map(code => words.draft.advice[code]),
  ]
  const ready = gaps.length === 0 && edit?.phase === 'saved' && act === null
  const all = needsAll(draft)
  const { complete, seal, sealNote } = draft.medium === 'paper' ? words.draft.onPaper : words.draft
  const { allNeeded } = words.draft
  return (
    <section class="finish">
      <Size draft={draft} shown={shown} />
      {gaps.length > 0 ? (
        <>
          <h2>{words.draft.missing}</h2>
          <ul class="gaps">
            {gaps.map(({ code, n, said }) => (
              <li key={`${code}${n}`}>
                <button
                  type="button"
                  class="link"
                  onClick={() => (code.startsWith('question') && n > 0 ? reveal(n - 1) : focusOn(code, n))}
                >
                  {said}
                </button>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <Note tone="holds">{complete}</Note>
      )}
      {advice.map(said => (
        <Note tone="attention" key={said}>
          {said}
        </Note>
      ))}
      <Refused {...shown} of={['seal', 'delete']} />
      {form.question === 'all-needed' ? (
        <section class="question">
          <h2>{allNeeded.title(draft.members.length)}</h2>
          <p>{allNeeded.text}</p>
          <div class="acts row">
            <button
              type="button"
              class="main"
              disabled={!ready}
              onClick={() => send({ type: 'act', act: { what: 'seal' } })}
            >
              {allNeeded.act(draft.members.length)}
            </button>
            <button type="button" onClick={() => send({ type: 'form', form: { question: null } })}>
              {allNeeded.back}
            </button>
          </div>
        </section>
      ) : (
        <div class="acts">
          <button
            type="button"
            class="main"
            disabled={!ready}
            onClick={() =>
              send(all ? { type: 'form', form: { question: 'all-needed' } } : { type: 'act', act: { what: 'seal' } })
            }
          >
            {seal}
          </button>
          <p class="soft small">{sealNote}</p>
        </div>
      )}
      <Delete {...shown} />
    </section>
  )
}

/** What the ballot comes to, so that nobody is surprised by its length in the hall. */
function Size({ draft, shown: { state, words } }: Pick<FinishProps, 'draft' | 'shown'>) {
  const { size } = words.ballot
  const { subjects, medium, prompts, groups } = draft
  const found = sizeOf(draft, rulesOf(draft, state.packs ?? [])?.pack ?? null)
  if (found === null || found.lines === 0) return null
  const { lines, bytes } = found
  const phones = medium === 'phones'
  const parts = [
    size.lines(lines),
    ...(subjects.length > 1 ? [size.people(subjects.length, lines / subjects.length)] : []),
    ...(phones && prompts.length > 0 ? [size.prompts(prompts.length)] : []),
    ...(phones ? [size.bytes(figureIn(bytes / 1024, state.language))] : []),
  ]
  return (
    <div class="size">
      <h2 class="minor">{size.title}</h2>
      <p>{parts.join('; ')}.</p>
      {phones && groups.length > 0 ? (
        <p>{size.groups(groups.map(({ label, convened }) => [label, convened]))}.</p>
      ) : null}
    </div>
  )
}

/** One decimal. */
const figureIn = (n: number, language: Language): string => n.toFixed(1).replace('.', language === 'vi' ? ',' : '.')

/** Drafts and rehearsals may go for good. */
export function Delete(shown: Shown) {
  const { words, send, state } = shown
  const { count } = words
  return (
    <Asked
      shown={shown}
      question="delete"
      opener={state.view.state === 'draft' ? count.deleteDraft : count.deleteOpen}
      {...count.delete}
      typed="title"
      press={() => send({ type: 'act', act: { what: 'delete', title: state.view.draft.title } })}
    />
  )
}

/** Once it is sealed. */
export function Fixed({ state, words }: Shown) {
  const { view, language } = state
  const { draft, pack } = view
  const { rows, unit, basis, period, convened, absent, disclosure, disclosures, templates, thresholdOf } = words.draft
  const asked = words.ballot
  const alone = isAlone(draft)
  const onPaper = draft.medium === 'paper'
  const listed = (list: readonly { readonly title: string }[]) =>
    list.map(({ title }, i) => `${i + 1}. ${title}`).join('; ')
  const lines: readonly (readonly [string, string])[] = [
    [unit, draft.unit],
    [
      rows.about,
      draft.subjects.map(({ position, name }) => [position, name].filter(s => s !== '').join(' ')).join('; '),
    ],
    [asked.rows.medium, asked.mediums[draft.medium]],
    [words.rules.choose, pack?.title ?? words.rules.none],
    [asked.rows.form, formOf(draft, state.forms ?? [])?.title ?? draft.from],
    [asked.rows.main, alone || draft.pack !== null ? '' : templates[draft.template]],
    [alone ? asked.rows.questions : asked.rows.further, listed(draft.questions)],
    [asked.rows.prompts, listed(draft.prompts)],
    [asked.rows.groups, draft.groups.map(({ label, convened: people }) => `${label} (${people})`).join('; ')],
    [basis, draft.basis],
    [words.rules.date, dayIn(draft.date, language)],
    [period, draft.period],
    [convened, String(draft.convened)],
    [absent, String(absentOf(draft))],
    [rows.cards, onPaper ? '' : String(cardsFor(draft))],
    [
      rows.team,
      `${draft.members.join(', ')}${onPaper ? '' : ` (${thresholdOf(draft.threshold, draft.members.length)})`}`,
    ],
    [rows.address, draft.address],
    [disclosure, disclosures[draft.disclosure]],
  ]
  return (
    <>
      <Title title={draft.title}>
        <p class="soft">{onPaper ? words.draft.onPaper.fixed : words.draft.fixed}</p>
      </Title>
      <dl class="facts">
        {lines
          .filter(([, value]) => value !== '')
          .map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </>
  )
}
