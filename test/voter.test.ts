import { describe, expect, it } from 'vitest'
import { parseKept } from '../client/voter/kept.ts'
import type { Screen } from '../client/voter/screen.ts'
import { choicesBehind } from '../crypto/ballot.ts'
import { equal, fromBase64url, shortCode, toBase64url, toHex } from '../crypto/bytes.ts'
import { readScalar, writeScalar } from '../crypto/group.ts'
import { parseManifest } from '../crypto/manifest.ts'
import { leafHash } from '../crypto/merkle.ts'
import { cardLink, printedCode } from '../crypto/token.ts'
import { sha256 } from '../crypto/transcript.ts'
import { Drawer, Line, type SmallPoll, smallPoll, Tab } from './voter.ts'

const poll = smallPoll()

function phone(card = 0, of: SmallPoll = poll) {
  const line = new Line(of)
  const drawer = new Drawer()
  return { line, drawer, tab: new Tab(line, drawer, '/b', of.fragment(card)) }
}

const sentTo = (line: Line, door: Line['sent'][number]['door']) =>
  line.sent.filter(one => one.door === door).map(one => toBase64url(one.bytes ?? new Uint8Array()))

/** The first subject gets the first option, the second the second, the third is left empty. */
async function choose(tab: Tab): Promise<void> {
  await tab.at('choosing')
  tab.send({ type: 'choose', option: 0 })
  tab.press('next')
  tab.send({ type: 'choose', option: 1 })
  tab.press('next', 'next')
  // What may be written is left empty.
  while (tab.page.screen.at === 'writing') tab.press('next')
  await tab.at('reviewing')
}

async function vote(tab: Tab): Promise<Screen & { readonly at: 'cast' }> {
  await tab.at('arrived')
  tab.press('receive')
  await choose(tab)
  tab.press('cast')
  return tab.at('cast')
}

const keptOf = (drawer: Drawer) => {
  const [text] = [...drawer.device].filter(([name]) => name.startsWith('ballot/')).map(([, found]) => found)
  return text === undefined ? null : parseKept(text)
}

describe('a vote', () => {
  it('goes from the card to the receipt, and after closing to the board', async () => {
    const { line, tab } = phone()
    const { own } = await vote(tab)
    expect(tab.fragment).toBe('')
    tab.press('close')
    await tab.at('left')
    for (const card of [1, 2]) await vote(new Tab(line, new Drawer(), '/b', poll.fragment(card), 20 + card))
    line.close()
    await tab.wake()
    const { closingCode, published } = await tab.at('counted')
    expect(closingCode).toMatch(/^.{4}-.{4}-.{4}$/)
    expect(published).toBe(false)
    expect(line.box.board().ballots.filter(bytes => equal(leafHash(bytes), own.receipt.leaf))).toHaveLength(1)
  })

  it('spends nothing before the press', async () => {
    const { line, tab } = phone()
    await tab.at('arrived')
    expect(line.sent.map(one => one.door)).toEqual(['getManifest'])
  })

  it('leaves no secret behind: the kept text has neither credential, key, request nor choices', async () => {
    const { drawer, tab } = phone()
    await tab.at('arrived')
    tab.press('receive')
    await choose(tab)
    const before = keptOf(drawer)!.going
    if (before?.stage !== 'redeemed') throw new Error('redeemed expected')
    const secrets = before.credentials.flatMap(({ key, N }) => [writeScalar(key.secret), key.public.bytes, N.bytes])
    tab.press('cast')
    await tab.at('cast')
    const text = [...drawer.device.values(), ...drawer.tab.values()].join('\n')
    for (const secret of [...secrets, before.card]) expect(text).not.toContain(toBase64url(secret))
    for (const word of ['credentials', 'choices', 'pending', 'blind', 'request', 'things'])
      expect(text).not.toContain(word)
    expect(keptOf(drawer)).toMatchObject({ going: null, cast: [{ kind: 0 }] })
  })

  it('drops choices and keys the moment that the ballot is sealed', async () => {
    const { line, drawer, tab } = phone()
    line.next.push({ door: 'cast', how: 'lost-request' })
    await tab.at('arrived')
    tab.press('receive')
    await choose(tab)
    const before = keptOf(drawer)!.going
    if (before?.stage !== 'redeemed') throw new Error('redeemed expected')
    tab.press('cast')
    await tab.at('casting')
    while (tab.page.screen.at === 'casting' && tab.page.screen.sealing) await new Promise(r => setTimeout(r))
    const text = [...drawer.device.values()].join('\n')
    expect(keptOf(drawer)?.going?.stage).toBe('sealed')
    expect(text).not.toContain(toBase64url(writeScalar(before.credentials[0]!.key.secret)))
    expect(text).not.toContain('choices')
    expect(tab.page.screen).toMatchObject({ at: 'casting', sealing: null })
    await tab.at('cast')
  })

  it('sends an empty envelope for every prompt, in a request of its own', async () => {
    const asking = smallPoll({ seed: 5, prompts: 2 })
    const { line, drawer, tab } = phone(0, asking)
    await vote(tab)
    expect(sentTo(line, 'cast')).toHaveLength(1)
    expect(sentTo(line, 'sendComment')).toHaveLength(2)
    expect(keptOf(drawer)?.cast.map(({ kind }) => kind)).toEqual([0, 1, 2])
    line.close()
    await tab.wake()
    await tab.at('counted')
  })
})

