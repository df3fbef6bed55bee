/** Step 1: the draft, saved as it is typed. */
import { useState } from 'preact/hooks'
import type { Draft, Template } from '../../../server/wire.ts'
import { MAX_MARKS } from '../draft.ts'
import { withoutForm } from '../forms.ts'
import { MAX_OPTIONS } from '../questions.ts'
import { rulesOf, towardsPeople, towardsSurvey } from '../rules.ts'
import { Address } from './address.tsx'
import { Finish, Fixed, Saved } from './finish.tsx'
import { Forms } from './forms.tsx'
import { Lines, type Part } from './lines.tsx'
import { Field, NumberField, type Shown, Title } from './parts.tsx'
import { People, Team } from './people.tsx'
import { Preview } from './preview.tsx'
import { Prompts } from './prompts.tsx'
import { type Opened, Questions } from './questions.tsx'
import { Rules } from './rules.tsx'
import { Subjects } from './subjects.tsx'

export function DraftScreen(shown: Shown) {
  const { edit, view } = shown.state
  if (view.state !== 'draft' || edit === null) return <Fixed {...shown} />
  return <Writing draft={edit.draft} shown={shown} />
}

function Writing({ draft, shown }: { readonly draft: Draft; readonly shown: Shown }) {
  const { state, words, send } = shown
  const [opened, open] = useState<Opened | null>(null)
  const pack = rulesOf(draft, state.packs ?? [])?.pack ?? null
  const part: Part = { draft, shown, set: change => send({ type: 'edit', change }) }
  const phase = state.edit?.phase
  return (
    <>
      <Title title={words.draft.title} />
      {/* Stays in sight while it wants a decision. */}
      <div class={phase === 'stale' || phase === 'failed' ? 'saved held' : 'saved'}>
        <Saved {...shown} />
      </div>
      <div class="with-aside">
        <form class="form" onSubmit={event => event.preventDefault()}>
          <Kinds {...part} />
          <Rules {...part} />
          <Whom {...part} />
          <fieldset>
            <legend>{words.ballot.asked}</legend>
            <Forms {...part} pack={pack} />
            <Main {...part} />
            <Questions {...part} pack={pack} opened={opened} open={open} />
          </fieldset>
          {draft.medium === 'phones' ? <Prompts {...part} /> : null}
          <People {...part} />
          <Team {...part} />
          <Address {...part} />
        </form>
        {draft.medium === 'phones' ? (
          <Preview draft={draft} pack={pack} at={opened?.at ?? null} words={words} language={state.language} />
        ) : null}
        <Finish draft={draft} shown={shown} reveal={at => open({ at, focus: 'title' })} />
      </div>
    </>
  )
}

/** About people or about nobody; on phones or on paper. */
function Kinds({ draft, shown, set }: Part) {
  const words = shown.words.ballot
  const { packs, forms, today } = shown.state
  const turned = (kind: 'people' | 'survey'): Partial<Draft> => ({
    ...withoutForm(draft, forms ?? []),
    ...(kind === 'people' ? towardsPeople(draft, packs ?? [], today) : towardsSurvey(draft, packs ?? [])),
  })
  return (
    <fieldset>
      <legend>{words.legend}</legend>
      <Choice
        label={words.about}
        name="about"
        labels={words.abouts}
        chosen={draft.template === 'survey' ? 'survey' : 'people'}
        choose={kind => set(turned(kind))}
      />
      <Choice
        label={words.medium}
        name="medium"
        labels={words.mediums}
        chosen={draft.medium}
        choose={medium => set({ medium })}
      />
      <p class="soft small">{words.mediumNotes[draft.medium]}</p>
    </fieldset>
  )
}

function Choice<T extends string>({
  label,
  name,
  labels,
  chosen,
  choose,
}: {
  readonly label: string
  readonly name: string
  readonly labels: Readonly<Record<T, string>>
  readonly chosen: T
  readonly choose: (one: T) => void
}) {
  return (
    <div class="stack" role="radiogroup" aria-label={label}>
      <p class="small">{label}</p>
      {(Object.keys(labels) as T[]).map(one => (
        <label class="tick" key={one} for={`f-${name}-${one}`}>
          <input
            type="radio"
            name={name}
            id={`f-${name}-${one}`}
            checked={chosen === one}
            onChange={() => choose(one)}
          />
          <span>{labels[one]}</span>
        </label>
      ))}
    </div>
  )
}

function Whom(part: Part) {
  const { draft, shown, set } = part
  const words = shown.words.draft
  const survey = draft.template === 'survey'
  return (
    <fieldset>
      <legend>{survey ? shown.words.ballot.whom : words.what}</legend>
      {survey ? null : <Subjects {...part} />}
      <Field id="f-unit" label={words.unit} value={draft.unit} set={unit => set({ unit })} />
      <Field id="f-title" label={words.pollTitle} value={draft.title} set={title => set({ title })} />
      <Field id="f-basis" label={words.basis} value={draft.basis} set={basis => set({ basis })} />
      <Field id="f-period" label={words.period} value={draft.period} set={period => set({ period })} />
    </fieldset>
  )
}

const TEMPLATES: readonly Template[] = ['confidence', 'quality', 'criteria', 'free']

/** What is asked of each subject as a whole. A rule pack brings its own. */
function Main({ draft, shown, set }: Part) {
  const words = shown.words.draft
  if (draft.pack !== null || draft.template === 'survey') return null
  return (
    <>
      <h2 class="minor">{words.template}</h2>
      <div class="stack" role="radiogroup" aria-label={words.template}>
        {TEMPLATES.map(template => (
          <label class="tick" key={template} for={`f-${template}`}>
            <input
              type="radio"
              name="template"
              id={`f-${template}`}
              checked={draft.template === template}
              onChange={() => set({ template })}
            />
            <span>{words.templates[template]}</span>
          </label>
        ))}
      </div>
      {draft.template === 'free' ? (
        <>
          <Lines
            {...{ shown, title: words.options, label: words.option, add: words.addOption, id: 'option' }}
            list={draft.options.length < 2 ? ['', ''] : draft.options}
            set={options => set({ options })}
            least={2}
            most={MAX_OPTIONS}
          />
          <NumberField
            id="f-max"
            label={words.max}
            value={draft.max}
            set={max => set({ max: Math.min(max, MAX_MARKS) })}
          />
        </>
      ) : null}
    </>
  )
}
