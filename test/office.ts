/**
 * A unit's office on its ballot day: the real application over a real database, the organiser with a session, the
 * counting team's devices and voters' phones, all speaking HTTP (in this process, or over a socket).
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkCeremonyView } from '../client/organiser/ceremony.ts'
import { manifestOf } from '../client/organiser/manifest.ts'
import { readPackage, writePackage } from '../client/packages.ts'
import { compare, concat, fromBase64url, type Rng, toBase64url } from '../crypto/bytes.ts'
import { MemberDevice } from '../crypto/device.ts'
import { readPoint } from '../crypto/group.ts'
import { type Manifest, parseManifest } from '../crypto/manifest.ts'
import { chunksOf } from '../crypto/record.ts'
import type { Share } from '../crypto/share.ts'
import { sign } from '../crypto/signature.ts'
import { type Card, cardLink, newCard, tokenKeyPair, voidMessage } from '../crypto/token.ts'
import { verify } from '../crypto/verify.ts'
import { newSetupLink } from '../server/account.ts'
import { createApp } from '../server/app.ts'
import { openSqlite } from '../server/db/sqlite.ts'
import type { Db } from '../server/db.ts'
import type { AtPoll, Deps } from '../server/deps.ts'
import { emptyDraft } from '../server/draft.ts'
import { Phone } from '../server/play/phone.ts'
import { secureRng } from '../server/play/seed.ts'
import { Polls } from '../server/polls.ts'
import { readBallotForms, readForms, readRulebook } from '../server/rulebook.ts'
import { groupsOf } from '../server/rules/contests.ts'
import type { Role } from '../server/wire/leader.ts'
import type { Action, Draft, MemberView, PackageWire, PollView, ShareWire } from '../server/wire.ts'
import { workHere } from '../server/work.ts'

export type Ask = (path: string, init?: RequestInit) => Promise<Response>

export const ADDRESS = 'http://phieukin.test:8080'
const BUNDLE_HASH: Uint8Array = new Uint8Array(32).fill(7)

/** The packs that the program comes with. */
export const RULEBOOK = { packs: readRulebook(), forms: readForms(), ballots: readBallotForms() }

export interface Office {
  readonly ask: Ask
  readonly deps: Deps
  /** Where every poll lies: one file. */
  readonly db: Db
  /** The application with any poll at hand. */
  readonly at: AtPoll
  /** Of the database. */
  readonly file: string
  readonly logged: readonly string[]
  /** Moves the clock on. */
  readonly wait: (ms: number) => void
  readonly close: () => Promise<void>
}

/** The application in this process; pages are left out, since files know nothing. */
export function openOffice(change: Partial<Deps> = {}): Office {
  const folder = mkdtempSync(join(tmpdir(), 'phieukin-'))
  const file = join(folder, 'phieukin.sqlite')
  const databases = openSqlite(file)
  const db = databases.of(new Uint8Array(16))
  const logged: string[] = []
  let time = Date.UTC(2026, 11, 5)
  const deps: Deps = {
    databases,
    directory: databases.directory,
    rulebook: RULEBOOK,
    polls: new Polls(databases),
    work: workHere(secureRng),
    rng: secureRng,
    now: () => time,
    pause: async () => {},
    lastCallMs: () => 120_000,
    pages: { find: async () => null, bundle: [], bundleHash: BUNDLE_HASH },
    addresses: () => [ADDRESS],
    log: line => logged.push(line),
    ...change,
  }
  const app = createApp(deps)
  return {
    ask: async (path, init) => app.request(path, init),
    deps,
    db,
    at: { ...deps, db },
    file,
    logged,
    wait: ms => {
      time += ms
    },
    close: async () => {
      await deps.work.close()
      await databases.close()
      rmSync(folder, { recursive: true })
    },
  }
}

/** What came back, or the refusal's name. */
export async function said<T = unknown>(response: Response): Promise<T> {
  if (response.status === 204) return null as T
  const type = response.headers.get('content-type') ?? ''
  if (type.startsWith('application/octet-stream')) return new Uint8Array(await response.arrayBuffer()) as T
  if (type.startsWith('application/json')) {
    const json = (await response.json()) as { readonly refused?: string }
    return (json.refused ?? json) as T
  }
  return (await response.text()) as T
}

export const json = (body: unknown, headers: Record<string, string> = {}, method = 'POST'): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})

// ── the organiser ───────────────────────────────────────────────────────────────────────────────────────────────

export interface Organiser {
  readonly cookie: string
  readonly post: (path: string, body?: unknown) => Promise<unknown>
  readonly put: (path: string, body: unknown) => Promise<unknown>
  readonly get: <T>(path: string) => Promise<T>
}

