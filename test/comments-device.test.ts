/**
 * Comments on the counting team's devices: what each device checks of what the server hands out, which faults it names, and
 * what it shows when too few wrote. The file that leaves for the competent authority, and its code.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { commentsTurn, forAuthority } from '../client/trustee/comments.ts'
import { type CommentsOrder, workComments } from '../client/trustee/comments-work.ts'
import { sealBallot } from '../crypto/ballot.ts'
import { compare, concat, type Rng, toBase64url, u8, u32, utf8 } from '../crypto/bytes.ts'
import {
  checkEnvelope,
  checkEnvelopes,
  type Delivered,
  readDelivered,
  readEnvelope,
  sealComment,
  writeDelivered,
} from '../crypto/comment.ts'
import {
  type Comments,
  fileCodeGroups,
  newFileCode,
  openFile,
  readFileCode,
  readFileHead,
  sealFile,
} from '../crypto/comment-file.ts'
import { sharesBoxBytes, type Watch } from '../crypto/comment-opening.ts'
import { type Credential, credentialInput } from '../crypto/credential.ts'
import type { MemberDevice } from '../crypto/device.ts'
import type { Fault } from '../crypto/fault.ts'
import { elementOf, hashToGroup, multiply, type Scalar } from '../crypto/group.ts'
import type { Manifest } from '../crypto/manifest.ts'
import { writeMemory } from '../crypto/memory.ts'
import { leafHash } from '../crypto/merkle.ts'
import { newKeyPair, sign } from '../crypto/signature.ts'
import { tried } from '../crypto/stop.ts'
import { message, sha256 } from '../crypto/transcript.ts'
import { verify } from '../crypto/verify.ts'
import { seededRng } from '../server/play/seed.ts'
import { accepted, expectAll, faultIn, flipped, redeemed, setUp, spliced, told } from './poll.setup.ts'

const QUIET: Watch = { report: () => {}, progress: () => {} }
const PRAISE = ['Lắng nghe', '', 'Công tâm', '  \n', 'Quyết nhanh']
const ADVICE = ['Họp ngắn hơn', '', 'Giao việc rõ', '', '']

/** Five voters, the box closed and opened by all three devices. */
async function counted(seed: number) {
  const poll = setUp(seed)
  const { manifest, box, devices, rng } = poll
  const credentials: (readonly Credential[])[] = []
  for (const [place, praise] of PRAISE.entries()) {
    const own = redeemed(poll, 0, place)
    credentials.push(own)
    accepted(box.cast(sealBallot(manifest, 0, own[0]!, [[0], [0]], manifest.electionKey.point, rng)))
    for (const [i, text] of [praise, ADVICE[place]!].entries()) {
      const { publicPart, sealedPart } = sealComment(manifest, own[i + 1]!, text, rng)
      accepted(box.comment(publicPart, sealedPart))
    }
  }
  expect(box.close([5, 0])).toEqual([])
  const report = await verify([...box.publish()].map(utf8), { rng })
  for (const device of devices) device.pin(manifest)
  const openings = new Map(devices.map(device => [device.index, device.open(report).signature]))
  return { ...poll, credentials, openings, delivered: box.sealedTexts(), closing: report.closing! }
}
type Counted = Awaited<ReturnType<typeof counted>>

