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
 */
import { type Context, Hono } from 'hono'
import { DiskFull } from './db.ts'
import type { Deps, PageFile } from './deps.ts'
import { accountDoors } from './doors/account.ts'
import { formDoors } from './doors/forms.ts'
import { leaderDoors } from './doors/leader.ts'
import { memberDoors } from './doors/member.ts'
import { organiserDoors } from './doors/organiser.ts'
import { packDoors } from './doors/packs.ts'
import { publicDoors } from './doors/public.ts'
import { voterDoors } from './doors/voter.ts'
import { No, RETRY_AFTER_SECONDS, STATUS } from './refusals.ts'
import { Presence } from './views.ts'
import type { Refusal, Refused } from './wire.ts'

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

const HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; " +
    "worker-src 'self'; media-src 'self' blob:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=()',
} as const

export function createApp(deps: Deps) {
  const presence = new Presence(deps.now)
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
    .all('*', () => {
      throw new No('not-found')
    })

  const answer = (refused: Refusal, where?: string): Response => {
    const retryAfterSeconds = RETRY_AFTER_SECONDS[refused]
    const body: Refused = {
      refused,
      ...(where === undefined ? {} : { where }),
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    }
    return new Response(JSON.stringify(body), {
      status: STATUS[refused],
      headers: {
        ...HEADERS,
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'no-store',
        ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
      },
    })
  }

  return new Hono()
    .use(async (c, next) => {
      // Before the answer is made: headers set later would have it made anew, its body copied each time.
      for (const [name, value] of Object.entries(HEADERS)) c.header(name, value)
      await next()
    })
    .route('/api', api)
    .get('*', c => {
      const path = ADDRESSES.get(c.req.path) ?? c.req.path
      const file = deps.pages.files.get(path)
      if (!file) return answer('not-found')
      return page(c, file, path)
    })
    .onError(error => {
      if (error instanceof No) return answer(error.refusal, error.where)
      if (error instanceof DiskFull) {
        deps.log(`disk: ${error.message}`)
        return answer('disk-full')
      }
      deps.log(`bug: ${error.stack ?? error}`)
      return answer('failed')
    })
    .notFound(() => answer('not-found'))
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
