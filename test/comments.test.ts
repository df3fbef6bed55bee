/**
 * Comments through the real application: nine voters and two prompts; what the server sees of an envelope with text and
 * without, who may do what at which door and when, and that no text is ever in the database.
 */
import { existsSync, readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fromBase64url, toBase64url, utf8 } from '../crypto/bytes.ts'
import { parseClosing } from '../crypto/closing.ts'
import { type Comments, fileCodeGroups, newFileCode, openFile, sealFile } from '../crypto/comment-file.ts'
import { sharesBoxBytes } from '../crypto/comment-opening.ts'
import { chunksOf } from '../crypto/record.ts'
import { tried } from '../crypto/stop.ts'
import { verify } from '../crypto/verify.ts'
import { secureRng } from '../server/play/seed.ts'
import type { DossierView, Role, Stamp } from '../server/wire/leader.ts'
import type { PollView } from '../server/wire.ts'
import { type AtDoors, atDoors, boxOf, deliveredTo, openingsOf, QUIET } from './comments.ts'
import {
  type Ask,
  act,
  count,
  draftFor,
  firstOrganiser,
  json,
  type Office,
  type Organiser,
  openOffice,
  personWith,
  type SealedPoll,
  said,
  sealPoll,
  type Visitor,
  vote,
} from './office.ts'
import { expectAll, flipped } from './poll.setup.ts'

const PROMPTS = [
  { title: 'Ưu điểm', maxBytes: 120 },
  { title: 'Cần thay đổi', maxBytes: 300 },
]
const SUBJECTS = [{ name: 'Giám đốc Sở A', position: 'Giám đốc' }]
/** Exactly as many bytes as the first prompt takes. */
const FULL = `Thủ trưởng lắng nghe, quyết việc hơi chậm${'!'.repeat(120 - utf8('Thủ trưởng lắng nghe, quyết việc hơi chậm').length)}`
const TEXTS: readonly (readonly [string, string])[] = [
  [FULL, ''],
  ['', ''],
  ['Gần gũi nhân viên', 'Nên họp ngắn hơn'],
  ['', 'Giao việc rõ hơn'],
  ['ok', ''],
  ['', ''],
  ['Công tâm', ''],
  ['', ''],
  ['', ''],
]
const WRITTEN = TEXTS.flat().filter(text => text.length > 2)

/** What a line shows of one voter: for each request its door, its size and the size of its answer. */
const sizesBy =
  (ask: Ask, seen: string[]): Ask =>
  async (path, init = {}) => {
    const response = await ask(path, init)
    const answer = await response.clone().arrayBuffer()
    const sent = (init.body as Uint8Array | undefined)?.length ?? 0
    const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('; ')
    seen.push(`${path.split('/').at(-1)} ${sent} → ${response.status} ${answer.byteLength} ${headers}`)
    return response
  }

/** How often the server writes and has something worked out. */
function workOf(office: Office): { readonly taken: () => string } {
  const { db, deps } = office
  const counts: Record<string, number> = {}
  const watched = (of: object, name: string) => {
    const whole = of as Record<string, (...all: unknown[]) => unknown>
    const plain = whole[name]!.bind(of)
    whole[name] = (...all) => {
      const size = name === 'write' ? (all[0] as readonly unknown[]).length : 1
      counts[name] = (counts[name] ?? 0) + size
      return plain(...all)
    }
  }
  watched(db, 'write')
  watched(deps.directory, 'write')
  watched(deps.work, 'redeem')
  watched(deps.work, 'accept')
  return {
    taken: () => {
      const text = JSON.stringify(counts)
      for (const name of Object.keys(counts)) delete counts[name]
      return text
    },
  }
}

