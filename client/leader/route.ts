/**
 * Where the address's fragment leads:
 *
 *     #moi.<22 characters>      a one-time invitation
 *     #<poll>                   the poll: its subjects, or the only one's page
 *     #<poll>/2                 the second subject's page, in the manifest's order
 *     #<poll>/2/theo-doi        what followed for that subject
 *     #<poll>/ho-so             what concerns the whole poll: complaints, recounts, retention
 *     #<poll>/giay-to           minutes, forms, scans, archive, stamp
 *     #<poll>/gop-y             comments, for the competent authority
 */
import { invitationIn } from '../login.tsx'

export type Part =
  | { readonly at: 'poll' }
  | { readonly at: 'subject'; readonly subject: number }
  | { readonly at: 'follow'; readonly subject: number }
  | { readonly at: 'file' }
  | { readonly at: 'papers' }
  | { readonly at: 'comments' }

export type Route =
  | { readonly to: 'list' }
  | { readonly to: 'invited'; readonly invitation: string }
  | { readonly to: 'poll'; readonly poll: string; readonly part: Part }

const POLL = /^([A-Za-z0-9_-]{22})(?:\/(\d{1,3})(\/theo-doi)?|\/(ho-so|giay-to|gop-y))?$/

export function routeOf(hash: string): Route {
  const fragment = hash.replace(/^#/, '')
  const invitation = invitationIn(fragment)
  if (invitation !== null) return { to: 'invited', invitation }
  const [, poll, subject, follows, other] = POLL.exec(fragment) ?? []
  return poll === undefined ? { to: 'list' } : { to: 'poll', poll, part: partOf(subject, follows, other) }
}

function partOf(subject: string | undefined, follows: string | undefined, other: string | undefined): Part {
  if (subject !== undefined) return { at: follows ? 'follow' : 'subject', subject: Math.max(0, Number(subject) - 1) }
  if (other === undefined) return { at: 'poll' }
  if (other === 'gop-y') return { at: 'comments' }
  return { at: other === 'ho-so' ? 'file' : 'papers' }
}

/** The fragment that leads there. */
export function linkTo(poll: string, part: Part): string {
  switch (part.at) {
    case 'poll':
      return `#${poll}`
    case 'subject':
      return `#${poll}/${part.subject + 1}`
    case 'follow':
      return `#${poll}/${part.subject + 1}/theo-doi`
    case 'file':
      return `#${poll}/ho-so`
    case 'papers':
      return `#${poll}/giay-to`
    case 'comments':
      return `#${poll}/gop-y`
  }
}
