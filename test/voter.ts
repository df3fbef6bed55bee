/** A small poll for tests of the voter's page: manifest, cards, and a server in memory whose line can be cut. */

import type { Answer } from '../client/api.ts'
import { beginner } from '../client/voter/begin.ts'
import type { Api, Env, Keep } from '../client/voter/env.ts'
import { startOf } from '../client/voter/kept.ts'
import { type Place, placeOf } from '../client/voter/place.ts'
import type { Event, Page, Press, Screen } from '../client/voter/screen.ts'
import { sealKept } from '../client/voter/seal.ts'
import { openingAt, step } from '../client/voter/state.ts'
import { compare, type Rng, shortCode, utf8 } from '../crypto/bytes.ts'
import { type Manifest, parseManifest, writeManifest } from '../crypto/manifest.ts'
import { rootOf } from '../crypto/merkle.ts'
import { type Card, cardLink, newCard, tokenKeyPair } from '../crypto/token.ts'
import { electionKeyOf } from '../crypto/trustees.ts'
import { newBoxKeys } from '../server/box.ts'
import { Box, type Answer as Boxed } from '../server/play/box.ts'
import { seededRng } from '../server/play/seed.ts'
import type { PublicView, Refusal } from '../server/wire.ts'
import { ceremonyOf } from './build.ts'

export interface SmallPoll {
  readonly rng: Rng
  readonly manifest: Manifest
  readonly cards: readonly Card[]
  readonly newBox: () => Box
  /** What stands behind the `#` of a card's link. */
  readonly fragment: (card: number) => string
}

const LEVELS = [
  { id: 'cao', label: 'Tín nhiệm cao' },
  { id: 'tin-nhiem', label: 'Tín nhiệm' },
  { id: 'thap', label: 'Tín nhiệm thấp' },
]

interface Wish {
  readonly seed?: number
  readonly subjects?: readonly (readonly [name: string, position: string])[]
  /** Asked of each subject after the whole. */
  readonly criteria?: readonly string[]
  readonly prompts?: number
  readonly maxBytes?: number
  readonly rehearsal?: boolean
}

const SUBJECTS = [
  ['', 'Giám đốc Sở A'],
  ['', 'Phó Giám đốc Sở A'],
  ['', 'Chánh Văn phòng Sở A'],
] as const

export function smallPoll({
  seed = 1,
  subjects = SUBJECTS,
  criteria = [],
  prompts = 0,
  maxBytes = 40,
  rehearsal = false,
}: Wish = {}): SmallPoll {
  const rng = seededRng(seed)
  const pollId = rng(16)
  const comments = Array.from({ length: prompts }, (_, i) => ({ id: `p${i + 1}`, title: `Ý kiến ${i + 1}`, maxBytes }))
  const group = { id: 'tham-du', label: 'Người tham dự' }
  const contests = subjects.flatMap(([name, position], i) =>
    [null, ...criteria].map((criterion, c) => ({
      id: c === 0 ? `s${i + 1}` : `s${i + 1}-c${c}`,
      title: [name, position, criterion].filter(Boolean).join(', '),
      subject: { name, position },
      criterion,
      kind: criterion === null ? 'main' : 'graded',
      options: LEVELS,
      min: 0,
      max: 1,
    })),
  )
  const title = 'Lấy phiếu tín nhiệm đối với người đứng đầu và cấp phó'
  const keys = newBoxKeys(1, prompts, rng)
  const { trustees } = ceremonyOf(pollId, rng)
  const cards = Array.from({ length: 5 }, () => newCard(0, rng))
  const tokens = cards.map(card => tokenKeyPair(pollId, card).public.bytes).sort(compare)
  const words = {
    unit: 'Sở A, tỉnh B',
    basis: 'Căn cứ quy định về lấy phiếu tín nhiệm',
    period: 'Giữa nhiệm kỳ',
    address: 'http://192.168.1.20:8080',
    rehearsal,
  }
  const manifest = parseManifest(
    writeManifest({
      poll: { id: pollId, title, ...words } as Manifest['poll'],
      contests,
      comments: comments.map((prompt, i) => ({ ...prompt, issuer: keys.commentIssuers[i]!.public })),
      groups: [{ ...group, tokens: cards.length, tokenRoot: rootOf(tokens), issuer: keys.issuers[0]!.public }],
      trustees,
      threshold: 2,
      electionKey: electionKeyOf(trustees),
      receiptKey: keys.receiptKey.public,
      publication: { minimumBallots: 3, disclosure: 'public' },
      rules: null,
      bundle: null,
    }),
  )
  return {
    rng,
    manifest,
    cards,
    newBox: () => new Box(manifest, [tokens], keys, rng),
    fragment: card => cardLink('', cards[card]!, manifest.hash).split('#')[1]!,
  }
}

