/**
 * Pictures of a survey about one person, in three groups, with criteria and comments: on the phone, at the closing, in
 * what leaders read. The round the year before gives them something to compare.
 */
import { BAR } from '../client/words/reports/bar.ts'
import { surveyVi as survey } from '../client/words/voter/survey-vi.ts'
import { packHex } from '../server/rules/read.ts'
import type { Draft } from '../server/wire.ts'
import { button, heading, newPhone, trustee, voter, organiser as words } from './meeting.ts'
import { act, ask as askFor, type SealedPoll, signAct } from './office.ts'
import { shipped } from './ruled.ts'
import type { Camera } from './screens-camera.ts'
import { commentsScreens, memberPhone } from './screens-comments.ts'
import { finish, type Marks, publish, type Stage, state, voteBy } from './screens-stage.ts'

const GRADES = [
  { label: 'Xuất sắc', standard: 'Vượt yêu cầu, có sáng kiến được áp dụng', points: 400 },
  { label: 'Tốt', standard: 'Đúng hạn, đúng yêu cầu', points: 300 },
  { label: 'Trung bình', standard: 'Có việc chậm, phải nhắc', points: 200 },
  { label: 'Kém', standard: 'Nhiều việc không hoàn thành', points: 150 },
]
const graded = (title: string) => ({ kind: 'graded', title, options: GRADES, max: 1 }) as const
const option = (label: string) => ({ label, standard: '', points: null })

export const QUESTIONS: Draft['questions'] = [
  graded('Phẩm chất chính trị, đạo đức, lối sống'),
  graded('Kết quả thực hiện nhiệm vụ được giao'),
  graded('Tinh thần trách nhiệm, thái độ phục vụ nhân dân'),
  { kind: 'yes-no', title: 'Có dân chủ, công khai trong điều hành không?', options: [], max: 1 },
  {
    kind: 'choice',
    title: 'Việc cần thay đổi trước hết',
    options: ['Lắng nghe cấp dưới', 'Trả lời kiến nghị đúng hạn', 'Công khai tài chính', 'Giao việc rõ'].map(option),
    max: 2,
  },
]
const GROUPS = [
  { label: 'Cấp trên trực tiếp', convened: 4, weight: 3 },
  { label: 'Cùng cấp', convened: 3, weight: 2 },
  { label: 'Cấp dưới', convened: 9, weight: 1 },
]
const ABOUT: Partial<Draft> = {
  title: 'Lấy phiếu tín nhiệm đối với người đứng đầu',
  pack: packHex(shipped()),
  subjects: [{ name: '', position: 'Giám đốc Sở A', selfScore: '92', selfLevel: 'Hoàn thành tốt nhiệm vụ' }],
  questions: QUESTIONS,
  groups: GROUPS,
  convened: 16,
}
const PROMPTS = [
  { title: 'Ưu điểm nổi bật', maxBytes: 900 },
  { title: 'Điều cần thay đổi', maxBytes: 900 },
]

/** The whole, three criteria, yes or no, up to two of four. */
const ballot = (...marks: readonly (number | readonly number[])[]): Marks =>
  marks.map(mark => (typeof mark === 'number' ? [mark] : mark))

/** Of “Cùng cấp” two vote, too few for a union of their own. The first of all votes on the phone. */
const NOW = [
  [ballot(0, 0, 1, 2, 0, [0, 1]), ballot(1, 1, 1, 3, 1, [1]), ballot(2, 1, 2, 3, [], [2])],
  [ballot(0, 1, 0, 2, 0, [1, 3]), ballot(2, 3, 2, 3, 1, [])],
  [
    ballot(2, 1, 2, 3, 1, [0, 1]),
    ballot(2, 2, 2, 3, 1, [0, 1]),
    ballot(2, 1, 1, 2, 1, [0, 2]),
    ballot(2, 0, 1, 3, 0, [1, 3]),
    ballot(1, 1, [], 1, 0, [0]),
    ballot(1, 0, 0, 1, 0, [1, 2]),
    ballot(2, 1, 2, 3, 1, [0]),
    ballot(2, 2, 3, 3, [], [0, 1]),
  ],
]
const BEFORE = [
  [ballot(0, 0, 0, 2, 0, [0]), ballot(0, 0, 0, 1, 0, [0]), ballot(1, 1, 1, 2, 0, [1])],
  [ballot(0, 0, 1, 2, 0, [1]), ballot(1, 1, 0, 2, 1, []), ballot(1, 1, 1, 2, 1, [2])],
  [ballot(1, 1, 1, 3, 1, [0]), ballot(2, 1, 2, 3, 1, [0]), ballot(1, 0, 1, 1, 0, [1]), ballot(0, 0, 0, 0, 0, [])],
]
const PRAISE = [
  'Lắng nghe nhân viên,\nquyết việc rõ ràng.',
  'Công tâm, gần gũi.',
  'Giao việc đúng người, đúng khả năng, có kiểm tra.',
  'Tôn trọng ý kiến trái chiều trong các cuộc họp.',
]
const ADVICE = ['Họp ngắn hơn, gửi tài liệu trước.', '']

