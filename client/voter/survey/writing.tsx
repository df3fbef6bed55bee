/** One answer in writing: who will read it, a field, how much room is left, and what in it may tell who wrote it. */
import { Main, Note, Quiet } from '../../parts.tsx'
import { surveyWordsOf } from '../../words/voter/spoken.ts'
import { type SurveyWords, surveyVi } from '../../words/voter/survey-vi.ts'
import { type Props, UNLEARNED } from '../screens/props.ts'
import { type Kind, telling } from '../telling.ts'
import { bytesOf, written } from '../texts.ts'

const FIELD = 'text'
/** Of Vietnamese as people write it, with blanks. */
const BYTES_PER_LETTER = 1.4
/** So many examples of a kind are shown. */
const EXAMPLES = 3
const LONGEST_EXAMPLE = 40

export function Writing({ screen: { vote, prompt, editing }, words, language, send }: Props<'writing'>) {
  const { writing: said } = surveyWordsOf(language) ?? surveyVi
  const { manifest } = vote.poll
  const { title, maxBytes } = manifest.comments[prompt]!
  const text = vote.texts[prompt]!
  const left = maxBytes - bytesOf(text)
  const begin = (start: string): void => {
    send({ type: 'write', text: text.trim() === '' ? start : `${text.trimEnd()}\n${start}` })
    const field = document.getElementById(FIELD) as HTMLTextAreaElement
    field.focus()
    field.setSelectionRange(field.value.length, field.value.length)
  }
  return (
    <>
      <p class="overline">{said.count(prompt + 1, vote.texts.length)}</p>
      <h1 tabIndex={-1}>{title}</h1>
      <Note title={said.readers}>{said.reads(manifest.publication.minimumBallots)}</Note>
      <fieldset class="starts" aria-label={said.templates}>
        {said.starts.map(start => (
          <button type="button" key={start} onClick={() => begin(start)}>
            {start.trim().replace(/:$/, '…')}
          </button>
        ))}
      </fieldset>
      <textarea
        id={FIELD}
        class="writing"
        rows={6}
        value={text}
        aria-label={title}
        aria-describedby="room"
        aria-invalid={left < 0}
        {...UNLEARNED}
        onInput={event => send({ type: 'write', text: event.currentTarget.value })}
      />
      <div>
        <progress value={Math.min(maxBytes, maxBytes - left)} max={maxBytes} aria-labelledby="room" />
        <p id="room" class="small soft">
          {roomOf(said, left)}
        </p>
      </div>
      <div role="status">
        <Warnings text={written(text)} said={said} />
      </div>
      <p class="soft small">{said.empty}</p>
      <div class="acts">
        <Main act={() => send({ type: 'next' })} disabled={left < 0}>
          {editing ? words.reviewing.title : words.next}
        </Main>
        {editing ? null : <Quiet act={() => send({ type: 'back' })}>{words.back}</Quiet>}
      </div>
    </>
  )
}

function roomOf(said: SurveyWords['writing'], left: number): string {
  const letters = Math.ceil(Math.abs(left) / BYTES_PER_LETTER)
  if (left < 0) return said.over(letters, -left)
  return left === 0 ? said.full : said.left(Math.floor(left / BYTES_PER_LETTER), left)
}

function Warnings({ text, said }: { readonly text: string; readonly said: SurveyWords['writing'] }) {
  const found = new Map<Kind, string[]>()
  for (const { kind, from, to } of telling(text)) found.set(kind, [...(found.get(kind) ?? []), text.slice(from, to)])
  if (found.size === 0) return null
  return (
    <Note tone="attention" title={said.warning}>
      <ul class="telling">
        {[...found].map(([kind, where]) => (
          <li key={kind}>{said.quoted(said.telling[kind], examplesOf(where))}</li>
        ))}
      </ul>
      {said.optional}
    </Note>
  )
}

const examplesOf = (where: readonly string[]): readonly string[] =>
  [...new Set(where)]
    .slice(0, EXAMPLES)
    .map(one => (one.length > LONGEST_EXAMPLE ? `${one.slice(0, LONGEST_EXAMPLE).trimEnd()}…` : one))
