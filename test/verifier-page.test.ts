import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hashAsked, readAsked, startOf } from '../client/verifier/asked.ts'
import { type ReportView, viewOf } from '../client/verifier/report.ts'
import { openSealed, readSealed } from '../client/verifier/sealed.ts'
import { type Event, initialState, type State, step, troubleOf } from '../client/verifier/state.ts'
import { RULES } from '../client/words/rules.ts'
import { VERIFIER } from '../client/words/verifier.ts'
import { checkableHash, sealContests } from '../crypto/ballot.ts'
import { shortCode, toBase64url, toHex, utf8 } from '../crypto/bytes.ts'
import { withTable, writeScalar } from '../crypto/group.ts'
import { chunksOf } from '../crypto/record.ts'
import { newKeyPair } from '../crypto/signature.ts'
import { verify } from '../crypto/verify.ts'
import { secureRng, seededRng } from '../server/play/seed.ts'
import { complaints, launch, openPage } from './browser.ts'
import { buildPoll } from './build.ts'
import { goodLines, join, placeOf, poll } from './mutations/row.ts'
import { localPack, type RuledPoll, ruledPoll, shipped } from './ruled.ts'

const { manifest } = poll
const { hash, text } = manifest
const good = join(goodLines)
/** Up to the last envelope: before the team opens anything. */
const board = join(goodLines.slice(0, placeOf('open')))
/** Two ballots in the wrong order. */
const altered = (() => {
  const [at, lines] = [placeOf('ballot'), [...goodLines]]
  ;[lines[at], lines[at + 1]] = [lines[at + 1]!, lines[at]!]
  return join(lines)
})()

const CHOICES = [[2], [0, 1]]

/** What the voter's page gives to copy. `flip`: with another number in place of the first. */
function sealedText(manifestField: string, flip = false): { readonly text: string; readonly hash: string } {
  const rng = seededRng(11)
  const key = newKeyPair(rng).public.bytes
  const { bytes, randomness } = sealContests(manifest, 1, key, CHOICES, withTable(manifest.electionKey.point), rng)
  const rs = randomness.map(r => toBase64url(writeScalar(r)))
  if (flip) rs[0] = rs[1]!
  const fields = {
    manifest: manifestField,
    group: 1,
    key: toBase64url(key),
    contests: toBase64url(bytes),
    randomness: rs,
  }
  return { text: JSON.stringify(fields), hash: toHex(checkableHash(1, key, bytes)) }
}

describe('which poll is meant', () => {
  const code = shortCode(hash)
  const rows: Readonly<Record<string, readonly [typed: string, read: string | Uint8Array | null]>> = {
    'the short code': [code, code],
    'the short code as people type it': [` ${code.replaceAll('-', ' ').toLowerCase()} `, code],
    'the hash as sha256sum prints it': [toHex(hash), hash],
    'the hash as links carry it': [toBase64url(hash), hash],
    'its start as cards carry it': [toBase64url(hash.subarray(0, 20)), hash.subarray(0, 20)],
    'nothing at all': ['', null],
    'a code that is too short': [code.slice(1), null],
    'a letter that no code has': [`U${code.slice(1)}`, null],
  }
  it.each(Object.entries(rows))('%s', (_, [typed, read]) => {
    expect(readAsked(typed)).toEqual(read)
  })

  it('is asked of the server by a start, and checked when the answer is there', () => {
    expect(startOf(code)).toBe(code.replaceAll('-', ''))
    expect(startOf(hash)).toBe(toBase64url(hash.subarray(0, 20)))
    for (const asked of [code, hash, hash.subarray(0, 20)]) {
      expect(hashAsked(asked, utf8(text))).toEqual(hash)
      expect(hashAsked(asked, utf8(`${text} `))).toBeNull()
    }
  })
})

