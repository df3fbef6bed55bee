/** What the pages of organiser and counting team are shown of a poll. No view holds anything of a single voter. */
import { toBase64url } from '../crypto/bytes.ts'
import { readScalar } from '../crypto/group.ts'
import { keyPairOf } from '../crypto/signature.ts'
import { askedOf } from './asking.ts'
import { commentsView } from './comments.ts'
import { outcomeOf } from './counted.ts'
import type { SignedText } from './counting.ts'
import { type Split, turnoutOf } from './elsewhere.ts'
import { type Clock, lastCallLeft, mendLastCall } from './last-call.ts'
import { earlierRounds } from './opened.ts'
import { draftOf } from './organising.ts'
import { packOf } from './packs.ts'
import { isPaper, paperView } from './paper.ts'
import type { Person } from './people.ts'
import { type KnownPoll, readKeys } from './polls.ts'
import { statedOf } from './stating.ts'
import { isListed } from './store/listing.ts'
import { type Message, type PollRow, readMembers, readMessages, type Step } from './store/polls.ts'
import { readTurnout } from './store/voting.ts'
import type { Team } from './team.ts'
import type { Asked, MemberView, PackageWire, PollView, PublicView, ShareWire } from './wire.ts'

const NEEDED = { open: 1, close: 2, void: 1, publish: 1 } as const

/** Who has asked lately, in memory only: it lights up a name on the ceremony's screens. */
export class Presence {
  private readonly seen = new Map<string, number>()
  private readonly now: () => number
  constructor(now: () => number) {
    this.now = now
  }
  mark(poll: Uint8Array, index: number): void {
    this.seen.set(`${toBase64url(poll)}/${index}`, this.now())
  }
  isHere = (poll: Uint8Array, index: number): boolean =>
    this.now() - (this.seen.get(`${toBase64url(poll)}/${index}`) ?? Number.NEGATIVE_INFINITY) < 10_000
}

/** `index` 0 is the organiser, who gets no boxes. `device`: on paper, what the phone drew that has the place. */
export async function memberView(
  team: Team,
  presence: Presence,
  found: PollRow,
  index: number,
  device: string | null,
): Promise<MemberView> {
  const row = await mendLastCall(team, found)
  const draft = draftOf(row)
  const messages = await readMessages(team.db, row.id)
  const said = <T>(step: Step, read: (body: string) => T): readonly (T | null)[] =>
    draft.members.map((_, i) => {
      const found = messages.find(m => m.step === step && m.sender === i + 1)
      return found ? read(found.body) : null
    })
  const asIs = (body: string) => body
  const commitments = said('commit', asIs)
  const confirmed = said('confirm', body => JSON.parse(body) as { confirmation: string; rehearsal: string })
  const everybodyCommitted = commitments.every(c => c !== null)
  const stopped = messages.find(m => m.step === 'stop')
  const calling = row.state === 'open' && row.last_call_ms !== null
  return {
    state: row.state,
    title: draft.title,
    unit: draft.unit,
    rehearsal: row.rehearsal === 1,
    index,
    names: draft.members,
    threshold: draft.threshold,
    present: draft.members.map((_, i) => presence.isHere(row.id, i + 1)),
    attempt: row.attempt,
    pollId: row.run ? toBase64url(row.run) : '',
    commitments,
    packages: said('reveal', body => (everybodyCommitted ? (JSON.parse(body) as PackageWire) : null)),
    boxes: draft.members.map(
      (_, i) => messages.find(m => m.step === 'box' && m.sender === i + 1 && m.recipient === index)?.body ?? null,
    ),
    confirmations: confirmed.map(c => c?.confirmation ?? null),
    rehearsals: confirmed.map(c => c?.rehearsal ?? null),
    stopped: stopped ? { by: stopped.sender, ...JSON.parse(stopped.body) } : null,
    manifest: row.manifest,
    pins: said('pin', asIs),
    sheets: said('sheet', () => true).map(done => done === true),
    asked: asked(row, messages),
    voidReason: row.void_reason,
    lastCall: lastCallLeft(team, row),
    turnout: calling ? await exactTurnout(team, row) : null,
    closing:
      row.closing === null || isPaper(row)
        ? null
        : { text: row.closing, signature: toBase64url(row.closing_signature!) },
    openings: said('open', asIs),
    // A box that is void stays sealed: whatever was handed in to open it is handed out no more.
    shares: said('shares', body => (row.state === 'void' ? null : (JSON.parse(body) as readonly ShareWire[]))),
    results: said('result', body => (row.state === 'void' ? null : (JSON.parse(body) as SignedText))),
    comments: await commentsView(team.db, row, messages),
    paper: await paperView(team, row, messages, index, device),
  }
}

