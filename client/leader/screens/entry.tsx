/** Writing an entry: its fields, what is still missing, and one press, after which it cannot be changed. */

import { HANDLING } from '../../words/leader/follow.ts'
import {
  bodyOf,
  EMPTY_MEASURE,
  type EntryField,
  type EntryForm,
  FIELDS,
  missingOf,
  type TypedMeasure,
} from '../entry.ts'
import { Area, Field, Refused, type Shown } from './parts.tsx'

interface Props {
  readonly shown: Shown
  readonly form: EntryForm
}

export function EntryEditor({ shown, form }: Props) {
  const { state, words, send } = shown
  const { follow } = words
  const missing = missingOf(form)
  const labelOf = labelsFor(shown, form)
  return (
    <form
      class="question"
      onSubmit={event => {
        event.preventDefault()
        if (missing.length === 0) send({ type: 'act', act: { what: 'entry', body: bodyOf(form) } })
      }}
    >
      <h3>{follow.add[form.kind]}</h3>
      {FIELDS[form.kind].map(field => (
        <OneField key={field} field={field} label={labelOf(field)} shown={shown} form={form} />
      ))}
      {missing.length === 0 ? null : <p class="soft small">{follow.missing(missing.map(labelOf).join('; '))}</p>}
      <Refused {...shown} of="entry" />
      <p class="soft small">{follow.saveNote}</p>
      <div class="acts row">
        <button type="submit" class="main" disabled={missing.length > 0 || state.act !== null}>
          {follow.save}
        </button>
        <button type="button" onClick={() => send({ type: 'entry', entry: null })}>
          {follow.cancel}
        </button>
      </div>
    </form>
  )
}

const labelsFor =
  ({ words: { follow } }: Shown, { kind }: EntryForm) =>
  (field: EntryField): string => {
    if (field === 'date' && kind === 'retention') return follow.until
    if (field === 'text' && kind === 'closed') return follow.reason
    return follow.fields[field]
  }

function OneField({ field, label, shown, form }: Props & { readonly field: EntryField; readonly label: string }) {
  const set = (change: Partial<EntryForm>) => shown.send({ type: 'entry', entry: { ...form, ...change } })
  const id = `entry-${field}`
  switch (field) {
    case 'date':
      return <Field id={id} label={label} type="date" value={form.date} set={date => set({ date })} />
    case 'handling':
      return <Handling shown={shown} form={form} label={label} set={handling => set({ handling })} />
    case 'measures':
      return <Measures shown={shown} label={label} list={form.measures} set={measures => set({ measures })} />
    case 'done':
      return (
        <label class="tick" for={id}>
          <input id={id} type="checkbox" checked={form.done} onChange={e => set({ done: e.currentTarget.checked })} />
          <span>{label}</span>
        </label>
      )
    case 'text':
    case 'limits':
      return <Area id={id} label={label} value={form[field]} set={value => set({ [field]: value })} />
    default:
      return <Field id={id} label={label} value={form[field]} set={value => set({ [field]: value })} />
  }
}

interface HandlingProps extends Props {
  readonly label: string
  readonly set: (handling: string) => void
}

/** The list, what this dossier already uses, or the agency's own words. */
function Handling({ shown: { state, words }, form, label, set }: HandlingProps) {
  const used = state.view.entries.flatMap(({ body }) => (body.kind === 'decision' ? [body.measure] : []))
  const known = new Set(HANDLING.map(({ vi }) => vi))
  const more = [...new Set(used)].filter(text => text !== '' && !known.has(text))
  return (
    <>
      <Field
        id="entry-handling"
        label={label}
        note={words.follow.handlingNote}
        value={form.handling}
        list="handling"
        set={set}
      />
      <datalist id="handling">
        {HANDLING.map(({ vi, en }) => (
          <option key={vi} value={vi} label={state.language === 'en' ? en : vi} />
        ))}
        {more.map(text => (
          <option key={text} value={text} />
        ))}
      </datalist>
    </>
  )
}

interface MeasuresProps {
  readonly shown: Shown
  readonly label: string
  readonly list: readonly TypedMeasure[]
  readonly set: (list: readonly TypedMeasure[]) => void
}

function Measures({ shown: { words }, label, list, set }: MeasuresProps) {
  const { plan } = words.follow
  const change = (at: number, fields: Partial<TypedMeasure>) =>
    set(list.map((one, i) => (i === at ? { ...one, ...fields } : one)))
  return (
    <fieldset>
      <legend>{label}</legend>
      {list.map((one, i) => (
        <fieldset key={i} class="measure">
          <legend class="small">{plan.nth(i + 1)}</legend>
          <Area id={`measure-${i}`} label={plan.measure} value={one.text} set={text => change(i, { text })} />
          <div class="line">
            <Field
              id={`measure-deadline-${i}`}
              label={plan.deadline}
              type="date"
              value={one.deadline}
              set={deadline => change(i, { deadline })}
            />
            <Field id={`measure-who-${i}`} label={plan.who} value={one.who} set={who => change(i, { who })} />
          </div>
          {list.length === 1 ? null : (
            <button
              type="button"
              class="small-button"
              aria-label={plan.removeOf(i + 1)}
              onClick={() => set(list.filter((_, at) => at !== i))}
            >
              {plan.remove}
            </button>
          )}
        </fieldset>
      ))}
      <button type="button" class="small-button" onClick={() => set([...list, EMPTY_MEASURE])}>
        + {plan.add}
      </button>
    </fieldset>
  )
}
