/**
 * How a door says no: a refusal from the closed list with its status. Whoever meets one deep inside throws `No`; the
 * app turns it into an answer. Anything else that is thrown is a bug and becomes `failed`.
 */
import type { Refusal } from './wire.ts'

export class No extends Error {
  readonly refusal: Refusal
  readonly where: string | undefined
  constructor(refusal: Refusal, where?: string) {
    super(refusal)
    this.refusal = refusal
    this.where = where
  }
}

export const no = (refusal: Refusal, where?: string): never => {
  throw new No(refusal, where)
}

/** After how many seconds somebody who met `too-many` or a full disk, or a database that is away, should try again. */
export const RETRY_AFTER_SECONDS: { readonly [R in Refusal]?: number } = {
  'too-many': 2,
  'disk-full': 20,
  away: 3,
  'peer-away': 5,
  failed: 5,
}

export const STATUS = {
  'wrong-manifest': 404,
  'unknown-card': 403,
  'already-redeemed': 409,
  'voided-card': 409,
  'not-open': 409,
  closed: 409,
  'bad-proof': 400,
  'already-cast': 409,
  'bad-request': 400,
  'not-found': 404,
  'too-large': 413,
  'too-many': 429,
  'disk-full': 507,
  away: 503,
  'peer-away': 503,
  'peer-refuses': 409,
  failed: 500,
  'needs-login': 401,
  'needs-setup': 401,
  'wrong-password': 403,
  'weak-password': 400,
  'used-link': 403,
  'stale-draft': 409,
  'bad-draft': 400,
  'wrong-state': 409,
  'wrong-team': 400,
  'wrong-tokens': 400,
  'wrong-bundle': 409,
  'wrong-address': 409,
  'untried-address': 409,
  'plain-http': 409,
  'needs-statement': 409,
  'wrong-rules': 409,
  'not-yours': 403,
  'taken-name': 409,
  'second-person': 403,
  'bad-pack': 400,
  'taken-version': 409,
  'bad-minutes': 409,
  secret: 403,
  'bad-link': 403,
  'other-device': 409,
  'bad-signature': 400,
  'not-asked': 409,
  'too-early': 409,
  'bad-numbers': 409,
  'bad-share': 400,
  'bad-count': 400,
} as const satisfies { readonly [R in Refusal]: number }
