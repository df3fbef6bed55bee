import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { concat, shortCode, toBase64url } from '../crypto/bytes.ts'
import { chunksOf } from '../crypto/record.ts'
import { sign } from '../crypto/signature.ts'
import { tokenKeyPair, voidMessage } from '../crypto/token.ts'
import { verify } from '../crypto/verify.ts'
import { createApp } from '../server/app.ts'
import { secureRng } from '../server/play/seed.ts'
import type { Draft, MemberView, PollView, PublicView } from '../server/wire.ts'
import {
  act,
  ask as askFor,
  count,
  draftFor,
  drawCards,
  firstOrganiser,
  holdCeremony,
  type Office,
  type Organiser,
  openOffice,
  organiserWith,
  phoneWith,
  post,
  type SealedPoll,
  said,
  sealPoll,
  signAct,
  vote,
} from './office.ts'

describe('a whole poll over HTTP', () => {
  let office: Office
  let organiser: Organiser
  let sealed: SealedPoll
  const state = async () => (await said<PublicView>(await office.ask(`/api/polls/${sealed.hash}`))).state

  beforeAll(async () => {
    office = openOffice()
    organiser = await firstOrganiser(office)
    sealed = await sealPoll(office.ask, organiser, { cards: 10 })
  })
  afterAll(() => office.close())

  it('gives the manifest for what a card carries, scanned or typed', async () => {
    const { manifest } = sealed
    const start = toBase64url(manifest.hash.subarray(0, 20))
    expect(await (await office.ask(`/api/manifests/${start}`)).text()).toBe(manifest.text)
    const typed = shortCode(manifest.hash).toLowerCase()
    expect(await (await office.ask(`/api/manifests/${typed}`)).text()).toBe(manifest.text)
    expect(await said(await office.ask(`/api/manifests/${start.slice(0, -3)}AAA`))).toBe('wrong-manifest')
  })

  it('does not redeem before it is opened', async () => {
    const phone = phoneWith(sealed.manifest, sealed.cards[0]!)
    expect(await said(await post(office.ask, sealed.hash, 'redeem', phone.request))).toBe('not-open')
  })

  it('opens only when a member signs what the organiser asked for', async () => {
    expect(await signAct(sealed.members[0]!, 'open')).toBe('not-asked')
    expect(await askFor(organiser, sealed.poll, 'open')).toBeNull()
    expect(await state()).toBe('printed')
    const [first, second] = sealed.members
    const forged = { ...first!, device: second!.device }
    expect(await signAct(forged, 'open')).toBe('bad-signature')
    expect(await signAct(first!, 'open')).toBeNull()
    expect(await state()).toBe('open')
  })

  it('takes votes, and gives the same answers again', async () => {
    const { manifest, hash, cards } = sealed
    const phone = phoneWith(manifest, cards[0]!)
    const answer = await said<Uint8Array>(await post(office.ask, hash, 'redeem', phone.request))
    expect(await said(await post(office.ask, hash, 'redeem', phone.request))).toEqual(answer)
    const other = phoneWith(manifest, cards[0]!)
    expect(await said(await post(office.ask, hash, 'redeem', other.request))).toBe('already-redeemed')
    phone.receive(answer)
    const [ballot] = phone.seal([[0]], [], manifest.electionKey.point)
    const receipt = await said<Uint8Array>(await post(office.ask, hash, 'cast', ballot!.publicPart))
    phone.keepReceipt(ballot!, receipt)
    expect(await said(await post(office.ask, hash, 'cast', ballot!.publicPart))).toEqual(receipt)
    const changed = ballot!.publicPart.slice()
    changed[100]! ^= 1
    expect(await said(await post(office.ask, hash, 'cast', changed))).toBe('already-cast')
    for (const [i, choice] of [[1], [2], [2], []].entries()) await vote(office.ask, sealed, cards[1 + i]!, [choice])
  })

  it('voids a card handed back, once and for all, and no card that was redeemed', async () => {
    const { manifest, hash, cards } = sealed
    const voiding = (i: number) => {
      const pair = tokenKeyPair(manifest.poll.id, cards[i]!)
      return concat(pair.public.bytes, sign(pair, voidMessage(manifest.hash), secureRng))
    }
    expect((await post(office.ask, hash, 'void', voiding(9))).status).toBe(204)
    expect((await post(office.ask, hash, 'void', voiding(9))).status).toBe(204)
    const phone = phoneWith(manifest, cards[9]!)
    expect(await said(await post(office.ask, hash, 'redeem', phone.request))).toBe('voided-card')
    expect(await said(await post(office.ask, hash, 'void', voiding(0)))).toBe('already-redeemed')
    const forged = voiding(8)
    forged[70]! ^= 1
    expect(await said(await post(office.ask, hash, 'void', forged))).toBe('bad-proof')
  })

  it('shows nobody the board or a count before it is closed', async () => {
    expect(await said(await office.ask(`/api/polls/${sealed.hash}/record`))).toBe('wrong-state')
    expect(await sealed.members[0]!.record()).toBe('wrong-state')
    expect((await sealed.members[0]!.view()).turnout).toBeNull()
    const hall = await said<{ redeemed: number | null }>(await office.ask(`/api/polls/${sealed.hash}/hall`))
    expect(hall.redeemed).toBeNull()
  })

  it('closes after the last call, on the same numbers of two members', async () => {
    const [first, second] = sealed.members
    expect(await askFor(organiser, sealed.poll, 'close')).toBeNull()
    expect((await first!.view()).turnout).toEqual({ redeemed: 5, cast: 5 })
    expect(await signAct(first!, 'close', [6])).toBe('too-early')
    office.wait(120_000)
    expect(await signAct(first!, 'close', [4])).toBe('bad-numbers')
    expect(await signAct(first!, 'close', [10])).toBe('bad-numbers')
    expect(await signAct(first!, 'close', [6])).toBeNull()
    expect(await signAct(second!, 'close', [7])).toBeNull()
    expect(await state()).toBe('open')
    expect(await signAct(second!, 'close', [6])).toBeNull()
    expect(await state()).toBe('closed')
  })

  it('refuses what comes after closing, and still answers what came before', async () => {
    const { manifest, hash, cards } = sealed
    const late = phoneWith(manifest, cards[6]!)
    expect(await said(await post(office.ask, hash, 'redeem', late.request))).toBe('closed')
  })

  it('publishes a board that verifies, and a result once two members have counted', async () => {
    const board = await (await office.ask(`/api/polls/${sealed.hash}/record`)).text()
    const before = await verify(chunksOf(board), { rng: secureRng, asked: sealed.manifest.hash })
    expect(before).toMatchObject({ ok: true, complete: false })
    await count(sealed.members.slice(1))
    expect(await state()).toBe('counted')
    const whole = await sealed.members[0]!.record()
    const report = await verify(chunksOf(whole), { rng: secureRng, asked: sealed.manifest.hash })
    expect(report).toMatchObject({ ok: true, complete: true })
    expect(report.result!.unions).toEqual([{ groups: ['tham-du'], ballots: 5, counts: [[1, 1, 2]] }])
    // Publishing needs a member too; until then the public has the board alone.
    expect(await (await office.ask(`/api/polls/${sealed.hash}/record`)).text()).toBe(board)
    await act(organiser, sealed, 'publish', [0])
    expect(await (await office.ask(`/api/polls/${sealed.hash}/record`)).text()).toBe(whole)
  })

  it('logs nothing', () => {
    expect(office.logged).toEqual([])
  })
})