describe('a reload', () => {
  it.each(['arrived', 'redeeming', 'choosing', 'reviewing', 'casting', 'cast'] as const)(
    'in the state %s goes on where it was, and one ballot is cast',
    async at => {
      const { line, drawer, tab } = phone()
      if (at === 'redeeming') line.next.push({ door: 'redeem', how: 'lost-answer' })
      if (at === 'casting') line.next.push({ door: 'cast', how: 'lost-answer' })
      let here = tab
      const reloadAt = (now: typeof at): void => {
        if (now === at) here = here.reload()
      }
      await here.at('arrived')
      reloadAt('arrived')
      await here.at('arrived')
      here.press('receive')
      if (at === 'redeeming')
        while (line.sent.every(one => one.door !== 'redeem')) await new Promise(r => setTimeout(r))
      reloadAt('redeeming')
      await here.at('choosing')
      here.send({ type: 'choose', option: 0 })
      reloadAt('choosing')
      if (at === 'choosing') {
        // The first line was kept: the second one is next.
        expect(await here.at('choosing')).toMatchObject({ contest: 1, vote: { choices: [[0], [], []] } })
      } else here.press('next')
      here.send({ type: 'choose', option: 1 })
      here.press('next')
      here.send({ type: 'choose', option: 2 })
      here.press('next')
      reloadAt('reviewing')
      expect(await here.at('reviewing')).toMatchObject({ vote: { choices: [[0], [1], [2]] } })
      here.press('cast')
      if (at === 'casting') while (line.sent.every(one => one.door !== 'cast')) await new Promise(r => setTimeout(r))
      reloadAt('casting')
      await here.at('cast')
      reloadAt('cast')
      await here.at('cast')
      expect(new Set(sentTo(line, 'redeem')).size).toBe(1)
      expect(new Set(sentTo(line, 'cast')).size).toBe(1)
      line.close()
      expect(line.box.board().ballots).toHaveLength(1)
      expect(keptOf(drawer)?.cast).toHaveLength(1)
    },
  )
})

describe('a lost line', () => {
  it.each(['lost-request', 'lost-answer'] as const)('(%s) at redeeming sends the same bytes again', async how => {
    const { line, tab } = phone()
    line.next.push({ door: 'redeem', how }, { door: 'redeem', how })
    await vote(tab)
    const sent = sentTo(line, 'redeem')
    expect([sent.length, new Set(sent).size]).toEqual([3, 1])
  })

  it.each(['lost-request', 'lost-answer'] as const)('(%s) at casting sends the same bytes again', async how => {
    const { line, tab } = phone()
    line.next.push({ door: 'cast', how }, { door: 'cast', how })
    await vote(tab)
    const sent = sentTo(line, 'cast')
    expect([sent.length, new Set(sent).size]).toEqual([3, 1])
    line.close()
    expect(line.box.board().ballots).toHaveLength(1)
  })

  it('rests longer each time, never all phones alike', async () => {
    const { line, tab } = phone()
    line.next.push(...Array.from({ length: 4 }, () => ({ door: 'redeem', how: 'lost-request' }) as const))
    await vote(tab)
    const [a, b, c] = tab.rests
    expect(tab.rests.length).toBe(4)
    expect(a! < b! && b! < c!).toBe(true)
    expect(tab.rests.some(ms => ms % 1000 !== 0)).toBe(true)
  })

  it('is told of on the screen while the ballot waits', async () => {
    const { line, tab } = phone()
    line.next.push(...(['too-many', 'disk-full', 'failed'] as const).map(how => ({ door: 'cast', how }) as const))
    const seen = new Set<unknown>()
    await tab.at('arrived')
    tab.press('receive')
    await choose(tab)
    const send = tab.send
    tab.send = event => {
      if (event.type === 'trouble') seen.add(event.trouble)
      send(event)
    }
    tab.press('cast')
    await tab.at('cast')
    expect(tab.page.screen.at).toBe('cast')
    expect(sentTo(line, 'cast')).toHaveLength(4)
  })
})

