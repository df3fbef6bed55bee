/** Cards redeemed by one operator, ballots cast at another: a whole poll, what each learns, and what happens when they part. */

import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { afterEach, describe, expect, it } from 'vitest'
import { toBase64url } from '../crypto/bytes.ts'
import { parseManifest } from '../crypto/manifest.ts'
import { chunksOf } from '../crypto/record.ts'
import { cardLink, tokenKeyPair } from '../crypto/token.ts'
import { verify } from '../crypto/verify.ts'
import { readEnvironment } from '../server/commands/settings.ts'
import { secureRng, shuffled } from '../server/play/seed.ts'
import { readRole } from '../server/roles.ts'
import { isRedeemOrigin, redeemAtOf } from '../server/rules/redeem-at.ts'
import type { HallView, PollView, PublicView } from '../server/wire.ts'
import { correlation } from './leaks.ts'
import {
  ADDRESS,
  type Ask,
  act,
  ask as askFor,
  count,
  draftFor,
  drawCards,
  firstOrganiser,
  handBack,
  holdCeremony,
  json,
  type Organiser,
  openOffice,
  phoneWith,
  post,
  type SealedPoll,
  said,
  sealPoll,
  signAct,
  vote,
} from './office.ts'
import { leaksBetween, type Sides, type Voter } from './sides.ts'
import { type Exchange, openTwoOffices, PEER_KEY, REDEEM, type TwoOffices } from './two-offices.ts'
import { Drawer, Line, smallPoll, Tab } from './voter.ts'

let two: TwoOffices
/** Those that a test opened. */
const opened: TwoOffices[] = []
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close()
})

function openTwo(options: Parameters<typeof openTwoOffices>[0] = {}): TwoOffices {
  const one = openTwoOffices(options)
  opened.push(one)
  return one
}

async function sealed(cards = 6): Promise<{ readonly organiser: Organiser; readonly poll: SealedPoll }> {
  const organiser = await firstOrganiser(two.box)
  return { organiser, poll: await sealPoll(two.ask, organiser, { cards }) }
}

async function openPoll(cards = 6) {
  const { organiser, poll } = await sealed(cards)
  await act(organiser, poll, 'open', [0])
  return { organiser, poll }
}

const stateOf = async (organiser: Organiser, { poll }: Pick<SealedPoll, 'poll'>): Promise<PollView> =>
  organiser.get<PollView>(`/polls/${poll}`)

/** Two members sign, and what they are told. */
async function close(organiser: Organiser, poll: SealedPoll, handedOut: number): Promise<unknown> {
  await act(organiser, poll, 'close', [])
  two.box.wait(120_000)
  await signAct(poll.members[0]!, 'close', [handedOut])
  return signAct(poll.members[1]!, 'close', [handedOut])
}

function signal(): readonly [go: () => void, gone: Promise<void>] {
  let go = () => {}
  const gone = new Promise<void>(resolve => {
    go = resolve
  })
  return [() => go(), gone]
}

