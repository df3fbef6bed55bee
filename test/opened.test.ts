/** What earlier rounds opened, as a draft is told of it; and what a void run never opens. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromBase64url, toBase64url } from '../crypto/bytes.ts'
import { chunksOf } from '../crypto/record.ts'
import { verify } from '../crypto/verify.ts'
import { secureRng } from '../server/play/seed.ts'
import type { Draft, EarlierRound, MemberView, PollView } from '../server/wire.ts'
import {
  act,
  count,
  draftFor,
  firstOrganiser,
  type Member,
  type Office,
  type Organiser,
  openOffice,
  organiserWith,
  personWith,
  type SealedPoll,
  said,
  sealPoll,
  vote,
} from './office.ts'

const groupsOf = (...convened: readonly number[]) =>
  convened.map((n, g) => ({ label: `Nhóm ${g + 1}`, convened: n, weight: null }))
const GROUPS = groupsOf(5, 2, 4)
const DRAFT = draftFor({
  unit: 'Sở A',
  date: '2026-06-05',
  subjects: [{ name: 'Nhân viên A', position: 'Giám đốc Sở A' }],
  groups: GROUPS,
  convened: 11,
})
const TURNOUT = [4, 2, 3]

let office: Office
let organiser: Organiser
beforeAll(async () => {
  office = openOffice({ lastCallMs: () => 0 })
  organiser = await firstOrganiser(office)
})
afterAll(() => office.close())

/** Closed, with everybody's first choice the first option. */
async function closedPoll(draft: Draft, turnout: readonly number[]): Promise<SealedPoll> {
  const sealed = await sealPoll(office.ask, organiser, { draft })
  await act(organiser, sealed, 'open', [0])
  for (const [g, n] of turnout.entries())
    for (const card of sealed.cards.filter(({ group }) => group === g).slice(0, n))
      await vote(
        office.ask,
        sealed,
        card,
        draft.subjects.map(() => [0]),
      )
  await act(organiser, sealed, 'close', [0, 1], turnout)
  return sealed
}

async function draftOf(change: Partial<Draft> = {}, rehearsal = false): Promise<string> {
  const { poll } = (await organiser.post('/polls', { rehearsal, follows: null })) as { readonly poll: string }
  await organiser.put(`/polls/${poll}/draft`, { version: 1, draft: { ...DRAFT, date: '2026-12-05', ...change } })
  return poll
}

const earlierIn = async (poll: string, by: Organiser = organiser): Promise<readonly EarlierRound[]> =>
  (await by.get<PollView>(`/polls/${poll}`)).earlier

describe('a draft', () => {
  let counted: SealedPoll
  const opened: EarlierRound = {
    title: DRAFT.title,
    date: DRAFT.date,
    unions: [
      { labels: ['Nhóm 1'], ballots: 4 },
      { labels: ['Nhóm 2', 'Nhóm 3'], ballots: 5 },
    ],
  }
  beforeAll(async () => {
    counted = await closedPoll(DRAFT, TURNOUT)
    await count(counted.members.slice(1))
  })

  it('is told which parts an earlier round of the same unit and subject opened, and not what they say', async () => {
    const poll = await draftOf({ unit: 'SỞ  A' })
    expect(await earlierIn(poll)).toEqual([opened])
  })

  it('is told of no round of another unit, about others, or of another kind', async () => {
    const others: readonly Partial<Draft>[] = [
      { unit: 'Sở B' },
      { unit: '' },
      { subjects: [{ name: '', position: 'Giám đốc Sở B' }] },
      { subjects: [], template: 'survey', questions: [{ kind: 'yes-no', title: 'Một', options: [], max: 1 }] },
    ]
    for (const change of others) expect(await earlierIn(await draftOf(change))).toEqual([])
    expect(await earlierIn(await draftOf({}, true))).toEqual([])
  })

  it('is told of it as long as it is a draft: what is sealed needs no advice', async () => {
    const sealed = await sealPoll(office.ask, organiser, { draft: { ...DRAFT, date: '2026-12-05' } })
    expect(await earlierIn(sealed.poll)).toEqual([])
  })

  it('is told only of rounds that its organiser has too, and that are not about the organiser', async () => {
    const poll = await draftOf()
    const person = async (name: string, polls: readonly string[] | null, login: string) => {
      const guest = { name, role: 'organiser' as const, polls, login }
      return organiserWith(office.ask, (await personWith(office.ask, organiser, guest)).cookie)
    }
    const both = await person('Nhân viên B', [poll, counted.poll], 'nhan-vien-b')
    expect(await earlierIn(poll, both)).toEqual([opened])
    const one = await person('Nhân viên C', [poll], 'nhan-vien-c')
    expect(await earlierIn(poll, one)).toEqual([])
    // A subject of the earlier round, and of this draft none.
    const shared = { name: '', position: 'Phó Giám đốc Sở A' }
    const [own, next] = [{ ...DRAFT, subjects: [DRAFT.subjects[0]!, shared] }, await draftOf({ subjects: [shared] })]
    const about = await closedPoll(own, TURNOUT)
    await count(about.members.slice(1))
    const judged = await person('Nhân viên A', null, 'nhan-vien-a')
    expect(await earlierIn(next, judged)).toEqual([])
    expect(await earlierIn(next)).toEqual([opened])
  })
})

