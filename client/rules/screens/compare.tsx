/** Two packs side by side: what they say differently, and at which counts they lead elsewhere. */
import type { Band, Pack } from '../../../server/rules/pack.ts'
import { PACKS } from '../../words/packs.ts'
import { type Different, differencesOf } from '../differ.ts'
import { readDraft } from '../problems.ts'
import { isRuled } from '../reading.ts'
import { compareLink } from '../route.ts'
import type { State } from '../state.ts'
import { readTree, textAt } from '../tree.ts'
import { type Apart, apart } from '../trial.ts'
import type { Shown } from './frame.tsx'

export function CompareScreen(shown: Shown & { readonly left: string; readonly right: string }) {
  const { state, words, left, right } = shown
  const { compare } = words
  const one = textOf(state, left)
  const other = textOf(state, right)
  const packs = [one, other].map(text => (text === null ? null : readDraft(text).pack))
  const [a, b] = packs
  return (
    <>
      <h1>{compare.title}</h1>
      <div class="group sides">
        <Side {...shown} id="f-left" label={compare.left} value={left} link={value => compareLink(value, right)} />
        <Side {...shown} id="f-right" label={compare.right} value={right} link={value => compareLink(left, value)} />
      </div>
      {[one, other].some((text, i) => text !== null && packs[i] === null) ? (
        <p class="note attention">{compare.unfinished}</p>
      ) : null}
      {a && b ? <Both {...shown} a={a} b={b} /> : null}
    </>
  )
}

function textOf({ packs, drafts }: State, side: string): string | null {
  const pack = (packs ?? []).find(({ sha256 }) => sha256 === side)
  return pack?.text ?? (drafts ?? []).find(({ draft }) => draft === side)?.text ?? null
}

function Side({
  state,
  words,
  id,
  label,
  value,
  link,
}: Shown & {
  readonly id: string
  readonly label: string
  readonly value: string
  readonly link: (value: string) => string
}) {
  const choices: readonly (readonly [string, string])[] = [
    ...(state.packs ?? []).map(
      ({ sha256, title, version }) => [sha256, `${title} · ${words.item.version(version)}`] as const,
    ),
    ...(state.drafts ?? []).map(
      ({ draft, text }) =>
        [draft, words.compare.draft(textAt(readTree(text), ['title']) || words.list.untitled)] as const,
    ),
  ]
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={event => {
          window.location.hash = link(event.currentTarget.value)
        }}
      >
        <option value="">{words.compare.choose}</option>
        {choices.map(([side, text]) => (
          <option key={side} value={side}>
            {text}
          </option>
        ))}
      </select>
    </div>
  )
}

function Both({ state, words, a, b }: Shown & { readonly a: Pack; readonly b: Pack }) {
  const { compare, reading } = words
  const differences = differencesOf(a, b, state.language)
  return (
    <>
      <section class="group" aria-label={compare.results}>
        <h2>{compare.results}</h2>
        <Results a={a} b={b} language={state.language} />
      </section>
      <section class="group" aria-label={compare.words}>
        <h2>{compare.words}</h2>
        {differences.length === 0 ? (
          <p>{compare.same}</p>
        ) : (
          <table class="rows differ">
            <thead>
              <tr>
                <th scope="col">{compare.what}</th>
                <th scope="col">{compare.left}</th>
                <th scope="col">{compare.right}</th>
              </tr>
            </thead>
            <tbody>
              {differences.map(({ part, what, column, left, right }, i) => (
                <tr key={i}>
                  <th scope="row">
                    <span class="of">{reading.parts[part]}</span>
                    {what}
                    {isPlain(part, column) ? null : <span class="of">{reading.columns[column]}</span>}
                  </th>
                  <td data-label={compare.left}>{left || compare.nothing}</td>
                  <td data-label={compare.right}>{right || compare.nothing}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </>
  )
}

/** Where the row's name says it already. */
const isPlain = (part: Different['part'], column: Different['column']): column is null | 'condition' =>
  column === null || column === 'condition' || (column === 'follows' && !isRuled(part))

const SHOWN = 8

function Results({ a, b, language }: { readonly a: Pack; readonly b: Pack } & Pick<State, 'language'>) {
  const { compare, bases } = PACKS[language]
  const found = apart(a, b)
  const [one, other] = [bases[a.denominator.of], bases[b.denominator.of]]
  return (
    <>
      {one === other ? null : <p class="note attention">{compare.otherBase(one, other)}</p>}
      {found.length === 0 ? (
        <p>{compare.resultsSame}</p>
      ) : (
        <>
          <p class="soft small">{compare.resultsNote}</p>
          {found.map((one, i) => (
            <ApartCases key={i} found={one} a={a} b={b} language={language} />
          ))}
        </>
      )}
    </>
  )
}

function ApartCases({
  found: { option, left, right, cases },
  a,
  b,
  language,
}: { readonly found: Apart; readonly a: Pack; readonly b: Pack } & Pick<State, 'language'>) {
  const { compare, trial } = PACKS[language]
  const label = [...a.options, ...b.options].find(({ id }) => id === option)?.label ?? option
  const said = (band: Band | null) => band?.label ?? compare.none
  const texts = cases.map(({ N, least, most }) => compare.case(N, trial.range(least, most)))
  return (
    <div class="apart">
      <h3>
        {compare.option(label)}, {compare.count(new Set(cases.map(({ N }) => N)).size)}
      </h3>
      <dl class="facts">
        <div>
          <dt>{compare.left}</dt>
          <dd>{said(left)}</dd>
        </div>
        <div>
          <dt>{compare.right}</dt>
          <dd>{said(right)}</dd>
        </div>
      </dl>
      <p>
        {texts.slice(0, SHOWN).join('; ')}
        {texts.length > SHOWN ? '; …' : '.'}
      </p>
      {texts.length > SHOWN ? (
        <details>
          <summary>{compare.all}</summary>
          <p class="small">{texts.join('; ')}.</p>
        </details>
      ) : null}
    </div>
  )
}
