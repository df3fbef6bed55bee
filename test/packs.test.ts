import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { toHex, utf8 } from '../crypto/bytes.ts'
import { type Manifest, parseManifest, writeManifest } from '../crypto/manifest.ts'
import { sha256 } from '../crypto/transcript.ts'
import { Conflict } from '../server/db.ts'
import { textsFor } from '../server/packs.ts'
import { secureRng } from '../server/play/seed.ts'
import type { Pack } from '../server/rules/pack.ts'
import { packHash, packHex } from '../server/rules/read.ts'
import type { PackDraftView, PackText } from '../server/wire/packs.ts'
import type { Draft, PollView, Refused } from '../server/wire.ts'
import {
  criteriaOf,
  draftFor,
  drawCards,
  firstOrganiser,
  holdCeremony,
  json,
  type Office,
  type Organiser,
  openOffice,
  personWith,
  RULEBOOK,
  said,
  type Visitor,
  visitorWith,
} from './office.ts'
import { localPack, shipped } from './ruled.ts'

/** The pack as text, with some of it changed. */
const packWith = (change: Partial<Pack>, of = shipped()): string => JSON.stringify({ ...JSON.parse(of), ...change })

let office: Office
let organiser: Organiser
let first: Visitor
let second: Visitor
beforeEach(async () => {
  office = openOffice()
  organiser = await firstOrganiser(office)
  first = visitorWith(office.ask, organiser.cookie)
  second = await personWith(office.ask, organiser, { name: 'Thư ký', role: 'secretary', polls: null, login: 'thu-ky' })
})
afterEach(() => office.close())

const packs = async () => said<readonly PackText[]>(await office.ask('/api/packs'))
const drafts = (who: Visitor) => who.get<readonly PackDraftView[]>('/packs/drafts')

/** A draft of this text, by the first person. */
async function writtenDraft(text: string): Promise<string> {
  const { draft } = (await first.post('/packs/drafts', { from: packHex(shipped()) })) as { readonly draft: string }
  expect(await first.put(`/packs/drafts/${draft}`, { version: 1, text })).toEqual({ version: 2 })
  return draft
}

async function proposed(text: string): Promise<string> {
  const draft = await writtenDraft(text)
  expect(await first.post(`/packs/drafts/${draft}/propose`, { version: 2 })).toBeNull()
  return draft
}

/** One proposes, the other confirms. Answers the hash. */
async function freeze(text: string): Promise<string> {
  const draft = await proposed(text)
  const hash = packHex(text)
  expect(await second.post(`/packs/drafts/${draft}/confirm`, { sha256: hash })).toBeNull()
  return hash
}

describe('the packs that came with the program', () => {
  it('are public texts, each named by its hash', async () => {
    const list = await packs()
    expect(list.map(({ text }) => text)).toEqual(RULEBOOK.packs)
    for (const { sha256: name, shipped: came } of list) {
      const text = await (await office.ask(`/api/packs/${name}`)).text()
      expect({ name, came }).toEqual({ name: toHex(sha256(utf8(text))), came: true })
    }
    expect(await said(await office.ask(`/api/packs/${'0'.repeat(64)}`))).toBe('not-found')
    expect(await said(await office.ask('/api/packs/tin-nhiem-96-QD-TW'))).toBe('not-found')
  })

  it('stand with what is read beside them, the pack itself first', async () => {
    const [main, ...beside] = await textsFor(office.deps, packHex(shipped()))
    expect(main).toBe(shipped())
    expect(beside.map(packHex)).toEqual((JSON.parse(shipped()) as Pack).alongside.map(one => one.sha256))
    expect(beside.length).toBeGreaterThan(0)
  })
})