describe('the counting team', () => {
  let one: Counted
  let first: MemberDevice
  let second: MemberDevice
  let third: MemberDevice
  beforeAll(async () => {
    one = await counted(81)
    ;[first, second, third] = one.devices as [MemberDevice, MemberDevice, MemberDevice]
  })

  const boxOf = (device: MemberDevice, delivered = one.delivered, combiner = 1) =>
    device.commentShares(one.openings, combiner, delivered, QUIET)
  /** Member 1 combines. */
  function open(boxes: ReadonlyMap<number, Uint8Array>, delivered = one.delivered, by = first) {
    const faults: Fault[] = []
    const watch = { ...QUIET, report: (fault: Fault) => faults.push(fault) }
    const prompts = by.comments(one.openings, delivered, boxes, watch)
    return { prompts, faults: faults.map(told) }
  }
  /** What the device stops at. */
  function stops(work: () => unknown): string | null {
    const done = tried(work)
    return 'stopped' in done ? (told(done.stopped.fault) ?? done.stopped.message) : null
  }

  it('reads the texts of a prompt of which enough envelopes hold text, by leaf order, and no others', () => {
    const { prompts, faults } = open(new Map([[2, boxOf(second)]]))
    const praised = one.delivered.filter(({ envelope }) => envelope.kind === 1)
    expect(praised).toHaveLength(5)
    const none = { withheld: 0, unopened: 0, unreadable: 0 }
    // White space is no text: three wrote of the first prompt, two of the second.
    expect(prompts.map(({ written }) => written)).toEqual([3, 2])
    expect(prompts[0]).toEqual({ written: 3, ...none, texts: expect.arrayContaining(['Lắng nghe', 'Công tâm']) })
    expect(prompts[1]).toEqual({ written: 2, ...none, texts: null })
    expect(faults).toEqual([])
    expect(JSON.stringify(prompts)).not.toContain('Họp ngắn hơn')
    // Whoever combines and whoever helps: the same texts in the same order.
    const again = open(new Map([[1, boxOf(first, one.delivered, 3)]]), one.delivered.toReversed(), third)
    expect(again).toEqual({ prompts, faults: [] })
  })

  it('names a box that was not made for this combiner and closing, or was changed', async () => {
    const other = await counted(82)
    const [good, box] = [boxOf(third), boxOf(second)]
    const bad = 'bad-proof at trustee 2'
    const honest = open(new Map([[2, box]]))
    const withThird = (sent: Uint8Array) => open(new Map([[2, sent]]).set(3, good))
    const named = { prompts: honest.prompts, faults: [bad] }
    const elsewhere = other.devices[1]!.commentShares(other.openings, 1, other.delivered, QUIET)
    expectAll({
      'as it was made': [honest, withThird(box)],
      'a byte of its random part changed': [named, withThird(flipped(box, 3))],
      'a byte of its content changed': [named, withThird(flipped(box, 60))],
      'its last byte changed': [named, withThird(flipped(box, box.length - 1))],
      'cut short': [named, withThird(box.subarray(0, -1))],
      'for another combiner': [named, withThird(boxOf(second, one.delivered, 3))],
      'of another poll': [named, withThird(elsewhere)],
      'of another member': [named, withThird(good)],
      'next to nothing': [{ ...named, faults: ['wrong-length at trustee 2'] }, withThird(box.subarray(0, 40))],
    })
    const alone = open(new Map([[2, flipped(box, 60)]]))
    expect(alone.faults).toEqual([bad])
    expect(alone.prompts.map(({ unopened, texts }) => [unopened, texts])).toEqual([
      [5, null],
      [5, null],
    ])
  })

  it('gives a box that is exactly as long as its envelopes make it', () => {
    expect(boxOf(second).length).toBe(sharesBoxBytes(10))
    const [gone, ...others] = one.delivered
    expect(boxOf(second, [{ ...gone!, sealedPart: null }, ...others]).length).toBe(sharesBoxBytes(9))
  })

  it('opens nothing where the server hands out other envelopes than the box was closed with', () => {
    const { manifest, rng, credentials, keys, delivered } = one
    const [praise, advice] = [credentials[0]![1]!, credentials[0]![2]!]
    const at = delivered.findIndex(({ envelope }) => sameKey(envelope.key.bytes, praise))
    const target = delivered[at]!
    const { bytes } = target.envelope
    const replaced = (changed: Uint8Array, sealedPart = target.sealedPart): readonly Delivered[] =>
      delivered.with(at, { envelope: readEnvelope(manifest, changed, 'comment'), sealedPart })
    const named = (code: string, list: readonly Delivered[]) =>
      `${code} at comment ${toBase64url(list[at]!.envelope.leaf)}`
    const stopped = (list: readonly Delivered[]) => [
      stops(() => boxOf(second, list)),
      stops(() => open(new Map(), list)),
    ]
    const twice = (what: string | null) => [what, what]
    const digest = replaced(flipped(bytes, 70))
    const otherKind = replaced(spliced(bytes, 0, u8(2)))
    const unpaid = replaced(signedAnew(manifest, praise, target.sealedPart!, rng, advice.N.bytes))
    const sealedAgain = sealComment(manifest, praise, 'Thêm', rng)
    const again = replaced(sealedAgain.publicPart, sealedAgain.sealedPart)
    // The server holds the issuer's key: it could make credentials of its own, but not into a closed box.
    const more = [...delivered, stuffed(manifest, keys.commentIssuers[0]!.secret, rng)]
    expectAll({
      'what was closed in': [twice(null), stopped(delivered)],
      'in any order': [twice(null), stopped(delivered.toReversed())],
      'digest changed': [twice(named('bad-signature', digest)), stopped(digest)],
      'under another kind': [twice(named('wrong-length', otherKind)), stopped(otherKind)],
      'under a credential of another kind': [twice(named('bad-credential', unpaid)), stopped(unpaid)],
      'the voter’s key, another text': [twice('wrong-root at comments'), stopped(again)],
      'one left out': [twice('wrong-root at comments'), stopped(delivered.filter((_, i) => i !== at))],
      'one twice': [twice('wrong-root at comments'), stopped([...delivered, target])],
      'one more, of the server’s own': [twice('wrong-root at comments'), stopped(more)],
    })
  })

  it('answers for nothing before its own opening, on too few signatures, or with too few ballots', async () => {
    const [signature] = one.openings
    const fresh = setUp(83)
    const few = await counted(84)
    const raised = { ...few.manifest, publication: { ...few.manifest.publication, minimumBallots: 6 } }
    const board = { manifest: raised, closing: few.closing, allowed: { unions: [], sums: [] }, ok: true }
    few.devices[1]!.open(board)
    const share = (device: MemberDevice, openings: ReadonlyMap<number, Uint8Array>, of = one) =>
      stops(() => device.commentShares(openings, 1, of.delivered, QUIET))
    expectAll({
      'two signatures': [null, share(second, new Map([...one.openings].slice(1)))],
      'one signature': ['too few signatures of the opening', share(second, new Map([signature!]))],
      'nothing opened yet': ['nothing is opened yet', share(fresh.devices[1]!, one.openings)],
      'five ballots where six are needed': [
        'too few ballots to open comments',
        share(few.devices[1]!, few.openings, few),
      ],
      'five where five are enough': [null, share(few.devices[2]!, few.openings, few)],
    })
  })
})

