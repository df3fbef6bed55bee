/** A pack as a page for anybody: what the regulation says, with its articles and sources, and the text itself. */
import type { Pack } from '../../../server/rules/pack.ts'
import { packHex } from '../../../server/rules/read.ts'
import type { PackText } from '../../../server/wire/packs.ts'
import { Note } from '../../parts.tsx'
import { saveFile } from '../../save.ts'
import type { Language } from '../../words/language.ts'
import { PACKS, type PackWords } from '../../words/packs.ts'
import { readDraft } from '../problems.ts'
import { columnsOf, isRuled, type Part, type Row, readingOf } from '../reading.ts'
import { compareLink } from '../route.ts'
import type { Shown } from './frame.tsx'
import { Trials } from './trial.tsx'

export function PackScreen(shown: Shown & { readonly pack: PackText }) {
  const { state, words, send, pack } = shown
  const read = readDraft(pack.text).pack
  const begin = (how: 'next' | 'other') => () => send({ type: 'act', act: { what: 'begin', from: pack.sha256, how } })
  if (packHex(pack.text) !== pack.sha256) return <Note tone="fails">{words.pack.wrongHash}</Note>
  return (
    <>
      <header class="step-title">
        <h1>{pack.title}</h1>
        <p class="soft">{pack.shipped ? words.pack.shipped : words.pack.fixed}</p>
      </header>
      {state.frozen === pack.sha256 ? <Note tone="holds">{words.pack.frozen}</Note> : null}
      {read === null ? (
        <Note tone="fails">{words.pack.unreadable}</Note>
      ) : (
        <Reading pack={read} language={state.language} />
      )}
      {read === null ? null : (
        <details class="trials not-printed">
          <summary>{words.trial.title}</summary>
          <Trials {...shown} text={pack.text} />
        </details>
      )}
      <Text text={pack.text} name={`${pack.id}-v${pack.version}.json`} words={words} />
      <div class="acts row not-printed">
        {state.drafts === null ? null : (
          <>
            <button type="button" disabled={state.act !== null} onClick={begin('next')}>
              {words.pack.next}
            </button>
            <button type="button" disabled={state.act !== null} onClick={begin('other')}>
              {words.pack.other}
            </button>
          </>
        )}
        <a class="button" href={compareLink(pack.sha256, '')}>
          {words.pack.compare}
        </a>
      </div>
    </>
  )
}

/** Every figure of a pack, in tables. */
export function Reading({ pack, language }: { readonly pack: Pack; readonly language: Language }) {
  const { reading, item } = PACKS[language]
  const parts = readingOf(pack, language)
  const unsourced = parts
    .flatMap(({ rows }) => rows)
    .filter(({ basis }) => basis !== null && 'unsourced' in basis).length
  return (
    <div class="reading">
      {pack.sample ? <Note tone="attention">{item.sample}</Note> : null}
      {unsourced === 0 ? null : <Note tone="attention">{reading.someUnsourced(unsourced)}</Note>}
      {parts.map(({ name, rows }) => (
        <section key={name} aria-label={reading.parts[name]}>
          <h2>{reading.parts[name]}</h2>
          <Rows name={name} rows={rows} words={PACKS[language]} />
        </section>
      ))}
    </div>
  )
}

function Rows({ name, rows, words }: Part & { readonly words: PackWords }) {
  const { reading } = words
  const ruled = isRuled(name)
  const columns = ruled ? reading.columns : { ...reading.columns, ...reading.plainColumns }
  return (
    <table class={ruled ? 'rows' : 'rows plain'}>
      <caption class="hidden">{reading.parts[name]}</caption>
      <thead>
        <tr>
          {Object.entries(columns).map(([column, label]) =>
            column === 'of' && !ruled ? null : (
              <th key={column} scope="col" class={`is-${column}`}>
                {label}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, i) => {
          const shown = columnsOf(row, reading.noArticle, reading.unsourced)
          return (
            <tr key={i}>
              <th scope="row">{shown.condition}</th>
              {ruled ? <td data-label={columns.of}>{shown.of}</td> : null}
              <td data-label={ruled ? columns.follows : ''}>{shown.follows}</td>
              <td data-label={columns.article}>{shown.article}</td>
              <Origin basis={row.basis} words={words} />
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** Where a figure was seen, or that it was not. */
function Origin({ basis, words }: { readonly basis: Row['basis']; readonly words: PackWords }) {
  const { columns, unsourced, press } = words.reading
  if (basis === null) return <td />
  if ('source' in basis)
    return (
      <td data-label={columns.source}>
        <Source text={basis.source} press={press} />
      </td>
    )
  return (
    <td class="marked" data-label={columns.source}>
      <strong>{unsourced}:</strong> {basis.unsourced}
    </td>
  )
}

/** What the press says of a text is not the text. Addresses are links; nothing is fetched by us. */
function Source({ text, press }: { readonly text: string; readonly press: string }) {
  return (
    <>
      {text
        .replace(/^press:/, `${press}:`)
        .split(/(https?:\/\/[^\s;)]+)/)
        .map((part, i) =>
          i % 2 === 1 ? (
            <a key={part} href={part} rel="noreferrer" target="_blank">
              {part.replace(/^https?:\/\/(www\.)?/, '').split('/')[0]}
            </a>
          ) : (
            part
          ),
        )}
    </>
  )
}

/** The machine's text, for whoever wants to look at it or check its name by hand. */
export function Text({
  text,
  name,
  words,
}: {
  readonly text: string
  readonly name: string
  readonly words: PackWords
}) {
  const hash = packHex(text)
  return (
    <details class="machine">
      <summary>{words.pack.text}</summary>
      <p class="hash">{hash}</p>
      <p class="soft small">{words.pack.textNote}</p>
      <p class="hash">sha256sum {name}</p>
      <p>
        <button type="button" class="small-button" onClick={() => saveFile(text, name, 'application/json')}>
          {words.pack.download}
        </button>
      </p>
      <textarea class="json" rows={16} readOnly aria-label={words.pack.text} value={text} />
    </details>
  )
}
