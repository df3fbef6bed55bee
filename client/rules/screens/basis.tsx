/** Where a figure of a draft comes from. */
import { at, fieldId, type Path, put, textAt } from '../tree.ts'
import { isShared, sourcesIn } from '../writing.ts'
import { inOneLine, isWrong, type Writing } from './fields.tsx'

const LONGEST_SHOWN = 70
const shortened = (text: string): string => (text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text)

/**
 * Article and source of one figure, or that none was seen. A source that other figures name is chosen, not typed again.
 * `first`: where the copy itself is named, for others to choose.
 */
export function BasisFields({
  w,
  path,
  first,
}: {
  readonly w: Writing
  readonly path: Path
  readonly first?: boolean
}) {
  const { basis: words } = w.words
  const found = at(w.tree, path)
  const unsourced = at(w.tree, [...path, 'unsourced']) !== null
  const article = at(w.tree, [...path, 'article'])
  const source = textAt(w.tree, [...path, 'source'])
  const shared = first !== true && source !== '' && isShared(w.tree, source)
  const choices = first ? [] : sourcesIn(w.tree).filter(text => text !== source || shared)
  const chosen = found === null ? '' : unsourced ? 'unsourced' : shared ? `= ${source}` : 'other'
  const choose = (value: string) => {
    if (value === '') w.write(path, null)
    else if (value === 'unsourced') w.write(path, { article, unsourced: '' })
    else w.write(path, { article, source: value === 'other' ? '' : value.slice(2) })
  }
  const wrong = isWrong(w, path)
  const textPath = [...path, unsourced ? 'unsourced' : 'source']
  const id = fieldId(path)
  return (
    <div class="basis">
      <div class="field narrow-article">
        <label for={`${id}-article`}>{words.article}</label>
        <input
          id={`${id}-article`}
          value={textAt(w.tree, [...path, 'article'])}
          autocomplete="off"
          onInput={event => {
            const typed = event.currentTarget.value === '' ? null : event.currentTarget.value
            w.write(path, put(found ?? { article: null, source: '' }, ['article'], typed))
          }}
        />
      </div>
      <div class="field">
        <label for={id}>{words.source}</label>
        <select
          id={id}
          value={chosen}
          aria-invalid={wrong ? 'true' : undefined}
          onChange={event => choose(event.currentTarget.value)}
        >
          <option value="">{words.choose}</option>
          {choices.map(text => (
            <option key={text} value={`= ${text}`}>
              {shortened(text)}
            </option>
          ))}
          <option value="other">{words.other}</option>
          <option value="unsourced">{words.unsourced}</option>
        </select>
      </div>
      {chosen === 'other' || chosen === 'unsourced' ? (
        <div class="field whole">
          <label for={fieldId(textPath)}>{unsourced ? words.unsourcedText : words.otherText}</label>
          <textarea
            id={fieldId(textPath)}
            rows={2}
            value={textAt(w.tree, textPath)}
            autocomplete="off"
            aria-invalid={isWrong(w, textPath) ? 'true' : undefined}
            onInput={event => w.write(textPath, inOneLine(event.currentTarget.value))}
          />
        </div>
      ) : null}
      {wrong && w.guided ? <p class="to-copy small whole">{w.words.guide.toCopy}</p> : null}
      {first ? (
        <p class="soft small whole">
          {words.articleNote} {words.note}
        </p>
      ) : null}
    </div>
  )
}