/** Two members open and hand in their shares; nobody signs a result. */
async function openHalfway(members: readonly Member[]): Promise<void> {
  for (const { device, post, record } of members) {
    const report = await verify(chunksOf(await record()), { rng: secureRng })
    expect(await post('/open', { signature: toBase64url(device.open(report).signature) })).toBeNull()
  }
  for (const { device, post, view } of members)
    expect(await post('/shares', { shares: shared(device, await view()) })).toBeNull()
}

const shared = (device: Member['device'], { openings }: MemberView) => {
  const signed = openings.flatMap((signature, i) =>
    signature === null ? [] : [[i + 1, fromBase64url(signature)!] as const],
  )
  return [...device.share(new Map(signed))].map(([sum, { D, proof }]) => ({
    sum,
    share: toBase64url(D.bytes),
    proof: toBase64url(proof),
  }))
}

describe('a run that is declared void', () => {
  const subject = { subjects: [{ name: '', position: 'Giám đốc Sở C' }] }

  /** Everything that any door hands out of it, to whoever may ask. */
  async function everything({ poll, hash, members }: SealedPoll): Promise<string> {
    const answers = await Promise.all([
      organiser.get(`/polls/${poll}`),
      ...members.flatMap(member => [member.view(), member.record()]),
      said(await office.ask(`/api/organiser/polls/${poll}/record`, { headers: { cookie: organiser.cookie } })),
      said(await office.ask(`/api/polls/${hash}/record`)),
      said(await office.ask(`/api/leader/polls/${poll}`, { headers: { cookie: organiser.cookie } })),
    ])
    return answers.map(answer => (typeof answer === 'string' ? answer : JSON.stringify(answer))).join('\n')
  }

  it('stays sealed: shares that were handed in already are handed out by no door, and none is taken any more', async () => {
    const sealed = await closedPoll({ ...DRAFT, ...subject }, TURNOUT)
    await openHalfway(sealed.members.slice(1))
    // Two are enough to open the sums: before the poll is void members see them.
    const { shares } = await sealed.members[0]!.view()
    const secrets = shares.flatMap(list => list?.map(({ share }) => share) ?? [])
    expect(secrets).toHaveLength(2 * 2 * 3)
    const before = await everything(sealed)
    expect(secrets.filter(share => !before.includes(share))).toEqual([])

    await act(organiser, sealed, 'void', [0])
    const said = await everything(sealed)
    expect(said).toContain('"type":"ballot"')
    expect(said).not.toMatch(/"type":"(share|result)"/)
    expect(secrets.filter(share => said.includes(share))).toEqual([])
    const third = sealed.members[0]!
    expect(await third.post('/shares', { shares: [] })).toBe('wrong-state')
    expect(await earlierIn(await draftOf(subject))).toEqual([])
  })

  it('after its count is a round that was opened, and a draft is told so', async () => {
    const again = { subjects: [{ name: '', position: 'Giám đốc Sở D' }] }
    const sealed = await closedPoll({ ...DRAFT, ...again }, [5, 2, 4])
    await count(sealed.members.slice(1))
    await act(organiser, sealed, 'void', [0])
    expect(await earlierIn(await draftOf(again))).toMatchObject([
      { unions: [{ labels: ['Nhóm 1'], ballots: 5 }, { labels: ['Nhóm 2', 'Nhóm 3'] }] },
    ])
  })
})