describe('a card', () => {
  it('that another phone used is refused, and nothing of the request stays', async () => {
    const { line, tab } = phone()
    await vote(tab)
    const drawer = new Drawer()
    const other = new Tab(line, drawer, '/b', poll.fragment(0), 9)
    await other.at('arrived')
    other.press('receive')
    expect(await other.at('refused')).toMatchObject({ why: 'already-redeemed' })
    expect(keptOf(drawer)?.going).toBeNull()
    other.press('go-on')
    await other.at('typing')
  })

  it('scanned again on the phone that cast with it shows the ballot cast', async () => {
    const { line, drawer, tab } = phone()
    await vote(tab)
    const again = new Tab(line, drawer, '/b', poll.fragment(0), 9)
    await again.at('once-more')
    again.press('go-on')
    await again.at('cast')
    const insisting = new Tab(line, drawer, '/b', poll.fragment(0), 10)
    await insisting.at('once-more')
    insisting.press('another')
    await insisting.at('arrived')
    insisting.press('receive')
    expect(await insisting.at('refused')).toMatchObject({ why: 'already-redeemed-here' })
    insisting.press('go-on')
    await insisting.at('cast')
  })

  it('of a second person votes on the same phone after the first one has cast', async () => {
    const { line, drawer, tab } = phone()
    await vote(tab)
    const second = new Tab(line, drawer, '/b', poll.fragment(1), 9)
    await second.at('once-more')
    second.press('another')
    await vote(second)
    expect(keptOf(drawer)?.cast).toHaveLength(2)
    line.close()
    await second.wake()
    await second.at('counted')
  })

  it('waits while the ballot of another one is not cast on this phone', async () => {
    const { line, drawer, tab } = phone()
    await tab.at('arrived')
    tab.press('receive')
    await tab.at('choosing')
    const second = new Tab(line, drawer, '/b', poll.fragment(1), 9)
    await second.at('other-card')
    second.press('go-on')
    await choose(second)
    second.press('cast')
    await second.at('cast')
    expect(sentTo(line, 'redeem')).toHaveLength(1)
  })

  it('scanned again goes on with its own ballot', async () => {
    const { line, drawer, tab } = phone()
    await tab.at('arrived')
    tab.press('receive')
    await tab.at('choosing')
    const again = new Tab(line, drawer, '/b', poll.fragment(0), 9)
    await choose(again)
    again.press('cast')
    await again.at('cast')
    expect(sentTo(line, 'redeem')).toHaveLength(1)
  })

  it('with a damaged link is refused before anything is asked', async () => {
    const line = new Line(poll)
    const tab = new Tab(line, new Drawer(), '/b', poll.fragment(0).replace(/^.{3}/, 'ZZZ'))
    expect(await tab.at('refused')).toMatchObject({ why: 'bad-card' })
    expect(line.sent).toEqual([])
  })

  it('of a poll that is not here is told so, and may be tried again', async () => {
    const line = new Line(poll)
    const other = smallPoll({ seed: 2 })
    const tab = new Tab(line, new Drawer(), '/b', other.fragment(0))
    expect(await tab.at('refused')).toMatchObject({ why: 'wrong-manifest' })
    line.manifest = other.manifest
    tab.press('go-on')
    await tab.at('arrived')
  })
})

