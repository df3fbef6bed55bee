/** What is pure about the page of rule packs: drafts, problems, numbers tried, packs compared, the second reading. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  type Blind,
  cleared,
  compareBlind,
  FRESH_BAND,
  FRESH_HISTORY,
  freshBlind,
  unanswered,
} from '../client/rules/blind.ts'
import { differencesOf } from '../client/rules/differ.ts'
import { type Edit, editAfter, inOrder, saved, sentText, typed } from '../client/rules/edit.ts'
import { problemsOf, soundsDecided } from '../client/rules/problems.ts'
import { readingOf } from '../client/rules/reading.ts'
import { compareLink, draftLink, packLink, routeOf } from '../client/rules/route.ts'
import { type Event, enter, type Looked, type State, step } from '../client/rules/state.ts'
import {
  at,
  dayIn,
  fieldId,
  pathOf,
  put,
  raised,
  readTree,
  type Tree,
  textAt,
  writeTree,
} from '../client/rules/tree.ts'
import { apart, boundariesOf, numbersIn, standIn, tryCounts } from '../client/rules/trial.ts'
import { begun, EMPTY, settled, slug, sourcesIn, withMore } from '../client/rules/writing.ts'
import { PACKS } from '../client/words/packs.ts'
import type { Pack } from '../server/rules/pack.ts'
import { packHex, readPack } from '../server/rules/read.ts'
import type { Me } from '../server/wire/leader.ts'
import type { PackDraftView } from '../server/wire/packs.ts'
import { RULEBOOK } from './office.ts'

const words = PACKS.vi

const shipped = (id: string): string => RULEBOOK.packs.find(text => readPack(text).id === id)!
const pack = (id: string): Pack => readPack(shipped(id))
const FORM = readTree(RULEBOOK.forms.find(text => text.includes('"lay-phieu-danh-gia-122"'))!)

/** A draft in which nothing is left to do. */
const whole = readTree(shipped('tin-nhiem-96-QD-TW'))
const problemsWith = (tree: Tree) => problemsOf(tree, writeTree(tree))
const write = (tree: Tree, path: readonly (string | number)[], value: Tree): Tree =>
  settled(put(tree, path, value), tree)