export const PASSWORD = 'mật khẩu đủ dài'

export const organiserWith = (ask: Ask, cookie: string): Organiser => ({
  cookie,
  post: async (path, body = {}) => said(await ask(`/api/organiser${path}`, json(body, { cookie }))),
  put: async (path, body) => said(await ask(`/api/organiser${path}`, json(body, { cookie }, 'PUT'))),
  get: async path => said(await ask(`/api/organiser${path}`, { headers: { cookie } })),
})

export const cookieOf = (response: Response): string => response.headers.get('set-cookie')?.split(';')[0] ?? ''

/** Sets the password by the one-time link and holds the session. */
export async function firstOrganiser(office: Office): Promise<Organiser> {
  const link = await newSetupLink(office.deps.directory, secureRng)
  const response = await office.ask('/api/account/setup', json({ link, password: PASSWORD }))
  if (response.status !== 204) throw new Error(`set-up: ${await response.text()}`)
  return organiserWith(office.ask, cookieOf(response))
}

// ── others with an account ──────────────────────────────────────────────────────────────────────────────────────

/** Somebody with a session, at any door below `/api`. */
export interface Visitor {
  readonly cookie: string
  readonly post: (path: string, body?: unknown) => Promise<unknown>
  readonly put: (path: string, body: unknown) => Promise<unknown>
  readonly get: <T>(path: string) => Promise<T>
}

export const visitorWith = (ask: Ask, cookie: string): Visitor => ({
  cookie,
  post: async (path, body = {}) => said(await ask(`/api${path}`, json(body, { cookie }))),
  put: async (path, body) => said(await ask(`/api${path}`, json(body, { cookie }, 'PUT'))),
  get: async path => said(await ask(`/api${path}`, { headers: { cookie } })),
})

/** The one-time invitation. `polls` null: all of them. */
export async function invite(
  ask: Ask,
  { cookie }: Pick<Organiser, 'cookie'>,
  guest: { readonly name: string; readonly role: Role; readonly polls: readonly string[] | null },
): Promise<string> {
  const { invitation } = (await visitorWith(ask, cookie).post('/account/people', guest)) as { invitation: string }
  return invitation
}

/** Somebody whom the organiser invited and who came, with the password that everybody has here. */
export async function personWith(
  ask: Ask,
  organiser: Pick<Organiser, 'cookie'>,
  guest: {
    readonly name: string
    readonly role: Role
    readonly polls: readonly string[] | null
    readonly login: string
  },
): Promise<Visitor> {
  const { login, ...invited } = guest
  const invitation = await invite(ask, organiser, invited)
  const response = await ask('/api/account/invited', json({ invitation, login, password: PASSWORD }))
  if (response.status !== 204) throw new Error(`invited: ${await response.text()}`)
  return visitorWith(ask, cookieOf(response))
}

export const draftFor = (change: Partial<Draft> = {}): Draft => ({
  ...emptyDraft(ADDRESS),
  title: 'Lấy phiếu tín nhiệm đối với người đứng đầu',
  unit: 'Sở A',
  subjects: [{ name: '', position: 'Giám đốc Sở A' }],
  convened: 9,
  members: ['Tổ trưởng', 'Tổ viên 1', 'Tổ viên 2'],
  minimumBallots: 3,
  disclosure: 'public',
  ...change,
})

/** Criteria in the form's four grades. */
export const criteriaOf = (...titles: readonly string[]): Draft['questions'] =>
  titles.map(title => ({ kind: 'graded', title, options: [], max: 1 }))

// ── a member of the counting team ───────────────────────────────────────────────────────────────────────────────

export interface Member {
  readonly device: MemberDevice
  readonly view: () => Promise<MemberView>
  /** The refusal, or null. */
  readonly post: (what: string, body: unknown) => Promise<unknown>
  readonly record: () => Promise<string>
}

export function memberWith(ask: Ask, poll: string, index: number, secret: string, device: MemberDevice): Member {
  const path = `/api/members/${poll}/${index}`
  const headers = { authorization: `Bearer ${secret}` }
  return {
    device,
    view: async () => said(await ask(path, { headers })),
    post: async (what, body) => said(await ask(`${path}${what}`, json(body, headers))),
    record: async () => said(await ask(`${path}/record`, { headers })),
  }
}

const b64 = toBase64url
const bytes = (text: string) => fromBase64url(text)!

// ── a poll, step by step ────────────────────────────────────────────────────────────────────────────────────────

