/** What follows from what between the card and the receipt: redeeming, choosing, reviewing, casting. */
import type { Contest } from '../../crypto/manifest.ts'
import { goOn, lineAt, listing } from './lines.ts'
import { again, FIRST_TRY } from './refusals.ts'
import type { At, Cast, Event, Own, Poll, Screen, Vote } from './screen.ts'
import { noTexts, tooLong, write } from './texts.ts'

export function redeeming(screen: At<'redeeming' | 'not-open'>, event: Event): Screen {
  const { poll, card, tries } = screen
  switch (event.type) {
    case 'trouble':
      return screen.at === 'not-open'
        ? { ...screen, hurry: false, tries: again(tries, event) }
        : { ...screen, tries: again(tries, event) }
    case 'not-open':
      return { at: 'not-open', poll, card, hurry: false, tries: { ...FIRST_TRY, count: tries.count + 1 } }
    case 'retry':
      return screen.at === 'not-open' && !screen.hurry
        ? { ...screen, hurry: true, tries: { ...FIRST_TRY, count: tries.count + 1 } }
        : screen
    case 'redeemed':
      return begun(event.vote)
    default:
      return screen
  }
}

export const choose = (vote: Vote, contest: number): Screen => ({
  at: 'choosing',
  vote,
  contest,
  editing: false,
  full: false,
})

/** A ballot about many begins with its list, any other with its first page. */
const begun = (vote: Vote): Screen => (vote.poll.lines ? listing(vote, null) : choose(vote, 0))

/** Nothing is left to mark. */
export const finished = (vote: Vote): Screen =>
  vote.texts.length > 0 ? write(vote, 0, false) : { at: 'reviewing', vote }

/** Back from the first text. */
export const beforeTexts = (vote: Vote): Screen =>
  vote.poll.lines ? listing(vote, null) : choose(vote, vote.choices.length - 1)

/** At the first line that is still empty, or at the list; where none is, at what may still be written, or at the review. */
export function resumed(vote: Vote): Screen {
  const contest = vote.choices.findIndex(marked => marked.length === 0)
  if (contest >= 0) return vote.poll.lines ? listing(vote, null) : choose(vote, contest)
  return vote.texts.some(text => text !== '') ? { at: 'reviewing', vote } : finished(vote)
}

export const noChoices = (poll: Poll): Vote['choices'] => poll.manifest.contests.map(() => [])

export const practice = (back: Screen, poll: Poll, group: number): Screen =>
  begun({ poll, group, choices: noChoices(poll), texts: noTexts(poll), card: new Uint8Array(), practice: back })

/** The marks after a tap: chosen, or cleared by a second tap. Null where one more would be too many. */
function tapped({ max }: Contest, marked: readonly number[], option: number): readonly number[] | null {
  if (marked.includes(option)) return marked.filter(one => one !== option)
  if (max === 1) return [option]
  return marked.length < max ? [...marked, option].sort((a, b) => a - b) : null
}

export function choosing(screen: At<'choosing'>, event: Event): Screen {
  const { vote, contest, editing } = screen
  const { lines } = vote.poll
  switch (event.type) {
    case 'choose': {
      const marks = tapped(vote.poll.manifest.contests[contest]!, vote.choices[contest]!, event.option)
      if (marks === null) return { ...screen, full: true }
      const choices = vote.choices.map((before, c) => (c === contest ? marks : before))
      return { ...screen, vote: { ...vote, choices }, full: false }
    }
    case 'next':
      if (vote.choices[contest]!.length < vote.poll.manifest.contests[contest]!.min) return screen
      if (editing) return { at: 'reviewing', vote }
      if (lines) return goOn(vote, lines, contest)
      return contest + 1 === vote.choices.length ? finished(vote) : choose(vote, contest + 1)
    case 'back':
      if (contest === 0 || editing || lines?.some(({ first }) => first === contest)) return screen
      return choose(vote, contest - 1)
    case 'list':
      return lines && !editing ? listing(vote, lineAt(lines, contest)) : screen
    default:
      return screen
  }
}

export function reviewing(screen: At<'reviewing'>, event: Event): Screen {
  const { vote } = screen
  switch (event.type) {
    case 'edit':
      return { at: 'choosing', vote, contest: event.contest, editing: true, full: false }
    case 'edit-text':
      return write(vote, event.prompt, true)
    case 'list':
      return vote.poll.lines ? { at: 'listing', vote, query: '', unmarked: true, left: null } : screen
    case 'check':
      return { at: 'checking', vote, checked: null, opened: false, copied: null }
    case 'cast': {
      const long = tooLong(vote)
      if (long >= 0) return write(vote, long, true)
      const { poll, practice: back } = vote
      return { at: 'casting', poll, practice: back, sealing: vote, done: null, sent: 0, tries: FIRST_TRY }
    }
    default:
      return screen
  }
}

export const sending = (poll: Poll, back: Screen | null): At<'casting'> => ({
  at: 'casting',
  poll,
  practice: back,
  sealing: null,
  done: null,
  sent: 0,
  tries: FIRST_TRY,
})

export function casting(screen: At<'casting'>, event: Event): Screen {
  switch (event.type) {
    case 'progress':
      return screen.sealing ? { ...screen, done: event.done } : screen
    case 'sealed':
      return sending(screen.poll, screen.practice)
    case 'sent':
      return { ...screen, sent: screen.sent + 1, tries: FIRST_TRY }
    case 'trouble':
      return { ...screen, tries: again(screen.tries, event) }
    case 'was-cast':
      return castScreen(screen.poll, event.receipt, screen.practice)
    default:
      return screen
  }
}

export const castScreen = (poll: Poll, receipt: Own['receipt'], back: Screen | null): Cast => ({
  at: 'cast',
  own: { poll, receipt, saved: null },
  practice: back,
  annulled: false,
})
