/**
 * Plays a whole poll in memory, each party with only what it may know, and gives the record line by line:
 *
 *   server keys → ceremony and rehearsal → cards and manifest → pins → redemptions and casts → closing →
 *   board verified by `t` devices → opening → shares → result → outcome, where rules are pinned
 */
import type { Rng } from '../../crypto/bytes.ts'
import { concat, shortCode } from '../../crypto/bytes.ts'
import { parseClosing } from '../../crypto/closing.ts'
import type { Fault } from '../../crypto/fault.ts'
import { withTable } from '../../crypto/group.ts'
import { POLL_ID_BYTES } from '../../crypto/manifest.ts'
import { chunksOf, writeLine } from '../../crypto/record.ts'
import { sign } from '../../crypto/signature.ts'
import { parseResult } from '../../crypto/tally.ts'
import { type Card, cardLink, tokenKeyPair, voidMessage } from '../../crypto/token.ts'
import { verify } from '../../crypto/verify.ts'
import { newBoxKeys } from '../box.ts'
import { writeOutcome } from '../rules/outcome.ts'
import { type Answer, Box } from './box.ts'
import type { Case } from './case.ts'
import { holdCeremony } from './member.ts'
import { mayPrint, prepare } from './organiser.ts'
import { Phone, type Sealed } from './phone.ts'
import { shuffled } from './seed.ts'

/** What is going on, for somebody who watches: so many of so many. */
export type Step = 'ceremony' | 'cards' | 'voting' | 'checking' | 'opening'
export type Watch = (step: Step, done: number, total: number) => void

export interface Played {
  /** Read aloud before opening, and written into the minutes. */
  readonly closingCode: string
  readonly manifestCode: string
  /**
   * By prompt: how many envelopes hold text, null where too few do for them to be shown. Null for all where there are
   * too few ballots to open comments.
   */
  readonly texts: readonly (number | null)[] | null
}

interface Voter {
  readonly card: Card
  /** Null: redeems and never casts. */
  readonly vote: { readonly choices: readonly (readonly number[])[]; readonly comments: readonly string[] } | null
}