export interface SealedPoll {
  readonly poll: string
  readonly manifest: Manifest
  /** Base64url, as it stands in the voters' doors. */
  readonly hash: string
  readonly cards: readonly Card[]
  readonly members: readonly Member[]
}

const must = (what: string, answer: unknown): void => {
  if (answer !== null) throw new Error(`${what}: ${JSON.stringify(answer)}`)
}

/** Drafts, seals and prints: afterwards the poll waits to be opened. */
export async function sealPoll(
  ask: Ask,
  organiser: Organiser,
  { draft = draftFor(), cards: howMany = 10, rehearsal = false, rng = secureRng, bundle = BUNDLE_HASH } = {},
): Promise<SealedPoll> {
  const { poll } = (await organiser.post('/polls', { rehearsal, follows: null })) as { readonly poll: string }
  await organiser.put(`/polls/${poll}/draft`, { version: 1, draft })
  const { nonce } = await organiser.get<PollView>(`/polls/${poll}`)
  const host = draft.address.replace(/^https?:\/\//, '')
  must('try', await said(await ask(`/api/try/${nonce}`, { method: 'POST', headers: { host } })))
  must('seal', await organiser.post(`/polls/${poll}/seal`))
  const members = await holdCeremony(ask, organiser, poll, rng)
  const drawn = await drawCards(organiser, poll, howMany, rng, bundle)
  must('manifest', await organiser.post(`/polls/${poll}/manifest`, drawn.body))
  for (const { device, post } of members) must('pin', await post('/pin', { pin: b64(device.pin(drawn.manifest)) }))
  must('printed', await organiser.post(`/polls/${poll}/printed`))
  return { poll, manifest: drawn.manifest, hash: b64(drawn.manifest.hash), cards: drawn.cards, members }
}

const readAll = (packages: readonly (PackageWire | null)[]) =>
  packages.map((wire, i) => readPackage(wire, i + 1, wire?.name ?? ''))

export async function holdCeremony(ask: Ask, organiser: Organiser, poll: string, rng: Rng): Promise<readonly Member[]> {
  const { links, team } = await organiser.get<PollView>(`/polls/${poll}`)
  const { names, threshold, pollId, attempt } = team!
  const ceremony = { pollId: bytes(pollId), n: names.length, t: threshold }
  const members = names.map((name, i) =>
    memberWith(
      ask,
      poll,
      i + 1,
      links[i]!,
      MemberDevice.begin(ceremony, i + 1, name, rng, () => {}),
    ),
  )
  for (const { device, post } of members)
    must('commit', await post('/commit', { attempt, commitment: b64(device.commitment) }))
  for (const { device, post } of members)
    must('reveal', await post('/reveal', { attempt, package: writePackage(device.package) }))
  for (const { device, post, view } of members) {
    const { packages, commitments } = await view()
    const boxes = device.shares(
      readAll(packages),
      commitments.map(c => bytes(c!)),
    )
    const named = Object.fromEntries([...boxes].map(([to, box]) => [to, b64(box)]))
    must('boxes', await post('/boxes', { attempt, boxes: named }))
  }
  for (const { device, post, view } of members) {
    const { packages, boxes } = await view()
    const received = new Map(boxes.flatMap((box, i) => (box === null ? [] : [[i + 1, bytes(box)] as const])))
    const confirmation = b64(device.confirm(readAll(packages), received))
    must('confirm', await post('/confirm', { attempt, confirmation, rehearsal: b64(device.rehearsal()) }))
  }
  return members
}

/** What the organiser's browser does: checks the ceremony, draws the cards, writes the manifest last. */
export async function drawCards(organiser: Organiser, poll: string, howMany: number, rng: Rng, bundle: Uint8Array) {
  const { draft, pack, team, keys, rehearsal, redeemAt } = await organiser.get<PollView>(`/polls/${poll}`)
  const checked = checkCeremonyView(team!)
  if ('fault' in checked) throw new Error(`ceremony: ${checked.fault.code} at ${checked.fault.where}`)
  const pollId = bytes(team!.pollId)
  const counts = draft.groups.length === 0 ? [howMany] : groupsOf(draft).map(({ cards }) => cards)
  const byGroup = counts.map((n, group) => Array.from({ length: n }, () => newCard(group, rng)))
  const tokens = byGroup.map(list => list.map(card => tokenKeyPair(pollId, card).public.bytes).sort(compare))
  const element = (text: string) => readPoint(bytes(text), 'keys')
  const text = manifestOf({
    draft,
    pack,
    rehearsal,
    redeemAt,
    pollId,
    receiptKey: readPoint(bytes(keys!.receiptKey), 'receiptKey'),
    issuers: keys!.issuers.map(element),
    commentIssuers: keys!.commentIssuers.map(element),
    trustees: checked.trustees,
    tokens,
    bundle,
  })
  return {
    manifest: parseManifest(text),
    cards: byGroup.flat(),
    body: { manifest: text, tokens: tokens.map(list => list.map(b64)) },
  }
}

/** The organiser asks, members sign. */
export async function act(
  organiser: Organiser,
  { poll, members }: SealedPoll,
  action: Action,
  signers: readonly number[],
  handedOut: readonly number[] = [],
): Promise<void> {
  must(`ask ${action}`, await ask(organiser, poll, action))
  for (const signer of signers) must(`sign ${action}`, await signAct(members[signer]!, action, handedOut))
}

export const ask = async (organiser: Organiser, poll: string, action: Action): Promise<unknown> => {
  const { draft } = await organiser.get<PollView>(`/polls/${poll}`)
  const body = { action, reason: action === 'void' ? 'Sai trình tự' : '', plainHttpRead: true, title: draft.title }
  return organiser.post(`/polls/${poll}/ask`, body)
}

export const signAct = (member: Member, action: Action, handedOut: readonly number[] = []): Promise<unknown> =>
  member.post('/act', { action, handedOut, signature: b64(member.device.act({ action, handedOut })) })

const octets = (body: Uint8Array): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/octet-stream' },
  body: body.slice(),
})

