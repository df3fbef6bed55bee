/**
 * The manifest at the door: what the organiser's browser wrote last and signs nothing of. Held here to the draft, to the
 * ceremony whose messages went through this server, to the rules, the pages and the cards; from then on it is fixed.
 */
import { compare, equal, fromBase64url, toBase64url } from '../crypto/bytes.ts'
import { attempt } from '../crypto/fault.ts'
import { readPoint } from '../crypto/group.ts'
import { type Manifest, parseManifest } from '../crypto/manifest.ts'
import { rootOf } from '../crypto/merkle.ts'
import { checkCeremony } from '../crypto/trustees.ts'
import type { BoxKeys } from './box.ts'
import type { Db } from './db.ts'
import { forgetOthers, ifThere, type Split } from './elsewhere.ts'
import { change, draftOf, pollOf } from './organising.ts'
import { checkPinned, type Desk } from './packs.ts'
import { readKeys } from './polls.ts'
import { no } from './refusals.ts'
import { contestsOf, groupsOf, type PaperContest, weightsOf, wordsOf } from './rules/contests.ts'
import type { Pack } from './rules/pack.ts'
import { listManifest } from './store/listing.ts'
import { readMembers, readMessages, updatePoll } from './store/polls.ts'
import { listTokens } from './store/voting.ts'
import type { Draft, PackageWire } from './wire.ts'
import { readPoll } from './work.ts'

/** The manifest from the organiser's browser, with the cards' public keys by group. From here on it is fixed. */
export async function putManifest(
  desk: Desk & Split,
  id: Uint8Array,
  text: string,
  tokens: readonly (readonly Uint8Array[])[],
  bundle: Uint8Array,
): Promise<void> {
  const { db } = desk
  const row = await pollOf(db, id)
  if (row.state !== 'sealing') no('wrong-state')
  const draft = draftOf(row)
  if (row.rehearsal === 0 && row.tried !== draft.address) no('untried-address')
  const manifest = attempt(() => parseManifest(text)) ?? no('wrong-team', 'manifest')
  const { keys } = readPoll({ manifest: text, ...readKeys(row.keys!) })
  if (!equal(manifest.poll.id, row.run!)) no('wrong-team', 'keys')
  checkKeys(manifest, keys)
  if (manifest.threshold !== draft.threshold) no('wrong-team', 'threshold')
  if (manifest.bundle === null || !equal(manifest.bundle, bundle)) no('wrong-bundle')
  await checkTeam(db, id, manifest)
  checkWords(manifest, draft, row.rehearsal === 1, desk.peer?.origin ?? null)
  checkPaper(manifest, draft, await checkPinned(desk, manifest, draft))
  checkTokens(manifest, tokens)
  await desk.directory.write([listManifest(desk.directory, id, manifest.hash)])
  await desk.peer?.put(manifest.hash, {
    manifest: text,
    keys: row.keys!,
    tokens: tokens.map(list => list.map(toBase64url)),
  })
  await change(db, [
    updatePoll(db, id, ['sealing'], { state: 'pinning', manifest: text, manifest_hash: manifest.hash }),
    ...listTokens(db, id, tokens),
  ])
  // Not before: what another window sends at the same time may be what stands. What is left, printing forgets.
  await ifThere(() => forgetOthers(desk, id, manifest.hash))
}

/** The box's secrets are those whose public keys it names. Refuses `wrong-team`. */
export function checkKeys(manifest: Manifest, keys: BoxKeys): void {
  const own =
    equal(manifest.receiptKey.bytes, keys.receiptKey.public.bytes) &&
    manifest.groups.length === keys.issuers.length &&
    manifest.groups.every(({ issuer }, g) => equal(issuer.bytes, keys.issuers[g]!.public.bytes)) &&
    manifest.comments.length === keys.commentIssuers.length &&
    manifest.comments.every(({ issuer }, i) => equal(issuer.bytes, keys.commentIssuers[i]!.public.bytes))
  if (!own) no('wrong-team', 'keys')
}

/**
 * What stands at the head of the ballot, whether it is a rehearsal, and where cards are redeemed, if not here: phones have
 * it from here alone.
 */
function checkWords({ text }: Manifest, draft: Draft, rehearsal: boolean, redeemAt: string | null): void {
  const { poll } = JSON.parse(text) as { readonly poll: Readonly<Record<string, unknown>> }
  const { title, unit, basis, period, address, from } = draft
  const wanted = {
    ...{ title, unit, basis, period, address, rehearsal },
    ...(from === '' ? {} : { form: from }),
    ...(redeemAt === null ? {} : { redeemAt }),
  }
  const { id: _, ...said } = poll
  if (unlike(Object.entries(said).sort(), Object.entries(wanted).sort())) no('wrong-team', 'poll')
}