describe('the state of the verifier’s page', () => {
  const following = (events: readonly Event[], from: State = initialState('vi', '', true)): State =>
    events.reduce(step, from)
  const dropped = { file: new Blob(['{}']), name: 'a.record' }
  const given: Event = { type: 'files', files: [dropped] }
  const file: readonly Event[] = [given, { type: 'sorted', record: dropped, packs: [] }]
  const pack = { name: 'a.json', text: '{}' }

  it('begins by asking, or by fetching the poll that the address names where there is a server', () => {
    const named = `#poll=${toBase64url(hash)}`
    expect(initialState('vi', '', true).screen).toEqual({ at: 'asking', trouble: null })
    expect(initialState('vi', named, true).screen).toEqual({ at: 'fetching', asked: hash })
    expect(initialState('vi', named, false).screen).toEqual({ at: 'asking', trouble: null })
    expect(initialState('vi', '#poll=short', true).screen.at).toBe('asking')
  })

  it('checks a file without a code, with a right one, and not with a wrong one', () => {
    expect(following(file).screen).toMatchObject({ at: 'checking', chosen: { asked: null } })
    const code = shortCode(hash)
    expect(following([{ type: 'code', code }, ...file]).screen).toMatchObject({ chosen: { asked: code } })
    expect(following([{ type: 'code', code: 'ABC' }, ...file]).screen).toEqual({ at: 'asking', trouble: 'bad-code' })
  })

  it('takes packs before the record, with it and after it, and lets them go with the record', () => {
    const packs: Event = { type: 'sorted', record: null, packs: [pack] }
    const before = following([given, packs])
    expect(before).toMatchObject({ packs: [pack], screen: { at: 'asking', trouble: null } })
    expect(following(file, before)).toMatchObject({ packs: [pack], screen: { at: 'checking' } })
    const checked = following([...file, { type: 'report', report: {} as ReportView }])
    const again = following([given, packs], checked)
    expect(again).toMatchObject({ packs: [pack], screen: { at: 'checking', chosen: { record: dropped.file } } })
    const done = following(
      [
        { type: 'report', report: {} as ReportView },
        { type: 'go', to: 'asking' },
      ],
      again,
    )
    expect(done.packs).toEqual([])
  })

  it('asks for each missing pack once', () => {
    const lacking = following([...file, { type: 'lacks-packs', hashes: ['a'] }])
    expect(lacking.screen).toMatchObject({ at: 'fetching-packs', hashes: ['a'], sought: [] })
    const more = following(
      [
        { type: 'packs', packs: [pack] },
        { type: 'lacks-packs', hashes: ['b'] },
      ],
      lacking,
    )
    expect(more.screen).toMatchObject({ at: 'fetching-packs', hashes: ['b'], sought: ['a'] })
    expect(step(more, { type: 'packs', packs: [] })).toMatchObject({ packs: [pack], screen: { sought: ['a', 'b'] } })
  })

  it('fetches nothing without a code, and takes the complaint back as soon as something is typed', () => {
    const asked = following([{ type: 'fetch' }])
    expect(asked.screen).toEqual({ at: 'asking', trouble: 'no-code' })
    expect(following([{ type: 'code', code: 'A' }], asked).screen).toEqual({ at: 'asking', trouble: null })
  })

  it('comes back to asking with what went wrong, and ignores what it does not wait for', () => {
    expect(following([...file, { type: 'refused', trouble: 'no-record' }]).screen).toEqual({
      at: 'asking',
      trouble: 'no-record',
    })
    const quiet = initialState('vi', '', true)
    expect(
      following(
        [
          { type: 'lines', done: 1, all: 2 },
          { type: 'report', report: {} as ReportView },
        ],
        quiet,
      ),
    ).toEqual(quiet)
  })

  it('has a sentence in both languages for every refusal', () => {
    for (const refused of ['offline', 'wrong-manifest', 'wrong-state', 'too-many', 'failed'] as const)
      for (const words of Object.values(VERIFIER)) expect(words.troubles[troubleOf(refused)]).toMatch(/\w/)
  })
})

describe('a report', () => {
  const reportOf = async (record: string) =>
    viewOf(await verify(chunksOf(record), { rng: secureRng }), { packs: [], texts: [], published: null })

  it('gives counts, unmarked lines where they can be told, and nothing that a worker could not hand over', async () => {
    const found = await reportOf(good)
    expect(structuredClone(found)).toEqual(found)
    expect(found).toMatchObject({ ok: true, complete: true, poll: { code: shortCode(hash) }, closing: { ballots: 9 } })
    const { lines, unions } = found.opened!
    const [{ counts, unmarked, ballots }, several] = [lines[0]!.score!, lines[1]!.score!]
    expect(counts.reduce((sum, n) => sum + n, unmarked!)).toBe(ballots)
    expect(unions.reduce((sum, union) => sum + union.ballots, 0)).toBe(ballots)
    expect(several.unmarked).toBeNull()
  })

  it('has no counts before the opening, and none of a record that fails', async () => {
    expect(await reportOf(board)).toMatchObject({ ok: true, complete: false, opened: null })
    expect(await reportOf(altered)).toMatchObject({ ok: false, opened: null })
  })
})