describe('the organiser', () => {
  it('has no door without a session, and the set-up link works once', async () => {
    const office = openOffice()
    expect(await said(await office.ask('/api/organiser'))).toBe('needs-setup')
    const organiser = await firstOrganiser(office)
    expect(await organiser.get('')).toMatchObject({ polls: [] })
    expect(await said(await office.ask('/api/organiser'))).toBe('needs-login')
    office.wait(3 * 60 * 60 * 1000)
    expect(await organiser.get('')).toBe('needs-login')
    await office.close()
  })

  it('restarts before opening: the old cards are of no poll, links stay, everything else is new', async () => {
    const office = openOffice()
    const organiser = await firstOrganiser(office)
    const { poll, hash } = await sealPoll(office.ask, organiser)
    const before = await organiser.get<PollView>(`/polls/${poll}`)
    expect(await organiser.post(`/polls/${poll}/restart`)).toBeNull()
    expect(await said(await office.ask(`/api/polls/${hash}`))).toBe('wrong-manifest')
    expect(await organiser.post(`/polls/${poll}/seal`)).toBeNull()
    const after = await organiser.get<PollView>(`/polls/${poll}`)
    expect(after.links).toEqual(before.links)
    expect(after.keys).not.toEqual(before.keys)
    const team: MemberView = after.team!
    expect(team.attempt).toBe(2)
    expect(team.commitments).toEqual([null, null, null])
    await office.close()
  })
})

