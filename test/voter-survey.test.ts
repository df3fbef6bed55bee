/** The phone where a ballot asks more: many on one ballot, answers in writing, several groups. */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { cast, getManifest, getPoll, getRecord, redeem, sendComment, sendTry } from '../client/api.ts'
import type { Paper } from '../client/paper.ts'
import { soughtIn } from '../client/voter/afterwards.ts'
import { parseKept } from '../client/voter/kept.ts'
import { linesOf } from '../client/voter/lines.ts'
import type { Screen } from '../client/voter/screen.ts'
import { sealKept } from '../client/voter/seal.ts'
import { bytesOf } from '../client/voter/texts.ts'
import { fromBase64url, toBase64url } from '../crypto/bytes.ts'
import { cardLink } from '../crypto/token.ts'
import { seededRng } from '../server/play/seed.ts'
import { atDoors, boxOf, deliveredTo, openingsOf, QUIET } from './comments.ts'
import { act, count, criteriaOf, draftFor, firstOrganiser, openOffice, sealPoll } from './office.ts'
import { Drawer, Line, type SmallPoll, smallPoll, Tab } from './voter.ts'

function phone(of: SmallPoll, card = 0, seed = 7) {
  const line = new Line(of)
  const drawer = new Drawer()
  return { line, drawer, tab: new Tab(line, drawer, '/b', of.fragment(card), seed) }
}

const keptText = (drawer: Drawer): string =>
  [...drawer.device].find(([name]) => name.startsWith('ballot/'))?.[1] ?? 'nothing is kept'
const keptOf = (drawer: Drawer) => parseKept(keptText(drawer))

type At<T extends Screen['at']> = Screen & { readonly at: T }
const now = <T extends Screen['at']>(tab: Tab, at: T): At<T> => {
  expect(tab.page.screen.at).toBe(at)
  return tab.page.screen as At<T>
}

const received = async (tab: Tab): Promise<Tab> => {
  await tab.at('arrived')
  tab.press('receive')
  return tab
}

// ── a ballot about many ─────────────────────────────────────────────────────────────────────────────────────────

const subjects = (n: number) => Array.from({ length: n }, (_, i) => ['', `Giám đốc Sở ${i + 1}`] as const)
const many = smallPoll({ seed: 11, subjects: subjects(12) })
const manyAndCriteria = smallPoll({ seed: 12, subjects: subjects(9), criteria: ['Phẩm chất', 'Năng lực'] })