describe('a member’s page', () => {
  let one: Counted
  beforeAll(async () => {
    one = await counted(86)
  })
  const ascending = () =>
    one.delivered
      .map(({ envelope, sealedPart }) => ({ bytes: envelope.bytes, leaf: envelope.leaf, sealed: sealedPart }))
      .sort((a, b) => compare(a.leaf, b.leaf))
  type Task = CommentsOrder['task']
  /** Beside the page, from what the device keeps. */
  function work(
    index: number,
    task: Task,
    envelopes = writeDelivered(ascending()),
    steps: string[] = [],
    before: readonly string[] | null = null,
  ) {
    // biome-ignore lint/complexity/useLiteralKeys: the brackets reach what is private to the device
    const memory = writeMemory(one.devices[index - 1]!['memory'])
    const texts = { manifest: one.manifest.text, closing: one.closing.text }
    return workComments(
      { memory, ...texts, openings: one.openings, envelopes, before, task },
      one.rng,
      (step, done, of) => steps.push(`${step} ${done}/${of}`),
    )
  }
  function boxFrom(index: number, envelopes?: Uint8Array): Uint8Array {
    const done = work(index, { do: 'share', combiner: 1 }, envelopes)
    return 'box' in done ? done.box : expect.fail('no box')
  }

  it('has the device work from what it keeps, and tells how far it is', () => {
    const steps: string[] = []
    const boxes = new Map([[2, boxFrom(2)]])
    const done = work(1, { do: 'read', boxes }, undefined, steps)
    expect(done).toMatchObject({ faults: [], prompts: [{ written: 3 }, { written: 2, texts: null }] })
    expect(steps).toEqual(['check 0/10', 'check 10/10', 'read 0/10', 'read 10/10'])
  })

  it('stops at what the server changed, naming it, and shows as withheld what it only holds back', () => {
    const list = ascending()
    const whole = writeDelivered(list)
    const boxes = new Map([[2, boxFrom(2)]])
    const fault = (envelopes: Uint8Array) => {
      const done = work(1, { do: 'read', boxes }, envelopes)
      return 'stopped' in done ? told(done.stopped) : null
    }
    const held = list.with(3, { ...list[3]!, sealed: null })
    const changed = list.with(3, { ...list[3]!, sealed: flipped(list[3]!.sealed!, 120) })
    const at = `comment ${toBase64url(list[3]!.leaf)}`
    expectAll({
      'as it is': [null, fault(whole)],
      'cut short': ['wrong-length at comment 10', fault(whole.subarray(0, -7))],
      'one left out': ['wrong-root at comments', fault(writeDelivered(list.slice(1)))],
      'nothing at all': ['wrong-root at comments', fault(new Uint8Array())],
      'a public part changed': [
        `bad-signature at comment ${toBase64url(leafHash(flipped(list[3]!.bytes, 70)))}`,
        fault(writeDelivered(list.with(3, { ...list[3]!, bytes: flipped(list[3]!.bytes, 70) }))),
      ],
    })
    for (const [list_, code] of [
      [held, 'line-missing'],
      [changed, 'wrong-hash'],
    ] as const) {
      const done = work(1, { do: 'read', boxes }, writeDelivered(list_))
      if (!('prompts' in done)) return expect.fail('it stopped')
      expect(done.faults.map(told)).toEqual([`${code} at ${at}`])
      expect(done.prompts.reduce((sum, { withheld }) => sum + withheld, 0)).toBe(1)
    }
  })

  it('answers for no second opening that lacks an envelope which was whole in the first', () => {
    const list = ascending()
    const lacking = (...places: readonly number[]) =>
      writeDelivered(list.map((each, i) => (places.includes(i) ? { ...each, sealed: null } : each)))
    const at = (place: number) => `comment ${toBase64url(list[place]!.leaf)}`
    const boxes = new Map([[2, boxFrom(2)]])
    const both = (envelopes: Uint8Array, before: readonly string[] | null) =>
      [{ do: 'share', combiner: 3 } as const, { do: 'read', boxes } as const].map(task => {
        const done = work(1, task, envelopes, [], before)
        return 'stopped' in done ? told(done.stopped) : done.held
      })
    const twice = <T>(what: T) => [what, what]
    expectAll({
      'the first time, whole': [twice([]), both(lacking(), null)],
      'the first time, one held back': [twice([at(3)]), both(lacking(3), null)],
      'whole again': [twice([]), both(lacking(), [])],
      'one held back that was whole': [twice(`line-missing at ${at(3)}`), both(lacking(3), [])],
      'the same held back again': [twice([at(3)]), both(lacking(3), [at(3)])],
      'another besides': [twice(`line-missing at ${at(5)}`), both(lacking(3, 5), [at(3)])],
      'given at last': [twice([]), both(lacking(), [at(3)])],
    })
  })

  it('says what a device never does', () => {
    const few = new Map([...one.openings].slice(0, 1))
    // biome-ignore lint/complexity/useLiteralKeys: the brackets reach what is private to the device
    const memory = writeMemory(one.devices[1]!['memory'])
    const order = { memory, manifest: one.manifest.text, closing: one.closing.text, before: null }
    const task: Task = { do: 'share', combiner: 1 }
    const asked = (openings: ReadonlyMap<number, Uint8Array>) =>
      workComments({ ...order, openings, envelopes: writeDelivered(ascending()), task }, one.rng, () => {})
    expect(asked(few)).toEqual({ stopped: null })
    expect(asked(one.openings)).toHaveProperty('box')
  })

  it('tells each member what is to be done, and hands over no number that the team alone may know', () => {
    const none = { combiner: null, sent: [false, false, false], file: false }
    const sent = { ...none, combiner: 1, sent: [false, true, false] }
    expectAll({
      'nobody combines': [{ who: 'nobody' }, commentsTurn(none, 2, 2)],
      'the combiner waits': [{ who: 'self', missing: 2 }, commentsTurn({ ...sent, sent: [] }, 1, 3)],
      'the combiner has enough': [{ who: 'self', missing: 0 }, commentsTurn(sent, 1, 2)],
      'who sent': [{ who: 'other', combiner: 1, sent: true }, commentsTurn(sent, 2, 2)],
      'who has not': [{ who: 'other', combiner: 1, sent: false }, commentsTurn(sent, 3, 2)],
    })
    const counts = { withheld: 0, unopened: 0, unreadable: 1 }
    const prompts = [
      { written: 3, ...counts, texts: ['a', 'b', 'c'] },
      { written: 2, ...counts, texts: null },
    ]
    expect(forAuthority({ prompts, faults: [] }, ['Một', 'Hai'])).toEqual([
      { title: 'Một', ...counts, texts: ['a', 'b', 'c'] },
      { title: 'Hai', ...counts, texts: null },
    ])
  })
})

