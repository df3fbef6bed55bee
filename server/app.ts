/**
 * The application: pages and doors. It knows no platform and reads no environment; what it needs comes in `Deps`.
 *
 *     /                     pages        voter, counting team, organiser, hall, verifier: files that know nothing
 *     /api/manifests, /api/polls         doors/public.ts, doors/voter.ts
 *     /api/members                       doors/member.ts
 *     /api/organiser                     doors/organiser.ts
 *     /api/account                       doors/account.ts
 *     /api/leader                        doors/leader.ts
 *     /api/packs                         doors/packs.ts
 *     /api/forms                         doors/forms.ts
 *     /api/operator                      doors/operator.ts, where there is a key for it
 */
import { type Context, Hono } from 'hono'
import { failure, refusal } from './answers.ts'
import type { Deps, PageFile } from './deps.ts'
import { accountDoors } from './doors/account.ts'
import { formDoors } from './doors/forms.ts'
import { leaderDoors } from './doors/leader.ts'
import { memberDoors } from './doors/member.ts'
import { operatorDoors } from './doors/operator.ts'
import { organiserDoors } from './doors/organiser.ts'
import { packDoors } from './doors/packs.ts'
import { publicDoors } from './doors/public.ts'
import { voterDoors } from './doors/voter.ts'
import { No } from './refusals.ts'
import { Presence } from './views.ts'

/** A tablet for everybody: the voter's page, of which no browser may keep a copy to go back to. */
const KIOSK = '/quay'

/** Which page stands at which address. What is behind `#` never reaches us. */
const ADDRESSES: ReadonlyMap<string, string> = new Map([
  ['/', '/voter/index.html'],
  ['/b', '/voter/index.html'],
  ['/bien-nhan', '/voter/index.html'],
  ['/thu', '/voter/index.html'],
  [KIOSK, '/voter/index.html'],
  ['/kiem-phieu', '/trustee/index.html'],
  ['/to-chuc', '/organiser/index.html'],
  ['/man-hinh', '/hall/index.html'],
  ['/verify', '/verifier/index.html'],
  ['/lanh-dao', '/leader/index.html'],
  ['/quy-tac', '/rules/index.html'],
  ['/van-ban', '/forms/index.html'],
])

/** Pages speak to the server that they came from and, where there is one, to the one that redeems their cards. */
const headersFor = (redeemAt: string | null) => ({
  'content-security-policy':
    `default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'${redeemAt === null ? '' : ` ${redeemAt}`}; ` +
    "worker-src 'self'; media-src 'self' blob:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=()',
})

export function createApp(deps: Deps) {
  const presence = new Presence(deps.now)
  const headers = headersFor(deps.peer?.origin ?? null)
  const api = new Hono()
    .use(async (c, next) => {
      c.header('cache-control', 'no-store')
      await next()
    })
    .route('/', publicDoors(deps))
    .route('/polls', voterDoors(deps))
    .route('/members', memberDoors(deps, presence))
    .route('/organiser', organiserDoors(deps, presence))
    .route('/account', accountDoors(deps))
    .route('/leader', leaderDoors(deps))
    .route('/packs', packDoors(deps))
    .route('/forms', formDoors(deps))
    .route('/operator', operatorDoors(deps))
    .all('*', () => {
      throw new No('not-found')
    })

  return new Hono()
    .use(async (c, next) => {
      // Before the answer is made: headers set later would have it made anew, its body copied each time.
      for (const [name, value] of Object.entries(headers)) c.header(name, value)
      await next()
    })
    .route('/api', api)
    .get('*', async c => {
      const path = ADDRESSES.get(c.req.path) ?? c.req.path
      const file = await deps.pages.find(path)
      if (!file) return refusal(headers, 'not-found')
      return page(c, file, path)
    })
    .onError(error => failure(headers, deps.log, error))
    .notFound(() => refusal(headers, 'not-found'))
}

function page(c: Context, file: PageFile, path: string): Response {
  const accepted = c.req.header('accept-encoding') ?? ''
  const packed = [
    ['br', file.brotli],
    ['gzip', file.gzip],
  ] as const
  const [encoding, body] = packed.find(
    ([name, bytes]) => bytes !== null && new RegExp(`\\b${name}\\b`).test(accepted),
  ) ?? [null, file.body]
  return c.body(body as Uint8Array<ArrayBuffer>, 200, {
    'content-type': file.type,
    vary: 'accept-encoding',
    // Files below assets/ carry their hash in their name.
    'cache-control': path.includes('/assets/')
      ? 'public, max-age=31536000, immutable'
      : c.req.path === KIOSK
        ? 'no-store'
        : 'no-cache',
    ...(encoding === null ? {} : { 'content-encoding': encoding }),
    // One file with everything inside: to be kept, since our policy lets nothing inline run here.
    ...(path.startsWith('/verifier-file/') ? { 'content-disposition': 'attachment' } : {}),
  })
}