describe('a draft', () => {
  it('names its parts as the reader of packs does', () => {
    expect(pathOf('line 12, bands[2].from.fraction')).toEqual(['bands', 2, 'from', 'fraction'])
    expect(pathOf('line 1, pack')).toEqual(['pack'])
    expect(fieldId(['bands', 2, 'from', 'fraction'])).toBe('f-bands-2-from-fraction')
    expect(textAt(put(EMPTY, ['citation', 'number'], '1-QĐ'), ['citation', 'number'])).toBe('1-QĐ')
    expect(at(EMPTY, ['constructor'])).toBe(null)
  })

  it('takes days as papers write them', () => {
    expect(['11/5/2022', ' 01.02.2023 ', '31/2', ''].map(dayIn)).toEqual(['2022-05-11', '2023-02-01', '31/2', null])
    expect(words.day('2022-05-11')).toBe('11/05/2022')
    expect(words.day('11/5/2')).toBe('11/5/2')
  })

  it('calls an option after its label, and follows it wherever it is named', () => {
    const added = withMore(withMore(EMPTY, ['options'], 'option'), ['options'], 'option')
    const one = write(added, ['options', 1, 'label'], 'Chưa đạt yêu cầu')
    expect(textAt(one, ['options', 1, 'id'])).toBe('chua-dat-yeu-cau')
    const named = write(withMore(write(one, ['lowest'], 'chua-dat-yeu-cau'), ['bands'], 'band'), ['title'], 'A')
    const renamed = write(named, ['options', 1, 'label'], 'Không đạt')
    expect([['options', 1, 'id'], ['lowest'], ['bands', 0, 'option']].map(path => textAt(renamed, path))).toEqual(
      Array(3).fill('khong-dat'),
    )
    const twice = write(renamed, ['options', 0, 'label'], 'Không đạt')
    expect(textAt(twice, ['options', 0, 'id'])).toBe('khong-dat-1')
    // The ids of a pack that was taken as a template stay.
    expect(textAt(write(whole, ['options', 2, 'label'], 'Thấp'), ['options', 2, 'id'])).toBe('thap')
    expect(slug('Đồng ý, có điều kiện')).toBe('dong-y-co-dieu-kien')
  })

  it('lets each range end where the next begins, so that neither gap nor overlap can be typed', () => {
    const bands = ['band', 'gap', 'band'].reduce(
      (tree, kind) => withMore(tree, ['bands'], kind as 'band' | 'gap'),
      whole,
    )
    const of = (tree: Tree, i: number) => at(tree, ['bands', i, 'to'])
    const from = (i: number, operator: string, fraction: string) => (tree: Tree) =>
      write(write(tree, ['bands', i, 'from', 'operator'], operator), ['bands', i, 'from', 'fraction'], fraction)
    const typedIn = [from(2, '>', '3/4'), from(3, '>=', '4/5'), from(4, '>', '4/5')].reduce((tree, f) => f(tree), bands)
    expect([1, 2, 3, 4].map(i => of(typedIn, i))).toEqual([
      { operator: '<=', fraction: '3/4' },
      { operator: '<', fraction: '4/5' },
      { operator: '<=', fraction: '4/5' },
      null,
    ])
    expect(at(typedIn, ['bands', 3, 'consequence'])).toBe(null)
    expect([2, 3, 4].map(i => textAt(typedIn, ['bands', i, 'id']))).toEqual(['tren-3-4', 'tu-4-5', 'tren-4-5'])
    const edit = { ...editOf(raised(typedIn, ['bands'], 4)), phase: 'saved' as const }
    expect(at(inOrder(edit).tree, ['bands'])).toEqual(at(typedIn, ['bands']))
  })

  it('begins from the guided form with nothing answered that is not known', () => {
    const tree = begun(FORM, 'form')
    expect(textAt(tree, ['format'])).toBe('phieukin/rules/v1')
    expect(textAt(tree, ['citation', 'number'])).toBe('122-QĐ/BCSĐ')
    // A quorum that nobody knows is not the statement that there is none.
    expect(at(tree, ['quorum'])).toEqual({ fraction: '', of: null, basis: null })
    const paths = problemsWith(tree).map(({ path }) => path.join('.'))
    for (const path of ['template', 'options', 'lowest', 'quorum.fraction', 'denominator.of', 'disclosure.default'])
      expect(paths).toContain(path)
    expect(paths.filter(path => /^(citation|effective|scope|steps)/.test(path))).toEqual([])
  })

  it('begins as the next version, as a template for another text, or from nothing', () => {
    expect(at(begun(whole, 'next'), ['version'])).toBe(2)
    const other = begun(whole, 'other')
    expect([textAt(other, ['id']), textAt(other, ['citation', 'text'])]).toEqual(['', ''])
    expect(at(other, ['bands'])).toEqual(at(whole, ['bands']))
    expect(begun(whole, 'empty')).toBe(EMPTY)
  })

  it('offers the sources that it names already', () => {
    expect(sourcesIn(begun(FORM, 'form'))).toHaveLength(1)
    expect(sourcesIn(EMPTY)).toEqual([])
  })
})

