/**
 * The way in: from an address or a typed card to the poll, and to what this phone already holds of it. Checks in the
 * order of section 5: the card's own characters, its group, the manifest against the card. Nothing is spent here.
 */
import { equal, shortCode } from '../../crypto/bytes.ts'
import { attempt } from '../../crypto/fault.ts'
import { type Manifest, parseManifest } from '../../crypto/manifest.ts'
import { type Card, isOfManifest, readCardFragment, tokenKeyPair } from '../../crypto/token.ts'
import { paperOf } from '../paper.ts'
import type { Env } from './env.ts'
import { currentStart, isDurable, type Kept, readKept, startOf, startsKept } from './kept.ts'
import { linesOf } from './lines.ts'
import { type Place, readShortCode } from './place.ts'
import { isTrouble } from './refusals.ts'
import type { Event, Holding, Own, Poll } from './screen.ts'
import { noTexts } from './texts.ts'
import { noChoices } from './voting.ts'

export function pollOf(manifest: Manifest): Poll {
  const paper = paperOf(manifest)
  return { manifest, paper, start: startOf(manifest.hash), lines: linesOf(paper) }
}

/** With everything that the screens of this ballot need, so that nothing has to come once the card is spent. */
export async function open(env: Env, place: Place): Promise<Event> {
  const event = await find(env, place)
  const complete = event.type !== 'holding' || !needsMore(event.holding.poll) || (await env.more())
  return complete ? event : { type: 'trouble', trouble: 'incomplete', afterSeconds: 0 }
}

const needsMore = ({ manifest, lines }: Poll): boolean => lines !== null || manifest.comments.length > 0

async function find(env: Env, place: Place): Promise<Event> {
  switch (place.to) {
    case 'card': {
      const read = attempt(() => readCardFragment(place.fragment))
      if (read === null) return refused('bad-card')
      return openCard(env, read.card, startOf(read.hashStart), read.hashStart)
    }
    case 'typed-card': {
      const event = await openCard(env, place.card, readShortCode(place.typed.short) ?? '', place.typed.short)
      // Somebody who typed can look at the paper again; nothing is wrong with the card yet.
      return event.type === 'refused' && event.why === 'wrong-manifest'
        ? { type: 'wrong-typed', typed: place.typed, wrong: { where: 'short', unknown: true } }
        : event
    }
    case 'kept':
      return held(env, place.start) ?? NOTHING
    case 'front':
      return goOn(env)
    case 'receipt':
    case 'try':
      return NOTHING
  }
}

const NOTHING: Event = { type: 'nothing-held', start: null }

const refused = (why: (Event & { readonly type: 'refused' })['why'], poll: Poll | null = null): Event => ({
  type: 'refused',
  why,
  poll,
})

/** `asked` is what the card says of its manifest: 20 bytes, or the short code as typed. */
async function openCard(env: Env, card: Card, start: string, asked: Uint8Array | string): Promise<Event> {
  const known = typeof asked === 'string' ? knownByCode(env, start) : readKept(env.keep, start)?.manifest
  let text = known
  if (text === undefined) {
    const answer = await env.api.getManifest(start)
    if ('ok' in answer) text = answer.ok
    else if (isTrouble(answer.refused))
      return { type: 'trouble', trouble: answer.refused, afterSeconds: answer.retryAfterSeconds ?? 0 }
    else return refused('wrong-manifest')
  }
  const manifest = attempt(() => parseManifest(text))
  // What does not even parse is not what the card names either.
  if (manifest === null || !isOfManifest(asked, manifest.hash)) return refused('other-manifest')
  if (card.group >= manifest.groups.length) return refused('bad-card')
  return { type: 'holding', holding: holdingOf(env, pollOf(manifest), card) }
}

/** A manifest that this phone already holds, by its short code. */
function knownByCode(env: Env, code: string): string | undefined {
  const texts = startsKept(env.keep).map(start => readKept(env.keep, start)?.manifest)
  return texts.find(text => {
    const manifest = text === undefined ? null : attempt(() => parseManifest(text))
    return manifest !== null && isOfManifest(code, manifest.hash)
  })
}

/** With no card at all: what this tab was in, else a ballot on its way. A receipt alone is offered, not imposed. */
function goOn(env: Env): Event {
  const current = currentStart(env.keep)
  const starts = startsKept(env.keep)
  const unfinished = starts.find(start => readKept(env.keep, start)?.going) ?? null
  for (const start of [current, unfinished]) {
    const event = start === null ? null : held(env, start)
    if (event) return event
  }
  const receipts = starts.filter(start => (readKept(env.keep, start)?.cast.length ?? 0) > 0)
  return { type: 'nothing-held', start: receipts.slice(-1)[0] ?? null }
}

function held(env: Env, start: string): Event | null {
  const kept = readKept(env.keep, start)
  if (kept === null || (kept.going === null && kept.cast.length === 0)) return null
  const manifest = attempt(() => parseManifest(kept.manifest))
  if (manifest === null || startOf(manifest.hash) !== start) return null
  return { type: 'holding', holding: holdingOf(env, pollOf(manifest), null) }
}

/** What another tab may have left there meanwhile. */
export const holdingOf = (env: Env, poll: Poll, card: Card | null): Holding => {
  const kept = readKept(env.keep, poll.start)
  const token = card && tokenKeyPair(poll.manifest.poll.id, card).public.bytes
  return { poll, card, durable: isDurable(env.keep), going: goingOf(poll, kept, token), cast: lastCast(kept) }
}

function goingOf(poll: Poll, kept: Kept | null, token: Uint8Array | null): Holding['going'] {
  const going = kept?.going ?? null
  if (going === null || going.stage === 'sealed') return going && { stage: 'sealed' }
  const own = token === null || equal(going.card, token)
  if (going.stage === 'asked') return { stage: 'asked', own }
  const { group, card } = going
  const choices = going.choices.length > 0 ? going.choices : noChoices(poll)
  const texts = going.texts.length > 0 ? going.texts : noTexts(poll)
  const vote = { poll, group, card, choices, texts, practice: null }
  return { stage: 'redeemed', own, vote }
}

const lastCast = (kept: Kept | null): Own['receipt'] | null =>
  kept?.cast.filter(({ kind }) => kind === 0).slice(-1)[0] ?? null

export const codeOf = ({ manifest }: Poll): string => shortCode(manifest.hash)
