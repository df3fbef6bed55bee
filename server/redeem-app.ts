/**
 * The application of a deployment that redeems and nothing else (`ROLE=redeem`), for a box under another hand. It has no
 * pages, no accounts, and never sees a ballot, a receipt or how many were cast.
 *
 *     /api/polls/:hash/redeem, …/void    doors/voter.ts     phones and the organiser's page, from the box's origin
 *     /api/manifests/:start              the manifest's text, for whoever wants to compare
 *     /api/peer                          doors/peer.ts      the box
 *     /api/operator                      doors/operator.ts  whoever runs it, where there is a key for it
 */
import { Hono } from 'hono'
import { failure, refusal } from './answers.ts'
import type { Deps } from './deps.ts'
import { operatorDoors } from './doors/operator.ts'
import { peerDoors } from './doors/peer.ts'
import { Slow } from './doors/slow.ts'
import { redeemDoors } from './doors/voter.ts'
import type { Redeeming } from './redeeming.ts'

export interface RedeemDeps extends Redeeming, Pick<Deps, 'work' | 'now' | 'pause' | 'log' | 'operatorKey'> {
  /** Shared with the box alone. Trusted: `peer.ts`. */
  readonly peerKey: string
}

const HEADERS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
} as const

/** Pages of any origin may ask, without a cookie or anything else of theirs: which one it is makes no difference. */
const ANYBODY = { ...HEADERS, 'access-control-allow-origin': '*' } as const
const ASKED_FIRST = {
  ...ANYBODY,
  'access-control-allow-methods': 'POST',
  'access-control-allow-headers': 'content-type',
  'access-control-max-age': '86400',
} as const

const headersAt = (path: string) => (path.startsWith('/api/polls/') ? ANYBODY : HEADERS)

export function createRedeemApp(deps: RedeemDeps) {
  const slow = new Slow(deps.now, deps.pause)
  return new Hono()
    .use(async (c, next) => {
      for (const [name, value] of Object.entries(headersAt(c.req.path))) c.header(name, value)
      await next()
    })
    .on('OPTIONS', ['/api/polls/:hash/redeem', '/api/polls/:hash/void'], c => c.body(null, 204, ASKED_FIRST))
    .route(
      '/api/polls',
      redeemDoors(deps, slow, () => true),
    )
    .get('/api/manifests/:start', async c => {
      const { manifest } = await deps.polls.byStart(c.req.param('start'))
      return c.body(manifest.text, 200, { 'content-type': 'application/json; charset=utf-8' })
    })
    .route('/api/peer', peerDoors(deps, deps.peerKey, slow))
    .route('/api/operator', operatorDoors(deps))
    .onError((error, c) => failure(headersAt(c.req.path), deps.log, error))
    .notFound(c => refusal(headersAt(c.req.path), 'not-found'))
}
