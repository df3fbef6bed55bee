/**
 * Comments as the competent authority reads them: the file, its code, the texts, the themes under which they are put. Pure;
 * what is fetched and kept stands in `work.ts`. Texts are in this page's memory alone; kept are themes, and which text was put
 * under which by its place in the file.
 */
import type { Comments, FileCode } from '../../../crypto/comment-file.ts'
import { readFileCode } from '../../../crypto/comment-file.ts'
import { attempt } from '../../../crypto/fault.ts'
import { plainSpelling } from '../../../server/rules/spelling.ts'
import type { EntryBody } from '../../../server/wire/leader.ts'
import type { No } from '../../api.ts'

/** `group`: from 1, of the code as typed. */
export type CommentsWhy =
  | { readonly why: 'short' | 'other-code' | 'no-file' | 'other-poll' }
  | { readonly why: 'group'; readonly group: number }
  | { readonly why: 'refused'; readonly refused: No['refused'] }

export interface Theme {
  readonly title: string
  /** The paraphrase, in the reader's own words. */
  readonly text: string
}

/** What is kept until it is passed on; it holds no text of anybody. */
export interface Marks {
  /** Of which file: its hash. A theme outlives the file, a place in it does not. */
  readonly file: string
  readonly themes: readonly Theme[]
  /** By `prompt/place`, both from 0: the theme's index. */
  readonly under: Readonly<Record<string, number>>
}

export interface CommentsState {
  readonly typed: string
  /** From the disk; null: the server's. */
  readonly picked: { readonly name: string; readonly bytes: Uint8Array } | null
  /** Being fetched and opened. */
  readonly asking: FileCode | null
  readonly why: CommentsWhy | null
  readonly opened: Comments | null
  readonly search: string
  readonly marks: Marks
  /** What the themes are about: a subject's index; null: the whole. */
  readonly about: number | null
}

const NEW_THEME: Theme = { title: '', text: '' }
export const NO_MARKS: Marks = { file: '', themes: [], under: {} }
export const NO_COMMENTS: CommentsState = {
  typed: '',
  picked: null,
  asking: null,
  why: null,
  opened: null,
  search: '',
  marks: NO_MARKS,
  about: null,
}

export type CommentsEvent =
  | { readonly is: 'typed'; readonly typed: string }
  | { readonly is: 'picked'; readonly picked: CommentsState['picked'] }
  | { readonly is: 'open' }
  | { readonly is: 'failed'; readonly why: CommentsWhy }
  | { readonly is: 'opened'; readonly comments: Comments; readonly file: string; readonly kept: Marks }
  | { readonly is: 'close' }
  | { readonly is: 'search'; readonly search: string }
  | { readonly is: 'add-theme' }
  | { readonly is: 'theme'; readonly theme: number; readonly change: Partial<Theme> }
  | { readonly is: 'drop-theme'; readonly theme: number }
  | { readonly is: 'put'; readonly place: string; readonly theme: number | 'new' | null }
  | { readonly is: 'about'; readonly about: number | null }

export function stepComments(state: CommentsState, event: CommentsEvent): CommentsState {
  const { marks } = state
  switch (event.is) {
    case 'typed':
      return { ...state, typed: event.typed, why: null }
    case 'picked':
      return { ...state, picked: event.picked, why: null }
    case 'open':
      return state.asking === null ? opening(state) : state
    case 'failed':
      return { ...state, asking: null, why: event.why }
    case 'opened': {
      const same = event.kept.file === event.file
      const kept = { file: event.file, themes: event.kept.themes, under: same ? event.kept.under : {} }
      return { ...state, typed: '', asking: null, why: null, opened: event.comments, marks: kept }
    }
    case 'close':
      return { ...NO_COMMENTS, about: state.about }
    case 'search':
      return { ...state, search: event.search }
    case 'about':
      return { ...state, about: event.about }
    case 'add-theme':
      return { ...state, marks: { ...marks, themes: [...marks.themes, NEW_THEME] } }
    case 'theme': {
      const themes = marks.themes.map((one, i) => (i === event.theme ? { ...one, ...event.change } : one))
      return { ...state, marks: { ...marks, themes } }
    }
    case 'drop-theme':
      return { ...state, marks: dropped(marks, event.theme) }
    case 'put': {
      const { [event.place]: _, ...others } = marks.under
      if (event.theme === null) return { ...state, marks: { ...marks, under: others } }
      const theme = event.theme === 'new' ? marks.themes.length : event.theme
      const themes = event.theme === 'new' ? [...marks.themes, NEW_THEME] : marks.themes
      return { ...state, marks: { ...marks, themes, under: { ...others, [event.place]: theme } } }
    }
  }
}

