/** Of the draft: the rule pack with what it says, and the days around the meeting. */
import type { Basis } from '../../../server/rules/pack.ts'
import { dayIn } from '../../figures.ts'
import { Note } from '../../parts.tsx'
import { RULES } from '../../words/rules.ts'
import { choicesFor, type Frozen, quorumOf, rulesOf, unreachableIn, withRules } from '../rules.ts'
import type { Part } from './lines.tsx'
import { DayField, type Shown } from './parts.tsx'

export function Rules(part: Part) {
  const { draft, shown, set } = part
  const words = shown.words.rules
  const { packs, view, today } = shown.state
  const rules = rulesOf(draft, packs ?? [])
  // No rule pack speaks of a survey, and no review or classification comes before it.
  if (draft.template === 'survey')
    return (
      <fieldset>
        <legend>{words.surveyLegend}</legend>
        <p class="soft small">{words.surveyNote}</p>
        <div class="line days">
          <Day {...part} day="date" label={words.surveyDate} />
        </div>
      </fieldset>
    )
  return (
    <fieldset>
      <legend>{words.legend}</legend>
      {packs === null ? (
        <p class="soft">{words.loading}</p>
      ) : (
        <div class="field">
          <label for="f-pack">{words.choose}</label>
          <select
            id="f-pack"
            value={draft.pack ?? ''}
            onChange={event => {
              const chosen = packs.find(({ sha256 }) => sha256 === event.currentTarget.value) ?? null
              set(withRules(draft, chosen, packs))
            }}
          >
            {choicesFor(draft, packs, view.rehearsal, today).map(one => (
              <option key={one.sha256} value={one.sha256}>
                {nameOf(one, shown)}
              </option>
            ))}
            <option value="">{words.none}</option>
          </select>
        </div>
      )}
      {rules === null ? <p class="soft small">{words.noneNote}</p> : <Chosen rules={rules} shown={shown} />}
      <div class="line days">
        {(['date', 'reviewed', 'summary'] as const).map(day => (
          <Day key={day} {...part} day={day} label={words[day]} />
        ))}
      </div>
      <p class="soft small">{words.datesNote}</p>
    </fieldset>
  )
}

const Day = ({
  draft,
  shown,
  set,
  day,
  label,
}: Part & { readonly day: 'date' | 'reviewed' | 'summary'; readonly label: string }) => (
  <DayField
    id={`f-${day}`}
    label={label}
    value={draft[day]}
    set={value => set({ [day]: value })}
    language={shown.state.language}
  />
)

function nameOf({ pack }: Frozen, { words }: Shown): string {
  const marks = [
    ...(pack.version > 1 ? [words.rules.version(pack.version)] : []),
    ...(pack.sample ? [words.rules.sample] : []),
  ]
  return `${pack.citation.number} · ${pack.title}${marks.length === 0 ? '' : ` (${marks.join(', ')})`}`
}

interface ChosenProps {
  readonly rules: Frozen
  readonly shown: Shown
}

function Chosen({ rules: { pack }, shown }: ChosenProps) {
  const { language } = shown.state
  const words = shown.words.rules
  const { from, to } = pack.effective
  return (
    <>
      <p class="small">
        <span lang="vi">{pack.citation.text}</span>
        <Source basis={pack.citation.basis} shown={shown} />{' '}
        <span class="soft">
          {words.force(dayIn(from, language), to && dayIn(to, language))}
          <Source basis={pack.effective.basis} shown={shown} />
        </span>
      </p>
      <div>
        <p class="small">
          {words.options}
          <Source basis={pack.optionsBasis} shown={shown} />
        </p>
        <ol class="levels" lang="vi">
          {pack.options.map(({ id, label }) => (
            <li key={id}>
              {label}
              {id === pack.lowest ? (
                <span class="soft small" lang={language}>
                  {' '}
                  – {words.lowest}
                </span>
              ) : null}
            </li>
          ))}
        </ol>
      </div>
      <Says rules={{ pack }} shown={shown} />
    </>
  )
}

/** What the regulation says around the ballot: a list to go through, not to fill in. */
function Says({ rules: { pack }, shown }: { readonly rules: Pick<Frozen, 'pack'>; readonly shown: Shown }) {
  const words = shown.words.rules
  const findings = RULES[shown.state.language]
  const { quorum, denominator, bands, histories } = pack
  const ranges = bands.map(({ label, consequence, basis }) => ({
    text: `${label}: ${consequence ?? words.silent}`,
    basis,
  }))
  const lists: readonly (readonly [string, Listed])[] = [
    [words.scope, pack.scope],
    [words.steps, pack.steps],
    [words.exclusions, pack.exclusions],
    [
      words.conditions,
      [
        ...(quorum === null ? [] : [{ text: words.quorum(quorum.fraction, quorum.of), basis: quorum.basis }]),
        { text: words.denominator(findings.bases[denominator.of]), basis: denominator.basis },
      ],
    ],
    [words.bands, ranges],
    [words.histories, histories.map(({ label, basis }) => ({ text: label, basis }))],
    [words.validity, pack.validity],
  ]
  return (
    <details>
      <summary>{words.says}</summary>
      <div class="stack small">
        {lists
          .filter(([, list]) => list.length > 0)
          .map(([title, list]) => (
            <section key={title}>
              <h2 class="minor">{title}</h2>
              <ul class="checklist">
                {list.map(({ text, basis }) => (
                  <li key={text}>
                    {text}
                    {basis.article === null ? '' : ` (${basis.article})`}
                    <Source basis={basis} shown={shown} />
                  </li>
                ))}
              </ul>
            </section>
          ))}
        <p>
          <a href="/quy-tac">{words.local}</a>
        </p>
      </div>
    </details>
  )
}

type Listed = readonly { readonly text: string; readonly basis: Basis }[]

/** Marked where no source was seen. */
export const Source = ({ basis, shown }: { readonly basis: Basis; readonly shown: Shown }) =>
  'unsourced' in basis ? (
    <>
      {' '}
      <span class="unsourced">{shown.words.rules.unsourced}</span>
    </>
  ) : null

/** Beside the number of people: how many must come, and which results cannot be with so few. */
export function Numbers({ draft, shown }: Part) {
  const words = shown.words.rules
  const rules = rulesOf(draft, shown.state.packs ?? [])
  if (rules === null) return null
  const quorum = quorumOf(draft, rules.pack)
  return (
    <>
      {quorum === null ? null : <p role="status">{words.least(quorum.least, quorum.of)}</p>}
      {unreachableIn(draft, rules.pack).map(({ band, numbers }) => (
        <Note tone="attention" key={band.id}>
          {words.unreachable(numbers, words.counted[rules.pack.denominator.of], band.label)}
        </Note>
      ))}
    </>
  )
}