describe('opening is refused', () => {
  /** A sealed and printed poll, and what the organiser is answered who asks to open it. */
  async function askToOpen(change: {
    readonly addresses?: readonly string[]
    readonly bundle?: number
    readonly read?: boolean
  }): Promise<unknown> {
    const office = openOffice()
    const organiser = await firstOrganiser(office)
    const { poll } = await sealPoll(office.ask, organiser)
    if (change.addresses) Object.assign(office.deps, { addresses: () => change.addresses })
    if (change.bundle) Object.assign(office.deps, { pages: { ...office.deps.pages, bundleHash: new Uint8Array(32) } })
    const app = createApp(office.deps)
    const body = { action: 'open', reason: '', plainHttpRead: change.read ?? true, title: '' }
    const again = organiserWith(async (path, init) => app.request(path, init), organiser.cookie)
    const answer = await again.post(`/polls/${poll}/ask`, body)
    await office.close()
    return answer
  }

  it('while phones would use another address than the cards carry', async () => {
    expect(await askToOpen({ addresses: ['http://192.168.1.99:8080'] })).toBe('wrong-address')
  })
  it('while the server serves other pages than the manifest pins', async () => {
    expect(await askToOpen({ bundle: 1 })).toBe('wrong-bundle')
  })
  it('over plain http, until it was read what that loses', async () => {
    expect(await askToOpen({ read: false })).toBe('plain-http')
  })
  it('and not otherwise', async () => {
    expect(await askToOpen({})).toBeNull()
  })
})

describe('a poll that is voided', () => {
  it('stays sealed and on file, its cards dead, and is run again with everything new', async () => {
    const office = openOffice()
    const organiser = await firstOrganiser(office)
    const sealed = await sealPoll(office.ask, organiser)
    await act(organiser, sealed, 'open', [0])
    const { ballot } = await vote(office.ask, sealed, sealed.cards[0]!, [[0]])
    const typedWrong = { action: 'void', reason: 'Sai trình tự', plainHttpRead: false, title: 'tên khác' }
    expect(await organiser.post(`/polls/${sealed.poll}/ask`, typedWrong)).toBe('bad-request')
    let rewritten = 0
    const { db } = office
    const rewrite = db.rewrite
    db.rewrite = async poll => {
      rewritten++
      await rewrite(poll)
    }
    await act(organiser, sealed, 'void', [1])
    // What is on file keeps no order of arrival either.
    expect(rewritten).toBe(1)
    const view = await organiser.get<PollView>(`/polls/${sealed.poll}`)
    expect(view).toMatchObject({ state: 'void', voidReason: 'Sai trình tự' })
    const phone = phoneWith(sealed.manifest, sealed.cards[1]!)
    expect(await said(await post(office.ask, sealed.hash, 'redeem', phone.request))).toBe('closed')
    // What was answered is answered again; nothing is opened, nothing shown.
    expect((await post(office.ask, sealed.hash, 'cast', ballot)).status).toBe(200)
    expect(await said(await office.ask(`/api/polls/${sealed.hash}/record`))).toBe('wrong-state')
    expect(await sealed.members[0]!.record()).toBe('wrong-state')

    const { poll } = (await organiser.post('/polls', { rehearsal: false, follows: sealed.poll })) as { poll: string }
    const next = await organiser.get<PollView>(`/polls/${poll}`)
    expect(next).toMatchObject({ state: 'draft', follows: sealed.poll, draft: view.draft, links: [], keys: null })
    await office.close()
  })

  it('cannot be run again before it is void', async () => {
    const office = openOffice()
    const organiser = await firstOrganiser(office)
    const { poll } = await sealPoll(office.ask, organiser)
    expect(await organiser.post('/polls', { rehearsal: false, follows: poll })).toBe('wrong-state')
    await office.close()
  })
})

