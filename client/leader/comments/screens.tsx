/** The page on which the competent authority reads comments and sums them up. Texts are shown as they were typed, as text. */
import type { Comments, CommentsOfPrompt } from '../../../crypto/comment-file.ts'
import { calledOf } from '../../lines.ts'
import { Note } from '../../parts.tsx'
import { may } from '../may.ts'
import { Area, Done, Field, Refused, type Shown } from '../screens/parts.tsx'
import {
  asksForComments,
  type CommentsEvent,
  countsOf,
  missingOf,
  quotes,
  type ShownText,
  shownTexts,
  themesOf,
} from './state.ts'
import { pick } from './work.ts'

const tellOf =
  ({ state, send }: Shown) =>
  (event: CommentsEvent): void =>
    send({ type: 'comments', poll: state.poll, event })

export function CommentsScreen(shown: Shown) {
  const { state, facts, words } = shown
  const { opened } = state.comments
  return (
    <>
      <header class="part-title">
        <p class="overline">{facts.title}</p>
        <h1>{words.comments.title}</h1>
        <p class="soft">{words.comments.who}</p>
      </header>
      {!may(state.view.role, 'comments') ? (
        <p>{words.comments.notYours}</p>
      ) : !asksForComments(state.view.manifest) ? (
        <p>{words.comments.none}</p>
      ) : opened === null ? (
        <Door {...shown} />
      ) : (
        <Reading {...shown} opened={opened} />
      )}
    </>
  )
}

// ── the file and its code ───────────────────────────────────────────────────────────────────────────────────────

function Door(shown: Shown) {
  const { state, words } = shown
  const { view, comments } = state
  const { typed, picked, asking } = comments
  const said = words.comments
  const tell = tellOf(shown)
  const stamped = view.stamp !== ''
  return (
    <form
      class="question"
      onSubmit={event => {
        event.preventDefault()
        tell({ is: 'open' })
      }}
    >
      <p>{stamped ? said.stamped : view.comments ? said.ready : said.notYet}</p>
      <Field
        id="comments-code"
        label={said.code}
        note={said.codeNote}
        value={typed}
        set={text => tell({ is: 'typed', typed: text })}
      />
      <div class="field">
        <label for="comments-file">{said.pick}</label>
        <input
          id="comments-file"
          type="file"
          accept=".gopy"
          onChange={event => void pick(event.currentTarget.files?.[0], tell)}
        />
        {picked === null ? null : <p class="soft small">{said.picked(picked.name)}</p>}
      </div>
      <Why {...shown} />
      <div class="acts row">
        <button
          type="submit"
          class="main"
          disabled={asking !== null || typed.trim() === '' || (picked === null && !view.comments)}
        >
          {asking === null ? said.open : said.opening}
        </button>
      </div>
    </form>
  )
}

function Why({ state, words }: Shown) {
  const { why } = state.comments
  if (why === null) return null
  if (why.why === 'refused') {
    const { title, text } = words.refusals[why.refused]
    return (
      <Note tone="fails" title={title}>
        {text}
      </Note>
    )
  }
  const said = words.comments.why
  return <Note tone="fails">{why.why === 'group' ? said.group(why.group) : said[why.why]}</Note>
}

// ── the texts ───────────────────────────────────────────────────────────────────────────────────────────────────

type Open = Shown & { readonly opened: Comments }

function Reading(shown: Open) {
  const { state, words, opened } = shown
  const said = words.comments
  const tell = tellOf(shown)
  const lists = shownTexts(opened, state.comments.search)
  const all = opened.prompts.reduce((sum, { texts }) => sum + (texts?.length ?? 0), 0)
  const found = lists.reduce((sum, list) => sum + (list?.length ?? 0), 0)
  return (
    <>
      <Note tone="attention">{said.memory}</Note>
      <p class="soft small">{said.plain}</p>
      <Field
        id="comments-search"
        label={said.search}
        value={state.comments.search}
        set={search => tell({ is: 'search', search })}
      />
      <p class="soft small" role="status">
        {state.comments.search.trim() === '' ? '' : said.found(found, all)}
      </p>
      {opened.prompts.map((prompt, i) => (
        <section key={`${i}`} class="chapter">
          <h2>{prompt.title}</h2>
          <Prompt {...shown} prompt={prompt} texts={lists[i]!} />
        </section>
      ))}
      <Themes {...shown} />
      <div class="acts row">
        <button type="button" onClick={() => tell({ is: 'close' })}>
          {said.close}
        </button>
      </div>
    </>
  )
}

