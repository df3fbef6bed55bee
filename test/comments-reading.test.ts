/** The competent authority's page of comments without a browser: codes, search, themes, and what may leave. */
import { describe, expect, it } from 'vitest'
import {
  asksForComments,
  type CommentsEvent,
  type CommentsState,
  countsOf,
  missingOf,
  NO_COMMENTS,
  NO_MARKS,
  passedOn,
  quotes,
  shownTexts,
  stepComments,
  themesOf,
} from '../client/leader/comments/state.ts'
import { type Comments, fileCodeGroups, newFileCode } from '../crypto/comment-file.ts'
import { seededRng } from '../server/play/seed.ts'
import { expectAll } from './poll.setup.ts'

const counts = { withheld: 0, unopened: 0, unreadable: 0 }
const COMMENTS: Comments = {
  title: 'Lấy phiếu',
  unit: 'Sở A',
  minimum: 3,
  prompts: [
    { title: 'Ưu điểm', texts: ['Hoà nhã với mọi người', 'Quyết việc nhanh', 'Giữ lời', 'Quyết việc khó'], ...counts },
    { title: 'Đề xuất', texts: null, ...counts },
  ],
}
const LONG = 'Nên công khai lịch tiếp nhân viên vào sáng thứ hai hằng tuần'

const stepped = (events: readonly CommentsEvent[], from: CommentsState = NO_COMMENTS): CommentsState =>
  events.reduce(stepComments, from)
const opened = stepped([{ is: 'opened', comments: COMMENTS, file: 'a', kept: NO_MARKS }])
const put = (place: string, theme: number | 'new' | null): CommentsEvent => ({ is: 'put', place, theme })
const named = (theme: number, title: string, text: string): CommentsEvent => ({
  is: 'theme',
  theme,
  change: { title, text },
})
/** Three texts under one theme, one under another. */
const marked = stepped(
  [
    put('0/0', 'new'),
    put('0/1', 'new'),
    put('0/3', 1),
    put('0/2', 1),
    named(0, 'Ứng xử ', 'Dễ gần.'),
    named(1, 'Điều hành', 'Quyết đoán.'),
  ],
  opened,
)

describe('the code', () => {
  const groups = fileCodeGroups(newFileCode(seededRng(5)))
  const tried = (typed: string) => stepped([{ is: 'typed', typed }, { is: 'open' }])

  it('is tried once it can be one, and else it is said what is wrong with it', () => {
    const wrong = (at: number) =>
      groups.with(at, `${groups[at]![0] === '2' ? '3' : '2'}${groups[at]!.slice(1)}`).join('')
    expectAll({
      right: [null, tried(groups.join(' ')).why],
      'the second group mistyped': [{ why: 'group', group: 2 }, tried(wrong(1)).why],
      'six groups': [{ why: 'short' }, tried(groups.slice(0, 6).join(' ')).why],
      nothing: [{ why: 'short' }, tried('').why],
    })
    expect([tried(groups.join('')).asking?.length, tried(wrong(1)).asking]).toEqual([17, null])
  })

  it('is forgotten with the texts', () => {
    const done = stepComments(tried(groups.join('')), { is: 'opened', comments: COMMENTS, file: 'a', kept: NO_MARKS })
    expect([done.typed, done.asking, done.opened]).toEqual(['', null, COMMENTS])
    expect(stepComments(done, { is: 'close' })).toEqual(NO_COMMENTS)
  })
})

describe('texts', () => {
  it('are found by words in any order and spelling, each at its place', () => {
    const found = (search: string) =>
      shownTexts(COMMENTS, search).map(list => (list === null ? null : list.map(({ place }) => place)))
    expectAll({
      everything: [[['0/0', '0/1', '0/2', '0/3'], null], found(' ')],
      'another spelling of the tone': [[['0/0'], null], found('hòa')],
      'two words': [[['0/3'], null], found('KHÓ quyết')],
      nothing: [[[], null], found('họp')],
    })
  })

  it('are asked for where the manifest has prompts', () => {
    const manifest = (comments: readonly object[]) => JSON.stringify({ comments })
    expect([asksForComments(manifest([{}])), asksForComments(manifest([])), asksForComments('')]).toEqual([
      true,
      false,
      false,
    ])
  })
})

