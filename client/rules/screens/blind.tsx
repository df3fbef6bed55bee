/** The second person: enters the decisive figures from the text, without sight of the first entry, then freezes. */
import type { Base, Pack } from '../../../server/rules/pack.ts'
import { packHex } from '../../../server/rules/read.ts'
import type { PackDraftView } from '../../../server/wire/packs.ts'
import { Main, Note } from '../../parts.tsx'
import type { PackWords } from '../../words/packs.ts'
import { type Blind, compareBlind, type Difference, type Figure, unanswered } from '../blind.ts'
import { readDraft } from '../problems.ts'
import { Cap, Counting } from './figures.tsx'
import { Refused, type Shown } from './frame.tsx'
import { Bands, Histories } from './ranges.tsx'
import { Reading } from './read.tsx'

interface Blinding extends Shown {
  readonly view: PackDraftView
  readonly blind: Blind
  readonly by: string
}

export function Blinded(shown: Blinding) {
  const { words, view, blind, send, state } = shown
  const { pack } = readDraft(view.text)
  if (pack === null) return <Note tone="fails">{words.pack.unreadable}</Note>
  if (blind.differences !== null && blind.differences.length === 0) return <Agreed {...shown} pack={pack} />
  const left = unanswered(blind, pack)
  const { blind: said } = words
  const change = (next: Partial<Blind>): void => send({ type: 'blind', change: next })
  return (
    <>
      <h1>{said.title}</h1>
      <p>{said.intro(shown.by)}</p>
      <dl class="facts">
        <div>
          <dt>{said.about}</dt>
          <dd>
            {pack.title} · {words.item.version(pack.version)}
          </dd>
        </div>
        <div>
          <dt>{words.reading.citation}</dt>
          <dd>{pack.citation.text}</dd>
        </div>
      </dl>
      <Differences {...shown} pack={pack} differences={blind.differences ?? []} />
      <form class="form" onSubmit={event => event.preventDefault()}>
        <Counting blind={blind} words={words} change={change} />
        <Bands blind={blind} words={words} change={change} pack={pack} />
        <Histories blind={blind} words={words} change={change} />
        <Cap blind={blind} words={words} change={change} pack={pack} />
      </form>
      {left.length === 0 ? null : <p class="soft">{said.left(left.map(figure => said.figures[figure]).join(', '))}</p>}
      <div class="acts">
        <Main
          act={() => send({ type: 'compared', differences: compareBlind(blind, pack) })}
          disabled={left.length > 0 || state.act !== null}
        >
          {said.compare}
        </Main>
      </div>
      <button type="button" class="quiet" onClick={() => send({ type: 'reopen' })}>
        {said.mend}
      </button>
    </>
  )
}

function Agreed(shown: Blinding & { readonly pack: Pack }) {
  const { state, words, send, view, pack } = shown
  const { blind: said } = words
  const sha256 = packHex(view.text)
  return (
    <>
      <h1>{words.freeze.title}</h1>
      <Note tone="holds" title={said.equal}>
        {said.equalText}
      </Note>
      <Reading pack={pack} language={state.language} />
      <p class="soft small">{words.freeze.hash}</p>
      <p class="hash">{sha256}</p>
      <Refused {...shown} of={['confirm']} />
      <div class="acts">
        <Main act={() => send({ type: 'act', act: { what: 'confirm', sha256 } })} disabled={state.act !== null}>
          {said.confirm}
        </Main>
        <button type="button" onClick={() => send({ type: 'blind', change: {} })}>
          {said.again}
        </button>
      </div>
    </>
  )
}

// ── what differs ────────────────────────────────────────────────────────────────────────────────────────────────

function Differences({
  words,
  pack,
  differences,
}: Blinding & { readonly pack: Pack; readonly differences: readonly Difference[] }) {
  const { blind: said } = words
  if (differences.length === 0) return null
  const shownAs = (figure: Figure, list: readonly string[]) =>
    list.length === 0 ? said.nothing : list.map(text => figureText(figure, text, pack, words)).join('; ')
  return (
    <Note tone="fails" title={said.differs}>
      <p>{said.differsText}</p>
      <table class="rows differ">
        <thead>
          <tr>
            <th scope="col">{words.compare.what}</th>
            <th scope="col">{said.proposed}</th>
            <th scope="col">{said.typed}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ figure, proposed, typed }) => (
            <tr key={figure}>
              <th scope="row">{said.figures[figure]}</th>
              <td data-label={said.proposed}>{shownAs(figure, proposed)}</td>
              <td data-label={said.typed}>{shownAs(figure, typed)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Note>
  )
}

/** A figure in its comparable form, in words. */
function figureText(figure: Figure, text: string, pack: Pack, words: PackWords): string {
  const { reading, bases, blind: said } = words
  const [one = '', two = '', three = '', four, five = ''] = text.split(' ')
  const bound = (operator: string, fraction: string) => reading.bound(operator as '>' | '>=' | '<' | '<=', fraction)
  const label = (id: string) => pack.options.find(option => option.id === id)?.label ?? id
  switch (figure) {
    case 'denominator':
      return bases[one as Base]
    case 'quorum':
      return `${one} ${reading.quorumOf[two as 'convened' | 'members']}`
    case 'bands':
      return reading.band(label(one), bound(two, three), four === undefined ? null : bound(four, five))
    case 'histories':
      return one === 'quality'
        ? said.quality(reading.levels[two] ?? label(two), three)
        : said.share(bound(two, three), four ?? '')
    case 'cap':
      return `${one} · ${pack.cap?.bases.find(({ id }) => id === two)?.label ?? two}`
  }
}