export async function surveyScreens(stage: Stage, camera: Camera): Promise<void> {
  const absent = (count: number) => [{ reason: 'ốm', count }]
  const before = await stage.sealed({ ...ABOUT, period: 'Năm 2025', date: '2025-12-04', absent: absent(6) })
  await state(stage, before, '2025-12-04', 10)
  await act(stage.organiser, before, 'open', [0])
  await voteBy(stage, before, BEFORE)
  await finish(stage, before, [3, 3, 4])

  const now = await stage.sealed({
    ...ABOUT,
    ...{ period: 'Năm 2026', date: '2026-12-05', absent: absent(1), prompts: PROMPTS },
  })
  await state(stage, now, '2026-12-05', 15)
  await act(stage.organiser, now, 'open', [0])
  await onThePhone(stage, now, camera)
  await voteBy(stage, now, NOW, 1, n => (n < PRAISE.length ? [PRAISE[n]!, ADVICE[n] ?? ''] : ['', '']))
  await closing(stage, now, camera)
  await publish(stage, now)
  await results(stage, now, camera)
  await commentsScreens(stage, now, camera)
}

async function onThePhone(stage: Stage, poll: SealedPoll, camera: Camera): Promise<void> {
  const phone = await newPhone(stage.browser)
  const next = () => button(phone, voter.next).click()
  await phone.goto(stage.linkOf(poll, 0))
  await phone.getByText(`${voter.arrived.group} ${GROUPS[0]!.label}`).waitFor()
  await camera.phone(phone, 'survey-arrived')
  await button(phone, voter.arrived.receive).click()
  await heading(phone, 'Giám đốc Sở A').waitFor()
  await phone.locator('.option').first().click()
  await camera.phone(phone, 'survey-main')
  await next()
  for (const { title, kind } of QUESTIONS) {
    await heading(phone, title).waitFor()
    await phone.locator('.option').first().click()
    if (kind === 'choice') await phone.locator('.option').nth(2).click()
    if (kind !== 'graded' || title === QUESTIONS[0]!.title) await camera.phone(phone, `survey-${kind}`)
    await next()
  }
  await heading(phone, PROMPTS[0]!.title).waitFor()
  await camera.phone(phone, 'survey-writing')
  await phone.getByRole('textbox').fill('Công khai, lắng nghe. Hôm 12/11 ở phòng 302 em cũng nói vậy.')
  await phone.getByText(survey.writing.warning).waitFor()
  await camera.phone(phone, 'survey-writing-hint')
  await next()
  await heading(phone, PROMPTS[1]!.title).waitFor()
  await next()
  await phone.getByText(survey.reviewing.telling).first().waitFor()
  await camera.phone(phone, 'survey-review')
  await button(phone, voter.reviewing.cast).click()
  await heading(phone, voter.cast.title).waitFor()
  await camera.phone(phone, 'survey-cast')
  await phone.context().close()
}

/** Two members' numbers, group by group; the second one's are wrong at first. */
async function closing(stage: Stage, poll: SealedPoll, camera: Camera): Promise<void> {
  const { organiser } = stage
  const sign = async (handedOut: readonly number[]): Promise<void> => {
    const refused = await signAct(poll.members[1]!, 'close', handedOut)
    if (refused !== null) throw new Error(`close: ${JSON.stringify(refused)}`)
  }
  const phone = await memberPhone(stage, poll, 1)
  await askFor(organiser, poll.poll, 'close')
  await heading(phone, trustee.asked.close.title).waitFor()
  await phone.getByText(trustee.close.lastCallOver).waitFor()
  for (const [g, n] of [4, 2, 8].entries()) await phone.locator('input').nth(g).fill(String(n))
  await camera.phone(phone, 'closing-numbers')
  await button(phone, trustee.close.sign).click()
  await heading(phone, trustee.signed.title).or(phone.getByText(trustee.close.alone)).first().waitFor()
  await sign([4, 3, 8])
  const desk = await stage.deskAt(`/to-chuc#${poll.poll}`)
  await desk.getByText(words.vote.numbersDiffer).waitFor()
  await camera.part(desk.locator('.last-call'), 'closing-differ')
  await camera.wide(desk, 'closing-differ-wide')
  await desk.context().close()
  await phone.context().close()
  await sign([4, 2, 8])
}

async function results(stage: Stage, poll: SealedPoll, camera: Camera): Promise<void> {
  const desk = await stage.deskAt(`/lanh-dao#${poll.poll}`)
  const sheet = desk.locator('.sheet')
  await sheet.locator('.by-group').waitFor()
  await camera.wide(desk, 'results-wide')
  const criteria = sheet.locator('.judged').filter({ hasText: QUESTIONS[2]!.title })
  await camera.part(criteria, 'results-criteria')
  await camera.part(sheet.locator('.judged').last(), 'results-choice')
  await camera.part(sheet.locator('.coming-back'), 'results-again')
  // Title, note and the first two tables; the others are like these.
  await camera.part(sheet.locator('.by-group > :nth-child(-n+4)'), 'results-groups')
  await camera.part(sheet.locator('.second'), 'results-weights')
  await camera.part(sheet.locator('.comparison'), 'results-compared')
  for (const [name, part] of [
    ['criteria', criteria],
    ['groups', sheet.locator('.by-group')],
    ['again', sheet.locator('.coming-back')],
  ] as const) {
    await part.evaluate(one => one.scrollIntoView())
    await camera.wide(desk, `results-${name}-wide`)
  }
  await desk.goto(`http://localhost:${stage.server.port}/van-ban#${poll.poll}/report?profile=state`)
  await button(desk, BAR.vi.print).waitFor()
  camera.sheets('results-report', new Uint8Array(await desk.pdf({ preferCSSPageSize: true })), [1, 2, 3])
  await desk.context().close()
}