type Door = keyof Api

/** A server in memory, with a line that the test can cut. */
export class Line {
  state: PublicView['state'] = 'open'
  published = false
  /** Whether the screens come that only some ballots need. */
  complete = true
  /** Shows its manifest whatever was asked for. */
  lies = false
  /** What happens to the next requests at a door, in order; then all goes well. */
  readonly next: { door: Door; how: 'lost-request' | 'lost-answer' | Refusal }[] = []
  /** Every request that arrived, or would have. */
  readonly sent: { readonly door: Door; readonly bytes: Uint8Array | null }[] = []
  /** What it shows to everybody who asks for a manifest. */
  manifest: Manifest
  box: Box

  constructor(poll: SmallPoll) {
    this.manifest = poll.manifest
    this.box = poll.newBox()
  }

  close(handedOut = 5): void {
    const faults = this.box.close([handedOut])
    if (faults[0]) throw new Error(faults[0].code)
    this.state = 'closed'
  }

  private async answer<T>(door: Door, bytes: Uint8Array | null, act: () => Answer<T>): Promise<Answer<T>> {
    this.sent.push({ door, bytes })
    const at = this.next.findIndex(one => one.door === door)
    const how = at < 0 ? null : this.next.splice(at, 1)[0]!.how
    if (how === 'lost-request') return { refused: 'offline' }
    if (how !== null && how !== 'lost-answer') return { refused: how }
    const answer = act()
    return how === 'lost-answer' ? { refused: 'offline' } : answer
  }

  readonly api: Api = {
    getManifest: start =>
      this.answer('getManifest', null, () => {
        const { hash, text } = this.manifest
        const named = start === startOf(hash) || start === shortCode(hash).replaceAll('-', '')
        return named || this.lies ? { ok: text } : { refused: 'wrong-manifest' }
      }),
    getPoll: () =>
      this.answer('getPoll', null, () => ({
        ok: { state: this.state, rehearsal: false, lastCall: null, published: this.published },
      })),
    getRecord: () => this.answer('getRecord', null, () => ({ ok: utf8([...this.box.publish()].join('')) })),
    sendTry: () => this.answer('sendTry', null, () => ({ ok: null })),
    redeem: (_, request) => this.answer('redeem', request, () => this.boxed(() => this.box.redeem(request))),
    cast: (_, ballot) => this.answer('cast', ballot, () => this.boxed(() => this.box.cast(ballot))),
    sendComment: (_, envelope) =>
      this.answer('sendComment', envelope, () =>
        this.boxed(() => this.box.comment(envelope.slice(0, 161), envelope.slice(161))),
      ),
  }

  private boxed(act: () => Boxed): Answer<Uint8Array> {
    return this.state === 'printed' ? { refused: 'not-open' } : act()
  }
}

/** A phone's storage; several tabs may share the device's part. */
export class Drawer implements Keep {
  readonly device: Map<string, string>
  readonly tab = new Map<string, string>()

