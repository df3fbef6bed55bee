/** The parts of a draft that say what follows: ranges and their proposals, earlier years, caps, disclosure. */
import { attempt } from '../../../crypto/fault.ts'
import { readPack } from '../../../server/rules/read.ts'
import type { PackText } from '../../../server/wire/packs.ts'
import { Note } from '../../parts.tsx'
import { soundsDecided } from '../problems.ts'
import { at, fieldId, listAt, type Path, textAt } from '../tree.ts'
import { FRESH_CAP, FRESH_PROPOSAL, withMore } from '../writing.ts'
import { BasisFields } from './basis.tsx'
import { Add, Choice, FractionField, Items, labelOf, TextField, Tick, type Writing } from './fields.tsx'

type Choices = readonly (readonly [string, string])[]

const optionsOf = ({ tree }: Writing): Choices =>
  listAt(tree, ['options']).map(option => [textAt(option, ['id']), textAt(option, ['label'])])

const operatorsOf = ({ words }: Writing): Choices => [
  ['>', words.operators['>']],
  ['>=', words.operators['>=']],
]

/** What is proposed and who considers it; the usual measures are a press away, verdicts are warned of. */
function Proposal({ w, path }: { readonly w: Writing; readonly path: Path }) {
  const { proposalHelp: help } = w.words
  const place = [...path, 'consequence']
  const text = textAt(w.tree, place)
  const add = (measure: string) => {
    const proposed = help.proposed(measure)
    w.write(place, text.trim() === '' ? proposed : `${text.trim().replace(/[;,.]$/, '')}; ${proposed}`)
  }
  const id = `${fieldId(path)}-measure`
  return (
    <>
      <TextField w={w} path={place} type="long" note={help.note} />
      {soundsDecided(text) ? <Note tone="attention">{help.warn}</Note> : null}
      <div class="field">
        <label for={id}>{help.open}</label>
        <select
          id={id}
          value=""
          onChange={event => {
            const chosen = event.currentTarget.value
            event.currentTarget.value = ''
            if (chosen !== '') add(chosen)
          }}
        >
          <option value="">{w.words.choose}</option>
          {help.measures.map(measure => (
            <option key={measure} value={measure}>
              {measure}
            </option>
          ))}
        </select>
      </div>
      <TextField w={w} path={[...path, 'actor']} />
    </>
  )
}

/** A range from its threshold to the next one's, with what is proposed in it; or the plain statement that nothing is. */
function BandFields({ w, path }: { readonly w: Writing; readonly path: Path }) {
  const { words, tree } = w
  const silent = at(tree, [...path, 'consequence']) === null
  const to = at(tree, [...path, 'to'])
  const bound = `${textAt(to, ['operator'])} ${textAt(to, ['fraction'])}`.trim()
  return (
    <>
      {silent ? <p class="declared">{words.notes.gap}</p> : null}
      <Choice w={w} path={[...path, 'option']} choices={optionsOf(w)} />
      <div class="line">
        <Choice w={w} path={[...path, 'from', 'operator']} choices={operatorsOf(w)} />
        <FractionField w={w} path={[...path, 'from', 'fraction']} />
      </div>
      <p class="soft small">{to === null ? words.notes.upToAll : words.notes.upTo(boundIn(w, bound))}</p>
      <TextField w={w} path={[...path, 'label']} />
      {silent ? null : <Proposal w={w} path={path} />}
      <BasisFields w={w} path={[...path, 'basis']} />
    </>
  )
}

/** `< 2/3` in words; as it stands while it is half typed. */
function boundIn({ words }: Writing, bound: string): string {
  const [operator, fraction] = bound.split(' ')
  return (operator === '<' || operator === '<=') && fraction ? words.reading.bound(operator, fraction) : '…'
}

export function BandsSection({ w, order }: { readonly w: Writing; readonly order: () => void }) {
  const { words, tree } = w
  const bands = listAt(tree, ['bands'])
  return (
    <>
      <p class="soft">{words.notes.bands}</p>
      {bands.length === 0 && w.guided ? <p class="to-copy">{words.guide.bands}</p> : null}
      <p class="soft small">{bands.length === 0 ? words.notes.noBands : words.notes.belowFirst}</p>
      <Items w={w} path={['bands']} kind="band" name={words.listed.bands} add={words.add.bands} sortable>
        {item => <BandFields w={w} path={item} />}
      </Items>
      <Add label={words.add.gap} act={() => w.write(['bands'], at(withMore(tree, ['bands'], 'gap'), ['bands']))} />
      {bands.length > 1 ? (
        <button type="button" class="small-button" onClick={order}>
          {words.order}
        </button>
      ) : null}
    </>
  )
}

// ── other rules ─────────────────────────────────────────────────────────────────────────────────────────────────