export const post = (ask: Ask, hash: string, what: string, body: Uint8Array): Promise<Response> =>
  ask(`/api/polls/${hash}/${what}`, octets(body))

export const phoneWith = (manifest: Manifest, card: Card, rng: Rng = secureRng): Phone =>
  new Phone(manifest, cardLink('', card, manifest.hash).split('#')[1]!, rng)

/** One voter from card to receipts; an envelope for each prompt goes with the ballot, empty ones too. */
export async function vote(
  ask: Ask,
  { manifest, hash }: Pick<SealedPoll, 'manifest' | 'hash'>,
  card: Card,
  choices: readonly (readonly number[])[],
  comments: readonly string[] = manifest.comments.map(() => ''),
) {
  const phone = phoneWith(manifest, card)
  phone.receive(await said<Uint8Array>(await post(ask, hash, 'redeem', phone.request)))
  const [ballot, ...envelopes] = phone.seal(choices, comments, manifest.electionKey.point)
  const receipt = await said<Uint8Array>(await post(ask, hash, 'cast', ballot!.publicPart))
  phone.keepReceipt(ballot!, receipt)
  for (const envelope of envelopes) {
    const sent = await post(ask, hash, 'comment', concat(envelope.publicPart, envelope.sealedPart!))
    phone.keepReceipt(envelope, await said<Uint8Array>(sent))
  }
  return { phone, request: null, ballot: ballot!.publicPart, receipt }
}

/** What voids a card that is handed back. */
export function handBack({ manifest }: Pick<SealedPoll, 'manifest'>, card: Card): Uint8Array {
  const pair = tokenKeyPair(manifest.poll.id, card)
  return concat(pair.public.bytes, sign(pair, voidMessage(manifest.hash), secureRng))
}

/** Members open the closed box: each verifies the board itself; then shares; then the result. */
export async function count(members: readonly Member[]): Promise<void> {
  for (const { device, post, record } of members) {
    const report = await verify(chunksOf(await record()), { rng: secureRng })
    must('open', await post('/open', { signature: b64(device.open(report).signature) }))
  }
  const openingsOf = ({ openings }: MemberView) =>
    new Map(openings.flatMap((signature, i) => (signature === null ? [] : [[i + 1, bytes(signature)] as const])))
  for (const { device, post, view } of members) {
    const shares = [...device.share(openingsOf(await view())).entries()].map(
      ([sum, { D, proof }]): ShareWire => ({ sum, share: b64(D.bytes), proof: b64(proof) }),
    )
    must('shares', await post('/shares', { shares }))
  }
  for (const { device, post, view } of members) {
    const seen = await view()
    const shares = seen.shares.flatMap((list, i) => (list === null ? [] : [readShares(i + 1, list)]))
    const { text, signature } = device.result(openingsOf(seen), shares, fault => {
      throw new Error(`${fault.code} at ${fault.where}`)
    })
    must('result', await post('/result', { text, signature: b64(signature) }))
  }
}

const readShares = (trustee: number, list: readonly ShareWire[]): ReadonlyMap<string, Share> =>
  new Map(
    list.map(({ sum, share, proof }) => [sum, { trustee, D: readPoint(bytes(share), 'share'), proof: bytes(proof) }]),
  )