describe('a sealed ballot laid open', () => {
  it('shows the hash of the phone and the choices inside, from the manifest’s text or by its hash', () => {
    for (const [field, fetched] of [[text, null] as const, [toBase64url(hash), text] as const]) {
      const made = sealedText(field)
      expect(openSealed(readSealed(made.text)!, fetched)).toEqual({
        found: 'choices',
        hash: made.hash,
        title: manifest.poll.title,
        code: shortCode(hash),
        contests: [
          { title: manifest.contests[0]!.title, marks: ['thấp'] },
          { title: manifest.contests[1]!.title, marks: ['một', 'hai'] },
        ],
      })
    }
  })

  it('does not open with other randomness', () => {
    expect(openSealed(readSealed(sealedText(text, true).text)!, null)).toMatchObject({ found: 'does-not-open' })
  })

  it('does not open under another manifest than the one it names', () => {
    const other = buildPoll(2).manifest.text
    expect(openSealed(readSealed(sealedText(toBase64url(hash)).text)!, other)).toEqual({ found: 'unreadable' })
    expect(openSealed(readSealed(sealedText(toBase64url(hash)).text)!, null)).toEqual({ found: 'unreadable' })
  })

  it('is nothing where the text is not whole', () => {
    const made = sealedText(text).text
    for (const pasted of ['', '{}', made.slice(0, -1), made.replace('"group":1', '"group":-1')])
      expect(readSealed(pasted)).toBeNull()
  })
})

