/**
 * One voter with a phone and a connection of its own, in the order of the voter's page: the page, the manifest, the card,
 * a while of thinking, the ballot, a look at the poll's state. Whatever mends itself is tried again as the page does it.
 */
import { gunzipSync } from 'node:zlib'
import { startOf } from '../../client/voter/kept.ts'
import { isTrouble, pauseMs } from '../../client/voter/refusals.ts'
import { equal, type Rng, toBase64url } from '../../crypto/bytes.ts'
import type { Card } from '../../crypto/token.ts'
import type { Refused } from '../../server/wire.ts'
import type { Phones, SimulatedPhone } from '../load/phones.ts'
import { askThrough, type Balancer, CountingAgent, pause } from '../load/sending.ts'
import { type Ask, post, type SealedPoll } from '../office.ts'
import { boardOf } from './board.ts'
import type { Ledger, Step } from './ledger.ts'
import { chance, HABITS } from './model.ts'

/** A phone that meets nothing but trouble for so many tries has a finding to report. */
const MOST_TRIES = 12
/** How soon a line breaks that breaks. */
const CUT_MS = 60

export interface Hall {
  readonly balancer: Balancer
  readonly phones: Phones
  readonly ledger: Ledger
  readonly rng: Rng
  /** How many times shorter everything is. */
  readonly shorter: number
  /** The page's files, as a browser asks for them. */
  readonly files: readonly string[]
}

export class Voter {
  private readonly hall: Hall
  private readonly sealed: SealedPoll
  private readonly phone: SimulatedPhone
  private agent = new CountingAgent({ keepAlive: true, maxSockets: 6 })
  /** The card's public key, once its redemption is acknowledged; the ballot, once there is a receipt. */
  card: string | null = null
  ballot: string | null = null

  private constructor(hall: Hall, sealed: SealedPoll, phone: SimulatedPhone) {
    this.hall = hall
    this.sealed = sealed
    this.phone = phone
  }

  static async with(hall: Hall, sealed: SealedPoll, card: Card): Promise<Voter> {
    return new Voter(hall, sealed, await hall.phones.take(sealed.manifest, card))
  }

  async votes(choice: number): Promise<void> {
    const { hall, sealed, phone } = this
    const { hash } = sealed
    for (const file of hall.files) await this.get('page', file)
    await this.get('manifest', `/api/manifests/${startOf(sealed.manifest.hash)}`)
    const answer = await this.send('redeem', phone.request)
    this.card = toBase64url(phone.request.subarray(0, 32))
    const [least, most] = HABITS.thinkSeconds
    const thinking = pause(((least + chance(hall.rng) * (most - least)) * 1000) / hall.shorter)
    const ballot = await phone.seal(answer, [[choice]])
    await thinking
    await phone.keep(await this.send('cast', ballot))
    this.ballot = toBase64url(ballot)
    await this.get('state', `/api/polls/${hash}`)
  }

  /** Takes the whole record of the closed poll and finds its own ballot. */
  async comesBack(): Promise<void> {
    const { hash } = this.sealed
    await this.get('state', `/api/polls/${hash}`)
    const record = await this.get('record', `/api/polls/${hash}/record`)
    const { closing, board } = await boardOf(textOf(record))
    await this.phone.find(closing, board)
    this.hall.ledger.found++
  }

  leaves(): void {
    this.hangUp()
  }

  // ── the line ──────────────────────────────────────────────────────────────────────────────────────────────────

  private get ask(): Ask {
    return askThrough(this.hall.balancer, this.agent)
  }

  private hangUp(): void {
    const { sent, received } = this.agent.bytes()
    this.hall.ledger.bytes.sent += sent
    this.hall.ledger.bytes.received += received
    this.agent.destroy()
    this.agent = new CountingAgent({ keepAlive: true, maxSockets: 6 })
  }

  private get = (step: Step, path: string): Promise<Uint8Array> =>
    this.untilAnswered(step, () => this.ask(path, { headers: { 'accept-encoding': 'gzip' } }))

  private async send(step: 'redeem' | 'cast', bytes: Uint8Array): Promise<Uint8Array> {
    const { ledger, rng } = this.hall
    const ask = () => post(this.ask, this.sealed.hash, step, bytes)
    if (chance(rng) < HABITS.lose) {
      const answer = ask().catch(() => null)
      await pause(chance(rng) * CUT_MS)
      this.hangUp()
      await answer
      ledger.cut++
    }
    const answer = await this.untilAnswered(step, ask)
    if (chance(rng) < HABITS.repeat) {
      const second = await this.untilAnswered(step, ask)
      if (!equal(answer, second)) throw new Error(`${step}: the same request has got two answers`)
      ledger.repeated++
    }
    return answer
  }

  private async untilAnswered(step: Step, ask: () => Promise<Response>): Promise<Uint8Array> {
    const { ledger, rng } = this.hall
    const first = performance.now()
    let afterSeconds = 0
    for (let count = 0; count < MOST_TRIES; count++) {
      await pause(pauseMs({ count, trouble: null, afterSeconds }) * (0.75 + chance(rng) / 2))
      const began = performance.now()
      let lost = 'no answer'
      const response = await ask().catch((error: NodeJS.ErrnoException) => {
        lost = `no answer (${error.code})`
        return null
      })
      const body = response && new Uint8Array(await response.arrayBuffer())
      if (body && response?.status === 200) {
        ledger.times[step].push(performance.now() - began)
        if (count > 0) ledger.waits.push(performance.now() - first)
        return body
      }
      const said = body && (JSON.parse(textOf(body)) as Refused)
      ledger.refuse(step, said?.refused ?? lost)
      if (said !== null && !isTrouble(said.refused)) throw new Error(`${step}: ${said.refused}`)
      afterSeconds = said?.retryAfterSeconds ?? 0
    }
    throw new Error(`${step}: no answer in ${MOST_TRIES} tries`)
  }
}

const GZIP = [0x1f, 0x8b] as const

/** However it came over the line. */
const textOf = (bytes: Uint8Array): string =>
  new TextDecoder().decode(GZIP.every((one, i) => bytes[i] === one) ? gunzipSync(bytes) : bytes)
