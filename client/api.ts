/**
 * The only way to the network. Voters' and members' requests carry no cookie and no referrer; nothing here retries or
 * remembers. Whoever calls decides what a lost line means.
 */
import { toBase64url } from '../crypto/bytes.ts'
import type { FormAnswer, FormId } from '../server/reports/form.ts'
import type { Keying } from '../server/rules/keying.ts'
import type { FormText } from '../server/wire/forms.ts'
import type {
  DossierView,
  EntryBody,
  LeaderPoll,
  Me,
  MinutesFacts,
  PersonView,
  Profile,
  Role,
  Stamp,
} from '../server/wire/leader.ts'
import type { PackDraftView, PackText, StatementWire } from '../server/wire/packs.ts'
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
export type No = {
  readonly refused: Refusal | 'offline'
  readonly retryAfterSeconds?: number
  /** Which line of a pack, which rule of arithmetic. */
  readonly where?: string
}
export type Answer<T> = { readonly ok: T } | No

const OCTETS = 'application/octet-stream'
const SILENT: RequestInit = { credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store' }

async function ask<T>(path: string, init: RequestInit, read: (response: Response) => Promise<T>): Promise<Answer<T>> {
  try {
    const response = await fetch(path, init)
    if (response.ok) return { ok: await read(response) }
    const said = (await response.json()) as Refused
    const { refused, retryAfterSeconds, where } = said
    return { refused, ...(retryAfterSeconds ? { retryAfterSeconds } : {}), ...(where ? { where } : {}) }
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
/** Every frozen rule pack: public texts. */
export const getPacks = () => ask<readonly PackText[]>('/api/packs', SILENT, json)
/** The very text; whether it is the one that the hash names is for whoever asks. */
export const getPack = (sha256: string) => ask(`/api/packs/${sha256}`, SILENT, text)
/** Forms of ballots that came with the program: public texts. */
export const getForms = () => ask<readonly FormText[]>('/api/forms', SILENT, json)
export const sendTry = (nonce: string) => ask(`/api/try/${nonce}`, { ...SILENT, method: 'POST' }, nothing)

// ── the voter ───────────────────────────────────────────────────────────────────────────────────────────────────

/** `at`: the origin that the manifest names for cards; empty: where this page came from. */
export const redeem = (manifestHash: Uint8Array, request: Uint8Array, at: string) =>
  ask(`${at}${poll(manifestHash)}/redeem`, postOctets(request), octets)
export const cast = (manifestHash: Uint8Array, ballot: Uint8Array) =>
  ask(`${poll(manifestHash)}/cast`, postOctets(ballot), octets)
export const sendComment = (manifestHash: Uint8Array, envelope: Uint8Array) =>
  ask(`${poll(manifestHash)}/comment`, postOctets(envelope), octets)
export const voidCard = (manifestHash: Uint8Array, request: Uint8Array, at: string) =>
  ask(`${at}${poll(manifestHash)}/void`, postOctets(request), nothing)

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
const from = (device: string | null, body: object) => (device === null ? body : { ...body, device })
const memberPost = (link: Link, what: string, body: unknown) =>
  ask(member(link, what), asMember(link, post(body)), nothing)

/** `device`: what this phone drew for a round on paper; null: nothing, or of another round. */
export const getMember = (link: Link, device: string | null) =>
  ask<MemberView>(member(link), asMember(link, device === null ? {} : { headers: { 'x-device': device } }), json)
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
export const sendAct = (link: Link, act: ActWire, device: string | null) => memberPost(link, '/act', from(device, act))
export const sendOpen = (link: Link, signature: string) => memberPost(link, '/open', { signature })
export const sendShares = (link: Link, shares: readonly ShareWire[]) => memberPost(link, '/shares', { shares })
export const sendCombine = (link: Link, signature: string) => memberPost(link, '/combine', { signature })
export const getEnvelopes = (link: Link, signature: string) =>
  ask(member(link, '/envelopes'), asMember(link, post({ signature })), octets)
export const sendCommentShares = (
  link: Link,
  said: { readonly combiner: number; readonly box: string; readonly signature: string },
) => memberPost(link, '/comment-shares', said)
export const getCommentBoxes = (link: Link) =>
  ask<{ readonly boxes: readonly (string | null)[] }>(member(link, '/comment-boxes'), asMember(link), json)
/** `signed`: the signature, then the file. */
export const putCommentFile = (link: Link, signed: Uint8Array) =>
  ask(member(link, '/comment-file'), asMember(link, { ...postOctets(signed), method: 'PUT' }), nothing)
export const sendResult = (link: Link, result: string, signature: string) =>
  memberPost(link, '/result', { text: result, signature })
export const sendClaim = (link: Link, hash: string) => memberPost(link, '/claim', { device: hash })
export const sendKeying = (link: Link, keying: Keying, device: string | null) =>
  memberPost(link, '/keying', from(device, keying))

// ── the organiser ───────────────────────────────────────────────────────────────────────────────────────────────

const SESSION: RequestInit = { credentials: 'same-origin', referrerPolicy: 'no-referrer', cache: 'no-store' }
const organiser = (what = ''): string => `/api/organiser${what}`
const organiserPost = (what: string, body: unknown) => ask(organiser(what), { ...SESSION, ...post(body) }, nothing)

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
/** Nothing comes back but the refusal. */
export const sendStatement = (id: string, statement: StatementWire) =>
  ask(organiser(`/polls/${id}/statement`), { ...SESSION, ...post(statement), method: 'PUT' }, nothing)

// ── anybody with an account (server/wire/leader.ts) ─────────────────────────────────────────────────────────────

const account = (what: string): string => `/api/account${what}`
const accountPost = (what: string, body: unknown) => ask(account(what), { ...SESSION, ...post(body) }, nothing)

export const setUp = (link: string, password: string) => accountPost('/setup', { link, password })
export const logInAs = (login: string, password: string) => accountPost('/login', { login, password })
export const acceptInvitation = (invitation: string, login: string, password: string) =>
  accountPost('/invited', { invitation, login, password })
export const endSession = () => accountPost('/logout', {})
export const getMe = () => ask<Me>(account('/me'), SESSION, json)

/** The dossier of one poll: papers are fetched by links that begin so. */
export const dossierAt = (poll: string, what = ''): string => `/api/leader/polls/${poll}${what}`
const dossierPost = (poll: string, what: string, body: unknown) =>
  ask(dossierAt(poll, what), { ...SESSION, ...post(body) }, nothing)

export const getDossiers = () => ask<readonly LeaderPoll[]>('/api/leader', SESSION, json)
export const getDossier = (poll: string) => ask<DossierView>(dossierAt(poll), SESSION, json)
export const addEntry = (poll: string, body: EntryBody) => dossierPost(poll, '/entries', body)
export const confirmEntry = (poll: string, n: number) => dossierPost(poll, '/confirm', { n })
export const saveMinutes = (poll: string, version: number, facts: MinutesFacts) =>
  ask<{ readonly version: number }>(
    dossierAt(poll, '/minutes'),
    { ...SESSION, ...post({ version, facts }), method: 'PUT' },
    json,
  )
export const sealMinutes = (poll: string, version: number) => dossierPost(poll, '/minutes/seal', { version })
export const addScan = (poll: string, file: Blob, name: string) =>
  ask(
    dossierAt(poll, `/scans?name=${encodeURIComponent(name)}`),
    { ...SESSION, method: 'POST', headers: { 'content-type': file.type }, body: file },
    nothing,
  )
/** Encrypted, for the competent authority alone (server/wire/comments.ts). */
export const getCommentFile = (poll: string) => ask(dossierAt(poll, '/comments'), SESSION, octets)
export const setStamp = (poll: string, stamp: Stamp) => dossierPost(poll, '/stamp', { stamp })
export const numberCopy = (poll: string, form: string, recipient: string) =>
  ask<{ readonly number: number }>(dossierAt(poll, '/copies'), { ...SESSION, ...post({ form, recipient }) }, json)

/** Who may get in; of an organiser. */
const personPost = (person: string, what: string, body: unknown) => accountPost(`/people/${person}${what}`, body)
const invitation = (path: string, body: unknown) =>
  ask<{ readonly invitation: string }>(account(path), { ...SESSION, ...post(body) }, json)

export const getPeople = () => ask<readonly PersonView[]>(account('/people'), SESSION, json)
export const invite = (name: string, role: Role, polls: readonly string[] | null) =>
  invitation('/people', { name, role, polls })
export const inviteAgain = (person: string) => invitation(`/people/${person}/invite`, {})
export const givePolls = (person: string, polls: readonly string[] | null) => personPost(person, '/polls', { polls })
export const removePerson = (person: string) => personPost(person, '/remove', {})

// ── rule packs (server/wire/packs.ts) ───────────────────────────────────────────────────────────────────────────

const packDraft = (draft: string, what = ''): string => `/api/packs/drafts/${draft}${what}`
const packDraftPost = (draft: string, what: string, body: unknown) =>
  ask(packDraft(draft, what), { ...SESSION, ...post(body) }, nothing)

export const getPackDrafts = () => ask<readonly PackDraftView[]>('/api/packs/drafts', SESSION, json)
/** `from`: hash of a pack, or id of a form. */
export const beginPackDraft = (from: string) =>
  ask<{ readonly draft: string }>('/api/packs/drafts', { ...SESSION, ...post({ from }) }, json)
export const savePackDraft = (draft: string, version: number, text: string) =>
  ask<{ readonly version: number }>(packDraft(draft), { ...SESSION, ...post({ version, text }), method: 'PUT' }, json)
export const proposePack = (draft: string, version: number) => packDraftPost(draft, '/propose', { version })
export const confirmPack = (draft: string, sha256: string) => packDraftPost(draft, '/confirm', { sha256 })
export const deletePackDraft = (draft: string) => packDraftPost(draft, '/delete', {})

// ── who prints a paper ──────────────────────────────────────────────────────────────────────────────────────────

/** Which paper: `copy` is its number under a secrecy stamp. */
export interface PaperLink {
  readonly poll: string
  readonly form: FormId
  readonly profile: Profile
  readonly copy: number | null
}

export const paperAt = ({ poll, form, profile, copy }: PaperLink, what = ''): string =>
  dossierAt(poll, `/forms/${form}${what}?profile=${profile}${copy === null ? '' : `&copy=${copy}`}`)

export const getPaper = (link: PaperLink) => ask<FormAnswer>(paperAt(link), SESSION, json)
