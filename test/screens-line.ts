/** Pictures of one ballot about forty-one people: on the phone, and the list of results that comes of it. */
import { WORDS as LEADER } from '../client/words/leader.ts'
import { surveyVi as survey } from '../client/words/voter/survey-vi.ts'
import { button, heading, newPhone, voter } from './meeting.ts'
import { act } from './office.ts'
import type { Camera } from './screens-camera.ts'
import { finish, type Marks, type Stage, voteBy } from './screens-stage.ts'

const PEOPLE = Array.from({ length: 41 }, (_, i) => ({
  name: '',
  position: i < 29 ? `Chủ tịch Ủy ban nhân dân xã ${i + 1}` : `Giám đốc Sở ${i - 28}`,
}))
const VOTERS = 3

export async function lineScreens(stage: Stage, camera: Camera): Promise<void> {
  const poll = await stage.sealed(
    {
      template: 'quality',
      title: 'Lấy ý kiến đánh giá, xếp loại chất lượng 41 cán bộ lãnh đạo, quản lý',
      subjects: PEOPLE,
      convened: VOTERS + 1,
    },
    VOTERS + 1,
  )
  await act(stage.organiser, poll, 'open', [0])
  const phone = await newPhone(stage.browser)
  const { listing, reviewing } = survey
  await phone.goto(stage.linkOf(poll, 0))
  await button(phone, voter.arrived.receive).click()
  await heading(phone, listing.title).waitFor()
  await camera.wide(phone, 'line-list')
  await phone.getByRole('searchbox').fill('giám đốc sở 1')
  await phone.waitForFunction(() => document.querySelectorAll('.row').length === 4)
  await camera.wide(phone, 'line-search')
  await phone.getByRole('searchbox').fill('')
  await button(phone, listing.next).click()
  for (let i = 0; i < PEOPLE.length; i++) {
    await phone.locator('.options').waitFor()
    if (i === 4) await camera.phone(phone, 'line-choosing')
    const option = phone.locator('.option').nth(i % 7 === 0 ? 0 : i % 3 === 0 ? 2 : 1)
    if (i !== 3 && i !== 30) await option.click()
    await button(phone, voter.next).click()
  }
  await phone.getByText(listing.marked(PEOPLE.length - 2, PEOPLE.length)).waitFor()
  await phone.evaluate(() => window.scrollTo(0, 0))
  await camera.wide(phone, 'line-marked')
  await button(phone, listing.review).click()
  await phone.getByText(reviewing.blank(2)).waitFor()
  await camera.phone(phone, 'line-review')
  await phone.getByText(reviewing.of('Hoàn thành xuất sắc nhiệm vụ', 6)).click()
  await camera.phone(phone, 'line-review-open')
  await button(phone, voter.reviewing.cast).click()
  await heading(phone, voter.cast.title).waitFor()
  await phone.context().close()

  const marks = (n: number): Marks => PEOPLE.map((_, s) => [(s + n) % 5 === 0 ? 2 : s % 4 === n ? 0 : 1])
  await voteBy(stage, poll, [Array.from({ length: VOTERS }, (_, n) => marks(n))], 1)
  await finish(stage, poll, [VOTERS + 1])
  const desk = await stage.deskAt(`/lanh-dao#${poll.poll}`)
  await desk.getByLabel(LEADER.vi.result.overview.search).waitFor()
  await camera.wide(desk, 'line-results-wide')
  await desk.getByLabel(LEADER.vi.result.overview.search).fill('giám đốc sở 1')
  await desk.getByText(LEADER.vi.result.overview.found(4, PEOPLE.length)).waitFor()
  await camera.phone(desk, 'line-results')
  await desk.context().close()
}