describe('a manifest', () => {
  it('other than the card’s is refused, and the card is not spent', async () => {
    const line = new Line(poll)
    line.manifest = smallPoll({ seed: 2 }).manifest
    line.lies = true
    const tab = new Tab(line, new Drawer(), '/b', poll.fragment(0))
    expect(await tab.at('refused')).toMatchObject({ why: 'other-manifest' })
    expect(sentTo(line, 'redeem')).toEqual([])
  })

  it('that the team did not confirm is refused, and the card is not spent', async () => {
    const { confirmation } = poll.manifest.trustees[0]!
    const forged = parseManifest(
      poll.manifest.text.replace(toBase64url(confirmation), toBase64url(poll.manifest.trustees[1]!.confirmation)),
    )
    const line = new Line(poll)
    line.manifest = forged
    const tab = new Tab(line, new Drawer(), '/b', cardLink('', poll.cards[0]!, forged.hash).split('#')[1]!)
    await tab.at('arrived')
    tab.press('receive')
    expect(await tab.at('refused')).toMatchObject({ why: 'bad-manifest' })
    expect(sentTo(line, 'redeem')).toEqual([])
  })
})

describe('two tabs of one card', () => {
  it('that press at the same moment end with one ballot and one receipt', async () => {
    const { line, drawer, tab } = phone()
    const other = new Tab(line, drawer, '/b', poll.fragment(0), 9)
    await Promise.all([tab.at('arrived'), other.at('arrived')])
    tab.press('receive')
    other.press('receive')
    await Promise.all([tab.at('choosing'), other.at('choosing')])
    expect(new Set(sentTo(line, 'redeem')).size).toBe(1)
    await choose(tab)
    tab.press('cast')
    await tab.at('cast')
    // The first tap there finds that the ballot went its way.
    other.send({ type: 'choose', option: 2 })
    await other.at('cast')
    line.close()
    expect(line.box.board().ballots).toHaveLength(1)
  })

  it('that both stand at the review send the bytes that were sealed first', async () => {
    const { line, drawer, tab } = phone()
    await tab.at('arrived')
    tab.press('receive')
    await choose(tab)
    const other = new Tab(line, drawer, '/b', poll.fragment(0), 9)
    await other.at('choosing')
    other.press('next')
    await other.at('reviewing')
    tab.press('cast')
    other.press('cast')
    const [a, b] = await Promise.all([tab.at('cast'), other.at('cast')])
    expect(new Set(sentTo(line, 'cast')).size).toBe(1)
    expect(toHex(a.own.receipt.leaf)).toBe(toHex(b.own.receipt.leaf))
  })
})

describe('practice', () => {
  it('goes through the same screens, sends nothing and keeps nothing', async () => {
    const { line, drawer, tab } = phone()
    await tab.at('arrived')
    const before = { sent: line.sent.length, kept: [...drawer.device] }
    tab.press('practise')
    await choose(tab)
    tab.press('cast')
    await tab.at('casting')
    const cast = await tab.at('cast')
    expect(shortCode(cast.own.receipt.leaf)).toMatch(/^.{4}-.{4}-.{4}$/)
    tab.press('save')
    await tab.at('cast')
    expect(tab.copied[0]).toContain('/bien-nhan#')
    tab.press('close')
    await tab.at('practised')
    expect({ sent: line.sent.length, kept: [...drawer.device] }).toEqual(before)
    tab.press('go-on')
    await tab.at('arrived')
    await vote(tab)
  })

  it('differs from the real thing in nothing that a screen could show', async () => {
    const { tab } = phone()
    const real = phone()
    await tab.at('arrived')
    tab.press('practise')
    await real.tab.at('arrived')
    real.tab.press('receive')
    await real.tab.at('choosing')
    const shown = (screen: Screen): unknown =>
      JSON.parse(
        JSON.stringify(screen, (name, value) =>
          name === 'practice' || name === 'card' || name === 'receipt' || name === 'poll' ? undefined : value,
        ),
      )
    for (const press of [null, 'next', 'next', 'next', 'cast'] as const) {
      if (press) for (const one of [tab, real.tab]) one.press(press)
      expect(shown(tab.page.screen)).toEqual(shown(real.tab.page.screen))
    }
    const ends = await Promise.all([tab.at('cast'), real.tab.at('cast')])
    expect(shown(ends[0])).toEqual(shown(ends[1]))
  })
})

