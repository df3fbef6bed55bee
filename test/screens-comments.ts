/** Pictures of what becomes of comments: on two members' phones, and where the competent authority reads them. */
import type { Page } from 'playwright-core'
import { WORDS as LEADER } from '../client/words/leader.ts'
import { writeMemory } from '../crypto/memory.ts'
import { button, heading, newPhone, trustee } from './meeting.ts'
import { personWith, type SealedPoll } from './office.ts'
import type { Camera } from './screens-camera.ts'
import type { Stage } from './screens-stage.ts'

const { comments } = trustee
const reading = LEADER.vi.comments

/** A member's own phone, on which the device was made and kept. */
export async function memberPhone(stage: Stage, { poll, members }: SealedPoll, index: number): Promise<Page> {
  const { device, post } = members[index - 1]!
  await post('/sheet', {})
  // biome-ignore lint/complexity/useLiteralKeys: the brackets reach what is private to the device
  const memory = writeMemory(device['memory'])
  const { links } = await stage.viewOf(poll)
  const phone = await newPhone(stage.browser)
  await phone.goto(`${stage.address}/kiem-phieu`)
  await phone.evaluate(([name, text]) => localStorage.setItem(name!, text!), [`member/${poll}/${index}`, memory])
  await phone.goto('about:blank')
  await phone.goto(`${stage.address}/kiem-phieu#${poll}.${index}.${links[index - 1]}`)
  return phone
}

export async function commentsScreens(stage: Stage, poll: SealedPoll, camera: Camera): Promise<void> {
  const code = await opened(stage, poll, camera)
  const authority = await personWith(stage.ask, stage.organiser, {
    ...{ name: 'Thường trực cấp ủy', role: 'authority', polls: [poll.poll], login: 'cap-uy' },
  } as const)
  const desk = await stage.deskAt(`/lanh-dao#${poll.poll}/gop-y`, authority)
  await desk.getByText(reading.ready).waitFor()
  await camera.phone(desk, 'comments-door')
  await desk.getByLabel(reading.code).fill(code)
  await button(desk, reading.open).click()
  await desk.getByText(reading.memory).waitFor()
  const under = desk.locator('.comments select')
  await under.nth(0).selectOption({ label: reading.newTheme })
  await desk.getByLabel(reading.themes.name(1)).fill('Cách điều hành')
  for (const i of [1, 2]) await under.nth(i).selectOption({ label: 'Cách điều hành' })
  await button(desk, reading.themes.add).click()
  await desk.getByLabel(reading.themes.name(2)).fill('Quan hệ với nhân viên')
  await under.nth(3).selectOption({ label: 'Quan hệ với nhân viên' })
  await desk.getByLabel(reading.themes.text).nth(0).fill('Phân công hợp lý, theo dõi sát.')
  await desk.getByLabel(reading.themes.text).nth(1).fill('Gần gũi, biết nghe.')
  await desk.getByText(reading.themes.few(1, 3)).waitFor()
  await desk.evaluate(() => window.scrollTo(0, 0))
  await camera.wide(desk, 'comments-reading-wide')
  await camera.phone(desk, 'comments-reading')
  await button(desk, reading.themes.pass).click()
  await desk.getByText(reading.themes.done).waitFor()
  await desk.goto(`http://localhost:${stage.server.port}/lanh-dao#${poll.poll}/1/theo-doi`)
  const passedOn = desk.locator('section').filter({ hasText: `Cách điều hành (${reading.many(3)})` })
  await passedOn.waitFor()
  await camera.part(passedOn, 'comments-passed-on')
  await desk.context().close()
}

/** Through two phones; the code as it would stand on paper. */
async function opened(stage: Stage, poll: SealedPoll, camera: Camera): Promise<string> {
  const [first, second] = [await memberPhone(stage, poll, 1), await memberPhone(stage, poll, 2)]
  await heading(first, comments.title).waitFor()
  await camera.part(first.locator('.comments-door'), 'comments-asked')
  await button(first, comments.door.open).click()
  await heading(first, comments.begin.title).waitFor()
  await camera.phone(first, 'comments-begin')
  await button(first, comments.begin.combine).click()
  await first.getByText(comments.combine.waits(1)).waitFor()
  await camera.phone(first, 'comments-combine')

  const name = 'Tổ trưởng'
  await second.getByText(comments.door.asked(name)).waitFor()
  await button(second, comments.door.open).click()
  await heading(second, comments.help.title(name)).waitFor()
  await camera.phone(second, 'comments-help')
  await button(second, comments.help.send(name)).click()
  await heading(second, comments.help.sentTitle(name)).waitFor()
  await second.context().close()

  await button(first, comments.combine.open).click()
  await heading(first, comments.opened.title).waitFor()
  await camera.phone(first, 'comments-opened')
  await button(first, comments.opened.hand).click()
  await heading(first, comments.code.title).waitFor()
  await camera.phone(first, 'comments-code')
  const code = await first.locator('.groups li').evaluateAll(list => list.map(one => one.lastChild!.textContent!))
  await button(first, comments.code.written).click()
  await heading(first, comments.back.title).waitFor()
  await camera.phone(first, 'comments-code-back')
  for (const field of await first.locator('.field input').all())
    await field.fill(code[Number((await field.getAttribute('id'))!.replace('code-', ''))]!)
  await button(first, comments.back.put).click()
  await heading(first, comments.handed.title).waitFor()
  await camera.phone(first, 'comments-handed')
  await first.context().close()
  return code.join(' ')
}