describe('a poll with two prompts', () => {
  let office: Office
  let organiser: Organiser
  let poll: SealedPoll
  let members: readonly AtDoors[]
  const lines: (readonly string[])[] = []
  const works: string[] = []
  const people = new Map<Role, Visitor>()

  beforeAll(async () => {
    office = openOffice({ lastCallMs: () => 0 })
    organiser = await firstOrganiser(office)
    poll = await sealPoll(office.ask, organiser, {
      draft: draftFor({ prompts: PROMPTS, subjects: SUBJECTS }),
      cards: 12,
    })
    members = await atDoors(office.ask, organiser, poll)
    await act(organiser, poll, 'open', [0])
    const { taken } = workOf(office)
    for (const [i, texts] of TEXTS.entries()) {
      const seen: string[] = []
      taken()
      await vote(sizesBy(office.ask, seen), poll, poll.cards[i]!, [[i % 3]], texts)
      works.push(taken())
      lines.push(seen)
    }
    for (const [role, name] of [
      ['secretary', 'Thư ký Sở A'],
      ['authority', 'Thường trực cấp ủy'],
      ['auditor', 'Thanh tra Sở Nội vụ'],
    ] as const)
      people.set(role, await personWith(office.ask, organiser, { name, role, polls: [poll.poll], login: role }))
  })
  afterAll(() => office.close())

  const [first, second, third] = [() => members[0]!, () => members[1]!, () => members[2]!]
  const dossier = (role: Role, what = '') => people.get(role)!.get<unknown>(`/leader/polls/${poll.poll}${what}`)
  const raw = () =>
    Buffer.concat([office.file, `${office.file}-wal`].filter(existsSync).map(name => readFileSync(name)))
  function rows<T>(sql: string): readonly T[] {
    const database = new Database(office.file, { readonly: true })
    try {
      return database.prepare(sql).all() as T[]
    } finally {
      database.close()
    }
  }

  /** Whoever has the members' links, as the organiser has, and no device of theirs. */
  async function linkAlone() {
    const { links } = await organiser.get<PollView>(`/polls/${poll.poll}`)
    const headersOf = (index: number) => ({ authorization: `Bearer ${links[index - 1]}` })
    const to = (index: number, what: string) => `/api/members/${poll.poll}/${index}${what}`
    return {
      alone: async (index: number, what: string, body: object) =>
        said(await office.ask(to(index, what), json(body, headersOf(index)))),
      put: async (index: number, body: Uint8Array) =>
        said(
          await office.ask(to(index, '/comment-file'), {
            method: 'PUT',
            headers: headersOf(index),
            body: body.slice(),
          }),
        ),
    }
  }

  it('looks the same to the server and on the line, whatever a voter writes', () => {
    expect(utf8(FULL)).toHaveLength(PROMPTS[0]!.maxBytes)
    expect(lines[0]).toHaveLength(4)
    expect(lines.map(seen => seen.map(line => line.split(' ')[0]))).toEqual(
      TEXTS.map(() => ['redeem', 'cast', 'comment', 'comment']),
    )
    expect(new Set(lines.map(seen => seen.join('\n'))).size).toBe(1)
    expect(new Set(works)).toEqual(new Set(['{"redeem":1,"write":4,"accept":3}']))
    const sizes = rows<{ readonly kind: number }>(
      'select kind, length(bytes) b, length(sealed) s, length(receipt) r, count(*) n from cast group by 1, 2, 3, 4',
    )
    expect(sizes).toEqual([
      { kind: 0, b: expect.any(Number), s: null, r: 96, n: 9 },
      { kind: 1, b: 161, s: 96 + 2 + 120 + 16, r: 96, n: 9 },
      { kind: 2, b: 161, s: 96 + 2 + 300 + 16, r: 96, n: 9 },
    ])
  })

  it('takes no text that is one byte too long: the phone does not seal it', async () => {
    const long = vote(office.ask, poll, poll.cards[10]!, [[0]], [`${FULL}!`, ''])
    await expect(long).rejects.toThrow('too-large')
  })

  it('opens no door to comments before the poll is counted', async () => {
    const closedDoors = async () => [
      await first().combine(),
      await first().envelopes(),
      await second().shares(1, new Uint8Array(sharesBoxBytes(1))),
      await first().boxes(),
      await first().file(new Uint8Array(100)),
    ]
    const shut = Array.from({ length: 5 }, () => 'wrong-state')
    expect(await closedDoors()).toEqual(shut)
    // The tenth card was redeemed by the voter whose text was too long.
    await act(organiser, poll, 'close', [0, 1], [10])
    expect(await closedDoors()).toEqual(shut)
    expect((await first().view()).comments).toBe(null)
    await count(poll.members.slice(0, 2))
    expect((await first().view()).comments).toEqual({ combiner: null, sent: [false, false, false], file: false })
  })

  it('hands the envelopes to members who sign for it, by leaf, and to nobody else', async () => {
    const { envelopes, signed, device } = first()
    const own = await signed({ is: 'envelopes' })
    const elsewhere = new Uint8Array(32).fill(7)
    const { alone } = await linkAlone()
    expectAll({
      'its own signature': [true, (await envelopes(own)) instanceof Uint8Array],
      'a byte changed': ['bad-signature', await envelopes(flipped(own, 40))],
      'an act that the organiser asked for': [
        'bad-signature',
        await envelopes(device.act({ action: 'publish', handedOut: [] })),
      ],
      'what it signed to combine': ['bad-signature', await envelopes(await signed({ is: 'combine' }))],
      // The third member's device has opened no closing, so that it signs for any.
      'for another closing': [
        'bad-signature',
        await third().envelopes(await third().signed({ is: 'envelopes' }, elsewhere)),
      ],
      'another member’s': ['bad-signature', await envelopes(await second().signed({ is: 'envelopes' }))],
      'no signature': ['bad-signature', await envelopes(new Uint8Array())],
      'somebody without a link': [
        'bad-link',
        await said(await office.ask(`/api/members/${poll.poll}/1/envelopes`, { method: 'POST', body: '{}' })),
      ],
      'to combine, what it signed for the envelopes': ['bad-signature', await first().combine(own)],
      'to combine, with the link alone': ['bad-request', await alone(1, '/combine', {})],
    })
    expect(tried(() => device.signComments(elsewhere, { is: 'envelopes' }))).toHaveProperty('stopped')
    expect((await first().view()).comments?.combiner).toBe(null)
    const delivered = await deliveredTo(first(), poll)
    expect(delivered).toHaveLength(18)
    const leaves = delivered.map(({ envelope }) => Buffer.from(envelope.leaf).toString('hex'))
    expect(leaves).toEqual(leaves.toSorted())
    expect(delivered.every(({ sealedPart }) => sealedPart !== null)).toBe(true)
  })

  it('takes boxes for whoever combines now, of a size that can be, and throws away those for the one before', async () => {
    const box = await boxOf(second(), poll, 1)
    expect(box).toHaveLength(sharesBoxBytes(18))
    expect(await second().shares(1, box)).toBe('wrong-state')
    expect(await first().combine()).toBe(null)
    const sized = (n: number) => second().shares(1, new Uint8Array(n))
    const { alone } = await linkAlone()
    const [junk, text] = [new Uint8Array(sharesBoxBytes(18)), toBase64url(box)]
    const [own, zeros] = [await second().signed({ is: 'shares', combiner: 1, box }), new Uint8Array(64)]
    expectAll({
      'an honest one': [null, await second().shares(1, box)],
      'the same again': [null, await second().shares(1, box)],
      'for another than combines': ['wrong-state', await second().shares(3, box)],
      'from the one who combines': ['wrong-state', await first().shares(1, box)],
      'too large': ['bad-request', await sized(sharesBoxBytes(19))],
      'half a share': ['bad-request', await sized(sharesBoxBytes(18) - 1)],
      'next to nothing': ['bad-request', await sized(10)],
      'no base64url': ['bad-request', await alone(2, '/comment-shares', { combiner: 1, box: '!', signature: '' })],
      'with the link alone': ['bad-request', await alone(2, '/comment-shares', { combiner: 1, box: text })],
      'with a signature of nothing': ['bad-signature', await second().shares(1, junk, zeros)],
      'with a signature of another box': ['bad-signature', await second().shares(1, junk, own)],
      'with a signature for another combiner': [
        'bad-signature',
        await second().shares(1, box, await second().signed({ is: 'shares', combiner: 3, box })),
      ],
      'with what it signed for the envelopes': [
        'bad-signature',
        await second().shares(1, box, await second().signed({ is: 'envelopes' })),
      ],
      'with another member’s signature': [
        'bad-signature',
        await second().shares(1, box, await third().signed({ is: 'shares', combiner: 1, box })),
      ],
      'the honest one with its signature': [null, await second().shares(1, box, own)],
      'a member that is none': ['bad-request', await second().shares(10, box)],
    })
    expect((await third().view()).comments).toEqual({ combiner: 1, sent: [false, true, false], file: false })
    expectAll({
      'to the one who combines': [[null, box.length, null], lengthsOf(await first().boxes())],
      'to its sender': ['wrong-state', await second().boxes()],
      'to another': ['wrong-state', await third().boxes()],
    })
    // The same member again: nothing is lost. Another one: everything is sent again.
    expect(await first().combine()).toBe(null)
    expect((await first().view()).comments?.sent).toEqual([false, true, false])
    expect(await third().combine()).toBe(null)
    expect((await first().view()).comments).toEqual({ combiner: 3, sent: [false, false, false], file: false })
    expect([await first().boxes(), lengthsOf(await third().boxes())]).toEqual(['wrong-state', [null, null, null]])
    expect(rows('select sender from comment_box')).toEqual([])
    expect(await first().combine()).toBe(null)
  })

  const codes = { one: newFileCode(secureRng), other: newFileCode(secureRng) }
  async function sealed(code = codes.one, comments: Comments | null = null) {
    const { text } = (await first().view()).closing!
    const head = { manifestHash: poll.manifest.hash, closingHash: parseClosing(poll.manifest, text).hash }
    return { head, file: sealFile(head, comments ?? { title: '', unit: '', minimum: 3, prompts: [] }, code, secureRng) }
  }

  it('brings every text to the one who combines, and what too few wrote to nobody', async () => {
    // The third member did not open the sums: its device verifies the board now, and answers for this closing alone.
    expect(tried(() => third().device.commentShares(new Map(), 1, [], QUIET))).toHaveProperty('stopped')
    third().device.open(await verify(chunksOf(await poll.members[2]!.record()), { rng: secureRng }))
    for (const member of [second(), third()]) expect(await member.shares(1, await boxOf(member, poll, 1))).toBe(null)
    const { boxes } = (await first().boxes()) as { readonly boxes: readonly (string | null)[] }
    const sent = new Map(boxes.flatMap((box, i) => (box === null ? [] : [[i + 1, fromBase64url(box)!] as const])))
    const openings = openingsOf(await first().view())
    const prompts = first().device.comments(openings, await deliveredTo(first(), poll), sent, QUIET)
    const none = { withheld: 0, unopened: 0, unreadable: 0 }
    expect(prompts).toEqual([
      { written: 4, ...none, texts: expect.any(Array) },
      { written: 2, ...none, texts: null },
    ])
    const written = TEXTS.map(([praise]) => praise).filter(text => text !== '')
    expect([...prompts[0]!.texts!].sort()).toEqual([...written].sort())
    const file: Comments = {
      title: 'Lấy phiếu',
      unit: 'Sở A',
      minimum: 3,
      prompts: prompts.map(({ written: _, ...prompt }, i) => ({ title: PROMPTS[i]!.title, ...prompt })),
    }
    expect(await first().file((await sealed(codes.one, file)).file)).toBe(null)
  })

  it('takes the file from whoever combines alone, for this closing, and the last one counts', async () => {
    const { head, file } = await sealed()
    const elsewhere = (change: Partial<typeof head>) =>
      sealFile({ ...head, ...change }, { title: '', unit: '', minimum: 3, prompts: [] }, codes.one, secureRng)
    const before = rows<{ n: number }>('select length(bytes) n, sender, hex(bytes) h from comment_file')
    expect(before).toHaveLength(1)
    const { put } = await linkAlone()
    const [own, other] = [await first().signed({ is: 'file', file }), (await sealed()).file]
    expectAll({
      'with the link alone': ['bad-request', await put(1, file)],
      'with a signature of nothing': ['bad-signature', await first().file(file, new Uint8Array(64))],
      'with a signature of another file': ['bad-signature', await first().file(other, own)],
      'with what it signed to combine': [
        'bad-signature',
        await first().file(file, await first().signed({ is: 'combine' })),
      ],
      'with another member’s signature': [
        'bad-signature',
        await first().file(file, await second().signed({ is: 'file', file })),
      ],
      'of another member': ['wrong-state', await second().file(file)],
      'of another poll': ['bad-request', await first().file(elsewhere({ manifestHash: new Uint8Array(32) }))],
      'of another closing': ['bad-request', await first().file(elsewhere({ closingHash: new Uint8Array(32) }))],
      'cut short': ['bad-request', await first().file(file.subarray(0, -1))],
      nothing: ['bad-request', await first().file(new Uint8Array())],
      'too large': ['too-large', await first().file(new Uint8Array(16 * 1024 * 1024 + 1))],
    })
    expect(rows('select length(bytes) n, sender, hex(bytes) h from comment_file')).toEqual(before)
    expect((await second().view()).comments?.file).toBe(true)
  })

  it('gives the file to the competent authority alone', async () => {
    const path = `/leader/polls/${poll.poll}/comments`
    const asked = async (role: Role) => people.get(role)!.get<Uint8Array | string>(path)
    const bytes = (await asked('authority')) as Uint8Array
    const opened = openFile(bytes, codes.one)
    expect(opened.prompts.map(({ title, texts }) => [title, texts?.length ?? null])).toEqual([
      ['Ưu điểm', 4],
      ['Cần thay đổi', null],
    ])
    const others = { cookie: organiser.cookie }
    const stranger = await personWith(office.ask, organiser, {
      name: 'Cơ quan khác',
      role: 'authority',
      polls: [],
      login: 'khac',
    })
    const judged = await personWith(office.ask, organiser, {
      name: 'Giám đốc Sở A',
      role: 'authority',
      polls: null,
      login: 'giam-doc',
    })
    expectAll({
      organiser: ['not-yours', await said(await office.ask(`/api${path}`, { headers: others }))],
      secretary: ['not-yours', await asked('secretary')],
      auditor: ['not-yours', await asked('auditor')],
      'an authority of other polls': ['not-yours', await stranger.get(path)],
      'nobody at all': ['needs-login', await said(await office.ask(`/api${path}`))],
      'an authority whom the poll is about': ['not-yours', await judged.get(path)],
    })
    const ready = async (role: Role) => ((await dossier(role)) as DossierView).comments
    expect([await ready('authority'), await ready('secretary'), await ready('auditor')]).toEqual([true, false, false])
  })

  it('passes on themes by the authority alone, and no number below the minimum', async () => {
    const entry = (themes: readonly object[]) => ({ kind: 'themes', subject: 0, date: '2026-12-06', themes })
    const theme = (count: unknown, text = 'Muốn họp ngắn') => ({ title: 'Cách làm việc', count, text })
    const post = (role: Role, body: object) => people.get(role)!.post(`/leader/polls/${poll.poll}/entries`, body)
    expectAll({
      secretary: ['not-yours', await post('secretary', entry([theme(3)]))],
      auditor: ['not-yours', await post('auditor', entry([theme(3)]))],
      organiser: ['not-yours', await organiserPost(entry([theme(3)]))],
      'below the minimum': ['bad-request', await post('authority', entry([theme(2)]))],
      'one below among others': ['bad-request', await post('authority', entry([theme(3), theme(1)]))],
      nobody: ['bad-request', await post('authority', entry([theme(0)]))],
      'no themes': ['bad-request', await post('authority', entry([]))],
      'without words': ['bad-request', await post('authority', entry([theme(3, ' ')]))],
      'as many as the minimum, and some without a number': [
        null,
        await post('authority', entry([theme(3), theme(null)])),
      ],
    })
    const { entries } = (await dossier('auditor')) as DossierView
    expect(entries.map(({ body, by }) => [body.kind, by])).toEqual([['themes', 'Thường trực cấp ủy']])
  })
  const organiserPost = async (body: object): Promise<unknown> =>
    said(
      await office.ask(`/api/leader/polls/${poll.poll}/entries`, {
        method: 'POST',
        headers: { cookie: organiser.cookie, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    )

  it('leaves no text, no share and no code in the database, where a planted one is found', async () => {
    const secrets = [...WRITTEN, fileCodeGroups(codes.one).join(''), ...fileCodeGroups(codes.one)]
    const found = () => secrets.filter(text => raw().includes(Buffer.from(text)))
    expect(found()).toEqual([])
    const { directory } = office.deps
    await directory.write(
      secrets.map((value, i) => directory.read.insertInto('setting').values({ name: `planted-${i}`, value })),
    )
    expect(found()).toEqual(secrets)
    await directory.write([directory.read.deleteFrom('setting').where('name', 'like', 'planted-%')])
  })

  it('is shut by a secrecy stamp, for the devices too', async () => {
    const stamp: Stamp = 'mat'
    expect(await people.get('authority')!.post(`/leader/polls/${poll.poll}/stamp`, { stamp })).toBe(null)
    const ready = (await dossier('authority')) as DossierView
    expectAll({
      'the file': ['secret', await dossier('authority', '/comments')],
      'that it is ready': [false, ready.comments],
      envelopes: ['secret', await first().envelopes()],
      'a file that is brought': [null, await first().file((await sealed(codes.other)).file)],
    })
  })

  it('is thrown away once the poll is void', async () => {
    expect(rows('select 1 from comment_box union all select 1 from comment_file')).toHaveLength(3)
    await act(organiser, poll, 'void', [0])
    expect((await first().view()).comments).toBe(null)
    expect(rows('select sender from comment_box union all select sender from comment_file')).toEqual([])
    expectAll({
      combine: ['wrong-state', await first().combine()],
      envelopes: ['wrong-state', await first().envelopes()],
      file: ['wrong-state', await first().file((await sealed()).file)],
      'the authority': ['wrong-state', await dossier('authority', '/comments')],
    })
  })
})

const lengthsOf = (answer: unknown): unknown =>
  typeof answer === 'string'
    ? answer
    : (answer as { boxes: readonly (string | null)[] }).boxes.map(box => box && fromBase64url(box)!.length)

describe('other polls', () => {
  let office: Office
  let organiser: Organiser
  beforeAll(async () => {
    office = openOffice({ lastCallMs: () => 0 })
    organiser = await firstOrganiser(office)
  })
  afterAll(() => office.close())

  async function counted(voters: number, prompts: typeof PROMPTS, rehearsal = false) {
    const draft = draftFor({ prompts, minimumBallots: 4 })
    const poll = await sealPoll(office.ask, organiser, { draft, rehearsal, cards: 9 })
    await act(organiser, poll, 'open', [0])
    for (let i = 0; i < voters; i++) await vote(office.ask, poll, poll.cards[i]!, [[0]])
    await act(organiser, poll, 'close', [0, 1], [voters])
    await count(poll.members.slice(0, 2))
    const [first] = await atDoors(office.ask, organiser, poll)
    return { poll, view: (await first!.view()).comments, combine: await first!.combine() }
  }

  it('have doors for comments where they were asked for and enough people voted, in rehearsals too', async () => {
    const nobody = { combiner: null, sent: [false, false, false], file: false }
    const [enough, few, none, rehearsed] = [
      await counted(4, PROMPTS),
      await counted(3, PROMPTS),
      await counted(4, []),
      await counted(4, PROMPTS, true),
    ]
    expectAll({
      'four ballots of four': [
        [nobody, null],
        [enough.view, enough.combine],
      ],
      'three ballots of four': [
        [nobody, 'wrong-state'],
        [few.view, few.combine],
      ],
      'no prompts': [
        [null, 'wrong-state'],
        [none.view, none.combine],
      ],
      'a rehearsal': [
        [nobody, null],
        [rehearsed.view, rehearsed.combine],
      ],
    })
    const { title } = draftFor()
    expect(await organiser.post(`/polls/${rehearsed.poll.poll}/delete`, { title })).toBe(null)
  })
})
