/** The minutes' facts: what the record does not have, with the arithmetic beside the fields that it binds. */
import { Note } from '../../parts.tsx'
import { may } from '../may.ts'
import { type Equation, equationsOf, sentOf, type TypedMinutes } from '../minutes.ts'
import { Area, Asked, Done, Field, NumberField, Refused, type Shown } from './parts.tsx'

type TextField = { [K in keyof TypedMinutes]: TypedMinutes[K] extends string ? K : never }[keyof TypedMinutes]
type CountField = { [K in keyof TypedMinutes]: TypedMinutes[K] extends number ? K : never }[keyof TypedMinutes]

/** Of a round on paper there are sheets, no cards, and no record. */
function wordsOf({ state: { view }, words: { papers } }: Pick<Shown, 'state' | 'words'>) {
  const { onPaper, ...minutes } = papers.minutes
  return view.paper === null ? minutes : { ...minutes, ...onPaper }
}

export function MinutesEditor(shown: Shown) {
  const { state } = shown
  const minutes = wordsOf(shown)
  const { view } = state
  return (
    <section class="chapter">
      <h2>{minutes.title}</h2>
      <p class="soft small">{minutes.intro}</p>
      {view.minutes.sealed ? <Note tone="holds">{minutes.sealed}</Note> : null}
      <Checks {...shown} />
      {may(view.role, 'write') && !view.minutes.sealed ? <Editor {...shown} /> : <AsWritten {...shown} />}
    </section>
  )
}

/** Every equation with its numbers, as they stand in the fields. */
function Checks({ state, facts, words }: Shown) {
  const { minutes } = words.papers
  if (state.minutes === null) return null
  return (
    <section class="checks">
      <h3>{minutes.checks}</h3>
      <ul>
        {equationsOf(state.view, facts, state.minutes.typed).map(one => (
          <li key={one.rule}>
            <Checked equation={one} words={words} />
          </li>
        ))}
      </ul>
      <p class="soft small">
        {minutes.more} {minutes.checksNote}
      </p>
    </section>
  )
}

const Checked = ({ equation: { rule, numbers, holds }, words }: { equation: Equation } & Pick<Shown, 'words'>) => {
  const { minutes } = words.papers
  return (
    <span class={holds ? 'check holds' : 'check fails'}>
      {minutes.equations[rule](numbers)} <strong>{holds ? minutes.holds : minutes.fails}</strong>
    </span>
  )
}

function Editor(shown: Shown) {
  const { state, facts, words, send } = shown
  const minutes = wordsOf(shown)
  const form = state.minutes
  if (form === null) return null
  const { typed } = form
  const set = (change: Partial<TypedMinutes>) => send({ type: 'minutes', change })
  const text = (field: TextField, note?: string) => (
    <Field
      id={`minutes-${field}`}
      label={minutes[field]}
      value={typed[field]}
      set={value => set({ [field]: value })}
      {...(note === undefined ? {} : { note })}
    />
  )
  const area = (field: TextField) => (
    <Area id={`minutes-${field}`} label={minutes[field]} value={typed[field]} set={value => set({ [field]: value })} />
  )
  const count = (field: CountField) => (
    <NumberField
      id={`minutes-${field}`}
      label={minutes[field]}
      value={typed[field]}
      set={value => set({ [field]: value })}
    />
  )
  const printed = equationsOf(state.view, facts, typed).find(({ rule }) => rule === 'printed')
  return (
    <form
      class="form"
      onSubmit={event => {
        event.preventDefault()
        send({ type: 'act', act: { what: 'minutes', version: form.version, facts: sentOf(typed) } })
      }}
    >
      <fieldset disabled={state.act?.what === 'minutes'}>
        <legend>{minutes.meeting}</legend>
        {text('number')}
        {text('place', minutes.placeNote)}
        <div class="line">
          {text('startedAt', minutes.hour)}
          {text('endedAt', minutes.hour)}
        </div>
        {text('chair')}
        {text('secretary')}
      </fieldset>
      <fieldset disabled={state.act?.what === 'minutes'}>
        <legend>{minutes.team}</legend>
        {facts.team.map((name, i) => (
          <Field
            key={name}
            id={`minutes-title-${i}`}
            label={minutes.titleOf(name, i === 0)}
            value={typed.titles[i] ?? ''}
            set={value => set({ titles: typed.titles.map((old, at) => (at === i ? value : old)) })}
          />
        ))}
        {area('witnesses')}
      </fieldset>
      <fieldset disabled={state.act?.what === 'minutes'}>
        <legend>{minutes.cards}</legend>
        <div class="line">
          {count('unused')}
          {count('exchanged')}
        </div>
        {printed === undefined ? null : (
          <p role="status">
            <Checked equation={printed} words={words} />
          </p>
        )}
      </fieldset>
      <fieldset disabled={state.act?.what === 'minutes'}>
        <legend>{minutes.after}</legend>
        {area('complaints')}
        {area('opinions')}
        <div class="line">
          {count('copies')}
          {count('envelopes')}
        </div>
        {text('keeper')}
      </fieldset>
      <fieldset disabled={state.act?.what === 'minutes'}>
        <legend>{minutes.issuing}</legend>
        {text('superior')}
        {text('organisation')}
        {area('recipients')}
      </fieldset>
      <Outcome {...shown} />
      <div class="acts row">
        <button type="submit" class="main" disabled={state.act !== null}>
          {minutes.save}
        </button>
      </div>
      <Seal {...shown} />
    </form>
  )
}