/**
 * What is asked of whom, and what becomes public: rights and publishing go by the draft, voters by what stands on their
 * cards. Refuses `wrong-team`; `wrong-rules` where the ballot is not the pack's.
 */
function checkPaper(manifest: Manifest, draft: Draft, pack: Pack | null): void {
  const { publication, comments } = manifest
  const { disclosure, minimumBallots, prompts } = draft
  if (publication.disclosure !== disclosure || publication.minimumBallots !== minimumBallots)
    no('wrong-team', 'publication')
  const [shown, asked] = [shownIn(manifest), contestsOf(draft, pack).map(saidOf)]
  const whom = (lines: typeof asked) => lines.map(({ whom }) => whom)
  if (unlike(whom(shown), whom(asked))) no('wrong-team', 'subjects')
  if (unlike(shown, asked)) no(pack === null ? 'wrong-team' : 'wrong-rules', 'contests')
  const prompted = (list: Draft['prompts']) => list.map(({ title, maxBytes }) => [title, maxBytes])
  if (unlike(prompted(comments), prompted(prompts))) no('wrong-team', 'comments')
  const weights = weightsOf(manifest.text)
  const groups = manifest.groups.map(({ id, label }, g) => [id, label, weights[g]])
  const wanted = groupsOf(draft).map(({ id, label, weight }) => [id, label, weight])
  if (unlike(groups, wanted)) no('wrong-team', 'groups')
}

const unlike = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b)

/** All that a line of the ballot says, in one form for what the draft asks and what the manifest shows. */
function saidOf({ id, title, options, min, max, subject, criterion, kind, ruled }: PaperContest) {
  return {
    whom: [subject?.name, subject?.position, subject?.selfScore, subject?.selfLevel],
    line: [id, title, min, max, criterion, kind, ruled],
    options: options.map(one => [one.id, one.label, one.standard ?? '', one.points ?? null]),
  }
}

function shownIn({ text, contests }: Manifest) {
  const words = wordsOf(text)
  return contests.map((contest, c) => {
    const { grades, ...said } = words[c]!
    const options = contest.options.map(({ id, label }, o) => {
      const { standard, points } = grades[o]!
      return { id, label, standard, ...(points === null ? {} : { points }) }
    })
    return saidOf({ ...contest, ...said, options })
  })
}

/** The team is the one whose messages went through here, and its ceremony holds. */
async function checkTeam(db: Db, id: Uint8Array, manifest: Manifest): Promise<void> {
  const messages = await readMessages(db, id)
  const said = (step: string, sender: number) => messages.find(m => m.step === step && m.sender === sender)?.body
  const n = (await readMembers(db, id)).length
  const same =
    manifest.trustees.length === n &&
    manifest.trustees.every(trustee => {
      const revealed = said('reveal', trustee.index)
      const confirmed = said('confirm', trustee.index)
      if (revealed === undefined || confirmed === undefined) return false
      const wire = JSON.parse(revealed) as PackageWire
      const confirmation = (JSON.parse(confirmed) as { readonly confirmation: string }).confirmation
      return (
        wire.name === trustee.name &&
        wire.signingKey === toBase64url(trustee.signingKey.bytes) &&
        confirmation === toBase64url(trustee.confirmation)
      )
    })
  if (!same || checkCeremony(manifest) !== null) no('wrong-team', 'trustees')
}

/** Check 3, before anything is printed: refused later, the cards would be worth nothing. */
export function checkTokens(manifest: Manifest, tokens: readonly (readonly Uint8Array[])[]): void {
  const sound =
    tokens.length === manifest.groups.length &&
    tokens.every((list, g) => {
      const { tokens: count, tokenRoot } = manifest.groups[g]!
      const ascending = list.every((token, i) => i === 0 || compare(list[i - 1]!, token) < 0)
      const points = list.every(token => attempt(() => readPoint(token, 'token')) !== null)
      return list.length === count && ascending && points && equal(rootOf(list), tokenRoot)
    })
  const all = tokens.flat().map(toBase64url)
  if (!sound || new Set(all).size !== all.length) no('wrong-tokens')
}

export const readTokenLists = (lists: readonly (readonly string[])[]): readonly (readonly Uint8Array[])[] =>
  lists.map(list => list.map(token => fromBase64url(token) ?? no('wrong-tokens')))