describe('the problems of a draft', () => {
  it('are none of a shipped pack', () => {
    for (const text of RULEBOOK.packs) expect(problemsWith(readTree(text))).toEqual([])
  })

  const missing: readonly (readonly [path: string, value: Tree])[] = [
    ['title', ''],
    ['citation.date', ''],
    ['lowest', null],
    ['quorum.of', null],
    ['denominator.basis', null],
    ['bands.0.from.operator', null],
    ['bands.1.actor', ' '],
    ['validity.2.text', ''],
    ['steps.0.basis', null],
  ]
  it.each(missing)('name %s, which is not there yet', (where, value) => {
    const path = where.split('.').map(name => (/^\d+$/.test(name) ? Number(name) : name))
    expect(problemsWith(put(whole, path, value)).map(found => found.path.join('.'))).toEqual([where])
  })

  const refused: readonly (readonly [name: string, path: string, value: Tree, where: string, code: string])[] = [
    ['an id with marks', 'id', 'quy định', 'id', 'bad-id'],
    ['a day that is none', 'citation.date', '31/2', 'citation.date', 'wrong-value'],
    ['four sixths', 'bands.1.from.fraction', '4/6', 'bands.1.from.fraction', 'wrong-value'],
    ['more than all', 'bands.1.from.fraction', '3/2', 'bands.1.from.fraction', 'out-of-range'],
    ['thresholds that fall', 'bands.1.from.fraction', '1/3', 'bands.1.from.fraction', 'not-ascending'],
    ['a verdict', 'bands.1.consequence', 'bị miễn nhiệm', 'bands.1.consequence', 'not-allowed'],
    ['an end before the beginning', 'effective.to', '2020-01-01', 'effective.to', 'not-ascending'],
  ]
  it.each(refused)('lead to the field of %s', (_, where, value, field, code) => {
    const path = where.split('.').map(name => (/^\d+$/.test(name) ? Number(name) : name))
    const [problem, ...more] = problemsWith(write(whole, path, value))
    expect(problem).toMatchObject({ fault: { code } })
    expect(problem!.path.join('.')).toBe(field)
    expect(problem!.line).toBeGreaterThan(1)
    expect(more).toEqual([])
  })

  it('warn of what sounds decided, and of no proposal', () => {
    expect(['phải từ chức', 'bị đưa ra khỏi quy hoạch', 'miễn nhiệm'].map(soundsDecided)).toEqual([true, true, true])
    for (const text of RULEBOOK.packs)
      for (const { consequence } of readPack(text).bands) expect(soundsDecided(consequence ?? '')).toBe(false)
    for (const measure of words.proposalHelp.measures)
      expect(soundsDecided(words.proposalHelp.proposed(measure))).toBe(false)
  })
})

describe('numbers tried on a pack', () => {
  // Regulations, section 2.5: N, quorum, more than 1/2, from 2/3, more than 2/3.
  const TABLE = [
    [3, 2, 2, 2, 3],
    [5, 4, 3, 4, 4],
    [7, 5, 4, 5, 5],
    [9, 6, 5, 6, 7],
    [15, 10, 8, 10, 11],
    [30, 20, 16, 20, 21],
    [47, 32, 24, 32, 32],
    [48, 32, 25, 32, 33],
    [60, 40, 31, 40, 41],
  ] as const

  it('give the boundary table of the regulations', () => {
    const numbers = TABLE.map(([N]) => N)
    const party = boundariesOf(pack('tin-nhiem-96-QD-TW'), numbers)
    const removal = boundariesOf(pack('mien-nhiem-41-QD-TW'), numbers)
    for (const [i, [N, quorum, half, from, over]] of TABLE.entries()) {
      expect([party[i]!.N, party[i]!.quorum, party[i]!.ranges[1]!.least]).toEqual([N, quorum, from])
      expect(party[i]!.ranges[0]?.least ?? null).toBe(half < from ? half : null)
      expect([removal[i]!.ranges[0]!.least, removal[i]!.ranges[1]!.least]).toEqual([half, over])
    }
  })

  it('say for which small units the middle range is empty', () => {
    const numbers = Array.from({ length: 60 }, (_, i) => i + 1)
    const found = boundariesOf(pack('tin-nhiem-96-QD-TW'), numbers).filter(({ ranges }) => ranges[0] === null)
    expect(found.map(({ N }) => N)).toEqual([1, 2, 3, 4, 6])
  })

  it('give the products that were compared', () => {
    const text = shipped('tin-nhiem-96-QD-TW')
    const tried = tryCounts(text, readPack(text), { of: 47, marks: { cao: 19, 'tin-nhiem': 2, thap: 25 } })
    expect(tried.comparisons.map(({ num, den, n, d, holds }) => [num * d, den * n, holds])).toEqual([
      [50, 47, true],
      [75, 94, false],
    ])
    expect(tried.findings).toMatchObject([{ kind: 'band', band: 'tren-1-2', percent: '53.19' }])
    expect(tryCounts(text, readPack(text), { of: 47, marks: { thap: 48 } }).impossible).toBe(true)
    expect(tryCounts(text, readPack(text), { of: 48, marks: { thap: 48 } }).impossible).toBe(false)
  })

  it('can be tried before a draft is finished, once there are options and a threshold', () => {
    const half = withMore(write(begun(FORM, 'form'), ['options'], at(whole, ['options'])), ['bands'], 'band')
    expect(standIn(half)).not.toBe(null)
    expect(boundariesOf(readPack(standIn(half)!), [10])[0]!.ranges).toEqual([])
    const more = write(half, ['bands'], at(whole, ['bands']))
    expect(boundariesOf(readPack(standIn(more)!), [48])[0]!.ranges.map(range => range?.least)).toEqual([25, 32])
    expect(standIn(begun(FORM, 'form'))).toBe(null)
  })

  it('are read from whatever separates them', () => {
    expect(numbersIn('3, 5; 47 và 47\n0')).toEqual([3, 5, 47])
  })
})