describe('a pack that is being written', () => {
  it('is the business of organisers and secretaries alone', async () => {
    expect(await said(await office.ask('/api/packs/drafts'))).toBe('needs-login')
    for (const role of ['authority', 'auditor'] as const) {
      const other = await personWith(office.ask, organiser, { name: role, role, polls: null, login: role })
      expect(await drafts(other)).toBe('not-yours')
      expect(await other.post('/packs/drafts', { from: packHex(shipped()) })).toBe('not-yours')
    }
    expect(await drafts(second)).toEqual([])
  })

  it('begins as the copy of a pack, or as a form to fill in, and of nothing else', async () => {
    for (const text of [shipped(), ...RULEBOOK.forms]) {
      const from = text === shipped() ? packHex(text) : (JSON.parse(text) as Pack).id
      const { draft } = (await first.post('/packs/drafts', { from })) as { readonly draft: string }
      const view = (await drafts(second)).find(one => one.draft === draft)
      expect(view).toEqual({ draft, version: 1, text, by: 'Người tổ chức', proposed: null, yours: false })
    }
    expect(RULEBOOK.forms.length).toBeGreaterThan(0)
    expect(await first.post('/packs/drafts', { from: 'tin-nhiem-96-QD-TW' })).toBe('not-found')
  })

  it('is kept unfinished, but as a JSON object', async () => {
    const draft = await writtenDraft('{ "id": "chua-xong" }')
    const save = (text: string, version = 2) => first.put(`/packs/drafts/${draft}`, { version, text })
    expect(await save('{ "id": ')).toBe('bad-request')
    expect(await save('[]')).toBe('bad-request')
    expect(await save('{ }')).toEqual({ version: 3 })
    expect(await save('{}')).toBe('stale-draft')
    expect(await second.post(`/packs/drafts/${draft}/delete`)).toBeNull()
    expect(await save('{}', 3)).toBe('not-found')
  })

  it('is not proposed before it is a pack, and the line is named', async () => {
    const text = `${JSON.stringify({ ...JSON.parse(localPack()), lowest: 'kem' }, null, 1)}\n`
    const draft = await writtenDraft(text)
    const body = json({ version: 2 }, { cookie: first.cookie })
    const refused = (await (await office.ask(`/api/packs/drafts/${draft}/propose`, body)).json()) as Refused
    const line = text.split('\n').findIndex(one => one.startsWith(' "lowest"')) + 1
    expect(refused).toEqual({ refused: 'bad-pack', where: `line ${line}, lowest` })
    expect(await first.put(`/packs/drafts/${draft}`, { version: 2, text: localPack() })).toEqual({ version: 3 })
    expect(await first.post(`/packs/drafts/${draft}/propose`, { version: 2 })).toBe('stale-draft')
    expect(await first.post(`/packs/drafts/${draft}/propose`, { version: 3 })).toBeNull()
  })

  it('is frozen by two people who mean the same text', async () => {
    const text = localPack()
    const draft = await proposed(text)
    const confirm = (who: Visitor, hash: string) => who.post(`/packs/drafts/${draft}/confirm`, { sha256: hash })
    const hash = packHex(text)
    expect(await drafts(first)).toMatchObject([{ proposed: { by: 'Người tổ chức', sha256: hash }, yours: false }])
    expect(await drafts(second)).toMatchObject([{ proposed: { by: 'Người tổ chức', sha256: hash }, yours: true }])
    expect(await confirm(first, hash)).toBe('second-person')
    expect(await confirm(second, packHex(shipped()))).toBe('stale-draft')
    expect((await packs()).length).toBe(RULEBOOK.packs.length)
    expect(await confirm(second, hash)).toBeNull()
    expect((await packs()).at(-1)).toMatchObject({ sha256: hash, shipped: false, text })
    expect(await (await office.ask(`/api/packs/${hash}`)).text()).toBe(text)
    const row = await office.deps.directory.read.selectFrom('pack').select(['entered_by', 'confirmed_by']).execute()
    expect(row).toEqual([{ entered_by: 'Người tổ chức', confirmed_by: 'Thư ký' }])
    // A draft that was frozen is none any more.
    expect(await drafts(second)).toEqual([])
    expect(await confirm(second, hash)).toBe('not-found')
  })

  it('that was changed after it was proposed is no longer proposed', async () => {
    const draft = await proposed(localPack())
    const changed = packWith({ title: 'Tên khác' }, localPack())
    expect(await second.put(`/packs/drafts/${draft}`, { version: 2, text: changed })).toEqual({ version: 3 })
    expect(await drafts(second)).toMatchObject([{ by: 'Thư ký', proposed: null, yours: false }])
    for (const text of [changed, localPack()])
      expect(await second.post(`/packs/drafts/${draft}/confirm`, { sha256: packHex(text) })).toBe('wrong-state')
  })

  it('does not take the place of a frozen version, only of a new one', async () => {
    const other = packWith({ title: 'Tên khác' })
    const draft = await writtenDraft(other)
    expect(await first.post(`/packs/drafts/${draft}/propose`, { version: 2 })).toBe('taken-version')
    await freeze(localPack())
    const again = packWith({ title: 'Tên khác' }, localPack())
    expect(await first.put(`/packs/drafts/${draft}`, { version: 2, text: again })).toEqual({ version: 3 })
    expect(await first.post(`/packs/drafts/${draft}/propose`, { version: 3 })).toBe('taken-version')
    await freeze(packWith({ version: 2 }, localPack()))
    expect((await packs()).slice(-2).map(({ version }) => version)).toEqual([1, 2])
  })

  it('once frozen is changed and deleted by nobody, not even by us', async () => {
    const { directory } = office.deps
    await freeze(localPack())
    await expect(directory.write([directory.read.updateTable('pack').set({ text: '{}' })])).rejects.toBeInstanceOf(
      Conflict,
    )
    await expect(directory.write([directory.read.deleteFrom('pack')])).rejects.toBeInstanceOf(Conflict)
    expect((await packs()).at(-1)?.text).toBe(localPack())
  })

  it('is frozen once, and as it was proposed, whatever happens at the same moment', async () => {
    const third = await personWith(office.ask, organiser, { name: 'Ba', role: 'organiser', polls: null, login: 'ba' })
    const other = packWith({ title: 'Tên khác' }, localPack())
    const [one, two] = [await proposed(localPack()), await proposed(other)]
    const answers = await Promise.all([
      second.post(`/packs/drafts/${one}/confirm`, { sha256: packHex(localPack()) }),
      third.post(`/packs/drafts/${two}/confirm`, { sha256: packHex(other) }),
      third.post(`/packs/drafts/${one}/confirm`, { sha256: packHex(localPack()) }),
      second.put(`/packs/drafts/${two}`, { version: 2, text: '{}' }),
    ])
    expect(answers.filter(answer => answer === null)).toHaveLength(1)
    const frozen = (await packs()).slice(RULEBOOK.packs.length)
    expect(frozen).toHaveLength(1)
    expect([localPack(), other]).toContain(frozen[0]!.text)
    expect(office.logged).toEqual([])
  })
})

