/** Everybody on the ballot, with a field to search and the mark that each has now. */
import { surveyWordsOf } from '../../words/voter/spoken.ts'
import { surveyVi } from '../../words/voter/survey-vi.ts'
import { isMarked, type Line } from '../lines.ts'
import type { At, Vote } from '../screen.ts'
import { type Props, UNLEARNED } from '../screens/props.ts'
import { labelsOf } from './marks.ts'

/** Found whatever accents, capitals or spelling of `uỷ` and `ủy` somebody types. */
const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/đ/g, 'd').replace(/\s+/g, ' ').trim()

const subjectAt = ({ poll }: Vote, { first }: Line) => poll.paper.contests[first]!.subject

function shown({ vote, query, unmarked }: At<'listing'>, lines: readonly Line[]): readonly Line[] {
  const sought = plain(query)
  return lines.filter(line => {
    const { name, position } = subjectAt(vote, line)
    return (!unmarked || !isMarked(line, vote.choices)) && plain(`${name} ${position}`).includes(sought)
  })
}

export function Listing({ screen, language, send }: Props<'listing'>) {
  const { vote, query, unmarked, left } = screen
  const { listing: said } = surveyWordsOf(language) ?? surveyVi
  const lines = vote.poll.lines!
  const marked = lines.filter(line => isMarked(line, vote.choices)).length
  const found = shown(screen, lines)
  const markOf = ({ first, end }: Line): string | null => {
    const done = vote.choices.slice(first, end).filter(marks => marks.length > 0).length
    if (done === 0) return null
    return end - first === 1 ? labelsOf(vote, first) : said.partly(done, end - first)
  }
  return (
    <>
      <h1 tabIndex={-1}>{said.title}</h1>
      <div>
        <p id="marked">{said.marked(marked, lines.length)}</p>
        <progress value={marked} max={lines.length} aria-labelledby="marked" />
      </div>
      <input
        type="search"
        value={query}
        placeholder={said.search}
        aria-label={said.search}
        {...UNLEARNED}
        onInput={event => send({ type: 'search', query: event.currentTarget.value })}
      />
      <label class="filter">
        <input type="checkbox" checked={unmarked} onChange={() => send({ type: 'unmarked' })} />
        <span>{said.unmarked(lines.length - marked)}</span>
      </label>
      <p role="status" class={found.length > 0 ? 'hidden' : undefined}>
        {found.length > 0 ? '' : said.none}
      </p>
      <ul class="rows">
        {found.map(line => {
          const { name, position } = subjectAt(vote, line)
          const mark = markOf(line)
          return (
            <li key={line.first}>
              <button
                type="button"
                class={left !== null && lines[left] === line && query === '' ? 'row last' : 'row'}
                onClick={() => send({ type: 'edit', contest: line.first })}
              >
                <span>
                  <strong>{name === '' ? position : name}</strong>
                  {name === '' ? null : <span class="soft small">{position}</span>}
                </span>
                <span class={mark === null ? 'blank soft small' : 'small'}>{mark ?? said.blank}</span>
              </button>
            </li>
          )
        })}
      </ul>
      <div class="acts beside">
        <button
          type="button"
          class={marked === lines.length ? 'main' : undefined}
          onClick={() => send({ type: 'review' })}
        >
          {said.review}
        </button>
        {marked === lines.length ? null : (
          <button type="button" class="main" onClick={() => send({ type: 'next' })}>
            {said.next}
          </button>
        )}
      </div>
    </>
  )
}
