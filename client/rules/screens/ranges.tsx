/** Ranges and rules of earlier years as the second person enters them; nothing here knows the first entry's. */
import type { Pack } from '../../../server/rules/pack.ts'
import type { PackWords } from '../../words/packs.ts'
import { type BlindBand, type BlindHistory, FRESH_BAND, FRESH_HISTORY } from '../blind.ts'
import { Add, Fraction, Tick } from './fields.tsx'
import { type Part, Select } from './figures.tsx'

/** One end of a range. */
function End<T extends string>({
  id,
  label,
  end,
  choices,
  words,
  set,
}: {
  readonly id: string
  readonly label: string
  readonly end: { readonly operator: T; readonly n: string; readonly d: string }
  readonly choices: readonly (readonly [string, string])[]
  readonly words: PackWords
  readonly set: (end: { readonly operator: T; readonly n: string; readonly d: string }) => void
}) {
  return (
    <div class="line">
      <Select
        id={`${id}-operator`}
        label={label}
        value={end.operator}
        choices={choices}
        words={words}
        set={operator => set({ ...end, operator: operator as T })}
      />
      {end.operator === 'none' ? null : (
        <div class="field">
          <Fraction
            id={id}
            label={words.fields['bands.from.fraction']!}
            n={end.n}
            d={end.d}
            words={words}
            set={(n, d) => set({ ...end, n, d })}
          />
        </div>
      )}
    </div>
  )
}

export function Bands({ blind, words, change, pack }: Part & { readonly pack: Pack }) {
  const { blind: said } = words
  const { bands } = blind
  const setRow = (at: number, row: BlindBand) =>
    change({ bands: { ...bands, rows: bands.rows.map((old, i) => (i === at ? row : old)) } })
  return (
    <fieldset class="item">
      <legend>{said.figures.bands}</legend>
      <Tick
        id="b-bands-absent"
        label={said.absent.bands}
        on={bands.absent}
        set={absent => change({ bands: { ...bands, absent } })}
      />
      {bands.absent ? null : (
        <>
          <p class="soft small">{said.bandsNote}</p>
          {bands.rows.map((row, i) => (
            <fieldset class="item" key={i}>
              <legend>{words.listed.bands(i + 1)}</legend>
              <Select
                id={`b-band-${i}-option`}
                label={words.fields['bands.option']!}
                value={row.option}
                choices={pack.options.map(({ id, label }) => [id, label])}
                words={words}
                set={option => setRow(i, { ...row, option })}
              />
              <End
                id={`b-band-${i}-from`}
                label={said.from}
                end={row.from}
                choices={Object.entries(words.operators)}
                words={words}
                set={from => setRow(i, { ...row, from })}
              />
              <End
                id={`b-band-${i}-to`}
                label={said.to}
                end={row.to}
                choices={Object.entries(words.operatorsTo)}
                words={words}
                set={to => setRow(i, { ...row, to })}
              />
              <Drop
                {...{ words, n: i, name: words.listed.bands, only: bands.rows.length === 1 }}
                act={() => change({ bands: { ...bands, rows: bands.rows.filter((_, j) => j !== i) } })}
              />
            </fieldset>
          ))}
          <Add label={words.add.bands} act={() => change({ bands: { ...bands, rows: [...bands.rows, FRESH_BAND] } })} />
        </>
      )}
    </fieldset>
  )
}

const Drop = ({
  words,
  n,
  name,
  only,
  act,
}: {
  words: PackWords
  n: number
  name: (n: number) => string
  only: boolean
  act: () => void
}) =>
  only ? null : (
    <button type="button" class="small-button" aria-label={words.removeOf(name(n + 1))} onClick={act}>
      {words.remove}
    </button>
  )

export function Histories({ blind, words, change }: Part) {
  const { blind: said, fields } = words
  const { histories } = blind
  const setRow = (at: number, row: BlindHistory) =>
    change({ histories: { ...histories, rows: histories.rows.map((old, i) => (i === at ? row : old)) } })
  return (
    <fieldset class="item">
      <legend>{said.figures.histories}</legend>
      <Tick
        id="b-histories-absent"
        label={said.absent.histories}
        on={histories.absent}
        set={absent => change({ histories: { ...histories, absent } })}
      />
      {histories.absent ? null : (
        <>
          {histories.rows.map((row, i) => (
            <fieldset class="item" key={i}>
              <legend>{words.listed.histories(i + 1)}</legend>
              <Select
                id={`b-history-${i}-kind`}
                label={fields['histories.counts.kind']!}
                value={row.kind}
                choices={Object.entries(words.kinds)}
                words={words}
                set={kind => setRow(i, { ...row, kind: kind as BlindHistory['kind'] })}
              />
              {row.kind === 'quality' ? (
                <Select
                  id={`b-history-${i}-level`}
                  label={fields['histories.counts.level']!}
                  value={row.level}
                  choices={Object.entries(words.reading.levels)}
                  words={words}
                  set={level => setRow(i, { ...row, level })}
                />
              ) : null}
              {row.kind === 'share' ? (
                <End
                  id={`b-history-${i}`}
                  label={said.from}
                  end={row.from}
                  choices={Object.entries(words.operators)}
                  words={words}
                  set={from => setRow(i, { ...row, from })}
                />
              ) : null}
              <div class="field narrow">
                <label for={`b-history-${i}-years`}>{fields['histories.years']}</label>
                <input
                  id={`b-history-${i}-years`}
                  inputMode="numeric"
                  autocomplete="off"
                  value={row.years}
                  onInput={event =>
                    setRow(i, { ...row, years: event.currentTarget.value.replace(/\D/g, '').slice(0, 2) })
                  }
                />
              </div>
              <Drop
                {...{ words, n: i, name: words.listed.histories, only: histories.rows.length === 1 }}
                act={() => change({ histories: { ...histories, rows: histories.rows.filter((_, j) => j !== i) } })}
              />
            </fieldset>
          ))}
          <Add
            label={words.add.histories}
            act={() => change({ histories: { ...histories, rows: [...histories.rows, FRESH_HISTORY] } })}
          />
        </>
      )}
    </fieldset>
  )
}