  constructor(device = new Map<string, string>()) {
    this.device = device
  }
  private of = (scope: 'device' | 'tab'): Map<string, string> => (scope === 'device' ? this.device : this.tab)
  read = (scope: 'device' | 'tab', name: string): string | null => this.of(scope).get(name) ?? null
  write = (scope: 'device' | 'tab', name: string, text: string): boolean => {
    this.of(scope).set(name, text)
    return true
  }
  erase = (scope: 'device' | 'tab', name: string): void => {
    this.of(scope).delete(name)
  }
  names = (scope: 'device' | 'tab', start: string): readonly string[] =>
    [...this.of(scope).keys()].filter(name => name.startsWith(start)).sort()
}

type Ask = (...args: unknown[]) => Promise<unknown>

const LONG_MS = 10_000

/** One tab of a phone: the loop of `client/run.ts` without a screen. Short pauses are none, long ones end when told to. */
export class Tab {
  page: Page
  /** Where the address bar stands. */
  fragment: string
  /** How long it rested, each time. */
  readonly rests: number[] = []
  readonly copied: string[] = []
  private readonly line: Pick<Line, 'api' | 'complete'>
  private readonly drawer: Keep
  private readonly begin: ReturnType<typeof beginner>
  private readonly sleeping: (() => void)[] = []
  private readonly listeners = new Set<() => void>()

  constructor(line: Pick<Line, 'api' | 'complete'>, drawer: Keep, path: string, fragment = '', seed = 7) {
    this.line = line
    this.drawer = drawer
    this.fragment = fragment
    const rng = seededRng(seed)
    const wait = this.whileHere(
      (ms: number): Promise<void> =>
        new Promise(resolve => (ms >= LONG_MS ? this.sleeping.push(resolve) : setTimeout(resolve))),
    )
    const env: Env = {
      api: Object.fromEntries(
        Object.entries(line.api).map(([door, ask]) => [door, this.whileHere(ask as Ask)]),
      ) as unknown as Api,
      keep: drawer,
      rng,
      pause: wait,
      rest: ms => {
        this.rests.push(ms)
        return wait(ms)
      },
      seen: async () => {},
      seal: async (kept, progress) => sealKept(kept, rng, progress),
      more: async () => line.complete,
      forgetFragment: () => {
        this.fragment = ''
      },
      copy: text => this.copied.push(text) > 0,
      scan: async () => null,
      origin: 'http://localhost',
    }
    this.begin = beginner(env)
    this.page = { language: 'vi', screen: openingAt(placeOf(path, fragment)) }
    this.begin(this.page, null, this.send)
  }

  /** The same address again, in a page that remembers nothing but what is kept. */
  reload = (path = '/b'): Tab => {
    this.listeners.clear()
    this.gone = true
    return new Tab(this.line, this.drawer, path, this.fragment, 8)
  }
  private gone = false

  send = (event: Event): void => {
    if (this.gone) return
    const before = this.page
    this.page = step(before, event)
    if (this.page === before) return
    for (const listener of [...this.listeners]) listener()
    this.begin(this.page, before, this.send)
  }

  place = (place: Place): void => this.send({ type: 'placed', place })

  press = (...types: readonly Press[]): void => {
    for (const type of types) this.send({ type })
  }

  /** What a page that is gone began, comes to nothing. */
  private whileHere =
    <A extends unknown[], T>(act: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      const answer = this.gone ? null : await act(...args)
      return this.gone ? new Promise<T>(() => {}) : answer!
    }

  /** Waits for this screen. */
  at = async <T extends Screen['at']>(at: T): Promise<Screen & { readonly at: T }> => {
    const end = Date.now() + 20_000
    while (this.page.screen.at !== at) {
      if (Date.now() > end) throw new Error(`${at} expected, still ${this.page.screen.at}`)
      await new Promise<void>(resolve => {
        const done = (): void => {
          this.listeners.delete(done)
          resolve()
        }
        this.listeners.add(done)
        setTimeout(done, 200)
      })
    }
    return this.page.screen as Screen & { readonly at: T }
  }

  /** Everything that sleeps for long wakes up. */
  wake = async (): Promise<void> => {
    while (this.sleeping.length === 0) await new Promise(resolve => setTimeout(resolve, 5))
    for (const resolve of this.sleeping.splice(0)) resolve()
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}
