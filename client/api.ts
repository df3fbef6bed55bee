/**
 * The only way to the network. Voters' and members' requests carry no cookie and no referrer; nothing here retries or
 * remembers. Whoever calls decides what a lost line means.
 */
import { toBase64url } from '../crypto/bytes.ts'
import type {
  Action,
  ActWire,
  BundleView,
  Draft,
  HallView,
  MemberView,
  OrganiserView,
  PackageWire,
  PollView,
  PublicView,
  Refusal,
  Refused,
  ShareWire,
} from '../server/wire.ts'

/** `offline`: no answer came; the request may have arrived or not. */
export type No = { readonly refused: Refusal | 'offline'; readonly retryAfterSeconds?: number }
export type Answer<T> = { readonly ok: T } | No

const OCTETS = 'application/octet-stream'
const SILENT: RequestInit = { credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' }

async function ask<T>(path: string, init: RequestInit, read: (response: Response) => Promise<T>): Promise<Answer<T>> {
  try {
    const response = await fetch(path, init)
    if (response.ok) return { ok: await read(response) }
    const said = (await response.json()) as Refused
    return { refused: said.refused, ...(said.retryAfterSeconds ? { retryAfterSeconds: said.retryAfterSeconds } : {}) }
  } catch {
    return { refused: 'offline' }
  }
}

const json = <T>(response: Response): Promise<T> => response.json() as Promise<T>
const text = (response: Response): Promise<string> => response.text()
const octets = async (response: Response): Promise<Uint8Array> => new Uint8Array(await response.arrayBuffer())
const nothing = async (): Promise<null> => null

const post = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
const postOctets = (body: Uint8Array): RequestInit => ({
  ...SILENT,
  method: 'POST',
  headers: { 'content-type': OCTETS },
  body: body.slice().buffer,
})

// ── anybody ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** `start`: base64url of the hash's first 20 bytes, or the short code; hyphens and spaces do not matter. */
export const getManifest = (start: string) => ask(`/api/manifests/${encodeURIComponent(start)}`, SILENT, text)

const poll = (manifestHash: Uint8Array): string => `/api/polls/${toBase64url(manifestHash)}`

export const getPoll = (manifestHash: Uint8Array) => ask<PublicView>(poll(manifestHash), SILENT, json)
export const getHall = (manifestHash: string) => ask<HallView>(`/api/polls/${manifestHash}/hall`, SILENT, json)
export const getRecord = (manifestHash: Uint8Array) => ask(`${poll(manifestHash)}/record`, SILENT, octets)
export const getBundle = () => ask<BundleView>('/api/bundle', SILENT, json)
/** One of the voting page's files, as phones get it. */
export const getFile = (path: string) => ask(path, SILENT, octets)
export const sendTry = (nonce: string) => ask(`/api/try/${nonce}`, { ...SILENT, method: 'POST' }, nothing)

// ── the voter ───────────────────────────────────────────────────────────────────────────────────────────────────

export const redeem = (manifestHash: Uint8Array, request: Uint8Array) =>
  ask(`${poll(manifestHash)}/redeem`, postOctets(request), octets)
export const cast = (manifestHash: Uint8Array, ballot: Uint8Array) =>
  ask(`${poll(manifestHash)}/cast`, postOctets(ballot), octets)
export const sendComment = (manifestHash: Uint8Array, envelope: Uint8Array) =>
  ask(`${poll(manifestHash)}/comment`, postOctets(envelope), octets)
export const voidCard = (manifestHash: Uint8Array, request: Uint8Array) =>
  ask(`${poll(manifestHash)}/void`, postOctets(request), nothing)

// ── a member of the counting team ───────────────────────────────────────────────────────────────────────────────

/** Who asks: what the personal link says. */
export interface Link {
  readonly poll: string
  readonly index: number
  readonly secret: string
}

const asMember = (link: Link, init: RequestInit = {}): RequestInit => ({
  ...SILENT,
  ...init,
  headers: { ...(init.headers as Record<string, string> | undefined), authorization: `Bearer ${link.secret}` },
})
const member = (link: Link, what = ''): string => `/api/members/${link.poll}/${link.index}${what}`
const memberPost = (link: Link, what: string, body: unknown) =>
  ask(member(link, what), asMember(link, post(body)), nothing)

export const getMember = (link: Link) => ask<MemberView>(member(link), asMember(link), json)
export const getMemberRecord = (link: Link) => ask(member(link, '/record'), asMember(link), octets)
export const sendCommit = (link: Link, attempt: number, commitment: string) =>
  memberPost(link, '/commit', { attempt, commitment })
export const sendReveal = (link: Link, attempt: number, revealed: PackageWire) =>
  memberPost(link, '/reveal', { attempt, package: revealed })
export const sendBoxes = (link: Link, attempt: number, boxes: Readonly<Record<string, string>>) =>
  memberPost(link, '/boxes', { attempt, boxes })
export const sendConfirm = (link: Link, attempt: number, confirmation: string, rehearsal: string) =>
  memberPost(link, '/confirm', { attempt, confirmation, rehearsal })
export const sendStop = (link: Link, attempt: number, code: string, where: string) =>
  memberPost(link, '/stop', { attempt, code, where })
export const sendPin = (link: Link, pin: string) => memberPost(link, '/pin', { pin })
export const sendSheet = (link: Link) => memberPost(link, '/sheet', {})
export const sendAct = (link: Link, act: ActWire) => memberPost(link, '/act', act)
export const sendOpen = (link: Link, signature: string) => memberPost(link, '/open', { signature })
export const sendShares = (link: Link, shares: readonly ShareWire[]) => memberPost(link, '/shares', { shares })
export const sendResult = (link: Link, result: string, signature: string) =>
  memberPost(link, '/result', { text: result, signature })

// ── the organiser ───────────────────────────────────────────────────────────────────────────────────────────────

const SESSION: RequestInit = { credentials: 'same-origin', referrerPolicy: 'no-referrer', cache: 'no-store' }
const organiser = (what = ''): string => `/api/organiser${what}`
const organiserPost = (what: string, body: unknown) => ask(organiser(what), { ...SESSION, ...post(body) }, nothing)

export const setUp = (link: string, password: string) => organiserPost('/setup', { link, password })
export const logIn = (password: string) => organiserPost('/login', { password })
export const logOut = () => organiserPost('/logout', {})
export const getOrganiser = () => ask<OrganiserView>(organiser(), SESSION, json)
export const makePoll = (rehearsal: boolean, follows: string | null) =>
  ask<{ readonly poll: string }>(organiser('/polls'), { ...SESSION, ...post({ rehearsal, follows }) }, json)
export const getPollOfOrganiser = (id: string) => ask<PollView>(organiser(`/polls/${id}`), SESSION, json)
export const saveDraft = (id: string, version: number, draft: Draft) =>
  ask<{ readonly version: number }>(
    organiser(`/polls/${id}/draft`),
    { ...SESSION, ...post({ version, draft }), method: 'PUT' },
    json,
  )
export const seal = (id: string) => organiserPost(`/polls/${id}/seal`, {})
export const restart = (id: string) => organiserPost(`/polls/${id}/restart`, {})
export const sendManifest = (id: string, manifest: string, tokens: readonly (readonly string[])[]) =>
  organiserPost(`/polls/${id}/manifest`, { manifest, tokens })
export const markPrinted = (id: string) => organiserPost(`/polls/${id}/printed`, {})
export const askFor = (
  id: string,
  request: {
    readonly action: Action
    readonly reason: string
    readonly plainHttpRead: boolean
    readonly title: string
  },
) => organiserPost(`/polls/${id}/ask`, request)
export const withdraw = (id: string) => organiserPost(`/polls/${id}/withdraw`, {})
export const deletePoll = (id: string, title: string) => organiserPost(`/polls/${id}/delete`, { title })
export const getRecordOfOrganiser = (id: string) => ask(organiser(`/polls/${id}/record`), SESSION, octets)