// ── what a poll may pin ─────────────────────────────────────────────────────────────────────────────────────────

const hashOf = (id: string) => packHex(shipped(id))
const ruled = (change: Partial<Draft> = {}): Draft => draftFor({ pack: hashOf('tin-nhiem-96-QD-TW'), ...change })

async function newPoll(draft: Draft, rehearsal = false): Promise<string> {
  const { poll } = (await organiser.post('/polls', { rehearsal, follows: null })) as { readonly poll: string }
  expect(await organiser.put(`/polls/${poll}/draft`, { version: 1, draft })).toEqual({ version: 2 })
  return poll
}
const seal = async (draft: Draft, rehearsal = false) => organiser.post(`/polls/${await newPoll(draft, rehearsal)}/seal`)

describe('a draft that names a pack', () => {
  const position = 'Giám đốc Sở A'
  const unfit: readonly (readonly [why: string, answer: string, change: Partial<Draft>])[] = [
    ['a pack that nobody has', 'wrong-rules', { pack: '0'.repeat(64) }],
    ['a pack that speaks only of what follows', 'bad-draft', { pack: hashOf('mien-nhiem-41-QD-TW') }],
    ['a pack for another kind of ballot', 'bad-draft', { pack: hashOf('xep-loai-4-muc') }],
    ['a pack not yet in force on the day', 'bad-draft', { date: '2023-02-01' }],
    ['a pack no longer in force on the day', 'bad-draft', { pack: hashOf('tin-nhiem-262-QD-TW'), date: '2026-12-05' }],
    ['a sample', 'bad-draft', { pack: hashOf('lay-phieu-danh-gia-122-mau'), template: 'quality' }],
    ['one person twice', 'bad-draft', { subjects: Array(2).fill({ name: '', position }) }],
  ]
  it.each(unfit)('is not sealed with %s', async (_, answer, change) => {
    expect(await seal(ruled(change))).toBe(answer)
    expect(await seal(ruled())).toBeNull()
  })

  it('is sealed on the first and the last day the pack is in force', async () => {
    expect(await seal(ruled({ date: '2023-02-02' }))).toBeNull()
    expect(await seal(ruled({ pack: hashOf('tin-nhiem-262-QD-TW'), date: '2023-02-01' }))).toBeNull()
    expect(await seal(ruled({ pack: hashOf('tin-nhiem-262-QD-TW'), date: '2023-02-02' }))).toBe('bad-draft')
  })

  it('may use a sample in a rehearsal', async () => {
    const sample = ruled({ pack: hashOf('lay-phieu-danh-gia-122-mau'), template: 'quality' })
    expect(await seal(sample, true)).toBeNull()
  })

  it('is not sealed with a pack that is read beside one that is not at hand', async () => {
    const absent = [{ pack: 'quy-dinh-khac', sha256: 'ab'.repeat(32) }]
    const local = JSON.parse(localPack()) as Pack
    const lacking = await freeze(packWith({ alongside: [...local.alongside, ...absent] }, localPack()))
    expect(await seal(ruled({ pack: lacking }))).toBe('wrong-rules')
    const whole = await freeze(packWith({ version: 2 }, localPack()))
    expect(await seal(ruled({ pack: whole }))).toBeNull()
  })

  it('shows the organiser its text', async () => {
    const poll = await newPoll(ruled())
    expect((await organiser.get<PollView>(`/polls/${poll}`)).pack?.text).toBe(shipped())
    const without = await newPoll(draftFor())
    expect((await organiser.get<PollView>(`/polls/${without}`)).pack).toBeNull()
  })
})

