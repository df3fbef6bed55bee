/**
 * The deployment that redeems the cards of this box's polls, under another hand (`ROLE`): what the box asks of it. Each
 * call may be made again and changes nothing the second time.
 *
 *     put      the manifest is fixed: its text, the box's keys, the cards' public keys
 *     gate     cards may be voided, and once the box is opened redeemed
 *     shut     nothing more is spent, ever; what is there is rewritten
 *     counts   while it is open: how many, by group; never which
 *     spent    once it is shut: every request, for the closing statement and the record
 *     forget   the poll is begun anew, void or deleted; not while it is open
 *
 * What the other one refuses (`closed`, `too-early`, another key) it refuses the next time too: that is `peer-refuses`, and
 * no outage.
 *
 * Trust: who has the key can put polls there, shut them for good and then have them forgotten, and learn counts; of open
 * polls it learns no card. Who holds the other deployment has the issuer keys and the receipt key too (docs/threat-model.md).
 */
import { readUtf8, toBase64url } from '../crypto/bytes.ts'
import { attempt } from '../crypto/fault.ts'
import { bytes, exactly, integer, listOf, parseJson, type Shape } from '../crypto/json.ts'
import { readBounded } from './bounded.ts'
import { no } from './refusals.ts'
import type { Spent } from './store/voting.ts'

/** What a poll's cards are redeemed with. */
export interface Handed {
  readonly manifest: string
  /** As they lie in the box's database (`polls.ts`). */
  readonly keys: string
  /** Base64url, by group, ascending. */
  readonly tokens: readonly (readonly string[])[]
}

/** Of one group. */
export interface SpentCount {
  readonly redeemed: number
  readonly voided: number
}

/** Each refuses `peer-away`, `peer-refuses`. */
export interface Peer {
  /** As phones reach it. */
  readonly origin: string
  put(manifestHash: Uint8Array, handed: Handed): Promise<void>
  gate(manifestHash: Uint8Array, gate: 'void-only' | 'open'): Promise<void>
  shut(manifestHash: Uint8Array): Promise<void>
  /** By group, in the manifest's order. */
  counts(manifestHash: Uint8Array): Promise<readonly SpentCount[]>
  /** Ascending by token. */
  spent(manifestHash: Uint8Array): Promise<readonly Spent[]>
  forget(manifestHash: Uint8Array): Promise<void>
}

/** The platform's. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/**
 * People wait for these; for what rewrites or carries a whole poll a while longer. A platform lets what was begun go on
 * for 30 s after whoever asked has gone: by then it has an end.
 */
const COUNTS_MS = 3_000
const QUICK_MS = 5_000
const LONG_MS = 25_000
const MOST_COUNTS_BYTES = 65_536
const MOST_SPENT_BYTES = 64 * 1024 * 1024
const MOST_SPENT = 255 * 65_535
const MOST_GROUPS = 255

const countsShape = exactly({
  counts: listOf(exactly({ redeemed: integer(0), voided: integer(0) }), 0, MOST_GROUPS),
})
const spentShape = exactly({
  redeemed: listOf(bytes(), 0, MOST_SPENT),
  voided: listOf(bytes(), 0, MOST_SPENT),
})

/** A refusal that passes by itself is none. */
const PASSING: readonly (string | undefined)[] = ['too-many', 'disk-full', 'away', 'failed']

/** What was refused; null where the answer says nothing of the kind. */
function refusedIn(answer: Uint8Array | null): string | null {
  const text = answer && readUtf8(answer)
  const code = text && /^\{"refused":"([a-z-]{1,40})"/.exec(text)?.[1]
  return code && !PASSING.includes(code) ? code : null
}

export function peerAt(origin: string, key: string, fetch: Fetch, log: (line: string) => void = () => {}): Peer {
  let logged = ''
  /** Once, however often it is asked. */
  function refused(what: string, code: string): never {
    const line = `peer: ${what}: ${code}`
    if (line !== logged) log(line)
    logged = line
    return no('peer-refuses', code)
  }
  async function ask(
    method: string,
    manifestHash: Uint8Array,
    what: string,
    { body, ms = QUICK_MS, most = 0 }: { readonly body?: unknown; readonly ms?: number; readonly most?: number } = {},
  ): Promise<Uint8Array> {
    const init: RequestInit = {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      // Nobody is sent on with our key.
      redirect: 'manual',
      signal: AbortSignal.timeout(ms),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }
    let code: string | null = null
    try {
      const response = await fetch(`${origin}/api/peer/${toBase64url(manifestHash)}${what}`, init)
      const answer = await readBounded(response.body, response.ok ? most : MOST_COUNTS_BYTES)
      if (response.ok && answer !== null) return answer
      if (!response.ok) code = refusedIn(answer)
    } catch {
      // Not reached, or it broke off: whether it was done is not known. The same again finds out.
    }
    return code === null ? no('peer-away', `${method} ${what}`) : refused(`${method} ${what}`, code)
  }
  const read = <T>(shape: Shape<T>, answer: Uint8Array, what: string): T => {
    const text = readUtf8(answer)
    const found = text === null ? null : attempt(() => ({ value: shape(parseJson(text, 'answer'), '') }))
    return found === null ? no('peer-away', what) : found.value
  }
  return {
    origin,
    put: async (hash, handed) => void (await ask('PUT', hash, '', { body: handed, ms: LONG_MS })),
    gate: async (hash, gate) => void (await ask('POST', hash, '/gate', { body: { gate } })),
    shut: async hash => void (await ask('POST', hash, '/gate', { body: { gate: 'shut' }, ms: LONG_MS })),
    counts: async hash =>
      read(countsShape, await ask('GET', hash, '/counts', { ms: COUNTS_MS, most: MOST_COUNTS_BYTES }), 'counts').counts,
    spent: async hash => {
      const answer = await ask('GET', hash, '/spent', { ms: LONG_MS, most: MOST_SPENT_BYTES })
      const { redeemed, voided } = read(spentShape, answer, 'spent')
      return [
        ...redeemed.map(request => ({ request, voided: false })),
        ...voided.map(request => ({ request, voided: true })),
      ]
    },
    forget: async hash => void (await ask('DELETE', hash, '', { ms: LONG_MS })),
  }
}
