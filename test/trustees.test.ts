/** The counting team (protocol, section 8): the ceremony with honest and with cheating members, and its traces. */
import { describe, expect, it } from 'vitest'
import { type Address, openBox, sealBox } from '../crypto/box.ts'
import { concat, utf8 } from '../crypto/bytes.ts'
import { MemberDevice } from '../crypto/device.ts'
import { encrypt } from '../crypto/elgamal.ts'
import type { FaultCode } from '../crypto/fault.ts'
import {
  type Element,
  G,
  multiply,
  negative,
  ONE,
  plus,
  readScalar,
  type Scalar,
  writeScalar,
} from '../crypto/group.ts'
import type { Trustee } from '../crypto/manifest.ts'
import { subsetsOf } from '../crypto/rehearsal.ts'
import { interpolate } from '../crypto/share.ts'
import { newKeyPair, sign } from '../crypto/signature.ts'
import { isOpeningSignature } from '../crypto/tally.ts'
import { message } from '../crypto/transcript.ts'
import {
  beginCeremony,
  checkCeremony,
  checkManifestOfCeremony,
  checkPackage,
  electionKeyOf,
  isPin,
  type Package,
  packageCommitment,
  publicShare,
  rehearse,
} from '../crypto/trustees.ts'
import { verify } from '../crypto/verify.ts'
import { Box } from '../server/play/box.ts'
import { mayPrint, prepare } from '../server/play/organiser.ts'
import { seededRng } from '../server/play/seed.ts'
import { begin, codeIn, expectAll, faultIn, flipped, memberOf, setUp, spliced, told } from './poll.setup.ts'

describe('an honest ceremony', () => {
  it.each([
    [2, 2],
    [3, 2],
    [5, 3],
  ])('of %i members gives a key that any %i of them have, and no fewer', (n, t) => {
    const { ceremony, begun, packages, finish } = begin(n, t, seededRng(100 * n + t))
    expect(begun.map(b => checkPackage(ceremony, b.package, b.commitment))).toEqual(begun.map(() => null))
    const members = begun.map((_, i) => finish(i + 1))
    const K = electionKeyOf(packages)
    for (const { index, share } of members)
      expect(publicShare(packages, index).point.equals(multiply(G, share))).toBe(true)
    const parts = members.map(({ index, share }) => ({ index, D: multiply(G, share) }))
    const opens = (size: number) => subsetsOf(parts, size).map(subset => interpolate(subset).equals(K.point))
    for (let size = 1; size <= n; size++) expect(new Set(opens(size))).toEqual(new Set([size >= t]))
    const backwards = interpolate(parts.toReversed())
    expect(backwards.equals(K.point)).toBe(true)
  })
})