describe('the box', () => {
  it('that is not open yet is asked again by itself and at a press', async () => {
    const { line, tab } = phone()
    line.state = 'printed'
    await tab.at('arrived')
    tab.press('receive')
    await tab.at('not-open')
    tab.press('retry')
    while (tab.page.screen.at === 'not-open' && tab.page.screen.hurry) await new Promise(r => setTimeout(r, 5))
    expect(sentTo(line, 'redeem')).toHaveLength(2)
    line.state = 'open'
    await tab.wake()
    await tab.at('choosing')
    expect(new Set(sentTo(line, 'redeem')).size).toBe(1)
  })

  it('that closed before the ballot came says so, and the ballot is forgotten', async () => {
    const { line, drawer, tab } = phone()
    await tab.at('arrived')
    tab.press('receive')
    await choose(tab)
    line.close()
    tab.press('cast')
    expect(await tab.at('refused')).toMatchObject({ why: 'closed-before-cast' })
    expect(keptOf(drawer)).toMatchObject({ going: null, cast: [] })
  })

  it('that answers with another server’s signature is not believed', async () => {
    const { line, drawer, tab } = phone()
    const honest = line.box
    line.box = { ...honest, redeem: request => falsified(honest.redeem(request)) } as typeof honest
    await tab.at('arrived')
    tab.press('receive')
    expect(await tab.at('refused')).toMatchObject({ why: 'bad-answer' })
    expect(keptOf(drawer)?.going?.stage).toBe('asked')
    line.box = honest
    tab.press('go-on')
    await tab.at('choosing')
  })

  it('whose receipt is for something else is not believed, and the ballot is kept', async () => {
    const { line, drawer, tab } = phone()
    await tab.at('arrived')
    tab.press('receive')
    await choose(tab)
    const honest = line.box
    line.box = { ...honest, cast: ballot => falsified(honest.cast(ballot)) } as typeof honest
    tab.press('cast')
    expect(await tab.at('refused')).toMatchObject({ why: 'bad-answer' })
    expect(keptOf(drawer)?.going?.stage).toBe('sealed')
    line.box = honest
    tab.press('go-on')
    await tab.at('cast')
  })

  it('that loses a ballot it signed for is proven at fault', async () => {
    const { line, tab } = phone()
    await vote(tab)
    line.box = poll.newBox()
    line.close()
    await tab.wake()
    expect(await tab.at('missing')).toMatchObject({ what: 'missing' })
  })
})

const falsified = (answer: ReturnType<Line['box']['cast']>): typeof answer =>
  'ok' in answer ? { ok: answer.ok.map((byte, i) => (i === answer.ok.length - 1 ? byte ^ 1 : byte)) } : answer

describe('a receipt', () => {
  const saved = (tab: Tab): string => {
    tab.press('save')
    return tab.copied[0]!.split('/bien-nhan#')[1]!
  }

  it('that was saved is found after closing, on any device', async () => {
    const { line, tab } = phone()
    await vote(tab)
    const fragment = saved(tab)
    const before = new Tab(line, new Drawer(), '/bien-nhan', fragment)
    expect((await before.at('looked')).found.as).toBe('not-closed')
    line.close()
    before.press('retry')
    await before.at('looking')
    expect((await before.at('looked')).found.as).toBe('counted')
  })

  it('that was typed is found by its short code', async () => {
    const { line, tab } = phone()
    const { own } = await vote(tab)
    line.close()
    const page = new Tab(line, new Drawer(), '/bien-nhan')
    await page.at('asking')
    const short = shortCode(poll.manifest.hash).toLowerCase()
    page.send({ type: 'type-receipt', typed: { leaf: shortCode(own.receipt.leaf), short } })
    page.press('submit')
    expect((await page.at('looked')).found.as).toBe('counted')
    page.press('back')
    page.send({ type: 'type-receipt', typed: { leaf: '0000-0000-0000', short } })
    page.press('submit')
    expect((await page.at('looked')).found.as).toBe('absent')
  })

  it('that the server signed and whose ballot is not there is proof; one that it did not sign is none', async () => {
    const { line, tab } = phone()
    await vote(tab)
    const fragment = saved(tab)
    line.box = poll.newBox()
    line.close()
    expect((await new Tab(line, new Drawer(), '/bien-nhan', fragment).at('looked')).found.as).toBe('missing')
    const [start, leaf, signature] = fragment.split('.')
    const other = toBase64url(fromBase64url(leaf!)!.map(byte => byte ^ 1))
    const forged = new Tab(line, new Drawer(), '/bien-nhan', [start, other, signature].join('.'))
    expect((await forged.at('looked')).found.as).toBe('bad-receipt')
  })
})

