/**
 * The ballot goes into the box: sealed, saved, sent unchanged until a receipt for this very leaf comes back. From the
 * first of these on no choice and no text is on the phone, after the last nothing but leaves and receipts.
 */
import { BALLOT_KIND } from '../../crypto/ballot.ts'
import { concat, equal } from '../../crypto/bytes.ts'
import { attempt } from '../../crypto/fault.ts'
import { leafHash } from '../../crypto/merkle.ts'
import { checkReceipt } from '../../crypto/receipt.ts'
import { between, type Env } from './env.ts'
import { changeKept, parseKept, type Receipt, readKept, type Sealed, type Thing, writeKept } from './kept.ts'
import { holdingOf } from './opening.ts'
import { isTrouble, pauseMs, type Why, wayOn, whyOf } from './refusals.ts'
import type { At, Event, Poll, Vote } from './screen.ts'

/** Every tap is kept, and what is written. False if this ballot is no longer the one on its way here: another tab went on. */
export function keepVote({ keep }: Env, { poll, card, choices, texts }: Vote): boolean {
  let own = false
  changeKept(keep, poll.start, poll.manifest.text, kept => {
    const { going } = kept
    own = going?.stage === 'redeemed' && equal(going.card, card)
    return own && going?.stage === 'redeemed' ? { ...kept, going: { ...going, choices, texts } } : kept
  })
  return own
}

export async function seal(env: Env, vote: Vote, progress: (done: number) => void): Promise<Event> {
  const { poll } = vote
  // What this tab shows is what is sealed; and if another tab has sealed already, those bytes are sent.
  if (!keepVote(env, vote)) return elsewhere(env, poll)
  const before = readKept(env.keep, poll.start)
  if (before === null) return elsewhere(env, poll)
  const sealed = parseKept(await env.seal(writeKept(before), progress))
  if (sealed?.going?.stage !== 'sealed') throw new Error('sealing gave nothing sealed')
  const { going } = sealed
  const kept = changeKept(env.keep, poll.start, poll.manifest.text, now =>
    now.going?.stage === 'redeemed' && equal(now.going.card, vote.card) ? { ...now, going } : now,
  )
  return kept.going === going ? { type: 'sealed' } : elsewhere(env, poll)
}

/** Sends the next thing that has no receipt yet, after a little while of its own. */
export async function send(env: Env, { poll, tries }: At<'casting'>): Promise<Event> {
  const jitter = between(env.rng, 0.75, 1.25)
  await (tries.count > 0 ? env.rest(pauseMs(tries) * jitter) : env.pause(between(env.rng, 500, 3000)))
  const { manifest, start } = poll
  const going = readKept(env.keep, start)?.going
  const thing = going?.stage === 'sealed' ? going.things.find(({ receipt }) => receipt === null) : undefined
  if (thing === undefined) return elsewhere(env, poll)
  const answer =
    thing.sealedPart === null
      ? await env.api.cast(manifest.hash, thing.publicPart)
      : await env.api.sendComment(manifest.hash, concat(thing.publicPart, thing.sealedPart))
  if ('refused' in answer) {
    if (isTrouble(answer.refused))
      return { type: 'trouble', trouble: answer.refused, afterSeconds: answer.retryAfterSeconds ?? 0 }
    return refused(env, poll, thing, whyOf(answer.refused, true))
  }
  const receipt = answer.ok
  const checked = attempt(() => {
    checkReceipt(manifest, thing.kind, leafHash(thing.publicPart), receipt)
    return true
  })
  if (checked === null) return { type: 'refused', why: 'bad-answer', poll }
  return received(env, poll, thing, receipt)
}

const elsewhere = (env: Env, poll: Poll): Event => ({ type: 'holding', holding: holdingOf(env, poll, null) })

/** Once everything has its receipt, nothing of it stays but leaves and receipts. */
function received(env: Env, poll: Poll, thing: Thing, receipt: Uint8Array): Event {
  let own: Receipt | null = null
  const kept = changeKept(env.keep, poll.start, poll.manifest.text, now => {
    if (now.going?.stage !== 'sealed') return now
    const things = now.going.things.map(one => (equal(one.publicPart, thing.publicPart) ? { ...one, receipt } : one))
    if (things.some(one => one.receipt === null)) return { ...now, going: { stage: 'sealed', things } }
    const receipts = receiptsOf({ stage: 'sealed', things })
    own = receipts.find(({ kind }) => kind === BALLOT_KIND) ?? null
    return { ...now, going: null, cast: [...now.cast, ...receipts] }
  })
  if (kept.going) return { type: 'sent' }
  return own ? { type: 'was-cast', receipt: own } : elsewhere(env, poll)
}

const receiptsOf = ({ things }: Sealed): readonly Receipt[] =>
  things
    .map(({ kind, receipt }) => ({ kind, leaf: receipt!.slice(0, 32), signature: receipt!.slice(32) }))
    .sort((a, b) => a.kind - b.kind)

const LOOKS = 4
const BETWEEN_LOOKS_MS = 700

/** Where no more can come of these bytes they are forgotten; but first another tab may show to have cast. */
async function refused(env: Env, poll: Poll, thing: Thing, why: Why): Promise<Event> {
  const isThere = () => {
    const going = readKept(env.keep, poll.start)?.going
    return going?.stage === 'sealed' && going.things.some(one => equal(one.publicPart, thing.publicPart))
  }
  if (why === 'already-cast')
    for (let i = 0; i < LOOKS; i++) {
      if (!isThere()) return elsewhere(env, poll)
      await env.pause(BETWEEN_LOOKS_MS)
    }
  if (wayOn(why) === 'front')
    changeKept(env.keep, poll.start, poll.manifest.text, kept => (isThere() ? { ...kept, going: null } : kept))
  return { type: 'refused', why, poll }
}