/** As the box asks. */
const asBox = (hash: string, method: string, what = '', body?: unknown, key = PEER_KEY): Promise<unknown> =>
  Promise.resolve(
    two.redeem.ask(`/api/peer/${hash}${what}`, {
      method,
      headers: { authorization: `Bearer ${key}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  ).then(said)

const spentIn = (file: string): number => {
  const database = new Database(file, { readonly: true })
  const found = database.prepare('select count(*) from spent').pluck().get() as number
  database.close()
  return found
}

describe('a poll of two operators', () => {
  it('ends with a record that verifies, and either side has what is its own', async () => {
    two = openTwo()
    const { organiser, poll } = await sealed(8)
    expect(redeemAtOf(poll.manifest.text)).toBe(REDEEM)
    // Handed back before the opening, and after it.
    expect((await post(two.ask, poll.hash, 'void', handBack(poll, poll.cards[6]!))).status).toBe(204)
    expect(await said(await post(two.ask, poll.hash, 'redeem', phoneWith(poll.manifest, poll.cards[0]!).request))).toBe(
      'not-open',
    )
    await act(organiser, poll, 'open', [0])
    expect((await post(two.ask, poll.hash, 'void', handBack(poll, poll.cards[7]!))).status).toBe(204)
    const first = phoneWith(poll.manifest, poll.cards[0]!)
    const answer = await said<Uint8Array>(await post(two.ask, poll.hash, 'redeem', first.request))
    for (const i of [1, 2, 3, 4]) await vote(two.ask, poll, poll.cards[i]!, [[i % 3]])
    expect([spentIn(two.redeem.file), spentIn(two.box.file)]).toEqual([7, 0])

    await act(organiser, poll, 'close', [])
    expect((await stateOf(organiser, poll)).team!.turnout).toEqual({ redeemed: 5, cast: 4 })
    two.box.wait(120_000)
    expect(await signAct(poll.members[0]!, 'close', [4])).toBe('bad-numbers')
    expect(await signAct(poll.members[0]!, 'close', [5])).toBeNull()
    expect(await signAct(poll.members[1]!, 'close', [5])).toBeNull()
    expect((await stateOf(organiser, poll)).state).toBe('closed')
    expect([spentIn(two.redeem.file), spentIn(two.box.file)]).toEqual([7, 7])

    await count(poll.members.slice(0, 2))
    await act(organiser, poll, 'publish', [0])
    const record = await (await two.ask(`/api/polls/${poll.hash}/record`)).text()
    expect(record.match(/"type":"(redemption|void|ballot)"/g)).toHaveLength(5 + 2 + 4)
    expect(await verify(chunksOf(record), { rng: secureRng })).toMatchObject({ ok: true, complete: true })

    // The same again is answered as before; another one for this card, and a new card, are not.
    expect(await said(await post(two.ask, poll.hash, 'redeem', first.request))).toEqual(answer)
    const other = phoneWith(poll.manifest, poll.cards[0]!).request
    expect(await said(await post(two.ask, poll.hash, 'redeem', other))).toBe('already-redeemed')
    const late = phoneWith(poll.manifest, poll.cards[5]!).request
    expect(await said(await post(two.ask, poll.hash, 'redeem', late))).toBe('closed')
    expect([...two.box.logged, ...two.redeem.logged]).toEqual([])
  })

  it('spends no card at the box: its doors for cards are those of other polls', async () => {
    two = openTwo()
    const { poll } = await openPoll()
    const { request } = phoneWith(poll.manifest, poll.cards[0]!)
    expect(await said(await post(two.box.ask, poll.hash, 'redeem', request))).toBe('wrong-manifest')
    expect(await said(await post(two.box.ask, poll.hash, 'void', handBack(poll, poll.cards[1]!)))).toBe(
      'wrong-manifest',
    )
    expect((await post(two.ask, poll.hash, 'redeem', request)).status).toBe(200)
  })

  it('shows the hall what both sides count, coarsely, and half of it where the other does not answer', async () => {
    two = openTwo()
    const { poll } = await openPoll(7)
    for (const card of poll.cards.slice(0, 6)) await vote(two.ask, poll, card, [[0]])
    const hall = async () => said<HallView>(await two.ask(`/api/polls/${poll.hash}/hall`))
    await hall()
    two.box.wait(61_000)
    expect(await hall()).toMatchObject({ redeemed: 5, cast: 5 })
    two.line = 'cut'
    two.box.wait(61_000)
    await hall()
    two.box.wait(61_000)
    expect(await hall()).toMatchObject({ redeemed: null, cast: 5 })
  })
})

// ── what each side learns ───────────────────────────────────────────────────────────────────────────────────────

const BROWSER = { 'user-agent': 'Mozilla/5.0 (Android)', 'accept-language': 'vi-VN', origin: ADDRESS }

interface Planted {
  /** What a phone adds to its requests. */
  readonly headers?: (voter: number) => Record<string, string>
  readonly query?: (voter: number) => string
  /** Done once somebody redeemed, or cast. */
  readonly redeemed?: (request: Uint8Array) => void
  readonly cast?: (ballot: Uint8Array) => void
  /** Done before all is searched. */
  readonly before?: (poll: SealedPoll) => Promise<unknown>
}

/** Until just before it is closed. */
async function play(
  voters: number,
  planted: Planted = {},
): Promise<Sides & { poll: SealedPoll; organiser: Organiser }> {
  const { organiser, poll } = await openPoll(voters + 1)
  const since = two.exchanges.length
  const send = async (i: number, door: 'redeem' | 'cast', body: Uint8Array): Promise<Exchange> => {
    const path = `/api/polls/${poll.hash}/${door}${planted.query?.(i) ?? ''}`
    const init = {
      method: 'POST',
      body: body.slice(),
      headers: { ...BROWSER, 'content-type': 'application/octet-stream', ...planted.headers?.(i) },
    }
    const exchanges = two.exchanges.length
    const response = await (door === 'redeem' ? two.redeem.ask : two.ask)(path, init)
    expect(response.status).toBe(200)
    return two.exchanges[exchanges]!
  }
  const all = Array.from({ length: voters }, (_, i) => ({ i, phone: phoneWith(poll.manifest, poll.cards[i]!) }))
  const going = []
  for (const { i, phone } of shuffled(all, secureRng)) {
    const { request } = phone
    const redeemed = await send(i, 'redeem', request)
    phone.receive(redeemed.answer)
    planted.redeemed?.(request)
    const [ballot] = phone.seal([[i % 3]], [], poll.manifest.electionKey.point)
    const token = tokenKeyPair(poll.manifest.poll.id, poll.cards[i]!).public.bytes
    going.push({ i, token, request, ballot: ballot!.publicPart, redeemed })
  }
  const done: Voter[] = []
  for (const { i, ...one } of shuffled(going, secureRng)) {
    done.push({ ...one, cast: await send(i, 'cast', one.ballot) })
    planted.cast?.(one.ballot)
  }
  await said(await two.ask(`/api/polls/${poll.hash}/hall`))
  await planted.before?.(poll)
  const between = two.exchanges.slice(since).filter(({ to }) => to === 'peer')
  return { box: two.box, redeem: two.redeem, between, voters: done, poll, organiser }
}

const writeInto = (file: string, what: Uint8Array): void => {
  const database = new Database(file)
  database.exec('create table if not exists kept (what blob)')
  database.prepare('insert into kept values (?)').run(what)
  database.close()
}

const PLANTED: readonly (readonly [leak: string, planted: () => Planted, noticed: string])[] = [
  [
    'a number that each phone gives on both sides',
    () => ({ headers: i => ({ 'x-visit': `lần ${i}`.normalize('NFD').replace(/[^ -~]/g, '') }) }),
    'something that one phone says on both sides',
  ],
  ['the same behind the address', () => ({ query: i => `?v=${i}` }), 'something that one phone says on both sides'],
  [
    'redemptions copied to the box',
    () => ({ redeemed: request => writeInto(two.box.file, request.subarray(32)) }),
    'a redemption where ballots are cast',
  ],
  [
    'ballots copied to where cards are redeemed',
    () => ({ cast: ballot => writeInto(two.redeem.file, ballot.subarray(1, 65)) }),
    'a ballot or a receipt where cards are redeemed',
  ],
  [
    'one number in both databases',
    () => ({
      redeemed: request => writeInto(two.redeem.file, request.subarray(0, 12)),
      cast: () => writeInto(two.box.file, two.exchanges.findLast(({ to }) => to === 'redeem')!.body.subarray(0, 12)),
    }),
    'a value in both databases',
  ],
  [
    'cards named in the counts',
    () => ({
      before: async poll => {
        const { body } = two.exchanges.findLast(({ to }) => to === 'redeem')!
        two.falsified = async (_, response) => response
        await two.box.deps.peer!.gate(poll.manifest.hash, 'open')
        const last = two.exchanges.at(-1)!
        ;(two.exchanges as Exchange[]).push({ ...last, answer: body.slice() })
      },
    }),
    'a card named between the two',
  ],
]

describe('before the box is closed', () => {
  it('nothing but the poll’s own constants is on both sides', async () => {
    two = openTwo()
    const sides = await play(4)
    expect(sides.between.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)).toContain('GET counts')
    expect(leaksBetween(sides)).toEqual([])
  })

  it.each(PLANTED)('%s is noticed', async (_, planted, noticed) => {
    two = openTwo()
    expect(leaksBetween(await play(3, planted()))).toContain(noticed)
  })

  it('phones are answered alike: no header of either side differs between them', async () => {
    two = openTwo()
    const { voters } = await play(4)
    const headersOf = ({ answered }: Exchange) => JSON.stringify(answered)
    expect(new Set(voters.map(({ redeemed }) => headersOf(redeemed))).size).toBe(1)
    expect(new Set(voters.map(({ cast }) => headersOf(cast))).size).toBe(1)
    const names = voters[0]!.redeemed.answered.map(([name]) => name).sort()
    expect(names).toEqual([
      'access-control-allow-origin',
      'cache-control',
      'content-security-policy',
      'content-type',
      'referrer-policy',
      'x-content-type-options',
    ])
  })

  it('the box is told no card and no time: spent cards are shown once nothing more is spent', async () => {
    two = openTwo()
    const { poll, organiser } = await play(3)
    expect(await asBox(poll.hash, 'GET', '/spent')).toBe('too-early')
    expect(await asBox(poll.hash, 'GET', '/counts')).toEqual({ counts: [{ redeemed: 3, voided: 0 }] })
    expect(await close(organiser, poll, 3)).toBeNull()
    const { redeemed } = (await asBox(poll.hash, 'GET', '/spent')) as { redeemed: readonly string[] }
    expect(redeemed).toEqual(
      [...redeemed].sort((a, b) => Buffer.from(a, 'base64url').compare(Buffer.from(b, 'base64url'))),
    )
    expect(redeemed).toHaveLength(3)
  })

  it('and afterwards neither file shows in which order cards came', async () => {
    two = openTwo()
    const { voters, organiser, poll } = await play(30)
    expect(await close(organiser, poll, 30)).toBeNull()
    const came = two.exchanges.filter(({ to }) => to === 'redeem').map(({ body }) => body)
    expect(came).toHaveLength(voters.length)
    for (const file of [two.redeem.file, two.box.file]) {
      const bytes = readFileSync(file)
      const places = came.map(request => bytes.indexOf(Buffer.from(request.subarray(40))))
      expect(places).not.toContain(-1)
      expect(Math.abs(correlation(places))).toBeLessThan(0.77)
    }
  })
})

// ── doors ───────────────────────────────────────────────────────────────────────────────────────────────────────

describe('the deployment that redeems', () => {
  it('has no other doors', async () => {
    two = openTwo()
    const { poll } = await openPoll()
    const none = [
      ...['/', '/b', '/to-chuc', '/kiem-phieu', '/voter/index.html', '/verify', '/api/organiser', '/api/account/me'],
      ...['/api/leader', '/api/packs', '/api/forms', '/api/bundle', `/api/polls/${poll.hash}`, '/api/operator/polls'],
      ...[`/api/polls/${poll.hash}/record`, `/api/polls/${poll.hash}/hall`, `/api/members/${poll.poll}/1`],
      `/api/polls/${poll.hash}/redeem`,
    ]
    for (const path of none) expect([path, (await two.redeem.ask(path)).status]).toEqual([path, 404])
    for (const door of ['cast', 'comment'])
      expect((await post(two.redeem.ask, poll.hash, door, new Uint8Array(200))).status).toBe(404)
    expect((await two.redeem.ask('/api/account/setup', json({ link: 'x', password: 'y' }))).status).toBe(404)
    for (const method of ['PUT', 'DELETE', 'PATCH'])
      expect((await two.redeem.ask(`/api/polls/${poll.hash}/redeem`, { method })).status).toBe(404)
    // What it has.
    expect(
      await (await two.redeem.ask(`/api/manifests/${toBase64url(poll.manifest.hash.subarray(0, 20))}`)).text(),
    ).toBe(poll.manifest.text)
  })

  it('answers pages of any origin, without anything of theirs; no door else', async () => {
    two = openTwo()
    const { poll } = await openPoll()
    const first = await two.redeem.ask(`/api/polls/${poll.hash}/redeem`, {
      method: 'OPTIONS',
      headers: { origin: ADDRESS, 'access-control-request-method': 'POST' },
    })
    expect(first.status).toBe(204)
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'content-type',
    })
    expect(first.headers.has('access-control-allow-credentials')).toBe(false)
    // Refusals too can be read.
    const refused = await post(two.redeem.ask, poll.hash, 'redeem', new Uint8Array(5))
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([400, '*'])
    for (const path of [`/api/polls/${poll.hash}/cast`, `/api/peer/${poll.hash}`, '/api/manifests/x'])
      expect((await two.redeem.ask(path, { method: 'OPTIONS' })).status).not.toBe(204)
    const manifest = await two.redeem.ask(`/api/manifests/${toBase64url(poll.manifest.hash.subarray(0, 20))}`)
    expect(manifest.headers.has('access-control-allow-origin')).toBe(false)
  })

  const DOORS = [
    ['GET', '/counts', undefined],
    ['GET', '/spent', undefined],
    ['POST', '/gate', { gate: 'open' }],
    ['POST', '/gate', { gate: 'shut' }],
    ['PUT', '', { manifest: '', keys: '', tokens: [['']] }],
    ['DELETE', '', undefined],
  ] as const
  it('keeps the box’s doors for whoever has the key', async () => {
    two = openTwo()
    const { poll } = await sealed()
    for (const [method, what, body] of DOORS) {
      for (const key of ['', `${PEER_KEY}x`, PEER_KEY.slice(0, -1), PEER_KEY.toUpperCase()])
        expect([method, what, await asBox(poll.hash, method, what, body, key)]).toEqual([method, what, 'needs-login'])
      expect(await asBox(poll.hash, method, what, body)).not.toBe('needs-login')
    }
  })

  it('takes nothing that is not what it says', async () => {
    two = openTwo()
    const { poll } = await sealed()
    const { body } = two.exchanges.find(({ to, method }) => to === 'peer' && method === 'PUT')!
    const handed = JSON.parse(Buffer.from(body).toString()) as { manifest: string; keys: string; tokens: string[][] }
    const put = (change: Partial<typeof handed>, hash = poll.hash) => asBox(hash, 'PUT', '', { ...handed, ...change })
    expect(await put({})).toBeNull()
    expect(await put({}, toBase64url(new Uint8Array(32)))).toBe('wrong-manifest')
    expect(await put({ manifest: '{}' })).toBe('bad-request')
    expect(await put({ keys: '{}' })).toBe('bad-request')
    const keys = JSON.parse(handed.keys) as { receiptKey: string; issuers: string[] }
    expect(await put({ keys: JSON.stringify({ ...keys, receiptKey: keys.issuers[0] }) })).toBe('wrong-team')
    expect(await put({ tokens: [handed.tokens[0]!.slice(1)] })).toBe('wrong-tokens')
    const text = handed.manifest.replace(REDEEM, 'https://khac.test')
    expect(await put({ manifest: text }, toBase64url(parseManifest(text).hash))).toBe('wrong-address')
    expect(await asBox(poll.hash, 'POST', '/gate', { gate: 'ajar' })).toBe('bad-request')
    expect(await asBox('kurz', 'GET', '/counts')).toBe('wrong-manifest')
  })
})

// ── the line between ────────────────────────────────────────────────────────────────────────────────────────────

const CUTS = ['cut', 'answer-lost'] as const

describe.each(CUTS)('while the other deployment is away (%s)', how => {
  it('the manifest is not fixed; sent again it is', async () => {
    two = openTwo()
    const organiser = await firstOrganiser(two.box)
    const { poll } = (await organiser.post('/polls', { rehearsal: true, follows: null })) as { poll: string }
    await organiser.put(`/polls/${poll}/draft`, { version: 1, draft: draftFor() })
    await organiser.post(`/polls/${poll}/seal`)
    await holdCeremony(two.ask, organiser, poll, secureRng)
    const drawn = await drawCards(organiser, poll, 5, secureRng, two.box.deps.pages.bundleHash)
    two.line = how
    expect(await organiser.post(`/polls/${poll}/manifest`, drawn.body)).toBe('peer-away')
    expect(await stateOf(organiser, { poll })).toMatchObject({ state: 'sealing', manifestHash: null })
    // The browser lost its cards meanwhile, and draws others: what came first is forgotten there.
    const anew = await drawCards(organiser, poll, 5, secureRng, two.box.deps.pages.bundleHash)
    two.line = 'whole'
    expect(await organiser.post(`/polls/${poll}/manifest`, anew.body)).toBeNull()
    expect((await stateOf(organiser, { poll })).state).toBe('pinning')
    expect(await asBox(toBase64url(anew.manifest.hash), 'GET', '/counts')).toEqual({
      counts: [{ redeemed: 0, voided: 0 }],
    })
    expect(await asBox(toBase64url(drawn.manifest.hash), 'GET', '/counts')).toMatch(/closed|wrong-manifest/)
  })

  it('cards are not said to be printed, nor the box opened; on a later look it is', async () => {
    two = openTwo()
    const { organiser, poll } = await sealed()
    expect(await askFor(organiser, poll.poll, 'open')).toBeNull()
    two.line = how
    expect(await signAct(poll.members[0]!, 'open')).toBe('peer-away')
    expect((await stateOf(organiser, poll)).state).toBe('printed')
    expect(await said(await post(two.box.ask, poll.hash, 'cast', new Uint8Array(500)))).toBe('not-open')
    // Signed is signed: the other side may be open by now.
    expect(await organiser.post(`/polls/${poll.poll}/withdraw`)).toBe('wrong-state')
    two.line = 'whole'
    expect((await stateOf(organiser, poll)).state).toBe('open')
    await vote(two.ask, poll, poll.cards[0]!, [[0]])
  })

  it('the box stays open until it can be closed; the next look closes it, and nothing is lost', async () => {
    two = openTwo()
    const { organiser, poll } = await openPoll()
    for (const i of [0, 1, 2]) await vote(two.ask, poll, poll.cards[i]!, [[i]])
    await act(organiser, poll, 'close', [])
    two.box.wait(120_000)
    expect(await signAct(poll.members[0]!, 'close', [3])).toBeNull()
    // The numbers are compared with the other side's first.
    two.line = 'cut'
    expect(await signAct(poll.members[1]!, 'close', [3])).toBe('peer-away')
    expect((await stateOf(organiser, poll)).team!.asked!.signed).toHaveLength(1)
    two.line = 'whole'
    two.falsified = async (path, response) => {
      if (/counts$/.test(path)) return response
      throw new TypeError('lost')
    }
    expect(await signAct(poll.members[1]!, 'close', [3])).toBe('peer-away')
    two.falsified = null
    two.line = how
    expect(await stateOf(organiser, poll)).toMatchObject({ state: 'open', team: { turnout: null } })
    expect(await organiser.post(`/polls/${poll.poll}/withdraw`)).toBe('wrong-state')
    two.line = 'whole'
    const view = await poll.members[2]!.view()
    expect(view.state).toBe('closed')
    expect(JSON.parse(view.closing!.text)).toMatchObject({ redemptions: { count: 3 }, ballots: { count: 3 } })
    await count(poll.members.slice(0, 2))
    expect((await stateOf(organiser, poll)).state).toBe('counted')
  })

  it('the list of spent cards alone does not come: the box is shut and waits for it', async () => {
    two = openTwo()
    const { organiser, poll } = await openPoll()
    for (const i of [0, 1, 2]) await vote(two.ask, poll, poll.cards[i]!, [[i]])
    two.falsified = async (path, response) => {
      if (/spent$/.test(path)) throw new TypeError('lost')
      return response
    }
    expect(await close(organiser, poll, 3)).toBe('peer-away')
    expect((await stateOf(organiser, poll)).state).toBe('open')
    expect(spentIn(two.box.file)).toBe(0)
    expect(await organiser.post(`/polls/${poll.poll}/withdraw`)).toBe('wrong-state')
    expect(await said(await post(two.ask, poll.hash, 'cast', new Uint8Array(500)))).toBe('closed')
    two.falsified = null
    expect((await stateOf(organiser, poll)).state).toBe('closed')
    expect(spentIn(two.box.file)).toBe(3)
  })

  it('a poll is void all the same, and forgotten there on a later look', async () => {
    two = openTwo()
    const { organiser, poll } = await openPoll()
    await vote(two.ask, poll, poll.cards[0]!, [[0]])
    expect(await askFor(organiser, poll.poll, 'void')).toBeNull()
    two.line = how
    expect(await signAct(poll.members[0]!, 'void')).toBeNull()
    expect(await stateOf(organiser, poll)).toMatchObject({ state: 'void', voidReason: 'Sai trình tự' })
    expect(await organiser.post(`/polls/${poll.poll}/withdraw`)).toBe('wrong-state')
    two.line = 'whole'
    expect((await stateOf(organiser, poll)).team!.asked).toBeNull()
    expect(spentIn(two.redeem.file)).toBe(0)
    const { request } = phoneWith(poll.manifest, poll.cards[1]!)
    expect(await said(await post(two.ask, poll.hash, 'redeem', request))).toBe('wrong-manifest')
    const token = Buffer.from(tokenKeyPair(poll.manifest.poll.id, poll.cards[0]!).public.bytes)
    expect(readFileSync(two.redeem.file).includes(token)).toBe(false)
  })

  it('a poll is begun anew all the same, and its dead cards are forgotten with the next manifest', async () => {
    two = openTwo()
    const { organiser, poll } = await sealed()
    two.line = how
    expect(await organiser.post(`/polls/${poll.poll}/restart`)).toBeNull()
    expect((await stateOf(organiser, poll)).state).toBe('draft')
    two.line = 'whole'
    expect(await organiser.post(`/polls/${poll.poll}/seal`)).toBeNull()
    await holdCeremony(two.ask, organiser, poll.poll, secureRng)
    const drawn = await drawCards(organiser, poll.poll, 5, secureRng, two.box.deps.pages.bundleHash)
    expect(await organiser.post(`/polls/${poll.poll}/manifest`, drawn.body)).toBeNull()
    expect(await asBox(poll.hash, 'GET', '/counts')).toBe('closed')
    expect(await said(await post(two.ask, poll.hash, 'void', handBack(poll, poll.cards[0]!)))).toBe('wrong-manifest')
  })

  it('a rehearsal is not deleted; later it is, on both sides', async () => {
    two = openTwo()
    const organiser = await firstOrganiser(two.box)
    const poll = await sealPoll(two.ask, organiser, { rehearsal: true, cards: 3 })
    const { title } = draftFor()
    two.line = how
    expect(await organiser.post(`/polls/${poll.poll}/delete`, { title })).toBe('peer-away')
    expect((await stateOf(organiser, poll)).state).toBe('printed')
    two.line = 'whole'
    expect(await organiser.post(`/polls/${poll.poll}/delete`, { title })).toBeNull()
    expect(await asBox(poll.hash, 'GET', '/counts')).toBe('closed')
  })
})

it('cards are printed once the other deployment takes them back', async () => {
  two = openTwo()
  const organiser = await firstOrganiser(two.box)
  two.falsified = async (path, response) => {
    if (/gate$/.test(path)) throw new TypeError('lost')
    return response
  }
  await expect(sealPoll(two.ask, organiser)).rejects.toThrow('printed: "peer-away"')
  const [{ poll }] = (await organiser.get<{ polls: { poll: string }[] }>('')).polls as [{ poll: string }]
  expect((await stateOf(organiser, { poll })).state).toBe('sealed')
  two.falsified = null
  expect(await organiser.post(`/polls/${poll}/printed`)).toBeNull()
  expect((await stateOf(organiser, { poll })).state).toBe('printed')
})

it('a box with another key is answered nothing, and seals nothing', async () => {
  two = openTwo({ key: `${PEER_KEY}-nhầm`.normalize('NFD').replace(/[^ -~]/g, '') })
  const organiser = await firstOrganiser(two.box)
  await expect(sealPoll(two.ask, organiser)).rejects.toThrow('manifest: "peer-refuses"')
  expect(two.exchanges.filter(({ to }) => to === 'peer').map(({ status }) => status)).toEqual([401])
  expect(two.said).toEqual(['peer: PUT : needs-login'])
})

it('of two windows that send two manifests at once, the cards of the one that stands are worth something', async () => {
  two = openTwo()
  const organiser = await firstOrganiser(two.box)
  const { poll } = (await organiser.post('/polls', { rehearsal: true, follows: null })) as { poll: string }
  await organiser.put(`/polls/${poll}/draft`, { version: 1, draft: draftFor() })
  await organiser.post(`/polls/${poll}/seal`)
  await holdCeremony(two.ask, organiser, poll, secureRng)
  const [a, b] = [await draw(), await draw()]
  function draw() {
    return drawCards(organiser, poll, 5, secureRng, two.box.deps.pages.bundleHash)
  }
  // A is there, and its answer comes once B has it forgotten or is done; B's forgetting is answered once A is done.
  const [goOnA, waitA] = signal()
  const [goOnB, waitB] = signal()
  let times = 0
  two.falsified = async (path, response) => {
    if (!path.endsWith(`/${toBase64url(a.manifest.hash)}`)) return response
    times++
    if (times > 1) goOnA()
    await (times === 1 ? waitA : waitB)
    return response
  }
  const sendingA = organiser.post(`/polls/${poll}/manifest`, a.body).finally(goOnB)
  while (times === 0) await new Promise(resolve => setTimeout(resolve, 5))
  const sendingB = organiser.post(`/polls/${poll}/manifest`, b.body).finally(goOnA)
  expect([await sendingA, await sendingB].sort()).toEqual([null, 'wrong-state'].sort())
  two.falsified = null
  const { manifestHash } = await stateOf(organiser, { poll })
  expect(await asBox(manifestHash!, 'GET', '/counts')).toEqual({ counts: [{ redeemed: 0, voided: 0 }] })
})

describe('while the other deployment takes requests and answers none', () => {
  it('a look at the poll is answered within seconds, and what was due is done once it answers', async () => {
    two = openTwo()
    const { organiser, poll } = await openPoll()
    await vote(two.ask, poll, poll.cards[0]!, [[0]])
    two.falsified = async (path, response) => {
      if (/gate$/.test(path)) throw new TypeError('lost')
      return response
    }
    expect(await close(organiser, poll, 1)).toBe('peer-away')
    two.falsified = null
    two.line = 'silent'
    const since = performance.now()
    expect((await stateOf(organiser, poll)).state).toBe('open')
    expect(performance.now() - since).toBeLessThan(9_000)
    two.line = 'whole'
    await expect.poll(async () => (await stateOf(organiser, poll)).state).toBe('closed')
    expect(two.box.logged).toEqual([])
  })
})

it('what the other deployment refuses is no outage, and people and log are told apart', async () => {
  two = openTwo()
  const { organiser, poll } = await openPoll()
  await vote(two.ask, poll, poll.cards[0]!, [[0]])
  for (const method of ['POST', 'DELETE'])
    expect(await asBox(poll.hash, method, method === 'POST' ? '/gate' : '', { gate: 'shut' })).toBeNull()
  expect(await close(organiser, poll, 1)).toBe('peer-refuses')
  expect(two.said).toEqual(['peer: GET /counts: closed'])
  // It is void here all the same.
  expect(await organiser.post(`/polls/${poll.poll}/withdraw`)).toBeNull()
  expect(await askFor(organiser, poll.poll, 'void')).toBeNull()
  expect(await signAct(poll.members[0]!, 'void')).toBeNull()
  expect(await stateOf(organiser, poll)).toMatchObject({ state: 'void', team: { asked: null } })
})

// ── what the other side says is checked, and shut is shut ───────────────────────────────────────────────────────

describe('the list of spent cards', () => {
  type List = { redeemed: string[]; voided: string[] }
  const changed = (text: string, at: number): string => {
    const bytes = Buffer.from(text, 'base64url')
    bytes[at < 0 ? bytes.length + at : at]! ^= 1
    return bytes.toString('base64url')
  }
  const LISTS: readonly (readonly [string, (list: List) => unknown])[] = [
    [
      'with another signature',
      list => ({ ...list, redeemed: [changed(list.redeemed[0]!, -1), ...list.redeemed.slice(1)] }),
    ],
    [
      'with another request',
      list => ({ ...list, redeemed: [changed(list.redeemed[0]!, 40), ...list.redeemed.slice(1)] }),
    ],
    [
      'with a card that was never printed',
      list => ({ ...list, redeemed: [changed(list.redeemed[0]!, 3), ...list.redeemed.slice(1)] }),
    ],
    ['with a card twice', list => ({ ...list, redeemed: [...list.redeemed, list.redeemed[0]!] })],
    ['with a voided card that nobody voided', list => ({ ...list, voided: [changed(list.voided[0]!, -1)] })],
    [
      'with a redemption said to be a voided card',
      ({ redeemed, voided }) => ({ redeemed: redeemed.slice(1), voided: [...voided, redeemed[0]!] }),
    ],
    ['that is none', () => ({ redeemed: [] })],
    ['that is not JSON', () => null],
  ]
  it('closes nothing where it cannot be right, and closes the box where it is', async () => {
    two = openTwo()
    const { organiser, poll } = await openPoll()
    for (const i of [0, 1, 2]) await vote(two.ask, poll, poll.cards[i]!, [[i]])
    await post(two.ask, poll.hash, 'void', handBack(poll, poll.cards[4]!))
    const falsify = (change: (list: List) => unknown) => async (path: string, response: Response) => {
      if (!/spent$/.test(path)) return response
      const list = change((await response.json()) as List)
      return new Response(list === null ? 'không phải JSON' : JSON.stringify(list))
    }
    two.falsified = falsify(LISTS[0]![1])
    expect(await close(organiser, poll, 3)).toBe('peer-away')
    for (const [name, change] of LISTS) {
      two.falsified = falsify(change)
      expect([name, (await stateOf(organiser, poll)).state]).toEqual([name, 'open'])
      expect([name, spentIn(two.box.file)]).toEqual([name, 0])
    }
    two.falsified = null
    expect((await stateOf(organiser, poll)).state).toBe('closed')
    expect(spentIn(two.box.file)).toBe(4)
  })
})

describe('a poll that was shut where cards are redeemed', () => {
  it('is never opened again, nor put there anew', async () => {
    two = openTwo()
    const { organiser, poll } = await openPoll()
    const { body } = two.exchanges.find(({ to, method }) => to === 'peer' && method === 'PUT')!
    const handed = JSON.parse(Buffer.from(body).toString()) as unknown
    const redeemed = phoneWith(poll.manifest, poll.cards[0]!).request
    // A request from before the opening that arrives late shuts nothing either.
    expect(await asBox(poll.hash, 'POST', '/gate', { gate: 'void-only' })).toBeNull()
    expect((await post(two.ask, poll.hash, 'redeem', redeemed)).status).toBe(200)
    expect(await close(organiser, poll, 1)).toBeNull()
    const late = () => post(two.ask, poll.hash, 'redeem', phoneWith(poll.manifest, poll.cards[1]!).request).then(said)
    for (const gate of ['open', 'void-only']) expect(await asBox(poll.hash, 'POST', '/gate', { gate })).toBe('closed')
    expect(await asBox(poll.hash, 'POST', '/gate', { gate: 'shut' })).toBeNull()
    expect(await asBox(poll.hash, 'PUT', '', handed)).toBeNull()
    expect(await late()).toBe('closed')
    expect(await asBox(poll.hash, 'DELETE')).toBeNull()
    expect(await asBox(poll.hash, 'DELETE')).toBeNull()
    expect(await asBox(poll.hash, 'PUT', '', handed)).toBe('closed')
    for (const gate of ['open', 'shut']) expect(await asBox(poll.hash, 'POST', '/gate', { gate })).toBe('closed')
    expect(await late()).toBe('wrong-manifest')
  })
})

describe('whoever has the key', () => {
  it('cannot have a poll forgotten while it is open; before it is, and once it is shut', async () => {
    two = openTwo()
    const { organiser, poll } = await openPoll()
    await vote(two.ask, poll, poll.cards[0]!, [[0]])
    expect(await asBox(poll.hash, 'DELETE')).toBe('wrong-state')
    await vote(two.ask, poll, poll.cards[1]!, [[1]])
    expect(await close(organiser, poll, 2)).toBeNull()
    expect(await asBox(poll.hash, 'DELETE')).toBeNull()
    const other = await sealPoll(two.ask, organiser, { cards: 3 })
    expect(await asBox(other.hash, 'DELETE')).toBeNull()
  })
})

// ── phones, manifests, settings ─────────────────────────────────────────────────────────────────────────────────

describe('a phone', () => {
  /** To which origins it sent a request, and where it ended. */
  async function arrivesAt(redeemAt: unknown, expected: 'refused' | 'choosing') {
    const poll = smallPoll()
    const named = redeemAt === undefined ? '' : `,"redeemAt":${JSON.stringify(redeemAt)}`
    const manifest = parseManifest(poll.manifest.text.replace('"rehearsal":false', `"rehearsal":false${named}`))
    const line = new Line(poll)
    line.manifest = manifest
    const asked: string[] = []
    const api: Line['api'] = {
      ...line.api,
      redeem: (hash, request, at) => {
        asked.push(at)
        return line.api.redeem(hash, request, at)
      },
    }
    const fragment = cardLink('', poll.cards[0]!, manifest.hash).split('#')[1]!
    const tab = new Tab({ api, complete: true }, new Drawer(), '/b', fragment)
    await tab.at('arrived')
    tab.press('receive')
    const screen = await tab.at(expected)
    return { asked, why: 'why' in screen ? screen.why : null }
  }

  it('redeems where its card’s manifest says, and without a word of it where it is', async () => {
    expect(await arrivesAt(undefined, 'choosing')).toEqual({ asked: [''], why: null })
    // The play's box knows nothing of this manifest: what counts is where the phone went.
    expect((await arrivesAt(REDEEM, 'refused')).asked).toEqual([REDEEM])
    expect((await arrivesAt('https://khac.test:8443', 'refused')).asked).toEqual(['https://khac.test:8443'])
  })

  it.each([
    'http://doi-the.test',
    'https://a.test/duong',
    'https://a@b.test',
    'ftp://a.test',
    '',
    'https://a.test;',
    7,
    null,
    {},
  ])('sends no card to %j', async at => {
    expect(await arrivesAt(at, 'refused')).toEqual({ asked: [], why: 'bad-manifest' })
  })

  it('takes https and this very device for an origin', () => {
    for (const good of [
      'https://a.test',
      'https://a.test:8443',
      'https://[2001:db8::1]',
      'http://localhost:8080',
      'http://127.0.0.1:1',
    ])
      expect([good, isRedeemOrigin(good)]).toEqual([good, true])
    for (const bad of [
      'https://a.test/',
      'https://',
      'https://a.test:123456',
      'http://localhost.test',
      "https://a.test 'self'",
    ])
      expect([bad, isRedeemOrigin(bad)]).toEqual([bad, false])
  })
})

describe('a manifest', () => {
  async function sent(ask: Ask, organiser: Organiser, redeemAt: string | null): Promise<unknown> {
    const { poll } = (await organiser.post('/polls', { rehearsal: true, follows: null })) as { poll: string }
    await organiser.put(`/polls/${poll}/draft`, { version: 1, draft: draftFor() })
    await organiser.post(`/polls/${poll}/seal`)
    await holdCeremony(ask, organiser, poll, secureRng)
    const told = { ...organiser, get: async <T>(path: string) => ({ ...(await organiser.get<T>(path)), redeemAt }) }
    const drawn = await drawCards(told, poll, 3, secureRng, two.box.deps.pages.bundleHash)
    return organiser.post(`/polls/${poll}/manifest`, drawn.body)
  }

  it('of a box names the deployment that redeems, and no other', async () => {
    two = openTwo()
    const organiser = await firstOrganiser(two.box)
    expect(await sent(two.ask, organiser, null)).toBe('wrong-team')
    expect(await sent(two.ask, organiser, 'https://khac.test')).toBe('wrong-team')
    expect(await sent(two.ask, organiser, REDEEM)).toBeNull()
  })

  it('of a single deployment names none, and its poll is what it was', async () => {
    two = openTwo()
    const office = openOffice()
    const organiser = await firstOrganiser(office)
    expect(await sent(office.ask, organiser, REDEEM)).toBe('wrong-team')
    const poll = await sealPoll(office.ask, organiser)
    expect(poll.manifest.text).not.toContain('redeemAt')
    const csp = async (ask: Ask) => (await ask('/')).headers.get('content-security-policy')
    expect(await csp(office.ask)).toContain("connect-src 'self';")
    expect(await csp(two.box.ask)).toContain(`connect-src 'self' ${REDEEM};`)
    await act(organiser, poll, 'open', [0])
    await vote(office.ask, poll, poll.cards[0]!, [[0]])
    await office.close()
  })

  it('is opened by the deployment that it names: after a change of roles it is sealed again', async () => {
    two = openTwo()
    const { organiser, poll } = await sealed()
    const alone = openOffice({ ...two.box.deps, peer: undefined })
    const there: Organiser = {
      ...organiser,
      get: path => said(alone.ask(`/api/organiser${path}`, { headers: { cookie: organiser.cookie } }) as never),
    }
    const body = { action: 'open', reason: '', plainHttpRead: true, title: '' }
    const refused = await alone.ask(`/api/organiser/polls/${poll.poll}/ask`, json(body, { cookie: there.cookie }))
    expect(await said(refused)).toBe('wrong-address')
    expect(await askFor(organiser, poll.poll, 'open')).toBeNull()
    // Signed there, it is not opened: half of it would be missing.
    const { members } = poll
    const signature = toBase64url(members[0]!.device.act({ action: 'open', handedOut: [] }))
    const { links } = await stateOf(organiser, poll)
    const headers = { authorization: `Bearer ${links[0]}` }
    const acted = await alone.ask(
      `/api/members/${poll.poll}/1/act`,
      json({ action: 'open', handedOut: [], signature }, headers),
    )
    expect(await said(acted)).toBe('peer-away')
    expect((await stateOf(organiser, poll)).state).toBe('open')
    expect(await said<PublicView>(await two.ask(`/api/polls/${poll.hash}`))).toMatchObject({ state: 'open' })
  })
})

describe('roles', () => {
  const key = PEER_KEY
  it('are read from the environment', () => {
    expect(readRole({})).toEqual({ role: 'all' })
    expect(readRole({ ROLE: 'all' })).toEqual({ role: 'all' })
    expect(readRole({ ROLE: 'redeem', PEER_KEY: key })).toEqual({ role: 'redeem', peerKey: key })
    expect(readRole({ ROLE: 'box', PEER_KEY: key, REDEEM_URL: `${REDEEM}/` })).toEqual({
      role: 'box',
      peerKey: key,
      redeemUrl: REDEEM,
    })
    expect(readRole({ ROLE: 'box', PEER_KEY: key, REDEEM_URL: 'http://127.0.0.1:8081' })).toMatchObject({ role: 'box' })
  })

  it.each([
    [{ ROLE: 'both' }, 'ROLE=both'],
    [{ ROLE: 'redeem' }, 'PEER_KEY'],
    [{ ROLE: 'redeem', PEER_KEY: 'a'.repeat(31) }, 'PEER_KEY'],
    [{ ROLE: 'redeem', PEER_KEY: 'a'.repeat(64) }, 'PEER_KEY'],
    [{ ROLE: 'redeem', PEER_KEY: `${PEER_KEY} ` }, 'PEER_KEY'],
    [{ ROLE: 'redeem', PEER_KEY, REDEEM_URL: REDEEM }, 'ROLE=redeem, REDEEM_URL'],
    [{ ROLE: 'box', PEER_KEY }, 'REDEEM_URL='],
    [{ ROLE: 'box', PEER_KEY, REDEEM_URL: 'http://doi-the.test' }, 'REDEEM_URL=http://doi-the.test'],
    [{ ROLE: 'box', PEER_KEY, REDEEM_URL: `${REDEEM}/x` }, `REDEEM_URL=${REDEEM}/x`],
    [{ PEER_KEY }, 'ROLE=all, REDEEM_URL, PEER_KEY'],
    [{ REDEEM_URL: REDEEM }, 'ROLE=all, REDEEM_URL, PEER_KEY'],
  ])('%j is refused', (variables, what) => {
    expect(readRole(variables)).toBe(what)
  })

  it('stop a start in one sentence, which tells no key', () => {
    const said = (env: Record<string, string>) => {
      try {
        return readEnvironment(env, 'vi').role
      } catch (error) {
        return (error as Error).message
      }
    }
    expect(said({})).toEqual({ role: 'all' })
    expect(said({ ROLE: 'redeem', PEER_KEY })).toEqual({ role: 'redeem', peerKey: PEER_KEY })
    expect(said({ ROLE: 'both' })).toMatch(/^Vai trò của máy chủ chưa đặt đúng: ROLE=both\./)
    expect(said({ PEER_KEY })).not.toContain(PEER_KEY)
    expect(said({ ROLE: 'box', PEER_KEY })).not.toContain(PEER_KEY)
  })
})