describe('two packs', () => {
  it('differ at exactly two thirds where one says from and the other over', () => {
    const found = apart(pack('tin-nhiem-96-QD-TW'), pack('mien-nhiem-41-QD-TW'))
    // Of 3 and 6 the first range of one is empty; the other says that two of three, four of six lie in it.
    expect(found).toHaveLength(1)
    const { cases, left, right } = found[0]!
    expect([left?.id, right?.id]).toEqual(['tu-2-3', 'tren-1-2'])
    expect(cases).toEqual(
      Array.from({ length: 66 }, (_, i) => ({ N: 3 * (i + 1), least: 2 * (i + 1), most: 2 * (i + 1) })),
    )
    expect(apart(pack('tin-nhiem-96-QD-TW'), pack('tin-nhiem-NQ96-2023-QH15'))).toEqual([])
  })

  it('agree with themselves, and differ in the one field that was changed', () => {
    const one = readPack(writeTree(whole))
    expect(differencesOf(one, one, 'vi')).toEqual([])
    const changedTree = put(write(whole, ['denominator', 'of'], 'valid'), ['bands', 1, 'basis', 'article'], 'Điều 7')
    const other = readPack(writeTree(changedTree))
    const found = differencesOf(one, other, 'vi')
    expect(found.map(({ part, column, left, right }) => [part, column, left, right])).toEqual([
      ['counting', 'of', 'số phiếu thu về', 'số phiếu hợp lệ'],
      ['bands', 'of', 'số phiếu thu về', 'số phiếu hợp lệ'],
      ['bands', 'of', 'số phiếu thu về', 'số phiếu hợp lệ'],
      ['bands', 'article', 'chưa thấy số điều', 'Điều 7'],
    ])
  })

  it('show a rule that only one of them has', () => {
    const one = readPack(writeTree(whole))
    const other = readPack(writeTree(put(whole, ['exclusions'], [])))
    expect(differencesOf(one, other, 'vi')).toMatchObject([{ part: 'scope', column: null, right: 'không có' }])
  })
})

describe('a pack as people read it', () => {
  it('has a row for every basis, and marks those that nobody saw', () => {
    for (const text of RULEBOOK.packs) {
      const bases = text.match(/"(?:un)?sourced?":/g)!.length
      const rows = readingOf(readPack(text), 'vi').flatMap(part => part.rows)
      // The options' basis stands beside the options and beside the lowest one.
      expect(rows.filter(({ basis }) => basis !== null)).toHaveLength(bases + 1)
      const unsourced = rows.filter(({ basis }) => basis !== null && 'unsourced' in basis).length
      expect(unsourced).toBeGreaterThanOrEqual(text.match(/"unsourced":/g)?.length ?? 0)
    }
  })
})

