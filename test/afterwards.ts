/**
 * What follows the count, in the same meeting: the outcome, the minutes to sign, a decision that takes two people, a plan
 * to mend what falls short. Goes on where `meeting.ts` ends.
 */
import type { Browser, Page } from 'playwright-core'
import { WORDS as LEADER } from '../client/words/leader.ts'
import { BAR } from '../client/words/reports/bar.ts'
import { button, type Drafted, heading, newPhone, organiser, type Shot } from './meeting.ts'
import { flowOf, pdfsOf, textOf } from './pdf.ts'

const leader = LEADER.vi
const PASSWORD = 'mật khẩu của thường trực'
export const DECISION = '12-QĐ/TU'

/** The same screen in both languages; the page is back in Vietnamese afterwards. */
async function inBoth(page: Page, name: string, shot: Shot): Promise<void> {
  await shot(page, name)
  await button(page, leader.otherLanguage).click()
  await shot(page, `${name}-en`)
  await button(page, LEADER.en.otherLanguage).click()
}

/** From the organiser's result to the dossier of the poll; what one page about the subject says, in one line. */
export async function readOutcome({ hands }: Drafted, shot: Shot): Promise<string> {
  const { page } = hands
  await page.getByRole('link', { name: organiser.count.dossier }).click()
  await page.locator('.said-by').first().waitFor()
  await inBoth(page, 'leader-result', shot)
  return flowOf((await page.locator('main').allInnerTexts()).join(' '))
}

/** The numbers that only people know; with a slip first, which cannot be saved. */
export async function writeMinutes({ hands }: Drafted, unused: number, shot: Shot): Promise<void> {
  const { page } = hands
  const { minutes } = leader.papers
  await page.getByRole('link', { name: leader.parts.papers, exact: true }).click()
  await page.getByLabel(minutes.place).fill('Hội trường Sở A')
  await page.getByLabel(minutes.unused, { exact: true }).fill(String(unused + 1))
  await page.locator('.check.fails').first().waitFor()
  await button(page, minutes.save).click()
  await page.getByText(leader.refusals['bad-minutes'].title).waitFor()
  await page.getByLabel(minutes.unused, { exact: true }).fill(String(unused))
  await button(page, minutes.save).click()
  await page.getByText(minutes.saved, { exact: true }).waitFor()
  await inBoth(page, 'leader-papers', shot)
  await button(page, minutes.seal).click()
  await button(page, minutes.sealAct).click()
  await page.getByText(minutes.sealed).waitFor()
}

/** The minutes as the printer gets them, and as .docx opened by LibreOffice: each in one line of text. */
export async function printMinutes({ hands }: Drafted, poll: string, shot: Shot) {
  const { page } = hands
  const origin = new URL(page.url()).origin
  const paper = await page.context().newPage()
  await paper.goto(`${origin}/van-ban#${poll}/minutes?profile=state`)
  await button(paper, BAR.vi.print).waitFor()
  await shot(paper, 'form-minutes-bar')
  const printed = new Uint8Array(await paper.pdf({ preferCSSPageSize: true }))
  const downloading = paper.waitForEvent('download')
  await paper.getByRole('link', { name: BAR.vi.download }).click()
  const parts: Buffer[] = []
  for await (const part of await (await downloading).createReadStream()) parts.push(part as Buffer)
  await paper.close()
  const opened = pdfsOf(new Map([['bien-ban', new Uint8Array(Buffer.concat(parts))]])).get('bien-ban')!
  return { printed: flowOf(textOf(printed)), opened: flowOf(textOf(opened)) }
}

/** The signed paper comes back as a scan. */
export async function keepScan({ hands }: Drafted): Promise<void> {
  const { page } = hands
  const name = 'bien-ban-da-ky.pdf'
  await page.setInputFiles('#scan', { name, mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n') })
  await page.getByRole('link', { name }).waitFor()
}

/** The organiser writes down what was decided and cannot confirm it. */
export async function writeDecision({ hands }: Drafted, shot: Shot): Promise<void> {
  const { page } = hands
  const { follow } = leader
  await page.getByRole('link', { name: leader.parts.poll, exact: true }).click()
  await page.getByRole('link', { name: leader.result.tabs.follow, exact: true }).click()
  await button(page, follow.add.decision).click()
  await page.getByLabel(follow.fields.authority).fill('Thường trực cấp ủy')
  await page.getByLabel(follow.fields.number).fill(DECISION)
  await page.getByLabel(follow.fields.handling).fill('Kiểm điểm trách nhiệm')
  await page.getByLabel(follow.fields.text, { exact: true }).fill('Yêu cầu kiểm điểm và báo cáo trong quý I.')
  await shot(page, 'leader-decision')
  await button(page, follow.save).click()
  await page.getByText(follow.saved).waitFor()
  if ((await button(page, follow.decision.confirm).count()) > 0) throw new Error('one person alone may confirm')
}

/** The competent authority is invited by the organiser, arrives by the link, and confirms. */
export async function confirmDecision({ hands }: Drafted, browser: Browser, poll: string, shot: Shot): Promise<Page> {
  const { page } = hands
  const dossier = page.url()
  await page.goto(`${new URL(dossier).origin}/to-chuc#nguoi`)
  await heading(page, organiser.people.title).waitFor()
  await button(page, organiser.people.inviteOpen).click()
  await page.locator('#role-authority').check()
  await page.locator('#guest-name').fill('Thường trực cấp ủy')
  await page.locator('#guest-all').uncheck()
  await page.locator(`[id="guest-${poll}"]`).check()
  await shot(page, 'organiser-invite')
  await button(page, organiser.people.invite).click()
  const link = (await page.locator('.address').textContent())!
  await page.goto(dossier)

  // A desk at the same machine, where a browser keeps a session over plain http.
  const guest = await newPhone(browser)
  await guest.goto(`${new URL(dossier).origin}/lanh-dao${new URL(link).hash}`)
  const { invited } = leader.login
  await guest.getByLabel(invited.name).fill('thuong-truc')
  await guest.getByLabel(invited.password, { exact: true }).fill(PASSWORD)
  await guest.getByLabel(invited.again, { exact: true }).fill(PASSWORD)
  await shot(guest, 'leader-invited')
  await button(guest, invited.act).click()
  await button(guest, leader.welcome.enter).click()
  await guest.locator('.polls a.title').click()
  await guest.locator('.said-by').first().waitFor()
  await guest.getByRole('link', { name: leader.result.tabs.follow, exact: true }).click()
  await button(guest, leader.follow.decision.confirm).click()
  await button(guest, leader.follow.decision.confirmAct).click()
  await guest.getByText(leader.follow.history.confirmed('Thường trực cấp ủy')).first().waitFor()
  return guest
}

/** What is to change, until when, and who sees to it. */
export async function writePlan({ hands }: Drafted, shot: Shot): Promise<void> {
  const { page } = hands
  const { follow } = leader
  await page.reload()
  await button(page, follow.add.plan).click()
  await page.getByLabel(follow.fields.limits).fill('Chậm trả lời kiến nghị của viên chức.')
  await page.getByLabel(follow.plan.measure, { exact: true }).fill('Trả lời kiến nghị trong mười ngày')
  await page.getByLabel(follow.plan.deadline, { exact: true }).fill('2020-01-31')
  await page.getByLabel(follow.plan.who, { exact: true }).fill('Chánh Văn phòng')
  await button(page, follow.save).click()
  await page.locator('.measures').getByText(follow.plan.overdue).waitFor()
  await inBoth(page, 'leader-follow', shot)
}
