/** The decisive figures as the second person enters them, but for ranges; nothing here knows the first entry's. */
import type { Pack } from '../../../server/rules/pack.ts'
import type { PackWords } from '../../words/packs.ts'
import type { Blind } from '../blind.ts'
import { Fraction, Tick } from './fields.tsx'

export interface Part {
  readonly blind: Blind
  readonly words: PackWords
  readonly change: (change: Partial<Blind>) => void
}

export function Select({
  id,
  label,
  value,
  choices,
  words,
  set,
}: {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly choices: readonly (readonly [string, string])[]
  readonly words: PackWords
  readonly set: (value: string) => void
}) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={event => set(event.currentTarget.value)}>
        <option value="">{words.choose}</option>
        {choices.map(([one, text]) => (
          <option key={one} value={one}>
            {text}
          </option>
        ))}
      </select>
    </div>
  )
}

export function Counting({ blind, words, change }: Part) {
  const { blind: said, fields, reading, bases } = words
  const { quorum } = blind
  return (
    <>
      <fieldset class="item">
        <legend>{said.figures.denominator}</legend>
        <Select
          id="b-denominator"
          label={fields['denominator.of']!}
          value={blind.denominator}
          choices={Object.entries(bases)}
          words={words}
          set={of => change({ denominator: of as Blind['denominator'] })}
        />
      </fieldset>
      <fieldset class="item">
        <legend>{said.figures.quorum}</legend>
        <Tick
          id="b-quorum-absent"
          label={said.absent.quorum}
          on={quorum.absent}
          set={absent => change({ quorum: { ...quorum, absent } })}
        />
        {quorum.absent ? null : (
          <div class="line">
            <div class="field">
              <Fraction
                id="b-quorum"
                label={fields['quorum.fraction']!}
                n={quorum.n}
                d={quorum.d}
                words={words}
                set={(n, d) => change({ quorum: { ...quorum, n, d } })}
              />
            </div>
            <Select
              id="b-quorum-of"
              label={fields['quorum.of']!}
              value={quorum.of}
              choices={Object.entries(reading.quorumOf)}
              words={words}
              set={of => change({ quorum: { ...quorum, of: of as Blind['quorum']['of'] } })}
            />
          </div>
        )}
      </fieldset>
    </>
  )
}

export function Cap({ blind, words, change, pack }: Part & { readonly pack: Pack }) {
  const { blind: said, fields } = words
  const { cap } = blind
  return (
    <fieldset class="item">
      <legend>{said.figures.cap}</legend>
      <Tick
        id="b-cap-absent"
        label={said.absent.cap}
        on={cap.absent}
        set={absent => change({ cap: { ...cap, absent } })}
      />
      {cap.absent ? null : (
        <div class="line">
          <div class="field">
            <Fraction
              id="b-cap"
              label={fields['cap.fraction']!}
              n={cap.n}
              d={cap.d}
              words={words}
              set={(n, d) => change({ cap: { ...cap, n, d } })}
            />
          </div>
          {pack.cap === null ? null : (
            <Select
              id="b-cap-base"
              label={fields['cap.base']!}
              value={cap.base}
              choices={pack.cap.bases.map(({ id, label }) => [id, label])}
              words={words}
              set={base => change({ cap: { ...cap, base } })}
            />
          )}
        </div>
      )}
    </fieldset>
  )
}