function opening(state: CommentsState): CommentsState {
  let why: CommentsWhy = { why: 'short' }
  const asking = attempt(
    () => readFileCode(state.typed),
    ({ code, where }) => {
      const group = Number(/^group (\d)$/.exec(where)?.[1] ?? 0)
      if (code === 'wrong-value') why = group > 0 ? { why: 'group', group } : { why: 'other-code' }
    },
  )
  return asking === null ? { ...state, why } : { ...state, asking, why: null }
}

/** Those under it are under none again; later themes move up. */
function dropped(marks: Marks, theme: number): Marks {
  const under = Object.entries(marks.under).flatMap(([place, at]) =>
    at === theme ? [] : [[place, at > theme ? at - 1 : at] as const],
  )
  return { ...marks, themes: marks.themes.filter((_, i) => i !== theme), under: Object.fromEntries(under) }
}

/** What was passed on is kept here no longer; the texts stay on the screen until they are closed. */
export const passedOn = (state: CommentsState): CommentsState => ({
  ...state,
  marks: { ...NO_MARKS, file: state.marks.file },
})

// ── what the screen shows of it ─────────────────────────────────────────────────────────────────────────────────

/** Voters of this poll were asked for comments. Shape: a manifest, or empty. */
export const asksForComments = (manifest: string): boolean =>
  manifest !== '' && (JSON.parse(manifest) as { readonly comments: readonly unknown[] }).comments.length > 0

export interface ShownText {
  /** `prompt/place`. */
  readonly place: string
  readonly text: string
}

/** By prompt, those that hold every word that is looked for; null where the file has none to show. */
export function shownTexts({ prompts }: Comments, search: string): readonly (readonly ShownText[] | null)[] {
  const wanted = plainSpelling(search).split(' ').filter(Boolean)
  const isWanted = ({ text }: ShownText) => {
    const plain = plainSpelling(text)
    return wanted.every(word => plain.includes(word))
  }
  return prompts.map(({ texts }, prompt) =>
    texts === null ? null : texts.map((text, i) => ({ place: `${prompt}/${i}`, text })).filter(isWanted),
  )
}

/**
 * By theme, how many people wrote of it at least: the most texts of one prompt. A voter writes one text to a prompt; whether
 * texts to two prompts are of one voter nobody knows.
 */
export const countsOf = ({ themes, under }: Marks): readonly number[] =>
  themes.map((_, i) => {
    const byPrompt: Record<string, number> = {}
    for (const [place, theme] of Object.entries(under)) {
      const prompt = place.split('/')[0]!
      if (theme === i) byPrompt[prompt] = (byPrompt[prompt] ?? 0) + 1
    }
    return Math.max(0, ...Object.values(byPrompt))
  })

/** The paraphrase has a passage of a text in it, word for word. */
export function quotes({ text }: Theme, { prompts }: Comments): boolean {
  const own = plainSpelling(text)
  return prompts.some(({ texts }) => (texts ?? []).some(one => hasPassage(own, plainSpelling(one))))
}

/** So many characters alike are no accident. */
const PASSAGE = 30

function hasPassage(own: string, text: string): boolean {
  if (text.length < PASSAGE) return text.length >= PASSAGE / 2 && own.includes(text)
  for (let at = 0; at + PASSAGE <= text.length; at++) if (own.includes(text.slice(at, at + PASSAGE))) return true
  return false
}

/** What is missing before the themes can be passed on; null: nothing. */
export function missingOf({ marks }: CommentsState): 'themes' | 'words' | 'texts' | null {
  const counts = countsOf(marks)
  if (marks.themes.length === 0) return 'themes'
  if (marks.themes.some(({ title, text }) => title.trim() === '' || text.trim() === '')) return 'words'
  return counts.some(count => count === 0) ? 'texts' : null
}

/** The number of a theme below the minimum stays here. Shape: nothing is missing. */
export function themesOf({ marks, about }: CommentsState, minimum: number, date: string): EntryBody {
  const counts = countsOf(marks)
  const themes = marks.themes.map(({ title, text }, i) => ({
    title: title.trim(),
    count: counts[i]! < minimum ? null : counts[i]!,
    text: text.trim(),
  }))
  return { kind: 'themes', subject: about, date, themes }
}