describe('themes', () => {
  it('count what is put under them, and move up when one goes', () => {
    expect(countsOf(marked.marks)).toEqual([1, 3])
    const less = stepped([put('0/2', null), { is: 'drop-theme', theme: 0 }], marked)
    expect(less.marks).toEqual({
      file: 'a',
      themes: [{ title: 'Điều hành', text: 'Quyết đoán.' }],
      under: { '0/1': 0, '0/3': 0 },
    })
  })

  it('count people, not texts: the most of one question, where each wrote once at most', () => {
    const comments: Comments = {
      ...COMMENTS,
      prompts: [0, 1, 2].map(() => ({ title: 'Hỏi', texts: ['một', 'hai', 'ba'], ...counts })),
    }
    const read = stepped([{ is: 'opened', comments, file: 'c', kept: NO_MARKS }])
    const under = (...places: readonly string[]) =>
      stepped([put(places[0]!, 'new'), ...places.slice(1).map(place => put(place, 0)), named(0, 'a', 'b')], read)
    const passed = (state: CommentsState) => {
      const body = themesOf(state, 3, '2026-12-06')
      return body.kind === 'themes' ? [countsOf(state.marks)[0], body.themes[0]!.count] : null
    }
    expectAll({
      'three texts to one question': [[3, 3], passed(under('0/0', '0/1', '0/2'))],
      'one text to each of three questions': [[1, null], passed(under('0/0', '1/0', '2/2'))],
      'three and two': [[3, 3], passed(under('0/0', '1/0', '1/1', '0/2', '1/2'))],
    })
  })

  it('are kept for another file, but not which text was under which', () => {
    const again = (file: string) => stepped([{ is: 'opened', comments: COMMENTS, file, kept: marked.marks }]).marks
    expect(again('a')).toEqual(marked.marks)
    expect(again('b')).toEqual({ file: 'b', themes: marked.marks.themes, under: {} })
  })

  it('are passed on with words and texts, and below the minimum without their number', () => {
    expectAll({
      whole: [null, missingOf(marked)],
      none: ['themes', missingOf(opened)],
      'without a name': ['words', missingOf(stepped([named(0, ' ', 'a')], marked))],
      'without a summary': ['words', missingOf(stepped([named(0, 'a', '')], marked))],
      'with nobody under it': ['texts', missingOf(stepped([put('0/0', null)], marked))],
    })
    expect(themesOf(marked, 3, '2026-12-06')).toEqual({
      kind: 'themes',
      subject: null,
      date: '2026-12-06',
      themes: [
        { title: 'Ứng xử', count: null, text: 'Dễ gần.' },
        { title: 'Điều hành', count: 3, text: 'Quyết đoán.' },
      ],
    })
    expect(passedOn(marked).marks).toEqual({ file: 'a', themes: [], under: {} })
    expect(passedOn(marked).opened).toBe(COMMENTS)
  })

  it('are found out where a summary repeats a passage', () => {
    const comments = { ...COMMENTS, prompts: [{ ...COMMENTS.prompts[0]!, texts: [LONG, 'Quyết việc nhanh', 'ok'] }] }
    const says = (text: string) => quotes({ title: '', text }, comments)
    expectAll({
      'a long passage': [true, says(`Có người viết: ${LONG.slice(4, 40)}…`)],
      'in capitals': [true, says(LONG.toUpperCase())],
      'a whole short text': [true, says('Nhiều người: quyết việc nhanh.')],
      'a few words alike': [false, says('Công khai lịch tiếp')],
      'a word that anybody writes': [false, says('Mọi việc ok.')],
      'its own words': [false, says('Muốn biết trước khi nào được gặp.')],
    })
  })
})