describe('the verifier’s page in a browser', () => {
  const words = VERIFIER.vi
  let browser: Browser
  beforeAll(async () => {
    browser = await launch()
  })
  afterAll(() => browser?.close())

  const doors = (path: string) => {
    if (path === `/api/manifests/${startOf(shortCode(hash))}` || path === `/api/manifests/${startOf(hash)}`)
      return { body: text }
    return path === `/api/polls/${toBase64url(hash)}/record` ? { body: good } : null
  }
  const open = async (fragment = '', colorScheme: 'light' | 'dark' = 'light'): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, colorScheme })
    return openPage(context, 'verifier', fragment, doors)
  }
  const fileOf = (record: string) => ({ name: 'poll.record', mimeType: 'text/plain', buffer: Buffer.from(record) })
  const give = (page: Page, record: string) => page.setInputFiles('input[type=file]', fileOf(record))
  const verdict = async (page: Page) => (await page.locator('.verdict h1').textContent())!.trim()
  const marks = (page: Page) => page.locator('.check .mark').allInnerTexts()

  it('fetches the poll that the address names and turns its lines green', async () => {
    const page = await open(`#poll=${toBase64url(hash)}`)
    expect(await verdict(page)).toBe(`✓ ${words.verdict.holds}`)
    expect(await marks(page)).toEqual([...Array(12).fill('✓'), '–'])
    expect(await page.locator('.counts').count()).toBeGreaterThan(0)
    await page.context().close()
  })

  it('takes a typed code, and refuses one that this server does not know', async () => {
    const page = await open()
    await page.fill('#code', 'AAAA-BBBB-CCCC')
    await page.getByRole('button', { name: words.fetch }).click()
    expect(await page.locator('#trouble').textContent()).toBe(words.troubles['unknown-poll'])
    await page.fill('#code', shortCode(hash))
    await page.getByRole('button', { name: words.fetch }).click()
    expect(await verdict(page)).toBe(`✓ ${words.verdict.holds}`)
    await page.context().close()
  })

  it('names the culprit in an altered record, what was expected and what came', async () => {
    const page = await open()
    await give(page, altered)
    expect(await verdict(page)).toBe(`✗ ${words.verdict.fails}`)
    expect((await marks(page))[8]).toBe('✗')
    expect(await page.locator('.culprits').textContent()).toMatch(new RegExp(`${words.expected}[^]+${words.got}`))
    expect(await page.locator('.counts').count()).toBe(0)
    await page.context().close()
  })

  it('works without a network once it is loaded, and says what is not opened or no record', async () => {
    const page = await open()
    await page.getByText(words.offline).waitFor()
    await page.context().setOffline(true)
    await page.context().unroute('http://page.test/**')
    await give(page, board)
    expect(await verdict(page)).toBe(`✓ ${words.verdict.board}`)
    await page.getByRole('button', { name: words.again }).click()
    await give(page, 'hello')
    expect(await page.locator('#trouble').textContent()).toBe(words.troubles['no-record'])
    await page.fill('#code', shortCode(buildPoll(2).manifest.hash))
    await give(page, good)
    expect(await verdict(page)).toBe(`✗ ${words.verdict.fails}`)
    await page.context().close()
  })

  it('opens a sealed ballot', async () => {
    const page = await open()
    await page.getByRole('button', { name: words.sealed.link }).click()
    const made = sealedText(toBase64url(hash))
    await page.fill('#pasted', made.text)
    await page.getByRole('button', { name: words.sealed.open }).click()
    expect((await page.locator('.ballot-hash').textContent())!.replaceAll(' ', '')).toBe(made.hash)
    expect(await page.locator('.inside dd').allInnerTexts()).toEqual(['thấp', 'một · hai'])
    await page.context().close()
  })

  it.each(['light', 'dark'] as const)('gives axe nothing to complain about, %s', async scheme => {
    const page = await open('', scheme)
    const found = [...(await complaints(page))]
    await give(page, altered)
    await verdict(page)
    found.push(...(await complaints(page)))
    await page.getByRole('button', { name: words.again }).click()
    await give(page, good)
    await verdict(page)
    found.push(...(await complaints(page)))
    await page.getByRole('button', { name: words.another }).click()
    found.push(...(await complaints(page)))
    await page.fill('#pasted', sealedText(text).text)
    await page.getByRole('button', { name: words.sealed.open }).click()
    await page.locator('.inside').waitFor()
    found.push(...(await complaints(page)))
    expect(found).toEqual([])
    await page.context().close()
  })
})