export async function* playPoll(
  plan: Case,
  nameOfMember: (index: number) => string,
  rng: Rng,
  watch: Watch = () => {},
): AsyncGenerator<string, Played> {
  // The server makes its keys; the counting team seals the box.
  const pollId = rng(POLL_ID_BYTES)
  const keys = newBoxKeys(plan.groups.length, plan.comments.length, rng)
  watch('ceremony', 0, 1)
  const names = Array.from({ length: plan.trustees }, (_, i) => nameOfMember(i + 1))
  const { devices, trustees } = holdCeremony({ pollId, n: plan.trustees, t: plan.threshold }, names, rng)

  // The organiser's browser draws the tokens and writes the manifest last; every device pins it; cards are printed.
  watch('cards', 0, 1)
  const { manifest, cards, tokens } = prepare(plan, pollId, keys, trustees, rng)
  const pins = devices.map(device => device.pin(manifest))
  if (!mayPrint(manifest, pins)) throw new Error('not every member pinned the manifest')

  // Cards are drawn by hand; everybody votes, in whatever order.
  const box = new Box(manifest, tokens, keys, rng)
  const voters: Voter[] = []
  plan.groups.forEach((_, g) => {
    const drawn = shuffled(cards[g]!, rng)
    for (let i = 0; i < plan.voided[g]!; i++) {
      const pair = tokenKeyPair(pollId, drawn.pop()!)
      accepted(box.voidCard(concat(pair.public.bytes, sign(pair, voidMessage(manifest.hash), rng))))
    }
    for (const { group, count, choices, comments } of plan.votes)
      if (group === g) for (let i = 0; i < count; i++) voters.push({ card: drawn.pop()!, vote: { choices, comments } })
    for (let i = 0; i < plan.redeemedNotCast[g]!; i++) voters.push({ card: drawn.pop()!, vote: null })
  })
  const K = withTable(manifest.electionKey.point)
  const phones: Phone[] = []
  const sent: (readonly [Phone, Sealed])[] = []
  let done = 0
  for (const { card, vote } of shuffled(voters, rng)) {
    watch('voting', done++, voters.length)
    const link = cardLink('', card, manifest.hash)
    const phone = new Phone(manifest, link.slice(link.indexOf('#') + 1), rng)
    phones.push(phone)
    phone.receive(accepted(box.redeem(phone.request)))
    if (vote) for (const sealed of phone.seal(vote.choices, vote.comments, K)) sent.push([phone, sealed])
    // Casts come later than redemptions, and not in their order.
    if (sent.length >= HELD || done === voters.length)
      for (const [owner, sealed] of shuffled(sent.splice(0), rng)) {
        const { publicPart, sealedPart } = sealed
        owner.keepReceipt(
          sealed,
          accepted(sealedPart === null ? box.cast(publicPart) : box.comment(publicPart, sealedPart)),
        )
      }
  }

  // Two members enter what was handed out; the box closes, once.
  const faults = box.close(plan.groups.map(({ handedOut }) => handedOut))
  if (faults[0]) throw new Error(`closing: ${faults[0].code} at ${faults[0].where}`)
  for (const line of box.publish()) yield line

  // Some of the phones come back and look for what they cast, among all that is public.
  const board = box.board()
  for (const phone of shuffled(phones, rng).slice(0, RETURNING)) phone.findOnBoard(box.statement(), board)

  // Any t members open: each device runs checks 1 to 9 by itself and signs.
  const opening = shuffled(devices, rng)
    .slice(0, plan.threshold)
    .sort((a, b) => a.index - b.index)
  const openings = new Map<number, Uint8Array>()
  let closingCode = ''
  for (const [i, device] of opening.entries()) {
    watch('checking', i, opening.length)
    const report = await verify(linesAsChunks(box), { rng, asked: manifest.hash })
    const { signature, code } = device.open(report)
    closingCode = code
    openings.set(device.index, signature)
    yield writeLine({ type: 'open', trustee: device.index, signature })
  }

  // Shares of every sum that may be opened; each device checks them all and signs the same result.
  watch('opening', 0, 1)
  const shares = opening.map(device => device.share(openings))
  const results = opening.map(device => device.result(openings, shares, blame))
  for (const sum of shares[0]!.keys())
    for (const byLabel of shares) {
      const { trustee, D, proof } = byLabel.get(sum)!
      yield writeLine({ type: 'share', trustee, sum, share: D.bytes, proof })
    }
  yield writeLine({ type: 'result', text: results[0]!.text })
  for (const [i, { signature }] of results.entries())
    yield writeLine({ type: 'signature', trustee: opening[i]!.index, signature })

  // What follows from it, as anybody can work out.
  if (plan.rules) {
    const closing = parseClosing(manifest, box.statement().text)
    const result = parseResult(manifest, closing.hash, results[0]!.text)
    const { statement, texts } = plan.rules
    yield writeLine({ type: 'outcome', text: writeOutcome({ manifest, closing, result }, statement, texts) })
  }

  const ballots = plan.votes.reduce((sum, { count }) => sum + count, 0)
  const texts = ballots >= plan.minimumBallots ? openTexts() : null
  return { closingCode, manifestCode: shortCode(manifest.hash), texts }

  /** The team reads the comments; how many there are is all that leaves it here. */
  function openTexts(): readonly (number | null)[] {
    const delivered = box.sealedTexts()
    const [combiner, ...others] = opening
    const quiet = { report: blame, progress: () => {} }
    const boxes = new Map(others.map(d => [d.index, d.commentShares(openings, combiner!.index, delivered, quiet)]))
    const byPrompt = combiner!.comments(openings, delivered, boxes, quiet)
    return byPrompt.map(({ written, texts }) => (texts === null ? null : written))
  }
}

/** Sealed ballots wait until so many are there, so that casting order tells nothing of redeeming order. */
const HELD = 64
/** How many phones look again after closing; each reads the whole board. */
const RETURNING = 5

function accepted(answer: Answer): Uint8Array {
  if ('refused' in answer) throw new Error(`the box refused: ${answer.refused}`)
  return answer.ok
}

/** In a play nobody lies; a fault is a bug of ours. */
function blame({ code, where }: Fault): never {
  throw new Error(`${code} at ${where}`)
}

function* linesAsChunks(box: Box): Generator<Uint8Array> {
  for (const line of box.publish()) yield* chunksOf(line)
}