describe('a ballot about many', () => {
  it('begins with the list and goes from line to unmarked line, and back to the list after the last', async () => {
    const { drawer, tab } = phone(many)
    await received(tab)
    await tab.at('listing')
    tab.send({ type: 'edit', contest: 9 })
    expect(now(tab, 'choosing').contest).toBe(9)
    tab.send({ type: 'choose', option: 0 })
    tab.press('next')
    expect(now(tab, 'choosing').contest).toBe(10)
    tab.press('list')
    expect(now(tab, 'listing').left).toBe(10)
    tab.send({ type: 'edit', contest: 11 })
    tab.send({ type: 'choose', option: 1 })
    tab.press('next')
    expect(now(tab, 'listing').left).toBe(11)
    // The first that is not marked, and from there only such.
    tab.press('next')
    expect(now(tab, 'choosing').contest).toBe(0)
    tab.send({ type: 'edit', contest: 0 })
    for (let i = 0; i < 9; i++) tab.press('next')
    expect(now(tab, 'choosing').contest).toBe(10)
    expect(keptOf(drawer)?.going).toMatchObject({
      choices: many.manifest.contests.map((_, c) => (c === 9 ? [0] : c === 11 ? [1] : [])),
    })
  })

  it('goes through all questions about one before the next, and back only inside it', async () => {
    const { tab } = phone(manyAndCriteria)
    await received(tab)
    await tab.at('listing')
    tab.send({ type: 'edit', contest: 3 })
    tab.press('back')
    expect(now(tab, 'choosing').contest).toBe(3)
    tab.press('next', 'next')
    expect(now(tab, 'choosing').contest).toBe(5)
    tab.press('back')
    expect(now(tab, 'choosing').contest).toBe(4)
    tab.send({ type: 'choose', option: 2 })
    tab.press('next', 'next')
    expect(now(tab, 'choosing').contest).toBe(6)
    tab.press('list')
    // Opened again, it stands at what is still empty.
    tab.send({ type: 'edit', contest: 3 })
    expect(now(tab, 'choosing').contest).toBe(3)
    tab.send({ type: 'choose', option: 2 })
    tab.press('list')
    tab.send({ type: 'edit', contest: 3 })
    expect(now(tab, 'choosing').contest).toBe(5)
  })

  it('keeps search and filter while the list is open, and shows from the review what is left empty', async () => {
    const { tab } = phone(many)
    await received(tab)
    await tab.at('listing')
    tab.send({ type: 'search', query: 'so 7' })
    tab.press('unmarked')
    expect(now(tab, 'listing')).toMatchObject({ query: 'so 7', unmarked: true })
    tab.press('review')
    now(tab, 'reviewing')
    tab.press('list')
    expect(now(tab, 'listing')).toMatchObject({ query: '', unmarked: true })
    tab.press('review')
    tab.send({ type: 'edit', contest: 4 })
    tab.press('list')
    tab.send({ type: 'choose', option: 0 })
    tab.press('next')
    expect(now(tab, 'reviewing').vote.choices[4]).toEqual([0])
  })

  it('is cast from the list, reloaded on the way, and practised alike', async () => {
    const { line, drawer, tab } = phone(many)
    await tab.at('arrived')
    tab.press('practise')
    await tab.at('listing')
    const real = new Tab(line, drawer, '/b', many.fragment(0), 9)
    await received(real)
    await real.at('listing')
    real.press('next')
    real.send({ type: 'choose', option: 2 })
    const again = real.reload()
    expect((await again.at('listing')).vote.choices[0]).toEqual([2])
    again.press('review', 'cast')
    await again.at('cast')
    line.close()
    expect(line.box.board().ballots).toHaveLength(1)
  })

  const paper = (
    contests: readonly (readonly [name: string, kind: 'main' | 'graded' | 'choice', criterion: boolean])[],
  ) =>
    ({
      contests: contests.map(([position, kind, criterion]) => ({
        subject: { name: '', position },
        criterion: criterion ? 'Năng lực' : null,
        kind,
        ruled: true,
        grades: [],
      })),
    }) as unknown as Paper
  const named = (n: number) => Array.from({ length: n }, (_, i) => `Sở ${i + 1}`)

  it.each([
    ['eight subjects', paper(named(8).map(name => [name, 'main', false])), null],
    ['nine subjects', paper(named(9).map(name => [name, 'main', false])), 9],
    [
      'one subject and twenty criteria',
      paper([['Sở A', 'main', false], ...named(20).map(() => ['Sở A', 'graded', true] as const)]),
      null,
    ],
    [
      'nine subjects by criteria alone',
      paper(
        named(9).flatMap(
          name =>
            [
              [name, 'graded', true],
              [name, 'choice', true],
            ] as const,
        ),
      ),
      9,
    ],
    ['nine who are called alike', paper(named(9).map(() => ['Phó Giám đốc', 'main', false])), 9],
    ['twenty questions about nobody', paper(named(20).map(name => [name, 'graded', false])), null],
  ] as const)('%s: a list or none', (_, of, lines) => {
    expect(linesOf(of)?.length ?? null).toBe(lines)
    if (lines !== null)
      expect(linesOf(of)!.map(({ first }) => first)).toEqual(
        linesOf(of)!.map((_, i) => (i * of.contests.length) / lines),
      )
  })
})

// ── answers in writing ──────────────────────────────────────────────────────────────────────────────────────────

const asking = smallPoll({ seed: 13, subjects: subjects(1), prompts: 2, maxBytes: 40 })
/** Exactly forty bytes. */
const FULL = `Nên họp ngắn ${'!'.repeat(22)}`

