/** Of the statement: what is known of each subject from earlier years, as far as the rules look at it. */
import { type Broken, type Earlier as Line, type Needs, newEarlier, type Stating } from '../statement.ts'
import { Add, withItem, without } from './lines.tsx'
import { NumberField, type Shown } from './parts.tsx'
import { BrokenRules } from './statement.tsx'

interface EarlierProps {
  readonly shown: Shown
  readonly now: Stating
  readonly needs: Needs
  readonly broken: readonly Broken[]
  readonly set: (change: Partial<Stating>) => void
}

export function Earlier({ shown, now, needs, broken, set }: EarlierProps) {
  const words = shown.words.statement
  const { subjects } = shown.state.view.draft
  return (
    <fieldset class="stack">
      <legend class="minor">{words.earlier}</legend>
      <p class="soft small">{words.earlierNote}</p>
      {subjects.map(({ name, position }, s) => {
        const list = now.histories[s] ?? []
        const whom = [position, name].filter(word => word !== '').join(' ')
        const change = (lines: readonly Line[]) => set({ histories: withItem(now.histories, s, lines) })
        return (
          <div class="stack" key={s}>
            {subjects.length === 1 ? null : <h3>{whom}</h3>}
            {list.map((line, i) => (
              <OneYear
                key={i}
                id={`s-${s + 1}-${i + 1}`}
                shown={shown}
                line={line}
                broken={broken.filter(one => 'line' in one && one.subject === s + 1 && one.line === i + 1)}
                set={changed => change(withItem(list, i, { ...line, ...changed }))}
                remove={{ label: words.removeOf(whom, i + 1), act: () => change(without(list, i)) }}
              />
            ))}
            {needs.earlier.map(kind => (
              <Add
                key={kind}
                label={kind === 'quality' ? words.addQuality : words.addShare}
                act={() => change([...list, newEarlier(kind, list, now.date)])}
              />
            ))}
          </div>
        )
      })}
    </fieldset>
  )
}

interface OneYearProps {
  readonly id: string
  readonly shown: Shown
  readonly line: Line
  readonly broken: readonly Broken[]
  readonly set: (change: Partial<Line>) => void
  readonly remove: { readonly label: string; readonly act: () => void }
}

function OneYear({ id, shown, line, broken, set, remove }: OneYearProps) {
  const words = shown.words.statement
  return (
    <>
      <div class="line">
        <NumberField id={`${id}-year`} label={words.year} value={line.year} set={year => set({ year })} />
        {line.kind === 'quality' ? (
          <div class="field">
            <label for={`${id}-quality`}>{words.quality}</label>
            <select
              id={`${id}-quality`}
              value={line.quality}
              onChange={event => set({ quality: event.currentTarget.value })}
            >
              <option value="">{words.chooseQuality}</option>
              {Object.entries(words.qualities).map(([level, label]) => (
                <option key={level} value={level}>
                  {label}
                </option>
              ))}
            </select>
          </div>
        ) : (
          <>
            <NumberField id={`${id}-low`} label={words.low} value={line.low} set={low => set({ low })} />
            <NumberField id={`${id}-of`} label={words.of} value={line.of} set={of => set({ of })} />
          </>
        )}
        <button type="button" class="small-button remove" aria-label={remove.label} onClick={remove.act}>
          {words.remove}
        </button>
      </div>
      <BrokenRules broken={broken} shown={shown} />
    </>
  )
}
