/** The print page, `/van-ban#<poll>/<form>?profile=…&copy=…`: one paper, or why there is none. Pure. */
import type { BrokenRule, Form, FormAnswer, FormId } from '../../server/reports/form.ts'
import type { Profile } from '../../server/wire/leader.ts'
import type { Answer, No, PaperLink } from '../api.ts'
import type { Language } from '../words/language.ts'

export const FORMS = ['minutes', 'announcement', 'report', 'ballot'] as const satisfies readonly FormId[]
export const PROFILES = ['state', 'party-2018', 'party-2026'] as const satisfies readonly Profile[]

export type Screen =
  /** The address names no paper. */
  | { readonly at: 'nowhere' }
  | { readonly at: 'asking' }
  | { readonly at: 'paper'; readonly form: Form }
  | { readonly at: 'unprintable'; readonly broken: readonly BrokenRule[] }
  | { readonly at: 'refused'; readonly why: No['refused'] }

export interface State {
  readonly language: Language
  readonly link: PaperLink | null
  readonly screen: Screen
}

export type Event =
  | { readonly type: 'language'; readonly language: Language }
  | { readonly type: 'profile'; readonly profile: Profile }
  | { readonly type: 'form'; readonly form: FormId }
  | { readonly type: 'moved'; readonly fragment: string }
  | { readonly type: 'again' }
  | { readonly type: 'answered'; readonly link: PaperLink; readonly answer: Answer<FormAnswer> }

export const initialState = (language: Language, fragment: string): State => {
  const link = linkOf(fragment)
  return { language, link, screen: link === null ? { at: 'nowhere' } : { at: 'asking' } }
}

export function step(state: State, event: Event): State {
  const { link } = state
  switch (event.type) {
    case 'language':
      return { ...state, language: event.language }
    case 'profile':
      return link === null ? state : toward(state, { ...link, profile: event.profile })
    case 'form':
      return link === null ? state : toward(state, { ...link, form: event.form })
    case 'moved': {
      const moved = linkOf(event.fragment)
      if (moved === null) return { ...state, link: null, screen: { at: 'nowhere' } }
      return same(moved, link) ? state : toward(state, moved)
    }
    case 'again':
      return { ...state, screen: { at: 'asking' } }
    case 'answered':
      // An answer to what is no longer asked.
      return same(event.link, link) ? { ...state, screen: screenOf(event.answer) } : state
  }
}

const toward = (state: State, link: PaperLink): State => ({ ...state, link, screen: { at: 'asking' } })

const same = (a: PaperLink, b: PaperLink | null): boolean => b !== null && fragmentOf(a) === fragmentOf(b)

function screenOf(answer: Answer<FormAnswer>): Screen {
  if ('refused' in answer) return { at: 'refused', why: answer.refused }
  return 'form' in answer.ok
    ? { at: 'paper', form: answer.ok.form }
    : { at: 'unprintable', broken: answer.ok.unprintable }
}

/** A profile that is not said or not known is the state's. */
export function linkOf(fragment: string): PaperLink | null {
  const [, poll, name, query] = /^#?([A-Za-z0-9_-]{22})\/([a-z]+)(?:\?(.*))?$/.exec(fragment) ?? []
  const form = FORMS.find(one => one === name)
  if (poll === undefined || form === undefined) return null
  const asked = new URLSearchParams(query ?? '')
  const copy = /^[1-9]\d{0,5}$/.exec(asked.get('copy') ?? '')?.[0]
  return {
    poll,
    form,
    profile: PROFILES.find(one => one === asked.get('profile')) ?? 'state',
    copy: copy === undefined ? null : Number(copy),
  }
}

export const fragmentOf = ({ poll, form, profile, copy }: PaperLink): string =>
  `#${poll}/${form}?profile=${profile}${copy === null ? '' : `&copy=${copy}`}`