describe('a manifest', () => {
  /** A poll whose members held the ceremony, and the manifest that the organiser's page wrote. */
  async function sealing(draft: Draft) {
    const poll = await newPoll(draft)
    const { nonce } = await organiser.get<PollView>(`/polls/${poll}`)
    const host = draft.address.replace(/^https?:\/\//, '')
    await office.ask(`/api/try/${nonce}`, { method: 'POST', headers: { host } })
    expect(await organiser.post(`/polls/${poll}/seal`)).toBeNull()
    await holdCeremony(office.ask, organiser, poll, secureRng)
    const { body } = await drawCards(organiser, poll, 10, secureRng, office.deps.pages.bundleHash)
    const send = (change: Partial<Manifest>) => {
      const { text: _, hash: __, ...fields } = { ...parseManifest(body.manifest), ...change }
      const words = JSON.parse(body.manifest) as { readonly poll: object; readonly contests: readonly object[] }
      const written = JSON.parse(writeManifest(fields)) as typeof words
      // What is said to people stands there as before: parsing a manifest passes it over.
      const contests = written.contests.map((contest, c) => ({ ...words.contests[c], ...contest }))
      const manifest = JSON.stringify({ ...written, poll: words.poll, contests })
      return organiser.post(`/polls/${poll}/manifest`, { ...body, manifest })
    }
    const sendText = (change: (text: string) => string) =>
      organiser.post(`/polls/${poll}/manifest`, { ...body, manifest: change(body.manifest) })
    return { manifest: parseManifest(body.manifest), send, sendText }
  }

  it('has the pack’s options in its lines and pins its hash', async () => {
    const { manifest, send } = await sealing(ruled())
    const { id, options } = JSON.parse(shipped()) as Pack
    expect(manifest.rules).toEqual({ pack: id, sha256: packHash(shipped()) })
    expect(manifest.contests.map(({ options: said }) => said)).toEqual([options])
    expect(await send({})).toBeNull()
  })

  it('judges whom the draft names, and promises what the draft does', async () => {
    const { manifest, send, sendText } = await sealing(ruled())
    const { publication } = manifest
    expect(publication.disclosure).not.toBe('authority')
    expect(await send({ publication: { ...publication, disclosure: 'authority' } })).toBe('wrong-team')
    expect(await send({ publication: { ...publication, minimumBallots: 4 } })).toBe('wrong-team')
    const position = /"position":"[^"]+"/
    expect(await sendText(text => text.replace(position, '"position":"Phó Giám đốc Sở A"'))).toBe('wrong-team')
    expect(await sendText(text => text)).toBeNull()
  })

  it('of a pack with criteria has a line for each subject and criterion', async () => {
    const subjects = ['Giám đốc Sở A', 'Phó Giám đốc Sở A'].map(position => ({ name: '', position }))
    const criteria = ['Phẩm chất', 'Năng lực', 'Kết quả']
    const pack = hashOf('phieu-danh-gia-tieu-chi')
    const { manifest, send } = await sealing(
      ruled({ pack, template: 'criteria', subjects, questions: criteriaOf(...criteria) }),
    )
    expect(manifest.contests.map(({ id }) => id)).toEqual(['s1-c1', 's1-c2', 's1-c3', 's2-c1', 's2-c2', 's2-c3'])
    expect(await send({})).toBeNull()
  })

  it('of a pack with options of its own offers those, whatever the draft says of a free ballot', async () => {
    const options = [
      { id: 'dat', label: 'Đạt yêu cầu' },
      { id: 'chua-dat', label: 'Chưa đạt yêu cầu' },
    ]
    const { proposal, cap } = { proposal: null, cap: null }
    const text = packWith(
      { template: 'free', options, lowest: 'chua-dat', bands: [], histories: [], proposal, cap, alongside: [] },
      localPack(),
    )
    const { manifest, send } = await sealing(ruled({ pack: await freeze(text), template: 'free', options: [], max: 5 }))
    expect(manifest.contests).toMatchObject([{ options, min: 0, max: 1 }])
    expect(await send({})).toBeNull()
  })

  const other = shipped('tin-nhiem-NQ96-2023-QH15')
  const wrong: readonly (readonly [why: string, change: (manifest: Manifest) => Partial<Manifest>])[] = [
    ['no rules', () => ({ rules: null })],
    ['another pack', () => ({ rules: { pack: (JSON.parse(other) as Pack).id, sha256: packHash(other) } })],
    ['the pack under another name', ({ rules }) => ({ rules: { ...rules!, pack: 'khac' } })],
    [
      'options in another order',
      ({ contests: [line] }) => ({ contests: [{ ...line!, options: line!.options.toReversed() }] }),
    ],
    [
      'an option in other words',
      ({ contests: [line] }) => ({
        contests: [{ ...line!, options: line!.options.map(one => ({ ...one, label: `${one.label} ` })) }],
      }),
    ],
    ['two marks a line', ({ contests: [line] }) => ({ contests: [{ ...line!, max: 2 }] })],
    ['lines that must be marked', ({ contests: [line] }) => ({ contests: [{ ...line!, min: 1 }] })],
  ]
  it.each(wrong)('with %s is refused', async (_, change) => {
    const { manifest, send } = await sealing(ruled())
    expect(await send(change(manifest))).toBe('wrong-rules')
    expect(await send({})).toBeNull()
  })

  it('pins nothing where the draft names nothing', async () => {
    const { manifest, send } = await sealing(draftFor())
    expect(manifest.rules).toBeNull()
    expect(await send({ rules: { pack: 'tin-nhiem-96-QD-TW', sha256: packHash(shipped()) } })).toBe('wrong-rules')
    expect(await send({})).toBeNull()
  })
})
