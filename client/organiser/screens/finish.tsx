/** The end of the draft: what is missing, what is worth knowing, the way on; and what it reads once it is sealed. */
import type { Draft } from '../../../server/wire.ts'
import { dayIn } from '../../figures.ts'
import { Note } from '../../parts.tsx'
import { absentOf, adviceOf, cardsFor, gapsOf } from '../draft.ts'
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
  criteria: 'criterion-1',
  'criterion-twice': 'criterion',
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
  const found = document.getElementById(n === 0 ? `f-${field}` : `f-${field}-${n}`)
  found?.closest('details')?.setAttribute('open', '')
  found?.focus()
}

export function Finish({ draft, shown }: { draft: Draft; shown: Shown }) {
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
    ...adviceOf(draft, view).map(code => words.draft.advice[code]),
  ]
  const ready = gaps.length === 0 && edit?.phase === 'saved' && act === null
  const all = draft.threshold === draft.members.length
  const { allNeeded } = words.draft
  return (
    <section class="finish">
      {gaps.length > 0 ? (
        <>
          <h2>{words.draft.missing}</h2>
          <ul class="gaps">
            {gaps.map(({ code, n, said }) => (
              <li key={`${code}${n}`}>
                <button type="button" class="link" onClick={() => focusOn(code, n)}>
                  {said}
                </button>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <Note tone="holds">{words.draft.complete}</Note>
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
            {words.draft.seal}
          </button>
          <p class="soft small">{words.draft.sealNote}</p>
        </div>
      )}
      <Delete {...shown} />
    </section>
  )
}

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
export function Fixed({ state: { view, language }, words }: Shown) {
  const { draft, pack } = view
  const { rows, unit, basis, period, convened, absent, disclosure, disclosures, thresholdOf } = words.draft
  const lines: readonly (readonly [string, string])[] = [
    [unit, draft.unit],
    [
      rows.about,
      draft.subjects.map(({ position, name }) => [position, name].filter(s => s !== '').join(' ')).join('; '),
    ],
    [words.rules.choose, pack?.title ?? words.rules.none],
    [basis, draft.basis],
    [words.rules.date, dayIn(draft.date, language)],
    [period, draft.period],
    [convened, String(draft.convened)],
    [absent, String(absentOf(draft))],
    [rows.cards, String(cardsFor(draft))],
    [rows.team, `${draft.members.join(', ')} (${thresholdOf(draft.threshold, draft.members.length)})`],
    [rows.address, draft.address],
    [disclosure, disclosures[draft.disclosure]],
  ]
  return (
    <>
      <Title title={draft.title}>
        <p class="soft">{words.draft.fixed}</p>
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