describe('a package', () => {
  const rng = seededRng(21)
  const { ceremony, begun } = begin(3, 2, rng)
  const [{ package: own, commitment }, { package: second }] = [begun[0]!, begun[1]!]
  const key = newKeyPair(rng).public
  const moreProof = spliced(own.proof, 32, writeScalar(plus(readScalar(own.proof.subarray(32), ''), ONE)))

  it('that is not the one committed to is named', () => {
    const check = (revealed: Package, of = ceremony) => checkPackage(of, revealed, commitment)?.code ?? null
    expectAll({
      'as committed': [null, check(own)],
      'another poll': ['wrong-hash', check(own, { ...ceremony, pollId: flipped(ceremony.pollId, 0) })],
      'another index': ['wrong-hash', check({ ...own, index: 2 })],
      'another name': ['wrong-hash', check({ ...own, name: 'Member 2' })],
      'another signing key': ['wrong-hash', check({ ...own, signingKey: key })],
      'another exchange key': ['wrong-hash', check({ ...own, exchangeKey: key })],
      'keys swapped': ['wrong-hash', check({ ...own, signingKey: own.exchangeKey, exchangeKey: own.signingKey })],
      'another constant': ['wrong-hash', check({ ...own, commitments: [key, own.commitments[1]!] })],
      'another slope': ['wrong-hash', check({ ...own, commitments: [own.commitments[0]!, key] })],
      'another proof': ['wrong-hash', check({ ...own, proof: second.proof })],
      'another member’s': ['wrong-hash', check(second)],
    })
  })

  it('that was committed to but proves nothing or has another degree is named', () => {
    const asSecond = beginCeremony(ceremony, 2, own.name, rng).package
    const higher = beginCeremony({ ...ceremony, t: 3 }, 1, own.name, rng).package
    const fault = (revealed: Package) => checkPackage(ceremony, revealed, packageCommitment(ceremony, revealed))
    const check = (change: Partial<Package>) => fault({ ...own, ...change })?.code ?? null
    const R = (bytes: Uint8Array) => ({ proof: spliced(own.proof, 0, bytes) })
    expectAll({
      'as it should be': [null, check({})],
      'begun anew': [null, check(beginCeremony(ceremony, 1, own.name, rng).package)],
      'a proof made for another index': ['bad-proof', check({ ...asSecond, index: 1 })],
      'another member’s proof': ['bad-proof', check({ proof: second.proof })],
      'another member’s constant and proof': ['bad-proof', check({ ...second, index: 1 })],
      'another constant': ['bad-proof', check({ commitments: [key, own.commitments[1]!] })],
      'mu one more': ['bad-proof', check({ proof: moreProof })],
      'mu not below q': ['bad-proof', check({ proof: spliced(own.proof, 32, new Uint8Array(32).fill(255)) })],
      'R no point': ['bad-proof', check(R(new Uint8Array(32).fill(255)))],
      'R the identity': ['bad-proof', check(R(new Uint8Array(32)))],
      'half a proof': ['bad-proof', check({ proof: own.proof.subarray(0, 32) })],
      'a proof and a byte': ['bad-proof', check({ proof: concat(own.proof, Uint8Array.of(0)) })],
      'too few commitments': ['wrong-length', check({ commitments: own.commitments.slice(0, 1) })],
      'no commitments': ['wrong-length', check({ commitments: [] })],
      'too many commitments': ['wrong-length', check(higher)],
      'whose it is': ['trustee 2', fault({ ...second, proof: own.proof })?.where],
    })
  })
})