const inOrder = ({ prompts, ...rest }: Comments) => ({
  ...rest,
  prompts: prompts.map(({ texts, ...prompt }) => ({ ...prompt, texts: texts && [...texts].sort() })),
})

const sameKey = (bytes: Uint8Array, { key }: Credential): boolean =>
  toBase64url(bytes) === toBase64url(key.public.bytes)

function signedAnew(manifest: Manifest, { kind, key }: Credential, sealedPart: Uint8Array, rng: Rng, N: Uint8Array) {
  const unsigned = concat(u8(kind), key.public.bytes, N, sha256(sealedPart))
  return concat(unsigned, sign(key, message('comment', manifest.hash, unsigned), rng))
}

/** An envelope that nobody was given: the server made a credential of its own. */
function stuffed(manifest: Manifest, k: Scalar, rng: Rng) {
  const key = newKeyPair(rng)
  const N = elementOf(multiply(hashToGroup(credentialInput(manifest.hash, 1, key.public.bytes)), k))
  const { publicPart, sealedPart } = sealComment(manifest, { kind: 1, key, N }, 'Thêm', rng)
  return { envelope: readEnvelope(manifest, publicPart, 'comment'), sealedPart }
}

describe('many envelopes at once', () => {
  const poll = setUp(85)
  const { manifest, rng } = poll
  const credentials = Array.from({ length: 11 }, (_, place) => redeemed(poll, 0, place)[1]!)
  const sealed = credentials.map((credential, i) => sealComment(manifest, credential, `Ý ${i}`, rng))

  it('are judged as each alone, and every bad one is named', () => {
    const change = (i: number): { publicPart: Uint8Array; sealedPart: Uint8Array | null } => {
      const { publicPart, sealedPart } = sealed[i % sealed.length]!
      if (i % 7 === 3) return { publicPart: flipped(publicPart, 100), sealedPart }
      if (i % 11 === 5) return { publicPart, sealedPart: flipped(sealedPart, 110) }
      if (i % 13 === 6) return { publicPart, sealedPart: sealedPart.subarray(1) }
      return { publicPart, sealedPart: i % 17 === 8 ? null : sealedPart }
    }
    const delivered = Array.from({ length: 120 }, (_, i): Delivered => {
      const { publicPart, sealedPart } = change(i)
      return { envelope: readEnvelope(manifest, publicPart, 'comment'), sealedPart }
    })
    const single = delivered.flatMap(({ envelope, sealedPart }) => {
      if (sealedPart === null) return [`line-missing at comment ${toBase64url(envelope.leaf)}`]
      const fault = told(checkEnvelope(manifest, envelope, sealedPart, rng))
      return fault === null ? [] : [fault]
    })
    const steps: number[] = []
    const faults: Fault[] = []
    const found = checkEnvelopes(
      manifest,
      delivered,
      rng,
      fault => faults.push(fault),
      done => steps.push(done),
    )
    expect(faults.map(told)).toEqual(single)
    expect(single.length).toBeGreaterThan(30)
    expect(found.map(one => one === null)).toEqual(
      delivered.map(
        ({ envelope, sealedPart }) => !sealedPart || checkEnvelope(manifest, envelope, sealedPart, rng) !== null,
      ),
    )
    expect(steps).toEqual([0, 50, 100, 120])
  })

  it('are read as they were written, and one that is cut short is named by its place', () => {
    const list = sealed.map(({ publicPart, sealedPart }, i) => ({
      bytes: publicPart,
      sealed: i === 4 ? null : sealedPart,
    }))
    const written = writeDelivered(list)
    const read = readDelivered(manifest, written)
    expect(read.map(({ envelope, sealedPart }) => ({ bytes: envelope.bytes, sealed: sealedPart }))).toEqual(list)
    expect(readDelivered(manifest, new Uint8Array())).toEqual([])
    const reads = (bytes: Uint8Array) => told(faultIn(() => readDelivered(manifest, bytes)))
    expectAll({
      whole: [null, reads(written)],
      'a byte short': ['wrong-length at comment 11', reads(written.subarray(0, -1))],
      'half a length': ['wrong-length at comment 12', reads(concat(written, u8(0)))],
      'a public part of another length': ['wrong-length at comment 12', reads(concat(written, u32(1), u8(1), u32(0)))],
      'a kind that is none': ['out-of-range at comment 1, kind', reads(spliced(written, 4, u8(9)))],
    })
  })
})

