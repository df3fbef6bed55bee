/**
 * Why the voter cannot go on, and the one way on from there. What mends itself with time is no refusal: it is a trouble,
 * and the phone tries again by itself.
 */
import type { No } from '../api.ts'

/** Mends itself: the same bytes are sent again after a growing pause. */
const TROUBLES = ['offline', 'too-many', 'disk-full', 'away', 'failed'] as const
type Refusing = (typeof TROUBLES)[number]
/** `incomplete`: a part of the page that this ballot needs did not come. */
export type Trouble = Refusing | 'incomplete'

export type Why =
  // of the card
  | 'bad-card'
  | 'unknown-card'
  | 'voided-card'
  | 'already-redeemed'
  | 'already-redeemed-here' // and this phone has cast a ballot of this poll
  // of the poll
  | 'wrong-manifest' // not at this address
  | 'other-manifest' // the server shows another one than the card names
  | 'bad-manifest' // its team did not make or confirm its key
  | 'closed'
  | 'closed-before-cast'
  // of what was sent or came back
  | 'already-cast'
  | 'not-accepted' // bytes of ours, damaged on the way
  | 'bad-answer' // its signature, proof or receipt is not right
  | 'not-understood' // an answer that no server of ours gives here

/** `again` sends the same once more, `front` begins anew, `cast` shows what this phone cast. */
export type WayOn = 'again' | 'front' | 'cast'

const FINAL: readonly Why[] = [
  'bad-card',
  'unknown-card',
  'voided-card',
  'already-redeemed',
  'bad-manifest',
  'closed',
  'closed-before-cast',
  'already-cast',
]

/** What was begun is worth nothing after a final one. */
export const wayOn = (why: Why): WayOn =>
  why === 'already-redeemed-here' ? 'cast' : FINAL.includes(why) ? 'front' : 'again'

export const isTrouble = (refused: No['refused']): refused is Refusing =>
  (TROUBLES as readonly string[]).includes(refused)

/** What a door's refusal means; `casting` or still redeeming. */
export function whyOf(refused: Exclude<No['refused'], Trouble>, casting: boolean): Why {
  switch (refused) {
    case 'unknown-card':
    case 'voided-card':
    case 'already-redeemed':
    case 'wrong-manifest':
    case 'already-cast':
      return refused
    case 'closed':
      return casting ? 'closed-before-cast' : refused
    case 'bad-proof':
    case 'bad-request':
    case 'too-large':
      return 'not-accepted'
    default:
      return 'not-understood'
  }
}

/** How often something was tried again, and what was the matter last. */
export interface Tries {
  readonly count: number
  readonly trouble: Trouble | null
  readonly afterSeconds: number
}

export const FIRST_TRY: Tries = { count: 0, trouble: null, afterSeconds: 0 }

export const again = (
  { count }: Tries,
  matter: Pick<Tries, 'afterSeconds'> & { readonly trouble: Trouble },
): Tries => ({
  count: count + 1,
  trouble: matter.trouble,
  afterSeconds: matter.afterSeconds,
})

const FIRST_PAUSE_MS = 1000
const LONGEST_PAUSE_MS = 20_000

/** Before this try: none before the first, then doubling up to a limit, and never less than the server asked for. */
export const pauseMs = ({ count, afterSeconds }: Tries): number =>
  count === 0 ? 0 : Math.max(afterSeconds * 1000, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (count - 1)))
