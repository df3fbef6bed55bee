/** A ballot about many: one line for each of them, and a list to find the way in. What follows from what on that list. */
import type { Choices } from '../../crypto/ballot.ts'
import type { Paper } from '../paper.ts'
import type { At, Event, Screen, Vote } from './screen.ts'
import { choose, finished } from './voting.ts'

/** The contests about one subject: from `first` up to, not including, `end`. */
export interface Line {
  readonly first: number
  readonly end: number
}

/** Up to so many lines are gone through page by page. */
const SHORT = 8

/** Null for a ballot about few, or about nobody. */
export function linesOf({ contests }: Paper): readonly Line[] | null {
  const starts = contests.flatMap(({ subject, criterion, kind }, c) => {
    const before = contests[c - 1]?.subject
    const goesOn =
      kind !== 'main' && (criterion === null || (before?.name === subject.name && before.position === subject.position))
    return c > 0 && goesOn ? [] : [c]
  })
  if (starts.length <= SHORT) return null
  return starts.map((first, i) => ({ first, end: starts[i + 1] ?? contests.length }))
}

export const isMarked = ({ first, end }: Line, choices: Choices): boolean =>
  choices.slice(first, end).every(marked => marked.length > 0)

export const lineAt = (lines: readonly Line[], contest: number): number => lines.findIndex(({ end }) => contest < end)

export const listing = (vote: Vote, left: number | null): Screen => ({
  at: 'listing',
  vote,
  query: '',
  unmarked: false,
  left,
})

/** After a page of a ballot with a list: the line's next one, else the next line that is not marked, else the list. */
export function goOn(vote: Vote, lines: readonly Line[], contest: number): Screen {
  const line = lineAt(lines, contest)
  if (contest + 1 < lines[line]!.end) return choose(vote, contest + 1)
  return nextUnmarked(vote, lines, line + 1) ?? listing(vote, line)
}

function nextUnmarked(vote: Vote, lines: readonly Line[], from: number): Screen | null {
  const line = lines.slice(from).find(one => !isMarked(one, vote.choices))
  if (!line) return null
  return choose(vote, firstUnmarked(line, vote.choices))
}

const firstUnmarked = ({ first, end }: Line, choices: Choices): number => {
  const found = choices.slice(first, end).findIndex(marked => marked.length === 0)
  return found < 0 ? first : first + found
}

export function onList(screen: At<'listing'>, event: Event): Screen {
  const { vote } = screen
  const lines = vote.poll.lines!
  switch (event.type) {
    case 'search':
      return { ...screen, query: event.query }
    case 'unmarked':
      return { ...screen, unmarked: !screen.unmarked }
    case 'edit': {
      const line = lines[lineAt(lines, event.contest)]!
      return choose(vote, firstUnmarked(line, vote.choices))
    }
    case 'next':
      return nextUnmarked(vote, lines, 0) ?? screen
    case 'review':
      return finished(vote)
    default:
      return screen
  }
}
