/** A round on paper, step by step: the organiser asks, members confirm by their links and key what they counted. */

import { toBase64url } from '../crypto/bytes.ts'
import { sha256 } from '../crypto/transcript.ts'
import type { PaperContest } from '../server/rules/contests.ts'
import type { Keying } from '../server/rules/keying.ts'
import type { Action, Draft, MemberView, PollView } from '../server/wire.ts'
import { type Ask, ask as askFor, draftFor, json, type Organiser, said } from './office.ts'

/** A member's phone: a link, and what the phone drew for itself. */
export interface Counter {
  /** Takes the place. */
  readonly claim: () => Promise<unknown>
  readonly view: () => Promise<MemberView>
  /** The refusal, or null. */
  readonly post: (what: string, body: unknown) => Promise<unknown>
  readonly confirm: (action: Action) => Promise<unknown>
  readonly key: (keying: Keying) => Promise<unknown>
  /** As it is refused, with where. */
  readonly keyed: (keying: Keying) => Promise<unknown>
}

export interface PaperPoll {
  readonly poll: string
  readonly members: readonly Counter[]
}

/** A phone of its own, with this link. */
export function counterWith(ask: Ask, poll: string, index: number, secret: string): Counter {
  const path = `/api/members/${poll}/${index}`
  const drawn = crypto.getRandomValues(new Uint8Array(32))
  const device = toBase64url(drawn)
  const headers = { authorization: `Bearer ${secret}`, 'x-device': device }
  const post: Counter['post'] = async (what, body) => said(await ask(`${path}${what}`, json(body, headers)))
  return {
    view: async () => said(await ask(path, { headers })),
    post,
    claim: () => post('/claim', { device: toBase64url(sha256(drawn)) }),
    confirm: action => post('/act', { action, handedOut: [], signature: '', device }),
    key: keying => post('/keying', { ...keying, device }),
    keyed: async keying => {
      const answer = await ask(`${path}/keying`, json({ ...keying, device }, headers))
      return answer.status === 204 ? null : answer.json()
    },
  }
}

const must = (what: string, answer: unknown): void => {
  if (answer !== null) throw new Error(`${what}: ${JSON.stringify(answer)}`)
}

export const paperDraft = (change: Partial<Draft> = {}): Draft => draftFor({ medium: 'paper', ...change })

/** Drafts and seals: the ballot may be printed, and no phone has taken its place. */
export async function sealPaper(ask: Ask, organiser: Organiser, draft: Draft, rehearsal = false): Promise<PaperPoll> {
  const { poll } = (await organiser.post('/polls', { rehearsal, follows: null })) as { readonly poll: string }
  await organiser.put(`/polls/${poll}/draft`, { version: 1, draft })
  must('seal', await organiser.post(`/polls/${poll}/seal`))
  const { links } = await organiser.get<PollView>(`/polls/${poll}`)
  return { poll, members: links.map((secret, i) => counterWith(ask, poll, i + 1, secret)) }
}

/** Every member has taken the place: the round may be opened. */
export async function printPaper(ask: Ask, organiser: Organiser, draft: Draft, rehearsal = false): Promise<PaperPoll> {
  const round = await sealPaper(ask, organiser, draft, rehearsal)
  for (const member of round.members) must('claim', await member.claim())
  return round
}

/** Of the meeting, as the rules need it. */
export async function state(organiser: Organiser, poll: string, present: number): Promise<void> {
  const { draft } = await organiser.get<PollView>(`/polls/${poll}`)
  const statement = {
    date: '2026-12-05',
    attendance: { convened: draft.convened, present },
    members: null,
    histories: draft.subjects.map(() => []),
    classified: null,
  }
  must('state', await organiser.put(`/polls/${poll}/statement`, statement))
}

/** The organiser asks, the first member confirms. */
export async function act(organiser: Organiser, { poll, members }: PaperPoll, action: Action): Promise<void> {
  must(`ask ${action}`, await askFor(organiser, poll, action))
  must(`confirm ${action}`, await members[0]!.confirm(action))
}

/** Everybody had a sheet and the box is closed: members may count. */
export async function collectPaper(organiser: Organiser, round: PaperPoll, present: number): Promise<void> {
  await state(organiser, round.poll, present)
  await act(organiser, round, 'open')
  await act(organiser, round, 'close')
}

/** What somebody counts of so many sheets, each line marked as `marks` says; nothing invalid, one sheet exchanged. */
export function keyingOf(
  contests: readonly Pick<PaperContest, 'options' | 'max'>[],
  sheets: { readonly issued: number; readonly collected: number },
  marks: (line: number) => readonly number[],
  invalid: Keying['invalid'] = [],
): Keying {
  const valid = sheets.collected - invalid.reduce((sum, { count }) => sum + count, 0)
  return {
    printed: sheets.issued + 5,
    issued: sheets.issued,
    exchanged: 1,
    collected: sheets.collected,
    invalid,
    lines: contests.map(({ options }, line) => {
      const counts = options.map((_, o) => marks(line)[o] ?? 0)
      return { counts, empty: valid - counts.reduce((sum, n) => sum + n, 0) }
    }),
  }
}
