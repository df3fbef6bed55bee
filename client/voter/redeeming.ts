/**
 * The card buys a ballot: checks 1 and 2 of the manifest, request, save, send; then the answer's signature and proofs, and
 * the card's secret is forgotten. The same request is sent until an answer comes; where to, the card's own manifest says.
 */
import { finishCredentials, requestCredentials } from '../../crypto/blind.ts'
import { equal } from '../../crypto/bytes.ts'
import { attempt } from '../../crypto/fault.ts'
import { tokenKeyPair } from '../../crypto/token.ts'
import { checkCeremony } from '../../crypto/trustees.ts'
import { isRedeemOrigin, redeemAtOf } from '../../server/rules/redeem-at.ts'
import { between, type Env } from './env.ts'
import { type Asked, changeKept, type Kept, readKept } from './kept.ts'
import { holdingOf } from './opening.ts'
import { isTrouble, wayOn, whyOf } from './refusals.ts'
import type { At, Event } from './screen.ts'
import { noTexts } from './texts.ts'
import { noChoices } from './voting.ts'

type Redeeming = At<'redeeming' | 'not-open'>

export async function redeem(env: Env, screen: Redeeming): Promise<Event> {
  const { poll } = screen
  const { manifest } = poll
  const at = redeemAtOf(manifest.text)
  if (at !== null && !isRedeemOrigin(at)) return { type: 'refused', why: 'bad-manifest', poll }
  const asked = (await askedBefore(env, screen)) ?? (await ask(env, screen))
  if ('type' in asked) return asked
  const answer = await env.api.redeem(manifest.hash, asked.request, at ?? '')
  if ('refused' in answer) {
    const { refused } = answer
    if (refused === 'not-open') return { type: 'not-open' }
    if (isTrouble(refused)) return { type: 'trouble', trouble: refused, afterSeconds: answer.retryAfterSeconds ?? 0 }
    const why = whyOf(refused, false)
    if (why === 'already-redeemed' && (await wentOn(env, poll.start, asked))) return elsewhere(env, screen)
    if (wayOn(why) === 'front') forget(env, poll.start, asked)
    const castBefore = (readKept(env.keep, poll.start)?.cast.length ?? 0) > 0
    return {
      type: 'refused',
      why: why === 'already-redeemed' && castBefore ? 'already-redeemed-here' : why,
      poll,
    }
  }
  const credentials = attempt(() => finishCredentials(manifest, asked.group, asked.request, asked.pending, answer.ok))
  if (credentials === null) return { type: 'refused', why: 'bad-answer', poll }
  const { card, group } = asked
  const choices = noChoices(poll)
  const texts = noTexts(poll)
  const kept = changeKept(env.keep, poll.start, manifest.text, before =>
    isAsked(before, asked)
      ? { ...before, going: { stage: 'redeemed', card, group, credentials, choices, texts } }
      : before,
  )
  env.forgetFragment()
  const { going } = kept
  return going?.stage === 'redeemed' && equal(going.card, card) && going.choices.flat().length === 0
    ? { type: 'redeemed', vote: { poll, group, card, choices, texts, practice: null } }
    : elsewhere(env, screen)
}

/** This very card's redemption is still waiting; of two tabs that asked at once, whichever the server answers goes on. */
const isAsked = ({ going }: Kept, asked: Asked): boolean => going?.stage === 'asked' && equal(going.card, asked.card)

/** What was saved, by this tab or another one, or before a reload. */
async function askedBefore(env: Env, screen: Redeeming): Promise<Asked | Event | null> {
  const { going } = readKept(env.keep, screen.poll.start) ?? { going: null }
  if (going === null) return null
  const { card, poll } = screen
  const own =
    going.stage === 'asked' && (!card || equal(going.card, tokenKeyPair(poll.manifest.poll.id, card).public.bytes))
  return own ? going : elsewhere(env, screen)
}

async function ask(env: Env, screen: Redeeming): Promise<Asked | Event> {
  const { poll, card } = screen
  const { manifest, start } = poll
  if (card === null) return elsewhere(env, screen)
  if (checkCeremony(manifest) !== null) return { type: 'refused', why: 'bad-manifest', poll }
  const token = tokenKeyPair(manifest.poll.id, card)
  const made = requestCredentials(manifest, token, env.rng)
  const asked: Asked = { stage: 'asked', card: token.public.bytes, group: card.group, ...made }
  changeKept(env.keep, start, manifest.text, kept => (kept.going ? kept : { ...kept, going: asked }))
  // Another tab may be doing the same at this moment: whatever stands there after a while is what both send.
  await env.pause(between(env.rng, 30, 120))
  return (await askedBefore(env, screen)) ?? elsewhere(env, screen)
}

/** The screen of what this phone holds now, after another tab went on. */
const elsewhere = (env: Env, { poll, card }: Redeeming): Event => ({
  type: 'holding',
  holding: holdingOf(env, poll, card),
})

const LOOKS = 4
const BETWEEN_LOOKS_MS = 700

/** True once another tab of this phone shows to have been the one that redeemed this card. */
async function wentOn(env: Env, start: string, asked: Asked): Promise<boolean> {
  for (let i = 0; i < LOOKS; i++) {
    const kept = readKept(env.keep, start)
    if (kept && (!isAsked(kept, asked) || !equal((kept.going as Asked).request, asked.request))) return true
    await env.pause(BETWEEN_LOOKS_MS)
  }
  return false
}

function forget(env: Env, start: string, asked: Asked): void {
  const manifest = readKept(env.keep, start)?.manifest
  if (manifest === undefined) return
  changeKept(env.keep, start, manifest, kept => (isAsked(kept, asked) ? { ...kept, going: null } : kept))
}
