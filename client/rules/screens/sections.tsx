/** The first parts of a draft: the text, its scope, the ballot's options, quorum and denominator. */
import { at, fieldId, listAt, textAt } from '../tree.ts'
import { FRESH_QUORUM } from '../writing.ts'
import { BasisFields } from './basis.tsx'
import { Choice, DayField, FractionField, Items, TextField, Tick, type Writing } from './fields.tsx'

const entries = <T extends string>(labels: Readonly<Record<T, string>>): readonly (readonly [string, string])[] =>
  Object.entries(labels) as (readonly [string, string])[]

export function TextSection({ w }: { readonly w: Writing }) {
  const { words } = w
  return (
    <>
      {w.guided ? <Guide w={w} /> : null}
      <TextField w={w} path={['title']} />
      <div class="line">
        <TextField w={w} path={['id']} note={words.notes.id} />
        <TextField w={w} path={['version']} type="number" narrow />
      </div>
      <fieldset class="item">
        <legend>{words.reading.citation}</legend>
        <TextField w={w} path={['citation', 'text']} type="long" />
        <div class="line">
          <TextField w={w} path={['citation', 'number']} />
          <DayField w={w} path={['citation', 'date']} />
        </div>
        <BasisFields w={w} path={['citation', 'basis']} first />
      </fieldset>
      <fieldset class="item">
        <legend>{words.fields.effective}</legend>
        <div class="line">
          <DayField w={w} path={['effective', 'from']} />
          <DayField w={w} path={['effective', 'to']} note={words.notes.to} />
        </div>
        <BasisFields w={w} path={['effective', 'basis']} />
      </fieldset>
      <Choice w={w} path={['role']} choices={entries(words.reading.roles)} />
      <Tick
        id={fieldId(['sample'])}
        label={words.fields.sample!}
        on={at(w.tree, ['sample']) === true}
        set={on => w.write(['sample'], on)}
      />
    </>
  )
}

/** What is known of a text that nobody publishes, and what is not. */
function Guide({ w }: { readonly w: Writing }) {
  const { title, known, copy, successor } = w.words.guide
  return (
    <div class="note attention stack">
      <strong>{title}</strong>
      <p>{known}</p>
      <p>{copy}</p>
      <p>{successor}</p>
    </div>
  )
}

function Lines({
  w,
  path,
  title,
}: {
  readonly w: Writing
  readonly path: 'scope' | 'steps' | 'exclusions'
  title: string
}) {
  const { words } = w
  return (
    <section class="group" aria-label={title}>
      <h2>{title}</h2>
      <Items
        w={w}
        path={[path]}
        kind="line"
        name={words.listed[path]}
        add={words.add[path]}
        sortable={path === 'steps'}
      >
        {item => (
          <>
            <TextField w={w} path={[...item, 'text']} type="long" />
            <BasisFields w={w} path={[...item, 'basis']} />
          </>
        )}
      </Items>
    </section>
  )
}

export function ScopeSection({ w }: { readonly w: Writing }) {
  const { groups } = w.words
  return (
    <>
      <Lines w={w} path="scope" title={groups.scope} />
      <Lines w={w} path="exclusions" title={groups.exclusions} />
      <Lines w={w} path="steps" title={groups.steps} />
    </>
  )
}

/** Options as they usually are, with the ids that other packs give them. */
const PRESETS = {
  confidence: ['cao', 'tin-nhiem', 'thap'],
  quality: ['xuat-sac', 'tot', 'hoan-thanh', 'khong'],
  criteria: ['xuat-sac', 'tot', 'trung-binh', 'kem'],
  appointment: ['dong-y', 'khong-dong-y'],
} as const

function Preset({ w, name }: { readonly w: Writing; readonly name: keyof typeof PRESETS }) {
  const labels = w.words.notes.presetLabels[name]
  const ids = PRESETS[name]
  const fill = () => {
    w.write(
      ['options'],
      ids.map((id, i) => ({ id, label: labels[i] ?? '' })),
    )
    w.write(['lowest'], ids[ids.length - 1] ?? '')
  }
  return (
    <button type="button" class="small-button" onClick={fill}>
      {labels.join(' · ')}
    </button>
  )
}

export function OptionsSection({ w }: { readonly w: Writing }) {
  const { words, tree } = w
  const options = listAt(tree, ['options'])
  const choices = options.map((option): readonly [string, string] => [
    textAt(option, ['id']),
    textAt(option, ['label']),
  ])
  return (
    <>
      <Choice w={w} path={['template']} choices={entries(words.reading.templates)} />
      <section class="group" aria-label={words.fields.options}>
        <h2>{words.fields.options}</h2>
        {options.length === 0 ? (
          <div class="stack">
            <p class="soft small">{words.notes.preset}</p>
            {(Object.keys(PRESETS) as (keyof typeof PRESETS)[]).map(name => (
              <Preset key={name} w={w} name={name} />
            ))}
          </div>
        ) : null}
        <Items w={w} path={['options']} kind="option" name={words.listed.options} add={words.add.options} sortable>
          {(item, i) => (
            <TextField
              w={w}
              path={[...item, 'label']}
              note={words.notes.optionId(textAt(options[i] ?? null, ['id']))}
            />
          )}
        </Items>
        {options.length === 0 ? null : <Choice w={w} path={['lowest']} choices={choices} />}
        <BasisFields w={w} path={['optionsBasis']} />
      </section>
      <section class="group" aria-label={words.groups.validity}>
        <h2>{words.groups.validity}</h2>
        <Items w={w} path={['validity']} kind="validity" name={words.listed.validity} add={words.add.validity}>
          {item => (
            <>
              <TextField w={w} path={[...item, 'text']} type="long" />
              <Choice w={w} path={[...item, 'layer']} choices={entries(words.reading.layers)} />
              <BasisFields w={w} path={[...item, 'basis']} />
            </>
          )}
        </Items>
      </section>
    </>
  )
}

export function CountSection({ w }: { readonly w: Writing }) {
  const { words, tree } = w
  const none = at(tree, ['quorum']) === null
  const setNone = (on: boolean): void => w.write(['quorum'], on ? null : FRESH_QUORUM)
  return (
    <>
      <section class="group" aria-label={words.fields.quorum}>
        <h2>{words.fields.quorum}</h2>
        <Tick id="f-quorum-none" label={words.notes.quorumNone} on={none} set={setNone} />
        {none ? null : (
          <>
            <div class="line">
              <FractionField w={w} path={['quorum', 'fraction']} />
              <Choice w={w} path={['quorum', 'of']} choices={entries(words.reading.quorumOf)} />
            </div>
            <BasisFields w={w} path={['quorum', 'basis']} />
          </>
        )}
      </section>
      <section class="group" aria-label={words.fields.denominator}>
        <h2>{words.fields.denominator}</h2>
        <Choice w={w} path={['denominator', 'of']} choices={entries(words.bases)} note={words.notes.denominator} />
        <BasisFields w={w} path={['denominator', 'basis']} />
      </section>
      <section class="group" aria-label={words.fields.rounding}>
        <h2>{words.fields.rounding}</h2>
        <p class="soft">{words.notes.rounding}</p>
        <BasisFields w={w} path={['rounding', 'basis']} />
      </section>
    </>
  )
}
