/**
 * What is begun for a poll's state: looks at the server, saves what is typed, checks the ceremony, draws the cards and
 * sends the manifest, prints. Everything ends as an event; `poll.ts` decides what follows.
 */
import { concat, fromBase64url } from '../../crypto/bytes.ts'
import { attempt } from '../../crypto/fault.ts'
import { readPoint } from '../../crypto/group.ts'
import type { Manifest, Trustee } from '../../crypto/manifest.ts'
import { sign } from '../../crypto/signature.ts'
import { type Card, readCardCode, readCardFragment, tokenKeyPair, voidMessage } from '../../crypto/token.ts'
import { groupsOf } from '../../server/rules/contests.ts'
import { packHex } from '../../server/rules/read.ts'
import { isRedeemOrigin, redeemAtOf } from '../../server/rules/redeem-at.ts'
import type { PollView } from '../../server/wire.ts'
import * as api from '../api.ts'
import { officialFont } from '../official.ts'
import { rng } from '../rng.ts'
import { saveFile } from '../save.ts'
import { bundleHash } from './bundle.ts'
import { checkCeremonyView } from './ceremony.ts'
import { sendable } from './draft.ts'
import type { Why } from './edit.ts'
import { keptIn, needsSecrets, type Secrets } from './holding.ts'
import { keepCards, keptCards, wipeCards } from './keeping.ts'
import { manifestOf } from './manifest.ts'
import type { Act, PollEvent, PollState } from './poll.ts'
import { drawCards, keptOf, shuffled } from './secrets.ts'

type Send = (event: PollEvent) => void

const SAVE_AFTER_MS = 600

const timers: { look: number; save: number } = { look: 0, save: 0 }

export function beginPoll(state: PollState, before: PollState | null, send: Send): void {
  const entered = before === null || before.id !== state.id
  if (entered || before.look !== state.look) look(state, send)
  if (!entered && before.seen !== state.seen) {
    window.clearTimeout(timers.look)
    timers.look = window.setTimeout(() => send({ type: 'look' }), pauseFor(state))
  }
  if (state.edit !== null && (entered || before.edit !== state.edit)) save(state, send)
  if (entered || before.secrets !== state.secrets || before.view !== state.view) tend(state, before, send)
  if (state.act !== null && (entered || before.act !== state.act)) perform(state, state.act, send)
  if (state.printing !== null && (entered || before.printing !== state.printing)) print(state, send)
}

/** The poll is left: nothing of it goes on. */
export function leavePoll(): void {
  window.clearTimeout(timers.look)
  window.clearTimeout(timers.save)
}

// ── looking and saving ──────────────────────────────────────────────────────────────────────────────────────────

/** Packs come first: a new draft begins with one. Forms are wanted only where one is written. */
async function look({ id, packs, forms, view }: PollState, send: Send): Promise<void> {
  if (packs === null) send({ type: 'packs', answer: await api.getPacks() })
  if (forms === null && (view === null || view.state === 'draft')) send({ type: 'forms', answer: await api.getForms() })
  send({ type: 'viewed', id, answer: await api.getPollOfOrganiser(id), today: dayOf(new Date()) })
}

/** Here, as the wall calendar has it: `2026-12-05`. */
const dayOf = (date: Date): string =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(n => String(n).padStart(2, '0')).join('-')

/** Milliseconds: often where people wait for one another's phones. */
function pauseFor({ view }: PollState): number {
  if (view === null) return 2000
  if (view.team?.lastCall) return 1000
  const together =
    ['sealing', 'pinning', 'closed'].includes(view.state) || view.team?.asked || view.team?.paper?.counting
  return together ? 2000 : 5000
}

async function save({ id, edit }: PollState, send: Send): Promise<void> {
  if (edit?.phase === 'typed') {
    window.clearTimeout(timers.save)
    timers.save = window.setTimeout(() => send({ type: 'save' }), SAVE_AFTER_MS)
  }
  if (edit?.phase === 'saving')
    send({ type: 'saved', id, answer: await api.saveDraft(id, edit.version, sendable(edit.draft)) })
}

// ── the cards' secrets ──────────────────────────────────────────────────────────────────────────────────────────

