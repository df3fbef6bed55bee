/** The cards' secrets as the page's state knows them: what was drawn, what is lost, what is wiped. Pure. */
import type { Fault } from '../../crypto/fault.ts'
import type { Trustee } from '../../crypto/manifest.ts'
import type { PollView, State as ServerState } from '../../server/wire.ts'
import { isComplete } from './ceremony.ts'
import type { Why } from './edit.ts'
import type { PollState } from './poll.ts'
import type { Kept } from './secrets.ts'

/** The cards' secrets, and the way to them. */
export type Secrets =
  | { readonly at: 'unread' } // this tab's storage was not looked into yet
  | { readonly at: 'none' } // nothing was drawn yet
  | { readonly at: 'checking' } // the ceremony, before anything is drawn
  | { readonly at: 'broken'; readonly fault: Fault }
  | { readonly at: 'drawing'; readonly trustees: readonly Trustee[]; readonly done: number; readonly of: number }
  | { readonly at: 'sending'; readonly kept: Kept; readonly safe: boolean }
  | { readonly at: 'refused'; readonly why: Why; readonly kept: Kept | null; readonly safe: boolean }
  | { readonly at: 'there'; readonly kept: Kept; readonly safe: boolean } // `safe`: a reload does not lose them
  | { readonly at: 'lost' } // in another tab, or gone with it
  | { readonly at: 'wiped' }

/** Cards are on paper: only a rehearsal still has a use for their secrets, as long as somebody may vote. */
const isPrinted = (state: ServerState): boolean => ['printed', 'open', 'closed', 'counted', 'void'].includes(state)
export const needsSecrets = ({ state, rehearsal }: PollView): boolean =>
  !isPrinted(state) || (rehearsal && (state === 'printed' || state === 'open'))

export const keptIn = (secrets: Secrets): Kept | null => ('kept' in secrets ? secrets.kept : null)

export function secretsAfter({ view: before, secrets }: PollState, view: PollView): Secrets {
  if (before?.team?.pollId !== view.team?.pollId) return { at: 'unread' }
  if (!needsSecrets(view)) return secrets.at === 'unread' ? secrets : { at: 'wiped' }
  const { manifestHash, team } = view
  const kept = keptIn(secrets)
  if (manifestHash !== null && secrets.at !== 'unread') {
    if (secrets.at === 'there' || secrets.at === 'wiped' || secrets.at === 'lost') return secrets
    return kept?.manifestHash === manifestHash
      ? { at: 'there', kept, safe: 'safe' in secrets && secrets.safe }
      : { at: 'lost' }
  }
  if (secrets.at === 'none' && team && view.state === 'sealing' && team.stopped === null && isComplete(team))
    return { at: 'checking' }
  return secrets.at === 'refused' && secrets.why === 'offline' ? tryAgain(secrets) : secrets
}

/** What was begun for an older attempt, or another poll, comes too late. */
export const isOfAttempt = ({ view }: PollState, pollId: string): boolean => (view?.team?.pollId ?? '') === pollId

/** What this tab's storage held of the attempt that is shown. */
export function found({ view, secrets }: PollState, kept: Kept | null): Secrets {
  if (view === null || secrets.at !== 'unread') return secrets
  if (!needsSecrets(view)) return { at: 'wiped' }
  if (kept !== null) return { at: view.manifestHash === null ? 'sending' : 'there', kept, safe: true }
  return { at: view.manifestHash === null ? 'none' : 'lost' }
}

export function tryAgain(secrets: Secrets): Secrets {
  if (secrets.at !== 'refused') return secrets
  return secrets.kept === null ? { at: 'checking' } : { at: 'sending', kept: secrets.kept, safe: secrets.safe }
}

/** One card of this group more. */
export function taken(secrets: Secrets, group: number): Secrets {
  if (secrets.at !== 'there') return secrets
  const { kept } = secrets
  return { ...secrets, kept: { ...kept, taken: kept.taken.map((n, g) => (g === group ? n + 1 : n)) } }
}