describe('a share', () => {
  const rng = seededRng(31)
  const { begun, packages, hash, boxesFor, finish } = begin(3, 2, rng)
  const address: Address = { label: 'dkg-share', ceremonyHash: hash, from: 2, to: 1 }
  const [mine, sender] = [begun[0]!.secrets.exchange, begun[1]!.secrets.exchange]
  const honest = boxesFor(1).get(2)!
  const content = openBox(address, mine.secret, sender.public, honest, rng, '')
  const share = readScalar(content, '')
  const boxed = (said: Uint8Array, changed: Partial<Address> = {}) =>
    sealBox({ ...address, ...changed }, sender.secret, mine.public, said, rng)

  it('that is not on its sender’s polynomial, or not in a box for its receiver, is refused naming both', () => {
    const check = (box: Uint8Array | null) => {
      const boxes = new Map([...boxesFor(1)].filter(([from]) => from !== 2))
      return told(faultIn(() => finish(1, box ? boxes.set(2, box) : boxes)))
    }
    const named = (code: FaultCode) => `${code} at share of trustee 2 for trustee 1`
    expectAll({
      'one more': [named('wrong-sum'), check(boxed(writeScalar(plus(share, ONE))))],
      'its negative': [named('wrong-sum'), check(boxed(writeScalar(negative(share))))],
      zero: [named('wrong-sum'), check(boxed(new Uint8Array(32)))],
      'the share for member 3': [named('wrong-sum'), check(boxed(shareFor(3)))],
      'not below q': [named('bad-scalar'), check(boxed(new Uint8Array(32).fill(255)))],
      'a byte short': [named('wrong-length'), check(boxed(content.subarray(0, 31)))],
      'a byte more': [named('wrong-length'), check(boxed(concat(content, Uint8Array.of(0))))],
      'no box': [named('line-missing'), check(null)],
      'half a box': [named('wrong-length'), check(honest.subarray(0, 40))],
      'the box for member 3': [named('bad-proof'), check(boxesFor(3).get(2)!)],
      'the box from member 3': [named('bad-proof'), check(boxesFor(1).get(3)!)],
      'of another ceremony': [named('bad-proof'), check(boxed(content, { ceremonyHash: flipped(hash, 0) }))],
      'under another label': [named('bad-proof'), check(boxed(content, { label: 'dkg-shares' }))],
      'boxed anew, but right': [null, check(boxed(content))],
    })
  })

  it('stays in its box at any other address, under any other key, and when a byte of the box was changed', () => {
    const [stranger, other] = [newKeyPair(rng), begun[2]!.secrets.exchange]
    const open = (of: Partial<Address>, box = honest, secret = mine.secret, theirs = sender.public) =>
      codeIn(() => openBox({ ...address, ...of }, secret, theirs, box, rng, ''))
    const changed = Array.from(honest, (_, i) => open({}, flipped(honest, i)))
    expectAll({
      'as addressed': [null, open({})],
      'another label': ['bad-proof', open({ label: 'comment-share' })],
      'another ceremony': ['bad-proof', open({ ceremonyHash: flipped(hash, 31) })],
      'another sender': ['bad-proof', open({ from: 3 })],
      'another receiver': ['bad-proof', open({ to: 3 })],
      'the way back': ['bad-proof', open({ from: 1, to: 2 })],
      'another secret': ['bad-proof', open({}, honest, stranger.secret)],
      'another sender’s key': ['bad-proof', open({}, honest, mine.secret, other.public)],
      'too short': ['wrong-length', open({}, honest.subarray(0, 47))],
      'each byte changed': [honest.length, changed.filter(code => code === 'bad-proof').length],
    })
  })

  function shareFor(to: number): Uint8Array {
    const receiver = begun[to - 1]!.secrets.exchange
    return openBox({ ...address, to }, receiver.secret, packages[1]!.exchangeKey, boxesFor(to).get(2)!, rng, '')
  }
})

describe('a server that shows a device other packages than were sent', () => {
  const rng = seededRng(9)
  const ceremony = { pollId: rng(16), n: 3, t: 2 }
  const made = [1, 2, 3].map(index => beginCeremony(ceremony, index, `Tổ viên ${index}`, rng))
  const device = () => MemberDevice.unkept(ceremony, 1, 'Tổ viên 1', seededRng(10))
  const shown = (list: readonly Pick<(typeof made)[number], 'package' | 'commitment'>[]) => {
    const asked = device()
    const own = { package: asked.package, commitment: asked.commitment }
    const all = list.map(one => (one === OWN ? own : one))
    return () =>
      asked.shares(
        all.map(one => one.package),
        all.map(one => one.commitment),
      )
  }
  const OWN = made[0]!

  it('is refused, for else it could make all three packages and hold the key alone', () => {
    // What stands for its own is another one of the same index and name, committed to and proven.
    const forged = beginCeremony(ceremony, 1, 'Tổ viên 1', rng)
    expect(shown([OWN, made[1]!, made[2]!])).not.toThrow()
    expect(shown([forged, made[1]!, made[2]!])).toThrow('ceremony: wrong-value at trustee 1')
  })

  it('is refused where the list is not whole or out of order', () => {
    expect(shown([OWN, made[1]!])).toThrow('wrong-length')
    expect(shown([OWN, made[2]!, made[1]!])).toThrow('wrong-value')
    expect(() =>
      device().shares(
        made.map(one => one.package),
        [],
      ),
    ).toThrow('no commitment of trustee 1')
  })

  it('is refused where the list changes between sharing and confirming', () => {
    const all = [1, 2, 3].map(index => MemberDevice.unkept(ceremony, index, `Tổ viên ${index}`, rng))
    const packages = all.map(one => one.package)
    const boxes = all.map(one =>
      one.shares(
        packages,
        all.map(other => other.commitment),
      ),
    )
    const forFirst = new Map([2, 3].map(from => [from, boxes[from - 1]!.get(1)!]))
    expect(() => all[0]!.confirm(packages.with(1, made[1]!.package), forFirst)).toThrow('other packages than before')
    expect(() => all[0]!.confirm(packages, forFirst)).not.toThrow()
  })

  it('is refused at pinning, where the manifest has other keys for it', () => {
    const { manifest, devices } = setUp(43)
    const own = memberOf(devices[0]!)
    const verdictOn = (member: typeof own) => checkManifestOfCeremony(member, manifest.poll.id, manifest)?.where ?? null
    expect(verdictOn(own)).toBe(null)
    expect(verdictOn({ ...own, signing: newKeyPair(rng) })).toBe('trustee 1, signingKey')
    expect(verdictOn({ ...own, exchange: newKeyPair(rng) })).toBe('trustee 1, exchangeKey')
    expect(verdictOn({ ...own, share: plus(own.share, ONE) })).toBe('trustee 1, share')
    expect(verdictOn({ ...own, index: 4 })).toBe('trustee 4')
  })
})