async function atWriting(of = asking, card = 0, seed = 7) {
  const held = phone(of, card, seed)
  await received(held.tab)
  await held.tab.at('choosing')
  held.tab.send({ type: 'choose', option: 0 })
  held.tab.press('next')
  await held.tab.at('writing')
  return held
}

describe('answers in writing', () => {
  it('come after the marks, one screen for each prompt, and may stay empty', async () => {
    const { tab } = await atWriting()
    expect(now(tab, 'writing').prompt).toBe(0)
    tab.press('next')
    expect(now(tab, 'writing').prompt).toBe(1)
    tab.press('back', 'back')
    expect(now(tab, 'choosing').contest).toBe(0)
    tab.press('next', 'next', 'next')
    expect(now(tab, 'reviewing').vote.texts).toEqual(['', ''])
    tab.send({ type: 'edit-text', prompt: 1 })
    tab.send({ type: 'write', text: 'Nên họp ngắn' })
    tab.press('next')
    expect(now(tab, 'reviewing').vote.texts).toEqual(['', 'Nên họp ngắn'])
    tab.press('cast')
    await tab.at('cast')
  })

  it('take exactly as many bytes as the prompt allows, and not one more', async () => {
    expect(bytesOf(FULL)).toBe(40)
    const { line, tab } = await atWriting()
    tab.send({ type: 'write', text: `${FULL}!` })
    tab.press('next')
    expect(now(tab, 'writing').prompt).toBe(0)
    tab.send({ type: 'write', text: FULL })
    tab.press('next')
    expect(now(tab, 'writing').prompt).toBe(1)
    // Letters that a keyboard makes of several count as the letters that are sealed; blanks around are not sealed.
    tab.send({ type: 'write', text: `  ${FULL.normalize('NFD')}\n` })
    tab.press('next', 'cast')
    await tab.at('cast')
    expect(line.sent.filter(({ door }) => door === 'sendComment')).toHaveLength(2)
  })

  it('are never cast too long, however the review was reached', async () => {
    const { drawer, tab } = await atWriting()
    tab.send({ type: 'write', text: `${FULL}!` })
    while (!keptText(drawer).includes(`${FULL}!`)) await new Promise(r => setTimeout(r, 5))
    const again = tab.reload()
    await again.at('reviewing')
    again.press('cast')
    expect(now(again, 'writing')).toMatchObject({ prompt: 0, editing: true })
  })

  it('are kept while they are written, and the phone goes on with them', async () => {
    const { drawer, tab } = await atWriting()
    tab.send({ type: 'write', text: 'Nên' })
    tab.send({ type: 'write', text: 'Nên họp ngắn' })
    tab.press('back')
    expect(keptOf(drawer)?.going).toMatchObject({ texts: ['Nên họp ngắn', ''] })
    const again = tab.reload()
    expect((await again.at('reviewing')).vote.texts).toEqual(['Nên họp ngắn', ''])
  })

  it('lose half a character that a keyboard gave, and nothing else is lost with it', async () => {
    const { drawer, tab } = await atWriting()
    tab.send({ type: 'write', text: 'tốt \ud83d' })
    expect(now(tab, 'writing').vote.texts[0]).toBe('tốt ')
    tab.send({ type: 'write', text: 'tốt \ud83d\ude42' })
    tab.press('next')
    tab.press('back')
    tab.press('back')
    expect(keptOf(drawer)?.going).toMatchObject({ texts: ['tốt 🙂', ''] })
  })

  it('are unknown to a phone that began before there were any: it goes on', async () => {
    const { drawer, tab } = await atWriting()
    const before = keptText(drawer).replace(/,"texts":\[[^\]]*\]/, '')
    expect(before).not.toBe(keptText(drawer))
    expect(parseKept(before)?.going).toMatchObject({ stage: 'redeemed', choices: [[0]], texts: [] })
    for (const [name, text] of drawer.device) if (text === keptText(drawer)) drawer.device.set(name, before)
    const again = tab.reload()
    expect((await again.at('writing')).vote.texts).toEqual(['', ''])
    again.press('next', 'next', 'cast')
    await again.at('cast')
    // What no version ever wrote is still refused.
    expect(parseKept(before.replace('"stage":"redeemed"', '"stage":"redeemed","other":[]'))).toBeNull()
  })

  it('leave nothing behind once they are sealed', async () => {
    const { line, drawer, tab } = await atWriting()
    line.next.push({ door: 'cast', how: 'lost-request' }, { door: 'sendComment', how: 'lost-request' })
    tab.send({ type: 'write', text: 'Nên họp ngắn' })
    tab.press('next', 'next', 'cast')
    while (keptOf(drawer)?.going?.stage !== 'sealed') await new Promise(r => setTimeout(r))
    expect(keptText(drawer)).not.toContain('họp ngắn')
    expect(keptText(drawer)).not.toContain('texts')
    expect(JSON.stringify(tab.page.screen, (name, value) => (name === 'poll' ? undefined : value))).not.toContain('họp')
    await tab.at('cast')
  })

  it('cannot be told from silence by anything that is sent or kept', async () => {
    const seen: unknown[] = []
    for (const [card, texts] of [
      ['', ''],
      [FULL, FULL],
      ['Nên họp ngắn', ''],
      ['ko', 'ệ'.repeat(13)],
    ].entries()) {
      const { line, drawer, tab } = await atWriting(asking, card, 30 + card)
      for (const text of texts) {
        tab.send({ type: 'write', text })
        tab.press('next')
      }
      // Every request is lost once, so that what is kept can be looked at while it is sealed.
      line.next.push({ door: 'cast', how: 'lost-request' })
      tab.press('cast')
      while (keptOf(drawer)?.going?.stage !== 'sealed') await new Promise(r => setTimeout(r))
      const sealed = keptText(drawer).length
      await tab.at('cast')
      seen.push({
        requests: line.sent.map(({ door, bytes }) => `${door} ${bytes?.length}`).sort(),
        sealed,
        kept: keptText(drawer).length,
      })
    }
    expect(new Set(seen.map(one => JSON.stringify(one))).size).toBe(1)
    expect(seen[0]).toMatchObject({ requests: expect.arrayContaining([expect.stringMatching(/^sendComment 3\d\d$/)]) })
  })

  it('go out in random order, each in a request of its own', async () => {
    const orders = new Set<string>()
    for (let seed = 0; seed < 12 && orders.size < 3; seed++) {
      const { line, tab } = await atWriting(asking, 0, 50 + seed)
      tab.press('next', 'next', 'cast')
      await tab.at('cast')
      const sent = line.sent.filter(({ door }) => door === 'cast' || door === 'sendComment')
      expect(sent).toHaveLength(3)
      orders.add(sent.map(({ door, bytes }) => (door === 'cast' ? 0 : bytes![0])).join())
    }
    expect(orders.size).toBe(3)
  })

  it('are practised alike, and nothing of it is kept or sent', async () => {
    const { line, drawer, tab } = phone(asking)
    await tab.at('arrived')
    const before = { sent: line.sent.length, kept: [...drawer.device] }
    tab.press('practise', 'next')
    tab.send({ type: 'write', text: 'Nên họp ngắn' })
    tab.press('next', 'next', 'cast')
    await tab.at('cast')
    expect({ sent: line.sent.length, kept: [...drawer.device] }).toEqual(before)
  })

  it('count in the progress of sealing', async () => {
    const { drawer, tab } = phone(smallPoll({ seed: 14, subjects: subjects(1), prompts: 6 }))
    await received(tab)
    await tab.at('choosing')
    const draws = seededRng(3)
    let drawn = 0
    const told: (readonly [done: number, drawn: number])[] = []
    // Shuffling draws six bytes at a time, and is no part of the sealing.
    const counting = (n: number) => {
      if (n !== 6) drawn++
      return draws(n)
    }
    sealKept(keptText(drawer), counting, done => told.push([done, drawn + 1]))
    expect(told.length).toBeGreaterThan(10)
    expect(told.map(([done]) => done)).toEqual(told.map(([, at]) => at / drawn))
    expect(told[told.length - 1]![0]).toBeGreaterThan(0.9)
  })
})

