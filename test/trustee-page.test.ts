/**
 * The counting team's phones (`client/trustee`) over an in-memory server: the whole ceremony and opening, with pages that
 * are closed and opened again at every step, with members and servers that cheat.
 */
import { describe, expect, it } from 'vitest'
import { bytesOf } from '../client/packages.ts'
import { packagesOf } from '../client/trustee/wire.ts'
import { sealBallot } from '../crypto/ballot.ts'
import { finishCredentials, requestCredentials } from '../crypto/blind.ts'
import { sealBox } from '../crypto/box.ts'
import { shortCode, toBase64url } from '../crypto/bytes.ts'
import { MemberDevice } from '../crypto/device.ts'
import { ONE, writeScalar } from '../crypto/group.ts'
import type { Trustee } from '../crypto/manifest.ts'
import { readSheetGroups, readSheetQr, sheetGroups, sheetQr } from '../crypto/sheet.ts'
import { tokenKeyPair } from '../crypto/token.ts'
import { isGroup } from '../crypto/typed.ts'
import { newBoxKeys } from '../server/box.ts'
import { Box } from '../server/play/box.ts'
import type { Case } from '../server/play/case.ts'
import { mayPrint, prepare } from '../server/play/organiser.ts'
import { seededRng } from '../server/play/seed.ts'
import type { MemberView } from '../server/wire.ts'
import { accepted, flipped } from './poll.setup.ts'
import { Relay } from './relay.ts'
import { bytesOfLines, type Forge, Phone, settle } from './trustee-phone.ts'

const caseOf = (n: number, t: number): Case => ({
  title: 'Lấy phiếu tín nhiệm đối với Giám đốc Sở A',
  trustees: n,
  threshold: t,
  minimumBallots: 3,
  groups: [{ id: 'tham-du', label: 'Người tham dự', cards: 8, handedOut: 7 }],
  contests: [{ id: 's1', title: 'Giám đốc Sở A', options: ['cao', 'vừa', 'thấp'], min: 0, max: 1 }],
  comments: [],
  votes: [],
  redeemedNotCast: [0],
  voided: [0],
  rules: null,
})

/** One mark each; the last one leaves the line empty. */
const CHOICES = [[0], [0], [2], [1], [0], []]

function setUp(seed: number, n: number, t: number) {
  const rng = seededRng(seed)
  const plan = caseOf(n, t)
  const relay = new Relay(n, t, rng(16))
  const phones = relay.names.map((_, i) => new Phone(relay, i + 1, seededRng(1000 * seed + i)))
  return { rng, plan, relay, phones, keys: newBoxKeys(1, 0, rng) }
}
type World = ReturnType<typeof setUp>

/** What the organiser's browser does once the ceremony is over. */
function writeManifest({ rng, plan, relay, keys }: World): ReturnType<typeof prepare> {
  const view = relay.view(0)
  const trustees = packagesOf(view).map((p, i): Trustee => ({ ...p, confirmation: bytesOf(view.confirmations[i]!) }))
  const prepared = prepare(plan, relay.pollId, keys, trustees, rng)
  relay.manifest = prepared.manifest.text
  relay.state = 'pinning'
  return prepared
}

/** Everybody has pinned, has a sheet, and six people vote; the box is closed. */
function vote({ rng, relay, keys }: World, { manifest, cards, tokens }: ReturnType<typeof prepare>, handedOut = 7) {
  const box = new Box(manifest, tokens, keys, rng)
  for (const [i, choice] of CHOICES.entries()) {
    const { request, pending } = requestCredentials(manifest, tokenKeyPair(relay.pollId, cards[0]![i]!), rng)
    const [credential] = finishCredentials(manifest, 0, request, pending, accepted(box.redeem(request)))
    accepted(box.cast(sealBallot(manifest, 0, credential!, [choice], manifest.electionKey.point, rng)))
  }
  expect(box.close([handedOut])).toEqual([])
  const { text, signature } = box.statement()
  relay.closing = { text, signature: toBase64url(signature) }
  relay.state = 'closed'
  return bytesOfLines(box.publish())
}