/** What came of saving: saved, changed since, overtaken by somebody else, or which rule is broken. */
function Outcome(shown: Shown) {
  const { state, words, send } = shown
  const { minutes } = words.papers
  const { why } = state
  const stale = why?.what === 'minutes' && why.why === 'stale-draft'
  return (
    <>
      {stale ? (
        <Note tone="attention" title={minutes.stale}>
          <button type="button" class="small-button" onClick={() => send({ type: 'forget-minutes' })}>
            {minutes.newer}
          </button>
        </Note>
      ) : (
        <Refused {...shown} of="minutes" />
      )}
      <Broken {...shown} />
      {state.minutes?.changed ? <p class="attention">{minutes.unsaved}</p> : null}
      <Done state={state} of="minutes">
        {minutes.saved}
      </Done>
    </>
  )
}

/** The rule that the server names, with the numbers where this page has them. */
function Broken({ state, facts, words }: Shown) {
  const { why, minutes } = state
  if (why === null || why.why !== 'bad-minutes' || minutes === null) return null
  const found = equationsOf(state.view, facts, minutes.typed).find(({ rule }) => rule === why.where)
  return found === undefined ? null : <p class="attention">{words.print.rules[found.rule](found.numbers, '')}</p>
}

function Seal(shown: Shown) {
  const { state, words, send } = shown
  const { minutes } = words.papers
  // Nothing that was not saved, or never saved at all, becomes what was signed.
  if (state.minutes === null || state.minutes.changed || state.view.minutes.version === 0) return null
  const { version } = state.minutes
  return (
    <>
      <Asked
        shown={shown}
        question={{ about: 'seal-minutes' }}
        opener={minutes.seal}
        title={minutes.sealTitle}
        act={minutes.sealAct}
        press={() => send({ type: 'act', act: { what: 'seal-minutes', version } })}
      >
        {minutes.sealText}
      </Asked>
      <Refused {...shown} of="seal-minutes" />
    </>
  )
}

/** For who reads only, and once they are sealed. */
function AsWritten(shown: Shown) {
  const { state, facts } = shown
  const minutes = wordsOf(shown)
  const { facts: written, version } = state.view.minutes
  if (version === 0) return <p>{minutes.unread}</p>
  const rows: readonly (readonly [string, string])[] = [
    [minutes.number, written.number],
    [minutes.place, written.place],
    [minutes.startedAt, written.startedAt],
    [minutes.endedAt, written.endedAt],
    [minutes.chair, written.chair],
    [minutes.secretary, written.secretary],
    ...facts.team.map((name, i): readonly [string, string] => [
      minutes.titleOf(name, i === 0),
      written.titles[i] ?? '',
    ]),
    [minutes.witnesses, written.witnesses.join('; ')],
    [minutes.unused, String(written.unused)],
    [minutes.exchanged, String(written.exchanged)],
    [minutes.complaints, written.complaints],
    [minutes.opinions, written.opinions],
    [minutes.copies, String(written.copies)],
    [minutes.envelopes, String(written.envelopes)],
    [minutes.keeper, written.keeper],
    [minutes.superior, written.superior],
    [minutes.organisation, written.organisation],
    [minutes.recipients, written.recipients.join('; ')],
  ]
  return (
    <dl class="about">
      {rows
        .filter(([, text]) => text !== '')
        .map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
    </dl>
  )
}
