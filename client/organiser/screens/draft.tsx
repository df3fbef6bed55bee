/** Step 1: the draft, saved as it is typed. */
import type { Template } from '../../../server/wire.ts'
import { MAX_MARKS } from '../draft.ts'
import { rulesOf } from '../rules.ts'
import { Address } from './address.tsx'
import { Finish, Fixed, Saved } from './finish.tsx'
import { Add, Lines, type Part, Remove, withItem, without } from './lines.tsx'
import { Field, NumberField, type Shown, Title } from './parts.tsx'
import { People, Team } from './people.tsx'
import { Preview } from './preview.tsx'
import { Rules } from './rules.tsx'

export function DraftScreen(shown: Shown) {
  const { state, words, send } = shown
  const { edit, view } = state
  if (view.state !== 'draft' || edit === null) return <Fixed {...shown} />
  const { draft } = edit
  const rules = rulesOf(draft, state.packs ?? [])
  const part: Part = { draft, shown, set: change => send({ type: 'edit', change }) }
  return (
    <>
      <Title title={words.draft.title} />
      {/* Stays in sight while it wants a decision. */}
      <div class={edit.phase === 'stale' || edit.phase === 'failed' ? 'saved held' : 'saved'}>
        <Saved {...shown} />
      </div>
      <div class="with-aside">
        <form class="form" onSubmit={event => event.preventDefault()}>
          <Rules {...part} />
          <What {...part} />
          <People {...part} />
          <Team {...part} />
          <Address {...part} />
        </form>
        <Preview draft={draft} pack={rules?.pack ?? null} words={words} language={state.language} />
        <Finish draft={draft} shown={shown} />
      </div>
    </>
  )
}

const TEMPLATES: readonly Template[] = ['confidence', 'quality', 'criteria', 'free']

function What({ draft, shown, set }: Part) {
  const words = shown.words.draft
  const { subjects } = draft
  const ruled = draft.pack !== null
  return (
    <fieldset>
      <legend>{words.what}</legend>
      {/* A rule pack brings its own form of ballot. */}
      {ruled ? null : (
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
      )}
      {draft.template === 'criteria' ? (
        <Lines
          {...{ shown, title: words.criteria, label: words.criterion, add: words.addCriterion, id: 'criterion' }}
          list={draft.criteria.length === 0 ? [''] : draft.criteria}
          set={criteria => set({ criteria })}
          least={1}
        />
      ) : null}
      {draft.template === 'free' && !ruled ? (
        <>
          <Lines
            {...{ shown, title: words.options, label: words.option, add: words.addOption, id: 'option' }}
            list={draft.options.length < 2 ? ['', ''] : draft.options}
            set={options => set({ options })}
            least={2}
          />
          <NumberField
            id="f-max"
            label={words.max}
            value={draft.max}
            set={max => set({ max: Math.min(max, MAX_MARKS) })}
          />
        </>
      ) : null}
      <h2 class="minor">{words.subjects}</h2>
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
          <Remove
            n={i + 1}
            shown={shown}
            only={subjects.length === 1}
            act={() => set({ subjects: without(subjects, i) })}
          />
        </div>
      ))}
      <Add label={words.addSubject} act={() => set({ subjects: [...subjects, { name: '', position: '' }] })} />
      <Field id="f-unit" label={words.unit} value={draft.unit} set={unit => set({ unit })} />
      <Field id="f-title" label={words.pollTitle} value={draft.title} set={title => set({ title })} />
      <Field id="f-basis" label={words.basis} value={draft.basis} set={basis => set({ basis })} />
      <Field id="f-period" label={words.period} value={draft.period} set={period => set({ period })} />
    </fieldset>
  )
}
