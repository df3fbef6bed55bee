/** Of the draft: what is asked for in writing, and who will read it. */
import { PROMPTS } from '../../words/organiser/ballot.ts'
import { MAX_PROMPTS } from '../draft.ts'
import { Add, type Part, Remove, withItem, without } from './lines.tsx'
import { Field } from './parts.tsx'

/** In bytes: Vietnamese letters take up to three. */
const SIZES = { short: 900, long: 3000 } as const
const BYTES_OF_A_LETTER = 3

export function Prompts({ draft, shown, set }: Part) {
  const words = shown.words.ballot.prompts
  const { prompts } = draft
  const titles = prompts.map(({ title }) => title.trim())
  const missing = PROMPTS.filter(title => !titles.includes(title))
  const add = (title: string) => set({ prompts: [...prompts, { title, maxBytes: SIZES.long }] })
  return (
    <fieldset>
      <legend>{words.legend}</legend>
      <p class="soft small">{prompts.length === 0 ? words.none : words.who(draft.minimumBallots)}</p>
      {prompts.map((prompt, i) => (
        <div class="line" key={i}>
          <Field
            id={`f-prompt-${i + 1}`}
            label={words.prompt(i + 1)}
            value={prompt.title}
            set={title => set({ prompts: withItem(prompts, i, { ...prompt, title }) })}
          />
          <Size
            {...{ draft, shown, set }}
            at={i}
            choose={maxBytes => set({ prompts: withItem(prompts, i, { ...prompt, maxBytes }) })}
          />
          <Remove n={i + 1} shown={shown} only={false} act={() => set({ prompts: without(prompts, i) })} />
        </div>
      ))}
      {prompts.length < MAX_PROMPTS ? (
        <div class="adds">
          {missing.map(title => (
            <Add key={title} label={words.suggest(title)} act={() => add(title)} />
          ))}
          <Add label={words.add} act={() => add('')} />
        </div>
      ) : null}
    </fieldset>
  )
}

/** In plain words; a size that is neither stays as it is. */
function Size({ draft, shown, at, choose }: Part & { readonly at: number; readonly choose: (bytes: number) => void }) {
  const { size, sizes, about } = shown.words.ballot.prompts
  const { maxBytes } = draft.prompts[at]!
  const all = [
    [sizes.short, SIZES.short],
    [sizes.long, SIZES.long],
  ] as const
  const other = all.every(([, bytes]) => bytes !== maxBytes)
  return (
    <div class="field">
      <label for={`f-prompt-${at + 1}-size`}>{size}</label>
      <select
        id={`f-prompt-${at + 1}-size`}
        value={String(maxBytes)}
        onChange={event => choose(Number(event.currentTarget.value))}
      >
        {[...all, ...(other ? [[sizes.other, maxBytes] as const] : [])].map(([name, bytes]) => (
          <option key={bytes} value={String(bytes)}>
            {about(name, Math.floor(bytes / BYTES_OF_A_LETTER))}
          </option>
        ))}
      </select>
    </div>
  )
}