export function MoreSection({ w, packs }: { readonly w: Writing; readonly packs: readonly PackText[] }) {
  const { words, tree } = w
  const disclosures = Object.entries(words.reading.disclosures)
  return (
    <>
      <section class="group" aria-label={words.fields.disclosure}>
        <h2>{words.fields.disclosure}</h2>
        <Choice w={w} path={['disclosure', 'default']} choices={disclosures} />
        <BasisFields w={w} path={['disclosure', 'basis']} />
      </section>
      <section class="group" aria-label={words.groups.histories}>
        <h2>{words.groups.histories}</h2>
        <p class="soft small">{words.notes.histories}</p>
        <Items w={w} path={['histories']} kind="history" name={words.listed.histories} add={words.add.histories}>
          {item => <HistoryFields w={w} path={item} />}
        </Items>
      </section>
      <section class="group" aria-label={words.fields.proposal}>
        <h2>{words.fields.proposal}</h2>
        <p class="soft small">{words.notes.proposal}</p>
        <Tick
          id="f-proposal"
          label={words.add.proposal}
          on={at(tree, ['proposal']) !== null}
          set={on => w.write(['proposal'], on ? FRESH_PROPOSAL : null)}
        />
        {at(tree, ['proposal']) === null ? null : (
          <>
            <Proposal w={w} path={['proposal']} />
            <BasisFields w={w} path={['proposal', 'basis']} />
          </>
        )}
      </section>
      <section class="group" aria-label={words.fields.cap}>
        <h2>{words.fields.cap}</h2>
        <p class="soft small">{words.notes.cap}</p>
        <Tick
          id="f-cap"
          label={words.add.cap}
          on={at(tree, ['cap']) !== null}
          set={on => w.write(['cap'], on ? FRESH_CAP : null)}
        />
        {at(tree, ['cap']) === null ? null : <CapFields w={w} />}
      </section>
      <Beside w={w} packs={packs} />
    </>
  )
}

const KIND_OF = { quality: { kind: 'quality', level: '' }, share: { kind: 'share', operator: null, fraction: '' } }

function HistoryFields({ w, path }: { readonly w: Writing; readonly path: Path }) {
  const { words, tree } = w
  const counts = [...path, 'counts']
  const kind = textAt(tree, [...counts, 'kind']) === 'share' ? 'share' : 'quality'
  const kindId = fieldId([...counts, 'kind'])
  return (
    <>
      <div class="field">
        <label for={kindId}>{labelOf(words, [...counts, 'kind'])}</label>
        <select
          id={kindId}
          value={kind}
          onChange={event => w.write(counts, event.currentTarget.value === 'share' ? KIND_OF.share : KIND_OF.quality)}
        >
          <option value="quality">{words.kinds.quality}</option>
          <option value="share">{words.kinds.share}</option>
        </select>
      </div>
      {kind === 'quality' ? (
        <Choice w={w} path={[...counts, 'level']} choices={Object.entries(words.reading.levels)} />
      ) : (
        <div class="line">
          <Choice w={w} path={[...counts, 'operator']} choices={operatorsOf(w)} />
          <FractionField w={w} path={[...counts, 'fraction']} />
        </div>
      )}
      <TextField w={w} path={[...path, 'years']} type="number" narrow />
      <TextField w={w} path={[...path, 'label']} />
      <Proposal w={w} path={path} />
      <BasisFields w={w} path={[...path, 'basis']} />
    </>
  )
}

function CapFields({ w }: { readonly w: Writing }) {
  const { words, tree } = w
  const bases: Choices = listAt(tree, ['cap', 'bases']).map(base => [textAt(base, ['id']), textAt(base, ['label'])])
  return (
    <>
      <div class="line">
        <Choice w={w} path={['cap', 'option']} choices={optionsOf(w)} />
        <FractionField w={w} path={['cap', 'fraction']} />
      </div>
      <BasisFields w={w} path={['cap', 'basis']} />
      <h3>{words.fields['cap.bases']}</h3>
      <Items w={w} path={['cap', 'bases']} kind="base" name={words.listed.bases} add={words.add.bases}>
        {item => (
          <>
            <TextField w={w} path={[...item, 'label']} />
            <Levels w={w} path={[...item, 'levels']} />
            <BasisFields w={w} path={[...item, 'basis']} />
          </>
        )}
      </Items>
      <Choice w={w} path={['cap', 'base']} choices={bases} />
      <TextField w={w} path={['cap', 'label']} />
      <Proposal w={w} path={['cap']} />
    </>
  )
}

function Levels({ w, path }: { readonly w: Writing; readonly path: Path }) {
  const chosen = listAt(w.tree, path)
  return (
    <fieldset class="ticks">
      <legend class="small">{labelOf(w.words, path)}</legend>
      {optionsOf(w).map(([id, label]) => (
        <Tick
          key={id}
          id={fieldId([...path, id])}
          label={label}
          on={chosen.includes(id)}
          set={on => w.write(path, on ? [...chosen, id] : chosen.filter(one => one !== id))}
        />
      ))}
    </fieldset>
  )
}

/** Packs that are read beside this one, pinned by their hash: those that count the same options. */
function Beside({ w, packs }: { readonly w: Writing; readonly packs: readonly PackText[] }) {
  const { words, tree } = w
  const chosen = listAt(tree, ['alongside'])
  const options = optionsOf(w).map(([id]) => id)
  const isChosen = (sha256: string) => chosen.some(one => textAt(one, ['sha256']) === sha256)
  const counted = (text: string) => attempt(() => readPack(text))?.bands.map(({ option }) => option) ?? []
  const others = packs.filter(
    ({ id, text, sha256 }) =>
      isChosen(sha256) ||
      (id !== textAt(tree, ['id']) && counted(text).length > 0 && counted(text).every(one => options.includes(one))),
  )
  const without = (sha256: string) => chosen.filter(one => textAt(one, ['sha256']) !== sha256)
  return (
    <section class="group" aria-label={words.fields.alongside}>
      <h2>{words.fields.alongside}</h2>
      <p class="soft small">{others.length === 0 ? words.notes.alongsideNone : words.notes.alongside}</p>
      {others.map(({ id, title, version, sha256 }) => (
        <Tick
          key={sha256}
          id={fieldId(['alongside', sha256])}
          label={`${title} · ${words.item.version(version)}`}
          on={isChosen(sha256)}
          set={on => w.write(['alongside'], on ? [...chosen, { pack: id, sha256 }] : without(sha256))}
        />
      ))}
    </section>
  )
}
