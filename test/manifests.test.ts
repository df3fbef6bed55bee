/** The manifest at the server's door: what voters will read is what the draft says, in every field that says something. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { secureRng } from '../server/play/seed.ts'
import type { Draft, PollView, Refused } from '../server/wire.ts'
import {
  draftFor,
  drawCards,
  firstOrganiser,
  holdCeremony,
  json,
  type Office,
  type Organiser,
  openOffice,
} from './office.ts'

/** Every kind of question, two subjects, three weighted groups, two prompts. */
const DRAFT: Draft = draftFor({
  subjects: [
    { name: 'Nhân viên A', position: 'Giám đốc Sở A', selfScore: '92', selfLevel: 'Hoàn thành tốt nhiệm vụ' },
    { name: '', position: 'Phó Giám đốc Sở A' },
  ],
  questions: [
    {
      kind: 'graded',
      title: 'Đạo đức, lối sống',
      options: [
        { label: 'Xuất sắc', standard: 'Gương mẫu', points: 3000 },
        { label: 'Tốt', standard: '', points: 2400 },
        { label: 'Trung bình', standard: '', points: 1500 },
        { label: 'Kém', standard: 'Vi phạm', points: 0 },
      ],
      max: 1,
    },
    {
      kind: 'choice',
      title: 'Việc nên ưu tiên',
      options: ['Nhân sự', 'Tài chính', 'Chuyên môn'].map(label => ({ label, standard: '', points: null })),
      max: 2,
    },
    { kind: 'yes-no', title: 'Nên bổ nhiệm lại', options: [], max: 1 },
  ],
  prompts: [
    { title: 'Ưu điểm', maxBytes: 200 },
    { title: 'Đề nghị', maxBytes: 400 },
  ],
  groups: [
    { label: 'Cấp trên', convened: 3, weight: 40 },
    { label: 'Cùng cấp', convened: 5, weight: 30 },
    { label: 'Cấp dưới', convened: 6, weight: 30 },
  ],
  convened: 14,
})

// biome-ignore lint/suspicious/noExplicitAny: a manifest's text, read to be changed in one place
type Loose = any