describe('typing', () => {
  const groups = printedCode(poll.cards[3]!).split(' ')
  const short = shortCode(poll.manifest.hash)

  it('a card and the manifest’s code leads to the same ballot', async () => {
    const line = new Line(poll)
    const tab = new Tab(line, new Drawer(), '/')
    await tab.at('typing')
    const kindly = groups.map(group => group.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l'))
    tab.send({ type: 'type', typed: { groups: kindly, short: short.toLowerCase() } })
    tab.press('submit')
    await vote(tab)
  })

  it.each([
    ['a wrong character', groups.with(2, 'ABCDU'), short, { where: 2 }],
    ['a group too short', groups.with(4, 'ABC'), short, { where: 4 }],
    ['groups mixed up', [...groups.slice(1), groups[0]!], short, { where: 'code' }],
    ['a short code too short', groups, 'ABCD-EFGH', { where: 'short', unknown: false }],
    ['a short code of no poll', groups, '0000-0000-0000', { where: 'short', unknown: true }],
  ] as const)('%s is said where it is', async (_, typedGroups, typedShort, wrong) => {
    const tab = new Tab(new Line(poll), new Drawer(), '/')
    await tab.at('typing')
    tab.send({ type: 'type', typed: { groups: typedGroups, short: typedShort } })
    tab.press('submit')
    await tab.at('typing')
    expect((tab.page.screen as Screen & { at: 'typing' }).wrong).toEqual(wrong)
  })
})

describe('choosing', () => {
  it('a tap chooses, another one moves the mark, a second tap clears it', async () => {
    const { tab } = phone()
    await tab.at('arrived')
    tab.press('practise')
    const marks = () => (tab.page.screen as Screen & { at: 'choosing' }).vote.choices[0]
    tab.send({ type: 'choose', option: 2 })
    expect(marks()).toEqual([2])
    tab.send({ type: 'choose', option: 0 })
    expect(marks()).toEqual([0])
    tab.send({ type: 'choose', option: 0 })
    expect(marks()).toEqual([])
  })

  it('checking a sealed ballot shows its hash first; anybody finds the choices by the randomness', async () => {
    const { line, drawer, tab } = phone()
    await tab.at('arrived')
    tab.press('receive')
    await choose(tab)
    const before = { sent: line.sent.length, kept: [...drawer.device] }
    tab.press('check')
    await tab.at('checking')
    while ((tab.page.screen as Screen & { at: 'checking' }).checked === null) await new Promise(r => setTimeout(r, 5))
    const { checked, opened } = tab.page.screen as Screen & { at: 'checking' }
    expect(opened).toBe(false)
    const told = JSON.parse(checked!.text) as Record<'manifest' | 'key' | 'contests', string> & {
      readonly group: number
      readonly randomness: readonly string[]
    }
    const [key, contests] = [fromBase64url(told.key)!, fromBase64url(told.contests)!]
    expect(told.manifest).toBe(toBase64url(poll.manifest.hash))
    expect(toHex(sha256(Uint8Array.of(told.group, ...key, ...contests)))).toBe(checked!.hash)
    const rs = told.randomness.map(r => readScalar(fromBase64url(r)!, 'r'))
    expect(choicesBehind(poll.manifest, contests, rs)).toEqual([[0], [1], []])
    tab.press('open-checked', 'back')
    await tab.at('reviewing')
    expect({ sent: line.sent.length, kept: [...drawer.device] }).toEqual(before)
  })
})

describe('trying the address', () => {
  it('sends the nonce and says that the phone reached it', async () => {
    const line = new Line(poll)
    line.next.push({ door: 'sendTry', how: 'lost-request' })
    const tab = new Tab(line, new Drawer(), '/thu', 'abc')
    await tab.at('tried')
    expect(line.sent.map(one => one.door)).toEqual(['sendTry', 'sendTry'])
  })
})