describe('the second reading', () => {
  const local = readPack(shipped('mien-nhiem-ND170-2025'))
  const right: Blind = {
    ...freshBlind('d'),
    denominator: 'collected',
    quorum: { absent: true, of: '', n: '', d: '' },
    bands: {
      absent: false,
      rows: [
        { option: 'thap', from: { operator: '>', n: '2', d: '3' }, to: { operator: 'none', n: '', d: '' } },
        { option: 'thap', from: { operator: '>', n: '1', d: '2' }, to: { operator: '<', n: '4', d: '6' } },
      ],
    },
    histories: { absent: false, rows: [{ ...FRESH_HISTORY, kind: 'quality', level: 'khong', years: '1' }] },
    cap: { absent: true, base: '', n: '', d: '' },
  }

  it('agrees whatever the order of ranges and however a fraction is written', () => {
    expect(unanswered(right, local)).toEqual([])
    expect(compareBlind(right, local)).toEqual([])
  })

  const band = (i: number, change: Partial<(typeof right.bands.rows)[number]>): Partial<Blind> => ({
    bands: { ...right.bands, rows: right.bands.rows.map((row, j) => (i === j ? { ...row, ...change } : row)) },
  })
  const slips: readonly (readonly [name: string, change: Partial<Blind>, figure: string])[] = [
    ['another denominator', { denominator: 'valid' }, 'denominator'],
    ['a quorum', { quorum: { absent: false, of: 'convened', n: '2', d: '3' } }, 'quorum'],
    ['from instead of over', band(0, { from: { operator: '>=', n: '2', d: '3' } }), 'bands'],
    ['three quarters', band(0, { from: { operator: '>', n: '3', d: '4' } }), 'bands'],
    ['an upper bound that counts', band(1, { to: { operator: '<=', n: '2', d: '3' } }), 'bands'],
    ['the other option', band(1, { option: 'cao' }), 'bands'],
    ['one range only', { bands: { absent: false, rows: right.bands.rows.slice(0, 1) } }, 'bands'],
    ['no thresholds', { bands: { ...right.bands, absent: true } }, 'bands'],
    ['two years', { histories: { absent: false, rows: [{ ...right.histories.rows[0]!, years: '2' }] } }, 'histories'],
    ['a cap', { cap: { absent: false, base: '', n: '1', d: '5' } }, 'cap'],
  ]
  it.each(slips)('differs by %s', (_, change, figure) => {
    const blind = { ...right, ...change }
    expect(unanswered(blind, local)).toEqual([])
    const found = compareBlind(blind, local)
    expect(found.map(one => one.figure)).toEqual([figure])
    // What agreed stays, what did not is asked for again.
    expect(unanswered(cleared(blind, found), local)).toEqual([figure])
  })

  it('asks for every figure', () => {
    expect(unanswered(freshBlind('d'), local)).toEqual(['denominator', 'quorum', 'bands', 'histories', 'cap'])
    const rows = [{ ...FRESH_BAND, option: 'thap' }]
    expect(unanswered({ ...right, bands: { absent: false, rows } }, local)).toEqual(['bands'])
  })
})

describe('the guide', () => {
  const spoken = (said: unknown): readonly string[] =>
    typeof said === 'string'
      ? [said]
      : typeof said === 'object' && said !== null
        ? Object.values(said).flatMap(spoken)
        : []

  it('quotes what stands on the screen', () => {
    const guide = readFileSync(join(import.meta.dirname, '..', 'docs', 'huong-dan', 'quy-tac.md'), 'utf8')
    const quoted = [...guide.matchAll(/\*\*([^*]+)\*\*/g)].map(([, text]) => text!.replace(/\s+/g, ' '))
    const all = spoken(words).join('\n')
    expect(quoted.length).toBeGreaterThan(20)
    expect(quoted.filter(text => text !== 'đậm' && !all.includes(text))).toEqual([])
  })
})

// ── the state ───────────────────────────────────────────────────────────────────────────────────────────────────

const ME: Me = { person: 'p', name: 'Người tổ chức', login: 'to-chuc', role: 'organiser' }
const DRAFT = 'A'.repeat(22)
const viewOf = (change: Partial<PackDraftView> = {}): PackDraftView => ({
  draft: DRAFT,
  version: 1,
  text: writeTree(whole),
  by: 'Người tổ chức',
  proposed: null,
  yours: false,
  ...change,
})
const editOf = (tree: Tree): Edit => ({ draft: DRAFT, tree, version: 1, phase: 'saved', why: null })
const lookedAt = (...drafts: readonly PackDraftView[]): Event => {
  const found: Looked = { packs: { ok: [] }, me: { ok: ME }, drafts: { ok: drafts } }
  return { type: 'looked', looked: found }
}
const since = (state: State, ...events: readonly Event[]): State => events.reduce(step, state)
const onDraft = (): State => since(enter(routeOf(draftLink(DRAFT)), 'vi'), lookedAt(viewOf()))