function Prompt({
  prompt,
  texts,
  ...shown
}: Open & { readonly prompt: CommentsOfPrompt; readonly texts: readonly ShownText[] | null }) {
  const said = shown.words.comments
  const lost = prompt.withheld + prompt.unopened + prompt.unreadable
  return (
    <>
      {lost > 0 ? <p class="attention">{said.lost(lost)}</p> : null}
      {texts === null ? <p>{said.tooFew(shown.opened.minimum)}</p> : null}
      <ol class="comments">
        {(texts ?? []).map(one => (
          <li key={one.place}>
            <p class="written">{one.text}</p>
            <Under {...shown} place={one.place} />
          </li>
        ))}
      </ol>
    </>
  )
}

const NEW = 'new'

/** Under which theme this text is put. */
function Under({ place, ...shown }: Open & { readonly place: string }) {
  const { state, words } = shown
  const { themes, under } = state.comments.marks
  const said = words.comments
  return (
    <div class="field narrow">
      <label for={`under-${place}`}>{said.under}</label>
      <select
        id={`under-${place}`}
        value={String(under[place] ?? '')}
        onChange={event => {
          const { value } = event.currentTarget
          tellOf(shown)({ is: 'put', place, theme: value === '' ? null : value === NEW ? NEW : Number(value) })
        }}
      >
        <option value="">{said.noTheme}</option>
        {themes.map(({ title }, i) => (
          <option key={`${i}`} value={String(i)}>
            {title.trim() || said.untitled(i + 1)}
          </option>
        ))}
        <option value={NEW}>{said.newTheme}</option>
      </select>
    </div>
  )
}

// ── what is passed on ───────────────────────────────────────────────────────────────────────────────────────────

function Themes(shown: Open) {
  const { state, facts, words, send, opened } = shown
  const { comments, today } = state
  const said = words.comments.themes
  const tell = tellOf(shown)
  const missing = missingOf(comments)
  const [only, ...others] = facts.subjects
  // One subject: what was written is about it.
  const about = others.length === 0 ? (only?.index ?? null) : comments.about
  const body = () => themesOf({ ...comments, about }, opened.minimum, today)
  return (
    <section class="chapter">
      <h2>{said.title}</h2>
      <p>{said.what}</p>
      <p class="soft small">{said.kept}</p>
      {comments.marks.themes.map((_, i) => (
        <Theme key={`${i}`} {...shown} theme={i} />
      ))}
      <div class="small-acts">
        <button type="button" class="small-button" onClick={() => tell({ is: 'add-theme' })}>
          {said.add}
        </button>
      </div>
      {others.length === 0 ? null : (
        <div class="field narrow">
          <label for="themes-about">{said.about}</label>
          <select
            id="themes-about"
            value={String(comments.about ?? '')}
            onChange={event => {
              const { value } = event.currentTarget
              tell({ is: 'about', about: value === '' ? null : Number(value) })
            }}
          >
            <option value="">{said.whole}</option>
            {facts.subjects.map(subject => (
              <option key={subject.index} value={String(subject.index)}>
                {calledOf(subject)}
              </option>
            ))}
          </select>
        </div>
      )}
      {missing === null || comments.marks.themes.length === 0 ? null : <p class="soft">{said.missing[missing]}</p>}
      <Refused {...shown} of="entry" />
      <div class="acts row">
        <button
          type="button"
          class="main"
          disabled={missing !== null || state.act !== null}
          onClick={() => send({ type: 'act', act: { what: 'entry', body: body() } })}
        >
          {said.pass}
        </button>
      </div>
      <Done state={state} of="entry">
        <Note tone="holds">{said.done}</Note>
      </Done>
    </section>
  )
}

function Theme({ theme, ...shown }: Open & { readonly theme: number }) {
  const { state, words, opened } = shown
  const { marks } = state.comments
  const said = words.comments.themes
  const tell = tellOf(shown)
  const one = marks.themes[theme]!
  const count = countsOf(marks)[theme]!
  const name = one.title.trim() || words.comments.untitled(theme + 1)
  return (
    <fieldset class="measure">
      <Field
        id={`theme-${theme}`}
        label={said.name(theme + 1)}
        value={one.title}
        set={title => tell({ is: 'theme', theme, change: { title } })}
      />
      <Area
        id={`theme-${theme}-text`}
        label={said.text}
        value={one.text}
        set={text => tell({ is: 'theme', theme, change: { text } })}
      />
      <p class="small">{count > 0 && count < opened.minimum ? said.few(count, opened.minimum) : said.count(count)}</p>
      {quotes(one, opened) ? <p class="attention">{said.quotes}</p> : null}
      <div class="small-acts">
        <button type="button" class="small-button" onClick={() => tell({ is: 'drop-theme', theme })}>
          {said.drop(name)}
        </button>
      </div>
    </fieldset>
  )
}