describe('a member’s device', () => {
  const { plan, manifest, keys, tokens, rng } = setUp(41)
  const unpinned = () => setUp(41).devices
  const { ciphertext, r } = encrypt(1, manifest.electionKey.point, rng)
  const another = () => prepare(plan, manifest.poll.id, keys, manifest.trustees, rng).manifest

  it('answers a rehearsal only for an alpha whose r it is given', () => {
    const device = unpinned()[0]!
    const { index, share } = memberOf(device)
    const D = device.rehearse(ciphertext.alpha, r)
    expect(D.point.equals(multiply(ciphertext.alpha.point, share))).toBe(true)
    const other = encrypt(1, manifest.electionKey.point, rng)
    const ask = (alpha: Element, of: Scalar) => codeIn(() => rehearse(memberOf(device), alpha, of, rng))
    expectAll({
      'its own r': [null, ask(other.ciphertext.alpha, other.r)],
      'another r': ['wrong-value', ask(other.ciphertext.alpha, r)],
      'r one more': ['wrong-value', ask(other.ciphertext.alpha, plus(other.r, ONE))],
      'beta for alpha': ['wrong-value', ask(other.ciphertext.beta, other.r)],
      'a public share for alpha': ['wrong-value', ask(publicShare(manifest.trustees, index), other.r)],
    })
  })

  it('pins one manifest of its own ceremony, ever, and rehearses no more after that', () => {
    const ofAnotherTeam = setUp(42).manifest
    const devices = unpinned()
    const second = devices[1]!
    expect(() => second.pin(ofAnotherTeam)).toThrow('manifest: wrong-value at poll.id')
    expect(second.rehearse(ciphertext.alpha, r).bytes).toHaveLength(32)
    const all = devices.map(one => one.pin(manifest))
    const pin = all[1]!
    expect(() => second.rehearse(ciphertext.alpha, r)).toThrow('rehearsal after pinning')
    expect(() => second.pin(another())).toThrow('another manifest is pinned')
    expectAll({
      'its pin': [true, isPin(pin, manifest, manifest.trustees[1]!)],
      'pinned again': [true, isPin(second.pin(manifest), manifest, manifest.trustees[1]!)],
      'another member’s': [false, isPin(pin, manifest, manifest.trustees[0]!)],
      'of another manifest': [false, isPin(pin, another(), manifest.trustees[1]!)],
      'cards on one pin alone': [false, mayPrint(manifest, [pin])],
      'cards on one pin thrice': [false, mayPrint(manifest, [pin, pin, pin])],
      'cards on all pins': [true, mayPrint(manifest, all)],
    })
  })

  it('opens one closing of the manifest that it pinned, ever', async () => {
    const closed = (of: typeof manifest, handedOut: readonly number[]) => {
      const box = new Box(of, tokens, keys, rng)
      expect(box.close(handedOut)).toEqual([])
      return verify([...box.publish()].map(utf8), { rng })
    }
    const [first, next] = [await closed(manifest, [0, 0]), await closed(manifest, [1, 0])]
    expect([first.ok, next.ok]).toEqual([true, true])
    const fresh = unpinned()[0]!
    expect(() => fresh.open(first)).toThrow('not the pinned manifest')
    fresh.pin(manifest)
    expect(() => fresh.open({ ...first, ok: false })).toThrow('the board does not verify')
    const { signature } = fresh.open(first)
    const trustee = manifest.trustees[0]!
    expectAll({
      'its signature': [true, isOpeningSignature(trustee, first.closing!.hash, signature)],
      'for another closing': [false, isOpeningSignature(trustee, next.closing!.hash, signature)],
    })
    expect(() => fresh.open(next)).toThrow('another closing was opened')
    expect(isOpeningSignature(trustee, first.closing!.hash, fresh.open(first).signature)).toBe(true)
  })
})