describe('the page', () => {
  it('finds its way by the fragment', () => {
    const hash = 'a'.repeat(64)
    expect(routeOf(packLink(hash))).toEqual({ to: 'pack', sha256: hash })
    expect(routeOf(draftLink(DRAFT))).toEqual({ to: 'draft', draft: DRAFT })
    expect(routeOf(compareLink(hash, ''))).toEqual({ to: 'compare', left: hash, right: '' })
    expect(routeOf('#anything')).toEqual({ to: 'list' })
  })

  it('shows packs to anybody, and asks who it is before a draft', () => {
    const nobody: Looked = { packs: { ok: [] }, me: { refused: 'needs-login' }, drafts: null }
    const list = since(enter(routeOf(''), 'vi'), { type: 'looked', looked: nobody })
    expect([list.login, list.packs]).toEqual([null, []])
    const draft = since(enter(routeOf(draftLink(DRAFT)), 'vi'), { type: 'looked', looked: nobody })
    expect(draft.login).toEqual({ typed: null, why: null })
    const wrong = since(
      draft,
      { type: 'password', login: 'to-chuc', password: 'x' },
      { type: 'passed', answer: { refused: 'wrong-password' } },
    )
    expect(wrong.login).toEqual({ typed: null, why: 'wrong-password' })
    expect(since(wrong, { type: 'passed', answer: { ok: null } }).login).toBe(null)
    // Reading goes on without.
    expect(since(wrong, { type: 'route', route: { to: 'list' } }).login).toBe(null)
    const auditor: Looked = { packs: null, me: { ok: { ...ME, role: 'auditor' } }, drafts: { refused: 'not-yours' } }
    expect(since(draft, { type: 'looked', looked: auditor })).toMatchObject({ drafts: null, me: { role: 'auditor' } })
  })

  it('saves what is typed, and what is typed meanwhile again', () => {
    const typing = since(onDraft(), { type: 'write', path: ['title'], value: 'Một' }, { type: 'save' })
    expect(typing.edit?.phase).toBe('saving')
    const on = since(typing, { type: 'write', path: ['title'], value: 'Hai ' })
    expect(on.edit?.phase).toBe('typed-on')
    const once = since(on, { type: 'saved', draft: DRAFT, answer: { ok: { version: 2 } } })
    expect([once.edit?.phase, once.edit?.version]).toEqual(['typed', 2])
    // A look that was begun before does not take it back.
    expect(textAt(since(once, lookedAt(viewOf())).edit!.tree, ['title'])).toBe('Hai ')
    expect(JSON.parse(sentText(once.edit!)).title).toBe('Hai')
  })

  it('lets people choose between two texts, and never overwrites one unasked', () => {
    const typing = since(onDraft(), { type: 'write', path: ['title'], value: 'Của tôi' })
    const newer = viewOf({ version: 3, text: writeTree(put(whole, ['title'], 'Của người khác')) })
    const stale = since(typing, lookedAt(newer))
    expect([stale.edit?.phase, textAt(stale.edit!.tree, ['title'])]).toEqual(['stale', 'Của tôi'])
    const theirs = since(stale, { type: 'resolve', take: 'newer' })
    expect([theirs.edit?.version, theirs.edit?.phase, textAt(theirs.edit!.tree, ['title'])]).toEqual([
      3,
      'saved',
      'Của người khác',
    ])
    const ours = since(stale, { type: 'resolve', take: 'own' })
    expect([ours.edit?.version, ours.edit?.phase, textAt(ours.edit!.tree, ['title'])]).toEqual([3, 'typed', 'Của tôi'])
    // Nothing of our own: the newer text comes by itself.
    expect(textAt(since(onDraft(), lookedAt(newer)).edit!.tree, ['title'])).toBe('Của người khác')
    const lost = saved(typed(editOf(whole), ['title'], 'x'), { refused: 'stale-draft' })
    expect(lost.phase).toBe('stale')
  })

  it('keeps what was typed over a lost line and a session that ended', () => {
    const typing = since(onDraft(), { type: 'write', path: ['title'], value: 'Một' }, { type: 'save' })
    const offline = since(typing, { type: 'saved', draft: DRAFT, answer: { refused: 'offline' } })
    expect(offline.edit?.phase).toBe('failed')
    expect(since(offline, lookedAt(viewOf())).edit).toMatchObject({ phase: 'typed', why: null })
    const over = since(typing, { type: 'saved', draft: DRAFT, answer: { refused: 'needs-login' } })
    expect(over.login).not.toBe(null)
    const again = since(over, { type: 'passed', answer: { ok: null } })
    expect(again.edit).toMatchObject({ phase: 'typed' })
    expect(textAt(again.edit!.tree, ['title'])).toBe('Một')
  })

  it('sends what was typed last before another page is looked at', () => {
    const typing = since(onDraft(), { type: 'write', path: ['title'], value: 'Một' })
    const left = since(typing, { type: 'route', route: { to: 'list' } })
    expect(left.edit?.phase).toBe('saving')
    const other = viewOf({ draft: 'B'.repeat(22) })
    const there = since(left, { type: 'route', route: { to: 'draft', draft: other.draft } }, lookedAt(viewOf(), other))
    expect(there.edit?.draft).toBe(DRAFT)
    const done = since(
      there,
      { type: 'saved', draft: DRAFT, answer: { ok: { version: 2 } } },
      lookedAt(viewOf(), other),
    )
    expect(done.edit?.draft).toBe(other.draft)
  })

  it('changes a draft that was just begun before anybody types', () => {
    const edit = editAfter(null, viewOf(), 'next')
    expect([edit.phase, at(edit.tree, ['version'])]).toEqual(['typed', 2])
    expect(editAfter(null, viewOf(), null).phase).toBe('saved')
    const act = { what: 'begin', from: 'x', how: 'empty' } as const
    const begun = since(enter(routeOf(''), 'vi'), { type: 'act', act }, { type: 'acted', act, answer: { ok: DRAFT } })
    const seen = since(begun, { type: 'route', route: { to: 'draft', draft: DRAFT } }, lookedAt(viewOf()))
    expect(seen.edit?.tree).toBe(EMPTY)
    expect(seen.began).toBe(null)
    // A form whose first save got lost is none the less asked about as a draft.
    expect(editAfter(null, viewOf({ text: writeTree(FORM) }), null).phase).toBe('typed')
  })

  it('asks the second person before it shows anything, and the first never', () => {
    const proposed = { by: 'Người tổ chức', sha256: packHex(writeTree(whole)) }
    expect(since(onDraft(), lookedAt(viewOf({ proposed }))).blind).toBe(null)
    const second = since(onDraft(), lookedAt(viewOf({ proposed, yours: true })))
    expect(second.blind).toEqual(freshBlind(DRAFT))
    const slip = since(
      second,
      { type: 'blind', change: { denominator: 'valid' } },
      { type: 'compared', differences: [{ figure: 'denominator', proposed: ['collected'], typed: ['valid'] }] },
    )
    expect(slip.blind).toMatchObject({ denominator: '', differences: [{ figure: 'denominator' }] })
    expect(since(slip, { type: 'blind', change: { denominator: 'collected' } }).blind?.differences).toBe(null)
    // A look in between takes nothing back; a text that was changed meanwhile does.
    expect(since(slip, lookedAt(viewOf({ proposed, yours: true }))).blind).toBe(slip.blind)
    expect(since(slip, lookedAt(viewOf({ version: 2 }))).blind).toBe(null)
  })

  it('says why a press came to nothing, with its line', () => {
    const act = { what: 'propose' } as const
    const answer = { refused: 'bad-pack', where: 'line 7, title' } as const
    const state = since(onDraft(), { type: 'act', act }, { type: 'acted', act, answer })
    expect(state.why).toEqual({ what: 'propose', why: 'bad-pack', where: 'line 7, title' })
    expect(since(state, { type: 'act', act }, { type: 'acted', act: { what: 'propose' }, answer }).act).toBe(act)
  })
})