describe('a draft', () => {
  it('saved from two windows keeps the first and tells the second', async () => {
    const office = openOffice()
    const organiser = await firstOrganiser(office)
    const { poll } = (await organiser.post('/polls', { rehearsal: false, follows: null })) as { poll: string }
    expect(await organiser.put(`/polls/${poll}/draft`, { version: 1, draft: draftFor() })).toEqual({ version: 2 })
    expect(await organiser.put(`/polls/${poll}/draft`, { version: 1, draft: draftFor({ unit: 'Sở B' }) })).toBe(
      'stale-draft',
    )
    expect((await organiser.get<PollView>(`/polls/${poll}`)).draft.unit).toBe('Sở A')
    await office.close()
  })

  const unfit: readonly (readonly [why: string, change: Partial<Draft>])[] = [
    ['a subject counts', { subjects: [{ name: 'Tổ  trưởng', position: 'Giám đốc Sở A' }] }],
    ['half of the team would open', { members: ['A', 'B', 'C', 'D'], threshold: 2 }],
    ['two members have one name', { members: ['Tổ trưởng', 'tổ trưởng'] }],
    ['nobody is judged', { subjects: [] }],
    ['phones could not reach the address', { address: 'http://localhost:8080' }],
  ]
  it.each(unfit)('in which %s is not sealed', async (_, change) => {
    const office = openOffice()
    const organiser = await firstOrganiser(office)
    const { poll } = (await organiser.post('/polls', { rehearsal: false, follows: null })) as { poll: string }
    await organiser.put(`/polls/${poll}/draft`, { version: 1, draft: draftFor(change) })
    expect(await organiser.post(`/polls/${poll}/seal`)).toBe('bad-draft')
    await organiser.put(`/polls/${poll}/draft`, { version: 2, draft: draftFor() })
    expect(await organiser.post(`/polls/${poll}/seal`)).toBeNull()
    await office.close()
  })

  it('whose address no other device has reached gets no manifest', async () => {
    const office = openOffice()
    const organiser = await firstOrganiser(office)
    const { poll } = (await organiser.post('/polls', { rehearsal: false, follows: null })) as { poll: string }
    await organiser.put(`/polls/${poll}/draft`, { version: 1, draft: draftFor() })
    await organiser.post(`/polls/${poll}/seal`)
    await holdCeremony(office.ask, organiser, poll, secureRng)
    const { body } = await drawCards(organiser, poll, 10, secureRng, office.deps.pages.bundleHash)
    expect(await organiser.post(`/polls/${poll}/manifest`, body)).toBe('untried-address')
    await office.close()
  })
})

describe('the counting team’s doors', () => {
  it('know a member by the secret of the link, and take each word once', async () => {
    const office = openOffice()
    const organiser = await firstOrganiser(office)
    const { poll } = (await organiser.post('/polls', { rehearsal: false, follows: null })) as { poll: string }
    await organiser.put(`/polls/${poll}/draft`, { version: 1, draft: draftFor() })
    await organiser.post(`/polls/${poll}/seal`)
    const { links } = await organiser.get<PollView>(`/polls/${poll}`)
    const path = `/api/members/${poll}/1`
    const as = (secret: string) => ({ headers: { authorization: `Bearer ${secret}` } })
    expect(await said(await office.ask(path))).toBe('bad-link')
    expect(await said(await office.ask(path, as(links[1]!)))).toBe('bad-link')
    expect(await said(await office.ask(path, as(links[0]!)))).toMatchObject({ index: 1, state: 'sealing' })
    const commit = (commitment: string) =>
      office.ask(`${path}/commit`, {
        method: 'POST',
        ...as(links[0]!),
        body: JSON.stringify({ attempt: 1, commitment }),
      })
    expect((await commit('A'.repeat(43))).status).toBe(204)
    expect((await commit('A'.repeat(43))).status).toBe(204)
    expect(await said(await commit('B'.repeat(43)))).toBe('other-device')
    // Nobody reveals before everybody has committed.
    const reveal = {
      attempt: 1,
      package: { index: 1, name: 'Tổ trưởng', signingKey: '', exchangeKey: '', commitments: ['A'], proof: '' },
    }
    const revealed = await office.ask(`${path}/reveal`, {
      method: 'POST',
      ...as(links[0]!),
      body: JSON.stringify(reveal),
    })
    expect(await said(revealed)).toBe('wrong-state')
    await office.close()
  })
})

describe('a clock that is set back', () => {
  it('does not stretch the last call beyond its length', async () => {
    const office = openOffice()
    const organiser = await firstOrganiser(office)
    const sealed = await sealPoll(office.ask, organiser)
    await act(organiser, sealed, 'open', [0])
    await askFor(organiser, sealed.poll, 'close')
    office.wait(-60 * 60 * 1000)
    expect((await sealed.members[0]!.view()).lastCall).toBe(120)
    office.wait(120_000)
    expect((await sealed.members[0]!.view()).lastCall).toBe(0)
    await office.close()
  })
})