describe('the file for the competent authority', () => {
  const rng = seededRng(91)
  const head = { manifestHash: rng(32), closingHash: rng(32) }
  const comments: Comments = {
    title: 'Lấy ý kiến',
    unit: 'Sở A',
    minimum: 3,
    prompts: [
      {
        title: 'Ưu điểm',
        texts: ['Lắng nghe “mọi người”', 'a\nb', '\ufeffok'],
        withheld: 0,
        unopened: 1,
        unreadable: 2,
      },
      { title: 'Đề xuất', texts: null, withheld: 0, unopened: 0, unreadable: 0 },
    ],
  }
  const code = newFileCode(rng)
  const file = sealFile(head, comments, code, rng)
  const groups = fileCodeGroups(code)
  const typed = groups.join(' ')
  const opens = (bytes: Uint8Array, with_ = code) => told(faultIn(() => openFile(bytes, with_)))

  it('opens with its code and no other, and says in clear whose it is and nothing else', () => {
    expect(inOrder(openFile(file, code))).toEqual(inOrder(comments))
    expect(readFileHead(file)).toEqual(head)
    expect(Buffer.from(file).includes('Lắng nghe')).toBe(false)
    expect(Buffer.from(utf8(JSON.stringify(comments))).includes('Lắng nghe')).toBe(true)
    expectAll({
      'its own': [null, opens(file)],
      'another code': ['bad-proof at comment file', opens(file, newFileCode(rng))],
      'another version': ['wrong-value at comment file', opens(spliced(file, 0, u8(2)))],
      'another poll’s name': ['bad-proof at comment file', opens(flipped(file, 1))],
      'another closing': ['bad-proof at comment file', opens(flipped(file, 40))],
      'another random part': ['bad-proof at comment file', opens(flipped(file, 70))],
      'a byte of its content': ['bad-proof at comment file', opens(flipped(file, 5_000))],
      'its last byte': ['bad-proof at comment file', opens(flipped(file, file.length - 1))],
      'a byte short': ['wrong-length at comment file', opens(file.subarray(0, -1))],
      'its head alone': ['wrong-length at comment file', opens(file.subarray(0, 97))],
      nothing: ['wrong-length at comment file', opens(new Uint8Array())],
    })
  })

  it('holds the texts in random order, so that their place tells nothing of an envelope’s', () => {
    const texts = Array.from({ length: 40 }, (_, i) => `Ý ${String(i).padStart(2, '0')}`)
    const prompts = [
      { ...comments.prompts[0]!, texts },
      { ...comments.prompts[0]!, texts },
      { ...comments.prompts[0]!, texts: null },
    ]
    const read = () => openFile(sealFile(head, { ...comments, prompts }, code, rng), code).prompts.map(one => one.texts)
    const [one, other, none] = read()
    const orders = [texts, one!, other!, ...read().slice(0, 2)].map(order => order!.join())
    expect(new Set(orders).size).toBe(5)
    expect([one, other].map(order => order!.toSorted())).toEqual([texts, texts])
    expect(none).toBe(null)
    // Each text comes to each place.
    const three = { ...comments, prompts: [{ ...comments.prompts[0]!, texts: ['a', 'b', 'c'] }] }
    const seen = Array.from({ length: 120 }, () => openFile(sealFile(head, three, code, rng), code).prompts[0]!.texts)
    expect(new Set(seen.map(order => order!.join(''))).size).toBe(6)
  })

  it('is as long for one word as for many, and for more than that by whole steps', () => {
    const lengthOf = (texts: readonly string[] | null) =>
      sealFile(head, { ...comments, prompts: [{ ...comments.prompts[0]!, texts }] }, code, rng).length
    const step = 65_536
    const [least, fixed] = [
      97 + step + 16,
      JSON.stringify({ ...comments, prompts: [{ ...comments.prompts[0]!, texts: [''] }] }),
    ]
    const room = step - 4 - utf8(fixed).length
    expect([lengthOf(null), lengthOf(['a']), lengthOf(['a'.repeat(room)])]).toEqual([least, least, least])
    expect(lengthOf(['a'.repeat(room + 1)])).toBe(least + step)
  })

  it('has a code of seven groups that is read kindly and of which a mistyped group is named', () => {
    expect(groups).toHaveLength(7)
    const read = (text: string) => {
      const fault = told(faultIn(() => readFileCode(text)))
      return fault ?? toBase64url(readFileCode(text))
    }
    const right = toBase64url(code)
    const wrong = (place: number) => {
      const at = groups[place]![0] === '7' ? '8' : '7'
      return groups.with(place, at + groups[place]!.slice(1)).join('-')
    }
    expectAll({
      'as written': [right, read(typed)],
      'without spaces, small letters': [right, read(typed.replaceAll(' ', '').toLowerCase())],
      'O for 0, I and L for 1': [right, read(typed.replaceAll('0', 'o').replaceAll('1', 'l'))],
      'the first group mistyped': ['wrong-value at group 1', read(wrong(0))],
      'the last group mistyped': ['wrong-value at group 7', read(wrong(6))],
      'two groups exchanged': [
        'wrong-value at group 2',
        read([groups[0], groups[2], groups[1], ...groups.slice(3)].join(' ')),
      ],
      'the last group missing': ['wrong-length at code', read(groups.slice(0, -1).join(' '))],
      'a character short': ['wrong-length at code', read(typed.slice(0, -1))],
      'a group more': ['wrong-length at code', read(`${typed} ${groups[0]}`)],
      nothing: ['wrong-length at code', read('')],
    })
    // 130 bits: the last six of the seventeen bytes carry nothing.
    expect(code[16]! & 0x3f).toBe(0)
    const codes = Array.from({ length: 50 }, () => newFileCode(rng))
    expect(codes.map(one => toBase64url(readFileCode(fileCodeGroups(one).join(''))))).toEqual(codes.map(toBase64url))
  })
})
