/**
 * What a screen sets going. Each effect has a name; it begins when the name changes, and whatever it says after the page
 * has moved on to another one is not heard.
 */
import { wordsOf } from '../words/voter/spoken.ts'
import { keepVote, seal, send as sendThing } from './casting.ts'
import { check } from './checking.ts'
import { between, type Env } from './env.ts'
import { holdingOf, open } from './opening.ts'
import { fragmentOf } from './place.ts'
import { receiptText } from './receipt.ts'
import { redeem } from './redeeming.ts'
import { isTrouble, pauseMs, type Tries } from './refusals.ts'
import type { At, Event, Own, Page, Poll, Screen, Vote } from './screen.ts'

type Send = (event: Event) => void

const SLOWLY_MS = 15_000
/** Sealing that takes longer than this shows how far it is. */
const QUICK_MS = 300
/** The ballot folds into its envelope (`style.css`), however quick the sealing is. */
const FOLDING_MS = 500
const BOARD_MS = 60_000
const SOON_MS = 400
const INCOMPLETE: Event = { type: 'trouble', trouble: 'incomplete', afterSeconds: 0 }

/** True if what the screen before set going is what this one wants to go on. */
function goesOn(was: Screen, now: Screen): boolean {
  if (now.at === 'why') return goesOn(was, now.back)
  if (was.at === 'why') return goesOn(was.back, now)
  if (isWatching(now)) return isWatching(was)
  if (now.at === 'casting') return now.sealing !== null && was.at === 'casting' && was.sealing !== null
  return (now.at === 'checking' && was.at === 'checking') || (now.at === 'camera' && was.at === 'camera')
}

type Watching = At<'cast' | 'left' | 'counted' | 'missing'>

const isWatching = (screen: Screen): screen is Watching =>
  screen.at === 'cast' ? screen.practice === null : ['left', 'counted', 'missing'].includes(screen.at)

export function beginner(env: Env): (page: Page, before: Page | null, send: Send) => void {
  let round = 0
  return (page, before, send) => {
    const { screen } = page
    const was = before?.screen ?? null
    if (screen === was) return
    const text = toCopy(env, page)
    if (text !== null) return send({ type: 'saved', as: env.copy(text) ? 'copied' : 'shown' })
    if (screen.at === 'choosing' && was?.at === 'choosing' && screen.vote !== was.vote) save(env, screen.vote, send)
    if (was?.at === 'writing' && screen.at !== 'writing' && 'vote' in screen) save(env, screen.vote, send)
    if (was && goesOn(was, screen)) return
    const mine = ++round
    start(
      env,
      screen,
      event => mine === round && send(event),
      () => mine === round,
    )
  }
}

/** Copied at once, as long as the press is what the browser is busy with: later it would not be allowed. */
function toCopy(env: Env, { screen, language }: Page): string | null {
  if (screen.at === 'checking') return screen.copied === 'asking' ? (screen.checked?.text ?? null) : null
  if (screen.at !== 'cast' && screen.at !== 'counted' && screen.at !== 'missing') return null
  return screen.own.saved === 'asking' ? receiptText(screen.own, wordsOf(language), env.origin) : null
}

function save(env: Env, vote: Vote, send: Send): void {
  if (vote.practice || keepVote(env, vote)) return
  send({ type: 'holding', holding: holdingOf(env, vote.poll, null) })
}

async function start(env: Env, screen: Screen, send: Send, current: () => boolean): Promise<void> {
  switch (screen.at) {
    case 'opening':
      await backOff(env, screen.tries)
      return send(await open(env, screen.place))
    case 'trying':
      await backOff(env, screen.tries)
      return send(await reach(env, screen.nonce))
    case 'redeeming':
      await backOff(env, screen.tries)
      return send(await redeem(env, screen))
    case 'not-open':
      if (!screen.hurry) await env.rest(between(env.rng, SLOWLY_MS, 2 * SLOWLY_MS))
      return send(await redeem(env, screen))
    case 'writing':
      // Not at every letter: what is kept is read and written as a whole.
      await env.pause(SOON_MS)
      return current() ? save(env, screen.vote, send) : undefined
    case 'checking':
      // Lets the words be seen before the page is busy.
      await env.pause(60)
      return send({ type: 'checked', checked: check(env, screen.vote) })
    case 'casting':
      return screen.practice ? practise(env, screen, send) : cast(env, screen, send)
    case 'cast':
    case 'left':
    case 'counted':
    case 'missing':
      return isWatching(screen) ? watchBoard(env, ownOf(screen).poll, send, current) : undefined
    case 'why':
      return start(env, screen.back, send, current)
    case 'camera': {
      const link = await env.scan(current)
      return send(link === null ? { type: 'no-camera' } : { type: 'scanned', fragment: fragmentOf(link) })
    }
    case 'looking':
      await backOff(env, screen.tries)
      return send((await (await board())?.lookFor(env, screen.sought)) ?? INCOMPLETE)
    default:
  }
}

const backOff = (env: Env, tries: Tries): Promise<void> | undefined =>
  tries.count > 0 ? env.rest(pauseMs(tries) * between(env.rng, 0.75, 1.25)) : undefined

async function reach(env: Env, nonce: string): Promise<Event> {
  const answer = await env.api.sendTry(nonce)
  // Whatever the server says: this device has reached the address.
  return 'ok' in answer || !isTrouble(answer.refused)
    ? { type: 'tried' }
    : { type: 'trouble', trouble: answer.refused, afterSeconds: answer.retryAfterSeconds ?? 0 }
}

async function cast(env: Env, screen: At<'casting'>, send: Send): Promise<void> {
  if (!screen.sealing) return send(await sendThing(env, screen))
  let quick = true
  env.pause(QUICK_MS).then(() => {
    quick = false
  })
  const sealed = seal(env, screen.sealing, done => quick || send({ type: 'progress', done }))
  await env.pause(FOLDING_MS)
  send(await sealed)
}

/** As long as the real thing takes, and nothing is sent. */
async function practise(env: Env, screen: At<'casting'>, send: Send): Promise<void> {
  if (screen.sealing) {
    await env.pause(FOLDING_MS)
    return send({ type: 'sealed' })
  }
  await env.pause(between(env.rng, 500, 3000))
  send({ type: 'was-cast', receipt: { kind: 0, leaf: env.rng(32), signature: env.rng(64) } })
}

const ownOf = (screen: Watching): Own => (screen.at === 'left' ? screen.cast.own : screen.own)

/** Comes when there may be a board to look at: nobody needs it before a ballot is cast. */
const board = () => import('./board.ts').catch(() => null)

/** Looks at once and then about every minute, while somebody can see the page, until the result is public. */
async function watchBoard(env: Env, poll: Poll, send: Send, current: () => boolean): Promise<void> {
  while (current()) {
    await env.seen()
    const event = await (await board())?.lookForOwn(env, poll)
    if (event) send(event)
    if (event?.type === 'annulled' || (event?.type === 'counted' && event.published)) return
    await env.pause(between(env.rng, BOARD_MS, 1.5 * BOARD_MS))
  }
}