describe('the outcome in the verifier’s page', () => {
  const words = VERIFIER.vi
  const findings = RULES.vi
  let browser: Browser
  let poll: RuledPoll
  let local: RuledPoll
  beforeAll(async () => {
    browser = await launch()
    poll = await ruledPoll()
    local = await ruledPoll(localPack())
  })
  afterAll(() => browser?.close())

  /** `packs`: what the server says it has under a hash. */
  const open = async (packs: Readonly<Record<string, string>> = {}, colorScheme: 'light' | 'dark' = 'light') => {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 }, colorScheme })
    const asked: string[] = []
    const page = await openPage(context, 'verifier', '', path => {
      asked.push(path)
      const text = packs[path.replace('/api/packs/', '')]
      return text === undefined ? null : { body: text }
    })
    return { page, asked }
  }
  const recordFile = (text: string) => ({ name: 'record.ndjson', mimeType: 'text/plain', buffer: Buffer.from(text) })
  const packFile = (text: string) => ({ name: 'quy-che.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  const give = (page: Page, ...files: ReturnType<typeof recordFile>[]) => page.setInputFiles('input[type=file]', files)
  const thirteenth = async (page: Page) => {
    await page.locator('.verdict').waitFor()
    return (await page.locator('.check .mark').nth(12).textContent())!.trim()
  }
  const said = async (page: Page) =>
    (await page.locator('[aria-labelledby=rules]').allInnerTexts()).join().replaceAll(/\s+/g, ' ')
  const pinned = () => local.packs[0]!

  it('is recomputed under a pack that is built in, and said in sentences with what people stated', async () => {
    const { page, asked } = await open()
    await give(page, recordFile(poll.record))
    expect(await thirteenth(page)).toBe('✓')
    const text = await said(page)
    expect(text).toContain(`${findings.reach('>=', '2/3')}: 8 phiếu “Tín nhiệm thấp” trên 12 (66,67 %`)
    expect(text).toContain('đề nghị cấp có thẩm quyền quản lý cán bộ xem xét miễn nhiệm')
    expect(text).toContain(findings.differ)
    for (const stated of ['05/12/2026', words.rules.earlier(3, 14)]) expect(text).toContain(stated)
    await page.locator('summary').click()
    for (const { sha256 } of poll.packs) expect(await said(page)).toContain(sha256)
    expect(asked).toEqual([])
    await page.context().close()
  })

  it('is false where one digit of it was changed, and the place is shown', async () => {
    const { page } = await open()
    await give(page, recordFile(poll.record.replaceAll('numerator\\":8', 'numerator\\":7')))
    expect(await thirteenth(page)).toBe('✗')
    const culprit = await page.locator('.culprits dd').allInnerTexts()
    expect(culprit).toEqual([expect.stringContaining('"numerator":8,'), expect.stringContaining('"numerator":7,')])
    expect(Math.max(...culprit.map(({ length }) => length))).toBeLessThan(200)
    expect(await page.locator('.said-by').count()).toBe(0)
    await page.context().close()
  })

  it('is recomputed under a local pack that the server has, and never under another text', async () => {
    const { text, sha256 } = pinned()
    const { page, asked } = await open({ [sha256]: text })
    await give(page, recordFile(local.record))
    expect(await thirteenth(page)).toBe('✓')
    expect(asked).toEqual([`/api/packs/${sha256}`])
    await page.context().close()
    const lying = await open({ [sha256]: text.replace('"2/3"', '"1/3"') })
    await give(lying.page, recordFile(local.record))
    expect(await thirteenth(lying.page)).toBe('–')
    expect(lying.asked).toEqual([`/api/packs/${sha256}`])
    expect(await said(lying.page)).toContain(sha256)
    expect(await lying.page.locator('.verdict').textContent()).toContain(words.verdict.noRules)
    await lying.page.context().close()
  })

  it('is recomputed under a pack from a file, given with the record, before it or after it', async () => {
    const [record, pack] = [recordFile(local.record), packFile(pinned().text)]
    const { page } = await open()
    await give(page, pack, record)
    expect(await thirteenth(page)).toBe('✓')
    await page.getByRole('button', { name: words.again }).click()
    await give(page, record)
    expect(await thirteenth(page)).toBe('–')
    await give(page, pack)
    await page.locator('.check.holds').nth(12).waitFor()
    expect(await thirteenth(page)).toBe('✓')
    await page.getByRole('button', { name: words.again }).click()
    await give(page, pack)
    expect(await page.locator('#taken').textContent()).toBe(words.rules.taken('quy-che.json'))
    await give(page, record)
    expect(await thirteenth(page)).toBe('✓')
    await page.context().close()
  })

  it('says that a pack with one digit changed is not the one that the manifest pins', async () => {
    const { page } = await open()
    const changed = packFile(pinned().text.replace('"2/3"', '"1/3"'))
    await give(page, recordFile(local.record), changed)
    expect(await thirteenth(page)).toBe('✗')
    const text = await said(page)
    expect(text).toContain(words.rules.altered('quy-che.json'))
    expect(text).toContain(pinned().sha256)
    await page.getByRole('button', { name: words.again }).click()
    await give(page, recordFile(local.record), packFile(pinned().text), {
      ...packFile(shipped('xep-loai-4-muc')),
      name: 'b',
    })
    expect(await thirteenth(page)).toBe('✓')
    expect(await said(page)).toContain(words.rules.unused('b'))
    await page.context().close()
  })

  it.each(['light', 'dark'] as const)('gives axe nothing to complain about in either language, %s', async scheme => {
    const { page } = await open({}, scheme)
    const changed = packFile(pinned().text.replace('"2/3"', '"1/3"'))
    const found: string[] = []
    for (const files of [[recordFile(poll.record)], [recordFile(local.record), changed]]) {
      await give(page, ...files)
      await page.locator('.verdict').waitFor()
      found.push(...(await complaints(page)))
      await page.locator('.languages button').click()
      found.push(...(await complaints(page)))
      await page.locator('.acts button').first().click()
    }
    expect(found).toEqual([])
    await page.context().close()
  })
})