describe('a manifest that is not the draft’s', () => {
  let office: Office
  let organiser: Organiser
  let poll: string
  let honest: { readonly manifest: string; readonly tokens: unknown }

  beforeAll(async () => {
    office = openOffice()
    organiser = await firstOrganiser(office)
    const made = await organiser.post('/polls', { rehearsal: false, follows: null })
    poll = (made as { readonly poll: string }).poll
    await organiser.put(`/polls/${poll}/draft`, { version: 1, draft: DRAFT })
    const { nonce } = await organiser.get<PollView>(`/polls/${poll}`)
    const host = DRAFT.address.replace(/^https?:\/\//, '')
    await office.ask(`/api/try/${nonce}`, { method: 'POST', headers: { host } })
    expect(await organiser.post(`/polls/${poll}/seal`)).toBeNull()
    await holdCeremony(office.ask, organiser, poll, secureRng)
    honest = (await drawCards(organiser, poll, 0, secureRng, office.deps.pages.bundleHash)).body
  })
  afterAll(() => office.close())

  /** The refusal and where it is, or nothing. */
  async function send(change: (manifest: Loose) => void): Promise<string> {
    const manifest = JSON.parse(honest.manifest)
    change(manifest)
    const body = { ...honest, manifest: JSON.stringify(manifest) }
    const path = `/api/organiser/polls/${poll}/manifest`
    const response = await office.ask(path, json(body, { cookie: organiser.cookie }))
    if (response.status === 204) return ''
    const { refused, where } = (await response.json()) as Refused
    return `${refused} ${where ?? ''}`
  }

  const swap = (list: unknown[], a: number, b: number) => {
    ;[list[a], list[b]] = [list[b], list[a]]
  }
  /** Lines of the first subject: the whole, then the three questions. */
  const GRADED = 1
  const CHOICE = 2
  const changes: Readonly<Record<string, readonly [where: string, change: (manifest: Loose) => void]>> = {
    'the title': ['poll', m => (m.poll.title = 'Lấy phiếu khác')],
    'a real poll out of a rehearsal, or the other way round': ['poll', m => (m.poll.rehearsal = !m.poll.rehearsal)],
    'a word more at its head': ['poll', m => (m.poll.note = 'Hãy chọn mức cao')],
    'a group’s label': ['groups', m => (m.groups[0].label = 'Cấp trên trực tiếp')],
    'two labels exchanged': ['groups', m => exchange(m, 'label')],
    'a group’s id': ['groups', m => (m.groups[2].id = 'nhom-9')],
    'a group’s weight': ['groups', m => (m.groups[0].weight = 60)],
    'two weights exchanged': ['groups', m => exchange(m, 'weight')],
    'a weight that is not there': ['groups', m => delete m.groups[1].weight],
    'a group less': ['keys', m => m.groups.pop()],
    'a subject’s position': ['subjects', m => (m.contests[0].subject.position = 'Giám đốc Sở B')],
    'a subject’s name': ['subjects', m => (m.contests[GRADED].subject.name = 'Nhân viên B')],
    'a self-score': ['subjects', m => (m.contests[0].subject.selfScore = '99')],
    'a self-classification left out': ['subjects', m => delete m.contests[0].subject.selfLevel],
    'a line about another subject': ['subjects', m => swap(m.contests, 0, 4)],
    'a line less': ['subjects', m => m.contests.pop()],
    'a line’s title': ['contests', m => (m.contests[0].title = 'Giám đốc Sở A (khác)')],
    'what a question asks': ['contests', m => (m.contests[GRADED].criterion = 'Năng lực')],
    'two questions exchanged': ['contests', m => swap(m.contests, GRADED, CHOICE)],
    'a question’s kind': ['contests', m => (m.contests[GRADED].kind = 'choice')],
    'a question that the rules would speak of': ['contests', m => (m.contests[GRADED].ruled = true)],
    'a grade’s label': ['contests', m => (m.contests[GRADED].options[3].label = 'Yếu')],
    'a grade’s id': ['contests', m => (m.contests[GRADED].options[3].id = 'yeu')],
    'a grade’s standard': ['contests', m => (m.contests[GRADED].options[0].standard = 'Gương mẫu, tận tụy')],
    'a standard left out': ['contests', m => delete m.contests[GRADED].options[0].standard],
    'a grade’s points': ['contests', m => (m.contests[GRADED].options[1].points = 2500)],
    'points of nought left out': ['contests', m => delete m.contests[GRADED].options[3].points],
    'grades in another order': ['contests', m => m.contests[GRADED].options.reverse()],
    'an option more': ['contests', m => m.contests[CHOICE].options.push({ id: 'o4', label: 'Khác' })],
    'more marks allowed': ['contests', m => (m.contests[CHOICE].max = 3)],
    'a mark demanded': ['contests', m => (m.contests[CHOICE].min = 1)],
    'a prompt’s title': ['comments', m => (m.comments[0].title = 'Khuyết điểm')],
    'a prompt’s length': ['comments', m => (m.comments[1].maxBytes = 401)],
    'a prompt less': ['keys', m => m.comments.pop()],
    'the smallest number of ballots': ['publication', m => (m.publication.minimumBallots = 4)],
    'where the result goes': ['publication', m => (m.publication.disclosure = 'meeting')],
  }

  it.each(Object.entries(changes))('is refused with wrong-team: %s', async (_, [where, change]) => {
    expect(await send(change)).toBe(`wrong-team ${where}`)
  })

  it('is taken where it is the draft’s, every one of these fields unchanged', async () => {
    expect(await send(() => {})).toBe('')
    expect((await organiser.get<PollView>(`/polls/${poll}`)).state).toBe('pinning')
  })
})

describe('a ballot longer than the protocol allows', () => {
  /** So many lines of sixty options each: 288 bytes an option. */
  const long = (lines: number): Draft => ({
    ...DRAFT,
    subjects: DRAFT.subjects.slice(1),
    questions: Array.from({ length: lines }, (_, q) => ({
      kind: 'choice',
      title: `Câu ${q + 1}`,
      options: Array.from({ length: 60 }, (_, o) => ({ label: `Mục ${o + 1}`, standard: '', points: null })),
      max: 1,
    })),
  })

  it('is refused before anybody has come for the ceremony, and the longest one is not', async () => {
    const office = openOffice()
    const organiser = await firstOrganiser(office)
    const sealed = async (lines: number) => {
      const { poll } = (await organiser.post('/polls', { rehearsal: true, follows: null })) as { poll: string }
      await organiser.put(`/polls/${poll}/draft`, { version: 1, draft: long(lines) })
      return organiser.post(`/polls/${poll}/seal`)
    }
    expect(await sealed(15)).toBe('bad-draft')
    expect(await sealed(14)).toBeNull()
    await office.close()
  })
})

const exchange = (manifest: Loose, field: string): void => {
  const [a, b] = manifest.groups
  ;[a[field], b[field]] = [b[field], a[field]]
}
