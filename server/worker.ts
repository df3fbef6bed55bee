/**
 * The entry on Cloudflare Workers: the same application in any number of isolates, which hold nothing. A poll lies in a
 * Durable Object of its own, the directory in D1, the pages beside the program (`wrangler.toml`).
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import type { D1Database, ExecutionContext, Fetcher } from '@cloudflare/workers-types'
import { fromBase64url, toHex } from '../crypto/bytes.ts'
import { createApp } from './app.ts'
import { PAGES, RULEBOOK } from './baked.ts'
import { d1Directory } from './db/d1.ts'
import { durableDb, type PollObjects } from './db/durable.ts'
import type { Databases, Db } from './db.ts'
import type { Deps, Pages } from './deps.ts'
import { peerAt } from './peer.ts'
import { secureRng } from './play/seed.ts'
import { Polls } from './polls.ts'
import { createRedeemApp } from './redeem-app.ts'
import { type Role, type RoleVariables, readRole } from './roles.ts'
import { makeSample } from './sample.ts'
import { workHere } from './work.ts'

export { PollObject } from './db/poll-object.ts'

/** What `wrangler.toml` binds. */
interface Env extends RoleVariables {
  readonly POLLS: PollObjects
  readonly DIRECTORY: D1Database
  readonly ASSETS: Fetcher
  /** The address as phones use it, without a path; without it the one that was asked. */
  readonly PUBLIC_URL?: string
  /** How long the last call of a real poll lasts; 120 without it. */
  readonly LAST_CALL_SECONDS?: string
  /** A secret (`wrangler secret put`), made as `PEER_KEY` is: for `npm run backup -- --at`. */
  readonly OPERATOR_KEY?: string
}

/** The request at hand: the address that it came to, and what ends with it unless it is kept. */
const asked = new AsyncLocalStorage<{ readonly origin: string; readonly context: ExecutionContext }>()

/** Made with the first request: before it a Worker has no randomness. */
let app: Pick<ReturnType<typeof createApp>, 'fetch'> | null = null

const worker = {
  fetch(request: Request, env: Env, context: ExecutionContext): Promise<Response> {
    const { origin } = new URL(request.url)
    app ??= appOf(env, env.PUBLIC_URL || origin, context)
    const { fetch } = app
    const response = asked.run({ origin, context }, async () => asMade(await fetch(asSent(request))))
    // Whoever hangs up ends nothing that was begun, for 30 s.
    context.waitUntil(response)
    return response
  },
}

// biome-ignore lint/style/noDefaultExport: the form in which the platform finds the program
export default worker

/** The platform asks for compression in everybody's place; what the phone itself takes it says beside. */
function asSent(request: Request): Request {
  const { cf } = request as { readonly cf?: { readonly clientAcceptEncoding?: string } }
  const headers = new Headers(request.headers)
  headers.set('accept-encoding', cf?.clientAcceptEncoding ?? '')
  return new Request(request, { headers })
}

/** What the application has compressed goes out as it is: told nothing, the platform would compress it again. */
function asMade(answer: Response): Response {
  if (!answer.headers.has('content-encoding')) return answer
  const { status, headers, body } = answer
  return new Response(body, { status, headers, encodeBody: 'manual' } as ResponseInit)
}

/** Workers take their variables as they are: a wrong role answers nothing at all, rather than something else. */
function appOf(env: Env, address: string, context: ExecutionContext): NonNullable<typeof app> {
  const role = readRole(env)
  if (typeof role === 'string') throw new Error(`${role}: docs/operations.md`)
  const deps = depsOf(env, role)
  if (role.role === 'redeem') return createRedeemApp({ ...deps, origin: env.PUBLIC_URL || null, peerKey: role.peerKey })
  const { databases, rng, rulebook, log } = deps
  context.waitUntil(makeSample(databases, rng, address, rulebook).catch(error => log(`sample: ${error}`)))
  return createApp(deps)
}

/** Read by nobody but who runs `wrangler tail` at that moment (docs/operations.md). */
const log = (line: string): void => console.error(line)

function depsOf(env: Env, role: Role): Deps {
  const databases = databasesOf(env)
  const lastCallMs = Number(env.LAST_CALL_SECONDS || 120) * 1000
  return {
    databases,
    directory: databases.directory,
    rulebook: RULEBOOK,
    polls: new Polls(databases, work => asked.getStore()?.context.waitUntil(work)),
    work: workHere(secureRng),
    rng: secureRng,
    now: Date.now,
    pause: ms => new Promise(resolve => setTimeout(resolve, ms)),
    lastCallMs: rehearsal => (rehearsal ? Math.min(10_000, lastCallMs) : lastCallMs),
    pages: pagesOf(env.ASSETS),
    addresses: () => [env.PUBLIC_URL || asked.getStore()!.origin],
    operatorKey: env.OPERATOR_KEY,
    peer: role.role === 'box' ? peerAt(role.redeemUrl, role.peerKey, (url, init) => fetch(url, init), log) : undefined,
    log,
  }
}

function databasesOf({ DIRECTORY, POLLS }: Env): Databases {
  const known = new Map<string, Db>()
  return {
    directory: d1Directory(DIRECTORY),
    of: poll => {
      const name = toHex(poll)
      const db = known.get(name) ?? durableDb(POLLS, poll)
      known.set(name, db)
      return db
    },
    close: async () => {},
  }
}

/** Compressed on the way, if at all, by the platform. */
function pagesOf(assets: Fetcher): Pages {
  const types = new Map(PAGES.types)
  return {
    find: async path => {
      const type = types.get(path)
      if (type === undefined) return null
      const file = await assets.fetch(new URL(path, 'https://assets.invalid'))
      if (!file.ok) throw new Error(`${path}: ${file.status}`)
      return { type, body: new Uint8Array(await file.arrayBuffer()), gzip: null, brotli: null }
    },
    bundle: PAGES.bundle,
    bundleHash: fromBase64url(PAGES.bundleHash)!,
  }
}