function tend(state: PollState, before: PollState | null, send: Send): void {
  const { id, view, secrets } = state
  const changed = before === null || before.secrets !== secrets
  const held = before === null || before.id !== id ? null : keptIn(before.secrets)
  if (held !== null && keptIn(secrets) === null) wipeCards(id, held)
  if (secrets.at === 'unread' && view !== null && (changed || before?.view === null)) find(id, view, send)
  if (!changed || view === null) return
  if (secrets.at === 'checking') window.setTimeout(() => check(view, send), 50)
  if (secrets.at === 'drawing' && secrets.done === 0) draw(view, secrets.trustees, send)
  if (secrets.at === 'sending' && before?.secrets.at !== 'sending') sendManifest(id, secrets, send)
  // A card taken out in a rehearsal is not given again after a reload.
  if (secrets.at === 'there' && held !== null && held.taken !== secrets.kept.taken) keepCards(id, secrets.kept)
}

/** Looks into this tab's storage; what is of another attempt, or of no more use, is wiped. */
function find(id: string, view: PollView, send: Send): void {
  const pollId = view.team?.pollId ?? ''
  const kept = keptCards(id, pollId)
  const fits = view.manifestHash === null || view.manifestHash === kept?.manifestHash
  const ours = kept !== null && fits && needsSecrets(view)
  if (!ours) wipeCards(id, kept)
  send({ type: 'found', pollId, kept: ours ? kept : null })
}

function check({ team }: PollView, send: Send): void {
  const checked = checkCeremonyView(team!)
  send({
    type: 'secrets',
    pollId: team!.pollId,
    secrets:
      'fault' in checked
        ? { at: 'broken', fault: checked.fault }
        : { at: 'drawing', trustees: checked.trustees, done: 0, of: 0 },
  })
}

const nextFrame = (): Promise<void> => new Promise(resolve => window.setTimeout(resolve, 0))

/** Draws the cards and writes the manifest, keeps both, and only then hands them on to be sent. */
async function draw(view: PollView, trustees: readonly Trustee[], send: Send): Promise<void> {
  const { draft, pack, keys, poll: id, rehearsal, redeemAt } = view
  const attemptId = view.team!.pollId
  const counts = groupsOf(draft).map(({ cards }) => cards)
  const of = counts.reduce((sum, n) => sum + n, 0)
  const tell = (secrets: Secrets): void => send({ type: 'secrets', pollId: attemptId, secrets })
  const refused = (why: Why): void => tell({ at: 'refused', why, kept: null, safe: true })
  const bundle = await bundleOfServer()
  if (!(bundle instanceof Uint8Array)) return refused(bundle.refused)
  const pollId = fromBase64url(attemptId)!
  const point = (text: string) => attempt(() => readPoint(fromBase64url(text) ?? new Uint8Array(), 'keys'))
  const receiptKey = point(keys?.receiptKey ?? '')
  const issuers = (keys?.issuers ?? []).flatMap(text => point(text) ?? [])
  const commentIssuers = (keys?.commentIssuers ?? []).flatMap(text => point(text) ?? [])
  const whole = issuers.length === counts.length && commentIssuers.length === draft.prompts.length
  if (receiptKey === null || !whole) return refused('wrong-team')
  const drawn = await drawCards(counts, pollId, rng, done => {
    tell({ at: 'drawing', trustees, done, of })
    return nextFrame()
  })
  if ((pack && packHex(pack.text)) !== draft.pack) return refused('wrong-rules')
  const text = manifestOf({
    draft,
    pack,
    rehearsal,
    redeemAt,
    pollId,
    receiptKey,
    issuers,
    commentIssuers,
    trustees,
    tokens: drawn.tokens,
    bundle,
  })
  const kept = keptOf(pollId, text, drawn)
  tell({ at: 'sending', kept, safe: keepCards(id, kept) })
}

async function bundleOfServer(): Promise<Uint8Array | api.No> {
  const answer = await api.getBundle()
  if ('refused' in answer) return answer
  const files = await Promise.all(
    answer.ok.files.map(async path => ({ path, answer: await api.getFile(`/voter/${path}`) })),
  )
  const read = []
  for (const { path, answer: file } of files) {
    if ('refused' in file) return file
    read.push({ path, bytes: file.ok })
  }
  return bundleHash(read)
}