describe('an envelope', () => {
  it('that is not on the board is missed, with its own receipt as the proof', async () => {
    const { line, tab } = await atWriting()
    tab.press('next', 'next', 'cast')
    const { own } = await tab.at('cast')
    tab.press('save')
    // The box of a server that lost one envelope: everything else was sent to it again.
    const lost = line.sent.find(({ door, bytes }) => door === 'sendComment' && bytes![0] === 2)!
    const box = asking.newBox()
    for (const { door, bytes } of line.sent) {
      if (door === 'redeem') box.redeem(bytes!)
      if (door === 'cast') box.cast(bytes!)
      if (door === 'sendComment' && bytes !== lost.bytes) box.comment(bytes!.slice(0, 161), bytes!.slice(161))
    }
    line.box = box
    line.close()
    await tab.wake()
    const missing = await tab.at('missing')
    expect(missing.own.receipt.kind).toBe(2)
    tab.press('save')
    const [ofBallot, ofText] = tab.copied.map(text => text.split('/bien-nhan#')[1]!)
    expect(ofText).toMatch(/\.2$/)
    expect(ofBallot!.split('.')[1]).toBe(toBase64url(own.receipt.leaf))
    expect((await new Tab(line, new Drawer(), '/bien-nhan', ofText).at('looked')).found.as).toBe('missing')
    expect((await new Tab(line, new Drawer(), '/bien-nhan', ofBallot).at('looked')).found.as).toBe('counted')
    // The receipt of one kind is none of another.
    const other = ofText!.replace(/2$/, '1')
    expect((await new Tab(line, new Drawer(), '/bien-nhan', other).at('looked')).found.as).toBe('bad-receipt')
  })

  it('that is there is found with the ballot', async () => {
    const { line, drawer, tab } = await atWriting()
    tab.press('next', 'next', 'cast')
    await tab.at('cast')
    expect(keptOf(drawer)?.cast.map(({ kind }) => kind)).toEqual([0, 1, 2])
    line.close()
    await tab.wake()
    await tab.at('counted')
  })
})

