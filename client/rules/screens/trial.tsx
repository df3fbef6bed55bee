/** Numbers tried on a pack: the boundary table, and counts that somebody types. */
import type { Finding } from '../../../server/rules/finding.ts'
import type { Pack } from '../../../server/rules/pack.ts'
import { readPack } from '../../../server/rules/read.ts'
import type { Language } from '../../words/language.ts'
import { PACKS, type PackWords } from '../../words/packs.ts'
import { RULES, sentenceOf } from '../../words/rules.ts'
import { sentText } from '../edit.ts'
import { readDraft } from '../problems.ts'
import type { Trial } from '../state.ts'
import { boundariesOf, type Comparison, numbersIn, standIn, tryCounts } from '../trial.ts'
import { Add } from './fields.tsx'
import type { Shown } from './frame.tsx'
import type { Drafted } from './write.tsx'

/** Of a draft: itself once it reads as a whole, else what of it can be tried. */
export function TrialSection({ edit, ...shown }: Drafted) {
  const whole = sentText(edit)
  const text = readDraft(whole).pack === null ? standIn(edit.tree) : whole
  return text === null ? <p>{shown.words.trial.notYet}</p> : <Trials {...shown} text={text} />
}

export function Trials({ state, words, send, text }: Shown & { readonly text: string }) {
  const pack = readPack(text)
  const change = (trial: Partial<Trial>): void => send({ type: 'try', change: trial })
  return (
    <div class="form">
      <p class="soft">{words.trial.note}</p>
      <Boundaries pack={pack} trial={state.trial} words={words} change={change} />
      <Own pack={pack} text={text} trial={state.trial} language={state.language} change={change} />
    </div>
  )
}

interface Parts {
  readonly pack: Pack
  readonly trial: Trial
  readonly change: (trial: Partial<Trial>) => void
}

function Boundaries({ pack, trial, words, change }: Parts & { readonly words: PackWords }) {
  const { trial: said, reading } = words
  const boundaries = boundariesOf(pack, numbersIn(trial.numbers))
  const empty = pack.bands.map((_, b) => boundaries.filter(({ ranges }) => ranges[b] === null).map(({ N }) => N))
  return (
    <section class="group" aria-label={said.boundary}>
      <h2>{said.boundary}</h2>
      <p class="soft small">{said.boundaryNote}</p>
      <div class="field">
        <label for="f-numbers">{said.numbers}</label>
        <input
          id="f-numbers"
          value={trial.numbers}
          inputMode="numeric"
          autocomplete="off"
          onInput={event => change({ numbers: event.currentTarget.value })}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than the screen is scrolled by keyboard too */}
      <section class="scrolled" tabIndex={0} aria-label={said.table}>
        <table class="numbers">
          <thead>
            <tr>
              <th scope="col">{said.N}</th>
              {pack.quorum === null ? null : (
                <th scope="col">{said.quorum(pack.quorum.fraction, reading.quorumOf[pack.quorum.of])}</th>
              )}
              {pack.bands.map(band => (
                <th scope="col" key={band.id}>
                  {bandText(pack, band, words)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {boundaries.map(({ N, quorum, ranges }) => (
              <tr key={N}>
                <th scope="row">{N}</th>
                {quorum === null ? null : <td>{quorum}</td>}
                {ranges.map((range, b) => (
                  <td key={pack.bands[b]!.id} class={range === null ? 'soft' : undefined}>
                    {range === null ? said.empty : said.range(range.least, range.most)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {pack.bands.map((band, b) =>
        band.consequence === null || empty[b]!.length === 0 ? null : (
          <p class="note attention" key={band.id}>
            {said.emptyNote(empty[b]!.join(', '), band.label === '–' ? bandText(pack, band, words) : band.label)}
          </p>
        ),
      )}
    </section>
  )
}

const labelOf = (pack: Pack, id: string): string => pack.options.find(option => option.id === id)?.label ?? id

const bandText = (pack: Pack, { option, from, to }: Pack['bands'][number], { reading }: PackWords): string =>
  reading.band(
    labelOf(pack, option),
    reading.bound(from.operator, from.fraction),
    to === null ? null : reading.bound(to.operator, to.fraction),
  )

// ── counts that somebody types ──────────────────────────────────────────────────────────────────────────────────

const digits = (text: string): string => text.replace(/\D/g, '').slice(0, 6)

function Own({ pack, text, trial, language, change }: Parts & { readonly text: string; readonly language: Language }) {
  const words = PACKS[language]
  const set = (at: number, row: Trial['rows'][number]) =>
    change({ rows: trial.rows.map((old, i) => (i === at ? row : old)) })
  return (
    <section class="group" aria-label={words.trial.own}>
      <h2>{words.trial.own}</h2>
      {trial.rows.map((row, i) => (
        <fieldset class="item" key={i}>
          <legend>{words.trial.row(i + 1)}</legend>
          <div class="line">
            <Count
              id={`f-row-${i}-of`}
              label={words.trial.of}
              value={row.of}
              set={of => set(i, { ...row, of: digits(of) })}
            />
            {pack.options.map(({ id, label }) => (
              <Count
                key={id}
                id={`f-row-${i}-${id}`}
                label={label}
                value={row.marks[id] ?? ''}
                set={n => set(i, { ...row, marks: { ...row.marks, [id]: digits(n) } })}
              />
            ))}
          </div>
          {row.of === '' ? null : <Outcome pack={pack} text={text} row={row} language={language} />}
        </fieldset>
      ))}
      <Add label={words.trial.add} act={() => change({ rows: [...trial.rows, { of: '', marks: {} }] })} />
    </section>
  )
}

const Count = ({
  id,
  label,
  value,
  set,
}: {
  id: string
  label: string
  value: string
  set: (text: string) => void
}) => (
  <div class="field narrow">
    <label for={id}>{label}</label>
    <input
      id={id}
      value={value}
      inputMode="numeric"
      autocomplete="off"
      onInput={event => set(event.currentTarget.value)}
    />
  </div>
)

function Outcome({
  pack,
  text,
  row,
  language,
}: {
  readonly pack: Pack
  readonly text: string
  readonly row: Trial['rows'][number]
  readonly language: Language
}) {
  const words = PACKS[language]
  const marks = Object.fromEntries(Object.entries(row.marks).map(([id, n]) => [id, Number(n)]))
  const { impossible, blocked, findings, comparisons } = tryCounts(text, pack, { of: Number(row.of), marks })
  if (impossible) return <p class="note attention">{words.trial.impossible}</p>
  const named = {
    citation: pack.citation.text,
    option: (id: string) => labelOf(pack, id),
    capBase: (id: string) => id,
  }
  return (
    <div class="stack" role="status" aria-label={words.trial.result}>
      <ul class="compared">
        {comparisons.map((one, i) => (
          <li key={i}>{compared(one, words)}</li>
        ))}
      </ul>
      {blocked === null ? (
        findings.map((finding: Finding, i) => <p key={i}>{sentenceOf(finding, named, language)}</p>)
      ) : (
        <p class="note attention">{RULES[language].blocked[blocked]}</p>
      )}
    </div>
  )
}

/** The integers that were compared, for whoever wants to follow by hand. */
function compared({ num, den, n, d, operator, fraction, holds }: Comparison, { trial, reading }: PackWords): string {
  const [left, right] = [num * d, den * n]
  const sign = left > right ? '>' : left < right ? '<' : '='
  return trial.compared(
    `${num}/${den}`,
    reading.bound(operator, fraction),
    `${num} × ${d} = ${left}`,
    `${den} × ${n} = ${right}`,
    `${left} ${sign} ${right}`,
    holds,
  )
}