/** Null where the deployment that redeems does not say. */
async function exactTurnout(team: Team, row: PollRow): Promise<MemberView['turnout']> {
  if (row.manifest === null) return readTurnout(team.db, row.id)
  const { redeemed, cast } = await turnoutOf(team, await team.polls.of(row))
  return redeemed === null ? null : { redeemed, cast }
}

function asked(row: PollRow, messages: readonly Message[]): Asked | null {
  const found = askedOf(row)
  if (found === null) return null
  const signed = messages
    .filter(m => m.step === `act-${found.action}`)
    .map(({ sender, body }) => ({ index: sender, handedOut: (JSON.parse(body) as { handedOut: number[] }).handedOut }))
    .sort((a, b) => a.index - b.index)
  // On paper nobody states how many cards were handed out: one member who closes is enough.
  return { ...found, signed, needed: isPaper(row) ? 1 : NEEDED[found.action] }
}

export async function pollView(
  team: Team,
  presence: Presence,
  row: PollRow,
  addresses: readonly string[],
  person: Person,
): Promise<PollView> {
  const draft = draftOf(row)
  // A rehearsal that this one repeats may be gone.
  const follows = row.follows !== null && (await isListed(team.directory, row.follows)) ? row.follows : null
  return {
    poll: toBase64url(row.id),
    rehearsal: row.rehearsal === 1,
    state: row.state,
    version: row.version,
    draft,
    addresses,
    nonce: row.nonce,
    tried: row.tried !== '' && row.tried === draft.address,
    links: (await readMembers(team.db, row.id)).map(({ secret }) => secret),
    keys: row.keys === null ? null : publicKeys(row.keys),
    redeemAt: team.peer?.origin ?? null,
    team: row.state === 'draft' ? null : await memberView(team, presence, row, 0, null),
    manifestHash: row.manifest_hash && toBase64url(row.manifest_hash),
    follows: follows && toBase64url(follows),
    voidReason: row.void_reason,
    published: row.published === 1,
    pack: draft.pack === null ? null : await packOf(team, draft.pack),
    stated: statedOf(row),
    outcome: await outcomeOf(team, row),
    earlier: await earlierRounds(team.polls, person, row),
  }
}

function publicKeys(text: string): PollView['keys'] {
  const { receiptKey, issuers, commentIssuers } = readKeys(text)
  const publicOf = (secret: Uint8Array) => toBase64url(keyPairOf(readScalar(secret, 'secret')).public.bytes)
  return {
    receiptKey: publicOf(receiptKey),
    issuers: issuers.map(publicOf),
    commentIssuers: commentIssuers.map(publicOf),
  }
}

export const publicView = (
  clock: Clock,
  row: Pick<PollRow, 'state' | 'rehearsal' | 'last_call_ms' | 'published'>,
): PublicView => ({
  state: row.state,
  rehearsal: row.rehearsal === 1,
  lastCall: lastCallLeft(clock, row),
  published: row.published === 1,
})

/** What the hall may see of the turnout: in steps of five, and a minute old. In memory only. */
export class CoarseTurnout {
  private readonly deps: Split & Pick<Clock, 'now'>
  private readonly polls = new Map<string, { shown: Counts; next: Counts; at: number }>()
  constructor(deps: Split & Pick<Clock, 'now'>) {
    this.deps = deps
  }

  async of(poll: KnownPoll): Promise<Counts> {
    const name = toBase64url(poll.id)
    const now = this.deps.now()
    const kept = this.polls.get(name)
    if (kept && Math.abs(now - kept.at) < DELAY_MS) return kept.shown
    const { redeemed, cast } = await turnoutOf(this.deps, poll)
    const next = { redeemed: redeemed === null ? null : redeemed - (redeemed % STEP), cast: cast - (cast % STEP) }
    const shown = kept?.next ?? { redeemed: null, cast: null }
    this.polls.set(name, { shown, next, at: now })
    return shown
  }
}

const DELAY_MS = 60_000
const STEP = 5
type Counts = { readonly redeemed: number | null; readonly cast: number | null }