describe('the ceremony in a manifest', () => {
  const { manifest, devices, rng } = setUp(51)
  const foreign = setUp(52)
  const member = memberOf(devices[0]!)
  const { trustees } = manifest
  /** The manifest with something else about its second member. */
  const second = (change: Partial<Trustee>) => ({
    ...manifest,
    trustees: trustees.map(one => (one.index === 2 ? { ...one, ...change } : one)),
  })
  const confirmed = (hash: Uint8Array) =>
    second({ confirmation: sign(memberOf(devices[1]!).signing, message('ceremony', hash), rng) })
  const byAnother = second({ confirmation: trustees[0]!.confirmation })
  const doubted = (j: number) => `bad-signature at trustee ${j}, confirmation`

  it('is checked by everybody: proofs, key, and that every member confirmed this very ceremony', () => {
    const check = (of: typeof manifest) => told(checkCeremony(of))
    const { electionKey, receiptKey, poll } = foreign.manifest
    expectAll({
      'as it is': [null, check(manifest)],
      'confirmed anew': [null, check(confirmed(member.ceremonyHash))],
      'another election key': ['wrong-key at electionKey', check({ ...manifest, electionKey })],
      'a confirmation of another ceremony': [doubted(2), check(confirmed(memberOf(foreign.devices[1]!).ceremonyHash))],
      'a confirmation by another member': [doubted(2), check(byAnother)],
      'a pin for a confirmation': [doubted(2), check(second({ confirmation: devices[1]!.pin(manifest) }))],
      'another member’s proof': ['bad-proof at trustee 2', check(second({ proof: trustees[0]!.proof }))],
      'another name': [doubted(1), check(second({ name: 'Dung' }))],
      'another exchange key': [doubted(1), check(second({ exchangeKey: receiptKey }))],
      'another slope': [doubted(1), check(second({ commitments: [trustees[1]!.commitments[0]!, receiptKey] }))],
      'another threshold': [doubted(1), check({ ...manifest, threshold: 3 })],
      'another poll': [doubted(1), check({ ...manifest, poll })],
    })
  })

  it('is compared by every device with the one it took part in', () => {
    const pollId = manifest.poll.id
    const check = (of: typeof manifest, id = pollId) => told(checkManifestOfCeremony(member, id, of))
    const another = 'wrong-hash at trustees'
    expectAll({
      'its own': [null, check(manifest)],
      'for another poll': ['wrong-value at poll.id', check(manifest, flipped(pollId, 0))],
      'another team for this poll': [another, check({ ...foreign.manifest, poll: manifest.poll })],
      'another threshold': [another, check({ ...manifest, threshold: 3 })],
      'one member fewer': [another, check({ ...manifest, trustees: trustees.slice(0, 2) })],
      'another name': [another, check(second({ name: 'Dung' }))],
      'another election key': ['wrong-key at electionKey', check({ ...manifest, electionKey: manifest.receiptKey })],
      'not confirmed': [doubted(2), check(byAnother)],
    })
  })
})