async function sealed(world: World, mishaps = false) {
  const { relay, phones } = world
  await settle(relay, phones, mishaps)
  const prepared = writeManifest(world)
  for (const phone of phones) {
    await phone.look()
    phone.pin()
    if (mishaps) phone.reload()
  }
  await settle(relay, phones, mishaps)
  expect(phones.map(({ show }) => show.on)).toEqual(phones.map(() => 'sheet'))
  for (const phone of phones) phone.send({ to: 'sheet' })
  relay.state = 'sealed'
  return prepared
}

/** By phone, what it shows. */
const on = (phones: readonly Phone[]) => phones.map(({ show }) => show.on)

describe.each([
  [3, 2],
  [5, 3],
])('%i phones of which %i open', (n, t) => {
  it.each([
    ['with pages that stay open', false],
    ['with every page closed and opened again before and after every message', true],
  ])('seal, pin and open a poll, %s', async (_, mishaps) => {
    const world = setUp(10 * n + t, n, t)
    const { relay, phones } = world
    await settle(relay, phones, mishaps)
    expect(on(phones)).toEqual(phones.map(() => 'made'))
    const { manifest, cards, tokens } = await sealed(world, mishaps)
    expect(mayPrint(manifest, relay.view(1).pins.map(bytesOf))).toBe(true)

    const record = vote(world, { manifest, cards, tokens })
    const opening = phones.slice(0, t)
    for (const phone of phones) {
      phone.record = () => record
      await phone.look()
    }
    expect(on(phones)).toEqual(phones.map(() => 'agree'))
    for (const phone of opening) phone.agree()
    await settle(relay, opening, mishaps)
    expect(phones.map(({ conflicts }) => conflicts).every(count => count === 0)).toBe(true)

    const results = relay.said.flatMap(({ result }) => result ?? [])
    expect(results.length).toBe(t)
    expect(new Set(results.map(({ text }) => text)).size).toBe(1)
    expect(JSON.parse(results[0]!.text).unions[0]).toEqual({ groups: ['tham-du'], ballots: 6, counts: [[3, 1, 1]] })
    relay.state = 'counted'
    for (const phone of phones) await phone.look()
    // Those who did not open see the result too: the others signed it.
    expect(on(phones)).toEqual(phones.map(() => 'result'))
  })
})

// ── the recovery sheet ──────────────────────────────────────────────────────────────────────────────────────────