async function sendManifest(id: string, secrets: Extract<Secrets, { at: 'sending' }>, send: Send): Promise<void> {
  const { kept, safe } = secrets
  const answer = await api.sendManifest(id, kept.manifest, kept.tokens)
  const tell = (now: Secrets): void => send({ type: 'secrets', pollId: kept.pollId, secrets: now })
  if ('ok' in answer) return tell({ at: 'there', kept, safe })
  // Somebody else's manifest may stand there by now: the next look tells.
  tell({ at: 'refused', why: answer.refused, kept, safe })
  send({ type: 'look' })
}

// ── presses ─────────────────────────────────────────────────────────────────────────────────────────────────────

async function perform(state: PollState, act: Act, send: Send): Promise<void> {
  const why = await resultOf(state, act)
  send({ type: 'acted', id: state.id, what: act.what, why })
}

async function resultOf({ id, facts, view }: PollState, act: Act): Promise<Why | 'bad-code' | null> {
  const whyOf = (answer: api.Answer<unknown>): Why | null => ('refused' in answer ? answer.refused : null)
  switch (act.what) {
    case 'seal':
      return whyOf(await api.seal(id))
    case 'restart': {
      const why = whyOf(await api.restart(id))
      return why === null && act.sealAgain ? whyOf(await api.seal(id)) : why
    }
    case 'printed':
      return whyOf(await api.markPrinted(id))
    case 'withdraw':
      return whyOf(await api.withdraw(id))
    case 'ask': {
      const { action, reason, plainHttpRead, title } = act
      return whyOf(await api.askFor(id, { action, reason, plainHttpRead, title }))
    }
    case 'state':
      return whyOf(await api.sendStatement(id, act.statement))
    case 'delete': {
      const why = whyOf(await api.deletePoll(id, act.title))
      if (why === null) window.location.hash = ''
      return why
    }
    case 'void-card':
      return facts.manifest === null ? 'wrong-state' : voidCard(facts.manifest, act.code)
    case 'download': {
      const answer = await api.getRecordOfOrganiser(id)
      if ('ok' in answer) saveFile(answer.ok, `phieu-kin-${facts.manifestCode}.record`, 'application/x-ndjson')
      return whyOf(answer)
    }
    case 'again': {
      const answer = await api.makePoll(view?.rehearsal === true, id)
      if ('ok' in answer) window.location.hash = answer.ok.poll
      return whyOf(answer)
    }
  }
}

/** The card's own key signs; its secret stays here. */
async function voidCard(manifest: Manifest, typed: string): Promise<Why | 'bad-code' | null> {
  const card = cardIn(typed)
  if (card === null || card.group >= manifest.groups.length) return 'bad-code'
  const key = tokenKeyPair(manifest.poll.id, card)
  card.s.fill(0)
  const signature = sign(key, voidMessage(manifest.hash), rng)
  const request = concat(key.public.bytes, signature)
  const at = redeemAtOf(manifest.text)
  if (at !== null && !isRedeemOrigin(at)) return 'wrong-address'
  const answer = await api.voidCard(manifest.hash, request, at ?? '')
  return 'refused' in answer ? answer.refused : null
}

/** From the code as typed, or from the link that the card's QR holds. */
function cardIn(typed: string): Card | null {
  const fragment = typed.includes('#') ? typed.slice(typed.indexOf('#') + 1).trim() : null
  return attempt(() => (fragment === null ? readCardCode(typed) : readCardFragment(fragment).card))
}

// ── paper ───────────────────────────────────────────────────────────────────────────────────────────────────────

function print({ printing, secrets }: PollState, send: Send): void {
  if (printing === null) return
  if (!printing.ready) {
    const kept = keptIn(secrets)
    const again = kept !== null && printing.sheets === 'cards'
    send({ type: 'shuffled', kept: again ? { ...kept, cards: shuffled(kept.cards, rng) } : kept })
    return
  }
  window.addEventListener('afterprint', () => send({ type: 'print-over' }), { once: true })
  // The sheets are in the page by now; the pause lets the browser lay them out.
  window.setTimeout(() => officialFont().then(() => window.print()), 100)
}