describe('screens that only some ballots need', () => {
  it.each([
    ['a list', many],
    ['writing', asking],
  ] as const)('(%s) come before the card is spent, or it is not spent', async (_, of) => {
    const line = new Line(of)
    line.complete = false
    const tab = new Tab(line, new Drawer(), '/b', of.fragment(0))
    await new Promise(r => setTimeout(r, 20))
    expect(now(tab, 'opening').tries.trouble).toBe('incomplete')
    await tab.wake()
    expect(now(tab, 'opening').tries.count).toBeGreaterThan(1)
    expect(tab.fragment).not.toBe('')
    line.complete = true
    await tab.wake()
    await tab.at('arrived')
    expect(line.sent.some(({ door }) => door === 'redeem')).toBe(false)
  })

  it('are not waited for by a ballot that needs none', async () => {
    const plain = smallPoll()
    const line = new Line(plain)
    line.complete = false
    await new Tab(line, new Drawer(), '/b', plain.fragment(0)).at('arrived')
  })
})

// ── at a real server ────────────────────────────────────────────────────────────────────────────────────────────

afterEach(() => vi.unstubAllGlobals())

describe('a survey of two groups with comments, at the real server', () => {
  it('brings every text to the counting team as it was written, and tells nobody else who wrote', async () => {
    const office = openOffice({ lastCallMs: () => 0 })
    const requests: { readonly what: string; readonly bytes: number }[] = []
    // The pages' own `api.ts` asks; only the way to the server is another.
    vi.stubGlobal('fetch', (path: string, init: RequestInit = {}) => {
      requests.push({ what: path.split('/').at(-1)!, bytes: (init.body as ArrayBuffer | undefined)?.byteLength ?? 0 })
      return office.ask(path, init)
    })
    const line = { api: { getManifest, getPoll, getRecord, sendTry, redeem, cast, sendComment }, complete: true }
    try {
      const organiser = await firstOrganiser(office)
      const draft = draftFor({
        questions: criteriaOf('Phẩm chất', 'Năng lực'),
        prompts: [
          { title: 'Nên tiếp tục', maxBytes: 60 },
          { title: 'Nên thay đổi', maxBytes: 60 },
        ],
        groups: [
          { label: 'Cấp dưới', convened: 5, weight: null },
          { label: 'Cùng cấp', convened: 4, weight: null },
        ],
      })
      const poll = await sealPoll(office.ask, organiser, { draft })
      const members = await atDoors(office.ask, organiser, poll)
      await act(organiser, poll, 'open', [0])
      const TEXTS = [
        ['Lắng nghe, công khai', 'Họp ngắn hơn'],
        ['', 'Giao việc rõ hơn 🙂'],
        ['Gương mẫu', ''],
        ['Đoàn kết', 'Trả lời thư'],
        ['', ''],
      ] as const
      const cards = [0, 1, 1]
        .flatMap((g, i) => poll.cards.filter(({ group }) => group === g).slice(2 * i, 2 * i + 2))
        .slice(0, 5)
      const shapes: string[] = []
      const wake: Tab[] = []
      for (const [i, texts] of TEXTS.entries()) {
        requests.length = 0
        const link = cardLink('', cards[i]!, poll.manifest.hash)
        const tab = new Tab(line, new Drawer(), '/b', link.split('#')[1], 70 + i)
        const { card } = await tab.at('arrived')
        expect(poll.manifest.groups[card.group]!.label).toBe(card.group === 0 ? 'Cấp dưới' : 'Cùng cấp')
        tab.press('receive')
        await tab.at('choosing')
        for (let c = 0; c < 3; c++) {
          tab.send({ type: 'choose', option: c % 3 })
          tab.press('next')
        }
        for (const text of texts) {
          tab.send({ type: 'write', text })
          tab.press('next')
        }
        tab.press('cast')
        await tab.at('cast')
        const cast = requests.filter(({ what }) => ['redeem', 'cast', 'comment'].includes(what))
        shapes.push(
          cast
            .map(({ what, bytes }) => `${what} ${bytes}`)
            .sort()
            .join(),
        )
        wake.push(tab)
      }
      expect(new Set(shapes).size).toBe(1)

      await act(organiser, poll, 'close', [0, 1], [2, 3])
      await wake[0]!.wake()
      await wake[0]!.at('counted')
      await count(poll.members.slice(0, 2))
      const [first, second] = [members[0]!, members[1]!]
      await first.combine()
      await second.shares(1, await boxOf(second, poll, 1))
      const { boxes } = (await first.boxes()) as { readonly boxes: readonly (string | null)[] }
      const sent = new Map(boxes.flatMap((box, i) => (box === null ? [] : [[i + 1, fromBase64url(box)!] as const])))
      const openings = openingsOf(await first.view())
      const prompts = first.device.comments(openings, await deliveredTo(first, poll), sent, QUIET)
      expect(prompts.map(({ texts }) => texts && [...texts].sort())).toEqual(
        [0, 1].map(prompt =>
          TEXTS.map(texts => texts[prompt]!)
            .filter(text => text !== '')
            .sort(),
        ),
      )
    } finally {
      await office.close()
    }
  })
})

describe('the link of a saved receipt', () => {
  const link = (kind: string): string =>
    [20, 32, 64].map(length => toBase64url(new Uint8Array(length).fill(1))).join('.') + kind

  it.each(['', '.0', '.1', '.9', '.10', '.15'])('is read with the kind of what it is of: “%s”', kind => {
    expect(soughtIn(link(kind))?.leaf).toMatchObject({ kind: Number(kind.slice(1)) })
  })

  it.each(['.16', '.99', '.x', '.01', '.-1', '.'])('is not read with a kind that no poll has: “%s”', kind => {
    expect(soughtIn(link(kind))).toBeNull()
  })
})