describe('the code of a recovery sheet', async () => {
  const world = setUp(85, 3, 2)
  await sealed(world)
  const sheet = world.phones[1]!.device!.sheet()
  const groups = sheetGroups(sheet)
  const read = (typed: readonly string[]) => () => readSheetGroups(typed.join(' '))
  const { ceremonyHash: _, manifestHash: __, ...keys } = sheet

  it('comes back as it was, however kindly it has to be read', () => {
    expect(groups.every(group => /^[0-9A-HJKMNP-TV-Z]{5}$/.test(group))).toBe(true)
    expect(read(groups)()).toEqual(keys)
    const hurried = groups.map(group => group.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l'))
    expect(readSheetGroups(hurried.join('-'))).toEqual(keys)
    expect(readSheetQr(sheetQr(sheet))).toEqual(sheet)
  })

  it('shows every group in which one character is wrong or two are exchanged', () => {
    const alphabet = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ']
    const accepted: string[] = []
    for (const [place, group] of groups.entries())
      for (let at = 0; at < 5; at++) {
        const others = alphabet.filter(character => character !== group[at])
        const wrong = others.map(character => group.slice(0, at) + character + group.slice(at + 1))
        for (let to = at + 1; to < 4; to++) {
          const exchanged = [...group]
          exchanged[at] = group[to]!
          exchanged[to] = group[at]!
          if (exchanged.join('') !== group) wrong.push(exchanged.join(''))
        }
        accepted.push(...wrong.filter(one => isGroup(one, place)))
      }
    expect(accepted).toEqual([])
    expect(groups.every((group, place) => isGroup(group, place))).toBe(true)
    expect(read(groups.with(7, flippedCharacter(groups[7]!)))).toThrow('group 8')
  })

  it('is refused with groups exchanged, missing, too many, or of another sheet', () => {
    const other = sheetGroups(world.phones[0]!.device!.sheet())
    expect(read(groups.with(3, groups[4]!).with(4, groups[3]!))).toThrow('wrong-value')
    expect(read(groups.slice(1))).toThrow('wrong-length')
    expect(read([...groups, groups[0]!])).toThrow('wrong-length')
    // Each group can stand in its place; together they are nobody’s.
    expect(read(groups.with(20, other[20]!))).toThrow('wrong-value')
    const qr = sheetQr(sheet)
    for (const at of [1, 100, qr.length - 2])
      expect(() => readSheetQr(qr.slice(0, at) + (qr[at] === 'A' ? 'B' : 'A') + qr.slice(at + 1))).toThrow()
    expect(() => readSheetQr(`B${qr.slice(1)}`)).toThrow('wrong-value')
    expect(() => readSheetQr(`${qr}AAAA`)).toThrow()
  })

  const flippedCharacter = (group: string) => (group[0] === 'A' ? 'B' : 'A') + group.slice(1)
})

// ── cheats ──────────────────────────────────────────────────────────────────────────────────────────────────────

const OTHER_POINT = toBase64url(newBoxKeys(1, 0, seededRng(5)).receiptKey.public.bytes)

const turned = (text: string): string => toBase64url(flipped(bytesOf(text), 10))

/** What the second member's phone sends instead, and what the others say of it. */
const CHEATS: Readonly<Record<string, readonly [Forge, named: string]>> = {
  'a package other than the one committed to': [
    m => (m.to === 'reveal' ? { ...m, package: { ...m.package, exchangeKey: OTHER_POINT } } : m),
    'wrong-hash at trustee 2',
  ],
  'a package that is no package': [
    m => (m.to === 'reveal' ? { ...m, package: { ...m.package, signingKey: 'AAAA' } } : m),
    'wrong-length at trustee 2',
  ],
  'a package in another name': [
    m => (m.to === 'reveal' ? { ...m, package: { ...m.package, name: 'Tổ viên 3' } } : m),
    'wrong-value at trustee 2',
  ],
  'a box that does not open': [
    m => (m.to === 'boxes' ? { ...m, boxes: { ...m.boxes, 1: turned(m.boxes[1]!) } } : m),
    'bad-proof at share of trustee 2 for trustee 1',
  ],
  'a confirmation of something else': [
    m => (m.to === 'confirm' ? { ...m, confirmation: toBase64url(new Uint8Array(64)) } : m),
    'bad-signature at trustee 2, confirmation',
  ],
  'a rehearsal that does not open': [
    m => (m.to === 'confirm' ? { ...m, rehearsal: OTHER_POINT } : m),
    'wrong-value at trustee 2, rehearsal',
  ],
}

describe('a member who cheats, or whose phone is broken,', () => {
  it.each(Object.entries(CHEATS))('is named by the others: %s', async (_, [forge, named]) => {
    const { relay, phones } = setUp(77, 3, 2)
    phones[1]!.forge = forge
    await settle(relay, phones)
    const { code, where, by } = relay.stopped!
    expect(`${code} at ${where}`).toBe(named)
    expect(by).not.toBe(2)
    for (const phone of phones) await phone.look()
    expect(on(phones)).toEqual(['stopped', 'stopped', 'stopped'])
  })

  it('who sends a false share is named with its receiver, and a restart throws everything away', async () => {
    const { relay, phones, rng } = setUp(78, 3, 2)
    const liar = phones[1]!
    liar.forge = m => {
      if (m.to !== 'boxes') return m
      // Well boxed, but on nobody’s polynomial.
      // biome-ignore lint/complexity/useLiteralKeys: the brackets reach what is private to the device
      const { exchange } = liar.device!['begun']!.secrets
      const address = { label: 'dkg-share', ceremonyHash: bytesOf(JSON.parse(liar.kept!).revealed), from: 2, to: 1 }
      const box = sealBox(address, exchange.secret, packagesOf(relay.view(2))[0]!.exchangeKey, writeScalar(ONE), rng)
      return { ...m, boxes: { ...m.boxes, 1: toBase64url(box) } }
    }
    await settle(relay, phones)
    expect(relay.stopped).toEqual({ by: 1, code: 'wrong-sum', where: 'share of trustee 2 for trustee 1' })
    const before = phones.map(({ kept }) => JSON.parse(kept!)).map(({ seed, member }) => seed ?? member.share)
    liar.forge = m => m
    relay.restart(rng(16))
    await settle(relay, phones)
    expect(on(phones)).toEqual(['made', 'made', 'made'])
    const all = phones.map(({ kept }) => kept!).join()
    expect(before.filter(secret => all.includes(secret))).toEqual([])
    expect(all).not.toContain('seed')
  })
})

describe('a server that lies', () => {
  it('cannot show one phone other packages, commitments or names', async () => {
    const lies: Readonly<Record<string, readonly [(view: MemberView) => MemberView, named: string]>> = {
      names: [view => ({ ...view, names: ['Tổ viên 1', 'Tổ viên 2', 'Người khác'] }), 'wrong-value at trustee 3'],
      'its own package': [
        view => ({ ...view, packages: view.packages.map((p, i) => (i === 0 && p ? { ...p, proof: '' } : p)) }),
        'wrong-hash at trustee 1',
      ],
    }
    for (const [lie, named] of Object.values(lies)) {
      const { relay, phones } = setUp(79, 3, 2)
      phones[0]!.lie = lie
      await settle(relay, phones)
      expect(`${relay.stopped?.code} at ${relay.stopped?.where}`).toBe(named)
    }
    const { relay, phones } = setUp(79, 3, 2)
    let revealed = false
    phones[0]!.lie = view => {
      // Only after this phone has revealed does the server say what member 2 committed to.
      revealed ||= view.packages[0] !== null
      const commitments = view.commitments.map((c, i) => (i === 1 && c && !revealed ? turned(c) : c))
      return { ...view, commitments }
    }
    await settle(relay, phones)
    expect(relay.stopped?.where).toBe('other commitments than before')
  })

  it('gets no answer from a phone whose link was opened on another one first', async () => {
    const { relay, phones, rng } = setUp(80, 3, 2)
    await phones[0]!.look()
    await phones[0]!.look()
    const second = new Phone(relay, 1, rng)
    await second.look()
    expect(second.show.on).toBe('elsewhere')
    expect(second.kept).toBe(null)
    await settle(relay, phones)
    expect(on(phones)).toEqual(['made', 'made', 'made'])
  })
})

// ── once only, across reloads ───────────────────────────────────────────────────────────────────────────────────

describe('a phone that is closed and opened again', () => {
  it('pins no second manifest, rehearses no more, and is not thrown away on the server’s word', async () => {
    const world = setUp(81, 3, 2)
    const { relay, phones, plan, keys, rng } = world
    const { manifest } = await sealed(world)
    const [phone] = phones as [Phone]
    const other = prepare(plan, relay.pollId, keys, manifest.trustees, rng).manifest
    phone.reload()
    expect(() => phone.device!.pin(other)).toThrow('another manifest is pinned')
    phone.device!.pin(manifest)
    const made = JSON.parse(phone.kept!)
    phone.kept = JSON.stringify({ ...made, rehearsal: null })
    phone.reload()
    expect(() => phone.device!.rehearsal()).toThrow('rehearsal after pinning')
    relay.manifest = other.text
    await phone.look()
    expect(phone.show.on).toBe('other-manifest')
    relay.restart(rng(16))
    await phone.look()
    expect(phone.show.on).toBe('restarted')
    expect(JSON.parse(phone.kept!).member.share).toBe(made.member.share)
  })

  it('opens no second closing', async () => {
    const world = setUp(82, 3, 2)
    const prepared = await sealed(world)
    const [first, second] = [vote(world, prepared), vote(world, prepared, 8)]
    const [phone] = world.phones as [Phone]
    phone.record = () => first
    await phone.look()
    // The page closes after the signature is made and before it is sent.
    phone.forge = m => (m.to === 'open' ? { to: 'sheet' } : m)
    phone.agree()
    phone.reload()
    phone.record = () => second
    await phone.look()
    expect(phone.show.on).toBe('other-closing')
    expect(() => phone.agree()).toThrow('another closing was opened')
  })

  it('opens nothing where the board does not verify', async () => {
    const world = setUp(83, 3, 2)
    const record = vote(world, await sealed(world))
    const [phone] = world.phones as [Phone]
    // One bit of the last ballot.
    phone.record = () => flipped(record, record.length - 40)
    await phone.look()
    expect(phone.show.on).toBe('board')
    const { show } = phone
    if (show.on !== 'board' || show.checking.at !== 'fails') throw new Error('the board should fail')
    expect(show.checking.checks.some(({ status }) => status === 'fails')).toBe(true)
  })
})

describe('a phone restored from its recovery sheet', async () => {
  const world = setUp(84, 3, 2)
  const { relay, phones, rng } = world
  const prepared = await sealed(world)
  const { manifest } = prepared
  const sheet = phones[0]!.device!.sheet()
  const record = vote(world, prepared)
  const keep = () => {}

  it('has everything again, from the QR and from the typed code', () => {
    for (const read of [readSheetQr(sheetQr(sheet)), readSheetGroups(sheetGroups(sheet).join(' '))])
      expect(MemberDevice.restore(read, manifest, rng, keep).sheet()).toEqual(sheet)
  })

  it('is refused with the sheet of another poll or of another member', () => {
    const other = prepare(world.plan, relay.pollId, world.keys, manifest.trustees, rng).manifest
    const restore =
      (of: typeof sheet, under = manifest) =>
      () =>
        MemberDevice.restore(of, under, rng, keep)
    expect(restore(sheet)).not.toThrow()
    expect(restore(sheet, other)).toThrow('sheet: wrong-manifest')
    expect(restore({ ...sheet, index: 2 })).toThrow('sheet: wrong-key at trustee 2')
    expect(restore({ ...sheet, share: phones[1]!.device!.sheet().share })).toThrow('wrong-key at trustee 1, share')
  })

  it('signs the opening only once the closing’s code has been read to it', async () => {
    const fresh = new Phone(relay, 1, rng)
    fresh.record = () => record
    await fresh.look()
    expect(fresh.show.on).toBe('restore')
    fresh.device = MemberDevice.restore(sheet, manifest, rng, text => {
      fresh.kept = text
    })
    fresh.reload()
    await fresh.look()
    expect(fresh.show).toMatchObject({ on: 'agree', ask: 'type' })
    if (fresh.show.on !== 'agree') return
    const code = shortCode(fresh.show.closing.hash)
    expect(() => fresh.agree()).toThrow('the code was not read to it')
    expect(() => fresh.agree(shortCode(manifest.hash))).toThrow('the code was not read to it')
    expect(() => fresh.agree(code.slice(0, -1))).toThrow('the code was not read to it')
    fresh.agree(code.toLowerCase().replaceAll('-', ' '))
    phones[1]!.record = () => record
    await phones[1]!.look()
    phones[1]!.agree()
    await settle(relay, [fresh, phones[1]!], true)
    expect(JSON.parse(relay.said[0]!.result!.text).unions[0].counts).toEqual([[3, 1, 1]])
  })
})
