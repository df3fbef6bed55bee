/** Who gets in, by which role and to which polls: invited here by a link that works once and is shown once. Pure. */

import type { PersonView, Role } from '../../server/wire/leader.ts'
import type { OrganiserView } from '../../server/wire.ts'
import type { Answer } from '../api.ts'
import type { Language } from '../words/language.ts'
import type { Why } from './edit.ts'

export const ROLES: readonly Role[] = ['authority', 'secretary', 'auditor', 'organiser']

/** What is asked of the server; one thing at a time. */
export type PeopleAct =
  | { readonly what: 'invite'; readonly name: string; readonly role: Role; readonly polls: readonly string[] | null }
  | { readonly what: 'again' | 'remove'; readonly person: string }
  | { readonly what: 'polls'; readonly person: string; readonly polls: readonly string[] | null }

/** Somebody new, or (`person`) somebody whose polls are chosen anew. */
export interface Guest {
  readonly person: string | null
  readonly name: string
  readonly role: Role
  readonly all: boolean
  readonly polls: readonly string[]
}

export interface PeopleState {
  readonly at: 'people'
  readonly language: Language
  /** Null until they came. */
  readonly seen: { readonly people: readonly PersonView[]; readonly organiser: OrganiserView } | null
  readonly lost: boolean
  readonly look: number
  /** What is being written; null: nothing. */
  readonly guest: Guest | null
  /** Whose removal, or whose new link, stands in question. */
  readonly asking: { readonly what: 'again' | 'remove'; readonly person: string } | null
  /** The link of an invitation, shown until something else is done. */
  readonly link: { readonly name: string; readonly invitation: string } | null
  readonly act: PeopleAct | null
  readonly why: Why | null
}

export type PeopleEvent =
  | {
      readonly type: 'people'
      readonly people: Answer<readonly PersonView[]>
      readonly organiser: Answer<OrganiserView>
    }
  | { readonly type: 'people-again' }
  | { readonly type: 'guest'; readonly guest: Guest | null }
  | { readonly type: 'people-ask'; readonly asking: PeopleState['asking'] }
  | { readonly type: 'people-act'; readonly act: PeopleAct }
  | { readonly type: 'people-acted'; readonly answer: Answer<{ readonly invitation: string } | null> }

export const enterPeople = (language: Language): PeopleState => ({
  at: 'people',
  language,
  seen: null,
  lost: false,
  look: 1,
  guest: null,
  asking: null,
  link: null,
  act: null,
  why: null,
})

export const NEW_GUEST: Guest = { person: null, name: '', role: 'authority', all: false, polls: [] }

/** May be sent: a name, and at least one poll unless it is all of them. */
export const isWhole = ({ name, all, polls }: Guest): boolean => name.trim() !== '' && (all || polls.length > 0)

export function stepPeople(state: PeopleState, event: PeopleEvent): PeopleState {
  switch (event.type) {
    case 'people': {
      const { people, organiser } = event
      if ('refused' in people || 'refused' in organiser) return { ...state, lost: true }
      return { ...state, lost: false, seen: { people: people.ok, organiser: organiser.ok } }
    }
    case 'people-again':
      return { ...state, lost: false, look: state.look + 1 }
    case 'guest':
      return { ...state, guest: event.guest, asking: null, link: null, why: null }
    case 'people-ask':
      return { ...state, asking: event.asking, guest: null, link: null, why: null }
    case 'people-act':
      return state.act === null ? { ...state, act: event.act, why: null } : state
    case 'people-acted':
      return acted(state, event.answer)
  }
}

function acted(state: PeopleState, answer: Answer<{ readonly invitation: string } | null>): PeopleState {
  const { act, seen } = state
  if (act === null) return state
  if ('refused' in answer) return { ...state, act: null, why: answer.refused }
  const name = act.what === 'invite' ? act.name : seen?.people.find(({ person }) => person === act.person)?.name
  const link = answer.ok === null ? null : { name: name ?? '', invitation: answer.ok.invitation }
  return { ...state, act: null, guest: null, asking: null, link, look: state.look + 1 }
}

/** What a name typed stands for: no white space at its ends, single spaces inside. */
export const actOf = ({ person, name, role, all, polls }: Guest): PeopleAct => {
  const given = all ? null : polls
  return person === null
    ? { what: 'invite', name: name.trim().replace(/\s+/g, ' '), role, polls: given }
    : { what: 'polls', person, polls: given }
}
